//! Dead code: removes instructions whose result nobody needs, and block parameters that nobody
//! reads.
//!
//! Why it is correct: an instruction is kept if it may do anything besides computing its result,
//! a trap included: the effect column of the operation table decides, refined only where the
//! operands show that the trap cannot happen (a division by a constant that is not zero, a field
//! of an object that is certainly not null). A call is removed only if its summary says that the
//! callee has no effect, cannot trap and cannot run for ever. Storage reads neither trap nor
//! change anything. What is left is a least fixed point from the kept instructions and the
//! terminators over operands, so cycles of parameters that feed only themselves go too. Linear.

use super::Env;
use super::facts::{Def, Defs, incoming};
use crate::fold::Const;
use crate::func::{ENTRY, Func, Imm, Inst, Value};
use crate::ops::{Op, OpEffect};
use fscc_base::{Idx, IndexVec};

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let live = live_values(func, env);
    let before = (func.size(), func.values.len());
    remove(func, env, &live);
    func.compact();
    (func.size(), func.values.len()) != before
}

fn live_values(func: &Func, env: &Env) -> IndexVec<Value, bool> {
    let defs = Defs::new(func);
    let edges = incoming(func);
    let mut live = IndexVec::from_elem(false, func.values.len());
    let mut pending: Vec<Value> = Vec::new();
    for block in func.blocks.iter() {
        pending.extend(&block.term.args);
        for inst in block.insts.iter().filter(|inst| !is_removable(func, env, &defs, inst)) {
            pending.extend(&inst.args);
        }
    }
    while let Some(value) = pending.pop() {
        if std::mem::replace(&mut live[value], true) {
            continue;
        }
        match defs.get(value) {
            Def::Inst(block, at) => pending.extend(&func.blocks[block].insts[at as usize].args),
            Def::Param(block, at) => {
                for (from, target) in &edges[block] {
                    pending
                        .push(func.blocks[*from].term.targets[*target as usize].args[at as usize]);
                }
            }
            Def::None => {}
        }
    }
    live
}

/// Whether the instruction may go when its result is not used.
fn is_removable(func: &Func, env: &Env, defs: &Defs, inst: &Inst) -> bool {
    let constant = |at: usize| {
        let inst = defs.inst(func, *inst.args.get(at)?)?;
        Const::of(inst.op, &inst.imm)
    };
    match inst.op.info().effect {
        OpEffect::pure | OpEffect::alloc | OpEffect::reads_storage => true,
        OpEffect::alloc_traps => matches!(constant(0), Some(Const::I32(length)) if length >= 0),
        OpEffect::traps => match inst.op {
            Op::I32Div | Op::I32Rem => matches!(constant(1), Some(Const::I32(by)) if by != 0),
            Op::I64Div | Op::I64Rem => matches!(constant(1), Some(Const::I64(by)) if by != 0),
            Op::StringLength
            | Op::BytesLength
            | Op::ArrayLength
            | Op::StringConcat
            | Op::BytesConcat
            | Op::StringCompare
            | Op::BytesCompare
            | Op::StringToUpper
            | Op::StringToLower => inst.args.iter().all(|value| defs.is_not_null(func, *value)),
            Op::Cast => {
                let to = inst.result.map(|value| func.values[value]);
                to.is_some_and(|to| env.module.is_assignable(func.values[inst.args[0]], to))
            }
            _ => false,
        },
        OpEffect::reads => match inst.op {
            Op::GlobalGet => true,
            Op::FieldGet => defs.is_not_null(func, inst.args[0]),
            _ => false,
        },
        OpEffect::calls => match (&inst.imm, inst.op) {
            (Imm::Func(callee), Op::Call | Op::CallTry) => env.summary(*callee).is_removable(),
            (Imm::Host(number), _) => super::summary::host_only_looks(*number),
            _ => false,
        },
        OpEffect::writes | OpEffect::writes_storage | OpEffect::terminates => false,
    }
}

fn remove(func: &mut Func, env: &Env, live: &IndexVec<Value, bool>) {
    let defs = Defs::new(func);
    let mut kept: Vec<Vec<bool>> = Vec::with_capacity(func.blocks.len());
    let mut params: Vec<Vec<bool>> = Vec::with_capacity(func.blocks.len());
    for (block, data) in func.blocks.iter_enumerated() {
        let keeps = |inst: &Inst| {
            inst.result.is_some_and(|value| live[value]) || !is_removable(func, env, &defs, inst)
        };
        kept.push(data.insts.iter().map(keeps).collect());
        params.push(data.params.iter().map(|value| block == ENTRY || live[*value]).collect());
    }
    for (block, keep) in func.blocks.iter_mut().zip(&kept) {
        let mut keep = keep.iter();
        block.insts.retain(|_| *keep.next().unwrap_or(&true));
        for target in &mut block.term.targets {
            let mut keep = params[target.block.index()].iter();
            target.args.retain(|_| *keep.next().unwrap_or(&true));
        }
    }
    for (block, keep) in func.blocks.iter_mut().zip(&params) {
        let mut keep = keep.iter();
        block.params.retain(|_| *keep.next().unwrap_or(&true));
    }
}
