//! `f64` as Scala's `Double`. Relies on IEEE-754 basic operations, which Rust guarantees to be
//! exact on every platform it compiles for here; every NaN that is produced is [`NAN`].

/// The canonical NaN.
pub const NAN: f64 = f64::from_bits(0x7ff8_0000_0000_0000);

/// Replaces any NaN by the canonical one. As integers: to the optimiser all NaNs are the same number,
/// and it would take `a` in both cases. (A `black_box` would need a place on the stack, and handlers
/// of the threaded interpreter could not end with a jump.)
#[inline]
pub fn canonical(a: f64) -> f64 {
    let bits = a.to_bits();
    let is_nan = bits & (u64::MAX >> 1) > f64::INFINITY.to_bits();
    f64::from_bits(if is_nan { NAN.to_bits() } else { bits })
}

/// `a + b`.
#[inline]
pub fn add(a: f64, b: f64) -> f64 {
    canonical(a + b)
}

/// `a - b`.
#[inline]
pub fn sub(a: f64, b: f64) -> f64 {
    canonical(a - b)
}

/// `a * b`.
#[inline]
pub fn mul(a: f64, b: f64) -> f64 {
    canonical(a * b)
}

/// `a / b`.
#[inline]
pub fn div(a: f64, b: f64) -> f64 {
    canonical(a / b)
}

/// `a % b`: the remainder of the truncated quotient, as Java's `%`.
#[inline]
pub fn rem(a: f64, b: f64) -> f64 {
    canonical(a % b)
}

/// `-a`.
#[inline]
pub fn neg(a: f64) -> f64 {
    canonical(-a)
}

/// Square root.
#[inline]
pub fn sqrt(a: f64) -> f64 {
    canonical(a.sqrt())
}

/// The largest integral value not above `a`.
#[inline]
pub fn floor(a: f64) -> f64 {
    canonical(a.floor())
}

/// The smallest integral value not below `a`.
#[inline]
pub fn ceil(a: f64) -> f64 {
    canonical(a.ceil())
}

/// The 64 bits of `a`.
#[inline]
pub fn bits(a: f64) -> i64 {
    canonical(a).to_bits() as i64
}

/// The double with these bits.
#[inline]
pub fn from_bits(bits: i64) -> f64 {
    canonical(f64::from_bits(bits as u64))
}

/// The nearest 32-bit float, as a double.
#[inline]
pub fn round_f32(a: f64) -> f64 {
    canonical(f64::from(a as f32))
}

/// From an `i32`, exactly.
#[inline]
pub fn from_i32(a: i32) -> f64 {
    f64::from(a)
}

/// The double nearest to an `i64`.
#[inline]
pub fn from_i64(a: i64) -> f64 {
    a as f64
}

/// Towards zero, saturating, NaN to 0.
#[inline]
pub fn to_i32(a: f64) -> i32 {
    a as i32
}

/// Towards zero, saturating, NaN to 0.
#[inline]
pub fn to_i64(a: f64) -> i64 {
    a as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_nan_is_canonical() {
        let odd = f64::from_bits(0xfff8_0000_0000_1234);
        for value in [
            add(odd, 1.0),
            neg(odd),
            div(0.0, 0.0),
            sqrt(-1.0),
            rem(1.0, 0.0),
            floor(odd),
            round_f32(odd),
        ] {
            assert_eq!(value.to_bits(), NAN.to_bits());
        }
        let negative = std::hint::black_box(-1.0);
        let zero = std::hint::black_box(0.0);
        assert_eq!(sqrt(negative).to_bits(), NAN.to_bits());
        assert_eq!(div(zero, zero).to_bits(), NAN.to_bits());
        assert_eq!(rem(negative, zero).to_bits(), NAN.to_bits());
        assert_eq!(bits(odd), NAN.to_bits() as i64);
        assert_eq!(from_bits(-1).to_bits(), NAN.to_bits());
    }

    #[test]
    fn conversions_saturate() {
        assert_eq!(to_i32(1e20), i32::MAX);
        assert_eq!(to_i32(-1e20), i32::MIN);
        assert_eq!(to_i64(f64::NAN), 0);
        assert_eq!(to_i64(-2.9), -2);
        assert_eq!(rem(-7.5, 2.0), -1.5);
    }
}
