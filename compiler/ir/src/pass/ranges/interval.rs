//! Intervals of 32- and 64-bit integers, and what operations make of them.
//!
//! An interval holds every value that an operation can give for operands from its own intervals.
//! Ends are computed without wrapping; a result that may wrap is anything of its type.

use crate::fold::Const;
use crate::func::{Imm, Inst};
use crate::ops::{Kind, Op};
use crate::types::{Type, builtin};

/// The smallest and the largest number that a value can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Interval {
    pub low: i128,
    pub high: i128,
}

impl Interval {
    /// For what is no number of 32 or 64 bits: more than any of them.
    pub const EVERYTHING: Interval = Interval { low: i128::MIN / 4, high: i128::MAX / 4 };

    /// The numbers from `low` to `high`.
    pub fn new(low: impl Into<i128>, high: impl Into<i128>) -> Interval {
        Interval { low: low.into(), high: high.into() }
    }

    /// All numbers of a type, if it is one of 32 or 64 bits.
    pub fn of_type(ty: Type) -> Option<Interval> {
        match ty {
            Type::I32 => Some(Interval::new(i32::MIN, i32::MAX)),
            Type::I64 => Some(Interval::new(i64::MIN, i64::MAX)),
            _ => None,
        }
    }

    /// The number, if there is only one.
    pub fn single(self) -> Option<i128> {
        (self.low == self.high).then_some(self.low)
    }

    /// Whether no number is below zero.
    pub fn is_natural(self) -> bool {
        self.low >= 0
    }

