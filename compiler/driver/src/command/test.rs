//! `fscc test`: runs the suites of units and tells what passed.

use super::{Console, print};
use crate::args::TestArguments;
use crate::compilation::{Sources, check};
use crate::gas_snapshot::{self, GasSnapshot};
use crate::input::{beside, scala_files, unit_folders};
use crate::profiled::{self, Profiled};
use crate::source_lines::LineTable;
use crate::status::Status;
use crate::suites::{self, Plan, TestReport, Tested};
use fvm_ledger::exploration::Orders;
use fvm_vm::Schedule;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

pub(super) fn run(arguments: &TestArguments, console: &Console) -> Status {
    let units = match units(&arguments.paths) {
        Ok(units) => units,
        Err(error) => return console.input(&error),
    };
    let (mut passed, mut failed, mut worst) = (0, 0, Status::Success);
    let mut profiles = Vec::new();
    for unit in &units {
        let Tested { reports, profiles: spent } = match test_unit(unit, arguments, console) {
            Ok(tested) => tested,
            Err(status) => {
                worst = worst.max(status);
                continue;
            }
        };
        for report in &reports {
            match report.failure {
                None => passed += 1,
                Some(_) => failed += 1,
            }
        }
        print(&text(&reports, arguments.report));
        worst = worst.max(compare_gas(unit, &reports, arguments));
        profiles.extend(spent);
    }
    worst = worst.max(show_coverage(arguments, &profiles));
    worst = worst.max(super::write_flame_graph(&arguments.insight, &profiles));
    print(&format!("{passed} passed, {failed} failed\n"));
    if passed + failed == 0 && worst == Status::Success {
        eprintln!("fscc: there is no test: a suite is a class that extends ContractSuite");
        return Status::Findings;
    }
    if failed > 0 { worst.max(Status::Findings) } else { worst }
}

/// Files that are named form one unit; every folder with sources at or below a named one is a
/// unit of its own.
fn units(paths: &[PathBuf]) -> Result<Vec<Vec<PathBuf>>, crate::input::InputError> {
    let mut units = Vec::new();
    let files: Vec<PathBuf> = paths.iter().filter(|path| !path.is_dir()).cloned().collect();
    if !files.is_empty() {
        units.push(files);
    }
    for folder in paths.iter().filter(|path| path.is_dir()) {
        for folder in unit_folders(folder)? {
            units.push(scala_files(&folder)?);
        }
    }
    Ok(units)
}

fn test_unit(
    unit: &[PathBuf],
    arguments: &TestArguments,
    console: &Console,
) -> Result<Tested, Status> {
    let sources = Sources::read(unit).map_err(|error| console.input(&error))?;
    let mut checked = check(sources);
    console.judge(&mut checked);
    let (findings, map) = (&checked.diagnostics, &checked.sources.map);
    match checked.status() {
        Status::Success => {}
        status => {
            console.report(findings, map);
            return Err(status);
        }
    }
    let schedule = Schedule::standard();
    let plan = Plan {
        level: arguments.level(),
        schedule: &schedule,
        engine: arguments.engine,
        filter: arguments.filter.as_deref(),
        orders: if arguments.all_orders { Orders::All } else { Orders::OfEachKind },
        is_profiled: arguments.insight.is_wanted() || arguments.wants_coverage(),
    };
    let tested =
        suites::run(&checked, &plan).map_err(|diagnostic| console.late(&diagnostic, map))?;
    if arguments.insight.profile {
        eprint!("{}", profiled::text(&tested.profiles, map));
    }
    Ok(tested)
}

/// Prints and writes which lines were executed, if that is asked for.
fn show_coverage(arguments: &TestArguments, profiles: &[Profiled]) -> Status {
    if !arguments.wants_coverage() {
        return Status::Success;
    }
    let lines = LineTable::of(profiles);
    if arguments.coverage {
        print(&lines.coverage());
    }
    let Some(path) = &arguments.coverage_out else { return Status::Success };
    match fs::write(path, lines.lcov()) {
        Ok(()) => Status::Success,
        Err(error) => {
            eprintln!("fscc: cannot write `{}`: {error}", path.display());
            Status::Environment
        }
    }
}

