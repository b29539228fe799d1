//! Hosts for tests of the machine: one that only prints, and one that keeps storage, answers as it
//! is told, and notes what it was asked.

use fvm_isa::{HostId, HostInfo, Kind, StorageId};
use fvm_vm::{Host, HostError, Value};
use std::collections::BTreeMap;

/// A host that prints into a text, for programs.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Printer(pub String);

impl Host for Printer {
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Result<Value, HostError> {
        match (function.0, args.as_slice()) {
            (1, [Value::Text(text)]) => self.0.push_str(text),
            (number, _) => return Err(HostError::Fault(format!("no host function {number}"))),
        }
        Ok(Value::Unit)
    }
}

/// A host that notes what it was asked.
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
    /// Whether answers are made up instead: of the kind that is expected, mostly.
    pub is_inventive: bool,
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
            is_inventive: false,
            is_broken: false,
        }
    }
}

impl Recorder {
    /// An answer that depends on how much was asked before.
    fn invent(&self, function: HostId) -> Result<Value, HostError> {
        let count = self.asked.len();
        match (count + usize::from(function.0)) % 32 {
            29 => return Err(HostError::Refused(format!("refused {count}"))),
            30 => return Err(HostError::Abort(vec![count as u8])),
            31 => return Err(HostError::Fault(format!("failed {count}"))),
            _ => {}
        }
        let number = count as i64 * 0x0123_4567_89ab - 5;
        Ok(match HostInfo::by_number(function).and_then(|info| info.result) {
            None => Value::Unit,
            Some(Kind::bool) => Value::I32((count % 2) as i32),
            Some(Kind::i32) => Value::I32(number as i32),
            Some(Kind::i64) => Value::I64(number),
            Some(Kind::u128) => Value::U128(u128::from(number as u64) << (count % 64)),
            Some(Kind::bytes) if count % 5 == 4 => Value::Null,
            Some(Kind::bytes) => Value::Bytes(vec![count as u8; count % 20].into()),
            // Of another type than any function promises.
            Some(_) => Value::F64(0.5),
        })
    }

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
        if self.is_inventive { self.invent(function) } else { self.answer.clone() }
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
