//! The hashes that trees and ranges are made of.
//!
//! Each kind of node has a key of its own (BLAKE3's keyed mode), so that bytes of one kind never
//! pass for another. A byte in front would do the same, but two hashes and a byte are a second
//! block for the compression function, and hashing is most of what an update costs.

/// A root, a path, or the hash of a node.
pub type Hash = [u8; 32];

/// What stands for a tree, a subtree or a range that holds nothing.
pub const EMPTY: Hash = [0; 32];

const LEAF: &Hash = &key("fvm/tree/1: path and value");
const INNER: &Hash = &key("fvm/tree/1: two subtrees");
const RECORD: &Hash = &key("fvm/range/1: record");
const PAIR: &Hash = &key("fvm/range/1: two mountains");
const PEAKS: &Hash = &key("fvm/range/1: count and peaks");

/// A text, and zeros behind it.
const fn key(text: &str) -> Hash {
    let mut key = [0; 32];
    let mut at = 0;
    while at < text.len() {
        key[at] = text.as_bytes()[at];
        at += 1;
    }
    key
}

/// Of a value, as its leaf holds it.
pub fn value(bytes: &[u8]) -> Hash {
    blake3::hash(bytes).into()
}

/// Of an entry of a tree.
pub fn leaf(path: &Hash, value: &Hash) -> Hash {
    two(LEAF, path, value)
}

/// Of a subtree with two or more entries.
pub fn inner(left: &Hash, right: &Hash) -> Hash {
    two(INNER, left, right)
}

/// Of a record of a range.
pub fn record(bytes: &[u8]) -> Hash {
    blake3::keyed_hash(RECORD, bytes).into()
}

/// Of two neighbours of a range, each with the same number of records.
pub fn pair(left: &Hash, right: &Hash) -> Hash {
    two(PAIR, left, right)
}

/// Of a whole range: the number of its records, and its peaks from the left.
pub fn peaks<'a>(count: u64, peaks: impl IntoIterator<Item = &'a Hash>) -> Hash {
    let mut hasher = blake3::Hasher::new_keyed(PEAKS);
    hasher.update(&count.to_be_bytes());
    for peak in peaks {
        hasher.update(peak);
    }
    hasher.finalize().into()
}

/// Two hashes fill one block exactly.
fn two(key: &Hash, left: &Hash, right: &Hash) -> Hash {
    let mut block = [0; 64];
    block[..32].copy_from_slice(left);
    block[32..].copy_from_slice(right);
    blake3::keyed_hash(key, &block).into()
}

/// The bit of a path that says which way to go at a depth.
pub fn bit(path: &Hash, depth: usize) -> bool {
    path[depth / 8] & (0x80 >> (depth % 8)) != 0
}
