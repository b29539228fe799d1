//! The instruction set of the FVM and the module that carries it.
//!
//! [`table`] is the only source of what instructions there are. From it derive [`Opcode`] and its
//! facts, [`Inst`], the wire form ([`wire`]), the text form ([`text`]) and the reference page
//! ([`reference`]). The module format, its limits and the tables that compiler, verifier and
//! machine share (built-in classes, host functions, trap codes) live here too.
//!
//! Knows nothing of execution, gas numbers or the compiler. Guarantees: decoding any bytes either
//! fails with a position or gives a module whose encoding is exactly those bytes.

pub mod debug;
mod host;
mod ids;
mod inst;
pub mod limits;
mod module;
mod opcode;
pub mod reference;
mod row;
mod table;
pub mod text;
mod trap;
mod types;
pub mod wire;

pub use debug::DebugInfo;
pub use host::{HOSTS, HostInfo};
pub use ids::{
    BlockId, BoxId, ClassId, ConstantId, FieldId, FunctionId, GlobalId, HostId, Reg, SelectorId,
    StorageId,
};
pub use inst::{Inst, Mismatch, Operand, Switch};
pub use module::{
    Block, Class, Constant, Export, ExportKind, Field, Function, Global, Import, Module,
    ModuleKind, Selector, StorageField, StorageForm, StorageKind,
};
pub use opcode::{ALL, CostClass, Effect, Kind, Opcode, OpcodeInfo, OperandInfo, Role};
pub use row::{ROW_WORDS, Row};
pub use trap::{TRAPS, TrapCode, TrapInfo};
pub use types::{
    BUILTIN_CLASS_NAMES, BUILTIN_CLASSES, ValueType, builtin, element_type, unboxed_type,
};
