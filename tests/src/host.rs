//! A host for tests of the machine: it keeps storage, answers as it is told, and notes what it was
//! asked.

use fvm_isa::{HostId, StorageId};
use fvm_vm::{Host, HostError, Value};
use std::collections::BTreeMap;

/// The host.
#[derive(Clone, PartialEq, Debug)]
pub struct Recorder {
    /// Scalar fields.
    pub scalars: BTreeMap<u16, Vec<u8>>,
    /// Maps and sets.
    pub maps: BTreeMap<u16, BTreeMap<Vec<u8>, Vec<u8>>>,
    /// What host functions answer.
    pub answer: Result<Value, HostError>,
    /// What host functions were asked.
    pub asked: Vec<(u16, Vec<Value>)>,
    /// Whether storage cannot be reached at all.
    pub is_broken: bool,
}

impl Default for Recorder {
    fn default() -> Recorder {
        Recorder {
            scalars: BTreeMap::new(),
            maps: BTreeMap::new(),
            answer: Err(HostError::Fault("no answer".into())),
            asked: Vec::new(),
            is_broken: false,
        }
    }
}

impl Recorder {
    /// Whether storage can be reached.
    fn check(&self) -> Result<(), HostError> {
        match self.is_broken {
            true => Err(HostError::Fault("storage is away".into())),
            false => Ok(()),
        }
    }
}

impl Host for Recorder {
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Result<Value, HostError> {
        self.asked.push((function.0, args));
        self.answer.clone()
    }
    fn storage_get(&mut self, field: StorageId) -> Result<Option<&[u8]>, HostError> {
        self.check()?;
        Ok(self.scalars.get(&field.0).map(Vec::as_slice))
    }
    fn storage_set(&mut self, field: StorageId, value: Option<&[u8]>) -> Result<(), HostError> {
        self.check()?;
        match value {
            Some(value) => self.scalars.insert(field.0, value.to_vec()),
            None => self.scalars.remove(&field.0),
        };
        Ok(())
    }
    fn map_get(&mut self, field: StorageId, key: &[u8]) -> Result<Option<&[u8]>, HostError> {
        self.check()?;
        Ok(self.maps.get(&field.0).and_then(|map| map.get(key)).map(Vec::as_slice))
    }
    fn map_set(&mut self, field: StorageId, key: &[u8], value: &[u8]) -> Result<(), HostError> {
        self.check()?;
        self.maps.entry(field.0).or_default().insert(key.to_vec(), value.to_vec());
        Ok(())
    }
    fn map_remove(&mut self, field: StorageId, key: &[u8]) -> Result<(), HostError> {
        self.check()?;
        if let Some(map) = self.maps.get_mut(&field.0) {
            map.remove(key);
        }
        Ok(())
    }
    fn map_contains(&mut self, field: StorageId, key: &[u8]) -> Result<bool, HostError> {
        self.check()?;
        Ok(self.maps.get(&field.0).is_some_and(|map| map.contains_key(key)))
    }
    fn map_size(&mut self, field: StorageId) -> Result<u64, HostError> {
        self.check()?;
        Ok(self.maps.get(&field.0).map_or(0, |map| map.len() as u64))
    }
}
