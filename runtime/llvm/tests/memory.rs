//! Machine code and native stacks are given back with the program. The only test of its process, so
//! that nobody else maps memory meanwhile.

#![cfg(target_os = "linux")]

mod engine {
    pub use fvm_llvm::Program;
}

include!("../../native/tests/support/memory.rs");
