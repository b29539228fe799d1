//! Subtyping; the least and greatest bounds of types are in `bounds`.
//!
//! Comparing may add bounds to variables of inference; a comparison that fails may leave some
//! behind, so that a trial stands between [`Checker::snapshot`] and [`Checker::rollback`].

mod bounds;

use crate::checker::Checker;
use crate::infer::proof::Relation;
use crate::scope::ScopeId;
use crate::symbols::{ClassId, TypeParamId, Variance};
use crate::types::{Ty, TyId, TyList};
use fscc_base::{Name, Span};

/// Comparisons nested deeper than this count as failed: types that grow while they are compared
/// would never end.
const COMPARE_DEPTH_MAX: u32 = 96;

impl<'a> Checker<'a> {
    /// Whether `a <: b`; on failure bounds that were added are taken back.
    pub fn conforms(&mut self, a: TyId, b: TyId) -> bool {
        let snapshot = self.snapshot();
        let result = self.sub(a, b);
        if !result {
            self.rollback(snapshot);
        }
        result
    }

    /// Whether `a <: b` could hold, without deciding anything.
    pub fn may_conform(&mut self, a: TyId, b: TyId) -> bool {
        let snapshot = self.snapshot();
        let result = self.sub(a, b);
        self.rollback(snapshot);
        result
    }

    /// Whether both are the same type.
    pub fn same_type(&mut self, a: TyId, b: TyId) -> bool {
        if a == b {
            return true;
        }
        let (a, b) = (self.resolve(a), self.resolve(b));
        match (self.types.get(a), self.types.get(b)) {
            (Ty::Var(var), Ty::Wildcard(lower, upper))
            | (Ty::Wildcard(lower, upper), Ty::Var(var)) => {
                self.add_lower(var, lower) && self.add_upper(var, upper)
            }
            (Ty::Var(var), _) => self.unify(var, b),
            (_, Ty::Var(var)) => self.unify(var, a),
            _ => self.sub(a, b) && self.sub(b, a),
        }
    }

    /// Whether `a <: b`, adding bounds to variables.
    pub fn sub(&mut self, a: TyId, b: TyId) -> bool {
        if a == b {
            return true;
        }
        if self.compare_depth >= COMPARE_DEPTH_MAX {
            return false;
        }
        self.compare_depth += 1;
        let result = self.compare(a, b);
        self.compare_depth -= 1;
        result
    }

    fn compare(&mut self, a: TyId, b: TyId) -> bool {
        let roots = self.types.roots();
        let (left, right) = (self.types.get(a), self.types.get(b));
        match (left, right) {
            // What is wrong makes what depends on it wrong too, without a report of its own.
            (Ty::Error, Ty::Var(var)) if self.vars.state(var).solution.is_none() => {
                self.vars.set_solution(var, a);
                return true;
            }
            (Ty::Error, _) | (_, Ty::Error) => return true,
            (Ty::Var(var), _) if self.vars.state(var).solution.is_some() => {
                let a = self.resolve(a);
                return self.sub(a, b);
            }
            (_, Ty::Var(var)) if self.vars.state(var).solution.is_some() => {
                let b = self.resolve(b);
                return self.sub(a, b);
            }
            _ => {}
        }
        if b == roots.any || a == roots.nothing {
            return true;
        }
        match (left, right) {
            (Ty::Or(x, y), _) => self.sub(x, b) && self.sub(y, b),
            (_, Ty::And(x, y)) => self.sub(a, x) && self.sub(a, y),
            (Ty::Wildcard(_, upper), Ty::Var(_)) => self.sub(upper, b),
            (_, Ty::Var(var)) => self.add_lower(var, a),
            (Ty::Var(var), _) => self.add_upper(var, b),
            (_, Ty::Wildcard(lower, _)) => self.sub(a, lower),
            (Ty::Wildcard(_, upper), _) => self.sub(upper, b),
            (_, Ty::Or(x, y)) => self.below_union(a, x, y),
            (Ty::And(x, y), _) => self.intersection_below(a, x, y, b),
            _ => self.compare_heads(a, b),
        }
    }

