//! The engines that are compared with the reference engine: all others that are built in.

use fvm_isa::FunctionId;
use fvm_native::{Refusal, Report};
use fvm_vm::VerifiedModule;
use fvm_vm::engine::Engine;
use std::cell::Cell;

/// An engine beside the reference engine, with what it made of a module.
#[derive(Debug)]
pub struct Other {
    /// The engine.
    pub engine: Box<dyn Engine>,
    /// Functions that an engine of machine code left to the reference engine; none for an engine
    /// of another kind, which takes all.
    pub left: Option<Vec<FunctionId>>,
}

impl Other {
    /// What the engine is called.
    pub fn name(&self) -> &'static str {
        self.engine.name()
    }

    /// A function that the generator gave up, though no limit speaks against it, is a mistake.
    fn compiled(engine: impl Engine + 'static, report: &Report) -> Result<Other, String> {
        if let Some((function, why)) =
            report.refused.iter().find(|refused| refused.1 == Refusal::Generator)
        {
            return Err(format!("{function}: {why}"));
        }
        let left = report.refused.iter().map(|refused| refused.0).collect();
        Ok(Other { engine: Box::new(engine), left: Some(left) })
    }
}

/// All other engines for a module.
///
/// # Errors
/// What an engine refuses.
pub fn others(module: &VerifiedModule) -> Result<Vec<Other>, String> {
    others_without(module, &|_| false)
}

/// All other engines for a module; those of machine code do not compile functions of which
/// `is_left` says so, by their numbers.
///
/// # Errors
/// What an engine refuses.
pub fn others_without(
    module: &VerifiedModule,
    is_left: &dyn Fn(usize) -> bool,
) -> Result<Vec<Other>, String> {
    let threaded = fvm_threaded::Program::decode(module).map_err(|refusal| refusal.to_string())?;
    let mut others = vec![Other { engine: Box::new(threaded), left: None }];
    // They ask once for each function, in order.
    let asked = Cell::new(0);
    let is_late = || is_left(asked.replace(asked.get() + 1));
    let jit = fvm_jit::Program::compile_until(module, &is_late);
    let jit = jit.map_err(|refusal| refusal.to_string())?;
    let report = jit.report().clone();
    others.push(Other::compiled(jit, &report)?);
    #[cfg(feature = "llvm")]
    {
        asked.set(0);
        let llvm = fvm_llvm::Program::compile_until(module, &is_late);
        let llvm = llvm.map_err(|refusal| refusal.to_string())?;
        let report = llvm.report().clone();
        others.push(Other::compiled(llvm, &report)?);
    }
    Ok(others)
}
