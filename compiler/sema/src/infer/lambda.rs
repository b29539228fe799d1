//! Functions: lambdas, functions by cases, and values of single-method types.

use crate::checker::{Checker, Term};
use crate::infer::expr::{Expected, typed};
use crate::symbols::{ClassId, ClassKind, Implementation, LocalId, MethodId};
use crate::typed::{Case, Expr, ExprKind, Pattern, PatternKind, Stmt};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

/// What an expected type says about a function.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub params: Vec<TyId>,
    pub result: Option<TyId>,
    /// The method that the function implements.
    pub method: MethodId,
    /// The type of the value, if it is not a function class.
    pub target: Option<TyId>,
    /// A partial function.
    pub is_partial: bool,
}

impl<'a> Checker<'a> {
    /// What the expected type says about a function with so many parameters.
    pub fn expected_function(&mut self, expected: Expected, arity: usize) -> Option<Shape> {
        let expected = self.expected_shape(expected?);
        match self.types.get(expected) {
            Ty::Class(class, args) => {
                if let Some(count) = self.known.function_arity(class) {
                    let method = self.function_apply(class)?;
                    let (result, params) = args.split_last()?;
                    if count != arity && !(count == 1 && arity > 1) {
                        return None;
                    }
                    let params = params.iter().map(|p| self.lower_of_wildcard(*p)).collect();
                    let result = Some(self.upper_of_wildcard(*result));
                    return Some(Shape { params, result, method, target: None, is_partial: false });
                }
                if self.known.partial_function == Some(class) {
                    let function = self.known.function(1)?;
                    let method = self.function_apply(function)?;
                    let param = self.lower_of_wildcard(args[0]);
                    let result = Some(self.upper_of_wildcard(args[1]));
                    return Some(Shape {
                        params: vec![param],
                        result,
                        method,
                        target: Some(expected),
                        is_partial: true,
                    });
                }
                self.sam_shape(expected, arity)
            }
            Ty::And(a, b) => self
                .expected_function(Some(a), arity)
                .or_else(|| self.expected_function(Some(b), arity)),
            Ty::Or(a, b) => self
                .expected_function(Some(a), arity)
                .or_else(|| self.expected_function(Some(b), arity)),
            Ty::Param(param) => {
                let rhs = self.visible_opaque(param)?;
                self.expected_function(Some(rhs), arity)
            }
            _ => None,
        }
    }

    fn lower_of_wildcard(&mut self, ty: TyId) -> TyId {
        match self.types.get(ty) {
            Ty::Wildcard(lower, upper) => {
                if lower == self.types.roots().nothing {
                    upper
                } else {
                    lower
                }
            }
            _ => ty,
        }
    }

    fn upper_of_wildcard(&mut self, ty: TyId) -> TyId {
        match self.types.get(ty) {
            Ty::Wildcard(_, upper) => upper,
            _ => ty,
        }
    }

    fn sam_shape(&mut self, ty: TyId, arity: usize) -> Option<Shape> {
        let method = self.sam_of(ty)?;
        self.signature(method);
        let info = &self.symbols.methods[method];
        if info.params.len() != arity && info.params.len() != 1 {
            return None;
        }
        let (params, result) = (info.params.clone(), info.result);
        let (class, args) = self.types.as_class(ty)?;
        // Arguments `?` of the type leave the function free: it takes their bounds.
        let closed: Vec<TyId> = args.iter().map(|arg| self.upper_of_wildcard(*arg)).collect();
        let target = self.types.class(class, &closed);
        let params: Vec<TyId> = params
            .iter()
            .map(|param| {
                let ty = self.symbols.locals[*param].ty;
                self.seen(ty, target)
            })
            .collect();
        let result = self.seen(result, target);
        Some(Shape {
            params,
            result: Some(result),
            method,
            target: Some(target),
            is_partial: false,
        })
    }

