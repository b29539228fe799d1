//! Classes and the layout of their instances.
//!
//! A class has slots for its own fields and for those of the traits that it mixes in; code in a
//! trait reaches them through selectors that the class answers with accessors (`selectors`).
//!
//! Guarantees: superclasses stand before subclasses.

mod members;
mod selectors;

pub use selectors::SelectorIndex;

use crate::analysis::{Capture, needs_outer};
use crate::context::{Lowering, plain_type};
use crate::erase::superclass;
use crate::repr::Repr;
use fscc_ir::module::Field as IrField;
use fscc_ir::{Class as IrClassInfo, ClassId as IrClass, FieldRef, Type, builtin};
use fscc_sema::symbols::{ClassId, ClassKind, FieldId, MethodId, Owner, Symbols};
use fscc_sema::typed::{Body, Expr, ExprKind, Stmt};
use std::rc::Rc;

/// What a class is made from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ClassKey {
    /// A class of the program.
    Source(ClassId),
    /// A lambda, by the address of its node.
    Lambda(usize),
    /// A variable that closures share.
    Cell(Type),
    /// A local lazy value: state and value, if it takes a slot.
    LazyCell(Option<Type>),
    /// Where a `return` inside a `try` leaves its value: flag and value.
    ReturnCell,
    /// A derived codec.
    Codec(u32),
}

/// A place in the instances of a class that it or a trait declares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Slot {
    /// A field.
    Field(FieldId),
    /// Whether a lazy field is set.
    LazyState(FieldId),
    /// The instance of the class around.
    Outer,
    /// A captured local.
    Kept(Capture),
}

/// What a selector stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SelectorKey {
    /// A method: the one that introduces the name with this erased signature.
    Method(MethodId),
    /// Reads a slot that a trait declares.
    Get(ClassId, Slot),
    /// Sets a slot that a trait declares.
    Set(ClassId, Slot),
    /// `super.m` in a trait.
    Super(ClassId, MethodId),
}

/// Whether the class is an object of which there is exactly one.
pub fn is_static_object(symbols: &Symbols, class: ClassId) -> bool {
    let mut class = class;
    loop {
        let info = &symbols.classes[class];
        if info.kind != ClassKind::Object {
            return false;
        }
        match info.owner {
            Owner::Package => return true,
            Owner::Class(outer) => class = outer,
            Owner::Method(_) => return false,
        }
    }
}

impl<'p> Lowering<'p> {
    // ── layout ──

    /// The class for a key, declared at first use.
    pub fn class(&mut self, key: ClassKey) -> IrClass {
        if let Some(known) = self.classes.get(&key) {
            return *known;
        }
        match key {
            ClassKey::Source(class) => self.declare_source(class),
            ClassKey::Lambda(node) => self.declare_lambda(node),
            ClassKey::Cell(ty) => self.declare_plain(key, "Cell", &[("value", ty)]),
            ClassKey::LazyCell(ty) => match ty {
                Some(ty) => {
                    self.declare_plain(key, "LazyCell", &[("state", Type::I32), ("value", ty)])
                }
                None => self.declare_plain(key, "LazyCell", &[("state", Type::I32)]),
            },
            ClassKey::ReturnCell => {
                let fields = [("returned", Type::I32), ("value", Type::Any)];
                self.declare_plain(key, "ReturnCell", &fields)
            }
            ClassKey::Codec(codec) => self.declare_codec(codec),
        }
    }

    fn declare_plain(&mut self, key: ClassKey, name: &str, fields: &[(&str, Type)]) -> IrClass {
        let fields = fields
            .iter()
            .map(|(name, ty)| IrField { name: (*name).to_owned(), ty: *ty, mutable: true })
            .collect();
        let info = IrClassInfo {
            name: format!("fvm.internal.{name}"),
            superclass: Some(builtin::OBJECT),
            fields,
            ..IrClassInfo::default()
        };
        let id = self.module.classes.push(info);
        self.classes.insert(key, id);
        id
    }

