//! Argument lists: matching arguments with parameters, named, default and repeated ones, and the
//! order in which they are evaluated.

use crate::checker::Checker;
use crate::infer::comprehension::Rest;
use crate::infer::expr::{Expected, typed};
use crate::infer::reuse::is_simple;
use crate::reason::Reason;
use crate::symbols::{LocalId, Passing};
use crate::typed::{Expr, ExprKind, Stmt};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

/// An argument list.
#[derive(Debug)]
pub(crate) struct ArgList<'a> {
    pub args: Vec<Arg<'a>>,
    pub using: bool,
    pub span: Span,
    /// For `a op (b, c)`: the tuple, if one argument is wanted.
    pub tuple: Option<&'a ast::Expr>,
}

/// An argument.
#[derive(Debug)]
pub(crate) struct Arg<'a> {
    pub name: Option<ast::Ident>,
    pub value: ArgValue<'a>,
    pub splice: bool,
    pub span: Span,
}

/// Where the value of an argument comes from.
#[derive(Debug)]
pub(crate) enum ArgValue<'a> {
    /// Source, not typed yet.
    Expr(&'a ast::Expr),
    /// Typed; empty once it is used.
    Typed(Option<Expr>),
    /// The function that a `for` passes on: pattern and what follows.
    Rest(Rest<'a>),
}

impl<'a> ArgList<'a> {
    /// As written.
    pub fn of_args(args: &'a ast::Args) -> Self {
        let list = args.args.iter().map(Arg::of).collect();
        Self { args: list, using: args.using, span: args.span, tuple: None }
    }
    /// Expressions.
    pub fn of_exprs(exprs: &'a [ast::Expr], span: Span) -> Self {
        Self::of_values(exprs.iter().map(ArgValue::Expr).collect(), span)
    }
    /// Values.
    pub fn of_values(values: Vec<ArgValue<'a>>, span: Span) -> Self {
        let args = values
            .into_iter()
            .map(|value| {
                let span = match &value {
                    ArgValue::Expr(expr) => expr.span,
                    ArgValue::Typed(Some(expr)) => expr.span,
                    ArgValue::Typed(None) | ArgValue::Rest(_) => span,
                };
                Arg { name: None, value, splice: false, span }
            })
            .collect();
        Self { args, using: false, span, tuple: None }
    }
}

impl<'a> Arg<'a> {
    fn of(arg: &'a ast::Arg) -> Self {
        Arg {
            name: arg.name,
            value: ArgValue::Expr(&arg.value),
            splice: arg.splice,
            span: arg.value.span,
        }
    }
    /// A lambda whose parameters have no types: it must wait for an expected type.
    pub fn waits(&self) -> bool {
        match &self.value {
            ArgValue::Expr(expr) => waits(expr),
            ArgValue::Rest(_) => true,
            ArgValue::Typed(_) => false,
        }
    }
    /// The number of parameters, if it is a lambda.
    pub fn lambda_arity(&self) -> Option<usize> {
        match &self.value {
            ArgValue::Expr(expr) => match &expr.kind {
                ast::ExprKind::Lambda { params, .. } => Some(params.len()),
                _ => None,
            },
            _ => None,
        }
    }
}

fn waits(expr: &ast::Expr) -> bool {
    match &expr.kind {
        ast::ExprKind::Lambda { params, .. } => params.iter().any(|param| param.ty.is_none()),
        ast::ExprKind::PartialFunction(_) => true,
        ast::ExprKind::Block { stats, result: Some(result) } if stats.is_empty() => waits(result),
        _ => false,
    }
}

/// Where the value of a parameter comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Slot {
    /// The arguments with these numbers (several for a repeated parameter).
    Args(Vec<usize>),
    Default,
    Missing,
}

impl<'a> Checker<'a> {
    /// Which arguments go to which parameters; an error says what does not fit.
    pub fn match_args(
        &mut self,
        params: &[LocalId],
        list: &ArgList<'a>,
    ) -> Result<Vec<Slot>, (Span, String)> {
        let mut slots = vec![Slot::Missing; params.len()];
        let mut next = 0;
        for (number, arg) in list.args.iter().enumerate() {
            if let Some(name) = arg.name {
                let place = params.iter().position(|p| self.symbols.locals[*p].name == name.name);
                let Some(place) = place else {
                    return Err((name.span, format!("there is no parameter `{}`", name.name)));
                };
                if slots[place] != Slot::Missing {
                    return Err((name.span, format!("`{}` is given twice", name.name)));
                }
                slots[place] = Slot::Args(vec![number]);
                if place == next {
                    next += 1;
                }
                continue;
            }
            let Some(param) = params.get(next) else {
                return Err((
                    arg.span,
                    format!(
                        "too many arguments: {} expected, {} found",
                        params.len(),
                        list.args.len()
                    ),
                ));
            };
            let repeated = self.symbols.locals[*param].passing == Passing::Repeated;
            match &mut slots[next] {
                Slot::Args(numbers) if repeated => numbers.push(number),
                Slot::Args(_) => {
                    return Err((arg.span, "a positional argument after a named one".to_string()));
                }
                slot => *slot = Slot::Args(vec![number]),
            }
            if !repeated {
                next += 1;
            }
        }
        for (slot, param) in slots.iter_mut().zip(params) {
            if *slot != Slot::Missing {
                continue;
            }
            let local = &self.symbols.locals[*param];
            if local.passing == Passing::Repeated {
                *slot = Slot::Args(Vec::new());
            } else if local.has_default {
                *slot = Slot::Default;
            } else {
                return Err((list.span, format!("the argument `{}` is missing", local.name)));
            }
        }
        Ok(slots)
    }

