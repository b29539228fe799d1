//! What must be different on the wire: method ids of a contract, hashes of record types, names in
//! the ABI. Ids are short hashes, so two of them can be equal by chance; names leave packages of
//! the library away, so two of them can be equal by choice.
//!
//! What needs no check: storage fields have their place as their number, and the rule that a scope
//! defines a name once makes their names differ; cases of a record are numbered; selectors,
//! classes and functions are numbers of one module.

use super::{Roles, Subject};
use crate::symbols::{ClassId, MethodId};
use crate::types::TyId;
use crate::wire;
use fscc_base::{Diagnostic, FastMap, FastSet, Span, codes};

/// Checks all contracts and interfaces, and the records of user code.
pub(super) fn check(subject: &mut Subject, roles: &Roles) {
    let mut found = Vec::new();
    for class in roles.contracts.iter().chain(&roles.interfaces) {
        method_ids(subject, *class, &mut found);
    }
    if !roles.contracts.is_empty() {
        // A class is reported once.
        let mut reported = type_hashes(subject, &mut found);
        for class in &roles.contracts {
            abi_names(subject, *class, &mut reported, &mut found);
        }
    }
    subject.found.append(&mut found);
}

fn method_ids(subject: &Subject, class: ClassId, found: &mut Vec<Diagnostic>) {
    let symbols = &*subject.symbols;
    let mut seen: FastMap<u32, MethodId> = FastMap::default();
    for (method, _) in wire::entries(symbols, class) {
        let signature = wire::canonical_signature(symbols, subject.types, method);
        let id = wire::id_of_signature(&signature);
        let Some(first) = seen.get(&id).copied() else {
            seen.insert(id, method);
            continue;
        };
        let other = wire::canonical_signature(symbols, subject.types, first);
        let (name, span) = (symbols.methods[method].name, symbols.methods[method].span);
        let message = format!("`{signature}` has the same method id as `{other}`");
        let found_here = Diagnostic::error(codes::SAME_ID, span, message)
            .because(format!("0x{id:08x} here"))
            .label(symbols.methods[first].span, "and here");
        found.push(match signature == other {
            true => found_here
                .note("a message names types without the library's packages")
                .help("rename the type or one of the methods"),
            false => found_here
                .note("a method id is four bytes of a hash, so two can be equal by chance")
                .help(format!("rename `{name}`, or change the types of its parameters")),
        });
    }
}

/// Gives the classes that it reports.
fn type_hashes(subject: &Subject, found: &mut Vec<Diagnostic>) -> FastSet<ClassId> {
    let symbols = &*subject.symbols;
    let mut reported = FastSet::default();
    for base in wire::record_bases(subject.known) {
        let mut seen: FastMap<i64, ClassId> = FastMap::default();
        for class in wire::record_roots(symbols, base) {
            let hash = wire::type_hash(symbols, class);
            let Some(first) = seen.get(&hash).copied() else {
                seen.insert(hash, class);
                continue;
            };
            if !reported.insert(class) {
                continue;
            }
            let [here, there] = [class, first].map(|class| &symbols.classes[class]);
            let kind = &symbols.classes[base].name;
            let message =
                format!("the {} `{}` has the hash of another one", lower(kind.as_str()), here.name);
            let found_here = Diagnostic::error(codes::SAME_ID, here.span, message)
                .because(format!("0x{:016x} here", hash.cast_unsigned()));
            found.push(
                labelled(found_here, there.span, there.is_library, there.full_name.as_str())
                    .note("a reader tells records apart by the hash of their type's full name")
                    .help(format!("rename `{}`", here.name)),
            );
        }
    }
    reported
}

/// Names of types that messages, storage and records of a contract use.
fn abi_names(
    subject: &Subject,
    class: ClassId,
    reported: &mut FastSet<ClassId>,
    found: &mut Vec<Diagnostic>,
) {
    let symbols = &*subject.symbols;
    let mut seen: FastMap<String, ClassId> = FastMap::default();
    for class in used_classes(subject, class) {
        let name = wire::canonical_class(symbols, class);
        let Some(first) = seen.get(&name).copied() else {
            seen.insert(name, class);
            continue;
        };
        // The one to be renamed is the program's own.
        let (here, there) = match symbols.classes[class].is_library {
            true => (first, class),
            false => (class, first),
        };
        let [info, other] = [here, there].map(|class| &symbols.classes[class]);
        if info.is_library || !reported.insert(here) {
            continue;
        }
        let message = format!("the type `{name}` has the name of another one in the ABI");
        let found_here = Diagnostic::error(codes::SAME_ID, info.span, message)
            .because(format!("`{}` here", info.full_name.replace("$.", ".")));
        found.push(
            labelled(found_here, other.span, other.is_library, other.full_name.as_str())
                .note("the ABI names the library's types without their packages")
                .help(format!("rename `{}`, or put it into an object or package", info.name)),
        );
    }
}

/// The classes of all types that cross the contract's border, each once.
fn used_classes(subject: &Subject, class: ClassId) -> FastSet<ClassId> {
    let symbols = &*subject.symbols;
    let info = &symbols.classes[class];
    let mut pending: Vec<TyId> = Vec::new();
    let entries = wire::entries(symbols, class).into_iter().map(|(method, _)| method);
    for method in entries.chain(info.constructor) {
        let method = &symbols.methods[method];
        pending.push(method.result);
        pending.extend(method.params.iter().map(|local| symbols.locals[*local].ty));
    }
    pending.extend(info.fields.iter().map(|field| symbols.fields[*field].ty));
    for base in wire::record_bases(subject.known) {
        let roots = wire::record_roots(symbols, base).into_iter();
        pending.extend(roots.map(|root| symbols.classes[root].this_ty));
    }
    pending.reverse();
    let mut used = FastSet::default();
    while let Some(ty) = pending.pop() {
        let Some((class, args)) = subject.types.as_class(subject.types.widen(ty)) else { continue };
        pending.extend(args);
        if !used.insert(class) {
            continue;
        }
        let info = &symbols.classes[class];
        pending.extend(info.case_fields.iter().map(|field| symbols.fields[*field].ty));
        pending.extend(info.children.iter().map(|child| symbols.classes[*child].this_ty));
    }
    // The contract itself is a value of no message.
    used.shift_remove(&class);
    used
}

/// Adds the other declaration: a label in the program, a note for the library.
fn labelled(found: Diagnostic, span: Span, is_library: bool, name: &str) -> Diagnostic {
    match is_library {
        true => found.note(format!("the other one is the library's `{name}`")),
        false => found.label(span, "and here"),
    }
}

fn lower(name: &str) -> String {
    name.to_lowercase()
}
