//! Where givens are found: the scopes around a place, imports, and the companions of the parts of
//! a type.

use crate::checker::{Access, Checker, Term};
use crate::infer::implicit::Given;
use crate::scope::{ImportBase, ImportId, ScopeKind};
use crate::symbols::{ClassId, MethodId};
use crate::types::{Ty, TyId};
use fscc_base::FastSet;
use fscc_syntax::ast::{self, ImportSelector};

impl<'a> Checker<'a> {
    pub(super) fn givens_of_scope(&mut self, scope: crate::scope::ScopeId) -> Vec<Given> {
        match &self.scopes[scope].kind {
            ScopeKind::Names(names) => {
                let terms = names.values().flat_map(|binding| binding.terms.iter().copied());
                let given = terms.filter_map(|term| match term {
                    Term::Local(local) if self.locals[local].is_given => Some(Given::Local(local)),
                    Term::Method(method) if self.methods[method].is_given => {
                        Some(Given::Function(method))
                    }
                    _ => None,
                });
                given.collect()
            }
            ScopeKind::Class(class) => {
                let class = *class;
                self.givens_of_class(class, true)
            }
            ScopeKind::Package(package) => {
                let objects = self.packages[*package].objects.clone();
                objects.into_iter().flat_map(|object| self.givens_of_class(object, false)).collect()
            }
            ScopeKind::Import(import) => {
                let import = *import;
                self.givens_of_import(import)
            }
        }
    }

    /// Givens of a class: as members of the place, or of a static object.
    fn givens_of_class(&mut self, class: ClassId, inside: bool) -> Vec<Given> {
        self.complete_header(class);
        self.complete_members(class);
        let is_static = self.classes[class].is_static && self.is_object_class(class);
        let mut found = Vec::new();
        for (number, base) in
            self.symbols.classes[class].linearization.clone().into_iter().enumerate()
        {
            self.complete_members(base);
            for method in self.classes[base].givens.clone() {
                if number > 0 && matches!(self.methods[method].access, Access::Private(None)) {
                    continue;
                }
                if is_static {
                    found.push(Given::Static(class, method));
                } else if inside {
                    found.push(Given::Member(class, method));
                }
            }
        }
        if inside {
            // Context bounds of the class become fields with its constructor.
            if let Some(constructor) = self.symbols.classes[class].constructor {
                self.complete_params(constructor);
            }
            for field in self.symbols.classes[class].fields.clone() {
                if self.given_fields.contains(&field) {
                    found.push(Given::Field(class, field));
                }
            }
        }
        found
    }

    fn givens_of_import(&mut self, import: ImportId) -> Vec<Given> {
        let base = self.import_base(import);
        let clause = self.imports[import].clause;
        let (members, is_value): (Vec<MethodId>, bool) = match base {
            ImportBase::None => return Vec::new(),
            ImportBase::Package(package) => {
                let objects = self.packages[package].objects.clone();
                let mut all = Vec::new();
                for object in objects {
                    for given in self.givens_of_class(object, false) {
                        if let Given::Static(object, method) = given
                            && self.selects_given(clause, import, method)
                        {
                            all.push(Given::Static(object, method));
                        }
                    }
                }
                return all;
            }
            ImportBase::Object(class) => {
                let all = self.givens_of_class(class, false);
                let methods = all.into_iter().filter_map(|given| match given {
                    Given::Static(_, method) => Some(method),
                    _ => None,
                });
                (methods.collect(), false)
            }
            ImportBase::Value(ty) => {
                let Some(class) = self.class_for_members(ty) else { return Vec::new() };
                let all = self.givens_of_class(class, true);
                let methods = all.into_iter().filter_map(|given| match given {
                    Given::Static(_, method) | Given::Member(_, method) => Some(method),
                    _ => None,
                });
                (methods.collect(), true)
            }
        };
        let mut found = Vec::new();
        for method in members {
            if !self.selects_given(clause, import, method) {
                continue;
            }
            found.push(match base {
                ImportBase::Object(class) if !is_value => Given::Static(class, method),
                _ => Given::Imported(import, method),
            });
        }
        found
    }

