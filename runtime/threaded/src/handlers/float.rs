//! Doubles.

use fvm_arith::double;

handlers! {
    /// `f64.add`.
    f64_add = |s| {
        s.set_f64(0, double::add(s.f64(1), s.f64(2)));
        s.next(2)
    };
    /// `f64.sub`.
    f64_sub = |s| {
        s.set_f64(0, double::sub(s.f64(1), s.f64(2)));
        s.next(2)
    };
    /// `f64.mul`.
    f64_mul = |s| {
        s.set_f64(0, double::mul(s.f64(1), s.f64(2)));
        s.next(2)
    };
    /// `f64.div`.
    f64_div = |s| {
        s.set_f64(0, double::div(s.f64(1), s.f64(2)));
        s.next(2)
    };
    /// `f64.neg`.
    f64_neg = |s| {
        s.set_f64(0, double::neg(s.f64(1)));
        s.next(2)
    };
    /// `f64.sqrt`.
    f64_sqrt = |s| {
        s.set_f64(0, double::sqrt(s.f64(1)));
        s.next(2)
    };
    /// `f64.floor`.
    f64_floor = |s| {
        s.set_f64(0, double::floor(s.f64(1)));
        s.next(2)
    };
    /// `f64.ceil`.
    f64_ceil = |s| {
        s.set_f64(0, double::ceil(s.f64(1)));
        s.next(2)
    };
    /// `f64.round_f32`.
    f64_round_f32 = |s| {
        s.set_f64(0, double::round_f32(s.f64(1)));
        s.next(2)
    };
    /// `f64.eq`.
    f64_eq = |s| {
        s.set_bool(0, s.f64(1) == s.f64(2));
        s.next(2)
    };
    /// `f64.ne`.
    f64_ne = |s| {
        s.set_bool(0, s.f64(1) != s.f64(2));
        s.next(2)
    };
    /// `f64.lt`.
    f64_lt = |s| {
        s.set_bool(0, s.f64(1) < s.f64(2));
        s.next(2)
    };
    /// `f64.le`.
    f64_le = |s| {
        s.set_bool(0, s.f64(1) <= s.f64(2));
        s.next(2)
    };
    /// `f64.bits`.
    f64_bits = |s| {
        s.set_i64(0, double::bits(s.f64(1)));
        s.next(2)
    };
    /// `f64.from_bits`.
    f64_from_bits = |s| {
        s.set_f64(0, double::from_bits(s.i64(1)));
        s.next(2)
    };
    /// `i32.to_f64`.
    i32_to_f64 = |s| {
        s.set_f64(0, double::from_i32(s.i32(1)));
        s.next(2)
    };
    /// `i64.to_f64`.
    i64_to_f64 = |s| {
        s.set_f64(0, double::from_i64(s.i64(1)));
        s.next(2)
    };
    /// `f64.to_i32`.
    f64_to_i32 = |s| {
        s.set_i32(0, double::to_i32(s.f64(1)));
        s.next(2)
    };
    /// `f64.to_i64`.
    f64_to_i64 = |s| {
        s.set_i64(0, double::to_i64(s.f64(1)));
        s.next(2)
    };
}
