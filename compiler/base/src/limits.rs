//! Declared limits of the compiler. Each has a reason and a test at n and n + 1.

/// Bytes of one source file: spans are 32-bit offsets.
pub const SOURCE_BYTES_MAX: usize = 64 << 20;

/// Depth of nesting of brackets, blocks, types, patterns and operator chains: every recursive
/// walk over a tree is bounded by it, so that no input overflows the stack.
pub const NESTING_DEPTH_MAX: usize = 256;

/// Depth of a syntax tree, counted in tokens from the root: on every bracket level the tokens since
/// the last separator. It bounds chains that no bracket shows (`a + b + …`, `a.b.c…`, `x => y => …`)
/// together with the nesting around them, so that a recursive walk over a tree needs at most this
/// many levels.
pub const TREE_DEPTH_MAX: usize = 4096;

/// Errors reported per file before the compiler stops looking for more.
pub const ERRORS_PER_FILE_MAX: usize = 100;

/// Parts of one type, written out: a few lines can ask for a type that doubles with each of them,
/// and what walks over types takes time by their size.
pub const TYPE_SIZE_MAX: u32 = 4096;

/// Givens that ask for givens, one inside the other: a search can ask for ever larger types.
pub const GIVEN_DEPTH_MAX: usize = 64;

/// Steps of one exhaustiveness or reachability check of a match: matrices of patterns can need
/// exponentially many, and this many take about a second.
pub const MATCH_STEPS_MAX: u64 = 4_000_000;

/// Calls of inline methods one inside the other, in the code that they expand to: as in Scala.
pub const INLINE_DEPTH_MAX: usize = 32;

/// Calls of inline methods in the code that one call expands to: an expansion that branches grows
/// exponentially with its depth. Scala has a limit for the size of the code.
pub const INLINE_CALLS_MAX: usize = 10_000;
