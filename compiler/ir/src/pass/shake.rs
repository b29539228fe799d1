//! Tree shaking: keeps what the exports reach, and renumbers.
//!
//! Why it is correct: a function runs only if an export, a kept function or dispatch names it, and
//! dispatch reaches a class's functions only if an instance was created and the selector is
//! called on a receiver of a type that the class belongs to, both by kept functions; passes only
//! ever narrow the type of a receiver. A class that is named but never created keeps its place and
//! its fields, loses its methods and counts as abstract. What gives the text of a thrown object is
//! not kept for its export where nothing throws. Storage fields stay: they are the schema.
//! The order of what is kept stays as it was. Linear, but for the joins of the two sides of
//! dispatch: pairs of class and selector are visited once for each type of receiver, of which a
//! selector has few or all.

use super::run::{Settled, change_funcs};
use crate::func::{Func, Imm};
use crate::module::{DESCRIBE_EXPORT, Export, FuncId, GlobalId, Module, SelectorId};
use crate::ops::Op;
use crate::types::{BUILTIN_CLASSES, ClassId, Type, builtin};
use fscc_base::{Idx, IndexVec};
use smallvec::SmallVec;

/// Runs the pass.
pub(super) fn run(module: &mut Module, settled: &mut Settled) {
    let mut reach = Reach::new(module);
    let (describes, others): (Vec<&Export>, Vec<&Export>) =
        module.exports.iter().partition(|export| export.name == DESCRIBE_EXPORT);
    others.iter().for_each(|export| reach.func(export.func));
    // Instances of built-in classes come from other operations than `new`.
    for number in 0..BUILTIN_CLASSES {
        reach.instantiate(module, ClassId::from_u32(number));
    }
    reach.scan_pending(module);
    if reach.throws {
        describes.iter().for_each(|export| reach.func(export.func));
        reach.scan_pending(module);
    }
    let kept = reach.finish(module);
    if kept.is_everything(module) {
        return;
    }
    module.exports.retain(|export| kept.funcs[export.func]);
    renumber(module, &kept, settled);
    settled.retain(&kept.funcs);
}

/// A selector that is called on receivers of more types than this counts as called on all.
const RECEIVERS_MAX: usize = 8;

struct Reach {
    funcs: IndexVec<FuncId, bool>,
    selectors: IndexVec<SelectorId, bool>,
    globals: IndexVec<GlobalId, bool>,
    instantiated: IndexVec<ClassId, bool>,
    named: IndexVec<ClassId, bool>,
    /// For each selector the types of the receivers on which it is called.
    receivers: IndexVec<SelectorId, Receivers>,
    /// For each selector the functions of instantiated classes that wait for a call of it.
    waiting: IndexVec<SelectorId, Vec<(ClassId, FuncId)>>,
    pending: Vec<FuncId>,
    /// Whether anything throws an object.
    throws: bool,
}

/// What a selector is called on.
#[derive(Clone, PartialEq, Eq)]
enum Receivers {
    /// Instances of these classes and those below.
    Few(SmallVec<[ClassId; 2]>),
    /// Any object.
    All,
}

impl Receivers {
    fn takes(&self, module: &Module, class: ClassId) -> bool {
        match self {
            Receivers::Few(types) => types.iter().any(|ty| module.is_subclass(class, *ty)),
            Receivers::All => true,
        }
    }

    /// Adds a type; whether it was new.
    fn add(&mut self, ty: Type) -> bool {
        let Receivers::Few(types) = self else { return false };
        match ty {
            Type::Ref(class) if types.contains(&class) => return false,
            Type::Ref(class) if class != builtin::OBJECT && types.len() < RECEIVERS_MAX => {
                types.push(class);
            }
            _ => *self = Receivers::All,
        }
        true
    }
}