    /// The single abstract method of a type, if it has just one.
    pub fn sam_of(&mut self, ty: TyId) -> Option<MethodId> {
        let class = self.types.class_of(self.resolve(ty))?;
        if let Some(known) = self.sam_cache.get(&class) {
            return *known;
        }
        let found = self.find_sam(class);
        self.sam_cache.insert(class, found);
        found
    }

    fn find_sam(&mut self, class: ClassId) -> Option<MethodId> {
        let info = &self.symbols.classes[class];
        if !info.is_abstract
            || info.kind == ClassKind::Object
            || info.is_final
            || info.is_sealed && !info.is_library
            || !self.is_made_without_arguments(class)
        {
            return None;
        }
        let mut found = None;
        for method in self.abstract_members(class) {
            if found.replace(method).is_some() {
                return None;
            }
        }
        let method = found?;
        self.complete_params(method);
        let info = &self.symbols.methods[method];
        let plain = info.lists.len() == 1 && info.type_params.is_empty();
        plain.then_some(method)
    }

    /// Whether the class of a lambda for this type could call the constructors of its parents:
    /// they must take nothing.
    fn is_made_without_arguments(&mut self, class: ClassId) -> bool {
        self.complete_header(class);
        for base in self.symbols.classes[class].linearization.clone() {
            let clauses = self.classes[base].source.clauses();
            if !self.symbols.classes[base].is_library
                && clauses.iter().flat_map(|clause| &clause.params).any(|param| !param.vararg)
            {
                return false;
            }
        }
        true
    }

    /// The members that a concrete subclass would have to define.
    pub fn abstract_members(&mut self, class: ClassId) -> Vec<MethodId> {
        self.complete_header(class);
        let mut missing: Vec<MethodId> = Vec::new();
        for number in 0..self.symbols.classes[class].linearization.len() {
            let base = self.symbols.classes[class].linearization[number];
            self.complete_members(base);
            for number in 0..self.symbols.classes[base].methods.len() {
                let method = self.symbols.classes[base].methods[number];
                let info = &self.symbols.methods[method];
                if info.implementation != Implementation::Abstract {
                    continue;
                }
                // What has an intrinsic behind it is known only with its annotations.
                self.complete_params(method);
                if self.symbols.methods[method].implementation != Implementation::Abstract
                    || self.is_universal(method)
                {
                    continue;
                }
                if !self.is_implemented(class, method)
                    && !missing.clone().into_iter().any(|m| {
                        self.same_parameters(m, method, class)
                            && self.symbols.methods[m].name == self.symbols.methods[method].name
                    })
                {
                    missing.push(method);
                }
            }
        }
        missing
    }

    /// Members of `Any` and `AnyRef`: every object has them.
    pub fn is_universal(&self, method: MethodId) -> bool {
        let roots = self.types.roots();
        match self.symbols.methods[method].owner {
            crate::symbols::Owner::Class(class) => {
                class == roots.any_class || class == roots.any_ref_class
            }
            _ => false,
        }
    }

    /// Whether some base of the class has a body for an abstract method.
    fn is_implemented(&mut self, class: ClassId, method: MethodId) -> bool {
        let name = self.symbols.methods[method].name;
        for number in 0..self.symbols.classes[class].linearization.len() {
            let base = self.symbols.classes[class].linearization[number];
            let Some(binding) = self.classes[base].decls.get(&name) else { continue };
            for term in binding.terms.clone() {
                let other = match term {
                    Term::Method(other) => other,
                    Term::Object(_) => return true,
                    _ => continue,
                };
                if other == method {
                    continue;
                }
                self.complete_params(other);
                let is_abstract =
                    self.symbols.methods[other].implementation == Implementation::Abstract;
                if is_abstract && !self.is_universal(other) {
                    continue;
                }
                if self.same_parameters(other, method, class) {
                    return true;
                }
            }
        }
        // `toString`, `equals` and `hashCode` are there from `Any`.
        let any = self.types.roots().any;
        let info = &self.symbols.methods[method];
        let params: Vec<TyId> =
            info.params.iter().map(|param| self.symbols.locals[*param].ty).collect();
        if matches!((name.as_str(), params.as_slice()), ("toString" | "hashCode", []))
            || name.as_str() == "equals" && params == [any]
        {
            return true;
        }
        !self.export_terms(class, name).is_empty()
    }

