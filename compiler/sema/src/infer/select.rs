//! Selection: a member of a package, of `super`, or of a value.

use crate::checker::{Access, Checker, Term};
use crate::infer::callee::{Callee, MethodRef};
use crate::infer::expr::typed;
use crate::infer::proof::Relation;
use crate::known::OWN_CLASS_MAX;
use crate::member::Terms;
use crate::override_rules::MemberKind;
use crate::scope::PackageId;
use crate::symbols::{ClassId, ClassKind, FieldId, MethodId, Owner};
use crate::typed::{Dispatch, Expr, ExprKind};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// `package.name`.
    pub(super) fn package_member(&mut self, package: PackageId, name: ast::Ident) -> Callee {
        if let Some(found) = self.package_term(package, name.name) {
            return self.callee_of_found(found, name);
        }
        if let Some((symbol, prefix)) = self.package_type(package, name.name)
            && let Some(creator) = self.creator_of(symbol, prefix, name.span)
        {
            return creator;
        }
        let base = self.packages[package].full_name.clone();
        if base.starts_with("scala") || base.starts_with("java") {
            self.outside_library(&format!("{base}.{}", name.name), name.span);
        } else {
            self.fail(
                codes::NO_MEMBER,
                name.span,
                format!("the package `{base}` has no member `{}`", name.name),
            );
        }
        Callee::Error(name.span)
    }

    /// `super.name`.
    pub(super) fn super_member(
        &mut self,
        outer: Option<ast::Ident>,
        parent: Option<ast::Ident>,
        name: ast::Ident,
        span: Span,
    ) -> Callee {
        let scope = self.env.scope;
        let Some(class) = self.this_class(outer, scope) else {
            self.fail(codes::NO_THIS, span, "there is no class around `super` here");
            return Callee::Error(span);
        };
        let receiver = self.this_of(class, span);
        let parents = self.symbols.classes[class].parents.clone();
        let bases: Vec<ClassId> = match parent {
            Some(parent) => {
                let found = parents.iter().find_map(|ty| {
                    let base = self.types.class_of(*ty)?;
                    (self.symbols.classes[base].name == parent.name).then_some(base)
                });
                let Some(base) = found else {
                    self.fail(
                        codes::NO_MEMBER,
                        parent.span,
                        format!("`{}` is not a parent of this class", parent.name),
                    );
                    return Callee::Error(span);
                };
                self.symbols.classes[base].linearization.clone()
            }
            None => {
                let mut bases = self.symbols.classes[class].linearization.clone();
                bases.remove(0);
                // A trait with a self type finds its members there too, at run time.
                bases
            }
        };
        let mut candidates: Vec<MethodId> = Vec::new();
        for base in bases {
            self.complete_members(base);
            let Some(binding) = self.classes[base].decls.get(&name.name) else { continue };
            for term in binding.terms.clone() {
                let Term::Method(method) = term else { continue };
                if matches!(self.methods[method].access, Access::Private(None)) {
                    continue;
                }
                let hidden = candidates
                    .clone()
                    .into_iter()
                    .any(|other| self.same_parameters(other, method, class));
                if !hidden {
                    candidates.push(method);
                }
            }
        }
        if candidates.is_empty() {
            self.fail(
                codes::NO_MEMBER,
                name.span,
                format!("no parent of this class has a member `{}`", name.name),
            );
            return Callee::Error(span);
        }
        let is_trait = self.symbols.classes[class].kind == ClassKind::Trait;
        let without_body = candidates.iter().all(|method| {
            self.symbols.methods[*method].implementation == crate::symbols::Implementation::Abstract
                && !self.methods[*method].is_library
        });
        let stacks = self
            .env
            .method
            .is_some_and(|method| self.methods[method].flags.contains(ast::Flags::ABSTRACT));
        if without_body && !stacks {
            self.report(
                Diagnostic::error(
                    codes::ABSTRACT_SUPER,
                    name.span,
                    format!("`{}` has no body in a parent of this class", name.name),
                )
                .label(self.symbols.methods[candidates[0]].span, "declared here")
                .help("give it a body in the parent, or mark this member `abstract override`"),
            );
            return Callee::Error(span);
        }
        if candidates.iter().all(|method| self.member_kind(*method) != MemberKind::Method) {
            self.report(
                Diagnostic::error(
                    codes::ABSTRACT_SUPER,
                    name.span,
                    format!("`{}` is a value, which `super` does not reach", name.name),
                )
                .label(self.symbols.methods[candidates[0]].span, "declared here")
                .help("let it be a `def` in the parent, or give the value there another name"),
            );
            return Callee::Error(span);
        }
        let dispatch = match is_trait && parent.is_none() {
            true => {
                self.trait_calls_super = true;
                Dispatch::SuperOf(class)
            }
            false => Dispatch::Static,
        };
        let prefix = Some(receiver.ty);
        Callee::Methods(Box::new(MethodRef {
            name: name.name,
            span: name.span,
            receiver: Some(receiver),
            prefix,
            candidates,
            dispatch: Some(dispatch),
            creates: None,
            extension: None,
        }))
    }

    /// The members of a value, by name.
    pub fn members_of(&mut self, ty: TyId, name: Name) -> Terms {
        let ty = self.resolve(ty);
        match self.types.get(ty) {
            Ty::Class(class, _) => self.term_members(class, name),
            Ty::This(class) => {
                let own = self.term_members(class, name);
                match self.symbols.classes[class].self_ty.map(|ty| self.types.get(ty)) {
                    Some(Ty::And(_, other)) if own.is_empty() => self.members_of(other, name),
                    // Overloads that only the self type has.
                    Some(Ty::And(_, other)) => {
                        let mut all = own;
                        for term in self.members_of(other, name) {
                            let Term::Method(method) = term else { continue };
                            let hidden =
                                all.iter().copied().collect::<Vec<_>>().into_iter().any(|known| {
                                    match known {
                                        Term::Method(known) => {
                                            known == method
                                                || self.same_parameters(known, method, class)
                                        }
                                        _ => true,
                                    }
                                });
                            if !hidden {
                                all.push(term);
                            }
                        }
                        all
                    }
                    _ => own,
                }
            }
            Ty::Literal(of, _) => self.members_of(of, name),
            Ty::Local(local) => {
                let ty = self.symbols.locals[local].ty;
                self.members_of(ty, name)
            }
            Ty::Param(param) => {
                if let Some(rhs) = self.visible_opaque(param) {
                    let found = self.members_of(rhs, name);
                    if !found.is_empty() {
                        return found;
                    }
                }
                for number in 0..self.proved.len() {
                    let proof = self.proved[number];
                    if proof.says(param, Relation::Below) {
                        let found =
                            self.without_proof(number, |this| this.members_of(proof.ty, name));
                        if !found.is_empty() {
                            return found;
                        }
                    }
                }
                let upper = self.upper_bound(param);
                self.members_of(upper, name)
            }
            Ty::Applied(function, args) => match self.types.get(function) {
                Ty::Param(param) => {
                    if let Some(rhs) = self.visible_opaque(param) {
                        let ty = self.types.apply(rhs, args);
                        return self.members_of(ty, name);
                    }
                    let upper = self.upper_bound(param);
                    let upper = self.types.apply(upper, args);
                    if upper == ty { Terms::new() } else { self.members_of(upper, name) }
                }
                _ => Terms::new(),
            },
            Ty::And(a, b) => {
                let mut found = self.members_of(a, name);
                for term in self.members_of(b, name) {
                    if found.contains(&term) {
                        continue;
                    }
                    let class = self.class_for_members(a);
                    let hidden = found.clone().into_iter().any(|other| match (other, term) {
                        (Term::Method(x), Term::Method(y)) => {
                            class.is_some_and(|class| self.same_parameters(x, y, class))
                        }
                        _ => true,
                    });
                    if !hidden {
                        found.push(term);
                    }
                }
                found
            }
            Ty::Or(..) => match self.join_of(ty) {
                Some(join) if join != ty => self.members_of(join, name),
                _ => Terms::new(),
            },
            Ty::Wildcard(_, upper) => self.members_of(upper, name),
            _ => Terms::new(),
        }
    }

    /// `receiver.name` in the source. Elements of tuples that are too long for a class of their
    /// own in Scala have no names there.
    pub(super) fn select_written(&mut self, mut receiver: Expr, name: ast::Ident) -> Callee {
        receiver.ty = self.solve_head(receiver.ty);
        let class = self.types.class_of(receiver.ty);
        let arity = class.and_then(|class| self.known.tuple_arity(class));
        if arity.is_some_and(|arity| arity > OWN_CLASS_MAX) && name.as_str().starts_with('_') {
            self.no_member(receiver.ty, name.name, name.span);
            return Callee::Error(name.span);
        }
        self.select(receiver, name.name, name.span)
    }

    /// `receiver.name`.
    pub fn select(&mut self, mut receiver: Expr, name: Name, span: Span) -> Callee {
        receiver.ty = self.solve_head(receiver.ty);
        if name.as_str() != "apply" {
            receiver = self.with_context(receiver);
        }
        if matches!(receiver.kind, ExprKind::Error) || self.types.is_error(receiver.ty) {
            return Callee::Error(span);
        }
        // What is known about its arguments decides them before members are looked at.
        self.solve_known(receiver.ty);
        receiver.ty = self.resolve(receiver.ty);
        receiver.ty = self.open(receiver.ty);
        let ty = receiver.ty;
        let mut terms = self.members_of(ty, name);
        if terms.is_empty() && self.types.class_of(ty) == Some(self.types.roots().null_class) {
            terms = self.members_of(self.types.roots().any_ref, name);
        }
        // `super` and `this` see all that is inherited.
        let through = (!matches!(receiver.kind, ExprKind::This(_))).then_some(ty);
        let visible: Terms = (terms.iter().copied())
            .filter(|term| self.is_accessible_through(*term, through))
            .collect();
        if visible.is_empty() {
            return self.select_elsewhere(receiver, name, span, terms.first().copied());
        }
        match visible[0] {
            Term::Object(class) => Callee::Value(self.object(class, span)),
            Term::Field(field) => {
                if let Some(value) = self.parameter_before_super(&receiver, field, span) {
                    return Callee::Value(value);
                }
                Callee::Value(self.field(receiver, field, span))
            }
            Term::Method(_) => {
                let candidates: Vec<MethodId> = (visible.iter())
                    .filter_map(|term| match term {
                        Term::Method(method) => Some(*method),
                        _ => None,
                    })
                    .collect();
                // Members of a union, and what a pattern proved, need the value at that type.
                receiver = self.narrowed(receiver, candidates[0]);
                let prefix = Some(receiver.ty);
                self.methods_callee(name, span, Some(receiver), prefix, candidates)
            }
            Term::Local(_) | Term::Package(_) | Term::SelfAlias(_) => Callee::Error(span),
        }
    }

    /// A receiver whose class is only known by a detour (a union's join, a proof of a pattern).
    pub(super) fn narrowed(&mut self, receiver: Expr, method: MethodId) -> Expr {
        let Owner::Class(owner) = self.symbols.methods[method].owner else { return receiver };
        let roots = self.types.roots();
        if owner == roots.any_class || owner == roots.any_ref_class {
            return receiver;
        }
        let ty = self.resolve(receiver.ty);
        let target = match self.types.get(ty) {
            Ty::Or(..) => self.join_of(ty),
            Ty::Param(param) => {
                let upper = self.upper_bound(param);
                if self.base(upper, owner).is_none() {
                    let proofs = self.proofs_of(param, Relation::Below);
                    proofs.into_iter().find(|ty| self.base(*ty, owner).is_some())
                } else {
                    None
                }
            }
            _ => None,
        };
        match target {
            Some(target) => {
                let span = receiver.span;
                typed(ExprKind::Cast(Box::new(receiver), target), target, span)
            }
            None => receiver,
        }
    }

    /// In the arguments of a parent's constructor a class parameter is the parameter itself.
    fn parameter_before_super(
        &mut self,
        receiver: &Expr,
        field: FieldId,
        span: Span,
    ) -> Option<Expr> {
        let ExprKind::This(class) = receiver.kind else { return None };
        if !self.env.before_super || self.env.class != Some(class) {
            return None;
        }
        let param = self.fields[field].param?;
        Some(self.local(param, span))
    }

    /// No member fits: extension methods, conversions, or an error.
    fn select_elsewhere(
        &mut self,
        receiver: Expr,
        name: Name,
        span: Span,
        hidden: Option<Term>,
    ) -> Callee {
        let receiver = match self.named_element(receiver, name, span) {
            Ok(callee) => return callee,
            Err(receiver) => receiver,
        };
        let receiver = match self.extension_callee(receiver, name, span) {
            Ok(callee) => return callee,
            Err(receiver) => receiver,
        };
        let receiver = match self.view_member(receiver, name) {
            Ok(view) => return self.select(view, name, span),
            Err(receiver) => receiver,
        };
        if let Some(hidden) = hidden {
            let text = self.show(receiver.ty);
            self.not_accessible(format!("`{name}` of `{text}`"), hidden, span);
        } else {
            self.no_member(receiver.ty, name, span);
        }
        Callee::Error(span)
    }
}
