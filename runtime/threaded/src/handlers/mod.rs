//! The handlers: one function for each form of an instruction.
//!
//! Relies on the verifier as [`crate::state`] says, and on the decoder, which writes the operands
//! that a handler reads. Guarantees: a handler that cannot do its work has changed nothing when it
//! leaves the instruction to the reference engine; what it does itself is what `fvm-arith` says.
//!
//! Many handlers exist in several modes: `A` and `B` say whether the first or the second operand is
//! in the accumulator, `S` whether the result is stored in a register as well.

/// Defines handlers of instructions with two narrow operands and a narrow result.
macro_rules! binary {
    ($($name:ident($a:ident, $b:ident) -> $set:ident = $value:expr;)*) => {handlers! {$(
        /// Two operands, which are not changed otherwise.
        $name<A, B, S> = |s| {
            let value = ($value)(s.$a::<A>(1), s.$b::<B>(2));
            s.$set::<S>(0, value).next(2)
        };
    )*}};
}

/// Defines handlers of instructions with two narrow operands and a narrow result that may fail.
macro_rules! fallible {
    ($($name:ident($a:ident, $b:ident) -> $set:ident = $value:expr;)*) => {handlers! {$(
        /// Two operands, which are not changed otherwise.
        $name<A, B, S> = |s| match ($value)(s.$a::<A>(1), s.$b::<B>(2)) {
            Ok(value) => s.$set::<S>(0, value).next(2),
            Err(_) => {
                s.spill::<A>(1);
                s.spill::<B>(2);
                s.redo()
            }
        };
    )*}};
}

/// Defines handlers of instructions with a narrow operand, an immediate and a narrow result.
macro_rules! immediate {
    ($($name:ident($a:ident) -> $set:ident = $value:expr;)*) => {handlers! {$(
        /// An operand and an immediate.
        $name<A, S> = |s| {
            let value = ($value)(s.$a::<A>(1), s.signed_half(2));
            s.$set::<S>(0, value).next(2)
        };
    )*}};
}

/// Defines handlers of instructions with a narrow operand and a narrow result.
macro_rules! unary {
    ($($name:ident($a:ident) -> $set:ident = $value:expr;)*) => {handlers! {$(
        /// One operand.
        $name<A, S> = |s| {
            let value = ($value)(s.$a::<A>(1));
            s.$set::<S>(0, value).next(2)
        };
    )*}};
}

pub(crate) mod control;
pub(crate) mod float;
pub(crate) mod fused;
pub(crate) mod integer;
pub(crate) mod object;
pub(crate) mod sequence;
pub(crate) mod wide;
