//! The least type above two types, and the greatest below them.

use crate::checker::Checker;
use crate::symbols::{ClassId, Variance};
use crate::types::{Ty, TyId};

/// Bounds of arguments nested deeper than this are unknown.
const BOUND_DEPTH_MAX: u32 = 6;

impl Checker<'_> {
    /// `A & B`, simplified.
    pub fn and(&mut self, a: TyId, b: TyId) -> TyId {
        if a == b {
            return a;
        }
        let vars = self.types.has_vars(self.resolve(a)) || self.types.has_vars(self.resolve(b));
        if !vars {
            if self.conforms(a, b) {
                return a;
            }
            if self.conforms(b, a) {
                return b;
            }
        }
        self.types.intern(Ty::And(a, b))
    }

    /// The least type that both conform to.
    pub fn lub(&mut self, a: TyId, b: TyId) -> TyId {
        self.lub_at(a, b, 0)
    }

    fn lub_at(&mut self, a: TyId, b: TyId, depth: u32) -> TyId {
        let roots = self.types.roots();
        let (a, b) = (self.resolve(a), self.resolve(b));
        if a == b {
            return a;
        }
        if self.types.is_error(a) || self.types.is_error(b) {
            return roots.error;
        }
        if self.conforms(a, b) {
            return b;
        }
        if self.conforms(b, a) {
            return a;
        }
        if depth > BOUND_DEPTH_MAX {
            return roots.any;
        }
        if let (Ty::Applied(f, &[names, x]), Ty::Applied(g, &[others, y])) =
            (self.types.get(a), self.types.get(b))
            && f == g
            && names == others
            && self.types.named_values(&self.known, a).is_some()
        {
            let values = self.lub_at(x, y, depth + 1);
            return self.types.intern(Ty::Applied(f, crate::types::ty_list(&[names, values])));
        }
        let (a, b) = (self.widen_for_bound(a), self.widen_for_bound(b));
        let (Some(left), Some(_)) = (self.bound_class(a), self.bound_class(b)) else {
            return roots.any;
        };
        self.complete_header(left);
        let mut shared: Vec<ClassId> = Vec::new();
        for base in self.symbols.classes[left].linearization.clone() {
            if self.base(a, base).is_none() || self.base(b, base).is_none() {
                continue;
            }
            let below = shared.iter().any(|s| self.types.derives(&self.symbols, *s, base));
            if !below {
                shared.push(base);
            }
        }
        let mut parts = Vec::new();
        for base in shared {
            let (Some(x), Some(y)) = (self.base(a, base), self.base(b, base)) else { continue };
            parts.push((base, self.lub_of_class(base, x, y, depth)));
        }
        self.join_parts(parts)
    }

    fn join_parts(&mut self, parts: Vec<(ClassId, TyId)>) -> TyId {
        let roots = self.types.roots();
        // Traits that say nothing about the matter are left out where something else remains.
        let is_silent = |this: &Self, class: ClassId| {
            Some(class) == this.known.product
                || Some(class) == this.known.serializable
                || class == roots.any_ref_class
                || class == roots.any_val_class
                || class == roots.any_class
                || matches!(
                    this.symbols.classes[class].full_name.as_str(),
                    "java.lang.Comparable" | "scala.Equals" | "scala.reflect.Enum"
                )
        };
        let telling: Vec<TyId> = (parts.iter())
            .filter(|(class, _)| !is_silent(self, *class))
            .map(|(_, ty)| *ty)
            .collect();
        let parts = if telling.is_empty() {
            parts.into_iter().map(|(_, ty)| ty).collect()
        } else {
            telling
        };
        let mut result = None;
        for part in parts {
            result = Some(match result {
                Some(first) => self.types.intern(Ty::And(first, part)),
                None => part,
            });
        }
        result.unwrap_or(roots.any)
    }

    fn widen_for_bound(&mut self, ty: TyId) -> TyId {
        match self.types.get(ty) {
            Ty::Literal(of, _) => of,
            Ty::Local(local) => self.symbols.locals[local].ty,
            Ty::This(class) => self.symbols.classes[class].this_ty,
            Ty::Or(..) => self.join_of(ty).unwrap_or(ty),
            Ty::Param(param) => {
                let upper = self.upper_bound(param);
                self.widen_for_bound(upper)
            }
            _ => ty,
        }
    }

    fn bound_class(&mut self, ty: TyId) -> Option<ClassId> {
        match self.types.get(ty) {
            Ty::Class(class, _) => Some(class),
            Ty::And(a, _) => self.bound_class(a),
            Ty::Applied(..) => None,
            _ => None,
        }
    }

    fn lub_of_class(&mut self, class: ClassId, x: TyId, y: TyId, depth: u32) -> TyId {
        let (Some((_, xs)), Some((_, ys))) = (self.types.as_class(x), self.types.as_class(y))
        else {
            return x;
        };
        let roots = self.types.roots();
        let params = self.symbols.classes[class].type_params.clone();
        let args: Vec<TyId> = (xs.iter().zip(ys).zip(params))
            .map(|((x, y), param)| {
                if x == y {
                    return *x;
                }
                match self.symbols.type_params[param].variance {
                    Variance::Covariant => self.lub_at(*x, *y, depth + 1),
                    Variance::Contravariant => self.and(*x, *y),
                    Variance::Invariant => {
                        let snapshot = self.snapshot();
                        if self.same_type(*x, *y) {
                            return self.resolve(*x);
                        }
                        self.rollback(snapshot);
                        let upper = self.lub_at(*x, *y, depth + 2);
                        self.types.intern(Ty::Wildcard(roots.nothing, upper))
                    }
                }
            })
            .collect();
        self.types.class(class, &args)
    }

    /// The join of a union: the least class type above its parts.
    pub fn join_of(&mut self, ty: TyId) -> Option<TyId> {
        match self.types.get(ty) {
            Ty::Or(a, b) => {
                let a = self.join_of(a).unwrap_or(a);
                let b = self.join_of(b).unwrap_or(b);
                Some(self.lub(a, b))
            }
            _ => None,
        }
    }
}
