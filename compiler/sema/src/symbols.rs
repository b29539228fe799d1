//! What a program declares: classes, methods, fields, type parameters, local variables. All live
//! in arenas of [`Symbols`] and refer to each other by index.

use crate::types::TyId;
use fscc_base::{FastMap, IndexVec, Name, Span};

fscc_base::define_index! {
    /// A class, trait or object.
    pub struct ClassId = "class";
}
fscc_base::define_index! {
    /// A method, constructor, accessor or local function.
    pub struct MethodId = "method";
}
fscc_base::define_index! {
    /// A field: a `val`, `var` or `lazy val` of a class, a class parameter that is kept, or a
    /// variable of an object.
    pub struct FieldId = "field";
}
fscc_base::define_index! {
    /// A type parameter of a class or method.
    pub struct TypeParamId = "tparam";
}
fscc_base::define_index! {
    /// A local variable or parameter. Local ids are unique in the whole program.
    pub struct LocalId = "local";
}

/// All symbols of a program.
#[derive(Debug, Default)]
pub struct Symbols {
    /// Classes, traits, objects; packages with top-level definitions have an object as well.
    pub classes: IndexVec<ClassId, Class>,
    /// Methods.
    pub methods: IndexVec<MethodId, Method>,
    /// Fields.
    pub fields: IndexVec<FieldId, Field>,
    /// Type parameters.
    pub type_params: IndexVec<TypeParamId, TypeParam>,
    /// Local variables and parameters.
    pub locals: IndexVec<LocalId, Local>,
    /// For parameters of a function type with a row, `f: A => B can E` (or `=> B can E`): the row
    /// that bounds the effects of the argument, and its place.
    pub function_effects: FastMap<LocalId, (crate::effects::Row, Span)>,
}

/// What encloses a declaration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// A package: its members are static.
    Package,
    /// A class, trait or object.
    Class(ClassId),
    /// A method or local function (the declaration is local).
    Method(MethodId),
}

/// Class, trait or object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClassKind {
    /// A class.
    Class,
    /// A trait.
    Trait,
    /// A singleton: initialised once, at first use.
    Object,
}

/// What a contract library type makes of a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContractRole {
    /// A concrete class that extends `fvm.Contract`.
    Contract,
    /// A trait that extends `fvm.Contract`: an interface for `Ref`.
    Interface,
    /// A class that extends `fvm.testing.ContractSuite`.
    Suite,
}

/// A class, trait or object.
#[derive(Debug)]
pub struct Class {
    /// The simple name; `$anon` for an anonymous class; the name of an object has no suffix.
    pub name: Name,
    /// The dotted name from the root package, objects with a `$` at the end, as in
    /// `examples.Escrow$.Phase`: unique in the program.
    pub full_name: String,
    /// Where it is declared.
    pub owner: Owner,
    /// Class, trait or object.
    pub kind: ClassKind,
    /// No instance has exactly this class.
    pub is_abstract: bool,
    /// Nothing extends it.
    pub is_final: bool,
    /// Only its file extends it; the closed list is `children`.
    pub is_sealed: bool,
    /// A case class or case object: equality, text, hash, `copy` and extractor come with it. Sema
    /// adds those members as methods with a [`Synthetic`] body.
    pub is_case: bool,
    /// The enum class itself (with `values`, `valueOf`, `fromOrdinal` in the companion).
    pub is_enum: bool,
    /// For a case of an enum: its number.
    pub ordinal: Option<u32>,
    /// Role in contract code.
    pub role: Option<ContractRole>,
    /// Type parameters: its own, then those of the classes around it (which an inner class takes as
    /// further arguments).
    pub type_params: Vec<TypeParamId>,
    /// How many of the type parameters are its own.
    pub own_type_params: usize,
    /// The superclass type first (if it is a class), then traits in source order.
    pub parents: Vec<TyId>,
    /// Linearisation, this class first (Scala 3 reference, "Class linearization").
    pub linearization: Vec<ClassId>,
    /// The class itself with its type parameters as arguments.
    pub this_ty: TyId,
    /// Self type, if another than `this_ty`.
    pub self_ty: Option<TyId>,
    /// Fields declared here, parameters first.
    pub fields: Vec<FieldId>,
    /// Methods declared here, including accessors and constructors.
    pub methods: Vec<MethodId>,
    /// Classes declared here.
    pub classes: Vec<ClassId>,
    /// The primary constructor; a trait has one too if it has parameters or statements.
    pub constructor: Option<MethodId>,
    /// Companion class or object.
    pub companion: Option<ClassId>,
    /// Direct subclasses of a sealed class or enum, in source order.
    pub children: Vec<ClassId>,
    /// Parameters that make up case-class equality, text and extraction: the first list.
    pub case_fields: Vec<FieldId>,
    /// Whether it comes from the library.
    pub is_library: bool,
    /// The name in its declaration.
    pub span: Span,
}

/// Why a method exists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodKind {
    /// A `def`, at top level (owner: the package's object), in a class, or local.
    Def,
    /// A constructor: `this` is the object under construction.
    Constructor,
    /// Reads this field; initialises it first if the field is lazy.
    Getter(FieldId),
    /// Writes this field.
    Setter(FieldId),
    /// The default value of this parameter (position over all lists) of this method; its own
    /// parameters are those of the earlier parameter lists.
    Default(MethodId, u32),
}

