//! Members of classes: declared and inherited, by name, and their types as seen through a prefix.

use crate::checker::{Access, Checker, MethodSource, Status, Term, TypeSym};
use crate::symbols::{ClassId, MethodId, Owner, TypeParamId};
use crate::types::{Subst, Ty, TyId};
use fscc_base::{FastMap, Name};
use smallvec::SmallVec;

/// The terms of one name.
pub(crate) type Terms = SmallVec<[Term; 2]>;

impl<'a> Checker<'a> {
    /// Whether the class has a term member of this name, also by its self type.
    pub fn has_term_member(&mut self, class: ClassId, name: Name) -> bool {
        if self.declares_term(class, name) {
            return true;
        }
        if let Some(Ty::And(_, other)) =
            self.symbols.classes[class].self_ty.map(|t| self.types.get(t))
        {
            return self.has_member_of_type(other, name);
        }
        false
    }

    /// Whether a value of this type has a term member of this name.
    pub fn has_member_of_type(&mut self, ty: TyId, name: Name) -> bool {
        if let Ty::And(a, b) = self.types.get(ty) {
            return self.has_member_of_type(a, name) || self.has_member_of_type(b, name);
        }
        self.class_for_members(ty).is_some_and(|class| self.declares_term(class, name))
    }

    fn declares_term(&mut self, class: ClassId, name: Name) -> bool {
        self.complete_header(class);
        self.complete_members(class);
        if self.declares(class, name) {
            return true;
        }
        for number in 1..self.symbols.classes[class].linearization.len() {
            let base = self.symbols.classes[class].linearization[number];
            self.complete_members(base);
            if self.declares(base, name) && self.is_inherited(base, name) {
                return true;
            }
        }
        self.has_export(class, name)
    }

    fn declares(&self, class: ClassId, name: Name) -> bool {
        self.classes[class].decls.get(&name).is_some_and(|binding| !binding.terms.is_empty())
    }

    fn is_inherited(&self, class: ClassId, name: Name) -> bool {
        let Some(binding) = self.classes[class].decls.get(&name) else { return false };
        binding.terms.iter().any(|term| self.is_inheritable(*term))
    }

    fn is_inheritable(&self, term: Term) -> bool {
        match term {
            Term::Method(method) => !matches!(self.methods[method].access, Access::Private(None)),
            Term::Object(_) => true,
            Term::Field(_) | Term::Local(_) | Term::Package(_) | Term::SelfAlias(_) => false,
        }
    }

    /// All term members of this name: overloads, without those that others override.
    pub fn term_members(&mut self, class: ClassId, name: Name) -> Terms {
        self.complete_header(class);
        self.complete_members(class);
        if let Some(known) = self.member_cache.get(&(class, name)) {
            return known.clone();
        }
        let mut found: Terms = SmallVec::new();
        let bases = self.symbols.classes[class].linearization.clone();
        let bases = if bases.is_empty() { vec![class] } else { bases };
        let mut complete = true;
        for (number, base) in bases.iter().enumerate() {
            self.complete_members(*base);
            complete &= self.classes[*base].members == Status::Done;
            complete &= !self.package_objects.contains_key(base);
            let Some(binding) = self.classes[*base].decls.get(&name) else { continue };
            for term in binding.terms.clone() {
                if number > 0 && !self.is_inheritable(term) {
                    continue;
                }
                if !self.is_hidden(class, term, &found) {
                    found.push(term);
                }
            }
        }
        if found.is_empty() {
            found.extend(self.export_members(class, name));
        }
        if complete && self.classes[class].header == Status::Done {
            self.member_cache.insert((class, name), found.clone());
        }
        found
    }

    /// Whether a member of a more derived class overrides this one.
    fn is_hidden(&mut self, class: ClassId, term: Term, found: &Terms) -> bool {
        for other in found {
            match (*other, term) {
                (Term::Method(a), Term::Method(b)) => {
                    if self.symbols.methods[a].owner == self.symbols.methods[b].owner {
                        continue;
                    }
                    if self.same_parameters(a, b, class) {
                        return true;
                    }
                }
                // A parameter of the class is seen inside it only: it hides nothing.
                (Term::Field(_), _) => {}
                // Objects hide whatever has their name.
                _ => return true,
            }
        }
        false
    }

