//! Loops whose turns a register counts: gas for all of them is taken before the first.
//!
//! A loop of one block that takes no gas beside the price of that block costs the same in every
//! turn. If a register goes up or down by the same step in each of them until it meets another one,
//! the distance between both says how many turns there will be. Where there is enough gas for them,
//! it is taken at once, and nothing has to be counted inside of the loop; whoever has to know how
//! much is left in one of the turns adds what has been taken for those behind it. Where there may
//! not be enough, or numbers may go around at the width of the register, another copy of the loop
//! takes the price in every turn. So gas is the same at every place where it can be seen.

use super::decision::{Decision, Side};
use super::flow::Doing;
use super::function::Translator;
use super::gas::Table;
use crate::emitter::{Binary, Comparison, Conversion, Emitter, Type};
use fvm_isa::{BlockId, Function, Inst, Reg, Role};

/// The distance is less than this: a product with a price has 63 bits.
const DISTANCE_MAX: i64 = i32::MAX as i64;

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
    condition: Comparison,
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
pub(super) struct Turns<V> {
    /// The block.
    pub head: BlockId,
    way: Way<V>,
}

/// The way of the counter.
#[derive(Clone, Copy)]
struct Way<V> {
    counted: Counted,
    /// Where it is.
    at: V,
    step: V,
    /// The first number at which the loop does not go on, or one that a step leads over.
    end: V,
}

