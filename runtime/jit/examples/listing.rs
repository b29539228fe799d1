//! Prints what the JIT makes of a module: of each function Cranelift's form and the instructions of
//! the processor. Run with `cargo run --release -p fvm-jit --example listing -- FILE.fvm`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let text = std::env::args().nth(1).ok_or("usage: listing FILE.fvm".to_owned());
    match text.and_then(|path| listing(&path)) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn listing(path: &str) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let module = fvm_vm::load(&bytes).map_err(|error| format!("{path}: {error}"))?;
    fvm_jit::listing(&module).map_err(|refusal| refusal.to_string())
}
