//! Assembly files under `tests/vm` as tests: one trial for each file.
//!
//! Expectations are comments of the file:
//!
//! - `; call fN ARG… => RESULT` calls a function on a fresh machine; storage lives on from call to
//!   call. Values are `i32:1 i64:1 f64:1.5 u128:1 i128:-1 text:"…" bytes:00ff null unit`; a result
//!   can also be `reference:CLASS`, `thrown:CLASS`, `aborted:00ff`, `trap:CODE` or
//!   `trap:CODE "detail"`.
//! - `; store stN VALUE` and `; store stN KEY VALUE` put bytes into storage, and `; stored stN => VALUE`
//!   and `; stored stN KEY => VALUE` say which are there.
//! - `; gas N` says what the call before used.
//! - `; limit gas=N memory=N depth=N slots=N` holds for the calls after it.
//! - `; log TEXT` says what the call before told the host, in order.
//! - `; rejected RULE TEXT` says that the verifier rejects the module, with this text inside.
//!
//! Every module must also survive the wire and print as itself. All files of `exec` together must
//! execute every opcode. Files of `gas` run under the schedule beside them.

mod calls {
    include!("support/calls.rs");
}
mod files {
    include!("support/files.rs");
}

use calls::{TestHost, hex, print, value, words};
use files::files;
use fvm_isa::{Module, Opcode, text, wire};
use fvm_vm::{Ending, Limits, Machine, Schedule, Value, VerifiedModule, verify};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeSet;
use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vm");
    let mut trials = Vec::new();
    for folder in ["exec", "gas", "verify"] {
        let schedule = match folder {
            "gas" => read(&root.join("gas/schedule.json")),
            _ => read(&root.join("../../runtime/schedules/v2.json")),
        };
        let schedule = Schedule::parse(&schedule).expect("the schedule can be read");
        for path in files(&root.join(folder)) {
            let name = format!("{folder}/{}", path.file_stem().unwrap_or_default().display());
            let schedule = schedule.clone();
            trials.push(Trial::test(name, move || check(&path, &schedule).map(|_| ())));
        }
    }
    let exec = root.join("exec");
    trials.push(Trial::test("every_opcode_is_executed", move || every_opcode(&exec)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn every_opcode(folder: &Path) -> Result<(), Failed> {
    let schedule = Schedule::standard();
    let mut executed = BTreeSet::new();
    for path in files(folder) {
        executed.extend(check(&path, &schedule)?);
    }
    let missing: Vec<&str> = fvm_isa::ALL
        .iter()
        .filter(|opcode| !executed.contains(*opcode))
        .map(|opcode| opcode.mnemonic())
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("never executed: {missing:?}").into()) }
}

/// The wire has no form for live registers that do not ascend.
fn can_be_written(module: &Module) -> bool {
    let mut blocks = module.functions.iter().flat_map(|function| &function.blocks);
    blocks.all(|block| block.live_in.is_sorted())
}

/// Checks a file and gives the opcodes that it executed.
fn check(path: &Path, schedule: &Schedule) -> Result<BTreeSet<Opcode>, Failed> {
    let source = read(path);
    let module = text::parse(&source).map_err(|error| error.to_string())?;
    let bytes = wire::encode(&module);
    if can_be_written(&module) && wire::decode(&bytes).as_ref() != Ok(&module) {
        return Err("the module does not survive the wire".into());
    }
    if text::parse(&text::print(&module, None)).as_ref() != Ok(&module) {
        return Err("the module does not print as itself".into());
    }
    let directives: Vec<(usize, &str)> = source
        .lines()
        .enumerate()
        .filter_map(|(number, line)| Some((number + 1, line.strip_prefix("; ")?)))
        .collect();
    let rejected = directives.iter().find_map(|(_, line)| line.strip_prefix("rejected "));
    let module = match (verify(module), rejected) {
        (Ok(module), None) => module,
        (Err(error), None) => return Err(error.to_string().into()),
        (Ok(_), Some(expected)) => return Err(format!("accepted, expected {expected}").into()),
        (Err(error), Some(expected)) => {
            let (rule, text) = expected.split_once(' ').unwrap_or((expected, ""));
            let found = format!("{:?}", error.rule);
            if found != rule || !error.to_string().contains(text) {
                return Err(format!("expected {expected}, found {error}").into());
            }
            return Ok(BTreeSet::new());
        }
    };
    let mut run = Run::new(&module, schedule);
    for (number, line) in directives {
        run.directive(line).map_err(|text| format!("line {number}: {text}"))?;
    }
    run.end_call()?;
    Ok(run.executed)
}

