//! The table of rows, and the types that they speak of.

use std::fmt;

/// A type of the generated programs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Ty {
    /// `A` in a row: stands for any type.
    Variable(char),
    /// A class with arguments.
    Named(String, Vec<Ty>),
    /// `(A, B)`.
    Tuple(Vec<Ty>),
    /// `(A, B) => C`.
    Function(Vec<Ty>, Box<Ty>),
}

impl Ty {
    /// A class without arguments.
    pub fn named(name: &str) -> Ty {
        Ty::Named(name.to_string(), Vec::new())
    }

    /// Reads a type as rows write it.
    pub fn parse(text: &str) -> Ty {
        let mut reader = Reader { rest: text };
        let ty = reader.ty();
        assert!(reader.rest.trim().is_empty(), "a type ends before `{}` in `{text}`", reader.rest);
        ty
    }

    /// This pattern with its variables replaced; unbound ones are chosen by `choose`.
    pub fn bind(&self, bindings: &mut Bindings, choose: &mut dyn FnMut(char) -> Ty) -> Ty {
        match self {
            Ty::Variable(name) => match bindings.get(*name) {
                Some(ty) => ty.clone(),
                None => {
                    let ty = choose(*name);
                    bindings.0.push((*name, ty.clone()));
                    ty
                }
            },
            Ty::Named(name, args) => {
                Ty::Named(name.clone(), args.iter().map(|arg| arg.bind(bindings, choose)).collect())
            }
            Ty::Tuple(parts) => {
                Ty::Tuple(parts.iter().map(|part| part.bind(bindings, choose)).collect())
            }
            Ty::Function(params, result) => Ty::Function(
                params.iter().map(|param| param.bind(bindings, choose)).collect(),
                Box::new(result.bind(bindings, choose)),
            ),
        }
    }

    /// Whether this pattern is `wanted` for some choice of its variables, which is added.
    pub fn matches(&self, wanted: &Ty, bindings: &mut Bindings) -> bool {
        let all = |these: &[Ty], those: &[Ty], bindings: &mut Bindings| {
            these.len() == those.len()
                && these.iter().zip(those).all(|(this, that)| this.matches(that, bindings))
        };
        match (self, wanted) {
            (Ty::Variable(name), _) => match bindings.get(*name) {
                Some(bound) => bound == wanted,
                None => {
                    let fits = fits(*name, wanted);
                    bindings.0.push((*name, wanted.clone()));
                    fits
                }
            },
            (Ty::Named(name, args), Ty::Named(other, others)) => {
                name == other && all(args, others, bindings)
            }
            (Ty::Tuple(parts), Ty::Tuple(others)) => all(parts, others, bindings),
            (Ty::Function(params, result), Ty::Function(others, other)) => {
                all(params, others, bindings) && result.matches(other, bindings)
            }
            _ => false,
        }
    }

    fn is_function(&self) -> bool {
        matches!(self, Ty::Function(..))
    }
}

/// The types of keys, which are also those with an ordering.
const KEYS: [&str; 5] = ["Int", "Long", "Boolean", "Char", "String"];

/// Whether a variable with this name may stand for the type.
fn fits(name: char, ty: &Ty) -> bool {
    match (name, ty) {
        ('K' | 'O', Ty::Named(class, _)) => KEYS.contains(&class.as_str()),
        ('K' | 'O', Ty::Tuple(parts)) => parts.iter().all(|part| fits(name, part)),
        ('K' | 'O', _) => false,
        _ => !ty.is_function(),
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, types: &[Ty]| -> fmt::Result {
            for (number, ty) in types.iter().enumerate() {
                write!(f, "{}{ty}", if number > 0 { ", " } else { "" })?;
            }
            Ok(())
        };
        match self {
            Ty::Variable(name) => write!(f, "{name}"),
            Ty::Named(name, args) if args.is_empty() => f.write_str(name),
            Ty::Named(name, args) => {
                write!(f, "{name}[")?;
                list(f, args)?;
                f.write_str("]")
            }
            Ty::Tuple(parts) => {
                f.write_str("(")?;
                list(f, parts)?;
                f.write_str(")")
            }
            Ty::Function(params, result) => {
                f.write_str("(")?;
                list(f, params)?;
                write!(f, ") => {result}")
            }
        }
    }
}

/// What variables stand for.
#[derive(Clone, Default, Debug)]
pub(super) struct Bindings(Vec<(char, Ty)>);

