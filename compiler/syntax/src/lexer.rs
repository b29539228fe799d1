//! Text to raw tokens: the logos table, and by hand what a regular expression cannot do or would
//! make slow to build: nested comments, strings, letters outside ASCII.
//!
//! **Guarantees:** never stops and never fails: what is wrong becomes a token and a diagnostic.
//! Tokens are in source order and do not overlap. Interpolated strings are flat: `s"a${b}c"` is
//! `InterpolationStart StringPart InterpolationBrace b } StringPart InterpolationEnd`. Linear time.

use crate::token::{After, Token, TokenKind as K};
use fscc_base::{Diagnostic, FileId, Span, codes};
use logos::{Lexer as Logos, Logos as _};

/// The raw tokens of `source`, with lexical errors appended to `diagnostics`.
pub fn lex(file: FileId, source: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Token> {
    let mut lexer = Lexer {
        file,
        source,
        bytes: source.as_bytes(),
        logos: K::lexer(source),
        tokens: Vec::with_capacity(source.len() / 4),
        diagnostics,
        first: true,
        indent: 0,
        strings: Vec::new(),
    };
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    lexer.start_line(start);
    lexer.jump(start);
    lexer.run();
    lexer.tokens
}

/// An interpolated string that is interrupted by `${`.
struct OpenString {
    triple: bool,
    /// Braces opened since `${`.
    braces: u32,
    start: u32,
}

struct Lexer<'a, 'd> {
    file: FileId,
    source: &'a str,
    bytes: &'a [u8],
    logos: Logos<'a, K>,
    tokens: Vec<Token>,
    diagnostics: &'d mut Vec<Diagnostic>,
    first: bool,
    indent: u32,
    strings: Vec<OpenString>,
}

/// Whether `c` is an operator character of ASCII.
fn is_operator_byte(b: u8) -> bool {
    matches!(
        b,
        b'!' | b'#'
            | b'%'
            | b'&'
            | b'*'
            | b'+'
            | b'-'
            | b'/'
            | b':'
            | b'<'
            | b'='
            | b'>'
            | b'?'
            | b'@'
            | b'\\'
            | b'^'
            | b'|'
            | b'~'
    )
}

/// Whether `c` is an operator character outside ASCII: the common blocks of mathematical
/// symbols, arrows and pictographs, and the Latin-1 signs.
fn is_operator_char(c: char) -> bool {
    matches!(c,
        '¬' | '±' | '×' | '÷' | '°' | '¦' | '§' | '©' | '®' | '¶'
        | '\u{2044}' | '\u{2052}' | '\u{2100}'..='\u{214f}' | '\u{2190}'..='\u{23ff}'
        | '\u{2500}'..='\u{27bf}' | '\u{27c0}'..='\u{2bff}' | '\u{1f300}'..='\u{1faff}')
        && !c.is_alphanumeric()
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

impl<'a> Lexer<'a, '_> {
    fn run(&mut self) {
        while let Some(result) = self.logos.next() {
            let range = self.logos.span();
            match result {
                Ok(kind) => self.raw(kind, range.start, range.end),
                Err(()) => self.bad(range.start, range.end),
            }
        }
        while let Some(open) = self.strings.pop() {
            self.unterminated(open.start, open.start + 1, "interpolated string");
            let end = self.source.len();
            self.push(K::InterpolationEnd, end, end);
        }
    }

    fn raw(&mut self, kind: K, lo: usize, hi: usize) {
        match kind {
            K::LineBreak => self.start_line(hi),
            K::LineComment => {}
            K::BlockComment => self.block_comment(lo),
            K::Quote => self.string(lo, hi, false),
            K::TripleQuote => self.string(lo, hi, true),
            K::PrefixQuote => self.prefixed(lo, hi, false),
            K::PrefixTripleQuote => self.prefixed(lo, hi, true),
            K::Apostrophe => self.apostrophe(lo),
            K::BackQuote => self.back_quoted(lo),
            K::NonAscii => self.non_ascii(lo, hi),
            K::Ident | K::Underscore => self.name(kind, lo, hi),
            K::IntLiteral | K::FloatLiteral => self.number(kind, lo, hi),
            K::Op => self.operator(lo, hi),
            K::LBrace => {
                if let Some(open) = self.strings.last_mut() {
                    open.braces += 1;
                }
                self.push(kind, lo, hi);
            }
            K::RBrace => self.closing_brace(lo, hi),
            _ if is_word(kind) => self.name(kind, lo, hi),
            _ if self.bytes.get(hi).is_some_and(|b| !b.is_ascii()) && is_symbolic(kind) => {
                self.operator(lo, hi)
            }
            _ => self.push(kind, lo, hi),
        }
    }

    fn push(&mut self, kind: K, lo: usize, hi: usize) {
        let first = std::mem::take(&mut self.first);
        self.tokens.push(Token {
            kind,
            first,
            after: After::Nothing,
            lo: lo as u32,
            hi: hi as u32,
            indent: self.indent,
        });
    }

    /// Continues the automaton at `at`.
    fn jump(&mut self, at: usize) {
        let here = self.logos.span().end;
        if at < here {
            self.logos = K::lexer(self.source);
            self.logos.bump(at);
        } else {
            self.logos.bump(at - here);
        }
    }

    fn start_line(&mut self, at: usize) {
        self.first = true;
        let blanks = self.bytes[at..].iter().take_while(|b| matches!(b, b' ' | b'\t' | 0x0c));
        self.indent = blanks.count() as u32;
    }

    fn span(&self, lo: usize, hi: usize) -> Span {
        Span::new(self.file, lo as u32, hi as u32)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            None => None,
            Some(b) if b.is_ascii() => Some(*b as char),
            Some(_) => self.source.get(at..).and_then(|rest| rest.chars().next()),
        }
    }

    /// The end of the run of characters from `at` on that satisfy `test`.
    fn run_end(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        let rest = &self.source[at..];
        rest.find(|c| !test(c)).map_or(self.source.len(), |n| at + n)
    }

    // ---- comments

    fn block_comment(&mut self, lo: usize) {
        let (mut at, mut depth) = (lo + 2, 1);
        let first = self.first;
        while depth > 0 {
            match (self.bytes.get(at), self.bytes.get(at + 1)) {
                (None, _) => {
                    self.unterminated(lo as u32, lo as u32 + 2, "comment");
                    break;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                }
                (Some(b'/'), Some(b'*')) => {
                    depth += 1;
                    at += 2;
                }
                (Some(b'\n'), _) => {
                    at += 1;
                    self.start_line(at);
                }
                _ => at += 1,
            }
        }
        self.first |= first;
        self.jump(at);
    }

    fn unterminated(&mut self, lo: u32, hi: u32, what: &str) {
        let span = Span::new(self.file, lo, hi);
        let message = format!("this {what} is never closed");
        self.diagnostics.push(
            Diagnostic::error(codes::UNTERMINATED_LITERAL, span, message)
                .because("opened here")
                .help("close it where it should end"),
        );
    }

    // ---- names and operators

    fn name(&mut self, kind: K, lo: usize, mut hi: usize) {
        let mut kind = kind;
        if self.bytes.get(hi).is_some_and(|b| !b.is_ascii()) {
            let end = self.run_end(hi, is_name_part);
            if end > hi {
                hi = end;
                kind = K::Ident;
            }
        }
        // `foo_+`, `x_=`: after an underscore a name may go on with operator characters.
        if hi - lo > 1 && self.bytes[hi - 1] == b'_' {
            let end = self.operator_end(hi);
            if end > hi {
                hi = end;
                kind = K::Ident;
            }
        }
        self.push(kind, lo, hi);
        self.jump(hi);
    }

    /// The end of the operator characters from `at` on; a comment ends them.
    fn operator_end(&self, mut at: usize) -> usize {
        loop {
            match self.bytes.get(at) {
                Some(b'/') if matches!(self.bytes.get(at + 1), Some(b'/' | b'*')) => return at,
                Some(b) if is_operator_byte(*b) => at += 1,
                Some(b) if !b.is_ascii() => match self.char_at(at) {
                    Some(c) if is_operator_char(c) => at += c.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    fn operator(&mut self, lo: usize, hi: usize) {
        let end = self.operator_end(lo).max(lo + 1);
        let mut kind = if end == hi { K::Op } else { reserved_operator(&self.source[lo..end]) };
        if &self.source[lo..end] == "???" {
            // An operand by habit: without this the end of its line would be lost.
            kind = K::Ident;
        }
        self.push(kind, lo, end);
        self.jump(end);
    }

    fn back_quoted(&mut self, lo: usize) {
        let end = self.run_end(lo + 1, |c| c != '`' && c != '\n' && c != '\r');
        if self.bytes.get(end) == Some(&b'`') && end > lo + 1 {
            self.push(K::Ident, lo, end + 1);
            self.jump(end + 1);
        } else {
            self.unterminated(lo as u32, lo as u32 + 1, "quoted identifier");
            self.push(K::Bad, lo, end);
            self.jump(end);
        }
    }

    fn non_ascii(&mut self, lo: usize, hi: usize) {
        let Some(c) = self.char_at(lo) else { return self.bad(lo, hi) };
        if is_letter(c) {
            let end = self.run_end(lo, is_name_part);
            self.name(K::Ident, lo, end);
        } else if is_operator_char(c) {
            let end = self.operator_end(lo);
            self.push(K::Op, lo, end);
            self.jump(end);
        } else {
            self.bad(lo, hi);
        }
    }

    fn bad(&mut self, lo: usize, hi: usize) {
        if let Some(last) = self.tokens.last_mut()
            && last.kind == K::Bad
            && last.hi as usize == lo
        {
            last.hi = hi as u32;
            return;
        }
        let c = self.char_at(lo).unwrap_or(' ');
        let message = format!("unknown character {c:?}");
        self.diagnostics.push(
            Diagnostic::error(codes::UNKNOWN_CHARACTER, self.span(lo, hi), message)
                .because("no Scala token starts with it")
                .help("remove it, or put it in a string or comment"),
        );
        self.push(K::Bad, lo, hi);
    }

    fn number(&mut self, kind: K, lo: usize, hi: usize) {
        let text = &self.source[lo..hi];
        let next = self.char_at(hi);
        if next.is_some_and(is_name_part) {
            let end = self.run_end(hi, is_name_part);
            self.bad_literal(lo, end, "a letter directly after a number", "put a blank between");
            self.push(kind, lo, hi);
            return self.jump(end);
        }
        // In a hexadecimal number `d` and `f` are digits.
        let is_hex = text.starts_with("0x") || text.starts_with("0X");
        let digits = match is_hex {
            true => text.trim_end_matches(['l', 'L']),
            false => text.trim_end_matches(['l', 'L', 'f', 'F', 'd', 'D']),
        };
        if digits.ends_with('_') || text == "0x" || text == "0X" || text == "0b" || text == "0B" {
            self.bad_literal(lo, hi, "a number must end with a digit", "complete the number");
        }
        self.push(kind, lo, hi);
    }

    fn bad_literal(&mut self, lo: usize, hi: usize, message: &str, help: &str) {
        let span = self.span(lo, hi);
        self.diagnostics.push(Diagnostic::error(codes::BAD_LITERAL, span, message).help(help));
    }

    // ---- characters, symbols, quotes

    fn apostrophe(&mut self, lo: usize) {
        let c = self.char_at(lo + 1);
        let end = match c {
            Some('\\') => self.escape_end(lo + 1),
            Some(c) if c != '\n' && c != '\r' => lo + 1 + c.len_utf8(),
            _ => lo + 1,
        };
        if end > lo + 1 && self.bytes.get(end) == Some(&b'\'') {
            self.push(K::CharLiteral, lo, end + 1);
            return self.jump(end + 1);
        }
        match c {
            Some('{' | '[') => {
                let diagnostic = crate::reject::quote(self.span(lo, lo + 1));
                self.diagnostics.push(diagnostic);
            }
            Some(c) if is_letter(c) => {
                let end = self.run_end(lo + 1, is_name_part);
                if self.bytes.get(end) == Some(&b'\'') {
                    let help = "a character literal holds one character; use \"…\" for text";
                    self.bad_literal(lo, end + 1, "more than one character between quotes", help);
                    self.push(K::CharLiteral, lo, end + 1);
                    return self.jump(end + 1);
                }
                let text = &self.source[lo + 1..end];
                let diagnostic = crate::reject::symbol(self.span(lo, end), text);
                self.diagnostics.push(diagnostic);
                self.push(K::Bad, lo, end);
                self.jump(end);
            }
            _ => {
                self.unterminated(lo as u32, lo as u32 + 1, "character literal");
                self.push(K::Bad, lo, lo + 1);
            }
        }
    }

    /// The end of the escape that starts with the backslash at `at`.
    fn escape_end(&self, at: usize) -> usize {
        match self.char_at(at + 1) {
            Some('u') => {
                let digits = self.run_end(at + 1, |c| c == 'u');
                let end = self.run_end(digits, |c| c.is_ascii_hexdigit());
                end.min(digits + 4)
            }
            Some(c) if c != '\n' && c != '\r' => at + 1 + c.len_utf8(),
            _ => at + 1,
        }
    }

    // ---- strings

    fn string(&mut self, lo: usize, hi: usize, triple: bool) {
        let end = if triple { self.triple_end(hi) } else { self.line_string_end(hi) };
        if end.is_none() {
            self.unterminated(lo as u32, hi as u32, "string");
        }
        let rest = &self.source[hi..];
        let end = end.unwrap_or_else(|| match triple {
            true => self.source.len(),
            false => hi + rest.find(['\n', '\r']).unwrap_or(rest.len()),
        });
        self.push(K::StringLiteral, lo, end);
        self.after_lines(lo, end);
        self.jump(end);
    }

    /// The end of a string in three quotes: the last three of a run of quotes close it.
    fn triple_end(&self, at: usize) -> Option<usize> {
        let end = at + self.source[at..].find("\"\"\"")? + 3;
        Some(end + self.bytes[end..].iter().take_while(|b| **b == b'"').count())
    }

    /// The end of a string in single quotes, which ends on its line.
    fn line_string_end(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.bytes.get(at)? {
                b'"' => return Some(at + 1),
                b'\n' | b'\r' => return None,
                b'\\' => at = self.after_backslash(at)?,
                _ => at += 1,
            }
        }
    }

    /// The place after the backslash at `at` and the character that it protects.
    fn after_backslash(&self, at: usize) -> Option<usize> {
        match self.char_at(at + 1)? {
            '\n' | '\r' => None,
            c => Some(at + 1 + c.len_utf8()),
        }
    }

    /// Takes note of the line on which a token of several lines ends.
    fn after_lines(&mut self, lo: usize, hi: usize) {
        if let Some(n) = self.source[lo..hi].rfind('\n') {
            self.start_line(lo + n + 1);
            self.first = false;
        }
    }

    fn prefixed(&mut self, lo: usize, hi: usize, triple: bool) {
        let quotes = if triple { 3 } else { 1 };
        let prefix = &self.source[lo..hi - quotes];
        if let Some(kind) = keyword(prefix) {
            self.push(kind, lo, hi - quotes);
            return self.string(hi - quotes, hi, triple);
        }
        self.push(K::InterpolationStart, lo, hi);
        self.string_parts(lo as u32, hi, triple);
    }

    /// Scans an interpolated string from `at` up to its end or the next `${`.
    fn string_parts(&mut self, start: u32, mut at: usize, triple: bool) {
        let mut part = at;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'"' => {
                    let run = self.bytes[at..].iter().take_while(|b| **b == b'"').count();
                    let (text, quotes) = if triple { (run.saturating_sub(3), 3) } else { (0, 1) };
                    if run >= quotes {
                        let end = at + text;
                        self.push(K::StringPart, part, end);
                        self.push(K::InterpolationEnd, end, end + quotes);
                        self.after_lines(part, end);
                        return self.jump(end + quotes);
                    }
                    at += run;
                }
                b'\\' if !triple => match self.after_backslash(at) {
                    Some(next) => at = next,
                    None => break,
                },
                b'$' => match self.char_at(at + 1) {
                    Some('$' | '"') => at += 2,
                    Some('{') => {
                        self.push(K::StringPart, part, at);
                        self.after_lines(part, at);
                        self.push(K::InterpolationBrace, at, at + 2);
                        self.strings.push(OpenString { triple, braces: 0, start });
                        return self.jump(at + 2);
                    }
                    Some(c) if c.is_alphabetic() || c == '_' => {
                        self.push(K::StringPart, part, at);
                        at = self.dollar_name(at);
                        part = at;
                    }
                    _ => {
                        let message = "a single `$` in an interpolated string";
                        let help = "write `$$` for a dollar sign, or `${…}` for an expression";
                        self.bad_literal(at, at + 1, message, help);
                        at += 1;
                    }
                },
                b'\n' | b'\r' if !triple => break,
                _ => at += 1,
            }
        }
        self.unterminated(start, start + 1, "interpolated string");
        self.push(K::StringPart, part, at);
        self.push(K::InterpolationEnd, at, at);
        self.jump(at);
    }

    /// `$name` in a string; returns its end.
    fn dollar_name(&mut self, at: usize) -> usize {
        let end = self.run_end(at + 1, |c| c.is_alphanumeric() || c == '_');
        let text = &self.source[at + 1..end];
        let kind = match keyword(text) {
            Some(K::This) => K::This,
            Some(_) => K::Bad,
            None if text == "_" => K::Underscore,
            None => K::Ident,
        };
        if kind == K::Bad {
            let message = format!("`{text}` is a reserved word");
            self.bad_literal(at, end, &message, "write `$$` for a dollar sign");
        }
        self.push(kind, at + 1, end);
        end
    }

    fn closing_brace(&mut self, lo: usize, hi: usize) {
        self.push(K::RBrace, lo, hi);
        if let Some(open) = self.strings.last_mut() {
            if open.braces > 0 {
                open.braces -= 1;
            } else if let Some(open) = self.strings.pop() {
                self.string_parts(open.start, hi, open.triple);
            }
        }
    }
}

/// Whether this kind is spelled with letters.
fn is_word(kind: K) -> bool {
    (K::Abstract..=K::Yield).contains(&kind)
}

/// Whether this kind is spelled with operator characters.
fn is_symbolic(kind: K) -> bool {
    (K::Colon..=K::Bar).contains(&kind)
}

/// The reserved word with this spelling.
fn keyword(text: &str) -> Option<K> {
    let mut lexer = K::lexer(text);
    match lexer.next() {
        Some(Ok(kind)) if is_word(kind) && lexer.span().end == text.len() => Some(kind),
        _ => None,
    }
}

/// The kind of an operator with this spelling.
fn reserved_operator(text: &str) -> K {
    match text {
        ":" => K::Colon,
        "=" => K::Equals,
        "=>" => K::Arrow,
        "?=>" => K::ContextArrow,
        "=>>" => K::TypeArrow,
        "<-" => K::LeftArrow,
        "<:" => K::Upper,
        ">:" => K::Lower,
        "#" => K::Hash,
        "@" => K::At,
        "|" => K::Bar,
        _ => K::Op,
    }
}
