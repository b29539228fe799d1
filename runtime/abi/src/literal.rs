//! Literals that people write for values: those of Scala (`Some(3)`, `List("a", "b")`,
//! `Order(id = 1, price = 10.fsc)`, `Map(1 -> 2)`) and those of JSON. What they mean depends on the
//! type that is expected ([`mod@crate::read`]).

use crate::limits::VALUE_DEPTH_MAX;

/// A literal, and the text that it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal<'t> {
    /// The text.
    pub text: &'t str,
    /// What it is.
    pub kind: Kind<'t>,
}

/// The kinds of literals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'t> {
    /// Digits without separators, perhaps with a sign and a fraction, and the unit behind them.
    Number(String, Option<&'t str>),
    /// `0x…`.
    Hex,
    /// `"…"`.
    Text(String),
    /// `'…'`: one UTF-16 unit.
    Char(u16),
    /// A name, perhaps with arguments, of which some may have names.
    Named(&'t str, Option<Vec<Argument<'t>>>),
    /// `[…]`.
    List(Vec<Literal<'t>>),
    /// `(…)` with none or several inside, or `a -> b`.
    Tuple(Vec<Literal<'t>>),
    /// `{"name": …}`.
    Object(Vec<(String, Literal<'t>)>),
}

/// An argument: its name, if it has one, and its value.
pub type Argument<'t> = (Option<&'t str>, Literal<'t>);

/// Why a text is no literal, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at `{rest}`")]
pub struct SyntaxError {
    /// What is wrong.
    pub what: &'static str,
    /// The beginning of what was not understood.
    pub rest: String,
}

impl<'t> Literal<'t> {
    /// Reads a text that is one literal.
    pub fn parse(text: &'t str) -> Result<Literal<'t>, SyntaxError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let literal = parser.literal()?;
        match parser.is_done() {
            true => Ok(literal),
            false => Err(parser.error("one value is expected, and this follows it")),
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

type Parsed<T> = Result<T, SyntaxError>;

/// How many letters of what is wrong are shown.
const SHOWN_LETTERS: usize = 24;

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn error(&self, what: &'static str) -> SyntaxError {
        let rest: String = self.rest().chars().take(SHOWN_LETTERS).collect();
        SyntaxError { what, rest: if rest.is_empty() { "end".into() } else { rest } }
    }

    fn skip(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn is_done(&mut self) -> bool {
        self.skip();
        self.rest().is_empty()
    }

    /// Takes a mark, if it is next.
    fn takes(&mut self, mark: &str) -> bool {
        self.skip();
        let is_next = self.rest().starts_with(mark);
        if is_next {
            self.at += mark.len();
        }
        is_next
    }

    /// Takes the letters that belong to something.
    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|letter| !belongs(letter)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A literal, and pairs with arrows.
    fn literal(&mut self) -> Parsed<Literal<'t>> {
        if self.depth >= VALUE_DEPTH_MAX {
            return Err(self.error("limit VALUE_DEPTH_MAX: too many values inside of each other"));
        }
        self.depth += 1;
        self.skip();
        let start = self.at;
        let mut left = self.simple()?;
        // Pairs of pairs are deep without brackets.
        let mut pairs = self.depth;
        while self.takes("->") {
            pairs += 1;
            if pairs > VALUE_DEPTH_MAX {
                return Err(
                    self.error("limit VALUE_DEPTH_MAX: too many values inside of each other")
                );
            }
            let right = self.one()?;
            let text = &self.text[start..self.at];
            left = Literal { text, kind: Kind::Tuple(vec![left, right]) };
        }
        self.depth -= 1;
        Ok(left)
    }

    /// A literal without arrows around it.
    fn one(&mut self) -> Parsed<Literal<'t>> {
        self.skip();
        self.simple()
    }

    fn simple(&mut self) -> Parsed<Literal<'t>> {
        let start = self.at;
        let kind = match self.rest().chars().next() {
            Some('"') => Kind::Text(self.quoted()?),
            Some('\'') => self.letter()?,
            Some('[') => {
                self.at += 1;
                Kind::List(self.list("]")?)
            }
            Some('(') => {
                self.at += 1;
                let mut inside = self.list(")")?;
                match (inside.len(), inside.pop()) {
                    (1, Some(only)) => return Ok(only),
                    (_, last) => {
                        inside.extend(last);
                        Kind::Tuple(inside)
                    }
                }
            }
            Some('{') => self.object()?,
            Some('0') if self.rest().starts_with("0x") => {
                self.at += 2;
                self.take_while(|letter| letter.is_ascii_alphanumeric());
                Kind::Hex
            }
            Some('-' | '0'..='9') => self.number()?,
            Some(letter) if is_name(letter) => self.named()?,
            _ => return Err(self.error("a value is expected")),
        };
        Ok(Literal { text: &self.text[start..self.at], kind })
    }

    fn list(&mut self, end: &str) -> Parsed<Vec<Literal<'t>>> {
        let mut inside = Vec::new();
        while !self.takes(end) {
            if !inside.is_empty() && !self.takes(",") {
                return Err(self.error("`,` or the end of the list is expected"));
            }
            inside.push(self.literal()?);
        }
        Ok(inside)
    }

    fn object(&mut self) -> Parsed<Kind<'t>> {
        self.at += 1;
        let mut inside: Vec<(String, Literal<'t>)> = Vec::new();
        while !self.takes("}") {
            if !inside.is_empty() && !self.takes(",") {
                return Err(self.error("`,` or `}` is expected"));
            }
            self.skip();
            if !self.rest().starts_with('"') {
                return Err(self.error("a name in quotes is expected"));
            }
            let name = self.quoted()?;
            if !self.takes(":") {
                return Err(self.error("`:` is expected"));
            }
            inside.push((name, self.literal()?));
        }
        Ok(Kind::Object(inside))
    }

    fn number(&mut self) -> Parsed<Kind<'t>> {
        let mut digits = String::new();
        if self.takes("-") {
            digits.push('-');
        }
        let is_digit = |letter: char| letter.is_ascii_digit() || letter == '_';
        let whole = self.take_while(is_digit);
        let is_fraction = self
            .rest()
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
        let fraction = match is_fraction {
            true => {
                self.at += 1;
                Some(self.take_while(is_digit))
            }
            false => None,
        };
        if !whole.starts_with(|letter: char| letter.is_ascii_digit()) {
            return Err(self.error("a digit is expected"));
        }
        digits.extend(whole.chars().filter(|letter| *letter != '_'));
        if let Some(fraction) = fraction {
            digits.push('.');
            digits.extend(fraction.chars().filter(|letter| *letter != '_'));
        }
        if self.rest().starts_with(['L', 'l']) {
            self.at += 1;
            return Ok(Kind::Number(digits, None));
        }
        if !self.rest().starts_with('.') {
            return Ok(Kind::Number(digits, None));
        }
        self.at += 1;
        match self.take_while(is_name) {
            "" => Err(self.error("a unit is expected behind the point")),
            unit => Ok(Kind::Number(digits, Some(unit))),
        }
    }

    /// A name with points, and arguments.
    fn named(&mut self) -> Parsed<Kind<'t>> {
        let name = self.take_while(|letter| is_name(letter) || letter == '.');
        if !self.takes("(") {
            return Ok(Kind::Named(name, None));
        }
        let mut arguments: Vec<Argument<'t>> = Vec::new();
        while !self.takes(")") {
            if !arguments.is_empty() && !self.takes(",") {
                return Err(self.error("`,` or `)` is expected"));
            }
            let name = self.argument_name();
            arguments.push((name, self.literal()?));
        }
        Ok(Kind::Named(name, Some(arguments)))
    }

    /// `name =` in front of an argument.
    fn argument_name(&mut self) -> Option<&'t str> {
        self.skip();
        let before = self.at;
        let name = self.take_while(is_name);
        if !name.is_empty() && self.takes("=") {
            return Some(name);
        }
        self.at = before;
        None
    }

    fn letter(&mut self) -> Parsed<Kind<'t>> {
        self.at += 1;
        let mut text = String::new();
        let unit = match self.unit(&mut text)? {
            Some(unit) => Some(unit),
            None => {
                let mut units = text.encode_utf16();
                units.next().filter(|_| units.next().is_none())
            }
        };
        match (unit, self.rest().starts_with('\'')) {
            (Some(unit), true) => {
                self.at += 1;
                Ok(Kind::Char(unit))
            }
            _ => Err(self.error("one letter and `'` are expected")),
        }
    }

    fn quoted(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut text = String::new();
        // The first half of a letter that takes two UTF-16 units.
        let mut half: Option<u16> = None;
        loop {
            if self.rest().starts_with('"') {
                self.at += 1;
                break;
            }
            let unit = self.unit(&mut text)?;
            match (half.take(), unit) {
                (None, None) => {}
                (None, Some(unit)) => match char::from_u32(u32::from(unit)) {
                    Some(letter) => text.push(letter),
                    None => half = Some(unit),
                },
                (Some(high), Some(low)) => {
                    let letter = char::decode_utf16([high, low]).next().and_then(Result::ok);
                    let letter = letter.ok_or_else(|| self.error("half of a letter"))?;
                    text.push(letter);
                }
                (Some(_), None) => return Err(self.error("half of a letter")),
            }
        }
        match half {
            None => Ok(text),
            Some(_) => Err(self.error("half of a letter")),
        }
    }

    /// One letter of a quoted text: pushes it, or gives the UTF-16 unit that was written `\u….`
    fn unit(&mut self, text: &mut String) -> Parsed<Option<u16>> {
        let Some(letter) = self.rest().chars().next() else {
            return Err(self.error("the end of the quotes is missing"));
        };
        self.at += letter.len_utf8();
        if letter != '\\' {
            text.push(letter);
            return Ok(None);
        }
        let Some(escape) = self.rest().chars().next() else {
            return Err(self.error("the end of the quotes is missing"));
        };
        self.at += escape.len_utf8();
        text.push(match escape {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            '"' | '\'' | '\\' | '/' => escape,
            'u' => {
                let unit = self.rest().get(..4).and_then(|digits| {
                    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                    is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
                });
                let unit =
                    unit.ok_or_else(|| self.error("four hexadecimal digits are expected"))?;
                self.at += 4;
                return Ok(Some(unit));
            }
            _ => return Err(self.error("no such escape")),
        });
        Ok(None)
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn kind(text: &str) -> Kind<'_> {
        Literal::parse(text).expect(text).kind
    }

    #[test]
    fn literals_of_scala_and_json() {
        assert_eq!(kind("-1_000L"), Kind::Number("-1000".into(), None));
        assert_eq!(kind("0.25.fsc"), Kind::Number("0.25".into(), Some("fsc")));
        assert_eq!(kind(r#""a\"\u00e9\ud83d\ude00""#), Kind::Text("a\"é😀".into()));
        assert_eq!(kind(r"'\u0041'"), Kind::Char(0x41));
        let Kind::Named("A.B", Some(arguments)) = kind("A.B(x = 1, [2], ())") else {
            panic!("a name with arguments");
        };
        assert_eq!(arguments[0].0, Some("x"));
        assert_eq!(arguments[1].1.text, "[2]");
        assert_eq!(arguments[2].1.kind, Kind::Tuple(vec![]));
        assert!(matches!(kind("1 -> 2"), Kind::Tuple(two) if two.len() == 2));
        assert!(matches!(kind("{\"a\": null}"), Kind::Object(one) if one[0].0 == "a"));
        assert!(matches!(kind("(1)"), Kind::Number(..)), "brackets alone mean nothing");
    }

    #[test]
    fn other_texts_are_told_where() {
        let deep = [("[", 10_000), ("(", 10_000), ("1 -> ", 10_000)];
        for (text, count) in deep {
            let error = Literal::parse(&text.repeat(count)).expect_err("too deep").to_string();
            assert!(error.contains("VALUE_DEPTH_MAX"), "{error}");
        }
        for (text, says) in [
            ("", "a value is expected at `end`"),
            ("1 2", "this follows it at `2`"),
            ("\"a", "quotes is missing"),
            (r#""\ud800""#, "half of a letter"),
            ("'ab'", "one letter"),
            ("[1 2]", "`,` or the end"),
            ("-x", "a digit is expected"),
            ("{a: 1}", "a name in quotes"),
            ("1.", "a unit is expected"),
        ] {
            let error = Literal::parse(text).expect_err(text).to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
