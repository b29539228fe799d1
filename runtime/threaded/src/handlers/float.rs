//! Doubles.

use fvm_arith::double;

binary! {
    f64_add(f64, f64) -> set_f64 = double::add;
    f64_sub(f64, f64) -> set_f64 = double::sub;
    f64_mul(f64, f64) -> set_f64 = double::mul;
    f64_div(f64, f64) -> set_f64 = double::div;
    f64_eq(f64, f64) -> set_bool = |a: f64, b: f64| a == b;
    f64_ne(f64, f64) -> set_bool = |a: f64, b: f64| a != b;
    f64_lt(f64, f64) -> set_bool = |a: f64, b: f64| a < b;
    f64_le(f64, f64) -> set_bool = |a: f64, b: f64| a <= b;
}

unary! {
    f64_neg(f64) -> set_f64 = double::neg;
    f64_sqrt(f64) -> set_f64 = double::sqrt;
    f64_floor(f64) -> set_f64 = double::floor;
    f64_ceil(f64) -> set_f64 = double::ceil;
    f64_round_f32(f64) -> set_f64 = double::round_f32;
    f64_bits(f64) -> set_i64 = double::bits;
    f64_from_bits(i64) -> set_f64 = double::from_bits;
    i32_to_f64(i32) -> set_f64 = double::from_i32;
    i64_to_f64(i64) -> set_f64 = double::from_i64;
    f64_to_i32(f64) -> set_i32 = double::to_i32;
    f64_to_i64(f64) -> set_i64 = double::to_i64;
}