impl Bindings {
    fn get(&self, name: char) -> Option<&Ty> {
        self.0.iter().find(|(bound, _)| *bound == name).map(|(_, ty)| ty)
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, text: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn ty(&mut self) -> Ty {
        let params = if self.eat("(") {
            let parts = self.list(")");
            if self.eat("=>") {
                return Ty::Function(parts, Box::new(self.ty()));
            }
            return Ty::Tuple(parts);
        } else {
            self.simple()
        };
        if self.eat("=>") { Ty::Function(vec![params], Box::new(self.ty())) } else { params }
    }

    fn list(&mut self, close: &str) -> Vec<Ty> {
        let mut types = vec![self.ty()];
        while self.eat(",") {
            types.push(self.ty());
        }
        assert!(self.eat(close), "`{close}` is missing before `{}`", self.rest);
        types
    }

    fn simple(&mut self) -> Ty {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '.' && c != '_');
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let mut chars = name.chars();
        match (chars.next(), chars.next()) {
            (Some(letter), None) if letter.is_ascii_uppercase() => Ty::Variable(letter),
            _ => {
                let args = if self.eat("[") { self.list("]") } else { Vec::new() };
                Ty::Named(name.to_string(), args)
            }
        }
    }
}

/// A piece of a row's text.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// As it stands.
    Text(String),
    /// A value of this type, in which these names may be used.
    Hole(Ty, Vec<(String, Ty)>),
    /// A new name, the same for each mention in the row.
    Name(String),
    /// A type, written out.
    Type(Ty),
    /// A new number.
    Number,
    /// A number from 0 to 5.
    Small,
}

/// A way to make a value of a type.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// How often it is taken, against the others.
    pub weight: usize,
    /// The type of the value.
    pub result: Ty,
    /// How it is written.
    pub pieces: Vec<Piece>,
}

impl Row {
    /// Reads `WEIGHT RESULT :: TEXT`.
    pub fn parse(line: &str) -> Row {
        let (head, text) = line.split_once(" :: ").expect("a row has `::`");
        let (weight, result) = head.split_once(' ').expect("a row begins with its weight");
        Row {
            weight: weight.parse().expect("a weight is a number"),
            result: Ty::parse(result),
            pieces: pieces(text),
        }
    }
}

/// The rows of a table; lines that are empty or begin with `#` are none.
pub(super) fn parse(table: &str) -> Vec<Row> {
    let is_row = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    table.lines().filter(is_row).map(Row::parse).collect()
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let next = rest[first.len_utf8()..].chars().next();
        let is_hole = first == '{' && next.is_some_and(|c| c.is_ascii_uppercase() || c == '(');
        let is_name = first == '$' && next.is_some_and(|c| c.is_ascii_lowercase());
        let is_type = first == '<' && next.is_some_and(|c| c.is_ascii_uppercase() || c == '(');
        let (piece, length) = if is_hole {
            let end = rest.find('}').expect("a hole is closed");
            (Some(hole(&rest[1..end])), end + 1)
        } else if is_type && rest.contains('>') {
            let end = type_end(rest);
            (Some(Piece::Type(Ty::parse(&rest[1..end]))), end + 1)
        } else if is_name {
            (Some(Piece::Name(rest[1..2].to_string())), 2)
        } else if first == '#' {
            (Some(Piece::Number), 1)
        } else if rest.starts_with("[small]") {
            (Some(Piece::Small), "[small]".len())
        } else {
            plain.push(first);
            (None, first.len_utf8())
        };
        if let Some(piece) = piece {
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(piece);
        }
        rest = &rest[length..];
    }
    pieces.push(Piece::Text(plain));
    pieces
}

/// Where `<A=>B>` ends: at the first `>` that is no part of an arrow.
fn type_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    (1..bytes.len())
        .find(|at| bytes[*at] == b'>' && bytes[at - 1] != b'=')
        .expect("a type in a row is closed")
}

fn hole(text: &str) -> Piece {
    let (ty, names) = text.split_once('|').unwrap_or((text, ""));
    let mut bound = Vec::new();
    for name in names.split('$').filter(|name| !name.is_empty()) {
        let (name, ty) = name.split_once(':').expect("a name in a hole has a type");
        bound.push((name.to_string(), Ty::parse(ty.trim_end_matches(','))));
    }
    Piece::Hole(Ty::parse(ty), bound)
}
