//! Functions that give a singleton object, making it when they are called first:
//!
//! ```text
//! bb0: v0 = global.get g0;  v1 = is_null v0;  br v1, bb1, bb2
//! bb1: …;  v2 = new c30;  …;  global.set g0, v2;  …;  ret v2
//! bb2: ret v0
//! ```
//!
//! What follows if the variable is set nowhere else: once a call has returned, every further call
//! gives the same object and does nothing else. If what stands at `…` only fills the fields of the
//! new object with constants and new arrays of constants, then calling it has no effect that anybody
//! can see at all, unless somebody else looks at the variable.
//!
//! Relied on: whoever else looks at the variable does so after the getter has been called (the
//! lowering of `this` and of members within an object's own code), so that it never sees null.

use super::census::Census;
use super::facts::Defs;
use crate::fold::Const;
use crate::func::{ENTRY, Func, Imm, Inst};
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
pub(crate) fn find(module: &Module, census: &Census) -> IndexVec<FuncId, Option<Getter>> {
    let checked = |known: &IndexVec<FuncId, Option<Getter>>, func: &Func| {
        let mut found = getter(known, func).filter(|found| census.sets[found.global] == 1)?;
        // Whoever else looks at the variable sees whether the getter has been called.
        found.is_inert &= census.gets[found.global] == 1;
        Some(found)
    };
    let mut known = IndexVec::from_elem(None, module.funcs.len());
    // Once more for those that keep what another getter gives.
    for _ in 0..2 {
        let before = known.clone();
        for id in &census.getter_candidates {
            known[*id] = checked(&before, &module.funcs[*id]);
        }
    }
    known
}

fn getter(known_getters: &IndexVec<FuncId, Option<Getter>>, func: &Func) -> Option<Getter> {
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
    let of_getter = |inst: &Inst| match (inst.op, &inst.imm) {
        (Op::Call, Imm::Func(callee)) => known_getters[*callee],
        _ => None,
    };
    let sets_it = |inst: &&Inst| inst.op == Op::GlobalSet && inst.imm == Imm::Global(*global);
    let set = making.insts.iter().find(sets_it)?;
    let made = set.args[0];
    let source = making.insts.iter().find(|inst| inst.result == Some(made))?;
    let gives_object = source.op == Op::New || of_getter(source).is_some();
    if !gives_known || !gives_object || !making.params.is_empty() {
        return None;
    }
    // Every other way out gives the new object.
    let mut others = func.blocks.iter_enumerated().filter(|(id, _)| *id != present.block);
    let gives_made = others.all(|(_, block)| match block.term.op {
        Op::Return => block.term.args[..] == [made],
        Op::TailCall => false,
        _ => true,
    });
    let defs = Defs::new(func);
    let fills = |inst: &Inst| {
        let value = inst.args.get(1).and_then(|value| defs.inst(func, *value));
        let is_fixed = value.is_some_and(|inst| {
            Const::of(inst.op, &inst.imm).is_some() || makes_array(func, &defs, inst)
        });
        inst.op == Op::FieldSet && source.op == Op::New && inst.args[0] == made && is_fixed
    };
    let is_harmless = |inst: &Inst| {
        inst == set
            || inst.op.info().effect == OpEffect::pure
            || (inst == source && inst.op == Op::New)
            || of_getter(inst).is_some_and(|getter| getter.is_inert)
            || makes_array(func, &defs, inst)
            || fills(inst)
    };
    let is_inert = func.blocks.len() == 3
        && making.term.op == Op::Return
        && making.insts.iter().all(is_harmless);
    gives_made.then_some(Getter { global: *global, is_inert })
}

/// Whether an instruction makes an array and certainly does not trap.
fn makes_array(func: &Func, defs: &Defs, inst: &Inst) -> bool {
    let constant = inst.args.first().and_then(|arg| defs.inst(func, *arg));
    let constant = constant.and_then(|inst| Const::of(inst.op, &inst.imm));
    match constant {
        Some(Const::I32(length)) => inst.op == Op::ArrayNew && length >= 0,
        Some(Const::Bytes(_)) => super::tables::class_of(inst.op).is_some(),
        _ => false,
    }
}
