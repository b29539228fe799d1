//! Assembly files under `tests/vm`: compiled code, and compiled code and the reference engine calling
//! each other, do what the reference engine alone does.

mod engine {
    pub use fvm_llvm::Program;
}

include!("../../native/tests/support/assembly.rs");
