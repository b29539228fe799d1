//! Unrolling of loops that hand values round: where a variable takes in each round what another one
//! had (`b = a`), a round costs a move for it; so it does where a variable is still used when its
//! next value is there. Of as many rounds in one as the values need to come to their last place
//! none is left, because in each copy they have names of their own.
//!
//! Only small innermost loops without calls are unrolled, and only if moves are a good part of
//! them. Every copy asks whether the loop goes on as the loop itself did, unless the number of
//! rounds is known and a multiple of the copies.
//!
//! Why it is correct: the copies run one after the other what the rounds would run. What is used
//! behind the loop comes to the block behind it as a parameter, from each copy its own; the block is
//! entered from the loop alone. A loop that counts from a constant by a constant to a constant can
//! only end after a number of rounds that is known, so that of so many copies only the last
//! asks. Linear: what is added is bounded for each loop.

use super::Env;
use super::facts::{Defs, for_each_use, map_uses};
use super::loops;
use crate::cfg::{Cfg, Loop};
use crate::func::{Block, BlockData, ENTRY, Func, Imm, Target, Terminator, Value};
use crate::ops::{Op, OpEffect};
use fscc_base::{FastMap, IndexVec};

/// Rounds in one.
const COPIES_MAX: usize = 4;

/// Instructions that are added to a loop.
const GROWTH_MAX: usize = 120;

/// One in so many instructions is a move before unrolling pays.
const INSTS_PER_MOVE: usize = 20;

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let Some((mut cfg, mut loops)) = loops::few(func) else { return false };
    let mut has_changed = false;
    for header in loops.iter().map(|found| found.header).collect::<Vec<_>>() {
        let Some(found) = loops.iter().find(|found| found.header == header) else { continue };
        if unroll(func, &cfg, &loops, found).is_some() {
            has_changed = true;
            // The copies use values too.
            let Some(changed) = loops::few(func) else { break };
            (cfg, loops) = changed;
        }
    }
    if has_changed {
        func.order_blocks();
    }
    has_changed
}

fn unroll(func: &mut Func, cfg: &Cfg, all: &[Loop], found: &Loop) -> Option<()> {
    if found.header == ENTRY || found.blocks.len() > GROWTH_MAX {
        return None;
    }
    let back = loops::way_back(func, found)?;
    let size = size(func, found)?;
    let Handed { values, longest } = Handed::of(func, cfg, found, back);
    let copies = longest.min(COPIES_MAX);
    let pays = values * INSTS_PER_MOVE >= size && size * (copies - 1) <= GROWTH_MAX;
    if copies < 2 || !pays || !loops::is_innermost(found, all) {
        return None;
    }
    let exits = exits(func, cfg, found)?;
    let goes_on = rounds(func, found, back).is_some_and(|rounds| rounds % copies as u64 == 0);
    pass_out(func, found, &exits);
    let original: Vec<(Block, BlockData)> =
        found.blocks.iter().map(|block| (*block, func.blocks[*block].clone())).collect();
    let mut last = back;
    for _ in 1..copies {
        let blocks = copy_loop(func, &original);
        let (from, at) = last;
        func.blocks[from].term.targets[at].block = blocks[&found.header];
        if goes_on {
            let term = &mut func.blocks[from].term;
            *term = Terminator::jump(term.targets[at].clone(), term.span);
        }
        last = (blocks[&back.0], back.1);
    }
    Some(())
}

/// Instructions of a loop that are executed; none if it calls.
fn size(func: &Func, found: &Loop) -> Option<usize> {
    let mut size = 0;
    for block in &found.blocks {
        for inst in &func.blocks[*block].insts {
            if inst.op.info().effect == OpEffect::calls {
                return None;
            }
            size += usize::from(!inst.op.is_constant());
        }
        size += 1;
    }
    Some(size)
}

/// What a loop hands from round to round with a move.
struct Handed {
    /// How many parameters of the header take what another one had, or are used when their next
    /// value is there.
    values: usize,
    /// After how many rounds all of them have new values, or the old ones again.
    longest: usize,
}

