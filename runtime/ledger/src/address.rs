//! Addresses: 20 bytes, printed as EIP-55 hex.

use sha3::{Digest, Keccak256};
use std::fmt;

/// The address of an account or contract.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub [u8; 20]);

impl Address {
    /// The address of the test account with this name: the last 20 bytes of a tagged hash.
    pub fn of_name(name: &str) -> Address {
        Address::from_hash(b"fvm/account", name.as_bytes())
    }
    /// The address of the `sequence`-th contract that `creator` makes.
    pub fn of_contract(creator: Address, sequence: u64) -> Address {
        let mut seed = creator.0.to_vec();
        seed.extend(sequence.to_be_bytes());
        Address::from_hash(b"fvm/contract", &seed)
    }
    fn from_hash(tag: &[u8], seed: &[u8]) -> Address {
        let mut hasher = blake3::Hasher::new();
        hasher.update(tag).update(seed);
        let hash = hasher.finalize();
        let mut bytes = [0; 20];
        bytes.copy_from_slice(&hash.as_bytes()[12..]);
        Address(bytes)
    }
    /// The address in these bytes, if they are 20.
    pub fn from_bytes(bytes: &[u8]) -> Option<Address> {
        bytes.try_into().ok().map(Address)
    }
}

impl fmt::Display for Address {
    /// EIP-55: a hexadecimal letter is upper case where the hash of the lower-case text has a
    /// high bit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lower: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let hash = Keccak256::digest(lower.as_bytes());
        f.write_str("0x")?;
        for (at, letter) in lower.chars().enumerate() {
            let nibble = hash[at / 2] >> if at % 2 == 0 { 4 } else { 0 } & 15;
            write!(f, "{}", if nibble >= 8 { letter.to_ascii_uppercase() } else { letter })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_prints_as_eip_55_says() {
        // Test vector of the proposal.
        let text = "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        let bytes: Vec<u8> = (0..20)
            .map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hex"))
            .collect();
        let address = Address::from_bytes(&bytes).expect("20 bytes");
        assert_eq!(address.to_string(), format!("0x{text}"));
    }

    #[test]
    fn names_and_sequences_give_different_addresses() {
        let alice = Address::of_name("alice");
        assert_ne!(alice, Address::of_name("bob"));
        assert_ne!(Address::of_contract(alice, 0), Address::of_contract(alice, 1));
    }
}
