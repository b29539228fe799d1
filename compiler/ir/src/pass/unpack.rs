//! Unpacking: an object that never leaves the function, such as a closure, a tuple or an `Option`
//! that is taken apart again, is replaced by the values of its fields.
//!
//! Why it is correct: the object is created here, and its only uses are reads and writes of its
//! own fields, so nobody else can see it; reading a field gives what was last written, or zero.
//! That is what an SSA variable is: the fields become variables that are zero where the object is
//! created. No access traps, because the object is not null.

use super::Env;
use super::facts::Replacement;
use crate::builder::zero;
use crate::cfg::Cfg;
use crate::func::{Block, Func, Imm, Inst, Value, Values};
use crate::module::FieldRef;
use crate::ops::Op;
use crate::types::Type;
use fscc_base::{FastMap, FastSet};

/// A field of an object that is unpacked: creating instruction's value and field.
type Variable = (Value, FieldRef);

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let objects = captive_objects(func);
    if objects.is_empty() {
        return false;
    }
    let mut promotion = Promotion {
        cfg: Cfg::new(func),
        ends: FastMap::default(),
        starts: FastMap::default(),
        added: Vec::new(),
        zeros: FastMap::default(),
        types: FastMap::default(),
    };
    let mut replacement = Replacement::new(func);
    promotion.rewrite_blocks(func, env, &objects, &mut replacement);
    promotion.add_arguments(func);
    promotion.place_zeros(func);
    replacement.apply(func);
    true
}

/// The objects that are created here and used only as the object of field accesses.
fn captive_objects(func: &Func) -> FastSet<Value> {
    let mut objects = FastSet::default();
    for inst in func.blocks.iter().flat_map(|block| &block.insts) {
        if inst.op == Op::New {
            objects.extend(inst.result);
        }
    }
    if objects.is_empty() {
        return objects;
    }
    let mut escape = |value: Value| {
        objects.swap_remove(&value);
    };
    for block in func.blocks.iter() {
        for inst in &block.insts {
            match inst.op {
                Op::FieldGet => {}
                Op::FieldSet => escape(inst.args[1]),
                _ => inst.args.iter().for_each(|value| escape(*value)),
            }
        }
        let passed = block.term.targets.iter().flat_map(|target| &target.args);
        block.term.args.iter().chain(passed).for_each(|value| escape(*value));
    }
    objects
}

struct Promotion {
    cfg: Cfg,
    /// The value of a variable at the end of a block that writes or reads it.
    ends: FastMap<(Variable, Block), Value>,
    /// The value at the start of a block.
    starts: FastMap<(Variable, Block), Value>,
    /// Parameters that were added: block, variable, value.
    added: Vec<(Block, Variable, Value)>,
    /// Zeros that stand for "not created yet" at the start of a block.
    zeros: FastMap<(Type, Block), Value>,
    types: FastMap<FieldRef, Type>,
}

impl Promotion {
    fn rewrite_blocks(
        &mut self,
        func: &mut Func,
        env: &Env,
        objects: &FastSet<Value>,
        replacement: &mut Replacement,
    ) {
        // Within a block the last value is known; what comes from before is asked for later,
        // when the ends of all blocks are known.
        let mut asked: Vec<(Variable, Block, Value)> = Vec::new();
        for block in self.cfg.order.clone() {
            let mut now: FastMap<Variable, Value> = FastMap::default();
            let old = std::mem::take(&mut func.blocks[block].insts);
            let mut insts = Vec::with_capacity(old.len());
            for inst in old {
                let object = inst.args.first().copied();
                match (inst.op, &inst.imm) {
                    (Op::New, Imm::Class(class))
                        if inst.result.is_some_and(|v| objects.contains(&v)) =>
                    {
                        let Some(object) = inst.result else { continue };
                        for owner in env.module.ancestors(*class) {
                            for (index, field) in
                                env.module.classes[owner].fields.iter().enumerate()
                            {
                                let field_ref = FieldRef { class: owner, index: index as u32 };
                                self.types.insert(field_ref, field.ty);
                                let (op, imm) = zero(field.ty);
                                let value = func.new_value(field.ty);
                                let args = Values::new();
                                insts.push(Inst {
                                    op,
                                    imm,
                                    args,
                                    result: Some(value),
                                    span: inst.span,
                                });
                                now.insert((object, field_ref), value);
                            }
                        }
                    }
                    (Op::FieldSet, Imm::Field(field))
                        if object.is_some_and(|v| objects.contains(&v)) =>
                    {
                        now.insert((inst.args[0], *field), inst.args[1]);
                    }
                    (Op::FieldGet, Imm::Field(field))
                        if object.is_some_and(|v| objects.contains(&v)) =>
                    {
                        let variable = (inst.args[0], *field);
                        let Some(result) = inst.result else { continue };
                        match now.get(&variable) {
                            Some(value) => replacement.set(result, *value),
                            None => {
                                asked.push((variable, block, result));
                                now.insert(variable, result);
                            }
                        }
                    }
                    _ => insts.push(inst),
                }
            }
            func.blocks[block].insts = insts;
            for (variable, value) in now {
                self.ends.insert((variable, block), value);
            }
        }
        for (variable, block, result) in asked {
            let value = self.at_start(func, variable, block);
            replacement.set(result, value);
        }
    }

    /// The value of a variable at the start of a block. Parameters are made where ways meet, also
    /// where they turn out to be trivial; cleaning removes those.
    fn at_start(&mut self, func: &mut Func, variable: Variable, block: Block) -> Value {
        let mut passed = Vec::new();
        let mut at = block;
        let value = loop {
            if let Some(value) = self.starts.get(&(variable, at)) {
                break *value;
            }
            passed.push(at);
            match &self.cfg.predecessors[at] {
                [] => break self.zero(func, variable, at),
                [only] => match self.ends.get(&(variable, *only)) {
                    Some(value) => break *value,
                    None => at = *only,
                },
                _ => {
                    let ty = self.types.get(&variable.1).copied().unwrap_or(Type::Any);
                    let value = func.new_value(ty);
                    self.added.push((at, variable, value));
                    break value;
                }
            }
        };
        for block in passed {
            self.starts.insert((variable, block), value);
        }
        value
    }

    fn zero(&mut self, func: &mut Func, variable: Variable, block: Block) -> Value {
        let ty = self.types.get(&variable.1).copied().unwrap_or(Type::Any);
        *self.zeros.entry((ty, block)).or_insert_with(|| func.values.push(ty))
    }

    /// Gives every added parameter its arguments; that may add parameters further up.
    fn add_arguments(&mut self, func: &mut Func) {
        let mut done = 0;
        while let Some((block, variable, value)) = self.added.get(done).copied() {
            done += 1;
            func.blocks[block].params.push(value);
            let mut predecessors = self.cfg.predecessors[block].to_vec();
            predecessors.dedup();
            for from in predecessors {
                let arg = match self.ends.get(&(variable, from)) {
                    Some(arg) => *arg,
                    None => self.at_start(func, variable, from),
                };
                for target in &mut func.blocks[from].term.targets {
                    if target.block == block {
                        target.args.push(arg);
                    }
                }
            }
        }
    }

    fn place_zeros(&mut self, func: &mut Func) {
        for ((ty, block), value) in &self.zeros {
            let (op, imm) = zero(*ty);
            let span = func.blocks[*block].term.span;
            let inst = Inst { op, imm, args: Values::new(), result: Some(*value), span };
            func.blocks[*block].insts.insert(0, inst);
        }
    }
}
