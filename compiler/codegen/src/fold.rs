//! Which values never get a register of their own, because the instruction that uses them takes
//! them over: constants (an immediate operand, or loaded where they are needed) and comparisons
//! that only decide the branch right after them. And which questions to storage are one
//! instruction with the next: whether there is an entry, and its value.
//!
//! Folding constants costs a load per use and saves a register that would otherwise be live from
//! the one place where value numbering left the constant. In a loop the load would run each time:
//! a constant that is used in a deeper loop than where it stands keeps its register, as long as
//! few do.

use fscc_base::IndexVec;
use fscc_ir::func::{Block, Func, Imm, Inst, Value};
use fscc_ir::ops::Op;

/// Constants that may stay in registers for the sake of loops.
const HOISTED_MAX: usize = 24;

/// Where a value is defined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Definition {
    /// A parameter of a block.
    Param(Block),
    /// The instruction at this index of a block.
    Inst(Block, usize),
}

/// The folding decisions for a function.
#[derive(Debug)]
pub struct Folding {
    /// Where every value is defined; none for values that no code defines.
    pub definitions: IndexVec<Value, Option<Definition>>,
    folded: IndexVec<Value, bool>,
    joined: IndexVec<Value, bool>,
}

impl Folding {
    /// Decides for every value of `func`. `depth` is the loop depth of each block.
    pub fn of(func: &Func, depth: &IndexVec<Block, u32>) -> Folding {
        let mut definitions = IndexVec::from_elem(None, func.values.len());
        for (block, data) in func.blocks.iter_enumerated() {
            for param in &data.params {
                definitions[*param] = Some(Definition::Param(block));
            }
            for (at, inst) in data.insts.iter().enumerate() {
                if let Some(result) = inst.result {
                    definitions[result] = Some(Definition::Inst(block, at));
                }
            }
        }
        let none = IndexVec::from_elem(false, func.values.len());
        let mut folding = Folding { definitions, folded: none.clone(), joined: none };
        folding.fold_constants(func, depth);
        folding.fold_comparisons(func);
        folding.join_questions(func);
        folding
    }

    /// Whether the value has no register of its own.
    pub fn is_folded(&self, value: Value) -> bool {
        self.folded[value]
    }

    /// Whether the instruction that gives the value is part of another one: of its user, or of the
    /// next.
    pub fn has_no_step(&self, value: Value) -> bool {
        self.folded[value] || self.joined[value]
    }

    /// The second result of the instruction at this index of a block.
    pub fn second_result(&self, insts: &[Inst], at: usize) -> Option<Value> {
        let before = insts.get(at.checked_sub(1)?)?;
        before.result.filter(|result| self.joined[*result])
    }

    /// The constant instruction behind a folded constant.
    pub fn constant<'f>(&self, func: &'f Func, value: Value) -> Option<(Op, &'f Imm)> {
        let Some(Definition::Inst(block, at)) = self.definitions[value] else { return None };
        let inst = &func.blocks[block].insts[at];
        (self.folded[value] && inst.op.is_constant()).then_some((inst.op, &inst.imm))
    }

    /// The instruction of a comparison that is folded into its branch.
    pub fn comparison(&self, func: &Func, value: Value) -> Option<(Block, usize)> {
        let Some(Definition::Inst(block, at)) = self.definitions[value] else { return None };
        let op = func.blocks[block].insts[at].op;
        (self.folded[value] && !op.is_constant()).then_some((block, at))
    }

    fn fold_constants(&mut self, func: &Func, depth: &IndexVec<Block, u32>) {
        // Where a constant is needed in a register.
        let mut use_depth: IndexVec<Value, u32> = IndexVec::from_elem(0, func.values.len());
        for (block, data) in func.blocks.iter_enumerated() {
            let operands = data.insts.iter().flat_map(|inst| {
                let held = inst.args.last().filter(|last| self.may_be_held(func, inst.op, **last));
                let read = inst.args.len() - usize::from(held.is_some());
                &inst.args[..read]
            });
            for value in operands.chain(&data.term.args) {
                use_depth[*value] = use_depth[*value].max(depth[block]);
            }
        }
        let mut hoisted = 0;
        for (block, data) in func.blocks.iter_enumerated() {
            for inst in &data.insts {
                let (true, Some(result)) = (inst.op.is_constant(), inst.result) else { continue };
                let is_used_deeper = use_depth[result] > depth[block];
                if is_used_deeper && hoisted < HOISTED_MAX {
                    hoisted += 1;
                } else {
                    self.folded[result] = true;
                }
            }
        }
    }

    /// Whether an instruction may hold its last operand itself.
    fn may_be_held(&self, func: &Func, op: Op, last: Value) -> bool {
        let Some(Definition::Inst(block, at)) = self.definitions[last] else { return false };
        op.holds_small_constant() && has_immediate_form(&func.blocks[block].insts[at].imm)
    }

    /// Whether there is an entry, and then its value.
    fn join_questions(&mut self, func: &Func) {
        for data in &func.blocks {
            for pair in data.insts.windows(2) {
                let [question, next] = pair else { continue };
                let is_pair = question.op == Op::StorageMapContains
                    && next.op == Op::StorageMapGet
                    && question.imm == next.imm
                    && question.args == next.args;
                if let (true, Some(result)) = (is_pair, question.result) {
                    self.joined[result] = true;
                }
            }
        }
    }

    fn fold_comparisons(&mut self, func: &Func) {
        let mut uses: IndexVec<Value, u32> = IndexVec::from_elem(0, func.values.len());
        for data in &func.blocks {
            let targets = data.term.targets.iter().flat_map(|target| &target.args);
            let operands = data.insts.iter().flat_map(|inst| &inst.args);
            for value in operands.chain(&data.term.args).chain(targets) {
                uses[*value] += 1;
            }
        }
        for data in &func.blocks {
            let (Op::Branch, Some(last)) = (data.term.op, data.insts.last()) else { continue };
            let condition = data.term.args[0];
            if last.result == Some(condition)
                && uses[condition] == 1
                && is_fusible_comparison(last.op)
            {
                self.folded[condition] = true;
            }
        }
    }
}

/// Whether instructions can hold the constant themselves.
fn has_immediate_form(imm: &Imm) -> bool {
    match imm {
        Imm::I32(number) => i8::try_from(*number).is_ok(),
        Imm::I64(number) => i8::try_from(*number).is_ok(),
        _ => false,
    }
}

/// Comparisons and tests that have a form which branches.
pub fn is_fusible_comparison(op: Op) -> bool {
    use Op::*;
    matches!(
        op,
        I32Eq
            | I32Ne
            | I32Lt
            | I32Le
            | I32Gt
            | I32Ge
            | I64Eq
            | I64Ne
            | I64Lt
            | I64Le
            | I64Gt
            | I64Ge
            | IsNull
            | Is
    )
}
