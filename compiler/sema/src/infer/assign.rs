//! Assignment: to locals, fields, through setters, and `a(i) = v` by `update`.

use crate::checker::{Checker, Term};
use crate::infer::apply::Item;
use crate::infer::args::{ArgList, ArgValue};
use crate::infer::expr::typed;
use crate::reason::Reason;
use crate::scope::Found;
use crate::symbols::{FieldId, LocalId, MethodId};
use crate::typed::{Expr, ExprKind, Stmt};
use crate::types::TyId;
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

/// What is assigned to.
#[derive(Debug)]
pub(crate) enum Target {
    Local(LocalId, Span),
    /// A field without setter: a class parameter.
    Field(Expr, FieldId, Span),
    /// A member of an object, by its setter.
    Member(Expr, Name, Span),
    /// An element: the object and the indices.
    Element(Expr, Vec<Expr>, Span),
    /// Something that is only read (the left side of an operator that is a method).
    Value(Option<Expr>),
}

impl<'a> Checker<'a> {
    /// `target = value`.
    pub fn assign(&mut self, target: &'a ast::Expr, value: &'a ast::Expr, span: Span) -> Expr {
        // An element: `f(i) = v` evaluates everything from left to right by itself.
        if let ast::ExprKind::Apply { function, args } = &target.kind {
            let callee = self.callee(function);
            let receiver = self.apply_callee(callee, Vec::new(), function.span, None);
            if let ExprKind::Error = receiver.kind {
                self.infer_quietly(value);
                return receiver;
            }
            let callee = self.select(receiver, Name::new("update"), function.span);
            let mut list = ArgList::of_args(args);
            let last = ArgList::of_values(vec![ArgValue::Expr(value)], value.span);
            list.args.extend(last.args);
            return self.apply_callee(callee, vec![Item::Args(list)], span, None);
        }
        let mut stmts = Vec::new();
        let written = target.span;
        let Some(target) = self.assign_target_once(target, &mut stmts) else {
            self.infer_quietly(value);
            return self.error_expr(span);
        };
        let wanted = self.target_type(&target);
        let value = match wanted {
            Some(wanted) => self.expr_for(value, Some(wanted), Reason::Assigned(written)),
            None => self.infer(value, None),
        };
        let result = self.assign_value(target, value, span);
        self.with_stmts(stmts, result)
    }

    /// A target that is used once: its receiver stays where it is.
    fn assign_target_once(
        &mut self,
        target: &'a ast::Expr,
        stmts: &mut Vec<Stmt>,
    ) -> Option<Target> {
        if let ast::ExprKind::Select { base, name } = &target.kind {
            let callee = self.callee(base);
            if let super::callee::Callee::Package(..) = callee {
                let value = self.infer(target, None);
                return self.target_of_value(value);
            }
            let receiver = self.apply_callee(callee, Vec::new(), base.span, None);
            if let ExprKind::Error = receiver.kind {
                return None;
            }
            return Some(Target::Member(receiver, name.name, name.span));
        }
        self.assign_target(target, stmts)
    }

    /// A target that is read and written: receiver and indices are kept in locals.
    pub fn assign_target(
        &mut self,
        target: &'a ast::Expr,
        stmts: &mut Vec<Stmt>,
    ) -> Option<Target> {
        match &target.kind {
            ast::ExprKind::Ident(name) => self.target_of_name(*name),
            ast::ExprKind::Select { base, name } => {
                let callee = self.callee(base);
                if let super::callee::Callee::Package(..) = callee {
                    let value = self.infer(target, None);
                    return self.target_of_value(value);
                }
                let receiver = self.apply_callee(callee, Vec::new(), base.span, None);
                if let ExprKind::Error = receiver.kind {
                    return None;
                }
                let receiver = self.keep(receiver, stmts);
                Some(Target::Member(receiver, name.name, name.span))
            }
            ast::ExprKind::Apply { function, args } if !args.using => {
                self.element_target(target, function, args, stmts)
            }
            _ => {
                let value = self.infer(target, None);
                if let ExprKind::Error = value.kind {
                    return None;
                }
                Some(Target::Value(Some(value)))
            }
        }
    }

