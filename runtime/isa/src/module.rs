//! A module: constants, classes, selectors, globals, storage fields, functions, exports, ABI,
//! imports.
//!
//! The built-in classes stand first in [`Module::classes`], so a class number indexes it directly;
//! they are not on the wire. Nothing here is checked: that is the decoder's and verifier's work.

use crate::ids::{BlockId, ClassId, FieldId, FunctionId, Reg, SelectorId};
use crate::inst::Inst;
use crate::row::Row;
use crate::types::{BUILTIN_CLASS_NAMES, BUILTIN_CLASSES, ValueType, builtin};

macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $number:literal $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_meta])* $variant = $number,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word of the text form.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }
            /// From the byte on the wire.
            pub fn from_byte(byte: u8) -> Option<$name> {
                match byte {
                    $($number => Some($name::$variant),)*
                    _ => None,
                }
            }
            /// From the word of the text form.
            pub fn lookup(word: &str) -> Option<$name> {
                match word {
                    $($word => Some($name::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

word_enum! {
    /// What a module is for.
    ModuleKind {
        /// Has a main function.
        Program = 0 "program",
        /// A contract class; can be deployed.
        Contract = 1 "contract",
        /// Exported functions for other modules; can be deployed.
        Library = 2 "library",
        /// Test suites.
        Suite = 3 "suite",
    }
}

impl ModuleKind {
    /// Whether modules of this kind can be deployed.
    pub fn is_deployable(self) -> bool {
        matches!(self, ModuleKind::Contract | ModuleKind::Library)
    }
}

word_enum! {
    /// How a storage field is kept.
    StorageKind {
        /// One value.
        Scalar = 0 "scalar",
        /// Keyed values.
        Map = 1 "map",
        /// Keys.
        Set = 2 "set",
    }
}

word_enum! {
    /// In which form instructions take and give a key or a value of storage. The machine knows the
    /// bytes of each form: those of the language's codecs.
    StorageForm {
        /// The bytes themselves, of any number; null stands for none.
        Bytes = 0 "bytes",
        /// An `i32` that is 0 or 1, in one byte.
        Boolean = 1 "bool",
        /// An `i32` from a byte, sign-extended.
        Byte = 2 "i8",
        /// An `i32` from two bytes, sign-extended.
        Short = 3 "i16",
        /// An `i32` from two bytes, zero-extended.
        Char = 4 "u16",
        /// An `i32`, in four bytes.
        Int = 5 "i32",
        /// An `i64`, in eight bytes.
        Long = 6 "i64",
        /// A `u128`, in sixteen bytes.
        UInt128 = 7 "u128",
        /// An `i128`, in sixteen bytes.
        Int128 = 8 "i128",
    }
}

impl StorageForm {
    /// The type of a register that holds it.
    pub fn ty(self) -> ValueType {
        match self {
            StorageForm::Bytes => ValueType::Ref(builtin::BYTES),
            StorageForm::Boolean
            | StorageForm::Byte
            | StorageForm::Short
            | StorageForm::Char
            | StorageForm::Int => ValueType::I32,
            StorageForm::Long => ValueType::I64,
            StorageForm::UInt128 => ValueType::U128,
            StorageForm::Int128 => ValueType::I128,
        }
    }

    /// How many bytes it takes; none if that differs from value to value.
    pub fn bytes(self) -> Option<usize> {
        Some(match self {
            StorageForm::Bytes => return None,
            StorageForm::Boolean | StorageForm::Byte => 1,
            StorageForm::Short | StorageForm::Char => 2,
            StorageForm::Int => 4,
            StorageForm::Long => 8,
            StorageForm::UInt128 | StorageForm::Int128 => 16,
        })
    }
}

word_enum! {
    /// What an export is.
    ExportKind {
        /// The start of a program: a function without parameters and result.
        Main = 0 "main",
        /// The constructor of a contract: from encoded arguments to nothing.
        Init = 1 "init",
        /// Called by messages.
        Entry = 2 "entry",
        /// Called by messages that carry coins.
        Payable = 3 "payable",
        /// Called without changing anything.
        View = 4 "view",
        /// Called only by the contract's own saved calls.
        Handler = 5 "handler",
        /// A test of a suite: a function without parameters and result.
        Test = 6 "test",
        /// A function of a library, or one that the surroundings of a program call.
        Function = 7 "function",
    }
}

/// A constant.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Constant {
    /// UTF-16 units.
    String(Vec<u16>),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A declared field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Name, for people.
    pub name: String,
    /// Type.
    pub ty: ValueType,
    /// Whether it may be set after construction.
    pub mutable: bool,
}

/// A class or trait.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Class {
    /// Full name.
    pub name: String,
    /// The superclass, which stands earlier in the table.
    pub superclass: Option<ClassId>,
    /// Direct traits, strictly ascending; they may stand anywhere in the table.
    pub traits: Vec<ClassId>,
    /// The fields that this class itself declares; the layout is the superclass's fields, then
    /// these.
    pub fields: Vec<Field>,
    /// Whether it has no instances of its own.
    pub is_abstract: bool,
    /// The function for each selector that it answers, selectors strictly ascending.
    pub methods: Vec<(SelectorId, FunctionId)>,
}

/// A selector with its erased signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selector {
    /// Method name, for people.
    pub name: String,
    /// The class or trait that introduces it.
    pub owner: ClassId,
    /// Parameter types; the first is the receiver.
    pub params: Vec<ValueType>,
    /// Result type.
    pub result: Option<ValueType>,
}

/// A module-wide variable; zero or null at the start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Global {
    /// Name, for people.
    pub name: String,
    /// Type.
    pub ty: ValueType,
}

