//! Assembly files under `tests/vm`: decoded code does what the reference engine does.

mod equality {
    include!("../../vm/tests/support/equality.rs");
}

fn main() {
    equality::main_with(|module| match fvm_threaded::Program::decode(module) {
        Ok(program) => Ok(vec![Box::new(program)]),
        Err(refusal) => Err(refusal.to_string()),
    });
}
