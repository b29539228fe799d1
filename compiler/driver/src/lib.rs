//! The compiler as a library: [`compilation`] is the chain from sources to verified modules,
//! [`library`] what units are linked with. [`runner`] and [`suites`] execute modules on an
//! [`engine`] (`machine_code` keeps what the JIT makes); [`passed`] tells the messages of a run that
//! failed, [`profiled`] what was spent ([`source_lines`] by line, and which lines ran), and
//! [`gas_snapshot`] how that changed. [`render`] turns diagnostics into text, [`fixes`] repairs
//! sources, [`effects_json`] is what `check --effects` gives to machines. [`client`] talks to a node,
//! [`private_file`] writes what is for the user's eyes alone, and [`command`] is the command line
//! over all of it.

#![forbid(unsafe_code)]

pub mod args;
pub mod client;
pub mod command;
pub mod compilation;
pub mod effects_json;
pub mod engine;
pub mod fixes;
pub mod gas_snapshot;
pub mod input;
pub mod library;
#[cfg(feature = "jit")]
pub mod machine_code;
pub mod passed;
pub mod private_file;
pub mod profiled;
pub mod render;
pub mod runner;
pub mod source_lines;
pub mod stage;
pub mod status;
pub mod suites;
pub mod threads;
