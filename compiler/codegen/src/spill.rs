//! Spilling: where more values are live at once than a frame has registers, some of them live in
//! an object instead. A function that spills makes one object of a class of its own at its start,
//! with a typed field for every slot; a spilled value is stored where it is defined and loaded
//! again before each use. Constants need no slot: they are made where they are used (see
//! [`crate::fold`]).
//!
//! It is done in SSA, before allocation, so that everything that checks SSA, allocation and
//! bytecode checks it too, and the machine needs no other memory than its arena. The object costs
//! one allocation per call.
//!
//! Guarantees: afterwards at most [`KEPT_MAX`] values and what one instruction loads are live at
//! once, which allocation without preferences always fits into a frame. Work is that of liveness.
//!
//! Sources: the choice by cost at each point is that of "Register allocation via coloring",
//! Chaitin and others, 1981; slots are coloured as registers are in [`crate::alloc`].

use crate::fold::Folding;
use crate::liveness::{LastUses, Liveness, loop_depths, register_uses, terminator_uses};
use crate::moves::{Move, sequence};
use fscc_base::{Crew, Idx, IndexVec, Span, share_map};
use fscc_ir::func::{Block, BlockData, ENTRY, Func, Imm, Inst, Target, Terminator, Value, Values};
use fscc_ir::module::{Class, Field, FieldRef, FuncId, Module};
use fscc_ir::ops::Op;
use fscc_ir::types::{ClassId, Type, builtin};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Live values above which a function spills. Without preferences a frame has a register for each
/// of them, for 64 arguments in the window of a call, and for what parallel moves need.
pub const LIVE_MAX: usize = 180;

/// Live values that keep their registers where others are spilled; an instruction or an edge loads
/// at most as many again.
pub const KEPT_MAX: usize = 110;

/// Slots of one object: the machine's classes have at most 1,024.
const OBJECT_SLOTS_MAX: usize = 1_000;

/// Spills in every function that needs it. The functions are numbered as [`Func::compact`] does,
/// before and after.
pub fn run(module: &mut Module, crew: &dyn Crew) {
    run_with(module, LIVE_MAX, KEPT_MAX, crew);
}

/// The same with other numbers, for tests.
pub fn run_with(module: &mut Module, live_max: usize, kept_max: usize, crew: &dyn Crew) {
    let funcs = &module.funcs;
    let is_too_high =
        share_map(crew, funcs.len(), |number| is_too_high(&funcs[FuncId::new(number)], live_max));
    for id in module.funcs.indices().filter(|id| is_too_high[id.index()]) {
        let func = &module.funcs[id];
        let depths = loop_depths(func);
        let folding = Folding::of(func, &depths);
        let liveness = Liveness::of(func, &folding);
        let mut choice = Choice::new(func, &folding, &liveness, &depths.of);
        choice.most_live(kept_max);
        let slots = Slots::new(func, &folding, &liveness, &choice.is_spilled);
        let name = format!("fvm.internal.Spilled[{}]", func.name);
        let classes = slots.declare(module, &name);
        let func = &mut module.funcs[id];
        Rewrite::new(func, slots, &classes).run();
        func.compact();
    }
}

/// Whether more values are live at once somewhere.
fn is_too_high(func: &Func, live_max: usize) -> bool {
    if func.values.len() <= live_max {
        return false;
    }
    let depths = loop_depths(func);
    let folding = Folding::of(func, &depths);
    let liveness = Liveness::of(func, &folding);
    // What is live within a block is live at its start or made in it, which is soon counted.
    let may_be_too_high = |(block, data): (Block, &BlockData)| {
        liveness.live_in[block].len() + data.params.len() + data.insts.len() > live_max
    };
    func.blocks.iter_enumerated().any(may_be_too_high)
        && Choice::new(func, &folding, &liveness, &depths.of).most_live(usize::MAX) > live_max
}

// ── which values ──

