//! The effects of every method as JSON: the same report that `check --effects` prints as text.
//! Its schema is `docs/effects.schema.json`.

use fscc_base::{SourceMap, Span};
use fscc_sema::effects::{AtomEffect, Effect, MethodEffects, Row};
use fscc_sema::symbols::EntryKind;
use serde_json::{Value, json};

/// The version of the format.
const VERSION: u32 = 1;

/// The report as one JSON document.
pub fn render(methods: &[MethodEffects], sources: &SourceMap) -> String {
    let methods: Vec<Value> = methods.iter().map(|method| self::method(method, sources)).collect();
    format!("{:#}\n", json!({ "version": VERSION, "methods": methods }))
}

fn method(method: &MethodEffects, sources: &SourceMap) -> Value {
    let kind = match method.entry {
        None => "method",
        Some(EntryKind::Entry) => "entry",
        Some(EntryKind::Payable) => "payable",
        Some(EntryKind::View) => "view",
        Some(EntryKind::Handler) => "handler",
    };
    let atoms: Vec<Value> = method.atoms.iter().map(|atom| self::atom(atom, sources)).collect();
    json!({
        "name": method.name,
        "kind": kind,
        "place": place(method.span, sources),
        "declared": method.declared.map(names),
        "inferred": names(method.inferred),
        "effects_of": method.calls,
        "effects": atoms,
    })
}

fn atom(atom: &AtomEffect, sources: &SourceMap) -> Value {
    let step =
        |(word, span): &(String, Span)| json!({ "word": word, "place": place(*span, sources) });
    json!({
        "effect": atom.atom.effect().map(Effect::name),
        "verb": atom.verb,
        "object": atom.object,
        "path": atom.path.iter().map(step).collect::<Vec<Value>>(),
    })
}

fn names(row: Row) -> Vec<&'static str> {
    row.iter().map(Effect::name).collect()
}

fn place(span: Span, sources: &SourceMap) -> Option<Value> {
    sources.place(span).map(|(file, at)| {
        json!({
            "file": file,
            "line": at.line,
            "column": at.column,
            "byte_start": span.lo,
            "byte_end": span.hi,
        })
    })
}
