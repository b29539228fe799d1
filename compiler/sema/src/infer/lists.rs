//! The argument lists of an application, one by one: written, left out, or filled with defaults
//! and implicit arguments.

use crate::checker::Checker;
use crate::infer::apply::{Application, Item, Items};
use crate::infer::args::{Arg, ArgList, ArgValue, Slot};
use crate::infer::expr::{Expected, typed};
use crate::symbols::{LocalId, MethodId, MethodKind, Owner, Passing};
use crate::typed::{Dispatch, Expr, ExprKind, Stmt};
use crate::types::{Ty, TyId};
use fscc_base::{Name, Span};

impl<'a> Checker<'a> {
    /// An argument list that is written.
    pub(super) fn explicit_list(
        &mut self,
        application: &mut Application,
        params: &[LocalId],
        mut list: ArgList<'a>,
        name: Name,
    ) -> bool {
        self.fold_tuple(params, &mut list);
        let slots = match self.match_args(params, &list) {
            Ok(slots) => slots,
            Err((span, why)) => {
                self.wrong_arguments(application.method, name, span, &why);
                self.drop_args(list);
                return false;
            }
        };
        let types: Vec<TyId> = params
            .iter()
            .map(|param| {
                let ty = self.symbols.locals[*param].ty;
                self.instantiated(application, ty)
            })
            .collect();
        let span = list.span;
        // What earlier lists have bound stands before what is bound here.
        let earlier = std::mem::take(&mut application.stmts);
        let typed_args = self.type_list(params, &types, list, &slots, &mut application.stmts);
        if slots.contains(&Slot::Default) {
            self.fix_receiver(application);
        }
        application.stmts.splice(0..0, earlier);
        let first = application.args.len();
        application.args.reserve_exact(typed_args.len());
        for (number, (arg, slot)) in typed_args.into_iter().zip(&slots).enumerate() {
            let arg = match (arg, slot) {
                (Some(arg), _) => arg,
                (None, _) => {
                    let before = &application.args[..first];
                    let before: Vec<Expr> = before.iter().map(|arg| self.again(arg)).collect();
                    let ty = types[number];
                    self.default_argument(application, params[number], before, ty, span)
                }
            };
            application.args.push(arg);
        }
        // Arguments in front of a bound one keep their order by being bound themselves.
        true
    }

    /// Whether Scala would make one tuple of these arguments.
    pub(super) fn is_auto_tupled(&mut self, params: &[LocalId], list: &ArgList<'a>) -> bool {
        let [param] = params else { return false };
        if list.args.len() < 2
            || list.tuple.is_some()
            || list.args.iter().any(|arg| arg.name.is_some() || arg.splice)
            || self.symbols.locals[*param].passing == Passing::Repeated
            || self.is_tupling_forbidden(list.span)
        {
            return false;
        }
        let ty = self.symbols.locals[*param].ty;
        let ty = self.argument_type(*param, ty);
        match self.types.get(ty) {
            Ty::Class(class, _) => {
                class == self.types.roots().any_class
                    || self.known.tuple_arity(class) == Some(list.args.len())
            }
            Ty::Param(_) => true,
            _ => false,
        }
    }

    /// Whether the file has `import language.noAutoTupling`.
    fn is_tupling_forbidden(&self, place: Span) -> bool {
        self.imports.iter().any(|import| {
            let clause = import.clause;
            clause.span.file == place.file
                && clause.path.last().is_some_and(|last| last.as_str() == "language")
                && clause.selectors.iter().any(|selector| {
                    matches!(selector, fscc_syntax::ast::ImportSelector::Name { name, .. }
                        if name.as_str() == "noAutoTupling")
                })
        })
    }

