//! Small steps: every instruction of the table, alone, against an oracle that shares no code with
//! the machine, in all engines at once: result, trap, detail, gas, memory, what became of operands
//! and of the host. Edge values of all operands are crossed.
//!
//! `ORACLES` says which oracle covers which instruction; a test fails if one is covered by none.
//! `FVM_CONFORM_VALUES` says how many random values stand beside the edges of each operand.

mod bytes;
mod charge;
mod control;
mod datum;
mod digests;
mod doubles;
mod edges;
mod exact;
mod harness;
mod integers;
mod numerals;
mod objects;
mod outside;
mod readers;
mod signatures;
mod slots;
mod storage;
mod texts;
mod trial;

use datum::Datum;
use fscc_tests::random::Random;
use fvm_isa::Opcode;
use harness::{Batch, Form};
use trial::Trial;

/// Who says what an instruction does.
struct Oracle {
    /// By what it is known.
    name: &'static str,
    opcodes: &'static [Opcode],
    trials: fn(Opcode, &mut Random) -> Vec<Trial>,
}

include!("table.rs");

/// Runs the trials of an oracle.
fn check(oracle: &Oracle) -> u64 {
    let schedule = charge::schedule();
    let mut batch = Batch::new(&schedule);
    let mut random = Random::new(oracle.name.len() as u64);
    for opcode in oracle.opcodes {
        let trials = (oracle.trials)(*opcode, &mut random);
        assert!(!trials.is_empty(), "{opcode:?} has no trial");
        for (number, trial) in trials.iter().enumerate() {
            for form in forms(trial, number) {
                batch.add(trial, form);
            }
        }
        batch.run();
    }
    batch.calls
}

/// In which surroundings a trial runs. Those that need a function of their own are for some.
fn forms(trial: &Trial, number: usize) -> Vec<Form> {
    let others = [Form::OverFirst, Form::OverLast, Form::Moved, Form::MovedForward];
    let mut forms = vec![Form::Parameters];
    if trial.operands.iter().all(|operand| operand.is_scalar()) {
        forms.push(others[number % 4]);
        if number.is_multiple_of(13) {
            forms.push(Form::Constants);
        }
    } else if number.is_multiple_of(3) {
        forms.push(others[number / 3 % 4]);
    }
    if number.is_multiple_of(7) {
        forms.push(Form::Between);
    }
    let shared = |(at, operand): (usize, &Datum)| {
        // Two objects are not one, whatever they hold.
        !matches!(operand, Datum::Array(..) | Datum::Object(..))
            && trial.operands[..at].contains(operand)
    };
    if trial.operands.iter().enumerate().any(shared) {
        forms.push(Form::Shared);
    }
    forms
}

#[test]
fn every_instruction_has_one_oracle() {
    let of_oracles = ORACLES.iter().flat_map(|oracle| oracle.opcodes);
    let mut covered: Vec<Opcode> = of_oracles.chain(CALLS).copied().collect();
    covered.sort_unstable();
    assert_eq!(covered, fvm_isa::ALL);
}

/// Runs every oracle whose number leaves this rest.
fn check_each(rest: usize) {
    for oracle in ORACLES.iter().skip(rest).step_by(2) {
        let calls = check(oracle);
        println!("{}: {} instructions, {calls} calls", oracle.name, oracle.opcodes.len());
    }
}

#[test]
fn instructions_do_what_oracles_say() {
    check_each(0);
}

#[test]
fn other_instructions_do_what_oracles_say() {
    check_each(1);
}

#[test]
fn calls_enter_the_blocks_that_they_should() {
    println!("{} programs", control::calls());
}
