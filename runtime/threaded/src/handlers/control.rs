//! Branches, calls and returns, and what is left to the driver.

use crate::context::Exit;
use crate::state::State;
use crate::word::Word;
use std::cmp::Ordering;

/// Words of a call; the last operand of 16 bits of the second is the callee's window in bytes.
pub(crate) const CALL_WORDS: usize = 3;

handlers! {
    /// What the reference engine executes.
    step = |s| s.exit(Exit::Step);
    /// `throw`.
    throw = |s| s.exit(Exit::Throw);
    /// `trap`.
    trap = |s| s.exit(Exit::Trap);
    /// Behind a call that catches.
    caught = |s| s.exit(Exit::Caught);
    /// Behind the call of the first function.
    done = |s| s.exit(Exit::Done);

    /// `jump`: the distance, then the price.
    jump = |s| s.enter(0, 2);
    /// `br`.
    br<A> = |s| s.branch(s.i32::<A>(0) != 0);
    /// `i32.br_eq`.
    i32_br_eq<A, B> = |s| s.branch(s.i32::<A>(0) == s.i32::<B>(1));
    /// `i32.br_lt`.
    i32_br_lt<A, B> = |s| s.branch(s.i32::<A>(0) < s.i32::<B>(1));
    /// `i32.br_le`.
    i32_br_le<A, B> = |s| s.branch(s.i32::<A>(0) <= s.i32::<B>(1));
    /// `i32.br_eq_imm`.
    i32_br_eq_imm<A> = |s| s.branch(s.i32::<A>(0) == s.signed_half(1));
    /// `i32.br_lt_imm`.
    i32_br_lt_imm<A> = |s| s.branch(s.i32::<A>(0) < s.signed_half(1));
    /// `i32.br_le_imm`.
    i32_br_le_imm<A> = |s| s.branch(s.i32::<A>(0) <= s.signed_half(1));
    /// `i64.br_eq`.
    i64_br_eq<A, B> = |s| s.branch(s.i64::<A>(0) == s.i64::<B>(1));
    /// `i64.br_lt`.
    i64_br_lt<A, B> = |s| s.branch(s.i64::<A>(0) < s.i64::<B>(1));
    /// `i64.br_le`.
    i64_br_le<A, B> = |s| s.branch(s.i64::<A>(0) <= s.i64::<B>(1));
    /// `i64.br_eq_imm`.
    i64_br_eq_imm<A> = |s| s.branch(s.i64::<A>(0) == i64::from(s.signed_half(1)));
    /// `i64.br_lt_imm`.
    i64_br_lt_imm<A> = |s| s.branch(s.i64::<A>(0) < i64::from(s.signed_half(1)));
    /// `i64.br_le_imm`.
    i64_br_le_imm<A> = |s| s.branch(s.i64::<A>(0) <= i64::from(s.signed_half(1)));

    /// `switch` on values without holes: the register, then the number of values, the first one,
    /// and the distance of the default; its price; then distance and price for each value.
    switch_dense = |s| {
        let at = s.i32::<false>(0).wrapping_sub(s.int(2)) as u32;
        if at < s.int(1) as u32 {
            let at = 4 + at as usize * 2;
            s.enter((at - 1) * 2, at + 1)
        } else {
            s.enter(3, 3)
        }
    };
    /// `switch` on any values: as above, without a first value; then value, distance and price for
    /// each.
    switch_sparse = |s| {
        let value = s.i32::<false>(0);
        let (mut low, mut high) = (0, s.int(1) as usize);
        while low < high {
            let middle = (low + high) / 2;
            let at = 4 + middle * 2;
            match s.int((at - 1) * 2).cmp(&value) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return s.enter((at - 1) * 2 + 1, at + 1),
            }
        }
        s.enter(3, 3)
    };

    /// `call` and `call.try`: the window in bytes, the bytes of the callee's registers, its
    /// distance; then the price of its first block.
    call = |s| {
        let callee = s.ip.byte_offset(s.int(1) as isize);
        s.call(callee, s.half(1), s.word(2))
    };
    /// `call.virtual`: the window in bytes, the first class, the number of classes, of which each
    /// has an entry; then the distance of the first entry.
    call_virtual = |s| {
        let receiver = *s.reg(0).cast::<u64>().add(1);
        let at = receiver.wrapping_sub(s.half(1) as u64);
        if at >= s.half(2) as u64 {
            return s.exit(Exit::Virtual);
        }
        let table = s.ip.byte_offset(s.int(2) as isize).cast::<u32>();
        let offset = *table.add(at as usize);
        if offset == 0 {
            return s.exit(Exit::Virtual);
        }
        let callee = (*s.cx).code.add(offset as usize);
        let (extent, price) = head(callee);
        s.call(callee, extent, price)
    };
    /// `tailcall`: the first argument's register, the bytes of the callee's registers, its
    /// distance; then the number of arguments; then the price of its first block.
    tail_call = |s| {
        let extent = s.half(1);
        if s.regs.wrapping_add(extent) > (*s.cx).window_end {
            return s.exit(Exit::NoRoom);
        }
        std::ptr::copy(s.reg(0).cast::<u128>(), s.regs.cast::<u128>(), s.int(2) as usize);
        let ip = s.ip.byte_offset(s.int(1) as isize);
        State { ip, ..s }.pay(s.word(3))
    };
    /// `ret`, and `ret.value` of a wide register 0: the result lies where the callee's window
    /// begins.
    ret = |s| s.leave();
    /// `ret.value` of a narrow register.
    ret_narrow<A> = |s| {
        let accumulator = s.low::<A>(0);
        *s.regs.cast::<u64>() = accumulator;
        State { accumulator, ..s }.leave()
    };
    /// `ret.value` of a wide register.
    ret_wide = |s| {
        *s.regs.cast::<u128>() = s.u128(0);
        s.leave()
    };
}

