//! The wording of mistakes that several files report: unknown names, mismatches, Scala outside
//! the subset.

use crate::checker::{Checker, Term};
use crate::scope::{ImportBase, ImportId, PackageId, ScopeId, ScopeKind};
use crate::symbols::{ClassId, MethodId, Passing, TypeParamId};
use crate::types::{Ty, TyId};
use fscc_base::codes::{self, Code};
use fscc_base::limits::TYPE_SIZE_MAX;
use fscc_base::{Applicability, Diagnostic, Fix, Name, Span};
use fscc_syntax::ast;

/// Names further away than this are no suggestion.
pub(crate) const DISTANCE_MAX: usize = 2;

impl<'a> Checker<'a> {
    /// Correct Scala that this subset does not have.
    pub fn outside(&mut self, code: Code, span: Span, message: &str, help: &str) {
        self.report(Diagnostic::error(code, span, message).help(help));
    }

    /// Scala outside the subset in the place of an expression.
    pub fn outside_expr(
        &mut self,
        code: Code,
        span: Span,
        message: &str,
        help: &str,
    ) -> crate::typed::Expr {
        self.outside(code, span, message, help);
        self.error_expr(span)
    }

    /// Whether a failed import or a syntax error, which was reported, may be the reason for an
    /// unknown name.
    fn is_missing(&self, name: Name) -> bool {
        self.missing_wildcard || self.missing.contains(&name) || self.lost.contains(&name)
    }

    /// A term that nothing in scope has as its name.
    pub fn unknown_name(&mut self, name: Name, span: Span, scope: ScopeId) {
        if self.is_missing(name) {
            return;
        }
        if self.is_left_out(name, scope) {
            self.outside_library(name.as_str(), span);
            return;
        }
        if self.bad_import(name, scope) {
            return;
        }
        if let Some((class, hidden)) = self.private_of_parent(name, scope) {
            let owner = self.symbols.classes[class].name;
            self.not_accessible(format!("`{name}` of `{owner}`"), hidden, span);
            return;
        }
        let mut diagnostic =
            Diagnostic::error(codes::UNKNOWN_NAME, span, format!("`{name}` is not defined here"));
        if let Some(similar) = self.similar_in_scope(name, scope, true) {
            diagnostic = did_you_mean(diagnostic, similar, span);
        } else if self.lookup_type(name, scope).is_some() {
            diagnostic = diagnostic.note(format!("`{name}` is a type, not a value"));
        }
        self.report(diagnostic);
    }

    /// A type that nothing in scope has as its name.
    pub fn unknown_type(&mut self, name: ast::Ident, scope: ScopeId) {
        let text = name.name;
        if self.is_missing(text) {
            return;
        }
        if self.is_left_out(text, scope) {
            self.outside_library(text.as_str(), name.span);
            return;
        }
        if self.bad_import(text, scope) {
            return;
        }
        let mut diagnostic = Diagnostic::error(
            codes::UNKNOWN_TYPE,
            name.span,
            format!("the type `{text}` is not defined here"),
        );
        if let Some(similar) = self.similar_in_scope(text, scope, false) {
            diagnostic = did_you_mean(diagnostic, similar, name.span);
        } else if self.lookup_term(text, scope).is_some() {
            diagnostic =
                diagnostic.help(format!("`{text}` is a value; write `{text}.type` for its type"));
        }
        self.report(diagnostic);
    }

    /// Whether an import around names this, but it is not where the import takes it from: then the
    /// mistake stands there.
    fn bad_import(&mut self, name: Name, scope: ScopeId) -> bool {
        let mut next = Some(scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            let ScopeKind::Import(import) = self.scopes[scope].kind else { continue };
            let clause = self.imports[import].clause;
            for selector in &clause.selectors {
                let ast::ImportSelector::Name { name: there, rename } = selector else { continue };
                if rename.unwrap_or(*there).name != name
                    || self.import_base(import) == ImportBase::None
                    || self.imported(import, name).is_some()
                    || self.imported_type(import, name)
                {
                    continue;
                }
                self.unknown_member_of_path(&clause.path, *there);
                return true;
            }
        }
        false
    }

    /// The first part of an import that nothing in scope has as its name.
    pub fn unknown_import(&mut self, name: ast::Ident, scope: ScopeId) {
        if matches!(name.as_str(), "scala" | "java" | "javax") {
            self.outside_library(name.as_str(), name.span);
        } else if !self.lost.contains(&name.name) {
            self.unknown_name(name.name, name.span, scope);
            // Once is enough: what else needs this root follows from it.
            self.lost.insert(name.name);
        }
    }

