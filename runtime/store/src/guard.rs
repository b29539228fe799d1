//! What lies between the B-trees and the file: a header that says what the file is and how far it
//! had come, and a memory of what was written.
//!
//! `redb` verifies the checksums of its pages when it opens a file, not when it reads them later,
//! and after a crash it falls back to the batch before if the last one looks unfinished. Both leave
//! gaps. A bit that flips while the file is open can send a search the wrong way, so that an entry
//! that exists is not found. A bit that flips in the record of the last commit makes that look
//! unfinished, and an older state would be served as the newest. So the guard remembers a checksum
//! of every block that passed through it, and refuses a block that comes back different; and the
//! header holds the number of the last batch that was committed, which the file must have reached.
//!
//! The number is written after its batch is durable, without waiting for it: if it is lost, an
//! older one is there, which asks for less. It stands in two places by turns, so that a torn write
//! leaves the one before.

use crate::StoreError;
use crate::checksum::Checksum;
use redb::{BackendError, StorageBackend};
use std::fmt;
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The unit of what is remembered, and the length of the header.
const BLOCK: usize = 4096;
const MAGIC: &[u8; 16] = b"fvm ledger store";
/// Magic, format, chain, checksum.
const HEADER_BYTES: usize = 36;
/// Where the numbers of batches stand, odd and even ones.
const BATCHES_AT: [u64; 2] = [512, 1024];
/// A block of which nothing is known.
const UNKNOWN: u64 = 0;

/// A block is not what was written to it.
#[derive(Debug)]
pub struct Changed {
    block: u64,
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "block {} has changed since it was written", self.block)
    }
}

impl std::error::Error for Changed {}

/// A backend for `redb` on top of another one.
#[derive(Clone, Debug)]
pub struct Guard {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    inner: Box<dyn StorageBackend>,
    /// Checksums of blocks behind the header; [`UNKNOWN`] if none is known.
    blocks: Mutex<Vec<u64>>,
    /// The last batch that the header knew of when the file was opened.
    committed: u64,
}

impl Guard {
    /// Reads the header of a file, or writes that of a new one.
    pub fn open(inner: impl StorageBackend, format: u32, chain: u64) -> Result<Guard, StoreError> {
        let length = inner.len().map_err(StoreError::of_disk)?;
        let mut header = [0; BLOCK];
        let mut committed = 0;
        if length == 0 {
            header[..HEADER_BYTES].copy_from_slice(&header_of(format, chain));
            inner.set_len(BLOCK as u64).map_err(StoreError::of_disk)?;
            inner.write(0, &header).map_err(StoreError::of_disk)?;
            inner.sync_data().map_err(StoreError::of_disk)?;
        } else {
            if length < BLOCK as u64 {
                return Err(StoreError::NotAStore);
            }
            inner.read(0, &mut header).map_err(StoreError::of_disk)?;
            check_header(&header, format, chain)?;
            for at in BATCHES_AT {
                committed = committed.max(batch_at(&header, at).unwrap_or(0));
            }
        }
        let shared = Shared { inner: Box::new(inner), blocks: Mutex::default(), committed };
        Ok(Guard { shared: Arc::new(shared) })
    }

    /// The last batch that was known to be durable when the file was opened.
    pub fn committed(&self) -> u64 {
        self.shared.committed
    }

    /// Notes that a batch is durable.
    pub fn commit(&self, batch: u64) -> io::Result<()> {
        let number = batch.to_le_bytes();
        let sum = Checksum::new().add(&number).get().to_le_bytes();
        self.shared.inner.write(BATCHES_AT[(batch % 2) as usize], &[number, sum].concat())
    }

    /// How long the file is.
    pub fn bytes(&self) -> io::Result<u64> {
        self.shared.inner.len()
    }

