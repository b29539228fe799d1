//! ed25519 by the rules of ZIP-215, with two rules more, both about keys alone: a key is encoded
//! as it must be, and it is not of small order.
//!
//! ZIP-215 multiplies by the cofactor, so that a batch and a single check agree on every input;
//! RFC 8032 leaves that open. A key of small order "signs" every message with the same signature:
//! whoever found such a signature in a statement would prove nothing, so no such key exists here.

use crate::encoding::{Hash, half, is_below, reversed};
use crate::key::KeyError;
use crate::signature::SignatureError;
use ed25519_zebra::{Signature, SigningKey, VerificationKey, VerificationKeyBytes};
use zeroize::Zeroize;

/// The prime of the field, 2^255 - 19, most significant byte first.
const FIELD: [u8; 32] = {
    let mut bytes = [0xff; 32];
    bytes[0] = 0x7f;
    bytes[31] = 0xed;
    bytes
};

/// The order of the group, 2^252 + 27742317777372353535851937790883648493, likewise.
const ORDER: [u8; 32] = [
    0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7, 0x9c,
    0xd6, 0x58, 0x12, 0x63, 0x1a, 0x5c, 0xf5, 0xd3, 0xed,
];

/// The y coordinates of the eight points of small order, likewise: of order 1, 2, 4, 8 and 8.
const SMALL: [[u8; 32]; 5] = [
    {
        let mut one = [0; 32];
        one[31] = 1;
        one
    },
    {
        let mut minus_one = FIELD;
        minus_one[31] = 0xec;
        minus_one
    },
    [0; 32],
    [
        0x7a, 0x03, 0xac, 0x92, 0x77, 0xfd, 0xc7, 0x4e, 0xc6, 0xcc, 0x39, 0x2c, 0xfa, 0x53, 0x20,
        0x2a, 0x0f, 0x67, 0x10, 0x0d, 0x76, 0x0b, 0x3c, 0xba, 0x4f, 0xd8, 0x4d, 0x3d, 0x70, 0x6a,
        0x17, 0xc7,
    ],
    [
        0x05, 0xfc, 0x53, 0x6d, 0x88, 0x02, 0x38, 0xb1, 0x39, 0x33, 0xc6, 0xd3, 0x05, 0xac, 0xdf,
        0xd5, 0xf0, 0x98, 0xef, 0xf2, 0x89, 0xf4, 0xc3, 0x45, 0xb0, 0x27, 0xb2, 0xc2, 0x8f, 0x95,
        0xe8, 0x26,
    ],
];

/// A key that signs. The library's own is copied freely, so it lives here and is wiped.
pub(crate) struct Signer(Box<SigningKey>);

impl Signer {
    pub(crate) fn new(secret: &[u8; 32]) -> Signer {
        Signer(Box::new(SigningKey::from_bytes(secret)))
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verification_key().into()
    }

