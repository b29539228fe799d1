//! Parameters that nobody reads: functions that are only called directly are called without them.
//!
//! Why it is correct: all calls of a function that no class and no export names are in the code of
//! the module, so all of them change with it. A parameter is needed if it is used for anything but
//! as an argument for a parameter that is not needed itself; that is a least fixed point, so what
//! a recursive function only hands on to itself goes too. Evaluating an argument stays where it
//! is; whether that is needed for anything else, [`super::dead`] finds out. Linear.

use super::run::Settled;
use crate::func::{ENTRY, Func, Imm, Value, Values};
use crate::module::{FuncId, Module};
use fscc_base::{FastMap, IndexVec};

/// A parameter of a function, by its number.
type Param = (FuncId, u32);

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let needed = needed(module);
    if needed.iter().flatten().all(|needed| *needed) {
        return;
    }
    for id in module.funcs.indices() {
        if change(&mut module.funcs[id], &needed[id], &needed) {
            settled.clear(id);
        }
    }
}

/// For every function which of its parameters are needed.
fn needed(module: &Module) -> IndexVec<FuncId, Vec<bool>> {
    let none = |func: &Func| vec![false; func.params().len()];
    let mut needed: IndexVec<FuncId, Vec<bool>> = module.funcs.iter().map(none).collect();
    let mut pending: Vec<Param> = Vec::new();
    let need = |needed: &mut IndexVec<FuncId, Vec<bool>>, pending: &mut Vec<Param>, at: Param| {
        let known = needed[at.0].get_mut(at.1 as usize);
        if known.is_some_and(|known| !std::mem::replace(known, true)) {
            pending.push(at);
        }
    };
    let by_class = module.classes.iter().flat_map(|class| class.methods.values().copied());
    for named in by_class.chain(module.exports.iter().map(|export| export.func)) {
        for at in 0..needed[named].len() {
            need(&mut needed, &mut pending, (named, at as u32));
        }
    }
    let mut passed: FastMap<Param, Vec<Param>> = FastMap::default();
    for (id, func) in module.funcs.iter_enumerated() {
        let numbers = func.params().iter().zip(0..).map(|(param, at)| (*param, at));
        let numbers: FastMap<Value, u32> = numbers.collect();
        if numbers.is_empty() {
            continue;
        }
        for_each_use_or_argument(func, |value, argument| {
            let Some(at) = numbers.get(&value) else { return };
            match argument {
                Some(param) => passed.entry(param).or_default().push((id, *at)),
                None => need(&mut needed, &mut pending, (id, *at)),
            }
        });
    }
    while let Some(param) = pending.pop() {
        for source in passed.swap_remove(&param).into_iter().flatten() {
            need(&mut needed, &mut pending, source);
        }
    }
    needed
}

/// Calls `visit` for every use of a value, with the parameter for which it is an argument.
fn for_each_use_or_argument(func: &Func, mut visit: impl FnMut(Value, Option<Param>)) {
    for block in &func.blocks {
        let insts = block.insts.iter().map(|inst| (&inst.imm, &inst.args));
        for (imm, args) in insts.chain([(&block.term.imm, &block.term.args)]) {
            for (value, at) in args.iter().zip(0..) {
                let param = match imm {
                    Imm::Func(callee) => Some((*callee, at)),
                    _ => None,
                };
                visit(*value, param);
            }
        }
        for target in &block.term.targets {
            target.args.iter().for_each(|value| visit(*value, None));
        }
    }
}

/// Drops the function's own parameters that are not needed, and the arguments for those of others.
fn change(func: &mut Func, own: &[bool], needed: &IndexVec<FuncId, Vec<bool>>) -> bool {
    let mut changed = false;
    let mut shorten = |imm: &Imm, args: &mut Values| {
        let Imm::Func(callee) = imm else { return };
        let needed = &needed[*callee];
        if !needed.iter().all(|needed| *needed) {
            let mut needed = needed.iter();
            args.retain(|_| needed.next().is_none_or(|needed| *needed));
            changed = true;
        }
    };
    for block in func.blocks.iter_mut() {
        block.insts.iter_mut().for_each(|inst| shorten(&inst.imm, &mut inst.args));
        shorten(&block.term.imm, &mut block.term.args);
    }
    if !own.iter().all(|needed| *needed) {
        let mut own = own.iter();
        func.blocks[ENTRY].params.retain(|_| own.next().is_none_or(|needed| *needed));
        changed = true;
    }
    if changed {
        func.compact();
    }
    changed
}
