//! Conversions that the program defines, for a wanted type or for a member.

use crate::checker::Checker;
use crate::infer::callee::{Callee, MethodRef};
use crate::infer::implicit::Given;
use crate::symbols::MethodId;
use crate::typed::Expr;
use crate::types::{Ty, TyId};
use fscc_base::{Name, Span};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// Conversions in reach that take a value of this type: `given Conversion[A, B]` and methods
    /// marked `implicit` with one explicit parameter.
    fn views(&mut self, ty: TyId, target: Option<TyId>) -> Vec<Given> {
        let mut all = Vec::new();
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scope_around(scope, self.env.scope);
            all.extend(self.givens_of_scope(scope));
        }
        all.extend(self.givens_of_type(ty));
        if let Some(target) = target {
            all.extend(self.givens_of_type(target));
        }
        all.retain(|given| {
            let Some(method) = Self::given_method(*given) else { return true };
            if self.comes_too_late(method) {
                return false;
            }
            self.methods[method].flags.contains(ast::Flags::IMPLICIT)
                || matches!(self.methods[method].source, crate::checker::MethodSource::Given(..))
                || matches!(self.methods[method].source, crate::checker::MethodSource::Accessor(_))
        });
        all
    }

    /// The value converted by a conversion that the program defines, if one fits.
    pub fn implicit_conversion(&mut self, expr: Expr, expected: TyId) -> Result<Expr, Expr> {
        let expected = self.resolve(expected);
        if matches!(self.types.get(expected), Ty::Var(_))
            || self.types.is_error(expected)
            || self.types.has_error(expr.ty)
            || expr.ty == self.types.roots().nothing
        {
            return Err(expr);
        }
        if let Some(class) = self.known.class("scala.Conversion") {
            let wanted = self.types.class(class, &[expr.ty, expected]);
            let snapshot = self.snapshot();
            if let Some(view) = self.implicit_value(wanted, expr.span) {
                let span = expr.span;
                let args = vec![super::args::ArgValue::Typed(Some(expr))];
                return Ok(self.call_member(view, "apply", args, span, Some(expected)));
            }
            self.rollback(snapshot);
        }
        let source = expr.ty;
        for view in self.views(source, Some(expected)) {
            if let Some(method) = self.view_method(view, source, Some(expected)) {
                return Ok(self.call_view(view, method, expr, Some(expected)));
            }
            if let Some(function) = self.view_value(view, source, expected, expr.span) {
                let span = expr.span;
                let args = vec![super::args::ArgValue::Typed(Some(expr))];
                return Ok(self.call_member(function, "apply", args, span, Some(expected)));
            }
        }
        Err(expr)
    }

    /// Whether a conversion that the program defines would make an argument fit.
    pub fn view_exists(&mut self, found: TyId, wanted: TyId) -> bool {
        let wanted = self.resolve(wanted);
        if self.types.has_vars(wanted) || found == self.types.roots().nothing {
            return false;
        }
        self.views(found, Some(wanted))
            .into_iter()
            .any(|view| self.view_method(view, found, Some(wanted)).is_some())
    }

    /// A value converted to something that has the member.
    pub fn view_member(&mut self, receiver: Expr, name: Name) -> Result<Expr, Expr> {
        let ty = receiver.ty;
        if self.types.has_error(ty) {
            return Err(receiver);
        }
        for view in self.views(ty, None) {
            let span = receiver.span;
            let Some(method) = self.view_method(view, ty, None) else {
                if let Some(conversion) = self.conversion_to_member(view, ty, name, span) {
                    let args = vec![super::args::ArgValue::Typed(Some(receiver))];
                    return Ok(self.call_member(conversion, "apply", args, span, None));
                }
                continue;
            };
            let (subst, _) = self.method_vars(method);
            let result = self.symbols.methods[method].result;
            let result = self.types.subst(result, &subst);
            if !self.members_of(result, name).is_empty() {
                return Ok(self.call_view(view, method, receiver, None));
            }
        }
        Err(receiver)
    }

    /// A given `Conversion` of a value of this type to something that has the member.
    fn conversion_to_member(
        &mut self,
        view: Given,
        from: TyId,
        name: Name,
        span: Span,
    ) -> Option<Expr> {
        let class = self.known.class("scala.Conversion")?;
        if !self.is_plain_given(view) || self.is_given_under_way(view) {
            return None;
        }
        let snapshot = self.snapshot();
        let (ty, _) = self.given_result(view);
        if let Some(base) = self.base(ty, class)
            && let Some((_, &[param, result])) = self.types.as_class(base)
            && self.sub(from, param)
        {
            let result = self.resolve(result);
            if !self.members_of(result, name).is_empty()
                && let Some(value) = self.try_given(view, ty, span)
            {
                return Some(value);
            }
        }
        self.rollback(snapshot);
        None
    }

    /// Whether the type of a given is being inferred: it cannot be used for that.
    fn is_given_under_way(&self, given: Given) -> bool {
        Self::given_method(given)
            .is_some_and(|m| self.methods[m].signature == crate::checker::Status::Running)
    }

    /// The first view of a value of this type whose result is as wanted.
    pub(super) fn view_with(
        &mut self,
        from: TyId,
        mut wanted: impl FnMut(&mut Self, TyId) -> bool,
    ) -> Option<(Given, MethodId)> {
        if self.types.has_error(from) {
            return None;
        }
        for view in self.views(from, None) {
            let Some(method) = self.view_method(view, from, None) else { continue };
            let snapshot = self.snapshot();
            let (subst, _) = self.method_vars(method);
            let param = self.symbols.methods[method].params[0];
            let param = self.types.subst(self.symbols.locals[param].ty, &subst);
            self.sub(from, param);
            let result = self.symbols.methods[method].result;
            let result = self.types.subst(result, &subst);
            let result = self.resolve(result);
            let fits = wanted(self, result);
            self.rollback(snapshot);
            if fits {
                return Some((view, method));
            }
        }
        None
    }

    /// The value that a view makes.
    pub(super) fn convert_by_view(&mut self, view: (Given, MethodId), value: Expr) -> Expr {
        self.call_view(view.0, view.1, value, None)
    }

    /// A conversion as a function value, for an implicit parameter of a function type.
    pub(super) fn view_function(&mut self, wanted: TyId, span: Span) -> Option<Expr> {
        let (class, args) = self.types.as_class(wanted)?;
        let ([from, to], Some(1)) = (args, self.known.function_arity(class)) else { return None };
        let (from, to) = (*from, *to);
        if self.types.has_vars(from) {
            return None;
        }
        if self.conforms(from, to) {
            // What is below needs no conversion: `Predef` gives the identity.
            let outer = self.enter_function();
            let param = self.new_local(Name::new("x$"), from, span);
            let body = self.local(param, span);
            self.env = outer;
            let function = self.finish_function(vec![param], body, None, None, span);
            return self.conforms(function.ty, wanted).then_some(function);
        }
        let found = self
            .views(from, Some(to))
            .into_iter()
            .find_map(|view| self.view_method(view, from, Some(to)).map(|method| (view, method)));
        let (view, method) = found?;
        let key = (method, wanted);
        if self.searching.contains(&key) {
            return None;
        }
        self.searching.push(key);
        let outer = self.enter_function();
        let param = self.new_local(Name::new("x$"), from, span);
        let value = self.local(param, span);
        let body = self.call_view(view, method, value, Some(to));
        self.env = outer;
        self.searching.pop();
        let function = self.finish_function(vec![param], body, None, None, span);
        self.conforms(function.ty, wanted).then_some(function)
    }

    /// A conversion by a given `A <:< B`.
    fn view_value(&mut self, view: Given, from: TyId, to: TyId, span: Span) -> Option<Expr> {
        let function = self.known.function(1)?;
        if !self.is_plain_given(view) || self.is_given_under_way(view) {
            return None;
        }
        let (ty, _) = self.given_result(view);
        let class = self.class_for_members(ty)?;
        if !matches!(self.symbols.classes[class].full_name.as_str(), "scala.<:<" | "scala.=:=") {
            return None;
        }
        let base = self.base(ty, function)?;
        let (_, args) = self.types.as_class(base)?;
        let (param, result) = (args[0], args[1]);
        let snapshot = self.snapshot();
        if self.sub(from, param)
            && self.sub(result, to)
            && let Some(value) = self.try_given(view, ty, span)
        {
            return Some(value);
        }
        self.rollback(snapshot);
        None
    }

    /// The method of a view, if it takes the value (and gives what is wanted).
    fn view_method(&mut self, view: Given, from: TyId, to: Option<TyId>) -> Option<MethodId> {
        let method = Self::given_method(view)?;
        if self.methods[method].signature == crate::checker::Status::Running {
            return None;
        }
        self.complete_params(method);
        if self.methods[method].receiver_list.is_some() {
            return None;
        }
        let info = &self.symbols.methods[method];
        let first = info.lists.first()?;
        if first.is_using || first.len != 1 || info.lists[1..].iter().any(|list| !list.is_using) {
            return None;
        }
        let param = info.params[0];
        self.signature(method);
        let snapshot = self.snapshot();
        let (subst, _) = self.method_vars(method);
        let ty = self.types.subst(self.symbols.locals[param].ty, &subst);
        let result = self.types.subst(self.symbols.methods[method].result, &subst);
        let fits = self.sub(from, ty) && to.is_none_or(|to| self.sub(result, to));
        self.rollback(snapshot);
        fits.then_some(method)
    }

    fn call_view(
        &mut self,
        view: Given,
        method: MethodId,
        value: Expr,
        expected: Option<TyId>,
    ) -> Expr {
        let span = value.span;
        let receiver = match view {
            Given::Member(class, _) => Some(self.this_of(class, span)),
            Given::Static(class, _) => Some(self.object(class, span)),
            Given::Imported(import, _) => Some(self.import_path(import, span)),
            Given::Local(_) | Given::Field(..) | Given::Function(_) => None,
        };
        let prefix = receiver.as_ref().map(|receiver| receiver.ty);
        let methods = MethodRef {
            name: self.symbols.methods[method].name,
            span,
            receiver,
            prefix,
            candidates: vec![method],
            dispatch: None,
            creates: None,
            extension: None,
        };
        let values = vec![super::args::ArgValue::Typed(Some(value))];
        let list = super::args::ArgList::of_values(values, span);
        let items = vec![super::apply::Item::Args(list)];
        self.apply_callee(Callee::Methods(Box::new(methods)), items, span, expected)
    }
}
