//! The builder: what the grammar's actions call. It makes nodes, resolves operators, binds
//! placeholders, and checks what a context-free grammar cannot say.
//!
//! It relies on the order of reductions: an expression's placeholders are created before the
//! expression is closed. **Guarantee:** what it returns has the properties that `ast.rs` lists.

use crate::ast::*;
use crate::token::Token;
use fscc_base::{Diagnostic, FastMap, FileId, Name, Span, codes};

mod definition;
mod expression;
mod literal;
mod pattern;
mod types;

pub use crate::operators::Chain;

/// What is imported from `language` so that a name may follow its operand.
pub const POSTFIX_OPERATORS: &str = "postfixOps";

/// A statement as it is parsed: end markers are checked against the one before and vanish.
pub enum RawStat {
    /// A statement.
    Stat(Stat),
    /// `case A, B`: several definitions.
    Many(Vec<Stat>),
    /// `package p` without a body.
    Package(Vec<Ident>, Span),
    /// `end name`.
    End(Ident),
}

/// A modifier or annotation of a definition.
pub enum ModifierItem {
    /// A modifier without arguments.
    Flag(Flags),
    /// `private` or `protected`.
    Access(Access),
    /// An annotation.
    Annotation(Annotation),
}

/// A parameter list of a definition.
pub enum DefList {
    /// `(..)`.
    Values(ParamClause),
    /// `[..]`.
    Types(Vec<TypeParam>, Span),
}

/// Type, by-name, vararg.
pub type ParamTypeParts = (Type, bool, bool);

/// An expression that is `this`, `C.this` or `super`.
pub type PathOrThis = Expr;

/// A hole of an interpolated string.
pub type Piece<T> = T;

/// `new` with its parents so far.
pub struct NewHead {
    parents: Vec<Parent>,
    lo: u32,
}

/// A definition's kind as the grammar hands it over: `case A, B` makes several.
pub enum Kinds {
    /// One definition.
    One(DefinitionKind),
    /// Several enum cases.
    Many(Vec<DefinitionKind>),
}

/// A `_` in an expression that waits for the expression whose parameter it is.
struct Placeholder {
    name: Ident,
    ty: Option<Type>,
}

/// State of building one statement.
pub struct Builder<'a> {
    file: FileId,
    source: &'a str,
    names: FastMap<&'a str, Name>,
    /// What was reported while building.
    pub diagnostics: Vec<Diagnostic>,
    placeholders: Vec<Placeholder>,
    /// Placeholders and anonymous parameters made so far.
    synthetic: u32,
    /// After `import scala.language.postfixOps`.
    postfix_operators: bool,
    /// Literals that are in range only under a minus sign.
    smallest: Vec<Span>,
}

impl<'a> Builder<'a> {
    /// A builder for one file.
    pub fn new(file: FileId, source: &'a str) -> Self {
        Self {
            file,
            source,
            names: FastMap::default(),
            diagnostics: Vec::new(),
            placeholders: Vec::new(),
            synthetic: 0,
            postfix_operators: false,
            smallest: Vec::new(),
        }
    }

    /// What [`reset`](Self::reset) needs to forget an attempt.
    pub fn mark(&self) -> (usize, u32) {
        (self.diagnostics.len(), self.synthetic)
    }

    /// Forgets what was built since `mark`.
    pub fn reset(&mut self, mark: (usize, u32)) {
        self.diagnostics.truncate(mark.0);
        self.synthetic = mark.1;
        self.placeholders.clear();
        self.smallest.clear();
    }

    /// Reports what is left at the end of a statement.
    pub fn finish_statement(&mut self) {
        for span in std::mem::take(&mut self.smallest) {
            self.report_range(span);
        }
        for placeholder in std::mem::take(&mut self.placeholders) {
            let message = "`_` is not a value here";
            self.report(
                Diagnostic::error(codes::SYNTAX, placeholder.name.span, message)
                    .help("`_` stands for a parameter inside a larger expression, such as `_ + 1`"),
            );
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.report(Diagnostic::error(codes::SYNTAX, span, message));
    }

    /// The span `lo..hi` of this file.
    pub fn span(&self, lo: u32, hi: u32) -> Span {
        Span::new(self.file, lo, hi.max(lo))
    }

    /// The span of a token.
    pub fn token_span(&self, token: Token) -> Span {
        self.span(token.lo, token.hi)
    }

    fn text(&self, token: Token) -> &'a str {
        &self.source[token.lo as usize..token.hi as usize]
    }

