//! What definitions of roots in tests are written with: keyed BLAKE3, straight from its crate.

/// A root, a path, or the hash of a node.
pub type Hash = [u8; 32];

/// BLAKE3 with a text as its key.
pub fn keyed(key: &str, parts: &[&[u8]]) -> Hash {
    let mut bytes = [0; 32];
    bytes[..key.len()].copy_from_slice(key.as_bytes());
    *blake3::keyed_hash(&bytes, &parts.concat()).as_bytes()
}
