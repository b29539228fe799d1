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

/// Modifiers without arguments.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u32);

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:literal $text:literal;)*) => {
        impl Flags {
            $($(#[$doc])* pub const $name: Flags = Flags(1 << $bit);)*
            /// All flags with their spelling, in the order in which they print.
            pub const ALL: &[(Flags, &'static str)] = &[$((Flags::$name, $text)),*];
        }
    };
}

flags! {
    /// `override`.
    OVERRIDE = 0 "override";
    /// `abstract`.
    ABSTRACT = 1 "abstract";
    /// `final`.
    FINAL = 2 "final";
    /// `sealed`.
    SEALED = 3 "sealed";
    /// `open`.
    OPEN = 4 "open";
    /// `implicit`.
    IMPLICIT = 5 "implicit";
    /// `lazy`.
    LAZY = 6 "lazy";
    /// `inline`.
    INLINE = 7 "inline";
    /// `transparent`.
    TRANSPARENT = 8 "transparent";
    /// `opaque`.
    OPAQUE = 9 "opaque";
    /// `infix`.
    INFIX = 10 "infix";
    /// `case`.
    CASE = 11 "case";
}

impl Flags {
    /// No flag.
    pub const NONE: Flags = Flags(0);
    /// Whether all of `other` are set.
    pub fn contains(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }
    /// Both together.
    pub fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
    /// Whether none is set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl std::fmt::Debug for Flags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set = Flags::ALL.iter().filter(|(flag, _)| self.contains(*flag));
        f.debug_set().entries(set.map(|(_, text)| text)).finish()
    }
}

/// Who may see a definition.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Access {
    /// Everybody.
    #[default]
    Public,
    /// `private`, `private[p]`, `private[this]`.
    Private(Option<Ident>),
    /// `protected`, `protected[p]`.
    Protected(Option<Ident>),
}

/// Modifiers and annotations of a definition or parameter.
#[derive(Clone, PartialEq, Debug)]
pub struct Modifiers {
    /// Modifiers without arguments.
    pub flags: Flags,
    /// Who may see it.
    pub access: Access,
    /// `@name(args)`, in order.
    pub annotations: Vec<Annotation>,
    /// Where they stand; synthetic if there are none.
    pub span: Span,
}

impl Modifiers {
    /// Without anything.
    pub fn none() -> Self {
        Self {
            flags: Flags::NONE,
            access: Access::Public,
            annotations: Vec::new(),
            span: Span::synthetic(),
        }
    }
    /// Whether `flag` is set.
    pub fn has(&self, flag: Flags) -> bool {
        self.flags.contains(flag)
    }
}

/// `@ty(args)`.
#[derive(Clone, PartialEq, Debug)]
pub struct Annotation {
    /// The class of the annotation.
    pub ty: Type,
    /// Its argument lists.
    pub args: Vec<Args>,
    /// Where it stands, with `@`.
    pub span: Span,
}

/// A definition or declaration.
#[derive(Clone, PartialEq, Debug)]
pub struct Definition {
    /// Modifiers and annotations.
    pub modifiers: Modifiers,
    /// What is defined.
    pub kind: DefinitionKind,
    /// From the first modifier to the end of the body.
    pub span: Span,
}

/// The kinds of definitions.
#[derive(Clone, PartialEq, Debug)]
pub enum DefinitionKind {
    /// `val` or `var`.
    Value(Box<ValueDef>),
    /// `def name`.
    Method(Box<MethodDef>),
    /// `def this(..)`.
    Constructor(Box<ConstructorDef>),
    /// `type`.
    Type(Box<TypeDef>),
    /// `class`, `trait`, `object`, `enum`.
    Class(Box<ClassDef>),
    /// `case` of an enum.
    EnumCase(Box<EnumCaseDef>),
    /// `given`.
    Given(Box<GivenDef>),
    /// `extension`.
    Extension(Box<ExtensionDef>),
}

/// `val p: T = e`, `var x = e`, `val x, y: T`.
#[derive(Clone, PartialEq, Debug)]
pub struct ValueDef {
    /// Whether it is a `var`.
    pub mutable: bool,
    /// What is defined: one pattern, or several for `val x, y = e`. A pattern that is only an
    /// identifier is [`PatternKind::Variable`] here, also if it is capitalised.
    pub patterns: Vec<Pattern>,
    /// The declared type.
    pub ty: Option<Type>,
    /// The value; a declaration has none.
    pub value: Option<Expr>,
}

/// `def name[T](x: A)(using B): R = body`.
#[derive(Clone, PartialEq, Debug)]
pub struct MethodDef {
    /// The name; `unary_-` is one name.
    pub name: Ident,
    /// Type parameters.
    pub type_params: Vec<TypeParam>,
    /// Parameter lists; a method without any differs from one with `()`.
    pub clauses: Vec<ParamClause>,
    /// The declared result type.
    pub result: Option<Type>,
    /// The body; a declaration has none.
    pub body: Option<Expr>,
}

/// A secondary constructor: `def this(x: A) = this(..)`.
#[derive(Clone, PartialEq, Debug)]
pub struct ConstructorDef {
    /// The word `this`.
    pub this_span: Span,
    /// Parameter lists.
    pub clauses: Vec<ParamClause>,
    /// The body, whose first statement calls another constructor.
    pub body: Expr,
}

/// `type T[A] = B`, `type T >: L <: U`, `opaque type T <: U = B`.
#[derive(Clone, PartialEq, Debug)]
pub struct TypeDef {
    /// The name.
    pub name: Ident,
    /// Type parameters.
    pub params: Vec<TypeParam>,
    /// Declared bounds.
    pub bounds: TypeBounds,
    /// What it stands for; an abstract type has none.
    pub rhs: Option<Type>,
}

/// What kind of class a [`ClassDef`] is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClassKind {
    /// `class` (a case class if the flag [`Flags::CASE`] is set).
    Class,
    /// `trait`.
    Trait,
    /// `object` (a case object if the flag is set).
    Object,
    /// `enum`; its cases are in the body.
    Enum,
}

