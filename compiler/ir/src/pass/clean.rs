//! Cleaning of branches: blocks that only jump are skipped, a branch whose outcome the
//! predecessor knows is taken there, a block with one predecessor is joined to it, parameters
//! that always get the same value are that value.
//!
//! Why it is correct: only control is redirected, along ways that it would take anyway; the
//! blocks that are skipped hold no instructions, or only a comparison whose outcome is known there.
//! A block is skipped or its end is copied only if what it defines is used nowhere but in itself, and
//! what it computes not behind it, so every definition still dominates its uses. Each round is linear; rounds are bounded.

use super::Env;
use super::facts::{Def, Defs, Replacement, for_each_use, incoming, retain_params};
use crate::fold::{Const, apply};
use crate::func::{
    Block, BlockData, ENTRY, Func, Imm, Inst, Target, Terminator, Value, take_block,
};
use crate::ops::{Kind, Op};
use fscc_base::{Idx, IndexVec};

/// Most functions are done after two or three rounds. All must be, because the table of passes says
/// that nothing is left to do.
const ROUNDS_MAX: usize = 64;

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let mut changed = false;
    func.order_blocks();
    for _ in 0..ROUNDS_MAX {
        let mut again = same_targets(func);
        again |= thread_jumps(func);
        if again {
            func.order_blocks();
        }
        again |= trivial_params(func);
        again |= merge_blocks(func);
        if !again {
            break;
        }
        changed = true;
        func.order_blocks();
    }
    changed
}

/// A branch or switch whose targets are all the same is a jump.
fn same_targets(func: &mut Func) -> bool {
    let mut changed = false;
    for block in func.blocks.iter_mut() {
        let term = &mut block.term;
        if term.targets.len() > 1 && term.targets.windows(2).all(|pair| pair[0] == pair[1]) {
            *term = Terminator::jump(term.targets[0].clone(), term.span);
            changed = true;
        }
    }
    changed
}

/// A block that may be skipped where it is entered: it is empty, or only asks something of its
/// parameters.
fn may_be_skipped(data: &BlockData) -> bool {
    data.insts.is_empty() || is_question(data)
}

/// Whether a block compares parameters with constants and branches, and does nothing else.
fn is_question(data: &BlockData) -> bool {
    let is_constant = |inst: &Inst| inst.op == Op::ConstI32;
    let Some((last, constants)) = data.insts.split_last() else { return false };
    data.term.op == Op::Branch
        && last.result == data.term.args.first().copied()
        && last.op.info().result == Kind::bool
        && constants.len() <= 1
        && constants.iter().all(is_constant)
        && last.args.iter().any(|arg| data.params.contains(arg))
}

/// For each block whether what it defines is used only by itself.
fn own_uses_only(func: &Func, defs: &Defs) -> IndexVec<Block, bool> {
    let mut only = IndexVec::from_elem(true, func.blocks.len());
    let mut asked = func.blocks.iter().skip(1).filter(|block| may_be_skipped(block));
    if asked.all(|block| block.params.is_empty()) {
        // Of the others nobody asks.
        return only;
    }
    for (block, data) in func.blocks.iter_enumerated() {
        for_each_use(data, |value| {
            if let Def::Param(owner, _) | Def::Inst(owner, _) = defs.get(value) {
                only[owner] &= owner == block;
            }
        });
    }
    only
}

fn thread_jumps(func: &mut Func) -> bool {
    if !func.blocks.iter().skip(1).any(may_be_skipped) {
        return false;
    }
    let defs = Defs::new(func);
    let own = own_uses_only(func, &defs);
    let is_empty = |func: &Func, block: Block| {
        block != ENTRY && func.blocks[block].insts.is_empty() && own[block]
    };
    let is_skippable = |func: &Func, block: Block| {
        block != ENTRY && may_be_skipped(&func.blocks[block]) && own[block]
    };
    let mut changed = false;
    for block in func.blocks.indices() {
        let targets = &func.blocks[block].term.targets;
        if !targets.iter().any(|target| is_skippable(func, target.block)) {
            continue;
        }
        let mut term = func.blocks[block].term.clone();
        let mut own_change = false;
        for target in &mut term.targets {
            // A chain of empty blocks may be a cycle, so the way is bounded.
            for _ in 0..16 {
                if !is_skippable(func, target.block) {
                    break;
                }
                let Some(next) = known_target(func, &defs, target) else { break };
                if next == *target {
                    break;
                }
                *target = next;
                own_change = true;
            }
        }
        if let (Op::Jump, [target]) = (term.op, term.targets.as_slice()) {
            let end = &func.blocks[target.block].term;
            let leaves = end.targets.is_empty() && end.op != Op::TailCall;
            if is_empty(func, target.block) && leaves && target.block != block {
                term = substituted(func, target);
                own_change = true;
            }
        }
        if own_change {
            func.blocks[block].term = term;
            changed = true;
        }
    }
    changed
}

