//! Local simplification: an instruction becomes a cheaper one, a constant, or one of its operands.
//!
//! Why it is correct: every rule is an identity of the operation table that holds for all operands
//! of the right type; where the original could trap, the rule applies only if the operand shows
//! that it does not (a box that has just been made, a reference whose type already says the class).
//! Rules on doubles are none, because of NaN and the two zeros. Operands are looked at through
//! their definitions, which dominate the instruction. One walk in reverse postorder, linear.

mod algebra;
mod any;

pub(super) use algebra::inverse;

use super::Env;
use super::facts::{Def, Defs, Replacement};
use crate::fold::Const;
use crate::func::{Block, Func, Imm, Inst, Value, Values};
use crate::ops::Op;
use crate::types::Type;

/// What becomes of an instruction.
enum Rewrite {
    /// The value is this one.
    Same(Value),
    /// The value is this constant.
    Constant(Const),
    /// Another operation without immediate, of the same type.
    Op(Op, Values),
    /// An operation whose second operand is a constant that has to be made first.
    WithConstant(Op, Value, Const),
}

/// The function and what is known of its values.
struct View<'a> {
    func: &'a Func,
    env: &'a Env<'a>,
    defs: &'a Defs,
}

impl View<'_> {
    fn inst(&self, value: Value) -> Option<&Inst> {
        self.defs.inst(self.func, value)
    }
    fn constant(&self, value: Value) -> Option<Const> {
        let inst = self.inst(value)?;
        Const::of(inst.op, &inst.imm)
    }
    fn ty(&self, value: Value) -> Type {
        self.func.values[value]
    }
    /// The operands of the instruction that defines a value, if it is this operation.
    fn operands(&self, value: Value, op: Op) -> Option<&Values> {
        self.inst(value).filter(|inst| inst.op == op).map(|inst| &inst.args)
    }
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let mut replacement = Replacement::new(func);
    let mut insts = func.blocks.iter().flat_map(|block| &block.insts);
    let has_tests = insts.any(|inst| matches!(inst.op, Op::Is | Op::IsNull));
    let defs = if has_tests { Defs::with_solid_params(func) } else { Defs::new(func) };
    let mut changed = false;
    let mut constants = Vec::new();
    for block in func.reverse_postorder() {
        for at in 0..func.blocks[block].insts.len() {
            for value in &mut func.blocks[block].insts[at].args {
                *value = replacement.get(*value);
            }
            let inst = &func.blocks[block].insts[at];
            let view = View { func, env, defs: &defs };
            let rewrite = inst
                .result
                .and_then(|_| any::rewrite(&view, inst).or_else(|| algebra::rewrite(&view, inst)));
            if let Some(rewrite) = rewrite {
                changed = true;
                apply(func, &mut replacement, &mut constants, (block, at), rewrite);
            }
        }
        changed |= simplify_branch(func, &defs, &replacement, block);
    }
    place_constants(func, constants);
    // The rules have shown that what is replaced by an operand does not trap.
    replacement.take_out(func);
    changed
}

/// A constant to be put before the instruction at an index of a block.
pub(super) type Made = ((Block, usize), Inst);

fn apply(
    func: &mut Func,
    replacement: &mut Replacement,
    constants: &mut Vec<Made>,
    (block, at): (Block, usize),
    rewrite: Rewrite,
) {
    let inst = &mut func.blocks[block].insts[at];
    let Some(result) = inst.result else { return };
    match rewrite {
        Rewrite::Same(value) => replacement.set(result, value),
        Rewrite::Constant(constant) => {
            (inst.op, inst.imm) = constant.inst();
            inst.args = Values::new();
        }
        Rewrite::Op(op, args) => {
            (inst.op, inst.imm, inst.args) = (op, Imm::None, args);
        }
        Rewrite::WithConstant(op, value, constant) => {
            let span = inst.span;
            let made = func.values.push(constant.ty());
            let inst = &mut func.blocks[block].insts[at];
            (inst.op, inst.imm, inst.args) = (op, Imm::None, Values::from_slice(&[value, made]));
            let (op, imm) = constant.inst();
            constants.push((
                (block, at),
                Inst { op, imm, args: Values::new(), result: Some(made), span },
            ));
        }
    }
}

/// Puts the constants in, at the end, so that positions stay what they were during the walk.
pub(super) fn place_constants(func: &mut Func, mut constants: Vec<Made>) {
    constants.sort_by_key(|(place, _)| *place);
    let mut constants = constants.into_iter().peekable();
    for block in func.blocks.indices() {
        if constants.peek().is_none_or(|((at, _), _)| *at != block) {
            continue;
        }
        let old = std::mem::take(&mut func.blocks[block].insts);
        let insts = &mut func.blocks[block].insts;
        for (at, inst) in old.into_iter().enumerate() {
            while let Some((_, made)) = constants.next_if(|(place, _)| *place == (block, at)) {
                insts.push(made);
            }
            insts.push(inst);
        }
    }
}

/// `br (bool.not x), a, b` is `br x, b, a`; so is a comparison of a Boolean with zero.
fn simplify_branch(func: &mut Func, defs: &Defs, replacement: &Replacement, block: Block) -> bool {
    let term = &func.blocks[block].term;
    if term.op != Op::Branch {
        return false;
    }
    let condition = replacement.get(term.args[0]);
    let Def::Inst(at, index) = defs.get(condition) else { return false };
    let Some(inst) = func.blocks[at].insts.get(index as usize) else { return false };
    if inst.op != Op::BoolNot || inst.result != Some(condition) {
        return false;
    }
    let inner = replacement.get(inst.args[0]);
    let term = &mut func.blocks[block].term;
    term.args[0] = inner;
    term.targets.swap(0, 1);
    true
}
