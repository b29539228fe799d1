//! Bodies of methods and fields, and inferred result types.

use crate::checker::{Checker, Env, FieldSource, GroupId, MethodSource, Status};
use crate::infer::callee::Callee;
use crate::infer::expr::{Expected, typed};
use crate::reason::Reason;
use crate::symbols::{ClassId, FieldId, Implementation, MethodId, MethodKind, Owner, Passing};
use crate::typed::{Body, Constant, Expr, ExprKind};
use crate::types::{Ty, TyId};
use fscc_base::{Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// The surroundings of a method's body.
    fn body_env(&mut self, method: MethodId) -> Env {
        let data = &self.methods[method];
        Env {
            scope: data.body_scope,
            class: data.class,
            method: Some(method),
            frame: data.frame,
            returns: Some(method),
            leaves: Some(method),
            is_library: data.is_library,
            before_super: false,
        }
    }

    /// The surroundings of what happens at construction.
    pub(super) fn construction_env(&mut self, class: ClassId, scope: crate::scope::ScopeId) -> Env {
        let constructor = self.symbols.classes[class].constructor;
        let frame = constructor.map_or(0, |constructor| self.methods[constructor].frame);
        Env {
            scope,
            class: Some(class),
            method: constructor,
            frame,
            returns: None,
            leaves: None,
            is_library: self.symbols.classes[class].is_library,
            before_super: false,
        }
    }

    /// Runs a step whose errors stay whatever happens to the trial around it.
    fn committed<R>(&mut self, action: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::take(&mut self.diagnostics);
        let proofs = std::mem::take(&mut self.proved);
        let searching = std::mem::take(&mut self.searching);
        let open_searches = std::mem::take(&mut self.open_searches);
        let aside = self.has_proofs_aside;
        self.has_proofs_aside = aside || !proofs.is_empty();
        let unchecked = std::mem::replace(&mut self.unchecked, false);
        let result = action(self);
        self.unchecked = unchecked;
        self.searching = searching;
        self.open_searches = open_searches;
        self.has_proofs_aside = aside;
        self.proved = proofs;
        let own = std::mem::replace(&mut self.diagnostics, outer);
        self.settled.extend(own);
        result
    }

    /// The result type of a method without a written one, from its body.
    pub fn infer_result(&mut self, method: MethodId) {
        let body = match self.methods[method].source {
            MethodSource::Def(def, _) | MethodSource::Extension(_, def, _) => def.body.as_ref(),
            _ => None,
        };
        let Some(body) = body else { return };
        if matches!(self.symbols.methods[method].implementation, Implementation::Intrinsic(_)) {
            return;
        }
        let env = self.body_env(method);
        let hint = self.overridden_result(method);
        self.methods[method].body = Status::Done;
        let mut value = self.committed(|this| {
            this.within(env, |this| {
                let mut value = this.infer(body, hint);
                if let Some(hint) = hint
                    && this.conforms(value.ty, hint)
                {
                    value.ty = this.resolve(value.ty);
                }
                let solved = this.solve_all(value.ty);
                value.ty = solved;
                value
            })
        });
        let ty = self.inferred_type(value.ty);
        let ty = self.without_locals(ty);
        self.symbols.methods[method].result = ty;
        self.zonk_expr(&mut value);
        self.bodies.insert(method, Body::Expr(value));
    }

    /// `x.type` of a parameter does not leave the method.
    fn without_locals(&mut self, ty: TyId) -> TyId {
        let symbols = &self.symbols;
        let types = &self.types;
        types.map(ty, &mut |part| match types.get(part) {
            Ty::Local(local) => Some(symbols.locals[local].ty),
            _ => None,
        })
    }

    /// The result type of a method that this one overrides: a hint for its body.
    fn overridden_result(&mut self, method: MethodId) -> Expected {
        let Owner::Class(class) = self.symbols.methods[method].owner else { return None };
        if !self.symbols.methods[method].type_params.is_empty() {
            return None;
        }
        let name = self.symbols.methods[method].name;
        let this = self.symbols.classes[class].this_ty;
        for base in self.symbols.classes[class].linearization.clone().into_iter().skip(1) {
            let Some(binding) = self.classes[base].decls.get(&name) else { continue };
            for term in binding.terms.clone() {
                let crate::checker::Term::Method(other) = term else { continue };
                if self.methods[other].signature == Status::Running
                    || matches!(self.methods[other].access, crate::checker::Access::Private(_))
                    || !self.same_parameters(method, other, class)
                {
                    continue;
                }
                self.signature(other);
                let result = self.symbols.methods[other].result;
                let seen = self.seen(result, this);
                // Only a result without the method's own parameters helps.
                let open = self.types.any_part(seen, &mut |part| {
                    matches!(part, Ty::Param(p)
                        if self.symbols.methods[other].type_params.contains(&p))
                });
                return (!open).then_some(seen);
            }
        }
        None
    }

    /// The type of a field without a written one, from its initialiser.
    pub fn infer_field(&mut self, field: FieldId, def: &'a ast::ValueDef) -> TyId {
        let Some(value) = &def.value else { return self.types.roots().error };
        let class = self.symbols.fields[field].owner;
        let env = self.field_env(field, class);
        let mut value = self.committed(|this| {
            this.within(env, |this| {
                let mut value = this.infer(value, None);
                value.ty = this.solve_all(value.ty);
                value
            })
        });
        self.zonk_expr(&mut value);
        let is_inline = self.symbols.fields[field]
            .getter
            .is_some_and(|getter| self.methods[getter].flags.contains(ast::Flags::INLINE));
        let constant = match &value.kind {
            ExprKind::Constant(constant) if is_inline => self.constant_type(constant),
            _ => None,
        };
        let ty = constant.unwrap_or_else(|| self.inferred_type(value.ty));
        // Several names of one definition evaluate it once each.
        if def.patterns.len() == 1 {
            self.fields[field].initializer = Some(value);
        }
        ty
    }

    fn field_env(&mut self, field: FieldId, class: ClassId) -> Env {
        let scope = self.fields[field].scope;
        let mut env = self.construction_env(class, scope);
        if self.symbols.fields[field].is_lazy
            && let Some(getter) = self.symbols.fields[field].getter
        {
            env.method = Some(getter);
            env.frame = self.methods[getter].frame;
        }
        env
    }

    /// The initialiser of a field.
    pub(super) fn field_value(&mut self, field: FieldId) -> Option<Expr> {
        self.complete_field(field);
        if let Some(value) = self.fields[field].initializer.take() {
            return Some(value);
        }
        let class = self.symbols.fields[field].owner;
        let env = self.field_env(field, class);
        let ty = self.symbols.fields[field].ty;
        let source = self.fields[field].source;
        let span = self.symbols.fields[field].span;
        self.within(env, |this| match source {
            FieldSource::Value(def) => {
                let value = def.value.as_ref()?;
                if def.mutable && this.is_uninitialized(value) {
                    return Some(this.first_value(class, ty, value.span));
                }
                let written = def.ty.as_ref().map_or(span, |ty| ty.span);
                Some(this.expr_for(value, Some(ty), Reason::Annotation(written)))
            }
            FieldSource::Object(object) => {
                this.complete_header(object);
                Some(this.instance_of(object, span))
            }
            FieldSource::Given(def, instance) => Some(match (&def.body, instance) {
                (ast::GivenBody::Alias { value: Some(value), .. }, _) => this.expr(value, Some(ty)),
                (_, Some(object)) if this.classes[object].is_static => this.object(object, span),
                (_, Some(object)) => this.instance_of(object, span),
                _ => this.error_expr(span),
            }),
            FieldSource::Group(group) => this.lazy_group_value(field, group),
            FieldSource::None | FieldSource::Param(_) => None,
        })
    }

    /// Whether this is `scala.compiletime.uninitialized`.
    fn is_uninitialized(&mut self, value: &'a ast::Expr) -> bool {
        let name = match &value.kind {
            ast::ExprKind::Ident(name) | ast::ExprKind::Select { name, .. } => name,
            _ => return false,
        };
        if name.as_str() != "uninitialized" {
            return false;
        }
        match self.callee(value) {
            Callee::Methods(methods) => {
                methods.candidates.iter().any(|method| self.methods[*method].is_library)
            }
            _ => false,
        }
    }

    /// The first value of a variable that is given none: zero, `false` or `null`.
    fn first_value(&mut self, class: ClassId, ty: TyId, span: Span) -> Expr {
        let contract = self.known.class("fvm.Contract");
        if contract.is_some_and(|base| self.types.derives(&self.symbols, class, base)) {
            return self.outside_expr(
                codes::UNINITIALISED,
                span,
                "storage needs an initial value",
                "write a value, or use `Option` with `None`",
            );
        }
        let roots = self.types.roots();
        if matches!(self.types.get(ty), Ty::Param(_)) && !self.conforms(ty, roots.any_ref) {
            // Read as a number it would have to be zero, which `null` is not here.
            return self.outside_expr(
                codes::UNINITIALISED,
                span,
                "a variable of a type parameter needs an initial value",
                "write a value, or use `Option` with `None`",
            );
        }
        if let Some(class) = self.types.class_of(ty)
            && self.is_user_value_class(class)
            && let Some(field) = self.symbols.classes[class].fields.first().copied()
            && let Some(constructor) = self.symbols.classes[class].constructor
        {
            self.complete_field(field);
            let wrapped = self.symbols.fields[field].ty;
            let wrapped = self.seen(wrapped, ty);
            let value = self.first_value(class, wrapped, span);
            let type_args = self.types.as_class(ty).map_or(Vec::new(), |(_, args)| args.to_vec());
            let args = vec![value];
            let kind = ExprKind::New { class, constructor, type_args, outer: None, args };
            return typed(kind, ty, span);
        }
        let constant = match ty {
            ty if ty == roots.unit => Constant::Unit,
            ty if ty == roots.boolean => Constant::Boolean(false),
            ty if ty == roots.byte || ty == roots.short || ty == roots.int => Constant::Int(0),
            ty if ty == roots.char => Constant::Char(0),
            ty if ty == roots.long => Constant::Long(0),
            ty if ty == roots.float => Constant::Float(0),
            ty if ty == roots.double => Constant::Double(0),
            _ => {
                let null = typed(ExprKind::Constant(Constant::Null), roots.null, span);
                return typed(ExprKind::Cast(Box::new(null), ty), ty, span);
            }
        };
        typed(ExprKind::Constant(constant), ty, span)
    }

    /// Types a pattern definition of a template, once.
    pub fn infer_group(&mut self, group: GroupId) {
        if self.groups[group].status != Status::Lazy {
            return;
        }
        self.groups[group].status = Status::Running;
        let (def, pattern, scope, class) = {
            let group = &self.groups[group];
            (group.def, group.pattern, group.scope, group.class)
        };
        let Some(value) = &def.value else { return };
        let mut env = self.construction_env(class, scope);
        let holder = self.groups[group].holder;
        if let Some(getter) = holder.and_then(|holder| self.symbols.fields[holder].getter) {
            env.method = Some(getter);
            env.frame = self.methods[getter].frame;
        }
        let kind = if super::pattern::is_unchecked(value) {
            crate::typed::MatchKind::Unchecked
        } else {
            crate::typed::MatchKind::Binding
        };
        self.match_kinds.insert(pattern.span, kind);
        let names: Vec<ast::Ident> = {
            let mut names = Vec::new();
            crate::enter::pattern_variables(pattern, &mut names);
            names
        };
        let typed_group = self.committed(|this| {
            this.within(env, |this| {
                let ty = def.ty.as_ref().map(|ty| this.resolve_type(ty, scope));
                let written = def.ty.as_ref().map_or(pattern.span, |ty| ty.span);
                let mut value = this.expr_for(value, ty, Reason::Annotation(written));
                value.ty = this.solve_all(value.ty);
                let ty = ty.unwrap_or(value.ty);
                let inner = this.push_names(scope);
                this.env.scope = inner;
                let (checked, locals) = this.pattern_of_definition(pattern, ty, &names);
                (value, checked, locals)
            })
        });
        let (value, pattern, locals) = typed_group;
        let mut bound = Vec::new();
        let fields = self.groups[group].fields.clone();
        for ((name, field), local) in fields.into_iter().zip(&locals) {
            let ty = self.symbols.locals[*local].ty;
            let ty = self.resolve(ty);
            self.symbols.fields[field].ty = ty;
            self.fields[field].status = Status::Done;
            bound.push((name, *local));
        }
        if let Some(holder) = holder {
            let types: Vec<TyId> =
                locals.iter().map(|local| self.resolve(self.symbols.locals[*local].ty)).collect();
            let ty = match types[..] {
                [] => self.types.roots().unit,
                [only] => only,
                _ => self.tuple_type(&types, pattern.span),
            };
            self.symbols.fields[holder].ty = ty;
            self.fields[holder].status = Status::Done;
        }
        self.groups[group].typed = Some((value, pattern, bound));
        self.groups[group].status = Status::Done;
    }

    /// The value of a lazy pattern definition's holder, or of one of its names.
    fn lazy_group_value(&mut self, field: FieldId, group: GroupId) -> Option<Expr> {
        self.infer_group(group);
        let holder = self.groups[group].holder?;
        let class = self.groups[group].class;
        let span = self.symbols.fields[field].span;
        if field == holder {
            let (value, pattern, bound) = self.groups[group].typed.take()?;
            let mut parts = Vec::new();
            for (_, local) in &bound {
                let ty = self.symbols.locals[*local].ty;
                parts.push(typed(ExprKind::Local(*local), ty, span));
            }
            let body = match parts.len() {
                0 => self.unit(span),
                1 => parts.pop().expect("one part"),
                _ => self.make_tuple(parts, span),
            };
            let ty = body.ty;
            let case = crate::typed::Case { pattern, guard: None, body, span };
            return Some(typed(ExprKind::Match(Box::new(value), vec![case]), ty, span));
        }
        let place = self.groups[group].fields.iter().position(|(_, f)| *f == field)?;
        let count = self.groups[group].fields.len();
        let this = self.this_of(class, span);
        let whole = self.read_case_field(this, holder, span);
        Some(if count == 1 { whole } else { self.tuple_part(whole, place, span) })
    }

    /// Notes that a body is needed.
    pub fn demand(&mut self, method: MethodId) {
        self.demanded.insert(method);
    }

    /// Types the body of a method, once.
    pub fn check_body(&mut self, method: MethodId) {
        self.signature(method);
        if self.methods[method].body != Status::Lazy || self.bodies.contains_key(&method) {
            return;
        }
        self.methods[method].body = Status::Running;
        let env = self.body_env(method);
        let body = self.committed(|this| this.within(env, |this| this.typed_body(method)));
        if let Some(mut body) = body {
            self.zonk_body(&mut body);
            self.bodies.insert(method, body);
        }
        self.methods[method].body = Status::Done;
    }

    fn typed_body(&mut self, method: MethodId) -> Option<Body> {
        let info = &self.symbols.methods[method];
        if info.implementation != Implementation::Source {
            return None;
        }
        let result = info.result;
        let span = info.span;
        match self.methods[method].source {
            MethodSource::Def(def, _) | MethodSource::Extension(_, def, _) => {
                let body = def.body.as_ref()?;
                let written = def.result.as_ref().map(|ty| ty.span);
                let reason = Reason::Result(method, written);
                let value = self.expr_for(body, Some(result), reason);
                self.check_tail_calls(method, &value);
                let value = self.with_leaving(method, value);
                Some(Body::Expr(value))
            }
            MethodSource::Primary(class) => Some(self.constructor_body(class)),
            MethodSource::Constructor(def) => Some(self.secondary_body(method, def)),
            MethodSource::Accessor(field) => {
                let is_getter = matches!(self.symbols.methods[method].kind, MethodKind::Getter(_));
                if !is_getter || !self.symbols.fields[field].is_lazy {
                    return None;
                }
                let value = self.field_value(field)?;
                Some(Body::Expr(value))
            }
            MethodSource::Given(def, instance) => {
                let value = match (&def.body, instance) {
                    (ast::GivenBody::Alias { value: Some(value), .. }, _) => {
                        self.expr(value, Some(result))
                    }
                    (_, Some(class)) => self.given_instance(method, class, span),
                    _ => return None,
                };
                Some(Body::Expr(value))
            }
            MethodSource::Default(of, default) => {
                self.complete_params(of);
                self.complete_default(method);
                self.env.scope = self.methods[method].body_scope;
                (self.env.returns, self.env.leaves) = (None, None);
                let reason = Reason::Result(method, None);
                Some(Body::Expr(self.expr_for(default, Some(result), reason)))
            }
            MethodSource::Export(clause, target) => {
                Some(Body::Expr(self.forwarder_body(method, clause, target)))
            }
            MethodSource::Synthetic(_) | MethodSource::None => None,
        }
    }

    /// A new instance of a given's class with the parameters of the given.
    fn given_instance(&mut self, method: MethodId, class: ClassId, span: Span) -> Expr {
        self.complete_header(class);
        self.complete_members(class);
        let constructor = self.symbols.classes[class].constructor;
        let Some(constructor) = constructor else { return self.error_expr(span) };
        self.complete_params(constructor);
        let own = self.symbols.methods[method].type_params.clone();
        let mut type_args: Vec<TyId> = own.iter().map(|p| self.types.param(*p)).collect();
        let params = self.symbols.classes[class].type_params.clone();
        for param in params.iter().skip(type_args.len()) {
            type_args.push(self.types.param(*param));
        }
        let ty = self.types.class(class, &type_args);
        let mut args = Vec::new();
        for param in self.symbols.methods[method].params.clone() {
            let info = &self.symbols.locals[param];
            // What is passed by name is passed on as it is.
            args.push(match info.passing {
                Passing::ByName => typed(ExprKind::Local(param), info.ty, span),
                Passing::Value | Passing::Repeated => self.local(param, span),
            });
        }
        let outer = match self.symbols.classes[class].owner {
            Owner::Class(owner) if !self.classes[class].is_static => {
                Some(Box::new(self.this_of(owner, span)))
            }
            _ => None,
        };
        typed(ExprKind::New { class, constructor, type_args, outer, args }, ty, span)
    }

    /// `export path.name`: a call of the member on the path.
    fn forwarder_body(
        &mut self,
        method: MethodId,
        clause: &'a ast::ImportClause,
        target: MethodId,
    ) -> Expr {
        let span = clause.span;
        let scope = self.methods[method].scope;
        let import = self.new_import(clause, scope);
        let receiver = self.import_path(import, span);
        let args: Vec<Expr> = (self.symbols.methods[method].params.clone().into_iter())
            .map(|param| {
                let ty = self.symbols.locals[param].ty;
                typed(ExprKind::Local(param), ty, span)
            })
            .collect();
        let type_args: Vec<TyId> = (self.symbols.methods[method].type_params.iter())
            .map(|param| self.types.param(*param))
            .collect();
        let result = self.symbols.methods[method].result;
        let mut call = self.call(target, Some(receiver), args, result, span);
        if let ExprKind::Call { type_args: slots, .. } = &mut call.kind {
            *slots = type_args;
        }
        self.demand(target);
        call
    }
}
