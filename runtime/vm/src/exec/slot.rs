//! Boxes, casts, tests, and Scala's `==`, `##` and text of values that are no program objects.

use crate::store::{Result, Stop, Store, trap};
use crate::value::{NULL, Slot, as_f64, class_of, make, offset, payload};
use fvm_arith::scalar::{self, Scalar};
use fvm_arith::{detail, number};
use fvm_isa::{BUILTIN_CLASSES, ClassId, TrapCode, builtin};

/// `box`: the scalar in the register as a reference.
pub(crate) fn box_scalar(store: &mut Store<'_>, class: ClassId, value: Slot) -> Result<Slot> {
    Ok(match class {
        builtin::UINT128 | builtin::INT128 | builtin::AMOUNT => {
            let object = store.allocate(class, 1, 16)?;
            store.heap.set_slot(object, 0, value);
            make(class, object as u64)
        }
        builtin::BOOLEAN => make(class, value as u64 & 1),
        builtin::LONG | builtin::FLOAT | builtin::DOUBLE => make(class, value as u64),
        _ => make(class, u64::from(value as u32)),
    })
}

/// `unbox`: the scalar of a box of exactly this class.
pub(crate) fn unbox(store: &mut Store<'_>, class: ClassId, value: Slot) -> Result<Slot> {
    if class_of(value) != class {
        return Err(bad_cast(store, value, class));
    }
    Ok(content(store, value))
}

/// The scalar in a box.
fn content(store: &Store<'_>, value: Slot) -> Slot {
    match class_of(value) {
        builtin::UINT128 | builtin::INT128 | builtin::AMOUNT => store.heap.slot(offset(value), 0),
        _ => u128::from(payload(value)),
    }
}

/// `cast`: the reference itself, if it is null or an instance of the class.
pub(crate) fn cast(store: &mut Store<'_>, class: ClassId, value: Slot) -> Result<Slot> {
    if value == NULL || store.image.hierarchy.is_subclass(class_of(value), class) {
        return Ok(value);
    }
    Err(bad_cast(store, value, class))
}

/// The trap of a cast or an unboxing; null passes casts, but cannot be unboxed.
fn bad_cast(store: &mut Store<'_>, value: Slot, class: ClassId) -> Stop {
    let name = |class: ClassId| store.image.class_names.get(class.index()).cloned();
    let (from, to) = (name(class_of(value)), name(class));
    let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
    store.detailed(TrapCode::CLASS_CAST, &detail::cast(&from, &to))
}

/// `is`.
pub(crate) fn is(store: &Store<'_>, class: ClassId, value: Slot) -> bool {
    value != NULL && store.image.hierarchy.is_subclass(class_of(value), class)
}

/// `ref.eq`: the same object or the same scalar.
pub(crate) fn same(store: &Store<'_>, a: Slot, b: Slot) -> bool {
    if a == b {
        return true;
    }
    let is_wide = matches!(class_of(a), builtin::UINT128 | builtin::INT128 | builtin::AMOUNT);
    is_wide && class_of(a) == class_of(b) && content(store, a) == content(store, b)
}

/// `any.is_object`: instances of the module's own classes.
pub(crate) fn is_object(value: Slot) -> bool {
    class_of(value).index() >= BUILTIN_CLASSES
}

/// `any.class_name`.
pub(crate) fn class_name(store: &mut Store<'_>, value: Slot) -> Result<Slot> {
    store.object(value)?;
    let image = store.image;
    let name = image.class_names.get(class_of(value).index()).map_or("", String::as_str);
    store.charge_bytes(store.sizes.copy, name.len())?;
    store.new_str(name)
}

/// The scalar in a slot, if it holds one.
fn scalar(store: &Store<'_>, value: Slot) -> Option<Scalar> {
    let content = content_if_scalar(store, value)?;
    Some(match class_of(value) {
        builtin::UNIT => Scalar::Unit,
        builtin::BOOLEAN => Scalar::Boolean(content != 0),
        builtin::BYTE | builtin::SHORT | builtin::CHAR | builtin::INT => {
            Scalar::Int(content as i32)
        }
        builtin::LONG => Scalar::Long(content as i64),
        builtin::FLOAT => Scalar::Float(as_f64(content)),
        builtin::DOUBLE => Scalar::Double(as_f64(content)),
        builtin::UINT128 => Scalar::UInt128(content),
        builtin::INT128 => Scalar::Int128(content as i128),
        builtin::AMOUNT => Scalar::Amount(content),
        _ => return None,
    })
}

fn content_if_scalar(store: &Store<'_>, value: Slot) -> Option<Slot> {
    let class = class_of(value);
    (builtin::UNIT..=builtin::AMOUNT).contains(&class).then(|| content(store, value))
}

/// `any.primitive_eq`.
pub(crate) fn primitive_eq(store: &mut Store<'_>, a: Slot, b: Slot) -> Result<bool> {
    let (class_a, class_b) = (class_of(a), class_of(b));
    if class_a == builtin::STRING && class_b == builtin::STRING {
        return super::text::equal(store, a, b);
    }
    if class_a == builtin::BYTES && class_b == builtin::BYTES {
        return super::bytes::equal(store, a, b);
    }
    Ok(match (scalar(store, a), scalar(store, b)) {
        (Some(a), Some(b)) => scalar::equal(a, b),
        (None, None) => a == b,
        _ => false,
    })
}

/// `any.primitive_hash`.
pub(crate) fn primitive_hash(store: &mut Store<'_>, value: Slot) -> Result<i32> {
    match class_of(value) {
        builtin::STRING => super::text::hash(store, value),
        builtin::BYTES => {
            let (object, length) = store.sequence(value)?;
            store.charge_bytes(store.sizes.compare, length)?;
            Ok(scalar::hash_units(store.heap.content(object, length)))
        }
        _ => Ok(scalar(store, value).map_or(0, scalar::hash)),
    }
}

/// The text of a scalar.
pub(crate) fn scalar_text(store: &Store<'_>, value: Slot) -> Option<String> {
    if class_of(value) == builtin::CHAR {
        let unit = payload(value) as u16;
        return Some(fvm_arith::utf16::to_utf8_lossy(&[unit]));
    }
    Some(match scalar(store, value)? {
        Scalar::Unit => "()".to_owned(),
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Int(value) => value.to_string(),
        Scalar::Long(value) => value.to_string(),
        Scalar::Float(value) => number::text_of_f32(value),
        Scalar::Double(value) => number::text_of_f64(value),
        Scalar::UInt128(value) | Scalar::Amount(value) => value.to_string(),
        Scalar::Int128(value) => value.to_string(),
    })
}

/// `any.primitive_text`.
pub(crate) fn primitive_text(store: &mut Store<'_>, value: Slot) -> Result<Slot> {
    match class_of(value) {
        builtin::NULL => store.new_str("null"),
        builtin::STRING => Ok(value),
        // A lone surrogate must stay what it is.
        builtin::CHAR => store.new_text(&[payload(value) as u16]),
        _ => match scalar_text(store, value) {
            Some(text) => store.new_str(&text),
            None => Err(trap(TrapCode::UNSUPPORTED)),
        },
    }
}
