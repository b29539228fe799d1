//! Hostile modules: whatever the verifier accepts of mutated assembly files ends in decoded code as
//! it ends in the reference engine.
//!
//! `FVM_FUZZ_ROUNDS` says how often each file of `tests/vm` is mutated (default 60).

mod mutants {
    include!("../../vm/tests/support/mutants.rs");
}

use fvm_threaded::Program;
use fvm_vm::VerifiedModule;

fn program(module: &VerifiedModule) -> Program {
    Program::decode(module).expect("code for this processor")
}

#[test]
fn mutated_modules_end_alike() {
    mutants::mutated_modules_end_alike(program);
}

#[test]
fn instructions_of_other_files_end_alike() {
    mutants::instructions_of_other_files_end_alike(program);
}
