//! Ways to break one rule of the verifier and none that is checked before it, with the words of the
//! error that must follow: `tables` for rules V1 to V8 and V18, `code` for V9 to V17, made of
//! `parts`.

mod code;
mod parts;
mod tables;

use crate::hostile::Numbers;
pub use code::CODE;
use fvm_isa::Module;
use fvm_vm::Rule;
pub use tables::TABLES;

/// A way to break a rule.
pub struct Breaker {
    pub rule: Rule,
    /// Part of the text of the error.
    pub text: &'static str,
    /// Breaks an accepted module; false if it found nothing to break.
    pub run: fn(&mut Module, &mut Numbers) -> bool,
}

const fn breaker(
    rule: Rule,
    text: &'static str,
    run: fn(&mut Module, &mut Numbers) -> bool,
) -> Breaker {
    Breaker { rule, text, run }
}
