//! Instructions as values, derived from the table. Whoever needs the operands of an instruction,
//! whatever it is, asks [`Inst::for_each_operand`] or [`Inst::for_each_register`]; whoever makes
//! instructions from outside (decoder, assembler, generators) goes through [`Inst::build`].

use crate::ids::{
    BlockId, BoxId, ClassId, ConstantId, FieldId, FunctionId, GlobalId, HostId, Reg, SelectorId,
    StorageId,
};
use crate::opcode::{Kind, Opcode, OperandInfo, Role};
use crate::table::with_instructions;
use crate::trap::TrapCode;

/// The cases of a `switch`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Switch {
    /// Where to go when no case fits.
    pub default: BlockId,
    /// Values, strictly ascending, and where to go.
    pub cases: Vec<(i32, BlockId)>,
}

impl Switch {
    /// The block for a value.
    pub fn target(&self, value: i32) -> BlockId {
        match self.cases.binary_search_by_key(&value, |case| case.0) {
            Ok(at) => self.cases[at].1,
            Err(_) => self.default,
        }
    }
}

/// An operand of any kind.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "named as the types inside")]
pub enum Operand {
    Reg(Reg),
    I8(i8),
    I16(i16),
    U16(u16),
    I32(i32),
    I64(i64),
    /// The bits of a double.
    F64(u64),
    U128(u128),
    I128(i128),
    Box(BoxId),
    Class(ClassId),
    Field(FieldId),
    Function(FunctionId),
    Selector(SelectorId),
    Global(GlobalId),
    Storage(StorageId),
    Host(HostId),
    Constant(ConstantId),
    Block(BlockId),
    Cases(Box<Switch>),
    Trap(TrapCode),
}

/// An operand was given of another kind than the table asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mismatch;

/// A field of an instruction, to and from the general form.
trait Field: Sized {
    fn to_operand(&self) -> Operand;
    fn from_operand(operand: Operand) -> Option<Self>;
}

macro_rules! fields {
    ($($ty:ty: $variant:ident;)*) => {$(
        impl Field for $ty {
            fn to_operand(&self) -> Operand {
                Operand::$variant(self.clone())
            }
            fn from_operand(operand: Operand) -> Option<Self> {
                match operand {
                    Operand::$variant(value) => Some(value),
                    _ => None,
                }
            }
        }
    )*};
}

fields! {
    Reg: Reg;
    i8: I8;
    i16: I16;
    u16: U16;
    i32: I32;
    i64: I64;
    u64: F64;
    BoxId: Box;
    ClassId: Class;
    FieldId: Field;
    FunctionId: Function;
    SelectorId: Selector;
    GlobalId: Global;
    StorageId: Storage;
    HostId: Host;
    ConstantId: Constant;
    BlockId: Block;
    Box<Switch>: Cases;
    TrapCode: Trap;
}

impl Field for Box<u128> {
    fn to_operand(&self) -> Operand {
        Operand::U128(**self)
    }
    fn from_operand(operand: Operand) -> Option<Self> {
        match operand {
            Operand::U128(value) => Some(Box::new(value)),
            _ => None,
        }
    }
}

impl Field for Box<i128> {
    fn to_operand(&self) -> Operand {
        Operand::I128(**self)
    }
    fn from_operand(operand: Operand) -> Option<Self> {
        match operand {
            Operand::I128(value) => Some(Box::new(value)),
            _ => None,
        }
    }
}

/// The type of a field of [`Inst`] by role and kind.
#[rustfmt::skip]
macro_rules! field_type {
    (def $kind:ident) => { Reg };
    (arg $kind:ident) => { Reg };
    (window $kind:ident) => { Reg };
    (imm i8) => { i8 };
    (imm i16) => { i16 };
    (imm u16) => { u16 };
    (imm i32) => { i32 };
    (imm i64) => { i64 };
    (imm f64) => { u64 };
    // Behind a pointer, so that an instruction takes 16 bytes.
    (imm u128) => { Box<u128> };
    (imm i128) => { Box<i128> };
    (to boxed) => { BoxId };
    (to class) => { ClassId };
    (to array) => { ClassId };
    (to field) => { FieldId };
    (to function) => { FunctionId };
    (to selector) => { SelectorId };
    (to global) => { GlobalId };
    (to storage) => { StorageId };
    (to host) => { HostId };
    (to constant) => { ConstantId };
    (to block) => { BlockId };
    (to cases) => { Box<Switch> };
    (to trap) => { TrapCode };
}

