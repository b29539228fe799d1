//! The standard library: the Scala sources below `scala/` and `fvm/`, embedded as text and as
//! trees that were parsed when this crate was built (see `build.rs`).
//!
//! It relies on nothing at run time. It guarantees that [`SOURCES`] lists every source file of the
//! two folders once, in ascending order of the names, and that [`TREES`] holds their trees in the
//! same order.

/// Name (path below the library's folder) and text of every library source.
pub const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The trees of [`SOURCES`], as `fscc_syntax::portable` writes them.
pub const TREES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/trees.bin"));
