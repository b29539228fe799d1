//! The state of a check: symbols, types, scopes, what is known about each declaration and how far
//! it has been looked at. The phases and constructs are `impl` blocks of [`Checker`] in their own
//! files; this file has only what all of them share.

use crate::infer::implicit::OpenSearch;
use crate::infer::proof::Proof;
use crate::infer::vars::Vars;
use crate::known::Known;
use crate::names::Names;
use crate::scope::{Import, ImportId, Package, PackageId, Scope, ScopeId};
use crate::symbols::{
    ClassId, FieldId, Implementation, LocalId, Method, MethodId, MethodKind, Owner, Passing,
    Symbols, TypeParamId,
};
use crate::typed::{Body, Expr, ExprKind, Pattern};
use crate::types::{TyId, Types};
use crate::written::Written;
use fscc_base::codes::Code;
use fscc_base::{Diagnostic, FastMap, FastSet, FileId, IndexVec, Name, Span};
use fscc_syntax::ast;
use smallvec::SmallVec;

fscc_base::define_index! {
    /// A type alias.
    pub(crate) struct AliasId = "alias";
}
fscc_base::define_index! {
    /// A pattern definition of a template: `val (a, b) = e`.
    pub(crate) struct GroupId = "group";
}

/// How far a declaration has been looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Status {
    /// Not yet.
    Lazy,
    /// Just now: asking again is a cycle.
    Running,
    /// Finished.
    Done,
}

/// What a name means as a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Term {
    /// A method, accessor or local function.
    Method(MethodId),
    /// A field without accessor: a plain class parameter.
    Field(FieldId),
    /// A static object.
    Object(ClassId),
    /// A local variable or parameter.
    Local(LocalId),
    /// A package.
    Package(PackageId),
    /// `self` of `self =>`.
    SelfAlias(ClassId),
}

/// What a name means as a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TypeSym {
    /// A class or trait.
    Class(ClassId),
    /// An alias.
    Alias(AliasId),
    /// A type parameter or abstract type.
    Param(TypeParamId),
}

/// What a name is bound to in one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Binding {
    pub terms: SmallVec<[Term; 1]>,
    pub ty: Option<TypeSym>,
}

/// Where a class comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ClassSource<'a> {
    /// A root class, a package's object, or the object of a class that has none in the source.
    None,
    /// A class, trait, object or enum.
    Class(&'a ast::ClassDef, &'a ast::Modifiers),
    /// A case of this enum.
    EnumCase(&'a ast::EnumCaseDef, &'a ast::Modifiers, ClassId),
    /// `given … with { … }`.
    Given(&'a ast::GivenDef, &'a ast::Template),
    /// `new P { … }`.
    Anonymous(&'a ast::Template),
}

impl<'a> ClassSource<'a> {
    /// The parents and the body, if it is written out.
    pub fn template(self) -> Option<&'a ast::Template> {
        match self {
            ClassSource::Class(def, _) => Some(&def.template),
            ClassSource::Given(_, template) | ClassSource::Anonymous(template) => Some(template),
            ClassSource::None | ClassSource::EnumCase(..) => None,
        }
    }
    /// The parents that are written.
    pub fn parents(self) -> &'a [ast::Parent] {
        match self {
            ClassSource::EnumCase(def, ..) => &def.parents,
            _ => self.template().map_or(&[], |template| &template.parents),
        }
    }
    /// The parameter lists of the primary constructor.
    pub fn clauses(self) -> &'a [ast::ParamClause] {
        match self {
            ClassSource::Class(def, _) => &def.clauses,
            ClassSource::EnumCase(def, ..) => &def.clauses,
            ClassSource::Given(def, _) => &def.clauses,
            ClassSource::None | ClassSource::Anonymous(_) => &[],
        }
    }
    /// The type parameters that are written.
    pub fn type_params(self) -> &'a [ast::TypeParam] {
        match self {
            ClassSource::Class(def, _) => &def.type_params,
            ClassSource::EnumCase(def, ..) => &def.type_params,
            ClassSource::Given(def, _) => &def.type_params,
            ClassSource::None | ClassSource::Anonymous(_) => &[],
        }
    }
}

