//! Random programs print what the real Scala prints.
//!
//! `tests/random/outputs.txt` holds a fingerprint of what the real compiler's program printed, for
//! each seed; `tests/scala/random.sh` makes it. A change of the generator or of its rows needs it
//! made anew. `FSCC_RANDOM_PROGRAMS` is the number of programs, and how many of the first are also
//! run without optimisation is a quarter of it.

use fscc::args::Level;
use fscc_tests::random::{batch, fingerprint, outputs, run_source};
use std::fmt::Write as _;
use std::thread;

const OUTPUTS: &str = include_str!("random/outputs.txt");

/// How many programs every run compares; the long run takes all.
const PROGRAMS: usize = 200;

/// Programs in one source, which are compiled together.
const BATCH: usize = 25;

#[test]
fn random_programs_print_what_scala_prints() {
    let wanted = std::env::var("FSCC_RANDOM_PROGRAMS").ok().and_then(|text| text.parse().ok());
    let expected: Vec<(u64, &str)> = OUTPUTS
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(seed, fingerprint)| Some((seed.parse().ok()?, fingerprint)))
        .collect();
    let expected = &expected[..wanted.unwrap_or(PROGRAMS).min(expected.len())];
    assert!(!expected.is_empty(), "no outputs are recorded");
    let batches: Vec<&[(u64, &str)]> = expected.chunks(BATCH).collect();
    let halves = batches.split_at(batches.len() / 2);
    let problems = thread::scope(|scope| {
        let second = scope.spawn(|| compare(halves.1, batches.len() / 4));
        let mut problems = compare(halves.0, batches.len() / 4);
        problems.push_str(&second.join().expect("a batch does not panic"));
        problems
    });
    assert!(problems.is_empty(), "{problems}");
}

/// What is wrong with the programs of these batches; the first ones run unoptimised, too.
fn compare(batches: &[&[(u64, &str)]], unoptimised: usize) -> String {
    let mut problems = String::new();
    for (number, expected) in batches.iter().enumerate() {
        let source = batch(expected.iter().map(|(seed, _)| *seed));
        let both = [Level::Full, Level::None];
        for level in &both[..if number < unoptimised { 2 } else { 1 }] {
            let printed = match run_source(&source, *level) {
                Ok(printed) => outputs(&printed),
                Err(problem) => {
                    let _ = writeln!(problems, "from seed {}: {problem}", expected[0].0);
                    continue;
                }
            };
            for (seed, fingerprint_of_scala) in *expected {
                let found = printed.get(seed).map(|text| fingerprint(text)).unwrap_or_default();
                if found != *fingerprint_of_scala {
                    let _ = writeln!(problems, "seed {seed} prints something else at {level:?}");
                }
            }
        }
    }
    problems
}
