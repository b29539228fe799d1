//! `fvm-calibrate`: measures every instruction at its worst input and writes a gas schedule with
//! the evidence for each price; compares a schedule with this machine; searches for programs that
//! run slower for their gas than the schedule promises; makes hostile modules of any size and
//! verifies, decodes or compiles them.
//!
//! Relies on a quiet machine: times are the best of several short samples. Unit: 10 gas are one
//! nanosecond of the engine that is measured.

mod cases;
mod control;
mod family;
mod measure;
mod price;
mod probe;
mod search;
mod units;
mod values;

use clap::{Parser, Subcommand};
use family::Stage;
use fvm_vm::Schedule;
use probe::Engine;
use std::path::PathBuf;
use std::process::ExitCode;

/// Gas that pays for what this machine does.
#[derive(Parser, Debug)]
#[command(name = "fvm-calibrate", version)]
struct Arguments {
    /// What is measured.
    #[arg(long, global = true, value_enum, default_value = "threaded")]
    engine: Engine,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Measures every instruction and writes a schedule.
    Measure {
        /// The version of the schedule.
        #[arg(long)]
        version: u32,
        /// Where the schedule goes.
        #[arg(long)]
        schedule: PathBuf,
        /// Where the measurements go.
        #[arg(long)]
        evidence: PathBuf,
        /// A schedule for what is not measured: storage and host functions.
        #[arg(long)]
        base: PathBuf,
    },
    /// Measures every instruction and tells which cost more than a schedule says.
    Check {
        /// The schedule; the one that ships with the machine if absent.
        #[arg(long)]
        schedule: Option<PathBuf>,
        /// How many hundredths more count.
        #[arg(long, default_value_t = 25)]
        percent: u32,
        /// Look only at single instructions whose name contains this, and list what each costs.
        #[arg(long)]
        only: Option<String>,
    },
    /// Searches for programs that are slow for their gas.
    Search {
        /// The schedule; the one that ships with the machine if absent.
        #[arg(long)]
        schedule: Option<PathBuf>,
        /// How long.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// Where the generator of numbers starts.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Prints the names of the families of hostile modules.
    Families,
    /// Makes a hostile module, does something with it, and prints how many bytes it has.
    Family {
        /// What is done with it.
        #[arg(value_enum)]
        stage: Stage,
        /// Which family.
        name: String,
        /// Instructions of its function.
        size: usize,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command, arguments.engine) {
        Ok(status) => status,
        Err(message) => {
            eprintln!("fvm-calibrate: {message}");
            ExitCode::from(3)
        }
    }
}

fn run(command: Command, engine: Engine) -> Result<ExitCode, String> {
    match command {
        Command::Measure { version, schedule, evidence, base } => {
            let base = read(&base)?;
            let rows = measure::all(engine);
            let (text, record) = price::schedule(&rows, version, &base)?;
            Schedule::parse(&text).map_err(|error| error.to_string())?;
            write(&schedule, &text)?;
            write(&evidence, &record)?;
        }
        Command::Check { schedule, only: Some(part), .. } => {
            let schedule = standard_or(schedule)?;
            let rows = cases::rows(engine, |opcode| opcode.mnemonic().contains(&part));
            rows.iter().for_each(|row| println!("{}", price::line(row, &schedule)));
        }
        Command::Check { schedule, percent, only: None } => {
            let slow = price::slower(&measure::all(engine), &standard_or(schedule)?, percent);
            for line in &slow {
                println!("{line}");
            }
            println!("{} cases cost more than the schedule says", slow.len());
            if !slow.is_empty() {
                return Ok(ExitCode::from(1));
            }
        }
        Command::Search { schedule, seconds, seed } => {
            search::search(&standard_or(schedule)?, engine, seconds, seed);
        }
        Command::Families => family::names().for_each(|name| println!("{name}")),
        Command::Family { stage, name, size } => {
            println!("{}", family::work(stage, &name, size)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn standard_or(path: Option<PathBuf>) -> Result<Schedule, String> {
    match path {
        None => Ok(Schedule::standard()),
        Some(path) => Schedule::parse(&read(&path)?).map_err(|error| error.to_string()),
    }
}

fn read(path: &PathBuf) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &PathBuf, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
