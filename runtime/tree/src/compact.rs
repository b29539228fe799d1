//! The tree over the state: binary, in memory, as high as its entries need.
//!
//! A subtree with no entry is [`EMPTY`], one with a single entry is that entry's leaf, any other is
//! an inner node over the entries whose next bit is 0 and those whose next bit is 1. So the shape
//! follows from the set of paths, and the root of any history equals that of a tree built at once.
//!
//! A batch is worked out beside the tree ([`CompactTree::prepare`]), which hashes every node on the
//! way to a change once, and is then put in or dropped. Nodes that are no longer needed leave
//! places for later ones; memory is given back only when a tree is built anew.

use crate::arena::{Arena, Inner, Kind, Leaf, Node};
use crate::hash::{self, EMPTY, Hash, bit};
use crate::proof::{End, Proof};
use crate::{Change, StateTree};
use std::error::Error;
use std::fmt;

/// The tree. A clone is a copy.
#[derive(Clone, Debug)]
pub struct CompactTree {
    arena: Arena,
    free: Free,
    top: Node,
    root: Hash,
    /// Stands for the batches done so far: places of nodes follow from them.
    lineage: Hash,
}

/// Places in the lists that no node needs.
#[derive(Clone, Default, Debug)]
struct Free {
    leaves: Vec<usize>,
    inners: Vec<usize>,
}

/// A batch that is worked out but not done: the nodes that it would add and free.
#[derive(Debug)]
pub struct Prepared {
    added: Arena,
    freed: Free,
    top: Node,
    root: Hash,
    /// Of the tree that it was worked out for.
    lineage: Hash,
}

impl Prepared {
    /// The root that the tree has when the batch is done.
    pub fn root(&self) -> Hash {
        self.root
    }
}

/// The tree has changed since the batch was worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stale;

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the tree has changed since the batch was prepared")
    }
}

impl Error for Stale {}

impl Default for CompactTree {
    fn default() -> CompactTree {
        let (arena, free) = (Arena::default(), Free::default());
        CompactTree { arena, free, top: Node::EMPTY, root: EMPTY, lineage: EMPTY }
    }
}

impl CompactTree {
    /// A tree without entries.
    pub fn new() -> CompactTree {
        CompactTree::default()
    }

    /// The tree of all these entries, in time linear in their number if they come sorted by path.
    pub fn build(entries: impl IntoIterator<Item = Change>) -> CompactTree {
        let mut tree = CompactTree::new();
        tree.update(entries.into_iter().collect());
        // What a batch sets aside for growth, a tree of its size does not need.
        tree.arena.leaves.shrink_to_fit();
        tree.arena.inners.shrink_to_fit();
        tree
    }

    /// Works out a batch without doing it. Changes may come in any order; of several of one path
    /// the last counts.
    pub fn prepare(&self, mut changes: Vec<Change>) -> Prepared {
        changes.sort_by_key(|change| change.path);
        // Of each path the last: the sort kept their order.
        changes.reverse();
        changes.dedup_by(|next, kept| next.path == kept.path);
        changes.reverse();
        let (added, freed) = (Arena::default(), Free::default());
        let mut batch = Batch { tree: self, added, freed };
        batch.added.leaves.reserve(changes.len());
        let top = batch.change(self.top, &changes, 0);
        let root = batch.hash(top);
        Prepared { added: batch.added, freed: batch.freed, top, root, lineage: self.lineage }
    }

    /// Does a batch that was worked out for this tree as it is now.
    pub fn commit(&mut self, prepared: Prepared) -> Result<(), Stale> {
        if prepared.lineage != self.lineage {
            return Err(Stale);
        }
        let Prepared { added, freed, top, root, .. } = prepared;
        // Without entries there are no nodes: see the end.
        if self.top == Node::EMPTY {
            (self.arena, self.top) = (added, top);
        } else {
            self.free.leaves.extend(freed.leaves);
            self.free.inners.extend(freed.inners);
            self.top = self.settle(added, top);
        }
        if self.top == Node::EMPTY {
            (self.arena, self.free) = (Arena::default(), Free::default());
        }
        self.root = root;
        self.lineage = hash::inner(&self.lineage, &root);
        Ok(())
    }

    /// Moves the nodes of a batch to their places; children come before their parents.
    fn settle(&mut self, added: Arena, top: Node) -> Node {
        let first = (self.arena.leaves.len(), self.arena.inners.len());
        let leaves = added.leaves.into_iter();
        let leaves: Vec<usize> =
            leaves.map(|leaf| place(&mut self.arena.leaves, &mut self.free.leaves, leaf)).collect();
        let mut inners: Vec<usize> = Vec::with_capacity(added.inners.len());
        let moved = |node: Node, inners: &[usize]| match node.kind() {
            Kind::Leaf(index) if index >= first.0 => Node::leaf(leaves[index - first.0]),
            Kind::Inner(index) if index >= first.1 => Node::inner(inners[index - first.1]),
            Kind::Empty | Kind::Leaf(_) | Kind::Inner(_) => node,
        };
        for Inner { hash, left, right } in added.inners {
            let node = Inner { hash, left: moved(left, &inners), right: moved(right, &inners) };
            inners.push(place(&mut self.arena.inners, &mut self.free.inners, node));
        }
        moved(top, &inners)
    }

