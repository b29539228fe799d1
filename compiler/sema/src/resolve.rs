//! Types as written, to types: names, aliases, applications, functions, tuples, unions.

use crate::checker::{Checker, Status, Term, TypeSym};
use crate::known::ARITY_MAX;
use crate::scope::{Found, ImportBase, ScopeId};
use crate::symbols::{ClassId, TypeParamId};
use crate::types::{Literal, Subst, Ty, TyId, ty_list};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast::{self, TypeKind};

impl<'a> Checker<'a> {
    /// A type in a place where values have it: a class needs its arguments.
    pub fn resolve_type(&mut self, ty: &'a ast::Type, scope: ScopeId) -> TyId {
        let resolved = self.resolve_class_type(ty, scope);
        if self.types.take_too_large() {
            self.type_too_large(ty.span);
        }
        match self.types.get(resolved) {
            Ty::Constructor(class) => {
                let count = self.symbols.classes[class].own_type_params;
                self.wrong_type_args(class, count, 0, ty.span);
                self.types.roots().error
            }
            Ty::Lambda(params, _) => {
                self.fail(
                    codes::TYPE_ARGUMENTS,
                    ty.span,
                    format!("this type takes {} type argument(s), none is written", params.len()),
                );
                self.types.roots().error
            }
            _ => resolved,
        }
    }

    /// Reports a wrong number of type arguments of a class.
    pub fn wrong_type_args(&mut self, class: ClassId, expected: usize, found: usize, span: Span) {
        let name = self.symbols.classes[class].name;
        self.report(
            Diagnostic::error(
                codes::TYPE_ARGUMENTS,
                span,
                format!("`{name}` takes {expected} type argument(s), found {found}"),
            )
            .label(self.symbols.classes[class].span, "declared here"),
        );
    }

    /// A type that may also be a class without its arguments.
    pub fn resolve_class_type(&mut self, ty: &'a ast::Type, scope: ScopeId) -> TyId {
        let roots = self.types.roots();
        match &ty.kind {
            TypeKind::Ident(name) => match self.lookup_type(name.name, scope) {
                Some((symbol, prefix)) => {
                    self.check_ambiguous_name(*name, scope, false);
                    self.type_of_symbol(symbol, prefix, name.span)
                }
                None => {
                    self.unknown_type(*name, scope);
                    roots.error
                }
            },
            TypeKind::Select { path, name } => self.resolve_select(path, *name, scope),
            TypeKind::Singleton(path) => self.resolve_singleton(path, scope),
            TypeKind::Apply { constructor, args } => {
                let function = self.resolve_class_type(constructor, scope);
                let spans = args.iter().map(|arg| arg.span).collect();
                let args: Vec<TyId> = args.iter().map(|a| self.resolve_arg(a, scope)).collect();
                let applied = self.apply_type(function, &args, ty.span);
                self.note_written((function, &args), spans, applied, scope);
                applied
            }
            TypeKind::Infix { lhs, op, rhs } => self.resolve_infix(lhs, *op, rhs, ty.span, scope),
            TypeKind::Function { params, result, context } => {
                self.resolve_function(params, result, *context, ty.span, scope)
            }
            TypeKind::Tuple(elements) => {
                if elements.iter().any(|element| element.name.is_some()) {
                    return self.resolve_named_tuple(elements, ty.span, scope);
                }
                let types: Vec<TyId> =
                    elements.iter().map(|element| self.resolve_type(&element.ty, scope)).collect();
                self.tuple_type(&types, ty.span)
            }
            TypeKind::Wildcard(bounds) => {
                let lower = bounds.lower.as_ref().map(|ty| self.resolve_type(ty, scope));
                let upper = bounds.upper.as_ref().map(|ty| self.resolve_type(ty, scope));
                let (lower, upper) = (lower.unwrap_or(roots.nothing), upper.unwrap_or(roots.any));
                self.types.intern(Ty::Wildcard(lower, upper))
            }
            TypeKind::Annotated { ty: inner, annotations } => {
                let is_free = |annotation: &ast::Annotation| {
                    crate::signature::annotation_name(&annotation.ty) == Some("uncheckedVariance")
                };
                if annotations.iter().any(is_free) {
                    self.unchecked_variance.push(ty.span);
                }
                self.resolve_class_type(inner, scope)
            }
            TypeKind::Literal(literal) => self.literal_type(literal),
            TypeKind::TypeLambda { params, body } => {
                let inner = self.push_names(scope);
                let params = self.enter_type_params(params, inner);
                let body = self.resolve_type(body, inner);
                self.types.intern(Ty::Lambda(intern_params(&params), body))
            }
            TypeKind::Error => roots.error,
            TypeKind::Projection { base, name } => {
                self.resolve_projection(base, *name, ty.span, scope)
            }
            TypeKind::PolyFunction { .. } => self.outside_type(
                codes::POLYMORPHIC_FUNCTION,
                ty.span,
                "a polymorphic function type is outside the subset",
                "declare a trait with a generic method `apply`",
            ),
            TypeKind::Refinement { base, members } => {
                if let (Some(base), true) = (base, members.is_empty()) {
                    return self.resolve_type(base, scope);
                }
                self.outside_type(
                    codes::STRUCTURAL_TYPE,
                    ty.span,
                    "a structural type is outside the subset",
                    "declare a trait with these members",
                )
            }
            TypeKind::Match { .. } => self.outside_type(
                codes::MATCH_TYPE,
                ty.span,
                "a match type is outside the subset",
                "use overloads or a type class",
            ),
        }
    }

