//! Tests of the whole front of the compiler: tokens, layout, trees, errors, limits, robustness.

mod common;
mod equality;
mod errors;
mod layout;
mod limits;
mod literals;
mod precedence;
mod robustness;
mod trees;