    fn intern(&mut self, text: &'a str) -> Name {
        if let Some(name) = self.names.get(text) {
            return *name;
        }
        let name = Name::new(text);
        self.names.insert(text, name);
        name
    }

    /// The identifier that `token` spells.
    pub fn ident(&mut self, token: Token) -> Ident {
        let text = self.text(token);
        let span = self.token_span(token);
        match text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
            Some(inner) if inner.contains('\\') => {
                let text = self.unescape(inner, token.lo + 1);
                Ident { name: Name::new(&text), span, quoted: true }
            }
            Some(inner) => Ident { name: self.intern(inner), span, quoted: true },
            None => Ident { name: self.intern(text), span, quoted: false },
        }
    }

    /// A name that no source can spell.
    fn fresh(&mut self, prefix: &str, span: Span) -> Ident {
        self.synthetic += 1;
        Ident::new(Name::new(&format!("{prefix}${}", self.synthetic)), span)
    }

    // ---- statements

    /// A statement of this kind.
    pub fn stat(&mut self, lo: u32, kind: StatKind, hi: u32) -> RawStat {
        RawStat::Stat(Stat { kind, span: self.span(lo, hi) })
    }

    /// Appends a statement; an end marker is checked against the last one.
    pub fn add_stat(&mut self, mut stats: Vec<Stat>, raw: RawStat) -> Vec<Stat> {
        // Statements are large, and many blocks have one or two.
        if stats.is_empty() {
            stats.reserve_exact(1);
        }
        match raw {
            RawStat::Stat(stat) => stats.push(stat),
            RawStat::Many(many) => stats.extend(many),
            RawStat::Package(_, span) => {
                self.error(span, "a package clause can stand only at the top of a file");
            }
            RawStat::End(name) => self.end_marker(stats.last(), name),
        }
        stats
    }

    /// `end name` after `stat`.
    pub fn end_marker(&mut self, stat: Option<&Stat>, name: Ident) {
        let wanted = stat.map(end_names).unwrap_or_default();
        let text = name.as_str();
        let fits =
            wanted.contains(&text) || stat.is_some_and(|stat| matches!(stat.kind, StatKind::Error));
        if fits {
            return;
        }
        let message = format!("`end {text}` does not fit what ends here");
        let mut diagnostic = Diagnostic::error(codes::END_MARKER, name.span, message);
        if let Some(first) = wanted.first() {
            diagnostic = diagnostic.help(format!("write `end {first}`, or remove the marker"));
        } else {
            diagnostic = diagnostic.help("remove the marker");
        }
        if let Some(stat) = stat {
            diagnostic = diagnostic.label(stat.span.start(), "this ends here");
        }
        self.report(diagnostic);
    }

    /// `package p`.
    pub fn package_clause(&mut self, lo: u32, path: Vec<Ident>, hi: u32) -> RawStat {
        RawStat::Package(path, self.span(lo, hi))
    }

    /// `package p { … }`.
    pub fn package_block(
        &mut self,
        lo: u32,
        path: Vec<Ident>,
        stats: Vec<Stat>,
        hi: u32,
    ) -> RawStat {
        self.stat(lo, StatKind::Package { path, stats }, hi)
    }

    /// `package object p`: its members are those of the package. What only an object has is
    /// refused: parents, a name for itself, statements, and members that nobody else sees.
    pub fn package_object(
        &mut self,
        lo: u32,
        name: Ident,
        mut template: Template,
        hi: u32,
    ) -> RawStat {
        if template.has_only_shared_members() {
            let stats =
                template.body.take().map_or_else(Vec::new, |mut body| std::mem::take(&mut *body));
            return self.stat(lo, StatKind::Package { path: vec![name], stats }, hi);
        }
        self.report(crate::reject::package_object(name.span));
        let kind = self.class_def(ClassKind::Object, name, None, Vec::new(), Vec::new(), template);
        RawStat::definition(self.definition(lo, Vec::new(), kind, hi))
    }

    /// The last name of an import path is what is imported.
    pub fn import_last(
        &mut self,
        lo: u32,
        mut path: Vec<Ident>,
        rename: Option<Ident>,
        hi: u32,
    ) -> ImportClause {
        let selector = match (path.pop(), rename) {
            (Some(name), Some(rename)) => self.import_rename(name, rename),
            (Some(name), None) => ImportSelector::Name { name, rename: None },
            (None, _) => ImportSelector::Wildcard(self.span(lo, hi)),
        };
        self.import(lo, path, vec![selector], hi)
    }

    /// `path.{selectors}`.
    pub fn import(
        &mut self,
        lo: u32,
        path: Vec<Ident>,
        selectors: Vec<ImportSelector>,
        hi: u32,
    ) -> ImportClause {
        let is_language = path.last().is_some_and(|last| last.as_str() == "language");
        self.postfix_operators |= is_language
            && selectors.iter().any(|selector| {
                matches!(selector, ImportSelector::Name { name, .. } if name.as_str() == POSTFIX_OPERATORS)
            });
        ImportClause { path, selectors, span: self.span(lo, hi) }
    }

    /// `name as rename`.
    pub fn import_rename(&mut self, name: Ident, rename: Ident) -> ImportSelector {
        if rename.as_str() == "_" && !rename.quoted {
            return ImportSelector::Hidden(name);
        }
        ImportSelector::Name { name, rename: Some(rename) }
    }
}