struct Run<'a> {
    module: &'a VerifiedModule,
    schedule: &'a Schedule,
    limits: Limits,
    gas: u64,
    host: TestHost,
    executed: BTreeSet<Opcode>,
    gas_used: u64,
    logged: usize,
    calls: usize,
}

impl<'a> Run<'a> {
    fn new(module: &'a VerifiedModule, schedule: &'a Schedule) -> Run<'a> {
        Run {
            module,
            schedule,
            limits: Limits::CONTRACT,
            gas: 10_000_000,
            host: TestHost::default(),
            executed: BTreeSet::new(),
            gas_used: 0,
            logged: 0,
            calls: 0,
        }
    }

    fn directive(&mut self, line: &str) -> Result<(), String> {
        if let Some(call) = line.strip_prefix("call ") {
            self.end_call()?;
            return self.call(call);
        }
        if let Some(line) = line.strip_prefix("store ") {
            return self.host.store(line);
        }
        if let Some(line) = line.strip_prefix("stored ") {
            let (place, expected) = line.split_once("=>").ok_or("`=>` expected")?;
            return same(place, &self.host.stored(place.trim())?, expected.trim());
        }
        if let Some(gas) = line.strip_prefix("gas ") {
            return same("gas", &self.gas_used.to_string(), gas.trim());
        }
        if let Some(expected) = line.strip_prefix("log ") {
            let found = self.host.log.get(self.logged).map_or("nothing", String::as_str);
            self.logged += 1;
            return same("log", found, expected);
        }
        if let Some(limits) = line.strip_prefix("limit ") {
            for limit in limits.split_whitespace() {
                let (name, value) = limit.split_once('=').ok_or("NAME=VALUE expected")?;
                let value: u64 = value.parse().map_err(|_| format!("`{value}` is no number"))?;
                match name {
                    "gas" => self.gas = value,
                    "memory" => self.limits.memory_bytes = value as usize,
                    "depth" => self.limits.call_depth = value as usize,
                    "slots" => self.limits.stack_slots = value as usize,
                    _ => return Err(format!("there is no limit `{name}`")),
                }
            }
        }
        Ok(())
    }

    /// All that a call told the host must be expected.
    fn end_call(&mut self) -> Result<(), String> {
        match self.host.log.get(self.logged) {
            Some(line) if self.calls > 0 => Err(format!("not expected: log {line}")),
            _ => Ok(()),
        }
    }

    fn call(&mut self, call: &str) -> Result<(), String> {
        let (call, expected) = call.split_once("=>").ok_or("`=>` expected")?;
        let mut words = words(call);
        let function = words.remove(0);
        let number = function.strip_prefix('f').and_then(|number| number.parse().ok());
        let function = fvm_isa::FunctionId(number.ok_or("`fN` expected")?);
        let args = words.iter().map(|word| value(word)).collect::<Result<Vec<_>, _>>()?;
        self.host.log.clear();
        self.logged = 0;
        self.calls += 1;
        let mut machine = Machine::new(self.module, self.schedule, self.limits);
        let mut traced = Vec::new();
        let mut host = self.host.clone();
        let first = machine.call_traced(function, &args, self.gas, &mut host, &mut |step| {
            traced.push(step.inst.opcode());
        });
        // The same call without a watcher ends the same way, with the same gas.
        let mut machine = Machine::new(self.module, self.schedule, self.limits);
        let outcome = machine.call(function, &args, self.gas, &mut self.host);
        same("second run", &format!("{outcome:?}"), &format!("{first:?}"))?;
        if traced.len() as u64 > outcome.instructions {
            return Err("more instructions were executed than counted".into());
        }
        self.executed.extend(traced);
        self.gas_used = outcome.gas_used;
        let found = match &outcome.ending {
            Ending::Returned(Value::Reference(slot)) => {
                format!("reference:{}", machine.class_name(*slot))
            }
            Ending::Returned(value) => print(value),
            Ending::Thrown(thrown) => format!("thrown:{}", thrown.class_name),
            Ending::Aborted(problem) => format!("aborted:{}", hex(problem)),
            Ending::Trapped(trap) => match &trap.detail {
                Some(detail) => format!("trap:{} {detail:?}", trap.code),
                None => format!("trap:{}", trap.code),
            },
        };
        same(&format!("call {}", call.trim()), &found, expected.trim())
    }
}

fn same(what: &str, found: &str, expected: &str) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: expected {expected}, found {found}"))
}
