//! The engine: a match loop over flat code.
//!
//! Relies on the verifier for types, windows, targets and definite assignment; an index of its own
//! is always checked by the slices. Gas is taken at the entry of a block for all of it (rule G1)
//! and before work that depends on a size (G3), so a trap inside a block has paid for the block.
//!
//! Registers of a frame are a window of 256 slots on one stack; the window of a call starts at a
//! register of the caller's, and the result comes back there.

mod array;
mod bytes;
mod outside;
pub(crate) mod slot;
mod step;
pub(crate) mod storage;
mod text;

pub(crate) use array::try_result;

use crate::host::Host;
use crate::machine::{Frame, Machine, Step};
use crate::outcome::Location;
use crate::store::{Stop, trap};
use crate::value::{NULL, Slot};
use fvm_isa::{BlockId, FunctionId, Reg, TrapCode};
use step::execute;

/// How a run ends; slots are still those of the machine.
#[derive(Debug)]
pub enum Finish {
    /// With a value; the unit value if the function has no result.
    Returned(Slot),
    /// With an object that nobody caught, and where it was thrown, innermost first.
    Thrown(Slot, Vec<Location>),
    /// With a trap and its detail, and where it happened.
    Trapped(TrapCode, Slot, Vec<Location>),
    /// By `abort`, with an encoded problem.
    Aborted(Vec<u8>),
}

/// Where a run is, outside of the registers.
#[derive(Clone, Copy)]
struct Position {
    /// The next instruction.
    pc: u32,
    /// The first slot of the window.
    base: u32,
    /// The first block of the function, among all blocks.
    first_block: u32,
}

/// Locations kept of a stack that nobody unwinds: the innermost ones.
pub(crate) const TRACE_LENGTH: usize = 64;

/// The status that `call.try` gives for a thrown object.
pub(crate) const THROWN: i32 = 1;

/// What an instruction does to the flow of control.
enum Exit {
    /// Return with a value to a caller that catches, or from the first function.
    Return(Slot),
    /// A call that catches, in the window at the register.
    CatchingCall { window: Reg, function: FunctionId },
    /// A call that takes the place of the running function, arguments in the window.
    TailCall { window: Reg, function: FunctionId },
    /// An object is thrown.
    Throw(Slot),
    /// A trap or abort.
    Stop(Stop),
    /// The one instruction that was asked for is done.
    Stepped,
}

