//! Which opcode an SSA operation becomes. Operations and instructions share names, and the forms
//! with an immediate operand and those that branch are named after them; names are looked up once.

use fscc_ir::func::{Imm, Inst};
use fscc_ir::ops::Op;
use fscc_ir::types::builtin;
use fvm_isa::Opcode;
use std::sync::LazyLock;

/// The opcodes of one operation.
#[derive(Clone, Copy)]
struct Forms {
    plain: Option<Opcode>,
    immediate: Option<Opcode>,
    branch: Option<Opcode>,
    branch_immediate: Option<Opcode>,
}

/// By the number of the operation.
static FORMS: LazyLock<Vec<Forms>> = LazyLock::new(|| {
    let forms = |op: &Op| {
        let name = op.info().name;
        let (ty, relation) = name.split_once('.').unwrap_or((name, ""));
        Forms {
            plain: Opcode::lookup(name),
            immediate: Opcode::lookup(&format!("{name}_imm")),
            branch: Opcode::lookup(&format!("{ty}.br_{relation}")),
            branch_immediate: Opcode::lookup(&format!("{ty}.br_{relation}_imm")),
        }
    };
    fscc_ir::ops::ALL.iter().map(forms).collect()
});

/// Whether the last operand stands in a register or in the instruction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    Register,
    Immediate,
}

fn found(opcode: Option<Opcode>, op: Op) -> Opcode {
    opcode
        .unwrap_or_else(|| panic!("the instruction table has no such form of `{}`", op.info().name))
}

/// The opcode with the operation's name.
pub(crate) fn plain(op: Op) -> Opcode {
    found(FORMS[op as usize].plain, op)
}

/// The opcode that loads a constant.
pub(crate) fn constant(op: Op, imm: &Imm) -> Opcode {
    match imm {
        Imm::I32(number) if i16::try_from(*number).is_ok() => Opcode::ConstI16,
        Imm::I64(number) if i16::try_from(*number).is_ok() => Opcode::ConstI64I16,
        Imm::U128(number) if u16::try_from(*number).is_ok() => Opcode::ConstU128U16,
        _ => plain(op),
    }
}

/// The opcode that holds the last operand itself.
pub(crate) fn immediate(op: Op) -> Opcode {
    let added = match op {
        Op::I32Sub => Op::I32Add,
        Op::I64Sub => Op::I64Add,
        op => op,
    };
    found(FORMS[added as usize].immediate, added)
}

/// The opcode that compares or tests and branches.
pub(crate) fn branch(op: Op, last: Last) -> Opcode {
    match (op, last) {
        (Op::IsNull, _) => Opcode::BrNull,
        (Op::Is, _) => Opcode::BrIs,
        (op, Last::Register) => found(FORMS[op as usize].branch, op),
        (op, Last::Immediate) => found(FORMS[op as usize].branch_immediate, op),
    }
}

/// The comparison that holds with its operands exchanged, for those that have no opcode.
pub(crate) fn swapped(op: Op) -> Op {
    match op {
        Op::I32Gt => Op::I32Lt,
        Op::I32Ge => Op::I32Le,
        Op::I64Gt => Op::I64Lt,
        Op::I64Ge => Op::I64Le,
        Op::F64Gt => Op::F64Lt,
        Op::F64Ge => Op::F64Le,
        op => op,
    }
}

/// The opcode that reads or writes an element of an array.
pub(crate) fn array(inst: &Inst) -> Opcode {
    use Opcode::*;
    let (get, set) = match inst.imm {
        Imm::Class(builtin::ARRAY_BOOLEAN) => (ArrayGetBoolean, ArraySetBoolean),
        Imm::Class(builtin::ARRAY_BYTE) => (ArrayGetByte, ArraySetByte),
        Imm::Class(builtin::ARRAY_SHORT) => (ArrayGetShort, ArraySetShort),
        Imm::Class(builtin::ARRAY_CHAR) => (ArrayGetChar, ArraySetChar),
        Imm::Class(builtin::ARRAY_INT) => (ArrayGetInt, ArraySetInt),
        Imm::Class(builtin::ARRAY_LONG) => (ArrayGetLong, ArraySetLong),
        Imm::Class(builtin::ARRAY_DOUBLE) => (ArrayGetDouble, ArraySetDouble),
        _ => (ArrayGetAny, ArraySetAny),
    };
    if inst.op == Op::ArrayGet { get } else { set }
}
