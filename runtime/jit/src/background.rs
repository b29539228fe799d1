//! Compiling while calls go on: by another engine, until code is there.
//!
//! A [`Compilation`] is run by whoever has a thread to spare; this crate starts none. Which engine
//! runs a call is decided when the call begins, and shows in no result.

use crate::program::Program;
use fvm_native::Refusal;
use fvm_vm::VerifiedModule;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A compilation that has not been run yet.
#[derive(Debug)]
pub struct Compilation {
    module: Arc<VerifiedModule>,
    is_stopped: Arc<AtomicBool>,
}

/// Stops a compilation, before it is run or while it is.
#[derive(Clone, Debug)]
pub struct Stopper(Arc<AtomicBool>);

impl Compilation {
    /// The compilation of a module for the processor at hand.
    pub fn new(module: Arc<VerifiedModule>) -> Compilation {
        Compilation { module, is_stopped: Arc::new(AtomicBool::new(false)) }
    }

    /// What stops it.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.is_stopped))
    }

    /// Compiles, and has calls that begin from then on run by what came of it. If it was stopped,
    /// calls go on as they did, and [`Refusal::Late`] is the reason.
    pub fn run(self) -> Result<Arc<Program>, Refusal> {
        let is_stopped = || self.is_stopped.load(Ordering::Relaxed);
        let program = Arc::new(Program::compile_until(&self.module, &is_stopped)?);
        if is_stopped() {
            return Err(Refusal::Late);
        }
        self.module.attach_faster(Arc::<Program>::clone(&program));
        Ok(program)
    }
}

impl Stopper {
    /// Stops it at the next function.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
