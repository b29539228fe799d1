//! Hostile modules: whatever the verifier accepts of mutated assembly files ends in compiled code as
//! it ends in the reference engine.
//!
//! `FVM_FUZZ_ROUNDS` says how often each file of `tests/vm` is mutated (default 60).

mod engine {
    pub use fvm_llvm::Program;
}

include!("../../native/tests/support/hostile.rs");
