//! Scopes: what a name means at a place. A chain of scopes from the inside out: blocks, type
//! parameters, templates with what they inherit, imports, packages.

use crate::checker::{Checker, Status, Term, TypeSym};
use crate::names::Names;
use crate::symbols::ClassId;
use crate::types::{Ty, TyId};
use fscc_base::Name;
use fscc_syntax::ast;

fscc_base::define_index! {
    /// A scope.
    pub(crate) struct ScopeId = "scope";
}
fscc_base::define_index! {
    /// An import clause at a place.
    pub(crate) struct ImportId = "import";
}
fscc_base::define_index! {
    /// A package.
    pub(crate) struct PackageId = "package";
}

/// A scope.
#[derive(Debug)]
pub(crate) struct Scope {
    pub parent: Option<ScopeId>,
    pub kind: ScopeKind,
    /// An import from `Predef` stands around it: what that does not bring in is not there.
    pub hides_predef: bool,
}

/// What a scope binds.
#[derive(Debug)]
pub(crate) enum ScopeKind {
    /// Blocks, parameters, type parameters.
    Names(Names),
    /// The members of a class, inherited ones too.
    Class(ClassId),
    /// What an import takes.
    Import(ImportId),
    /// The members of a package.
    Package(PackageId),
}

/// An import clause at a place.
#[derive(Debug)]
pub(crate) struct Import<'a> {
    pub clause: &'a ast::ImportClause,
    /// Where its path is resolved.
    pub scope: ScopeId,
    pub status: Status,
    pub base: ImportBase,
}

/// Where an import takes from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum ImportBase {
    /// Not resolved, or a reported mistake.
    None,
    Package(PackageId),
    /// A static object.
    Object(ClassId),
    /// A value of this type: its path is typed at every use.
    Value(TyId),
}

/// A package.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    pub full_name: String,
    pub members: Names,
    /// Exports at the top level of the package: imports that everybody sees.
    pub exports: Vec<ImportId>,
    pub marker: std::marker::PhantomData<&'a ()>,
    /// The objects that hold its top-level definitions.
    pub objects: Vec<ClassId>,
}

/// Where a name was found.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// In a block, parameter list or package.
    Terms(smallvec::SmallVec<[Term; 1]>),
    /// In a template, declared or inherited.
    Member(ClassId, Name),
    /// By an import, under this name there.
    Imported(ImportId, Name),
}

impl<'a> Checker<'a> {
    /// A scope inside another one.
    pub fn push_scope(&mut self, parent: ScopeId, kind: ScopeKind) -> ScopeId {
        let hides_predef = self.scopes[parent].hides_predef;
        self.scopes.push(Scope { parent: Some(parent), kind, hides_predef })
    }
    /// An empty scope for names.
    pub fn push_names(&mut self, parent: ScopeId) -> ScopeId {
        self.push_scope(parent, ScopeKind::Names(Names::default()))
    }
    /// A scope per clause of an import.
    pub fn push_imports(&mut self, clauses: &'a [ast::ImportClause], scope: ScopeId) -> ScopeId {
        let mut scope = scope;
        for clause in clauses {
            let import = self.new_import(clause, scope);
            scope = self.push_scope(scope, ScopeKind::Import(import));
            self.scopes[scope].hides_predef |= is_predef(&clause.path);
        }
        scope
    }
    /// The scope around `scope`, on the way out from `start`.
    pub fn scope_around(&self, scope: ScopeId, start: ScopeId) -> Option<ScopeId> {
        let around = self.scopes[scope].parent?;
        let is_hidden = self.scopes[start].hides_predef
            && matches!(self.scopes[around].kind, ScopeKind::Class(class)
                if Some(class) == self.known.predef);
        if is_hidden { self.scopes[around].parent } else { Some(around) }
    }
    /// An import clause at a place.
    pub fn new_import(&mut self, clause: &'a ast::ImportClause, scope: ScopeId) -> ImportId {
        let (status, base) = (Status::Lazy, ImportBase::None);
        self.imports.push(Import { clause, scope, status, base })
    }
    /// The names of a scope made by [`Checker::push_names`].
    pub fn names(&mut self, scope: ScopeId) -> &mut Names {
        match &mut self.scopes[scope].kind {
            ScopeKind::Names(names) => names,
            _ => unreachable!("only scopes of names are extended"),
        }
    }
    /// Binds a term.
    pub fn bind_term(&mut self, scope: ScopeId, name: Name, term: Term) {
        let binding = self.names(scope).binding(name);
        match term {
            // Functions may be overloaded; anything else replaces what was there.
            Term::Method(_) => binding.terms.push(term),
            _ => binding.terms = smallvec::smallvec![term],
        }
    }
    /// Binds a type.
    pub fn bind_type(&mut self, scope: ScopeId, name: Name, ty: TypeSym) {
        self.names(scope).binding(name).ty = Some(ty);
    }

