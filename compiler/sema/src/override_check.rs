//! Classes as wholes: their bodies, what they override, and what they leave undefined.

use crate::checker::{Access, Checker, ClassSource, MethodSource, Term};
use crate::override_rules::Pair;
use crate::symbols::{ClassId, MethodId, MethodKind, Owner};
use crate::typed::{Expr, ExprKind};
use fscc_base::{Diagnostic, Name, codes};
use fscc_syntax::ast::Flags;

impl<'a> Checker<'a> {
    /// Checks a class with everything in it, once.
    pub fn check_class(&mut self, class: ClassId) {
        if self.classes[class].checked {
            return;
        }
        self.classes[class].checked = true;
        self.complete_header(class);
        self.complete_members(class);
        self.make_exported_members(class);
        self.check_member_names(class);
        self.check_exports(class);
        self.check_class_shape(class);
        self.check_outer_of_traits(class);
        self.complete_all_bounds(self.symbols.classes[class].type_params.clone());
        let mut number = 0;
        while number < self.symbols.classes[class].methods.len() {
            let method = self.symbols.classes[class].methods[number];
            number += 1;
            self.signature(method);
            self.complete_all_bounds(self.symbols.methods[method].type_params.clone());
            self.check_overload_of_equality(class, method);
            self.check_body(method);
        }
        for field in self.symbols.classes[class].fields.clone() {
            self.complete_field(field);
        }
        self.check_inline_values(class);
        self.complete_overrides(class);
        self.check_overrides(class);
        self.check_inherited(class);
        self.check_type_members(class);
        self.check_missing(class);
        for inner in self.symbols.classes[class].classes.clone() {
            self.check_class(inner);
        }
    }

    /// Bounds that nobody asks for must be right too.
    fn complete_all_bounds(&mut self, params: Vec<crate::symbols::TypeParamId>) {
        for param in params {
            if !self.is_of_any_kind(param) {
                self.complete_bounds(param);
            }
        }
    }

    /// Traits of instances are extended where the instance is around: nothing else hands it over.
    /// One that only declares needs none.
    fn check_outer_of_traits(&mut self, class: ClassId) {
        let superclass = self.symbols.classes[class]
            .linearization
            .iter()
            .copied()
            .skip(1)
            .find(|base| self.symbols.classes[*base].kind != crate::symbols::ClassKind::Trait);
        for base in self.symbols.classes[class].linearization.clone().into_iter().skip(1) {
            let info = &self.symbols.classes[base];
            let Owner::Class(outer) = info.owner else { continue };
            let has_outer =
                superclass.is_some_and(|class| self.types.derives(&self.symbols, class, base));
            if info.kind != crate::symbols::ClassKind::Trait
                || self.classes[base].is_static
                || has_outer
                || self.stands_inside(class, outer)
                || self.is_interface(base)
            {
                continue;
            }
            let name = self.symbols.classes[base].name;
            let outer = self.symbols.classes[outer].name;
            let span = self.symbols.classes[class].span;
            self.outside(
                codes::INNER_TRAIT,
                span,
                &format!(
                    "the trait `{name}` of an instance of `{outer}` is extended outside of it"
                ),
                "extend it inside the class, or move it into an object",
            );
        }
    }

    /// Whether a class around this one is, or inherits from, `outer`.
    pub fn stands_inside(&self, class: ClassId, outer: ClassId) -> bool {
        let mut next = Some(class);
        while let Some(here) = next {
            next = match self.symbols.classes[here].owner {
                Owner::Class(owner) => Some(owner),
                Owner::Method(method) => self.methods[method].class,
                Owner::Package => None,
            };
            if next.is_some_and(|around| self.types.derives(&self.symbols, around, outer)) {
                return true;
            }
        }
        false
    }

    /// Makes the forwarders that define what the parents leave open, before bodies are typed: calls
    /// through the parents reach them.
    fn make_exported_members(&mut self, class: ClassId) {
        if self.classes[class].exports.is_empty() {
            return;
        }
        for method in self.abstract_members(class) {
            let name = self.symbols.methods[method].name;
            self.export_terms(class, name);
        }
    }

    /// What compares by itself must be able to tell from classes alone which overload it takes.
    fn check_overload_of_equality(&mut self, class: ClassId, method: MethodId) {
        let info = &self.symbols.methods[method];
        // Numbers of the library have one for each kind of number; operators choose among them.
        let is_library = self.symbols.classes[class].is_library;
        if is_library || info.name.as_str() != "==" || info.params.len() != 1 {
            return;
        }
        let (span, is_generic) = (info.span, !info.type_params.is_empty());
        let param = self.symbols.locals[info.params[0]].ty;
        let bases = self.symbols.classes[class].linearization.clone();
        let mut others = 0;
        for base in bases {
            if let Some(binding) = self.classes[base].decls.get(&Name::new("=="))
                && base != self.types.roots().any_class
            {
                others += binding.terms.iter().filter(|t| **t != Term::Method(method)).count();
            }
        }
        if is_generic || others > 0 || self.types.class_of(param).is_none() {
            self.report(
                Diagnostic::error(
                    codes::OVERLOADED_EQUALITY,
                    span,
                    "this overload of `==` is not told from others by a class alone",
                )
                .because("one of several, or not for one class")
                .help("define one overload, for one class, or override `equals`"),
            );
        }
    }

