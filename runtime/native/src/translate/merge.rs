//! Where ways meet: what a block of the FVM is given by those that lead to it.
//!
//! A branch is written without arguments and noted with what holds on its way. When a block begins,
//! all ways to it that are no repetitions of a loop are known: values on which they agree need no
//! parameter, and arguments are added to the branches for the others. Only gas, and what a loop may
//! change ([`Flow`]), are parameters of the loop's first block; the block before it, which is made
//! for that, is where the loop is entered.
//!
//! [`Flow`]: super::flow::Flow

use super::flow::Doing;
use super::function::{Fact, State, Translator};
use super::held::Form;
use crate::emitter::{Emitter, Type};
use fvm_isa::{BlockId, Reg, ValueType};

/// A way to a block.
pub(super) struct Edge<E: Emitter> {
    way: E::Way,
    state: State<E::Value>,
    facts: Vec<Fact<E::Value>>,
    /// What the registers hold that are live at the target, part by part.
    parts: Vec<E::Value>,
}

/// The first block of a loop, for those that repeat it.
#[derive(Clone)]
pub(super) struct Head<V> {
    /// For each part of a live register its value, or none if it is a parameter.
    parts: Vec<Option<V>>,
    /// Where the arena begins in every turn, if the loop does not move it.
    arena: Option<V>,
}

/// What the ways to a block have in common.
#[derive(Clone, Copy)]
enum Met<V> {
    /// One value, or a parameter.
    Value(V),
    /// One number, which each has made for itself.
    Number(i64),
}