    /// A part of an imported path that is not there.
    pub fn unknown_member_of_path(&mut self, path: &[ast::Ident], name: ast::Ident) {
        let base = path.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(".");
        let similar = self.similar_in_package(&base, name.name);
        let root = path.iter().map(|part| part.as_str()).find(|part| *part != "_root_");
        if similar.is_none() && matches!(root, Some("scala" | "java" | "javax")) {
            self.outside_library(&format!("{base}.{}", name.name), name.span);
            self.missing.insert(name.name);
            return;
        }
        let message = format!("`{base}` has no member `{}`", name.name);
        let diagnostic = Diagnostic::error(codes::NO_MEMBER, name.span, message);
        self.report(match similar {
            Some(similar) => did_you_mean(diagnostic, similar, name.span),
            None => diagnostic,
        });
    }

    /// A type that is not a member of its prefix.
    pub fn unknown_type_member(&mut self, base: &str, name: ast::Ident) {
        let root = base.split('.').next();
        if matches!(root, Some("scala" | "java" | "javax")) {
            self.outside_library(&format!("{base}.{}", name.name), name.span);
            return;
        }
        self.report(Diagnostic::error(
            codes::NO_MEMBER,
            name.span,
            format!("`{base}` has no type `{}`", name.name),
        ));
    }

    /// A value without this member.
    pub fn no_member(&mut self, ty: TyId, name: Name, span: Span) {
        if self.lost.contains(&name) {
            return;
        }
        let text = self.show(ty);
        if let Some(class) = self.class_for_members(ty)
            && self.symbols.classes[class].is_library
            && self.is_member_outside(class, name)
        {
            self.outside_library(&format!("{}.{name}", self.symbols.classes[class].name), span);
            return;
        }
        if self.missing_wildcard || self.types.has_error(ty) {
            return;
        }
        let mut diagnostic = Diagnostic::error(
            codes::NO_MEMBER,
            span,
            format!("a value of type `{text}` has no member `{name}`"),
        );
        if let Some(class) = self.class_for_members(ty)
            && let Some(similar) = self.similar_member(class, name)
        {
            diagnostic = did_you_mean(diagnostic, similar, span);
        }
        if let Some(class) = self.class_for_members(ty) {
            let info = &self.symbols.classes[class];
            if !info.is_library && !info.span.is_synthetic() {
                let text = format!("`{}` is declared here", info.name);
                diagnostic = diagnostic.label(info.span, text);
            }
        }
        self.report(diagnostic);
    }

    /// A type with more parts than the limit; what else is wrong with it follows from that.
    pub fn type_too_large(&mut self, span: Span) {
        if self.settled.iter().any(|known| known.code == codes::TYPE_TOO_LARGE) {
            return;
        }
        let message = format!("a type here has more than {TYPE_SIZE_MAX} parts");
        self.settled.push(
            Diagnostic::error(codes::TYPE_TOO_LARGE, span, message)
                .because("the limit is TYPE_SIZE_MAX")
                .help("give a part of it a class of its own"),
        );
    }

    /// An expression of another type than the place needs.
    pub fn mismatch(&mut self, found: TyId, expected: TyId, span: Span) {
        let expected = self.resolve(expected);
        if self.types.has_error(self.resolve(found)) || self.types.has_error(expected) {
            return;
        }
        if let Some(param) = self.behind_alias(found).or_else(|| self.behind_alias(expected)) {
            let name = self.symbols.type_params[param].name;
            let message = format!("`{name}` is to be found behind an alias of a type");
            let diagnostic = Diagnostic::error(codes::BEHIND_ALIAS, span, message)
                .because("no type arguments are written")
                .note("a type lambda may be meant here, and the alias does not show which")
                .help("write the type arguments of the call");
            self.report(diagnostic);
            return;
        }
        let (found_text, expected_text) = (self.show(found), self.show_expected(expected));
        let mut diagnostic = Diagnostic::error(
            codes::TYPE_MISMATCH,
            span,
            format!("expected `{expected_text}`, found `{found_text}`"),
        )
        .because(format!("this has type `{found_text}`"));
        diagnostic = self.with_reason(diagnostic, expected);
        if let Some((help, before, after)) = self.conversion_hint(found, expected) {
            diagnostic = diagnostic.help(help);
            if !after.is_empty() {
                let fix = Fix::replace(Applicability::Likely, "convert it", span.start(), before);
                diagnostic = diagnostic.fix(fix.and(span.end(), after));
            }
        }
        self.report(diagnostic);
    }

