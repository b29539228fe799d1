//! Runs of handlers, and what happens between two of them: rare instructions, growing, failures.
//!
//! While handlers run, nobody uses the machine: they work on pointers that were taken from it just
//! before. The driver hands gas and arena back to the machine whenever it needs it, and takes the
//! pointers anew.

use crate::context::{Context, Exit};
use crate::decode::Place;
use crate::handlers::control::{CALL_WORDS, head};
use crate::program::Program;
use crate::state::State;
use crate::word::{Return, Word};
use fvm_isa::{FunctionId, Inst, TrapCode};
use fvm_vm::engine::{Engine, Finish, LOCATIONS_MAX, Stop, UNIT_SLOT};
use fvm_vm::{Host, Location, Machine, Slot};
use std::mem::MaybeUninit;

/// Records of calls that need no memory of their own.
const FRAMES_INLINE: usize = 32;

/// Slots behind the start of a window that are there, whatever the frame needs.
const WINDOW_SLOTS: usize = 256;

/// The status that `call.try` gives for a thrown object.
const THROWN: i32 = 1;

impl Engine for Program {
    fn name(&self) -> &'static str {
        "threaded"
    }

    /// A machine of another module, or one with less room than the function needs, is left to the
    /// reference engine.
    fn run(
        &self,
        machine: &mut Machine<'_>,
        host: &mut dyn Host,
        function: FunctionId,
    ) -> Option<Finish> {
        if !self.is_of(machine) {
            return None;
        }
        let entry = self.entry(function)?;
        let callee = machine.verified().module().functions.get(function.index())?;
        if usize::from(callee.registers) > machine.limits().stack_slots {
            return None;
        }
        let has_result = callee.result.is_some();
        let code = self.code(machine);
        let mut frames = Frames::new();
        let mut driver = Driver::new(self, machine, host, code.start(), &mut frames);
        driver.run(entry, has_result)
    }
}

/// The records of calls.
struct Frames {
    inline: [MaybeUninit<Return>; FRAMES_INLINE],
    grown: Vec<Return>,
}

impl Frames {
    fn new() -> Frames {
        Frames { inline: [MaybeUninit::uninit(); FRAMES_INLINE], grown: Vec::new() }
    }

    fn start(&mut self) -> *mut Return {
        match self.grown.is_empty() {
            true => self.inline.as_mut_ptr().cast(),
            false => self.grown.as_mut_ptr(),
        }
    }

    fn capacity(&self) -> usize {
        if self.grown.is_empty() { FRAMES_INLINE } else { self.grown.len() }
    }
}

/// Why a call does not go on.
enum Failure {
    Thrown(Slot),
    Stop(Stop),
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Failure {
        Failure::Stop(stop)
    }
}

type Result<T> = std::result::Result<T, Failure>;

fn trap(code: TrapCode) -> Failure {
    Failure::Stop(Stop::Trap(code, 0))
}

/// A call of a function from outside.
struct Driver<'d, 'm> {
    program: &'d Program,
    machine: &'d mut Machine<'m>,
    host: &'d mut dyn Host,
    code: *const Word,
    frames: &'d mut Frames,
    cx: Context,
    /// The instruction that failed, if it is not the first that a handler stands for.
    failed: Option<u32>,
    /// The place where a failure happened counts twice: the trap of a callee without room for its
    /// registers belongs to its caller, whose record is made already.
    is_doubled: bool,
}

impl<'d, 'm> Driver<'d, 'm> {
    fn new(
        program: &'d Program,
        machine: &'d mut Machine<'m>,
        host: &'d mut dyn Host,
        code: *const Word,
        frames: &'d mut Frames,
    ) -> Driver<'d, 'm> {
        let (sizes, copy) = (machine.sizes().allocate, machine.sizes().copy);
        let (ancestors, ancestors_width) = machine.verified().code().ancestors();
        let cx = Context {
            exit: Exit::Running,
            ip: code,
            regs: std::ptr::null_mut(),
            gas: machine.gas(),
            arena: std::ptr::null_mut(),
            accumulator: 0,
            frames: std::ptr::null_mut(),
            arena_top: 0,
            arena_end: 0,
            globals: std::ptr::null_mut(),
            window_end: std::ptr::null_mut(),
            frames_end: std::ptr::null_mut(),
            code,
            allocate_base: sizes.base.into(),
            allocate_unit: sizes.per_unit.into(),
            copy_base: copy.base.into(),
            copy_unit: copy.per_unit.into(),
            ancestors: ancestors.as_ptr(),
            ancestors_width,
            #[cfg(tail_calls)]
            native_stack: 0,
        };
        Driver { program, machine, host, code, frames, cx, failed: None, is_doubled: false }
    }

