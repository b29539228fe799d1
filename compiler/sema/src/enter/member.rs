//! Declares the members of a template: constructor parameters, values, methods, types, givens,
//! extensions.

use super::{access_of, no_modifiers};
use crate::checker::{
    Alias, AliasId, Checker, ClassSource, FieldData, FieldSource, Group, MethodSource, Status,
    TemplateStat, Term, TypeSym,
};
use crate::scope::ScopeId;
use crate::symbols::{
    ClassId, ClassKind, Field, FieldId, Implementation, MethodId, MethodKind, Owner, Variance,
};
use fscc_base::{Name, Span, codes};
use fscc_syntax::ast::{self, Flags};

impl<'a> Checker<'a> {
    /// Declares the members of a class, once.
    #[inline]
    pub fn complete_members(&mut self, class: ClassId) {
        if self.classes[class].members == Status::Lazy {
            self.make_members(class);
        }
    }

    fn make_members(&mut self, class: ClassId) {
        self.classes[class].members = Status::Running;
        let library = self.symbols.classes[class].is_library;
        let mut env = self.env;
        env.is_library = library;
        env.class = Some(class);
        env.method = self.classes[class].method;
        self.within(env, |this| {
            this.enter_constructor_params(class);
            this.enter_template(class);
            this.enter_enum_cases(class);
            this.enter_synthetics(class);
        });
        self.classes[class].members = Status::Done;
    }

    pub fn enter_constructor_params(&mut self, class: ClassId) {
        let source = self.classes[class].source;
        let scope = self.classes[class].scope;
        let info = &self.symbols.classes[class];
        let span = info.span;
        let constructor = self.new_method(
            Name::new("<init>"),
            Owner::Class(class),
            MethodSource::Primary(class),
            self.classes[class].header_scope,
            span,
        );
        self.symbols.methods[constructor].kind = MethodKind::Constructor;
        self.symbols.methods[constructor].is_final = true;
        if let ClassSource::Class(def, _) = source {
            self.methods[constructor].access = access_of(&def.constructor_modifiers);
        }
        self.symbols.classes[class].constructor = Some(constructor);
        self.symbols.classes[class].methods.push(constructor);
        let is_case = self.symbols.classes[class].is_case;
        for (number, clause) in source.clauses().iter().enumerate() {
            for param in &clause.params {
                let is_case_field = is_case && number == 0;
                let field = self.new_field(
                    param.name.name,
                    class,
                    FieldSource::Param(param),
                    self.classes[class].header_scope,
                    param.name.span,
                );
                self.symbols.fields[field].is_param = true;
                self.symbols.fields[field].is_mutable = param.field == ast::ParamField::Var;
                self.fields[field].by_name = param.by_name;
                let is_given = clause.kind != ast::ClauseKind::Plain;
                // A given's conditions can be used in its body.
                if param.field == ast::ParamField::None && !is_case_field {
                    let binding = self.classes[class].decls.binding(param.name.name);
                    binding.terms.push(Term::Field(field));
                    if is_given {
                        self.given_fields.insert(field);
                    }
                } else {
                    self.enter_accessors(field, &param.modifiers, scope);
                    if is_given {
                        let getter = self.symbols.fields[field].getter;
                        self.classes[class].givens.extend(getter);
                    }
                }
                if is_case_field {
                    self.symbols.classes[class].case_fields.push(field);
                }
            }
        }
    }

    fn enter_template(&mut self, class: ClassId) {
        let Some(template) = self.classes[class].source.template() else { return };
        let mut scope = self.classes[class].scope;
        if let Some(name) = template.self_type.as_ref().and_then(|self_type| self_type.name) {
            let names = self.push_names(self.scopes[scope].parent.expect("inside something"));
            self.scopes[scope].parent = Some(names);
            self.bind_term(names, name.name, Term::SelfAlias(class));
        }
        let mut classes = Vec::new();
        for stat in template.stats() {
            match &stat.kind {
                ast::StatKind::Import(clauses) => scope = self.push_imports(clauses, scope),
                ast::StatKind::Export(clauses) => {
                    let exports = clauses.iter().map(|clause| (clause, scope));
                    self.classes[class].exports.extend(exports);
                }
                ast::StatKind::Definition(definition) => {
                    classes.extend(self.enter_member(definition, class, scope));
                }
                ast::StatKind::Expr(expr) => {
                    self.classes[class].statements.push(TemplateStat::Expr(expr, scope));
                }
                ast::StatKind::Package { .. } | ast::StatKind::Error => {}
            }
        }
        self.link_companions(&classes);
        for inner in classes {
            if let Some(object) = self.missing_companion(inner) {
                self.bind_object(object, class);
            }
        }
    }

