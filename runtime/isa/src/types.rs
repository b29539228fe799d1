//! Types of registers and the classes that exist in every module.

use crate::ids::ClassId;
use std::fmt;

/// The type of a register, field, parameter or result.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ValueType {
    /// `Boolean` (0 or 1), `Byte`, `Short`, `Char` and `Int`, extended to 32 bits.
    I32,
    /// `Long`.
    I64,
    /// `Float` and `Double`; NaN is canonical.
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

impl ValueType {
    /// Whether the value is a self-describing slot.
    pub fn is_reference(self) -> bool {
        matches!(self, ValueType::Any | ValueType::Ref(_))
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueType::I32 => f.write_str("i32"),
            ValueType::I64 => f.write_str("i64"),
            ValueType::F64 => f.write_str("f64"),
            ValueType::U128 => f.write_str("u128"),
            ValueType::I128 => f.write_str("i128"),
            ValueType::Any => f.write_str("any"),
            ValueType::Ref(class) => write!(f, "{class}"),
        }
    }
}

macro_rules! builtins {
    ($($(#[$meta:meta])* $constant:ident = $number:literal $name:literal;)*) => {
        /// Classes that exist in every module, with the same numbers everywhere.
        pub mod builtin {
            use super::ClassId;
            $($(#[$meta])* pub const $constant: ClassId = ClassId($number);)*
        }
        /// The names of the built-in classes, by number.
        pub const BUILTIN_CLASS_NAMES: &[&str] = &[$($name),*];
        /// How many classes are built in.
        pub const BUILTIN_CLASSES: usize = BUILTIN_CLASS_NAMES.len();
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

/// The type of the scalar that a box of this class holds; none if the class is no box.
pub fn unboxed_type(class: ClassId) -> Option<ValueType> {
    use builtin::*;
    Some(match class {
        BOOLEAN | BYTE | SHORT | CHAR | INT => ValueType::I32,
        LONG => ValueType::I64,
        FLOAT | DOUBLE => ValueType::F64,
        UINT128 | AMOUNT => ValueType::U128,
        INT128 => ValueType::I128,
        _ => return None,
    })
}

/// The type of the elements of an array class; none if the class is no array.
pub fn element_type(class: ClassId) -> Option<ValueType> {
    use builtin::*;
    Some(match class {
        ARRAY_ANY => ValueType::Any,
        ARRAY_BOOLEAN | ARRAY_BYTE | ARRAY_SHORT | ARRAY_CHAR | ARRAY_INT => ValueType::I32,
        ARRAY_LONG => ValueType::I64,
        ARRAY_DOUBLE => ValueType::F64,
        _ => return None,
    })
}
