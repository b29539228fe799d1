//! Handlers end with a jump in every mode: in builds with assertions every return to the driver
//! looks how far the native stack has grown, and these loops return to it after many thousand
//! steps.

use fvm_isa::{FunctionId, text};
use fvm_vm::{Ending, Limits, Machine, NoHost, Schedule, Value, verify};

/// Runs a loop of some instructions, 20,000 turns, with arrays of every kind in registers 1 to 8.
fn turn(name: &str, body: &str) {
    let arrays: String =
        (1..=8).map(|at| format!("    array.new r{at}, r10, c{}\n", 15 + at)).collect();
    let live: String = (1..=8).map(|at| format!(", r{at} c{}", 15 + at)).collect();
    let source = format!(
        "module program \"stack\"\nfunction f0 (i32) -> i32 registers 20 []\nb0 (r0 i32):\n    \
         const.i16 r10, 8\n{arrays}    const.i64_i16 r11, 5\n    jump b1\n\
         b1 (r0 i32{live}, r11 i64):\n    i32.and_imm r12, r0, 7\n{body}    \
         i32.add_imm r0, r0, -1\n    i32.br_gt_imm r0, 0, b1, b2\nb2 (r0 i32):\n    ret.value r0\n"
    );
    let module = text::parse(&source).unwrap_or_else(|error| panic!("{name}: {error}"));
    let module = verify(module).unwrap_or_else(|error| panic!("{name}: {error}"));
    fvm_threaded::attach(&module).expect("code");
    let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
    let args = [Value::I32(20_000)];
    let outcome = machine.call(FunctionId(0), &args, u64::MAX, &mut NoHost);
    assert_eq!(outcome.ending, Ending::Returned(Value::I32(0)), "{name}");
}

#[test]
fn elements_in_every_mode() {
    // Index in the accumulator, value in the accumulator, neither.
    for (at, word, wide) in [
        (2, "boolean", false),
        (3, "byte", false),
        (4, "short", false),
        (5, "char", false),
        (6, "int", false),
        (7, "long", true),
    ] {
        let value = if wide { "i64.add_imm r13, r11, 1" } else { "i32.add_imm r13, r0, 1" };
        for (name, body) in [
            ("value", format!("    {value}\n    array.set_{word} r{at}, r12, r13\n")),
            (
                "index",
                format!(
                    "    {value}\n    i32.and_imm r14, r0, 3\n    array.set_{word} r{at}, r14, r13\n"
                ),
            ),
            (
                "neither",
                format!("    {value}\n    i32.neg r14, r0\n    array.set_{word} r{at}, r12, r13\n"),
            ),
            ("got", format!("    array.get_{word} r13, r{at}, r12\n")),
            (
                "got at index",
                format!("    i32.and_imm r14, r0, 3\n    array.get_{word} r13, r{at}, r14\n"),
            ),
        ] {
            if word == "boolean" && !name.starts_with("got") {
                let body = body.replace(value, "i32.lt r13, r0, r12");
                turn(&format!("{word}, {name}"), &body);
            } else {
                turn(&format!("{word}, {name}"), &body);
            }
        }
    }
}

#[test]
fn numbers_in_every_mode() {
    for op in ["add", "sub", "mul", "and", "or", "xor", "shl", "shr", "ushr", "rotr", "lt", "eq"] {
        turn(
            op,
            &format!(
                "    i32.neg r13, r0\n    i32.{op} r14, r13, r12\n    i32.{op} r15, r0, r14\n"
            ),
        );
    }
    for op in ["add", "sub", "mul", "and", "or", "xor", "lt", "eq"] {
        turn(op, &format!("    i64.neg r13, r11\n    i64.{op} r14, r13, r11\n"));
        turn(op, &format!("    i64.neg r13, r11\n    i64.{op} r14, r11, r13\n"));
    }
    turn(
        "divide",
        "    i32.add_imm r13, r12, 1\n    i32.div r14, r0, r13\n    i32.rem r15, r14, r13\n",
    );
    let doubles = "    i32.to_f64 r13, r0\n    f64.add r14, r13, r13\n    f64.mul r15, r14, r13\n    \
                   f64.lt r16, r15, r14\n    f64.to_i32 r17, r15\n";
    turn("doubles", doubles);
}

#[test]
fn pairs() {
    let sum =
        "    i32.and_imm r13, r0, 3\n    i32.add r14, r13, r13\n    array.get_long r15, r7, r14\n";
    turn("element at a sum", sum);
    let then = "    array.get_long r13, r7, r12\n    i64.mul r14, r13, r11\n    array.get_int r15, r6, r12\n    \
                i32.add r16, r15, r12\n";
    turn("element, then", then);
    let twice = "    i32.mul r13, r0, r12\n    i32.add r14, r13, r12\n    i64.mul r15, r11, r11\n    \
                 i64.add r16, r15, r11\n    const.i16 r17, 7\n    i32.rotr r18, r0, r17\n";
    turn("two operations", twice);
    turn("moves", "    move r13, r0\n    move r14, r12\n    move r15, r14\n    move r16, r13\n");
}
