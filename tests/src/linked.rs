//! Programs of several units in one file: libraries, and what is linked with them. The file as a
//! whole is one unit, whose output real Scala has told; its parts are compiled apart.
//!
//! A line `//> library NAME` begins a library, `//> program` the program.

use fscc::args::Level;
use fscc::compilation::{Checked, Root, Sources, check};
use fscc::status::Status;
use std::fmt::Write as _;

/// A part of a file: the name of the library that it is, if it is one, and its text, in the lines
/// in which it stands.
pub type Part = (Option<String>, String);

/// The parts of a file.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let library = line.strip_prefix("//> library ").map(|name| Some(name.trim().to_owned()));
        let program = (line == "//> program").then_some(None);
        if let Some(name) = library.or(program) {
            parts.push((name, "\n".repeat(number)));
        }
        if let Some((_, part)) = parts.last_mut() {
            let _ = writeln!(part, "{line}");
        }
    }
    parts
}

/// Compiles the libraries of a file, each linked with those before, and checks the last part,
/// linked with all of them. The modules of the libraries come with it.
pub fn check_parts(
    name: &str,
    text: &str,
    level: Level,
) -> Result<(Checked, Vec<Vec<u8>>), String> {
    let mut modules: Vec<(String, Vec<u8>)> = Vec::new();
    let mut last = None;
    for (library, part) in parts(text) {
        let mut sources = Sources::of_text(name, &part);
        for (known, module) in &modules {
            let linked = sources.with_library(&format!("<library {known}>"), module);
            sources = linked.map_err(|error| error.message)?;
        }
        let Some(library) = library else {
            last = Some(check(sources));
            continue;
        };
        let checked = check(sources.as_library(&library));
        if checked.status() != Status::Success {
            return Err(format!("{library}: {:?}", checked.diagnostics));
        }
        let built = checked.build(&checked.prepared(), Root::Library, level);
        modules.push((library, built.map_err(|found| found.message)?.bytes));
    }
    let last = last.ok_or("a file of several units ends in a program")?;
    Ok((last, modules.into_iter().map(|(_, module)| module).collect()))
}