    /// `A#B`: a class or an alias in the class `A`, of whatever instance; an alias that a
    /// refinement declares is the way in which older programs write a type lambda.
    fn resolve_projection(
        &mut self,
        base: &'a ast::Type,
        name: ast::Ident,
        span: Span,
        scope: ScopeId,
    ) -> TyId {
        if let TypeKind::Refinement { base: None, members } = &base.kind
            && let [only] = &members[..]
            && let ast::StatKind::Definition(definition) = &only.kind
            && let ast::DefinitionKind::Type(def) = &definition.kind
            && let Some(rhs) = &def.rhs
            && def.name.name == name.name
        {
            let inner = self.push_names(scope);
            let params = self.enter_type_params(&def.params, inner);
            if params.is_empty() {
                return self.resolve_class_type(rhs, inner);
            }
            let body = self.resolve_type(rhs, inner);
            return self.types.intern(Ty::Lambda(intern_params(&params), body));
        }
        let prefix = self.resolve_type(base, scope);
        if self.types.is_error(prefix) {
            return prefix;
        }
        if let Some(class) = self.types.class_of(prefix) {
            match self.type_member(class, name.name) {
                Some(symbol @ TypeSym::Class(_)) => {
                    return self.type_of_symbol(symbol, Some(prefix), name.span);
                }
                Some(symbol @ TypeSym::Alias(_)) => {
                    let ty = self.type_of_symbol(symbol, Some(prefix), name.span);
                    if !self.depends_on_instance(ty) {
                        return ty;
                    }
                }
                Some(TypeSym::Param(_)) => {}
                None => {
                    let text = self.show(prefix);
                    self.unknown_type_member(&text, name);
                    return self.types.roots().error;
                }
            }
        }
        self.outside_type(
            codes::TYPE_PROJECTION,
            span,
            "a type projection of an abstract type is outside the subset",
            "give the class a type parameter, or name the type through a value: `a.B`",
        )
    }

    /// Whether a type means something else for each instance of the class around it.
    fn depends_on_instance(&self, ty: TyId) -> bool {
        self.types.any_part(ty, &mut |part| match part {
            Ty::Class(class, _) | Ty::Constructor(class) => self.is_inner(class),
            Ty::Param(param) => self.type_param_data[param].member_of.is_some(),
            Ty::This(_) => true,
            _ => false,
        })
    }

