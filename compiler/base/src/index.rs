//! Typed indices: every arena and every numbering of the compiler has an index type of its own,
//! so that a block can never be mistaken for a value.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An index into an [`IndexVec`]: a number with a kind.
pub trait Idx: Copy + Eq + Ord + fmt::Debug {
    /// The index with this number.
    fn new(number: usize) -> Self;
    /// The number of this index.
    fn index(self) -> usize;
}

/// Defines an index type over `u32` that prints as its prefix and number, such as `bb3`.
#[macro_export]
macro_rules! define_index {
    ($(#[$meta:meta])* $vis:vis struct $name:ident = $prefix:literal;) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name(u32);

        impl $name {
            /// The index with this number.
            $vis const fn from_u32(number: u32) -> Self {
                Self(number)
            }
            /// The number of this index.
            $vis const fn as_u32(self) -> u32 {
                self.0
            }
        }

        impl $crate::index::Idx for $name {
            fn new(number: usize) -> Self {
                Self(u32::try_from(number).expect("an arena holds fewer than 2^32 entries"))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}{}", $prefix, self.0)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}{}", $prefix, self.0)
            }
        }
    };
}

/// A vector that is indexed by its own index type.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IndexVec<I, T> {
    raw: Vec<T>,
    marker: PhantomData<fn(I)>,
}

impl<I: Idx, T> IndexVec<I, T> {
    /// An empty vector.
    pub const fn new() -> Self {
        Self { raw: Vec::new(), marker: PhantomData }
    }
    /// A vector of `len` copies of `value`.
    pub fn from_elem(value: T, len: usize) -> Self
    where
        T: Clone,
    {
        Self { raw: vec![value; len], marker: PhantomData }
    }
    /// An empty vector with room for `len` entries.
    pub fn with_capacity(len: usize) -> Self {
        Self { raw: Vec::with_capacity(len), marker: PhantomData }
    }
    /// Appends `value` and returns its index.
    pub fn push(&mut self, value: T) -> I {
        let index = self.next_index();
        self.raw.push(value);
        index
    }
    /// Makes room for that many more entries, so that they need not be moved while it grows.
    pub fn reserve(&mut self, additional: usize) {
        self.raw.reserve(additional);
    }
    /// Exchanges two entries.
    pub fn swap(&mut self, a: I, b: I) {
        self.raw.swap(a.index(), b.index());
    }
    /// Drops what is behind the first `len` entries.
    pub fn truncate(&mut self, len: usize) {
        self.raw.truncate(len);
    }
    /// The index that the next [`push`](Self::push) returns.
    pub fn next_index(&self) -> I {
        I::new(self.raw.len())
    }
    /// The number of entries.
    pub fn len(&self) -> usize {
        self.raw.len()
    }
    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }
    /// The entry at `index`, or `None` where there is none.
    pub fn get(&self, index: I) -> Option<&T> {
        self.raw.get(index.index())
    }
    /// The entries in index order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.raw.iter()
    }
    /// The entries in index order, mutable.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.raw.iter_mut()
    }
    /// The indices in order.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.raw.len()).map(I::new)
    }
    /// Index and entry, in index order.
    pub fn iter_enumerated(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.raw.iter().enumerate().map(|(number, value)| (I::new(number), value))
    }
    /// The vector without its kind of index.
    pub fn into_raw(self) -> Vec<T> {
        self.raw
    }
    /// The entries as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.raw
    }
    /// The entries as a mutable slice.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.raw
    }
}

impl<I: Idx, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: Idx, T> Index<I> for IndexVec<I, T> {
    type Output = T;
    fn index(&self, index: I) -> &T {
        &self.raw[index.index()]
    }
}

impl<I: Idx, T> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.raw[index.index()]
    }
}

impl<I: Idx, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(values: It) -> Self {
        Self { raw: values.into_iter().collect(), marker: PhantomData }
    }
}

impl<I: Idx, T: fmt::Debug> fmt::Debug for IndexVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.raw).finish()
    }
}

impl<'a, I: Idx, T> IntoIterator for &'a IndexVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.raw.iter()
    }
}
