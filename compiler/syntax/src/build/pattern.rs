//! Patterns.

use super::{Builder, Chain};
use crate::ast::*;
use crate::operators;
use crate::token::Token;
use fscc_base::{Diagnostic, codes};

impl Builder<'_> {
    fn pattern(&self, lo: u32, kind: PatternKind, hi: u32) -> Pattern {
        Pattern { kind, span: self.span(lo, hi) }
    }

    /// Groups a chain of extractors.
    pub fn resolve_pattern(&mut self, chain: Chain<Pattern>) -> Pattern {
        let combine = |lhs: Pattern, op, _, rhs: Pattern| {
            let span = lhs.span.to(rhs.span);
            let kind = PatternKind::Infix { lhs: Box::new(lhs), op, rhs: Box::new(rhs) };
            Pattern { kind, span }
        };
        let diagnostics = &mut self.diagnostics;
        operators::resolve(chain, combine, |a, b| diagnostics.push(super::mixed(a, b)))
    }

    /// `p | q`.
    pub fn alternative(&mut self, mut patterns: Vec<Pattern>) -> Pattern {
        match (patterns.len(), patterns.first(), patterns.last()) {
            (2.., Some(first), Some(last)) => {
                let span = first.span.to(last.span);
                Pattern { kind: PatternKind::Alternative(patterns), span }
            }
            _ => patterns.remove(0),
        }
    }

    /// `p: T`.
    pub fn typed_pattern(&mut self, lo: u32, pattern: Pattern, ty: Type, hi: u32) -> Pattern {
        let pattern = Box::new(self.as_variable(pattern));
        self.pattern(lo, PatternKind::Typed { pattern, ty }, hi)
    }

    /// A name before a colon binds, whatever its case.
    fn as_variable(&mut self, pattern: Pattern) -> Pattern {
        let span = pattern.span;
        match pattern.kind {
            PatternKind::Stable(path) => match path.kind {
                ExprKind::Ident(name) => Pattern { kind: PatternKind::Variable(name), span },
                _ => Pattern { kind: PatternKind::Stable(path), span },
            },
            kind => Pattern { kind, span },
        }
    }

    /// `x @ p`.
    pub fn bind(&mut self, lo: u32, name: Ident, pattern: Pattern, hi: u32) -> Pattern {
        if name.as_str() == "_" {
            return pattern;
        }
        self.pattern(lo, PatternKind::Bind { name, pattern: Box::new(pattern) }, hi)
    }

    /// `_`.
    pub fn wildcard_pattern(&mut self, token: Token) -> Pattern {
        self.pattern(token.lo, PatternKind::Wildcard, token.hi)
    }

    /// A name or path: lower-case names bind, all else is compared.
    pub fn path_pattern(&mut self, path: Expr) -> Pattern {
        let span = path.span;
        match path.kind {
            ExprKind::Ident(name) if is_variable(name) => {
                Pattern { kind: PatternKind::Variable(name), span }
            }
            _ => Pattern { kind: PatternKind::Stable(Box::new(path)), span },
        }
    }

    /// A name in an interpolated pattern.
    pub fn variable_pattern(&mut self, name: Ident) -> Pattern {
        Pattern { kind: PatternKind::Variable(name), span: name.span }
    }

    /// `C[T](args)`.
    pub fn extractor(
        &mut self,
        lo: u32,
        path: Expr,
        type_args: Option<Vec<Type>>,
        args: Vec<PatternArg>,
        hi: u32,
    ) -> Pattern {
        let type_args = type_args.unwrap_or_default();
        self.pattern(lo, PatternKind::Extractor { path: Box::new(path), type_args, args }, hi)
    }

    /// `(p, q)`, `(p)`, `()`.
    pub fn tuple_pattern(&mut self, lo: u32, mut args: Vec<PatternArg>, hi: u32) -> Pattern {
        if args.is_empty() {
            return self.pattern(lo, PatternKind::Literal(Literal::Unit), hi);
        }
        if args.len() == 1 && args[0].name.is_none() {
            let inner = args.remove(0).pattern;
            let is_splice = |pattern: &Pattern| matches!(pattern.kind, PatternKind::Splice(_));
            let is_rest = match &inner.kind {
                PatternKind::Bind { pattern, .. } => is_splice(pattern),
                _ => is_splice(&inner),
            };
            if is_rest {
                let message = "`*` stands only last in a sequence pattern, without parentheses";
                let span = self.span(lo, hi);
                self.report(Diagnostic::error(codes::SEQUENCE_PATTERN, span, message));
            }
            return Pattern { span: self.span(lo, hi), ..inner };
        }
        self.pattern(lo, PatternKind::Tuple(args), hi)
    }

    /// A literal.
    pub fn literal_pattern(&mut self, (literal, token): (Literal, Token)) -> Pattern {
        self.pattern(token.lo, PatternKind::Literal(literal), token.hi)
    }

    /// `-1`.
    pub fn negative_pattern(&mut self, sign: Token, literal: (Literal, Token)) -> Pattern {
        let (lo, hi) = (sign.lo, literal.1.hi);
        let literal = self.negate(sign, literal);
        self.pattern(lo, PatternKind::Literal(literal), hi)
    }

    /// `s"a$x"`.
    pub fn interpolated_pattern(
        &mut self,
        lo: u32,
        first: Token,
        rest: Vec<(Pattern, Token)>,
        hi: u32,
    ) -> Pattern {
        let (prefix, parts, args) = self.interpolation_parts(lo, first, rest);
        self.pattern(lo, PatternKind::Interpolation { prefix, parts, args }, hi)
    }

    /// `given T`: a variable of this type that is also given; its name cannot be spelled.
    pub fn given_pattern(&mut self, lo: u32, ty: Type, hi: u32) -> Pattern {
        let name = self.fresh("given", self.span(lo, hi));
        let any = Box::new(self.pattern(lo, PatternKind::Wildcard, hi));
        let typed = self.pattern(lo, PatternKind::Typed { pattern: any, ty }, hi);
        self.pattern(lo, PatternKind::Bind { name, pattern: Box::new(typed) }, hi)
    }

    /// `this.x`.
    pub fn this_select(&mut self, this: Token, name: Ident) -> Expr {
        let (lo, hi) = (this.lo, name.span.hi);
        let base = self.this(this);
        self.select(lo, base, name, hi)
    }

    /// `C.this.x`.
    pub fn outer_select(
        &mut self,
        lo: u32,
        class: Expr,
        this: Token,
        name: Ident,
        hi: u32,
    ) -> Expr {
        let base = self.qualified_this(lo, class, this, this.hi);
        self.select(lo, base, name, hi)
    }

    /// `xs*`.
    pub fn splice_pattern(&mut self, lo: u32, pattern: Pattern, hi: u32) -> PatternArg {
        let pattern = self.as_variable(pattern);
        if !matches!(pattern.kind, PatternKind::Variable(_) | PatternKind::Wildcard) {
            self.error(pattern.span, "only a name or `_` can stand before `*`");
        }
        self.splice_arg(lo, pattern, hi)
    }

    /// `xs @ _*`.
    pub fn bind_splice(&mut self, lo: u32, name: Ident, inner: Pattern, hi: u32) -> PatternArg {
        if !matches!(inner.kind, PatternKind::Wildcard) {
            self.error(inner.span, "only `_` can stand between `@` and `*`");
        }
        let pattern = self.variable_pattern(name);
        self.splice_arg(lo, pattern, hi)
    }

    /// `xs: T*`.
    pub fn typed_splice(&mut self, lo: u32, pattern: Pattern, ty: Type, hi: u32) -> PatternArg {
        if matches!(ty.kind, TypeKind::Wildcard(_)) {
            return self.splice_pattern(lo, pattern, hi); // `xs: _*`
        }
        let pattern = self.typed_pattern(lo, pattern, ty, hi);
        self.splice_arg(lo, pattern, hi)
    }

    fn splice_arg(&mut self, lo: u32, pattern: Pattern, hi: u32) -> PatternArg {
        let pattern = self.pattern(lo, PatternKind::Splice(Box::new(pattern)), hi);
        PatternArg { name: None, pattern }
    }
}

/// Whether a name in a pattern binds: it starts with a lower-case letter and is not quoted.
fn is_variable(name: Ident) -> bool {
    let first = name.as_str().chars().next();
    !name.quoted && first.is_some_and(|c| c.is_lowercase() || c == '_')
}