impl<E: Emitter> Translator<'_, E> {
    /// Notes a way to a block: a destination of a branch that was written without arguments.
    pub(super) fn edge(&mut self, way: E::Way, target: BlockId) {
        let parts = self.live_parts(target);
        if let Some(head) = self.heads[target.index()].clone() {
            return self.repeat(way, target, &head, &parts);
        }
        let edge = Edge { way, state: self.state, facts: self.facts.clone(), parts };
        self.edges[target.index()].push(edge);
    }

    /// Gives the first block of a loop its arguments for the next turn.
    fn repeat(&mut self, way: E::Way, target: BlockId, head: &Head<E::Value>, parts: &[E::Value]) {
        self.repeats += 1;
        if self.state.turns.is_none_or(|turns| turns.head != target) {
            self.pass(way, self.state.gas);
        }
        if head.arena.is_some() && head.arena != self.state.arena {
            self.mistaken.push(target);
        }
        for (expected, value) in head.parts.iter().zip(parts) {
            match expected {
                None => self.pass(way, *value),
                Some(expected) => self.is_sound &= expected == value,
            }
        }
    }

    /// What the registers hold that are live at a block, part by part.
    fn live_parts(&self, id: BlockId) -> Vec<E::Value> {
        let live_in = &self.function.blocks[id.index()].live_in;
        let mut parts = Vec::with_capacity(live_in.len() + 4);
        for (register, _) in live_in {
            self.held(*register).for_each(|value| parts.push(value));
        }
        parts
    }

    fn pass(&mut self, way: E::Way, value: E::Value) {
        self.passed += 1;
        self.emitter.pass(way, value);
    }

    /// Begins a block: where it is reached, and what holds there.
    pub(super) fn begin(&mut self, id: BlockId) {
        let edges = std::mem::take(&mut self.edges[id.index()]);
        let block = self.blocks[id.index()];
        self.emitter.begin_block(block);
        let types = part_types(&self.function.blocks[id.index()].live_in);
        let met: Vec<Met<E::Value>> = (types.iter().enumerate())
            .map(|(at, ty)| self.meet(block, &edges, *ty, |edge| edge.parts[at]))
            .collect();
        let gas = self.meet(block, &edges, Type::I64, |edge| edge.state.gas);
        // Parameters come before all instructions.
        let gas = self.value_of(Type::I64, gas);
        let mut parts = Vec::with_capacity(types.len());
        for (ty, met) in types.iter().zip(met) {
            parts.push(self.value_of(*ty, met));
        }
        let arena = edges.first().and_then(|first| first.state.arena);
        let arena = arena.filter(|_| edges.iter().all(|edge| edge.state.arena == arena));
        let spent = edges.first().and_then(|first| first.state.spent);
        debug_assert!(
            edges.iter().all(|edge| edge.state.spent == spent)
                && (spent.is_none() || spent == self.flow.gas.before(id)),
            "ways that meet have taken what was spent"
        );
        self.state = State { spent, arena, ..State::new(gas) };
        self.facts = match edges.split_first() {
            Some((first, rest)) => {
                let mut known = first.facts.clone();
                known.retain(|fact| rest.iter().all(|edge| edge.facts.contains(fact)));
                known
            }
            None => Vec::new(),
        };
        self.registers.fill(None);
        self.set_live_parts(id, &parts);
    }

    /// Sets the registers that are live at a block to these parts.
    fn set_live_parts(&mut self, id: BlockId, mut parts: &[E::Value]) {
        for (register, ty) in &self.function.blocks[id.index()].live_in {
            let form = Form::of(*ty);
            let (own, others) = parts.split_at(form.parts().len());
            self.registers[register.index()] = Some(form.join(own));
            parts = others;
        }
    }

    /// The value of all ways, if they agree, or a parameter.
    fn meet(
        &mut self,
        block: E::Block,
        edges: &[Edge<E>],
        ty: Type,
        value: impl Fn(&Edge<E>) -> E::Value,
    ) -> Met<E::Value> {
        let Some((first, rest)) = edges.split_first() else {
            return Met::Value(self.emitter.param(block, ty));
        };
        let first = value(first);
        if rest.iter().all(|edge| value(edge) == first) {
            return Met::Value(first);
        }
        if let Some(number) = self.constant(first)
            && rest.iter().all(|edge| self.constant(value(edge)) == Some(number))
        {
            return Met::Number(number);
        }
        let param = self.emitter.param(block, ty);
        for edge in edges {
            self.pass(edge.way, value(edge));
        }
        Met::Value(param)
    }

    fn value_of(&mut self, ty: Type, met: Met<E::Value>) -> E::Value {
        match (met, ty) {
            (Met::Value(value), _) => value,
            (Met::Number(number), Type::I32) => self.int(number as i32),
            (Met::Number(number), _) => self.long(number),
        }
    }

    /// Goes from the block that enters a loop to its first block, which others will repeat.
    pub(super) fn begin_loop(&mut self, id: BlockId, doing: Doing) {
        let head = self.emitter.create_block();
        if doing.is_irregular {
            // Somebody who repeats the loop may not have come this way.
            self.facts.clear();
            self.state.arena = None;
        }
        let arena = match (doing.moves_arena || doing.is_irregular, doing.uses_objects) {
            (true, _) => None,
            (false, true) => Some(self.arena()),
            (false, false) => self.state.arena,
        };
        let mut args = Vec::new();
        let mut gas = self.state.gas;
        if self.state.turns.is_none() {
            args.push(gas);
            gas = self.emitter.param(head, Type::I64);
        }
        let live_in = &self.function.blocks[id.index()].live_in;
        let registers = live_in
            .iter()
            .flat_map(|(register, ty)| Form::of(*ty).parts().iter().map(|_| register.index()));
        let mut parts = self.live_parts(id);
        let mut known = Vec::with_capacity(parts.len());
        for ((register, ty), part) in registers.zip(part_types(live_in)).zip(&mut parts) {
            if doing.changed.contains(register) {
                args.push(*part);
                *part = self.emitter.param(head, ty);
                known.push(None);
            } else {
                known.push(Some(*part));
            }
        }
        self.emitter.jump(head, &args);
        self.emitter.begin_block(head);
        self.set_live_parts(id, &parts);
        self.state = State { arena, turns: self.state.turns, ..State::new(gas) };
        self.blocks[id.index()] = head;
        self.heads[id.index()] = Some(Head { parts: known, arena });
    }
}

/// The types of the parts of all live registers.
fn part_types(live_in: &[(Reg, ValueType)]) -> Vec<Type> {
    live_in.iter().flat_map(|(_, ty)| Form::of(*ty).parts()).copied().collect()
}
