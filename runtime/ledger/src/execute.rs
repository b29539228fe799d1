//! One handler on one contract: the host that it sees, and the changes that it wants. Nothing is
//! changed here; the world commits [`Pending`] or drops it.

use crate::code::CodeStore;
use crate::message::{Outcomes, Request, SavedCall};
use crate::problem::SystemProblem;
use crate::state::{Contract, Storage};
use crate::world::State;
use fvm_isa::{FunctionId, HostId, StorageId, TrapCode};
use crate::address::Address;
use fvm_vm::{Ending, Host, HostError, Machine, Outcome, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Messages and timers that one handler may emit.
pub const EMISSIONS_MAX: usize = 256;
/// Bytes of the arguments of one message.
pub const BODY_BYTES_MAX: usize = 64 << 10;
/// Bytes of one stored value or key.
pub const STORED_BYTES_MAX: usize = 4 << 10;
/// Events and Stories that one handler may append.
pub const RECORDS_MAX: usize = 1024;
/// How far ahead a call can be scheduled: ten years.
pub const SCHEDULE_SECONDS_MAX: i64 = 10 * 366 * 86_400;

/// The export that evaluates the invariants of a contract: the number of the first one that does
/// not hold, or -1.
pub const INVARIANTS_EXPORT: &str = "$invariants";

/// A handler to run.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The contract.
    pub contract: Address,
    /// Who sent the message.
    pub sender: Address,
    /// Coins of the message; the contract's balance holds them already.
    pub value: u128,
    /// The exported function, from encoded arguments to an encoded result.
    pub function: FunctionId,
    /// Encoded arguments.
    pub arguments: Vec<u8>,
    /// Gas.
    pub gas: u64,
    /// Whether the invariants must hold afterwards.
    pub checks_invariants: bool,
}

/// What came of a handler.
#[derive(Debug)]
pub struct Execution {
    /// Gas used.
    pub gas_used: u64,
    /// Instructions executed.
    pub instructions: u64,
    /// The changes and the encoded result, or the encoded problem.
    pub result: Result<(Pending, Vec<u8>), Vec<u8>>,
}

/// A message that a handler wants to send.
#[derive(Clone, Debug)]
pub struct Emission {
    /// Receiver.
    pub to: Address,
    /// Coins.
    pub value: u128,
    /// What is asked.
    pub request: Request,
    /// What was saved for its outcomes.
    pub outcomes: Outcomes,
}

/// The changes that a handler wants.
#[derive(Debug)]
pub struct Pending {
    /// Storage.
    pub writes: Writes,
    /// Events.
    pub events: Vec<Vec<u8>>,
    /// Stories.
    pub stories: Vec<Vec<u8>>,
    /// The contract is concluded.
    pub concludes: bool,
    /// Messages.
    pub emissions: Vec<Emission>,
    /// Timers: time, number, call.
    pub timers: Vec<(i64, u64, SavedCall)>,
    /// Timers that are cancelled.
    pub cancelled: Vec<u64>,
    /// Coins that leave with the messages.
    pub spent: u128,
    /// Contracts created so far by this one.
    pub created: u64,
    /// The world's last number afterwards.
    pub sequence: u64,
}

/// The new bytes; none where something is removed.
type Written = Option<Rc<[u8]>>;

/// Writes on top of a storage.
#[derive(Default, Debug)]
pub struct Writes {
    values: BTreeMap<u32, Written>,
    entries: BTreeMap<(u32, Vec<u8>), Written>,
    sizes: BTreeMap<u32, u64>,
}

impl Writes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.entries.is_empty()
    }
    /// Makes them.
    pub fn apply(self, storage: &mut Storage) {
        for (field, value) in self.values {
            storage.set_value(field, value);
        }
        for ((field, key), value) in self.entries {
            match value {
                Some(value) => storage.set_entry(field, key, value),
                None => storage.remove_entry(field, &key),
            }
        }
    }
}

