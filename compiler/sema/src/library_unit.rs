//! Units that are libraries: which of their definitions others may call, and what cannot be
//! offered to them.
//!
//! A library exports the public methods and values of its objects, and public definitions at the
//! top level. Whoever imports it sees those and nothing else, so whatever is public must be
//! exportable: a name that the sources show and the interface does not could mean something else
//! there.
//!
//! **Guarantees** that the types of everything exported have values that are the same in every
//! module.

use crate::checker::{Access, Checker, ClassSource, FieldSource, MethodSource, TypeSym};
use crate::symbols::{ClassId, ClassKind, MethodId, MethodKind, Owner, Passing};
use crate::types::{Ty, TyId};
use crate::wire;
use fscc_base::{Diagnostic, Span, codes};
use fscc_syntax::ast::{self, Flags};

/// Full names of the types whose values pass from module to module: they are the same in each.
pub const PASSABLE: &[&str] = &[
    "scala.Unit",
    "scala.Boolean",
    "scala.Byte",
    "scala.Short",
    "scala.Char",
    "scala.Int",
    "scala.Long",
    "scala.Double",
    "java.lang.String",
    "fvm.Amount",
    "fvm.UInt128",
    "fvm.Int128",
    "fvm.Bytes",
];

impl Checker<'_> {
    /// What a library exports, in source order; reports what it cannot.
    pub(crate) fn library_exports(&mut self) -> Vec<MethodId> {
        let mut exported = Vec::new();
        for class in self.symbols.classes.indices() {
            if self.symbols.classes[class].is_library || !self.is_seen(class) {
                continue;
            }
            if !self.is_exporting_object(class) {
                continue;
            }
            for method in self.symbols.classes[class].methods.clone() {
                if self.is_exported(method) {
                    exported.push(method);
                }
            }
            self.refuse_types(class);
        }
        for method in self.mains.clone() {
            let info = &self.symbols.methods[method];
            let (name, span) = (info.name, info.span);
            self.refuse(span, format!("`{name}` starts a program, and a library is none"));
        }
        self.library_state();
        let symbols = &self.symbols;
        exported.sort_by_key(|method| symbols.methods[*method].span);
        exported
    }

    fn refuse(&mut self, span: Span, message: String) {
        self.report(
            Diagnostic::error(codes::LIBRARY_MEMBER, span, message)
                .because("others cannot use this through the library's interface")
                .note("a library exports methods and values of objects, and nothing else")
                .help("make it `private`, or `private[…]` for the rest of the library"),
        );
    }

    /// Whether a class can be named from outside of the library.
    fn is_seen(&self, class: ClassId) -> bool {
        let mut class = class;
        loop {
            if self.classes[class].access != Access::Public {
                return false;
            }
            match self.symbols.classes[class].owner {
                Owner::Package => return true,
                Owner::Method(_) => return false,
                // What is inside of a class that cannot be exported is refused with it.
                Owner::Class(owner) if !self.holds_exports(owner) => return false,
                Owner::Class(owner) => class = owner,
            }
        }
    }

    /// Whether a class is an object that comes with no public class.
    fn holds_exports(&self, class: ClassId) -> bool {
        let info = &self.symbols.classes[class];
        let is_public = |companion| self.classes[companion].access == Access::Public;
        info.kind == ClassKind::Object && !info.companion.is_some_and(is_public)
    }

    /// Whether a class that is seen is an object whose members are exported; reports any other.
    fn is_exporting_object(&mut self, class: ClassId) -> bool {
        if self.package_objects.contains_key(&class) {
            return true;
        }
        let info = &self.symbols.classes[class];
        let (name, span) = (info.name, info.span);
        if info.kind != ClassKind::Object {
            let is_given = matches!(self.classes[class].source, ClassSource::Given(..));
            let what = if is_given { "given instance" } else { "class" };
            self.refuse(span, format!("the {what} `{name}` is public"));
            return false;
        }
        // The object that comes with a class: the class says what is wrong.
        if !self.holds_exports(class) {
            return false;
        }
        let info = &self.symbols.classes[class];
        let roots = self.types.roots();
        let usual = [class, roots.any_class, roots.any_ref_class];
        let is_plain = info.linearization.iter().all(|base| usual.contains(base));
        if info.is_case || !is_plain {
            self.refuse(span, format!("the object `{name}` is more than a place for methods"));
            return false;
        }
        true
    }

    /// Whether a member of an object that is exported is exported itself.
    fn is_exported(&mut self, method: MethodId) -> bool {
        let data = &self.methods[method];
        if data.access != Access::Public {
            return false;
        }
        let info = &self.symbols.methods[method];
        let is_getter = match info.kind {
            MethodKind::Def => false,
            MethodKind::Getter(_) => true,
            MethodKind::Constructor | MethodKind::Setter(_) | MethodKind::Default(..) => {
                return false;
            }
        };
        let (name, span) = (info.name, self.written_place(method));
        let problem = match data.source {
            MethodSource::Extension(..) => Some("is an extension"),
            MethodSource::Given(..) => Some("is given"),
            MethodSource::Export(..) => Some("is exported from elsewhere"),
            _ if data.is_given => Some("is given"),
            _ if !info.type_params.is_empty() => Some("is generic"),
            _ if info.lists.iter().any(|list| list.is_using) => Some("takes implicit values"),
            _ if !info.overrides.is_empty() => Some("overrides a method of every object"),
            _ if !is_getter && data.flags.contains(Flags::INLINE) => Some("is inline"),
            _ => None,
        };
        if let Some(problem) = problem {
            self.refuse(span, format!("the public `{name}` {problem}"));
            return false;
        }
        for param in info.params.clone() {
            let local = &self.symbols.locals[param];
            let (param_name, at, passing, ty) = (local.name, local.span, local.passing, local.ty);
            if passing != Passing::Value {
                let message =
                    format!("the parameter `{param_name}` of the public `{name}` takes no value");
                self.refuse(at, message);
                return false;
            }
            if !self.passes(ty, at, &format!("the parameter `{param_name}`")) {
                return false;
            }
        }
        let result = self.symbols.methods[method].result;
        self.passes(result, span, &format!("the result of `{name}`"))
    }

    /// Where a method is declared: a given that has no name by its type.
    fn written_place(&self, method: MethodId) -> Span {
        let data = &self.methods[method];
        let def = match data.source {
            MethodSource::Given(def, _) => Some(def),
            MethodSource::Accessor(field) => match self.fields[field].source {
                FieldSource::Given(def, _) => Some(def),
                _ => None,
            },
            _ => None,
        };
        let span = self.symbols.methods[method].span;
        let of_type = match def.map(|def| &def.body) {
            Some(ast::GivenBody::Alias { ty, .. }) => Some(ty.span),
            Some(ast::GivenBody::Instance(template)) => {
                template.parents.first().map(|parent| parent.ty.span)
            }
            None => None,
        };
        of_type.filter(|_| span.is_synthetic()).unwrap_or(span)
    }

    /// Whether values of the type pass from module to module; reports it if they do not.
    fn passes(&mut self, ty: TyId, span: Span, what: &str) -> bool {
        let plain = self.types.widen(ty);
        let is_passable = match self.types.get(plain) {
            Ty::Error => true,
            Ty::Class(class, []) => {
                PASSABLE.contains(&self.symbols.classes[class].full_name.as_str())
            }
            _ => false,
        };
        if !is_passable {
            let shown = self.types.show(&self.symbols, ty);
            let names: Vec<&str> =
                PASSABLE.iter().filter_map(|name| name.rsplit('.').next()).collect();
            self.report(
                Diagnostic::error(
                    codes::LIBRARY_TYPE,
                    span,
                    format!(
                        "{what} has the type {shown}, which does not pass from module to module"
                    ),
                )
                .because("objects belong to the module of their class")
                .note(format!("what passes: {}", names.join(", ")))
                .help("take and give the parts, or make the method `private[…]`"),
            );
        }
        is_passable
    }

    /// Types are no members of an interface.
    fn refuse_types(&mut self, class: ClassId) {
        let aliases: Vec<Span> = match self.package_objects.get(&class) {
            Some(package) => {
                let members = self.packages[*package].members.iter();
                members.filter_map(|(_, binding)| self.alias_place(binding.ty?)).collect()
            }
            None => {
                let members = self.classes[class].decls.iter();
                members.filter_map(|(_, binding)| self.alias_place(binding.ty?)).collect()
            }
        };
        for span in aliases {
            self.refuse(span, "a type alias is public".to_owned());
        }
    }

    /// Where an alias of the user's is declared.
    fn alias_place(&self, symbol: TypeSym) -> Option<Span> {
        match symbol {
            TypeSym::Alias(_) => Some(self.place_of_type(symbol)),
            _ => None,
        }
    }

    /// A library keeps nothing from call to call.
    fn library_state(&mut self) {
        let symbols = &self.symbols;
        let variables = symbols.fields.iter().filter(|field| {
            let owner = &symbols.classes[field.owner];
            !owner.is_library && owner.kind == ClassKind::Object && field.is_mutable
        });
        let variables: Vec<_> = variables.map(|field| (field.name, field.span)).collect();
        for (name, span) in variables {
            self.report(
                Diagnostic::error(
                    codes::LIBRARY_STATE,
                    span,
                    format!("the variable `{name}` of an object in a library"),
                )
                .because("would be kept from call to call")
                .help("give it to the methods as a parameter, or make it a `val`"),
            );
        }
    }
}

