//! Induction: what a loop computes anew in each round from a number that it counts, it counts as well:
//! of `base + i * step` for one `i` after the other each is the one before plus `step`.
//!
//! Only innermost loops are looked at. Values are followed from the counted number through sums
//! and products with what does not change in the loop; those that others use get a parameter of
//! the header of their own. If the counted number is then only compared with the end of the loop,
//! the comparison takes another counted number, which differs from it by a sum only, and the
//! counted number goes. All of that is done only if a round executes fewer instructions.
//!
//! Why it is correct: sums and products of `Int` and `Long` are those of a ring, in which
//! `(a + i + c) * b` is `(a + i) * b + c * b` whatever wraps around. Adding the same to both sides
//! of `!=` changes nothing in it. Nothing that moves can trap. Linear.

use super::Env;
use super::facts::{Defs, map_uses};
use super::loops;
use crate::cfg::{Cfg, Loop};
use crate::fold::Const;
use crate::func::{Block, ENTRY, Func, Imm, Inst, Value, Values};
use crate::ops::Op;
use crate::types::Type;
use fscc_base::{FastMap, FastSet};

/// Loops with more instructions are left as they are.
const SIZE_MAX: usize = 400;

/// Sums and products of a counted number; more are not followed.
const DERIVED_MAX: usize = 24;

/// Numbers that a loop may count besides those that it counted before.
const COUNTED_MAX: usize = 8;

/// The operations of `Int` or of `Long`.
#[derive(Clone, Copy)]
struct Ring {
    add: Op,
    sub: Op,
    mul: Op,
    not_equal: Op,
    equal: Op,
}

const INT: Ring = Ring {
    add: Op::I32Add,
    sub: Op::I32Sub,
    mul: Op::I32Mul,
    not_equal: Op::I32Ne,
    equal: Op::I32Eq,
};
const LONG: Ring = Ring {
    add: Op::I64Add,
    sub: Op::I64Sub,
    mul: Op::I64Mul,
    not_equal: Op::I64Ne,
    equal: Op::I64Eq,
};

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let Some((cfg, all)) = loops::few(func) else { return false };
    let mut has_changed = false;
    for found in all.iter().filter(|found| loops::is_innermost(found, &all)) {
        // A number that is counted instead of another may bring new ones in its turn: not again.
        let params = func.blocks[found.header].params.clone();
        for counted in params {
            if let Some(plan) = Plan::of(func, &cfg, found, counted) {
                plan.apply(func);
                has_changed = true;
            }
        }
    }
    has_changed
}

/// What is computed from a number that a loop counts.
struct Plan {
    ring: Ring,
    /// The edge into the loop.
    entry: (Block, usize),
    /// The edge back to its header.
    back: (Block, usize),
    header: Block,
    /// The counted number, what it starts from, and what is added in each round.
    counted: Value,
    start: Value,
    step: Value,
    /// What is computed from it by sums and products, in order, the next number among it.
    derived: Vec<Inst>,
    /// What of that others use.
    heads: Vec<Value>,
    /// If the counted number goes: the head that is compared instead of it.
    compared: Option<Value>,
    /// What the loop makes besides constants, and those.
    made: FastSet<Value>,
    constants: FastMap<Value, Inst>,
}

