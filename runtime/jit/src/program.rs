//! The machine code of a module, placed in memory.

use crate::compile::{self, Machinery, Refusal, Shape};
use crate::memory::Executable;
use fvm_isa::FunctionId;
use fvm_vm::VerifiedModule;
use std::collections::BTreeMap;
use std::io;

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
pub struct Program<'m> {
    module: &'m VerifiedModule,
    code: Executable,
    entries: Vec<u32>,
    thunks: BTreeMap<Shape, u32>,
    /// Entries for virtual calls: addresses, 0 where a class does not answer.
    methods: Box<[usize]>,
    report: Report,
}

impl<'m> Program<'m> {
    /// Compiles a module for the processor at hand.
    pub fn compile(module: &'m VerifiedModule) -> Result<Program<'m>, Refusal> {
        Program::compile_until(module, &|| false)
    }

    /// Compiles a module for the processor at hand; what is not done when `is_late` says so is left
    /// to the reference engine.
    pub fn compile_until(
        module: &'m VerifiedModule,
        is_late: &dyn Fn() -> bool,
    ) -> Result<Program<'m>, Refusal> {
        let machinery = Machinery::new()?;
        let compiled = compile::module(&machinery, module, is_late)?;
        Program::place(module, compiled).map_err(|_| Refusal::NoMemory)
    }

    fn place(module: &'m VerifiedModule, compiled: compile::Compiled) -> io::Result<Program<'m>> {
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
        let (entries, thunks) = (compiled.entries, compiled.thunks);
        Ok(Program { module, code, entries, thunks, methods, report })
    }

    /// What compiling came to.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The module.
    pub fn module(&self) -> &'m VerifiedModule {
        self.module
    }

    /// The address of a function's code.
    pub(crate) fn entry(&self, function: FunctionId) -> usize {
        self.code.address(self.entries[function.index()] as usize)
    }

    /// The address of the thunk through which functions of this shape are called.
    pub(crate) fn thunk(&self, shape: &Shape) -> Option<usize> {
        self.thunks.get(shape).map(|offset| self.code.address(*offset as usize))
    }

    /// The table of virtual calls.
    pub(crate) fn methods(&self) -> &[usize] {
        &self.methods
    }
}
