//! Moves, constants, integers of 32 and 64 bits.

use fvm_arith::{int32, int64};

binary! {
    i32_add(i32, i32) -> set_i32 = int32::add;
    i32_sub(i32, i32) -> set_i32 = int32::sub;
    i32_mul(i32, i32) -> set_i32 = int32::mul;
    i32_and(i32, i32) -> set_i32 = |a: i32, b: i32| a & b;
    i32_or(i32, i32) -> set_i32 = |a: i32, b: i32| a | b;
    i32_xor(i32, i32) -> set_i32 = |a: i32, b: i32| a ^ b;
    i32_shl(i32, i32) -> set_i32 = int32::shl;
    i32_shr(i32, i32) -> set_i32 = int32::shr;
    i32_ushr(i32, i32) -> set_i32 = int32::ushr;
    i32_rotr(i32, i32) -> set_i32 = int32::rotr;
    i32_eq(i32, i32) -> set_bool = |a: i32, b: i32| a == b;
    i32_ne(i32, i32) -> set_bool = |a: i32, b: i32| a != b;
    i32_lt(i32, i32) -> set_bool = |a: i32, b: i32| a < b;
    i32_le(i32, i32) -> set_bool = |a: i32, b: i32| a <= b;
    i64_add(i64, i64) -> set_i64 = int64::add;
    i64_sub(i64, i64) -> set_i64 = int64::sub;
    i64_mul(i64, i64) -> set_i64 = int64::mul;
    i64_and(i64, i64) -> set_i64 = |a: i64, b: i64| a & b;
    i64_or(i64, i64) -> set_i64 = |a: i64, b: i64| a | b;
    i64_xor(i64, i64) -> set_i64 = |a: i64, b: i64| a ^ b;
    i64_shl(i64, i32) -> set_i64 = int64::shl;
    i64_shr(i64, i32) -> set_i64 = int64::shr;
    i64_ushr(i64, i32) -> set_i64 = int64::ushr;
    i64_eq(i64, i64) -> set_bool = |a: i64, b: i64| a == b;
    i64_ne(i64, i64) -> set_bool = |a: i64, b: i64| a != b;
    i64_lt(i64, i64) -> set_bool = |a: i64, b: i64| a < b;
    i64_le(i64, i64) -> set_bool = |a: i64, b: i64| a <= b;
}

fallible! {
    i32_div(i32, i32) -> set_i32 = int32::div;
    i32_rem(i32, i32) -> set_i32 = int32::rem;
    i64_div(i64, i64) -> set_i64 = int64::div;
    i64_rem(i64, i64) -> set_i64 = int64::rem;
    i64_udiv(i64, i64) -> set_i64 = int64::udiv;
    i64_urem(i64, i64) -> set_i64 = int64::urem;
}

immediate! {
    i32_add_imm(i32) -> set_i32 = |a: i32, b: i32| int32::add(a, b);
    i32_mul_imm(i32) -> set_i32 = |a: i32, b: i32| int32::mul(a, b);
    i32_and_imm(i32) -> set_i32 = |a: i32, b: i32| a & b;
    i32_shl_imm(i32) -> set_i32 = int32::shl;
    i32_shr_imm(i32) -> set_i32 = int32::shr;
    i32_ushr_imm(i32) -> set_i32 = int32::ushr;
    i32_rotr_imm(i32) -> set_i32 = int32::rotr;
    i64_add_imm(i64) -> set_i64 = |a: i64, b: i32| int64::add(a, i64::from(b));
    i64_mul_imm(i64) -> set_i64 = |a: i64, b: i32| int64::mul(a, i64::from(b));
    i64_and_imm(i64) -> set_i64 = |a: i64, b: i32| a & i64::from(b);
    i64_shl_imm(i64) -> set_i64 = int64::shl;
    i64_shr_imm(i64) -> set_i64 = int64::shr;
    i64_ushr_imm(i64) -> set_i64 = int64::ushr;
}

unary! {
    i32_neg(i32) -> set_i32 = int32::neg;
    i64_neg(i64) -> set_i64 = int64::neg;
    bool_not(i32) -> set_bool = |a: i32| a == 0;
    i32_to_i64(i32) -> set_i64 = i64::from;
    i64_to_i32(i64) -> set_i32 = int64::to_i32;
    i32_to_i8(i32) -> set_i32 = int32::to_i8;
    i32_to_i16(i32) -> set_i32 = int32::to_i16;
    i32_to_u16(i32) -> set_i32 = int32::to_u16;
    move_narrow(i64) -> set_i64 = |a: i64| a;
}

handlers! {
    /// A wide register as another one.
    move_wide = |s| {
        s.set_u128(0, s.u128(1)).next(2)
    };
    /// A constant of 32 bits.
    const_i32<S> = |s| s.set_i32::<S>(0, s.int(1)).next(2);
    /// A constant of 64 bits that fits 32, with a sign.
    const_i64_short<S> = |s| s.set_i64::<S>(0, i64::from(s.int(1))).next(2);
    /// A constant of 64 bits.
    const_word<S> = |s| s.set::<S>(0, s.word(2)).next(3);
    /// A constant of 128 bits.
    const_wide = |s| {
        s.set_reference(0, s.word(3), s.word(2));
        s.next(4)
    };
}
