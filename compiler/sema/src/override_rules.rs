//! What one member must look like to override another one: visible enough, with `override` where
//! there is a body, of a kind that is as stable, and of a type that conforms (Scala reference,
//! "Overriding").

use crate::checker::{Access, Checker, FieldSource, MethodSource};
use crate::symbols::{ClassId, Implementation, MethodId, MethodKind};
use crate::types::TyId;
use fscc_base::codes::Code;
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast::Flags;

/// What a member without parameters is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MemberKind {
    Method,
    Value,
    Variable,
    /// A lazy value, a given without parameters, an object of an instance.
    Lazy,
}

/// A member that overrides another one as members of a class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub class: ClassId,
    pub member: MethodId,
    pub other: MethodId,
    /// The class inherits both.
    pub is_inherited: bool,
}

impl<'a> Checker<'a> {
    /// Checks a pair; whether something was wrong.
    pub fn check_override(&mut self, pair: Pair) -> bool {
        self.signature(pair.member);
        self.signature(pair.other);
        let Some((code, fault, help)) = self.override_fault(pair) else {
            return self.check_override_result(pair);
        };
        let diagnostic = Diagnostic::error(code, self.place_of_pair(pair), fault).help(help);
        self.report_pair(pair, diagnostic);
        true
    }

    fn place_of_pair(&self, pair: Pair) -> Span {
        if pair.is_inherited {
            self.symbols.classes[pair.class].span
        } else {
            self.symbols.methods[pair.member].span
        }
    }

    fn report_pair(&mut self, pair: Pair, mut diagnostic: Diagnostic) {
        let members = [(pair.other, "overridden here"), (pair.member, "overrides the other one")];
        for (method, text) in &members[..1 + usize::from(pair.is_inherited)] {
            let span = self.symbols.methods[*method].span;
            if !span.is_synthetic() {
                diagnostic = diagnostic.label(span, *text);
            }
        }
        self.report(diagnostic);
    }

    fn override_fault(&self, pair: Pair) -> Option<(Code, String, String)> {
        let Pair { member, other, .. } = pair;
        let (own, inherited) = (&self.symbols.methods[member], &self.symbols.methods[other]);
        let name = own.name;
        let (own_flags, inherited_flags) = (self.methods[member].flags, self.methods[other].flags);
        let is_universal = self.is_universal(other);
        let has_body = inherited.implementation != Implementation::Abstract && !is_universal;
        if has_body && (inherited.is_final || inherited_flags.contains(Flags::INLINE)) {
            return Some((
                codes::FINAL_MEMBER,
                format!("`{name}` is final in a parent and cannot be overridden"),
                "give it another name, or remove `final` in the parent".to_string(),
            ));
        }
        if rank(self.methods[member].access) < rank(self.methods[other].access) {
            return Some((
                codes::WEAKER_ACCESS,
                format!("`{name}` is less visible than the member that it overrides"),
                "remove `private` or `protected`".to_string(),
            ));
        }
        let (kind, other_kind) = (self.member_kind(member), self.member_kind(other));
        let overrides = has_body || own_flags.contains(Flags::OVERRIDE);
        if overrides && other_kind == MemberKind::Variable {
            return Some((
                codes::OVERRIDE_KIND,
                format!("`{name}` overrides a variable, which nothing can override"),
                "declare the variable without a value in the parent, or use another name"
                    .to_string(),
            ));
        }
        // `canEqual` has a body in this library only.
        let is_can_equal = name.as_str() == "canEqual" && self.methods[other].is_library;
        // A member without a body overrides nothing: it declares again.
        let declares = own.implementation == Implementation::Abstract;
        let needs_override = (has_body || is_universal) && !is_can_equal && !declares;
        if needs_override && !own_flags.contains(Flags::OVERRIDE) {
            return self.missing_override(pair);
        }
        if let Some(fault) = self.target_name_fault(member, other) {
            let help = "give both the same `@targetName`, or none".to_string();
            return Some((codes::OVERRIDE_KIND, format!("`{name}` {fault}"), help));
        }
        kind_fault(kind, other_kind).map(|(fault, help)| {
            (codes::OVERRIDE_KIND, format!("`{name}` {fault}"), help.to_string())
        })
    }

