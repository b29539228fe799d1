//! The table of passes and the order in which they run.
//!
//! A pass turns a valid module into a valid module that does the same: same results, same traps,
//! same effects in the same order. It never prints, never calls another pass (but `absorb`, which
//! makes calls direct by `devirtualize`), and is linear or n log n, or says in the table that it is
//! not made for large functions.

mod absorb;
mod arguments;
mod census;
mod choose;
mod clean;
mod constants;
mod dead;
mod decide;
mod devirtualize;
mod dispatch;
mod expand;
mod facts;
mod fields;
mod getters;
mod hoist;
mod induction;
mod inline;
mod known;
mod loops;
mod narrow;
mod numbering;
mod overwritten;
mod ownership;
mod params;
mod pressure;
mod ranges;
mod rotate;
mod run;
mod shake;
mod simplify;
mod splice;
mod summary;
mod tables;
mod tail;
mod unpack;
mod unroll;

use crate::func::Func;
use crate::module::Module;
use known::{Asks, Env};
use run::{Finish, Settled};
pub use run::{optimize, optimize_in_order, run_pass};

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

enum Run {
    /// One function at a time; whether something changed. Values may be left over; blocks that
    /// cannot be reached may not.
    Func(fn(&mut Func, &Env) -> bool),
    /// The whole module; it notes what it changes.
    Module(fn(&mut Module, &mut Settled)),
    /// The whole module, callees before callers; the function passes that follow in the order are
    /// run on each function before it is put into others.
    Callers(fn(&mut Module, &mut Settled, &Finish)),
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
    /// Whether more values may be live at once afterwards. What it does to a function is taken
    /// back if those become too many.
    adds_pressure: bool,
    /// Whether a function pass finds nothing more to do in what it has just changed.
    is_thorough: bool,
    /// What a function pass looks at besides the function.
    asks: Asks,
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
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Module(shake::run),
    },
    Pass {
        name: "clean",
        doc: "merges blocks, threads jumps, drops trivial block parameters",
        requires: &[],
        is_linear: true,
        adds_pressure: false,
        is_thorough: true,
        asks: Asks::Nothing,
        run: Run::Func(clean::run),
    },
    Pass {
        name: "constants",
        doc: "propagates constants and folds branches",
        requires: &[],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(constants::run),
    },
    Pass {
        name: "simplify",
        doc: "cancels boxes and casts, applies the laws of arithmetic",
        requires: &[],
        is_linear: true,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(simplify::run),
    },
    Pass {
        name: "numbering",
        doc: "reuses equal results, loads, storage reads and pure calls",
        requires: &["clean"],
        is_linear: false,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Everything,
        run: Run::Func(numbering::run),
    },
    Pass {
        name: "dead",
        doc: "drops what computes nothing that is needed",
        requires: &[],
        is_linear: true,
        adds_pressure: false,
        is_thorough: true,
        asks: Asks::Known,
        run: Run::Func(dead::run),
    },
    Pass {
        name: "overwritten",
        doc: "drops writes of storage that nobody sees",
        requires: &[],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Known,
        run: Run::Func(overwritten::run),
    },
    Pass {
        name: "devirtualize",
        doc: "calls the only possible function directly",
        requires: &["shake"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Dispatch,
        run: Run::Func(devirtualize::run),
    },
    Pass {
        name: "inline",
        doc: "puts small functions into their callers",
        requires: &["devirtualize"],
        is_linear: true,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Module(inline::run),
    },
    Pass {
        name: "absorb",
        doc: "puts small functions into their callers, with what is known of closures there",
        requires: &["shake"],
        is_linear: true,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Everything,
        run: Run::Callers(absorb::run),
    },
    Pass {
        name: "unpack",
        doc: "keeps the fields of objects that never leave in values",
        requires: &["clean"],
        is_linear: false,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(unpack::run),
    },
    Pass {
        name: "expand",
        doc: "looks at the variable of a singleton before calling its getter",
        requires: &["numbering"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Module(expand::run),
    },
    Pass {
        name: "narrow",
        doc: "lets block parameters take scalars instead of boxes, and narrower types",
        requires: &["clean"],
        is_linear: true,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(narrow::run),
    },
    Pass {
        name: "tail",
        doc: "turns tail calls into loops and jumps",
        requires: &["clean"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Module(tail::run),
    },
    Pass {
        name: "fields",
        doc: "drops fields that nobody reads, and narrows the types of fields",
        requires: &["shake"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Module(fields::run),
    },
    Pass {
        name: "rotate",
        doc: "asks at the end of a loop whether it goes on",
        requires: &["clean"],
        is_linear: false,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(rotate::run),
    },
    Pass {
        name: "tables",
        doc: "makes arrays that are filled with constants of constant bytes",
        requires: &["constants"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: true,
        asks: Asks::Nothing,
        run: Run::Func(tables::run),
    },
    Pass {
        name: "arguments",
        doc: "makes parameters that are always the same constant constants",
        requires: &["shake"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Module(arguments::run),
    },
    Pass {
        name: "params",
        doc: "drops parameters that nobody reads",
        requires: &["shake"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Module(params::run),
    },
    Pass {
        name: "ranges",
        doc: "decides comparisons and simplifies divisions by what integers can be",
        requires: &["clean"],
        is_linear: true,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(ranges::run),
    },
    Pass {
        name: "hoist",
        doc: "computes before a loop what gives the same in every round",
        requires: &["numbering"],
        is_linear: false,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Everything,
        run: Run::Func(hoist::run),
    },
    Pass {
        name: "induction",
        doc: "counts what loops compute from counted numbers by sums and products",
        requires: &["hoist"],
        is_linear: false,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(induction::run),
    },
    Pass {
        name: "unroll",
        doc: "puts rounds of small loops that hand values round into one",
        requires: &["rotate"],
        is_linear: false,
        adds_pressure: true,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(unroll::run),
    },
    Pass {
        name: "decide",
        doc: "turns chains of tests of one value into switches",
        requires: &["shake"],
        is_linear: false,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Dispatch,
        run: Run::Func(decide::run),
    },
    Pass {
        name: "choose",
        doc: "computes with conditions where branches decide between two numbers",
        requires: &["clean"],
        is_linear: true,
        adds_pressure: false,
        is_thorough: false,
        asks: Asks::Nothing,
        run: Run::Func(choose::run),
    },
];

const ORDER_O1: &[&str] = &["shake", "clean", "constants", "simplify", "dead", "clean", "shake"];

/// Smaller first, so that more is small enough to be inlined.
const FIRST: &[&str] = &[
    "shake",
    "fields",
    "params",
    "clean",
    "constants",
    "simplify",
    "numbering",
    "tables",
    "dead",
    "clean",
];

/// Inlining a function shows which closures it calls, so there are several rounds. What was put
/// into all of its callers needs no further work.
#[rustfmt::skip]
const ROUND: &[&str] = &[
    "devirtualize", "inline", "shake", "fields",
    "clean", "constants", "simplify", "unpack", "clean", "narrow", "simplify", "numbering", "dead", "clean",
];

/// What no later pass should see. A loop that asks for two things asks for the second where the
/// first is known, once that has been rotated; class numbers do not change any more after the last
/// shaking.
#[rustfmt::skip]
const LAST: &[&str] = &[
    "arguments", "params", "constants", "clean", "simplify", "overwritten", "dead", "clean",
    "tail", "clean", "rotate", "clean", "constants", "simplify", "clean", "rotate", "clean",
    "ranges", "clean", "hoist", "induction", "unroll", "clean", "simplify", "expand", "dead", "clean",
    "shake", "decide", "clean", "choose", "clean",
];

/// The passes of a large module: everything once, and only what pays for its time in whatever the
/// module does. Loops stay as they are written.
#[rustfmt::skip]
const LARGE: &[&str] = &[
    "shake", "clean", "constants", "simplify", "clean",
    "absorb", "constants", "simplify", "unpack", "clean", "narrow", "simplify", "dead", "clean",
    "shake", "numbering", "dead", "clean", "tail", "clean", "decide", "clean",
];

/// Modules of more instructions than this count as large (decision 37). A contract is far smaller.
pub const LARGE_MODULE_SIZE: usize = 50_000;

/// How many rounds of inlining other modules go through.
const ROUNDS: usize = 4;

/// The passes of a level for a module of so many instructions, in order.
pub fn order(level: Level, size: usize) -> Vec<&'static str> {
    match level {
        Level::O0 => vec!["shake"],
        Level::O1 => ORDER_O1.to_vec(),
        Level::O2 if size > LARGE_MODULE_SIZE => LARGE.to_vec(),
        Level::O2 => {
            let rounds = std::iter::repeat_n(ROUND, ROUNDS).flatten();
            FIRST.iter().chain(rounds).chain(LAST).copied().collect()
        }
    }
}

/// The pass with this name.
pub fn lookup(name: &str) -> Option<&'static Pass> {
    PASSES.iter().find(|pass| pass.name == name)
}
