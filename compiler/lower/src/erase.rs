//! Erasure: how the values of a type are represented.
//!
//! Relies on `Types::erase` for the class behind a type. Guarantees: a class of which built-in
//! values are instances (`Any`, `Comparable`, `CharSequence` …) is an `Any` slot; an array whose
//! element type is not known is one too, because its class is known at run time only.

use crate::classes::{ClassKey, is_static_object};
use crate::context::Lowering;
use crate::repr::{Prim, Repr};
use fscc_base::{FastMap, FastSet};
use fscc_ir::{ClassId as IrClass, builtin};
use fscc_sema::symbols::{ClassId, FieldId, LocalId, Symbols};
use fscc_sema::typed::{Body, Expr, ExprKind, Program, Stmt};
use fscc_sema::types::{Ty, TyId};

/// Which classes of the program the machine has itself.
#[derive(Debug, Default)]
pub struct Builtins<'p> {
    /// Classes with their representation.
    pub classes: FastMap<ClassId, Repr>,
    /// `Array`.
    pub array: Option<ClassId>,
    /// `Nothing`.
    pub nothing: Option<ClassId>,
    /// `Null`.
    pub null: Option<ClassId>,
    /// Classes and traits above a built-in class.
    pub transparent: FastSet<ClassId>,
    /// Fields of static objects that never change and have a constant as their initialiser.
    pub constants: FastMap<FieldId, &'p Expr>,
}

const SCALARS: &[(&str, Prim)] = &[
    ("scala.Boolean", Prim::Boolean),
    ("scala.Byte", Prim::Byte),
    ("scala.Short", Prim::Short),
    ("scala.Char", Prim::Char),
    ("scala.Int", Prim::Int),
    ("scala.Long", Prim::Long),
    ("scala.Float", Prim::Float),
    ("scala.Double", Prim::Double),
    ("fvm.UInt128", Prim::UInt128),
    ("fvm.Int128", Prim::Int128),
    ("fvm.Amount", Prim::Amount),
];

impl<'p> Builtins<'p> {
    /// Looks them up.
    pub fn new(program: &'p Program) -> Builtins<'p> {
        let symbols = &program.symbols;
        let roots = program.types.roots();
        let mut builtins = Builtins {
            nothing: Some(roots.nothing_class),
            null: Some(roots.null_class),
            ..Builtins::default()
        };
        for (id, class) in symbols.classes.iter_enumerated() {
            let name = class.full_name.as_str();
            let repr = match SCALARS.iter().find(|(scalar, _)| *scalar == name) {
                Some((_, prim)) => Repr::Prim(*prim),
                None => match name {
                    "scala.Unit" => Repr::Unit,
                    "java.lang.String" => Repr::STRING,
                    "fvm.Bytes" => Repr::Ref(builtin::BYTES),
                    "scala.Array" => {
                        builtins.array = Some(id);
                        Repr::Any
                    }
                    _ => continue,
                },
            };
            builtins.classes.insert(id, repr);
            builtins.transparent.extend(class.linearization.iter().skip(1).copied());
        }
        builtins.transparent.extend([roots.any_class, roots.any_val_class, roots.any_ref_class]);
        builtins.find_constants(program);
        builtins
    }

    fn find_constants(&mut self, program: &'p Program) {
        let symbols = &program.symbols;
        for body in program.bodies.values() {
            let Body::Constructor(constructor) = body else { continue };
            for stmt in &constructor.statements {
                let Stmt::Expr(expr) = stmt else { continue };
                let ExprKind::AssignField(_, field, value) = &expr.kind else { continue };
                let info = &symbols.fields[*field];
                let is_constant = matches!(value.kind, ExprKind::Constant(_));
                if is_constant
                    && !info.is_mutable
                    && !info.is_lazy
                    && is_static_object(symbols, info.owner)
                {
                    self.constants.insert(*field, value);
                }
            }
        }
    }

    /// Whether the class is built in or above a built-in one.
    pub fn has_builtin_values(&self, class: ClassId) -> bool {
        self.transparent.contains(&class) || self.classes.contains_key(&class)
    }
}

impl Lowering<'_> {
    /// The representation of the values of a type.
    pub fn repr(&mut self, ty: TyId) -> Repr {
        let class = self.program.types.erase(self.symbols(), ty);
        if Some(class) == self.builtins.array {
            return self.array_repr(ty);
        }
        self.class_repr(class)
    }

    /// The representation of the instances of a class; an array of unknown elements for `Array`.
    pub fn class_repr(&mut self, class: ClassId) -> Repr {
        if let Some(repr) = self.builtins.classes.get(&class) {
            return *repr;
        }
        if Some(class) == self.builtins.nothing {
            return Repr::Never;
        }
        if Some(class) == self.builtins.null || self.builtins.transparent.contains(&class) {
            return Repr::Any;
        }
        Repr::Ref(self.class(ClassKey::Source(class)))
    }

    /// The representation of `this` in the methods of a class.
    pub fn this_repr(&mut self, class: ClassId) -> Repr {
        self.class_repr(class).or_any()
    }

    fn array_repr(&mut self, ty: TyId) -> Repr {
        match self.array_class(ty) {
            Some(class) => Repr::Ref(class),
            None => Repr::Any,
        }
    }

    /// The class of an array type; none if its elements are of a type parameter.
    pub fn array_class(&mut self, ty: TyId) -> Option<IrClass> {
        let array = self.builtins.array?;
        let element = self.program.types.array_element(self.symbols(), array, ty)?;
        self.array_class_of(element)
    }

    /// The class of an array with elements of this type; none for type parameters.
    pub fn array_class_of(&mut self, element: TyId) -> Option<IrClass> {
        if self.is_unknown(element) {
            return None;
        }
        Some(match self.repr(element) {
            Repr::Prim(prim) => prim.array(),
            _ => builtin::ARRAY_ANY,
        })
    }

    /// Whether the type may stand for scalars and references alike, so that an array of it may be
    /// of any class.
    fn is_unknown(&self, ty: TyId) -> bool {
        let types = &self.program.types;
        match types.get(ty) {
            Ty::Param(param) => match self.symbols().type_params[param].opaque {
                Some(rhs) => self.is_unknown(rhs),
                None => true,
            },
            Ty::Wildcard(..) | Ty::Applied(..) | Ty::Var(_) => true,
            Ty::Local(local) => self.is_unknown(self.symbols().locals[local].ty),
            Ty::And(a, b) => self.is_unknown(a) && self.is_unknown(b),
            _ => false,
        }
    }

    /// The representation of a local.
    pub fn local_repr(&mut self, local: LocalId) -> Repr {
        let ty = self.symbols().locals[local].ty;
        self.repr(ty).or_any()
    }
}

/// The declared superclass: the first class in the linearisation that is no trait.
pub fn superclass(symbols: &Symbols, class: ClassId) -> Option<ClassId> {
    use fscc_sema::symbols::ClassKind;
    let line = &symbols.classes[class].linearization;
    line.iter().skip(1).copied().find(|parent| symbols.classes[*parent].kind != ClassKind::Trait)
}
