//! What engines of machine code share: how a verified module is translated, where compiled code
//! finds the parts of the machine, what it calls back, and how it is called.
//!
//! Relies on the verifier for types, windows and offsets, and on the reference engine for the
//! meaning of everything that is not worth translating. Guarantees: results, traps, gas and
//! memory are those of the reference engine at every point that anybody can see; machine code
//! depends on the module and the processor only, prices are read while it runs.
//!
//! An engine implements [`Emitter`] and [`Generator`] for its code generator, has a [`Translation`]
//! tell them each function, and makes [`Compiled`] code of what they wrote: bytes that may lie
//! anywhere. [`Program`] places these in memory; `runner` calls them on a stack of its own, whose
//! size is proved. What compiled code shares with the engine is `context`; what it calls back is
//! `run`.
//!
//! `unsafe` is in `context`, `run`, `memory` and `runner` only; each use says which rule of the
//! verifier or which check makes it sound.

mod context;
pub mod emitter;
pub mod limits;
mod memory;
mod program;
mod refusal;
mod run;
mod runner;
mod translate;

pub use context::{Argument, Callback};
pub use emitter::{Emitter, Generator};
pub use program::{Compiled, Program, Report};
pub use refusal::Refusal;
pub use translate::{Form, Shape, Traits, Translation};

use fvm_vm::engine::{FLAGS_OFFSET, HEADER_BYTES, LENGTH_OFFSET};
use std::mem::offset_of;

/// The sources of the translation and of what compiled code relies on: whoever changes them changes
/// what code that was kept means.
pub const SOURCES: &[&str] = &[
    include_str!("context.rs"),
    include_str!("emitter.rs"),
    include_str!("limits.rs"),
    include_str!("run.rs"),
    include_str!("translate/arithmetic.rs"),
    include_str!("translate/call.rs"),
    include_str!("translate/counted.rs"),
    include_str!("translate/decision.rs"),
    include_str!("translate/ends.rs"),
    include_str!("translate/flow.rs"),
    include_str!("translate/function.rs"),
    include_str!("translate/gas.rs"),
    include_str!("translate/held.rs"),
    include_str!("translate/inst.rs"),
    include_str!("translate/known.rs"),
    include_str!("translate/merge.rs"),
    include_str!("translate/methods.rs"),
    include_str!("translate/mod.rs"),
    include_str!("translate/object.rs"),
    include_str!("translate/sequence.rs"),
    include_str!("translate/storage.rs"),
    include_str!("translate/stub.rs"),
    include_str!("translate/wide.rs"),
];

/// Numbers that compiled code was made with, though no source of this crate holds them.
pub fn layout() -> [usize; 5] {
    let last = offset_of!(context::Context, run);
    [last, HEADER_BYTES, LENGTH_OFFSET, FLAGS_OFFSET, translate::Table::STRIDE]
}

#[cfg(test)]
mod tests {
    use super::SOURCES;

    #[test]
    fn every_file_of_the_translation_is_a_source() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/translate");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for path in files {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(SOURCES.contains(&text.as_str()), "{} is missing", path.display());
        }
    }
}