    /// Whether all numbers of `other` are in it.
    pub fn contains(self, other: Interval) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    /// What is in one or the other, and between.
    pub fn join(self, other: Interval) -> Interval {
        Interval { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What is in both; where nothing is, nobody ever gets, and `self` stands for it.
    pub fn meet(self, other: Interval) -> Interval {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low <= high { Interval { low, high } } else { self }
    }

    /// The hull of what `f` gives for the ends of both: for operations that are monotone in each.
    fn hull(self, other: Interval, f: impl Fn(i128, i128) -> i128) -> Interval {
        let ends = [
            f(self.low, other.low),
            f(self.low, other.high),
            f(self.high, other.low),
            f(self.high, other.high),
        ];
        let low = ends.iter().copied().min().unwrap_or(self.low);
        let high = ends.iter().copied().max().unwrap_or(self.high);
        Interval { low, high }
    }
}

/// What the result of an instruction can be. `of` tells it for its operands.
pub(super) fn result(inst: &Inst, ty: Type, of: impl Fn(usize) -> Interval) -> Option<Interval> {
    let all = Interval::of_type(ty)?;
    match Const::of(inst.op, &inst.imm) {
        Some(Const::I32(value)) => return Some(Interval::new(value, value)),
        Some(Const::I64(value)) => return Some(Interval::new(value, value)),
        _ => {}
    }
    if let Some(holds) = comparison(inst.op) {
        return Some(decided(holds, of(0), of(1)));
    }
    let found = arithmetic(inst.op, all, &of).or_else(|| conversion(inst.op, &of));
    let found = found.or_else(|| content(inst)).unwrap_or(all);
    // What may have wrapped can be anything.
    Some(if all.contains(found) { found } else { all })
}

/// How two numbers of 32 or 64 bits compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// The comparison that an operation is.
pub(super) fn comparison(op: Op) -> Option<Comparison> {
    Some(match op {
        Op::I32Eq | Op::I64Eq => Comparison::Equal,
        Op::I32Ne | Op::I64Ne => Comparison::NotEqual,
        Op::I32Lt | Op::I64Lt => Comparison::Less,
        Op::I32Le | Op::I64Le => Comparison::AtMost,
        Op::I32Gt | Op::I64Gt => Comparison::More,
        Op::I32Ge | Op::I64Ge => Comparison::AtLeast,
        _ => return None,
    })
}

impl Comparison {
    /// What holds where this does not.
    pub fn inverse(self) -> Comparison {
        match self {
            Comparison::Equal => Comparison::NotEqual,
            Comparison::NotEqual => Comparison::Equal,
            Comparison::Less => Comparison::AtLeast,
            Comparison::AtMost => Comparison::More,
            Comparison::More => Comparison::AtMost,
            Comparison::AtLeast => Comparison::Less,
        }
    }

    /// The same with the operands exchanged.
    pub fn mirrored(self) -> Comparison {
        match self {
            Comparison::Equal | Comparison::NotEqual => self,
            Comparison::Less => Comparison::More,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::More => Comparison::Less,
            Comparison::AtLeast => Comparison::AtMost,
        }
    }

    /// What is left of the numbers of `a` that compare in this way with one of `b`.
    pub fn restrict(self, a: Interval, b: Interval) -> Interval {
        let below = |high: i128| Interval { low: i128::MIN, high };
        let above = |low: i128| Interval { low, high: i128::MAX };
        match self {
            Comparison::Equal => a.meet(b),
            Comparison::Less => a.meet(below(b.high - 1)),
            Comparison::AtMost => a.meet(below(b.high)),
            Comparison::More => a.meet(above(b.low + 1)),
            Comparison::AtLeast => a.meet(above(b.low)),
            Comparison::NotEqual => match b.single() {
                Some(end) if end == a.low => a.meet(above(end + 1)),
                Some(end) if end == a.high => a.meet(below(end - 1)),
                _ => a,
            },
        }
    }
}

/// Whether a comparison holds: 0, 1, or either.
fn decided(comparison: Comparison, a: Interval, b: Interval) -> Interval {
    let (always, never) = match comparison {
        Comparison::Less => (a.high < b.low, a.low >= b.high),
        Comparison::AtMost => (a.high <= b.low, a.low > b.high),
        Comparison::More => (a.low > b.high, a.high <= b.low),
        Comparison::AtLeast => (a.low >= b.high, a.high < b.low),
        Comparison::Equal | Comparison::NotEqual => {
            let (same, apart) = (
                a.single().is_some() && a.single() == b.single(),
                a.high < b.low || b.high < a.low,
            );
            if comparison == Comparison::Equal { (same, apart) } else { (apart, same) }
        }
    };
    Interval::new(always, !never)
}

fn arithmetic(op: Op, all: Interval, of: &impl Fn(usize) -> Interval) -> Option<Interval> {
    use Op::*;
    Some(match op {
        I32Add | I64Add => of(0).hull(of(1), |a, b| a + b),
        I32Sub | I64Sub => of(0).hull(of(1), |a, b| a - b),
        // Two numbers of 64 bits have a product of 127 at most.
        I32Mul | I64Mul => of(0).hull(of(1), |a, b| a * b),
        I32Neg | I64Neg => Interval { low: -of(0).high, high: -of(0).low },
        BoolNot => Interval { low: 1 - of(0).high, high: 1 - of(0).low },
        I32Div | I64Div if of(1).low > 0 => of(0).hull(of(1), |a, b| a / b),
        I32Rem | I64Rem => remainder(of(0), of(1))?,
        I64Udiv if of(0).is_natural() && of(1).low > 0 => of(0).hull(of(1), |a, b| a / b),
        I64Udiv if of(1).low > 1 => Interval::new(0, (all.high - all.low) / of(1).low),
        I64Urem if of(1).low > 0 => Interval::new(0, of(1).high - 1),
        I32And | I64And => {
            let natural = [of(0), of(1)].into_iter().filter(|operand| operand.is_natural());
            Interval::new(0, natural.map(|operand| operand.high).min()?)
        }
        I32Or | I64Or | I32Xor | I64Xor if of(0).is_natural() && of(1).is_natural() => {
            let bits = 128 - of(0).high.max(of(1).high).leading_zeros();
            Interval::new(0, (1_i128 << bits) - 1)
        }
        I32Shl | I64Shl | I32Shr | I64Shr | I32Ushr | I64Ushr => shifted(op, all, of)?,
        _ => return None,
    })
}

/// `a % b`, which has the sign of `a`.
fn remainder(a: Interval, b: Interval) -> Option<Interval> {
    let most = b.high.max(-b.low) - 1;
    if most < 0 {
        return None;
    }
    let low = if a.is_natural() { 0 } else { (-most).max(a.low) };
    let high = if a.high <= 0 { 0 } else { most.min(a.high) };
    Some(Interval { low, high })
}

/// Shifts by a constant, and those to the right of what is not negative.
fn shifted(op: Op, all: Interval, of: &impl Fn(usize) -> Interval) -> Option<Interval> {
    use Op::*;
    let (a, bits) = (of(0), 128 - all.high.leading_zeros() as i128);
    let by = of(1).single().map(|by| by & bits);
    Some(match (op, by) {
        (I32Shl | I64Shl, Some(by)) => Interval { low: a.low << by, high: a.high << by },
        (I32Shr | I64Shr, Some(by)) => Interval { low: a.low >> by, high: a.high >> by },
        (I32Ushr | I64Ushr, Some(by)) if a.is_natural() => {
            Interval { low: a.low >> by, high: a.high >> by }
        }
        (I32Ushr | I64Ushr, Some(by)) if by > 0 => Interval::new(0, (all.high - all.low) >> by),
        (I32Shr | I64Shr | I32Ushr | I64Ushr, None) if a.is_natural() => Interval::new(0, a.high),
        _ => return None,
    })
}

fn conversion(op: Op, of: &impl Fn(usize) -> Interval) -> Option<Interval> {
    let narrowed = |all: Interval| if all.contains(of(0)) { of(0) } else { all };
    Some(match op {
        Op::I32ToI64 => of(0),
        Op::I64ToI32 => narrowed(Interval::new(i32::MIN, i32::MAX)),
        Op::I32ToI8 => narrowed(Interval::new(i8::MIN, i8::MAX)),
        Op::I32ToI16 => narrowed(Interval::new(i16::MIN, i16::MAX)),
        Op::I32ToU16 => narrowed(Interval::new(0, u16::MAX)),
        _ => return None,
    })
}

/// What is read somewhere.
fn content(inst: &Inst) -> Option<Interval> {
    Some(match (inst.op, &inst.imm) {
        (Op::ArrayLength | Op::StringLength | Op::BytesLength, _) => Interval::new(0, i32::MAX),
        (Op::StringCharAt, _) => Interval::new(0, u16::MAX),
        (Op::ArrayGet, Imm::Class(builtin::ARRAY_BYTE)) => Interval::new(i8::MIN, i8::MAX),
        (Op::ArrayGet, Imm::Class(builtin::ARRAY_SHORT)) => Interval::new(i16::MIN, i16::MAX),
        (Op::ArrayGet, Imm::Class(builtin::ARRAY_CHAR)) => Interval::new(0, u16::MAX),
        (Op::ArrayGet, Imm::Class(builtin::ARRAY_BOOLEAN)) => Interval::new(0, 1),
        _ if inst.op.info().result == Kind::bool => Interval::new(0, 1),
        _ => return None,
    })
}