    /// Binds an object as a member: itself if it is static, else a lazy value.
    pub fn bind_object(&mut self, object: ClassId, class: ClassId) {
        let name = self.symbols.classes[object].name;
        if self.classes[object].is_static {
            let binding = self.classes[class].decls.binding(name);
            binding.terms.insert(0, Term::Object(object));
            return;
        }
        let span = self.symbols.classes[object].span;
        let scope = self.classes[class].scope;
        let field = self.new_field(name, class, FieldSource::Object(object), scope, span);
        self.symbols.fields[field].is_lazy = true;
        self.enter_accessors(field, no_modifiers(), scope);
        if let Some(getter) = self.symbols.fields[field].getter {
            self.methods[getter].access = self.classes[object].access;
            self.symbols.methods[getter].is_final = true;
        }
    }

    /// Declares one member; returns a class that may have a companion.
    pub fn enter_member(
        &mut self,
        definition: &'a ast::Definition,
        class: ClassId,
        scope: ScopeId,
    ) -> Option<ClassId> {
        let modifiers = &definition.modifiers;
        if !self.package_objects.contains_key(&class) {
            self.check_modifiers(definition);
            self.check_abstract_override(definition, class);
        }
        match &definition.kind {
            ast::DefinitionKind::Value(def) => self.enter_value(def, modifiers, class, scope),
            ast::DefinitionKind::Method(def) => {
                let source = MethodSource::Def(def, modifiers);
                let method = self.enter_method(def.name, source, modifiers, class, scope);
                if def.body.is_none() {
                    self.symbols.methods[method].implementation = Implementation::Abstract;
                }
            }
            ast::DefinitionKind::Constructor(def) => {
                let name = Name::new("<init>");
                let source = MethodSource::Constructor(def);
                let header = self.classes[class].header_scope;
                let method =
                    self.new_method(name, Owner::Class(class), source, header, def.this_span);
                self.symbols.methods[method].kind = MethodKind::Constructor;
                self.symbols.methods[method].is_final = true;
                self.methods[method].access = access_of(modifiers);
                self.symbols.classes[class].methods.push(method);
            }
            ast::DefinitionKind::Type(def) => self.enter_type(def, modifiers, Some(class), scope),
            ast::DefinitionKind::Class(def) => {
                let is_static = self.classes[class].is_static
                    && self.symbols.classes[class].kind == ClassKind::Object;
                let outer_name = self.symbols.classes[class].full_name.clone();
                let source = ClassSource::Class(def, modifiers);
                let inner =
                    self.enter_class(source, Owner::Class(class), &outer_name, scope, is_static);
                if self.is_object_class(inner) {
                    self.bind_object(inner, class);
                } else {
                    let name = def.name.name;
                    let binding = self.classes[class].decls.binding(name);
                    if let Some(first) = binding.ty.replace(TypeSym::Class(inner)) {
                        self.duplicate_type(first, inner);
                    }
                }
                return Some(inner);
            }
            // The cases of an enum are members of its companion.
            ast::DefinitionKind::EnumCase(_) => {}
            ast::DefinitionKind::Given(def) => self.enter_given(def, modifiers, class, scope),
            ast::DefinitionKind::Extension(def) => self.enter_extension(def, class, scope),
        }
        None
    }

    fn enter_method(
        &mut self,
        name: ast::Ident,
        source: MethodSource<'a>,
        modifiers: &'a ast::Modifiers,
        class: ClassId,
        scope: ScopeId,
    ) -> MethodId {
        self.note_annotations_at(&modifiers.annotations, scope);
        let method = self.new_method(name.name, Owner::Class(class), source, scope, name.span);
        self.set_method_flags(method, modifiers);
        self.publish(method, class);
        if modifiers.has(Flags::IMPLICIT) {
            self.classes[class].givens.push(method);
            self.methods[method].is_given = true;
        }
        method
    }

