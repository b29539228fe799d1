//! Tail calls: a call whose result is returned at once reuses the frame; a call of the function
//! itself becomes a loop.
//!
//! Why it is correct: between the call and the return nothing happens, so nothing of the frame is
//! needed any more. Catching belongs to the `call.try` that made the frame and passes on to the
//! callee. A loop gives every parameter the value of its argument at once, as the call would.

use super::run::{Settled, change_funcs};
use crate::func::{Block, BlockData, ENTRY, Func, Imm, Target, Terminator};
use crate::module::{FuncId, Module};
use crate::ops::Op;
use fscc_base::IndexVec;

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let results: IndexVec<FuncId, _> = module.funcs.iter().map(|func| func.result).collect();
    change_funcs(module, settled, |module, id, func| {
        let own = func.result;
        let fits = |callee: FuncId| match (results[callee], own) {
            (Some(from), Some(to)) => module.is_assignable(from, to),
            (from, to) => from == to,
        };
        let mut has_changed = false;
        for block in func.blocks.iter_mut() {
            has_changed |= make_tail_call(block, &fits);
        }
        has_changed | make_loop(func, id)
    });
}

fn make_tail_call(block: &mut BlockData, fits: &impl Fn(FuncId) -> bool) -> bool {
    if block.term.op != Op::Return {
        return false;
    }
    let Some(last) = block.insts.last() else { return false };
    let (Op::Call, Imm::Func(callee)) = (last.op, &last.imm) else { return false };
    let returns_it = block.term.args.as_slice() == last.result.as_slice();
    let is_tail_call = returns_it && fits(*callee);
    if is_tail_call {
        block.term = Terminator::leave(Op::TailCall, last.imm.clone(), &last.args, last.span);
        block.insts.pop();
    }
    is_tail_call
}

/// Turns tail calls of the function itself into jumps to a block behind the entry.
fn make_loop(func: &mut Func, id: FuncId) -> bool {
    let calls_itself =
        |block: &BlockData| block.term.op == Op::TailCall && block.term.imm == Imm::Func(id);
    if !func.blocks.iter().any(calls_itself) {
        return false;
    }
    let params = func.params().to_vec();
    let fresh: Vec<_> = params.iter().map(|value| func.new_value(func.values[*value])).collect();
    let span = func.span;
    let entry = &mut func.blocks[ENTRY];
    let insts = std::mem::take(&mut entry.insts);
    let header_number: Block = func.blocks.next_index();
    let jump = Terminator::jump(Target::with(header_number, &fresh), span);
    let entry = &mut func.blocks[ENTRY];
    let term = std::mem::replace(&mut entry.term, jump);
    entry.params = fresh;
    let header = func.blocks.push(BlockData { params, insts, term });
    for block in func.blocks.iter_mut() {
        if calls_itself(block) {
            let target = Target { block: header, args: block.term.args.clone() };
            block.term = Terminator::jump(target, block.term.span);
        }
    }
    func.compact();
    true
}
