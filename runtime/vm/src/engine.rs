//! What an engine in another crate needs to run verified code on a [`Machine`] of this one: facts
//! about the code while it compiles, and the machine's own parts while it runs.
//!
//! The semantics of instructions are written once, in the reference engine: what another engine
//! does not do itself it asks for with [`Machine::step`]. Registers are then slots of the window at
//! the start of the machine's stack, which such an engine needs for nothing else.
//!
//! Pointers come from safe slices and mean something until the machine is used again. What an
//! engine may do with them without looking follows from the rules of the verifier, which it names.

pub use crate::exec::Finish;
pub use crate::store::Stop;

use crate::exec::{self, TRACE_LENGTH, storage};
use crate::heap::HEADER;
use crate::host::Host;
use crate::image::Image;
use crate::machine::{Limits, Machine, stopped};
use crate::outcome::{Location, Outcome};
use crate::schedule::Sizes;
use crate::value::{NULL, Slot, UNIT, Value};
use crate::verify::VerifiedModule;
use fvm_isa::{BlockId, ClassId, ConstantId, FunctionId, Inst, SelectorId, StorageId};
use std::any::Any;
use std::fmt;
use std::panic::RefUnwindSafe;
use std::sync::{Arc, OnceLock};

/// What engines derive from the prices of the blocks of a module under one schedule, each once.
#[derive(Default, Debug)]
pub struct Derived([OnceLock<Box<dyn Any + Send + Sync>>; Tier::COUNT]);

/// How far an engine goes from the code as it is: a module has at most one of each at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tier {
    /// Decoded once.
    Decoded,
    /// Compiled for the processor.
    Compiled,
}

impl Tier {
    const COUNT: usize = 2;
}

impl Derived {
    /// What an engine has derived, made now if it is not there. None if there is something else: of
    /// another engine.
    pub fn of<T: Any + Send + Sync>(
        &self,
        tier: Tier,
        make: impl FnOnce() -> Box<T>,
    ) -> Option<&T> {
        self.0[tier as usize].get_or_init(|| make()).downcast_ref()
    }
}

/// Bytes of the header of an object: class (u32), length (u32), flags (u64).
pub const HEADER_BYTES: usize = HEADER;

/// Where the length of an array, string or byte sequence stands in the object.
pub const LENGTH_OFFSET: usize = 4;

/// Where the flags stand in the object: 1 for a string of which each unit takes two bytes, else 0.
pub const FLAGS_OFFSET: usize = 8;

/// Locations that are kept of a stack: the innermost ones.
pub const LOCATIONS_MAX: usize = TRACE_LENGTH;

/// The boxed unit value: what a function without result gives to a call that catches.
pub const UNIT_SLOT: Slot = UNIT;

/// An engine beside the reference engine.
pub trait Engine: fmt::Debug + Send + Sync + RefUnwindSafe {
    /// What it is called.
    fn name(&self) -> &'static str;

    /// Runs a function whose arguments lie at the start of the window. None, and nothing has
    /// changed, if this call is left to the reference engine.
    fn run(
        &self,
        machine: &mut Machine<'_>,
        host: &mut dyn Host,
        function: FunctionId,
    ) -> Option<Finish>;
}

/// Facts about verified code that do not depend on a schedule: what a compiler may build in.
#[derive(Clone, Copy)]
pub struct Code<'m> {
    image: &'m Image,
}

impl VerifiedModule {
    /// Tells verified modules of one process apart.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// Facts about the code.
    pub fn code(&self) -> Code<'_> {
        Code { image: self.image() }
    }
}

impl<'m> Code<'m> {
    /// The number of a function's first block among all blocks: what [`Machine::block_price`] asks for.
    pub fn first_block(self, function: FunctionId) -> usize {
        self.image.functions[function.index()].first_block as usize
    }

    /// The number of the first instruction of a block among all instructions.
    pub fn pc(self, function: FunctionId, block: BlockId) -> u32 {
        self.image.blocks[self.first_block(function) + block.index()].pc
    }

