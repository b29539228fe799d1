//! Where the nodes of a tree lie: two lists, one of leaves and one of inner nodes, that name each
//! other by index.

use crate::hash::{self, EMPTY, Hash};

/// A subtree: nothing, a leaf, or an inner node, in four bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node(u32);

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Empty,
    Leaf(usize),
    Inner(usize),
}

const LEAF_BIT: u32 = 1 << 31;

impl Node {
    pub const EMPTY: Node = Node(u32::MAX);

    pub fn leaf(index: usize) -> Node {
        Node(LEAF_BIT | Node::checked(index))
    }

    pub fn inner(index: usize) -> Node {
        Node(Node::checked(index))
    }

    pub fn kind(self) -> Kind {
        match self.0 {
            u32::MAX => Kind::Empty,
            leaf if leaf & LEAF_BIT != 0 => Kind::Leaf((leaf & !LEAF_BIT) as usize),
            inner => Kind::Inner(inner as usize),
        }
    }

    /// Two thousand million nodes of a kind fit. They would take 128 GB, so memory ends before the
    /// numbers do, as for any list.
    fn checked(index: usize) -> u32 {
        let small = u32::try_from(index).ok().filter(|index| *index < LEAF_BIT - 1);
        small.expect("a tree holds fewer than 2^31 - 1 entries")
    }
}

/// An entry. Its own hash is made when it is needed: that is one block, and a third less memory.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    pub path: Hash,
    pub value: Hash,
}

/// A subtree with two or more entries; one side is empty if they all lie on the other.
#[derive(Clone, Copy, Debug)]
pub struct Inner {
    pub hash: Hash,
    pub left: Node,
    pub right: Node,
}

/// The nodes.
#[derive(Clone, Default, Debug)]
pub struct Arena {
    pub leaves: Vec<Leaf>,
    pub inners: Vec<Inner>,
}

impl Arena {
    pub fn hash(&self, node: Node) -> Hash {
        match node.kind() {
            Kind::Empty => EMPTY,
            Kind::Leaf(index) => {
                let leaf = &self.leaves[index];
                hash::leaf(&leaf.path, &leaf.value)
            }
            Kind::Inner(index) => self.inners[index].hash,
        }
    }
}
