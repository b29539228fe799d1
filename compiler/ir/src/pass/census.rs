//! What analyses of the whole module ask of every function, found in one walk over all of them.

use crate::func::{ENTRY, Func, Imm};
use crate::module::{FieldRef, FuncId, GlobalId, Module, SelectorId, element};
use crate::ops::Op;
use crate::types::{BUILTIN_CLASSES, ClassId, Type};
use fscc_base::{FastSet, IndexVec};

/// What a call names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Callee {
    Func(FuncId),
    Selector(SelectorId),
}

/// Facts about the code of a module.
pub(crate) struct Census {
    /// The classes of which there are instances: built-in classes have them without `new`.
    pub(crate) instantiated: IndexVec<ClassId, bool>,
    /// How often each module-wide variable is written.
    pub(crate) sets: IndexVec<GlobalId, u32>,
    /// How often each module-wide variable is read.
    pub(crate) gets: IndexVec<GlobalId, u32>,
    /// How often each function is named by code.
    pub(crate) mentions: IndexVec<FuncId, u32>,
    /// Caller and callee, each pair once, in order.
    pub(crate) calls: Vec<(FuncId, Callee)>,
    /// Functions that begin by looking at a module-wide variable.
    pub(crate) getter_candidates: Vec<FuncId>,
    /// Fields that hold arrays, and the functions that touch some of them.
    pub(crate) array_fields: FastSet<FieldRef>,
    pub(crate) array_field_users: Vec<FuncId>,
}

/// Whether instances of the class come from other operations than `new`.
pub(super) fn is_builtin(class: ClassId) -> bool {
    class.as_u32() < BUILTIN_CLASSES
}

impl Census {
    pub(crate) fn new(module: &Module) -> Census {
        let mut census = Census {
            instantiated: module.classes.indices().map(is_builtin).collect(),
            sets: IndexVec::from_elem(0, module.globals.len()),
            gets: IndexVec::from_elem(0, module.globals.len()),
            mentions: IndexVec::from_elem(0, module.funcs.len()),
            calls: Vec::new(),
            getter_candidates: Vec::new(),
            array_fields: array_fields(module),
            array_field_users: Vec::new(),
        };
        for (id, func) in module.funcs.iter_enumerated() {
            census.count(id, func);
        }
        census
    }

    fn count(&mut self, id: FuncId, func: &Func) {
        let first_call = self.calls.len();
        let mut uses_arrays = false;
        for block in &func.blocks {
            for inst in &block.insts {
                match (inst.op, &inst.imm) {
                    (Op::New, Imm::Class(class)) => self.instantiated[*class] = true,
                    (Op::GlobalSet, Imm::Global(global)) => self.sets[*global] += 1,
                    (Op::GlobalGet, Imm::Global(global)) => self.gets[*global] += 1,
                    (_, Imm::Field(field)) => {
                        uses_arrays = uses_arrays || self.array_fields.contains(field);
                    }
                    (_, imm) => self.count_call(id, imm),
                }
            }
            self.count_call(id, &block.term.imm);
        }
        self.calls[first_call..].sort_unstable();
        let mut kept = first_call;
        for at in first_call..self.calls.len() {
            if at == first_call || self.calls[at] != self.calls[kept - 1] {
                self.calls[kept] = self.calls[at];
                kept += 1;
            }
        }
        self.calls.truncate(kept);
        let looks_first = |block: &crate::func::BlockData| {
            block.term.op == Op::Branch
                && block.insts.first().is_some_and(|i| i.op == Op::GlobalGet)
        };
        if func.blocks.get(ENTRY).is_some_and(looks_first) {
            self.getter_candidates.push(id);
        }
        if uses_arrays {
            self.array_field_users.push(id);
        }
    }

    fn count_call(&mut self, id: FuncId, imm: &Imm) {
        match imm {
            Imm::Func(callee) => {
                self.mentions[*callee] += 1;
                self.calls.push((id, Callee::Func(*callee)));
            }
            Imm::Selector(selector) => self.calls.push((id, Callee::Selector(*selector))),
            _ => {}
        }
    }
}

fn array_fields(module: &Module) -> FastSet<FieldRef> {
    let mut fields = FastSet::default();
    for (class, info) in module.classes.iter_enumerated() {
        for (index, field) in info.fields.iter().enumerate() {
            if matches!(field.ty, Type::Ref(array) if element(array).is_some()) {
                let _: bool = fields.insert(FieldRef { class, index: index as u32 });
            }
        }
    }
    fields
}
