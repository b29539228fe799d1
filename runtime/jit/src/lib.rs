//! The compiler of the FVM to machine code: functions of a verified module become functions of the
//! processor, by Cranelift.
//!
//! Relies on `fvm-native`, which translates functions and calls what came of them, and guarantees
//! what it does: results, traps, gas and memory are those of the reference engine.
//!
//! How it is built: [`emitter`] is how Cranelift is told a function, in which registers are values
//! of its form; [`generate`] makes position-independent code of them; [`Program`] is that code in
//! memory.

mod background;
mod cache;
mod emitter;
mod generate;
mod program;

pub use background::{Compilation, Stopper};
pub use cache::{CacheError, identity};
pub use fvm_native::{Refusal, Report, limits};
pub use program::Program;

use fvm_vm::VerifiedModule;
use std::sync::Arc;

/// What is generated for a module for the processor at hand, as text for people: of each function
/// Cranelift's form, optimised, then the instructions of the processor.
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
