//! A direct evaluator of modules, used to compare: the same program before and after a pass, and
//! on the machine. Simple instead of fast.
//!
//! Relies on a module that the checker accepts. Guarantees: frames are on the heap, so the depth
//! of calls is bounded by [`Limits`] and never by the native stack; the trace holds every effect
//! that the outside can see, in order.

mod any;
mod heap;
mod ops;
mod storage;

pub use heap::Val;

use crate::fold::Const;
use crate::func::{Block, ENTRY, Func, Imm, Inst, Terminator, Value};
use crate::host;
use crate::module::{FuncId, Module, StorageId};
use crate::ops::Op;
use crate::types::{Type, builtin};
use fscc_base::{Idx, IndexVec};
use heap::Heap;
use std::collections::BTreeMap;
use std::fmt;

/// Why an instruction trapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrapKind {
    /// The null reference was used.
    Null,
    /// An index or range outside of the value.
    Index,
    /// A cast or unboxing to a class that the value has not.
    Cast,
    /// Division by zero.
    DivisionByZero,
    /// A result that does not fit.
    Overflow,
    /// Text that is no number.
    NumberFormat,
    /// Malformed UTF-8 or a lone surrogate.
    Malformed,
    /// A negative array length.
    NegativeSize,
    /// No function for the selector.
    NoMethod,
    /// A `trap` terminator.
    Explicit(u16),
}

/// Trap codes from here on cannot be caught.
const CATCHABLE_END: i32 = 100;

/// How a call ended without a result.
#[derive(Clone, PartialEq, Debug)]
pub enum Failure {
    /// An object was thrown.
    Thrown(Val),
    /// A trap with its detail.
    Trap(TrapKind, Val),
    /// `abort` with the encoded problem.
    Abort(Vec<u8>),
    /// A limit was reached.
    Limit(&'static str),
    /// The evaluator does not know this operation or host function.
    Unsupported(&'static str),
}

/// Declared limits of an evaluation.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Instructions and terminators.
    pub steps: u64,
    /// Frames.
    pub depth: usize,
    /// Elements of all arrays and slots of all objects.
    pub slots: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 10_000_000, depth: 10_000, slots: 10_000_000 }
    }
}

/// What an evaluation showed.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// The result as text (objects by class and fields), or the failure as text.
    pub result: Result<String, String>,
    /// What was printed.
    pub printed: String,
    /// Host calls that do more than look, and writes of storage, in order.
    pub trace: Vec<String>,
    /// What storage holds afterwards; nothing if the function failed, because that is undone.
    pub storage: Vec<String>,
    /// Instructions and terminators evaluated.
    pub steps: u64,
}

/// What of an outcome a pass must preserve: result, print, host calls, and storage afterwards.
pub type Observed<'o> = (&'o Result<String, String>, &'o str, Vec<&'o str>, &'o [String]);

impl Outcome {
    /// Everything that a pass must preserve: all but the steps, and how often storage was written
    /// before it came to hold what it holds.
    pub fn observed(&self) -> Observed<'_> {
        let trace = self.trace.iter().map(String::as_str);
        let calls = trace.filter(|line| !line.starts_with("storage.")).collect();
        (&self.result, &self.printed, calls, &self.storage)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.result {
            Ok(text) => writeln!(f, "result {text}")?,
            Err(text) => writeln!(f, "failure {text}")?,
        }
        if !self.printed.is_empty() {
            writeln!(f, "printed {:?}", self.printed)?;
        }
        for line in &self.trace {
            writeln!(f, "effect {line}")?;
        }
        Ok(())
    }
}

/// Evaluates a function of a module on constants.
pub fn eval(module: &Module, func: FuncId, args: &[Const], limits: Limits) -> Outcome {
    let mut evaluator = Evaluator {
        module,
        limits,
        heap: Heap::new(limits.slots),
        globals: module.globals.iter().map(|global| Val::zero(global.ty)).collect(),
        storage: BTreeMap::new(),
        frames: Vec::new(),
        printed: String::new(),
        trace: Vec::new(),
        steps: 0,
    };
    let args = args.iter().cloned().map(Val::Const).collect();
    let result = match evaluator.run(func, args) {
        Ok(None) => Ok("()".to_owned()),
        Ok(Some(value)) => Ok(evaluator.describe(&value)),
        Err(failure) => Err(evaluator.describe_failure(&failure)),
    };
    let storage = if result.is_ok() { evaluator.shown_storage() } else { Vec::new() };
    let Evaluator { printed, trace, steps, .. } = evaluator;
    Outcome { result, printed, trace, storage, steps }
}

struct Frame<'a> {
    func: &'a Func,
    block: Block,
    next: usize,
    values: Vec<Option<Val>>,
    /// Whether the caller's instruction is `call.try`.
    catches: bool,
}

struct Evaluator<'a> {
    module: &'a Module,
    limits: Limits,
    heap: Heap,
    globals: Vec<Val>,
    /// Scalars have the empty key.
    storage: BTreeMap<(StorageId, Option<Vec<u8>>), Vec<u8>>,
    frames: Vec<Frame<'a>>,
    printed: String,
    trace: Vec<String>,
    steps: u64,
}