/// A storage field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StorageField {
    /// Name; part of the storage schema.
    pub name: String,
    /// How it is kept.
    pub kind: StorageKind,
    /// The form of its keys; that of a scalar field, which has none, is bytes.
    pub key: StorageForm,
    /// The form of its values; that of a set, whose values say nothing, is bytes.
    pub value: StorageForm,
    /// The canonical text of its type; part of the storage schema.
    pub ty: String,
}

/// A block: what is live on entry, and instructions of which exactly the last is a terminator.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Block {
    /// Registers that hold a value on entry, strictly ascending, with their types.
    pub live_in: Vec<(Reg, ValueType)>,
    /// Instructions.
    pub insts: Vec<Inst>,
}

/// A function. Block 0 is the entry; its live registers are the parameters (or some of them).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Function {
    /// Parameter types: parameter `i` comes in register `i`.
    pub params: Vec<ValueType>,
    /// Result type.
    pub result: Option<ValueType>,
    /// Registers of the frame; call windows may reach beyond it.
    pub registers: u16,
    /// Effects of the function's own instructions, at least.
    pub row: Row,
    /// Blocks.
    pub blocks: Vec<Block>,
}

/// An exported function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// Name.
    pub name: String,
    /// The function.
    pub function: FunctionId,
    /// Method id; 0 where the kind has none.
    pub method_id: u32,
    /// Kind.
    pub kind: ExportKind,
    /// Declared effects.
    pub row: Row,
}

/// A function of a library, which is named by the hash of its module.
///
/// Functions that are imported have numbers too: behind those of the module's own functions, in the
/// order of the imports. A module that imports anything cannot run before it is linked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Import {
    /// The hash of the library, see [`crate::wire::code_hash`].
    pub library: [u8; 32],
    /// The name of the export.
    pub name: String,
    /// What it takes.
    pub params: Vec<ValueType>,
    /// What it gives.
    pub result: Option<ValueType>,
}

/// A module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Module {
    /// Name: the contract's class, or the main object.
    pub name: String,
    /// Kind.
    pub kind: ModuleKind,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Classes; the built-in ones first.
    pub classes: Vec<Class>,
    /// Selectors.
    pub selectors: Vec<Selector>,
    /// Module-wide variables.
    pub globals: Vec<Global>,
    /// Storage fields.
    pub storage: Vec<StorageField>,
    /// Functions.
    pub functions: Vec<Function>,
    /// Exports, in the order of the source.
    pub exports: Vec<Export>,
    /// The ABI as JSON; empty if there is none.
    pub abi: Vec<u8>,
    /// What it takes from libraries, strictly ascending.
    pub imports: Vec<Import>,
}

impl Module {
    /// A module with the built-in classes and nothing else.
    pub fn new(name: impl Into<String>, kind: ModuleKind) -> Module {
        Module {
            name: name.into(),
            kind,
            constants: Vec::new(),
            classes: builtin_classes(),
            selectors: Vec::new(),
            globals: Vec::new(),
            storage: Vec::new(),
            functions: Vec::new(),
            exports: Vec::new(),
            abi: Vec::new(),
            imports: Vec::new(),
        }
    }

    /// The class, if there is one with this number.
    pub fn class(&self, class: ClassId) -> Option<&Class> {
        self.classes.get(class.index())
    }

    /// The fields of an instance: inherited ones first. Stops at a superclass that does not stand
    /// earlier in the table.
    pub fn layout(&self, class: ClassId) -> Vec<&Field> {
        let mut chain = Vec::new();
        let mut next = Some(class);
        while let Some(id) = next {
            let Some(class) = self.class(id) else { break };
            chain.push(class);
            next = class.superclass.filter(|superclass| *superclass < id);
        }
        chain.iter().rev().flat_map(|class| &class.fields).collect()
    }

    /// The field at a slot of the layout of a class.
    pub fn field(&self, field: FieldId) -> Option<&Field> {
        self.layout(field.class).get(usize::from(field.slot)).copied()
    }

    /// The export with this name.
    pub fn export(&self, name: &str) -> Option<&Export> {
        self.exports.iter().find(|export| export.name == name)
    }

    /// What names it everywhere, see [`crate::wire::code_hash`].
    pub fn code_hash(&self) -> [u8; 32] {
        crate::wire::code_hash(&crate::wire::encode(self))
    }
}

/// The classes that exist in every module.
pub(crate) fn builtin_classes() -> Vec<Class> {
    let class = |(number, name): (usize, &&str)| Class {
        name: (*name).to_owned(),
        superclass: (number >= builtin::STRING.index()).then_some(builtin::OBJECT),
        is_abstract: true,
        ..Class::default()
    };
    let classes: Vec<Class> = BUILTIN_CLASS_NAMES.iter().enumerate().map(class).collect();
    debug_assert_eq!(classes.len(), BUILTIN_CLASSES);
    classes
}

impl Function {
    /// The instruction at a place.
    pub fn inst(&self, block: BlockId, index: usize) -> Option<&Inst> {
        self.blocks.get(block.index())?.insts.get(index)
    }
}
