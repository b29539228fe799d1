//! What an SSA instruction becomes, as far as allocation must know: which operand an instruction
//! holds itself, and what is a call.

use crate::fold::Folding;
use fscc_ir::func::{Func, Imm, Inst};
use fscc_ir::ops::{Kind, Op};

/// Whether the operation calls with a window of registers.
pub fn is_call(op: Op) -> bool {
    matches!(
        op,
        Op::Call | Op::CallVirtual | Op::CallHost | Op::CallImport | Op::CallTry | Op::TailCall
    )
}

/// The operand that the selected instruction holds as an immediate, if there is one: always the
/// last. A comparison holds one only when it is folded into its branch.
pub fn immediate_operand(func: &Func, folding: &Folding, inst: &Inst) -> Option<usize> {
    immediate(func, folding, inst).map(|_| inst.args.len() - 1)
}

/// The immediate that replaces the last operand: a constant of eight signed bits, negated
/// for a subtraction, which becomes an addition.
pub fn immediate(func: &Func, folding: &Folding, inst: &Inst) -> Option<i8> {
    if !inst.op.holds_small_constant() {
        return None;
    }
    let is_fused = inst.result.is_some_and(|result| folding.is_folded(result));
    if inst.op.info().result == Kind::bool && !is_fused {
        return None;
    }
    let sign = if matches!(inst.op, Op::I32Sub | Op::I64Sub) { -1 } else { 1 };
    let (_, imm) = folding.constant(func, *inst.args.last()?)?;
    let number = match imm {
        Imm::I32(number) => i64::from(*number),
        Imm::I64(number) => *number,
        _ => return None,
    };
    number.checked_mul(sign).and_then(|number| i8::try_from(number).ok())
}