impl Handed {
    fn of(func: &Func, cfg: &Cfg, found: &Loop, (from, at): (Block, usize)) -> Handed {
        let params = &func.blocks[found.header].params;
        let args = &func.blocks[from].term.targets[at].args;
        let numbers: FastMap<Value, usize> = params.iter().copied().zip(0..).collect();
        let source = |at: usize| numbers.get(&args[at]).copied().filter(|from| *from != at);
        let mut handed = Handed { values: 0, longest: 1 };
        for at in 0..params.len() {
            handed.values += usize::from(source(at).is_some());
            let (mut rounds, mut place) = (1, at);
            while let Some(before) = source(place).filter(|before| *before != at) {
                rounds += 1;
                place = before;
                if rounds > COPIES_MAX {
                    break;
                }
            }
            handed.longest = handed.longest.max(rounds);
        }
        let overlapping = overlapping(func, cfg, found, &numbers, args);
        handed.values += overlapping;
        handed.longest = handed.longest.max(1 + usize::from(overlapping > 0));
        handed
    }
}

/// How many parameters of a header are used where their next value, which the loop computes, is
/// there already.
fn overlapping(
    func: &Func,
    cfg: &Cfg,
    found: &Loop,
    numbers: &FastMap<Value, usize>,
    args: &[Value],
) -> usize {
    // By the number of a parameter where its next value is made: a block, and behind how many
    // instructions.
    let mut made: Vec<Option<(Block, usize)>> = vec![None; args.len()];
    let numbers_of: FastMap<Value, usize> = args.iter().copied().zip(0..).collect();
    for block in &found.blocks {
        let data = &func.blocks[*block];
        let params = data.params.iter().filter(|_| *block != found.header);
        let params = params.map(|param| (*param, 0));
        let results = data.insts.iter().zip(1..).filter(|(inst, _)| !inst.op.is_constant());
        let results = results.filter_map(|(inst, at)| Some((inst.result?, at)));
        for (value, at) in params.chain(results) {
            if let Some(number) = numbers_of.get(&value) {
                made[*number] = Some((*block, at));
            }
        }
    }
    let mut overlaps = vec![false; args.len()];
    let mut look = |value: &Value, block: Block, at: usize| {
        let Some(number) = numbers.get(value) else { return };
        let Some((home, from)) = made[*number] else { return };
        overlaps[*number] |= if home == block { at >= from } else { cfg.dominates(home, block) };
    };
    for block in &found.blocks {
        let data = &func.blocks[*block];
        for (at, inst) in data.insts.iter().enumerate() {
            inst.args.iter().for_each(|value| look(value, *block, at));
        }
        let passed = data.term.targets.iter().flat_map(|target| &target.args);
        let used = data.term.args.iter().chain(passed);
        used.for_each(|value| look(value, *block, data.insts.len()));
    }
    overlaps.into_iter().filter(|overlaps| *overlaps).count()
}

/// After how many rounds the loop ends if not before, if it counts from a constant to another.
fn rounds(func: &Func, found: &Loop, (from, at): (Block, usize)) -> Option<u64> {
    let defs = Defs::new(func);
    let number = |value: Value| match defs.inst(func, value).map(|inst| &inst.imm) {
        Some(Imm::I32(number)) => Some(i128::from(*number)),
        Some(Imm::I64(number)) => Some(i128::from(*number)),
        _ => None,
    };
    let term = &func.blocks[from].term;
    if term.op != Op::Branch {
        return None;
    }
    let condition = defs.inst(func, term.args[0])?;
    let ends_below = match (condition.op, at) {
        (Op::I32Ne | Op::I64Ne, 0) | (Op::I32Eq | Op::I64Eq, 1) => false,
        (Op::I32Lt | Op::I64Lt, 0) | (Op::I32Ge | Op::I64Ge, 1) => true,
        _ => return None,
    };
    let (next, end) = (condition.args[0], number(condition.args[1])?);
    let sum = defs.inst(func, next).filter(|inst| matches!(inst.op, Op::I32Add | Op::I64Add))?;
    let step = number(sum.args[1])?;
    let position = func.blocks[found.header].params.iter().position(|param| *param == sum.args[0]);
    let position = position.filter(|at_param| term.targets[at].args[*at_param] == next)?;
    let mut before =
        func.blocks.iter_enumerated().filter(|(block, _)| !found.blocks.contains(block));
    let starts = before.by_ref().flat_map(|(_, data)| &data.term.targets);
    let mut starts = starts.filter(|target| target.block == found.header);
    let start = number(starts.next()?.args[position])?;
    if starts.next().is_some() {
        return None;
    }
    let way = end - start;
    let is_met = step != 0 && way / step > 0 && (way % step == 0 || ends_below && step > 0);
    // Where it ends below a number it must not leap over the greatest one.
    let is_near = !ends_below || end + step <= i128::from(i32::MAX);
    (is_met && is_near).then(|| ((way + step - step.signum()) / step) as u64)
}

