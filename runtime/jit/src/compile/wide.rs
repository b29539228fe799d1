//! Numbers of 128 bits: two halves, joined where the processor has something for all of them.

use super::function::Translator;
use super::held::Held;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value, types};
use fvm_isa::{Inst, Reg, TrapCode};

impl Translator<'_> {
    /// Translates an instruction on wide numbers; false if it is none, or not worth it.
    pub(super) fn wide(&mut self, inst: &Inst, pc: u32) -> bool {
        // A checked operation on joined halves.
        macro_rules! checked {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.joined(*$a), self.joined(*$b));
                let (value, overflow) = self.builder.ins().$operation(a, b);
                self.stop_if(overflow, pc, TrapCode::OVERFLOW);
                self.set_split(*$dst, value);
            }};
        }
        macro_rules! bitwise {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let ((a0, a1), (b0, b1)) = (self.held_wide(*$a), self.held_wide(*$b));
                let low = self.builder.ins().$operation(a0, b0);
                let high = self.builder.ins().$operation(a1, b1);
                self.set(*$dst, Held::Wide(low, high));
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.joined(*$a), self.joined(*$b));
                let condition = self.builder.ins().icmp(IntCC::$condition, a, b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::U128Add { dst, a, b } => checked!(uadd_overflow, dst, a, b),
            Inst::U128Sub { dst, a, b } => checked!(usub_overflow, dst, a, b),
            Inst::I128Add { dst, a, b } => checked!(sadd_overflow, dst, a, b),
            Inst::I128Sub { dst, a, b } => checked!(ssub_overflow, dst, a, b),
            Inst::U128Mul { dst, a, b } => self.multiply(inst, *dst, *a, *b, pc),
            Inst::U128Div { dst, a, b } | Inst::U128Rem { dst, a, b } => {
                self.divide_wide(inst, *dst, *a, *b, pc);
            }
            Inst::U128And { dst, a, b } => bitwise!(band, dst, a, b),
            Inst::U128Or { dst, a, b } => bitwise!(bor, dst, a, b),
            Inst::U128Xor { dst, a, b } => bitwise!(bxor, dst, a, b),
            Inst::U128Shl { dst, a, b } => {
                let (a, b) = (self.joined(*a), self.held_int(*b));
                let value = self.builder.ins().ishl(a, b);
                self.set_split(*dst, value);
            }
            Inst::U128Shr { dst, a, b } => {
                let (a, b) = (self.joined(*a), self.held_int(*b));
                let value = self.builder.ins().ushr(a, b);
                self.set_split(*dst, value);
            }
            Inst::U128Eq { dst, a, b } | Inst::I128Eq { dst, a, b } => {
                let condition = self.same_halves(*a, *b);
                self.set_bool(*dst, condition);
            }
            Inst::U128Lt { dst, a, b } => compare!(UnsignedLessThan, dst, a, b),
            Inst::U128Le { dst, a, b } => compare!(UnsignedLessThanOrEqual, dst, a, b),
            Inst::I128Lt { dst, a, b } => compare!(SignedLessThan, dst, a, b),
            Inst::I128Le { dst, a, b } => compare!(SignedLessThanOrEqual, dst, a, b),
            _ => return self.wide_conversion(inst, pc),
        }
        true
    }

    fn wide_conversion(&mut self, inst: &Inst, pc: u32) -> bool {
        match inst {
            Inst::U128Low { dst, a } => {
                let (low, _) = self.held_wide(*a);
                self.set(*dst, Held::Long(low));
            }
            Inst::U128High { dst, a } => {
                let (_, high) = self.held_wide(*a);
                self.set(*dst, Held::Long(high));
            }
            Inst::U128Join { dst, high, low } => {
                let (low, high) = (self.held_long(*low), self.held_long(*high));
                self.set(*dst, Held::Wide(low, high));
            }
            Inst::U128FromI64 { dst, a } => {
                let a = self.held_long(*a);
                let negative = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, a, 0);
                self.stop_if(negative, pc, TrapCode::OVERFLOW);
                let high = self.long(0);
                self.set(*dst, Held::Wide(a, high));
            }
            Inst::I128FromI64 { dst, a } => {
                let a = self.held_long(*a);
                let high = self.signs(a);
                self.set(*dst, Held::Wide(a, high));
            }
            Inst::U128ToI64 { dst, a } => {
                // The high half and the sign of the low half are zero.
                let (low, high) = self.held_wide(*a);
                let sign = self.builder.ins().ushr_imm_u(low, 63);
                let large = self.builder.ins().bor(high, sign);
                self.stop_if(large, pc, TrapCode::OVERFLOW);
                self.set(*dst, Held::Long(low));
            }
            Inst::I128ToI64 { dst, a } => {
                let (low, high) = self.held_wide(*a);
                let expected = self.signs(low);
                let differs = self.builder.ins().icmp(IntCC::NotEqual, high, expected);
                self.stop_if(differs, pc, TrapCode::OVERFLOW);
                self.set(*dst, Held::Long(low));
            }
            Inst::U128FromI128 { dst, a } | Inst::I128FromU128 { dst, a } => {
                let (low, high) = self.held_wide(*a);
                let signed = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, high, 0);
                self.stop_if(signed, pc, TrapCode::OVERFLOW);
                self.set(*dst, Held::Wide(low, high));
            }
            _ => return false,
        }
        true
    }

    /// Numbers below 2^64 are multiplied here, others by the reference engine.
    fn multiply(&mut self, inst: &Inst, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let ((a0, a1), (b0, b1)) = (self.held_wide(a), self.held_wide(b));
        let large = self.builder.ins().bor(a1, b1);
        self.or_step(inst, dst, large, pc, |translator| {
            let low = translator.builder.ins().imul(a0, b0);
            let high = translator.builder.ins().umulhi(a0, b0);
            (low, high)
        });
    }

    /// Numbers below 2^64 are divided here, others by the reference engine.
    fn divide_wide(&mut self, inst: &Inst, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let ((a0, a1), (b0, b1)) = (self.held_wide(a), self.held_wide(b));
        let is_zero = self.builder.ins().icmp_imm_s(IntCC::Equal, b0, 0);
        let is_zero = self.builder.ins().uextend(types::I64, is_zero);
        let large = self.builder.ins().bor(a1, b1);
        let large = self.builder.ins().bor(large, is_zero);
        let is_quotient = matches!(inst, Inst::U128Div { .. });
        self.or_step(inst, dst, large, pc, |translator| {
            let low = match is_quotient {
                true => translator.builder.ins().udiv(a0, b0),
                false => translator.builder.ins().urem(a0, b0),
            };
            (low, translator.long(0))
        });
    }

    /// Has the reference engine execute an instruction with a wide result if the condition holds,
    /// and computes the result with `fast` if not.
    pub(super) fn or_step(
        &mut self,
        inst: &Inst,
        dst: Reg,
        condition: Value,
        pc: u32,
        fast: impl FnOnce(&mut Self) -> (Value, Value),
    ) {
        let done = self.builder.create_block();
        let [gas, low, high] = [(); 3].map(|()| self.builder.append_block_param(done, types::I64));
        // By two ways.
        self.passed += 6;
        self.cold(condition, |translator| {
            let Some(Held::Wide(low, high)) = translator.step(inst, pc) else {
                unreachable!("the result of {inst:?} is wide")
            };
            let args = [translator.gas(), low, high].map(Into::into);
            translator.builder.ins().jump(done, &args);
        });
        let (fast_low, fast_high) = fast(self);
        let args = [self.gas(), fast_low, fast_high].map(Into::into);
        self.builder.ins().jump(done, &args);
        self.builder.switch_to_block(done);
        self.after_any_call();
        self.set_gas(gas);
        self.set(dst, Held::Wide(low, high));
    }

    /// Whether both halves of two values are the same.
    pub(super) fn same_halves(&mut self, a: Reg, b: Reg) -> Value {
        let ((a0, a1), (b0, b1)) = (self.held_wide(a), self.held_wide(b));
        let low = self.builder.ins().bxor(a0, b0);
        let high = self.builder.ins().bxor(a1, b1);
        let differs = self.builder.ins().bor(low, high);
        self.builder.ins().icmp_imm_s(IntCC::Equal, differs, 0)
    }

    fn joined(&mut self, register: Reg) -> Value {
        let (low, high) = self.held_wide(register);
        self.builder.ins().iconcat(low, high)
    }

    fn set_split(&mut self, dst: Reg, value: Value) {
        let (low, high) = self.builder.ins().isplit(value);
        self.set(dst, Held::Wide(low, high));
    }

    /// 64 copies of the sign.
    fn signs(&mut self, value: Value) -> Value {
        self.builder.ins().sshr_imm_u(value, 63)
    }
}
