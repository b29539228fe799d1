//! Choices: where a branch only decides which of two numbers goes on, and these differ by what the
//! condition itself is as a number, 0 or 1, that is computed with instead.
//!
//! ```text
//! bb0: …;  br c → bb1 else bb2(x)              bb0: …;  y = i32.add x, c
//! bb1: y = i32.add x, 1;  jump bb2(y)    ⇒           jump bb2(y)
//! bb2(z): …                                    bb2(z): …
//! ```
//!
//! The numbers are two constants; or a number and the next, or the one before; or a truth value and
//! a constant one, as for `a && b` and `a || b`. Decision 48 says what that saves and why there is no
//! instruction that chooses between any two values.
//!
//! Why it is correct: an arm that is skipped holds nothing but constants and one instruction that
//! is pure, so it may be computed on both ways. The condition and the truth values are results of
//! operations that give 0 or 1 and nothing else. Linear: an arm has few instructions, and there are
//! few rounds.
//!
//! The order of passes puts this behind `decide`: a chain of many tests is better as a switch.

use super::Env;
use super::facts::{Def, Defs, for_each_use};
use super::simplify::inverse;
use crate::fold::Const;
use crate::func::{Block, Func, Imm, Inst, Target, Terminator, Value, Values};
use crate::ops::{Kind, Op};
use crate::types::Type;
use fscc_base::{IndexVec, Span};

/// A choice may be part of another one.
const ROUNDS_MAX: usize = 2;

/// Instructions of an arm, constants included.
const ARM_SIZE_MAX: usize = 4;

/// How the number that goes on is computed from the condition, or from its opposite.
#[derive(Clone, Copy)]
struct Formula {
    /// Whether it is the condition itself.
    is_straight: bool,
    shape: Shape,
}

#[derive(Clone, Copy)]
enum Shape {
    /// `condition * scale + offset`.
    Linear { scale: i32, offset: i32 },
    /// `base + condition`.
    Up(Value),
    /// `base - condition`.
    Down(Value),
    /// `flag & condition`.
    And(Value),
    /// `flag | condition`.
    Or(Value),
}

/// A branch that can go.
struct Choice {
    formula: Formula,
    arms: [Option<Block>; 2],
    /// Where the comparison stands that can say the opposite itself.
    inverted: Option<(Block, usize, Op)>,
    /// What comes then, with the arguments of the first way.
    next: Terminator,
    /// The argument that is computed.
    at: usize,
}

/// A way of a branch.
struct Way<'a> {
    /// The block between, if there is one.
    arm: Option<Block>,
    /// The block behind; none if the function returns.
    to: Option<Block>,
    args: &'a [Value],
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let mut has_changed = false;
    for _ in 0..ROUNDS_MAX {
        if !round(func) {
            break;
        }
        has_changed = true;
    }
    has_changed
}

fn round(func: &mut Func) -> bool {
    if !func.blocks.iter().any(|data| data.term.op == Op::Branch) {
        return false;
    }
    let defs = Defs::new(func);
    let mut ways_in: IndexVec<Block, u32> = IndexVec::from_elem(0, func.blocks.len());
    for target in func.blocks.iter().flat_map(|data| &data.term.targets) {
        ways_in[target.block] += 1;
    }
    let mut uses: IndexVec<Value, u32> = IndexVec::from_elem(0, func.values.len());
    for data in &func.blocks {
        for_each_use(data, |value| uses[value] += 1);
    }
    let view = View { func, defs: &defs, ways_in: &ways_in, uses: &uses };
    let found: Vec<(Block, Choice)> =
        func.blocks.indices().filter_map(|block| Some((block, view.choice(block)?))).collect();
    let has_changed = !found.is_empty();
    for (block, choice) in found {
        apply(func, block, choice);
    }
    if has_changed {
        func.order_blocks();
    }
    has_changed
}

struct View<'a> {
    func: &'a Func,
    defs: &'a Defs,
    ways_in: &'a IndexVec<Block, u32>,
    uses: &'a IndexVec<Value, u32>,
}

