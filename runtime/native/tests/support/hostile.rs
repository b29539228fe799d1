// Included in the tests of each engine of machine code, with the engine as `engine`.

mod mutants {
    include!("../../../vm/tests/support/mutants.rs");
}

use crate::engine::Program;
use fvm_vm::VerifiedModule;

fn program(module: &VerifiedModule) -> Program {
    Program::compile(module).expect("code for this processor")
}

#[test]
fn mutated_modules_end_alike() {
    mutants::mutated_modules_end_alike(program);
}

#[test]
fn instructions_of_other_files_end_alike() {
    mutants::instructions_of_other_files_end_alike(program);
}
