//! Changes that are kept together.

use crate::{StoreError, Table};

/// How long a key may be.
pub const KEY_BYTES_MAX: usize = 16 << 10;
/// How long a value may be.
pub const VALUE_BYTES_MAX: usize = 256 << 20;

/// What becomes of a key: its value, or nothing.
pub(crate) type Entry = (Vec<u8>, Option<Vec<u8>>);

/// Changes to several tables. Of several changes of one key the last counts.
#[derive(Clone, Debug)]
pub struct Batch {
    /// By table, in the order of [`Table::ALL`].
    tables: Vec<Vec<Entry>>,
}

impl Default for Batch {
    fn default() -> Batch {
        Batch { tables: vec![Vec::new(); Table::ALL.len()] }
    }
}

impl Batch {
    /// A batch without changes.
    pub fn new() -> Batch {
        Batch::default()
    }

    /// The key has this value afterwards.
    pub fn put(&mut self, table: Table, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.tables[table as usize].push((key.into(), Some(value.into())));
    }

    /// The key has no value afterwards, whether it had one or not.
    pub fn delete(&mut self, table: Table, key: impl Into<Vec<u8>>) {
        self.tables[table as usize].push((key.into(), None));
    }

    /// How many changes there are.
    pub fn len(&self) -> usize {
        self.tables.iter().map(Vec::len).sum()
    }

    /// Whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The changes by table, each table's in the order of keys: B-trees take them quickest so.
    /// The sort keeps the order of several changes of one key.
    pub(crate) fn sorted(self) -> Result<Vec<(Table, Vec<Entry>)>, StoreError> {
        let mut tables = Vec::new();
        for (table, mut entries) in Table::ALL.iter().copied().zip(self.tables) {
            for (key, value) in &entries {
                if key.len() > KEY_BYTES_MAX {
                    return Err(StoreError::KeyTooLong { table, bytes: key.len() });
                }
                let bytes = value.as_ref().map_or(0, Vec::len);
                if bytes > VALUE_BYTES_MAX {
                    return Err(StoreError::ValueTooLong { table, bytes });
                }
            }
            entries.sort_by(|left, right| left.0.cmp(&right.0));
            if !entries.is_empty() {
                tables.push((table, entries));
            }
        }
        Ok(tables)
    }
}
