//! The wording of mistakes that several files report: unknown names, mismatches, Scala outside
//! the subset.

use crate::checker::Checker;
use crate::scope::{ScopeId, ScopeKind};
use crate::symbols::{ClassId, MethodId, Passing};
use crate::types::TyId;
use fscc_base::codes::{self, Code};
use fscc_base::{Diagnostic, Name, Span};
use fscc_syntax::ast;

/// Names further away than this are no suggestion.
const DISTANCE_MAX: usize = 2;

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

    /// A term that nothing in scope has as its name.
    pub fn unknown_name(&mut self, name: Name, span: Span, scope: ScopeId) {
        if is_known_outside(name.as_str()) {
            self.outside_library(name.as_str(), span);
            return;
        }
        let mut diagnostic =
            Diagnostic::error(codes::UNKNOWN_NAME, span, format!("`{name}` is not defined here"));
        if let Some(similar) = self.similar_in_scope(name, scope, true) {
            diagnostic = diagnostic.help(format!("did you mean `{similar}`?"));
        } else if self.lookup_type(name, scope).is_some() {
            diagnostic = diagnostic.note(format!("`{name}` is a type, not a value"));
        }
        self.report(diagnostic);
    }

    /// A type that nothing in scope has as its name.
    pub fn unknown_type(&mut self, name: ast::Ident, scope: ScopeId) {
        let text = name.name;
        if is_known_outside(text.as_str()) {
            self.outside_library(text.as_str(), name.span);
            return;
        }
        let mut diagnostic = Diagnostic::error(
            codes::UNKNOWN_TYPE,
            name.span,
            format!("the type `{text}` is not defined here"),
        );
        if let Some(similar) = self.similar_in_scope(text, scope, false) {
            diagnostic = diagnostic.help(format!("did you mean `{similar}`?"));
        } else if self.lookup_term(text, scope).is_some() {
            diagnostic =
                diagnostic.help(format!("`{text}` is a value; write `{text}.type` for its type"));
        }
        self.report(diagnostic);
    }

    /// The first part of an import that nothing in scope has as its name.
    pub fn unknown_import(&mut self, name: ast::Ident, scope: ScopeId) {
        if matches!(name.as_str(), "scala" | "java" | "javax") {
            self.outside_library(name.as_str(), name.span);
        } else {
            self.unknown_name(name.name, name.span, scope);
        }
    }

    /// A part of an imported path that is not there.
    pub fn unknown_member_of_path(&mut self, path: &[ast::Ident], name: ast::Ident) {
        let base = path.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(".");
        let root = path.iter().map(|part| part.as_str()).find(|part| *part != "_root_");
        if matches!(root, Some("scala" | "java" | "javax")) {
            self.outside_library(&format!("{base}.{}", name.name), name.span);
            return;
        }
        self.report(Diagnostic::error(
            codes::NO_MEMBER,
            name.span,
            format!("`{base}` has no member `{}`", name.name),
        ));
    }

    /// A name of Scala's or Java's library that ours does not have.
    pub fn outside_library(&mut self, name: &str, span: Span) {
        self.report(
            Diagnostic::error(
                codes::NOT_IN_LIBRARY,
                span,
                format!("`{name}` is not part of this library"),
            )
            .note("threads, files, clocks, random numbers and Java classes are left out")
            .help("see the library's index for what takes its place"),
        );
    }

    /// A type that is not a member of its prefix.
    pub fn unknown_type_member(&mut self, base: &str, name: ast::Ident) {
        if base.starts_with("scala.") || base.starts_with("java.") {
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
        let text = self.show(ty);
        if let Some(class) = self.class_for_members(ty)
            && self.symbols.classes[class].is_library
            && self.is_member_outside(class, name)
        {
            self.outside_library(&format!("{}.{name}", self.symbols.classes[class].name), span);
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
            diagnostic = diagnostic.help(format!("did you mean `{similar}`?"));
        }
        self.report(diagnostic);
    }

    fn is_member_outside(&self, class: ClassId, name: Name) -> bool {
        MEMBERS_OUTSIDE.contains(&name.as_str())
            || self.known.tuple_arity(class).is_some()
                && TUPLE_MEMBERS_OUTSIDE.contains(&name.as_str())
    }

    /// An expression of another type than the place needs.
    pub fn mismatch(&mut self, found: TyId, expected: TyId, span: Span) {
        let expected = self.resolve(expected);
        if self.types.has_error(self.resolve(found)) || self.types.has_error(expected) {
            return;
        }
        let (found_text, expected_text) = (self.show(found), self.show_expected(expected));
        let mut diagnostic = Diagnostic::error(
            codes::TYPE_MISMATCH,
            span,
            format!("expected `{expected_text}`, found `{found_text}`"),
        );
        if let Some(help) = self.conversion_hint(found, expected) {
            diagnostic = diagnostic.help(help);
        }
        self.report(diagnostic);
    }

    /// An expected type; unsolved variables print as what is known about them.
    pub fn show_expected(&mut self, ty: TyId) -> String {
        use crate::types::Ty;
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

    fn conversion_hint(&mut self, found: TyId, expected: TyId) -> Option<String> {
        let roots = self.types.roots();
        let found = self.resolve(found);
        let numeric = [roots.byte, roots.short, roots.char, roots.int, roots.long, roots.double];
        if numeric.contains(&found) && numeric.contains(&expected) {
            let name = self.show(expected);
            return Some(format!("convert it: `.to{name}`"));
        }
        if expected == roots.string {
            return Some("write it into a string: `s\"$value\"`, or call `.toString`".to_string());
        }
        let option = self.known.option?;
        let (class, args) = self.types.as_class(expected)?;
        if class == option && self.may_conform(found, args[0]) {
            return Some("wrap it: `Some(value)`".to_string());
        }
        let base = self.base(found, option)?;
        let (_, args) = self.types.as_class(base)?;
        self.may_conform(args[0], expected)
            .then(|| "match on the option, or use `getOrElse`".to_string())
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
                ScopeKind::Package(package) => (self.packages[*package].members.iter())
                    .filter(|(_, b)| if terms { !b.terms.is_empty() } else { b.ty.is_some() })
                    .map(|(name, _)| *name)
                    .collect(),
                ScopeKind::Class(class) => {
                    let class = *class;
                    self.member_names(class, terms)
                }
                ScopeKind::Import(_) => Vec::new(),
            };
            closest(name, &candidates, &mut best);
        }
        best.map(|(_, name)| name)
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
            for (name, binding) in &self.classes[*base].decls {
                if if terms { !binding.terms.is_empty() } else { binding.ty.is_some() } {
                    names.push(*name);
                }
            }
        }
        names
    }
}

