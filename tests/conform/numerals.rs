//! Numbers as text, by definition: of the decimal numbers that read back as the same number those
//! with the fewest digits, of these the closest; and back, by exact arithmetic.

use crate::exact::{self, Float, Format};
use num_bigint::BigUint;
use std::cmp::Ordering;

/// The text of a double.
pub fn double(bits: u64) -> String {
    text(bits, &|digits, exponent| decimal(exact::DOUBLE, digits, exponent))
}

/// The text of the single-precision number nearest to a double.
pub fn single(bits: u64) -> String {
    let bits = exact::through_single(bits);
    text(bits, &|digits, exponent| exact::widen(decimal(exact::SINGLE, digits, exponent) as u32))
}

/// `digits * 10^exponent`, rounded to a format.
pub fn decimal(format: Format, digits: &BigUint, exponent: i64) -> u64 {
    let (one, ten) = (BigUint::from(1u32), BigUint::from(10u32));
    match exponent {
        0.. => exact::round(format, false, &(digits * ten.pow(exponent as u32)), &one),
        _ => exact::round(format, false, digits, &ten.pow(exponent.unsigned_abs() as u32)),
    }
}

fn text(bits: u64, read: &dyn Fn(&BigUint, i64) -> u64) -> String {
    let (negative, magnitude, exponent) = match exact::take(bits) {
        Float::Nan => return "NaN".into(),
        Float::Infinite(negative) => {
            return if negative { "-Infinity".into() } else { "Infinity".into() };
        }
        Float::Finite(negative, magnitude, exponent) => (negative, magnitude, exponent),
    };
    let sign = if negative { "-" } else { "" };
    if magnitude.bits() == 0 {
        return format!("{sign}0.0");
    }
    let (digits, exponent) = shortest(&magnitude, exponent, bits & !(1 << 63), read);
    format!("{sign}{}", arrange(&digits, exponent))
}

/// Digits and the exponent of the first one, of the decimal number to be shown.
fn shortest(
    magnitude: &BigUint,
    exponent: i64,
    wanted: u64,
    read: &dyn Fn(&BigUint, i64) -> u64,
) -> (String, i64) {
    let (one, ten) = (BigUint::from(1u32), BigUint::from(10u32));
    // The value as a fraction.
    let (above, below) = match exponent {
        0.. => (magnitude << exponent as u64, one.clone()),
        _ => (magnitude.clone(), one << exponent.unsigned_abs()),
    };
    for length in 1.. {
        // One digit is as good as two: the closest of both is taken.
        let lengths = if length == 1 { 1..=2 } else { length..=length };
        let mut best: Option<(BigUint, BigUint, i64)> = None;
        let mut is_found = false;
        for digits in lengths {
            for (candidate, step) in candidates(&above, &below, digits) {
                if read(&candidate, step) != wanted {
                    continue;
                }
                is_found = is_found || digits == length;
                // The distance, as a fraction of a common denominator.
                let (unit, scale) = match step {
                    0.. => (ten.pow(step as u32), BigUint::from(1u32)),
                    _ => (BigUint::from(1u32), ten.pow(step.unsigned_abs() as u32)),
                };
                let left = &candidate * &unit * &below;
                let right = &above * &scale;
                let distance = if left > right { left - right } else { right - left };
                // Denominators differ between lengths: compare products.
                let better = match &best {
                    None => true,
                    Some((known, known_digits, known_step)) => {
                        let known_scale = ten.pow((-known_step).max(0) as u32);
                        match (&distance * known_scale).cmp(&(known * &scale)) {
                            Ordering::Less => true,
                            Ordering::Equal => !candidate.bit(0) && known_digits.bit(0),
                            Ordering::Greater => false,
                        }
                    }
                };
                if better {
                    best = Some((distance, candidate, step));
                }
            }
        }
        if let Some((_, digits, step)) = best.filter(|_| is_found || length > 1) {
            let text = digits.to_string();
            let first = step + text.len() as i64 - 1;
            let trimmed = text.trim_end_matches('0');
            return (trimmed.to_string(), first);
        }
    }
    unreachable!("seventeen digits are enough")
}

/// The numbers of so many digits around a fraction, with the exponent of the last digit.
fn candidates(above: &BigUint, below: &BigUint, digits: i64) -> Vec<(BigUint, i64)> {
    let ten = BigUint::from(10u32);
    // The exponent of the first digit, found by trying from above.
    let mut first = (above.bits() as i64 - below.bits() as i64 + 1) * 30103 / 100_000 + 1;
    let power = |exponent: i64| ten.pow(exponent.unsigned_abs() as u32);
    let is_below = |exponent: i64| match exponent {
        0.. => *above < below * power(exponent),
        _ => above * power(exponent) < *below,
    };
    while is_below(first) {
        first -= 1;
    }
    let step = first - digits + 1;
    let floor = match step {
        0.. => above / (below * power(step)),
        _ => above * power(step) / below,
    };
    vec![(&floor + 1u32, step), (floor, step)]
}

/// Plain from 10^-3 to 10^7, otherwise with an exponent.
fn arrange(digits: &str, first: i64) -> String {
    let or_zero = |rest: &str| if rest.is_empty() { "0".to_string() } else { rest.to_string() };
    match first {
        0..=6 => {
            let padded = format!("{digits:0<width$}", width = first as usize + 1);
            let (whole, rest) = padded.split_at(first as usize + 1);
            format!("{whole}.{}", or_zero(rest))
        }
        -3..=-1 => format!("0.{}{digits}", "0".repeat((-first - 1) as usize)),
        _ => {
            let (whole, rest) = digits.split_at(1);
            format!("{whole}.{}E{first}", or_zero(rest))
        }
    }
}
