//! Variables of inference: unknown types with bounds, solved when they must be known.

use crate::checker::Checker;
use crate::symbols::{MethodId, TypeParamId};
use crate::types::{Subst, Ty, TyId, TyVar};
use fscc_base::Idx;
use smallvec::SmallVec;

/// What is known about a variable.
#[derive(Clone, Debug, Default)]
pub(crate) struct VarState {
    /// Types below it.
    pub lowers: SmallVec<[TyId; 2]>,
    /// Types above it.
    pub uppers: SmallVec<[TyId; 2]>,
    /// What it was found to be.
    pub solution: Option<TyId>,
    /// Solved from below or invariantly to a literal type only if a bound asks for it.
    pub param: Option<TypeParamId>,
}

/// All variables, with a log to undo trials.
#[derive(Debug, Default)]
pub(crate) struct Vars {
    table: Vec<VarState>,
    log: Vec<Undo>,
}

#[derive(Debug)]
enum Undo {
    Lower(usize),
    Upper(usize),
    Solution(usize),
}

/// A point to go back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot {
    log: usize,
    diagnostics: usize,
}

impl Vars {
    /// Makes room for that many more variables.
    pub fn reserve(&mut self, additional: usize) {
        self.table.reserve(additional);
    }
    /// The number of variables made so far.
    pub fn count(&self) -> usize {
        self.table.len()
    }
    /// What is known about a variable.
    pub fn state(&self, var: TyVar) -> &VarState {
        &self.table[var.index()]
    }
    fn push(&mut self, param: Option<TypeParamId>) -> TyVar {
        self.table.push(VarState { param, ..VarState::default() });
        TyVar::new(self.table.len() - 1)
    }
    fn push_lower(&mut self, var: TyVar, ty: TyId) {
        self.table[var.index()].lowers.push(ty);
        self.log.push(Undo::Lower(var.index()));
    }
    fn push_upper(&mut self, var: TyVar, ty: TyId) {
        self.table[var.index()].uppers.push(ty);
        self.log.push(Undo::Upper(var.index()));
    }
    /// Replaces the bounds of a variable that nothing else has used yet.
    pub fn set_bounds(
        &mut self,
        var: TyVar,
        lower: TyId,
        upper: TyId,
        types: &crate::types::Types,
    ) {
        let roots = types.roots();
        let state = &mut self.table[var.index()];
        state.lowers.clear();
        state.uppers.clear();
        if upper != roots.any {
            state.uppers.push(upper);
        }
        if lower != roots.nothing {
            state.lowers.push(lower);
        }
    }
    pub(crate) fn set_solution(&mut self, var: TyVar, ty: TyId) {
        self.table[var.index()].solution = Some(ty);
        self.log.push(Undo::Solution(var.index()));
    }
}

impl<'a> Checker<'a> {
    /// A new variable.
    pub fn new_var(&mut self, param: Option<TypeParamId>) -> TyId {
        let var = self.vars.push(param);
        self.types.intern(Ty::Var(var))
    }

    /// Variables for type parameters, with their bounds.
    pub fn fresh_vars(&mut self, params: &[TypeParamId], outer: &Subst) -> (Subst, Vec<TyId>) {
        let vars: Vec<TyId> = params.iter().map(|param| self.new_var(Some(*param))).collect();
        let mut subst = Subst::zip(params, &vars);
        subst.extend(outer);
        for (param, var) in params.iter().zip(&vars) {
            self.complete_bounds(*param);
            let info = &self.symbols.type_params[*param];
            let (lower, upper) = (info.lower, info.upper);
            let Ty::Var(var) = self.types.get(*var) else { continue };
            // Bounds of a fresh variable are part of it: no trial takes them back.
            let lower = self.types.subst(lower, &subst);
            let upper = self.types.subst(upper, &subst);
            self.vars.set_bounds(var, lower, upper, &self.types);
        }
        (subst, vars)
    }

    /// Variables for the type parameters of a method.
    pub fn method_vars(&mut self, method: MethodId) -> (Subst, Vec<TyId>) {
        self.complete_params(method);
        if self.symbols.methods[method].type_params.is_empty() {
            return (Subst::new(), Vec::new());
        }
        let params = self.symbols.methods[method].type_params.clone();
        self.fresh_vars(&params, &Subst::new())
    }