/// Runs a handler.
pub fn run(code: &CodeStore, state: &State, invocation: &Invocation) -> Execution {
    let failed = |problem: SystemProblem| Execution {
        gas_used: 0,
        instructions: 0,
        result: Err(problem.encode()),
    };
    let Some(contract) = state.accounts.contract(invocation.contract) else {
        return failed(SystemProblem::NoContract);
    };
    let Some(module) = code.module(&contract.class) else {
        return failed(SystemProblem::NoContract);
    };
    let mut host = MessageHost::new(code, state, contract, invocation);
    let mut machine = Machine::new(module, &code.schedule, code.limits);
    let arguments = [Value::Bytes(invocation.arguments.clone())];
    let class = &contract.class;
    let (function, gas) = (invocation.function, invocation.gas);
    let outcome = code.call(&mut machine, class, function, &arguments, gas, &mut host);
    let (mut gas_used, mut instructions) = (outcome.gas_used, outcome.instructions);
    let mut result = returned(&mut machine, outcome);
    let invariants = module.module().export(INVARIANTS_EXPORT);
    if let (Ok(_), true, Some(invariants)) = (&result, invocation.checks_invariants, invariants) {
        let gas = invocation.gas.saturating_sub(gas_used);
        let mut machine = Machine::new(module, &code.schedule, code.limits);
        let function = invariants.function;
        let outcome = code.call(&mut machine, class, function, &[], gas, &mut host);
        gas_used += outcome.gas_used;
        instructions += outcome.instructions;
        match returned(&mut machine, outcome) {
            Ok(Value::I32(-1)) => {}
            Ok(Value::I32(number)) => {
                result = Err(SystemProblem::InvariantBroken(number.unsigned_abs()).encode());
            }
            Ok(_) => result = Err(SystemProblem::BadArguments.encode()),
            Err(problem) => result = Err(problem),
        }
    }
    let result = match result {
        Ok(Value::Bytes(bytes)) => Ok((host.pending, bytes)),
        Ok(Value::Unit | Value::Null) => Ok((host.pending, Vec::new())),
        Ok(_) => Err(SystemProblem::BadArguments.encode()),
        Err(problem) => Err(problem),
    };
    Execution { gas_used, instructions, result }
}

/// The value that a call returned, or the encoded problem.
fn returned(machine: &mut Machine<'_>, outcome: Outcome) -> Result<Value, Vec<u8>> {
    match outcome.ending {
        Ending::Returned(value) => Ok(value),
        Ending::Aborted(problem) => Err(problem),
        Ending::Trapped(trap) => Err(match trap.code {
            TrapCode::OUT_OF_GAS => SystemProblem::OutOfGas,
            TrapCode::MALFORMED_DATA | TrapCode::MALFORMED_TEXT => SystemProblem::BadArguments,
            TrapCode::OUT_OF_MEMORY | TrapCode::STACK_OVERFLOW => {
                SystemProblem::Failed(format!("limit {}", trap.code))
            }
            _ => SystemProblem::Failed(trap.to_string()),
        }
        .encode()),
        Ending::Thrown(thrown) => Err(SystemProblem::Failed(machine.thrown_text(&thrown)).encode()),
    }
}

struct MessageHost<'a> {
    code: &'a CodeStore,
    state: &'a State,
    storage: &'a Storage,
    invocation: &'a Invocation,
    balance: u128,
    pending: Pending,
}

type Answer<T> = Result<T, HostError>;

fn malformed() -> HostError {
    HostError::Abort(SystemProblem::BadArguments.encode())
}

fn limit(name: &str) -> HostError {
    HostError::Abort(SystemProblem::Failed(format!("limit {name}")).encode())
}

impl<'a> MessageHost<'a> {
    fn new(
        code: &'a CodeStore,
        state: &'a State,
        contract: &'a Contract,
        invocation: &'a Invocation,
    ) -> Self {
        let account = state.accounts.get(invocation.contract);
        let pending = Pending {
            writes: Writes::default(),
            events: Vec::new(),
            stories: Vec::new(),
            concludes: false,
            emissions: Vec::new(),
            timers: Vec::new(),
            cancelled: Vec::new(),
            spent: 0,
            created: account.map_or(0, |account| account.created),
            sequence: state.sequence(),
        };
        let balance = state.accounts.balance(invocation.contract);
        Self { code, state, storage: &contract.storage, invocation, balance, pending }
    }

