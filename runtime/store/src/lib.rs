//! What a ledger keeps, on disk: tables of keys and values, both bytes, and batches of changes that
//! are kept as a whole or not at all.
//!
//! **Relies on:** `redb` for the B-trees and for commits that survive a crash.
//! **Guarantees:** when [`Store::commit`] returns, the batch outlives a loss of power. A store
//! opens at the last batch that was committed, or at the one that was under way, never at a mixture
//! or at an older one. What is read is what was written, or an error: values carry a checksum, and
//! a file that changed behind the store's back is noticed, whether it changed before it was opened
//! or since (decision 0042). No bytes on disk make it panic.
//! **Never:** decides what tables mean. That is the ledger's.

mod batch;
mod checksum;
mod error;
mod guard;
mod reader;
pub mod simulation;
mod store;
mod table;

pub use batch::{Batch, KEY_BYTES_MAX, VALUE_BYTES_MAX};
pub use error::StoreError;
pub use reader::{Reader, Scan};
pub use redb::StorageBackend;
pub use redb::backends::FileBackend;
pub use store::{FORMAT, Options, Store};
pub use table::Table;
