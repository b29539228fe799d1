//! Words, numbers and signs of the text form, with their places.

use super::ParseError;

/// A token.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// A word: letters, digits, `_` and `.`, beginning with a letter.
    Word(String),
    /// A number, as written.
    Number(String),
    /// A quoted string.
    Text(Vec<u16>),
    /// `x"…"`.
    Bytes(Vec<u8>),
    /// `->`.
    Arrow,
    /// One of `( ) { } : , =`.
    Sign(char),
    /// The end of the text.
    End,
}

/// A token and where it begins.
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) line: u32,
    pub(super) column: u32,
}

struct Lexer<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: u32,
    column: u32,
}

/// All tokens; the last is [`Token::End`].
pub(super) fn lex(text: &str) -> Result<Vec<Placed>, ParseError> {
    let mut lexer = Lexer { rest: text.chars().peekable(), line: 1, column: 1 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_blank()?;
        let (line, column) = (lexer.line, lexer.column);
        let token = lexer.token()?;
        let is_end = token == Token::End;
        tokens.push(Placed { token, line, column });
        if is_end {
            return Ok(tokens);
        }
    }
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<char> {
        let letter = self.rest.next()?;
        if letter == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(letter)
    }

    fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError { line: self.line, column: self.column, message: message.into() }
    }

    fn skip_blank(&mut self) -> Result<(), ParseError> {
        while let Some(letter) = self.rest.peek() {
            if *letter == '/' {
                self.next();
                if self.next() != Some('/') {
                    return Err(self.error("found `/`, expected `//` and a comment"));
                }
                while self.rest.peek().is_some_and(|letter| *letter != '\n') {
                    self.next();
                }
            } else if letter.is_whitespace() {
                self.next();
            } else {
                break;
            }
        }
        Ok(())
    }

    fn take_while(&mut self, out: &mut String, accept: impl Fn(char) -> bool) {
        while let Some(letter) = self.rest.peek().copied().filter(|letter| accept(*letter)) {
            out.push(letter);
            self.next();
        }
    }

    fn token(&mut self) -> Result<Token, ParseError> {
        let Some(first) = self.next() else { return Ok(Token::End) };
        match first {
            '(' | ')' | '{' | '}' | ':' | ',' | '=' => Ok(Token::Sign(first)),
            '"' => Ok(Token::Text(self.text()?)),
            'x' if self.rest.peek() == Some(&'"') => {
                self.next();
                Ok(Token::Bytes(self.bytes()?))
            }
            '-' if self.rest.peek() == Some(&'>') => {
                self.next();
                Ok(Token::Arrow)
            }
            '-' | '0'..='9' => {
                let mut text = String::from(first);
                loop {
                    self.take_while(&mut text, |letter| {
                        letter.is_ascii_alphanumeric() || letter == '.'
                    });
                    // The sign of an exponent.
                    let in_exponent = text.ends_with('e') && !text.starts_with("0x");
                    if in_exponent && self.rest.peek() == Some(&'-') {
                        text.push('-');
                        self.next();
                        continue;
                    }
                    return Ok(Token::Number(text));
                }
            }
            letter if letter.is_ascii_alphabetic() => {
                let mut text = String::from(letter);
                self.take_while(&mut text, |letter| {
                    letter.is_ascii_alphanumeric() || "._".contains(letter)
                });
                Ok(Token::Word(text))
            }
            other => {
                Err(self.error(format!("found `{other}`, expected a word, a number or a sign")))
            }
        }
    }

    fn text(&mut self) -> Result<Vec<u16>, ParseError> {
        let mut units = Vec::new();
        let push = |units: &mut Vec<u16>, letter: char| {
            units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
        };
        loop {
            match self.next() {
                None => return Err(self.error("found the end, expected `\"`")),
                Some('"') => return Ok(units),
                Some('\\') => match self.next() {
                    Some('n') => push(&mut units, '\n'),
                    Some(letter @ ('"' | '\\')) => push(&mut units, letter),
                    Some('u') => {
                        let code = self.escape()?;
                        match char::from_u32(code) {
                            Some(letter) => push(&mut units, letter),
                            None => units.push(code as u16),
                        }
                    }
                    _ => {
                        return Err(self
                            .error("found a strange escape, expected \\n, \\\", \\\\ or \\u{…}"));
                    }
                },
                Some(letter) => push(&mut units, letter),
            }
        }
    }

    fn escape(&mut self) -> Result<u32, ParseError> {
        let mut digits = String::new();
        if self.next() == Some('{') {
            self.take_while(&mut digits, |letter| letter.is_ascii_hexdigit());
            if self.next() == Some('}') {
                let code = u32::from_str_radix(&digits, 16).ok();
                if let Some(code) = code.filter(|code| *code <= 0x10_ffff) {
                    return Ok(code);
                }
            }
        }
        Err(self
            .error("found a strange escape, expected \\u{ and a code point in hexadecimal and }"))
    }

    fn bytes(&mut self) -> Result<Vec<u8>, ParseError> {
        let mut digits = String::new();
        self.take_while(&mut digits, |letter| letter.is_ascii_hexdigit());
        if self.next() != Some('"') || !digits.len().is_multiple_of(2) {
            return Err(
                self.error("found strange bytes, expected pairs of hexadecimal digits and `\"`")
            );
        }
        let pairs = digits.as_bytes().chunks(2);
        Ok(pairs
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect())
    }
}
