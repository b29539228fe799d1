//! The shape of definitions: which modifiers fit, what case classes, value classes, enums and
//! traits may look like. None of it needs bodies.

use crate::checker::{Checker, ClassSource, FieldSource, TypeSym};
use crate::symbols::{ClassId, ClassKind, MethodId, Owner};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast::{self, DefinitionKind, Flags};

/// More parameters than this do not fit into a method of the Java machine, where a Long and a
/// Double count twice; Scala refuses them.
const PARAMETERS_MAX: usize = 254;

impl<'a> Checker<'a> {
    /// Modifiers that mean nothing at this kind of definition.
    pub fn check_modifiers(&mut self, definition: &'a ast::Definition) {
        if self.env.is_library {
            return;
        }
        let modifiers = &definition.modifiers;
        let (what, name, refused) = match &definition.kind {
            DefinitionKind::Class(def) => (
                class_word(def.kind),
                def.name.span,
                match def.kind {
                    ast::ClassKind::Class => CLASS_REFUSES,
                    ast::ClassKind::Trait => TRAIT_REFUSES,
                    ast::ClassKind::Object => OBJECT_REFUSES,
                    ast::ClassKind::Enum => ENUM_REFUSES,
                },
            ),
            DefinitionKind::Method(def) => ("a method", def.name.span, METHOD_REFUSES),
            DefinitionKind::Value(def) => {
                let span = def.patterns.first().map_or(definition.span, |pattern| pattern.span);
                if def.mutable {
                    ("a variable", span, VAR_REFUSES)
                } else {
                    ("a value", span, VAL_REFUSES)
                }
            }
            DefinitionKind::Type(def) => ("a type", def.name.span, TYPE_REFUSES),
            DefinitionKind::Constructor(def) => ("a constructor", def.this_span, &[][..]),
            _ => return,
        };
        for (flag, text) in Flags::ALL {
            if refused.contains(flag) && modifiers.has(*flag) {
                self.misplaced_modifier(text, what, name);
            }
        }
        self.check_modifiers_together(definition);
        let is_private = match &modifiers.access {
            ast::Access::Private(within) => within.is_none_or(|name| name.as_str() == "this"),
            ast::Access::Public | ast::Access::Protected(_) => false,
        };
        if is_private && modifiers.has(Flags::OVERRIDE) {
            self.report(
                Diagnostic::error(
                    codes::MISPLACED_MODIFIER,
                    name,
                    "`private` and `override` exclude each other",
                )
                .help("remove one of them: what is private overrides nothing"),
            );
        }
        if let DefinitionKind::Method(def) = &definition.kind {
            for param in def.clauses.iter().flat_map(|clause| &clause.params) {
                if param.modifiers.has(Flags::OVERRIDE) {
                    self.misplaced_modifier("override", "a parameter of a method", param.name.span);
                }
                if param.modifiers.has(Flags::INLINE) && !modifiers.has(Flags::INLINE) {
                    let what = "a parameter of a method that is not `inline`";
                    self.misplaced_modifier("inline", what, param.name.span);
                }
            }
            if modifiers.has(Flags::TRANSPARENT) && !modifiers.has(Flags::INLINE) {
                self.misplaced_modifier("transparent", "a method that is not `inline`", name);
            }
        }
        if let DefinitionKind::Type(def) = &definition.kind
            && modifiers.has(Flags::OPAQUE)
            && def.rhs.is_none()
        {
            self.report(
                Diagnostic::error(codes::MISSING_VALUE, name, "an opaque type needs a right side")
                    .help("write what it stands for: `= T`, or remove `opaque`"),
            );
        }
        let clauses: &[ast::ParamClause] = match &definition.kind {
            DefinitionKind::Class(def) => &def.clauses,
            DefinitionKind::Constructor(def) => &def.clauses,
            _ => &[],
        };
        for param in clauses.iter().flat_map(|clause| &clause.params) {
            if param.modifiers.has(Flags::INLINE) {
                let what = "a parameter of a constructor";
                self.misplaced_modifier("inline", what, param.name.span);
            }
        }
        let constructor = match &definition.kind {
            DefinitionKind::Method(_) if modifiers.has(Flags::INLINE) => {
                for annotation in &modifiers.annotations {
                    if crate::signature::annotation_name(&annotation.ty) == Some("tailrec") {
                        self.misplaced_modifier("@tailrec", "an inline method", name);
                    }
                }
                return;
            }
            DefinitionKind::Class(def) => &def.constructor_modifiers,
            DefinitionKind::Constructor(_) => modifiers,
            _ => return,
        };
        for annotation in &constructor.annotations {
            if crate::signature::annotation_name(&annotation.ty) == Some("targetName") {
                self.misplaced_modifier("@targetName", "a constructor", annotation.span);
            }
        }
    }

