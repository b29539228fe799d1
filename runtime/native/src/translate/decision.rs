//! Comparisons that end a block.

use super::function::Translator;
use super::held::Held;
use crate::emitter::{Comparison, Emitter, Type};
use fvm_isa::{BlockId, Inst, Reg};

/// A comparison of numbers that ends a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Decision {
    /// The width of both sides.
    pub ty: Type,
    pub condition: Comparison,
    pub left: Reg,
    pub right: Side,
    /// Where it goes if the condition holds.
    pub yes: BlockId,
    pub no: BlockId,
}

/// A side of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Number(i8),
    Register(Reg),
}

impl Decision {
    /// The comparison that an instruction ends its block with, if it is one.
    pub fn of(inst: &Inst) -> Option<Decision> {
        use Comparison::{
            Equal, NotEqual, SignedGreaterThan, SignedGreaterThanOrEqual, SignedLessThan,
            SignedLessThanOrEqual,
        };
        use Type::{I32, I64};
        macro_rules! comparisons {
            ($($name:ident: $ty:ident $condition:ident $other:ident;)*) => {
                match inst {
                    $(Inst::$name { a, $other, yes, no } => Decision {
                        ty: $ty,
                        condition: $condition,
                        left: *a,
                        right: Side::from(*$other),
                        yes: *yes,
                        no: *no,
                    },)*
                    _ => return None,
                }
            };
        }
        Some(comparisons! {
            I32BrEq: I32 Equal b;
            I32BrNe: I32 NotEqual b;
            I32BrLt: I32 SignedLessThan b;
            I32BrLe: I32 SignedLessThanOrEqual b;
            I32BrEqImm: I32 Equal value;
            I32BrNeImm: I32 NotEqual value;
            I32BrLtImm: I32 SignedLessThan value;
            I32BrLeImm: I32 SignedLessThanOrEqual value;
            I32BrGtImm: I32 SignedGreaterThan value;
            I32BrGeImm: I32 SignedGreaterThanOrEqual value;
            I64BrEq: I64 Equal b;
            I64BrNe: I64 NotEqual b;
            I64BrLt: I64 SignedLessThan b;
            I64BrLe: I64 SignedLessThanOrEqual b;
            I64BrEqImm: I64 Equal value;
            I64BrNeImm: I64 NotEqual value;
            I64BrLtImm: I64 SignedLessThan value;
            I64BrLeImm: I64 SignedLessThanOrEqual value;
            I64BrGtImm: I64 SignedGreaterThan value;
            I64BrGeImm: I64 SignedGreaterThanOrEqual value;
        })
    }
}

impl From<i8> for Side {
    fn from(number: i8) -> Side {
        Side::Number(number)
    }
}

impl From<Reg> for Side {
    fn from(register: Reg) -> Side {
        Side::Register(register)
    }
}

impl<E: Emitter> Translator<'_, E> {
    /// Whether a comparison holds.
    pub fn decide(&mut self, decision: Decision) -> E::Value {
        let Decision { condition, left, right, .. } = decision;
        let left = self.held_number(left);
        match right {
            Side::Number(number) => self.emitter.compare_number(condition, left, i64::from(number)),
            Side::Register(right) => {
                let right = self.held_number(right);
                self.emitter.compare(condition, left, right)
            }
        }
    }

    /// A number of either width; rule V12 says that both sides have the same.
    pub fn held_number(&self, register: Reg) -> E::Value {
        match self.held(register) {
            Held::Int(value) | Held::Long(value) => value,
            other => unreachable!("rule V12: {register} is no number but {other:?}"),
        }
    }
}
