//! A module: classes, selectors, globals, storage fields, exports and functions.
//!
//! Guarantees: the built-in classes stand first, so a [`ClassId`] indexes [`Module::classes`]
//! directly. A [`FieldRef`] always names the class that declares the field, so two references are
//! the same field exactly when they are equal.

use crate::func::Func;
use crate::host::Row;
use crate::types::{BUILTIN_CLASS_NAMES, ClassId, Type, builtin};
use fscc_base::{FastMap, FastSet, IndexVec, Lists, define_index};
use smallvec::SmallVec;

define_index! {
    /// A function of a module.
    pub struct FuncId = "f";
}
define_index! {
    /// A selector: what virtual dispatch goes by.
    pub struct SelectorId = "s";
}
define_index! {
    /// A module-wide variable.
    pub struct GlobalId = "g";
}
define_index! {
    /// A storage field of the contract.
    pub struct StorageId = "st";
}

define_index! {
    /// A function of a library that the module imports.
    pub struct ImportId = "i";
}

/// What a module is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ModuleKind {
    /// Has a `main`; run by `fscc run`.
    Program,
    /// A contract class; can be deployed.
    Contract,
    /// Exported functions for other modules; can be deployed.
    Library,
    /// Test suites.
    Suite,
}

impl ModuleKind {
    /// Kinds and the words of the text form.
    pub const WORDS: &[(ModuleKind, &str)] = &[
        (ModuleKind::Program, "program"),
        (ModuleKind::Contract, "contract"),
        (ModuleKind::Library, "library"),
        (ModuleKind::Suite, "suite"),
    ];
}

/// A field: class and index among the fields that this class itself declares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FieldRef {
    /// The class that declares the field.
    pub class: ClassId,
    /// Its index in [`Class::fields`].
    pub index: u32,
}

/// A declared field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Name, for people.
    pub name: String,
    /// Type.
    pub ty: Type,
    /// Whether it may be set after construction. A field that is not mutable is set at most once,
    /// by the constructor (or an initialiser that the constructor calls on the same object).
    pub mutable: bool,
}

/// A class or trait.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Class {
    /// Full name, as `any.class_name` gives it.
    pub name: String,
    /// The superclass, which stands earlier in the table.
    pub superclass: Option<ClassId>,
    /// Direct traits.
    pub traits: Vec<ClassId>,
    /// The fields that this class itself declares; the layout is the superclass's fields, then
    /// these. A trait has none: its fields are declared by the classes that mix it in.
    pub fields: Vec<Field>,
    /// Whether it has no instances of its own.
    pub is_abstract: bool,
    /// For a concrete class: the function for every selector that it answers, inherited ones
    /// included.
    pub methods: FastMap<SelectorId, FuncId>,
}

/// A selector with its erased signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selector {
    /// Method name, for people.
    pub name: String,
    /// The class or trait that introduces it.
    pub owner: ClassId,
    /// Parameter types; the first is the receiver. The function that a class gives for the
    /// selector takes at least these types: a receiver narrowed to its class is allowed, because
    /// dispatch has established it.
    pub params: Vec<Type>,
    /// Result type; none for `Unit`.
    pub result: Option<Type>,
}

/// A module-wide variable; zero or null at the start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Global {
    /// Name, for people.
    pub name: String,
    /// Type.
    pub ty: Type,
}

/// How a storage field is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum StorageKind {
    /// One value.
    Scalar,
    /// Keyed values.
    Map,
    /// Keys.
    Set,
}

impl StorageKind {
    /// Kinds and the words of the text form.
    pub const WORDS: &[(StorageKind, &str)] =
        &[(StorageKind::Scalar, "scalar"), (StorageKind::Map, "map"), (StorageKind::Set, "set")];
}

/// In which form operations take and give a key or a value of storage. The bytes of each form are
/// those of the library's codecs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum StorageForm {
    /// The bytes themselves; null stands for none.
    Bytes,
    /// 0 or 1, in one byte.
    Boolean,
    /// From a byte, sign-extended.
    Byte,
    /// From two bytes, sign-extended.
    Short,
    /// From two bytes, zero-extended.
    Char,
    /// In four bytes.
    Int,
    /// In eight bytes.
    Long,
    /// In sixteen bytes.
    UInt128,
    /// In sixteen bytes.
    Int128,
}

impl StorageForm {
    /// Forms and the words of the text form.
    pub const WORDS: &[(StorageForm, &str)] = &[
        (StorageForm::Bytes, "bytes"),
        (StorageForm::Boolean, "bool"),
        (StorageForm::Byte, "i8"),
        (StorageForm::Short, "i16"),
        (StorageForm::Char, "u16"),
        (StorageForm::Int, "i32"),
        (StorageForm::Long, "i64"),
        (StorageForm::UInt128, "u128"),
        (StorageForm::Int128, "i128"),
    ];

