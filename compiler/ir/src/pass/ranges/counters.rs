//! Loops that count: a parameter of a loop's header to which every way back adds a constant.
//!
//! Why it is correct: by induction over the rounds. A counter that starts below a bound, is
//! increased by one, and goes round only where it differs from the bound (or is below it) is below
//! the bound in each round, so the sum never wraps. The bound is made outside of the loop, so it
//! stays what it is. Downwards likewise.

use super::Ranges;
use super::interval::{self, Comparison, Interval};
use crate::func::{Block, Value};
use crate::ops::Op;
use crate::pass::facts::Def;

impl Ranges<'_> {
    /// What the parameter at `at` of a loop's header can be, if all ways that have not been looked
    /// at are one way back that counts it; `start` is what the other ways bring.
    pub(super) fn counted(&self, header: Block, at: usize, start: Interval) -> Option<Interval> {
        let param = self.func.blocks[header].params[at];
        let ways = &self.cfg.predecessors[header];
        let mut back = ways.iter().filter(|from| self.cfg.dominates(header, **from));
        let (Some(latch), None) = (back.next(), back.next()) else { return None };
        // Every other way has been looked at.
        if self.brought[param].1 + 1 != ways.len() {
            return None;
        }
        let term = &self.func.blocks[*latch].term;
        let [then, otherwise] = &term.targets[..] else { return None };
        let holds = match (then.block == header, otherwise.block == header) {
            (true, false) => true,
            (false, true) => false,
            _ => return None,
        };
        let next = if holds { then.args[at] } else { otherwise.args[at] };
        let step = self.step(param, next, header)?;
        let (found, a, b) = self.compared(term.args[0]).filter(|_| term.op == Op::Branch)?;
        let found = if holds { found } else { found.inverse() };
        let (found, bound) = match (a == next, b == next) {
            (true, false) => (found, b),
            (false, true) => (found.mirrored(), a),
            _ => return None,
        };
        let all = Interval::of_type(self.func.values[param])?;
        stays(start, step, found, self.fixed(bound, header)?, all)
    }

    /// What a value can be that is the same in all rounds of the loops that begin at the header.
    fn fixed(&self, value: Value, header: Block) -> Option<Interval> {
        match self.defs.get(value) {
            Def::Param(block, _) | Def::Inst(block, _)
                if block != header && self.cfg.dominates(block, header) =>
            {
                Some(self.of(value))
            }
            // The loop makes it anew in every round.
            _ => {
                let inst = self.defs.inst(self.func, value).filter(|inst| inst.op.is_constant())?;
                interval::result(inst, self.func.values[value], |_| Interval::EVERYTHING)
            }
        }
    }

    /// The constant that is added to a parameter.
    fn step(&self, param: Value, next: Value, header: Block) -> Option<i128> {
        let inst = self.defs.inst(self.func, next)?;
        let [a, b] = inst.args[..] else { return None };
        match inst.op {
            Op::I32Add | Op::I64Add if a == param => self.fixed(b, header)?.single(),
            Op::I32Add | Op::I64Add if b == param => self.fixed(a, header)?.single(),
            Op::I32Sub | Op::I64Sub if a == param => Some(-self.fixed(b, header)?.single()?),
            _ => None,
        }
    }
}

/// What a counter can be at the start of a round if it goes round only while it compares with the
/// bound in this way; `all` are the numbers of its type.
fn stays(
    start: Interval,
    step: i128,
    found: Comparison,
    bound: Interval,
    all: Interval,
) -> Option<Interval> {
    let up = Interval { low: start.low, high: start.high.max(bound.high - 1) };
    let down = Interval { low: start.low.min(bound.low + 1), high: start.high };
    match found {
        Comparison::NotEqual if step == 1 && start.high < bound.low => Some(up),
        Comparison::NotEqual if step == -1 && start.low > bound.high => Some(down),
        // The sum does not wrap.
        Comparison::Less if step > 0 && up.high + step <= all.high => Some(up),
        Comparison::More if step < 0 && down.low + step >= all.low => Some(down),
        _ => None,
    }
}
