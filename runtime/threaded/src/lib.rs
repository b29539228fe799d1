//! The threaded interpreter of the FVM: instructions of a verified module are decoded once, to the
//! address of a handler and its operands, and each handler ends by calling that of the next
//! instruction, which an optimising compiler makes a jump.
//!
//! Relies on the verifier for types, windows and targets, and on the reference engine for the
//! meaning of what is rare and of everything that ends a call. Guarantees: results, traps, gas and
//! memory are those of the reference engine at every point that anybody can see; decoded code
//! depends on the module alone, prices are put into a copy of it for each schedule.
//!
//! How it is built: [`decode`] makes words of instructions; [`Program`] holds them; `run` drives
//! the [`handlers`] and does between two runs of them what needs the machine. Where the last call
//! of a handler is no jump (when nothing is optimised, or on a processor where nobody has looked),
//! a handler returns instead, and the driver calls the next one: the same code at another speed.

#[macro_use]
mod convention;

mod context;
mod decode;
mod handlers;
mod program;
mod run;
mod self_test;
mod state;
mod word;

pub use program::{Program, Refusal, Report};

use fvm_vm::VerifiedModule;
use std::sync::Arc;

/// Whether handlers jump to each other.
pub const TAIL_CALLS: bool = cfg!(tail_calls);

/// Whether gas is taken at the entry of blocks: always, but in a build that measures what this
/// costs.
pub const IS_METERED: bool = !cfg!(unmetered);

/// Decodes a module, and has its calls from now on run by what comes of it.
pub fn attach(module: &VerifiedModule) -> Result<Arc<Program>, Refusal> {
    let program = Arc::new(Program::decode(module)?);
    module.attach(Arc::<Program>::clone(&program));
    Ok(program)
}
