//! Substitution of type parameters, and maps over the parts of a type.

use super::{Kinds, Ty, TyId, Types, ty_list};
use crate::symbols::TypeParamId;
use smallvec::SmallVec;

/// A substitution: what stands for which parameter.
#[derive(Clone, Debug, Default)]
pub struct Subst {
    pairs: SmallVec<[(TypeParamId, TyId); 4]>,
}

impl Subst {
    /// The substitution that changes nothing.
    pub fn new() -> Self {
        Self::default()
    }
    /// Each parameter becomes the argument at its place.
    pub fn zip(params: &[TypeParamId], args: &[TyId]) -> Self {
        Self { pairs: params.iter().copied().zip(args.iter().copied()).collect() }
    }
    /// Adds a pair.
    pub fn insert(&mut self, param: TypeParamId, ty: TyId) {
        self.pairs.push((param, ty));
    }
    /// Adds all pairs of another one.
    pub fn extend(&mut self, other: &Subst) {
        self.pairs.extend(other.pairs.iter().copied());
    }
    /// What stands for this parameter.
    pub fn get(&self, param: TypeParamId) -> Option<TyId> {
        self.pairs.iter().find(|(key, _)| *key == param).map(|(_, ty)| *ty)
    }
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl Types {
    /// The type with parameters replaced.
    pub fn subst(&self, ty: TyId, subst: &Subst) -> TyId {
        if subst.is_empty() || !self.has(ty, Kinds::PARAM) {
            return ty;
        }
        self.map(ty, &mut |ty| match self.get(ty) {
            Ty::Param(param) => subst.get(param),
            _ => None,
        })
    }

    /// Rebuilds a type: `leaf` may replace any part; what it leaves alone is rebuilt from its
    /// parts. An applied type whose function has become a class or lambda is reduced.
    pub fn map(&self, ty: TyId, leaf: &mut dyn FnMut(TyId) -> Option<TyId>) -> TyId {
        if let Some(new) = leaf(ty) {
            return new;
        }
        match self.get(ty) {
            Ty::Class(_, []) => ty,
            Ty::Class(class, args) => match self.map_list(args, leaf) {
                Some(args) => self.class(class, &args),
                None => ty,
            },
            Ty::Applied(function, args) => {
                let new = self.map_list(args, leaf);
                let function = self.map(function, leaf);
                self.apply(function, new.as_deref().unwrap_or(args))
            }
            Ty::Lambda(params, body) => {
                let body = self.map(body, leaf);
                self.intern(Ty::Lambda(params, body))
            }
            Ty::And(a, b) => {
                let (a, b) = (self.map(a, leaf), self.map(b, leaf));
                self.intern(Ty::And(a, b))
            }
            Ty::Or(a, b) => {
                let (a, b) = (self.map(a, leaf), self.map(b, leaf));
                self.intern(Ty::Or(a, b))
            }
            Ty::Wildcard(lower, upper) => {
                let (lower, upper) = (self.map(lower, leaf), self.map(upper, leaf));
                self.intern(Ty::Wildcard(lower, upper))
            }
            Ty::Error
            | Ty::Param(_)
            | Ty::Constructor(_)
            | Ty::Var(_)
            | Ty::Literal(..)
            | Ty::This(_)
            | Ty::Local(_) => ty,
        }
    }

    /// Rebuilds a list of types; none if that changes none of them.
    fn map_list(
        &self,
        types: &[TyId],
        leaf: &mut dyn FnMut(TyId) -> Option<TyId>,
    ) -> Option<SmallVec<[TyId; 4]>> {
        let mut new: Option<SmallVec<[TyId; 4]>> = None;
        for (place, old) in types.iter().enumerate() {
            let ty = self.map(*old, leaf);
            match &mut new {
                Some(new) => new.push(ty),
                None if ty == *old => {}
                None => {
                    let mut list = SmallVec::from_slice(&types[..place]);
                    list.push(ty);
                    new = Some(list);
                }
            }
        }
        new
    }

    /// A type constructor applied to arguments.
    pub fn apply(&self, function: TyId, args: &[TyId]) -> TyId {
        match self.get(function) {
            Ty::Constructor(class) => self.class(class, args),
            Ty::Lambda(params, body) => self.subst(body, &Subst::zip(params, args)),
            Ty::Error => function,
            // An argument `?` of a higher-kinded parameter stands for an unknown constructor.
            Ty::Wildcard(_, upper) => self.apply(upper, args),
            // A bound without parameters holds for all arguments.
            Ty::Class(..) => function,
            _ => self.intern(Ty::Applied(function, ty_list(args))),
        }
    }

    /// Calls `visit` for every part of the type, outermost first, until it says `true`.
    pub fn any_part(&self, ty: TyId, visit: &mut dyn FnMut(Ty) -> bool) -> bool {
        let this = self.get(ty);
        if visit(this) {
            return true;
        }
        match this {
            Ty::Class(_, args) => args.iter().any(|a| self.any_part(*a, visit)),
            Ty::Applied(function, args) => {
                self.any_part(function, visit) || args.iter().any(|a| self.any_part(*a, visit))
            }
            Ty::Lambda(_, body) => self.any_part(body, visit),
            Ty::And(a, b) | Ty::Or(a, b) | Ty::Wildcard(a, b) => {
                self.any_part(a, visit) || self.any_part(b, visit)
            }
            Ty::Literal(class, _) => self.any_part(class, visit),
            Ty::Error
            | Ty::Param(_)
            | Ty::Constructor(_)
            | Ty::Var(_)
            | Ty::This(_)
            | Ty::Local(_) => false,
        }
    }

    /// Whether the error type occurs in it.
    pub fn has_error(&self, ty: TyId) -> bool {
        self.has(ty, Kinds::ERROR)
    }

    /// Whether a type variable occurs in it.
    pub fn has_vars(&self, ty: TyId) -> bool {
        self.has(ty, Kinds::VAR)
    }

    /// Whether a type parameter or abstract type occurs in it.
    pub fn has_params(&self, ty: TyId) -> bool {
        self.has(ty, Kinds::PARAM)
    }

    /// Whether the `this.type` of a class occurs in it.
    pub fn has_this(&self, ty: TyId) -> bool {
        self.has(ty, Kinds::THIS)
    }
}
