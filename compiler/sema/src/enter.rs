//! Declares what stands in files and templates, without looking at any type: packages, classes,
//! objects, enums, aliases, methods, fields. Signatures are completed on demand (`signature`).

use crate::checker::{
    Access, Alias, AliasId, Checker, ClassData, ClassSource, FieldData, FieldSource, Group,
    MethodSource, Status, TemplateStat, Term, TypeParamData, TypeSym,
};
use crate::scope::{EMPTY_PACKAGE, Package, PackageId, ROOT_PACKAGE, Scope, ScopeId, ScopeKind};
use crate::symbols::{
    Class, ClassId, ClassKind, Field, FieldId, Implementation, MethodId, MethodKind, Owner,
    Synthetic, TypeParam, TypeParamId, Variance,
};
use crate::types::TyId;
use fscc_base::{Diagnostic, Idx, Name, Span, codes};
use fscc_syntax::ast::{self, Flags};
use indexmap::IndexMap;

impl<'a> Checker<'a> {
    /// The root package, the empty package and the root classes.
    pub fn enter_roots(&mut self) {
        for full_name in ["", ""] {
            self.packages.push(new_package(full_name.to_string()));
        }
        self.scopes.push(Scope { parent: None, kind: ScopeKind::Package(ROOT_PACKAGE) });
        let scala = self.package(ROOT_PACKAGE, Name::new("scala"));
        let java = self.package(ROOT_PACKAGE, Name::new("java"));
        let java_lang = self.package(java, Name::new("lang"));
        self.enter_root_classes(scala, java_lang);
    }

    /// The package `name` in `parent`, made if it is new.
    pub fn package(&mut self, parent: PackageId, name: Name) -> PackageId {
        let known = self.packages[parent].members.get(&name).and_then(|binding| {
            binding.terms.iter().find_map(|term| match term {
                Term::Package(package) => Some(*package),
                _ => None,
            })
        });
        if let Some(package) = known {
            return package;
        }
        let full_name = match self.packages[parent].full_name.as_str() {
            "" => name.to_string(),
            outer => format!("{outer}.{name}"),
        };
        let package = self.packages.push(new_package(full_name));
        let binding = self.packages[parent].members.entry(name).or_default();
        binding.terms.push(Term::Package(package));
        package
    }

    /// The scope in which the text of every file stands.
    pub fn file_scope(&mut self) -> ScopeId {
        let mut scope = ScopeId::from_u32(0);
        let scala = self.package(ROOT_PACKAGE, Name::new("scala"));
        let java = self.package(ROOT_PACKAGE, Name::new("java"));
        let java_lang = self.package(java, Name::new("lang"));
        scope = self.push_scope(scope, ScopeKind::Package(java_lang));
        scope = self.push_scope(scope, ScopeKind::Package(scala));
        let predef = self.packages[scala].members.get(&Name::new("Predef"));
        let predef = predef.and_then(|binding| {
            binding.terms.iter().find_map(|term| match term {
                Term::Object(class) => Some(*class),
                _ => None,
            })
        });
        if let Some(predef) = predef {
            scope = self.push_scope(scope, ScopeKind::Class(predef));
        }
        scope
    }

    /// Declares what a file holds.
    pub fn enter_unit(&mut self, unit: &'a ast::Unit, scope: ScopeId) {
        let inner = self.push_scope(scope, ScopeKind::Package(EMPTY_PACKAGE));
        self.enter_package_stats(&unit.stats, EMPTY_PACKAGE, inner);
    }

