//! Decodes instructions that are no calls and end no block.

use super::form::{
    Form, binary_form, one_form, plain_form, result_form, stored_form, two_form, unary_form,
};
use super::widths::is_wide;
use super::{Cell, Decoder, Extra};
use crate::handlers::{float, integer, object, sequence, wide};
use crate::word::Word;
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

impl Cell {
    fn new(form: &'static Form, operands: Word) -> Cell {
        Cell { form, operands, extra: Extra::None }
    }

    /// A register and a number of 32 bits.
    fn numbered(form: &'static Form, register_: Reg, value: i32) -> Cell {
        Cell::new(form, Word::mixed(register(register_), 0, value))
    }

    fn constant(dst: Reg, value: i64) -> Cell {
        match i32::try_from(value) {
            Ok(value) => Cell::numbered(result_form!(integer::const_i64_short), dst, value),
            Err(_) => Cell::word(dst, value as u64),
        }
    }

    fn word(dst: Reg, data: u64) -> Cell {
        let operands = Word::halves([register(dst), 0, 0, 0]);
        Cell { form: result_form!(integer::const_word), operands, extra: Extra::Word(data) }
    }

    fn wide(dst: Reg, value: Slot) -> Cell {
        let operands = Word::halves([register(dst), 0, 0, 0]);
        Cell {
            form: plain_form!(integer::const_wide),
            operands,
            extra: Extra::Wide(value as u64, (value >> 64) as u64),
        }
    }
}

impl Decoder<'_> {
    /// The cell of an instruction, if it is one that is no call and has a handler of its own.
    pub(super) fn cell(&mut self, inst: &Inst) -> Option<Cell> {
        if let Some((form, halves)) = simple(inst) {
            return Some(Cell::new(form, Word::halves(halves)));
        }
        Some(match inst {
            Inst::Move { dst, a } => {
                let halves = Word::halves([register(*dst), register(*a), 0, 0]);
                match self.widths.is_wide(*a) {
                    true => Cell::new(plain_form!(integer::move_wide), halves),
                    false => Cell::new(unary_form!(integer::move_narrow, 1), halves),
                }
            }
            Inst::ConstI16 { dst, value } => {
                Cell::numbered(result_form!(integer::const_i32), *dst, i32::from(*value))
            }
            Inst::ConstI32 { dst, value } => {
                Cell::numbered(result_form!(integer::const_i32), *dst, *value)
            }
            Inst::ConstI64I16 { dst, value } => Cell::constant(*dst, i64::from(*value)),
            Inst::ConstI64 { dst, value } => Cell::constant(*dst, *value),
            Inst::ConstF64 { dst, bits } => Cell::word(*dst, *bits),
            Inst::ConstU128U16 { dst, value } => Cell::wide(*dst, Slot::from(*value)),
            Inst::ConstU128 { dst, value } => Cell::wide(*dst, **value),
            Inst::ConstI128 { dst, value } => Cell::wide(*dst, **value as u128),
            Inst::ConstString { dst, constant } | Inst::ConstBytes { dst, constant } => {
                Cell::wide(*dst, self.code.constant(*constant))
            }
            Inst::ConstNull { dst } => Cell::wide(*dst, 0),
            Inst::ConstUnit { dst } => Cell::wide(*dst, UNIT_SLOT),
            Inst::Box { dst, a, class } => return box_scalar(*dst, *a, class.class()),
            Inst::Unbox { dst, a, class } => {
                let halves = Word::halves([register(*dst), register(*a), class.0.into(), 0]);
                match unboxed_type(class.class()).is_some_and(is_wide) {
                    true => Cell::new(plain_form!(object::unbox_wide), halves),
                    false => Cell::new(result_form!(object::unbox_narrow), halves),
                }
            }
            Inst::FieldGet { dst, object, field } => {
                let forms =
                    [result_form!(object::field_get_narrow), plain_form!(object::field_get_wide)];
                self.field(forms, [*dst, *object], *field)
            }
            Inst::FieldSet { object, value, field } => {
                let forms =
                    [one_form!(object::field_set_narrow, 1), plain_form!(object::field_set_wide)];
                self.field(forms, [*object, *value], *field)
            }
            Inst::GlobalGet { dst, global } => {
                Cell::numbered(plain_form!(object::global_get), *dst, global.0.into())
            }
            Inst::GlobalSet { value, global } => {
                let form = match self.widths.is_wide(*value) {
                    true => plain_form!(object::global_set_wide),
                    false => plain_form!(object::global_set_narrow),
                };
                Cell::numbered(form, *value, global.0.into())
            }
            Inst::New { dst, class } => {
                let slots = self.code.instance_slots(*class);
                let operands = Word::mixed(register(*dst), class.0, slots as i32);
                let extra = Extra::Granules(slots as u32 + 1);
                Cell { form: plain_form!(object::new), operands, extra }
            }
            Inst::BytesFromArray { dst, array, start, count } => {
                let halves = [*dst, *array, *start, *count].map(register);
                Cell::new(plain_form!(sequence::bytes_from_array), Word::halves(halves))
            }
            Inst::ArrayNew { dst, length, class } => {
                let shift = element_shift(*class);
                let halves = [register(*dst), register(*length), class.0, shift];
                Cell::new(plain_form!(sequence::array_new), Word::halves(halves))
            }
            _ => return None,
        })
    }

    fn field(&mut self, forms: [&'static Form; 2], registers: [Reg; 2], field: FieldId) -> Cell {
        let found = self.module.module().field(field);
        let is_wide = found.is_none_or(|field| is_wide(field.ty));
        let offset = HEADER_BYTES + usize::from(field.slot) * 16;
        let [a, b] = registers.map(register);
        Cell::new(forms[usize::from(is_wide)], Word::mixed(a, b, offset as i32))
    }
}

