//! A store: opening, committing, closing.

use crate::checksum::{seal, unseal};
use crate::guard::Guard;
use crate::{Batch, Reader, StoreError, Table};
use redb::backends::FileBackend;
use redb::{Database, Durability, ReadableDatabase, StorageBackend, TableDefinition, TableError};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

/// The format that this program writes, and the only one that it reads. 2: pages of receipts and
/// differences, one entry for each message and for each address in a block.
pub const FORMAT: u32 = 2;

/// The file of a store in its directory.
const FILE: &str = "ledger.store";
/// A file that is being made: it gets its name when everything is in it.
const NEW_FILE: &str = "ledger.store.new";
/// Whoever holds this file's lock has the store open.
const LOCK_FILE: &str = "ledger.lock";

pub(crate) type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

pub(crate) fn definition(table: Table) -> Definition {
    TableDefinition::new(table.name())
}

/// What the store keeps for itself.
const OWN: Definition = TableDefinition::new("store");
const BATCH_KEY: &[u8] = b"batch";

/// How to open a store.
#[derive(Clone, Debug)]
pub struct Options {
    /// The chain whose ledger it holds.
    pub chain: u64,
    /// Whether to make it, and its directory, if there is none.
    pub create: bool,
    /// Whether a commit waits for the disk. Without it a crash loses the last batches, as a whole
    /// and from the last one on: for development.
    pub durable: bool,
    /// How much of the file may be held in memory.
    pub cache_bytes: usize,
}

impl Options {
    /// Of a chain, with everything as a node wants it.
    pub fn new(chain: u64) -> Options {
        Options { chain, create: true, durable: true, cache_bytes: 256 << 20 }
    }
}

/// A store that is open. One writer, and as many readers as one likes, each of which sees the
/// batches that were committed before it was made.
#[derive(Debug)]
pub struct Store {
    database: Database,
    guard: Guard,
    durable: bool,
    /// The number of the last batch.
    batch: u64,
    /// A batch failed: what is in the file is known only when it is opened again.
    is_stopped: bool,
    /// Held as long as the store is open.
    _lock: Option<File>,
}

impl Store {
    /// Opens the store in a directory.
    pub fn open(directory: &Path, options: &Options) -> Result<Store, StoreError> {
        if options.create {
            fs::create_dir_all(directory).map_err(|error| unreadable(directory, error))?;
        }
        let lock = lock(directory)?;
        let path = directory.join(FILE);
        if !path.try_exists().map_err(|error| unreadable(&path, error))? {
            if !options.create {
                return Err(StoreError::Missing { path: directory.to_owned() });
            }
            create(directory, options)?;
        }
        let file = OpenOptions::new().read(true).write(true).open(&path);
        let mut store = Store::on_file(file.map_err(|error| unreadable(&path, error))?, options)?;
        store._lock = Some(lock);
        Ok(store)
    }

    fn on_file(file: File, options: &Options) -> Result<Store, StoreError> {
        Store::on(FileBackend::new(file).map_err(StoreError::of)?, options)
    }

    /// Opens the store in anything that can be read, written and synchronised; makes one if there
    /// is nothing in it.
    pub fn on(backend: impl StorageBackend, options: &Options) -> Result<Store, StoreError> {
        let guard = Guard::open(backend, FORMAT, options.chain)?;
        let database = Database::builder()
            .set_cache_size(options.cache_bytes)
            // Reads everything, about a second for a million accounts. Without it, `redb` trusts a
            // file that was closed in order, and may panic if it should not have.
            .set_check_integrity_on_open(true)
            .create_with_backend(guard.clone())
            .map_err(StoreError::of)?;
        let durable = options.durable;
        let mut store =
            Store { database, guard, durable, batch: 0, is_stopped: false, _lock: None };
        let committed = store.guard.committed();
        match store.last_batch()? {
            Some(found) if found < committed => {
                return Err(StoreError::Behind { found, committed });
            }
            Some(found) => store.batch = found,
            None if committed > 0 => return Err(StoreError::Behind { found: 0, committed }),
            None => store.write(Batch::new(), 0, Durability::Immediate)?,
        }
        // All tables are there.
        store.reader()?;
        Ok(store)
    }

    /// The number of the last batch; none in a file without tables.
    fn last_batch(&self) -> Result<Option<u64>, StoreError> {
        let transaction = self.database.begin_read().map_err(StoreError::of)?;
        let table = match transaction.open_table(OWN) {
            Ok(table) => table,
            Err(TableError::TableDoesNotExist(_)) => return Ok(None),
            Err(error) => return Err(StoreError::of(error)),
        };
        let sealed = table.get(BATCH_KEY).map_err(StoreError::of)?;
        let batch = sealed.and_then(|sealed| {
            let value = unseal("store", BATCH_KEY, sealed.value())?;
            Some(u64::from_le_bytes(value.try_into().ok()?))
        });
        batch.map(Some).ok_or_else(|| StoreError::damaged("the number of its last batch"))
    }

