//! Checks files with the embedded library and prints what is wrong: a tool for people who work on
//! the checker. Every file is a program of its own; `-a` takes all files as one program, `-q`
//! prints one line per file.

use fscc_base::{Diagnostic, SourceFile, SourceMap};
use std::fmt::Write;

/// The walk over a tree is recursive; the stack is as deep as the declared limits need.
const STACK_BYTES: usize = 1 << 30;

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let quiet = files.iter().any(|arg| arg == "-q");
    let together = files.iter().any(|arg| arg == "-a");
    files.retain(|arg| arg != "-q" && arg != "-a");
    let run = move || {
        if together {
            report(&files, quiet);
        } else {
            for file in &files {
                report(std::slice::from_ref(file), quiet);
            }
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(run);
    let result = thread.expect("a thread can be started").join();
    assert!(result.is_ok(), "the checker panicked");
}

fn report(files: &[String], quiet: bool) {
    let mut sources = SourceMap::new();
    let mut units = Vec::new();
    let mut found = Vec::new();
    for (name, text) in fscc_stdlib::SOURCES {
        add(&mut sources, format!("<stdlib>/{name}"), text, true, &mut units, &mut found);
    }
    for file in files {
        match std::fs::read_to_string(file) {
            Ok(text) => add(&mut sources, file.clone(), &text, false, &mut units, &mut found),
            Err(error) => println!("{file}: {error}"),
        }
    }
    let name = files.join(" ");
    if !found.iter().any(Diagnostic::is_error) {
        let outcome = std::panic::catch_unwind(|| fscc_sema::check(&units));
        match outcome {
            Ok((_, mut diagnostics)) => found.append(&mut diagnostics),
            Err(_) => {
                println!("PANIC {name}");
                return;
            }
        }
    }
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    if errors == 0 {
        println!("ok {name}");
    } else if quiet {
        let first = found.iter().find(|d| d.is_error()).map(|d| line(&sources, d));
        println!("FAIL {name} ({errors}) {}", first.unwrap_or_default());
    } else {
        println!("FAIL {name}");
    }
    if !quiet {
        for diagnostic in &found {
            println!("  {}", line(&sources, diagnostic));
            for note in diagnostic.notes.iter().chain(&diagnostic.helps) {
                println!("      {note}");
            }
        }
    }
}

fn add(
    sources: &mut SourceMap,
    name: String,
    text: &str,
    is_library: bool,
    units: &mut Vec<(fscc_syntax::ast::Unit, bool)>,
    found: &mut Vec<Diagnostic>,
) {
    let id = sources.add(SourceFile::new(name, text));
    let parsed = fscc_syntax::parse(id, sources.file(id));
    found.extend(parsed.diagnostics);
    units.push((parsed.unit, is_library));
}

fn line(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let mut text = String::new();
    match sources.place(diagnostic.span()) {
        Some((file, at)) => {
            let _ = write!(text, "{file}:{}:{} ", at.line, at.column);
        }
        None => text.push_str("<none> "),
    }
    let _ = write!(text, "{} {}", diagnostic.code, diagnostic.message);
    text
}
