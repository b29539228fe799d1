//! Lines to words, texts and signs.

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// A name, number or mnemonic.
    Word(String),
    /// A quoted text: its units.
    Text(Vec<u16>),
    /// `x"00ff"`.
    Hex(Vec<u8>),
    /// One of `( ) [ ] , :`.
    Sign(char),
    /// `->` or `=>`.
    Arrow,
}

/// The tokens of a line, up to a comment.
pub(super) fn tokens(line: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ';' => break,
            '(' | ')' | '[' | ']' | ',' | ':' => {
                tokens.push(Token::Sign(first));
                1
            }
            '"' => {
                let (units, length) = text(rest)?;
                tokens.push(Token::Text(units));
                length
            }
            'x' if rest[1..].starts_with('"') => {
                let digits = rest[2..].split('"').next().unwrap_or("");
                tokens.push(Token::Hex(hex(digits)?));
                digits.len() + 3
            }
            _ if rest.starts_with("->") || rest.starts_with("=>") => {
                tokens.push(Token::Arrow);
                2
            }
            _ => {
                let is_end = |c: char| c.is_whitespace() || "()[],:;\"".contains(c);
                let length = rest.find(is_end).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..length].to_owned()));
                length
            }
        };
        let Some(tail) = rest.get(length..) else { return Err("a text has no end".into()) };
        rest = tail.trim_start();
    }
    Ok(tokens)
}

/// The units of the quoted text at the start, and its length in bytes.
fn text(source: &str) -> Result<(Vec<u16>, usize), String> {
    let mut units = Vec::new();
    let mut chars = source.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok((units, at + 1)),
            '\\' => match chars.next() {
                Some((_, 'n')) => units.push(u16::from(b'\n')),
                Some((_, 'u')) => {
                    let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                    let unit = u16::from_str_radix(&digits, 16);
                    units.push(unit.map_err(|_| format!("`\\u{digits}` is no unit"))?);
                }
                Some((_, c @ ('"' | '\\'))) => units.push(c as u16),
                _ => return Err("an escape must be one of \\n \\\" \\\\ \\uXXXX".into()),
            },
            c => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
        }
    }
    Err("a text has no end".into())
}

fn hex(digits: &str) -> Result<Vec<u8>, String> {
    let error = || format!("`{digits}` are no hexadecimal bytes");
    if !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return Err(error());
    }
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| error());
    (0..digits.len()).step_by(2).map(byte).collect()
}
