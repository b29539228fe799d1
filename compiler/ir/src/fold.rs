//! The meaning of operations on constants: what the optimiser folds and the evaluator computes.
//! All arithmetic is that of `fvm-arith`, which the machine uses too.

use crate::func::Imm;
use crate::ops::Op;
use crate::types::{Type, builtin};
use fvm_arith::{Fault, character, double, int32, int64, int128, number, uint128, utf16};
use std::sync::Arc;

/// A constant.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Const {
    /// A 32-bit integer or Boolean.
    I32(i32),
    /// A 64-bit integer.
    I64(i64),
    /// The bits of a double.
    F64(u64),
    /// An unsigned 128-bit integer.
    U128(u128),
    /// A signed 128-bit integer.
    I128(i128),
    /// A string.
    String(Arc<[u16]>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// Null of a type.
    Null(Type),
    /// The boxed unit.
    Unit,
}

impl Const {
    /// The constant of a `const.…` instruction.
    pub fn of(op: Op, imm: &Imm) -> Option<Const> {
        Some(match (op, imm) {
            (Op::ConstI32, Imm::I32(value)) => Const::I32(*value),
            (Op::ConstI64, Imm::I64(value)) => Const::I64(*value),
            (Op::ConstF64, Imm::F64(bits)) => Const::F64(*bits),
            (Op::ConstU128, Imm::U128(value)) => Const::U128(*value),
            (Op::ConstI128, Imm::I128(value)) => Const::I128(*value),
            (Op::ConstString, Imm::String(units)) => Const::String(units.clone()),
            (Op::ConstBytes, Imm::Bytes(bytes)) => Const::Bytes(bytes.clone()),
            (Op::ConstNull, Imm::Type(ty)) => Const::Null(*ty),
            (Op::ConstUnit, _) => Const::Unit,
            _ => return None,
        })
    }

    /// The instruction that makes this constant.
    pub fn inst(&self) -> (Op, Imm) {
        match self {
            Const::I32(value) => (Op::ConstI32, Imm::I32(*value)),
            Const::I64(value) => (Op::ConstI64, Imm::I64(*value)),
            Const::F64(bits) => (Op::ConstF64, Imm::F64(*bits)),
            Const::U128(value) => (Op::ConstU128, Imm::U128(*value)),
            Const::I128(value) => (Op::ConstI128, Imm::I128(*value)),
            Const::String(units) => (Op::ConstString, Imm::String(units.clone())),
            Const::Bytes(bytes) => (Op::ConstBytes, Imm::Bytes(bytes.clone())),
            Const::Null(ty) => (Op::ConstNull, Imm::Type(*ty)),
            Const::Unit => (Op::ConstUnit, Imm::None),
        }
    }

    /// The type of the constant's instruction.
    pub fn ty(&self) -> Type {
        match self {
            Const::I32(_) => Type::I32,
            Const::I64(_) => Type::I64,
            Const::F64(_) => Type::F64,
            Const::U128(_) => Type::U128,
            Const::I128(_) => Type::I128,
            Const::String(_) => Type::Ref(builtin::STRING),
            Const::Bytes(_) => Type::Ref(builtin::BYTES),
            Const::Null(ty) => *ty,
            Const::Unit => Type::Any,
        }
    }
}

/// The result of an operation on constants, or why it has none. `None`: the operation is none
/// that this module knows, or an operand is null.
pub fn apply(op: Op, args: &[Const]) -> Option<Result<Const, Fault>> {
    integer32(op, args)
        .or_else(|| integer64(op, args))
        .or_else(|| float(op, args))
        .or_else(|| convert(op, args))
        .or_else(|| integer128(op, args))
        .or_else(|| text(op, args))
        .or_else(|| bytes(op, args))
}

type Folded = Option<Result<Const, Fault>>;

fn flag(value: bool) -> Result<Const, Fault> {
    Ok(Const::I32(i32::from(value)))
}

