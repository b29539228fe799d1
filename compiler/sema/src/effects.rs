//! Effects: rows, their inference over the call graph, and the checks of declared rows.

mod row;

pub use row::{Effect, Row};
