//! Splicing: the bodies of callees take the places of the calls.
//!
//! The first block of a body continues the block of the call, and what follows the call continues
//! the block in which the body returns, if there is only one; the value that is returned then
//! stands for the result of the call. So a body of one block adds no block at all.
//!
//! Relies on: nothing jumps to the first block of a function. Guarantees: bodies that were put in
//! are not looked through for calls; blocks are left over that cannot be reached where a body
//! never returns.

use super::facts::Replacement;
use crate::func::{
    Block, BlockData, ENTRY, Func, Imm, Inst, Target, Terminator, Value, take_block,
};
use crate::ops::Op;
use fscc_base::{Idx, IndexVec};

/// Puts bodies into the blocks of a function; `body_of` gives one for a call, or none.
pub(super) fn splice<'m>(func: &mut Func, mut body_of: impl FnMut(&Inst) -> Option<&'m Func>) {
    let replacement = Replacement::new(func);
    let mut splicer = Splicer { func, replacement };
    for block in splicer.func.blocks.indices() {
        if splicer.func.blocks[block].insts.iter().any(|inst| inst.op == Op::Call) {
            splicer.rebuild(block, &mut body_of);
        }
    }
    let Splicer { func, mut replacement } = splicer;
    replacement.apply(func);
}

struct Splicer<'f> {
    func: &'f mut Func,
    /// The results of calls by what the bodies return.
    replacement: Replacement,
}

/// A block that is being written.
struct Open {
    block: Block,
    insts: Vec<Inst>,
}

impl Splicer<'_> {
    /// Writes a block anew with bodies in the places of calls.
    fn rebuild<'m>(&mut self, block: Block, body_of: &mut impl FnMut(&Inst) -> Option<&'m Func>) {
        let params = std::mem::take(&mut self.func.blocks[block].params);
        let BlockData { insts, term, .. } = take_block(&mut self.func.blocks[block]);
        self.func.blocks[block].params = params;
        let mut open = Open { block, insts: Vec::with_capacity(insts.len()) };
        for inst in insts {
            match body_of(&inst) {
                Some(body) => open = self.put(open, &inst, body),
                None => open.insts.push(inst),
            }
        }
        self.close(open, term);
    }

    fn close(&mut self, open: Open, term: Terminator) {
        let data = &mut self.func.blocks[open.block];
        (data.insts, data.term) = (open.insts, term);
    }

    /// Puts in a body. The block in which what follows the call is to be written.
    fn put(&mut self, open: Open, call: &Inst, body: &Func) -> Open {
        let values = self.values(body, &call.args);
        let base = self.func.blocks.len();
        let number = |block: Block| Block::new(base + block.index() - 1);
        for data in body.blocks.iter().skip(1) {
            let params = data.params.iter().map(|value| values[*value]).collect();
            let term = Terminator::leave(Op::Return, Imm::None, &[], call.span);
            let _: Block = self.func.blocks.push(BlockData { params, insts: Vec::new(), term });
        }
        let returns = body.blocks.iter().filter(|data| is_return(data)).count();
        // Where several ways meet again, or nobody comes.
        let meeting = (returns != 1).then(|| self.meeting_block(call));
        let mut next = None;
        let mut first = Some(open);
        for (id, data) in body.blocks.iter_enumerated() {
            let mut open = first.take().unwrap_or_else(|| Open {
                block: number(id),
                insts: Vec::with_capacity(data.insts.len()),
            });
            open.insts.extend(data.insts.iter().map(|inst| renamed(inst, &values)));
            if !is_return(data) {
                let mut term = data.term.clone();
                term.args.iter_mut().for_each(|value| *value = values[*value]);
                for target in &mut term.targets {
                    target.block = number(target.block);
                    target.args.iter_mut().for_each(|value| *value = values[*value]);
                }
                self.close(open, term);
                continue;
            }
            let value = self.returned(&mut open, &data.term, &values, body);
            match meeting {
                Some(block) => {
                    let target = Target { block, args: value.into_iter().collect() };
                    self.close(open, Terminator::jump(target, data.term.span));
                }
                None => {
                    if let (Some(result), Some(value)) = (call.result, value) {
                        self.replacement.set(result, value);
                    }
                    next = Some(open);
                }
            }
        }
        let at_meeting = meeting.map(|block| Open { block, insts: Vec::new() });
        next.or(at_meeting)
            .expect("a body returns in one block, or there is a block for the others")
    }

    /// New values for those of the body; its parameters are the arguments.
    fn values(&mut self, body: &Func, args: &[Value]) -> IndexVec<Value, Value> {
        let mut values: IndexVec<Value, Value> =
            IndexVec::from_elem(Value::from_u32(u32::MAX), body.values.len());
        for (param, arg) in body.params().iter().zip(args) {
            values[*param] = *arg;
        }
        self.func.values.reserve(body.values.len());
        for (number, data) in body.blocks.iter_enumerated() {
            let results = data.insts.iter().filter_map(|inst| inst.result);
            let params = data.params.iter().copied().filter(|_| number != ENTRY);
            for value in params.chain(results) {
                values[value] = self.func.new_value(body.values[value]);
            }
        }
        values
    }

    fn meeting_block(&mut self, call: &Inst) -> Block {
        let term = Terminator::leave(Op::Return, Imm::None, &[], call.span);
        let params = call.result.into_iter().collect();
        self.func.blocks.push(BlockData { params, insts: Vec::new(), term })
    }

    /// What the body returns here; a tail call is a call whose result is returned.
    fn returned(
        &mut self,
        open: &mut Open,
        term: &Terminator,
        values: &IndexVec<Value, Value>,
        body: &Func,
    ) -> Option<Value> {
        if term.op == Op::Return {
            return term.args.first().map(|value| values[*value]);
        }
        let result = body.result.map(|ty| self.func.new_value(ty));
        let args = term.args.iter().map(|value| values[*value]).collect();
        let (imm, span) = (term.imm.clone(), term.span);
        open.insts.push(Inst { op: Op::Call, imm, args, result, span });
        result
    }
}

fn is_return(data: &BlockData) -> bool {
    matches!(data.term.op, Op::Return | Op::TailCall)
}

fn renamed(inst: &Inst, values: &IndexVec<Value, Value>) -> Inst {
    let mut inst = inst.clone();
    inst.args.iter_mut().for_each(|value| *value = values[*value]);
    inst.result = inst.result.map(|value| values[value]);
    inst
}
