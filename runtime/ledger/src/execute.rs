//! One handler on one contract: the host that it sees, and the changes that it wants. Nothing is
//! changed here; `deliver` makes a difference of [`Pending`] or drops it.

use crate::account::{Bytes, Key, Unavailable};
use crate::code::{Call, Code, CodeStore};
use crate::difference::Component;
use crate::message::{Outcomes, Request, SavedCall};
use crate::parameters::Facts;
use crate::problem::SystemProblem;
use fvm_isa::{FunctionId, HostId, StorageId, TrapCode};
use fvm_keys::Address;
use fvm_vm::{Ending, Host, HostError, Machine, Outcome, ShortBytes, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Messages and timers that one handler may emit.
pub const EMISSIONS_MAX: usize = 256;
/// Bytes of the arguments of one message.
pub const BODY_BYTES_MAX: usize = 64 << 10;
/// Bytes of one stored value or key.
pub const STORED_BYTES_MAX: usize = 4 << 10;
/// Bytes of all arguments that one handler may send.
pub const EMITTED_BYTES_MAX: usize = 1 << 20;
/// Events and Stories that one handler may append.
pub const RECORDS_MAX: usize = 1024;
/// How far ahead a call can be scheduled: ten years.
pub const SCHEDULE_SECONDS_MAX: i64 = 10 * 366 * 86_400;

/// The export that evaluates the invariants of a contract: the number of the first one that does
/// not hold, or -1.
pub const INVARIANTS_EXPORT: &str = "$invariants";

/// A handler to run.
#[derive(Clone, Copy, Debug)]
pub struct Invocation<'a> {
    /// The contract's code.
    pub code: &'a Code,
    /// Who sent the message.
    pub sender: Address,
    /// Coins of the message.
    pub value: u128,
    /// The contract's coins, those of the message among them.
    pub balance: u128,
    /// The exported function, from encoded arguments to an encoded result.
    pub function: FunctionId,
    /// Its method id; 0 of a constructor.
    pub method: u32,
    /// Encoded arguments.
    pub arguments: &'a [u8],
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
#[derive(Default, Debug)]
pub struct Pending {
    /// Storage: the new bytes; none where something is removed.
    pub writes: BTreeMap<Key, Option<Bytes>>,
    /// Events.
    pub events: Vec<Vec<u8>>,
    /// Stories.
    pub stories: Vec<Vec<u8>>,
    /// The contract is concluded.
    pub concludes: bool,
    /// Messages.
    pub emissions: Vec<Emission>,
    /// Calls to schedule: time, number, call.
    pub timers: Vec<(i64, u64, SavedCall)>,
    /// Numbers of scheduled calls that are cancelled.
    pub cancelled: BTreeSet<u64>,
    /// Coins that leave with the messages.
    pub spent: u128,
    /// Contracts created so far by this one.
    pub created: u64,
    /// Calls scheduled so far by this one.
    pub scheduled: u64,
    /// Bytes of the arguments of its messages.
    emitted_bytes: usize,
}

/// Runs a handler.
pub fn run(
    codes: &CodeStore,
    facts: &Facts,
    component: &Component<'_>,
    invocation: &Invocation<'_>,
) -> Result<Execution, Unavailable> {
    let code = invocation.code;
    let mut host = MessageHost::new(facts, component, invocation);
    let mut machine = Machine::new(&code.module, &facts.schedule, facts.limits);
    let arguments = [Value::Bytes(ShortBytes::from_slice(invocation.arguments))];
    let schedule = &*facts.schedule;
    let (function, gas) = (invocation.function, invocation.gas);
    let call = Call { function, arguments: &arguments, gas, schedule };
    let outcome = codes.call(&mut machine, code, call, &mut host);
    let (mut gas_used, mut instructions) = (outcome.gas_used, outcome.instructions);
    let mut result = returned(&mut machine, outcome);
    let invariants = code.module.module().export(INVARIANTS_EXPORT);
    if let (Ok(_), true, Some(invariants)) = (&result, invocation.checks_invariants, invariants) {
        let gas = invocation.gas.saturating_sub(gas_used);
        let mut machine = Machine::new(&code.module, schedule, facts.limits);
        let call = Call { function: invariants.function, arguments: &[], gas, schedule };
        let outcome = codes.call(&mut machine, code, call, &mut host);
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
    if let Some(unavailable) = host.unavailable {
        return Err(unavailable);
    }
    let result = match result {
        Ok(Value::Bytes(bytes)) => Ok((host.pending, bytes.into_vec())),
        Ok(Value::Unit | Value::Null) => Ok((host.pending, Vec::new())),
        Ok(_) => Err(SystemProblem::BadArguments.encode()),
        Err(problem) => Err(problem),
    };
    Ok(Execution { gas_used, instructions, result })
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
    facts: &'a Facts,
    component: &'a Component<'a>,
    invocation: &'a Invocation<'a>,
    balance: u128,
    pending: Pending,
    /// What was read last: the machine borrows it.
    read: Option<Bytes>,
    /// The state could not be read: the node's fault, whatever the handler makes of it.
    unavailable: Option<Unavailable>,
}

type Answer<T> = Result<T, HostError>;

fn malformed() -> HostError {
    HostError::Abort(SystemProblem::BadArguments.encode())
}

fn limit(name: &str) -> HostError {
    HostError::Abort(SystemProblem::Failed(format!("limit {name}")).encode())
}

impl<'a> MessageHost<'a> {
    fn new(facts: &'a Facts, component: &'a Component<'a>, invocation: &'a Invocation<'a>) -> Self {
        let pending = Pending {
            created: component.account.created,
            scheduled: component.account.scheduled,
            ..Pending::default()
        };
        let (balance, read, unavailable) = (invocation.balance, None, None);
        Self { facts, component, invocation, balance, pending, read, unavailable }
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
        let bytes = request.bytes() as usize;
        self.pending.emitted_bytes = self.pending.emitted_bytes.saturating_add(bytes);
        if self.pending.emitted_bytes > EMITTED_BYTES_MAX {
            return Err(limit("EMITTED_BYTES_MAX"));
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
        let Some(code) = self.invocation.code.package.get(class) else {
            return Err(HostError::Abort(SystemProblem::NoContract.encode()));
        };
        self.pending.created += 1;
        let address = Address::of_contract(self.component.address, self.pending.created);
        let request = Request::Create { code: *code, arguments: body.to_vec() };
        let outcomes = Outcomes { delivered: None, bounced: saved(bounced)? };
        self.emit(address, value, request, outcomes)?;
        Ok(Value::Bytes(address.0[..].into()))
    }

    fn schedule(&mut self, at: i64, call: &[u8]) -> Answer<Value> {
        if self.pending.emissions.len() + self.pending.timers.len() >= EMISSIONS_MAX {
            return Err(limit("EMISSIONS_MAX"));
        }
        if at.saturating_sub(self.facts.now) > SCHEDULE_SECONDS_MAX {
            return Err(limit("SCHEDULE_SECONDS_MAX"));
        }
        let call = saved(call)?.ok_or_else(malformed)?;
        self.pending.scheduled += 1;
        let number = self.pending.scheduled;
        self.pending.timers.push((at, number, call));
        Ok(Value::I64(number as i64))
    }

    fn cancel(&mut self, number: i64) {
        let number = number as u64;
        let scheduled = self.pending.timers.len();
        self.pending.timers.retain(|(_, timer, _)| *timer != number);
        if self.pending.timers.len() == scheduled {
            self.pending.cancelled.insert(number);
        }
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
            (10, []) => return Ok(Bytes(self.invocation.sender.0[..].into())),
            (11, []) => return Ok(U128(self.invocation.value)),
            (12, []) => return Ok(Bytes(self.component.address.0[..].into())),
            (13, []) => return Ok(U128(self.balance)),
            (14, []) => return Ok(I64(self.facts.now)),
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
        self.read = self.stored(&Key::value(field.0))?;
        Ok(self.read.as_deref())
    }

    fn storage_set(&mut self, field: StorageId, value: Option<&[u8]>) -> Answer<()> {
        let value = value.map(stored).transpose()?;
        self.pending.writes.insert(Key::value(field.0), value);
        Ok(())
    }

    fn map_get(&mut self, field: StorageId, key: &[u8]) -> Answer<Option<&[u8]>> {
        self.read = self.stored(&Key::entry(field.0, key))?;
        Ok(self.read.as_deref())
    }

    fn map_set(&mut self, field: StorageId, key: &[u8], value: &[u8]) -> Answer<()> {
        if key.len() > STORED_BYTES_MAX {
            return Err(limit("STORED_BYTES_MAX"));
        }
        let value = stored(value)?;
        let key = Key::entry(field.0, key);
        if self.stored(&key)?.is_none() {
            let size = self.size(field)?;
            self.set_size(field, size + 1);
        }
        self.pending.writes.insert(key, Some(value));
        Ok(())
    }

    fn map_remove(&mut self, field: StorageId, key: &[u8]) -> Answer<()> {
        let key = Key::entry(field.0, key);
        if self.stored(&key)?.is_some() {
            let size = self.size(field)?;
            self.set_size(field, size.saturating_sub(1));
            self.pending.writes.insert(key, None);
        }
        Ok(())
    }

    fn map_contains(&mut self, field: StorageId, key: &[u8]) -> Answer<bool> {
        Ok(self.stored(&Key::entry(field.0, key))?.is_some())
    }

    fn map_size(&mut self, field: StorageId) -> Answer<u64> {
        self.size(field)
    }
}

impl MessageHost<'_> {
    /// What the contract stores under a key, with what this handler wrote.
    fn stored(&mut self, key: &Key) -> Answer<Option<Bytes>> {
        if let Some(written) = self.pending.writes.get(key) {
            return Ok(written.clone());
        }
        self.component.stored(key).map_err(|unavailable| {
            let fault = HostError::Fault(unavailable.to_string());
            self.unavailable = Some(unavailable);
            fault
        })
    }

    /// The number of entries of a map or set, which is stored as eight bytes unless it is 0.
    fn size(&mut self, field: StorageId) -> Answer<u64> {
        let stored = self.stored(&Key::size(field.0))?;
        let bytes = stored.as_deref().and_then(|bytes| bytes.try_into().ok());
        Ok(bytes.map_or(0, u64::from_be_bytes))
    }

    fn set_size(&mut self, field: StorageId, size: u64) {
        let value = (size > 0).then(|| Bytes::from(size.to_be_bytes()));
        self.pending.writes.insert(Key::size(field.0), value);
    }
}

fn stored(value: &[u8]) -> Answer<Bytes> {
    if value.len() > STORED_BYTES_MAX {
        return Err(limit("STORED_BYTES_MAX"));
    }
    Ok(value.into())
}
