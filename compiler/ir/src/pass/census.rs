//! What analyses of the whole module ask of every function, found in one walk over all of them,
//! which the crew shares.

use crate::func::{ENTRY, Func, Imm};
use crate::module::{FieldRef, FuncId, GlobalId, Module, SelectorId, element};
use crate::ops::Op;
use crate::types::{BUILTIN_CLASSES, ClassId, Type};
use fscc_base::{Crew, FastSet, Idx, IndexVec, share_map};

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
    /// The functions that create objects, with the class, as often as they do.
    pub(crate) creations: Vec<(FuncId, ClassId)>,
    /// How often each module-wide variable is written.
    pub(crate) sets: IndexVec<GlobalId, u32>,
    /// How often each module-wide variable is read.
    pub(crate) gets: IndexVec<GlobalId, u32>,
    /// How often each function is named by code.
    pub(crate) mentions: IndexVec<FuncId, u32>,
    /// Caller and callee, each pair once, in order.
    pub(crate) calls: Vec<(FuncId, Callee)>,
    /// Whether some function catches what another one throws.
    pub(crate) catches: bool,
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
    pub(crate) fn new(module: &Module, crew: &dyn Crew) -> Census {
        let mut census = Census {
            instantiated: module.classes.indices().map(is_builtin).collect(),
            creations: Vec::new(),
            sets: IndexVec::from_elem(0, module.globals.len()),
            gets: IndexVec::from_elem(0, module.globals.len()),
            mentions: IndexVec::from_elem(0, module.funcs.len()),
            calls: Vec::new(),
            catches: false,
            getter_candidates: Vec::new(),
            array_fields: array_fields(module),
            array_field_users: Vec::new(),
        };
        let found = share_map(crew, module.funcs.len(), |number| {
            Found::of(&module.funcs[FuncId::new(number)], &census.array_fields)
        });
        for (number, found) in found.into_iter().enumerate() {
            census.add(FuncId::new(number), found);
        }
        census
    }

    fn add(&mut self, id: FuncId, found: Found) {
        for class in found.classes {
            self.instantiated[class] = true;
            self.creations.push((id, class));
        }
        found.sets.into_iter().for_each(|global| self.sets[global] += 1);
        found.gets.into_iter().for_each(|global| self.gets[global] += 1);
        for callee in found.callees {
            if let Callee::Func(callee) = callee {
                self.mentions[callee] += 1;
            }
            if self.calls.last() != Some(&(id, callee)) {
                self.calls.push((id, callee));
            }
        }
        self.catches |= found.catches;
        if found.looks_first {
            self.getter_candidates.push(id);
        }
        if found.uses_arrays {
            self.array_field_users.push(id);
        }
    }
}

/// The same facts about one function.
#[derive(Default)]
struct Found {
    classes: Vec<ClassId>,
    sets: Vec<GlobalId>,
    gets: Vec<GlobalId>,
    /// In order, as often as they are named.
    callees: Vec<Callee>,
    catches: bool,
    looks_first: bool,
    uses_arrays: bool,
}

impl Found {
    fn of(func: &Func, array_fields: &FastSet<FieldRef>) -> Found {
        let mut found = Found::default();
        for block in &func.blocks {
            for inst in &block.insts {
                match (inst.op, &inst.imm) {
                    (Op::New, Imm::Class(class)) => found.classes.push(*class),
                    (Op::GlobalSet, Imm::Global(global)) => found.sets.push(*global),
                    (Op::GlobalGet, Imm::Global(global)) => found.gets.push(*global),
                    (_, Imm::Field(field)) => {
                        found.uses_arrays = found.uses_arrays || array_fields.contains(field);
                    }
                    (op, imm) => {
                        found.catches |= op == Op::CallTry;
                        found.add_call(imm);
                    }
                }
            }
            found.add_call(&block.term.imm);
        }
        found.callees.sort_unstable();
        found.looks_first = func.blocks.get(ENTRY).is_some_and(|block| {
            block.term.op == Op::Branch
                && block.insts.first().is_some_and(|i| i.op == Op::GlobalGet)
        });
        found
    }

    fn add_call(&mut self, imm: &Imm) {
        match imm {
            Imm::Func(callee) => self.callees.push(Callee::Func(*callee)),
            Imm::Selector(selector) => self.callees.push(Callee::Selector(*selector)),
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
