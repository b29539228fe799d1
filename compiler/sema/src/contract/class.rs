//! Checks of contract classes and interfaces: their own shape, their fields, the kinds and shapes
//! of their methods, and the types that go over a message.

use super::library::Library;
use super::{Marks, Roles, Subject, encode};
use crate::symbols::{
    Class, ClassId, ClassKind, ContractRole, EntryKind, Field, FieldId, Method, MethodId,
    MethodKind, Owner, Passing, StorageKind,
};
use crate::types::TyId;
use fscc_base::{Diagnostic, Span, codes};

/// Checks all contracts, interfaces and records of user code.
pub(super) fn check(subject: &mut Subject, library: &Library, marks: &Marks, roles: &Roles) {
    let mut found = Vec::new();
    {
        let mut checker = Checker { subject, library, marks, found: &mut found };
        for class in roles.contracts.iter().chain(&roles.interfaces) {
            checker.class(*class);
        }
        if !roles.contracts.is_empty() {
            checker.records();
            checker.globals();
        }
        checker.strays();
    }
    subject.found.append(&mut found);
}

struct Checker<'a, 'b> {
    subject: &'a Subject<'b>,
    library: &'a Library,
    marks: &'a Marks,
    found: &'a mut Vec<Diagnostic>,
}

impl Checker<'_, '_> {
    fn class(&mut self, id: ClassId) {
        let subject = self.subject;
        let class = &subject.symbols.classes[id];
        if class.role == Some(ContractRole::Contract) {
            self.contract_shape(class);
        } else {
            self.interface_shape(class);
        }
        for field in &class.fields {
            self.field(class, *field);
        }
        if let Some(constructor) = class.constructor {
            for param in &subject.symbols.methods[constructor].params {
                let local = &subject.symbols.locals[*param];
                let is_field = class.fields.iter().any(|field| {
                    let field = &subject.symbols.fields[*field];
                    field.is_param && field.name == local.name
                });
                if !is_field {
                    let what = format!("the deployment argument `{}`", local.name);
                    self.encodable(local.ty, local.span, &what);
                }
            }
        }
        for method in &class.methods {
            self.method(class, *method, &subject.symbols.methods[*method]);
        }
    }

    fn contract_shape(&mut self, class: &Class) {
        let name = class.name;
        let shape = |found: &str, help: &str| {
            Diagnostic::error(
                codes::CONTRACT_SHAPE,
                class.span,
                format!("the contract `{name}` {found}"),
            )
            .because("a contract is a top-level class that can be deployed")
            .help(help)
        };
        if class.kind == ClassKind::Object {
            self.found.push(shape("is an object", "make it a `final class`"));
            return;
        }
        if name.as_str() == "$anon" {
            self.found
                .push(shape("has no name", "give it a name: `final class … extends Contract`"));
            return;
        }
        if class.is_abstract {
            self.found.push(shape("is abstract", "make an interface a `trait`"));
        }
        if !class.type_params.is_empty() {
            self.found.push(shape(
                "has type parameters",
                "write one contract for each type, or use an enum of the values",
            ));
        }
        let is_top_level = match class.owner {
            Owner::Package => true,
            Owner::Class(owner) => self.subject.symbols.classes[owner].kind == ClassKind::Object,
            Owner::Method(_) => false,
        };
        if !is_top_level {
            self.found.push(shape("stands inside a class or method", "move it to the top level"));
        }
        let parent = class.parents.first().and_then(|parent| self.subject.types.class_of(*parent));
        if let Some(parent) = parent
            && self.subject.symbols.classes[parent].kind == ClassKind::Class
            && parent != self.subject.types.roots().any_ref_class
        {
            let parent = self.subject.symbols.classes[parent].name;
            self.found.push(shape(
                &format!("extends the class `{parent}`"),
                "contracts extend traits only: put what they share into a trait or an object",
            ));
        }
    }

    fn interface_shape(&mut self, class: &Class) {
        for field in &class.fields {
            let field = &self.subject.symbols.fields[*field];
            self.found.push(
                Diagnostic::error(
                    codes::CONTRACT_MEMBER,
                    field.span,
                    format!("the trait `{}` has storage", class.name),
                )
                .because("only the contract class itself declares storage")
                .help(format!("move `{}` to the contract", field.name)),
            );
        }
    }

    // ── fields ─────────────────────────────────────────────────────────────────────────────────

