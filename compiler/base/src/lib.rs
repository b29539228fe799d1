//! The vocabulary that three or more stages of the compiler share: typed indices, spans,
//! sources, interned names, diagnostics as plain data, and declared limits.
//!
//! **Invariant:** this crate knows no tree, no type, no file system and no colour.

pub mod codes;
pub mod crew;
pub mod diagnostic;
pub mod index;
mod label;
pub mod limits;
pub mod lists;
pub mod map;
pub mod name;
pub mod source;
pub mod span;

pub use crew::{Alone, Crew, share_items, share_map, share_pieces};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, LabelRole, Severity};
pub use index::{Idx, IndexVec};
pub use lists::Lists;
pub use map::{Equivalent, FastMap, FastSet};
pub use name::Name;
pub use source::{FileId, LineColumn, SourceFile, SourceMap};
pub use span::{Span, Spanned};
