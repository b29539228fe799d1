//! Patterns.

use super::{Expr, Ident, Literal, Type};
use fscc_base::Span;

/// A pattern.
#[derive(Clone, PartialEq, Debug)]
pub struct Pattern {
    /// What it is.
    pub kind: PatternKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of patterns.
#[derive(Clone, PartialEq, Debug)]
pub enum PatternKind {
    /// `_`.
    Wildcard,
    /// `x`: binds a new name.
    Variable(Ident),
    /// `X`, `` `x` ``, `a.b`: compares with a value. A path of [`ExprKind::Ident`],
    /// [`ExprKind::Select`] and [`ExprKind::This`].
    Stable(Box<Expr>),
    /// A literal.
    Literal(Literal),
    /// `p: T`, where `p` is a variable or `_`.
    Typed {
        /// Left of the colon.
        pattern: Box<Pattern>,
        /// The type.
        ty: Type,
    },
    /// `x @ p`.
    Bind {
        /// The name.
        name: Ident,
        /// The pattern.
        pattern: Box<Pattern>,
    },
    /// `p | q`.
    Alternative(Vec<Pattern>),
    /// `(p, q)`.
    Tuple(Vec<PatternArg>),
    /// `C(p, q)`, `a.C[T](p)`.
    Extractor {
        /// A path, as in [`PatternKind::Stable`].
        path: Box<Expr>,
        /// `[T]`.
        type_args: Vec<Type>,
        /// The patterns inside.
        args: Vec<PatternArg>,
    },
    /// `p op q`: the extractor `op` with two arguments.
    Infix {
        /// Left side.
        lhs: Box<Pattern>,
        /// The extractor.
        op: Ident,
        /// Right side; a tuple stands for several arguments.
        rhs: Box<Pattern>,
    },
    /// `xs*`, `_*`: the rest of a sequence; the inner pattern is a variable or `_`.
    Splice(Box<Pattern>),
    /// `s"$x-$y"`: one part more than arguments.
    Interpolation {
        /// `s`, …
        prefix: Ident,
        /// Literal parts.
        parts: Vec<Box<str>>,
        /// Patterns between them.
        args: Vec<Pattern>,
    },
    /// What could not be parsed; reported.
    Error,
}

/// A pattern as an argument, perhaps with the name of the field.
#[derive(Clone, PartialEq, Debug)]
pub struct PatternArg {
    /// `name =`.
    pub name: Option<Ident>,
    /// The pattern.
    pub pattern: Pattern,
}
