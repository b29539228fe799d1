//! Calls of compiled code: on a native stack that is large enough whatever the code does.

use crate::context::{Callback, Context, Stored};
use crate::limits;
use crate::memory::Stack;
use crate::program::Program;
use crate::run::{Failure, Run};
use crate::translate::Table;
use fvm_isa::FunctionId;
use fvm_vm::engine::{Engine, Finish, Stop, Tier};
use fvm_vm::{Host, Machine};

impl Engine for Program {
    fn name(&self) -> &'static str {
        self.name
    }

    /// A machine of another module, or one whose limits are out of proportion, is left to the
    /// reference engine.
    fn run(
        &self,
        machine: &mut Machine<'_>,
        host: &mut dyn Host,
        function: FunctionId,
    ) -> Option<Finish> {
        let thunk = self.thunk(function)?;
        if self.code_hash != machine.verified().code_hash() {
            return None;
        }
        let functions = &machine.verified().module().functions;
        let registers = functions.get(function.index())?.registers;
        let limits = machine.limits();
        if limits.call_depth.max(limits.stack_slots) > limits::FRAME_COUNT_MAX
            || usize::from(registers) > limits.stack_slots
        {
            return None;
        }
        let bytes = self.stack_bytes(limits.call_depth)?;
        let mut stack = self.stacks.take(bytes).ok()?;
        self.enter(&mut stack, machine, function, thunk, host)
    }
}

impl Program {
    /// The size of a stack that is large enough: a frame for every call that the limit allows, each
    /// as large as the largest, and what callbacks need.
    fn stack_bytes(&self, call_depth: usize) -> Option<usize> {
        // The first call, and the one whose frame is found to be too deep.
        let frames = (call_depth + 2).checked_mul(self.report().frame_bytes)?;
        let bytes = frames.checked_add(limits::HOST_STACK_BYTES)?;
        (bytes <= limits::STACK_BYTES_MAX).then_some(bytes)
    }

    fn enter(
        &self,
        stack: &mut Stack,
        machine: &mut Machine<'_>,
        function: FunctionId,
        thunk: usize,
        host: &mut dyn Host,
    ) -> Option<Finish> {
        let limits = machine.limits();
        let code = machine.verified().code();
        let sizes = machine.sizes().allocate;
        let own_table;
        // The machine keeps what is derived as long as it lives.
        let table = match machine.derived().of(Tier::Compiled, || Box::new(Table::new(machine))) {
            Some(table) => table.start(),
            None => {
                own_table = Table::new(machine);
                own_table.start()
            }
        };
        let gas = machine.gas();
        let parts = machine.parts();
        let mut run = Run {
            machine,
            host,
            program: self,
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
            gas_table: table,
            ancestors: code.ancestors().0.as_ptr(),
            methods: self.methods().as_ptr(),
            allocate_base: sizes.base.into(),
            allocate_unit: sizes.per_unit.into(),
            stored: Stored::default(),
            callbacks: Callback::all(),
            run: (&raw mut run).cast(),
        };
        let frame = (limits.call_depth as u64) << 32 | limits.stack_slots as u64;
        let target = self.entry(function);
        // SAFETY: thunk and target are of one shape and of this program, which was made from the
        // machine's module, which the hash says. The stack has room for as many frames as the frame
        // counter lets pass, and none is larger than the report says. Arguments have the types of
        // the parameters (checked when they were placed), so by rules V4 to V6 and V10 to V14 every
        // register holds what its type says, and every reference is null or an object of the arena
        // whose layout its class gives.
        unsafe { stack.enter(thunk, &raw mut context, frame, target) };
        run.machine.set_gas(context.gas);
        run.machine.set_arena_top(context.arena_top);
        Some(match run.failure.take() {
            None => Finish::Returned(run.machine.slot(0)),
            Some(Failure::Thrown(object)) => Finish::Thrown(object, run.locations),
            Some(Failure::Stop(Stop::Trap(code, detail))) => {
                Finish::Trapped(code, detail, run.locations)
            }
            Some(Failure::Stop(Stop::Abort(problem))) => Finish::Aborted(problem),
            Some(Failure::Panic(panic)) => std::panic::resume_unwind(panic),
        })
    }
}
