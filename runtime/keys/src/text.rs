//! Bytes as hexadecimal text with `0x` in front, as people paste them.

use std::fmt::Write as _;

/// The text of bytes: `0x` and two lower-case digits each.
pub fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 + 2 * bytes.len());
    text.push_str("0x");
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The bytes of such a text, in either case; nothing if it is none.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x")?.as_bytes();
    if digits.len() % 2 != 0 {
        return None;
    }
    let digit = |letter: u8| char::from(letter).to_digit(16).and_then(|d| u8::try_from(d).ok());
    digits.chunks_exact(2).map(|pair| Some(16 * digit(pair[0])? + digit(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_text_go_both_ways() {
        assert_eq!(to_hex(&[0, 0x1f, 0xff]), "0x001fff");
        assert_eq!(from_hex("0x001FfF"), Some(vec![0, 0x1f, 0xff]));
        assert_eq!(from_hex("0x"), Some(vec![]));
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["", "00", "0x0", "0xg0", "0x0é", "0X00", " 0x00"] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
