//! The check as a whole: declare everything, complete headers, check user code, then what it
//! reaches of the library.

use crate::checker::{Checker, Env, MethodData, MethodSource, Status, Term, TypeSym};
use crate::infer::vars::Vars;
use crate::known::Known;
use crate::scope::{PackageId, ScopeId};
use crate::symbols::{
    ClassId, ClassKind, Implementation, MethodId, Owner, ParamList, Passing, Symbols,
};
use crate::typed::Program;
use crate::types::{Roots, TyId, Types};
use fscc_base::{Diagnostic, FastMap, FastSet, IndexVec, Name, Span};
use fscc_syntax::ast;

/// What a unit is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum UnitKind {
    /// Programs, contracts and suites.
    Plain,
    /// A library for other units.
    Library,
}

/// Checks files; each comes with whether it belongs to the library. The program is complete if no
/// diagnostic is an error.
pub fn check(units: &[(ast::Unit, bool)]) -> (Program, Vec<Diagnostic>) {
    let (program, mut diagnostics) = check_definitions(units);
    check_matches(&program, &mut diagnostics);
    (program, diagnostics)
}

/// Checks everything but whether matches are complete.
pub fn check_definitions(units: &[(ast::Unit, bool)]) -> (Program, Vec<Diagnostic>) {
    run(units, false, UnitKind::Plain)
}

/// The same of a unit that is a library: what it exports must be what others can call.
pub fn check_library(units: &[(ast::Unit, bool)]) -> (Program, Vec<Diagnostic>) {
    run(units, false, UnitKind::Library)
}

/// Checks the matches of a program in which no error was found.
pub fn check_matches(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    if !diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.append(&mut crate::exhaustive::check(program));
        put_in_order(diagnostics);
    }
}

/// Checks as [`check`] does, and every class of the library besides, whether or not user code
/// reaches it: for the library's own test.
pub fn check_with_library(units: &[(ast::Unit, bool)]) -> (Program, Vec<Diagnostic>) {
    let (program, mut diagnostics) = run(units, true, UnitKind::Plain);
    check_matches(&program, &mut diagnostics);
    (program, diagnostics)
}

fn run(
    units: &[(ast::Unit, bool)],
    with_library: bool,
    kind: UnitKind,
) -> (Program, Vec<Diagnostic>) {
    let mut checker = Checker::new();
    checker.enter_roots();
    checker.enter_library(units);
    checker.learn_names();
    checker.reserve(units);
    checker.lost = units.iter().flat_map(|(unit, _)| unit.lost.iter().copied()).collect();
    checker.enter_user(units);
    checker.complete_headers();
    checker.check_classes(with_library);
    checker.check_super_targets();
    checker.check_variances();
    checker.check_leaks();
    checker.check_inlining();
    checker.check_imports();
    checker.check_annotations();
    checker.check_written();
    checker.find_mains();
    let exported = match kind {
        UnitKind::Plain => Vec::new(),
        UnitKind::Library => checker.library_exports(),
    };
    checker.settle_diagnostics();
    let (mut program, mut diagnostics) = checker.finish();
    program.exported = exported;
    put_in_order(&mut diagnostics);
    (program, diagnostics)
}

/// By place, and each only once.
fn put_in_order(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
    diagnostics.dedup_by(|a, b| a.span() == b.span() && a.message == b.message);
}

