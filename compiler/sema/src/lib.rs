//! Meaning: from syntax trees to a typed program.
//!
//! It relies on `fscc-base` and `fscc-syntax`. It guarantees that a program without errors is
//! fully typed: every name is resolved, every type argument inferred, every implicit argument
//! written out, and no type variable is left. It never panics on user input.

pub mod contract;
pub mod effects;
pub mod exhaustive;
pub mod known;
pub mod print;
pub mod reach;
pub mod symbols;
pub mod typed;
pub mod types;
pub mod visit;