    fn target_name_fault(&self, member: MethodId, other: MethodId) -> Option<&'static str> {
        match (self.target_name(member), self.target_name(other)) {
            (None, Some(_)) => Some("lacks the `@targetName` of the member that it overrides"),
            (Some(_), None) => Some("has a `@targetName`, and the member that it overrides none"),
            (Some(own), Some(inherited)) if own != inherited => {
                Some("has another `@targetName` than the member that it overrides")
            }
            _ => None,
        }
    }

    fn missing_override(&self, pair: Pair) -> Option<(Code, String, String)> {
        let name = self.symbols.methods[pair.member].name;
        if !pair.is_inherited {
            return Some((
                codes::MISSING_OVERRIDE,
                format!("`{name}` overrides a member with a body and needs `override`"),
                format!("write `override` in front of `{name}`"),
            ));
        }
        let is_library =
            self.methods[pair.member].is_library || self.methods[pair.other].is_library;
        (!is_library && self.is_written_member(pair.member)).then(|| {
            let class = self.symbols.classes[pair.class].name;
            (
                codes::CONFLICTING_MEMBERS,
                format!("`{class}` inherits two bodies of `{name}`"),
                format!("override `{name}` in the class, and say there which of them is meant"),
            )
        })
    }

    /// Whether a member stands in the source, rather than coming with a class.
    pub fn is_written_member(&self, method: MethodId) -> bool {
        let is_source = matches!(
            self.methods[method].source,
            MethodSource::Def(..)
                | MethodSource::Accessor(_)
                | MethodSource::Extension(..)
                | MethodSource::Given(..)
        );
        is_source && !self.symbols.methods[method].span.is_synthetic()
    }

    /// What a member is.
    pub fn member_kind(&self, method: MethodId) -> MemberKind {
        let field = match (self.symbols.methods[method].kind, self.methods[method].source) {
            (MethodKind::Getter(field), _) | (MethodKind::Def, MethodSource::Accessor(field)) => {
                field
            }
            _ => return MemberKind::Method,
        };
        let info = &self.symbols.fields[field];
        let is_object = matches!(self.fields[field].source, FieldSource::Object(_));
        if info.is_mutable {
            MemberKind::Variable
        } else if info.is_lazy || is_object || self.methods[method].flags.contains(Flags::LAZY) {
            MemberKind::Lazy
        } else {
            MemberKind::Value
        }
    }

    fn check_override_result(&mut self, pair: Pair) -> bool {
        let Pair { class, member, other, .. } = pair;
        let name = self.symbols.methods[member].name;
        if self.has_other_lists(member, other) {
            let fault =
                format!("`{name}` has other parameter lists than the member that it overrides");
            let place = self.place_of_pair(pair);
            let shown = self.show_method(other);
            let diagnostic = Diagnostic::error(codes::OVERRIDE_TYPE, place, fault)
                .help(format!("declare it as `{shown}`"));
            self.report_pair(pair, diagnostic);
            return true;
        }
        let Some((own, inherited)) = self.results_seen(class, member, other) else { return false };
        if self.conforms(own, inherited) {
            return false;
        }
        let (found, expected) = (self.show(own), self.show(inherited));
        let diagnostic = Diagnostic::error(
            codes::OVERRIDE_TYPE,
            self.place_of_pair(pair),
            format!("`{name}` has type `{found}`, the overridden one `{expected}`"),
        )
        .help("the type must be the same or a subtype");
        self.report_pair(pair, diagnostic);
        true
    }

    /// `def x` and `def x()` are not the same, and neither are ordinary and `using` lists. Members
    /// of the library are not so strict: some come from Java, where only `x()` exists.
    fn has_other_lists(&self, member: MethodId, other: MethodId) -> bool {
        if self.methods[other].is_library
            || self.symbols.methods[member].overrides.iter().any(|of| self.methods[*of].is_library)
        {
            return false;
        }
        let (own, inherited) =
            (&self.symbols.methods[member].lists, &self.symbols.methods[other].lists);
        own.len() != inherited.len()
            || own.iter().zip(inherited).any(|(own, inherited)| own.is_using != inherited.is_using)
    }

    /// The results of two methods as members of `class`, the type parameters of the second named
    /// as those of the first.
    fn results_seen(
        &mut self,
        class: ClassId,
        first: MethodId,
        second: MethodId,
    ) -> Option<(TyId, TyId)> {
        let this = self.symbols.classes[class].this_ty;
        let args: Vec<TyId> = (self.symbols.methods[first].type_params.iter())
            .map(|param| self.types.param(*param))
            .collect();
        let subst =
            crate::types::Subst::zip(&self.symbols.methods[second].type_params.clone(), &args);
        let (own, inherited) =
            (self.symbols.methods[first].result, self.symbols.methods[second].result);
        let inherited = self.seen(inherited, this);
        let inherited = self.types.subst(inherited, &subst);
        let own = self.seen(own, this);
        (!self.types.has_error(own) && !self.types.has_error(inherited)).then_some((own, inherited))
    }
}

fn rank(access: Access) -> u8 {
    match access {
        Access::Public => 2,
        Access::Protected(_) => 1,
        Access::Private(_) => 0,
    }
}

fn kind_fault(kind: MemberKind, other: MemberKind) -> Option<(&'static str, &'static str)> {
    use MemberKind::{Lazy, Method, Value, Variable};
    match (other, kind) {
        (Value | Lazy, Method | Variable) => Some((
            "must always be the same value, as the one that it overrides is",
            "make it a `val`",
        )),
        (Value, Lazy) => Some(("is lazy, and the value that it overrides is not", "remove `lazy`")),
        (Lazy, Value) => {
            Some(("overrides a lazy value and is not lazy itself", "write `lazy val`"))
        }
        (Method | Variable, _) | (Value, Value) | (Lazy, Lazy) => None,
    }
}
