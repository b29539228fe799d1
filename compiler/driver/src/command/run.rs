//! `fscc run`: compiles a program and runs it here.

use super::Console;
use crate::args::RunArguments;
use crate::compilation::{Checked, Root};
use crate::engine::Keep;
use crate::profiled::{self, Profiled};
use crate::runner::{self, Watch};
use crate::status::Status;
use fvm_vm::{Profile, Schedule};
use std::io::BufWriter;

pub(super) fn run(arguments: &RunArguments, console: &Console) -> Status {
    let checked = match console.check(&arguments.paths) {
        Ok(checked) => checked,
        Err(status) => return status,
    };
    match checked.status() {
        Status::Success => {}
        status => return status,
    }
    let root = match choose(&checked, arguments.main.as_deref()) {
        Ok(root) => root,
        Err(message) => {
            eprintln!("fscc: {message}");
            return Status::Findings;
        }
    };
    let prepared = checked.prepared();
    let built = match checked.build(&prepared, root, arguments.level) {
        Ok(built) => built,
        Err(diagnostic) => return console.late(&diagnostic, &checked.sources.map),
    };
    crate::stage::enter("run", &checked.name(root));
    let keep = if arguments.no_cache { Keep::Fresh } else { Keep::Kept };
    let attached = arguments.engine().attach(&built.verified, keep);
    for note in &attached.notes {
        eprintln!("fscc: note: {note}");
    }
    if arguments.trace || arguments.stats {
        eprintln!("{}", attached.summary);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut error = BufWriter::new(std::io::stderr().lock());
    let schedule = Schedule::standard();
    let insight = &arguments.insight;
    let mut profile = insight.is_wanted().then(|| Profile::new(&built.verified, &schedule));
    let watch = match &mut profile {
        Some(profile) => Watch::Profile(profile),
        None if arguments.trace => Watch::Trace(&mut error),
        None => Watch::Nobody,
    };
    let run = runner::run(&built, &schedule, arguments.gas, &mut out, watch);
    drop(error);
    if arguments.stats {
        eprintln!("gas {}, instructions {}, moves {}", run.gas_used, run.instructions, run.moves);
    }
    let status = match run.failure {
        None => Status::Success,
        Some(failure) => {
            eprintln!("{failure}");
            Status::Findings
        }
    };
    let Some(profile) = profile else { return status };
    let profiled = [Profiled { name: checked.name(root), debug: built.debug, profile }];
    if insight.profile {
        eprint!("{}", profiled::text(&profiled, &checked.sources.map));
    }
    status.max(super::write_flame_graph(insight, &profiled))
}

/// The program to run: the one that is named, the only one, or `Test`, by Scala's own habit.
fn choose(checked: &Checked, name: Option<&str>) -> Result<Root, String> {
    let mains: Vec<(String, Root)> = checked
        .program
        .mains
        .iter()
        .map(|method| Root::Program(*method))
        .map(|root| (checked.name(root), root))
        .collect();
    let names = || {
        let names: Vec<String> = mains.iter().map(|(name, _)| format!("`{name}`")).collect();
        names.join(", ")
    };
    let named = |wanted: &str| mains.iter().find(|(name, _)| name == wanted).map(|(_, root)| *root);
    match (name, mains.as_slice()) {
        (_, []) => Err("there is no `main`: write `@main def run(): Unit`, or an object with \
                        `def main(args: Array[String]): Unit`"
            .to_string()),
        (Some(name), _) => {
            named(name).ok_or_else(|| format!("there is no `{name}` to run; there is {}", names()))
        }
        (None, [(_, only)]) => Ok(*only),
        (None, _) => named("Test").ok_or_else(|| {
            format!("there are several programs: choose with --main among {}", names())
        }),
    }
}
