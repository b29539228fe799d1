//! The machine code of a module, by Cranelift.

use crate::generate::{self, Machinery};
use fvm_isa::FunctionId;
use fvm_native::{Compiled, Refusal, Report};
use fvm_vm::engine::{Engine, Finish};
use fvm_vm::{Host, Machine, VerifiedModule};
use std::io;

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

    /// Compiles a module for the processor at hand; what is not done when `is_late` says so is left
    /// to the reference engine.
    pub fn compile_until(
        module: &VerifiedModule,
        is_late: &dyn Fn() -> bool,
    ) -> Result<Program, Refusal> {
        let machinery = Machinery::new()?;
        let compiled = generate::module(&machinery, module, is_late)?;
        Program::place(module, compiled).map_err(|_| Refusal::NoMemory)
    }

    /// Places compiled code in memory.
    pub(crate) fn place(module: &VerifiedModule, compiled: Compiled) -> io::Result<Program> {
        // SAFETY: the code is what `generate::module` made of this module, now or, as its seal and
        // its identity say, earlier; it looks at every frame.
        let code = unsafe { fvm_native::Program::place("jit", module, compiled)? };
        Ok(Program { code })
    }

    /// The code as it was compiled.
    pub(crate) fn compiled(&self) -> Compiled {
        self.code.compiled()
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
