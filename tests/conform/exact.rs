//! Binary floating point by exact arithmetic: a finite number is a fraction of integers without
//! bounds, every operation is done exactly and rounded once, to nearest, ties to even.

use num_bigint::{BigInt, BigUint, Sign};
use std::cmp::Ordering;

/// The one NaN.
pub const NAN: u64 = 0x7ff8_0000_0000_0000;
const SIGN: u64 = 1 << 63;
const INFINITY: u64 = 0x7ff0_0000_0000_0000;

/// Replaces any NaN by the one.
pub fn canonical(bits: u64) -> u64 {
    if bits & !SIGN > INFINITY { NAN } else { bits }
}

/// A format: bits of precision, and the exponent of the smallest step.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    precision: u64,
    smallest: i64,
    /// One above the exponent field of the largest numbers: that of infinity.
    infinite: u64,
}

/// 64 bits.
pub const DOUBLE: Format = Format { precision: 53, smallest: -1074, infinite: 2047 };
/// 32 bits.
pub const SINGLE: Format = Format { precision: 24, smallest: -149, infinite: 255 };

/// What a pattern of bits stands for.
#[derive(Clone, PartialEq, Debug)]
pub enum Float {
    Nan,
    Infinite(bool),
    /// Whether it is negative, and `magnitude * 2^exponent`.
    Finite(bool, BigUint, i64),
}

/// Takes a double apart.
pub fn take(bits: u64) -> Float {
    let negative = bits & SIGN != 0;
    let (field, fraction) = (bits >> 52 & 0x7ff, bits & ((1 << 52) - 1));
    match (field, fraction) {
        (0x7ff, 0) => Float::Infinite(negative),
        (0x7ff, _) => Float::Nan,
        (0, _) => Float::Finite(negative, fraction.into(), -1074),
        _ => Float::Finite(negative, (fraction | 1 << 52).into(), field as i64 - 1075),
    }
}

/// The bits of the number of a format that is nearest to `magnitude / divisor`.
pub fn round(format: Format, negative: bool, magnitude: &BigUint, divisor: &BigUint) -> u64 {
    let width = format.infinite.trailing_ones() as u64 + format.precision - 1;
    let sign = u64::from(negative) << width;
    if magnitude.bits() == 0 {
        return sign;
    }
    // The exponent of the first digit, or one more.
    let mut step = magnitude.bits() as i64 - divisor.bits() as i64 - format.precision as i64;
    step = step.max(format.smallest);
    loop {
        let (a, b) = match step {
            0.. => (magnitude.clone(), divisor << step as u64),
            _ => (magnitude << step.unsigned_abs(), divisor.clone()),
        };
        let (mut quotient, rest) = (&a / &b, &a % &b);
        let half: BigUint = rest << 1u32;
        let is_odd = quotient.bit(0);
        match half.cmp(&b) {
            Ordering::Greater => quotient += 1u32,
            Ordering::Equal if is_odd => quotient += 1u32,
            _ => {}
        }
        if quotient.bits() > format.precision {
            let is_power = quotient.trailing_zeros() == Some(format.precision);
            step += 1;
            if is_power {
                quotient >>= 1u32;
            } else {
                // The first guess of the step was one too small: round again, from the start.
                continue;
            }
        }
        let digits: u64 = (&quotient).try_into().expect("as many bits as the precision");
        let hidden = 1u64 << (format.precision - 1);
        let field = if digits < hidden { 0 } else { (step - format.smallest + 1) as u64 };
        if field >= format.infinite {
            return sign | format.infinite << (format.precision - 1);
        }
        return sign | field << (format.precision - 1) | (digits & (hidden - 1));
    }
}

/// `magnitude * 2^exponent`, rounded.
fn scaled(negative: bool, magnitude: &BigUint, exponent: i64) -> u64 {
    let one = BigUint::from(1u32);
    match exponent {
        0.. => round(DOUBLE, negative, &(magnitude << exponent as u64), &one),
        _ => round(DOUBLE, negative, magnitude, &(one << exponent.unsigned_abs())),
    }
}

