//! Declares classes, objects, enums and their type parameters, and joins companions.

use super::access_of;
use crate::checker::{Access, Checker, ClassData, ClassSource, Status, TypeParamData, TypeSym};
use crate::names::Names;
use crate::scope::{ScopeId, ScopeKind};
use crate::symbols::{Class, ClassId, ClassKind, Owner, TypeParam, TypeParamId, Variance};
use crate::types::TyId;
use fscc_base::{FastMap, Idx, Name, Span};
use fscc_syntax::ast::{self, Flags};

impl<'a> Checker<'a> {
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
            decls: Names::default(),
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
            let scope = self.classes[class].header_scope;
            self.note_annotations_at(&modifiers.annotations, scope);
            self.classes[class].access = access_of(modifiers);
        }
    }

    /// Type parameters, with their bounds left for later.
    pub fn enter_type_params(
        &mut self,
        params: &'a [ast::TypeParam],
        scope: ScopeId,
    ) -> Vec<TypeParamId> {
        if !self.env.is_library {
            self.check_type_param_names(params);
        }
        params.iter().map(|param| self.enter_type_param(param, scope)).collect()
    }

    fn enter_type_param(&mut self, param: &'a ast::TypeParam, scope: ScopeId) -> TypeParamId {
        let variance = match param.variance {
            ast::Variance::Invariant => Variance::Invariant,
            ast::Variance::Covariant => Variance::Covariant,
            ast::Variance::Contravariant => Variance::Contravariant,
        };
        self.note_annotations_at(&param.annotations, scope);
        let id = self.new_type_param(param.name.name, variance, param.name.span);
        self.symbols.type_params[id].arity = param.params.len() as u32;
        // Bounds may name the parameters of a higher-kinded parameter.
        let mut bounds_scope = scope;
        if !param.params.is_empty() {
            bounds_scope = self.push_names(scope);
            self.enter_type_params(&param.params, bounds_scope);
        }
        self.type_param_data[id].bounds = Some((&param.bounds, bounds_scope));
        self.type_param_data[id].kind = &param.params;
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
            kind: &[],
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
        let mut by_name: FastMap<Name, (Option<ClassId>, Option<ClassId>)> = FastMap::default();
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
}

fn class_kind(kind: ast::ClassKind) -> ClassKind {
    match kind {
        ast::ClassKind::Class | ast::ClassKind::Enum => ClassKind::Class,
        ast::ClassKind::Trait => ClassKind::Trait,
        ast::ClassKind::Object => ClassKind::Object,
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
                words.push_str(&head_word(arg));
            }
            words
        }
        ast::TypeKind::Function { params, result, .. } => {
            let mut words: Vec<String> = params.iter().map(|p| head_word(&p.ty)).collect();
            words.push("to".to_string());
            words.push(type_words(result));
            words.join("_")
        }
        _ => format!("at_{}", ty.span.lo),
    }
}

/// The word for an argument of a type: what it is applied to in turn does not count.
fn head_word(ty: &ast::Type) -> String {
    match &ty.kind {
        ast::TypeKind::Apply { constructor, .. } => head_word(constructor),
        ast::TypeKind::Function { .. } => "Function".to_string(),
        _ => type_words(ty),
    }
}