    /// A lambda.
    pub fn lambda(
        &mut self,
        params: &'a [ast::Param],
        body: &'a ast::Expr,
        span: Span,
        expected: Expected,
    ) -> Expr {
        if params.len() > 1 && !self.env.is_library {
            self.check_lambda_names(params);
        }
        let shape = self.expected_function(expected, params.len());
        let untuple = shape.as_ref().is_some_and(|s| s.params.len() == 1 && params.len() > 1);
        if untuple {
            let shape = shape.expect("just tested");
            return self.untupled_lambda(params, body, span, shape);
        }
        let mut types = Vec::new();
        for (number, param) in params.iter().enumerate() {
            let hint = shape.as_ref().and_then(|shape| shape.params.get(number)).copied();
            let hint = match (&param.ty, hint) {
                (None, None) => self.param_from_body(param.name.name, body),
                _ => hint,
            };
            types.push(self.lambda_param(param, hint));
        }
        let outer = self.enter_function();
        let mut locals = Vec::new();
        for (param, ty) in params.iter().zip(types) {
            locals.push(self.bind_param(param, ty));
        }
        let result = shape.as_ref().and_then(|shape| shape.result);
        let is_partial = shape.as_ref().is_some_and(|shape| shape.is_partial);
        let cases = if is_partial { cases_of(body) } else { None };
        if let Some(first) = cases.and_then(|(_, cases)| cases.first()) {
            self.match_kinds.insert(first.pattern.span, crate::typed::MatchKind::Partial);
        }
        let body = self.expr(body, result);
        // Without cases of its own a lambda takes every argument.
        let is_defined_at = is_partial.then(|| match cases {
            Some((scrutinee, cases)) => {
                let before = self.diagnostics.len();
                let scrutinee = self.expr(scrutinee, None);
                // Its mistakes were reported for the body.
                self.diagnostics.truncate(before);
                self.defined_at(scrutinee, cases, span)
            }
            None => self.boolean(true, span),
        });
        self.env = outer;
        self.finish_function(locals, body, is_defined_at, shape, span)
    }

    /// The type that a lambda's parameter has where the body only passes it on: `m(1, _)` for a
    /// method that is not overloaded and has no type parameters.
    fn param_from_body(&mut self, name: Name, body: &'a ast::Expr) -> Option<TyId> {
        let ast::ExprKind::Apply { function, args } = &body.kind else { return None };
        let place = args.args.iter().position(
            |arg| matches!(&arg.value.kind, ast::ExprKind::Ident(used) if used.name == name),
        )?;
        let written = args.args.iter().all(|arg| arg.name.is_none() && !arg.splice);
        let path = matches!(function.kind, ast::ExprKind::Ident(_) | ast::ExprKind::Select { .. });
        if !written || !path || args.using {
            return None;
        }
        let before = self.diagnostics.len();
        let callee = self.callee(function);
        self.diagnostics.truncate(before);
        let super::callee::Callee::Methods(methods) = callee else { return None };
        let [method] = methods.candidates[..] else { return None };
        self.complete_params(method);
        let info = &self.symbols.methods[method];
        let first = info.lists.first().filter(|list| !list.is_using)?;
        if !info.type_params.is_empty()
            || methods.creates.is_some()
            || methods.extension.is_some()
            || place >= first.len as usize
        {
            return None;
        }
        let param = info.params[place];
        if self.symbols.locals[param].passing != crate::symbols::Passing::Value {
            return None;
        }
        let ty = self.symbols.locals[param].ty;
        Some(match methods.prefix {
            Some(prefix) => self.seen(ty, prefix),
            None => ty,
        })
    }

