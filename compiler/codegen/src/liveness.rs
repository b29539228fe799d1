//! Which values are live where: per block the values live at its start, found by walking from
//! every use up to the definition. The work is the size of the result.
//!
//! Source: "Computing liveness sets for SSA-form programs", Brandner, Boissinot, Darte, Dupont de
//! Dinechin, Rastello, 2011 (path exploration by variable).

use crate::fold::{Definition, Folding};
use crate::select::{immediate_operand, is_call};
use fscc_base::{Idx, IndexVec, Lists};
use fscc_ir::func::{Block, Func, Inst, Terminator, Value, Values};
use smallvec::SmallVec;

/// Liveness of a function.
#[derive(Debug)]
pub struct Liveness {
    /// Values live at the start of each block, its parameters not among them.
    pub live_in: IndexVec<Block, Vec<Value>>,
}

/// The values that an instruction reads from registers: its operands without folded ones, without
/// one that it holds itself and, if it is a call, without those that are loaded into its window.
pub fn register_uses(func: &Func, folding: &Folding, inst: &Inst) -> Values {
    let held = immediate_operand(func, folding, inst);
    let is_window = is_call(inst.op);
    let operands = inst.args.iter().enumerate().filter(|(at, value)| {
        let is_made = folding.is_folded(**value) || is_window && folding.is_loaded(**value);
        !is_made && held != Some(*at)
    });
    operands.map(|(_, value)| *value).collect()
}

/// The values that a terminator reads from registers, a folded comparison's operands among them,
/// without what it passes to other blocks.
pub fn terminator_uses(func: &Func, folding: &Folding, term: &Terminator) -> Values {
    let mut uses = Values::new();
    for value in &term.args {
        match folding.comparison(func, *value) {
            Some((block, at)) => {
                uses.extend(register_uses(func, folding, &func.blocks[block].insts[at]));
            }
            None if folding.is_folded(*value) => {}
            None if is_call(term.op) && folding.is_loaded(*value) => {}
            None => uses.push(*value),
        }
    }
    uses
}

impl Liveness {
    /// Computes liveness.
    pub fn of(func: &Func, folding: &Folding) -> Liveness {
        let (mut uses, mut outs): (Vec<(Value, Block)>, _) = (Vec::new(), Vec::new());
        for (block, data) in func.blocks.iter_enumerated() {
            for inst in &data.insts {
                if inst.result.is_some_and(|result| folding.is_folded(result)) {
                    continue;
                }
                let read = register_uses(func, folding, inst);
                uses.extend(read.into_iter().map(|value| (value, block)));
            }
            let ends = terminator_uses(func, folding, &data.term);
            uses.extend(ends.into_iter().map(|value| (value, block)));
            for value in data.term.targets.iter().flat_map(|target| &target.args) {
                if !folding.is_loaded(*value) {
                    outs.push((*value, block));
                }
            }
        }
        uses.extend(outs);
        let uses: Lists<Value, Block> = Lists::from_pairs(func.values.len(), &uses);
        let mut walker = Walker {
            folding,
            predecessors: predecessors(func),
            live_in: IndexVec::from_elem(Vec::new(), func.blocks.len()),
            pending: Vec::new(),
        };
        for value in func.values.indices() {
            for block in &uses[value] {
                walker.mark(value, *block);
            }
        }
        Liveness { live_in: walker.live_in }
    }
}

/// The predecessors of every block, in block order, once per edge.
pub fn predecessors(func: &Func) -> Lists<Block, Block> {
    let mut edges = Vec::with_capacity(func.blocks.len() * 2);
    for (block, data) in func.blocks.iter_enumerated() {
        edges.extend(data.term.targets.iter().map(|target| (target.block, block)));
    }
    Lists::from_pairs(func.blocks.len(), &edges)
}

struct Walker<'a> {
    folding: &'a Folding,
    predecessors: Lists<Block, Block>,
    live_in: IndexVec<Block, Vec<Value>>,
    pending: Vec<Block>,
}

impl Walker<'_> {
    /// The value is read in `block`, or passed on at its end.
    fn mark(&mut self, value: Value, block: Block) {
        let home = match self.folding.definitions[value] {
            Some(Definition::Param(home) | Definition::Inst(home, _)) => home,
            None => return,
        };
        self.pending.push(block);
        while let Some(block) = self.pending.pop() {
            // Values are marked one after the other, so a value seen before is the last entry.
            if block == home || self.live_in[block].last() == Some(&value) {
                continue;
            }
            self.live_in[block].push(value);
            self.pending.extend(&self.predecessors[block]);
        }
    }
}

/// How deep in loops blocks are.
#[derive(Clone, Debug)]
pub struct LoopDepths {
    /// In how many loops each block is.
    pub of: IndexVec<Block, u32>,
    /// Whether the block is in a loop that has no other loop in it.
    pub is_innermost: IndexVec<Block, bool>,
}

