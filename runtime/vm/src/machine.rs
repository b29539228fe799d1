//! The machine: stack, frames, arena; from a call to its outcome.

use crate::engine::Derived;
use crate::exec::{self, Finish};
use crate::heap::{Heap, NULL_OBJECT};
use crate::host::Host;
use crate::image::PricedBlock;
use crate::outcome::{Ending, Location, Outcome, Thrown, Trap};
use crate::profile::Profile;
use crate::schedule::Schedule;
use crate::store::{Result as StoreResult, Stop, Store, trap};
use crate::value::{NULL, ShortBytes, Slot, Value, as_f64, class_of, f64_slot, i32_slot, i64_slot};
use crate::verify::{Priced, VerifiedModule};
use fvm_isa::{FunctionId, Inst, TrapCode, ValueType, builtin};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Limits of a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Registers of all active frames together.
    pub stack_slots: usize,
    /// Active calls.
    pub call_depth: usize,
    /// Bytes of the arena, beside the constants of the module.
    pub memory_bytes: usize,
}

impl Limits {
    /// For the messages of contracts.
    pub const CONTRACT: Limits =
        Limits { stack_slots: 65_536, call_depth: 1_024, memory_bytes: 16 << 20 };

    /// For programs on the machine of the one who runs them.
    pub const PROGRAM: Limits =
        Limits { stack_slots: 4 << 20, call_depth: 1 << 18, memory_bytes: 1 << 30 };
}

/// An instruction about to be executed, for whoever watches.
pub struct Step<'a> {
    /// Where it stands.
    pub location: Location,
    /// The instruction.
    pub inst: &'a Inst,
    /// Gas left; the block has been paid for.
    pub gas: u64,
    /// Calls around this one that are not finished.
    pub depth: usize,
    /// Registers of the frame; those that the program has not set mean nothing.
    pub registers: &'a [Slot; 256],
}

/// The record of a call that is not finished: how its caller goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Where the caller goes on.
    pub return_pc: u32,
    /// The caller's window.
    pub base: u32,
    /// The caller's first block.
    pub first_block: u32,
    /// Whether the call catches.
    pub is_catching: bool,
}

/// The most gas that a call takes; more counts as this much. So gas has a sign to spare in every
/// engine.
pub const GAS_MAX: u64 = i64::MAX as u64;

/// Runs functions of a verified module. The arena and the globals live as long as the machine, so
/// what one call returns can be given to the next.
pub struct Machine<'m> {
    pub(crate) module: &'m VerifiedModule,
    pub(crate) blocks: Arc<[PricedBlock]>,
    pub(crate) derived: Arc<Derived>,
    pub(crate) limits: Limits,
    pub(crate) store: Store<'m>,
    /// References that calls gave to the outside: no others are taken back as arguments, so that
    /// nobody can make one up.
    given: BTreeSet<Slot>,
    pub(crate) stack: Vec<Slot>,
    pub(crate) frames: Vec<Frame>,
    pub(crate) instructions: u64,
    pub(crate) moves: u64,
}