    /// An `inline val` is a constant of a literal type.
    pub fn check_inline_values(&mut self, class: ClassId) {
        if self.symbols.classes[class].is_library {
            return;
        }
        let roots = self.types.roots();
        for field in self.symbols.classes[class].fields.clone() {
            let FieldSource::Value(def) = self.fields[field].source else { continue };
            let getter = self.symbols.fields[field].getter;
            let is_inline =
                getter.is_some_and(|getter| self.methods[getter].flags.contains(Flags::INLINE));
            let Some(value) = def.value.as_ref().filter(|_| is_inline) else { continue };
            let ty = self.resolve(self.symbols.fields[field].ty);
            let is_literal = matches!(self.types.get(ty), Ty::Literal(..));
            // Literals of floating point have no type of their own here.
            let is_floating = ty == roots.double || ty == roots.float;
            let is_wrong = match &value.kind {
                ast::ExprKind::Ascription { ty, .. } => {
                    !matches!(ty.kind, ast::TypeKind::Literal(_))
                }
                ast::ExprKind::Ident(_) => !is_literal && !is_floating,
                _ => ty == roots.null || ty == roots.unit || def.ty.is_some() && !is_literal,
            };
            if is_wrong && !self.types.has_error(ty) {
                self.report(
                    Diagnostic::error(
                        codes::INLINE_VALUE,
                        self.symbols.fields[field].span,
                        "an inline value is a constant, of the type that has only this value",
                    )
                    .help("leave out the type, or remove `inline`"),
                );
            }
        }
    }

    /// Only a trait can mean the body in the class that it is mixed into.
    pub fn check_abstract_override(&mut self, definition: &'a ast::Definition, class: ClassId) {
        let modifiers = &definition.modifiers;
        let name = match &definition.kind {
            DefinitionKind::Method(def) => def.name.span,
            DefinitionKind::Value(def) => match def.patterns.first() {
                Some(pattern) => pattern.span,
                None => return,
            },
            _ => return,
        };
        let info = &self.symbols.classes[class];
        if !info.is_library
            && info.kind != ClassKind::Trait
            && modifiers.has(Flags::ABSTRACT)
            && modifiers.has(Flags::OVERRIDE)
        {
            self.misplaced_modifier("abstract override", "a member of a class", name);
        }
    }

    pub fn misplaced_modifier(&mut self, modifier: &str, what: &str, span: Span) {
        self.report(
            Diagnostic::error(
                codes::MISPLACED_MODIFIER,
                span,
                format!("`{modifier}` means nothing for {what}"),
            )
            .help(format!("remove `{modifier}`")),
        );
    }

    /// What a class as a whole may look like.
    pub fn check_class_shape(&mut self, class: ClassId) {
        if self.symbols.classes[class].is_library {
            return;
        }
        self.check_case_inheritance(class);
        self.check_value_class(class);
        self.check_enum_shape(class);
        self.check_trait_shape(class);
        self.check_aliases(class);
        self.check_parameter_counts(class);
    }

    /// A case class does not inherit from another one.
    fn check_case_inheritance(&mut self, class: ClassId) {
        let info = &self.symbols.classes[class];
        if !info.is_case || matches!(self.classes[class].source, ClassSource::EnumCase(..)) {
            return;
        }
        let parent = info
            .linearization
            .iter()
            .copied()
            .skip(1)
            .find(|base| self.symbols.classes[*base].is_case);
        let Some(parent) = parent else { return };
        let (name, span) = (info.name, info.span);
        let (other, place) = (self.symbols.classes[parent].name, self.symbols.classes[parent].span);
        self.report(
            Diagnostic::error(
                codes::CASE_INHERITANCE,
                span,
                format!("the case class `{name}` inherits from the case class `{other}`"),
            )
            .label(place, "declared here")
            .help("move what both share into a trait"),
        );
    }

