//! Patterns and matches: the type of what a pattern takes, the names it binds, and what a match
//! on a generalised data type proves about type parameters.

use crate::checker::{Checker, Term};
use crate::infer::callee::Callee;
use crate::infer::expr::{Expected, typed};
use crate::symbols::{ClassId, LocalId, MethodId, Variance};
use crate::typed::{
    Case, Constant, Expr, ExprKind, ExtractorResult, MatchKind, Pattern, PatternKind,
};
use crate::types::{Subst, Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// `scrutinee match { cases }`.
    pub fn match_expr(
        &mut self,
        scrutinee: &'a ast::Expr,
        cases: &'a [ast::Case],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let saved = self.unchecked;
        if is_unchecked(scrutinee) {
            self.unchecked = true;
            if let Some(first) = cases.first() {
                self.match_kinds.insert(first.pattern.span, MatchKind::Unchecked);
            }
        }
        let mut value = self.infer(scrutinee, None);
        value.ty = self.solve_all(value.ty);
        let result = self.typed_match(value, cases, span, expected);
        self.unchecked = saved;
        result
    }

    /// A match on a typed value.
    pub fn typed_match(
        &mut self,
        scrutinee: Expr,
        cases: &'a [ast::Case],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let ty = scrutinee.ty;
        let mut typed_cases = Vec::new();
        let mut bodies = Vec::new();
        for case in cases {
            let (case, body) = self.open_case(case, ty, expected);
            typed_cases.push(case);
            bodies.push(body);
        }
        let result = self.join_branches(&mut bodies, expected);
        for (case, body) in typed_cases.iter_mut().zip(bodies) {
            case.body = body;
        }
        typed(ExprKind::Match(Box::new(scrutinee), typed_cases), result, span)
    }

    /// A case, with its body apart.
    pub fn open_case(&mut self, case: &'a ast::Case, ty: TyId, expected: Expected) -> (Case, Expr) {
        let boolean = self.types.roots().boolean;
        let outer = self.env;
        self.env.scope = self.push_names(outer.scope);
        let proofs = self.proved.len();
        let pattern = self.pattern(&case.pattern, ty);
        let guard = case.guard.as_ref().map(|guard| self.expr(guard, Some(boolean)));
        let mut body = self.expr(&case.body, expected);
        if self.proved.len() > proofs {
            // What the proofs said about the body's type is forgotten after it: the value is cast.
            if let Some(expected) = expected {
                let wanted = self.resolve(expected);
                self.proved.truncate(proofs);
                if !self.types.has_vars(wanted)
                    && !matches!(body.kind, ExprKind::Error)
                    && !self.may_conform(body.ty, wanted)
                {
                    let at = body.span;
                    body = typed(ExprKind::Cast(Box::new(body), wanted), wanted, at);
                }
            }
        }
        self.proved.truncate(proofs);
        self.env = outer;
        let empty = self.error_expr(case.span);
        (Case { pattern, guard, body: empty, span: case.span }, body)
    }

    /// A pattern for a value of this type; its names are bound in the present scope.
    pub fn pattern(&mut self, pattern: &'a ast::Pattern, ty: TyId) -> Pattern {
        use ast::PatternKind as P;
        let span = pattern.span;
        let ty = self.resolve(ty);
        match &pattern.kind {
            P::Wildcard => Pattern { kind: PatternKind::Wildcard, ty, span },
            P::Variable(name) => self.bind(*name, wildcard(ty, span), span),
            P::Bind { name, pattern } => {
                let inner = self.pattern(pattern, ty);
                if name.as_str() == "_" {
                    return inner;
                }
                self.bind(*name, inner, span)
            }
            P::Stable(path) => self.stable_pattern(path, ty, span),
            P::Literal(literal) => self.literal_pattern(literal, ty, span),
            P::Typed { pattern, ty: written } => self.typed_pattern(pattern, written, ty, span),
            P::Alternative(patterns) => {
                let alternatives: Vec<Pattern> =
                    patterns.iter().map(|pattern| self.pattern(pattern, ty)).collect();
                self.refuse_bindings(patterns);
                Pattern { kind: PatternKind::Alternative(alternatives), ty, span }
            }
            P::Tuple(args) => self.tuple_pattern(args, ty, span),
            P::Extractor { path, type_args, args } => {
                let args: Vec<&'a ast::PatternArg> = args.iter().collect();
                self.extractor(path, type_args, &Parts::Named(args), ty, span)
            }
            P::Infix { lhs, op, rhs } => self.infix_pattern(lhs, *op, rhs, ty, span),
            P::Splice(_) => self.bad_pattern(
                codes::SEQUENCE_PATTERN,
                span,
                "`*` stands only last in a sequence pattern",
            ),
            P::Interpolation { prefix, parts, args } => {
                self.interpolation_pattern(*prefix, parts, args, ty, span)
            }
            P::Given(_) => {
                self.outside(
                    codes::GIVEN_PATTERN,
                    span,
                    "a `given` pattern is outside the subset",
                    "bind the value to a name and pass it with `using`",
                );
                wildcard(ty, span)
            }
            P::Error => wildcard(self.types.roots().error, span),
        }
    }

    fn bad_pattern(&mut self, code: codes::Code, span: Span, message: &str) -> Pattern {
        self.fail(code, span, message);
        wildcard(self.types.roots().error, span)
    }

    fn refuse_bindings(&mut self, patterns: &'a [ast::Pattern]) {
        for pattern in patterns {
            let mut names = Vec::new();
            crate::enter::pattern_variables(pattern, &mut names);
            if let Some(name) = names.iter().find(|name| !name.as_str().starts_with('_')) {
                self.fail(
                    codes::BINDING_IN_ALTERNATIVE,
                    name.span,
                    format!("`{}` cannot be bound in an alternative", name.name),
                );
            }
        }
    }

    fn bind(&mut self, name: ast::Ident, inner: Pattern, span: Span) -> Pattern {
        let ty = self.pattern_value_type(inner.ty);
        let local = self.new_local(name.name, ty, name.span);
        let scope = self.env.scope;
        self.bind_term(scope, name.name, Term::Local(local));
        let ty = inner.ty;
        Pattern { kind: PatternKind::Bind(local, Box::new(inner)), ty, span }
    }

    fn pattern_value_type(&mut self, ty: TyId) -> TyId {
        match self.types.get(ty) {
            Ty::Wildcard(_, upper) => upper,
            Ty::Literal(of, _) => of,
            _ => ty,
        }
    }

    fn stable_pattern(&mut self, path: &'a ast::Expr, ty: TyId, span: Span) -> Pattern {
        let hint = match self.types.get(ty) {
            Ty::Class(..) => Some(ty),
            _ => None,
        };
        let value = self.infer(path, hint);
        if let ExprKind::Error = value.kind {
            return wildcard(self.types.roots().error, span);
        }
        let mut value = value;
        value.ty = self.solve_all(value.ty);
        if let ExprKind::Object(class) = value.kind {
            // The object itself says what the type parameters are.
            if self.classes[class].header == crate::checker::Status::Lazy {
                self.complete_header(class);
            }
            let this = self.symbols.classes[class].this_ty;
            self.prove(this, ty);
        }
        let (a, b) = (self.types.widen(value.ty), self.types.widen(ty));
        if !self.comparable(a, b) {
            return self.impossible(value.ty, ty, span);
        }
        Pattern { kind: PatternKind::Equals(value), ty, span }
    }

    fn pattern_comparable(&mut self, value: TyId, ty: TyId) -> bool {
        let (a, b) = (self.types.widen(value), self.types.widen(ty));
        if self.is_number(a) && self.is_number(b) {
            return true;
        }
        self.may_overlap(a, b)
    }

    fn impossible(&mut self, pattern: TyId, scrutinee: TyId, span: Span) -> Pattern {
        let (found, wanted) = (self.show(pattern), self.show(scrutinee));
        self.report(
            Diagnostic::error(
                codes::IMPOSSIBLE_PATTERN,
                span,
                format!("a value of type `{wanted}` is never a `{found}`"),
            )
            .help("remove the case, or correct its pattern"),
        );
        wildcard(self.types.roots().error, span)
    }

    fn literal_pattern(&mut self, literal: &'a ast::Literal, ty: TyId, span: Span) -> Pattern {
        let literal_expr = self.pattern_literal(literal, span);
        let wide = self.types.widen(ty);
        let value = match self.convert_constant(&literal_expr, wide) {
            Some(converted) => converted,
            None => literal_expr,
        };
        if !matches!(literal, ast::Literal::Null) && !self.pattern_comparable(value.ty, ty) {
            return self.impossible(value.ty, ty, span);
        }
        Pattern { kind: PatternKind::Equals(value), ty, span }
    }

    fn pattern_literal(&mut self, literal: &ast::Literal, span: Span) -> Expr {
        let ty = self.literal_type(literal);
        let ty = self.types.widen(ty);
        let constant = match literal {
            ast::Literal::Int(value) => Constant::Int(*value),
            ast::Literal::Long(value) => Constant::Long(*value),
            ast::Literal::Float(value) => Constant::Float(f64::from(*value).to_bits()),
            ast::Literal::Double(value) => Constant::Double(value.to_bits()),
            ast::Literal::Char(unit) => Constant::Char(*unit),
            ast::Literal::String(text) => Constant::String(text.encode_utf16().collect()),
            ast::Literal::Boolean(value) => Constant::Boolean(*value),
            ast::Literal::Unit => Constant::Unit,
            ast::Literal::Null => Constant::Null,
        };
        typed(ExprKind::Constant(constant), ty, span)
    }

    fn typed_pattern(
        &mut self,
        pattern: &'a ast::Pattern,
        written: &'a ast::Type,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let scope = self.env.scope;
        let scope = self.bind_type_variables(written, scope);
        self.env.scope = scope;
        let target = self.resolve_type(written, scope);
        if self.types.is_error(target) {
            let inner = wildcard(target, span);
            return match &pattern.kind {
                ast::PatternKind::Variable(name) => self.bind(*name, inner, span),
                _ => inner,
            };
        }
        let tested = self.type_test(target, ty, written.span);
        match &pattern.kind {
            ast::PatternKind::Variable(name) => self.bind(*name, tested, span),
            _ => tested,
        }
    }

    /// Lower-case names in the arguments of a type pattern stand for unknown types.
    fn bind_type_variables(
        &mut self,
        ty: &'a ast::Type,
        scope: crate::scope::ScopeId,
    ) -> crate::scope::ScopeId {
        let ast::TypeKind::Apply { args, .. } = &ty.kind else { return scope };
        for arg in args {
            let ast::TypeKind::Ident(name) = &arg.kind else { continue };
            let lower = name.as_str().starts_with(|c: char| c.is_lowercase());
            if lower && self.lookup_type(name.name, scope).is_none() {
                let param = self.new_type_param(name.name, Variance::Invariant, name.span);
                self.bind_type(scope, name.name, crate::checker::TypeSym::Param(param));
                self.pattern_types.insert(param);
            }
        }
        scope
    }

    /// A test whether a value is of a type; none if it always is. What may be null is tested even
    /// where its type says enough.
    fn type_test(&mut self, target: TyId, ty: TyId, span: Span) -> Pattern {
        if let Ty::Or(a, b) = self.types.get(target) {
            let alternatives = vec![self.type_test(a, ty, span), self.type_test(b, ty, span)];
            return Pattern { kind: PatternKind::Alternative(alternatives), ty: target, span };
        }
        if self.conforms(ty, target) {
            let any_ref = self.types.roots().any_ref;
            let is_class = match self.types.get(self.resolve(target)) {
                Ty::Class(class, _) => self.known.array != Some(class),
                Ty::And(..) => true,
                _ => false,
            };
            if !is_class || !self.conforms(target, any_ref) {
                return wildcard(target, span);
            }
            let inner = Box::new(wildcard(target, span));
            return Pattern { kind: PatternKind::Typed(inner), ty: target, span };
        }
        if !self.may_overlap(target, ty) {
            return self.impossible(target, ty, span);
        }
        let target = self.solve_pattern_types(target, ty);
        self.check_testable(target, ty, span);
        self.prove(target, ty);
        let inner = Box::new(wildcard(target, span));
        Pattern { kind: PatternKind::Typed(inner), ty: target, span }
    }

    /// Type variables of a pattern become what the scrutinee says.
    fn solve_pattern_types(&mut self, target: TyId, ty: TyId) -> TyId {
        let mut named = Vec::new();
        self.types.any_part(target, &mut |part| {
            if let Ty::Param(param) = part
                && self.pattern_types.contains(&param)
            {
                named.push(param);
            }
            false
        });
        let Some((class, _)) = self.types.as_class(target) else { return target };
        if named.is_empty() {
            return target;
        }
        let implied = self.implied_type(class, ty);
        let (Some((_, args)), Some((_, implied))) =
            (self.types.as_class(target), self.types.as_class(implied))
        else {
            return target;
        };
        let mut subst = Subst::new();
        for (arg, known) in args.iter().zip(implied) {
            if let Ty::Param(param) = self.types.get(*arg)
                && named.contains(&param)
            {
                let same = self.types.get(*known) == Ty::Param(param);
                if !same {
                    subst.insert(param, *known);
                }
            }
        }
        // The names stay usable: they are aliases of what was found.
        self.types.subst(target, &subst)
    }

    /// Whether a value could be of both types.
    pub fn may_overlap(&mut self, a: TyId, b: TyId) -> bool {
        let (a, b) = (self.types.widen(a), self.types.widen(b));
        if self.types.has_error(a) || self.types.has_error(b) {
            return true;
        }
        match (self.types.get(a), self.types.get(b)) {
            (Ty::Or(x, y), _) => return self.may_overlap(x, b) || self.may_overlap(y, b),
            (_, Ty::Or(x, y)) => return self.may_overlap(a, x) || self.may_overlap(a, y),
            (Ty::And(x, y), _) => return self.may_overlap(x, b) && self.may_overlap(y, b),
            (_, Ty::And(x, y)) => return self.may_overlap(a, x) && self.may_overlap(a, y),
            _ => {}
        }
        let (Ty::Class(x, _), Ty::Class(y, _)) = (self.types.get(a), self.types.get(b)) else {
            return true;
        };
        self.complete_header(x);
        self.complete_header(y);
        let symbols = &self.symbols;
        if self.types.derives(symbols, x, y) || self.types.derives(symbols, y, x) {
            return true;
        }
        let roots = self.types.roots();
        if [x, y].contains(&roots.any_class) || [x, y].contains(&roots.any_ref_class) {
            let other = if x == roots.any_ref_class { y } else { x };
            return ![x, y].contains(&roots.any_ref_class) || !self.types.is_primitive(other);
        }
        if [x, y].contains(&roots.null_class) {
            return true;
        }
        let (left, right) = (&symbols.classes[x], &symbols.classes[y]);
        let is_trait =
            |class: &crate::symbols::Class| class.kind == crate::symbols::ClassKind::Trait;
        let closed = |class: &crate::symbols::Class| class.is_final || class.is_case;
        if closed(left) || closed(right) {
            return false;
        }
        is_trait(left) || is_trait(right)
    }

    /// The type of this class that a value of type `ty` has if it is an instance of it: what the
    /// type says is taken over, the rest is unknown.
    pub fn implied_type(&mut self, class: ClassId, ty: TyId) -> TyId {
        self.complete_header(class);
        let params = self.symbols.classes[class].type_params.clone();
        if params.is_empty() {
            let this = self.symbols.classes[class].this_ty;
            self.prove(this, ty);
            return this;
        }
        let (subst, vars) = self.fresh_vars(&params, &Subst::new());
        let this = self.symbols.classes[class].this_ty;
        let own = self.types.subst(this, &subst);
        self.match_bases(own, ty);
        let mut result = Subst::new();
        for (param, var) in params.iter().zip(vars) {
            let known = self.resolve(var);
            let known = match self.types.get(known) {
                Ty::Var(open) => {
                    if self.has_lower(open) {
                        self.solve_below(open)
                    } else {
                        let info = &self.symbols.type_params[*param];
                        let (name, upper, lower) = (info.name, info.upper, info.lower);
                        let unknown =
                            self.new_type_param(name, Variance::Invariant, Span::synthetic());
                        let simple =
                            !self.types.any_part(upper, &mut |p| matches!(p, Ty::Param(_)));
                        let mut upper = if simple { upper } else { self.types.roots().any };
                        let bounds = self.vars_upper(open);
                        if let Some(bound) = bounds {
                            upper = bound;
                        }
                        self.symbols.type_params[unknown].upper = upper;
                        self.symbols.type_params[unknown].lower = lower;
                        let ty = self.types.param(unknown);
                        self.unify(open, ty);
                        ty
                    }
                }
                Ty::Wildcard(_, upper) => upper,
                _ => known,
            };
            result.insert(*param, known);
        }
        self.types.subst(this, &result)
    }

    fn vars_upper(&mut self, var: crate::types::TyVar) -> Option<TyId> {
        let uppers = self.vars.state(var).uppers.clone();
        let upper = uppers.into_iter().map(|upper| self.resolve(upper)).next()?;
        (!self.types.has_vars(upper)).then_some(upper)
    }

    /// Compares what a class says about the scrutinee's class with the scrutinee's type: variables
    /// of the class are solved, parameters in the scrutinee's type are proved.
    fn match_bases(&mut self, own: TyId, ty: TyId) {
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
            (Ty::Var(var), _) => {
                self.unify(var, found);
            }
            (_, Ty::Param(param)) if said != found => {
                self.add_proof(param, said);
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
                self.add_proof(param, found);
            }
            _ => {}
        }
    }

    fn add_proof(&mut self, param: crate::symbols::TypeParamId, ty: TyId) {
        let ty = self.resolve(ty);
        if self.types.has_vars(ty) || self.types.get(ty) == Ty::Param(param) {
            return;
        }
        if !self.proved.contains(&(param, ty)) {
            self.proved.push((param, ty));
            // A parameter proved equal to another one works both ways.
            if let Ty::Param(other) = self.types.get(ty) {
                let own = self.types.param(param);
                if !self.proved.contains(&(other, own)) {
                    self.proved.push((other, own));
                }
            }
        }
    }

    /// What is known if a value of type `ty` is also of type `target`.
    fn prove(&mut self, target: TyId, ty: TyId) {
        if self.types.class_of(target).is_some() {
            self.match_bases(target, ty);
        }
    }

    /// Refuses tests of what is not there at run time.
    pub fn check_testable(&mut self, target: TyId, ty: TyId, span: Span) {
        if self.env.is_library || self.unchecked {
            return;
        }
        let what = match self.types.get(target) {
            Ty::Class(class, args) if !args.is_empty() && Some(class) != self.known.array => {
                if args.iter().all(|arg| self.is_unknown_arg(*arg)) {
                    return;
                }
                let implied = self.implied_type(class, ty);
                if self.may_conform(implied, target) {
                    return;
                }
                "the type arguments are"
            }
            Ty::Param(param) => {
                if self.visible_opaque(param).is_some() {
                    return;
                }
                if self.conforms(ty, target) {
                    return;
                }
                "a type parameter is"
            }
            _ => return,
        };
        let text = self.show(target);
        self.report(
            Diagnostic::error(
                codes::UNCHECKED_TEST,
                span,
                format!("`{text}` cannot be tested: {what} not known at run time"),
            )
            .help("test the class only: `C[?]`"),
        );
    }

    fn is_unknown_arg(&self, arg: TyId) -> bool {
        match self.types.get(arg) {
            Ty::Wildcard(lower, upper) => {
                lower == self.types.roots().nothing && upper == self.types.roots().any
            }
            Ty::Param(param) => self.pattern_types.contains(&param),
            _ => false,
        }
    }

    fn tuple_pattern(&mut self, args: &'a [ast::PatternArg], ty: TyId, span: Span) -> Pattern {
        let Some(class) = self.known.tuple(args.len()) else {
            return self.bad_pattern(
                codes::ARITY_LIMIT,
                span,
                "a tuple has at most 22 elements here",
            );
        };
        let any_tuple = self.symbols.classes[class].this_ty;
        if !self.may_overlap_class(class, ty) {
            return self.impossible(any_tuple, ty, span);
        }
        let args: Vec<&'a ast::PatternArg> = args.iter().collect();
        self.class_pattern(class, &Parts::Named(args), ty, span)
    }

    fn may_overlap_class(&mut self, class: ClassId, ty: TyId) -> bool {
        let this = self.symbols.classes[class].this_ty;
        self.may_overlap(this, ty)
    }

    /// An instance of a case class with patterns for its fields.
    fn class_pattern(
        &mut self,
        class: ClassId,
        parts: &Parts<'a>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        self.complete_members(class);
        let target = self.implied_type(class, ty);
        let fields = self.symbols.classes[class].case_fields.clone();
        let mut patterns: Vec<Option<Pattern>> = (0..fields.len()).map(|_| None).collect();
        let mut given = parts.patterns();
        let named = given.iter().any(|(name, _)| name.is_some());
        if let Some(sequence) = self.repeated_field(class, &fields, &given, target, span) {
            given.truncate(fields.len() - 1);
            patterns.pop();
            patterns.push(Some(sequence));
        } else if !named && given.len() != fields.len() {
            let name = self.symbols.classes[class].name;
            self.fail(
                codes::PATTERN_ARITY,
                span,
                format!("`{name}` has {} field(s), the pattern has {}", fields.len(), given.len()),
            );
            for (_, pattern) in given {
                self.pattern(pattern, self.types.roots().error);
            }
            return wildcard(self.types.roots().error, span);
        }
        for (number, (name, pattern)) in given.into_iter().enumerate() {
            let place = match name {
                None => Some(number),
                Some(name) => {
                    fields.iter().position(|field| self.symbols.fields[*field].name == name.name)
                }
            };
            let Some(place) = place else {
                self.fail(codes::NO_MEMBER, pattern.span, "there is no field of this name");
                continue;
            };
            self.complete_field(fields[place]);
            let field_ty = self.symbols.fields[fields[place]].ty;
            let field_ty = self.seen(field_ty, target);
            patterns[place] = Some(self.pattern(pattern, field_ty));
        }
        let mut complete = Vec::new();
        for (field, pattern) in fields.iter().zip(patterns) {
            complete.push(match pattern {
                Some(pattern) => pattern,
                None => {
                    self.complete_field(*field);
                    let field_ty = self.symbols.fields[*field].ty;
                    let field_ty = self.seen(field_ty, target);
                    wildcard(field_ty, span)
                }
            });
        }
        Pattern { kind: PatternKind::Class(class, complete), ty: target, span }
    }

    /// The patterns for a repeated last field, as one for the sequence.
    fn repeated_field(
        &mut self,
        class: ClassId,
        fields: &[crate::symbols::FieldId],
        given: &[(Option<ast::Ident>, &'a ast::Pattern)],
        target: TyId,
        span: Span,
    ) -> Option<Pattern> {
        let last = *fields.last()?;
        let constructor = self.symbols.classes[class].constructor?;
        self.complete_params(constructor);
        let param = self.fields[last].param?;
        let is_repeated = self.symbols.locals[param].passing == crate::symbols::Passing::Repeated;
        if !is_repeated || given.len() + 1 < fields.len() {
            return None;
        }
        self.complete_field(last);
        let field_ty = self.symbols.fields[last].ty;
        let field_ty = self.seen(field_ty, target);
        Some(self.sequence_content(&given[fields.len() - 1..], field_ty, span))
    }

    fn infix_pattern(
        &mut self,
        lhs: &'a ast::Pattern,
        op: ast::Ident,
        rhs: &'a ast::Pattern,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let mut parts = vec![lhs];
        match &rhs.kind {
            ast::PatternKind::Tuple(args) => parts.extend(args.iter().map(|arg| &arg.pattern)),
            _ => parts.push(rhs),
        }
        let callee = self.pattern_callee_of_ident(op);
        self.extractor_by(callee, &[], &Parts::Plain(parts), ty, span)
    }

    fn pattern_callee_of_ident(&mut self, name: ast::Ident) -> Callee {
        let scope = self.env.scope;
        match self.lookup_term(name.name, scope) {
            Some(found) => self.callee_of_found(found, name),
            None => {
                self.unknown_name(name.name, name.span, scope);
                Callee::Error(name.span)
            }
        }
    }

    fn extractor(
        &mut self,
        path: &'a ast::Expr,
        type_args: &'a [ast::Type],
        parts: &Parts<'a>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let callee = self.callee(path);
        self.extractor_by(callee, type_args, parts, ty, span)
    }

    fn extractor_by(
        &mut self,
        callee: Callee,
        type_args: &'a [ast::Type],
        parts: &Parts<'a>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let value = match callee {
            Callee::Error(_) => None,
            other => Some(self.apply_callee(other, Vec::new(), span, None)),
        };
        let Some(value) = value.filter(|value| !matches!(value.kind, ExprKind::Error)) else {
            let error = self.types.roots().error;
            for (_, pattern) in parts.patterns() {
                if !matches!(pattern.kind, ast::PatternKind::Splice(_)) {
                    self.pattern(pattern, error);
                }
            }
            return wildcard(error, span);
        };
        if let Some(object) = self.types.class_of(value.ty)
            && let Some(class) = self.case_class_of(object)
        {
            let this = self.symbols.classes[class].this_ty;
            if !self.may_overlap_class(class, ty) {
                return self.impossible(this, ty, span);
            }
            let narrowed = if type_args.is_empty() {
                ty
            } else {
                let scope = self.env.scope;
                let args: Vec<TyId> =
                    type_args.iter().map(|arg| self.resolve_type(arg, scope)).collect();
                let constructor = self.types.intern(Ty::Constructor(class));
                self.apply_type(constructor, &args, span)
            };
            if narrowed != ty {
                self.check_testable(narrowed, ty, span);
            }
            return self.class_pattern(class, parts, narrowed, span);
        }
        self.call_extractor(value, type_args, parts, ty, span)
    }

    /// The case class whose companion this is, if its extractor is the one that comes with it.
    fn case_class_of(&mut self, object: ClassId) -> Option<ClassId> {
        if !self.is_object_class(object) {
            return None;
        }
        let class = self.symbols.classes[object].companion?;
        if !self.symbols.classes[class].is_case {
            return None;
        }
        self.complete_members(object);
        let own = self.classes[object].decls.get(&Name::new("unapply"));
        own.is_none_or(|binding| binding.terms.is_empty()).then_some(class)
    }

    /// `unapply` or `unapplySeq` of a value.
    fn call_extractor(
        &mut self,
        value: Expr,
        type_args: &'a [ast::Type],
        parts: &Parts<'a>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let is_seq = !self.has_member(value.ty, "unapply");
        let name = if is_seq { "unapplySeq" } else { "unapply" };
        if !self.has_member(value.ty, name) {
            let text = self.show(value.ty);
            self.report(
                Diagnostic::error(
                    codes::NOT_AN_EXTRACTOR,
                    span,
                    format!("`{text}` has no `unapply` and cannot stand in a pattern"),
                )
                .help("use a case class, or define `unapply`"),
            );
            let error = self.types.roots().error;
            for (_, pattern) in parts.patterns() {
                if !matches!(pattern.kind, ast::PatternKind::Splice(_)) {
                    self.pattern(pattern, error);
                }
            }
            return wildcard(error, span);
        }
        let Some((scrutinee, wanted)) = self.extractor_argument(&value, name, type_args, ty, span)
        else {
            return wildcard(self.types.roots().error, span);
        };
        let argument = typed(ExprKind::Local(scrutinee), wanted, span);
        let callee = self.select(value, Name::new(name), span);
        let mut items = Vec::new();
        if !type_args.is_empty() {
            items.push(super::apply::Item::Types(type_args, span));
        }
        let values = vec![super::args::ArgValue::Typed(Some(argument))];
        items.push(super::apply::Item::Args(super::args::ArgList::of_values(values, span)));
        let mut call = self.apply_callee(callee, items, span, None);
        call.ty = self.solve_all(call.ty);
        if let ExprKind::Error = call.kind {
            return wildcard(self.types.roots().error, span);
        }
        let result = self.extractor_result(&call, parts, is_seq, span);
        let kind = PatternKind::Extractor { scrutinee, call, result };
        let pattern = Pattern { kind, ty: wanted, span };
        if self.conforms(ty, wanted) {
            return pattern;
        }
        Pattern { kind: PatternKind::Typed(Box::new(pattern)), ty: wanted, span }
    }

    /// The local that holds the scrutinee for an extractor, at the extractor's parameter type.
    fn extractor_argument(
        &mut self,
        value: &Expr,
        name: &str,
        type_args: &'a [ast::Type],
        ty: TyId,
        span: Span,
    ) -> Option<(LocalId, TyId)> {
        let terms = self.members_of(value.ty, Name::new(name));
        let mut chosen: Option<(MethodId, TyId)> = None;
        for term in terms {
            let Term::Method(method) = term else { continue };
            self.signature(method);
            let Some(param) = self.first_explicit(method) else { continue };
            let (mut subst, _) = self.method_vars(method);
            if !type_args.is_empty() {
                let scope = self.env.scope;
                let types: Vec<TyId> =
                    type_args.iter().map(|arg| self.resolve_type(arg, scope)).collect();
                let params = self.symbols.methods[method].type_params.clone();
                subst = Subst::zip(&params, &types);
            }
            let declared = self.symbols.locals[param].ty;
            let declared = self.seen(declared, value.ty);
            let declared = self.types.subst(declared, &subst);
            // Passing the value as it is goes before testing it.
            if self.conforms(ty, declared) {
                let exact = self.resolve(declared);
                let own = if self.types.has_vars(exact) { ty } else { exact };
                let local = self.new_local(Name::new("scrutinee$"), own, span);
                return Some((local, own));
            }
            if chosen.is_none() {
                chosen = Some((method, declared));
            }
        }
        let (_, declared) = chosen?;
        let shape = self.resolve(declared);
        let target = match self.types.get(shape) {
            Ty::Class(class, args) if !args.is_empty() => {
                let implied = self.implied_type(class, ty);
                if self.types.has_vars(shape) { implied } else { shape }
            }
            Ty::Var(_) => ty,
            _ => shape,
        };
        if !self.may_overlap(target, ty) {
            self.impossible(target, ty, span);
            return None;
        }
        if !self.types.has_vars(shape) {
            self.check_testable(target, ty, span);
        }
        let local = self.new_local(Name::new("scrutinee$"), target, span);
        Some((local, target))
    }

    fn first_explicit(&self, method: MethodId) -> Option<LocalId> {
        let info = &self.symbols.methods[method];
        let mut at = 0;
        for list in &info.lists {
            if !list.is_using && list.len > 0 {
                return info.params.get(at).copied();
            }
            at += list.len as usize;
        }
        None
    }

    /// What the result of an extractor means for the patterns inside.
    fn extractor_result(
        &mut self,
        call: &Expr,
        parts: &Parts<'a>,
        is_seq: bool,
        span: Span,
    ) -> ExtractorResult {
        let boolean = self.types.roots().boolean;
        let ty = call.ty;
        let given = parts.patterns();
        if ty == boolean && !is_seq {
            if !given.is_empty() {
                self.fail(
                    codes::PATTERN_ARITY,
                    span,
                    "this extractor only says yes or no: it has no parts",
                );
            }
            return ExtractorResult::Boolean;
        }
        if self.has_member(ty, "isEmpty") && self.has_member(ty, "get") {
            let result = self.new_local(Name::new("result$"), ty, span);
            let holder = typed(ExprKind::Local(result), ty, span);
            let is_empty = self.read_member(holder, "isEmpty", span);
            let holder = typed(ExprKind::Local(result), ty, span);
            let get = self.read_member(holder, "get", span);
            let content = self.resolve(get.ty);
            let pattern = if is_seq {
                self.sequence_content(&given, content, span)
            } else {
                self.content_pattern(&given, content, span)
            };
            return ExtractorResult::Option { result, is_empty, get, pattern: Box::new(pattern) };
        }
        let result = self.new_local(Name::new("result$"), ty, span);
        if is_seq {
            let pattern = self.sequence_content(&given, ty, span);
            let whole = typed(ExprKind::Local(result), ty, span);
            return ExtractorResult::Product { result, fields: vec![(whole, pattern)] };
        }
        let mut fields = Vec::new();
        let is_product = self.has_member(ty, "_1");
        if !is_product && given.len() == 1 {
            let whole = typed(ExprKind::Local(result), ty, span);
            let pattern = self.pattern(given[0].1, ty);
            return ExtractorResult::Product { result, fields: vec![(whole, pattern)] };
        }
        let mut count = 0;
        while self.has_member(ty, &format!("_{}", count + 1)) {
            count += 1;
        }
        if count != given.len() {
            self.fail(
                codes::PATTERN_ARITY,
                span,
                format!("the extractor gives {count} part(s), the pattern has {}", given.len()),
            );
        }
        for (number, (_, pattern)) in given.into_iter().enumerate() {
            let whole = typed(ExprKind::Local(result), ty, span);
            if number >= count {
                self.pattern(pattern, self.types.roots().error);
                continue;
            }
            let part = self.tuple_part(whole, number, span);
            let part_ty = self.resolve(part.ty);
            let pattern = self.pattern(pattern, part_ty);
            fields.push((part, pattern));
        }
        ExtractorResult::Product { result, fields }
    }

    /// The content of an option: one part, or the elements of a tuple.
    fn content_pattern(
        &mut self,
        given: &[(Option<ast::Ident>, &'a ast::Pattern)],
        content: TyId,
        span: Span,
    ) -> Pattern {
        match given {
            [] => wildcard(content, span),
            [(_, only)] => self.pattern(only, content),
            several => {
                let class = self.class_for_members(content);
                let fits = class.is_some_and(|class| {
                    self.symbols.classes[class].is_case
                        && self.symbols.classes[class].case_fields.len() == several.len()
                });
                let is_tuple =
                    class.is_some_and(|c| self.known.tuple_arity(c) == Some(several.len()));
                match class {
                    Some(class) if fits || is_tuple => {
                        let parts = several.iter().map(|(_, pattern)| *pattern).collect();
                        self.class_pattern(class, &Parts::Plain(parts), content, span)
                    }
                    _ => {
                        let text = self.show(content);
                        self.fail(
                            codes::PATTERN_ARITY,
                            span,
                            format!(
                                "the extractor gives one `{text}`, the pattern has {} parts",
                                several.len()
                            ),
                        );
                        let error = self.types.roots().error;
                        for (_, pattern) in several {
                            self.pattern(pattern, error);
                        }
                        wildcard(error, span)
                    }
                }
            }
        }
    }

    /// The elements of a sequence, with a rest at the end.
    fn sequence_content(
        &mut self,
        given: &[(Option<ast::Ident>, &'a ast::Pattern)],
        content: TyId,
        span: Span,
    ) -> Pattern {
        // `(first, elements)`: fixed parts in front of the sequence.
        let tuple = self
            .class_for_members(content)
            .filter(|class| self.known.tuple_arity(*class).is_some());
        if let Some(class) = tuple {
            let (_, args) = self.types.as_class(content).unwrap_or((class, &[]));
            let fixed = args.len() - 1;
            let mut patterns = Vec::new();
            for (number, (_, pattern)) in given.iter().take(fixed).enumerate() {
                patterns.push(self.pattern(pattern, args[number]));
            }
            let rest = given.get(fixed..).unwrap_or_default();
            patterns.push(self.sequence_content(rest, args[fixed], span));
            return Pattern { kind: PatternKind::Class(class, patterns), ty: content, span };
        }
        let element = self.element_of_sequence(content);
        let mut prefix = Vec::new();
        let mut rest = None;
        for (number, (_, pattern)) in given.iter().enumerate() {
            let splice = match &pattern.kind {
                ast::PatternKind::Splice(inner) => Some((None, &**inner)),
                ast::PatternKind::Bind { name, pattern: inner } => match &inner.kind {
                    ast::PatternKind::Splice(inner) => Some((Some(*name), &**inner)),
                    _ => None,
                },
                _ => None,
            };
            let Some((name, inner)) = splice else {
                prefix.push(self.pattern(pattern, element));
                continue;
            };
            if number + 1 != given.len() {
                self.fail(
                    codes::SEQUENCE_PATTERN,
                    pattern.span,
                    "`*` stands only last in a sequence pattern",
                );
            }
            let seq = self.seq_type(element);
            let mut inner = self.pattern(inner, seq);
            if let Some(name) = name {
                inner = self.bind(name, inner, pattern.span);
            }
            rest = Some(Box::new(inner));
        }
        Pattern { kind: PatternKind::Sequence { prefix, rest }, ty: content, span }
    }

    fn element_of_sequence(&mut self, ty: TyId) -> TyId {
        let mut found = None;
        for name in ["scala.collection.Seq", "scala.collection.immutable.Seq"] {
            if let Some(class) = self.known.class(name)
                && let Some(base) = self.base(ty, class)
            {
                found = self.types.as_class(base).and_then(|(_, args)| args.first().copied());
                break;
            }
        }
        if let Some(found) = found {
            return found;
        }
        // Anything with `apply(Int)` will do.
        let terms = self.members_of(ty, Name::new("apply"));
        for term in terms {
            let Term::Method(method) = term else { continue };
            self.signature(method);
            let result = self.symbols.methods[method].result;
            return self.seen(result, ty);
        }
        self.types.roots().any
    }

    /// `s"$x-$y"` as a pattern: the extractor `s` of `StringContext`.
    fn interpolation_pattern(
        &mut self,
        prefix: ast::Ident,
        parts: &'a [Box<str>],
        args: &'a [ast::Pattern],
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let Some(class) = self.known.class("scala.StringContext") else {
            self.outside(
                codes::INTERPOLATOR,
                span,
                "an interpolated pattern is outside the subset",
                "split the string and match on the parts",
            );
            let error = self.types.roots().error;
            for arg in args {
                self.pattern(arg, error);
            }
            return wildcard(error, span);
        };
        if prefix.as_str() == "s" {
            return self.glob_pattern(parts, args, ty, span);
        }
        let string = self.types.roots().string;
        let texts: Vec<Expr> = parts.iter().map(|part| self.text(part, span)).collect();
        let seq = self.seq_type(string);
        let sequence = typed(ExprKind::Sequence(texts, string), seq, span);
        let context = self.instance_of(class, span);
        let context = match context.kind {
            ExprKind::New { class, constructor, type_args, outer, .. } => {
                let kind =
                    ExprKind::New { class, constructor, type_args, outer, args: vec![sequence] };
                typed(kind, context.ty, span)
            }
            _ => context,
        };
        let extractor = self.read_member(context, prefix.as_str(), prefix.span);
        if let ExprKind::Error = extractor.kind {
            return wildcard(self.types.roots().error, span);
        }
        let plain: Vec<&'a ast::Pattern> = args.iter().collect();
        self.call_extractor(extractor, &[], &Parts::Plain(plain), ty, span)
    }

    /// `s"$x-$y"`: the library splits the text at the literal parts.
    fn glob_pattern(
        &mut self,
        parts: &'a [Box<str>],
        args: &'a [ast::Pattern],
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let string = self.types.roots().string;
        if !self.may_overlap(string, ty) {
            return self.impossible(string, ty, span);
        }
        let Some(object) = self.known.class("scala.StringContext$") else {
            return wildcard(self.types.roots().error, span);
        };
        let texts: Vec<Expr> = parts.iter().map(|part| self.text(part, span)).collect();
        let seq = self.seq_type(string);
        let sequence = typed(ExprKind::Sequence(texts, string), seq, span);
        let scrutinee = self.new_local(Name::new("scrutinee$"), string, span);
        let text = typed(ExprKind::Local(scrutinee), string, span);
        let receiver = self.object(object, span);
        let values = vec![
            super::args::ArgValue::Typed(Some(sequence)),
            super::args::ArgValue::Typed(Some(text)),
        ];
        let call = self.call_member(receiver, "glob", values, span, None);
        if let ExprKind::Error = call.kind {
            return wildcard(self.types.roots().error, span);
        }
        let parts = Parts::Plain(args.iter().collect());
        let result = self.extractor_result(&call, &parts, true, span);
        let kind = PatternKind::Extractor { scrutinee, call, result };
        let pattern = Pattern { kind, ty: string, span };
        if self.conforms(ty, string) {
            return pattern;
        }
        Pattern { kind: PatternKind::Typed(Box::new(pattern)), ty: string, span }
    }
}

/// The patterns inside an extractor.
enum Parts<'a> {
    Named(Vec<&'a ast::PatternArg>),
    Plain(Vec<&'a ast::Pattern>),
}

impl<'a> Parts<'a> {
    fn patterns(&self) -> Vec<(Option<ast::Ident>, &'a ast::Pattern)> {
        match self {
            Parts::Named(args) => args.iter().map(|arg| (arg.name, &arg.pattern)).collect(),
            Parts::Plain(patterns) => patterns.iter().map(|pattern| (None, *pattern)).collect(),
        }
    }
}

/// Whether a scrutinee is marked `@unchecked`.
pub(crate) fn is_unchecked(expr: &ast::Expr) -> bool {
    matches!(&expr.kind, ast::ExprKind::Annotated { annotations, .. }
    if annotations.iter().any(|annotation| {
        crate::signature::annotation_name(&annotation.ty) == Some("unchecked")
    }))
}

fn wildcard(ty: TyId, span: Span) -> Pattern {
    Pattern { kind: PatternKind::Wildcard, ty, span }
}
