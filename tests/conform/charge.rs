//! What work on things of a size costs, told apart by the rules of `docs/gas.md`, and a schedule in
//! which no two prices are alike.

use fvm_isa::{ALL, CostClass, Opcode};
use fvm_vm::{Schedule, Size};
use std::fmt::Write;

/// Work that costs by its size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charge {
    /// An object with so many bytes of content.
    Allocate(usize),
    /// The same, but there is no room for it.
    Refused(usize),
    /// Bytes copied.
    Copy(usize),
    /// Bytes compared or hashed for equality.
    Compare(usize),
    /// Bytes searched, and searched for.
    Search(usize),
    /// Units of which the letter case is changed.
    LetterCase(usize),
    /// Bytes converted.
    Convert(usize),
    /// Bytes of a cryptographic hash.
    Hash(usize),
    /// Bytes read from storage, key and value.
    StorageRead(usize),
    /// Bytes written to storage, key and value.
    StorageWrite(usize),
    /// Bytes for or from the host.
    Host(usize),
    /// Frames unwound.
    Unwind(usize),
}

impl Charge {
    /// Its price.
    pub fn price(self, schedule: &Schedule) -> u64 {
        let sizes = &schedule.sizes;
        let of = |size: Size, units: usize| {
            u64::from(size.base) + u64::from(size.per_unit) * units as u64
        };
        match self {
            Charge::Allocate(bytes) | Charge::Refused(bytes) => {
                of(sizes.allocate, bytes.div_ceil(16) + 1)
            }
            Charge::Copy(bytes) => of(sizes.copy, bytes.div_ceil(16)),
            Charge::Compare(bytes) => of(sizes.compare, bytes.div_ceil(16)),
            Charge::Search(bytes) => of(sizes.search, bytes.div_ceil(16)),
            Charge::LetterCase(units) => of(sizes.letter_case, units.div_ceil(16)),
            Charge::Convert(bytes) => of(sizes.convert, bytes.div_ceil(16)),
            Charge::Hash(bytes) => of(sizes.hash, bytes.div_ceil(64)),
            Charge::StorageRead(bytes) => of(sizes.storage_read, bytes),
            Charge::StorageWrite(bytes) => of(sizes.storage_write, bytes),
            Charge::Host(bytes) => of(sizes.host, bytes),
            Charge::Unwind(frames) => of(sizes.unwind, frames),
        }
    }

    /// Bytes of the arena that it takes.
    pub fn memory(self) -> u64 {
        match self {
            Charge::Allocate(bytes) => (bytes.div_ceil(16) as u64 + 1) * 16,
            _ => 0,
        }
    }
}

/// A schedule in which every opcode and every kind of work has a price of its own.
pub fn schedule() -> Schedule {
    let mut text = String::from("{\"version\":1,\"unit\":\"none\",\"classes\":{");
    let classes: Vec<String> =
        CostClass::ALL.iter().map(|class| format!("\"{}\":1", class.word())).collect();
    text.push_str(&classes.join(","));
    text.push_str("},\"opcodes\":{");
    let price = |opcode: &Opcode| {
        format!("\"{}\":{}", opcode.mnemonic(), 1_000 + 7 * u32::from(opcode.byte()))
    };
    text.push_str(&ALL.iter().map(price).collect::<Vec<_>>().join(","));
    text.push_str("},\"sizes\":{");
    for (at, name) in fvm_vm::Sizes::NAMES.iter().enumerate() {
        let separator = if at == 0 { "" } else { "," };
        let (base, each) = (10_007 + 1_009 * at, 101 + 2 * at);
        let _ = write!(text, "{separator}\"{name}\":{{\"base\":{base},\"per_unit\":{each}}}");
    }
    text.push_str("}}");
    Schedule::parse(&text).expect("all prices are there")
}
