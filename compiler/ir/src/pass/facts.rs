//! Facts about a function that several passes ask for: definitions, uses, and what can be said of
//! a value by looking at its definition.

use crate::func::{Block, BlockData, ENTRY, Func, Imm, Inst, Value};
use crate::ops::{Kind, Op, OpEffect};
use crate::types::ClassId;
use fscc_base::{Idx, IndexVec, Lists};

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Def {
    /// The parameter with this index of a block.
    Param(Block, u32),
    /// The result of the instruction with this index in a block.
    Inst(Block, u32),
    /// Nowhere: the value is not used.
    None,
}

/// The definition of every value, as long as the function does not change.
pub(crate) struct Defs {
    defs: IndexVec<Value, Def>,
    /// The block parameters that are never null, if somebody asked.
    solid: Option<IndexVec<Value, bool>>,
}

/// Rounds of the search for parameters of which something is told.
const PARAMS_ROUNDS_MAX: usize = 16;

impl Defs {
    pub(crate) fn new(func: &Func) -> Defs {
        let mut defs = IndexVec::from_elem(Def::None, func.values.len());
        for (block, data) in func.blocks.iter_enumerated() {
            for (at, value) in data.params.iter().enumerate() {
                defs[*value] = Def::Param(block, at as u32);
            }
            for (at, inst) in data.insts.iter().enumerate() {
                if let Some(value) = inst.result {
                    defs[value] = Def::Inst(block, at as u32);
                }
            }
        }
        Defs { defs, solid: None }
    }

    /// The same with the block parameters into which no way brings null.
    pub(crate) fn with_solid_params(func: &Func) -> Defs {
        let mut defs = Defs::new(func);
        defs.solid = defs.params_of(func, |origin| defs.is_not_null(func, origin));
        defs
    }

    /// The block parameters of reference type into which every way brings what is told of the origin
    /// of a value: all that is not refuted, so that loops count. None if there is no such parameter,
    /// or finding them takes too many rounds.
    pub(crate) fn params_of(
        &self,
        func: &Func,
        is_it: impl Fn(Value) -> bool,
    ) -> Option<IndexVec<Value, bool>> {
        let mut params = IndexVec::from_elem(false, func.values.len());
        let mut count = 0;
        for param in func.blocks.iter().skip(1).flat_map(|block| &block.params) {
            params[*param] = func.values[*param].is_reference();
            count += usize::from(params[*param]);
        }
        for _ in 0..PARAMS_ROUNDS_MAX {
            if count == 0 {
                return None;
            }
            let before = count;
            for target in func.blocks.iter().flat_map(|block| &block.term.targets) {
                for (param, arg) in func.blocks[target.block].params.iter().zip(&target.args) {
                    let origin = self.origin(func, *arg);
                    if params[*param] && !params[origin] && !is_it(origin) {
                        params[*param] = false;
                        count -= 1;
                    }
                }
            }
            if count == before {
                return Some(params);
            }
        }
        None
    }

    pub(crate) fn get(&self, value: Value) -> Def {
        // A value that was made since has no entry.
        self.defs.get(value).copied().unwrap_or(Def::None)
    }

    /// The instruction that defines a value, if it is one.
    pub(crate) fn inst<'a>(&self, func: &'a Func, value: Value) -> Option<&'a Inst> {
        match self.get(value) {
            Def::Inst(block, at) => func.blocks[block].insts.get(at as usize),
            _ => None,
        }
    }

    /// Looks through casts, which give the same reference.
    pub(crate) fn origin(&self, func: &Func, value: Value) -> Value {
        let mut value = value;
        while let Some(inst) = self.inst(func, value) {
            match inst.op {
                Op::Cast => value = inst.args[0],
                _ => break,
            }
        }
        value
    }

    /// The exact class of the object, if it is created in this function.
    pub(crate) fn exact_class(&self, func: &Func, value: Value) -> Option<ClassId> {
        match self.inst(func, self.origin(func, value)) {
            Some(Inst { op: Op::New | Op::ArrayNew, imm: Imm::Class(class), .. }) => Some(*class),
            Some(inst) => super::tables::class_of(inst.op),
            None => None,
        }
    }

    /// Whether the value is certainly not null.
    pub(crate) fn is_not_null(&self, func: &Func, value: Value) -> bool {
        let origin = self.origin(func, value);
        self.inst(func, origin).is_some_and(|inst| gives_object(inst.op))
            || self.solid.as_ref().is_some_and(|solid| solid.get(origin) == Some(&true))
    }
}

