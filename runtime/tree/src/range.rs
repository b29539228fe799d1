//! A list that only grows, with a root: a Merkle mountain range.
//!
//! Records stand under perfect binary trees, the *mountains*, one for each bit of their number,
//! from the largest at the left. The tops of the mountains, the *peaks*, are all that appending
//! needs; the root is a hash over the number of records and the peaks. For proofs, whoever keeps
//! the records also keeps the nodes that appending reports.

use crate::bytes::{Malformed, Reader};
use crate::hash::{self, EMPTY, Hash};

/// How many records a range that is read from its parts may have: far more than anyone appends,
/// and so far below the last number that counting on never overflows.
const RECORDS_MAX: u64 = 1 << 48;

/// The state of a range: the number of its records and its peaks.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct MountainRange {
    count: u64,
    peaks: Vec<Hash>,
}

/// A node of a range: the one over the records from `index << height` to before
/// `(index + 1) << height`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// How high it stands above records, which have height 0.
    pub height: u8,
    /// Which one of this height it is.
    pub index: u64,
}

impl MountainRange {
    /// A range without records.
    pub fn new() -> MountainRange {
        MountainRange::default()
    }

    /// A range from what [`count`](MountainRange::count) and [`peaks`](MountainRange::peaks) said;
    /// none if they do not belong together.
    pub fn from_parts(count: u64, peaks: Vec<Hash>) -> Option<MountainRange> {
        let fits = count <= RECORDS_MAX && count.count_ones() as usize == peaks.len();
        fits.then_some(MountainRange { count, peaks })
    }

    /// How many records there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The peaks, from the left.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// The hash over everything; [`EMPTY`] if there are no records.
    pub fn root(&self) -> Hash {
        if self.count == 0 { EMPTY } else { hash::peaks(self.count, &self.peaks) }
    }

    /// Appends a record. Returns the nodes that this makes, the record's own first; proofs need
    /// them.
    pub fn append(&mut self, record: &[u8]) -> Vec<(Position, Hash)> {
        let mut at = Position { height: 0, index: self.count };
        let mut hash = hash::record(record);
        let mut made = vec![(at, hash)];
        // A right neighbour completes the mountain at its left.
        while at.index % 2 == 1 {
            let left = self.peaks.pop().expect("every bit of the count has a peak");
            hash = hash::pair(&left, &hash);
            at = Position { height: at.height + 1, index: at.index / 2 };
            made.push((at, hash));
        }
        self.peaks.push(hash);
        self.count += 1;
        made
    }

    /// Shows what a record is, with the nodes that appending made; none if there is no such
    /// record or a node is missing.
    pub fn prove(
        &self,
        index: u64,
        mut node: impl FnMut(Position) -> Option<Hash>,
    ) -> Option<RangeProof> {
        let (height, mountain) = place(index, self.count)?;
        let siblings = (0..height)
            .map(|height| node(Position { height, index: (index >> height) ^ 1 }))
            .collect::<Option<Vec<Hash>>>()?;
        let mut peaks = self.peaks.clone();
        peaks.remove(mountain);
        Some(RangeProof { index, count: self.count, siblings, peaks })
    }
}

/// How high the mountain over a record is, and which mountain from the left.
fn place(index: u64, count: u64) -> Option<(u8, usize)> {
    let mut first = 0;
    let heights = (0..64u8).rev().filter(|height| count >> height & 1 == 1);
    for (mountain, height) in heights.enumerate() {
        // Never more than the count, so this does not overflow.
        first += 1u64 << height;
        if index < first {
            return Some((height, mountain));
        }
    }
    None
}

/// What one record of a range is, for whoever knows the root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RangeProof {
    index: u64,
    count: u64,
    /// The neighbours within the record's mountain, from the record upwards.
    siblings: Vec<Hash>,
    /// The peaks of the other mountains, from the left.
    peaks: Vec<Hash>,
}

impl RangeProof {
    /// Which record, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many records the range has.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether the range with this root has this record at the proof's index.
    pub fn verify(&self, root: &Hash, record: &[u8]) -> bool {
        let Some((_, mountain)) = place(self.index, self.count) else { return false };
        let mut hash = hash::record(record);
        for (height, sibling) in self.siblings.iter().enumerate() {
            hash = if self.index >> height & 1 == 1 {
                hash::pair(sibling, &hash)
            } else {
                hash::pair(&hash, sibling)
            };
        }
        let (left, right) = self.peaks.split_at(mountain);
        hash::peaks(self.count, left.iter().chain([&hash]).chain(right)) == *root
    }

    /// The proof as bytes: index and count, eight bytes each; siblings; peaks.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + 32 * (self.siblings.len() + self.peaks.len()));
        bytes.extend(self.index.to_be_bytes());
        bytes.extend(self.count.to_be_bytes());
        bytes.extend(self.siblings.iter().chain(&self.peaks).flatten());
        bytes
    }

    /// Reads a proof. Each has one encoding: `decode(bytes)?.encode() == bytes`.
    pub fn decode(bytes: &[u8]) -> Result<RangeProof, Malformed> {
        let mut reader = Reader::new(bytes);
        let index = u64::from_be_bytes(reader.array()?);
        let count = u64::from_be_bytes(reader.array()?);
        // How many hashes follow is known from the two numbers.
        let (height, _) = place(index, count).ok_or(Malformed::Index)?;
        let siblings = reader.hashes(usize::from(height))?;
        let peaks = reader.hashes(count.count_ones() as usize - 1)?;
        reader.end()?;
        Ok(RangeProof { index, count, siblings, peaks })
    }
}
