//! The table of passes and the order in which they run.
//!
//! A pass turns a valid module into a valid module that does the same: same results, same traps,
//! same effects in the same order. It never prints, never calls another pass, and is linear or
//! n log n, or says in the table that it is not made for large functions.

mod clean;
mod constants;
mod dead;
mod decide;
mod devirtualize;
mod expand;
mod facts;
mod getters;
mod hoist;
mod inline;
mod narrow;
mod numbering;
mod ownership;
mod pressure;
mod shake;
mod simplify;
mod summary;
mod tail;
mod unpack;

use crate::func::Func;
use crate::module::{FuncId, Module};
use fscc_base::IndexVec;
use getters::Getter;
use std::cell::OnceCell;
use std::rc::Rc;
use summary::{Dispatch, Summary};

/// How much work goes into better code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// As `lower` made it, without what cannot be reached.
    O0,
    /// Cheap passes.
    O1,
    /// All passes.
    O2,
}

/// What a function pass may look at besides the function.
pub(crate) struct Env<'a> {
    /// The module, with the function as it was before the pass.
    pub(crate) module: &'a Module,
    /// What virtual calls reach.
    pub(crate) dispatch: Dispatch,
    /// The functions that give singletons.
    pub(crate) getters: IndexVec<FuncId, Option<Getter>>,
    summaries: OnceCell<IndexVec<FuncId, Rc<Summary>>>,
}

impl Env<'_> {
    /// What a function may do.
    pub(crate) fn summary(&self, func: FuncId) -> &Rc<Summary> {
        &self
            .summaries
            .get_or_init(|| summary::summarize(self.module, &self.dispatch, &self.getters))[func]
    }
}

enum Run {
    /// One function at a time; whether something changed. If nothing did, the function is left as
    /// it was; so it is if too many values would be live at once.
    Func(fn(&mut Func, &Env) -> bool),
    /// The whole module.
    Module(fn(&mut Module)),
}

/// A row of the table.
pub struct Pass {
    /// Name, in `--emit` and in tests.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub doc: &'static str,
    /// Passes of which one must have run earlier, because this one finds nothing to do otherwise
    /// or relies on the shape that they leave.
    pub requires: &'static [&'static str],
    /// Whether it is left out for functions above [`LINEAR_ONLY_SIZE`].
    pub is_linear: bool,
    run: Run,
}

/// Functions with more instructions than this only get the linear passes.
pub const LINEAR_ONLY_SIZE: usize = 20_000;

/// All passes.
pub const PASSES: &[Pass] = &[
    Pass {
        name: "shake",
        doc: "drops functions, classes, selectors and globals that no export reaches",
        requires: &[],
        is_linear: true,
        run: Run::Module(shake::run),
    },
    Pass {
        name: "clean",
        doc: "merges blocks, threads jumps, drops trivial block parameters",
        requires: &[],
        is_linear: true,
        run: Run::Func(clean::run),
    },
    Pass {
        name: "constants",
        doc: "propagates constants and folds branches",
        requires: &[],
        is_linear: true,
        run: Run::Func(constants::run),
    },
    Pass {
        name: "simplify",
        doc: "cancels boxes and casts, applies the laws of arithmetic",
        requires: &[],
        is_linear: true,
        run: Run::Func(simplify::run),
    },
    Pass {
        name: "numbering",
        doc: "reuses equal results, loads, storage reads and pure calls",
        requires: &["clean"],
        is_linear: false,
        run: Run::Func(numbering::run),
    },
    Pass {
        name: "dead",
        doc: "drops what computes nothing that is needed",
        requires: &[],
        is_linear: true,
        run: Run::Func(dead::run),
    },
    Pass {
        name: "devirtualize",
        doc: "calls the only possible function directly",
        requires: &["shake"],
        is_linear: true,
        run: Run::Func(devirtualize::run),
    },
    Pass {
        name: "inline",
        doc: "puts small functions into their callers",
        requires: &["devirtualize"],
        is_linear: true,
        run: Run::Module(inline::run),
    },
    Pass {
        name: "unpack",
        doc: "keeps the fields of objects that never leave in values",
        requires: &["clean"],
        is_linear: false,
        run: Run::Func(unpack::run),
    },
    Pass {
        name: "expand",
        doc: "looks at the variable of a singleton before calling its getter",
        requires: &["numbering"],
        is_linear: true,
        run: Run::Module(expand::run),
    },
    Pass {
        name: "narrow",
        doc: "lets block parameters take scalars instead of boxes, and narrower types",
        requires: &["clean"],
        is_linear: true,
        run: Run::Func(narrow::run),
    },
    Pass {
        name: "tail",
        doc: "turns tail calls into loops and jumps",
        requires: &["clean"],
        is_linear: true,
        run: Run::Module(tail::run),
    },
    Pass {
        name: "hoist",
        doc: "computes before a loop what gives the same in every round",
        requires: &["numbering"],
        is_linear: false,
        run: Run::Func(hoist::run),
    },
    Pass {
        name: "decide",
        doc: "turns chains of tests of one value into switches",
        requires: &["shake"],
        is_linear: false,
        run: Run::Func(decide::run),
    },
];

