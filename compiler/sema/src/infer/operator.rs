//! Operators: infix and prefix calls, equality, `&&` and `||`, text with `+`.

use crate::checker::{Checker, Term};
use crate::infer::apply::Item;
use crate::infer::args::{ArgList, ArgValue};
use crate::infer::arithmetic::Attempt;
use crate::infer::expr::{Expected, typed};
use crate::symbols::MethodId;
use crate::typed::{Constant, Expr, ExprKind, Stmt};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

/// How many type parameters bounded by one another are followed.
const PARAM_CHAIN_MAX: usize = 64;

impl<'a> Checker<'a> {
    /// `lhs op rhs`.
    pub fn infix(&mut self, expr: &'a ast::Expr, expected: Expected) -> Expr {
        let ast::ExprKind::Infix { lhs, op, type_args, rhs } = &expr.kind else {
            return self.error_expr(expr.span);
        };
        let span = expr.span;
        let roots = self.types.roots();
        let name = op.as_str();
        if matches!(name, "&&" | "||") && type_args.is_empty() {
            let left = self.infer(lhs, Some(roots.boolean));
            if self.types.widen(self.resolve(left.ty)) == roots.boolean {
                let left = self.adapt(left, Some(roots.boolean));
                let right = self.expr(rhs, Some(roots.boolean));
                let (left, right) = (Box::new(left), Box::new(right));
                let kind = if name == "&&" {
                    ExprKind::And(left, right)
                } else {
                    ExprKind::Or(left, right)
                };
                return typed(kind, roots.boolean, span);
            }
            return self.operator_on(left, *op, type_args, rhs, span, expected);
        }
        if ast::is_assignment_operator(name) {
            return self.assignment_operator(lhs, *op, rhs, span, expected);
        }
        if ast::is_right_associative(name) {
            return self.right_associative(lhs, *op, type_args, rhs, span, expected);
        }
        let left = self.infer(lhs, None);
        self.operator_on(left, *op, type_args, rhs, span, expected)
    }

    fn operator_on(
        &mut self,
        mut left: Expr,
        op: ast::Ident,
        type_args: &'a [ast::Type],
        rhs: &'a ast::Expr,
        span: Span,
        expected: Expected,
    ) -> Expr {
        left.ty = self.solve_head(left.ty);
        if let ExprKind::Error = left.kind {
            self.infer_quietly(rhs);
            return left;
        }
        match op.as_str() {
            "==" | "!=" if type_args.is_empty() && !self.defines_equality(left.ty, op.name) => {
                let right = self.infer(rhs, None);
                return self.equality(left, right, op.as_str() == "!=", span);
            }
            "+" if type_args.is_empty() => {
                if let Some(text) = self.concatenation(&mut left, rhs, span) {
                    return text;
                }
            }
            _ => {}
        }
        let list = infix_list(rhs);
        if !type_args.is_empty() {
            return self.operator_call(left, op, type_args, list, span, expected);
        }
        match self.arithmetic(left, op, list, span) {
            Attempt::Call(call) => call,
            Attempt::Open(left, list) => {
                self.operator_call(left, op, type_args, list, span, expected)
            }
        }
    }

    fn operator_call(
        &mut self,
        left: Expr,
        op: ast::Ident,
        type_args: &'a [ast::Type],
        list: ArgList<'a>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let callee = self.select(left, op.name, op.span);
        let mut items = Vec::new();
        if !type_args.is_empty() {
            items.push(Item::Types(type_args, op.span));
        }
        items.push(Item::Args(list));
        let result = self.apply_callee(callee, items, span, expected);
        self.refuse_special(result)
    }

    /// Types an operand of something that has failed already.
    pub fn infer_quietly(&mut self, expr: &'a ast::Expr) {
        if !matches!(expr.kind, ast::ExprKind::Lambda { .. } | ast::ExprKind::PartialFunction(_)) {
            self.infer(expr, None);
        }
    }

