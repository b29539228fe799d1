//! The workloads of `tests/workloads`: contracts that other machines for contracts run as well,
//! compiled and called as a chain would.
//!
//! A call is a fresh instance with empty storage and then the entry `run(a, b)`. Storage is one
//! hash map of keys and values of 32 bytes, which every logical access reaches.

use crate::root;
use fscc::args::Level;
use fscc::compilation::{Built, Root, Sources, check};
use fscc_base::FastMap;
use fscc_lower::Prepared;
use fvm_isa::{FunctionId, HostId, StorageId};
use fvm_vm::{Ending, Host, HostError, Limits, Machine, Outcome, Schedule, Value};
use std::fs;

/// The workloads in the order of tables, with the inputs that comparisons use.
pub const WORKLOADS: [(&str, u64, u64); 8] = [
    ("fib", 27, 0),
    ("mix", 10_000_000, 1_000_003),
    ("sieve", 1_000_000, 0),
    ("sha256", 65_536, 0),
    ("sort", 100_000, 42),
    ("matmul", 64, 10),
    ("ledger", 100_000, 1_000),
    ("empty", 1, 2),
];

/// Sections of a module that are code: constants and functions with their blocks.
const CODE_SECTIONS: [u8; 2] = [2, 7];

/// A word of storage, as a value.
type Word = [u8; 32];

/// A word of storage as a key: hashed as four numbers, not as a list of bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key(u64, u64, u64, u64);

impl Key {
    fn new(word: Word) -> Key {
        let number = |at: usize| {
            let bytes = word.iter().skip(at * 8).take(8);
            bytes.fold(0, |number, byte| number << 8 | u64::from(*byte))
        };
        Key(number(0), number(1), number(2), number(3))
    }
}

/// The storage of one instance.
#[derive(Default)]
pub struct WordStorage {
    words: FastMap<Key, (Word, u8)>,
}

/// The key of an entry: field, and the bytes of the entry's own key.
fn word_key(field: StorageId, key: &[u8]) -> Result<Key, HostError> {
    let mut word = [0; 32];
    let (number, rest) = word.split_at_mut(2);
    number.copy_from_slice(&field.0.to_le_bytes());
    match rest.get_mut(..key.len()) {
        Some(place) => place.copy_from_slice(key),
        None => return Err(HostError::Refused("a key is longer than a word".into())),
    }
    Ok(Key::new(word))
}

impl WordStorage {
    fn get(&self, key: &Key) -> Option<&[u8]> {
        self.words.get(key).map(|(word, length)| &word[..usize::from(*length)])
    }

    fn set(&mut self, key: Key, value: &[u8]) -> Result<(), HostError> {
        let mut word = [0; 32];
        match word.get_mut(..value.len()) {
            Some(place) => place.copy_from_slice(value),
            None => return Err(HostError::Refused("a value is longer than a word".into())),
        }
        self.words.insert(key, (word, value.len() as u8));
        Ok(())
    }
}

impl Host for WordStorage {
    fn call(&mut self, function: HostId, _args: Vec<Value>) -> Result<Value, HostError> {
        Err(HostError::Fault(format!("workloads have no host function {}", function.0)))
    }
    fn storage_get(&mut self, field: StorageId) -> Result<Option<&[u8]>, HostError> {
        Ok(self.get(&word_key(field, &[])?))
    }
    fn storage_set(&mut self, field: StorageId, value: Option<&[u8]>) -> Result<(), HostError> {
        let key = word_key(field, &[])?;
        match value {
            Some(value) => self.set(key, value),
            None => {
                self.words.swap_remove(&key);
                Ok(())
            }
        }
    }
    fn map_get(&mut self, field: StorageId, key: &[u8]) -> Result<Option<&[u8]>, HostError> {
        Ok(self.get(&word_key(field, key)?))
    }
    fn map_set(&mut self, field: StorageId, key: &[u8], value: &[u8]) -> Result<(), HostError> {
        self.set(word_key(field, key)?, value)
    }
    fn map_remove(&mut self, field: StorageId, key: &[u8]) -> Result<(), HostError> {
        self.words.swap_remove(&word_key(field, key)?);
        Ok(())
    }
    fn map_contains(&mut self, field: StorageId, key: &[u8]) -> Result<bool, HostError> {
        Ok(self.words.contains_key(&word_key(field, key)?))
    }
}

