//! Engines compared: calls of a module's functions in all engines, with enough gas, with less, and with small limits; values, traps with their places,
//! gas, memory, storage and what the host was asked must be the same. And random programs in Scala,
//! unoptimised and optimised, which must also print the same.
//!
//! `tests/examples/compare.rs` runs as many as one likes; a difference comes with the smallest recipe
//! that shows it.

mod programs;

pub use programs::compare_programs;

use crate::engines::{Other, others};
use crate::host::Recorder;
use crate::modules;
use crate::random::Random;
use fvm_isa::{FunctionId, Module, Opcode, StorageKind, ValueType, wire};
use fvm_vm::engine::Engine;
use fvm_vm::{Ending, Limits, Machine, Outcome, Schedule, Value, VerifiedModule};
use std::collections::{BTreeMap, BTreeSet};

/// What was seen of some modules.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Modules.
    pub modules: u64,
    /// Of these, modules that the verifier accepted.
    pub accepted: u64,
    /// Calls, in each engine.
    pub calls: u64,
    /// How calls with enough gas ended, and how many did.
    pub endings: BTreeMap<String, u64>,
    /// Opcodes that modules hold.
    pub held: BTreeSet<Opcode>,
    /// Instructions that calls with enough gas executed.
    pub instructions: u64,
    /// Which opcodes these had, by their bytes.
    pub executed: Vec<bool>,
}

impl Default for Seen {
    fn default() -> Seen {
        Seen {
            modules: 0,
            accepted: 0,
            calls: 0,
            endings: BTreeMap::new(),
            held: BTreeSet::new(),
            instructions: 0,
            executed: vec![false; 256],
        }
    }
}

impl Seen {
    /// Adds what was seen elsewhere.
    pub fn add(&mut self, other: Seen) {
        self.modules += other.modules;
        self.accepted += other.accepted;
        self.calls += other.calls;
        for (ending, count) in other.endings {
            *self.endings.entry(ending).or_default() += count;
        }
        self.held.extend(other.held);
        self.instructions += other.instructions;
        self.executed.iter_mut().zip(other.executed).for_each(|(is, other)| *is |= other);
    }
}

/// How closely a module is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// Some amounts of gas.
    Brief,
    /// Many amounts of gas.
    Close,
}

/// Gas of a call: some thousand instructions.
const GAS: u64 = 60_000;
/// Amounts of gas that a close look tries.
const STOPS: u64 = 60;
const LIMITS: Limits = Limits { stack_slots: 4_096, call_depth: 32, memory_bytes: 1 << 13 };
/// Limits that are soon reached.
const SMALL: Limits = Limits { stack_slots: 48, call_depth: 2, memory_bytes: 256 };

/// Bytes that make a module, from anywhere.
pub fn recipe(seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    let length = 40 + random.below(760);
    (0..length).map(|_| random.bits() as u8).collect()
}

/// Compares the engines on the module that a recipe makes.
///
/// # Errors
/// What is different, with the module.
pub fn compare_recipe(recipe: &[u8], look: Look, seen: &mut Seen) -> Result<(), String> {
    let module = modules::module(recipe);
    seen.modules += 1;
    let bytes = wire::encode(&module);
    if wire::decode(&bytes).as_ref() != Ok(&module) {
        return Err(format!("does not survive the wire\n{}", print(&module)));
    }
    let insts = module.functions.iter().flat_map(|f| &f.blocks).flat_map(|block| &block.insts);
    seen.held.extend(insts.map(fvm_isa::Inst::opcode));
    let seed = recipe.iter().fold(7, |seed: u64, byte| seed.wrapping_mul(31) + u64::from(*byte));
    match fvm_vm::verify(module) {
        Ok(verified) => compare_module(&verified, seed, look, seen),
        Err(error) => Err(format!("{error}\n{}", print(&modules::module(recipe)))),
    }
}

/// Compares the engines on a module; what it is called with depends on the seed.
///
/// # Errors
/// What is different, with the module.
pub fn compare_module(
    verified: &VerifiedModule,
    seed: u64,
    look: Look,
    seen: &mut Seen,
) -> Result<(), String> {
    seen.accepted += 1;
    let comparison = Comparison {
        verified,
        schedule: &Schedule::standard(),
        others: others(verified)?,
        host: host(verified.module(), seed),
    };
    let mut random = Random::new(seed);
    let calls = calls(verified.module(), &mut random);
    comparison.run(&calls, look, &mut random, seen)
}

