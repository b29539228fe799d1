//! The side of the engine while compiled code runs: the functions that it calls back.
//!
//! Every function here gets the context of the run that called it, and nobody else holds the run,
//! the machine or the host at that time: compiled code is all that runs between `runner` and them,
//! and it keeps no reference of Rust's. They never unwind into compiled code: a panic of
//! a host waits in the run until the call has ended.

use crate::context::{Context, Stored};
use crate::program::Program;
use fvm_isa::{BlockId, ClassId, FunctionId, SelectorId, StorageId, TrapCode};
use fvm_vm::engine::{Code, Finish, LOCATIONS_MAX, Stop};
use fvm_vm::{Host, Limits, Location, Machine, Slot};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why compiled code ends without a value.
pub(crate) enum Failure {
    /// An object was thrown.
    Thrown(Slot),
    /// A trap or abort.
    Stop(Stop),
    /// The host panicked.
    Panic(Box<dyn Any + Send>),
}

/// A run of compiled code.
pub(crate) struct Run<'m, 'h> {
    pub machine: &'h mut Machine<'m>,
    pub host: &'h mut dyn Host,
    pub program: &'h Program,
    pub code: Code<'m>,
    /// Active calls when the failure happened.
    pub depth: u64,
    pub failure: Option<Failure>,
    /// Where it happened, innermost first.
    pub locations: Vec<Location>,
    /// The next location counts twice: the trap of a callee without room belongs to its caller.
    pub is_doubled: bool,
}

impl Run<'_, '_> {
    /// Active calls of the function with this frame counter.
    fn depth_of(&self, frame: u64) -> u64 {
        let left = (frame >> 32) as i32;
        (self.machine.limits().call_depth as i64 - i64::from(left)).max(0) as u64
    }

    fn note(&mut self, pc: u32) {
        let times = if std::mem::take(&mut self.is_doubled) { 2 } else { 1 };
        for _ in 0..times {
            if self.locations.len() < LOCATIONS_MAX {
                self.locations.push(self.code.locate(pc));
            }
        }
    }

    fn fail(&mut self, failure: Failure, frame: u64) {
        self.depth = self.depth_of(frame);
        self.failure = Some(failure);
    }

    /// What an instruction gave, unless it stopped the run.
    #[inline]
    fn unless_stopped<T>(&mut self, result: Result<T, Stop>, pc: u32, frame: u64) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(stop) => {
                self.note(pc);
                self.fail(Failure::Stop(stop), frame);
                None
            }
        }
    }

    /// What is left of the machine's limits for a function with this frame counter.
    fn limits_left(&self, frame: u64) -> Limits {
        Limits {
            call_depth: (frame >> 32) as usize,
            stack_slots: frame as u32 as usize,
            ..self.machine.limits()
        }
    }
}

/// Does `work` on the run with gas and arena as compiled code left them, and hands back what it
/// changed; a failure stops compiled code. A panic is kept.
///
/// # Safety
///
/// `context` is that of a run whose compiled code has just called back.
unsafe fn with(context: *mut Context, work: impl FnOnce(&mut Run<'static, 'static>, &mut Stored)) {
    // SAFETY: by this function's own contract context and run are alive, and compiled code, which
    // is the only other user, waits for this call.
    let (context, run) = unsafe { (&mut *context, &mut *(*context).run) };
    run.machine.set_gas(context.gas);
    run.machine.set_arena_top(context.arena_top);
    let result = catch_unwind(AssertUnwindSafe(|| work(run, &mut context.stored)));
    if let Err(panic) = result {
        run.failure = Some(Failure::Panic(panic));
    }
    context.gas = run.machine.gas();
    context.place(run.machine.parts());
    context.stopped = u32::from(run.failure.is_some());
}

