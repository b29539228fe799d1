//! One function: its registers and blocks, its gas, and what it asks of the engine.
//!
//! Every block of the FVM is a block of the emitter's, with its header saying which registers are live
//! (rule V10), so nothing has to be found out about types. Checks split blocks further; what is
//! known before a check holds behind it.

use super::Traits;
use super::counted::Turns;
use super::ends::Ends;
use super::flow::Flow;
use super::gas::Table;
use super::held::{Form, Held, Shape};
use super::known::Known;
use super::merge::{Edge, Head};
use super::methods::Methods;
use crate::context::{Callback, offset};
use crate::emitter::{Access, Binary, Comparison, Conversion, Emitter, Generator, Region, Type};
use crate::limits;
use crate::refusal::Refusal;
use fvm_isa::{BlockId, Function, FunctionId, Inst, Reg};
use fvm_vm::VerifiedModule;
use fvm_vm::engine::Code;

/// Refuses functions that are too large, or whose branches pass on too many values.
pub(super) fn check_size(function: &Function) -> Result<(), Refusal> {
    let mut instructions = 0;
    let mut passed = 0;
    let live = |block: &BlockId| function.blocks[block.index()].live_in.len() + 1;
    for block in &function.blocks {
        instructions += block.insts.len();
        if let Some(last) = block.insts.last() {
            let mut targets = last.targets();
            targets.sort_unstable();
            targets.dedup();
            passed += targets.iter().map(live).sum::<usize>();
        }
    }
    if instructions > limits::FUNCTION_INSTRUCTIONS_MAX {
        return Err(Refusal::TooLarge);
    }
    match passed > limits::PASSED_VALUES_MIN + limits::PASSED_VALUES_EACH * instructions {
        true => Err(Refusal::TooManyValues),
        false => Ok(()),
    }
}

/// Translates a function.
pub(super) struct Translator<'a, E: Emitter> {
    pub emitter: E,
    pub module: &'a VerifiedModule,
    pub code: Code<'a>,
    pub methods: &'a Methods,
    pub known: &'a mut Known,
    pub id: FunctionId,
    pub function: &'a Function,
    /// The frame counter of this function.
    pub frame: E::Value,
    pub state: State<E::Value>,
    /// The numbers of [`Table`].
    gas_table: E::Value,
    /// The block that is translated.
    current: BlockId,
    pub registers: Vec<Option<Held<E::Value>>>,
    pub flow: Flow,
    /// Where blocks of the FVM are reached.
    pub blocks: Vec<E::Block>,
    /// Ways to blocks that have not begun.
    pub edges: Vec<Vec<Edge<E>>>,
    /// First blocks of loops that have begun.
    pub heads: Vec<Option<Head<E::Value>>>,
    /// What is known here: a few facts.
    pub facts: Vec<Fact<E::Value>>,
    pub ends: Ends<E::Block>,
    /// No contradiction was found to which registers loops were said to change.
    pub is_sound: bool,
    /// Values that branches pass on.
    pub passed: usize,
    /// Ways that repeat a loop.
    pub repeats: usize,
    /// First blocks of loops of which it was wrong that they do not move the arena.
    pub mistaken: Vec<BlockId>,
}

/// What holds at a place beside the registers.
#[derive(Clone, Copy)]
pub(super) struct State<V> {
    /// Gas left when it was last settled, never negative; in a counted loop gas behind its last
    /// turn. Instructions ask [`Translator::gas`].
    pub gas: V,
    /// What this block's entry says has been spent since.
    pub spent: Option<BlockId>,
    /// In a counted loop: what is known of its turns.
    pub turns: Option<Turns<V>>,
    /// Where the context is, if that was asked on the way here and no call came after.
    pub context: Option<V>,
    /// Where the arena begins, if that was read and nobody can have moved it since.
    pub arena: Option<V>,
}

impl<V> State<V> {
    /// So much gas, and nothing else known.
    pub fn new(gas: V) -> State<V> {
        State { gas, spent: None, turns: None, context: None, arena: None }
    }
}

/// What was found out about values, which never change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact<V> {
    /// A reference with this class half is not null.
    NotNull(V),
    /// The sequence with this payload has an element at this index.
    Inside(V, V),
}

/// How many facts are kept.
const FACTS_MAX: usize = 32;