    fn below_union(&mut self, a: TyId, x: TyId, y: TyId) -> bool {
        // What has no variable decides first: it learns nothing wrong.
        let (x, y) = if self.types.has_vars(self.resolve(x)) { (y, x) } else { (x, y) };
        if self.conforms(a, x) || self.conforms(a, y) {
            return true;
        }
        let union = self.types.intern(Ty::Or(x, y));
        match self.types.get(a) {
            Ty::Literal(of, _) => self.sub(of, union),
            Ty::Param(param) => {
                let upper = self.upper_bound(param);
                !matches!(self.types.get(upper), Ty::Class(class, _)
                    if class == self.types.roots().any_class)
                    && self.sub(upper, union)
            }
            Ty::And(p, q) => self.conforms(p, union) || self.conforms(q, union),
            Ty::This(class) => {
                let this = self.symbols.classes[class].this_ty;
                self.sub(this, union)
            }
            _ => false,
        }
    }

    fn intersection_below(&mut self, a: TyId, x: TyId, y: TyId, b: TyId) -> bool {
        if self.conforms(x, b) || self.conforms(y, b) {
            return true;
        }
        // Both parts may know one class with different arguments.
        if let Ty::Class(class, _) = self.types.get(b) {
            let (p, q) = (self.base(x, class), self.base(y, class));
            if let (Some(p), Some(q)) = (p, q) {
                let ((_, left), (_, right)) = (
                    self.types.as_class(p).unwrap_or((class, &[])),
                    self.types.as_class(q).unwrap_or((class, &[])),
                );
                let params = self.symbols.classes[class].type_params.clone();
                let args: Vec<TyId> = (left.iter().zip(right).zip(params))
                    .map(|((l, r), param)| match self.symbols.type_params[param].variance {
                        Variance::Covariant => self.and(*l, *r),
                        Variance::Contravariant => self.types.intern(Ty::Or(*l, *r)),
                        Variance::Invariant => *l,
                    })
                    .collect();
                let joined = self.types.class(class, &args);
                return joined != a && self.sub(joined, b);
            }
        }
        false
    }

    fn compare_heads(&mut self, a: TyId, b: TyId) -> bool {
        if self.types.class_of(b) == self.known.singleton
            && let Ty::Literal(..) | Ty::Local(_) | Ty::This(_) = self.types.get(a)
        {
            return true;
        }
        match (self.types.get(a), self.types.get(b)) {
            (Ty::Class(c, xs), Ty::Class(d, ys)) => self.class_below(a, (c, xs), b, (d, ys)),
            (Ty::Param(p), _) => self.param_below(a, p, b),
            (_, Ty::Param(q)) => self.above_param(a, q),
            (Ty::Literal(of, _), _) => self.sub(of, b),
            (Ty::Local(local), _) => {
                let ty = self.symbols.locals[local].ty;
                self.sub(ty, b)
            }
            (Ty::This(class), _) => {
                let this = self.symbols.classes[class].self_ty;
                let this = this.unwrap_or(self.symbols.classes[class].this_ty);
                self.sub(this, b)
            }
            (Ty::Class(class, _), Ty::This(of)) => class == of && self.is_object_class(class),
            (Ty::Applied(f, xs), Ty::Applied(g, ys)) if f == g && self.is_named_tuple(f) => {
                self.same_argument(xs[0], ys[0]) && self.sub(xs[1], ys[1])
            }
            (Ty::Applied(f, xs), Ty::Applied(g, ys)) if xs.len() == ys.len() => {
                let snapshot = self.snapshot();
                if self.same_constructor(f, g)
                    && xs.iter().zip(ys).all(|(x, y)| self.same_argument(*x, *y))
                {
                    return true;
                }
                self.rollback(snapshot);
                self.applied_below(a, b)
            }
            (_, Ty::Applied(g, ys)) => self.above_applied(a, g, ys),
            (Ty::Applied(..), _) => self.applied_below(a, b),
            (Ty::Constructor(_) | Ty::Lambda(..), Ty::Constructor(_) | Ty::Lambda(..)) => {
                self.same_constructor(a, b)
            }
            _ => false,
        }
    }