    fn enter_package_stats(&mut self, stats: &'a [ast::Stat], package: PackageId, scope: ScopeId) {
        let mut scope = scope;
        let mut object = None;
        let mut classes = Vec::new();
        for stat in stats {
            match &stat.kind {
                ast::StatKind::Package { path, stats } => {
                    let mut inner = if package == EMPTY_PACKAGE { ROOT_PACKAGE } else { package };
                    for part in path {
                        inner = self.package(inner, part.name);
                    }
                    // Files in a package do not see the definitions of files without one.
                    let outside = match self.scopes[scope].kind {
                        ScopeKind::Package(EMPTY_PACKAGE) => self.scopes[scope].parent,
                        _ => None,
                    };
                    let around = outside.unwrap_or(scope);
                    let scope = self.push_scope(around, ScopeKind::Package(inner));
                    self.enter_package_stats(stats, inner, scope);
                }
                ast::StatKind::Import(clauses) => scope = self.push_imports(clauses, scope),
                ast::StatKind::Export(clauses) => {
                    for clause in clauses {
                        let export = self.new_import(clause, scope);
                        self.packages[package].exports.push(export);
                    }
                }
                ast::StatKind::Definition(definition) => {
                    if let ast::DefinitionKind::Class(def) = &definition.kind {
                        let class = self.enter_class(
                            ClassSource::Class(def, &definition.modifiers),
                            Owner::Package,
                            &self.packages[package].full_name.clone(),
                            scope,
                            true,
                        );
                        classes.push(class);
                        self.bind_class_in_package(class, package);
                    } else {
                        let object =
                            *object.get_or_insert_with(|| self.package_object(package, scope));
                        self.enter_member(definition, object, scope);
                    }
                }
                ast::StatKind::Expr(expr) => {
                    self.fail(
                        codes::TOP_LEVEL_EXPRESSION,
                        expr.span,
                        "an expression cannot stand at the top level of a file",
                    );
                }
                ast::StatKind::Error => {}
            }
        }
        self.link_companions(&classes);
        for class in classes {
            if let Some(object) = self.missing_companion(class) {
                self.bind_class_in_package(object, package);
            }
        }
    }

    /// The object that holds the top-level definitions of one file in a package.
    fn package_object(&mut self, package: PackageId, scope: ScopeId) -> ClassId {
        let name = format!("package${}", self.packages[package].objects.len());
        let full_name = self.packages[package].full_name.clone();
        let class = self.new_class(
            Name::new(&name),
            ClassKind::Object,
            ClassSource::None,
            (Owner::Package, &full_name),
            scope,
            Span::synthetic(),
        );
        self.classes[class].is_static = true;
        self.classes[class].members = Status::Done;
        // Top-level values are set by its constructor.
        self.enter_constructor_params(class);
        // Its members are bound in the package too: see `publish`.
        self.packages[package].objects.push(class);
        self.package_objects.insert(class, package);
        class
    }

    fn bind_class_in_package(&mut self, class: ClassId, package: PackageId) {
        let name = self.symbols.classes[class].name;
        let is_object = self.symbols.classes[class].kind == ClassKind::Object;
        let binding = self.packages[package].members.entry(name).or_default();
        let clash = if is_object {
            let clash = binding.terms.iter().any(|t| matches!(t, Term::Object(_)));
            binding.terms.insert(0, Term::Object(class));
            clash
        } else {
            binding.ty.replace(TypeSym::Class(class)).is_some()
        };
        if clash {
            self.duplicate(name, self.symbols.classes[class].span);
        }
    }

    /// Reports a second definition of a name.
    pub fn duplicate(&mut self, name: Name, span: Span) {
        self.report(
            Diagnostic::error(
                codes::DUPLICATE_NAME,
                span,
                format!("`{name}` is already defined in this scope"),
            )
            .help("give one of the two another name"),
        );
    }

    /// A class without anything in it.
    pub fn new_class(
        &mut self,
        name: Name,
        kind: ClassKind,
        source: ClassSource<'a>,
        (owner, outer_name): (Owner, &str),
        scope: ScopeId,
        span: Span,
    ) -> ClassId {
        let suffix = if kind == ClassKind::Object { "$" } else { "" };
        let full_name = match outer_name {
            "" => format!("{name}{suffix}"),
            outer => format!("{outer}.{name}{suffix}"),
        };
        let class = ClassId::new(self.symbols.classes.len());
        let header_scope = self.push_names(scope);
        let inner = self.push_scope(header_scope, ScopeKind::Class(class));
        self.classes.push(ClassData {
            source,
            header_scope,
            scope: inner,
            constructor_scope: None,
            header: Status::Lazy,
            members: Status::Lazy,
            checked: false,
            decls: IndexMap::new(),
            givens: Vec::new(),
            exports: Vec::new(),
            statements: Vec::new(),
            is_static: false,
            frame: self.env.frame,
            access: Access::Public,
            is_enum_value: false,
            method: self.env.method,
        });
        let this_ty = self.types.class(class, &[]);
        self.symbols.classes.push(Class {
            name,
            full_name,
            owner,
            kind,
            is_abstract: false,
            is_final: kind == ClassKind::Object,
            is_sealed: false,
            is_case: false,
            is_enum: false,
            ordinal: None,
            role: None,
            type_params: Vec::new(),
            own_type_params: 0,
            parents: Vec::new(),
            linearization: Vec::new(),
            this_ty,
            self_ty: None,
            fields: Vec::new(),
            methods: Vec::new(),
            classes: Vec::new(),
            constructor: None,
            companion: None,
            children: Vec::new(),
            case_fields: Vec::new(),
            is_library: self.env.is_library,
            span,
        })
    }

