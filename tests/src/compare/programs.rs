//! Random programs in Scala, in all engines, unoptimised and optimised.

use super::shown;
use crate::engines::others;
use crate::host::Printer;
use crate::on_large_stack;
use crate::random::{batch, outputs};
use fscc::args::Level;
use fscc::compilation::{Built, Root, Sources, check};
use fscc::status::Status;
use fscc_lower::Prepared;
use fvm_vm::engine::Engine;
use fvm_vm::{Limits, Machine, Outcome, Schedule};
use std::ops::Range;

/// Compares random programs with these seeds, compiled together: the number of bytes that they
/// printed.
///
/// # Errors
/// What is different.
pub fn compare_programs(seeds: Range<u64>) -> Result<usize, String> {
    let result = on_large_stack(move || Ok(compare_here(seeds)));
    result.unwrap_or_else(|failed| Err(failed.message().unwrap_or("panicked").to_string()))
}

fn compare_here(seeds: Range<u64>) -> Result<usize, String> {
    let checked = check(Sources::of_text("batch.scala", &batch(seeds.clone())));
    if checked.status() != Status::Success {
        return Err(format!("programs {seeds:?} are refused"));
    }
    let main = checked.program.mains.first().ok_or("there is no `main`")?;
    let prepared = Prepared::new(&checked.program);
    let mut printed: Option<(String, String)> = None;
    for level in [Level::None, Level::Full] {
        let built = checked.build(&prepared, Root::Program(*main), level);
        let built = built.map_err(|error| error.message)?;
        let found =
            in_all_engines(&built).map_err(|text| format!("{seeds:?}, {level:?}: {text}"))?;
        match &printed {
            Some(expected) if *expected != found => {
                let (left, right) = (outputs(&expected.0), outputs(&found.0));
                let seed = left.iter().find(|(seed, text)| right.get(seed) != Some(text));
                return Err(format!(
                    "program {:?} of {seeds:?} does something else when it is optimised, or the \
                     batch ends with {:?} instead of {:?}",
                    seed.map(|seed| seed.0),
                    found.1,
                    expected.1
                ));
            }
            _ => printed = Some(found),
        }
    }
    Ok(printed.map_or(0, |printed| printed.0.len()))
}

/// What a program prints, and how it ends, if that is the same in all engines.
fn in_all_engines(built: &Built) -> Result<(String, String), String> {
    let verified = &built.verified;
    let (expected, printed) = run(built, None)?;
    for engine in others(verified)? {
        let name = engine.name();
        let (found, other) = run(built, Some(&*engine.engine))?;
        if shown(&found) != shown(&expected) {
            return Err(format!("{name}: {} instead of {}", shown(&found), shown(&expected)));
        }
        if other != printed {
            return Err(format!("{name} prints something else"));
        }
    }
    Ok((printed, super::name(&expected.ending)))
}

fn run(built: &Built, engine: Option<&dyn Engine>) -> Result<(Outcome, String), String> {
    let main = built.module().export("main").ok_or("a program exports `main`")?.function;
    let mut machine = Machine::new(&built.verified, &Schedule::standard(), Limits::PROGRAM);
    let mut host = Printer::default();
    let gas = u64::MAX / 2;
    let outcome = match engine {
        None => machine.call(main, &[], gas, &mut host),
        Some(engine) => machine.call_in(engine, main, &[], gas, &mut host),
    };
    Ok((outcome, host.0))
}
