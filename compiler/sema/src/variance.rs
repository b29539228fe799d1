//! Variance of type parameters: what is declared `+A` stands only where values come out of a
//! class, what is declared `-A` only where they go in (Scala reference, "Variance").
//!
//! It relies on complete signatures and, for private members, on typed bodies: a member that only
//! its own object uses is free, since no other view of the object reaches it.

use crate::checker::{Access, Checker, FieldSource, MethodSource, TypeSym};
use crate::symbols::{ClassId, FieldId, MethodId, MethodKind, Owner, TypeParamId, Variance};
use crate::typed::{Expr, ExprKind};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast;

/// Where a type stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// Values come out: results.
    Out,
    /// Values go in: parameters.
    In,
    /// Both: variables, arguments of invariant parameters.
    Both,
}

impl Place {
    fn flipped(self) -> Place {
        match self {
            Place::Out => Place::In,
            Place::In => Place::Out,
            Place::Both => Place::Both,
        }
    }
    fn under(self, variance: Variance) -> Place {
        match variance {
            Variance::Covariant => self,
            Variance::Contravariant => self.flipped(),
            Variance::Invariant => Place::Both,
        }
    }
    fn allows(self, variance: Variance) -> bool {
        match variance {
            Variance::Invariant => true,
            Variance::Covariant => self == Place::Out,
            Variance::Contravariant => self == Place::In,
        }
    }
}

/// How other objects than its own use a private member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reach {
    Own,
    Read,
    Assigned,
}

impl<'a> Checker<'a> {
    /// Checks the classes of the user's files, when all bodies are typed.
    pub fn check_variances(&mut self) {
        for class in self.symbols.classes.indices() {
            if self.symbols.classes[class].is_library {
                continue;
            }
            self.check_alias_variances(class);
            let params = self.variant_params(class);
            if !params.is_empty() {
                self.check_class_variance(class, &params);
            }
        }
    }

    /// The parameters with a variance that the members of a class must mind: its own, and those of
    /// the classes around it up to the first private one.
    fn variant_params(&self, class: ClassId) -> Vec<TypeParamId> {
        let mut found = Vec::new();
        let mut next = Some(class);
        while let Some(here) = next {
            let info = &self.symbols.classes[here];
            let own = info.type_params.iter().take(info.own_type_params);
            found.extend(
                own.filter(|param| {
                    self.symbols.type_params[**param].variance != Variance::Invariant
                }),
            );
            next = match info.owner {
                Owner::Class(outer) if !is_private(self.classes[here].access) => Some(outer),
                _ => None,
            };
        }
        found
    }

    fn check_class_variance(&mut self, class: ClassId, params: &[TypeParamId]) {
        let span = self.symbols.classes[class].span;
        for parent in self.symbols.classes[class].parents.clone() {
            self.check_place(parent, Place::Out, params, span, None);
        }
        for method in self.symbols.classes[class].methods.clone() {
            match self.symbols.methods[method].kind {
                MethodKind::Getter(field) => self.check_field_variance(method, field, params),
                MethodKind::Def => match self.methods[method].source {
                    MethodSource::Accessor(field)
                        if self.symbols.fields[field].getter == Some(method) =>
                    {
                        self.check_field_variance(method, field, params);
                    }
                    _ => self.check_method_variance(method, params),
                },
                MethodKind::Constructor | MethodKind::Setter(_) | MethodKind::Default(..) => {}
            }
        }
        let members: Vec<TypeSym> =
            self.classes[class].decls.values().filter_map(|binding| binding.ty).collect();
        for member in members {
            match member {
                TypeSym::Alias(alias) if self.aliases[alias].opaque.is_none() => {
                    let (rhs, name) = (self.aliases[alias].rhs, self.aliases[alias].def.name);
                    self.check_place(rhs, Place::Both, params, name.span, None);
                }
                TypeSym::Param(param) if self.type_param_data[param].member_of == Some(class) => {
                    self.check_bounds_variance(param, Place::Out, params);
                }
                _ => {}
            }
        }
    }

    /// Parameters of aliases have a variance as well, which the right side must keep.
    fn check_alias_variances(&mut self, class: ClassId) {
        let members: Vec<TypeSym> =
            self.classes[class].decls.values().filter_map(|binding| binding.ty).collect();
        for member in members {
            let TypeSym::Alias(alias) = member else { continue };
            let alias = &self.aliases[alias];
            if alias.opaque.is_some() {
                continue;
            }
            let (rhs, span, params) = (alias.rhs, alias.def.name.span, alias.params.clone());
            if let Ty::Lambda(_, body) = self.types.get(rhs) {
                self.check_place(body, Place::Out, &params, span, None);
            }
        }
    }

