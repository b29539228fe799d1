//! Hostile modules: whatever the verifier accepts of mutated assembly files ends in decoded code as
//! it ends in the reference engine.
//!
//! `FVM_FUZZ_ROUNDS` says how often each file of `tests/vm` is mutated (default 60).

mod hostile {
    include!("../../vm/tests/support/hostile.rs");
}

use fvm_isa::{FunctionId, Module, wire};
use fvm_threaded::Program;
use fvm_vm::{Machine, NoHost, Outcome, Schedule, Value, VerifiedModule, load};
use hostile::{GAS, LIMITS, Numbers, argument, corpus, graft, mutate, rounds};

fn compare(module: &VerifiedModule, schedule: &Schedule, numbers: &mut Numbers) {
    let program = Program::decode(module).expect("code for this processor");
    for (number, function) in module.module().functions.iter().enumerate() {
        let id = FunctionId(number as u16);
        let args: Vec<Value> = function.params.iter().map(|ty| argument(*ty, numbers)).collect();
        for gas in [GAS, numbers.next() % 2_000] {
            let mut machine = Machine::new(module, schedule, LIMITS);
            let expected = machine.call(id, &args, gas, &mut NoHost);
            let mut machine = Machine::new(module, schedule, LIMITS);
            let found = machine.call_in(&program, id, &args, gas, &mut NoHost);
            assert_eq!(shown(found), shown(expected), "{id} {args:?} with {gas} gas");
        }
    }
}

/// All of an outcome but what only the reference engine counts.
fn shown(outcome: Outcome) -> String {
    format!("{:?}", Outcome { instructions: 0, moves: 0, ..outcome })
}

#[test]
fn mutated_modules_end_alike() {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x1357_9bdf_0246_8ace);
    let mut accepted = 0;
    for original in corpus() {
        for _ in 0..rounds() / 2 {
            let mut bytes = original.clone();
            mutate(&mut bytes, &mut numbers);
            if let Ok(module) = load(&bytes) {
                accepted += 1;
                compare(&module, &schedule, &mut numbers);
            }
        }
    }
    assert!(accepted > rounds() / 2, "only {accepted} mutants were accepted");
}

#[test]
fn instructions_of_other_files_end_alike() {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x0fed_cba9_8765_4321);
    let modules: Vec<Module> =
        corpus().iter().map(|bytes| wire::decode(bytes).expect("canonical")).collect();
    for _ in 0..rounds() * 5 {
        let module = graft(&modules, &mut numbers);
        if let Ok(module) = load(&wire::encode(&module)) {
            compare(&module, &schedule, &mut numbers);
        }
    }
}
