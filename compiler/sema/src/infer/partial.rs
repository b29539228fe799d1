//! A method whose lists are not all written: a function over the remaining ones.

use crate::checker::Checker;
use crate::infer::apply::{Application, Remaining};
use crate::infer::callee::Callee;
use crate::infer::expr::{Expected, typed};
use crate::symbols::{LocalId, Passing};
use crate::typed::{Expr, ExprKind, Stmt};
use crate::types::TyId;
use fscc_base::{Diagnostic, Name, Span, codes};

impl<'a> Checker<'a> {
    /// A method whose remaining lists are not written: a function over them.
    pub(super) fn partial(
        &mut self,
        mut application: Application,
        remaining: Remaining,
        result: TyId,
        expected: Expected,
    ) -> Callee {
        let method = application.method;
        let span = application.span;
        let lists = self.symbols.methods[method].lists.clone();
        let name = self.symbols.methods[method].name;
        let rest: Vec<crate::symbols::ParamList> =
            lists[remaining.list..].iter().copied().take_while(|list| !list.is_using).collect();
        if rest.first().is_some_and(|list| list.len == 0) {
            let wants_function = expected.is_some_and(|expected| {
                let expected = self.resolve(expected);
                self.types.class_of(expected).is_some_and(|class| {
                    self.known.function_arity(class) == Some(0) || self.sam_of(expected).is_some()
                })
            });
            if !wants_function {
                self.report(
                    Diagnostic::error(
                        codes::MISSING_PARENS,
                        remaining.name_span,
                        format!("`{name}` must be called with `()`"),
                    )
                    .help(format!("write `{name}()`")),
                );
                return Callee::Error(span);
            }
        }
        // A function for its own sake is no use, but harmless; one that would do something is a
        // call that was forgotten.
        let unit = self.types.roots().unit;
        let does = self.symbols.methods[method].result == unit;
        if expected == Some(unit) && does && !self.env.is_library {
            self.report(
                Diagnostic::error(
                    codes::ARGUMENTS,
                    remaining.name_span,
                    format!("`{name}` is not called: its arguments are missing"),
                )
                .help("write the arguments"),
            );
            return Callee::Error(span);
        }
        let by_name = self.symbols.methods[method].params[remaining.at..]
            .iter()
            .any(|param| self.symbols.locals[*param].passing == Passing::ByName);
        if by_name
            && expected.is_some()
            && !self.env.is_library
            && !self.methods[method].flags.contains(fscc_syntax::ast::Flags::INLINE)
        {
            self.report(
                Diagnostic::error(
                    codes::TYPE_MISMATCH,
                    remaining.name_span,
                    format!("`{name}` has a by-name parameter and is no function of values"),
                )
                .help("write a lambda: `x => f(x)`"),
            );
            return Callee::Error(span);
        }
        // What was evaluated so far is evaluated once, when the function is made.
        let mut stmts = Vec::new();
        if let Some(receiver) = application.receiver.take() {
            application.receiver = Some(self.stable(receiver, "receiver$", &mut stmts));
        }
        for arg in std::mem::take(&mut application.args) {
            let arg = self.stable(arg, "arg$", &mut stmts);
            application.args.push(arg);
        }
        let shape = self.expected_function(expected, rest[0].len as usize);
        let mut at = remaining.at;
        let frame = self.new_frame();
        let mut levels = Vec::new();
        let outer_frame = self.env.frame;
        self.env.frame = frame;
        for (level, list) in rest.iter().enumerate() {
            let params: Vec<LocalId> =
                self.symbols.methods[method].params[at..at + list.len as usize].to_vec();
            at += list.len as usize;
            let mut locals = Vec::new();
            for (number, param) in params.iter().enumerate() {
                let declared = self.symbols.locals[*param].ty;
                let ty = self.instantiated(&application, declared);
                let passing = self.symbols.locals[*param].passing;
                let outside = match passing {
                    Passing::ByName => self.argument_type(*param, ty),
                    _ => ty,
                };
                if level == 0
                    && let Some(given) = self.shape_param(shape.as_ref(), number, params.len())
                {
                    self.conforms(given, outside);
                }
                let outside = self.resolve(outside);
                let outside = if self.types.has_vars(outside) && level == 0 {
                    self.solve_all(outside)
                } else {
                    outside
                };
                let name = self.symbols.locals[*param].name;
                let local = self.new_local(name, outside, span);
                locals.push(local);
                let value = typed(ExprKind::Local(local), outside, span);
                let value = if passing == Passing::ByName {
                    self.symbols.locals[local].is_captured = true;
                    self.wrap_by_name(value, outside)
                } else {
                    value
                };
                application.args.push(value);
            }
            levels.push(locals);
        }
        for list in &lists[remaining.list + rest.len()..] {
            let params: Vec<LocalId> =
                self.symbols.methods[method].params[at..at + list.len as usize].to_vec();
            at += list.len as usize;
            self.implicit_list(&mut application, &params, name);
        }
        if let Some(result_hint) = shape.as_ref().and_then(|shape| shape.result)
            && levels.len() == 1
        {
            self.conforms(result, result_hint);
        }
        for value in stmts.iter() {
            if let Stmt::Let(local, _) = value {
                self.symbols.locals[*local].is_captured = true;
            }
        }
        self.capture_simple(&application);
        let mut body =
            self.finish_application(application, remaining.creates, remaining.dispatch, result);
        if levels.len() == 1
            && let Some(result_hint) = shape.as_ref().and_then(|shape| shape.result)
        {
            body = self.adapt(body, Some(result_hint));
        }
        self.env.frame = outer_frame;
        let depth = levels.len();
        let tupled = shape.as_ref().is_some_and(|s| s.params.len() == 1 && rest[0].len > 1);
        if let (1, true, Some(shape)) = (depth, tupled, shape) {
            let params = levels.pop().expect("one level");
            let value = self.tupled_function(params, body, shape, span);
            return Callee::Value(self.with_stmts(stmts, value));
        }
        for (level, params) in levels.into_iter().enumerate().rev() {
            if level + 1 < depth {
                // Parameters of the outer functions are used by the inner ones.
                for param in &params {
                    self.symbols.locals[*param].is_captured = true;
                }
            }
            let target = if level == 0 { expected } else { None };
            body = self.function_value(params, body, target, span);
        }
        Callee::Value(self.with_stmts(stmts, body))
    }