type Step<T> = Result<T, Failure>;

fn trap<T>(kind: TrapKind) -> Step<T> {
    Err(Failure::Trap(kind, Val::NULL))
}

/// A trap with a text as its detail, as the machine gives it.
fn detailed<T>(kind: TrapKind, detail: &str) -> Step<T> {
    let units = detail.encode_utf16().collect();
    Err(Failure::Trap(kind, Val::Const(Const::String(units))))
}

impl<'a> Evaluator<'a> {
    fn run(&mut self, func: FuncId, args: Vec<Val>) -> Step<Option<Val>> {
        self.enter(func, args, false)?;
        loop {
            let done = self.step();
            let returned = match done {
                Ok(None) => continue,
                Ok(Some(value)) => Ok(value),
                Err(failure) => Err(failure),
            };
            if let Some(result) = self.leave(returned) {
                return result;
            }
        }
    }

    fn enter(&mut self, id: FuncId, args: Vec<Val>, catches: bool) -> Step<()> {
        if self.frames.len() >= self.limits.depth {
            return Err(Failure::Limit("depth"));
        }
        let func = &self.module.funcs[id];
        let mut values = vec![None; func.values.len()];
        for (param, arg) in func.params().iter().zip(args) {
            values[param.index()] = Some(arg);
        }
        self.frames.push(Frame { func, block: ENTRY, next: 0, values, catches });
        Ok(())
    }

    /// Ends the top frame with a result or failure. The outcome of the whole, if that was all.
    fn leave(&mut self, returned: Step<Option<Val>>) -> Option<Step<Option<Val>>> {
        let mut returned = returned;
        loop {
            let Some(frame) = self.frames.pop() else { return Some(returned) };
            let Some(caller) = self.frames.last() else { return Some(returned) };
            let called = &caller.func.blocks[caller.block].insts[caller.next - 1];
            let value = match (returned, frame.catches) {
                (Ok(value), false) => value,
                (Ok(value), true) => {
                    Some(self.status(0, value.unwrap_or(Val::Const(Const::Unit)), Val::NULL))
                }
                (Err(Failure::Thrown(object)), true) => Some(self.status(1, object, Val::NULL)),
                (Err(Failure::Trap(kind, detail)), true) if kind.code() < CATCHABLE_END => {
                    Some(self.status(kind.code(), detail.clone(), detail))
                }
                (Err(failure), _) => {
                    returned = Err(failure);
                    continue;
                }
            };
            if let (Some(result), Some(value), Some(caller)) =
                (called.result, value, self.frames.last_mut())
            {
                caller.values[result.index()] = Some(value);
            }
            return None;
        }
    }

    fn status(&mut self, status: i32, value: Val, detail: Val) -> Val {
        let status = Val::Boxed(builtin::INT, Const::I32(status));
        self.heap.new_array(builtin::ARRAY_ANY, vec![status, value, detail])
    }

    /// One instruction or terminator of the top frame. `Some` when the frame returns.
    fn step(&mut self) -> Step<Option<Option<Val>>> {
        self.steps += 1;
        if self.steps > self.limits.steps {
            return Err(Failure::Limit("steps"));
        }
        let Some(frame) = self.frames.last_mut() else { return Ok(Some(None)) };
        let func: &'a Func = frame.func;
        let block = &func.blocks[frame.block];
        match block.insts.get(frame.next) {
            Some(inst) => {
                frame.next += 1;
                self.inst(inst)?;
                Ok(None)
            }
            None => self.terminator(&block.term),
        }
    }

    fn value(&self, value: Value) -> Val {
        let frame = self.frames.last();
        frame.and_then(|frame| frame.values[value.index()].clone()).unwrap_or(Val::NULL)
    }

    fn operands(&self, values: &[Value]) -> Vec<Val> {
        values.iter().map(|value| self.value(*value)).collect()
    }

    fn inst(&mut self, inst: &Inst) -> Step<()> {
        let args = self.operands(&inst.args);
        let value = match (inst.op, &inst.imm) {
            (Op::Call, Imm::Func(func)) => return self.enter(*func, args, false),
            (Op::CallTry, Imm::Func(func)) => return self.enter(*func, args, true),
            (Op::CallVirtual, Imm::Selector(selector)) => {
                let class = self.heap.class_of(&args[0]);
                if class == builtin::NULL {
                    return trap(TrapKind::Null);
                }
                return match self.module.classes[class].methods.get(selector) {
                    Some(func) => self.enter(*func, args, false),
                    None => trap(TrapKind::NoMethod),
                };
            }
            (Op::CallHost, Imm::Host(number)) => self.host(*number, &args)?,
            // Nobody has linked a library here.
            (Op::CallImport, _) => return trap(TrapKind::NoMethod),
            _ => self.compute(inst.op, &inst.imm, args)?,
        };
        if let (Some(result), Some(value), Some(frame)) =
            (inst.result, value, self.frames.last_mut())
        {
            frame.values[result.index()] = Some(value);
        }
        Ok(())
    }

