//! What every function may do, with all that it calls: computed bottom-up over the strongly
//! connected components of the call graph, for virtual calls over the functions that instantiated
//! classes give for the selector.
//!
//! Guarantees: a summary lists at least what a run of the function can do. A write to a field of
//! an object that the function itself created is not listed, because nobody else can have looked
//! at that object before; a write to a field of an object that a parameter brings is listed for
//! that parameter. A class of which the module creates no instance receives no virtual call.

use super::facts::{Def, Defs};
use super::getters::Getter;
use crate::cfg::Cfg;
use crate::func::{ENTRY, Func, Imm, Inst, Value};
use crate::host::{Row, by_number};
use crate::module::{FieldRef, FuncId, Module, SelectorId, StorageId};
use crate::ops::{Op, OpEffect};
use crate::types::{ClassId, Type};
use fscc_base::{Idx, IndexVec};
use indexmap::IndexMap;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A summary lists at most this many fields; above that it says "any".
const FIELDS_MAX: usize = 256;

/// Whose field is written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Owners {
    /// Of the object that this parameter brings, a bit for each of the first 32.
    pub(crate) params: u32,
    /// Of any other object.
    pub(crate) others: bool,
}

/// What a function may do.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Summary {
    /// Effects of host functions.
    pub(crate) row: Row,
    /// Fields that are written.
    pub(crate) fields: BTreeMap<FieldRef, Owners>,
    /// Any field may be written.
    pub(crate) any_field: bool,
    /// Arrays that were there before are written.
    pub(crate) arrays: bool,
    /// Module-wide variables are written.
    pub(crate) globals: bool,
    /// Storage fields that are read.
    pub(crate) storage_reads: BTreeSet<StorageId>,
    /// Storage fields that are written.
    pub(crate) storage_writes: BTreeSet<StorageId>,
    /// Fields, arrays or module-wide variables are read.
    pub(crate) reads_heap: bool,
    /// Objects are created.
    pub(crate) allocates: bool,
    /// It may trap, throw or abort.
    pub(crate) traps: bool,
    /// It may run for ever, as far as this analysis sees.
    pub(crate) loops: bool,
}

impl Summary {
    /// Whether anything that somebody else can see is written.
    pub(crate) fn writes(&self) -> bool {
        self.any_field
            || !self.fields.is_empty()
            || self.arrays
            || self.globals
            || !self.storage_writes.is_empty()
            || !self.row.is_within(Row::READ)
    }

    /// Whether a call may go when its result is not used.
    pub(crate) fn is_removable(&self) -> bool {
        !self.writes() && !self.traps && !self.loops
    }

    fn add_field(&mut self, field: FieldRef, owners: Owners) {
        if self.any_field {
            return;
        }
        let entry = self.fields.entry(field).or_default();
        entry.params |= owners.params;
        entry.others |= owners.others;
        if self.fields.len() > FIELDS_MAX {
            self.any_field = true;
            self.fields.clear();
        }
    }

    /// Adds what a callee does; `owner` says whose object the n-th argument is here (none: one
    /// that this function created).
    fn add_call(&mut self, callee: &Summary, mut owner: impl FnMut(u32) -> Option<Owners>) {
        self.row = self.row.union(callee.row);
        self.arrays |= callee.arrays;
        self.globals |= callee.globals;
        self.reads_heap |= callee.reads_heap;
        self.allocates |= callee.allocates;
        self.traps |= callee.traps;
        self.loops |= callee.loops;
        self.storage_reads.extend(&callee.storage_reads);
        self.storage_writes.extend(&callee.storage_writes);
        if callee.any_field {
            self.any_field = true;
            self.fields.clear();
        }
        for (field, owners) in &callee.fields {
            if owners.others {
                self.add_field(*field, Owners { params: 0, others: true });
            }
            for at in (0..32).filter(|at| owners.params >> at & 1 == 1) {
                if let Some(mapped) = owner(at) {
                    self.add_field(*field, mapped);
                }
            }
        }
    }
}

