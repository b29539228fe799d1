//! Compares the engines on random modules and random programs in Scala, as many as one likes:
//! `cargo run --profile checked -p fscc-tests --example compare -- --modules 100000 --programs 2000`.
//!
//! Prints how many were run and accepted, how calls ended, and which instructions were executed. A
//! difference is printed with the smallest module that shows it, and the exit status is 1.

use clap::Parser;
use fscc::engine::Engine;
use fscc_tests::compare::{Seen, compare_modules, compare_programs, recipe};
use fscc_tests::modules;
use fvm_isa::Opcode;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

#[derive(Parser)]
struct Arguments {
    /// Random modules of the instruction set.
    #[arg(long, default_value_t = 1_000)]
    modules: u64,
    /// Random programs in Scala.
    #[arg(long, default_value_t = 0)]
    programs: u64,
    /// The seed of the first.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Writes the modules into this folder, as seeds for fuzzers, and compares nothing.
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Threads.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

/// Engines that are compared.
const ENGINES: usize = Engine::ALL.len();
/// Modules that a thread takes at once.
const PIECE: u64 = 50;
/// Programs that are compiled together.
const BATCH: u64 = 20;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(folder) = &arguments.corpus {
        return match write(&arguments, folder) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error.to_string()),
        };
    }
    let start = Instant::now();
    let modules = shared(&arguments, arguments.modules, PIECE, &compare_modules);
    let modules = match modules {
        Ok(pieces) => pieces,
        Err(problem) => return failed(&problem),
    };
    let mut seen = Seen::default();
    modules.into_iter().for_each(|piece| seen.add(piece));
    print(&seen);
    println!("{:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let programs = shared(&arguments, arguments.programs, BATCH, &|first, count| {
        compare_programs(first..first + count)
    });
    match programs {
        Ok(bytes) => {
            let printed: usize = bytes.iter().sum();
            println!(
                "{} programs at two levels in {ENGINES} engines, {printed} bytes printed, {:.1} s",
                arguments.programs,
                start.elapsed().as_secs_f64()
            );
            ExitCode::SUCCESS
        }
        Err(problem) => failed(&problem),
    }
}

/// Writes modules as they stand on the wire.
fn write(arguments: &Arguments, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for seed in arguments.seed..arguments.seed + arguments.modules {
        let bytes = fvm_isa::wire::encode(&modules::module(&recipe(seed)));
        std::fs::write(folder.join(format!("{seed}.fvm")), bytes)?;
    }
    Ok(())
}

fn failed(problem: &str) -> ExitCode {
    println!("{problem}");
    ExitCode::FAILURE
}

/// Shares pieces out among threads; the first problem is the result.
fn shared<T: Send>(
    arguments: &Arguments,
    count: u64,
    piece: u64,
    work: &(dyn Fn(u64, u64) -> Result<T, String> + Sync),
) -> Result<Vec<T>, String> {
    let next = AtomicU64::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let first = next.fetch_add(piece, Ordering::Relaxed);
            if first >= count {
                return Ok::<Vec<T>, String>(done);
            }
            let result = work(arguments.seed + first, piece.min(count - first));
            // Nobody needs to go on after a difference.
            done.push(result.inspect_err(|_| next.store(count, Ordering::Relaxed))?);
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..arguments.threads).map(|_| scope.spawn(worker)).collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| "a thread panicked".to_string())??);
        }
        Ok(all)
    })
}

fn print(seen: &Seen) {
    println!("{} modules, {} accepted by the verifier", seen.modules, seen.accepted);
    println!("{} calls in each of {ENGINES} engines; with enough gas they ended so:", seen.calls);
    for (ending, count) in &seen.endings {
        println!("{count:>9} {ending}");
    }
    let is_executed = |opcode: &&Opcode| seen.executed[usize::from(opcode.byte())];
    let (executed, others): (Vec<&Opcode>, Vec<&Opcode>) =
        fvm_isa::ALL.iter().partition(is_executed);
    let others: Vec<&str> = others.iter().map(|opcode| opcode.mnemonic()).collect();
    println!(
        "{} instructions executed; of {} opcodes modules hold {}, and {} were executed, all but \
         {others:?}",
        seen.instructions,
        fvm_isa::ALL.len(),
        seen.held.len(),
        executed.len(),
    );
}
