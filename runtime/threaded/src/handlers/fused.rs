//! Handlers for several instructions at once: those that programs execute most often one after the
//! other. They exist in decoded code only, so neither prices nor hashes nor traps know of them.
//!
//! What one instruction hands to the next is read by nobody else (the decoder has looked), so it is
//! in no register. If something is out of the ordinary, the reference engine executes all of them.

use super::control::CALL_WORDS;
use crate::context::Exit;
use crate::state::{State, read};
use fvm_arith::{int32, int64};

/// An element at an index that is computed: destination, two operands, array.
macro_rules! element_at {
    ($($(#[$meta:meta])* $name:ident: $ty:ty, $width:literal, $set:ident;)*) => {handlers! {$(
        $(#[$meta])*
        $name<A, B, S> = |s| {
            let index = int32::add(s.i32::<A>(1), s.i32::<B>(2));
            match s.element(3, index, $width) {
                Some(place) => {
                    let value = read::<$ty>(place);
                    s.$set::<S>(0, value).next(2)
                }
                None => {
                    s.spill::<A>(1);
                    s.spill::<B>(2);
                    s.redo()
                }
            }
        };
    )*}};
}

element_at! {
    /// `i32.add`, `array.get_int`.
    get_i32_at_sum: i32, 4, set_i32;
    /// `i32.add`, `array.get_long`.
    get_i64_at_sum: i64, 8, set_i64;
}

/// An element and an operation: destination, array, index, the other operand.
macro_rules! element_then {
    ($($(#[$meta:meta])* $name:ident: $ty:ident, $width:literal, $set:ident = $value:expr;)*) => {
        handlers! {$(
            $(#[$meta])*
            $name<B, S> = |s| match s.element(1, s.i32::<B>(2), $width) {
                Some(place) => {
                    let value = read::<$ty>(place);
                    s.$set::<S>(0, ($value)(value, s.$ty::<false>(3))).next(2)
                }
                None => {
                    s.spill::<B>(2);
                    s.redo()
                }
            };
        )*}
    };
}

element_then! {
    /// `array.get_int`, `i32.add`.
    get_i32_add: i32, 4, set_i32 = int32::add;
    /// `array.get_long`, `i64.add`.
    get_i64_add: i64, 8, set_i64 = int64::add;
    /// `array.get_long`, `i64.mul`.
    get_i64_mul: i64, 8, set_i64 = int64::mul;
}

/// An element and a branch: array, index, the other operand; then the ways.
macro_rules! element_branch {
    ($($(#[$meta:meta])* $name:ident: $ty:ty, $width:literal = |$state:ident, $value:ident| $is:expr;)*) => {
        handlers! {$(
            $(#[$meta])*
            $name<B> = |$state| match $state.element(0, $state.i32::<B>(1), $width) {
                Some(place) => {
                    let $value = read::<$ty>(place);
                    $state.branch($is)
                }
                None => {
                    $state.spill::<B>(1);
                    $state.exit(Exit::RedoBranch)
                }
            };
        )*}
    };
}

element_branch! {
    /// `array.get_boolean`, `br`.
    get_u8_br: u8, 1 = |s, value| value != 0;
    /// `array.get_long`, `i64.br_lt` of it and another one.
    get_i64_br_lt: i64, 8 = |s, value| value < s.i64::<false>(2);
    /// `array.get_long`, `i64.br_le` of it and another one.
    get_i64_br_le: i64, 8 = |s, value| value <= s.i64::<false>(2);
    /// `array.get_long`, `i64.br_lt` of another one and it.
    get_i64_br_gt: i64, 8 = |s, value| value > s.i64::<false>(2);
}

/// Two operations: destination, two operands of the first, the other operand of the second.
macro_rules! twice {
    ($($(#[$meta:meta])* $name:ident: $ty:ident, $set:ident = $value:expr;)*) => {handlers! {$(
        $(#[$meta])*
        $name<A, B, S> = |s| {
            let value = ($value)(s.$ty::<A>(1), s.$ty::<B>(2), s.$ty::<false>(3));
            s.$set::<S>(0, value).next(2)
        };
    )*}};
}

twice! {
    /// `i32.mul`, `i32.add`.
    i32_mul_add: i32, set_i32 = |a, b, c| int32::add(int32::mul(a, b), c);
    /// `i32.add`, `i32.add`.
    i32_add_add: i32, set_i32 = |a, b, c| int32::add(int32::add(a, b), c);
    /// `i32.xor`, `i32.and`.
    i32_xor_and: i32, set_i32 = |a: i32, b: i32, c: i32| (a ^ b) & c;
    /// `i32.and`, `i32.xor`.
    i32_and_xor: i32, set_i32 = |a: i32, b: i32, c: i32| (a & b) ^ c;
    /// `i64.mul`, `i64.add`.
    i64_mul_add: i64, set_i64 = |a, b, c| int64::add(int64::mul(a, b), c);
}

/// An operation with an immediate and another one: destination, operand, immediate, the other
/// operand of the second.
macro_rules! immediate_then {
    ($($(#[$meta:meta])* $name:ident: $ty:ident, $set:ident = $value:expr;)*) => {handlers! {$(
        $(#[$meta])*
        $name<A, S> = |s| {
            let value = ($value)(s.$ty::<A>(1), s.signed_half(2), s.$ty::<false>(3));
            s.$set::<S>(0, value).next(2)
        };
    )*}};
}

immediate_then! {
    /// `i32.ushr_imm`, `i32.xor`.
    i32_ushr_imm_xor: i32, set_i32 = |a, n, c| int32::ushr(a, n) ^ c;
    /// `i64.ushr_imm`, `i64.xor`.
    i64_ushr_imm_xor: i64, set_i64 = |a, n, c| int64::ushr(a, n) ^ c;
    /// `i64.shl_imm`, `i64.xor`.
    i64_shl_imm_xor: i64, set_i64 = |a, n, c| int64::shl(a, n) ^ c;
}

handlers! {
    /// A constant and `i32.rotr`: destination, operand, the constant.
    i32_rotr_imm<A, S> = |s| {
        s.set_i32::<S>(0, int32::rotr(s.i32::<A>(1), s.signed_half(2))).next(2)
    };
    /// A constant and `i64.mul`: destination, operand; the constant.
    i64_mul_word<A, S> = |s| {
        s.set_i64::<S>(0, int64::mul(s.i64::<A>(1), s.word(2) as i64)).next(3)
    };
    /// A constant and `i64.add`: destination, operand; the constant.
    i64_add_word<A, S> = |s| {
        s.set_i64::<S>(0, int64::add(s.i64::<A>(1), s.word(2) as i64)).next(3)
    };
    /// `move` and `move` of narrow registers: the second destination, the first operand, the first
    /// destination, the second operand.
    move_twice<A, S> = |s| {
        let s = s.set::<true>(2, s.low::<A>(1));
        s.set::<S>(0, s.low::<false>(3)).next(2)
    };
    /// `move` of a wide register, `call`: destination, operand; then as `call`.
    move_call = |s| {
        s.set_u128(0, s.u128(1));
        let call = State { ip: s.ip.add(1), ..s };
        let callee = call.ip.byte_offset(call.int(1) as isize);
        match call.reach(call.half(1)) {
            Some(regs) => {
                call.record(CALL_WORDS);
                State { ip: callee, regs, ..call }.pay(call.word(2))
            }
            // The move is made once more.
            None => s.exit(Exit::NoRoom),
        }
    };
    /// `i64.add`, `ret.value`.
    i64_add_ret<A, B> = |s| {
        let accumulator = int64::add(s.i64::<A>(0), s.i64::<B>(1)) as u64;
        *s.regs.cast::<u64>() = accumulator;
        State { accumulator, ..s }.leave()
    };

    /// `jump` to a block that is a `br` alone: the condition; then the target, its price, the ways.
    jump_br<A> = |s| s.jump_branch(s.i32::<A>(0) != 0);
    /// `jump` to a block that is an `i32.br_lt` alone.
    jump_i32_br_lt<A, B> = |s| s.jump_branch(s.i32::<A>(0) < s.i32::<B>(1));
    /// `jump` to a block that is an `i32.br_le` alone.
    jump_i32_br_le<A, B> = |s| s.jump_branch(s.i32::<A>(0) <= s.i32::<B>(1));
    /// `jump` to a block that is an `i64.br_lt` alone.
    jump_i64_br_lt<A, B> = |s| s.jump_branch(s.i64::<A>(0) < s.i64::<B>(1));
    /// `jump` to a block that is an `i64.br_le` alone.
    jump_i64_br_le<A, B> = |s| s.jump_branch(s.i64::<A>(0) <= s.i64::<B>(1));
    /// The end of a turn of a loop over a range, `i32.ne`, `i32.add_imm` in place, `jump` to a
    /// block that is a `br` alone: the flag, its operands, the counter; then target and immediate,
    /// price, ways.
    latch = |s| {
        let is_on = s.i32::<false>(1) != s.i32::<false>(2);
        let counter = int32::add(s.i32::<false>(3), s.int(3));
        s.set_bool::<true>(0, is_on).set_i32::<true>(3, counter).jump_branch(is_on)
    };
}

/// Jumps on. The contract is that of all functions of the state.
#[allow(clippy::missing_safety_doc, reason = "told above for all of them")]
impl State {
    /// Goes through a block that is a branch alone: its distance is the first half of the word
    /// behind the operands, then come its price, the two ways and their prices.
    #[inline(always)]
    unsafe fn jump_branch(self, condition: bool) {
        // SAFETY: the decoder wrote these words (V14).
        unsafe {
            let (gas, is_short) = self.gas.overflowing_sub(self.word(3));
            if is_short && cfg!(not(unmetered)) {
                let ip = self.ip.byte_offset(self.int(2) as isize);
                return State { ip, ..self }.exit(Exit::OutOfGas);
            }
            let state = if cfg!(unmetered) { self } else { State { gas, ..self } };
            if condition { state.enter(6, 5) } else { state.enter(7, 6) }
        }
    }
}
