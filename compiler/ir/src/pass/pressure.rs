//! How many values are live at once: the machine's frames have a fixed number of registers, and a
//! function that needs more keeps some values in memory. A pass that would bring a function near
//! that limit is not applied to it.

use super::facts::for_each_use;
use super::facts::{Def, Defs};
use crate::cfg::Cfg;
use crate::fold::Const;
use crate::func::{Block, Func, Value};
use fscc_base::{Idx, IndexVec};

/// Live values above which no pass may add to them: a frame has 256 registers, some of which hold
/// the arguments of calls.
const LIVE_MAX: usize = 160;

/// Steps of the analysis for one function.
const WORK_MAX: usize = 4_000_000;

/// Whether too many values are live in `after`, and more than in `before`.
pub(super) fn is_too_high(after: &Func, before: &Func) -> bool {
    if after.values.len() <= LIVE_MAX {
        return false;
    }
    match most_live(after) {
        Some(live) if live <= LIVE_MAX => false,
        Some(live) => most_live(before).is_none_or(|before| live > before),
        None => true,
    }
}

/// The largest number of values that are live at the start of a block or within one. Constants
/// do not count, because they can be made where they are needed. None if that is too much work.
fn most_live(func: &Func) -> Option<usize> {
    let mut work = WORK_MAX;
    let cfg = Cfg::new(func);
    let defs = Defs::new(func);
    let counts = |value: Value| {
        defs.inst(func, value).is_none_or(|inst| Const::of(inst.op, &inst.imm).is_none())
    };
    // For each value the blocks at whose start it is live: from every use up to the definition.
    let mut live_in: IndexVec<Block, usize> = IndexVec::from_elem(0, func.blocks.len());
    let mut live_out: IndexVec<Block, Vec<Value>> =
        IndexVec::from_elem(Vec::new(), func.blocks.len());
    let mut uses: IndexVec<Value, Vec<Block>> = IndexVec::from_elem(Vec::new(), func.values.len());
    for (block, data) in func.blocks.iter_enumerated() {
        for_each_use(data, |value| {
            if uses[value].last() != Some(&block) {
                uses[value].push(block);
            }
        });
    }
    let mut seen: IndexVec<Block, u32> = IndexVec::from_elem(u32::MAX, func.blocks.len());
    for value in func.values.indices().filter(|value| counts(*value)) {
        let (Def::Param(home, _) | Def::Inst(home, _)) = defs.get(value) else { continue };
        let mut pending: Vec<Block> =
            uses[value].iter().copied().filter(|block| *block != home).collect();
        while let Some(block) = pending.pop() {
            if std::mem::replace(&mut seen[block], value.as_u32()) == value.as_u32() {
                continue;
            }
            live_in[block] += 1;
            work = work.checked_sub(1)?;
            for from in &cfg.predecessors[block] {
                if live_out[*from].last() != Some(&value) {
                    live_out[*from].push(value);
                }
                if *from != home {
                    pending.push(*from);
                }
            }
        }
    }
    let within =
        func.blocks.indices().map(|block| most_live_within(func, block, &live_out[block], counts));
    within.chain(live_in.iter().copied()).max()
}

fn most_live_within(
    func: &Func,
    block: Block,
    live_out: &[Value],
    counts: impl Fn(Value) -> bool,
) -> usize {
    let data = &func.blocks[block];
    let mut live = std::collections::BTreeSet::new();
    live.extend(live_out.iter().map(|value| value.index()));
    let passed = data.term.targets.iter().flat_map(|target| &target.args).chain(&data.term.args);
    live.extend(passed.filter(|value| counts(**value)).map(|value| value.index()));
    let mut most = live.len();
    for inst in data.insts.iter().rev() {
        if let Some(result) = inst.result {
            live.remove(&result.index());
        }
        live.extend(inst.args.iter().filter(|value| counts(**value)).map(|value| value.index()));
        most = most.max(live.len());
    }
    most
}