    fn class_below(
        &mut self,
        a: TyId,
        (c, xs): (ClassId, TyList),
        b: TyId,
        (d, ys): (ClassId, TyList),
    ) -> bool {
        let roots = self.types.roots();
        if c == d {
            if xs.iter().any(|x| matches!(self.types.get(*x), Ty::Wildcard(..)))
                && self.types.has_vars(self.resolve(b))
            {
                let opened = self.open(a);
                if opened != a {
                    return self.sub(opened, b);
                }
            }
            return self.args_below(c, xs, ys);
        }
        if c == roots.null_class {
            return self.is_nullable(d);
        }
        self.complete_header(c);
        match self.types.base_type(&self.symbols, a, d) {
            Some(base) => self.sub(base, b),
            None => false,
        }
    }

    /// Whether `null` is a value of this class.
    pub fn is_nullable(&mut self, class: ClassId) -> bool {
        let roots = self.types.roots();
        if class == roots.any_val_class || class == roots.nothing_class {
            return false;
        }
        self.complete_header(class);
        !self.types.derives(&self.symbols, class, roots.any_val_class)
    }

    fn args_below(&mut self, class: ClassId, xs: TyList, ys: TyList) -> bool {
        for (number, (x, y)) in xs.iter().zip(ys).enumerate() {
            let Some(param) = self.symbols.classes[class].type_params.get(number).copied() else {
                return true;
            };
            let fits = match self.symbols.type_params[param].variance {
                Variance::Covariant => match self.types.get(*y) {
                    Ty::Wildcard(_, upper) => self.sub(*x, upper),
                    _ => self.sub_argument(*x, *y),
                },
                Variance::Contravariant => match (self.types.get(*x), self.types.get(*y)) {
                    (_, Ty::Wildcard(lower, _)) => self.sub(lower, *x),
                    (Ty::Wildcard(lower, _), _) => self.sub(*y, lower),
                    _ => self.sub_argument(*y, *x),
                },
                Variance::Invariant => self.same_argument(*x, *y),
            };
            if !fits {
                return false;
            }
        }
        true
    }

    fn sub_argument(&mut self, x: TyId, y: TyId) -> bool {
        if self.is_constructor(x) || self.is_constructor(y) {
            return self.same_constructor(x, y);
        }
        self.sub(x, y)
    }

    fn is_constructor(&self, ty: TyId) -> bool {
        matches!(self.types.get(self.resolve(ty)), Ty::Constructor(_) | Ty::Lambda(..))
    }

    fn same_argument(&mut self, x: TyId, y: TyId) -> bool {
        if x == y {
            return true;
        }
        match (self.types.get(x), self.types.get(y)) {
            (Ty::Wildcard(low, high), Ty::Wildcard(lower, upper)) => {
                self.sub(lower, low) && self.sub(high, upper)
            }
            (_, Ty::Wildcard(lower, upper)) => self.sub(lower, x) && self.sub(x, upper),
            _ if self.is_constructor(x) || self.is_constructor(y) => self.same_constructor(x, y),
            _ => self.same_type(x, y),
        }
    }

    /// Whether two type constructors are the same: they give the same type for the same unknown
    /// arguments.
    fn same_constructor(&mut self, f: TyId, g: TyId) -> bool {
        let (f, g) = (self.resolve(f), self.resolve(g));
        if f == g {
            return true;
        }
        match (self.types.get(f), self.types.get(g)) {
            (Ty::Error, _) | (_, Ty::Error) => true,
            (Ty::Var(var), _) => self.unify(var, g),
            (_, Ty::Var(var)) => self.unify(var, f),
            (left, right) => {
                let arity = match (left, right) {
                    (Ty::Lambda(params, _), _) | (_, Ty::Lambda(params, _)) => params.len(),
                    (Ty::Constructor(c), Ty::Constructor(d)) => {
                        // A subclass constructor stands for that of a base class in covariant
                        // positions only; here it must be the same.
                        return c == d;
                    }
                    _ => return self.sub(f, g) && self.sub(g, f),
                };
                let args: Vec<TyId> = (0..arity)
                    .map(|number| {
                        let name = Name::new(&format!("X{number}"));
                        let param =
                            self.new_type_param(name, Variance::Invariant, Span::synthetic());
                        self.types.param(param)
                    })
                    .collect();
                let (x, y) = (self.types.apply(f, &args), self.types.apply(g, &args));
                self.sub(x, y) && self.sub(y, x)
            }
        }
    }