/// Writes the gas of the tests of a unit, or compares it with what was written.
fn compare_gas(unit: &[PathBuf], reports: &[TestReport], arguments: &TestArguments) -> Status {
    let schedule = Schedule::standard().version;
    let found = GasSnapshot::of(reports, arguments.level(), schedule);
    let path = beside(unit, gas_snapshot::FILE_NAME);
    let shown = path.display();
    let environment = |doing: &str, error: std::io::Error| {
        eprintln!("fscc: cannot {doing} `{shown}`: {error}");
        Status::Environment
    };
    if found.is_empty() {
        return Status::Success;
    }
    if arguments.gas_snapshot {
        if reports.iter().any(|report| report.failure.is_some()) {
            eprintln!("fscc: `{shown}` is not written: a test failed");
            return Status::Findings;
        }
        return match fs::write(&path, found.print()) {
            Ok(()) => Status::Success,
            Err(error) => environment("write", error),
        };
    }
    let Some(tolerance) = arguments.gas_check else { return Status::Success };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("fscc: there is no `{shown}`: `fscc test --gas-snapshot` writes it");
            return Status::Findings;
        }
        Err(error) => return environment("read", error),
    };
    let earlier = match GasSnapshot::parse(&text) {
        Ok(earlier) => earlier,
        Err(problem) => {
            eprintln!("fscc: `{shown}` is damaged: {problem}");
            return Status::Findings;
        }
    };
    let compared = found.compare(&earlier, arguments.filter.as_deref());
    print(&compared.text(&shown.to_string(), tolerance));
    if compared.is_beyond(tolerance) { Status::Findings } else { Status::Success }
}

/// The lines for people: a suite's name, then its tests.
pub(crate) fn text(reports: &[TestReport], is_long: bool) -> String {
    let mut out = String::new();
    let mut suite = "";
    for report in reports {
        if report.suite != suite {
            suite = &report.suite;
            let _ = writeln!(out, "{suite}");
        }
        let mark = if report.failure.is_none() { "pass" } else { "FAIL" };
        let _ = writeln!(out, "  {mark}  {}", report.name);
        if let Some(failure) = &report.failure {
            for line in failure.lines() {
                let _ = writeln!(out, "        {line}");
            }
        }
        if !report.passed.is_empty() {
            let _ = writeln!(out, "        in this order of delivery:");
        }
        for (number, line) in (1..).zip(&report.passed) {
            let _ = writeln!(out, "        {number:>4}. {line}");
        }
        for line in report.output.lines() {
            let _ = writeln!(out, "        | {line}");
        }
        for measurement in &report.measurements {
            let (label, gas) = (&measurement.label, measurement.gas);
            let _ = writeln!(out, "        gas of {label}: {gas} (limit {})", measurement.limit);
        }
        let orders = report.explored.orders;
        if report.explored.is_incomplete {
            let _ =
                writeln!(out, "        explored {orders} orders of delivery, and there are more");
        } else if is_long && orders > 0 {
            let _ = writeln!(out, "        explored all orders of delivery by {orders} runs");
        }
        if is_long {
            for line in &report.stack {
                let _ = writeln!(out, "        at {line}");
            }
            for letter in &report.dead_letters {
                let _ = writeln!(out, "        dead letter {letter}");
            }
            for event in &report.events {
                let _ = writeln!(out, "        event {event}");
            }
            for story in &report.stories {
                let _ = writeln!(out, "        story {story}");
            }
            let _ = writeln!(
                out,
                "        gas {}, instructions {}",
                report.gas_used, report.instructions
            );
        }
    }
    out
}