impl Reach {
    fn new(module: &Module) -> Reach {
        Reach {
            funcs: IndexVec::from_elem(false, module.funcs.len()),
            selectors: IndexVec::from_elem(false, module.selectors.len()),
            globals: IndexVec::from_elem(false, module.globals.len()),
            instantiated: IndexVec::from_elem(false, module.classes.len()),
            named: IndexVec::from_elem(false, module.classes.len()),
            receivers: IndexVec::from_elem(Receivers::Few(SmallVec::new()), module.selectors.len()),
            waiting: IndexVec::from_elem(Vec::new(), module.selectors.len()),
            pending: Vec::new(),
            throws: false,
        }
    }

    fn scan_pending(&mut self, module: &Module) {
        while let Some(id) = self.pending.pop() {
            self.scan(module, &module.funcs[id]);
        }
    }

    fn func(&mut self, id: FuncId) {
        if !std::mem::replace(&mut self.funcs[id], true) {
            self.pending.push(id);
        }
    }

    fn ty(&mut self, ty: Type) {
        if let Type::Ref(class) = ty {
            self.named[class] = true;
        }
    }

    fn instantiate(&mut self, module: &Module, class: ClassId) {
        self.named[class] = true;
        if std::mem::replace(&mut self.instantiated[class], true) {
            return;
        }
        for (selector, func) in &module.classes[class].methods {
            match self.receivers[*selector].takes(module, class) {
                true => self.func(*func),
                false => self.waiting[*selector].push((class, *func)),
            }
        }
    }

    fn scan(&mut self, module: &Module, func: &Func) {
        func.values.iter().for_each(|ty| self.ty(*ty));
        func.result.iter().for_each(|ty| self.ty(*ty));
        for block in func.blocks.iter() {
            for inst in &block.insts {
                match (inst.op, &inst.imm) {
                    (Op::New, Imm::Class(class)) => self.instantiate(module, *class),
                    (Op::CallVirtual, Imm::Selector(selector)) => {
                        self.call(module, *selector, func.values[inst.args[0]]);
                    }
                    (_, imm) => self.imm(imm),
                }
            }
            self.imm(&block.term.imm);
            self.throws |= block.term.op == Op::Throw;
        }
    }

    fn imm(&mut self, imm: &Imm) {
        match imm {
            Imm::Func(func) => self.func(*func),
            Imm::Class(class) => self.named[*class] = true,
            Imm::Field(field) => self.named[field.class] = true,
            Imm::Type(ty) => self.ty(*ty),
            Imm::Global(global) => self.globals[*global] = true,
            _ => {}
        }
    }

    /// A call of a selector on a receiver of this type.
    fn call(&mut self, module: &Module, selector: SelectorId, receiver: Type) {
        self.selectors[selector] = true;
        if !self.receivers[selector].add(receiver) {
            return;
        }
        let mut waiting = std::mem::take(&mut self.waiting[selector]);
        let receivers = std::mem::replace(&mut self.receivers[selector], Receivers::All);
        waiting.retain(|(class, func)| {
            let takes = receivers.takes(module, *class);
            if takes {
                self.func(*func);
            }
            !takes
        });
        self.receivers[selector] = receivers;
        self.waiting[selector] = waiting;
    }

    /// Whether nothing is dropped and no class loses its methods.
    fn is_everything(&self, module: &Module) -> bool {
        fn all<I: Idx>(kept: &IndexVec<I, bool>) -> bool {
            kept.iter().all(|kept| *kept)
        }
        let has_all_methods = module.classes.iter_enumerated().all(|(id, class)| {
            self.instantiated[id] || (class.methods.is_empty() && class.is_abstract)
        });
        has_all_methods
            && all(&self.funcs)
            && all(&self.selectors)
            && all(&self.globals)
            && all(&self.named)
    }

