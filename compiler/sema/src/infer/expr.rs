//! Expressions: literals, loops, ascriptions, tuples, interpolation, `throw`,
//! `try`, `return`. Names, selections and calls are in `callee` and `apply`.

use crate::checker::Checker;
use crate::known::ARITY_MAX;
use crate::reason::Reason;
use crate::symbols::MethodId;
use crate::typed::{Constant, Dispatch, Expr, ExprKind};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast;

/// What is expected of an expression: a type, which may have variables, or nothing.
pub(crate) type Expected = Option<TyId>;

/// Expressions nested deeper than this are refused; it is more than the parser lets through.
const EXPR_DEPTH_MAX: u32 = 8192;

/// The longest string constant, in UTF-8: the limit of Scala's class files.
const STRING_BYTES_MAX: usize = 65535;

/// A typed expression.
pub(crate) fn typed(kind: ExprKind, ty: TyId, span: Span) -> Expr {
    Expr { kind, ty, span }
}

impl<'a> Checker<'a> {
    /// An expression of the expected type.
    pub fn expr(&mut self, expr: &'a ast::Expr, expected: Expected) -> Expr {
        let found = self.infer(expr, expected);
        self.adapt(found, expected)
    }

    /// An expression whose value does not matter.
    pub fn discarded(&mut self, expr: &'a ast::Expr) -> Expr {
        // The name of a method that takes arguments is no function here.
        let hint = match expr.kind {
            ast::ExprKind::Ident(_) | ast::ExprKind::Select { .. } => Some(self.types.roots().unit),
            _ => None,
        };
        let found = self.infer(expr, hint);
        let mut found = found;
        found.ty = self.solve_all(found.ty);
        found
    }

    /// `()`.
    pub fn unit(&self, span: Span) -> Expr {
        typed(ExprKind::Constant(Constant::Unit), self.types.roots().unit, span)
    }

    /// An expression; the expected type is a hint, which the result may miss.
    pub fn infer(&mut self, expr: &'a ast::Expr, expected: Expected) -> Expr {
        self.depth += 1;
        let around = std::mem::replace(&mut self.looking_at, expr.span);
        let result = if self.depth > EXPR_DEPTH_MAX {
            self.fail(codes::NESTING_LIMIT, expr.span, "this expression is nested too deeply")
        } else {
            self.infer_kind(expr, expected)
        };
        self.depth -= 1;
        self.looking_at = around;
        if self.types.take_too_large() {
            self.type_too_large(expr.span);
        }
        result
    }