    /// Whether an import brings a given in: by its name, by `given`, or, for an `implicit`, by `*`.
    fn selects_given(
        &mut self,
        clause: &'a ast::ImportClause,
        import: ImportId,
        method: MethodId,
    ) -> bool {
        let name = self.symbols.methods[method].name;
        let scope = self.imports[import].scope;
        for selector in &clause.selectors {
            match selector {
                ImportSelector::Name { name: named, .. } if named.name == name => return true,
                ImportSelector::Hidden(hidden) if hidden.name == name => return false,
                ImportSelector::Wildcard(_)
                    if self.methods[method].flags.contains(ast::Flags::IMPLICIT) =>
                {
                    return true;
                }
                ImportSelector::Given(None, _) => return true,
                ImportSelector::Given(Some(ty), _) => {
                    let wanted = self.resolve_type(ty, scope);
                    self.signature(method);
                    let result = self.symbols.methods[method].result;
                    let (subst, _) = self.method_vars(method);
                    let result = self.types.subst(result, &subst);
                    if self.may_conform(result, wanted) {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// The implicit scope of a type: givens of the companions of its parts.
    pub(super) fn givens_of_type(&mut self, ty: TyId) -> Vec<Given> {
        let mut found: FastSet<Given> = FastSet::default();
        for object in self.companions_of_type(ty) {
            found.extend(self.givens_of_class(object, false));
        }
        found.into_iter().collect()
    }

    /// The companions (and surrounding objects) of the parts of a type.
    pub(super) fn companions_of_type(&mut self, ty: TyId) -> Vec<ClassId> {
        let mut classes: FastSet<ClassId> = FastSet::default();
        let mut objects: FastSet<ClassId> = FastSet::default();
        self.parts_of_type(ty, &mut classes, &mut objects, 0);
        let mut companions: FastSet<ClassId> = FastSet::default();
        for class in classes {
            for base in self.symbols.classes[class].linearization.clone() {
                if let Some(companion) = self.symbols.classes[base].companion
                    && self.is_object_class(companion)
                    && self.classes[companion].is_static
                {
                    companions.insert(companion);
                }
                if self.is_object_class(base) && self.classes[base].is_static {
                    companions.insert(base);
                }
            }
            // The object around a class is a part of its prefix.
            let mut next = self.class_around(class);
            while let Some(outer) = next {
                if self.is_object_class(outer) && self.classes[outer].is_static {
                    companions.insert(outer);
                }
                next = self.class_around(outer);
            }
        }
        companions.extend(objects);
        companions.into_iter().collect()
    }

    fn parts_of_type(
        &mut self,
        ty: TyId,
        classes: &mut FastSet<ClassId>,
        objects: &mut FastSet<ClassId>,
        depth: u32,
    ) {
        if depth > 16 {
            return;
        }
        let ty = self.resolve(ty);
        match self.types.get(ty) {
            Ty::Class(class, args) => {
                self.complete_header(class);
                if classes.insert(class) {
                    for parent in self.symbols.classes[class].parents.clone() {
                        let parent = self.seen(parent, ty);
                        if let Some((_, args)) = self.types.as_class(parent) {
                            for arg in args {
                                if self.types.class_of(*arg).is_some_and(|c| !classes.contains(&c))
                                {
                                    self.parts_of_type(*arg, classes, objects, depth + 1);
                                }
                            }
                        }
                    }
                }
                for arg in args {
                    self.parts_of_type(*arg, classes, objects, depth + 1);
                }
            }
            Ty::Constructor(class) | Ty::This(class) => {
                self.complete_header(class);
                classes.insert(class);
            }
            Ty::Literal(of, _) => self.parts_of_type(of, classes, objects, depth + 1),
            Ty::Local(local) => {
                let of = self.symbols.locals[local].ty;
                self.parts_of_type(of, classes, objects, depth + 1);
            }
            Ty::Param(param) => {
                self.opaque_companions(param, objects);
                let upper = self.upper_bound(param);
                self.parts_of_type(upper, classes, objects, depth + 1);
            }
            Ty::Applied(function, args) => {
                self.parts_of_type(function, classes, objects, depth + 1);
                for arg in args {
                    self.parts_of_type(*arg, classes, objects, depth + 1);
                }
            }
            Ty::And(a, b) | Ty::Or(a, b) | Ty::Wildcard(a, b) => {
                self.parts_of_type(a, classes, objects, depth + 1);
                self.parts_of_type(b, classes, objects, depth + 1);
            }
            Ty::Lambda(_, body) => self.parts_of_type(body, classes, objects, depth + 1),
            Ty::Var(var) => {
                let state = self.vars.state(var).clone();
                for bound in state.lowers.into_iter().chain(state.uppers) {
                    if !matches!(self.types.get(self.resolve(bound)), Ty::Var(_))
                        && !self.types.has_vars(self.resolve(bound))
                    {
                        self.parts_of_type(bound, classes, objects, depth + 1);
                    }
                }
            }
            Ty::Error => {}
        }
    }

    /// For an opaque type: the object around it, and the object of its name.
    fn opaque_companions(
        &mut self,
        param: crate::symbols::TypeParamId,
        objects: &mut FastSet<ClassId>,
    ) {
        if self.type_param_data[param].opaque_in.is_none() {
            return;
        }
        let Some(class) = self.type_param_data[param].member_of else { return };
        if self.is_object_class(class) && self.classes[class].is_static {
            objects.insert(class);
        }
        let name = self.symbols.type_params[param].name;
        self.complete_members(class);
        let mut terms: Vec<Term> = (self.classes[class].decls.get(&name))
            .map_or(Vec::new(), |binding| binding.terms.to_vec());
        if let Some(package) = self.package_objects.get(&class)
            && let Some(binding) = self.packages[*package].members.get(&name)
        {
            terms.extend(binding.terms.iter().copied());
        }
        for term in terms {
            if let Term::Object(object) = term {
                objects.insert(object);
            }
        }
    }
}
