//! Trap codes that lowered code names, as in the machine's table.

/// No case of a match took the value; the detail is the value.
pub const NO_MATCH: u16 = 9;
/// The compiler said that nothing gets here.
pub const UNREACHABLE: u16 = 14;
