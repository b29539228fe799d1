//! Definitions: modifiers, classes, methods, values, givens, extensions, parameters.

use super::{Args, Expr, Ident, Lazy, Pattern, Stat, StatKind, Type};
use fscc_base::Span;

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
    /// All flags as one number.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }
    /// The flags of this number.
    pub(crate) fn from_bits(bits: u32) -> Flags {
        Flags(bits)
    }
    /// All but those of `other`.
    pub fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
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
    /// The definition that it annotates, whole; elsewhere the annotation itself.
    pub target: Span,
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
    pub value: Option<Lazy<Expr>>,
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
    pub body: Option<Lazy<Expr>>,
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
    pub self_type: Option<Box<SelfType>>,
    /// The members; `None` if no body was written.
    pub body: Option<Lazy<Vec<Stat>>>,
    /// Where it stands; empty, at the end of the head, if nothing was written.
    pub span: Span,
}

impl Template {
    /// The statements of the body.
    pub fn stats(&self) -> &[Stat] {
        self.body.as_deref().map_or(&[], Vec::as_slice)
    }
    /// Whether it holds nothing but definitions that others may see, and imports.
    pub fn has_only_shared_members(&self) -> bool {
        let is_plain = |stat: &Stat| match &stat.kind {
            StatKind::Definition(definition) => {
                !matches!(
                    definition.modifiers.access,
                    Access::Private(None) | Access::Protected(None)
                ) && !matches!(definition.kind, DefinitionKind::Constructor(_))
            }
            StatKind::Import(_) | StatKind::Export(_) | StatKind::Error => true,
            StatKind::Package { .. } | StatKind::Expr(_) => false,
        };
        self.parents.is_empty()
            && self.derives.is_empty()
            && self.self_type.is_none()
            && self.stats().iter().all(is_plain)
    }
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
    pub ty: Option<Box<Type>>,
    /// `x: => T`.
    pub by_name: bool,
    /// `x: T*`.
    pub vararg: bool,
    /// `= e`.
    pub default: Option<Box<Expr>>,
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
