//! Devirtualisation: a virtual call that can reach only one function calls it directly.
//!
//! Why it is correct: if the receiver was created in this function, its class is known exactly.
//! Otherwise the module is closed: the receiver is an instance of one of the classes that the
//! module creates instances of, and if all of those that fit the receiver's type answer the
//! selector, and with the same function, that one is called. A virtual call traps on null,
//! so unless the receiver is known to be an object, a test for null that traps in the same way
//! goes before the call.

use super::Env;
use super::facts::Defs;
use crate::func::{Block, BlockData, Func, Imm, Inst, Target, Terminator, Value, Values};
use crate::module::{FuncId, SelectorId};
use crate::ops::Op;
use crate::types::Type;
use fscc_base::Span;
use smallvec::SmallVec;

/// The machine's code for the use of null.
const NULL_POINTER: u16 = 5;

/// A call that can be direct.
struct Found {
    block: Block,
    at: usize,
    callee: FuncId,
    checks_null: bool,
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let only_target =
        |selector, receiver| env.known().dispatch.only_target(env.module, selector, receiver);
    make_calls_direct(func, env, only_target)
}

/// Does so for calls on objects that the function itself has created, and no others.
pub(super) fn of_created(func: &mut Func, env: &Env) -> bool {
    make_calls_direct(func, env, |_, _| None)
}

/// Calls directly what receivers of a known class reach, or of a type that has only one target.
fn make_calls_direct(
    func: &mut Func,
    env: &Env,
    only_target: impl Fn(SelectorId, Type) -> Option<FuncId>,
) -> bool {
    let mut insts = func.blocks.iter().flat_map(|block| &block.insts);
    if !insts.any(|inst| inst.op == Op::CallVirtual) {
        return false;
    }
    let defs = Defs::new(func);
    let mut found = Vec::new();
    for (block, data) in func.blocks.iter_enumerated() {
        for (at, inst) in data.insts.iter().enumerate() {
            let (Op::CallVirtual, Imm::Selector(selector)) = (inst.op, &inst.imm) else { continue };
            let receiver = inst.args[0];
            let exact = defs.exact_class(func, receiver);
            let callee = match exact {
                Some(class) => env.module.classes[class].methods.get(selector).copied(),
                None => only_target(*selector, func.values[receiver]),
            };
            if let Some(callee) = callee {
                let checks_null = exact.is_none() && !defs.is_not_null(func, receiver);
                found.push(Found { block, at, callee, checks_null });
            }
        }
    }
    let changed = !found.is_empty();
    let mut trap_block = None;
    // From the end, so that positions stay valid when a block is split.
    for call in found.into_iter().rev() {
        make_direct(func, env, &call, &mut trap_block);
    }
    changed
}

fn make_direct(func: &mut Func, env: &Env, call: &Found, trap_block: &mut Option<Block>) {
    let Some((params, callee_result)) = env.signatures.get(call.callee) else { return };
    let Some(param) = params.first().copied().flatten() else { return };
    let span = func.blocks[call.block].insts[call.at].span;
    let receiver = func.blocks[call.block].insts[call.at].args[0];
    let mut before: Vec<Inst> = Vec::new();
    let mut narrowed = receiver;
    if let (false, Type::Ref(class)) =
        (env.module.is_assignable(func.values[receiver], param), param)
    {
        // Dispatch has established the class, so this cast never traps.
        narrowed = func.new_value(param);
        before.push(inst(Op::Cast, Imm::Class(class), &[receiver], Some(narrowed), span));
    }
    let direct = &mut func.blocks[call.block].insts[call.at];
    (direct.op, direct.imm) = (Op::Call, Imm::Func(call.callee));
    direct.args[0] = narrowed;
    if let (Some(result), Some(ty)) = (direct.result, callee_result) {
        func.values[result] = ty;
    }
    if !call.checks_null {
        func.blocks[call.block].insts.splice(call.at..call.at, before);
        return;
    }
    let trap = *trap_block.get_or_insert_with(|| make_trap_block(func, span));
    let is_null = func.new_value(Type::I32);
    let rest = func.blocks[call.block].insts.split_off(call.at);
    func.blocks[call.block].insts.push(inst(
        Op::IsNull,
        Imm::None,
        &[receiver],
        Some(is_null),
        span,
    ));
    before.extend(rest);
    let targets = SmallVec::from_buf([Target::new(trap), Target::new(func.blocks.next_index())]);
    let args = Values::from_slice(&[is_null]);
    let check = Terminator { op: Op::Branch, imm: Imm::None, args, targets, span };
    let term = std::mem::replace(&mut func.blocks[call.block].term, check);
    let _: Block = func.blocks.push(BlockData { params: Vec::new(), insts: before, term });
}

fn make_trap_block(func: &mut Func, span: Span) -> Block {
    let detail = func.new_value(Type::Any);
    let null = inst(Op::ConstNull, Imm::Type(Type::Any), &[], Some(detail), span);
    let term = Terminator::leave(Op::Trap, Imm::Trap(NULL_POINTER), &[detail], span);
    func.blocks.push(BlockData { params: Vec::new(), insts: vec![null], term })
}

fn inst(op: Op, imm: Imm, args: &[Value], result: Option<Value>, span: Span) -> Inst {
    Inst { op, imm, args: Values::from_slice(args), result, span }
}
