//! Numbers of 128 bits.

use fvm_arith::{int128, uint128};

handlers! {
    /// `u128.add`.
    u128_add = |s| match uint128::add(s.u128(1), s.u128(2)) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.sub`.
    u128_sub = |s| match uint128::sub(s.u128(1), s.u128(2)) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.mul`.
    u128_mul = |s| match uint128::mul(s.u128(1), s.u128(2)) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.div`.
    u128_div = |s| match uint128::div(s.u128(1), s.u128(2)) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.rem`.
    u128_rem = |s| match uint128::rem(s.u128(1), s.u128(2)) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.and`.
    u128_and = |s| {
        s.set_u128(0, s.u128(1) & s.u128(2));
        s.next(2)
    };
    /// `u128.or`.
    u128_or = |s| {
        s.set_u128(0, s.u128(1) | s.u128(2));
        s.next(2)
    };
    /// `u128.xor`.
    u128_xor = |s| {
        s.set_u128(0, s.u128(1) ^ s.u128(2));
        s.next(2)
    };
    /// `u128.shl`.
    u128_shl = |s| {
        s.set_u128(0, uint128::shl(s.u128(1), s.i32::<false>(2)));
        s.next(2)
    };
    /// `u128.shr`.
    u128_shr = |s| {
        s.set_u128(0, uint128::shr(s.u128(1), s.i32::<false>(2)));
        s.next(2)
    };
    /// `u128.eq` and `i128.eq`.
    wide_eq = |s| {
        s.set_bool::<true>(0, s.u128(1) == s.u128(2)).next(2)
    };
    /// `u128.lt`.
    u128_lt = |s| {
        s.set_bool::<true>(0, s.u128(1) < s.u128(2)).next(2)
    };
    /// `u128.le`.
    u128_le = |s| {
        s.set_bool::<true>(0, s.u128(1) <= s.u128(2)).next(2)
    };
    /// `i128.add`.
    i128_add = |s| match int128::add(s.u128(1) as i128, s.u128(2) as i128) {
        Ok(value) => {
            s.set_u128(0, value as u128);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i128.sub`.
    i128_sub = |s| match int128::sub(s.u128(1) as i128, s.u128(2) as i128) {
        Ok(value) => {
            s.set_u128(0, value as u128);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i128.mul`.
    i128_mul = |s| match int128::mul(s.u128(1) as i128, s.u128(2) as i128) {
        Ok(value) => {
            s.set_u128(0, value as u128);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i128.div`.
    i128_div = |s| match int128::div(s.u128(1) as i128, s.u128(2) as i128) {
        Ok(value) => {
            s.set_u128(0, value as u128);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i128.rem`.
    i128_rem = |s| match int128::rem(s.u128(1) as i128, s.u128(2) as i128) {
        Ok(value) => {
            s.set_u128(0, value as u128);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i128.lt`.
    i128_lt = |s| {
        s.set_bool::<true>(0, (s.u128(1) as i128) < s.u128(2) as i128).next(2)
    };
    /// `i128.le`.
    i128_le = |s| {
        s.set_bool::<true>(0, (s.u128(1) as i128) <= s.u128(2) as i128).next(2)
    };
    /// `u128.from_i64`.
    u128_from_i64 = |s| match uint128::from_i64(s.i64::<false>(1)) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.to_i64`.
    u128_to_i64 = |s| match uint128::to_i64(s.u128(1)) {
        Ok(value) => {
            s.set_i64::<true>(0, value).next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i128.to_i64`.
    i128_to_i64 = |s| match int128::to_i64(s.u128(1) as i128) {
        Ok(value) => {
            s.set_i64::<true>(0, value).next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.from_i128`.
    u128_from_i128 = |s| match uint128::from_i128(s.u128(1) as i128) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `i128.from_u128`.
    i128_from_u128 = |s| match int128::from_u128(s.u128(1)) {
        Ok(value) => {
            s.set_u128(0, value as u128);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
    /// `u128.low`.
    u128_low = |s| {
        s.set_i64::<true>(0, uint128::low(s.u128(1))).next(2)
    };
    /// `u128.high`.
    u128_high = |s| {
        s.set_i64::<true>(0, uint128::high(s.u128(1))).next(2)
    };
    /// `u128.join`.
    u128_join = |s| {
        s.set_u128(0, uint128::join(s.i64::<false>(1), s.i64::<false>(2)));
        s.next(2)
    };
    /// `i128.from_i64`.
    i128_from_i64 = |s| {
        s.set_u128(0, int128::from_i64(s.i64::<false>(1)) as u128);
        s.next(2)
    };
    /// `u128.mul_div`.
    u128_mul_div = |s| match uint128::mul_div(s.u128(1), s.u128(2), s.u128(3)) {
        Ok(value) => {
            s.set_u128(0, value);
            s.next(2)
        }
        Err(_) => s.redo(),
    };
}
