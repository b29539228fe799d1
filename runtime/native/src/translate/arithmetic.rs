//! Numbers of up to 64 bits, and conversions between them.

use super::function::Translator;
use super::held::Held;
use crate::emitter::{Binary, Comparison, Conversion, DoubleComparison, Emitter, Type, Unary};
use fvm_isa::{Inst, Reg, TrapCode};

/// Which part of a division is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Division {
    Quotient,
    Remainder,
}

impl<E: Emitter> Translator<'_, E> {
    /// Translates an instruction on integers; false if it is none.
    pub(super) fn integer(&mut self, inst: &Inst, pc: u32) -> bool {
        self.int_operation(inst, pc) || self.long_operation(inst, pc) || self.conversion(inst)
    }

    fn int_operation(&mut self, inst: &Inst, pc: u32) -> bool {
        macro_rules! binary {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_int(*$a), self.held_int(*$b));
                let value = self.emitter.binary(Binary::$operation, a, b);
                self.set(*$dst, Held::Int(value));
            }};
        }
        macro_rules! immediate {
            ($operation:ident, $dst:expr, $a:expr, $value:expr) => {{
                let (a, b) = (self.held_int(*$a), self.int(i32::from(*$value)));
                let value = self.emitter.binary(Binary::$operation, a, b);
                self.set(*$dst, Held::Int(value));
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let condition = self.compare_int(Comparison::$condition, *$a, *$b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::I32Add { dst, a, b } => binary!(Add, dst, a, b),
            Inst::I32Sub { dst, a, b } => binary!(Subtract, dst, a, b),
            Inst::I32Mul { dst, a, b } => binary!(Multiply, dst, a, b),
            Inst::I32Div { dst, a, b } => self.divide_ints(Division::Quotient, *dst, *a, *b, pc),
            Inst::I32Rem { dst, a, b } => self.divide_ints(Division::Remainder, *dst, *a, *b, pc),
            Inst::I32Neg { dst, a } => {
                let a = self.held_int(*a);
                let value = self.emitter.unary(Unary::Negate, a);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32And { dst, a, b } => binary!(And, dst, a, b),
            Inst::I32Or { dst, a, b } => binary!(Or, dst, a, b),
            Inst::I32Xor { dst, a, b } => binary!(Xor, dst, a, b),
            Inst::I32Shl { dst, a, b } => binary!(ShiftLeft, dst, a, b),
            Inst::I32Shr { dst, a, b } => binary!(ShiftRight, dst, a, b),
            Inst::I32Ushr { dst, a, b } => binary!(ShiftRightUnsigned, dst, a, b),
            Inst::I32Rotr { dst, a, b } => binary!(RotateRight, dst, a, b),
            Inst::I32Eq { dst, a, b } => compare!(Equal, dst, a, b),
            Inst::I32Ne { dst, a, b } => compare!(NotEqual, dst, a, b),
            Inst::I32Lt { dst, a, b } => compare!(SignedLessThan, dst, a, b),
            Inst::I32Le { dst, a, b } => compare!(SignedLessThanOrEqual, dst, a, b),
            Inst::I32AddImm { dst, a, value } => immediate!(Add, dst, a, value),
            Inst::I32MulImm { dst, a, value } => immediate!(Multiply, dst, a, value),
            Inst::I32AndImm { dst, a, value } => immediate!(And, dst, a, value),
            Inst::I32ShlImm { dst, a, value } => immediate!(ShiftLeft, dst, a, value),
            Inst::I32ShrImm { dst, a, value } => immediate!(ShiftRight, dst, a, value),
            Inst::I32RotrImm { dst, a, value } => immediate!(RotateRight, dst, a, value),
            Inst::I32UshrImm { dst, a, value } => immediate!(ShiftRightUnsigned, dst, a, value),
            Inst::BoolNot { dst, a } => {
                let a = self.held_int(*a);
                let condition = self.emitter.compare_number(Comparison::Equal, a, 0);
                self.set_bool(*dst, condition);
            }
            _ => return false,
        }
        true
    }

    fn long_operation(&mut self, inst: &Inst, pc: u32) -> bool {
        macro_rules! binary {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_long(*$a), self.held_long(*$b));
                let value = self.emitter.binary(Binary::$operation, a, b);
                self.set(*$dst, Held::Long(value));
            }};
        }
        // Distances count modulo the width, in an emitter as in the machine.
        macro_rules! shift {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_long(*$a), self.held_int(*$b));
                let value = self.emitter.binary(Binary::$operation, a, b);
                self.set(*$dst, Held::Long(value));
            }};
        }
        macro_rules! immediate {
            ($operation:ident, $dst:expr, $a:expr, $value:expr) => {{
                let (a, b) = (self.held_long(*$a), self.long(i64::from(*$value)));
                let value = self.emitter.binary(Binary::$operation, a, b);
                self.set(*$dst, Held::Long(value));
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let condition = self.compare_long(Comparison::$condition, *$a, *$b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::I64Add { dst, a, b } => binary!(Add, dst, a, b),
            Inst::I64Sub { dst, a, b } => binary!(Subtract, dst, a, b),
            Inst::I64Mul { dst, a, b } => binary!(Multiply, dst, a, b),
            Inst::I64Div { dst, a, b } => self.divide_longs(Division::Quotient, *dst, *a, *b, pc),
            Inst::I64Rem { dst, a, b } => self.divide_longs(Division::Remainder, *dst, *a, *b, pc),
            Inst::I64Udiv { dst, a, b } => {
                self.divide_unsigned(Division::Quotient, *dst, *a, *b, pc)
            }
            Inst::I64Urem { dst, a, b } => {
                self.divide_unsigned(Division::Remainder, *dst, *a, *b, pc)
            }
            Inst::I64Neg { dst, a } => {
                let a = self.held_long(*a);
                let value = self.emitter.unary(Unary::Negate, a);
                self.set(*dst, Held::Long(value));
            }
            Inst::I64And { dst, a, b } => binary!(And, dst, a, b),
            Inst::I64Or { dst, a, b } => binary!(Or, dst, a, b),
            Inst::I64Xor { dst, a, b } => binary!(Xor, dst, a, b),
            Inst::I64Shl { dst, a, b } => shift!(ShiftLeft, dst, a, b),
            Inst::I64Shr { dst, a, b } => shift!(ShiftRight, dst, a, b),
            Inst::I64Ushr { dst, a, b } => shift!(ShiftRightUnsigned, dst, a, b),
            Inst::I64Eq { dst, a, b } => compare!(Equal, dst, a, b),
            Inst::I64Ne { dst, a, b } => compare!(NotEqual, dst, a, b),
            Inst::I64Lt { dst, a, b } => compare!(SignedLessThan, dst, a, b),
            Inst::I64Le { dst, a, b } => compare!(SignedLessThanOrEqual, dst, a, b),
            Inst::I64AddImm { dst, a, value } => immediate!(Add, dst, a, value),
            Inst::I64MulImm { dst, a, value } => immediate!(Multiply, dst, a, value),
            Inst::I64AndImm { dst, a, value } => immediate!(And, dst, a, value),
            Inst::I64ShlImm { dst, a, value } => immediate!(ShiftLeft, dst, a, value),
            Inst::I64ShrImm { dst, a, value } => immediate!(ShiftRight, dst, a, value),
            Inst::I64UshrImm { dst, a, value } => immediate!(ShiftRightUnsigned, dst, a, value),
            _ => return false,
        }
        true
    }

    fn compare_int(&mut self, condition: Comparison, a: Reg, b: Reg) -> E::Value {
        let (a, b) = (self.held_int(a), self.held_int(b));
        self.emitter.compare(condition, a, b)
    }

    fn compare_long(&mut self, condition: Comparison, a: Reg, b: Reg) -> E::Value {
        let (a, b) = (self.held_long(a), self.held_long(b));
        self.emitter.compare(condition, a, b)
    }

    fn divide_ints(&mut self, part: Division, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let (a, b) = (self.held_int(a), self.held_int(b));
        let value = self.divide(part, Type::I32, a, b, pc);
        self.set(dst, Held::Int(value));
    }

    fn divide_longs(&mut self, part: Division, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let (a, b) = (self.held_long(a), self.held_long(b));
        let value = self.divide(part, Type::I64, a, b, pc);
        self.set(dst, Held::Long(value));
    }

    fn divide_unsigned(&mut self, part: Division, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let (a, b) = (self.held_long(a), self.held_long(b));
        self.stop_at_zero(b, pc);
        let value = match part {
            Division::Quotient => self.emitter.binary(Binary::DivideUnsigned, a, b),
            Division::Remainder => self.emitter.binary(Binary::RemainderUnsigned, a, b),
        };
        self.set(dst, Held::Long(value));
    }

    /// Traps on a divisor of zero.
    fn stop_at_zero(&mut self, b: E::Value, pc: u32) {
        if !matches!(self.constant(b), Some(value) if value != 0) {
            let is_zero = self.emitter.compare_number(Comparison::Equal, b, 0);
            self.stop_if(is_zero, pc, TrapCode::DIVISION_BY_ZERO);
        }
    }

    /// Zero traps. The smallest number divided by -1 is itself, with remainder 0: the processor
    /// would fault, so it never divides by -1.
    fn divide(&mut self, part: Division, ty: Type, a: E::Value, b: E::Value, pc: u32) -> E::Value {
        self.stop_at_zero(b, pc);
        if matches!(self.constant(b), Some(value) if value != -1) {
            return match part {
                Division::Quotient => self.emitter.binary(Binary::Divide, a, b),
                Division::Remainder => self.emitter.binary(Binary::Remainder, a, b),
            };
        }
        if part == Division::Remainder {
            // An emitter's remainder by -1 is 0.
            return self.emitter.binary(Binary::Remainder, a, b);
        }
        // Without a branch: ways that meet again take long to compile where there are many.
        let minus_one = self.emitter.compare_number(Comparison::Equal, b, -1);
        let one = self.emitter.number(ty, 1);
        let divisor = self.emitter.select(minus_one, one, b);
        let quotient = self.emitter.binary(Binary::Divide, a, divisor);
        let negated = self.emitter.unary(Unary::Negate, a);
        self.emitter.select(minus_one, negated, quotient)
    }

    /// The number that a value is, if it is a constant.
    pub(super) fn constant(&self, value: E::Value) -> Option<i64> {
        self.emitter.known_number(value)
    }

    fn conversion(&mut self, inst: &Inst) -> bool {
        match inst {
            Inst::I32ToI64 { dst, a } => {
                let a = self.held_int(*a);
                let value = self.emitter.convert(Conversion::Extend, Type::I64, a);
                self.set(*dst, Held::Long(value));
            }
            Inst::I64ToI32 { dst, a } => {
                let a = self.held_long(*a);
                let value = self.emitter.convert(Conversion::Reduce, Type::I32, a);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32ToI8 { dst, a } => {
                let a = self.held_int(*a);
                let low = self.emitter.convert(Conversion::Reduce, Type::I8, a);
                let value = self.emitter.convert(Conversion::Extend, Type::I32, low);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32ToI16 { dst, a } => {
                let a = self.held_int(*a);
                let low = self.emitter.convert(Conversion::Reduce, Type::I16, a);
                let value = self.emitter.convert(Conversion::Extend, Type::I32, low);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32ToU16 { dst, a } => {
                let a = self.held_int(*a);
                let low = self.emitter.convert(Conversion::Reduce, Type::I16, a);
                let value = self.emitter.convert(Conversion::ExtendUnsigned, Type::I32, low);
                self.set(*dst, Held::Int(value));
            }
            _ => return false,
        }
        true
    }

    /// Translates an instruction on doubles; false if it is none.
    pub(super) fn float(&mut self, inst: &Inst) -> bool {
        macro_rules! binary {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_double(*$a), self.held_double(*$b));
                let value = self.emitter.binary(Binary::$operation, a, b);
                self.set_canonical(*$dst, value);
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_double(*$a), self.held_double(*$b));
                let condition = self.emitter.compare_doubles(DoubleComparison::$condition, a, b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::F64Add { dst, a, b } => binary!(AddDoubles, dst, a, b),
            Inst::F64Sub { dst, a, b } => binary!(SubtractDoubles, dst, a, b),
            Inst::F64Mul { dst, a, b } => binary!(MultiplyDoubles, dst, a, b),
            Inst::F64Div { dst, a, b } => binary!(DivideDoubles, dst, a, b),
            Inst::F64Neg { dst, a } => {
                let a = self.held_double(*a);
                let value = self.emitter.unary(Unary::NegateDouble, a);
                self.set_canonical(*dst, value);
            }
            Inst::F64Sqrt { dst, a } => {
                let a = self.held_double(*a);
                let value = self.emitter.unary(Unary::SquareRoot, a);
                self.set_canonical(*dst, value);
            }
            Inst::F64Eq { dst, a, b } => compare!(Equal, dst, a, b),
            Inst::F64Ne { dst, a, b } => compare!(NotEqual, dst, a, b),
            Inst::F64Lt { dst, a, b } => compare!(LessThan, dst, a, b),
            Inst::F64Le { dst, a, b } => compare!(LessThanOrEqual, dst, a, b),
            Inst::F64Bits { dst, a } => {
                let a = self.held_double(*a);
                let value = self.bits(a);
                self.set(*dst, Held::Long(value));
            }
            Inst::F64FromBits { dst, a } => {
                let a = self.held_long(*a);
                let value = self.double_of(a);
                self.set_canonical(*dst, value);
            }
            Inst::F64RoundF32 { dst, a } => {
                let a = self.held_double(*a);
                let single = self.emitter.convert(Conversion::RoundFloat, Type::F32, a);
                let value = self.emitter.convert(Conversion::WidenFloat, Type::F64, single);
                self.set_canonical(*dst, value);
            }
            Inst::I32ToF64 { dst, a } => {
                let a = self.held_int(*a);
                let value = self.emitter.convert(Conversion::IntegerToFloat, Type::F64, a);
                self.set(*dst, Held::Double(value));
            }
            Inst::I64ToF64 { dst, a } => {
                let a = self.held_long(*a);
                let value = self.emitter.convert(Conversion::IntegerToFloat, Type::F64, a);
                self.set(*dst, Held::Double(value));
            }
            Inst::F64ToI32 { dst, a } => {
                let a = self.held_double(*a);
                let value = self.emitter.convert(Conversion::FloatToInteger, Type::I32, a);
                self.set(*dst, Held::Int(value));
            }
            Inst::F64ToI64 { dst, a } => {
                let a = self.held_double(*a);
                let value = self.emitter.convert(Conversion::FloatToInteger, Type::I64, a);
                self.set(*dst, Held::Long(value));
            }
            _ => return false,
        }
        true
    }

    pub(super) fn bits(&mut self, value: E::Value) -> E::Value {
        self.emitter.convert(Conversion::Reinterpret, Type::I64, value)
    }

    pub(super) fn double_of(&mut self, value: E::Value) -> E::Value {
        self.emitter.convert(Conversion::Reinterpret, Type::F64, value)
    }

    /// A NaN becomes the canonical one.
    fn set_canonical(&mut self, dst: Reg, value: E::Value) {
        let is_nan = self.emitter.compare_doubles(DoubleComparison::Unordered, value, value);
        let nan = self.emitter.double(NAN);
        let value = self.emitter.select(is_nan, nan, value);
        self.set(dst, Held::Double(value));
    }
}

/// The bits of the canonical NaN.
const NAN: u64 = 0x7ff8_0000_0000_0000;
