//! Fields: what nobody reads is not kept, and a field that only ever holds references to one class
//! says so.
//!
//! Why it is correct: the module is closed, so all reads and writes of a field are in its code. A
//! write to a field that nothing reads has one other effect, the trap on null; a field goes only if
//! none of its writes can trap: the object is created by the function, or is the receiver of a
//! method, which dispatch or the direct callers have looked at. The type of a field narrows to what
//! all writes bring; null, which it holds before the first, has every reference type. Linear in the
//! code, but for the receivers: their callers are asked until nothing changes.

use super::facts::Defs;
use super::run::{Settled, change_funcs};
use crate::func::{Func, Imm, Value};
use crate::module::{FieldRef, FuncId, Module};
use crate::ops::Op;
use crate::types::{ClassId, Type};
use fscc_base::{Crew, Idx, IndexVec, share_map};

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let uses = Uses::new(module, settled.crew);
    let kept = uses.kept(module);
    if uses.narrow(module) | kept.is_some() {
        change(module, kept.as_ref(), settled);
    }
}

/// What is known of a field.
#[derive(Clone, Copy, Default)]
struct Use {
    is_read: bool,
    /// A write may trap, because the object may be null.
    may_trap: bool,
    /// The type of all values that are written; none before the first.
    ty: Option<Type>,
    /// Values of several types are written.
    is_mixed: bool,
}

/// What the code of a module does with its fields.
struct Uses {
    uses: IndexVec<ClassId, Vec<Use>>,
}

impl Uses {
    fn new(module: &Module, crew: &dyn Crew) -> Uses {
        let facts: IndexVec<FuncId, Facts> =
            share_map(crew, module.funcs.len(), |id| Facts::of(&module.funcs[FuncId::new(id)]))
                .into_iter()
                .collect();
        let receivers = receivers(module, &facts);
        let empty = |class: &crate::module::Class| vec![Use::default(); class.fields.len()];
        let mut all = Uses { uses: module.classes.iter().map(empty).collect() };
        for (id, facts) in facts.iter_enumerated() {
            facts.reads.iter().for_each(|field| all.count_read(*field));
            for write in &facts.writes {
                let is_object = match write.object {
                    Object::Present => true,
                    Object::Receiver => receivers[id],
                    Object::Unknown => false,
                };
                all.count_write(write, is_object);
            }
        }
        all
    }

    fn get(&mut self, field: FieldRef) -> Option<&mut Use> {
        self.uses[field.class].get_mut(field.index as usize)
    }

    fn count_read(&mut self, field: FieldRef) {
        if let Some(use_) = self.get(field) {
            use_.is_read = true;
        }
    }

    fn count_write(&mut self, write: &Write, is_object: bool) {
        if let Some(use_) = self.get(write.field) {
            use_.may_trap |= !is_object;
            use_.is_mixed |= *use_.ty.get_or_insert(write.ty) != write.ty;
        }
    }

    /// For each class the new numbers of its fields, none for those that go; nothing if all stay.
    fn kept(&self, module: &Module) -> Option<IndexVec<ClassId, Vec<Option<u32>>>> {
        let mut any = false;
        let mut numbers = |uses: &Vec<Use>| {
            let mut next = 0;
            let mut number = |use_: &Use| {
                let stays = use_.is_read || use_.may_trap;
                any |= !stays;
                let number = stays.then_some(next);
                next += u32::from(stays);
                number
            };
            uses.iter().map(&mut number).collect()
        };
        let kept = module.classes.indices().map(|class| numbers(&self.uses[class])).collect();
        any.then_some(kept)
    }

    /// Narrows the types of fields; whether any has changed.
    fn narrow(&self, module: &mut Module) -> bool {
        let mut changed = false;
        for class in module.classes.indices() {
            for (at, use_) in self.uses[class].iter().enumerate() {
                let Some(ty @ Type::Ref(_)) = use_.ty.filter(|_| !use_.is_mixed) else { continue };
                let field = &mut module.classes[class].fields[at];
                changed |= field.ty != ty;
                field.ty = ty;
            }
        }
        changed
    }
}

/// What is known of an object that is written or passed on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Object {
    /// It is certainly no null.
    Present,
    /// It is the first parameter of the function.
    Receiver,
    /// It may be null.
    Unknown,
}