type KnownTargets = BTreeMap<(SelectorId, Type), Rc<[FuncId]>>;

/// The functions that a selector can reach: those of classes that the module instantiates.
pub(crate) struct Dispatch {
    table: IndexMap<SelectorId, Vec<(ClassId, FuncId)>>,
    /// Answers that were given before, because many calls ask for the same.
    targets: RefCell<KnownTargets>,
    /// For each class and trait the number of classes at or below it that have instances.
    instantiated_below: BTreeMap<ClassId, usize>,
}

impl Dispatch {
    pub(crate) fn new(module: &Module) -> Dispatch {
        let mut instantiated = BTreeSet::new();
        for func in module.funcs.iter() {
            for inst in func.blocks.iter().flat_map(|block| &block.insts) {
                if let (Op::New, Imm::Class(class)) = (inst.op, &inst.imm) {
                    instantiated.insert(*class);
                }
            }
        }
        let mut table: IndexMap<SelectorId, Vec<(ClassId, FuncId)>> = IndexMap::new();
        for (id, class) in module.classes.iter_enumerated() {
            // Instances of built-in classes come from other operations than `new`.
            if instantiated.contains(&id) || id.as_u32() < crate::types::BUILTIN_CLASSES {
                for (selector, func) in &class.methods {
                    table.entry(*selector).or_default().push((id, *func));
                }
            }
        }
        let mut instantiated_below = BTreeMap::new();
        instantiated.extend((0..crate::types::BUILTIN_CLASSES).map(ClassId::from_u32));
        for class in instantiated {
            let mut above = BTreeSet::new();
            let mut pending = vec![class];
            while let Some(class) = pending.pop() {
                if above.insert(class) {
                    pending.extend(module.classes[class].superclass);
                    pending.extend(&module.classes[class].traits);
                }
            }
            for class in above {
                *instantiated_below.entry(class).or_insert(0) += 1;
            }
        }
        Dispatch { table, targets: RefCell::default(), instantiated_below }
    }

    /// Class and function for everything that answers the selector.
    pub(crate) fn all(&self, selector: SelectorId) -> &[(ClassId, FuncId)] {
        self.table.get(&selector).map_or(&[], Vec::as_slice)
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
        let mut only = None;
        let mut answering = 0;
        for (answers, func) in self.all(selector) {
            if module.is_subclass(*answers, class) {
                answering += 1;
                if *only.get_or_insert(*func) != *func {
                    return None;
                }
            }
        }
        only.filter(|_| self.instantiated_below.get(&class) == Some(&answering))
    }

    /// The functions that a receiver of a type can reach, without repetition.
    pub(crate) fn targets(
        &self,
        module: &Module,
        selector: SelectorId,
        receiver: Type,
    ) -> Rc<[FuncId]> {
        let mut known = self.targets.borrow_mut();
        let answer = known.entry((selector, receiver)).or_insert_with(|| {
            let fits = |class: &ClassId| module.is_assignable(Type::Ref(*class), receiver);
            let answers = self.all(selector).iter().filter(|(class, _)| fits(class));
            let targets: BTreeSet<FuncId> = answers.map(|(_, func)| *func).collect();
            targets.into_iter().collect()
        });
        answer.clone()
    }
}

/// Each summary once: the functions of a cycle of calls share theirs.
pub(crate) fn distinct<'a>(
    summaries: impl Iterator<Item = &'a Rc<Summary>>,
) -> Vec<&'a Rc<Summary>> {
    // By address, but in the order of the first occurrence, so that addresses do not show.
    let mut seen = BTreeSet::new();
    summaries.filter(|summary| seen.insert(Rc::as_ptr(summary))).collect()
}

