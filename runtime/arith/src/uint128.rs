//! `u128`, the number of `UInt128` and `Amount`: arithmetic is checked, shifts mask their count.

use crate::{Fault, Result};

/// `a + b`, or overflow.
#[inline]
pub fn add(a: u128, b: u128) -> Result<u128> {
    a.checked_add(b).ok_or(Fault::Overflow)
}

/// `a - b`, or overflow.
#[inline]
pub fn sub(a: u128, b: u128) -> Result<u128> {
    a.checked_sub(b).ok_or(Fault::Overflow)
}

/// `a * b`, or overflow.
#[inline]
pub fn mul(a: u128, b: u128) -> Result<u128> {
    a.checked_mul(b).ok_or(Fault::Overflow)
}

/// `a / b`, rounded down.
#[inline]
pub fn div(a: u128, b: u128) -> Result<u128> {
    a.checked_div(b).ok_or(Fault::DivisionByZero)
}

/// `a % b`.
#[inline]
pub fn rem(a: u128, b: u128) -> Result<u128> {
    a.checked_rem(b).ok_or(Fault::DivisionByZero)
}

/// `a * b / c` with a 256-bit product, rounded down.
#[inline]
pub fn mul_div(a: u128, b: u128, c: u128) -> Result<u128> {
    if c == 0 {
        return Err(Fault::DivisionByZero);
    }
    let (high, low) = widening_mul(a, b);
    if high == 0 {
        return Ok(low / c);
    }
    if high >= c {
        return Err(Fault::Overflow);
    }
    Ok(divide_wide(high, low, c))
}

/// The 256-bit product as (high, low).
fn widening_mul(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0) = (a >> 64, a & LOW);
    let (b1, b0) = (b >> 64, b & LOW);
    let low = a0 * b0;
    let middle = a1 * b0 + (low >> 64);
    let middle2 = a0 * b1 + (middle & LOW);
    let high = a1 * b1 + (middle >> 64) + (middle2 >> 64);
    (high, (middle2 << 64) | (low & LOW))
}

/// `(high * 2^128 + low) / divisor` for `high < divisor`, so that the quotient fits: one bit of
/// the quotient at a time.
fn divide_wide(mut high: u128, mut low: u128, divisor: u128) -> u128 {
    for _ in 0..128 {
        let carry = high >> 127;
        high = (high << 1) | (low >> 127);
        low <<= 1;
        if carry == 1 || high >= divisor {
            high = high.wrapping_sub(divisor);
            low |= 1;
        }
    }
    low
}

/// `a << (b & 127)`.
#[inline]
pub fn shl(a: u128, b: i32) -> u128 {
    a.wrapping_shl(b as u32)
}

/// `a >>> (b & 127)`.
#[inline]
pub fn shr(a: u128, b: i32) -> u128 {
    a.wrapping_shr(b as u32)
}

/// From an `i64`; a negative one overflows.
#[inline]
pub fn from_i64(a: i64) -> Result<u128> {
    u128::try_from(a).map_err(|_| Fault::Overflow)
}

/// To an `i64`, or overflow.
#[inline]
pub fn to_i64(a: u128) -> Result<i64> {
    i64::try_from(a).map_err(|_| Fault::Overflow)
}

/// From an `i128`; a negative one overflows.
#[inline]
pub fn from_i128(a: i128) -> Result<u128> {
    u128::try_from(a).map_err(|_| Fault::Overflow)
}

/// The low 64 bits.
#[inline]
pub fn low(a: u128) -> i64 {
    a as i64
}

/// The high 64 bits.
#[inline]
pub fn high(a: u128) -> i64 {
    (a >> 64) as i64
}

/// From high and low 64 bits.
#[inline]
pub fn join(high: i64, low: i64) -> u128 {
    (u128::from(high as u64) << 64) | u128::from(low as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn arithmetic_is_checked() {
        assert_eq!(add(u128::MAX, 1), Err(Fault::Overflow));
        assert_eq!(sub(1, 2), Err(Fault::Overflow));
        assert_eq!(mul(1 << 64, 1 << 64), Err(Fault::Overflow));
        assert_eq!(div(7, 0), Err(Fault::DivisionByZero));
        assert_eq!(from_i64(-1), Err(Fault::Overflow));
        assert_eq!(join(high(u128::MAX - 5), low(u128::MAX - 5)), u128::MAX - 5);
    }

    #[test]
    fn mul_div_keeps_256_bits() {
        assert_eq!(mul_div(u128::MAX, u128::MAX, u128::MAX), Ok(u128::MAX));
        assert_eq!(mul_div(u128::MAX, 3, 2), Err(Fault::Overflow));
        assert_eq!(mul_div(u128::MAX, 2, 4), Ok(u128::MAX / 2));
        assert_eq!(mul_div(1, 1, 0), Err(Fault::DivisionByZero));
    }

    proptest! {
        #[test]
        fn mul_div_undoes_multiplication(a: u128, b in 1..=u128::MAX) {
            prop_assert_eq!(mul_div(a, b, b), Ok(a));
        }

        #[test]
        fn mul_div_is_the_quotient(a: u128, b: u128, c in 1..=u128::MAX) {
            if let Ok(quotient) = mul_div(a, b, c) {
                // quotient * c <= a * b < (quotient + 1) * c, compared in 256 bits.
                let product = widening_mul(a, b);
                let below = widening_mul(quotient, c);
                let (low, carry) = below.1.overflowing_add(c);
                let above = (below.0 + u128::from(carry), low);
                prop_assert!(below <= product && product < above);
            } else {
                prop_assert!(widening_mul(a, b).0 >= c);
            }
        }
    }
}