impl<'a> Checker<'a> {
    fn new() -> Self {
        let env = Env {
            scope: ScopeId::from_u32(0),
            class: None,
            method: None,
            frame: 0,
            returns: None,
            leaves: None,
            is_library: true,
            before_super: false,
        };
        Checker {
            symbols: Symbols::default(),
            types: Types::new(),
            known: Known::default(),
            diagnostics: Vec::new(),
            reasons: Vec::new(),
            settled: Vec::new(),
            scopes: IndexVec::new(),
            imports: IndexVec::new(),
            packages: IndexVec::new(),
            classes: IndexVec::new(),
            methods: IndexVec::new(),
            fields: IndexVec::new(),
            locals: IndexVec::new(),
            aliases: IndexVec::new(),
            groups: IndexVec::new(),
            type_param_data: IndexVec::new(),
            vars: Vars::default(),
            bodies: FastMap::default(),
            env,
            frames: 0,
            demanded: FastSet::default(),
            depth: 0,
            compare_depth: 0,
            searching: Vec::new(),
            leaving: FastMap::default(),
            parent_hint: None,
            missing: FastSet::default(),
            missing_wildcard: false,
            search_steps: 0,
            search_is_limited: false,
            ambiguous_givens: None,
            proved: Vec::new(),
            has_proofs_aside: false,
            written: Vec::new(),
            open_searches: Vec::new(),
            pattern_types: FastSet::default(),
            mains: Vec::new(),
            match_kinds: FastMap::default(),
            filtered_patterns: FastSet::default(),
            unchecked: false,
            in_constructor: false,
            package_objects: FastMap::default(),
            inner_objects: FastSet::default(),
            given_fields: FastSet::default(),
            opaque_aliases: FastMap::default(),
            hidden_params: FastSet::default(),
            lambda_arguments: false,
            overrides_done: FastSet::default(),
            member_cache: FastMap::default(),
            base_params_cache: FastMap::default(),
            sam_cache: FastMap::default(),
            number_operators: FastMap::default(),
            completed: FastSet::default(),
            export_types: FastMap::default(),
            forwarders: FastMap::default(),
            cyclic_reported: FastSet::default(),
            cyclic_fields: FastSet::default(),
            looking_at: Span::synthetic(),
            lost: FastSet::default(),
            user_files: FastSet::default(),
            annotations: Vec::new(),
            allowances: crate::allow::Allowances::default(),
            unchecked_variance: Vec::new(),
            inline_choices: FastSet::default(),
            trait_calls_super: false,
        }
    }

    /// The classes that have no source.
    pub(crate) fn enter_root_classes(&mut self, scala: PackageId, java_lang: PackageId) {
        let any = self.root_class(scala, "Any", ClassKind::Class);
        let any_val = self.root_class(scala, "AnyVal", ClassKind::Class);
        let any_ref = self.root_class(java_lang, "Object", ClassKind::Class);
        let nothing = self.root_class(scala, "Nothing", ClassKind::Class);
        let null = self.root_class(scala, "Null", ClassKind::Class);
        let singleton = self.root_class(scala, "Singleton", ClassKind::Trait);
        let binding = self.packages[scala].members.binding(Name::new("AnyRef"));
        binding.ty = Some(TypeSym::Class(any_ref));
        for class in [any_val, nothing, null] {
            self.symbols.classes[class].is_abstract = true;
        }
        self.symbols.classes[any].is_abstract = true;
        self.symbols.classes[nothing].is_final = true;
        self.symbols.classes[null].is_final = true;
        let plain = |this: &Self, class| this.types.class(class, &[]);
        let mut roots = self.types.roots();
        roots.any = plain(self, any);
        roots.any_val = plain(self, any_val);
        roots.any_ref = plain(self, any_ref);
        roots.nothing = plain(self, nothing);
        roots.null = plain(self, null);
        roots.any_class = any;
        roots.any_val_class = any_val;
        roots.any_ref_class = any_ref;
        roots.nothing_class = nothing;
        roots.null_class = null;
        self.types.set_roots(roots);
        self.known.any = Some(any);
        self.known.any_val = Some(any_val);
        self.known.any_ref = Some(any_ref);
        self.known.nothing = Some(nothing);
        self.known.null = Some(null);
        self.known.singleton = Some(singleton);
        for class in [any, any_val, any_ref, nothing, null, singleton] {
            self.complete_header(class);
        }
    }

    fn root_class(&mut self, package: PackageId, name: &str, kind: ClassKind) -> ClassId {
        let full_name = self.packages[package].full_name.clone();
        let class = self.new_class(
            Name::new(name),
            kind,
            crate::checker::ClassSource::None,
            (Owner::Package, &full_name),
            ScopeId::from_u32(0),
            Span::synthetic(),
        );
        self.classes[class].is_static = true;
        self.classes[class].members = Status::Done;
        let binding = self.packages[package].members.binding(Name::new(name));
        binding.ty = Some(TypeSym::Class(class));
        class
    }

