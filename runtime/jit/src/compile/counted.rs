//! Loops whose turns a register counts: gas for all of them is looked at before the first.
//!
//! A loop of one block that takes no gas beside the price of that block costs the same in every
//! turn. If a register goes up or down by the same step in each of them until it meets another one,
//! the distance between both is at least the number of turns: where there is enough gas for so
//! many, nothing has to be counted inside of the loop, and what it took is known at its end from
//! how far the register came. Where there may not be, another copy of the loop takes the price in
//! every turn. So gas is the same at every place where it can be seen.
//!
//! Numbers go around at the width of the register, and so may the register on its way: in as many
//! turns as the distance has steps it reaches the end or one of the numbers behind it that a step
//! can lead to. If none of those has gone around, the comparison sees that it is there.

use super::comparison::{Comparison, Side};
use super::flow::Doing;
use super::function::Translator;
use cranelift_codegen::ir::condcodes::{CondCode, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, Type, Value, types};
use fvm_isa::{BlockId, Function, Inst, Reg, Role};

/// The largest distance of two `i64` for which a product with a price has 64 bits.
const DISTANCE_MAX: i64 = u32::MAX as i64;

/// The largest step that is no constant.
const STEP_MAX: i64 = i32::MAX as i64;

/// A loop of one block whose turns a register counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Counted {
    counter: Reg,
    ty: Type,
    step: Step,
    /// The other side of the comparison.
    end: Side,
    /// The loop goes on if the counter compares so with the end.
    condition: IntCC,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    /// Not zero.
    Number(i8),
    /// Added; the loop does not change it.
    Register(Reg),
}

/// What is known inside of such a loop where its turns are paid for.
#[derive(Clone, Copy)]
pub(super) struct Turns {
    /// The block.
    pub head: BlockId,
    counted: Counted,
    /// The counter before the first turn.
    start: Value,
    /// The counter at the start of this turn.
    now: Value,
    step: Value,
}

impl Counted {
    /// Whether a block repeats itself in this way.
    pub fn of(function: &Function, id: BlockId) -> Option<Counted> {
        // Without prices there is nothing to gain.
        if cfg!(unmetered) {
            return None;
        }
        let (last, others) = function.blocks[id.index()].insts.split_last()?;
        let comparison = Comparison::of(last)?;
        let condition = match (comparison.yes == id, comparison.no == id) {
            (true, false) => comparison.condition,
            (false, true) => comparison.condition.complement(),
            _ => return None,
        };
        let other_way = match comparison.right {
            Side::Register(right) => {
                Some((right, Side::Register(comparison.left), condition.swap_args()))
            }
            Side::Number(_) => None,
        };
        let ways = [Some((comparison.left, comparison.right, condition)), other_way];
        ways.into_iter().flatten().find_map(|(counter, end, condition)| {
            let ty = comparison.ty;
            let step = step(others, counter)?;
            let counted = Counted { counter, ty, step, end, condition };
            let is_kept = !matches!(end, Side::Register(end) if is_changed(others, end));
            (is_kept && counted.is_possible()).then_some(counted)
        })
    }

    /// Whether the step leads to where the condition no longer holds.
    fn is_possible(self) -> bool {
        match (self.condition, self.step) {
            (IntCC::NotEqual, Step::Number(step)) => step.abs() == 1,
            (IntCC::SignedLessThan | IntCC::SignedLessThanOrEqual, _) => self.is_up(),
            (IntCC::SignedGreaterThan | IntCC::SignedGreaterThanOrEqual, _) => !self.is_up(),
            _ => false,
        }
    }

    fn is_up(self) -> bool {
        !matches!(self.step, Step::Number(..0))
    }

    /// Whether it also goes on at the end itself.
    fn includes_end(self) -> bool {
        matches!(self.condition, IntCC::SignedLessThanOrEqual | IntCC::SignedGreaterThanOrEqual)
    }

    /// The numbers that must lie between the end and where numbers go around: those at which the
    /// loop goes on, and those that a step that is a number can lead to.
    fn room(self) -> i64 {
        let step = match self.step {
            Step::Number(step) => i64::from(step).abs(),
            Step::Register(_) => 1,
        };
        match self.condition {
            IntCC::NotEqual => 0,
            _ => step - 1 + i64::from(self.includes_end()),
        }
    }
}

