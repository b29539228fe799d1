//! How a node embeds the machine: load and verify a module, choose an engine, give the machine a
//! host of one's own, call, read the gas, use the machine again. Told in `docs/embedding.md`; run
//! with `cargo run --release -p fvm-threaded --example embed`.

use fvm_isa::{HostId, StorageId, text, wire};
use fvm_vm::{
    Ending, Host, HostError, Limits, Machine, Schedule, ShortBytes, Value, VerifiedModule,
};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;

/// The surroundings of a contract: its storage, and how often it looked there.
#[derive(Default)]
struct Storage {
    scalars: BTreeMap<StorageId, Vec<u8>>,
    maps: BTreeMap<(StorageId, Vec<u8>), Vec<u8>>,
    reads: usize,
}

impl Host for Storage {
    fn call(&mut self, function: HostId, _args: Vec<Value>) -> Result<Value, HostError> {
        Err(HostError::Refused(format!("no function {} here", function.0)))
    }
    fn storage_get(&mut self, field: StorageId) -> Result<Option<&[u8]>, HostError> {
        self.reads += 1;
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
        self.reads += 1;
        Ok(self.maps.get(&(field, key.to_vec())).map(Vec::as_slice))
    }
    fn map_set(&mut self, field: StorageId, key: &[u8], value: &[u8]) -> Result<(), HostError> {
        self.maps.insert((field, key.to_vec()), value.to_vec());
        Ok(())
    }
}

/// Adds a number to the counter, and tells what came of it.
fn add(
    machine: &mut Machine<'_>,
    storage: &mut Storage,
    number: i64,
    gas: u64,
) -> Result<String, Box<dyn Error>> {
    let module = machine.verified().module();
    let function = module.export("add").ok_or("no entry `add`")?.function;
    let args = [Value::Bytes(number.to_be_bytes()[..].into())];
    let outcome = machine.call(function, &args, gas, storage);
    let ending = match outcome.ending {
        Ending::Returned(Value::Bytes(bytes)) => match <[u8; 8]>::try_from(&bytes[..]) {
            Ok(bytes) => format!("count {}", i64::from_be_bytes(bytes)),
            Err(_) => "bytes of another length".to_owned(),
        },
        Ending::Returned(value) => format!("returned {value:?}"),
        Ending::Trapped(trap) => format!("trap {trap}"),
        Ending::Thrown(thrown) => format!("thrown {}", thrown.class_name),
        Ending::Aborted(problem) => format!("aborted with {} bytes", problem.len()),
    };
    Ok(format!("{ending}, gas {}, memory {}", outcome.gas_used, outcome.memory_bytes))
}

/// What the example tells.
pub fn tell() -> Result<String, Box<dyn Error>> {
    let mut told = String::new();

    // A module comes as bytes; these stand for what the compiler writes. Whatever they are, they
    // are checked, and only what is verified can be run.
    let bytes = wire::encode(&text::parse(include_str!("counter.fasm"))?);
    let module: VerifiedModule = fvm_vm::load(&bytes)?;
    writeln!(
        told,
        "module {}: {} functions",
        module.module().name,
        module.module().functions.len()
    )?;
    let problem = fvm_vm::load(&bytes[1..]).err().ok_or("half a module was accepted")?;
    writeln!(told, "without its first byte: {problem}")?;

    // The reference engine runs it, unless another one is attached; that is for the life of the
    // module.
    let program = fvm_threaded::attach(&module)?;
    writeln!(told, "instructions: {}", program.report().instructions)?;

    // A machine is an instance: arena and module-wide variables. Storage is the host's.
    let schedule = Schedule::standard();
    let mut machine = Machine::new(&module, &schedule, Limits::CONTRACT);
    let mut storage = Storage::default();
    writeln!(told, "{}", add(&mut machine, &mut storage, 5, 100_000)?)?;

    // The next message: the machine as if new, in the memory that it has.
    machine.reset();
    writeln!(told, "{}", add(&mut machine, &mut storage, 37, 100_000)?)?;

    // Gas that does not suffice is used up; what the host was told before is for the host to undo.
    machine.reset();
    writeln!(told, "{}", add(&mut machine, &mut storage, 1, 500)?)?;

    // A call that never ends is ended by gas, whatever it does.
    machine.reset();
    let spin = module.module().export("spin").ok_or("no view `spin`")?.function;
    let outcome = machine.call(spin, &[Value::Bytes(ShortBytes::new())], 1_000_000, &mut storage);
    writeln!(told, "spinning: gas {}", outcome.gas_used)?;
    writeln!(told, "reads of storage: {}", storage.reads)?;
    Ok(told)
}

#[allow(dead_code, reason = "the test of the page runs `tell` itself")]
fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", tell()?);
    Ok(())
}