impl<'m> Machine<'m> {
    /// A machine with an empty arena.
    pub fn new(module: &'m VerifiedModule, schedule: &Schedule, limits: Limits) -> Machine<'m> {
        let image = module.image();
        let Priced { blocks, derived, .. } = module.priced(schedule);
        Machine {
            module,
            blocks,
            derived,
            limits,
            store: Store {
                image,
                sizes: schedule.sizes.clone(),
                heap: Heap::new(&image.arena, limits.memory_bytes),
                globals: vec![NULL; image.globals],
                gas: 0,
            },
            given: BTreeSet::new(),
            stack: Vec::new(),
            frames: Vec::new(),
            instructions: 0,
            moves: 0,
        }
    }

    /// Makes the machine as a new one, with an empty arena, but keeps its memory: a message on a
    /// machine that is reset needs no allocation that one before did not need. References that calls
    /// gave mean nothing afterwards, and are taken back by no call.
    pub fn reset(&mut self) {
        self.store.heap.reset(self.store.image.arena.len());
        // To fill nothing, which lies nowhere, can take a processor longer than the whole call.
        if !self.store.globals.is_empty() {
            self.store.globals.fill(NULL);
        }
        if !self.given.is_empty() {
            self.given.clear();
        }
        self.frames.clear();
    }

    /// Calls a function. Arguments that do not fit its parameters end in a `HostFault`.
    pub fn call(
        &mut self,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        host: &mut dyn Host,
    ) -> Outcome {
        if let Some(engine) = self.module.engine() {
            return self.call_in(engine, function, args, gas, host);
        }
        self.call_with(function, args, gas, |machine| {
            exec::run::<false>(machine, host, function, &mut |_| {})
        })
    }

    /// Calls a function and shows every instruction to `watch` before it is executed.
    pub fn call_traced(
        &mut self,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        host: &mut dyn Host,
        watch: &mut dyn FnMut(&Step<'_>),
    ) -> Outcome {
        self.call_with(function, args, gas, |machine| {
            exec::run::<true>(machine, host, function, watch)
        })
    }

    /// Calls a function and adds what it costs to a profile of this module.
    pub fn call_profiled(
        &mut self,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        host: &mut dyn Host,
        profile: &mut Profile,
    ) -> Outcome {
        let outcome =
            self.call_traced(function, args, gas, host, &mut |step| profile.observe(step));
        profile.finish(&outcome, gas.min(GAS_MAX));
        outcome
    }

    /// Calls a function that `run` runs, its arguments at the start of the stack.
    pub(crate) fn call_with(
        &mut self,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        run: impl FnOnce(&mut Machine<'m>) -> Finish,
    ) -> Outcome {
        let given = self.begin(gas);
        let mut finish = match self.place_arguments(function, args) {
            Ok(()) => run(self),
            Err(stop) => stopped(stop),
        };
        self.end(function, given, &mut finish)
    }

    /// Makes ready for a call; gives the gas that it has.
    pub(crate) fn begin(&mut self, gas: u64) -> u64 {
        self.frames.clear();
        self.store.gas = gas.min(GAS_MAX);
        self.instructions = 0;
        self.moves = 0;
        self.store.gas
    }

    /// What came of a call that began with so much gas. How it finished is looked at where it lies:
    /// to copy what has just been written in parts takes a processor longer than a small call.
    pub(crate) fn end(&mut self, function: FunctionId, given: u64, finish: &mut Finish) -> Outcome {
        Outcome {
            ending: self.ending(function, finish),
            gas_used: given - self.store.gas,
            instructions: self.instructions,
            moves: self.moves,
            memory_bytes: (self.store.heap.used() - NULL_OBJECT.len()) as u64,
        }
    }

    /// Puts the arguments into the first registers.
    pub(crate) fn place_arguments(
        &mut self,
        function: FunctionId,
        args: &[Value],
    ) -> StoreResult<()> {
        let Some(callee) = self.module.module().functions.get(function.index()) else {
            return Err(trap(TrapCode::HOST_FAULT));
        };
        if callee.params.len() != args.len() {
            return Err(trap(TrapCode::HOST_FAULT));
        }
        if self.stack.len() < 256 {
            self.stack.resize(256, NULL);
        }
        for (at, (param, arg)) in callee.params.iter().zip(args).enumerate() {
            self.stack[at] = self.argument(*param, arg)?;
        }
        Ok(())
    }

    fn argument(&mut self, param: ValueType, arg: &Value) -> StoreResult<Slot> {
        let scalar = match (param, arg) {
            (ValueType::I32, Value::I32(value)) => Some(i32_slot(*value)),
            (ValueType::I64, Value::I64(value)) => Some(i64_slot(*value)),
            (ValueType::F64, Value::F64(value)) => {
                Some(f64_slot(fvm_arith::double::canonical(*value)))
            }
            (ValueType::U128, Value::U128(value)) => Some(*value),
            (ValueType::I128, Value::I128(value)) => Some(*value as u128),
            _ => None,
        };
        if let Some(slot) = scalar {
            return Ok(slot);
        }
        let slot = match arg {
            Value::Text(text) => self.store.new_str(text)?,
            Value::Bytes(bytes) => self.store.new_bytes(bytes)?,
            Value::Null => NULL,
            Value::Reference(slot) if self.given.contains(slot) => *slot,
            _ => return Err(trap(TrapCode::HOST_FAULT)),
        };
        let hierarchy = &self.module.image().hierarchy;
        let class = ValueType::Ref(class_of(slot));
        match hierarchy.is_assignable(class, param) {
            true => Ok(slot),
            false => Err(trap(TrapCode::HOST_FAULT)),
        }
    }

    fn ending(&mut self, function: FunctionId, finish: &mut Finish) -> Ending {
        match finish {
            Finish::Returned(slot) => {
                let functions = &self.module.module().functions;
                let result = functions.get(function.index()).and_then(|callee| callee.result);
                let value = result.map_or(Value::Unit, |ty| self.value(ty, *slot));
                if let Value::Reference(slot) = value {
                    self.given.insert(slot);
                }
                Ending::Returned(value)
            }
            Finish::Thrown(object, stack) => {
                let (object, stack) = (*object, std::mem::take(stack));
                self.given.insert(object);
                let class_name = self.class_name(object).to_owned();
                Ending::Thrown(Thrown { object, class_name, stack })
            }
            Finish::Trapped(code, detail, stack) => {
                let (code, stack) = (*code, std::mem::take(stack));
                Ending::Trapped(Trap { code, detail: self.describe(*detail), stack })
            }
            Finish::Aborted(problem) => Ending::Aborted(std::mem::take(problem)),
        }
    }

    /// The value of a slot of a type.
    fn value(&self, ty: ValueType, slot: Slot) -> Value {
        match ty {
            ValueType::I32 => Value::I32(slot as i32),
            ValueType::I64 => Value::I64(slot as i64),
            ValueType::F64 => Value::F64(as_f64(slot)),
            ValueType::U128 => Value::U128(slot),
            ValueType::I128 => Value::I128(slot as i128),
            ValueType::Any | ValueType::Ref(_) => self.reference_value(slot),
        }
    }

    fn reference_value(&self, slot: Slot) -> Value {
        let other = Value::Reference(slot);
        match class_of(slot) {
            builtin::NULL => Value::Null,
            builtin::STRING => self.text(slot).map_or(other, Value::Text),
            builtin::BYTES => match self.store.content(slot) {
                Ok(bytes) => Value::Bytes(ShortBytes::from_slice(bytes)),
                Err(_) => other,
            },
            _ => other,
        }
    }

    /// The text of a reference to a string; lone surrogates are replaced.
    pub fn text(&self, slot: Slot) -> Option<String> {
        if class_of(slot) != builtin::STRING {
            return None;
        }
        let text = self.store.text(slot).ok()?;
        Some(fvm_arith::utf16::to_utf8_lossy(&self.store.units(text)))
    }

    /// The bytes of a reference to bytes.
    pub fn bytes(&self, slot: Slot) -> Option<Vec<u8>> {
        if class_of(slot) != builtin::BYTES { None } else { self.store.bytes(slot).ok() }
    }

    /// The full name of the class of a reference.
    pub fn class_name(&self, slot: Slot) -> &str {
        self.module.image().class_names.get(class_of(slot).index()).map_or("", String::as_str)
    }

    /// The detail of a trap for people.
    fn describe(&self, detail: Slot) -> Option<String> {
        match class_of(detail) {
            builtin::NULL => None,
            builtin::STRING => self.text(detail),
            _ => match exec::slot::scalar_text(&self.store, detail) {
                Some(text) => Some(text),
                None => Some(self.class_name(detail).to_owned()),
            },
        }
    }
}

/// How a call finishes that stops before its function begins.
pub(crate) fn stopped(stop: Stop) -> Finish {
    match stop {
        Stop::Trap(code, detail) => Finish::Trapped(code, detail, Vec::new()),
        Stop::Abort(problem) => Finish::Aborted(problem),
    }
}