    /// Whether two methods have the same parameters as members of `class`, so that one overrides
    /// the other.
    pub fn same_parameters(&mut self, a: MethodId, b: MethodId, class: ClassId) -> bool {
        self.complete_params(a);
        self.complete_params(b);
        let (left, right) = (&self.symbols.methods[a], &self.symbols.methods[b]);
        if left.params.len() != right.params.len()
            || left.type_params.len() != right.type_params.len()
        {
            return false;
        }
        if left.params.is_empty() {
            // `def x` and `def x()` override each other.
            return true;
        }
        if left.lists.len() != right.lists.len()
            || left.lists.iter().zip(&right.lists).any(|(l, r)| l.len != r.len)
        {
            return false;
        }
        let this = self.symbols.classes[class].this_ty;
        let args: SmallVec<[TyId; 4]> =
            left.type_params.iter().map(|p| self.types.param(*p)).collect();
        let subst = Subst::zip(&right.type_params, &args);
        let pairs: SmallVec<[(TyId, TyId); 4]> = (left.params.iter().zip(&right.params))
            .map(|(l, r)| (self.symbols.locals[*l].ty, self.symbols.locals[*r].ty))
            .collect();
        pairs.into_iter().all(|(l, r)| {
            let l = self.seen(l, this);
            let r = self.seen(r, this);
            let r = self.types.subst(r, &subst);
            l == r || self.types.is_error(l) || self.types.is_error(r) || self.same_type(l, r)
        })
    }

    /// A type member: a class, alias or abstract type, declared or inherited, or one of the self
    /// type (not of the self type's own self type: classes may name each other).
    pub fn type_member(&mut self, class: ClassId, name: Name) -> Option<TypeSym> {
        let own = self.inherited_type_member(class, name);
        if own.is_none()
            && let Some(Ty::And(_, other)) =
                self.symbols.classes[class].self_ty.map(|ty| self.types.get(ty))
        {
            let other = self.class_for_members(other).filter(|other| *other != class)?;
            let derives = self.types.derives(&self.symbols, other, class);
            return if derives { None } else { self.inherited_type_member(other, name) };
        }
        own
    }

    fn inherited_type_member(&mut self, class: ClassId, name: Name) -> Option<TypeSym> {
        self.complete_members(class);
        if let Some(ty) = self.classes[class].decls.get(&name).and_then(|binding| binding.ty) {
            return Some(ty);
        }
        if self.classes[class].header == Status::Lazy {
            self.complete_header(class);
        }
        let mut abstract_type = None;
        for number in 1..self.symbols.classes[class].linearization.len() {
            let base = self.symbols.classes[class].linearization[number];
            self.complete_members(base);
            match self.classes[base].decls.get(&name).and_then(|binding| binding.ty) {
                // An alias in a later base says what an abstract type stands for.
                Some(TypeSym::Param(param)) => {
                    abstract_type.get_or_insert(TypeSym::Param(param));
                }
                Some(found) => return Some(found),
                None => {}
            }
        }
        abstract_type
    }

    /// What the type parameters of the bases of a class stand for in terms of its own ones.
    fn base_params(&mut self, class: ClassId) -> std::rc::Rc<FastMap<TypeParamId, TyId>> {
        if let Some(known) = self.base_params_cache.get(&class) {
            return known.clone();
        }
        self.complete_header(class);
        let mut map = FastMap::default();
        let this = self.symbols.classes[class].this_ty;
        for param in &self.symbols.classes[class].type_params {
            map.insert(*param, self.types.param(*param));
        }
        for base in self.symbols.classes[class].linearization.iter().skip(1) {
            let Some(as_base) = self.types.base_type(&self.symbols, this, *base) else { continue };
            let Some((_, args)) = self.types.as_class(as_base) else { continue };
            for (param, arg) in self.symbols.classes[*base].type_params.iter().zip(args) {
                map.entry(*param).or_insert(*arg);
            }
        }
        let map = std::rc::Rc::new(map);
        if self.classes[class].header == Status::Done {
            self.base_params_cache.insert(class, map.clone());
        }
        map
    }