/// Both numbers in steps of the same size, and its exponent.
fn aligned(a: (bool, BigUint, i64), b: (bool, BigUint, i64)) -> (BigInt, BigInt, i64) {
    let exponent = a.2.min(b.2);
    let number = |(negative, magnitude, own): (bool, BigUint, i64)| {
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        BigInt::from_biguint(sign, magnitude << (own - exponent) as u64)
    };
    (number(a), number(b), exponent)
}

fn infinity(negative: bool) -> u64 {
    INFINITY | u64::from(negative) << 63
}

fn zero(negative: bool) -> u64 {
    u64::from(negative) << 63
}

/// `a + b`.
pub fn add(a: u64, b: u64) -> u64 {
    match (take(a), take(b)) {
        (Float::Nan, _) | (_, Float::Nan) => NAN,
        (Float::Infinite(a), Float::Infinite(b)) => {
            if a == b {
                infinity(a)
            } else {
                NAN
            }
        }
        (Float::Infinite(a), _) | (_, Float::Infinite(a)) => infinity(a),
        (Float::Finite(s, m, e), Float::Finite(s2, m2, e2)) => {
            let is_negative_zero = s && s2 && m.bits() == 0 && m2.bits() == 0;
            let (a, b, exponent) = aligned((s, m, e), (s2, m2, e2));
            let sum = a + b;
            let negative = sum.sign() == Sign::Minus || is_negative_zero;
            scaled(negative, sum.magnitude(), exponent)
        }
    }
}

/// `-a`.
pub fn negate(a: u64) -> u64 {
    canonical(canonical(a) ^ if canonical(a) == NAN { 0 } else { SIGN })
}

/// `a * b`.
pub fn multiply(a: u64, b: u64) -> u64 {
    match (take(a), take(b)) {
        (Float::Nan, _) | (_, Float::Nan) => NAN,
        (Float::Infinite(s), Float::Finite(s2, m, _))
        | (Float::Finite(s, m, _), Float::Infinite(s2)) => match m.bits() {
            0 => NAN,
            _ => infinity(s != s2),
        },
        (Float::Infinite(a), Float::Infinite(b)) => infinity(a != b),
        (Float::Finite(s, m, e), Float::Finite(s2, m2, e2)) => scaled(s != s2, &(m * m2), e + e2),
    }
}

/// `a / b`.
pub fn divide(a: u64, b: u64) -> u64 {
    match (take(a), take(b)) {
        (Float::Nan, _) | (_, Float::Nan) | (Float::Infinite(_), Float::Infinite(_)) => NAN,
        (Float::Infinite(s), Float::Finite(s2, ..)) => infinity(s != s2),
        (Float::Finite(s, ..), Float::Infinite(s2)) => zero(s != s2),
        (Float::Finite(s, m, e), Float::Finite(s2, m2, e2)) => match (m.bits(), m2.bits()) {
            (0, 0) => NAN,
            (_, 0) => infinity(s != s2),
            _ => match e - e2 {
                shift @ 0.. => round(DOUBLE, s != s2, &(m << shift as u64), &m2),
                shift => round(DOUBLE, s != s2, &m, &(m2 << shift.unsigned_abs())),
            },
        },
    }
}

/// `a - b * trunc(a / b)`, exactly: Java's `%`.
pub fn remainder(a: u64, b: u64) -> u64 {
    match (take(a), take(b)) {
        (Float::Nan, _) | (_, Float::Nan) | (Float::Infinite(_), _) => NAN,
        (Float::Finite(..), Float::Infinite(_)) => a,
        (Float::Finite(s, m, e), Float::Finite(s2, m2, e2)) => {
            if m2.bits() == 0 {
                return NAN;
            }
            let (a, b, exponent) = aligned((s, m, e), (s2, m2, e2));
            scaled(s, (a % b).magnitude(), exponent)
        }
    }
}

