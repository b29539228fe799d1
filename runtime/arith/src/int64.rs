//! `i64` as Scala's `Long`: everything wraps, division truncates, shift counts are masked.

use crate::{Fault, Result};

/// `a + b`.
#[inline]
pub fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// `a - b`.
#[inline]
pub fn sub(a: i64, b: i64) -> i64 {
    a.wrapping_sub(b)
}

/// `a * b`.
#[inline]
pub fn mul(a: i64, b: i64) -> i64 {
    a.wrapping_mul(b)
}

/// `a / b` towards zero; the smallest value divided by -1 is itself.
#[inline]
pub fn div(a: i64, b: i64) -> Result<i64> {
    if b == 0 { Err(Fault::DivisionByZero) } else { Ok(a.wrapping_div(b)) }
}

/// `a % b` with the sign of `a`; the smallest value modulo -1 is 0.
#[inline]
pub fn rem(a: i64, b: i64) -> Result<i64> {
    if b == 0 { Err(Fault::DivisionByZero) } else { Ok(a.wrapping_rem(b)) }
}

/// `a / b` of both read as unsigned numbers.
#[inline]
pub fn udiv(a: i64, b: i64) -> Result<i64> {
    (a as u64).checked_div(b as u64).map(|value| value as i64).ok_or(Fault::DivisionByZero)
}

/// `a % b` of both read as unsigned numbers.
#[inline]
pub fn urem(a: i64, b: i64) -> Result<i64> {
    (a as u64).checked_rem(b as u64).map(|value| value as i64).ok_or(Fault::DivisionByZero)
}

/// `-a`.
#[inline]
pub fn neg(a: i64) -> i64 {
    a.wrapping_neg()
}

/// `a << (b & 63)`.
#[inline]
pub fn shl(a: i64, b: i32) -> i64 {
    a.wrapping_shl(b as u32)
}

/// `a >> (b & 63)`, keeping the sign.
#[inline]
pub fn shr(a: i64, b: i32) -> i64 {
    a.wrapping_shr(b as u32)
}

/// `a >>> (b & 63)`, filling with zeros.
#[inline]
pub fn ushr(a: i64, b: i32) -> i64 {
    (a as u64).wrapping_shr(b as u32) as i64
}

/// The low 32 bits: `toInt`.
#[inline]
pub fn to_i32(a: i64) -> i32 {
    a as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_behave_as_scala_longs() {
        assert_eq!(mul(i64::MAX, 2), -2);
        assert_eq!(div(i64::MIN, -1), Ok(i64::MIN));
        assert_eq!(rem(7, -2), Ok(1));
        assert_eq!(rem(7, 0), Err(Fault::DivisionByZero));
        assert_eq!(shl(1, 65), 2);
        assert_eq!(shr(-8, 1), -4);
        assert_eq!(ushr(-1, 60), 15);
        assert_eq!(to_i32(0x1_ffff_ffff), -1);
    }
}