    /// Declares a class of the source.
    pub fn enter_class(
        &mut self,
        source: ClassSource<'a>,
        owner: Owner,
        outer_name: &str,
        scope: ScopeId,
        is_static: bool,
    ) -> ClassId {
        let (name, kind, modifiers) = match source {
            ClassSource::Class(def, modifiers) => (def.name, class_kind(def.kind), Some(modifiers)),
            ClassSource::EnumCase(def, modifiers, _) => {
                let is_value = def.clauses.is_empty() && def.type_params.is_empty();
                let kind = if is_value { ClassKind::Object } else { ClassKind::Class };
                (def.name, kind, Some(modifiers))
            }
            ClassSource::Given(def, template) => {
                let span = def.name.map_or(template.span, |name| name.span);
                let name = def.name.map_or_else(|| self.given_name(def), |name| name.name);
                let kind = if def.type_params.is_empty() && def.clauses.is_empty() {
                    ClassKind::Object
                } else {
                    ClassKind::Class
                };
                (ast::Ident::new(name, span), kind, None)
            }
            ClassSource::Anonymous(template) => {
                (ast::Ident::new(Name::new("$anon"), template.span), ClassKind::Class, None)
            }
            ClassSource::None => unreachable!("classes without source are made by `new_class`"),
        };
        // An object inside an instance or a block is a class with a lazy value.
        let kind = if kind == ClassKind::Object && !is_static { ClassKind::Class } else { kind };
        let class = self.new_class(name.name, kind, source, (owner, outer_name), scope, name.span);
        self.classes[class].is_static = is_static;
        self.set_class_flags(class, source, modifiers);
        if let Owner::Class(outer) = owner {
            self.symbols.classes[outer].classes.push(class);
        }
        self.enter_class_type_params(class, source);
        if let ClassSource::EnumCase(_, _, parent) = source {
            let ordinal = self.symbols.classes[parent].children.len();
            self.symbols.classes[parent].children.push(class);
            self.symbols.classes[class].ordinal = u32::try_from(ordinal).ok();
        }
        class
    }

    fn set_class_flags(
        &mut self,
        class: ClassId,
        source: ClassSource<'a>,
        modifiers: Option<&'a ast::Modifiers>,
    ) {
        let has = |flag| modifiers.is_some_and(|modifiers| modifiers.has(flag));
        let is_object = self.symbols.classes[class].kind == ClassKind::Object;
        let info = &mut self.symbols.classes[class];
        info.is_abstract = has(Flags::ABSTRACT) || info.kind == ClassKind::Trait;
        info.is_final = is_object || has(Flags::FINAL);
        info.is_sealed = has(Flags::SEALED);
        info.is_case = has(Flags::CASE);
        match source {
            ClassSource::Class(def, _) if def.kind == ast::ClassKind::Enum => {
                info.is_enum = true;
                info.is_sealed = true;
                info.is_abstract = true;
            }
            ClassSource::Class(def, _) if def.kind == ast::ClassKind::Object => {
                info.is_final = true;
            }
            ClassSource::EnumCase(def, ..) => {
                info.is_case = true;
                info.is_final = true;
                let is_value = def.clauses.is_empty() && def.type_params.is_empty();
                self.classes[class].is_enum_value = is_value;
            }
            ClassSource::Anonymous(_) | ClassSource::Given(..) => info.is_final = true,
            _ => {}
        }
        if let Some(modifiers) = modifiers {
            self.classes[class].access = access_of(modifiers);
        }
    }

    /// Type parameters, with their bounds left for later.
    pub fn enter_type_params(
        &mut self,
        params: &'a [ast::TypeParam],
        scope: ScopeId,
    ) -> Vec<TypeParamId> {
        params.iter().map(|param| self.enter_type_param(param, scope)).collect()
    }

