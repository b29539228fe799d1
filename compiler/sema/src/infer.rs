//! Typing of bodies: one file per construct. All are `impl` blocks of the checker; the walk goes
//! from the outside in with the expected type, and from the inside out with the found one.

pub(crate) mod access;
pub(crate) mod adapt;
pub(crate) mod apply;
pub(crate) mod args;
pub(crate) mod arithmetic;
pub(crate) mod assign;
mod atoms;
pub(crate) mod block;
pub(crate) mod callee;
pub(crate) mod comprehension;
pub(crate) mod construct;
pub(crate) mod context;
pub(crate) mod create;
pub(crate) mod expr;
pub(crate) mod extension;
pub(crate) mod extractor;
mod format;
pub(crate) mod given;
pub(crate) mod implicit;
pub(crate) mod lambda;
pub(crate) mod leave;
pub(crate) mod lists;
mod named;
pub(crate) mod operator;
pub(crate) mod overload;
pub(crate) mod partial;
pub(crate) mod pattern;
pub(crate) mod proof;
mod reuse;
pub(crate) mod select;
pub(crate) mod solve;
pub(crate) mod specific;
pub(crate) mod template;
pub(crate) mod type_test;
pub(crate) mod vars;
pub(crate) mod view;
