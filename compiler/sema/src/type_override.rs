//! Types as members: a class is never overridden; an alias only by one of the same type, with
//! `override`; an abstract type by what lies within its bounds.

use crate::checker::{Access, Checker, TypeSym};
use crate::symbols::{ClassId, TypeParamId};
use crate::types::{Ty, TyId};
use fscc_base::codes::Code;
use fscc_base::{Diagnostic, FastMap, Name, Span, codes};

impl<'a> Checker<'a> {
    /// Checks the types of a class of the user's against those of its bases.
    pub fn check_type_members(&mut self, class: ClassId) {
        if self.symbols.classes[class].is_library {
            return;
        }
        // What stands for each name so far, the most derived first.
        let mut found: FastMap<Name, (TypeSym, ClassId)> = FastMap::default();
        for base in self.symbols.classes[class].linearization.clone() {
            if self.symbols.classes[base].is_library {
                continue;
            }
            let types: Vec<(Name, TypeSym)> = (self.classes[base].decls.iter())
                .filter_map(|(name, binding)| Some((*name, binding.ty?)))
                .filter(|(_, symbol)| base == class || !self.is_private_type(*symbol))
                .collect();
            for (name, symbol) in types {
                match found.get(&name).copied() {
                    None => {
                        found.insert(name, (symbol, base));
                    }
                    Some((own, owner)) if owner == class => {
                        self.check_own_type(class, name, own, symbol);
                    }
                    Some((own, owner)) => {
                        if !self.is_checked_in_parent(class, owner, base) {
                            self.check_inherited_types(class, name, own, symbol);
                        }
                        if is_abstract(own) {
                            found.insert(name, (symbol, base));
                        }
                    }
                }
            }
        }
    }

    fn is_private_type(&self, symbol: TypeSym) -> bool {
        matches!(symbol, TypeSym::Class(class)
            if matches!(self.classes[class].access, Access::Private(_)))
    }

    fn check_own_type(&mut self, class: ClassId, name: Name, own: TypeSym, inherited: TypeSym) {
        let span = self.place_of_type(own);
        if span.is_synthetic() || own == inherited {
            return;
        }
        if let TypeSym::Class(_) = inherited {
            let text = format!("`{name}` is a class in a parent, and classes are not overridden");
            let help = "give it another name".to_string();
            self.type_fault(codes::DUPLICATE_NAME, (span, inherited), text, help);
            return;
        }
        if let (TypeSym::Alias(alias), TypeSym::Alias(_)) = (own, inherited)
            && !self.aliases[alias].is_override
        {
            let text = format!("`{name}` overrides a type and needs `override`");
            let help = format!("write `override` in front of `type {name}`");
            self.type_fault(codes::MISSING_OVERRIDE, (span, inherited), text, help);
            return;
        }
        if let Some(fault) = self.type_mismatch(class, own, inherited) {
            let text = format!("`{name}` does not fit the type that it overrides: {fault}");
            let help = "let it be what the parent promises".to_string();
            self.type_fault(codes::OVERRIDE_TYPE, (span, inherited), text, help);
        }
    }

    fn type_fault(
        &mut self,
        code: Code,
        (span, inherited): (Span, TypeSym),
        text: String,
        help: String,
    ) {
        let place = self.place_of_type(inherited);
        self.report(Diagnostic::error(code, span, text).label(place, "declared here").help(help));
    }

