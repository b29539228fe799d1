//! Construction: what primary and secondary constructors do, the calls of parents' constructors,
//! and `new`.

use crate::checker::{Checker, ClassSource, TemplateStat};
use crate::infer::apply::Item;
use crate::infer::args::ArgList;
use crate::infer::callee::Callee;
use crate::infer::expr::{Expected, typed};
use crate::symbols::{ClassId, ClassKind, FieldId, MethodId, Owner};
use crate::typed::{Body, Constructor, ConstructorCall, Dispatch, Expr, ExprKind, Stmt};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// What a primary constructor does after storing its parameters.
    pub(super) fn constructor_body(&mut self, class: ClassId) -> Body {
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
            self.within(env, |this| this.check_instance_of_parent(base, written));
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
            self.within(env, |this| this.check_instance_of_parent(base, written));
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

    /// An inner class is extended where the instance around is the one that its parts get.
    fn check_instance_of_parent(&mut self, base: ClassId, written: Option<&'a ast::Parent>) {
        let Some(parent) = written else { return };
        if !self.is_inner(base) || self.env.is_library {
            return;
        }
        if let (Owner::Class(around), Some(class)) =
            (self.symbols.classes[base].owner, self.env.class)
            && self.symbols.classes[base].kind == ClassKind::Trait
            && !self.stands_inside(class, around)
        {
            // Reported where the traits of a class are looked at.
            return;
        }
        let outer = self.instance_around(base, &parent.ty);
        if !outer.is_some_and(|outer| matches!(outer.kind, ExprKind::This(_))) {
            let name = self.symbols.classes[base].name;
            let message = format!("the class `{name}` of another instance is extended here");
            self.report(
                Diagnostic::error(codes::OTHER_INSTANCE, parent.ty.span, message)
                    .because("not of the instance around")
                    .help("extend it inside the class around, or move it into an object"),
            );
        }
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
    pub(super) fn secondary_body(
        &mut self,
        method: MethodId,
        def: &'a ast::ConstructorDef,
    ) -> Body {
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

    /// A constructor calls one that stands above it, so that there is no circle.
    fn check_precedes(&mut self, called: MethodId, span: Span) {
        let Some(own) = self.env.method else { return };
        let (own, other) = (self.symbols.methods[own].span, self.symbols.methods[called].span);
        let is_above = own.file != other.file || other.lo < own.lo;
        if is_above || self.methods[called].is_library {
            return;
        }
        self.report(
            Diagnostic::error(
                codes::CONSTRUCTOR_CALL,
                span,
                "a constructor calls only those that stand above it",
            )
            .label(other, "this one is called")
            .help("put it above, or call the class's own constructor"),
        );
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
                    self.check_precedes(constructor, expr.span);
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
            if !self.check_prefix(&parent.ty) {
                for list in &parent.args {
                    self.drop_args(ArgList::of_args(list));
                }
                return self.error_expr(span);
            }
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
            if class == self.types.roots().any_ref_class {
                return self.new_object(class, None, None, &parent.args, span, expected);
            }
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
        let hint = expected.map(|expected| self.resolve(expected));
        let hint = hint.filter(|hint| !self.types.has_vars(*hint));
        let outer_hint = std::mem::replace(&mut self.parent_hint, hint.map(|ty| (class, ty)));
        self.complete_header(class);
        self.parent_hint = outer_hint;
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
    pub(super) fn outer_of_path(&mut self, ty: &'a ast::Type) -> Option<Expr> {
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