/// A class, trait, object or enum.
#[derive(Clone, PartialEq, Debug)]
pub struct ClassDef {
    /// Which of them.
    pub kind: ClassKind,
    /// The name.
    pub name: Ident,
    /// Type parameters.
    pub type_params: Vec<TypeParam>,
    /// Modifiers and annotations of the primary constructor: `class C private (..)`.
    pub constructor_modifiers: Modifiers,
    /// Parameter lists of the primary constructor.
    pub clauses: Vec<ParamClause>,
    /// Parents and body.
    pub template: Template,
}

/// `case Name[T](x: A) extends P(..)`.
#[derive(Clone, PartialEq, Debug)]
pub struct EnumCaseDef {
    /// The name.
    pub name: Ident,
    /// Type parameters.
    pub type_params: Vec<TypeParam>,
    /// Parameter lists; without any it is a value.
    pub clauses: Vec<ParamClause>,
    /// After `extends`.
    pub parents: Vec<Parent>,
}

/// `given name[T](using C): …`, in the old and the new notation.
#[derive(Clone, PartialEq, Debug)]
pub struct GivenDef {
    /// The name, if there is one.
    pub name: Option<Ident>,
    /// Type parameters.
    pub type_params: Vec<TypeParam>,
    /// Conditions, as `using` lists.
    pub clauses: Vec<ParamClause>,
    /// What is given.
    pub body: GivenBody,
}

/// What a `given` gives.
#[derive(Clone, PartialEq, Debug)]
pub enum GivenBody {
    /// `given T = e`; without `e` it is abstract.
    Alias {
        /// The type.
        ty: Type,
        /// The value.
        value: Option<Expr>,
    },
    /// `given T with { … }`: an instance of an anonymous class.
    Instance(Template),
}

