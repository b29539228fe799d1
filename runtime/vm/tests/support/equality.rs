// Assembly files under `tests/vm` as tests of equality: every call that they name has the same
// outcome, and tells the host the same, in the reference engine and in others; if the call needs
// little, with every amount of gas up to that, and with small limits on depth, slots and memory.
// Part of the tests of every engine that is not the reference engine.

mod calls {
    include!("calls.rs");
}
mod files {
    include!("files.rs");
}

use calls::{TestHost, value, words};
use files::files;
use fvm_isa::{FunctionId, text};
use fvm_vm::engine::Engine;
use fvm_vm::{Limits, Machine, Outcome, Schedule, Value, VerifiedModule, verify};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;

/// Makes the engines that are compared with the reference engine.
pub type Make = fn(&VerifiedModule) -> Result<Vec<Box<dyn Engine>>, String>;

/// Calls that need at most this much gas are repeated with every amount below.
const SWEEP_GAS_MAX: u64 = 3_000;

/// Runs all files with these engines.
pub fn main_with(make: Make) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vm");
    let mut trials = Vec::new();
    for (folder, schedule) in [
        ("exec", root.join("../../runtime/schedules/v2.json")),
        ("gas", root.join("gas/schedule.json")),
    ] {
        let schedule = std::fs::read_to_string(schedule).expect("the schedule can be read");
        let schedule = Schedule::parse(&schedule).expect("the schedule is one");
        for path in files(&root.join(folder)) {
            let name = format!("{folder}/{}", path.file_stem().unwrap_or_default().display());
            let schedule = schedule.clone();
            trials.push(Trial::test(name, move || check(&path, &schedule, make)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(path: &Path, schedule: &Schedule, make: Make) -> Result<(), Failed> {
    let source = std::fs::read_to_string(path)?;
    let module = text::parse(&source).map_err(|error| error.to_string())?;
    let module = verify(module).map_err(|error| error.to_string())?;
    let engines = make(&module)?;
    let mut case = Case {
        module: &module,
        engines: &engines,
        schedule,
        limits: Limits::CONTRACT,
        gas: 10_000_000,
        host: TestHost::default(),
    };
    for line in source.lines().filter_map(|line| line.strip_prefix("; ")) {
        if let Some(call) = line.strip_prefix("call ") {
            case.call(call)?;
        } else if let Some(line) = line.strip_prefix("store ") {
            case.host.store(line)?;
        } else if let Some(line) = line.strip_prefix("stored ") {
            let (place, expected) = line.split_once("=>").ok_or("`=>` expected")?;
            assert_eq!(case.host.stored(place.trim())?, expected.trim(), "{place}");
        } else if let Some(limits) = line.strip_prefix("limit ") {
            limits.split_whitespace().try_for_each(|limit| case.limit(limit))?;
        }
    }
    Ok(())
}

struct Case<'a> {
    module: &'a VerifiedModule,
    engines: &'a [Box<dyn Engine>],
    schedule: &'a Schedule,
    limits: Limits,
    gas: u64,
    host: TestHost,
}

impl Case<'_> {
    fn limit(&mut self, limit: &str) -> Result<(), Failed> {
        let (name, number) = limit.split_once('=').ok_or("NAME=VALUE expected")?;
        let number: u64 = number.parse()?;
        match name {
            "gas" => self.gas = number,
            "memory" => self.limits.memory_bytes = number as usize,
            "depth" => self.limits.call_depth = number as usize,
            "slots" => self.limits.stack_slots = number as usize,
            _ => return Err(format!("there is no limit `{name}`").into()),
        }
        Ok(())
    }

    fn call(&mut self, call: &str) -> Result<(), Failed> {
        let (call, _) = call.split_once("=>").ok_or("`=>` expected")?;
        let mut words = words(call);
        let function = words.remove(0);
        let number = function.strip_prefix('f').and_then(|number| number.parse().ok());
        let function = FunctionId(number.ok_or("`fN` expected")?);
        let args = words.iter().map(|word| value(word)).collect::<Result<Vec<_>, _>>()?;
        self.host.log.clear();
        let before = self.host.clone();
        let used = self.compare(call, function, &args, self.gas, &before)?;
        if used <= SWEEP_GAS_MAX {
            for gas in 0..used {
                self.compare(call, function, &args, gas, &before)?;
            }
            let limits = self.limits;
            for (call_depth, stack_slots) in (0..4).flat_map(|d| (0..24).map(move |s| (d, s))) {
                self.limits = Limits { call_depth, stack_slots, ..limits };
                self.compare(call, function, &args, self.gas, &before)?;
            }
            for memory_bytes in (0..200).step_by(16) {
                self.limits = Limits { memory_bytes, ..limits };
                self.compare(call, function, &args, self.gas, &before)?;
            }
            self.limits = limits;
        }
        Machine::new(self.module, self.schedule, self.limits).call(
            function,
            &args,
            self.gas,
            &mut self.host,
        );
        Ok(())
    }

    /// Calls in all engines, and gives the gas used.
    fn compare(
        &mut self,
        call: &str,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        before: &TestHost,
    ) -> Result<u64, Failed> {
        let mut expected_host = before.clone();
        let mut machine = Machine::new(self.module, self.schedule, self.limits);
        let expected = machine.call(function, args, gas, &mut expected_host);
        let (used, expected) = (expected.gas_used, shown(expected));
        for engine in self.engines {
            let mut host = before.clone();
            let mut machine = Machine::new(self.module, self.schedule, self.limits);
            let found = machine.call_in(&**engine, function, args, gas, &mut host);
            let (found, limits) = (shown(found), self.limits);
            if found != expected {
                let text =
                    format!("{call} with {gas} gas, {limits:?}:\n  {found}\nnot\n  {expected}");
                return Err(text.into());
            }
            if host != expected_host {
                return Err(format!("{call} with {gas} gas told the host {host:?}").into());
            }
        }
        Ok(used)
    }
}

/// All of an outcome but what only the reference engine counts.
fn shown(outcome: Outcome) -> String {
    format!("{:?}", Outcome { instructions: 0, moves: 0, ..outcome })
}