/// Only the 128-bit boxes are objects, which the reference engine makes.
fn box_scalar(dst: Reg, a: Reg, class: ClassId) -> Option<Cell> {
    let form = match class {
        builtin::BOOLEAN => one_form!(object::box_bit, 1),
        builtin::LONG | builtin::FLOAT | builtin::DOUBLE => one_form!(object::box_i64, 1),
        builtin::BYTE | builtin::SHORT | builtin::CHAR | builtin::INT => {
            one_form!(object::box_i32, 1)
        }
        builtin::UINT128 | builtin::INT128 | builtin::AMOUNT => plain_form!(object::box_wide),
        _ => return None,
    };
    Some(Cell::new(form, Word::halves([register(dst), register(a), class.0, 0])))
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

/// Form and operands of an instruction with at most four operands of 16 bits.
#[rustfmt::skip]
fn simple(inst: &Inst) -> Option<(&'static Form, [u16; 4])> {
    let one = |dst: &Reg, a: &Reg| [register(*dst), register(*a), 0, 0];
    let two = |dst: &Reg, a: &Reg, b: &Reg| [register(*dst), register(*a), register(*b), 0];
    let imm = |dst: &Reg, a: &Reg, value: &i8| {
        [register(*dst), register(*a), immediate((*value).into()), 0]
    };
    Some(match inst {
        Inst::I32Add { dst, a, b } => (binary_form!(integer::i32_add), two(dst, a, b)),
        Inst::I32Sub { dst, a, b } => (binary_form!(integer::i32_sub), two(dst, a, b)),
        Inst::I32Mul { dst, a, b } => (binary_form!(integer::i32_mul), two(dst, a, b)),
        Inst::I32Div { dst, a, b } => (binary_form!(integer::i32_div), two(dst, a, b)),
        Inst::I32Rem { dst, a, b } => (binary_form!(integer::i32_rem), two(dst, a, b)),
        Inst::I32And { dst, a, b } => (binary_form!(integer::i32_and), two(dst, a, b)),
        Inst::I32Or { dst, a, b } => (binary_form!(integer::i32_or), two(dst, a, b)),
        Inst::I32Xor { dst, a, b } => (binary_form!(integer::i32_xor), two(dst, a, b)),
        Inst::I32Shl { dst, a, b } => (binary_form!(integer::i32_shl), two(dst, a, b)),
        Inst::I32Shr { dst, a, b } => (binary_form!(integer::i32_shr), two(dst, a, b)),
        Inst::I32Ushr { dst, a, b } => (binary_form!(integer::i32_ushr), two(dst, a, b)),
        Inst::I32Eq { dst, a, b } => (binary_form!(integer::i32_eq), two(dst, a, b)),
        Inst::I32Ne { dst, a, b } => (binary_form!(integer::i32_ne), two(dst, a, b)),
        Inst::I32Lt { dst, a, b } => (binary_form!(integer::i32_lt), two(dst, a, b)),
        Inst::I32Le { dst, a, b } => (binary_form!(integer::i32_le), two(dst, a, b)),
        Inst::I32Rotr { dst, a, b } => (binary_form!(integer::i32_rotr), two(dst, a, b)),
        Inst::I32AddImm { dst, a, value } => (unary_form!(integer::i32_add_imm, 1), imm(dst, a, value)),
        Inst::I32MulImm { dst, a, value } => (unary_form!(integer::i32_mul_imm, 1), imm(dst, a, value)),
        Inst::I32AndImm { dst, a, value } => (unary_form!(integer::i32_and_imm, 1), imm(dst, a, value)),
        Inst::I32ShlImm { dst, a, value } => (unary_form!(integer::i32_shl_imm, 1), imm(dst, a, value)),
        Inst::I32ShrImm { dst, a, value } => (unary_form!(integer::i32_shr_imm, 1), imm(dst, a, value)),
        Inst::I32UshrImm { dst, a, value } => (unary_form!(integer::i32_ushr_imm, 1), imm(dst, a, value)),
        Inst::I32RotrImm { dst, a, value } => (unary_form!(integer::i32_rotr_imm, 1), imm(dst, a, value)),
        Inst::I32Neg { dst, a } => (unary_form!(integer::i32_neg, 1), one(dst, a)),
        Inst::I64Add { dst, a, b } => (binary_form!(integer::i64_add), two(dst, a, b)),
        Inst::I64Sub { dst, a, b } => (binary_form!(integer::i64_sub), two(dst, a, b)),
        Inst::I64Mul { dst, a, b } => (binary_form!(integer::i64_mul), two(dst, a, b)),
        Inst::I64Div { dst, a, b } => (binary_form!(integer::i64_div), two(dst, a, b)),
        Inst::I64Rem { dst, a, b } => (binary_form!(integer::i64_rem), two(dst, a, b)),
        Inst::I64And { dst, a, b } => (binary_form!(integer::i64_and), two(dst, a, b)),
        Inst::I64Or { dst, a, b } => (binary_form!(integer::i64_or), two(dst, a, b)),
        Inst::I64Xor { dst, a, b } => (binary_form!(integer::i64_xor), two(dst, a, b)),
        Inst::I64Shl { dst, a, b } => (binary_form!(integer::i64_shl), two(dst, a, b)),
        Inst::I64Shr { dst, a, b } => (binary_form!(integer::i64_shr), two(dst, a, b)),
        Inst::I64Ushr { dst, a, b } => (binary_form!(integer::i64_ushr), two(dst, a, b)),
        Inst::I64Eq { dst, a, b } => (binary_form!(integer::i64_eq), two(dst, a, b)),
        Inst::I64Ne { dst, a, b } => (binary_form!(integer::i64_ne), two(dst, a, b)),
        Inst::I64Lt { dst, a, b } => (binary_form!(integer::i64_lt), two(dst, a, b)),
        Inst::I64Le { dst, a, b } => (binary_form!(integer::i64_le), two(dst, a, b)),
        Inst::I64Udiv { dst, a, b } => (binary_form!(integer::i64_udiv), two(dst, a, b)),
        Inst::I64Urem { dst, a, b } => (binary_form!(integer::i64_urem), two(dst, a, b)),
        Inst::I64AddImm { dst, a, value } => (unary_form!(integer::i64_add_imm, 1), imm(dst, a, value)),
        Inst::I64MulImm { dst, a, value } => (unary_form!(integer::i64_mul_imm, 1), imm(dst, a, value)),
        Inst::I64AndImm { dst, a, value } => (unary_form!(integer::i64_and_imm, 1), imm(dst, a, value)),
        Inst::I64ShlImm { dst, a, value } => (unary_form!(integer::i64_shl_imm, 1), imm(dst, a, value)),
        Inst::I64ShrImm { dst, a, value } => (unary_form!(integer::i64_shr_imm, 1), imm(dst, a, value)),
        Inst::I64UshrImm { dst, a, value } => (unary_form!(integer::i64_ushr_imm, 1), imm(dst, a, value)),
        Inst::I64Neg { dst, a } => (unary_form!(integer::i64_neg, 1), one(dst, a)),
        Inst::BoolNot { dst, a } => (unary_form!(integer::bool_not, 1), one(dst, a)),
        Inst::I32ToI64 { dst, a } => (unary_form!(integer::i32_to_i64, 1), one(dst, a)),
        Inst::I64ToI32 { dst, a } => (unary_form!(integer::i64_to_i32, 1), one(dst, a)),
        Inst::I32ToI8 { dst, a } => (unary_form!(integer::i32_to_i8, 1), one(dst, a)),
        Inst::I32ToI16 { dst, a } => (unary_form!(integer::i32_to_i16, 1), one(dst, a)),
        Inst::I32ToU16 { dst, a } => (unary_form!(integer::i32_to_u16, 1), one(dst, a)),
        Inst::F64Add { dst, a, b } => (binary_form!(float::f64_add), two(dst, a, b)),
        Inst::F64Sub { dst, a, b } => (binary_form!(float::f64_sub), two(dst, a, b)),
        Inst::F64Mul { dst, a, b } => (binary_form!(float::f64_mul), two(dst, a, b)),
        Inst::F64Div { dst, a, b } => (binary_form!(float::f64_div), two(dst, a, b)),
        Inst::F64Eq { dst, a, b } => (binary_form!(float::f64_eq), two(dst, a, b)),
        Inst::F64Ne { dst, a, b } => (binary_form!(float::f64_ne), two(dst, a, b)),
        Inst::F64Lt { dst, a, b } => (binary_form!(float::f64_lt), two(dst, a, b)),
        Inst::F64Le { dst, a, b } => (binary_form!(float::f64_le), two(dst, a, b)),
        Inst::F64Neg { dst, a } => (unary_form!(float::f64_neg, 1), one(dst, a)),
        Inst::F64Sqrt { dst, a } => (unary_form!(float::f64_sqrt, 1), one(dst, a)),
        Inst::F64Floor { dst, a } => (unary_form!(float::f64_floor, 1), one(dst, a)),
        Inst::F64Ceil { dst, a } => (unary_form!(float::f64_ceil, 1), one(dst, a)),
        Inst::F64RoundF32 { dst, a } => (unary_form!(float::f64_round_f32, 1), one(dst, a)),
        Inst::F64Bits { dst, a } => (unary_form!(float::f64_bits, 1), one(dst, a)),
        Inst::F64FromBits { dst, a } => (unary_form!(float::f64_from_bits, 1), one(dst, a)),
        Inst::I32ToF64 { dst, a } => (unary_form!(float::i32_to_f64, 1), one(dst, a)),
        Inst::I64ToF64 { dst, a } => (unary_form!(float::i64_to_f64, 1), one(dst, a)),
        Inst::F64ToI32 { dst, a } => (unary_form!(float::f64_to_i32, 1), one(dst, a)),
        Inst::F64ToI64 { dst, a } => (unary_form!(float::f64_to_i64, 1), one(dst, a)),
        Inst::U128Add { dst, a, b } => (plain_form!(wide::u128_add), two(dst, a, b)),
        Inst::U128Sub { dst, a, b } => (plain_form!(wide::u128_sub), two(dst, a, b)),
        Inst::U128Mul { dst, a, b } => (plain_form!(wide::u128_mul), two(dst, a, b)),
        Inst::U128Div { dst, a, b } => (plain_form!(wide::u128_div), two(dst, a, b)),
        Inst::U128Rem { dst, a, b } => (plain_form!(wide::u128_rem), two(dst, a, b)),
        Inst::U128And { dst, a, b } => (plain_form!(wide::u128_and), two(dst, a, b)),
        Inst::U128Or { dst, a, b } => (plain_form!(wide::u128_or), two(dst, a, b)),
        Inst::U128Xor { dst, a, b } => (plain_form!(wide::u128_xor), two(dst, a, b)),
        Inst::U128Shl { dst, a, b } => (plain_form!(wide::u128_shl), two(dst, a, b)),
        Inst::U128Shr { dst, a, b } => (plain_form!(wide::u128_shr), two(dst, a, b)),
        Inst::U128Lt { dst, a, b } => (stored_form!(wide::u128_lt), two(dst, a, b)),
        Inst::U128Le { dst, a, b } => (stored_form!(wide::u128_le), two(dst, a, b)),
        Inst::I128Add { dst, a, b } => (plain_form!(wide::i128_add), two(dst, a, b)),
        Inst::I128Sub { dst, a, b } => (plain_form!(wide::i128_sub), two(dst, a, b)),
        Inst::I128Mul { dst, a, b } => (plain_form!(wide::i128_mul), two(dst, a, b)),
        Inst::I128Div { dst, a, b } => (plain_form!(wide::i128_div), two(dst, a, b)),
        Inst::I128Rem { dst, a, b } => (plain_form!(wide::i128_rem), two(dst, a, b)),
        Inst::I128Lt { dst, a, b } => (stored_form!(wide::i128_lt), two(dst, a, b)),
        Inst::I128Le { dst, a, b } => (stored_form!(wide::i128_le), two(dst, a, b)),
        Inst::U128Eq { dst, a, b } | Inst::I128Eq { dst, a, b } => (stored_form!(wide::wide_eq), two(dst, a, b)),
        Inst::U128FromI64 { dst, a } => (plain_form!(wide::u128_from_i64), one(dst, a)),
        Inst::U128ToI64 { dst, a } => (stored_form!(wide::u128_to_i64), one(dst, a)),
        Inst::U128Low { dst, a } => (stored_form!(wide::u128_low), one(dst, a)),
        Inst::U128High { dst, a } => (stored_form!(wide::u128_high), one(dst, a)),
        Inst::I128FromI64 { dst, a } => (plain_form!(wide::i128_from_i64), one(dst, a)),
        Inst::I128ToI64 { dst, a } => (stored_form!(wide::i128_to_i64), one(dst, a)),
        Inst::U128FromI128 { dst, a } => (plain_form!(wide::u128_from_i128), one(dst, a)),
        Inst::I128FromU128 { dst, a } => (plain_form!(wide::i128_from_u128), one(dst, a)),
        Inst::U128Join { dst, high, low } => (plain_form!(wide::u128_join), two(dst, high, low)),
        Inst::U128MulDiv { dst, a, b, c } => {
            (plain_form!(wide::u128_mul_div), [register(*dst), register(*a), register(*b), register(*c)])
        }
        Inst::Cast { dst, a, class } => (plain_form!(object::cast), [register(*dst), register(*a), class.0, 0]),
        Inst::Is { dst, a, class } => (result_form!(object::is), [register(*dst), register(*a), class.0, 0]),
        Inst::RefEq { dst, a, b } => (stored_form!(object::ref_eq), two(dst, a, b)),
        Inst::IsNull { dst, a } => (result_form!(object::is_null), one(dst, a)),
        Inst::AnyIsObject { dst, a } => (result_form!(object::is_object), one(dst, a)),
        Inst::AnyClass { dst, a } => (result_form!(object::class), one(dst, a)),
        Inst::ArrayLength { dst, array } => (result_form!(sequence::length), one(dst, array)),
        Inst::StringLength { dst, a } | Inst::BytesLength { dst, a } => (result_form!(sequence::length), one(dst, a)),
        Inst::ArrayGetAny { dst, array, index } => (one_form!(sequence::get_u128, 2), two(dst, array, index)),
        Inst::ArrayGetBoolean { dst, array, index } => (unary_form!(sequence::get_u8, 2), two(dst, array, index)),
        Inst::ArrayGetByte { dst, array, index } => (unary_form!(sequence::get_i8, 2), two(dst, array, index)),
        Inst::ArrayGetShort { dst, array, index } => (unary_form!(sequence::get_i16, 2), two(dst, array, index)),
        Inst::ArrayGetChar { dst, array, index } => (unary_form!(sequence::get_u16, 2), two(dst, array, index)),
        Inst::ArrayGetInt { dst, array, index } => (unary_form!(sequence::get_i32, 2), two(dst, array, index)),
        Inst::ArrayGetLong { dst, array, index } => (unary_form!(sequence::get_i64, 2), two(dst, array, index)),
        Inst::ArrayGetDouble { dst, array, index } => (unary_form!(sequence::get_i64, 2), two(dst, array, index)),
        Inst::ArraySetAny { array, index, value } => (one_form!(sequence::set_u128, 1), two(array, index, value)),
        Inst::ArraySetBoolean { array, index, value } => (two_form!(sequence::set_bit, 1, 2), two(array, index, value)),
        Inst::ArraySetByte { array, index, value } => (two_form!(sequence::set_u8, 1, 2), two(array, index, value)),
        Inst::ArraySetShort { array, index, value } => (two_form!(sequence::set_u16, 1, 2), two(array, index, value)),
        Inst::ArraySetChar { array, index, value } => (two_form!(sequence::set_u16, 1, 2), two(array, index, value)),
        Inst::ArraySetInt { array, index, value } => (two_form!(sequence::set_i32, 1, 2), two(array, index, value)),
        Inst::ArraySetLong { array, index, value } => (two_form!(sequence::set_i64, 1, 2), two(array, index, value)),
        Inst::ArraySetDouble { array, index, value } => (two_form!(sequence::set_i64, 1, 2), two(array, index, value)),
        Inst::BytesGet { dst, a, index } => (unary_form!(sequence::get_u8, 2), two(dst, a, index)),
        Inst::StringCharAt { dst, a, index } => (unary_form!(sequence::char_at, 2), two(dst, a, index)),
        Inst::BytesGetI64 { dst, a, index } => (stored_form!(sequence::bytes_get_i64), two(dst, a, index)),
        Inst::BytesGetU128 { dst, a, index } => (plain_form!(sequence::bytes_get_u128), two(dst, a, index)),
        Inst::BytesFromI64 { dst, a } => (one_form!(sequence::bytes_from_i64, 1), one(dst, a)),
        Inst::BytesFromU128 { dst, a } => (plain_form!(sequence::bytes_from_u128), one(dst, a)),
        Inst::ArrayPutI64 { array, start, value } => (plain_form!(sequence::put_i64), two(array, start, value)),
        Inst::ArrayPutU128 { array, start, value } => (plain_form!(sequence::put_u128), two(array, start, value)),
        _ => return None,
    })
}
