//! Headers of classes, on demand: bounds of type parameters, parents, self type, linearisation.

use crate::checker::{Checker, ClassSource, Status};
use crate::scope::ScopeId;
use crate::symbols::{ClassId, ClassKind, Owner, TypeParamId};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// Resolves the bounds of a type parameter, once.
    pub fn complete_bounds(&mut self, param: TypeParamId) {
        if self.type_param_data[param].status != Status::Lazy {
            return;
        }
        self.type_param_data[param].status = Status::Running;
        if let Some((bounds, scope)) = self.type_param_data[param].bounds {
            if let Some(lower) = &bounds.lower {
                self.symbols.type_params[param].lower = self.resolve_bound(lower, scope);
            }
            if let Some(upper) = &bounds.upper {
                self.symbols.type_params[param].upper = self.resolve_bound(upper, scope);
            }
        }
        self.type_param_data[param].status = Status::Done;
        self.cut_cyclic_bounds(param);
    }

    /// A bound: a type, or a type lambda that says of which kind the parameter is.
    fn resolve_bound(&mut self, bound: &'a ast::Type, scope: ScopeId) -> TyId {
        match bound.kind {
            ast::TypeKind::TypeLambda { .. } => self.resolve_class_type(bound, scope),
            _ => self.resolve_type(bound, scope),
        }
    }

    /// A parameter bounded by itself (directly, in an intersection, or by way of others) has no
    /// bound that means anything.
    fn cut_cyclic_bounds(&mut self, param: TypeParamId) {
        let roots = self.types.roots();
        let info = &self.symbols.type_params[param];
        let (name, span, lower, upper) = (info.name, info.span, info.lower, info.upper);
        for (bound, is_upper) in [(upper, true), (lower, false)] {
            if !self.bound_reaches(bound, param, is_upper) {
                continue;
            }
            let info = &mut self.symbols.type_params[param];
            if is_upper {
                info.upper = roots.any;
            } else {
                info.lower = roots.nothing;
            }
            self.report(Diagnostic::error(
                codes::CYCLIC_DEFINITION,
                span,
                format!("the type parameter `{name}` is bounded by itself"),
            ));
        }
    }

    fn bound_reaches(&mut self, bound: TyId, param: TypeParamId, is_upper: bool) -> bool {
        let mut seen: Vec<TypeParamId> = Vec::new();
        let mut left = vec![bound];
        while let Some(ty) = left.pop() {
            match self.types.get(ty) {
                Ty::Param(other) if other == param => return true,
                Ty::Param(other) if !seen.contains(&other) => {
                    seen.push(other);
                    let info = &self.symbols.type_params[other];
                    left.push(if is_upper { info.upper } else { info.lower });
                }
                Ty::And(a, b) | Ty::Or(a, b) => left.extend([a, b]),
                Ty::Applied(function, _) => left.push(function),
                _ => {}
            }
        }
        false
    }

    /// Resolves the parents of a class and computes its linearisation, once.
    #[inline]
    pub fn complete_header(&mut self, class: ClassId) {
        if self.classes[class].header != Status::Done {
            self.make_header(class);
        }
    }

    fn make_header(&mut self, class: ClassId) {
        match self.classes[class].header {
            Status::Done => return,
            Status::Running => {
                let span = self.symbols.classes[class].span;
                let name = self.symbols.classes[class].name;
                // The chain is cut here: whoever asked sees no parents.
                self.report(
                    Diagnostic::error(
                        codes::CYCLIC_INHERITANCE,
                        span,
                        format!("`{name}` inherits from itself"),
                    )
                    .help("remove one of the `extends` that close the circle"),
                );
                self.classes[class].header = Status::Done;
                return;
            }
            Status::Lazy => {}
        }
        self.classes[class].header = Status::Running;
        let parents = self.resolve_parents(class);
        self.symbols.classes[class].parents = parents;
        if self.classes[class].header == Status::Done {
            // Found to be cyclic meanwhile.
            self.symbols.classes[class].parents = vec![self.types.roots().any_ref];
        }
        self.linearize(class);
        self.classes[class].header = Status::Done;
        self.note_child(class);
        self.complete_self_type(class);
    }

    fn resolve_parents(&mut self, class: ClassId) -> Vec<TyId> {
        let source = self.classes[class].source;
        let scope = self.classes[class].header_scope;
        let mut parents = Vec::new();
        for (number, parent) in source.parents().iter().enumerate() {
            let ty = self.resolve_parent(class, parent, scope);
            if let Some(of) = self.types.class_of(ty) {
                self.check_parent(class, of, parent.span);
                self.check_parent_place(class, (number, parent), of, &parents);
                parents.push(ty);
            } else if !self.types.is_error(ty) {
                let text = self.show(ty);
                self.report(
                    Diagnostic::error(
                        codes::NOT_A_CLASS,
                        parent.span,
                        format!("`{text}` is not a class and cannot be extended"),
                    )
                    .help("extend a class or a trait"),
                );
            }
        }
        let roots = self.types.roots();
        match source {
            ClassSource::Anonymous(template) if template.parents.is_empty() => {
                parents.extend(self.expected_parent(class));
            }
            ClassSource::EnumCase(def, _, parent) if def.parents.is_empty() => {
                parents.push(self.enum_case_parent(class, parent));
            }
            ClassSource::None if class == roots.any_class => return Vec::new(),
            ClassSource::None if class == roots.any_ref_class || class == roots.any_val_class => {
                return vec![roots.any];
            }
            _ => {}
        }
        // The superclass of a trait that stands first is the superclass.
        let first = parents.first().and_then(|first| self.types.class_of(*first));
        match first {
            Some(first) if self.symbols.classes[first].kind == ClassKind::Trait => {
                self.complete_header(first);
                let inherited = self.symbols.classes[first].parents.first().copied();
                let inherited = inherited.map(|parent| self.seen(parent, parents[0]));
                let inherited = inherited.filter(|parent| {
                    self.types.class_of(*parent).is_some_and(|parent| {
                        self.symbols.classes[parent].kind != ClassKind::Trait
                            && parent != roots.any_class
                    })
                });
                parents.insert(0, inherited.unwrap_or(roots.any_ref));
            }
            Some(_) => {}
            None => parents.insert(0, roots.any_ref),
        }
        if self.symbols.classes[class].is_case {
            for extra in [self.known.product, self.known.serializable].into_iter().flatten() {
                if extra != class {
                    parents.push(self.types.class(extra, &[]));
                }
            }
        }
        parents
    }

    /// `new { … }` extends the class that is expected in its place.
    fn expected_parent(&mut self, class: ClassId) -> Option<TyId> {
        let (hinted, hint) = self.parent_hint?;
        let of = self.types.class_of(hint)?;
        let may_be_extended = !self.symbols.classes[of].is_final && hint != self.types.roots().any;
        (hinted == class && may_be_extended).then_some(hint)
    }

    fn check_parent(&mut self, class: ClassId, parent: ClassId, span: Span) {
        let (own_name, name) =
            (self.symbols.classes[class].name, self.symbols.classes[parent].name);
        let is_anonymous = matches!(self.classes[class].source, ClassSource::Anonymous(_));
        if self.extends_enum(class, parent, span) {
            return;
        }
        let info = &self.symbols.classes[parent];
        if info.is_final && !self.is_enum_parent(class, parent) {
            let what = if info.kind == ClassKind::Object { "an object" } else { "final" };
            self.report(
                Diagnostic::error(
                    codes::FINAL_PARENT,
                    span,
                    format!("`{name}` is {what} and cannot be extended"),
                )
                .label(info.span, "declared here"),
            );
        } else if info.is_sealed
            && self.symbols.classes[class].span.file != info.span.file
            && !self.symbols.classes[class].span.is_synthetic()
        {
            let what = if is_anonymous { "here".to_string() } else { format!("by `{own_name}`") };
            self.report(
                Diagnostic::error(
                    codes::SEALED_PARENT,
                    span,
                    format!("`{name}` is sealed and cannot be extended {what} in another file"),
                )
                .label(info.span, "declared here"),
            );
        }
    }

    /// A class stands first, no parent stands twice, and classes give traits their arguments.
    fn check_parent_place(
        &mut self,
        class: ClassId,
        (number, parent): (usize, &'a ast::Parent),
        of: ClassId,
        others: &[TyId],
    ) {
        let info = &self.symbols.classes[of];
        let (name, is_trait, place) = (info.name, info.kind == ClassKind::Trait, info.span);
        let (message, why, help) = if others
            .iter()
            .any(|other| self.types.class_of(*other) == Some(of))
        {
            (format!("`{name}` is extended twice"), "stands before already", "remove one of them")
        } else if number > 0 && !is_trait {
            let message = format!("`{name}` is a class: only the first parent can be one");
            (message, "not a trait", "extend a trait, or keep a `val` of this class")
        } else if is_trait
            && !parent.args.is_empty()
            && self.symbols.classes[class].kind == ClassKind::Trait
        {
            let message = format!("a trait gives its parent `{name}` no arguments");
            (
                message,
                "given by a trait",
                "remove them: the classes that extend the trait give them",
            )
        } else {
            return;
        };
        self.report(
            Diagnostic::error(codes::PARENTS, parent.span, message)
                .because(why)
                .label(place, "declared here")
                .help(help),
        );
    }

    fn is_enum_parent(&self, class: ClassId, parent: ClassId) -> bool {
        matches!(self.classes[class].source, ClassSource::EnumCase(_, _, of) if of == parent)
    }

    /// The enum with the parameters of the case, or with what their variance makes harmless.
    fn enum_case_parent(&mut self, class: ClassId, parent: ClassId) -> TyId {
        use crate::symbols::Variance::{Contravariant, Covariant, Invariant};
        let own = self.symbols.classes[class].type_params.clone();
        let count = self.symbols.classes[parent].own_type_params;
        let params = self.symbols.classes[parent].type_params.clone();
        let roots = self.types.roots();
        let args: Vec<TyId> = params
            .iter()
            .enumerate()
            .map(|(number, param)| match own.get(number) {
                Some(own) => self.types.param(*own),
                None if number >= count => self.types.param(*param),
                None => match self.symbols.type_params[*param].variance {
                    Covariant | Invariant => {
                        self.complete_bounds(*param);
                        self.symbols.type_params[*param].lower
                    }
                    Contravariant => roots.any,
                },
            })
            .collect();
        self.types.class(parent, &args)
    }

    fn linearize(&mut self, class: ClassId) {
        let mut order: Vec<ClassId> = Vec::new();
        for parent in self.symbols.classes[class].parents.clone() {
            let Some(parent) = self.types.class_of(parent) else { continue };
            if parent == class {
                continue;
            }
            self.complete_header(parent);
            let mut front: Vec<ClassId> = (self.symbols.classes[parent].linearization.iter())
                .copied()
                .filter(|base| !order.contains(base))
                .collect();
            front.append(&mut order);
            order = front;
        }
        order.retain(|base| *base != class);
        order.insert(0, class);
        // `Any` and `AnyRef` stand last, whatever the way they came in.
        let roots = self.types.roots();
        for root in [roots.any_ref_class, roots.any_class] {
            if let Some(place) = order.iter().position(|base| *base == root)
                && place != 0
            {
                order.remove(place);
                order.push(root);
            }
        }
        self.symbols.classes[class].linearization = order;
    }

    /// Adds a class to the children of its sealed parents.
    fn note_child(&mut self, class: ClassId) {
        if matches!(self.classes[class].source, ClassSource::EnumCase(..)) {
            return;
        }
        for parent in self.symbols.classes[class].parents.clone() {
            let Some(parent) = self.types.class_of(parent) else { continue };
            let info = &mut self.symbols.classes[parent];
            if info.is_sealed && !info.children.contains(&class) {
                info.children.push(class);
            }
        }
    }

    fn complete_self_type(&mut self, class: ClassId) {
        let Some(template) = self.classes[class].source.template() else { return };
        let Some(ty) = template.self_type.as_ref().and_then(|self_type| self_type.ty.as_ref())
        else {
            return;
        };
        let scope = self.classes[class].header_scope;
        let ty = self.resolve_type(ty, scope);
        let this = self.symbols.classes[class].this_ty;
        self.symbols.classes[class].self_ty = Some(self.types.intern(Ty::And(this, ty)));
    }

    /// A parent type; missing type arguments are inferred from its constructor arguments.
    fn resolve_parent(&mut self, class: ClassId, parent: &'a ast::Parent, scope: ScopeId) -> TyId {
        if !self.check_prefix(&parent.ty) {
            return self.types.roots().error;
        }
        let ty = self.resolve_class_type(&parent.ty, scope);
        let Ty::Constructor(of) = self.types.get(ty) else { return ty };
        if parent.args.is_empty() {
            return self.parent_without_args(class, of);
        }
        // The type is what `new P(args)` infers in the place of the arguments.
        let mut env = self.env;
        env.scope = self.constructor_scope(class);
        env.class = match self.symbols.classes[class].owner {
            Owner::Class(outer) => Some(outer),
            Owner::Package | Owner::Method(_) => env.class,
        };
        env.before_super = true;
        let before = self.diagnostics.len();
        let created = self
            .within(env, |this| this.new_object(of, None, None, &parent.args, parent.span, None));
        self.diagnostics.truncate(before);
        let ty = self.solve_all(created.ty);
        if self.types.class_of(ty).is_some() { ty } else { self.types.roots().error }
    }

    /// The type of a parent that is written without type arguments and without arguments: as
    /// expected of the instance of an anonymous class, else the least or greatest that it can be.
    fn parent_without_args(&mut self, class: ClassId, of: ClassId) -> TyId {
        if let Some((hinted, hint)) = self.parent_hint
            && hinted == class
            && let Some(base) = self.base(hint, of)
        {
            return base;
        }
        let roots = self.types.roots();
        let params = self.symbols.classes[of].type_params.clone();
        let own = self.symbols.classes[of].own_type_params;
        let args: Vec<TyId> = (params.into_iter().enumerate())
            .map(|(number, param)| {
                if number >= own {
                    return self.types.param(param);
                }
                match self.symbols.type_params[param].variance {
                    crate::symbols::Variance::Contravariant => roots.any,
                    _ => roots.nothing,
                }
            })
            .collect();
        self.types.class(of, &args)
    }
}