    /// The parameter behind an alias that a type still has to find.
    fn behind_alias(&self, ty: TyId) -> Option<TypeParamId> {
        let mut found = None;
        self.types.any_part(self.resolve(ty), &mut |part| {
            if let Ty::Applied(function, _) = part
                && self.is_behind_alias(function)
                && let Ty::Var(var) = self.types.get(function)
            {
                found = self.vars.state(var).param;
            }
            found.is_some()
        });
        found
    }

    /// An expected type; unsolved variables print as what is known about them.
    pub fn show_expected(&mut self, ty: TyId) -> String {
        let ty = self.resolve(ty);
        let shown = self.types.map(ty, &mut |part| match self.types.get(part) {
            Ty::Var(var) => {
                let state = self.vars.state(var);
                let bound = state.uppers.first().or(state.lowers.first()).copied();
                bound.filter(|bound| !self.types.has_vars(*bound)).or_else(|| {
                    let param = state.param?;
                    Some(self.types.param(param))
                })
            }
            _ => None,
        });
        self.show(shown)
    }

    /// What turns one type into the other, and what to write before and after the value.
    fn conversion_hint(&mut self, found: TyId, expected: TyId) -> Option<(String, String, String)> {
        let fix =
            |help: String, before: &str, after: String| Some((help, before.to_string(), after));
        let roots = self.types.roots();
        let found = self.resolve(found);
        let numeric = [roots.byte, roots.short, roots.char, roots.int, roots.long, roots.double];
        if numeric.contains(&found) && numeric.contains(&expected) {
            let name = self.show(expected);
            return fix(format!("convert it: `.to{name}`"), "(", format!(").to{name}"));
        }
        if expected == roots.string {
            let help = "write it into a string: `s\"$value\"`, or call `.toString`";
            return fix(help.to_string(), "(", ").toString".to_string());
        }
        let option = self.known.option?;
        let (class, args) = self.types.as_class(expected)?;
        if class == option && self.may_conform(found, args[0]) {
            return fix("wrap it: `Some(value)`".to_string(), "Some(", ")".to_string());
        }
        let base = self.base(found, option)?;
        let (_, args) = self.types.as_class(base)?;
        let help = "match on the option, or use `getOrElse`".to_string();
        self.may_conform(args[0], expected).then(|| (help, String::new(), String::new()))
    }

    /// The signature of a method as text.
    pub fn show_method(&mut self, method: MethodId) -> String {
        self.complete_params(method);
        let info = &self.symbols.methods[method];
        let mut text = info.name.to_string();
        if text == "<init>" {
            text = "new".to_string();
        }
        if !info.type_params.is_empty() {
            let names = info.type_params.iter().map(|p| self.symbols.type_params[*p].name.as_str());
            text.push_str(&format!("[{}]", names.collect::<Vec<_>>().join(", ")));
        }
        let mut at = 0;
        for list in &info.lists {
            text.push('(');
            if list.is_using {
                text.push_str("using ");
            }
            let params = &info.params[at..at + list.len as usize];
            let shown: Vec<String> = params
                .iter()
                .map(|param| {
                    let local = &self.symbols.locals[*param];
                    let ty = match (local.passing, self.types.as_class(local.ty)) {
                        (Passing::ByName, Some((_, parts))) if parts.len() == 1 => {
                            format!("=> {}", self.show(parts[0]))
                        }
                        _ => self.show(local.ty),
                    };
                    format!("{}: {ty}", local.name)
                })
                .collect();
            text.push_str(&shown.join(", "));
            text.push(')');
            at += list.len as usize;
        }
        text
    }

    fn similar_in_scope(&mut self, name: Name, scope: ScopeId, terms: bool) -> Option<Name> {
        let mut best = None;
        let mut next = Some(scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            let candidates: Vec<Name> = match &self.scopes[scope].kind {
                ScopeKind::Names(names) => (names.iter())
                    .filter(|(_, b)| if terms { !b.terms.is_empty() } else { b.ty.is_some() })
                    .map(|(name, _)| *name)
                    .collect(),
                ScopeKind::Package(package) => {
                    let package = *package;
                    self.package_names(package, terms)
                }
                ScopeKind::Class(class) => {
                    let class = *class;
                    self.member_names(class, terms)
                }
                ScopeKind::Import(import) => {
                    let import = *import;
                    self.imported_names(import, terms)
                }
            };
            closest(name, &candidates, &mut best);
        }
        best.map(|(_, name)| name)
    }