/// The loop depth of every block, from back edges in reverse postorder: a block between the
/// target and the source of a back edge counts as inside. Blocks are numbered in reverse
/// postorder (see [`Func::compact`]), so this is exact for the loops that `lower` makes and a
/// safe guess for others.
pub fn loop_depths(func: &Func) -> LoopDepths {
    let mut depths: IndexVec<Block, u32> = IndexVec::from_elem(0, func.blocks.len());
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for (block, data) in func.blocks.iter_enumerated() {
        for target in &data.term.targets {
            if target.block <= block {
                edges.push((target.block.index(), block.index()));
            }
        }
    }
    // One loop per header: the furthest back edge.
    edges.sort_unstable();
    let mut is_innermost = IndexVec::from_elem(false, func.blocks.len());
    let mut steps = vec![0i64; func.blocks.len() + 1];
    for (at, (header, end)) in edges.iter().enumerate() {
        let next = edges.get(at + 1).map(|(next, _)| *next);
        if next != Some(*header) {
            steps[*header] += 1;
            steps[end + 1] -= 1;
            if next.is_none_or(|next| next > *end) {
                (*header..=*end).for_each(|block| is_innermost[Block::new(block)] = true);
            }
        }
    }
    let mut depth = 0;
    for block in func.blocks.indices() {
        depth += steps[block.index()];
        depths[block] = depth.max(0) as u32;
    }
    LoopDepths { of: depths, is_innermost }
}

/// Values read for the last time by each instruction, and values that nobody reads.
#[derive(Debug)]
pub struct LastUses {
    /// By instruction.
    pub at: Vec<SmallVec<[Value; 4]>>,
    /// Parameters and results that nobody reads, in order.
    pub dead: Vec<Value>,
}

impl LastUses {
    /// The last uses in every block.
    pub fn of(func: &Func, folding: &Folding, liveness: &Liveness) -> IndexVec<Block, LastUses> {
        let mut live = LiveSet::new(func);
        let of_block = |block| LastUses::of_block(func, folding, liveness, block, &mut live);
        func.blocks.indices().map(of_block).collect()
    }

    fn of_block(
        func: &Func,
        folding: &Folding,
        liveness: &Liveness,
        block: Block,
        live: &mut LiveSet,
    ) -> LastUses {
        let data = &func.blocks[block];
        live.enter(block);
        for target in &data.term.targets {
            let passed = target.args.iter().filter(|value| !folding.is_loaded(**value));
            passed.chain(&liveness.live_in[target.block]).for_each(|value| live.add(*value));
        }
        for value in terminator_uses(func, folding, &data.term) {
            live.add(value);
        }
        let mut last =
            LastUses { at: data.insts.iter().map(|_| SmallVec::new()).collect(), dead: Vec::new() };
        for (at, inst) in data.insts.iter().enumerate().rev() {
            if let Some(result) = inst.result {
                if folding.is_folded(result) {
                    continue;
                }
                if !live.contains(result) {
                    last.dead.push(result);
                }
                live.remove(result);
            }
            for value in register_uses(func, folding, inst) {
                if !live.contains(value) {
                    live.add(value);
                    last.at[at].push(value);
                }
            }
        }
        last.dead.extend(data.params.iter().filter(|param| !live.contains(**param)));
        last.dead.sort_unstable();
        last
    }

    /// Whether nobody reads the value, which is made in this block.
    pub fn is_dead(&self, value: Value) -> bool {
        self.dead.binary_search(&value).is_ok()
    }
}

/// The greatest number of values live at once: a frame can have no fewer registers. The constants that
/// an instruction loads and the window of a call count.
pub fn most_live(func: &Func, folding: &Folding) -> usize {
    let liveness = Liveness::of(func, folding);
    let all_last_uses = LastUses::of(func, folding, &liveness);
    let loaded = |inst: &Inst| {
        let held = immediate_operand(func, folding, inst);
        let operands = inst.args.iter().enumerate();
        operands.filter(|(at, value)| held != Some(*at) && folding.is_folded(**value)).count()
    };
    let mut most = 0;
    for (block, data) in func.blocks.iter_enumerated() {
        let last_uses = &all_last_uses[block];
        let mut live = liveness.live_in[block].len() + data.params.len();
        most = most.max(live);
        live -= data.params.iter().filter(|param| last_uses.is_dead(**param)).count();
        for (at, inst) in data.insts.iter().enumerate() {
            if inst.result.is_some_and(|result| folding.has_no_step(result)) {
                continue;
            }
            if !is_call(inst.op) {
                most = most.max(live + loaded(inst));
            }
            live -= last_uses.at[at].len();
            if is_call(inst.op) {
                most = most.max(live + inst.args.len());
            }
            let second = folding.second_result(&data.insts, at);
            for result in inst.result.into_iter().chain(second) {
                live += 1;
                most = most.max(live);
                live -= usize::from(last_uses.is_dead(result));
            }
        }
        if is_call(data.term.op) {
            most = most.max(data.term.args.len());
        }
    }
    most
}

/// The values that are live at a point, during walks through one block after the other.
struct LiveSet {
    /// The block in which the value was live last.
    live_in: IndexVec<Value, Option<Block>>,
    block: Option<Block>,
}

impl LiveSet {
    fn new(func: &Func) -> Self {
        Self { live_in: IndexVec::from_elem(None, func.values.len()), block: None }
    }
    /// Begins with a block, where nothing is live yet.
    fn enter(&mut self, block: Block) {
        self.block = Some(block);
    }
    fn add(&mut self, value: Value) {
        self.live_in[value] = self.block;
    }
    fn remove(&mut self, value: Value) {
        self.live_in[value] = None;
    }
    fn contains(&self, value: Value) -> bool {
        self.live_in[value] == self.block
    }
}