    /// Refuses to make or extend a class of an instance that is not named.
    pub fn check_prefix(&mut self, ty: &'a ast::Type) -> bool {
        match &ty.kind {
            TypeKind::Projection { .. } => {
                self.fail(
                    codes::NOT_A_CLASS,
                    ty.span,
                    "which instance the class belongs to is not said: write `a.B`",
                );
                false
            }
            TypeKind::Apply { constructor, .. } => self.check_prefix(constructor),
            TypeKind::Annotated { ty, .. } => self.check_prefix(ty),
            _ => true,
        }
    }

    /// Reports a type outside the subset.
    pub(crate) fn outside_type(
        &mut self,
        code: codes::Code,
        span: Span,
        message: &str,
        help: &str,
    ) -> TyId {
        self.outside(code, span, message, help);
        self.types.roots().error
    }

    /// A type argument.
    pub(crate) fn resolve_arg(&mut self, ty: &'a ast::Type, scope: ScopeId) -> TyId {
        let arg = self.resolve_class_type(ty, scope);
        self.lambda_arguments |= matches!(self.types.get(arg), Ty::Lambda(..));
        arg
    }

    /// A type symbol seen through a prefix.
    pub fn type_of_symbol(&mut self, symbol: TypeSym, prefix: Option<TyId>, span: Span) -> TyId {
        match symbol {
            TypeSym::Class(class) => {
                let own = self.symbols.classes[class].own_type_params;
                if own > 0 {
                    // The outer arguments are added when the own ones are known.
                    if let Some(prefix) = prefix.filter(|_| !self.classes[class].is_static) {
                        return self.inner_constructor(class, prefix);
                    }
                    return self.types.intern(Ty::Constructor(class));
                }
                let this = self.symbols.classes[class].this_ty;
                match prefix {
                    Some(prefix) if !self.classes[class].is_static => self.seen(this, prefix),
                    _ => this,
                }
            }
            TypeSym::Param(param) => {
                let ty = self.types.param(param);
                match prefix {
                    Some(prefix) => self.seen(ty, prefix),
                    None => ty,
                }
            }
            TypeSym::Alias(alias) => {
                let ty = self.alias_type(alias, span);
                match prefix {
                    Some(prefix) => self.seen(ty, prefix),
                    None => ty,
                }
            }
        }
    }

    /// A generic inner class as a type lambda over its own parameters.
    fn inner_constructor(&mut self, class: ClassId, prefix: TyId) -> TyId {
        let this = self.symbols.classes[class].this_ty;
        let own = self.symbols.classes[class].own_type_params;
        if self.symbols.classes[class].type_params.len() == own {
            return self.types.intern(Ty::Constructor(class));
        }
        let params = self.symbols.classes[class].type_params[..own].to_vec();
        let body = self.seen(this, prefix);
        self.types.intern(Ty::Lambda(intern_params(&params), body))
    }

    /// What an alias stands for: a type, or a lambda if it takes arguments.
    pub fn alias_type(&mut self, alias: crate::checker::AliasId, span: Span) -> TyId {
        if let Some(param) = self.aliases[alias].opaque {
            self.complete_alias(alias, span);
            return self.types.param(param);
        }
        self.complete_alias(alias, span);
        self.aliases[alias].rhs
    }

