//! Hexadecimal floating-point literals (`0x1.8p3`), rounded once, to nearest even.

/// Reads what follows `0x`: hexadecimal digits with an optional point, `p`, a decimal exponent.
pub fn parse(body: &str) -> Option<f64> {
    let at = body.find(['p', 'P'])?;
    let exponent = parse_exponent(&body[at + 1..])?;
    let (whole, fraction) = body[..at].split_once('.').unwrap_or((&body[..at], ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // `mantissa` keeps 60 bits; a bit lost at the end stays visible in its last bit.
    let mut mantissa: u64 = 0;
    let mut scale: i64 = exponent;
    for (position, digit) in whole.bytes().chain(fraction.bytes()).enumerate() {
        let value = u64::from(char::from(digit).to_digit(16)?);
        let in_fraction = position >= whole.len();
        if mantissa >> 56 == 0 {
            mantissa = (mantissa << 4) | value;
            scale -= if in_fraction { 4 } else { 0 };
        } else {
            mantissa |= u64::from(value != 0);
            scale += if in_fraction { 0 } else { 4 };
        }
    }
    Some(round(mantissa, scale))
}

/// A decimal exponent, clamped far outside of the range of doubles.
fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    for digit in digits.chars() {
        value = (value * 10 + i64::from(digit.to_digit(10)?)).min(1 << 40);
    }
    Some(if negative { -value } else { value })
}

/// `mantissa * 2^scale`, rounded once.
fn round(mantissa: u64, scale: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let shift = mantissa.leading_zeros();
    let mantissa = mantissa << shift;
    // The value is 1.xxx * 2^top.
    let top = scale.saturating_sub(i64::from(shift)).saturating_add(63);
    if top > 1023 {
        return f64::INFINITY;
    }
    if top < -1075 {
        return 0.0;
    }
    // Bits below the last kept one: 11 for normal numbers, more for subnormal ones (up to 64).
    let dropped = 11 + (-1022 - top).max(0) as u32;
    let (kept, rest, half) = if dropped >= 64 {
        (0, mantissa, 1u64 << 63)
    } else {
        (mantissa >> dropped, mantissa & ((1 << dropped) - 1), 1 << (dropped - 1))
    };
    let up = rest > half || (rest == half && kept & 1 == 1);
    let kept = kept + u64::from(up);
    // A carry out of the fraction moves into the exponent field by itself.
    let biased = (top + 1022).max(0) as u64;
    f64::from_bits((biased << 52).wrapping_add(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_round_once() {
        assert_eq!(parse("1p0"), Some(1.0));
        assert_eq!(parse("1.8p3"), Some(12.0));
        assert_eq!(parse(".8p1"), Some(1.0));
        assert_eq!(parse("1.fffffffffffffp1023"), Some(f64::MAX));
        assert_eq!(parse("1.fffffffffffff8p1023"), Some(f64::INFINITY));
        assert_eq!(parse("1p-1074"), Some(f64::from_bits(1)));
        assert_eq!(parse("1p-1075"), Some(0.0));
        assert_eq!(parse("1.0000000001p-1075"), Some(f64::from_bits(1)));
        assert_eq!(parse("1p-1022"), Some(f64::MIN_POSITIVE));
        assert_eq!(parse("0.fffffffffffff8p-1022"), Some(f64::MIN_POSITIVE));
        assert_eq!(parse("1.00000000000008p0"), Some(1.0));
        assert_eq!(parse("1.000000000000080000000000000001p0"), Some(1.0 + f64::EPSILON));
        assert_eq!(parse("100000000000000000000p0"), Some(2f64.powi(80)));
        assert_eq!(parse("1"), None);
        assert_eq!(parse("p1"), None);
        assert_eq!(parse("gp1"), None);
    }
}