/// The functions that compiled code calls back; each is called with its context,
/// as `with` demands.
macro_rules! callbacks {
    ($($(#[$meta:meta])*
        fn $name:ident($run:ident, $stored:pat $(, $argument:ident: $ty:ty)*) $body:block)*) => {$(
        $(#[$meta])*
        ///
        /// # Safety
        ///
        /// As for [`with`].
        pub(crate) unsafe extern "C" fn $name(context: *mut Context, $($argument: $ty),*) {
            // SAFETY: the contract is the same.
            unsafe { with(context, |$run, $stored| $body) }
        }
    )*};
}

callbacks! {
    /// Executes an instruction in the window.
    fn step(run, _, pc: u32, frame: u64) {
        let done = run.machine.step(run.host, pc, 0);
        run.unless_stopped(done, pc, frame);
    }

    /// A trap without detail.
    fn stop(run, _, pc: u32, code: u32, frame: u64) {
        run.note(pc);
        run.fail(Failure::Stop(Stop::Trap(TrapCode(code as u16), 0)), frame);
    }

    /// A throw, or a trap with a detail.
    fn fail(run, _, pc: u32, code: u32, low: u64, high: u64, frame: u64) {
        let value = slot(low, high);
        run.note(pc);
        let failure = match code {
            THROWN => Failure::Thrown(value),
            _ => Failure::Stop(Stop::Trap(TrapCode(code as u16), value)),
        };
        run.fail(failure, frame);
    }

    /// The trap of an index, or of a sequence that is null.
    fn bad_index(run, _, pc: u32, index: i32, low: u64, high: u64, frame: u64) {
        let stop = match slot(low, high) {
            0 => Stop::Trap(TrapCode::NULL_POINTER, 0),
            sequence => run.machine.bad_index(index, sequence),
        };
        run.note(pc);
        run.fail(Failure::Stop(stop), frame);
    }

    /// A call at this pc does not return.
    fn unwound(run, _, pc: u32) {
        run.note(pc);
    }

    /// The frame counter says that there are too many calls, or too many slots.
    fn too_deep(run, _, frame: u64) {
        run.is_doubled = (frame >> 32) as i32 >= 0;
        run.fail(Failure::Stop(Stop::Trap(TrapCode::STACK_OVERFLOW, 0)), frame);
    }

    /// A function that a call catches returned: its value is in the window, and so is what the call
    /// gives.
    fn returned(run, _, pc: u32, frame: u64) {
        match run.machine.returned(run.machine.slot(0)) {
            Ok(result) => run.machine.set_slot(0, result),
            Err(stop) => {
                run.note(pc);
                run.fail(Failure::Stop(stop), frame);
            }
        }
    }

    /// A function that a call catches did not return: what the call gives is in the window, if the
    /// failure can be caught.
    fn catch(run, _, pc: u32, frame: u64) {
        let (status, value) = match &run.failure {
            Some(Failure::Thrown(object)) => (THROWN as i32, *object),
            Some(Failure::Stop(Stop::Trap(code, detail))) if code.is_catchable() => {
                (i32::from(code.0), *detail)
            }
            _ => return run.note(pc),
        };
        let frames = run.depth.saturating_sub(run.depth_of(frame));
        if let Err(stop) = run.machine.unwind(frames) {
            run.note(pc);
            return run.fail(Failure::Stop(stop), frame);
        }
        run.locations.clear();
        run.failure = None;
        match run.machine.caught(status, value) {
            Ok(result) => run.machine.set_slot(0, result),
            Err(stop) => {
                run.note(pc);
                run.fail(Failure::Stop(stop), frame);
            }
        }
    }

    /// Runs a function with the reference engine from a block on, what is live there and its result
    /// in the window.
    fn interpret(run, _, function: u32, block: u32, frame: u64) {
        let limits = run.limits_left(frame);
        let depth = run.depth_of(frame);
        let place = (FunctionId(function as u16), BlockId(block as u16));
        let (finish, inner) = run.machine.interpret(run.host, place, limits);
        let (failure, locations) = match finish {
            Finish::Returned(value) => return run.machine.set_slot(0, value),
            Finish::Thrown(object, locations) => (Failure::Thrown(object), locations),
            Finish::Trapped(code, detail, locations) => {
                (Failure::Stop(Stop::Trap(code, detail)), locations)
            }
            Finish::Aborted(problem) => (Failure::Stop(Stop::Abort(problem)), Vec::new()),
        };
        run.locations = locations;
        run.depth = depth + inner;
        run.failure = Some(failure);
    }

    /// `storage.get`.
    fn storage_get(run, stored, pc: u32, field: u32, frame: u64) {
        let value = run.machine.storage_get(run.host, StorageId(field as u16));
        if let Some(value) = run.unless_stopped(value, pc, frame) {
            // Whether it was there is not asked.
            *stored = Stored::new(value, true);
        }
    }

    /// `storage.set`.
    fn storage_set(run, _, pc: u32, field: u32, low: u64, high: u64, frame: u64) {
        let done = run.machine.storage_set(run.host, StorageId(field as u16), slot(low, high));
        run.unless_stopped(done, pc, frame);
    }

    /// `storage.map_find`.
    fn map_find(run, stored, pc: u32, field: u32, low: u64, high: u64, frame: u64) {
        let found = run.machine.map_find(run.host, StorageId(field as u16), slot(low, high));
        if let Some((value, is_found)) = run.unless_stopped(found, pc, frame) {
            *stored = Stored::new(value, is_found);
        }
    }

    /// `storage.map_set`.
    fn map_set(
        run,
        _,
        pc: u32,
        field: u32,
        key_low: u64,
        key_high: u64,
        low: u64,
        high: u64,
        frame: u64
    ) {
        let (key, value) = (slot(key_low, key_high), slot(low, high));
        let done = run.machine.map_set(run.host, StorageId(field as u16), key, value);
        run.unless_stopped(done, pc, frame);
    }
}

fn slot(low: u64, high: u64) -> Slot {
    Slot::from(low) | Slot::from(high) << 64
}

/// The code of `fail` for a throw: the status that `call.try` gives.
pub(crate) const THROWN: u32 = 1;

/// The entry of the function that a class gives for a selector, or 0.
///
/// # Safety
///
/// As for [`with`].
pub(crate) unsafe extern "C" fn answer(context: *mut Context, class: u64, selector: u32) -> usize {
    // SAFETY: as in `with`; the run is only read.
    let run = unsafe { &*(*context).run };
    let function = run.code.answer(ClassId(class as u16), SelectorId(selector as u16));
    function.map_or(0, |function| run.program.entry(function))
}
