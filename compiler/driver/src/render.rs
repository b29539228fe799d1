//! Diagnostics to text: for people with ariadne, one line each, or for machines. The only place
//! that renders; everything else passes [`Diagnostic`] values.

mod machine;

use crate::args::MessageFormat;
use ariadne::{CharSet, Color, Config, IndexType, Label, Report, ReportKind};
use fscc_base::{Diagnostic, LabelRole, Severity, SourceMap, Span};
use serde_json::Value;
use std::fmt::Write as _;
use std::ops::Range;

/// Sorts by file and position and drops exact repetitions: the order in which people read.
pub fn arrange(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span(), d.severity, d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
    diagnostics
}

/// Renders all diagnostics, already arranged.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    format: MessageFormat,
    color: bool,
) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            MessageFormat::Human => human(diagnostic, sources, color, &mut out),
            MessageFormat::Short => short(diagnostic, sources, &mut out),
            MessageFormat::Json => {
                let mut rendered = String::new();
                human(diagnostic, sources, false, &mut rendered);
                let _ = writeln!(out, "{}", machine::json(diagnostic, sources, rendered));
            }
            MessageFormat::Github => machine::github(diagnostic, sources, &mut out),
            // One document for all of them: see `sarif`.
            MessageFormat::Sarif => {}
        }
    }
    out
}

/// The results of these diagnostics in a SARIF log.
pub fn sarif_results(diagnostics: &[Diagnostic], sources: &SourceMap) -> Vec<Value> {
    diagnostics.iter().map(|diagnostic| machine::sarif_result(diagnostic, sources)).collect()
}

/// A SARIF log with these results.
pub fn sarif(results: &[Value]) -> String {
    format!("{:#}\n", machine::sarif_log(results))
}

/// One line that counts errors and warnings, or nothing.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let first = diagnostics.first()?;
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let count = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> =
        [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect();
    Some(format!("{}; `fscc explain {}` tells more", parts.join(", "), first.code))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn short(diagnostic: &Diagnostic, sources: &SourceMap, out: &mut String) {
    let (word, code, message) =
        (word(diagnostic.severity), diagnostic.code, diagnostic.message.as_str());
    match sources.place(diagnostic.span()) {
        Some((file, at)) => {
            let _ = write!(out, "{file}:{}:{}: ", at.line, at.column);
        }
        None => out.push_str("fscc: "),
    }
    let _ = write!(out, "{word}[{code}]: {message}");
    if let Some(help) = diagnostic.helps.first() {
        let _ = write!(out, " (help: {help})");
    }
    out.push('\n');
}

/// ariadne panics on byte spans that cut a character: clamp to the file and to boundaries.
fn byte_range(sources: &SourceMap, span: Span) -> Range<usize> {
    let text = &sources.file(span.file).text;
    let mut lo = (span.lo as usize).min(text.len());
    let mut hi = (span.hi as usize).clamp(lo, text.len());
    while !text.is_char_boundary(lo) {
        lo -= 1;
    }
    while !text.is_char_boundary(hi) {
        hi += 1;
    }
    lo..hi
}

fn human(diagnostic: &Diagnostic, sources: &SourceMap, color: bool, out: &mut String) {
    let labels: Vec<_> =
        diagnostic.labels.iter().filter(|label| sources.get(label.span.file).is_some()).collect();
    if sources.get(diagnostic.span().file).is_none() {
        short(diagnostic, sources, out);
        return;
    }
    let (kind, main_color) = match diagnostic.severity {
        Severity::Error => (ReportKind::Error, Color::Red),
        Severity::Warning => (ReportKind::Warning, Color::Yellow),
    };
    let at = |span: Span| (sources.file(span.file).name.clone(), byte_range(sources, span));
    let config = Config::default()
        .with_index_type(IndexType::Byte)
        .with_color(color)
        .with_char_set(CharSet::Unicode);
    let mut report = Report::build(kind, at(diagnostic.span()))
        .with_config(config)
        .with_code(diagnostic.code)
        .with_message(&diagnostic.message);
    // In the order of the text and of one rank, so that a file gives one excerpt; the file with
    // the mistake first.
    let mut placed = labels.clone();
    placed.sort_by_key(|label| (label.span.file != diagnostic.span().file, label.span));
    for label in placed {
        let color = match label.role {
            LabelRole::Primary => main_color,
            LabelRole::Reason | LabelRole::Where => Color::Blue,
        };
        report = report
            .with_label(Label::new(at(label.span)).with_message(&label.text).with_color(color));
    }
    for note in &diagnostic.notes {
        report = report.with_note(note);
    }
    for help in &diagnostic.helps {
        report = report.with_help(help);
    }
    let files: Vec<(String, String)> = {
        let mut ids: Vec<_> = labels.iter().map(|label| label.span.file).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.iter()
            .map(|id| sources.file(*id))
            .map(|f| (f.name.clone(), f.text.to_string()))
            .collect()
    };
    let mut bytes = Vec::new();
    match report.finish().write(ariadne::sources(files), &mut bytes) {
        Ok(()) => out.push_str(&String::from_utf8_lossy(&bytes)),
        Err(_) => short(diagnostic, sources, out),
    }
}
