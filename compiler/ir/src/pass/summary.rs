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
use super::ownership;
use crate::cfg::Cfg;
use crate::func::{ENTRY, Func, Imm, Inst, Value};
use crate::host::{Row, by_number};
use crate::module::{FieldRef, FuncId, GlobalId, Module, SelectorId, StorageId};
use crate::ops::{Op, OpEffect};
use crate::types::{ClassId, Type};
use fscc_base::{Idx, IndexVec};
use indexmap::IndexMap;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use smallvec::SmallVec;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A summary lists at most this many fields; above that it says "any".
const FIELDS_MAX: usize = 256;

/// Rounds of the search for parameters that hold created objects.
const CREATED_ROUNDS_MAX: usize = 16;

/// Whose field is written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Owners {
    /// Of the object that this parameter brings, a bit for each of the first 32.
    pub(crate) params: u32,
    /// Of any other object.
    pub(crate) others: bool,
}

impl Owners {
    const OTHERS: Owners = Owners { params: 0, others: true };

    /// Whether there is any.
    pub(crate) fn any(self) -> bool {
        self.others || self.params != 0
    }

    fn add(&mut self, owners: Owners) {
        self.params |= owners.params;
        self.others |= owners.others;
    }

    /// The same for the caller, which knows whose object each argument is.
    fn mapped(self, owner: &mut impl FnMut(u32) -> Option<Owners>) -> Owners {
        let mut mapped = Owners { params: 0, others: self.others };
        for at in (0..32).filter(|at| self.params >> at & 1 == 1) {
            if let Some(owners) = owner(at) {
                mapped.add(owners);
            }
        }
        mapped
    }
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
    /// Arrays are written: those that a parameter brings or that belong to the object that it
    /// brings, or others.
    pub(crate) arrays: Owners,
    /// Module-wide variables are written.
    pub(crate) globals: bool,
    /// Singletons may be made, which nobody sees who does not look at their variables.
    pub(crate) singletons: bool,
    /// Storage fields that are read.
    pub(crate) storage_reads: BTreeSet<StorageId>,
    /// Storage fields that are written.
    pub(crate) storage_writes: BTreeSet<StorageId>,
    /// Fields and arrays are read, or (as those of others) module-wide variables.
    pub(crate) reads: Owners,
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
            || self.arrays.any()
            || self.globals
            || !self.storage_writes.is_empty()
            || !self.row.is_within(Row::READ)
    }

    /// Whether a call may go when its result is not used.
    pub(crate) fn is_removable(&self) -> bool {
        !self.writes() && !self.singletons && !self.traps && !self.loops
    }

    fn add_field(&mut self, field: FieldRef, owners: Owners) {
        if self.any_field {
            return;
        }
        self.fields.entry(field).or_default().add(owners);
        if self.fields.len() > FIELDS_MAX {
            self.any_field = true;
            self.fields.clear();
        }
    }

    /// Adds what a callee does; `owner` says whose object the n-th argument is here (none: one
    /// that this function created).
    fn add_call(&mut self, callee: &Summary, mut owner: impl FnMut(u32) -> Option<Owners>) {
        self.row = self.row.union(callee.row);
        self.arrays.add(callee.arrays.mapped(&mut owner));
        self.reads.add(callee.reads.mapped(&mut owner));
        self.globals |= callee.globals;
        self.singletons |= callee.singletons;
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
            let mapped = owners.mapped(&mut owner);
            if mapped.any() {
                self.add_field(*field, mapped);
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
    /// Answers of [`Dispatch::only_target`] that were given before: a selector such as that of
    /// functions has as many answers as there are closures, and as many calls.
    only: RefCell<BTreeMap<(SelectorId, ClassId), Option<FuncId>>>,
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
        let (targets, only) = (RefCell::default(), RefCell::default());
        Dispatch { table, targets, only, instantiated_below }
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
        if let Some(known) = self.only.borrow().get(&(selector, class)) {
            return *known;
        }
        let only = self.find_only_target(module, selector, class);
        self.only.borrow_mut().insert((selector, class), only);
        only
    }

    fn find_only_target(
        &self,
        module: &Module,
        selector: SelectorId,
        class: ClassId,
    ) -> Option<FuncId> {
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
    let owning = ownership::find(module);
    let singletons = getters.iter().flatten().map(|getter| getter.global).collect();
    for component in components(module, Some(dispatch)) {
        // Within a cycle of calls everything is joined twice: whose field it is may still travel
        // through the parameters, so there the owner is given up.
        let is_cycle = component.len() > 1 || calls_itself(module, dispatch, component[0]);
        let mut joint = Summary { loops: is_cycle, traps: is_cycle, ..Summary::default() };
        for id in &component {
            let func = &module.funcs[*id];
            let (defs, summary) = (Defs::new(func), Summary::default());
            let own_global = getters[*id].map(|getter| getter.global);
            let maker = Maker {
                own_global,
                singletons: &singletons,
                module,
                dispatch,
                summaries: &summaries,
                owning: &owning,
                func,
                created: created_params(func, &defs),
                defs,
                summary,
            };
            let own = maker.make();
            if is_cycle {
                joint.add_call(&own, |_| Some(Owners::OTHERS));
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

/// What the summary of one function is made from.
struct Maker<'a> {
    /// Where the singleton is kept, if the function is a getter.
    own_global: Option<GlobalId>,
    /// Where singletons are kept.
    singletons: &'a BTreeSet<GlobalId>,
    module: &'a Module,
    dispatch: &'a Dispatch,
    summaries: &'a IndexVec<FuncId, Rc<Summary>>,
    owning: &'a BTreeSet<FieldRef>,
    func: &'a Func,
    defs: Defs,
    /// Block parameters into which every way brings an object that the function created.
    created: BTreeSet<Value>,
    summary: Summary,
}

impl Maker<'_> {
    fn make(mut self) -> Summary {
        let func = self.func;
        let cfg = Cfg::new(func);
        for (block, data) in func.blocks.iter_enumerated() {
            self.summary.loops |=
                data.term.targets.iter().any(|target| cfg.dominates(target.block, block));
            for inst in &data.insts {
                self.add_inst(inst);
            }
            match (data.term.op, &data.term.imm) {
                (Op::Throw | Op::Abort | Op::Trap, _) => self.summary.traps = true,
                (Op::TailCall, Imm::Func(callee)) => self.add_call(*callee, &data.term.args),
                _ => {}
            }
        }
        self.summary
    }

    fn add_inst(&mut self, inst: &Inst) {
        match inst.op.info().effect {
            OpEffect::pure | OpEffect::terminates => {}
            OpEffect::traps => self.summary.traps = true,
            OpEffect::alloc => self.summary.allocates = true,
            OpEffect::alloc_traps => {
                self.summary.allocates = true;
                self.summary.traps = true;
            }
            OpEffect::reads => self.add_read(inst),
            OpEffect::writes => self.add_write(inst),
            OpEffect::reads_storage | OpEffect::writes_storage => {
                self.summary.traps = true;
                if let Imm::Storage(field) = inst.imm {
                    match inst.op.info().effect {
                        OpEffect::reads_storage => self.summary.storage_reads.insert(field),
                        _ => self.summary.storage_writes.insert(field),
                    };
                }
            }
            OpEffect::calls => self.add_calls(inst),
        }
    }

    fn add_read(&mut self, inst: &Inst) {
        if matches!(&inst.imm, Imm::Global(global) if self.singletons.contains(global)) {
            // It never changes once it is there, and it is there when anybody but the getter
            // looks: see `getters`.
            return;
        }
        let owners = match inst.args.first() {
            Some(object) => self.owner_of(*object),
            None => Some(Owners::OTHERS),
        };
        self.summary.reads.add(owners.unwrap_or_default());
        let is_safe = match inst.op {
            Op::GlobalGet => true,
            Op::FieldGet => self.defs.is_not_null(self.func, inst.args[0]),
            _ => false,
        };
        self.summary.traps |= !is_safe;
        // A string or bytes made of an array.
        self.summary.allocates |= matches!(inst.op, Op::StringFromChars | Op::BytesFromArray);
    }

    fn add_write(&mut self, inst: &Inst) {
        self.summary.traps |= inst.op != Op::GlobalSet;
        match &inst.imm {
            Imm::Field(field) => {
                if let Some(owners) = self.owner_of(inst.args[0]) {
                    self.summary.add_field(*field, owners);
                }
            }
            Imm::Global(global) if self.own_global == Some(*global) => {
                self.summary.singletons = true
            }
            Imm::Global(_) => self.summary.globals = true,
            _ => {
                let owners = self.owner_of(written_array(inst));
                self.summary.arrays.add(owners.unwrap_or_default());
                if inst.op == Op::ArrayCopy {
                    let owners = self.owner_of(inst.args[0]);
                    self.summary.reads.add(owners.unwrap_or_default());
                }
            }
        }
    }

    fn add_calls(&mut self, inst: &Inst) {
        let found = match &inst.imm {
            Imm::Host(number) => {
                let row = by_number(*number).map_or(Row(u8::MAX), |host| host.row);
                self.summary.row = self.summary.row.union(row);
                self.summary.traps |= !host_only_looks(*number);
                self.summary.allocates = true;
                return;
            }
            Imm::Selector(selector) => {
                self.dispatch.targets(self.module, *selector, self.func.values[inst.args[0]])
            }
            Imm::Func(callee) => [*callee].into(),
            _ => return,
        };
        self.summary.allocates |= inst.op == Op::CallTry;
        self.summary.traps |= inst.op == Op::CallVirtual;
        let mut seen = BTreeSet::new();
        for callee in found.iter() {
            if seen.insert(Rc::as_ptr(&self.summaries[*callee])) {
                self.add_call(*callee, &inst.args);
            }
        }
    }

    fn add_call(&mut self, callee: FuncId, args: &[Value]) {
        let owners: SmallVec<[Option<Owners>; 8]> =
            args.iter().map(|arg| self.owner_of(*arg)).collect();
        let owner = |at: u32| owners.get(at as usize).copied().unwrap_or(Some(Owners::OTHERS));
        self.summary.add_call(&self.summaries[callee], owner);
    }

    /// Whose object a value is: none if this function created it.
    fn owner_of(&self, value: Value) -> Option<Owners> {
        let mut value = value;
        loop {
            value = self.defs.origin(self.func, value);
            match self.defs.get(value) {
                Def::Param(ENTRY, at) if at < 32 => {
                    return Some(Owners { params: 1 << at, others: false });
                }
                Def::Inst(..) if self.defs.exact_class(self.func, value).is_some() => return None,
                Def::Param(..) if self.created.contains(&value) => return None,
                _ => {}
            }
            // An array belongs to the object of the field that owns it.
            match self.defs.inst(self.func, value) {
                Some(Inst { op: Op::FieldGet, imm: Imm::Field(field), args, .. })
                    if self.owning.contains(field) =>
                {
                    value = args[0];
                }
                _ => return Some(Owners::OTHERS),
            }
        }
    }
}

/// The block parameters into which every way brings an object that the function created: all
/// that is not refuted, so that loops count; nothing if that takes too many rounds.
fn created_params(func: &Func, defs: &Defs) -> BTreeSet<Value> {
    let mut created: BTreeSet<Value> = BTreeSet::new();
    for (_, data) in func.blocks.iter_enumerated().filter(|(block, _)| *block != ENTRY) {
        created.extend(data.params.iter().filter(|param| func.values[**param].is_reference()));
    }
    for _ in 0..CREATED_ROUNDS_MAX {
        let before = created.len();
        for target in func.blocks.iter().flat_map(|block| &block.term.targets) {
            for (param, arg) in func.blocks[target.block].params.iter().zip(&target.args) {
                let origin = defs.origin(func, *arg);
                let is_created =
                    created.contains(&origin) || defs.exact_class(func, origin).is_some();
                if !is_created {
                    created.remove(param);
                }
            }
        }
        if created.len() == before || created.is_empty() {
            return created;
        }
    }
    BTreeSet::new()
}

/// The array that an instruction writes.
pub(crate) fn written_array(inst: &Inst) -> Value {
    match inst.op {
        Op::ArrayCopy => inst.args[2],
        Op::StringCopyChars | Op::BytesCopyTo => inst.args[1],
        _ => inst.args[0],
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