impl Plan {
    fn of(func: &Func, cfg: &Cfg, found: &Loop, counted: Value) -> Option<Plan> {
        let ring = match func.values[counted] {
            Type::I32 => INT,
            Type::I64 => LONG,
            _ => return None,
        };
        let header = found.header;
        let size: usize = found.blocks.iter().map(|block| func.blocks[*block].insts.len()).sum();
        if header == ENTRY || size > SIZE_MAX {
            return None;
        }
        let back = loops::way_back(func, found)?;
        let at = func.blocks[header].params.iter().position(|param| *param == counted)?;
        let next = func.blocks[back.0].term.targets[back.1].args[at];
        let entry = loops::way_in(func, found)?;
        let start = func.blocks[entry.0].term.targets[entry.1].args[at];
        let inside = Inside::of(func, found);
        let step = inside.step(ring, counted, next)?;
        let every_round = found.blocks.iter().filter(|block| cfg.dominates(**block, back.0));
        let derived = inside.derived(ring, counted, every_round);
        if derived.len() < 2 || derived.len() > DERIVED_MAX {
            return None;
        }
        let (heads, compared) = (Vec::new(), None);
        let Inside { made, constants, .. } = inside;
        let mut plan = Plan {
            ring,
            entry,
            back,
            header,
            counted,
            start,
            step,
            derived,
            heads,
            compared,
            made,
            constants,
        };
        plan.pays(func, next).then_some(plan)
    }

    /// Finds the heads, and whether a round has fewer instructions if they are counted.
    fn pays(&mut self, func: &Func, next: Value) -> bool {
        let derived: FastSet<Value> = self.derived.iter().filter_map(|inst| inst.result).collect();
        let (from, edge) = self.back;
        let mut used: FastSet<Value> = FastSet::default();
        let mut comparison = None;
        let mut note = |value: Value| {
            if value == self.counted || derived.contains(&value) {
                used.insert(value);
            }
        };
        for (block, data) in func.blocks.iter_enumerated() {
            for (at, inst) in data.insts.iter().enumerate() {
                let is_derived = inst.result.is_some_and(|result| derived.contains(&result));
                let is_comparison = (block, at + 1) == (from, data.insts.len())
                    && inst.args.first() == Some(&next)
                    && (inst.op == self.ring.not_equal || inst.op == self.ring.equal)
                    && !self.made.contains(&inst.args[1]);
                if is_comparison {
                    comparison = Some(inst.args[1]);
                } else if !is_derived {
                    inst.args.iter().for_each(|value| note(*value));
                }
            }
            data.term.args.iter().for_each(|value| note(*value));
            for (at, target) in data.term.targets.iter().enumerate() {
                let params = &func.blocks[target.block].params;
                for (param, arg) in params.iter().zip(&target.args) {
                    if (block, at, *param) != (from, edge, self.counted) {
                        note(*arg);
                    }
                }
            }
        }
        let keeps = used.contains(&self.counted) || used.contains(&next);
        let heads = self.derived.iter().filter_map(|inst| inst.result);
        self.heads = heads.filter(|head| *head != next && used.contains(head)).collect();
        if !keeps && comparison.is_some() {
            let is_sum = |head: &&Value| self.differs_by_sum(**head);
            self.compared = self.heads.iter().find(is_sum).copied();
        }
        let goes = !keeps && (comparison.is_none() || self.compared.is_some());
        let after = self.heads.len() + usize::from(!goes);
        !self.heads.is_empty() && self.heads.len() <= COUNTED_MAX && after < derived.len()
    }

    /// Whether the head is the counted number and something that does not change.
    fn differs_by_sum(&self, head: Value) -> bool {
        let mut value = head;
        for inst in self.derived.iter().rev() {
            if inst.result == Some(value) {
                if inst.op != self.ring.add {
                    return false;
                }
                value = self.varying(inst);
            }
        }
        value == self.counted
    }

    /// The operand that depends on the counted number.
    fn varying(&self, inst: &Inst) -> Value {
        let is_derived = |value: &Value| {
            *value == self.counted || self.derived.iter().any(|inst| inst.result == Some(*value))
        };
        inst.args.iter().copied().find(is_derived).unwrap_or(self.counted)
    }

