//! Extension methods: found by name in scope, in imports, in givens and in companions.

use crate::checker::{Checker, Term};
use crate::infer::callee::{Callee, MethodRef};
use crate::infer::expr::typed;
use crate::infer::implicit::Given;
use crate::scope::{ImportBase, ScopeKind};
use crate::symbols::{MethodId, Owner};
use crate::typed::{Expr, ExprKind};
use crate::types::TyId;
use fscc_base::{Name, Span};

impl<'a> Checker<'a> {
    // Extension methods.

    /// Whether some extension method of this name is in reach for a value.
    pub fn has_extension(&mut self, ty: TyId, name: Name) -> bool {
        let span = Span::synthetic();
        let probe = typed(ExprKind::Error, ty, span);
        let snapshot = self.snapshot();
        let found = self.find_extension(&probe, name, span).is_some();
        self.rollback(snapshot);
        found
    }

    /// `receiver.name` for an extension method; the receiver comes back if there is none.
    pub fn extension_callee(
        &mut self,
        receiver: Expr,
        name: Name,
        span: Span,
    ) -> Result<Callee, Expr> {
        match self.find_extension(&receiver, name, span) {
            Some(mut methods) => {
                methods.extension = Some(self.no_java_companion(receiver));
                Ok(Callee::Methods(Box::new(methods)))
            }
            None => Err(receiver),
        }
    }

