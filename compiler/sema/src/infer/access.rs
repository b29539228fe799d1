//! Whether a member may be named at a place: `private`, `protected` and their qualifiers; and what
//! is said where it may not.

use crate::checker::{Access, Checker, Term};
use crate::scope::{ScopeId, ScopeKind};
use crate::symbols::{ClassId, ClassKind, Owner};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};

impl<'a> Checker<'a> {
    /// Whether a member may be named at this place.
    pub fn is_accessible(&self, term: Term) -> bool {
        self.is_accessible_through(term, None)
    }

    /// The same for a member of a value: through a value of another type than the class around,
    /// what is protected is seen only in the class itself.
    pub fn is_accessible_through(&self, term: Term, receiver: Option<TyId>) -> bool {
        let (access, owner) = match term {
            Term::Method(method) => {
                let Owner::Class(owner) = self.symbols.methods[method].owner else { return true };
                (self.methods[method].access, owner)
            }
            Term::Field(field) => (Access::Private(None), self.symbols.fields[field].owner),
            Term::Object(class) => {
                let Owner::Class(owner) = self.symbols.classes[class].owner else { return true };
                (self.classes[class].access, owner)
            }
            Term::Local(_) | Term::Package(_) | Term::SelfAlias(_) => return true,
        };
        match access {
            Access::Public => true,
            Access::Private(None) => self.is_within(owner),
            Access::Private(Some(within)) | Access::Protected(Some(within))
                if within.as_str() != "this" =>
            {
                self.is_within_named(within)
                    || self.is_within(owner)
                    || self.inherits(owner, receiver)
            }
            Access::Private(Some(_)) => self.is_within(owner),
            Access::Protected(_) => self.is_within(owner) || self.inherits(owner, receiver),
        }
    }

    /// Whether this place is inside a class or its companion.
    fn is_within(&self, owner: ClassId) -> bool {
        if self.package_objects.contains_key(&owner) {
            return true;
        }
        let companion = self.symbols.classes[owner].companion;
        let mut next = self.env.class;
        while let Some(class) = next {
            if class == owner || Some(class) == companion {
                return true;
            }
            next = self.class_around(class);
        }
        // Parents' arguments and default values stand outside but belong to the class.
        let mut scope = Some(self.env.scope);
        while let Some(here) = scope {
            if let ScopeKind::Class(class) = self.scopes[here].kind
                && (class == owner || Some(class) == companion)
            {
                return true;
            }
            scope = self.scopes[here].parent;
        }
        false
    }

    /// Whether this place is in a class (or a companion of one) that inherits from `owner`, and
    /// the receiver, if it is not that class itself, is a value of it (Scala reference 5.2).
    fn inherits(&self, owner: ClassId, receiver: Option<TyId>) -> bool {
        let mut next = self.env.class;
        while let Some(class) = next {
            if self.types.derives(&self.symbols, class, owner) {
                return self.symbols.classes[owner].kind == ClassKind::Object
                    || receiver.is_none_or(|receiver| self.is_value_of(receiver, class));
            }
            if let Some(companion) = self.symbols.classes[class].companion
                && self.types.derives(&self.symbols, companion, owner)
            {
                return true;
            }
            // What the self type inherits, a trait may name as its own.
            if let Some(Ty::And(_, own)) =
                self.symbols.classes[class].self_ty.map(|t| self.types.get(t))
                && let Some(own) = self.types.class_of(own)
                && self.types.derives(&self.symbols, own, owner)
            {
                return true;
            }
            next = self.class_around(class);
        }
        false
    }

    /// Whether values of this type belong to a class; what is not known yet may.
    fn is_value_of(&self, ty: TyId, class: ClassId) -> bool {
        match self.types.get(self.resolve(ty)) {
            Ty::Class(own, _) => self.types.derives(&self.symbols, own, class),
            Ty::This(own) => {
                let self_type = self.symbols.classes[own].self_ty;
                self.types.derives(&self.symbols, own, class)
                    || self_type.is_some_and(|ty| match self.types.get(ty) {
                        Ty::And(_, other) => self.is_value_of(other, class),
                        _ => false,
                    })
            }
            Ty::Literal(of, _) => self.is_value_of(of, class),
            Ty::Local(local) => self.is_value_of(self.symbols.locals[local].ty, class),
            Ty::Param(param) => self.is_value_of(self.symbols.type_params[param].upper, class),
            Ty::Wildcard(_, upper) => self.is_value_of(upper, class),
            Ty::And(a, b) => self.is_value_of(a, class) || self.is_value_of(b, class),
            Ty::Or(a, b) => self.is_value_of(a, class) && self.is_value_of(b, class),
            _ => true,
        }
    }

    fn is_within_named(&self, name: Name) -> bool {
        let mut scope = Some(self.env.scope);
        while let Some(here) = scope {
            match self.scopes[here].kind {
                ScopeKind::Class(class) if self.symbols.classes[class].name == name => {
                    return true;
                }
                ScopeKind::Package(package) => {
                    let full = &self.packages[package].full_name;
                    if full.split('.').any(|part| part == name.as_str()) {
                        return true;
                    }
                }
                _ => {}
            }
            scope = self.scopes[here].parent;
        }
        false
    }

    /// A member that exists but may not be named at this place; `what` says which one of what.
    pub fn not_accessible(&mut self, what: String, hidden: Term, span: Span) {
        let mut diagnostic = Diagnostic::error(
            codes::NOT_ACCESSIBLE,
            span,
            format!("{what} cannot be accessed from here"),
        );
        let access = match hidden {
            Term::Method(method) => self.methods[method].access,
            Term::Object(class) => self.classes[class].access,
            _ => Access::Private(None),
        };
        let text = match access {
            Access::Protected(None) => {
                "it is `protected`: subclasses see it, in values of their own class".to_owned()
            }
            Access::Private(None) | Access::Public => {
                "it is `private`: its class and the companion see it".to_owned()
            }
            Access::Private(Some(within)) | Access::Protected(Some(within)) => {
                format!("it is seen within `{within}`")
            }
        };
        if let Some(place) = self.place_of_term(hidden) {
            diagnostic = diagnostic.label(place, text);
        }
        self.report(diagnostic);
    }

    /// A private member of this name of a parent of a class around a place.
    pub fn private_of_parent(&self, name: Name, scope: ScopeId) -> Option<(ClassId, Term)> {
        let mut next = Some(scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            let ScopeKind::Class(class) = self.scopes[scope].kind else { continue };
            for base in self.symbols.classes[class].linearization.iter().skip(1) {
                let binding = self.classes[*base].decls.get(&name);
                if let Some(term) = binding.and_then(|binding| binding.terms.first()) {
                    return Some((*base, *term));
                }
            }
        }
        None
    }

    /// The class around a class.
    pub fn class_around(&self, class: ClassId) -> Option<ClassId> {
        match self.symbols.classes[class].owner {
            Owner::Class(outer) => Some(outer),
            Owner::Method(method) => self.methods[method].class,
            Owner::Package => None,
        }
    }
}
