//! Types of SSA values, and the classes that exist in every module.

use std::fmt;

fscc_base::define_index! {
    /// A class of a module. The first [`BUILTIN_CLASSES`] are the built-in ones.
    pub struct ClassId = "c";
}

/// The type of a value. There are no generics: a value of unknown type is [`Type::Any`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Type {
    /// `Boolean` (0 or 1), `Byte`, `Short`, `Char` and `Int`, extended to 32 bits.
    I32,
    /// `Long`.
    I64,
    /// `Double`; NaN is canonical.
    F64,
    /// `UInt128` and `Amount`.
    U128,
    /// `Int128`.
    I128,
    /// A self-describing slot: any reference, or a boxed scalar, or null.
    Any,
    /// A reference to an instance of this class or of one below it, or null.
    Ref(ClassId),
}

impl Type {
    /// Whether the value lives in a self-describing slot.
    pub fn is_reference(self) -> bool {
        matches!(self, Type::Any | Type::Ref(_))
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::I32 => f.write_str("i32"),
            Type::I64 => f.write_str("i64"),
            Type::F64 => f.write_str("f64"),
            Type::U128 => f.write_str("u128"),
            Type::I128 => f.write_str("i128"),
            Type::Any => f.write_str("any"),
            Type::Ref(class) => write!(f, "ref {class}"),
        }
    }
}

macro_rules! builtins {
    ($($(#[$meta:meta])* $constant:ident = $number:literal $name:literal;)*) => {
        /// Classes that exist in every module, with the same numbers everywhere.
        pub mod builtin {
            use super::ClassId;
            $($(#[$meta])* pub const $constant: ClassId = ClassId::from_u32($number);)*
        }
        /// The names of the built-in classes, by number.
        pub const BUILTIN_CLASS_NAMES: &[&str] = &[$($name),*];
        /// How many classes are built in.
        pub const BUILTIN_CLASSES: u32 = BUILTIN_CLASS_NAMES.len() as u32;
    };
}

builtins! {
    /// The class of the null reference.
    NULL = 0 "Null";
    /// The root of all classes whose instances are allocated.
    OBJECT = 1 "Object";
    /// The boxed `()`.
    UNIT = 2 "Unit";
    /// A boxed `Boolean`.
    BOOLEAN = 3 "Boolean";
    /// A boxed `Byte`.
    BYTE = 4 "Byte";
    /// A boxed `Short`.
    SHORT = 5 "Short";
    /// A boxed `Char`.
    CHAR = 6 "Char";
    /// A boxed `Int`.
    INT = 7 "Int";
    /// A boxed `Long`.
    LONG = 8 "Long";
    /// A boxed `Float`.
    FLOAT = 9 "Float";
    /// A boxed `Double`.
    DOUBLE = 10 "Double";
    /// A boxed `UInt128`: an arena object.
    UINT128 = 11 "UInt128";
    /// A boxed `Int128`: an arena object.
    INT128 = 12 "Int128";
    /// A boxed `Amount`: an arena object.
    AMOUNT = 13 "Amount";
    /// Strings.
    STRING = 14 "String";
    /// Immutable byte sequences.
    BYTES = 15 "Bytes";
    /// `Array` of references and of type parameters.
    ARRAY_ANY = 16 "ArrayAny";
    /// `Array[Boolean]`.
    ARRAY_BOOLEAN = 17 "ArrayBoolean";
    /// `Array[Byte]`.
    ARRAY_BYTE = 18 "ArrayByte";
    /// `Array[Short]`.
    ARRAY_SHORT = 19 "ArrayShort";
    /// `Array[Char]`.
    ARRAY_CHAR = 20 "ArrayChar";
    /// `Array[Int]`.
    ARRAY_INT = 21 "ArrayInt";
    /// `Array[Long]`.
    ARRAY_LONG = 22 "ArrayLong";
    /// `Array[Double]`.
    ARRAY_DOUBLE = 23 "ArrayDouble";
}
