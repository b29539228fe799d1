//! Runs trials: functions that hold the instruction in several surroundings, in all engines, and
//! compares result, trap, detail, gas, memory, operands and host with what is expected.

use crate::charge::Charge;
use crate::datum::{BELOW, Datum, FIELD_TYPES};
use crate::readers::{self, Readers};
use crate::trial::{End, Trial};
use fscc_tests::engines::{Other, others_without};
use fscc_tests::host::Recorder;
use fvm_isa::{
    Block, BlockId, FunctionId, GlobalId, HostInfo, Inst, Kind, Mismatch, Module, ModuleKind,
    Opcode, Operand, Reg, Role, Row, TrapCode, ValueType, element_type, unboxed_type,
};
use fvm_vm::engine::Engine;
use fvm_vm::{Ending, Limits, Machine, Outcome, Schedule, Value, VerifiedModule};
use std::collections::BTreeMap;
use std::ops::Range;

/// Surroundings of the instruction. Engines keep values in different places and join instructions
/// with their neighbours, so each looks different to them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// Operands are parameters, the result goes to a register of its own.
    Parameters,
    /// The result takes the place of the first operand.
    OverFirst,
    /// The result takes the place of the last operand.
    OverLast,
    /// Operands are copied directly before, the first one last; the result is copied.
    Moved,
    /// Operands are copied directly before, the last one last; the result is used at once.
    MovedForward,
    /// Equal operands share a register.
    Shared,
    /// Operands are constants.
    Constants,
    /// Another narrow result stands directly before, and is read directly behind.
    Between,
}

/// Functions of a module that is compiled at once.
const FUNCTIONS_MAX: usize = 150;
/// Where references lie, and values that need a register for a while.
const REFERENCES: u8 = 10;
const MOVED: u8 = 20;
const WINDOW: u8 = 28;
const RESULT: u8 = 40;
const SCRATCH: u8 = 44;
/// What stands around the instruction: a number before, and one more than it behind.
const BEFORE: Reg = Reg(8);
const BEHIND: Reg = Reg(9);
const KEPT: i16 = 77;
const REGISTERS: u16 = 64;
const GAS: u64 = 1 << 40;

/// A function that holds a trial.
struct Built {
    function: FunctionId,
    /// The prices of its blocks.
    prices: Vec<u64>,
}

/// Trials that are waiting for their module.
pub struct Batch<'a> {
    schedule: &'a Schedule,
    module: Module,
    readers: Readers,
    known: BTreeMap<String, usize>,
    built: Vec<Built>,
    waiting: Vec<(Trial, Form, usize)>,
    /// Trials that were run.
    done: usize,
    /// Calls made.
    pub calls: u64,
}

