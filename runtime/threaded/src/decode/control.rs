//! Decodes calls and what ends a block.

use super::form::{Form, one_form, plain_form, two_form};
use super::inst::{immediate, register};
use super::widths::is_wide;
use super::{Cell, Decoder, Extra, Half, Price};
use crate::handlers::control as h;
use crate::handlers::object;
use crate::word::Word;
use fvm_isa::{BlockId, FunctionId, Inst, Reg, Switch};

/// The two ways of a branch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways {
    pub yes: BlockId,
    pub no: BlockId,
}

impl Ways {
    fn swapped(self) -> Ways {
        Ways { yes: self.no, no: self.yes }
    }
}

impl Decoder<'_> {
    /// Decodes a call or what ends a block; false if it is none.
    pub(super) fn control(&mut self, inst: &Inst, pc: u32) -> bool {
        match inst {
            Inst::Call { base, function } => self.call(*base, *function),
            Inst::CallTry { base, function } => {
                self.call(*base, *function);
                self.begin(h::caught);
            }
            Inst::CallVirtual { base, selector } => {
                let (first, count) = self.table(*selector);
                self.begin(h::call_virtual);
                self.halves([register(*base), first, count, 0]);
                self.point_to_table(*selector);
                self.words.push(Word::ints(0, 0));
            }
            Inst::Jump { to } => {
                self.begin(h::jump);
                self.jump(Half::Low, *to);
                self.words.push(Word::ints(0, 0));
                self.block_price(*to);
            }
            Inst::Switch { a, cases } => self.switch(*a, cases),
            Inst::Throw { a } => {
                self.begin(h::throw);
                self.halves([register(*a), 0, 0, 0]);
            }
            Inst::Trap { detail, code } => {
                self.begin(h::trap);
                self.halves([register(*detail), code.0, 0, 0]);
            }
            Inst::Abort { .. } => self.step(pc),
            Inst::Tailcall { base, function } => {
                let callee = &self.module.module().functions[function.index()];
                self.begin(h::tail_call);
                self.point_to_function(*function);
                self.halves([register(*base), callee.registers * 16, 0, 0]);
                self.words.push(Word::ints(callee.params.len() as i32, 0));
                self.entry_price(*function);
            }
            _ => return false,
        }
        true
    }

    /// The cell of a branch or return, if it is one.
    pub(super) fn end(&self, inst: &Inst) -> Option<Cell> {
        let (form, halves) = match inst {
            Inst::Ret {} => (plain_form!(h::ret), [0; 2]),
            // The caller goes by the type of the result.
            Inst::RetValue { a } => match (a.0, self.has_wide_result()) {
                (0, true) => (plain_form!(h::ret), [0; 2]),
                (_, true) => (plain_form!(h::ret_wide), [register(*a), 0]),
                (_, false) => (one_form!(h::ret_narrow, 0), [register(*a), 0]),
            },
            _ => {
                let (form, [a, b], ways) = branch(inst)?;
                let operands = Word::halves([a, b, 0, 0]);
                return Some(Cell { form, operands, extra: Extra::Ways(ways) });
            }
        };
        let operands = Word::halves([halves[0], halves[1], 0, 0]);
        Some(Cell { form, operands, extra: Extra::None })
    }

    /// Whether the result of the function at work takes 16 bytes.
    fn has_wide_result(&self) -> bool {
        let function = &self.module.module().functions[self.function.index()];
        function.result.is_some_and(is_wide)
    }

    fn entry_price(&mut self, function: FunctionId) {
        self.price(Price::Block(self.code.first_block(function) as u32));
    }

    fn call(&mut self, base: Reg, function: FunctionId) {
        self.begin(h::call);
        self.call_operands(base, function);
    }

    /// The operands of a call.
    pub(super) fn call_operands(&mut self, base: Reg, function: FunctionId) {
        let callee = &self.module.module().functions[function.index()];
        self.point_to_function(function);
        self.halves([register(base), callee.registers * 16, 0, 0]);
        self.entry_price(function);
    }

    fn switch(&mut self, a: Reg, switch: &Switch) {
        let first = switch.cases.first().map_or(0, |case| case.0);
        let is_dense = (switch.cases.iter().zip(i64::from(first)..))
            .all(|(case, value)| i64::from(case.0) == value);
        self.begin(if is_dense { h::switch_dense } else { h::switch_sparse });
        self.words.push(Word::mixed(register(a), 0, switch.cases.len() as i32));
        self.jump(Half::High, switch.default);
        self.words.push(Word::ints(first, 0));
        self.block_price(switch.default);
        for (value, target) in &switch.cases {
            self.jump(if is_dense { Half::Low } else { Half::High }, *target);
            self.words.push(Word::ints(*value, 0));
            self.block_price(*target);
        }
    }

    /// The distances and prices of two ways.
    pub(super) fn ways(&mut self, ways: Ways) {
        self.jump(Half::Low, ways.yes);
        self.jump(Half::High, ways.no);
        self.words.push(Word::ints(0, 0));
        self.block_price(ways.yes);
        self.block_price(ways.no);
    }
}