    fn declare_source(&mut self, class: ClassId) -> IrClass {
        let symbols = self.symbols();
        let info = &symbols.classes[class];
        let parent =
            superclass(symbols, class).filter(|parent| !self.builtins.has_builtin_values(*parent));
        let superclass = match (info.kind, parent) {
            (ClassKind::Trait, _) => None,
            (_, Some(parent)) => Some(self.class(ClassKey::Source(parent))),
            (_, None) => Some(builtin::OBJECT),
        };
        let ir = IrClassInfo {
            name: binary_name(&info.full_name),
            superclass,
            is_abstract: info.is_abstract || info.kind == ClassKind::Trait,
            ..IrClassInfo::default()
        };
        let id = self.module.classes.push(ir);
        self.classes.insert(ClassKey::Source(class), id);
        // Traits and fields come after the class has its number: they may lead back to it.
        let mut traits = Vec::new();
        for parent in mixed_in(symbols, class) {
            if !self.builtins.has_builtin_values(parent) {
                traits.push(self.class(ClassKey::Source(parent)));
            }
        }
        self.module.classes[id].traits = traits;
        if info.kind != ClassKind::Trait {
            let mut fields = Vec::new();
            for (_, slot, repr) in self.layout(class) {
                let Some(ty) = repr.ty() else { continue };
                let (name, mutable) = self.slot_name(slot);
                fields.push(IrField { name, ty, mutable });
            }
            self.module.classes[id].fields = fields;
        }
        id
    }

    fn slot_name(&self, slot: Slot) -> (String, bool) {
        let symbols = self.symbols();
        match slot {
            Slot::Field(field) => {
                let info = &symbols.fields[field];
                (info.name.as_str().to_owned(), info.is_mutable || info.is_lazy)
            }
            Slot::LazyState(field) => (format!("{}$state", symbols.fields[field].name), true),
            Slot::Outer => ("$outer".to_owned(), false),
            Slot::Kept(Capture::Local(local)) => {
                (format!("{}$kept", symbols.locals[local].name), false)
            }
            Slot::Kept(_) => ("$kept".to_owned(), false),
        }
    }

    /// The slots that instances of a class have beyond those of the superclass: own ones, then
    /// those of the traits that it mixes in, each with the class or trait that declares it.
    pub fn layout(&mut self, class: ClassId) -> Vec<(ClassId, Slot, Repr)> {
        let mut layout = Vec::new();
        for owner in std::iter::once(class).chain(mixed_in(self.symbols(), class)) {
            layout.extend(self.own_slots(owner).iter().map(|(slot, repr)| (owner, *slot, *repr)));
        }
        layout
    }

    /// The slots that a class or trait itself declares.
    pub fn own_slots(&mut self, class: ClassId) -> Rc<[(Slot, Repr)]> {
        if let Some(known) = self.slots.get(&class) {
            return Rc::clone(known);
        }
        let slots: Rc<[(Slot, Repr)]> = self.find_slots(class).into();
        self.slots.insert(class, Rc::clone(&slots));
        slots
    }

    fn find_slots(&mut self, class: ClassId) -> Vec<(Slot, Repr)> {
        let symbols = self.symbols();
        let info = &symbols.classes[class];
        let mut slots = Vec::new();
        if let Some(outer) = crate::analysis::enclosing_class(symbols, class) {
            slots.push((Slot::Outer, self.this_repr(outer)));
        }
        let kept: Vec<Capture> = self.analysis.kept_by(class).collect();
        for capture in kept {
            slots.push((Slot::Kept(capture), self.capture_repr(capture, None)));
        }
        for field in &info.fields {
            let declared = &symbols.fields[*field];
            if declared.storage.is_some() || self.constant_field(*field).is_some() {
                continue;
            }
            let repr = self.repr(declared.ty).or_any();
            if repr.ty().is_some() {
                slots.push((Slot::Field(*field), repr));
            }
            if declared.is_lazy {
                slots.push((Slot::LazyState(*field), Repr::INT));
            }
        }
        slots
    }

    /// The representation of a slot.
    pub fn slot_repr(&mut self, owner: ClassId, slot: Slot) -> Repr {
        let slots = self.own_slots(owner);
        slots.iter().find(|(own, _)| *own == slot).map_or(Repr::Unit, |(_, repr)| *repr)
    }

    /// The field of the machine class for a slot, in instances of `class` or its superclasses;
    /// none if the slot belongs to a trait that none of them mixes in.
    pub fn slot_field(&mut self, class: ClassId, owner: ClassId, slot: Slot) -> Option<FieldRef> {
        let symbols = self.symbols();
        let mut at = Some(class);
        while let Some(class) = at {
            if symbols.classes[class].kind != ClassKind::Trait {
                let mut index = 0;
                for (declared, own, repr) in self.layout(class) {
                    if declared == owner && own == slot {
                        let class = self.class(ClassKey::Source(class));
                        return Some(FieldRef { class, index });
                    }
                    index += u32::from(repr.ty().is_some());
                }
            }
            at = superclass(symbols, class);
        }
        None
    }

