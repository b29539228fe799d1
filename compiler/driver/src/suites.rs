//! Running the test suites of a unit in worlds of their own.

use crate::args::Level;
use crate::compilation::{Built, Checked, Root};
use crate::engine::{Engine, Keep};
use crate::passed;
use crate::profiled::Profiled;
use fscc_base::Diagnostic;
use fvm_abi::Interface;
use fvm_isa::Module;
use fvm_ledger::exploration::Orders;
use fvm_ledger::problem::record_text;
use fvm_ledger::spending::Spent;
use fvm_ledger::suite::{Measurement, SuiteHost};
use fvm_ledger::world::Setting;
use fvm_ledger::{CodeStore, World};
use fvm_vm::{Ending, Limits, Machine, Profile, Schedule, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Gas of one test, besides what its messages use.
const TEST_GAS: u64 = 20_000_000_000;

/// The exception of a suite's call that the contract aborted.
const ABORTED: &str = "fvm.internal.Aborted";

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
    /// Where it failed: the calls from the innermost to the test, the library's among them.
    pub stack: Vec<String>,
    /// If it failed while orders of delivery were explored: what was delivered, in order.
    pub passed: Vec<String>,
    /// What failed in handlers of answers, whom nobody could be told.
    pub dead_letters: Vec<String>,
    /// Texts of the events, in order.
    pub events: Vec<String>,
    /// Texts of the Stories, in order.
    pub stories: Vec<String>,
    /// What it printed.
    pub output: String,
    /// What it measured.
    pub measurements: Vec<Measurement>,
    /// Orders of delivery that were explored.
    pub explored: fvm_ledger::world::Explored,
    /// Gas that contract code used.
    pub gas_used: u64,
    /// What each method used of it, by contract.
    pub methods: Vec<MethodGas>,
    /// Instructions that contract code executed.
    pub instructions: u64,
}

/// What a method used in a test.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MethodGas {
    /// Class and method; overloaded ones with the types of their parameters.
    pub name: String,
    /// Calls and gas.
    pub spent: Spent,
}

/// How suites are run.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// Optimisation level.
    pub level: Level,
    /// Gas prices.
    pub schedule: &'a Schedule,
    /// What runs suites and contracts.
    pub engine: Engine,
    /// Only tests whose name contains this text.
    pub filter: Option<&'a str>,
    /// Which orders of delivery explorations try.
    pub orders: Orders,
    /// Whether contracts are profiled; then the reference engine runs them.
    pub is_profiled: bool,
}

impl Plan<'_> {
    /// All tests, without profiles.
    pub fn new(level: Level, schedule: &Schedule, engine: Engine) -> Plan<'_> {
        Plan {
            level,
            schedule,
            engine,
            filter: None,
            orders: Orders::default(),
            is_profiled: false,
        }
    }
}

/// What came of the suites of a unit.
#[derive(Debug)]
pub struct Tested {
    /// The tests.
    pub reports: Vec<TestReport>,
    /// What the contracts spent, if that was asked for; also those that did nothing.
    pub profiles: Vec<Profiled>,
}

/// Compiles all contracts and suites of a unit and runs the tests.
pub fn run(checked: &Checked, plan: &Plan<'_>) -> Result<Tested, Box<Diagnostic>> {
    let Plan { level, schedule, engine, filter, orders, is_profiled } = *plan;
    let prepared = checked.prepared();
    let mut contracts = Vec::new();
    let mut profiled = BTreeMap::new();
    let mut methods = MethodNames::default();
    for class in &checked.program.contracts {
        let built = checked.build(&prepared, Root::Contract(*class), level)?;
        engine.attach(&built.verified, Keep::Fresh);
        methods.learn(built.module());
        if is_profiled {
            let (name, profile) =
                (built.module().name.clone(), Profile::new(&built.verified, schedule));
            profiled.insert(name.clone(), Profiled { name, debug: built.debug, profile });
        }
        contracts.push(built.verified);
    }
    let (mut code, classes) = CodeStore::of_unit(contracts);
    if is_profiled {
        code.keep_profiles();
    }
    let code = Rc::new(code);
    let limits = Limits::CONTRACT;
    let setting = Setting { code: Rc::clone(&code), classes, schedule: schedule.clone(), limits };
    let mut reports = Vec::new();
    for class in &checked.program.suites {
        let root = Root::Suite(*class);
        let built = checked.build(&prepared, root, level)?;
        engine.attach(&built.verified, Keep::Fresh);
        let suite = Suite {
            name: checked.name(root),
            built: &built,
            setting: &setting,
            methods: &methods,
            orders,
        };
        reports.extend(suite.run(filter));
    }
    for (name, profile) in code.profiles() {
        if let Some(module) = profiled.get_mut(&name) {
            module.profile = profile;
        }
    }
    let profiles = profiled.into_values().collect();
    Ok(Tested { reports, profiles })
}

struct Suite<'a> {
    name: String,
    built: &'a Built,
    setting: &'a Setting,
    methods: &'a MethodNames,
    orders: Orders,
}

/// The names of methods, by class and method id, and all that is known of them.
#[derive(Default)]
struct MethodNames {
    names: BTreeMap<(String, u32), String>,
    interfaces: BTreeMap<String, Interface>,
}