/// Under which name a library exports a method: its path and canonical types.
pub fn export_name(program: &crate::typed::Program, method: MethodId) -> String {
    let signature = wire::canonical_signature(&program.symbols, &program.types, method);
    match export_path(program, method) {
        (package, objects) if objects.is_empty() && package.is_empty() => signature,
        (package, objects) => {
            let path: Vec<String> =
                (!package.is_empty()).then_some(package).into_iter().chain(objects).collect();
            format!("{}.{signature}", path.join("."))
        }
    }
}

/// The package of an exported method and the objects around it, from outside.
pub fn export_path(program: &crate::typed::Program, method: MethodId) -> (String, Vec<String>) {
    let symbols = &program.symbols;
    let mut objects = Vec::new();
    let mut owner = symbols.methods[method].owner;
    let mut package = String::new();
    while let Owner::Class(class) = owner {
        let info = &symbols.classes[class];
        owner = info.owner;
        if owner == Owner::Package {
            let name = info.full_name.trim_end_matches('$');
            package = name.rsplit_once('.').map_or("", |(package, _)| package).to_owned();
        }
        // The object that holds what stands at the top level has no name in the source.
        if !info.span.is_synthetic() {
            objects.push(info.name.to_string());
        }
    }
    objects.reverse();
    (package, objects)
}
