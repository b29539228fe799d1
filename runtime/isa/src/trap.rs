//! Trap codes: why execution cannot go on. Codes below [`TrapCode::CATCHABLE_END`] are caught by
//! `call.try`, whose status they are; 0 and 1 are no codes, because they mean "returned" and
//! "thrown" there. Codes from there on end the message and cannot be caught.

use std::fmt;

/// A trap code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TrapCode(pub u16);

/// A row of the table.
#[derive(Debug)]
pub struct TrapInfo {
    /// The code.
    pub code: TrapCode,
    /// Its name in text forms and messages.
    pub name: &'static str,
    /// What happened.
    pub doc: &'static str,
}

macro_rules! traps {
    ($($(#[doc = $doc:literal])* $constant:ident = $number:literal $name:literal;)*) => {
        impl TrapCode {
            $($(#[doc = $doc])* pub const $constant: TrapCode = TrapCode($number);)*
        }
        /// All trap codes, ascending.
        pub const TRAPS: &[TrapInfo] = &[$(TrapInfo {
            code: TrapCode($number),
            name: $name,
            doc: concat!($($doc),*).trim_ascii(),
        }),*];
    };
}

traps! {
    /// Division or remainder by zero.
    DIVISION_BY_ZERO = 2 "DivisionByZero";
    /// An index or range outside of an array, string or byte sequence.
    INDEX_OUT_OF_BOUNDS = 3 "IndexOutOfBounds";
    /// A cast or unboxing to a class of which the value is no instance.
    CLASS_CAST = 4 "ClassCast";
    /// The null reference was used, or a field read before it was set.
    NULL_POINTER = 5 "NullPointer";
    /// A checked number does not fit its type.
    OVERFLOW = 6 "Overflow";
    /// A text is no number.
    NUMBER_FORMAT = 7 "NumberFormat";
    /// An array of negative length.
    NEGATIVE_ARRAY_SIZE = 8 "NegativeArraySize";
    /// No case of a match fits.
    NO_MATCH = 9 "NoMatch";
    /// Malformed UTF-8, or text with a lone surrogate where UTF-8 is asked for.
    MALFORMED_TEXT = 10 "MalformedText";
    /// The class of the receiver has no function for the selector.
    NO_METHOD = 11 "NoMethod";
    /// Bytes are no encoding of the expected type.
    MALFORMED_DATA = 12 "MalformedData";
    /// A lazy value or module-wide object depends on itself.
    CYCLIC_INITIALIZATION = 13 "CyclicInitialization";
    /// An operation that is not supported.
    UNSUPPORTED = 14 "Unsupported";
    /// The host refused an operation that it knows.
    HOST_REFUSED = 15 "HostRefused";
    /// The gas of the message is used up.
    OUT_OF_GAS = 100 "OutOfGas";
    /// The arena of the message is full.
    OUT_OF_MEMORY = 101 "OutOfMemory";
    /// Too many calls are active, or their frames need too many registers.
    STACK_OVERFLOW = 102 "StackOverflow";
    /// The host has no such function, or failed by its own fault.
    HOST_FAULT = 103 "HostFault";
}

impl TrapCode {
    /// The first code that cannot be caught.
    pub const CATCHABLE_END: u16 = 100;

    /// Whether `call.try` catches it.
    pub fn is_catchable(self) -> bool {
        self.0 < Self::CATCHABLE_END
    }
    /// The row of the table, if there is such a code.
    pub fn info(self) -> Option<&'static TrapInfo> {
        TRAPS.binary_search_by_key(&self, |row| row.code).ok().map(|at| &TRAPS[at])
    }
    /// The name; a number for a code that does not exist.
    pub fn name(self) -> String {
        self.info().map_or_else(|| format!("trap {}", self.0), |row| row.name.to_owned())
    }
    /// The code with this name.
    pub fn lookup(name: &str) -> Option<TrapCode> {
        TRAPS.iter().find(|row| row.name == name).map(|row| row.code)
    }
}

impl fmt::Display for TrapCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}
