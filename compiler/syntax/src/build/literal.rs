//! Literals: numbers, characters, strings with their escapes.

use super::Builder;
use crate::ast::*;
use crate::reject;
use crate::token::{Token, TokenKind as K};
use fscc_base::{Diagnostic, Span, codes};
use std::borrow::Cow;

impl Builder<'_> {
    fn bad_literal(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.report(Diagnostic::error(codes::BAD_LITERAL, span, message).help(help));
    }

    pub(super) fn report_range(&mut self, span: Span) {
        let help = "write `L` after it for a Long, or use `BigInt(\"…\")`";
        self.bad_literal(span, "this number is too large for its type", help);
    }

    /// A number.
    pub fn number(&mut self, token: Token) -> (Literal, Token) {
        let text = self.text(token);
        let digits = match text.contains('_') {
            true => Cow::Owned(text.replace('_', "")),
            false => Cow::Borrowed(text),
        };
        let span = self.token_span(token);
        let literal = match token.kind {
            K::FloatLiteral => self.fraction(&digits, span),
            _ => self.integer(&digits, span),
        };
        (literal, token)
    }

    fn fraction(&mut self, text: &str, span: Span) -> Literal {
        let number = text.trim_end_matches(['f', 'F', 'd', 'D']);
        let finite = if text.ends_with(['f', 'F']) {
            number.parse().ok().filter(|value: &f32| value.is_finite()).map(Literal::Float)
        } else {
            number.parse().ok().filter(|value: &f64| value.is_finite()).map(Literal::Double)
        };
        finite.unwrap_or_else(|| {
            self.report_range(span);
            Literal::Double(0.0)
        })
    }

    fn integer(&mut self, text: &str, span: Span) -> Literal {
        let long = text.ends_with(['l', 'L']);
        let digits = text.trim_end_matches(['l', 'L']);
        let (digits, radix) = match digits.get(..2) {
            Some("0x" | "0X") => (&digits[2..], 16),
            Some("0b" | "0B") => (&digits[2..], 2),
            _ => (digits, 10),
        };
        // The lexer reported a number without digits.
        let digits = if digits.is_empty() { "0" } else { digits };
        let value = u64::from_str_radix(digits, radix).ok();
        let decimal = radix == 10;
        let fits = |limit: u64, all: u64| value.filter(|v| *v <= if decimal { limit } else { all });
        // The smallest number is a minus sign before a literal that is one too large.
        let wanted = if long {
            fits(i64::MIN.unsigned_abs(), u64::MAX).map(|v| (Literal::Long(v as i64), v, 63))
        } else {
            fits(1 << 31, u64::from(u32::MAX)).map(|v| (Literal::Int(v as u32 as i32), v, 31))
        };
        match wanted {
            Some((literal, value, bit)) => {
                if decimal && value == 1 << bit {
                    self.smallest.push(span);
                }
                literal
            }
            None => {
                self.report_range(span);
                if long { Literal::Long(0) } else { Literal::Int(0) }
            }
        }
    }

    /// The literal with the opposite sign, if it is a number.
    pub(super) fn negative(&mut self, literal: &Literal, span: Span) -> Option<Literal> {
        let negative = match literal {
            Literal::Int(value) => Literal::Int(value.wrapping_neg()),
            Literal::Long(value) => Literal::Long(value.wrapping_neg()),
            Literal::Float(value) => Literal::Float(-value),
            Literal::Double(value) => Literal::Double(-value),
            _ => return None,
        };
        self.smallest.retain(|smallest| *smallest != span);
        Some(negative)
    }

    /// `'a'`.
    pub fn char_literal(&mut self, token: Token) -> (Literal, Token) {
        let text = self.text(token);
        let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        let units = self.units(inner.unwrap_or(text), token.lo + 1);
        let unit = match units.as_slice() {
            [unit] => *unit,
            _ => {
                let message = "a character literal must be one UTF-16 unit";
                self.bad_literal(self.token_span(token), message, "use a string");
                0
            }
        };
        (Literal::Char(unit), token)
    }

    /// `"a"`, `"""a"""`.
    pub fn string_literal(&mut self, token: Token) -> (Literal, Token) {
        let text = self.text(token);
        let value: Box<str> = match text.strip_prefix("\"\"\"") {
            Some(rest) => rest.strip_suffix("\"\"\"").unwrap_or(rest).into(),
            None => {
                let rest = text.strip_prefix('"').unwrap_or(text);
                let inner = rest.strip_suffix('"').unwrap_or(rest);
                self.unescape(inner, token.lo + 1)
            }
        };
        (Literal::String(value), token)
    }

    /// The text of a part of an interpolated string.
    pub(super) fn string_part(&mut self, token: Token, escapes: bool) -> Box<str> {
        let text = self.text(token);
        if !text.contains(['$', '\\']) {
            return text.into();
        }
        let mut plain = String::with_capacity(text.len());
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '$' => plain.extend(chars.next()),
                // A backslash protects the quote or backslash after it.
                '\\' => {
                    plain.push(c);
                    plain.extend(chars.next());
                }
                _ => plain.push(c),
            }
        }
        if escapes { self.unescape(&plain, token.lo) } else { plain.into() }
    }

    /// Processes escapes; `at` is where the text starts in the file.
    pub(super) fn unescape(&mut self, text: &str, at: u32) -> Box<str> {
        if !text.contains('\\') {
            return text.into();
        }
        let units = self.units(text, at);
        match String::from_utf16(&units) {
            Ok(string) => string.into(),
            Err(_) => {
                let span = self.span(at, at + text.len() as u32);
                self.report(reject::lone_surrogate(span));
                String::from_utf16_lossy(&units).into()
            }
        }
    }

    /// The UTF-16 units of a text with escapes.
    fn units(&mut self, text: &str, at: u32) -> Vec<u16> {
        let mut units = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(n) = rest.find('\\') {
            units.extend(rest[..n].encode_utf16());
            let here = at + (text.len() - rest.len() + n) as u32;
            let (unit, length) = self.escape(&rest[n..], here);
            units.push(unit);
            rest = &rest[n + length..];
        }
        units.extend(rest.encode_utf16());
        units
    }

    /// The escape at the start of `text`: its unit and its length in bytes.
    fn escape(&mut self, text: &str, at: u32) -> (u16, usize) {
        let mut chars = text.chars();
        chars.next();
        let Some(c) = chars.next() else {
            let help = "write `\\\\` for a backslash";
            self.bad_literal(self.span(at, at + 1), "a backslash without a character", help);
            return (u16::from(b'\\'), 1);
        };
        let unit = match c {
            'b' => 8,
            't' => 9,
            'n' => 10,
            'f' => 12,
            'r' => 13,
            '"' => 34,
            '\'' => 39,
            '\\' => 92,
            'u' => return self.unicode_escape(text, at),
            _ => {
                let length = 1 + c.len_utf8();
                let span = self.span(at, at + length as u32);
                let help = "known escapes are \\b \\t \\n \\f \\r \\\" \\' \\\\ and \\uXXXX";
                self.bad_literal(span, format!("unknown escape `\\{c}`"), help);
                return (u16::from(b'?'), length);
            }
        };
        (unit, 2)
    }

    fn unicode_escape(&mut self, text: &str, at: u32) -> (u16, usize) {
        let letters = text[1..].bytes().take_while(|b| *b == b'u').count();
        let start = 1 + letters;
        let digits = text
            .get(start..start + 4)
            .filter(|hex| !hex.starts_with('+'))
            .and_then(|hex| u16::from_str_radix(hex, 16).ok());
        match digits {
            Some(unit) => (unit, start + 4),
            None => {
                let span = self.span(at, at + start as u32);
                self.bad_literal(span, "`\\u` needs four hexadecimal digits", "complete it");
                (u16::from(b'?'), start)
            }
        }
    }
}