    fn enter_type_param(&mut self, param: &'a ast::TypeParam, scope: ScopeId) -> TypeParamId {
        let variance = match param.variance {
            ast::Variance::Invariant => Variance::Invariant,
            ast::Variance::Covariant => Variance::Covariant,
            ast::Variance::Contravariant => Variance::Contravariant,
        };
        let id = self.new_type_param(param.name.name, variance, param.name.span);
        self.symbols.type_params[id].arity = param.params.len() as u32;
        // Bounds may name the parameters of a higher-kinded parameter.
        let mut bounds_scope = scope;
        if !param.params.is_empty() {
            bounds_scope = self.push_names(scope);
            self.enter_type_params(&param.params, bounds_scope);
        }
        self.type_param_data[id].bounds = Some((&param.bounds, bounds_scope));
        self.type_param_data[id].status = Status::Lazy;
        if param.name.as_str() != "_" {
            self.bind_type(scope, param.name.name, TypeSym::Param(id));
        }
        id
    }

    /// A type parameter without bounds.
    pub fn new_type_param(&mut self, name: Name, variance: Variance, span: Span) -> TypeParamId {
        let (lower, upper) = (self.types.roots().nothing, self.types.roots().any);
        self.type_param_data.push(TypeParamData {
            bounds: None,
            status: Status::Done,
            member_of: None,
            opaque_in: None,
        });
        self.symbols.type_params.push(TypeParam {
            name,
            variance,
            arity: 0,
            lower,
            upper,
            opaque: None,
            span,
        })
    }

    fn enter_class_type_params(&mut self, class: ClassId, source: ClassSource<'a>) {
        let scope = self.classes[class].header_scope;
        let mut params = self.enter_type_params(source.type_params(), scope);
        if let ClassSource::EnumCase(def, _, parent) = source {
            // A case without `extends` takes over the parameters of its enum.
            if def.type_params.is_empty() && !def.clauses.is_empty() && def.parents.is_empty() {
                let own = self.symbols.classes[parent].own_type_params;
                for at in 0..own {
                    let outer = self.symbols.classes[parent].type_params[at];
                    let info = &self.symbols.type_params[outer];
                    let (name, variance, span) = (info.name, info.variance, info.span);
                    let param = self.new_type_param(name, variance, span);
                    self.type_param_data[param].bounds =
                        self.type_param_data[outer].bounds.map(|(bounds, _)| (bounds, scope));
                    self.type_param_data[param].status = Status::Lazy;
                    self.bind_type(scope, name, TypeSym::Param(param));
                    params.push(param);
                }
            }
        }
        self.symbols.classes[class].own_type_params = params.len();
        // An inner class is parametric in what the classes around it are parametric in.
        if !self.classes[class].is_static {
            let outer = match self.symbols.classes[class].owner {
                Owner::Class(outer) => Some(outer),
                Owner::Package | Owner::Method(_) => None,
            };
            if let Some(outer) = outer {
                params.extend(self.symbols.classes[outer].type_params.iter().copied());
            }
        }
        let args: Vec<TyId> = params.iter().map(|param| self.types.param(*param)).collect();
        self.symbols.classes[class].this_ty = self.types.class(class, &args);
        self.symbols.classes[class].type_params = params;
    }

    /// Joins classes and objects of one name.
    pub fn link_companions(&mut self, classes: &[ClassId]) {
        let mut by_name: IndexMap<Name, (Option<ClassId>, Option<ClassId>)> = IndexMap::new();
        for class in classes {
            let entry = by_name.entry(self.symbols.classes[*class].name).or_default();
            if self.is_object_class(*class) {
                entry.1 = Some(*class);
            } else {
                entry.0 = Some(*class);
            }
        }
        for (class, object) in by_name.into_values() {
            if let (Some(class), Some(object)) = (class, object) {
                self.symbols.classes[class].companion = Some(object);
                self.symbols.classes[object].companion = Some(class);
                self.see_companion(class, object);
            }
        }
    }

    /// Whether it was declared as an object (also if it is an inner one).
    pub fn is_object_class(&self, class: ClassId) -> bool {
        match self.classes[class].source {
            ClassSource::Class(def, _) => def.kind == ast::ClassKind::Object,
            ClassSource::EnumCase(..) => self.classes[class].is_enum_value,
            ClassSource::Given(def, _) => def.clauses.is_empty() && def.type_params.is_empty(),
            ClassSource::Anonymous(_) => false,
            ClassSource::None => {
                self.symbols.classes[class].kind == ClassKind::Object
                    || self.inner_objects.contains(&class)
            }
        }
    }