    fn infer_kind(&mut self, expr: &'a ast::Expr, expected: Expected) -> Expr {
        use ast::ExprKind as E;
        let span = expr.span;
        let roots = self.types.roots();
        if let Some(wanted) = expected
            && !matches!(expr.kind, E::Lambda { context: true, .. })
            && let Some(arity) = self.context_arity(wanted)
        {
            return self.context_body(expr, arity, wanted);
        }
        match &expr.kind {
            E::Literal(literal) => self.literal(literal, span),
            E::Ident(_)
            | E::Select { .. }
            | E::TypeApply { .. }
            | E::Apply { .. }
            | E::Super { .. } => self.spine(expr, expected),
            E::This(name) => self.this(*name, span),
            E::Infix { .. } => self.infix(expr, expected),
            E::Prefix { op, operand } => self.prefix(*op, operand, span, expected),
            E::Assign { target, value } => self.assign(target, value, span),
            E::If { condition, then_branch, else_branch, inline } => {
                if *inline {
                    self.inline_choice("if", span);
                }
                self.conditional(condition, then_branch, else_branch.as_deref(), span, expected)
            }
            E::Match { scrutinee, cases, inline } => {
                if *inline {
                    self.inline_choice("match", span);
                }
                self.match_expr(scrutinee, cases, span, expected)
            }
            E::While { condition, body } => {
                let condition = self.condition(condition, "while", span);
                let body = self.discarded(body);
                typed(ExprKind::While(Box::new(condition), Box::new(body)), roots.unit, span)
            }
            E::For { enumerators, body, yields, in_braces } => {
                let body = super::comprehension::ForBody {
                    expr: body,
                    yields: *yields,
                    in_braces: *in_braces,
                };
                self.comprehension(enumerators, body, span, expected)
            }
            E::Try { body, handler, finalizer } => {
                self.try_expr(body, handler.as_ref(), finalizer.as_deref(), span, expected)
            }
            E::Throw(value) => {
                let throwable = self.known.throwable.map(|class| self.types.class(class, &[]));
                let value = self.expr(value, throwable);
                typed(ExprKind::Throw(Box::new(value)), roots.nothing, span)
            }
            E::Return(value) => self.return_expr(value.as_deref(), span),
            E::Block { stats, result } => self.block(stats, result.as_deref(), span, expected),
            E::Lambda { params, body, context } => {
                if *context {
                    return self.context_lambda(params, body, span, expected);
                }
                self.lambda(params, body, span, expected)
            }
            E::PolyLambda { .. } => self.outside_expr(
                codes::POLYMORPHIC_FUNCTION,
                span,
                "a polymorphic function is outside the subset",
                "write a generic method",
            ),
            E::PartialFunction(cases) => self.partial_function(cases, span, expected),
            E::Tuple(args) => self.tuple(args, span, expected),
            E::New(template) => self.new_expr(template, span, expected),
            E::Ascription { expr, ty } => {
                let scope = self.env.scope;
                let written = ty.span;
                let ty = self.resolve_type(ty, scope);
                let mut result = self.expr_for(expr, Some(ty), Reason::Annotation(written));
                // The ascribed type is what later stages see, so that boxing follows it.
                if !matches!(result.kind, ExprKind::Error) && !self.types.is_error(ty) {
                    // A number is no longer one of the single values that are written there.
                    result = match self.is_number(ty) {
                        true => self.carrier(result, ty),
                        false => self.retyped(result, ty),
                    };
                }
                result
            }
            E::Annotated { expr, annotations } => {
                let unchecked = annotations.iter().any(|annotation| {
                    crate::signature::annotation_name(&annotation.ty) == Some("unchecked")
                });
                let saved = self.unchecked;
                self.unchecked = saved || unchecked;
                let result = self.infer(expr, expected);
                self.unchecked = saved;
                result
            }
            E::Interpolation { prefix, parts, args } => {
                self.interpolation(*prefix, parts, args, span, expected)
            }
            E::Eta(method) => self.eta(method, span, expected),
            E::Error => self.error_expr(span),
        }
    }

    /// The same value under a wider type.
    pub fn retyped(&mut self, expr: Expr, ty: TyId) -> Expr {
        let ty = self.resolve(ty);
        let is_same = expr.ty == ty || matches!(expr.kind, ExprKind::Lambda { .. });
        if is_same { expr } else { self.carrier(expr, ty) }
    }

    /// A block without statements, which carries the wider type.
    fn carrier(&self, expr: Expr, ty: TyId) -> Expr {
        let (ty, span) = (self.resolve(ty), expr.span);
        typed(ExprKind::Block(Vec::new(), Box::new(expr)), ty, span)
    }

    fn literal(&mut self, literal: &ast::Literal, span: Span) -> Expr {
        let roots = self.types.roots();
        if let ast::Literal::String(text) = literal
            && text.len() > STRING_BYTES_MAX
        {
            return self.fail(
                codes::BAD_LITERAL,
                span,
                format!("this string is longer than {STRING_BYTES_MAX} bytes"),
            );
        }
        let (constant, ty) = match literal {
            ast::Literal::Int(value) => (Constant::Int(*value), roots.int),
            ast::Literal::Long(value) => (Constant::Long(*value), roots.long),
            ast::Literal::Float(value) => {
                (Constant::Float(f64::from(*value).to_bits()), roots.float)
            }
            ast::Literal::Double(value) => (Constant::Double(value.to_bits()), roots.double),
            ast::Literal::Char(unit) => (Constant::Char(*unit), roots.char),
            ast::Literal::String(text) => {
                (Constant::String(text.encode_utf16().collect()), roots.string)
            }
            ast::Literal::Boolean(value) => (Constant::Boolean(*value), roots.boolean),
            ast::Literal::Unit => (Constant::Unit, roots.unit),
            ast::Literal::Null => (Constant::Null, roots.null),
        };
        typed(ExprKind::Constant(constant), ty, span)
    }

    /// A text constant.
    pub fn text(&self, text: &str, span: Span) -> Expr {
        let constant = Constant::String(text.encode_utf16().collect());
        typed(ExprKind::Constant(constant), self.types.roots().string, span)
    }

    /// A Boolean constant.
    pub fn boolean(&self, value: bool, span: Span) -> Expr {
        let constant = Constant::Boolean(value);
        typed(ExprKind::Constant(constant), self.types.roots().boolean, span)
    }

