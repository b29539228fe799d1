//! Inlining: a direct call is replaced by the function's body if that is small, or called from one
//! place only, or if an argument is an object that the caller has just created: then the body
//! probably calls a closure that is known here, or can keep the object in registers.
//!
//! Why it is correct: the body runs with the arguments, which are already evaluated, in the place
//! of the call; its return becomes a jump to what follows. A trap or a throw in it leaves the
//! caller just as it would have left the call. Callees come before callers, and a function is
//! never put into one of its own cycle of direct calls, so that the process ends; the size of what
//! a caller takes in is bounded. `call.try` is never inlined: its callee is where catching begins.

use super::facts::Defs;
use super::summary::components;
use super::{getters, pressure};
use crate::func::{Block, BlockData, ENTRY, Func, Imm, Inst, Target, Terminator, Value, Values};
use crate::module::{FuncId, Module};
use crate::ops::Op;
use fscc_base::{Idx, IndexVec};
use std::collections::BTreeSet;

/// Functions up to this size are put into every caller.
const SMALL_SIZE: usize = 16;
/// Functions up to this size are put into their only caller.
const ONLY_CALLER_SIZE: usize = 200;
/// Functions up to this size are put where a new object is their receiver: methods of closures
/// and of objects that may never leave.
const NEW_RECEIVER_SIZE: usize = 48;
/// Functions up to this size are put where a new object is the receiver of a virtual call in them.
const CALLS_NEW_SIZE: usize = 120;
/// A function does not grow beyond this.
const GROWN_SIZE_MAX: usize = 4_000;

/// Runs the pass.
pub(super) fn run(module: &mut Module) {
    // Getters stay calls, so that calls of them can be found to be equal.
    let is_getter: Vec<bool> = getters::find(module).iter().map(Option::is_some).collect();
    let components = components(module, None);
    let mut component_of: IndexVec<FuncId, usize> = IndexVec::from_elem(0, module.funcs.len());
    for (number, component) in components.iter().enumerate() {
        component.iter().for_each(|id| component_of[*id] = number);
    }
    let mut mentions = count_mentions(module);
    for id in components.iter().flatten() {
        let mut func = module.funcs[*id].clone();
        let is_wanted = |callee: FuncId| {
            component_of[callee] != component_of[*id] && !is_getter[callee.index()]
        };
        let copied = inline_into(&mut func, module, &mentions, is_wanted);
        if copied.is_empty() || pressure::is_too_high(&func, &module.funcs[*id]) {
            continue;
        }
        module.funcs[*id] = func;
        for callee in copied {
            // The calls in a body that was copied are new mentions.
            mentioned(&module.funcs[callee]).for_each(|id| mentions[id] += 1);
        }
    }
}

/// How often each function is named: by calls, by classes, by exports.
fn count_mentions(module: &Module) -> IndexVec<FuncId, u32> {
    let mut mentions = IndexVec::from_elem(0, module.funcs.len());
    module.funcs.iter().flat_map(mentioned).for_each(|id| mentions[id] += 1);
    for id in module.classes.iter().flat_map(|class| class.methods.values()) {
        mentions[*id] += 1;
    }
    for export in &module.exports {
        mentions[export.func] += 1;
    }
    mentions
}