    fn emit(
        &mut self,
        to: Address,
        value: u128,
        request: Request,
        outcomes: Outcomes,
    ) -> Answer<()> {
        if self.pending.emissions.len() + self.pending.timers.len() >= EMISSIONS_MAX {
            return Err(limit("EMISSIONS_MAX"));
        }
        let left = self.balance.checked_sub(value);
        let left = left.ok_or_else(|| HostError::Abort(SystemProblem::NotEnoughCoins.encode()))?;
        self.balance = left;
        self.pending.spent += value;
        self.pending.emissions.push(Emission { to, value, request, outcomes });
        Ok(())
    }

    fn record(&mut self, bytes: &[u8], is_story: bool) -> Answer<()> {
        if self.pending.events.len() + self.pending.stories.len() >= RECORDS_MAX {
            return Err(limit("RECORDS_MAX"));
        }
        if bytes.len() > BODY_BYTES_MAX {
            return Err(limit("BODY_BYTES_MAX"));
        }
        let records = if is_story { &mut self.pending.stories } else { &mut self.pending.events };
        records.push(bytes.to_vec());
        Ok(())
    }

    fn spawn(&mut self, class: &str, body: &[u8], value: u128, bounced: &[u8]) -> Answer<Value> {
        if self.code.constructor(class).is_none() {
            return Err(HostError::Abort(SystemProblem::NoContract.encode()));
        }
        self.pending.created += 1;
        let address = Address::of_contract(self.invocation.contract, self.pending.created);
        let request = Request::Create { class: class.into(), arguments: body.to_vec() };
        let outcomes = Outcomes { delivered: None, bounced: saved(bounced)? };
        self.emit(address, value, request, outcomes)?;
        Ok(Value::Bytes(address.0.to_vec()))
    }

    fn schedule(&mut self, at: i64, call: &[u8]) -> Answer<Value> {
        if self.pending.emissions.len() + self.pending.timers.len() >= EMISSIONS_MAX {
            return Err(limit("EMISSIONS_MAX"));
        }
        if at.saturating_sub(self.state.now) > SCHEDULE_SECONDS_MAX {
            return Err(limit("SCHEDULE_SECONDS_MAX"));
        }
        let call = saved(call)?.ok_or_else(malformed)?;
        self.pending.sequence += 1;
        let number = self.pending.sequence;
        self.pending.timers.push((at, number, call));
        Ok(Value::I64(number as i64))
    }

    fn cancel(&mut self, number: i64) {
        let number = number as u64;
        self.pending.timers.retain(|(_, timer, _)| *timer != number);
        self.pending.cancelled.push(number);
    }
}

fn saved(bytes: &[u8]) -> Answer<Option<SavedCall>> {
    if bytes.len() > BODY_BYTES_MAX {
        return Err(limit("BODY_BYTES_MAX"));
    }
    SavedCall::decode(bytes).map_err(|_| malformed())
}

fn address(bytes: &[u8]) -> Answer<Address> {
    Address::from_bytes(bytes).ok_or_else(malformed)
}

fn body(bytes: &[u8]) -> Answer<Vec<u8>> {
    if bytes.len() > BODY_BYTES_MAX {
        return Err(limit("BODY_BYTES_MAX"));
    }
    Ok(bytes.to_vec())
}

