//! Implicit arguments, extension methods and conversions: what the compiler looks for by type or
//! by the name of a method. Places are searched from the innermost scope outwards, then the
//! companions of the parts of the type.

use crate::checker::{Access, Checker, Term};
use crate::infer::callee::{Callee, MethodRef};
use crate::infer::expr::typed;
use crate::scope::{ImportBase, ImportId, ScopeKind};
use crate::symbols::{ClassId, FieldId, LocalId, MethodId, Owner};
use crate::typed::{Expr, ExprKind};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast::{self, ImportSelector};
use indexmap::IndexSet;

/// Searches nested deeper than this have failed.
const SEARCH_DEPTH_MAX: usize = 16;
/// Candidates tried for one argument before the search gives up.
const SEARCH_STEPS_MAX: u32 = 20_000;

/// Something that can be an implicit argument.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Given {
    Local(LocalId),
    /// A local function.
    Function(MethodId),
    /// A member of the template around the place.
    Member(ClassId, MethodId),
    Field(ClassId, FieldId),
    /// A member of a static object.
    Static(ClassId, MethodId),
    /// A member of the value of an import's path.
    Imported(ImportId, MethodId),
}

impl<'a> Checker<'a> {
    /// A value of this type that the place or the type offers.
    pub fn implicit_value(&mut self, ty: TyId, span: Span) -> Option<Expr> {
        if self.searching.is_empty() {
            self.search_steps = 0;
            self.ambiguous_givens = None;
        }
        if self.searching.len() >= SEARCH_DEPTH_MAX {
            return None;
        }
        let ty = self.resolve(ty);
        if self.types.has_error(ty) {
            return Some(self.error_expr(span));
        }
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            let givens = self.givens_of_scope(scope);
            if givens.is_empty() {
                continue;
            }
            if let Some(found) = self.best_given(&givens, ty, span) {
                return Some(found);
            }
        }
        let givens = self.givens_of_type(ty);
        self.best_given(&givens, ty, span)
    }

    /// Reports an implicit argument that nothing offers.
    pub fn missing_implicit(&mut self, ty: TyId, param: LocalId, name: Name, span: Span) {
        let text = self.show_expected(ty);
        if let Some((a, b)) = self.ambiguous_givens.take() {
            self.report(
                Diagnostic::error(
                    codes::AMBIGUOUS_GIVEN,
                    span,
                    format!("several values can be the implicit argument of type `{text}`"),
                )
                .note(format!("`{a}` and `{b}` fit equally well"))
                .help("pass one: `(using value)`"),
            );
            return;
        }
        let param = self.symbols.locals[param].name;
        self.report(
            Diagnostic::error(
                codes::NO_GIVEN,
                span,
                format!("no implicit value of type `{text}` was found for `{name}`"),
            )
            .note(format!("it is wanted for the parameter `{param}`"))
            .help(format!("define one: `given {text} = …`, or pass it: `(using value)`")),
        );
    }

    fn givens_of_scope(&mut self, scope: crate::scope::ScopeId) -> Vec<Given> {
        match &self.scopes[scope].kind {
            ScopeKind::Names(names) => {
                let terms: Vec<Term> =
                    names.values().flat_map(|binding| binding.terms.iter().copied()).collect();
                terms
                    .into_iter()
                    .filter_map(|term| match term {
                        Term::Local(local) if self.locals[local].is_given => {
                            Some(Given::Local(local))
                        }
                        Term::Method(method) if self.methods[method].is_given => {
                            Some(Given::Function(method))
                        }
                        _ => None,
                    })
                    .collect()
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
    fn givens_of_type(&mut self, ty: TyId) -> Vec<Given> {
        let mut found: IndexSet<Given> = IndexSet::new();
        for object in self.companions_of_type(ty) {
            found.extend(self.givens_of_class(object, false));
        }
        found.into_iter().collect()
    }

    /// The companions (and surrounding objects) of the parts of a type.
    fn companions_of_type(&mut self, ty: TyId) -> Vec<ClassId> {
        let mut classes: IndexSet<ClassId> = IndexSet::new();
        let mut objects: IndexSet<ClassId> = IndexSet::new();
        self.parts_of_type(ty, &mut classes, &mut objects, 0);
        let mut companions: IndexSet<ClassId> = IndexSet::new();
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
        classes: &mut IndexSet<ClassId>,
        objects: &mut IndexSet<ClassId>,
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
        objects: &mut IndexSet<ClassId>,
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

    fn given_result(&mut self, given: Given) -> (TyId, Vec<LocalId>) {
        match given {
            Given::Local(local) => (self.symbols.locals[local].ty, Vec::new()),
            Given::Field(class, field) => {
                self.complete_field(field);
                let this = self.symbols.classes[class].this_ty;
                let ty = self.symbols.fields[field].ty;
                (self.seen(ty, this), Vec::new())
            }
            Given::Function(method)
            | Given::Member(_, method)
            | Given::Static(_, method)
            | Given::Imported(_, method) => {
                self.signature(method);
                let (subst, _) = self.method_vars(method);
                let result = self.symbols.methods[method].result;
                let prefix = self.given_prefix(given);
                let result = match prefix {
                    Some(prefix) => self.seen(result, prefix),
                    None => result,
                };
                let params = self.symbols.methods[method].params.clone();
                (self.types.subst(result, &subst), params)
            }
        }
    }

    fn given_prefix(&mut self, given: Given) -> Option<TyId> {
        match given {
            Given::Local(_) | Given::Function(_) => None,
            Given::Member(class, _) | Given::Static(class, _) | Given::Field(class, _) => {
                Some(self.symbols.classes[class].this_ty)
            }
            Given::Imported(import, _) => match self.import_base(import) {
                ImportBase::Value(ty) => Some(ty),
                _ => None,
            },
        }
    }

    fn given_method(given: Given) -> Option<MethodId> {
        match given {
            Given::Local(_) | Given::Field(..) => None,
            Given::Function(m)
            | Given::Member(_, m)
            | Given::Static(_, m)
            | Given::Imported(_, m) => Some(m),
        }
    }

    /// The best of the givens of one level.
    fn best_given(&mut self, givens: &[Given], ty: TyId, span: Span) -> Option<Expr> {
        let mut fitting: Vec<Given> = Vec::new();
        for given in givens {
            self.search_steps += 1;
            if self.search_steps > SEARCH_STEPS_MAX {
                return None;
            }
            if fitting.contains(given) || !self.is_plain_given(*given) {
                continue;
            }
            // A definition whose type is being inferred cannot be used for it.
            if let Some(method) = Self::given_method(*given)
                && self.methods[method].signature == crate::checker::Status::Running
            {
                continue;
            }
            let snapshot = self.snapshot();
            let (result, _) = self.given_result(*given);
            let fits = self.sub(result, ty);
            self.rollback(snapshot);
            if fits {
                fitting.push(*given);
            }
        }
        self.sort_by_specificity(&mut fitting);
        let mut failed_ambiguity = None;
        for (number, given) in fitting.iter().enumerate() {
            let snapshot = self.snapshot();
            let Some(found) = self.try_given(*given, ty, span) else {
                self.rollback(snapshot);
                continue;
            };
            // Another one that is as specific must not succeed as well.
            for other in &fitting[number + 1..] {
                if self.is_more_specific(*given, *other) || self.same_given(*given, *other) {
                    continue;
                }
                let trial = self.snapshot();
                let fits = self.try_given(*other, ty, span).is_some();
                self.rollback(trial);
                if fits {
                    failed_ambiguity = Some((self.given_text(*given), self.given_text(*other)));
                }
            }
            if failed_ambiguity.is_some() {
                self.rollback(snapshot);
                self.ambiguous_givens = failed_ambiguity;
                return None;
            }
            return Some(found);
        }
        None
    }

    fn same_given(&self, a: Given, b: Given) -> bool {
        match (Self::given_method(a), Self::given_method(b)) {
            (Some(x), Some(y)) => x == y || self.symbols.methods[x].overrides.contains(&y),
            _ => a == b,
        }
    }

    /// Givens are used as arguments only if they need no explicit ones.
    fn is_plain_given(&mut self, given: Given) -> bool {
        let Some(method) = Self::given_method(given) else { return true };
        self.complete_params(method);
        self.symbols.methods[method].lists.iter().all(|list| list.is_using)
    }

    fn given_text(&self, given: Given) -> String {
        match given {
            Given::Local(local) => self.symbols.locals[local].name.to_string(),
            Given::Field(_, field) => self.symbols.fields[field].name.to_string(),
            Given::Function(m)
            | Given::Member(_, m)
            | Given::Static(_, m)
            | Given::Imported(_, m) => self.symbols.methods[m].name.to_string(),
        }
    }

    fn sort_by_specificity(&mut self, givens: &mut Vec<Given>) {
        let mut sorted: Vec<Given> = Vec::new();
        for given in std::mem::take(givens) {
            let place =
                sorted.clone().into_iter().position(|other| self.is_more_specific(given, other));
            match place {
                Some(place) => sorted.insert(place, given),
                None => sorted.push(given),
            }
        }
        *givens = sorted;
    }

    /// A given of a subclass goes before one of a base; one of a more special type before a
    /// general one.
    fn is_more_specific(&mut self, a: Given, b: Given) -> bool {
        let mut score = 0;
        if let (Some(x), Some(y)) = (Self::given_method(a), Self::given_method(b))
            && let (Owner::Class(p), Owner::Class(q)) =
                (self.symbols.methods[x].owner, self.symbols.methods[y].owner)
        {
            if p != q && self.types.derives(&self.symbols, p, q) {
                score += 1;
            } else if p != q && self.types.derives(&self.symbols, q, p) {
                score -= 1;
            }
        }
        let snapshot = self.snapshot();
        let fixed_a = self.given_result_fixed(a);
        let (open_b, _) = self.given_result(b);
        let a_below_b = self.conforms(fixed_a, open_b);
        let fixed_b = self.given_result_fixed(b);
        let (open_a, _) = self.given_result(a);
        let b_below_a = self.conforms(fixed_b, open_a);
        self.rollback(snapshot);
        if a_below_b && !b_below_a {
            score += 1;
        } else if b_below_a && !a_below_b {
            score -= 1;
        } else if a_below_b && b_below_a && score == 0 {
            // Of two equal ones the one that needs less goes first.
            let needs = |this: &Self, given: Given| {
                Self::given_method(given).map_or(0, |m| this.symbols.methods[m].params.len())
            };
            return needs(self, a) > needs(self, b);
        }
        score > 0
    }

    fn given_result_fixed(&mut self, given: Given) -> TyId {
        match Self::given_method(given) {
            Some(method) => {
                self.signature(method);
                let result = self.symbols.methods[method].result;
                match self.given_prefix(given) {
                    Some(prefix) => self.seen(result, prefix),
                    None => result,
                }
            }
            None => self.given_result(given).0,
        }
    }

    /// The given as an argument, with its own implicit arguments.
    fn try_given(&mut self, given: Given, ty: TyId, span: Span) -> Option<Expr> {
        match given {
            Given::Local(local) => {
                let value = self.local(local, span);
                self.sub(value.ty, ty).then_some(value)
            }
            Given::Field(class, field) => {
                let receiver = if self.env.before_super && self.env.class == Some(class) {
                    let param = self.fields[field].param?;
                    let value = self.local(param, span);
                    return self.sub(value.ty, ty).then_some(value);
                } else {
                    self.this_of(class, span)
                };
                let value = self.field(receiver, field, span);
                self.sub(value.ty, ty).then_some(value)
            }
            Given::Function(method)
            | Given::Member(_, method)
            | Given::Static(_, method)
            | Given::Imported(_, method) => self.try_given_method(given, method, ty, span),
        }
    }

    fn try_given_method(
        &mut self,
        given: Given,
        method: MethodId,
        ty: TyId,
        span: Span,
    ) -> Option<Expr> {
        self.signature(method);
        let key = (method, self.resolve(ty));
        if self.searching.contains(&key) {
            return None;
        }
        let (subst, vars) = self.method_vars(method);
        let receiver = match given {
            Given::Member(class, _) => Some(self.this_of(class, span)),
            Given::Static(class, _) => Some(self.object(class, span)),
            Given::Imported(import, _) => Some(self.import_path(import, span)),
            Given::Local(_) | Given::Field(..) | Given::Function(_) => None,
        };
        let prefix = receiver.as_ref().map(|receiver| receiver.ty);
        let see = |this: &mut Self, ty: TyId| {
            let ty = match prefix {
                Some(prefix) => this.seen(ty, prefix),
                None => ty,
            };
            this.types.subst(ty, &subst)
        };
        let result = self.symbols.methods[method].result;
        let result = see(self, result);
        if !self.sub(result, ty) {
            return None;
        }
        self.searching.push(key);
        let mut args = Vec::new();
        for param in self.symbols.methods[method].params.clone() {
            let wanted = self.symbols.locals[param].ty;
            let wanted = see(self, wanted);
            self.solve_known(wanted);
            match self.implicit_value(wanted, span) {
                Some(arg) => args.push(arg),
                None => {
                    self.searching.pop();
                    return None;
                }
            }
        }
        self.searching.pop();
        let type_args: Vec<TyId> = vars.into_iter().map(|var| self.resolve(var)).collect();
        let dispatch = self.dispatch_of(method);
        let receiver = receiver.map(Box::new);
        let kind = ExprKind::Call { method, dispatch, receiver, type_args, args };
        self.demand(method);
        Some(typed(kind, self.resolve(result), span))
    }

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
                methods.extension = Some(receiver);
                Ok(Callee::Methods(Box::new(methods)))
            }
            None => Err(receiver),
        }
    }

    fn find_extension(&mut self, receiver: &Expr, name: Name, span: Span) -> Option<MethodRef> {
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            if let Some(found) = self.extension_in_scope(scope, receiver, name, span) {
                return Some(found);
            }
        }
        // Givens in reach may have extension methods.
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
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

    // Conversions.

    /// Conversions in reach that take a value of this type: `given Conversion[A, B]` and methods
    /// marked `implicit` with one explicit parameter.
    fn views(&mut self, ty: TyId, target: Option<TyId>) -> Vec<Given> {
        let mut all = Vec::new();
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            all.extend(self.givens_of_scope(scope));
        }
        all.extend(self.givens_of_type(ty));
        if let Some(target) = target {
            all.extend(self.givens_of_type(target));
        }
        all.retain(|given| {
            let Some(method) = Self::given_method(*given) else { return true };
            self.methods[method].flags.contains(ast::Flags::IMPLICIT)
                || matches!(self.methods[method].source, crate::checker::MethodSource::Given(..))
                || matches!(self.methods[method].source, crate::checker::MethodSource::Accessor(_))
        });
        all
    }

    /// The value converted by a conversion that the program defines, if one fits.
    pub fn implicit_conversion(&mut self, expr: Expr, expected: TyId) -> Result<Expr, Expr> {
        let expected = self.resolve(expected);
        if matches!(self.types.get(expected), Ty::Var(_))
            || self.types.is_error(expected)
            || self.types.has_error(expr.ty)
            || expr.ty == self.types.roots().nothing
        {
            return Err(expr);
        }
        if let Some(class) = self.known.class("scala.Conversion") {
            let wanted = self.types.class(class, &[expr.ty, expected]);
            let snapshot = self.snapshot();
            if let Some(view) = self.implicit_value(wanted, expr.span) {
                let span = expr.span;
                let args = vec![super::args::ArgValue::Typed(Some(expr))];
                return Ok(self.call_member(view, "apply", args, span, Some(expected)));
            }
            self.rollback(snapshot);
        }
        let source = expr.ty;
        for view in self.views(source, Some(expected)) {
            if let Some(method) = self.view_method(view, source, Some(expected)) {
                return Ok(self.call_view(view, method, expr, Some(expected)));
            }
        }
        Err(expr)
    }

    /// Whether a conversion that the program defines would make an argument fit.
    pub fn view_exists(&mut self, found: TyId, wanted: TyId) -> bool {
        let wanted = self.resolve(wanted);
        if self.types.has_vars(wanted) || found == self.types.roots().nothing {
            return false;
        }
        self.views(found, Some(wanted))
            .into_iter()
            .any(|view| self.view_method(view, found, Some(wanted)).is_some())
    }

    /// A value converted to something that has the member.
    pub fn view_member(&mut self, receiver: Expr, name: Name) -> Result<Expr, Expr> {
        let ty = receiver.ty;
        if self.types.has_error(ty) {
            return Err(receiver);
        }
        for view in self.views(ty, None) {
            let Some(method) = self.view_method(view, ty, None) else { continue };
            let (subst, _) = self.method_vars(method);
            let result = self.symbols.methods[method].result;
            let result = self.types.subst(result, &subst);
            if !self.members_of(result, name).is_empty() {
                return Ok(self.call_view(view, method, receiver, None));
            }
        }
        Err(receiver)
    }

    /// The method of a view, if it takes the value (and gives what is wanted).
    fn view_method(&mut self, view: Given, from: TyId, to: Option<TyId>) -> Option<MethodId> {
        let method = Self::given_method(view)?;
        if self.methods[method].signature == crate::checker::Status::Running {
            return None;
        }
        self.complete_params(method);
        if self.methods[method].receiver_list.is_some() {
            return None;
        }
        let info = &self.symbols.methods[method];
        let first = info.lists.first()?;
        if first.is_using || first.len != 1 || info.lists[1..].iter().any(|list| !list.is_using) {
            return None;
        }
        let param = info.params[0];
        self.signature(method);
        let snapshot = self.snapshot();
        let (subst, _) = self.method_vars(method);
        let ty = self.types.subst(self.symbols.locals[param].ty, &subst);
        let result = self.types.subst(self.symbols.methods[method].result, &subst);
        let fits = self.sub(from, ty) && to.is_none_or(|to| self.sub(result, to));
        self.rollback(snapshot);
        fits.then_some(method)
    }

    fn call_view(
        &mut self,
        view: Given,
        method: MethodId,
        value: Expr,
        expected: Option<TyId>,
    ) -> Expr {
        let span = value.span;
        let receiver = match view {
            Given::Member(class, _) => Some(self.this_of(class, span)),
            Given::Static(class, _) => Some(self.object(class, span)),
            Given::Imported(import, _) => Some(self.import_path(import, span)),
            Given::Local(_) | Given::Field(..) | Given::Function(_) => None,
        };
        let prefix = receiver.as_ref().map(|receiver| receiver.ty);
        let methods = MethodRef {
            name: self.symbols.methods[method].name,
            span,
            receiver,
            prefix,
            candidates: vec![method],
            dispatch: None,
            creates: None,
            extension: None,
        };
        let values = vec![super::args::ArgValue::Typed(Some(value))];
        let list = super::args::ArgList::of_values(values, span);
        let items = vec![super::apply::Item::Args(list)];
        self.apply_callee(Callee::Methods(Box::new(methods)), items, span, expected)
    }
}