    /// The type of a member as seen through a value of type `prefix`: parameters of classes
    /// become the arguments that the prefix gives them, `this.type` becomes the prefix.
    pub fn seen(&mut self, ty: TyId, prefix: TyId) -> TyId {
        if !self.types.has_params(ty) && !self.types.has_this(ty) {
            return ty;
        }
        let prefix = self.resolve(prefix);
        self.seen_through(ty, prefix, prefix)
    }

    fn seen_through(&mut self, ty: TyId, prefix: TyId, whole: TyId) -> TyId {
        match self.types.get(prefix) {
            Ty::Class(class, args) => {
                let map = self.base_params(class);
                let own = Subst::zip(&self.symbols.classes[class].type_params, args);
                self.replace_params(ty, class, &map, &own, whole)
            }
            Ty::This(class) => {
                let this = self.symbols.classes[class].this_ty;
                let ty = self.seen_through(ty, this, whole);
                match self.symbols.classes[class].self_ty.map(|ty| self.types.get(ty)) {
                    Some(Ty::And(_, other)) => self.seen_through(ty, other, whole),
                    _ => ty,
                }
            }
            Ty::Literal(of, _) => self.seen_through(ty, of, whole),
            Ty::Local(local) => {
                let of = self.symbols.locals[local].ty;
                self.seen_through(ty, of, whole)
            }
            Ty::Param(param) => {
                self.complete_bounds(param);
                let ty = match self.visible_opaque(param) {
                    Some(rhs) => self.seen_through(ty, rhs, whole),
                    None => ty,
                };
                let upper = self.upper_bound(param);
                self.seen_through(ty, upper, whole)
            }
            Ty::And(a, b) => {
                let ty = self.seen_through(ty, a, whole);
                self.seen_through(ty, b, whole)
            }
            Ty::Or(..) => match self.join_of(prefix) {
                Some(join) if join != prefix => self.seen_through(ty, join, whole),
                _ => ty,
            },
            Ty::Applied(function, args) => match self.types.get(function) {
                Ty::Param(param) => {
                    let ty = match self.visible_opaque(param) {
                        Some(rhs) => {
                            let rhs = self.types.apply(rhs, args);
                            self.seen_through(ty, rhs, whole)
                        }
                        None => ty,
                    };
                    let upper = self.symbols.type_params[param].upper;
                    let upper = self.types.apply(upper, args);
                    if upper == prefix { ty } else { self.seen_through(ty, upper, whole) }
                }
                _ => ty,
            },
            _ => ty,
        }
    }

    fn replace_params(
        &mut self,
        ty: TyId,
        class: ClassId,
        map: &FastMap<TypeParamId, TyId>,
        own: &Subst,
        whole: TyId,
    ) -> TyId {
        // Abstract types that the class defines.
        let mut members: Vec<TypeParamId> = Vec::new();
        self.types.any_part(ty, &mut |part| {
            if let Ty::Param(param) = part
                && self.type_param_data[param].member_of.is_some()
                && !members.contains(&param)
            {
                members.push(param);
            }
            false
        });
        let mut defined = Subst::new();
        for param in members {
            let owner = self.type_param_data[param].member_of.expect("filtered above");
            if !self.types.derives(&self.symbols, class, owner) {
                continue;
            }
            let name = self.symbols.type_params[param].name;
            match self.type_member(class, name) {
                Some(TypeSym::Param(same)) if same == param => {}
                Some(symbol) => {
                    let span = self.symbols.type_params[param].span;
                    let ty = self.type_of_symbol(symbol, None, span);
                    if ty != self.types.param(param) {
                        defined.insert(param, ty);
                    }
                }
                None => {}
            }
        }
        let ty = self.types.subst(ty, &defined);
        let types = &self.types;
        let symbols = &self.symbols;
        types.map(ty, &mut |part| match types.get(part) {
            Ty::Param(param) => map.get(&param).map(|base| types.subst(*base, own)),
            Ty::This(this) if types.derives(symbols, class, this) => Some(whole),
            _ => None,
        })
    }

    // Exports of a class.

    fn has_export(&mut self, class: ClassId, name: Name) -> bool {
        let bases = self.symbols.classes[class].linearization.clone();
        bases.iter().any(|base| !self.classes[*base].exports.is_empty())
            && !self.export_members(class, name).is_empty()
    }