    fn apply(self, func: &mut Func) {
        let (from, edge) = self.back;
        let span = func.blocks[from].term.span;
        let mut before = Before { func, plan: &self, insts: Vec::new(), names: FastMap::default() };
        before.names.insert(self.counted, self.start);
        let counted = |before: &mut Before, head: Value| {
            (before.value(head), before.step(head), before.func.values[head])
        };
        let heads: Vec<(Value, Value, Type)> =
            self.heads.iter().map(|head| counted(&mut before, *head)).collect();
        let end = self.compared.map(|head| before.end(head));
        let insts = before.insts;
        let at = loops::before(func, self.entry);
        func.blocks[at].insts.extend(insts);
        let mut names: FastMap<Value, Value> = FastMap::default();
        let mut added = Vec::new();
        for (head, (start, step, ty)) in self.heads.iter().zip(heads) {
            let (now, next) = (func.new_value(ty), func.new_value(ty));
            names.insert(*head, now);
            func.blocks[self.header].params.push(now);
            let entering = func.blocks[at].term.targets.iter_mut();
            let entering = entering.filter(|target| target.block == self.header);
            entering.for_each(|target| target.args.push(start));
            func.blocks[from].term.targets[edge].args.push(next);
            let args = Values::from_slice(&[now, step]);
            let inst = Inst { op: self.ring.add, imm: Imm::None, args, result: Some(next), span };
            added.push((*head, inst));
        }
        for block in func.blocks.iter_mut() {
            map_uses(block, |value| {
                *value = names.get(value).copied().unwrap_or(*value);
            });
        }
        let compared = self.compared.and_then(|compared| {
            let (_, inst) = added.iter().find(|(head, _)| *head == compared)?;
            inst.result
        });
        // A comparison stays the last instruction, so that the branch takes it over.
        let data = &mut func.blocks[from];
        let asks =
            data.insts.last().is_some_and(|inst| data.term.args.first() == inst.result.as_ref());
        let place = data.insts.len() - usize::from(asks);
        data.insts.splice(place..place, added.into_iter().map(|(_, inst)| inst));
        if let (Some(compared), Some(end), Some(last)) = (compared, end, data.insts.last_mut()) {
            last.args = Values::from_slice(&[compared, end]);
        }
    }
}

/// What a loop makes.
struct Inside<'f> {
    func: &'f Func,
    found: &'f Loop,
    made: FastSet<Value>,
    constants: FastMap<Value, Inst>,
}

impl<'f> Inside<'f> {
    fn of(func: &'f Func, found: &'f Loop) -> Inside<'f> {
        let (mut made, mut constants) = (FastSet::default(), FastMap::default());
        for block in &found.blocks {
            let data = &func.blocks[*block];
            made.extend(&data.params);
            for inst in &data.insts {
                match inst.result {
                    Some(result) if inst.op.is_constant() => {
                        constants.insert(result, inst.clone());
                    }
                    result => made.extend(result),
                }
            }
        }
        Inside { func, found, made, constants }
    }

    /// What is added to the counted number in each round, if it does not change.
    fn step(&self, ring: Ring, counted: Value, next: Value) -> Option<Value> {
        let insts = self.found.blocks.iter().flat_map(|block| &self.func.blocks[*block].insts);
        let sum = insts.into_iter().find(|inst| inst.result == Some(next))?;
        let step = match sum.args.as_slice() {
            [a, b] if *a == counted => *b,
            [a, b] if *b == counted => *a,
            _ => return None,
        };
        (sum.op == ring.add && !self.made.contains(&step)).then_some(step)
    }

    /// Sums and products of the counted number with what does not change, in the order of blocks.
    fn derived<'b>(
        &self,
        ring: Ring,
        counted: Value,
        blocks: impl Iterator<Item = &'b Block>,
    ) -> Vec<Inst> {
        let mut derived: Vec<Inst> = Vec::new();
        let mut varying: FastSet<Value> = FastSet::default();
        varying.insert(counted);
        for inst in blocks.flat_map(|block| &self.func.blocks[*block].insts) {
            let (Some(result), [a, b]) = (inst.result, inst.args.as_slice()) else { continue };
            let is_fixed = |value: &Value| !self.made.contains(value);
            let is_left = varying.contains(a) && is_fixed(b);
            let is_right = varying.contains(b) && is_fixed(a) && inst.op != ring.sub;
            if [ring.add, ring.sub, ring.mul].contains(&inst.op) && (is_left || is_right) {
                varying.insert(result);
                derived.push(inst.clone());
            }
        }
        derived
    }
}

