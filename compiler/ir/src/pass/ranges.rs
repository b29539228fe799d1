//! Ranges: what the smallest and the largest value of an integer can be, and what follows from
//! that. Comparisons that always come out the same are decided, divisions by powers of two of what
//! is not negative become shifts and masks, and conversions and masks that change nothing go.
//!
//! What is known comes from the operations, from the conditions of branches behind which a block
//! stands, from what did not trap on the way to a point, and from loops that count: a counter that
//! goes up by one as long as it is not equal to a bound, and starts below that bound, stays below.
//!
//! Why it is correct: an interval of a value holds wherever the value is defined, and what is
//! learnt later holds in the blocks that the point dominates, and is forgotten outside of them. A
//! parameter of a block holds what any of the ways into the block brings; if a way has not been
//! looked at (a way back), it can be anything, unless it counts. An instruction is changed only
//! by what is known where it stands, and only if it cannot trap. One walk over the dominator tree,
//! linear.

mod counters;
mod interval;

use super::Env;
use super::facts::{Defs, Replacement};
use super::simplify::{Made, place_constants};
use crate::cfg::Cfg;
use crate::fold::Const;
use crate::func::{Block, Func, Inst, Terminator, Value, Values};
use crate::ops::{Op, OpEffect};
use crate::types::Type;
use fscc_base::IndexVec;
use interval::{Comparison, Interval};
use smallvec::{SmallVec, smallvec};

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let cfg = Cfg::new(func);
    let mut ranges = Ranges::new(func, &cfg);
    let mut rewrites = Vec::new();
    let mut open: Vec<(Block, usize)> = Vec::new();
    for block in cfg.dominator_preorder() {
        while open.last().is_some_and(|(above, _)| !cfg.dominates(*above, block)) {
            if let Some((_, mark)) = open.pop() {
                ranges.forget(mark);
            }
        }
        open.push((block, ranges.learnt.len()));
        ranges.enter(block);
        for at in 0..func.blocks[block].insts.len() {
            let inst = &func.blocks[block].insts[at];
            if let Some(rewrite) = ranges.rewrite(inst) {
                rewrites.push(((block, at), rewrite));
            }
            ranges.learn_from(inst);
        }
        ranges.leave(block);
    }
    let outcomes = std::mem::take(&mut ranges.outcomes);
    let mut changed = !rewrites.is_empty();
    apply(func, rewrites);
    for (block, at) in &outcomes {
        let term = &mut func.blocks[*block].term;
        *term = Terminator::jump(term.targets[*at].clone(), term.span);
        changed = true;
    }
    if !outcomes.is_empty() {
        func.order_blocks();
    }
    changed
}

/// What follows from a condition.
type Said = SmallVec<[(Value, Interval); 3]>;

/// What becomes of an instruction.
enum Rewrite {
    /// The constant.
    Constant(Const),
    /// The operand.
    Same(Value),
    /// The operation on the operand and a constant.
    WithConstant(Op, Value, Const),
}

/// What is known at a point of the walk.
struct Ranges<'a> {
    func: &'a Func,
    cfg: &'a Cfg,
    defs: Defs,
    known: IndexVec<Value, Option<Interval>>,
    /// What was known before it was narrowed, to be taken back.
    learnt: Vec<(Value, Option<Interval>)>,
    /// For each parameter what the ways that have been looked at bring, and how many these are.
    brought: IndexVec<Value, (Option<Interval>, usize)>,
    /// Branches that always go one way: the block, and which target.
    outcomes: Vec<(Block, usize)>,
}

