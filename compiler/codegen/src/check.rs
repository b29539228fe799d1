//! An independent checker of register allocation. It knows nothing of how registers were chosen:
//! it follows which value every register holds, and compares with what the function asks for.
//!
//! A register's state is the value that it holds, or nothing. A block starts with what it claims
//! to find (its `live_in`); every edge into it must provide that. Properties, in the order of the
//! functions below:
//!
//! 1. A step reads only registers that hold the value which the instruction's operand names.
//! 2. A call reads its arguments from its window, and no value above the window's start is read
//!    afterwards: the callee owns those registers.
//! 3. A terminator reads its operands, or those of the comparison folded into it.
//! 4. Along every edge the target's parameters hold the arguments and its other values are where
//!    it expects them.
//! 5. Every register is within the frame.
//!
//! In the manner of the checker of regalloc2.

use crate::alloc::{Allocated, AllocatedBlock, End, Source, Step};
use crate::fold::Folding;
use crate::moves::Register;
use crate::select::{immediate_operand, is_call};
use fscc_ir::func::{Block, Func, Inst, Value};
use std::fmt;

/// What is wrong with an allocation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// Index of the allocated block.
    pub block: usize,
    /// Index of the step; the number of steps for the end.
    pub step: usize,
    /// What was found.
    pub text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "block {} step {}: {}", self.block, self.step, self.text)
    }
}

/// Checks an allocation of `func`.
pub fn check(func: &Func, folding: &Folding, allocated: &Allocated) -> Result<(), Violation> {
    for (number, block) in allocated.blocks.iter().enumerate() {
        let mut walk = Walk { func, folding, allocated, number, at: 0, holds: vec![None; 256] };
        for (register, value) in &block.live_in {
            walk.define(*register, *value)?;
        }
        walk.block(block)?;
    }
    Ok(())
}

struct Walk<'a> {
    func: &'a Func,
    folding: &'a Folding,
    allocated: &'a Allocated,
    number: usize,
    at: usize,
    holds: Vec<Option<Value>>,
}

impl Walk<'_> {
    fn block(&mut self, block: &AllocatedBlock) -> Result<(), Violation> {
        for (at, step) in block.steps.iter().enumerate() {
            self.at = at;
            match step {
                Step::Load { to, constant } => {
                    if self.folding.constant(self.func, *constant).is_none() {
                        return self.violation(format!("{constant} is no constant"));
                    }
                    self.define(*to, *constant)?;
                }
                Step::Move(m) => {
                    let held = self.holds[m.from as usize];
                    self.frame(m.to)?;
                    self.holds[m.to as usize] = held;
                }
                Step::Inst { at, uses, def, second, window } => {
                    let Source::Block(source) = block.source else {
                        return self.violation("an edge holds an instruction".into());
                    };
                    let inst = &self.func.blocks[source].insts[*at];
                    self.operands(inst, uses)?;
                    if let Some(base) = window {
                        self.window(inst, uses, *base)?;
                    }
                    if let (Some(def), Some(result)) = (def, inst.result) {
                        self.define(*def, result)?;
                    }
                    let insts = &self.func.blocks[source].insts;
                    match (second, self.folding.second_result(insts, *at)) {
                        (Some(second), Some(result)) => self.define(*second, result)?,
                        (None, None) => {}
                        _ => return self.violation("one of two results is missing".into()),
                    }
                }
            }
        }
        self.at = block.steps.len();
        match &block.end {
            End::Terminator { uses, window, targets } => {
                let Source::Block(source) = block.source else {
                    return self.violation("an edge ends with a terminator".into());
                };
                self.terminator(source, uses, *window)?;
                for (position, target) in targets.iter().enumerate() {
                    self.edge(source, position, *target)?;
                }
            }
            End::Jump(target) => {
                let Source::Edge(source, position) = block.source else {
                    return self.violation("a block of the function ends with an edge".into());
                };
                self.edge(source, position, *target)?;
            }
        }
        Ok(())
    }

    /// Property 1.
    fn operands(&self, inst: &Inst, uses: &[Register]) -> Result<(), Violation> {
        let skipped = immediate_operand(self.func, self.folding, inst);
        if uses.len() != inst.args.len() {
            return self.violation(format!(
                "{} operands, {} registers",
                inst.args.len(),
                uses.len()
            ));
        }
        for (position, (value, register)) in inst.args.iter().zip(uses).enumerate() {
            if Some(position) != skipped || is_call(inst.op) {
                self.reads(*register, *value)?;
            }
        }
        Ok(())
    }

    /// Property 2.
    fn window(&mut self, inst: &Inst, uses: &[Register], base: Register) -> Result<(), Violation> {
        let is_in_window =
            uses.iter().enumerate().all(|(at, register)| *register as usize == base as usize + at);
        if !is_in_window || !is_call(inst.op) {
            return self.violation("arguments are not in the window".into());
        }
        self.holds[base as usize..].fill(None);
        Ok(())
    }

    /// Property 3.
    fn terminator(
        &self,
        source: Block,
        uses: &[Register],
        window: Option<Register>,
    ) -> Result<(), Violation> {
        let term = &self.func.blocks[source].term;
        let comparison =
            term.args.first().and_then(|value| self.folding.comparison(self.func, *value));
        if let Some((block, at)) = comparison {
            return self.operands(&self.func.blocks[block].insts[at], uses);
        }
        for (at, (value, register)) in term.args.iter().zip(uses).enumerate() {
            self.reads(*register, *value)?;
            if window.is_some_and(|base| *register as usize != base as usize + at) {
                return self.violation("arguments are not in the window".into());
            }
        }
        Ok(())
    }

    /// Property 4. An edge block stands between: it must find what it claims to find.
    fn edge(&self, source: Block, position: usize, target: usize) -> Result<(), Violation> {
        let wanted = &self.func.blocks[source].term.targets[position];
        let found = &self.allocated.blocks[target];
        match found.source {
            Source::Edge(from, at) => {
                if (from, at) != (source, position) {
                    return self.violation(format!("goes to the edge of {from}"));
                }
                for (register, value) in &found.live_in {
                    self.reads(*register, *value)?;
                }
            }
            Source::Block(block) => {
                if block != wanted.block {
                    return self.violation(format!("goes to {block} instead of {}", wanted.block));
                }
                let params = &self.func.blocks[block].params;
                for (register, value) in &found.live_in {
                    let position = params.iter().position(|param| param == value);
                    let expected = position.map_or(*value, |position| wanted.args[position]);
                    self.reads(*register, expected)?;
                }
            }
        }
        Ok(())
    }

    /// Property 5.
    fn frame(&self, register: Register) -> Result<(), Violation> {
        if u16::from(register) >= self.allocated.frame {
            return self.violation(format!("r{register} is outside the frame"));
        }
        Ok(())
    }

    fn define(&mut self, register: Register, value: Value) -> Result<(), Violation> {
        self.frame(register)?;
        self.holds[register as usize] = Some(value);
        Ok(())
    }

    fn reads(&self, register: Register, value: Value) -> Result<(), Violation> {
        self.frame(register)?;
        match self.holds[register as usize] {
            Some(held) if held == value => Ok(()),
            Some(held) => self.violation(format!("r{register} holds {held} instead of {value}")),
            None => self.violation(format!("r{register} holds nothing instead of {value}")),
        }
    }

    fn violation(&self, text: String) -> Result<(), Violation> {
        Err(Violation { block: self.number, step: self.at, text })
    }
}
