//! Where a ledger keeps what it knows: named tables of bytes. The ledger itself touches no files.

use crate::account::Unavailable;
use std::collections::BTreeMap;
use std::ops::Bound;

/// A table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Table {
    /// What the ledger knows of itself.
    Meta,
    /// Accounts by address.
    Accounts,
    /// What accounts store, by address and key.
    Storage,
    /// Blocks by height.
    Blocks,
    /// Where transactions stand, by hash, whose messages did not run in the same block.
    Transactions,
    /// Pages of receipts, by height and the place of their first.
    Receipts,
    /// Where messages stand, by id; those of transactions say where these do.
    Messages,
    /// Pages of differences, by height and the place of their first.
    Differences,
    /// Messages in flight, by their place in the queue.
    Queue,
    /// Scheduled calls by time.
    Calendar,
    /// Stories by contract and number.
    Stories,
    /// Places of receipts that concern an address, by address and height.
    ByAddress,
}

impl Table {
    /// All tables.
    pub const ALL: &[Table] = &[
        Table::Meta,
        Table::Accounts,
        Table::Storage,
        Table::Blocks,
        Table::Transactions,
        Table::Receipts,
        Table::Messages,
        Table::Differences,
        Table::Queue,
        Table::Calendar,
        Table::Stories,
        Table::ByAddress,
    ];
}

/// Changes that are made together or not at all: what stands under a key of a table afterwards.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Batch {
    /// In the order in which they were asked for: of several changes of one key the last counts.
    pub changes: Vec<(Table, Vec<u8>, Option<Vec<u8>>)>,
}

impl Batch {
    /// Puts a value.
    pub fn put(&mut self, table: Table, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.changes.push((table, key.into(), Some(value.into())));
    }
    /// Removes a value.
    pub fn remove(&mut self, table: Table, key: impl Into<Vec<u8>>) {
        self.changes.push((table, key.into(), None));
    }
}

/// Tables of bytes, as of the last commit.
pub trait Backend: Sync {
    /// What stands under a key.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Unavailable>;

    /// Visits everything whose key starts with `prefix` and is not less than `from`, in the order
    /// of keys, until `visit` says false.
    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        from: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]) -> bool,
    ) -> Result<(), Unavailable>;

    /// The greatest key that starts with `prefix` and is not greater than `key`, which does too.
    fn last_key(
        &self,
        table: Table,
        prefix: &[u8],
        key: &[u8],
    ) -> Result<Option<Vec<u8>>, Unavailable>;

    /// Makes all changes, for good: when this returns, they outlast a loss of power.
    fn commit(&mut self, batch: Batch) -> Result<(), Unavailable>;
}

/// Tables in memory.
#[derive(Clone, Default, Debug)]
pub struct InMemory {
    tables: BTreeMap<Table, BTreeMap<Vec<u8>, Vec<u8>>>,
}

impl Backend for InMemory {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Unavailable> {
        Ok(self.tables.get(&table).and_then(|table| table.get(key)).cloned())
    }

    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        from: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]) -> bool,
    ) -> Result<(), Unavailable> {
        let Some(table) = self.tables.get(&table) else { return Ok(()) };
        let start = prefix.max(from);
        let range = table.range::<[u8], _>((Bound::Included(start), Bound::Unbounded));
        for (key, value) in range {
            if !key.starts_with(prefix) || !visit(key, value) {
                break;
            }
        }
        Ok(())
    }

    fn last_key(
        &self,
        table: Table,
        prefix: &[u8],
        key: &[u8],
    ) -> Result<Option<Vec<u8>>, Unavailable> {
        let Some(table) = self.tables.get(&table) else { return Ok(None) };
        if prefix > key {
            return Ok(None);
        }
        let mut range = table.range::<[u8], _>((Bound::Included(prefix), Bound::Included(key)));
        Ok(range.next_back().map(|(key, _)| key.clone()))
    }

    fn commit(&mut self, batch: Batch) -> Result<(), Unavailable> {
        for (table, key, value) in batch.changes {
            let table = self.tables.entry(table).or_default();
            match value {
                Some(value) => table.insert(key, value),
                None => table.remove(&key),
            };
        }
        Ok(())
    }
}
