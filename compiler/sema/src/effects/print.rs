//! The report as text, for `--emit effects` and `check --effects`.
//!
//! One block per method: its full name with the inferred row, then each single effect with the way
//! by which it arrives, as `writes held: payOut 52:5 → held 107:5`.

use super::MethodEffects;
use fscc_base::{FileId, SourceMap, Span};
use std::fmt::Write as _;

/// The report as text.
pub fn print(methods: &[MethodEffects], sources: &SourceMap) -> String {
    let mut out = String::new();
    for method in methods {
        let _ = write!(out, "{}: {}", method.name, method.inferred.shortened());
        for called in &method.calls {
            let _ = write!(out, " & effects of {called}");
        }
        if let Some(declared) = method.declared {
            let _ = write!(out, " (declared {declared})");
        }
        out.push('\n');
        for atom in &method.atoms {
            let _ = write!(out, "    {}: ", atom.phrase());
            for (number, (word, span)) in atom.path.iter().enumerate() {
                let arrow = if number > 0 { " → " } else { "" };
                let _ = write!(out, "{arrow}{word} {}", place(sources, method.span.file, *span));
            }
            out.push('\n');
        }
    }
    out
}

/// Line and column, with the file's name if it is another than `home`.
fn place(sources: &SourceMap, home: FileId, span: Span) -> String {
    match sources.place(span) {
        Some((_, at)) if span.file == home => format!("{}:{}", at.line, at.column),
        Some((file, at)) => format!("{file}:{}:{}", at.line, at.column),
        None => String::from("?"),
    }
}
