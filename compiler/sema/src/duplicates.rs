//! Definitions of one name in one scope: what may stand beside each other, and what may not.
//!
//! Methods of a class may share a name if their parameters differ, even after erasure. Nothing in
//! a block may share a name with anything of its kind.

use crate::checker::{Checker, MethodSource, Term};
use crate::enter::pattern_variables;
use crate::symbols::{ClassId, MethodId, MethodKind};
use crate::types::{Ty, TyId};
use fscc_base::{FastMap, Name, Span};
use fscc_syntax::ast::{self, Flags};

/// What remains of a type at run time, as far as overloads go.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Erased {
    Class(ClassId),
    Array(Box<Erased>),
    /// Not known, or one of several: equal to nothing.
    Unknown,
}

impl<'a> Checker<'a> {
    /// Reports what a block defines twice.
    pub fn check_block_names(&mut self, stats: &'a [ast::Stat]) {
        let mut terms: FastMap<Name, Span> = FastMap::default();
        let mut types: FastMap<Name, Span> = FastMap::default();
        // What methods are called at run time.
        let mut targets: FastMap<Name, Span> = FastMap::default();
        for stat in stats {
            let ast::StatKind::Definition(definition) = &stat.kind else { continue };
            match &definition.kind {
                ast::DefinitionKind::Value(def) => {
                    let mut names = Vec::new();
                    for pattern in &def.patterns {
                        pattern_variables(pattern, &mut names);
                    }
                    for name in names {
                        self.define_once(&mut terms, name);
                    }
                }
                ast::DefinitionKind::Method(def) => {
                    self.define_once(&mut terms, def.name);
                    let target = target_name_of(&definition.modifiers);
                    let name = target.map_or(def.name.name, Name::new);
                    if target.is_some() || !targets.contains_key(&name) {
                        self.define_once(&mut targets, ast::Ident::new(name, def.name.span));
                    }
                }
                ast::DefinitionKind::Class(def) if def.kind == ast::ClassKind::Object => {
                    self.define_once(&mut terms, def.name);
                }
                ast::DefinitionKind::Class(def) => self.define_once(&mut types, def.name),
                ast::DefinitionKind::Type(def) => self.define_once(&mut types, def.name),
                _ => {}
            }
        }
    }

    /// Reports parameters of one name.
    pub fn check_param_names(&mut self, clauses: &'a [ast::ParamClause]) {
        let mut names = FastMap::default();
        for param in clauses.iter().flat_map(|clause| &clause.params) {
            self.define_once(&mut names, param.name);
        }
    }

    /// Reports parameters of one function value that have one name.
    pub fn check_lambda_names(&mut self, params: &'a [ast::Param]) {
        let mut names = FastMap::default();
        for param in params {
            self.define_once(&mut names, param.name);
        }
    }

    /// Reports names that a pattern binds twice.
    pub fn check_pattern_names(&mut self, pattern: &'a ast::Pattern) {
        let mut bound = Vec::new();
        pattern_variables(pattern, &mut bound);
        let mut names = FastMap::default();
        for name in bound {
            self.define_once(&mut names, name);
        }
    }

    /// Reports type parameters of one name.
    pub fn check_type_param_names(&mut self, params: &'a [ast::TypeParam]) {
        let mut names = FastMap::default();
        for param in params {
            self.define_once(&mut names, param.name);
        }
    }

    fn define_once(&mut self, names: &mut FastMap<Name, Span>, name: ast::Ident) {
        if name.as_str() == "_" || name.span.is_synthetic() {
            return;
        }
        match names.get(&name.name) {
            Some(first) => {
                let first = *first;
                self.duplicate(name.name, name.span, Some(first));
            }
            None => {
                names.insert(name.name, name.span);
            }
        }
    }

    /// Reports members of a class that cannot stand beside each other.
    pub fn check_member_names(&mut self, class: ClassId) {
        if self.symbols.classes[class].is_library {
            return;
        }
        let groups: Vec<(Name, Vec<Term>)> = (self.classes[class].decls.iter())
            .filter(|(_, binding)| binding.terms.len() > 1)
            .map(|(name, binding)| (*name, binding.terms.to_vec()))
            .collect();
        for (name, mut terms) in groups {
            terms.sort_by_key(|term| self.span_of_member(*term));
            for (number, second) in terms.iter().enumerate().skip(1) {
                let clash = terms[..number].iter().copied().find(|first| {
                    self.are_written(*first, *second)
                        && self.span_of_member(*first) != self.span_of_member(*second)
                        && self.exclude_each_other(*first, *second, class)
                });
                if let Some(first) = clash {
                    let (first, second) =
                        (self.span_of_member(first), self.span_of_member(*second));
                    self.duplicate(name, second, Some(first));
                }
            }
        }
        let constructors: Vec<MethodId> = (self.symbols.classes[class].methods.iter())
            .copied()
            .filter(|method| self.symbols.methods[*method].kind == MethodKind::Constructor)
            .collect();
        for (number, second) in constructors.iter().enumerate().skip(1) {
            let clash = constructors[..number]
                .iter()
                .copied()
                .find(|first| self.methods_exclude(*first, *second, class));
            if let Some(first) = clash {
                let (first, second) =
                    (self.symbols.methods[first].span, self.symbols.methods[*second].span);
                self.duplicate(Name::new("this"), second, Some(first));
            }
        }
    }