    /// What `name` means as a term, from this scope outwards.
    pub fn lookup_term(&mut self, name: Name, scope: ScopeId) -> Option<Found> {
        let mut imported: Option<(ImportId, Name, bool)> = None;
        // An import that would bring in the name if the library had it all.
        let mut lacking: Option<ImportId> = None;
        let start = scope;
        let mut next = Some(start);
        while let Some(scope) = next {
            next = self.scope_around(scope, start);
            let here = &self.scopes[scope];
            if let ScopeKind::Import(import) = &here.kind {
                let import = *import;
                // A named selector goes before a wildcard of the same statements.
                if imported.is_none_or(|(_, _, named)| !named)
                    && let Some((there, named)) = self.import_term(import, name)
                    && (named || imported.is_none())
                {
                    imported = Some((import, there, named));
                } else if imported.is_none() && self.leaves_out(import, name) {
                    lacking = Some(import);
                }
                continue;
            }
            let found = self.term_in(scope, name);
            let Some((import, there, _)) = imported else {
                match (found, lacking) {
                    (Some(found), None) => return Some(found),
                    (Some(found), Some(import)) => {
                        return self.is_beside(&found, scope, import).then_some(found);
                    }
                    (None, Some(_)) => return None,
                    (None, None) => continue,
                }
            };
            // A definition among the same statements goes before all imports.
            return match found {
                Some(found) if self.is_beside(&found, scope, import) => Some(found),
                _ => Some(Found::Imported(import, there)),
            };
        }
        imported.map(|(import, there, _)| Found::Imported(import, there))
    }

    /// What a scope itself, no import, binds `name` to.
    fn term_in(&mut self, scope: ScopeId, name: Name) -> Option<Found> {
        match &self.scopes[scope].kind {
            ScopeKind::Names(names) => {
                let binding = names.get(&name).filter(|binding| !binding.terms.is_empty())?;
                Some(Found::Terms(binding.terms.clone()))
            }
            ScopeKind::Class(class) => {
                let class = *class;
                self.has_term_member(class, name).then_some(Found::Member(class, name))
            }
            ScopeKind::Package(package) => {
                let package = *package;
                self.package_term(package, name)
            }
            ScopeKind::Import(_) => None,
        }
    }

    /// Whether what the scope around an import binds counts as defined beside it: what other files
    /// add to a package does not.
    fn is_beside(&self, found: &Found, scope: ScopeId, import: ImportId) -> bool {
        let file = self.imports[import].clause.span.file;
        match (&self.scopes[scope].kind, found) {
            (ScopeKind::Package(_), Found::Terms(terms)) => {
                terms.iter().any(|term| self.place_of_term(*term).is_some_and(|p| p.file == file))
            }
            (ScopeKind::Package(_), _) => false,
            (ScopeKind::Class(class), _) => self.symbols.classes[*class].span.file == file,
            _ => true,
        }
    }

    /// A term of a package.
    pub fn package_term(&mut self, package: PackageId, name: Name) -> Option<Found> {
        if let Some(binding) = self.packages[package].members.get(&name)
            && !binding.terms.is_empty()
        {
            return Some(Found::Terms(binding.terms.clone()));
        }
        for index in 0..self.packages[package].exports.len() {
            let export = self.packages[package].exports[index];
            if let Some((there, _)) = self.import_term(export, name) {
                return Some(Found::Imported(export, there));
            }
        }
        None
    }

