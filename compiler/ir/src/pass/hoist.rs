//! Loop-invariant code motion: what gives the same in every round of a loop is computed once,
//! before it.
//!
//! Why it is correct: an instruction moves only if its operands are made outside of the loop and,
//! if it reads memory, no instruction of the loop may write what it reads. What cannot trap may be
//! computed earlier, and even if the loop would never come to it; that is done only where every
//! round comes to it, and for what is cheap. What may trap moves only from the start of the
//! loop's header, in front of which stands nothing that can trap or that anybody can see: then it
//! traps at the same point as before, in the same order, and in the first round if in any. A read
//! of an object that has been looked at before the loop is known not to be null, so it cannot trap.
//! A singleton is fetched before the loop if making it is something that nobody can see.

use super::Env;
use super::facts::Defs;
use super::getters::Getter;
use super::loops;
use super::numbering::places::Places;
use crate::cfg::{Cfg, Loop};
use crate::fold::Const;
use crate::func::{Block, Func, Imm, Inst, Value};
use crate::ops::{Op, OpEffect};
use fscc_base::{FastSet, Idx, IndexVec};

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let Some(mut shape) = Shape::new(func) else { return false };
    let mut has_changed = false;
    // Inner loops first: what leaves one may leave the next.
    for number in (0..shape.loops.len()).rev() {
        let Some(found) = shape.loops.get(number) else { continue };
        let mut mover = Mover::new(func, env, &shape, found);
        mover.find();
        let moved = std::mem::take(&mut mover.moved);
        if !moved.is_empty() {
            place_before(func, found, moved);
            has_changed = true;
            let Some(changed) = Shape::new(func) else { break };
            shape = changed;
        }
    }
    has_changed
}

/// What is known of the function until it changes.
struct Shape {
    cfg: Cfg,
    loops: Vec<Loop>,
    defs: Defs,
    places: Places,
    /// The block that defines a value.
    home: IndexVec<Value, Option<Block>>,
}

impl Shape {
    /// None if there is no loop to look at.
    fn new(func: &Func) -> Option<Shape> {
        let (cfg, loops) = loops::few(func)?;
        let defs = Defs::new(func);
        let places = Places::collect(func, &defs);
        let mut home = IndexVec::from_elem(None, func.values.len());
        for (block, data) in func.blocks.iter_enumerated() {
            let results = data.insts.iter().filter_map(|inst| inst.result);
            for value in data.params.iter().copied().chain(results) {
                home[value] = Some(block);
            }
        }
        Some(Shape { cfg, loops, defs, places, home })
    }
}

struct Mover<'a> {
    func: &'a Func,
    env: &'a Env<'a>,
    shape: &'a Shape,
    found: &'a Loop,
    inside: Vec<bool>,
    /// By place, whether the loop may write it.
    written: Vec<bool>,
    /// Objects that were looked at before the loop.
    looked_at: FastSet<Value>,
    /// What leaves the loop: block and index, in an order in which it can be computed.
    moved: Vec<(Block, usize)>,
    /// The results of that.
    results: FastSet<Value>,
}

impl<'a> Mover<'a> {
    fn new(func: &'a Func, env: &'a Env<'a>, shape: &'a Shape, found: &'a Loop) -> Self {
        let mut inside = vec![false; func.blocks.len()];
        let mut written = vec![false; shape.places.len()];
        let mut places = Vec::new();
        for block in &found.blocks {
            inside[block.index()] = true;
            for inst in &func.blocks[*block].insts {
                shape.places.written(func, env, inst, &mut places);
                places.drain(..).for_each(|place| written[place.index()] = true);
            }
        }
        let (moved, results) = (Vec::new(), FastSet::default());
        let looked_at = FastSet::default();
        Self { func, env, shape, found, inside, written, looked_at, moved, results }
    }

    fn find(&mut self) {
        let header = self.found.header;
        if loops::way_in(self.func, self.found).is_none() {
            return;
        }
        let mut above = self.shape.cfg.dominator.get(header).copied().flatten();
        while let Some(block) = above {
            for inst in &self.func.blocks[block].insts {
                self.look_at(inst);
            }
            above = self.shape.cfg.dominator.get(block).copied().flatten();
        }
        let latches = &self.shape.cfg.predecessors[header];
        let blocks = self.found.blocks.iter().copied();
        let every_round: Vec<Block> = blocks
            .filter(|block| {
                let mut latches = latches.iter().filter(|latch| self.inside[latch.index()]);
                latches.all(|latch| self.shape.cfg.dominates(*block, *latch))
            })
            .collect();
        for block in every_round {
            let mut is_start = block == header;
            for (at, inst) in self.func.blocks[block].insts.iter().enumerate() {
                let is_fixed = inst.args.iter().all(|value| self.is_fixed(*value));
                if is_fixed && self.may_move(inst, is_start, block == header) {
                    self.moved.push((block, at));
                    self.results.extend(inst.result);
                    self.look_at(inst);
                } else if inst.op.info().effect != OpEffect::pure {
                    is_start = false;
                }
            }
        }
        self.drop_lone_constants();
    }