    fn field(&mut self, class: &Class, id: FieldId) {
        let subject = self.subject;
        let field = &subject.symbols.fields[id];
        let name = field.name;
        if field.is_lazy && self.is_object_inside(field) {
            self.found.push(
                Diagnostic::error(
                    codes::CONTRACT_MEMBER,
                    field.span,
                    format!("the object `{name}` stands inside a contract"),
                )
                .because("it would be made anew with every message")
                .help(format!("move it to the companion, `object {}`", class.name)),
            );
            return;
        }
        if field.is_lazy {
            self.found.push(
                Diagnostic::error(
                    codes::CONTRACT_MEMBER,
                    field.span,
                    format!("`{name}` is lazy, but contracts have no lazy values"),
                )
                .because("it would be written by whoever reads it first")
                .help(format!("make it a `private def {name}`, computed when needed"))
                .help("or a `val`, computed at deployment"),
            );
            return;
        }
        let is_public = field.getter.is_some_and(|getter| {
            !subject.symbols.methods[getter].is_private && !self.marks.protected.contains(&getter)
        });
        if field.is_mutable && is_public {
            let keyword = if field.is_param { "a parameter" } else { "storage" };
            self.found.push(
                Diagnostic::error(
                    codes::PUBLIC_STORAGE,
                    field.span,
                    format!("the `var` `{name}` is not private"),
                )
                .because(format!(
                    "{keyword} of `{}`, which others reach by messages only",
                    class.name
                ))
                .help(format!("write `private var {name}`"))
                .help(format!(
                    "to let others read it, add `@view def …: {} can Read = {name}`",
                    subject.types.show(subject.symbols, field.ty)
                )),
            );
        }
        self.stored(field.ty, field.span, &name.to_string(), field.storage);
    }

    /// An object inside of a class is kept in a lazy field of its name.
    fn is_object_inside(&self, field: &Field) -> bool {
        let class = self.subject.types.class_of(field.ty);
        class.is_some_and(|class| self.subject.symbols.classes[class].name == field.name)
    }

    fn stored(&mut self, ty: TyId, span: Span, name: &str, storage: Option<StorageKind>) {
        let args = self.subject.types.as_class(ty).map(|(_, args)| args);
        match (storage, args) {
            (Some(StorageKind::Map), Some([key, value])) => {
                self.encodable(*key, span, &format!("the key of `{name}`"));
                let nested = self.subject.types.class_of(*value);
                if nested.is_some() && nested == self.library.map {
                    let show = |ty| self.subject.types.show(self.subject.symbols, ty);
                    let inner = self.subject.types.as_class(*value).map(|(_, args)| args);
                    let flat = match inner {
                        Some([second, value]) => {
                            format!("Map[({}, {}), {}]", show(*key), show(*second), show(*value))
                        }
                        _ => "Map[(A, B), V]".to_owned(),
                    };
                    self.found.push(
                        Diagnostic::error(
                            codes::NESTED_STORED_MAP,
                            span,
                            format!("the stored map `{name}` holds maps"),
                        )
                        .because(format!("this has type `{}`", show(ty)))
                        .note("an entry of a stored map is one value, read and written whole")
                        .help(format!("use a tuple as key: `{flat}`")),
                    );
                    return;
                }
                self.encodable(*value, span, &format!("the value of `{name}`"));
            }
            (Some(StorageKind::Set), Some([element])) => {
                self.encodable(*element, span, &format!("the element of `{name}`"));
            }
            _ => self.encodable(ty, span, &format!("`{name}`")),
        }
    }

    fn encodable(&mut self, ty: TyId, span: Span, what: &str) {
        let Err(obstacle) = encode::check(self.subject, self.library, ty) else { return };
        let whole = self.subject.types.show(self.subject.symbols, ty);
        let mut found = Diagnostic::error(
            codes::NOT_ENCODABLE,
            span,
            format!("{what} has a type that cannot be stored or sent"),
        );
        let why = obstacle.why.as_deref().unwrap_or("has no form as bytes");
        found = if obstacle.part == whole {
            found.because(format!("`{whole}` {why}"))
        } else {
            found.because(format!("`{}`, a part of `{whole}`, {why}", obstacle.part))
        };
        self.found.push(match obstacle.instead {
            Some(instead) => found.help(format!("use {instead}")),
            None => found.help(
                "use numbers, text, values of `fvm`, collections, enums and case classes of such",
            ),
        });
    }

    // ── methods ────────────────────────────────────────────────────────────────────────────────

    fn method(&mut self, class: &Class, id: MethodId, method: &Method) {
        let subject = self.subject;
        if method.kind == MethodKind::Constructor {
            if Some(id) != class.constructor {
                self.found.push(
                    Diagnostic::error(
                        codes::CONTRACT_MEMBER,
                        method.span,
                        format!("the contract `{}` has a further constructor", class.name),
                    )
                    .because("a contract is deployed in one way")
                    .help("give parameters default values, or use a method of the companion"),
                );
            }
            return;
        }
        if method.kind != MethodKind::Def {
            return;
        }
        let is_private = method.is_private || self.marks.protected.contains(&id);
        let name = method.name;
        match method.entry {
            None if is_private => {}
            None => {
                // What the library's classes declare (`toString`) is not a message either.
                let kind_of_base = method.overrides.iter().find_map(|base| {
                    subject.symbols.methods[*base].entry.map(|kind| (*base, kind))
                });
                let mut found = Diagnostic::error(
                    codes::PUBLIC_WITHOUT_KIND,
                    method.span,
                    format!("the public method `{name}` has no kind"),
                )
                .because("every public method of a contract receives messages");
                if let Some((base, kind)) = kind_of_base {
                    found = found
                        .label(subject.symbols.methods[base].span, "implements this one")
                        .help(format!("mark it {} as well", annotation(kind)));
                } else {
                    found = found
                        .help("mark it `@entry`, `@payable` (takes coins) or `@view` (only reads)")
                        .help("or make it private");
                }
                self.found.push(found);
            }
            Some(EntryKind::Handler) => {
                if !is_private {
                    self.found.push(
                        Diagnostic::error(
                            codes::PUBLIC_HANDLER,
                            method.span,
                            format!("the handler `{name}` is not private"),
                        )
                        .because("anybody could call it and forge a reply or a bounce")
                        .help(format!("write `@handler private def {name}`")),
                    );
                }
                self.message_shape(method, "handler");
            }
            Some(kind) => {
                if is_private {
                    self.found.push(
                        Diagnostic::error(
                            codes::ENTRY_SHAPE,
                            method.span,
                            format!("`{name}` is private, so no message reaches it"),
                        )
                        .because(format!("marked {}", annotation(kind)))
                        .help("remove `private`, or the annotation"),
                    );
                }
                self.same_kind(method, kind);
                self.message_shape(method, "entry");
            }
        }
    }

