//! Base types: a type as an instance of one of its base classes ("as seen from").

use super::{Subst, Ty, TyId, Types};
use crate::symbols::{ClassId, Symbols};

impl Types {
    /// The type as an instance of `class`, if it derives from it. It relies on finished headers of
    /// the classes involved.
    pub fn base_type(&self, symbols: &Symbols, ty: TyId, class: ClassId) -> Option<TyId> {
        match self.get(ty) {
            Ty::Class(own, args) => {
                if own == class {
                    return Some(ty);
                }
                let base = self.base_of_class(symbols, own, class)?;
                if !self.has_params(base) {
                    return Some(base);
                }
                let params = &symbols.classes[own].type_params;
                Some(self.subst(base, &Subst::zip(params, args)))
            }
            Ty::Param(param) => {
                let upper = symbols.type_params[param].upper;
                self.base_type(symbols, upper, class)
            }
            Ty::Applied(function, args) => {
                let Ty::Param(param) = self.get(function) else { return None };
                let upper = symbols.type_params[param].upper;
                if self.class_of(upper).is_some() {
                    return self.base_type(symbols, upper, class);
                }
                self.base_type(symbols, self.apply(upper, args), class)
            }
            Ty::Literal(of, _) => self.base_type(symbols, of, class),
            Ty::This(own) => {
                let this = symbols.classes[own].this_ty;
                self.base_type(symbols, this, class).or_else(|| {
                    let self_ty = symbols.classes[own].self_ty?;
                    self.base_type(symbols, self_ty, class)
                })
            }
            Ty::Local(local) => self.base_type(symbols, symbols.locals[local].ty, class),
            Ty::And(a, b) => {
                let a = self.base_type(symbols, a, class);
                a.or_else(|| self.base_type(symbols, b, class))
            }
            Ty::Or(a, b) => {
                let left = self.base_type(symbols, a, class)?;
                let right = self.base_type(symbols, b, class)?;
                if left == right {
                    return Some(left);
                }
                self.join_args(symbols, class, left, right)
            }
            Ty::Wildcard(_, upper) => self.base_type(symbols, upper, class),
            Ty::Error | Ty::Constructor(_) | Ty::Lambda(..) | Ty::Var(_) => None,
        }
    }

    /// Two instances of one class joined argument by argument, where they differ with `|`.
    fn join_args(&self, symbols: &Symbols, class: ClassId, a: TyId, b: TyId) -> Option<TyId> {
        let ((_, left), (_, right)) = (self.as_class(a)?, self.as_class(b)?);
        let params = &symbols.classes[class].type_params;
        let args: Vec<TyId> = (left.iter().zip(right).zip(params))
            .map(|((l, r), param)| {
                use crate::symbols::Variance::{Contravariant, Covariant, Invariant};
                if l == r {
                    return *l;
                }
                match symbols.type_params[*param].variance {
                    Covariant => self.intern(Ty::Or(*l, *r)),
                    Contravariant => self.intern(Ty::And(*l, *r)),
                    Invariant => self.intern(Ty::Wildcard(self.roots().nothing, self.roots().any)),
                }
            })
            .collect();
        Some(self.class(class, &args))
    }

    /// The base type of `own` (with its own parameters as arguments) for `class`.
    fn base_of_class(&self, symbols: &Symbols, own: ClassId, class: ClassId) -> Option<TyId> {
        let info = &symbols.classes[own];
        if class == self.roots().any_class {
            return Some(self.roots().any);
        }
        if !info.linearization.contains(&class) {
            return None;
        }
        if let Some(known) = self.base_cache.borrow().get(&(own, class)) {
            return *known;
        }
        // The last parent comes first in the linearisation: its view is the most specific one.
        let base =
            info.parents.iter().rev().find_map(|parent| self.base_type(symbols, *parent, class));
        self.base_cache.borrow_mut().insert((own, class), base);
        base
    }

    /// Whether the class derives from `base` (or is it).
    pub fn derives(&self, symbols: &Symbols, class: ClassId, base: ClassId) -> bool {
        class == base
            || base == self.roots().any_class
            || symbols.classes[class].linearization.contains(&base)
    }
}
