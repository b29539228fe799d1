//! Proofs as bytes: what is shared by the two kinds, and what can be wrong with hostile ones.
//!
//! **Guarantees:** a proof has one encoding; whatever else is offered is refused.

use crate::Hash;
use std::error::Error;
use std::fmt;

/// Why bytes are not a proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Malformed {
    /// They are fewer or more than their beginning says.
    Length,
    /// The first byte names no kind of end.
    Kind,
    /// There are more levels than a path has bits.
    Depth,
    /// Bits that mean nothing are set.
    Padding,
    /// An empty subtree is written out, where a bit would have said it.
    Empty,
    /// The record is beyond the end of its range.
    Index,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Malformed::Length => "the proof is too short or too long",
            Malformed::Kind => "the proof begins with an unknown byte",
            Malformed::Depth => "the proof is deeper than a path is long",
            Malformed::Padding => "the proof has bits that mean nothing",
            Malformed::Empty => "the proof writes out an empty subtree",
            Malformed::Index => "the proof is of a record beyond the end of its range",
        })
    }
}

impl Error for Malformed {}

/// Takes bytes from the front.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Malformed::Length)?;
        self.rest = rest;
        Ok(taken)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(Malformed::Length)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub fn hashes(&mut self, count: usize) -> Result<Vec<Hash>, Malformed> {
        let wanted = count.checked_mul(32).ok_or(Malformed::Length)?;
        // Looked at before anything is set aside for it.
        if self.rest.len() < wanted {
            return Err(Malformed::Length);
        }
        (0..count).map(|_| self.array()).collect()
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed::Length) }
    }
}