    /// All instructions, by number.
    pub fn instructions(self) -> &'m [Inst] {
        &self.image.code
    }

    /// The place of an instruction.
    pub fn locate(self, pc: u32) -> Location {
        self.image.locate(pc)
    }

    /// The reference to a constant, the same in every machine.
    pub fn constant(self, constant: ConstantId) -> Slot {
        self.image.constants[constant.index()]
    }

    /// Slots of an instance.
    pub fn instance_slots(self, class: ClassId) -> usize {
        self.image.instance_slots[class.index()] as usize
    }

    /// Whether instances of `class` are instances of `ancestor`.
    pub fn is_subclass(self, class: ClassId, ancestor: ClassId) -> bool {
        self.image.hierarchy.is_subclass(class, ancestor)
    }

    /// For each class a row of bits, one for each class of which its instances are instances; and
    /// how many words a row has.
    pub fn ancestors(self) -> (&'m [u64], usize) {
        self.image.hierarchy.rows()
    }

    /// Which classes answer a selector with which function, in the order of the classes.
    pub fn answers(self, selector: SelectorId) -> Vec<(ClassId, FunctionId)> {
        self.image.dispatch.answers(selector)
    }

    /// The function that a class gives for a selector.
    pub fn answer(self, class: ClassId, selector: SelectorId) -> Option<FunctionId> {
        self.image.dispatch.lookup(class, selector)
    }
}

/// The parts of a machine that compiled code works on.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// The first byte of the arena; offsets of references count from here.
    pub arena: *mut u8,
    /// Where the next object starts.
    pub arena_top: usize,
    /// Up to here objects may be placed without asking; bytes from the top on are zero.
    pub arena_end: usize,
    /// The module-wide variables.
    pub globals: *mut Slot,
    /// The first window of [`Machine::step`]: 256 slots.
    pub window: *mut Slot,
}

impl<'m> Machine<'m> {
    /// Calls a function as [`Machine::call`] does, with this engine. Instructions are counted by the
    /// reference engine only.
    pub fn call_in(
        &mut self,
        engine: &dyn Engine,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        host: &mut dyn Host,
    ) -> Outcome {
        let given = self.begin(gas);
        if let Err(stop) = self.place_arguments(function, args) {
            return self.end(function, given, &mut stopped(stop));
        }
        if let Some(finish) = &mut engine.run(self, host, function) {
            (self.instructions, self.moves) = (0, 0);
            return self.end(function, given, finish);
        }
        let mut finish = exec::run::<false>(self, host, function, &mut |_| {});
        self.end(function, given, &mut finish)
    }