    /// Whether a class has an operator `==` of its own.
    fn defines_equality(&mut self, ty: TyId, name: Name) -> bool {
        let roots = self.types.roots();
        let terms = self.members_of(ty, name);
        let class = self.class_for_members(ty);
        if class.is_some_and(|class| self.types.is_primitive(class))
            || class == self.known.string && class.is_some()
        {
            return false;
        }
        terms.iter().any(|term| match term {
            Term::Method(method) => match self.symbols.methods[*method].owner {
                crate::symbols::Owner::Class(owner) => {
                    owner != roots.any_class && owner != roots.any_ref_class
                }
                _ => false,
            },
            _ => false,
        })
    }

    /// `a == b` and `a != b`.
    pub fn equality(&mut self, left: Expr, right: Expr, negated: bool, span: Span) -> Expr {
        let roots = self.types.roots();
        let (mut left, mut right) = (left, right);
        left.ty = self.solve_all(left.ty);
        right.ty = self.solve_all(right.ty);
        if matches!(left.kind, ExprKind::Error) || matches!(right.kind, ExprKind::Error) {
            return self.error_expr(span);
        }
        let (a, b) = (self.types.widen(left.ty), self.types.widen(right.ty));
        if let Some(call) = self.primitive_equality(&mut left, &mut right, a, b, negated, span) {
            return call;
        }
        if !self.comparable(a, b) {
            let (x, y) = (self.show(a), self.show(b));
            self.report(
                Diagnostic::error(
                    codes::UNRELATED_COMPARISON,
                    span,
                    format!("`{x}` and `{y}` can never be equal"),
                )
                .note("`==` compares values of related types only"),
            );
            return self.error_expr(span);
        }
        let equals = typed(ExprKind::Equals(Box::new(left), Box::new(right)), roots.boolean, span);
        if negated { self.not(equals, span) } else { equals }
    }

    /// `!value`.
    pub fn not(&mut self, value: Expr, span: Span) -> Expr {
        let boolean = self.types.roots().boolean;
        let Some(class) = self.known.boolean else { return value };
        let terms = self.term_members(class, Name::new("unary_!"));
        let method = terms.into_iter().find_map(|term| match term {
            Term::Method(method) => Some(method),
            _ => None,
        });
        match method {
            Some(method) => {
                self.signature(method);
                self.call(method, Some(value), Vec::new(), boolean, span)
            }
            None => {
                // A library without `!`: the conditional says the same.
                let no = self.boolean(false, span);
                let yes = self.boolean(true, span);
                let kind = ExprKind::If(Box::new(value), Box::new(no), Box::new(yes));
                typed(kind, boolean, span)
            }
        }
    }

    /// Two scalars: an operation of the machine.
    fn primitive_equality(
        &mut self,
        left: &mut Expr,
        right: &mut Expr,
        a: TyId,
        b: TyId,
        negated: bool,
        span: Span,
    ) -> Option<Expr> {
        let roots = self.types.roots();
        let scalar = |ty: TyId| self.is_number(ty) || ty == roots.boolean;
        if !scalar(a) || !scalar(b) || (a == roots.boolean) != (b == roots.boolean) {
            return None;
        }
        let class = self.types.class_of(a)?;
        let name = Name::new(if negated { "!=" } else { "==" });
        let candidates = self.term_members(class, name);
        let mut found: Option<MethodId> = None;
        for term in candidates {
            let Term::Method(method) = term else { continue };
            self.signature(method);
            let params = &self.symbols.methods[method].params;
            let [param] = params[..] else { continue };
            if self.symbols.locals[param].ty == b {
                found = Some(method);
            }
        }
        let method = found?;
        let take = |expr: &mut Expr| {
            let (ty, span) = (expr.ty, expr.span);
            std::mem::replace(expr, typed(ExprKind::Error, ty, span))
        };
        let (left, right) = (take(left), take(right));
        Some(self.call(method, Some(left), vec![right], roots.boolean, span))
    }

