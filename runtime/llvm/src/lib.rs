//! A second compiler of the FVM to machine code, by LLVM: on request only, because it needs LLVM
//! where it is built and where it runs. Without the feature `llvm` this crate is empty.
//!
//! Relies on `fvm-native`, which translates functions and calls what came of them, and guarantees
//! what it does: results, traps, gas and memory are those of the reference engine.
//!
//! How it is built: `functions` is how LLVM is told a module, `emitter` a function; `generate` has
//! it optimised and made to machine code, `frames` learns how large frames are, `object` puts
//! the code together, [`Program`] is that code in memory. LLVM's objects are gone by then.
//!
//! `unsafe` is in `functions` and `emitter`, where bindings ask for it, and in `frames` and
//! `program`.
#![cfg(feature = "llvm")]

mod emitter;
mod frames;
mod functions;
mod generate;
mod object;
mod program;

pub use fvm_native::{Refusal, Report, limits};
pub use program::Program;

use fvm_vm::VerifiedModule;
use std::sync::Arc;

/// What is generated for a module for the processor at hand, as text for people: LLVM's form,
/// optimised.
pub fn listing(module: &VerifiedModule) -> Result<String, Refusal> {
    generate::listing(&generate::Machinery::new()?, module)
}

/// Compiles a module for the processor at hand, and has its calls from now on run by what comes of
/// it.
pub fn attach(module: &VerifiedModule) -> Result<Arc<Program>, Refusal> {
    let program = Arc::new(Program::compile(module)?);
    module.attach(Arc::<Program>::clone(&program));
    Ok(program)
}
