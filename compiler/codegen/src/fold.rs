//! Which values never get a register of their own, because the instruction that uses them takes
//! them over: constants (an immediate operand, or loaded where they are needed) and comparisons
//! that only decide the branch right after them. And which questions to storage are one
//! instruction with the next: whether there is an entry, and its value.
//!
//! Folding constants costs a load per use and saves a register that would otherwise be live from
//! the one place where value numbering left the constant. In a loop the load would run each time:
//! a constant that an instruction reads in a deeper loop than where it stands keeps its register,
//! as long as few do and no other loop runs in that one. Instructions that can hold it do so all the
//! same, and where it goes to another register, as an argument, it is loaded there, which costs what
//! a move does.

use crate::liveness::LoopDepths;
use crate::select::{immediate_operand, is_call};
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
    short: IndexVec<Value, bool>,
}

impl Folding {
    /// Decides for every value of `func`. `depths` says how deep in loops blocks are.
    pub fn of(func: &Func, depths: &LoopDepths) -> Folding {
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
        let (folded, joined, short) = (none.clone(), none.clone(), none);
        let mut folding = Folding { definitions, folded, joined, short };
        // Only a comparison that is part of its branch holds a constant.
        folding.fold_comparisons(func);
        folding.fold_constants(func, depths);
        folding.join_questions(func);
        folding
    }

    /// Whether the value has no register of its own.
    pub fn is_folded(&self, value: Value) -> bool {
        self.folded[value]
    }

    /// Whether the value is loaded where it is to be moved to: it has no register, or is a constant
    /// that takes no more than a move.
    pub fn is_loaded(&self, value: Value) -> bool {
        self.folded[value] || self.short[value]
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

    /// The constant instruction behind a value.
    pub fn constant<'f>(&self, func: &'f Func, value: Value) -> Option<(Op, &'f Imm)> {
        let Some(Definition::Inst(block, at)) = self.definitions[value] else { return None };
        let inst = &func.blocks[block].insts[at];
        inst.op.is_constant().then_some((inst.op, &inst.imm))
    }

    /// The instruction of a comparison that is folded into its branch.
    pub fn comparison(&self, func: &Func, value: Value) -> Option<(Block, usize)> {
        let Some(Definition::Inst(block, at)) = self.definitions[value] else { return None };
        let op = func.blocks[block].insts[at].op;
        (self.folded[value] && !op.is_constant()).then_some((block, at))
    }

    fn fold_constants(&mut self, func: &Func, depths: &LoopDepths) {
        // Where a constant is needed in a register.
        let mut use_depth: IndexVec<Value, u32> = IndexVec::from_elem(0, func.values.len());
        for inst in func.blocks.iter().flat_map(|data| &data.insts) {
            if let Some(result) = inst.result.filter(|_| inst.op.is_constant()) {
                self.short[result] = is_short(&inst.imm);
            }
        }
        for (block, data) in func.blocks.iter_enumerated() {
            if !depths.is_innermost[block] {
                continue;
            }
            let depth = depths.of[block];
            for inst in &data.insts {
                let held = immediate_operand(func, self, inst);
                let is_window = is_call(inst.op);
                for (at, value) in inst.args.iter().enumerate() {
                    if held != Some(at) && !(is_window && self.short[*value]) {
                        use_depth[*value] = use_depth[*value].max(depth);
                    }
                }
            }
            for value in &data.term.args {
                use_depth[*value] = use_depth[*value].max(depth);
            }
        }
        let mut hoisted = 0;
        for (block, data) in func.blocks.iter_enumerated() {
            for inst in &data.insts {
                let (true, Some(result)) = (inst.op.is_constant(), inst.result) else { continue };
                let is_used_deeper = use_depth[result] > depths.of[block];
                if is_used_deeper && hoisted < HOISTED_MAX {
                    hoisted += 1;
                } else {
                    self.folded[result] = true;
                }
            }
        }
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

/// Whether loading the constant takes no more than a move.
fn is_short(imm: &Imm) -> bool {
    match imm {
        Imm::I32(number) => i16::try_from(*number).is_ok(),
        Imm::I64(number) => i16::try_from(*number).is_ok(),
        Imm::U128(number) => u16::try_from(*number).is_ok(),
        Imm::None | Imm::Type(_) => true,
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