    /// What `name` means as a type, from this scope outwards: the symbol and, for a member of a
    /// class, the type through which it is seen.
    pub fn lookup_type(&mut self, name: Name, scope: ScopeId) -> Option<(TypeSym, Option<TyId>)> {
        let mut imported: Option<(ImportId, (TypeSym, Option<TyId>), bool)> = None;
        let mut lacking: Option<ImportId> = None;
        let start = scope;
        let mut next = Some(start);
        while let Some(scope) = next {
            next = self.scope_around(scope, start);
            let here = &self.scopes[scope];
            if let ScopeKind::Import(import) = &here.kind {
                let import = *import;
                if imported.is_none_or(|(_, _, named)| !named)
                    && let Some((found, named)) = self.import_type(import, name)
                    && (named || imported.is_none())
                {
                    imported = Some((import, found, named));
                } else if imported.is_none() && self.leaves_out(import, name) {
                    lacking = Some(import);
                }
                continue;
            }
            let found = self.type_in(scope, name);
            let Some((import, there, _)) = imported else {
                match (found, lacking) {
                    (Some(found), None) => return Some(found),
                    (Some(found), Some(import)) => {
                        let file = self.imports[import].clause.span.file;
                        return (self.place_of_type(found.0).file == file).then_some(found);
                    }
                    (None, Some(_)) => return None,
                    (None, None) => continue,
                }
            };
            let file = self.imports[import].clause.span.file;
            let is_package = matches!(self.scopes[scope].kind, ScopeKind::Package(_));
            return match found {
                Some((symbol, prefix))
                    if self.place_of_type(symbol).file == file
                        || !is_package && !self.symbols_are_library(scope) =>
                {
                    Some((symbol, prefix))
                }
                _ => Some(there),
            };
        }
        imported.map(|(_, found, _)| found)
    }

    fn symbols_are_library(&self, scope: ScopeId) -> bool {
        match self.scopes[scope].kind {
            ScopeKind::Class(class) => self.symbols.classes[class].is_library,
            _ => false,
        }
    }

    /// What a scope itself, no import, binds `name` to as a type.
    fn type_in(&mut self, scope: ScopeId, name: Name) -> Option<(TypeSym, Option<TyId>)> {
        match &self.scopes[scope].kind {
            ScopeKind::Names(names) => {
                names.get(&name).and_then(|binding| binding.ty).map(|ty| (ty, None))
            }
            ScopeKind::Class(class) => {
                let class = *class;
                let ty = self.type_member(class, name)?;
                Some((ty, Some(self.symbols.classes[class].this_ty)))
            }
            ScopeKind::Package(package) => {
                let package = *package;
                self.package_type(package, name)
            }
            ScopeKind::Import(_) => None,
        }
    }

    /// A type of a package.
    pub fn package_type(
        &mut self,
        package: PackageId,
        name: Name,
    ) -> Option<(TypeSym, Option<TyId>)> {
        if let Some(ty) = self.packages[package].members.get(&name).and_then(|b| b.ty) {
            return Some((ty, None));
        }
        for index in 0..self.packages[package].exports.len() {
            let export = self.packages[package].exports[index];
            if let Some((found, _)) = self.import_type(export, name) {
                return Some(found);
            }
        }
        None
    }

    /// The name under which an import takes `name`, and whether a selector names it.
    fn import_name(&self, import: ImportId, name: Name) -> Option<(Name, bool)> {
        let mut wildcard = None;
        for selector in &self.imports[import].clause.selectors {
            match selector {
                ast::ImportSelector::Name { name: there, rename } => {
                    if rename.unwrap_or(*there).name == name {
                        return Some((there.name, true));
                    }
                    if rename.is_some() && there.name == name {
                        return None;
                    }
                }
                ast::ImportSelector::Hidden(hidden) if hidden.name == name => return None,
                ast::ImportSelector::Wildcard(_) => wildcard = Some((name, false)),
                ast::ImportSelector::Hidden(_) | ast::ImportSelector::Given(..) => {}
            }
        }
        wildcard
    }

