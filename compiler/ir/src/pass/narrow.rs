//! Narrowing of block parameters: a parameter into which every way brings a box of the same class
//! takes the scalar instead, and is boxed in the block; a parameter into which every way brings a
//! reference to a class gets that type. So an accumulator of a generic loop is a plain number, and
//! casts and virtual calls on it become simple.
//!
//! Why it is correct: what is known of parameters starts as "nothing has come yet" and only gets
//! wider, until it holds for the arguments on every way in, those that are parameters themselves
//! included. Boxing is pure, so it may happen after the meeting of the ways as well as before;
//! nulls have every reference type. Boxing moves only where something looks into the box. Linear
//! in arguments times the depth of the class hierarchy.

use super::Env;
use super::facts::{Defs, incoming};
use crate::fold::Const;
use crate::func::{Block, ENTRY, Func, Imm, Inst, Value, Values};
use crate::module::unboxed;
use crate::ops::Op;
use crate::types::{ClassId, Type};
use fscc_base::{FastMap, IndexVec, Lists};

/// What comes into a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fact {
    /// Nothing but nulls so far.
    Nothing,
    /// Boxes of this class.
    Boxes(ClassId),
    /// References to instances of this class.
    Refs(ClassId),
    /// Anything.
    Anything,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Known {
    fact: Fact,
    has_null: bool,
}

struct Solver<'a> {
    func: &'a Func,
    env: &'a Env<'a>,
    defs: Defs,
    edges: Lists<Block, (Block, u32)>,
    /// The candidates: parameters of reference type, with their block and position.
    places: FastMap<Value, (Block, usize)>,
    known: FastMap<Value, Known>,
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let params = func.blocks.iter().skip(1).flat_map(|block| &block.params);
    if !params.clone().any(|param| func.values[*param].is_reference()) {
        return false;
    }
    let mut solver = Solver::new(func, env);
    solver.solve();
    let boxed = solver.boxed();
    let narrowed = solver.narrowed();
    if boxed.is_empty() && narrowed.is_empty() {
        return false;
    }
    apply_refs(func, &narrowed);
    apply_boxes(func, &boxed);
    true
}

