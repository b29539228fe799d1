//! Dead code: removes instructions whose result nobody needs, and block parameters that nobody
//! reads.
//!
//! Why it is correct: an instruction is kept if it may do anything besides computing its result,
//! a trap included: the effect column of the operation table decides, refined only where the
//! operands show that the trap cannot happen (a division by a constant that is not zero, a field
//! of an object that is certainly not null). A call is removed only if its summary says that the
//! callee has no effect, cannot trap and cannot run for ever. Storage reads change nothing, and those
//! of bytes cannot trap. What is left is a least fixed point from the kept instructions and the
//! terminators over operands, so cycles of parameters that feed only themselves go too. Linear.

use super::Env;
use super::facts::{Def, Defs, incoming, retain_params};
use crate::fold::Const;
use crate::func::{Block, Func, Imm, Inst, Value};
use crate::module::StorageForm;
use crate::ops::{Kind, Op, OpEffect};
use fscc_base::IndexVec;

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let Needs { live, idle } = Needs::of(func, env);
    let is_needed = |value: &Value| live[*value];
    let params = func.blocks.iter().skip(1).flat_map(|block| &block.params);
    let results = func.blocks.iter().flat_map(|block| &block.insts);
    let mut results = results.filter_map(|inst| inst.result.as_ref());
    if idle.is_empty() && params.clone().all(is_needed) && results.all(is_needed) {
        return false;
    }
    let mut idle = idle.into_iter().peekable();
    for (id, block) in func.blocks.indices().zip(func.blocks.iter_mut()) {
        let mut at = 0;
        block.insts.retain(|inst| {
            at += 1;
            match inst.result {
                Some(value) => live[value],
                None => idle.next_if_eq(&(id, at - 1)).is_none(),
            }
        });
    }
    retain_params(func, |param| live[param]);
    true
}

/// What is needed and what is not.
struct Needs {
    /// The values that are needed; the result of an instruction that stays counts as needed.
    live: IndexVec<Value, bool>,
    /// The instructions without a result that may go, in order.
    idle: Vec<(Block, usize)>,
}

impl Needs {
    fn of(func: &Func, env: &Env) -> Needs {
        let defs = Defs::new(func);
        let mut idle = Vec::new();
        let mut pending: Vec<Value> = Vec::new();
        for (id, block) in func.blocks.iter_enumerated() {
            pending.extend(&block.term.args);
            for (at, inst) in block.insts.iter().enumerate() {
                match (is_removable(func, env, &defs, inst), inst.result) {
                    (true, Some(_)) => {}
                    (true, None) => idle.push((id, at)),
                    (false, Some(result)) => pending.push(result),
                    (false, None) => pending.extend(&inst.args),
                }
            }
        }
        Needs { live: closure(func, &defs, pending), idle }
    }
}

/// The values from which these are computed, themselves included.
fn closure(func: &Func, defs: &Defs, mut pending: Vec<Value>) -> IndexVec<Value, bool> {
    let edges = incoming(func);
    let mut live = IndexVec::from_elem(false, func.values.len());
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
        OpEffect::pure | OpEffect::alloc => true,
        OpEffect::reads_storage => match inst.imm {
            Imm::Storage(field) if inst.op.info().result == Kind::stored => {
                env.module.storage[field].value == StorageForm::Bytes
            }
            _ => true,
        },
        OpEffect::alloc_traps if inst.op == Op::ArrayNew => {
            matches!(constant(0), Some(Const::I32(length)) if length >= 0)
        }
        OpEffect::alloc_traps => inst.args.iter().all(|value| defs.is_not_null(func, *value)),
        OpEffect::traps => match inst.op {
            Op::I32Div | Op::I32Rem => matches!(constant(1), Some(Const::I32(by)) if by != 0),
            Op::I64Div | Op::I64Rem | Op::I64Udiv | Op::I64Urem => {
                matches!(constant(1), Some(Const::I64(by)) if by != 0)
            }
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
            (Imm::Func(callee), Op::Call | Op::CallTry) => {
                env.known().summary(*callee).is_removable()
            }
            (Imm::Host(number), _) => super::summary::host_only_looks(*number),
            _ => false,
        },
        OpEffect::writes | OpEffect::writes_storage | OpEffect::terminates => false,
    }
}
