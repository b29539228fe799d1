//! Arrays and fields.

use crate::heap::HEADER;
use crate::store::{Result, Store, trap};
use crate::value::{NULL, Slot, boxed_i32, make};
use fvm_arith::detail;
use fvm_isa::{ClassId, TrapCode, builtin};

/// Bytes of an element.
fn element_bytes(class: ClassId) -> usize {
    match class {
        builtin::ARRAY_BOOLEAN | builtin::ARRAY_BYTE => 1,
        builtin::ARRAY_SHORT | builtin::ARRAY_CHAR => 2,
        builtin::ARRAY_INT => 4,
        builtin::ARRAY_LONG | builtin::ARRAY_DOUBLE => 8,
        _ => 16,
    }
}

/// `new`.
pub(crate) fn new_object(store: &mut Store<'_>, class: ClassId) -> Result<Slot> {
    let slots = store.image.instance_slots[class.index()] as usize;
    let object = store.allocate(class, slots, slots * 16)?;
    Ok(make(class, object as u64))
}

/// `array.new`.
pub(crate) fn new_array(store: &mut Store<'_>, class: ClassId, length: i32) -> Result<Slot> {
    let Ok(count) = usize::try_from(length) else {
        return Err(store.detailed(TrapCode::NEGATIVE_ARRAY_SIZE, &detail::negative_size(length)));
    };
    let content = count.checked_mul(element_bytes(class)).ok_or(trap(TrapCode::OUT_OF_MEMORY))?;
    let object = store.allocate(class, count, content)?;
    Ok(make(class, object as u64))
}

/// `array.copy`.
pub(crate) fn copy(
    store: &mut Store<'_>,
    class: ClassId,
    (from, from_index): (Slot, i32),
    (to, to_index): (Slot, i32),
    count: i32,
) -> Result<()> {
    let ((source, source_length), (target, target_length)) =
        (store.sequence(from)?, store.sequence(to)?);
    let read = store.range_of(from_index, count, source_length)?;
    let written = store.range_of(to_index, count, target_length)?;
    let width = element_bytes(class);
    store.charge_bytes(store.sizes.copy, read.len() * width)?;
    store.heap.copy(source, read.start * width, target, written.start * width, read.len() * width);
    Ok(())
}

/// The bytes of an element, for `array.get_…`.
#[inline]
pub(crate) fn get<const N: usize>(
    store: &mut Store<'_>,
    array: Slot,
    index: i32,
) -> Result<[u8; N]> {
    let (object, length) = store.sequence(array)?;
    let at = store.index(index, length)?;
    Ok(store.heap.read(object + HEADER + at * N))
}

/// Sets the bytes of an element, for `array.set_…`.
#[inline]
pub(crate) fn set<const N: usize>(
    store: &mut Store<'_>,
    array: Slot,
    index: i32,
    value: [u8; N],
) -> Result<()> {
    let (object, length) = store.sequence(array)?;
    let at = store.index(index, length)?;
    store.heap.write(object + HEADER + at * N, value);
    Ok(())
}

/// What `call.try` gives: status, value, detail.
pub(crate) fn try_result(
    store: &mut Store<'_>,
    status: i32,
    value: Slot,
    detail: Slot,
) -> Result<Slot> {
    let array = store.allocate(builtin::ARRAY_ANY, 3, 48)?;
    store.heap.set_slot(array, 0, boxed_i32(status));
    store.heap.set_slot(array, 1, value);
    store.heap.set_slot(array, 2, detail);
    debug_assert_ne!(make(builtin::ARRAY_ANY, array as u64), NULL);
    Ok(make(builtin::ARRAY_ANY, array as u64))
}
