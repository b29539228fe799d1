//! What every function may do, with all that it calls: computed bottom-up over the strongly
//! connected components of the call graph, for virtual calls over the functions that instantiated
//! classes give for the selector.
//!
//! Guarantees: a summary lists at least what a run of the function can do. A write to a field of
//! an object that the function itself created is not listed, because nobody else can have looked
//! at that object before; a write to a field of an object that a parameter brings is listed for
//! that parameter. A class of which the module creates no instance receives no virtual call.

use super::census::Census;
use super::dispatch::{Dispatch, components};
use super::facts::{Def, Defs};
use super::getters::Getter;
use super::ownership;
use crate::func::{ENTRY, Func, Imm, Inst, Target, Value};
use crate::host::{self, Row, by_number};
use crate::module::{FieldRef, FuncId, GlobalId, Module, SelectorId, StorageId};
use crate::ops::{Op, OpEffect};
use crate::types::Type;
use fscc_base::{Crew, FastMap, FastSet, Idx, IndexVec, share_map};
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

impl Owners {
    const OTHERS: Owners = Owners { params: 0, others: true };

    /// That of the object that the n-th parameter brings.
    fn param(at: u32) -> Option<Owners> {
        Some(Owners { params: 1 << at, others: false })
    }

    /// Whether there is any.
    pub(crate) fn any(self) -> bool {
        self.others || self.params != 0
    }

    /// The parameters that are among the owners, by index.
    pub(crate) fn param_indices(self) -> impl Iterator<Item = usize> {
        let mut rest = self.params;
        std::iter::from_fn(move || {
            let at = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            at
        })
    }

    fn add(&mut self, owners: Owners) {
        self.params |= owners.params;
        self.others |= owners.others;
    }

    /// The same for the caller, which knows whose object each argument is.
    fn mapped(self, owner: &mut impl FnMut(u32) -> Option<Owners>) -> Owners {
        let mut mapped = Owners { params: 0, others: self.others };
        for at in self.param_indices() {
            if let Some(owners) = owner(at as u32) {
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

    /// Adds a field to those that are written, of which at most so many are listed.
    fn add_field(&mut self, field: FieldRef, owners: Owners, fields_max: usize) {
        if self.any_field {
            return;
        }
        self.fields.entry(field).or_default().add(owners);
        if self.fields.len() > fields_max {
            self.any_field = true;
            self.fields.clear();
        }
    }

    /// Adds what a callee does; `owner` says whose object the n-th argument is here (none: one
    /// that this function created).
    fn add_call(
        &mut self,
        callee: &Summary,
        fields_max: usize,
        mut owner: impl FnMut(u32) -> Option<Owners>,
    ) {
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
            if self.any_field {
                break;
            }
            let mapped = owners.mapped(&mut owner);
            if mapped.any() {
                self.add_field(*field, mapped, fields_max);
            }
        }
    }
}

/// What is done if one of several functions runs with the same arguments. It lists every field, so
/// that nothing is lost by asking for all at once.
pub(crate) fn joint<'a>(summaries: impl Iterator<Item = &'a Arc<Summary>>) -> Arc<Summary> {
    let summaries = distinct(summaries);
    if let [only] = summaries[..] {
        return only.clone();
    }
    let mut joint = Summary::default();
    for summary in summaries {
        joint.add_call(summary, usize::MAX, Owners::param);
    }
    Arc::new(joint)
}

/// Each summary once: the functions of a cycle of calls share theirs.
fn distinct<'a>(summaries: impl Iterator<Item = &'a Arc<Summary>>) -> Vec<&'a Arc<Summary>> {
    // By address, but in the order of the first occurrence, so that addresses do not show.
    let mut seen: FastSet<*const Summary> = FastSet::default();
    summaries.filter(|summary| seen.insert(Arc::as_ptr(summary))).collect()
}

