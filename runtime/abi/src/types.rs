//! Types as the ABI writes them, `Map[Address,Option[Long]]`, and what form their values have.

use crate::interface::{Case, Described, Field, Interface};
use crate::limits::TYPE_DEPTH_MAX;
use num_bigint::BigInt;
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A type by its canonical name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Type {
    text: String,
    /// The part before the arguments.
    head: String,
    arguments: Vec<Type>,
}

impl Type {
    /// Reads a name. One that is written otherwise than the ABI writes names is a type that nothing
    /// is known of.
    pub fn parse(text: &str) -> Type {
        let unknown =
            || Type { text: text.to_string(), head: text.to_string(), arguments: Vec::new() };
        match parse(text, 0) {
            Some((ty, "")) => ty,
            _ => unknown(),
        }
    }

    /// The canonical name.
    pub fn name(&self) -> &str {
        &self.text
    }

    /// The name without its arguments.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether it is a tuple of the library.
    pub fn is_tuple(&self) -> bool {
        self.head.strip_prefix("Tuple").is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|letter| letter.is_ascii_digit())
        })
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Type {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Type, D::Error> {
        Ok(Type::parse(&String::deserialize(deserializer)?))
    }
}

/// A type at the front of a text, and what follows it.
fn parse(text: &str, depth: u32) -> Option<(Type, &str)> {
    let end = text.find(['[', ']', ',']).unwrap_or(text.len());
    let (head, mut rest) = text.split_at(end);
    if head.is_empty() || depth > TYPE_DEPTH_MAX {
        return None;
    }
    let mut arguments = Vec::new();
    if let Some(inner) = rest.strip_prefix('[') {
        let mut inner = inner;
        loop {
            let (argument, after) = parse(inner, depth + 1)?;
            arguments.push(argument);
            match after.strip_prefix(',') {
                Some(next) => inner = next,
                None => {
                    rest = after.strip_prefix(']')?;
                    break;
                }
            }
        }
    }
    let text = text[..text.len() - rest.len()].to_string();
    Some((Type { text, head: head.to_string(), arguments }, rest))
}

/// The whole numbers of the library.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Number {
    /// 8 bits with a sign.
    Byte,
    /// 16 bits with a sign.
    Short,
    /// 32 bits with a sign.
    Int,
    /// 64 bits with a sign.
    Long,
    /// 128 bits with a sign.
    Int128,
    /// 128 bits.
    UInt128,
    /// Coins in the smallest unit: 128 bits.
    Amount,
    /// 256 bits.
    UInt256,
    /// Without bounds.
    BigInt,
}

impl Number {
    const ALL: [(&'static str, Number); 9] = [
        ("Byte", Number::Byte),
        ("Short", Number::Short),
        ("Int", Number::Int),
        ("Long", Number::Long),
        ("Int128", Number::Int128),
        ("UInt128", Number::UInt128),
        ("Amount", Number::Amount),
        ("UInt256", Number::UInt256),
        ("BigInt", Number::BigInt),
    ];

    /// How many bytes each takes; none if that depends on the value.
    pub fn bytes(self) -> Option<usize> {
        match self {
            Number::Byte => Some(1),
            Number::Short => Some(2),
            Number::Int => Some(4),
            Number::Long => Some(8),
            Number::Int128 | Number::UInt128 | Number::Amount => Some(16),
            Number::UInt256 => Some(32),
            Number::BigInt => None,
        }
    }

    /// Whether values below zero exist.
    pub fn is_signed(self) -> bool {
        !matches!(self, Number::UInt128 | Number::Amount | Number::UInt256)
    }

    /// The smallest and the largest; none if there are none.
    pub fn range(self) -> Option<(BigInt, BigInt)> {
        let bits = 8 * self.bytes()?;
        let one = BigInt::from(1);
        Some(match self.is_signed() {
            true => (-(&one << (bits - 1)), (&one << (bits - 1)) - &one),
            false => (BigInt::ZERO, (&one << bits) - one),
        })
    }

    /// The library's name.
    pub fn name(self) -> &'static str {
        Number::ALL.iter().find(|(_, number)| *number == self).map_or("", |(name, _)| name)
    }
}

/// The traits of records whose types need not be known.
const RECORD_BASES: [&str; 3] = ["Event", "Problem", "Story"];

/// What values of a type look like.
#[derive(Clone, Copy, Debug)]
pub enum Form<'a> {
    /// `()`.
    Unit,
    /// True or false.
    Boolean,
    /// A whole number.
    Number(Number),
    /// One UTF-16 unit.
    Char,
    /// Text.
    Text,
    /// Bytes, as many as one likes.
    Bytes,
    /// 20 bytes.
    Address,
    /// 32 bytes.
    Hash,
    /// A value or none.
    Option(&'a Type),
    /// One of two.
    Either(&'a Type, &'a Type),
    /// Values in order.
    Sequence(&'a Type),
    /// Values in the order of their bytes, each once.
    Set(&'a Type),
    /// Keys in the order of their bytes, and what belongs to them.
    Map(&'a Type, &'a Type),
    /// Fields in order.
    Product(&'a [Field]),
    /// The number of a case, and its fields.
    Sum(&'a [Case]),
    /// A record of which the base alone is known.
    Record,
}

impl Interface {
    /// What values of a type look like; none if nothing says it.
    pub fn form<'a>(&'a self, ty: &'a Type) -> Option<Form<'a>> {
        // A type of the contract may have the name of one of the library that it does not use.
        if let Some(described) = self.types.get(ty.name()) {
            return Some(match described {
                Described::Product { fields } => Form::Product(fields),
                Described::Sum { cases } => Form::Sum(cases),
            });
        }
        match (ty.head(), &ty.arguments[..]) {
            ("Unit", []) => Some(Form::Unit),
            ("Boolean", []) => Some(Form::Boolean),
            ("Char", []) => Some(Form::Char),
            ("String", []) => Some(Form::Text),
            ("Bytes", []) => Some(Form::Bytes),
            ("Address", []) => Some(Form::Address),
            ("Hash", []) => Some(Form::Hash),
            ("Option", [element]) => Some(Form::Option(element)),
            ("Either", [left, right]) => Some(Form::Either(left, right)),
            ("List" | "Seq" | "Vector", [element]) => Some(Form::Sequence(element)),
            ("Set", [element]) => Some(Form::Set(element)),
            ("Map", [key, value]) => Some(Form::Map(key, value)),
            (base, []) if RECORD_BASES.contains(&base) => Some(Form::Record),
            (name, []) => Number::ALL
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, number)| Form::Number(*number)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn names_with_arguments_are_taken_apart() {
        let ty = Type::parse("Map[Address,Option[a.B]]");
        assert_eq!(ty.head(), "Map");
        let names: Vec<&str> = ty.arguments.iter().map(Type::name).collect();
        assert_eq!(names, ["Address", "Option[a.B]"]);
    }

    #[test]
    fn other_names_are_unknown_types() {
        let deep = "Option[".repeat(10_000);
        for text in ["", "A[", "A[]", "A[B]]", "A]", "(a: Int, b: Int)", &deep] {
            assert_eq!(Type::parse(text).head(), text);
        }
    }

    #[test]
    fn ranges_of_numbers() {
        let (least, most) = Number::Long.range().expect("it has bounds");
        assert_eq!((least, most), (i64::MIN.into(), i64::MAX.into()));
        assert_eq!(Number::Amount.range(), Some((0.into(), u128::MAX.into())));
        assert_eq!(Number::BigInt.range(), None);
    }
}