    /// A point to go back to.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { log: self.vars.log.len(), diagnostics: self.diagnostics.len() }
    }

    /// Undoes everything that happened to variables and diagnostics since then.
    pub fn rollback(&mut self, snapshot: Snapshot) {
        while self.vars.log.len() > snapshot.log {
            match self.vars.log.pop().expect("longer than the snapshot") {
                Undo::Lower(var) => {
                    self.vars.table[var].lowers.pop();
                }
                Undo::Upper(var) => {
                    self.vars.table[var].uppers.pop();
                }
                Undo::Solution(var) => self.vars.table[var].solution = None,
            }
        }
        // Variables made since then stay in the table unused: trees may still name them.
        self.diagnostics.truncate(snapshot.diagnostics);
    }

    /// The type with solved variables filled in.
    pub fn resolve(&self, ty: TyId) -> TyId {
        if !self.types.has_vars(ty) {
            return ty;
        }
        self.types.map(ty, &mut |part| match self.types.get(part) {
            Ty::Var(var) => self.vars.state(var).solution.map(|solution| self.resolve(solution)),
            _ => None,
        })
    }

    /// Records `lower <: var`.
    pub fn add_lower(&mut self, var: TyVar, lower: TyId) -> bool {
        if self.types.get(lower) == Ty::Var(var) {
            return true;
        }
        if self.vars.state(var).lowers.contains(&lower) {
            return true;
        }
        if self.occurs(var, lower) {
            return false;
        }
        self.vars.push_lower(var, lower);
        let uppers = self.vars.state(var).uppers.clone();
        if !uppers.into_iter().all(|upper| self.sub(lower, upper)) {
            return false;
        }
        if let Ty::Var(below) = self.types.get(lower) {
            let upper = self.types.intern(Ty::Var(var));
            if !self.vars.state(below).uppers.contains(&upper) {
                self.vars.push_upper(below, upper);
                let lowers = self.vars.state(below).lowers.clone();
                return lowers.into_iter().all(|lower| self.sub(lower, upper));
            }
        }
        true
    }

    /// Records `var <: upper`.
    pub fn add_upper(&mut self, var: TyVar, upper: TyId) -> bool {
        if self.types.get(upper) == Ty::Var(var) {
            return true;
        }
        if self.vars.state(var).uppers.contains(&upper) {
            return true;
        }
        self.vars.push_upper(var, upper);
        let lowers = self.vars.state(var).lowers.clone();
        if !lowers.into_iter().all(|lower| self.sub(lower, upper)) {
            return false;
        }
        if let Ty::Var(above) = self.types.get(upper) {
            let lower = self.types.intern(Ty::Var(var));
            if !self.vars.state(above).lowers.contains(&lower) {
                self.vars.push_lower(above, lower);
                let uppers = self.vars.state(above).uppers.clone();
                return uppers.into_iter().all(|upper| self.sub(lower, upper));
            }
        }
        true
    }

    /// Makes the variable equal to a type, if its bounds allow it.
    pub fn unify(&mut self, var: TyVar, ty: TyId) -> bool {
        let own = self.types.intern(Ty::Var(var));
        if own == ty {
            return true;
        }
        if self.occurs(var, ty) {
            return false;
        }
        let state = self.vars.state(var).clone();
        self.vars.set_solution(var, ty);
        state.lowers.into_iter().all(|lower| self.sub(lower, ty))
            && state.uppers.into_iter().all(|upper| self.sub(ty, upper))
    }

    fn occurs(&self, var: TyVar, ty: TyId) -> bool {
        let ty = self.resolve(ty);
        self.types.has_vars(ty) && self.types.any_part(ty, &mut |part| part == Ty::Var(var))
    }

    /// Solves a variable from its lower bounds.
    pub fn solve_below(&mut self, var: TyVar) -> TyId {
        if let Some(solution) = self.vars.state(var).solution {
            return self.resolve(solution);
        }
        let lowers = self.vars.state(var).lowers.clone();
        let mut result = None;
        let mut parts = Vec::new();
        for lower in lowers {
            let lower = self.resolve(lower);
            if matches!(self.types.get(lower), Ty::Var(_)) || self.occurs(var, lower) {
                continue;
            }
            result = Some(match result {
                Some(other) => self.lub(other, lower),
                None => lower,
            });
            parts.push(lower);
        }
        let roots = self.types.roots();
        // Where something closer than the class that they share is wanted, the union stands.
        if parts.len() > 1 && !result.is_some_and(|found| self.fits_uppers(var, found)) {
            let union = parts.into_iter().reduce(|a, b| self.types.intern(Ty::Or(a, b)));
            if union.is_some_and(|union| self.fits_uppers(var, union)) {
                result = union;
            }
        }
        let solution = match result {
            Some(found) => self.widen_solution(var, found),
            None => roots.nothing,
        };
        self.settle(var, solution)
    }

    /// Solves a variable from its upper bounds.
    pub fn solve_above(&mut self, var: TyVar) -> TyId {
        if let Some(solution) = self.vars.state(var).solution {
            return self.resolve(solution);
        }
        let uppers = self.vars.state(var).uppers.clone();
        let mut result = None;
        for upper in uppers {
            let upper = self.resolve(upper);
            if matches!(self.types.get(upper), Ty::Var(_)) || self.occurs(var, upper) {
                continue;
            }
            result = Some(match result {
                Some(other) => self.and(other, upper),
                None => upper,
            });
        }
        let solution = result.unwrap_or(self.types.roots().any);
        self.settle(var, solution)
    }

    fn settle(&mut self, var: TyVar, solution: TyId) -> TyId {
        // A solution that mentions other variables fixes them as it is.
        let solution = self.resolve(solution);
        if self.occurs(var, solution) {
            let error = self.types.roots().nothing;
            self.vars.set_solution(var, error);
            return error;
        }
        self.vars.set_solution(var, solution);
        // Variables linked with this one learn its solution.
        let state = self.vars.state(var).clone();
        for lower in state.lowers {
            if matches!(self.types.get(self.resolve(lower)), Ty::Var(_)) {
                self.sub(lower, solution);
            }
        }
        for upper in state.uppers {
            if matches!(self.types.get(self.resolve(upper)), Ty::Var(_)) {
                self.sub(solution, upper);
            }
        }
        solution
    }

    fn fits_uppers(&mut self, var: TyVar, ty: TyId) -> bool {
        let uppers = self.vars.state(var).uppers.clone();
        uppers.into_iter().all(|upper| self.conforms(ty, upper))
    }

    /// What was found from below is widened, unless an upper bound asks for what is closer.
    fn widen_solution(&mut self, var: TyVar, found: TyId) -> TyId {
        let wide = self.widened(found);
        if wide == found || self.fits_uppers(var, wide) { wide } else { found }
    }

    /// What is remembered of a type that was found: literals and singletons become their classes,
    /// cases of an enum the enum. Unions stand: those that are inferred are joined when they are
    /// made, and those that are written are meant.
    pub fn widened(&mut self, ty: TyId) -> TyId {
        let ty = self.types.widen(ty);
        match self.types.get(ty) {
            Ty::Local(local) => self.symbols.locals[local].ty,
            Ty::This(class) => self.symbols.classes[class].this_ty,
            Ty::Class(class, _) if self.is_enum_case(class) => {
                let parent = self.symbols.classes[class].parents.first().copied();
                match parent {
                    Some(parent) => self.seen(parent, ty),
                    None => ty,
                }
            }
            _ => ty,
        }
    }

    fn is_enum_case(&self, class: crate::symbols::ClassId) -> bool {
        matches!(self.classes[class].source, crate::checker::ClassSource::EnumCase(..))
    }

    /// Whether anything is known from below.
    pub fn has_lower(&self, var: TyVar) -> bool {
        self.vars
            .state(var)
            .lowers
            .iter()
            .any(|lower| !matches!(self.types.get(self.resolve(*lower)), Ty::Var(_)))
    }

    /// Whether anything is known from above.
    pub fn has_upper(&self, var: TyVar) -> bool {
        self.vars.state(var).uppers.iter().any(|upper| {
            let upper = self.resolve(*upper);
            !matches!(self.types.get(upper), Ty::Var(_)) && !self.occurs(var, upper)
        })
    }

    /// Solves a variable whichever way something is known.
    pub fn solve(&mut self, var: TyVar) -> TyId {
        if self.has_lower(var) {
            return self.solve_below(var);
        }
        // A linked variable below may know more.
        for lower in self.vars.state(var).lowers.clone() {
            if let Ty::Var(below) = self.types.get(self.resolve(lower))
                && self.has_lower(below)
            {
                self.solve_below(below);
                return self.solve_below(var);
            }
        }
        if self.has_upper(var) { self.solve_above(var) } else { self.solve_below(var) }
    }

    /// Solves every variable in a type.
    pub fn solve_all(&mut self, ty: TyId) -> TyId {
        let mut ty = self.resolve(ty);
        loop {
            if !self.types.has_vars(ty) {
                return ty;
            }
            let mut first = None;
            self.types.any_part(ty, &mut |part| {
                if let Ty::Var(var) = part {
                    first = Some(var);
                }
                first.is_some()
            });
            let Some(var) = first else { return ty };
            self.solve(var);
            ty = self.resolve(ty);
        }
    }

    /// The type with its outermost variable solved, so that its members are known.
    pub fn solve_head(&mut self, ty: TyId) -> TyId {
        let ty = self.resolve(ty);
        match self.types.get(ty) {
            Ty::Var(var) => self.solve(var),
            _ => ty,
        }
    }
}