    /// Finds out what the methods of a class override, once.
    pub fn complete_overrides(&mut self, class: ClassId) {
        if !self.overrides_done.insert(class) {
            return;
        }
        self.complete_header(class);
        self.complete_members(class);
        let bases: Vec<ClassId> =
            self.symbols.classes[class].linearization.iter().copied().skip(1).collect();
        for method in self.symbols.classes[class].methods.clone() {
            if matches!(
                self.symbols.methods[method].kind,
                MethodKind::Constructor | MethodKind::Default(..)
            ) {
                continue;
            }
            let name = self.symbols.methods[method].name;
            let mut overrides = Vec::new();
            for base in &bases {
                self.complete_members(*base);
                let Some(binding) = self.classes[*base].decls.get(&name) else { continue };
                for term in binding.terms.clone() {
                    let Term::Method(other) = term else { continue };
                    if matches!(self.methods[other].access, Access::Private(None)) {
                        continue;
                    }
                    if self.same_parameters(method, other, class) {
                        overrides.push(other);
                    }
                }
            }
            self.symbols.methods[method].overrides = overrides;
        }
    }

    fn check_overrides(&mut self, class: ClassId) {
        if self.symbols.classes[class].is_library {
            return;
        }
        'methods: for method in self.symbols.classes[class].methods.clone() {
            let has_override = self.methods[method].flags.contains(Flags::OVERRIDE);
            let (name, span) =
                (self.symbols.methods[method].name, self.symbols.methods[method].span);
            let written = matches!(
                self.methods[method].source,
                MethodSource::Def(..) | MethodSource::Accessor(_) | MethodSource::Extension(..)
            ) && !span.is_synthetic();
            let overrides = self.symbols.methods[method].overrides.clone();
            if !written || name.as_str().ends_with("_=") {
                continue;
            }
            let of_object = matches!(name.as_str(), "notify" | "notifyAll" | "wait" | "getClass")
                && self.symbols.methods[method].params.is_empty()
                && self.methods[method].receiver_list.is_none();
            if of_object {
                self.report(
                    Diagnostic::error(
                        codes::FINAL_MEMBER,
                        span,
                        format!("`{name}` is final in every object and cannot be overridden"),
                    )
                    .help("give it another name, or parameters"),
                );
                continue;
            }
            if overrides.is_empty() && has_override {
                self.overrides_nothing(class, method);
                continue;
            }
            for other in overrides {
                let pair = Pair { class, member: method, other, is_inherited: false };
                if self.check_override(pair) {
                    continue 'methods;
                }
            }
            let setter = match self.symbols.methods[method].kind {
                MethodKind::Getter(field) => self.symbols.fields[field].setter,
                _ => None,
            };
            if has_override
                && setter.is_some_and(|it| self.symbols.methods[it].overrides.is_empty())
            {
                self.overrides_nothing(class, method);
            }
        }
    }

    fn overrides_nothing(&mut self, class: ClassId, method: MethodId) {
        let (name, span) = (self.symbols.methods[method].name, self.symbols.methods[method].span);
        let mut similar = None;
        for base in self.symbols.classes[class].linearization.clone().into_iter().skip(1) {
            if let Some(binding) = self.classes[base].decls.get(&name)
                && let Some(Term::Method(other)) = binding.terms.first()
            {
                similar = Some(*other);
                break;
            }
        }
        let mut diagnostic = Diagnostic::error(
            codes::OVERRIDES_NOTHING,
            span,
            format!("`{name}` overrides nothing"),
        );
        match similar {
            Some(other) => {
                let shown = self.show_method(other);
                diagnostic = diagnostic
                    .note(format!("a parent has `{shown}`, with other parameters"))
                    .help("use the same parameters, or remove `override`");
            }
            None => diagnostic = diagnostic.help("correct the name, or remove `override`"),
        }
        self.report(diagnostic);
    }

    /// A concrete class must define everything that its parents leave open.
    fn check_missing(&mut self, class: ClassId) {
        let info = &self.symbols.classes[class];
        let is_value = self.classes[class].is_enum_value;
        if info.is_abstract && !is_value || info.is_library {
            return;
        }
        let (name, span) = (info.name, info.span);
        let missing = self.abstract_members(class);
        if missing.is_empty() {
            return;
        }
        let own = |method: &MethodId| self.symbols.methods[*method].owner == Owner::Class(class);
        if missing.iter().all(own) {
            self.missing_bodies(class, &missing);
            return;
        }
        let what = match self.classes[class].source {
            ClassSource::Anonymous(_) => "this class".to_string(),
            _ => format!("`{name}`"),
        };
        let names: Vec<String> = (missing.iter())
            .take(4)
            .map(|method| format!("`{}`", self.symbols.methods[*method].name))
            .collect();
        let mut diagnostic = Diagnostic::error(
            codes::MISSING_MEMBER,
            span,
            format!("{what} must define {}", names.join(", ")),
        );
        for method in missing.iter().take(4) {
            let shown = self.show_method(*method);
            let result = self.symbols.methods[*method].result;
            let this = self.symbols.classes[class].this_ty;
            let result = self.seen(result, this);
            let result = self.show(result);
            diagnostic =
                diagnostic.note(format!("`def {shown}: {result}` is abstract in a parent"));
        }
        self.report(diagnostic.help("define what is missing, or mark the class `abstract`"));
    }

    /// A concrete class declares members without a body.
    fn missing_bodies(&mut self, class: ClassId, missing: &[MethodId]) {
        let info = &self.symbols.classes[class];
        let first = &self.symbols.methods[missing[0]];
        let mut diagnostic = Diagnostic::error(
            codes::MISSING_MEMBER,
            info.span,
            format!("`{}` has no body, and `{}` is not abstract", first.name, info.name),
        )
        .help("write the body, or mark the class `abstract`");
        for method in missing.iter().take(4) {
            let span = self.symbols.methods[*method].span;
            diagnostic = diagnostic.label(span, "this has no body");
        }
        self.report(diagnostic);
    }

    /// Terms that the exports of a class offer under this name.
    pub fn export_terms(&mut self, class: ClassId, name: Name) -> crate::member::Terms {
        let bases = self.symbols.classes[class].linearization.clone();
        if bases.iter().all(|base| self.classes[*base].exports.is_empty()) {
            return crate::member::Terms::new();
        }
        self.export_members(class, name)
    }

    /// `@tailrec`: all calls of the method itself must be in tail position.
    pub fn check_tail_calls(&mut self, method: MethodId, body: &Expr) {
        let Some(span) = self.methods[method].tailrec else { return };
        let name = self.symbols.methods[method].name;
        if !self.symbols.methods[method].is_final {
            self.report(
                Diagnostic::error(
                    codes::NOT_TAIL_RECURSIVE,
                    span,
                    format!("`{name}` can be overridden, so its calls are not tail calls"),
                )
                .help("make it `final` or `private`"),
            );
            return;
        }
        let mut calls = 0;
        let mut wrong = Vec::new();
        tail_calls(body, method, true, &mut calls, &mut wrong);
        if let Some(first) = wrong.first() {
            self.report(
                Diagnostic::error(
                    codes::NOT_TAIL_RECURSIVE,
                    *first,
                    format!("this call of `{name}` is not in tail position"),
                )
                .label(span, "the method is marked `@tailrec`")
                .help("make the call the last thing the method does, with an accumulator"),
            );
        } else if calls == 0 {
            self.report(
                Diagnostic::error(
                    codes::NOT_TAIL_RECURSIVE,
                    self.symbols.methods[method].span,
                    format!("`{name}` does not call itself"),
                )
                .label(span, "the method is marked `@tailrec`")
                .help("remove `@tailrec`"),
            );
        }
    }
}