    /// The type of a lambda's parameter: as written, or as expected.
    pub(super) fn lambda_param(&mut self, param: &'a ast::Param, hint: Option<TyId>) -> TyId {
        if let Some(ty) = &param.ty {
            let scope = self.env.scope;
            let declared = self.resolve_type(ty, scope);
            if let Some(hint) = hint {
                self.conforms(hint, declared);
            }
            return declared;
        }
        if let Some(hint) = hint
            && let Some(ty) = self.known_param_type(hint)
        {
            return ty;
        }
        self.missing_param_type(param.name, param.span);
        self.types.roots().error
    }

    fn missing_param_type(&mut self, name: ast::Ident, span: Span) {
        let what = if name.as_str().starts_with("_$") {
            "the type of `_` is not known here".to_string()
        } else {
            format!("the type of the parameter `{}` is not known here", name.name)
        };
        self.report(
            Diagnostic::error(codes::PARAMETER_TYPE, span, what)
                .help("write it: `(x: T) => …`, or give the place an expected type"),
        );
    }

    /// An expected parameter type, with its variables solved; none if nothing is known.
    fn known_param_type(&mut self, hint: TyId) -> Option<TyId> {
        let hint = self.resolve(hint);
        if let Ty::Var(var) = self.types.get(hint)
            && !self.has_lower(var)
            && !self.has_upper(var)
        {
            // A variable linked with a known one will do.
            let state = self.vars.state(var).clone();
            let linked = state.lowers.iter().chain(&state.uppers).any(|bound| {
                matches!(self.types.get(self.resolve(*bound)), Ty::Var(other)
                        if self.has_lower(other) || self.has_upper(other))
            });
            if !linked {
                return None;
            }
        }
        Some(self.solve_all(hint))
    }

    /// A frame and a scope for the body of a function; returns what to go back to.
    pub fn enter_function(&mut self) -> crate::checker::Env {
        let outer = self.env;
        self.env.frame = self.new_frame();
        self.env.returns = None;
        self.env.scope = self.push_names(outer.scope);
        outer
    }

    fn bind_param(&mut self, param: &'a ast::Param, ty: TyId) -> LocalId {
        let local = self.new_local(param.name.name, ty, param.name.span);
        self.locals[local].is_given = param.modifiers.has(ast::Flags::IMPLICIT);
        if param.name.as_str() != "_" {
            let scope = self.env.scope;
            self.bind_term(scope, param.name.name, Term::Local(local));
        }
        local
    }

    /// `(a, b) => body` where a function of one pair is expected.
    fn untupled_lambda(
        &mut self,
        params: &'a [ast::Param],
        body: &'a ast::Expr,
        span: Span,
        shape: Shape,
    ) -> Expr {
        let tuple_class = self.known.tuple(params.len());
        let hint = shape.params[0];
        let mut parts: Vec<Option<TyId>> = vec![None; params.len()];
        let shaped = self.expected_shape(hint);
        // What earlier arguments say of a variable is what a parameter of its type has.
        let is_unknown = matches!(self.types.get(shaped), Ty::Var(_));
        let known = if is_unknown { self.known_param_type(shaped) } else { None };
        let shaped = known.unwrap_or(shaped);
        let named = self.named_parts(shaped);
        let is_named = named.is_some();
        let shaped = named.map_or(shaped, |(_, values)| values);
        if let Some(class) = tuple_class
            && let Some(base) = self.base(shaped, class)
            && let Some((_, args)) = self.types.as_class(base)
        {
            parts = args.iter().map(|arg| Some(*arg)).collect();
        }
        let mut types = Vec::new();
        for (param, part) in params.iter().zip(parts) {
            types.push(self.lambda_param(param, part));
        }
        let tuple = self.tuple_type(&types, span);
        let passed = if is_named { self.resolve(hint) } else { tuple };
        self.conforms(tuple, hint);
        let outer = self.enter_function();
        let argument = self.new_local(Name::new("tuple$"), passed, span);
        let mut stmts = Vec::new();
        for (number, (param, ty)) in params.iter().zip(types).enumerate() {
            let local = self.bind_param(param, ty);
            let mut whole = typed(ExprKind::Local(argument), passed, param.span);
            if is_named {
                whole = self.without_names(whole, tuple);
            }
            let part = self.tuple_part(whole, number, param.span);
            stmts.push(Stmt::Let(local, part));
        }
        let body = self.expr(body, shape.result);
        let body = self.with_stmts(stmts, body);
        self.env = outer;
        self.finish_function(vec![argument], body, None, Some(shape), span)
    }

