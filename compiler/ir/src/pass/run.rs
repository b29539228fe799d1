//! Runs passes in an order.
//!
//! Function passes that need nothing new of the module run one after the other on each function,
//! so that a function is worked on while it is at hand, and the passes that have found nothing to
//! do in a function are left out until it changes.

use super::inline::Caller;
use super::known::{Asks, Env, Known};
use super::{LINEAR_ONLY_SIZE, Level, PASSES, Pass, Run, lookup, order, pressure};
use crate::func::{Func, Imm};
use crate::module::{FuncId, Module, Signatures};
use fscc_base::{Alone, Crew, Idx, IndexVec, share_items};

/// Optimises a module; `on_group` sees the module after each group of passes that run together,
/// with the name of the last of them. The functions are shared out among the crew: a function pass
/// sees of other functions what was known before its group, and nothing else.
///
/// In debug builds the checker runs after every pass, and a mistake that it finds is a bug of the
/// pass: a panic.
pub fn optimize(
    module: &mut Module,
    level: Level,
    crew: &dyn Crew,
    on_group: &mut dyn FnMut(&str, &Module),
) {
    let size = module.funcs.iter().map(Func::size).sum();
    optimize_in_order(module, &order(level, size), crew, on_group);
}

/// The same with passes in an order of one's own.
pub fn optimize_in_order(
    module: &mut Module,
    order: &[&str],
    crew: &dyn Crew,
    on_group: &mut dyn FnMut(&str, &Module),
) {
    let passes: Vec<&Pass> = order.iter().filter_map(|name| lookup(name)).collect();
    let mut settled = Settled::new(crew);
    let mut known = None;
    let mut rest = passes.as_slice();
    while let Some(first) = rest.first() {
        let is_func = |pass: &&Pass| matches!(pass.run, Run::Func(_));
        let joins = |pass: &&Pass| pass.asks <= Asks::Known && is_func(pass);
        let length = match first.run {
            Run::Module(_) => 1,
            Run::Callers(_) => 1 + rest[1..].iter().take_while(|pass| is_func(pass)).count(),
            Run::Func(_) => 1 + rest[1..].iter().take_while(|pass| joins(pass)).count(),
        };
        let (group, after) = rest.split_at(length);
        rest = after;
        run_group(module, group, &mut known, &mut settled);
        on_group(group[length - 1].name, module);
    }
}

/// Runs one pass over a module.
pub fn run_pass(module: &mut Module, pass: &Pass) {
    run_group(module, &[pass], &mut None, &mut Settled::new(&Alone));
}

/// Runs a module pass, or function passes of which only the first asks for news of the module.
fn run_group(
    module: &mut Module,
    group: &[&Pass],
    known: &mut Option<Known>,
    settled: &mut Settled,
) {
    if let [Pass { run: Run::Module(run), name, .. }] = group {
        *known = None;
        run(module, settled);
        assert_valid(name, || crate::check::check(module));
        return;
    }
    let asks = group.iter().map(|pass| pass.asks).max().unwrap_or(Asks::Nothing);
    if asks > Asks::Known || (asks == Asks::Known && known.is_none()) {
        *known = Some(Known::new(module, asks, settled.crew));
    }
    let steps: Vec<Step> = group.iter().map(|pass| Step::of(pass)).collect();
    let signatures = Signatures::of(module);
    if let [Pass { run: Run::Callers(run), name, .. }, ..] = group {
        let finish = Finish { steps: &steps[1..], signatures: &signatures, known: known.as_ref() };
        run(module, settled, &finish);
        *known = None;
        assert_valid(name, || crate::check::check(module));
        return;
    }
    share_funcs(module, settled, |module, id, worker| {
        let env = Env::new(module, &signatures, known.as_ref());
        worker.work(&steps, &env, id);
    });
    if asks == Asks::Dispatch {
        // It is not all that others may ask for.
        *known = None;
    }
}

/// Changes all functions of a module, which are shared out among the crew; `change` says whether
/// it has, and sees the module without its functions.
pub(super) fn change_funcs(
    module: &mut Module,
    settled: &mut Settled,
    change: impl Fn(&Module, FuncId, &mut Func) -> bool + Sync,
) {
    share_funcs(module, settled, |module, id, worker| {
        if change(module, id, worker.func) {
            *worker.settled = 0;
        }
    });
}

/// Works on all functions, each with what is settled in it.
fn share_funcs(
    module: &mut Module,
    settled: &mut Settled,
    work: impl Fn(&Module, FuncId, &mut Worker) + Sync,
) {
    let mut funcs = std::mem::take(&mut module.funcs);
    let crew = settled.crew;
    let flags = settled.all(funcs.len());
    let workers = funcs.iter_mut().zip(flags);
    let mut workers: Vec<Worker> =
        workers.map(|(func, settled)| Worker { func, settled }).collect();
    let without_funcs = &*module;
    share_items(crew, &mut workers, |number, worker| {
        work(without_funcs, FuncId::new(number), worker);
    });
    module.funcs = funcs;
}

