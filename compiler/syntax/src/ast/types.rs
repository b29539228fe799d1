//! Types as they are written.

use super::{Annotation, Expr, Ident, Literal, Stat, TypeBounds, TypeParam};
use fscc_base::Span;

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