/// What the checker knows about a class beside [`crate::symbols::Class`].
#[derive(Debug)]
pub(crate) struct ClassData<'a> {
    pub source: ClassSource<'a>,
    /// Around the declaration, with its type parameters; parents are resolved here.
    pub header_scope: ScopeId,
    /// Inside the template.
    pub scope: ScopeId,
    /// The parameters of the primary constructor; arguments of parents are typed here.
    pub constructor_scope: Option<ScopeId>,
    /// Type parameters, parents, linearisation.
    pub header: Status,
    /// Names of members.
    pub members: Status,
    /// The body has been checked.
    pub checked: bool,
    pub decls: Names,
    /// Given and implicit members declared here.
    pub givens: Vec<MethodId>,
    /// `export`s of the body, each with the scope it stands in.
    pub exports: Vec<(&'a ast::ImportClause, ScopeId)>,
    /// What happens at construction, in order.
    pub statements: Vec<TemplateStat<'a>>,
    /// Whether references need no instance: its owners are packages and static objects.
    pub is_static: bool,
    /// The frame (see [`Env`]) in which a local class is declared.
    pub frame: u32,
    pub access: Access,
    /// For a case of an enum without parameters: declared by a `val`, typed as the enum.
    pub is_enum_value: bool,
    /// The method around a local class.
    pub method: Option<MethodId>,
}

/// What a template does at construction.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TemplateStat<'a> {
    /// An expression.
    Expr(&'a ast::Expr, ScopeId),
    /// A field with an initialiser.
    Field(FieldId),
    /// A pattern definition.
    Group(GroupId),
}

/// Where a method comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum MethodSource<'a> {
    /// Made up with its signature.
    None,
    /// `def`.
    Def(&'a ast::MethodDef, &'a ast::Modifiers),
    /// A `def` of an extension.
    Extension(&'a ast::ExtensionDef, &'a ast::MethodDef, &'a ast::Modifiers),
    /// A secondary constructor.
    Constructor(&'a ast::ConstructorDef),
    /// The primary constructor.
    Primary(ClassId),
    /// An accessor.
    Accessor(FieldId),
    /// `given [T](using …): T = e`, or an instance of a class with parameters.
    Given(&'a ast::GivenDef, Option<ClassId>),
    /// A default value; the signature is made with that of the method.
    Default(MethodId, &'a ast::Expr),
    /// A member that comes with a case class or enum; the signature is made on demand.
    Synthetic(ClassId),
    /// A forwarder to a member of the path, made by an `export`.
    Export(&'a ast::ImportClause, MethodId),
}

/// Who may see a member.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) enum Access {
    #[default]
    Public,
    /// Everything inside this class and its companion.
    Private(Option<Name>),
    Protected(Option<Name>),
}

/// What the checker knows about a method beside [`Method`].
#[derive(Debug)]
pub(crate) struct MethodData<'a> {
    pub source: MethodSource<'a>,
    /// Around the declaration.
    pub scope: ScopeId,
    /// With type parameters and parameters, once the signature is done.
    pub body_scope: ScopeId,
    /// Type parameters and parameters.
    pub params: Status,
    /// With the result.
    pub signature: Status,
    pub body: Status,
    pub access: Access,
    pub flags: ast::Flags,
    /// `given`, or `implicit` without being a conversion.
    pub is_given: bool,
    /// The parameter list that holds the receiver of an extension method.
    pub receiver_list: Option<u32>,
    /// The class around it, also for local functions.
    pub class: Option<ClassId>,
    /// The function around a local function.
    pub outer: Option<MethodId>,
    /// The frame of its body.
    pub frame: u32,
    /// Default getters by parameter position.
    pub defaults: Vec<Option<MethodId>>,
    /// For a default getter: whether it has its parameters.
    pub params_copied: bool,
    /// Marked `@tailrec`.
    pub tailrec: Option<Span>,
    /// Its implicit list is written `(implicit …)`, and takes arguments without `using` too.
    pub has_implicit_list: bool,
    pub is_library: bool,
}

/// Where a field's value comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldSource<'a> {
    /// Nothing to type.
    None,
    /// `val x: T = e`.
    Value(&'a ast::ValueDef),
    /// A parameter of the primary constructor.
    Param(&'a ast::Param),
    /// A variable of a pattern definition.
    Group(GroupId),
    /// An instance of this inner object.
    Object(ClassId),
    /// `given T = e` without parameters.
    Given(&'a ast::GivenDef, Option<ClassId>),
}

/// What the checker knows about a field beside [`crate::symbols::Field`].
#[derive(Debug)]
pub(crate) struct FieldData<'a> {
    pub source: FieldSource<'a>,
    /// Where its type and initialiser are resolved.
    pub scope: ScopeId,
    pub status: Status,
    /// The typed initialiser, if the type had to be inferred from it.
    pub initializer: Option<Expr>,
    /// A by-name parameter: the field holds a function.
    pub by_name: bool,
    /// The parameter that is stored here.
    pub param: Option<LocalId>,
    pub is_final: bool,
}

/// The right-hand side of a pattern definition, its pattern, and the variables that it binds.
pub(crate) type TypedGroup = (Expr, Pattern, Vec<(Name, LocalId)>);

/// A pattern definition of a template.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub pattern: &'a ast::Pattern,
    pub def: &'a ast::ValueDef,
    pub scope: ScopeId,
    pub class: ClassId,
    pub fields: Vec<(Name, FieldId)>,
    pub status: Status,
    pub typed: Option<TypedGroup>,
    /// For a lazy one: the hidden field that holds all values.
    pub holder: Option<FieldId>,
}

/// A type alias.
#[derive(Debug)]
pub(crate) struct Alias<'a> {
    pub def: &'a ast::TypeDef,
    pub scope: ScopeId,
    pub params: Vec<TypeParamId>,
    pub rhs: TyId,
    pub status: Status,
    pub is_override: bool,
    /// The abstract type that stands outside for an opaque alias.
    pub opaque: Option<TypeParamId>,
}

/// What the checker knows about a local beside [`crate::symbols::Local`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct LocalData {
    /// The frame that declares it.
    pub frame: u32,
    /// Whether it can be an implicit argument.
    pub is_given: bool,
}