/// The bytes of a function's registers, and the price of its first block.
///
/// # Safety
///
/// The function begins here.
#[inline(always)]
pub(crate) unsafe fn head(function: *const Word) -> (usize, u64) {
    // SAFETY: the decoder wrote two words before the first instruction.
    unsafe { ((*function.sub(2)).data as usize, (*function.sub(1)).data) }
}

/// Calls. The contract is that of all functions of the state.
#[allow(clippy::missing_safety_doc, reason = "told above for all of them")]
impl State {
    /// The window of the first operand, if there is room for a call and for so many bytes of
    /// registers in it.
    #[inline(always)]
    pub unsafe fn reach(self, extent: usize) -> Option<*mut u8> {
        // SAFETY: the window lies in the frame and holds the arguments (V13).
        unsafe {
            let regs = self.regs.add(self.half(0));
            let has_room = regs.wrapping_add(extent) <= (*self.cx).window_end
                && (*self.cx).frames < (*self.cx).frames_end;
            has_room.then_some(regs)
        }
    }

    /// Makes the record of a call that takes so many words: there is room for it.
    #[inline(always)]
    pub unsafe fn record(self, words: usize) {
        // SAFETY: records may be made up to `frames_end`, which was looked at.
        unsafe {
            *(*self.cx).frames = self.ip.add(words);
            (*self.cx).frames = (*self.cx).frames.add(1);
        }
    }

    /// Calls a function in the window of the first operand.
    #[inline(always)]
    pub unsafe fn call(self, callee: *const Word, extent: usize, price: u64) {
        // SAFETY: there are 256 slots behind what `window_end` lets pass.
        unsafe {
            let Some(regs) = self.reach(extent) else { return self.exit(Exit::NoRoom) };
            self.record(CALL_WORDS);
            State { ip: callee, regs, ..self }.pay(price)
        }
    }

    /// Returns to the caller.
    #[inline(always)]
    pub unsafe fn leave(self) {
        // SAFETY: the innermost record is that of the call of this function; behind the records
        // of all calls there is that of the first one. A record points behind a call.
        unsafe {
            let frames = (*self.cx).frames.sub(1);
            (*self.cx).frames = frames;
            let ip = *frames;
            let window = usize::from(*ip.sub(CALL_WORDS - 1).cast::<u16>());
            State { ip, regs: self.regs.sub(window), ..self }.go()
        }
    }
}