    pub fn import_term(&mut self, import: ImportId, name: Name) -> Option<(Name, bool)> {
        let (there, named) = self.import_name(import, name)?;
        let has = match self.import_base(import) {
            ImportBase::None => false,
            ImportBase::Package(package) => self.package_term(package, there).is_some(),
            ImportBase::Object(class) => self.has_term_member(class, there),
            ImportBase::Value(ty) => {
                self.class_for_members(ty).is_some_and(|class| self.has_term_member(class, there))
            }
        };
        has.then_some((there, named))
    }

    /// Where an import finds this name, if it takes it.
    pub fn imported(&mut self, import: ImportId, name: Name) -> Option<Found> {
        let (there, _) = self.import_term(import, name)?;
        Some(Found::Imported(import, there))
    }

    /// Whether an import finds a type of this name.
    pub fn imported_type(&mut self, import: ImportId, name: Name) -> bool {
        self.import_type(import, name).is_some()
    }

    pub fn import_type(
        &mut self,
        import: ImportId,
        name: Name,
    ) -> Option<((TypeSym, Option<TyId>), bool)> {
        let (there, named) = self.import_name(import, name)?;
        let found = match self.import_base(import) {
            ImportBase::None => None,
            ImportBase::Package(package) => self.package_type(package, there),
            ImportBase::Object(class) => {
                let this = self.symbols.classes[class].this_ty;
                self.type_member(class, there).map(|ty| (ty, Some(this)))
            }
            ImportBase::Value(ty) => {
                let class = self.class_for_members(ty)?;
                self.type_member(class, there).map(|found| (found, Some(ty)))
            }
        };
        found.map(|found| (found, named))
    }

    /// The class whose members a value of this type has (the first one of an intersection).
    pub fn class_for_members(&mut self, ty: TyId) -> Option<ClassId> {
        match self.types.get(self.resolve(ty)) {
            Ty::Class(class, _) | Ty::This(class) => Some(class),
            Ty::Literal(of, _) => self.class_for_members(of),
            Ty::Local(local) => self.class_for_members(self.symbols.locals[local].ty),
            Ty::Param(param) => {
                self.complete_bounds(param);
                self.class_for_members(self.symbols.type_params[param].upper)
            }
            Ty::And(a, _) => self.class_for_members(a),
            _ => None,
        }
    }

    /// Resolves the path of an import, once.
    pub fn import_base(&mut self, import: ImportId) -> ImportBase {
        match self.imports[import].status {
            // A path that needs its own import: as if the import were not there.
            Status::Running => return ImportBase::None,
            Status::Done => return self.imports[import].base,
            Status::Lazy => {}
        }
        self.imports[import].status = Status::Running;
        let (clause, scope) = (self.imports[import].clause, self.imports[import].scope);
        let before = self.diagnostics.len();
        let base = self.path_base(&clause.path, scope);
        if matches!(base, ImportBase::None) && self.diagnostics.len() > before {
            self.note_missing(clause);
        }
        self.imports[import].base = base;
        self.imports[import].status = Status::Done;
        base
    }

    /// What an import that failed would have brought in is not reported once more.
    fn note_missing(&mut self, clause: &'a ast::ImportClause) {
        for selector in &clause.selectors {
            match selector {
                ast::ImportSelector::Name { name, rename } => {
                    self.missing.insert(rename.unwrap_or(*name).name);
                }
                ast::ImportSelector::Wildcard(_) | ast::ImportSelector::Given(..) => {
                    self.missing_wildcard = true;
                }
                ast::ImportSelector::Hidden(_) => {}
            }
        }
    }

    /// What a path of identifiers stands for.
    fn path_base(&mut self, path: &'a [ast::Ident], scope: ScopeId) -> ImportBase {
        let Some((first, rest)) = path.split_first() else { return ImportBase::None };
        if is_language_switch(path) {
            return ImportBase::None;
        }
        let mut base = match self.first_of_path(*first, scope) {
            Some(base) => base,
            None => {
                self.unknown_import(*first, scope);
                return ImportBase::None;
            }
        };
        for (number, part) in rest.iter().enumerate() {
            match self.base_of_part(base, part.name) {
                Some(next) => base = next,
                None => {
                    self.unknown_member_of_path(&path[..=number], *part);
                    return ImportBase::None;
                }
            }
        }
        base
    }

