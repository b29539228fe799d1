//! ECDSA on secp256k1 as Ethereum uses it: the signature says which key signed.
//!
//! For each signature there is a second one with the other sign of s; only the one with the lower
//! s is taken, or a stranger could give a signed message another encoding.

use crate::address::Address;
use crate::encoding::{Hash, half, is_below};
use crate::key::KeyError;
use crate::signature::SignatureError;
use k256::ecdsa::{RecoveryId, Signature, SigningKey, VerifyingKey};
use sha3::{Digest, Keccak256};
use zeroize::Zeroizing;

/// The order of the group, most significant byte first.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// The first s that is high: half of the order, rounded up.
const HIGH: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa1,
];

/// A key that signs; it wipes itself.
pub(crate) struct Signer(SigningKey);

impl Signer {
    pub(crate) fn new(secret: &[u8; 32]) -> Result<Signer, KeyError> {
        SigningKey::from_slice(secret).map(Signer).map_err(|_| KeyError::OutOfRange)
    }

    pub(crate) fn public(&self) -> [u8; 33] {
        compressed(self.0.verifying_key())
    }

    pub(crate) fn secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    /// Signs with the nonce of RFC 6979: r, s, and which of the possible keys it is.
    pub(crate) fn sign(&self, hash: &Hash) -> Result<[u8; 65], SignatureError> {
        let (signature, recovery) = self.0.sign_prehash_recoverable(hash);
        let mut bytes = [0; 65];
        bytes[..64].copy_from_slice(&signature.to_bytes());
        bytes[64] = recovery.to_byte();
        // An r beyond the order of the group is as likely as guessing the key.
        check_signature(&bytes).map(|()| bytes)
    }
}

/// The compressed form of a key.
fn compressed(key: &VerifyingKey) -> [u8; 33] {
    let mut bytes = [0; 33];
    bytes.copy_from_slice(key.to_sec1_point(true).as_bytes());
    bytes
}

/// Whether these bytes may be a key, as far as it is seen without arithmetic.
pub(crate) fn check_key(key: &[u8; 33]) -> Result<(), KeyError> {
    match key[0] {
        2 | 3 => Ok(()),
        _ => Err(KeyError::NotCanonical),
    }
}

/// The point of the curve that these bytes stand for.
pub(crate) fn point(key: &[u8; 33]) -> Result<VerifyingKey, KeyError> {
    VerifyingKey::from_sec1_bytes(key).map_err(|_| KeyError::NotOnCurve)
}

/// Ethereum's address of a key: the last 20 bytes of the hash of its coordinates.
pub(crate) fn address(key: &VerifyingKey) -> Address {
    let point = key.to_sec1_point(false);
    // Behind the byte that says "uncompressed".
    Address::of_last_bytes(&Keccak256::digest(&point.as_bytes()[1..]).into())
}

/// Whether these bytes may be a signature: both numbers from one to the order, the second not
/// high, and one of the two keys whose r did not wrap around, as in Ethereum.
pub(crate) fn check_signature(signature: &[u8; 65]) -> Result<(), SignatureError> {
    let (r, s) = (half(signature, 0), half(signature, 1));
    if r == [0; 32] || s == [0; 32] {
        return Err(SignatureError::Zero);
    }
    if !is_below(&r, &ORDER) || !is_below(&s, &ORDER) {
        return Err(SignatureError::OutOfRange);
    }
    if !is_below(&s, &HIGH) {
        return Err(SignatureError::HighS);
    }
    match signature[64] {
        0 | 1 => Ok(()),
        other => Err(SignatureError::RecoveryId(other)),
    }
}

/// The key that signed the hash.
pub(crate) fn recover(signature: &[u8; 65], hash: &Hash) -> Result<VerifyingKey, SignatureError> {
    let id = RecoveryId::from_byte(signature[64]);
    let id = id.ok_or(SignatureError::RecoveryId(signature[64]))?;
    let numbers =
        Signature::from_slice(&signature[..64]).map_err(|_| SignatureError::OutOfRange)?;
    VerifyingKey::recover_from_prehash(hash, &numbers, id).map_err(|_| SignatureError::NoKey)
}