/// A compiled workload.
pub struct Workload {
    /// The module.
    pub built: Built,
    /// Its entry.
    run: FunctionId,
}

impl Workload {
    /// Compiles the workload of this name; says what is wrong if it cannot.
    pub fn compile(name: &str, level: Level) -> Result<Workload, String> {
        let path = root().join(format!("tests/workloads/{name}.scala"));
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        Workload::of_text(name, &text, level)
    }

    /// Compiles a contract with the entry `run` of two numbers.
    pub fn of_text(name: &str, text: &str, level: Level) -> Result<Workload, String> {
        let checked = check(Sources::of_text(&format!("{name}.scala"), text));
        let [contract] = checked.program.contracts[..] else {
            return Err(format!("{name}: not accepted: {:?}", checked.diagnostics));
        };
        let prepared = Prepared::new(&checked.program);
        let built = checked.build(&prepared, Root::Contract(contract), level);
        let built = built.map_err(|diagnostic| format!("{name}: {}", diagnostic.message))?;
        let exports = &built.module().exports;
        let run = exports.iter().find(|export| export.name == "run").map(|export| export.function);
        let run = run.ok_or_else(|| format!("{name}: no entry `run`"))?;
        Ok(Workload { built, run })
    }

    /// A call on a fresh instance.
    pub fn call(&self, schedule: &Schedule, a: u64, b: u64) -> Outcome {
        let mut machine = Machine::new(&self.built.verified, schedule, Limits::CONTRACT);
        self.call_on(&mut machine, &mut WordStorage::default(), a, b)
    }

    /// A call on an instance that is there.
    pub fn call_on(
        &self,
        machine: &mut Machine<'_>,
        storage: &mut WordStorage,
        a: u64,
        b: u64,
    ) -> Outcome {
        self.call_with(machine, storage, &self.arguments(a, b))
    }

    /// The encoded arguments of the entry.
    pub fn arguments(&self, a: u64, b: u64) -> Value {
        Value::Bytes([a, b].map(u64::to_be_bytes).concat().into())
    }

    /// A call with encoded arguments on an instance that is there.
    pub fn call_with(
        &self,
        machine: &mut Machine<'_>,
        storage: &mut WordStorage,
        arguments: &Value,
    ) -> Outcome {
        machine.call(self.run, std::slice::from_ref(arguments), u64::MAX, storage)
    }

    /// Bytes of code on the wire: constants, functions and their blocks.
    pub fn code_bytes(&self) -> usize {
        let mut rest = self.built.bytes.get(8..).unwrap_or_default();
        let mut bytes = 0;
        while let Some((section, tail)) = rest.split_first() {
            let digits = tail.iter().take_while(|byte| **byte >= 0x80).count() + 1;
            let (length, content) = tail.split_at_checked(digits).unwrap_or_default();
            let length =
                length.iter().rev().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
            if CODE_SECTIONS.contains(section) {
                bytes += length;
            }
            rest = content.get(length..).unwrap_or_default();
        }
        bytes
    }
}

/// The result of a call.
pub fn result(outcome: &Outcome) -> Result<u64, String> {
    match &outcome.ending {
        Ending::Returned(Value::Bytes(bytes)) => match bytes[..].try_into() {
            Ok(bytes) => Ok(u64::from_be_bytes(bytes)),
            Err(_) => Err(format!("{} bytes instead of a Long", bytes.len())),
        },
        other => Err(format!("{other:?}")),
    }
}
