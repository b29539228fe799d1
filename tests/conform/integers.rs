//! Integers: what the table says in a sentence, said once more in integers without bounds. A result
//! is brought into its width at the end: Int and Long wrap, 128-bit numbers trap.

use crate::datum::Datum;
use crate::edges::{self, crossed};
use crate::trial::{End, Trial};
use fscc_tests::random::Random;
use fvm_isa::{Kind, Opcode, Operand, Role, TrapCode};
use num_bigint::BigInt;
use num_bigint::Sign;

/// Two to the power of `bits`.
fn power(bits: u32) -> BigInt {
    BigInt::from(1) << bits
}

/// The number of `bits` bits without sign that is equal modulo 2^bits.
fn unsigned(a: &BigInt, bits: u32) -> BigInt {
    let modulus = power(bits);
    ((a % &modulus) + &modulus) % &modulus
}

/// The number of `bits` bits in two's complement that is equal modulo 2^bits.
fn signed(a: &BigInt, bits: u32) -> BigInt {
    let a = unsigned(a, bits);
    if a >= power(bits - 1) { a - power(bits) } else { a }
}

/// A number, or the trap.
type Result = std::result::Result<BigInt, TrapCode>;

/// The number in a register or immediate.
pub fn number(datum: &Datum) -> BigInt {
    match datum {
        Datum::I32(value) => BigInt::from(*value),
        Datum::I64(value) => BigInt::from(*value),
        Datum::U128(value) => BigInt::from(*value),
        Datum::I128(value) => BigInt::from(*value),
        other => panic!("{other:?} is no integer"),
    }
}

/// A number as a value of a kind that it fits.
fn datum(kind: Kind, a: &BigInt) -> Option<Datum> {
    Some(match kind {
        Kind::bool | Kind::i32 => Datum::I32(a.try_into().ok()?),
        Kind::i64 => Datum::I64(a.try_into().ok()?),
        Kind::u128 => Datum::U128(a.try_into().ok()?),
        Kind::i128 => Datum::I128(a.try_into().ok()?),
        _ => return None,
    })
}

/// What an operation makes of numbers, before it is brought into its width.
fn exact(family: &str, operation: &str, args: &[BigInt]) -> Result {
    let bits: u32 = match family {
        "i32" | "bool" => 32,
        "i64" => 64,
        _ => 128,
    };
    let a = || args[0].clone();
    let b = || args[1].clone();
    let truth = |is: bool| Ok(BigInt::from(u8::from(is)));
    let divided = |a: BigInt, b: BigInt, f: fn(BigInt, BigInt) -> BigInt| match b.sign() {
        Sign::NoSign => Err(TrapCode::DIVISION_BY_ZERO),
        _ => Ok(f(a, b)),
    };
    // Shifts look at the low bits of their count.
    let count =
        || -> u32 { unsigned(&args[1], bits.trailing_zeros()).try_into().expect("a small number") };
    match operation.strip_suffix("_imm").unwrap_or(operation) {
        "add" => Ok(a() + b()),
        "sub" => Ok(a() - b()),
        "mul" => Ok(a() * b()),
        "neg" => Ok(-a()),
        "div" => divided(a(), b(), |a, b| a / b),
        "rem" => divided(a(), b(), |a, b| a % b),
        "udiv" => divided(unsigned(&args[0], bits), unsigned(&args[1], bits), |a, b| a / b),
        "urem" => divided(unsigned(&args[0], bits), unsigned(&args[1], bits), |a, b| a % b),
        "mul_div" => divided(a() * b(), args[2].clone(), |product, c| product / c),
        "and" => Ok(a() & b()),
        "or" => Ok(a() | b()),
        "xor" => Ok(a() ^ b()),
        "shl" if family == "u128" => Ok(unsigned(&(a() << count()), bits)),
        "shl" => Ok(a() << count()),
        "shr" => Ok(a() >> count()),
        "ushr" => Ok(unsigned(&args[0], bits) >> count()),
        "rotr" => {
            let pattern = unsigned(&args[0], bits);
            // What falls out on the right comes in on the left.
            Ok((&pattern << (bits - count())) + (pattern >> count()))
        }
        "eq" | "br_eq" => truth(a() == b()),
        "ne" | "br_ne" => truth(a() != b()),
        "lt" | "br_lt" => truth(a() < b()),
        "le" | "br_le" => truth(a() <= b()),
        "br_gt" => truth(a() > b()),
        "br_ge" => truth(a() >= b()),
        "not" => truth(a().sign() == Sign::NoSign),
        "to_i8" => Ok(signed(&args[0], 8)),
        "to_i16" => Ok(signed(&args[0], 16)),
        "to_u16" => Ok(unsigned(&args[0], 16)),
        "low" => Ok(signed(&args[0], 64)),
        "high" => Ok(signed(&(a() >> 64u32), 64)),
        "join" => Ok((unsigned(&args[0], 64) << 64u32) + unsigned(&args[1], 64)),
        // Other conversions, copies and constants keep the number.
        _ => Ok(a()),
    }
}

/// The number in the width of the result.
fn fitted(
    kind: Kind,
    family: &str,
    operation: &str,
    a: BigInt,
) -> std::result::Result<Datum, TrapCode> {
    let wraps = matches!(family, "i32" | "i64" | "bool") && !operation.starts_with("to_i128");
    let a = match kind {
        Kind::i32 if wraps => signed(&a, 32),
        Kind::i64 if wraps => signed(&a, 64),
        _ => a,
    };
    datum(kind, &a).ok_or(TrapCode::OVERFLOW)
}

/// Trials of an instruction that takes and gives integers.
pub fn trials(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let info = opcode.info();
    let (family, operation) = info.mnemonic.split_once('.').unwrap_or(("", info.mnemonic));
    let of_role = |role: Role| info.operands.iter().filter(move |operand| operand.role == role);
    let kinds: Vec<Kind> = of_role(Role::arg).map(|operand| operand.kind).collect();
    let result = of_role(Role::def).next().map(|operand| operand.kind);
    let immediates = match of_role(Role::imm).next() {
        Some(operand) => edges::immediates(operand.kind, random).into_iter().map(Some).collect(),
        None => vec![None],
    };
    let mut trials = Vec::new();
    for operands in crossed(&kinds, random) {
        for (immediate, extra) in immediates.iter().map(|immediate| match immediate {
            Some((number, operand)) => (Some(number), Some(operand.clone())),
            None => (None, None),
        }) {
            let mut numbers: Vec<BigInt> = operands.iter().map(number).collect();
            numbers.extend(immediate.cloned());
            let end = match (exact(family, operation, &numbers), result) {
                (Err(trap), _) => End::Trap(trap, None),
                (Ok(truth), None) => End::Target(if truth == BigInt::from(1) { 1 } else { 2 }),
                (Ok(a), Some(kind)) => match fitted(kind, family, operation, a) {
                    Ok(datum) => End::Value(datum),
                    Err(trap) => End::Trap(trap, None),
                },
            };
            let extras: Vec<Operand> = extra.into_iter().collect();
            trials.push(Trial::new(opcode, operands.clone(), end).with(extras));
        }
    }
    trials
}