    /// `f(i)`: an element if `f` is a value with `update`, else a call.
    fn element_target(
        &mut self,
        target: &'a ast::Expr,
        function: &'a ast::Expr,
        args: &'a ast::Args,
        stmts: &mut Vec<Stmt>,
    ) -> Option<Target> {
        use super::callee::Callee;
        if let ast::ExprKind::Apply { .. } = function.kind {
            let receiver = self.infer(function, None);
            if self.has_member(receiver.ty, "update") {
                return self.element_of(receiver, target, args, stmts);
            }
            let items = vec![Item::Args(ArgList::of_args(args))];
            let value = self.apply_callee(Callee::Value(receiver), items, target.span, None);
            return (!matches!(value.kind, ExprKind::Error)).then_some(Target::Value(Some(value)));
        }
        if !matches!(function.kind, ast::ExprKind::Ident(_) | ast::ExprKind::Select { .. }) {
            let value = self.infer(target, None);
            return (!matches!(value.kind, ExprKind::Error)).then_some(Target::Value(Some(value)));
        }
        let callee = self.callee(function);
        let receiver = match callee {
            Callee::Methods(ref methods)
                if methods.candidates.iter().any(|c| !self.methods_takes_nothing(*c)) =>
            {
                Err(callee)
            }
            Callee::Creator(..) | Callee::Package(..) | Callee::Error(_) => Err(callee),
            callee => {
                let value = self.apply_callee(callee, Vec::new(), function.span, None);
                if self.has_member(value.ty, "update") || self.types.is_error(value.ty) {
                    Ok(value)
                } else {
                    Err(Callee::Value(value))
                }
            }
        };
        let receiver = match receiver {
            Ok(receiver) => receiver,
            Err(callee) => {
                let items = vec![Item::Args(ArgList::of_args(args))];
                let value = self.apply_callee(callee, items, target.span, None);
                return (!matches!(value.kind, ExprKind::Error))
                    .then_some(Target::Value(Some(value)));
            }
        };
        self.element_of(receiver, target, args, stmts)
    }

    fn element_of(
        &mut self,
        receiver: Expr,
        target: &'a ast::Expr,
        args: &'a ast::Args,
        stmts: &mut Vec<Stmt>,
    ) -> Option<Target> {
        if let ExprKind::Error = receiver.kind {
            return None;
        }
        let receiver = self.keep(receiver, stmts);
        let hint = self.element_index_type(receiver.ty);
        let mut indices = Vec::new();
        for arg in &args.args {
            let index = self.expr(&arg.value, hint);
            indices.push(self.keep(index, stmts));
        }
        Some(Target::Element(receiver, indices, target.span))
    }

    fn methods_takes_nothing(&mut self, method: MethodId) -> bool {
        self.complete_params(method);
        self.symbols.methods[method].lists.iter().all(|list| list.is_using)
    }

    fn element_index_type(&mut self, ty: TyId) -> Option<TyId> {
        let terms = self.members_of(ty, Name::new("apply"));
        let [Term::Method(method)] = terms[..] else { return None };
        self.complete_params(method);
        if !self.symbols.methods[method].type_params.is_empty() {
            return None;
        }
        let [param] = self.symbols.methods[method].params[..] else { return None };
        let declared = self.symbols.locals[param].ty;
        let seen = self.seen(declared, ty);
        Some(seen)
    }

    fn target_of_value(&mut self, value: Expr) -> Option<Target> {
        match value.kind {
            ExprKind::Error => None,
            ExprKind::Call { method, receiver: Some(receiver), .. } => {
                let name = self.symbols.methods[method].name;
                Some(Target::Member(*receiver, name, value.span))
            }
            _ => Some(Target::Value(Some(value))),
        }
    }

    fn target_of_name(&mut self, name: ast::Ident) -> Option<Target> {
        let scope = self.env.scope;
        let Some(found) = self.lookup_term(name.name, scope) else {
            self.unknown_name(name.name, name.span, scope);
            return None;
        };
        if let Found::Terms(terms) = &found
            && let Some(Term::Local(local)) = terms.first()
        {
            let value = self.local(*local, name.span);
            if let ExprKind::Local(local) = value.kind {
                return Some(Target::Local(local, name.span));
            }
            return Some(Target::Value(Some(value)));
        }
        let callee = self.callee_of_found(found, name);
        match callee {
            super::callee::Callee::Value(Expr {
                kind: ExprKind::Field(receiver, field), ..
            }) => Some(Target::Field(*receiver, field, name.span)),
            super::callee::Callee::Value(value) => Some(Target::Value(Some(value))),
            super::callee::Callee::Methods(methods) => match methods.receiver {
                Some(receiver) => Some(Target::Member(receiver, methods.name, name.span)),
                None => {
                    self.fail(
                        codes::NOT_ASSIGNABLE,
                        name.span,
                        format!("`{}` is a method and cannot be assigned to", name.name),
                    );
                    None
                }
            },
            super::callee::Callee::Error(_) => None,
            _ => {
                self.fail(
                    codes::NOT_ASSIGNABLE,
                    name.span,
                    format!("`{}` cannot be assigned to", name.name),
                );
                None
            }
        }
    }

    /// Whether the target can be written (it may only be read).
    pub fn is_assignable(&mut self, target: &Target) -> bool {
        match target {
            Target::Local(local, _) => self.symbols.locals[*local].is_mutable,
            Target::Field(_, field, _) => self.symbols.fields[*field].is_mutable,
            Target::Member(receiver, name, _) => self.has_member(receiver.ty, &format!("{name}_=")),
            Target::Element(receiver, ..) => self.has_member(receiver.ty, "update"),
            Target::Value(_) => false,
        }
    }