impl<'a> Batch<'a> {
    /// Without trials.
    pub fn new(schedule: &'a Schedule) -> Batch<'a> {
        let (module, readers) = readers::module(ModuleKind::Contract);
        let (known, built, waiting) = (BTreeMap::new(), Vec::new(), Vec::new());
        Batch { schedule, module, readers, known, built, waiting, done: 0, calls: 0 }
    }

    /// Takes a trial in some surroundings, and runs what waits when there is enough of it.
    pub fn add(&mut self, trial: &Trial, form: Form) {
        let kind = kind(trial);
        if kind != self.module.kind {
            self.run_and_start(kind);
        }
        let mut key = format!("{form:?} {:?} {:?} {:?}", trial.opcode, trial.extras, trial.alias);
        if is_pooled(trial) {
            key.push_str(&format!("{:?}", trial.expected.end));
        }
        for operand in &trial.operands {
            match operand.is_scalar() && form != Form::Constants {
                true => key.push_str(&format!(" {}", operand.ty())),
                false => key.push_str(&format!(" {operand:?}")),
            }
            if form == Form::Shared {
                key.push_str(&format!(" as {}", first_equal(trial, operand)));
            }
        }
        let at = match self.known.get(&key) {
            Some(at) => *at,
            None => {
                let function = function(&mut self.module, trial, form);
                let price = |inst: &Inst| u64::from(self.schedule.price(inst.opcode()));
                let prices = function.blocks.iter().map(|b| b.insts.iter().map(price).sum());
                let built = Built {
                    function: FunctionId(self.module.functions.len() as u16),
                    prices: prices.collect(),
                };
                self.module.functions.push(function);
                self.built.push(built);
                self.known.insert(key, self.built.len() - 1);
                self.built.len() - 1
            }
        };
        self.waiting.push((trial.clone(), form, at));
        if self.built.len() >= FUNCTIONS_MAX {
            self.run();
        }
    }

    /// Runs all that waits.
    pub fn run(&mut self) {
        self.run_and_start(self.module.kind);
    }

    /// Runs all that waits, and starts a module of a kind.
    fn run_and_start(&mut self, kind: ModuleKind) {
        let (module, readers) = readers::module(kind);
        let module = std::mem::replace(&mut self.module, module);
        let readers = std::mem::replace(&mut self.readers, readers);
        let text = || fvm_isa::text::print(&module, None);
        let verified =
            fvm_vm::verify(module.clone()).unwrap_or_else(|error| panic!("{error}\n{}", text()));
        let others = compile(&verified, readers.functions());
        let engines = with_reference(&others);
        let empty = Machine::new(&verified, self.schedule, Limits::CONTRACT).call(
            FunctionId(0),
            &[],
            GAS,
            &mut Recorder::default(),
        );
        for (trial, form, at) in std::mem::take(&mut self.waiting) {
            let built = &self.built[at];
            let run = Run {
                verified: &verified,
                schedule: self.schedule,
                readers: &readers,
                trial: &trial,
                form,
                built,
                empty: empty.memory_bytes,
            };
            // Where all is paid at the entry of blocks, few trials say it all.
            self.done += 1;
            let is_stopped = !trial.expected.charges.is_empty() || self.done.is_multiple_of(16);
            for engine in &engines {
                run.check(engine.0, engine.1, is_stopped);
            }
            self.calls += engines.len() as u64 * if is_stopped { 2 } else { 1 };
        }
        self.known.clear();
        self.built.clear();
    }
}

/// The other engines, with machine code for all functions but those by which values are looked at.
fn compile(verified: &VerifiedModule, readers: Range<usize>) -> Vec<Other> {
    let others = others_without(verified, &|number| readers.contains(&number));
    let others = others.expect("engines that take the module");
    for other in &others {
        let left = other.left.iter().flatten();
        let left: Vec<_> = left.filter(|id| !readers.contains(&id.index())).collect();
        assert!(left.is_empty(), "{}: {left:?}", other.name());
    }
    others
}

/// All engines by name; none is the reference engine.
fn with_reference(others: &[Other]) -> Vec<(&'static str, Option<&dyn Engine>)> {
    let reference: (_, Option<&dyn Engine>) = ("reference", None);
    let others = others.iter().map(|other| (other.name(), Some(&*other.engine)));
    [reference].into_iter().chain(others).collect()
}

/// The kind of modules that may hold a trial.
fn kind(trial: &Trial) -> ModuleKind {
    let host = trial.extras.iter().find_map(|extra| match extra {
        Operand::Host(host) => HostInfo::by_number(*host),
        _ => None,
    });
    match host.map(|info| info.row) {
        Some(Row::PRINT) => ModuleKind::Program,
        Some(Row::WORLD) => ModuleKind::Suite,
        _ => ModuleKind::Contract,
    }
}

/// The function that holds a trial.
fn function(module: &mut Module, trial: &Trial, form: Form) -> fvm_isa::Function {
    let mut insts = Vec::new();
    let mut params = Vec::new();
    let mut registers: Vec<Reg> = Vec::new();
    for (at, operand) in trial.operands.iter().enumerate() {
        if operand.is_scalar() && form != Form::Constants {
            registers.push(Reg(params.len() as u8));
            params.push(operand.ty());
            continue;
        }
        let reg = Reg(REFERENCES + at as u8);
        insts.extend(operand.give(module, reg, SCRATCH));
        if !operand.is_scalar() {
            insts.push(Inst::GlobalSet { value: reg, global: readers::watched(at) });
        }
        registers.push(reg);
    }
    let info = trial.opcode.info();
    let is_window = info.operands.iter().any(|operand| operand.role == Role::window);
    if is_window {
        for (at, reg) in registers.iter().enumerate() {
            insts.push(Inst::Move { dst: Reg(WINDOW + at as u8), a: *reg });
        }
    } else if matches!(form, Form::Moved | Form::MovedForward) {
        let mut order: Vec<usize> = (0..registers.len()).collect();
        if form == Form::Moved {
            order.reverse();
        }
        for at in order {
            let dst = Reg(MOVED + at as u8);
            insts.push(Inst::Move { dst, a: registers[at] });
            registers[at] = dst;
        }
    } else if form == Form::Shared {
        let operands = trial.operands.iter();
        registers = operands.map(|operand| registers[first_equal(trial, operand)]).collect();
    }
    if let Some((operand, other)) = trial.alias {
        registers[operand] = registers[other];
    }
    let dst = match (form, registers.first(), registers.last()) {
        _ if is_window => Reg(WINDOW),
        (Form::OverFirst, Some(first), _) => *first,
        (Form::OverLast, _, Some(last)) => *last,
        _ => Reg(RESULT),
    };
    let mut extras = trial.extras.clone();
    if let (true, End::Value(datum)) = (is_pooled(trial), &trial.expected.end) {
        extras.extend(crate::slots::constant(module, datum));
    }
    if form == Form::Between {
        insts.push(Inst::ConstI16 { dst: BEFORE, value: KEPT });
    }
    insts.push(instruction(trial, &extras, &registers, dst));
    if form == Form::Between && !trial.opcode.is_terminator() {
        insts.push(Inst::I32AddImm { dst: BEHIND, a: BEFORE, value: 1 });
        insts.push(Inst::GlobalSet { value: BEHIND, global: readers::KEPT });
    }
    let result = result_type(trial);
    if let (Opcode::GlobalSet, [Operand::Global(global)]) = (trial.opcode, &trial.extras[..]) {
        insts.push(Inst::GlobalGet { dst, global: *global });
    }
    let mut blocks = Vec::new();
    if trial.opcode.is_terminator() {
        for number in 1..=3 {
            let dst = Reg(RESULT);
            let value = vec![Inst::ConstI16 { dst, value: number }, Inst::RetValue { a: dst }];
            blocks.push(Block { live_in: Vec::new(), insts: value });
        }
    } else {
        insts.extend(end(trial, form, dst, result));
    }
    let live_in = params.iter().enumerate().map(|(at, ty)| (Reg(at as u8), *ty)).collect();
    blocks.insert(0, Block { live_in, insts });
    if matches!(trial.expected.end, End::Target(_)) || !has_targets(trial) {
        // What a terminator without targets does not need is left out.
        blocks.truncate(if has_targets(trial) { 4 } else { 1 });
    }
    let result = match (trial.opcode, result) {
        (Opcode::RetValue, _) => Some(match trial.operands[0].ty() {
            ValueType::Ref(_) => ValueType::Any,
            ty => ty,
        }),
        _ if has_targets(trial) => Some(ValueType::I32),
        (_, Some(ty)) if !ty.is_reference() => Some(ty),
        _ => None,
    };
    fvm_isa::Function { params, result, registers: REGISTERS, row: Row(u8::MAX), blocks }
}

/// The first operand that equals one.
fn first_equal(trial: &Trial, operand: &Datum) -> usize {
    trial.operands.iter().position(|other| other == operand).unwrap_or_default()
}

fn has_targets(trial: &Trial) -> bool {
    let kinds = trial.opcode.info().operands.iter().map(|operand| operand.kind);
    kinds.into_iter().any(|kind| matches!(kind, Kind::block | Kind::cases))
}

/// Whether the instruction names a constant of the pool.
fn is_pooled(trial: &Trial) -> bool {
    matches!(trial.opcode, Opcode::ConstString | Opcode::ConstBytes)
}

/// The instruction itself.
fn instruction(trial: &Trial, extras: &[Operand], registers: &[Reg], dst: Reg) -> Inst {
    let (mut registers, mut extras) = (registers.iter(), extras.iter());
    let mut blocks = 1..;
    let mut defs = 0;
    let built = Inst::build(trial.opcode, |info| match (info.role, info.kind) {
        (Role::def, _) => {
            defs += 1;
            // A second result goes elsewhere.
            Ok::<_, Mismatch>(Operand::Reg(if defs == 1 { dst } else { Reg(RESULT + 1) }))
        }
        (Role::arg, _) => registers.next().map(|reg| Operand::Reg(*reg)).ok_or(Mismatch),
        (Role::window, _) => Ok(Operand::Reg(dst)),
        (_, Kind::block) => blocks.next().map(|at| Operand::Block(BlockId(at))).ok_or(Mismatch),
        _ => extras.next().cloned().ok_or(Mismatch),
    });
    built.unwrap_or_else(|_| panic!("{trial:?} is no instruction"))
}

/// The type that the instruction writes; none if it writes nothing.
fn result_type(trial: &Trial) -> Option<ValueType> {
    let info = trial.opcode.info();
    if let Some(Operand::Host(host)) = trial.extras.first() {
        let host = HostInfo::by_number(*host)?;
        return host.result.map(|kind| plain(kind).unwrap_or(ValueType::Any));
    }
    if let (Opcode::GlobalSet, [Operand::Global(global)]) = (trial.opcode, &trial.extras[..]) {
        return Some(readers::global_type(*global));
    }
    let def = info.operands.iter().find(|operand| operand.role == Role::def)?;
    if let Some(ty) = plain(def.kind) {
        return Some(ty);
    }
    let extra = trial.extras.iter().find_map(|extra| match (def.kind, extra) {
        (Kind::unboxed, Operand::Box(class)) => unboxed_type(class.class()),
        (Kind::field, Operand::Field(field)) => Some(FIELD_TYPES[usize::from(field.slot)]),
        (Kind::global, Operand::Global(global)) => Some(readers::global_type(*global)),
        (Kind::stored, Operand::Storage(field)) => Some(readers::stored_type(*field)),
        _ => None,
    });
    match (def.kind, extra) {
        (Kind::same, _) => trial.operands.first().map(Datum::ty),
        (_, Some(ty)) => Some(ty),
        _ => Some(ValueType::Any),
    }
}

fn plain(kind: Kind) -> Option<ValueType> {
    Some(match kind {
        Kind::bool | Kind::i32 => ValueType::I32,
        Kind::i64 => ValueType::I64,
        Kind::f64 => ValueType::F64,
        Kind::u128 => ValueType::U128,
        Kind::i128 => ValueType::I128,
        _ => return None,
    })
}

/// What stands behind the instruction: the result is shown.
fn end(trial: &Trial, form: Form, dst: Reg, result: Option<ValueType>) -> Vec<Inst> {
    let mut insts = Vec::new();
    if matches!(trial.expected.end, End::Found(..)) || has_two_results(trial) {
        insts.push(Inst::GlobalSet { value: Reg(RESULT + 1), global: readers::FOUND });
    }
    let shown = match form {
        Form::Moved if result.is_some() => {
            insts.push(Inst::Move { dst: Reg(RESULT + 2), a: dst });
            Reg(RESULT + 2)
        }
        _ => dst,
    };
    match result {
        Some(ty) if ty.is_reference() => {
            insts.push(Inst::GlobalSet { value: shown, global: GlobalId(0) });
            insts.push(Inst::Ret {});
        }
        Some(_) => insts.push(Inst::RetValue { a: shown }),
        None => insts.push(Inst::Ret {}),
    }
    insts
}

fn has_two_results(trial: &Trial) -> bool {
    let defs = trial.opcode.info().operands.iter().filter(|operand| operand.role == Role::def);
    defs.count() > 1
}

/// A trial in an engine.
struct Run<'a> {
    verified: &'a VerifiedModule,
    schedule: &'a Schedule,
    readers: &'a Readers,
    trial: &'a Trial,
    form: Form,
    built: &'a Built,
    /// Bytes of an arena without objects.
    empty: u64,
}