    /// The type that an argument must have for a parameter of this (instantiated) type.
    pub fn argument_type(&mut self, param: LocalId, ty: TyId) -> TyId {
        let passing = self.symbols.locals[param].passing;
        match passing {
            Passing::Value => ty,
            Passing::ByName | Passing::Repeated => match self.types.as_class(ty) {
                Some((_, args)) => args.first().copied().unwrap_or(ty),
                None => ty,
            },
        }
    }

    /// An argument with the expected type.
    pub fn arg_value(&mut self, value: ArgValue<'a>, expected: Expected, span: Span) -> Expr {
        match value {
            ArgValue::Expr(expr) => self.expr(expr, expected),
            ArgValue::Typed(Some(expr)) => self.adapt(expr, expected),
            ArgValue::Typed(None) => self.error_expr(span),
            ArgValue::Rest(rest) => {
                let function = self.rest_function(rest, expected);
                self.adapt(function, expected)
            }
        }
    }

    /// An argument for a by-name parameter: a function without parameters.
    pub fn by_name_argument(&mut self, value: ArgValue<'a>, ty: TyId, span: Span) -> Expr {
        let frame = self.new_frame();
        let saved = (self.env.frame, self.env.returns);
        self.env.frame = frame;
        self.env.returns = None;
        let body = self.arg_value(value, Some(ty), span);
        (self.env.frame, self.env.returns) = saved;
        self.wrap_by_name(body, ty)
    }

    /// A function without parameters around an expression that was typed inside its own frame.
    pub fn wrap_by_name(&mut self, body: Expr, ty: TyId) -> Expr {
        let span = body.span;
        let Some(class) = self.known.function(0) else { return body };
        let Some(method) = self.function_apply(class) else { return body };
        let function = self.types.class(class, &[ty]);
        let kind = ExprKind::Lambda {
            params: Vec::new(),
            body: Box::new(body),
            is_defined_at: None,
            method,
        };
        typed(kind, function, span)
    }

    /// The arguments of one list, typed against their parameters. `types` are the parameters'
    /// types with variables for what is not known. What must be evaluated before the call, so
    /// that the order stays that of the source, goes to `stmts`.
    pub fn type_list(
        &mut self,
        params: &[LocalId],
        types: &[TyId],
        mut list: ArgList<'a>,
        slots: &[Slot],
        stmts: &mut Vec<Stmt>,
    ) -> Vec<Option<Expr>> {
        let mut owner = vec![0; list.args.len()];
        for (place, slot) in slots.iter().enumerate() {
            if let Slot::Args(numbers) = slot {
                for number in numbers {
                    owner[*number] = place;
                }
            }
        }
        let mut values: Vec<Option<Expr>> = (0..list.args.len()).map(|_| None).collect();
        // Lambdas whose parameters have no types wait until the other arguments are known.
        for waiting in [false, true] {
            for number in 0..list.args.len() {
                if list.args[number].waits() != waiting {
                    continue;
                }
                let place = owner[number];
                let arg = &mut list.args[number];
                let value = std::mem::replace(&mut arg.value, ArgValue::Typed(None));
                let (span, splice) = (arg.span, arg.splice);
                values[number] =
                    Some(self.one_argument(value, params[place], types[place], splice, span));
            }
        }
        self.order_arguments(&owner, slots, &mut values, stmts);
        let mut result: Vec<Option<Expr>> = Vec::new();
        for (place, slot) in slots.iter().enumerate() {
            let Slot::Args(numbers) = slot else {
                result.push(None);
                continue;
            };
            if self.symbols.locals[params[place]].passing == Passing::Repeated {
                let parts: Vec<(Expr, bool)> = numbers
                    .iter()
                    .filter_map(|n| values[*n].take().map(|value| (value, list.args[*n].splice)))
                    .collect();
                result.push(Some(self.repeated(parts, types[place], list.span)));
            } else {
                result.push(numbers.first().and_then(|number| values[*number].take()));
            }
        }
        result
    }

