//! The machine code of a module, by LLVM.

use crate::generate::{self, Machinery};
use fvm_isa::FunctionId;
use fvm_native::{Refusal, Report};
use fvm_vm::engine::{Engine, Finish};
use fvm_vm::{Host, Machine, VerifiedModule};

/// The machine code of a verified module, whatever the gas schedule. It can be called from any
/// number of threads; its memory is given back when it is dropped.
#[derive(Debug)]
pub struct Program {
    code: fvm_native::Program,
}

impl Program {
    /// Compiles a module for the processor at hand.
    pub fn compile(module: &VerifiedModule) -> Result<Program, Refusal> {
        Program::compile_until(module, &|| false)
    }

    /// Compiles a module for the processor at hand; functions that have not been begun when
    /// `is_late` says so are left to the reference engine. LLVM is not stopped.
    pub fn compile_until(
        module: &VerifiedModule,
        is_late: &dyn Fn() -> bool,
    ) -> Result<Program, Refusal> {
        let compiled = generate::module(&Machinery::new()?, module, is_late)?;
        // SAFETY: the code is what `generate::module` has just made of this module; it looks at
        // every frame.
        let code = unsafe { fvm_native::Program::place("llvm", module, compiled) };
        Ok(Program { code: code.map_err(|_| Refusal::NoMemory)? })
    }

    /// What compiling came to.
    pub fn report(&self) -> &Report {
        self.code.report()
    }
}

impl Engine for Program {
    fn name(&self) -> &'static str {
        self.code.name()
    }

    fn run(
        &self,
        machine: &mut Machine<'_>,
        host: &mut dyn Host,
        function: FunctionId,
    ) -> Option<Finish> {
        self.code.run(machine, host, function)
    }
}
