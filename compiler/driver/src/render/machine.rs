//! Diagnostics for machines: JSON lines (`docs/diagnostics.schema.json`), SARIF 2.1.0, and the
//! workflow commands that GitHub shows beside the lines of a change.

use fscc_base::codes::{Row, TABLE};
use fscc_base::{
    Applicability, Diagnostic, Fix, Label, LabelRole, Severity, SourceFile, SourceMap, Span,
};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Where a byte stands: its line from 1, and the text of the line before it.
fn line_before(file: &SourceFile, byte: u32) -> (usize, &str) {
    let line = file.line_index(byte);
    let start = file.line_start(line) as usize;
    let end = (byte as usize).clamp(start, file.text.len());
    (line + 1, file.text.get(start..end).unwrap_or_default())
}

/// A place as JSON: bytes, and line and column counted in bytes (UTF-8) and in UTF-16 units.
fn place(sources: &SourceMap, span: Span) -> Value {
    let Some(file) = sources.get(span.file) else { return Value::Null };
    let at = |byte: u32| {
        let (line, before) = line_before(file, byte);
        json!({
            "line": line,
            "column_utf8": before.len() + 1,
            "column_utf16": before.encode_utf16().count() + 1,
        })
    };
    json!({
        "file": file.name,
        "byte_start": span.lo, "byte_end": span.hi,
        "start": at(span.lo), "end": at(span.hi),
    })
}

fn label(sources: &SourceMap, label: &Label) -> Value {
    json!({ "role": label.role.as_str(), "text": label.text, "place": place(sources, label.span) })
}

fn fix(sources: &SourceMap, fix: &Fix) -> Value {
    let edit =
        |edit: &fscc_base::Edit| json!({ "place": place(sources, edit.span), "text": edit.text });
    json!({
        "title": fix.title,
        "applicability": fix.applicability.as_str(),
        "edits": fix.edits.iter().map(edit).collect::<Vec<_>>(),
    })
}

/// One diagnostic as a JSON object; `rendered` is its text for people.
pub fn json(diagnostic: &Diagnostic, sources: &SourceMap, rendered: String) -> Value {
    let row = diagnostic.code.row();
    let labels = diagnostic.labels.iter().map(|l| label(sources, l)).collect::<Vec<_>>();
    let path = diagnostic.effect_path.iter().map(|l| label(sources, l)).collect::<Vec<_>>();
    let fixes = diagnostic.fixes.iter().map(|f| fix(sources, f)).collect::<Vec<_>>();
    json!({
        "code": row.code.as_str(),
        "slug": row.slug(),
        "title": row.title,
        "severity": severity(diagnostic.severity),
        "message": diagnostic.message,
        "place": place(sources, diagnostic.span()),
        "labels": labels,
        "notes": diagnostic.notes,
        "helps": diagnostic.helps,
        "fixes": fixes,
        "effect_path": path,
        "rendered": rendered,
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A name as a URI reference: what a URI cannot hold is written as `%XX`.
fn uri(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn region(sources: &SourceMap, span: Span) -> Value {
    let Some(file) = sources.get(span.file) else { return Value::Null };
    let at = |byte: u32| {
        let (line, before) = line_before(file, byte);
        (line, before.encode_utf16().count() + 1)
    };
    let ((line, column), (line_end, column_end)) = (at(span.lo), at(span.hi));
    json!({
        "startLine": line, "startColumn": column, "endLine": line_end, "endColumn": column_end,
        "byteOffset": span.lo, "byteLength": span.hi.saturating_sub(span.lo),
    })
}

fn location(sources: &SourceMap, span: Span, text: Option<&str>) -> Option<Value> {
    let file = sources.get(span.file)?;
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&file.name) },
            "region": region(sources, span),
        },
    });
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        location["message"] = json!({ "text": text });
    }
    Some(location)
}

/// The row of a rule in the SARIF log.
fn rule(row: &Row) -> Value {
    json!({
        "id": row.code.as_str(),
        "name": row.slug(),
        "shortDescription": { "text": row.title },
        "fullDescription": { "text": row.page.lines().nth(2).unwrap_or(row.title) },
        "help": { "text": row.page, "markdown": row.page },
    })
}

/// One diagnostic as a SARIF result.
pub fn sarif_result(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let mut text = diagnostic.message.clone();
    for more in diagnostic.notes.iter().chain(&diagnostic.helps) {
        let _ = write!(text, "\n{more}");
    }
    let mut related = Vec::new();
    for label in diagnostic.labels.iter().skip(1) {
        related.extend(location(sources, label.span, Some(&label.text)));
    }
    let code = diagnostic.code.as_str();
    let mut result = json!({
        "ruleId": code,
        "ruleIndex": TABLE.iter().position(|row| row.code == diagnostic.code),
        "level": severity(diagnostic.severity),
        "message": { "text": text },
        "locations": location(sources, diagnostic.span(), None).into_iter().collect::<Vec<_>>(),
    });
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    let sure = |fix: &&Fix| fix.applicability != Applicability::HasPlaceholders;
    let fixes: Vec<Value> =
        diagnostic.fixes.iter().filter(sure).map(|fix| sarif_fix(fix, sources)).collect();
    if !fixes.is_empty() {
        result["fixes"] = Value::Array(fixes);
    }
    if !diagnostic.effect_path.is_empty() {
        let steps = diagnostic.effect_path.iter();
        let steps: Vec<Value> = steps
            .filter_map(|step| location(sources, step.span, Some(&step.text)))
            .map(|location| json!({ "location": location }))
            .collect();
        result["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
    }
    result
}

fn sarif_fix(fix: &Fix, sources: &SourceMap) -> Value {
    let mut changes: Vec<Value> = Vec::new();
    for edit in &fix.edits {
        let Some(file) = sources.get(edit.span.file) else { continue };
        changes.push(json!({
            "artifactLocation": { "uri": uri(&file.name) },
            "replacements": [{
                "deletedRegion": region(sources, edit.span),
                "insertedContent": { "text": edit.text },
            }],
        }));
    }
    json!({ "description": { "text": fix.title }, "artifactChanges": changes })
}

/// A whole SARIF log with these results.
pub fn sarif_log(results: &[Value]) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "fscc",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": TABLE.iter().map(rule).collect::<Vec<_>>(),
                },
            },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
}

/// One diagnostic as a workflow command: `::error file=…,line=…::message`.
pub fn github(diagnostic: &Diagnostic, sources: &SourceMap, out: &mut String) {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let code = diagnostic.code;
    let _ = write!(out, "::{} ", severity(diagnostic.severity));
    if let Some(file) = sources.get(diagnostic.span().file) {
        let (from, to) =
            (file.line_column(diagnostic.span().lo), file.line_column(diagnostic.span().hi));
        let _ = write!(out, "file={},line={},", property(&file.name), from.line);
        let _ = write!(out, "endLine={},col={},", to.line, from.column);
        // A column at the end is known to GitHub on a single line only.
        if from.line == to.line {
            let _ = write!(out, "endColumn={},", to.column);
        }
    }
    let title = format!("{code} {}", code.row().title);
    let mut text = diagnostic.message.clone();
    for label in diagnostic.labels.iter().filter(|label| label.role == LabelRole::Primary) {
        if !label.text.is_empty() {
            let _ = write!(text, " ({})", label.text);
        }
    }
    for help in &diagnostic.helps {
        let _ = write!(text, "\nhelp: {help}");
    }
    let _ = writeln!(out, "title={}::{}", property(&title), data(&text));
}
