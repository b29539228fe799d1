//! Rules for integers and Booleans.

use super::{Rewrite, View};
use crate::fold::Const;
use crate::func::{Inst, Value, Values};
use crate::ops::Op;

pub(super) fn rewrite(view: &View, inst: &Inst) -> Option<Rewrite> {
    match inst.args.as_slice() {
        [a] => unary(view, inst.op, *a),
        [a, b] => {
            let (a, b) = (*a, *b);
            same_operands(inst.op, a, b)
                .or_else(|| constant_right(view, inst.op, a, b))
                .or_else(|| {
                    inst.op.is_commutative().then(|| constant_right(view, inst.op, b, a))?
                })
                .or_else(|| constant_left(view, inst.op, a, b))
        }
        _ => None,
    }
}

/// A constant goes to the right, where instructions can hold it.
fn constant_left(view: &View, op: Op, a: Value, b: Value) -> Option<Rewrite> {
    let op = if op.is_commutative() { op } else { mirrored(op)? };
    let is_left = view.constant(a).is_some() && view.constant(b).is_none();
    is_left.then(|| Rewrite::Op(op, Values::from_slice(&[b, a])))
}

/// The comparison of integers that says the same with its operands exchanged.
fn mirrored(op: Op) -> Option<Op> {
    use Op::*;
    Some(match op {
        I32Lt => I32Gt,
        I32Le => I32Ge,
        I32Gt => I32Lt,
        I32Ge => I32Le,
        I64Lt => I64Gt,
        I64Le => I64Ge,
        I64Gt => I64Lt,
        I64Ge => I64Le,
        _ => return None,
    })
}

/// The operation that is true exactly when this comparison of integers is not.
pub(in crate::pass) fn inverse(op: Op) -> Option<Op> {
    use Op::*;
    Some(match op {
        I32Eq => I32Ne,
        I32Ne => I32Eq,
        I32Lt => I32Ge,
        I32Le => I32Gt,
        I32Gt => I32Le,
        I32Ge => I32Lt,
        I64Eq => I64Ne,
        I64Ne => I64Eq,
        I64Lt => I64Ge,
        I64Le => I64Gt,
        I64Gt => I64Le,
        I64Ge => I64Lt,
        _ => return None,
    })
}

fn unary(view: &View, op: Op, a: Value) -> Option<Rewrite> {
    let inner = view.inst(a)?;
    let same = |wanted: Op| (inner.op == wanted).then(|| Rewrite::Same(inner.args[0]));
    match op {
        Op::BoolNot => same(Op::BoolNot)
            .or_else(|| inverse(inner.op).map(|op| Rewrite::Op(op, inner.args.clone()))),
        Op::I32Neg => same(Op::I32Neg),
        Op::I64Neg => same(Op::I64Neg),
        Op::I64ToI32 => same(Op::I32ToI64),
        Op::I32ToI8 if inner.op == Op::I32ToI8 => Some(Rewrite::Same(a)),
        Op::I32ToI16 if matches!(inner.op, Op::I32ToI16 | Op::I32ToI8) => Some(Rewrite::Same(a)),
        Op::I32ToU16 if inner.op == Op::I32ToU16 => Some(Rewrite::Same(a)),
        _ => None,
    }
}

fn same_operands(op: Op, a: Value, b: Value) -> Option<Rewrite> {
    use Op::*;
    if a != b {
        return None;
    }
    let flag = |value: bool| Some(Rewrite::Constant(Const::I32(i32::from(value))));
    match op {
        I32Sub | I32Xor => Some(Rewrite::Constant(Const::I32(0))),
        I64Sub | I64Xor => Some(Rewrite::Constant(Const::I64(0))),
        U128Xor => Some(Rewrite::Constant(Const::U128(0))),
        I32And | I32Or | I64And | I64Or | U128And | U128Or => Some(Rewrite::Same(a)),
        I32Eq | I32Le | I32Ge | I64Eq | I64Le | I64Ge | U128Eq | U128Le | I128Eq | I128Le
        | StringEq | BytesEq => flag(true),
        I32Ne | I32Lt | I32Gt | I64Ne | I64Lt | I64Gt | U128Lt | I128Lt => flag(false),
        // Neither overflows nor goes below zero.
        U128Sub => Some(Rewrite::Constant(Const::U128(0))),
        I128Sub => Some(Rewrite::Constant(Const::I128(0))),
        _ => None,
    }
}

