//! `for`: rewritten into `map`, `flatMap`, `foreach` and `withFilter` before it is typed. The
//! functions that these take are typed straight from the source, without a tree in between.

use crate::checker::{Checker, Term};
use crate::enter::pattern_variables;
use crate::infer::args::ArgValue;
use crate::infer::expr::{Expected, typed};
use crate::typed::{Case, Expr, ExprKind, MatchKind, Pattern, PatternKind, Stmt};
use crate::types::TyId;
use fscc_base::{Name, Span, codes};
use fscc_syntax::ast;

/// How the elements of a generator are bound.
#[derive(Clone, Debug)]
pub(crate) enum Binder<'a> {
    /// By the pattern of the generator.
    Pattern(&'a ast::Pattern),
    /// By names, from a tuple that an earlier step made (or a single value).
    Names(Vec<ast::Ident>),
}

/// The function that one step of a `for` passes on.
#[derive(Clone, Debug)]
pub(crate) struct Rest<'a> {
    binder: Binder<'a>,
    what: What<'a>,
    span: Span,
}

/// What the function computes.
#[derive(Clone, Debug)]
enum What<'a> {
    /// Whether the guard holds.
    Guard(&'a ast::Expr),
    /// Whether the pattern matches.
    Matches,
    /// All names bound so far, as a tuple, after these definitions.
    Tuple(&'a [ast::Enumerator], Vec<ast::Ident>),
    /// What follows.
    Next(&'a [ast::Enumerator], ForBody<'a>),
}

/// What a `for` does for each element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForBody<'a> {
    /// The expression.
    pub expr: &'a ast::Expr,
    /// Whether the values are collected.
    pub yields: bool,
    /// Whether it stands in braces.
    pub in_braces: bool,
}

