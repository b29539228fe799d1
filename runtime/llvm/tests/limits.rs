//! What is beyond a limit is left to the reference engine, and nobody can tell.

mod engine {
    pub use fvm_llvm::{Program, Refusal, attach};
}

include!("../../native/tests/support/limits.rs");
