//! Values of the types that cross a contract's border.

use crate::types::Number;
use fvm_keys::{Address, to_hex};
use num_bigint::BigInt;
use serde_json::{Map, Value as Json, json};

/// A value. It knows its form as bytes: no type is needed to encode it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `()`.
    Unit,
    /// True or false.
    Boolean(bool),
    /// A whole number within its bounds.
    Number(Number, BigInt),
    /// One UTF-16 unit.
    Char(u16),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An address.
    Address(Address),
    /// A hash.
    Hash([u8; 32]),
    /// A value or none.
    Option(Option<Box<Value>>),
    /// The left one of two.
    Left(Box<Value>),
    /// The right one of two.
    Right(Box<Value>),
    /// Values in order.
    Sequence(Vec<Value>),
    /// Values in the order of their bytes, each once.
    Set(Vec<Value>),
    /// Entries in the order of the bytes of their keys, each key once.
    Map(Vec<(Value, Value)>),
    /// A case class.
    Product(Data),
    /// A case of an enum or a sealed trait, with its number.
    Case(u8, Data),
    /// A record of which the base alone is known.
    Record(Record),
}

/// A name and named values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// The simple name of the class or case; of a tuple nothing.
    pub name: String,
    /// Fields in order.
    pub fields: Vec<(String, Value)>,
}

/// A record on the wire: what a reader that does not know the type can tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What marks the type.
    pub hash: [u8; 8],
    /// The number of the case.
    pub number: u32,
    /// The encoded fields.
    pub fields: Vec<u8>,
    /// Its text.
    pub text: String,
}

/// The key under which a value stands that would look like none.
pub(crate) const SOME: &str = "Some";

impl Value {
    /// As JSON: numbers up to 32 bits as numbers, larger ones as decimal text, since JavaScript has
    /// no numbers for them.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Unit | Value::Option(None) => Json::Null,
            Value::Boolean(value) => json!(value),
            Value::Number(Number::Byte | Number::Short | Number::Int, number) => {
                i64::try_from(number).map_or(Json::Null, Json::from)
            }
            Value::Number(_, number) => json!(number.to_string()),
            Value::Char(unit) => json!(String::from_utf16_lossy(&[*unit])),
            Value::Text(text) => json!(text),
            Value::Bytes(bytes) => json!(to_hex(bytes)),
            Value::Address(address) => json!(address.to_string()),
            Value::Hash(hash) => json!(to_hex(hash)),
            Value::Option(Some(value)) => some(value.to_json()),
            Value::Left(value) => json!({ "Left": value.to_json() }),
            Value::Right(value) => json!({ "Right": value.to_json() }),
            Value::Sequence(values) | Value::Set(values) => {
                values.iter().map(Value::to_json).collect()
            }
            Value::Map(entries) => map(entries),
            Value::Product(data) if data.name.is_empty() => {
                data.fields.iter().map(|(_, value)| value.to_json()).collect()
            }
            Value::Product(data) => data.to_json(),
            Value::Case(_, data) if data.fields.is_empty() => json!(data.name),
            Value::Case(_, data) => json!({ &data.name: data.to_json() }),
            Value::Record(record) => json!({
                "type": to_hex(&record.hash),
                "case": record.number,
                "fields": to_hex(&record.fields),
                "text": record.text,
            }),
        }
    }

    /// The text by which a JSON object can name this value.
    fn key(&self) -> Option<String> {
        match self.to_json() {
            Json::String(text) => Some(text),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(value) => Some(value.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

impl Data {
    fn to_json(&self) -> Json {
        let fields = self.fields.iter();
        Json::Object(fields.map(|(name, value)| (name.clone(), value.to_json())).collect())
    }
}

/// `Some` of a value: the value, unless that would look like something else.
fn some(value: Json) -> Json {
    let is_wrapped =
        value.as_object().is_some_and(|object| object.len() == 1 && object.contains_key(SOME));
    if value.is_null() || is_wrapped { json!({ SOME: value }) } else { value }
}

/// An object where every key has a text, else a list of pairs.
fn map(entries: &[(Value, Value)]) -> Json {
    let named: Option<Map<String, Json>> =
        entries.iter().map(|(key, value)| Some((key.key()?, value.to_json()))).collect();
    match named {
        Some(object) => Json::Object(object),
        None => {
            entries.iter().map(|(key, value)| json!([key.to_json(), value.to_json()])).collect()
        }
    }
}
