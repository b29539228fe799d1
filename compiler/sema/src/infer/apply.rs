//! Application: a method or value with the arguments that follow it, list by list from left to
//! right. The lists are in `lists`, functions made of methods in `partial`.

use crate::checker::Checker;
use crate::infer::args::{ArgList, ArgValue};
use crate::infer::callee::{Callee, Creation, MethodRef};
use crate::infer::expr::{Expected, typed};
use crate::symbols::{LocalId, MethodId, MethodKind, TypeParamId};
use crate::typed::{Constant, Dispatch, Expr, ExprKind, Stmt};
use crate::types::{Literal, Subst, Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;
use std::collections::VecDeque;

/// What follows a callee.
#[derive(Debug)]
pub(crate) enum Item<'a> {
    Types(&'a [ast::Type], Span),
    Args(ArgList<'a>),
}

/// The items that are left.
pub(crate) type Items<'a> = VecDeque<Item<'a>>;

/// A method that is being applied.
pub(super) struct Application {
    pub(super) method: MethodId,
    pub(super) subst: Subst,
    pub(super) type_args: Vec<TyId>,
    pub(super) prefix: Option<TyId>,
    /// Typed arguments of the lists so far.
    pub(super) args: Vec<Expr>,
    pub(super) stmts: Vec<Stmt>,
    pub(super) receiver: Option<Expr>,
    pub(super) first_var: usize,
    pub(super) span: Span,
}

impl<'a> Checker<'a> {
    /// A callee with everything that is applied to it.
    pub fn apply_callee(
        &mut self,
        callee: Callee,
        items: Vec<Item<'a>>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let mut items: Items<'a> = items.into();
        let mut callee = callee;
        loop {
            callee = match callee {
                Callee::Error(at) => {
                    self.drop_items(items);
                    return self.error_expr(at);
                }
                Callee::Package(package, at) => {
                    let name = self.packages[package].full_name.clone();
                    self.drop_items(items);
                    return self.fail(
                        codes::NOT_A_VALUE,
                        at,
                        format!("the package `{name}` is not a value"),
                    );
                }
                Callee::Value(value) => {
                    // `f(using a)` gives a context function its arguments.
                    let given = matches!(items.front(), Some(Item::Args(list)) if list.using);
                    let value = if given { value } else { self.with_context(value) };
                    if items.is_empty() {
                        return self.no_java_companion(value);
                    }
                    if let ExprKind::Error = value.kind {
                        self.drop_items(items);
                        return value;
                    }
                    if self.context_arity(value.ty).is_some()
                        && let Some(Item::Args(list)) = items.front_mut()
                    {
                        list.using = false;
                    }
                    self.applied_value(value, &items)
                }
                Callee::Creator(class, ty, at) => {
                    if items.is_empty() {
                        let name = self.symbols.classes[class].name;
                        return self.fail(
                            codes::NOT_A_VALUE,
                            at,
                            format!("`{name}` is a class, not a value"),
                        );
                    }
                    let info = &self.symbols.classes[class];
                    if info.is_library && info.is_abstract {
                        let name = info.name;
                        self.outside_library(&format!("object {name}"), at);
                        self.drop_items(items);
                        return self.error_expr(at);
                    }
                    self.constructor_callee(class, ty, None, at)
                }
                Callee::Methods(methods) => {
                    self.apply_methods(*methods, &mut items, span, expected)
                }
            };
        }
    }

    /// A class of Java has static members, but no object that holds them.
    pub(super) fn no_java_companion(&mut self, value: Expr) -> Expr {
        let ExprKind::Object(class) = value.kind else { return value };
        let info = &self.symbols.classes[class];
        if self.env.is_library || !info.is_library || !info.full_name.starts_with("java.") {
            return value;
        }
        let name = info.name;
        self.fail(
            codes::NOT_A_VALUE,
            value.span,
            format!("`{name}` is a class of Java, which has no object"),
        )
    }

    fn drop_items(&mut self, items: Items<'a>) {
        for item in items {
            if let Item::Args(list) = item {
                self.drop_args(list);
            }
        }
    }

    /// A value in front of arguments: its `apply`, or the class it accompanies.
    fn applied_value(&mut self, mut value: Expr, items: &Items<'a>) -> Callee {
        value.ty = self.solve_head(value.ty);
        let span = value.span;
        let apply = Name::new("apply");
        if let ExprKind::Object(object) = value.kind {
            let has_apply = self.has_member(value.ty, "apply");
            if !has_apply && let Some(class) = self.symbols.classes[object].companion {
                return Callee::Creator(class, None, span);
            }
        }
        if !self.has_member(value.ty, "apply") && !self.types.is_error(value.ty) {
            let extended = self.extension_callee(value, apply, span);
            let value = match extended {
                Ok(callee) => return callee,
                Err(value) => value,
            };
            let text = self.show(value.ty);
            let arguments = items.iter().any(|item| matches!(item, Item::Args(_)));
            let what = if arguments { "arguments" } else { "type arguments" };
            self.report(
                Diagnostic::error(
                    codes::NOT_A_FUNCTION,
                    span,
                    format!("a value of type `{text}` takes no {what}"),
                )
                .note("only functions and values with a method `apply` can be applied"),
            );
            return Callee::Error(span);
        }
        self.select(value, apply, span)
    }

    /// A method with the items that it takes.
    fn apply_methods(
        &mut self,
        mut methods: MethodRef,
        items: &mut Items<'a>,
        span: Span,
        expected: Expected,
    ) -> Callee {
        let first_var = self.vars.count();
        let types = match items.front() {
            Some(Item::Types(types, at)) => {
                let (types, at) = (*types, *at);
                items.pop_front();
                let scope = self.env.scope;
                let resolved: Vec<TyId> =
                    types.iter().map(|ty| self.resolve_arg(ty, scope)).collect();
                Some((resolved, at))
            }
            _ => None,
        };
        if let Some(receiver) = methods.extension.take() {
            let at = receiver.span;
            let list = ArgList::of_values(vec![ArgValue::Typed(Some(receiver))], at);
            items.push_front(Item::Args(list));
        }
        let type_count = types.as_ref().map(|(types, _)| types.len());
        let before = self.diagnostics.len();
        let chosen = self.choose(&methods, type_count, items, expected);
        let Some(method) = chosen else {
            let refused = matches!(&self.diagnostics[before..],
                [only] if only.code == codes::ARGUMENTS || only.code == codes::AMBIGUOUS);
            if refused && let Some(converted) = self.converted_receiver(&mut methods, items) {
                self.diagnostics.truncate(before);
                return self.select(converted, methods.name, methods.span);
            }
            self.drop_items(std::mem::take(items));
            return Callee::Error(span);
        };
        self.signature(method);
        let span = match items.is_empty() && methods.receiver.is_none() {
            true => methods.span,
            false => span,
        };
        self.apply_one(methods, method, types, items, span, first_var, expected)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one application")]
    fn apply_one(
        &mut self,
        methods: MethodRef,
        method: MethodId,
        types: Option<(Vec<TyId>, Span)>,
        items: &mut Items<'a>,
        span: Span,
        first_var: usize,
        expected: Expected,
    ) -> Callee {
        let MethodRef { name, receiver, prefix, dispatch, creates, span: name_span, .. } = methods;
        let type_params: Vec<TypeParamId> = match &creates {
            Some(creation) => self.symbols.classes[creation.class].type_params.clone(),
            None => self.symbols.methods[method].type_params.clone(),
        };
        let Some((subst, type_args)) =
            self.instantiate(&type_params, creates.as_ref(), types, name, prefix)
        else {
            self.drop_items(std::mem::take(items));
            return Callee::Error(span);
        };
        let mut application = Application {
            method,
            subst,
            type_args,
            prefix: if creates.is_some() { None } else { prefix },
            args: Vec::new(),
            stmts: Vec::new(),
            receiver,
            first_var,
            span,
        };
        let result = self.result_type(&application, creates.as_ref());
        let wanted = self.wanted_result(method, items, expected);
        if let Some(wanted) = wanted {
            self.constrain_result(result, wanted);
        }
        let lists = self.symbols.methods[method].lists.clone();
        if lists.is_empty() && self.may_write_parens(method, items) {
            items.pop_front();
        }
        let mut at = 0;
        for (number, list) in lists.iter().enumerate() {
            let params: Vec<LocalId> =
                self.symbols.methods[method].params[at..at + list.len as usize].to_vec();
            at += list.len as usize;
            if list.is_using {
                let takes_plain = self.methods[method].has_implicit_list;
                let explicit =
                    matches!(items.front(), Some(Item::Args(list)) if list.using || takes_plain);
                if !explicit {
                    self.implicit_list(&mut application, &params, name);
                    continue;
                }
            }
            // `C(using x)` leaves out the empty list in front.
            if params.is_empty() && matches!(items.front(), Some(Item::Args(list)) if list.using) {
                continue;
            }
            match items.pop_front() {
                Some(Item::Args(given)) if given.using && !list.is_using => {
                    self.fail(
                        codes::ARGUMENTS,
                        given.span,
                        format!("`{name}` takes no `using` arguments here"),
                    );
                    self.drop_items(std::mem::take(items));
                    return Callee::Error(span);
                }
                Some(Item::Args(list)) => {
                    let list = if self.is_auto_tupled(&params, &list) {
                        self.auto_tupled(&application, &params, list)
                    } else {
                        list
                    };
                    if !self.explicit_list(&mut application, &params, list, name) {
                        self.drop_items(std::mem::take(items));
                        return Callee::Error(span);
                    }
                }
                other => {
                    if let Some(other) = other {
                        items.push_front(other);
                    }
                    if params.is_empty() && self.may_omit_parens(method, number, expected, &lists) {
                        continue;
                    }
                    return self.partial(
                        application,
                        Remaining {
                            creates,
                            dispatch,
                            name_span,
                            list: number,
                            at: at - params.len(),
                        },
                        result,
                        expected,
                    );
                }
            }
        }
        let value = self.finish_application(application, creates, dispatch, result);
        Callee::Value(self.inlined(method, value))
    }

    /// An `inline val` of a constant type is the constant: reading it initialises no object.
    fn inlined(&self, method: MethodId, value: Expr) -> Expr {
        let is_inline = matches!(self.symbols.methods[method].kind, MethodKind::Getter(_))
            && self.methods[method].flags.contains(ast::Flags::INLINE);
        let Ty::Literal(_, literal) = self.types.get(value.ty) else { return value };
        if !is_inline {
            return value;
        }
        let constant = match literal {
            Literal::Int(value) => Constant::Int(value),
            Literal::Long(value) => Constant::Long(value),
            Literal::Char(unit) => Constant::Char(unit),
            Literal::Double(bits) => Constant::Double(bits),
            Literal::Boolean(value) => Constant::Boolean(value),
            Literal::String(text) => Constant::String(text.as_str().encode_utf16().collect()),
        };
        typed(ExprKind::Constant(constant), value.ty, value.span)
    }

    /// Type arguments: those that are written, those of a known class type, or variables.
    fn instantiate(
        &mut self,
        params: &[TypeParamId],
        creates: Option<&Creation>,
        types: Option<(Vec<TyId>, Span)>,
        name: Name,
        prefix: Option<TyId>,
    ) -> Option<(Subst, Vec<TyId>)> {
        if let Some(creation) = creates
            && let Some((_, args)) = creation.ty.and_then(|ty| self.types.as_class(ty))
            && types.is_none()
        {
            return Some((Subst::zip(params, args), args.to_vec()));
        }
        let own = match creates {
            Some(creation) => self.symbols.classes[creation.class].own_type_params,
            None => params.len(),
        };
        let outer: Vec<TyId> = params[own..]
            .iter()
            .map(|param| {
                let ty = self.types.param(*param);
                match prefix {
                    Some(prefix) => self.seen(ty, prefix),
                    None => ty,
                }
            })
            .collect();
        let rest = Subst::zip(&params[own..], &outer);
        let Some((types, span)) = types else {
            let (mut subst, mut vars) = self.fresh_vars(&params[..own], &rest);
            if let Some(prefix) = prefix.filter(|_| creates.is_none()) {
                self.see_bounds(&params[..own], &vars, prefix);
            }
            vars.extend(outer);
            subst.extend(&Subst::new());
            return Some((subst, vars));
        };
        // An extension method's own parameters are the last ones.
        let skipped = own.checked_sub(types.len());
        let Some(skipped) = skipped.filter(|skipped| *skipped == 0 || creates.is_none()) else {
            self.fail(
                codes::TYPE_ARGUMENTS,
                span,
                format!("`{name}` takes {own} type argument(s), found {}", types.len()),
            );
            return None;
        };
        let (first, mut vars) = self.fresh_vars(&params[..skipped], &rest);
        let mut subst = first;
        for (param, ty) in params[skipped..own].iter().zip(&types) {
            subst.insert(*param, *ty);
        }
        for (param, ty) in params[skipped..own].iter().zip(&types) {
            self.check_bounds(*param, *ty, &subst, prefix, span);
        }
        vars.extend(types);
        vars.extend(outer);
        Some((subst, vars))
    }

    /// Bounds of a method's parameters may name the class's: they are seen through the prefix.
    fn see_bounds(&mut self, params: &[TypeParamId], vars: &[TyId], prefix: TyId) {
        for (param, var) in params.iter().zip(vars) {
            let Ty::Var(var) = self.types.get(*var) else { continue };
            let info = &self.symbols.type_params[*param];
            let (lower, upper) = (info.lower, info.upper);
            let subst = Subst::zip(params, vars);
            let seen_lower = self.seen(lower, prefix);
            let seen_upper = self.seen(upper, prefix);
            let (lower, upper) =
                (self.types.subst(seen_lower, &subst), self.types.subst(seen_upper, &subst));
            self.replace_bounds(var, lower, upper);
        }
    }

    /// How many type arguments a type takes, if that is known.
    fn kind_of(&self, ty: TyId) -> Option<usize> {
        match self.types.get(ty) {
            Ty::Constructor(class) => Some(self.symbols.classes[class].own_type_params),
            Ty::Lambda(params, _) => Some(params.len()),
            Ty::Param(param) => {
                let info = &self.symbols.type_params[param];
                match self.types.get(info.upper) {
                    Ty::Lambda(params, _) => Some(params.len()),
                    _ => Some(info.arity as usize),
                }
            }
            Ty::Class(..) | Ty::Literal(..) | Ty::This(_) | Ty::Local(_) => Some(0),
            Ty::Applied(..) | Ty::And(..) | Ty::Or(..) => Some(0),
            Ty::Error | Ty::Var(_) | Ty::Wildcard(..) => None,
        }
    }

    /// `T <: AnyKind`: types of every kind.
    pub fn is_of_any_kind(&self, param: TypeParamId) -> bool {
        let bounds = self.type_param_data[param].bounds;
        let upper = bounds.and_then(|(bounds, _)| bounds.upper.as_deref());
        upper.is_some_and(|ty| {
            matches!(&ty.kind, ast::TypeKind::Ident(name)
            if name.as_str() == "AnyKind")
        })
    }

    /// Reports a type argument outside of the bounds of its parameter.
    pub fn check_bounds(
        &mut self,
        param: TypeParamId,
        ty: TyId,
        subst: &Subst,
        prefix: Option<TyId>,
        span: Span,
    ) {
        if self.is_of_any_kind(param) {
            return;
        }
        self.complete_bounds(param);
        let info = &self.symbols.type_params[param];
        let (mut lower, mut upper, name) = (info.lower, info.upper, info.name);
        let (arity, wanted) = (self.kind_of(ty), self.kind_of(self.types.param(param)));
        if ty != self.types.roots().nothing && arity.is_some() && arity != wanted {
            let (found, wanted) = (arity.unwrap_or(0), wanted.unwrap_or(0));
            let text = self.show(ty);
            self.fail(
                codes::TYPE_ARGUMENTS,
                span,
                format!("`{text}` takes {found} type argument(s), but `{name}` takes {wanted}"),
            );
            return;
        }
        if let Some(prefix) = prefix {
            lower = self.seen(lower, prefix);
            upper = self.seen(upper, prefix);
        }
        let (lower, upper) = (self.types.subst(lower, subst), self.types.subst(upper, subst));
        if matches!(self.types.get(ty), Ty::Constructor(_) | Ty::Lambda(..) | Ty::Wildcard(..)) {
            return;
        }
        if !self.conforms(ty, upper) {
            let (found, bound) = (self.show(ty), self.show(upper));
            self.fail(
                codes::BOUNDS,
                span,
                format!("`{found}` is not a subtype of `{bound}`, the upper bound of `{name}`"),
            );
        } else if !self.conforms(lower, ty) {
            let (found, bound) = (self.show(ty), self.show(lower));
            self.fail(
                codes::BOUNDS,
                span,
                format!("`{found}` is not a supertype of `{bound}`, the lower bound of `{name}`"),
            );
        }
    }

    fn result_type(&mut self, application: &Application, creates: Option<&Creation>) -> TyId {
        let result = match creates {
            Some(creation) => self.symbols.classes[creation.class].this_ty,
            None => self.symbols.methods[application.method].result,
        };
        self.instantiated(application, result)
    }

    /// A type of the signature with everything known filled in.
    pub(super) fn instantiated(&mut self, application: &Application, ty: TyId) -> TyId {
        let ty = match application.prefix {
            Some(prefix) => self.seen(ty, prefix),
            None => ty,
        };
        self.types.subst(ty, &application.subst)
    }

    /// The expected type of the whole, if this method's result is the whole.
    fn wanted_result(
        &mut self,
        method: MethodId,
        items: &Items<'a>,
        expected: Expected,
    ) -> Expected {
        let lists = &self.symbols.methods[method].lists;
        let needed = lists.iter().filter(|list| !list.is_using).count();
        let given =
            items.iter().filter(|item| matches!(item, Item::Args(list) if !list.using)).count();
        let types_follow = items.iter().any(|item| matches!(item, Item::Types(..)));
        // With fewer lists than it takes, the method becomes a function.
        if given != needed || types_follow { None } else { expected }
    }

    /// Lets the expected type decide what it can; a result that does not fit is adapted later.
    fn constrain_result(&mut self, result: TyId, wanted: TyId) {
        let wanted = self.resolve(wanted);
        let roots = self.types.roots();
        if wanted == roots.unit || wanted == roots.any || self.types.is_error(wanted) {
            return;
        }
        let resolved = self.resolve(result);
        if !self.types.has_vars(resolved) {
            return;
        }
        // A bare variable as result may still be converted: numbers decide nothing.
        if let (Ty::Var(_), true) = (self.types.get(resolved), self.is_number(wanted))
            && wanted != roots.int
        {
            self.conforms(result, wanted);
            return;
        }
        self.conforms(result, wanted);
    }

    /// A field of a case class, read by its getter.
    pub fn read_case_field(
        &mut self,
        receiver: Expr,
        field: crate::symbols::FieldId,
        span: Span,
    ) -> Expr {
        self.complete_field(field);
        let ty = self.symbols.fields[field].ty;
        let ty = self.seen(ty, receiver.ty);
        match self.symbols.fields[field].getter {
            Some(getter) => {
                self.signature(getter);
                self.call(getter, Some(receiver), Vec::new(), ty, span)
            }
            None => typed(ExprKind::Field(Box::new(receiver), field), ty, span),
        }
    }

    /// The finished call.
    pub(super) fn finish_application(
        &mut self,
        application: Application,
        creates: Option<Creation>,
        dispatch: Option<Dispatch>,
        result: TyId,
    ) -> Expr {
        let Application { method, type_args, args, stmts, receiver, first_var, span, .. } =
            application;
        let ty = self.resolve(result);
        self.interpolate(first_var, ty);
        let mut ty = self.resolve(ty);
        let type_args: Vec<TyId> = type_args.into_iter().map(|arg| self.resolve(arg)).collect();
        let kind = match creates {
            Some(creation) => ExprKind::New {
                class: creation.class,
                constructor: method,
                type_args,
                outer: creation.outer.map(Box::new),
                args,
            },
            None => {
                let dispatch = dispatch.unwrap_or_else(|| self.dispatch_of(method));
                ExprKind::Call {
                    method,
                    dispatch,
                    receiver: receiver.map(Box::new),
                    type_args,
                    args,
                }
            }
        };
        if let Ty::Wildcard(_, upper) = self.types.get(ty) {
            ty = upper;
        }
        self.demand(method);
        let call = typed(kind, ty, span);
        self.with_stmts(stmts, call)
    }
}

/// What is left of a method that is not fully applied.
pub(super) struct Remaining {
    pub(super) creates: Option<Creation>,
    pub(super) dispatch: Option<Dispatch>,
    pub(super) name_span: Span,
    /// The first list without arguments.
    pub(super) list: usize,
    /// Its first parameter.
    pub(super) at: usize,
}

impl crate::checker::MethodData<'_> {
    /// Whether it is a constructor in the source (not something made for one).
    pub fn source_is_constructor(&self) -> bool {
        matches!(
            self.source,
            crate::checker::MethodSource::Primary(_) | crate::checker::MethodSource::Constructor(_)
        )
    }
}
