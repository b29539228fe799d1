//! Decodes instructions that are no calls and end no block.

use super::widths::is_wide;
use super::{Decoder, Price};
use crate::handlers::{control, float, integer, object, sequence, wide};
use crate::word::{Handler, Word};
use fvm_isa::{ClassId, FieldId, Inst, Reg, builtin, unboxed_type};
use fvm_vm::Slot;
use fvm_vm::engine::{HEADER_BYTES, UNIT_SLOT};

/// Where a register lies in the window, in bytes.
pub(super) fn register(register: Reg) -> u16 {
    u16::from(register.0) * 16
}

/// An immediate as an operand.
pub(super) fn immediate(value: i16) -> u16 {
    u16::from_ne_bytes(value.to_ne_bytes())
}

impl Decoder<'_> {
    /// Decodes an instruction, which has this number.
    pub(super) fn inst(&mut self, inst: &Inst, pc: u32) {
        if let Some((handler, halves)) = simple(inst) {
            self.begin(handler);
            self.halves(halves);
        } else if !self.control(inst, pc) && !self.other(inst) {
            self.step(pc);
        }
    }

    /// Leaves the instruction to the reference engine.
    pub(super) fn step(&mut self, pc: u32) {
        self.begin(control::step);
        self.words.push(Word::ints(pc as i32, 0));
    }

    fn narrow_constant(&mut self, handler: Handler, dst: Reg, value: i32) {
        self.begin(handler);
        self.words.push(Word::mixed(register(dst), 0, value));
    }

    fn word_constant(&mut self, dst: Reg, data: u64) {
        self.begin(integer::const_word);
        self.halves([register(dst), 0, 0, 0]);
        self.words.push(Word { data });
    }

    fn wide_constant(&mut self, dst: Reg, value: Slot) {
        self.begin(integer::const_wide);
        self.halves([register(dst), 0, 0, 0]);
        self.words.push(Word { data: value as u64 });
        self.words.push(Word { data: (value >> 64) as u64 });
    }

    /// What needs more to be known than the instruction, or other operands; false if it is left to the
    /// reference engine.
    fn other(&mut self, inst: &Inst) -> bool {
        match inst {
            Inst::Move { dst, a } => {
                let is_wide = self.widths.is_wide(*a);
                self.begin(if is_wide { integer::move_wide } else { integer::move_narrow });
                self.halves([register(*dst), register(*a), 0, 0]);
            }
            Inst::ConstI16 { dst, value } => {
                self.narrow_constant(integer::const_i32, *dst, i32::from(*value));
            }
            Inst::ConstI32 { dst, value } => self.narrow_constant(integer::const_i32, *dst, *value),
            Inst::ConstI64I16 { dst, value } => {
                self.narrow_constant(integer::const_i64_short, *dst, i32::from(*value));
            }
            Inst::ConstI64 { dst, value } => match i32::try_from(*value) {
                Ok(value) => self.narrow_constant(integer::const_i64_short, *dst, value),
                Err(_) => self.word_constant(*dst, *value as u64),
            },
            Inst::ConstF64 { dst, bits } => self.word_constant(*dst, *bits),
            Inst::ConstU128U16 { dst, value } => self.wide_constant(*dst, Slot::from(*value)),
            Inst::ConstU128 { dst, value } => self.wide_constant(*dst, **value),
            Inst::ConstI128 { dst, value } => self.wide_constant(*dst, **value as u128),
            Inst::ConstString { dst, constant } | Inst::ConstBytes { dst, constant } => {
                self.wide_constant(*dst, self.code.constant(*constant));
            }
            Inst::ConstNull { dst } => self.wide_constant(*dst, 0),
            Inst::ConstUnit { dst } => self.wide_constant(*dst, UNIT_SLOT),
            Inst::Box { dst, a, class } => return self.box_scalar(*dst, *a, class.class()),
            Inst::Unbox { dst, a, class } => {
                let is_wide = unboxed_type(class.class()).is_some_and(is_wide);
                self.begin(if is_wide { object::unbox_wide } else { object::unbox_narrow });
                self.halves([register(*dst), register(*a), class.0.into(), 0]);
            }
            Inst::New { dst, class } => {
                let slots = self.code.instance_slots(*class);
                self.begin(object::new);
                self.words.push(Word::mixed(register(*dst), class.0, slots as i32));
                self.price(Price::Granules(slots as u32 + 1));
            }
            Inst::FieldGet { dst, object, field } => {
                let (narrow, wide) = (object::field_get_narrow, object::field_get_wide);
                self.field(narrow, wide, [*dst, *object], *field);
            }
            Inst::FieldSet { object, value, field } => {
                let (narrow, wide) = (object::field_set_narrow, object::field_set_wide);
                self.field(narrow, wide, [*object, *value], *field);
            }
            Inst::GlobalGet { dst, global } => {
                self.narrow_constant(object::global_get, *dst, global.0.into());
            }
            Inst::GlobalSet { value, global } => {
                let handler = match self.widths.is_wide(*value) {
                    true => object::global_set_wide,
                    false => object::global_set_narrow,
                };
                self.narrow_constant(handler, *value, global.0.into());
            }
            Inst::ArrayNew { dst, length, class } => {
                self.begin(sequence::array_new);
                let shift = element_shift(*class);
                self.halves([register(*dst), register(*length), class.0, shift]);
            }
            _ => return false,
        }
        true
    }

    fn field(&mut self, narrow: Handler, wide: Handler, registers: [Reg; 2], field: FieldId) {
        let found = self.module.module().field(field);
        let is_wide = found.is_none_or(|field| is_wide(field.ty));
        self.begin(if is_wide { wide } else { narrow });
        let offset = HEADER_BYTES + usize::from(field.slot) * 16;
        self.words.push(Word::mixed(register(registers[0]), register(registers[1]), offset as i32));
    }

    /// Only the 128-bit boxes are objects, which the reference engine makes.
    fn box_scalar(&mut self, dst: Reg, a: Reg, class: ClassId) -> bool {
        let handler = match class {
            builtin::BOOLEAN => object::box_bit,
            builtin::LONG | builtin::FLOAT | builtin::DOUBLE => object::box_i64,
            builtin::BYTE | builtin::SHORT | builtin::CHAR | builtin::INT => object::box_i32,
            _ => return false,
        };
        self.begin(handler);
        self.halves([register(dst), register(a), class.0, 0]);
        true
    }
}

