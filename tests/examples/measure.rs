//! Measures what `docs/performance.md` records: lines per second of check and compile on ordinary
//! code, and instructions and gas of the examples. Prints Markdown.
//!
//! Run it in release mode on a quiet machine:
//! `cargo run --release -p fscc-tests --example measure`

use fscc::args::Level;
use fscc::compilation::{Root, Sources, check};
use fscc::engine::Engine;
use fscc::suites::{self, Plan, Tested};
use fscc_lower::Prepared;
use fscc_tests::generate::ordinary;
use fscc_tests::{files, folders, name_of, root};
use fvm_vm::Schedule;
use std::thread;
use std::time::{Duration, Instant};

/// Repetitions; the fastest counts, because everything else is noise from outside.
const RUNS: usize = 3;

fn fastest(mut run: impl FnMut()) -> Duration {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn main() {
    let worker = thread::Builder::new().stack_size(512 << 20).spawn(|| {
        sources();
        examples();
    });
    worker.expect("a thread").join().expect("measuring does not panic");
}

fn sources() {
    println!("| source | lines | check | lines/s | compile -O2 | lines/s |");
    println!("|---|---|---|---|---|---|");
    for bytes in [10_000, 100_000, 1_000_000] {
        let text = ordinary(bytes);
        let lines = text.lines().count();
        let checking = fastest(|| {
            assert!(check(Sources::of_text("generated.scala", &text)).diagnostics.is_empty());
        });
        let compiling = fastest(|| {
            let checked = check(Sources::of_text("generated.scala", &text));
            let prepared = Prepared::new(&checked.program);
            let root = Root::Program(checked.program.mains[0]);
            checked.build(&prepared, root, Level::Full).expect("the generated program compiles");
        });
        let rate = |time: Duration| (lines as f64 / time.as_secs_f64()) as u64;
        println!(
            "| {bytes} bytes | {lines} | {:.0} ms | {} | {:.0} ms | {} |",
            checking.as_secs_f64() * 1e3,
            rate(checking),
            compiling.as_secs_f64() * 1e3,
            rate(compiling),
        );
    }
}

fn examples() {
    println!(
        "\n| example | tests | instructions -O0 | instructions -O2 | gas -O0 | gas -O2 | module bytes -O2 |"
    );
    println!("|---|---|---|---|---|---|---|");
    for folder in folders(&root().join("examples")) {
        let mut columns = Vec::new();
        let (mut tests, mut bytes) = (0, 0);
        for level in [Level::None, Level::Full] {
            let sources = Sources::read(&files(&folder, "scala")).expect("the example is there");
            let checked = check(sources);
            let schedule = Schedule::standard();
            let plan = Plan::new(level, &schedule, Engine::Reference);
            let Ok(Tested { reports, .. }) = suites::run(&checked, &plan) else { continue };
            tests = reports.len();
            let instructions: u64 = reports.iter().map(|report| report.instructions).sum();
            let gas: u64 = reports.iter().map(|report| report.gas_used).sum();
            columns.push((instructions, gas));
            let prepared = Prepared::new(&checked.program);
            bytes = checked
                .program
                .contracts
                .iter()
                .filter_map(|class| checked.build(&prepared, Root::Contract(*class), level).ok())
                .map(|built| built.bytes.len())
                .sum();
        }
        let [(slow, slow_gas), (fast, fast_gas)] = columns[..] else { continue };
        let name = name_of(&folder);
        println!("| {name} | {tests} | {slow} | {fast} | {slow_gas} | {fast_gas} | {bytes} |");
    }
}
