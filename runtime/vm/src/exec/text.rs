//! Strings. Every result is stored as compactly as its units allow, so equal strings have equal
//! bytes.

use crate::store::{Result, Store, Text, text_slot};
use crate::value::{NULL, Slot};
use fvm_arith::{character, detail, number, scalar, utf16};
use fvm_isa::TrapCode;

/// `string.char_at`.
pub(crate) fn char_at(store: &mut Store<'_>, a: Slot, index: i32) -> Result<i32> {
    let text = store.text(a)?;
    match usize::try_from(index) {
        Ok(at) if at < text.length => Ok(i32::from(store.unit(text, at))),
        _ => Err(store.detailed(TrapCode::INDEX_OUT_OF_BOUNDS, &detail::string_index(index))),
    }
}

/// `string.concat`.
pub(crate) fn concat(store: &mut Store<'_>, a: Slot, b: Slot) -> Result<Slot> {
    let (left, right) = (store.text(a)?, store.text(b)?);
    // Strings are immutable, so an empty side needs no copy.
    if right.length == 0 {
        return Ok(a);
    }
    if left.length == 0 {
        return Ok(b);
    }
    let is_wide = left.is_wide || right.is_wide;
    let length = left.length + right.length;
    store.charge_bytes(store.sizes.copy, length << u32::from(is_wide))?;
    let new = store.allocate_text(length, is_wide)?;
    copy_units(store, left, new, 0);
    copy_units(store, right, new, left.length);
    Ok(text_slot(new))
}

/// Copies all units into a string that is at least as wide.
fn copy_units(store: &mut Store<'_>, from: Text, to: Text, at: usize) {
    if from.is_wide == to.is_wide {
        let shift = u32::from(to.is_wide);
        store.heap.copy(from.object, 0, to.object, at << shift, from.bytes());
        return;
    }
    let units = store.units(from);
    let content = store.heap.content_mut(to.object, to.bytes());
    for (pair, unit) in content[at * 2..].chunks_exact_mut(2).zip(units) {
        pair.copy_from_slice(&unit.to_le_bytes());
    }
}

/// `string.substring`.
pub(crate) fn substring(store: &mut Store<'_>, a: Slot, start: i32, end: i32) -> Result<Slot> {
    let text = store.text(a)?;
    let range = store.range(start, end, text.length)?;
    if range.len() == text.length {
        return Ok(a);
    }
    store.charge_bytes(store.sizes.copy, range.len() << u32::from(text.is_wide))?;
    if text.is_wide {
        let units: Vec<u16> = range.map(|at| store.unit(text, at)).collect();
        return store.new_text(&units);
    }
    let new = store.allocate_text(range.len(), false)?;
    store.heap.copy(text.object, range.start, new.object, 0, range.len());
    Ok(text_slot(new))
}

/// `string.eq`.
pub(crate) fn equal(store: &mut Store<'_>, a: Slot, b: Slot) -> Result<bool> {
    if a == b || a == NULL || b == NULL {
        return Ok(a == b);
    }
    let (left, right) = (store.text(a)?, store.text(b)?);
    if left.length != right.length || left.is_wide != right.is_wide {
        return Ok(false);
    }
    store.charge_bytes(store.sizes.compare, left.bytes())?;
    let heap = &store.heap;
    Ok(heap.content(left.object, left.bytes()) == heap.content(right.object, right.bytes()))
}

/// `string.compare`.
pub(crate) fn compare(store: &mut Store<'_>, a: Slot, b: Slot) -> Result<i32> {
    let (left, right) = (store.text(a)?, store.text(b)?);
    let common = left.length.min(right.length);
    store.charge_bytes(store.sizes.compare, common * 2)?;
    let start = if left.is_wide == right.is_wide { equal_start(store, left, right) } else { 0 };
    for at in start..common {
        let (x, y) = (store.unit(left, at), store.unit(right, at));
        if x != y {
            return Ok(i32::from(x) - i32::from(y));
        }
    }
    // Lengths fit into 31 bits, because the arena does not hold more.
    Ok((left.length as i64 - right.length as i64) as i32)
}

/// Some units with which two texts of the same width both start; all of them but for a few.
fn equal_start(store: &Store<'_>, a: Text, b: Text) -> usize {
    const PIECE: usize = 32;
    let bytes = a.bytes().min(b.bytes());
    let pieces = |text: Text| store.heap.content(text.object, bytes).chunks_exact(PIECE);
    let pieces = pieces(a).zip(pieces(b)).take_while(|(x, y)| x == y).count();
    (pieces * PIECE) >> u32::from(a.is_wide)
}

/// `string.index_of`.
pub(crate) fn index_of(store: &mut Store<'_>, a: Slot, b: Slot, start: i32) -> Result<i32> {
    search(
        store,
        a,
        b,
        |text, needle| utf16::index_of_bytes(text, needle, start),
        |text, needle| utf16::index_of(text, needle, start),
    )
}

