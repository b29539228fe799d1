//! Runs passes in an order.
//!
//! Function passes that need nothing new of the module run one after the other on each function,
//! so that a function is worked on while it is at hand, and the passes that have found nothing to
//! do in a function are left out until it changes.

use super::known::{Asks, Env, Known};
use super::{LINEAR_ONLY_SIZE, Level, PASSES, Pass, Run, lookup, order, pressure};
use crate::func::{Func, Imm};
use crate::module::{FuncId, Module};
use fscc_base::IndexVec;

/// Optimises a module; `on_group` sees the module after each group of passes that run together,
/// with the name of the last of them.
///
/// In debug builds the checker runs after every pass, and a mistake that it finds is a bug of the
/// pass: a panic.
pub fn optimize(module: &mut Module, level: Level, on_group: &mut dyn FnMut(&str, &Module)) {
    let passes: Vec<&Pass> = order(level).iter().filter_map(|name| lookup(name)).collect();
    let mut settled = Settled::default();
    let mut known = None;
    let mut rest = passes.as_slice();
    while let Some(first) = rest.first() {
        let joins = |pass: &&Pass| pass.asks <= Asks::Known && matches!(pass.run, Run::Func(_));
        let length = match first.run {
            Run::Module(_) => 1,
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
    run_group(module, &[pass], &mut None, &mut Settled::default());
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
        *known = Some(Known::new(module, asks));
    }
    for id in module.funcs.indices() {
        let mut worker = Worker { module, id, known: known.as_ref(), settled };
        worker.work(group);
    }
    if asks == Asks::Dispatch {
        // It is not all that others may ask for.
        *known = None;
    }
}

/// Works on one function.
struct Worker<'a> {
    module: &'a mut Module,
    id: FuncId,
    known: Option<&'a Known>,
    settled: &'a mut Settled,
}

impl Worker<'_> {
    fn work(&mut self, group: &[&Pass]) {
        if group.iter().all(|pass| self.settled.has(self.id, pass)) {
            return;
        }
        let func = &self.module.funcs[self.id];
        let adds_pressure = group.iter().any(|pass| pass.adds_pressure);
        let is_watched = adds_pressure && pressure::is_near(func);
        let before = is_watched.then(|| (func.clone(), self.settled.flags(self.id)));
        self.run_all(group);
        if let Some((before, flags)) = before
            && pressure::is_too_high(&self.module.funcs[self.id], &before)
        {
            self.module.funcs[self.id] = before;
            self.settled.set_flags(self.id, flags);
            group.iter().for_each(|pass| self.try_to_run(pass));
        }
    }

    fn run_all(&mut self, group: &[&Pass]) {
        let mut has_changed = false;
        for pass in group {
            has_changed |= self.run(pass);
        }
        if has_changed {
            self.module.funcs[self.id].compact();
        }
    }

    /// Runs a pass and takes it back if too many values are live afterwards.
    fn try_to_run(&mut self, pass: &Pass) {
        let before = self.module.funcs[self.id].clone();
        self.run_all(&[pass]);
        if pass.adds_pressure && pressure::is_too_high(&self.module.funcs[self.id], &before) {
            self.module.funcs[self.id] = before;
        }
    }

    /// Runs a pass; whether the function has changed.
    fn run(&mut self, pass: &Pass) -> bool {
        let Run::Func(run) = pass.run else { return false };
        let mut func = std::mem::take(&mut self.module.funcs[self.id]);
        let is_left_out = !pass.is_linear && func.size() > LINEAR_ONLY_SIZE;
        let mut has_changed = false;
        if !is_left_out && !self.settled.has(self.id, pass) {
            let env = Env::new(self.module, self.id, self.known);
            has_changed = run(&mut func, &env);
            if has_changed {
                self.settled.clear(self.id);
            }
            let is_done = !has_changed || pass.is_thorough;
            if is_done && (pass.asks == Asks::Nothing || !has_calls(&func)) {
                self.settled.add(self.id, pass);
            }
        }
        self.module.funcs[self.id] = func;
        assert_valid(pass.name, || crate::check::check_func(self.module, self.id));
        has_changed
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

/// For each function the passes that would find nothing to do in it.
#[derive(Default)]
pub(crate) struct Settled {
    /// A bit for each row of the table of passes; functions behind the end have none.
    flags: IndexVec<FuncId, u32>,
}

const _: () = assert!(PASSES.len() <= u32::BITS as usize);

impl Settled {
    fn bit(pass: &Pass) -> u32 {
        let row = PASSES.iter().position(|row| row.name == pass.name);
        row.map_or(0, |row| 1 << row)
    }

    fn has(&self, id: FuncId, pass: &Pass) -> bool {
        self.flags(id) & Settled::bit(pass) != 0
    }

    fn flags(&self, id: FuncId) -> u32 {
        self.flags.get(id).copied().unwrap_or(0)
    }

    fn set_flags(&mut self, id: FuncId, flags: u32) {
        while self.flags.next_index() <= id {
            let _: FuncId = self.flags.push(0);
        }
        self.flags[id] = flags;
    }

    fn add(&mut self, id: FuncId, pass: &Pass) {
        self.set_flags(id, self.flags(id) | Settled::bit(pass));
    }

    /// The function has changed.
    pub(super) fn clear(&mut self, id: FuncId) {
        if self.flags(id) != 0 {
            self.flags[id] = 0;
        }
    }

    /// Only these functions are left, and numbered anew in the same order.
    pub(super) fn retain(&mut self, kept: &IndexVec<FuncId, bool>) {
        let kept = kept.indices().filter(|id| kept[*id]);
        self.flags = kept.map(|id| self.flags(id)).collect();
    }
}
