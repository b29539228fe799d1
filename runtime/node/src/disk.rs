//! The ledger's tables on disk.

use fvm_ledger::account::Unavailable;
use fvm_ledger::backend::{self, Backend};
use fvm_store::{Batch, Options, Reader, Store, StoreError, Table};
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

/// A store, and the reader of what was committed last.
#[derive(Debug)]
pub struct Disk {
    store: Store,
    reader: Arc<Reader>,
    /// What was committed last cannot be read: the ledger does not know of it, and must not go on.
    is_behind: bool,
}

impl Disk {
    /// Opens the store in a directory.
    pub fn open(directory: &Path, options: &Options) -> Result<Disk, StoreError> {
        Disk::of(Store::open(directory, options)?)
    }

    /// The ledger's tables in a store.
    pub fn of(store: Store) -> Result<Disk, StoreError> {
        let reader = Arc::new(store.reader()?);
        Ok(Disk { store, reader, is_behind: false })
    }

    /// What was committed last, table by table of the store.
    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Bytes of the file.
    pub fn bytes(&self) -> Result<u64, StoreError> {
        self.store.bytes()
    }
}

/// Which table of the store holds a table of the ledger.
fn table(of: backend::Table) -> Table {
    match of {
        backend::Table::Meta => Table::Meta,
        backend::Table::Accounts => Table::Accounts,
        backend::Table::Storage => Table::Slots,
        backend::Table::Blocks => Table::Blocks,
        backend::Table::Transactions => Table::Transactions,
        backend::Table::Receipts => Table::Receipts,
        backend::Table::Messages => Table::Messages,
        backend::Table::Differences => Table::Differences,
        backend::Table::Queue => Table::Queue,
        backend::Table::Calendar => Table::Schedule,
        backend::Table::Stories => Table::Stories,
        backend::Table::ByAddress => Table::ByAddress,
    }
}

fn unavailable(error: StoreError) -> Unavailable {
    Unavailable(error.to_string())
}

impl Backend for Disk {
    fn get(&self, of: backend::Table, key: &[u8]) -> Result<Option<Vec<u8>>, Unavailable> {
        self.reader.get(table(of), key).map_err(unavailable)
    }

    fn scan(
        &self,
        of: backend::Table,
        prefix: &[u8],
        from: &[u8],
        visit: &mut dyn FnMut(&[u8], &[u8]) -> bool,
    ) -> Result<(), Unavailable> {
        let start = Bound::Included(prefix.max(from));
        let entries = self.reader.range(table(of), start, Bound::Unbounded);
        for entry in entries.map_err(unavailable)? {
            let (key, value) = entry.map_err(unavailable)?;
            if !key.starts_with(prefix) || !visit(&key, &value) {
                break;
            }
        }
        Ok(())
    }

    fn last_key(
        &self,
        of: backend::Table,
        prefix: &[u8],
        key: &[u8],
    ) -> Result<Option<Vec<u8>>, Unavailable> {
        let (start, end) = (Bound::Included(prefix), Bound::Included(key));
        let mut entries = self.reader.range(table(of), start, end).map_err(unavailable)?;
        let last = entries.next_back().transpose().map_err(unavailable)?;
        Ok(last.map(|(key, _)| key))
    }

    fn commit(&mut self, batch: backend::Batch) -> Result<(), Unavailable> {
        let mut changes = Batch::new();
        for (of, key, value) in batch.changes {
            match value {
                Some(value) => changes.put(table(of), key, value),
                None => changes.delete(table(of), key),
            }
        }
        if self.is_behind {
            return Err(unavailable(StoreError::Stopped));
        }
        self.store.commit(changes).map_err(unavailable)?;
        self.is_behind = true;
        self.reader = Arc::new(self.store.reader().map_err(unavailable)?);
        self.is_behind = false;
        Ok(())
    }
}