    /// The module that the machine runs.
    pub fn verified(&self) -> &'m VerifiedModule {
        self.module
    }

    /// The limits of the machine.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Prices that depend on a size.
    pub fn sizes(&self) -> &Sizes {
        &self.store.sizes
    }

    /// Where the parts are now.
    #[inline]
    pub fn parts(&mut self) -> Parts {
        let (arena, arena_top, arena_end) = self.store.heap.raw();
        Parts {
            arena,
            arena_top,
            arena_end,
            globals: self.store.globals.as_mut_ptr(),
            window: self.stack.as_mut_ptr(),
        }
    }

    /// Gas left.
    #[inline]
    pub fn gas(&self) -> u64 {
        self.store.gas
    }

    /// Sets the gas left.
    #[inline]
    pub fn set_gas(&mut self, gas: u64) {
        self.store.gas = gas;
    }

    /// Notes objects that the engine placed between the old top of the arena and this one.
    #[inline]
    pub fn set_arena_top(&mut self, top: usize) {
        self.store.heap.advance(top);
    }

    /// A slot of the window.
    pub fn slot(&self, register: usize) -> Slot {
        self.stack.get(register).copied().unwrap_or(NULL)
    }

    /// Sets a slot of the window.
    pub fn set_slot(&mut self, register: usize, value: Slot) {
        if let Some(slot) = self.stack.get_mut(register) {
            *slot = value;
        }
    }

    /// The stack of windows: an engine that keeps registers there has 256 slots of it for each
    /// window. Its first slot, and how many there are.
    pub fn stack(&mut self) -> (*mut Slot, usize) {
        (self.stack.as_mut_ptr(), self.stack.len())
    }

    /// Makes the stack at least so long; slots keep what they hold.
    pub fn reserve_stack(&mut self, slots: usize) {
        if self.stack.len() < slots {
            self.stack.resize(slots, NULL);
        }
    }

    /// The price of a block, by its number among all blocks.
    pub fn block_price(&self, block: usize) -> u64 {
        self.blocks.get(block).map_or(u64::MAX, |block| block.price)
    }

    /// What engines derive from the prices of the blocks and keep as long as these are in use.
    pub fn derived(&self) -> &Arc<Derived> {
        &self.derived
    }

    /// Executes the instruction `pc` in the window that begins at a slot of the stack: operands are
    /// read there, and the result is written there. Its share of the block's price is not taken,
    /// what depends on a size is. It must be no call of a function and no terminator but `abort`.
    pub fn step(&mut self, host: &mut dyn Host, pc: u32, window: usize) -> Result<(), Stop> {
        exec::single(self, host, pc, window as u32)
    }

    /// `storage.get`.
    pub fn storage_get(&mut self, host: &mut dyn Host, field: StorageId) -> Result<Slot, Stop> {
        storage::get(&mut self.store, host, field)
    }

    /// `storage.set`.
    pub fn storage_set(
        &mut self,
        host: &mut dyn Host,
        field: StorageId,
        value: Slot,
    ) -> Result<(), Stop> {
        storage::set(&mut self.store, host, field, value)
    }

    /// `storage.map_find`: the value, and whether there is an entry.
    #[inline]
    pub fn map_find(
        &mut self,
        host: &mut dyn Host,
        field: StorageId,
        key: Slot,
    ) -> Result<(Slot, bool), Stop> {
        storage::map_find(&mut self.store, host, field, key)
    }

    /// `storage.map_set`.
    #[inline]
    pub fn map_set(
        &mut self,
        host: &mut dyn Host,
        field: StorageId,
        key: Slot,
        value: Slot,
    ) -> Result<(), Stop> {
        storage::map_set(&mut self.store, host, field, key, value)
    }

    /// What `call.try` gives for a function that returned this.
    pub fn returned(&mut self, value: Slot) -> Result<Slot, Stop> {
        exec::try_result(&mut self.store, 0, value, NULL)
    }

    /// Takes the price of unwinding so many calls.
    pub fn unwind(&mut self, frames: u64) -> Result<(), Stop> {
        self.store.charge(self.store.sizes.unwind.price(frames))
    }

    /// What `call.try` gives for a thrown object, which is status 1, or for a trap that can be
    /// caught, whose status is its code and whose value is its detail.
    pub fn caught(&mut self, status: i32, value: Slot) -> Result<Slot, Stop> {
        let detail = if status == exec::THROWN { NULL } else { value };
        exec::try_result(&mut self.store, status, value, detail)
    }

    /// The trap of an index outside of an array or byte sequence, which is not null.
    pub fn bad_index(&mut self, index: i32, sequence: Slot) -> Stop {
        match self.store.sequence(sequence) {
            Ok((_, length)) => self.store.bad_index(index, length),
            Err(stop) => stop,
        }
    }

    /// Runs a function with the reference engine inside of a call of another one, from one of its
    /// blocks on, what is live there at the start of the window; `limits` are what is left of the
    /// machine's. Also gives how many calls deep it ended.
    pub fn interpret(
        &mut self,
        host: &mut dyn Host,
        place: (FunctionId, BlockId),
        limits: Limits,
    ) -> (Finish, u64) {
        let outer = std::mem::replace(&mut self.limits, limits);
        self.frames.clear();
        let finish = exec::run_from::<false>(self, host, place, &mut |_| {});
        self.limits = outer;
        (finish, self.frames.len() as u64)
    }
}
