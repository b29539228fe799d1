//! A client in TypeScript for a contract: its methods with the types of the ABI, as a module of
//! JavaScript with declarations beside it, so that nothing has to be compiled to run it (decision
//! 47). What all clients share lies in `fvm/` and is the same for each.

mod names;

use crate::interface::{Case, Described, Field, Interface, Kind, Method, RecordType};
use crate::show::visible;
use crate::types::{Form, Number, Type};
use names::{Names, key, parameters};
use serde_json::Value;
use std::fmt::Write as _;

/// The files that all clients share.
const SHARED: &[(&str, &str)] = &[
    ("fvm/bytes.mjs", include_str!("fvm/bytes.mjs")),
    ("fvm/contract.mjs", include_str!("fvm/contract.mjs")),
    ("fvm/hash.mjs", include_str!("fvm/hash.mjs")),
    ("fvm/index.d.mts", include_str!("fvm/index.d.mts")),
    ("fvm/index.mjs", include_str!("fvm/index.mjs")),
    ("fvm/node.mjs", include_str!("fvm/node.mjs")),
    ("fvm/values.mjs", include_str!("fvm/values.mjs")),
];

/// The files of a client, by their names: `NAME.mjs`, `NAME.d.mts`, and what all clients share. `abi`
/// is what the interface was read from. Nothing in it can become code.
pub fn client(interface: &Interface, abi: &Value) -> Vec<(String, String)> {
    let names = Names::of(interface);
    let writer = Writer { interface, names: &names };
    let mut files = vec![
        (format!("{}.mjs", names.class()), writer.module(abi)),
        (format!("{}.d.mts", names.class()), writer.declarations()),
    ];
    files.extend(SHARED.iter().map(|(name, text)| ((*name).to_string(), (*text).to_string())));
    files
}

struct Writer<'a> {
    interface: &'a Interface,
    names: &'a Names,
}