/// The summaries of all functions.
pub(crate) fn summarize(
    module: &Module,
    census: Census,
    dispatch: &Dispatch,
    getters: &IndexVec<FuncId, Option<Getter>>,
    crew: &dyn Crew,
) -> IndexVec<FuncId, Arc<Summary>> {
    let mut summaries: IndexVec<FuncId, Arc<Summary>> =
        IndexVec::from_elem(Arc::default(), module.funcs.len());
    let mut singletons = IndexVec::from_elem(false, module.globals.len());
    getters.iter().flatten().for_each(|getter| singletons[getter.global] = true);
    let components = components(module, &census, Some(dispatch));
    let owning = ownership::find(module, census, crew);
    let mut made: IndexVec<FuncId, Made> = share_map(crew, module.funcs.len(), |number| {
        let own_global = getters[FuncId::new(number)].map(|getter| getter.global);
        let func = &module.funcs[FuncId::new(number)];
        Maker::new(func, own_global, &singletons, &owning).make()
    })
    .into_iter()
    .collect();
    let mut virtual_calls: VirtualCalls = FastMap::default();
    for component in components {
        let calls_before = virtual_calls.len();
        // Within a cycle of calls everything is joined twice: whose field it is may still travel
        // through the parameters, so there the owner is given up.
        let is_cycle = component.is_cycle;
        let mut joint = Summary { loops: is_cycle, traps: is_cycle, ..Summary::default() };
        for id in &component.funcs {
            let Made { summary: mut own, calls } = std::mem::take(&mut made[*id]);
            for MadeCall { callee, owners } in calls {
                let owner =
                    |at: u32| owners.get(at as usize).copied().unwrap_or(Some(Owners::OTHERS));
                let callee = match callee {
                    Reached::Func(callee) => summaries[callee].clone(),
                    Reached::Virtual(selector, receiver) => {
                        let join = || {
                            let targets = dispatch.targets(module, selector, receiver);
                            self::joint(targets.iter().map(|target| &summaries[*target]))
                        };
                        virtual_calls.entry((selector, receiver)).or_insert_with(join).clone()
                    }
                };
                own.add_call(&callee, FIELDS_MAX, owner);
            }
            if is_cycle {
                joint.add_call(&own, FIELDS_MAX, |_| Some(Owners::OTHERS));
            } else {
                joint = own;
            }
        }
        let joint = Arc::new(joint);
        for id in component.funcs {
            let is_inert = getters[id].is_some_and(|getter| getter.is_inert);
            summaries[id] = if is_inert { Arc::default() } else { joint.clone() };
        }
        if !component.selectors.is_empty() {
            // Within the cycle not all of what these reach was known.
            virtual_calls.truncate(calls_before);
        }
    }
    summaries
}

/// What virtual calls do, as far as it was asked for.
type VirtualCalls = FastMap<(SelectorId, Type), Arc<Summary>>;

/// What a function does by itself, and its calls, each with whose objects the arguments are.
#[derive(Default)]
struct Made {
    summary: Summary,
    calls: Vec<MadeCall>,
}

/// A call: what it runs, and for each argument whose object it is (none: one that the caller
/// created).
struct MadeCall {
    callee: Reached,
    owners: SmallVec<[Option<Owners>; 4]>,
}

/// What a call runs.
enum Reached {
    Func(FuncId),
    /// What the selector reaches for a receiver of the type.
    Virtual(SelectorId, Type),
}

/// What the summary of one function is made from.
struct Maker<'a> {
    /// Where the singleton is kept, if the function is a getter.
    own_global: Option<GlobalId>,
    /// Where singletons are kept.
    singletons: &'a IndexVec<GlobalId, bool>,
    owning: &'a FastSet<FieldRef>,
    func: &'a Func,
    defs: Defs,
    /// Block parameters into which every way brings an object that the function created.
    created: IndexVec<Value, bool>,
    made: Made,
}

