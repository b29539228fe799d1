//! Where a function leaves the ordinary way: checks that fail go on in cold blocks, and what leaves
//! the function without a value shares a few blocks at its end.
//!
//! A call that does not return gives a negative number for gas; what is really left stands in the
//! context then, where whoever stops the call has put it.

use super::function::Translator;
use super::held::Form;
use crate::context::{Callback, offset};
use crate::emitter::{Comparison, Emitter, Type};
use fvm_isa::{BlockId, Inst, TrapCode};

/// A way to leave the function without a value, and what its blocks are given. Several places share
/// a block, but not too many: the time that registers take to be allocated grows with the square of
/// the ways to a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// After a callback that stopped.
    Failed,
    /// After a call that did not return: pc.
    Unwound,
    /// No gas is left for a block: pc.
    OutOfGas,
    /// A trap with this code: gas, pc.
    Stop(TrapCode),
    /// A virtual call of nothing, or of an object that does not answer: gas, pc, class.
    NoMethod,
    /// An instruction traps that the reference engine executes: gas, pc.
    Stepping,
    /// The reference engine goes on and fails: gas, block.
    Elsewhere,
    /// The reference engine goes on and may return: gas, block.
    Slowly,
    /// A bad index, or a sequence that is null: gas, pc, index, payload, class.
    BadIndex,
}

impl End {
    fn params(self) -> &'static [Type] {
        match self {
            End::Failed => &[],
            End::Unwound | End::OutOfGas => &[Type::I32],
            End::Stop(_) | End::Stepping | End::Elsewhere | End::Slowly => &[Type::I64, Type::I32],
            End::NoMethod => &[Type::I64, Type::I32, Type::I64],
            End::BadIndex => &[Type::I64, Type::I32, Type::I32, Type::I64, Type::I64],
        }
    }
}

/// The blocks of the ways to leave; made when first used.
pub(super) struct Ends<B> {
    /// Those that are not filled yet.
    blocks: Vec<(End, B)>,
    /// For each way the last one, and how many places share it.
    last: Vec<(End, B, usize)>,
    /// Places that use them.
    pub exits: usize,
}

impl<B> Ends<B> {
    pub fn new() -> Ends<B> {
        Ends { blocks: Vec::new(), last: Vec::new(), exits: 0 }
    }
}

/// How many places share a block at most.
const SHARING_MAX: usize = 32;

/// What a call gives for gas that does not return.
const STOPPED: i64 = -1;

