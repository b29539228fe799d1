//! The decoded code of a module, and copies of it with the prices of a schedule.

use crate::decode::{Decoded, Price, decode};
use crate::self_test;
use crate::word::Word;
use fvm_isa::FunctionId;
use fvm_vm::engine::Tier;
use fvm_vm::{Machine, VerifiedModule};
use std::fmt;

/// Why a module is left to the reference engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The arena is little-endian, and addresses have 64 bits.
    Processor,
    /// Handlers were found not to jump to each other.
    NoTailCalls,
    /// Distances in the code do not fit.
    TooLarge,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::Processor => "it does not run on this processor",
            Refusal::NoTailCalls => "calls in last place are no jumps in this build",
            Refusal::TooLarge => "the module is too large",
        })
    }
}

impl std::error::Error for Refusal {}

/// What decoding a module came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Report {
    /// Functions.
    pub functions: usize,
    /// Bytes of decoded code.
    pub code_bytes: usize,
    /// Bytes of the table that leads from code back to instructions.
    pub table_bytes: usize,
    /// Instructions.
    pub instructions: usize,
    /// Handlers that execute them.
    pub handlers: usize,
}

/// The decoded code of a verified module, whatever the gas schedule.
pub struct Program {
    /// The module.
    serial: u64,
    pub(crate) decoded: Decoded,
}

// SAFETY: words are addresses of functions and numbers; nothing of a program changes.
unsafe impl Send for Program {}
// SAFETY: as above.
unsafe impl Sync for Program {}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("report", &self.report()).finish_non_exhaustive()
    }
}

/// The code with the prices of a schedule.
struct Priced {
    /// The program.
    decoded: *const Decoded,
    serial: u64,
    words: Box<[Word]>,
}

// SAFETY: words are addresses of functions and numbers, the pointer is compared only; nothing
// changes.
unsafe impl Send for Priced {}
// SAFETY: as above.
unsafe impl Sync for Priced {}

/// Where the priced code is.
pub(crate) enum Code {
    /// Kept by the machine.
    Kept(*const Word),
    /// Made for this call alone: another program's copy has the place in the machine.
    Own(Box<[Word]>),
}

impl Code {
    /// The first word.
    pub fn start(&self) -> *const Word {
        match self {
            Code::Kept(start) => *start,
            Code::Own(words) => words.as_ptr(),
        }
    }
}

impl Program {
    /// Decodes a module.
    pub fn decode(module: &VerifiedModule) -> Result<Program, Refusal> {
        if cfg!(not(all(target_endian = "little", target_pointer_width = "64"))) {
            return Err(Refusal::Processor);
        }
        if !self_test::is_passed() {
            return Err(Refusal::NoTailCalls);
        }
        Ok(Program { serial: module.serial(), decoded: decode(module)? })
    }

    /// What decoding came to.
    pub fn report(&self) -> Report {
        let decoded = &self.decoded;
        Report {
            functions: decoded.entries.len(),
            code_bytes: size_of_val(&*decoded.words),
            table_bytes: size_of_val(&*decoded.places),
            instructions: decoded.instructions,
            handlers: decoded.places.len(),
        }
    }

    /// Whether this is the machine's module.
    pub(crate) fn is_of(&self, machine: &Machine<'_>) -> bool {
        self.serial == machine.verified().serial()
    }

    /// Where a function begins.
    pub(crate) fn entry(&self, function: FunctionId) -> Option<usize> {
        self.decoded.entries.get(function.index()).map(|entry| *entry as usize)
    }

    /// The code with the prices of the machine's schedule, which lives as long as the machine.
    pub(crate) fn code(&self, machine: &Machine<'_>) -> Code {
        match machine.derived().of(Tier::Decoded, || Box::new(self.priced(machine))) {
            Some(priced) if self.is_source(priced) => Code::Kept(priced.words.as_ptr()),
            _ => Code::Own(self.priced(machine).words),
        }
    }

    fn is_source(&self, priced: &Priced) -> bool {
        std::ptr::eq(priced.decoded, &self.decoded) && priced.serial == self.serial
    }

    fn priced(&self, machine: &Machine<'_>) -> Priced {
        let mut words = self.decoded.words.clone();
        let allocate = machine.sizes().allocate;
        for (at, price) in &self.decoded.prices {
            let data = match price {
                Price::Block(block) => machine.block_price(*block as usize),
                Price::Granules(granules) => allocate.price(u64::from(*granules)),
            };
            if let Some(word) = words.get_mut(*at as usize) {
                *word = Word { data };
            }
        }
        Priced { decoded: &raw const self.decoded, serial: self.serial, words }
    }
}
