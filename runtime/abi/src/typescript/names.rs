//! What contracts, types, methods and parameters are called in a client: as in the contract where
//! that is possible, and never two things alike.

use crate::interface::{Field, Interface, Kind, Method};
use crate::types::Type;
use crate::wire::simple_name;
use std::collections::{BTreeMap, BTreeSet};

/// Names that generated files use for something else.
const TAKEN: &[&str] =
    &["Abi", "Contract", "Promise", "ReadonlyArray", "ReadonlyMap", "ReadonlySet", "abi", "fvm"];

/// Words that are no names of parameters or types.
const WORDS: &[&str] = &[
    "any",
    "arguments",
    "async",
    "await",
    "bigint",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "code",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "never",
    "new",
    "node",
    "null",
    "number",
    "object",
    "options",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "signer",
    "static",
    "string",
    "super",
    "switch",
    "symbol",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "unknown",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// The names of a client.
pub(super) struct Names {
    class: String,
    types: BTreeMap<String, String>,
}

impl Names {
    /// Chooses them.
    pub(super) fn of(interface: &Interface) -> Names {
        let class = free(&plain(&simple_name(&Type::parse(&interface.contract))), &BTreeSet::new());
        let mut used = BTreeSet::from([class.clone()]);
        let mut types = BTreeMap::new();
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for name in interface.types.keys() {
            *count.entry(short(name)).or_default() += 1;
        }
        for name in interface.types.keys() {
            let short = short(name);
            // Of two types with one simple name neither has it.
            let is_clear = count.get(&short) == Some(&1) && !used.contains(&short);
            let chosen = free(&if is_clear { short } else { plain(name) }, &used);
            used.insert(chosen.clone());
            types.insert(name.clone(), chosen);
        }
        Names { class, types }
    }

    /// The class of the contract.
    pub(super) fn class(&self) -> &str {
        &self.class
    }

    /// A data type.
    pub(super) fn of_type(&self, name: &str) -> String {
        self.types.get(name).cloned().unwrap_or_else(|| "never".into())
    }

    /// Methods that can be reached, with their names: one that is of several has the names of its
    /// types behind it.
    pub(super) fn methods<'i>(&self, interface: &'i Interface) -> Vec<(&'i Method, String)> {
        let reached: Vec<&Method> =
            interface.methods.iter().filter(|method| method.kind != Kind::Handler).collect();
        let is_overloaded =
            |name: &str| reached.iter().filter(|method| method.name == name).count() > 1;
        let mut used = BTreeSet::new();
        let mut named = Vec::with_capacity(reached.len());
        for method in &reached {
            let name = match is_overloaded(&method.name) {
                true => plain(&method.signature).trim_end_matches('_').to_string(),
                false => method.name.clone(),
            };
            // What JavaScript and the class of all contracts mean by it comes first.
            let is_special = name == "constructor" || name.starts_with('$');
            let mut name = if is_special { format!("{name}_") } else { name };
            while !used.insert(name.clone()) {
                name.push('_');
            }
            named.push((*method, name));
        }
        named
    }
}

/// The simple name of a type, with those of its arguments.
fn short(name: &str) -> String {
    let parts = name.split(['[', ',', ']']).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.map(|part| part.rsplit('.').next().unwrap_or(part)).collect();
    plain(&parts.join("_"))
}

/// A name without what is no letter of one.
fn plain(name: &str) -> String {
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$') { letter } else { '_' }
    };
    let name: String = name.chars().map(letter).collect();
    match name.chars().next() {
        Some(first) if !first.is_ascii_digit() => name,
        _ => format!("_{name}"),
    }
}

/// A name that is not used.
fn free(name: &str, used: &BTreeSet<String>) -> String {
    let mut name = name.to_string();
    while used.contains(&name) || TAKEN.contains(&&*name) || WORDS.contains(&&*name) {
        name.push('_');
    }
    name
}

/// The names of parameters.
pub(super) fn parameters(fields: &[Field]) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut names = Vec::with_capacity(fields.len());
    for field in fields {
        let name = free(&plain(&field.name), &used);
        used.insert(name.clone());
        names.push(name);
    }
    names
}

/// The name of a member: in quotes where it is none of the simple ones.
pub(super) fn key(name: &str) -> String {
    match plain(name) == name {
        true => name.to_string(),
        false => serde_json::Value::from(name).to_string(),
    }
}
