//! Text to tree: tokens, layout, grammar, syntax tree.
//!
//! It relies on `fscc-base` alone. It resolves no names and knows no types.

pub mod ast;