fn integer32(op: Op, args: &[Const]) -> Folded {
    let (a, b) = match args {
        [Const::I32(a), Const::I32(b)] => (*a, *b),
        [Const::I32(a)] => (*a, 0),
        _ => return None,
    };
    let value = match op {
        Op::I32Add => int32::add(a, b),
        Op::I32Sub => int32::sub(a, b),
        Op::I32Mul => int32::mul(a, b),
        Op::I32Div => return Some(int32::div(a, b).map(Const::I32)),
        Op::I32Rem => return Some(int32::rem(a, b).map(Const::I32)),
        Op::I32Neg => int32::neg(a),
        Op::I32And => a & b,
        Op::I32Or => a | b,
        Op::I32Xor => a ^ b,
        Op::I32Shl => int32::shl(a, b),
        Op::I32Shr => int32::shr(a, b),
        Op::I32Ushr => int32::ushr(a, b),
        Op::I32Rotr => int32::rotr(a, b),
        Op::I32Eq => i32::from(a == b),
        Op::I32Ne => i32::from(a != b),
        Op::I32Lt => i32::from(a < b),
        Op::I32Le => i32::from(a <= b),
        Op::I32Gt => i32::from(a > b),
        Op::I32Ge => i32::from(a >= b),
        Op::BoolNot => i32::from(a == 0),
        Op::I32ToI8 => int32::to_i8(a),
        Op::I32ToI16 => int32::to_i16(a),
        Op::I32ToU16 => int32::to_u16(a),
        Op::CharToUpper => character::to_upper(a),
        Op::CharToLower => character::to_lower(a),
        Op::CharCategory => character::category(a),
        _ => return None,
    };
    Some(Ok(Const::I32(value)))
}

fn integer64(op: Op, args: &[Const]) -> Folded {
    if let [Const::I64(a), Const::I32(b)] = args {
        let value = match op {
            Op::I64Shl => int64::shl(*a, *b),
            Op::I64Shr => int64::shr(*a, *b),
            Op::I64Ushr => int64::ushr(*a, *b),
            _ => return None,
        };
        return Some(Ok(Const::I64(value)));
    }
    let (a, b) = match args {
        [Const::I64(a), Const::I64(b)] => (*a, *b),
        [Const::I64(a)] => (*a, 0),
        _ => return None,
    };
    let value = match op {
        Op::I64Add => int64::add(a, b),
        Op::I64Sub => int64::sub(a, b),
        Op::I64Mul => int64::mul(a, b),
        Op::I64Div => return Some(int64::div(a, b).map(Const::I64)),
        Op::I64Rem => return Some(int64::rem(a, b).map(Const::I64)),
        Op::I64Udiv => return Some(int64::udiv(a, b).map(Const::I64)),
        Op::I64Urem => return Some(int64::urem(a, b).map(Const::I64)),
        Op::I64Neg => int64::neg(a),
        Op::I64And => a & b,
        Op::I64Or => a | b,
        Op::I64Xor => a ^ b,
        Op::I64Eq => return Some(flag(a == b)),
        Op::I64Ne => return Some(flag(a != b)),
        Op::I64Lt => return Some(flag(a < b)),
        Op::I64Le => return Some(flag(a <= b)),
        Op::I64Gt => return Some(flag(a > b)),
        Op::I64Ge => return Some(flag(a >= b)),
        Op::U128Join => return Some(Ok(Const::U128(uint128::join(a, b)))),
        _ => return None,
    };
    Some(Ok(Const::I64(value)))
}

fn float(op: Op, args: &[Const]) -> Folded {
    let (a, b) = match args {
        [Const::F64(a), Const::F64(b)] => (f64::from_bits(*a), f64::from_bits(*b)),
        [Const::F64(a)] => (f64::from_bits(*a), 0.0),
        _ => return None,
    };
    let value = match op {
        Op::F64Add => double::add(a, b),
        Op::F64Sub => double::sub(a, b),
        Op::F64Mul => double::mul(a, b),
        Op::F64Div => double::div(a, b),
        Op::F64Rem => double::rem(a, b),
        Op::F64Neg => double::neg(a),
        Op::F64Sqrt => double::sqrt(a),
        Op::F64Floor => double::floor(a),
        Op::F64Ceil => double::ceil(a),
        Op::F64RoundF32 => double::round_f32(a),
        Op::F64Eq => return Some(flag(a == b)),
        Op::F64Ne => return Some(flag(a != b)),
        Op::F64Lt => return Some(flag(a < b)),
        Op::F64Le => return Some(flag(a <= b)),
        Op::F64Gt => return Some(flag(a > b)),
        Op::F64Ge => return Some(flag(a >= b)),
        Op::F64Bits => return Some(Ok(Const::I64(double::bits(a)))),
        Op::F64ToI32 => return Some(Ok(Const::I32(double::to_i32(a)))),
        Op::F64ToI64 => return Some(Ok(Const::I64(double::to_i64(a)))),
        Op::StringFromF64 => return Some(Ok(units(&number::text_of_f64(a)))),
        Op::StringFromF32 => return Some(Ok(units(&number::text_of_f32(a)))),
        _ => return None,
    };
    Some(Ok(Const::F64(value.to_bits())))
}