    /// Whether the value is the same in every round.
    fn is_fixed(&self, value: Value) -> bool {
        let is_inside = |block: &Block| self.inside.get(block.index()).is_none_or(|inside| *inside);
        self.results.contains(&value)
            || !self.shape.home.get(value).copied().flatten().as_ref().is_some_and(is_inside)
    }

    fn look_at(&mut self, inst: &Inst) {
        if matches!(inst.op, Op::FieldGet | Op::FieldSet | Op::ArrayLength | Op::ArrayGet) {
            self.looked_at.insert(self.shape.defs.origin(self.func, inst.args[0]));
        }
        if self.getter(inst).is_some() {
            self.looked_at.extend(inst.result);
        }
    }

    /// The getter that an instruction calls.
    fn getter(&self, inst: &Inst) -> Option<Getter> {
        match (inst.op, &inst.imm) {
            (Op::Call, Imm::Func(callee)) => self.env.known().getters[*callee],
            _ => None,
        }
    }

    fn may_move(&self, inst: &Inst, is_start: bool, is_header: bool) -> bool {
        if inst.result.is_none() {
            return false;
        }
        let is_looked_at = || {
            let object = inst.args.first();
            object.is_some_and(|object| {
                self.looked_at.contains(&self.shape.defs.origin(self.func, *object))
                    || self.shape.defs.is_not_null(self.func, *object)
            })
        };
        let is_unwritten =
            || self.shape.places.read(inst).is_some_and(|place| !self.written[place.index()]);
        match inst.op.info().effect {
            OpEffect::pure => is_header || self.is_cheap(inst),
            OpEffect::traps => is_start || (inst.op == Op::ArrayLength && is_looked_at()),
            OpEffect::reads if inst.op == Op::GlobalGet => is_unwritten(),
            OpEffect::reads if inst.op == Op::FieldGet => {
                (is_start || is_looked_at()) && is_unwritten()
            }
            OpEffect::reads | OpEffect::reads_storage => is_start && is_unwritten(),
            OpEffect::calls => self.getter(inst).is_some_and(|getter| getter.is_inert || is_start),
            _ => false,
        }
    }

    /// Arithmetic on small numbers: what depends on the size of an object can cost anything.
    fn is_cheap(&self, inst: &Inst) -> bool {
        inst.args.iter().all(|value| !self.func.values[*value].is_reference())
            && inst.result.is_some_and(|result| !self.func.values[result].is_reference())
    }

    /// A constant leaves the loop only if something that leaves it needs it, or an instruction of the
    /// loop cannot hold it itself.
    fn drop_lone_constants(&mut self) {
        let func = self.func;
        let is_constant = |inst: &Inst| Const::of(inst.op, &inst.imm).is_some();
        let moved: FastSet<(Block, usize)> = self.moved.iter().copied().collect();
        let mut needed: FastSet<Value> = FastSet::default();
        for block in &self.found.blocks {
            for (at, inst) in func.blocks[*block].insts.iter().enumerate() {
                let is_gone = moved.contains(&(*block, at)) && !is_constant(inst);
                let held = !is_gone && inst.op.holds_small_constant();
                for (position, value) in inst.args.iter().enumerate() {
                    let may_hold = held && position + 1 == inst.args.len();
                    if !may_hold || !self.is_small(*value) {
                        needed.insert(*value);
                    }
                }
            }
        }
        self.moved.retain(|(block, at)| {
            let inst = &func.blocks[*block].insts[*at];
            !is_constant(inst) || inst.result.is_some_and(|result| needed.contains(&result))
        });
    }

    /// Whether the value is a constant that an instruction can hold itself.
    fn is_small(&self, value: Value) -> bool {
        match self.shape.defs.inst(self.func, value).map(|inst| &inst.imm) {
            Some(Imm::I32(number)) => i8::try_from(*number).is_ok(),
            Some(Imm::I64(number)) => i8::try_from(*number).is_ok(),
            _ => false,
        }
    }
}

/// Takes instructions out of the loop and puts them on the edge into it.
fn place_before(func: &mut Func, found: &Loop, moved: Vec<(Block, usize)>) {
    let Some(edge) = loops::way_in(func, found) else { return };
    let insts: Vec<Inst> =
        moved.iter().map(|(block, at)| func.blocks[*block].insts[*at].clone()).collect();
    let at = loops::before(func, edge);
    let gone: FastSet<(Block, usize)> = moved.into_iter().collect();
    for block in found.blocks.iter().copied() {
        let old = std::mem::take(&mut func.blocks[block].insts);
        let kept = old.into_iter().enumerate().filter(|(at, _)| !gone.contains(&(block, *at)));
        func.blocks[block].insts = kept.map(|(_, inst)| inst).collect();
    }
    func.blocks[at].insts.extend(insts);
}