    fn this(&mut self, name: Option<ast::Ident>, span: Span) -> Expr {
        let scope = self.env.scope;
        match self.this_class(name, scope) {
            Some(class) => self.this_of(class, span),
            None => self.fail(codes::NO_THIS, span, "there is no such `this` here"),
        }
    }

    /// `C.this`.
    pub fn this_of(&mut self, class: crate::symbols::ClassId, span: Span) -> Expr {
        let ty = self.types.intern(Ty::This(class));
        if self.env.before_super && self.env.class == Some(class) {
            return self.fail(
                codes::NO_THIS,
                span,
                "the object does not exist yet in the arguments of a constructor call",
            );
        }
        typed(ExprKind::This(class), ty, span)
    }

    /// The type of an expression that is one of these: the expected type where it is known, else
    /// the least bound, after Int constants have become what all the others are.
    pub fn join_branches(&mut self, branches: &mut [Expr], expected: Expected) -> TyId {
        if let Some(expected) = expected {
            let expected = self.resolve(expected);
            let vague = self.types.has_vars(expected) || self.types.is_error(expected);
            if !vague {
                return expected;
            }
        }
        self.harmonize(branches);
        let mut ty = None;
        for branch in branches.iter() {
            let branch = self.resolve(branch.ty);
            ty = Some(match ty {
                Some(other) => self.lub(other, branch),
                None => self.types.widen(branch),
            });
        }
        ty.unwrap_or(self.types.roots().nothing)
    }

    /// If the types are numeric and differ, Int constants become the one type of all the others.
    pub fn harmonize(&mut self, branches: &mut [Expr]) {
        let roots = self.types.roots();
        let numeric =
            [roots.byte, roots.short, roots.char, roots.int, roots.long, roots.float, roots.double];
        let mut target = None;
        let mut has_constant = false;
        for branch in branches.iter() {
            let ty = self.types.widen(self.resolve(branch.ty));
            if ty == roots.nothing {
                continue;
            }
            if !numeric.contains(&ty) {
                return;
            }
            if matches!(branch.kind, ExprKind::Constant(Constant::Int(_))) && ty == roots.int {
                has_constant = true;
            } else if *target.get_or_insert(ty) != ty {
                return;
            }
        }
        let Some(target) = target.filter(|target| has_constant && *target != roots.int) else {
            return;
        };
        for branch in branches.iter_mut() {
            if let ExprKind::Constant(Constant::Int(_)) = branch.kind
                && let Some(converted) = self.convert_constant(branch, target)
            {
                *branch = converted;
            }
        }
    }

    fn tuple(&mut self, args: &'a [ast::Arg], span: Span, expected: Expected) -> Expr {
        if args.iter().any(|arg| arg.name.is_some()) {
            return self.named_tuple(args, span, expected);
        }
        let expected = expected.map(|expected| {
            let expected = self.expected_shape(expected);
            self.named_parts(expected).map_or(expected, |(_, values)| values)
        });
        self.tuple_of(args, span, expected)
    }