impl<'a> Checker<'a> {
    /// A `for`.
    pub fn comprehension(
        &mut self,
        enumerators: &'a [ast::Enumerator],
        body: ForBody<'a>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let Some((first, rest)) = enumerators.split_first() else { return self.error_expr(span) };
        let ast::EnumeratorKind::Generator { pattern, source, filter } = &first.kind else {
            return self.fail(codes::FOR_HEAD, first.span, "a `for` starts with a generator");
        };
        let mut source = self.infer(source, None);
        source.ty = self.solve_head(source.ty);
        // A single name is a variable here, also if it is capitalised.
        let binder = match single_name(pattern) {
            Some(name) if !*filter => Binder::Names(vec![name]),
            _ => Binder::Pattern(pattern),
        };
        if *filter {
            self.filtered_patterns.insert(pattern.span);
            source = self.filtered(source, binder.clone(), What::Matches, first.span);
        }
        self.generate(source, binder, rest, body, span, expected)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of a `for`")]
    fn generate(
        &mut self,
        source: Expr,
        binder: Binder<'a>,
        rest: &'a [ast::Enumerator],
        body: ForBody<'a>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let (mut source, mut binder, mut rest) = (source, binder, rest);
        let is_identity = body.yields
            && !body.in_braces
            && rest.is_empty()
            && yields_its_elements(&binder, body.expr);
        loop {
            if let Some((head, tail)) = rest.split_first()
                && let ast::EnumeratorKind::Guard(guard) = &head.kind
            {
                source = self.filtered(source, binder.clone(), What::Guard(guard), head.span);
                rest = tail;
                continue;
            }
            // Definitions in front of a guard travel with the element.
            let count = rest.iter().take_while(|e| is_alias(e)).count();
            let guard_follows =
                rest.get(count).is_some_and(|e| matches!(e.kind, ast::EnumeratorKind::Guard(_)));
            if count == 0 || !guard_follows {
                break;
            }
            let mut names = self.bound_names(&binder);
            for alias in &rest[..count] {
                if let ast::EnumeratorKind::Alias { pattern, .. } = &alias.kind {
                    pattern_variables(pattern, &mut names);
                }
            }
            let what = What::Tuple(&rest[..count], names.clone());
            let step = Rest { binder, what, span };
            source = self.call_member(source, "map", vec![ArgValue::Rest(step)], span, None);
            binder = Binder::Names(names);
            rest = &rest[count..];
        }
        let more = rest.iter().any(|e| matches!(e.kind, ast::EnumeratorKind::Generator { .. }));
        let method = match (body.yields, more) {
            (false, _) => "foreach",
            (true, true) => "flatMap",
            (true, false) => "map",
        };
        let what = What::Next(rest, body);
        let step = Rest { binder, what, span };
        let mapped = self.call_member(source, method, vec![ArgValue::Rest(step)], span, expected);
        if is_identity { self.without_map(mapped) } else { mapped }
    }

    /// A last `map` that yields just the elements is left out where that does not change the type
    /// (since Scala 3.8; seen where `map` has effects or copies something mutable).
    fn without_map(&mut self, mapped: Expr) -> Expr {
        let ExprKind::Call { receiver: Some(_), .. } = &mapped.kind else { return mapped };
        let found = self.solve_all(mapped.ty);
        let Expr { kind, ty, span } = mapped;
        match kind {
            ExprKind::Call { receiver: Some(source), .. }
                if self.types.widen(source.ty) == found
                    && self.types.class_of(found) != self.known.array =>
            {
                *source
            }
            kind => Expr { kind, ty, span },
        }
    }

    fn bound_names(&self, binder: &Binder<'a>) -> Vec<ast::Ident> {
        match binder {
            Binder::Pattern(pattern) => {
                let mut names = Vec::new();
                pattern_variables(pattern, &mut names);
                names
            }
            Binder::Names(names) => names.clone(),
        }
    }

    fn filtered(&mut self, source: Expr, binder: Binder<'a>, what: What<'a>, span: Span) -> Expr {
        let name = if self.has_member(source.ty, "withFilter") { "withFilter" } else { "filter" };
        let step = Rest { binder, what, span };
        self.call_member(source, name, vec![ArgValue::Rest(step)], span, None)
    }

    /// The function of a step, for the parameter type that its method expects.
    pub fn rest_function(&mut self, rest: Rest<'a>, expected: Expected) -> Expr {
        if let Some(function) = self.tupled_step(&rest, expected) {
            return function;
        }
        let Some(shape) = self.expected_function(expected, 1) else {
            let span = rest.span;
            return self.fail(
                codes::FOR_HEAD,
                span,
                "this generator's method does not take a function of one parameter",
            );
        };
        let element = self.solve_all(shape.params[0]);
        let outer = self.enter_function();
        let span = rest.span;
        // A plain variable is the parameter itself.
        let (param, body) = match &rest.binder {
            Binder::Pattern(ast::Pattern { kind: ast::PatternKind::Variable(name), .. }) => {
                let local = self.new_local(name.name, element, name.span);
                let scope = self.env.scope;
                self.bind_term(scope, name.name, Term::Local(local));
                (local, self.step_body(&rest.what, span, shape.result))
            }
            Binder::Pattern(pattern) => {
                let local = self.new_local(Name::new("x$"), element, pattern.span);
                let value = typed(ExprKind::Local(local), element, pattern.span);
                let body = self.step_match(value, pattern, &rest.what, span, shape.result);
                (local, body)
            }
            Binder::Names(names) => {
                let local = self.new_local(Name::new("x$"), element, span);
                let stmts = self.unpack(local, element, names, span);
                let body = self.step_body(&rest.what, span, shape.result);
                (local, self.with_stmts(stmts, body))
            }
        };
        self.env = outer;
        self.finish_function(vec![param], body, None, Some(shape), span)
    }

    /// A step whose method takes a function of several parameters (as `lazyZip` does), for a
    /// pattern of as many parts.
    fn tupled_step(&mut self, rest: &Rest<'a>, expected: Expected) -> Option<Expr> {
        let Binder::Pattern(pattern) = &rest.binder else { return None };
        let ast::PatternKind::Tuple(args) = &pattern.kind else { return None };
        if self.expected_function(expected, 1).is_some() {
            return None;
        }
        let shape = self.expected_function(expected, args.len())?;
        if shape.params.len() != args.len() {
            return None;
        }
        let types: Vec<TyId> =
            shape.params.clone().into_iter().map(|ty| self.solve_all(ty)).collect();
        let outer = self.enter_function();
        let span = pattern.span;
        let mut params = Vec::new();
        let mut values = Vec::new();
        for ty in types {
            let local = self.new_local(Name::new("x$"), ty, span);
            params.push(local);
            values.push(typed(ExprKind::Local(local), ty, span));
        }
        let value = self.make_tuple(values, span);
        let body = self.step_match(value, pattern, &rest.what, rest.span, shape.result);
        self.env = outer;
        Some(self.finish_function(params, body, None, Some(shape), rest.span))
    }

    /// Names from a tuple.
    fn unpack(
        &mut self,
        whole: crate::symbols::LocalId,
        ty: TyId,
        names: &[ast::Ident],
        span: Span,
    ) -> Vec<Stmt> {
        let mut stmts = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let value = typed(ExprKind::Local(whole), ty, span);
            let part = if names.len() == 1 { value } else { self.tuple_part(value, number, span) };
            let local = self.new_local(name.name, part.ty, name.span);
            let scope = self.env.scope;
            self.bind_term(scope, name.name, Term::Local(local));
            stmts.push(Stmt::Let(local, part));
        }
        stmts
    }