    fn check_inherited_types(
        &mut self,
        class: ClassId,
        name: Name,
        first: TypeSym,
        second: TypeSym,
    ) {
        let differ = match (first, second) {
            (TypeSym::Class(a), TypeSym::Class(b)) => a != b,
            (_, TypeSym::Param(_)) => self.type_mismatch(class, first, second).is_some(),
            (TypeSym::Param(_), _) => self.type_mismatch(class, second, first).is_some(),
            (TypeSym::Alias(_), _) | (_, TypeSym::Alias(_)) => {
                self.type_mismatch(class, first, second).is_some()
            }
        };
        if !differ {
            return;
        }
        let info = &self.symbols.classes[class];
        let (span, of) = (info.span, info.name);
        let (one, other) = (self.place_of_type(first), self.place_of_type(second));
        self.report(
            Diagnostic::error(
                codes::CONFLICTING_MEMBERS,
                span,
                format!("`{of}` inherits two types `{name}` that are not the same"),
            )
            .label(one, "one of them")
            .label(other, "the other")
            .help("give one of them another name"),
        );
    }

    /// Why a type cannot stand for another one, as members of a class.
    fn type_mismatch(&mut self, class: ClassId, own: TypeSym, other: TypeSym) -> Option<String> {
        for symbol in [own, other] {
            match symbol {
                TypeSym::Param(param) => self.complete_bounds(param),
                TypeSym::Alias(_) => {
                    let span = self.place_of_type(symbol);
                    let ty = self.type_of_symbol(symbol, None, span);
                    if self.types.has_error(ty) {
                        return None;
                    }
                }
                TypeSym::Class(_) => {}
            }
        }
        let (arity, wanted) = (self.arity_of(own), self.arity_of(other));
        if arity != wanted {
            return Some(format!("it takes {arity} type argument(s) instead of {wanted}"));
        }
        if arity > 0 {
            return None;
        }
        let this = self.symbols.classes[class].this_ty;
        let TypeSym::Param(param) = other else {
            let (left, right) = (self.member_type(own, this), self.member_type(other, this));
            let is_error = self.types.has_error(left) || self.types.has_error(right);
            let is_same =
                is_error || matches!(own, TypeSym::Alias(_)) && self.same_type(left, right);
            return (!is_same).then(|| format!("that is `{}`", self.show(right)));
        };
        let (lower, upper) = self.bounds_seen(param, this);
        let (least, most) = match own {
            TypeSym::Param(own) if self.symbols.type_params[own].opaque.is_none() => {
                self.bounds_seen(own, this)
            }
            _ => {
                let ty = self.member_type(own, this);
                (ty, ty)
            }
        };
        if [lower, upper, least, most].into_iter().any(|ty| self.types.has_error(ty)) {
            return None;
        }
        if !self.conforms(most, upper) {
            return Some(format!("the upper bound there is `{}`", self.show(upper)));
        }
        (!self.conforms(lower, least))
            .then(|| format!("the lower bound there is `{}`", self.show(lower)))
    }

    fn arity_of(&self, symbol: TypeSym) -> usize {
        match symbol {
            TypeSym::Class(class) => self.symbols.classes[class].own_type_params,
            TypeSym::Param(param) => match self.types.get(self.symbols.type_params[param].upper) {
                Ty::Lambda(params, _) => params.len(),
                _ => self.symbols.type_params[param].arity as usize,
            },
            TypeSym::Alias(alias) => match self.types.get(self.aliases[alias].rhs) {
                Ty::Constructor(class) => self.symbols.classes[class].own_type_params,
                Ty::Lambda(params, _) => params.len(),
                Ty::Param(param) => self.symbols.type_params[param].arity as usize,
                _ => self.aliases[alias].def.params.len(),
            },
        }
    }

    fn member_type(&mut self, symbol: TypeSym, this: TyId) -> TyId {
        let span = self.place_of_type(symbol);
        let ty = self.type_of_symbol(symbol, None, span);
        self.seen(ty, this)
    }

    fn bounds_seen(&mut self, param: TypeParamId, this: TyId) -> (TyId, TyId) {
        self.complete_bounds(param);
        let info = &self.symbols.type_params[param];
        let (lower, upper) = (info.lower, info.upper);
        (self.seen(lower, this), self.seen(upper, this))
    }
}

fn is_abstract(symbol: TypeSym) -> bool {
    matches!(symbol, TypeSym::Param(_))
}
