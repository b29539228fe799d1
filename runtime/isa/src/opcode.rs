//! Opcodes and their facts, derived from the table.

use crate::table::with_instructions;

/// What an instruction may do besides computing its result.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(non_camel_case_types, reason = "the words of the table")]
pub enum Effect {
    /// Nothing.
    pure,
    /// May trap, otherwise pure.
    traps,
    /// Allocates a fresh object.
    alloc,
    /// Allocates a fresh object, or traps.
    alloc_traps,
    /// Reads mutable heap or globals; may trap on null or index.
    reads,
    /// Writes heap or globals; may trap on null or index.
    writes,
    /// Reads contract storage.
    reads_storage,
    /// Writes contract storage.
    writes_storage,
    /// Calls: the callee's effects, or the host function's row.
    calls,
    /// Ends the block.
    terminates,
}

/// What an instruction costs: the gas schedule has a number for each class, and exceptions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(non_camel_case_types, missing_docs, reason = "the words of the table")]
pub enum CostClass {
    moving,
    integer,
    multiply,
    divide,
    wide,
    wide_multiply,
    wide_divide,
    float,
    float_slow,
    testing,
    memory,
    allocate,
    convert,
    text,
    bytes,
    hashing,
    signing,
    storage_read,
    storage_write,
    call,
    call_virtual,
    call_host,
    call_try,
    branch,
    leaving,
}

impl CostClass {
    /// All classes.
    pub const ALL: &[CostClass] = &[
        CostClass::moving,
        CostClass::integer,
        CostClass::multiply,
        CostClass::divide,
        CostClass::wide,
        CostClass::wide_multiply,
        CostClass::wide_divide,
        CostClass::float,
        CostClass::float_slow,
        CostClass::testing,
        CostClass::memory,
        CostClass::allocate,
        CostClass::convert,
        CostClass::text,
        CostClass::bytes,
        CostClass::hashing,
        CostClass::signing,
        CostClass::storage_read,
        CostClass::storage_write,
        CostClass::call,
        CostClass::call_virtual,
        CostClass::call_host,
        CostClass::call_try,
        CostClass::branch,
        CostClass::leaving,
    ];

    /// The word of the table.
    pub fn word(self) -> String {
        format!("{self:?}")
    }
}

/// How an operand is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(non_camel_case_types, reason = "the words of the table")]
pub enum Role {
    /// Writes a register.
    def,
    /// Reads a register.
    arg,
    /// The first register of a call window.
    window,
    /// An immediate.
    imm,
    /// A number in a table.
    to,
}

/// What an operand is: a type of registers or immediates, or a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(non_camel_case_types, reason = "the words of the table")]
pub enum Kind {
    /// An `i32` that is 0 or 1.
    bool,
    /// An 8-bit immediate.
    i8,
    /// A 16-bit immediate.
    i16,
    /// A 16-bit immediate without sign.
    u16,
    /// `ValueType::I32`.
    i32,
    /// `ValueType::I64`.
    i64,
    /// `ValueType::F64`.
    f64,
    /// `ValueType::U128`.
    u128,
    /// `ValueType::I128`.
    i128,
    /// Any reference.
    any,
    /// A reference to an allocated object.
    object,
    /// A reference to a string.
    string,
    /// A reference to bytes.
    bytes,
    /// A reference to an `ArrayAny`.
    a_any,
    /// A reference to an `ArrayBoolean`.
    a_bool,
    /// A reference to an `ArrayByte`.
    a_byte,
    /// A reference to an `ArrayShort`.
    a_short,
    /// A reference to an `ArrayChar`.
    a_char,
    /// A reference to an `ArrayInt`.
    a_int,
    /// A reference to an `ArrayLong`.
    a_long,
    /// A reference to an `ArrayDouble`.
    a_double,
    /// The null reference, which is of every reference type.
    null,
    /// The type of the operand that is read.
    same,
    /// The class that another operand names; as `to`, a class.
    class,
    /// The type of the field that another operand names; as `to`, a field.
    field,
    /// The type of the global that another operand names; as `to`, a global.
    global,
    /// The scalar that a box of the class in another operand holds.
    unboxed,
    /// A reference to an array of any class; as `to`, an array class.
    array,
    /// The result type of the function that the instruction stands in.
    result,
    /// A class of boxed scalars.
    boxed,
    /// A constant.
    constant,
    /// A storage field.
    storage,
    /// A key of the storage field that another operand names, in its form.
    key,
    /// A value of the storage field that another operand names, in its form.
    stored,
    /// A function; as a window, its parameters and its result.
    function,
    /// A selector; as a window, its parameters and its result.
    selector,
    /// A host function; as a window, its operands and its result.
    host,
    /// A window: the function's parameters, and an `ArrayAny` as result.
    catching,
    /// A window: the function's parameters; the function's result must be this function's.
    tail,
    /// A block.
    block,
    /// The cases of a switch.
    cases,
    /// A trap code.
    trap,
}

