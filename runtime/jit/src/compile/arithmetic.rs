//! Numbers of up to 64 bits, and conversions between them.

use super::function::Translator;
use super::held::Held;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use fvm_isa::{Inst, Reg, TrapCode};

/// Which part of a division is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Division {
    Quotient,
    Remainder,
}

impl Translator<'_> {
    /// Translates an instruction on integers; false if it is none.
    pub(super) fn integer(&mut self, inst: &Inst, pc: u32) -> bool {
        self.int_operation(inst, pc) || self.long_operation(inst, pc) || self.conversion(inst)
    }

    fn int_operation(&mut self, inst: &Inst, pc: u32) -> bool {
        macro_rules! binary {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_int(*$a), self.held_int(*$b));
                let value = self.builder.ins().$operation(a, b);
                self.set(*$dst, Held::Int(value));
            }};
        }
        macro_rules! immediate {
            ($operation:ident, $dst:expr, $a:expr, $value:expr) => {{
                let (a, b) = (self.held_int(*$a), self.int(i32::from(*$value)));
                let value = self.builder.ins().$operation(a, b);
                self.set(*$dst, Held::Int(value));
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let condition = self.compare_int(IntCC::$condition, *$a, *$b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::I32Add { dst, a, b } => binary!(iadd, dst, a, b),
            Inst::I32Sub { dst, a, b } => binary!(isub, dst, a, b),
            Inst::I32Mul { dst, a, b } => binary!(imul, dst, a, b),
            Inst::I32Div { dst, a, b } => self.divide_ints(Division::Quotient, *dst, *a, *b, pc),
            Inst::I32Rem { dst, a, b } => self.divide_ints(Division::Remainder, *dst, *a, *b, pc),
            Inst::I32Neg { dst, a } => {
                let a = self.held_int(*a);
                let value = self.builder.ins().ineg(a);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32And { dst, a, b } => binary!(band, dst, a, b),
            Inst::I32Or { dst, a, b } => binary!(bor, dst, a, b),
            Inst::I32Xor { dst, a, b } => binary!(bxor, dst, a, b),
            Inst::I32Shl { dst, a, b } => binary!(ishl, dst, a, b),
            Inst::I32Shr { dst, a, b } => binary!(sshr, dst, a, b),
            Inst::I32Ushr { dst, a, b } => binary!(ushr, dst, a, b),
            Inst::I32Rotr { dst, a, b } => binary!(rotr, dst, a, b),
            Inst::I32Eq { dst, a, b } => compare!(Equal, dst, a, b),
            Inst::I32Ne { dst, a, b } => compare!(NotEqual, dst, a, b),
            Inst::I32Lt { dst, a, b } => compare!(SignedLessThan, dst, a, b),
            Inst::I32Le { dst, a, b } => compare!(SignedLessThanOrEqual, dst, a, b),
            Inst::I32AddImm { dst, a, value } => immediate!(iadd, dst, a, value),
            Inst::I32MulImm { dst, a, value } => immediate!(imul, dst, a, value),
            Inst::I32AndImm { dst, a, value } => immediate!(band, dst, a, value),
            Inst::I32ShlImm { dst, a, value } => immediate!(ishl, dst, a, value),
            Inst::I32ShrImm { dst, a, value } => immediate!(sshr, dst, a, value),
            Inst::I32RotrImm { dst, a, value } => immediate!(rotr, dst, a, value),
            Inst::I32UshrImm { dst, a, value } => immediate!(ushr, dst, a, value),
            Inst::BoolNot { dst, a } => {
                let a = self.held_int(*a);
                let condition = self.builder.ins().icmp_imm_s(IntCC::Equal, a, 0);
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
                let value = self.builder.ins().$operation(a, b);
                self.set(*$dst, Held::Long(value));
            }};
        }
        // Counts are masked by Cranelift as by the machine.
        macro_rules! shift {
            ($operation:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_long(*$a), self.held_int(*$b));
                let value = self.builder.ins().$operation(a, b);
                self.set(*$dst, Held::Long(value));
            }};
        }
        macro_rules! immediate {
            ($operation:ident, $dst:expr, $a:expr, $value:expr) => {{
                let (a, b) = (self.held_long(*$a), self.long(i64::from(*$value)));
                let value = self.builder.ins().$operation(a, b);
                self.set(*$dst, Held::Long(value));
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let condition = self.compare_long(IntCC::$condition, *$a, *$b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::I64Add { dst, a, b } => binary!(iadd, dst, a, b),
            Inst::I64Sub { dst, a, b } => binary!(isub, dst, a, b),
            Inst::I64Mul { dst, a, b } => binary!(imul, dst, a, b),
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
                let value = self.builder.ins().ineg(a);
                self.set(*dst, Held::Long(value));
            }
            Inst::I64And { dst, a, b } => binary!(band, dst, a, b),
            Inst::I64Or { dst, a, b } => binary!(bor, dst, a, b),
            Inst::I64Xor { dst, a, b } => binary!(bxor, dst, a, b),
            Inst::I64Shl { dst, a, b } => shift!(ishl, dst, a, b),
            Inst::I64Shr { dst, a, b } => shift!(sshr, dst, a, b),
            Inst::I64Ushr { dst, a, b } => shift!(ushr, dst, a, b),
            Inst::I64Eq { dst, a, b } => compare!(Equal, dst, a, b),
            Inst::I64Ne { dst, a, b } => compare!(NotEqual, dst, a, b),
            Inst::I64Lt { dst, a, b } => compare!(SignedLessThan, dst, a, b),
            Inst::I64Le { dst, a, b } => compare!(SignedLessThanOrEqual, dst, a, b),
            Inst::I64AddImm { dst, a, value } => immediate!(iadd, dst, a, value),
            Inst::I64MulImm { dst, a, value } => immediate!(imul, dst, a, value),
            Inst::I64AndImm { dst, a, value } => immediate!(band, dst, a, value),
            Inst::I64ShlImm { dst, a, value } => immediate!(ishl, dst, a, value),
            Inst::I64ShrImm { dst, a, value } => immediate!(sshr, dst, a, value),
            Inst::I64UshrImm { dst, a, value } => immediate!(ushr, dst, a, value),
            _ => return false,
        }
        true
    }

    fn compare_int(&mut self, condition: IntCC, a: Reg, b: Reg) -> Value {
        let (a, b) = (self.held_int(a), self.held_int(b));
        self.builder.ins().icmp(condition, a, b)
    }

    fn compare_long(&mut self, condition: IntCC, a: Reg, b: Reg) -> Value {
        let (a, b) = (self.held_long(a), self.held_long(b));
        self.builder.ins().icmp(condition, a, b)
    }

    fn divide_ints(&mut self, part: Division, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let (a, b) = (self.held_int(a), self.held_int(b));
        let value = self.divide(part, types::I32, a, b, pc);
        self.set(dst, Held::Int(value));
    }

    fn divide_longs(&mut self, part: Division, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let (a, b) = (self.held_long(a), self.held_long(b));
        let value = self.divide(part, types::I64, a, b, pc);
        self.set(dst, Held::Long(value));
    }

    fn divide_unsigned(&mut self, part: Division, dst: Reg, a: Reg, b: Reg, pc: u32) {
        let (a, b) = (self.held_long(a), self.held_long(b));
        self.stop_at_zero(b, pc);
        let value = match part {
            Division::Quotient => self.builder.ins().udiv(a, b),
            Division::Remainder => self.builder.ins().urem(a, b),
        };
        self.set(dst, Held::Long(value));
    }

    /// Traps on a divisor of zero.
    fn stop_at_zero(&mut self, b: Value, pc: u32) {
        if !matches!(self.constant(b), Some(value) if value != 0) {
            let is_zero = self.builder.ins().icmp_imm_s(IntCC::Equal, b, 0);
            self.stop_if(is_zero, pc, TrapCode::DIVISION_BY_ZERO);
        }
    }

    /// Zero traps. The smallest number divided by -1 is itself, with remainder 0: the processor
    /// would fault, so it never divides by -1.
    fn divide(&mut self, part: Division, ty: Type, a: Value, b: Value, pc: u32) -> Value {
        self.stop_at_zero(b, pc);
        if matches!(self.constant(b), Some(value) if value != -1) {
            return match part {
                Division::Quotient => self.builder.ins().sdiv(a, b),
                Division::Remainder => self.builder.ins().srem(a, b),
            };
        }
        if part == Division::Remainder {
            // Cranelift's remainder by -1 is 0.
            return self.builder.ins().srem(a, b);
        }
        // Without a branch: ways that meet again take long to compile where there are many.
        let minus_one = self.builder.ins().icmp_imm_s(IntCC::Equal, b, -1);
        let one = self.builder.ins().iconst(ty, 1);
        let divisor = self.builder.ins().select(minus_one, one, b);
        let quotient = self.builder.ins().sdiv(a, divisor);
        let negated = self.builder.ins().ineg(a);
        self.builder.ins().select(minus_one, negated, quotient)
    }

    /// The number that a value is, if it is a constant.
    pub(super) fn constant(&self, value: Value) -> Option<i64> {
        let dfg = &self.builder.func.dfg;
        let inst = dfg.value_def(dfg.resolve_aliases(value)).inst()?;
        match dfg.insts[inst] {
            cranelift_codegen::ir::InstructionData::UnaryImm { imm, .. } => {
                match dfg.value_type(value) {
                    types::I32 => Some(i64::from(imm.bits() as i32)),
                    _ => Some(imm.bits()),
                }
            }
            _ => None,
        }
    }

    fn conversion(&mut self, inst: &Inst) -> bool {
        match inst {
            Inst::I32ToI64 { dst, a } => {
                let a = self.held_int(*a);
                let value = self.builder.ins().sextend(types::I64, a);
                self.set(*dst, Held::Long(value));
            }
            Inst::I64ToI32 { dst, a } => {
                let a = self.held_long(*a);
                let value = self.builder.ins().ireduce(types::I32, a);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32ToI8 { dst, a } => {
                let a = self.held_int(*a);
                let low = self.builder.ins().ireduce(types::I8, a);
                let value = self.builder.ins().sextend(types::I32, low);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32ToI16 { dst, a } => {
                let a = self.held_int(*a);
                let low = self.builder.ins().ireduce(types::I16, a);
                let value = self.builder.ins().sextend(types::I32, low);
                self.set(*dst, Held::Int(value));
            }
            Inst::I32ToU16 { dst, a } => {
                let a = self.held_int(*a);
                let low = self.builder.ins().ireduce(types::I16, a);
                let value = self.builder.ins().uextend(types::I32, low);
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
                let value = self.builder.ins().$operation(a, b);
                self.set_canonical(*$dst, value);
            }};
        }
        macro_rules! compare {
            ($condition:ident, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = (self.held_double(*$a), self.held_double(*$b));
                let condition = self.builder.ins().fcmp(FloatCC::$condition, a, b);
                self.set_bool(*$dst, condition);
            }};
        }
        match inst {
            Inst::F64Add { dst, a, b } => binary!(fadd, dst, a, b),
            Inst::F64Sub { dst, a, b } => binary!(fsub, dst, a, b),
            Inst::F64Mul { dst, a, b } => binary!(fmul, dst, a, b),
            Inst::F64Div { dst, a, b } => binary!(fdiv, dst, a, b),
            Inst::F64Neg { dst, a } => {
                let a = self.held_double(*a);
                let value = self.builder.ins().fneg(a);
                self.set_canonical(*dst, value);
            }
            Inst::F64Sqrt { dst, a } => {
                let a = self.held_double(*a);
                let value = self.builder.ins().sqrt(a);
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
                let single = self.builder.ins().fdemote(types::F32, a);
                let value = self.builder.ins().fpromote(types::F64, single);
                self.set_canonical(*dst, value);
            }
            Inst::I32ToF64 { dst, a } => {
                let a = self.held_int(*a);
                let value = self.builder.ins().fcvt_from_sint(types::F64, a);
                self.set(*dst, Held::Double(value));
            }
            Inst::I64ToF64 { dst, a } => {
                let a = self.held_long(*a);
                let value = self.builder.ins().fcvt_from_sint(types::F64, a);
                self.set(*dst, Held::Double(value));
            }
            Inst::F64ToI32 { dst, a } => {
                let a = self.held_double(*a);
                let value = self.builder.ins().fcvt_to_sint_sat(types::I32, a);
                self.set(*dst, Held::Int(value));
            }
            Inst::F64ToI64 { dst, a } => {
                let a = self.held_double(*a);
                let value = self.builder.ins().fcvt_to_sint_sat(types::I64, a);
                self.set(*dst, Held::Long(value));
            }
            _ => return false,
        }
        true
    }

    pub(super) fn bits(&mut self, value: Value) -> Value {
        let flags = cranelift_codegen::ir::MemFlagsData::new();
        self.builder.ins().bitcast(types::I64, flags, value)
    }

    pub(super) fn double_of(&mut self, value: Value) -> Value {
        let flags = cranelift_codegen::ir::MemFlagsData::new();
        self.builder.ins().bitcast(types::F64, flags, value)
    }

    /// A NaN becomes the canonical one.
    fn set_canonical(&mut self, dst: Reg, value: Value) {
        let is_nan = self.builder.ins().fcmp(FloatCC::Unordered, value, value);
        let nan = self.builder.ins().f64const(f64::from_bits(NAN));
        let value = self.builder.ins().select(is_nan, nan, value);
        self.set(dst, Held::Double(value));
    }
}

/// The bits of the canonical NaN.
const NAN: u64 = 0x7ff8_0000_0000_0000;
