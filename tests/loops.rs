//! Programs that make a checker loop or explode end soon: each family of `fscc_tests::loops` gives a
//! clean result, or a few errors of the codes that it names, within a second of processor time.

use fscc::args::MessageFormat;
use fscc::compilation::{Sources, check};
use fscc::render;
use fscc_tests::loops::{End, FAMILIES, Family};
use fscc_tests::on_large_stack;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What one family may take. The machine's speed is not ours to choose: this is time on a
/// processor, where the system tells it, and about ten times what the slowest family takes.
const TIME_MAX: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = FAMILIES.iter().map(|family| {
        Trial::test(format!("loops/{}", family.name), move || on_large_stack(move || ends(family)))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// Time that this thread has spent on a processor, or time on the clock where nobody knows.
fn spent(start: Instant) -> Duration {
    let known = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = known.and_then(|text| text.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn ends(family: &Family) -> Result<(), Failed> {
    let source = (family.source)(family.size);
    let start = Instant::now();
    let before = spent(start);
    let checked = check(Sources::of_text("loop.scala", &source));
    let time = spent(start).saturating_sub(before);
    let codes: Vec<&str> = checked.diagnostics.iter().map(|found| found.code.as_str()).collect();
    let rendered =
        || render::render(&checked.diagnostics, &checked.sources.map, MessageFormat::Short, false);
    let is_right = match family.end {
        End::Clean => codes.is_empty(),
        End::Errors(expected) => {
            !codes.is_empty() && codes.iter().all(|code| expected.contains(code))
        }
    };
    if !is_right {
        let mut text = rendered();
        text.truncate(text.char_indices().nth(3000).map_or(text.len(), |(at, _)| at));
        return Err(format!("expected {:?} after {time:?}, found:\n{text}", family.end).into());
    }
    if time > TIME_MAX {
        return Err(format!("took {time:?}").into());
    }
    Ok(())
}