    fn complete_alias(&mut self, alias: crate::checker::AliasId, span: Span) {
        match self.aliases[alias].status {
            Status::Done => return,
            Status::Running => {
                let name = self.aliases[alias].def.name;
                // An opaque type stands for itself outside: the circle is its own.
                let span = if self.aliases[alias].opaque.is_some() { name.span } else { span };
                self.fail(
                    codes::CYCLIC_DEFINITION,
                    span,
                    format!("the type `{}` is defined by itself", name.name),
                );
                return;
            }
            Status::Lazy => {}
        }
        self.aliases[alias].status = Status::Running;
        let (def, scope) = (self.aliases[alias].def, self.aliases[alias].scope);
        let inner = self.push_names(scope);
        let params = self.enter_type_params(&def.params, inner);
        let rhs = def.rhs.as_ref().expect("an alias has a right side");
        let mut ty = if params.is_empty() {
            // `type L = List` names the constructor itself.
            self.resolve_class_type(rhs, inner)
        } else {
            let body = self.resolve_type(rhs, inner);
            self.types.intern(Ty::Lambda(intern_params(&params), body))
        };
        if self.types.has_error(ty) {
            ty = self.types.roots().error;
        }
        for param in &params {
            let is_applied = |part| {
                matches!(part, Ty::Applied(function, _)
                if self.types.get(function) == Ty::Param(*param))
            };
            if self.symbols.type_params[*param].arity > 0
                && self.types.any_part(ty, &mut { is_applied })
            {
                self.hidden_params.insert(*param);
            }
        }
        self.aliases[alias].params = params;
        self.aliases[alias].rhs = ty;
        self.aliases[alias].status = Status::Done;
        if let Some(param) = self.aliases[alias].opaque {
            self.symbols.type_params[param].opaque = Some(ty);
        }
    }

    /// A type constructor applied to arguments, with their number checked.
    pub fn apply_type(&mut self, function: TyId, args: &[TyId], span: Span) -> TyId {
        match self.types.get(function) {
            Ty::Error => function,
            Ty::Constructor(class) => {
                let own = self.symbols.classes[class].own_type_params;
                if own != args.len() {
                    self.wrong_type_args(class, own, args.len(), span);
                    return self.types.roots().error;
                }
                let mut all = args.to_vec();
                let outer = &self.symbols.classes[class].type_params[own..];
                all.extend(outer.iter().map(|param| self.types.param(*param)));
                self.types.class(class, &all)
            }
            Ty::Lambda(params, body) if params.len() == args.len() => {
                self.hide_arguments(params, args);
                self.types.subst(body, &Subst::zip(params, args))
            }
            Ty::Param(param) if self.symbols.type_params[param].arity as usize == args.len() => {
                self.types.intern(Ty::Applied(function, ty_list(args)))
            }
            _ => {
                let text = self.show(function);
                self.fail(
                    codes::TYPE_ARGUMENTS,
                    span,
                    format!("`{text}` does not take {} type argument(s)", args.len()),
                );
                self.types.roots().error
            }
        }
    }

    /// What an alias applies without showing it are now these arguments' parameters.
    fn hide_arguments(&mut self, params: &[TypeParamId], args: &[TyId]) {
        for (param, arg) in params.iter().zip(args) {
            if self.hidden_params.contains(param) {
                self.types.any_part(*arg, &mut |part| {
                    if let Ty::Param(inner) = part
                        && self.symbols.type_params[inner].arity > 0
                    {
                        self.hidden_params.insert(inner);
                    }
                    false
                });
            }
        }
    }

    fn resolve_infix(
        &mut self,
        lhs: &'a ast::Type,
        op: ast::Ident,
        rhs: &'a ast::Type,
        span: Span,
        scope: ScopeId,
    ) -> TyId {
        match op.as_str() {
            "&" if !op.quoted => {
                let (a, b) = (self.resolve_type(lhs, scope), self.resolve_type(rhs, scope));
                self.and(a, b)
            }
            "|" if !op.quoted => {
                let (a, b) = (self.resolve_type(lhs, scope), self.resolve_type(rhs, scope));
                self.types.intern(Ty::Or(a, b))
            }
            _ => match self.lookup_type(op.name, scope) {
                Some((symbol, prefix)) => {
                    let function = self.type_of_symbol(symbol, prefix, op.span);
                    let a = self.resolve_arg(lhs, scope);
                    let b = self.resolve_arg(rhs, scope);
                    let applied = self.apply_type(function, &[a, b], span);
                    let spans = vec![lhs.span, rhs.span];
                    self.note_written((function, &[a, b]), spans, applied, scope);
                    applied
                }
                None => {
                    self.unknown_type(op, scope);
                    self.types.roots().error
                }
            },
        }
    }

