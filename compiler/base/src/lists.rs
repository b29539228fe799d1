//! Many short lists, one for each index, in one vector: predecessors of blocks, users of values.
//! Making them costs three allocations, however many lists there are.

use crate::index::Idx;
use std::marker::PhantomData;
use std::ops::Index;

/// A list of entries for each index. It does not change once it is made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lists<I, T> {
    /// Where each list ends; it begins where the one before ends.
    ends: Vec<u32>,
    entries: Vec<T>,
    marker: PhantomData<fn(I)>,
}

impl<I: Idx, T: Copy> Lists<I, T> {
    /// Lists for `len` indices from pairs of index and entry; each list is in the order of the
    /// pairs. Every index is below `len`.
    pub fn from_pairs(len: usize, pairs: &[(I, T)]) -> Self {
        let mut ends = vec![0u32; len];
        for (index, _) in pairs {
            ends[index.index()] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // For now where the list begins; it moves to the end as the list fills.
            sum += std::mem::replace(end, sum);
        }
        let mut entries: Vec<T> = pairs.iter().map(|(_, entry)| *entry).collect();
        for (index, entry) in pairs {
            let end = &mut ends[index.index()];
            entries[*end as usize] = *entry;
            *end += 1;
        }
        Self { ends, entries, marker: PhantomData }
    }

    /// The number of lists.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no list.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<I: Idx, T> Index<I> for Lists<I, T> {
    type Output = [T];
    fn index(&self, index: I) -> &[T] {
        let start = match index.index() {
            0 => 0,
            at => self.ends[at - 1],
        };
        &self.entries[start as usize..self.ends[index.index()] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn lists_keep_the_order_of_their_pairs() {
        let file = FileId::from_u32;
        let lists = Lists::from_pairs(3, &[(file(2), 'a'), (file(0), 'b'), (file(2), 'c')]);
        assert_eq!(lists.len(), 3);
        assert!(!lists.is_empty());
        assert_eq!(&lists[file(0)], ['b']);
        assert_eq!(&lists[file(1)], []);
        assert_eq!(&lists[file(2)], ['a', 'c']);
    }
}
