//! Arithmetic and text of the FVM: one implementation, which the optimiser uses to fold constants
//! and the machine to execute, so that compile-time and run-time results cannot differ.
//!
//! Relies on nothing but the integers and IEEE-754 basic operations of Rust. Guarantees: no
//! function panics, loops without bound or depends on the platform; every NaN that leaves
//! [`double`] is [`double::NAN`]; whatever can fail says so in a [`Fault`].
//!
//! Operations are named as the last word of the SSA operation (`i32.add` is [`int32::add`]).

pub mod character;
pub mod detail;
pub mod double;
pub mod hex_float;
pub mod int128;
pub mod int32;
pub mod int64;
pub mod number;
pub mod scalar;
mod tables;
pub mod uint128;
pub mod utf16;

/// Why an operation has no result.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fault {
    /// Division or remainder by zero.
    DivisionByZero,
    /// The result does not fit its type.
    Overflow,
    /// A text is no number.
    NumberFormat,
    /// An index or range outside of the value.
    Index,
    /// Malformed UTF-8, or a lone surrogate where UTF-8 is asked for.
    Malformed,
}

/// A result or a fault.
pub type Result<T> = std::result::Result<T, Fault>;
