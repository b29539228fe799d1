//! Named tuples: the type, its values, the selection of an element by its name, and patterns.
//!
//! `(name: String, age: Int)` is the opaque type `NamedTuple[("name", "age"), (String, Int)]` of
//! the library. A tuple without names is below it; the other way round it is converted.

use crate::checker::{Checker, TypeSym};
use crate::infer::callee::Callee;
use crate::infer::expr::{Expected, typed};
use crate::infer::pattern::wildcard;
use crate::outside::TUPLE_MEMBERS;
use crate::typed::{Expr, ExprKind, Pattern, PatternKind};
use crate::types::{Literal, Ty, TyId, ty_list};
use fscc_base::{Name, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// Looks up the opaque type of the library.
    pub(crate) fn learn_named_tuple(&mut self) {
        let Some(object) = self.known.class("scala.NamedTuple$") else { return };
        self.complete_members(object);
        if let Some(TypeSym::Alias(alias)) = self.type_member(object, Name::new("NamedTuple")) {
            // What it stands for is wanted wherever values are.
            self.alias_type(alias, Span::synthetic());
            self.known.named_tuple = self.aliases[alias].opaque;
        }
    }

    /// The type with these names for the elements of a tuple type.
    fn named_tuple_type(&mut self, names: &[Name], values: TyId) -> TyId {
        let roots = self.types.roots();
        let Some(constructor) = self.known.named_tuple else { return roots.error };
        let literals: Vec<TyId> = (names.iter())
            .map(|name| self.types.intern(Ty::Literal(roots.string, Literal::String(*name))))
            .collect();
        let names = self.tuple_type(&literals, Span::synthetic());
        let constructor = self.types.param(constructor);
        self.types.intern(Ty::Applied(constructor, ty_list(&[names, values])))
    }

    /// The names and the tuple of the values, if it is a type of named tuples.
    pub fn named_parts(&mut self, ty: TyId) -> Option<(Vec<Name>, TyId)> {
        let ty = self.resolve(ty);
        match self.types.get(ty) {
            Ty::Applied(_, &[names, _]) => {
                let values = self.types.named_values(&self.known, ty)?;
                let (_, names) = self.types.as_class(names)?;
                let name = |ty: &TyId| match self.types.get(*ty) {
                    Ty::Literal(_, Literal::String(name)) => Some(name),
                    _ => None,
                };
                Some((names.iter().map(name).collect::<Option<Vec<Name>>>()?, values))
            }
            Ty::Param(param) => {
                let upper = self.upper_bound(param);
                match self.types.get(upper) {
                    Ty::Param(_) => None,
                    _ => self.named_parts(upper),
                }
            }
            Ty::Local(local) => self.named_parts(self.symbols.locals[local].ty),
            Ty::And(a, b) => self.named_parts(a).or_else(|| self.named_parts(b)),
            _ => None,
        }
    }

    /// The tuple without its names.
    pub fn without_names(&mut self, tuple: Expr, values: TyId) -> Expr {
        let span = tuple.span;
        typed(ExprKind::Cast(Box::new(tuple), values), values, span)
    }

    /// The names of elements; all have one, or none.
    fn element_names(
        &mut self,
        elements: impl Iterator<Item = Option<ast::Ident>>,
        span: Span,
    ) -> Option<Vec<Name>> {
        let mut names = Vec::new();
        for element in elements {
            let Some(name) = element else {
                let message = "all elements of a tuple have names, or none";
                self.fail(codes::SYNTAX, span, message);
                return None;
            };
            let is_numbered = (name.as_str().strip_prefix('_'))
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
            if is_numbered {
                let message = format!("`{}` cannot be the name of an element", name.name);
                self.fail(codes::SYNTAX, name.span, message);
                return None;
            }
            if names.contains(&name.name) {
                self.duplicate(name.name, name.span, None);
                return None;
            }
            names.push(name.name);
        }
        Some(names)
    }

    /// `(name: T, …)`.
    pub(crate) fn resolve_named_tuple(
        &mut self,
        elements: &'a [ast::TypeElement],
        span: Span,
        scope: crate::scope::ScopeId,
    ) -> TyId {
        let names = self.element_names(elements.iter().map(|element| element.name), span);
        let types: Vec<TyId> =
            elements.iter().map(|element| self.resolve_type(&element.ty, scope)).collect();
        let values = self.tuple_type(&types, span);
        match names {
            Some(names) if !self.types.is_error(values) => self.named_tuple_type(&names, values),
            _ => self.types.roots().error,
        }
    }

    /// `(name = value, …)`.
    pub(super) fn named_tuple(
        &mut self,
        args: &'a [ast::Arg],
        span: Span,
        expected: Expected,
    ) -> Expr {
        let Some(names) = self.element_names(args.iter().map(|arg| arg.name), span) else {
            for arg in args {
                self.infer(&arg.value, None);
            }
            return self.error_expr(span);
        };
        let expected = expected.map(|expected| self.expected_shape(expected));
        let hint = match expected.and_then(|expected| self.named_parts(expected)) {
            Some((wanted, values)) => (wanted == names).then_some(values),
            None => expected,
        };
        let tuple = self.tuple_of(args, span, hint);
        if let ExprKind::Error = tuple.kind {
            return tuple;
        }
        let ty = self.named_tuple_type(&names, tuple.ty);
        typed(ExprKind::Cast(Box::new(tuple), ty), ty, span)
    }

    /// The element of this name, if the value is a named tuple that has one.
    pub(super) fn named_element(
        &mut self,
        receiver: Expr,
        name: Name,
        span: Span,
    ) -> Result<Callee, Expr> {
        let Some((names, values)) = self.named_parts(receiver.ty) else { return Err(receiver) };
        if name.as_str() == "toTuple" {
            return Ok(Callee::Value(self.without_names(receiver, values)));
        }
        let Some(place) = names.iter().position(|known| *known == name) else {
            if TUPLE_MEMBERS.contains(&name.as_str()) {
                self.outside(
                    codes::NAMED_TUPLE,
                    span,
                    &format!("`{name}` of a named tuple is outside the subset"),
                    "select the elements, or use a case class",
                );
                return Ok(Callee::Error(span));
            }
            return Err(receiver);
        };
        let tuple = self.without_names(receiver, values);
        Ok(Callee::Value(self.tuple_part(tuple, place, span)))
    }

    /// A pattern for a named tuple: by names in any order, or for all elements in their order.
    pub(super) fn named_tuple_pattern(
        &mut self,
        given: &[(Option<ast::Ident>, &'a ast::Pattern)],
        (names, values): (Vec<Name>, TyId),
        span: Span,
    ) -> Pattern {
        let Some((class, types)) = self.types.as_class(values) else {
            return wildcard(self.types.roots().error, span);
        };
        let has_names = given.iter().any(|(name, _)| name.is_some());
        if !has_names && given.len() != names.len() {
            let message = format!(
                "the tuple has {} element(s), the pattern has {}",
                names.len(),
                given.len()
            );
            self.fail(codes::PATTERN_ARITY, span, message);
        }
        let mut patterns: Vec<Pattern> = types.iter().map(|ty| wildcard(*ty, span)).collect();
        let mut taken: Vec<Name> = Vec::new();
        for (number, (name, pattern)) in given.iter().enumerate() {
            let place = match name {
                Some(name) => names.iter().position(|known| *known == name.name),
                None if has_names => None,
                None => (number < names.len()).then_some(number),
            };
            let Some(place) = place else {
                if has_names {
                    self.fail(codes::NO_MEMBER, pattern.span, "there is no element of this name");
                }
                self.pattern(pattern, self.types.roots().error);
                continue;
            };
            if taken.contains(&names[place]) {
                self.duplicate(names[place], pattern.span, None);
            }
            taken.push(names[place]);
            patterns[place] = self.pattern(pattern, types[place]);
        }
        Pattern { kind: PatternKind::Class(class, patterns), ty: values, span }
    }
}
