// What the calls in assembly files are made of: values as text, and a host that answers them. Part
// of the tests of the reference engine and of those of the JIT.

use fvm_isa::{HostId, StorageId};
use fvm_vm::{Host, HostError, Value};
use std::collections::BTreeMap;

/// Splits at blanks outside of quotes.
pub fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.trim().chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => {
                words.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words
}

/// From its text.
pub fn value(word: &str) -> Result<Value, String> {
    let (kind, rest) = word.split_once(':').unwrap_or((word, ""));
    let error = || format!("`{word}` is no value");
    Ok(match kind {
        "i32" => Value::I32(rest.parse().map_err(|_| error())?),
        "i64" => Value::I64(rest.parse().map_err(|_| error())?),
        "f64" => Value::F64(rest.parse().map_err(|_| error())?),
        "u128" => Value::U128(rest.parse().map_err(|_| error())?),
        "i128" => Value::I128(rest.parse().map_err(|_| error())?),
        "text" => Value::Text(rest.trim_matches('"').to_owned()),
        "bytes" => Value::Bytes(unhex(rest).ok_or_else(error)?.into()),
        "null" => Value::Null,
        _ => return Err(error()),
    })
}

/// As text.
pub fn print(value: &Value) -> String {
    match value {
        Value::Unit => "unit".into(),
        Value::I32(value) => format!("i32:{value}"),
        Value::I64(value) => format!("i64:{value}"),
        Value::F64(value) => format!("f64:{value:?}"),
        Value::U128(value) => format!("u128:{value}"),
        Value::I128(value) => format!("i128:{value}"),
        Value::Text(text) => format!("text:{text:?}"),
        Value::Bytes(bytes) => format!("bytes:{}", hex(bytes)),
        Value::Null => "null".into(),
        Value::Reference(slot) => format!("reference:{slot}"),
    }
}

/// Two digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect()
}

/// A host that keeps storage in memory, answers a few functions and notes all of them.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct TestHost {
    scalars: BTreeMap<StorageId, Vec<u8>>,
    maps: BTreeMap<StorageId, BTreeMap<Vec<u8>, Vec<u8>>>,
    pub log: Vec<String>,
}

impl TestHost {
    /// Puts bytes into storage: `stN bytes:VALUE`, or `stN bytes:KEY bytes:VALUE`.
    pub fn store(&mut self, line: &str) -> Result<(), String> {
        let (field, given) = place(line)?;
        match &given[..] {
            [value] => self.scalars.insert(field, value.clone()),
            [key, value] => self.maps.entry(field).or_default().insert(key.clone(), value.clone()),
            _ => return Err("`bytes:VALUE` or `bytes:KEY bytes:VALUE` expected".into()),
        };
        Ok(())
    }

    /// The bytes in storage: of `stN`, or of `stN bytes:KEY`.
    pub fn stored(&self, line: &str) -> Result<String, String> {
        let (field, given) = place(line)?;
        let found = match given.first() {
            None => self.scalars.get(&field),
            Some(key) => self.maps.get(&field).and_then(|map| map.get(key)),
        };
        Ok(found.map_or("null".into(), |bytes| format!("bytes:{}", hex(bytes))))
    }
}

/// A storage field and bytes.
fn place(line: &str) -> Result<(StorageId, Vec<Vec<u8>>), String> {
    let mut words = words(line);
    let number = words.remove(0).strip_prefix("st").and_then(|number| number.parse().ok());
    let bytes = words.iter().map(|word| match value(word)? {
        Value::Bytes(bytes) => Ok(bytes.into_vec()),
        _ => Err(format!("`{word}` is not bytes")),
    });
    Ok((StorageId(number.ok_or("`stN` expected")?), bytes.collect::<Result<_, _>>()?))
}

impl Host for TestHost {
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Result<Value, HostError> {
        let name = fvm_isa::HostInfo::by_number(function).map_or("?", |info| info.name);
        let args: Vec<String> = args.iter().map(print).collect();
        self.log.push(format!("{name} {}", args.join(" ")).trim_end().to_owned());
        Ok(match name {
            "host.print" | "host.emit" | "host.pay" => Value::Unit,
            "host.msg_sender" => Value::Bytes(vec![7; 20].into()),
            "host.msg_value" => Value::U128(5),
            "host.now" => Value::I64(1_000),
            "host.world_random" => Value::I32(1),
            "host.cancel" => return Err(HostError::Refused("no such timer".into())),
            "host.conclude" => return Err(HostError::Abort(vec![9])),
            "host.balance" => return Err(HostError::OutOfGas),
            _ => return Err(HostError::Fault(format!("no {name} here"))),
        })
    }
    fn storage_get(&mut self, field: StorageId) -> Result<Option<&[u8]>, HostError> {
        Ok(self.scalars.get(&field).map(Vec::as_slice))
    }
    fn storage_set(&mut self, field: StorageId, value: Option<&[u8]>) -> Result<(), HostError> {
        match value {
            Some(value) => self.scalars.insert(field, value.to_vec()),
            None => self.scalars.remove(&field),
        };
        Ok(())
    }
    fn map_get(&mut self, field: StorageId, key: &[u8]) -> Result<Option<&[u8]>, HostError> {
        Ok(self.maps.entry(field).or_default().get(key).map(Vec::as_slice))
    }
    fn map_set(&mut self, field: StorageId, key: &[u8], value: &[u8]) -> Result<(), HostError> {
        self.maps.entry(field).or_default().insert(key.to_vec(), value.to_vec());
        Ok(())
    }
    fn map_remove(&mut self, field: StorageId, key: &[u8]) -> Result<(), HostError> {
        self.maps.entry(field).or_default().remove(key);
        Ok(())
    }
    fn map_contains(&mut self, field: StorageId, key: &[u8]) -> Result<bool, HostError> {
        Ok(self.maps.entry(field).or_default().contains_key(key))
    }
    fn map_size(&mut self, field: StorageId) -> Result<u64, HostError> {
        Ok(self.maps.entry(field).or_default().len() as u64)
    }
}
