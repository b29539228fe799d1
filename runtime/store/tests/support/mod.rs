//! A history of batches whose contents follow from their numbers, and a map that knows what a store
//! holds after each.

#![allow(dead_code, reason = "every test uses its part")]

use fvm_store::simulation::Random;
use fvm_store::{Batch, Options, Store, StoreError, Table};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a store holds.
pub type Model = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

/// The key under which every batch puts its number.
pub const NUMBER: &[u8] = b"number";

/// Options of the tests: a chain, and a cache that holds only part of the file.
pub fn options() -> Options {
    Options { cache_bytes: 64 << 10, ..Options::new(7) }
}

/// The batch with a number; the model becomes what the store holds after it.
pub fn batch(number: u64, model: &mut Model) -> Batch {
    let mut random = Random::new(number);
    let mut batch = Batch::new();
    for _ in 0..20 + random.below(40) {
        let table = Table::ALL[random.below(Table::ALL.len() as u64) as usize];
        let key = format!("key {}", random.below(300)).into_bytes();
        if random.chance(1, 4) {
            batch.delete(table, &key[..]);
            model.remove(&(table, key));
        } else {
            let most = if random.chance(1, 40) { 20_000 } else { 300 };
            let length = random.below(most) as usize;
            let value = format!("{number} {} ", random.next_u64()).into_bytes();
            let value: Vec<u8> = value.into_iter().cycle().take(length).collect();
            batch.put(table, &key[..], &value[..]);
            model.insert((table, key), value);
        }
    }
    batch.put(Table::Meta, NUMBER, number.to_le_bytes());
    model.insert((Table::Meta, NUMBER.to_vec()), number.to_le_bytes().to_vec());
    batch
}

/// The models after each batch up to a number, from 0.
pub fn models(last: u64) -> Vec<Model> {
    let mut models = vec![Model::new()];
    let mut model = Model::new();
    for number in 1..=last {
        batch(number, &mut model);
        models.push(model.clone());
    }
    models
}

/// The batch with a number, alone.
pub fn batch_of(number: u64) -> Batch {
    batch(number, &mut Model::new())
}

/// Everything that a store holds.
pub fn contents(store: &Store) -> Result<Model, StoreError> {
    let reader = store.reader()?;
    let mut model = Model::new();
    for table in Table::ALL {
        for entry in reader.scan(*table, b"")? {
            let (key, value) = entry?;
            assert_eq!(reader.get(*table, &key)?.as_ref(), Some(&value));
            model.insert((*table, key), value);
        }
    }
    Ok(model)
}

/// The number of the last batch that a model has.
pub fn number_in(model: &Model) -> u64 {
    let bytes = model.get(&(Table::Meta, NUMBER.to_vec()));
    bytes.map_or(0, |bytes| u64::from_le_bytes(bytes[..].try_into().expect("eight bytes")))
}

/// How many times something is done, from a variable or as often as every change can wait for.
pub fn count(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A directory of a test, empty at first and taken away at the end.
pub struct Directory(pub PathBuf);

impl Directory {
    pub fn new(name: &str) -> Directory {
        let name = format!("fvm-store-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("there is room for a test");
        Directory(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
