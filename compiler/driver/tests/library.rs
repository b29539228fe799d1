//! The standard library parses and checks completely, whether or not a program reaches it.

use fscc_base::{SourceFile, SourceMap};

#[test]
fn every_class_of_the_library_checks() {
    let mut map = SourceMap::new();
    let mut findings = Vec::new();
    let mut units = Vec::new();
    for (name, text) in fscc_stdlib::SOURCES {
        map.add(SourceFile::new(*name, *text));
    }
    for (id, file) in map.iter() {
        let mut parsed = fscc_syntax::parse(id, file);
        findings.append(&mut parsed.diagnostics);
        units.push((parsed.unit, true));
    }
    findings.append(&mut fscc_sema::check_with_library(&units).1);
    let mut report = String::new();
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        let (code, message) = (finding.code, &finding.message);
        match map.place(finding.span()) {
            Some((file, at)) => {
                let (line, column) = (at.line, at.column);
                report.push_str(&format!("{file}:{line}:{column}: {code} {message}\n"));
            }
            None => report.push_str(&format!("{code} {message}\n")),
        }
    }
    assert!(report.is_empty(), "{report}");
}
