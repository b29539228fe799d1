//! Numbers of 128 bits: two halves, joined where the processor has something for all of them.

use super::function::Translator;
use super::held::Held;
use crate::emitter::{Binary, Checked, Comparison, Conversion, Emitter, Type};
use fvm_isa::{Inst, Reg, TrapCode};

impl<E: Emitter> Translator<'_, E> {
    /// Translates an instruction on wide numbers; false if it is none, or not worth it.
    pub(super) fn wide(&mut self, inst: &Inst, pc: u32) -> bool {
        // A checked operation on joined halves.
        macro_rules! checked {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.joined(*$a), self.joined(*$b));
                let (value, overflow) = self.emitter.checked(Checked::$operation, a, b);
                self.stop_if(overflow, pc, TrapCode::OVERFLOW);
                self.set_split(*$dst, value);
            }};
        }
        macro_rules! bitwise {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let ((a0, a1), (b0, b1)) = (self.held_wide(*$a), self.held_wide(*$b));
                let low = self.emitter.binary(Binary::$operation, a0, b0);
                let high = self.emitter.binary(Binary::$operation, a1, b1);
                self.set(*$dst, Held::Wide(low, high));
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.joined(*$a), self.joined(*$b));
                let condition = self.emitter.compare(Comparison::$condition, a, b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::U128Add { dst, a, b } => checked!(AddUnsigned, dst, a, b),
            Inst::U128Sub { dst, a, b } => checked!(SubtractUnsigned, dst, a, b),
            Inst::I128Add { dst, a, b } => checked!(Add, dst, a, b),
            Inst::I128Sub { dst, a, b } => checked!(Subtract, dst, a, b),
            Inst::U128Mul { dst, a, b } => self.multiply(inst, *dst, *a, *b, pc),
            Inst::U128Div { dst, a, b } | Inst::U128Rem { dst, a, b } => {
                self.divide_wide(inst, *dst, *a, *b, pc);
            }
            Inst::U128And { dst, a, b } => bitwise!(And, dst, a, b),
            Inst::U128Or { dst, a, b } => bitwise!(Or, dst, a, b),
            Inst::U128Xor { dst, a, b } => bitwise!(Xor, dst, a, b),
            Inst::U128Shl { dst, a, b } => {
                let (a, b) = (self.joined(*a), self.held_int(*b));
                let value = self.emitter.binary(Binary::ShiftLeft, a, b);
                self.set_split(*dst, value);
            }
            Inst::U128Shr { dst, a, b } => {
                let (a, b) = (self.joined(*a), self.held_int(*b));
                let value = self.emitter.binary(Binary::ShiftRightUnsigned, a, b);
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
                let negative = self.emitter.compare_number(Comparison::SignedLessThan, a, 0);
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
                let sign = self.emitter.binary_number(Binary::ShiftRightUnsigned, low, 63);
                let large = self.emitter.binary(Binary::Or, high, sign);
                self.stop_if(large, pc, TrapCode::OVERFLOW);
                self.set(*dst, Held::Long(low));
            }
            Inst::I128ToI64 { dst, a } => {
                let (low, high) = self.held_wide(*a);
                let expected = self.signs(low);
                let differs = self.emitter.compare(Comparison::NotEqual, high, expected);
                self.stop_if(differs, pc, TrapCode::OVERFLOW);
                self.set(*dst, Held::Long(low));
            }
            Inst::U128FromI128 { dst, a } | Inst::I128FromU128 { dst, a } => {
                let (low, high) = self.held_wide(*a);
                let signed = self.emitter.compare_number(Comparison::SignedLessThan, high, 0);
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
        let large = self.emitter.binary(Binary::Or, a1, b1);
        self.or_step(inst, dst, large, pc, |translator| {
            let low = translator.emitter.binary(Binary::Multiply, a0, b0);
            let high = translator.emitter.binary(Binary::MultiplyHigh, a0, b0);
            (low, high)
        });
    }

    /// Numbers below 2^64 are divided here, others by the reference engine.
    fn divide_wide(&mut self, inst: &Inst, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let ((a0, a1), (b0, b1)) = (self.held_wide(a), self.held_wide(b));
        let is_zero = self.emitter.compare_number(Comparison::Equal, b0, 0);
        let is_zero = self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, is_zero);
        let large = self.emitter.binary(Binary::Or, a1, b1);
        let large = self.emitter.binary(Binary::Or, large, is_zero);
        let is_quotient = matches!(inst, Inst::U128Div { .. });
        self.or_step(inst, dst, large, pc, |translator| {
            let low = match is_quotient {
                true => translator.emitter.binary(Binary::DivideUnsigned, a0, b0),
                false => translator.emitter.binary(Binary::RemainderUnsigned, a0, b0),
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
        condition: E::Value,
        pc: u32,
        fast: impl FnOnce(&mut Self) -> (E::Value, E::Value),
    ) {
        let done = self.emitter.create_block();
        let [gas, low, high] = [(); 3].map(|()| self.emitter.param(done, Type::I64));
        // By two ways.
        self.passed += 6;
        self.cold(condition, |translator| {
            let Some(Held::Wide(low, high)) = translator.step(inst, pc) else {
                unreachable!("the result of {inst:?} is wide")
            };
            let args = [translator.gas(), low, high];
            translator.emitter.jump(done, &args);
        });
        let (fast_low, fast_high) = fast(self);
        let args = [self.gas(), fast_low, fast_high];
        self.emitter.jump(done, &args);
        self.emitter.begin_block(done);
        self.after_any_call();
        self.set_gas(gas);
        self.set(dst, Held::Wide(low, high));
    }

    /// Whether both halves of two values are the same.
    pub(super) fn same_halves(&mut self, a: Reg, b: Reg) -> E::Value {
        let ((a0, a1), (b0, b1)) = (self.held_wide(a), self.held_wide(b));
        let low = self.emitter.binary(Binary::Xor, a0, b0);
        let high = self.emitter.binary(Binary::Xor, a1, b1);
        let differs = self.emitter.binary(Binary::Or, low, high);
        self.emitter.compare_number(Comparison::Equal, differs, 0)
    }

    fn joined(&mut self, register: Reg) -> E::Value {
        let (low, high) = self.held_wide(register);
        self.emitter.join(low, high)
    }

    fn set_split(&mut self, dst: Reg, value: E::Value) {
        let (low, high) = self.emitter.split(value);
        self.set(dst, Held::Wide(low, high));
    }

    /// 64 copies of the sign.
    fn signs(&mut self, value: E::Value) -> E::Value {
        self.emitter.binary_number(Binary::ShiftRight, value, 63)
    }
}