    /// Whether values of these types may be compared with `==`.
    pub fn comparable(&mut self, a: TyId, b: TyId) -> bool {
        let roots = self.types.roots();
        if self.types.has_error(a) || self.types.has_error(b) {
            return true;
        }
        let top = |ty: TyId| ty == roots.any || ty == roots.any_val || ty == roots.any_ref;
        if top(a) || top(b) || a == roots.nothing || b == roots.nothing {
            return true;
        }
        if a == roots.null || b == roots.null {
            let other = if a == roots.null { b } else { a };
            let class = self.types.class_of(other);
            return class.is_none_or(|class| self.is_nullable(class));
        }
        if self.may_conform(a, b) || self.may_conform(b, a) {
            return true;
        }
        let (Some(x), Some(y)) = (self.types.class_of(a), self.types.class_of(b)) else {
            return true;
        };
        let number = |this: &Self, ty: TyId| {
            this.is_number(ty)
                || this.types.class_of(ty).is_some_and(|class| {
                    matches!(
                        this.symbols.classes[class].full_name.as_str(),
                        "scala.math.BigInt" | "scala.math.BigDecimal"
                    )
                })
        };
        if number(self, a) && number(self, b) {
            return true;
        }
        // Primitives, strings and numbers compare with their own kind only; an enum or a case
        // class that has a companion type class `CanEqual` is treated like any other class.
        let strict =
            |this: &Self, class| this.types.is_primitive(class) || Some(class) == this.known.string;
        if strict(self, x) || strict(self, y) {
            return false;
        }
        // Different enums never have a value in common.
        let (p, q) = (self.enum_of(x), self.enum_of(y));
        if let (Some(p), Some(q)) = (p, q) {
            return p == q;
        }
        true
    }

    fn enum_of(&self, class: crate::symbols::ClassId) -> Option<crate::symbols::ClassId> {
        let bases = &self.symbols.classes[class].linearization;
        bases.iter().copied().find(|base| self.symbols.classes[*base].is_enum)
    }

    /// `+` with text on one side.
    fn concatenation(&mut self, left: &mut Expr, rhs: &'a ast::Expr, span: Span) -> Option<Expr> {
        let string = self.types.roots().string;
        let left_is_text = self.types.widen(self.resolve(left.ty)) == string;
        if !left_is_text {
            // A number takes text on its right as well.
            let ty = self.types.widen(self.resolve(left.ty));
            let scalar = self.is_number(ty) || ty == self.types.roots().boolean;
            if !scalar || !is_text(rhs) {
                return None;
            }
        }
        let mut right = self.infer(rhs, None);
        right.ty = self.solve_all(right.ty);
        if let ExprKind::Error = right.kind {
            return Some(right);
        }
        let (ty, at) = (left.ty, left.span);
        let left = std::mem::replace(left, typed(ExprKind::Error, ty, at));
        let mut pieces = Vec::new();
        match left {
            Expr { kind: ExprKind::Concat(first), .. } => pieces.extend(first),
            other => pieces.push(other),
        }
        pieces.push(right);
        Some(typed(ExprKind::Concat(pieces), string, span))
    }