/// The step by which a block changes a register, if it does so once.
fn step(insts: &[Inst], counter: Reg) -> Option<Step> {
    let mut changes = insts.iter().filter(|inst| defines(inst, counter));
    let (Some(change), None) = (changes.next(), changes.next()) else { return None };
    let step = match change {
        Inst::I32AddImm { a, value, .. } | Inst::I64AddImm { a, value, .. } => {
            return (*a == counter && *value != 0).then_some(Step::Number(*value));
        }
        Inst::I32Add { a, b, .. } | Inst::I64Add { a, b, .. } if *a == counter => *b,
        Inst::I32Add { a, b, .. } | Inst::I64Add { a, b, .. } if *b == counter => *a,
        _ => return None,
    };
    (!is_changed(insts, step)).then_some(Step::Register(step))
}

fn is_changed(insts: &[Inst], register: Reg) -> bool {
    insts.iter().any(|inst| defines(inst, register))
}

fn defines(inst: &Inst, register: Reg) -> bool {
    let mut defines = false;
    inst.for_each_register(|role, _, defined| defines |= role == Role::def && defined == register);
    defines
}

impl Translator<'_> {
    /// Translates a loop of one block for the case that all its turns can be paid for, if they can
    /// be counted; goes on with the case that they cannot.
    pub(super) fn counted_loop(&mut self, id: BlockId, doing: Doing) {
        let is_plain = doing.blocks == 1 && !doing.is_irregular && !doing.moves_arena;
        let Some(counted) = Counted::of(self.function, id).filter(|_| is_plain) else { return };
        let start = self.held_number(counted.counter);
        let step = match counted.step {
            Step::Number(step) => self.number(counted.ty, i64::from(step)),
            Step::Register(step) => self.held_number(step),
        };
        let otherwise = self.cold_block();
        let (state, registers) = (self.state, self.registers.clone());
        // The price is used once: it need not leave the loops around this one.
        self.state.prices = None;
        self.go_unless_paid(id, counted, start, step, otherwise);
        let (block, facts) = (self.blocks[id.index()], self.facts.clone());
        self.state.turns = Some(Turns { head: id, counted, start, now: start, step });
        self.begin_loop(id, doing);
        let now = self.held_number(counted.counter);
        self.state.turns = Some(Turns { head: id, counted, start, now, step });
        self.insts(id);
        self.builder.switch_to_block(otherwise);
        (self.state, self.registers, self.facts) = (state, registers, facts);
        self.state.context = None;
        self.blocks[id.index()] = block;
    }

    /// Goes elsewhere if there may not be enough gas for all turns, or they cannot be counted.
    fn go_unless_paid(
        &mut self,
        id: BlockId,
        counted: Counted,
        start: Value,
        step: Value,
        otherwise: ir::Block,
    ) {
        let end = self.end_of_way(counted);
        self.go_unless_end_is_safe(counted, step, end, otherwise);
        // The first number at which the loop does not go on.
        let end = match (counted.includes_end(), counted.is_up()) {
            (false, _) => end,
            (true, true) => self.builder.ins().iadd_imm_s(end, 1),
            (true, false) => self.builder.ins().iadd_imm_s(end, -1),
        };
        let distance = self.way(counted, start, end);
        if counted.ty == types::I64 {
            let limit = self.long(DISTANCE_MAX);
            let fits = self.builder.ins().icmp(IntCC::UnsignedLessThanOrEqual, distance, limit);
            self.go_unless(fits, otherwise);
        }
        let price = self.price(id);
        let cost = self.builder.ins().imul(distance, price);
        // A distance of none is one that goes around once.
        let below = self.builder.ins().iadd_imm_s(cost, -1);
        let is_paid = self.builder.ins().icmp(IntCC::UnsignedLessThan, below, self.state.gas);
        self.go_unless(is_paid, otherwise);
    }

    /// Goes elsewhere if numbers may go around between the end and where the loop is left.
    fn go_unless_end_is_safe(
        &mut self,
        counted: Counted,
        step: Value,
        end: Value,
        otherwise: ir::Block,
    ) {
        let (ty, room) = (counted.ty, counted.room());
        let (min, max) = match ty {
            types::I32 => (i32::MIN.into(), i32::MAX.into()),
            _ => (i64::MIN, i64::MAX),
        };
        let is_safe = match counted.step {
            Step::Register(_) => {
                let least = self.builder.ins().iadd_imm_s(step, -1);
                let limit = self.number(ty, STEP_MAX);
                let fits = self.builder.ins().icmp(IntCC::UnsignedLessThan, least, limit);
                self.go_unless(fits, otherwise);
                let last = self.number(ty, max - room);
                let last = self.builder.ins().isub(last, least);
                self.builder.ins().icmp(IntCC::SignedLessThanOrEqual, end, last)
            }
            // Numbers that stand in an instruction are far from the ends.
            Step::Number(_) if room == 0 || matches!(counted.end, Side::Number(_)) => return,
            Step::Number(_) if counted.is_up() => {
                let last = self.number(ty, max - room);
                self.builder.ins().icmp(IntCC::SignedLessThanOrEqual, end, last)
            }
            Step::Number(_) => {
                let first = self.number(ty, min + room);
                self.builder.ins().icmp(IntCC::SignedGreaterThanOrEqual, end, first)
            }
        };
        self.go_unless(is_safe, otherwise);
    }

    /// Ends a turn: goes to the next, or leaves the loop and knows what it took.
    pub(super) fn end_turn(&mut self, turns: Turns, comparison: Comparison) {
        let condition = self.compare(comparison);
        let Comparison { yes, no, .. } = comparison;
        let left = self.builder.create_block();
        let (exit, head) = if yes == turns.head { (no, 0) } else { (yes, 1) };
        let mut ways = [left; 2];
        ways[head] = self.blocks[turns.head.index()];
        let inst = self.builder.ins().brif(condition, ways[0], &[], ways[1], &[]);
        self.edge(inst, head, turns.head);
        self.builder.switch_to_block(left);
        let now = self.held_number(turns.counted.counter);
        let count = self.turn_count(turns, now);
        self.state.gas = self.gas_behind(turns, count);
        self.state.turns = None;
        self.go(exit);
    }

    /// Gas in a turn, for which has been paid.
    pub(super) fn gas_in_turn(&mut self, turns: Turns) -> Value {
        let before = self.turn_count(turns, turns.now);
        let count = self.builder.ins().iadd_imm_s(before, 1);
        self.gas_behind(turns, count)
    }

    fn gas_behind(&mut self, turns: Turns, count: Value) -> Value {
        let price = self.price(turns.head);
        let cost = self.builder.ins().imul(count, price);
        self.builder.ins().isub(self.state.gas, cost)
    }

    /// The turns that have brought the counter from the start to a number.
    fn turn_count(&mut self, turns: Turns, now: Value) -> Value {
        let way = self.way(turns.counted, turns.start, now);
        match turns.counted.step {
            Step::Number(-1 | 1) => way,
            Step::Number(step) => self.builder.ins().udiv_imm_s(way, i64::from(step).abs()),
            Step::Register(_) => {
                let step = self.unsigned(turns.counted.ty, turns.step);
                self.builder.ins().udiv(way, step)
            }
        }
    }

    /// How far it is from one number to another in the direction of the step, as an `i64` without a
    /// sign.
    fn way(&mut self, counted: Counted, from: Value, to: Value) -> Value {
        let way = match counted.is_up() {
            true => self.builder.ins().isub(to, from),
            false => self.builder.ins().isub(from, to),
        };
        self.unsigned(counted.ty, way)
    }

    /// The other side of the comparison.
    fn end_of_way(&mut self, counted: Counted) -> Value {
        match counted.end {
            Side::Number(end) => self.number(counted.ty, i64::from(end)),
            Side::Register(end) => self.held_number(end),
        }
    }

    fn number(&mut self, ty: Type, number: i64) -> Value {
        if ty == types::I32 { self.int(number as i32) } else { self.long(number) }
    }

    fn unsigned(&mut self, ty: Type, value: Value) -> Value {
        if ty == types::I32 { self.builder.ins().uextend(types::I64, value) } else { value }
    }

    /// Goes elsewhere unless the condition holds.
    fn go_unless(&mut self, condition: Value, otherwise: ir::Block) {
        let rest = self.builder.create_block();
        self.builder.ins().brif(condition, rest, &[], otherwise, &[]);
        self.builder.switch_to_block(rest);
    }
}
