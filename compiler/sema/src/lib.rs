//! Meaning: from syntax trees to a typed program.
//!
//! It relies on `fscc-base` and `fscc-syntax`. It guarantees that a program without errors is
//! fully typed: every name is resolved, every type argument inferred, every implicit argument
//! written out, and no type variable is left. It never panics on user input.

pub mod allow;
mod annotations;
mod check;
mod checker;
pub mod contract;
mod duplicates;
pub mod effects;
mod enter;
pub mod exhaustive;
mod exports;
mod finish;
mod header;
mod imports;
mod infer;
mod inherited;
mod inlining;
pub mod known;
mod language;
mod leaks;
mod library_unit;
mod member;
mod modifiers;
mod names;
mod outside;
mod override_check;
mod override_rules;
pub mod print;
pub mod reach;
mod reason;
mod received;
mod relate;
mod report;
mod resolve;
mod scope;
mod shape;
mod signature;
mod super_targets;
pub mod symbols;
mod type_override;
pub mod typed;
pub mod types;
mod variance;
pub mod visit;
pub mod wire;
mod written;
mod zonk;

pub use check::{check, check_definitions, check_library, check_matches, check_with_library};
pub use library_unit::{PASSABLE, export_name, export_path};