impl Host for MessageHost<'_> {
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Answer<Value> {
        use Value::{Bytes, I32, I64, Text, U128};
        match (function.0, args.as_slice()) {
            // Printing is a debug effect of the local world; it reaches nobody here.
            (1, [Text(_)]) => {}
            (10, []) => return Ok(Bytes(self.invocation.sender.0.to_vec())),
            (11, []) => return Ok(U128(self.invocation.value)),
            (12, []) => return Ok(Bytes(self.invocation.contract.0.to_vec())),
            (13, []) => return Ok(U128(self.balance)),
            (14, []) => return Ok(I64(self.state.now)),
            (20, [Bytes(event)]) => self.record(event, false)?,
            (21, [Bytes(story)]) => self.record(story, true)?,
            (22, [Bytes(story)]) => {
                self.record(story, true)?;
                self.pending.concludes = true;
            }
            (30, [Bytes(to), U128(amount), Bytes(delivered), Bytes(bounced)]) => {
                let outcomes = Outcomes { delivered: saved(delivered)?, bounced: saved(bounced)? };
                self.emit(address(to)?, *amount, Request::Pay, outcomes)?;
            }
            (31, [Bytes(to), I32(method), Bytes(arguments), U128(amount), Bytes(bounced)]) => {
                let request = Request::Call { method: *method as u32, arguments: body(arguments)? };
                let outcomes = Outcomes { delivered: None, bounced: saved(bounced)? };
                self.emit(address(to)?, *amount, request, outcomes)?;
            }
            (
                32,
                [
                    Bytes(to),
                    I32(method),
                    Bytes(arguments),
                    U128(amount),
                    Bytes(reply),
                    Bytes(bounced),
                ],
            ) => {
                let request = Request::Call { method: *method as u32, arguments: body(arguments)? };
                let outcomes = Outcomes { delivered: saved(reply)?, bounced: saved(bounced)? };
                self.emit(address(to)?, *amount, request, outcomes)?;
            }
            (33, [Text(class), Bytes(arguments), U128(amount), Bytes(bounced)]) => {
                body(arguments)?;
                return self.spawn(class, arguments, *amount, bounced);
            }
            (34, [I64(at), Bytes(call)]) => return self.schedule(*at, call),
            (35, [I64(number)]) => self.cancel(*number),
            (number, _) => {
                return Err(HostError::Fault(format!("no host function {number} in a contract")));
            }
        }
        Ok(Value::Unit)
    }

    fn storage_get(&mut self, field: StorageId) -> Answer<Option<&[u8]>> {
        let field = u32::from(field.0);
        let value = match self.pending.writes.values.get(&field) {
            Some(written) => written.as_ref(),
            None => self.storage.value(field),
        };
        Ok(value.map(|bytes| &bytes[..]))
    }

    fn storage_set(&mut self, field: StorageId, value: Option<&[u8]>) -> Answer<()> {
        let value = value.map(stored).transpose()?;
        self.pending.writes.values.insert(field.0.into(), value);
        Ok(())
    }

    fn map_get(&mut self, field: StorageId, key: &[u8]) -> Answer<Option<&[u8]>> {
        Ok(self.entry(field, key).map(|bytes| &bytes[..]))
    }

    fn map_set(&mut self, field: StorageId, key: &[u8], value: &[u8]) -> Answer<()> {
        if key.len() > STORED_BYTES_MAX {
            return Err(limit("STORED_BYTES_MAX"));
        }
        let value = stored(value)?;
        if self.entry(field, key).is_none() {
            *self.size(field) += 1;
        }
        self.pending.writes.entries.insert((field.0.into(), key.to_vec()), Some(value));
        Ok(())
    }

    fn map_remove(&mut self, field: StorageId, key: &[u8]) -> Answer<()> {
        if self.entry(field, key).is_some() {
            *self.size(field) -= 1;
            self.pending.writes.entries.insert((field.0.into(), key.to_vec()), None);
        }
        Ok(())
    }

    fn map_contains(&mut self, field: StorageId, key: &[u8]) -> Answer<bool> {
        Ok(self.entry(field, key).is_some())
    }

    fn map_size(&mut self, field: StorageId) -> Answer<u64> {
        Ok(*self.size(field))
    }
}

impl MessageHost<'_> {
    fn entry(&self, field: StorageId, key: &[u8]) -> Option<&Rc<[u8]>> {
        let field = u32::from(field.0);
        match self.pending.writes.entries.get(&(field, key.to_vec())) {
            Some(written) => written.as_ref(),
            None => self.storage.entry(field, key),
        }
    }

    fn size(&mut self, field: StorageId) -> &mut u64 {
        let field = u32::from(field.0);
        let stored = self.storage.size(field);
        self.pending.writes.sizes.entry(field).or_insert(stored)
    }
}

fn stored(value: &[u8]) -> Answer<Rc<[u8]>> {
    if value.len() > STORED_BYTES_MAX {
        return Err(limit("STORED_BYTES_MAX"));
    }
    Ok(value.into())
}