/// Inlines into one function; the functions whose bodies it took in.
fn inline_into(
    func: &mut Func,
    module: &Module,
    mentions: &IndexVec<FuncId, u32>,
    is_wanted: impl Fn(FuncId) -> bool,
) -> Vec<FuncId> {
    let mut size = func.size();
    let mut copied = Vec::new();
    let created = created_objects(func);
    // Blocks that are added behind are visited too, so every call of the original body is seen;
    // bodies that were put in are not looked through again, because callees are done already.
    let mut pending: Vec<Block> = func.blocks.indices().rev().collect();
    while let Some(block) = pending.pop() {
        let insts = &func.blocks[block].insts;
        let found = insts.iter().enumerate().find_map(|(at, inst)| {
            let (Op::Call, Imm::Func(callee)) = (inst.op, &inst.imm) else { return None };
            let body = &module.funcs[*callee];
            let body_size = body.size();
            let is_created = |at: usize| inst.args.get(at).is_some_and(|arg| created.contains(arg));
            let fits = body_size <= SMALL_SIZE
                || (body_size <= NEW_RECEIVER_SIZE && is_created(0))
                || (body_size <= CALLS_NEW_SIZE && calls_on_parameters(body).any(is_created))
                || (body_size <= ONLY_CALLER_SIZE && mentions[*callee] == 1);
            let fits = fits && size + body_size <= GROWN_SIZE_MAX;
            (is_wanted(*callee) && fits && !body.blocks.is_empty()).then_some((at, *callee))
        });
        let Some((at, callee)) = found else { continue };
        let body = &module.funcs[callee];
        size += body.size();
        copied.push(callee);
        pending.push(splice(func, block, at, body));
    }
    if !copied.is_empty() {
        func.compact();
    }
    copied
}

/// The values that are objects created by the function itself.
fn created_objects(func: &Func) -> BTreeSet<Value> {
    let defs = Defs::new(func);
    let is_created = |value: &Value| {
        let origin = defs.inst(func, defs.origin(func, *value));
        origin.is_some_and(|inst| inst.op == Op::New)
    };
    func.values.indices().filter(is_created).collect()
}

/// The parameters, by index, on which a function makes virtual calls.
fn calls_on_parameters(func: &Func) -> impl Iterator<Item = usize> {
    let insts = func.blocks.iter().flat_map(|block| &block.insts);
    let calls = insts.filter(|inst| inst.op == Op::CallVirtual);
    calls.filter_map(|inst| func.params().iter().position(|param| *param == inst.args[0]))
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

/// Puts `body` in the place of the call at `at` of `block`. The block of what follows the call.
fn splice(func: &mut Func, block: Block, at: usize, body: &Func) -> Block {
    let mut rest = func.blocks[block].insts.split_off(at);
    let call = rest.remove(0);
    let after_term = func.blocks[block].term.clone();
    let params = call.result.into_iter().collect();
    let after = func.blocks.push(BlockData { params, insts: rest, term: after_term });

    let mut values: IndexVec<Value, Value> = IndexVec::new();
    for ty in body.values.iter() {
        let _: Value = values.push(func.new_value(*ty));
    }
    for (param, arg) in body.params().iter().zip(&call.args) {
        values[*param] = *arg;
    }
    let first = func.blocks.len();
    for (number, data) in body.blocks.iter_enumerated() {
        let mut insts: Vec<Inst> = data.insts.clone();
        for inst in &mut insts {
            inst.args.iter_mut().for_each(|value| *value = values[*value]);
            inst.result = inst.result.map(|value| values[value]);
        }
        let term = copied_terminator(func, &data.term, &values, first, after, body, &mut insts);
        let params = match number == ENTRY {
            true => Vec::new(),
            false => data.params.iter().map(|value| values[*value]).collect(),
        };
        let _: Block = func.blocks.push(BlockData { params, insts, term });
    }
    let entry = Target::new(Block::new(first));
    func.blocks[block].term = Terminator::jump(entry, call.span);
    after
}

fn copied_terminator(
    func: &mut Func,
    term: &Terminator,
    values: &IndexVec<Value, Value>,
    first: usize,
    after: Block,
    body: &Func,
    insts: &mut Vec<Inst>,
) -> Terminator {
    let mut term = term.clone();
    term.args.iter_mut().for_each(|value| *value = values[*value]);
    for target in &mut term.targets {
        target.block = Block::new(first + target.block.index());
        target.args.iter_mut().for_each(|value| *value = values[*value]);
    }
    match term.op {
        Op::Return => Terminator::jump(Target { block: after, args: term.args }, term.span),
        Op::TailCall => {
            let result = body.result.map(|ty| func.new_value(ty));
            let args = Values::from_slice(&term.args);
            insts.push(Inst { op: Op::Call, imm: term.imm, args, result, span: term.span });
            Terminator::jump(Target { block: after, args: result.into_iter().collect() }, term.span)
        }
        _ => term,
    }
}
