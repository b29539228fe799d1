//! `i128`, the number of `Int128`: everything is checked.

use crate::{Fault, Result};

/// `a + b`, or overflow.
#[inline]
pub fn add(a: i128, b: i128) -> Result<i128> {
    a.checked_add(b).ok_or(Fault::Overflow)
}

/// `a - b`, or overflow.
#[inline]
pub fn sub(a: i128, b: i128) -> Result<i128> {
    a.checked_sub(b).ok_or(Fault::Overflow)
}

/// `a * b`, or overflow.
#[inline]
pub fn mul(a: i128, b: i128) -> Result<i128> {
    a.checked_mul(b).ok_or(Fault::Overflow)
}

/// `a / b` towards zero; the smallest value divided by -1 overflows.
#[inline]
pub fn div(a: i128, b: i128) -> Result<i128> {
    if b == 0 {
        return Err(Fault::DivisionByZero);
    }
    a.checked_div(b).ok_or(Fault::Overflow)
}

/// `a % b` with the sign of `a`; the smallest value modulo -1 is 0.
#[inline]
pub fn rem(a: i128, b: i128) -> Result<i128> {
    if b == 0 { Err(Fault::DivisionByZero) } else { Ok(a.wrapping_rem(b)) }
}

/// From an `i64`.
#[inline]
pub fn from_i64(a: i64) -> i128 {
    i128::from(a)
}

/// To an `i64`, or overflow.
#[inline]
pub fn to_i64(a: i128) -> Result<i64> {
    i64::try_from(a).map_err(|_| Fault::Overflow)
}

/// From a `u128`, or overflow.
#[inline]
pub fn from_u128(a: u128) -> Result<i128> {
    i128::try_from(a).map_err(|_| Fault::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_checked() {
        assert_eq!(add(i128::MAX, 1), Err(Fault::Overflow));
        assert_eq!(div(i128::MIN, -1), Err(Fault::Overflow));
        assert_eq!(rem(i128::MIN, -1), Ok(0));
        assert_eq!(div(-7, 2), Ok(-3));
        assert_eq!(from_u128(u128::MAX), Err(Fault::Overflow));
    }
}
