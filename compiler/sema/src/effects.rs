//! Effects: which of six effects a method may have, by inference over the call graph, and the
//! checks of what is declared.
//!
//! * `row`: the six effects and sets of them.
//! * `signature`: what inference knows about a method: effects with their objects and the way by
//!   which each arrives.
//! * `facts`, `infer`: the inference. `check`: declared against inferred; `library`: what libraries
//!   export. `report`: what
//!   was found, with names; `print`: as text; `lock`: as a file that later versions are held
//!   against.
//! * The lints about values: `stale`: values that may be out of date when a handler gets them;
//!   `wrapping`, with `range`: arithmetic that may wrap on the way to storage or a payment;
//!   `values`: what both know of values.
//!
//! **Relies on** a program whose contract operations have been shaped (`crate::contract`) and
//! whose reachable bodies are all typed. **Guarantees** that the row of an entry covers whatever
//! a message to it can do.

mod check;
mod facts;
mod infer;
mod library;
mod lock;
mod print;
mod range;
mod report;
mod row;
mod signature;
mod stale;
#[cfg(test)]
mod tests;
mod values;
mod wrapping;

pub use check::check;
pub(crate) use facts::is_library;
pub use infer::{EffectTable, Step};
pub use library::check_exports;
pub use lock::{check_lock, lock_text};
pub use print::print;
pub use report::{AtomEffect, MethodEffects, report};
pub use row::{Effect, Row};
pub use signature::{Atom, Environment, Signature, Witness};

use crate::symbols::LocalId;
use crate::typed::Program;

/// Infers the effects of all methods of a program.
pub fn infer(program: &Program) -> EffectTable {
    infer::infer(program, &|local| function_arity(program, local))
}

/// The number of parameters of a local's type, if that is a function type.
fn function_arity(program: &Program, local: LocalId) -> Option<u8> {
    let ty = program.symbols.locals[local].ty;
    let class = program.types.class_of(ty)?;
    match program.symbols.classes[class].full_name.as_str() {
        "scala.PartialFunction" => Some(1),
        name => name.strip_prefix("scala.Function")?.parse().ok(),
    }
}
