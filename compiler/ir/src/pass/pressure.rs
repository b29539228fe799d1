//! How many values are live at once: the machine's frames have a fixed number of registers, and a
//! function that needs more keeps some values in memory. A pass that would bring a function near
//! that limit is not applied to it.

use super::facts::for_each_use;
use crate::func::{Block, Func, Value};
use fscc_base::{Idx, IndexVec, Lists};

/// Live values above which no pass may add to them: a frame has 256 registers, some of which hold
/// the arguments of calls.
pub(super) const LIVE_MAX: usize = 160;

/// Steps of the analysis for one function.
const WORK_MAX: usize = 4_000_000;

/// Whether passes might make too many values live: at least half as many may be already. What
/// passes add to other functions does not reach the limit, or else spilling does with it.
pub(super) fn is_near(func: &Func) -> bool {
    at_most_live(func) > LIVE_MAX / 2
}

/// Whether too many values are live in `after`, and more than in `before`.
pub(super) fn is_too_high(after: &Func, before: &Func) -> bool {
    if at_most_live(after) <= LIVE_MAX {
        return false;
    }
    match most_live(after) {
        Some(live) if live <= LIVE_MAX => false,
        Some(live) => most_live(before).is_none_or(|before| live > before),
        None => true,
    }
}

/// A number that is not below that of the values live at any point, found by looking at each block
/// once: a value is taken to live from the block that makes it to the last one that uses it, and
/// in all of every loop that it lives into.
fn at_most_live(func: &Func) -> usize {
    let count = func.values.len();
    if count <= LIVE_MAX / 2 {
        return count;
    }
    let mut ranges: IndexVec<Value, Option<(Block, Block)>> = IndexVec::from_elem(None, count);
    let mut made: IndexVec<Block, usize> = IndexVec::from_elem(0, func.blocks.len());
    // Headers of loops with the last block that goes back to them, in order.
    let mut ways_back: Vec<(Block, Block)> = Vec::new();
    for (block, data) in func.blocks.iter_enumerated() {
        let results = data.insts.iter().filter(|inst| !inst.op.is_constant());
        let results = results.filter_map(|inst| inst.result);
        for value in data.params.iter().copied().chain(results) {
            ranges[value] = Some((block, block));
            made[block] += 1;
        }
        let back = data.term.targets.iter().filter(|target| target.block <= block);
        ways_back.extend(back.map(|target| (target.block, block)));
    }
    ways_back.sort_unstable();
    for (block, data) in func.blocks.iter_enumerated() {
        for_each_use(data, |value| {
            if let Some((_, last)) = &mut ranges[value] {
                *last = (*last).max(block);
            }
        });
    }
    // By block, how many more values live from there on than in the block before.
    let mut steps: IndexVec<Block, isize> = IndexVec::from_elem(0, func.blocks.len() + 2);
    for (first, mut last) in ranges.iter().flatten().copied() {
        let inner = ways_back.partition_point(|(header, _)| *header <= first);
        for (header, end) in &ways_back[inner..] {
            if *header > last {
                break;
            }
            last = last.max(*end);
        }
        if last > first {
            steps[Block::new(first.index() + 1)] += 1;
            steps[Block::new(last.index() + 1)] -= 1;
        }
    }
    let mut through = 0;
    let at_most = func.blocks.indices().map(|block| {
        through += steps[block];
        through.unsigned_abs() + made[block]
    });
    at_most.max().unwrap_or(0)
}

/// The largest number of values that are live at the start of a block or within one. Constants
/// do not count, because they can be made where they are needed. None if that is too much work.
fn most_live(func: &Func) -> Option<usize> {
    let mut work = WORK_MAX;
    // Where a value is made; nowhere if it does not count.
    let mut homes: IndexVec<Value, Option<Block>> = IndexVec::from_elem(None, func.values.len());
    let mut uses = Vec::new();
    let mut edges = Vec::new();
    for (block, data) in func.blocks.iter_enumerated() {
        let results = data.insts.iter().filter(|inst| !inst.op.is_constant());
        let results = results.filter_map(|inst| inst.result);
        for value in data.params.iter().copied().chain(results) {
            homes[value] = Some(block);
        }
        for_each_use(data, |value| uses.push((value, block)));
        edges.extend(data.term.targets.iter().map(|target| (target.block, block)));
    }
    let uses: Lists<Value, Block> = Lists::from_pairs(func.values.len(), &uses);
    let predecessors: Lists<Block, Block> = Lists::from_pairs(func.blocks.len(), &edges);
    // For each value the blocks at whose start it is live: from every use up to the definition.
    let mut live_in: IndexVec<Block, usize> = IndexVec::from_elem(0, func.blocks.len());
    let mut live_out: Vec<(Block, Value)> = Vec::new();
    let unseen = Value::from_u32(u32::MAX);
    let mut seen_in: IndexVec<Block, Value> = IndexVec::from_elem(unseen, func.blocks.len());
    let mut seen_out = seen_in.clone();
    let mut pending: Vec<Block> = Vec::new();
    for value in func.values.indices() {
        let Some(home) = homes[value] else { continue };
        pending.extend(uses[value].iter().filter(|block| **block != home));
        while let Some(block) = pending.pop() {
            if std::mem::replace(&mut seen_in[block], value) == value {
                continue;
            }
            live_in[block] += 1;
            work = work.checked_sub(1)?;
            for from in &predecessors[block] {
                if std::mem::replace(&mut seen_out[*from], value) != value {
                    live_out.push((*from, value));
                }
                if *from != home {
                    pending.push(*from);
                }
            }
        }
    }
    let live_out: Lists<Block, Value> = Lists::from_pairs(func.blocks.len(), &live_out);
    let mut within = Within::new(func);
    let mut most = live_in.iter().copied().max()?;
    for (block, data) in func.blocks.iter_enumerated() {
        within.enter(block);
        live_out[block].iter().for_each(|value| within.add(*value));
        let passed = data.term.targets.iter().flat_map(|target| &target.args);
        for value in passed.chain(&data.term.args).filter(|value| homes[**value].is_some()) {
            within.add(*value);
        }
        most = most.max(within.count);
        for inst in data.insts.iter().rev() {
            inst.result.iter().for_each(|value| within.remove(*value));
            for value in inst.args.iter().filter(|value| homes[**value].is_some()) {
                within.add(*value);
            }
            most = most.max(within.count);
        }
    }
    Some(most)
}

/// The values that are live at a point of a block.
struct Within {
    /// The last block in which the value was live.
    live_in: IndexVec<Value, Option<Block>>,
    block: Option<Block>,
    count: usize,
}

impl Within {
    fn new(func: &Func) -> Within {
        Within { live_in: IndexVec::from_elem(None, func.values.len()), block: None, count: 0 }
    }
    fn enter(&mut self, block: Block) {
        (self.block, self.count) = (Some(block), 0);
    }
    fn add(&mut self, value: Value) {
        if std::mem::replace(&mut self.live_in[value], self.block) != self.block {
            self.count += 1;
        }
    }
    fn remove(&mut self, value: Value) {
        if self.live_in[value] == self.block {
            self.live_in[value] = None;
            self.count -= 1;
        }
    }
}
