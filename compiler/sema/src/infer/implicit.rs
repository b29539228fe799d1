//! Implicit arguments: what the compiler looks for by type. Places (see `given`) are searched from
//! the innermost scope outwards, then the companions of the parts of the type.

use crate::checker::{Checker, FieldSource, MethodSource};
use crate::infer::expr::typed;
use crate::scope::{ImportBase, ImportId};
use crate::symbols::{ClassId, FieldId, LocalId, MethodId, MethodKind, Owner, Passing, Variance};
use crate::typed::{Expr, ExprKind, Stmt};
use crate::types::TyId;
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

/// Searches nested deeper than this have failed.
const SEARCH_DEPTH_MAX: usize = fscc_base::limits::GIVEN_DEPTH_MAX;
/// Candidates tried for one argument before the search gives up.
const SEARCH_STEPS_MAX: u32 = 20_000;

/// Something that can be an implicit argument.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Given {
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

/// A search under way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenSearch {
    /// What is searched.
    ty: TyId,
    /// How it is passed.
    passing: Passing,
    /// The frame in which the result is computed.
    frame: u32,
    /// Holds the result, if something inside refers to it.
    result: Option<LocalId>,
}

impl<'a> Checker<'a> {
    /// A value of this type that the place or the type offers.
    pub fn implicit_value(&mut self, ty: TyId, span: Span) -> Option<Expr> {
        self.implicit_search(ty, span, Passing::Value)
    }

    /// An implicit argument for a by-name parameter, searched in its own frame.
    pub(super) fn by_name_implicit(&mut self, wanted: TyId, span: Span) -> Option<Expr> {
        let frame = self.new_frame();
        let saved = (self.env.frame, self.env.returns);
        self.env.frame = frame;
        self.env.returns = None;
        let found = self.implicit_search(wanted, span, Passing::ByName);
        (self.env.frame, self.env.returns) = saved;
        found.map(|value| self.wrap_by_name(value, wanted))
    }

    fn implicit_search(&mut self, ty: TyId, span: Span, passing: Passing) -> Option<Expr> {
        let ty = self.resolve(ty);
        if let Some(tied) = self.result_under_way(ty, span, passing) {
            return Some(tied);
        }
        let frame = self.env.frame;
        self.open_searches.push(OpenSearch { ty, passing, frame, result: None });
        let found = self.search_places(ty, span);
        let result = self.open_searches.pop().and_then(|search| search.result);
        let value = found?;
        Some(match result {
            Some(local) => {
                let whole = self.local(local, span);
                self.with_stmts(vec![Stmt::Let(local, value)], whole)
            }
            None => value,
        })
    }

    /// The result of a search around this one for the same type, if the value is asked for by name
    /// on the way: dictionaries may so refer to themselves.
    fn result_under_way(&mut self, ty: TyId, span: Span, passing: Passing) -> Option<Expr> {
        if self.types.has_vars(ty) {
            return None;
        }
        let mut by_name = passing == Passing::ByName;
        for number in (0..self.open_searches.len()).rev() {
            let search = self.open_searches[number];
            if by_name && search.ty == ty {
                let local = search.result.unwrap_or_else(|| {
                    let here = std::mem::replace(&mut self.env.frame, search.frame);
                    let local = self.new_local(Name::new("dictionary$"), ty, span);
                    self.symbols.locals[local].is_lazy = true;
                    self.env.frame = here;
                    self.open_searches[number].result = Some(local);
                    local
                });
                return Some(self.local(local, span));
            }
            by_name |= search.passing == Passing::ByName;
        }
        None
    }

