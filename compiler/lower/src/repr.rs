//! How a value is represented: the erased types, and which box belongs to which scalar.
//!
//! Relies on the built-in classes of `fscc-ir`. Guarantees: a representation has an SSA type
//! exactly when values of it take a slot; `Unit` and `Nothing` take none.

use fscc_ir::{ClassId, Type, Value, builtin};

/// A scalar type of the language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Prim {
    /// `Boolean`.
    Boolean,
    /// `Byte`.
    Byte,
    /// `Short`.
    Short,
    /// `Char`.
    Char,
    /// `Int`.
    Int,
    /// `Long`.
    Long,
    /// `Float`: a double that is always rounded.
    Float,
    /// `Double`.
    Double,
    /// `UInt128`.
    UInt128,
    /// `Int128`.
    Int128,
    /// `Amount`.
    Amount,
}

impl Prim {
    /// The class of the box.
    pub fn class(self) -> ClassId {
        match self {
            Prim::Boolean => builtin::BOOLEAN,
            Prim::Byte => builtin::BYTE,
            Prim::Short => builtin::SHORT,
            Prim::Char => builtin::CHAR,
            Prim::Int => builtin::INT,
            Prim::Long => builtin::LONG,
            Prim::Float => builtin::FLOAT,
            Prim::Double => builtin::DOUBLE,
            Prim::UInt128 => builtin::UINT128,
            Prim::Int128 => builtin::INT128,
            Prim::Amount => builtin::AMOUNT,
        }
    }

    /// The SSA type.
    pub fn ty(self) -> Type {
        match self {
            Prim::Boolean | Prim::Byte | Prim::Short | Prim::Char | Prim::Int => Type::I32,
            Prim::Long => Type::I64,
            Prim::Float | Prim::Double => Type::F64,
            Prim::UInt128 | Prim::Amount => Type::U128,
            Prim::Int128 => Type::I128,
        }
    }

    /// The class of an array of these.
    pub fn array(self) -> ClassId {
        match self {
            Prim::Boolean => builtin::ARRAY_BOOLEAN,
            Prim::Byte => builtin::ARRAY_BYTE,
            Prim::Short => builtin::ARRAY_SHORT,
            Prim::Char => builtin::ARRAY_CHAR,
            Prim::Int => builtin::ARRAY_INT,
            Prim::Long => builtin::ARRAY_LONG,
            Prim::Double => builtin::ARRAY_DOUBLE,
            Prim::Float | Prim::UInt128 | Prim::Int128 | Prim::Amount => builtin::ARRAY_ANY,
        }
    }

    /// Whether it is one of Scala's numbers, which compare by value across types.
    pub fn is_scala_number(self) -> bool {
        !matches!(self, Prim::Boolean | Prim::UInt128 | Prim::Int128 | Prim::Amount)
    }
}

/// The representation of a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Repr {
    /// `()`: takes no slot.
    Unit,
    /// A bare scalar.
    Prim(Prim),
    /// A reference to an instance of a class, or null.
    Ref(ClassId),
    /// A self-describing slot.
    Any,
    /// There is no value: the expression does not end normally.
    Never,
}

impl Repr {
    /// A reference to a string.
    pub const STRING: Repr = Repr::Ref(builtin::STRING);
    /// A Boolean.
    pub const BOOLEAN: Repr = Repr::Prim(Prim::Boolean);
    /// An Int.
    pub const INT: Repr = Repr::Prim(Prim::Int);

    /// The SSA type, if values take a slot.
    pub fn ty(self) -> Option<Type> {
        match self {
            Repr::Unit | Repr::Never => None,
            Repr::Prim(prim) => Some(prim.ty()),
            Repr::Ref(class) => Some(Type::Ref(class)),
            Repr::Any => Some(Type::Any),
        }
    }

    /// The same for a place that must exist even if nothing ever gets there.
    pub fn or_any(self) -> Repr {
        match self {
            Repr::Never => Repr::Any,
            other => other,
        }
    }
}

/// A value with its representation.
#[derive(Clone, Copy, Debug)]
pub struct Val {
    /// Its representation.
    pub repr: Repr,
    /// The SSA value, if the representation takes a slot.
    pub value: Option<Value>,
}

impl Val {
    /// The unit value.
    pub const UNIT: Val = Val { repr: Repr::Unit, value: None };
    /// What an expression that does not end normally leaves behind.
    pub const NEVER: Val = Val { repr: Repr::Never, value: None };

    /// A value in a slot.
    pub fn new(repr: Repr, value: Value) -> Val {
        Val { repr, value: Some(value) }
    }
}