/// Where an expression stands. A *frame* is the body of a method, a lambda or a by-name argument:
/// a local used in another frame than its own is captured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Env {
    pub scope: ScopeId,
    pub class: Option<ClassId>,
    pub method: Option<MethodId>,
    pub frame: u32,
    /// The method that `return` leaves, unless a lambda stands between.
    pub returns: Option<MethodId>,
    /// The method around lambdas and by-name arguments, which a `return` in them leaves.
    pub leaves: Option<MethodId>,
    pub is_library: bool,
    /// In arguments of a parent's or another constructor: the object does not exist yet.
    pub before_super: bool,
}

/// The state of a check.
pub(crate) struct Checker<'a> {
    pub symbols: Symbols,
    pub types: Types,
    pub known: Known,
    pub diagnostics: Vec<Diagnostic>,
    pub scopes: IndexVec<ScopeId, Scope>,
    pub imports: IndexVec<ImportId, Import<'a>>,
    pub packages: IndexVec<PackageId, Package<'a>>,
    pub classes: IndexVec<ClassId, ClassData<'a>>,
    pub methods: IndexVec<MethodId, MethodData<'a>>,
    pub fields: IndexVec<FieldId, FieldData<'a>>,
    pub locals: IndexVec<LocalId, LocalData>,
    pub aliases: IndexVec<AliasId, Alias<'a>>,
    pub groups: IndexVec<GroupId, Group<'a>>,
    pub type_param_data: IndexVec<TypeParamId, TypeParamData<'a>>,
    pub vars: Vars,
    pub bodies: FastMap<MethodId, Body>,
    pub env: Env,
    pub frames: u32,
    /// Methods whose bodies are to be checked, in the order of demand.
    pub demanded: FastSet<MethodId>,
    /// How deep the walk over expressions is.
    pub depth: u32,
    /// What the present expressions are checked against, and why: the innermost last.
    pub reasons: Vec<(TyId, crate::reason::Reason)>,
    /// Implicit searches under way: what is searched, to see divergence.
    pub searching: Vec<(MethodId, TyId)>,
    /// The same searches with what they are for, the innermost last.
    pub open_searches: Vec<OpenSearch>,
    /// Methods that a `return` inside a function leaves, with the local that tells their calls
    /// apart; until the method's body is typed.
    pub leaving: FastMap<MethodId, LocalId>,
    /// What is expected of an instance of an anonymous class, while its parents are resolved.
    pub parent_hint: Option<(ClassId, TyId)>,
    /// Names that imports failed to bring in, which was reported.
    pub missing: FastSet<Name>,
    /// An import of everything failed: any unknown name may have come from it.
    pub missing_wildcard: bool,
    /// What patterns have proved about type parameters (generalised data types).
    pub proved: Vec<Proof>,
    /// Whether some of them are set aside for a step.
    pub has_proofs_aside: bool,
    /// Types with arguments whose bounds are still to be checked.
    pub written: Vec<Written>,
    pub mains: Vec<MethodId>,
    /// The package of an object that holds top-level definitions.
    pub package_objects: FastMap<ClassId, PackageId>,
    /// Companions that were made up for inner classes.
    pub inner_objects: FastSet<ClassId>,
    /// Class parameters that can be implicit arguments.
    pub given_fields: FastSet<FieldId>,
    /// The alias behind an opaque type.
    pub opaque_aliases: FastMap<TypeParamId, AliasId>,
    /// Higher-kinded parameters that some alias applies where nobody sees it.
    pub hidden_params: FastSet<TypeParamId>,
    /// Whether some type argument is a type lambda, or an alias that is one.
    pub lambda_arguments: bool,
    /// Classes whose overrides have been looked up.
    pub overrides_done: FastSet<ClassId>,
    /// Diagnostics that no trial takes back.
    pub settled: Vec<Diagnostic>,
    /// How deep the present comparison of types is.
    pub compare_depth: u32,
    /// Candidates tried in the present implicit search.
    pub search_steps: u32,
    /// Whether the present implicit search was cut off by its depth.
    pub search_is_limited: bool,
    /// Two givens that fitted the last search equally well.
    pub ambiguous_givens: Option<(String, String)>,
    /// Type variables of patterns.
    pub pattern_types: FastSet<TypeParamId>,
    /// What the checks of patterns must know about some matches.
    pub match_kinds: FastMap<Span, crate::typed::MatchKind>,
    /// Patterns of generators whose elements were filtered by them.
    pub filtered_patterns: FastSet<Span>,
    /// Inside `e: @unchecked`.
    pub unchecked: bool,
    /// In the first statement of a second constructor.
    pub in_constructor: bool,
    /// Members by class and name.
    pub member_cache: FastMap<(ClassId, Name), crate::member::Terms>,
    /// What the parameters of the bases of a class are, by class.
    pub base_params_cache: FastMap<ClassId, std::rc::Rc<FastMap<TypeParamId, TyId>>>,
    /// The single abstract method of a class, if it has one.
    pub sam_cache: FastMap<ClassId, Option<MethodId>>,
    /// Operators of numbers.
    pub number_operators: FastMap<(ClassId, Name), Option<crate::infer::arithmetic::Overloads>>,
    /// Classes whose members and those of their bases are known, with what they override.
    pub completed: FastSet<ClassId>,
    /// Types of the paths of exports.
    pub export_types: FastMap<(ClassId, usize), Option<TyId>>,
    /// Methods made for exports.
    pub forwarders: FastMap<(ClassId, Name, MethodId), MethodId>,
    /// Definitions whose cyclic use has been reported.
    pub cyclic_reported: FastSet<MethodId>,
    /// The expression that is looked at just now.
    pub looking_at: Span,
    /// What parts with syntax errors would have defined.
    pub lost: FastSet<Name>,
    /// The files that do not belong to the library.
    pub user_files: FastSet<FileId>,
    /// Annotations of the user's files, each with the scope it stands in.
    pub annotations: Vec<(&'a ast::Annotation, ScopeId)>,
    /// What `@allow` says.
    pub allowances: crate::allow::Allowances,
    /// Types marked `@uncheckedVariance`.
    pub unchecked_variance: Vec<Span>,
    /// Where an `if` or `match` is written with `inline`.
    pub inline_choices: FastSet<Span>,
    /// Whether some trait calls a method on `super`.
    pub trait_calls_super: bool,
    /// Fields whose cyclic use has been reported.
    pub cyclic_fields: FastSet<FieldId>,
}

