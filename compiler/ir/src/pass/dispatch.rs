//! What calls reach: the functions that a virtual call may run, and the components of the graph of
//! calls.
//!
//! Guarantees: a class of which the module creates no instance receives no virtual call; answers
//! are in the order of their numbers.

use super::census::{Callee, Census, is_builtin};
use crate::module::{FuncId, Module, SelectorId, is_allocated};
use crate::types::{ClassId, Type, builtin};
use fscc_base::{FastMap, Idx, IndexVec, Lists};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

type Targets = FastMap<(SelectorId, Type), Arc<[FuncId]>>;

/// The functions that a selector can reach: those of classes that the module instantiates.
pub(crate) struct Dispatch {
    /// For each selector class and function for everything that answers it.
    answers: Lists<SelectorId, (ClassId, FuncId)>,
    /// For each class and trait the classes at or below it that have instances.
    below: Lists<ClassId, ClassId>,
    /// The same of those that are not abstract, once somebody asks.
    concrete: OnceLock<Lists<ClassId, ClassId>>,
    /// Answers of [`Dispatch::targets`] that were given before, because many calls ask for the
    /// same.
    targets: Mutex<Targets>,
    /// Answers of [`Dispatch::only_target`] that were given before.
    only: Mutex<FastMap<(SelectorId, ClassId), Option<FuncId>>>,
}

impl Dispatch {
    pub(crate) fn new(module: &Module, census: &Census) -> Dispatch {
        let instantiated = &census.instantiated;
        let mut answers = Vec::new();
        for (id, class) in module.classes.iter_enumerated().filter(|(id, _)| instantiated[*id]) {
            answers.extend(class.methods.iter().map(|(selector, func)| (*selector, (id, *func))));
        }
        Dispatch {
            answers: Lists::from_pairs(module.selectors.len(), &answers),
            below: below(module, |id| instantiated[id]),
            concrete: OnceLock::new(),
            targets: Mutex::default(),
            only: Mutex::default(),
        }
    }

    /// The classes at or below a class that are not abstract, whether or not they have instances.
    pub(crate) fn concrete(&self, module: &Module, class: ClassId) -> &[ClassId] {
        let is_concrete = |id| is_builtin(id) || !module.classes[id].is_abstract;
        &self.concrete.get_or_init(|| below(module, is_concrete))[class]
    }

    /// The function that every receiver of a type reaches, if that is one and all classes of the
    /// type answer the selector.
    pub(crate) fn only_target(
        &self,
        module: &Module,
        selector: SelectorId,
        receiver: Type,
    ) -> Option<FuncId> {
        let Type::Ref(class) = receiver else { return None };
        let find = || {
            let mut only = None;
            for below in &self.below[class] {
                let func = module.classes[*below].methods.get(&selector)?;
                if *only.get_or_insert(*func) != *func {
                    return None;
                }
            }
            only
        };
        *locked(&self.only).entry((selector, class)).or_insert_with(find)
    }

    /// The functions that a receiver of a type can reach, without repetition.
    pub(crate) fn targets(
        &self,
        module: &Module,
        selector: SelectorId,
        receiver: Type,
    ) -> Arc<[FuncId]> {
        let find = || {
            let mut targets: Vec<FuncId> = match receiver {
                Type::Ref(class) => {
                    let methods = self.below[class].iter().map(|id| &module.classes[*id].methods);
                    methods.filter_map(|methods| methods.get(&selector).copied()).collect()
                }
                _ => self.answers[selector].iter().map(|(_, func)| *func).collect(),
            };
            targets.sort_unstable();
            targets.dedup();
            targets.into()
        };
        locked(&self.targets).entry((selector, receiver)).or_insert_with(find).clone()
    }
}

/// A table of answers; if somebody panicked while it was locked, it has the answers up to then.
fn locked<T>(table: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

/// For each class and trait those of the classes that count which are at or below it.
fn below(module: &Module, counts: impl Fn(ClassId) -> bool) -> Lists<ClassId, ClassId> {
    let mut below = Vec::new();
    let mut seen_for: IndexVec<ClassId, Option<ClassId>> =
        IndexVec::from_elem(None, module.classes.len());
    let mut pending = Vec::new();
    for id in module.classes.indices().filter(|id| counts(*id)) {
        pending.push(id);
        // Every allocated object is an `Object`.
        pending.extend(Some(builtin::OBJECT).filter(|_| is_allocated(id)));
        while let Some(class) = pending.pop() {
            if seen_for[class].replace(id) != Some(id) {
                below.push((class, id));
                pending.extend(module.classes[class].superclass);
                pending.extend(&module.classes[class].traits);
            }
        }
    }
    Lists::from_pairs(module.classes.len(), &below)
}

/// Functions that call each other, with the selectors by which they do.
pub(crate) struct Component {
    /// In the order of their numbers.
    pub(crate) funcs: Vec<FuncId>,
    pub(crate) selectors: Vec<SelectorId>,
    /// Whether a function can come back to itself.
    pub(crate) is_cycle: bool,
}

/// The call graph's strongly connected components, callees before callers; without a dispatch
/// table that of direct calls only.
pub(crate) fn components(
    module: &Module,
    census: &Census,
    dispatch: Option<&Dispatch>,
) -> Vec<Component> {
    let count = module.funcs.len();
    // A selector is a node too, so that edges are as many as calls and answers, not their product.
    let nodes = count + module.selectors.len();
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(nodes, census.calls.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    let func_node = |id: FuncId| NodeIndex::new(id.index());
    let selector_node = |id: SelectorId| NodeIndex::new(count + id.index());
    let mut calls_itself: IndexVec<FuncId, bool> = IndexVec::from_elem(false, count);
    for (caller, callee) in &census.calls {
        let callee = match callee {
            Callee::Func(callee) => func_node(*callee),
            Callee::Selector(selector) => selector_node(*selector),
        };
        calls_itself[*caller] |= callee == func_node(*caller);
        graph.add_edge(func_node(*caller), callee, ());
    }
    if let Some(dispatch) = dispatch {
        for selector in module.selectors.indices() {
            for (_, func) in &dispatch.answers[selector] {
                graph.add_edge(selector_node(selector), func_node(*func), ());
            }
        }
    }
    let mut components = Vec::new();
    for nodes in kosaraju_scc(&graph) {
        let mut found = Component { funcs: Vec::new(), selectors: Vec::new(), is_cycle: false };
        found.is_cycle = nodes.len() > 1;
        for number in nodes.into_iter().map(NodeIndex::index) {
            match number.checked_sub(count) {
                None => found.funcs.push(FuncId::new(number)),
                Some(number) => found.selectors.push(SelectorId::new(number)),
            }
        }
        if let [only] = found.funcs[..] {
            found.is_cycle |= calls_itself[only];
        }
        if !found.funcs.is_empty() {
            found.funcs.sort_unstable();
            components.push(found);
        }
    }
    components
}
