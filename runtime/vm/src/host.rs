//! The surroundings of a machine: host functions and contract storage.

use crate::value::Value;
use fvm_isa::{HostId, StorageId};

/// Why a host did not do what it was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HostError {
    /// The request is not acceptable: traps `HostRefused`, which can be caught.
    Refused(String),
    /// The request ends the message with this encoded problem, as `abort` does.
    Abort(Vec<u8>),
    /// The request used up the gas of the message.
    OutOfGas,
    /// The host cannot do this at all, or failed by its own fault: traps `HostFault`.
    Fault(String),
}

/// What a module may ask of its surroundings. Arguments and results of [`Host::call`] are as the
/// table of host functions says; `none` is [`Value::Unit`]. Storage knows bytes only.
///
/// A host never calls back into the machine that called it.
pub trait Host {
    /// A host function.
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Result<Value, HostError>;

    /// The bytes of a scalar field.
    fn storage_get(&mut self, _field: StorageId) -> Result<Option<&[u8]>, HostError> {
        Err(no_storage())
    }
    /// Sets or removes the bytes of a scalar field.
    fn storage_set(&mut self, _field: StorageId, _value: Option<&[u8]>) -> Result<(), HostError> {
        Err(no_storage())
    }
    /// The bytes of an entry.
    fn map_get(&mut self, _field: StorageId, _key: &[u8]) -> Result<Option<&[u8]>, HostError> {
        Err(no_storage())
    }
    /// Sets an entry.
    fn map_set(&mut self, _field: StorageId, _key: &[u8], _value: &[u8]) -> Result<(), HostError> {
        Err(no_storage())
    }
    /// Removes an entry, if there.
    fn map_remove(&mut self, _field: StorageId, _key: &[u8]) -> Result<(), HostError> {
        Err(no_storage())
    }
    /// Whether there is an entry.
    fn map_contains(&mut self, _field: StorageId, _key: &[u8]) -> Result<bool, HostError> {
        Err(no_storage())
    }
    /// The number of entries.
    fn map_size(&mut self, _field: StorageId) -> Result<u64, HostError> {
        Err(no_storage())
    }
}

fn no_storage() -> HostError {
    HostError::Fault("this host has no storage".into())
}

/// A host that offers nothing.
#[derive(Clone, Copy, Default, Debug)]
pub struct NoHost;

impl Host for NoHost {
    fn call(&mut self, function: HostId, _args: Vec<Value>) -> Result<Value, HostError> {
        Err(HostError::Fault(format!("this host has no function {}", function.0)))
    }
}
