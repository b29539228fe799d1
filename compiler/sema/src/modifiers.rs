//! Modifiers that exclude each other, or that mean nothing beside what else a definition says.

use crate::checker::Checker;
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast::{self, DefinitionKind, Flags, Variance};

impl<'a> Checker<'a> {
    /// Checks the modifiers of a definition against each other and against its shape.
    pub fn check_modifiers_together(&mut self, definition: &'a ast::Definition) {
        let modifiers = &definition.modifiers;
        match &definition.kind {
            DefinitionKind::Class(def) => self.check_class_modifiers(def, modifiers),
            DefinitionKind::Method(def) => {
                if def.body.is_none() {
                    self.check_declared("a method without a body", modifiers, def.name.span);
                }
                self.check_invariant(&def.type_params);
            }
            DefinitionKind::Value(def) => {
                let span = def.patterns.first().map_or(definition.span, |pattern| pattern.span);
                if def.value.is_none() {
                    self.check_declared("a member without a value", modifiers, span);
                }
                if modifiers.has(Flags::ABSTRACT) && !modifiers.has(Flags::OVERRIDE) {
                    self.misplaced_modifier(
                        "abstract",
                        "a member; it is one without a value",
                        span,
                    );
                }
            }
            _ => {}
        }
    }

    fn check_class_modifiers(&mut self, def: &'a ast::ClassDef, modifiers: &ast::Modifiers) {
        let name = def.name.span;
        let is_object = def.kind == ast::ClassKind::Object;
        if modifiers.has(Flags::OVERRIDE) && !is_object {
            self.misplaced_modifier("override", "a class", name);
        }
        for (flag, text) in [(Flags::SEALED, "sealed"), (Flags::OPEN, "open")] {
            if modifiers.has(Flags::FINAL) && modifiers.has(flag) {
                self.misplaced_modifier(text, "a final class", name);
            }
        }
        let is_case = modifiers.has(Flags::CASE);
        if is_case && def.kind == ast::ClassKind::Class && def.clauses.is_empty() {
            self.report(
                Diagnostic::error(
                    codes::MISPLACED_MODIFIER,
                    name,
                    "a case class has a parameter list",
                )
                .help("write `()` after its name, or let it be a `case object`"),
            );
        }
        for (number, clause) in def.clauses.iter().enumerate() {
            for param in &clause.params {
                let is_field = param.field != ast::ParamField::None || is_case && number == 0;
                if param.by_name && is_field {
                    self.report(
                        Diagnostic::error(
                            codes::MISPLACED_MODIFIER,
                            param.name.span,
                            "a parameter that is a field is not by name",
                        )
                        .help("take a function: `() => T`"),
                    );
                }
            }
        }
    }

    /// What is only declared is for others to define.
    fn check_declared(&mut self, what: &str, modifiers: &ast::Modifiers, span: Span) {
        if modifiers.has(Flags::FINAL) {
            self.misplaced_modifier("final", what, span);
        }
        if matches!(modifiers.access, ast::Access::Private(None)) {
            self.misplaced_modifier("private", what, span);
        }
    }

    /// Type parameters of methods have no variance.
    fn check_invariant(&mut self, params: &'a [ast::TypeParam]) {
        for param in params {
            let sign = match param.variance {
                Variance::Invariant => continue,
                Variance::Covariant => "+",
                Variance::Contravariant => "-",
            };
            self.misplaced_modifier(sign, "a type parameter of a method", param.name.span);
        }
    }

    /// What a definition in a block cannot be: others never see it.
    pub fn check_local_modifiers(&mut self, stats: &'a [ast::Stat]) {
        for stat in stats {
            let ast::StatKind::Definition(definition) = &stat.kind else { continue };
            let span = match &definition.kind {
                DefinitionKind::Class(def) => def.name.span,
                DefinitionKind::Method(def) => def.name.span,
                DefinitionKind::Value(def) => {
                    def.patterns.first().map_or(definition.span, |pattern| pattern.span)
                }
                DefinitionKind::Type(def) => def.name.span,
                _ => continue,
            };
            let modifiers = &definition.modifiers;
            let what = "a definition in a block";
            match &modifiers.access {
                ast::Access::Public => {}
                ast::Access::Private(_) => self.misplaced_modifier("private", what, span),
                ast::Access::Protected(_) => self.misplaced_modifier("protected", what, span),
            }
            if modifiers.has(Flags::OVERRIDE) {
                self.misplaced_modifier("override", what, span);
            }
            if modifiers.has(Flags::FINAL) && !matches!(definition.kind, DefinitionKind::Class(_)) {
                self.misplaced_modifier("final", what, span);
            }
        }
    }
}