    fn resolve_function(
        &mut self,
        params: &'a [ast::FunctionParam],
        result: &'a ast::Type,
        context: bool,
        span: Span,
        scope: ScopeId,
    ) -> TyId {
        let mut types = Vec::new();
        for param in params {
            if param.vararg || param.by_name {
                return self.outside_type(
                    codes::FUNCTION_PARAMETER,
                    param.ty.span,
                    "a by-name or repeated parameter of a function type is outside the subset",
                    "take `() => T`, or a sequence",
                );
            }
            types.push(self.resolve_type(&param.ty, scope));
        }
        types.push(self.resolve_type(result, scope));
        if context && !params.is_empty() {
            return self.context_function_type(&types, span);
        }
        self.function_type(&types, span)
    }

    /// A function type: parameters, then the result.
    pub fn function_type(&mut self, types: &[TyId], span: Span) -> TyId {
        match self.known.function(types.len() - 1) {
            Some(class) => self.types.class(class, types),
            None => self.outside_type(
                codes::ARITY_LIMIT,
                span,
                &format!("a function has at most {ARITY_MAX} parameters here"),
                "group the parameters in a case class",
            ),
        }
    }

    /// A tuple type.
    pub fn tuple_type(&mut self, types: &[TyId], span: Span) -> TyId {
        match self.known.tuple(types.len()) {
            Some(class) => self.types.class(class, types),
            None => self.outside_type(
                codes::ARITY_LIMIT,
                span,
                &format!("a tuple has at most {ARITY_MAX} elements here"),
                "declare a case class",
            ),
        }
    }

    /// The type of one value.
    pub fn literal_type(&mut self, literal: &ast::Literal) -> TyId {
        let roots = self.types.roots();
        let (class, value) = match literal {
            ast::Literal::Int(value) => (roots.int, Literal::Int(*value)),
            ast::Literal::Long(value) => (roots.long, Literal::Long(*value)),
            ast::Literal::Char(unit) => (roots.char, Literal::Char(*unit)),
            ast::Literal::Boolean(value) => (roots.boolean, Literal::Boolean(*value)),
            ast::Literal::String(text) => (roots.string, Literal::String(Name::new(text))),
            ast::Literal::Double(value) => (roots.double, Literal::Double(value.to_bits())),
            ast::Literal::Float(_) => return roots.float,
            ast::Literal::Unit => return roots.unit,
            ast::Literal::Null => return roots.null,
        };
        self.types.intern(Ty::Literal(class, value))
    }

    /// `path.Name`.
    fn resolve_select(&mut self, path: &'a ast::Expr, name: ast::Ident, scope: ScopeId) -> TyId {
        let error = self.types.roots().error;
        let found = match self.type_path(path, scope) {
            ImportBase::None => return error,
            ImportBase::Package(package) => self.package_type(package, name.name),
            ImportBase::Object(class) => {
                let this = self.symbols.classes[class].this_ty;
                self.type_member(class, name.name).map(|symbol| (symbol, Some(this)))
            }
            ImportBase::Value(ty) => {
                let class = self.class_for_members(ty);
                class.and_then(|class| {
                    self.type_member(class, name.name).map(|symbol| (symbol, Some(ty)))
                })
            }
        };
        match found {
            Some((symbol, prefix)) => self.type_of_symbol(symbol, prefix, name.span),
            None => {
                let base = path_text(path);
                self.unknown_type_member(&base, name);
                error
            }
        }
    }