impl<E: Emitter> Translator<'_, E> {
    /// A block that is not expected to run.
    pub fn cold_block(&mut self) -> E::Block {
        let block = self.emitter.create_block();
        self.emitter.set_cold(block);
        block
    }

    /// Does `work` in a cold block if the condition holds, and goes on where it does not hold with
    /// what was known before.
    pub fn cold(&mut self, condition: E::Value, work: impl FnOnce(&mut Self)) {
        let (cold, rest) = (self.cold_block(), self.emitter.create_block());
        self.emitter.branch(condition, cold, rest);
        self.emitter.begin_block(cold);
        let (state, known) = (self.state, self.facts.len());
        self.state.context = None;
        work(self);
        self.state = state;
        self.facts.truncate(known);
        self.emitter.begin_block(rest);
    }

    fn end(&mut self, end: End) -> E::Block {
        self.ends.exits += 1;
        let known = self.ends.last.iter().position(|(known, ..)| *known == end);
        if let Some((_, block, sharing)) = known.map(|known| &mut self.ends.last[known])
            && *sharing < SHARING_MAX
        {
            *sharing += 1;
            return *block;
        }
        let block = self.cold_block();
        for ty in end.params() {
            self.emitter.param(block, *ty);
        }
        self.ends.blocks.push((end, block));
        match known {
            Some(known) => self.ends.last[known] = (end, block, 1),
            None => self.ends.last.push((end, block, 1)),
        }
        block
    }

    /// Traps without detail if the condition holds. What the end is given is made in the cold
    /// block, so that it costs nothing where nothing happens.
    pub fn stop_if(&mut self, condition: E::Value, pc: u32, code: TrapCode) {
        self.cold(condition, |translator| translator.stop(pc, code));
    }

    /// Traps without detail.
    pub fn stop(&mut self, pc: u32, code: TrapCode) {
        let end = self.end(End::Stop(code));
        let (gas, pc) = (self.gas(), self.int(pc as i32));
        self.emitter.jump(end, &[gas, pc]);
    }

    /// Traps where an object of a class, or null if it is 0, does not answer a virtual call.
    pub fn stop_without_method(&mut self, class: E::Value, pc: u32) {
        let end = self.end(End::NoMethod);
        let (gas, pc) = (self.gas(), self.int(pc as i32));
        self.emitter.jump(end, &[gas, pc, class]);
    }

    /// Has the reference engine execute an instruction that traps.
    pub fn step_and_leave(&mut self, inst: &Inst, pc: u32) {
        let end = self.end(End::Stepping);
        let window = self.context_part(Type::I64, offset::WINDOW);
        for (register, held) in self.operands(inst) {
            self.spill(window, register, held);
        }
        let (gas, pc) = (self.gas(), self.int(pc as i32));
        self.emitter.jump(end, &[gas, pc]);
    }

    /// Has the reference engine go on in a block from which it does not come back.
    pub fn go_on_elsewhere(&mut self, block: BlockId) {
        self.hand_over_block(block, End::Elsewhere);
    }

    /// There may not be enough gas for a block and those behind it: takes care of each.
    pub fn go_on_slowly(&mut self, block: BlockId) {
        let is_last = self.flow.covered(self.function, block).next().is_none();
        if is_last {
            let end = self.end(End::OutOfGas);
            let pc = self.int(self.code.pc(self.id, block) as i32);
            self.emitter.jump(end, &[pc]);
        } else {
            self.hand_over_block(block, End::Slowly);
        }
    }

    /// Gives the reference engine what is live at a block.
    fn hand_over_block(&mut self, id: BlockId, end: End) {
        let end = self.end(end);
        let window = self.context_part(Type::I64, offset::WINDOW);
        let function = self.function;
        for (register, _) in &function.blocks[id.index()].live_in {
            self.spill(window, register.index(), self.held(*register));
        }
        let (gas, block) = (self.gas(), self.int(id.0.into()));
        self.emitter.jump(end, &[gas, block]);
    }

    /// Has the reference engine run this function from a block on, for which the window is ready,
    /// and returns what it returns.
    pub fn interpret_and_return(&mut self, block: E::Value) {
        let function = self.int(self.id.0.into());
        self.call_back(Callback::Interpret, &[function, block, self.frame]);
        let gas = self.context_part(Type::I64, offset::GAS);
        self.leave_if_stopped();
        let mut results = vec![gas];
        if let Some(result) = self.function.result {
            let window = self.context_part(Type::I64, offset::WINDOW);
            self.fill(window, 0, Form::of(result)).for_each(|value| results.push(value));
        }
        self.emitter.give(&results);
    }

    /// Traps if the condition holds: because a sequence is null, or else with index and length.
    pub fn bad_index_if(
        &mut self,
        condition: E::Value,
        pc: u32,
        index: E::Value,
        (payload, class): (E::Value, E::Value),
    ) {
        let end = self.end(End::BadIndex);
        self.cold(condition, |translator| {
            let (gas, pc) = (translator.gas(), translator.int(pc as i32));
            let args = [gas, pc, index, payload, class];
            translator.emitter.jump(end, &args);
        });
    }

    /// Leaves if the callback before has stopped.
    pub fn leave_if_stopped(&mut self) {
        let stopped = self.context_part(Type::I32, offset::STOPPED);
        let end = self.end(End::Failed);
        let rest = self.emitter.create_block();
        self.emitter.branch(stopped, end, rest);
        self.emitter.begin_block(rest);
    }

    /// Leaves if the call before, at this pc, did not return.
    pub fn leave_if_unwound(&mut self, pc: u32) {
        let gas = self.gas();
        let stopped = self.is_negative(gas);
        let end = self.end(End::Unwound);
        self.cold(stopped, |translator| {
            let pc = translator.int(pc as i32);
            translator.emitter.jump(end, &[pc]);
        });
    }

    pub fn is_negative(&mut self, value: E::Value) -> E::Value {
        self.emitter.compare_number(Comparison::SignedLessThan, value, 0)
    }

    /// Returns to a caller that will see that this call has stopped.
    pub fn leave_failed(&mut self) {
        let mut results = vec![self.long(STOPPED)];
        for part in self.function.result.map_or(&[][..], |ty| Form::of(ty).parts()) {
            results.push(match *part {
                Type::F64 => self.emitter.double(0),
                part => self.emitter.number(part, 0),
            });
        }
        self.emitter.give(&results);
    }

    /// Fills the blocks that leave.
    pub fn end_blocks(&mut self) {
        // Some leave by another one.
        while let Some((end, block)) = self.ends.blocks.pop() {
            self.end_block(end, block);
        }
    }

    fn end_block(&mut self, end: End, block: E::Block) {
        match end {
            End::Slowly => {
                let [gas, block] = self.end_params(block);
                self.set_context_part(gas, offset::GAS);
                return self.interpret_and_return(block);
            }
            End::Failed => {
                let [] = self.end_params(block);
            }
            End::Unwound => {
                let [pc] = self.end_params(block);
                self.call_back(Callback::Unwound, &[pc]);
            }
            End::OutOfGas => {
                let [pc] = self.end_params(block);
                let (gas, code) = (self.long(0), self.int(TrapCode::OUT_OF_GAS.0.into()));
                self.set_context_part(gas, offset::GAS);
                self.call_back(Callback::Stop, &[pc, code, self.frame]);
            }
            End::Stop(code) => {
                let [gas, pc] = self.end_params(block);
                let code = self.int(code.0.into());
                self.set_context_part(gas, offset::GAS);
                self.call_back(Callback::Stop, &[pc, code, self.frame]);
            }
            End::NoMethod => {
                let [gas, pc, class] = self.end_params(block);
                self.set_context_part(gas, offset::GAS);
                let is_null = self.emitter.compare_number(Comparison::Equal, class, 0);
                let codes = [TrapCode::NULL_POINTER, TrapCode::NO_METHOD];
                let [null, none] = codes.map(|code| self.int(code.0.into()));
                let code = self.emitter.select(is_null, null, none);
                self.call_back(Callback::Stop, &[pc, code, self.frame]);
            }
            End::Stepping => {
                let [gas, pc] = self.end_params(block);
                self.set_context_part(gas, offset::GAS);
                self.call_back(Callback::Step, &[pc, self.frame]);
            }
            End::Elsewhere => {
                let [gas, block] = self.end_params(block);
                self.set_context_part(gas, offset::GAS);
                let function = self.int(self.id.0.into());
                self.call_back(Callback::Interpret, &[function, block, self.frame]);
            }
            End::BadIndex => {
                let [gas, pc, index, payload, class] = self.end_params(block);
                self.set_context_part(gas, offset::GAS);
                self.call_back(Callback::BadIndex, &[pc, index, payload, class, self.frame]);
            }
        }
        self.leave_failed();
    }

    fn end_params<const N: usize>(&mut self, block: E::Block) -> [E::Value; N] {
        self.emitter.begin_block(block);
        self.state.context = None;
        let params = self.emitter.block_params(block);
        std::array::from_fn(|at| params[at])
    }
}
