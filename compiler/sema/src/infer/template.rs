//! Bodies: of methods, constructors, fields and templates; `new`; inferred result types.

use crate::checker::{
    Checker, ClassSource, Env, FieldSource, GroupId, MethodSource, Status, TemplateStat,
};
use crate::infer::apply::Item;
use crate::infer::args::ArgList;
use crate::infer::callee::Callee;
use crate::infer::expr::{Expected, typed};
use crate::symbols::{ClassId, ClassKind, FieldId, Implementation, MethodId, MethodKind, Owner};
use crate::typed::{Body, Constructor, ConstructorCall, Dispatch, Expr, ExprKind, Stmt};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
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
            is_library: data.is_library,
            before_super: false,
        }
    }

    /// The surroundings of what happens at construction.
    fn construction_env(&mut self, class: ClassId, scope: crate::scope::ScopeId) -> Env {
        let constructor = self.symbols.classes[class].constructor;
        let frame = constructor.map_or(0, |constructor| self.methods[constructor].frame);
        Env {
            scope,
            class: Some(class),
            method: constructor,
            frame,
            returns: None,
            is_library: self.symbols.classes[class].is_library,
            before_super: false,
        }
    }

    /// Runs a step whose errors stay whatever happens to the trial around it.
    fn committed<R>(&mut self, action: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::take(&mut self.diagnostics);
        let proofs = std::mem::take(&mut self.proved);
        let searching = std::mem::take(&mut self.searching);
        let unchecked = std::mem::replace(&mut self.unchecked, false);
        let result = action(self);
        self.unchecked = unchecked;
        self.searching = searching;
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
    fn field_value(&mut self, field: FieldId) -> Option<Expr> {
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
                Some(this.expr(value, Some(ty)))
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
                let mut value = this.expr(value, ty);
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
                let value = self.expr(body, Some(result));
                self.check_tail_calls(method, &value);
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
                self.env.returns = None;
                Some(Body::Expr(self.expr(default, Some(result))))
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
            args.push(self.local(param, span));
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

    /// What a primary constructor does after storing its parameters.
    fn constructor_body(&mut self, class: ClassId) -> Body {
        self.complete_header(class);
        self.complete_members(class);
        let is_trait = self.symbols.classes[class].kind == ClassKind::Trait;
        let (super_call, traits) =
            if is_trait { (None, Vec::new()) } else { self.parent_calls(class) };
        let mut statements = Vec::new();
        for stat in self.classes[class].statements.clone() {
            self.template_statement(class, stat, &mut statements);
        }
        Body::Constructor(Constructor { super_call, traits, statements })
    }

    fn template_statement(
        &mut self,
        class: ClassId,
        stat: TemplateStat<'a>,
        statements: &mut Vec<Stmt>,
    ) {
        match stat {
            TemplateStat::Expr(expr, scope) => {
                let env = self.construction_env(class, scope);
                let value = self.within(env, |this| this.discarded(expr));
                statements.push(Stmt::Expr(value));
            }
            TemplateStat::Field(field) => {
                if self.symbols.fields[field].is_lazy {
                    return;
                }
                let Some(value) = self.field_value(field) else { return };
                let span = value.span;
                let assign = self.set_field(class, field, value, span);
                statements.push(Stmt::Expr(assign));
            }
            TemplateStat::Group(group) => {
                self.infer_group(group);
                let Some((value, pattern, bound)) = self.groups[group].typed.take() else { return };
                let span = pattern.span;
                let fields = self.groups[group].fields.clone();
                let mut assigns = Vec::new();
                for ((_, local), (_, field)) in bound.into_iter().zip(fields) {
                    let ty = self.symbols.locals[local].ty;
                    let part = typed(ExprKind::Local(local), ty, span);
                    assigns.push(Stmt::Expr(self.set_field(class, field, part, span)));
                }
                let unit = self.unit(span);
                let body = self.with_stmts(assigns, unit);
                let case = crate::typed::Case { pattern, guard: None, body, span };
                let unit_ty = self.types.roots().unit;
                let kind = ExprKind::Match(Box::new(value), vec![case]);
                statements.push(Stmt::Expr(typed(kind, unit_ty, span)));
            }
        }
    }

    fn set_field(&mut self, class: ClassId, field: FieldId, value: Expr, span: Span) -> Expr {
        let this_ty = self.types.intern(Ty::This(class));
        let this = typed(ExprKind::This(class), this_ty, span);
        let unit = self.types.roots().unit;
        typed(ExprKind::AssignField(Box::new(this), field, Box::new(value)), unit, span)
    }

    /// The calls of the constructors of parents.
    fn parent_calls(&mut self, class: ClassId) -> (Option<ConstructorCall>, Vec<ConstructorCall>) {
        let roots = self.types.roots();
        let source = self.classes[class].source;
        let scope = self.constructor_scope(class);
        let mut env = self.construction_env(class, scope);
        env.before_super = true;
        let parents = self.symbols.classes[class].parents.clone();
        let superclass = parents.first().and_then(|parent| self.types.class_of(*parent));
        let is_root = |this: &Self, class: ClassId| {
            class == roots.any_class
                || class == roots.any_ref_class
                || class == roots.any_val_class
                || this.symbols.classes[class].kind == ClassKind::Trait
        };
        let mut super_call = None;
        let mut inherited: Vec<ClassId> = Vec::new();
        if let Some(base) = superclass.filter(|base| !is_root(self, *base)) {
            inherited = self.symbols.classes[base].linearization.clone();
            let written =
                source.parents().iter().zip(self.written_parents(class)).find_map(
                    |(parent, ty)| (self.types.class_of(ty) == Some(base)).then_some(parent),
                );
            let span = written.map_or(self.symbols.classes[class].span, |parent| parent.span);
            let args: &'a [ast::Args] = written.map_or(&[], |parent| &parent.args);
            super_call = self.within(env, |this| this.parent_call(base, parents[0], args, span));
        }
        let mut traits = Vec::new();
        let order = self.symbols.classes[class].linearization.clone();
        for base in order.into_iter().rev() {
            if base == class
                || inherited.contains(&base)
                || self.symbols.classes[base].kind != ClassKind::Trait
            {
                continue;
            }
            let written =
                source.parents().iter().zip(self.written_parents(class)).find_map(
                    |(parent, ty)| (self.types.class_of(ty) == Some(base)).then_some(parent),
                );
            let this = self.symbols.classes[class].this_ty;
            let ty = self.base(this, base).unwrap_or(this);
            let span = written.map_or(self.symbols.classes[class].span, |parent| parent.span);
            self.complete_members(base);
            let does_something = !self.classes[base].statements.is_empty()
                || !self.symbols.classes[base].fields.is_empty();
            let args: &'a [ast::Args] = written.map_or(&[], |parent| &parent.args);
            let has_params = self.symbols.classes[base].constructor.is_some_and(|constructor| {
                self.complete_params(constructor);
                !self.symbols.methods[constructor].params.is_empty()
            });
            if has_params {
                if let Some(call) = self.within(env, |this| this.parent_call(base, ty, args, span))
                {
                    traits.push(call);
                }
                continue;
            }
            let constructor = self.symbols.classes[base].constructor.filter(|_| does_something);
            if let Some(constructor) = constructor {
                self.demand(constructor);
            }
            let type_args = self.types.as_class(ty).map_or(Vec::new(), |(_, args)| args.to_vec());
            traits.push(ConstructorCall {
                class: base,
                constructor,
                type_args,
                args: Vec::new(),
                span,
            });
        }
        (super_call, traits)
    }

    /// The types of the parents in the order in which they are written.
    fn written_parents(&mut self, class: ClassId) -> Vec<TyId> {
        let source = self.classes[class].source;
        let count = source.parents().len();
        let parents = &self.symbols.classes[class].parents;
        // A superclass that came with a trait stands in front of what is written.
        let written_first = match source.parents().first() {
            Some(_) => parents.len() >= count,
            None => return Vec::new(),
        };
        if !written_first {
            return parents.clone();
        }
        let first_is_inserted = {
            let scope = self.classes[class].header_scope;
            let first = &source.parents()[0].ty;
            let before = self.diagnostics.len();
            let ty = self.resolve_class_type(first, scope);
            self.diagnostics.truncate(before);
            let class_of = match self.types.get(ty) {
                Ty::Class(of, _) | Ty::Constructor(of) => Some(of),
                Ty::Lambda(_, body) => self.types.class_of(body),
                _ => None,
            };
            self.symbols.classes[class].parents.first().and_then(|p| self.types.class_of(*p))
                != class_of
        };
        let parents = &self.symbols.classes[class].parents;
        let skip = usize::from(first_is_inserted);
        parents.iter().skip(skip).take(count).copied().collect()
    }

    fn parent_call(
        &mut self,
        base: ClassId,
        ty: TyId,
        args: &'a [ast::Args],
        span: Span,
    ) -> Option<ConstructorCall> {
        let saved = self.env.before_super;
        let created = self.new_object(base, Some(ty), None, args, span, None);
        self.env.before_super = saved;
        let mut stmts = Vec::new();
        let mut expr = created;
        loop {
            match expr.kind {
                ExprKind::Block(more, inner) => {
                    stmts.extend(more);
                    expr = *inner;
                }
                ExprKind::New { class, constructor, type_args, mut args, .. } => {
                    // Values bound in front of the arguments move into the first one.
                    if !stmts.is_empty() {
                        if args.is_empty() {
                            return None;
                        }
                        let first = args.remove(0);
                        args.insert(0, self.with_stmts(stmts, first));
                    }
                    return Some(ConstructorCall {
                        class,
                        constructor: Some(constructor),
                        type_args,
                        args,
                        span,
                    });
                }
                _ => return None,
            }
        }
    }

    /// `def this(..) = this(..)`.
    fn secondary_body(&mut self, method: MethodId, def: &'a ast::ConstructorDef) -> Body {
        let Owner::Class(class) = self.symbols.methods[method].owner else {
            return Body::Expr(self.unit(def.this_span));
        };
        let unit = self.types.roots().unit;
        let (stats, result): (&'a [ast::Stat], Option<&'a ast::Expr>) = match &def.body.kind {
            ast::ExprKind::Block { stats, result } => (stats, result.as_deref()),
            _ => (&[], Some(&def.body)),
        };
        let (first, rest) = match stats.split_first() {
            Some((first, rest)) => match &first.kind {
                ast::StatKind::Expr(expr) => (Some(expr), rest),
                _ => (None, stats),
            },
            None => (result, stats),
        };
        let rest_result = if stats.is_empty() { None } else { result };
        self.env.class = Some(class);
        self.env.before_super = true;
        let call = first.and_then(|first| self.self_call(class, first));
        self.env.before_super = false;
        let Some(call) = call else {
            self.report(
                Diagnostic::error(
                    codes::CONSTRUCTOR_CALL,
                    def.this_span,
                    "a second constructor must first call another one",
                )
                .help("start its body with `this(…)`"),
            );
            return Body::Expr(self.unit(def.this_span));
        };
        // What follows sees the members of the class.
        let inner = self.classes[class].scope;
        let params = self.push_names(inner);
        for param in self.symbols.methods[method].params.clone() {
            let name = self.symbols.locals[param].name;
            self.bind_term(params, name, crate::checker::Term::Local(param));
        }
        self.env.scope = params;
        let after = self.block(rest, rest_result, def.body.span, Some(unit));
        let body = self.with_stmts(vec![Stmt::Expr(call)], after);
        Body::Expr(body)
    }

    /// `this(args)` in a constructor: a call of another constructor on the same object.
    fn self_call(&mut self, class: ClassId, expr: &'a ast::Expr) -> Option<Expr> {
        let mut items = Vec::new();
        let mut head = expr;
        while let ast::ExprKind::Apply { function, args } = &head.kind {
            items.push(Item::Args(ArgList::of_args(args)));
            head = function;
        }
        if !matches!(head.kind, ast::ExprKind::This(None)) || items.is_empty() {
            return None;
        }
        items.reverse();
        let this_ty = self.symbols.classes[class].this_ty;
        let callee = self.constructors(class, Some(this_ty), None, head.span);
        let created = self.apply_callee(callee, items, expr.span, None);
        let unit = self.types.roots().unit;
        let mut stmts = Vec::new();
        let mut created = created;
        loop {
            match created.kind {
                ExprKind::Block(more, inner) => {
                    stmts.extend(more);
                    created = *inner;
                }
                ExprKind::New { constructor, type_args, args, .. } => {
                    let ty = self.types.intern(Ty::This(class));
                    let this = typed(ExprKind::This(class), ty, head.span);
                    let kind = ExprKind::Call {
                        method: constructor,
                        dispatch: Dispatch::Static,
                        receiver: Some(Box::new(this)),
                        type_args,
                        args,
                    };
                    return Some(self.with_stmts(stmts, typed(kind, unit, expr.span)));
                }
                _ => return Some(self.error_expr(expr.span)),
            }
        }
    }

    /// `new C(args)`, `new C { … }`.
    pub fn new_expr(
        &mut self,
        template: &'a ast::Template,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let scope = self.env.scope;
        if template.body.is_none() && template.parents.len() == 1 {
            let parent = &template.parents[0];
            let ty = self.resolve_class_type(&parent.ty, scope);
            let (class, known) = match self.types.get(ty) {
                Ty::Class(class, _) => (class, Some(ty)),
                Ty::Constructor(class) => (class, None),
                Ty::Lambda(_, body) => match self.types.class_of(body) {
                    Some(class) => (class, None),
                    None => return self.error_expr(span),
                },
                Ty::Error => {
                    for list in &parent.args {
                        self.drop_args(ArgList::of_args(list));
                    }
                    return self.error_expr(span);
                }
                _ => {
                    let text = self.show(ty);
                    return self.fail(
                        codes::NOT_A_CLASS,
                        parent.ty.span,
                        format!("`{text}` is not a class: there is no `new` for it"),
                    );
                }
            };
            let outer = self.outer_of_path(&parent.ty);
            let callee = match self.constructor_callee(class, known, outer, span) {
                Callee::Error(at) => {
                    for list in &parent.args {
                        self.drop_args(ArgList::of_args(list));
                    }
                    return self.error_expr(at);
                }
                callee => callee,
            };
            let mut items: Vec<Item<'a>> =
                parent.args.iter().map(|list| Item::Args(ArgList::of_args(list))).collect();
            if items.is_empty() {
                items.push(Item::Args(ArgList::of_values(Vec::new(), span.end())));
            }
            return self.apply_callee(callee, items, span, expected);
        }
        let class = self.local_class(ClassSource::Anonymous(template));
        self.complete_header(class);
        self.check_class(class);
        let value = self.instance_of(class, span);
        let ty = self.anonymous_type(class);
        let stmts = vec![Stmt::Class(class)];
        let value = self.with_stmts(stmts, value);
        Expr { ty, ..value }
    }

    /// An anonymous class is known by its parents.
    fn anonymous_type(&mut self, class: ClassId) -> TyId {
        let roots = self.types.roots();
        let parents: Vec<TyId> = (self.symbols.classes[class].parents.iter())
            .copied()
            .filter(|parent| *parent != roots.any_ref)
            .collect();
        let mut result = None;
        for parent in parents {
            result = Some(match result {
                None => parent,
                Some(first) => self.and(first, parent),
            });
        }
        result.unwrap_or(roots.any_ref)
    }

    /// `new a.C`: the instance `a` that the new object belongs to.
    fn outer_of_path(&mut self, ty: &'a ast::Type) -> Option<Expr> {
        let ast::TypeKind::Select { path, .. } = &ty.kind else {
            if let ast::TypeKind::Apply { constructor, .. } = &ty.kind {
                return self.outer_of_path(constructor);
            }
            return None;
        };
        let before = self.diagnostics.len();
        let callee = self.callee(path);
        let value = match callee {
            Callee::Package(..) | Callee::Error(_) | Callee::Creator(..) => None,
            callee => Some(self.apply_callee(callee, Vec::new(), path.span, None)),
        };
        self.diagnostics.truncate(before);
        value.filter(|value| !matches!(value.kind, ExprKind::Error))
    }
}