    /// The present value of a target.
    pub fn target_value(&mut self, target: &mut Target, span: Span) -> Expr {
        match target {
            Target::Local(local, span) => self.local(*local, *span),
            Target::Field(receiver, field, span) => {
                let receiver = self.again(receiver);
                self.field(receiver, *field, *span)
            }
            Target::Member(receiver, name, span) => {
                let receiver = self.again(receiver);
                self.read_member(receiver, name.as_str(), *span)
            }
            Target::Element(receiver, indices, span) => {
                let receiver = self.again(receiver);
                let indices =
                    indices.iter().map(|index| ArgValue::Typed(Some(self.again(index)))).collect();
                self.call_member(receiver, "apply", indices, *span, None)
            }
            // Its only use: the caller takes the method `op=` of it.
            Target::Value(value) => match value.take() {
                Some(value) => value,
                None => self.error_expr(span),
            },
        }
    }

    /// The type that an assigned value must have.
    pub fn target_type(&mut self, target: &Target) -> Option<TyId> {
        match target {
            Target::Local(local, _) => Some(self.symbols.locals[*local].ty),
            Target::Field(receiver, field, _) => {
                self.complete_field(*field);
                let ty = self.symbols.fields[*field].ty;
                Some(self.seen(ty, receiver.ty))
            }
            Target::Member(receiver, name, _) => {
                let setter = self.setter(receiver.ty, *name)?;
                self.signature(setter);
                let param = *self.symbols.methods[setter].params.first()?;
                let ty = self.symbols.locals[param].ty;
                Some(self.seen(ty, receiver.ty))
            }
            Target::Element(..) | Target::Value(_) => None,
        }
    }

    fn setter(&mut self, ty: TyId, name: Name) -> Option<MethodId> {
        let setter = Name::new(&format!("{name}_="));
        self.members_of(ty, setter).into_iter().find_map(|term| match term {
            Term::Method(method) => Some(method),
            _ => None,
        })
    }

    /// Writes a value.
    pub fn assign_value(&mut self, target: Target, value: Expr, span: Span) -> Expr {
        let unit = self.types.roots().unit;
        match target {
            Target::Local(local, at) => {
                if !self.symbols.locals[local].is_mutable {
                    let name = self.symbols.locals[local].name;
                    return self.not_assignable(name, at, Some(self.symbols.locals[local].span));
                }
                let value = self.adapt(value, Some(self.symbols.locals[local].ty));
                typed(ExprKind::AssignLocal(local, Box::new(value)), unit, span)
            }
            Target::Field(receiver, field, at) => {
                let info = &self.symbols.fields[field];
                if !info.is_mutable {
                    let (name, declared) = (info.name, info.span);
                    return self.not_assignable(name, at, Some(declared));
                }
                let ty = self.symbols.fields[field].ty;
                let ty = self.seen(ty, receiver.ty);
                let value = self.adapt(value, Some(ty));
                let kind = ExprKind::AssignField(Box::new(receiver), field, Box::new(value));
                typed(kind, unit, span)
            }
            Target::Member(receiver, name, at) => {
                self.assign_member(receiver, name, value, at, span)
            }
            Target::Element(receiver, indices, _) => {
                let mut args: Vec<ArgValue<'a>> =
                    indices.into_iter().map(|index| ArgValue::Typed(Some(index))).collect();
                args.push(ArgValue::Typed(Some(value)));
                self.call_member(receiver, "update", args, span, None)
            }
            Target::Value(_) => {
                if !matches!(value.kind, ExprKind::Error) {
                    self.fail(
                        codes::NOT_ASSIGNABLE,
                        span,
                        "this is a value, not a variable: it cannot be assigned to",
                    );
                }
                self.error_expr(span)
            }
        }
    }

    fn assign_member(
        &mut self,
        receiver: Expr,
        name: Name,
        value: Expr,
        at: Span,
        span: Span,
    ) -> Expr {
        if matches!(receiver.kind, ExprKind::Error) || self.types.is_error(receiver.ty) {
            return self.error_expr(span);
        }
        if self.setter(receiver.ty, name).is_none() {
            // A class parameter, reached through another instance of its class.
            let terms = self.members_of(receiver.ty, name);
            if let Some(Term::Field(field)) = terms.first() {
                return self.assign_value(Target::Field(receiver, *field, at), value, span);
            }
            let extension = Name::new(&format!("{name}_="));
            if terms.is_empty() && !self.has_extension(receiver.ty, extension) {
                self.no_member(receiver.ty, name, at);
                return self.error_expr(span);
            }
            if !self.has_extension(receiver.ty, extension) {
                return self.not_assignable(name, at, None);
            }
        }
        let name = Name::new(&format!("{name}_="));
        let callee = self.select(receiver, name, at);
        let list = ArgList::of_values(vec![ArgValue::Typed(Some(value))], at);
        self.apply_callee(callee, vec![Item::Args(list)], span, None)
    }

    fn not_assignable(&mut self, name: Name, at: Span, declared: Option<Span>) -> Expr {
        let mut diagnostic = Diagnostic::error(
            codes::NOT_ASSIGNABLE,
            at,
            format!("`{name}` is not a variable and cannot be assigned to"),
        );
        if let Some(declared) = declared.filter(|span| !span.is_synthetic()) {
            diagnostic = diagnostic.label(declared, "declared here").help("declare it with `var`");
        }
        self.report(diagnostic);
        self.error_expr(at)
    }
}
