//! Constant propagation: finds values that are the same constant on every way that can be taken,
//! together with the ways that cannot be taken (sparse conditional constant propagation, after
//! Wegman and Zadeck), and folds branches.
//!
//! Why it is correct: values start as "not computed yet" and only sink, to a constant and then to
//! "varies", so the result is the greatest solution of equations that hold in every run. A value
//! is replaced only if folding, which calls the machine's own arithmetic, gave a result; an
//! operation that would trap stays where it is. Each value sinks at most twice and each edge is
//! entered once: linear. When a value sinks for the first time none of its users has been looked
//! at, because definitions come before uses on every way; only a second time they are told.

use super::Env;
use crate::fold::{Const, apply};
use crate::func::{Block, ENTRY, Func, Imm, Inst, Terminator, Value, Values};
use crate::ops::Op;
use crate::types::Type;
use fscc_base::{IndexVec, Lists};
use smallvec::SmallVec;

/// Strings and bytes longer than this are not made at compile time: they would bloat the module.
const FOLDED_LENGTH_MAX: usize = 1024;

#[derive(Clone, Copy)]
enum Lattice {
    Unknown,
    /// The constant with this index among those that were found.
    Constant(u32),
    Varies,
}

struct Solver<'a> {
    func: &'a Func,
    found: Found,
    reached: IndexVec<Block, bool>,
    edges: Vec<(Block, usize)>,
    changed: Vec<Value>,
    /// Who uses a value, once per use; found when a value sinks for the second time.
    users: Option<Lists<Value, User>>,
}

/// What is known of the values.
struct Found {
    values: IndexVec<Value, Lattice>,
    constants: Vec<Const>,
}

impl Found {
    fn constant(&self, value: Value) -> Option<&Const> {
        match self.values[value] {
            Lattice::Constant(at) => self.constants.get(at as usize),
            Lattice::Unknown | Lattice::Varies => None,
        }
    }
    fn add(&mut self, constant: Const) -> Lattice {
        self.constants.push(constant);
        Lattice::Constant(self.constants.len() as u32 - 1)
    }
}

#[derive(Clone, Copy)]
enum User {
    Inst(Block, u32),
    Term(Block),
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let mut solver = Solver::new(func);
    solver.solve();
    let Solver { found, reached, .. } = solver;
    rewrite(func, &found, &reached)
}

