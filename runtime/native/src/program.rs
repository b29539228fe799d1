//! The machine code of a module, placed in memory.

use crate::memory::{Executable, Stacks};
use crate::refusal::Refusal;
use crate::translate::Methods;
use fvm_isa::FunctionId;
use fvm_vm::VerifiedModule;
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

/// A compiled module: bytes that mean the same wherever they are placed.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The code of all functions.
    pub bytes: Vec<u8>,
    /// Where functions start, by number.
    pub entries: Vec<u32>,
    /// Where the thunks start through which functions are called, by number of the function.
    pub thunks: Vec<u32>,
    /// What is left to the reference engine.
    pub refused: Vec<(FunctionId, Refusal)>,
    /// Bytes of the largest native frame.
    pub frame_bytes: usize,
}

/// The machine code of a verified module, whatever the gas schedule. It can be called from any
/// number of threads; its memory is given back when it is dropped.
#[derive(Debug)]
pub struct Program {
    /// What the engine is called.
    pub(crate) name: &'static str,
    /// What names the module.
    pub(crate) code_hash: [u8; 32],
    code: Executable,
    entries: Vec<u32>,
    /// The thunk of each function's shape.
    thunks: Vec<u32>,
    /// Entries for virtual calls: addresses, 0 where a class does not answer.
    methods: Box<[usize]>,
    report: Report,
    /// Native stacks for its calls.
    pub(crate) stacks: Stacks,
}

impl Program {
    /// Places compiled code in memory, for the engine with this name.
    ///
    /// # Safety
    ///
    /// The code was made of a [`Translation`](crate::Translation) of this module, by a generator
    /// that keeps to what [`Emitter`](crate::Emitter) says; no frame is larger than it says.
    pub unsafe fn place(
        name: &'static str,
        module: &VerifiedModule,
        compiled: Compiled,
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
        let methods = Methods::new(module).table.iter().map(address).collect();
        Ok(Program {
            name,
            code_hash: module.code_hash(),
            code,
            entries: compiled.entries,
            thunks: compiled.thunks,
            methods,
            report,
            stacks: Stacks::new(),
        })
    }

    /// The code as it was compiled.
    pub fn compiled(&self) -> Compiled {
        Compiled {
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