/// Where a block that may be skipped goes when it is entered like this, if that is known.
fn known_target(func: &Func, defs: &Defs, entered: &Target) -> Option<Target> {
    let BlockData { insts, term, .. } = &func.blocks[entered.block];
    let constant = |value: Value| {
        let inst = defs.inst(func, substitute(func, entered, value))?;
        Const::of(inst.op, &inst.imm)
    };
    let at = match term.op {
        Op::Jump => 0,
        Op::Branch | Op::Switch => {
            let condition = match insts.last() {
                Some(question) => {
                    let known = question.args.iter().map(|arg| constant(*arg));
                    apply(question.op, &known.collect::<Option<Vec<Const>>>()?)?.ok()?
                }
                None if substitute(func, entered, term.args[0]) == term.args[0] => return None,
                None => constant(term.args[0])?,
            };
            let Const::I32(value) = condition else { return None };
            match &term.imm {
                Imm::Cases(cases) => cases.binary_search(&value).unwrap_or(cases.len()),
                _ => usize::from(value == 0),
            }
        }
        _ => return None,
    };
    let mut target = term.targets[at].clone();
    if insts.iter().any(|inst| inst.result.is_some_and(|own| target.args.contains(&own))) {
        return None;
    }
    target.args.iter_mut().for_each(|value| *value = substitute(func, entered, *value));
    Some(target)
}

/// The terminator of an empty block with its parameters replaced by the arguments.
fn substituted(func: &Func, entered: &Target) -> Terminator {
    let mut term = func.blocks[entered.block].term.clone();
    term.args.iter_mut().for_each(|value| *value = substitute(func, entered, *value));
    term
}

fn substitute(func: &Func, entered: &Target, value: Value) -> Value {
    let params = &func.blocks[entered.block].params;
    match params.iter().position(|param| *param == value) {
        Some(at) => entered.args[at],
        None => value,
    }
}

/// Parameters that get the same value on every way in (or themselves) are that value.
fn trivial_params(func: &mut Func) -> bool {
    if func.blocks.iter().skip(1).all(|block| block.params.is_empty()) {
        return false;
    }
    let edges = incoming(func);
    let mut replacement = Replacement::new(func);
    // A parameter that is replaced is dropped.
    let mut dropped: IndexVec<Value, bool> = IndexVec::from_elem(false, func.values.len());
    for block in func.blocks.indices().skip(1) {
        for at in 0..func.blocks[block].params.len() {
            let param = func.blocks[block].params[at];
            let mut only = None;
            let is_trivial = edges[block].iter().all(|(from, target)| {
                let arg =
                    replacement.get(func.blocks[*from].term.targets[*target as usize].args[at]);
                arg == param || *only.get_or_insert(arg) == arg
            });
            // The value must not be one of a block below: then it would be this parameter.
            if let (true, Some(only)) = (is_trivial, only) {
                replacement.set(param, only);
                dropped[param] = true;
            }
        }
    }
    if !replacement.any {
        return false;
    }
    replacement.apply(func);
    retain_params(func, |param| !dropped[param]);
    true
}

/// Joins a block to its only predecessor if that only jumps to it.
fn merge_blocks(func: &mut Func) -> bool {
    let mut incoming: IndexVec<Block, u32> = IndexVec::from_elem(0, func.blocks.len());
    for target in func.blocks.iter().flat_map(|block| &block.term.targets) {
        incoming[target.block] += 1;
    }
    let is_only_jump = |func: &Func, block: Block| {
        let term = &func.blocks[block].term;
        let next = term.targets.first().map(|target| target.block);
        let is_single = |next: &Block| *next != ENTRY && *next != block && incoming[*next] == 1;
        next.filter(|next| term.op == Op::Jump && is_single(next))
    };
    if !func.blocks.indices().any(|block| is_only_jump(func, block).is_some()) {
        return false;
    }
    let mut replacement = Replacement::new(func);
    let mut merged = vec![false; func.blocks.len()];
    for block in func.blocks.indices() {
        if merged[block.index()] {
            continue;
        }
        while let Some(next) = is_only_jump(func, block) {
            let args = std::mem::take(&mut func.blocks[block].term.targets[0].args);
            let joined = take_block(&mut func.blocks[next]);
            for (param, arg) in joined.params.iter().zip(args) {
                replacement.set(*param, arg);
            }
            func.blocks[block].insts.extend(joined.insts);
            func.blocks[block].term = joined.term;
            merged[next.index()] = true;
        }
    }
    replacement.apply(func);
    true
}
