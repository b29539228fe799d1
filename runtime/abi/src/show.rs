//! Values as text for people: as Scala writes them, and so that they can be given again.

use crate::types::Number;
use crate::value::{Data, Value};
use fvm_keys::to_hex;
use num_bigint::BigInt;
use std::fmt;

/// From so many of the smallest unit on amounts are shown in coins.
const COINS_FROM: u64 = 1_000_000_000_000;
/// Decimals of a coin.
const DECIMALS: usize = 18;

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unit => f.write_str("()"),
            Value::Boolean(value) => write!(f, "{value}"),
            Value::Number(Number::Amount, number) => f.write_str(&amount(number)),
            Value::Number(_, number) => write!(f, "{number}"),
            Value::Char(unit) => match char::from_u32(u32::from(*unit)) {
                Some(letter) if !is_directing(letter) && !"'\\".contains(letter) => {
                    write!(f, "'{letter}'")
                }
                _ => write!(f, "'\\u{unit:04x}'"),
            },
            Value::Text(text) => quoted(f, text),
            Value::Bytes(bytes) => f.write_str(&to_hex(bytes)),
            Value::Address(address) => write!(f, "{address}"),
            Value::Hash(hash) => f.write_str(&to_hex(hash)),
            Value::Option(None) => f.write_str("None"),
            Value::Option(Some(value)) => write!(f, "Some({value})"),
            Value::Left(value) => write!(f, "Left({value})"),
            Value::Right(value) => write!(f, "Right({value})"),
            Value::Sequence(values) => list(f, "List", values),
            Value::Set(values) => list(f, "Set", values),
            Value::Map(entries) => {
                f.write_str("Map(")?;
                for (at, (key, value)) in entries.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{key} -> {value}")?;
                }
                f.write_str(")")
            }
            Value::Product(data) => {
                f.write_str(&data.name)?;
                data.show_fields(f)
            }
            Value::Case(_, data) if data.fields.is_empty() => f.write_str(&data.name),
            Value::Case(_, data) => {
                f.write_str(&data.name)?;
                data.show_fields(f)
            }
            Value::Record(record) => f.write_str(&visible(&record.text)),
        }
    }
}

impl Data {
    fn show_fields(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for (at, (name, value)) in self.fields.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { ", " })?;
            // The fields of a tuple have no names that one would write.
            match self.name.is_empty() {
                true => write!(f, "{value}")?,
                false => write!(f, "{name} = {value}")?,
            }
        }
        f.write_str(")")
    }
}

fn list(f: &mut fmt::Formatter<'_>, name: &str, values: &[Value]) -> fmt::Result {
    write!(f, "{name}(")?;
    for (at, value) in values.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        write!(f, "{comma}{value}")?;
    }
    f.write_str(")")
}

/// An amount: the number of the smallest unit, or where that is long, exactly in coins.
fn amount(number: &BigInt) -> String {
    if *number < BigInt::from(COINS_FROM) {
        return number.to_string();
    }
    let digits = format!("{number:0>width$}", width = DECIMALS + 1);
    let (whole, part) = digits.split_at(digits.len() - DECIMALS);
    match part.trim_end_matches('0') {
        "" => format!("{whole}.fsc"),
        part => format!("{whole}.{part}.fsc"),
    }
}

/// Coins as people read them.
pub fn coins(smallest: u128) -> String {
    amount(&BigInt::from(smallest))
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for letter in text.chars() {
        match letter {
            '"' | '\\' => write!(f, "\\{letter}")?,
            '\n' => f.write_str("\\n")?,
            '\t' => f.write_str("\\t")?,
            _ if is_directing(letter) => escape(f, letter)?,
            _ => write!(f, "{letter}")?,
        }
    }
    f.write_str("\"")
}

/// As Scala writes what is no letter: by UTF-16 units.
fn escape(f: &mut impl fmt::Write, letter: char) -> fmt::Result {
    letter.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(f, "\\u{unit:04x}"))
}

/// Whether a letter directs the terminal or the order in which text is shown.
pub fn is_directing(letter: char) -> bool {
    let is_direction = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || is_direction
}

/// A text of somebody else's for a terminal, on one line and without what would direct it.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_directing(letter) {
            true => {
                // Writing to a string cannot fail.
                let _ = escape(&mut shown, letter);
            }
            false => shown.push(letter),
        }
    }
    shown
}