    /// How it finishes; always, but then nobody has to copy it.
    fn run(&mut self, entry: usize, has_result: bool) -> Option<Finish> {
        self.machine.reserve_stack(WINDOW_SLOTS);
        self.place(0);
        let start = self.frames.start();
        // SAFETY: there is room for a record.
        unsafe { *start = self.word(self.program.decoded.done as usize) };
        self.cx.frames = start.wrapping_add(1);
        self.place_frames();
        self.cx.ip = self.word(entry);
        // SAFETY: a function begins here.
        let (_, price) = unsafe { head(self.cx.ip) };
        let mut result = self.pay(price);
        loop {
            if let Err(failure) = result
                && let Some(finish) = self.fail(failure)
            {
                return Some(finish);
            }
            self.enter();
            if self.cx.exit == Exit::Done {
                self.hand_back();
                let value = if has_result { self.machine.slot(0) } else { UNIT_SLOT };
                return Some(Finish::Returned(value));
            }
            result = self.between();
        }
    }

    /// The address of a word of the code.
    fn word(&self, at: usize) -> *const Word {
        self.code.wrapping_add(at)
    }

    /// Runs handlers until one returns for a reason.
    fn enter(&mut self) {
        self.cx.exit = Exit::Running;
        #[cfg(tail_calls)]
        {
            self.cx.native_stack = crate::state::native_stack();
        }
        loop {
            let Context { ip, regs, gas, arena, accumulator, .. } = self.cx;
            let state = State { ip, regs, gas, cx: &raw mut self.cx, arena, accumulator };
            // SAFETY: the code is that of the machine's module, which the serial number says. The
            // arguments have the types of the parameters (checked when they were placed), so by
            // rules V4 to V6 and V10 to V14 every register holds what its type says, and every
            // reference is null or an object of the arena whose layout its class gives. There are
            // 256 slots behind the start of each window, and room for records up to `frames_end`.
            unsafe { state.start() };
            if self.cx.exit != Exit::Running {
                return;
            }
        }
    }

    /// Takes the price of a block.
    fn pay(&mut self, price: u64) -> Result<()> {
        match self.cx.gas.checked_sub(price) {
            _ if cfg!(unmetered) => Ok(()),
            Some(gas) => {
                self.cx.gas = gas;
                Ok(())
            }
            None => {
                self.cx.gas = 0;
                Err(trap(TrapCode::OUT_OF_GAS))
            }
        }
    }

    /// Does what handlers have returned for.
    fn between(&mut self) -> Result<()> {
        match self.cx.exit {
            Exit::Step => {
                // SAFETY: the decoder wrote the number of the instruction behind the handler.
                let pc = unsafe { self.operands().int(0) as u32 };
                self.step(pc)?;
                self.cx.ip = self.cx.ip.wrapping_add(2);
                Ok(())
            }
            Exit::Redo => self.redo(),
            Exit::RedoBranch => self.fail_before_branch(),
            Exit::OutOfGas => {
                self.cx.gas = 0;
                Err(trap(TrapCode::OUT_OF_GAS))
            }
            Exit::NoRoom => self.make_room(),
            Exit::Virtual => self.call_virtual(),
            Exit::Caught => {
                let value = self.window_of_call();
                let value = match self.has_result() {
                    true => self.machine.slot(value),
                    false => UNIT_SLOT,
                };
                self.give(|machine| machine.returned(value))
            }
            Exit::Throw => match self.operand() {
                0 => Err(trap(TrapCode::NULL_POINTER)),
                object => Err(Failure::Thrown(object)),
            },
            Exit::Trap => {
                // SAFETY: the decoder wrote the code behind the register.
                let code = unsafe { self.operands().half(1) };
                let detail = self.operand();
                Err(Failure::Stop(Stop::Trap(TrapCode(code as u16), detail)))
            }
            // Handlers run on or have done: neither gets here.
            Exit::Running | Exit::Done => Err(trap(TrapCode::HOST_FAULT)),
            // Only handlers of the self-test say so.
            #[cfg(tail_calls)]
            Exit::Grown => Err(trap(TrapCode::HOST_FAULT)),
        }
    }