impl View<'_> {
    fn choice(&self, block: Block) -> Option<Choice> {
        let term = &self.func.blocks[block].term;
        let (Op::Branch, [yes, no]) = (term.op, term.targets.as_slice()) else { return None };
        let (first, second) = (self.way(yes), self.way(no));
        let is_new = first.to == second.to && first.to != Some(block);
        if !is_new || !self.is_flag(term.args[0]) {
            return None;
        }
        let mut pairs = first.args.iter().zip(second.args).enumerate();
        let (at, (x, y)) = pairs.find(|(_, (x, y))| x != y)?;
        if pairs.any(|(_, (x, y))| x != y) {
            return None;
        }
        let formula = self.formula(*x, *y)?;
        if ![&first, &second]
            .iter()
            .all(|way| self.is_absorbed(way, term.args[0], formula, (*x, *y)))
        {
            return None;
        }
        let next = match first.to {
            Some(to) => Terminator::jump(Target::with(to, first.args), term.span),
            None => Terminator::leave(Op::Return, Imm::None, first.args, term.span),
        };
        let inverted = self.inverted(term.args[0]).filter(|_| !formula.is_straight);
        let arms = [&first, &second].map(|way| way.arm.filter(|arm| self.ways_in[*arm] == 1));
        Some(Choice { formula, arms, inverted, next, at })
    }

    /// Where a way of a branch goes, past a block between that only computes. A block that returns a
    /// value is such a block.
    fn way<'t>(&'t self, target: &'t Target) -> Way<'t> {
        let data = &self.func.blocks[target.block];
        let is_arm = data.params.is_empty() && data.insts.len() <= ARM_SIZE_MAX;
        match (data.term.op, data.term.targets.as_slice()) {
            (Op::Jump, [next]) if is_arm && self.ways_in[target.block] == 1 => {
                Way { arm: Some(target.block), to: Some(next.block), args: &next.args }
            }
            (Op::Return, _) if is_arm => {
                Way { arm: Some(target.block), to: None, args: &data.term.args }
            }
            _ => Way { arm: None, to: Some(target.block), args: &target.args },
        }
    }

    /// A comparison that only the branch needs, and the one that says the opposite.
    fn inverted(&self, condition: Value) -> Option<(Block, usize, Op)> {
        let Def::Inst(block, at) = self.defs.get(condition) else { return None };
        let op = inverse(self.func.blocks[block].insts[at as usize].op)?;
        (self.uses[condition] == 1).then_some((block, at as usize, op))
    }

    /// Whether nothing of an arm is left but what the formula needs: its flag, or nothing. The two
    /// numbers themselves are replaced.
    fn is_absorbed(
        &self,
        way: &Way,
        condition: Value,
        formula: Formula,
        (x, y): (Value, Value),
    ) -> bool {
        let Some(arm) = way.arm else { return true };
        self.func.blocks[arm].insts.iter().all(|inst| {
            let Some(result) = inst.result else { return false };
            let is_replaced = result == x || result == y;
            match formula.shape {
                _ if Const::of(inst.op, &inst.imm).is_some() => true,
                _ if self.ways_in[arm] != 1 => false,
                Shape::And(flag) | Shape::Or(flag) if result == flag => {
                    is_cheap(inst.op) && !(way.to.is_none() && self.loads_two(condition, flag))
                }
                Shape::Up(base) | Shape::Down(base) => is_replaced && result != base,
                _ => false,
            }
        })
    }

    /// Whether both compare with constants, which they must have in registers where no branch holds
    /// them: that costs more than it saves if there is no jump to save.
    fn loads_two(&self, condition: Value, flag: Value) -> bool {
        [condition, flag].into_iter().all(|value| {
            let inst = self.defs.inst(self.func, value);
            inst.is_some_and(|inst| {
                inst.args.iter().any(|arg| {
                    self.defs.inst(self.func, *arg).is_some_and(|inst| inst.op.is_constant())
                })
            })
        })
    }

    fn formula(&self, x: Value, y: Value) -> Option<Formula> {
        if self.func.values[x] != Type::I32 || self.func.values[y] != Type::I32 {
            return None;
        }
        let formula = |is_straight, shape| Some(Formula { is_straight, shape });
        match (self.constant(x), self.constant(y)) {
            (Some(x), Some(y)) => linear(x, y),
            (Some(1), None) if self.is_flag(y) => formula(true, Shape::Or(y)),
            (Some(0), None) if self.is_flag(y) => formula(false, Shape::And(y)),
            (None, Some(0)) if self.is_flag(x) => formula(true, Shape::And(x)),
            (None, Some(1)) if self.is_flag(x) => formula(false, Shape::Or(x)),
            _ => match (self.step(x, y), self.step(y, x)) {
                (Some(1), _) => formula(true, Shape::Up(y)),
                (Some(-1), _) => formula(true, Shape::Down(y)),
                (_, Some(1)) => formula(false, Shape::Up(x)),
                (_, Some(-1)) => formula(false, Shape::Down(x)),
                _ => None,
            },
        }
    }

    fn constant(&self, value: Value) -> Option<i32> {
        let inst = self.defs.inst(self.func, value)?;
        match Const::of(inst.op, &inst.imm) {
            Some(Const::I32(number)) => Some(number),
            _ => None,
        }
    }

    /// The constant that was added to `base` for the value.
    fn step(&self, value: Value, base: Value) -> Option<i32> {
        let inst =
            self.defs.inst(self.func, value).filter(|inst| inst.args.first() == Some(&base))?;
        let by = self.constant(*inst.args.get(1)?)?;
        match inst.op {
            Op::I32Add => Some(by),
            Op::I32Sub => by.checked_neg(),
            _ => None,
        }
    }

    /// Whether the value is certainly 0 or 1.
    fn is_flag(&self, value: Value) -> bool {
        let inst = self.defs.inst(self.func, value);
        inst.is_some_and(|inst| inst.op.info().result == Kind::bool)
    }
}

