//! Assembly files under `tests/vm` as tests: one trial for each file.
//!
//! Expectations are comments of the file:
//!
//! - `; call fN ARG… => RESULT` calls a function on a fresh machine; storage lives on from call to
//!   call. Values are `i32:1 i64:1 f64:1.5 u128:1 i128:-1 text:"…" bytes:00ff null unit`; a result
//!   can also be `reference:CLASS`, `thrown:CLASS`, `aborted:00ff`, `trap:CODE` or
//!   `trap:CODE "detail"`.
//! - `; gas N` says what the call before used.
//! - `; limit gas=N memory=N depth=N slots=N` holds for the calls after it.
//! - `; log TEXT` says what the call before told the host, in order.
//! - `; rejected RULE TEXT` says that the verifier rejects the module, with this text inside.
//!
//! Every module must also survive the wire and print as itself. All files of `exec` together must
//! execute every opcode. Files of `gas` run under the schedule beside them.

use fvm_isa::{HostId, Opcode, StorageId, text, wire};
use fvm_vm::{Ending, Host, HostError, Limits, Machine, Schedule, Value, VerifiedModule, verify};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vm");
    let mut trials = Vec::new();
    for folder in ["exec", "gas", "verify"] {
        let schedule = match folder {
            "gas" => read(&root.join("gas/schedule.json")),
            _ => read(&root.join("../../runtime/schedules/v1.json")),
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

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "fasm"));
    paths.sort();
    paths
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

/// Checks a file and gives the opcodes that it executed.
fn check(path: &Path, schedule: &Schedule) -> Result<BTreeSet<Opcode>, Failed> {
    let source = read(path);
    let module = text::parse(&source).map_err(|error| error.to_string())?;
    let bytes = wire::encode(&module);
    if wire::decode(&bytes).as_ref() != Ok(&module) {
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

/// Splits at blanks outside of quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.trim().chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => {
                words.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words
}

fn value(word: &str) -> Result<Value, String> {
    let (kind, rest) = word.split_once(':').unwrap_or((word, ""));
    let error = || format!("`{word}` is no value");
    Ok(match kind {
        "i32" => Value::I32(rest.parse().map_err(|_| error())?),
        "i64" => Value::I64(rest.parse().map_err(|_| error())?),
        "f64" => Value::F64(rest.parse().map_err(|_| error())?),
        "u128" => Value::U128(rest.parse().map_err(|_| error())?),
        "i128" => Value::I128(rest.parse().map_err(|_| error())?),
        "text" => Value::Text(rest.trim_matches('"').to_owned()),
        "bytes" => Value::Bytes(unhex(rest).ok_or_else(error)?),
        "null" => Value::Null,
        _ => return Err(error()),
    })
}

fn print(value: &Value) -> String {
    match value {
        Value::Unit => "unit".into(),
        Value::I32(value) => format!("i32:{value}"),
        Value::I64(value) => format!("i64:{value}"),
        Value::F64(value) => format!("f64:{value:?}"),
        Value::U128(value) => format!("u128:{value}"),
        Value::I128(value) => format!("i128:{value}"),
        Value::Text(text) => format!("text:{text:?}"),
        Value::Bytes(bytes) => format!("bytes:{}", hex(bytes)),
        Value::Null => "null".into(),
        Value::Reference(slot) => format!("reference:{slot}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect()
}

/// A host that keeps storage in memory, answers a few functions and notes all of them.
#[derive(Clone, Default)]
struct TestHost {
    scalars: BTreeMap<StorageId, Vec<u8>>,
    maps: BTreeMap<StorageId, BTreeMap<Vec<u8>, Vec<u8>>>,
    log: Vec<String>,
}

impl Host for TestHost {
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Result<Value, HostError> {
        let name = fvm_isa::HostInfo::by_number(function).map_or("?", |info| info.name);
        let args: Vec<String> = args.iter().map(print).collect();
        self.log.push(format!("{name} {}", args.join(" ")).trim_end().to_owned());
        Ok(match name {
            "host.print" | "host.emit" | "host.pay" => Value::Unit,
            "host.msg_sender" => Value::Bytes(vec![7; 20]),
            "host.msg_value" => Value::U128(5),
            "host.now" => Value::I64(1_000),
            "host.world_random" => Value::I32(1),
            "host.cancel" => return Err(HostError::Refused("no such timer".into())),
            "host.conclude" => return Err(HostError::Abort(vec![9])),
            "host.balance" => return Err(HostError::OutOfGas),
            _ => return Err(HostError::Fault(format!("no {name} here"))),
        })
    }
    fn storage_get(&mut self, field: StorageId) -> Result<Option<&[u8]>, HostError> {
        Ok(self.scalars.get(&field).map(Vec::as_slice))
    }
    fn storage_set(&mut self, field: StorageId, value: Option<&[u8]>) -> Result<(), HostError> {
        match value {
            Some(value) => self.scalars.insert(field, value.to_vec()),
            None => self.scalars.remove(&field),
        };
        Ok(())
    }
    fn map_get(&mut self, field: StorageId, key: &[u8]) -> Result<Option<&[u8]>, HostError> {
        Ok(self.maps.entry(field).or_default().get(key).map(Vec::as_slice))
    }
    fn map_set(&mut self, field: StorageId, key: &[u8], value: &[u8]) -> Result<(), HostError> {
        self.maps.entry(field).or_default().insert(key.to_vec(), value.to_vec());
        Ok(())
    }
    fn map_remove(&mut self, field: StorageId, key: &[u8]) -> Result<(), HostError> {
        self.maps.entry(field).or_default().remove(key);
        Ok(())
    }
    fn map_contains(&mut self, field: StorageId, key: &[u8]) -> Result<bool, HostError> {
        Ok(self.maps.entry(field).or_default().contains_key(key))
    }
    fn map_size(&mut self, field: StorageId) -> Result<u64, HostError> {
        Ok(self.maps.entry(field).or_default().len() as u64)
    }
}
