//! What handlers hold in registers of the processor, and how they reach operands, registers, arena
//! and the next instruction.
//!
//! Every access relies on the verifier: operands are those that the decoder wrote for a verified
//! instruction (V11), registers lie in the frame, were set before and have the type that is asked
//! for (V12, V13), a reference that is not null is an object of the arena with the layout of its
//! class (V4 to V6, V12), and the next word is that of an instruction of the same function (V9,
//! V14).

use crate::context::{Context, Exit};
use crate::word::Word;
use fvm_vm::engine::{FLAGS_OFFSET, HEADER_BYTES, LENGTH_OFFSET};

/// A value at any address.
#[derive(Clone, Copy)]
#[repr(C, packed)]
struct Anywhere<T: Copy>(T);

/// The value at an address. (What the library offers for that goes through a place on the stack in
/// builds with assertions, and a handler with such a place cannot end with a jump.)
///
/// # Safety
///
/// There is one.
#[inline(always)]
pub(crate) unsafe fn read<T: Copy>(place: *const u8) -> T {
    // SAFETY: the contract.
    unsafe { (*place.cast::<Anywhere<T>>()).0 }
}

/// Sets the value at an address.
///
/// # Safety
///
/// There is room for one.
#[inline(always)]
pub(crate) unsafe fn write<T: Copy>(place: *mut u8, value: T) {
    // SAFETY: the contract.
    unsafe { *place.cast::<Anywhere<T>>() = Anywhere(value) }
}

/// The state of a run between two instructions: the arguments of every handler.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The instruction.
    pub ip: *const Word,
    /// The window: register 0.
    pub regs: *mut u8,
    /// Gas left.
    pub gas: u64,
    pub cx: *mut Context,
    /// The first byte of the arena.
    pub arena: *mut u8,
    /// The narrow value that an instruction made last: the next one need not wait until it can be
    /// read from the register, and if nobody else reads it, it is not written there at all.
    pub accumulator: u64,
}

/// Functions of the state. Each may be called by the handler of an instruction only, with the state
/// that the handler was given, and names only operands that the decoder writes for it: this is what
/// the comments on safety call the contract.
#[allow(clippy::missing_safety_doc, reason = "told above for all of them")]
impl State {
    /// The operand of 16 bits at a place behind the handler's word.
    #[inline(always)]
    pub unsafe fn half(self, at: usize) -> usize {
        // SAFETY: the contract: the decoder wrote an operand there (V11).
        unsafe { usize::from(*self.ip.cast::<u16>().add(4 + at)) }
    }

    /// The operand of 16 bits with a sign.
    #[inline(always)]
    pub unsafe fn signed_half(self, at: usize) -> i32 {
        // SAFETY: the contract: the decoder wrote an operand there (V11).
        unsafe { i32::from(*self.ip.cast::<i16>().add(4 + at)) }
    }

    /// The operand of 32 bits at a place behind the handler's word.
    #[inline(always)]
    pub unsafe fn int(self, at: usize) -> i32 {
        // SAFETY: the contract: the decoder wrote an operand there (V11).
        unsafe { *self.ip.cast::<i32>().add(2 + at) }
    }

    /// The operand of 64 bits that is this word, counted from the handler's.
    #[inline(always)]
    pub unsafe fn word(self, at: usize) -> u64 {
        // SAFETY: the contract: the decoder wrote an operand there (V11).
        unsafe { *self.ip.cast::<u64>().add(at) }
    }

    /// The address of the register that an operand names.
    #[inline(always)]
    pub unsafe fn reg(self, at: usize) -> *mut u8 {
        // SAFETY: a register of the frame (V12), for which there is room in the window.
        unsafe { self.regs.add(self.half(at)) }
    }

    /// The low half of a register, or the accumulator.
    #[inline(always)]
    pub unsafe fn low<const ACCUMULATED: bool>(self, at: usize) -> u64 {
        if ACCUMULATED {
            return self.accumulator;
        }
        // SAFETY: the register was set (V12).
        unsafe { *self.reg(at).cast::<u64>() }
    }

    /// The `i32` in a register or in the accumulator.
    #[inline(always)]
    pub unsafe fn i32<const ACCUMULATED: bool>(self, at: usize) -> i32 {
        if ACCUMULATED {
            return self.accumulator as i32;
        }
        // SAFETY: the register was set to an `i32` (V12).
        unsafe { *self.reg(at).cast::<i32>() }
    }

    /// The `i64` in a register or in the accumulator.
    #[inline(always)]
    pub unsafe fn i64<const ACCUMULATED: bool>(self, at: usize) -> i64 {
        // SAFETY: the contract.
        unsafe { self.low::<ACCUMULATED>(at) as i64 }
    }

    /// The `f64` in a register or in the accumulator.
    #[inline(always)]
    pub unsafe fn f64<const ACCUMULATED: bool>(self, at: usize) -> f64 {
        // SAFETY: the contract.
        f64::from_bits(unsafe { self.low::<ACCUMULATED>(at) })
    }