    fn first_of_path(&mut self, first: ast::Ident, scope: ScopeId) -> Option<ImportBase> {
        match first.as_str() {
            "_root_" => return Some(ImportBase::Package(ROOT_PACKAGE)),
            "this" => {
                let class = self.class_of_scope(scope)?;
                return Some(ImportBase::Value(self.types.intern(Ty::This(class))));
            }
            _ => {}
        }
        let found = self.lookup_term(first.name, scope)?;
        self.base_of_found(found)
    }

    /// The innermost class around a scope.
    pub fn class_of_scope(&self, scope: ScopeId) -> Option<ClassId> {
        let mut next = Some(scope);
        while let Some(scope) = next {
            if let ScopeKind::Class(class) = self.scopes[scope].kind {
                return Some(class);
            }
            next = self.scopes[scope].parent;
        }
        None
    }

    /// What `name` of a base stands for as a further base.
    pub fn base_of_part(&mut self, base: ImportBase, name: Name) -> Option<ImportBase> {
        match base {
            ImportBase::None => None,
            ImportBase::Package(package) => {
                let found = self.package_term(package, name)?;
                self.base_of_found(found)
            }
            ImportBase::Object(class) => {
                let this = self.symbols.classes[class].this_ty;
                self.base_of_member(class, this, name)
            }
            ImportBase::Value(ty) => {
                let class = self.class_for_members(ty)?;
                self.base_of_member(class, ty, name)
            }
        }
    }

    fn base_of_member(&mut self, class: ClassId, prefix: TyId, name: Name) -> Option<ImportBase> {
        let term = *self.term_members(class, name).first()?;
        match self.base_of_term(term) {
            ImportBase::Value(ty) => Some(ImportBase::Value(self.seen(ty, prefix))),
            other => Some(other),
        }
    }

    fn base_of_term(&mut self, term: Term) -> ImportBase {
        match term {
            Term::Package(package) => ImportBase::Package(package),
            Term::Object(class) => ImportBase::Object(class),
            Term::Local(local) => ImportBase::Value(self.symbols.locals[local].ty),
            Term::SelfAlias(class) => ImportBase::Value(self.types.intern(Ty::This(class))),
            Term::Method(method) => {
                self.signature(method);
                ImportBase::Value(self.symbols.methods[method].result)
            }
            Term::Field(field) => {
                self.complete_field(field);
                ImportBase::Value(self.symbols.fields[field].ty)
            }
        }
    }

    pub fn base_of_found(&mut self, found: Found) -> Option<ImportBase> {
        match found {
            Found::Terms(terms) => Some(self.base_of_term(*terms.first()?)),
            Found::Member(class, name) => {
                let this = self.symbols.classes[class].this_ty;
                self.base_of_member(class, this, name)
            }
            Found::Imported(import, name) => {
                let base = self.import_base(import);
                self.base_of_part(base, name)
            }
        }
    }
}

/// The package that holds the top-level packages.
pub(crate) const ROOT_PACKAGE: PackageId = PackageId::from_u32(0);
/// The package of definitions without a package clause.
pub(crate) const EMPTY_PACKAGE: PackageId = PackageId::from_u32(1);

/// `language.x` and `scala.language.x` are switches; each has its fixed setting here.
fn is_language_switch(path: &[ast::Ident]) -> bool {
    let mut parts = path.iter().map(|part| part.as_str()).skip_while(|part| *part == "_root_");
    match parts.next() {
        Some("language") => true,
        Some("scala") => parts.next() == Some("language"),
        _ => false,
    }
}

/// `Predef`, `scala.Predef`.
fn is_predef(path: &[ast::Ident]) -> bool {
    let mut parts = path.iter().map(|part| part.as_str()).skip_while(|part| *part == "_root_");
    let first = parts.next();
    let last = if first == Some("scala") { parts.next() } else { first };
    last == Some("Predef") && parts.next().is_none()
}
