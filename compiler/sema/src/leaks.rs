//! Private classes in the types of members that others see: what cannot be named outside of a class
//! does not leave it.
//!
//! A member is seen inside its *boundary*: the innermost class around it that is reached only by
//! private members or from blocks, or everywhere. A private class is known in the class around it
//! and in the companion of that.

use crate::checker::{Access, Checker, MethodSource};
use crate::symbols::{ClassId, ClassKind, MethodId, MethodKind, Owner};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};

/// Where a member can be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Boundary {
    Everywhere,
    Within(ClassId),
    /// In a block, or a part of the program that has a name of its own.
    Narrow,
}

impl Checker<'_> {
    /// Checks the members of the user's classes, when all their types are known.
    pub fn check_leaks(&mut self) {
        for class in self.symbols.classes.indices() {
            if self.symbols.classes[class].is_library {
                continue;
            }
            let owner = self.symbols.classes[class].owner;
            let boundary = self.boundary(self.classes[class].access, owner);
            let info = &self.symbols.classes[class];
            let (name, span, parents) = (info.name, info.span, info.parents.clone());
            for parent in parents {
                self.check_leak(boundary, parent, (name, span), "parent");
            }
            for method in self.symbols.classes[class].methods.clone() {
                self.check_method_leaks(class, method);
            }
        }
    }

    fn check_method_leaks(&mut self, class: ClassId, method: MethodId) {
        let info = &self.symbols.methods[method];
        let is_written = matches!(
            self.methods[method].source,
            MethodSource::Def(..) | MethodSource::Extension(..) | MethodSource::Accessor(_)
        ) || info.kind == MethodKind::Constructor
            && self.symbols.classes[class].kind == ClassKind::Class;
        let is_setter = matches!(info.kind, MethodKind::Setter(_));
        if !is_written || is_setter || info.span.is_synthetic() {
            return;
        }
        let boundary = self.boundary(self.methods[method].access, Owner::Class(class));
        let name = if info.kind == MethodKind::Constructor {
            self.symbols.classes[class].name
        } else {
            info.name
        };
        let place = (name, info.span);
        let mut types = vec![info.result];
        types.extend(info.params.iter().map(|param| self.symbols.locals[*param].ty));
        for param in &info.type_params {
            let param = &self.symbols.type_params[*param];
            types.extend([param.lower, param.upper]);
        }
        for ty in types {
            if self.check_leak(boundary, ty, place, "type") {
                return;
            }
        }
    }

    /// Where a definition with this access can be used.
    fn boundary(&self, access: Access, owner: Owner) -> Boundary {
        let (mut access, mut owner) = (access, owner);
        loop {
            match (access, owner) {
                (Access::Private(Some(_)) | Access::Protected(Some(_)), _)
                | (_, Owner::Method(_)) => {
                    return Boundary::Narrow;
                }
                (Access::Private(None), Owner::Class(class)) => return Boundary::Within(class),
                (_, Owner::Package) => return Boundary::Everywhere,
                (_, Owner::Class(class)) => {
                    access = self.classes[class].access;
                    owner = self.symbols.classes[class].owner;
                }
            }
        }
    }

    /// Reports a private class in a type that is seen where the class is not.
    fn check_leak(
        &mut self,
        boundary: Boundary,
        ty: TyId,
        (name, span): (Name, Span),
        what: &str,
    ) -> bool {
        if boundary == Boundary::Narrow {
            return false;
        }
        let mut leaked = None;
        self.types.any_part(ty, &mut |part| {
            if let Ty::Class(class, _) | Ty::Constructor(class) = part
                && self.leaves(class, boundary)
            {
                leaked = Some(class);
            }
            leaked.is_some()
        });
        let Some(class) = leaked else { return false };
        let info = &self.symbols.classes[class];
        let message = format!("`{name}` shows the private class `{}` to others", info.name);
        let report = Diagnostic::error(codes::PRIVATE_LEAK, span, message)
            .because(format!("it is part of its {what}"))
            .label(info.span, "private here")
            .help(format!("make `{name}` private, or `{}` public", info.name));
        self.report(report);
        true
    }

    fn leaves(&self, class: ClassId, boundary: Boundary) -> bool {
        let Owner::Class(around) = self.symbols.classes[class].owner else { return false };
        if self.classes[class].access != Access::Private(None) {
            return false;
        }
        let companion = self.symbols.classes[around].companion;
        let mut next = match boundary {
            Boundary::Within(within) => Some(within),
            Boundary::Everywhere | Boundary::Narrow => None,
        };
        while let Some(within) = next {
            if within == around || Some(within) == companion {
                return false;
            }
            next = match self.symbols.classes[within].owner {
                Owner::Class(outer) => Some(outer),
                Owner::Package => None,
                // What a block declares is seen in it only.
                Owner::Method(_) => return false,
            };
        }
        true
    }
}