    /// Whether the constructor for which a variable stands is to be found behind an alias, where a
    /// type lambda may be meant. Scala compares the arguments of the alias; here aliases are gone,
    /// and `(Int, String)` does not say whether it was `F[Int]` or `F[String]`: none is guessed.
    pub(crate) fn is_behind_alias(&self, function: TyId) -> bool {
        self.lambda_arguments
            && matches!(self.types.get(function), Ty::Var(var)
            if self.vars.state(var).param.is_some_and(|param| self.hidden_params.contains(&param)))
    }

    /// `C[x] <: F[y]` with `F` unknown: `F` is `C`, or `C` with its first arguments fixed, or the
    /// same with a base class.
    fn above_applied(&mut self, a: TyId, g: TyId, ys: TyList) -> bool {
        let g = self.resolve(g);
        match self.types.get(g) {
            Ty::Var(_) if self.is_behind_alias(g) => false,
            Ty::Var(var) => {
                let Ty::Class(class, _) = self.types.get(a) else {
                    return match self.types.get(a) {
                        Ty::Literal(of, _) => self.above_applied(of, g, ys),
                        Ty::Param(param) => {
                            let upper = self.upper_bound(param);
                            self.class_of_type(upper).is_some() && self.above_applied(upper, g, ys)
                        }
                        _ => false,
                    };
                };
                self.complete_header(class);
                for base in self.symbols.classes[class].linearization.clone() {
                    let own = self.symbols.classes[base].own_type_params;
                    if own < ys.len() {
                        continue;
                    }
                    let Some(as_base) = self.types.base_type(&self.symbols, a, base) else {
                        continue;
                    };
                    let Some((_, args)) = self.types.as_class(as_base) else { continue };
                    let snapshot = self.snapshot();
                    let function = self.partial_constructor(base, args, ys.len());
                    let rest = &args[own - ys.len()..own];
                    if self.unify(var, function)
                        && rest.iter().zip(ys).all(|(x, y)| self.sub_argument(*x, *y))
                    {
                        return true;
                    }
                    self.rollback(snapshot);
                }
                false
            }
            Ty::Param(param) if self.visible_opaque(param).is_some() => {
                let rhs = self.visible_opaque(param).expect("just tested");
                let b = self.types.apply(rhs, ys);
                self.sub(a, b)
            }
            Ty::Constructor(_) | Ty::Lambda(..) => {
                let b = self.types.apply(g, ys);
                self.sub(a, b)
            }
            // A tuple is one with names, too.
            Ty::Param(param) if self.known.named_tuple == Some(param) => {
                matches!(self.types.get(a), Ty::Class(..)) && self.sub(a, ys[1])
            }
            Ty::Param(param) => self.proofs_of(param, Relation::Above).into_iter().any(|ty| {
                let b = self.types.apply(ty, ys);
                self.conforms(a, b)
            }),
            _ => false,
        }
    }

    fn is_named_tuple(&self, constructor: TyId) -> bool {
        matches!(self.types.get(constructor), Ty::Param(param)
            if self.known.named_tuple == Some(param))
    }

