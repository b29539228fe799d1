//! Numbers of things: each kind of number is a type of its own.

use std::fmt;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident($inner:ident) $prefix:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
        pub struct $name(pub $inner);

        impl $name {
            /// The number as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
            /// The number of the element at this index; none if it does not fit.
            pub fn from_index(index: usize) -> Option<$name> {
                $inner::try_from(index).ok().map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    )*};
}

ids! {
    /// A register of a frame.
    Reg(u8) "r";
    /// A block of a function.
    BlockId(u16) "b";
    /// A class of a module; the built-in ones first.
    ClassId(u16) "c";
    /// A built-in class whose instances are boxed scalars.
    BoxId(u8) "c";
    /// A function of a module.
    FunctionId(u16) "f";
    /// A selector of a module.
    SelectorId(u16) "s";
    /// A module-wide variable.
    GlobalId(u16) "g";
    /// A storage field of a contract.
    StorageId(u16) "st";
    /// A host function: its number in [`crate::HOSTS`].
    HostId(u16) "h";
    /// A constant of a module.
    ConstantId(u16) "k";
}

impl BoxId {
    /// The class.
    pub fn class(self) -> ClassId {
        ClassId(self.0.into())
    }
}

/// A field: a class and a slot of its layout (fields of superclasses first).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct FieldId {
    /// The class through which the field is seen.
    pub class: ClassId,
    /// The slot in the layout of the class.
    pub slot: u16,
}

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.class, self.slot)
    }
}