    /// The payload of a reference in a register.
    #[inline(always)]
    pub unsafe fn payload(self, at: usize) -> u64 {
        // SAFETY: the register was set to a reference (V12).
        unsafe { *self.reg(at).cast::<u64>() }
    }

    /// All of a register: a wide number or a reference.
    #[inline(always)]
    pub unsafe fn u128(self, at: usize) -> u128 {
        // SAFETY: the register was set to a wide value (V12), in two halves or as a whole.
        unsafe { *self.reg(at).cast::<u128>() }
    }

    /// All of a register, as a number with a sign.
    #[inline(always)]
    pub unsafe fn i128(self, at: usize) -> i128 {
        // SAFETY: the contract.
        unsafe { self.u128(at) as i128 }
    }

    /// The class of a reference in a register; 0 is null.
    #[inline(always)]
    pub unsafe fn class(self, at: usize) -> u64 {
        // SAFETY: the register was set to a reference (V12).
        unsafe { *self.reg(at).cast::<u64>().add(1) }
    }

    /// Sets the accumulator, and a register if somebody reads it. Of a narrow value only the low
    /// half of a slot counts, and of an `i32` only the lower half of that; it is written whole.
    #[inline(always)]
    pub unsafe fn set<const STORED: bool>(self, at: usize, value: u64) -> State {
        if STORED {
            // SAFETY: a register of the frame (V12).
            unsafe { *self.reg(at).cast::<u64>() = value }
        }
        State { accumulator: value, ..self }
    }

    /// Sets to an `i32`.
    #[inline(always)]
    pub unsafe fn set_i32<const STORED: bool>(self, at: usize, value: i32) -> State {
        // SAFETY: the contract.
        unsafe { self.set::<STORED>(at, u64::from(value as u32)) }
    }

    /// Sets to a Boolean.
    #[inline(always)]
    pub unsafe fn set_bool<const STORED: bool>(self, at: usize, value: bool) -> State {
        // SAFETY: the contract.
        unsafe { self.set::<STORED>(at, u64::from(value)) }
    }

    /// Sets to an `i64`.
    #[inline(always)]
    pub unsafe fn set_i64<const STORED: bool>(self, at: usize, value: i64) -> State {
        // SAFETY: the contract.
        unsafe { self.set::<STORED>(at, value as u64) }
    }

    /// Sets to an `f64`.
    #[inline(always)]
    pub unsafe fn set_f64<const STORED: bool>(self, at: usize, value: f64) -> State {
        // SAFETY: the contract.
        unsafe { self.set::<STORED>(at, value.to_bits()) }
    }

    /// Sets a register to a wide value.
    #[inline(always)]
    pub unsafe fn set_u128(self, at: usize, value: u128) -> State {
        // SAFETY: a register of the frame (V12).
        unsafe { *self.reg(at).cast::<u128>() = value };
        self
    }

    /// Sets a register to a wide number with a sign.
    #[inline(always)]
    pub unsafe fn set_i128(self, at: usize, value: i128) -> State {
        // SAFETY: the contract.
        unsafe { self.set_u128(at, value as u128) }
    }

    /// Sets a register to a reference.
    #[inline(always)]
    pub unsafe fn set_reference(self, at: usize, class: u64, payload: u64) {
        // SAFETY: a register of the frame (V12).
        unsafe {
            let register = self.reg(at).cast::<u64>();
            *register = payload;
            *register.add(1) = class;
        }
    }

    /// The address of the object of a reference that is not null.
    #[inline(always)]
    pub unsafe fn object(self, at: usize) -> *mut u8 {
        // SAFETY: the payload of such a reference is an offset in the arena: references are not
        // forged (V4 to V6, V12), and a machine takes back only those that it gave.
        unsafe { self.arena.add(self.payload(at) as usize) }
    }

    /// The length in the header of an object.
    #[inline(always)]
    pub unsafe fn length(self, object: *mut u8) -> u32 {
        // SAFETY: an object begins with its header (V4, V12).
        unsafe { read::<u32>(object.add(LENGTH_OFFSET)) }
    }

    /// The flags in the header of an object.
    #[inline(always)]
    pub unsafe fn flags(self, object: *mut u8) -> u64 {
        // SAFETY: an object begins with its header (V4, V12).
        unsafe { read::<u64>(object.add(FLAGS_OFFSET)) }
    }

    /// The address of an element of an array or byte sequence, if it is not null and the index lies
    /// in it.
    #[inline(always)]
    pub unsafe fn element(self, array: usize, index: i32, width: usize) -> Option<*mut u8> {
        // SAFETY: the class of the reference says how wide elements are (V12), the header how many
        // there are.
        unsafe {
            if self.class(array) == 0 {
                return None;
            }
            let object = self.object(array);
            // A negative index is a large one here.
            let index = index as u32;
            let is_inside = index < self.length(object);
            is_inside.then(|| object.add(HEADER_BYTES + index as usize * width))
        }
    }

    /// Executes the next instruction, so many words on.
    #[inline(always)]
    pub unsafe fn next(self, words: usize) {
        // SAFETY: an instruction that ends no block is followed by another one (V9).
        unsafe { State { ip: self.ip.add(words), ..self }.go() }
    }