    /// Several arguments for one parameter, as one tuple.
    pub(super) fn auto_tupled(
        &mut self,
        application: &Application,
        params: &[LocalId],
        list: ArgList<'a>,
    ) -> ArgList<'a> {
        let wanted = self.symbols.locals[params[0]].ty;
        let wanted = self.argument_type(params[0], wanted);
        let wanted = self.instantiated(application, wanted);
        let wanted = self.resolve(wanted);
        let parts: Vec<TyId> = match self.types.as_class(wanted) {
            Some((class, args)) if self.known.tuple_arity(class) == Some(list.args.len()) => {
                args.to_vec()
            }
            _ => Vec::new(),
        };
        let mut values = Vec::new();
        for (number, arg) in list.args.into_iter().enumerate() {
            let mut value = self.arg_value(arg.value, parts.get(number).copied(), arg.span);
            value.ty = self.solve_all(value.ty);
            values.push(value);
        }
        let tuple = self.make_tuple(values, list.span);
        ArgList::of_values(vec![ArgValue::Typed(Some(tuple))], list.span)
    }

    /// `a op (b, c)` for an operator that takes one argument.
    fn fold_tuple(&mut self, params: &[LocalId], list: &mut ArgList<'a>) {
        let Some(tuple) = list.tuple.take() else { return };
        let one = params.len() == 1 && self.symbols.locals[params[0]].passing != Passing::Repeated;
        if one {
            list.args = vec![Arg {
                name: None,
                value: ArgValue::Expr(tuple),
                splice: false,
                span: tuple.span,
            }];
        }
    }

    /// Default values may need the receiver and earlier lists: those are bound to locals.
    fn fix_receiver(&mut self, application: &mut Application) {
        let mut front = Vec::new();
        if let Some(receiver) = application.receiver.take() {
            application.receiver = Some(self.stable(receiver, "receiver$", &mut front));
        }
        let args = std::mem::take(&mut application.args);
        for arg in args {
            let arg = if matches!(arg.kind, ExprKind::Lambda { .. }) {
                let (ty, span) = (arg.ty, arg.span);
                let local = self.new_local(Name::new("arg$"), ty, span);
                front.push(Stmt::Let(local, arg));
                typed(ExprKind::Local(local), ty, span)
            } else {
                self.stable(arg, "arg$", &mut front)
            };
            application.args.push(arg);
        }
        front.append(&mut application.stmts);
        application.stmts = front;
    }

    fn default_argument(
        &mut self,
        application: &Application,
        param: LocalId,
        before: Vec<Expr>,
        ty: TyId,
        span: Span,
    ) -> Expr {
        let method = application.method;
        let span = span.end();
        let place = self.symbols.methods[method].params.iter().position(|p| *p == param);
        let Some(place) = place else { return self.error_expr(span) };
        let passing = self.symbols.locals[param].passing;
        if let crate::symbols::Implementation::Synthetic(crate::symbols::Synthetic::CaseCopy) =
            self.symbols.methods[method].implementation
        {
            let Owner::Class(class) = self.symbols.methods[method].owner else {
                return self.error_expr(span);
            };
            let field = self.symbols.classes[class].case_fields[place];
            let receiver = application.receiver.as_ref().map(|receiver| self.again(receiver));
            let Some(receiver) = receiver else { return self.error_expr(span) };
            let value = self.read_case_field(receiver, field, span);
            // The copy may have another type argument: then the old value must fit it.
            return self.adapt(value, Some(ty));
        }
        let Some(getter) = self.methods[method].defaults.get(place).copied().flatten() else {
            return self.error_expr(span);
        };
        self.complete_default(getter);
        self.demand(getter);
        let count = self.symbols.methods[getter].params.len();
        let args: Vec<Expr> = before.into_iter().take(count).collect();
        let is_constructor = self.symbols.methods[method].kind == MethodKind::Constructor
            || matches!(self.symbols.methods[getter].kind,
                MethodKind::Default(of, _) if self.symbols.methods[of].kind == MethodKind::Constructor);
        let receiver = match (&application.receiver, is_constructor) {
            (Some(receiver), false) => Some(Box::new(self.again(receiver))),
            _ => None,
        };
        let dispatch = match application.receiver {
            Some(_) if !is_constructor => self.dispatch_of(getter),
            _ => Dispatch::Static,
        };
        let type_args = if is_constructor { Vec::new() } else { application.type_args.clone() };
        let value_ty = match passing {
            Passing::Value => ty,
            _ => self.argument_type(param, ty),
        };
        let kind = ExprKind::Call { method: getter, dispatch, receiver, type_args, args };
        let call = typed(kind, value_ty, span);
        if passing == Passing::ByName { self.wrap_by_name(call, value_ty) } else { call }
    }

    /// A `using` list that is not written.
    pub(super) fn implicit_list(
        &mut self,
        application: &mut Application,
        params: &[LocalId],
        name: Name,
    ) {
        for param in params {
            let ty = self.symbols.locals[*param].ty;
            let ty = self.instantiated(application, ty);
            self.solve_known(ty);
            let span = application.span;
            let by_name = self.symbols.locals[*param].passing == Passing::ByName;
            let found = if by_name {
                let wanted = self.argument_type(*param, ty);
                self.by_name_implicit(wanted, span)
            } else {
                self.implicit_value(ty, span)
            };
            let arg = match found {
                Some(arg) => arg,
                None if self.symbols.locals[*param].has_default => {
                    let earlier = std::mem::take(&mut application.stmts);
                    self.fix_receiver(application);
                    // What earlier lists have bound stands before what is bound here.
                    application.stmts.splice(0..0, earlier);
                    let before: Vec<Expr> =
                        application.args.iter().map(|arg| self.again(arg)).collect();
                    self.default_argument(application, *param, before, ty, span)
                }
                None => {
                    self.missing_implicit(ty, *param, name, span);
                    self.error_expr(span)
                }
            };
            application.args.push(arg);
        }
    }

    /// Whether `()` may be left out: only of methods of the library.
    pub(super) fn may_omit_parens(
        &mut self,
        method: MethodId,
        number: usize,
        expected: Expected,
        lists: &[crate::symbols::ParamList],
    ) -> bool {
        if let Some(expected) = expected {
            let expected = self.resolve(expected);
            if let Some(class) = self.types.class_of(expected)
                && self.known.function_arity(class) == Some(0)
            {
                return false;
            }
        }
        let rest_is_using = lists[number + 1..].iter().all(|list| list.is_using);
        if !rest_is_using {
            return false;
        }
        if self.methods[method].is_library || self.overrides_library(method) {
            return true;
        }
        let kind = self.symbols.methods[method].kind;
        kind == MethodKind::Constructor
    }

    /// Whether `()` may be written after a method that is declared without: those of Java's
    /// classes, and what every object has.
    pub(super) fn may_write_parens(&self, method: MethodId, items: &Items<'a>) -> bool {
        let empty = matches!(items.front(), Some(Item::Args(list)) if list.args.is_empty());
        if !empty || !self.methods[method].is_library {
            return false;
        }
        let name = self.symbols.methods[method].name;
        if matches!(name.as_str(), "toString" | "hashCode" | "getMessage" | "length") {
            return true;
        }
        let Owner::Class(owner) = self.symbols.methods[method].owner else { return false };
        self.symbols.classes[owner].full_name.starts_with("java.")
    }

    fn overrides_library(&mut self, method: MethodId) -> bool {
        let name = self.symbols.methods[method].name;
        matches!(name.as_str(), "toString" | "hashCode" | "getClass" | "clone" | "getMessage")
            && self.symbols.methods[method].params.is_empty()
    }
}