    /// Makes room for what the user's files will declare. Where it stays empty it costs no memory.
    fn reserve(&mut self, units: &[(ast::Unit, bool)]) {
        let user = units.iter().filter(|(_, is_library)| !is_library);
        let bytes: usize = user.map(|(unit, _)| (unit.span.hi - unit.span.lo) as usize).sum();
        let (many, few) = (bytes / 16, bytes / 128);
        self.symbols.classes.reserve(few);
        self.classes.reserve(few);
        self.symbols.methods.reserve(many);
        self.methods.reserve(many);
        self.symbols.locals.reserve(many);
        self.locals.reserve(many);
        self.scopes.reserve(many);
        self.types.reserve(many);
        self.vars.reserve(many);
    }

    fn enter_library(&mut self, units: &'a [(ast::Unit, bool)]) {
        self.env.is_library = true;
        // Library files see each other through the packages; Predef's scope needs the object.
        let library: Vec<&'a ast::Unit> =
            units.iter().filter(|(_, is_library)| *is_library).map(|(unit, _)| unit).collect();
        let placeholder = self.file_scope();
        for unit in library {
            self.enter_unit(unit, placeholder);
        }
        self.add_predef_scope(placeholder);
    }

    /// Library files were entered before Predef was known: it is put in between.
    fn add_predef_scope(&mut self, scope: ScopeId) {
        let Some(predef) = self.predef_object() else { return };
        let parent = self.scopes[scope].parent.expect("the packages stand around it");
        let scala_scope =
            std::mem::replace(&mut self.scopes[scope].kind, crate::scope::ScopeKind::Class(predef));
        let inner = self.push_scope(parent, scala_scope);
        self.scopes[scope].parent = Some(inner);
    }

    fn predef_object(&mut self) -> Option<ClassId> {
        let scala = self.package(crate::scope::ROOT_PACKAGE, Name::new("scala"));
        let binding = self.packages[scala].members.get(&Name::new("Predef"))?;
        binding.terms.iter().find_map(|term| match term {
            Term::Object(class) => Some(*class),
            _ => None,
        })
    }

    /// Looks up the names that the checker knows, and gives `Any` and `AnyRef` their members.
    fn learn_names(&mut self) {
        for class in self.symbols.classes.indices() {
            if self.classes[class].is_static && self.symbols.classes[class].is_library {
                let name = self.symbols.classes[class].full_name.clone();
                self.known.classes.entry(name).or_insert(class);
            }
        }
        self.known.fill();
        let mut roots = self.types.roots();
        self.fill_roots(&mut roots);
        self.types.set_roots(roots);
        self.enter_root_members();
        self.learn_named_tuple();
    }

    fn fill_roots(&mut self, roots: &mut Roots) {
        let names: [(&str, &mut TyId); 10] = [
            ("scala.Unit", &mut roots.unit),
            ("scala.Boolean", &mut roots.boolean),
            ("scala.Byte", &mut roots.byte),
            ("scala.Short", &mut roots.short),
            ("scala.Char", &mut roots.char),
            ("scala.Int", &mut roots.int),
            ("scala.Long", &mut roots.long),
            ("scala.Float", &mut roots.float),
            ("scala.Double", &mut roots.double),
            ("java.lang.String", &mut roots.string),
        ];
        for (name, slot) in names {
            if let Some(class) = self.known.class(name) {
                *slot = self.types.class(class, &[]);
            }
        }
    }