    /// Forwarders to what the exports of a class name, made at first use.
    pub fn export_members(&mut self, class: ClassId, name: Name) -> Terms {
        let bases = self.symbols.classes[class].linearization.clone();
        let mut found = Terms::new();
        for base in bases {
            for (clause, scope) in self.classes[base].exports.clone() {
                let Some(there) = exported_name(clause, name) else { continue };
                let Some(ty) = self.export_path_type(clause, scope, base) else { continue };
                let Some(target_class) = self.class_for_members(ty) else { continue };
                if target_class == class {
                    continue;
                }
                for term in self.term_members(target_class, there) {
                    let Term::Method(target) = term else { continue };
                    if self.is_root_member(target)
                        || matches!(self.methods[target].access, Access::Private(_))
                    {
                        continue;
                    }
                    found.push(Term::Method(
                        self.export_forwarder(base, clause, scope, name, target, ty),
                    ));
                }
            }
        }
        found
    }

    fn is_root_member(&self, method: MethodId) -> bool {
        let roots = self.types.roots();
        match self.symbols.methods[method].owner {
            Owner::Class(class) => class == roots.any_class || class == roots.any_ref_class,
            Owner::Package | Owner::Method(_) => false,
        }
    }

    pub fn export_path_type(
        &mut self,
        clause: &'a fscc_syntax::ast::ImportClause,
        scope: crate::scope::ScopeId,
        class: ClassId,
    ) -> Option<TyId> {
        let key = (class, std::ptr::from_ref(clause) as usize);
        if let Some(known) = self.export_types.get(&key) {
            return *known;
        }
        // While it is being found out, the export offers nothing.
        self.export_types.insert(key, None);
        let import = self.new_import(clause, scope);
        let ty = match self.import_base(import) {
            crate::scope::ImportBase::Value(ty) => Some(ty),
            crate::scope::ImportBase::Object(object) => Some(self.symbols.classes[object].this_ty),
            _ => None,
        };
        self.export_types.insert(key, ty);
        ty
    }

    fn export_forwarder(
        &mut self,
        class: ClassId,
        clause: &'a fscc_syntax::ast::ImportClause,
        scope: crate::scope::ScopeId,
        name: Name,
        target: MethodId,
        prefix: TyId,
    ) -> MethodId {
        if let Some(known) = self.forwarders.get(&(class, name, target)) {
            return *known;
        }
        self.signature(target);
        let source = MethodSource::Export(clause, target);
        let method = self.new_method(name, Owner::Class(class), source, scope, clause.span);
        let info = &self.symbols.methods[target];
        let (type_params, params, lists, result) =
            (info.type_params.clone(), info.params.clone(), info.lists.clone(), info.result);
        let mut copies = Vec::new();
        for param in params {
            let local = &self.symbols.locals[param];
            let (name, ty, span, passing) = (local.name, local.ty, local.span, local.passing);
            let ty = self.seen(ty, prefix);
            let copy = self.new_local(name, ty, span);
            self.symbols.locals[copy].passing = passing;
            self.locals[copy].frame = self.methods[method].frame;
            copies.push(copy);
        }
        let result = self.seen(result, prefix);
        let info = &mut self.symbols.methods[method];
        info.type_params = type_params;
        info.params = copies;
        info.lists = lists;
        info.result = result;
        info.is_final = true;
        self.methods[method].signature = Status::Done;
        self.methods[method].params = Status::Done;
        self.symbols.classes[class].methods.push(method);
        self.forwarders.insert((class, name, target), method);
        method
    }
}

/// The name in the path that an export offers as `name`.
fn exported_name(clause: &fscc_syntax::ast::ImportClause, name: Name) -> Option<Name> {
    use fscc_syntax::ast::ImportSelector;
    let mut wildcard = None;
    for selector in &clause.selectors {
        match selector {
            ImportSelector::Name { name: there, rename } => {
                if rename.unwrap_or(*there).name == name {
                    return Some(there.name);
                }
                if there.name == name {
                    return None;
                }
            }
            ImportSelector::Hidden(hidden) if hidden.name == name => return None,
            ImportSelector::Wildcard(_) => wildcard = Some(name),
            ImportSelector::Hidden(_) | ImportSelector::Given(..) => {}
        }
    }
    wildcard
}
