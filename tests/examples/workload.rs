//! Runs the workloads of `tests/workloads`.
//!
//! `workload ENGINE NAME A B` prints `RESULT NANOSECONDS GAS` of a call on a fresh instance by the
//! engine `reference`, `threaded` or `jit`: what a comparison of machines asks for. Time is that of
//! the processor, as the comparison takes it. What the engine made of the module goes to standard
//! error. `workload table` prints, for all of them, what does not depend
//! on the load of the machine: instructions, moves, gas and bytes of code.

use clap::ValueEnum;
use cpu_time::ProcessTime;
use fscc::args::Level;
use fscc::engine::{Engine, Keep};
use fscc_tests::workload::{WORKLOADS, Workload, result};
use fvm_vm::Schedule;
use std::process::ExitCode;
use std::time::Duration;

/// Short calls are repeated until they take this long together.
const SAMPLE: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["table"] => table(),
        [engine, name, a, b] => match (Engine::from_str(engine, false), a.parse(), b.parse()) {
            (Ok(engine), Ok(a), Ok(b)) => call(engine, name, a, b),
            (Err(problem), ..) => Err(problem),
            _ => Err("A and B are numbers".to_owned()),
        },
        _ => Err("usage: workload ENGINE NAME A B | workload table".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
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