    /// An element of a tuple.
    pub fn tuple_part(&mut self, tuple: Expr, number: usize, span: Span) -> Expr {
        self.read_member(tuple, &format!("_{}", number + 1), span)
    }

    /// A function of typed parameters and body.
    pub fn finish_function(
        &mut self,
        params: Vec<LocalId>,
        body: Expr,
        is_defined_at: Option<Expr>,
        shape: Option<Shape>,
        span: Span,
    ) -> Expr {
        let target = shape.as_ref().and_then(|shape| shape.target);
        let is_partial = shape.as_ref().is_some_and(|shape| shape.is_partial);
        let mut types: Vec<TyId> =
            params.iter().map(|param| self.symbols.locals[*param].ty).collect();
        let result = match shape.as_ref().and_then(|shape| shape.result) {
            // A known expected result is what the body was adapted to.
            Some(result) if !self.types.has_vars(self.resolve(result)) => self.resolve(result),
            _ => self.types.widen(self.resolve(body.ty)),
        };
        types.push(result);
        let (ty, method) = match (target, shape) {
            (Some(target), Some(shape)) if !is_partial => (self.resolve(target), shape.method),
            (Some(_), Some(shape)) => {
                let class = self.known.partial_function.expect("a partial function is expected");
                (self.types.class(class, &types), shape.method)
            }
            _ => {
                let ty = self.function_type(&types, span);
                let method = self.types.class_of(ty).and_then(|class| self.function_apply(class));
                match method {
                    Some(method) => (ty, method),
                    None => return self.error_expr(span),
                }
            }
        };
        let kind = ExprKind::Lambda {
            params,
            body: Box::new(body),
            is_defined_at: is_defined_at.map(Box::new),
            method,
        };
        typed(kind, ty, span)
    }

    /// A function made of locals and a body, for a place that may want a single-method type.
    pub fn function_value(
        &mut self,
        params: Vec<LocalId>,
        body: Expr,
        expected: Expected,
        span: Span,
    ) -> Expr {
        let shape = self.expected_function(expected, params.len());
        let shape = shape.filter(|shape| shape.params.len() == params.len() && !shape.is_partial);
        self.finish_function(params, body, None, shape, span)
    }

    /// `{ case … }`.
    pub fn partial_function(
        &mut self,
        cases: &'a [ast::Case],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let wanted = expected.map(|expected| self.expected_shape(expected));
        let arity = wanted.and_then(|wanted| self.types.class_of(wanted)).map_or(1, |class| {
            match self.known.function_arity(class) {
                Some(arity) => arity,
                None => match wanted.and_then(|wanted| self.sam_of(wanted)) {
                    Some(sam) if self.known.partial_function != Some(class) => {
                        self.symbols.methods[sam].params.len()
                    }
                    _ => 1,
                },
            }
        });
        let Some(shape) = self.expected_function(expected, arity) else {
            self.report(
                Diagnostic::error(
                    codes::PARAMETER_TYPE,
                    cases.first().map_or(span, |case| case.pattern.span),
                    "the parameter type of this function by cases is not known here",
                )
                .help("give the place an expected type, as in `val f: A => B = { case … }`"),
            );
            return self.error_expr(span);
        };
        let mut types = Vec::new();
        for hint in shape.params.clone() {
            match self.known_param_type(hint) {
                Some(ty) => types.push(ty),
                None => {
                    let name = ast::Ident::new(Name::new("_$1"), span);
                    self.missing_param_type(name, span);
                    return self.error_expr(span);
                }
            }
        }
        let outer = self.enter_function();
        let mut params = Vec::new();
        for ty in &types {
            params.push(self.new_local(Name::new("x$"), *ty, span));
        }
        if let (true, Some(first)) = (shape.is_partial, cases.first()) {
            self.match_kinds.insert(first.pattern.span, crate::typed::MatchKind::Partial);
        }
        let body = self.cases_on(&params, cases, span, shape.result);
        let is_defined_at = shape.is_partial.then(|| {
            let scrutinee = self.parameters_as_value(&params, span);
            self.defined_at(scrutinee, cases, span)
        });
        self.env = outer;
        self.finish_function(params, body, is_defined_at, Some(shape), span)
    }

