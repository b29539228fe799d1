//! How fast the engine is: nanoseconds for each instruction of a few kernels, and gas for each
//! nanosecond (the schedule aims at 10). Run with
//! `cargo run --release -p fvm-vm --example speed`.

use fvm_isa::{FunctionId, text};
use fvm_vm::{Limits, Machine, NoHost, Schedule, Value, verify};
use std::time::Instant;

const KERNELS: &str = "module program \"speed\"
constant k0 \"abcdefghij\"
class c24 \"Base\" extends c1 abstract
class c25 \"A\" extends c24
  field var \"n\" i64
  method s0 f4
selector s0 \"step\" of c24 (c24, i64) -> i64

function f0 (i32) -> i64 registers 3 []
b0 (r0 i32):
    call r0, f1
    ret.value r0

; fib, by recursion
function f1 (i32) -> i64 registers 3 []
b0 (r0 i32):
    i32.br_lt_imm r0, 2, b1, b2
b1 (r0 i32):
    i32.to_i64 r0, r0
    ret.value r0
b2 (r0 i32):
    i32.add_imm r1, r0, -1
    call r1, f1
    i32.add_imm r2, r0, -2
    call r2, f1
    i64.add r1, r1, r2
    ret.value r1

; a loop of integer arithmetic
function f2 (i32) -> i64 registers 4 []
b0 (r0 i32):
    const.i64_i16 r1, 1
    const.i64_i16 r2, 7
    jump b1
b1 (r0 i32, r1 i64, r2 i64):
    i64.mul r3, r1, r2
    i64.xor r1, r1, r3
    i64.shr_imm r3, r3, 3
    i64.add r1, r1, r3
    i32.add_imm r0, r0, -1
    i32.br_gt_imm r0, 0, b1, b2
b2 (r1 i64):
    ret.value r1

; a sieve step: array reads and writes
function f3 (i32) -> i64 registers 6 []
b0 (r0 i32):
    const.i32 r1, 1024
    array.new r2, r1, c21
    const.i16 r3, 0
    jump b1
b1 (r0 i32, r2 c21, r3 i32):
    i32.and_imm r4, r3, 127
    array.get_int r5, r2, r4
    i32.add r5, r5, r3
    array.set_int r2, r4, r5
    i32.add_imm r3, r3, 1
    i32.br_lt r3, r0, b1, b2
b2 (r5 i32):
    i32.to_i64 r5, r5
    ret.value r5

; virtual calls on an object
function f4 (c25, i64) -> i64 registers 4 []
b0 (r0 c25, r1 i64):
    field.get r2, r0, c25.0
    i64.add r2, r2, r1
    field.set r0, r2, c25.0
    ret.value r2
function f5 (i32) -> i64 registers 5 []
b0 (r0 i32):
    new r1, c25
    const.i64_i16 r4, 0
    jump b1
b1 (r0 i32, r1 c25):
    move r2, r1
    const.i64_i16 r3, 3
    call.virtual r2, s0
    i32.add_imm r0, r0, -1
    i32.br_gt_imm r0, 0, b1, b2
b2 (r2 i64):
    ret.value r2

; allocation of small objects and boxes
function f6 (i32) -> i64 registers 5 []
b0 (r0 i32):
    const.i64_i16 r4, 5
    jump b1
b1 (r0 i32, r4 i64):
    new r1, c25
    field.set r1, r4, c25.0
    box r2, r4, c8
    unbox r4, r2, c8
    i32.add_imm r0, r0, -1
    i32.br_gt_imm r0, 0, b1, b2
b2 (r4 i64):
    ret.value r4

; strings
function f7 (i32) -> i64 registers 5 []
b0 (r0 i32):
    const.string r1, k0
    jump b1
b1 (r0 i32, r1 c14):
    string.concat r2, r1, r1
    const.i16 r3, 5
    string.char_at r4, r2, r3
    string.eq r3, r2, r1
    i32.add_imm r0, r0, -1
    i32.br_gt_imm r0, 0, b1, b2
b2 (r4 i32):
    i32.to_i64 r4, r4
    ret.value r4

; checked 128-bit arithmetic
function f8 (i32) -> i64 registers 5 []
b0 (r0 i32):
    const.u128_u16 r1, 1
    const.u128_u16 r2, 3
    jump b1
b1 (r0 i32, r1 u128, r2 u128):
    u128.add r1, r1, r2
    u128.mul r3, r1, r2
    u128.div r1, r3, r2
    i32.add_imm r0, r0, -1
    i32.br_gt_imm r0, 0, b1, b2
b2 (r1 u128):
    u128.low r1, r1
    ret.value r1
";

fn main() {
    let module = text::parse(KERNELS).expect("the kernels are assembly");
    let module = verify(module).expect("the kernels are accepted");
    let schedule = Schedule::standard();
    println!(
        "{:<12} {:>14} {:>8} {:>9} {:>8}",
        "kernel", "instructions", "ms", "ns/inst", "gas/ns"
    );
    for (name, function, count) in [
        ("fib(30)", 0, 30),
        ("integers", 2, 20_000_000),
        ("array", 3, 20_000_000),
        ("virtual", 5, 10_000_000),
        ("objects", 6, 10_000_000),
        ("strings", 7, 3_000_000),
        ("wide", 8, 10_000_000),
    ] {
        let best = (0..3)
            .map(|_| {
                let mut machine = Machine::new(&module, &schedule, Limits::PROGRAM);
                let start = Instant::now();
                let args = [Value::I32(count)];
                let outcome = machine.call(FunctionId(function), &args, u64::MAX, &mut NoHost);
                (start.elapsed(), outcome)
            })
            .min_by_key(|run| run.0);
        let Some((time, outcome)) = best else { continue };
        let ns = time.as_nanos() as f64;
        println!(
            "{name:<12} {:>14} {:>8.1} {:>9.2} {:>8.1}",
            outcome.instructions,
            ns / 1e6,
            ns / outcome.instructions as f64,
            outcome.gas_used as f64 / ns,
        );
    }
}
