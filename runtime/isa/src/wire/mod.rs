//! wire
/// Encodes
pub fn encode(_m: &crate::Module) -> Vec<u8> {
    Vec::new()
}
