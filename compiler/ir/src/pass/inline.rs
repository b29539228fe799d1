//! Inlining: a direct call is replaced by the function's body if that is small, or called from one
//! place only, or if an argument is an object that the caller has just created, or the result one
//! that the callee creates: then the body probably calls a closure that is known here, or the caller
//! can keep the object in registers.
//!
//! Why it is correct: the body runs with the arguments, which are already evaluated, in the place
//! of the call; its return becomes a jump to what follows. A trap or a throw in it leaves the
//! caller just as it would have left the call. Callees come before callers, and a function is
//! never put into one of its own cycle of direct calls, so that the process ends; the size of what
//! a caller takes in is bounded. `call.try` is never inlined: its callee is where catching begins.

use super::census::{Callee, Census};
use super::dispatch::{Component, components};
use super::facts::Defs;
use super::getters::Getter;
use super::run::{Flags, Settled};
use super::splice::splice;
use super::{getters, pressure};
use crate::func::{Func, Imm, Inst, Value};
use crate::module::{FuncId, Module};
use crate::ops::Op;
use crate::types::Type;
use fscc_base::{Idx, IndexVec, Lists, share_items};
use std::sync::OnceLock;

/// Functions up to this size are put into every caller.
const SMALL_SIZE: usize = 16;
/// Functions up to this size are put into their only caller.
const ONLY_CALLER_SIZE: usize = 200;
/// Functions up to this size are put where a new object is their receiver or their result, or only
/// its fields are used: methods of closures, and objects that may never leave.
const NEW_RECEIVER_SIZE: usize = 48;
/// Functions up to this size are put where a new object is the receiver of a virtual call in them.
const CALLS_NEW_SIZE: usize = 120;
/// Functions that never return are put into callers only up to this size.
const THROWING_SIZE: usize = 4;
/// A function does not grow beyond this.
const GROWN_SIZE_MAX: usize = 4_000;

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let census = Census::new(module, settled.crew);
    bottom_up(module, settled, census, |caller, module, callees| caller.inline(module, callees));
}

/// Works on every function after those that it calls, as the census says; functions that call each
/// other are worked on at the same time, and see nothing of one another.
pub(super) fn bottom_up(
    module: &mut Module,
    settled: &mut Settled,
    census: Census,
    work: impl Fn(&mut Caller, &Module, &Callees) + Sync,
) {
    let crew = settled.crew;
    let components = components(module, &census, None);
    let mut component_of: IndexVec<FuncId, usize> = IndexVec::from_elem(0, module.funcs.len());
    let mut is_recursive = IndexVec::from_elem(false, module.funcs.len());
    for (number, component) in components.iter().enumerate() {
        component.funcs.iter().for_each(|id| component_of[*id] = number);
        component.funcs.iter().for_each(|id| is_recursive[*id] = component.is_cycle);
    }
    let levels = levels(&census, &components, &component_of);
    let mut callees = Callees {
        getters: getters::find(module, &census),
        calls: census.mentions,
        names: names(module),
        bodies: module.funcs.iter().map(|_| OnceLock::new()).collect(),
        component_of,
        is_recursive,
    };
    for level in levels {
        let flags = settled.all(module.funcs.len());
        let take = |id: &FuncId| Caller::take(module, *id, flags[id.index()]);
        let mut callers: Vec<Caller> = level.iter().map(take).collect();
        share_items(crew, &mut callers, |_, caller| work(caller, module, &callees));
        for Caller { id, func, settled, body, mentions } in callers {
            if let Some(body) = body {
                callees.bodies[id] = OnceLock::from(body);
            }
            flags[id.index()] = settled;
            module.funcs[id] = func;
            mentions.into_iter().for_each(|id| callees.calls[id] += 1);
        }
    }
}

/// The functions by how deep their direct calls go: those of one level call none of each other,
/// but for cycles of calls, within which nothing is inlined.
fn levels(
    census: &Census,
    components: &[Component],
    component_of: &IndexVec<FuncId, usize>,
) -> Vec<Vec<FuncId>> {
    let direct = |(caller, callee): &(FuncId, Callee)| match callee {
        Callee::Func(callee) => Some((*caller, *callee)),
        Callee::Selector(_) => None,
    };
    let calls: Vec<(FuncId, FuncId)> = census.calls.iter().filter_map(direct).collect();
    let calls: Lists<FuncId, FuncId> = Lists::from_pairs(component_of.len(), &calls);
    let mut levels: Vec<Vec<FuncId>> = Vec::new();
    let mut level_of = vec![0; components.len()];
    // Callees come before callers.
    for (number, component) in components.iter().enumerate() {
        let callees = component.funcs.iter().flat_map(|id| &calls[*id]);
        let others = callees.map(|id| component_of[*id]).filter(|other| *other != number);
        let level = others.map(|other| level_of[other] + 1).max().unwrap_or(0);
        level_of[number] = level;
        if levels.len() <= level {
            levels.resize(level + 1, Vec::new());
        }
        levels[level].extend(&component.funcs);
    }
    levels
}

