//! The compiler as a library: [`compilation`] is the chain from sources to verified modules,
//! [`runner`] and [`suites`] execute them, [`render`] turns diagnostics into text, and [`command`]
//! is the command line over all of it.

pub mod args;
pub mod command;
pub mod compilation;
pub mod input;
pub mod render;
pub mod runner;
pub mod stage;
pub mod status;
pub mod suites;