    /// A name of this package that is written almost like `name`.
    fn similar_in_package(&mut self, package: &str, name: Name) -> Option<Name> {
        let path = package.trim_start_matches("_root_.");
        let (package, _) = self.packages.iter_enumerated().find(|(_, p)| p.full_name == path)?;
        let mut best = None;
        for terms in [true, false] {
            let candidates = self.package_names(package, terms);
            closest(name, &candidates, &mut best);
        }
        best.map(|(_, name)| name)
    }

    /// What a package offers: its own names and those that it exports.
    fn package_names(&mut self, package: PackageId, terms: bool) -> Vec<Name> {
        let members = &self.packages[package].members;
        let fits = |b: &crate::checker::Binding| {
            if terms { !b.terms.is_empty() } else { b.ty.is_some() }
        };
        let mut names: Vec<Name> =
            members.iter().filter(|(_, b)| fits(b)).map(|(name, _)| *name).collect();
        for export in self.packages[package].exports.clone() {
            names.extend(self.imported_names(export, terms));
        }
        names
    }

    /// What an import takes.
    fn imported_names(&mut self, import: ImportId, terms: bool) -> Vec<Name> {
        let mut names = Vec::new();
        let mut hidden = Vec::new();
        for selector in &self.imports[import].clause.selectors {
            match selector {
                ast::ImportSelector::Name { name, rename } => {
                    let shown = rename.unwrap_or(*name).name;
                    let found = match terms {
                        true => self.imported(import, shown).is_some(),
                        false => self.imported_type(import, shown),
                    };
                    if found {
                        names.push(shown);
                    }
                }
                ast::ImportSelector::Wildcard(_) => {
                    names.extend(match self.import_base(import) {
                        ImportBase::None => Vec::new(),
                        ImportBase::Package(package) => self.package_names(package, terms),
                        ImportBase::Object(class) => self.member_names(class, terms),
                        ImportBase::Value(ty) => match self.class_for_members(ty) {
                            Some(class) => self.member_names(class, terms),
                            None => Vec::new(),
                        },
                    });
                }
                ast::ImportSelector::Hidden(name) => hidden.push(name.name),
                ast::ImportSelector::Given(..) => {}
            }
        }
        names.retain(|name| !hidden.contains(name));
        names
    }

    fn similar_member(&mut self, class: ClassId, name: Name) -> Option<Name> {
        let mut best = None;
        let candidates = self.member_names(class, true);
        closest(name, &candidates, &mut best);
        best.map(|(_, name)| name)
    }

    fn member_names(&self, class: ClassId, terms: bool) -> Vec<Name> {
        let bases = &self.symbols.classes[class].linearization;
        let bases: &[ClassId] = if bases.is_empty() { &[class] } else { bases };
        let mut names = Vec::new();
        for base in bases {
            for (name, binding) in self.classes[*base].decls.iter() {
                let is_accessible = |term: &Term| self.is_accessible(*term);
                let fits = match terms {
                    true => binding.terms.iter().any(is_accessible),
                    false => binding.ty.is_some(),
                };
                if fits {
                    names.push(*name);
                }
            }
        }
        names
    }
}

/// A suggestion, also as a repair.
fn did_you_mean(diagnostic: Diagnostic, similar: Name, span: Span) -> Diagnostic {
    let fix =
        Fix::replace(Applicability::Likely, format!("write `{similar}`"), span, similar.as_str());
    diagnostic.help(format!("did you mean `{similar}`?")).fix(fix)
}

fn closest(name: Name, candidates: &[Name], best: &mut Option<(usize, Name)>) {
    let text = name.as_str();
    for candidate in candidates {
        let other = candidate.as_str();
        if other == text || other.contains('$') || other.starts_with('<') {
            continue;
        }
        // Half of a short name is another name.
        let limit = (text.chars().count() / 3).min(DISTANCE_MAX);
        if let Some(distance) = distance(text, other, limit)
            && best.is_none_or(|(known, _)| distance < known)
        {
            *best = Some((distance, *candidate));
        }
    }
}

/// The number of letters to insert, remove, change or swap, if it is at most `limit`.
pub(crate) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit || limit == 0 {
        return None;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cost = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(rows[i - 2][j - 2] + 1);
            }
            row.push(cost);
        }
        rows.push(row);
    }
    let cost = rows[a.len()][b.len()];
    (cost <= limit).then_some(cost)
}
