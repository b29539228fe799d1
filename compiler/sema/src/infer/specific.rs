//! Which of the applicable overloaded methods is the most specific.

use crate::checker::Checker;
use crate::infer::args::Slot;
use crate::infer::callee::MethodRef;
use crate::symbols::{LocalId, MethodId, Owner, Passing};
use crate::types::{Subst, Ty, TyId};

impl<'a> Checker<'a> {
    /// The parameter types of a candidate with variables for its type parameters.
    pub(super) fn candidate_types(
        &mut self,
        methods: &MethodRef,
        method: MethodId,
        params: &[LocalId],
    ) -> Vec<TyId> {
        let subst = self.candidate_subst(methods, method);
        params
            .iter()
            .map(|param| {
                let ty = self.symbols.locals[*param].ty;
                let ty = match methods.prefix {
                    Some(prefix) if methods.creates.is_none() => self.seen(ty, prefix),
                    _ => ty,
                };
                self.types.subst(ty, &subst)
            })
            .collect()
    }

    fn candidate_subst(&mut self, methods: &MethodRef, method: MethodId) -> Subst {
        match &methods.creates {
            Some(creation) => {
                let params = self.symbols.classes[creation.class].type_params.clone();
                match creation.ty.and_then(|ty| self.types.as_class(ty)) {
                    Some((_, args)) => Subst::zip(&params, args),
                    None => self.fresh_vars(&params, &Subst::new()).0,
                }
            }
            None => {
                let (subst, vars) = self.method_vars(method);
                if let Some(prefix) = methods.prefix {
                    let params = self.symbols.methods[method].type_params.clone();
                    for (param, var) in params.iter().zip(&vars) {
                        let Ty::Var(var) = self.types.get(*var) else { continue };
                        let info = &self.symbols.type_params[*param];
                        let (lower, upper) = (info.lower, info.upper);
                        let (lower, upper) = (self.seen(lower, prefix), self.seen(upper, prefix));
                        let (lower, upper) =
                            (self.types.subst(lower, &subst), self.types.subst(upper, &subst));
                        self.replace_bounds(var, lower, upper);
                    }
                }
                subst
            }
        }
    }

    /// The most specific candidates.
    pub(super) fn most_specific(
        &mut self,
        methods: &MethodRef,
        fitting: &[(MethodId, Vec<LocalId>, Vec<Slot>)],
        left: Vec<MethodId>,
    ) -> Vec<MethodId> {
        // A method that needs neither a default nor a repeated parameter goes first.
        let plain: Vec<MethodId> = (fitting.iter())
            .filter(|(method, params, slots)| {
                left.contains(method)
                    && !slots.contains(&Slot::Default)
                    && !params.iter().any(|p| self.symbols.locals[*p].passing == Passing::Repeated)
            })
            .map(|(method, ..)| *method)
            .collect();
        let left = if plain.is_empty() { left } else { plain };
        if left.len() < 2 {
            return left;
        }
        let mut best: Vec<MethodId> = Vec::new();
        for method in &left {
            let beaten = left.iter().any(|other| {
                other != method
                    && self.is_better(methods, fitting, *other, *method)
                    && !self.is_better(methods, fitting, *method, *other)
            });
            if !beaten {
                best.push(*method);
            }
        }
        let best = if best.is_empty() { left } else { best };
        // Of equally good ones those that need no default.
        let written: Vec<MethodId> = (fitting.iter())
            .filter(|(method, _, slots)| best.contains(method) && !slots.contains(&Slot::Default))
            .map(|(method, ..)| *method)
            .collect();
        if written.is_empty() { best } else { written }
    }

    /// Whether `a` counts as more specific than `b`: it could be called with `b`'s parameters, or
    /// stands in a subclass.
    fn is_better(
        &mut self,
        methods: &MethodRef,
        fitting: &[(MethodId, Vec<LocalId>, Vec<Slot>)],
        a: MethodId,
        b: MethodId,
    ) -> bool {
        let mut score = 0;
        if self.as_specific(methods, fitting, a, b) {
            score += 1;
        }
        if self.as_specific(methods, fitting, b, a) {
            score -= 1;
        }
        if let (Owner::Class(x), Owner::Class(y)) =
            (self.symbols.methods[a].owner, self.symbols.methods[b].owner)
        {
            if x != y && self.types.derives(&self.symbols, x, y) {
                score += 1;
            }
            if x != y && self.types.derives(&self.symbols, y, x) {
                score -= 1;
            }
        }
        score > 0
    }

    fn as_specific(
        &mut self,
        methods: &MethodRef,
        fitting: &[(MethodId, Vec<LocalId>, Vec<Slot>)],
        a: MethodId,
        b: MethodId,
    ) -> bool {
        let find = |method| fitting.iter().find(|(m, ..)| *m == method);
        let (Some((_, left, _)), Some((_, right, _))) = (find(a), find(b)) else { return false };
        let snapshot = self.snapshot();
        let types: Vec<TyId> = left
            .iter()
            .map(|param| {
                let ty = self.symbols.locals[*param].ty;
                let ty = self.argument_type(*param, ty);
                match methods.prefix {
                    Some(prefix) => self.seen(ty, prefix),
                    None => ty,
                }
            })
            .collect();
        let other = self.candidate_types(methods, b, right);
        let mut fits = left.len() == right.len()
            || right.last().is_some_and(|p| self.symbols.locals[*p].passing == Passing::Repeated);
        for (number, ty) in types.into_iter().enumerate() {
            let place = number.min(right.len().saturating_sub(1));
            let Some(param) = right.get(place) else {
                fits = false;
                break;
            };
            // One value more or less is not what a method of one value takes.
            let repeated = |p: LocalId| self.symbols.locals[p].passing == Passing::Repeated;
            if repeated(left[number]) && !repeated(*param) {
                fits = false;
                break;
            }
            let wanted = self.argument_type(*param, other[place]);
            let ok = self.conforms(ty, wanted)
                || (self.is_number(ty) && self.is_number(wanted) && self.widens(ty, wanted));
            fits &= ok;
        }
        self.rollback(snapshot);
        fits
    }

    pub(super) fn result_may_fit(
        &mut self,
        methods: &MethodRef,
        method: MethodId,
        expected: TyId,
    ) -> bool {
        self.signature(method);
        let snapshot = self.snapshot();
        let subst = self.candidate_subst(methods, method);
        let result = self.symbols.methods[method].result;
        let result = match methods.prefix {
            Some(prefix) if methods.creates.is_none() => self.seen(result, prefix),
            _ => result,
        };
        let result = self.types.subst(result, &subst);
        let fits = self.sub(result, expected);
        self.rollback(snapshot);
        fits
    }
}