    /// For operands of the instruction.
    fn operands(&mut self) -> State {
        let Context { ip, regs, gas, arena, accumulator, .. } = self.cx;
        State { ip, regs, gas, cx: &raw mut self.cx, arena, accumulator }
    }

    /// What is in the register that the first operand names.
    fn operand(&mut self) -> Slot {
        // SAFETY: the decoder wrote a register as the first operand.
        let register = unsafe { self.operands().half(0) };
        let slot = self.window() + register / size_of::<Slot>();
        self.machine.slot(slot)
    }

    /// The first slot of the window.
    fn window(&mut self) -> usize {
        let (start, _) = self.machine.stack();
        (self.cx.regs as usize - start as usize) / size_of::<Slot>()
    }

    /// Gives gas and arena back to the machine.
    fn hand_back(&mut self) {
        self.machine.set_gas(self.cx.gas);
        self.machine.set_arena_top(self.cx.arena_top);
    }

    /// Takes gas, arena and stack from the machine, the window beginning at a slot.
    fn place(&mut self, window: usize) {
        self.cx.gas = self.machine.gas();
        self.cx.place(self.machine.parts());
        let (start, length) = self.machine.stack();
        let limit = self.machine.limits().stack_slots.min(isize::MAX as usize / 32);
        self.cx.regs = start.wrapping_add(window).cast();
        self.cx.window_end = start.wrapping_add(limit.min(length - WINDOW_SLOTS)).cast();
    }

    /// Notes how many records may be made without asking.
    fn place_frames(&mut self) {
        let most = self.machine.limits().call_depth.saturating_add(1);
        let count = self.frames.capacity().min(most);
        self.cx.frames_end = self.frames.start().wrapping_add(count);
    }

