//! Self-describing slots: boxes, casts, type tests, and Scala's `==` and `##` of plain values.

use super::{Evaluator, Failure, Step, TrapKind, Val, detailed, trap};
use crate::fold::{Const, apply};
use crate::module::is_allocated;
use crate::ops::Op;
use crate::types::{BUILTIN_CLASSES, ClassId, builtin};
use fvm_arith::detail;
use fvm_arith::scalar::{self, Scalar};
use std::sync::Arc;

impl Evaluator<'_> {
    /// Box, unbox, cast and type test.
    pub(super) fn compute_class(
        &mut self,
        op: Op,
        class: ClassId,
        value: &Val,
    ) -> Step<Option<Val>> {
        let found = self.heap.class_of(value);
        let is_instance = found != builtin::NULL
            && (found == class
                || (is_allocated(found)
                    && is_allocated(class)
                    && self.module.is_subclass(found, class)));
        Ok(Some(match op {
            Op::Box => match value {
                Val::Const(constant) => Val::Boxed(class, constant.clone()),
                _ => return Err(Failure::Unsupported("box of a reference")),
            },
            Op::Unbox => match value {
                Val::Boxed(found, constant) if *found == class => Val::Const(constant.clone()),
                _ => return self.bad_cast(found, class),
            },
            Op::Is => Val::Const(Const::I32(i32::from(is_instance))),
            _ if is_instance || found == builtin::NULL => value.clone(),
            _ => return self.bad_cast(found, class),
        }))
    }

    fn bad_cast<T>(&self, from: ClassId, to: ClassId) -> Step<T> {
        let [from, to] = [from, to].map(|class| self.module.classes[class].name.as_str());
        detailed(TrapKind::Cast, &detail::cast(from, to))
    }

    /// The `any.*` operations and `ref.eq`; none if it is another operation.
    pub(super) fn compute_any(&mut self, op: Op, args: &[Val]) -> Option<Step<Val>> {
        let flag = |value: bool| Val::Const(Const::I32(i32::from(value)));
        let class = self.heap.class_of(args.first()?);
        let value = match op {
            Op::RefEq => flag(args[0] == args[1]),
            Op::IsNull => flag(args[0] == Val::NULL),
            Op::IsObject => flag(class.as_u32() >= BUILTIN_CLASSES),
            Op::ClassOf => Val::Const(Const::I32(class.as_u32() as i32)),
            Op::ClassName if class == builtin::NULL => return Some(trap(TrapKind::Null)),
            Op::ClassName => text(&self.module.classes[class].name),
            Op::PrimitiveEq => flag(match (scalar_of(&args[0]), scalar_of(&args[1])) {
                (Some(a), Some(b)) => scalar::equal(a, b),
                _ => args[0] == args[1],
            }),
            Op::PrimitiveHash => Val::Const(Const::I32(match (&args[0], scalar_of(&args[0])) {
                (_, Some(value)) => scalar::hash(value),
                (Val::Const(Const::String(units)), _) => scalar::hash_units(units),
                _ => 0,
            })),
            Op::PrimitiveText => return Some(primitive_text(&args[0])),
            _ => return None,
        };
        Some(Ok(value))
    }
}

fn text(text: &str) -> Val {
    Val::Const(Const::String(Arc::from(fvm_arith::utf16::from_str(text))))
}

fn scalar_of(value: &Val) -> Option<Scalar> {
    let (class, constant) = match value {
        Val::Const(Const::Unit) => return Some(Scalar::Unit),
        Val::Boxed(class, constant) => (*class, constant),
        _ => return None,
    };
    Some(match constant {
        Const::I32(value) if class == builtin::BOOLEAN => Scalar::Boolean(*value != 0),
        Const::I32(value) => Scalar::Int(*value),
        Const::I64(value) => Scalar::Long(*value),
        Const::F64(bits) if class == builtin::FLOAT => Scalar::Float(f64::from_bits(*bits)),
        Const::F64(bits) => Scalar::Double(f64::from_bits(*bits)),
        Const::U128(value) if class == builtin::AMOUNT => Scalar::Amount(*value),
        Const::U128(value) => Scalar::UInt128(*value),
        Const::I128(value) => Scalar::Int128(*value),
        _ => return None,
    })
}

fn primitive_text(value: &Val) -> Step<Val> {
    let (class, constant) = match value {
        Val::Const(Const::String(_)) => return Ok(value.clone()),
        Val::Const(Const::Unit) => return Ok(text("()")),
        Val::Const(Const::Null(_)) => return Ok(text("null")),
        Val::Boxed(class, constant) => (*class, constant),
        _ => return trap(TrapKind::Cast),
    };
    let op = match (class, constant) {
        (builtin::BOOLEAN, _) => Op::StringFromBool,
        (builtin::CHAR, _) => Op::StringFromChar,
        (builtin::FLOAT, _) => Op::StringFromF32,
        (_, Const::I32(_)) => Op::StringFromI32,
        (_, Const::I64(_)) => Op::StringFromI64,
        (_, Const::F64(_)) => Op::StringFromF64,
        (_, Const::U128(_)) => Op::StringFromU128,
        _ => Op::StringFromI128,
    };
    match apply(op, std::slice::from_ref(constant)) {
        Some(Ok(text)) => Ok(Val::Const(text)),
        _ => trap(TrapKind::Cast),
    }
}
