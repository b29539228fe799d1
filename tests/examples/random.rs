//! Random programs:
//!
//! - `random program SEED` prints one;
//! - `random batches DIR FROM TO SIZE` writes sources for the real compiler, which puts what they
//!   print beside them (`tests/scala/random.sh` does both);
//! - `random compare DIR` runs the sources of a folder and tells where they print something else;
//! - `random record DIR` prints the table of outputs that `tests/random.rs` holds fscc against.

use fscc::args::Level;
use fscc_tests::random::{batch, fingerprint, outputs, program, run_source};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().expect("a number");
    match words.as_slice() {
        ["program", seed] => print!("{}", program(number(seed))),
        ["batches", folder, from, to, size] => {
            write_batches(Path::new(folder), number(from), number(to), number(size).max(1));
        }
        ["compare", folder] => return compare(Path::new(folder)),
        ["record", folder] => record(Path::new(folder)),
        _ => eprintln!("random program SEED | batches DIR FROM TO SIZE | compare DIR | record DIR"),
    }
    ExitCode::SUCCESS
}

fn write_batches(folder: &Path, from: u64, to: u64, size: u64) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for first in (from..to).step_by(size as usize) {
        let seeds = first..(first + size).min(to);
        let path = folder.join(format!("batch{first:06}.scala"));
        fs::write(path, batch(seeds)).expect("the folder can be written");
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    fscc_tests::files(folder, "scala")
}

fn compare(folder: &Path) -> ExitCode {
    let (mut programs, mut wrong) = (0, 0);
    for path in sources(folder) {
        let source = fs::read_to_string(&path).expect("a batch can be read");
        let Ok(expected) = fs::read_to_string(path.with_extension("expected")) else {
            println!("{}: the real compiler gave no output", path.display());
            continue;
        };
        let expected = outputs(&expected);
        programs += expected.len();
        for level in [Level::None, Level::Full] {
            match run_source(&source, level) {
                Err(problem) => {
                    wrong += 1;
                    println!("{}: {problem}", path.display());
                }
                Ok(printed) => {
                    let printed = outputs(&printed);
                    for (seed, expected) in &expected {
                        let found = printed.get(seed).map_or("", String::as_str);
                        if found != expected {
                            wrong += 1;
                            show(*seed, level, expected, found);
                        }
                    }
                }
            }
        }
    }
    println!("{programs} programs at two levels, {wrong} findings");
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The first line that differs.
fn show(seed: u64, level: Level, expected: &str, found: &str) {
    let mut lines = expected.lines().zip(found.lines().chain(std::iter::repeat("")));
    if let Some((expected, found)) = lines.find(|(expected, found)| expected != found) {
        println!("seed {seed} {level:?}\n  scala {expected}\n  fscc  {found}");
    } else {
        println!("seed {seed} {level:?}: prints more than Scala");
    }
}

fn record(folder: &Path) {
    for path in sources(folder) {
        let Ok(expected) = fs::read_to_string(path.with_extension("expected")) else { continue };
        for (seed, text) in outputs(&expected) {
            println!("{seed} {}", fingerprint(&text));
        }
    }
}