/// An operand of a row.
#[derive(Debug)]
pub struct OperandInfo {
    /// Name.
    pub name: &'static str,
    /// Role.
    pub role: Role,
    /// Kind.
    pub kind: Kind,
}

impl OperandInfo {
    /// Whether a register stands there.
    pub const fn is_register(&self) -> bool {
        matches!(self.role, Role::def | Role::arg | Role::window)
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct OpcodeInfo {
    /// The opcode.
    pub opcode: Opcode,
    /// The name in text.
    pub mnemonic: &'static str,
    /// Operands in order.
    pub operands: &'static [OperandInfo],
    /// Effect.
    pub effect: Effect,
    /// Cost class.
    pub cost: CostClass,
    /// The sentence.
    pub doc: &'static str,
}

macro_rules! opcodes {
    ($($(#[doc = $doc:literal])* $byte:literal $name:ident $mnemonic:literal
        { $($operand:ident: $role:ident($kind:ident)),* } $effect:ident, $cost:ident;)*) => {
        /// An operation of the machine.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Opcode {
            $($(#[doc = $doc])* $name = $byte,)*
        }
        /// All opcodes in table order, which is the order of their bytes.
        pub const ALL: &[Opcode] = &[$(Opcode::$name),*];

        const INFO: &[OpcodeInfo] = &[$(OpcodeInfo {
            opcode: Opcode::$name,
            mnemonic: $mnemonic,
            operands: &[$(OperandInfo {
                name: stringify!($operand),
                role: Role::$role,
                kind: Kind::$kind,
            }),*],
            effect: Effect::$effect,
            cost: CostClass::$cost,
            doc: concat!($($doc),*).trim_ascii(),
        }),*];

        impl Opcode {
            /// The opcode of a byte.
            pub fn from_byte(byte: u8) -> Option<Opcode> {
                match byte {
                    $($byte => Some(Opcode::$name),)*
                    _ => None,
                }
            }
            /// The row of this opcode.
            pub fn info(self) -> &'static OpcodeInfo {
                &INFO[usize::from(POSITION[self as usize])]
            }
        }
    };
}

with_instructions!(opcodes);

/// The position in the table by opcode byte. Also proves that bytes ascend.
const POSITION: [u8; 256] = {
    let mut position = [0; 256];
    let mut at = 0;
    while at < ALL.len() {
        assert!(at == 0 || (ALL[at - 1] as u8) < ALL[at] as u8, "opcode bytes must ascend");
        position[ALL[at] as usize] = at as u8;
        at += 1;
    }
    position
};

/// How many registers an instruction names, by opcode byte. Also proves that they fit 64 bits.
const REGISTERS: [u8; 256] = {
    let mut registers = [0; 256];
    let mut at = 0;
    while at < ALL.len() {
        let operands = INFO[at].operands;
        let mut operand = 0;
        while operand < operands.len() {
            registers[ALL[at] as usize] += operands[operand].is_register() as u8;
            operand += 1;
        }
        assert!(registers[ALL[at] as usize] < 8, "registers are read as one number");
        at += 1;
    }
    registers
};

impl Opcode {
    /// The byte on the wire.
    pub fn byte(self) -> u8 {
        self as u8
    }
    /// How many registers it names.
    pub fn registers(self) -> u32 {
        REGISTERS[self as usize].into()
    }
    /// The name in text.
    pub fn mnemonic(self) -> &'static str {
        self.info().mnemonic
    }
    /// The opcode with this mnemonic.
    pub fn lookup(mnemonic: &str) -> Option<Opcode> {
        ALL.iter().copied().find(|opcode| opcode.info().mnemonic == mnemonic)
    }
    /// Whether the instruction ends its block.
    pub fn is_terminator(self) -> bool {
        self.info().effect == Effect::terminates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_mnemonics_name_one_opcode() {
        for opcode in ALL {
            assert_eq!(Opcode::from_byte(opcode.byte()), Some(*opcode));
            assert_eq!(Opcode::lookup(opcode.mnemonic()), Some(*opcode));
            assert_eq!(opcode.info().opcode, *opcode);
        }
        assert_eq!(Opcode::from_byte(0), None);
    }

    #[test]
    fn every_cost_class_is_listed_and_used() {
        for class in CostClass::ALL {
            assert!(ALL.iter().any(|opcode| opcode.info().cost == *class), "{class:?}");
        }
        assert!(ALL.iter().all(|opcode| CostClass::ALL.contains(&opcode.info().cost)));
    }
}