    fn span_of_member(&self, term: Term) -> Span {
        match term {
            Term::Method(method) => self.place_of_given(method),
            _ => self.place_of_term(term).unwrap_or(Span::synthetic()),
        }
    }

    /// Whether two members stand in the source. Setters come with their variables, which are
    /// compared already, but a method of that name stands beside one.
    fn are_written(&self, first: Term, second: Term) -> bool {
        let is_setter = |term| {
            matches!(term, Term::Method(method)
                if matches!(self.symbols.methods[method].kind, MethodKind::Setter(_)))
        };
        !(is_setter(first) && is_setter(second))
            && self.is_written(first)
            && self.is_written(second)
    }

    /// Whether a member stands in the source, rather than coming with a class.
    fn is_written(&self, term: Term) -> bool {
        match term {
            Term::Method(method) => {
                matches!(
                    self.methods[method].source,
                    MethodSource::Def(..)
                        | MethodSource::Extension(..)
                        | MethodSource::Accessor(_)
                        | MethodSource::Given(..)
                ) && !self.place_of_given(method).is_synthetic()
            }
            Term::Field(_) => true,
            Term::Object(class) => self.classes[class].source.template().is_some(),
            Term::Local(_) | Term::Package(_) | Term::SelfAlias(_) => false,
        }
    }

    fn exclude_each_other(&mut self, first: Term, second: Term, class: ClassId) -> bool {
        if let (Term::Method(first), Term::Method(second)) = (first, second) {
            return self.methods_exclude(first, second, class);
        }
        let mut takes_arguments = |term| match term {
            Term::Method(method) => {
                self.complete_params(method);
                !self.symbols.methods[method].lists.is_empty()
            }
            _ => false,
        };
        !takes_arguments(first) && !takes_arguments(second)
    }

    /// Whether two methods of one name cannot stand beside each other.
    pub fn methods_exclude(&mut self, first: MethodId, second: MethodId, class: ClassId) -> bool {
        if self.target_name(first) != self.target_name(second) {
            return false;
        }
        self.signature(first);
        self.signature(second);
        for method in [first, second] {
            let params = self.symbols.methods[method].params.clone();
            if params.iter().any(|param| self.types.has_error(self.symbols.locals[*param].ty)) {
                return false;
            }
        }
        let is_extension =
            |this: &Self, method: MethodId| this.methods[method].receiver_list.is_some();
        if is_extension(self, first) == is_extension(self, second)
            && self.symbols.methods[first].lists.is_empty()
                == self.symbols.methods[second].lists.is_empty()
            && self.same_parameters(first, second, class)
        {
            return true;
        }
        self.same_after_erasure(first, second)
    }

    /// Whether two methods of one name would be one method at run time.
    pub fn same_after_erasure(&mut self, first: MethodId, second: MethodId) -> bool {
        // Inline methods are not there at run time.
        if [first, second].iter().any(|m| self.methods[*m].flags.contains(Flags::INLINE)) {
            return false;
        }
        let (left, right) = (self.erased_signature(first), self.erased_signature(second));
        !left.contains(&Erased::Unknown) && left == right
    }

    /// The name that `@targetName` gives a method, if it has one.
    pub fn target_name(&self, method: MethodId) -> Option<&'a str> {
        match self.methods[method].source {
            MethodSource::Def(_, modifiers) | MethodSource::Extension(_, _, modifiers) => {
                target_name_of(modifiers)
            }
            _ => None,
        }
    }

    /// Parameters, then the result, after erasure.
    fn erased_signature(&mut self, method: MethodId) -> Vec<Erased> {
        let info = &self.symbols.methods[method];
        let mut types: Vec<TyId> =
            info.params.iter().map(|param| self.symbols.locals[*param].ty).collect();
        types.push(info.result);
        types.into_iter().map(|ty| self.erased(ty)).collect()
    }

    fn erased(&mut self, ty: TyId) -> Erased {
        let roots = self.types.roots();
        let ty = self.resolve(ty);
        match self.types.get(ty) {
            Ty::Class(class, args) if Some(class) == self.known.array => match args.first() {
                Some(element) => Erased::Array(Box::new(self.erased(*element))),
                None => Erased::Unknown,
            },
            Ty::Class(class, _) if class == roots.any_class => Erased::Class(roots.any_ref_class),
            Ty::Class(class, _) | Ty::This(class) => Erased::Class(class),
            Ty::Literal(of, _) => self.erased(of),
            Ty::Param(param) if self.symbols.type_params[param].opaque.is_none() => {
                self.complete_bounds(param);
                let upper = self.symbols.type_params[param].upper;
                if upper == roots.any {
                    Erased::Class(roots.any_ref_class)
                } else {
                    self.erased(upper)
                }
            }
            _ => Erased::Unknown,
        }
    }
}

/// The text of `@targetName("text")`.
fn target_name_of(modifiers: &ast::Modifiers) -> Option<&str> {
    modifiers.annotations.iter().find_map(|annotation| {
        if crate::signature::annotation_name(&annotation.ty) != Some("targetName") {
            return None;
        }
        match &annotation.args.first()?.args.first()?.value.kind {
            ast::ExprKind::Literal(ast::Literal::String(text)) => Some(text.as_ref()),
            _ => None,
        }
    })
}