    fn terminator(&mut self, term: &Terminator) -> Step<Option<Option<Val>>> {
        let args = self.operands(&term.args);
        let taken = match (term.op, &term.imm) {
            (Op::Jump, _) => 0,
            (Op::Branch, _) => usize::from(args[0] == Val::Const(Const::I32(0))),
            (Op::Switch, Imm::Cases(cases)) => match &args[0] {
                Val::Const(Const::I32(value)) => cases.binary_search(value).unwrap_or(cases.len()),
                _ => cases.len(),
            },
            (Op::Return, _) => return Ok(Some(args.into_iter().next())),
            (Op::Throw, _) if args[0] == Val::NULL => return trap(TrapKind::Null),
            (Op::Throw, _) => return Err(Failure::Thrown(args[0].clone())),
            (Op::Abort, _) => {
                return match &args[0] {
                    Val::Const(Const::Bytes(bytes)) => Err(Failure::Abort(bytes.to_vec())),
                    _ => trap(TrapKind::Null),
                };
            }
            (Op::Trap, Imm::Trap(code)) => {
                return Err(Failure::Trap(TrapKind::Explicit(*code), args[0].clone()));
            }
            (Op::TailCall, Imm::Func(func)) => {
                let catches = self.frames.pop().is_some_and(|frame| frame.catches);
                self.enter(*func, args, catches)?;
                return Ok(None);
            }
            (op, _) => return Err(Failure::Unsupported(op.info().name)),
        };
        let target = &term.targets[taken];
        let passed = self.operands(&target.args);
        if let Some(frame) = self.frames.last_mut() {
            for (param, value) in frame.func.blocks[target.block].params.iter().zip(passed) {
                frame.values[param.index()] = Some(value);
            }
            frame.block = target.block;
            frame.next = 0;
        }
        Ok(None)
    }

    /// Host functions: printing prints; what looks gives fixed values; the rest leaves a trace and
    /// gives zero.
    fn host(&mut self, number: u16, args: &[Val]) -> Step<Option<Val>> {
        let Some(info) = host::by_number(number) else {
            return Err(Failure::Unsupported("call.host"));
        };
        if info.name == "host.print" {
            return match &args[0] {
                Val::Const(Const::String(units)) => {
                    self.printed.push_str(&String::from_utf16_lossy(units));
                    Ok(None)
                }
                _ => trap(TrapKind::Null),
            };
        }
        if args.contains(&Val::NULL) {
            return trap(TrapKind::Null);
        }
        if !info.row.is_within(host::Row::READ) {
            let args: Vec<String> = args.iter().map(|arg| self.describe(arg)).collect();
            self.trace.push(format!("{}({})", info.name, args.join(", ")));
        }
        Ok(info.result.ty().map(|ty| match ty {
            Type::Ref(builtin::BYTES) => Val::Const(Const::Bytes(vec![0; 20].into())),
            _ => Val::zero(ty),
        }))
    }

    fn describe_failure(&self, failure: &Failure) -> String {
        match failure {
            Failure::Thrown(object) => format!("thrown {}", self.describe(object)),
            Failure::Trap(kind, detail) => {
                format!("trap {} {}", kind.code(), self.describe(detail))
            }
            Failure::Abort(bytes) => format!("abort {bytes:?}"),
            Failure::Limit(name) => format!("limit {name}"),
            Failure::Unsupported(name) => format!("unsupported {name}"),
        }
    }

    fn describe(&self, value: &Val) -> String {
        self.heap.describe(self.module, value, 3)
    }
}

impl TrapKind {
    /// The status that `call.try` gives: the trap codes of the machine.
    pub fn code(self) -> i32 {
        match self {
            TrapKind::Null => 5,
            TrapKind::Index => 3,
            TrapKind::Cast => 4,
            TrapKind::DivisionByZero => 2,
            TrapKind::Overflow => 6,
            TrapKind::NumberFormat => 7,
            TrapKind::Malformed => 10,
            TrapKind::NegativeSize => 8,
            TrapKind::NoMethod => 11,
            TrapKind::Explicit(code) => i32::from(code),
        }
    }
}

impl From<fvm_arith::Fault> for TrapKind {
    fn from(fault: fvm_arith::Fault) -> TrapKind {
        use fvm_arith::Fault;
        match fault {
            Fault::DivisionByZero => TrapKind::DivisionByZero,
            Fault::Overflow => TrapKind::Overflow,
            Fault::NumberFormat => TrapKind::NumberFormat,
            Fault::Index => TrapKind::Index,
            Fault::Malformed => TrapKind::Malformed,
        }
    }
}

/// The functions of a module by name, for tests.
pub fn func_named(module: &Module, name: &str) -> Option<FuncId> {
    let funcs: &IndexVec<FuncId, Func> = &module.funcs;
    funcs.iter_enumerated().find(|(_, func)| func.name == name).map(|(id, _)| id)
}