impl<'a> Solver<'a> {
    fn new(func: &'a Func) -> Solver<'a> {
        let values = IndexVec::from_elem(Lattice::Unknown, func.values.len());
        Solver {
            func,
            found: Found { values, constants: Vec::new() },
            reached: IndexVec::from_elem(false, func.blocks.len()),
            edges: Vec::new(),
            changed: Vec::new(),
            users: None,
        }
    }

    fn solve(&mut self) {
        for param in self.func.params() {
            self.lower(*param, Lattice::Varies);
        }
        self.visit_block(ENTRY);
        loop {
            if let Some((block, at)) = self.edges.pop() {
                self.enter(block, at);
            } else if let Some(value) = self.changed.pop() {
                self.visit_users(value);
            } else {
                return;
            }
        }
    }

    fn visit_users(&mut self, value: Value) {
        let users = self.users.take().unwrap_or_else(|| users(self.func));
        for user in &users[value] {
            match *user {
                User::Inst(block, at) if self.reached[block] => {
                    self.visit_inst(&self.func.blocks[block].insts[at as usize]);
                }
                User::Term(block) if self.reached[block] => self.visit_term(block),
                _ => {}
            }
        }
        self.users = Some(users);
    }

    fn lower(&mut self, value: Value, to: Lattice) {
        let same = |a: u32, b: u32| {
            a == b || self.found.constants[a as usize] == self.found.constants[b as usize]
        };
        match (self.found.values[value], to) {
            (_, Lattice::Unknown) | (Lattice::Varies, _) => return,
            (Lattice::Unknown, to) => {
                self.found.values[value] = to;
                return;
            }
            (Lattice::Constant(a), Lattice::Constant(b)) if same(a, b) => return,
            _ => {}
        }
        self.found.values[value] = Lattice::Varies;
        self.changed.push(value);
    }

    fn visit_block(&mut self, block: Block) {
        if std::mem::replace(&mut self.reached[block], true) {
            return;
        }
        let func = self.func;
        for inst in &func.blocks[block].insts {
            self.visit_inst(inst);
        }
        self.visit_term(block);
    }

    fn visit_inst(&mut self, inst: &Inst) {
        let Some(result) = inst.result else { return };
        let value = self.evaluate(inst);
        self.lower(result, value);
    }

    fn evaluate(&mut self, inst: &Inst) -> Lattice {
        if let Some(constant) = Const::of(inst.op, &inst.imm) {
            return self.found.add(constant);
        }
        for value in &inst.args {
            match self.found.values[*value] {
                Lattice::Constant(_) => {}
                other => return other,
            }
        }
        let known = inst.args.iter().filter_map(|value| self.found.constant(*value));
        let args: SmallVec<[Const; 2]> = known.cloned().collect();
        let folded = match (inst.op, args.as_slice()) {
            (Op::IsNull, [arg]) => Some(Const::I32(i32::from(matches!(arg, Const::Null(_))))),
            (Op::Is, [Const::Null(_)]) => Some(Const::I32(0)),
            (op, args) if !args.is_empty() => match apply(op, args) {
                Some(Ok(constant)) => Some(constant).filter(is_short),
                _ => None,
            },
            _ => None,
        };
        match folded {
            Some(constant) => self.found.add(constant),
            None => Lattice::Varies,
        }
    }

    fn visit_term(&mut self, block: Block) {
        let term = &self.func.blocks[block].term;
        let taken = match term.args.first().map(|value| self.found.values[*value]) {
            Some(Lattice::Unknown) if !term.targets.is_empty() => return,
            Some(_) if term.targets.len() > 1 => match self.found.constant(term.args[0]) {
                Some(Const::I32(value)) => Some(taken(term, *value)),
                _ => None,
            },
            _ => None,
        };
        match taken {
            Some(at) => self.edges.push((block, at)),
            None => (0..term.targets.len()).for_each(|at| self.edges.push((block, at))),
        }
    }

    fn enter(&mut self, block: Block, at: usize) {
        let func = self.func;
        let target = &func.blocks[block].term.targets[at];
        for (param, arg) in func.blocks[target.block].params.iter().zip(&target.args) {
            let value = self.found.values[*arg];
            self.lower(*param, value);
        }
        self.visit_block(target.block);
    }
}

fn users(func: &Func) -> Lists<Value, User> {
    let mut users = Vec::with_capacity(func.values.len() * 2);
    for (block, data) in func.blocks.iter_enumerated() {
        for (at, inst) in data.insts.iter().enumerate() {
            users.extend(inst.args.iter().map(|value| (*value, User::Inst(block, at as u32))));
        }
        let passed = data.term.targets.iter().flat_map(|target| &target.args);
        let used = data.term.args.iter().chain(passed);
        users.extend(used.map(|value| (*value, User::Term(block))));
    }
    Lists::from_pairs(func.values.len(), &users)
}

fn is_short(constant: &Const) -> bool {
    match constant {
        Const::String(units) => units.len() <= FOLDED_LENGTH_MAX,
        Const::Bytes(bytes) => bytes.len() <= FOLDED_LENGTH_MAX,
        _ => true,
    }
}

/// The index of the target that a branch or switch takes.
fn taken(term: &Terminator, value: i32) -> usize {
    match &term.imm {
        Imm::Cases(cases) => cases.binary_search(&value).unwrap_or(cases.len()),
        _ => usize::from(value == 0),
    }
}

fn rewrite(func: &mut Func, found: &Found, reached: &IndexVec<Block, bool>) -> bool {
    let (mut changed, mut has_folded) = (false, false);
    for block in func.blocks.indices().filter(|block| reached[*block]) {
        let mut insts = std::mem::take(&mut func.blocks[block].insts);
        for inst in &mut insts {
            let Some(result) = inst.result.filter(|_| !inst.op.is_constant()) else { continue };
            if let Some(constant) = found.constant(result) {
                let constant = typed(constant, func.values[result]);
                (inst.op, inst.imm) = constant.inst();
                inst.args = Values::new();
                func.values[result] = constant.ty();
                changed = true;
            }
        }
        changed |= constant_params(func, found, block, &mut insts);
        func.blocks[block].insts = insts;
        has_folded |= fold_branch(&mut func.blocks[block].term, found);
    }
    if has_folded {
        func.order_blocks();
    }
    changed || has_folded
}

/// The constant with the type that is expected: a null is of the type that its user wants.
fn typed(constant: &Const, ty: Type) -> Const {
    match constant {
        Const::Null(_) => Const::Null(ty),
        other => other.clone(),
    }
}

/// Turns parameters that are constants into constants at the start of the block.
fn constant_params(func: &mut Func, found: &Found, block: Block, insts: &mut Vec<Inst>) -> bool {
    if block == ENTRY {
        return false;
    }
    let span = func.blocks[block].term.span;
    let mut made = Vec::new();
    for at in 0..func.blocks[block].params.len() {
        let param = func.blocks[block].params[at];
        let Some(constant) = found.constant(param) else { continue };
        let constant = typed(constant, func.values[param]);
        let (op, imm) = constant.inst();
        // A fresh value takes the parameter's place in the list; nobody reads it.
        let unused = func.new_value(func.values[param]);
        func.blocks[block].params[at] = unused;
        func.values[param] = constant.ty();
        made.push(Inst { op, imm, args: Values::new(), result: Some(param), span });
    }
    let changed = !made.is_empty();
    insts.splice(0..0, made);
    changed
}

fn fold_branch(term: &mut Terminator, found: &Found) -> bool {
    if term.targets.len() < 2 {
        return false;
    }
    let known = term.args.first().and_then(|value| found.constant(*value));
    let Some(Const::I32(value)) = known else { return false };
    let target = term.targets[taken(term, *value)].clone();
    *term = Terminator::jump(target, term.span);
    true
}