/// Names that real Scala programs use without an import and that are left out here.
/// Members of Scala's classes that this library leaves out.
const MEMBERS_OUTSIDE: &[&str] = &[
    "format",
    "formatted",
    "formatLocal",
    "lines",
    "toStream",
    "to",
    "nn",
    "par",
    "lazyZip",
    "synchronized",
    "wait",
    "notify",
    "notifyAll",
    "clone",
    "finalize",
    "getBytes",
    "augmentString",
    "stringPrefix",
    "newBuilder",
    "mapInPlace",
    "filterInPlace",
    "transform",
    "intern",
    "emptyByteArray",
    "emptyIntArray",
    "getStackTrace",
    "printStackTrace",
    "productElementNames",
    "productElementName",
    "->",
    "runtimeClass",
    "chars",
    "codePoints",
    "companion",
];

/// Members of tuples of unknown length.
const TUPLE_MEMBERS_OUTSIDE: &[&str] = &[
    "head", "tail", "init", "last", "map", "size", "toList", "toArray", "apply", "drop", "take",
    "zip", "++", "splitAt", "reverse", "*:", ":*", "toIArray", "concat",
];

fn is_known_outside(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "Symbol",
        "IArray",
        "Tuple",
        "EmptyTuple",
        "NonEmptyTuple",
        "Thread",
        "Runtime",
        "System",
        "Class",
        "ClassLoader",
        "Process",
        "Runnable",
        "ThreadLocal",
        "StringBuffer",
        "Iterable",
        "LazyList",
        "Stream",
        "BigDecimal",
        "Selectable",
        "Dynamic",
        "Matchable",
        "Mirror",
        "ContextFunction1",
        "PolyFunction",
        "Cloneable",
        "Record",
        "Void",
        "ProcessBuilder",
        "InheritableThreadLocal",
        "Package",
        "StackTraceElement",
        "SecurityManager",
        "valueOf",
        "readLine",
        "readInt",
        "synchronized",
        "wait",
        "notify",
        "notifyAll",
        "DelayedInit",
        "deprecatedInheritance",
        "specialized",
        "native",
        "volatile",
        "transient",
        "elidable",
        "caps",
        "Conversion",
        "Proxy",
        "boundary",
        "compiletime",
        "*:",
        "Manifest",
        "Enum",
        "Integer",
        "Character",
        "Random",
        "quoted",
        "language",
        "AbstractSeq",
    ];
    if NAMES.contains(&name) {
        return true;
    }
    ["Function", "Tuple", "Product", "ContextFunction"].iter().any(|prefix| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn closest(name: Name, candidates: &[Name], best: &mut Option<(usize, Name)>) {
    let text = name.as_str();
    for candidate in candidates {
        let other = candidate.as_str();
        if other == text || other.contains('$') || other.starts_with('<') {
            continue;
        }
        let limit =
            DISTANCE_MAX.min(text.len().saturating_sub(1) / 2 + usize::from(text.len() > 2));
        if let Some(distance) = distance(text, other, limit)
            && best.is_none_or(|(known, _)| distance < known)
        {
            *best = Some((distance, *candidate));
        }
    }
}

/// The number of letters to insert, remove, change or swap, if it is at most `limit`.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
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