impl Object {
    fn of(func: &Func, defs: &Defs, value: Value) -> Object {
        let origin = defs.origin(func, value);
        if defs.is_not_null(func, origin) {
            Object::Present
        } else if func.params().first() == Some(&origin) {
            Object::Receiver
        } else {
            Object::Unknown
        }
    }
}

/// A write to a field.
struct Write {
    field: FieldRef,
    ty: Type,
    object: Object,
}

/// What one function does with fields and with receivers.
#[derive(Default)]
struct Facts {
    reads: Vec<FieldRef>,
    writes: Vec<Write>,
    /// The functions that it calls with an object that is not certainly there.
    callees: Vec<(FuncId, Object)>,
}

impl Facts {
    fn of(func: &Func) -> Facts {
        let (mut facts, mut defs) = (Facts::default(), None);
        for block in &func.blocks {
            for inst in &block.insts {
                match inst.imm {
                    Imm::Field(field) if inst.op == Op::FieldSet => {
                        let defs = defs.get_or_insert_with(|| Defs::new(func));
                        let object = Object::of(func, defs, inst.args[0]);
                        facts.writes.push(Write { field, ty: func.values[inst.args[1]], object });
                    }
                    Imm::Field(field) => facts.reads.push(field),
                    Imm::Func(callee) => facts.add_call(func, &mut defs, callee, &inst.args),
                    _ => {}
                }
            }
            if let Imm::Func(callee) = block.term.imm {
                facts.add_call(func, &mut defs, callee, &block.term.args);
            }
        }
        facts
    }

    fn add_call(&mut self, func: &Func, defs: &mut Option<Defs>, callee: FuncId, args: &[Value]) {
        let Some(first) = args.first() else { return };
        let defs = defs.get_or_insert_with(|| Defs::new(func));
        match Object::of(func, defs, *first) {
            Object::Present => {}
            object => self.callees.push((callee, object)),
        }
    }
}

/// The functions whose first parameter is never null: everybody who names them passes an object.
fn receivers(module: &Module, facts: &IndexVec<FuncId, Facts>) -> IndexVec<FuncId, bool> {
    let mut holds: IndexVec<FuncId, bool> = module
        .funcs
        .iter()
        .map(|func| func.params().first().is_some_and(|first| is_reference(func.values[*first])))
        .collect();
    for export in &module.exports {
        holds[export.func] = false;
    }
    // Calls that pass the caller's own receiver, and so hang on what is known of the caller.
    let mut passed: IndexVec<FuncId, Vec<FuncId>> =
        module.funcs.iter().map(|_| Vec::new()).collect();
    let mut lost: Vec<FuncId> = holds.indices().filter(|id| !holds[*id]).collect();
    for (caller, facts) in facts.iter_enumerated() {
        for (callee, object) in &facts.callees {
            if *object == Object::Receiver {
                passed[caller].push(*callee);
            } else if std::mem::replace(&mut holds[*callee], false) {
                lost.push(*callee);
            }
        }
    }
    while let Some(caller) = lost.pop() {
        for callee in std::mem::take(&mut passed[caller]) {
            if std::mem::replace(&mut holds[callee], false) {
                lost.push(callee);
            }
        }
    }
    holds
}

fn is_reference(ty: Type) -> bool {
    matches!(ty, Type::Any | Type::Ref(_))
}

/// Drops the fields that go, and gives what is read the types of the fields.
fn change(
    module: &mut Module,
    kept: Option<&IndexVec<ClassId, Vec<Option<u32>>>>,
    settled: &mut Settled,
) {
    if let Some(kept) = kept {
        for class in module.classes.indices() {
            let mut numbers = kept[class].iter();
            module.classes[class].fields.retain(|_| numbers.next().is_some_and(Option::is_some));
        }
    }
    change_funcs(module, settled, |module, _, func| {
        let mut changed = false;
        for block in func.blocks.iter_mut() {
            block.insts.retain_mut(|inst| {
                let Imm::Field(field) = &mut inst.imm else { return true };
                if let Some(kept) = kept {
                    let Some(number) = kept[field.class][field.index as usize] else {
                        changed = true;
                        return false;
                    };
                    field.index = number;
                }
                let ty = module.classes[field.class].fields[field.index as usize].ty;
                if let Some(result) = inst.result
                    && func.values[result] != ty
                {
                    func.values[result] = ty;
                    changed = true;
                }
                true
            });
        }
        changed
    });
}
