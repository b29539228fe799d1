//! Declares what stands in files and templates, without looking at any type: packages, classes,
//! objects, enums, aliases, methods, fields. Signatures are completed on demand (`signature`).

mod class;
mod member;
mod synthetic;

use crate::checker::{Access, Checker, ClassSource, Status, Term, TypeSym};
use crate::names::Names;
use crate::scope::{EMPTY_PACKAGE, Package, PackageId, ROOT_PACKAGE, Scope, ScopeId, ScopeKind};
use crate::symbols::{ClassId, ClassKind, Owner};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;
pub(crate) use member::pattern_variables;

impl<'a> Checker<'a> {
    /// The root package, the empty package and the root classes.
    pub fn enter_roots(&mut self) {
        for full_name in ["", ""] {
            self.packages.push(new_package(full_name.to_string()));
        }
        let kind = ScopeKind::Package(ROOT_PACKAGE);
        self.scopes.push(Scope { parent: None, kind, hides_predef: false });
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
        let binding = self.packages[parent].members.binding(name);
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
                    self.check_modifiers(definition);
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
                // The parser has reported an expression at the top level.
                ast::StatKind::Expr(_) | ast::StatKind::Error => {}
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
        let binding = self.packages[package].members.binding(name);
        if is_object {
            let first = binding.terms.iter().find_map(|term| match term {
                Term::Object(object) => Some(*object),
                _ => None,
            });
            binding.terms.insert(0, Term::Object(class));
            if let Some(first) = first {
                let (first, span) =
                    (self.symbols.classes[first].span, self.symbols.classes[class].span);
                self.duplicate(name, span, Some(first));
            }
        } else if let Some(first) = binding.ty.replace(TypeSym::Class(class)) {
            self.duplicate_type(first, class);
        }
    }

    /// Reports a class whose name is taken. Two enums also have two companions.
    pub fn duplicate_type(&mut self, first: TypeSym, class: ClassId) {
        let (name, span) = (self.symbols.classes[class].name, self.symbols.classes[class].span);
        let place = self.place_of_type(first);
        self.duplicate(name, span, Some(place));
        if let TypeSym::Class(first) = first
            && self.symbols.classes[first].is_enum
            && self.symbols.classes[class].is_enum
        {
            self.report(
                Diagnostic::error(
                    codes::DUPLICATE_NAME,
                    place,
                    format!("`{name}` has two companions, since it is defined twice"),
                )
                .label(span, "and here"),
            );
        }
    }

    /// Reports a second definition of a name.
    pub fn duplicate(&mut self, name: Name, span: Span, first: Option<Span>) {
        let mut diagnostic = Diagnostic::error(
            codes::DUPLICATE_NAME,
            span,
            format!("`{name}` is already defined in this scope"),
        )
        .help("give one of the two another name");
        if let Some(first) = first {
            diagnostic = diagnostic.label(first, "defined here first");
        }
        self.report(diagnostic);
    }
}

fn new_package<'a>(full_name: String) -> Package<'a> {
    Package {
        full_name,
        members: Names::default(),
        exports: Vec::new(),
        marker: std::marker::PhantomData,
        objects: Vec::new(),
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
