//! Rules for boxes, casts, type tests, references and text.

use super::{Rewrite, View};
use crate::fold::Const;
use crate::func::{Imm, Inst, Value, Values};
use crate::module::unboxed;
use crate::ops::Op;
use crate::types::{BUILTIN_CLASSES, ClassId, Type, builtin};

pub(super) fn rewrite(view: &View, inst: &Inst) -> Option<Rewrite> {
    match (inst.op, &inst.imm) {
        (Op::Unbox, Imm::Class(class)) => {
            let (found, inner) = boxed(view, inst.args[0])?;
            (found == *class).then_some(Rewrite::Same(inner))
        }
        (Op::Cast, Imm::Class(class)) => cast(view, *class, inst.args[0]),
        (Op::Is, Imm::Class(class)) => is(view, *class, inst.args[0]).map(flag),
        (Op::IsNull, _) => {
            let value = inst.args[0];
            match view.constant(value) {
                Some(Const::Null(_)) => Some(flag(true)),
                _ => view.defs.is_not_null(view.func, value).then(|| flag(false)),
            }
        }
        (Op::RefEq, _) => ref_eq(view, inst.args[0], inst.args[1]),
        (Op::IsObject, _) => {
            let class = known_class(view, inst.args[0])?;
            Some(flag(class.as_u32() >= BUILTIN_CLASSES))
        }
        (Op::ClassOf, _) => {
            let class = known_class(view, inst.args[0])?;
            Some(Rewrite::Constant(Const::I32(class.as_u32() as i32)))
        }
        (Op::PrimitiveEq, _) => primitive_eq(view, inst.args[0], inst.args[1]),
        (Op::PrimitiveHash, _) => match boxed(view, inst.args[0])? {
            (builtin::INT | builtin::CHAR | builtin::SHORT | builtin::BYTE, inner) => {
                Some(Rewrite::Same(inner))
            }
            _ => None,
        },
        (Op::PrimitiveText, _) => primitive_text(view, inst.args[0]),
        (Op::ArrayLength, _) => {
            let created = view.defs.origin(view.func, inst.args[0]);
            let length = view.operands(created, Op::ArrayNew)?[0];
            Some(Rewrite::Same(length))
        }
        (Op::StringConcat, _) => {
            let is_empty = |value| matches!(view.constant(value), Some(Const::String(units)) if units.is_empty());
            let (a, b) = (inst.args[0], inst.args[1]);
            let keep = if is_empty(b) {
                a
            } else if is_empty(a) {
                b
            } else {
                return None;
            };
            view.defs.is_not_null(view.func, keep).then_some(Rewrite::Same(keep))
        }
        _ => None,
    }
}

fn flag(value: bool) -> Rewrite {
    Rewrite::Constant(Const::I32(i32::from(value)))
}

/// Class and scalar of a box that is made in this function.
fn boxed(view: &View, value: Value) -> Option<(ClassId, Value)> {
    let inst = view.inst(value)?;
    match (inst.op, &inst.imm) {
        (Op::Box, Imm::Class(class)) => Some((*class, inst.args[0])),
        _ => None,
    }
}

/// The exact class of a value that is not null, if it is known.
fn known_class(view: &View, value: Value) -> Option<ClassId> {
    if let Some((class, _)) = boxed(view, value) {
        return Some(class);
    }
    if let Some(class) = view.defs.exact_class(view.func, value) {
        return Some(class);
    }
    match (view.constant(value), view.ty(value)) {
        (Some(Const::Unit), _) => Some(builtin::UNIT),
        (_, Type::Ref(class)) if is_final(class) => {
            view.defs.is_not_null(view.func, value).then_some(class)
        }
        _ => None,
    }
}

fn cast(view: &View, class: ClassId, value: Value) -> Option<Rewrite> {
    if view.env.module.is_assignable(view.ty(value), Type::Ref(class)) {
        return Some(Rewrite::Same(value));
    }
    if let Some(Const::Null(_)) = view.constant(value) {
        return Some(Rewrite::Constant(Const::Null(Type::Ref(class))));
    }
    None
}

