//! Inlining for large modules, in one walk: callees before callers, and each function is brought
//! into its final shape before it is put into others. A round of `inline` goes over the whole
//! module, and so do the passes behind it; here, what a round makes known is used at once: a
//! closure that was passed to a function whose body is now here is called directly, and its method
//! is put in as well. A call becomes direct as `devirtualize` makes it.
//!
//! Why it is correct: it puts in what `inline` puts in, and what is known of the module before the
//! walk stays true in it, because no function gets more effects than it had.
//!
//! Guarantees: the methods of a class of which only one function creates objects come before that
//! function, as far as they do not need it; so closures are ready when they are called. Rounds are
//! bounded, and so is what a function grows to.

use super::census::{Callee, Census};
use super::devirtualize;
use super::inline::{Callees, Caller, bottom_up};
use super::run::{Finish, Settled};
use crate::module::{FuncId, Module};
use crate::types::{ClassId, Type};
use fscc_base::IndexVec;

/// How often bodies are put into one function, and it is cleaned.
const ROUNDS_MAX: usize = 3;
/// How often bodies are put in before it is cleaned: closures in closures.
const DEPTH_MAX: usize = 4;

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled, finish: &Finish) {
    let mut census = Census::new(module, settled.crew);
    let methods = methods_of_created(module, &census);
    census.calls.extend(methods);
    bottom_up(module, settled, census, |caller, module, callees| {
        absorb(caller, module, callees, finish);
    });
}

fn absorb(caller: &mut Caller, module: &Module, callees: &Callees, finish: &Finish) {
    let env = finish.env(module);
    for _ in 0..ROUNDS_MAX {
        if devirtualize::run(&mut caller.func, &env) {
            caller.settled = 0;
        }
        let mut has_changed = false;
        for _ in 0..DEPTH_MAX {
            if caller.put_in(module, callees).is_none() {
                break;
            }
            has_changed = true;
            if !devirtualize::of_created(&mut caller.func, &env) {
                break;
            }
        }
        if !has_changed {
            break;
        }
        finish.work(&env, caller);
    }
    finish.work(&env, caller);
    caller.show();
}

/// The methods of classes of which one function alone creates objects, for that function.
fn methods_of_created(module: &Module, census: &Census) -> Vec<(FuncId, Callee)> {
    let mut creators: IndexVec<ClassId, Option<Creator>> =
        IndexVec::from_elem(None, module.classes.len());
    for (func, class) in &census.creations {
        creators[*class] = Some(match creators[*class] {
            None => Creator::Only(*func),
            Some(Creator::Only(other)) if other == *func => Creator::Only(other),
            Some(_) => Creator::Several,
        });
    }
    let mut methods = Vec::new();
    for (class, info) in module.classes.iter_enumerated() {
        let Some(Creator::Only(creator)) = creators[class] else { continue };
        for method in info.methods.values() {
            let func = &module.funcs[*method];
            if func.param_types().next() == Some(Type::Ref(class)) {
                methods.push((creator, Callee::Func(*method)));
            }
        }
    }
    methods
}

/// Who creates objects of a class.
#[derive(Clone, Copy)]
enum Creator {
    Only(FuncId),
    Several,
}
