//! Exports of a class: what they name must be there, and nothing else may have the name.
//!
//! A wildcard leaves out what the class defines, so only names that are written can clash.

use crate::checker::{Checker, MethodSource, Term};
use crate::symbols::{ClassId, MethodId};
use fscc_base::{Name, Span};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// Checks the exports of a class of user code.
    pub fn check_exports(&mut self, class: ClassId) {
        if self.symbols.classes[class].is_library {
            return;
        }
        let mut made: Vec<(MethodId, Span)> = Vec::new();
        for (clause, scope) in self.classes[class].exports.clone() {
            // From now on it is checked like an import of the same path.
            self.export_path_type(clause, scope, class);
            for selector in &clause.selectors {
                let ast::ImportSelector::Name { name, rename } = selector else { continue };
                let name = rename.unwrap_or(*name);
                self.check_exported_name(class, (clause, name), &mut made);
            }
        }
    }

    fn check_exported_name(
        &mut self,
        class: ClassId,
        (clause, name): (&'a ast::ImportClause, ast::Ident),
        made: &mut Vec<(MethodId, Span)>,
    ) {
        let terms = self.export_members(class, name.name);
        for (number, term) in terms.iter().enumerate() {
            let Term::Method(forwarder) = *term else { continue };
            // Two exports of one member of two values are one forwarder.
            if terms[..number].contains(term)
                && let Some((_, first)) = made.iter().find(|(other, _)| *other == forwarder)
                && *first != name.span
            {
                let first = *first;
                self.duplicate(name.name, name.span, Some(first));
            }
            let is_own = matches!(self.methods[forwarder].source,
                MethodSource::Export(of, _) if std::ptr::eq(of, clause));
            if !is_own || made.iter().any(|(other, _)| *other == forwarder) {
                continue;
            }
            let first = match self.defined_beside(class, forwarder, name.name) {
                Some(place) => Some(place),
                None => made
                    .clone()
                    .into_iter()
                    .find(|(other, _)| {
                        self.symbols.methods[*other].name == name.name
                            && self.methods_exclude(*other, forwarder, class)
                    })
                    .map(|(_, place)| place),
            };
            if let Some(first) = first {
                self.duplicate(name.name, name.span, Some(first));
            }
            made.push((forwarder, name.span));
        }
    }

    /// Where the class itself defines what an export adds.
    fn defined_beside(&mut self, class: ClassId, forwarder: MethodId, name: Name) -> Option<Span> {
        let terms = self.classes[class].decls.get(&name)?.terms.to_vec();
        terms.into_iter().find_map(|term| {
            let excludes = match term {
                Term::Method(method) => self.methods_exclude(method, forwarder, class),
                _ => self.symbols.methods[forwarder].lists.is_empty(),
            };
            let place = self.place_of_term(term).filter(|place| !place.is_synthetic());
            if excludes { place } else { None }
        })
    }
}