    /// An enum's body sees its cases.
    fn see_companion(&mut self, class: ClassId, object: ClassId) {
        if self.symbols.classes[class].is_enum {
            let scope = self.classes[class].scope;
            let parent = self.scopes[scope].parent.expect("the scope of a class has a parent");
            let cases = self.push_scope(parent, ScopeKind::Class(object));
            self.scopes[scope].parent = Some(cases);
        }
    }

    /// Makes the companion object that a case class or enum has without being written.
    pub fn missing_companion(&mut self, class: ClassId) -> Option<ClassId> {
        let info = &self.symbols.classes[class];
        let needs = (info.is_case && !self.is_object_class(class)) || info.is_enum;
        if !needs || info.companion.is_some() {
            return None;
        }
        let (name, owner, span) = (info.name, info.owner, info.span);
        let outer_name = match info.full_name.rsplit_once('.') {
            Some((outer, _)) => outer.to_string(),
            None => String::new(),
        };
        let header_scope = self.classes[class].header_scope;
        let scope = self.scopes[header_scope].parent.expect("a header has a scope around it");
        let is_static = self.classes[class].is_static;
        let kind = if is_static { ClassKind::Object } else { ClassKind::Class };
        let saved = self.env.is_library;
        self.env.is_library = self.symbols.classes[class].is_library;
        let object =
            self.new_class(name, kind, ClassSource::None, (owner, &outer_name), scope, span);
        self.env.is_library = saved;
        self.classes[object].is_static = is_static;
        self.classes[object].access = self.classes[class].access;
        self.symbols.classes[object].is_final = true;
        if !is_static {
            self.inner_objects.insert(object);
            if let Owner::Class(outer) = owner {
                self.symbols.classes[outer].classes.push(object);
                let params = self.symbols.classes[outer].type_params.clone();
                let args: Vec<TyId> = params.iter().map(|p| self.types.param(*p)).collect();
                self.symbols.classes[object].this_ty = self.types.class(object, &args);
                self.symbols.classes[object].type_params = params;
            }
        }
        self.symbols.classes[class].companion = Some(object);
        self.symbols.classes[object].companion = Some(class);
        self.see_companion(class, object);
        Some(object)
    }

    /// The name of a given without one, from its type.
    pub fn given_name(&self, def: &ast::GivenDef) -> Name {
        let text = match &def.body {
            ast::GivenBody::Alias { ty, .. } => type_words(ty),
            ast::GivenBody::Instance(template) => {
                template.parents.iter().map(|p| type_words(&p.ty)).collect::<Vec<_>>().join("_")
            }
        };
        Name::new(&format!("given_{text}"))
    }

    // Members.

