//! Tests of types in patterns: which can be made at run time, what they say about type arguments,
//! and what they prove about type parameters.

use crate::checker::{Checker, TypeSym};
use crate::infer::pattern::wildcard;
use crate::infer::proof::Relation;
use crate::scope::ScopeKind;
use crate::symbols::{ClassId, ClassKind, Implementation, MethodKind, Owner, Variance};
use crate::typed::{Expr, Pattern, PatternKind};
use crate::types::{Subst, Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    pub(super) fn typed_pattern(
        &mut self,
        pattern: &'a ast::Pattern,
        written: &'a ast::Type,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let scope = self.env.scope;
        let scope = self.bind_type_variables(written, scope);
        self.env.scope = scope;
        let noted = self.written.len();
        let target = self.resolve_type(written, scope);
        // A test for arguments out of bounds never succeeds, which is no mistake.
        self.written.truncate(noted);
        if self.types.is_error(target) {
            let inner = wildcard(target, span);
            return match &pattern.kind {
                ast::PatternKind::Variable(name) => self.bind(*name, inner, span),
                _ => inner,
            };
        }
        let tested = if is_unchecked_type(written) {
            self.unchecked_test(target, ty, written.span)
        } else {
            self.type_test(target, ty, written.span)
        };
        let tested = self.tested_for_instance(tested, written);
        match &pattern.kind {
            ast::PatternKind::Variable(name) => self.bind(*name, tested, span),
            _ => tested,
        }
    }

    /// Lower-case names in the arguments of a type pattern stand for unknown types.
    fn bind_type_variables(
        &mut self,
        ty: &'a ast::Type,
        scope: crate::scope::ScopeId,
    ) -> crate::scope::ScopeId {
        let ast::TypeKind::Apply { args, .. } = &ty.kind else { return scope };
        for arg in args {
            let ast::TypeKind::Ident(name) = &arg.kind else { continue };
            let lower = name.as_str().starts_with(|c: char| c.is_lowercase());
            if lower && self.lookup_type(name.name, scope).is_none() {
                let param = self.new_type_param(name.name, Variance::Invariant, name.span);
                self.bind_type(scope, name.name, TypeSym::Param(param));
                self.pattern_types.insert(param);
            }
        }
        scope
    }

    /// A test whether a value is of a type; none if it always is. What may be null is tested even
    /// where its type says enough.
    fn type_test(&mut self, target: TyId, ty: TyId, span: Span) -> Pattern {
        if let Ty::Or(a, b) = self.types.get(target) {
            let alternatives = vec![self.type_test(a, ty, span), self.type_test(b, ty, span)];
            return Pattern { kind: PatternKind::Alternative(alternatives), ty: target, span };
        }
        if self.conforms(ty, target) {
            let any_ref = self.types.roots().any_ref;
            let is_class =
                matches!(self.types.get(self.resolve(target)), Ty::Class(..) | Ty::And(..));
            if !is_class || !self.conforms(target, any_ref) {
                return wildcard(target, span);
            }
            let inner = Box::new(wildcard(target, span));
            return Pattern { kind: PatternKind::Typed(inner), ty: target, span };
        }
        if !self.may_overlap(target, ty) {
            return self.impossible(target, ty, span);
        }
        self.check_testable(target, ty, span);
        let target = self.solve_pattern_types(target, ty);
        self.prove(target, ty);
        let inner = Box::new(wildcard(target, span));
        Pattern { kind: PatternKind::Typed(inner), ty: target, span }
    }

    /// A test of the class alone: `@unchecked` says that the type arguments are known to be right.
    fn unchecked_test(&mut self, target: TyId, ty: TyId, span: Span) -> Pattern {
        if !matches!(self.types.get(target), Ty::Class(..)) || !self.may_overlap(target, ty) {
            let saved = std::mem::replace(&mut self.unchecked, true);
            let tested = self.type_test(target, ty, span);
            self.unchecked = saved;
            return tested;
        }
        if !self.check_array_test(target, ty, span) {
            return wildcard(self.types.roots().error, span);
        }
        let inner = Box::new(wildcard(target, span));
        Pattern { kind: PatternKind::Typed(inner), ty: target, span }
    }

    /// A test for an inner class asks also to which instance a value belongs.
    fn tested_for_instance(&mut self, tested: Pattern, written: &'a ast::Type) -> Pattern {
        let mut is_inner = |part: Ty| matches!(part, Ty::Class(class, _) if self.is_inner(class));
        if !self.types.any_part(tested.ty, &mut is_inner) {
            return tested;
        }
        let span = tested.span;
        let Some((class, args)) = self.types.as_class(tested.ty) else {
            return self.other_instance(span);
        };
        if !self.is_inner(class) {
            // Types of arguments are erased.
            debug_assert!(!args.is_empty());
            return tested;
        }
        let Pattern { kind, ty, .. } = tested;
        let inner = match kind {
            PatternKind::Typed(inner) if !self.is_interface(class) => inner,
            _ => return Pattern { kind, ty, span },
        };
        let Some(outer) = self.instance_around(class, written) else {
            return self.other_instance(span);
        };
        let kind = PatternKind::Belongs(class, Box::new(outer), inner);
        let belongs = Box::new(Pattern { kind, ty, span });
        Pattern { kind: PatternKind::Typed(belongs), ty, span }
    }

    /// Whether the class belongs to an instance of the class around it.
    pub fn is_inner(&self, class: ClassId) -> bool {
        let info = &self.symbols.classes[class];
        matches!(info.owner, Owner::Class(_)) && !self.classes[class].is_static && !info.is_library
    }

    /// Whether a trait only declares: Scala keeps no instance around for it, and tests for none.
    pub fn is_interface(&mut self, class: ClassId) -> bool {
        self.complete_members(class);
        let info = &self.symbols.classes[class];
        info.kind == ClassKind::Trait
            && info.fields.is_empty()
            && self.classes[class].statements.is_empty()
            && info.methods.iter().all(|method| {
                let info = &self.symbols.methods[*method];
                info.implementation == Implementation::Abstract
                    || info.kind == MethodKind::Constructor
            })
    }

    /// A `catch` without a guard tests the class alone, as in Scala, unless the class around is
    /// inner itself.
    pub(super) fn caught(&self, pattern: Pattern) -> Pattern {
        let Pattern { kind, ty, span } = pattern;
        let kind = match kind {
            PatternKind::Bind(local, inner) => {
                PatternKind::Bind(local, Box::new(self.caught(*inner)))
            }
            PatternKind::Typed(inner) => PatternKind::Typed(match inner.kind {
                PatternKind::Belongs(class, outer, inner) => {
                    let around = match self.symbols.classes[class].owner {
                        Owner::Class(around) => self.classes[around].is_static,
                        _ => false,
                    };
                    if around && matches!(inner.kind, PatternKind::Wildcard) {
                        inner
                    } else {
                        let kind = PatternKind::Belongs(class, outer, inner);
                        Box::new(Pattern { kind, ty, span })
                    }
                }
                _ => inner,
            }),
            kind => kind,
        };
        Pattern { kind, ty, span }
    }

    pub(super) fn other_instance(&mut self, span: Span) -> Pattern {
        self.report(
            Diagnostic::error(
                codes::OTHER_INSTANCE,
                span,
                "it is not clear to which instance this inner class belongs",
            )
            .because("named neither through a value nor by its plain name")
            .help("write `a.Inner`, or the plain name inside the class around"),
        );
        wildcard(self.types.roots().error, span)
    }

    /// The instance through which a written type names an inner class.
    pub(super) fn instance_around(
        &mut self,
        class: ClassId,
        written: &'a ast::Type,
    ) -> Option<Expr> {
        match &written.kind {
            ast::TypeKind::Apply { constructor, .. } => self.instance_around(class, constructor),
            ast::TypeKind::Annotated { ty, .. } => self.instance_around(class, ty),
            ast::TypeKind::Select { .. } => self.outer_of_path(written),
            ast::TypeKind::Ident(name) => self.instance_of_name(class, *name),
            _ => None,
        }
    }

    fn instance_of_name(&mut self, class: ClassId, name: ast::Ident) -> Option<Expr> {
        let wanted = TypeSym::Class(class);
        let mut next = Some(self.env.scope);
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            match self.scopes[scope].kind {
                ScopeKind::Class(around) => {
                    if let Some(found) = self.type_member(around, name.name) {
                        return (found == wanted).then(|| self.this_of(around, name.span));
                    }
                }
                ScopeKind::Import(import) => {
                    if let Some(((found, _), _)) = self.import_type(import, name.name) {
                        return (found == wanted).then(|| self.import_path(import, name.span));
                    }
                }
                ScopeKind::Names(ref names) => {
                    if names.get(&name.name).is_some_and(|binding| binding.ty.is_some()) {
                        return None;
                    }
                }
                ScopeKind::Package(_) => {}
            }
        }
        None
    }

    /// Type variables of a pattern become what the scrutinee says.
    fn solve_pattern_types(&mut self, target: TyId, ty: TyId) -> TyId {
        let mut named = Vec::new();
        self.types.any_part(target, &mut |part| {
            if let Ty::Param(param) = part
                && self.pattern_types.contains(&param)
            {
                named.push(param);
            }
            false
        });
        let Some((class, _)) = self.types.as_class(target) else { return target };
        if named.is_empty() {
            return target;
        }
        let implied = self.implied_type(class, ty);
        let (Some((_, args)), Some((_, implied))) =
            (self.types.as_class(target), self.types.as_class(implied))
        else {
            return target;
        };
        let mut subst = Subst::new();
        for (arg, known) in args.iter().zip(implied) {
            if let Ty::Param(param) = self.types.get(*arg)
                && named.contains(&param)
            {
                let same = self.types.get(*known) == Ty::Param(param);
                if !same {
                    subst.insert(param, *known);
                    // The names stay usable: they are aliases of what was found.
                    self.add_proof(param, *known, Relation::Same);
                }
            }
        }
        self.types.subst(target, &subst)
    }

    /// Whether a value could be of both types.
    pub fn may_overlap(&mut self, a: TyId, b: TyId) -> bool {
        let (a, b) = (self.types.widen(a), self.types.widen(b));
        if self.types.has_error(a) || self.types.has_error(b) {
            return true;
        }
        match (self.types.get(a), self.types.get(b)) {
            (Ty::Or(x, y), _) => return self.may_overlap(x, b) || self.may_overlap(y, b),
            (_, Ty::Or(x, y)) => return self.may_overlap(a, x) || self.may_overlap(a, y),
            (Ty::And(x, y), _) => return self.may_overlap(x, b) && self.may_overlap(y, b),
            (_, Ty::And(x, y)) => return self.may_overlap(a, x) && self.may_overlap(a, y),
            _ => {}
        }
        let (Ty::Class(x, _), Ty::Class(y, _)) = (self.types.get(a), self.types.get(b)) else {
            return true;
        };
        self.complete_header(x);
        self.complete_header(y);
        let symbols = &self.symbols;
        if self.types.derives(symbols, x, y) || self.types.derives(symbols, y, x) {
            return true;
        }
        let roots = self.types.roots();
        if [x, y].contains(&roots.any_class) || [x, y].contains(&roots.any_ref_class) {
            let other = if x == roots.any_ref_class { y } else { x };
            return ![x, y].contains(&roots.any_ref_class) || !self.types.is_primitive(other);
        }
        if [x, y].contains(&roots.null_class) {
            return true;
        }
        let (left, right) = (&symbols.classes[x], &symbols.classes[y]);
        let is_trait = |class: &crate::symbols::Class| class.kind == ClassKind::Trait;
        let closed = |class: &crate::symbols::Class| class.is_final || class.is_case;
        if closed(left) || closed(right) {
            return false;
        }
        is_trait(left) || is_trait(right)
    }

    /// The type of this class that a value of type `ty` has if it is an instance of it: what the
    /// type says is taken over, the rest is unknown.
    pub fn implied_type(&mut self, class: ClassId, ty: TyId) -> TyId {
        self.complete_header(class);
        let params = self.symbols.classes[class].type_params.clone();
        if params.is_empty() {
            let this = self.symbols.classes[class].this_ty;
            self.prove(this, ty);
            return this;
        }
        let (subst, vars) = self.fresh_vars(&params, &Subst::new());
        let this = self.symbols.classes[class].this_ty;
        let own = self.types.subst(this, &subst);
        self.match_bases(own, ty);
        let mut result = Subst::new();
        for (param, var) in params.iter().zip(vars) {
            let known = self.resolve(var);
            let known = match self.types.get(known) {
                Ty::Var(open) => {
                    if self.has_lower(open) {
                        self.solve_below(open)
                    } else {
                        let info = &self.symbols.type_params[*param];
                        let (name, upper, lower) = (info.name, info.upper, info.lower);
                        let unknown =
                            self.new_type_param(name, Variance::Invariant, Span::synthetic());
                        let simple = !self.types.has_params(upper);
                        let mut upper = if simple { upper } else { self.types.roots().any };
                        let bounds = self.vars_upper(open);
                        if let Some(bound) = bounds {
                            upper = bound;
                        }
                        self.symbols.type_params[unknown].upper = upper;
                        self.symbols.type_params[unknown].lower = lower;
                        let ty = self.types.param(unknown);
                        self.unify(open, ty);
                        ty
                    }
                }
                Ty::Wildcard(_, upper) => upper,
                _ => known,
            };
            result.insert(*param, known);
        }
        // What was compared with open variables is compared again with what they are.
        let implied = self.types.subst(this, &result);
        self.match_bases(implied, ty);
        implied
    }

    fn vars_upper(&mut self, var: crate::types::TyVar) -> Option<TyId> {
        let uppers = self.vars.state(var).uppers.clone();
        let upper = uppers.into_iter().map(|upper| self.resolve(upper)).next()?;
        (!self.types.has_vars(upper)).then_some(upper)
    }

    /// Refuses tests of what is not there at run time.
    pub fn check_testable(&mut self, target: TyId, ty: TyId, span: Span) {
        if self.env.is_library || !self.check_array_test(target, ty, span) || self.unchecked {
            return;
        }
        let what = match self.types.get(target) {
            Ty::Class(class, args) if !args.is_empty() && Some(class) != self.known.array => {
                // What belongs to the instance around is known with the instance.
                let own = self.symbols.classes[class].own_type_params;
                let own = if self.is_inner(class) { own } else { args.len() };
                if args.iter().take(own).all(|arg| self.is_unknown_arg(*arg)) {
                    return;
                }
                let implied = self.implied_type(class, ty);
                if self.may_conform(implied, target) {
                    return;
                }
                "the type arguments are"
            }
            Ty::Param(param) => {
                if self.visible_opaque(param).is_some() {
                    return;
                }
                if self.conforms(ty, target) {
                    return;
                }
                "a type parameter is"
            }
            Ty::Applied(..) if self.named_parts(target).is_some() => "the names are",
            _ => return,
        };
        let text = self.show(target);
        self.report(
            Diagnostic::error(
                codes::UNCHECKED_TEST,
                span,
                format!("`{text}` cannot be tested: {what} not known at run time"),
            )
            .help("test the class only: `C[?]`"),
        );
    }

    /// Refuses to tell arrays apart that the machine keeps alike; says whether nothing is wrong.
    pub fn check_array_test(&mut self, target: TyId, ty: TyId, span: Span) -> bool {
        let Some((class, &[element])) = self.types.as_class(target) else { return true };
        let roots = self.types.roots();
        let own_kind = [
            roots.boolean,
            roots.byte,
            roots.short,
            roots.char,
            roots.int,
            roots.long,
            roots.double,
        ];
        let is_known = match self.types.get(element) {
            Ty::Wildcard(..) => self.is_unknown_arg(element),
            Ty::Param(_) => true,
            _ => own_kind.contains(&element),
        };
        if Some(class) != self.known.array || is_known || self.conforms(ty, target) {
            return true;
        }
        let text = self.show(target);
        let message = format!("an array cannot be tested for being an `{text}`");
        self.report(
            Diagnostic::error(codes::ARRAY_TEST, span, message)
                .because("such arrays do not know what they hold")
                .help("test for `Array[?]`, or use a `Seq`"),
        );
        false
    }

    fn is_unknown_arg(&self, arg: TyId) -> bool {
        match self.types.get(arg) {
            Ty::Wildcard(lower, upper) => {
                lower == self.types.roots().nothing && upper == self.types.roots().any
            }
            Ty::Param(param) => self.pattern_types.contains(&param),
            _ => false,
        }
    }
}

/// Whether a type, or one of its arguments, is marked `@unchecked`.
fn is_unchecked_type(ty: &ast::Type) -> bool {
    match &ty.kind {
        ast::TypeKind::Annotated { ty, annotations } => {
            is_unchecked_type(ty)
                || annotations.iter().any(|annotation| {
                    crate::signature::annotation_name(&annotation.ty) == Some("unchecked")
                })
        }
        ast::TypeKind::Apply { args, .. } => args.iter().any(is_unchecked_type),
        _ => false,
    }
}
