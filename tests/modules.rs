//! Random modules of the instruction set: the verifier accepts every one, and all engines agree on
//! every one. `FVM_MODULES` says how many (default 400); `examples/compare.rs` runs as many as one
//! likes, and tells what they did.

use fscc_tests::compare::{compare_modules, recipe, shrink};
use fscc_tests::modules::module;

fn count() -> u64 {
    let wanted = std::env::var("FVM_MODULES").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(400)
}

#[test]
fn random_modules_are_accepted_and_end_alike() {
    let seen = compare_modules(0, count()).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(seen.accepted, seen.modules);
    // The generator is of use only if it reaches what there is.
    let opcodes = fvm_isa::ALL.len();
    assert_eq!(seen.held.len(), opcodes, "some opcodes are in no module");
    let executed = seen.executed.iter().filter(|is| **is).count();
    assert!(executed * 10 >= opcodes * 9, "only {executed} opcodes were executed");
    let missing: Vec<&str> = fvm_isa::TRAPS
        .iter()
        .map(|trap| trap.name)
        .filter(|name| !seen.endings.contains_key(*name))
        .collect();
    assert!(missing.len() <= 2, "no call ended with {missing:?}");
    let returned = seen.endings.get("returned").copied().unwrap_or_default();
    assert!(returned * 4 > count(), "only {returned} calls returned");
}

#[test]
fn the_same_bytes_make_the_same_module() {
    for seed in 0..20 {
        assert_eq!(module(&recipe(seed)), module(&recipe(seed)));
    }
    // Nothing to choose is a choice, too.
    assert!(fvm_vm::verify(module(&[])).is_ok());
}

#[test]
fn recipes_shrink_to_what_matters() {
    let recipe: Vec<u8> = (0..200).collect();
    let holds = |bytes: &[u8]| bytes.contains(&77) && bytes.contains(&120);
    assert_eq!(shrink(&recipe, &holds), [77, 120]);
}
