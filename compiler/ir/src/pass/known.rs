//! What function passes know of the whole module. It is made when a pass asks for it and serves
//! the passes after it too, until functions are put together anew: a pass leaves a function with
//! no more effects than it had, so what was true of a callee stays true.

use super::census::Census;
use super::dispatch::Dispatch;
use super::getters::{self, Getter};
use super::summary::{self, Summary};
use crate::func::{Func, Imm, Inst};
use crate::module::{FuncId, Module, SelectorId, Signatures};
use crate::types::Type;
use fscc_base::{Crew, FastMap, IndexVec};
use std::sync::{Arc, Mutex, PoisonError};

/// How much a function pass asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Asks {
    /// The function, and how classes are related.
    Nothing,
    /// What is known already is good enough.
    Known,
    /// What virtual calls reach, as the module is now.
    Dispatch,
    /// All of it, as the module is now.
    Everything,
}

/// What is known of the module's functions.
pub(crate) struct Known {
    /// What virtual calls reach.
    pub(crate) dispatch: Dispatch,
    /// The functions that give singletons.
    pub(crate) getters: IndexVec<FuncId, Option<Getter>>,
    /// Whether some function catches what another one throws.
    pub(crate) catches: bool,
    summaries: IndexVec<FuncId, Arc<Summary>>,
    /// What virtual calls do, as far as it was asked for.
    virtual_calls: Mutex<FastMap<(SelectorId, Type), Arc<Summary>>>,
}

impl Known {
    /// Finds out what is asked for.
    pub(crate) fn new(module: &Module, asks: Asks, crew: &dyn Crew) -> Known {
        let census = Census::new(module, crew);
        let dispatch = Dispatch::new(module, &census);
        let catches = census.catches;
        let (mut getters, mut summaries) = (IndexVec::new(), IndexVec::new());
        if asks != Asks::Dispatch {
            getters = getters::find(module, &census);
            summaries = summary::summarize(module, census, &dispatch, &getters, crew);
        }
        Known { dispatch, getters, catches, summaries, virtual_calls: Mutex::default() }
    }

    /// What a function may do.
    pub(crate) fn summary(&self, func: FuncId) -> &Arc<Summary> {
        &self.summaries[func]
    }
}

/// What a function pass may look at besides the function.
pub(crate) struct Env<'a> {
    /// The module without its functions, which are worked on elsewhere.
    pub(crate) module: &'a Module,
    /// What the functions take and give, which no function pass changes.
    pub(crate) signatures: &'a Signatures,
    known: Option<&'a Known>,
}

impl<'a> Env<'a> {
    pub(crate) fn new(
        module: &'a Module,
        signatures: &'a Signatures,
        known: Option<&'a Known>,
    ) -> Env<'a> {
        Env { module, signatures, known }
    }

    /// What is known of the module, for passes that ask for it.
    pub(crate) fn known(&self) -> &'a Known {
        self.known.expect("the table of passes says what this pass asks for")
    }

    /// What a call of a function or of a selector may do; none if it calls neither.
    pub(crate) fn summary_of_call(&self, func: &Func, inst: &Inst) -> Option<Arc<Summary>> {
        let known = self.known();
        match &inst.imm {
            Imm::Func(callee) => Some(known.summary(*callee).clone()),
            Imm::Selector(selector) => {
                let receiver = func.values[inst.args[0]];
                let join = || {
                    let targets = known.dispatch.targets(self.module, *selector, receiver);
                    summary::joint(targets.iter().map(|target| known.summary(*target)))
                };
                // Whoever asks first finds out; the answer is the same for all.
                let calls = known.virtual_calls.lock();
                let mut calls = calls.unwrap_or_else(PoisonError::into_inner);
                Some(calls.entry((*selector, receiver)).or_insert_with(join).clone())
            }
            _ => None,
        }
    }
}
