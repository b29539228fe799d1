//! Which instructions one handler executes together.
//!
//! Chosen from what programs execute most often one after the other. The result of the first is
//! read by the next one alone, unless the handler stores it as well.

use super::control::Ways;
use super::form::{Form, binary_form, one_form, plain_form, two_form, unary_form};
use super::inst::{immediate, register};
use super::{Cell, Decoder, Extra};
use crate::handlers::fused;
use crate::word::Word;
use fvm_isa::{BlockId, Inst, Reg};

/// A cell, and how many instructions it stands for.
type Fused = (Cell, usize);

impl Decoder<'_> {
    /// The cell for the instructions from one of a block on, if a handler executes several of them.
    pub(super) fn fused(&mut self, insts: &[Inst], at: usize) -> Option<Fused> {
        let (cell, count) = self.candidate(insts, at)?;
        // What the instruction before has left in the accumulator alone must be read from there.
        let before = at.checked_sub(1).and_then(|before| self.cells[before].0);
        if let Some(before) = before
            && !self.cells[at - 1].1
        {
            let made = before.operands.as_halves()[0];
            if !cell.form.reads_once(cell.operands.as_halves(), made) {
                return None;
            }
        }
        Some((cell, count))
    }

    fn candidate(&self, insts: &[Inst], at: usize) -> Option<Fused> {
        let (first, is_stored) = (&insts[at], self.cells[at].1);
        if let Inst::Jump { to } = first {
            return Some((self.jump_through(*to)?, 1));
        }
        let second = insts.get(at + 1)?;
        if !is_stored {
            return Some((pair(first, second)?, 2));
        }
        match (first, second, insts.get(at + 2)) {
            (Inst::I32Ne { .. }, Inst::I32AddImm { .. }, Some(Inst::Jump { to })) => {
                Some((self.latch(first, second, *to)?, 3))
            }
            (Inst::Move { dst, a }, Inst::Move { dst: to, a: from }, _) => {
                let is_narrow = !self.is_wide_move(at) && !self.is_wide_move(at + 1);
                let halves = [*to, *a, *dst, *from].map(register);
                is_narrow.then(|| (cell(unary_form!(fused::move_twice, 1), halves), 2))
            }
            (Inst::Move { dst, a }, Inst::Call { base, function }, _) => {
                let operands = Word::halves([register(*dst), register(*a), 0, 0]);
                let extra = Extra::Call(*base, *function);
                let form = plain_form!(fused::move_call);
                self.is_wide_move(at).then_some((Cell { form, operands, extra }, 2))
            }
            _ => None,
        }
    }

    /// Whether an instruction moves a wide register.
    fn is_wide_move(&self, at: usize) -> bool {
        self.cells[at].0.is_none_or(|cell| !cell.form.has_result)
    }

    /// The only instruction of a block of the function.
    fn only(&self, block: BlockId) -> Option<&Inst> {
        let function = &self.module.module().functions[self.function.index()];
        match &function.blocks.get(block.index())?.insts[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// A jump to a block that is a branch alone.
    fn jump_through(&self, to: BlockId) -> Option<Cell> {
        let (form, a, b, yes, no) = match self.only(to)? {
            Inst::Br { condition, yes, no } => {
                (one_form!(fused::jump_br, 0), condition, condition, yes, no)
            }
            Inst::I32BrLt { a, b, yes, no } => {
                (two_form!(fused::jump_i32_br_lt, 0, 1), a, b, yes, no)
            }
            Inst::I32BrLe { a, b, yes, no } => {
                (two_form!(fused::jump_i32_br_le, 0, 1), a, b, yes, no)
            }
            Inst::I64BrLt { a, b, yes, no } => {
                (two_form!(fused::jump_i64_br_lt, 0, 1), a, b, yes, no)
            }
            Inst::I64BrLe { a, b, yes, no } => {
                (two_form!(fused::jump_i64_br_le, 0, 1), a, b, yes, no)
            }
            _ => return None,
        };
        let operands = Word::halves([register(*a), register(*b), 0, 0]);
        let extra = Extra::Through(to, 0, Ways { yes: *yes, no: *no });
        Some(Cell { form, operands, extra })
    }

    fn latch(&self, ne: &Inst, add: &Inst, to: BlockId) -> Option<Cell> {
        let (Inst::I32Ne { dst, a, b }, Inst::I32AddImm { dst: counter, a: from, value }) =
            (ne, add)
        else {
            return None;
        };
        let Inst::Br { condition, yes, no } = self.only(to)? else { return None };
        if counter != from || condition != dst || counter == dst {
            return None;
        }
        let operands = Word::halves([*dst, *a, *b, *counter].map(register));
        let extra = Extra::Through(to, i32::from(*value), Ways { yes: *yes, no: *no });
        Some(Cell { form: plain_form!(fused::latch), operands, extra })
    }
}

fn cell(form: &'static Form, halves: [u16; 4]) -> Cell {
    Cell { form, operands: Word::halves(halves), extra: Extra::None }
}

/// The other one of two operands.
fn other(made: &Reg, a: &Reg, b: &Reg) -> Reg {
    if a == made { *b } else { *a }
}

/// The cell for two instructions of which the second alone reads what the first makes.
#[rustfmt::skip]
fn pair(first: &Inst, second: &Inst) -> Option<Cell> {
    let four = |a: &Reg, b: &Reg, c: &Reg, d: &Reg| [*a, *b, *c, *d].map(register);
    let imm = |dst: &Reg, a: &Reg, value: i16, c: &Reg| {
        [register(*dst), register(*a), immediate(value), register(*c)]
    };
    Some(match (first, second) {
        (Inst::I32Add { a, b, .. }, Inst::ArrayGetInt { dst, array, .. }) => {
            cell(binary_form!(fused::get_i32_at_sum), four(dst, a, b, array))
        }
        (Inst::I32Add { a, b, .. }, Inst::ArrayGetLong { dst, array, .. }) => {
            cell(binary_form!(fused::get_i64_at_sum), four(dst, a, b, array))
        }
        (Inst::ArrayGetInt { dst: made, array, index }, Inst::I32Add { dst, a, b }) => {
            cell(unary_form!(fused::get_i32_add, 2), four(dst, array, index, &other(made, a, b)))
        }
        (Inst::ArrayGetLong { dst: made, array, index }, Inst::I64Add { dst, a, b }) => {
            cell(unary_form!(fused::get_i64_add, 2), four(dst, array, index, &other(made, a, b)))
        }
        (Inst::ArrayGetLong { dst: made, array, index }, Inst::I64Mul { dst, a, b }) => {
            cell(unary_form!(fused::get_i64_mul, 2), four(dst, array, index, &other(made, a, b)))
        }
        (Inst::I32Mul { dst: made, a: x, b: y }, Inst::I32Add { dst, a, b }) => {
            cell(binary_form!(fused::i32_mul_add), four(dst, x, y, &other(made, a, b)))
        }
        (Inst::I32Add { dst: made, a: x, b: y }, Inst::I32Add { dst, a, b }) => {
            cell(binary_form!(fused::i32_add_add), four(dst, x, y, &other(made, a, b)))
        }
        (Inst::I32Xor { dst: made, a: x, b: y }, Inst::I32And { dst, a, b }) => {
            cell(binary_form!(fused::i32_xor_and), four(dst, x, y, &other(made, a, b)))
        }
        (Inst::I32And { dst: made, a: x, b: y }, Inst::I32Xor { dst, a, b }) => {
            cell(binary_form!(fused::i32_and_xor), four(dst, x, y, &other(made, a, b)))
        }
        (Inst::I64Mul { dst: made, a: x, b: y }, Inst::I64Add { dst, a, b }) => {
            cell(binary_form!(fused::i64_mul_add), four(dst, x, y, &other(made, a, b)))
        }
        (Inst::I32UshrImm { dst: made, a: x, value }, Inst::I32Xor { dst, a, b }) => {
            cell(unary_form!(fused::i32_ushr_imm_xor, 1), imm(dst, x, i16::from(*value), &other(made, a, b)))
        }
        (Inst::I64UshrImm { dst: made, a: x, value }, Inst::I64Xor { dst, a, b }) => {
            cell(unary_form!(fused::i64_ushr_imm_xor, 1), imm(dst, x, i16::from(*value), &other(made, a, b)))
        }
        (Inst::I64ShlImm { dst: made, a: x, value }, Inst::I64Xor { dst, a, b }) => {
            cell(unary_form!(fused::i64_shl_imm_xor, 1), imm(dst, x, i16::from(*value), &other(made, a, b)))
        }
        (Inst::ConstI16 { dst: made, value }, Inst::I32Rotr { dst, a, b }) if made == b => {
            cell(unary_form!(fused::i32_rotr_imm, 1), imm(dst, a, *value, &Reg(0)))
        }
        (Inst::ConstI64 { dst: made, value }, Inst::I64Mul { dst, a, b }) => {
            with_word(unary_form!(fused::i64_mul_word, 1), *dst, other(made, a, b), *value)
        }
        (Inst::ConstI64 { dst: made, value }, Inst::I64Add { dst, a, b }) => {
            with_word(unary_form!(fused::i64_add_word, 1), *dst, other(made, a, b), *value)
        }
        (Inst::ArrayGetBoolean { array, index, .. }, Inst::Br { yes, no, .. }) => {
            with_ways(one_form!(fused::get_u8_br, 1), [array, index, &Reg(0)], yes, no)
        }
        (Inst::ArrayGetLong { dst: made, array, index }, Inst::I64BrLt { a, b, yes, no }) => {
            if a == made {
                with_ways(one_form!(fused::get_i64_br_lt, 1), [array, index, b], yes, no)
            } else {
                with_ways(one_form!(fused::get_i64_br_gt, 1), [array, index, a], yes, no)
            }
        }
        (Inst::ArrayGetLong { dst: made, array, index }, Inst::I64BrLe { a, b, yes, no }) if a == made => {
            with_ways(one_form!(fused::get_i64_br_le, 1), [array, index, b], yes, no)
        }
        (Inst::I64Add { a, b, .. }, Inst::RetValue { .. }) => {
            let operands = Word::halves([register(*a), register(*b), 0, 0]);
            Cell { form: two_form!(fused::i64_add_ret, 0, 1), operands, extra: Extra::None }
        }
        _ => return None,
    })
}

fn with_word(form: &'static Form, dst: Reg, a: Reg, value: i64) -> Cell {
    let operands = Word::halves([register(dst), register(a), 0, 0]);
    Cell { form, operands, extra: Extra::Word(value as u64) }
}

fn with_ways(form: &'static Form, registers: [&Reg; 3], yes: &BlockId, no: &BlockId) -> Cell {
    let [a, b, c] = registers.map(|operand| register(*operand));
    let ways = Ways { yes: *yes, no: *no };
    Cell { form, operands: Word::halves([a, b, c, 0]), extra: Extra::Ways(ways) }
}
