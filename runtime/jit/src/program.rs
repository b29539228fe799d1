//! The machine code of a module, placed in memory.

use crate::compile::{self, Machinery, Refusal};
use crate::memory::{Executable, Stack};
use fvm_isa::FunctionId;
use fvm_vm::VerifiedModule;
use std::io;
use std::sync::Mutex;

/// What compiling a module came to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Functions that were compiled.
    pub compiled: usize,
    /// Functions that are left to the reference engine, and why.
    pub refused: Vec<(FunctionId, Refusal)>,
    /// Bytes of machine code.
    pub code_bytes: usize,
    /// Bytes of the largest native frame.
    pub frame_bytes: usize,
}

/// The machine code of a verified module, whatever the gas schedule. It can be called from any
/// number of threads; its memory is given back when it is dropped.
#[derive(Debug)]
pub struct Program {
    /// What names the module.
    pub(crate) code_hash: [u8; 32],
    code: Executable,
    entries: Vec<u32>,
    /// The thunk of each function's shape.
    thunks: Vec<u32>,
    /// Entries for virtual calls: addresses, 0 where a class does not answer.
    methods: Box<[usize]>,
    report: Report,
    /// A native stack, for one call at a time: that is a lock less than taking one from a list and
    /// giving it back.
    pub(crate) first_stack: Mutex<Option<Stack>>,
    /// Native stacks of calls beside that one that have ended.
    pub(crate) stacks: Mutex<Vec<Stack>>,
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
        let compiled = compile::module(&machinery, module, is_late)?;
        Program::place(module, compiled).map_err(|_| Refusal::NoMemory)
    }

    /// Places compiled code in memory.
    pub(crate) fn place(
        module: &VerifiedModule,
        compiled: compile::Compiled,
    ) -> io::Result<Program> {
        let code = Executable::new(&compiled.bytes)?;
        let report = Report {
            compiled: compiled.entries.len() - compiled.refused.len(),
            refused: compiled.refused,
            code_bytes: compiled.bytes.len(),
            frame_bytes: compiled.frame_bytes,
        };
        let address = |function: &Option<FunctionId>| {
            let entry = function.map(|function| compiled.entries[function.index()]);
            entry.map_or(0, |entry| code.address(entry as usize))
        };
        let methods = compile::methods::Methods::new(module).table.iter().map(address).collect();
        Ok(Program {
            code_hash: module.code_hash(),
            code,
            entries: compiled.entries,
            thunks: compiled.thunks,
            methods,
            report,
            first_stack: Mutex::new(None),
            stacks: Mutex::new(Vec::new()),
        })
    }

    /// The code as it was compiled.
    pub(crate) fn compiled(&self) -> compile::Compiled {
        compile::Compiled {
            bytes: self.code.bytes().to_vec(),
            entries: self.entries.clone(),
            thunks: self.thunks.clone(),
            refused: self.report.refused.clone(),
            frame_bytes: self.report.frame_bytes,
        }
    }

    /// What compiling came to.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The address of a function's code.
    pub(crate) fn entry(&self, function: FunctionId) -> usize {
        self.code.address(self.entries[function.index()] as usize)
    }

    /// The address of the thunk through which a function is called, if there is such a function.
    pub(crate) fn thunk(&self, function: FunctionId) -> Option<usize> {
        let offset = self.thunks.get(function.index());
        offset.map(|offset| self.code.address(*offset as usize))
    }

    /// The table of virtual calls.
    pub(crate) fn methods(&self) -> &[usize] {
        &self.methods
    }
}
