//! Proofs that a path holds a value, or that it holds nothing, and their verifier.
//!
//! A proof leads from the root down to where the path ends: at its own leaf, at a leaf of another
//! path (a subtree with one entry is that entry), or at an empty subtree.

use crate::bytes::{Malformed, Reader};
use crate::hash::{self, EMPTY, Hash, bit};

/// How deep a tree can be: the bits of a path.
pub const DEPTH_MAX: usize = 256;

/// Where a path ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// In nothing: the path holds no value.
    Empty,
    /// At its leaf: the path holds a value.
    Here,
    /// At the only leaf that begins with the same bits: the path holds no value.
    Other {
        /// The path of that leaf.
        path: Hash,
        /// The hash of its value.
        value: Hash,
    },
}

/// What one path of a tree holds, for whoever knows the root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// The subtrees beside the path, from the root on; at most [`DEPTH_MAX`].
    siblings: Vec<Hash>,
    end: End,
}

impl Proof {
    pub(crate) fn new(siblings: Vec<Hash>, end: End) -> Proof {
        Proof { siblings, end }
    }

    /// The subtrees beside the path, from the root on.
    pub fn siblings(&self) -> &[Hash] {
        &self.siblings
    }

    /// Where the path ends, behind all of them.
    pub fn end(&self) -> End {
        self.end
    }

    /// Whether the tree with this root holds this value at this path; with no value, whether it
    /// holds nothing there.
    pub fn verify(&self, root: &Hash, path: &Hash, value: Option<&[u8]>) -> bool {
        let mut hash = match (self.end, value) {
            (End::Here, Some(value)) => hash::leaf(path, &hash::value(value)),
            (End::Empty, None) => EMPTY,
            (End::Other { path: other, value }, None) => {
                let is_beside = other != *path
                    && (0..self.siblings.len()).all(|depth| bit(&other, depth) == bit(path, depth));
                if !is_beside {
                    return false;
                }
                hash::leaf(&other, &value)
            }
            (End::Here, None) | (End::Empty | End::Other { .. }, Some(_)) => return false,
        };
        for (depth, sibling) in self.siblings.iter().enumerate().rev() {
            hash = if bit(path, depth) {
                hash::inner(sibling, &hash)
            } else {
                hash::inner(&hash, sibling)
            };
        }
        hash == *root
    }

    /// The proof as bytes: the kind of end; the number of siblings, in two bytes; a bit for each
    /// that says whether it is written out, from the highest bit on; path and value hash of the
    /// other leaf, if that is the end; the siblings that are not empty.
    pub fn encode(&self) -> Vec<u8> {
        let count = self.siblings.len();
        let mut bytes = Vec::with_capacity(3 + count.div_ceil(8) + 64 + 32 * count);
        bytes.push(match self.end {
            End::Empty => 0,
            End::Here => 1,
            End::Other { .. } => 2,
        });
        bytes.extend((count as u16).to_be_bytes());
        let mut mask = [0; DEPTH_MAX / 8];
        for (level, _) in self.written() {
            mask[level / 8] |= 0x80 >> (level % 8);
        }
        bytes.extend(&mask[..count.div_ceil(8)]);
        if let End::Other { path, value } = &self.end {
            bytes.extend(path);
            bytes.extend(value);
        }
        for (_, sibling) in self.written() {
            bytes.extend(sibling);
        }
        bytes
    }

    fn written(&self) -> impl Iterator<Item = (usize, &Hash)> {
        self.siblings.iter().enumerate().filter(|(_, sibling)| **sibling != EMPTY)
    }

    /// Reads a proof. Each has one encoding: `decode(bytes)?.encode() == bytes`.
    pub fn decode(bytes: &[u8]) -> Result<Proof, Malformed> {
        let mut reader = Reader::new(bytes);
        let [kind] = reader.array()?;
        let count = usize::from(u16::from_be_bytes(reader.array()?));
        if count > DEPTH_MAX {
            return Err(Malformed::Depth);
        }
        let mask = reader.take(count.div_ceil(8))?;
        let is_written = |level: usize| mask[level / 8] & (0x80 >> (level % 8)) != 0;
        if (count..8 * mask.len()).any(is_written) {
            return Err(Malformed::Padding);
        }
        let end = match kind {
            0 => End::Empty,
            1 => End::Here,
            2 => End::Other { path: reader.array()?, value: reader.array()? },
            _ => return Err(Malformed::Kind),
        };
        let mut siblings = Vec::with_capacity(count);
        for level in 0..count {
            siblings.push(if is_written(level) { reader.array()? } else { EMPTY });
            if is_written(level) && siblings[level] == EMPTY {
                return Err(Malformed::Empty);
            }
        }
        reader.end()?;
        Ok(Proof { siblings, end })
    }
}