/// Calls of some functions, with arguments.
fn calls(module: &Module, random: &mut Random) -> Vec<(FunctionId, Vec<Value>)> {
    let count = module.functions.len();
    let numbers = [0, random.below(count.max(1)), random.below(count.max(1))];
    let of = |number: usize| {
        let function = module.functions.get(number)?;
        let args = function.params.iter().map(|ty| argument(*ty, random)).collect();
        Some((FunctionId(number as u16), args))
    };
    numbers.into_iter().filter_map(of).collect()
}

fn argument(ty: ValueType, random: &mut Random) -> Value {
    let bits = random.bits() >> random.below(64);
    match ty {
        ValueType::I32 => Value::I32(bits as i32),
        ValueType::I64 => Value::I64(bits as i64),
        ValueType::F64 => Value::F64(f64::from_bits(random.bits())),
        ValueType::U128 => Value::U128(u128::from(bits) << random.below(64)),
        ValueType::I128 => Value::I128(i128::from(bits as i64) << random.below(60)),
        ValueType::Any if bits.is_multiple_of(3) => Value::Bytes(bits.to_be_bytes()[..].into()),
        ValueType::Ref(fvm_isa::builtin::BYTES) => Value::Bytes(bits.to_be_bytes()[..].into()),
        ValueType::Any | ValueType::Ref(fvm_isa::builtin::STRING) => {
            Value::Text(if bits.is_multiple_of(2) { "text".into() } else { "Ж😀".into() })
        }
        // Where this does not fit, the call ends before it begins: in all engines alike.
        ValueType::Ref(_) => Value::Null,
    }
}

/// A host with something in storage, some of it malformed.
fn host(module: &Module, seed: u64) -> Recorder {
    let mut random = Random::new(seed ^ 1);
    let mut host = Recorder { is_inventive: true, ..Recorder::default() };
    let mut bytes = |width: Option<usize>| -> Vec<u8> {
        let length = width.filter(|_| random.below(5) > 0).unwrap_or(random.below(20));
        let fill = [0, 1, 0xff, random.bits() as u8][random.below(4)];
        vec![fill; length]
    };
    for (number, field) in module.storage.iter().enumerate() {
        let value = bytes(field.value.bytes());
        match field.kind {
            StorageKind::Scalar => drop(host.scalars.insert(number as u16, value)),
            StorageKind::Map | StorageKind::Set => {
                let key = bytes(field.key.bytes());
                host.maps.entry(number as u16).or_default().insert(key, value);
            }
        }
    }
    host
}

struct Comparison<'a> {
    verified: &'a VerifiedModule,
    schedule: &'a Schedule,
    others: Vec<Other>,
    host: Recorder,
}