/// The form, operands and ways of a branch.
#[rustfmt::skip]
fn branch(inst: &Inst) -> Option<(&'static Form, [u16; 2], Ways)> {
    let two = |a: &Reg, b: &Reg| [register(*a), register(*b)];
    let imm = |a: &Reg, value: i8| [register(*a), immediate(value.into())];
    let ways = |yes: &BlockId, no: &BlockId| Ways { yes: *yes, no: *no };
    Some(match inst {
        Inst::Br { condition, yes, no } => (one_form!(h::br, 0), [register(*condition), 0], ways(yes, no)),
        Inst::I32BrEq { a, b, yes, no } => (two_form!(h::i32_br_eq, 0, 1), two(a, b), ways(yes, no)),
        Inst::I32BrNe { a, b, yes, no } => (two_form!(h::i32_br_eq, 0, 1), two(a, b), ways(yes, no).swapped()),
        Inst::I32BrLt { a, b, yes, no } => (two_form!(h::i32_br_lt, 0, 1), two(a, b), ways(yes, no)),
        Inst::I32BrLe { a, b, yes, no } => (two_form!(h::i32_br_le, 0, 1), two(a, b), ways(yes, no)),
        Inst::I32BrEqImm { a, value, yes, no } => (one_form!(h::i32_br_eq_imm, 0), imm(a, *value), ways(yes, no)),
        Inst::I32BrNeImm { a, value, yes, no } => (one_form!(h::i32_br_eq_imm, 0), imm(a, *value), ways(yes, no).swapped()),
        Inst::I32BrLtImm { a, value, yes, no } => (one_form!(h::i32_br_lt_imm, 0), imm(a, *value), ways(yes, no)),
        Inst::I32BrLeImm { a, value, yes, no } => (one_form!(h::i32_br_le_imm, 0), imm(a, *value), ways(yes, no)),
        Inst::I32BrGtImm { a, value, yes, no } => (one_form!(h::i32_br_le_imm, 0), imm(a, *value), ways(yes, no).swapped()),
        Inst::I32BrGeImm { a, value, yes, no } => (one_form!(h::i32_br_lt_imm, 0), imm(a, *value), ways(yes, no).swapped()),
        Inst::I64BrEq { a, b, yes, no } => (two_form!(h::i64_br_eq, 0, 1), two(a, b), ways(yes, no)),
        Inst::I64BrNe { a, b, yes, no } => (two_form!(h::i64_br_eq, 0, 1), two(a, b), ways(yes, no).swapped()),
        Inst::I64BrLt { a, b, yes, no } => (two_form!(h::i64_br_lt, 0, 1), two(a, b), ways(yes, no)),
        Inst::I64BrLe { a, b, yes, no } => (two_form!(h::i64_br_le, 0, 1), two(a, b), ways(yes, no)),
        Inst::I64BrEqImm { a, value, yes, no } => (one_form!(h::i64_br_eq_imm, 0), imm(a, *value), ways(yes, no)),
        Inst::I64BrNeImm { a, value, yes, no } => (one_form!(h::i64_br_eq_imm, 0), imm(a, *value), ways(yes, no).swapped()),
        Inst::I64BrLtImm { a, value, yes, no } => (one_form!(h::i64_br_lt_imm, 0), imm(a, *value), ways(yes, no)),
        Inst::I64BrLeImm { a, value, yes, no } => (one_form!(h::i64_br_le_imm, 0), imm(a, *value), ways(yes, no)),
        Inst::I64BrGtImm { a, value, yes, no } => (one_form!(h::i64_br_le_imm, 0), imm(a, *value), ways(yes, no).swapped()),
        Inst::I64BrGeImm { a, value, yes, no } => (one_form!(h::i64_br_lt_imm, 0), imm(a, *value), ways(yes, no).swapped()),
        Inst::BrNull { a, yes, no } => (plain_form!(object::br_null), [register(*a), 0], ways(yes, no)),
        Inst::BrIs { a, class, yes, no } => (plain_form!(object::br_is), [register(*a), class.0], ways(yes, no)),
        _ => return None,
    })
}