    fn check_bounds_variance(&mut self, param: TypeParamId, place: Place, params: &[TypeParamId]) {
        self.complete_bounds(param);
        let info = &self.symbols.type_params[param];
        let (lower, upper, span) = (info.lower, info.upper, info.span);
        if info.opaque.is_none() && !self.check_place(upper, place, params, span, None) {
            self.check_place(lower, place.flipped(), params, span, None);
        }
    }

    fn check_method_variance(&mut self, method: MethodId, params: &[TypeParamId]) {
        let (clauses, written): (Vec<&'a ast::ParamClause>, _) = match self.methods[method].source {
            MethodSource::Def(def, _) => (def.clauses.iter().collect(), def.result.as_ref()),
            MethodSource::Extension(extension, def, _) => {
                let clauses = extension.clauses.iter().chain(&def.clauses);
                (clauses.collect(), def.result.as_ref())
            }
            MethodSource::Given(def, _) => (def.clauses.iter().collect(), None),
            _ => return,
        };
        if self.reach(method) == Reach::Own {
            return;
        }
        self.signature(method);
        let info = &self.symbols.methods[method];
        let (span, result, locals) = (info.span, info.result, info.params.clone());
        self.check_place(result, Place::Out, params, span, written.map(|ty| ty.span));
        for param in self.symbols.methods[method].type_params.clone() {
            self.check_bounds_variance(param, Place::In, params);
        }
        for local in locals {
            let (ty, name) = (self.symbols.locals[local].ty, self.symbols.locals[local].span);
            let written = (clauses.iter().flat_map(|clause| &clause.params))
                .find(|param| param.name.span == name)
                .and_then(|param| Some(param.ty.as_ref()?.span));
            let span = if name.is_synthetic() { span } else { name };
            self.check_place(ty, Place::In, params, span, written);
        }
    }

    fn check_field_variance(&mut self, getter: MethodId, field: FieldId, params: &[TypeParamId]) {
        let written = match self.fields[field].source {
            FieldSource::Value(def) => def.ty.as_ref().map(|ty| ty.span),
            FieldSource::Param(param) => param.ty.as_ref().map(|ty| ty.span),
            FieldSource::Object(_) => return,
            FieldSource::None | FieldSource::Group(_) | FieldSource::Given(..) => None,
        };
        self.complete_field(field);
        let info = &self.symbols.fields[field];
        let (ty, span, is_mutable, is_param) = (info.ty, info.span, info.is_mutable, info.is_param);
        let access = self.methods[getter].access;
        let is_private = is_private(access);
        let place = match self.reach(getter) {
            // A private parameter counts as others do, unless it is `private[this]`.
            Reach::Own if !is_param || access != Access::Private(None) => return,
            Reach::Assigned if is_mutable => Place::Both,
            _ if is_mutable && !is_private => Place::Both,
            _ => Place::Out,
        };
        self.check_place(ty, place, params, span, written);
    }

    /// Reports the first parameter that may not stand in this place; whether there was one.
    fn check_place(
        &mut self,
        ty: TyId,
        place: Place,
        params: &[TypeParamId],
        span: Span,
        written: Option<Span>,
    ) -> bool {
        let ty = self.resolve(ty);
        let Some((param, place)) = self.misplaced(ty, place, params) else { return false };
        if written.is_some_and(|written| {
            self.unchecked_variance.iter().any(|free| {
                free.file == written.file && written.lo <= free.lo && free.hi <= written.hi
            })
        }) {
            return false;
        }
        let info = &self.symbols.type_params[param];
        let (name, declared) = (info.name, info.span);
        let how = match info.variance {
            Variance::Covariant => "covariant",
            Variance::Contravariant => "contravariant",
            Variance::Invariant => "invariant",
        };
        let (place, help) = match place {
            Place::Out => ("where values come out", "remove the `-`"),
            Place::In => (
                "where values go in",
                "remove the `+`, or let the method take a supertype: `[B >: A](value: B)`",
            ),
            Place::Both => (
                "where values go in and come out",
                "declare it without variance, or use a type that keeps it",
            ),
        };
        let shown = self.show(ty);
        self.report(
            Diagnostic::error(
                codes::VARIANCE,
                span,
                format!("the {how} `{name}` stands {place}, in the type `{shown}`"),
            )
            .label(declared, "declared here")
            .help(help),
        );
        true
    }

