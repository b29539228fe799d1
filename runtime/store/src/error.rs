//! What can go wrong with a store, and what to do about it.

use crate::guard::Changed;
use crate::{FORMAT, KEY_BYTES_MAX, Table, VALUE_BYTES_MAX};
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use thiserror::Error;

/// Why a store did not do what it was asked for.
#[derive(Error, Debug)]
pub enum StoreError {
    /// There is no store, and none was to be made.
    #[error("there is no store in {}", path.display())]
    Missing {
        /// The directory.
        path: PathBuf,
    },
    /// A file or directory cannot be read, written or made.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Another process, or another store of this one, has it open.
    #[error("the store is in use by another process")]
    InUse,
    /// The file is no store.
    #[error("the file is not a store of this program")]
    NotAStore,
    /// A later version of the program has written it.
    #[error(
        "the store has format {found}, this program knows format {FORMAT}: use a newer version"
    )]
    Newer {
        /// Its format.
        found: u32,
    },
    /// An earlier version of the program has written it.
    #[error(
        "the store has format {found}, this program knows format {FORMAT}: use the version that made it"
    )]
    Older {
        /// Its format.
        found: u32,
    },
    /// It holds another chain.
    #[error("the store holds chain {found}, not chain {wanted}")]
    OtherChain {
        /// Its chain.
        found: u64,
        /// The chain that was asked for.
        wanted: u64,
    },
    /// A value is not what was written.
    #[error("the entry of table `{}` with key {} is corrupt: restore the store from a snapshot", table.name(), hex(key))]
    Corrupt {
        /// Its table.
        table: Table,
        /// Its key.
        key: Vec<u8>,
    },
    /// The file is not what was written, somewhere between the values.
    #[error("the store is damaged ({detail}): restore it from a snapshot")]
    Damaged {
        /// What was found.
        detail: String,
    },
    /// The file is older than what was committed.
    #[error(
        "the store is at batch {found}, but batch {committed} was committed: it has lost the last ones or was put back"
    )]
    Behind {
        /// Its last batch.
        found: u64,
        /// The last batch that is known to have been committed.
        committed: u64,
    },
    /// There is no room for a batch.
    #[error("the disk is full: make room and open the store again, nothing committed is lost")]
    Full,
    /// The disk failed.
    #[error("the store cannot be read or written: {0}")]
    Disk(io::Error),
    /// An earlier batch failed, so that it is not known whether it was kept.
    #[error("an earlier batch failed: open the store again")]
    Stopped,
    /// The store was closed while somebody still wanted to read.
    #[error("the store is closed")]
    Closed,
    /// A key is too long.
    #[error("a key of {bytes} bytes in table `{}`: at most {KEY_BYTES_MAX} are kept", table.name())]
    KeyTooLong {
        /// Its table.
        table: Table,
        /// Its length.
        bytes: usize,
    },
    /// A value is too long.
    #[error("a value of {bytes} bytes in table `{}`: at most {VALUE_BYTES_MAX} are kept", table.name())]
    ValueTooLong {
        /// Its table.
        table: Table,
        /// Its length.
        bytes: usize,
    },
}

/// Bytes in hexadecimal, the first of many.
fn hex(bytes: &[u8]) -> String {
    const SHOWN: usize = 40;
    let mut text: String = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
    if bytes.len() > SHOWN {
        text.push('…');
    }
    text
}

impl StoreError {
    pub(crate) fn damaged(detail: impl Into<String>) -> StoreError {
        StoreError::Damaged { detail: detail.into() }
    }

    /// What an error below the tables means.
    pub(crate) fn of(error: impl Into<redb::Error>) -> StoreError {
        match error.into() {
            redb::Error::DatabaseAlreadyOpen | redb::Error::LockProtocolMismatch => {
                StoreError::InUse
            }
            redb::Error::Io(error) => StoreError::of_disk(error),
            redb::Error::PreviousIo
            | redb::Error::TransactionPoisoned
            | redb::Error::LockPoisoned(_) => StoreError::Stopped,
            redb::Error::DatabaseClosed => StoreError::Closed,
            redb::Error::Corrupted(detail) => StoreError::Damaged { detail },
            // Tables of another kind, formats of its past, and what is never asked for.
            other => StoreError::Damaged { detail: other.to_string() },
        }
    }

    pub(crate) fn of_disk(error: io::Error) -> StoreError {
        if let Some(changed) = error.get_ref().and_then(|inner| inner.downcast_ref::<Changed>()) {
            return StoreError::damaged(changed.to_string());
        }
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                StoreError::Full
            }
            ErrorKind::UnexpectedEof => StoreError::damaged("the file is too short"),
            ErrorKind::InvalidData => StoreError::damaged(error.to_string()),
            _ => StoreError::Disk(error),
        }
    }
}
