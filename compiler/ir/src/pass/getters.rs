//! Functions that give a singleton object, making it when they are called first:
//!
//! ```text
//! bb0: v0 = global.get g0;  v1 = is_null v0;  br v1, bb1, bb2
//! bb1: v2 = new c30;  global.set g0, v2;  …;  ret v2
//! bb2: ret v0
//! ```
//!
//! What follows if the variable is set nowhere else: once a call has returned, every further call
//! gives the same object and does nothing else. If what stands at `…` only fills the fields of the
//! new object with constants, then calling it has no effect that anybody can see at all, unless somebody else looks at the
//! variable.

use super::facts::Defs;
use crate::fold::Const;
use crate::func::{ENTRY, Func, Imm, Inst, Value};
use crate::module::{FuncId, GlobalId, Module};
use crate::ops::{Op, OpEffect};
use fscc_base::IndexVec;

/// A function that gives a singleton.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Getter {
    /// Where the singleton is kept.
    pub(crate) global: GlobalId,
    /// Whether making it has no effect.
    pub(crate) is_inert: bool,
}

/// The getters among the functions of a module.
pub(crate) fn find(module: &Module) -> IndexVec<FuncId, Option<Getter>> {
    let mut sets: IndexVec<GlobalId, u32> = IndexVec::from_elem(0, module.globals.len());
    for inst in
        module.funcs.iter().flat_map(|func| func.blocks.iter()).flat_map(|block| &block.insts)
    {
        if let (Op::GlobalSet, Imm::Global(global)) = (inst.op, &inst.imm) {
            sets[*global] += 1;
        }
    }
    let getter = |func: &Func| getter(func).filter(|getter| sets[getter.global] == 1);
    module.funcs.iter().map(getter).collect()
}

fn getter(func: &Func) -> Option<Getter> {
    let entry = func.blocks.get(ENTRY)?;
    let ([], [get, test], Op::Branch) = (&entry.params[..], &entry.insts[..], entry.term.op) else {
        return None;
    };
    let (Op::GlobalGet, Imm::Global(global), Some(known)) = (get.op, &get.imm, get.result) else {
        return None;
    };
    let tests_it = test.op == Op::IsNull && test.args[0] == known;
    if !tests_it || test.result != Some(entry.term.args[0]) {
        return None;
    }
    let [missing, present] = &entry.term.targets[..] else { return None };
    let (making, giving) = (&func.blocks[missing.block], &func.blocks[present.block]);
    let gives_known = giving.insts.is_empty()
        && giving.params.is_empty()
        && giving.term.op == Op::Return
        && giving.term.args[..] == [known];
    let [new, set, filling @ ..] = &making.insts[..] else { return None };
    let made = new.result.filter(|_| new.op == Op::New)?;
    let sets_it =
        set.op == Op::GlobalSet && set.imm == Imm::Global(*global) && set.args[..] == [made];
    if !gives_known || !sets_it || !making.params.is_empty() {
        return None;
    }
    // Every other way out gives the new object.
    let mut others = func.blocks.iter_enumerated().filter(|(id, _)| *id != present.block);
    let gives_made = others.all(|(_, block)| match block.term.op {
        Op::Return => block.term.args[..] == [made],
        Op::TailCall => false,
        _ => true,
    });
    let is_inert =
        func.blocks.len() == 3 && making.term.op == Op::Return && only_fills(func, made, filling);
    gives_made.then_some(Getter { global: *global, is_inert })
}

/// Whether instructions only compute without trapping and set fields of the object to constants.
fn only_fills(func: &Func, object: Value, insts: &[Inst]) -> bool {
    let defs = Defs::new(func);
    insts.iter().all(|inst| match inst.op {
        Op::FieldSet => {
            let value = defs.inst(func, inst.args[1]);
            let is_constant = value.is_some_and(|inst| Const::of(inst.op, &inst.imm).is_some());
            inst.args[0] == object && is_constant
        }
        op => op.info().effect == OpEffect::pure,
    })
}