    fn misplaced(
        &self,
        ty: TyId,
        place: Place,
        params: &[TypeParamId],
    ) -> Option<(TypeParamId, Place)> {
        match self.types.get(ty) {
            Ty::Param(param) => {
                let variance = self.symbols.type_params[param].variance;
                (params.contains(&param) && !place.allows(variance)).then_some((param, place))
            }
            Ty::Class(class, args) => {
                let info = &self.symbols.classes[class];
                let own = info.type_params.iter().take(info.own_type_params);
                args.iter().zip(own).find_map(|(arg, param)| {
                    let variance = self.symbols.type_params[*param].variance;
                    self.misplaced_arg(*arg, place, variance, params)
                })
            }
            Ty::Applied(function, args) => self.misplaced(function, place, params).or_else(|| {
                let kind: &[ast::TypeParam] = match self.types.get(function) {
                    Ty::Param(param) => self.type_param_data[param].kind,
                    _ => &[],
                };
                args.iter().enumerate().find_map(|(number, arg)| {
                    let variance = match kind.get(number).map(|param| param.variance) {
                        Some(ast::Variance::Covariant) => Variance::Covariant,
                        Some(ast::Variance::Contravariant) => Variance::Contravariant,
                        Some(ast::Variance::Invariant) | None => Variance::Invariant,
                    };
                    self.misplaced_arg(*arg, place, variance, params)
                })
            }),
            Ty::And(a, b) | Ty::Or(a, b) => {
                self.misplaced(a, place, params).or_else(|| self.misplaced(b, place, params))
            }
            Ty::Wildcard(lower, upper) => (self.misplaced(upper, place, params))
                .or_else(|| self.misplaced(lower, place.flipped(), params)),
            Ty::Lambda(_, body) => self.misplaced(body, place, params),
            Ty::Error
            | Ty::Constructor(_)
            | Ty::Var(_)
            | Ty::Literal(..)
            | Ty::This(_)
            | Ty::Local(_) => None,
        }
    }

    fn misplaced_arg(
        &self,
        arg: TyId,
        place: Place,
        variance: Variance,
        params: &[TypeParamId],
    ) -> Option<(TypeParamId, Place)> {
        match self.types.get(arg) {
            // The bounds of a wildcard say which way it is used.
            Ty::Wildcard(..) => self.misplaced(arg, place, params),
            _ => self.misplaced(arg, place.under(variance), params),
        }
    }

    /// How a private member is used by others than its own object; a public one is.
    fn reach(&self, method: MethodId) -> Reach {
        if !is_private(self.methods[method].access) {
            return Reach::Read;
        }
        let (getter, setter, field) = match self.symbols.methods[method].kind {
            MethodKind::Getter(field) => {
                (Some(method), self.symbols.fields[field].setter, Some(field))
            }
            _ => (Some(method), None, None),
        };
        let mut reach = Reach::Own;
        for body in self.bodies.values() {
            crate::visit::body(body, &mut |expr| {
                foreign_uses(expr, &mut |used| match used {
                    Use::Call(method) if Some(method) == setter => reach = Reach::Assigned,
                    Use::Assign(of) if Some(of) == field => reach = Reach::Assigned,
                    Use::Call(method) if Some(method) == getter && reach == Reach::Own => {
                        reach = Reach::Read;
                    }
                    Use::Read(of) if Some(of) == field && reach == Reach::Own => {
                        reach = Reach::Read;
                    }
                    _ => {}
                });
            });
        }
        reach
    }
}

/// `private` or `private[this]`.
fn is_private(access: Access) -> bool {
    match access {
        Access::Private(within) => within.is_none_or(|name| name.as_str() == "this"),
        Access::Public | Access::Protected(_) => false,
    }
}

/// A use of a member through another value than `this`.
enum Use {
    Call(MethodId),
    Read(FieldId),
    Assign(FieldId),
}

fn foreign_uses(expr: &Expr, found: &mut dyn FnMut(Use)) {
    let is_foreign = |receiver: &Expr| !matches!(receiver.kind, ExprKind::This(_));
    match &expr.kind {
        ExprKind::Call { method, receiver: Some(receiver), .. } if is_foreign(receiver) => {
            found(Use::Call(*method));
        }
        ExprKind::Field(receiver, field) if is_foreign(receiver) => found(Use::Read(*field)),
        ExprKind::AssignField(receiver, field, _) if is_foreign(receiver) => {
            found(Use::Assign(*field));
        }
        _ => {}
    }
    crate::visit::children(expr, &mut |child| foreign_uses(child, found));
}