/// The compressed key that signed the hash.
pub(crate) fn recover_key(signature: &[u8; 65], hash: &Hash) -> Result<[u8; 33], SignatureError> {
    recover(signature, hash).map(|key| compressed(&key))
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

    #[test]
    fn addresses_are_those_of_ethereum() {
        for (secret, address) in [
            // The generator itself.
            (
                "0000000000000000000000000000000000000000000000000000000000000001",
                "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf",
            ),
            (
                "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318",
                "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23",
            ),
            // The first account of development chains.
            (
                "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
                "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
            ),
        ] {
            let signer = Signer::new(&bytes(secret)).expect("a key");
            let key = point(&signer.public()).expect("a point");
            assert_eq!(super::address(&key).to_string(), address);
            assert_eq!(*signer.secret(), bytes(secret));
        }
    }

    /// The key, what is hashed, its hash and the signature of a transaction in Ethereum's
    /// documentation of client libraries.
    const TRANSACTION: [&str; 3] = [
        "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318",
        "e9808504e3b29200831e848094f0109fc8df283027b6285cc889f5aa624eac1f55843b9aca0080018080",
        "c9cf86333bcb065d140032ecaab5d9281bde80f21b9687b3e94161de42d51895\
         727a108a0b8d101465414033c3f705a9c7b826e596766046ee1183dbc8aeaa6800",
    ];

    fn transaction() -> (Signer, Hash, [u8; 65]) {
        let [secret, content, signature] = TRANSACTION;
        let content: [u8; 42] = bytes(content);
        let hash = Keccak256::digest(content).into();
        (Signer::new(&bytes(secret)).expect("a key"), hash, bytes(signature))
    }

    #[test]
    fn signatures_are_those_of_ethereum() {
        let (signer, hash, signature) = transaction();
        assert_eq!(signer.sign(&hash), Ok(signature));
        assert_eq!(recover_key(&signature, &hash), Ok(signer.public()));
    }

    #[test]
    fn nonces_are_those_of_rfc_6979() {
        // SHA-256 of "Satoshi Nakamoto", signed by the key one: a vector that many libraries share.
        let hash: Hash = bytes("a0dc65ffca799873cbea0ac274015b9526505daaaed385155425f7337704883e");
        let mut one = [0; 32];
        one[31] = 1;
        let signature = Signer::new(&one).expect("a key").sign(&hash).expect("a signature");
        let expected = "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8\
                        2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5";
        assert_eq!(signature[..64], bytes::<64>(expected));
    }

    #[test]
    fn secrets_lie_between_zero_and_the_order() {
        let mut last = ORDER;
        last[31] -= 1;
        assert!(Signer::new(&last).is_ok());
        for secret in [[0; 32], ORDER, [0xff; 32]] {
            assert_eq!(Signer::new(&secret).err(), Some(KeyError::OutOfRange));
        }
    }

    /// The number that is the order less this one.
    fn negated(number: &[u8; 32]) -> [u8; 32] {
        let (mut negated, mut borrow) = ([0; 32], 0);
        for at in (0..32).rev() {
            let digit = i16::from(ORDER[at]) - i16::from(number[at]) - borrow;
            borrow = i16::from(digit < 0);
            negated[at] = (digit & 0xff) as u8;
        }
        negated
    }

    #[test]
    fn the_second_signature_is_refused() {
        let (signer, hash, signature) = transaction();
        let mut second = signature;
        second[32..64].copy_from_slice(&negated(&half(&signature, 1)));
        second[64] ^= 1;
        // It would give the same key.
        assert_eq!(recover_key(&second, &hash), Ok(signer.public()));
        assert_eq!(check_signature(&second), Err(SignatureError::HighS));
    }

    #[test]
    fn the_border_of_high_numbers_is_the_middle() {
        let (_, _, mut signature) = transaction();
        signature[32..64].copy_from_slice(&HIGH);
        assert_eq!(check_signature(&signature), Err(SignatureError::HighS));
        let middle = negated(&HIGH);
        assert_eq!(HIGH[31], middle[31] + 1);
        signature[32..64].copy_from_slice(&middle);
        assert_eq!(check_signature(&signature), Ok(()));
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        use SignatureError::{OutOfRange, Zero};
        let (_, _, signature) = transaction();
        for at in [0, 1] {
            for (number, why) in [([0; 32], Zero), (ORDER, OutOfRange), ([0xff; 32], OutOfRange)] {
                let mut changed = signature;
                changed[32 * at..32 * (at + 1)].copy_from_slice(&number);
                assert_eq!(check_signature(&changed), Err(why));
            }
        }
    }

    #[test]
    fn the_recovery_id_says_which_key() {
        let (signer, hash, mut signature) = transaction();
        signature[64] = 1;
        assert_eq!(check_signature(&signature), Ok(()));
        assert_ne!(recover_key(&signature, &hash), Ok(signer.public()));
        for id in [2, 3, 4, 27, 28, 255] {
            signature[64] = id;
            assert_eq!(check_signature(&signature), Err(SignatureError::RecoveryId(id)));
        }
    }

    #[test]
    fn some_numbers_belong_to_no_key() {
        // No point of the curve has the x coordinate 5.
        let (_, hash, mut signature) = transaction();
        signature[..32].copy_from_slice(&[0; 32]);
        signature[31] = 5;
        assert_eq!(check_signature(&signature), Ok(()));
        assert_eq!(recover_key(&signature, &hash), Err(SignatureError::NoKey));
    }

    #[test]
    fn keys_are_compressed_points() {
        let mut key = [0; 33];
        for first in [0, 1, 4, 255] {
            key[0] = first;
            assert_eq!(check_key(&key), Err(KeyError::NotCanonical));
        }
        (key[0], key[32]) = (2, 5);
        assert_eq!(check_key(&key), Ok(()));
        assert_eq!(point(&key), Err(KeyError::NotOnCurve));
        // A coordinate beyond the field is no second encoding.
        key[1..].copy_from_slice(&[0xff; 32]);
        assert_eq!(point(&key), Err(KeyError::NotOnCurve));
    }
}
