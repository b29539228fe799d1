// Included in the tests of each engine of machine code, with the engine as `engine`.

use fvm_isa::{FunctionId, HostId, text};
use crate::engine::{Program, Refusal, attach};
use fvm_vm::{
    Ending, Host, HostError, Limits, Machine, NoHost, Outcome, Schedule, Value, VerifiedModule,
    verify,
};
use std::fmt::Write;

fn module(source: &str) -> VerifiedModule {
    verify(text::parse(source).expect("assembly")).expect("a good module")
}

fn call(module: &VerifiedModule, limits: Limits, program: Option<&Program>) -> Outcome {
    let mut machine = Machine::new(module, &Schedule::standard(), limits);
    let args = [Value::I32(1_000_000)];
    let outcome = match program {
        None => machine.call(FunctionId(0), &args, u64::MAX, &mut NoHost),
        Some(program) => machine.call_in(program, FunctionId(0), &args, u64::MAX, &mut NoHost),
    };
    Outcome { instructions: 0, moves: 0, ..outcome }
}

/// A function that calls itself with many registers alive across the call.
fn deep(alive: usize) -> String {
    let mut source = format!(
        "module program \"deep\"\nfunction f0 (i32) -> i32 registers {} []\nb0 (r0 i32):\n",
        alive + 1
    );
    source.push_str("    i32.br_eq_imm r0, 0, b2, b1\nb1 (r0 i32):\n");
    for register in 1..alive {
        let _ = writeln!(source, "    i32.add_imm r{register}, r{}, 1", register - 1);
    }
    let _ = writeln!(source, "    i32.add_imm r{alive}, r0, -1\n    call r{alive}, f0");
    for register in 0..alive {
        let _ = writeln!(source, "    i32.xor r{alive}, r{alive}, r{register}");
    }
    let _ = writeln!(source, "    ret.value r{alive}\nb2 (r0 i32):\n    ret.value r0");
    source
}

#[test]
fn recursion_reaches_the_limit_and_no_further() {
    for (alive, call_depth) in [(1, 1 << 18), (20, 40_000), (250, 20_000)] {
        let module = module(&deep(alive));
        let program = Program::compile(&module).expect("code");
        assert_eq!(program.report().compiled, 1);
        for limits in [
            Limits { call_depth, stack_slots: 64 << 20, ..Limits::PROGRAM },
            Limits { call_depth: 1 << 18, stack_slots: 100_000, ..Limits::PROGRAM },
        ] {
            let outcome = call(&module, limits, Some(&program));
            assert_eq!(outcome, call(&module, limits, None));
            let Ending::Trapped(trap) = outcome.ending else { panic!("too deep") };
            assert_eq!(trap.code, fvm_isa::TrapCode::STACK_OVERFLOW);
        }
    }
}

/// Two functions that call each other in their places; one has more parameters than the processor
/// has registers for.
fn taking_turns() -> String {
    let registers: Vec<String> = (0..20).map(|register| format!("r{register} i32")).collect();
    let mut source = String::from(
        "module program \"turns\"\nfunction f0 (i32) -> i32 registers 21 []\nb0 (r0 i32):\n    \
         i32.br_eq_imm r0, 0, b1, b2\nb1 (r0 i32):\n    ret.value r0\nb2 (r0 i32):\n",
    );
    for register in 1..=20 {
        let _ = writeln!(source, "    i32.add_imm r{register}, r{}, -1", register - 1);
    }
    let params = ["i32"; 20].join(", ");
    let _ = writeln!(source, "    tailcall r1, f1\nfunction f1 ({params}) -> i32 registers 21 []");
    let _ = writeln!(source, "b0 ({}):", registers.join(", "));
    source.push_str("    i32.add_imm r20, r0, 0\n    i32.xor r20, r20, r19\n");
    source.push_str("    i32.xor r20, r20, r19\n    tailcall r20, f0\n");
    source
}

#[test]
fn tail_calls_take_no_room() {
    let module = module(&taking_turns());
    let program = Program::compile(&module).expect("code");
    assert_eq!(program.report().compiled, 2);
    let limits = Limits { call_depth: 2, stack_slots: 64, ..Limits::CONTRACT };
    let outcome = call(&module, limits, Some(&program));
    assert_eq!(outcome.ending, Ending::Returned(Value::I32(0)));
    assert_eq!(outcome, call(&module, limits, None));
}

#[test]
fn branches_that_pass_on_too_much_are_not_compiled() {
    // Every block expects 200 registers, and every branch has two ways.
    let live: Vec<String> = (0..200).map(|register| format!("r{register} i32")).collect();
    let live = live.join(", ");
    let mut source = String::from(
        "module program \"wide\"\nfunction f0 (i32) -> i32 registers 200 []\nb0 (r0 i32):\n",
    );
    for register in 1..200 {
        let _ = writeln!(source, "    move r{register}, r0");
    }
    source.push_str("    jump b1\n");
    for block in 1..100 {
        let _ = writeln!(source, "b{block} ({live}):");
        let _ = writeln!(source, "    i32.br_lt r{block}, r0, b{}, b100", block + 1);
    }
    let _ = writeln!(source, "b100 ({live}):\n    ret.value r7");
    let module = module(&source);
    let program = Program::compile(&module).expect("code");
    assert_eq!(program.report().refused, [(FunctionId(0), Refusal::TooManyValues)]);
    let limits = Limits::CONTRACT;
    assert_eq!(call(&module, limits, Some(&program)), call(&module, limits, None));
}