/// Bounds of a type parameter that are not resolved yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeParamData<'a> {
    pub bounds: Option<(&'a ast::TypeBounds, ScopeId)>,
    pub status: Status,
    /// The class whose abstract type member it is.
    pub member_of: Option<ClassId>,
    /// The parameters of a higher-kinded one.
    pub kind: &'a [ast::TypeParam],
    /// Holds where the alias behind an opaque type can be seen.
    pub opaque_in: Option<ScopeId>,
}

impl<'a> Checker<'a> {
    /// Reports a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
    /// Reports an error and returns the expression that stands for it.
    pub fn fail(&mut self, code: Code, span: Span, message: impl Into<String>) -> Expr {
        self.report(Diagnostic::error(code, span, message));
        self.error_expr(span)
    }
    /// The expression that stands where a mistake was reported.
    pub fn error_expr(&self, span: Span) -> Expr {
        Expr { kind: ExprKind::Error, ty: self.types.roots().error, span }
    }
    /// The type as text, with solved variables filled in.
    pub fn show(&self, ty: TyId) -> String {
        self.types.show(&self.symbols, self.resolve(ty))
    }

    /// Declares a local.
    pub fn new_local(&mut self, name: Name, ty: TyId, span: Span) -> LocalId {
        // The variable of a `given` pattern has a name that no source can spell.
        let is_given = name.as_str().starts_with("given$");
        self.locals.push(LocalData { frame: self.env.frame, is_given });
        self.symbols.locals.push(crate::symbols::Local {
            name,
            ty,
            is_mutable: false,
            is_lazy: false,
            passing: Passing::Value,
            has_default: false,
            is_captured: false,
            span,
        })
    }