/// The call graph's strongly connected components, callees before callers; without a dispatch
/// table that of direct calls only.
pub(crate) fn components(module: &Module, dispatch: Option<&Dispatch>) -> Vec<Vec<FuncId>> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    let count = module.funcs.len();
    // A selector is a node too, so that edges are as many as calls and answers, not their product.
    for _ in 0..count + module.selectors.len() {
        graph.add_node(());
    }
    let func_node = |id: FuncId| NodeIndex::new(id.index());
    let selector_node = |id: SelectorId| NodeIndex::new(count + id.index());
    for (id, func) in module.funcs.iter_enumerated() {
        let mut edges = BTreeSet::new();
        for block in func.blocks.iter() {
            for imm in block.insts.iter().map(|inst| &inst.imm).chain([&block.term.imm]) {
                match imm {
                    Imm::Func(callee) => edges.insert(func_node(*callee)),
                    Imm::Selector(selector) => edges.insert(selector_node(*selector)),
                    _ => false,
                };
            }
        }
        for callee in edges {
            graph.add_edge(func_node(id), callee, ());
        }
    }
    for selector in dispatch.iter().flat_map(|_| module.selectors.indices()) {
        for (_, func) in dispatch.map_or(&[][..], |dispatch| dispatch.all(selector)) {
            graph.add_edge(selector_node(selector), func_node(*func), ());
        }
    }
    let mut components = Vec::new();
    for nodes in kosaraju_scc(&graph) {
        let nodes = nodes.into_iter().filter(|node| node.index() < count);
        let mut funcs: Vec<FuncId> = nodes.map(|node| FuncId::new(node.index())).collect();
        if !funcs.is_empty() {
            funcs.sort_unstable();
            components.push(funcs);
        }
    }
    components
}

/// The summaries of all functions.
pub(crate) fn summarize(
    module: &Module,
    dispatch: &Dispatch,
    getters: &IndexVec<FuncId, Option<Getter>>,
) -> IndexVec<FuncId, Rc<Summary>> {
    let mut summaries: IndexVec<FuncId, Rc<Summary>> =
        IndexVec::from_elem(Rc::default(), module.funcs.len());
    for component in components(module, Some(dispatch)) {
        // Within a cycle of calls everything is joined twice: whose field it is may still travel
        // through the parameters, so there the owner is given up.
        let is_cycle = component.len() > 1 || calls_itself(module, dispatch, component[0]);
        let mut joint = Summary { loops: is_cycle, traps: is_cycle, ..Summary::default() };
        for id in &component {
            let own = summarize_one(module, dispatch, &summaries, &module.funcs[*id]);
            if is_cycle {
                joint.add_call(&own, |_| Some(Owners { params: 0, others: true }));
            } else {
                joint = own;
            }
        }
        let joint = Rc::new(joint);
        for id in component {
            let is_inert = getters[id].is_some_and(|getter| getter.is_inert);
            summaries[id] = if is_inert { Rc::default() } else { joint.clone() };
        }
    }
    summaries
}

fn calls_itself(module: &Module, dispatch: &Dispatch, id: FuncId) -> bool {
    let func = &module.funcs[id];
    let mut imms = func.blocks.iter().flat_map(|block| {
        let insts = block.insts.iter().map(|inst| &inst.imm);
        insts.chain([&block.term.imm])
    });
    imms.any(|imm| match imm {
        Imm::Func(callee) => *callee == id,
        Imm::Selector(selector) => dispatch.all(*selector).iter().any(|(_, callee)| *callee == id),
        _ => false,
    })
}

fn summarize_one(
    module: &Module,
    dispatch: &Dispatch,
    summaries: &IndexVec<FuncId, Rc<Summary>>,
    func: &Func,
) -> Summary {
    let mut summary = Summary::default();
    let defs = Defs::new(func);
    let cfg = Cfg::new(func);
    let is_back_edge = |block, target: &crate::func::Target| cfg.dominates(target.block, block);
    for (block, data) in func.blocks.iter_enumerated() {
        summary.loops |= data.term.targets.iter().any(|target| is_back_edge(block, target));
        for inst in &data.insts {
            add_inst(module, dispatch, summaries, func, &defs, inst, &mut summary);
        }
        match data.term.op {
            Op::Throw | Op::Abort | Op::Trap => summary.traps = true,
            Op::TailCall => {
                if let Imm::Func(callee) = data.term.imm {
                    let args = &data.term.args;
                    summary.add_call(&summaries[callee], |at| {
                        owner_of(func, &defs, args.get(at as usize))
                    });
                }
            }
            _ => {}
        }
    }
    summary
}

