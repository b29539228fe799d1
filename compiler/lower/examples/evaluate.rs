//! Runs Scala programs on the evaluator of SSA, without optimiser, code generator and machine, and
//! compares what they print with the `.expected` file beside each.
//!
//! `cargo run -p fscc-lower --example evaluate -- [--ssa] FILE...`

use fscc_base::{SourceFile, SourceMap};
use fscc_ir::eval::{Limits, eval};
use fscc_lower::{Prepared, lower_program};
use std::path::Path;
use std::process::ExitCode;

/// How a program went.
enum Verdict {
    Passed,
    Differs(String),
    Refused(String),
    BadModule(String),
}

fn run(path: &Path, show: bool) -> Verdict {
    let mut map = SourceMap::new();
    for (name, text) in fscc_stdlib::SOURCES {
        map.add(SourceFile::new(format!("<stdlib>/{name}"), *text));
    }
    let library = map.iter().count();
    let Ok(text) = std::fs::read_to_string(path) else {
        return Verdict::Refused("cannot be read".to_owned());
    };
    map.add(SourceFile::new(path.display().to_string(), text));
    let mut units = Vec::new();
    let mut found = Vec::new();
    for (number, (id, file)) in map.iter().enumerate() {
        let mut parsed = fscc_syntax::parse(id, file);
        found.append(&mut parsed.diagnostics);
        units.push((parsed.unit, number < library));
    }
    let (program, mut checked) = fscc_sema::check(&units);
    found.append(&mut checked);
    if let Some(error) = found.iter().find(|diagnostic| diagnostic.is_error()) {
        return Verdict::Refused(format!("{error:?}"));
    }
    let Some(main) = program.mains.first() else {
        return Verdict::Refused("no main".to_owned());
    };
    let prepared = Prepared::new(&program);
    let module = lower_program(&prepared, *main);
    if show {
        println!("{}", fscc_ir::text::print(&module));
    }
    if let Some(error) = fscc_ir::check::check(&module).first() {
        return Verdict::BadModule(error.to_string());
    }
    let limits = Limits { steps: 2_000_000_000, depth: 100_000, slots: 200_000_000 };
    let outcome = eval(&module, module.exports[0].func, &[], limits);
    let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
    let failure = outcome.result.err().unwrap_or_default();
    let should_fail = path.with_extension("expected-exit").exists();
    if outcome.printed == expected && (failure.is_empty() || should_fail) {
        return Verdict::Passed;
    }
    let mut lines = outcome.printed.lines().zip(expected.lines()).enumerate();
    let first = lines.find(|(_, (found, wanted))| found != wanted);
    let difference = match first {
        Some((number, (found, wanted))) => {
            format!("line {}: found {found:?}, expected {wanted:?}", number + 1)
        }
        None => format!(
            "found {} lines, expected {}",
            outcome.printed.lines().count(),
            expected.lines().count()
        ),
    };
    Verdict::Differs(format!("{difference} {failure}"))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|argument| argument == "--ssa");
    let files: Vec<String> =
        arguments.into_iter().filter(|argument| !argument.starts_with("--")).collect();
    // Trees may be deep.
    let worker = std::thread::Builder::new().stack_size(1 << 29).spawn(move || {
        let (mut passed, total) = (0, files.len());
        for file in files {
            match run(Path::new(&file), show) {
                Verdict::Passed => passed += 1,
                Verdict::Differs(text) => println!("DIFFERS {file}: {text}"),
                Verdict::Refused(text) => println!("REFUSED {file}: {text}"),
                Verdict::BadModule(text) => println!("BAD {file}: {text}"),
            }
        }
        println!("{passed} of {total} passed");
        passed == total
    });
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
