//! New instances: the constructors of a class as methods, and the instance around an inner class.

use crate::checker::{Checker, Term};
use crate::infer::apply::Item;
use crate::infer::args::ArgList;
use crate::infer::callee::{Callee, Creation, MethodRef};
use crate::infer::expr::Expected;
use crate::symbols::{ClassId, MethodId, MethodKind, Owner};
use crate::typed::Expr;
use crate::types::TyId;
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// The constructors of a class as a method.
    pub fn constructor_callee(
        &mut self,
        class: ClassId,
        ty: Option<TyId>,
        outer: Option<Expr>,
        span: Span,
    ) -> Callee {
        // Strings are made by the library: `new String(units)`.
        if Some(class) == self.known.string
            && let Some(object) = self.known.class("java.lang.String$")
        {
            let receiver = self.object(object, span);
            return self.select(receiver, Name::new("make"), span);
        }
        self.complete_header(class);
        self.complete_members(class);
        let info = &self.symbols.classes[class];
        let name = info.name;
        if info.is_abstract || info.kind != crate::symbols::ClassKind::Class {
            let what = match info.kind {
                crate::symbols::ClassKind::Trait => "a trait",
                crate::symbols::ClassKind::Object => "an object",
                crate::symbols::ClassKind::Class => "abstract",
            };
            self.report(
                Diagnostic::error(
                    codes::ABSTRACT_NEW,
                    span,
                    format!("`{name}` is {what}: there is no `new {name}`"),
                )
                .help("create a subclass, or write `new` with a body that has what is missing"),
            );
            return Callee::Error(span);
        }
        self.constructors(class, ty, outer, span)
    }

    /// The constructors of a class, for `new` and for calls of a parent's constructor.
    pub fn constructors(
        &mut self,
        class: ClassId,
        ty: Option<TyId>,
        outer: Option<Expr>,
        span: Span,
    ) -> Callee {
        self.complete_header(class);
        self.complete_members(class);
        let name = self.symbols.classes[class].name;
        let candidates: Vec<MethodId> = (self.symbols.classes[class].methods.iter())
            .copied()
            .filter(|m| self.symbols.methods[*m].kind == MethodKind::Constructor)
            .filter(|m| self.methods[*m].source_is_constructor())
            .collect();
        let visible: Vec<MethodId> =
            (candidates.iter().copied()).filter(|m| self.is_accessible(Term::Method(*m))).collect();
        if visible.is_empty() {
            if let Some(hidden) = candidates.first() {
                let what = format!("the constructor of `{name}`");
                self.not_accessible(what, Term::Method(*hidden), span);
            }
            return Callee::Error(span);
        }
        let outer = match outer {
            Some(outer) => Some(outer),
            None => self.outer_instance(class, span),
        };
        let prefix = outer.as_ref().map(|outer| outer.ty);
        Callee::Methods(Box::new(MethodRef {
            name,
            span,
            receiver: None,
            prefix,
            candidates: visible,
            dispatch: None,
            creates: Some(Creation { class, ty, outer }),
            extension: None,
        }))
    }

    /// The instance that a new instance of an inner class belongs to, seen from here.
    fn outer_instance(&mut self, class: ClassId, span: Span) -> Option<Expr> {
        if self.classes[class].is_static {
            return None;
        }
        let Owner::Class(owner) = self.symbols.classes[class].owner else { return None };
        let mut next = self.env.class;
        while let Some(here) = next {
            if self.types.derives(&self.symbols, here, owner) {
                return Some(self.this_of(here, span));
            }
            next = self.class_around(here);
        }
        None
    }

    /// `new C(args)`.
    pub fn new_object(
        &mut self,
        class: ClassId,
        ty: Option<TyId>,
        outer: Option<Expr>,
        args: &'a [ast::Args],
        span: Span,
        expected: Expected,
    ) -> Expr {
        // The root class itself is never instantiated: its instances are those of a class below.
        let plain = self.known.class("fvm.internal.PlainObject");
        if class == self.types.roots().any_ref_class
            && let Some(plain) = plain
        {
            let made = self.new_object(plain, None, None, args, span, expected);
            let root = self.types.roots().any_ref;
            return self.retyped(made, root);
        }
        let callee = self.constructors(class, ty, outer, span);
        let mut items: Vec<Item<'a>> =
            args.iter().map(|list| Item::Args(ArgList::of_args(list))).collect();
        if items.is_empty() {
            items.push(Item::Args(ArgList::of_values(Vec::new(), span)));
        }
        self.apply_callee(callee, items, span, expected)
    }
}
