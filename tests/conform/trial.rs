//! A trial: one instruction, what its operands hold, and what must come of it.

use crate::charge::Charge;
use crate::datum::Datum;
use fscc_tests::host::Recorder;
use fvm_isa::{Opcode, Operand, TrapCode};

/// How an instruction ends.
#[derive(Clone, PartialEq, Debug)]
pub enum End {
    /// It goes on, with nothing to show but what it changed.
    Done,
    /// It writes a value.
    Value(Datum),
    /// It writes a value, and whether there was one.
    Found(Datum, bool),
    /// It goes to the block with this number.
    Target(u16),
    /// It traps, with a detail as text.
    Trap(TrapCode, Option<String>),
    /// It ends the message with these bytes.
    Aborted(Vec<u8>),
    /// It throws an object of the class with this name.
    Thrown(String),
}

/// What must come of a trial.
#[derive(Clone, PartialEq, Debug)]
pub struct Expected {
    pub end: End,
    /// Work that costs by its size, in order.
    pub charges: Vec<Charge>,
    /// Operands that are no longer what they were.
    pub after: Vec<(usize, Datum)>,
    /// The host, if it is no longer what it was.
    pub host: Option<Recorder>,
}

/// One instruction with its operands.
#[derive(Clone, PartialEq, Debug)]
pub struct Trial {
    pub opcode: Opcode,
    /// What is in the registers that it reads, in the order of the table.
    pub operands: Vec<Datum>,
    /// Its immediates and numbers of tables, without blocks `yes` and `no`.
    pub extras: Vec<Operand>,
    /// Operands for which the register of another one stands: which, and the other.
    pub alias: Option<(usize, usize)>,
    pub host: Recorder,
    pub expected: Expected,
}

impl Trial {
    /// A trial that ends so, without work that costs by its size.
    pub fn new(opcode: Opcode, operands: Vec<Datum>, end: End) -> Trial {
        let expected = Expected { end, charges: Vec::new(), after: Vec::new(), host: None };
        let (extras, host) = (Vec::new(), Recorder::default());
        Trial { opcode, operands, extras, alias: None, host, expected }
    }

    /// With immediates or numbers of tables.
    pub fn with(mut self, extras: Vec<Operand>) -> Trial {
        self.extras = extras;
        self
    }

    /// With work that costs by its size.
    pub fn costing(mut self, charges: Vec<Charge>) -> Trial {
        self.expected.charges = charges;
        self
    }

    /// With one object for two operands.
    pub fn aliasing(mut self, operand: usize, other: usize) -> Trial {
        self.alias = Some((operand, other));
        self
    }

    /// With an operand changed.
    pub fn changing(mut self, operand: usize, to: Datum) -> Trial {
        self.expected.after.push((operand, to));
        self
    }
}

/// A trap of the machine with its detail, which is a text in the arena.
pub fn detailed(code: TrapCode, detail: String) -> (End, Charge) {
    let units: Vec<u16> = detail.encode_utf16().collect();
    (End::Trap(code, Some(detail)), Charge::Allocate(stored_bytes(&units)))
}

/// Bytes that a string takes: one for each unit while all fit.
pub fn stored_bytes(units: &[u16]) -> usize {
    match units.iter().all(|unit| *unit < 256) {
        true => units.len(),
        false => units.len() * 2,
    }
}
