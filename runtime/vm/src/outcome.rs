//! How a call ends.

use crate::value::{Slot, Value};
use fvm_isa::{DebugInfo, FunctionId, TrapCode};
use std::fmt;

/// What came of a call.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// Gas used; never more than was given.
    pub gas_used: u64,
    /// Instructions executed, counted by entered blocks as gas is.
    pub instructions: u64,
    /// Of these, moves between registers.
    pub moves: u64,
    /// Bytes of the arena in use at the end.
    pub memory_bytes: u64,
}

/// How a call ends.
#[derive(Clone, PartialEq, Debug)]
pub enum Ending {
    /// With a value.
    Returned(Value),
    /// With an object that nobody caught.
    Thrown(Thrown),
    /// With a trap that nobody caught, or nobody can.
    Trapped(Trap),
    /// By `abort`, with an encoded problem.
    Aborted(Vec<u8>),
}

/// An object that nobody caught.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thrown {
    /// The object; may be given to another call on the same machine.
    pub object: Slot,
    /// Full name of its class.
    pub class_name: String,
    /// Where it was thrown, innermost first.
    pub stack: Vec<Location>,
}

/// A trap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trap {
    /// Why.
    pub code: TrapCode,
    /// What exactly, where there is more to say.
    pub detail: Option<String>,
    /// Where, innermost first.
    pub stack: Vec<Location>,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}: {detail}", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

/// The place of an instruction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Location {
    /// Function.
    pub function: FunctionId,
    /// Block of the function.
    pub block: u16,
    /// Index in the block.
    pub inst: u32,
}

impl Location {
    /// For people: function and source line where they are known.
    pub fn describe(self, debug: Option<&DebugInfo>) -> String {
        let function = self.function.index();
        let name = debug.and_then(|debug| debug.function_name(function));
        let name = name.map_or_else(|| self.function.to_string(), str::to_owned);
        match debug.and_then(|debug| debug.position(function, self.block, self.inst)) {
            Some((file, line, _)) => format!("{name} ({file}:{line})"),
            None => format!("{name} (b{}, {})", self.block, self.inst),
        }
    }
}