impl<'a> Solver<'a> {
    fn new(func: &'a Func, env: &'a Env<'a>) -> Solver<'a> {
        let mut places = FastMap::default();
        for (block, data) in func.blocks.iter_enumerated().filter(|(block, _)| *block != ENTRY) {
            for (at, param) in data.params.iter().enumerate() {
                if func.values[*param].is_reference() {
                    places.insert(*param, (block, at));
                }
            }
        }
        let nothing = Known { fact: Fact::Nothing, has_null: false };
        let known = places.keys().map(|param| (*param, nothing)).collect();
        Solver { func, env, defs: Defs::new(func), edges: incoming(func), places, known }
    }

    fn args(&self, param: Value) -> impl Iterator<Item = Value> {
        let (block, at) = self.places[&param];
        let edges = self.edges[block].iter();
        edges.map(move |(from, target)| {
            self.func.blocks[*from].term.targets[*target as usize].args[at]
        })
    }

    fn solve(&mut self) {
        let mut users: FastMap<Value, Vec<Value>> = FastMap::default();
        for param in self.places.keys() {
            for arg in self.args(*param).filter(|arg| self.places.contains_key(arg)) {
                users.entry(arg).or_default().push(*param);
            }
        }
        let mut pending: Vec<Value> = self.places.keys().rev().copied().collect();
        self.settle(&users, &mut pending);
        // A parameter that only nulls reach keeps its type, so whatever it feeds must bear it.
        for (param, known) in &mut self.known {
            if known.fact == Fact::Nothing {
                known.fact = Fact::Anything;
                pending.extend(users.get(param).into_iter().flatten());
            }
        }
        self.settle(&users, &mut pending);
    }

    fn settle(&mut self, users: &FastMap<Value, Vec<Value>>, pending: &mut Vec<Value>) {
        while let Some(param) = pending.pop() {
            let before = self.known[&param];
            let joined = self.args(param).fold(before, |known, arg| self.join(known, self.of(arg)));
            if joined != before {
                self.known.insert(param, joined);
                pending.extend(users.get(&param).into_iter().flatten());
            }
        }
    }

    /// What an argument brings.
    fn of(&self, arg: Value) -> Known {
        let by_type = || match self.func.values[arg] {
            Type::Ref(class) => Fact::Refs(class),
            _ => Fact::Anything,
        };
        if let Some(known) = self.known.get(&arg) {
            let fact = if known.fact == Fact::Anything { by_type() } else { known.fact };
            return Known { fact, has_null: known.has_null };
        }
        let fact = match self.defs.inst(self.func, arg) {
            Some(inst) => match (inst.op, &inst.imm, Const::of(inst.op, &inst.imm)) {
                (_, _, Some(Const::Null(_))) => {
                    return Known { fact: Fact::Nothing, has_null: true };
                }
                (Op::Box, Imm::Class(class), _) => Fact::Boxes(*class),
                _ => by_type(),
            },
            None => by_type(),
        };
        Known { fact, has_null: false }
    }

    fn join(&self, a: Known, b: Known) -> Known {
        let fact = match (a.fact, b.fact) {
            (Fact::Nothing, other) | (other, Fact::Nothing) => other,
            (a, b) if a == b => a,
            (Fact::Refs(a), Fact::Refs(b)) if self.env.module.is_subclass(a, b) => Fact::Refs(b),
            (Fact::Refs(a), Fact::Refs(b)) if self.env.module.is_subclass(b, a) => Fact::Refs(a),
            _ => Fact::Anything,
        };
        Known { fact, has_null: a.has_null || b.has_null }
    }

    /// Parameters that can take a scalar, and that something looks into.
    fn boxed(&self) -> FastMap<Value, ClassId> {
        let class_of = |param: &Value| match self.known.get(param) {
            Some(Known { fact: Fact::Boxes(class), has_null: false }) => Some(*class),
            _ => None,
        };
        if !self.places.keys().any(|param| class_of(param).is_some()) {
            return FastMap::default();
        }
        let mut wanted: IndexVec<Value, bool> = IndexVec::from_elem(false, self.func.values.len());
        let mut pending = Vec::new();
        for inst in self.func.blocks.iter().flat_map(|block| &block.insts) {
            if matches!(
                inst.op,
                Op::Unbox | Op::PrimitiveEq | Op::PrimitiveText | Op::PrimitiveHash
            ) {
                pending.extend(&inst.args);
            }
        }
        // Where one is wanted, all are that it is connected with, in both directions.
        let mut connected: FastMap<Value, Vec<Value>> = FastMap::default();
        for param in self.places.keys().filter(|param| class_of(param).is_some()) {
            for arg in self.args(*param).filter(|arg| class_of(arg).is_some()) {
                connected.entry(arg).or_default().push(*param);
                connected.entry(*param).or_default().push(arg);
            }
        }
        while let Some(value) = pending.pop() {
            if !std::mem::replace(&mut wanted[value], true) {
                pending.extend(connected.get(&value).into_iter().flatten());
            }
        }
        let params = self.places.keys().filter(|param| wanted[**param]);
        // A null among what is connected makes all of it stay: that shows as `has_null` there.
        let candidates: FastMap<Value, ClassId> =
            params.filter_map(|param| Some((*param, class_of(param)?))).collect();
        let feeds_scalar = |param: &Value| {
            self.args(*param).all(|arg| {
                let is_box = self.defs.inst(self.func, arg).is_some_and(|inst| inst.op == Op::Box);
                is_box || candidates.contains_key(&arg)
            })
        };
        match candidates.keys().all(feeds_scalar) {
            true => candidates,
            false => FastMap::default(),
        }
    }

    /// Parameters whose type can be narrower than it is.
    fn narrowed(&self) -> FastMap<Value, Type> {
        let mut narrowed = FastMap::default();
        for (param, known) in &self.known {
            let Fact::Refs(class) = known.fact else { continue };
            let (from, to) = (self.func.values[*param], Type::Ref(class));
            if from != to && self.env.module.is_assignable(to, from) {
                narrowed.insert(*param, to);
            }
        }
        narrowed
    }
}

fn apply_refs(func: &mut Func, narrowed: &FastMap<Value, Type>) {
    for (param, ty) in narrowed {
        func.values[*param] = *ty;
    }
    let defs = Defs::new(func);
    let is_null = |func: &Func, value: Value| {
        defs.inst(func, value).is_some_and(|inst| inst.op == Op::ConstNull)
    };
    for block in func.blocks.indices() {
        for target in 0..func.blocks[block].term.targets.len() {
            let to = func.blocks[block].term.targets[target].block;
            for at in 0..func.blocks[to].params.len() {
                let Some(ty) = narrowed.get(&func.blocks[to].params[at]).copied() else { continue };
                let arg = func.blocks[block].term.targets[target].args[at];
                if is_null(func, arg) && func.values[arg] != ty {
                    let null = func.new_value(ty);
                    let span = func.blocks[block].term.span;
                    let (op, imm) = (Op::ConstNull, Imm::Type(ty));
                    let inst = Inst { op, imm, args: Values::new(), result: Some(null), span };
                    func.blocks[block].insts.push(inst);
                    func.blocks[block].term.targets[target].args[at] = null;
                }
            }
        }
    }
}

fn apply_boxes(func: &mut Func, boxed: &FastMap<Value, ClassId>) {
    let defs = Defs::new(func);
    let mut scalars: FastMap<Value, Value> = FastMap::default();
    for (param, class) in boxed {
        let Some(ty) = unboxed(*class) else { continue };
        scalars.insert(*param, func.new_value(ty));
    }
    let inner = |func: &Func, arg: Value| match scalars.get(&arg) {
        Some(scalar) => *scalar,
        None => defs.inst(func, arg).map_or(arg, |inst| inst.args[0]),
    };
    // The arguments first, while definitions are where they were.
    for block in func.blocks.indices() {
        for target in 0..func.blocks[block].term.targets.len() {
            let to = func.blocks[block].term.targets[target].block;
            for at in 0..func.blocks[to].params.len() {
                if scalars.contains_key(&func.blocks[to].params[at]) {
                    let arg = func.blocks[block].term.targets[target].args[at];
                    func.blocks[block].term.targets[target].args[at] = inner(func, arg);
                }
            }
        }
    }
    for block in func.blocks.indices() {
        let mut made = Vec::new();
        for at in 0..func.blocks[block].params.len() {
            let param = func.blocks[block].params[at];
            let (Some(scalar), Some(class)) = (scalars.get(&param), boxed.get(&param)) else {
                continue;
            };
            func.blocks[block].params[at] = *scalar;
            let args = Values::from_slice(&[*scalar]);
            let span = func.blocks[block].term.span;
            made.push(Inst {
                op: Op::Box,
                imm: Imm::Class(*class),
                args,
                result: Some(param),
                span,
            });
        }
        func.blocks[block].insts.splice(0..0, made);
    }
}