    /// Bytes of memory that the tree holds, those set aside included.
    pub fn memory(&self) -> usize {
        let nodes = self.arena.leaves.capacity() * size_of::<Leaf>()
            + self.arena.inners.capacity() * size_of::<Inner>();
        let free = self.free.leaves.capacity() + self.free.inners.capacity();
        nodes + free * size_of::<usize>()
    }
}

/// Puts a node where a place is free.
fn place<T>(nodes: &mut Vec<T>, free: &mut Vec<usize>, node: T) -> usize {
    match free.pop() {
        Some(index) => {
            nodes[index] = node;
            index
        }
        None => {
            nodes.push(node);
            nodes.len() - 1
        }
    }
}

impl StateTree for CompactTree {
    fn root(&self) -> Hash {
        self.root
    }

    fn len(&self) -> usize {
        self.arena.leaves.len() - self.free.leaves.len()
    }

    fn update(&mut self, changes: Vec<Change>) -> Hash {
        let prepared = self.prepare(changes);
        self.commit(prepared).expect("nothing happened in between");
        self.root
    }

    fn root_after(&self, changes: Vec<Change>) -> Hash {
        self.prepare(changes).root()
    }

    fn prove(&self, path: &Hash) -> Proof {
        let mut siblings = Vec::new();
        let mut node = self.top;
        let end = loop {
            match node.kind() {
                Kind::Empty => break End::Empty,
                Kind::Leaf(index) => {
                    let Leaf { path: found, value } = self.arena.leaves[index];
                    let is_here = found == *path;
                    break if is_here { End::Here } else { End::Other { path: found, value } };
                }
                Kind::Inner(index) => {
                    let Inner { left, right, .. } = self.arena.inners[index];
                    let is_right = bit(path, siblings.len());
                    let (next, sibling) = if is_right { (right, left) } else { (left, right) };
                    siblings.push(self.arena.hash(sibling));
                    node = next;
                }
            }
        };
        Proof::new(siblings, end)
    }
}

/// A batch at work: nodes of the tree, and behind them in the numbering those that are added.
struct Batch<'a> {
    tree: &'a CompactTree,
    added: Arena,
    freed: Free,
}

impl Batch<'_> {
    /// The subtree that a subtree becomes. All its entries and all changes share the path's first
    /// `depth` bits; changes are sorted and of different paths, so that at the last bit at most
    /// one is left, and the recursion ends.
    fn change(&mut self, node: Node, changes: &[Change], depth: usize) -> Node {
        let (left, right) = match (node.kind(), changes) {
            (_, []) => return node,
            (Kind::Empty, [Change { path, value }]) => return self.leaf(*path, *value),
            (Kind::Empty, _) => (Node::EMPTY, Node::EMPTY),
            (Kind::Leaf(index), changes) => {
                let Leaf { path, value } = self.tree.arena.leaves[index];
                if let [change] = changes {
                    if change.path == path && change.value != Some(value) {
                        self.freed.leaves.push(index);
                        return self.leaf(path, change.value);
                    }
                    if change.path == path || change.value.is_none() {
                        return node;
                    }
                }
                if bit(&path, depth) { (Node::EMPTY, node) } else { (node, Node::EMPTY) }
            }
            (Kind::Inner(index), _) => {
                let Inner { left, right, .. } = self.tree.arena.inners[index];
                (left, right)
            }
        };
        let middle = changes.partition_point(|change| !bit(&change.path, depth));
        let (lefts, rights) = changes.split_at(middle);
        let new_left = self.change(left, lefts, depth + 1);
        let new_right = self.change(right, rights, depth + 1);
        if let Kind::Inner(index) = node.kind() {
            if (new_left, new_right) == (left, right) {
                return node;
            }
            self.freed.inners.push(index);
        }
        self.join(new_left, new_right)
    }

    fn leaf(&mut self, path: Hash, value: Option<Hash>) -> Node {
        let Some(value) = value else { return Node::EMPTY };
        self.added.leaves.push(Leaf { path, value });
        Node::leaf(self.tree.arena.leaves.len() + self.added.leaves.len() - 1)
    }

    /// The subtree over two halves.
    fn join(&mut self, left: Node, right: Node) -> Node {
        match (left.kind(), right.kind()) {
            (Kind::Empty, Kind::Empty | Kind::Leaf(_)) => right,
            (Kind::Leaf(_), Kind::Empty) => left,
            _ => {
                let hash = hash::inner(&self.hash(left), &self.hash(right));
                self.added.inners.push(Inner { hash, left, right });
                Node::inner(self.tree.arena.inners.len() + self.added.inners.len() - 1)
            }
        }
    }

    fn hash(&self, node: Node) -> Hash {
        let tree = &self.tree.arena;
        match node.kind() {
            Kind::Leaf(index) if index >= tree.leaves.len() => {
                self.added.hash(Node::leaf(index - tree.leaves.len()))
            }
            Kind::Inner(index) if index >= tree.inners.len() => {
                self.added.hash(Node::inner(index - tree.inners.len()))
            }
            Kind::Empty | Kind::Leaf(_) | Kind::Inner(_) => tree.hash(node),
        }
    }
}
