//! Expansion of singleton getters: a call of a getter becomes a look at the variable, and a call
//! only while that is null.
//!
//! Why it is correct: it is what the getter does itself when the singleton is there; see
//! [`super::getters`].

use super::census::Census;
use super::getters::{Getter, find};
use super::run::{Settled, change_funcs};
use crate::func::{Block, BlockData, Func, Imm, Inst, Target, Terminator, Values};
use crate::module::{FuncId, Module};
use crate::ops::Op;
use crate::types::Type;
use fscc_base::IndexVec;
use smallvec::SmallVec;

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let getters = find(module, &Census::new(module, settled.crew));
    change_funcs(module, settled, |_, id, func| getters[id].is_none() && expand(func, &getters));
}

fn expand(func: &mut Func, getters: &IndexVec<FuncId, Option<Getter>>) -> bool {
    let mut changed = false;
    for block in func.blocks.indices() {
        // From the end, so that positions stay valid when the block is split.
        for at in (0..func.blocks[block].insts.len()).rev() {
            let inst = &func.blocks[block].insts[at];
            if let (Op::Call, Imm::Func(callee)) = (inst.op, &inst.imm)
                && let Some(getter) = getters[*callee]
            {
                split(func, block, at, getter);
                changed = true;
            }
        }
    }
    if changed {
        func.compact();
    }
    changed
}

fn split(func: &mut Func, block: Block, at: usize, getter: Getter) {
    let mut rest = func.blocks[block].insts.split_off(at);
    let mut call = rest.remove(0);
    let Some(result) = call.result else {
        func.blocks[block].insts.push(call);
        func.blocks[block].insts.extend(rest);
        return;
    };
    let (ty, span) = (func.values[result], call.span);
    let (known, test, made) = (func.new_value(ty), func.new_value(Type::I32), func.new_value(ty));
    call.result = Some(made);
    let after = func.blocks.next_index();
    let making = Block::from_u32(after.as_u32() + 1);
    let insts = &mut func.blocks[block].insts;
    let imm = Imm::Global(getter.global);
    insts.push(Inst { op: Op::GlobalGet, imm, args: Values::new(), result: Some(known), span });
    let args = Values::from_slice(&[known]);
    insts.push(Inst { op: Op::IsNull, imm: Imm::None, args, result: Some(test), span });
    let targets = SmallVec::from_buf([Target::new(making), Target::with(after, &[known])]);
    let args = Values::from_slice(&[test]);
    let branch = Terminator { op: Op::Branch, imm: Imm::None, args, targets, span };
    let term = std::mem::replace(&mut func.blocks[block].term, branch);
    let _: Block = func.blocks.push(BlockData { params: vec![result], insts: rest, term });
    let term = Terminator::jump(Target::with(after, &[made]), span);
    let _: Block = func.blocks.push(BlockData { params: Vec::new(), insts: vec![call], term });
}
