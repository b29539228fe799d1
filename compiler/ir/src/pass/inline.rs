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

use super::census::Census;
use super::dispatch::components;
use super::facts::Defs;
use super::getters::Getter;
use super::run::Settled;
use super::splice::splice;
use super::{getters, pressure};
use crate::func::{Func, Imm, Inst, Value};
use crate::module::{FuncId, Module};
use crate::ops::Op;
use crate::types::Type;
use fscc_base::IndexVec;

/// Functions up to this size are put into every caller.
const SMALL_SIZE: usize = 16;
/// Functions up to this size are put into their only caller.
const ONLY_CALLER_SIZE: usize = 200;
/// Functions up to this size are put where a new object is their receiver or their result: methods
/// of closures, and objects that may never leave.
const NEW_RECEIVER_SIZE: usize = 48;
/// Functions up to this size are put where a new object is the receiver of a virtual call in them.
const CALLS_NEW_SIZE: usize = 120;
/// Functions that never return are put into callers only up to this size.
const THROWING_SIZE: usize = 4;
/// A function does not grow beyond this.
const GROWN_SIZE_MAX: usize = 4_000;

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let census = Census::new(module);
    let components = components(module, &census, None);
    let mut component_of: IndexVec<FuncId, usize> = IndexVec::from_elem(0, module.funcs.len());
    for (number, component) in components.iter().enumerate() {
        component.funcs.iter().for_each(|id| component_of[*id] = number);
    }
    let mut callees = Callees {
        getters: getters::find(module, &census),
        calls: census.mentions,
        names: names(module),
        bodies: IndexVec::from_elem(None, module.funcs.len()),
        component_of,
    };
    for id in components.iter().flat_map(|component| &component.funcs) {
        let mut func = std::mem::take(&mut module.funcs[*id]);
        let inlined = inline_into(&mut func, *id, module, &mut callees);
        let Inlined { copied, size, before } = inlined;
        if let Some(before) = before.filter(|before| pressure::is_too_high(&func, before)) {
            module.funcs[*id] = before;
            continue;
        }
        module.funcs[*id] = func;
        if !copied.is_empty() {
            settled.clear(*id);
            let body = Body::of(&module.funcs[*id]);
            callees.bodies[*id] = Some(Body { size, ..body });
        }
        for callee in copied {
            // The calls in a body that was copied are new mentions.
            mentioned(&module.funcs[callee]).for_each(|id| callees.calls[id] += 1);
        }
    }
}

/// What is known of functions as callees.
struct Callees {
    /// Getters stay calls, so that calls of them can be found to be equal.
    getters: IndexVec<FuncId, Option<Getter>>,
    /// How often each function is named in code.
    calls: IndexVec<FuncId, u32>,
    /// How often each function is named by classes and exports.
    names: IndexVec<FuncId, u32>,
    /// Bodies as far as they were asked for.
    bodies: IndexVec<FuncId, Option<Body>>,
    /// The cycle of direct calls to which a function belongs.
    component_of: IndexVec<FuncId, usize>,
}

/// What of a function's body decides whether it is put into a caller.
#[derive(Clone, Copy)]
struct Body {
    size: usize,
    /// The parameters on which it makes virtual calls, a bit for each of the first 64.
    calls_on: u64,
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
        Body { size, calls_on, creates: size <= NEW_RECEIVER_SIZE && creates(func), returns }
    }
}

impl Callees {
    /// Whether the callee of a call is put into the function, and how large it is.
    fn fitting(
        &mut self,
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
        let Body { size, calls_on, creates, returns } =
            *self.bodies[*callee].get_or_insert_with(|| Body::of(func));
        let is_created = |at: usize| {
            inst.args.get(at).is_some_and(|arg| created.get(*arg).is_some_and(|known| *known))
        };
        let calls_created = || (0..64).any(|at| calls_on >> at & 1 == 1 && is_created(at));
        let is_rare = !returns && size > THROWING_SIZE;
        // A closure's class names its method as well, which the object will not need.
        let is_only_call = self.calls[*callee] == 1 && (self.names[*callee] == 0 || is_created(0));
        let fits = size <= SMALL_SIZE
            || (size <= NEW_RECEIVER_SIZE && (creates || is_created(0)))
            || (size <= CALLS_NEW_SIZE && calls_on != 0 && calls_created())
            || (size <= ONLY_CALLER_SIZE && is_only_call);
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
fn inline_into(func: &mut Func, id: FuncId, module: &Module, callees: &mut Callees) -> Inlined {
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
