//! What a class inherits from several parents must agree: members of one name override each other
//! as they are seen from the class, and no two of them are one at run time.
//!
//! What a class declares itself is checked in `override_check`; what one parent inherits already
//! was checked there.

use crate::checker::{Access, Checker, MethodSource, Term};
use crate::override_rules::Pair;
use crate::symbols::{ClassId, Implementation, MethodId, MethodKind, Owner};
use fscc_base::{Diagnostic, FastMap, FastSet, Name, codes};

impl<'a> Checker<'a> {
    /// Checks a class of the user's against all its bases.
    pub fn check_inherited(&mut self, class: ClassId) {
        if self.symbols.classes[class].is_library {
            return;
        }
        self.check_case_bases(class);
        for methods in self.members_by_name(class).into_values() {
            self.check_members_of_name(class, &methods);
        }
        self.check_target_names(class);
    }

    /// A member with a `@targetName` is at run time a member of that name.
    fn check_target_names(&mut self, class: ClassId) {
        for method in self.symbols.classes[class].methods.clone() {
            let Some(target) = self.target_name(method) else { continue };
            let target = Name::new(target);
            if target == self.symbols.methods[method].name {
                continue;
            }
            let bases = self.symbols.classes[class].linearization.clone();
            let others: Vec<MethodId> = (bases.into_iter().skip(1))
                .filter_map(|base| self.classes[base].decls.get(&target))
                .flat_map(|binding| binding.terms.iter().copied())
                .filter_map(|term| match term {
                    Term::Method(other) => Some(other),
                    _ => None,
                })
                .collect();
            for other in others {
                let is_same = self.target_name(other).is_none();
                self.signature(other);
                let is_private = matches!(self.methods[method].access, Access::Private(_));
                if is_same && is_private && self.same_parameters(method, other, class) {
                    let span = self.symbols.methods[method].span;
                    let text = format!("at run time this is `{target}`, which a parent shows");
                    self.report(
                        Diagnostic::error(codes::WEAKER_ACCESS, span, text)
                            .help("give it another `@targetName`"),
                    );
                } else if is_same && self.check_erased_pair(class, method, other) {
                    return;
                }
            }
        }
    }

    /// Checks the members of one name, of which the first that fits is the one that counts.
    fn check_members_of_name(&mut self, class: ClassId, methods: &[MethodId]) {
        let mut winners: Vec<MethodId> = Vec::new();
        for method in methods.iter().copied() {
            let same =
                winners.iter().position(|winner| self.same_parameters(*winner, method, class));
            let Some(place) = same else {
                if winners.iter().any(|winner| self.check_erased_pair(class, *winner, method)) {
                    return;
                }
                winners.push(method);
                continue;
            };
            // A member with a body goes before one without, wherever it stands.
            let is_open = |this: &Self, method: MethodId| {
                this.symbols.methods[method].implementation == Implementation::Abstract
            };
            let winner = winners[place];
            let is_own = self.symbols.methods[winner].owner == Owner::Class(class);
            let (member, other) = if is_open(self, winner) && !is_open(self, method) && !is_own {
                winners[place] = method;
                (method, winner)
            } else {
                (winner, method)
            };
            let pair = Pair { class, member, other, is_inherited: true };
            if !is_own && self.is_new_pair(class, member, other) && self.check_override(pair) {
                return;
            }
        }
    }

    /// Members of more than one base that others may override, the most derived first.
    fn members_by_name(&mut self, class: ClassId) -> FastMap<Name, Vec<MethodId>> {
        let mut found: FastMap<Name, Vec<MethodId>> = FastMap::default();
        let bases = self.symbols.classes[class].linearization.clone();
        bases.iter().for_each(|base| self.complete_members(*base));
        let shared = self.shared_names(&bases);
        if shared.is_empty() {
            return found;
        }
        for base in bases {
            for (name, binding) in self.classes[base].decls.iter() {
                if !shared.contains(name) {
                    continue;
                }
                for term in &binding.terms {
                    let Term::Method(method) = *term else { continue };
                    let is_default =
                        matches!(self.symbols.methods[method].kind, MethodKind::Default(..));
                    let is_made_up =
                        matches!(self.methods[method].source, MethodSource::Export(..));
                    if !is_default
                        && !is_made_up
                        && !matches!(self.methods[method].access, Access::Private(_))
                    {
                        found.entry(*name).or_default().push(method);
                    }
                }
            }
        }
        found.retain(|_, methods| {
            methods.len() > 1 && methods.iter().any(|method| !self.methods[*method].is_library)
        });
        found
    }

