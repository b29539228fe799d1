//! The wire form of modules.
//!
//! `FVM1`, format (u16), kind (u8), zero; then sections in ascending order of their numbers, each
//! exactly once: number (u32), length in bytes (u32), content. Everything is little-endian. Counts
//! are u32; inside of functions, where most are small, they take seven bits a byte. A function
//! lists registers with their types once, and its blocks name entries of that list. [`decode`] is
//! total, allocates only what the bytes at hand can fill, and accepts exactly the bytes that
//! [`encode`] makes: `encode(&decode(x)?) == x`.

mod decode;
mod encode;
mod reader;
mod writer;

pub use decode::{DecodeError, decode};
pub use encode::{encode, encode_function, encode_inst, encode_with};

pub(crate) use reader::Reader;
pub(crate) use writer::Writer;

/// BLAKE3 of the bytes of a module: what names it everywhere.
pub fn code_hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// The first bytes of a module.
pub const MAGIC: &[u8; 4] = b"FVM1";
/// The version of the format.
pub const FORMAT: u16 = 2;

/// Numbers of the sections.
pub(crate) mod section {
    pub const NAME: u32 = 1;
    pub const CONSTANTS: u32 = 2;
    pub const CLASSES: u32 = 3;
    pub const SELECTORS: u32 = 4;
    pub const GLOBALS: u32 = 5;
    pub const STORAGE: u32 = 6;
    pub const FUNCTIONS: u32 = 7;
    pub const EXPORTS: u32 = 8;
    pub const ABI: u32 = 9;
}

/// Bytes that say which type follows.
pub(crate) mod type_tag {
    pub const I32: u8 = 0;
    pub const I64: u8 = 1;
    pub const F64: u8 = 2;
    pub const U128: u8 = 3;
    pub const I128: u8 = 4;
    pub const ANY: u8 = 5;
    /// The class number follows.
    pub const REF: u8 = 6;
    /// Where a result may be missing: there is none.
    pub const NONE: u8 = 7;
}

/// Bytes that say which constant follows.
pub(crate) mod constant_tag {
    /// A string of which every unit fits a byte.
    pub const NARROW: u8 = 0;
    /// A string with a unit that does not fit a byte.
    pub const WIDE: u8 = 1;
    pub const BYTES: u8 = 2;
}
