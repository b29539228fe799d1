//! What an SSA instruction becomes, as far as allocation must know: which operand an instruction
//! holds itself, and what is a call.

use crate::fold::Folding;
use fscc_ir::func::{Func, Imm, Inst};
use fscc_ir::ops::Op;

/// Whether the operation calls with a window of registers.
pub fn is_call(op: Op) -> bool {
    matches!(op, Op::Call | Op::CallVirtual | Op::CallHost | Op::CallTry | Op::TailCall)
}

/// The operand that the selected instruction holds as an immediate, if there is one.
pub fn immediate_operand(func: &Func, folding: &Folding, inst: &Inst) -> Option<usize> {
    if !has_immediate_form(inst.op) {
        return None;
    }
    let last = inst.args.len().checked_sub(1)?;
    small_constant(func, folding, inst).map(|_| last)
}

/// The last operand, if it is a folded constant that fits into eight signed bits.
pub fn small_constant(func: &Func, folding: &Folding, inst: &Inst) -> Option<i8> {
    let (_, imm) = folding.constant(func, *inst.args.last()?)?;
    match imm {
        Imm::I32(number) => i8::try_from(*number).ok(),
        Imm::I64(number) => i8::try_from(*number).ok(),
        _ => None,
    }
}

/// Whether there is a form of the operation whose last operand is an immediate.
fn has_immediate_form(op: Op) -> bool {
    let _ = op;
    false
}
