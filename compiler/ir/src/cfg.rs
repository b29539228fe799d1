//! The flow graph of a function: predecessors, order, dominators and loops.
//!
//! Guarantees: everything is in a deterministic order, and nothing recurses. All of it is kept in
//! a few flat lists, because passes ask for it all the time.
//!
//! Source of the dominators: "A simple, fast dominance algorithm", Cooper, Harvey, Kennedy, 2001.

use crate::func::{Block, ENTRY, Func};
use fscc_base::{Idx, IndexVec, Lists};

/// The flow graph of a function. Blocks that cannot be reached have no position and no dominator.
#[derive(Debug)]
pub struct Cfg {
    /// Reachable blocks in reverse postorder.
    pub order: Vec<Block>,
    /// Predecessors among reachable blocks, once per edge, in reverse postorder.
    pub predecessors: Lists<Block, Block>,
    /// The immediate dominator; none for the entry.
    pub dominator: IndexVec<Block, Option<Block>>,
    /// First and last number of the block's subtree in a walk over the dominator tree, which
    /// visits children in reverse postorder.
    intervals: IndexVec<Block, Option<(u32, u32)>>,
}

impl Cfg {
    /// The flow graph.
    pub fn new(func: &Func) -> Cfg {
        let count = func.blocks.len();
        let order = func.reverse_postorder();
        let mut edges = Vec::with_capacity(count * 2);
        for block in &order {
            edges.extend(func.blocks[*block].term.targets.iter().map(|to| (to.block, *block)));
        }
        let predecessors = Lists::from_pairs(count, &edges);
        let parents = dominating_positions(&order, &predecessors);
        let mut dominator = IndexVec::from_elem(None, count);
        for (block, parent) in order.iter().zip(&parents).skip(1) {
            dominator[*block] = Some(order[*parent as usize]);
        }
        let mut intervals = IndexVec::from_elem(None, count);
        for (block, interval) in order.iter().zip(tree_intervals(&parents)) {
            intervals[*block] = Some(interval);
        }
        Cfg { order, predecessors, dominator, intervals }
    }

    /// Whether the block can be reached.
    pub fn is_reachable(&self, block: Block) -> bool {
        self.intervals[block].is_some()
    }

    /// Whether every way to `below` leads through `above` (a block dominates itself).
    pub fn dominates(&self, above: Block, below: Block) -> bool {
        match (self.intervals[above], self.intervals[below]) {
            (Some((first, last)), Some((at, _))) => first <= at && at <= last,
            _ => false,
        }
    }

    /// The blocks in an order in which each comes after its immediate dominator, with subtrees in
    /// one piece.
    pub fn dominator_preorder(&self) -> Vec<Block> {
        let mut order = vec![ENTRY; self.order.len()];
        for block in &self.order {
            if let Some((at, _)) = self.intervals[*block] {
                order[at as usize] = *block;
            }
        }
        order
    }

    /// The loops, outer before inner where they nest: a header and the blocks of its natural
    /// loop, in reverse postorder.
    pub fn loops(&self) -> Vec<Loop> {
        let mut loops = Vec::new();
        let mut pending: Vec<Block> = Vec::new();
        for header in &self.order {
            let latches = self.predecessors[*header].iter();
            pending.extend(latches.filter(|latch| self.dominates(*header, **latch)));
            if pending.is_empty() {
                continue;
            }
            let mut inside = vec![false; self.intervals.len()];
            inside[header.index()] = true;
            while let Some(block) = pending.pop() {
                if !std::mem::replace(&mut inside[block.index()], true) {
                    pending.extend(&self.predecessors[block]);
                }
            }
            let blocks = self.order.iter().copied().filter(|block| inside[block.index()]).collect();
            loops.push(Loop { header: *header, blocks });
        }
        loops
    }
}

/// A natural loop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loop {
    /// The only block through which the loop is entered.
    pub header: Block,
    /// All its blocks, the header first.
    pub blocks: Vec<Block>,
}

/// For each position in reverse postorder the position of the immediate dominator; the entry is
/// its own.
fn dominating_positions(order: &[Block], predecessors: &Lists<Block, Block>) -> Vec<u32> {
    const UNKNOWN: u32 = u32::MAX;
    let mut position = vec![UNKNOWN; predecessors.len()];
    for (at, block) in order.iter().enumerate() {
        position[block.index()] = at as u32;
    }
    let mut parents = vec![UNKNOWN; order.len()];
    if let Some(entry) = parents.first_mut() {
        *entry = 0;
    }
    let mut has_changed = true;
    while has_changed {
        has_changed = false;
        for (at, block) in order.iter().enumerate().skip(1) {
            let mut parent = UNKNOWN;
            for from in &predecessors[*block] {
                let from = position[from.index()];
                if parents[from as usize] == UNKNOWN {
                    continue;
                }
                parent = match parent {
                    UNKNOWN => from,
                    parent => meeting(&parents, parent, from),
                };
            }
            has_changed |= parents[at] != parent;
            parents[at] = parent;
        }
    }
    parents
}

/// The nearest position above both.
fn meeting(parents: &[u32], mut a: u32, mut b: u32) -> u32 {
    while a != b {
        while a > b {
            a = parents[a as usize];
        }
        while b > a {
            b = parents[b as usize];
        }
    }
    a
}

/// Numbers the tree in preorder: for each position its number and the last one below it.
fn tree_intervals(parents: &[u32]) -> Vec<(u32, u32)> {
    // Parents stand before their children, so sizes add up from the end.
    let mut sizes = vec![1u32; parents.len()];
    for at in (1..parents.len()).rev() {
        sizes[parents[at] as usize] += sizes[at];
    }
    let mut intervals: Vec<(u32, u32)> = Vec::with_capacity(parents.len());
    // The number of the next child of each.
    let mut next: Vec<u32> = Vec::with_capacity(parents.len());
    for (at, parent) in parents.iter().enumerate() {
        let first = match at {
            0 => 0,
            _ => next[*parent as usize],
        };
        if at > 0 {
            next[*parent as usize] += sizes[at];
        }
        intervals.push((first, first + sizes[at] - 1));
        next.push(first + 1);
    }
    intervals
}
