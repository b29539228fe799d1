//! Slots and what they hold.

use fvm_isa::ClassId;
use fvm_isa::builtin;
use smallvec::SmallVec;

/// The content of a register or field: a scalar in the low bits, or a reference with its class in
/// the high 64 bits and arena offset or boxed payload in the low ones. All zero is null.
pub type Slot = u128;

/// The null reference.
pub(crate) const NULL: Slot = 0;

/// The boxed unit value.
pub(crate) const UNIT: Slot = make(builtin::UNIT, 0);

/// A reference.
pub(crate) const fn make(class: ClassId, payload: u64) -> Slot {
    ((class.0 as u128) << 64) | payload as u128
}

/// The class of a reference.
pub(crate) fn class_of(slot: Slot) -> ClassId {
    ClassId((slot >> 64) as u16)
}

/// Arena offset or boxed payload of a reference.
pub(crate) fn payload(slot: Slot) -> u64 {
    slot as u64
}

/// The arena offset of a reference.
pub(crate) fn offset(slot: Slot) -> usize {
    slot as u64 as usize
}

pub(crate) fn i32_slot(value: i32) -> Slot {
    u128::from(value as u32)
}

pub(crate) fn i64_slot(value: i64) -> Slot {
    u128::from(value as u64)
}

pub(crate) fn f64_slot(value: f64) -> Slot {
    u128::from(value.to_bits())
}

pub(crate) fn as_f64(slot: Slot) -> f64 {
    f64::from_bits(slot as u64)
}

/// A boxed `Int`.
pub(crate) fn boxed_i32(value: i32) -> Slot {
    make(builtin::INT, u64::from(value as u32))
}

/// The bytes of a value. Up to 16, as most results are, need no allocation: it would take a third
/// of the time of a small call.
pub type ShortBytes = SmallVec<[u8; 16]>;

/// A value at the border of the machine: arguments, results, and what host functions see.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// No value.
    Unit,
    /// `Boolean` (0 or 1) and the integers up to 32 bits.
    I32(i32),
    /// `Long`.
    I64(i64),
    /// `Double`.
    F64(f64),
    /// `UInt128` and `Amount`.
    U128(u128),
    /// `Int128`.
    I128(i128),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(ShortBytes),
    /// The null reference.
    Null,
    /// Any other reference: means something only to the machine that gave it.
    Reference(Slot),
}