/// The square root.
pub fn square_root(a: u64) -> u64 {
    match take(a) {
        Float::Nan => NAN,
        Float::Infinite(negative) => {
            if negative {
                NAN
            } else {
                a
            }
        }
        Float::Finite(_, m, _) if m.bits() == 0 => a,
        Float::Finite(true, ..) => NAN,
        Float::Finite(false, m, e) => {
            // An even exponent, and so many digits that the rest only decides ties.
            let shift = 200 + (e & 1);
            let square = m << shift as u64;
            let root = square.sqrt();
            let rest = u32::from(&root * &root != square);
            scaled(false, &((root << 2u32) + rest), (e - shift) / 2 - 2)
        }
    }
}

/// The integral part, towards minus infinity or plus infinity.
pub fn integral(a: u64, upwards: bool) -> u64 {
    let Float::Finite(negative, m, e) = take(a) else { return canonical(a) };
    if e >= 0 || m.bits() == 0 {
        return a;
    }
    let step = BigUint::from(1u32) << e.unsigned_abs();
    let (mut whole, rest) = (&m / &step, &m % &step);
    if rest.bits() > 0 && negative != upwards {
        whole += 1u32;
    }
    scaled(negative, &whole, 0)
}

/// How two numbers compare; none if one is no number.
pub fn compare(a: u64, b: u64) -> Option<Ordering> {
    let finite = |a: Float| match a {
        Float::Nan => None,
        // Above all that is finite.
        Float::Infinite(negative) => Some((negative, BigUint::from(1u32) << 2000u32, 0)),
        Float::Finite(negative, m, e) => Some((negative, m, e)),
    };
    let (a, b, _) = aligned(finite(take(a))?, finite(take(b))?);
    Some(a.cmp(&b))
}

/// The integral part towards zero, within bounds; 0 for no number.
pub fn to_integer(a: u64, bits: u32) -> BigInt {
    let limit = BigInt::from(1) << (bits - 1);
    let (negative, magnitude) = match take(a) {
        Float::Nan => return BigInt::from(0),
        Float::Infinite(negative) => (negative, BigUint::from(1u32) << bits),
        Float::Finite(negative, m, e) => match e {
            0.. => (negative, m << e as u64),
            _ => (negative, m >> e.unsigned_abs()),
        },
    };
    let magnitude = BigInt::from(magnitude);
    if negative { (-magnitude).max(-limit) } else { magnitude.min(limit - 1) }
}

/// The nearest number of a format to an integer.
pub fn of_integer(format: Format, a: &BigInt) -> u64 {
    round(format, a.sign() == Sign::Minus, a.magnitude(), &BigUint::from(1u32))
}

/// The nearest single-precision number, as a double.
pub fn through_single(a: u64) -> u64 {
    widen(to_single(a))
}

/// The bits of the nearest single-precision number.
pub fn to_single(a: u64) -> u32 {
    let one = BigUint::from(1u32);
    let bits = match take(a) {
        Float::Nan => 0x7fc0_0000,
        Float::Infinite(negative) => 0x7f80_0000 | u64::from(negative) << 31,
        Float::Finite(s, m, e) => match e {
            0.. => round(SINGLE, s, &(m << e as u64), &one),
            _ => round(SINGLE, s, &m, &(one << e.unsigned_abs())),
        },
    };
    bits as u32
}

/// The double of the same value as a single-precision number.
pub fn widen(bits: u32) -> u64 {
    let negative = bits >> 31 == 1;
    let (field, fraction) = (bits >> 23 & 0xff, bits & 0x7f_ffff);
    match (field, fraction) {
        (0xff, 0) => infinity(negative),
        (0xff, _) => NAN,
        (0, _) => scaled(negative, &fraction.into(), -149),
        _ => scaled(negative, &(fraction | 0x80_0000).into(), i64::from(field) - 150),
    }
}