fn convert(op: Op, args: &[Const]) -> Folded {
    let [arg] = args else { return None };
    let result = match (op, arg) {
        (Op::I32ToI64, Const::I32(a)) => Ok(Const::I64(i64::from(*a))),
        (Op::I64ToI32, Const::I64(a)) => Ok(Const::I32(int64::to_i32(*a))),
        (Op::I32ToF64, Const::I32(a)) => Ok(Const::F64(double::from_i32(*a).to_bits())),
        (Op::I64ToF64, Const::I64(a)) => Ok(Const::F64(double::from_i64(*a).to_bits())),
        (Op::F64FromBits, Const::I64(a)) => Ok(Const::F64(double::from_bits(*a).to_bits())),
        (Op::U128FromI64, Const::I64(a)) => uint128::from_i64(*a).map(Const::U128),
        (Op::U128ToI64, Const::U128(a)) => uint128::to_i64(*a).map(Const::I64),
        (Op::U128Low, Const::U128(a)) => Ok(Const::I64(uint128::low(*a))),
        (Op::U128High, Const::U128(a)) => Ok(Const::I64(uint128::high(*a))),
        (Op::I128FromI64, Const::I64(a)) => Ok(Const::I128(int128::from_i64(*a))),
        (Op::I128ToI64, Const::I128(a)) => int128::to_i64(*a).map(Const::I64),
        (Op::U128FromI128, Const::I128(a)) => uint128::from_i128(*a).map(Const::U128),
        (Op::I128FromU128, Const::U128(a)) => int128::from_u128(*a).map(Const::I128),
        (Op::StringFromI32, Const::I32(a)) => Ok(units(&a.to_string())),
        (Op::StringFromI64, Const::I64(a)) => Ok(units(&a.to_string())),
        (Op::StringFromU128, Const::U128(a)) => Ok(units(&a.to_string())),
        (Op::StringFromI128, Const::I128(a)) => Ok(units(&a.to_string())),
        (Op::StringFromBool, Const::I32(a)) => Ok(units(if *a == 0 { "false" } else { "true" })),
        (Op::StringFromChar, Const::I32(a)) => Ok(Const::String(Arc::from([*a as u16].as_slice()))),
        _ => return None,
    };
    Some(result)
}

fn integer128(op: Op, args: &[Const]) -> Folded {
    let result = match args {
        [Const::U128(a), Const::U128(b), Const::U128(c)] if op == Op::U128MulDiv => {
            uint128::mul_div(*a, *b, *c)
        }
        [Const::U128(a), Const::I32(b)] => match op {
            Op::U128Shl => Ok(uint128::shl(*a, *b)),
            Op::U128Shr => Ok(uint128::shr(*a, *b)),
            _ => return None,
        },
        [Const::U128(a), Const::U128(b)] => match op {
            Op::U128Add => uint128::add(*a, *b),
            Op::U128Sub => uint128::sub(*a, *b),
            Op::U128Mul => uint128::mul(*a, *b),
            Op::U128Div => uint128::div(*a, *b),
            Op::U128Rem => uint128::rem(*a, *b),
            Op::U128And => Ok(a & b),
            Op::U128Or => Ok(a | b),
            Op::U128Xor => Ok(a ^ b),
            Op::U128Eq => return Some(flag(a == b)),
            Op::U128Lt => return Some(flag(a < b)),
            Op::U128Le => return Some(flag(a <= b)),
            _ => return None,
        },
        [Const::I128(a), Const::I128(b)] => {
            let result = match op {
                Op::I128Add => int128::add(*a, *b),
                Op::I128Sub => int128::sub(*a, *b),
                Op::I128Mul => int128::mul(*a, *b),
                Op::I128Div => int128::div(*a, *b),
                Op::I128Rem => int128::rem(*a, *b),
                Op::I128Eq => return Some(flag(a == b)),
                Op::I128Lt => return Some(flag(a < b)),
                Op::I128Le => return Some(flag(a <= b)),
                _ => return None,
            };
            return Some(result.map(Const::I128));
        }
        _ => return None,
    };
    Some(result.map(Const::U128))
}

fn units(text: &str) -> Const {
    Const::String(Arc::from(utf16::from_str(text)))
}