    /// A frame of its own for a body.
    pub fn new_frame(&mut self) -> u32 {
        self.frames += 1;
        self.frames
    }

    /// Declares a method with an empty signature.
    pub fn new_method(
        &mut self,
        name: Name,
        owner: Owner,
        source: MethodSource<'a>,
        scope: ScopeId,
        span: Span,
    ) -> MethodId {
        let class = match owner {
            Owner::Class(class) => Some(class),
            Owner::Method(_) | Owner::Package => self.env.class,
        };
        let outer = match owner {
            Owner::Method(method) => Some(method),
            Owner::Class(_) | Owner::Package => None,
        };
        let frame = self.new_frame();
        let is_library = match owner {
            Owner::Class(class) => self.symbols.classes[class].is_library,
            Owner::Method(_) | Owner::Package => self.env.is_library,
        };
        self.methods.push(MethodData {
            source,
            scope,
            body_scope: scope,
            params: Status::Lazy,
            signature: Status::Lazy,
            body: Status::Lazy,
            access: Access::Public,
            flags: ast::Flags::NONE,
            is_given: false,
            receiver_list: None,
            class,
            outer,
            frame,
            defaults: Vec::new(),
            params_copied: false,
            tailrec: None,
            has_implicit_list: false,
            is_library,
        });
        self.symbols.methods.push(Method {
            name,
            owner,
            kind: MethodKind::Def,
            implementation: Implementation::Source,
            type_params: Vec::new(),
            params: Vec::new(),
            lists: Vec::new(),
            result: self.types.roots().error,
            overrides: Vec::new(),
            is_final: false,
            is_private: false,
            entry: None,
            declared_effects: None,
            span,
        })
    }

    /// Runs `action` somewhere else and comes back.
    pub fn within<R>(&mut self, env: Env, action: impl FnOnce(&mut Self) -> R) -> R {
        let saved = std::mem::replace(&mut self.env, env);
        let result = action(self);
        self.env = saved;
        result
    }
}