    fn parameters_as_value(&mut self, params: &[LocalId], span: Span) -> Expr {
        let mut values = Vec::new();
        for param in params {
            let ty = self.symbols.locals[*param].ty;
            values.push(typed(ExprKind::Local(*param), ty, span));
        }
        if values.len() == 1 {
            return values.pop().expect("one value");
        }
        self.make_tuple(values, span)
    }

    fn cases_on(
        &mut self,
        params: &[LocalId],
        cases: &'a [ast::Case],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let scrutinee = self.parameters_as_value(params, span);
        self.typed_match(scrutinee, cases, span, expected)
    }

    /// Whether one of the cases takes the argument.
    fn defined_at(&mut self, scrutinee: Expr, cases: &'a [ast::Case], span: Span) -> Expr {
        let boolean = self.types.roots().boolean;
        let ty = scrutinee.ty;
        let before = self.diagnostics.len();
        let mut tests = Vec::new();
        for case in cases {
            let outer = self.env;
            self.env.scope = self.push_names(outer.scope);
            let proofs = self.proved.len();
            let pattern = self.pattern(&case.pattern, ty);
            let guard = case.guard.as_ref().map(|guard| self.expr(guard, Some(boolean)));
            self.proved.truncate(proofs);
            self.env = outer;
            let body = self.boolean(true, case.span);
            tests.push(Case { pattern, guard, body, span: case.span });
        }
        // The same mistakes were reported for the body.
        self.diagnostics.truncate(before);
        let body = self.boolean(false, span);
        let rest = Pattern { kind: PatternKind::Wildcard, ty, span };
        tests.push(Case { pattern: rest, guard: None, body, span });
        typed(ExprKind::Match(Box::new(scrutinee), tests), boolean, span)
    }

    /// The `apply` of a companion as a function, where one is expected.
    pub fn companion_function(
        &mut self,
        object: ClassId,
        expected: TyId,
        span: Span,
    ) -> Option<Expr> {
        let class = self.types.class_of(self.resolve(expected))?;
        let is_function =
            self.known.function_arity(class).is_some() || self.sam_of(expected).is_some();
        let is_case = self.symbols.classes[object].companion.is_some_and(|class| {
            self.symbols.classes[class].is_case || self.symbols.classes[class].is_library
        });
        if !is_function || !is_case || !self.has_term_member(object, Name::new("apply")) {
            return None;
        }
        let receiver = self.object(object, span);
        let callee = self.select(receiver, Name::new("apply"), span);
        let value = self.apply_callee(callee, Vec::new(), span, Some(expected));
        self.conforms(value.ty, expected).then_some(value)
    }
}

/// Scrutinee and cases of a lambda `x => e match { … }`, which as a partial function is defined
/// where a case takes the value.
fn cases_of(body: &ast::Expr) -> Option<(&ast::Expr, &[ast::Case])> {
    let mut body = body;
    loop {
        match &body.kind {
            ast::ExprKind::Block { stats, result: Some(result) } if stats.is_empty() => {
                body = result;
            }
            ast::ExprKind::Match { scrutinee, cases, .. } => return Some((scrutinee, cases)),
            _ => return None,
        }
    }
}