    pub(crate) fn secret(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl Drop for Signer {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Whether these bytes may be a key, as far as it is seen without arithmetic: the rest shows when
/// they are used.
pub(crate) fn check_key(key: &[u8; 32]) -> Result<(), KeyError> {
    let mut y = reversed(key);
    // The highest bit is the sign of x.
    y[0] &= 0x7f;
    if !is_below(&y, &FIELD) {
        return Err(KeyError::NotCanonical);
    }
    if SMALL.contains(&y) {
        return Err(KeyError::SmallOrder);
    }
    Ok(())
}

/// Whether these bytes are a point of the curve.
pub(crate) fn check_point(key: &[u8; 32]) -> Result<(), KeyError> {
    VerificationKey::try_from(*key).map(drop).map_err(|_| KeyError::NotOnCurve)
}

/// Whether these bytes may be a signature: its number must be below the order, or there would be
/// several signatures for each.
pub(crate) fn check_signature(signature: &[u8; 64]) -> Result<(), SignatureError> {
    match is_below(&reversed(&half(signature, 1)), &ORDER) {
        true => Ok(()),
        false => Err(SignatureError::OutOfRange),
    }
}

/// Whether the key signed the message; key and signature have passed the checks above.
pub(crate) fn verify(
    key: &[u8; 32],
    signature: &[u8; 64],
    message: &[u8],
) -> Result<(), SignatureError> {
    let key = VerificationKey::try_from(*key).map_err(|_| KeyError::NotOnCurve)?;
    let verified = key.verify(&Signature::from_bytes(signature), message);
    verified.map_err(|_| SignatureError::Wrong)
}

/// What a batch takes.
pub(crate) fn item(
    key: &[u8; 32],
    signature: &[u8; 64],
    hash: &Hash,
) -> ed25519_zebra::batch::Item {
    let key = VerificationKeyBytes::from(*key);
    (key, Signature::from_bytes(signature), &hash[..]).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_hex;
    use pretty_assertions::assert_eq;

    fn bytes<const N: usize>(digits: &str) -> [u8; N] {
        let bytes = from_hex(&format!("0x{digits}")).expect("hexadecimal");
        bytes.try_into().expect("the right length")
    }

    /// Secret, key, message and signature, from section 7.1 of RFC 8032.
    const VECTORS: [[&str; 4]; 4] = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555\
             fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0\
             85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1\
             8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ],
        [
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b5890\
             9351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ],
    ];

    #[test]
    fn keys_and_signatures_are_those_of_rfc_8032() {
        for [secret, key, message, signature] in VECTORS {
            let signer = Signer::new(&bytes(secret));
            let message = from_hex(&format!("0x{message}")).expect("hexadecimal");
            assert_eq!(signer.public(), bytes(key));
            assert_eq!(signer.secret(), &bytes(secret));
            assert_eq!(signer.sign(&message), bytes(signature));
            assert_eq!(check_key(&bytes(key)), Ok(()));
            assert_eq!(check_signature(&bytes(signature)), Ok(()));
            assert_eq!(verify(&bytes(key), &bytes(signature), &message), Ok(()));
        }
    }

    #[test]
    fn a_changed_bit_anywhere_is_seen() {
        let [_, key, message, signature] = VECTORS[2];
        let (key, signature): ([u8; 32], [u8; 64]) = (bytes(key), bytes(signature));
        let message: [u8; 2] = bytes(message);
        for bit in 0..512 {
            let mut changed = signature;
            changed[bit / 8] ^= 1 << (bit % 8);
            let answer = check_signature(&changed).and_then(|()| verify(&key, &changed, &message));
            assert!(answer.is_err(), "bit {bit} of the signature");
        }
        for bit in 0..256 {
            let mut changed = key;
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(verify(&changed, &signature, &message).is_err(), "bit {bit} of the key");
        }
        assert_eq!(verify(&key, &signature, &[message[0]]), Err(SignatureError::Wrong));
    }

    /// Adds the order of the group to the number of a signature.
    fn with_larger_number(signature: &[u8; 64]) -> [u8; 64] {
        let (mut larger, mut carry) = (*signature, 0);
        for (at, digit) in reversed(&ORDER).iter().enumerate() {
            let sum = u16::from(larger[32 + at]) + u16::from(*digit) + carry;
            larger[32 + at] = (sum & 0xff) as u8;
            carry = sum >> 8;
        }
        larger
    }

    #[test]
    fn a_number_beyond_the_order_is_refused() {
        let [_, key, message, signature] = VECTORS[1];
        let larger = with_larger_number(&bytes(signature));
        assert_eq!(check_signature(&larger), Err(SignatureError::OutOfRange));
        // The library sees it as well.
        let message: [u8; 1] = bytes(message);
        assert_eq!(verify(&bytes(key), &larger, &message), Err(SignatureError::Wrong));
        // Zero is in range, the order is not, one less is.
        let with = |number: [u8; 32]| {
            let mut signature = [0; 64];
            signature[32..].copy_from_slice(&reversed(&number));
            check_signature(&signature)
        };
        let mut last = ORDER;
        last[31] -= 1;
        assert_eq!(with([0; 32]), Ok(()));
        assert_eq!(with(last), Ok(()));
        assert_eq!(with(ORDER), Err(SignatureError::OutOfRange));
        assert_eq!(with([0xff; 32]), Err(SignatureError::OutOfRange));
    }

    #[test]
    fn keys_of_small_order_are_refused() {
        for y in SMALL {
            for sign in [0, 0x80] {
                let mut key = reversed(&y);
                key[31] |= sign;
                assert_eq!(check_key(&key), Err(KeyError::SmallOrder));
                // What would happen otherwise: the neutral point and zero sign anything.
                let mut forged = [0; 64];
                forged[0] = 1;
                assert_eq!(verify(&key, &forged, b"anything"), Ok(()));
                assert_eq!(verify(&key, &forged, b"anything else"), Ok(()));
            }
        }
    }

    #[test]
    fn keys_have_one_encoding() {
        // The prime itself and what lies above it stand for numbers that begin again at zero.
        for low in 0xed..=0xff {
            for sign in [0x7f, 0xff] {
                let mut key = [0xff; 32];
                (key[0], key[31]) = (low, sign);
                assert_eq!(check_key(&key), Err(KeyError::NotCanonical));
            }
        }
    }

    #[test]
    fn half_of_all_bytes_are_no_point() {
        let is_point = |number: u8| {
            let mut key = [0; 32];
            key[0] = number;
            check_key(&key).and_then(|()| check_point(&key))
        };
        // The first number that is not of small order, and the first that is none at all.
        assert_eq!(is_point(3), Ok(()));
        assert_eq!(is_point(2), Err(KeyError::NotOnCurve));
    }
}
