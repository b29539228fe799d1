//! What decoded code is made of: words of 64 bits, of which the first of an instruction is its
//! handler and the others its operands.

use crate::context::Context;

/// One word of decoded code.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) union Word {
    /// What executes the instruction that begins here.
    pub handler: Handler,
    /// Operands: four times 16 bits, two times 32, or all 64.
    pub data: u64,
    halves: [u16; 4],
    ints: [i32; 2],
}

const _: () = assert!(size_of::<Word>() == 8, "operands are found at fixed places");

/// Where a caller goes on: behind its call.
pub(crate) type Return = *const Word;

macro_rules! handler_type {
    ($abi:literal) => {
        /// What executes an instruction, and then the next one: as the last thing that it does it
        /// calls the next one's handler. The arguments are the parts of [`crate::state::State`].
        pub(crate) type Handler = unsafe extern $abi fn(
            *const Word,
            *mut u8,
            u64,
            *mut Context,
            *mut u8,
            u64,
        );
    };
}

with_convention!(handler_type);

impl Word {
    /// Four operands of 16 bits.
    pub fn halves(halves: [u16; 4]) -> Word {
        Word { halves }
    }

    /// Two operands of 16 bits and one of 32.
    pub fn mixed(a: u16, b: u16, value: i32) -> Word {
        let [low, high] = split(value);
        Word { halves: [a, b, low, high] }
    }

    /// The operands of 16 bits.
    pub fn as_halves(self) -> [u16; 4] {
        // SAFETY: every bit pattern is an array of integers.
        unsafe { self.halves }
    }

    /// Two operands of 32 bits.
    pub fn ints(low: i32, high: i32) -> Word {
        Word { ints: [low, high] }
    }

    /// Sets the second operand of 32 bits.
    pub fn set_high(&mut self, value: i32) {
        // SAFETY: every bit pattern is an array of integers.
        let [low, _] = unsafe { self.ints };
        *self = Word::ints(low, value);
    }

    /// Sets the first operand of 32 bits.
    pub fn set_low(&mut self, value: i32) {
        // SAFETY: every bit pattern is an array of integers.
        let [_, high] = unsafe { self.ints };
        *self = Word::ints(value, high);
    }
}

fn split(value: i32) -> [u16; 2] {
    let bytes = value.to_ne_bytes();
    [u16::from_ne_bytes([bytes[0], bytes[1]]), u16::from_ne_bytes([bytes[2], bytes[3]])]
}