impl Comparison<'_> {
    fn run(
        &self,
        calls: &[(FunctionId, Vec<Value>)],
        look: Look,
        random: &mut Random,
        seen: &mut Seen,
    ) -> Result<(), String> {
        let outcomes = self.same(calls, GAS, LIMITS, seen)?;
        for outcome in &outcomes {
            *seen.endings.entry(name(&outcome.ending)).or_default() += 1;
        }
        let used = outcomes.first().map_or(0, |outcome| outcome.gas_used);
        let first = &calls[..calls.len().min(1)];
        match look {
            Look::Brief => {
                for _ in 0..2 {
                    let gas = random.bits() % (used + 1);
                    self.same(first, gas, LIMITS, seen)?;
                }
            }
            Look::Close => {
                let step = (used / STOPS).max(1) as usize;
                for gas in (0..=used).step_by(step) {
                    self.same(first, gas, LIMITS, seen)?;
                }
            }
        }
        let mut machine = Machine::new(self.verified, self.schedule, LIMITS);
        let mut host = self.host.clone();
        for ((function, args), expected) in calls.iter().zip(&outcomes) {
            let found = machine.call_traced(*function, args, GAS, &mut host, &mut |step| {
                seen.instructions += 1;
                seen.executed[usize::from(step.inst.opcode().byte())] = true;
            });
            if shown(&found) != shown(expected) {
                return Err(format!("watched: {} instead of {}", shown(&found), shown(expected)));
            }
        }
        self.same(first, GAS, SMALL, seen)?;
        Ok(())
    }

    /// The outcomes of calls on one machine, if they are the same in all engines.
    fn same(
        &self,
        calls: &[(FunctionId, Vec<Value>)],
        gas: u64,
        limits: Limits,
        seen: &mut Seen,
    ) -> Result<Vec<Outcome>, String> {
        let (expected, host) = self.outcomes(None, calls, gas, limits);
        seen.calls += calls.len() as u64;
        for other in &self.others {
            let engine_name = other.name();
            let (found, other) = self.outcomes(Some(&*other.engine), calls, gas, limits);
            for ((found, expected), (function, args)) in found.iter().zip(&expected).zip(calls) {
                let (found, expected) = (shown(found), shown(expected));
                if found != expected {
                    return Err(format!(
                        "{engine_name}: {function} {args:?} with {gas} gas, {limits:?}:\n{found}\n\
                         instead of\n{expected}\n{}",
                        print(self.verified.module())
                    ));
                }
            }
            if other != host {
                return Err(format!(
                    "{engine_name}: {calls:?} with {gas} gas, {limits:?}, leave the host as\n\
                     {other:?}\ninstead of\n{host:?}\n{}",
                    print(self.verified.module())
                ));
            }
        }
        Ok(expected)
    }

    fn outcomes(
        &self,
        engine: Option<&dyn Engine>,
        calls: &[(FunctionId, Vec<Value>)],
        gas: u64,
        limits: Limits,
    ) -> (Vec<Outcome>, Recorder) {
        let mut machine = Machine::new(self.verified, self.schedule, limits);
        let mut host = self.host.clone();
        let outcomes = calls.iter().map(|(function, args)| match engine {
            None => machine.call(*function, args, gas, &mut host),
            Some(engine) => machine.call_in(engine, *function, args, gas, &mut host),
        });
        (outcomes.collect(), host)
    }
}

/// All of an outcome but what only the reference engine counts. As text, since NaN differs from
/// itself.
fn shown(outcome: &Outcome) -> String {
    let Outcome { ending, gas_used, memory_bytes, .. } = outcome;
    format!("{ending:?}, {gas_used} gas, {memory_bytes} bytes")
}

/// How a call ended, for counting.
fn name(ending: &Ending) -> String {
    match ending {
        Ending::Returned(_) => "returned".into(),
        Ending::Thrown(_) => "thrown".into(),
        Ending::Trapped(trap) => trap.code.to_string(),
        Ending::Aborted(_) => "aborted".into(),
    }
}

fn print(module: &Module) -> String {
    fvm_isa::text::print(module, None)
}

/// The smallest recipe found for which something still holds.
pub fn shrink(recipe: &[u8], holds: &dyn Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut smallest = recipe.to_vec();
    let mut size = smallest.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < smallest.len() {
            let end = (at + size).min(smallest.len());
            let mut without = smallest.clone();
            without.drain(at..end);
            let mut zeroed = smallest.clone();
            zeroed[at..end].fill(0);
            if holds(&without) {
                smallest = without;
            } else if zeroed != smallest && holds(&zeroed) {
                smallest = zeroed;
                at += size;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    smallest
}

/// Compares the engines on modules of neighbouring seeds, and looks closely at some of them.
///
/// # Errors
/// The first difference, with the smallest recipe that shows it.
pub fn compare_modules(first: u64, count: u64) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for seed in first..first + count {
        let recipe = recipe(seed);
        let look = if seed.is_multiple_of(50) { Look::Close } else { Look::Brief };
        if compare_recipe(&recipe, look, &mut seen).is_err() {
            let differs = |recipe: &[u8]| {
                compare_recipe(recipe, Look::Close, &mut Seen::default()).is_err()
                    || compare_recipe(recipe, Look::Brief, &mut Seen::default()).is_err()
            };
            let smallest = shrink(&recipe, &differs);
            let problem = [Look::Brief, Look::Close]
                .into_iter()
                .find_map(|look| compare_recipe(&smallest, look, &mut Seen::default()).err());
            let problem = problem.unwrap_or_else(|| "only the first recipe shows it".into());
            return Err(format!("seed {seed}, recipe {smallest:?}: {problem}"));
        }
    }
    Ok(seen)
}
