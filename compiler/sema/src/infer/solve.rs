//! When variables are solved: after an application, those that its result does not leave open.

use crate::checker::Checker;
use crate::symbols::Variance;
use crate::types::{Ty, TyId, TyVar};
use fscc_base::Idx;

/// How a variable occurs in a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Occurrence {
    None,
    Covariant,
    Contravariant,
    Invariant,
}

impl Occurrence {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Occurrence::None, x) | (x, Occurrence::None) => x,
            (a, b) if a == b => a,
            _ => Occurrence::Invariant,
        }
    }
    fn flip(self) -> Self {
        match self {
            Occurrence::Covariant => Occurrence::Contravariant,
            Occurrence::Contravariant => Occurrence::Covariant,
            other => other,
        }
    }
}

impl<'a> Checker<'a> {
    /// After an application: solves the variables made since `first` that the result does not
    /// contain, or contains in one direction only. Those that occur in both stay open for what
    /// the place expects.
    pub fn interpolate(&mut self, first: usize, result: TyId) {
        for number in first..self.vars.count() {
            let var = TyVar::new(number);
            if self.vars.state(var).solution.is_some() {
                continue;
            }
            let result = self.resolve(result);
            match self.occurrence(result, var) {
                Occurrence::None => {
                    if self.has_lower(var) {
                        self.solve_below(var);
                    } else if self.has_upper(var) && !self.is_linked(var, first) {
                        self.solve_above(var);
                    }
                }
                Occurrence::Covariant => {
                    let is_free =
                        !self.is_linked(var, first) && self.types.get(result) != Ty::Var(var);
                    if self.has_lower(var) || is_free {
                        self.solve_below(var);
                    }
                }
                Occurrence::Contravariant => {
                    if self.has_upper(var) {
                        self.solve_above(var);
                    }
                }
                Occurrence::Invariant => {}
            }
        }
    }

    /// Whether a variable is bounded by one of an outer application.
    fn is_linked(&self, var: TyVar, first: usize) -> bool {
        let state = self.vars.state(var);
        state.uppers.iter().chain(&state.lowers).any(|bound| {
            matches!(self.types.get(self.resolve(*bound)), Ty::Var(other) if other.index() < first)
        })
    }

    fn occurrence(&self, ty: TyId, var: TyVar) -> Occurrence {
        match self.types.get(ty) {
            Ty::Var(other) if other == var => Occurrence::Covariant,
            Ty::Class(class, args) => {
                let mut result = Occurrence::None;
                for (number, arg) in args.iter().enumerate() {
                    let inner = self.occurrence(*arg, var);
                    if inner == Occurrence::None {
                        continue;
                    }
                    let param = self.symbols.classes[class].type_params.get(number).copied();
                    let variance =
                        param.map_or(Variance::Invariant, |p| self.symbols.type_params[p].variance);
                    result = result.and(match variance {
                        Variance::Covariant => inner,
                        Variance::Contravariant => inner.flip(),
                        Variance::Invariant => Occurrence::Invariant,
                    });
                }
                result
            }
            Ty::Applied(function, args) => {
                let mut result = Occurrence::None;
                for part in std::iter::once(&function).chain(args) {
                    if self.occurrence(*part, var) != Occurrence::None {
                        result = Occurrence::Invariant;
                    }
                }
                result
            }
            Ty::And(a, b) | Ty::Or(a, b) => self.occurrence(a, var).and(self.occurrence(b, var)),
            Ty::Wildcard(lower, upper) => {
                self.occurrence(lower, var).flip().and(self.occurrence(upper, var))
            }
            Ty::Lambda(_, body) => match self.occurrence(body, var) {
                Occurrence::None => Occurrence::None,
                _ => Occurrence::Invariant,
            },
            _ => Occurrence::None,
        }
    }

    /// Before an implicit search: variables of the wanted type about which something is known.
    pub fn solve_known(&mut self, ty: TyId) {
        let ty = self.resolve(ty);
        let mut vars = Vec::new();
        self.types.any_part(ty, &mut |part| {
            if let Ty::Var(var) = part {
                vars.push(var);
            }
            false
        });
        for var in vars {
            if self.vars.state(var).solution.is_none() && self.has_lower(var) {
                self.solve_below(var);
            }
        }
    }

    /// Gives a fresh variable the bounds of its parameter as seen through a prefix.
    pub fn replace_bounds(&mut self, var: TyVar, lower: TyId, upper: TyId) {
        self.vars.set_bounds(var, lower, upper, &self.types);
    }
}