impl Run<'_> {
    fn check(&self, name: &str, engine: Option<&dyn Engine>, is_stopped: bool) {
        let trial = self.trial;
        let mut charges = Vec::new();
        trial.operands.iter().for_each(|operand| operand.charges(&mut charges));
        charges.extend(&trial.expected.charges);
        let priced: u64 = charges.iter().map(|charge| charge.price(self.schedule)).sum();
        let memory: u64 = charges.iter().map(|charge: &Charge| charge.memory()).sum();
        let target = match trial.expected.end {
            End::Target(block) => self.built.prices[usize::from(block)],
            _ => 0,
        };
        let is_emptied = matches!(trial.expected.end, End::Trap(TrapCode::OUT_OF_GAS, _));
        let gas = if is_emptied { GAS } else { self.built.prices[0] + target + priced };

        let mut host = trial.host.clone();
        let mut machine = Machine::new(self.verified, self.schedule, Limits::CONTRACT);
        let outcome = self.call(&mut machine, engine, GAS, &mut host);
        let found = self.end(&mut machine, &outcome);
        let wrong = |what: &str, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug| {
            let text = fvm_isa::text::print(self.verified.module(), None);
            let start = format!("function {} ", self.built.function);
            let function = text.split("\n\n").find(|part| part.starts_with(&start));
            panic!(
                "{name}, {:?}: {what} {found:?} instead of {expected:?}\n{trial:?}\n{}",
                self.form,
                function.unwrap_or_default()
            )
        };
        if found != trial.expected.end {
            wrong("ends with", &found, &trial.expected.end);
        }
        let goes_on = matches!(found, End::Done | End::Value(_) | End::Found(..));
        if self.form == Form::Between && goes_on && !trial.opcode.is_terminator() {
            let kept = self.readers.observe_global(&mut machine, readers::KEPT);
            let expected = Datum::I32(i32::from(KEPT) + 1);
            if kept != expected {
                wrong("the number around it becomes", &kept, &expected);
            }
        }
        if outcome.gas_used != gas {
            wrong("gas", &outcome.gas_used, &gas);
        }
        if outcome.memory_bytes != self.empty + memory {
            wrong("memory", &(outcome.memory_bytes - self.empty), &memory);
        }
        let expected_host = trial.expected.host.as_ref().unwrap_or(&trial.host);
        if host != *expected_host {
            wrong("the host is", &host, expected_host);
        }
        for (at, before) in trial.operands.iter().enumerate().filter(|(_, d)| can_change(d)) {
            let changed = trial.expected.after.iter().find(|change| change.0 == at);
            let expected = changed.map_or(before, |change| &change.1);
            let found = self.readers.observe_global(&mut machine, readers::watched(at));
            if found != *expected {
                wrong(&format!("operand {at} is"), &found, expected);
            }
        }

        if is_emptied || !is_stopped {
            return;
        }

        // With a little less, all of it is used, and nothing else happens.
        let mut host = trial.host.clone();
        let mut machine = Machine::new(self.verified, self.schedule, Limits::CONTRACT);
        let outcome = self.call(&mut machine, engine, gas - 1, &mut host);
        let expected = End::Trap(TrapCode::OUT_OF_GAS, None);
        let found = self.end(&mut machine, &outcome);
        if found != expected || outcome.gas_used != gas - 1 {
            wrong("without gas ends with", &found, &expected);
        }
    }

    fn call(
        &self,
        machine: &mut Machine<'_>,
        engine: Option<&dyn Engine>,
        gas: u64,
        host: &mut Recorder,
    ) -> Outcome {
        let scalars = self.trial.operands.iter().filter(|operand| operand.is_scalar());
        let args: Vec<Value> = match self.form {
            Form::Constants => Vec::new(),
            _ => scalars.map(value).collect(),
        };
        let function = self.built.function;
        match engine {
            None => machine.call(function, &args, gas, host),
            Some(engine) => machine.call_in(engine, function, &args, gas, host),
        }
    }

    /// How the instruction ended.
    fn end(&self, machine: &mut Machine<'_>, outcome: &Outcome) -> End {
        match &outcome.ending {
            Ending::Trapped(trap) => End::Trap(trap.code, trap.detail.clone()),
            Ending::Aborted(problem) => End::Aborted(problem.clone()),
            Ending::Thrown(thrown) => End::Thrown(thrown.class_name.clone()),
            Ending::Returned(value) if has_targets(self.trial) => match value {
                Value::I32(number) => End::Target(*number as u16),
                _ => End::Done,
            },
            Ending::Returned(Value::Unit) => match result_type(self.trial) {
                None => End::Done,
                Some(_) => {
                    let datum = self.readers.observe_global(machine, GlobalId(0));
                    self.with_found(machine, datum)
                }
            },
            Ending::Returned(value) => {
                let datum = self.readers.observe(machine, value);
                self.with_found(machine, datum)
            }
        }
    }

    fn with_found(&self, machine: &mut Machine<'_>, datum: Datum) -> End {
        match has_two_results(self.trial) {
            false => End::Value(datum),
            true => {
                let found = self.readers.observe_global(machine, readers::FOUND);
                End::Found(datum, found == Datum::I32(1))
            }
        }
    }
}

