//! The flow graph of a function: predecessors, order, dominators and loops.
//!
//! Relies on petgraph for the graph and the dominator algorithm; asks it for immediate dominators
//! only, because the order in which it lists children depends on a hash seed.
//! Guarantees: everything is in a deterministic order, and nothing recurses.

use crate::func::{Block, ENTRY, Func};
use fscc_base::{Idx, IndexVec};
use petgraph::algo::dominators;
use petgraph::graph::{DiGraph, NodeIndex};

/// The flow graph of a function. Blocks that cannot be reached have no position and no dominator.
#[derive(Debug)]
pub struct Cfg {
    /// Reachable blocks in reverse postorder.
    pub order: Vec<Block>,
    /// Predecessors among reachable blocks, once per edge, in reverse postorder.
    pub predecessors: IndexVec<Block, Vec<Block>>,
    /// The immediate dominator; none for the entry.
    pub dominator: IndexVec<Block, Option<Block>>,
    /// Children in the dominator tree, in reverse postorder.
    pub children: IndexVec<Block, Vec<Block>>,
    /// First and last number of the block's subtree in a walk over the dominator tree.
    intervals: IndexVec<Block, Option<(u32, u32)>>,
}

impl Cfg {
    /// The flow graph.
    pub fn new(func: &Func) -> Cfg {
        let count = func.blocks.len();
        let order = func.reverse_postorder();
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(count, count * 2);
        for _ in 0..count {
            graph.add_node(());
        }
        let mut predecessors = IndexVec::from_elem(Vec::new(), count);
        for block in &order {
            for target in &func.blocks[*block].term.targets {
                graph.add_edge(
                    NodeIndex::new(block.index()),
                    NodeIndex::new(target.block.index()),
                    (),
                );
                predecessors[target.block].push(*block);
            }
        }
        let mut dominator = IndexVec::from_elem(None, count);
        let mut children = IndexVec::from_elem(Vec::new(), count);
        if !order.is_empty() {
            let tree = dominators::simple_fast(&graph, NodeIndex::new(ENTRY.index()));
            for block in &order {
                let parent = tree.immediate_dominator(NodeIndex::new(block.index()));
                if let Some(parent) = parent.filter(|_| *block != ENTRY) {
                    let parent = Block::new(parent.index());
                    dominator[*block] = Some(parent);
                    children[parent].push(*block);
                }
            }
        }
        let intervals = number_tree(&children, count);
        Cfg { order, predecessors, dominator, children, intervals }
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
        let mut order: Vec<Block> = self.order.clone();
        order.sort_by_key(|block| self.intervals[*block]);
        order
    }

    /// The loops, outer before inner where they nest: a header and the blocks of its natural
    /// loop, in reverse postorder.
    pub fn loops(&self) -> Vec<Loop> {
        let mut loops = Vec::new();
        for header in &self.order {
            let mut inside = vec![false; self.predecessors.len()];
            let mut pending: Vec<Block> = Vec::new();
            for latch in &self.predecessors[*header] {
                if self.dominates(*header, *latch) {
                    pending.push(*latch);
                }
            }
            if pending.is_empty() {
                continue;
            }
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

    /// The number of loops around each block.
    pub fn loop_depths(&self) -> IndexVec<Block, u32> {
        let mut depths = IndexVec::from_elem(0, self.predecessors.len());
        for found in self.loops() {
            for block in found.blocks {
                depths[block] += 1;
            }
        }
        depths
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

fn number_tree(
    children: &IndexVec<Block, Vec<Block>>,
    count: usize,
) -> IndexVec<Block, Option<(u32, u32)>> {
    let mut intervals: IndexVec<Block, Option<(u32, u32)>> = IndexVec::from_elem(None, count);
    if count == 0 {
        return intervals;
    }
    let mut next = 0;
    let mut stack = vec![(ENTRY, 0)];
    intervals[ENTRY] = Some((0, 0));
    while let Some((block, child)) = stack.last_mut() {
        match children[*block].get(*child) {
            Some(below) => {
                *child += 1;
                next += 1;
                intervals[*below] = Some((next, next));
                let below = *below;
                stack.push((below, 0));
            }
            None => {
                if let Some((_, last)) = &mut intervals[*block] {
                    *last = next;
                }
                stack.pop();
            }
        }
    }
    intervals
}
