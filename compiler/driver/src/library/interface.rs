//! The interface of a library as the compiler reads it: sources with the signatures of what the
//! library exports, each naming its import. They are made from the ABI in the module.
//!
//! **Guarantees** that whatever stands in the ABI, the sources declare objects and methods in the
//! packages that it names, and nothing in those of the standard library.

use fscc_lower::External;
use fscc_sema::PASSABLE;
use fvm_isa::{Module, ModuleKind};
use fvm_link::Hash;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The version of the form.
const VERSION: u32 = 1;

/// Names of packages of the standard library.
const TAKEN: &[&str] = &["scala", "java", "javax", "fvm", "_root_"];

/// Objects within each other.
const DEPTH_MAX: usize = 16;

/// What a unit sees of a library.
pub(super) struct Interface {
    /// A source for each package.
    pub sources: Vec<String>,
    /// What they declare, in their order.
    pub externals: Vec<External>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abi {
    abi: u32,
    #[serde(rename = "library")]
    _library: String,
    functions: Vec<Function>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Function {
    export: String,
    package: String,
    objects: Vec<String>,
    name: String,
    lists: Vec<Vec<Param>>,
    result: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Param {
    name: String,
    #[serde(rename = "type")]
    ty: String,
}

/// An object with its members, by name.
#[derive(Default)]
struct Object {
    objects: BTreeMap<String, Object>,
    methods: Vec<String>,
}

/// The interface of a library; imports are numbered from `first` on.
pub(super) fn of(module: &Module, library: Hash, first: usize) -> Result<Interface, String> {
    if module.kind != ModuleKind::Library {
        return Err(format!("this is a {} and no library", module.kind.word()));
    }
    let abi: Abi = serde_json::from_slice(&module.abi)
        .map_err(|error| format!("the ABI of the library: {error}"))?;
    if abi.abi != VERSION {
        return Err(format!("the ABI has the version {}, only {VERSION} is known", abi.abi));
    }
    let mut packages: BTreeMap<String, Object> = BTreeMap::new();
    let mut externals = Vec::new();
    for function in abi.functions {
        let package = package(&function.package)?;
        let method = method(&function, first + externals.len())?;
        if function.objects.len() > DEPTH_MAX {
            return Err("objects are nested too deeply (DEPTH_MAX)".to_owned());
        }
        let mut object = packages.entry(package).or_default();
        for name in &function.objects {
            object = object.objects.entry(quoted(name)?).or_default();
        }
        object.methods.push(method);
        externals.push(External { library, name: function.export });
    }
    let sources = packages.iter().map(|(package, object)| {
        let mut text = match package.is_empty() {
            true => String::new(),
            false => format!("package {package}\n\n"),
        };
        write(&mut text, object);
        text
    });
    Ok(Interface { sources: sources.collect(), externals })
}

fn write(out: &mut String, object: &Object) {
    for method in &object.methods {
        let _ = writeln!(out, "{method}");
    }
    for (name, object) in &object.objects {
        let _ = writeln!(out, "object {name} {{");
        write(out, object);
        out.push_str("}\n");
    }
}

fn package(name: &str) -> Result<String, String> {
    if name.is_empty() {
        return Ok(String::new());
    }
    let parts: Vec<&str> = name.split('.').collect();
    if parts.first().is_some_and(|first| TAKEN.contains(first)) {
        return Err(format!("the package `{name}` belongs to the standard library"));
    }
    let parts: Result<Vec<String>, String> = parts.into_iter().map(quoted).collect();
    Ok(parts?.join("."))
}

fn method(function: &Function, number: usize) -> Result<String, String> {
    let mut text = format!("@intrinsic(\"import.{number}\") def {}", quoted(&function.name)?);
    for list in &function.lists {
        let params: Result<Vec<String>, String> = list
            .iter()
            .map(|param| Ok(format!("{}: {}", quoted(&param.name)?, ty(&param.ty)?)))
            .collect();
        let _ = write!(text, "({})", params?.join(", "));
    }
    let _ = write!(text, ": {}", ty(&function.result)?);
    Ok(text)
}

/// A name in backquotes, which may be a keyword or an operator.
fn quoted(name: &str) -> Result<String, String> {
    let is_plain =
        |letter: char| letter.is_alphanumeric() || "_$!#%&*+-/:<=>?@\\^|~".contains(letter);
    match !name.is_empty() && name.chars().all(is_plain) {
        true => Ok(format!("`{name}`")),
        false => Err(format!("`{}` is no name", name.escape_debug())),
    }
}

fn ty(name: &str) -> Result<String, String> {
    let is_it = |full: &&&str| full.rsplit('.').next() == Some(name);
    match PASSABLE.iter().find(is_it) {
        Some(full) => Ok(format!("_root_.{full}")),
        None => Err(format!("`{}` does not pass from module to module", name.escape_debug())),
    }
}
