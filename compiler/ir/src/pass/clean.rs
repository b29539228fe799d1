//! Cleaning of branches: blocks that only jump are skipped, a branch whose outcome the
//! predecessor knows is taken there, a block with one predecessor is joined to it, parameters
//! that always get the same value are that value.
//!
//! Why it is correct: only control is redirected, along ways that it would take anyway; the
//! blocks that are skipped hold no instructions. A block is skipped or its end is copied only if
//! its parameters are used nowhere but in its own terminator, so every definition still dominates
//! its uses. Each round is linear; rounds are bounded.

use super::Env;
use super::facts::{Def, Defs, Replacement, for_each_use, incoming};
use crate::fold::Const;
use crate::func::{Block, ENTRY, Func, Imm, Target, Terminator, Value, take_block};
use crate::ops::Op;
use fscc_base::{Idx, IndexVec};

/// Most functions are done after two or three rounds.
const ROUNDS_MAX: usize = 8;

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let mut changed = false;
    for _ in 0..ROUNDS_MAX {
        func.compact();
        let mut again = same_targets(func);
        again |= thread_jumps(func);
        func.compact();
        again |= trivial_params(func);
        again |= merge_blocks(func);
        changed |= again;
        if !again {
            break;
        }
    }
    func.compact();
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

/// For each block whether its parameters are used only by its own terminator.
fn own_params_only(func: &Func) -> IndexVec<Block, bool> {
    let defs = Defs::new(func);
    let mut only = IndexVec::from_elem(true, func.blocks.len());
    for (block, data) in func.blocks.iter_enumerated() {
        for_each_use(data, |value| {
            if let Def::Param(owner, _) = defs.get(value) {
                // Uses by instructions of the owner count too: only empty blocks are asked for.
                only[owner] &= owner == block;
            }
        });
    }
    only
}

fn thread_jumps(func: &mut Func) -> bool {
    let skippable = own_params_only(func);
    let defs = Defs::new(func);
    let is_empty = |func: &Func, block: Block| {
        block != ENTRY && func.blocks[block].insts.is_empty() && skippable[block]
    };
    let mut changed = false;
    for block in func.blocks.indices() {
        let mut term = func.blocks[block].term.clone();
        let mut own_change = false;
        for target in &mut term.targets {
            // A chain of empty blocks may be a cycle, so the way is bounded.
            for _ in 0..16 {
                if !is_empty(func, target.block) {
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

/// Where an empty block goes when it is entered like this, if that is known.
fn known_target(func: &Func, defs: &Defs, entered: &Target) -> Option<Target> {
    let term = &func.blocks[entered.block].term;
    let at = match term.op {
        Op::Jump => 0,
        Op::Branch | Op::Switch => {
            let condition = substitute(func, entered, term.args[0]);
            if condition == term.args[0] {
                return None;
            }
            let inst = defs.inst(func, condition)?;
            let Some(Const::I32(value)) = Const::of(inst.op, &inst.imm) else { return None };
            match &term.imm {
                Imm::Cases(cases) => cases.binary_search(&value).unwrap_or(cases.len()),
                _ => usize::from(value == 0),
            }
        }
        _ => return None,
    };
    let mut target = term.targets[at].clone();
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
    let edges = incoming(func);
    let mut replacement = Replacement::new(func);
    let mut dropped: IndexVec<Block, Vec<bool>> =
        func.blocks.iter().map(|block| vec![false; block.params.len()]).collect();
    for block in func.reverse_postorder() {
        if block == ENTRY {
            continue;
        }
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
                dropped[block][at] = true;
            }
        }
    }
    if !replacement.any {
        return false;
    }
    replacement.apply(func);
    for block in func.blocks.iter_mut() {
        for target in &mut block.term.targets {
            let mut drop = dropped[target.block].iter();
            target.args.retain(|_| !*drop.next().unwrap_or(&false));
        }
    }
    for (block, drop) in func.blocks.iter_mut().zip(dropped.iter()) {
        let mut drop = drop.iter();
        block.params.retain(|_| !*drop.next().unwrap_or(&false));
    }
    true
}

/// Joins a block to its only predecessor if that only jumps to it.
fn merge_blocks(func: &mut Func) -> bool {
    let edges = incoming(func);
    let mut replacement = Replacement::new(func);
    let mut merged = vec![false; func.blocks.len()];
    let mut changed = false;
    for block in func.reverse_postorder() {
        if merged[block.index()] {
            continue;
        }
        while let [target] = func.blocks[block].term.targets.as_slice() {
            let next = target.block;
            let is_jump = func.blocks[block].term.op == Op::Jump;
            if !is_jump || next == ENTRY || next == block || edges[next].len() != 1 {
                break;
            }
            let args = target.args.clone();
            let joined = take_block(&mut func.blocks[next]);
            for (param, arg) in joined.params.iter().zip(args) {
                replacement.set(*param, arg);
            }
            func.blocks[block].insts.extend(joined.insts);
            func.blocks[block].term = joined.term;
            merged[next.index()] = true;
            changed = true;
        }
    }
    replacement.apply(func);
    changed
}