    /// A class that extends `AnyVal` wraps exactly one value, of a type that is no such class.
    fn check_value_class(&mut self, class: ClassId) {
        let info = &self.symbols.classes[class];
        if !self.extends_any_val(class) || info.kind == ClassKind::Trait {
            return;
        }
        let clauses = self.classes[class].source.clauses();
        let fault = if self.is_object_class(class) {
            Some("an object cannot be a value class")
        } else if clauses.len() != 1 || clauses[0].params.len() != 1 {
            Some("a value class has exactly one parameter")
        } else if clauses[0].params[0].field == ast::ParamField::Var {
            Some("the parameter of a value class is no variable")
        } else if !self.classes[class].is_static {
            Some("a value class stands in no other class and in no method")
        } else if info.fields.len() > 1 {
            Some("a value class has no fields beside its parameter")
        } else {
            let field = info.fields.first().copied();
            let ty = field.map(|field| {
                self.complete_field(field);
                self.symbols.fields[field].ty
            });
            let wrapped = ty.and_then(|ty| self.types.class_of(ty));
            wrapped
                .is_some_and(|wrapped| self.is_user_value_class(wrapped))
                .then_some("a value class wraps no other value class, nor itself")
        };
        if let Some(fault) = fault {
            let span = self.symbols.classes[class].span;
            self.report(
                Diagnostic::error(codes::VALUE_CLASS, span, fault)
                    .help("let it be an ordinary class: remove `extends AnyVal`"),
            );
        }
    }

    /// Whether a class of the user's extends `AnyVal`.
    pub fn is_user_value_class(&mut self, class: ClassId) -> bool {
        self.complete_header(class);
        !self.symbols.classes[class].is_library && self.extends_any_val(class)
    }

    fn extends_any_val(&self, class: ClassId) -> bool {
        self.symbols.classes[class].parents.contains(&self.types.roots().any_val)
    }

    /// An enum has cases, and its cases say what their type parameters have to do with its own.
    fn check_enum_shape(&mut self, class: ClassId) {
        let info = &self.symbols.classes[class];
        let (name, span) = (info.name, info.span);
        match self.classes[class].source {
            ClassSource::Class(def, _) if def.kind == ast::ClassKind::Enum => {
                let stats = def.template.stats();
                let has_cases = stats.iter().any(|stat| match &stat.kind {
                    ast::StatKind::Definition(definition) => {
                        matches!(definition.kind, DefinitionKind::EnumCase(_))
                    }
                    // Its cases may have been lost to a syntax error.
                    ast::StatKind::Error => true,
                    _ => false,
                });
                if !has_cases {
                    self.report(
                        Diagnostic::error(
                            codes::ENUM_SHAPE,
                            span,
                            format!("the enum `{name}` has no cases"),
                        )
                        .help("write at least one `case`, or declare a class"),
                    );
                }
            }
            ClassSource::EnumCase(def, _, parent)
                if !def.type_params.is_empty()
                    && def.parents.is_empty()
                    && self.symbols.classes[parent].own_type_params > 0 =>
            {
                let parent = self.symbols.classes[parent].name;
                self.report(
                    Diagnostic::error(
                        codes::ENUM_SHAPE,
                        span,
                        format!("the case `{name}` has type parameters, and so has its enum"),
                    )
                    .help(format!("say which `{parent}` it is: `extends {parent}[…]`")),
                );
            }
            _ => {}
        }
    }

    /// Traits have one constructor, whose parameters are values.
    fn check_trait_shape(&mut self, class: ClassId) {
        let ClassSource::Class(def, _) = self.classes[class].source else { return };
        if def.kind != ast::ClassKind::Trait {
            return;
        }
        let by_name =
            def.clauses.iter().flat_map(|clause| &clause.params).find(|param| param.by_name);
        if let Some(param) = by_name {
            self.report(
                Diagnostic::error(
                    codes::TRAIT_CONSTRUCTOR,
                    param.name.span,
                    "a trait has no by-name parameters",
                )
                .help("take a function: `() => T`"),
            );
        }
        for stat in def.template.stats() {
            if let ast::StatKind::Definition(definition) = &stat.kind
                && let DefinitionKind::Constructor(constructor) = &definition.kind
            {
                self.report(
                    Diagnostic::error(
                        codes::TRAIT_CONSTRUCTOR,
                        constructor.this_span,
                        "a trait has no second constructors",
                    )
                    .help("let it be a class, or give the parameters default values"),
                );
            }
        }
    }

    /// Aliases that nobody uses must be right too.
    fn check_aliases(&mut self, class: ClassId) {
        let aliases: Vec<(TypeSym, Span)> = (self.classes[class].decls.values())
            .filter_map(|binding| match binding.ty {
                Some(symbol @ TypeSym::Alias(alias)) => {
                    Some((symbol, self.aliases[alias].def.name.span))
                }
                _ => None,
            })
            .collect();
        for (symbol, span) in aliases {
            self.type_of_symbol(symbol, None, span);
        }
    }

    fn check_parameter_counts(&mut self, class: ClassId) {
        for method in self.symbols.classes[class].methods.clone() {
            self.check_parameter_count(method);
        }
    }