/// The function passes that a function goes through before it is put into others.
pub(super) struct Finish<'a> {
    steps: &'a [Step<'a>],
    signatures: &'a Signatures,
    known: Option<&'a Known>,
}

impl Finish<'_> {
    /// What passes may look at.
    pub(super) fn env<'a>(&'a self, module: &'a Module) -> Env<'a> {
        Env::new(module, self.signatures, self.known)
    }

    /// Runs them on a function.
    pub(super) fn work(&self, env: &Env, caller: &mut Caller) {
        let Caller { id, func, settled, .. } = caller;
        Worker { func, settled }.work(self.steps, env, *id);
    }
}

/// A function that is worked on.
struct Worker<'f> {
    func: &'f mut Func,
    /// The passes that would find nothing to do in it.
    settled: &'f mut Flags,
}

impl Worker<'_> {
    fn work(&mut self, group: &[Step], env: &Env, id: FuncId) {
        if group.iter().all(|step| self.has_settled(step)) {
            return;
        }
        let adds_pressure = group.iter().any(|step| step.pass.adds_pressure);
        let is_watched = adds_pressure && pressure::is_near(self.func);
        let before = is_watched.then(|| (self.func.clone(), *self.settled));
        self.run_all(group, env, id);
        if let Some((before, settled)) = before
            && pressure::is_too_high(self.func, &before)
        {
            (*self.func, *self.settled) = (before, settled);
            group.iter().for_each(|step| self.try_to_run(step, env, id));
        }
    }

    fn run_all(&mut self, group: &[Step], env: &Env, id: FuncId) {
        let mut has_changed = false;
        for step in group {
            has_changed |= self.run(step, env, id);
        }
        if has_changed {
            self.func.compact();
        }
    }

    /// Runs a pass and takes it back if too many values are live afterwards.
    fn try_to_run(&mut self, step: &Step, env: &Env, id: FuncId) {
        let before = self.func.clone();
        self.run_all(std::slice::from_ref(step), env, id);
        if step.pass.adds_pressure && pressure::is_too_high(self.func, &before) {
            *self.func = before;
        }
    }

    /// Runs a pass; whether the function has changed.
    fn run(&mut self, step: &Step, env: &Env, id: FuncId) -> bool {
        let Step { pass, bit } = *step;
        let Run::Func(run) = pass.run else { return false };
        let is_left_out = !pass.is_linear && self.func.size() > LINEAR_ONLY_SIZE;
        if is_left_out || self.has_settled(step) {
            return false;
        }
        let has_changed = run(self.func, env);
        if has_changed {
            *self.settled = 0;
        }
        let is_done = !has_changed || pass.is_thorough;
        if is_done && (pass.asks == Asks::Nothing || !has_calls(self.func)) {
            *self.settled |= bit;
        }
        assert_valid(pass.name, || {
            crate::check::check_func(env.module, env.signatures, id, self.func)
        });
        has_changed
    }

    fn has_settled(&self, step: &Step) -> bool {
        *self.settled & step.bit != 0
    }
}

/// A pass with its bit.
struct Step<'p> {
    pass: &'p Pass,
    bit: Flags,
}

impl<'p> Step<'p> {
    fn of(pass: &'p Pass) -> Step<'p> {
        let row = PASSES.iter().position(|row| row.name == pass.name);
        Step { pass, bit: row.map_or(0, |row| 1 << row) }
    }
}

/// Whether a function names others.
fn has_calls(func: &Func) -> bool {
    let is_call = |imm: &Imm| matches!(imm, Imm::Func(_) | Imm::Selector(_));
    func.blocks
        .iter()
        .any(|block| is_call(&block.term.imm) || block.insts.iter().any(|inst| is_call(&inst.imm)))
}

fn assert_valid(pass: &str, check: impl FnOnce() -> Vec<crate::check::CheckError>) {
    if cfg!(debug_assertions) {
        let errors = check();
        assert!(errors.is_empty(), "pass {pass} broke the module: {}", errors[0]);
    }
}

/// A bit for each row of the table of passes.
pub(super) type Flags = u32;

const _: () = assert!(PASSES.len() <= Flags::BITS as usize);

/// For each function the passes that would find nothing to do in it; and who shares the work.
pub(crate) struct Settled<'c> {
    /// Functions behind the end have none.
    flags: Vec<Flags>,
    /// Who shares work on functions.
    pub(super) crew: &'c dyn Crew,
}

impl<'c> Settled<'c> {
    fn new(crew: &'c dyn Crew) -> Settled<'c> {
        Settled { flags: Vec::new(), crew }
    }

    /// Those of all functions.
    pub(super) fn all(&mut self, count: usize) -> &mut [Flags] {
        self.flags.resize(count, 0);
        &mut self.flags
    }

    /// The function has changed.
    pub(super) fn clear(&mut self, id: FuncId) {
        if let Some(flags) = self.flags.get_mut(id.index()) {
            *flags = 0;
        }
    }

    /// Only these functions are left, and numbered anew in the same order.
    pub(super) fn retain(&mut self, kept: &IndexVec<FuncId, bool>) {
        let mut kept = kept.iter();
        self.flags.retain(|_| kept.next().is_some_and(|kept| *kept));
    }
}