fn is(view: &View, class: ClassId, value: Value) -> Option<bool> {
    if let Some(Const::Null(_)) = view.constant(value) {
        return Some(false);
    }
    if let Some(found) = known_class(view, value) {
        let is_box = unboxed(class).is_some() || unboxed(found).is_some() || found == builtin::UNIT;
        return Some(if is_box {
            found == class
        } else {
            view.env.module.is_subclass(found, class)
        });
    }
    match view.ty(value) {
        Type::Ref(found) if view.env.module.is_subclass(found, class) => {
            view.defs.is_not_null(view.func, value).then_some(true)
        }
        // A reference of a class type is never a box of a scalar, and an array or text is nothing
        // but what its type says.
        Type::Ref(_) if unboxed(class).is_some() => Some(false),
        Type::Ref(found) if is_final(found) && !view.env.module.is_subclass(found, class) => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether a built-in class has no subclasses.
fn is_final(class: ClassId) -> bool {
    (builtin::STRING.as_u32()..BUILTIN_CLASSES).contains(&class.as_u32())
}

fn ref_eq(view: &View, a: Value, b: Value) -> Option<Rewrite> {
    if a == b {
        return Some(flag(true));
    }
    let is_null = |value| matches!(view.constant(value), Some(Const::Null(_)));
    match (is_null(a), is_null(b)) {
        (true, true) => Some(flag(true)),
        (true, false) => Some(Rewrite::Op(Op::IsNull, Values::from_slice(&[b]))),
        (false, true) => Some(Rewrite::Op(Op::IsNull, Values::from_slice(&[a]))),
        (false, false) => None,
    }
}

fn primitive_eq(view: &View, a: Value, b: Value) -> Option<Rewrite> {
    use builtin::*;
    if view.ty(a) == Type::Ref(STRING) && view.ty(b) == Type::Ref(STRING) {
        return Some(Rewrite::Op(Op::StringEq, Values::from_slice(&[a, b])));
    }
    let is_null = |value| matches!(view.constant(value), Some(Const::Null(_)));
    if is_null(a) || is_null(b) {
        return ref_eq(view, a, b);
    }
    let ((class_a, a), (class_b, b)) = (boxed(view, a)?, boxed(view, b)?);
    let op = match (class_a, class_b) {
        (BOOLEAN, BOOLEAN) => Op::I32Eq,
        (BYTE | SHORT | CHAR | INT, BYTE | SHORT | CHAR | INT) => Op::I32Eq,
        (LONG, LONG) => Op::I64Eq,
        (FLOAT, FLOAT) | (DOUBLE, DOUBLE) => Op::F64Eq,
        (UINT128, UINT128) | (AMOUNT, AMOUNT) => Op::U128Eq,
        (INT128, INT128) => Op::I128Eq,
        _ => return None,
    };
    Some(Rewrite::Op(op, Values::from_slice(&[a, b])))
}

fn primitive_text(view: &View, value: Value) -> Option<Rewrite> {
    use builtin::*;
    if view.ty(value) == Type::Ref(STRING) && view.defs.is_not_null(view.func, value) {
        return Some(Rewrite::Same(value));
    }
    let (class, inner) = boxed(view, value)?;
    let op = match class {
        BOOLEAN => Op::StringFromBool,
        BYTE | SHORT | INT => Op::StringFromI32,
        CHAR => Op::StringFromChar,
        LONG => Op::StringFromI64,
        FLOAT => Op::StringFromF32,
        DOUBLE => Op::StringFromF64,
        UINT128 => Op::StringFromU128,
        INT128 => Op::StringFromI128,
        _ => return None,
    };
    Some(Rewrite::Op(op, Values::from_slice(&[inner])))
}
