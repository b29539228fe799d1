//! Parameters that are always the same constant: the function makes the constant itself, and
//! [`super::params`] drops the parameter.
//!
//! Why it is correct: all calls of a function that no class and no export names are in the code of
//! the module. A parameter is the constant that every call passes; a call in which the function
//! hands its own parameter on to itself says nothing new. Constants have no effects, so it does not
//! matter where they are made. Linear.

use super::facts::Defs;
use super::run::Settled;
use crate::fold::Const;
use crate::func::{ENTRY, Func, Imm, Inst, Value, Values};
use crate::module::{FuncId, Module};
use fscc_base::IndexVec;

/// What the calls that were seen so far pass for a parameter.
#[derive(Clone, PartialEq)]
enum Passed {
    Nothing,
    Only(Const),
    Several,
}

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let mut passed: IndexVec<FuncId, Vec<Passed>> =
        module.funcs.iter().map(|func| vec![Passed::Nothing; func.params().len()]).collect();
    let by_class = module.classes.iter().flat_map(|class| class.methods.values().copied());
    for named in by_class.chain(module.exports.iter().map(|export| export.func)) {
        passed[named].fill(Passed::Several);
    }
    for (id, func) in module.funcs.iter_enumerated() {
        collect(func, id, &mut passed);
    }
    for (id, passed) in module.funcs.indices().zip(passed.into_raw()) {
        if passed.iter().any(|passed| matches!(passed, Passed::Only(_))) {
            make_constants(&mut module.funcs[id], passed);
            settled.clear(id);
        }
    }
}

/// Notes what a function passes to others.
fn collect(func: &Func, id: FuncId, passed: &mut IndexVec<FuncId, Vec<Passed>>) {
    let insts = func.blocks.iter().flat_map(|block| {
        let term = (&block.term.imm, &block.term.args);
        block.insts.iter().map(|inst| (&inst.imm, &inst.args)).chain([term])
    });
    let mut defs = None;
    for (imm, args) in insts {
        let Imm::Func(callee) = imm else { continue };
        for (at, arg) in args.iter().enumerate() {
            let known = &mut passed[*callee][at];
            let is_own = id == *callee && func.params().get(at) == Some(arg);
            if *known == Passed::Several || is_own {
                continue;
            }
            let defs = defs.get_or_insert_with(|| Defs::new(func));
            let inst = defs.inst(func, *arg);
            let constant = inst.and_then(|inst| Const::of(inst.op, &inst.imm));
            *known = match (std::mem::replace(known, Passed::Several), constant) {
                (Passed::Nothing, Some(constant)) => Passed::Only(constant),
                (Passed::Only(known), Some(constant)) if known == constant => Passed::Only(known),
                _ => Passed::Several,
            };
        }
    }
}

/// Makes the constants at the start of a function; its parameters stay, but nobody reads them.
fn make_constants(func: &mut Func, passed: Vec<Passed>) {
    let mut made = Vec::new();
    for (at, passed) in passed.into_iter().enumerate() {
        let Passed::Only(constant) = passed else { continue };
        let param: Value = func.blocks[ENTRY].params[at];
        let ty = func.values[param];
        let constant = match constant {
            Const::Null(_) => Const::Null(ty),
            constant => constant,
        };
        let unread = func.new_value(ty);
        func.blocks[ENTRY].params[at] = unread;
        func.values[param] = constant.ty();
        let (op, imm) = constant.inst();
        made.push(Inst { op, imm, args: Values::new(), result: Some(param), span: func.span });
    }
    func.blocks[ENTRY].insts.splice(0..0, made);
    func.compact();
}
