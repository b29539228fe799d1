//! The wire form of modules.
//!
//! `FVM1`, format (u16), kind (u8), zero; then sections in ascending order of their numbers, each
//! exactly once, but that of imports only if there are any: number (u8), length in bytes, content.
//! Counts, lengths and numbers of things take seven bits a byte, low ones first, and no more bytes
//! than they need.
//!
//! A function lists registers with their types once, and its blocks name entries of that list by
//! bits, seven a byte. An instruction is its opcode, its registers in as many bits each as the
//! function's registers need, and what else it has, each in as few bytes as it needs.
//!
//! [`decode`] is total, allocates only what the bytes at hand can fill, and accepts exactly the
//! bytes that [`encode`] makes: `encode(&decode(x)?) == x`.

mod decode;
mod encode;
mod inst;
mod live;
mod reader;
mod writer;

pub use decode::{DecodeError, decode};
pub use encode::{encode, encode_function, encode_with};

pub(crate) use reader::Reader;
pub(crate) use writer::{Writer, number_bytes};

/// BLAKE3 of the bytes of a module: what names it everywhere.
pub fn code_hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// The first bytes of a module.
pub const MAGIC: &[u8; 4] = b"FVM1";
/// The version of the format.
pub const FORMAT: u16 = 3;

/// Numbers of the sections.
pub(crate) mod section {
    pub const NAME: u8 = 1;
    pub const CONSTANTS: u8 = 2;
    pub const CLASSES: u8 = 3;
    pub const SELECTORS: u8 = 4;
    pub const GLOBALS: u8 = 5;
    pub const STORAGE: u8 = 6;
    pub const FUNCTIONS: u8 = 7;
    pub const EXPORTS: u8 = 8;
    pub const ABI: u8 = 9;
    pub const IMPORTS: u8 = 10;
}

/// Numbers of types.
pub(crate) mod type_tag {
    pub const I32: u32 = 0;
    pub const I64: u32 = 1;
    pub const F64: u32 = 2;
    pub const U128: u32 = 3;
    pub const I128: u32 = 4;
    pub const ANY: u32 = 5;
    /// Where a result may be missing: there is none.
    pub const NONE: u32 = 6;
    /// A reference to class 0; those to others follow.
    pub const REF: u32 = 7;
}

/// Bytes that say which constant follows.
pub(crate) mod constant_tag {
    /// A string of which every unit fits a byte.
    pub const NARROW: u8 = 0;
    /// A string with a unit that does not fit a byte.
    pub const WIDE: u8 = 1;
    pub const BYTES: u8 = 2;
}
