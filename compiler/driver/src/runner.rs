//! Running a compiled program on the local machine.

use crate::compilation::Built;
use fvm_isa::{HostId, TrapCode};
use fvm_vm::{Ending, Host, HostError, Limits, Machine, Profile, Schedule, Thrown, Trap, Value};
use std::io::Write;

/// How a program ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// What it failed with, as Scala would print it; none if it ended by itself.
    pub failure: Option<String>,
    /// Gas used.
    pub gas_used: u64,
    /// Instructions executed; 0 on an engine that does not count them.
    pub instructions: u64,
    /// Of these, moves between registers.
    pub moves: u64,
    /// Bytes of the arena in use at the end.
    pub memory_bytes: u64,
}

/// The host of a plain program: it can print, and nothing else.
struct Printer<'w> {
    out: &'w mut dyn Write,
}

impl Host for Printer<'_> {
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Result<Value, HostError> {
        match (function.0, args.as_slice()) {
            (1, [Value::Text(text)]) => match self.out.write_all(text.as_bytes()) {
                Ok(()) => Ok(Value::Unit),
                Err(error) => Err(HostError::Fault(format!("cannot print: {error}"))),
            },
            (number, _) => Err(HostError::Fault(format!("no host function {number}"))),
        }
    }
}

/// Who looks on while a program runs.
pub enum Watch<'w> {
    /// Nobody: the program runs on the engine that is attached to it.
    Nobody,
    /// A text that gets a line for every instruction; the reference engine executes them.
    Trace(&'w mut dyn Write),
    /// A profile; the reference engine executes the instructions.
    Profile(&'w mut Profile),
}

/// Runs the `main` of a program.
pub fn run(
    built: &Built,
    schedule: &Schedule,
    gas: Option<u64>,
    out: &mut dyn Write,
    watch: Watch<'_>,
) -> Run {
    let export = built.module().export("main");
    let main = export.expect("a program exports `main`").function;
    let mut machine = Machine::new(&built.verified, schedule, Limits::PROGRAM);
    let mut host = Printer { out };
    // Half of all numbers: sums of gas never overflow.
    let gas = gas.unwrap_or(u64::MAX / 2);
    let outcome = match watch {
        Watch::Nobody => machine.call(main, &[], gas, &mut host),
        Watch::Profile(profile) => machine.call_profiled(main, &[], gas, &mut host, profile),
        Watch::Trace(trace) => {
            let debug = &built.debug;
            machine.call_traced(main, &[], gas, &mut host, &mut |step| {
                let place = step.location.describe(Some(debug));
                let text = fvm_isa::text::print_inst(step.inst);
                // A closed standard error ends the trace, not the program.
                let _ = writeln!(trace, "{place:40} {text}");
            })
        }
    };
    let _ = host.out.flush();
    let failure = match &outcome.ending {
        Ending::Returned(_) => None,
        Ending::Thrown(thrown) => Some(describe_thrown(built, &mut machine, thrown)),
        Ending::Trapped(trap) => Some(describe_trap(built, &mut machine, trap)),
        Ending::Aborted(_) => Some("aborted".to_string()),
    };
    Run {
        failure,
        gas_used: outcome.gas_used,
        instructions: outcome.instructions,
        moves: outcome.moves,
        memory_bytes: outcome.memory_bytes,
    }
}

fn describe_thrown(built: &Built, machine: &mut Machine<'_>, thrown: &Thrown) -> String {
    let text = machine.thrown_text(thrown);
    with_stack(&format!("Exception in thread \"main\" {text}"), built, &thrown.stack)
}

fn describe_trap(built: &Built, machine: &mut Machine<'_>, trap: &Trap) -> String {
    let text = match trap.code {
        TrapCode::OUT_OF_GAS => "out of gas".to_string(),
        TrapCode::OUT_OF_MEMORY => "java.lang.OutOfMemoryError: the arena is full".into(),
        TrapCode::STACK_OVERFLOW => "java.lang.StackOverflowError".into(),
        _ => machine.trap_text(trap),
    };
    with_stack(&format!("Exception in thread \"main\" {text}"), built, &trap.stack)
}

/// Frames that are shown.
const FRAMES_MAX: usize = 12;

fn with_stack(message: &str, built: &Built, stack: &[fvm_vm::Location]) -> String {
    let mut text = message.to_string();
    for location in stack.iter().take(FRAMES_MAX) {
        text.push_str(&format!("\n\tat {}", location.describe(Some(&built.debug))));
    }
    if stack.len() > FRAMES_MAX {
        text.push_str(&format!("\n\t… {} more", stack.len() - FRAMES_MAX));
    }
    text
}
