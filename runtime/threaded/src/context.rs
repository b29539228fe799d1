//! What handlers find behind a pointer: the parts of the machine that they need now and then, and
//! where they leave everything when the driver has to go on.

use crate::word::{Return, Word};
use fvm_vm::Slot;
use fvm_vm::engine::Parts;

/// Why handlers return to the driver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub(crate) enum Exit {
    /// They do not: where calls in last place are no jumps, the driver calls the next one.
    Running,
    /// The first function has returned.
    Done,
    /// The instruction is one that the reference engine executes.
    Step,
    /// The instruction met something out of the ordinary before it changed anything: the reference
    /// engine executes it.
    Redo,
    /// As above for an instruction and the branch behind it, which cannot fail.
    RedoBranch,
    /// The block cannot be paid for.
    OutOfGas,
    /// There is no room for one more call, or for its registers.
    NoRoom,
    /// A virtual call whose function is not in a table, or whose receiver is null.
    Virtual,
    /// A function that a call catches has returned.
    Caught,
    /// An object is thrown.
    Throw,
    /// The trap of an instruction.
    Trap,
    /// The test of calls in last place met a stack that has grown.
    #[cfg(tail_calls)]
    Grown,
}

/// The parts of the machine, and the state of handlers between two runs of them.
pub(crate) struct Context {
    pub exit: Exit,
    pub ip: *const Word,
    pub regs: *mut u8,
    pub gas: u64,
    pub arena: *mut u8,
    pub accumulator: u64,
    /// The place for the next record of a call.
    pub frames: *mut Return,
    pub arena_top: usize,
    pub arena_end: usize,
    pub globals: *mut Slot,
    /// A call is made without asking if the callee's registers end here or before.
    pub window_end: *mut u8,
    /// A call is made without asking if its record lies before.
    pub frames_end: *mut Return,
    /// The first word of the code.
    pub code: *const Word,
    pub allocate_base: u64,
    pub allocate_unit: u64,
    pub copy_base: u64,
    pub copy_unit: u64,
    /// For each class a row of bits, one for each class of which its instances are instances.
    pub ancestors: *const u64,
    /// Words of such a row.
    pub ancestors_width: usize,
    /// Where the native stack was when the driver called, to see that it does not grow.
    #[cfg(tail_calls)]
    pub native_stack: usize,
}

impl Context {
    /// Notes where the parts of the machine are now.
    pub fn place(&mut self, parts: Parts) {
        self.arena = parts.arena;
        self.arena_top = parts.arena_top;
        self.arena_end = parts.arena_end;
        self.globals = parts.globals;
    }
}