#[test]
fn functions_that_leave_in_many_places_are_compiled_up_to_a_limit() {
    for (divisions, refused) in [(1_500, 0), (1_600, 1)] {
        let mut source = String::from(
            "module program \"exits\"\nfunction f0 (i32) -> i32 registers 2 []\nb0 (r0 i32):\n",
        );
        source.push_str("    i32.add_imm r1, r0, 1\n");
        for _ in 0..divisions {
            source.push_str("    i32.rem r1, r0, r1\n    i32.add_imm r1, r1, 1\n");
        }
        source.push_str("    ret.value r1\n");
        let module = module(&source);
        let program = Program::compile(&module).expect("code");
        let expected = vec![(FunctionId(0), Refusal::TooManyExits); refused];
        assert_eq!(program.report().refused, expected, "{divisions} divisions");
        let limits = Limits::CONTRACT;
        assert_eq!(call(&module, limits, Some(&program)), call(&module, limits, None));
    }
}

#[test]
fn blocks_with_many_ways_to_them_are_compiled_up_to_a_limit() {
    // Every block is reached from the two before it.
    for (blocks, refused) in [(200, 0), (1_000, 1)] {
        let mut source = String::from(
            "module program \"ways\"\nfunction f0 (i32) -> i32 registers 2 []\nb0 (r0 i32):\n    jump b1\n",
        );
        for block in 1..blocks {
            let (next, after) = (block + 1, (block + 2).min(blocks));
            let _ = writeln!(source, "b{block} (r0 i32):\n    i32.add_imm r0, r0, -9");
            let _ = writeln!(source, "    i32.br_lt_imm r0, 5, b{next}, b{after}");
        }
        let _ = writeln!(source, "b{blocks} (r0 i32):\n    ret.value r0");
        let module = module(&source);
        let program = Program::compile(&module).expect("code");
        let expected = [(FunctionId(0), Refusal::TooManyValues)];
        assert_eq!(program.report().refused, expected[..refused]);
        let limits = Limits::CONTRACT;
        assert_eq!(call(&module, limits, Some(&program)), call(&module, limits, None));
    }
}

#[test]
fn large_functions_are_not_compiled() {
    for (count, refused) in [(4_096, 0), (4_097, 1)] {
        let mut source = String::from(
            "module program \"large\"\nfunction f0 (i32) -> i32 registers 1 []\nb0 (r0 i32):\n",
        );
        for _ in 1..count {
            source.push_str("    i32.add_imm r0, r0, 3\n");
        }
        source.push_str("    ret.value r0\n");
        let module = module(&source);
        let program = Program::compile(&module).expect("code");
        let expected = [(FunctionId(0), Refusal::TooLarge)];
        assert_eq!(program.report().refused, expected[..refused]);
        let limits = Limits::CONTRACT;
        assert_eq!(call(&module, limits, Some(&program)), call(&module, limits, None));
    }
}

#[test]
fn what_is_late_is_left_to_the_reference_engine() {
    let module = module(&deep(3));
    let program = Program::compile_until(&module, &|| true).expect("stubs");
    assert_eq!(program.report().refused, [(FunctionId(0), Refusal::Late)]);
    let limits = Limits::CONTRACT;
    assert_eq!(call(&module, limits, Some(&program)), call(&module, limits, None));
}

#[test]
fn limits_out_of_proportion_are_left_to_the_reference_engine() {
    let module = module(&deep(3));
    let program = Program::compile(&module).expect("code");
    let limits = Limits { call_depth: 1 << 40, stack_slots: 100_000, memory_bytes: 0 };
    assert_eq!(call(&module, limits, Some(&program)), call(&module, limits, None));
}

#[test]
fn code_of_another_module_is_not_run() {
    let (one, other) = (module(&deep(3)), module(&deep(4)));
    let program = Program::compile(&other).expect("code");
    let limits = Limits { call_depth: 5, ..Limits::CONTRACT };
    assert_eq!(call(&one, limits, Some(&program)), call(&one, limits, None));
}

const PRINTS: &str = "module program \"prints\"
constant k0 \"a\"
function f0 (i32) registers 2 [print]
b0 (r0 i32):
    const.string r0, k0
    call.host r0, host.print
    ret
";

struct Panicking;

impl Host for Panicking {
    fn call(&mut self, _: HostId, _: Vec<Value>) -> Result<Value, HostError> {
        panic!("the host gives up")
    }
}

#[test]
fn a_panic_of_the_host_goes_on_behind_compiled_code() {
    let module = module(PRINTS);
    attach(&module).expect("code");
    let result = std::panic::catch_unwind(|| {
        let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
        machine.call(FunctionId(0), &[Value::I32(1)], 10_000, &mut Panicking)
    });
    let panic = result.expect_err("the panic of the host");
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"the host gives up"));
}

#[test]
fn one_program_runs_on_many_threads() {
    let module = module(&deep(5));
    let program = Program::compile(&module).expect("code");
    let limits = Limits { call_depth: 1_000, ..Limits::CONTRACT };
    let expected = call(&module, limits, None);
    std::thread::scope(|scope| {
        let run = || (0..50).all(|_| call(&module, limits, Some(&program)) == expected);
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        assert!(threads.into_iter().all(|thread| thread.join().expect("no panic")));
    });
}