    /// Declares the members of a class, once.
    pub fn complete_members(&mut self, class: ClassId) {
        if self.classes[class].members != Status::Lazy {
            return;
        }
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

    fn enter_constructor_params(&mut self, class: ClassId) {
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
                    let binding = self.classes[class].decls.entry(param.name.name).or_default();
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
        for stat in template.body.as_deref().unwrap_or_default() {
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
    fn bind_object(&mut self, object: ClassId, class: ClassId) {
        let name = self.symbols.classes[object].name;
        if self.classes[object].is_static {
            let binding = self.classes[class].decls.entry(name).or_default();
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
                    let binding = self.classes[class].decls.entry(name).or_default();
                    if binding.ty.replace(TypeSym::Class(inner)).is_some() {
                        self.duplicate(name, def.name.span);
                    }
                }
                if modifiers.has(Flags::IMPLICIT) {
                    self.outside(
                        codes::IMPLICIT_CLASS,
                        definition.span,
                        "an implicit class is outside the subset",
                        "write an extension: `extension (x: A) def m = …`",
                    );
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
        let binding = self.classes[class].decls.entry(name).or_default();
        binding.terms.push(Term::Method(method));
        if let Some(package) = self.package_objects.get(&class) {
            let binding = self.packages[*package].members.entry(name).or_default();
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
                TypeSym::Param(param)
            }
        };
        let name = def.name.name;
        match class {
            Some(class) => {
                let binding = self.classes[class].decls.entry(name).or_default();
                let clash = binding.ty.replace(symbol).is_some();
                if let Some(package) = self.package_objects.get(&class) {
                    let binding = self.packages[*package].members.entry(name).or_default();
                    binding.ty = Some(symbol);
                }
                if clash {
                    self.duplicate(name, def.name.span);
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
        let alias = self.aliases.push(Alias { def, scope, params, rhs, status, opaque });
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

    /// The cases of an enum, in its companion.
    fn enter_enum_cases(&mut self, object: ClassId) {
        if !self.is_object_class(object) {
            return;
        }
        let Some(parent) = self.symbols.classes[object].companion else { return };
        let ClassSource::Class(def, _) = self.classes[parent].source else { return };
        if def.kind != ast::ClassKind::Enum {
            return;
        }
        let scope = self.classes[object].scope;
        let is_static = self.classes[object].is_static;
        let outer_name = self.symbols.classes[object].full_name.clone();
        let mut cases = Vec::new();
        for stat in def.template.body.as_deref().unwrap_or_default() {
            let ast::StatKind::Definition(definition) = &stat.kind else { continue };
            let ast::DefinitionKind::EnumCase(case) = &definition.kind else { continue };
            let source = ClassSource::EnumCase(case, &definition.modifiers, parent);
            let class =
                self.enter_class(source, Owner::Class(object), &outer_name, scope, is_static);
            if self.is_object_class(class) {
                self.bind_object(class, object);
            } else {
                let binding = self.classes[object].decls.entry(case.name.name).or_default();
                binding.ty = Some(TypeSym::Class(class));
            }
            cases.push(class);
        }
        for class in cases {
            if let Some(companion) = self.missing_companion(class) {
                self.bind_object(companion, object);
            }
        }
    }

    /// Members that a case class, an enum or a companion has without being written.
    fn enter_synthetics(&mut self, class: ClassId) {
        let info = &self.symbols.classes[class];
        if info.is_case {
            self.enter_case_members(class);
        }
        if self.symbols.classes[class].is_enum {
            self.enter_synthetic(class, class, "ordinal", Synthetic::EnumOrdinal);
        }
        if !self.is_object_class(class) {
            return;
        }
        let Some(of) = self.symbols.classes[class].companion else { return };
        if self.symbols.classes[of].is_case && !self.is_object_class(of) {
            if !self.symbols.classes[of].is_abstract {
                self.enter_synthetic(class, of, "apply", Synthetic::CaseApply);
            }
            // An object that is not written has a text of its own; one that is written does not.
            if matches!(self.classes[class].source, ClassSource::None) {
                self.enter_synthetic(class, of, "toString", Synthetic::CaseText);
            }
        }
        if self.symbols.classes[of].is_enum {
            let all_values = self.symbols.classes[of]
                .children
                .iter()
                .all(|child| self.classes[*child].is_enum_value);
            if all_values {
                self.enter_synthetic(class, of, "values", Synthetic::EnumValues);
                self.enter_synthetic(class, of, "valueOf", Synthetic::EnumValueOf);
            }
            self.enter_synthetic(class, of, "fromOrdinal", Synthetic::EnumFromOrdinal);
        }
    }

    fn enter_case_members(&mut self, class: ClassId) {
        for (name, what) in [
            ("equals", Synthetic::CaseEquals),
            ("hashCode", Synthetic::CaseHash),
            ("toString", Synthetic::CaseText),
            ("productArity", Synthetic::ProductArity),
            ("productElement", Synthetic::ProductElement),
            ("productPrefix", Synthetic::ProductPrefix),
        ] {
            if !self.inherits_concrete(class, Name::new(name)) {
                self.enter_synthetic(class, class, name, what);
            }
        }
        if self.is_object_class(class) {
            return;
        }
        if !self.symbols.classes[class].is_abstract
            && !self.classes[class].decls.contains_key(&Name::new("copy"))
        {
            self.enter_synthetic(class, class, "copy", Synthetic::CaseCopy);
        }
        let scope = self.classes[class].scope;
        for (number, field) in self.symbols.classes[class].case_fields.clone().iter().enumerate() {
            let name = Name::new(&format!("_{}", number + 1));
            if self.classes[class].decls.contains_key(&name) {
                continue;
            }
            let span = self.symbols.fields[*field].span;
            let source = MethodSource::Accessor(*field);
            let getter = self.new_method(name, Owner::Class(class), source, scope, span);
            self.symbols.methods[getter].kind = MethodKind::Getter(*field);
            self.symbols.methods[getter].is_final = true;
            self.publish(getter, class);
        }
    }

    /// Whether the class declares this member, or inherits it from a class other than the roots.
    fn inherits_concrete(&mut self, class: ClassId, name: Name) -> bool {
        if self.classes[class].decls.get(&name).is_some_and(|b| !b.terms.is_empty()) {
            return true;
        }
        self.complete_header(class);
        let roots = self.types.roots();
        let parents = self.symbols.classes[class].linearization.clone();
        parents.into_iter().skip(1).any(|parent| {
            if parent == roots.any_class || parent == roots.any_ref_class {
                return false;
            }
            if self.symbols.classes[parent].is_library
                && self.symbols.classes[parent].full_name == "scala.Product"
            {
                return false;
            }
            self.complete_members(parent);
            let Some(binding) = self.classes[parent].decls.get(&name) else { return false };
            binding.terms.iter().any(|term| match term {
                Term::Method(method) => {
                    self.symbols.methods[*method].implementation != Implementation::Abstract
                }
                _ => false,
            })
        })
    }

    fn enter_synthetic(&mut self, class: ClassId, of: ClassId, name: &str, what: Synthetic) {
        let span = self.symbols.classes[of].span;
        let scope = self.classes[of].scope;
        let source = MethodSource::Synthetic(of);
        let method = self.new_method(Name::new(name), Owner::Class(class), source, scope, span);
        self.symbols.methods[method].implementation = Implementation::Synthetic(what);
        self.symbols.methods[method].is_final = self.symbols.classes[class].is_final;
        if matches!(what, Synthetic::CaseApply | Synthetic::CaseCopy) {
            if let Some(constructor) = self.symbols.classes[of].constructor {
                self.methods[method].access = self.methods[constructor].access;
            } else if let ClassSource::Class(def, _) = self.classes[of].source {
                self.methods[method].access = access_of(&def.constructor_modifiers);
            }
        }
        self.publish(method, class);
    }
}

fn new_package<'a>(full_name: String) -> Package<'a> {
    Package {
        full_name,
        members: IndexMap::new(),
        exports: Vec::new(),
        marker: std::marker::PhantomData,
        objects: Vec::new(),
    }
}

fn class_kind(kind: ast::ClassKind) -> ClassKind {
    match kind {
        ast::ClassKind::Class | ast::ClassKind::Enum => ClassKind::Class,
        ast::ClassKind::Trait => ClassKind::Trait,
        ast::ClassKind::Object => ClassKind::Object,
    }
}

/// Who may see what has these modifiers.
pub(crate) fn access_of(modifiers: &ast::Modifiers) -> Access {
    match &modifiers.access {
        ast::Access::Public => Access::Public,
        ast::Access::Private(within) => Access::Private(within.map(|name| name.name)),
        ast::Access::Protected(within) => Access::Protected(within.map(|name| name.name)),
    }
}

static NO_MODIFIERS: std::sync::LazyLock<ast::Modifiers> =
    std::sync::LazyLock::new(ast::Modifiers::none);

/// Modifiers of what is made up.
pub(crate) fn no_modifiers() -> &'static ast::Modifiers {
    &NO_MODIFIERS
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
        P::Wildcard | P::Stable(_) | P::Literal(_) | P::Given(_) | P::Error => {}
    }
}

/// The words of a type, for the name of a given without one.
fn type_words(ty: &ast::Type) -> String {
    match &ty.kind {
        ast::TypeKind::Ident(name) | ast::TypeKind::Select { name, .. } => {
            name.as_str().to_string()
        }
        ast::TypeKind::Apply { constructor, args } => {
            let mut words = type_words(constructor);
            for arg in args {
                words.push('_');
                words.push_str(&type_words(arg));
            }
            words
        }
        ast::TypeKind::Function { params, result, .. } => {
            let mut words: Vec<String> = params.iter().map(|p| type_words(&p.ty)).collect();
            words.push("to".to_string());
            words.push(type_words(result));
            words.join("_")
        }
        _ => format!("at_{}", ty.span.lo),
    }
}
