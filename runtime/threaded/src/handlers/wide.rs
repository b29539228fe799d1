//! Numbers of 128 bits.

use fvm_arith::{int128, uint128};

/// Defines handlers of instructions that may fail: the result, and how the first operand is set to it.
macro_rules! checked {
    ($($(#[$meta:meta])* $name:ident = |$s:ident| $result:expr => $set:ident$(::<$stored:literal>)?;)*) => {handlers! {$(
        $(#[$meta])*
        $name = |$s| match $result {
            Ok(value) => $s.$set$(::<$stored>)?(0, value).next(2),
            Err(_) => $s.redo(),
        };
    )*}};
}

checked! {
    /// `u128.add`.
    u128_add = |s| uint128::add(s.u128(1), s.u128(2)) => set_u128;
    /// `u128.sub`.
    u128_sub = |s| uint128::sub(s.u128(1), s.u128(2)) => set_u128;
    /// `u128.mul`.
    u128_mul = |s| uint128::mul(s.u128(1), s.u128(2)) => set_u128;
    /// `u128.div`.
    u128_div = |s| uint128::div(s.u128(1), s.u128(2)) => set_u128;
    /// `u128.rem`.
    u128_rem = |s| uint128::rem(s.u128(1), s.u128(2)) => set_u128;
    /// `i128.add`.
    i128_add = |s| int128::add(s.i128(1), s.i128(2)) => set_i128;
    /// `i128.sub`.
    i128_sub = |s| int128::sub(s.i128(1), s.i128(2)) => set_i128;
    /// `i128.mul`.
    i128_mul = |s| int128::mul(s.i128(1), s.i128(2)) => set_i128;
    /// `i128.div`.
    i128_div = |s| int128::div(s.i128(1), s.i128(2)) => set_i128;
    /// `i128.rem`.
    i128_rem = |s| int128::rem(s.i128(1), s.i128(2)) => set_i128;
    /// `u128.from_i64`.
    u128_from_i64 = |s| uint128::from_i64(s.i64::<false>(1)) => set_u128;
    /// `u128.to_i64`.
    u128_to_i64 = |s| uint128::to_i64(s.u128(1)) => set_i64::<true>;
    /// `i128.to_i64`.
    i128_to_i64 = |s| int128::to_i64(s.i128(1)) => set_i64::<true>;
    /// `u128.from_i128`.
    u128_from_i128 = |s| uint128::from_i128(s.i128(1)) => set_u128;
    /// `i128.from_u128`.
    i128_from_u128 = |s| int128::from_u128(s.u128(1)) => set_i128;
    /// `u128.mul_div`.
    u128_mul_div = |s| uint128::mul_div(s.u128(1), s.u128(2), s.u128(3)) => set_u128;
}

handlers! {
    /// `u128.and`.
    u128_and = |s| s.set_u128(0, s.u128(1) & s.u128(2)).next(2);
    /// `u128.or`.
    u128_or = |s| s.set_u128(0, s.u128(1) | s.u128(2)).next(2);
    /// `u128.xor`.
    u128_xor = |s| s.set_u128(0, s.u128(1) ^ s.u128(2)).next(2);
    /// `u128.shl`.
    u128_shl = |s| s.set_u128(0, uint128::shl(s.u128(1), s.i32::<false>(2))).next(2);
    /// `u128.shr`.
    u128_shr = |s| s.set_u128(0, uint128::shr(s.u128(1), s.i32::<false>(2))).next(2);
    /// `u128.eq` and `i128.eq`.
    wide_eq = |s| s.set_bool::<true>(0, s.u128(1) == s.u128(2)).next(2);
    /// `u128.lt`.
    u128_lt = |s| s.set_bool::<true>(0, s.u128(1) < s.u128(2)).next(2);
    /// `u128.le`.
    u128_le = |s| s.set_bool::<true>(0, s.u128(1) <= s.u128(2)).next(2);
    /// `i128.lt`.
    i128_lt = |s| s.set_bool::<true>(0, s.i128(1) < s.i128(2)).next(2);
    /// `i128.le`.
    i128_le = |s| s.set_bool::<true>(0, s.i128(1) <= s.i128(2)).next(2);
    /// `u128.low`.
    u128_low = |s| s.set_i64::<true>(0, uint128::low(s.u128(1))).next(2);
    /// `u128.high`.
    u128_high = |s| s.set_i64::<true>(0, uint128::high(s.u128(1))).next(2);
    /// `u128.join`.
    u128_join = |s| s.set_u128(0, uint128::join(s.i64::<false>(1), s.i64::<false>(2))).next(2);
    /// `i128.from_i64`.
    i128_from_i64 = |s| s.set_i128(0, int128::from_i64(s.i64::<false>(1))).next(2);
}
