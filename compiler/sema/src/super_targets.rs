//! `super` in a trait goes on where the class that mixes it in has its next body: there must be one,
//! and it must be a method.
//!
//! It relies on typed bodies, in which the calls stand.

use crate::checker::{Checker, Term};
use crate::override_rules::MemberKind;
use crate::symbols::{ClassId, Implementation, MethodId};
use crate::typed::{Dispatch, Expr, ExprKind};
use fscc_base::{Diagnostic, FastMap, codes};

impl<'a> Checker<'a> {
    /// Checks every class of the user's that has instances.
    pub fn check_super_targets(&mut self) {
        if !self.trait_calls_super {
            return;
        }
        let mut calls: FastMap<ClassId, Vec<MethodId>> = FastMap::default();
        for body in self.bodies.values() {
            crate::visit::body(body, &mut |expr| collect(expr, &mut calls));
        }
        for class in self.symbols.classes.indices() {
            let info = &self.symbols.classes[class];
            if info.is_library || info.is_abstract {
                continue;
            }
            for (place, base) in info.linearization.clone().into_iter().enumerate() {
                for method in calls.get(&base).cloned().unwrap_or_default() {
                    self.check_super_target(class, place, method);
                }
            }
        }
    }

    /// Checks what a call of `method` on `super` reaches in a class, seen from one of its bases.
    fn check_super_target(&mut self, class: ClassId, place: usize, method: MethodId) {
        let name = self.symbols.methods[method].name;
        let after = self.symbols.classes[class].linearization[place + 1..].to_vec();
        let mut found = None;
        'bases: for base in after {
            self.complete_members(base);
            let Some(binding) = self.classes[base].decls.get(&name) else { continue };
            for term in binding.terms.clone() {
                let Term::Method(other) = term else { continue };
                let info = &self.symbols.methods[other];
                let has_body = info.implementation != Implementation::Abstract
                    || self.is_universal(other)
                    || self.methods[other].is_library;
                if has_body && self.same_parameters(other, method, class) {
                    found = Some(other);
                    break 'bases;
                }
            }
        }
        let (span, of) = (self.symbols.classes[class].span, self.symbols.classes[class].name);
        let trait_name =
            self.symbols.classes[self.symbols.classes[class].linearization[place]].name;
        let diagnostic = match found {
            None => Diagnostic::error(
                codes::MISSING_MEMBER,
                span,
                format!("`{of}` has no body of `{name}` that `super` in `{trait_name}` could run"),
            )
            .help(format!("extend a class that defines `{name}`, in front of `{trait_name}`")),
            Some(found) if self.member_kind(found) != MemberKind::Method => Diagnostic::error(
                codes::ABSTRACT_SUPER,
                span,
                format!("`super.{name}` in `{trait_name}` would reach a value in `{of}`"),
            )
            .label(self.symbols.methods[found].span, "the value")
            .help(format!("put `{trait_name}` before what defines the value")),
            Some(_) => return,
        };
        self.report(diagnostic);
    }
}

fn collect(expr: &Expr, calls: &mut FastMap<ClassId, Vec<MethodId>>) {
    if let ExprKind::Call { method, dispatch: Dispatch::SuperOf(class), .. } = &expr.kind {
        let methods = calls.entry(*class).or_default();
        if !methods.contains(method) {
            methods.push(*method);
        }
    }
    crate::visit::children(expr, &mut |child| collect(child, calls));
}