/// Translates a function.
pub(super) fn translate<G: Generator>(
    generator: &mut G,
    module: &VerifiedModule,
    methods: &Methods,
    known: &mut Known,
    id: FunctionId,
) -> Result<Traits, Refusal> {
    let function = &module.module().functions[id.index()];
    let shape = Shape::of(&function.params, function.result);
    let mut flow = Flow::new(function);
    // What was said of loops is corrected once where it was wrong, and then everywhere.
    for attempt in 0..3 {
        let emitter = generator.function(id, &shape);
        let mut translator = Translator::new(emitter, module, methods, known, id, flow);
        translator.entry();
        for id in translator.flow.order.clone() {
            match translator.flow.is_failing(id) {
                true => translator.failing_block(id),
                false => translator.block(id),
            }
        }
        translator.end_blocks();
        let is_sound = translator.is_sound;
        let (passed, repeats) = (translator.passed, translator.repeats);
        let exits = translator.ends.exits;
        let mistaken = std::mem::take(&mut translator.mistaken);
        flow = std::mem::take(&mut translator.flow);
        translator.emitter.finish();
        if !is_sound {
            return Err(Refusal::Generator);
        }
        if passed > limits::ARGUMENTS_MAX {
            return Err(Refusal::TooManyValues);
        }
        if exits > limits::EXITS_MAX {
            return Err(Refusal::TooManyExits);
        }
        if mistaken.is_empty() {
            let (depth, has_tail_calls) = (flow.depth(), has_tail_calls(function));
            return Ok(Traits { repeats, depth, has_tail_calls });
        }
        match attempt {
            0 => flow.correct(&mistaken),
            _ => flow.correct_all(),
        }
    }
    Err(Refusal::Generator)
}

fn has_tail_calls(function: &Function) -> bool {
    let mut ends = function.blocks.iter().filter_map(|block| block.insts.last());
    ends.any(|inst| matches!(inst, Inst::Tailcall { .. }))
}