/// What is computed before the loop.
struct Before<'a> {
    func: &'a mut Func,
    plan: &'a Plan,
    insts: Vec<Inst>,
    /// What values of the loop are before the first round.
    names: FastMap<Value, Value>,
}

impl Before<'_> {
    fn put(&mut self, inst: &Inst, args: Values) -> Value {
        let result = inst.result.unwrap_or(self.plan.counted);
        let fresh = self.func.new_value(self.func.values[result]);
        let (op, imm, span) = (inst.op, inst.imm.clone(), inst.span);
        self.insts.push(Inst { op, imm, args, result: Some(fresh), span });
        fresh
    }

    /// A value that does not change in the loop.
    fn fixed(&mut self, value: Value) -> Value {
        if let Some(known) = self.names.get(&value) {
            return *known;
        }
        let Some(constant) = self.plan.constants.get(&value) else { return value };
        let made = self.put(constant, Values::new());
        self.names.insert(value, made);
        made
    }

    /// What a derived value is in the first round. Derived values are in order, so that what one is
    /// made of is there before it.
    fn value(&mut self, head: Value) -> Value {
        for inst in &self.plan.derived {
            let Some(result) = inst.result.filter(|result| !self.names.contains_key(result)) else {
                continue;
            };
            if !self.plan.needs(head, result) {
                continue;
            }
            let args: Values = inst.args.iter().map(|arg| self.fixed(*arg)).collect();
            let made = self.put(inst, args);
            self.names.insert(result, made);
        }
        self.names.get(&head).copied().unwrap_or(head)
    }

    /// By how much a derived value grows in each round.
    fn step(&mut self, head: Value) -> Value {
        let plan = self.plan;
        let is_one = |inst: Option<&Inst>| {
            let constant = inst.and_then(|inst| Const::of(inst.op, &inst.imm));
            matches!(constant, Some(Const::I32(1) | Const::I64(1)))
        };
        let mut by_one = is_one(Defs::new(self.func).inst(self.func, plan.step));
        let mut step = self.fixed(plan.step);
        for inst in plan.chain(head) {
            if inst.op != plan.ring.mul {
                continue;
            }
            let varying = plan.varying(inst);
            let factor = inst.args.iter().copied().find(|arg| *arg != varying).unwrap_or(varying);
            let factor = self.fixed(factor);
            step = match std::mem::replace(&mut by_one, false) {
                true => factor,
                false => self.put(inst, Values::from_slice(&[step, factor])),
            };
        }
        step
    }

    /// What the compared head is at the end of the loop.
    fn end(&mut self, head: Value) -> Value {
        let plan = self.plan;
        let last = self.func.blocks[plan.back.0].insts.last();
        let Some(end) = last.and_then(|inst| inst.args.get(1)).copied() else { return head };
        let mut end = self.fixed(end);
        for inst in plan.chain(head) {
            let varying = plan.varying(inst);
            let other = inst.args.iter().copied().find(|arg| *arg != varying).unwrap_or(varying);
            let other = self.fixed(other);
            end = self.put(inst, Values::from_slice(&[end, other]));
        }
        end
    }
}

impl Plan {
    /// The instructions that lead from the counted number to a derived value.
    fn chain(&self, head: Value) -> Vec<&Inst> {
        let (mut chain, mut value) = (Vec::new(), head);
        for inst in self.derived.iter().rev() {
            if inst.result == Some(value) {
                value = self.varying(inst);
                chain.push(inst);
            }
        }
        chain.reverse();
        chain
    }

    /// Whether a derived value is on the way to a head.
    fn needs(&self, head: Value, value: Value) -> bool {
        self.chain(head).iter().any(|inst| inst.result == Some(value))
    }
}