    /// Adds the classes that kept things name.
    fn finish(mut self, module: &Module) -> Reach {
        for (id, selector) in module.selectors.iter_enumerated() {
            if self.selectors[id] {
                self.named[selector.owner] = true;
                selector.params.iter().chain(&selector.result).for_each(|ty| self.ty(*ty));
            }
        }
        for (id, global) in module.globals.iter_enumerated() {
            if self.globals[id] {
                self.ty(global.ty);
            }
        }
        if super::decide::has_class_switches(module) {
            // Their numbers stand in the code.
            self.named = IndexVec::from_elem(true, module.classes.len());
        }
        let mut pending: Vec<ClassId> = self.named.indices().filter(|id| self.named[*id]).collect();
        let mut seen = IndexVec::from_elem(false, module.classes.len());
        while let Some(id) = pending.pop() {
            if std::mem::replace(&mut seen[id], true) {
                continue;
            }
            let class = &module.classes[id];
            pending.extend(class.superclass);
            pending.extend(&class.traits);
            for field in &class.fields {
                if let Type::Ref(other) = field.ty {
                    pending.push(other);
                }
            }
        }
        self.named = seen;
        self
    }
}

/// New numbers of what is kept, in the old order.
fn numbers<I: Idx>(kept: &IndexVec<I, bool>) -> IndexVec<I, I> {
    let mut next = 0;
    let number = |kept: &bool| {
        next += usize::from(*kept);
        I::new(next.saturating_sub(1))
    };
    kept.iter().map(number).collect()
}

fn retain<I: Idx, T>(items: &mut IndexVec<I, T>, kept: &IndexVec<I, bool>) {
    let mut raw = std::mem::take(items).into_raw();
    let mut kept = kept.iter();
    raw.retain(|_| kept.next().is_some_and(|kept| *kept));
    *items = raw.into_iter().collect();
}

fn renumber(module: &mut Module, kept: &Reach, settled: &mut Settled) {
    let funcs = numbers(&kept.funcs);
    let selectors = numbers(&kept.selectors);
    let globals = numbers(&kept.globals);
    let classes = numbers(&kept.named);
    let map_ty = |ty: &mut Type| {
        if let Type::Ref(class) = ty {
            *class = classes[*class];
        }
    };
    for (id, class) in kept.named.indices().zip(module.classes.iter_mut()) {
        class.superclass = class.superclass.map(|id| classes[id]);
        class.traits.iter_mut().for_each(|id| *id = classes[*id]);
        class.fields.iter_mut().for_each(|field| map_ty(&mut field.ty));
        if !kept.instantiated[id] {
            class.methods.clear();
            class.is_abstract = true;
        }
        let methods = std::mem::take(&mut class.methods);
        let methods = methods
            .into_iter()
            .filter(|(selector, func)| kept.selectors[*selector] && kept.funcs[*func]);
        class.methods =
            methods.map(|(selector, func)| (selectors[selector], funcs[func])).collect();
    }
    for selector in module.selectors.iter_mut() {
        selector.owner = classes[selector.owner];
        selector.params.iter_mut().chain(&mut selector.result).for_each(map_ty);
    }
    module.globals.iter_mut().for_each(|global| map_ty(&mut global.ty));
    module.exports.iter_mut().for_each(|export| export.func = funcs[export.func]);
    retain(&mut module.classes, &kept.named);
    retain(&mut module.selectors, &kept.selectors);
    retain(&mut module.globals, &kept.globals);
    change_funcs(module, settled, |_, id, func| {
        if !kept.funcs[id] {
            // It is dropped here, where many are at work.
            *func = Func::default();
            return false;
        }
        func.values.iter_mut().for_each(map_ty);
        func.result.iter_mut().for_each(map_ty);
        for block in func.blocks.iter_mut() {
            for imm in block.insts.iter_mut().map(|inst| &mut inst.imm).chain([&mut block.term.imm])
            {
                match imm {
                    Imm::Func(id) => *id = funcs[*id],
                    Imm::Class(id) => *id = classes[*id],
                    Imm::Field(field) => field.class = classes[field.class],
                    Imm::Type(ty) => map_ty(ty),
                    Imm::Global(id) => *id = globals[*id],
                    Imm::Selector(id) => *id = selectors[*id],
                    _ => {}
                }
            }
        }
        false
    });
    retain(&mut module.funcs, &kept.funcs);
}
