//! Numbers of 32 bytes that are compared with the orders of the curves, and the hash that is
//! signed.

/// What is signed: the hash of something, made with a tag that says of what.
pub type Hash = [u8; 32];

/// Whether a number of 32 bytes, the most significant first, is below another one.
pub(crate) fn is_below(number: &[u8; 32], bound: &[u8; 32]) -> bool {
    // Arrays compare from the front.
    number < bound
}

/// The bytes of a number, from the least significant first to the most significant first or back.
pub(crate) fn reversed(number: &[u8; 32]) -> [u8; 32] {
    let mut other = *number;
    other.reverse();
    other
}

/// Two numbers of 32 bytes, one behind the other, as the part `at` of them.
pub(crate) fn half(bytes: &[u8], at: usize) -> [u8; 32] {
    let mut half = [0; 32];
    half.copy_from_slice(&bytes[32 * at..32 * (at + 1)]);
    half
}