/// `extension [T](x: A)(using B) def …`.
#[derive(Clone, PartialEq, Debug)]
pub struct ExtensionDef {
    /// Type parameters.
    pub type_params: Vec<TypeParam>,
    /// Parameter lists; the one [`ClauseKind::Plain`] list holds the receiver.
    pub clauses: Vec<ParamClause>,
    /// The methods (and exports).
    pub members: Vec<Stat>,
}

/// Parents, self type and body of a class, an object, a given or `new`.
#[derive(Clone, PartialEq, Debug)]
pub struct Template {
    /// After `extends`, in order; the first may be a class.
    pub parents: Vec<Parent>,
    /// After `derives`.
    pub derives: Vec<Type>,
    /// `self: T =>`.
    pub self_type: Option<SelfType>,
    /// The members; `None` if no body was written.
    pub body: Option<Vec<Stat>>,
    /// Where it stands; empty, at the end of the head, if nothing was written.
    pub span: Span,
}

/// A parent with constructor arguments.
#[derive(Clone, PartialEq, Debug)]
pub struct Parent {
    /// The type.
    pub ty: Type,
    /// Argument lists; none if no parentheses were written.
    pub args: Vec<Args>,
    /// Where it stands.
    pub span: Span,
}

/// `name: T =>` at the head of a template body.
#[derive(Clone, PartialEq, Debug)]
pub struct SelfType {
    /// The alias; `None` for `this: T =>` and `_: T =>`.
    pub name: Option<Ident>,
    /// The required type.
    pub ty: Option<Type>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of parameter lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClauseKind {
    /// `(..)`.
    Plain,
    /// `(using ..)`, a condition of a given, or a context bound's list.
    Using,
    /// `(implicit ..)`.
    Implicit,
}

/// A parameter list.
#[derive(Clone, PartialEq, Debug)]
pub struct ParamClause {
    /// Which kind.
    pub kind: ClauseKind,
    /// The parameters.
    pub params: Vec<Param>,
    /// Where it stands, with its parentheses.
    pub span: Span,
}

/// Whether a class parameter is also a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParamField {
    /// An ordinary parameter.
    None,
    /// `val x: T`.
    Val,
    /// `var x: T`.
    Var,
}

/// A value parameter of a method, class or lambda.
#[derive(Clone, PartialEq, Debug)]
pub struct Param {
    /// Modifiers and annotations.
    pub modifiers: Modifiers,
    /// `val` or `var` of a class parameter.
    pub field: ParamField,
    /// The name; an ignored lambda parameter is called `_`.
    pub name: Ident,
    /// The type; a lambda parameter may have none.
    pub ty: Option<Type>,
    /// `x: => T`.
    pub by_name: bool,
    /// `x: T*`.
    pub vararg: bool,
    /// `= e`.
    pub default: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// Variance of a type parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variance {
    /// `T`.
    Invariant,
    /// `+T`.
    Covariant,
    /// `-T`.
    Contravariant,
}

/// A type parameter: `+T[_] >: L <: U : C`.
#[derive(Clone, PartialEq, Debug)]
pub struct TypeParam {
    /// Annotations.
    pub annotations: Vec<Annotation>,
    /// Variance.
    pub variance: Variance,
    /// The name; `_` for an anonymous one.
    pub name: Ident,
    /// Parameters of a higher-kinded parameter.
    pub params: Vec<TypeParam>,
    /// Bounds.
    pub bounds: TypeBounds,
    /// `: C`, `: {C, D}`.
    pub context_bounds: Vec<ContextBound>,
    /// Where it stands.
    pub span: Span,
}

/// `C as name` in a context bound.
#[derive(Clone, PartialEq, Debug)]
pub struct ContextBound {
    /// The type class, to be applied to the parameter.
    pub ty: Type,
    /// The name of the evidence.
    pub name: Option<Ident>,
}