    fn search_places(&mut self, ty: TyId, span: Span) -> Option<Expr> {
        if self.searching.is_empty() {
            self.search_steps = 0;
            self.search_is_limited = false;
            self.ambiguous_givens = None;
        }
        if self.searching.len() >= SEARCH_DEPTH_MAX {
            self.search_is_limited = true;
            return None;
        }
        if self.types.has_error(ty) {
            return Some(self.error_expr(span));
        }
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scope_around(scope, self.env.scope);
            let givens = self.givens_of_scope(scope);
            if givens.is_empty() {
                continue;
            }
            if let Some(found) = self.best_given(&givens, ty, span) {
                return Some(found);
            }
        }
        let givens = self.givens_of_type(ty);
        if let Some(found) = self.best_given(&givens, ty, span) {
            return Some(found);
        }
        if self.ambiguous_givens.is_some() { None } else { self.view_function(ty, span) }
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
        let mut diagnostic = Diagnostic::error(
            codes::NO_GIVEN,
            span,
            format!("no implicit value of type `{text}` was found for `{name}`"),
        )
        .note(format!("it is wanted for the parameter `{param}`"))
        .help(format!("define one: `given {text} = …`, or pass it: `(using value)`"));
        if self.search_is_limited {
            diagnostic = diagnostic.note(format!(
                "the search went {SEARCH_DEPTH_MAX} givens deep, the limit GIVEN_DEPTH_MAX"
            ));
        }
        self.report(diagnostic);
    }

    pub(super) fn given_result(&mut self, given: Given) -> (TyId, Vec<LocalId>) {
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

    pub(super) fn given_method(given: Given) -> Option<MethodId> {
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
            if self.is_of_other_class(*given, ty) {
                continue;
            }
            if Self::given_method(*given).is_some_and(|method| self.comes_too_late(method)) {
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

    /// Whether the class of a given alone says that it does not fit. Companions such as that of
    /// `Ordering` offer dozens of givens, most of them for something else.
    fn is_of_other_class(&mut self, given: Given, ty: TyId) -> bool {
        let Some(method) = Self::given_method(given) else { return false };
        self.signature(method);
        let roots = self.types.roots();
        let result = self.symbols.methods[method].result;
        let (Some(found), Some(wanted)) = (self.types.class_of(result), self.types.class_of(ty))
        else {
            return false;
        };
        if found == roots.null_class || found == roots.nothing_class {
            return false;
        }
        self.complete_header(found);
        !self.types.derives(&self.symbols, found, wanted)
    }

    /// Whether a candidate is the `given` whose value is searched for here, or stands below it
    /// among the same members: using it would be a loop.
    pub(super) fn comes_too_late(&self, candidate: MethodId) -> bool {
        let (owner, place) =
            (self.symbols.methods[candidate].owner, self.place_of_given(candidate));
        let mut next = self.env.method;
        while let Some(method) = next {
            let info = &self.symbols.methods[method];
            if info.owner == owner {
                let is_given_value = matches!(info.kind, MethodKind::Getter(field)
                    if matches!(self.fields[field].source, FieldSource::Given(..)))
                    || matches!(self.methods[method].source, MethodSource::Given(_, None));
                let here = self.place_of_given(method);
                return is_given_value && here.file == place.file && here.lo <= place.lo;
            }
            next = match info.owner {
                Owner::Method(outer) => Some(outer),
                Owner::Class(_) | Owner::Package => None,
            };
        }
        false
    }

    /// Where a candidate is declared, also if it has no name.
    pub fn place_of_given(&self, method: MethodId) -> Span {
        let info = &self.symbols.methods[method];
        let def = match (self.methods[method].source, info.kind) {
            (MethodSource::Given(def, _), _) => def,
            (_, MethodKind::Getter(field)) => match self.fields[field].source {
                FieldSource::Given(def, _) => def,
                _ => return info.span,
            },
            _ => return info.span,
        };
        match (def.name, &def.body) {
            (Some(name), _) => name.span,
            (None, ast::GivenBody::Alias { ty, .. }) => ty.span,
            (None, ast::GivenBody::Instance(template)) => template.span,
        }
    }

    fn same_given(&self, a: Given, b: Given) -> bool {
        match (Self::given_method(a), Self::given_method(b)) {
            (Some(x), Some(y)) => x == y || self.symbols.methods[x].overrides.contains(&y),
            _ => a == b,
        }
    }

    /// Givens are used as arguments only if they need no explicit ones.
    pub(super) fn is_plain_given(&mut self, given: Given) -> bool {
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

    /// Whether a given goes before another one, as Scala 3.9 has it: one of a subclass before one of
    /// its base; then, of two `given`, the one of the more general type, but of two `implicit` the
    /// one of the more special type, where contravariant arguments count as covariant; then the one
    /// that needs less. A `given` and an `implicit` are not compared by their types.
    fn is_more_specific(&mut self, a: Given, b: Given) -> bool {
        let owners = self.owner_score(a, b);
        let (old_a, old_b) = (self.is_old_implicit(a), self.is_old_implicit(b));
        if old_a != old_b || !old_a && owners != 0 {
            return owners > 0;
        }
        let snapshot = self.snapshot();
        let (fixed_a, fixed_b) = (self.given_result_fixed(a), self.given_result_fixed(b));
        let (open_a, _) = self.given_result(a);
        let (open_b, _) = self.given_result(b);
        let (a_wins, b_wins) = if old_a {
            (self.is_below(fixed_a, open_b), self.is_below(fixed_b, open_a))
        } else {
            (self.conforms(open_b, fixed_a), self.conforms(open_a, fixed_b))
        };
        self.rollback(snapshot);
        let score = owners + i32::from(a_wins) - i32::from(b_wins);
        if a_wins && b_wins && owners == 0 {
            let needs = |this: &Self, given: Given| {
                Self::given_method(given).map_or(0, |m| this.symbols.methods[m].params.len())
            };
            return needs(self, a) < needs(self, b);
        }
        score > 0
    }

    /// 1 if the class of the first one derives from that of the second, -1 the other way round.
    fn owner_score(&self, a: Given, b: Given) -> i32 {
        let owner = |given| match self.symbols.methods[Self::given_method(given)?].owner {
            Owner::Class(class) => Some(class),
            _ => None,
        };
        let (Some(p), Some(q)) = (owner(a), owner(b)) else { return 0 };
        let below = |p, q| p != q && self.types.derives(&self.symbols, p, q);
        i32::from(below(p, q)) - i32::from(below(q, p))
    }

    /// Whether it is declared with `implicit`.
    fn is_old_implicit(&self, given: Given) -> bool {
        Self::given_method(given)
            .is_some_and(|method| self.methods[method].flags.contains(ast::Flags::IMPLICIT))
    }

    /// Whether the first type is below the second one, with contravariant arguments taken as
    /// covariant.
    fn is_below(&mut self, a: TyId, b: TyId) -> bool {
        let (a, b) = (self.resolve(a), self.resolve(b));
        let (Some((p, xs)), Some((q, ys))) = (self.types.as_class(a), self.types.as_class(b))
        else {
            return self.conforms(a, b);
        };
        if p != q {
            return self.conforms(a, b);
        }
        let params = self.symbols.classes[p].type_params.clone();
        params.iter().zip(xs.iter().zip(ys)).all(|(param, (x, y))| {
            match self.symbols.type_params[*param].variance {
                Variance::Invariant => self.conforms(*x, *y) && self.conforms(*y, *x),
                Variance::Covariant | Variance::Contravariant => self.conforms(*x, *y),
            }
        })
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
    pub(super) fn try_given(&mut self, given: Given, ty: TyId, span: Span) -> Option<Expr> {
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
            let found = if self.symbols.locals[param].passing == Passing::ByName {
                let wanted = self.argument_type(param, wanted);
                self.by_name_implicit(wanted, span)
            } else {
                self.implicit_value(wanted, span)
            };
            match found {
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
}
