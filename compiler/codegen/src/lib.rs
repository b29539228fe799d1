//! SSA to bytecode.
pub mod alloc;
pub mod fold;
pub mod liveness;
pub mod moves;
pub mod select;