    /// Reports a method with too many parameters.
    pub fn check_parameter_count(&mut self, method: MethodId) {
        self.complete_params(method);
        let roots = self.types.roots();
        let info = &self.symbols.methods[method];
        let is_wide = |local: &crate::symbols::LocalId| {
            [roots.long, roots.double].contains(&self.symbols.locals[*local].ty)
        };
        let wide = info.params.iter().filter(|local| is_wide(local)).count();
        if info.params.len() + wide <= PARAMETERS_MAX || info.span.is_synthetic() {
            return;
        }
        let (name, span) = (info.name, info.span);
        self.report(
            Diagnostic::error(
                codes::ARITY_LIMIT,
                span,
                format!("`{name}` has more than {PARAMETERS_MAX} parameters"),
            )
            .note("a `Long` and a `Double` count twice")
            .help("group the parameters in case classes"),
        );
    }

    /// The cases of an enum are its only subclasses.
    pub fn extends_enum(&mut self, class: ClassId, parent: ClassId, span: Span) -> bool {
        if !self.symbols.classes[parent].is_enum
            || matches!(self.classes[class].source, ClassSource::EnumCase(_, _, of) if of == parent)
        {
            return false;
        }
        let (name, place) = (self.symbols.classes[parent].name, self.symbols.classes[parent].span);
        self.report(
            Diagnostic::error(
                codes::FINAL_PARENT,
                span,
                format!("`{name}` is an enum: only its own cases extend it"),
            )
            .label(place, "declared here")
            .help("write a `case` in the enum, or let it be a sealed trait"),
        );
        true
    }

    /// The parameters of a `@main` method are read from the command line.
    pub fn check_main_params(&mut self, method: MethodId) {
        let roots = self.types.roots();
        let readable: [TyId; 8] = [
            roots.boolean,
            roots.byte,
            roots.short,
            roots.int,
            roots.long,
            roots.float,
            roots.double,
            roots.string,
        ];
        if !matches!(self.symbols.methods[method].owner, Owner::Class(_)) {
            return;
        }
        for param in self.symbols.methods[method].params.clone() {
            let local = &self.symbols.locals[param];
            let (ty, name, span) = (local.ty, local.name, local.span);
            let element = match (local.passing, self.types.as_class(ty)) {
                (crate::symbols::Passing::Repeated, Some((_, args))) if args.len() == 1 => args[0],
                _ => ty,
            };
            let Some(class) = self.types.class_of(element) else { continue };
            if readable.contains(&element) || self.symbols.classes[class].is_library {
                continue;
            }
            let text = self.show(element);
            self.report(
                Diagnostic::error(
                    codes::NO_GIVEN,
                    span,
                    format!("`{name}` cannot be read from the command line as a `{text}`"),
                )
                .help("take numbers, `Boolean` or `String`"),
            );
        }
    }
}

const CLASS_REFUSES: &[Flags] = &[Flags::LAZY, Flags::OPAQUE, Flags::INLINE];
const TRAIT_REFUSES: &[Flags] =
    &[Flags::LAZY, Flags::OPAQUE, Flags::INLINE, Flags::IMPLICIT, Flags::FINAL, Flags::CASE];
const OBJECT_REFUSES: &[Flags] = &[
    Flags::LAZY,
    Flags::OPAQUE,
    Flags::INLINE,
    Flags::OPEN,
    Flags::SEALED,
    Flags::ABSTRACT,
    Flags::TRANSPARENT,
];
const ENUM_REFUSES: &[Flags] = &[
    Flags::LAZY,
    Flags::OPAQUE,
    Flags::INLINE,
    Flags::OPEN,
    Flags::SEALED,
    Flags::ABSTRACT,
    Flags::FINAL,
    Flags::CASE,
    Flags::IMPLICIT,
];
const METHOD_REFUSES: &[Flags] =
    &[Flags::LAZY, Flags::OPAQUE, Flags::OPEN, Flags::SEALED, Flags::CASE];
const VAL_REFUSES: &[Flags] =
    &[Flags::OPAQUE, Flags::OPEN, Flags::SEALED, Flags::CASE, Flags::INFIX];
const VAR_REFUSES: &[Flags] = &[
    Flags::LAZY,
    Flags::OPAQUE,
    Flags::OPEN,
    Flags::SEALED,
    Flags::CASE,
    Flags::INLINE,
    Flags::INFIX,
    Flags::TRANSPARENT,
];
const TYPE_REFUSES: &[Flags] =
    &[Flags::LAZY, Flags::OPEN, Flags::SEALED, Flags::CASE, Flags::IMPLICIT, Flags::INLINE];

fn class_word(kind: ast::ClassKind) -> &'static str {
    match kind {
        ast::ClassKind::Class => "a class",
        ast::ClassKind::Trait => "a trait",
        ast::ClassKind::Object => "an object",
        ast::ClassKind::Enum => "an enum",
    }
}