    fn one_argument(
        &mut self,
        value: ArgValue<'a>,
        param: LocalId,
        ty: TyId,
        splice: bool,
        span: Span,
    ) -> Expr {
        let ty = self.resolve(ty);
        let wanted = self.argument_type(param, ty);
        match self.symbols.locals[param].passing {
            Passing::ByName => self.by_name_argument(value, wanted, span),
            Passing::Repeated if splice => self.spliced(value, ty, span),
            // Constants may still become what the other elements are: see `repeated`.
            Passing::Repeated => match value {
                ArgValue::Expr(expr) => self.infer(expr, Some(wanted)),
                ArgValue::Typed(Some(expr)) => expr,
                other => self.arg_value(other, Some(wanted), span),
            },
            Passing::Value => {
                if splice {
                    return self.fail(
                        codes::ARGUMENTS,
                        span,
                        "`*` passes a sequence, but this parameter takes one value",
                    );
                }
                // Of an unknown type only the bounds matter.
                let wanted = match self.types.get(wanted) {
                    Ty::Wildcard(lower, _) => lower,
                    _ => wanted,
                };
                self.because_of(Some(wanted), Reason::Parameter(param), |this| {
                    this.arg_value(value, Some(wanted), span)
                })
            }
        }
    }

    /// `xs*`: a sequence as it is.
    fn spliced(&mut self, value: ArgValue<'a>, ty: TyId, span: Span) -> Expr {
        let found = match value {
            ArgValue::Expr(expr) => self.infer(expr, Some(ty)),
            other => self.arg_value(other, None, span),
        };
        let is_array = self.class_for_members(found.ty) == self.known.array;
        let adapted = if is_array && self.known.array.is_some() {
            // An array is passed on as it is, not copied.
            self.array_as_sequence(found, ty, false)
        } else {
            self.try_adapt(found, ty)
        };
        let found = match adapted {
            Ok(found) => return found,
            Err(found) => found,
        };
        // Any collection may be passed: it becomes an immutable sequence.
        if self.has_member(found.ty, "toSeq") {
            let found = self.read_member(found, "toSeq", span);
            return self.adapt(found, Some(ty));
        }
        self.adapt(found, Some(ty))
    }

    fn repeated(&mut self, mut parts: Vec<(Expr, bool)>, ty: TyId, span: Span) -> Expr {
        if parts.len() == 1 && parts[0].1 {
            return parts.pop().expect("one part").0;
        }
        if let Some((splice, _)) = parts.iter().find(|(_, splice)| *splice) {
            return self.fail(
                codes::ARGUMENTS,
                splice.span,
                "a sequence passed with `*` must be the only argument of its parameter",
            );
        }
        let ty = self.resolve(ty);
        let element = self.types.as_class(ty).and_then(|(_, args)| args.first().copied());
        let element = element.unwrap_or(self.types.roots().any);
        let mut values: Vec<Expr> = parts.into_iter().map(|(value, _)| value).collect();
        if matches!(self.types.get(self.resolve(element)), Ty::Var(_)) {
            self.harmonize(&mut values);
        }
        let values: Vec<Expr> =
            values.into_iter().map(|value| self.adapt(value, Some(element))).collect();
        let span = match (values.first(), values.last()) {
            (Some(first), Some(last)) if first.span.file == last.span.file => {
                first.span.to(last.span)
            }
            _ => span,
        };
        typed(ExprKind::Sequence(values, element), ty, span)
    }

    /// Binds arguments to locals where evaluating them in parameter order would change the order
    /// of the source: named arguments out of order, and defaults in front of written ones.
    fn order_arguments(
        &mut self,
        owner: &[usize],
        slots: &[Slot],
        values: &mut [Option<Expr>],
        stmts: &mut Vec<Stmt>,
    ) {
        let in_order = owner.windows(2).all(|pair| pair[0] <= pair[1]);
        let last_written =
            slots.iter().rposition(|slot| matches!(slot, Slot::Args(n) if !n.is_empty()));
        let first_default = slots.iter().position(|slot| *slot == Slot::Default);
        let default_first = matches!((first_default, last_written), (Some(d), Some(w)) if d < w);
        if in_order && !default_first {
            return;
        }
        for value in values.iter_mut() {
            let Some(expr) = value else { continue };
            if is_simple(expr, self) || matches!(expr.kind, ExprKind::Lambda { .. }) {
                continue;
            }
            let taken = value.take().expect("just seen");
            *value = Some(self.stable(taken, "arg$", stmts));
        }
    }

    /// Reports arguments that do not fit and types them, so that mistakes in them are seen.
    pub fn drop_args(&mut self, list: ArgList<'a>) {
        for arg in list.args {
            if let ArgValue::Expr(expr) = arg.value
                && !waits(expr)
            {
                self.infer(expr, None);
            }
        }
    }

    /// Reports that arguments do not fit a method.
    pub fn wrong_arguments(
        &mut self,
        method: crate::symbols::MethodId,
        name: Name,
        span: Span,
        why: &str,
    ) {
        let shown = self.show_method(method);
        let declared = self.symbols.methods[method].span;
        let mut diagnostic = Diagnostic::error(
            codes::ARGUMENTS,
            span,
            format!("wrong arguments for `{name}`: {why}"),
        )
        .because(why);
        if !declared.is_synthetic() && !self.methods[method].is_library {
            diagnostic = diagnostic.label(declared, format!("declared here: `{shown}`"));
        } else {
            diagnostic = diagnostic.note(format!("it is declared as `{shown}`"));
        }
        self.report(diagnostic);
    }
}