/// A function into which others are put.
pub(super) struct Caller {
    pub(super) id: FuncId,
    pub(super) func: Func,
    /// The passes that would find nothing to do in it.
    pub(super) settled: Flags,
    /// What there is to know of it as a callee, if it has changed.
    body: Option<Body>,
    /// The functions that it names now besides those that it named before.
    mentions: Vec<FuncId>,
}

impl Caller {
    fn take(module: &mut Module, id: FuncId, settled: Flags) -> Caller {
        let func = std::mem::take(&mut module.funcs[id]);
        Caller { id, func, settled, body: None, mentions: Vec::new() }
    }

    fn inline(&mut self, module: &Module, callees: &Callees) {
        if let Some(size) = self.put_in(module, callees) {
            self.body = Some(Body { size, ..Body::of(&self.func) });
        }
    }

    /// Puts in what fits; how large the function is now with all that the bodies have and each
    /// call, if there was anything.
    pub(super) fn put_in(&mut self, module: &Module, callees: &Callees) -> Option<usize> {
        let Inlined { copied, size, before } =
            inline_into(&mut self.func, self.id, module, callees);
        if let Some(before) = before.filter(|before| pressure::is_too_high(&self.func, before)) {
            self.func = before;
            return None;
        }
        if copied.is_empty() {
            return None;
        }
        self.settled = 0;
        // The calls in a body that was copied are new mentions.
        self.mentions.extend(copied.iter().flat_map(|id| mentioned(&module.funcs[*id])));
        Some(size)
    }

    /// Callers see the function as it is now.
    pub(super) fn show(&mut self) {
        self.body = Some(Body::of(&self.func));
    }
}

/// What is known of functions as callees.
pub(super) struct Callees {
    /// Getters stay calls, so that calls of them can be found to be equal.
    getters: IndexVec<FuncId, Option<Getter>>,
    /// How often each function is named in code.
    calls: IndexVec<FuncId, u32>,
    /// How often each function is named by classes and exports.
    names: IndexVec<FuncId, u32>,
    /// Bodies as far as they were asked for.
    bodies: IndexVec<FuncId, OnceLock<Body>>,
    /// The cycle of direct calls to which a function belongs.
    component_of: IndexVec<FuncId, usize>,
    /// Whether it takes part in one. A round of it more in a caller saves a call of many.
    is_recursive: IndexVec<FuncId, bool>,
}

/// What of a function's body decides whether it is put into a caller.
#[derive(Clone, Copy)]
struct Body {
    size: usize,
    /// The parameters on which it makes virtual calls, a bit for each of the first 64.
    calls_on: u64,
    /// The parameters of which it only reads and writes fields, in the same way.
    opens: u64,
    /// Whether it gives an object that it has created.
    creates: bool,
    /// Whether it ever returns; what only throws or traps runs at most once.
    returns: bool,
}

impl Body {
    fn of(func: &Func) -> Body {
        let mut calls_on = 0;
        for inst in func.blocks.iter().flat_map(|block| &block.insts) {
            if inst.op == Op::CallVirtual {
                let at = func.params().iter().position(|param| *param == inst.args[0]);
                calls_on |= at.and_then(|at| 1u64.checked_shl(at as u32)).unwrap_or(0);
            }
        }
        let size = func.size();
        let mut ends = func.blocks.iter().map(|block| block.term.op);
        let returns = ends.any(|op| matches!(op, Op::Return | Op::TailCall));
        let is_middling = size <= NEW_RECEIVER_SIZE;
        let opens = if is_middling { opened(func) } else { 0 };
        Body { size, calls_on, opens, creates: is_middling && creates(func), returns }
    }
}

/// The parameters of which a function only reads and writes fields, a bit for each of the first 64.
fn opened(func: &Func) -> u64 {
    // Values are mostly numbered in order, so that parameters come first.
    let bit = |value: Value| match func.params().get(value.index()) {
        Some(param) if *param == value => 1u64.checked_shl(value.as_u32()).unwrap_or(0),
        _ => 0,
    };
    let (mut opened, mut used) = (0, 0);
    for block in &func.blocks {
        for inst in &block.insts {
            let is_access = matches!(inst.op, Op::FieldGet | Op::FieldSet);
            for (at, value) in inst.args.iter().enumerate() {
                match is_access && at == 0 {
                    true => opened |= bit(*value),
                    false => used |= bit(*value),
                }
            }
        }
        let passed = block.term.targets.iter().flat_map(|target| &target.args);
        block.term.args.iter().chain(passed).for_each(|value| used |= bit(*value));
    }
    opened & !used
}

