//! Runs the workloads of `tests/workloads`.
//!
//! `workload ENGINE NAME A B` prints `RESULT NANOSECONDS GAS` of a call on a fresh instance by the
//! engine `reference`, `threaded`, `jit` or, with the feature `llvm`, `llvm`: what a comparison of machines asks for. Time is that of
//! the processor, as the comparison takes it. What the engine made of the module goes to standard
//! error. `workload repeat COUNT ENGINE NAME A B` makes so many calls and prints the result: who
//! counts instructions of the processor takes the difference of two counts. `workload table`
//! prints, for all of them, what does not depend on the load of the machine: instructions, moves,
//! gas and bytes of code. `workload start` prints what it costs to begin, `workload prepare` what
//! each engine takes to prepare the code of each.

use clap::ValueEnum;
use cpu_time::ProcessTime;
use fscc::args::Level;
use fscc::engine::{Engine, Keep, Name};
use fscc_tests::workload::{WORKLOADS, WordStorage, Workload, result};
use fvm_vm::{Limits, Machine, Schedule};
use std::process::ExitCode;
use std::time::Duration;

/// Short calls are repeated until they take this long together.
const SAMPLE: Duration = Duration::from_millis(20);

const USAGE: &str = "usage: workload [repeat COUNT] ENGINE NAME A B | table | start | prepare";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["table"] => table(),
        ["start"] => start(),
        ["prepare"] => prepare(),
        ["repeat", count, engine, name, a, b] => {
            let numbers = (count.parse(), a.parse(), b.parse());
            match (engine_of(engine), numbers) {
                (Ok(engine), (Ok(count), Ok(a), Ok(b))) => repeat(count, engine, name, (a, b)),
                _ => Err("an engine, and COUNT, A and B, which are numbers".to_owned()),
            }
        }
        [engine, name, a, b] => match (engine_of(engine), a.parse(), b.parse()) {
            (Ok(engine), Ok(a), Ok(b)) => call(engine, name, a, b),
            (Err(problem), ..) => Err(problem),
            _ => Err("A and B are numbers".to_owned()),
        },
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// The engine with a name, if this build has it.
fn engine_of(name: &str) -> Result<Engine, String> {
    Name::from_str(name, false)?.engine().map_err(|problem| problem.to_string())
}

fn call(engine: Engine, name: &str, a: u64, b: u64) -> Result<(), String> {
    let workload = Workload::compile(name, Level::Full)?;
    eprintln!("{}", engine.attach(&workload.built.verified, Keep::Fresh).summary);
    let schedule = Schedule::standard();
    // What comes once only is no part of a call.
    result(&workload.call(&schedule, a, b))?;
    let mut calls = 0;
    let start = ProcessTime::now();
    loop {
        let outcome = workload.call(&schedule, a, b);
        calls += 1;
        let time = start.elapsed();
        if time >= SAMPLE {
            let result = result(&outcome)?;
            println!("{result} {} {}", time.as_nanos() / calls, outcome.gas_used);
            return Ok(());
        }
    }
}

fn repeat(count: u64, engine: Engine, name: &str, (a, b): (u64, u64)) -> Result<(), String> {
    let workload = Workload::compile(name, Level::Full)?;
    engine.attach(&workload.built.verified, Keep::Fresh);
    let schedule = Schedule::standard();
    for _ in 0..count {
        println!("{}", result(&workload.call(&schedule, a, b))?);
    }
    Ok(())
}

/// What beginning costs: a call that does nothing, on a fresh machine and on one that is kept, and
/// what the contract of `ledger` takes from its bytes until it can be called.
fn start() -> Result<(), String> {
    let schedule = Schedule::standard();
    for engine in Engine::ALL {
        let workload = Workload::compile("empty", Level::Full)?;
        engine.attach(&workload.built.verified, Keep::Fresh);
        let fresh = best(1_000, || {
            workload.call(&schedule, 1, 2);
        });
        let mut machine = Machine::new(&workload.built.verified, &schedule, Limits::CONTRACT);
        let mut storage = WordStorage::default();
        let arguments = workload.arguments(1, 2);
        let kept = best(1_000, || {
            machine.reset();
            workload.call_with(&mut machine, &mut storage, &arguments);
        });
        println!("empty, {engine:?}: {fresh} ns on a fresh machine, {kept} ns on one that is kept");
    }
    let bytes = Workload::compile("ledger", Level::Full)?.built.bytes;
    let load = || fvm_vm::load(&bytes).map_err(|error| error.to_string());
    for engine in Engine::ALL {
        let module = load()?;
        println!("ledger, {}", engine.attach(&module, Keep::Fresh).summary);
        let ready = best(10, || {
            if let Ok(module) = load() {
                engine.attach(&module, Keep::Fresh);
                Machine::new(&module, &schedule, Limits::CONTRACT);
            }
        });
        println!("ledger, {engine:?}: {ready} ns from bytes until it can be called");
    }
    Ok(())
}

/// Microseconds that each engine takes to prepare verified code.
fn prepare() -> Result<(), String> {
    for (name, ..) in WORKLOADS {
        let bytes = Workload::compile(name, Level::Full)?.built.bytes;
        for engine in Engine::OTHERS {
            let mut times: Vec<u128> = Vec::new();
            for _ in 0..9 {
                let module = fvm_vm::load(&bytes).map_err(|error| error.to_string())?;
                let start = ProcessTime::now();
                engine.attach(&module, Keep::Fresh);
                times.push(start.elapsed().as_micros());
            }
            times.sort_unstable();
            println!("{name}, {engine:?}: {} microseconds, at least {}", times[4], times[0]);
        }
    }
    Ok(())
}

/// Nanoseconds of one of many, the fastest sample of several. The clock, which takes as long as
/// several small calls, is read once in a batch.
fn best(batch: u128, mut work: impl FnMut()) -> u128 {
    let mut best = u128::MAX;
    for _ in 0..5 {
        let (start, mut count) = (ProcessTime::now(), 0);
        while start.elapsed() < SAMPLE {
            (0..batch).for_each(|_| work());
            count += batch;
        }
        best = best.min(start.elapsed().as_nanos() / count);
    }
    best
}

fn table() -> Result<(), String> {
    println!("| workload | instructions -O0 | instructions -O2 | moves | gas | bytes of code |");
    println!("|---|---|---|---|---|---|");
    let schedule = Schedule::standard();
    let mut bytes = 0;
    for (name, a, b) in WORKLOADS {
        let plain = Workload::compile(name, Level::None)?.call(&schedule, a, b);
        let workload = Workload::compile(name, Level::Full)?;
        let outcome = workload.call(&schedule, a, b);
        if result(&plain)? != result(&outcome)? {
            return Err(format!("{name}: levels disagree"));
        }
        let moves = outcome.moves as f64 * 100.0 / outcome.instructions as f64;
        println!(
            "| {name} | {} | {} | {moves:.1} % | {} | {} |",
            plain.instructions,
            outcome.instructions,
            outcome.gas_used,
            workload.code_bytes(),
        );
        bytes += if name == "empty" { 0 } else { workload.code_bytes() };
    }
    println!("\nBytes of the seven together: {bytes}");
    Ok(())
}