/// Whether the result of the operation is never null.
pub(crate) fn gives_object(op: Op) -> bool {
    let info = op.info();
    match op {
        Op::New | Op::ArrayNew | Op::Box | Op::ConstUnit | Op::CallTry => true,
        Op::ArrayOfI8 | Op::ArrayOfI32 | Op::ArrayOfI64 => true,
        _ => {
            let is_text = matches!(info.result, Kind::string | Kind::bytes);
            is_text && matches!(info.effect, OpEffect::pure | OpEffect::traps)
        }
    }
}

/// Every value that an instruction list and a terminator use.
pub(crate) fn for_each_use(block: &BlockData, mut visit: impl FnMut(Value)) {
    for inst in &block.insts {
        inst.args.iter().for_each(|value| visit(*value));
    }
    block.term.args.iter().for_each(|value| visit(*value));
    for target in &block.term.targets {
        target.args.iter().for_each(|value| visit(*value));
    }
}

/// Replaces uses in a block.
pub(crate) fn map_uses(block: &mut BlockData, mut change: impl FnMut(&mut Value)) {
    for inst in &mut block.insts {
        inst.args.iter_mut().for_each(&mut change);
    }
    block.term.args.iter_mut().for_each(&mut change);
    for target in &mut block.term.targets {
        target.args.iter_mut().for_each(&mut change);
    }
}

/// Drops parameters of blocks, and the arguments for them; those of the entry stay.
pub(crate) fn retain_params(func: &mut Func, keeps: impl Fn(Value) -> bool) {
    let drops = |block: &BlockData| !block.params.iter().all(|param| keeps(*param));
    let shortened: IndexVec<Block, bool> =
        func.blocks.iter_enumerated().map(|(id, block)| id != ENTRY && drops(block)).collect();
    for block in func.blocks.indices() {
        for at in 0..func.blocks[block].term.targets.len() {
            let to = func.blocks[block].term.targets[at].block;
            if !shortened[to] {
                continue;
            }
            let mut args = std::mem::take(&mut func.blocks[block].term.targets[at].args);
            let mut params = func.blocks[to].params.iter();
            args.retain(|_| params.next().is_none_or(|param| keeps(*param)));
            func.blocks[block].term.targets[at].args = args;
        }
    }
    for block in func.blocks.indices().filter(|block| shortened[*block]) {
        func.blocks[block].params.retain(|param| keeps(*param));
    }
}

/// A set of replacements of values by values, which may be chained.
pub(crate) struct Replacement {
    map: IndexVec<Value, Value>,
    /// Whether there is any.
    pub(crate) any: bool,
}

impl Replacement {
    pub(crate) fn new(func: &Func) -> Replacement {
        Replacement { map: func.values.indices().collect(), any: false }
    }

    /// From now on `value` means `by`. Asking for more values than there were is fine.
    pub(crate) fn set(&mut self, value: Value, by: Value) {
        let by = self.get(by);
        if by != value && value.index() < self.map.len() {
            self.map[value] = by;
            self.any = true;
        }
    }

    pub(crate) fn get(&self, value: Value) -> Value {
        let mut value = value;
        while let Some(next) = self.map.get(value).filter(|next| **next != value) {
            value = *next;
        }
        value
    }

    /// Takes the instructions out that make what is replaced, and replaces all uses. Where their
    /// replacement is known, they do not trap.
    pub(crate) fn take_out(&mut self, func: &mut Func) {
        if !self.any {
            return;
        }
        for block in func.blocks.iter_mut() {
            block.insts.retain(|inst| inst.result.is_none_or(|value| self.get(value) == value));
        }
        self.apply(func);
    }

    /// Replaces all uses in a function.
    pub(crate) fn apply(&mut self, func: &mut Func) {
        if !self.any {
            return;
        }
        for value in self.map.indices().rev() {
            // Shorten the chains first, so that the whole is close to linear.
            let end = self.get(value);
            self.map[value] = end;
        }
        for block in func.blocks.iter_mut() {
            map_uses(block, |value| *value = self.get(*value));
        }
    }
}

/// For every block the edges that lead into it: predecessor and index of the target there.
pub(crate) fn incoming(func: &Func) -> Lists<Block, (Block, u32)> {
    let mut edges = Vec::with_capacity(func.blocks.len() * 2);
    for (block, data) in func.blocks.iter_enumerated() {
        for (at, target) in data.term.targets.iter().enumerate() {
            edges.push((target.block, (block, at as u32)));
        }
    }
    Lists::from_pairs(func.blocks.len(), &edges)
}
