//! What passes over loops share: which loops there are, and the edges between them and the rest.

use crate::cfg::{Cfg, Loop};
use crate::func::{Block, BlockData, Func, Target, Terminator};
use crate::ops::Op;

/// Functions with more loops are left as they are: each is looked at with the whole function.
const LOOPS_MAX: usize = 200;

/// The flow graph and the loops of a function, outer ones first; none if it has no loops, or too
/// many.
pub(super) fn few(func: &Func) -> Option<(Cfg, Vec<Loop>)> {
    if !has_way_back(func) {
        return None;
    }
    let cfg = Cfg::new(func);
    let loops = cfg.loops();
    (1..=LOOPS_MAX).contains(&loops.len()).then_some((cfg, loops))
}

/// Whether a block goes to one that comes before it, without which there is no loop.
fn has_way_back(func: &Func) -> bool {
    let mut edges = func.blocks.iter_enumerated().flat_map(|(block, data)| {
        data.term.targets.iter().map(move |target| (block, target.block))
    });
    edges.any(|(from, to)| to <= from)
}

/// The edges from some blocks to another one: block and target.
pub(super) fn edges_to(
    func: &Func,
    from: impl Iterator<Item = Block>,
    to: Block,
) -> impl Iterator<Item = (Block, usize)> {
    from.flat_map(move |block| {
        let targets = func.blocks[block].term.targets.iter().enumerate();
        targets.filter(move |(_, target)| target.block == to).map(move |(at, _)| (block, at))
    })
}

/// The only edge inside of a loop that leads back to its header.
pub(super) fn way_back(func: &Func, found: &Loop) -> Option<(Block, usize)> {
    only(edges_to(func, found.blocks.iter().copied(), found.header))
}

/// The only edge into the loop from outside.
pub(super) fn way_in(func: &Func, found: &Loop) -> Option<(Block, usize)> {
    let edges = edges_to(func, func.blocks.indices(), found.header);
    only(edges.filter(|(from, _)| !found.blocks.contains(from)))
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// Whether no other loop is in this one.
pub(super) fn is_innermost(found: &Loop, loops: &[Loop]) -> bool {
    let is_inside = |other: &Loop| other != found && found.blocks.contains(&other.header);
    !loops.iter().any(is_inside)
}

/// The block in front of a loop that goes nowhere else; it is made if there is none.
pub(super) fn before(func: &mut Func, (from, edge): (Block, usize)) -> Block {
    if func.blocks[from].term.op == Op::Jump {
        return from;
    }
    let span = func.blocks[from].term.span;
    let term = Terminator::jump(func.blocks[from].term.targets[edge].clone(), span);
    let block = func.blocks.push(BlockData { params: Vec::new(), insts: Vec::new(), term });
    func.blocks[from].term.targets[edge] = Target::new(block);
    block
}