    /// Takes over modifiers.
    pub fn set_method_flags(&mut self, method: MethodId, modifiers: &'a ast::Modifiers) {
        self.methods[method].flags = modifiers.flags;
        self.methods[method].access = access_of(modifiers);
        let is_private = matches!(modifiers.access, ast::Access::Private(None));
        let in_object = match self.symbols.methods[method].owner {
            Owner::Class(class) => self.symbols.classes[class].is_final,
            Owner::Package | Owner::Method(_) => true,
        };
        let info = &mut self.symbols.methods[method];
        info.is_private = is_private;
        info.is_final = modifiers.has(Flags::FINAL) || is_private || in_object;
    }

    /// Binds a method in its class, and in the package for top-level definitions.
    pub fn publish(&mut self, method: MethodId, class: ClassId) {
        let name = self.symbols.methods[method].name;
        self.symbols.classes[class].methods.push(method);
        let binding = self.classes[class].decls.binding(name);
        binding.terms.push(Term::Method(method));
        if let Some(package) = self.package_objects.get(&class) {
            let binding = self.packages[*package].members.binding(name);
            binding.terms.push(Term::Method(method));
        }
    }

    /// A field without accessors.
    pub fn new_field(
        &mut self,
        name: Name,
        class: ClassId,
        source: FieldSource<'a>,
        scope: ScopeId,
        span: Span,
    ) -> FieldId {
        self.fields.push(FieldData {
            source,
            scope,
            status: Status::Lazy,
            initializer: None,
            by_name: false,
            param: None,
            is_final: false,
        });
        let field = self.symbols.fields.push(Field {
            name,
            owner: class,
            ty: self.types.roots().error,
            is_mutable: false,
            is_lazy: false,
            is_param: false,
            getter: None,
            setter: None,
            storage: None,
            span,
        });
        self.symbols.classes[class].fields.push(field);
        field
    }

    /// The getter of a field, and the setter if it is a variable.
    pub fn enter_accessors(
        &mut self,
        field: FieldId,
        modifiers: &'a ast::Modifiers,
        scope: ScopeId,
    ) {
        let info = &self.symbols.fields[field];
        let (name, class, span) = (info.name, info.owner, info.span);
        let is_mutable = info.is_mutable;
        let source = MethodSource::Accessor(field);
        let getter = self.new_method(name, Owner::Class(class), source, scope, span);
        self.set_method_flags(getter, modifiers);
        self.symbols.methods[getter].kind = MethodKind::Getter(field);
        self.symbols.fields[field].getter = Some(getter);
        self.publish(getter, class);
        if is_mutable {
            let name = Name::new(&format!("{name}_="));
            let setter = self.new_method(name, Owner::Class(class), source, scope, span);
            self.set_method_flags(setter, modifiers);
            self.symbols.methods[setter].kind = MethodKind::Setter(field);
            self.symbols.fields[field].setter = Some(setter);
            self.publish(setter, class);
        }
        if modifiers.has(Flags::IMPLICIT) {
            self.classes[class].givens.push(getter);
            self.methods[getter].is_given = true;
        }
    }

    fn enter_value(
        &mut self,
        def: &'a ast::ValueDef,
        modifiers: &'a ast::Modifiers,
        class: ClassId,
        scope: ScopeId,
    ) {
        self.note_annotations_at(&modifiers.annotations, scope);
        for pattern in &def.patterns {
            let ast::PatternKind::Variable(name) = &pattern.kind else {
                self.enter_pattern_value(pattern, def, modifiers, class, scope);
                continue;
            };
            let source = FieldSource::Value(def);
            if def.value.is_none() {
                self.enter_abstract_value(*name, def, modifiers, class, scope);
                continue;
            }
            let field = self.new_field(name.name, class, source, scope, name.span);
            self.symbols.fields[field].is_mutable = def.mutable;
            self.symbols.fields[field].is_lazy = modifiers.has(Flags::LAZY);
            self.fields[field].is_final = modifiers.has(Flags::FINAL);
            self.enter_accessors(field, modifiers, scope);
            self.classes[class].statements.push(TemplateStat::Field(field));
        }
    }

