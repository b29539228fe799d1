//! Maps and sets in insertion order whose hash is quick for the compiler's small keys: indices,
//! pointers of names, short texts.
//!
//! **Guarantees:** iteration is in insertion order, so that no output depends on the hash; the
//! hash is the same in every run. It mixes every bit of a key with one multiplication to 128 bits
//! a word; keys that a user writes reach it as texts of names alone.

use std::hash::{BuildHasherDefault, Hasher};

/// A key that is found by something else that hashes alike.
pub use indexmap::Equivalent;

/// A map in insertion order; make it with `default()`.
pub type FastMap<K, V> = indexmap::IndexMap<K, V, BuildHasherDefault<FastHasher>>;
/// A set in insertion order; make it with `default()`.
pub type FastSet<T> = indexmap::IndexSet<T, BuildHasherDefault<FastHasher>>;

/// An odd number without a pattern: the fractional part of the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of [`FastMap`] and [`FastSet`].
#[derive(Clone, Copy, Default, Debug)]
pub struct FastHasher {
    state: u64,
}

impl FastHasher {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.state ^ word ^ MULTIPLIER.rotate_left(17))
            .wrapping_mul(u128::from(MULTIPLIER));
        self.state = (product as u64) ^ ((product >> 64) as u64);
    }
}

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        self.state
    }
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(u64::from_le_bytes(chunk.try_into().expect("chunks of eight bytes")));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            // The length keeps a text apart from the same text with zeros at its end.
            self.mix(u64::from_le_bytes(word) ^ ((rest.len() as u64) << 56));
        }
    }
    fn write_u8(&mut self, number: u8) {
        self.mix(u64::from(number));
    }
    fn write_u16(&mut self, number: u16) {
        self.mix(u64::from(number));
    }
    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }
    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }
    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &str) -> u64 {
        let mut hasher = FastHasher::default();
        hasher.write(text.as_bytes());
        hasher.finish()
    }

    #[test]
    fn texts_differ_in_all_parts_of_the_hash() {
        let mut low: FastSet<u64> = FastSet::default();
        let mut high: FastSet<u64> = FastSet::default();
        for number in 0..10_000 {
            let hash = hash(&format!("name{number}"));
            low.insert(hash & 0xffff_ffff);
            high.insert(hash >> 32);
        }
        assert!(low.len() > 9_990 && high.len() > 9_990, "{} {}", low.len(), high.len());
        assert_ne!(hash("a"), hash("a\0"));
    }
}
