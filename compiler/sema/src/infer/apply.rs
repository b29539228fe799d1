//! Application: a method or value with the arguments that follow it, list by list from left to
//! right; type arguments, implicit lists, defaults, and functions made of methods.

use crate::checker::{Checker, Term};
use crate::infer::args::{Arg, ArgList, ArgValue, Slot};
use crate::infer::callee::{Callee, Creation, MethodRef};
use crate::infer::expr::{Expected, typed};
use crate::symbols::{ClassId, LocalId, MethodId, MethodKind, Owner, Passing, TypeParamId};
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
struct Application {
    method: MethodId,
    subst: Subst,
    type_args: Vec<TyId>,
    prefix: Option<TyId>,
    /// Typed arguments of the lists so far.
    args: Vec<Expr>,
    stmts: Vec<Stmt>,
    receiver: Option<Expr>,
    first_var: usize,
    span: Span,
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
                    if items.is_empty() {
                        return value;
                    }
                    if let ExprKind::Error = value.kind {
                        self.drop_items(items);
                        return value;
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
                    self.constructor_callee(class, ty, None, at)
                }
                Callee::Methods(methods) => {
                    self.apply_methods(*methods, &mut items, span, expected)
                }
            };
        }
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

    /// The constructors of a class as a method.
    pub fn constructor_callee(
        &mut self,
        class: ClassId,
        ty: Option<TyId>,
        outer: Option<Expr>,
        span: Span,
    ) -> Callee {
        self.complete_header(class);
        self.complete_members(class);
        let info = &self.symbols.classes[class];
        let name = info.name;
        if info.is_abstract || info.kind != crate::symbols::ClassKind::Class {
            let what = match info.kind {
                crate::symbols::ClassKind::Trait => "a trait",
                crate::symbols::ClassKind::Object => "an object",
                crate::symbols::ClassKind::Class => "abstract",
            };
            self.report(
                Diagnostic::error(
                    codes::ABSTRACT_NEW,
                    span,
                    format!("`{name}` is {what}: there is no `new {name}`"),
                )
                .help("create a subclass, or write `new` with a body that has what is missing"),
            );
            return Callee::Error(span);
        }
        self.constructors(class, ty, outer, span)
    }

    /// The constructors of a class, for `new` and for calls of a parent's constructor.
    pub fn constructors(
        &mut self,
        class: ClassId,
        ty: Option<TyId>,
        outer: Option<Expr>,
        span: Span,
    ) -> Callee {
        self.complete_header(class);
        self.complete_members(class);
        let name = self.symbols.classes[class].name;
        let candidates: Vec<MethodId> = (self.symbols.classes[class].methods.iter())
            .copied()
            .filter(|m| self.symbols.methods[*m].kind == MethodKind::Constructor)
            .filter(|m| self.methods[*m].source_is_constructor())
            .collect();
        let visible: Vec<MethodId> =
            (candidates.iter().copied()).filter(|m| self.is_accessible(Term::Method(*m))).collect();
        if visible.is_empty() {
            self.fail(
                codes::NOT_ACCESSIBLE,
                span,
                format!("the constructor of `{name}` cannot be accessed from here"),
            );
            return Callee::Error(span);
        }
        let outer = match outer {
            Some(outer) => Some(outer),
            None => self.outer_instance(class, span),
        };
        let prefix = outer.as_ref().map(|outer| outer.ty);
        Callee::Methods(Box::new(MethodRef {
            name,
            span,
            receiver: None,
            prefix,
            candidates: visible,
            dispatch: None,
            creates: Some(Creation { class, ty, outer }),
            extension: None,
        }))
    }

    /// The instance that a new instance of an inner class belongs to, seen from here.
    fn outer_instance(&mut self, class: ClassId, span: Span) -> Option<Expr> {
        if self.classes[class].is_static {
            return None;
        }
        let Owner::Class(owner) = self.symbols.classes[class].owner else { return None };
        let mut next = self.env.class;
        while let Some(here) = next {
            if self.types.derives(&self.symbols, here, owner) {
                return Some(self.this_of(here, span));
            }
            next = self.class_around(here);
        }
        None
    }

    /// `new C(args)`.
    pub fn new_object(
        &mut self,
        class: ClassId,
        ty: Option<TyId>,
        outer: Option<Expr>,
        args: &'a [ast::Args],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let callee = self.constructors(class, ty, outer, span);
        let mut items: Vec<Item<'a>> =
            args.iter().map(|list| Item::Args(ArgList::of_args(list))).collect();
        if items.is_empty() {
            items.push(Item::Args(ArgList::of_values(Vec::new(), span)));
        }
        self.apply_callee(callee, items, span, expected)
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
                    types.iter().map(|ty| self.resolve_class_type(ty, scope)).collect();
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
        let chosen = self.choose(&methods, type_count, items, expected);
        let Some(method) = chosen else {
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
                Some(Item::Args(list)) => {
                    if self.is_auto_tupled(&params, &list) {
                        self.outside(
                            codes::AUTO_TUPLING,
                            list.span,
                            "several arguments for one parameter would become a tuple",
                            "write the tuple out: `f((a, b))`",
                        );
                        self.drop_args(list);
                        self.drop_items(std::mem::take(items));
                        return Callee::Error(span);
                    }
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

    fn check_bounds(
        &mut self,
        param: TypeParamId,
        ty: TyId,
        subst: &Subst,
        prefix: Option<TyId>,
        span: Span,
    ) {
        self.complete_bounds(param);
        let info = &self.symbols.type_params[param];
        let (mut lower, mut upper, name) = (info.lower, info.upper, info.name);
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
    fn instantiated(&mut self, application: &Application, ty: TyId) -> TyId {
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

    /// An argument list that is written.
    fn explicit_list(
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
        let typed_args = self.type_list(params, &types, list, &slots, &mut application.stmts);
        if slots.contains(&Slot::Default) {
            self.fix_receiver(application);
        }
        let first = application.args.len();
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
    fn is_auto_tupled(&mut self, params: &[LocalId], list: &ArgList<'a>) -> bool {
        let [param] = params else { return false };
        if list.args.len() < 2
            || list.tuple.is_some()
            || list.args.iter().any(|arg| arg.name.is_some() || arg.splice)
            || self.symbols.locals[*param].passing == Passing::Repeated
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

    /// A `using` list that is not written.
    fn implicit_list(&mut self, application: &mut Application, params: &[LocalId], name: Name) {
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

    /// An implicit argument for a by-name parameter, searched in its own frame.
    fn by_name_implicit(&mut self, wanted: TyId, span: Span) -> Option<Expr> {
        let frame = self.new_frame();
        let saved = (self.env.frame, self.env.returns);
        self.env.frame = frame;
        self.env.returns = None;
        let found = self.implicit_value(wanted, span);
        (self.env.frame, self.env.returns) = saved;
        found.map(|value| self.wrap_by_name(value, wanted))
    }

    /// Whether `()` may be left out: only of methods of the library.
    fn may_omit_parens(
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

    fn overrides_library(&mut self, method: MethodId) -> bool {
        let name = self.symbols.methods[method].name;
        matches!(name.as_str(), "toString" | "hashCode" | "getClass" | "clone" | "getMessage")
            && self.symbols.methods[method].params.is_empty()
    }

    /// A method whose remaining lists are not written: a function over them.
    fn partial(
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
    fn tupled_function(
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

    /// The finished call.
    fn finish_application(
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
struct Remaining {
    creates: Option<Creation>,
    dispatch: Option<Dispatch>,
    name_span: Span,
    /// The first list without arguments.
    list: usize,
    /// Its first parameter.
    at: usize,
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
