//! Calls of compiled code: on a native stack that is large enough whatever the code does.

use crate::compile::Shape;
use crate::context::{Callback, Context};
use crate::limits;
use crate::memory::Stack;
use crate::program::Program;
use crate::run::{Failure, Run};
use fvm_isa::{FunctionId, TrapCode};
use fvm_vm::engine::{Finish, Stop};
use fvm_vm::{Host, Machine, Outcome, Value};

/// Calls functions of a program, and keeps the native stack from call to call.
#[derive(Debug, Default)]
pub struct Runner {
    stack: Option<Stack>,
}

impl Runner {
    /// A runner that has no stack yet.
    pub fn new() -> Runner {
        Runner::default()
    }

    /// Calls a function as [`Machine::call`] does, with the same outcome; instructions are not
    /// counted. A machine of another module, or one whose limits are out of proportion, is left to
    /// the reference engine.
    pub fn call<'m>(
        &mut self,
        program: &Program<'m>,
        machine: &mut Machine<'m>,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        host: &mut dyn Host,
    ) -> Outcome {
        let is_ready =
            std::ptr::eq(program.module(), machine.verified()) && self.reserve(program, machine);
        match thunk(program, function).filter(|_| is_ready) {
            None => machine.call(function, args, gas, host),
            Some(thunk) => machine.call_by(function, args, gas, |machine| {
                self.run(program, machine, function, thunk, host)
            }),
        }
    }

    /// Makes sure that the stack is large enough: a frame for every call that the machine's limits
    /// allow, each as large as the largest, and what callbacks need.
    fn reserve(&mut self, program: &Program<'_>, machine: &Machine<'_>) -> bool {
        let limits = machine.limits();
        if limits.call_depth.max(limits.stack_slots) > limits::FRAME_COUNT_MAX {
            return false;
        }
        // The first call, and the one whose frame is found to be too deep.
        let frames = limits.call_depth + 2;
        let bytes = frames * program.report().frame_bytes + limits::HOST_STACK_BYTES;
        if bytes > limits::STACK_BYTES_MAX {
            return false;
        }
        if self.stack.as_ref().is_none_or(|stack| stack.bytes() < bytes) {
            self.stack = Stack::new(bytes).ok();
        }
        self.stack.is_some()
    }

    fn run<'m>(
        &mut self,
        program: &Program<'m>,
        machine: &mut Machine<'m>,
        function: FunctionId,
        thunk: usize,
        host: &mut dyn Host,
    ) -> Finish {
        let limits = machine.limits();
        let code = machine.verified().code();
        let sizes = machine.sizes().allocate;
        let prices = machine.prices();
        let gas = machine.gas();
        let parts = machine.parts();
        let mut run = Run {
            machine,
            host,
            program,
            code,
            depth: 0,
            failure: None,
            locations: Vec::new(),
            is_doubled: false,
        };
        let mut context = Context {
            stopped: 0,
            gas,
            arena: parts.arena,
            arena_top: parts.arena_top,
            arena_end: parts.arena_end,
            globals: parts.globals,
            window: parts.window,
            prices: prices.start,
            ancestors: code.ancestors().0.as_ptr(),
            methods: program.methods().as_ptr(),
            allocate_base: sizes.base.into(),
            allocate_unit: sizes.per_unit.into(),
            callbacks: Callback::all(),
            run: (&raw mut run).cast(),
        };
        let frame = (limits.call_depth as u64) << 32 | limits.stack_slots as u64;
        let target = program.entry(function);
        let Some(stack) = &mut self.stack else {
            return Finish::Trapped(TrapCode::HOST_FAULT, 0, Vec::new());
        };
        // SAFETY: thunk and target are of one shape and of this program, which was made from the
        // machine's module; `reserve` has proved the size of the stack: frames are at most as many
        // as the frame counter lets pass, and none is larger than the report says. Arguments have
        // the types of the parameters (checked when they were placed), so by rules V4 to V6 and V10
        // to V14 every register holds what its type says, and every reference an object of the
        // arena whose layout its class gives.
        unsafe { stack.enter(thunk, &raw mut context, frame, target) };
        run.machine.set_gas(context.gas);
        run.machine.set_arena_top(context.arena_top);
        match run.failure.take() {
            None => Finish::Returned(run.machine.slot(0)),
            Some(Failure::Thrown(object)) => Finish::Thrown(object, run.locations),
            Some(Failure::Stop(Stop::Trap(code, detail))) => {
                Finish::Trapped(code, detail, run.locations)
            }
            Some(Failure::Stop(Stop::Abort(problem))) => Finish::Aborted(problem),
            Some(Failure::Panic(panic)) => std::panic::resume_unwind(panic),
        }
    }
}

/// The thunk for a function; none if there is no such function.
fn thunk(program: &Program<'_>, function: FunctionId) -> Option<usize> {
    let function = program.module().module().functions.get(function.index())?;
    program.thunk(&Shape::of(&function.params, function.result))
}