    fn partial_constructor(&mut self, class: ClassId, args: TyList, count: usize) -> TyId {
        let own = self.symbols.classes[class].own_type_params;
        if own == count && args.len() == own {
            return self.types.intern(Ty::Constructor(class));
        }
        let params: Vec<TypeParamId> = (0..count)
            .map(|number| {
                let name = Name::new(&format!("X{number}"));
                self.new_type_param(name, Variance::Invariant, Span::synthetic())
            })
            .collect();
        let mut all = args.to_vec();
        for (number, param) in params.iter().enumerate() {
            all[own - count + number] = self.types.param(*param);
        }
        let body = self.types.class(class, &all);
        self.types.intern(Ty::Lambda(crate::resolve::intern_params(&params), body))
    }

    fn applied_below(&mut self, a: TyId, b: TyId) -> bool {
        let Ty::Applied(function, args) = self.types.get(a) else { return false };
        let function = self.resolve(function);
        match self.types.get(function) {
            Ty::Var(_) if self.is_behind_alias(function) => false,
            Ty::Var(_) => match self.types.get(b) {
                // `F[x] <: C[y]` decides `F` as well.
                Ty::Class(class, ys) => {
                    let function = self.resolve(function);
                    let Ty::Var(var) = self.types.get(function) else { return false };
                    let own = self.symbols.classes[class].own_type_params;
                    if own < args.len() {
                        return false;
                    }
                    let constructor = self.partial_constructor(class, ys, args.len());
                    let rest = &ys[own - args.len()..own];
                    self.unify(var, constructor)
                        && args.iter().zip(rest).all(|(x, y)| self.sub_argument(*x, *y))
                }
                _ => false,
            },
            Ty::Param(param) => {
                if let Some(rhs) = self.visible_opaque(param) {
                    let a = self.types.apply(rhs, args);
                    return self.sub(a, b);
                }
                for number in 0..self.proved.len() {
                    let proof = self.proved[number];
                    if proof.says(param, Relation::Below) {
                        let a = self.types.apply(proof.ty, args);
                        if self.without_proof(number, |this| this.conforms(a, b)) {
                            return true;
                        }
                    }
                }
                let upper = self.upper_bound(param);
                if upper == self.types.roots().any {
                    return false;
                }
                let a = self.types.apply(upper, args);
                self.sub(a, b)
            }
            Ty::Constructor(_) | Ty::Lambda(..) => {
                let function = self.resolve(function);
                let a = self.types.apply(function, args);
                self.sub(a, b)
            }
            _ => false,
        }
    }

    fn param_below(&mut self, a: TyId, param: TypeParamId, b: TyId) -> bool {
        if let Some(rhs) = self.visible_opaque(param)
            && self.conforms(rhs, b)
        {
            return true;
        }
        for number in 0..self.proved.len() {
            let proof = self.proved[number];
            if proof.says(param, Relation::Below)
                && self.without_proof(number, |this| this.conforms(proof.ty, b))
            {
                return true;
            }
        }
        let upper = self.upper_bound(param);
        if upper != self.types.roots().any && self.conforms(upper, b) {
            return true;
        }
        match self.types.get(b) {
            Ty::Param(q) => self.above_param(a, q),
            Ty::Applied(g, ys) => self.above_applied(a, g, ys),
            _ => false,
        }
    }

    fn above_param(&mut self, a: TyId, param: TypeParamId) -> bool {
        if let Some(rhs) = self.visible_opaque(param)
            && self.conforms(a, rhs)
        {
            return true;
        }
        for number in 0..self.proved.len() {
            let proof = self.proved[number];
            if proof.says(param, Relation::Above)
                && self.without_proof(number, |this| this.conforms(a, proof.ty))
            {
                return true;
            }
        }
        self.complete_bounds(param);
        let lower = self.symbols.type_params[param].lower;
        if lower != self.types.roots().nothing && self.conforms(a, lower) {
            return true;
        }
        match self.types.get(a) {
            Ty::Literal(of, _) => self.sub(of, self.types.param(param)),
            Ty::Local(local) => {
                let ty = self.symbols.locals[local].ty;
                self.sub(ty, self.types.param(param))
            }
            Ty::This(class) => match self.symbols.classes[class].self_ty {
                Some(this) => self.sub(this, self.types.param(param)),
                None => false,
            },
            Ty::Applied(..) => self.applied_below(a, self.types.param(param)),
            _ => false,
        }
    }