    /// `val x: T` and `var x: T` without a value: abstract accessors and no field.
    fn enter_abstract_value(
        &mut self,
        name: ast::Ident,
        def: &'a ast::ValueDef,
        modifiers: &'a ast::Modifiers,
        class: ClassId,
        scope: ScopeId,
    ) {
        // The accessors share a field that belongs to no class: it carries the declared type.
        let field = self.new_field(name.name, class, FieldSource::Value(def), scope, name.span);
        self.symbols.classes[class].fields.pop();
        self.symbols.fields[field].is_mutable = def.mutable;
        self.enter_accessors(field, modifiers, scope);
        let accessors = [self.symbols.fields[field].getter, self.symbols.fields[field].setter];
        for accessor in accessors.into_iter().flatten() {
            self.symbols.methods[accessor].implementation = Implementation::Abstract;
            self.symbols.methods[accessor].kind = MethodKind::Def;
        }
    }

    fn enter_pattern_value(
        &mut self,
        pattern: &'a ast::Pattern,
        def: &'a ast::ValueDef,
        modifiers: &'a ast::Modifiers,
        class: ClassId,
        scope: ScopeId,
    ) {
        let is_lazy = modifiers.has(Flags::LAZY);
        let group = self.groups.push(Group {
            pattern,
            def,
            scope,
            class,
            fields: Vec::new(),
            status: Status::Lazy,
            typed: None,
            holder: None,
        });
        let mut names = Vec::new();
        pattern_variables(pattern, &mut names);
        if is_lazy {
            let name = Name::new(&format!("{}$lazy", self.symbols.classes[class].fields.len()));
            let source = FieldSource::Group(group);
            let holder = self.new_field(name, class, source, scope, pattern.span);
            self.symbols.fields[holder].is_lazy = true;
            self.enter_accessors(holder, no_modifiers(), scope);
            self.groups[group].holder = Some(holder);
        }
        for name in names {
            let source = FieldSource::Group(group);
            let field = self.new_field(name.name, class, source, scope, name.span);
            self.symbols.fields[field].is_mutable = def.mutable;
            self.symbols.fields[field].is_lazy = is_lazy;
            self.enter_accessors(field, modifiers, scope);
            self.groups[group].fields.push((name.name, field));
        }
        if !is_lazy {
            self.classes[class].statements.push(TemplateStat::Group(group));
        }
    }

    /// An alias or an abstract type.
    pub fn enter_type(
        &mut self,
        def: &'a ast::TypeDef,
        modifiers: &'a ast::Modifiers,
        class: Option<ClassId>,
        scope: ScopeId,
    ) {
        let symbol = match def.rhs {
            Some(_) => TypeSym::Alias(self.new_alias(def, modifiers, class, scope)),
            None => {
                let param = self.new_type_param(def.name.name, Variance::Invariant, def.name.span);
                self.symbols.type_params[param].arity = def.params.len() as u32;
                self.type_param_data[param].bounds = Some((&def.bounds, scope));
                self.type_param_data[param].status = Status::Lazy;
                self.type_param_data[param].member_of = class;
                self.type_param_data[param].kind = &def.params;
                TypeSym::Param(param)
            }
        };
        let name = def.name.name;
        match class {
            Some(class) => {
                let binding = self.classes[class].decls.binding(name);
                let mut clash = binding.ty.replace(symbol).is_some();
                if let Some(package) = self.package_objects.get(&class) {
                    let binding = self.packages[*package].members.binding(name);
                    let first = binding.ty.replace(symbol);
                    clash |= matches!(first, Some(TypeSym::Class(_)));
                }
                if clash {
                    self.duplicate(name, def.name.span, None);
                }
            }
            None => self.bind_type(scope, name, symbol),
        }
    }

    fn new_alias(
        &mut self,
        def: &'a ast::TypeDef,
        modifiers: &'a ast::Modifiers,
        class: Option<ClassId>,
        scope: ScopeId,
    ) -> AliasId {
        let opaque = modifiers.has(Flags::OPAQUE).then(|| {
            let param = self.new_type_param(def.name.name, Variance::Invariant, def.name.span);
            self.symbols.type_params[param].arity = def.params.len() as u32;
            self.type_param_data[param].opaque_in = Some(scope);
            self.type_param_data[param].member_of = class;
            self.type_param_data[param].bounds = Some((&def.bounds, scope));
            self.type_param_data[param].status = Status::Lazy;
            param
        });
        let rhs = self.types.roots().error;
        let (params, status) = (Vec::new(), Status::Lazy);
        let is_override = modifiers.has(Flags::OVERRIDE);
        let alias =
            self.aliases.push(Alias { def, scope, params, rhs, status, is_override, opaque });
        if let Some(param) = opaque {
            self.opaque_aliases.insert(param, alias);
        }
        alias
    }