/// Whether an operation that gives a truth value may be computed where nobody needs it: what looks
/// at the contents of objects can cost anything.
fn is_cheap(op: Op) -> bool {
    use Op::*;
    let is_of_doubles = matches!(op, F64Eq | F64Ne | F64Lt | F64Le | F64Gt | F64Ge);
    inverse(op).is_some() || is_of_doubles || matches!(op, BoolNot | Is | IsNull)
}

/// The formula of two constants, if it takes no more than loading one of them and a jump would.
fn linear(x: i32, y: i32) -> Option<Formula> {
    let is_straight = y == 0 || (x != 0 && x > y);
    let (most, offset) = if is_straight { (x, y) } else { (y, x) };
    let scale = most.checked_sub(offset)?;
    let is_small = |number: i32| i8::try_from(number).is_ok();
    let is_cheap = scale == 1 || (is_small(scale) && is_small(offset));
    is_cheap.then_some(Formula { is_straight, shape: Shape::Linear { scale, offset } })
}

fn apply(func: &mut Func, block: Block, choice: Choice) {
    let Choice { formula, arms, inverted, mut next, at } = choice;
    let span = func.blocks[block].term.span;
    if let Shape::And(_) | Shape::Or(_) = formula.shape {
        for arm in arms.into_iter().flatten() {
            let insts = std::mem::take(&mut func.blocks[arm].insts);
            func.blocks[block].insts.extend(insts);
        }
    }
    let mut condition = func.blocks[block].term.args[0];
    if let Some((home, index, op)) = inverted {
        func.blocks[home].insts[index].op = op;
    } else if !formula.is_straight {
        condition = emit(func, block, (Op::BoolNot, &[condition]), span);
    }
    let number = match formula.shape {
        Shape::Linear { scale, offset } => {
            let scaled = by_constant(func, block, (Op::I32Mul, condition, scale, 1), span);
            by_constant(func, block, (Op::I32Add, scaled, offset, 0), span)
        }
        Shape::Up(base) => emit(func, block, (Op::I32Add, &[base, condition]), span),
        Shape::Down(base) => emit(func, block, (Op::I32Sub, &[base, condition]), span),
        Shape::And(flag) => emit(func, block, (Op::I32And, &[flag, condition]), span),
        Shape::Or(flag) => emit(func, block, (Op::I32Or, &[flag, condition]), span),
    };
    let args = match &mut next.targets[..] {
        [target] => &mut target.args,
        _ => &mut next.args,
    };
    args[at] = number;
    func.blocks[block].term = next;
}

/// An operation on a value and a constant, unless that is the one which changes nothing.
fn by_constant(
    func: &mut Func,
    block: Block,
    (op, value, by, idle): (Op, Value, i32, i32),
    span: Span,
) -> Value {
    if by == idle {
        return value;
    }
    let constant = func.new_value(Type::I32);
    let (imm, args) = (Imm::I32(by), Values::new());
    let inst = Inst { op: Op::ConstI32, imm, args, result: Some(constant), span };
    func.blocks[block].insts.push(inst);
    emit(func, block, (op, &[value, constant]), span)
}

fn emit(func: &mut Func, block: Block, (op, args): (Op, &[Value]), span: Span) -> Value {
    let result = func.new_value(Type::I32);
    let args = Values::from_slice(args);
    func.blocks[block].insts.push(Inst { op, imm: Imm::None, args, result: Some(result), span });
    result
}
