//! Expressions: nodes, placeholders, cover forms.

use super::{Builder, Chain, NewHead, Placeholder};
use crate::ast::*;
use crate::token::Token;
use crate::{operators, reject};
use fscc_base::{Applicability, Diagnostic, Fix, Name, Span, codes};

impl Builder<'_> {
    fn expr(&self, lo: u32, kind: ExprKind, hi: u32) -> Expr {
        Expr { kind, span: self.span(lo, hi) }
    }

    // ---- placeholders

    /// `_`: a parameter of the nearest enclosing expression that is more than this.
    pub fn placeholder(&mut self, token: Token) -> Expr {
        let span = self.token_span(token);
        let name = self.fresh("_", span);
        self.placeholders.push(Placeholder { name, ty: None });
        Expr { kind: ExprKind::Ident(name), span }
    }

    /// Whether `expr` is nothing but the last placeholder.
    pub(super) fn is_placeholder(&self, expr: &Expr) -> bool {
        matches!((&expr.kind, self.placeholders.last()),
            (ExprKind::Ident(name), Some(last)) if name.name == last.name.name)
    }

    /// An expression ends: the placeholders inside it become its parameters, unless it is itself
    /// only a placeholder (with or without a type).
    pub fn close(&mut self, expr: Expr) -> Expr {
        if self.placeholders.is_empty() || self.is_placeholder(&expr) {
            return expr;
        }
        let span = expr.span;
        let inside = |placeholder: &Placeholder| placeholder.name.span.lo >= span.lo;
        let outside = self.placeholders.iter().rev().take_while(|p| inside(p)).count();
        let first = self.placeholders.len() - outside;
        if outside == 0 {
            return expr;
        }
        let expr = match expr.kind {
            ExprKind::Ascription { expr: inner, ty } if self.is_placeholder(&inner) => {
                if let Some(last) = self.placeholders.last_mut() {
                    last.ty = Some(ty);
                }
                return *inner;
            }
            kind => Expr { kind, span },
        };
        let placeholders: Vec<_> = self.placeholders.drain(first..).collect();
        let params = placeholders.into_iter().map(|placeholder| {
            let ty = placeholder.ty;
            Param { ty: ty.map(Box::new), ..lambda_param(placeholder.name) }
        });
        let params = params.collect();
        let kind = ExprKind::Lambda { params, body: Box::new(expr), context: false };
        Expr { kind, span }
    }

    // ---- operators

    /// Groups a chain of operators.
    pub fn resolve_expr(&mut self, chain: Chain<Expr>) -> Expr {
        let combine = |lhs: Expr, op, type_args, rhs: Expr| {
            let span = lhs.span.to(rhs.span);
            let (lhs, rhs) = (Box::new(lhs), Box::new(rhs));
            Expr { kind: ExprKind::Infix { lhs, op, type_args, rhs }, span }
        };
        let diagnostics = &mut self.diagnostics;
        operators::resolve(chain, combine, |a, b| diagnostics.push(super::mixed(a, b)))
    }

    /// `a op`.
    pub fn postfix(&mut self, chain: Chain<Expr>, op: Ident) -> Expr {
        let word = op.quoted || op.as_str().starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let base = self.resolve_expr(chain);
        if word && !self.postfix_operators {
            let is_operand = !matches!(base.kind, ExprKind::Infix { .. } | ExprKind::Prefix { .. });
            let mut refused = reject::postfix(op.span, op.as_str());
            if is_operand {
                let gap = self.span(base.span.hi, op.span.lo);
                let title = format!("write `.{}`", op.as_str());
                refused = refused.fix(Fix::replace(Applicability::Safe, title, gap, "."));
            }
            self.report(refused);
        } else if !word {
            let message = format!("operator `{}` has no right operand", op.as_str());
            self.report(
                Diagnostic::error(codes::SYNTAX, op.span, message)
                    .help("write an expression after it"),
            );
        }
        let span = base.span.to(op.span);
        Expr { kind: ExprKind::Select { base: Box::new(base), name: op }, span }
    }

    /// `f _`.
    pub fn eta(&mut self, method: Expr, token: Token) -> Expr {
        let span = method.span.to(self.token_span(token));
        Expr { kind: ExprKind::Eta(Box::new(method)), span }
    }

    /// `_` as the first value of a variable: `scala.compiletime.uninitialized`.
    pub(super) fn uninitialized(&self, span: Span) -> Expr {
        let ident = |name| Ident::new(Name::new(name), span);
        let mut path = Expr { kind: ExprKind::Ident(ident("_root_")), span };
        for name in ["scala", "compiletime", "uninitialized"] {
            let name = ident(name);
            path = Expr { kind: ExprKind::Select { base: Box::new(path), name }, span };
        }
        path
    }

    /// `-x`; a minus directly before a number belongs to the number, also in `-2.abs`.
    pub fn prefix(&mut self, op: Token, operand: Expr) -> Expr {
        let span = self.span(op.lo, operand.span.hi);
        let mut operand = operand;
        if self.text(op) == "-" && self.fold_minus(op, &mut operand) {
            return operand;
        }
        let name = self.ident(op);
        if !matches!(name.as_str(), "+" | "-" | "!" | "~") {
            let message = format!("`{}` cannot stand before an operand", name.as_str());
            self.report(
                Diagnostic::error(codes::SYNTAX, name.span, message)
                    .help("prefix operators are `+`, `-`, `!` and `~`"),
            );
        }
        Expr { kind: ExprKind::Prefix { op: name, operand: Box::new(operand) }, span }
    }

    /// Negates the number at the left end of `expr`, if the sign stands before it: blanks between
    /// them mean nothing to Scala.
    fn fold_minus(&mut self, op: Token, expr: &mut Expr) -> bool {
        if !self.starts_with_digit(expr.span.lo) {
            return false;
        }
        let mut here = expr;
        loop {
            // The span of every node on the left edge grows by the sign.
            let inner = here.span;
            here.span.lo = op.lo;
            here = match &mut here.kind {
                ExprKind::Select { base, .. } => base,
                ExprKind::Apply { function, .. } | ExprKind::TypeApply { function, .. } => function,
                ExprKind::Match { scrutinee, .. } => scrutinee,
                ExprKind::Literal(literal) => {
                    if let Some(negative) = self.negative(literal, inner) {
                        *literal = negative;
                    }
                    return true;
                }
                _ => return true,
            };
        }
    }

    fn starts_with_digit(&self, at: u32) -> bool {
        let byte = self.source.as_bytes().get(at as usize);
        byte.is_some_and(|b| b.is_ascii_digit() || *b == b'.')
    }

    // ---- simple expressions

    /// A literal.
    pub fn literal_expr(&mut self, (literal, token): (Literal, Token)) -> Expr {
        self.expr(token.lo, ExprKind::Literal(literal), token.hi)
    }

    /// An identifier.
    pub fn ident_expr(&mut self, name: Ident) -> Expr {
        Expr { kind: ExprKind::Ident(name), span: name.span }
    }

    /// `this`.
    pub fn this(&mut self, token: Token) -> Expr {
        self.expr(token.lo, ExprKind::This(None), token.hi)
    }

    /// `C.this`.
    pub fn qualified_this(&mut self, lo: u32, class: Expr, _this: Token, hi: u32) -> Expr {
        match self.class_name(&class) {
            Some(name) => self.expr(lo, ExprKind::This(Some(name)), hi),
            None => self.expr(lo, ExprKind::Error, hi),
        }
    }

    /// The name before `.this` or `.super`.
    fn class_name(&mut self, class: &Expr) -> Option<Ident> {
        if let ExprKind::Ident(name) = class.kind {
            return Some(name);
        }
        self.error(class.span, "only the name of a class can stand before `.this` and `.super`");
        None
    }

    /// `super`, `C.super`, `super[T]`.
    pub fn super_(&mut self, lo: u32, class: Option<Expr>, parent: Option<Ident>, hi: u32) -> Expr {
        let class = class.and_then(|class| self.class_name(&class));
        self.expr(lo, ExprKind::Super { class, parent }, hi)
    }

    /// `e.x`.
    pub fn select(&mut self, lo: u32, base: Expr, name: Ident, hi: u32) -> Expr {
        self.expr(lo, ExprKind::Select { base: Box::new(base), name }, hi)
    }

    /// `f[T]`.
    pub fn type_apply(&mut self, lo: u32, function: Expr, args: Vec<Type>, hi: u32) -> Expr {
        self.expr(lo, ExprKind::TypeApply { function: Box::new(function), args }, hi)
    }

    /// `f(a)`.
    pub fn apply(&mut self, lo: u32, function: Expr, args: Args, hi: u32) -> Expr {
        self.expr(lo, ExprKind::Apply { function: Box::new(function), args }, hi)
    }

    /// `f { … }`.
    pub fn apply_block(&mut self, lo: u32, function: Expr, block: Expr, hi: u32) -> Expr {
        let span = block.span;
        let args = vec![Arg { name: None, value: block, splice: false }];
        self.apply(lo, function, Args { using: false, args, span }, hi)
    }

    /// `(e)`, `(a, b)`, `()`.
    pub fn parens(&mut self, lo: u32, mut args: Vec<Arg>, hi: u32) -> Expr {
        let span = self.span(lo, hi);
        if let Some(splice) = args.iter().find(|arg| arg.splice) {
            let span = splice.value.span;
            self.error(span, "a sequence can be spliced with `*` only into an argument list");
        }
        if args.is_empty() {
            return Expr { kind: ExprKind::Literal(Literal::Unit), span };
        }
        if args.len() == 1 && args[0].name.is_none() {
            let value = args.remove(0).value;
            // After an infix operator `((a, b))` is one argument, `(a, b)` are two.
            if let ExprKind::Tuple(_) = value.kind {
                let kind = ExprKind::Block { stats: Vec::new(), result: Some(Box::new(value)) };
                return Expr { kind, span };
            }
            return Expr { span, ..value };
        }
        Expr { kind: ExprKind::Tuple(args), span }
    }

    /// `(a, b)` after a function.
    pub fn args(&mut self, lo: u32, using: bool, args: Vec<Arg>, hi: u32) -> Args {
        Args { using, args, span: self.span(lo, hi) }
    }

    /// An argument; `x = e` names it. In `x = _` the placeholder belongs to the assignment, which
    /// makes it a lambda, as in real Scala.
    pub fn arg(&mut self, expr: Expr) -> Arg {
        let expr = self.close(expr);
        if let ExprKind::Assign { target, value } = expr.kind {
            if let ExprKind::Ident(name) = target.kind {
                return Arg { name: Some(name), value: *value, splice: false };
            }
            let kind = ExprKind::Assign { target, value };
            let value = Expr { kind, span: expr.span };
            return Arg { name: None, value, splice: false };
        }
        Arg { name: None, value: expr, splice: false }
    }

    /// `xs*`.
    pub fn splice(&mut self, expr: Expr) -> Arg {
        Arg { name: None, value: self.close(expr), splice: true }
    }

    /// `s"a${b}c"`.
    pub fn interpolation(
        &mut self,
        lo: u32,
        first: Token,
        rest: Vec<(Expr, Token)>,
        hi: u32,
    ) -> Expr {
        let (prefix, parts, args) = self.interpolation_parts(lo, first, rest);
        self.expr(lo, ExprKind::Interpolation { prefix, parts, args }, hi)
    }

    /// Prefix, literal parts, and what stands between them.
    pub(super) fn interpolation_parts<T>(
        &mut self,
        lo: u32,
        first: Token,
        rest: Vec<(T, Token)>,
    ) -> (Ident, Vec<Box<str>>, Vec<T>) {
        let opening = &self.source[lo as usize..first.lo as usize];
        let text = opening.trim_end_matches('"');
        let span = self.span(lo, lo + text.len() as u32);
        let prefix = Ident::new(self.intern(text), span);
        let escapes = matches!(text, "s" | "f");
        let mut parts = vec![self.string_part(first, escapes)];
        let mut args = Vec::with_capacity(rest.len());
        for (arg, part) in rest {
            args.push(arg);
            parts.push(self.string_part(part, escapes));
        }
        (prefix, parts, args)
    }

    // ---- new

    /// `new C`.
    pub fn new_head(&mut self, lo: u32, ty: Type) -> NewHead {
        let parent = Parent { span: ty.span, ty, args: Vec::new() };
        NewHead { parents: vec![parent], lo }
    }

    /// `new C[T].m`.
    pub fn new_select(&mut self, lo: u32, ty: Type, name: Ident, hi: u32) -> Expr {
        let head = self.new_head(lo, ty);
        let object = self.new_object(head);
        self.select(lo, object, name, hi)
    }

    /// `new C with T`.
    pub fn new_with(&mut self, mut head: NewHead, ty: Type) -> NewHead {
        head.parents.push(Parent { span: ty.span, ty, args: Vec::new() });
        head
    }

    /// `new C(args)`.
    pub fn new_args(&mut self, mut head: NewHead, args: Args, hi: u32) -> NewHead {
        if let Some(parent) = head.parents.last_mut() {
            parent.span.hi = hi;
            parent.args.push(args);
        }
        head
    }

    /// `new` without a body.
    pub fn new_object(&mut self, head: NewHead) -> Expr {
        let hi = head.parents.last().map_or(head.lo, |parent| parent.span.hi);
        let span = self.span(head.lo, hi);
        let template = Template {
            parents: head.parents,
            derives: Vec::new(),
            self_type: None,
            body: None,
            span,
        };
        Expr { kind: ExprKind::New(Box::new(template)), span }
    }

    /// `new C { … }`.
    pub fn new_body(
        &mut self,
        lo: u32,
        head: Option<NewHead>,
        mut template: Template,
        hi: u32,
    ) -> Expr {
        template.parents = head.map(|head| head.parents).unwrap_or_default();
        template.span = self.span(lo, hi);
        Expr { kind: ExprKind::New(Box::new(template)), span: self.span(lo, hi) }
    }

    // ---- control

    /// `if`.
    pub fn if_(
        &mut self,
        lo: u32,
        condition: Expr,
        then_branch: Expr,
        else_branch: Option<Expr>,
        hi: u32,
    ) -> Expr {
        let kind = ExprKind::If {
            condition: Box::new(condition),
            then_branch: Box::new(then_branch),
            else_branch: else_branch.map(Box::new),
            inline: false,
        };
        self.expr(lo, kind, hi)
    }

    /// `inline if`.
    pub fn inline_if(
        &mut self,
        lo: u32,
        condition: Expr,
        then_branch: Expr,
        else_branch: Option<Expr>,
        hi: u32,
    ) -> Expr {
        let mut expr = self.if_(lo, condition, then_branch, else_branch, hi);
        if let ExprKind::If { inline, .. } = &mut expr.kind {
            *inline = true;
        }
        expr
    }

    /// `e match { … }`.
    pub fn match_(&mut self, lo: u32, scrutinee: Expr, cases: Vec<Case>, hi: u32) -> Expr {
        let kind = ExprKind::Match { scrutinee: Box::new(scrutinee), cases, inline: false };
        self.expr(lo, kind, hi)
    }

    /// `inline e match { … }`.
    pub fn inline_match(&mut self, lo: u32, scrutinee: Expr, cases: Vec<Case>, hi: u32) -> Expr {
        let kind = ExprKind::Match { scrutinee: Box::new(scrutinee), cases, inline: true };
        self.expr(lo, kind, hi)
    }

    /// A case.
    pub fn case(
        &mut self,
        lo: u32,
        pattern: Pattern,
        guard: Option<Expr>,
        body: Expr,
        hi: u32,
    ) -> Case {
        let (guard, body) = (guard.map(Box::new), Box::new(body));
        Case { pattern, guard, body, span: self.span(lo, hi) }
    }

    /// A case that could not be parsed.
    pub fn error_case(&mut self, lo: u32, hi: u32) -> Case {
        let span = self.span(lo, hi);
        let pattern = Pattern { kind: PatternKind::Error, span };
        let body = Box::new(Expr { kind: ExprKind::Error, span });
        Case { pattern, guard: None, body, span }
    }

    /// `while c do body`.
    pub fn while_(&mut self, lo: u32, condition: Expr, body: Expr, hi: u32) -> Expr {
        let kind = ExprKind::While { condition: Box::new(condition), body: Box::new(body) };
        self.expr(lo, kind, hi)
    }

    /// `do body while c`: refused, and read as the loop that replaces it.
    pub fn do_while(&mut self, lo: u32, body: Expr, condition: Expr, hi: u32) -> Expr {
        let refused = reject::do_while(self.span(lo, lo + 2));
        let between = self.source.get(body.span.hi as usize..condition.span.lo as usize);
        let at = between.and_then(|text| text.find("while"));
        self.report(match at.and_then(|at| u32::try_from(at).ok()) {
            Some(at) => {
                let at = body.span.hi + at;
                let title = "write `while { … } do ()`";
                let fix =
                    Fix::replace(Applicability::Safe, title, self.span(lo, lo + 2), "while {");
                refused.fix(fix.and(self.span(at, at + 5), ";").and(self.span(hi, hi), " } do ()"))
            }
            None => refused,
        });
        let span = body.span;
        let stats = vec![Stat { kind: StatKind::Expr(body), span }];
        let head = ExprKind::Block { stats, result: Some(Box::new(condition)) };
        let unit = ExprKind::Literal(Literal::Unit);
        let (head, unit) = (self.expr(lo, head, hi), self.expr(hi, unit, hi));
        self.while_(lo, head, unit, hi)
    }

    /// `for`.
    pub fn for_(
        &mut self,
        lo: u32,
        enumerators: Vec<Enumerator>,
        body: Expr,
        yields: bool,
        hi: u32,
    ) -> Expr {
        if let Some(first) = enumerators.first()
            && !matches!(first.kind, EnumeratorKind::Generator { .. })
        {
            let message = "a `for` starts with a generator: `x <- xs`";
            self.report(Diagnostic::error(codes::FOR_HEAD, first.span, message));
        }
        let in_braces = body.span.hi < hi;
        let kind = ExprKind::For { enumerators, body: Box::new(body), yields, in_braces };
        self.expr(lo, kind, hi)
    }

    /// `p <- e`.
    pub fn generator(
        &mut self,
        lo: u32,
        pattern: Pattern,
        source: Expr,
        filter: bool,
        hi: u32,
    ) -> Enumerator {
        let kind = EnumeratorKind::Generator { pattern, source: Box::new(source), filter };
        Enumerator { kind, span: self.span(lo, hi) }
    }

    /// `p = e` in a `for`.
    pub fn alias(&mut self, lo: u32, pattern: Pattern, value: Expr, hi: u32) -> Enumerator {
        let kind = EnumeratorKind::Alias { pattern, value: Box::new(value) };
        Enumerator { kind, span: self.span(lo, hi) }
    }

    /// An enumerator that could not be parsed.
    pub fn error_enumerator(&mut self, lo: u32, hi: u32) -> Enumerator {
        let span = self.span(lo, hi);
        let pattern = Pattern { kind: PatternKind::Error, span };
        self.generator(lo, pattern, Expr { kind: ExprKind::Error, span }, false, hi)
    }

    /// `try`.
    pub fn try_(
        &mut self,
        lo: u32,
        body: Expr,
        handler: Option<Handler>,
        finalizer: Option<Expr>,
        hi: u32,
    ) -> Expr {
        let finalizer = finalizer.map(Box::new);
        self.expr(lo, ExprKind::Try { body: Box::new(body), handler, finalizer }, hi)
    }

    /// What follows `catch`.
    pub fn handler(&mut self, expr: Expr) -> Handler {
        match expr.kind {
            ExprKind::PartialFunction(cases) => Handler::Cases(cases),
            ExprKind::Block { stats, result: None } if stats.is_empty() => {
                self.error(expr.span, "`catch` needs cases: `case e: Exception => …`");
                Handler::Cases(Vec::new())
            }
            kind => Handler::Expr(Box::new(Expr { kind, span: expr.span })),
        }
    }

    /// `throw e`.
    pub fn throw(&mut self, lo: u32, expr: Expr, hi: u32) -> Expr {
        self.expr(lo, ExprKind::Throw(Box::new(expr)), hi)
    }

    /// `return e`.
    pub fn return_(&mut self, lo: u32, expr: Option<Expr>, hi: u32) -> Expr {
        self.expr(lo, ExprKind::Return(expr.map(Box::new)), hi)
    }

    /// `a = b`.
    pub fn assign(&mut self, lo: u32, target: Expr, value: Expr, hi: u32) -> Expr {
        let fits = matches!(
            target.kind,
            ExprKind::Ident(_) | ExprKind::Select { .. } | ExprKind::Apply { .. } | ExprKind::Error
        );
        if !fits {
            self.report(
                Diagnostic::error(codes::SYNTAX, target.span, "this cannot be assigned to")
                    .help("assign to a variable, a field or an element; `==` compares"),
            );
        }
        let kind = ExprKind::Assign { target: Box::new(target), value: Box::new(value) };
        self.expr(lo, kind, hi)
    }

    /// `e: T`.
    pub fn ascribe(&mut self, lo: u32, expr: Expr, ty: Type, hi: u32) -> Expr {
        self.expr(lo, ExprKind::Ascription { expr: Box::new(expr), ty }, hi)
    }

    /// `e: @a`.
    pub fn annotate(&mut self, lo: u32, expr: Expr, annotations: Vec<Annotation>, hi: u32) -> Expr {
        self.expr(lo, ExprKind::Annotated { expr: Box::new(expr), annotations }, hi)
    }

    // ---- lambdas and blocks

    /// `(x: A) => body`.
    pub fn lambda(
        &mut self,
        lo: u32,
        params: Vec<Param>,
        context: bool,
        body: Expr,
        hi: u32,
    ) -> Expr {
        self.expr(lo, ExprKind::Lambda { params, body: Box::new(body), context }, hi)
    }

    /// `[T] => (x: T) => body`.
    pub fn poly_lambda(
        &mut self,
        lo: u32,
        type_params: Vec<TypeParam>,
        body: Expr,
        hi: u32,
    ) -> Expr {
        self.expr(lo, ExprKind::PolyLambda { type_params, body: Box::new(body) }, hi)
    }

    /// `{ x: T => body }`: refused, and read as if it had parentheses.
    pub fn bare_typed_lambda(
        &mut self,
        lo: u32,
        param: Expr,
        ty: Type,
        context: bool,
        body: Expr,
        hi: u32,
    ) -> Expr {
        let span = param.span.to(ty.span);
        let ExprKind::Ident(name) = param.kind else {
            self.error(span, "only a name can stand before the type of a lambda's parameter");
            return self.expr(lo, ExprKind::Error, hi);
        };
        self.placeholders.retain(|placeholder| placeholder.name.name != name.name);
        self.report(reject::bare_typed_lambda(span));
        let param = Param { ty: Some(Box::new(ty)), span, ..lambda_param(name) };
        self.lambda(lo, vec![param], context, body, hi)
    }

    /// The content of a block: the last statement is its result, if it is an expression.
    pub fn block(&mut self, lo: u32, mut stats: Vec<Stat>, lambda: Option<Expr>, hi: u32) -> Expr {
        let mut result = lambda;
        if result.is_none()
            && let Some(last) = stats.pop_if(|stat| matches!(stat.kind, StatKind::Expr(_)))
            && let StatKind::Expr(expr) = last.kind
        {
            result = Some(expr);
        }
        match result {
            Some(result) if stats.is_empty() => result,
            result => {
                let result = result.map(Box::new);
                self.expr(lo, ExprKind::Block { stats, result }, hi)
            }
        }
    }

    /// `{ block }`.
    pub fn block_expr(&mut self, lo: u32, block: Expr, hi: u32) -> Expr {
        match block.kind {
            ExprKind::Block { .. } => Expr { span: self.span(lo, hi), ..block },
            _ => block,
        }
    }

    /// `{ case … }`.
    pub fn partial_function(&mut self, lo: u32, cases: Vec<Case>, hi: u32) -> Expr {
        self.expr(lo, ExprKind::PartialFunction(cases), hi)
    }
}

fn lambda_param(name: Ident) -> Param {
    Param {
        modifiers: Modifiers::none(),
        field: ParamField::None,
        name,
        ty: None,
        by_name: false,
        vararg: false,
        default: None,
        span: name.span,
    }
}
