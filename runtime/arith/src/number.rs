//! Numbers as text and back, as Scala prints them and `java.lang.Double.parseDouble` reads them.
//!
//! Doubles print with the fewest digits that read back as the same double (at least two), plain
//! from 10^-3 up to 10^7 and in scientific form otherwise, as JDK 19 and later do.

use crate::{Fault, Result, double, hex_float};

/// The text of a `Double`.
pub fn text_of_f64(a: f64) -> String {
    match special(a) {
        Some(text) => text.to_string(),
        None => arrange(&digits(format!("{a:e}"), || format!("{a:.1e}"))),
    }
}

/// The text of a `Float`, given as the double of the same value.
pub fn text_of_f32(a: f64) -> String {
    let a = a as f32;
    match special(f64::from(a)) {
        Some(text) => text.to_string(),
        None => arrange(&digits(format!("{a:e}"), || format!("{a:.1e}"))),
    }
}

fn special(a: f64) -> Option<&'static str> {
    if a.is_nan() {
        Some("NaN")
    } else if a.is_infinite() {
        Some(if a > 0.0 { "Infinity" } else { "-Infinity" })
    } else if a == 0.0 {
        Some(if a.is_sign_negative() { "-0.0" } else { "0.0" })
    } else {
        None
    }
}

/// Sign, significant digits and decimal exponent of the first digit.
struct Digits {
    negative: bool,
    digits: String,
    exponent: i32,
}

/// Takes `d.ddde±x` apart. A single digit gives way to the closest pair of digits: Java prints
/// 4.9E-324, not 5.0E-324.
fn digits(shortest: String, with_two: impl FnOnce() -> String) -> Digits {
    let text = if shortest.contains('.') { shortest } else { with_two() };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    while digits.len() > 2 && digits.ends_with('0') {
        digits.pop();
    }
    if digits.len() == 2 && digits.ends_with('0') {
        digits.pop();
    }
    Digits { negative: mantissa.starts_with('-'), digits, exponent: exponent.parse().unwrap_or(0) }
}

fn arrange(number: &Digits) -> String {
    let mut out = String::new();
    if number.negative {
        out.push('-');
    }
    let digits = &number.digits;
    match number.exponent {
        exponent @ 0..=6 => {
            let whole = exponent as usize + 1;
            for position in 0..whole.max(digits.len()) {
                if position == whole {
                    out.push('.');
                }
                out.push(digits.as_bytes().get(position).map_or('0', |d| char::from(*d)));
            }
            if digits.len() <= whole {
                out.push_str(".0");
            }
        }
        exponent @ -3..=-1 => {
            out.push_str("0.");
            for _ in 0..(-exponent - 1) {
                out.push('0');
            }
            out.push_str(digits);
        }
        exponent => {
            out.push_str(&digits[..1]);
            out.push('.');
            out.push_str(if digits.len() > 1 { &digits[1..] } else { "0" });
            out.push('E');
            out.push_str(&exponent.to_string());
        }
    }
    out
}

/// Reads a text as `java.lang.Double.parseDouble`: blanks around, a sign, decimal or hexadecimal
/// digits, an exponent, one of the suffixes `f F d D`, or `NaN` and `Infinity`.
pub fn parse_f64(text: &str) -> Result<f64> {
    let trimmed = text.trim_matches(|c: char| c <= ' ');
    let (negative, body) = match trimmed.as_bytes().first() {
        Some(b'-') => (true, &trimmed[1..]),
        Some(b'+') => (false, &trimmed[1..]),
        _ => (false, trimmed),
    };
    let value = match body {
        "NaN" => double::NAN,
        "Infinity" => f64::INFINITY,
        _ => {
            let body = body.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(body);
            if body.starts_with("0x") || body.starts_with("0X") {
                // `d` is a hexadecimal digit, but the exponent is mandatory, so a last one is a
                // suffix all the same.
                hex_float::parse(&body[2..]).ok_or(Fault::NumberFormat)?
            } else {
                parse_decimal(body)?
            }
        }
    };
    Ok(double::canonical(if negative { -value } else { value }))
}

/// Accepts exactly `digits [. digits] [e [sign] digits]` with a digit before or after the point.
fn parse_decimal(body: &str) -> Result<f64> {
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(Fault::NumberFormat);
    }
    if let Some(exponent) = exponent {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if digits.is_empty() || !all_digits(digits) {
            return Err(Fault::NumberFormat);
        }
    }
    body.parse().map_err(|_| Fault::NumberFormat)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    #[test]
    fn doubles_print_as_in_scala() {
        for (value, text) in [
            (1.0, "1.0"),
            (100.0, "100.0"),
            (1e7, "1.0E7"),
            (9_999_999.0, "9999999.0"),
            (9_999_999.5, "9999999.5"),
            (1_234_567.5, "1234567.5"),
            (12_345_678.9, "1.23456789E7"),
            (1e-3, "0.001"),
            (0.012, "0.012"),
            (1e-4, "1.0E-4"),
            (-0.0, "-0.0"),
            (4.9e-324, "4.9E-324"),
            (2e23, "2.0E23"),
            (0.1 + 0.2, "0.30000000000000004"),
            (f64::MAX, "1.7976931348623157E308"),
            (f64::NEG_INFINITY, "-Infinity"),
            (f64::NAN, "NaN"),
            (-12.5, "-12.5"),
        ] {
            assert_eq!(text_of_f64(value), text);
        }
        assert_eq!(text_of_f32(f64::from(1.0f32 / 3.0)), "0.33333334");
        assert_eq!(text_of_f32(16_777_216.0), "1.6777216E7");
        assert_eq!(text_of_f32(f64::from(f32::from_bits(1))), "1.4E-45");
    }

    #[test]
    fn doubles_parse_as_in_java() {
        for (text, value) in [
            (" 1.5\n", 1.5),
            ("+5", 5.0),
            ("-.5e1", -5.0),
            ("5.", 5.0),
            ("1e3f", 1000.0),
            ("1d", 1.0),
            ("-Infinity", f64::NEG_INFINITY),
            ("0x1.8p3", 12.0),
            ("1e999", f64::INFINITY),
        ] {
            assert_eq!(parse_f64(text), Ok(value), "{text}");
        }
        for text in ["", " ", ".", "e5", "1e", "1_0", "inf", "nan", "0x1", "1 2", "--1", "+", "1ff"]
        {
            assert_eq!(parse_f64(text), Err(Fault::NumberFormat), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_reads_back(bits: u64) {
            let value = f64::from_bits(bits);
            let back = parse_f64(&text_of_f64(value)).unwrap();
            prop_assert_eq!(back.to_bits(), double::canonical(value).to_bits());
        }
    }
}
