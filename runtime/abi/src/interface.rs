//! The ABI of a contract, as data: `docs/abi.schema.json`.

use crate::types::Type;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The version of the form that is read.
pub const VERSION: u32 = 1;

/// What is known of a contract from outside.
#[derive(Clone, Default, Debug, PartialEq, Eq, Deserialize)]
pub struct Interface {
    /// The version of the form.
    pub abi: u32,
    /// The class.
    pub contract: String,
    /// Parameters of a deployment.
    pub constructor: Vec<Field>,
    /// What messages reach.
    pub methods: Vec<Method>,
    /// What is stored, in the order of the numbers of the fields.
    pub storage: Vec<Stored>,
    /// Types of events.
    pub events: Vec<RecordType>,
    /// Types of Stories.
    pub stories: Vec<RecordType>,
    /// Types of problems.
    pub problems: Vec<RecordType>,
    /// Data types by name.
    pub types: BTreeMap<String, Described>,
}

/// A parameter, or a field of data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// How a method is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// By messages without coins.
    Entry,
    /// By messages with coins.
    Payable,
    /// By questions, which change nothing.
    View,
    /// By what the contract itself saved.
    Handler,
}

/// A method that messages reach.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// How it is reached.
    pub kind: Kind,
    /// Its number in messages, `0x` and eight digits.
    pub id: String,
    /// Its name with the types of its parameters.
    pub signature: String,
    /// Its parameters.
    pub params: Vec<Field>,
    /// What it gives.
    pub result: Type,
    /// What it may do.
    pub effects: Vec<String>,
}

/// A field of storage.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stored {
    /// Its name.
    pub name: String,
    /// How it is kept.
    pub kind: StoredKind,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// How a field of storage is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoredKind {
    /// As one value.
    Value,
    /// Entry by entry.
    Map,
    /// Element by element.
    Set,
}

/// A type of records.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordType {
    /// The type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// What every record of it begins with, `0x` and 16 digits.
    pub hash: String,
}

/// What a data type is made of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Described {
    /// Fields.
    Product {
        /// In order.
        fields: Vec<Field>,
    },
    /// One of several cases.
    Sum {
        /// In the order of their numbers.
        cases: Vec<Case>,
    },
}

/// A case of a sum.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// Why a text is no ABI.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InterfaceError {
    /// Not JSON of this form.
    #[error("not an ABI: {0}")]
    Form(String),
    /// Of another version.
    #[error("the ABI has version {0}, and only {VERSION} is known here")]
    Version(u32),
}

impl Interface {
    /// Reads an ABI.
    pub fn parse(json: &[u8]) -> Result<Interface, InterfaceError> {
        let read: Result<Interface, _> = serde_json::from_slice(json);
        let interface = read.map_err(|error| InterfaceError::Form(error.to_string()))?;
        match interface.abi {
            VERSION => Ok(interface),
            other => Err(InterfaceError::Version(other)),
        }
    }

    /// The methods with this name: overloaded ones have several.
    pub fn methods_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Method> {
        self.methods.iter().filter(move |method| method.name == name)
    }

    /// The method with this number.
    pub fn method_by_id(&self, id: u32) -> Option<&Method> {
        self.methods.iter().find(|method| method.number() == Some(id))
    }
}

impl Method {
    /// Its number in messages; none if the ABI does not say one.
    pub fn number(&self) -> Option<u32> {
        u32::from_str_radix(self.id.strip_prefix("0x")?, 16).ok()
    }
}
