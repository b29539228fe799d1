//! Scala's `==` and `##` of values that are no objects of the program: numbers compare by value
//! across their types (`1 == 1L`, `'a' == 97`, `1 == 1.0`), everything else within its type.

/// A value with a hash and an equality of its own.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// The unit value.
    Unit,
    /// `Boolean`.
    Boolean(bool),
    /// `Byte`, `Short`, `Char` or `Int`: the number decides, not the type.
    Int(i32),
    /// `Long`.
    Long(i64),
    /// `Float`, as the double of the same value.
    Float(f64),
    /// `Double`.
    Double(f64),
    /// `UInt128`.
    UInt128(u128),
    /// `Int128`.
    Int128(i128),
    /// `Amount`, which equals no plain number.
    Amount(u128),
}

/// What two numbers are compared as: the wider of the two, as Scala's runtime does.
#[derive(Clone, Copy)]
enum Number {
    Whole(i128),
    /// A whole number above `i128::MAX`.
    Huge(u128),
    Float(f64),
    Double(f64),
}

impl Number {
    fn of(scalar: Scalar) -> Option<Number> {
        Some(match scalar {
            Scalar::Int(a) => Number::Whole(a.into()),
            Scalar::Long(a) => Number::Whole(a.into()),
            Scalar::Int128(a) => Number::Whole(a),
            Scalar::UInt128(a) => i128::try_from(a).map_or(Number::Huge(a), Number::Whole),
            Scalar::Float(a) => Number::Float(a),
            Scalar::Double(a) => Number::Double(a),
            Scalar::Unit | Scalar::Boolean(_) | Scalar::Amount(_) => return None,
        })
    }

    fn as_float(self) -> f32 {
        match self {
            Number::Whole(a) => a as f32,
            Number::Huge(a) => a as f32,
            Number::Float(a) | Number::Double(a) => a as f32,
        }
    }

    fn as_double(self) -> f64 {
        match self {
            Number::Whole(a) => a as f64,
            Number::Huge(a) => a as f64,
            Number::Float(a) | Number::Double(a) => a,
        }
    }
}

/// Scala's `==`.
pub fn equal(a: Scalar, b: Scalar) -> bool {
    match (a, b) {
        (Scalar::Unit, Scalar::Unit) => true,
        (Scalar::Boolean(a), Scalar::Boolean(b)) => a == b,
        (Scalar::Amount(a), Scalar::Amount(b)) => a == b,
        _ => match (Number::of(a), Number::of(b)) {
            (Some(a), Some(b)) => equal_numbers(a, b),
            _ => false,
        },
    }
}

fn equal_numbers(a: Number, b: Number) -> bool {
    match (a, b) {
        (Number::Whole(a), Number::Whole(b)) => a == b,
        (Number::Huge(a), Number::Huge(b)) => a == b,
        (Number::Whole(_), Number::Huge(_)) | (Number::Huge(_), Number::Whole(_)) => false,
        (Number::Double(_), _) | (_, Number::Double(_)) => a.as_double() == b.as_double(),
        (Number::Float(_), _) | (_, Number::Float(_)) => a.as_float() == b.as_float(),
    }
}

/// Scala's `##`.
pub fn hash(scalar: Scalar) -> i32 {
    match scalar {
        Scalar::Unit => 0,
        Scalar::Boolean(a) => {
            if a {
                1231
            } else {
                1237
            }
        }
        Scalar::Int(a) => a,
        Scalar::Long(a) => hash_i64(a),
        Scalar::Float(a) => hash_f32(a as f32),
        Scalar::Double(a) => hash_f64(a),
        Scalar::UInt128(a) | Scalar::Amount(a) => match i64::try_from(a) {
            Ok(a) => hash_i64(a),
            Err(_) => fold_i64((a >> 64) as i64) ^ fold_i64(a as i64),
        },
        Scalar::Int128(a) => match i64::try_from(a) {
            Ok(a) => hash_i64(a),
            Err(_) => fold_i64((a >> 64) as i64) ^ fold_i64(a as i64),
        },
    }
}

