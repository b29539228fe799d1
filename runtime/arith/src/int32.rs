//! `i32` as Scala's `Int`: everything wraps, division truncates, shift counts are masked.

use crate::{Fault, Result};

/// `a + b`.
#[inline]
pub fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// `a - b`.
#[inline]
pub fn sub(a: i32, b: i32) -> i32 {
    a.wrapping_sub(b)
}

/// `a * b`.
#[inline]
pub fn mul(a: i32, b: i32) -> i32 {
    a.wrapping_mul(b)
}

/// `a / b` towards zero; the smallest value divided by -1 is itself.
#[inline]
pub fn div(a: i32, b: i32) -> Result<i32> {
    if b == 0 { Err(Fault::DivisionByZero) } else { Ok(a.wrapping_div(b)) }
}

/// `a % b` with the sign of `a`; the smallest value modulo -1 is 0.
#[inline]
pub fn rem(a: i32, b: i32) -> Result<i32> {
    if b == 0 { Err(Fault::DivisionByZero) } else { Ok(a.wrapping_rem(b)) }
}

/// `-a`.
#[inline]
pub fn neg(a: i32) -> i32 {
    a.wrapping_neg()
}

/// `a << (b & 31)`.
#[inline]
pub fn shl(a: i32, b: i32) -> i32 {
    a.wrapping_shl(b as u32)
}

/// `a >> (b & 31)`, keeping the sign.
#[inline]
pub fn shr(a: i32, b: i32) -> i32 {
    a.wrapping_shr(b as u32)
}

/// `a >>> (b & 31)`, filling with zeros.
#[inline]
pub fn ushr(a: i32, b: i32) -> i32 {
    (a as u32).wrapping_shr(b as u32) as i32
}

/// The bits of `a` moved right by `b & 31` places, around the end.
#[inline]
pub fn rotr(a: i32, b: i32) -> i32 {
    a.rotate_right(b as u32 & 31)
}

/// The low 8 bits, sign-extended: `toByte`.
#[inline]
pub fn to_i8(a: i32) -> i32 {
    i32::from(a as i8)
}

/// The low 16 bits, sign-extended: `toShort`.
#[inline]
pub fn to_i16(a: i32) -> i32 {
    i32::from(a as i16)
}

/// The low 16 bits: `toChar`.
#[inline]
pub fn to_u16(a: i32) -> i32 {
    i32::from(a as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_behave_as_scala_ints() {
        assert_eq!(add(i32::MAX, 1), i32::MIN);
        assert_eq!(div(-7, 2), Ok(-3));
        assert_eq!(rem(-7, 2), Ok(-1));
        assert_eq!(div(i32::MIN, -1), Ok(i32::MIN));
        assert_eq!(rem(i32::MIN, -1), Ok(0));
        assert_eq!(div(1, 0), Err(Fault::DivisionByZero));
        assert_eq!(shl(1, 33), 2);
        assert_eq!(shl(1, -1), i32::MIN);
        assert_eq!(ushr(-1, 28), 15);
        assert_eq!(to_i8(200), -56);
        assert_eq!(to_i16(70_000), 4464);
        assert_eq!(to_u16(-1), 65_535);
    }
}
