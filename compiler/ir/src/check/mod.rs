//! The checker: whether a module means something. It is run on what `lower` makes and, in debug
//! builds and tests, after every pass.
//!
//! Checks: every number refers to something; every value is defined once and every use is
//! dominated by its definition; operands, immediates and results have the types that the operation
//! table and the sentences of the special operations ask for; every block can be reached and ends
//! in a terminator with the right targets; nothing jumps to the entry; classes, selectors and the
//! functions that answer them fit together.
//!
//! Guarantees: no panic on any module, linear in its size up to the dominator tree.

mod class;
mod inst;

use crate::cfg::Cfg;
use crate::func::{Block, ENTRY, Func, Value};
use crate::module::{FuncId, Module, Signatures};
use crate::types::Type;
use fscc_base::{Idx, IndexVec};
use std::fmt;

/// Something that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckError {
    /// The function, if it is about one.
    pub func: Option<(FuncId, String)>,
    /// The block, if it is about one.
    pub block: Option<Block>,
    /// What was found and what was expected.
    pub message: String,
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((id, name)) = &self.func {
            write!(f, "{id} ({name}) ")?;
        }
        if let Some(block) = self.block {
            write!(f, "{block} ")?;
        }
        f.write_str(&self.message)
    }
}

/// The first mistakes of a module; an empty list means that it is valid.
pub fn check(module: &Module) -> Vec<CheckError> {
    let mut errors = class::check_tables(module);
    if !errors.is_empty() {
        // The functions are checked against the tables, so these must make sense first.
        return errors;
    }
    let signatures = Signatures::of(module);
    for (id, func) in module.funcs.iter_enumerated() {
        errors.extend(check_func(module, &signatures, id, func));
    }
    errors
}

/// The mistakes of one function of a module whose tables are valid. The functions in the module are
/// not looked at.
pub(crate) fn check_func(
    module: &Module,
    signatures: &Signatures,
    id: FuncId,
    func: &Func,
) -> Vec<CheckError> {
    let mut checker = FuncChecker { module, signatures, func, id, block: None, errors: Vec::new() };
    checker.check();
    checker.errors
}

/// Where a value is defined: the block and the position in it, parameters first.
#[derive(Clone, Copy)]
struct Definition {
    block: Block,
    position: u32,
}

/// Checks one function.
pub(crate) struct FuncChecker<'a> {
    module: &'a Module,
    signatures: &'a Signatures,
    func: &'a Func,
    id: FuncId,
    block: Option<Block>,
    errors: Vec<CheckError>,
}

const ERRORS_MAX: usize = 20;

impl FuncChecker<'_> {
    fn error(&mut self, message: String) {
        if self.errors.len() < ERRORS_MAX {
            let func = Some((self.id, self.func.name.clone()));
            self.errors.push(CheckError { func, block: self.block, message });
        }
    }

    fn check(&mut self) {
        let func = self.func;
        if func.blocks.is_empty() {
            self.error("a function has no blocks, expected at least the entry".to_owned());
            return;
        }
        if !self.check_numbers() {
            return;
        }
        for ty in func.values.iter() {
            if !class::is_known(self.module, *ty) {
                self.error(format!("type {ty} names no class"));
                return;
            }
        }
        let cfg = Cfg::new(func);
        for block in func.blocks.indices().filter(|block| !cfg.is_reachable(*block)) {
            self.error(format!("{block} cannot be reached"));
        }
        if !cfg.predecessors[ENTRY].is_empty() {
            self.error("something jumps to the entry".to_owned());
        }
        let Some(definitions) = self.definitions() else { return };
        for (block, data) in func.blocks.iter_enumerated() {
            self.block = Some(block);
            for (position, inst) in data.insts.iter().enumerate() {
                for value in &inst.args {
                    self.check_use(&cfg, &definitions, *value, block, position as u32 + 1);
                }
                self.check_inst(inst);
            }
            let uses =
                data.term.targets.iter().flat_map(|target| &target.args).chain(&data.term.args);
            for value in uses {
                self.check_use(&cfg, &definitions, *value, block, u32::MAX);
            }
            self.check_terminator(&data.term);
        }
        self.block = None;
    }

    /// Whether all blocks and values that are named exist.
    fn check_numbers(&mut self) -> bool {
        let func = self.func;
        let (values, blocks) = (func.values.len(), func.blocks.len());
        for (block, data) in func.blocks.iter_enumerated() {
            self.block = Some(block);
            let defined =
                data.insts.iter().filter_map(|inst| inst.result.as_ref()).chain(&data.params);
            let used = data.insts.iter().flat_map(|inst| &inst.args).chain(&data.term.args);
            let passed = data.term.targets.iter().flat_map(|target| &target.args);
            if let Some(value) =
                defined.chain(used).chain(passed).find(|value| value.index() >= values)
            {
                self.error(format!("{value} is not a value of the function"));
                return false;
            }
            let mut targets = data.term.targets.iter();
            if let Some(target) = targets.find(|target| target.block.index() >= blocks) {
                self.error(format!("{} is not a block of the function", target.block));
                return false;
            }
        }
        self.block = None;
        true
    }

    fn definitions(&mut self) -> Option<IndexVec<Value, Option<Definition>>> {
        let func = self.func;
        let mut definitions: IndexVec<Value, Option<Definition>> =
            IndexVec::from_elem(None, func.values.len());
        for (block, data) in func.blocks.iter_enumerated() {
            let params = data.params.iter().map(|value| (*value, 0));
            let results = data.insts.iter().enumerate();
            let results =
                results.filter_map(|(at, inst)| inst.result.map(|value| (value, at as u32 + 1)));
            for (value, position) in params.chain(results) {
                if definitions[value].replace(Definition { block, position }).is_some() {
                    self.block = Some(block);
                    self.error(format!("{value} is defined twice"));
                    return None;
                }
            }
        }
        Some(definitions)
    }

    fn check_use(
        &mut self,
        cfg: &Cfg,
        definitions: &IndexVec<Value, Option<Definition>>,
        value: Value,
        block: Block,
        position: u32,
    ) {
        let Some(definition) = definitions[value] else {
            self.error(format!("{value} is used but not defined"));
            return;
        };
        let is_before = match definition.block == block {
            true => definition.position < position,
            false => cfg.dominates(definition.block, block) || !cfg.is_reachable(block),
        };
        if !is_before {
            self.error(format!(
                "{value} is used where its definition in {} does not reach",
                definition.block
            ));
        }
    }

    fn ty(&self, value: Value) -> Type {
        self.func.values[value]
    }

    fn expect_assignable(&mut self, what: &str, value: Value, to: Type) {
        let from = self.ty(value);
        if !self.module.is_assignable(from, to) {
            self.error(format!("{what}: {value} is {from}, expected {to}"));
        }
    }
}
