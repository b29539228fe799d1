//! What is wrong with imports: members that are not there, selectors that bind one name twice, and
//! names that an import and another binding give different meanings.
//!
//! It relies on `scope` for what an import takes. A name is looked up without these checks; they
//! follow where it is used.

use crate::checker::{Checker, Term, TypeSym};
use crate::scope::{Found, ImportBase, ImportId, ScopeId, ScopeKind};
use crate::symbols::ClassId;
use fscc_base::{Diagnostic, FileId, Name, Span, codes};
use fscc_syntax::ast;

/// How strongly a binding holds: stronger ones are not shadowed from inside by weaker ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Strength {
    /// `import p.*`.
    Wildcard,
    /// `import p.x`.
    Named,
    /// A definition of the same file, or an inherited member.
    Definition,
}

/// What a name is bound to.
#[derive(Clone, Debug)]
enum Meaning {
    Terms(Vec<Term>),
    Type(TypeSym),
}

impl Meaning {
    fn is_same(&self, other: &Meaning) -> bool {
        match (self, other) {
            (Meaning::Terms(a), Meaning::Terms(b)) => a.iter().any(|term| b.contains(term)),
            (Meaning::Type(a), Meaning::Type(b)) => a == b,
            _ => false,
        }
    }
}

impl<'a> Checker<'a> {
    /// Checks every import of the user's files, used or not.
    pub fn check_imports(&mut self) {
        for import in self.imports.indices() {
            let clause = self.imports[import].clause;
            if !self.user_files.contains(&clause.span.file) {
                continue;
            }
            self.check_selectors(clause);
            self.check_imported_members(import, clause);
        }
    }

    /// No two selectors of a clause bind, or hide, the same name.
    fn check_selectors(&mut self, clause: &'a ast::ImportClause) {
        let mut bound: Vec<Name> = Vec::new();
        for selector in &clause.selectors {
            let name = match selector {
                ast::ImportSelector::Name { name, rename } => rename.unwrap_or(*name),
                ast::ImportSelector::Hidden(name) => *name,
                ast::ImportSelector::Wildcard(_) | ast::ImportSelector::Given(..) => continue,
            };
            if bound.contains(&name.name) {
                self.report(
                    Diagnostic::error(
                        codes::DUPLICATE_NAME,
                        name.span,
                        format!("two selectors of this import bind `{}`", name.name),
                    )
                    .help("remove one of them, or rename it: `a as b`"),
                );
            }
            bound.push(name.name);
        }
    }

    /// What an import names must be there.
    fn check_imported_members(&mut self, import: ImportId, clause: &'a ast::ImportClause) {
        let root = clause.path.iter().map(|part| part.as_str()).find(|part| *part != "_root_");
        let before = self.diagnostics.len();
        let base = self.import_base(import);
        if matches!(root, Some("scala" | "java" | "javax" | "language")) {
            // Real programs import much that they then do not need, and that this library lacks:
            // what they do use of it is reported there.
            self.diagnostics.truncate(before);
            if !self.check_language_import(clause) {
                self.check_file_names(clause);
            }
            return;
        }
        if base == ImportBase::None {
            return;
        }
        self.check_stable_path(clause, self.imports[import].scope);
        for selector in &clause.selectors {
            let ast::ImportSelector::Name { name, .. } = selector else { continue };
            if self.base_has(base, name.name) {
                continue;
            }
            let path: Vec<&str> = clause.path.iter().map(|part| part.as_str()).collect();
            if self.is_library_base(base) {
                continue;
            }
            self.report(
                Diagnostic::error(
                    codes::NO_MEMBER,
                    name.span,
                    format!("`{}` has no member `{}`", path.join("."), name.name),
                )
                .help("correct the name, or remove the import"),
            );
        }
    }

    /// Names with a `$` are those of files that the compiler makes; nothing in the source has them.
    fn check_file_names(&mut self, clause: &'a ast::ImportClause) {
        let wrong = clause.path.iter().find(|part| !part.quoted && part.as_str().contains('$'));
        if let Some(part) = wrong {
            self.report(
                Diagnostic::error(
                    codes::NO_MEMBER,
                    part.span,
                    format!("`{}` is no name of the library", part.name),
                )
                .help("name the object, and what is inside it after a dot"),
            );
        }
    }

