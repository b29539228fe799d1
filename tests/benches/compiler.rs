//! Speed and memory of checking and compiling ordinary code, as a table: tokens a second and bytes
//! of memory for each byte of source; then how long one thread takes to verify the modules. Not a
//! test: nothing fails by being slow.
//!
//! `cargo bench -p fscc-tests --bench compiler` prints it. Every figure is the best of several
//! runs, each in a process of its own, because memory is that of the whole process.

use fscc::args::Level;
use fscc::compilation::{Root, Sources, check, check_once};
use fscc_base::{FileId, Idx, SourceFile};
use fscc_lower::Prepared;
use fscc_tests::generate::ordinary;
use std::process::Command;
use std::time::Instant;
use std::{env, fs, thread};

/// Bytes of source to check; the last one has 100,000 lines.
const CHECK_SIZES: [usize; 3] = [100_000, 1_000_000, 3_160_000];
/// Bytes of source to compile; modules of much larger ones are too large for the machine.
const COMPILE_SIZES: [usize; 3] = [100_000, 1_000_000, 2_400_000];
/// Processes for each figure; the fastest counts.
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "one", what, bytes] => {
            let (what, bytes) = (what.to_string(), bytes.parse().expect("a number"));
            let worker = thread::Builder::new().stack_size(512 << 20);
            let worker = worker.spawn(move || one(&what, bytes)).expect("a thread");
            worker.join().expect("measuring does not panic");
        }
        _ => table(),
    }
}

/// One measurement: prints seconds and the largest memory in bytes.
fn one(what: &str, bytes: usize) {
    let text = ordinary(bytes);
    let start = Instant::now();
    let sources = Sources::of_text("generated.scala", &text);
    if what == "check" {
        let checked = check_once(sources);
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    } else {
        let checked = check(sources);
        let prepared = Prepared::new(&checked.program);
        let root = Root::Program(checked.program.mains[0]);
        let built = checked.build(&prepared, root, Level::Full);
        let built = built.expect("the generated program compiles");
        if what == "verify" {
            return verify(built.module(), built.bytes.len());
        }
    }
    println!("{} {}", start.elapsed().as_secs_f64(), peak());
}

/// Verifies a module several times on this thread alone: prints the shortest time in seconds, and
/// the module's size in bytes.
fn verify(module: &fvm_isa::Module, bytes: usize) {
    let seconds = (0..RUNS).map(|_| {
        let module = module.clone();
        let start = Instant::now();
        let verified = fvm_vm::verify(module).expect("the module keeps the rules");
        let seconds = start.elapsed().as_secs_f64();
        drop(verified);
        seconds
    });
    println!("{} {bytes}", seconds.fold(f64::INFINITY, f64::min));
}

/// The largest memory of this process in bytes, where the system tells it.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.unwrap_or(0) << 10
}

fn table() {
    println!("| command | bytes | lines | tokens | seconds | tokens/s | memory/source byte |");
    println!("|---|---|---|---|---|---|---|");
    for (what, sizes) in [("check", CHECK_SIZES), ("compile", COMPILE_SIZES)] {
        for bytes in sizes {
            let text = ordinary(bytes);
            let file = SourceFile::new("generated.scala", text.as_str());
            let is_token = |line: &&str| !line.ends_with(" \"\"");
            let tokens = fscc_syntax::tokens(FileId::new(0), &file);
            let tokens = tokens.lines().filter(is_token).count();
            let runs = (0..RUNS).map(|_| measured(what, bytes));
            let (seconds, peak) =
                runs.reduce(|a, b| if b.0 < a.0 { b } else { a }).expect("at least one run");
            println!(
                "| {what} | {} | {} | {tokens} | {seconds:.3} | {:.0} | {:.0} |",
                text.len(),
                text.lines().count(),
                tokens as f64 / seconds,
                peak as f64 / text.len() as f64,
            );
        }
    }
    println!();
    println!("| verified bytes | ms | ms for 512 KiB |");
    println!("|---|---|---|");
    for bytes in COMPILE_SIZES {
        let (seconds, size) = measured("verify", bytes);
        let milliseconds = seconds * 1e3;
        let unit = milliseconds * (512 << 10) as f64 / size as f64;
        println!("| {size} | {milliseconds:.1} | {unit:.1} |");
    }
}

fn measured(what: &str, bytes: usize) -> (f64, usize) {
    let this = env::current_exe().expect("the program knows its own path");
    let output = Command::new(this).args(["one", what, &bytes.to_string()]).output();
    let output = output.expect("the program can be started again").stdout;
    let text = String::from_utf8_lossy(&output);
    let mut words = text.split_whitespace();
    let seconds = words.next().and_then(|word| word.parse().ok()).expect("seconds");
    (seconds, words.next().and_then(|word| word.parse().ok()).expect("bytes"))
}