    /// Keeps a batch, as a whole. When this returns, it is on the disk (unless the store is not
    /// [`durable`](Options::durable)). If it fails, the store takes no further batch: opened
    /// again, it has this one as a whole or not at all. A batch with a key or value that is too
    /// long does not begin.
    pub fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        let durability = if self.durable { Durability::Immediate } else { Durability::None };
        self.commit_with(batch, durability)
    }

    /// Waits until everything that was committed is on the disk.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        if self.durable {
            return Ok(());
        }
        self.commit_with(Batch::new(), Durability::Immediate)
    }

    fn commit_with(&mut self, batch: Batch, durability: Durability) -> Result<(), StoreError> {
        if self.is_stopped {
            return Err(StoreError::Stopped);
        }
        let number = self.batch + 1;
        match self.write(batch, number, durability) {
            Ok(()) => self.batch = number,
            Err(error @ (StoreError::KeyTooLong { .. } | StoreError::ValueTooLong { .. })) => {
                return Err(error);
            }
            Err(error) => {
                self.is_stopped = true;
                return Err(error);
            }
        }
        Ok(())
    }

    /// Writes a batch with its number. All tables exist afterwards.
    fn write(&self, batch: Batch, number: u64, durability: Durability) -> Result<(), StoreError> {
        let mut batch = batch.sorted()?;
        if number == 0 {
            batch = Table::ALL.iter().map(|table| (*table, Vec::new())).collect();
        }
        let mut transaction = self.database.begin_write().map_err(StoreError::of)?;
        transaction.set_durability(durability).map_err(StoreError::of)?;
        let mut sealed = Vec::new();
        for (table, entries) in batch {
            let mut open = transaction.open_table(definition(table)).map_err(StoreError::of)?;
            for (key, value) in entries {
                match value {
                    Some(value) => {
                        sealed.clear();
                        sealed.extend_from_slice(&value);
                        seal(table.name(), &key, &mut sealed);
                        open.insert(&key[..], &sealed[..]).map_err(StoreError::of)?;
                    }
                    None => drop(open.remove(&key[..]).map_err(StoreError::of)?),
                }
            }
        }
        let mut value = number.to_le_bytes().to_vec();
        seal("store", BATCH_KEY, &mut value);
        let mut own = transaction.open_table(OWN).map_err(StoreError::of)?;
        own.insert(BATCH_KEY, &value[..]).map_err(StoreError::of)?;
        drop(own);
        transaction.commit().map_err(StoreError::of)?;
        if matches!(durability, Durability::Immediate) {
            self.guard.commit(number).map_err(StoreError::of_disk)?;
        }
        Ok(())
    }

    /// A view of everything that is committed now. It stays as it is while batches are committed,
    /// from any thread; the file keeps what it sees until it is dropped.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        if self.is_stopped {
            return Err(StoreError::Stopped);
        }
        Reader::new(&self.database.begin_read().map_err(StoreError::of)?)
    }

    /// How long the file is.
    pub fn bytes(&self) -> Result<u64, StoreError> {
        self.guard.bytes().map_err(StoreError::of_disk)
    }

    /// Closes the store. What is dropped instead is closed as well, but nobody hears of errors.
    pub fn close(mut self) -> Result<(), StoreError> {
        let synced = if self.is_stopped { Err(StoreError::Stopped) } else { self.sync() };
        self.database.close().map_err(StoreError::of)?;
        synced
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::NotFound => StoreError::Missing { path: path.to_owned() },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::Unreadable { path: path.to_owned(), error },
    }
}

/// Takes the lock of a directory. The system gives it back when the process ends, however it ends.
fn lock(directory: &Path) -> Result<File, StoreError> {
    let path = directory.join(LOCK_FILE);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| match error.kind() {
        ErrorKind::NotFound => StoreError::Missing { path: directory.to_owned() },
        _ => unreadable(&path, error),
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(unreadable(&path, error)),
    }
}

/// Makes an empty store: under another name, so that a crash leaves no half of one.
fn create(directory: &Path, options: &Options) -> Result<(), StoreError> {
    let (new, path) = (directory.join(NEW_FILE), directory.join(FILE));
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&new);
    let store = Store::on_file(file.map_err(|error| unreadable(&new, error))?, options)?;
    store.close()?;
    fs::rename(&new, &path).map_err(|error| unreadable(&path, error))?;
    // The name is on the disk when the directory is.
    let directory_file = File::open(directory).and_then(|directory| directory.sync_all());
    directory_file.map_err(|error| unreadable(directory, error))
}