    /// The initialiser of a field of a static object that never changes and is a constant: such a
    /// field needs no slot.
    pub fn constant_field(&self, field: FieldId) -> Option<&'p Expr> {
        self.builtins.constants.get(&field).copied()
    }

    /// Whether making the object does nothing that anybody could notice.
    pub fn is_inert_object(&mut self, class: ClassId) -> bool {
        if let Some(known) = self.inert.get(&class) {
            return *known;
        }
        let is_inert = self.looks_inert(class);
        self.inert.insert(class, is_inert);
        is_inert
    }

    fn looks_inert(&mut self, class: ClassId) -> bool {
        let symbols = self.symbols();
        let Some(constructor) = symbols.classes[class].constructor else { return true };
        if !self.layout(class).is_empty() {
            return false;
        }
        let Some(Body::Constructor(body)) = self.program.bodies.get(&constructor) else {
            return true;
        };
        let is_constant = |stmt: &Stmt| match stmt {
            Stmt::Expr(expr) => match &expr.kind {
                ExprKind::AssignField(_, field, _) => self.constant_field(*field).is_some(),
                _ => false,
            },
            Stmt::Function(_) | Stmt::Class(_) => true,
            Stmt::Let(..) => false,
        };
        body.statements.iter().all(is_constant)
            && body.traits.iter().all(|call| self.is_inert_parent(call.constructor))
            && body
                .super_call
                .iter()
                .all(|call| call.args.is_empty() && self.is_inert_parent(call.constructor))
    }

    fn is_inert_parent(&self, constructor: Option<MethodId>) -> bool {
        let Some(constructor) = constructor else { return true };
        match self.program.bodies.get(&constructor) {
            None => true,
            Some(Body::Expr(_)) => false,
            Some(Body::Constructor(body)) => {
                body.statements.is_empty()
                    && self.symbols().methods[constructor].params.is_empty()
                    && body.traits.iter().all(|call| self.is_inert_parent(call.constructor))
                    && body
                        .super_call
                        .iter()
                        .all(|call| call.args.is_empty() && self.is_inert_parent(call.constructor))
            }
        }
    }

    /// Whether the class keeps the instance around it.
    pub fn has_outer(&self, class: ClassId) -> bool {
        needs_outer(self.symbols(), class)
    }
}

/// The traits that a class mixes in and its superclass does not, in the order of their
/// initialisation.
pub fn mixed_in(symbols: &Symbols, class: ClassId) -> Vec<ClassId> {
    let inherited: &[ClassId] = match (symbols.classes[class].kind, superclass(symbols, class)) {
        (ClassKind::Trait, _) | (_, None) => &[],
        (_, Some(parent)) => &symbols.classes[parent].linearization,
    };
    let line = &symbols.classes[class].linearization;
    let traits = line.iter().skip(1).rev().copied().filter(|parent| {
        symbols.classes[*parent].kind == ClassKind::Trait && !inherited.contains(parent)
    });
    traits.collect()
}

/// The index of the value in a cell of a local lazy value.
pub const LAZY_VALUE: u32 = 1;

/// The type in the cell of a local of this representation.
pub fn cell_type(repr: Repr) -> Type {
    repr.ty().map_or(Type::Any, plain_type)
}

/// The name of a class as class files spell it: a class inside an object is `Outer$Inner`, and the
/// signs of operators are words.
fn binary_name(full_name: &str) -> String {
    let mut name = String::with_capacity(full_name.len());
    for part in full_name.split("$.") {
        if !name.is_empty() {
            name.push('$');
        }
        for c in part.chars() {
            match sign_name(c) {
                Some(word) => name.push_str(word),
                None => name.push(c),
            }
        }
    }
    name
}

/// How class files write a sign of an operator.
fn sign_name(sign: char) -> Option<&'static str> {
    Some(match sign {
        '~' => "$tilde",
        '=' => "$eq",
        '<' => "$less",
        '>' => "$greater",
        '!' => "$bang",
        '#' => "$hash",
        '%' => "$percent",
        '^' => "$up",
        '&' => "$amp",
        '|' => "$bar",
        '*' => "$times",
        '/' => "$div",
        '+' => "$plus",
        '-' => "$minus",
        ':' => "$colon",
        '?' => "$qmark",
        '\\' => "$bslash",
        '@' => "$at",
        _ => return None,
    })
}