impl Counted {
    /// Whether a block repeats itself in this way.
    pub fn of(function: &Function, id: BlockId) -> Option<Counted> {
        // Without prices there is nothing to gain.
        if cfg!(unmetered) {
            return None;
        }
        let (last, others) = function.blocks[id.index()].insts.split_last()?;
        let comparison = Decision::of(last)?;
        let condition = match (comparison.yes == id, comparison.no == id) {
            (true, false) => comparison.condition,
            (false, true) => comparison.condition.complement(),
            _ => return None,
        };
        let other_way = match comparison.right {
            Side::Register(right) => {
                Some((right, Side::Register(comparison.left), condition.swapped()))
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
            (Comparison::NotEqual, Step::Number(step)) => step.abs() == 1,
            (Comparison::SignedLessThan | Comparison::SignedLessThanOrEqual, _) => self.is_up(),
            (Comparison::SignedGreaterThan | Comparison::SignedGreaterThanOrEqual, _) => {
                !self.is_up()
            }
            _ => false,
        }
    }

    fn is_up(self) -> bool {
        !matches!(self.step, Step::Number(..0))
    }

    /// Whether it also goes on at the end itself.
    fn includes_end(self) -> bool {
        matches!(
            self.condition,
            Comparison::SignedLessThanOrEqual | Comparison::SignedGreaterThanOrEqual
        )
    }

    /// The numbers that must lie between the end and where numbers go around: those at which the
    /// loop goes on, and those that a step that is a number can lead to.
    fn room(self) -> i64 {
        let step = match self.step {
            Step::Number(step) => i64::from(step).abs(),
            Step::Register(_) => 1,
        };
        match self.condition {
            Comparison::NotEqual => 0,
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

impl<E: Emitter> Translator<'_, E> {
    /// Translates a loop of one block for the case that all its turns can be paid for, if they can
    /// be counted; goes on with the case that they cannot.
    pub(super) fn counted_loop(&mut self, id: BlockId, doing: Doing) {
        let is_plain = doing.blocks == 1 && !doing.is_irregular && !self.flow.gas.takes_gas(id);
        let Some(counted) = Counted::of(self.function, id).filter(|_| is_plain) else { return };
        let otherwise = self.cold_block();
        let way = self.way_or(counted, otherwise);
        let paid = self.pay_for_turns_or(id, way, otherwise);
        let (state, registers) = (self.state, self.registers.clone());
        let (block, facts) = (self.blocks[id.index()], self.facts.clone());
        self.state.gas = paid;
        self.state.turns = Some(Turns { head: id, way });
        self.begin_loop(id, doing);
        let at = self.held_number(counted.counter);
        self.state.turns = Some(Turns { head: id, way: Way { at, ..way } });
        self.insts(id);
        self.emitter.begin_block(otherwise);
        (self.state, self.registers, self.facts) = (state, registers, facts);
        self.state.context = None;
        self.blocks[id.index()] = block;
    }

    /// The way that the counter has before it, on which no number goes around; else goes elsewhere.
    fn way_or(&mut self, counted: Counted, otherwise: E::Block) -> Way<E::Value> {
        let at = self.held_number(counted.counter);
        let step = match counted.step {
            Step::Number(step) => self.emitter.number(counted.ty, i64::from(step)),
            Step::Register(step) => self.held_number(step),
        };
        let end = match counted.end {
            Side::Number(end) => self.emitter.number(counted.ty, i64::from(end)),
            Side::Register(end) => self.held_number(end),
        };
        if counted.condition != Comparison::NotEqual {
            self.go_unless_end_is_safe(counted, step, end, otherwise);
            let is_before = self.emitter.compare(counted.condition, at, end);
            self.go_unless(is_before, otherwise);
        }
        // The first number at which the loop does not go on.
        let end = match (counted.includes_end(), counted.is_up()) {
            (false, _) => end,
            (true, true) => self.emitter.binary_number(Binary::Add, end, 1),
            (true, false) => self.emitter.binary_number(Binary::Add, end, -1),
        };
        Way { counted, at, step, end }
    }

    /// What is left of the gas when all turns are paid for and enough is left for what follows;
    /// else goes elsewhere.
    fn pay_for_turns_or(
        &mut self,
        id: BlockId,
        way: Way<E::Value>,
        otherwise: E::Block,
    ) -> E::Value {
        let ty = way.counted.ty;
        let rest = self.distance_but_one(way);
        let limit = self.emitter.number(ty, DISTANCE_MAX);
        let is_short = self.emitter.compare(Comparison::UnsignedLessThan, rest, limit);
        self.go_unless(is_short, otherwise);
        let turns = self.turns_behind(way, rest);
        let price = self.table_entry(id, Table::SPENT);
        let cost = self.emitter.binary(Binary::Multiply, turns, price);
        let last = self.table_entry(id, Table::NEED);
        let need = self.emitter.binary(Binary::Add, cost, last);
        let gas = self.state.gas;
        let is_paid = self.emitter.compare(Comparison::UnsignedLessThanOrEqual, need, gas);
        self.go_unless(is_paid, otherwise);
        let left = self.emitter.binary(Binary::Subtract, gas, cost);
        self.emitter.binary(Binary::Subtract, left, price)
    }

    /// Goes elsewhere if numbers may go around between the end and where the loop is left.
    fn go_unless_end_is_safe(
        &mut self,
        counted: Counted,
        step: E::Value,
        end: E::Value,
        otherwise: E::Block,
    ) {
        let (ty, room) = (counted.ty, counted.room());
        let (min, max) = match ty {
            Type::I32 => (i32::MIN.into(), i32::MAX.into()),
            _ => (i64::MIN, i64::MAX),
        };
        let is_safe = match counted.step {
            Step::Register(_) => {
                let least = self.emitter.binary_number(Binary::Add, step, -1);
                let limit = self.emitter.number(ty, STEP_MAX);
                let fits = self.emitter.compare(Comparison::UnsignedLessThan, least, limit);
                self.go_unless(fits, otherwise);
                let last = self.emitter.number(ty, max - room);
                let last = self.emitter.binary(Binary::Subtract, last, least);
                self.emitter.compare(Comparison::SignedLessThanOrEqual, end, last)
            }
            // Numbers that stand in an instruction are far from the ends.
            Step::Number(_) if room == 0 || matches!(counted.end, Side::Number(_)) => return,
            Step::Number(_) if counted.is_up() => {
                let last = self.emitter.number(ty, max - room);
                self.emitter.compare(Comparison::SignedLessThanOrEqual, end, last)
            }
            Step::Number(_) => {
                let first = self.emitter.number(ty, min + room);
                self.emitter.compare(Comparison::SignedGreaterThanOrEqual, end, first)
            }
        };
        self.go_unless(is_safe, otherwise);
    }

    /// Gas in a turn: turns behind it are paid for, but not over.
    pub(super) fn gas_in_turn(&mut self, turns: Turns<E::Value>) -> E::Value {
        let rest = self.distance_but_one(turns.way);
        let behind = self.turns_behind(turns.way, rest);
        let price = self.table_entry(turns.head, Table::SPENT);
        let paid = self.emitter.binary(Binary::Multiply, behind, price);
        self.emitter.binary(Binary::Add, self.state.gas, paid)
    }

    /// The distance to the end, less one.
    fn distance_but_one(&mut self, way: Way<E::Value>) -> E::Value {
        let Way { counted, at, end, .. } = way;
        let distance = match counted.is_up() {
            true => self.emitter.binary(Binary::Subtract, end, at),
            false => self.emitter.binary(Binary::Subtract, at, end),
        };
        self.emitter.binary_number(Binary::Add, distance, -1)
    }

    /// The turns behind the next one, as 64 bits without a sign.
    fn turns_behind(&mut self, way: Way<E::Value>, distance_but_one: E::Value) -> E::Value {
        let ty = way.counted.ty;
        let distance = self.unsigned(ty, distance_but_one);
        match way.counted.step {
            Step::Number(-1 | 1) => distance,
            Step::Number(step) => {
                let step = self.long(i64::from(step).abs());
                self.emitter.binary(Binary::DivideUnsigned, distance, step)
            }
            Step::Register(_) => {
                let step = self.unsigned(ty, way.step);
                self.emitter.binary(Binary::DivideUnsigned, distance, step)
            }
        }
    }

    fn unsigned(&mut self, ty: Type, value: E::Value) -> E::Value {
        if ty == Type::I32 {
            self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, value)
        } else {
            value
        }
    }

    /// Goes elsewhere unless the condition holds.
    fn go_unless(&mut self, condition: E::Value, otherwise: E::Block) {
        let rest = self.emitter.create_block();
        self.emitter.branch(condition, rest, otherwise);
        self.emitter.begin_block(rest);
    }
}
