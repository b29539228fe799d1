//! Patterns and matches: the type of what a pattern takes and the names it binds.

use crate::checker::{Checker, Term};
use crate::infer::expr::{Expected, typed};
use crate::infer::extractor::Parts;
use crate::known::ARITY_MAX;
use crate::symbols::ClassId;
use crate::typed::{Case, Constant, Expr, ExprKind, MatchKind, Pattern, PatternKind};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
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
        if cases.is_empty() {
            let message = "a `match` has at least one case";
            self.fail(codes::SYNTAX, span, message);
        }
        let saved = self.unchecked;
        if is_unchecked(scrutinee) {
            self.unchecked = true;
            if let Some(first) = cases.first() {
                self.match_kinds.insert(first.pattern.span, MatchKind::Unchecked);
            }
        }
        let mut value = self.infer(scrutinee, None);
        value.ty = self.solve_all(value.ty);
        if is_made(scrutinee) {
            // Made on the spot, a case of an enum has the type of the enum.
            value.ty = self.widened(value.ty);
        }
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
        let mut typed_cases = Vec::with_capacity(cases.len());
        let mut bodies = Vec::with_capacity(cases.len());
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
        let before = self.diagnostics.len();
        let pattern = self.pattern(&case.pattern, ty);
        if self.diagnostics.len() == before && !outer.is_library {
            self.check_pattern_names(&case.pattern);
        }
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

    pub(super) fn bind(&mut self, name: ast::Ident, inner: Pattern, span: Span) -> Pattern {
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

    /// Whether a value may be another one at the next mention.
    fn is_variable(&self, value: &Expr) -> bool {
        let field = match &value.kind {
            ExprKind::Local(local) => return self.symbols.locals[*local].is_mutable,
            ExprKind::Field(_, field) => *field,
            ExprKind::Call { method, .. } => match self.symbols.methods[*method].kind {
                crate::symbols::MethodKind::Getter(field) => field,
                _ => return false,
            },
            _ => return false,
        };
        self.symbols.fields[field].is_mutable
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
        if self.is_variable(&value) {
            self.fail(codes::NOT_A_VALUE, span, "a variable is no pattern: its value may change");
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

    pub(super) fn impossible(&mut self, pattern: TyId, scrutinee: TyId, span: Span) -> Pattern {
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

    fn tuple_pattern(&mut self, args: &'a [ast::PatternArg], ty: TyId, span: Span) -> Pattern {
        if let Some(named) = self.named_parts(ty) {
            let given: Vec<_> = args.iter().map(|arg| (arg.name, &arg.pattern)).collect();
            return self.named_tuple_pattern(&given, named, span);
        }
        if let Some(name) = args.iter().find_map(|arg| arg.name) {
            if !self.types.has_error(ty) {
                let text = self.show(ty);
                let message = format!("a value of type `{text}` has no elements with names");
                self.fail(codes::NO_MEMBER, name.span, message);
            }
            for arg in args {
                self.pattern(&arg.pattern, self.types.roots().error);
            }
            return wildcard(self.types.roots().error, span);
        }
        self.pattern_of_tuple(args.iter().collect(), ty, span)
    }

    fn pattern_of_tuple(
        &mut self,
        args: Vec<&'a ast::PatternArg>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let Some(class) = self.known.tuple(args.len()) else {
            return self.bad_pattern(
                codes::ARITY_LIMIT,
                span,
                &format!("a tuple has at most {ARITY_MAX} elements here"),
            );
        };
        let any_tuple = self.symbols.classes[class].this_ty;
        if !self.may_overlap_class(class, ty) {
            return self.impossible(any_tuple, ty, span);
        }
        self.class_pattern(class, &Parts::Named(args), ty, span)
    }

    pub(super) fn may_overlap_class(&mut self, class: ClassId, ty: TyId) -> bool {
        let this = self.symbols.classes[class].this_ty;
        self.may_overlap(this, ty)
    }

    /// An instance of a case class with patterns for its fields.
    pub(super) fn class_pattern(
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
        if let ([field], true) = (&fields[..], named)
            && given.iter().all(|(name, _)| {
                name.is_none_or(|name| self.symbols.fields[*field].name != name.name)
            })
        {
            // Names that are not those of the one field are those of the named tuple in it.
            self.complete_field(*field);
            let field_ty = self.symbols.fields[*field].ty;
            let field_ty = self.seen(field_ty, target);
            if let Some(parts) = self.named_parts(field_ty) {
                let inner = self.named_tuple_pattern(&given, parts, span);
                return Pattern { kind: PatternKind::Class(class, vec![inner]), ty: target, span };
            }
        }
        if let Some(sequence) = self.repeated_field(class, &fields, &given, target, span) {
            given.truncate(fields.len() - 1);
            patterns.pop();
            patterns.push(Some(sequence));
        } else if let ([field], false, Parts::Named(args)) = (&fields[..], named, parts)
            && args.len() > 1
        {
            // Several patterns for one field are a pattern of a tuple.
            self.complete_field(*field);
            let field_ty = self.symbols.fields[*field].ty;
            let field_ty = self.seen(field_ty, target);
            let tuple = self.pattern_of_tuple(args.clone(), field_ty, span);
            return Pattern { kind: PatternKind::Class(class, vec![tuple]), ty: target, span };
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
        let mut complete = Vec::with_capacity(fields.len());
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
}

/// Whether a scrutinee is marked `@unchecked`, or asks with `runtimeChecked` for a check when it
/// runs.
pub(crate) fn is_unchecked(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Annotated { annotations, .. } => annotations.iter().any(|annotation| {
            crate::signature::annotation_name(&annotation.ty) == Some("unchecked")
        }),
        ast::ExprKind::Select { name, .. } => name.as_str() == "runtimeChecked",
        _ => false,
    }
}

/// Whether the value comes straight from a call, perhaps at the end of blocks.
fn is_made(mut expr: &ast::Expr) -> bool {
    while let ast::ExprKind::Block { result: Some(result), .. } = &expr.kind {
        expr = result;
    }
    matches!(expr.kind, ast::ExprKind::Apply { .. })
}

/// The pattern that takes every value of a type.
pub(super) fn wildcard(ty: TyId, span: Span) -> Pattern {
    Pattern { kind: PatternKind::Wildcard, ty, span }
}