fn add_inst(
    module: &Module,
    dispatch: &Dispatch,
    summaries: &IndexVec<FuncId, Rc<Summary>>,
    func: &Func,
    defs: &Defs,
    inst: &Inst,
    summary: &mut Summary,
) {
    match inst.op.info().effect {
        OpEffect::pure | OpEffect::terminates => {}
        OpEffect::traps => summary.traps = true,
        OpEffect::alloc => summary.allocates = true,
        OpEffect::alloc_traps => {
            summary.allocates = true;
            summary.traps = true;
        }
        OpEffect::reads => {
            summary.reads_heap = true;
            let is_safe = match inst.op {
                Op::GlobalGet => true,
                Op::FieldGet => defs.is_not_null(func, inst.args[0]),
                _ => false,
            };
            summary.traps |= !is_safe;
        }
        OpEffect::writes => {
            summary.traps |= inst.op != Op::GlobalSet;
            match &inst.imm {
                Imm::Field(field) => {
                    if let Some(owners) = owner_of(func, defs, Some(&inst.args[0])) {
                        summary.add_field(*field, owners);
                    }
                }
                Imm::Global(_) => summary.globals = true,
                _ => summary.arrays = true,
            }
        }
        OpEffect::reads_storage => {
            summary.traps = true;
            if let Imm::Storage(field) = inst.imm {
                summary.storage_reads.insert(field);
            }
        }
        OpEffect::writes_storage => {
            summary.traps = true;
            if let Imm::Storage(field) = inst.imm {
                summary.storage_writes.insert(field);
            }
        }
        OpEffect::calls => match &inst.imm {
            Imm::Host(number) => {
                summary.row =
                    summary.row.union(by_number(*number).map_or(Row(u8::MAX), |host| host.row));
                summary.traps |= !host_only_looks(*number);
                summary.allocates = true;
            }
            imm => {
                summary.allocates |= inst.op == Op::CallTry;
                summary.traps |= inst.op == Op::CallVirtual;
                let found = match imm {
                    Imm::Selector(selector) => {
                        dispatch.targets(module, *selector, func.values[inst.args[0]])
                    }
                    Imm::Func(callee) => [*callee].into(),
                    _ => return,
                };
                for callee in distinct(found.iter().map(|callee| &summaries[*callee])) {
                    summary.add_call(callee, |at| owner_of(func, defs, inst.args.get(at as usize)));
                }
            }
        },
    }
}

/// Whose object a value is: none if this function created it.
fn owner_of(func: &Func, defs: &Defs, value: Option<&Value>) -> Option<Owners> {
    let others = Owners { params: 0, others: true };
    let Some(value) = value else { return Some(others) };
    let origin = defs.origin(func, *value);
    match defs.get(origin) {
        Def::Param(ENTRY, at) if at < 32 => Some(Owners { params: 1 << at, others: false }),
        Def::Inst(..) if defs.exact_class(func, origin).is_some() => None,
        _ => Some(others),
    }
}

/// Host functions that look at something and cannot fail.
pub(crate) fn host_only_looks(number: u16) -> bool {
    by_number(number).is_some_and(|host| host.operands.is_empty() && host.row == Row::READ)
}

/// Host functions that give the same answer as long as the message runs.
pub(crate) fn host_is_stable(number: u16) -> bool {
    const STABLE: [&str; 4] = ["host.msg_sender", "host.msg_value", "host.self", "host.now"];
    by_number(number).is_some_and(|host| STABLE.contains(&host.name))
}
