//! Contract storage: keys and values between registers, in the forms of a field, and the bytes that
//! the host keeps.
//!
//! A scalar is kept big-endian, in as many bytes as its form says: what the language's codecs make
//! of it. What the host has for a field of a scalar form and is nothing that the codec makes traps
//! as a decoder does.

use super::outside::stop;
use crate::host::Host;
use crate::store::{Result, Store, trap};
use crate::value::{NULL, Slot, i32_slot};
use fvm_isa::{StorageForm, StorageId, TrapCode};

/// The forms of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forms {
    pub key: StorageForm,
    pub value: StorageForm,
}

/// Room for the bytes of a scalar.
type Room = [u8; 16];

fn forms(store: &Store<'_>, field: StorageId) -> Forms {
    store.image.storage[field.index()]
}

fn read_price(store: &mut Store<'_>, bytes: usize) -> Result<()> {
    store.charge(store.sizes.storage_read.price(bytes as u64))
}

fn write_price(store: &mut Store<'_>, bytes: usize) -> Result<()> {
    store.charge(store.sizes.storage_write.price(bytes as u64))
}

/// How many bytes a key or value takes.
#[inline]
fn size(store: &Store<'_>, form: StorageForm, slot: Slot) -> Result<usize> {
    match form.bytes() {
        Some(bytes) => Ok(bytes),
        None => Ok(store.sequence(slot)?.1),
    }
}

/// The bytes of a key or value.
#[inline]
fn bytes<'s>(
    store: &'s Store<'_>,
    form: StorageForm,
    slot: Slot,
    room: &'s mut Room,
) -> Result<&'s [u8]> {
    let Some(count) = form.bytes() else { return store.content(slot) };
    let slot = if form == StorageForm::Boolean { slot & 1 } else { slot };
    *room = slot.to_be_bytes();
    Ok(&room[room.len() - count..])
}

/// What a register gets of bytes in a form; nothing is null, or zero.
#[inline]
fn found(store: &mut Store<'_>, form: StorageForm, value: Option<&[u8]>) -> Result<Slot> {
    let Some(bytes) = value else { return Ok(NULL) };
    read_price(store, bytes.len())?;
    match form.bytes() {
        None => store.new_bytes(bytes),
        Some(count) if count == bytes.len() => scalar(form, bytes),
        Some(_) => Err(trap(TrapCode::MALFORMED_DATA)),
    }
}

/// A scalar from as many bytes as its form takes.
fn scalar(form: StorageForm, bytes: &[u8]) -> Result<Slot> {
    let mut room = Room::default();
    let at = room.len().saturating_sub(bytes.len());
    room[at..].copy_from_slice(bytes);
    let number = u128::from_be_bytes(room);
    match form {
        StorageForm::Boolean if number > 1 => Err(trap(TrapCode::MALFORMED_DATA)),
        StorageForm::Byte => Ok(i32_slot((number as i8).into())),
        StorageForm::Short => Ok(i32_slot((number as i16).into())),
        _ => Ok(number),
    }
}

/// `storage.get`.
pub(crate) fn get(store: &mut Store<'_>, host: &mut dyn Host, field: StorageId) -> Result<Slot> {
    let form = forms(store, field).value;
    let value = host.storage_get(field).map_err(|error| stop(store, error))?;
    found(store, form, value)
}

/// `storage.set`.
pub(crate) fn set(
    store: &mut Store<'_>,
    host: &mut dyn Host,
    field: StorageId,
    value: Slot,
) -> Result<()> {
    let form = forms(store, field).value;
    let is_removed = form == StorageForm::Bytes && value == NULL;
    let size = if is_removed { 0 } else { size(store, form, value)? };
    write_price(store, size)?;
    let mut room = Room::default();
    let bytes = if is_removed { None } else { Some(bytes(store, form, value, &mut room)?) };
    host.storage_set(field, bytes).map_err(|error| stop(store, error))
}

/// `storage.map_find`: the value, and whether there is an entry.
#[inline]
pub(crate) fn map_find(
    store: &mut Store<'_>,
    host: &mut dyn Host,
    field: StorageId,
    key: Slot,
) -> Result<(Slot, bool)> {
    let forms = forms(store, field);
    read_price(store, size(store, forms.key, key)?)?;
    let mut room = Room::default();
    let key = bytes(store, forms.key, key, &mut room)?;
    let value = host.map_get(field, key).map_err(|error| stop(store, error))?;
    Ok((found(store, forms.value, value)?, value.is_some()))
}

/// `storage.map_set`.
#[inline]
pub(crate) fn map_set(
    store: &mut Store<'_>,
    host: &mut dyn Host,
    field: StorageId,
    key: Slot,
    value: Slot,
) -> Result<()> {
    let forms = forms(store, field);
    let size = size(store, forms.key, key)? + size(store, forms.value, value)?;
    write_price(store, size)?;
    let (mut key_room, mut value_room) = (Room::default(), Room::default());
    let key = bytes(store, forms.key, key, &mut key_room)?;
    let value = bytes(store, forms.value, value, &mut value_room)?;
    host.map_set(field, key, value).map_err(|error| stop(store, error))
}

/// `storage.map_remove`.
pub(crate) fn map_remove(
    store: &mut Store<'_>,
    host: &mut dyn Host,
    field: StorageId,
    key: Slot,
) -> Result<()> {
    let form = forms(store, field).key;
    write_price(store, size(store, form, key)?)?;
    let mut room = Room::default();
    let key = bytes(store, form, key, &mut room)?;
    host.map_remove(field, key).map_err(|error| stop(store, error))
}

/// `storage.map_contains`.
pub(crate) fn map_contains(
    store: &mut Store<'_>,
    host: &mut dyn Host,
    field: StorageId,
    key: Slot,
) -> Result<bool> {
    let form = forms(store, field).key;
    read_price(store, size(store, form, key)?)?;
    let mut room = Room::default();
    let key = bytes(store, form, key, &mut room)?;
    host.map_contains(field, key).map_err(|error| stop(store, error))
}

/// `storage.map_size`.
pub(crate) fn map_size(
    store: &mut Store<'_>,
    host: &mut dyn Host,
    field: StorageId,
) -> Result<i64> {
    let size = host.map_size(field).map_err(|error| stop(store, error))?;
    Ok(i64::try_from(size).unwrap_or(i64::MAX))
}