    /// `a op: b` is `b.op:(a)`, with `a` evaluated first.
    fn right_associative(
        &mut self,
        lhs: &'a ast::Expr,
        op: ast::Ident,
        type_args: &'a [ast::Type],
        rhs: &'a ast::Expr,
        span: Span,
        expected: Expected,
    ) -> Expr {
        if matches!(op.as_str(), "#::" | "#:::") {
            return self.deferred_cons(lhs, op, type_args, rhs, span, expected);
        }
        let simple = matches!(
            lhs.kind,
            ast::ExprKind::Literal(_)
                | ast::ExprKind::Lambda { .. }
                | ast::ExprKind::PartialFunction(_)
        ) || is_pure_syntax(lhs) && is_pure_syntax(rhs);
        if simple || is_pure_syntax(rhs) && !has_calls(lhs) {
            let hint = self.cons_hint(op, expected);
            let right = self.infer(rhs, hint);
            return self.operator_call(right, op, type_args, infix_list(lhs), span, expected);
        }
        let mut stmts = Vec::new();
        let element = self.cons_element(op, expected);
        let mut left = self.infer(lhs, element);
        if let Some(element) = element {
            left = match self.try_adapt(left, element) {
                Ok(left) | Err(left) => left,
            };
        }
        left.ty = self.solve_all(left.ty);
        let left = self.stable(left, "left$", &mut stmts);
        let hint = self.cons_hint(op, expected);
        let right = self.infer(rhs, hint);
        let list = ArgList::of_values(vec![ArgValue::Typed(Some(left))], lhs.span);
        let result = self.operator_call(right, op, type_args, list, span, expected);
        self.with_stmts(stmts, result)
    }

    /// `a #:: b` and `a #::: b`: a lazy list or stream computes `b` when it is needed, other
    /// classes may have such a member.
    fn deferred_cons(
        &mut self,
        lhs: &'a ast::Expr,
        op: ast::Ident,
        type_args: &'a [ast::Type],
        rhs: &'a ast::Expr,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let lazy_list = self.known.class("scala.collection.immutable.LazyList");
        let stream = self.known.class("scala.collection.immutable.Stream");
        let lazy_class = |checker: &Self, ty| {
            let class = checker.types.class_of(ty);
            class.filter(|_| class == lazy_list || class == stream)
        };
        let is_lazy = |checker: &Self, ty| lazy_class(checker, ty).is_some();
        let hint = expected.map(|ty| self.resolve(ty)).filter(|ty| is_lazy(self, *ty));
        let mut right = self.infer(rhs, hint);
        right.ty = self.solve_all(right.ty);
        let companion =
            lazy_class(self, right.ty).and_then(|class| self.symbols.classes[class].companion);
        if let Some(companion) = companion {
            let method = if op.as_str() == "#::" { "deferredCons" } else { "deferredConcat" };
            let object = self.object(companion, op.span);
            let callee = self.select(object, Name::new(method), op.span);
            let mut items = Vec::new();
            if !type_args.is_empty() {
                items.push(Item::Types(type_args, op.span));
            }
            let values = vec![ArgValue::Expr(lhs), ArgValue::Typed(Some(right))];
            items.push(Item::Args(ArgList::of_values(values, lhs.span)));
            return self.apply_callee(callee, items, span, expected);
        }
        let mut stmts = Vec::new();
        let mut left = self.infer(lhs, None);
        left.ty = self.solve_all(left.ty);
        let left = self.stable(left, "left$", &mut stmts);
        let list = ArgList::of_values(vec![ArgValue::Typed(Some(left))], lhs.span);
        let result = self.operator_call(right, op, type_args, list, span, expected);
        self.with_stmts(stmts, result)
    }

    /// The right side of `::` is a list of what is expected of the whole.
    fn cons_hint(&mut self, op: ast::Ident, expected: Expected) -> Expected {
        let expected = self.resolve(expected?);
        if op.as_str() != "::" || self.types.has_vars(expected) {
            return None;
        }
        let class = self.types.class_of(expected)?;
        (self.symbols.classes[class].full_name == "scala.collection.immutable.List")
            .then_some(expected)
    }

    fn cons_element(&mut self, op: ast::Ident, expected: Expected) -> Expected {
        let list = self.cons_hint(op, expected)?;
        let (_, args) = self.types.as_class(list)?;
        args.first().copied()
    }

