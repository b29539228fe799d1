//! Compiled code takes over between two calls, and nobody can tell which call was the first.

use fvm_isa::{FunctionId, text};
use fvm_jit::{Compilation, Refusal};
use fvm_vm::{Limits, Machine, NoHost, Outcome, Schedule, Value, VerifiedModule, verify};
use std::sync::Arc;
use std::thread;

/// Fibonacci numbers, modulo what fits, and a trap at the end of negative ones.
const SOURCE: &str = "module program \"fib\"
function f0 (i32) -> i32 registers 3 []
b0 (r0 i32):
    i32.br_lt_imm r0, 2, b1, b2
b1 (r0 i32):
    i32.br_lt_imm r0, 0, b3, b4
b2 (r0 i32):
    i32.add_imm r1, r0, -1
    call r1, f0
    i32.add_imm r2, r0, -2
    call r2, f0
    i32.add r0, r1, r2
    ret.value r0
b3 ():
    const.null r0
    trap r0, NoMatch
b4 (r0 i32):
    ret.value r0
";

fn module() -> Arc<VerifiedModule> {
    Arc::new(verify(text::parse(SOURCE).expect("assembly")).expect("a good module"))
}

fn call(module: &VerifiedModule, argument: i32, gas: u64) -> Outcome {
    let mut machine = Machine::new(module, &Schedule::standard(), Limits::CONTRACT);
    let outcome = machine.call(FunctionId(0), &[Value::I32(argument)], gas, &mut NoHost);
    Outcome { instructions: 0, moves: 0, ..outcome }
}

#[test]
fn calls_go_on_while_code_is_made() {
    let cases = [(15, u64::MAX), (15, 50_000), (-1, u64::MAX), (3, 0)];
    let reference = module();
    let expected = cases.map(|(argument, gas)| call(&reference, argument, gas));
    let module = module();
    let all_alike =
        || (cases.iter().zip(&expected)).all(|(case, e)| call(&module, case.0, case.1) == *e);
    assert_eq!(module.engine_name(), "reference");
    thread::scope(|scope| {
        let callers: Vec<_> =
            (0..2).map(|_| scope.spawn(|| (0..200).all(|_| all_alike()))).collect();
        let compilation = Compilation::new(Arc::clone(&module));
        let compiled = scope.spawn(|| compilation.run().expect("code").report().compiled);
        assert_eq!(compiled.join().expect("no panic"), 1);
        assert!(callers.into_iter().all(|caller| caller.join().expect("no panic")));
    });
    assert_eq!(module.engine_name(), "jit");
    assert!(all_alike());
}

#[test]
fn a_stopped_compilation_changes_nothing() {
    let module = module();
    let compilation = Compilation::new(Arc::clone(&module));
    compilation.stopper().stop();
    assert_eq!(compilation.run().err(), Some(Refusal::Late));
    assert_eq!(module.engine_name(), "reference");
}

#[test]
fn code_takes_the_place_of_another_engine_once() {
    let module = module();
    let first = Compilation::new(Arc::clone(&module)).run().expect("code");
    assert!(!module.attach_faster(first));
    assert_eq!(module.engine_name(), "jit");
}
