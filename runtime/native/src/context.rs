//! What compiled code finds behind its context: the parts of the machine that runs, and the
//! functions that it calls back.

use crate::run::Run;
use fvm_vm::Slot;
use fvm_vm::engine::Parts;
use std::mem::offset_of;

/// The parts of the machine at fixed offsets.
#[repr(C)]
pub(crate) struct Context {
    /// Not zero: the call ends with what [`Run`] has noted.
    pub stopped: u32,
    /// Gas left, whenever compiled code calls back.
    pub gas: u64,
    pub arena: *mut u8,
    pub arena_top: usize,
    pub arena_end: usize,
    pub globals: *mut Slot,
    pub window: *mut Slot,
    /// See `compile::gas`.
    pub gas_table: *const u8,
    pub ancestors: *const u64,
    /// Entries of functions for virtual calls, see `translate::methods`.
    pub methods: *const usize,
    pub allocate_base: u64,
    pub allocate_unit: u64,
    /// What the last callback that reads storage found.
    pub stored: Stored,
    pub callbacks: [usize; Callback::COUNT],
    /// The side of the engine.
    pub run: *mut Run<'static, 'static>,
}

/// A value from storage.
#[derive(Clone, Copy, Default)]
#[repr(C)]
pub(crate) struct Stored {
    /// The low half of the slot.
    pub low: u64,
    /// The high half.
    pub high: u64,
    /// Whether there is an entry: 0 or 1.
    pub is_found: u32,
}

impl Stored {
    /// A slot, and whether it comes from an entry.
    pub fn new(slot: Slot, is_found: bool) -> Stored {
        Stored { low: slot as u64, high: (slot >> 64) as u64, is_found: is_found.into() }
    }
}

impl Context {
    /// Notes where the parts of the machine are now.
    pub fn place(&mut self, parts: Parts) {
        self.arena = parts.arena;
        self.arena_top = parts.arena_top;
        self.arena_end = parts.arena_end;
        self.globals = parts.globals;
        self.window = parts.window;
    }
}

/// Offsets of the parts for compiled code.
pub(crate) mod offset {
    use super::{Callback, Context, offset_of};

    pub const STOPPED: i32 = offset_of!(Context, stopped) as i32;
    pub const GAS: i32 = offset_of!(Context, gas) as i32;
    pub const ARENA: i32 = offset_of!(Context, arena) as i32;
    pub const ARENA_TOP: i32 = offset_of!(Context, arena_top) as i32;
    pub const ARENA_END: i32 = offset_of!(Context, arena_end) as i32;
    pub const GLOBALS: i32 = offset_of!(Context, globals) as i32;
    pub const WINDOW: i32 = offset_of!(Context, window) as i32;
    pub const GAS_TABLE: i32 = offset_of!(Context, gas_table) as i32;
    pub const ANCESTORS: i32 = offset_of!(Context, ancestors) as i32;
    pub const METHODS: i32 = offset_of!(Context, methods) as i32;
    pub const ALLOCATE_BASE: i32 = offset_of!(Context, allocate_base) as i32;
    pub const ALLOCATE_UNIT: i32 = offset_of!(Context, allocate_unit) as i32;

    pub const STORED_LOW: i32 = offset_of!(Context, stored.low) as i32;
    pub const STORED_HIGH: i32 = offset_of!(Context, stored.high) as i32;
    pub const STORED_FOUND: i32 = offset_of!(Context, stored.is_found) as i32;

    /// Where a function to call back stands.
    pub fn callback(callback: Callback) -> i32 {
        (offset_of!(Context, callbacks) + callback as usize * size_of::<usize>()) as i32
    }
}

/// An argument of a function to call back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// 32 bits.
    Int,
    /// 64 bits.
    Long,
}

macro_rules! callbacks {
    ($($(#[$meta:meta])* $name:ident = $function:ident ($($argument:ident),*) $(-> $result:ident)?;)*) => {
        /// The functions that compiled code calls back; the context comes before the arguments.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Callback {
            $($(#[$meta])* $name,)*
        }

        impl Callback {
            /// How many there are.
            pub const COUNT: usize = [$(Callback::$name),*].len();

            /// All of them, as the context holds them.
            pub fn all() -> [usize; Callback::COUNT] {
                [$(crate::run::$function as *const () as usize),*]
            }

            /// Its arguments after the context.
            pub fn arguments(self) -> &'static [Argument] {
                match self {
                    $(Callback::$name => &[$(Argument::$argument),*],)*
                }
            }

            /// Whether it gives 64 bits.
            pub fn has_result(self) -> bool {
                match self {
                    $(Callback::$name => !([$(stringify!($result))?] as [&str; _]).is_empty(),)*
                }
            }
        }
    };
}

callbacks! {
    /// Executes an instruction in the window: pc, frame.
    Step = step(Int, Long);
    /// A trap without detail: pc, code, frame.
    Stop = stop(Int, Int, Long);
    /// A throw (code 1), or a trap with a detail: pc, code, both halves of the reference, frame.
    Fail = fail(Int, Int, Long, Long, Long);
    /// The trap of an index, or of a sequence that is null: pc, index, both halves of the reference,
    /// frame.
    BadIndex = bad_index(Int, Int, Long, Long, Long);
    /// A call at this pc does not return: pc.
    Unwound = unwound(Int);
    /// The trap of a frame that is too deep: frame.
    TooDeep = too_deep(Long);
    /// A function that a call catches returned, its value in the window: pc, frame.
    Returned = returned(Int, Long);
    /// A function that a call catches did not return: pc, frame.
    Catch = catch(Int, Long);
    /// Runs a function with the reference engine, from a block on: function, block, frame.
    Interpret = interpret(Int, Int, Long);
    /// The entry of the function that a class gives for a selector, or 0: class, selector.
    Answer = answer(Long, Int) -> Long;
    /// `storage.get`, whose value comes into the context: pc, field, frame.
    StorageGet = storage_get(Int, Int, Long);
    /// `storage.set`: pc, field, both halves of the value, frame.
    StorageSet = storage_set(Int, Int, Long, Long, Long);
    /// `storage.map_find`, whose results come into the context: pc, field, both halves of the key,
    /// frame.
    MapFind = map_find(Int, Int, Long, Long, Long);
    /// `storage.map_set`: pc, field, both halves of key and value, frame.
    MapSet = map_set(Int, Int, Long, Long, Long, Long, Long);
}