/// Chooses what is spilled.
struct Choice<'a> {
    func: &'a Func,
    folding: &'a Folding,
    liveness: &'a Liveness,
    /// What a load at every use and a store would cost.
    costs: IndexVec<Value, u64>,
    is_spilled: IndexVec<Value, bool>,
}

/// Live values that are not spilled, the cheapest to spill first.
type Live = BTreeSet<(u64, Value)>;

impl<'a> Choice<'a> {
    fn new(
        func: &'a Func,
        folding: &'a Folding,
        liveness: &'a Liveness,
        depths: &IndexVec<Block, u32>,
    ) -> Self {
        let mut costs: IndexVec<Value, u64> = IndexVec::from_elem(0, func.values.len());
        for (block, data) in func.blocks.iter_enumerated() {
            let weight = 1u64 << (3 * depths[block].min(10));
            let operands = data.insts.iter().flat_map(|inst| &inst.args);
            let results = data.insts.iter().filter_map(|inst| inst.result.as_ref());
            let passed = data.term.targets.iter().flat_map(|target| &target.args);
            let used = operands.chain(results).chain(&data.params).chain(&data.term.args);
            for value in used.chain(passed) {
                costs[*value] += weight;
            }
        }
        // A constant that has a register could be made again instead: it stays till the end.
        for inst in func.blocks.iter().flat_map(|data| &data.insts) {
            if let Some(result) = inst.result.filter(|_| inst.op.is_constant()) {
                costs[result] = u64::MAX;
            }
        }
        let is_spilled = IndexVec::from_elem(false, func.values.len());
        Self { func, folding, liveness, costs, is_spilled }
    }

    /// Walks over all points of the function and spills where more than `kept` values are live.
    /// Gives the most that were live anywhere.
    fn most_live(&mut self, kept: usize) -> usize {
        let mut most = 0;
        for block in self.func.blocks.indices() {
            most = most.max(self.walk(block, kept));
        }
        most
    }

    fn walk(&mut self, block: Block, kept: usize) -> usize {
        let (func, folding, liveness) = (self.func, self.folding, self.liveness);
        let data = &func.blocks[block];
        let mut live = Live::new();
        for target in &data.term.targets {
            self.add(&mut live, target.args.iter().copied());
            self.add(&mut live, liveness.live_in[target.block].iter().copied());
        }
        self.add(&mut live, terminator_uses(func, folding, &data.term));
        let mut most = self.settle(&mut live, kept);
        for inst in data.insts.iter().rev() {
            if let Some(result) = inst.result {
                if folding.is_folded(result) {
                    continue;
                }
                self.add(&mut live, [result]);
                most = most.max(self.settle(&mut live, kept));
                live.remove(&(self.costs[result], result));
            }
            self.add(&mut live, register_uses(func, folding, inst));
            most = most.max(self.settle(&mut live, kept));
        }
        self.add(&mut live, data.params.iter().copied());
        most.max(self.settle(&mut live, kept))
    }

    fn add(&self, live: &mut Live, values: impl IntoIterator<Item = Value>) {
        let kept = |value: &Value| !self.is_spilled[*value] && !self.folding.is_folded(*value);
        live.extend(values.into_iter().filter(kept).map(|value| (self.costs[value], value)));
    }

    fn settle(&mut self, live: &mut Live, kept: usize) -> usize {
        let most = live.len();
        while live.len() > kept {
            let Some((_, value)) = live.pop_first() else { break };
            self.is_spilled[value] = true;
        }
        most
    }
}

// ── where they live ──

/// The slots of spilled values; values that are never live together may share one.
struct Slots {
    of: IndexVec<Value, Option<usize>>,
    types: Vec<Type>,
}

