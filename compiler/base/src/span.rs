//! Byte ranges in source files.

use crate::source::FileId;
use std::fmt;

/// A byte range `lo..hi` in one source file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub lo: u32,
    /// One past the last byte.
    pub hi: u32,
}

impl Span {
    /// Whether `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.lo <= other.lo && other.hi <= self.hi
    }
    /// The range `lo..hi` of `file`.
    pub const fn new(file: FileId, lo: u32, hi: u32) -> Self {
        Self { file, lo, hi }
    }
    /// The span of what the compiler made up itself.
    pub const fn synthetic() -> Self {
        Self { file: FileId::from_u32(u32::MAX), lo: 0, hi: 0 }
    }
    /// Whether no source text stands behind this span.
    pub fn is_synthetic(self) -> bool {
        self.file.as_u32() == u32::MAX
    }
    /// The smallest span that covers both, which lie in one file.
    pub fn to(self, other: Span) -> Span {
        if self.is_synthetic() {
            return other;
        }
        if other.is_synthetic() {
            return self;
        }
        Span { file: self.file, lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }
    /// The empty span at the end of this one.
    pub fn end(self) -> Span {
        Span { lo: self.hi, ..self }
    }
    /// The empty span at the start of this one.
    pub fn start(self) -> Span {
        Span { hi: self.lo, ..self }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.lo, self.hi)
    }
}

/// A value and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where it stands.
    pub span: Span,
}
