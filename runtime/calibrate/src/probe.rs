//! A probe: a function that repeats instructions in a loop, and what it does without them.

use crate::values::{FIELDS, Given};
use clap::ValueEnum;
use fvm_isa::{
    Block, BlockId, Class, ClassId, Field, Function, FunctionId, Global, Inst, Module, ModuleKind,
    Opcode, Reg, Row, Selector, SelectorId, ValueType, builtin,
};
use fvm_vm::{Limits, Machine, NoHost, Outcome, Schedule, Value, VerifiedModule, verify};

/// The counter of the loop.
const COUNTER: Reg = Reg(0);
/// The first register of what is set before the loop.
pub const FIRST: u8 = 1;
/// A register that nothing else uses: results that nobody reads.
pub const SCRATCH: Reg = Reg(200);
/// The first register of a call window.
pub const WINDOW: Reg = Reg(210);

/// Arena for what the loop allocates.
const LIMITS: Limits = Limits { stack_slots: 1 << 16, call_depth: 1 << 10, memory_bytes: 3 << 30 };
/// Half of all numbers: sums of gas never overflow.
const GAS: u64 = u64::MAX / 2;

/// What executes probes.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// One instruction after the other.
    Reference,
    /// Handlers that jump to each other: what prices are made for.
    Threaded,
    /// Machine code.
    Jit,
}

impl Engine {
    /// Has the module run by this engine.
    fn attach(self, module: &VerifiedModule) -> Result<(), String> {
        match self {
            Engine::Reference => {}
            Engine::Threaded => {
                fvm_threaded::attach(module).map_err(|refusal| refusal.to_string())?;
            }
            Engine::Jit => {
                fvm_jit::attach(module).map_err(|refusal| refusal.to_string())?;
            }
        }
        Ok(())
    }
}

/// What a probe repeats.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What is measured.
    pub name: String,
    /// Values of registers before the loop, from [`FIRST`] on.
    pub given: Vec<Given>,
    /// Blocks of the body, from block 1 on; all but the last end with a terminator, and the last
    /// goes on with the loop.
    pub body: Vec<Vec<Inst>>,
    /// Functions besides those with the loops.
    pub functions: Vec<Function>,
    /// Whether the class with fields answers selector 0, by the first of these functions.
    pub answers: bool,
    /// How often an iteration calls each of them.
    pub calls: u64,
    /// Instructions of the body that an iteration passes by.
    pub skipped: Vec<(Opcode, u64)>,
    /// How many times slower it may be than what is paid for: 1, or what the schedule promises of
    /// the slowest program.
    pub allowance: u32,
}

/// The class with fields, and a global of each type that probes use.
fn module() -> Module {
    let mut module = Module::new("probe", ModuleKind::Program);
    let field = |ty| Field { name: "f".into(), ty, mutable: true };
    module.classes.push(Class {
        name: "Fields".into(),
        superclass: Some(builtin::OBJECT),
        fields: vec![field(ValueType::I64), field(ValueType::Any)],
        ..Class::default()
    });
    debug_assert_eq!(ClassId(module.classes.len() as u16 - 1), FIELDS);
    for ty in [ValueType::I64, ValueType::Any] {
        module.globals.push(Global { name: format!("{ty}"), ty });
    }
    module
}

impl Probe {
    /// The module with the loop, and with the loop without its body.
    pub fn module(&self, engine: Engine) -> Result<VerifiedModule, String> {
        let mut module = module();
        let full = self.function(&mut module, &self.body);
        let empty = self.function(&mut module, &[Vec::new()]);
        module.functions = vec![full, empty];
        module.functions.extend(self.functions.iter().cloned());
        if self.answers {
            let receiver = vec![ValueType::Ref(FIELDS)];
            let name = "s".to_string();
            module.selectors =
                vec![Selector { name, owner: FIELDS, params: receiver, result: None }];
            module.classes[FIELDS.index()].methods = vec![(SelectorId(0), FunctionId(2))];
        }
        let module = verify(module).map_err(|error| error.to_string())?;
        engine.attach(&module)?;
        Ok(module)
    }

    fn function(&self, module: &mut Module, body: &[Vec<Inst>]) -> Function {
        let mut live_in = vec![(COUNTER, ValueType::I64)];
        let mut before = Vec::new();
        for (at, given) in self.given.iter().enumerate() {
            let reg = Reg(FIRST + at as u8);
            before.extend(given.set(module, reg));
            live_in.push((reg, given.ty()));
        }
        before.push(Inst::Jump { to: BlockId(1) });
        let start = Block { live_in: vec![live_in[0]], insts: before };
        let end = BlockId(body.len() as u16 + 1);
        let mut blocks = vec![start];
        for (at, insts) in body.iter().enumerate() {
            let mut insts = insts.clone();
            if at + 1 == body.len() {
                insts.push(Inst::I64AddImm { dst: COUNTER, a: COUNTER, value: -1 });
                insts.push(Inst::I64BrGtImm { a: COUNTER, value: 0, yes: BlockId(1), no: end });
            }
            blocks.push(Block { live_in: live_in.clone(), insts });
        }
        blocks.push(Block { live_in: Vec::new(), insts: vec![Inst::Ret {}] });
        Function {
            params: vec![ValueType::I64],
            result: None,
            registers: 256,
            row: Row::PURE,
            blocks,
        }
    }
}

/// Which of the two loops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loop {
    /// With the body.
    Full,
    /// Without it.
    Empty,
}

/// Runs a loop so many times on a fresh machine.
pub fn run(module: &VerifiedModule, schedule: &Schedule, which: Loop, times: u64) -> Outcome {
    call(&mut machine(module, schedule), which, times)
}

/// A machine for probes.
pub fn machine<'m>(module: &'m VerifiedModule, schedule: &Schedule) -> Machine<'m> {
    Machine::new(module, schedule, LIMITS)
}

/// Runs a loop so many times.
pub fn call(machine: &mut Machine<'_>, which: Loop, times: u64) -> Outcome {
    let function = FunctionId(if which == Loop::Full { 0 } else { 1 });
    machine.call(function, &[Value::I64(times as i64)], GAS, &mut NoHost)
}

/// Instructions so many times.
pub fn repeated(insts: &[Inst], times: usize) -> Vec<Inst> {
    insts.iter().cycle().take(insts.len() * times).cloned().collect()
}
