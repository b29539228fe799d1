//! `effects.lock`: the effects of every message of a contract, recorded, so that a later version
//! that does more is refused until somebody says that it is meant.
//!
//! The text has a section for each message and a line for each effect, in a fixed order, so that
//! a review sees `+ writes owner`. Reads of constants are left out: they depend on nothing.

use super::{Atom, AtomEffect, MethodEffects};
use crate::symbols::{ContractRole, MethodKind, Owner};
use crate::typed::Program;
use fscc_base::{Diagnostic, FileId, SourceFile, Span, codes};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const HEADER: &str = "\
# The effects of every message, recorded by `fscc check --lock-effects`.
# A version that does more is refused until this file is written anew.
";

/// The recorded effects: message to phrases such as `writes held`.
type Recorded<'a> = BTreeMap<&'a str, (BTreeSet<&'a str>, Span)>;

/// The text of the lock for a unit.
pub fn lock_text(program: &Program, methods: &[MethodEffects]) -> String {
    let mut out = String::from(HEADER);
    for method in methods.iter().filter(|method| is_message(program, method)) {
        let _ = write!(out, "\n[{}]\n", method.name);
        let phrases: BTreeSet<String> = recorded_atoms(method).map(AtomEffect::phrase).collect();
        for phrase in phrases {
            let _ = writeln!(out, "{phrase}");
        }
    }
    out
}

/// Holds a unit against its lock: what it does beyond is an error, what it no longer does a
/// warning.
pub fn check_lock(
    program: &Program,
    methods: &[MethodEffects],
    file: FileId,
    lock: &SourceFile,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut recorded = parse(file, lock, &mut found);
    for method in methods.iter().filter(|method| is_message(program, method)) {
        match recorded.remove(method.name.as_str()) {
            None => found.push(unknown_message(method)),
            Some((phrases, place)) => compare(method, &phrases, place, &mut found),
        }
    }
    for (name, (_, place)) in recorded {
        let message = format!("effects.lock records `{name}`, which does not exist");
        found.push(stale(place, message, "recorded here"));
    }
    found
}

fn compare(
    method: &MethodEffects,
    recorded: &BTreeSet<&str>,
    place: Span,
    found: &mut Vec<Diagnostic>,
) {
    let mut left: BTreeSet<&str> = recorded.clone();
    let mut added = Vec::new();
    for atom in recorded_atoms(method) {
        let phrase = atom.phrase();
        left.remove(phrase.as_str());
        if !recorded.contains(phrase.as_str()) {
            added.push(atom);
        }
    }
    if let Some(first) = added.first() {
        let name = &method.name;
        let phrase = first.phrase();
        let message = format!("`{name}` now also {phrase}, which effects.lock does not record");
        let at = first.path.first().map_or(method.span, |(_, span)| *span);
        let mut error =
            Diagnostic::error(codes::EFFECT_NOT_RECORDED, at, message).because(way(first));
        for atom in &added[1..] {
            let at = atom.path.first().map_or(method.span, |(_, span)| *span);
            error = error.label(at, way(atom));
        }
        found.push(
            error
                .label(place, "recorded here without it")
                .help("if it is meant, record it: `fscc check --lock-effects`")
                .help("or take the effect out of the message"),
        );
    }
    if !left.is_empty() {
        let gone: Vec<&str> = left.into_iter().collect();
        let message = format!("`{}` no longer {}", method.name, gone.join(", "));
        found.push(stale(place, message, "recorded here"));
    }
}

/// "writes owner here, by way of `payOut` → `owner`".
fn way(atom: &AtomEffect) -> String {
    let names: Vec<String> = atom.path.iter().map(|(word, _)| format!("`{word}`")).collect();
    match names.as_slice() {
        [] | [_] => format!("{} here", atom.phrase()),
        several => format!("{} here, by way of {}", atom.phrase(), several.join(" → ")),
    }
}

fn unknown_message(method: &MethodEffects) -> Diagnostic {
    let message = format!("`{}` is a message that effects.lock does not record", method.name);
    Diagnostic::error(codes::EFFECT_NOT_RECORDED, method.span, message)
        .because("a new way to change the contract")
        .help("if it is meant, record it: `fscc check --lock-effects`")
}

fn stale(place: Span, message: String, label: &str) -> Diagnostic {
    Diagnostic::warning(codes::STALE_LOCK, place, message)
        .because(label)
        .help("write the file anew: `fscc check --lock-effects`")
}

/// Whether others can reach the method: a message of a contract, or its deployment.
fn is_message(program: &Program, method: &MethodEffects) -> bool {
    let info = &program.symbols.methods[method.method];
    let Owner::Class(owner) = info.owner else { return false };
    program.symbols.classes[owner].role == Some(ContractRole::Contract)
        && (method.entry.is_some() || info.kind == MethodKind::Constructor)
}

fn recorded_atoms(method: &MethodEffects) -> impl Iterator<Item = &AtomEffect> {
    method.atoms.iter().filter(|atom| !matches!(atom.atom, Atom::ReadConstant(_)))
}

/// Reads a lock; a line outside any section is reported.
fn parse<'a>(file: FileId, lock: &'a SourceFile, found: &mut Vec<Diagnostic>) -> Recorded<'a> {
    let mut recorded = Recorded::new();
    let mut section: Option<&str> = None;
    let mut offset = 0u32;
    for line in lock.text.split_inclusive('\n') {
        let text = line.trim();
        let span = Span::new(file, offset, offset + text.len() as u32);
        offset += line.len() as u32;
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = Some(name);
            recorded.entry(name).or_insert_with(|| (BTreeSet::new(), span));
            continue;
        }
        match section.and_then(|name| recorded.get_mut(name)) {
            Some((phrases, _)) => {
                phrases.insert(text);
            }
            None => found.push(
                Diagnostic::error(codes::BAD_LOCK, span, "effects.lock has a line of no message")
                    .because("expected `[name of a message]` before it")
                    .help("write the file anew: `fscc check --lock-effects`"),
            ),
        }
    }
    recorded
}