    fn step_match(
        &mut self,
        value: Expr,
        pattern: &'a ast::Pattern,
        what: &What<'a>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let ty = value.ty;
        let proofs = self.proved.len();
        let checked = self.pattern(pattern, ty);
        let body = self.step_body(what, span, expected);
        self.proved.truncate(proofs);
        let result = body.ty;
        let kind = match what {
            What::Matches | What::Guard(_) => MatchKind::Partial,
            // After a filter by the pattern every element matches.
            _ if self.filtered_patterns.contains(&pattern.span) => MatchKind::Unchecked,
            _ => MatchKind::Binding,
        };
        self.match_kinds.insert(pattern.span, kind);
        let mut cases = vec![Case { pattern: checked, guard: None, body, span }];
        if (matches!(what, What::Matches) || matches!(what, What::Guard(_)))
            && !is_irrefutable(pattern)
        {
            let body = self.boolean(false, span);
            let rest = Pattern { kind: PatternKind::Wildcard, ty, span };
            cases.push(Case { pattern: rest, guard: None, body, span });
        }
        typed(ExprKind::Match(Box::new(value), cases), result, span)
    }

    fn step_body(&mut self, what: &What<'a>, span: Span, expected: Expected) -> Expr {
        let boolean = self.types.roots().boolean;
        match what {
            What::Guard(guard) => self.expr(guard, Some(boolean)),
            What::Matches => self.boolean(true, span),
            What::Tuple(aliases, names) => {
                let mut stmts = Vec::new();
                for alias in *aliases {
                    self.alias(alias, &mut stmts);
                }
                let mut values = Vec::new();
                for name in names {
                    let scope = self.env.scope;
                    let found = self.lookup_term(name.name, scope);
                    if let Some(crate::scope::Found::Terms(terms)) = found
                        && let Some(Term::Local(local)) = terms.first()
                    {
                        values.push(self.local(*local, name.span));
                    }
                }
                let value = if values.len() == 1 {
                    values.pop().expect("one value")
                } else {
                    self.make_tuple(values, span)
                };
                self.with_stmts(stmts, value)
            }
            What::Next(enumerators, body) => self.next_step(enumerators, *body, span, expected),
        }
    }

    fn next_step(
        &mut self,
        enumerators: &'a [ast::Enumerator],
        body: ForBody<'a>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let count = enumerators.iter().take_while(|e| is_alias(e)).count();
        let mut stmts = Vec::new();
        for alias in &enumerators[..count] {
            self.alias(alias, &mut stmts);
        }
        let rest = &enumerators[count..];
        let result = if rest.is_empty() {
            self.expr(body.expr, expected)
        } else {
            let inner = self.comprehension(rest, body, span, expected);
            self.adapt(inner, expected)
        };
        self.with_stmts(stmts, result)
    }

    /// `p = e` in the head of a `for`.
    fn alias(&mut self, alias: &'a ast::Enumerator, stmts: &mut Vec<Stmt>) {
        let ast::EnumeratorKind::Alias { pattern, value } = &alias.kind else { return };
        let mut value = self.infer(value, None);
        value.ty = self.solve_all(value.ty);
        self.bind_pattern_value(pattern, value, false, false, stmts);
    }
}

fn single_name(pattern: &ast::Pattern) -> Option<ast::Ident> {
    match &pattern.kind {
        ast::PatternKind::Stable(path) => match &path.kind {
            ast::ExprKind::Ident(name) => Some(*name),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the value of a `for` is the very element: the same variable, a tuple of the same
/// variables, or `()` (then the elements' type must be Unit to keep the type).
fn yields_its_elements(binder: &Binder<'_>, body: &ast::Expr) -> bool {
    fn same(pattern: &ast::Pattern, value: &ast::Expr) -> bool {
        match (&pattern.kind, &value.kind) {
            (ast::PatternKind::Variable(name), ast::ExprKind::Ident(used)) => {
                name.name == used.name
            }
            (ast::PatternKind::Tuple(parts), ast::ExprKind::Tuple(values)) => {
                parts.len() == values.len()
                    && parts.iter().zip(values).all(|(part, arg)| same(&part.pattern, &arg.value))
            }
            _ => false,
        }
    }
    if matches!(body.kind, ast::ExprKind::Literal(ast::Literal::Unit)) {
        return true;
    }
    match binder {
        Binder::Pattern(pattern) => same(pattern, body),
        Binder::Names(names) => match (&names[..], &body.kind) {
            ([name], ast::ExprKind::Ident(used)) => name.name == used.name,
            _ => false,
        },
    }
}

fn is_alias(enumerator: &ast::Enumerator) -> bool {
    matches!(enumerator.kind, ast::EnumeratorKind::Alias { .. })
}

/// Whether a pattern matches by its form: variables, `_`, tuples of such.
pub(crate) fn is_irrefutable(pattern: &ast::Pattern) -> bool {
    match &pattern.kind {
        ast::PatternKind::Wildcard | ast::PatternKind::Variable(_) => true,
        ast::PatternKind::Bind { pattern, .. } => is_irrefutable(pattern),
        ast::PatternKind::Tuple(args) => args.iter().all(|arg| is_irrefutable(&arg.pattern)),
        _ => false,
    }
}