    /// `-x`, `!x`.
    pub fn prefix(
        &mut self,
        op: ast::Ident,
        operand: &'a ast::Expr,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let value = self.infer(operand, None);
        if let (ExprKind::Constant(constant), "-") = (&value.kind, op.as_str()) {
            let negative = match *constant {
                Constant::Int(value) => Some(Constant::Int(value.wrapping_neg())),
                Constant::Long(value) => Some(Constant::Long(value.wrapping_neg())),
                Constant::Double(bits) => Some(Constant::Double((-f64::from_bits(bits)).to_bits())),
                _ => None,
            };
            if let Some(constant) = negative {
                return typed(ExprKind::Constant(constant), value.ty, span);
            }
        }
        let name = Name::new(&format!("unary_{}", op.name));
        let callee = self.select(value, name, op.span);
        self.apply_callee(callee, Vec::new(), span, expected)
    }

    /// `x op= y`: the method `op=` if there is one, else an assignment of `x op y`.
    fn assignment_operator(
        &mut self,
        lhs: &'a ast::Expr,
        op: ast::Ident,
        rhs: &'a ast::Expr,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let name = op.as_str();
        let plain = ast::Ident { name: Name::new(&name[..name.len() - 1]), ..op };
        // The target is looked at once: receiver and indices become locals.
        let mut stmts = Vec::new();
        let Some(mut target) = self.assign_target(lhs, &mut stmts) else {
            self.infer_quietly(rhs);
            return self.error_expr(span);
        };
        let mut value = self.target_value(&mut target, lhs.span);
        value.ty = self.solve_head(value.ty);
        let has_method = self.has_member(value.ty, name)
            || !self.is_assignable(&target) && !self.has_member(value.ty, plain.as_str());
        let result = if has_method || self.has_extension(value.ty, op.name) {
            self.operator_call(value, op, &[], infix_list(rhs), span, expected)
        } else {
            let computed = match plain.as_str() {
                "&&" | "||" => {
                    let boolean = self.types.roots().boolean;
                    let right = self.expr(rhs, Some(boolean));
                    let (left, right) = (Box::new(value), Box::new(right));
                    let kind = if plain.as_str() == "&&" {
                        ExprKind::And(left, right)
                    } else {
                        ExprKind::Or(left, right)
                    };
                    typed(kind, boolean, span)
                }
                _ => {
                    let wanted = self.target_type(&target);

                    self.operator_on(
                        value,
                        plain,
                        &[],
                        rhs,
                        span,
                        wanted.filter(|ty| !self.is_number(*ty)),
                    )
                }
            };
            self.assign_value(target, computed, span)
        };
        self.with_stmts(stmts, result)
    }

