//! Bounds of the type arguments that the program writes. They are checked after everything else:
//! while a type is resolved, the parents of the classes in it may not be known yet.

use crate::checker::Checker;
use crate::scope::ScopeId;
use crate::types::{Subst, Ty, TyId};
use fscc_base::Span;

/// A class type in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    ty: TyId,
    span: Span,
    scope: ScopeId,
}

impl Checker<'_> {
    /// Remembers a type with arguments for the check. Where a pattern has proved something, the
    /// bounds may hold by that proof alone.
    pub fn note_written(&mut self, ty: TyId, span: Span, scope: ScopeId) {
        let has_args = matches!(self.types.get(ty), Ty::Class(_, args) if !args.is_empty());
        let has_proofs = self.has_proofs_aside || !self.proved.is_empty();
        if has_args && !has_proofs && !self.env.is_library {
            self.written.push(Written { ty, span, scope });
        }
    }

    /// Reports type arguments outside of the bounds of their parameters.
    pub(crate) fn check_written(&mut self) {
        for Written { ty, span, scope } in std::mem::take(&mut self.written) {
            let Ty::Class(class, args) = self.types.get(ty) else { continue };
            let info = &self.symbols.classes[class];
            let own = info.own_type_params;
            let params = info.type_params.clone();
            let subst = Subst::zip(&params, args);
            let outer = std::mem::replace(&mut self.env.scope, scope);
            for (param, arg) in params.into_iter().zip(args).take(own) {
                let is_bound_here = matches!(
                    self.types.get(*arg),
                    Ty::Param(param) if self.pattern_types.contains(&param)
                );
                if !is_bound_here {
                    self.check_bounds(param, *arg, &subst, None, span);
                }
            }
            self.env.scope = outer;
        }
    }
}