    fn enter_given(
        &mut self,
        def: &'a ast::GivenDef,
        modifiers: &'a ast::Modifiers,
        class: ClassId,
        scope: ScopeId,
    ) {
        let name = def.name.map_or_else(|| self.given_name(def), |name| name.name);
        let instance = match &def.body {
            ast::GivenBody::Instance(template) => {
                let is_static = self.classes[class].is_static
                    && self.symbols.classes[class].kind == ClassKind::Object;
                let outer_name = self.symbols.classes[class].full_name.clone();
                let source = ClassSource::Given(def, template);
                let owner = Owner::Class(class);
                Some(self.enter_class(source, owner, &outer_name, scope, is_static))
            }
            ast::GivenBody::Alias { .. } => None,
        };
        let span = def.name.map_or(Span::synthetic(), |name| name.span);
        let is_value = def.type_params.is_empty() && def.clauses.is_empty();
        let method = if is_value {
            let source = FieldSource::Given(def, instance);
            let field = self.new_field(name, class, source, scope, span);
            self.symbols.fields[field].is_lazy = true;
            self.enter_accessors(field, modifiers, scope);
            let getter = self.symbols.fields[field].getter.expect("just made");
            if matches!(&def.body, ast::GivenBody::Alias { value: None, .. }) {
                self.symbols.classes[class].fields.retain(|other| *other != field);
                self.symbols.methods[getter].implementation = Implementation::Abstract;
                self.symbols.methods[getter].kind = MethodKind::Def;
            }
            getter
        } else {
            let source = MethodSource::Given(def, instance);
            let owner = Owner::Class(class);
            let method = self.new_method(name, owner, source, scope, span);
            self.set_method_flags(method, modifiers);
            self.publish(method, class);
            method
        };
        self.methods[method].is_given = true;
        self.classes[class].givens.push(method);
    }

    fn enter_extension(&mut self, def: &'a ast::ExtensionDef, class: ClassId, scope: ScopeId) {
        for stat in &def.members {
            match &stat.kind {
                ast::StatKind::Definition(definition) => {
                    if let ast::DefinitionKind::Method(method) = &definition.kind {
                        let modifiers = &definition.modifiers;
                        let source = MethodSource::Extension(def, method, modifiers);
                        let id = self.enter_method(method.name, source, modifiers, class, scope);
                        self.methods[id].receiver_list = Some(0);
                        if method.body.is_none() {
                            self.symbols.methods[id].implementation = Implementation::Abstract;
                        }
                    }
                }
                ast::StatKind::Export(clauses) => {
                    for clause in clauses {
                        self.outside(
                            codes::EXTENSION_EXPORT,
                            clause.span,
                            "an export in an extension is outside the subset",
                            "write the extension methods out",
                        );
                    }
                }
                _ => {}
            }
        }
    }
}

/// The variables that a pattern binds, in order.
pub(crate) fn pattern_variables(pattern: &ast::Pattern, out: &mut Vec<ast::Ident>) {
    use ast::PatternKind as P;
    match &pattern.kind {
        P::Variable(name) => out.push(*name),
        P::Bind { name, pattern } => {
            if name.as_str() != "_" {
                out.push(*name);
            }
            pattern_variables(pattern, out);
        }
        P::Typed { pattern, .. } | P::Splice(pattern) => pattern_variables(pattern, out),
        P::Alternative(patterns) => {
            for pattern in patterns {
                pattern_variables(pattern, out);
            }
        }
        P::Tuple(args) | P::Extractor { args, .. } => {
            for arg in args {
                pattern_variables(&arg.pattern, out);
            }
        }
        P::Infix { lhs, rhs, .. } => {
            pattern_variables(lhs, out);
            pattern_variables(rhs, out);
        }
        P::Interpolation { args, .. } => {
            for arg in args {
                pattern_variables(arg, out);
            }
        }
        P::Wildcard | P::Stable(_) | P::Literal(_) | P::Error => {}
    }
}