impl RawStat {
    /// An expression as a statement.
    pub fn expr(expr: Expr) -> Self {
        let span = expr.span;
        RawStat::Stat(Stat { kind: StatKind::Expr(expr), span })
    }
    /// Definitions as statements.
    pub fn definition(definitions: Vec<Definition>) -> Self {
        let stat = |definition: Definition| {
            let span = definition.span;
            Stat { kind: StatKind::Definition(definition), span }
        };
        let mut stats: Vec<Stat> = definitions.into_iter().map(stat).collect();
        match stats.pop() {
            Some(stat) if stats.is_empty() => RawStat::Stat(stat),
            Some(stat) => {
                stats.push(stat);
                RawStat::Many(stats)
            }
            None => RawStat::Many(stats),
        }
    }
}

/// The words that may stand after `end` when `stat` ends.
fn end_names(stat: &Stat) -> Vec<&'static str> {
    match &stat.kind {
        StatKind::Package { path, .. } => path.last().map(Ident::as_str).into_iter().collect(),
        StatKind::Definition(definition) => definition_end_names(&definition.kind),
        StatKind::Expr(expr) => expression_end_name(expr).into_iter().collect(),
        StatKind::Import(_) | StatKind::Export(_) | StatKind::Error => Vec::new(),
    }
}

fn definition_end_names(kind: &DefinitionKind) -> Vec<&'static str> {
    match kind {
        DefinitionKind::Value(value) => {
            let mut names: Vec<_> = match value.patterns.last().map(|pattern| &pattern.kind) {
                Some(PatternKind::Variable(name)) => vec![name.as_str()],
                _ => Vec::new(),
            };
            names.push("val");
            names
        }
        DefinitionKind::Method(method) => vec![method.name.as_str()],
        DefinitionKind::Constructor(_) => vec!["this"],
        DefinitionKind::Type(ty) => vec![ty.name.as_str()],
        DefinitionKind::Class(class) => vec![class.name.as_str()],
        DefinitionKind::EnumCase(case) => vec![case.name.as_str()],
        DefinitionKind::Given(given) => {
            given.name.map(|name| name.as_str()).into_iter().chain(["given"]).collect()
        }
        DefinitionKind::Extension(_) => vec!["extension"],
    }
}

fn expression_end_name(expr: &Expr) -> Option<&'static str> {
    match &expr.kind {
        ExprKind::If { .. } => Some("if"),
        ExprKind::While { .. } => Some("while"),
        ExprKind::For { .. } => Some("for"),
        ExprKind::Match { .. } => Some("match"),
        ExprKind::Try { .. } => Some("try"),
        ExprKind::New(_) => Some("new"),
        ExprKind::Assign { value, .. } => expression_end_name(value),
        _ => None,
    }
}

/// Two operators of one precedence that associate in different directions.
fn mixed(a: Ident, b: Ident) -> Diagnostic {
    let message = format!("`{}` and `{}` bind equally, but from different sides", a.name, b.name);
    Diagnostic::error(codes::MIXED_ASSOCIATIVITY, b.span, message)
        .because("groups from the other side")
        .label(a.span, "than this one")
        .help("write parentheses")
}