/// Collects calls of `method`: how many there are, and which are not in tail position.
fn tail_calls(
    expr: &Expr,
    method: MethodId,
    tail: bool,
    calls: &mut u32,
    wrong: &mut Vec<fscc_base::Span>,
) {
    match &expr.kind {
        ExprKind::Call { method: called, .. } => {
            if *called == method {
                *calls += 1;
                if !tail {
                    wrong.push(expr.span);
                }
            }
            crate::visit::children(expr, &mut |child| {
                tail_calls(child, method, false, calls, wrong);
            });
        }
        ExprKind::If(condition, yes, no) => {
            tail_calls(condition, method, false, calls, wrong);
            tail_calls(yes, method, tail, calls, wrong);
            tail_calls(no, method, tail, calls, wrong);
        }
        ExprKind::And(left, right) | ExprKind::Or(left, right) => {
            tail_calls(left, method, false, calls, wrong);
            tail_calls(right, method, tail, calls, wrong);
        }
        ExprKind::Block(stmts, result) => {
            // `{ call; () }` for a call that gives Unit was made by discarding: it stays a tail.
            for stmt in stmts {
                crate::visit::stmt(stmt, &mut |child| {
                    tail_calls(child, method, false, calls, wrong);
                });
            }
            tail_calls(result, method, tail, calls, wrong);
        }
        ExprKind::Match(scrutinee, cases) => {
            tail_calls(scrutinee, method, false, calls, wrong);
            for case in cases {
                if let Some(guard) = &case.guard {
                    tail_calls(guard, method, false, calls, wrong);
                }
                tail_calls(&case.body, method, tail, calls, wrong);
            }
        }
        ExprKind::Return(_, value) => tail_calls(value, method, true, calls, wrong),
        _ => crate::visit::children(expr, &mut |child| {
            tail_calls(child, method, false, calls, wrong);
        }),
    }
}
