//! How fast the engines are on a few kernels: nanoseconds for each instruction, gas for each
//! nanosecond (the schedule aims at 10 in the reference engine), and what compiling costs. Run with
//! `cargo run --release -p fvm-jit --example speed`, and `-- reference` or `-- jit` for one engine.

use fvm_isa::{FunctionId, text};
use fvm_jit::Program;
use fvm_vm::{Limits, Machine, NoHost, Outcome, Schedule, Value, VerifiedModule, verify};
use std::time::{Duration, Instant};

const KERNELS: &str = include_str!("kernels.fasm");

/// Name, function, and argument of each kernel.
const RUNS: &[(&str, u16, i32)] = &[
    ("fib(30)", 0, 30),
    ("integers", 2, 20_000_000),
    ("array", 3, 20_000_000),
    ("virtual", 5, 10_000_000),
    ("objects", 6, 10_000_000),
    ("strings", 7, 3_000_000),
    ("wide", 8, 10_000_000),
];

const GAS: u64 = u64::MAX / 2;

fn main() {
    let only = std::env::args().nth(1);
    let module = text::parse(KERNELS).expect("the kernels are assembly");
    let module = verify(module).expect("the kernels are accepted");
    let start = Instant::now();
    let program = Program::compile(&module).expect("the kernels can be compiled");
    let (time, report) = (start.elapsed(), program.report());
    println!(
        "compiled {} functions in {:.2} ms: {} bytes of code, frames of at most {} bytes",
        report.compiled,
        time.as_secs_f64() * 1e3,
        report.code_bytes,
        report.frame_bytes,
    );
    println!("{:<10} {:<10} {:>9} {:>9} {:>8}", "kernel", "engine", "ms", "ns/inst", "gas/ns");
    for (name, function, count) in RUNS {
        let (function, args) = (FunctionId(*function), [Value::I32(*count)]);
        let (reference, outcome) =
            best(&module, |machine| machine.call(function, &args, GAS, &mut NoHost));
        let (jit, _) =
            best(&module, |machine| machine.call_in(&program, function, &args, GAS, &mut NoHost));
        for (engine, time) in [("reference", reference), ("jit", jit)] {
            if only.as_ref().is_some_and(|only| only != engine) {
                continue;
            }
            let ns = time.as_nanos() as f64;
            println!(
                "{name:<10} {engine:<10} {:>9.1} {:>9.2} {:>8.1}",
                ns / 1e6,
                ns / outcome.instructions as f64,
                outcome.gas_used as f64 / ns,
            );
        }
    }
    calls(&module, &program);
    compile_times();
}

/// What compiling costs for each instruction of a function of some size.
fn compile_times() {
    for count in [1_000, 4_000, 16_000, 64_000] {
        let module = text::parse(&branching(count)).expect("the function is assembly");
        let bytes = fvm_isa::wire::encode(&module).len();
        let module = verify(module).expect("the function is accepted");
        let start = Instant::now();
        let program = Program::compile(&module).expect("the function can be compiled");
        let ns = start.elapsed().as_nanos() as f64;
        println!(
            "compiling {count:>6} instructions: {:>8.1} ms, {:>6.0} ns for each byte, {} of {bytes} bytes, {:?}",
            ns / 1e6,
            ns / bytes as f64,
            program.report().code_bytes,
            program.report().refused,
        );
    }
}

/// A function with a branch after every seven instructions, and fourteen registers alive everywhere.
fn branching(count: usize) -> String {
    const ALIVE: usize = 14;
    let live: Vec<String> = (0..ALIVE).map(|register| format!("r{register} i32")).collect();
    let live = live.join(", ");
    let blocks = count / 8;
    let mut source = format!(
        "module program \"branching\"\nfunction f0 (i32) -> i32 registers {ALIVE} []\nb0 (r0 i32):\n"
    );
    for register in 1..ALIVE {
        source.push_str(&format!("    i32.add_imm r{register}, r0, {register}\n"));
    }
    source.push_str("    jump b1\n");
    for block in 1..=blocks {
        source.push_str(&format!("b{block} ({live}):\n"));
        for step in 0..7 {
            let (to, a, b) = (block + step, block * 3 + step, block * 5 + step * 7);
            let (to, a, b) = (to % ALIVE, a % ALIVE, b % ALIVE);
            source.push_str(&format!("    i32.mul r{to}, r{a}, r{b}\n"));
        }
        let (next, back) = (block + 1, if block % 4 == 0 { block - 3 } else { block + 1 });
        source.push_str(&format!("    i32.br_lt_imm r0, 9, b{next}, b{back}\n"));
    }
    source.push_str(&format!("b{} ({live}):\n    ret.value r3\n", blocks + 1));
    source
}

/// The best of three calls on new machines.
fn best(
    module: &VerifiedModule,
    mut call: impl FnMut(&mut Machine<'_>) -> Outcome,
) -> (Duration, Outcome) {
    let schedule = Schedule::standard();
    let runs = (0..3).map(|_| {
        let mut machine = Machine::new(module, &schedule, Limits::PROGRAM);
        let start = Instant::now();
        let outcome = call(&mut machine);
        (start.elapsed(), outcome)
    });
    runs.min_by_key(|run| run.0).expect("there are three")
}

/// What a call of a small function costs on a machine that is kept.
fn calls(module: &VerifiedModule, program: &Program) {
    const COUNT: u32 = 1_000_000;
    let mut machine = Machine::new(module, &Schedule::standard(), Limits::CONTRACT);
    let args = [Value::I32(1)];
    let start = Instant::now();
    for _ in 0..COUNT {
        machine.call_in(program, FunctionId(1), &args, GAS, &mut NoHost);
    }
    let ns = start.elapsed().as_nanos() as f64 / f64::from(COUNT);
    println!("a call on a kept machine: {ns:.1} ns");
}
