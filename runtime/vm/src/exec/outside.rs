//! Host functions: what leaves the machine and comes back.

use super::text;
use crate::host::{Host, HostError};
use crate::store::{Result, Stop, Store, trap};
use crate::value::{NULL, ShortBytes, Slot, Value, i32_slot, i64_slot};
use fvm_isa::{HostId, HostInfo, Kind, TrapCode};

/// What a host error means to the program.
pub(super) fn stop(store: &mut Store<'_>, error: HostError) -> Stop {
    match error {
        HostError::Refused(text) => store.detailed(TrapCode::HOST_REFUSED, &text),
        HostError::Abort(problem) => Stop::Abort(problem),
        HostError::OutOfGas => {
            store.gas = 0;
            trap(TrapCode::OUT_OF_GAS)
        }
        HostError::Fault(text) => store.detailed(TrapCode::HOST_FAULT, &text),
    }
}

/// `call.host`: arguments and result in the window.
pub(crate) fn call(
    store: &mut Store<'_>,
    host: &mut dyn Host,
    number: HostId,
    window: &mut [Slot],
) -> Result<()> {
    let info = HostInfo::by_number(number).ok_or(trap(TrapCode::HOST_FAULT))?;
    let mut args = Vec::with_capacity(info.operands.len());
    let mut bytes = 0;
    for (kind, slot) in info.operands.iter().zip(window.iter()) {
        let value = argument(store, *kind, *slot)?;
        bytes += size(&value);
        args.push(value);
    }
    store.charge(store.sizes.host.price(bytes as u64))?;
    let result = host.call(number, args).map_err(|error| stop(store, error))?;
    store.charge(store.sizes.host.price(size(&result) as u64))?;
    if let Some(slot) = reply(store, info, result)? {
        window[0] = slot;
    }
    Ok(())
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}

fn argument(store: &Store<'_>, kind: Kind, slot: Slot) -> Result<Value> {
    Ok(match kind {
        Kind::bool | Kind::i32 => Value::I32(slot as i32),
        Kind::i64 => Value::I64(slot as i64),
        Kind::u128 => Value::U128(slot),
        Kind::i128 => Value::I128(slot as i128),
        Kind::f64 => Value::F64(f64::from_bits(slot as u64)),
        Kind::string => Value::Text(text::host_text(store, slot)?),
        Kind::bytes if slot == NULL => Value::Null,
        Kind::bytes => Value::Bytes(ShortBytes::from_slice(store.content(slot)?)),
        _ => Value::Reference(slot),
    })
}

/// What the host answered, if it is of the kind that the table promises.
fn reply(store: &mut Store<'_>, info: &HostInfo, value: Value) -> Result<Option<Slot>> {
    Ok(Some(match (info.result, value) {
        (None, Value::Unit) => return Ok(None),
        (Some(Kind::bool), Value::I32(value @ 0..=1)) => i32_slot(value),
        (Some(Kind::i32), Value::I32(value)) => i32_slot(value),
        (Some(Kind::i64), Value::I64(value)) => i64_slot(value),
        (Some(Kind::u128), Value::U128(value)) => value,
        (Some(Kind::i128), Value::I128(value)) => value as u128,
        (Some(Kind::string), Value::Text(text)) => store.new_str(&text)?,
        (Some(Kind::bytes), Value::Bytes(bytes)) => store.new_bytes(&bytes)?,
        (Some(Kind::bytes | Kind::string), Value::Null) => NULL,
        _ => {
            let detail = format!("{} answered with a value of another type", info.name);
            return Err(store.detailed(TrapCode::HOST_FAULT, &detail));
        }
    }))
}
