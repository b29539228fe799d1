//! Snapshots: everything that a store holds, as one file. What is read back is a state of its own,
//! or nothing: a snapshot that is cut off, changed or of a newer format leaves no trace.
//!
//! Numbers have the lowest byte first. The file is: 16 bytes of text; the format (four bytes); the
//! chain (eight); the genesis, as a text (four bytes of length before it); for each table that is
//! not empty, in the order of the store, its name (a byte of length before it) and its entries in
//! the order of keys, each with the lengths of key and value (two and four bytes) before both, and
//! the key length 0xffff behind the last one; a byte 0; the BLAKE3 hash of all that.

use crate::disk::Disk;
use fvm_ledger::genesis::Genesis;
use fvm_ledger::ledger::Ledger;
use fvm_ledger::open::OpenError;
use fvm_store::{Batch, KEY_BYTES_MAX, Options, Store, StoreError, Table, VALUE_BYTES_MAX};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What a snapshot begins with.
const MAGIC: &[u8; 16] = b"fvm snapshot\0\0\0\0";
/// The format that this program writes, and the newest that it reads.
const FORMAT: u32 = 1;
/// Stands where the length of a key would, behind the last entry of a table.
const END_OF_TABLE: u16 = u16::MAX;
/// Bytes of a genesis.
const GENESIS_BYTES_MAX: usize = 1 << 30;
/// Bytes that are put into the store at a time.
const BATCH_BYTES: usize = 8 << 20;