    /// The parts of an imported path are packages, objects and values, not methods.
    fn check_stable_path(&mut self, clause: &'a ast::ImportClause, scope: ScopeId) {
        let Some((first, rest)) = clause.path.split_first() else { return };
        let Some(found) = self.lookup_term(first.name, scope) else { return };
        let (mut part, mut term) = (*first, self.first_term(found.clone()));
        let mut base = self.base_of_found(found);
        for next in rest.iter().map(Some).chain(std::iter::once(None)) {
            if let Some(Term::Method(method)) = term
                && matches!(self.methods[method].source, crate::checker::MethodSource::Def(..))
            {
                self.report(
                    Diagnostic::error(
                        codes::NOT_A_VALUE,
                        part.span,
                        format!("`{}` is a method: nothing can be imported from it", part.name),
                    )
                    .help("give its result a name first: `val x = …`"),
                );
                return;
            }
            let (Some(next), Some(here)) = (next, base) else { return };
            term = self.terms_of_base(here, next.name).and_then(|terms| terms.first().copied());
            base = self.base_of_part(here, next.name);
            part = *next;
        }
    }

    fn first_term(&mut self, found: Found) -> Option<Term> {
        match found {
            Found::Terms(terms) => terms.first().copied(),
            Found::Member(class, name) => self.term_members(class, name).first().copied(),
            Found::Imported(import, name) => {
                let base = self.import_base(import);
                self.terms_of_base(base, name)?.first().copied()
            }
        }
    }

    fn is_library_base(&mut self, base: ImportBase) -> bool {
        match base {
            ImportBase::None => true,
            ImportBase::Package(package) => {
                let name = &self.packages[package].full_name;
                ["scala", "java", "fvm"]
                    .iter()
                    .any(|root| name == root || name.starts_with(&format!("{root}.")))
            }
            ImportBase::Object(class) => self.symbols.classes[class].is_library,
            ImportBase::Value(ty) => self
                .class_for_members(ty)
                .is_none_or(|class| self.symbols.classes[class].is_library),
        }
    }

    fn base_has(&mut self, base: ImportBase, name: Name) -> bool {
        match base {
            ImportBase::None => true,
            ImportBase::Package(package) => {
                self.package_term(package, name).is_some()
                    || self.package_type(package, name).is_some()
            }
            ImportBase::Object(class) => self.class_has(class, name),
            ImportBase::Value(ty) => match self.types.get(self.resolve(ty)) {
                crate::types::Ty::And(a, b) => {
                    self.base_has(ImportBase::Value(a), name)
                        || self.base_has(ImportBase::Value(b), name)
                }
                _ => match self.class_for_members(ty) {
                    Some(class) => self.class_has(class, name),
                    None => true,
                },
            },
        }
    }

    fn class_has(&mut self, class: ClassId, name: Name) -> bool {
        self.has_term_member(class, name) || self.type_member(class, name).is_some()
    }

    /// Reports a name, used at `span`, that an import gives one meaning and a binding further out,
    /// or another import beside it, a different one.
    pub fn check_ambiguous_name(&mut self, name: ast::Ident, scope: ScopeId, is_term: bool) {
        if self.env.is_library || name.span.is_synthetic() || !self.is_below_import(scope) {
            return;
        }
        let file = name.span.file;
        let mut chosen: Option<(Meaning, Strength, Option<Span>)> = None;
        let mut beside = false;
        let mut next = Some(scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            let is_import = matches!(self.scopes[scope].kind, ScopeKind::Import(_));
            let beside_definition = beside && !is_import;
            beside &= is_import;
            let Some((meaning, strength)) = self.meaning_in(scope, name.name, is_term, file) else {
                continue;
            };
            let place = self.place_of_binding(scope, &meaning);
            let Some((first, held, import)) = &chosen else {
                if strength == Strength::Definition {
                    return;
                }
                chosen = Some((meaning, strength, place));
                beside = true;
                continue;
            };
            let differs = !first.is_same(&meaning);
            // A definition among the same statements goes before the imports there.
            if beside_definition && strength == Strength::Definition {
                return;
            }
            if differs && (strength > *held && !beside || strength == *held && beside) {
                let import = *import;
                self.ambiguous_name(name, import, place);
                return;
            }
            if strength == Strength::Definition {
                return;
            }
            if strength > *held {
                chosen = Some((meaning, strength, place));
            }
        }
    }

    /// Whether an import stands around the place.
    fn is_below_import(&self, scope: ScopeId) -> bool {
        let mut next = Some(scope);
        while let Some(scope) = next {
            if matches!(self.scopes[scope].kind, ScopeKind::Import(_)) {
                return true;
            }
            next = self.scopes[scope].parent;
        }
        false
    }