/// A member whose body the compiler derives from the class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Synthetic {
    /// `equals` of a case class: same class and equal case fields.
    CaseEquals,
    /// `hashCode` of a case class, as Scala mixes it.
    CaseHash,
    /// `toString` of a case class, case object or enum case.
    CaseText,
    /// `copy` with defaults: a new instance.
    CaseCopy,
    /// `apply` of the companion: a new instance.
    CaseApply,
    /// `ordinal` of an enum.
    EnumOrdinal,
    /// `values` of an enum's companion: an array of all cases without parameters.
    EnumValues,
    /// `valueOf` of an enum's companion.
    EnumValueOf,
    /// `fromOrdinal` of an enum's companion.
    EnumFromOrdinal,
    /// `productArity` of a case class.
    ProductArity,
    /// `productElement` of a case class.
    ProductElement,
    /// `productPrefix` of a case class.
    ProductPrefix,
}

/// Which messages reach a method of a contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryKind {
    /// `@entry`.
    Entry,
    /// `@payable`.
    Payable,
    /// `@view`.
    View,
    /// `@handler`.
    Handler,
}

/// What the source gives a method to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Implementation {
    /// Declared only.
    Abstract,
    /// A body in source; typed on demand, see [`crate::typed::Program::bodies`].
    Source,
    /// An operation of the machine or a host function, by name.
    Intrinsic(Name),
    /// Derived from the class.
    Synthetic(Synthetic),
}

/// A method, constructor, accessor or local function.
#[derive(Debug)]
pub struct Method {
    /// The name; operators as written; a setter ends in `_=`; constructors are `<init>`.
    pub name: Name,
    /// Where it is declared.
    pub owner: Owner,
    /// Why it exists.
    pub kind: MethodKind,
    /// What it does.
    pub implementation: Implementation,
    /// Type parameters.
    pub type_params: Vec<TypeParamId>,
    /// All parameters, lists one after the other.
    pub params: Vec<LocalId>,
    /// The lengths of the parameter lists; empty for a method without any list.
    pub lists: Vec<ParamList>,
    /// Result type; for a constructor `Unit`.
    pub result: TyId,
    /// Methods that it overrides or implements in the direct and indirect parents.
    pub overrides: Vec<MethodId>,
    /// Cannot be overridden: final, private, local, a constructor, or in an object.
    pub is_final: bool,
    /// `private`.
    pub is_private: bool,
    /// Message kind in a contract.
    pub entry: Option<EntryKind>,
    /// The effect row written after `can`, with its place.
    pub declared_effects: Option<(crate::effects::Row, Span)>,
    /// The name in its declaration.
    pub span: Span,
}

/// One parameter list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParamList {
    /// Number of parameters.
    pub len: u32,
    /// A `using` (or `implicit`) list.
    pub is_using: bool,
}

/// A field of a class or object.
#[derive(Debug)]
pub struct Field {
    /// The name.
    pub name: Name,
    /// The class.
    pub owner: ClassId,
    /// Its type.
    pub ty: TyId,
    /// A `var`.
    pub is_mutable: bool,
    /// A `lazy val`; its initialiser is the body of the getter.
    pub is_lazy: bool,
    /// A class parameter.
    pub is_param: bool,
    /// The accessor; none for `private[this]`-like parameters used only inside.
    pub getter: Option<MethodId>,
    /// The setter of a `var`.
    pub setter: Option<MethodId>,
    /// How a contract stores it; none in plain classes.
    pub storage: Option<StorageKind>,
    /// The name in its declaration.
    pub span: Span,
}

/// How a contract stores a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StorageKind {
    /// One value.
    Value,
    /// A `Map`, entry by entry.
    Map,
    /// A `Set`, entry by entry.
    Set,
}

/// Variance of a type parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variance {
    /// None.
    Invariant,
    /// `+`.
    Covariant,
    /// `-`.
    Contravariant,
}

/// A type parameter.
#[derive(Debug)]
pub struct TypeParam {
    /// The name.
    pub name: Name,
    /// Variance, for classes.
    pub variance: Variance,
    /// Number of type arguments it takes: 0 for an ordinary type, more for a higher-kinded one.
    pub arity: u32,
    /// Lower bound; `Nothing` if none is written.
    pub lower: TyId,
    /// Upper bound; `Any` if none is written.
    pub upper: TyId,
    /// For an opaque type: what it stands for (a type lambda if it takes arguments).
    pub opaque: Option<TyId>,
    /// The name in its declaration.
    pub span: Span,
}

/// How an argument reaches a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passing {
    /// By value.
    Value,
    /// `=> T`: the argument is a function without parameters, called at every use. Sema has
    /// wrapped arguments and uses: the local's type is `Function0[T]`.
    ByName,
    /// `T*`: the local's type is `Seq[T]`. Sema has built the sequence at the call.
    Repeated,
}

/// A local variable or a parameter.
#[derive(Debug)]
pub struct Local {
    /// The name; synthetic ones contain `$`.
    pub name: Name,
    /// The type of the value in it.
    pub ty: TyId,
    /// A `var`.
    pub is_mutable: bool,
    /// A local `lazy val`: reading it runs its initialiser the first time.
    pub is_lazy: bool,
    /// For parameters: how arguments are passed.
    pub passing: Passing,
    /// For parameters: whether there is a default value.
    pub has_default: bool,
    /// Used by a closure, a local function or a local class in which it is not declared.
    pub is_captured: bool,
    /// The name in its declaration.
    pub span: Span,
}