/// Why there is no snapshot, or none was read.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// Its file, or that of the state.
    #[error("{0}")]
    File(#[from] io::Error),
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// It begins otherwise.
    #[error("this is no snapshot")]
    NotASnapshot,
    /// A later version of the program wrote it.
    #[error(
        "the snapshot has format {0}, this program knows formats up to {FORMAT}: use a newer version"
    )]
    Newer(u32),
    /// It is not what was written.
    #[error("the snapshot is damaged: {0}")]
    Damaged(&'static str),
    /// The ledger in it is not what its last header says.
    #[error("the ledger in the snapshot: {0}")]
    Ledger(#[from] OpenError),
    /// There is something where the state should go.
    #[error("there is a state in `{}` already", .0.display())]
    Exists(PathBuf),
}

/// What is in a snapshot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Summary {
    /// The last block.
    pub height: u64,
    /// Entries of all tables.
    pub entries: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Writes what the store in a directory holds, whose ledger began with this genesis and is what its
/// last header says. Nobody else may have the store open.
pub fn export(
    directory: &Path,
    genesis: &Genesis,
    to: impl Write,
) -> Result<Summary, SnapshotError> {
    let ledger = open(directory, genesis)?;
    let mut to = Hashed { inner: to, hasher: blake3::Hasher::new(), bytes: 0 };
    to.write_all(MAGIC)?;
    to.write_all(&FORMAT.to_le_bytes())?;
    to.write_all(&genesis.chain.to_le_bytes())?;
    let text = genesis.to_json();
    to.write_all(&length(text.len())?)?;
    to.write_all(text.as_bytes())?;
    let reader = ledger.backend().reader();
    let mut entries = 0;
    for table in Table::ALL {
        let mut is_first = true;
        for entry in reader.range(*table, Bound::Unbounded, Bound::Unbounded)? {
            let (key, value) = entry?;
            if std::mem::take(&mut is_first) {
                to.write_all(&[table.name().len() as u8])?;
                to.write_all(table.name().as_bytes())?;
            }
            // Keys of a store are shorter than what marks the end of a table.
            to.write_all(&(key.len() as u16).to_le_bytes())?;
            to.write_all(&length(value.len())?)?;
            to.write_all(&key)?;
            to.write_all(&value)?;
            entries += 1;
        }
        if !is_first {
            to.write_all(&END_OF_TABLE.to_le_bytes())?;
        }
    }
    to.write_all(&[0])?;
    let hash = to.hasher.finalize();
    to.inner.write_all(hash.as_bytes())?;
    to.inner.flush()?;
    Ok(Summary { height: ledger.header().height, entries, bytes: to.bytes + 32 })
}

/// The ledger in a directory, whose code nobody will run.
fn open(directory: &Path, genesis: &Genesis) -> Result<Ledger<Disk>, SnapshotError> {
    let store = Options { create: false, ..Options::new(genesis.chain) };
    Ok(Ledger::open(Disk::open(directory, &store)?, genesis, |_| {})?)
}

/// Makes a state of a snapshot: in a directory beside, which gets its name when everything in it
/// was compared with the header of the last block. `keep` puts the genesis into the directory.
pub fn import(
    from: impl Read,
    directory: &Path,
    keep: impl FnOnce(&Path, &Genesis) -> io::Result<()>,
) -> Result<(Genesis, Summary), SnapshotError> {
    // An empty directory is as good as none.
    if directory.exists() && fs::read_dir(directory)?.next().is_some() {
        return Err(SnapshotError::Exists(directory.to_owned()));
    }
    let mut name = directory.file_name().unwrap_or_default().to_owned();
    name.push(".incoming");
    let incoming = Incoming(directory.with_file_name(name));
    incoming.remove()?;
    let mut from = Hashed { inner: from, hasher: blake3::Hasher::new(), bytes: 0 };
    let (genesis, entries) = read_into(&mut from, &incoming.0)?;
    let height = open(&incoming.0, &genesis)?.header().height;
    let summary = Summary { height, entries, bytes: from.bytes };
    keep(&incoming.0, &genesis)?;
    if directory.exists() {
        fs::remove_dir(directory)?;
    }
    fs::rename(&incoming.0, directory)?;
    // The name outlives a loss of power with the directory that it stands in.
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok((genesis, summary))
}

/// A directory that is gone if it did not get another name.
struct Incoming(PathBuf);

impl Incoming {
    fn remove(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // What stays behind is removed by the next import.
        let _ = self.remove();
    }
}

/// Puts all entries into a new store; gives the genesis, and how many entries there are.
fn read_into(
    from: &mut Hashed<impl Read>,
    directory: &Path,
) -> Result<(Genesis, u64), SnapshotError> {
    if from.bytes(MAGIC.len()).ok().as_deref() != Some(MAGIC) {
        return Err(SnapshotError::NotASnapshot);
    }
    let format = u32::from_le_bytes(from.array()?);
    if format > FORMAT {
        return Err(SnapshotError::Newer(format));
    }
    let chain = u64::from_le_bytes(from.array()?);
    let bytes = from.length(GENESIS_BYTES_MAX)?;
    let text = String::from_utf8(from.bytes(bytes)?);
    let text = text.map_err(|_| SnapshotError::Damaged("the genesis is no text"))?;
    let genesis = Genesis::parse(&text);
    let genesis = genesis.map_err(|error| OpenError::Genesis(error.to_string()))?;
    if genesis.chain != chain {
        return Err(SnapshotError::Damaged("the genesis is that of another chain"));
    }
    // Nobody knows of the store before it is closed.
    let mut store = Store::open(directory, &Options { durable: false, ..Options::new(chain) })?;
    let (mut batch, mut waiting, mut entries) = (Batch::new(), 0, 0);
    let mut before = None;
    loop {
        let [name] = from.array()?;
        if name == 0 {
            break;
        }
        let name = from.bytes(usize::from(name))?;
        let table = Table::ALL.iter().position(|table| table.name().as_bytes() == name);
        let table = table.ok_or(SnapshotError::Damaged("a table that does not exist"))?;
        if before.replace(table).is_some_and(|before| before >= table) {
            return Err(SnapshotError::Damaged("tables in another order"));
        }
        let mut last: Option<Vec<u8>> = None;
        loop {
            let key = u16::from_le_bytes(from.array()?);
            if key == END_OF_TABLE {
                break;
            }
            if usize::from(key) > KEY_BYTES_MAX {
                return Err(SnapshotError::Damaged("a key that is too long"));
            }
            let value = from.length(VALUE_BYTES_MAX)?;
            let (key, value) = (from.bytes(usize::from(key))?, from.bytes(value)?);
            if last.as_ref().is_some_and(|last| *last >= key) {
                return Err(SnapshotError::Damaged("entries in another order"));
            }
            waiting += key.len() + value.len();
            last = Some(key.clone());
            batch.put(Table::ALL[table], key, value);
            entries += 1;
            if waiting >= BATCH_BYTES {
                store.commit(std::mem::take(&mut batch))?;
                waiting = 0;
            }
        }
    }
    store.commit(batch)?;
    let found = from.hasher.finalize();
    let mut hash = [0; 32];
    from.read_exact(&mut hash)?;
    if found != hash {
        return Err(SnapshotError::Damaged("its hash is another one"));
    }
    if from.inner.read(&mut [0])? != 0 {
        return Err(SnapshotError::Damaged("there is more behind its end"));
    }
    store.close()?;
    Ok((genesis, entries))
}

fn length(bytes: usize) -> Result<[u8; 4], SnapshotError> {
    let length = u32::try_from(bytes).map_err(|_| SnapshotError::Damaged("a value too long"))?;
    Ok(length.to_le_bytes())
}

/// Counts and hashes what goes through.
struct Hashed<T> {
    inner: T,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<T: Write> Write for Hashed<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Hashed<T> {
    /// Reads all of it, or says that the snapshot ends before.
    fn read_exact(&mut self, bytes: &mut [u8]) -> Result<(), SnapshotError> {
        self.inner.read_exact(bytes).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => SnapshotError::Damaged("it ends too early"),
            _ => error.into(),
        })?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], SnapshotError> {
        let mut bytes = [0; N];
        self.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// A length of at most so much.
    fn length(&mut self, most: usize) -> Result<usize, SnapshotError> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        if length > most {
            return Err(SnapshotError::Damaged("a length beyond the limit"));
        }
        Ok(length)
    }

    /// So many bytes. A length that promises more than there is takes no memory.
    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, SnapshotError> {
        let mut bytes = Vec::new();
        self.inner.by_ref().take(count as u64).read_to_end(&mut bytes)?;
        if bytes.len() < count {
            return Err(SnapshotError::Damaged("it ends too early"));
        }
        self.hasher.update(&bytes);
        self.bytes += count as u64;
        Ok(bytes)
    }
}