    /// A tuple of the values of arguments.
    pub(super) fn tuple_of(
        &mut self,
        args: &'a [ast::Arg],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let Some(class) = self.known.tuple(args.len()) else {
            return self.outside_expr(
                codes::ARITY_LIMIT,
                span,
                &format!("a tuple has at most {ARITY_MAX} elements here"),
                "declare a case class",
            );
        };
        let mut hints: Vec<Expected> = vec![None; args.len()];
        if let Some(expected) = expected {
            let expected = self.expected_shape(expected);
            if let Some(base) = self.base(expected, class)
                && let Some((_, types)) = self.types.as_class(base)
            {
                for (hint, ty) in hints.iter_mut().zip(types) {
                    *hint = (!matches!(self.types.get(*ty), Ty::Wildcard(..))).then_some(*ty);
                }
            }
        }
        let mut elements = Vec::new();
        for (arg, hint) in args.iter().zip(hints) {
            let element = self.expr(&arg.value, hint);
            elements.push(element);
        }
        self.make_tuple(elements, span)
    }

    /// What an expected type says about the shape of a value: a variable's bound stands for it.
    pub fn expected_shape(&mut self, expected: TyId) -> TyId {
        let expected = self.resolve(expected);
        let Ty::Var(var) = self.types.get(expected) else { return expected };
        let state = self.vars.state(var).clone();
        for bound in state.uppers {
            let bound = self.resolve(bound);
            if !matches!(self.types.get(bound), Ty::Var(_)) {
                return bound;
            }
        }
        expected
    }

    /// A new tuple.
    pub fn make_tuple(&mut self, elements: Vec<Expr>, span: Span) -> Expr {
        let Some(class) = self.known.tuple(elements.len()) else { return self.error_expr(span) };
        let types: Vec<TyId> = elements
            .iter()
            .map(|element| {
                let ty = self.types.widen(self.resolve(element.ty));
                match self.types.get(ty) {
                    Ty::Local(local) => self.symbols.locals[local].ty,
                    _ => ty,
                }
            })
            .collect();
        self.complete_members(class);
        let Some(constructor) = self.symbols.classes[class].constructor else {
            return self.error_expr(span);
        };
        self.complete_params(constructor);
        let ty = self.types.class(class, &types);
        let kind =
            ExprKind::New { class, constructor, type_args: types, outer: None, args: elements };
        typed(kind, ty, span)
    }

    fn return_expr(&mut self, value: Option<&'a ast::Expr>, span: Span) -> Expr {
        let roots = self.types.roots();
        let Some(method) = self.env.returns.or(self.env.leaves) else {
            if let Some(value) = value {
                self.infer(value, None);
            }
            return self.outside_expr(
                codes::RETURN_OUTSIDE,
                span,
                "`return` stands outside of a method",
                "remove it: the last expression is the value",
            );
        };
        if self.methods[method].signature != crate::checker::Status::Done
            && self.types.is_error(self.symbols.methods[method].result)
        {
            let name = self.symbols.methods[method].name;
            self.report(
                Diagnostic::error(
                    codes::RECURSIVE_NEEDS_TYPE,
                    span,
                    format!("`{name}` has a `return` and needs a result type"),
                )
                .help("write the result type after the parameters: `: T`"),
            );
            if let Some(value) = value {
                self.infer(value, None);
            }
            return self.error_expr(span);
        }
        let result = self.symbols.methods[method].result;
        let value = match value {
            Some(value) => {
                let reason = Reason::Result(method, None);
                self.expr_for(value, Some(result), reason)
            }
            None => {
                let unit = self.unit(span);
                self.adapt(unit, Some(result))
            }
        };
        if self.env.returns.is_none() {
            let name = self.symbols.methods[method].name;
            self.report(
                Diagnostic::warning(
                    codes::NON_LOCAL_RETURN,
                    span,
                    format!("this `return` leaves `{name}` by an exception"),
                )
                .because("inside a function value")
                .label(self.symbols.methods[method].span, "this method is left")
                .help("write a `boundary` around and `break` here, or find the value by `collectFirst`"),
            );
            return self.leave(method, value, span);
        }
        typed(ExprKind::Return(method, Box::new(value)), roots.nothing, span)
    }

    fn try_expr(
        &mut self,
        body: &'a ast::Expr,
        handler: Option<&'a ast::Handler>,
        finalizer: Option<&'a ast::Expr>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let roots = self.types.roots();
        // The body becomes a function of its own: what it uses is captured.
        let frame = self.new_frame();
        let saved = std::mem::replace(&mut self.env.frame, frame);
        let mut branches = vec![self.expr(body, expected)];
        self.env.frame = saved;
        let throwable = self.known.throwable.map(|class| self.types.class(class, &[]));
        let throwable = throwable.unwrap_or(roots.any_ref);
        let mut cases = Vec::new();
        match handler {
            Some(ast::Handler::Cases(written)) => {
                for case in written {
                    let (mut case, body) = self.open_case(case, throwable, expected);
                    if case.guard.is_none() {
                        case.pattern = self.caught(case.pattern);
                    }
                    branches.push(body);
                    cases.push(case);
                }
            }
            Some(ast::Handler::Expr(handler)) => {
                let (case, body) = self.handler_case(handler, throwable, expected);
                branches.push(body);
                cases.push(case);
            }
            None => {}
        }
        let ty = self.join_branches(&mut branches, expected);
        let mut branches = branches.into_iter();
        let body = branches.next().expect("the body comes first");
        let cases = cases.into_iter().zip(branches).map(|(mut case, body)| {
            case.body = body;
            case
        });
        let cases: Vec<crate::typed::Case> = cases.collect();
        let finalizer = finalizer.map(|finalizer| Box::new(self.expr(finalizer, Some(roots.unit))));
        typed(ExprKind::Try(Box::new(body), cases, finalizer), ty, span)
    }

    /// `catch h`: the function is made when something is thrown; what a partial one does not take
    /// is thrown on.
    fn handler_case(
        &mut self,
        handler: &'a ast::Expr,
        throwable: TyId,
        expected: Expected,
    ) -> (crate::typed::Case, Expr) {
        let span = handler.span;
        let thrown = self.new_local(fscc_base::Name::new("thrown$"), throwable, span);
        let pattern = self.bound(thrown, throwable, span);
        let mut function = self.infer(handler, None);
        function.ty = self.solve_head(function.ty);
        let is_partial = self.has_member(function.ty, "isDefinedAt");
        let mut stmts = Vec::new();
        let function = self.stable(function, "handler$", &mut stmts);
        let again = self.again(&function);
        let argument =
            |this: &mut Self| vec![super::args::ArgValue::Typed(Some(this.local(thrown, span)))];
        let args = argument(self);
        let mut body = self.call_member(again, "apply", args, span, expected);
        if is_partial {
            let args = argument(self);
            let boolean = self.types.roots().boolean;
            let test = self.call_member(function, "isDefinedAt", args, span, Some(boolean));
            let value = self.local(thrown, span);
            let on = typed(ExprKind::Throw(Box::new(value)), self.types.roots().nothing, span);
            let ty = body.ty;
            body = typed(ExprKind::If(Box::new(test), Box::new(body), Box::new(on)), ty, span);
        }
        let body = self.with_stmts(stmts, body);
        let empty = self.error_expr(span);
        (crate::typed::Case { pattern, guard: None, body: empty, span }, body)
    }

    fn interpolation(
        &mut self,
        prefix: ast::Ident,
        parts: &'a [Box<str>],
        args: &'a [ast::Expr],
        span: Span,
        expected: Expected,
    ) -> Expr {
        if !matches!(prefix.as_str(), "s" | "raw") {
            return self.custom_interpolation(prefix, parts, args, span, expected);
        }
        let mut pieces = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            if !part.is_empty() {
                pieces.push(self.text(part, span));
            }
            if let Some(arg) = args.get(number) {
                let mut piece = self.infer(arg, None);
                piece.ty = self.solve_all(piece.ty);
                pieces.push(piece);
            }
        }
        if pieces.is_empty() {
            return self.text("", span);
        }
        typed(ExprKind::Concat(pieces), self.types.roots().string, span)
    }

    /// `name"…"`: a call of the method `name` of `StringContext(parts)`.
    fn custom_interpolation(
        &mut self,
        prefix: ast::Ident,
        parts: &'a [Box<str>],
        args: &'a [ast::Expr],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let context = self.known.class("scala.StringContext");
        let Some(class) = context else {
            return self.outside_expr(
                codes::INTERPOLATOR,
                prefix.span,
                &format!("the interpolator `{}` is outside the subset", prefix.name),
                "use `s\"…\"` and format the values with methods",
            );
        };
        let texts: Vec<Expr> = parts.iter().map(|part| self.text(part, span)).collect();
        let string = self.types.roots().string;
        let seq = self.seq_type(string);
        let texts = typed(ExprKind::Sequence(texts, string), seq, span);
        self.complete_members(class);
        let Some(constructor) = self.symbols.classes[class].constructor else {
            return self.error_expr(span);
        };
        self.complete_params(constructor);
        let ty = self.types.class(class, &[]);
        let kind = ExprKind::New {
            class,
            constructor,
            type_args: Vec::new(),
            outer: None,
            args: vec![texts],
        };
        let receiver = typed(kind, ty, span);
        let callee = self.select(receiver, prefix.name, prefix.span);
        let list = if prefix.as_str() == "f" {
            super::args::ArgList::of_values(self.formatted(parts, args, prefix.span), span)
        } else {
            super::args::ArgList::of_exprs(args, span)
        };
        self.apply_callee(callee, vec![super::apply::Item::Args(list)], span, expected)
    }

    /// A call of a method without type parameters on a receiver.
    pub fn call(
        &mut self,
        method: MethodId,
        receiver: Option<Expr>,
        args: Vec<Expr>,
        ty: TyId,
        span: Span,
    ) -> Expr {
        let dispatch = self.dispatch_of(method);
        let receiver = receiver.map(Box::new);
        typed(ExprKind::Call { method, dispatch, receiver, type_args: Vec::new(), args }, ty, span)
    }

    /// How a call of this method finds its body.
    pub fn dispatch_of(&self, method: MethodId) -> Dispatch {
        let info = &self.symbols.methods[method];
        let is_static = match info.owner {
            crate::symbols::Owner::Class(_) => info.is_final,
            crate::symbols::Owner::Package | crate::symbols::Owner::Method(_) => true,
        };
        if is_static { Dispatch::Static } else { Dispatch::Virtual }
    }
}