/// `>: lower <: upper`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TypeBounds {
    /// After `>:`.
    pub lower: Option<Box<Type>>,
    /// After `<:`.
    pub upper: Option<Box<Type>>,
}

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
    pub guard: Option<Expr>,
    /// After `=>`; an empty body is an empty block.
    pub body: Expr,
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
        source: Expr,
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
        value: Expr,
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
    /// `given T`.
    Given(Type),
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

/// A type.
#[derive(Clone, PartialEq, Debug)]
pub struct Type {
    /// What it is.
    pub kind: TypeKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of types.
#[derive(Clone, PartialEq, Debug)]
pub enum TypeKind {
    /// `T`.
    Ident(Ident),
    /// `path.T`; the path is made of [`ExprKind::Ident`], [`ExprKind::Select`],
    /// [`ExprKind::This`] and [`ExprKind::Super`].
    Select {
        /// Left of the last dot.
        path: Box<Expr>,
        /// The type's name.
        name: Ident,
    },
    /// `path.type`.
    Singleton(Box<Expr>),
    /// `T#U`.
    Projection {
        /// Left side.
        base: Box<Type>,
        /// Right side.
        name: Ident,
    },
    /// `T[A, B]`.
    Apply {
        /// What is applied.
        constructor: Box<Type>,
        /// The arguments; `?` is [`TypeKind::Wildcard`].
        args: Vec<Type>,
    },
    /// `A op B`, also `A & B`, `A | B`, `T can Read`.
    Infix {
        /// Left side.
        lhs: Box<Type>,
        /// The operator, a type constructor.
        op: Ident,
        /// Right side.
        rhs: Box<Type>,
    },
    /// `(A, x: B, => C, D*) => R`, `A ?=> R`.
    Function {
        /// The parameters.
        params: Vec<FunctionParam>,
        /// The result.
        result: Box<Type>,
        /// Whether the arrow is `?=>`.
        context: bool,
    },
    /// `[T] => (x: T) => R`: a polymorphic function type; `body` is a function type.
    PolyFunction {
        /// The type parameters.
        type_params: Vec<TypeParam>,
        /// The function type.
        body: Box<Type>,
    },
    /// `[T] =>> R`.
    TypeLambda {
        /// The parameters.
        params: Vec<TypeParam>,
        /// The result.
        body: Box<Type>,
    },
    /// `(A, B)`, `(x: A, y: B)`; at least two (or one named).
    Tuple(Vec<TypeElement>),
    /// `?`, `? <: U`.
    Wildcard(TypeBounds),
    /// `T { type A = B; def m: C }`.
    Refinement {
        /// What is refined; absent means `AnyRef`.
        base: Option<Box<Type>>,
        /// The members.
        members: Vec<Stat>,
    },
    /// `T @name(args)`.
    Annotated {
        /// The type.
        ty: Box<Type>,
        /// The annotations.
        annotations: Vec<Annotation>,
    },
    /// `T match { case P => R }`.
    Match {
        /// What is matched.
        scrutinee: Box<Type>,
        /// Pattern and result of each case.
        cases: Vec<(Type, Type)>,
    },
    /// `1`, `"a"`, `true`: the type of this one value.
    Literal(Literal),
    /// What could not be parsed; reported.
    Error,
}

/// An element of a tuple type, perhaps named.
#[derive(Clone, PartialEq, Debug)]
pub struct TypeElement {
    /// `name:`.
    pub name: Option<Ident>,
    /// The type.
    pub ty: Type,
}

/// A parameter of a function type.
#[derive(Clone, PartialEq, Debug)]
pub struct FunctionParam {
    /// The name of a dependent function type's parameter.
    pub name: Option<Ident>,
    /// The type.
    pub ty: Type,
    /// `=> T`.
    pub by_name: bool,
    /// `T*`.
    pub vararg: bool,
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
