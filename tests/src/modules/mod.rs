//! Random modules of the instruction set that the verifier accepts: classes, selectors, variables,
//! storage, and functions out of all instructions: arithmetic of every width, objects, arrays,
//! strings, bytes, calls of all four kinds, throwing, trapping and catching, storage, messages and
//! events.
//!
//! `tables` makes everything but code; `body` makes functions, `pairs` neighbours in
//! them, and `values` what their instructions need. The types of registers are kept on the way, and what a block expects is made before it is
//! gone to, so what comes out is valid by construction.
//!
//! **Guarantees:** the same bytes make the same module; any bytes make one.

mod body;
mod choices;
mod pairs;
mod tables;
mod values;

pub use choices::Choices;

use body::Body;
use fvm_isa::Module;
use tables::Tables;

/// The module that the bytes describe.
pub fn module(recipe: &[u8]) -> Module {
    let mut choices = Choices::new(recipe);
    let mut tables = Tables::new(&mut choices);
    for number in 0..tables.module.functions.len() {
        let left = tables.module.functions.len() - number;
        let part = choices.part(left);
        Body::new(&mut tables, part, number).fill();
    }
    tables.module
}