/// `string.last_index_of`.
pub(crate) fn last_index_of(store: &mut Store<'_>, a: Slot, b: Slot, start: i32) -> Result<i32> {
    search(
        store,
        a,
        b,
        |text, needle| utf16::last_index_of_bytes(text, needle, start),
        |text, needle| utf16::last_index_of(text, needle, start),
    )
}

fn search(
    store: &mut Store<'_>,
    a: Slot,
    b: Slot,
    narrow: impl FnOnce(&[u8], &[u8]) -> i32,
    wide: impl FnOnce(&[u16], &[u16]) -> i32,
) -> Result<i32> {
    let (text, needle) = (store.text(a)?, store.text(b)?);
    store.charge_bytes(store.sizes.search, text.bytes() + needle.bytes())?;
    if text.is_wide || needle.is_wide {
        return Ok(wide(&store.units(text), &store.units(needle)));
    }
    let heap = &store.heap;
    Ok(narrow(heap.content(text.object, text.length), heap.content(needle.object, needle.length)))
}

/// The hash of a string.
pub(crate) fn hash(store: &mut Store<'_>, a: Slot) -> Result<i32> {
    let text = store.text(a)?;
    store.charge_bytes(store.sizes.compare, text.bytes())?;
    Ok(match text.is_wide {
        true => scalar::hash_units(&store.units(text)),
        false => scalar::hash_units(store.heap.content(text.object, text.length)),
    })
}

/// `string.to_upper` and `string.to_lower`.
pub(crate) fn change_case(
    store: &mut Store<'_>,
    a: Slot,
    change: fn(&[u16]) -> Vec<u16>,
) -> Result<Slot> {
    let text = store.text(a)?;
    store.charge_bytes(store.sizes.letter_case, text.length)?;
    let changed = change(&store.units(text));
    store.new_text(&changed)
}

/// `string.to_upper`.
pub(crate) fn to_upper(store: &mut Store<'_>, a: Slot) -> Result<Slot> {
    change_case(store, a, character::text_to_upper)
}

/// `string.to_lower`.
pub(crate) fn to_lower(store: &mut Store<'_>, a: Slot) -> Result<Slot> {
    change_case(store, a, character::text_to_lower)
}

/// `string.from_chars`.
pub(crate) fn from_chars(
    store: &mut Store<'_>,
    array: Slot,
    start: i32,
    count: i32,
) -> Result<Slot> {
    let (object, length) = store.sequence(array)?;
    let range = store.range_of(start, count, length)?;
    store.charge_bytes(store.sizes.copy, range.len() * 2)?;
    let content = &store.heap.content(object, length * 2)[range.start * 2..range.end * 2];
    let unit = |pair: &[u8]| u16::from_le_bytes([pair[0], pair[1]]);
    let units: Vec<u16> = content.chunks_exact(2).map(unit).collect();
    store.new_text(&units)
}

/// `string.copy_chars`.
pub(crate) fn copy_chars(store: &mut Store<'_>, a: Slot, array: Slot, start: i32) -> Result<()> {
    let text = store.text(a)?;
    let (object, length) = store.sequence(array)?;
    let count = i32::try_from(text.length).unwrap_or(i32::MAX);
    let range = store.range_of(start, count, length)?;
    store.charge_bytes(store.sizes.copy, text.length * 2)?;
    let units = store.units(text);
    let content = store.heap.content_mut(object, length * 2);
    for (pair, unit) in content[range.start * 2..].chunks_exact_mut(2).zip(units) {
        pair.copy_from_slice(&unit.to_le_bytes());
    }
    Ok(())
}

/// `string.to_f64`.
pub(crate) fn to_f64(store: &mut Store<'_>, a: Slot) -> Result<f64> {
    let text = store.text(a)?;
    store.charge_bytes(store.sizes.convert, text.bytes())?;
    let source = utf16::to_utf8_lossy(&store.units(text));
    number::parse_f64(&source)
        .map_err(|_| store.detailed(TrapCode::NUMBER_FORMAT, &detail::number_format(&source)))
}

/// `string.to_utf8`.
pub(crate) fn to_utf8(store: &mut Store<'_>, a: Slot) -> Result<Slot> {
    let text = store.text(a)?;
    store.charge_bytes(store.sizes.convert, text.bytes())?;
    let bytes = utf16::to_utf8(&store.units(text))?;
    store.new_bytes(&bytes)
}

/// `string.from_utf8`.
pub(crate) fn from_utf8(store: &mut Store<'_>, bytes: Slot) -> Result<Slot> {
    let (object, length) = store.sequence(bytes)?;
    store.charge_bytes(store.sizes.convert, length)?;
    let units = utf16::from_utf8(store.heap.content(object, length))?;
    store.new_text(&units)
}

/// `string.from_bool`.
pub(crate) fn from_bool(store: &mut Store<'_>, value: bool) -> Result<Slot> {
    store.new_str(if value { "true" } else { "false" })
}

/// The UTF-8 of a string for the host; a lone surrogate traps.
pub(crate) fn host_text(store: &Store<'_>, a: Slot) -> Result<String> {
    let text = store.text(a)?;
    let bytes = utf16::to_utf8(&store.units(text))?;
    // It is UTF-8, so nothing is replaced.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
