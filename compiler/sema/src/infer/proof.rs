//! What a pattern proves about type parameters: a value that is an instance of a class has also the
//! type arguments that the class says, so that those of the scrutinee's type are known inside the
//! case (generalised algebraic data types).

use crate::checker::Checker;
use crate::symbols::{TypeParamId, Variance};
use crate::types::{Ty, TyId, TyVar};

/// More proofs than this in one place are not taken down.
const PROOFS_MAX: usize = 64;

/// How a type parameter and a type are related.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relation {
    /// They are the same type.
    Same,
    /// The parameter is a subtype.
    Below,
    /// The parameter is a supertype.
    Above,
}

/// What a pattern has proved about a type parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Proof {
    /// The parameter.
    pub param: TypeParamId,
    /// What it is compared with.
    pub ty: TyId,
    /// The result of the comparison.
    pub relation: Relation,
}

impl Proof {
    /// Whether it says this about a parameter.
    pub fn says(&self, param: TypeParamId, relation: Relation) -> bool {
        self.param == param && (self.relation == relation || self.relation == Relation::Same)
    }
}

impl Checker<'_> {
    /// The types of which it is proved that they are so related to a parameter.
    pub fn proofs_of(&self, param: TypeParamId, relation: Relation) -> Vec<TyId> {
        let proofs = self.proved.iter().filter(|proof| proof.says(param, relation));
        proofs.map(|proof| proof.ty).collect()
    }

    /// What is known if a value of type `ty` is also of type `target`.
    pub(super) fn prove(&mut self, target: TyId, ty: TyId) {
        if self.types.class_of(target).is_some() {
            self.match_bases(target, ty);
        }
    }

    /// Compares what a class says about the scrutinee's class with the scrutinee's type: variables
    /// of the class are solved, parameters in the scrutinee's type are proved.
    pub(super) fn match_bases(&mut self, own: TyId, ty: TyId) {
        match self.types.get(ty) {
            Ty::And(a, b) => {
                self.match_bases(own, a);
                self.match_bases(own, b);
            }
            Ty::Or(a, b) => {
                let class = self.types.class_of(own);
                let fits = |this: &mut Self, part: TyId| {
                    let part_class = this.class_for_members(part);
                    match (class, part_class) {
                        (Some(c), Some(p)) => {
                            this.types.derives(&this.symbols, c, p)
                                || this.types.derives(&this.symbols, p, c)
                        }
                        _ => false,
                    }
                };
                if fits(self, a) {
                    self.match_bases(own, a);
                } else if fits(self, b) {
                    self.match_bases(own, b);
                }
            }
            Ty::Class(class, _) => {
                let opened = self.open(ty);
                if let (Some(base), Some((_, found))) =
                    (self.base(own, class), self.types.as_class(opened))
                {
                    let Some((_, said)) = self.types.as_class(base) else { return };
                    let params = self.symbols.classes[class].type_params.clone();
                    for ((said, found), param) in said.iter().zip(found).zip(params) {
                        let variance = self.symbols.type_params[param].variance;
                        self.match_argument(*said, *found, variance);
                    }
                    return;
                }
                // The scrutinee's class is below: it has more to say than is asked.
                let Some((target, _)) = self.types.as_class(own) else { return };
                if let Some(base) = self.base(opened, target) {
                    self.conforms(base, own);
                }
            }
            Ty::Param(param) => {
                let upper = self.upper_bound(param);
                if upper != self.types.roots().any {
                    self.match_bases(own, upper);
                }
            }
            Ty::This(class) => {
                let this = self.symbols.classes[class].this_ty;
                self.match_bases(own, this);
            }
            Ty::Local(local) => {
                let of = self.symbols.locals[local].ty;
                self.match_bases(own, of);
            }
            _ => {}
        }
    }

    fn match_argument(&mut self, said: TyId, found: TyId, variance: Variance) {
        let said = self.resolve(said);
        match (self.types.get(said), self.types.get(found)) {
            (Ty::Var(_), Ty::Wildcard(..)) => {}
            (Ty::Var(var), _) => self.solve_by_scrutinee(var, found, variance),
            (_, Ty::Param(param)) if said != found => {
                // A covariant argument that the class says is below that of the scrutinee.
                let relation = match variance {
                    Variance::Invariant => Relation::Same,
                    Variance::Covariant => Relation::Above,
                    Variance::Contravariant => Relation::Below,
                };
                self.add_proof(param, said, relation);
            }
            (Ty::Class(c, xs), Ty::Class(d, ys)) if c == d => {
                let params = self.symbols.classes[c].type_params.clone();
                for ((x, y), param) in xs.iter().zip(ys).zip(params) {
                    let variance = self.symbols.type_params[param].variance;
                    self.match_argument(*x, *y, variance);
                }
            }
            (_, Ty::Class(..)) if self.types.has_vars(said) => {
                self.conforms(said, found);
            }
            (Ty::Param(param), _) if said != found && variance == Variance::Invariant => {
                self.add_proof(param, found, Relation::Same);
            }
            _ => {}
        }
    }

    /// An argument of the class is what the scrutinee's type says; so that type keeps the bounds
    /// which the class declares.
    fn solve_by_scrutinee(&mut self, var: TyVar, found: TyId, variance: Variance) {
        let state = self.vars.state(var).clone();
        let snapshot = self.snapshot();
        if self.unify(var, found) || variance != Variance::Invariant {
            return;
        }
        self.rollback(snapshot);
        if self.types.any_part(found, &mut |part| part == Ty::Var(var)) {
            return;
        }
        self.vars.set_solution(var, found);
        for lower in state.lowers {
            if !self.conforms(lower, found) {
                self.prove_below(lower, found);
            }
        }
        for upper in state.uppers {
            if !self.conforms(found, upper) {
                self.prove_below(found, upper);
            }
        }
    }

    fn prove_below(&mut self, lower: TyId, upper: TyId) {
        let (lower, upper) = (self.resolve(lower), self.resolve(upper));
        if let Ty::Param(param) = self.types.get(lower) {
            self.add_proof(param, upper, Relation::Below);
        }
        if let Ty::Param(param) = self.types.get(upper) {
            self.add_proof(param, lower, Relation::Above);
        }
    }

    /// Takes down that a parameter is so related to a type.
    pub(super) fn add_proof(&mut self, param: TypeParamId, ty: TyId, relation: Relation) {
        let ty = self.resolve(ty);
        let proof = Proof { param, ty, relation };
        if self.types.has_vars(ty)
            || self.types.get(ty) == Ty::Param(param)
            || self.proved.contains(&proof)
            || self.proved.len() >= PROOFS_MAX
        {
            return;
        }
        let known = self.proofs_of(param, Relation::Same);
        self.proved.push(proof);
        if relation != Relation::Same {
            return;
        }
        // A parameter proved equal to another one works both ways.
        if let Ty::Param(other) = self.types.get(ty) {
            let own = self.types.param(param);
            self.add_proof(other, own, Relation::Same);
        }
        for other in known {
            self.prove_equal(ty, other);
        }
    }

    /// Two types that are equal have equal parts.
    fn prove_equal(&mut self, a: TyId, b: TyId) {
        if a == b {
            return;
        }
        match (self.types.get(a), self.types.get(b)) {
            (Ty::Param(param), _) => self.add_proof(param, b, Relation::Same),
            (_, Ty::Param(param)) => self.add_proof(param, a, Relation::Same),
            (Ty::Class(c, xs), Ty::Class(d, ys)) if c == d => {
                for (x, y) in xs.iter().zip(ys) {
                    self.prove_equal(*x, *y);
                }
            }
            _ => {}
        }
    }
}