fn constant_right(view: &View, op: Op, a: Value, b: Value) -> Option<Rewrite> {
    match view.constant(b)? {
        Const::I32(b) => right_i32(view, op, a, b).or_else(|| sum_i32(view, op, a, b)),
        Const::I64(b) => right_i64(op, a, b).or_else(|| sum_i64(view, op, a, b)),
        Const::U128(b) => right_u128(op, a, b),
        Const::I128(b) => match (op, b) {
            (Op::I128Add | Op::I128Sub, 0) | (Op::I128Mul | Op::I128Div, 1) => {
                Some(Rewrite::Same(a))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Defines what `(x ± c) ± b` is: `x + (± c ± b)`, for sums wrap.
macro_rules! sums {
    ($($name:ident($number:ty, $constant:ident, $add:ident, $sub:ident);)*) => {$(
        fn $name(view: &View, op: Op, a: Value, b: $number) -> Option<Rewrite> {
            let signed = |op: Op, number: $number| match op {
                Op::$add => Some(number),
                Op::$sub => Some(number.wrapping_neg()),
                _ => None,
            };
            let b = signed(op, b)?;
            let inner = view.inst(a)?;
            let Some(Const::$constant(c)) = view.constant(*inner.args.get(1)?) else { return None };
            Some(match signed(inner.op, c)?.wrapping_add(b) {
                0 => Rewrite::Same(inner.args[0]),
                sum => Rewrite::WithConstant(Op::$add, inner.args[0], Const::$constant(sum)),
            })
        }
    )*};
}

sums! {
    sum_i32(i32, I32, I32Add, I32Sub);
    sum_i64(i64, I64, I64Add, I64Sub);
}

fn right_i32(view: &View, op: Op, a: Value, b: i32) -> Option<Rewrite> {
    use Op::*;
    let zero = || Some(Rewrite::Constant(Const::I32(0)));
    match (op, b) {
        (I32Add | I32Sub | I32Or | I32Xor | I32Shl | I32Shr | I32Ushr | I32Rotr, 0) => {
            Some(Rewrite::Same(a))
        }
        (I64Shl | I64Shr | I64Ushr | U128Shl | U128Shr, 0) => Some(Rewrite::Same(a)),
        (I32Mul | I32Div, 1) | (I32And, -1) => Some(Rewrite::Same(a)),
        (I32Mul | I32And, 0) | (I32Rem, 1 | -1) => zero(),
        (I32Or, -1) => Some(Rewrite::Constant(Const::I32(-1))),
        (I32Mul | I32Div, -1) => Some(Rewrite::Op(I32Neg, Values::from_slice(&[a]))),
        (I32Mul, b) if b > 1 && b.count_ones() == 1 => {
            Some(Rewrite::WithConstant(I32Shl, a, Const::I32(b.trailing_zeros() as i32)))
        }
        // A comparison of a truth value with a truth value.
        (I32Eq, 1) | (I32Ne, 0) if is_flag(view, a) => Some(Rewrite::Same(a)),
        (I32Eq, 0) | (I32Ne | I32Xor, 1) if is_flag(view, a) => {
            Some(Rewrite::Op(BoolNot, Values::from_slice(&[a])))
        }
        _ => None,
    }
}

/// Whether the value is certainly 0 or 1.
fn is_flag(view: &View, value: Value) -> bool {
    view.inst(value).is_some_and(|inst| inst.op.info().result == crate::ops::Kind::bool)
}

fn right_i64(op: Op, a: Value, b: i64) -> Option<Rewrite> {
    use Op::*;
    match (op, b) {
        (I64Add | I64Sub | I64Or | I64Xor, 0) | (I64Mul | I64Div, 1) | (I64And, -1) => {
            Some(Rewrite::Same(a))
        }
        (I64Mul | I64And, 0) | (I64Rem, 1 | -1) => Some(Rewrite::Constant(Const::I64(0))),
        (I64Or, -1) => Some(Rewrite::Constant(Const::I64(-1))),
        (I64Mul | I64Div, -1) => Some(Rewrite::Op(I64Neg, Values::from_slice(&[a]))),
        (I64Mul, b) if b > 1 && b.count_ones() == 1 => {
            Some(Rewrite::WithConstant(I64Shl, a, Const::I32(b.trailing_zeros() as i32)))
        }
        (I64Udiv, 1) => Some(Rewrite::Same(a)),
        (I64Urem, 1) => Some(Rewrite::Constant(Const::I64(0))),
        // These read it as a number without sign, and so the smallest one is a power of two.
        (I64Udiv, b) if b.count_ones() == 1 => {
            Some(Rewrite::WithConstant(I64Ushr, a, Const::I32(b.trailing_zeros() as i32)))
        }
        (I64Urem, b) if b.count_ones() == 1 => {
            Some(Rewrite::WithConstant(I64And, a, Const::I64(b.wrapping_sub(1))))
        }
        _ => None,
    }
}

fn right_u128(op: Op, a: Value, b: u128) -> Option<Rewrite> {
    use Op::*;
    match (op, b) {
        (U128Add | U128Sub | U128Or | U128Xor, 0) | (U128Mul | U128Div, 1) => {
            Some(Rewrite::Same(a))
        }
        (U128And | U128Mul, 0) | (U128Rem, 1) => Some(Rewrite::Constant(Const::U128(0))),
        (U128Div, b) if b.count_ones() == 1 => {
            Some(Rewrite::WithConstant(U128Shr, a, Const::I32(b.trailing_zeros() as i32)))
        }
        (U128Rem, b) if b.count_ones() == 1 => {
            Some(Rewrite::WithConstant(U128And, a, Const::U128(b - 1)))
        }
        _ => None,
    }
}