    /// The expected type of a parameter; a function of a tuple gives its elements.
    fn shape_param(
        &mut self,
        shape: Option<&super::lambda::Shape>,
        number: usize,
        count: usize,
    ) -> Option<TyId> {
        let params = &shape?.params;
        if let ([tuple], true) = (&params[..], count > 1) {
            let class = self.known.tuple(count)?;
            let tuple = self.base(*tuple, class)?;
            return self.types.as_class(tuple)?.1.get(number).copied();
        }
        params.get(number).copied()
    }

    /// A function of one tuple that passes its elements on.
    pub(super) fn tupled_function(
        &mut self,
        params: Vec<LocalId>,
        body: Expr,
        shape: super::lambda::Shape,
        span: Span,
    ) -> Expr {
        let types: Vec<TyId> = params.iter().map(|param| self.symbols.locals[*param].ty).collect();
        let tuple = self.tuple_type(&types, span);
        let whole = self.new_local(Name::new("tuple$"), tuple, span);
        if let Some(first) = params.first() {
            self.locals[whole].frame = self.locals[*first].frame;
        }
        let mut stmts = Vec::new();
        for (number, param) in params.into_iter().enumerate() {
            let value = typed(ExprKind::Local(whole), tuple, span);
            stmts.push(Stmt::Let(param, self.tuple_part(value, number, span)));
        }
        let body = self.with_stmts(stmts, body);
        self.finish_function(vec![whole], body, None, Some(shape), span)
    }

    /// Locals that a function made of a method takes with it.
    fn capture_simple(&mut self, application: &Application) {
        let values = application.receiver.iter().chain(&application.args);
        let locals: Vec<LocalId> = values
            .filter_map(|value| match value.kind {
                ExprKind::Local(local) if self.locals[local].frame != self.env.frame => Some(local),
                _ => None,
            })
            .collect();
        for local in locals {
            self.symbols.locals[local].is_captured = true;
        }
    }
}