/// Calls the first argument with role, kind and register, for registers only.
macro_rules! give_register {
    ($f:ident, def $kind:ident $reg:expr) => {
        $f(Role::def, Kind::$kind, *$reg)
    };
    ($f:ident, arg $kind:ident $reg:expr) => {
        $f(Role::arg, Kind::$kind, *$reg)
    };
    ($f:ident, window $kind:ident $reg:expr) => {
        $f(Role::window, Kind::$kind, *$reg)
    };
    ($f:ident, $role:ident $kind:ident $reg:expr) => {
        let _ = $reg;
    };
}

macro_rules! instructions {
    ($($(#[doc = $doc:literal])* $byte:literal $name:ident $mnemonic:literal
        { $($operand:ident: $role:ident($kind:ident)),* } $effect:ident, $cost:ident;)*) => {
        /// An instruction.
        #[derive(Clone, PartialEq, Eq, Hash, Debug)]
        #[allow(missing_docs, reason = "operands are told in the sentence and the table")]
        pub enum Inst {
            $($(#[doc = $doc])* $name { $($operand: field_type!($role $kind)),* },)*
        }

        impl Inst {
            /// The opcode.
            pub fn opcode(&self) -> Opcode {
                match self {
                    $(Inst::$name { .. } => Opcode::$name,)*
                }
            }

            /// Calls `f` with every operand in table order.
            pub fn for_each_operand(&self, mut f: impl FnMut(&'static OperandInfo, Operand)) {
                let mut infos = self.opcode().info().operands.iter();
                let mut give = |operand: Operand| {
                    if let Some(info) = infos.next() {
                        f(info, operand);
                    }
                };
                match self {
                    $(Inst::$name { $($operand),* } => {
                        $(give($operand.to_operand());)*
                    })*
                }
                let _ = &mut give;
            }

            /// Calls `f` with role, kind and number of every register in table order.
            pub fn for_each_register(&self, mut f: impl FnMut(Role, Kind, Reg)) {
                match self {
                    $(Inst::$name { $($operand),* } => {
                        $(give_register!(f, $role $kind $operand);)*
                    })*
                }
                let _ = &mut f;
            }

            /// Makes an instruction from operands that `operand` gives in table order.
            pub fn build<E: From<Mismatch>>(
                opcode: Opcode,
                mut operand: impl FnMut(&'static OperandInfo) -> Result<Operand, E>,
            ) -> Result<Inst, E> {
                let mut infos = opcode.info().operands.iter();
                let mut next = || match infos.next() {
                    Some(info) => operand(info),
                    None => Err(Mismatch.into()),
                };
                let inst = match opcode {
                    $(Opcode::$name => Inst::$name {
                        $($operand: Field::from_operand(next()?).ok_or(Mismatch)?),*
                    },)*
                };
                let _ = &mut next;
                Ok(inst)
            }
        }
    };
}
with_instructions!(instructions);

/// An instruction is two machine words: the engine runs over arrays of them.
const _: () = assert!(size_of::<Inst>() <= 16);

impl Inst {
    /// The storage field that the instruction names.
    pub fn storage(&self) -> Option<StorageId> {
        match self {
            Inst::StorageGet { field, .. }
            | Inst::StorageSet { field, .. }
            | Inst::StorageMapGet { field, .. }
            | Inst::StorageMapSet { field, .. }
            | Inst::StorageMapRemove { field, .. }
            | Inst::StorageMapContains { field, .. }
            | Inst::StorageMapFind { field, .. }
            | Inst::StorageMapSize { field, .. } => Some(*field),
            _ => None,
        }
    }

    /// The blocks that a terminator may go to, in table order; a switch's default comes first.
    pub fn targets(&self) -> Vec<BlockId> {
        let mut targets = Vec::new();
        self.for_each_target(|target| targets.push(target));
        targets
    }

    /// Calls `f` with each of [`Inst::targets`].
    pub fn for_each_target(&self, mut f: impl FnMut(BlockId)) {
        self.for_each_operand(|_, operand| match operand {
            Operand::Block(block) => f(block),
            Operand::Cases(switch) => {
                f(switch.default);
                switch.cases.iter().for_each(|case| f(case.1));
            }
            _ => {}
        });
    }
}