    pub(crate) fn without_proof<R>(
        &mut self,
        number: usize,
        action: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let proof = self.proved.remove(number);
        let result = action(self);
        self.proved.insert(number, proof);
        result
    }

    /// The upper bound of a parameter.
    pub fn upper_bound(&mut self, param: TypeParamId) -> TyId {
        self.complete_bounds(param);
        self.symbols.type_params[param].upper
    }

    /// What an opaque type stands for, where that can be seen.
    pub fn visible_opaque(&mut self, param: TypeParamId) -> Option<TyId> {
        let scope = self.type_param_data[param].opaque_in?;
        if !self.is_inside(self.env.scope, scope) {
            return None;
        }
        match self.symbols.type_params[param].opaque {
            Some(rhs) => Some(rhs),
            None => {
                let alias = *self.opaque_aliases.get(&param)?;
                let span = self.symbols.type_params[param].span;
                self.alias_type(alias, span);
                self.symbols.type_params[param].opaque
            }
        }
    }

    /// Whether a scope lies in another one.
    fn is_inside(&self, inner: ScopeId, outer: ScopeId) -> bool {
        // Imports and the like between definition and scope do not matter: compare templates.
        let template = |scope: ScopeId| {
            let mut next = Some(scope);
            while let Some(scope) = next {
                match self.scopes[scope].kind {
                    crate::scope::ScopeKind::Class(_) | crate::scope::ScopeKind::Package(_) => {
                        return Some(scope);
                    }
                    _ => next = self.scopes[scope].parent,
                }
            }
            None
        };
        let Some(target) = template(outer) else { return false };
        let mut next = Some(inner);
        while let Some(scope) = next {
            if scope == target {
                return true;
            }
            next = self.scopes[scope].parent;
        }
        false
    }

    /// A value's type with its wildcard arguments replaced by unknown types with their bounds.
    pub fn open(&mut self, ty: TyId) -> TyId {
        let Ty::Class(class, args) = self.types.get(ty) else { return ty };
        if !args.iter().any(|arg| matches!(self.types.get(*arg), Ty::Wildcard(..))) {
            return ty;
        }
        let mut opened = Vec::new();
        let params = self.symbols.classes[class].type_params.clone();
        for (arg, param) in args.iter().zip(params) {
            opened.push(match self.types.get(*arg) {
                Ty::Wildcard(lower, upper) => {
                    self.complete_bounds(param);
                    let declared = self.symbols.type_params[param].upper;
                    let simple = !self.types.has_params(declared);
                    let upper =
                        if upper == self.types.roots().any && simple { declared } else { upper };
                    let name = Name::new("?");
                    let unknown = self.new_type_param(name, Variance::Invariant, Span::synthetic());
                    self.symbols.type_params[unknown].lower = lower;
                    self.symbols.type_params[unknown].upper = upper;
                    self.types.param(unknown)
                }
                _ => *arg,
            });
        }
        self.types.class(class, &opened)
    }

    /// The type as an instance of `class`.
    pub fn base(&mut self, ty: TyId, class: ClassId) -> Option<TyId> {
        let ty = self.resolve(ty);
        match self.types.get(ty) {
            Ty::Class(own, _) => self.complete_header(own),
            Ty::Param(param) => {
                self.complete_bounds(param);
                if let Some(rhs) = self.visible_opaque(param)
                    && let Some(base) = self.types.base_type(&self.symbols, rhs, class)
                {
                    return Some(base);
                }
            }
            Ty::Applied(function, args) => {
                if let Ty::Param(param) = self.types.get(function)
                    && let Some(rhs) = self.visible_opaque(param)
                {
                    let ty = self.types.apply(rhs, args);
                    return self.base(ty, class);
                }
            }
            _ => {}
        }
        self.types.base_type(&self.symbols, ty, class)
    }

    /// The class of a type, after widening.
    pub fn class_of_type(&mut self, ty: TyId) -> Option<ClassId> {
        self.class_for_members(ty)
    }
}
