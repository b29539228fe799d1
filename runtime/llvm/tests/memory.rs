//! Machine code is given back with the program, and native stacks do not pile up. The only test of its process, so
//! that nobody else maps memory meanwhile.

#![cfg(target_os = "linux")]

mod engine {
    pub use fvm_llvm::Program;
}

include!("../../native/tests/support/memory.rs");
