//! SSA to bytecode: which values are folded into their users, where every value lives, and the
//! instructions that result.
//!
//! **Invariant:** knows nothing of the language. Cannot fail on a valid module but for declared
//! limits.

pub mod alloc;
pub mod check;
pub mod fold;
pub mod liveness;
pub mod moves;
pub mod select;
