//! Rule V17: what an export can reach.
//!
//! Reachability is rapid type analysis: a virtual call reaches the functions that classes give for
//! the selector, of classes that reachable code instantiates. Work is bounded: a module for which
//! it would take more steps is rejected.

use super::{Result, Rule, fail};
use fvm_isa::{ClassId, FunctionId, Module, Row, SelectorId};
use std::collections::BTreeSet;

/// What a function does by itself.
#[derive(Clone, Default, Debug)]
pub(super) struct Summary {
    /// Effects of its own instructions.
    pub row: Row,
    /// Functions that it calls, each once.
    pub calls: BTreeSet<FunctionId>,
    /// Selectors that it calls, each once.
    pub selectors: BTreeSet<SelectorId>,
    /// Classes that it instantiates, each once.
    pub classes: BTreeSet<ClassId>,
}

/// Steps of the analysis over all exports.
const STEPS_MAX: usize = 5_000_000;

/// V17.
pub(super) fn closed_row(module: &Module, summaries: &[Summary]) -> Result<()> {
    let everything = summaries.iter().fold(Row::PURE, |row, summary| row.union(summary.row));
    let mut steps = STEPS_MAX;
    for export in &module.exports {
        // Printing is allowed in every row.
        let allowed = export.row.union(Row::PRINT);
        if everything.is_within(allowed) {
            continue;
        }
        let mut reach = Reach::new(module, summaries, allowed, &mut steps);
        if let Err(found) = reach.follow(export.function) {
            let text = match found {
                Found::Effect(row, function) => {
                    let row = row.without(allowed);
                    format!(
                        "{:?} declares {}, but reaches {row} in {function}",
                        export.name, export.row
                    )
                }
                Found::TooFar => "what the exports reach takes too many steps to find".to_owned(),
            };
            return fail(Rule::ClosedRow, text);
        }
    }
    Ok(())
}

enum Found {
    Effect(Row, FunctionId),
    TooFar,
}

struct Reach<'a> {
    module: &'a Module,
    summaries: &'a [Summary],
    allowed: Row,
    steps: &'a mut usize,
    functions: Vec<bool>,
    pending: Vec<FunctionId>,
    classes: BTreeSet<ClassId>,
    selectors: BTreeSet<SelectorId>,
}

impl<'a> Reach<'a> {
    fn new(
        module: &'a Module,
        summaries: &'a [Summary],
        allowed: Row,
        steps: &'a mut usize,
    ) -> Reach<'a> {
        Reach {
            module,
            summaries,
            allowed,
            steps,
            functions: vec![false; summaries.len()],
            pending: Vec::new(),
            classes: BTreeSet::new(),
            selectors: BTreeSet::new(),
        }
    }

    fn follow(&mut self, start: FunctionId) -> std::result::Result<(), Found> {
        self.reach(start)?;
        let summaries = self.summaries;
        while let Some(function) = self.pending.pop() {
            let summary = &summaries[function.index()];
            if !summary.row.is_within(self.allowed) {
                return Err(Found::Effect(summary.row, function));
            }
            for callee in &summary.calls {
                self.reach(*callee)?;
            }
            for class in &summary.classes {
                self.instantiate(*class)?;
            }
            for selector in &summary.selectors {
                self.select(*selector)?;
            }
        }
        Ok(())
    }

    fn step(&mut self) -> std::result::Result<(), Found> {
        *self.steps = self.steps.checked_sub(1).ok_or(Found::TooFar)?;
        Ok(())
    }

    fn reach(&mut self, function: FunctionId) -> std::result::Result<(), Found> {
        self.step()?;
        if !std::mem::replace(&mut self.functions[function.index()], true) {
            self.pending.push(function);
        }
        Ok(())
    }

    /// A new class answers the selectors called so far.
    fn instantiate(&mut self, class: ClassId) -> std::result::Result<(), Found> {
        self.step()?;
        if !self.classes.insert(class) {
            return Ok(());
        }
        let module = self.module;
        for (selector, function) in &module.classes[class.index()].methods {
            self.step()?;
            if self.selectors.contains(selector) {
                self.reach(*function)?;
            }
        }
        Ok(())
    }

    /// A new selector is answered by the classes instantiated so far.
    fn select(&mut self, selector: SelectorId) -> std::result::Result<(), Found> {
        self.step()?;
        if !self.selectors.insert(selector) {
            return Ok(());
        }
        let module = self.module;
        let classes: Vec<ClassId> = self.classes.iter().copied().collect();
        for class in classes {
            self.step()?;
            let methods = &module.classes[class.index()].methods;
            if let Ok(at) = methods.binary_search_by_key(&selector, |method| method.0) {
                self.reach(methods[at].1)?;
            }
        }
        Ok(())
    }
}
