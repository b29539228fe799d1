//! Times: the best of several samples, each long enough for the clock and short enough to fall
//! between other work of the machine.

use crate::probe::{Engine, Loop, Probe, call, machine, run};
use crate::units::{self, Units};
use crate::{cases, control};
use fvm_isa::Opcode;
use fvm_vm::{Ending, Machine, Schedule, VerifiedModule};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A measured probe.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was measured.
    pub name: String,
    /// The instructions whose price it decides, and how they share it.
    pub targets: Vec<(Opcode, u32)>,
    /// Instructions of an iteration.
    pub counts: BTreeMap<Opcode, u64>,
    /// Nanoseconds of an iteration.
    pub nanoseconds: f64,
    /// See [`Probe::allowance`].
    pub allowance: u32,
    /// Work that depends on sizes.
    pub units: Units,
}

/// A sample lasts about this long.
const SAMPLE: Duration = Duration::from_micros(400);
/// Bytes that a sample may allocate.
const MEMORY: u64 = 256 << 20;

/// All probes, measured: first those of single instructions, then those that need their prices.
pub fn all(engine: Engine) -> Vec<Row> {
    let mut rows = cases::rows(engine, |_| true);
    rows.extend(control::rows(engine));
    rows
}

/// The module of a probe, if an iteration of it comes to its end.
pub fn usable(probe: &Probe, engine: Engine) -> Option<VerifiedModule> {
    let module = probe.module(engine).ok()?;
    let outcome = run(&module, &Schedule::standard(), Loop::Full, 2);
    matches!(outcome.ending, Ending::Returned(_)).then_some(module)
}

/// Nanoseconds of an iteration without what the loop costs: the best of so many samples.
pub fn nanoseconds(module: &VerifiedModule, samples: usize) -> f64 {
    let schedule = Schedule::standard();
    let memory = |times| run(module, &schedule, Loop::Full, times).memory_bytes;
    let each = memory(16).saturating_sub(memory(8)) / 8;
    let most = (MEMORY / each.max(1)).max(4);
    let mut machine = machine(module, &schedule);
    let mut times = 16.min(most);
    // What happens before the loops may take longer than they do.
    let mut more = |samples, times| {
        // What one call before has used is there, as it is on a machine that has worked for long.
        call(&mut machine, Loop::Full, times);
        machine.reset();
        let mut best = |which| {
            let samples = (0..samples).map(|_| time(&mut machine, which, times));
            samples.min().unwrap_or_default()
        };
        best(Loop::Full).saturating_sub(best(Loop::Empty))
    };
    while times < most && more(1, times) < SAMPLE {
        times = (times * 2).min(most);
    }
    more(samples, times).as_secs_f64() * 1e9 / times as f64
}

/// The time of a call on a machine that is kept for the next message, and is made ready for it.
fn time(machine: &mut Machine<'_>, which: Loop, times: u64) -> Duration {
    let start = Instant::now();
    call(machine, which, times);
    machine.reset();
    start.elapsed()
}

/// Measures a probe with care.
pub fn row(probe: &Probe, targets: Vec<(Opcode, u32)>, module: &VerifiedModule) -> Row {
    let mut counts = BTreeMap::new();
    for inst in probe.body.iter().flatten() {
        *counts.entry(inst.opcode()).or_default() += 1;
    }
    for (opcode, count) in &probe.skipped {
        counts.entry(*opcode).and_modify(|all: &mut u64| *all -= count);
    }
    let called = probe.functions.iter().flat_map(|function| &function.blocks);
    for inst in called.flat_map(|block| &block.insts) {
        *counts.entry(inst.opcode()).or_default() += probe.calls;
    }
    Row {
        name: probe.name.clone(),
        targets,
        counts,
        nanoseconds: nanoseconds(module, 9),
        allowance: probe.allowance,
        units: units::count(module),
    }
}
