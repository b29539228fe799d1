//! Annotations: their types must exist, and be annotations. What they mean is looked at where it
//! matters (`@main`, `@tailrec`, `@unchecked`, the marks of contracts).

use crate::checker::{Checker, TypeSym};
use crate::scope::ScopeId;
use crate::types::Ty;
use fscc_base::{Diagnostic, codes};
use fscc_syntax::ast::{self, TypeKind};

/// Annotations of Scala's and Java's libraries that ours lacks; they change nothing here.
const KNOWN: &[&str] = &[
    "alpha",
    "assertUnchanged",
    "bean",
    "BeanProperty",
    "beta",
    "BooleanBeanProperty",
    "capability",
    "compileTimeOnly",
    "constructorOnly",
    "Deprecated",
    "deprecatedInheritance",
    "deprecatedName",
    "deprecatedOverriding",
    "elidable",
    "field",
    "FunctionalInterface",
    "getter",
    "implicitAmbiguous",
    "implicitNotFound",
    "init",
    "migration",
    "native",
    "newMain",
    "Override",
    "param",
    "preview",
    "publicInBinary",
    "retains",
    "retainsByName",
    "retainsCap",
    "SafeVarargs",
    "SerialVersionUID",
    "setter",
    "specialized",
    "static",
    "strictfp",
    "SuppressWarnings",
    "threadUnsafe",
    "transient",
    "transparentTrait",
    "uncheckedCaptures",
    "uncheckedOverride",
    "uncheckedStable",
    "unroll",
    "unspecialized",
    "untrackedCaptures",
    "varargs",
    "volatile",
    "widenType",
];

impl<'a> Checker<'a> {
    /// Remembers annotations of a definition; they are checked when everything is declared.
    pub fn note_annotations_at(&mut self, annotations: &'a [ast::Annotation], scope: ScopeId) {
        if !self.env.is_library {
            self.annotations.extend(annotations.iter().map(|annotation| (annotation, scope)));
        }
    }

    /// Checks the annotations of the user's files.
    pub fn check_annotations(&mut self) {
        for (annotation, scope) in std::mem::take(&mut self.annotations) {
            self.check_annotation(annotation, scope);
        }
    }

    fn check_annotation(&mut self, annotation: &'a ast::Annotation, scope: ScopeId) {
        let name = crate::signature::annotation_name(&annotation.ty);
        let ty = &annotation.ty;
        let known = name.is_some_and(|name| KNOWN.contains(&name));
        match &constructor(ty).kind {
            TypeKind::Ident(ident) => match self.lookup_type(ident.name, scope) {
                Some((symbol, prefix)) => {
                    let ty = self.type_of_symbol(symbol, prefix, ident.span);
                    self.check_is_annotation(symbol, ty, annotation);
                }
                None if known => {}
                None => self.unknown_type(*ident, scope),
            },
            TypeKind::Select { .. } if known => {}
            TypeKind::Select { path, name } => {
                let base = crate::resolve::path_text(path);
                let is_scala = ["annotation", "scala.annotation", "_root_.scala.annotation"];
                if is_scala.contains(&base.as_str()) {
                    let annotations = self.known.class(&format!("scala.annotation.{}", name.name));
                    if annotations.is_none() && base == "annotation" {
                        self.unknown_type(*name, scope);
                    } else if annotations.is_none() {
                        self.unknown_type_member("annotation", *name);
                    }
                } else {
                    self.resolve_class_type(constructor(ty), scope);
                }
            }
            _ => {}
        }
    }

    fn check_is_annotation(
        &mut self,
        symbol: TypeSym,
        ty: crate::types::TyId,
        annotation: &'a ast::Annotation,
    ) {
        if let TypeSym::Param(param) = symbol {
            let name = self.symbols.type_params[param].name;
            self.report(Diagnostic::error(
                codes::NOT_AN_ANNOTATION,
                annotation.span,
                format!("`{name}` is a type parameter, not an annotation"),
            ));
            return;
        }
        let class = match (symbol, self.types.get(ty)) {
            (TypeSym::Class(class), _) | (_, Ty::Constructor(class)) => class,
            _ => match self.types.class_of(ty) {
                Some(class) => class,
                None => return,
            },
        };
        self.complete_header(class);
        let Some(base) = self.known.class("scala.annotation.Annotation") else { return };
        if self.symbols.classes[class].is_library || self.types.derives(&self.symbols, class, base)
        {
            self.note_allowed(class, annotation);
            return;
        }
        let name = self.symbols.classes[class].name;
        self.report(
            Diagnostic::error(
                codes::NOT_AN_ANNOTATION,
                annotation.span,
                format!("`{name}` is a class, but not an annotation"),
            )
            .label(self.symbols.classes[class].span, "declared here")
            .help("let it extend `scala.annotation.StaticAnnotation`"),
        );
    }
}

/// The class of an annotation's type without its arguments.
fn constructor(ty: &ast::Type) -> &ast::Type {
    match &ty.kind {
        TypeKind::Apply { constructor: inner, .. } => constructor(inner),
        _ => ty,
    }
}
