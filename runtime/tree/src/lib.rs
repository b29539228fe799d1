//! The authenticated tree over the state, the mountain range over Stories, and their proofs.
//!
//! A root of 32 bytes stands for a whole map from paths to values, or for a whole list of records;
//! a proof of a few hundred bytes shows to whoever knows the root what one path holds, that it
//! holds nothing, or what one record is. Decision 0040 says why the tree looks as it does.
//!
//! **Relies on:** BLAKE3. Values are kept elsewhere: a tree keeps their hashes.
//! **Guarantees:** a root depends on the present entries alone, never on how they came about. No
//! bytes make a verifier or decoder panic; no recursion is deeper than a path has bits.

mod arena;
mod bytes;
mod compact;
mod hash;
mod proof;
mod range;

pub use bytes::Malformed;
pub use compact::{CompactTree, Prepared, Stale};
pub use hash::{EMPTY, Hash};
pub use proof::{DEPTH_MAX, End, Proof};
pub use range::{MountainRange, Position, RangeProof};

/// What a batch does to one path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// Where.
    path: Hash,
    /// The hash of the value that is there afterwards; none if nothing is.
    value: Option<Hash>,
}

impl Change {
    /// The path holds this value afterwards. The value is hashed here, so many changes can be made
    /// at the same time by several threads.
    pub fn write(path: Hash, value: &[u8]) -> Change {
        Change { path, value: Some(hash::value(value)) }
    }

    /// The path holds nothing afterwards, whether it held something or not.
    pub fn erase(path: Hash) -> Change {
        Change { path, value: None }
    }

    /// The path that changes.
    pub fn path(&self) -> &Hash {
        &self.path
    }
}

/// A map from paths to values that has a root and proofs. Paths are hashes of keys: how long a
/// proof is and how long a change takes depends on how many bits two paths share.
pub trait StateTree {
    /// The root of the present entries; [`EMPTY`] if there are none.
    fn root(&self) -> Hash;

    /// How many paths hold a value.
    fn len(&self) -> usize;

    /// Whether no path holds a value.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Does a batch of changes, in any order, and returns the new root. Of several changes of one
    /// path the last counts.
    fn update(&mut self, changes: Vec<Change>) -> Hash;

    /// What [`update`](StateTree::update) would return; nothing changes.
    fn root_after(&self, changes: Vec<Change>) -> Hash;

    /// Shows what the path holds, or that it holds nothing.
    fn prove(&self, path: &Hash) -> Proof;
}