/// The values of a loop that are used behind it, with the block behind the loop that takes them and
/// the blocks that use them. None if one of them is not entered from the loop alone.
fn exits(func: &Func, cfg: &Cfg, found: &Loop) -> Option<Vec<(Value, Block, Vec<Block>)>> {
    let mut is_own: IndexVec<Value, bool> = IndexVec::from_elem(false, func.values.len());
    let mut behind: Vec<Block> = Vec::new();
    for block in &found.blocks {
        let data = &func.blocks[*block];
        let results = data.insts.iter().filter_map(|inst| inst.result);
        data.params.iter().copied().chain(results).for_each(|value| is_own[value] = true);
        let out = data.term.targets.iter().map(|target| target.block);
        behind.extend(out.filter(|block| !found.blocks.contains(block)));
    }
    behind.sort_unstable();
    behind.dedup();
    let is_from_loop =
        |block: &Block| cfg.predecessors[*block].iter().all(|from| found.blocks.contains(from));
    let mut uses: FastMap<Value, Vec<Block>> = FastMap::default();
    for block in cfg.order.iter().filter(|block| !found.blocks.contains(block)) {
        for_each_use(&func.blocks[*block], |value| {
            if is_own.get(value).is_some_and(|is_own| *is_own) {
                let users = uses.entry(value).or_default();
                if users.last() != Some(block) {
                    users.push(*block);
                }
            }
        });
    }
    let mut exits: Vec<(Value, Block, Vec<Block>)> = Vec::new();
    for (value, users) in uses {
        for user in users {
            let mut above = behind.iter().filter(|block| cfg.dominates(**block, user));
            let home = *above.find(|block| is_from_loop(block))?;
            match exits.iter_mut().find(|(known, block, _)| (*known, *block) == (value, home)) {
                Some((_, _, users)) => users.push(user),
                None => exits.push((value, home, vec![user])),
            }
        }
    }
    Some(exits)
}

/// Lets the blocks behind a loop take its values as parameters.
fn pass_out(func: &mut Func, found: &Loop, exits: &[(Value, Block, Vec<Block>)]) {
    for (value, home, users) in exits {
        let fresh = func.new_value(func.values[*value]);
        for user in users {
            map_uses(&mut func.blocks[*user], |used| {
                if used == value {
                    *used = fresh;
                }
            });
        }
        func.blocks[*home].params.push(fresh);
        for block in &found.blocks {
            let targets = func.blocks[*block].term.targets.iter_mut();
            for target in targets.filter(|target| target.block == *home) {
                target.args.push(*value);
            }
        }
    }
}

/// Copies a loop, whose header is the first block; gives the block for each of its blocks. The way
/// back still leads to the loop itself.
fn copy_loop(func: &mut Func, original: &[(Block, BlockData)]) -> FastMap<Block, Block> {
    let mut blocks: FastMap<Block, Block> = FastMap::default();
    for (block, data) in original {
        let term = Terminator::jump(Target::new(ENTRY), data.term.span);
        let empty = BlockData { params: Vec::new(), insts: Vec::new(), term };
        blocks.insert(*block, func.blocks.push(empty));
    }
    let header = original.first().map(|(header, _)| *header);
    let mut names: FastMap<Value, Value> = FastMap::default();
    for (block, data) in original {
        let mut data = data.clone();
        for value in &mut data.params {
            *value = define(func, &mut names, *value);
        }
        // Definitions come before their uses: the loop's blocks are in reverse postorder.
        for inst in &mut data.insts {
            inst.args.iter_mut().for_each(|value| rename(&names, value));
            if let Some(result) = &mut inst.result {
                *result = define(func, &mut names, *result);
            }
        }
        data.term.args.iter_mut().for_each(|value| rename(&names, value));
        for target in &mut data.term.targets {
            target.args.iter_mut().for_each(|value| rename(&names, value));
            if Some(target.block) != header {
                target.block = blocks.get(&target.block).copied().unwrap_or(target.block);
            }
        }
        func.blocks[blocks[block]] = data;
    }
    blocks
}

fn define(func: &mut Func, names: &mut FastMap<Value, Value>, value: Value) -> Value {
    let fresh = func.new_value(func.values[value]);
    names.insert(value, fresh);
    fresh
}

fn rename(names: &FastMap<Value, Value>, value: &mut Value) {
    *value = names.get(value).copied().unwrap_or(*value);
}
