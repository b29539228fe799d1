//! Which method a class has for a method: the linearisation is searched for what overrides it, then
//! for what implements it by accident.
//!
//! Guarantees: an answer is never abstract, and asking twice costs one search.

use crate::context::Lowering;
use fscc_sema::symbols::{ClassId, Implementation, MethodId, MethodKind, Owner, Symbols};

impl Lowering<'_> {
    /// The method that instances of `class` run for `method`.
    pub fn implementation(&self, class: ClassId, method: MethodId) -> Option<MethodId> {
        self.implementation_after(class, method, 0)
    }

    /// The same, looking only at the linearisation from position `from` on.
    pub fn implementation_after(
        &self,
        class: ClassId,
        method: MethodId,
        from: usize,
    ) -> Option<MethodId> {
        let key = (class, method, from);
        if let Some(known) = self.implementations.borrow().get(&key) {
            return *known;
        }
        let found = self.find_implementation(class, method, from);
        self.implementations.borrow_mut().insert(key, found);
        found
    }

    fn find_implementation(
        &self,
        class: ClassId,
        method: MethodId,
        from: usize,
    ) -> Option<MethodId> {
        let symbols = self.symbols();
        let wanted = &symbols.methods[method];
        let line = &symbols.classes[class].linearization;
        let related = |id: &MethodId| match (symbols.methods[*id].kind, wanted.kind) {
            // A default value belongs to its method.
            (MethodKind::Default(a, x), MethodKind::Default(b, y)) => {
                x == y && are_related(symbols, a, b)
            }
            _ => are_related(symbols, *id, method),
        };
        for parent in line.iter().skip(from) {
            let found = symbols.classes[*parent].methods.iter().copied().find(|id| {
                symbols.methods[*id].name == wanted.name && related(id) && !self.is_abstract(*id)
            });
            if found.is_some() {
                return found;
            }
        }
        self.accidental_implementation(class, method, from)
    }

    /// A method that implements an abstract one of an unrelated trait: same name, same shape.
    fn accidental_implementation(
        &self,
        class: ClassId,
        method: MethodId,
        from: usize,
    ) -> Option<MethodId> {
        let symbols = self.symbols();
        let wanted = &symbols.methods[method];
        if Some(method) == self.program.known.any_to_string
            || Some(method) == self.program.known.any_equals
            || Some(method) == self.program.known.any_hash_code
        {
            return None;
        }
        let candidates: Vec<MethodId> = (symbols.classes[class].linearization.iter().skip(from))
            .flat_map(|parent| symbols.classes[*parent].methods.iter().copied())
            .filter(|id| {
                let found = &symbols.methods[*id];
                found.name == wanted.name
                    && found.params.len() == wanted.params.len()
                    && found.kind != MethodKind::Constructor
                    && !self.is_abstract(*id)
            })
            .collect();
        match candidates.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => Some(
                *several
                    .iter()
                    .find(|id| self.same_parameters(class, **id, method))
                    .unwrap_or(&several[0]),
            ),
        }
    }

    /// Whether two methods take the same parameters as seen from a class.
    fn same_parameters(&self, class: ClassId, a: MethodId, b: MethodId) -> bool {
        let symbols = self.symbols();
        let types = &self.program.types;
        let seen = |method: MethodId| -> Vec<ClassId> {
            let info = &symbols.methods[method];
            info.params
                .iter()
                .map(|local| {
                    let ty = symbols.locals[*local].ty;
                    let ty = match info.owner {
                        Owner::Class(owner) => self.seen_from(class, owner, ty),
                        _ => ty,
                    };
                    types.erase(symbols, ty)
                })
                .collect()
        };
        seen(a) == seen(b)
    }

    /// A type of a member of `owner` as seen in `class`.
    pub fn seen_from(
        &self,
        class: ClassId,
        owner: ClassId,
        ty: fscc_sema::types::TyId,
    ) -> fscc_sema::types::TyId {
        let symbols = self.symbols();
        let types = &self.program.types;
        let base = types.base_type(symbols, symbols.classes[class].this_ty, owner);
        match base.and_then(|base| types.as_class(base)) {
            Some((_, args)) => {
                let params = &symbols.classes[owner].type_params;
                types.subst(ty, &fscc_sema::types::Subst::zip(params, args))
            }
            None => ty,
        }
    }

    /// Whether there is nothing to run for the method.
    pub fn is_abstract(&self, method: MethodId) -> bool {
        self.symbols().methods[method].implementation == Implementation::Abstract
    }
}

/// Whether two methods are the same member in a class that has both.
fn are_related(symbols: &Symbols, a: MethodId, b: MethodId) -> bool {
    let (left, right) = (&symbols.methods[a].overrides, &symbols.methods[b].overrides);
    a == b
        || left.contains(&b)
        || right.contains(&a)
        // Two traits override the same member of a third one.
        || left.iter().any(|root| right.contains(root))
}
