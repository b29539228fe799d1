//! Bounds on what is read from outside.

/// Values inside of each other; as many as JSON may have.
pub const VALUE_DEPTH_MAX: u32 = 128;
/// Type arguments inside of each other.
pub const TYPE_DEPTH_MAX: u32 = 64;
/// Parts of one decoded value: elements without bytes cost a sender nothing.
pub const DECODED_PARTS_MAX: u32 = 1 << 20;
