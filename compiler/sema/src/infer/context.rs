//! Context functions: `A ?=> B`. Where one is expected, any expression becomes its body; everywhere
//! else a value of such a type is applied to what is given.

use crate::checker::{Checker, Env};
use crate::infer::callee::Callee;
use crate::infer::expr::{Expected, typed};
use crate::infer::lambda::Shape;
use crate::symbols::LocalId;
use crate::typed::{Dispatch, Expr, ExprKind};
use crate::types::TyId;
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// The number of parameters, if this is a context function type.
    pub(super) fn context_arity(&mut self, ty: TyId) -> Option<usize> {
        let ty = self.resolve(ty);
        let class = self.types.class_of(ty)?;
        self.known.context_function_arity(class)
    }

    /// An expression where a context function is expected: its body, with the parameters given.
    pub(super) fn context_body(
        &mut self,
        body: &'a ast::Expr,
        arity: usize,
        expected: TyId,
    ) -> Expr {
        let span = body.span;
        let Some(shape) = self.expected_function(Some(expected), arity) else {
            return self.error_expr(span);
        };
        // What is not known yet of a parameter's type, the body may say.
        let types: Vec<TyId> = shape.params.clone().into_iter().map(|p| self.resolve(p)).collect();
        let outer = self.enter_function();
        let mut params = Vec::new();
        for (number, ty) in types.into_iter().enumerate() {
            let name = Name::new(&format!("context${}", number + 1));
            params.push(self.given_param(name, ty, span));
        }
        let body = self.expr(body, shape.result);
        for param in &params {
            let ty = self.symbols.locals[*param].ty;
            self.symbols.locals[*param].ty = self.solve_all(ty);
        }
        self.context_value(params, body, shape, outer, span)
    }

    /// `x ?=> body`.
    pub(super) fn context_lambda(
        &mut self,
        params: &'a [ast::Param],
        body: &'a ast::Expr,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let shape = match expected.and_then(|expected| self.context_arity(expected)) {
            Some(arity) if arity == params.len() => self.expected_function(expected, arity),
            _ => None,
        };
        let mut types = Vec::new();
        for (number, param) in params.iter().enumerate() {
            let hint = shape.as_ref().and_then(|shape| shape.params.get(number)).copied();
            types.push(self.lambda_param(param, hint));
        }
        let outer = self.enter_function();
        let mut locals = Vec::new();
        for (param, ty) in params.iter().zip(types) {
            let local = self.given_param(param.name.name, ty, param.name.span);
            locals.push(local);
        }
        let value = self.expr(body, shape.as_ref().and_then(|shape| shape.result));
        if let Some(shape) = shape {
            return self.context_value(locals, value, shape, outer, span);
        }
        let mut all: Vec<TyId> = locals.iter().map(|l| self.symbols.locals[*l].ty).collect();
        all.push(self.types.widen(self.resolve(value.ty)));
        let ty = self.context_function_type(&all, span);
        match self.expected_function(Some(ty), locals.len()) {
            Some(shape) => self.context_value(locals, value, shape, outer, span),
            None => {
                self.env = outer;
                self.error_expr(span)
            }
        }
    }

    fn given_param(&mut self, name: Name, ty: TyId, span: Span) -> LocalId {
        let local = self.new_local(name, ty, span);
        self.locals[local].is_given = true;
        let scope = self.env.scope;
        self.bind_term(scope, name, crate::checker::Term::Local(local));
        local
    }

    fn context_value(
        &mut self,
        params: Vec<LocalId>,
        body: Expr,
        shape: Shape,
        outer: Env,
        span: Span,
    ) -> Expr {
        self.env = outer;
        self.finish_function(params, body, None, Some(shape), span)
    }

    /// A context function type: parameters, then the result.
    pub fn context_function_type(&mut self, types: &[TyId], span: Span) -> TyId {
        match self.known.context_function(types.len() - 1) {
            Some(class) => self.types.class(class, types),
            None => self.outside_type(
                codes::ARITY_LIMIT,
                span,
                "a context function has at most 5 parameters here",
                "group the parameters in a case class",
            ),
        }
    }

    /// A context function applied to what is given; other values as they are.
    pub(super) fn with_context(&mut self, value: Expr) -> Expr {
        let mut value = value;
        while self.context_arity(value.ty).is_some() && !matches!(value.kind, ExprKind::Error) {
            value = self.apply_context(value);
        }
        value
    }

    fn apply_context(&mut self, value: Expr) -> Expr {
        let span = value.span;
        let ty = self.resolve(value.ty);
        let (class, args) = self.types.as_class(ty).expect("a context function is a class");
        let Some(method) = self.function_apply(class) else { return self.error_expr(span) };
        let (result, wanted) = args.split_last().expect("a function has a result");
        let (result, wanted) = (*result, wanted.to_vec());
        let params = self.symbols.methods[method].params.clone();
        let mut values = Vec::new();
        for (ty, param) in wanted.into_iter().zip(params) {
            match self.implicit_value(ty, span) {
                Some(value) => values.push(value),
                None => {
                    self.missing_implicit(ty, param, Name::new("apply"), span);
                    return self.error_expr(span);
                }
            }
        }
        let kind = ExprKind::Call {
            method,
            dispatch: Dispatch::Virtual,
            receiver: Some(Box::new(value)),
            type_args: Vec::new(),
            args: values,
        };
        self.demand(method);
        typed(kind, result, span)
    }

    /// `f _`: a method as a function, also one with an empty parameter list.
    pub(super) fn eta(&mut self, method: &'a ast::Expr, span: Span, expected: Expected) -> Expr {
        if !matches!(method.kind, ast::ExprKind::Ident(_) | ast::ExprKind::Select { .. }) {
            return self.infer(method, expected);
        }
        let callee = self.callee(method);
        let mut wanted = expected;
        if let Callee::Methods(methods) = &callee {
            let first = methods.candidates[0];
            self.complete_params(first);
            match self.symbols.methods[first].lists.iter().find(|list| !list.is_using) {
                Some(list) if list.len == 0 && methods.candidates.len() == 1 => {
                    let result = self.new_var(None);
                    wanted = Some(self.function_type(&[result], span));
                }
                Some(_) => {}
                None => {
                    let name = methods.name;
                    self.report(
                        Diagnostic::error(
                            codes::NOT_A_FUNCTION,
                            span,
                            format!("`{name}` takes no parameters: `_` makes no function of it"),
                        )
                        .help(format!("write `() => {name}`")),
                    );
                    return self.apply_callee(callee, Vec::new(), span, None);
                }
            }
        }
        let is_value = matches!(callee, Callee::Value(_));
        let mut value = self.apply_callee(callee, Vec::new(), span, wanted);
        value.ty = self.solve_all(value.ty);
        let class = self.types.class_of(self.resolve(value.ty));
        let is_function = class.is_some_and(|class| self.known.function_arity(class).is_some());
        if is_value && !is_function && !matches!(value.kind, ExprKind::Error) {
            let found = self.show(value.ty);
            self.fail(
                codes::NOT_A_FUNCTION,
                span,
                format!("only a method becomes a function by `_`, and this has type `{found}`"),
            );
        }
        value
    }
}
