//! Bad modules for every rule of the verifier: each is rejected, by its rule and for its reason,
//! from memory and from bytes. What breaks them is `breakers/`; what is broken are the
//! modules of `tests/vm`.
//!
//! Together with `assembly.rs` these tests notice when a check of the verifier is left out or
//! turned round: `.ci/mutants` does that to every check.

mod breakers;
mod hostile {
    #![allow(dead_code, reason = "the generator serves other tests as well")]
    include!("support/hostile.rs");
}

use breakers::{CODE, TABLES};
use fvm_isa::{Module, wire};
use fvm_vm::{LoadError, Rule, load, verify};
use hostile::{Numbers, corpus};
use std::collections::{BTreeMap, BTreeSet};

/// Bad modules that every rule must have.
const MODULES_PER_RULE: usize = 50;

/// Bad modules that are made in each way, if that many are different.
const MODULES_PER_WAY: usize = 60;

#[test]
fn every_rule_rejects_what_breaks_it() {
    let valid: Vec<Module> =
        corpus().iter().map(|bytes| wire::decode(bytes).expect("canonical")).collect();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    for breaker in TABLES.iter().chain(CODE) {
        let is_large = breaker.rule == Rule::Limits && breaker.text.ends_with("_MAX");
        let wanted = if is_large { valid.len().min(4) } else { MODULES_PER_WAY };
        let mut seen = BTreeSet::new();
        for _ in 0..wanted * 100 {
            if seen.len() >= wanted {
                break;
            }
            let mut module = valid[numbers.below(valid.len())].clone();
            if !(breaker.run)(&mut module, &mut numbers) {
                continue;
            }
            let bytes = wire::encode(&module);
            if !seen.insert(blake3::hash(&bytes).to_hex().to_string()) {
                continue;
            }
            let is_written = wire::decode(&bytes).is_ok_and(|read| read == module);
            let Err(error) = verify(module) else {
                panic!("V{} {:?}: accepted", breaker.rule.number(), breaker.text);
            };
            assert_eq!(error.rule, breaker.rule, "{error}, for {:?}", breaker.text);
            assert!(error.text.contains(breaker.text), "{error}, for {:?}", breaker.text);
            // Not all that breaks a rule can be written down: the decoder is the first barrier.
            match load(&bytes) {
                Err(LoadError::Verify(found)) if is_written => assert_eq!(found, error),
                Err(LoadError::Decode(_)) if !is_written => {}
                other => assert!(!is_written, "{error}: {:?} from bytes", other.is_ok()),
            }
        }
        assert!(!seen.is_empty(), "V{} {:?}: no module", breaker.rule.number(), breaker.text);
        *counts.entry(breaker.rule).or_default() += seen.len();
    }
    for rule in Rule::ALL {
        let count = counts.get(rule).copied().unwrap_or_default();
        println!("V{} {rule:?}: {count} bad modules", rule.number());
        assert!(count >= MODULES_PER_RULE, "{rule:?} has only {count} bad modules");
    }
}