impl<'a> Maker<'a> {
    fn new(
        func: &'a Func,
        own_global: Option<GlobalId>,
        singletons: &'a IndexVec<GlobalId, bool>,
        owning: &'a FastSet<FieldRef>,
    ) -> Maker<'a> {
        let defs = Defs::new(func);
        let created = created_params(func, &defs);
        Maker { own_global, singletons, owning, func, defs, created, made: Made::default() }
    }

    fn make(mut self) -> Made {
        let func = self.func;
        let mut position = IndexVec::from_elem(0, func.blocks.len());
        for (at, block) in func.reverse_postorder().into_iter().enumerate() {
            position[block] = at;
        }
        for (block, data) in func.blocks.iter_enumerated() {
            // Every way around leads back in this order somewhere.
            let goes_back = |target: &Target| position[target.block] <= position[block];
            self.made.summary.loops |= data.term.targets.iter().any(goes_back);
            for inst in &data.insts {
                self.add_inst(inst);
            }
            match (data.term.op, &data.term.imm) {
                (Op::Throw | Op::Abort | Op::Trap, _) => self.made.summary.traps = true,
                (Op::TailCall, Imm::Func(callee)) => {
                    self.add_call(Reached::Func(*callee), &data.term.args);
                }
                _ => {}
            }
        }
        self.made
    }

    fn add_inst(&mut self, inst: &Inst) {
        match inst.op.info().effect {
            OpEffect::pure | OpEffect::terminates => {}
            OpEffect::traps => self.made.summary.traps = true,
            OpEffect::alloc => self.made.summary.allocates = true,
            OpEffect::alloc_traps => {
                self.made.summary.allocates = true;
                self.made.summary.traps = true;
            }
            OpEffect::reads => self.add_read(inst),
            OpEffect::writes => self.add_write(inst),
            OpEffect::reads_storage | OpEffect::writes_storage => {
                self.made.summary.traps = true;
                if let Imm::Storage(field) = inst.imm {
                    match inst.op.info().effect {
                        OpEffect::reads_storage => self.made.summary.storage_reads.insert(field),
                        _ => self.made.summary.storage_writes.insert(field),
                    };
                }
            }
            OpEffect::calls => self.add_calls(inst),
        }
    }

    fn add_read(&mut self, inst: &Inst) {
        if matches!(&inst.imm, Imm::Global(global) if self.singletons[*global]) {
            // It never changes once it is there, and it is there when anybody but the getter
            // looks: see `getters`.
            return;
        }
        let owners = match inst.args.first() {
            Some(object) => self.owner_of(*object),
            None => Some(Owners::OTHERS),
        };
        self.made.summary.reads.add(owners.unwrap_or_default());
        let is_safe = match inst.op {
            Op::GlobalGet => true,
            Op::FieldGet => self.defs.is_not_null(self.func, inst.args[0]),
            _ => false,
        };
        self.made.summary.traps |= !is_safe;
        // A string or bytes made of an array.
        self.made.summary.allocates |= matches!(inst.op, Op::StringFromChars | Op::BytesFromArray);
    }

    fn add_write(&mut self, inst: &Inst) {
        self.made.summary.traps |= inst.op != Op::GlobalSet;
        match &inst.imm {
            Imm::Field(field) => {
                if let Some(owners) = self.owner_of(inst.args[0]) {
                    self.made.summary.add_field(*field, owners, FIELDS_MAX);
                }
            }
            Imm::Global(global) if self.own_global == Some(*global) => {
                self.made.summary.singletons = true
            }
            Imm::Global(_) => self.made.summary.globals = true,
            _ => {
                let owners = self.owner_of(written_array(inst));
                self.made.summary.arrays.add(owners.unwrap_or_default());
                if inst.op == Op::ArrayCopy {
                    let owners = self.owner_of(inst.args[0]);
                    self.made.summary.reads.add(owners.unwrap_or_default());
                }
            }
        }
    }

    fn add_calls(&mut self, inst: &Inst) {
        match &inst.imm {
            Imm::Host(number) => {
                let row = host::row(*number);
                self.made.summary.row = self.made.summary.row.union(row);
                self.made.summary.traps |= !host_only_looks(*number);
                self.made.summary.allocates = true;
            }
            Imm::Selector(selector) => {
                self.made.summary.traps = true;
                let receiver = self.func.values[inst.args[0]];
                self.add_call(Reached::Virtual(*selector, receiver), &inst.args);
            }
            Imm::Func(callee) => {
                self.made.summary.allocates |= inst.op == Op::CallTry;
                self.add_call(Reached::Func(*callee), &inst.args);
            }
            // It computes, for as long as it likes.
            Imm::Import(_) => {
                self.made.summary.traps = true;
                self.made.summary.allocates = true;
                self.made.summary.loops = true;
            }
            _ => {}
        }
    }

    fn add_call(&mut self, callee: Reached, args: &[Value]) {
        let owners = args.iter().map(|arg| self.owner_of(*arg)).collect();
        self.made.calls.push(MadeCall { callee, owners });
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
                Def::Param(..) if self.created[value] => return None,
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

/// The block parameters into which every way brings an object that the function created.
fn created_params(func: &Func, defs: &Defs) -> IndexVec<Value, bool> {
    let created = defs.params_of(func, |origin| defs.exact_class(func, origin).is_some());
    created.unwrap_or_else(|| IndexVec::from_elem(false, func.values.len()))
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