impl Slots {
    fn new(
        func: &Func,
        folding: &Folding,
        liveness: &Liveness,
        is_spilled: &IndexVec<Value, bool>,
    ) -> Slots {
        let of = IndexVec::from_elem(None, func.values.len());
        let mut slots = Slots { of, types: Vec::new() };
        let all_last_uses = LastUses::of(func, folding, liveness);
        for (block, data) in func.blocks.iter_enumerated() {
            let last_uses = &all_last_uses[block];
            let mut taken = vec![false; slots.types.len()];
            for slot in liveness.live_in[block].iter().filter_map(|value| slots.of[*value]) {
                taken[slot] = true;
            }
            for param in data.params.iter().filter(|param| is_spilled[**param]) {
                slots.assign(*param, func.values[*param], &mut taken);
            }
            let free = |slots: &Slots, taken: &mut Vec<bool>, values: &[Value]| {
                for slot in values.iter().filter_map(|value| slots.of[*value]) {
                    taken[slot] = false;
                }
            };
            let is_dead = |value: Value| last_uses.is_dead(value);
            let dead: Vec<Value> =
                data.params.iter().copied().filter(|param| is_dead(*param)).collect();
            free(&slots, &mut taken, &dead);
            for (at, inst) in data.insts.iter().enumerate() {
                free(&slots, &mut taken, &last_uses.at[at]);
                let Some(result) = inst.result.filter(|result| is_spilled[*result]) else {
                    continue;
                };
                slots.assign(result, func.values[result], &mut taken);
                if is_dead(result) {
                    free(&slots, &mut taken, &[result]);
                }
            }
        }
        slots
    }

    fn assign(&mut self, value: Value, ty: Type, taken: &mut Vec<bool>) {
        let free = (self.types.iter().zip(&*taken)).position(|(own, taken)| !taken && *own == ty);
        let slot = free.unwrap_or_else(|| {
            self.types.push(ty);
            taken.push(false);
            self.types.len() - 1
        });
        taken[slot] = true;
        self.of[value] = Some(slot);
    }

    /// Adds the classes of the objects to the module.
    fn declare(&self, module: &mut Module, name: &str) -> Vec<ClassId> {
        let objects = self.types.chunks(OBJECT_SLOTS_MAX).map(|types| {
            let field =
                |(at, ty): (usize, &Type)| Field { name: format!("s{at}"), ty: *ty, mutable: true };
            let fields = types.iter().enumerate().map(field).collect();
            let superclass = Some(builtin::OBJECT);
            Class { name: name.to_owned(), superclass, fields, ..Class::default() }
        });
        let objects: Vec<Class> = objects.collect();
        objects.into_iter().map(|class| module.classes.push(class)).collect()
    }
}

// ── the function with loads and stores ──

struct Rewrite<'a> {
    func: &'a mut Func,
    slots: Slots,
    /// For every object its class and the value that is the reference to it.
    objects: Vec<(ClassId, Value)>,
    /// The instructions of the block or edge under way.
    insts: Vec<Inst>,
}

impl<'a> Rewrite<'a> {
    fn new(func: &'a mut Func, slots: Slots, classes: &[ClassId]) -> Self {
        let objects =
            classes.iter().map(|class| (*class, func.new_value(Type::Ref(*class)))).collect();
        Self { func, slots, objects, insts: Vec::new() }
    }

    fn run(mut self) {
        // Which parameters each block loses; edges need it after the block has lost them.
        let params: IndexVec<Block, Vec<Value>> =
            self.func.blocks.iter().map(|data| data.params.clone()).collect();
        for block in params.indices() {
            self.block(block, &params);
        }
    }

    fn slot(&self, value: Value) -> Option<usize> {
        // Values that were made here have no entry.
        self.slots.of.get(value).copied().flatten()
    }

