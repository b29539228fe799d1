//! The tree as stable text: what `--emit ast` prints and tests compare.
//!
//! One node a line, children indented by two blanks, no spans: the form of a program in braces
//! and its form in indentation print the same. Recursion is bounded by the depth of the tree.

use crate::ast::*;
use std::fmt::Write;

mod expression;

/// The tree of a file as text.
pub fn print(unit: &Unit) -> String {
    let mut printer = Printer { text: String::new(), depth: 0 };
    printer.node("unit", |p| p.stats(&unit.stats));
    printer.text
}

pub(crate) struct Printer {
    text: String,
    depth: usize,
}

impl Printer {
    fn line(&mut self, head: impl AsRef<str>) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
        self.text.push_str(head.as_ref());
        self.text.push('\n');
    }

    /// A line with children.
    fn node(&mut self, head: impl AsRef<str>, children: impl FnOnce(&mut Self)) {
        self.line(head);
        self.depth += 1;
        children(self);
        self.depth -= 1;
    }

    /// A line with children, only if there is something below it.
    fn group<T>(&mut self, head: &str, items: &[T], each: impl Fn(&mut Self, &T)) {
        if !items.is_empty() {
            self.node(head, |p| items.iter().for_each(|item| each(p, item)));
        }
    }

    fn stats(&mut self, stats: &[Stat]) {
        stats.iter().for_each(|stat| self.stat(stat));
    }

    fn stat(&mut self, stat: &Stat) {
        match &stat.kind {
            StatKind::Package { path, stats } => {
                self.node(format!("package {}", join(path)), |p| p.stats(stats));
            }
            StatKind::Import(clauses) => self.imports("import", clauses),
            StatKind::Export(clauses) => self.imports("export", clauses),
            StatKind::Definition(definition) => self.definition(definition),
            StatKind::Expr(expr) => self.expr(expr),
            StatKind::Error => self.line("error"),
        }
    }

    fn imports(&mut self, word: &str, clauses: &[ImportClause]) {
        for clause in clauses {
            self.node(format!("{word} {}", join(&clause.path)), |p| {
                for selector in &clause.selectors {
                    p.selector(selector);
                }
            });
        }
    }

    fn selector(&mut self, selector: &ImportSelector) {
        match selector {
            ImportSelector::Name { name, rename: None } => self.line(spell(name)),
            ImportSelector::Name { name, rename: Some(rename) } => {
                self.line(format!("{} as {}", spell(name), spell(rename)));
            }
            ImportSelector::Hidden(name) => self.line(format!("{} as _", spell(name))),
            ImportSelector::Wildcard(_) => self.line("*"),
            ImportSelector::Given(None, _) => self.line("given"),
            ImportSelector::Given(Some(ty), _) => self.node("given", |p| p.ty(ty)),
        }
    }

    // ---- definitions

    fn definition(&mut self, definition: &Definition) {
        let modifiers = &definition.modifiers;
        match &definition.kind {
            DefinitionKind::Value(value) => self.value(modifiers, value),
            DefinitionKind::Method(method) => {
                let head = self.head(modifiers, "def", method.name.as_str());
                self.node(head, |p| {
                    p.annotations(&modifiers.annotations);
                    p.type_params(&method.type_params);
                    p.clauses(&method.clauses);
                    p.optional_type("result", method.result.as_ref());
                    p.optional_expr("body", method.body.as_deref());
                });
            }
            DefinitionKind::Constructor(constructor) => {
                let head = self.head(modifiers, "def", "this");
                self.node(head, |p| {
                    p.annotations(&modifiers.annotations);
                    p.clauses(&constructor.clauses);
                    p.optional_expr("body", Some(&constructor.body));
                });
            }
            DefinitionKind::Type(ty) => {
                let head = self.head(modifiers, "type", ty.name.as_str());
                self.node(head, |p| {
                    p.annotations(&modifiers.annotations);
                    p.type_params(&ty.params);
                    p.bounds(&ty.bounds);
                    p.optional_type("is", ty.rhs.as_ref());
                });
            }
            DefinitionKind::Class(class) => self.class(modifiers, class),
            DefinitionKind::EnumCase(case) => {
                let head = self.head(modifiers, "case", case.name.as_str());
                self.node(head, |p| {
                    p.annotations(&modifiers.annotations);
                    p.type_params(&case.type_params);
                    p.clauses(&case.clauses);
                    p.parents(&case.parents);
                });
            }
            DefinitionKind::Given(given) => self.given(modifiers, given),
            DefinitionKind::Extension(extension) => {
                let head = self.head(modifiers, "extension", "");
                self.node(head, |p| {
                    p.annotations(&modifiers.annotations);
                    p.type_params(&extension.type_params);
                    p.clauses(&extension.clauses);
                    p.group("members", &extension.members, |p, stat| p.stat(stat));
                });
            }
        }
    }

    /// Modifiers, keyword and name.
    fn head(&mut self, modifiers: &Modifiers, word: &str, name: &str) -> String {
        let mut head = String::new();
        match modifiers.access {
            Access::Public => {}
            Access::Private(None) => head.push_str("private "),
            Access::Private(Some(within)) => head = format!("private[{}] ", spell(&within)),
            Access::Protected(None) => head.push_str("protected "),
            Access::Protected(Some(within)) => head = format!("protected[{}] ", spell(&within)),
        }
        for (flag, text) in Flags::ALL {
            if modifiers.has(*flag) {
                let _ = write!(head, "{text} ");
            }
        }
        head.push_str(word);
        if !name.is_empty() {
            let _ = write!(head, " {name}");
        }
        head
    }

    fn value(&mut self, modifiers: &Modifiers, value: &ValueDef) {
        let word = if value.mutable { "var" } else { "val" };
        let head = self.head(modifiers, word, "");
        self.node(head, |p| {
            p.annotations(&modifiers.annotations);
            value.patterns.iter().for_each(|pattern| p.pattern(pattern));
            p.optional_type("type", value.ty.as_ref());
            p.optional_expr("value", value.value.as_deref());
        });
    }

    fn class(&mut self, modifiers: &Modifiers, class: &ClassDef) {
        let word = match class.kind {
            ClassKind::Class => "class",
            ClassKind::Trait => "trait",
            ClassKind::Object => "object",
            ClassKind::Enum => "enum",
        };
        let head = self.head(modifiers, word, class.name.as_str());
        self.node(head, |p| {
            p.annotations(&modifiers.annotations);
            p.type_params(&class.type_params);
            let constructor = &class.constructor_modifiers;
            if !constructor.span.is_synthetic() {
                let head = p.head(constructor, "constructor", "");
                p.node(head, |p| p.annotations(&constructor.annotations));
            }
            p.clauses(&class.clauses);
            p.template(&class.template);
        });
    }

    fn given(&mut self, modifiers: &Modifiers, given: &GivenDef) {
        let name = given.name.map_or("", |name| name.as_str());
        let head = self.head(modifiers, "given", name);
        self.node(head, |p| {
            p.annotations(&modifiers.annotations);
            p.type_params(&given.type_params);
            p.clauses(&given.clauses);
            match &given.body {
                GivenBody::Alias { ty, value } => {
                    p.optional_type("type", Some(ty));
                    p.optional_expr("value", value.as_ref());
                }
                GivenBody::Instance(template) => p.template(template),
            }
        });
    }

    fn annotations(&mut self, annotations: &[Annotation]) {
        for annotation in annotations {
            self.node("@", |p| {
                p.ty(&annotation.ty);
                annotation.args.iter().for_each(|args| p.args(args));
            });
        }
    }

    pub(crate) fn template(&mut self, template: &Template) {
        self.parents(&template.parents);
        self.group("derives", &template.derives, |p, ty| p.ty(ty));
        if let Some(own) = &template.self_type {
            let name = own.name.map_or("this", |name| name.as_str());
            self.node(format!("self {name}"), |p| p.optional_type("type", own.ty.as_ref()));
        }
        if let Some(body) = &template.body {
            self.node("body", |p| p.stats(body));
        }
    }

    fn parents(&mut self, parents: &[Parent]) {
        self.group("extends", parents, |p, parent| {
            p.ty(&parent.ty);
            p.group("with arguments", &parent.args, |p, args| p.args(args));
        });
    }

    fn clauses(&mut self, clauses: &[ParamClause]) {
        for clause in clauses {
            let head = match clause.kind {
                ClauseKind::Plain => "parameters",
                ClauseKind::Using => "parameters using",
                ClauseKind::Implicit => "parameters implicit",
            };
            self.node(head, |p| clause.params.iter().for_each(|param| p.param(param)));
        }
    }

    pub(crate) fn param(&mut self, param: &Param) {
        let word = match param.field {
            ParamField::None => "param",
            ParamField::Val => "val param",
            ParamField::Var => "var param",
        };
        let mut head = self.head(&param.modifiers, word, param.name.as_str());
        if param.by_name {
            head.push_str(" by name");
        }
        if param.vararg {
            head.push_str(" vararg");
        }
        self.node(head, |p| {
            p.annotations(&param.modifiers.annotations);
            if let Some(ty) = &param.ty {
                p.ty(ty);
            }
            p.optional_expr("default", param.default.as_deref());
        });
    }

    pub(crate) fn type_params(&mut self, params: &[TypeParam]) {
        for param in params {
            let sign = match param.variance {
                Variance::Invariant => "",
                Variance::Covariant => "+",
                Variance::Contravariant => "-",
            };
            self.node(format!("type param {sign}{}", param.name.as_str()), |p| {
                p.annotations(&param.annotations);
                p.type_params(&param.params);
                p.bounds(&param.bounds);
                for bound in &param.context_bounds {
                    let name =
                        bound.name.map_or(String::new(), |name| format!(" {}", spell(&name)));
                    p.node(format!("context bound{name}"), |p| p.ty(&bound.ty));
                }
            });
        }
    }

    // ---- types

    fn bounds(&mut self, bounds: &TypeBounds) {
        self.optional_type(">:", bounds.lower.as_deref());
        self.optional_type("<:", bounds.upper.as_deref());
    }

    fn optional_type(&mut self, head: &str, ty: Option<&Type>) {
        if let Some(ty) = ty {
            self.node(head, |p| p.ty(ty));
        }
    }

    pub(crate) fn types(&mut self, types: &[Type]) {
        types.iter().for_each(|ty| self.ty(ty));
    }

    pub(crate) fn ty(&mut self, ty: &Type) {
        match &ty.kind {
            TypeKind::Ident(name) => self.line(format!("type {}", spell(name))),
            TypeKind::Select { path, name } => {
                self.node(format!("type select {}", spell(name)), |p| p.expr(path));
            }
            TypeKind::Singleton(path) => self.node("singleton", |p| p.expr(path)),
            TypeKind::Projection { base, name } => {
                self.node(format!("projection {}", spell(name)), |p| p.ty(base));
            }
            TypeKind::Apply { constructor, args } => self.node("type apply", |p| {
                p.ty(constructor);
                p.types(args);
            }),
            TypeKind::Infix { lhs, op, rhs } => {
                self.node(format!("type infix {}", spell(op)), |p| {
                    p.ty(lhs);
                    p.ty(rhs);
                });
            }
            TypeKind::Function { params, result, context } => {
                let head = if *context { "context function type" } else { "function type" };
                self.node(head, |p| {
                    params.iter().for_each(|param| p.function_param(param));
                    p.ty(result);
                });
            }
            TypeKind::PolyFunction { type_params, body } => self.node("poly function type", |p| {
                p.type_params(type_params);
                p.ty(body);
            }),
            TypeKind::TypeLambda { params, body } => self.node("type lambda", |p| {
                p.type_params(params);
                p.ty(body);
            }),
            TypeKind::Tuple(elements) => self.node("tuple type", |p| {
                for element in elements {
                    match &element.name {
                        Some(name) => p.node(spell(name), |p| p.ty(&element.ty)),
                        None => p.ty(&element.ty),
                    }
                }
            }),
            TypeKind::Wildcard(bounds) => self.node("?", |p| p.bounds(bounds)),
            TypeKind::Refinement { base, members } => self.node("refinement", |p| {
                p.optional_type("base", base.as_deref());
                p.stats(members);
            }),
            TypeKind::Annotated { ty, annotations } => self.node("annotated type", |p| {
                p.ty(ty);
                p.annotations(annotations);
            }),
            TypeKind::Match { scrutinee, cases } => self.node("match type", |p| {
                p.ty(scrutinee);
                for (pattern, result) in cases {
                    p.node("case", |p| {
                        p.ty(pattern);
                        p.ty(result);
                    });
                }
            }),
            TypeKind::Literal(literal) => self.line(format!("type {}", show(literal))),
            TypeKind::Error => self.line("error"),
        }
    }

    fn function_param(&mut self, param: &FunctionParam) {
        let mut head = "param".to_owned();
        if let Some(name) = &param.name {
            let _ = write!(head, " {}", spell(name));
        }
        if param.by_name {
            head.push_str(" by name");
        }
        if param.vararg {
            head.push_str(" vararg");
        }
        self.node(head, |p| p.ty(&param.ty));
    }
}

/// An identifier as it is written.
fn spell(name: &Ident) -> String {
    if name.quoted { format!("`{}`", name.as_str()) } else { name.as_str().to_owned() }
}

fn join(path: &[Ident]) -> String {
    path.iter().map(spell).collect::<Vec<_>>().join(".")
}

/// A literal as text that shows its type and its exact value.
fn show(literal: &Literal) -> String {
    match literal {
        Literal::Int(value) => value.to_string(),
        Literal::Long(value) => format!("{value}L"),
        Literal::Float(value) => format!("{value:?}f"),
        Literal::Double(value) => format!("{value:?}d"),
        Literal::Char(unit) => format!("'\\u{unit:04x}'"),
        Literal::String(text) => format!("{text:?}"),
        Literal::Boolean(value) => value.to_string(),
        Literal::Unit => "()".to_owned(),
        Literal::Null => "null".to_owned(),
    }
}