impl MethodNames {
    fn learn(&mut self, module: &Module) {
        let class = &module.name;
        // The ABI is the compiler's own; without it methods would only lack their names.
        let Ok(interface) = Interface::parse(&module.abi) else { return };
        for method in &interface.methods {
            let is_overloaded = interface.methods_named(&method.name).nth(1).is_some();
            let name = if is_overloaded { &method.signature } else { &method.name };
            let name = format!("{class}.{name}");
            self.names.extend(method.number().map(|number| ((class.clone(), number), name)));
        }
        self.interfaces.insert(class.clone(), interface);
    }

    fn of(&self, class: &str, method: u32) -> String {
        let known = self.names.get(&(class.to_string(), method)).cloned();
        let unknown = || match method {
            0 => format!("{class}.<init>"),
            number => format!("{class}.{number:#010x}"),
        };
        known.unwrap_or_else(unknown)
    }
}

impl Suite<'_> {
    fn run(&self, filter: Option<&str>) -> Vec<TestReport> {
        let mut reports = Vec::new();
        let count = match self.ask("$count", &[]) {
            Ok(Value::I32(count)) => count,
            other => {
                let mut failure = failure_of(other);
                failure.text = format!("the suite cannot be built: {}", failure.text);
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
    fn ask(&self, export: &str, args: &[Value]) -> Result<Value, Failure> {
        let mut host = SuiteHost::new(World::new(self.setting.clone()), SEED);
        self.call(export, args, &mut host)
    }

    fn call(&self, export: &str, args: &[Value], host: &mut SuiteHost) -> Result<Value, Failure> {
        let module = self.built.module();
        let no_export = || Failure::new(format!("no export `{export}`"));
        let function = module.export(export).ok_or_else(no_export)?;
        let mut machine =
            Machine::new(&self.built.verified, &self.setting.schedule, Limits::PROGRAM);
        let outcome = machine.call(function.function, args, TEST_GAS, host);
        let debug = Some(&self.built.debug);
        let lines = |stack: &[fvm_vm::Location]| -> Vec<String> {
            stack.iter().map(|location| location.describe(debug)).collect()
        };
        match outcome.ending {
            Ending::Returned(value) => Ok(value),
            Ending::Aborted(problem) => {
                Err(Failure::new(record_text(&problem).unwrap_or("an unreadable problem")))
            }
            Ending::Trapped(trap) => {
                Err(Failure { stack: lines(&trap.stack), ..Failure::new(trap.to_string()) })
            }
            Ending::Thrown(thrown) => {
                let text = machine.thrown_text(&thrown);
                // What the ledger says of a failure is more than the case that a suite sees.
                let text = match record_text(host.last_problem()) {
                    Some(problem) if thrown.class_name == ABORTED => format!("aborted: {problem}"),
                    _ => text,
                };
                Err(Failure { text, stack: lines(&thrown.stack) })
            }
        }
    }

    fn test(&self, number: i32, name: &str) -> TestReport {
        let mut host = SuiteHost::new(World::new(self.setting.clone()), SEED);
        host.world.explore_orders(self.orders);
        let failure = self.call("$run", &[Value::I32(number)], &mut host).err();
        self.report(name, failure, Some(host))
    }

    fn report(&self, name: &str, failure: Option<Failure>, host: Option<SuiteHost>) -> TestReport {
        let stack = failure.as_ref().map_or(Vec::new(), |failure| failure.stack.clone());
        let mut report = TestReport {
            suite: self.name.clone(),
            name: name.to_string(),
            failure: failure.map(Failure::describe),
            stack,
            passed: Vec::new(),
            dead_letters: Vec::new(),
            events: Vec::new(),
            stories: Vec::new(),
            output: String::new(),
            measurements: Vec::new(),
            explored: fvm_ledger::world::Explored::default(),
            gas_used: 0,
            methods: Vec::new(),
            instructions: 0,
        };
        if let Some(host) = host {
            let text = |record: &fvm_ledger::world::Record| {
                record_text(&record.bytes).unwrap_or("(unreadable)").to_string()
            };
            report.events = host.world.state.events.iter().map(text).collect();
            report.stories = host.world.state.stories.iter().map(text).collect();
            let dead = |letter: &fvm_ledger::world::DeadLetter| {
                let problem = record_text(&letter.problem).unwrap_or("(unreadable)");
                format!("{}: {problem}", letter.contract)
            };
            report.dead_letters = host.world.state.dead_letters.iter().map(dead).collect();
            if report.failure.is_some() {
                report.passed = passed::lines(&host.world, &self.methods.interfaces);
            }
            report.output = host.output;
            report.measurements = host.measurements;
            report.explored = host.world.explored();
            report.gas_used = host.world.gas_used;
            let named =
                |(class, method, spent)| MethodGas { name: self.methods.of(class, method), spent };
            report.methods = host.world.spending().into_iter().map(named).collect();
            report.methods.sort_by(|a, b| a.name.cmp(&b.name));
            report.instructions = host.world.instructions;
        }
        report
    }
}

/// Why a call of a suite came to nothing, and where.
struct Failure {
    text: String,
    stack: Vec<String>,
}

impl Failure {
    fn new(text: impl Into<String>) -> Failure {
        Failure { text: text.into(), stack: Vec::new() }
    }
    /// The text, and the innermost place outside of the library.
    fn describe(self) -> String {
        let place = self.stack.iter().find(|line| !line.contains("<stdlib>"));
        match place {
            Some(place) => format!("{}\n    at {place}", self.text),
            None => self.text,
        }
    }
}

fn failure_of(answer: Result<Value, Failure>) -> Failure {
    match answer {
        Ok(_) => Failure::new("it has no number of tests"),
        Err(failure) => failure,
    }
}