    /// Executes the instruction, and with calls in last place all that follow.
    #[inline(always)]
    pub unsafe fn start(self) {
        // SAFETY: the first word of an instruction is its handler, which the decoder wrote.
        unsafe {
            let handler = (*self.ip).handler;
            handler(self.ip, self.regs, self.gas, self.cx, self.arena, self.accumulator)
        }
    }

    /// Executes the instruction.
    #[cfg(tail_calls)]
    #[inline(always)]
    pub unsafe fn go(self) {
        // SAFETY: the contract.
        unsafe { self.start() }
    }

    /// Has the driver execute the instruction.
    #[cfg(not(tail_calls))]
    #[inline(always)]
    pub unsafe fn go(self) {
        // SAFETY: the contract.
        unsafe { self.save() }
    }

    /// Goes to a block: the place of its distance in bytes, and the word of its price.
    #[inline(always)]
    pub unsafe fn enter(self, distance: usize, price: usize) {
        // SAFETY: the decoder wrote the distance of a block of the same function (V14), and its
        // price.
        unsafe {
            let ip = self.ip.byte_offset(self.int(distance) as isize);
            State { ip, ..self }.pay(self.word(price))
        }
    }

    /// Takes the price of the block that begins here, and executes it.
    #[inline(always)]
    pub unsafe fn pay(self, price: u64) {
        // SAFETY: the contract.
        unsafe {
            if cfg!(unmetered) {
                return self.go();
            }
            // What is left if there was too little does not matter: all of it is used.
            let (gas, is_short) = self.gas.overflowing_sub(price);
            let state = State { gas, ..self };
            if is_short { state.exit(Exit::OutOfGas) } else { state.go() }
        }
    }

    /// Goes to one of two blocks: distances in the second word behind the handler's, prices in the
    /// two after.
    #[inline(always)]
    pub unsafe fn branch(self, condition: bool) {
        // SAFETY: the decoder wrote two ways (V14).
        unsafe { if condition { self.enter(2, 3) } else { self.enter(3, 4) } }
    }

    /// Leaves the state for the driver.
    #[inline(always)]
    unsafe fn save(self) {
        // SAFETY: the driver waits, and nobody else holds the context.
        unsafe {
            let cx = self.cx;
            (*cx).ip = self.ip;
            (*cx).regs = self.regs;
            (*cx).gas = self.gas;
            (*cx).accumulator = self.accumulator;
        }
    }

    /// Returns to the driver.
    #[inline(always)]
    pub unsafe fn exit(self, exit: Exit) {
        let State { ip, regs, gas, cx, accumulator, .. } = self;
        // SAFETY: the contract.
        unsafe { leave(ip, regs, gas, cx, exit, accumulator) }
    }

    /// Writes the accumulator to the register that an operand names, for who reads it there.
    #[inline(always)]
    pub unsafe fn spill<const ACCUMULATED: bool>(self, at: usize) {
        if ACCUMULATED {
            // SAFETY: a register of the frame (V12).
            unsafe { *self.reg(at).cast::<u64>() = self.accumulator }
        }
    }

    /// Has the reference engine execute the instruction, which has changed nothing.
    #[inline(always)]
    pub unsafe fn redo(self) {
        // SAFETY: the contract.
        unsafe { self.exit(Exit::Redo) }
    }
}

macro_rules! leave {
    ($abi:literal) => {
        /// Leaves the state for the driver and returns to it. Has the place of the arena for the
        /// reason, so that all other arguments stay where they are.
        #[cold]
        #[inline(never)]
        unsafe extern $abi fn leave(
            ip: *const Word,
            regs: *mut u8,
            gas: u64,
            cx: *mut Context,
            exit: Exit,
            accumulator: u64,
        ) {
            // SAFETY: the driver waits, and nobody else holds the context.
            unsafe {
                State { ip, regs, gas, cx, arena: std::ptr::null_mut(), accumulator }.save();
                (*cx).exit = exit;
                #[cfg(tail_calls)]
                if cfg!(debug_assertions) {
                    check_stack((*cx).native_stack);
                }
            }
        }
    };
}

with_convention!(leave);

/// Bytes of native stack that the driver and one handler may take together.
#[cfg(tail_calls)]
pub(crate) const NATIVE_FRAME_MAX: usize = 4_096;

/// Where the native stack is now.
#[cfg(tail_calls)]
#[inline(always)]
pub(crate) fn native_stack() -> usize {
    let place: usize;
    // SAFETY: reads a register of the processor and nothing else.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        std::arch::asm!("mov {}, rsp", out(reg) place, options(nomem, nostack, preserves_flags));
        #[cfg(target_arch = "aarch64")]
        std::arch::asm!("mov {}, sp", out(reg) place, options(nomem, nostack, preserves_flags));
    }
    place
}

/// Whether the native stack has grown by more than one handler needs.
#[cfg(tail_calls)]
pub(crate) fn has_grown(before: usize) -> bool {
    before.wrapping_sub(native_stack()) > NATIVE_FRAME_MAX
}

#[cfg(tail_calls)]
fn check_stack(before: usize) {
    assert!(!has_grown(before), "a handler's last call was not a jump");
}