impl<'a> Ranges<'a> {
    fn new(func: &'a Func, cfg: &'a Cfg) -> Ranges<'a> {
        Ranges {
            func,
            cfg,
            defs: Defs::new(func),
            known: func.values.iter().map(|ty| Interval::of_type(*ty)).collect(),
            learnt: Vec::new(),
            brought: IndexVec::from_elem((None, 0), func.values.len()),
            outcomes: Vec::new(),
        }
    }

    /// What a value can be here. Only asked of integers; of others nothing is known.
    fn of(&self, value: Value) -> Interval {
        self.known[value].unwrap_or(Interval::EVERYTHING)
    }

    fn learn(&mut self, value: Value, interval: Interval) {
        let before = self.known[value];
        if before.is_some_and(|before| before != interval) {
            self.learnt.push((value, before));
            self.known[value] = Some(interval);
        }
    }

    fn forget(&mut self, mark: usize) {
        while self.learnt.len() > mark {
            if let Some((value, before)) = self.learnt.pop() {
                self.known[value] = before;
            }
        }
    }

    /// What holds at the start of a block.
    fn enter(&mut self, block: Block) {
        let (func, cfg) = (self.func, self.cfg);
        let ways = &cfg.predecessors[block];
        // What is compared in front of a loop is the same in all of its rounds.
        let mut in_front = ways.iter().filter(|from| !cfg.dominates(block, **from));
        if let (Some(from), None) = (in_front.next(), in_front.next()) {
            self.learn_from_branch(*from, block);
        }
        for (at, param) in func.blocks[block].params.iter().enumerate() {
            let (Some(brought), count) = self.brought[*param] else { continue };
            if count == ways.len() {
                self.learn(*param, brought);
            } else if let Some(counted) = self.counted(block, at, brought) {
                self.learn(*param, counted);
            }
        }
    }

    /// What a branch says in the block to which one of its ways leads, and no other but ways back.
    fn learn_from_branch(&mut self, from: Block, to: Block) {
        let term = &self.func.blocks[from].term;
        let (Op::Branch, [then, _]) = (term.op, term.targets.as_slice()) else { return };
        for (value, interval) in self.said(term.args[0], then.block == to) {
            self.learn(value, interval);
        }
    }

    /// What follows for values if a condition holds, or does not.
    fn said(&self, condition: Value, holds: bool) -> Said {
        let truth = i128::from(holds);
        let mut said = smallvec![(condition, Interval { low: truth, high: truth })];
        let Some((found, a, b)) = self.compared(condition) else { return said };
        let found = if holds { found } else { found.inverse() };
        said.push((a, found.restrict(self.of(a), self.of(b))));
        said.push((b, found.mirrored().restrict(self.of(b), self.of(a))));
        said
    }

    /// What a comparison of two values says, if it is one.
    fn compared(&self, condition: Value) -> Option<(Comparison, Value, Value)> {
        let inst = self.defs.inst(self.func, condition)?;
        match inst.args[..] {
            [a, b] => Some((interval::comparison(inst.op)?, a, b)),
            _ => None,
        }
    }

    /// Notes what goes over the ways out of a block, which are all known to be possible.
    fn leave(&mut self, block: Block) {
        let term = &self.func.blocks[block].term;
        let is_branch = term.op == Op::Branch && term.targets.len() == 2;
        let outcome = term.args.first().filter(|_| is_branch).map(|condition| self.of(*condition));
        if let Some(truth) = outcome.and_then(Interval::single) {
            self.outcomes.push((block, usize::from(truth == 0)));
        }
        for (at, target) in term.targets.iter().enumerate() {
            let said = if is_branch { self.said(term.args[0], at == 0) } else { Said::new() };
            for (param, arg) in self.func.blocks[target.block].params.iter().zip(&target.args) {
                let Some(known) = self.known[*arg] else { continue };
                let narrowed = said.iter().filter(|(value, _)| value == arg);
                let known = narrowed.fold(known, |known, (_, interval)| known.meet(*interval));
                let (brought, count) = &mut self.brought[*param];
                *brought = Some(brought.map_or(known, |brought| brought.join(known)));
                *count += 1;
            }
        }
    }

    /// What holds behind an instruction: of its result, and of what it would have trapped on.
    fn learn_from(&mut self, inst: &Inst) {
        if let Some(result) = inst.result {
            let found =
                interval::result(inst, self.func.values[result], |at| self.of(inst.args[at]));
            if let Some(found) = found {
                self.learn(result, found);
            }
        }
        let (at, most) = match inst.op {
            Op::ArrayNew => (0, i32::MAX),
            Op::ArrayGet | Op::ArraySet | Op::StringCharAt => (1, i32::MAX - 1),
            _ => return,
        };
        let value = inst.args[at];
        self.learn(value, self.of(value).meet(Interval::new(0, most)));
    }

    fn rewrite(&self, inst: &Inst) -> Option<Rewrite> {
        use Op::*;
        let result = inst.result.filter(|_| !inst.op.is_constant())?;
        let ty = self.func.values[result];
        let found = interval::result(inst, ty, |at| self.of(inst.args[at]))?;
        let of = |at: usize| self.of(inst.args[at]);
        let by = || of(1).single();
        if let Some(number) = found.single().filter(|_| self.never_traps(inst)) {
            return Some(Rewrite::Constant(constant(ty, number)?));
        }
        match inst.op {
            I32ToI8 | I32ToI16 | I32ToU16 if found == of(0) => Some(Rewrite::Same(inst.args[0])),
            I32Rem | I64Rem if of(0).is_natural() && of(0).high < by()? => {
                Some(Rewrite::Same(inst.args[0]))
            }
            I32Div | I64Div if of(0).is_natural() => {
                let shift = power_of_two(by()?)?;
                let op = if inst.op == I32Div { I32Ushr } else { I64Ushr };
                Some(Rewrite::WithConstant(op, inst.args[0], Const::I32(shift)))
            }
            I32Rem | I64Rem if of(0).is_natural() => {
                let by = by()?;
                power_of_two(by)?;
                let op = if inst.op == I32Rem { I32And } else { I64And };
                Some(Rewrite::WithConstant(op, inst.args[0], constant(ty, by - 1)?))
            }
            // A mask of ones that covers the whole number.
            I32And | I64And => [(0, 1), (1, 0)].into_iter().find_map(|(number, mask)| {
                let ones = of(mask).single()?.checked_add(1)?;
                let covers = of(number).is_natural() && of(number).high < ones;
                (power_of_two(ones).is_some() && covers).then(|| Rewrite::Same(inst.args[number]))
            }),
            _ => None,
        }
    }

    fn never_traps(&self, inst: &Inst) -> bool {
        match inst.op {
            Op::I32Div | Op::I32Rem | Op::I64Div | Op::I64Rem | Op::I64Udiv | Op::I64Urem => {
                let by = self.of(inst.args[1]);
                by.low > 0 || by.high < 0
            }
            _ => inst.op.info().effect == OpEffect::pure,
        }
    }
}