/// Whether it is an object whose content can change.
fn can_change(datum: &Datum) -> bool {
    matches!(datum, Datum::Array(..) | Datum::Object(..))
}

/// A scalar as an argument.
fn value(datum: &Datum) -> Value {
    match datum {
        Datum::I32(value) => Value::I32(*value),
        Datum::I64(value) => Value::I64(*value),
        Datum::F64(bits) => Value::F64(f64::from_bits(*bits)),
        Datum::U128(value) => Value::U128(*value),
        Datum::I128(value) => Value::I128(*value),
        _ => Value::Null,
    }
}

/// The classes of arrays.
pub fn array_classes() -> impl Iterator<Item = fvm_isa::ClassId> {
    (0..BELOW.0).map(fvm_isa::ClassId).filter(|class| element_type(*class).is_some())
}

/// A program whose first function is called, and what must come of it.
#[derive(Clone, Debug)]
pub struct Call {
    /// Assembly.
    pub source: String,
    pub end: End,
    /// The blocks that it enters, by function.
    pub entered: Vec<(u16, u16)>,
    pub charges: Vec<Charge>,
}

/// Runs a program in all engines.
pub fn run_calls(schedule: &Schedule, call: &Call) {
    let module = fvm_isa::text::parse(&call.source)
        .unwrap_or_else(|error| panic!("{error}\n{}", call.source));
    let prices = call.entered.iter().map(|(function, block)| {
        let block = &module.functions[usize::from(*function)].blocks[usize::from(*block)];
        let price = |inst: &Inst| u64::from(schedule.price(inst.opcode()));
        block.insts.iter().map(price).sum::<u64>()
    });
    let charged = call.charges.iter().map(|charge| charge.price(schedule));
    let gas: u64 = prices.chain(charged).sum();
    let (module, readers) = readers::around(module);
    let verified =
        fvm_vm::verify(module).unwrap_or_else(|error| panic!("{error}\n{}", call.source));
    let others = compile(&verified, readers.functions());
    let engines = with_reference(&others);
    for (name, engine) in engines {
        for (gas, is_enough) in [(gas, true), (gas - 1, false)] {
            let mut machine = Machine::new(&verified, schedule, Limits::CONTRACT);
            let outcome = match engine {
                None => machine.call(FunctionId(0), &[], gas, &mut Recorder::default()),
                Some(engine) => {
                    machine.call_in(engine, FunctionId(0), &[], gas, &mut Recorder::default())
                }
            };
            let found = match &outcome.ending {
                Ending::Trapped(trap) => End::Trap(trap.code, trap.detail.clone()),
                Ending::Aborted(problem) => End::Aborted(problem.clone()),
                Ending::Thrown(thrown) => End::Thrown(thrown.class_name.clone()),
                Ending::Returned(Value::Unit) => End::Done,
                Ending::Returned(value) => End::Value(readers.observe(&mut machine, value)),
            };
            let expected = match is_enough {
                true => call.end.clone(),
                false => End::Trap(TrapCode::OUT_OF_GAS, None),
            };
            let used = outcome.gas_used;
            assert!(
                found == expected && used == gas,
                "{name} with {gas}: {found:?} after {used} instead of {expected:?}\n{}",
                call.source
            );
        }
    }
}
