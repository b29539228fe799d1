//! The table of signatures as stable text, for `--emit effects`.
//!
//! One block per method of user code that has a body, in the order of declaration: its full name
//! with the inferred row, then what it reads and writes by name.

use super::{Atom, EffectTable};
use crate::symbols::{FieldId, Implementation, Method, MethodKind, Owner, Symbols};
use crate::typed::Program;
use std::fmt::Write as _;

/// The signatures of user code as text.
pub fn print(program: &Program, table: &EffectTable) -> String {
    let symbols = &program.symbols;
    let mut out = String::new();
    for (id, method) in symbols.methods.iter_enumerated() {
        let is_shown = matches!(method.kind, MethodKind::Def | MethodKind::Constructor)
            && method.implementation == Implementation::Source
            && !super::facts::is_library(symbols, id);
        let Some(signature) = table.signature(id).filter(|_| is_shown) else { continue };
        let _ = write!(out, "{}: {}", full_name(symbols, method), signature.row().shortened());
        for local in signature.calls.keys() {
            let _ = write!(out, " & effects of {}", symbols.locals[*local].name);
        }
        if let Some((declared, _)) = method.declared_effects {
            let _ = write!(out, " (declared {declared})");
        }
        out.push('\n');
        let atoms = || signature.atoms.keys().copied();
        let field = |field: FieldId| symbols.fields[field].name.to_string();
        let constants = atoms().filter_map(|atom| match atom {
            Atom::ReadConstant(id) => Some(field(id)),
            _ => None,
        });
        let reads = atoms().filter_map(|atom| match atom {
            Atom::ReadField(id) => Some(field(id)),
            Atom::ReadEnvironment(environment) => Some(environment.name().to_owned()),
            _ => None,
        });
        let writes = atoms().filter_map(|atom| match atom {
            Atom::WriteField(id) => Some(field(id)),
            _ => None,
        });
        line(&mut out, "constants", constants.collect());
        line(&mut out, "reads", reads.collect());
        line(&mut out, "writes", writes.collect());
    }
    out
}

fn line(out: &mut String, what: &str, names: Vec<String>) {
    if !names.is_empty() {
        let _ = writeln!(out, "    {what} {}", names.join(", "));
    }
}

/// The name of a method with all its owners.
fn full_name(symbols: &Symbols, method: &Method) -> String {
    let name = match method.kind {
        MethodKind::Constructor => "this",
        _ => method.name.as_str(),
    };
    match method.owner {
        Owner::Package => name.to_owned(),
        Owner::Class(class) => format!("{}.{name}", symbols.classes[class].full_name),
        Owner::Method(outer) => {
            // Local functions nest as deep as blocks do, which is bounded.
            format!("{}.{name}", full_name(symbols, &symbols.methods[outer]))
        }
    }
}