/// `##` of a `Long`.
pub fn hash_i64(a: i64) -> i32 {
    i32::try_from(a).unwrap_or_else(|_| fold_i64(a))
}

/// `##` of a `Double`.
pub fn hash_f64(a: f64) -> i32 {
    if f64::from(a as i32) == a {
        a as i32
    } else if (a as i64) as f64 == a {
        fold_i64(a as i64)
    } else if f64::from(a as f32) == a {
        (a as f32).to_bits() as i32
    } else {
        fold_i64(crate::double::bits(a))
    }
}

/// `##` of a `Float`.
pub fn hash_f32(a: f32) -> i32 {
    if (a as i32) as f32 == a {
        a as i32
    } else if (a as i64) as f32 == a {
        fold_i64(a as i64)
    } else if a.is_nan() {
        0x7fc0_0000
    } else {
        a.to_bits() as i32
    }
}

/// `hashCode` of a string: `31 * h + unit`.
pub fn hash_units<T: Copy + Into<u16>>(units: &[T]) -> i32 {
    // Several units in one step: a product then waits for one other product only.
    const POWERS: [i32; 8] = powers_of_31();
    let (steps, rest) = units.as_chunks::<8>();
    let mut hash = 0i32;
    for step in steps {
        let value = |at: usize| POWERS[7 - at].wrapping_mul(i32::from(step[at].into()));
        let sum = (0..8).fold(0i32, |sum, at| sum.wrapping_add(value(at)));
        hash = hash.wrapping_mul(POWERS[7].wrapping_mul(31)).wrapping_add(sum);
    }
    let add = |hash: i32, unit: &T| hash.wrapping_mul(31).wrapping_add(i32::from((*unit).into()));
    rest.iter().fold(hash, add)
}

const fn powers_of_31() -> [i32; 8] {
    let mut powers = [1i32; 8];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1].wrapping_mul(31);
        at += 1;
    }
    powers
}

fn fold_i64(a: i64) -> i32 {
    (a ^ ((a as u64) >> 32) as i64) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_equal_across_types() {
        assert!(equal(Scalar::Int(1), Scalar::Long(1)));
        assert!(equal(Scalar::Int(1), Scalar::Double(1.0)));
        assert!(equal(Scalar::Float(0.5), Scalar::Double(0.5)));
        assert!(equal(Scalar::Double(0.0), Scalar::Double(-0.0)));
        assert!(!equal(Scalar::Double(f64::NAN), Scalar::Double(f64::NAN)));
        assert!(!equal(Scalar::Int(1), Scalar::Boolean(true)));
        assert!(equal(Scalar::UInt128(7), Scalar::Int128(7)));
        assert!(!equal(Scalar::Amount(7), Scalar::UInt128(7)));
        assert!(equal(Scalar::Unit, Scalar::Unit));
        // As on the JVM, an Int meets a Float as a Float.
        assert!(equal(Scalar::Int(16_777_217), Scalar::Float(16_777_216.0)));
    }

    #[test]
    fn equal_numbers_have_equal_hashes() {
        assert_eq!(hash(Scalar::Long(5)), hash(Scalar::Double(5.0)));
        assert_eq!(hash(Scalar::Long(-5)), -5);
        assert_eq!(hash(Scalar::Long(1 << 32)), 1);
        assert_eq!(hash(Scalar::Double(1.5)), 1.5f32.to_bits() as i32);
        assert_eq!(hash(Scalar::Double(0.1)), -1_507_852_285);
        assert_eq!(hash(Scalar::Boolean(true)), 1231);
        assert_eq!(hash_units(b"hello"), 99_162_322);
        assert_eq!(hash_units(b"what takes more than one step"), -1_069_928_438);
    }
}
