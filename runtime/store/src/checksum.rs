//! The checksum of values and of blocks of the file.
//!
//! Against accidents, not against people: whoever can write to the file can write checksums too.
//! Every step maps the words that may come next to different states, and different states to
//! different states, so two inputs of the same length that differ within one word of eight bytes
//! always have different checksums; others do but for one in 2^64.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A checksum under way.
#[derive(Clone, Copy)]
pub struct Checksum(u64);

impl Checksum {
    /// The checksum of nothing.
    pub fn new() -> Checksum {
        Checksum(MULTIPLIER)
    }

    /// Adds bytes and their number, so that `ab` and `c` differ from `a` and `bc`.
    pub fn add(self, bytes: &[u8]) -> Checksum {
        let (words, rest) = bytes.as_chunks::<8>();
        let mut checksum = self.word(bytes.len() as u64);
        for word in words {
            checksum = checksum.word(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        checksum.word(u64::from_le_bytes(last))
    }

    fn word(self, word: u64) -> Checksum {
        let product = (self.0 ^ word).wrapping_mul(MULTIPLIER);
        Checksum(product ^ (product >> 32))
    }

    /// The sum.
    pub fn get(self) -> u64 {
        self.0
    }
}

/// How many bytes [`seal`] adds.
pub const SEAL_BYTES: usize = 8;

/// Puts the checksum of table, key and value behind the value.
pub fn seal(table: &str, key: &[u8], value: &mut Vec<u8>) {
    let sum = Checksum::new().add(table.as_bytes()).add(key).add(value);
    value.extend(sum.get().to_le_bytes());
}

/// The value, if its checksum is right.
pub fn unseal<'a>(table: &str, key: &[u8], sealed: &'a [u8]) -> Option<&'a [u8]> {
    let (value, sum) = sealed.split_last_chunk::<SEAL_BYTES>()?;
    let right = Checksum::new().add(table.as_bytes()).add(key).add(value);
    (right.get() == u64::from_le_bytes(*sum)).then_some(value)
}