    fn enter_root_members(&mut self) {
        let roots = self.types.roots();
        let any = roots.any_class;
        self.known.any_equals_equals =
            Some(self.root_method(any, "==", &[("that", roots.any)], roots.boolean));
        self.known.any_not_equals =
            Some(self.root_method(any, "!=", &[("that", roots.any)], roots.boolean));
        self.known.any_equals =
            Some(self.root_method(any, "equals", &[("that", roots.any)], roots.boolean));
        self.known.any_hash_code = Some(self.root_method(any, "hashCode", &[], roots.int));
        self.known.any_to_string = Some(self.root_method(any, "toString", &[], roots.string));
        let hash = self.root_method(any, "##", &[], roots.int);
        self.symbols.methods[hash].lists.clear();
        self.known.any_hash_hash = Some(hash);
        self.known.any_get_class = Some(self.root_method(any, "getClass", &[], roots.any));
        let any_ref = roots.any_ref_class;
        for (name, known) in [("eq", true), ("ne", false)] {
            let method = self.root_method(any_ref, name, &[("that", roots.any_ref)], roots.boolean);
            if known {
                self.symbols.methods[method].implementation =
                    Implementation::Intrinsic(Name::new("ref.eq"));
                self.known.any_ref_eq = Some(method);
            } else {
                self.known.any_ref_ne = Some(method);
            }
            self.symbols.methods[method].is_final = true;
        }
        let constructor = self.root_method(any_ref, "<init>", &[], roots.unit);
        self.symbols.methods[constructor].kind = crate::symbols::MethodKind::Constructor;
        self.symbols.methods[constructor].is_final = true;
        self.methods[constructor].source = MethodSource::Primary(any_ref);
        self.methods[constructor].body = Status::Done;
        self.symbols.classes[any_ref].constructor = Some(constructor);
    }

    fn root_method(
        &mut self,
        class: ClassId,
        name: &str,
        params: &[(&str, TyId)],
        result: TyId,
    ) -> MethodId {
        let scope = ScopeId::from_u32(0);
        let method = self.new_method(
            Name::new(name),
            Owner::Class(class),
            MethodSource::None,
            scope,
            Span::synthetic(),
        );
        let locals: Vec<_> = params
            .iter()
            .map(|(name, ty)| self.new_local(Name::new(name), *ty, Span::synthetic()))
            .collect();
        for local in &locals {
            self.symbols.locals[*local].passing = Passing::Value;
        }
        let info = &mut self.symbols.methods[method];
        info.implementation = Implementation::Abstract;
        info.lists =
            vec![ParamList { len: u32::try_from(locals.len()).unwrap_or(0), is_using: false }];
        info.params = locals;
        info.result = result;
        self.methods[method].params = Status::Done;
        self.methods[method].signature = Status::Done;
        self.publish(method, class);
        method
    }

    fn enter_user(&mut self, units: &'a [(ast::Unit, bool)]) {
        let scope = self.file_scope();
        self.env.is_library = false;
        for (unit, is_library) in units {
            if !*is_library {
                self.user_files.insert(unit.file);
                self.enter_unit(unit, scope);
            }
        }
    }

    /// Headers of all classes: afterwards sealed classes know their children.
    fn complete_headers(&mut self) {
        let mut next = 0;
        while next < self.symbols.classes.len() {
            let class = ClassId::from_u32(u32::try_from(next).unwrap_or(u32::MAX));
            let is_library = self.symbols.classes[class].is_library;
            let saved = std::mem::replace(&mut self.env.is_library, is_library);
            self.complete_header(class);
            // Members of companions declare the cases of enums.
            if !is_library || self.symbols.classes[class].is_sealed || self.is_enum_object(class) {
                self.complete_members(class);
            }
            self.env.is_library = saved;
            next += 1;
        }
    }

    fn is_enum_object(&self, class: ClassId) -> bool {
        self.symbols.classes[class]
            .companion
            .is_some_and(|companion| self.symbols.classes[companion].is_enum)
    }

    fn check_classes(&mut self, with_library: bool) {
        let mut next = 0;
        // Checking a class may declare local ones, which are checked where they stand.
        while next < self.symbols.classes.len() {
            let class = ClassId::from_u32(u32::try_from(next).unwrap_or(u32::MAX));
            next += 1;
            let is_library = self.symbols.classes[class].is_library;
            if is_library && !with_library
                || matches!(self.symbols.classes[class].owner, Owner::Method(_))
            {
                continue;
            }
            if self.is_local(class) {
                continue;
            }
            let saved = std::mem::replace(&mut self.env.is_library, is_library);
            self.check_class(class);
            self.env.is_library = saved;
        }
    }

