//! Addresses: 20 bytes, printed and read as EIP-55 hex.

use crate::text::from_hex;
use borsh::{BorshDeserialize, BorshSerialize};
use sha3::{Digest, Keccak256};
use std::fmt;
use std::str::FromStr;

/// How many bytes an address has.
pub const ADDRESS_BYTES: usize = 20;

/// The address of an account or contract. The one that is all zeros belongs to nobody.
#[derive(
    Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Address(pub [u8; ADDRESS_BYTES]);

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Something else than `0x` and hexadecimal digits.
    #[error("an address is `0x` and 40 hexadecimal digits")]
    Form,
    /// Hexadecimal, but of so many bytes.
    #[error("an address has 20 bytes, this has {0}")]
    Length(usize),
    /// Letters whose cases contradict the digits (EIP-55): most likely a digit is wrong.
    #[error("the address does not agree with its checksum: a digit is wrong")]
    Checksum,
}

impl Address {
    /// The address of the test account with this name: the last 20 bytes of a tagged hash.
    pub fn of_name(name: &str) -> Address {
        Address::of_hash(b"fvm/account", name.as_bytes())
    }
    /// The address of the `sequence`-th contract that `creator` makes.
    pub fn of_contract(creator: Address, sequence: u64) -> Address {
        let mut seed = creator.0.to_vec();
        seed.extend(sequence.to_be_bytes());
        Address::of_hash(b"fvm/contract", &seed)
    }
    /// The last 20 bytes of the BLAKE3 hash of a tag and what it tags.
    pub(crate) fn of_hash(tag: &[u8], seed: &[u8]) -> Address {
        let mut hasher = blake3::Hasher::new();
        hasher.update(tag).update(seed);
        Address::of_last_bytes(hasher.finalize().as_bytes())
    }
    /// The last 20 bytes of a hash of 32 bytes.
    pub(crate) fn of_last_bytes(hash: &[u8; 32]) -> Address {
        let mut bytes = [0; ADDRESS_BYTES];
        bytes.copy_from_slice(&hash[32 - ADDRESS_BYTES..]);
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

impl FromStr for Address {
    type Err = AddressError;

    /// Reads what `Display` writes. As EIP-55 says, letters of one case alone carry no checksum
    /// and are taken; in mixed case they must be those that `Display` writes.
    fn from_str(text: &str) -> Result<Address, AddressError> {
        let bytes = from_hex(text).ok_or(AddressError::Form)?;
        let address = Address::from_bytes(&bytes).ok_or(AddressError::Length(bytes.len()))?;
        let digits = &text[2..];
        let has_lower = digits.bytes().any(|digit| digit.is_ascii_lowercase());
        let has_upper = digits.bytes().any(|digit| digit.is_ascii_uppercase());
        if has_lower && has_upper && address.to_string() != text {
            return Err(AddressError::Checksum);
        }
        Ok(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    /// The test vectors of the proposal: all upper, all lower, and mixed.
    const VECTORS: [&str; 8] = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];

    #[test]
    fn addresses_print_and_read_as_eip_55_says() {
        for text in VECTORS {
            let address: Address = text.parse().expect(text);
            assert_eq!(address.to_string(), text);
        }
    }

    #[test]
    fn letters_of_one_case_carry_no_checksum() {
        let address: Address = VECTORS[4].parse().expect("an address");
        assert_eq!(VECTORS[4].to_lowercase().parse(), Ok(address));
        assert_eq!(format!("0x{}", VECTORS[4][2..].to_uppercase()).parse(), Ok(address));
    }

    #[test]
    fn a_wrong_digit_or_case_is_seen() {
        for wrong in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAea",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeBed",
        ] {
            assert_eq!(wrong.parse::<Address>(), Err(AddressError::Checksum), "{wrong}");
        }
    }

    #[test]
    fn other_texts_are_no_addresses() {
        use AddressError::{Form, Length};
        let cases = [("", Form), ("0x", Length(0)), ("0x00", Length(1)), ("alice", Form)];
        for (text, why) in cases {
            assert_eq!(text.parse::<Address>(), Err(why), "{text}");
        }
        let without_mark = &VECTORS[4][2..];
        assert_eq!(without_mark.parse::<Address>(), Err(Form));
        assert_eq!(format!("{}00", VECTORS[4]).parse::<Address>(), Err(Length(21)));
        assert_eq!(format!("{} ", VECTORS[4]).parse::<Address>(), Err(Form));
    }

    #[test]
    fn names_and_sequences_give_different_addresses() {
        let alice = Address::of_name("alice");
        assert_ne!(alice, Address::of_name("bob"));
        assert_ne!(Address::of_contract(alice, 0), Address::of_contract(alice, 1));
    }
}