    fn ambiguous_name(&mut self, name: ast::Ident, first: Option<Span>, second: Option<Span>) {
        let mut diagnostic = Diagnostic::error(
            codes::AMBIGUOUS_NAME,
            name.span,
            format!("`{}` has two meanings here", name.name),
        )
        .help("rename one in the import: `a as b`, or write where it comes from: `p.a`");
        for (span, text) in [(first, "imported here"), (second, "and bound here")] {
            if let Some(span) = span.filter(|span| !span.is_synthetic()) {
                diagnostic = diagnostic.label(span, text);
            }
        }
        self.report(diagnostic);
    }

    /// What a scope itself binds `name` to. Packages count only with what this file defines.
    fn meaning_in(
        &mut self,
        scope: ScopeId,
        name: Name,
        is_term: bool,
        file: FileId,
    ) -> Option<(Meaning, Strength)> {
        match &self.scopes[scope].kind {
            ScopeKind::Names(names) => {
                let binding = names.get(&name)?;
                let meaning = binding_meaning(binding, is_term)?;
                Some((meaning, Strength::Definition))
            }
            ScopeKind::Class(class) => {
                let class = *class;
                if self.symbols.classes[class].is_library {
                    return None;
                }
                Some((self.member_meaning(class, name, is_term)?, Strength::Definition))
            }
            ScopeKind::Package(package) => {
                let meaning =
                    binding_meaning(self.packages[*package].members.get(&name)?, is_term)?;
                let here = self.place_of_meaning(&meaning)?.file == file;
                here.then_some((meaning, Strength::Definition))
            }
            ScopeKind::Import(import) => {
                let import = *import;
                let (there, named) = if is_term {
                    self.import_term(import, name)?
                } else {
                    let (found, named) = self.import_type(import, name)?;
                    let strength = if named { Strength::Named } else { Strength::Wildcard };
                    return Some((Meaning::Type(found.0), strength));
                };
                let base = self.import_base(import);
                let terms = self.terms_of_base(base, there)?;
                let strength = if named { Strength::Named } else { Strength::Wildcard };
                Some((Meaning::Terms(terms), strength))
            }
        }
    }

    fn member_meaning(&mut self, class: ClassId, name: Name, is_term: bool) -> Option<Meaning> {
        if !is_term {
            return self.type_member(class, name).map(Meaning::Type);
        }
        if !self.has_term_member(class, name) {
            return None;
        }
        Some(Meaning::Terms(self.term_members(class, name).to_vec()))
    }

    fn terms_of_base(&mut self, base: ImportBase, name: Name) -> Option<Vec<Term>> {
        match base {
            ImportBase::None => None,
            ImportBase::Package(package) => match self.package_term(package, name)? {
                Found::Terms(terms) => Some(terms.to_vec()),
                Found::Member(class, there) => Some(self.term_members(class, there).to_vec()),
                Found::Imported(import, there) => {
                    let base = self.import_base(import);
                    self.terms_of_base(base, there)
                }
            },
            ImportBase::Object(class) => Some(self.term_members(class, name).to_vec()),
            ImportBase::Value(ty) => {
                let class = self.class_for_members(ty)?;
                Some(self.term_members(class, name).to_vec())
            }
        }
    }

    fn place_of_binding(&self, scope: ScopeId, meaning: &Meaning) -> Option<Span> {
        match &self.scopes[scope].kind {
            ScopeKind::Import(import) => Some(self.imports[*import].clause.span),
            _ => self.place_of_meaning(meaning),
        }
    }

    fn place_of_meaning(&self, meaning: &Meaning) -> Option<Span> {
        match meaning {
            Meaning::Terms(terms) => self.place_of_term(*terms.first()?),
            Meaning::Type(symbol) => Some(self.place_of_type(*symbol)),
        }
    }

    /// Where a term is declared; packages are not at one place.
    pub fn place_of_term(&self, term: Term) -> Option<Span> {
        Some(match term {
            Term::Method(method) => self.symbols.methods[method].span,
            Term::Field(field) => self.symbols.fields[field].span,
            Term::Object(class) | Term::SelfAlias(class) => self.symbols.classes[class].span,
            Term::Local(local) => self.symbols.locals[local].span,
            Term::Package(_) => return None,
        })
    }

    /// Where a type is declared.
    pub fn place_of_type(&self, symbol: TypeSym) -> Span {
        match symbol {
            TypeSym::Class(class) => self.symbols.classes[class].span,
            TypeSym::Alias(alias) => self.aliases[alias].def.name.span,
            TypeSym::Param(param) => self.symbols.type_params[param].span,
        }
    }
}

fn binding_meaning(binding: &crate::checker::Binding, is_term: bool) -> Option<Meaning> {
    if is_term {
        (!binding.terms.is_empty()).then(|| Meaning::Terms(binding.terms.to_vec()))
    } else {
        binding.ty.map(Meaning::Type)
    }
}