impl<'a, E: Emitter> Translator<'a, E> {
    /// At the start of the function.
    pub fn new(
        mut emitter: E,
        module: &'a VerifiedModule,
        methods: &'a Methods,
        known: &'a mut Known,
        id: FunctionId,
        flow: Flow,
    ) -> Translator<'a, E> {
        let function = &module.module().functions[id.index()];
        let params = emitter.params();
        // Those that nobody reaches stay empty.
        let blocks = function.blocks.iter().map(|_| emitter.create_block()).collect();
        let mut translator = Translator {
            emitter,
            module,
            code: module.code(),
            methods,
            known,
            id,
            function,
            frame: params[0],
            state: State::new(params[1]),
            gas_table: params[1],
            current: BlockId(0),
            registers: vec![None; 256],
            flow,
            blocks,
            edges: function.blocks.iter().map(|_| Vec::new()).collect(),
            heads: vec![None; function.blocks.len()],
            facts: Vec::new(),
            ends: Ends::new(),
            is_sound: true,
            passed: 0,
            repeats: 0,
            mistaken: Vec::new(),
        };
        let mut rest = &params[2..];
        for (register, param) in function.params.iter().enumerate() {
            let form = Form::of(*param);
            let (parts, others) = rest.split_at(form.parts().len());
            translator.registers[register] = Some(form.join(parts));
            rest = others;
        }
        translator
    }

    fn entry(&mut self) {
        self.check_depth();
        self.gas_table = self.context_part(Type::I64, offset::GAS_TABLE);
        self.go(BlockId(0));
    }

    /// Traps if the frame counter says that this call is one too many, or its registers do not fit.
    pub fn check_depth(&mut self) {
        let registers = -i64::from(self.function.registers);
        let left = self.emitter.binary_number(Binary::Add, self.frame, registers);
        // Either half is negative.
        let signs =
            self.emitter.number(Type::I64, i64::from_le_bytes([0, 0, 0, 0x80, 0, 0, 0, 0x80]));
        let negative = self.emitter.binary(Binary::And, left, signs);
        self.cold(negative, |translator| {
            translator.hand_over_gas();
            translator.call_back(Callback::TooDeep, &[translator.frame]);
            translator.leave_failed();
        });
    }

    fn block(&mut self, id: BlockId) {
        self.begin(id);
        if let Some(doing) = self.flow.loop_at(id) {
            self.counted_loop(id, doing);
            self.begin_loop(id, doing);
        }
        self.insts(id);
    }

    /// The instructions of a block that has begun.
    pub fn insts(&mut self, id: BlockId) {
        self.current = id;
        self.charge(id);
        let function = self.function;
        let first = self.code.pc(self.id, id);
        for (pc, inst) in (first..).zip(&function.blocks[id.index()].insts) {
            if inst.opcode().is_terminator() && self.flow.gas.settles(id) {
                self.settle();
            }
            self.inst(inst, pc);
        }
    }

    /// A block that leads to a failure only: the reference engine goes on there, if it is reached
    /// from a block that does more.
    fn failing_block(&mut self, id: BlockId) {
        if self.edges[id.index()].is_empty() {
            return;
        }
        self.emitter.set_cold(self.blocks[id.index()]);
        self.begin(id);
        self.go_on_elsewhere(id);
    }

    // ── gas ──

    /// Looks at whether there is gas for a block and those behind it, and notes its price.
    fn charge(&mut self, id: BlockId) {
        // To measure what metering costs. A counted loop has paid for all turns.
        if cfg!(unmetered) || self.state.turns.is_some() {
            return;
        }
        if self.flow.gas.is_checkpoint(id) {
            self.settle();
            let need = self.table_entry(id, Table::NEED);
            let gas = self.state.gas;
            let is_short = self.emitter.compare(Comparison::UnsignedLessThan, gas, need);
            self.cold(is_short, |translator| translator.go_on_slowly(id));
        }
        self.state.spent = Some(id);
    }

    /// A number of a block that depends on the schedule.
    pub fn table_entry(&mut self, id: BlockId, part: usize) -> E::Value {
        let number = self.code.first_block(self.id) + id.index();
        let at = (number * Table::STRIDE + part) as i32;
        self.emitter.load(Type::I64, Access::to(Region::Tables), self.gas_table, at)
    }

    /// Gas left here.
    pub fn gas(&mut self) -> E::Value {
        match (self.state.turns, self.state.spent) {
            (Some(turns), _) => self.gas_in_turn(turns),
            (None, Some(block)) => {
                let spent = self.table_entry(block, Table::SPENT);
                self.emitter.binary(Binary::Subtract, self.state.gas, spent)
            }
            (None, None) => self.state.gas,
        }
    }

    /// Takes what has been spent, so that gas is known from here on.
    pub fn settle(&mut self) {
        if self.state.turns.is_none() && self.state.spent.is_some() {
            self.state.gas = self.gas();
            self.state.spent = None;
        }
    }

    /// Says how much gas is left from here on, in a block of which that was expected.
    pub fn set_gas(&mut self, gas: E::Value) {
        self.is_sound &= self.flow.gas.takes_gas(self.current);
        self.state.gas = gas;
        self.state.spent = None;
    }

    /// Tells the engine how much gas is left.
    pub fn hand_over_gas(&mut self) {
        let gas = self.gas();
        self.set_context_part(gas, offset::GAS);
    }

    // ── control flow ──

    /// Goes to a block of the FVM.
    pub fn go(&mut self, target: BlockId) {
        if !self.carries_on(target) {
            self.settle();
        }
        let way = self.emitter.jump(self.blocks[target.index()], &[]);
        self.edge(way, target);
    }

    /// Whether what has been spent need not be taken on the way to a block.
    fn carries_on(&self, target: BlockId) -> bool {
        self.state.spent.is_none() || self.flow.gas.before(target).is_some()
    }

    /// Goes to one of two blocks of the FVM.
    pub fn branch(&mut self, condition: E::Value, yes: BlockId, no: BlockId) {
        let targets = [yes, no];
        let mut carries_on = targets.map(|target| self.carries_on(target));
        if carries_on == [false; 2] {
            self.settle();
            carries_on = [true; 2];
        }
        // A block on the way takes what has been spent if only one of the two asks for it.
        let blocks = [0, 1].map(|at| match carries_on[at] {
            true => self.blocks[targets[at].index()],
            false => self.emitter.create_block(),
        });
        let ways = self.emitter.branch(condition, blocks[0], blocks[1]);
        for at in [0, 1] {
            if carries_on[at] {
                self.edge(ways[at], targets[at]);
            }
        }
        for at in [0, 1] {
            if !carries_on[at] {
                if self.flow.is_failing(targets[at]) {
                    self.emitter.set_cold(blocks[at]);
                }
                self.emitter.begin_block(blocks[at]);
                self.go(targets[at]);
            }
        }
    }

    // ── registers and memory ──

    /// What a register holds; rule V12 says that it has been set.
    pub fn held(&self, register: Reg) -> Held<E::Value> {
        self.registers[register.index()].expect("rule V12: a register is set before it is read")
    }

    pub fn set(&mut self, register: Reg, held: Held<E::Value>) {
        self.registers[register.index()] = Some(held);
    }

    pub fn int(&mut self, value: i32) -> E::Value {
        self.emitter.number(Type::I32, i64::from(value))
    }

    pub fn long(&mut self, value: i64) -> E::Value {
        self.emitter.number(Type::I64, value)
    }

    /// Where the context is, of which there is one copy between two calls.
    fn context(&mut self) -> E::Value {
        match self.state.context {
            Some(context) => context,
            None => {
                let context = self.emitter.context();
                self.state.context = Some(context);
                context
            }
        }
    }

    /// Notes that something was called that may have moved the arena, and may have used all
    /// registers of the processor.
    pub fn after_any_call(&mut self) {
        self.state.context = None;
        self.state.arena = None;
    }

    pub fn context_part(&mut self, ty: Type, at: i32) -> E::Value {
        let flags = Access::to(Region::Context);
        let context = self.context();
        self.emitter.load(ty, flags, context, at)
    }

    pub fn set_context_part(&mut self, value: E::Value, at: i32) {
        let flags = Access::to(Region::Context);
        let context = self.context();
        self.emitter.store(flags, value, context, at);
    }

    /// Where the arena begins.
    pub fn arena(&mut self) -> E::Value {
        match self.state.arena {
            Some(arena) => arena,
            None => {
                let arena = self.context_part(Type::I64, offset::ARENA);
                self.state.arena = Some(arena);
                arena
            }
        }
    }

    // ── what is known ──

    pub fn is_known(&self, fact: Fact<E::Value>) -> bool {
        self.facts.contains(&fact)
    }

    /// Notes what holds from here on.
    pub fn know(&mut self, fact: Fact<E::Value>) {
        if self.facts.len() < FACTS_MAX && !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
    }

    // ── callbacks ──

    /// Calls a function of the engine back.
    pub fn call_back(&mut self, callback: Callback, args: &[E::Value]) -> Option<E::Value> {
        let address = self.context_part(Type::I64, offset::callback(callback));
        let context = self.context();
        let result = self.emitter.call_back(callback, context, address, args);
        self.after_any_call();
        result
    }

    /// Calls a function of the engine back that may take gas, and leaves if it stopped.
    pub fn call_back_or_leave(&mut self, callback: Callback, args: &[E::Value]) {
        self.hand_over_gas();
        self.call_back(callback, args);
        let gas = self.context_part(Type::I64, offset::GAS);
        self.set_gas(gas);
        self.leave_if_stopped();
    }

    /// A value as the halves of a slot.
    pub fn halves(&mut self, held: Held<E::Value>) -> (E::Value, E::Value) {
        match held {
            Held::Int(value) => {
                (self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, value), self.long(0))
            }
            Held::Long(value) | Held::Double(value) => (value, self.long(0)),
            Held::Wide(low, high) => (low, high),
        }
    }

    /// Puts a value into the window of the engine.
    pub fn spill(&mut self, window: E::Value, register: usize, held: Held<E::Value>) {
        let (low, high) = self.halves(held);
        let at = (register * 16) as i32;
        let flags = Access::to(Region::Context);
        self.emitter.store(flags, low, window, at);
        self.emitter.store(flags, high, window, at + 8);
    }

    /// A value from the window of the engine.
    pub fn fill(&mut self, window: E::Value, register: usize, form: Form) -> Held<E::Value> {
        let at = (register * 16) as i32;
        let flags = Access::to(Region::Context);
        let parts: Vec<E::Value> = (form.parts().iter().zip([at, at + 8]))
            .map(|(ty, at)| self.emitter.load(*ty, flags, window, at))
            .collect();
        form.join(&parts)
    }

    /// Has the reference engine execute an instruction, and gives its result.
    pub fn step(&mut self, inst: &Inst, pc: u32) -> Option<Held<E::Value>> {
        let window = self.context_part(Type::I64, offset::WINDOW);
        for (register, held) in self.operands(inst) {
            self.spill(window, register, held);
        }
        let pc = self.int(pc as i32);
        self.call_back_or_leave(Callback::Step, &[pc, self.frame]);
        let (register, form) = self.result(inst)?;
        let window = self.context_part(Type::I64, offset::WINDOW);
        Some(self.fill(window, register, form))
    }
}