    /// `isInstanceOf`, `asInstanceOf` and what the subset refuses, as heads of calls.
    pub(crate) fn special_form(
        &mut self,
        head: &'a ast::Expr,
        items: &[Item<'a>],
        span: Span,
    ) -> Option<Expr> {
        if let ast::ExprKind::Ident(name) = &head.kind {
            if matches!(name.as_str(), "classOf") {
                return Some(self.outside_expr(
                    codes::REFLECTION,
                    span,
                    "`classOf` is outside the subset",
                    "there is no reflection; use a type class",
                ));
            }
            return None;
        }
        let ast::ExprKind::Select { base, name } = &head.kind else { return None };
        match name.as_str() {
            "isInstanceOf" | "asInstanceOf" => {
                let [Item::Types([ty], _)] = items else { return None };
                let scope = self.env.scope;
                let target = self.resolve_type(ty, scope);
                let mut value = self.infer(base, None);
                value.ty = self.solve_all(value.ty);
                if matches!(value.kind, ExprKind::Error) || self.types.is_error(target) {
                    return Some(self.error_expr(span));
                }
                let boolean = self.types.roots().boolean;
                Some(if name.as_str() == "isInstanceOf" {
                    self.check_testable(target, value.ty, ty.span);
                    typed(ExprKind::Is(Box::new(value), target), boolean, span)
                } else {
                    self.cast(value, target, span)
                })
            }
            "getClass" if !self.env.is_library && items.len() <= 1 => Some(self.outside_expr(
                codes::REFLECTION,
                name.span,
                "`getClass` is outside the subset",
                "there is no reflection; match on the value, or give the class a method",
            )),
            _ => None,
        }
    }

    /// `asInstanceOf`: numbers are converted, as in Scala.
    fn cast(&mut self, value: Expr, target: TyId, span: Span) -> Expr {
        let from = self.types.widen(value.ty);
        if from == target {
            return value;
        }
        if self.is_number(from) && self.is_number(target) {
            return self.widen_number(value, target);
        }
        if !self.env.is_library && !self.check_array_test(target, from, span) {
            return self.error_expr(span);
        }
        // Of a type parameter its bound is known at run time.
        let bound = self.class_bound(target);
        let value = match bound {
            Some(bound) if !self.conforms(from, bound) => {
                typed(ExprKind::Cast(Box::new(value), bound), bound, span)
            }
            _ => value,
        };
        typed(ExprKind::Cast(Box::new(value), target), target, span)
    }

    /// The class type above a type parameter, unless it is one that says nothing.
    fn class_bound(&mut self, ty: TyId) -> Option<TyId> {
        let roots = self.types.roots();
        let mut bound = ty;
        for _ in 0..PARAM_CHAIN_MAX {
            match self.types.get(bound) {
                Ty::Param(param) if self.symbols.type_params[param].opaque.is_none() => {
                    bound = self.upper_bound(param);
                }
                Ty::Class(class, _) if bound != ty => {
                    let silent = [roots.any_class, roots.any_ref_class, roots.any_val_class];
                    return (!silent.contains(&class)).then_some(bound);
                }
                _ => return None,
            }
        }
        None
    }

    /// Calls that user code must not make.
    pub fn refuse_special(&mut self, expr: Expr) -> Expr {
        if self.env.is_library {
            return expr;
        }
        let ExprKind::Call { method, .. } = &expr.kind else { return expr };
        let what = match Some(*method) {
            m if m == self.known.any_get_class => "getClass",
            m if m == self.known.any_hash_hash => "##",
            _ => return expr,
        };
        let span = expr.span;
        self.outside_expr(
            codes::REFLECTION,
            span,
            &format!("`{what}` is outside the subset"),
            "its value would depend on where the program runs",
        )
    }

    /// A receiver whose value is needed more than once.
    pub fn keep(&mut self, value: Expr, stmts: &mut Vec<Stmt>) -> Expr {
        let mut value = value;
        value.ty = self.solve_all(value.ty);
        self.stable(value, "receiver$", stmts)
    }
}

/// The argument list of an infix operator: a tuple may stand for several arguments.
fn infix_list(rhs: &ast::Expr) -> ArgList<'_> {
    match &rhs.kind {
        ast::ExprKind::Tuple(args) if args.iter().all(|arg| arg.name.is_none()) => {
            let values = args.iter().map(|arg| ArgValue::Expr(&arg.value)).collect();
            let mut list = ArgList::of_values(values, rhs.span);
            list.tuple = Some(rhs);
            list
        }
        _ => ArgList::of_values(vec![ArgValue::Expr(rhs)], rhs.span),
    }
}

fn is_text(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Literal(ast::Literal::String(_)) => true,
        ast::ExprKind::Interpolation { .. } => true,
        ast::ExprKind::Infix { lhs, op, rhs, .. } if op.as_str() == "+" => {
            is_text(lhs) || is_text(rhs)
        }
        _ => false,
    }
}

/// Whether an expression is only names and selections.
fn is_pure_syntax(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Ident(_) | ast::ExprKind::Literal(_) | ast::ExprKind::This(_) => true,
        ast::ExprKind::Infix { lhs, op, rhs, .. } if op.as_str() == "::" => {
            is_pure_syntax(lhs) && is_pure_syntax(rhs)
        }
        _ => false,
    }
}

fn has_calls(expr: &ast::Expr) -> bool {
    !matches!(
        expr.kind,
        ast::ExprKind::Ident(_)
            | ast::ExprKind::Literal(_)
            | ast::ExprKind::This(_)
            | ast::ExprKind::Lambda { .. }
    )
}
