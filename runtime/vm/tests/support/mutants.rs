// Hostile modules in another engine: whatever the verifier accepts of mutated assembly files ends there
// as it ends in the reference engine. Part of the tests of every engine that is not the reference
// engine.

mod hostile {
    include!("hostile.rs");
}

use fvm_isa::FunctionId;
use fvm_vm::engine::Engine;
use fvm_vm::{Machine, NoHost, Outcome, Schedule, Value, VerifiedModule, load};
use hostile::{GAS, LIMITS, Numbers, argument, corpus, for_each_graft, mutate, rounds};

/// Every function ends in an engine of the module as it ends in the reference engine.
fn compare<E: Engine>(
    module: &VerifiedModule,
    make: fn(&VerifiedModule) -> E,
    schedule: &Schedule,
    numbers: &mut Numbers,
) {
    let program = make(module);
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

/// Mutated assembly files.
pub fn mutated_modules_end_alike<E: Engine>(make: fn(&VerifiedModule) -> E) {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x1357_9bdf_0246_8ace);
    let mut accepted = 0;
    for original in corpus() {
        for _ in 0..rounds() / 2 {
            let mut bytes = original.clone();
            mutate(&mut bytes, &mut numbers);
            if let Ok(module) = load(&bytes) {
                accepted += 1;
                compare(&module, make, &schedule, &mut numbers);
            }
        }
    }
    assert!(accepted > rounds() / 2, "only {accepted} mutants were accepted");
}

/// Assembly files with instructions of others.
pub fn instructions_of_other_files_end_alike<E: Engine>(make: fn(&VerifiedModule) -> E) {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x0fed_cba9_8765_4321);
    for_each_graft(rounds() * 5, &mut numbers, |module, numbers| {
        compare(module, make, &schedule, numbers);
    });
}