    fn same_kind(&mut self, method: &Method, kind: EntryKind) {
        for base in &method.overrides {
            let overridden = &self.subject.symbols.methods[*base];
            if let Some(promised) = overridden.entry
                && promised != kind
            {
                self.found.push(
                    Diagnostic::error(
                        codes::ENTRY_SHAPE,
                        method.span,
                        format!("`{}` has another kind than the method it implements", method.name),
                    )
                    .because(format!("marked {}", annotation(kind)))
                    .label(overridden.span, format!("marked {}", annotation(promised)))
                    .help(format!("mark both {}", annotation(promised))),
                );
            }
        }
    }

    fn message_shape(&mut self, method: &Method, what: &str) {
        let subject = self.subject;
        let name = method.name;
        let shape = |span: Span, because: &str, help: &str| {
            Diagnostic::error(
                codes::ENTRY_SHAPE,
                span,
                format!("the {what} `{name}` has a shape that no message has"),
            )
            .because(because)
            .help(help)
        };
        if !method.type_params.is_empty() {
            let help = "write one for each type, or use an enum of the values";
            self.found.push(shape(method.span, "has type parameters", help));
        }
        if method.lists.len() > 1 {
            let help = "put all parameters into one list";
            self.found.push(shape(method.span, "has several parameter lists", help));
        }
        for param in &method.params {
            let local = &subject.symbols.locals[*param];
            match local.passing {
                Passing::ByName => {
                    let help = "pass a value: a message holds values only";
                    self.found.push(shape(local.span, "a by-name parameter", help));
                }
                Passing::Repeated => {
                    let help = "use a `List`";
                    self.found.push(shape(local.span, "a repeated parameter", help));
                }
                Passing::Value => {
                    let what = format!("the parameter `{}` of `{name}`", local.name);
                    self.encodable(local.ty, local.span, &what);
                }
            }
        }
        self.encodable(method.result, method.span, &format!("the result of `{name}`"));
    }

    // ── records ────────────────────────────────────────────────────────────────────────────────

    /// Events, problems and stories are encoded, so their fields must be.
    fn records(&mut self) {
        let subject = self.subject;
        for (id, class) in subject.symbols.classes.iter_enumerated() {
            if class.is_library || !class.is_case || !self.library.is_record(subject.symbols, id) {
                continue;
            }
            for field in &class.case_fields {
                let field = &subject.symbols.fields[*field];
                self.encodable(field.ty, field.span, &format!("the field `{}`", field.name));
            }
        }
    }

    /// Variables of objects: they look like storage and are not.
    fn globals(&mut self) {
        let symbols = &*self.subject.symbols;
        for field in symbols.fields.iter() {
            let owner = &symbols.classes[field.owner];
            if owner.is_library || owner.kind != ClassKind::Object || !field.is_mutable {
                continue;
            }
            self.found.push(
                Diagnostic::warning(
                    codes::GLOBAL_STATE,
                    field.span,
                    format!("the variable `{}` of an object is not storage", field.name),
                )
                .because("begins anew with every message")
                .help("make it a `private var` of the contract"),
            );
        }
    }

    /// Kinds on methods outside of contracts.
    fn strays(&mut self) {
        for (method, span) in &self.marks.kinds {
            let info = &self.subject.symbols.methods[*method];
            let role = match info.owner {
                Owner::Class(class) => self.subject.symbols.classes[class].role,
                _ => None,
            };
            if matches!(role, Some(ContractRole::Contract | ContractRole::Interface)) {
                continue;
            }
            self.found.push(
                Diagnostic::error(
                    codes::ENTRY_SHAPE,
                    *span,
                    format!("`{}` is not a method of a contract", info.name),
                )
                .because("only contracts and their interfaces receive messages")
                .help("remove the annotation, or let the class extend `Contract`"),
            );
        }
    }
}

fn annotation(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Entry => "`@entry`",
        EntryKind::Payable => "`@payable`",
        EntryKind::View => "`@view`",
        EntryKind::Handler => "`@handler`",
    }
}
