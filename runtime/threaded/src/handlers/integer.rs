//! Moves, constants, integers of 32 and 64 bits.

use fvm_arith::{int32, int64};

handlers! {
    /// `i32.add`.
    i32_add = |s| {
        s.set_i32(0, int32::add(s.i32(1), s.i32(2)));
        s.next(2)
    };
    /// `i32.sub`.
    i32_sub = |s| {
        s.set_i32(0, int32::sub(s.i32(1), s.i32(2)));
        s.next(2)
    };
    /// `i32.mul`.
    i32_mul = |s| {
        s.set_i32(0, int32::mul(s.i32(1), s.i32(2)));
        s.next(2)
    };
    /// `i32.and`.
    i32_and = |s| {
        s.set_i32(0, s.i32(1) & s.i32(2));
        s.next(2)
    };
    /// `i32.or`.
    i32_or = |s| {
        s.set_i32(0, s.i32(1) | s.i32(2));
        s.next(2)
    };
    /// `i32.xor`.
    i32_xor = |s| {
        s.set_i32(0, s.i32(1) ^ s.i32(2));
        s.next(2)
    };
    /// `i32.shl`.
    i32_shl = |s| {
        s.set_i32(0, int32::shl(s.i32(1), s.i32(2)));
        s.next(2)
    };
    /// `i32.shr`.
    i32_shr = |s| {
        s.set_i32(0, int32::shr(s.i32(1), s.i32(2)));
        s.next(2)
    };
    /// `i32.ushr`.
    i32_ushr = |s| {
        s.set_i32(0, int32::ushr(s.i32(1), s.i32(2)));
        s.next(2)
    };
    /// `i32.rotr`.
    i32_rotr = |s| {
        s.set_i32(0, int32::rotr(s.i32(1), s.i32(2)));
        s.next(2)
    };
    /// `i32.neg`.
    i32_neg = |s| {
        s.set_i32(0, int32::neg(s.i32(1)));
        s.next(2)
    };
    /// `i32.div`.
    i32_div = |s| match int32::div(s.i32(1), s.i32(2)) {
        Ok(value) => {
            s.set_i32(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i32.rem`.
    i32_rem = |s| match int32::rem(s.i32(1), s.i32(2)) {
        Ok(value) => {
            s.set_i32(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i32.eq`.
    i32_eq = |s| {
        s.set_bool(0, s.i32(1) == s.i32(2));
        s.next(2)
    };
    /// `i32.ne`.
    i32_ne = |s| {
        s.set_bool(0, s.i32(1) != s.i32(2));
        s.next(2)
    };
    /// `i32.lt`.
    i32_lt = |s| {
        s.set_bool(0, s.i32(1) < s.i32(2));
        s.next(2)
    };
    /// `i32.le`.
    i32_le = |s| {
        s.set_bool(0, s.i32(1) <= s.i32(2));
        s.next(2)
    };
    /// `i32.add` with an immediate.
    i32_add_imm = |s| {
        s.set_i32(0, int32::add(s.i32(1), i32::from(s.signed_half(2))));
        s.next(2)
    };
    /// `i32.mul` with an immediate.
    i32_mul_imm = |s| {
        s.set_i32(0, int32::mul(s.i32(1), i32::from(s.signed_half(2))));
        s.next(2)
    };
    /// `i32.and` with an immediate.
    i32_and_imm = |s| {
        s.set_i32(0, s.i32(1) & i32::from(s.signed_half(2)));
        s.next(2)
    };
    /// `i32.shl` with an immediate.
    i32_shl_imm = |s| {
        s.set_i32(0, int32::shl(s.i32(1), s.signed_half(2)));
        s.next(2)
    };
    /// `i32.shr` with an immediate.
    i32_shr_imm = |s| {
        s.set_i32(0, int32::shr(s.i32(1), s.signed_half(2)));
        s.next(2)
    };
    /// `i32.ushr` with an immediate.
    i32_ushr_imm = |s| {
        s.set_i32(0, int32::ushr(s.i32(1), s.signed_half(2)));
        s.next(2)
    };
    /// `i64.add`.
    i64_add = |s| {
        s.set_i64(0, int64::add(s.i64(1), s.i64(2)));
        s.next(2)
    };
    /// `i64.sub`.
    i64_sub = |s| {
        s.set_i64(0, int64::sub(s.i64(1), s.i64(2)));
        s.next(2)
    };
    /// `i64.mul`.
    i64_mul = |s| {
        s.set_i64(0, int64::mul(s.i64(1), s.i64(2)));
        s.next(2)
    };
    /// `i64.and`.
    i64_and = |s| {
        s.set_i64(0, s.i64(1) & s.i64(2));
        s.next(2)
    };
    /// `i64.or`.
    i64_or = |s| {
        s.set_i64(0, s.i64(1) | s.i64(2));
        s.next(2)
    };
    /// `i64.xor`.
    i64_xor = |s| {
        s.set_i64(0, s.i64(1) ^ s.i64(2));
        s.next(2)
    };
    /// `i64.shl`.
    i64_shl = |s| {
        s.set_i64(0, int64::shl(s.i64(1), s.i32(2)));
        s.next(2)
    };
    /// `i64.shr`.
    i64_shr = |s| {
        s.set_i64(0, int64::shr(s.i64(1), s.i32(2)));
        s.next(2)
    };
    /// `i64.ushr`.
    i64_ushr = |s| {
        s.set_i64(0, int64::ushr(s.i64(1), s.i32(2)));
        s.next(2)
    };
    /// `i64.neg`.
    i64_neg = |s| {
        s.set_i64(0, int64::neg(s.i64(1)));
        s.next(2)
    };
    /// `i64.div`.
    i64_div = |s| match int64::div(s.i64(1), s.i64(2)) {
        Ok(value) => {
            s.set_i64(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i64.rem`.
    i64_rem = |s| match int64::rem(s.i64(1), s.i64(2)) {
        Ok(value) => {
            s.set_i64(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i64.udiv`.
    i64_udiv = |s| match int64::udiv(s.i64(1), s.i64(2)) {
        Ok(value) => {
            s.set_i64(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i64.urem`.
    i64_urem = |s| match int64::urem(s.i64(1), s.i64(2)) {
        Ok(value) => {
            s.set_i64(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i64.eq`.
    i64_eq = |s| {
        s.set_bool(0, s.i64(1) == s.i64(2));
        s.next(2)
    };
    /// `i64.ne`.
    i64_ne = |s| {
        s.set_bool(0, s.i64(1) != s.i64(2));
        s.next(2)
    };
    /// `i64.lt`.
    i64_lt = |s| {
        s.set_bool(0, s.i64(1) < s.i64(2));
        s.next(2)
    };
    /// `i64.le`.
    i64_le = |s| {
        s.set_bool(0, s.i64(1) <= s.i64(2));
        s.next(2)
    };
    /// `i64.add` with an immediate.
    i64_add_imm = |s| {
        s.set_i64(0, int64::add(s.i64(1), i64::from(s.signed_half(2))));
        s.next(2)
    };
    /// `i64.mul` with an immediate.
    i64_mul_imm = |s| {
        s.set_i64(0, int64::mul(s.i64(1), i64::from(s.signed_half(2))));
        s.next(2)
    };
    /// `i64.and` with an immediate.
    i64_and_imm = |s| {
        s.set_i64(0, s.i64(1) & i64::from(s.signed_half(2)));
        s.next(2)
    };
    /// `i64.shl` with an immediate.
    i64_shl_imm = |s| {
        s.set_i64(0, int64::shl(s.i64(1), s.signed_half(2)));
        s.next(2)
    };
    /// `i64.shr` with an immediate.
    i64_shr_imm = |s| {
        s.set_i64(0, int64::shr(s.i64(1), s.signed_half(2)));
        s.next(2)
    };
    /// `i64.ushr` with an immediate.
    i64_ushr_imm = |s| {
        s.set_i64(0, int64::ushr(s.i64(1), s.signed_half(2)));
        s.next(2)
    };
    /// `bool.not`.
    bool_not = |s| {
        s.set_bool(0, s.i32(1) == 0);
        s.next(2)
    };
    /// `i32.to_i64`.
    i32_to_i64 = |s| {
        s.set_i64(0, i64::from(s.i32(1)));
        s.next(2)
    };
    /// `i64.to_i32`.
    i64_to_i32 = |s| {
        s.set_i32(0, int64::to_i32(s.i64(1)));
        s.next(2)
    };
    /// `i32.to_i8`.
    i32_to_i8 = |s| {
        s.set_i32(0, int32::to_i8(s.i32(1)));
        s.next(2)
    };
    /// `i32.to_i16`.
    i32_to_i16 = |s| {
        s.set_i32(0, int32::to_i16(s.i32(1)));
        s.next(2)
    };
    /// `i32.to_u16`.
    i32_to_u16 = |s| {
        s.set_i32(0, int32::to_u16(s.i32(1)));
        s.next(2)
    };
    /// A narrow register as another one.
    move_narrow = |s| {
        s.set_i64(0, s.i64(1));
        s.next(2)
    };
    /// A wide register as another one.
    move_wide = |s| {
        s.set_u128(0, s.u128(1));
        s.next(2)
    };
    /// A constant of 32 bits.
    const_i32 = |s| {
        s.set_i32(0, s.int(1));
        s.next(2)
    };
    /// A constant of 64 bits that fits 32, with a sign.
    const_i64_short = |s| {
        s.set_i64(0, i64::from(s.int(1)));
        s.next(2)
    };
    /// A constant of 64 bits.
    const_word = |s| {
        s.set_i64(0, s.word(2) as i64);
        s.next(3)
    };
    /// A constant of 128 bits.
    const_wide = |s| {
        s.set_reference(0, s.word(3), s.word(2));
        s.next(4)
    };
}