/// Runs a function whose arguments lie at the start of the stack.
pub(crate) fn run<const TRACE: bool>(
    machine: &mut Machine<'_>,
    host: &mut dyn Host,
    function: FunctionId,
    watch: &mut dyn FnMut(&Step<'_>),
) -> Finish {
    run_from::<TRACE>(machine, host, (function, BlockId(0)), watch)
}

/// Runs a function from one of its blocks on, what is live there at the start of the stack.
pub(crate) fn run_from<const TRACE: bool>(
    machine: &mut Machine<'_>,
    host: &mut dyn Host,
    (function, block): (FunctionId, BlockId),
    watch: &mut dyn FnMut(&Step<'_>),
) -> Finish {
    let mut at = Position { pc: 0, base: 0, first_block: 0 };
    let mut exit = match enter_at(machine, &mut at, 0, (function, block)) {
        Ok(()) => execute::<TRACE, false>(machine, host, &mut at, watch),
        Err(stop) => Exit::Stop(stop),
    };
    loop {
        let next = match exit {
            Exit::CatchingCall { window, function } => {
                let caller = Frame {
                    return_pc: at.pc,
                    base: at.base,
                    first_block: at.first_block,
                    is_catching: true,
                };
                let base = at.base + u32::from(window.0);
                push(machine, caller).and_then(|()| enter(machine, &mut at, base, function))
            }
            Exit::TailCall { window, function } => {
                let count = machine.module.parameter_count(function);
                let from = at.base as usize + window.index();
                machine.stack.copy_within(from..from + count, at.base as usize);
                let base = at.base;
                enter(machine, &mut at, base, function)
            }
            Exit::Return(value) => match leave(machine, &mut at, value) {
                Ok(None) => Ok(()),
                Ok(Some(value)) => return Finish::Returned(value),
                Err(stop) => Err(stop),
            },
            Exit::Throw(object) => match unwind(machine, &mut at, THROWN, object, NULL) {
                Ok(true) => Ok(()),
                Ok(false) => return Finish::Thrown(object, locations(machine, at)),
                Err(stop) => Err(stop),
            },
            Exit::Stop(Stop::Abort(problem)) => return Finish::Aborted(problem),
            Exit::Stop(Stop::Trap(code, detail)) if code.is_catchable() => {
                match unwind(machine, &mut at, i32::from(code.0), detail, detail) {
                    Ok(true) => Ok(()),
                    Ok(false) => return Finish::Trapped(code, detail, locations(machine, at)),
                    Err(stop) => Err(stop),
                }
            }
            Exit::Stop(Stop::Trap(code, detail)) => {
                return Finish::Trapped(code, detail, locations(machine, at));
            }
            // Nobody asked for one instruction only.
            Exit::Stepped => Ok(()),
        };
        exit = match next {
            Ok(()) => execute::<TRACE, false>(machine, host, &mut at, watch),
            Err(stop) => Exit::Stop(stop),
        };
    }
}

/// Executes one instruction in the window at a slot of the stack, without its price. It must be no
/// call of a function and no terminator but `abort`.
pub(crate) fn single(
    machine: &mut Machine<'_>,
    host: &mut dyn Host,
    pc: u32,
    base: u32,
) -> Result<(), Stop> {
    let mut at = Position { pc, base, first_block: 0 };
    match execute::<false, true>(machine, host, &mut at, &mut |_| {}) {
        Exit::Stepped => Ok(()),
        Exit::Stop(stop) => Err(stop),
        _ => Err(trap(TrapCode::HOST_FAULT)),
    }
}

/// Notes how the caller goes on.
#[inline]
fn push(machine: &mut Machine<'_>, caller: Frame) -> Result<(), Stop> {
    if machine.frames.len() >= machine.limits.call_depth {
        return Err(trap(TrapCode::STACK_OVERFLOW));
    }
    machine.frames.push(caller);
    Ok(())
}

/// Goes to the entry of a function with its window at `base`.
#[inline]
fn enter(
    machine: &mut Machine<'_>,
    at: &mut Position,
    base: u32,
    function: FunctionId,
) -> Result<(), Stop> {
    enter_at(machine, at, base, (function, BlockId(0)))
}

/// Goes to a block of a function with its window at `base`.
#[inline]
fn enter_at(
    machine: &mut Machine<'_>,
    at: &mut Position,
    base: u32,
    (function, block): (FunctionId, BlockId),
) -> Result<(), Stop> {
    let entry = machine.store.image.functions[function.index()];
    let end = base as usize + entry.registers as usize;
    if end > machine.limits.stack_slots {
        // The trap belongs to the caller, whose record was just made.
        return Err(trap(TrapCode::STACK_OVERFLOW));
    }
    let needed = base as usize + 256;
    if machine.stack.len() < needed {
        let length = needed.max(machine.stack.len() * 2);
        machine.stack.resize(length, NULL);
    }
    at.base = base;
    at.first_block = entry.first_block;
    let block = machine.blocks[entry.first_block as usize + block.index()];
    at.pc = block.pc;
    machine.instructions += u64::from(block.length);
    machine.moves += u64::from(block.moves);
    machine.store.charge(block.price).inspect_err(|_| at.pc += 1)
}

/// Returns to the caller; without one, gives the value back.
fn leave(machine: &mut Machine<'_>, at: &mut Position, value: Slot) -> Result<Option<Slot>, Stop> {
    let Some(caller) = machine.frames.pop() else { return Ok(Some(value)) };
    let callee_base = at.base as usize;
    *at = Position { pc: caller.return_pc, base: caller.base, first_block: caller.first_block };
    let value = match caller.is_catching {
        true => try_result(&mut machine.store, 0, value, NULL)?,
        false => value,
    };
    machine.stack[callee_base] = value;
    Ok(None)
}

/// Goes to the innermost call that catches and gives it status and value; false if there is none,
/// and then nothing has changed. The price is taken before.
fn unwind(
    machine: &mut Machine<'_>,
    at: &mut Position,
    status: i32,
    value: Slot,
    detail: Slot,
) -> Result<bool, Stop> {
    let Some(catching) = machine.frames.iter().rposition(|frame| frame.is_catching) else {
        return Ok(false);
    };
    let frames = (machine.frames.len() - catching) as u64;
    machine.store.charge(machine.store.sizes.unwind.price(frames))?;
    let callee_base = match machine.frames.get(catching + 1) {
        Some(inner) => inner.base,
        None => at.base,
    };
    let caller = machine.frames[catching];
    machine.frames.truncate(catching);
    *at = Position { pc: caller.return_pc, base: caller.base, first_block: caller.first_block };
    let result = try_result(&mut machine.store, status, value, detail)?;
    machine.stack[callee_base as usize] = result;
    Ok(true)
}

/// The stack, innermost first. Every position is behind the instruction that it means.
fn locations(machine: &Machine<'_>, at: Position) -> Vec<Location> {
    let callers = machine.frames.iter().rev().map(|frame| frame.return_pc);
    let pcs = std::iter::once(at.pc).chain(callers);
    pcs.take(TRACE_LENGTH).map(|pc| machine.store.image.locate(pc.saturating_sub(1))).collect()
}