    fn find_extension(&mut self, receiver: &Expr, name: Name, span: Span) -> Option<MethodRef> {
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scope_around(scope, self.env.scope);
            if let Some(found) = self.extension_in_scope(scope, receiver, name, span) {
                return Some(found);
            }
        }
        // Givens in reach may have extension methods.
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scope_around(scope, self.env.scope);
            let givens = self.givens_of_scope(scope);
            if let Some(found) = self.extension_in_givens(&givens, receiver, name, span) {
                return Some(found);
            }
        }
        let ty = receiver.ty;
        for object in self.companions_of_type(ty) {
            let terms = self.term_members(object, name);
            let owner = self.object(object, span);
            if let Some(found) = self.extension_among(&terms, Some(owner), receiver, name, span) {
                return Some(found);
            }
        }
        let givens = self.givens_of_type(ty);
        self.extension_in_givens(&givens, receiver, name, span)
    }

    fn extension_in_scope(
        &mut self,
        scope: crate::scope::ScopeId,
        receiver: &Expr,
        name: Name,
        span: Span,
    ) -> Option<MethodRef> {
        match &self.scopes[scope].kind {
            ScopeKind::Names(names) => {
                let terms = names.get(&name)?.terms.to_vec();
                self.extension_among(&terms, None, receiver, name, span)
            }
            ScopeKind::Class(class) => {
                let class = *class;
                if !self.has_term_member(class, name) {
                    return None;
                }
                let terms = self.term_members(class, name);
                if !self.any_extension(&terms) {
                    return None;
                }
                let inside = self.env.class == Some(class);
                let owner =
                    if self.is_object_class(class) && self.classes[class].is_static && !inside {
                        self.object(class, span)
                    } else {
                        self.this_of(class, span)
                    };
                self.extension_among(&terms, Some(owner), receiver, name, span)
            }
            ScopeKind::Package(package) => {
                let package = *package;
                let found = self.package_term(package, name)?;
                self.extension_of_found(found, receiver, name, span)
            }
            ScopeKind::Import(import) => {
                let import = *import;
                let found = self.imported(import, name)?;
                self.extension_of_found(found, receiver, name, span)
            }
        }
    }

    fn extension_of_found(
        &mut self,
        found: crate::scope::Found,
        receiver: &Expr,
        name: Name,
        span: Span,
    ) -> Option<MethodRef> {
        use crate::scope::Found;
        match found {
            Found::Terms(terms) => {
                let owner = terms.iter().find_map(|term| match term {
                    Term::Method(method) => match self.symbols.methods[*method].owner {
                        Owner::Class(class) => Some(class),
                        _ => None,
                    },
                    _ => None,
                });
                let owner = owner.map(|class| self.object(class, span));
                self.extension_among(&terms, owner, receiver, name, span)
            }
            Found::Member(class, there) => {
                let terms = self.term_members(class, there);
                let owner = self.object(class, span);
                self.extension_among(&terms, Some(owner), receiver, name, span)
            }
            Found::Imported(import, there) => match self.import_base(import) {
                ImportBase::None => None,
                ImportBase::Package(package) => {
                    let found = self.package_term(package, there)?;
                    self.extension_of_found(found, receiver, name, span)
                }
                ImportBase::Object(class) => {
                    let terms = self.term_members(class, there);
                    let owner = self.object(class, span);
                    self.extension_among(&terms, Some(owner), receiver, name, span)
                }
                ImportBase::Value(ty) => {
                    let terms = self.members_of(ty, there);
                    if !self.any_extension(&terms) {
                        return None;
                    }
                    let owner = self.import_path(import, span);
                    self.extension_among(&terms, Some(owner), receiver, name, span)
                }
            },
        }
    }

    fn any_extension(&self, terms: &[Term]) -> bool {
        terms.iter().any(|term| match term {
            Term::Method(method) => self.methods[*method].receiver_list.is_some(),
            _ => false,
        })
    }

    /// The extension methods among these terms whose receiver parameter takes the value.
    fn extension_among(
        &mut self,
        terms: &[Term],
        owner: Option<Expr>,
        receiver: &Expr,
        name: Name,
        span: Span,
    ) -> Option<MethodRef> {
        let prefix = owner.as_ref().map(|owner| owner.ty);
        let mut candidates = Vec::new();
        for term in terms {
            let Term::Method(method) = term else { continue };
            if self.methods[*method].receiver_list.is_none() || !self.is_accessible(*term) {
                continue;
            }
            if self.takes_receiver(*method, prefix, receiver) {
                candidates.push(*method);
            }
        }
        if candidates.is_empty() {
            return None;
        }
        Some(MethodRef {
            name,
            span,
            receiver: owner,
            prefix,
            candidates,
            dispatch: None,
            creates: None,
            extension: None,
        })
    }

    fn takes_receiver(&mut self, method: MethodId, prefix: Option<TyId>, receiver: &Expr) -> bool {
        self.complete_params(method);
        let info = &self.symbols.methods[method];
        let list = self.methods[method].receiver_list.unwrap_or(0) as usize;
        let at: u32 = info.lists[..list.min(info.lists.len())].iter().map(|list| list.len).sum();
        let Some(param) = info.params.get(at as usize).copied() else { return false };
        let snapshot = self.snapshot();
        let (subst, _) = self.method_vars(method);
        let ty = self.symbols.locals[param].ty;
        let ty = self.argument_type(param, ty);
        let ty = match prefix {
            Some(prefix) => self.seen(ty, prefix),
            None => ty,
        };
        let ty = self.types.subst(ty, &subst);
        let mut fits = self.sub(receiver.ty, ty);
        if !fits {
            // An Int constant or number may be widened to the receiver's type.
            let (found, wanted) = (self.types.widen(receiver.ty), self.resolve(ty));
            fits = self.is_number(found) && self.is_number(wanted) && self.widens(found, wanted);
        }
        self.rollback(snapshot);
        fits
    }

    fn extension_in_givens(
        &mut self,
        givens: &[Given],
        receiver: &Expr,
        name: Name,
        span: Span,
    ) -> Option<MethodRef> {
        for given in givens {
            if !self.is_plain_given(*given) {
                continue;
            }
            if let Some(method) = Self::given_method(*given)
                && self.methods[method].signature == crate::checker::Status::Running
            {
                continue;
            }
            let (ty, _) = self.given_result(*given);
            let terms = self.members_of(ty, name);
            if !self.any_extension(&terms) {
                continue;
            }
            let snapshot = self.snapshot();
            // A given with type parameters learns them from the receiver's type.
            let mut fits = false;
            for term in &terms {
                let Term::Method(method) = term else { continue };
                if self.methods[*method].receiver_list.is_some()
                    && self.takes_receiver_open(*method, ty, receiver)
                {
                    fits = true;
                    break;
                }
            }
            if !fits {
                self.rollback(snapshot);
                continue;
            }
            let wanted = self.resolve(ty);
            let Some(owner) = self.try_given(*given, wanted, span) else {
                self.rollback(snapshot);
                continue;
            };
            let mut owner = owner;
            owner.ty = self.solve_all(owner.ty);
            if let Some(found) = self.extension_among(&terms, Some(owner), receiver, name, span) {
                return Some(found);
            }
        }
        None
    }

    /// As [`Checker::takes_receiver`], keeping what is learned about the prefix's variables.
    fn takes_receiver_open(&mut self, method: MethodId, prefix: TyId, receiver: &Expr) -> bool {
        self.complete_params(method);
        let info = &self.symbols.methods[method];
        let list = self.methods[method].receiver_list.unwrap_or(0) as usize;
        let at: u32 = info.lists[..list.min(info.lists.len())].iter().map(|list| list.len).sum();
        let Some(param) = info.params.get(at as usize).copied() else { return false };
        let (subst, _) = self.method_vars(method);
        let ty = self.symbols.locals[param].ty;
        let ty = self.argument_type(param, ty);
        let ty = self.seen(ty, prefix);
        let ty = self.types.subst(ty, &subst);
        self.conforms(receiver.ty, ty)
    }
}
