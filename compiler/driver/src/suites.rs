//! Running the test suites of a unit in worlds of their own.

use crate::args::Level;
use crate::compilation::{Built, Checked, Root};
use fscc_base::Diagnostic;
use fscc_lower::Prepared;
use fvm_ledger::problem::record_text;
use fvm_ledger::suite::{Measurement, SuiteHost};
use fvm_ledger::{CodeStore, World};
use fvm_vm::{Ending, Limits, Machine, NoHost, Schedule, Value};
use std::rc::Rc;

/// Gas of one test, besides what its messages use.
const TEST_GAS: u64 = 20_000_000_000;

/// Seed of the pseudo-random numbers of property tests.
const SEED: u64 = 1;

/// How one test ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestReport {
    /// The suite.
    pub suite: String,
    /// The test.
    pub name: String,
    /// Why it failed; none if it passed.
    pub failure: Option<String>,
    /// Texts of the events, in order.
    pub events: Vec<String>,
    /// Texts of the Stories, in order.
    pub stories: Vec<String>,
    /// What it printed.
    pub output: String,
    /// What it measured.
    pub measurements: Vec<Measurement>,
    /// Gas that contract code used.
    pub gas_used: u64,
    /// Instructions that contract code executed.
    pub instructions: u64,
}

/// Compiles all contracts and suites of a unit and runs the tests whose name contains `filter`.
pub fn run(
    checked: &Checked,
    level: Level,
    schedule: &Schedule,
    filter: Option<&str>,
) -> Result<Vec<TestReport>, Diagnostic> {
    let prepared = Prepared::new(&checked.program);
    let mut contracts = Vec::new();
    for class in &checked.program.contracts {
        contracts.push(checked.build(&prepared, Root::Contract(*class), level)?.verified);
    }
    let code = Rc::new(CodeStore::new(contracts, schedule.clone(), Limits::CONTRACT));
    let mut reports = Vec::new();
    for class in &checked.program.suites {
        let root = Root::Suite(*class);
        let built = checked.build(&prepared, root, level)?;
        let suite = Suite { name: checked.name(root), built: &built, schedule, code: &code };
        reports.extend(suite.run(filter));
    }
    Ok(reports)
}

struct Suite<'a> {
    name: String,
    built: &'a Built,
    schedule: &'a Schedule,
    code: &'a Rc<CodeStore>,
}

impl Suite<'_> {
    fn run(&self, filter: Option<&str>) -> Vec<TestReport> {
        let mut reports = Vec::new();
        let count = match self.ask("$count", &[]) {
            Ok(Value::I32(count)) => count,
            other => {
                let failure = format!("the suite cannot be built: {}", failure_text(other));
                return vec![self.report("(constructor)", Some(failure), None)];
            }
        };
        for number in 0..count {
            let name = match self.ask("$name", &[Value::I32(number)]) {
                Ok(Value::Text(name)) => name,
                _ => format!("test {number}"),
            };
            if filter.is_none_or(|filter| name.contains(filter)) {
                reports.push(self.test(number, &name));
            }
        }
        reports
    }

    /// Calls an export in a fresh world.
    fn ask(&self, export: &str, args: &[Value]) -> Result<Value, String> {
        let mut host = SuiteHost::new(World::new(Rc::clone(self.code)), SEED);
        self.call(export, args, &mut host)
    }

    fn call(&self, export: &str, args: &[Value], host: &mut SuiteHost) -> Result<Value, String> {
        let module = &self.built.generated.module;
        let function = module.export(export).ok_or_else(|| format!("no export `{export}`"))?;
        let mut machine = Machine::new(&self.built.verified, self.schedule, Limits::PROGRAM);
        let outcome = machine.call(function.function, args, TEST_GAS, host);
        let debug = Some(&self.built.generated.debug);
        let place = |stack: &[fvm_vm::Location]| {
            let user = |text: &String| !text.contains("<stdlib>");
            let mut lines = stack.iter().map(|location| location.describe(debug)).filter(user);
            lines.next().map_or(String::new(), |line| format!("\n    at {line}"))
        };
        match outcome.ending {
            Ending::Returned(value) => Ok(value),
            Ending::Aborted(problem) => {
                Err(record_text(&problem).unwrap_or("an unreadable problem").to_string())
            }
            Ending::Trapped(trap) => Err(format!("{trap}{}", place(&trap.stack))),
            Ending::Thrown(thrown) => {
                let describe = module.export("$describe").map(|export| export.function);
                let object = [Value::Reference(thrown.object)];
                let described = describe
                    .map(|function| machine.call(function, &object, TEST_GAS, &mut NoHost).ending);
                let text = match described {
                    Some(Ending::Returned(Value::Text(text))) => text,
                    _ => thrown.class_name.clone(),
                };
                Err(format!("{text}{}", place(&thrown.stack)))
            }
        }
    }

    fn test(&self, number: i32, name: &str) -> TestReport {
        let mut host = SuiteHost::new(World::new(Rc::clone(self.code)), SEED);
        let failure = self.call("$run", &[Value::I32(number)], &mut host).err();
        self.report(name, failure, Some(host))
    }

    fn report(&self, name: &str, failure: Option<String>, host: Option<SuiteHost>) -> TestReport {
        let mut report = TestReport {
            suite: self.name.clone(),
            name: name.to_string(),
            failure,
            events: Vec::new(),
            stories: Vec::new(),
            output: String::new(),
            measurements: Vec::new(),
            gas_used: 0,
            instructions: 0,
        };
        if let Some(host) = host {
            let text = |record: &fvm_ledger::world::Record| {
                record_text(&record.bytes).unwrap_or("(unreadable)").to_string()
            };
            report.events = host.world.state.events.iter().map(text).collect();
            report.stories = host.world.state.stories.iter().map(text).collect();
            report.output = host.output;
            report.measurements = host.measurements;
            report.gas_used = host.world.gas_used;
            report.instructions = host.world.instructions;
        }
        report
    }
}

fn failure_text(answer: Result<Value, String>) -> String {
    match answer {
        Ok(_) => "it has no number of tests".to_string(),
        Err(text) => text,
    }
}
