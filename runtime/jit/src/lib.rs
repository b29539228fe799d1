//! The compiler of the FVM to machine code: functions of a verified module become functions of the
//! processor, by Cranelift.
//!
//! Relies on the verifier for types, windows and offsets, and on the reference engine for the
//! meaning of everything that is not worth translating. Guarantees: results, traps, gas and
//! memory are those of the reference engine at every point that anybody can see; machine code
//! depends on the module and the processor only, prices are read while it runs.
//!
//! How it is built: [`compile`] makes position-independent code in which registers are values of
//! Cranelift's; [`Program`] places it in memory; `runner` calls it on a stack of its own, whose size
//! is proved. What compiled code shares with the engine is [`context`]; what it calls back is
//! [`run`].
//!
//! `unsafe` is in `context`, `run`, `memory` and `runner` only; each use says which rule of the
//! verifier or which check makes it sound.

mod background;
mod cache;
mod compile;
mod context;
pub mod limits;
mod memory;
mod program;
mod run;
mod runner;

pub use background::{Compilation, Stopper};
pub use cache::{CacheError, identity};
pub use compile::Refusal;
pub use program::{Program, Report};

use fvm_vm::VerifiedModule;
use std::sync::Arc;

/// What is generated for a module for the processor at hand, as text for people: of each function
/// Cranelift's form, optimised, then the instructions of the processor.
pub fn listing(module: &VerifiedModule) -> Result<String, Refusal> {
    compile::listing(&compile::Machinery::new()?, module)
}

/// Compiles a module for the processor at hand, and has its calls from now on run by what comes of
/// it.
pub fn attach(module: &VerifiedModule) -> Result<Arc<Program>, Refusal> {
    let program = Arc::new(Program::compile(module)?);
    module.attach(Arc::<Program>::clone(&program));
    Ok(program)
}