    /// The names that a class of the program has in common with another base. Few have any, so
    /// that the long lists of what the library declares need not be gone through.
    fn shared_names(&self, bases: &[ClassId]) -> FastSet<Name> {
        let mut shared = FastSet::default();
        for base in bases {
            if self.symbols.classes[*base].is_library {
                continue;
            }
            for (name, _) in self.classes[*base].decls.iter() {
                let has_it = |other: &ClassId| {
                    other != base && self.classes[*other].decls.contains_key(name)
                };
                if bases.iter().any(has_it) {
                    shared.insert(*name);
                }
            }
        }
        shared
    }

    /// Whether nothing has checked this pair before.
    fn is_new_pair(&mut self, class: ClassId, first: MethodId, second: MethodId) -> bool {
        let (Owner::Class(above), Owner::Class(below)) =
            (self.symbols.methods[first].owner, self.symbols.methods[second].owner)
        else {
            return false;
        };
        let is_library = self.methods[first].is_library && self.methods[second].is_library;
        above != below && !is_library && !self.is_checked_in_parent(class, above, below)
    }

    /// Whether one direct parent has both bases already, as the class sees them.
    pub fn is_checked_in_parent(&mut self, class: ClassId, above: ClassId, below: ClassId) -> bool {
        let this = self.symbols.classes[class].this_ty;
        self.symbols.classes[class].parents.clone().into_iter().any(|parent| {
            [above, below].into_iter().all(|base| {
                let inherited = self.types.base_type(&self.symbols, parent, base);
                inherited.is_some() && inherited == self.types.base_type(&self.symbols, this, base)
            })
        })
    }

    /// Reports two members that differ before erasure only.
    fn check_erased_pair(&mut self, class: ClassId, first: MethodId, second: MethodId) -> bool {
        if !self.is_new_pair(class, first, second) || !self.same_after_erasure(first, second) {
            return false;
        }
        let (name, span) = (self.symbols.methods[first].name, self.symbols.classes[class].span);
        let mut diagnostic = Diagnostic::error(
            codes::ERASED_CLASH,
            span,
            format!("two members `{name}` have the same type after erasure"),
        );
        for method in [first, second] {
            let place = self.symbols.methods[method].span;
            if !place.is_synthetic() {
                diagnostic = diagnostic.label(place, "one of them");
            }
        }
        self.report(diagnostic.help("give one of them another name"));
        true
    }

    /// A class that extends a case class sees every base as the case class does.
    fn check_case_bases(&mut self, class: ClassId) {
        let info = &self.symbols.classes[class];
        if info.is_case {
            return;
        }
        let bases = info.linearization.clone();
        let case_class =
            bases.iter().copied().skip(1).find(|base| self.symbols.classes[*base].is_case);
        let Some(case_class) = case_class else { return };
        let this = self.symbols.classes[class].this_ty;
        let Some(as_case) = self.types.base_type(&self.symbols, this, case_class) else { return };
        for base in bases {
            let (Some(by_case), Some(direct)) = (
                self.types.base_type(&self.symbols, as_case, base),
                self.types.base_type(&self.symbols, this, base),
            ) else {
                continue;
            };
            if by_case == direct || self.same_type(by_case, direct) {
                continue;
            }
            let info = &self.symbols.classes[class];
            let (name, span) = (info.name, info.span);
            let parent = self.symbols.classes[case_class].name;
            let (by_case, direct) = (self.show(by_case), self.show(direct));
            self.report(
                Diagnostic::error(
                    codes::CONFLICTING_BASES,
                    span,
                    format!(
                        "`{name}` is a `{direct}`, but its case class `{parent}` a `{by_case}`"
                    ),
                )
                .help("remove the second version, or let the parent be an ordinary class"),
            );
            return;
        }
    }
}
