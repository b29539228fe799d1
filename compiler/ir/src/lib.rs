//! The SSA intermediate representation: data, text, checker, evaluator and passes.
//!
//! Relies on `fscc-base` for index types and spans and on `fvm-arith` for the meaning of numbers.
//! Knows no Scala construct, no opcode and no register.
//!
//! **Invariant:** every [`module::Module`] that `lower` makes, and every one that a pass leaves
//! behind, satisfies [`check::check`].

pub mod builder;
pub mod cfg;
pub mod check;
pub mod eval;
pub mod fold;
pub mod func;
pub mod host;
pub mod module;
pub mod ops;
pub mod pass;
pub mod text;
pub mod types;

pub use builder::{FuncBuilder, Variable};
pub use func::{Block, Func, Imm, Inst, Target, Terminator, Value};
pub use host::Row;
pub use module::{
    Class, Export, ExportKind, FieldRef, FuncId, GlobalId, Import, ImportId, Module, ModuleKind,
    SelectorId, StorageForm, StorageId,
};
pub use ops::Op;
pub use types::{ClassId, Type, builtin};
