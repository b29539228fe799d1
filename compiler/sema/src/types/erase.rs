//! Erasure: the class that stands for a type at run time.

use super::{Ty, TyId, Types};
use crate::symbols::{ClassId, Symbols};

impl Types {
    /// The class of the values of this type as far as the machine knows it: the class itself, also
    /// for primitives; `Any` for type parameters, unions and unknown types. `Array[T]` is the
    /// class `Array`: its element type is in the type itself.
    pub fn erase(&self, symbols: &Symbols, ty: TyId) -> ClassId {
        match self.get(ty) {
            Ty::Class(class, _) | Ty::This(class) => class,
            Ty::Literal(of, _) => self.erase(symbols, of),
            Ty::Local(local) => self.erase(symbols, symbols.locals[local].ty),
            // An opaque type is what it stands for.
            Ty::Param(param) => match symbols.type_params[param].opaque {
                Some(rhs) => self.erase(symbols, rhs),
                None => self.roots().any_class,
            },
            Ty::And(a, b) => {
                let (a, b) = (self.erase(symbols, a), self.erase(symbols, b));
                if a == self.roots().any_class || self.derives(symbols, b, a) { b } else { a }
            }
            Ty::Or(a, b) => {
                let (a, b) = (self.erase(symbols, a), self.erase(symbols, b));
                let nothing = self.roots().nothing_class;
                // `Nothing` adds no value, and null is a value of every reference type.
                let adds_nothing = |class, other| {
                    class == nothing
                        || class == self.roots().null_class && !self.is_primitive(other)
                };
                if a == b || adds_nothing(b, a) {
                    a
                } else if adds_nothing(a, b) {
                    b
                } else {
                    self.roots().any_class
                }
            }
            Ty::Applied(function, args) => match self.get(function) {
                Ty::Param(param) => match symbols.type_params[param].opaque {
                    Some(rhs) => self.erase(symbols, self.apply(rhs, args)),
                    None => self.roots().any_class,
                },
                _ => self.roots().any_class,
            },
            Ty::Error | Ty::Constructor(_) | Ty::Lambda(..) | Ty::Var(_) | Ty::Wildcard(..) => {
                self.roots().any_class
            }
        }
    }

    /// Whether it is one of the nine classes of scalars (with `Unit`).
    pub fn is_primitive(&self, class: ClassId) -> bool {
        let roots = self.roots();
        [
            roots.unit,
            roots.boolean,
            roots.byte,
            roots.short,
            roots.char,
            roots.int,
            roots.long,
            roots.float,
            roots.double,
        ]
        .into_iter()
        .any(|ty| self.class_of(ty) == Some(class))
    }

    /// The element type of an array type.
    pub fn array_element(&self, symbols: &Symbols, array: ClassId, ty: TyId) -> Option<TyId> {
        let base = self.base_type(symbols, ty, array)?;
        self.as_class(base).and_then(|(_, args)| args.first().copied())
    }
}
