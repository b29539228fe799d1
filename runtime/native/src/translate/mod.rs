//! From a verified module to what an [`Emitter`] is told.
//!
//! Every function becomes one with the arguments `(frame, gas, parameters…)` and the results
//! `(gas, result)`; what is no call inside of the module is found through the context. What is
//! worth translating, and what is left to the reference engine, is decided here, for every emitter
//! alike: whole functions that are beyond a limit become stubs, blocks that lead to a failure only
//! are gone on with elsewhere, and instructions that nobody translates are executed one by one.
//!
//! [`Emitter`]: crate::Emitter

mod arithmetic;
mod call;
mod counted;
mod decision;
mod ends;
mod flow;
mod function;
mod gas;
mod held;
mod inst;
mod known;
mod merge;
mod methods;
mod object;
mod sequence;
mod storage;
mod stub;
mod wide;

pub(crate) use gas::Table;
pub use held::{Form, Shape};
pub(crate) use methods::Methods;

use crate::emitter::Generator;
use crate::refusal::Refusal;
use fvm_isa::FunctionId;
use fvm_vm::VerifiedModule;
use known::Known;

/// The translation of a module.
#[derive(Debug)]
pub struct Translation<'m> {
    module: &'m VerifiedModule,
    methods: Methods,
    known: Known,
}

/// What is known of a function that was translated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Traits {
    /// How many ways repeat its loops: none if it has none.
    pub repeats: usize,
    /// How deeply its loops lie in each other: 0 if it has none.
    pub depth: usize,
    /// Whether it ends in tail calls.
    pub has_tail_calls: bool,
}

impl<'m> Translation<'m> {
    /// Before the first function.
    pub fn new(module: &'m VerifiedModule) -> Translation<'m> {
        Translation { module, methods: Methods::new(module), known: Known::default() }
    }

    /// The functions of the module.
    pub fn functions(&self) -> impl Iterator<Item = FunctionId> {
        (0..self.module.module().functions.len()).map(|number| FunctionId(number as u16))
    }

    /// The shape of a function.
    pub fn shape(&self, id: FunctionId) -> Shape {
        let function = &self.module.module().functions[id.index()];
        Shape::of(&function.params, function.result)
    }

    /// Translates a function, or refuses it; then what was written of it means nothing.
    pub fn function<G: Generator>(
        &mut self,
        generator: &mut G,
        id: FunctionId,
    ) -> Result<Traits, Refusal> {
        let function = &self.module.module().functions[id.index()];
        function::check_size(function)?;
        let (module, methods, known) = (self.module, &self.methods, &mut self.known);
        function::translate(generator, module, methods, known, id)
    }

    /// A function that has the reference engine run it.
    pub fn stub<G: Generator>(&self, generator: &mut G, id: FunctionId) {
        stub::stub(generator, self.module, id);
    }

    /// The thunk through which functions of a shape are called.
    pub fn thunk<G: Generator>(&self, generator: &mut G, shape: &Shape) {
        stub::thunk(generator, shape);
    }
}
