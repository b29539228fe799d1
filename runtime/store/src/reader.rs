//! Reading: single entries, and ranges in the order of keys.

use crate::checksum::unseal;
use crate::store::definition;
use crate::{StoreError, Table};
use redb::{ReadOnlyTable, ReadTransaction};
use std::fmt;
use std::ops::Bound;

type Bytes = &'static [u8];

/// An entry: key and value.
type Entry = (Vec<u8>, Vec<u8>);

/// The state of a store after one batch. Any number of threads may read at the same time, for as
/// long as the store is open.
pub struct Reader {
    /// In the order of [`Table::ALL`].
    tables: Vec<ReadOnlyTable<Bytes, Bytes>>,
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Reader {
    pub(crate) fn new(transaction: &ReadTransaction) -> Result<Reader, StoreError> {
        let open = |table: &Table| transaction.open_table(definition(*table));
        let tables = Table::ALL.iter().map(open).collect::<Result<_, _>>();
        Ok(Reader { tables: tables.map_err(StoreError::of)? })
    }

    /// The value of a key, verified.
    pub fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed = self.tables[table as usize].get(key).map_err(StoreError::of)?;
        let Some(sealed) = sealed else { return Ok(None) };
        match unseal(table.name(), key, sealed.value()) {
            Some(value) => Ok(Some(value.to_vec())),
            None => Err(StoreError::Corrupt { table, key: key.to_vec() }),
        }
    }

    /// The entries whose keys begin with these bytes, in the order of keys.
    pub fn scan(&self, table: Table, prefix: &[u8]) -> Result<Scan, StoreError> {
        match after(prefix) {
            Some(end) => self.range(table, Bound::Included(prefix), Bound::Excluded(&end)),
            None => self.range(table, Bound::Included(prefix), Bound::Unbounded),
        }
    }

    /// The entries between two keys, in the order of keys.
    pub fn range(
        &self,
        table: Table,
        start: Bound<&[u8]>,
        end: Bound<&[u8]>,
    ) -> Result<Scan, StoreError> {
        let is_empty = match (start, end) {
            (Bound::Included(start), Bound::Included(end)) => start > end,
            (Bound::Included(start) | Bound::Excluded(start), Bound::Excluded(end))
            | (Bound::Excluded(start), Bound::Included(end)) => start >= end,
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        };
        let range = match is_empty {
            true => None,
            false => {
                let range = self.tables[table as usize].range::<&[u8]>((start, end));
                Some(range.map_err(StoreError::of)?)
            }
        };
        Ok(Scan { table, range })
    }
}

/// The first key behind all that begin with these bytes; none if there is no such key.
fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != 0xff)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end)
}

/// Entries in the order of keys, each verified. Ends at the first error.
pub struct Scan {
    table: Table,
    range: Option<redb::Range<'static, Bytes, Bytes>>,
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan").field("table", &self.table).finish_non_exhaustive()
    }
}

type Found<'a> = Option<
    Result<(redb::AccessGuard<'a, Bytes>, redb::AccessGuard<'a, Bytes>), redb::StorageError>,
>;

impl Scan {
    fn verified(&mut self, found: Found<'_>) -> Option<Result<Entry, StoreError>> {
        let entry = match found? {
            Ok((key, sealed)) => {
                let (table, key) = (self.table, key.value().to_vec());
                match unseal(table.name(), &key, sealed.value()) {
                    Some(value) => Ok((key, value.to_vec())),
                    None => Err(StoreError::Corrupt { table, key }),
                }
            }
            Err(error) => Err(StoreError::of(error)),
        };
        if entry.is_err() {
            self.range = None;
        }
        Some(entry)
    }
}

impl Iterator for Scan {
    type Item = Result<Entry, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.range.as_mut()?.next();
        self.verified(found)
    }
}

impl DoubleEndedIterator for Scan {
    fn next_back(&mut self) -> Option<Self::Item> {
        let found = self.range.as_mut()?.next_back();
        self.verified(found)
    }
}