impl Callees {
    /// Whether the callee of a call is put into the function, and how large it is.
    fn fitting(
        &self,
        module: &Module,
        caller: FuncId,
        inst: &Inst,
        created: &IndexVec<Value, bool>,
    ) -> Option<(FuncId, usize)> {
        let (Op::Call, Imm::Func(callee)) = (inst.op, &inst.imm) else { return None };
        let is_cycle = self.component_of[*callee] == self.component_of[caller];
        if is_cycle || self.getters[*callee].is_some() {
            return None;
        }
        let func = &module.funcs[*callee];
        let Body { size, calls_on, opens, creates, returns } =
            *self.bodies[*callee].get_or_init(|| Body::of(func));
        let is_created = |at: usize| {
            inst.args.get(at).is_some_and(|arg| created.get(*arg).is_some_and(|known| *known))
        };
        let is_rare = !returns && size > THROWING_SIZE;
        // A closure's class names its method as well, which the object will not need. A call that
        // has just become direct is not counted yet.
        let is_only_call = self.calls[*callee] <= 1 && (self.names[*callee] == 0 || is_created(0));
        let any_created = |params: u64| (0..64).any(|at| params >> at & 1 == 1 && is_created(at));
        let is_near_object = || creates || is_created(0) || any_created(opens);
        let fits = (size <= CALLS_NEW_SIZE && calls_on != 0 && any_created(calls_on))
            || (!self.is_recursive[*callee]
                && (size <= SMALL_SIZE
                    || (size <= NEW_RECEIVER_SIZE && is_near_object())
                    || (size <= ONLY_CALLER_SIZE && is_only_call)));
        (fits && !is_rare && !func.blocks.is_empty()).then_some((*callee, size))
    }
}

/// How often each function is named by classes and by exports.
fn names(module: &Module) -> IndexVec<FuncId, u32> {
    let mut names = IndexVec::from_elem(0, module.funcs.len());
    for id in module.classes.iter().flat_map(|class| class.methods.values()) {
        names[*id] += 1;
    }
    for export in &module.exports {
        names[export.func] += 1;
    }
    names
}

/// What was put into a function.
#[derive(Default)]
struct Inlined {
    /// The functions whose bodies it took in.
    copied: Vec<FuncId>,
    /// Its size, with all that the bodies have and each call.
    size: usize,
    /// The function as it was before, if that may be needed again.
    before: Option<Func>,
}

/// Inlines into one function.
fn inline_into(func: &mut Func, id: FuncId, module: &Module, callees: &Callees) -> Inlined {
    let insts = func.blocks.iter().flat_map(|block| &block.insts);
    let mut calls = insts.filter(|inst| inst.op == Op::Call).peekable();
    if calls.peek().is_none() {
        return Inlined::default();
    }
    let created = created_objects(func);
    let fitting = calls.filter_map(|inst| callees.fitting(module, id, inst, &created));
    let (mut most_values, mut is_any) = (func.values.len(), false);
    for (callee, _) in fitting {
        most_values += module.funcs[callee].values.len();
        is_any = true;
    }
    if !is_any {
        return Inlined::default();
    }
    let before = (most_values > pressure::LIVE_MAX).then(|| func.clone());
    let mut copied = Vec::new();
    let mut size = func.size();
    splice(func, |inst| {
        let (callee, body_size) = callees.fitting(module, id, inst, &created)?;
        if size + body_size > GROWN_SIZE_MAX {
            return None;
        }
        size += body_size;
        copied.push(callee);
        Some(&module.funcs[callee])
    });
    func.compact();
    Inlined { copied, size, before }
}

/// Whether a function gives an object that it has created.
fn creates(func: &Func) -> bool {
    let is_reference = matches!(func.result, Some(Type::Any | Type::Ref(_)));
    let mut returns = func.blocks.iter().filter(|block| block.term.op == Op::Return).peekable();
    if !is_reference || returns.peek().is_none() {
        return false;
    }
    let created = created_objects(func);
    returns.all(|block| block.term.args.first().is_some_and(|value| created[*value]))
}

/// The values that are objects created by the function itself.
fn created_objects(func: &Func) -> IndexVec<Value, bool> {
    let defs = Defs::new(func);
    let is_created = |value: Value| {
        let origin = defs.inst(func, defs.origin(func, value));
        origin.is_some_and(|inst| inst.op == Op::New)
    };
    func.values.indices().map(is_created).collect()
}

/// The functions that a function names, once per mention.
fn mentioned(func: &Func) -> impl Iterator<Item = FuncId> {
    let imms = func.blocks.iter().flat_map(|block| {
        let insts = block.insts.iter().map(|inst| &inst.imm);
        insts.chain([&block.term.imm])
    });
    imms.filter_map(|imm| match imm {
        Imm::Func(id) => Some(*id),
        _ => None,
    })
}