const ORDER_O1: &[&str] = &["shake", "clean", "constants", "simplify", "dead", "clean", "shake"];

#[rustfmt::skip]
const ORDER_O2: &[&str] = &[
    // Smaller first, so that more is small enough to be inlined.
    "shake", "clean", "constants", "simplify", "numbering", "dead", "clean",
    // Twice, because inlining a function shows which closures it calls.
    "devirtualize", "inline",
    "clean", "constants", "simplify", "unpack", "clean", "narrow", "simplify", "numbering", "dead", "clean",
    "devirtualize", "inline",
    "clean", "constants", "simplify", "unpack", "clean", "narrow", "constants", "simplify", "numbering",
    "constants", "simplify", "dead", "clean",
    // What no later pass should see.
    "expand", "tail", "clean", "hoist", "dead", "clean", "shake",
    // Class numbers do not change any more.
    "decide", "clean",
];

/// The passes of a level, in order.
pub fn order(level: Level) -> &'static [&'static str] {
    match level {
        Level::O0 => &["shake"],
        Level::O1 => ORDER_O1,
        Level::O2 => ORDER_O2,
    }
}

/// The pass with this name.
pub fn lookup(name: &str) -> Option<&'static Pass> {
    PASSES.iter().find(|pass| pass.name == name)
}

/// Optimises a module; `on_pass` sees the module after each pass.
///
/// In debug builds the checker runs after every pass, and a mistake that it finds is a bug of the
/// pass: a panic.
pub fn optimize(module: &mut Module, level: Level, on_pass: &mut dyn FnMut(&str, &Module)) {
    for name in order(level) {
        if let Some(pass) = lookup(name) {
            run_pass(module, pass);
            if cfg!(debug_assertions) {
                let errors = crate::check::check(module);
                assert!(errors.is_empty(), "pass {name} broke the module: {}", errors[0]);
            }
            on_pass(name, module);
        }
    }
}

/// Runs one pass over a module.
pub fn run_pass(module: &mut Module, pass: &Pass) {
    match pass.run {
        Run::Module(run) => run(module),
        Run::Func(run) => {
            let dispatch = Dispatch::new(module);
            let getters = getters::find(module);
            let env = Env { module, dispatch, getters, summaries: OnceCell::new() };
            let mut changes: Vec<(FuncId, Func)> = Vec::new();
            for (id, func) in env.module.funcs.iter_enumerated() {
                if !pass.is_linear && func.size() > LINEAR_ONLY_SIZE {
                    continue;
                }
                let mut changed = func.clone();
                if run(&mut changed, &env) && !pressure::is_too_high(&changed, func) {
                    changes.push((id, changed));
                }
            }
            for (id, func) in changes {
                module.funcs[id] = func;
            }
        }
    }
}
