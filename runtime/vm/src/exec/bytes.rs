//! Byte sequences and hashes.

use crate::heap::HEADER;
use crate::store::{Result, Store};
use crate::value::{NULL, Slot, make};
use fvm_arith::utf16;
use fvm_isa::builtin;
use sha2::Digest;

/// `bytes.get`.
pub(crate) fn get(store: &mut Store<'_>, a: Slot, index: i32) -> Result<i32> {
    let (object, length) = store.sequence(a)?;
    let at = store.index(index, length)?;
    Ok(i32::from(store.heap.content(object, length)[at]))
}

/// `bytes.slice`.
pub(crate) fn slice(store: &mut Store<'_>, a: Slot, start: i32, end: i32) -> Result<Slot> {
    let (object, length) = store.sequence(a)?;
    let range = store.range(start, end, length)?;
    copy_part(store, object, range)
}

/// A new byte sequence with a part of the content of an object.
fn copy_part(store: &mut Store<'_>, object: usize, range: std::ops::Range<usize>) -> Result<Slot> {
    store.charge_bytes(store.sizes.copy, range.len())?;
    let new = store.allocate(builtin::BYTES, range.len(), range.len())?;
    store.heap.copy(object, range.start, new, 0, range.len());
    Ok(make(builtin::BYTES, new as u64))
}

/// `bytes.concat`.
pub(crate) fn concat(store: &mut Store<'_>, a: Slot, b: Slot) -> Result<Slot> {
    let ((left, left_length), (right, right_length)) = (store.sequence(a)?, store.sequence(b)?);
    let length = left_length + right_length;
    store.charge_bytes(store.sizes.copy, length)?;
    let new = store.allocate(builtin::BYTES, length, length)?;
    store.heap.copy(left, 0, new, 0, left_length);
    store.heap.copy(right, 0, new, left_length, right_length);
    Ok(make(builtin::BYTES, new as u64))
}

/// `bytes.eq`.
pub(crate) fn equal(store: &mut Store<'_>, a: Slot, b: Slot) -> Result<bool> {
    if a == b || a == NULL || b == NULL {
        return Ok(a == b);
    }
    let ((left, left_length), (right, right_length)) = (store.sequence(a)?, store.sequence(b)?);
    if left_length != right_length {
        return Ok(false);
    }
    store.charge_bytes(store.sizes.compare, left_length)?;
    Ok(store.heap.content(left, left_length) == store.heap.content(right, right_length))
}

/// `bytes.compare`.
pub(crate) fn compare(store: &mut Store<'_>, a: Slot, b: Slot) -> Result<i32> {
    let ((left, left_length), (right, right_length)) = (store.sequence(a)?, store.sequence(b)?);
    store.charge_bytes(store.sizes.compare, left_length.min(right_length))?;
    let left = store.heap.content(left, left_length);
    Ok(utf16::compare_bytes(left, store.heap.content(right, right_length)))
}

/// `bytes.get_i64` and `bytes.get_u128`: `N` bytes at an index.
pub(crate) fn get_number<const N: usize>(
    store: &mut Store<'_>,
    a: Slot,
    index: i32,
) -> Result<[u8; N]> {
    let (object, length) = store.sequence(a)?;
    let range = store.range_of(index, N as i32, length)?;
    let mut number = [0; N];
    number.copy_from_slice(&store.heap.content(object, length)[range]);
    Ok(number)
}

/// `array.put_i64` and `array.put_u128`: `N` bytes at an index of a byte array.
pub(crate) fn put_number<const N: usize>(
    store: &mut Store<'_>,
    array: Slot,
    start: i32,
    number: [u8; N],
) -> Result<()> {
    let (object, length) = store.sequence(array)?;
    let range = store.range_of(start, N as i32, length)?;
    store.heap.content_mut(object, length)[range].copy_from_slice(&number);
    Ok(())
}

/// `bytes.from_array`.
pub(crate) fn from_array(
    store: &mut Store<'_>,
    array: Slot,
    start: i32,
    count: i32,
) -> Result<Slot> {
    let (object, length) = store.sequence(array)?;
    let range = store.range_of(start, count, length)?;
    copy_part(store, object, range)
}

/// `bytes.copy_to`.
pub(crate) fn copy_to(store: &mut Store<'_>, a: Slot, array: Slot, start: i32) -> Result<()> {
    let (from, count) = store.sequence(a)?;
    let (to, length) = store.sequence(array)?;
    let range = store.range_of(start, i32::try_from(count).unwrap_or(i32::MAX), length)?;
    store.charge_bytes(store.sizes.copy, count)?;
    store.heap.copy(from, 0, to, range.start, count);
    Ok(())
}

/// `array.of_…`: a new array of the big-endian numbers of `N` bytes that the bytes hold.
pub(crate) fn array<const N: usize>(store: &mut Store<'_>, a: Slot) -> Result<Slot> {
    let class = match N {
        1 => builtin::ARRAY_BYTE,
        4 => builtin::ARRAY_INT,
        _ => builtin::ARRAY_LONG,
    };
    let (from, length) = store.sequence(a)?;
    let count = length / N;
    store.charge_bytes(store.sizes.copy, count * N)?;
    let array = store.allocate(class, count, count * N)?;
    for at in 0..count {
        // Elements are little-endian.
        let mut number: [u8; N] = store.heap.read(from + HEADER + at * N);
        number.reverse();
        store.heap.write(array + HEADER + at * N, number);
    }
    Ok(make(class, array as u64))
}

/// A hash of 32 bytes.
fn hash(store: &mut Store<'_>, a: Slot, hash: impl FnOnce(&[u8]) -> [u8; 32]) -> Result<Slot> {
    let (object, length) = store.sequence(a)?;
    store.charge(store.sizes.hash.price(length.div_ceil(64) as u64))?;
    let digest = hash(store.heap.content(object, length));
    store.new_bytes(&digest)
}

/// `hash.blake3`.
pub(crate) fn blake3(store: &mut Store<'_>, a: Slot) -> Result<Slot> {
    hash(store, a, |bytes| *blake3::hash(bytes).as_bytes())
}

/// `hash.sha256`.
pub(crate) fn sha256(store: &mut Store<'_>, a: Slot) -> Result<Slot> {
    hash(store, a, |bytes| sha2::Sha256::digest(bytes).into())
}

/// `verify.ed25519`. The message is hashed twice, so it is paid like what is hashed.
pub(crate) fn verify_ed25519(
    store: &mut Store<'_>,
    [key, signature, message]: [Slot; 3],
) -> Result<bool> {
    let (key, signature) = (store.sequence(key)?, store.sequence(signature)?);
    let message = store.sequence(message)?;
    store.charge(store.sizes.hash.price(message.1.div_ceil(64) as u64))?;
    let content = |(object, length)| store.heap.content(object, length);
    Ok(fvm_keys::verify_ed25519(content(key), content(signature), content(message)))
}

/// `recover.secp256k1`.
pub(crate) fn recover_secp256k1(
    store: &mut Store<'_>,
    signature: Slot,
    hash: Slot,
) -> Result<Slot> {
    let (signature, hash) = (store.sequence(signature)?, store.sequence(hash)?);
    let content = |(object, length)| store.heap.content(object, length);
    match fvm_keys::recover_secp256k1(content(signature), content(hash)) {
        Some(address) => store.new_bytes(&address.0),
        None => store.new_bytes(&[]),
    }
}

/// `hash.keccak256`.
pub(crate) fn keccak(store: &mut Store<'_>, a: Slot) -> Result<Slot> {
    hash(store, a, |bytes| sha3::Keccak256::digest(bytes).into())
}