impl Writer<'_> {
    fn head(&self) -> String {
        let contract = comment(&self.interface.contract);
        format!(
            "// Made by `fscc bind` from the ABI of {contract}; what is changed here gets lost.\n\n"
        )
    }

    // ── JavaScript ──────────────────────────────────────────────────────────

    fn module(&self, abi: &Value) -> String {
        let class = self.names.class();
        let mut text = self.head();
        let _ = write!(
            text,
            "import {{ Contract }} from \"./fvm/index.mjs\";\n\n\
             /** The ABI of the contract. */\nexport const abi = {abi:#};\n\n\
             /** The contract at an address. */\nexport class {class} extends Contract {{\n  \
             constructor(node, address) {{\n    super(abi, node, address);\n  }}\n\n",
        );
        let taken = parameters(&self.interface.constructor);
        let list = with(&taken, &["signer", "options"]);
        let _ = write!(
            text,
            "  static $deploy(node, code, {list}) {{\n    \
             return Contract.$make(abi, node, code, [{}], signer, options);\n  }}\n",
            taken.join(", ")
        );
        for (method, name) in self.names.methods(self.interface) {
            let taken = parameters(&method.params);
            let (how, more): (_, &[&str]) = match method.kind {
                Kind::View => ("$query", &[]),
                Kind::Entry | Kind::Payable => ("$send", &["signer", "options"]),
                Kind::Handler => continue,
            };
            let list = with(&taken, more);
            let tail: String = more.iter().map(|name| format!(", {name}")).collect();
            let _ = write!(
                text,
                "\n  {}({list}) {{\n    return this.{how}({}, [{}]{tail});\n  }}\n",
                key(&name),
                Value::from(method.signature.as_str()),
                taken.join(", ")
            );
        }
        text.push_str("}\n");
        text
    }

    // ── declarations ────────────────────────────────────────────────────────

    fn declarations(&self) -> String {
        let class = self.names.class();
        let mut text = self.head();
        text.push_str("import * as fvm from \"./fvm/index.mjs\";\n\n");
        for (name, described) in &self.interface.types {
            let ty = Type::parse(name);
            if !ty.is_tuple() {
                text.push_str(&self.declaration(&ty, described));
            }
        }
        let _ = write!(
            text,
            "/** The ABI of the contract. */\nexport declare const abi: fvm.Abi;\n\n\
             /** The contract at an address. */\n\
             export declare class {class} extends fvm.Contract<{}, {}> {{\n  \
             constructor(node: fvm.Node, address: fvm.Address);\n",
            self.records(&self.interface.events),
            self.records(&self.interface.stories)
        );
        let list = self.typed(&self.interface.constructor, &SIGNED);
        let _ = write!(
            text,
            "  /** Makes a contract of code that was uploaded; gives its address. */\n  \
             static $deploy(node: fvm.Node, code: fvm.Hex, {list}): Promise<fvm.Address>;\n"
        );
        for (method, name) in self.names.methods(self.interface) {
            text.push_str(&self.method(method, &name));
        }
        text.push_str("}\n");
        text
    }

    fn method(&self, method: &Method, name: &str) -> String {
        let result = self.ty(&method.result);
        let effects = match method.effects.is_empty() {
            true => "Pure".to_string(),
            false => comment(&method.effects.join(" & ")),
        };
        let (list, result, kind) = match method.kind {
            Kind::View => (self.typed(&method.params, &[]), result, "view"),
            Kind::Entry | Kind::Payable => {
                let kind = if method.kind == Kind::Payable { "payable" } else { "entry" };
                let sent = format!("fvm.Sent & {{ readonly result: {result} }}");
                (self.typed(&method.params, &SIGNED), sent, kind)
            }
            Kind::Handler => return String::new(),
        };
        let name = key(name);
        format!("  /** A {kind}, which can {effects}. */\n  {name}({list}): Promise<{result}>;\n")
    }

    fn typed(&self, params: &[Field], more: &[&str]) -> String {
        let names = parameters(params);
        let typed = names.iter().zip(params);
        let typed = typed.map(|(name, field)| format!("{name}: {}", self.ty(&field.ty)));
        let all: Vec<String> = typed.chain(more.iter().map(ToString::to_string)).collect();
        all.join(", ")
    }

    fn declaration(&self, ty: &Type, described: &Described) -> String {
        let name = self.names.of_type(ty.name());
        let head = format!("/** {}. */\nexport ", comment(ty.name()));
        match described {
            Described::Product { fields } => {
                format!("{head}interface {name} {{\n{}}}\n\n", self.fields(fields, "  "))
            }
            Described::Sum { cases } => {
                let cases: String = cases.iter().map(|case| self.case(case)).collect();
                let cases = if cases.is_empty() { " never".to_string() } else { cases };
                format!("{head}type {name} ={cases};\n\n")
            }
        }
    }

    fn case(&self, case: &Case) -> String {
        let name = Value::from(case.name.as_str());
        match case.fields.is_empty() {
            true => format!("\n  | {{ readonly case: {name} }}"),
            false => {
                let fields = self.fields(&case.fields, "      ");
                format!("\n  | {{\n      readonly case: {name};\n{fields}    }}")
            }
        }
    }

    fn fields(&self, fields: &[Field], indent: &str) -> String {
        let line = |field: &Field| {
            format!("{indent}readonly {}: {};\n", key(&field.name), self.ty(&field.ty))
        };
        fields.iter().map(line).collect()
    }

    /// Values of one of these types.
    fn records(&self, types: &[RecordType]) -> String {
        let all: Vec<String> = types.iter().map(|record| self.ty(&record.ty)).collect();
        if all.is_empty() { "never".into() } else { all.join(" | ") }
    }

    /// A type of the contract in TypeScript.
    fn ty(&self, ty: &Type) -> String {
        match self.interface.form(ty) {
            None => "never".into(),
            Some(Form::Unit) => "null".into(),
            Some(Form::Boolean) => "boolean".into(),
            Some(Form::Number(Number::Byte | Number::Short | Number::Int)) => "number".into(),
            Some(Form::Number(_)) => "bigint".into(),
            Some(Form::Char | Form::Text) => "string".into(),
            Some(Form::Bytes | Form::Hash) => "fvm.Hex".into(),
            Some(Form::Address) => "fvm.Address".into(),
            Some(Form::Record) => "fvm.OpenRecord".into(),
            Some(Form::Option(element)) => {
                let inner = self.ty(element);
                match element.head() {
                    // `null` alone would not tell a value from none.
                    "Option" | "Unit" => format!("{{ readonly some: {inner} }} | null"),
                    _ => format!("{inner} | null"),
                }
            }
            Some(Form::Either(left, right)) => format!(
                "{{ readonly left: {} }} | {{ readonly right: {} }}",
                self.ty(left),
                self.ty(right)
            ),
            Some(Form::Sequence(element)) => format!("ReadonlyArray<{}>", self.ty(element)),
            Some(Form::Set(element)) => match self.is_plain(element) {
                true => format!("ReadonlySet<{}>", self.ty(element)),
                false => format!("ReadonlyArray<{}>", self.ty(element)),
            },
            Some(Form::Map(key, value)) => {
                let (key_text, value) = (self.ty(key), self.ty(value));
                match self.is_plain(key) {
                    true => format!("ReadonlyMap<{key_text}, {value}>"),
                    false => format!("ReadonlyArray<readonly [{key_text}, {value}]>"),
                }
            }
            Some(Form::Product(fields)) if ty.is_tuple() => {
                let parts: Vec<String> = fields.iter().map(|field| self.ty(&field.ty)).collect();
                format!("readonly [{}]", parts.join(", "))
            }
            Some(Form::Product(_) | Form::Sum(_)) => self.names.of_type(ty.name()),
        }
    }

    /// Whether maps of JavaScript find equal values of a type.
    fn is_plain(&self, ty: &Type) -> bool {
        matches!(
            self.interface.form(ty),
            Some(
                Form::Boolean
                    | Form::Number(_)
                    | Form::Char
                    | Form::Text
                    | Form::Bytes
                    | Form::Address
                    | Form::Hash
            )
        )
    }
}

/// What comes behind the parameters of a message.
const SIGNED: [&str; 2] = ["signer: fvm.Signer", "options?: fvm.SendOptions"];

/// A text of somebody else's that cannot end the comment that it stands in.
fn comment(text: &str) -> String {
    visible(text).replace("*/", "* /")
}

fn with(names: &[String], more: &[&str]) -> String {
    let names = names.iter().map(String::as_str).chain(more.iter().copied());
    names.collect::<Vec<_>>().join(", ")
}