    /// What the path before a type name stands for.
    fn type_path(&mut self, path: &'a ast::Expr, scope: ScopeId) -> ImportBase {
        match &path.kind {
            ast::ExprKind::Ident(name) => {
                let found = if name.as_str() == "_root_" {
                    Some(ImportBase::Package(crate::scope::ROOT_PACKAGE))
                } else {
                    self.lookup_term(name.name, scope).and_then(|found| self.base_of_found(found))
                };
                found.unwrap_or_else(|| {
                    self.unknown_name(name.name, name.span, scope);
                    ImportBase::None
                })
            }
            ast::ExprKind::Select { base, name } => match self.type_path(base, scope) {
                ImportBase::None => ImportBase::None,
                base_found => self.base_of_part(base_found, name.name).unwrap_or_else(|| {
                    self.unknown_type_member(&path_text(base), *name);
                    ImportBase::None
                }),
            },
            ast::ExprKind::This(class) => match self.this_class(*class, scope) {
                Some(class) => ImportBase::Value(self.types.intern(Ty::This(class))),
                None => ImportBase::None,
            },
            _ => ImportBase::None,
        }
    }

    /// `C.this`: the innermost class, or the one with this name around it.
    pub fn this_class(&mut self, name: Option<ast::Ident>, scope: ScopeId) -> Option<ClassId> {
        let mut next = Some(scope);
        while let Some(scope) = next {
            if let crate::scope::ScopeKind::Class(class) = self.scopes[scope].kind {
                let matches = name.is_none_or(|name| self.symbols.classes[class].name == name.name);
                if matches && self.encloses(class) {
                    return Some(class);
                }
            }
            next = self.scopes[scope].parent;
        }
        None
    }

    /// Whether the scope of a class is that of a template around the present place (and not one
    /// of the scopes through which Predef or an enum's cases are seen).
    fn encloses(&self, class: ClassId) -> bool {
        let mut next = self.env.class;
        while let Some(here) = next {
            if here == class {
                return true;
            }
            next = self.class_around(here);
        }
        // Signatures are resolved from outside: any class with a template may be meant.
        self.classes[class].source.template().is_some()
    }

    fn resolve_singleton(&mut self, path: &'a ast::Expr, scope: ScopeId) -> TyId {
        if let ast::ExprKind::This(name) = &path.kind {
            return match self.this_class(*name, scope) {
                Some(class) => self.types.intern(Ty::This(class)),
                None => {
                    self.fail(codes::NO_THIS, path.span, "there is no `this` here");
                    self.types.roots().error
                }
            };
        }
        if let ast::ExprKind::Ident(name) = &path.kind
            && let Some(Found::Terms(terms)) = self.lookup_term(name.name, scope)
            && let Some(Term::Local(local)) = terms.first()
        {
            let local = *local;
            let info = &self.symbols.locals[local];
            if info.passing == crate::symbols::Passing::ByName || info.is_mutable {
                let text = format!("`{}` may be another value at every use", name.name);
                self.report(
                    Diagnostic::error(codes::NOT_A_VALUE, path.span, text)
                        .help("give the value a name first: `val x = …`"),
                );
                return self.types.roots().error;
            }
            return self.types.intern(Ty::Local(local));
        }
        match self.type_path(path, scope) {
            ImportBase::Object(class) => self.symbols.classes[class].this_ty,
            ImportBase::Value(ty) => ty,
            ImportBase::Package(_) => {
                self.fail(codes::NOT_A_VALUE, path.span, "a package is not a value");
                self.types.roots().error
            }
            ImportBase::None => self.types.roots().error,
        }
    }
}

/// A list of parameters that lives as long as types do.
pub(crate) fn intern_params(params: &[TypeParamId]) -> &'static [TypeParamId] {
    Box::leak(params.into())
}

/// A path as text.
pub(crate) fn path_text(path: &ast::Expr) -> String {
    match &path.kind {
        ast::ExprKind::Ident(name) => name.as_str().to_string(),
        ast::ExprKind::Select { base, name } => format!("{}.{}", path_text(base), name.name),
        ast::ExprKind::This(Some(class)) => format!("{}.this", class.name),
        ast::ExprKind::This(None) => "this".to_string(),
        _ => "this value".to_string(),
    }
}