    /// Whether a class stands in a block, or in a class that does.
    fn is_local(&self, class: ClassId) -> bool {
        let mut next = Some(class);
        while let Some(here) = next {
            match self.symbols.classes[here].owner {
                Owner::Method(_) => return true,
                Owner::Class(outer) => next = Some(outer),
                Owner::Package => next = None,
            }
        }
        false
    }

    /// `main` methods of objects, and objects that extend `App`.
    fn find_mains(&mut self) {
        for method in self.mains.clone() {
            self.complete_params(method);
            self.check_main_params(method);
        }
        let app = self.known.class("scala.App");
        for class in self.symbols.classes.indices() {
            if self.symbols.classes[class].is_library
                || self.symbols.classes[class].kind != ClassKind::Object
            {
                continue;
            }
            if app.is_some_and(|app| self.types.derives(&self.symbols, class, app)) {
                self.add_app_main(class);
                continue;
            }
            // Nothing that is inherited counts, so that most objects need no search.
            self.complete_header(class);
            self.complete_members(class);
            let (name, data) = (Name::new("main"), &self.classes[class]);
            if data.decls.get(&name).is_none() && data.exports.is_empty() {
                continue;
            }
            let terms = self.term_members(class, name);
            for term in terms {
                let Term::Method(method) = term else { continue };
                if self.is_main(method)
                    && self.symbols.methods[method].owner == Owner::Class(class)
                    && !self.package_objects.contains_key(&class)
                    && !self.mains.contains(&method)
                {
                    self.mains.push(method);
                }
            }
        }
        let symbols = &self.symbols;
        self.mains.sort_by_key(|method| symbols.methods[*method].span);
    }

    fn is_main(&mut self, method: MethodId) -> bool {
        self.signature(method);
        let info = &self.symbols.methods[method];
        let [param] = info.params[..] else { return false };
        let Some(array) = self.known.array else { return false };
        let string = self.types.roots().string;
        self.symbols.locals[param].ty == self.types.class(array, &[string])
            && info.implementation == Implementation::Source
    }

    /// The program of an object that extends `App` is its initialisation.
    fn add_app_main(&mut self, class: ClassId) {
        let roots = self.types.roots();
        let Some(array) = self.known.array else { return };
        let args = self.types.class(array, &[roots.string]);
        let span = self.symbols.classes[class].span;
        let scope = self.classes[class].scope;
        let name = Name::new("main");
        let source = MethodSource::None;
        let method = self.new_method(name, Owner::Class(class), source, scope, span);
        let param = self.new_local(Name::new("args"), args, span);
        let info = &mut self.symbols.methods[method];
        info.params = vec![param];
        info.lists = vec![ParamList { len: 1, is_using: false }];
        info.result = roots.unit;
        info.is_final = true;
        self.methods[method].params = Status::Done;
        self.methods[method].signature = Status::Done;
        self.methods[method].body = Status::Done;
        self.symbols.classes[class].methods.push(method);
        let body = self.unit(span);
        self.bodies.insert(method, crate::typed::Body::Expr(body));
        self.mains.push(method);
    }

    /// Brings together what was reported inside and outside of trials.
    pub(crate) fn settle_diagnostics(&mut self) {
        if self.types.take_too_large() {
            self.type_too_large(Span::synthetic());
        }
        let own = std::mem::take(&mut self.diagnostics);
        let mut all = std::mem::take(&mut self.settled);
        all.extend(own);
        self.diagnostics = all;
    }

    /// The checker's part of a method that another pass has made up with its body.
    pub(crate) fn made_up_method(&self) -> MethodData<'a> {
        MethodData {
            source: MethodSource::None,
            scope: ScopeId::from_u32(0),
            body_scope: ScopeId::from_u32(0),
            params: Status::Done,
            signature: Status::Done,
            body: Status::Done,
            access: crate::checker::Access::Public,
            flags: ast::Flags::NONE,
            is_given: false,
            receiver_list: None,
            class: None,
            outer: None,
            frame: 0,
            defaults: Vec::new(),
            params_copied: false,
            tailrec: None,
            has_implicit_list: false,
            is_library: false,
        }
    }
}