    /// Has the machine do something, in the window.
    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Machine<'m>, &mut dyn Host, usize) -> std::result::Result<T, Stop>,
    ) -> Result<T> {
        let window = self.window();
        self.hand_back();
        let result = work(self.machine, self.host, window);
        self.place(window);
        result.map_err(Failure::Stop)
    }

    /// Has the reference engine execute an instruction.
    fn step(&mut self, pc: u32) -> Result<()> {
        self.with(|machine, host, window| machine.step(host, pc, window))
    }

    /// Has the reference engine execute what the instruction stands for.
    fn redo(&mut self) -> Result<()> {
        let at = self.place_index(self.cx.ip);
        let places = &self.program.decoded.places;
        // A redone instruction ends no block, so there is a next one.
        let (Some(place), Some(next)) = (places.get(at), places.get(at + 1)) else {
            return Err(trap(TrapCode::HOST_FAULT));
        };
        for pc in place.pc..next.pc {
            self.failed = Some(pc);
            self.step(pc)?;
        }
        self.failed = None;
        self.cx.ip = self.word(next.word as usize);
        Ok(())
    }

    /// Has the reference engine execute the instruction before a branch, which fails.
    fn fail_before_branch(&mut self) -> Result<()> {
        self.step(self.pc())?;
        Err(trap(TrapCode::HOST_FAULT))
    }

    /// The number of the place of an instruction, or of the last one before.
    fn place_index(&self, ip: *const Word) -> usize {
        let word = (ip as usize - self.code as usize) / size_of::<Word>();
        let places = &self.program.decoded.places;
        places.partition_point(|place| place.word as usize <= word).saturating_sub(1)
    }

    fn place_of(&self, ip: *const Word) -> Place {
        self.program.decoded.places[self.place_index(ip)]
    }

    /// The last of the verified instructions that the one at an address stands for: a call, if one
    /// of them is.
    fn last_pc(&self, ip: *const Word) -> u32 {
        let at = self.place_index(ip);
        match self.program.decoded.places.get(at + 1) {
            Some(next) => next.pc - 1,
            None => self.program.decoded.places[at].pc,
        }
    }

    /// A call found no room for its record or its registers.
    fn make_room(&mut self) -> Result<()> {
        let pc = self.last_pc(self.cx.ip);
        self.failed = Some(pc);
        self.make_room_for(pc)?;
        self.failed = None;
        Ok(())
    }

    fn make_room_for(&mut self, pc: u32) -> Result<()> {
        let inst = &self.machine.verified().code().instructions()[pc as usize];
        let (base, function) = match inst {
            Inst::Call { base, function } | Inst::CallTry { base, function } => (*base, *function),
            Inst::Tailcall { function, .. } => return self.make_slots(0, *function),
            // A virtual call stands for itself alone, and its function is found once more.
            _ => {
                self.failed = None;
                return self.call_virtual();
            }
        };
        self.make_record()?;
        self.is_doubled = true;
        self.make_slots(base.index(), function)?;
        self.is_doubled = false;
        Ok(())
    }

    /// The number of the instruction.
    fn pc(&self) -> u32 {
        self.place_of(self.cx.ip).pc
    }

    /// Makes room for one more record, unless there are too many.
    fn make_record(&mut self) -> Result<()> {
        let start = self.frames.start();
        let count = (self.cx.frames as usize - start as usize) / size_of::<Return>();
        if count > self.machine.limits().call_depth {
            return Err(trap(TrapCode::STACK_OVERFLOW));
        }
        if count == self.frames.capacity() {
            if self.frames.grown.is_empty() {
                // SAFETY: all records up to the count are made.
                let made = unsafe { std::slice::from_raw_parts(start, count) };
                self.frames.grown = made.to_vec();
            }
            self.frames.grown.resize(count * 2, std::ptr::null());
            self.cx.frames = self.frames.start().wrapping_add(count);
            self.place_frames();
        }
        Ok(())
    }

    /// Makes room for the registers of a function in a window of this one, unless there are too
    /// many.
    fn make_slots(&mut self, base: usize, function: FunctionId) -> Result<()> {
        let window = self.window();
        let callee = &self.machine.verified().module().functions[function.index()];
        let end = window + base + usize::from(callee.registers);
        if end > self.machine.limits().stack_slots {
            return Err(trap(TrapCode::STACK_OVERFLOW));
        }
        let (_, length) = self.machine.stack();
        if end + WINDOW_SLOTS > length {
            self.hand_back();
            self.machine.reserve_stack((end + WINDOW_SLOTS).max(length * 2));
            self.place(window);
        }
        Ok(())
    }

    /// Makes a virtual call whose function is in no table, or for which there was no room.
    fn call_virtual(&mut self) -> Result<()> {
        let verified = self.machine.verified();
        let inst = &verified.code().instructions()[self.pc() as usize];
        let Inst::CallVirtual { base, selector } = inst else {
            return Err(trap(TrapCode::HOST_FAULT));
        };
        let window = self.window() + base.index();
        let class = fvm_isa::ClassId((self.machine.slot(window) >> 64) as u16);
        if class.0 == 0 {
            return Err(trap(TrapCode::NULL_POINTER));
        }
        let function = verified.code().answer(class, *selector);
        let function = function.ok_or(trap(TrapCode::NO_METHOD))?;
        self.make_record()?;
        self.is_doubled = true;
        self.make_slots(base.index(), function)?;
        self.is_doubled = false;
        // SAFETY: there is room for the record now.
        unsafe { *self.cx.frames = self.cx.ip.wrapping_add(CALL_WORDS) };
        self.cx.frames = self.cx.frames.wrapping_add(1);
        self.cx.regs = self.cx.regs.wrapping_add(base.index() * size_of::<Slot>());
        let entry = self.program.entry(function).ok_or(trap(TrapCode::HOST_FAULT))?;
        self.cx.ip = self.word(entry);
        // SAFETY: a function begins here.
        let (_, price) = unsafe { head(self.cx.ip) };
        self.pay(price)
    }

    /// The slot in which the call before the instruction has left its result.
    fn window_of_call(&mut self) -> usize {
        let pc = self.pc();
        let inst = &self.machine.verified().code().instructions()[pc as usize];
        let base = match inst {
            Inst::CallTry { base, .. } => base.index(),
            _ => 0,
        };
        self.window() + base
    }

    /// Whether the function of the call before the instruction has a result.
    fn has_result(&self) -> bool {
        let verified = self.machine.verified();
        match &verified.code().instructions()[self.pc() as usize] {
            Inst::CallTry { function, .. } => {
                verified.module().functions[function.index()].result.is_some()
            }
            _ => false,
        }
    }

    /// Puts what a call that catches gives where its window begins, and goes on behind it.
    fn give(
        &mut self,
        work: impl FnOnce(&mut Machine<'m>) -> std::result::Result<Slot, Stop>,
    ) -> Result<()> {
        let slot = self.window_of_call();
        let result = self.with(|machine, _, _| work(machine))?;
        self.machine.set_slot(slot, result);
        self.cx.ip = self.cx.ip.wrapping_add(1);
        Ok(())
    }

    /// Goes on at the innermost call that catches; without one, or if that cannot be paid for or
    /// the failure cannot be caught, the call from outside ends.
    fn fail(&mut self, mut failure: Failure) -> Option<Finish> {
        loop {
            let (status, value) = match &failure {
                Failure::Thrown(object) => (THROWN, *object),
                Failure::Stop(Stop::Trap(code, detail)) if code.is_catchable() => {
                    (i32::from(code.0), *detail)
                }
                Failure::Stop(_) => return Some(self.finish(failure)),
            };
            let Some(calls) = self.calls_to_catching() else {
                return Some(self.finish(failure));
            };
            let caught = self
                .with(|machine, _, _| machine.unwind(calls as u64))
                .and_then(|()| self.unwind(calls))
                .and_then(|()| self.give(|machine| machine.caught(status, value)));
            match caught {
                Ok(()) => return None,
                Err(next) => failure = next,
            }
        }
    }

    /// How many calls end if the innermost one that catches goes on.
    fn calls_to_catching(&mut self) -> Option<usize> {
        let count = (self.cx.frames as usize - self.frames.start() as usize) / size_of::<Return>();
        let caught: crate::word::Handler = crate::handlers::control::caught;
        (1..=count).find(|calls| {
            // SAFETY: the records up to the count are made, and point to instructions.
            let handler = unsafe { (**self.cx.frames.sub(*calls)).handler };
            std::ptr::fn_addr_eq(handler, caught)
        })
    }

    /// Ends so many calls: behind the outermost of them the instruction is what catches.
    fn unwind(&mut self, calls: usize) -> Result<()> {
        self.failed = None;
        for _ in 0..calls {
            self.cx.frames = self.cx.frames.wrapping_sub(1);
            // SAFETY: records are made up to here, and point behind a call, which says where the
            // window of the function began that ends.
            unsafe {
                self.cx.ip = *self.cx.frames;
                let window = *self.cx.ip.sub(CALL_WORDS - 1).cast::<u16>();
                self.cx.regs = self.cx.regs.wrapping_sub(usize::from(window));
            }
        }
        Ok(())
    }

    /// The end of the call from outside.
    fn finish(&mut self, failure: Failure) -> Finish {
        self.hand_back();
        match failure {
            Failure::Stop(Stop::Abort(problem)) => Finish::Aborted(problem),
            Failure::Stop(Stop::Trap(code, detail)) => {
                Finish::Trapped(code, detail, self.locations())
            }
            Failure::Thrown(object) => Finish::Thrown(object, self.locations()),
        }
    }

    /// The stack, innermost first.
    fn locations(&mut self) -> Vec<Location> {
        let code = self.machine.verified().code();
        let start = self.frames.start();
        let count = (self.cx.frames as usize - start as usize) / size_of::<Return>();
        let callers = (1..count).rev().map(|at| {
            // SAFETY: the records up to the count are made; the first one is no call of the module.
            let after = unsafe { *start.add(at) };
            after.wrapping_sub(1)
        });
        let times = if self.is_doubled { 2 } else { 1 };
        let pc = self.failed.unwrap_or(self.pc());
        let pcs = std::iter::repeat_n(pc, times).chain(callers.map(|ip| self.last_pc(ip)));
        pcs.take(LOCATIONS_MAX).map(|pc| code.locate(pc)).collect()
    }
}
