//! Types.

use super::{Builder, Chain, ParamTypeParts, PathOrThis};
use crate::ast::*;
use crate::token::Token;
use crate::{operators, reject};
use fscc_base::{Name, codes};

impl Builder<'_> {
    fn ty(&self, lo: u32, kind: TypeKind, hi: u32) -> Type {
        Type { kind, span: self.span(lo, hi) }
    }

    /// Groups a chain of type operators.
    pub fn resolve_type(&mut self, chain: Chain<Type>) -> Type {
        let combine = |lhs: Type, op, _, rhs: Type| {
            let span = lhs.span.to(rhs.span);
            let kind = TypeKind::Infix { lhs: Box::new(lhs), op, rhs: Box::new(rhs) };
            Type { kind, span }
        };
        let diagnostics = &mut self.diagnostics;
        operators::resolve(chain, combine, |a, b| diagnostics.push(super::mixed(a, b)))
    }

    /// `A with B` means `A & B`.
    pub fn with_type(&mut self, lhs: Type, with: Token, rhs: Type) -> Type {
        let op = Ident::new(Name::new("&"), self.token_span(with));
        let span = lhs.span.to(rhs.span);
        Type { kind: TypeKind::Infix { lhs: Box::new(lhs), op, rhs: Box::new(rhs) }, span }
    }

    /// `A => B`.
    pub fn function_type1(
        &mut self,
        lo: u32,
        param: Type,
        context: bool,
        result: Type,
        hi: u32,
    ) -> Type {
        let param = FunctionParam { name: None, ty: param, by_name: false, vararg: false };
        self.function_type(lo, vec![param], context, result, hi)
    }

    /// `(A, B) => C`.
    pub fn function_type(
        &mut self,
        lo: u32,
        params: Vec<FunctionParam>,
        context: bool,
        result: Type,
        hi: u32,
    ) -> Type {
        self.ty(lo, TypeKind::Function { params, result: Box::new(result), context }, hi)
    }

    /// A parameter of a function type.
    pub fn function_param(
        &mut self,
        name: Option<Ident>,
        (ty, by_name, vararg): ParamTypeParts,
    ) -> FunctionParam {
        FunctionParam { name, ty, by_name, vararg }
    }

    /// `[T] => F`.
    pub fn poly_type(&mut self, lo: u32, params: Vec<TypeParam>, body: Type, hi: u32) -> Type {
        let kind = TypeKind::PolyFunction { type_params: params, body: Box::new(body) };
        self.ty(lo, kind, hi)
    }

    /// `[T] =>> U`.
    pub fn type_lambda(&mut self, lo: u32, params: Vec<TypeParam>, body: Type, hi: u32) -> Type {
        self.ty(lo, TypeKind::TypeLambda { params, body: Box::new(body) }, hi)
    }

    /// `T match { … }`.
    pub fn match_type(
        &mut self,
        lo: u32,
        scrutinee: Type,
        cases: Vec<(Type, Type)>,
        hi: u32,
    ) -> Type {
        self.ty(lo, TypeKind::Match { scrutinee: Box::new(scrutinee), cases }, hi)
    }

    /// `T forSome { … }`.
    pub fn existential(&mut self, lo: u32, _ty: Type, _members: Vec<Stat>, hi: u32) -> Type {
        self.report(reject::existential(self.span(lo, hi)));
        // The names of its members mean nothing, so nothing more is said about it.
        self.ty(lo, TypeKind::Error, hi)
    }

    /// `T @a @b`.
    pub fn annotated_type(
        &mut self,
        lo: u32,
        ty: Type,
        annotations: Vec<Annotation>,
        hi: u32,
    ) -> Type {
        if annotations.is_empty() {
            return ty;
        }
        self.ty(lo, TypeKind::Annotated { ty: Box::new(ty), annotations }, hi)
    }

    /// `T { members }`.
    pub fn refinement(&mut self, lo: u32, base: Option<Type>, members: Vec<Stat>, hi: u32) -> Type {
        self.ty(lo, TypeKind::Refinement { base: base.map(Box::new), members }, hi)
    }

    /// `T`.
    pub fn ident_type(&mut self, name: Ident) -> Type {
        Type { kind: TypeKind::Ident(name), span: name.span }
    }

    /// The path that a type prefix is; only identifiers and selections can be paths.
    fn path_of(&mut self, ty: Type) -> Expr {
        let span = ty.span;
        let kind = match ty.kind {
            TypeKind::Ident(name) => ExprKind::Ident(name),
            TypeKind::Select { path, name } => ExprKind::Select { base: path, name },
            // `x.type.T` is `x.T`.
            TypeKind::Singleton(path) => return *path,
            _ => {
                self.error(span, "a type cannot be selected from this: only from a path");
                ExprKind::Error
            }
        };
        Expr { kind, span }
    }

    /// `p.T`.
    pub fn select_type(&mut self, lo: u32, prefix: Type, name: Ident, hi: u32) -> Type {
        let path = self.path_of(prefix);
        self.path_type(lo, path, name, hi)
    }

    /// `this.T`, `C.this.T`.
    pub fn path_type(&mut self, lo: u32, path: PathOrThis, name: Ident, hi: u32) -> Type {
        self.ty(lo, TypeKind::Select { path: Box::new(path), name }, hi)
    }

    /// `p.type`.
    pub fn singleton_type(&mut self, lo: u32, prefix: Type, hi: u32) -> Type {
        let path = self.path_of(prefix);
        self.path_singleton(lo, path, hi)
    }

    /// `this.type`.
    pub fn path_singleton(&mut self, lo: u32, path: PathOrThis, hi: u32) -> Type {
        self.ty(lo, TypeKind::Singleton(Box::new(path)), hi)
    }

    /// `C.this` before a dot.
    pub fn type_this(&mut self, lo: u32, class: Type, _this: Token, hi: u32) -> PathOrThis {
        let span = self.span(lo, hi);
        match class.kind {
            TypeKind::Ident(name) => Expr { kind: ExprKind::This(Some(name)), span },
            _ => {
                self.error(span, "`this` may follow only the name of a class");
                Expr { kind: ExprKind::Error, span }
            }
        }
    }

    /// `super` before a dot.
    pub fn super_token(&mut self, token: Token) -> PathOrThis {
        let kind = ExprKind::Super { class: None, parent: None };
        Expr { kind, span: self.token_span(token) }
    }

    /// `T#U`.
    pub fn projection(&mut self, lo: u32, base: Type, name: Ident, hi: u32) -> Type {
        self.ty(lo, TypeKind::Projection { base: Box::new(base), name }, hi)
    }

    /// `T[A]`.
    pub fn apply_type(&mut self, lo: u32, constructor: Type, args: Vec<Type>, hi: u32) -> Type {
        self.ty(lo, TypeKind::Apply { constructor: Box::new(constructor), args }, hi)
    }

    /// `(A, B)`, or `(A)`.
    pub fn tuple_type(&mut self, lo: u32, mut elements: Vec<TypeElement>, hi: u32) -> Type {
        let span = self.span(lo, hi);
        if elements.len() == 1 && elements[0].name.is_none() {
            let inner = elements.remove(0).ty;
            return Type { span, ..inner };
        }
        if elements.is_empty() {
            self.error(span, "`()` is not a type: write `Unit`");
            return Type { kind: TypeKind::Error, span };
        }
        Type { kind: TypeKind::Tuple(elements), span }
    }

    /// `1`, `"a"`.
    pub fn literal_type(&mut self, (literal, token): (Literal, Token)) -> Type {
        Type { kind: TypeKind::Literal(literal), span: self.token_span(token) }
    }

    /// `-1`.
    pub fn negative_type(&mut self, sign: Token, literal: (Literal, Token)) -> Type {
        let (lo, hi) = (sign.lo, literal.1.hi);
        let literal = self.negate(sign, literal);
        self.ty(lo, TypeKind::Literal(literal), hi)
    }

    /// `?`, `? <: T`.
    pub fn bounded_wildcard(
        &mut self,
        lo: u32,
        lower: Option<Type>,
        upper: Option<Type>,
        hi: u32,
    ) -> Type {
        let bounds = TypeBounds { lower: lower.map(Box::new), upper: upper.map(Box::new) };
        self.ty(lo, TypeKind::Wildcard(bounds), hi)
    }

    /// `T = U` as a type argument.
    pub fn named_type_argument(&mut self, lo: u32, ty: Type, hi: u32) -> Type {
        self.report(reject::named_type_argument(self.span(lo, hi)));
        ty
    }

    /// A case that could not be parsed.
    pub fn error_type_case(&mut self, lo: u32, hi: u32) -> (Type, Type) {
        let error = self.ty(lo, TypeKind::Error, hi);
        (error.clone(), error)
    }

    /// A minus (or another sign) before a literal.
    pub(super) fn negate(&mut self, sign: Token, (literal, token): (Literal, Token)) -> Literal {
        if self.text(sign) == "-"
            && let Some(negative) = self.negative(&literal, self.token_span(token))
        {
            return negative;
        }
        let text = self.text(sign);
        let message = format!("`{text}` cannot stand before this literal here");
        let span = self.token_span(sign);
        self.report(fscc_base::Diagnostic::error(codes::SYNTAX, span, message));
        literal
    }
}