fn text(op: Op, args: &[Const]) -> Folded {
    let owned = |units: Vec<u16>| Ok(Const::String(Arc::from(units)));
    let result = match (op, args) {
        (Op::StringLength, [Const::String(a)]) => Ok(Const::I32(a.len() as i32)),
        (Op::StringCharAt, [Const::String(a), Const::I32(at)]) => usize::try_from(*at)
            .ok()
            .and_then(|at| a.get(at))
            .map(|unit| Const::I32(i32::from(*unit)))
            .ok_or(Fault::Index),
        (Op::StringConcat, [Const::String(a), Const::String(b)]) => {
            owned([&a[..], &b[..]].concat())
        }
        (Op::StringSubstring, [Const::String(a), Const::I32(from), Const::I32(until)]) => {
            utf16::range(*from, *until, a.len()).map(|range| Const::String(Arc::from(&a[range])))
        }
        (Op::StringEq, [Const::String(a), Const::String(b)]) => flag(a == b),
        (Op::StringEq, [Const::Null(_), Const::Null(_)]) => flag(true),
        (Op::StringEq, [Const::Null(_), Const::String(_)] | [Const::String(_), Const::Null(_)]) => {
            flag(false)
        }
        (Op::StringCompare, [Const::String(a), Const::String(b)]) => {
            Ok(Const::I32(utf16::compare(a, b)))
        }
        (Op::StringIndexOf, [Const::String(a), Const::String(b), Const::I32(at)]) => {
            Ok(Const::I32(utf16::index_of(a, b, *at)))
        }
        (Op::StringLastIndexOf, [Const::String(a), Const::String(b), Const::I32(at)]) => {
            Ok(Const::I32(utf16::last_index_of(a, b, *at)))
        }
        (Op::StringToUpper, [Const::String(a)]) => owned(character::text_to_upper(a)),
        (Op::StringToLower, [Const::String(a)]) => owned(character::text_to_lower(a)),
        (Op::StringToF64, [Const::String(a)]) => {
            number::parse_f64(&utf16::to_utf8_lossy(a)).map(|value| Const::F64(value.to_bits()))
        }
        (Op::StringToUtf8, [Const::String(a)]) => {
            utf16::to_utf8(a).map(|bytes| Const::Bytes(Arc::from(bytes)))
        }
        (Op::StringFromUtf8, [Const::Bytes(a)]) => {
            utf16::from_utf8(a).map(|units| Const::String(Arc::from(units)))
        }
        _ => return None,
    };
    Some(result)
}

fn bytes(op: Op, args: &[Const]) -> Folded {
    let window = |a: &Arc<[u8]>, at: i32, count: i32| {
        let range = utf16::range_of(at, count, a.len())?;
        Ok(a[range].iter().fold(0u128, |value, byte| value << 8 | u128::from(*byte)))
    };
    let result = match (op, args) {
        (Op::BytesLength, [Const::Bytes(a)]) => Ok(Const::I32(a.len() as i32)),
        (Op::BytesGet, [Const::Bytes(a), Const::I32(at)]) => {
            window(a, *at, 1).map(|value| Const::I32(value as i32))
        }
        (Op::BytesSlice, [Const::Bytes(a), Const::I32(from), Const::I32(until)]) => {
            utf16::range(*from, *until, a.len()).map(|range| Const::Bytes(Arc::from(&a[range])))
        }
        (Op::BytesConcat, [Const::Bytes(a), Const::Bytes(b)]) => {
            Ok(Const::Bytes(Arc::from([&a[..], &b[..]].concat())))
        }
        (Op::BytesEq, [Const::Bytes(a), Const::Bytes(b)]) => flag(a == b),
        (Op::BytesEq, [Const::Null(_), Const::Null(_)]) => flag(true),
        (Op::BytesEq, [Const::Null(_), Const::Bytes(_)] | [Const::Bytes(_), Const::Null(_)]) => {
            flag(false)
        }
        (Op::BytesCompare, [Const::Bytes(a), Const::Bytes(b)]) => {
            Ok(Const::I32(utf16::compare_bytes(a, b)))
        }
        (Op::BytesGetI64, [Const::Bytes(a), Const::I32(at)]) => {
            window(a, *at, 8).map(|value| Const::I64(value as i64))
        }
        (Op::BytesFromI64, [Const::I64(a)]) => Ok(Const::Bytes(Arc::from(a.to_be_bytes()))),
        (Op::BytesFromU128, [Const::U128(a)]) => Ok(Const::Bytes(Arc::from(a.to_be_bytes()))),
        (Op::BytesGetU128, [Const::Bytes(a), Const::I32(at)]) => {
            window(a, *at, 16).map(Const::U128)
        }
        _ => return None,
    };
    Some(result)
}