/// The logarithm of the bytes of an element.
fn element_shift(class: ClassId) -> u16 {
    match class {
        builtin::ARRAY_BOOLEAN | builtin::ARRAY_BYTE => 0,
        builtin::ARRAY_SHORT | builtin::ARRAY_CHAR => 1,
        builtin::ARRAY_INT => 2,
        builtin::ARRAY_LONG | builtin::ARRAY_DOUBLE => 3,
        _ => 4,
    }
}

/// Handler and operands of an instruction with at most four operands of 16 bits.
#[rustfmt::skip]
fn simple(inst: &Inst) -> Option<(Handler, [u16; 4])> {
    let one = |dst: &Reg, a: &Reg| [register(*dst), register(*a), 0, 0];
    let two = |dst: &Reg, a: &Reg, b: &Reg| [register(*dst), register(*a), register(*b), 0];
    let imm = |dst: &Reg, a: &Reg, value: &i8| {
        [register(*dst), register(*a), immediate((*value).into()), 0]
    };
    Some(match inst {
        Inst::I32Add { dst, a, b } => (integer::i32_add, two(dst, a, b)),
        Inst::I32Sub { dst, a, b } => (integer::i32_sub, two(dst, a, b)),
        Inst::I32Mul { dst, a, b } => (integer::i32_mul, two(dst, a, b)),
        Inst::I32Div { dst, a, b } => (integer::i32_div, two(dst, a, b)),
        Inst::I32Rem { dst, a, b } => (integer::i32_rem, two(dst, a, b)),
        Inst::I32And { dst, a, b } => (integer::i32_and, two(dst, a, b)),
        Inst::I32Or { dst, a, b } => (integer::i32_or, two(dst, a, b)),
        Inst::I32Xor { dst, a, b } => (integer::i32_xor, two(dst, a, b)),
        Inst::I32Shl { dst, a, b } => (integer::i32_shl, two(dst, a, b)),
        Inst::I32Shr { dst, a, b } => (integer::i32_shr, two(dst, a, b)),
        Inst::I32Ushr { dst, a, b } => (integer::i32_ushr, two(dst, a, b)),
        Inst::I32Eq { dst, a, b } => (integer::i32_eq, two(dst, a, b)),
        Inst::I32Ne { dst, a, b } => (integer::i32_ne, two(dst, a, b)),
        Inst::I32Lt { dst, a, b } => (integer::i32_lt, two(dst, a, b)),
        Inst::I32Le { dst, a, b } => (integer::i32_le, two(dst, a, b)),
        Inst::I32Rotr { dst, a, b } => (integer::i32_rotr, two(dst, a, b)),
        Inst::I32AddImm { dst, a, value } => (integer::i32_add_imm, imm(dst, a, value)),
        Inst::I32MulImm { dst, a, value } => (integer::i32_mul_imm, imm(dst, a, value)),
        Inst::I32AndImm { dst, a, value } => (integer::i32_and_imm, imm(dst, a, value)),
        Inst::I32ShlImm { dst, a, value } => (integer::i32_shl_imm, imm(dst, a, value)),
        Inst::I32ShrImm { dst, a, value } => (integer::i32_shr_imm, imm(dst, a, value)),
        Inst::I32UshrImm { dst, a, value } => (integer::i32_ushr_imm, imm(dst, a, value)),
        Inst::I32Neg { dst, a } => (integer::i32_neg, one(dst, a)),
        Inst::I64Add { dst, a, b } => (integer::i64_add, two(dst, a, b)),
        Inst::I64Sub { dst, a, b } => (integer::i64_sub, two(dst, a, b)),
        Inst::I64Mul { dst, a, b } => (integer::i64_mul, two(dst, a, b)),
        Inst::I64Div { dst, a, b } => (integer::i64_div, two(dst, a, b)),
        Inst::I64Rem { dst, a, b } => (integer::i64_rem, two(dst, a, b)),
        Inst::I64And { dst, a, b } => (integer::i64_and, two(dst, a, b)),
        Inst::I64Or { dst, a, b } => (integer::i64_or, two(dst, a, b)),
        Inst::I64Xor { dst, a, b } => (integer::i64_xor, two(dst, a, b)),
        Inst::I64Shl { dst, a, b } => (integer::i64_shl, two(dst, a, b)),
        Inst::I64Shr { dst, a, b } => (integer::i64_shr, two(dst, a, b)),
        Inst::I64Ushr { dst, a, b } => (integer::i64_ushr, two(dst, a, b)),
        Inst::I64Eq { dst, a, b } => (integer::i64_eq, two(dst, a, b)),
        Inst::I64Ne { dst, a, b } => (integer::i64_ne, two(dst, a, b)),
        Inst::I64Lt { dst, a, b } => (integer::i64_lt, two(dst, a, b)),
        Inst::I64Le { dst, a, b } => (integer::i64_le, two(dst, a, b)),
        Inst::I64Udiv { dst, a, b } => (integer::i64_udiv, two(dst, a, b)),
        Inst::I64Urem { dst, a, b } => (integer::i64_urem, two(dst, a, b)),
        Inst::I64AddImm { dst, a, value } => (integer::i64_add_imm, imm(dst, a, value)),
        Inst::I64MulImm { dst, a, value } => (integer::i64_mul_imm, imm(dst, a, value)),
        Inst::I64AndImm { dst, a, value } => (integer::i64_and_imm, imm(dst, a, value)),
        Inst::I64ShlImm { dst, a, value } => (integer::i64_shl_imm, imm(dst, a, value)),
        Inst::I64ShrImm { dst, a, value } => (integer::i64_shr_imm, imm(dst, a, value)),
        Inst::I64UshrImm { dst, a, value } => (integer::i64_ushr_imm, imm(dst, a, value)),
        Inst::I64Neg { dst, a } => (integer::i64_neg, one(dst, a)),
        Inst::BoolNot { dst, a } => (integer::bool_not, one(dst, a)),
        Inst::I32ToI64 { dst, a } => (integer::i32_to_i64, one(dst, a)),
        Inst::I64ToI32 { dst, a } => (integer::i64_to_i32, one(dst, a)),
        Inst::I32ToI8 { dst, a } => (integer::i32_to_i8, one(dst, a)),
        Inst::I32ToI16 { dst, a } => (integer::i32_to_i16, one(dst, a)),
        Inst::I32ToU16 { dst, a } => (integer::i32_to_u16, one(dst, a)),
        Inst::F64Add { dst, a, b } => (float::f64_add, two(dst, a, b)),
        Inst::F64Sub { dst, a, b } => (float::f64_sub, two(dst, a, b)),
        Inst::F64Mul { dst, a, b } => (float::f64_mul, two(dst, a, b)),
        Inst::F64Div { dst, a, b } => (float::f64_div, two(dst, a, b)),
        Inst::F64Eq { dst, a, b } => (float::f64_eq, two(dst, a, b)),
        Inst::F64Ne { dst, a, b } => (float::f64_ne, two(dst, a, b)),
        Inst::F64Lt { dst, a, b } => (float::f64_lt, two(dst, a, b)),
        Inst::F64Le { dst, a, b } => (float::f64_le, two(dst, a, b)),
        Inst::F64Neg { dst, a } => (float::f64_neg, one(dst, a)),
        Inst::F64Sqrt { dst, a } => (float::f64_sqrt, one(dst, a)),
        Inst::F64Floor { dst, a } => (float::f64_floor, one(dst, a)),
        Inst::F64Ceil { dst, a } => (float::f64_ceil, one(dst, a)),
        Inst::F64RoundF32 { dst, a } => (float::f64_round_f32, one(dst, a)),
        Inst::F64Bits { dst, a } => (float::f64_bits, one(dst, a)),
        Inst::F64FromBits { dst, a } => (float::f64_from_bits, one(dst, a)),
        Inst::I32ToF64 { dst, a } => (float::i32_to_f64, one(dst, a)),
        Inst::I64ToF64 { dst, a } => (float::i64_to_f64, one(dst, a)),
        Inst::F64ToI32 { dst, a } => (float::f64_to_i32, one(dst, a)),
        Inst::F64ToI64 { dst, a } => (float::f64_to_i64, one(dst, a)),
        Inst::U128Add { dst, a, b } => (wide::u128_add, two(dst, a, b)),
        Inst::U128Sub { dst, a, b } => (wide::u128_sub, two(dst, a, b)),
        Inst::U128Mul { dst, a, b } => (wide::u128_mul, two(dst, a, b)),
        Inst::U128Div { dst, a, b } => (wide::u128_div, two(dst, a, b)),
        Inst::U128Rem { dst, a, b } => (wide::u128_rem, two(dst, a, b)),
        Inst::U128And { dst, a, b } => (wide::u128_and, two(dst, a, b)),
        Inst::U128Or { dst, a, b } => (wide::u128_or, two(dst, a, b)),
        Inst::U128Xor { dst, a, b } => (wide::u128_xor, two(dst, a, b)),
        Inst::U128Shl { dst, a, b } => (wide::u128_shl, two(dst, a, b)),
        Inst::U128Shr { dst, a, b } => (wide::u128_shr, two(dst, a, b)),
        Inst::U128Lt { dst, a, b } => (wide::u128_lt, two(dst, a, b)),
        Inst::U128Le { dst, a, b } => (wide::u128_le, two(dst, a, b)),
        Inst::I128Add { dst, a, b } => (wide::i128_add, two(dst, a, b)),
        Inst::I128Sub { dst, a, b } => (wide::i128_sub, two(dst, a, b)),
        Inst::I128Mul { dst, a, b } => (wide::i128_mul, two(dst, a, b)),
        Inst::I128Div { dst, a, b } => (wide::i128_div, two(dst, a, b)),
        Inst::I128Rem { dst, a, b } => (wide::i128_rem, two(dst, a, b)),
        Inst::I128Lt { dst, a, b } => (wide::i128_lt, two(dst, a, b)),
        Inst::I128Le { dst, a, b } => (wide::i128_le, two(dst, a, b)),
        Inst::U128Eq { dst, a, b } | Inst::I128Eq { dst, a, b } => (wide::wide_eq, two(dst, a, b)),
        Inst::U128FromI64 { dst, a } => (wide::u128_from_i64, one(dst, a)),
        Inst::U128ToI64 { dst, a } => (wide::u128_to_i64, one(dst, a)),
        Inst::U128Low { dst, a } => (wide::u128_low, one(dst, a)),
        Inst::U128High { dst, a } => (wide::u128_high, one(dst, a)),
        Inst::I128FromI64 { dst, a } => (wide::i128_from_i64, one(dst, a)),
        Inst::I128ToI64 { dst, a } => (wide::i128_to_i64, one(dst, a)),
        Inst::U128FromI128 { dst, a } => (wide::u128_from_i128, one(dst, a)),
        Inst::I128FromU128 { dst, a } => (wide::i128_from_u128, one(dst, a)),
        Inst::U128Join { dst, high, low } => (wide::u128_join, two(dst, high, low)),
        Inst::U128MulDiv { dst, a, b, c } => {
            (wide::u128_mul_div, [register(*dst), register(*a), register(*b), register(*c)])
        }
        Inst::Cast { dst, a, class } => (object::cast, [register(*dst), register(*a), class.0, 0]),
        Inst::Is { dst, a, class } => (object::is, [register(*dst), register(*a), class.0, 0]),
        Inst::RefEq { dst, a, b } => (object::ref_eq, two(dst, a, b)),
        Inst::IsNull { dst, a } => (object::is_null, one(dst, a)),
        Inst::AnyIsObject { dst, a } => (object::is_object, one(dst, a)),
        Inst::AnyClass { dst, a } => (object::class, one(dst, a)),
        Inst::ArrayLength { dst, array } => (sequence::length, one(dst, array)),
        Inst::StringLength { dst, a } | Inst::BytesLength { dst, a } => (sequence::length, one(dst, a)),
        Inst::ArrayGetAny { dst, array, index } => (sequence::get_u128, two(dst, array, index)),
        Inst::ArrayGetBoolean { dst, array, index } => (sequence::get_u8, two(dst, array, index)),
        Inst::ArrayGetByte { dst, array, index } => (sequence::get_i8, two(dst, array, index)),
        Inst::ArrayGetShort { dst, array, index } => (sequence::get_i16, two(dst, array, index)),
        Inst::ArrayGetChar { dst, array, index } => (sequence::get_u16, two(dst, array, index)),
        Inst::ArrayGetInt { dst, array, index } => (sequence::get_i32, two(dst, array, index)),
        Inst::ArrayGetLong { dst, array, index } => (sequence::get_i64, two(dst, array, index)),
        Inst::ArrayGetDouble { dst, array, index } => (sequence::get_i64, two(dst, array, index)),
        Inst::ArraySetAny { array, index, value } => (sequence::set_u128, two(array, index, value)),
        Inst::ArraySetBoolean { array, index, value } => (sequence::set_bit, two(array, index, value)),
        Inst::ArraySetByte { array, index, value } => (sequence::set_u8, two(array, index, value)),
        Inst::ArraySetShort { array, index, value } => (sequence::set_u16, two(array, index, value)),
        Inst::ArraySetChar { array, index, value } => (sequence::set_u16, two(array, index, value)),
        Inst::ArraySetInt { array, index, value } => (sequence::set_i32, two(array, index, value)),
        Inst::ArraySetLong { array, index, value } => (sequence::set_i64, two(array, index, value)),
        Inst::ArraySetDouble { array, index, value } => (sequence::set_i64, two(array, index, value)),
        Inst::BytesGet { dst, a, index } => (sequence::get_u8, two(dst, a, index)),
        Inst::StringCharAt { dst, a, index } => (sequence::char_at, two(dst, a, index)),
        Inst::BytesGetI64 { dst, a, index } => (sequence::bytes_get_i64, two(dst, a, index)),
        Inst::BytesGetU128 { dst, a, index } => (sequence::bytes_get_u128, two(dst, a, index)),
        Inst::ArrayPutI64 { array, start, value } => (sequence::put_i64, two(array, start, value)),
        Inst::ArrayPutU128 { array, start, value } => (sequence::put_u128, two(array, start, value)),
        _ => return None,
    })
}
