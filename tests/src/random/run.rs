//! Running a batch of random programs, and telling the outputs of its programs apart.

use crate::on_large_stack;
use fscc::args::{Level, MessageFormat};
use fscc::compilation::{Root, Sources, check};
use fscc::runner::Watch;
use fscc::status::Status;
use fscc::{render, runner};
use fscc_lower::Prepared;
use fvm_vm::Schedule;
use std::collections::BTreeMap;

/// What a source prints, or why it does not run.
///
/// # Errors
/// The diagnostics of a source that is refused, or the failure of one that stops.
pub fn run_source(source: &str, level: Level) -> Result<String, String> {
    let source = source.to_string();
    on_large_stack(move || Ok(run_here(&source, level)))
        .unwrap_or_else(|failed| Err(failed.message().unwrap_or("panicked").to_string()))
}

fn run_here(source: &str, level: Level) -> Result<String, String> {
    let checked = check(Sources::of_text("batch.scala", source));
    if checked.status() != Status::Success {
        let errors: Vec<_> =
            checked.diagnostics.iter().filter(|found| found.is_error()).take(4).cloned().collect();
        let sources = &checked.sources.map;
        return Err(render::render(&errors, sources, MessageFormat::Short, false));
    }
    let main = checked.program.mains.first().ok_or("there is no `main`")?;
    let prepared = Prepared::new(&checked.program);
    let built =
        checked.build(&prepared, Root::Program(*main), level).map_err(|error| error.message)?;
    let mut printed = Vec::new();
    let run = runner::run(&built, &Schedule::standard(), None, &mut printed, Watch::Nobody);
    match run.failure {
        Some(failure) => Err(failure),
        None => String::from_utf8(printed).map_err(|error| error.to_string()),
    }
}

/// What each program of a batch printed, by seed.
pub fn outputs(printed: &str) -> BTreeMap<u64, String> {
    let mut outputs: BTreeMap<u64, String> = BTreeMap::new();
    let mut seed = None;
    for line in printed.split_inclusive('\n') {
        if let Some(number) = line.strip_prefix("== ") {
            seed = number.trim().parse().ok();
            outputs.extend(seed.map(|seed| (seed, String::new())));
        } else if let Some(output) = seed.and_then(|seed| outputs.get_mut(&seed)) {
            output.push_str(line);
        }
    }
    outputs
}

/// The first 16 hexadecimal digits of the BLAKE3 hash of an output.
pub fn fingerprint(output: &str) -> String {
    blake3::hash(output.as_bytes()).to_hex()[..16].to_string()
}
