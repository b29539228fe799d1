//! Hostile input: mutated modules and random bytes go through decoder, verifier and, if they are
//! accepted, the engine with a little gas. Nothing panics, nothing hangs, gas is never exceeded,
//! and the same call ends the same way twice.
//!
//! `FVM_FUZZ_ROUNDS` says how often each file of `tests/vm` is mutated (default 60).

mod hostile {
    include!("support/hostile.rs");
}

use fvm_isa::{FunctionId, wire};
use fvm_vm::{Machine, NoHost, Schedule, Value, VerifiedModule, load};
use hostile::{GAS, LIMITS, Numbers, argument, corpus, for_each_graft, mutate, rounds};

fn run(module: &VerifiedModule, schedule: &Schedule, numbers: &mut Numbers) {
    for number in 0..module.module().functions.len() {
        let params = module.module().functions[number].params.clone();
        let args: Vec<Value> = params.iter().map(|ty| argument(*ty, numbers)).collect();
        let id = FunctionId(number as u16);
        let call = || Machine::new(module, schedule, LIMITS).call(id, &args, GAS, &mut NoHost);
        let outcome = call();
        assert!(outcome.gas_used <= GAS);
        assert!(outcome.memory_bytes <= (2 << 20));
        // NaN differs from itself, so the texts are compared.
        assert_eq!(format!("{outcome:?}"), format!("{:?}", call()));
    }
}

#[test]
fn mutated_modules_are_rejected_or_run() {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut accepted, mut total) = (0, 0);
    for original in corpus() {
        for _ in 0..rounds() {
            let mut bytes = original.clone();
            mutate(&mut bytes, &mut numbers);
            total += 1;
            if let Ok(module) = load(&bytes) {
                accepted += 1;
                assert_eq!(wire::encode(module.module()), bytes);
                run(&module, &schedule, &mut numbers);
            }
        }
    }
    assert!(accepted * 20 > total, "only {accepted} of {total} mutants were accepted");
}

#[test]
fn instructions_of_other_files_are_rejected_or_run() {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x1234_5678_9abc_def1);
    for_each_graft(rounds() * 20, &mut numbers, |module, numbers| {
        run(module, &schedule, numbers);
    });
}

#[test]
fn random_bytes_are_rejected() {
    let mut numbers = Numbers(42);
    for round in 0..rounds() * 50 {
        let length = numbers.below(300);
        let mut bytes: Vec<u8> = (0..length).map(|_| numbers.next() as u8).collect();
        if round % 2 == 0 {
            bytes.splice(0..0, *b"FVM1\x03\x00\x00\x00");
        }
        assert!(load(&bytes).is_err());
    }
}