    /// The type of what operations take and give.
    pub fn ty(self) -> Type {
        match self {
            StorageForm::Bytes => Type::Ref(builtin::BYTES),
            StorageForm::Boolean
            | StorageForm::Byte
            | StorageForm::Short
            | StorageForm::Char
            | StorageForm::Int => Type::I32,
            StorageForm::Long => Type::I64,
            StorageForm::UInt128 => Type::U128,
            StorageForm::Int128 => Type::I128,
        }
    }

    /// Whether every value of its type comes back from storage as it was.
    pub fn keeps_all(self) -> bool {
        !matches!(
            self,
            StorageForm::Boolean | StorageForm::Byte | StorageForm::Short | StorageForm::Char
        )
    }
}

/// A storage field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StorageField {
    /// Name; part of the storage schema.
    pub name: String,
    /// How it is kept.
    pub kind: StorageKind,
    /// The form of its keys; bytes for a scalar field.
    pub key: StorageForm,
    /// The form of its values; bytes for a set.
    pub value: StorageForm,
    /// The canonical text of its type; part of the storage schema.
    pub ty: String,
}

/// What an export is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ExportKind {
    /// The start of a program: a function without parameters and result.
    Main,
    /// The constructor of a contract: from encoded arguments to nothing.
    Init,
    /// Called by messages.
    Entry,
    /// Called by messages that carry coins.
    Payable,
    /// Called without changing anything.
    View,
    /// Called only by the contract's own saved calls.
    Handler,
    /// A test of a suite: a function without parameters and result.
    Test,
    /// A function of a library.
    Function,
}

impl ExportKind {
    /// Kinds and the words of the text form.
    pub const WORDS: &[(ExportKind, &str)] = &[
        (ExportKind::Main, "main"),
        (ExportKind::Init, "init"),
        (ExportKind::Entry, "entry"),
        (ExportKind::Payable, "payable"),
        (ExportKind::View, "view"),
        (ExportKind::Handler, "handler"),
        (ExportKind::Test, "test"),
        (ExportKind::Function, "function"),
    ];
}

/// The export that gives the text of an object that was thrown and not caught.
pub const DESCRIBE_EXPORT: &str = "$describe";

/// An exported function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// Name; for a method of a contract its Scala name.
    pub name: String,
    /// The function; for a contract's method the wrapper from `Bytes` to `Bytes`.
    pub func: FuncId,
    /// Method id; 0 where the kind has none.
    pub method_id: u32,
    /// Kind.
    pub kind: ExportKind,
    /// Declared effects.
    pub row: Row,
}

/// A function of a library. Nothing that the machine could change passes the border, and libraries
/// have no effects, so a call of it writes nothing of this module.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Import {
    /// The hash of the library's module.
    pub library: [u8; 32],
    /// The name of its export.
    pub name: String,
    /// Parameter types.
    pub params: Vec<Type>,
    /// Result type; none for `Unit`.
    pub result: Option<Type>,
}

/// A module.
#[derive(Clone, PartialEq, Debug)]
pub struct Module {
    /// Name: the contract's class, or the main method.
    pub name: String,
    /// Kind.
    pub kind: ModuleKind,
    /// Classes; the built-in ones first.
    pub classes: IndexVec<ClassId, Class>,
    /// Selectors.
    pub selectors: IndexVec<SelectorId, Selector>,
    /// Module-wide variables.
    pub globals: IndexVec<GlobalId, Global>,
    /// Storage fields.
    pub storage: IndexVec<StorageId, StorageField>,
    /// Functions.
    pub funcs: IndexVec<FuncId, Func>,
    /// Exports.
    pub exports: Vec<Export>,
    /// What it may call of libraries.
    pub imports: IndexVec<ImportId, Import>,
}

/// What functions take and give, apart from the functions.
pub(crate) struct Signatures {
    /// By parameter; none if it has no type, which the checker reports.
    params: Lists<FuncId, Option<Type>>,
    results: IndexVec<FuncId, Option<Type>>,
}

impl Signatures {
    /// Those of all functions of a module.
    pub(crate) fn of(module: &Module) -> Signatures {
        let mut params = Vec::with_capacity(module.funcs.len() * 2);
        for (id, func) in module.funcs.iter_enumerated() {
            let types = func.params().iter().map(|value| func.values.get(*value).copied());
            params.extend(types.map(|ty| (id, ty)));
        }
        Signatures {
            params: Lists::from_pairs(module.funcs.len(), &params),
            results: module.funcs.iter().map(|func| func.result).collect(),
        }
    }

    /// Parameters and result, if there is such a function.
    pub(crate) fn get(&self, func: FuncId) -> Option<(&[Option<Type>], Option<Type>)> {
        let result = *self.results.get(func)?;
        Some((&self.params[func], result))
    }
}