/// The exponent, if the number is a power of two.
fn power_of_two(number: i128) -> Option<i32> {
    (number > 0 && number.count_ones() == 1).then(|| number.trailing_zeros() as i32)
}

fn constant(ty: Type, number: i128) -> Option<Const> {
    match ty {
        Type::I32 => i32::try_from(number).ok().map(Const::I32),
        Type::I64 => i64::try_from(number).ok().map(Const::I64),
        _ => None,
    }
}

/// Makes the changes; places are those before any of them, in the order of the walk.
fn apply(func: &mut Func, rewrites: Vec<((Block, usize), Rewrite)>) {
    let mut replacement = Replacement::new(func);
    let mut made: Vec<Made> = Vec::new();
    for ((block, at), rewrite) in rewrites {
        let inst = &mut func.blocks[block].insts[at];
        let Some(result) = inst.result else { continue };
        match rewrite {
            Rewrite::Constant(constant) => {
                (inst.op, inst.imm) = constant.inst();
                inst.args = Values::new();
            }
            Rewrite::Same(value) => replacement.set(result, value),
            Rewrite::WithConstant(op, value, constant) => {
                let span = inst.span;
                let operand = func.values.push(constant.ty());
                let inst = &mut func.blocks[block].insts[at];
                (inst.op, inst.args) = (op, Values::from_slice(&[value, operand]));
                let (op, imm) = constant.inst();
                let args = Values::new();
                made.push(((block, at), Inst { op, imm, args, result: Some(operand), span }));
            }
        }
    }
    place_constants(func, made);
    replacement.take_out(func);
}
