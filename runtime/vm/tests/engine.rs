//! What other engines are given: single instructions in a window, and references that nobody can
//! make up.

use fvm_isa::{BlockId, FunctionId, text};
use fvm_vm::engine::{Engine, Finish, Stop};
use fvm_vm::{Ending, Host, Limits, Machine, NoHost, Schedule, Value, VerifiedModule, verify};
use pretty_assertions::assert_eq;
use std::fmt;
use std::panic::RefUnwindSafe;
use std::sync::Arc;

const MODULE: &str = "module program \"engine\"
class c24 \"A\" extends c1
  field var \"n\" i64

function f0 (i32, i32) -> i32 registers 3 []
b0 (r0 i32, r1 i32):
    i32.div r2, r0, r1
    ret.value r2

function f1 () -> c24 registers 1 []
b0 ():
    new r0, c24
    ret.value r0

function f2 (c24) -> i64 registers 1 []
b0 (r0 c24):
    field.get r0, r0, c24.0
    ret.value r0
";

fn module() -> VerifiedModule {
    verify(text::parse(MODULE).unwrap()).unwrap()
}

/// An engine that does what a test wants.
struct Scripted<F>(F);

impl<F> fmt::Debug for Scripted<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

impl<F: Fn(&mut Machine<'_>) -> Option<Finish> + Send + Sync + RefUnwindSafe> Engine
    for Scripted<F>
{
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn run(
        &self,
        machine: &mut Machine<'_>,
        _host: &mut dyn Host,
        _function: FunctionId,
    ) -> Option<Finish> {
        (self.0)(machine)
    }
}

#[test]
fn an_attached_engine_runs_calls_or_leaves_them() {
    let module = module();
    assert!(module.attach(Arc::new(Scripted(|machine: &mut Machine<'_>| {
        (machine.slot(1) == 1).then_some(Finish::Returned(42))
    }))));
    assert!(!module.attach(Arc::new(Scripted(|_: &mut Machine<'_>| None))));
    let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
    let mut call = |b| {
        let args = [Value::I32(9), Value::I32(b)];
        machine.call(FunctionId(0), &args, 1_000, &mut NoHost)
    };
    let (found, left) = (call(1), call(2));
    assert_eq!((found.ending, found.instructions), (Ending::Returned(Value::I32(42)), 0));
    assert_eq!((left.ending, left.instructions), (Ending::Returned(Value::I32(4)), 2));
}

#[test]
fn a_single_instruction_works_on_the_window() {
    let module = module();
    let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
    let args = [Value::I32(7), Value::I32(2)];
    let engine = Scripted(|machine: &mut Machine<'_>| {
        let pc = machine.verified().code().pc(FunctionId(0), BlockId(0));
        machine.step(&mut NoHost, pc, 0).unwrap();
        assert_eq!(machine.slot(2), 3);
        // The price of the block is the engine's business.
        assert_eq!(machine.gas(), 100);
        machine.set_slot(1, 0);
        let stop = machine.step(&mut NoHost, pc, 0).unwrap_err();
        assert!(matches!(stop, Stop::Trap(fvm_isa::TrapCode::DIVISION_BY_ZERO, 0)));
        machine.set_gas(60);
        Some(Finish::Returned(machine.slot(2)))
    });
    let outcome = machine.call_in(&engine, FunctionId(0), &args, 100, &mut NoHost);
    assert_eq!(outcome.ending, Ending::Returned(Value::I32(3)));
    assert_eq!((outcome.gas_used, outcome.instructions), (40, 0));
}

#[test]
fn a_function_is_interpreted_inside_of_a_call() {
    let module = module();
    let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
    let args = [Value::I32(9), Value::I32(2)];
    let engine = Scripted(|machine: &mut Machine<'_>| {
        let limits = Limits { call_depth: 3, ..Limits::CONTRACT };
        let (finish, depth) = machine.interpret(&mut NoHost, (FunctionId(0), BlockId(0)), limits);
        assert_eq!(depth, 0);
        Some(finish)
    });
    let outcome = machine.call_in(&engine, FunctionId(0), &args, 1_000, &mut NoHost);
    assert_eq!(outcome.ending, Ending::Returned(Value::I32(4)));
    assert_eq!(machine.limits(), Limits::CONTRACT);
}

#[test]
fn a_reference_that_nobody_gave_is_no_argument() {
    let module = module();
    let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
    let mut call = |function, args: &[Value]| {
        machine.call(FunctionId(function), args, 10_000, &mut NoHost).ending
    };
    let Ending::Returned(object) = call(1, &[]) else { panic!("an object") };
    let Value::Reference(slot) = object else { panic!("a reference") };
    assert_eq!(call(2, &[object]), Ending::Returned(Value::I64(0)));
    for made_up in [slot + 16, slot | 1 << 100, 5] {
        let Ending::Trapped(trap) = call(2, &[Value::Reference(made_up)]) else { panic!("a trap") };
        assert_eq!(trap.code, fvm_isa::TrapCode::HOST_FAULT);
    }
}