impl Module {
    /// A module with the built-in classes and nothing else.
    pub fn new(name: impl Into<String>, kind: ModuleKind) -> Module {
        Module {
            name: name.into(),
            kind,
            classes: builtin_classes(),
            selectors: IndexVec::new(),
            globals: IndexVec::new(),
            storage: IndexVec::new(),
            funcs: IndexVec::new(),
            exports: Vec::new(),
            imports: IndexVec::new(),
        }
    }

    /// The field, if class and index exist.
    pub fn field(&self, field: FieldRef) -> Option<&Field> {
        self.classes.get(field.class)?.fields.get(field.index as usize)
    }

    /// The number of slots of an instance: inherited fields and own ones.
    pub fn slot_count(&self, class: ClassId) -> usize {
        self.ancestors(class).map(|class| self.classes[class].fields.len()).sum()
    }

    /// The slot of a field in an instance: fields of superclasses come first.
    pub fn slot(&self, field: FieldRef) -> usize {
        let inherited = match self.classes[field.class].superclass {
            Some(superclass) => self.slot_count(superclass),
            None => 0,
        };
        inherited + field.index as usize
    }

    /// The class and its superclasses, upwards.
    pub fn ancestors(&self, class: ClassId) -> impl Iterator<Item = ClassId> {
        std::iter::successors(Some(class), |class| self.classes[*class].superclass)
    }

    /// Whether instances of `class` are instances of `ancestor` (a class or trait).
    pub fn is_subclass(&self, class: ClassId, ancestor: ClassId) -> bool {
        // The superclasses first, which is all there is to look at most of the time.
        let mut has_traits = false;
        for class in self.ancestors(class) {
            if class == ancestor {
                return true;
            }
            has_traits |= !self.classes[class].traits.is_empty();
        }
        if has_traits && self.is_above(class, ancestor) {
            return true;
        }
        // Every allocated object is an `Object`, also where only a trait is known.
        ancestor == builtin::OBJECT && is_allocated(class)
    }

    /// Whether the ancestor is the class or above it, by way of traits.
    fn is_above(&self, class: ClassId, ancestor: ClassId) -> bool {
        // Most classes have few ancestors, among which looking is quicker than hashing.
        const FEW: usize = 64;
        let mut few: SmallVec<[ClassId; FEW]> = SmallVec::from_slice(&[class]);
        let mut many: FastSet<ClassId> = FastSet::default();
        let mut next = 0;
        while let Some(class) = few.get(next).copied() {
            if class == ancestor {
                return true;
            }
            next += 1;
            let info = &self.classes[class];
            for above in info.superclass.iter().chain(&info.traits) {
                let is_new = match few.len() < FEW {
                    true => !few.contains(above),
                    false => {
                        if many.is_empty() {
                            many.extend(&few);
                        }
                        many.insert(*above)
                    }
                };
                if is_new {
                    few.push(*above);
                }
            }
        }
        false
    }

    /// Whether a value of type `from` may stand where `to` is expected.
    pub fn is_assignable(&self, from: Type, to: Type) -> bool {
        match (from, to) {
            (Type::Ref(_), Type::Any) => true,
            (Type::Ref(from), Type::Ref(to)) => self.is_subclass(from, to),
            _ => from == to,
        }
    }
}

/// Whether references to the class point to an allocated object, as far as the type system of
/// this representation goes: everything but null, unit and the boxes of scalars.
pub fn is_allocated(class: ClassId) -> bool {
    class == builtin::OBJECT || class >= builtin::STRING
}

pub(crate) fn builtin_classes() -> IndexVec<ClassId, Class> {
    let mut classes = IndexVec::new();
    for (number, name) in BUILTIN_CLASS_NAMES.iter().enumerate() {
        let id = ClassId::from_u32(number as u32);
        let superclass = (id >= builtin::STRING).then_some(builtin::OBJECT);
        let class =
            Class { name: (*name).to_owned(), superclass, is_abstract: true, ..Class::default() };
        let _: ClassId = classes.push(class);
    }
    classes
}

/// The type of the scalar that a box of this class holds; none if the class is not a box.
pub fn unboxed(class: ClassId) -> Option<Type> {
    use builtin::*;
    Some(match class {
        BOOLEAN | BYTE | SHORT | CHAR | INT => Type::I32,
        LONG => Type::I64,
        FLOAT | DOUBLE => Type::F64,
        UINT128 | AMOUNT => Type::U128,
        INT128 => Type::I128,
        _ => return None,
    })
}

/// The type of the elements of an array class; none if the class is not an array.
pub fn element(class: ClassId) -> Option<Type> {
    use builtin::*;
    Some(match class {
        ARRAY_ANY => Type::Any,
        ARRAY_BOOLEAN | ARRAY_BYTE | ARRAY_SHORT | ARRAY_CHAR | ARRAY_INT => Type::I32,
        ARRAY_LONG => Type::I64,
        ARRAY_DOUBLE => Type::F64,
        _ => return None,
    })
}
