//! Functions with loops in loops in loops are compiled up to a limit: LLVM would take too long.

use fvm_isa::{FunctionId, text};
use fvm_llvm::{Program, Refusal};
use fvm_vm::{Limits, Machine, NoHost, Schedule, Value, verify};
use std::fmt::Write;

/// Loops in each other: every block repeats the one before it.
fn nested(loops: usize) -> String {
    let mut source = String::from(
        "module program \"nested\"\nfunction f0 (i32) -> i32 registers 2 []\nb0 (r0 i32):\n    jump b1\n",
    );
    let last = loops + 2;
    for block in 1..last {
        let (before, next) = ((block - 1).max(1), block + 1);
        let _ = writeln!(source, "b{block} (r0 i32):\n    i32.add_imm r0, r0, -1");
        // The first block is where the outermost loop begins, and repeats nothing.
        match block {
            1 => source.push_str("    jump b2\n"),
            _ => {
                let _ = writeln!(source, "    i32.br_gt_imm r0, 40, b{before}, b{next}");
            }
        }
    }
    let _ = writeln!(source, "b{last} (r0 i32):\n    ret.value r0");
    source
}

#[test]
fn nested_loops_are_compiled_up_to_a_limit() {
    for (loops, refused) in [(32, 0), (33, 1)] {
        let module = verify(text::parse(&nested(loops)).expect("assembly")).expect("good");
        let program = Program::compile(&module).expect("code");
        let expected = [(FunctionId(0), Refusal::TooManyLoops)];
        assert_eq!(program.report().refused, expected[..refused]);
        let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
        let args = [Value::I32(1_000)];
        let found = machine.call_in(&program, FunctionId(0), &args, 1 << 40, &mut NoHost);
        let expected = machine.call(FunctionId(0), &args, 1 << 40, &mut NoHost);
        assert_eq!((found.ending, found.gas_used), (expected.ending, expected.gas_used));
    }
}
