//! Under construction.
pub mod args;
pub mod input;
pub mod render;