    fn block(&mut self, block: Block, params: &IndexVec<Block, Vec<Value>>) {
        let data = &mut self.func.blocks[block];
        let old = std::mem::take(&mut data.insts);
        let mut term = data.term.clone();
        if block == ENTRY {
            self.enter(&params[block]);
        } else {
            let slots = &self.slots;
            self.func.blocks[block].params.retain(|param| slots.of[*param].is_none());
        }
        for mut inst in old {
            let span = inst.span;
            self.load_all(&mut inst.args, span);
            let result = inst.result;
            self.insts.push(inst);
            if let Some((result, slot)) =
                result.and_then(|result| Some((result, self.slot(result)?)))
            {
                self.store(slot, result, span);
            }
        }
        // A comparison that is folded into its branch must stay the last instruction: what is
        // loaded for the branch itself is not a comparison.
        self.load_all(&mut term.args, term.span);
        let mut insts = std::mem::take(&mut self.insts);
        for target in &mut term.targets {
            self.edge(target, &params[target.block], term.span);
            let moves = std::mem::take(&mut self.insts);
            if term.op == Op::Jump {
                insts.extend(moves);
            } else if !moves.is_empty() {
                let inner = std::mem::replace(target, Target::new(ENTRY));
                let term = Terminator::jump(inner, term.span);
                let data = BlockData { params: Vec::new(), insts: moves, term };
                target.block = self.func.blocks.push(data);
            }
        }
        let data = &mut self.func.blocks[block];
        data.insts = insts;
        data.term = term;
    }

    /// Makes the objects and stores the function's parameters.
    fn enter(&mut self, params: &[Value]) {
        let span = self.func.span;
        for (class, object) in self.objects.clone() {
            let imm = Imm::Class(class);
            let args = Values::new();
            self.insts.push(Inst { op: Op::New, imm, args, result: Some(object), span });
        }
        for param in params {
            if let Some(slot) = self.slot(*param) {
                self.store(slot, *param, span);
            }
        }
    }

    /// Replaces spilled values by loaded ones.
    fn load_all(&mut self, args: &mut Values, span: Span) {
        let mut loaded: IndexMap<Value, Value> = IndexMap::new();
        for arg in args {
            let Some(slot) = self.slot(*arg) else { continue };
            let value = match loaded.get(arg) {
                Some(value) => *value,
                None => self.load(slot, span),
            };
            loaded.insert(*arg, value);
            *arg = value;
        }
    }

    /// What an edge does: everything that is read is read before it is overwritten.
    fn edge(&mut self, target: &mut Target, params: &[Value], span: Span) {
        let mut passed = Values::new();
        let mut moves: Vec<Move<usize>> = Vec::new();
        let mut stores = Vec::new();
        for (param, arg) in params.iter().zip(&target.args) {
            match (self.slot(*param), self.slot(*arg)) {
                (None, None) => passed.push(*arg),
                (None, Some(from)) => passed.push(self.load(from, span)),
                (Some(to), Some(from)) => moves.push(Move { to, from }),
                (Some(to), None) => stores.push((to, *arg)),
            }
        }
        // A cycle is opened through a register, for which the number behind the last slot stands.
        let scratch = self.slots.types.len();
        let mut held = None;
        for Move { to, from } in sequence(&moves, || scratch) {
            let value = match held {
                Some(value) if from == scratch => value,
                _ => self.load(from, span),
            };
            if to == scratch {
                held = Some(value);
            } else {
                self.store(to, value, span);
            }
        }
        for (slot, value) in stores {
            self.store(slot, value, span);
        }
        target.args = passed;
    }

    fn place(&self, slot: usize) -> (Imm, Value) {
        let (class, object) = self.objects[slot / OBJECT_SLOTS_MAX];
        let index = (slot % OBJECT_SLOTS_MAX) as u32;
        (Imm::Field(FieldRef { class, index }), object)
    }

    fn load(&mut self, slot: usize, span: Span) -> Value {
        let (imm, object) = self.place(slot);
        let value = self.func.new_value(self.slots.types[slot]);
        let args = Values::from_slice(&[object]);
        self.insts.push(Inst { op: Op::FieldGet, imm, args, result: Some(value), span });
        value
    }

    fn store(&mut self, slot: usize, value: Value, span: Span) {
        let (imm, object) = self.place(slot);
        let args = Values::from_slice(&[object, value]);
        self.insts.push(Inst { op: Op::FieldSet, imm, args, result: None, span });
    }
}
