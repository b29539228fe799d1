//! Expressions, cases, enumerators and literals.

use super::{Annotation, Ident, Param, Pattern, Stat, Template, Type, TypeParam};
use fscc_base::Span;

/// An expression.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// A literal; a minus directly before a number belongs to it.
    Literal(Literal),
    /// An identifier.
    Ident(Ident),
    /// `this` or `C.this`.
    This(Option<Ident>),
    /// `super`, `C.super`, `super[T]`; only below a [`ExprKind::Select`].
    Super {
        /// `C.`.
        class: Option<Ident>,
        /// `[T]`.
        parent: Option<Ident>,
    },
    /// `base.name`.
    Select {
        /// Left of the dot.
        base: Box<Expr>,
        /// Right of the dot.
        name: Ident,
    },
    /// `function[T, U]`.
    TypeApply {
        /// What is applied.
        function: Box<Expr>,
        /// The types.
        args: Vec<Type>,
    },
    /// `function(args)`, `function(using args)`, `function { block }`.
    Apply {
        /// What is applied; [`ExprKind::This`] for a call of another constructor.
        function: Box<Expr>,
        /// The argument list.
        args: Args,
    },
    /// `lhs op rhs`, also with assignment operators such as `+=` (see
    /// [`is_assignment_operator`]). Several arguments in parentheses are a tuple on the right.
    Infix {
        /// The left side, evaluated first also if `op` is right-associative.
        lhs: Box<Expr>,
        /// The operator.
        op: Ident,
        /// `lhs op[T] rhs`.
        type_args: Vec<Type>,
        /// The right side.
        rhs: Box<Expr>,
    },
    /// `-x`, `+x`, `!x`, `~x`.
    Prefix {
        /// The operator, without `unary_`.
        op: Ident,
        /// The operand.
        operand: Box<Expr>,
    },
    /// `target = value`; the target is an identifier, a selection or an application.
    Assign {
        /// Left side.
        target: Box<Expr>,
        /// Right side.
        value: Box<Expr>,
    },
    /// `if condition then a else b`.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// If true.
        then_branch: Box<Expr>,
        /// If false; absent means `()`.
        else_branch: Option<Box<Expr>>,
        /// `inline if`.
        inline: bool,
    },
    /// `scrutinee match { cases }`.
    Match {
        /// What is matched.
        scrutinee: Box<Expr>,
        /// The cases, in order.
        cases: Vec<Case>,
        /// `inline x match`.
        inline: bool,
    },
    /// `while condition do body`.
    While {
        /// The condition.
        condition: Box<Expr>,
        /// The body.
        body: Box<Expr>,
    },
    /// `for enumerators do body` or `yield body`.
    For {
        /// Generators, guards and aliases; the first is a generator.
        enumerators: Vec<Enumerator>,
        /// The body.
        body: Box<Expr>,
        /// Whether it yields.
        yields: bool,
        /// Whether the body stands in braces: `yield { x }` is more than `yield x` then.
        in_braces: bool,
    },
    /// `try body catch … finally finalizer`.
    Try {
        /// The body.
        body: Box<Expr>,
        /// After `catch`.
        handler: Option<Handler>,
        /// After `finally`.
        finalizer: Option<Box<Expr>>,
    },
    /// `throw e`.
    Throw(Box<Expr>),
    /// `return e`.
    Return(Option<Box<Expr>>),
    /// `{ stats; result }`; never only a result. Without a result its value is `()`.
    Block {
        /// The statements before the result.
        stats: Vec<Stat>,
        /// The last statement, if it is an expression.
        result: Option<Box<Expr>>,
    },
    /// `(x: A, y) => body`, `x ?=> body`, `_ + 1`.
    Lambda {
        /// The parameters.
        params: Vec<Param>,
        /// The body.
        body: Box<Expr>,
        /// Whether the arrow is `?=>`.
        context: bool,
    },
    /// `[T] => (x: T) => body`: a polymorphic function; `body` is a lambda.
    PolyLambda {
        /// The type parameters.
        type_params: Vec<TypeParam>,
        /// The lambda.
        body: Box<Expr>,
    },
    /// `{ case … }`: a function by cases.
    PartialFunction(Vec<Case>),
    /// `(a, b)`, at least two elements (or one named).
    Tuple(Vec<Arg>),
    /// `new C(..)`, `new C { … }`, `new T with U { … }`.
    New(Box<Template>),
    /// `f _`: a method as a function.
    Eta(Box<Expr>),
    /// `e: T`.
    Ascription {
        /// The expression.
        expr: Box<Expr>,
        /// The type.
        ty: Type,
    },
    /// `e: @name(args)`.
    Annotated {
        /// The expression.
        expr: Box<Expr>,
        /// The annotations.
        annotations: Vec<Annotation>,
    },
    /// `prefix"part0${arg0}part1"`: one part more than arguments.
    Interpolation {
        /// `s`, `raw`, …
        prefix: Ident,
        /// Literal parts; escapes are processed unless the prefix is `raw` or one of the user's.
        parts: Vec<Box<str>>,
        /// Expressions between them.
        args: Vec<Expr>,
    },
    /// What could not be parsed; reported.
    Error,
}

/// An argument list.
#[derive(Clone, PartialEq, Debug)]
pub struct Args {
    /// Whether it is `(using ..)`.
    pub using: bool,
    /// The arguments.
    pub args: Vec<Arg>,
    /// Where it stands, with its brackets.
    pub span: Span,
}

/// An argument: `e`, `name = e`, `xs*`.
#[derive(Clone, PartialEq, Debug)]
pub struct Arg {
    /// The parameter's name.
    pub name: Option<Ident>,
    /// The value.
    pub value: Expr,
    /// Whether it is a sequence that is passed as a vararg.
    pub splice: bool,
}

/// A case of a match, a function by cases or a handler.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The pattern.
    pub pattern: Pattern,
    /// After `if`.
    pub guard: Option<Box<Expr>>,
    /// After `=>`; an empty body is an empty block.
    pub body: Box<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// What follows `catch`.
#[derive(Clone, PartialEq, Debug)]
pub enum Handler {
    /// Cases.
    Cases(Vec<Case>),
    /// An expression whose value is a partial function.
    Expr(Box<Expr>),
}

/// A part of the head of a `for`.
#[derive(Clone, PartialEq, Debug)]
pub struct Enumerator {
    /// What it is.
    pub kind: EnumeratorKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of enumerators.
#[derive(Clone, PartialEq, Debug)]
pub enum EnumeratorKind {
    /// `p <- e` or `case p <- e` (which filters).
    Generator {
        /// The pattern.
        pattern: Pattern,
        /// Where the values come from.
        source: Box<Expr>,
        /// Whether `case` was written.
        filter: bool,
    },
    /// `if e`.
    Guard(Expr),
    /// `p = e`.
    Alias {
        /// The pattern.
        pattern: Pattern,
        /// The value.
        value: Box<Expr>,
    },
}

/// A literal.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    /// `1`, `0xFF`, `-2147483648`.
    Int(i32),
    /// `1L`.
    Long(i64),
    /// `1.0f`.
    Float(f32),
    /// `1.0`.
    Double(f64),
    /// `'a'`, a UTF-16 unit.
    Char(u16),
    /// `"a"`, `"""a"""`; escapes are processed.
    String(Box<str>),
    /// `true`, `false`.
    Boolean(bool),
    /// `()`.
    Unit,
    /// `null`.
    Null,
}
