//! The syntax tree: an immutable boxed tree with a span on every node.
//!
//! It holds the whole surface of Scala 3 that has a meaning for us or for a good refusal; what
//! has no node here (macros, XML, procedure syntax, …) is refused by the parser with an E10xx code.
//!
//! **Guarantees of a finished tree** (what the checker need not think about):
//! * operators are resolved: [`ExprKind::Infix`], [`TypeKind::Infix`] and [`PatternKind::Infix`]
//!   are binary and already grouped by precedence and associativity;
//! * `_` placeholders are gone: they are lambdas whose parameters have names such as `_$1`,
//!   which no source can spell;
//! * parentheses are gone, and a block that holds nothing but one expression is that expression;
//! * `end` markers are checked and dropped; indentation and braces give the same tree;
//! * a parameter always has a name: an anonymous one (`(using Ord[T])`) is called `using$1`, …;
//! * `case A, B` in an enum are two definitions, one after the other;
//! * depth is bounded by [`fscc_base::limits::TREE_DEPTH_MAX`]: every recursive walk is safe.
//!
//! Where parsing failed, an `Error` node stands; a diagnostic was reported for it, so that later
//! stages can pass over it in silence.

mod definition;
mod expression;
mod lazy;
mod pattern;
mod types;

pub use definition::*;
pub use expression::*;
pub use lazy::Lazy;
pub use pattern::*;
pub use types::*;

use fscc_base::{FileId, Name, Span};

/// An identifier at a place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Ident {
    /// The name, without back-quotes.
    pub name: Name,
    /// Where it stands.
    pub span: Span,
    /// Whether it was written in back-quotes (in a pattern that makes it a stable identifier).
    pub quoted: bool,
}

impl Ident {
    /// The identifier `name` at `span`, not quoted.
    pub fn new(name: Name, span: Span) -> Self {
        Self { name, span, quoted: false }
    }
    /// The text of the name.
    pub fn as_str(&self) -> &'static str {
        self.name.as_str()
    }
}

/// One source file.
#[derive(Clone, PartialEq, Debug)]
pub struct Unit {
    /// The file.
    pub file: FileId,
    /// Top-level statements; a leading `package p` clause is a [`StatKind::Package`] that holds
    /// all that follows it.
    pub stats: Vec<Stat>,
    /// The whole file.
    pub span: Span,
    /// Names that parts with syntax errors would have defined.
    pub lost: Vec<Name>,
}

/// A statement of a file, a template body or a block.
#[derive(Clone, PartialEq, Debug)]
pub struct Stat {
    /// What it is.
    pub kind: StatKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of statements.
#[derive(Clone, PartialEq, Debug)]
pub enum StatKind {
    /// `package a.b` with what follows, or `package a.b { … }`; not in templates and blocks.
    Package {
        /// `a`, `b`.
        path: Vec<Ident>,
        /// What belongs to the package.
        stats: Vec<Stat>,
    },
    /// `import a.b, c.{d as e, *}`.
    Import(Vec<ImportClause>),
    /// `export a.b`.
    Export(Vec<ImportClause>),
    /// A definition or declaration.
    Definition(Definition),
    /// An expression (never at the top level of a file: that is reported).
    Expr(Expr),
    /// What could not be parsed; reported.
    Error,
}

/// One path of an import or export, with its selectors: `a.b.{c, d as e}`.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportClause {
    /// The path before the selectors (`a`, `b`); the first may be called `this`.
    pub path: Vec<Ident>,
    /// What is taken from there; `import a.b.c` has the single selector `c`.
    pub selectors: Vec<ImportSelector>,
    /// Where it stands.
    pub span: Span,
}

/// What an import takes.
#[derive(Clone, PartialEq, Debug)]
pub enum ImportSelector {
    /// `name` or `name as rename`.
    Name {
        /// The name in the path.
        name: Ident,
        /// Its new name, if another.
        rename: Option<Ident>,
    },
    /// `name as _`: not imported by a wildcard beside it.
    Hidden(Ident),
    /// `*` (or `_`).
    Wildcard(Span),
    /// `given` or `given T`.
    Given(Option<Type>, Span),
}

/// Whether this is an assignment operator: it ends in `=`, does not start with `=`, starts with
/// an operator character, and is none of `<=`, `>=`, `!=`.
pub fn is_assignment_operator(name: &str) -> bool {
    name.ends_with('=')
        && !name.starts_with('=')
        && !matches!(name, "<=" | ">=" | "!=")
        && !name.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$')
}

/// Whether a method with this name takes its operands from right to left: it ends in `:`.
pub fn is_right_associative(name: &str) -> bool {
    name.ends_with(':')
}
