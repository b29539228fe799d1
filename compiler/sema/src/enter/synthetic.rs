//! Declares what nobody writes: the cases of an enum in its companion, and the members that come
//! with case classes and enums.

use super::access_of;
use crate::checker::{Checker, ClassSource, MethodSource, Term, TypeSym};
use crate::symbols::{ClassId, Implementation, MethodKind, Owner, Synthetic};
use fscc_base::Name;
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// The cases of an enum, in its companion.
    pub fn enter_enum_cases(&mut self, object: ClassId) {
        if !self.is_object_class(object) {
            return;
        }
        let Some(parent) = self.symbols.classes[object].companion else { return };
        let ClassSource::Class(def, _) = self.classes[parent].source else { return };
        if def.kind != ast::ClassKind::Enum {
            return;
        }
        // Cases see each other and what the enum sees around it, not what its companion holds.
        let header = self.classes[parent].header_scope;
        let around = self.scopes[header].parent.expect("a header has a scope around it");
        let scope = self.push_names(around);
        let is_static = self.classes[object].is_static;
        let outer_name = self.symbols.classes[object].full_name.clone();
        let mut cases = Vec::new();
        for stat in def.template.stats() {
            let ast::StatKind::Definition(definition) = &stat.kind else { continue };
            let ast::DefinitionKind::EnumCase(case) = &definition.kind else { continue };
            let source = ClassSource::EnumCase(case, &definition.modifiers, parent);
            let class =
                self.enter_class(source, Owner::Class(object), &outer_name, scope, is_static);
            if self.is_object_class(class) {
                self.bind_object(class, object);
            } else {
                let binding = self.classes[object].decls.binding(case.name.name);
                binding.ty = Some(TypeSym::Class(class));
            }
            if !self.is_object_class(class) {
                self.bind_type(scope, case.name.name, TypeSym::Class(class));
            } else if is_static {
                self.bind_term(scope, case.name.name, Term::Object(class));
            }
            cases.push(class);
        }
        for class in cases {
            if let Some(companion) = self.missing_companion(class) {
                self.bind_object(companion, object);
                if is_static {
                    let name = self.symbols.classes[companion].name;
                    self.bind_term(scope, name, Term::Object(companion));
                }
            }
        }
    }

    /// Members that a case class, an enum or a companion has without being written.
    pub fn enter_synthetics(&mut self, class: ClassId) {
        let info = &self.symbols.classes[class];
        if info.is_case {
            self.enter_case_members(class);
        }
        if self.symbols.classes[class].is_enum {
            self.enter_synthetic(class, class, "ordinal", Synthetic::EnumOrdinal);
        }
        if !self.is_object_class(class) {
            return;
        }
        let Some(of) = self.symbols.classes[class].companion else { return };
        if self.symbols.classes[of].is_case && !self.is_object_class(of) {
            if !self.symbols.classes[of].is_abstract {
                self.enter_synthetic(class, of, "apply", Synthetic::CaseApply);
            }
            // An object that is not written has a text of its own; one that is written does not.
            if matches!(self.classes[class].source, ClassSource::None) {
                self.enter_synthetic(class, of, "toString", Synthetic::CaseText);
            }
        }
        if self.symbols.classes[of].is_enum {
            let all_values = self.symbols.classes[of]
                .children
                .iter()
                .all(|child| self.classes[*child].is_enum_value);
            if all_values {
                self.enter_synthetic(class, of, "values", Synthetic::EnumValues);
                self.enter_synthetic(class, of, "valueOf", Synthetic::EnumValueOf);
            }
            self.enter_synthetic(class, of, "fromOrdinal", Synthetic::EnumFromOrdinal);
        }
    }

    fn enter_case_members(&mut self, class: ClassId) {
        for (name, what) in [
            ("equals", Synthetic::CaseEquals),
            ("hashCode", Synthetic::CaseHash),
            ("toString", Synthetic::CaseText),
            ("productArity", Synthetic::ProductArity),
            ("productElement", Synthetic::ProductElement),
            ("productPrefix", Synthetic::ProductPrefix),
        ] {
            if !self.inherits_concrete(class, Name::new(name)) {
                self.enter_synthetic(class, class, name, what);
            }
        }
        if self.is_object_class(class) {
            return;
        }
        if !self.symbols.classes[class].is_abstract
            && !self.classes[class].decls.contains_key(&Name::new("copy"))
        {
            self.enter_synthetic(class, class, "copy", Synthetic::CaseCopy);
        }
        let scope = self.classes[class].scope;
        for (number, field) in self.symbols.classes[class].case_fields.clone().iter().enumerate() {
            let name = Name::new(&format!("_{}", number + 1));
            if self.classes[class].decls.contains_key(&name) {
                continue;
            }
            let span = self.symbols.fields[*field].span;
            let source = MethodSource::Accessor(*field);
            let getter = self.new_method(name, Owner::Class(class), source, scope, span);
            self.symbols.methods[getter].kind = MethodKind::Getter(*field);
            self.symbols.methods[getter].is_final = true;
            self.publish(getter, class);
        }
    }

    /// Whether the class declares this member, or inherits it from a class other than the roots.
    fn inherits_concrete(&mut self, class: ClassId, name: Name) -> bool {
        if self.classes[class].decls.get(&name).is_some_and(|b| !b.terms.is_empty()) {
            return true;
        }
        self.complete_header(class);
        let roots = self.types.roots();
        let parents = self.symbols.classes[class].linearization.clone();
        parents.into_iter().skip(1).any(|parent| {
            if parent == roots.any_class || parent == roots.any_ref_class {
                return false;
            }
            if self.symbols.classes[parent].is_library
                && self.symbols.classes[parent].full_name == "scala.Product"
            {
                return false;
            }
            self.complete_members(parent);
            let Some(binding) = self.classes[parent].decls.get(&name) else { return false };
            binding.terms.iter().any(|term| match term {
                Term::Method(method) => {
                    self.symbols.methods[*method].implementation != Implementation::Abstract
                }
                _ => false,
            })
        })
    }

    fn enter_synthetic(&mut self, class: ClassId, of: ClassId, name: &str, what: Synthetic) {
        let span = self.symbols.classes[of].span;
        let scope = self.classes[of].scope;
        let source = MethodSource::Synthetic(of);
        let method = self.new_method(Name::new(name), Owner::Class(class), source, scope, span);
        self.symbols.methods[method].implementation = Implementation::Synthetic(what);
        self.symbols.methods[method].is_final = self.symbols.classes[class].is_final;
        if matches!(what, Synthetic::CaseApply | Synthetic::CaseCopy) {
            if let Some(constructor) = self.symbols.classes[of].constructor {
                self.methods[method].access = self.methods[constructor].access;
            } else if let ClassSource::Class(def, _) = self.classes[of].source {
                self.methods[method].access = access_of(&def.constructor_modifiers);
            }
        }
        self.publish(method, class);
    }
}
