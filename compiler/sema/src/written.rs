//! Bounds of the type arguments that the program writes. They are checked after everything else:
//! while a type is resolved, the parents of the classes in it may not be known yet.

use crate::checker::Checker;
use crate::scope::ScopeId;
use crate::symbols::TypeParamId;
use crate::types::{Subst, Ty, TyId};
use fscc_base::Span;

/// A type with arguments in the source.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// What is applied: a class, or an alias as a type lambda.
    function: TyId,
    args: Vec<TyId>,
    /// Where each of them stands.
    spans: Vec<Span>,
    /// What came of it.
    applied: TyId,
    scope: ScopeId,
}

impl Checker<'_> {
    /// Remembers a type with arguments for the check. Where a pattern has proved something, the
    /// bounds may hold by that proof alone.
    pub fn note_written(
        &mut self,
        (function, args): (TyId, &[TyId]),
        spans: Vec<Span>,
        applied: TyId,
        scope: ScopeId,
    ) {
        let has_proofs = self.has_proofs_aside || !self.proved.is_empty();
        if !has_proofs && !self.env.is_library {
            let args = args.to_vec();
            self.written.push(Written { function, args, spans, applied, scope });
        }
    }

    /// Reports type arguments outside of the bounds of their parameters.
    pub(crate) fn check_written(&mut self) {
        for written in std::mem::take(&mut self.written) {
            let params: Vec<TypeParamId> = match self.types.get(written.function) {
                Ty::Constructor(class) => {
                    let info = &self.symbols.classes[class];
                    info.type_params[..info.own_type_params].to_vec()
                }
                Ty::Lambda(params, _) => params.to_vec(),
                _ => continue,
            };
            // Bounds of an inner class may name the parameters of the classes around it.
            let subst = match self.types.get(written.applied) {
                Ty::Class(class, args)
                    if matches!(self.types.get(written.function), Ty::Constructor(_)) =>
                {
                    Subst::zip(&self.symbols.classes[class].type_params, args)
                }
                _ => Subst::zip(&params, &written.args),
            };
            let is_known = written.args.iter().all(|arg| self.is_known_argument(*arg));
            if params.len() != written.args.len() || !is_known {
                continue;
            }
            let outer = std::mem::replace(&mut self.env.scope, written.scope);
            for ((param, arg), span) in params.iter().zip(&written.args).zip(written.spans) {
                self.check_bounds(*param, *arg, &subst, None, span);
            }
            self.env.scope = outer;
        }
    }

    /// Whether no part of a type is a mistake or a variable that a pattern binds.
    fn is_known_argument(&self, ty: TyId) -> bool {
        let is_bound_here =
            |part: Ty| matches!(part, Ty::Param(param) if self.pattern_types.contains(&param));
        !self.types.has_error(ty) && !self.types.any_part(ty, &mut |part| is_bound_here(part))
    }
}