    fn blocks(&self) -> MutexGuard<'_, Vec<u64>> {
        // A list of numbers is as good after a panic as before.
        self.shared.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn header_of(format: u32, chain: u64) -> [u8; HEADER_BYTES] {
    let mut header = [0; HEADER_BYTES];
    header[..16].copy_from_slice(MAGIC);
    header[16..20].copy_from_slice(&format.to_le_bytes());
    header[20..28].copy_from_slice(&chain.to_le_bytes());
    let sum = Checksum::new().add(&header[..28]).get();
    header[28..].copy_from_slice(&sum.to_le_bytes());
    header
}

fn check_header(header: &[u8; BLOCK], format: u32, chain: u64) -> Result<(), StoreError> {
    if header[..16] != MAGIC[..] {
        return Err(StoreError::NotAStore);
    }
    let number = |at: usize| array::<4>(header, at).map_or(0, u32::from_le_bytes);
    let long = |at: usize| array::<8>(header, at).map_or(0, u64::from_le_bytes);
    // A later format may have another header from here on.
    if number(16) > format {
        return Err(StoreError::Newer { found: number(16) });
    }
    if header[..HEADER_BYTES] != header_of(number(16), long(20)) || number(16) == 0 {
        return Err(StoreError::damaged("its header"));
    }
    if number(16) < format {
        return Err(StoreError::Older { found: number(16) });
    }
    if long(20) != chain {
        return Err(StoreError::OtherChain { found: long(20), wanted: chain });
    }
    Ok(())
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// The number of a batch in the header, if it was written as a whole.
fn batch_at(header: &[u8; BLOCK], at: u64) -> Option<u64> {
    let batch = array::<8>(header, at as usize)?;
    let sum = u64::from_le_bytes(array(header, at as usize + 8)?);
    (Checksum::new().add(&batch).get() == sum).then(|| u64::from_le_bytes(batch))
}

/// The checksums of the whole blocks of some bytes, with their numbers.
fn sums(offset: u64, bytes: &[u8]) -> impl Iterator<Item = (u64, u64)> {
    // Bytes before the first block that begins in them.
    let skipped = offset.next_multiple_of(BLOCK as u64) - offset;
    let first = (offset + skipped) / BLOCK as u64;
    let whole = bytes.get(skipped as usize..).unwrap_or_default();
    (first..)
        .zip(whole.as_chunks::<BLOCK>().0)
        .map(|(block, bytes)| (block, Checksum::new().add(bytes).get().max(UNKNOWN + 1)))
}

impl StorageBackend for Guard {
    fn len(&self) -> io::Result<u64> {
        Ok(self.shared.inner.len()?.saturating_sub(BLOCK as u64))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.shared.inner.read(offset + BLOCK as u64, out)?;
        for (block, sum) in sums(offset, out) {
            let mut blocks = self.blocks();
            let index = block as usize;
            match blocks.get(index).copied().unwrap_or(UNKNOWN) {
                UNKNOWN => set(&mut blocks, index, sum),
                known if known == sum => {}
                _ => return Err(io::Error::new(ErrorKind::InvalidData, Changed { block })),
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        // Nothing is known of blocks that are written in part, or not all the way.
        let blocks = offset / BLOCK as u64..(offset + data.len() as u64).div_ceil(BLOCK as u64);
        for block in blocks {
            if let Some(sum) = self.blocks().get_mut(block as usize) {
                *sum = UNKNOWN;
            }
        }
        self.shared.inner.write(offset + BLOCK as u64, data)?;
        for (block, sum) in sums(offset, data) {
            set(&mut self.blocks(), block as usize, sum);
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.blocks().truncate((len / BLOCK as u64) as usize);
        self.shared.inner.set_len(len + BLOCK as u64)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.shared.inner.sync_data()
    }

    fn close(&self) -> io::Result<()> {
        self.shared.inner.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.shared.inner.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.shared.inner.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.shared.inner.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.shared.inner.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.shared.inner.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.shared.inner.query_lock_range(start, end)
    }
}

fn set(blocks: &mut Vec<u64>, index: usize, sum: u64) {
    if blocks.len() <= index {
        blocks.resize(index + 1, UNKNOWN);
    }
    blocks[index] = sum;
}
