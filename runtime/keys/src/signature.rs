//! Signatures of both kinds, of which each says whose it is.

use crate::address::Address;
use crate::encoding::Hash;
use crate::key::{
    Ed25519Key, KeyError, KeyKind, PublicKey, Secp256k1Key, address_of_ed25519, invalid,
};
use crate::{ed25519, secp256k1};
use borsh::{BorshDeserialize, BorshSerialize};
use std::fmt;
use std::io::{self, Read};

/// Why something is no signature, or not one of this hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// A kind that is not known here.
    #[error("there are no signatures of the kind {0}")]
    UnknownKind(u8),
    /// Too few bytes or too many.
    #[error("the signature has {0} bytes: too few or too many")]
    Length(usize),
    /// A number that is not below the order of the group.
    #[error("a number of the signature is too large for its curve")]
    OutOfRange,
    /// A number that is zero.
    #[error("a number of the signature is zero")]
    Zero,
    /// The second of two signatures that mean the same.
    #[error("the signature has a high s, of which only the low one is taken")]
    HighS,
    /// Neither of the two keys that can be recovered.
    #[error("the recovery id is {0}, it must be 0 or 1")]
    RecoveryId(u8),
    /// No key can have made it.
    #[error("no key belongs to this signature")]
    NoKey,
    /// The key that it names is none.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Another key than the expected one made it, or it is a signature of something else.
    #[error("the signature is not one of this key for this content")]
    Wrong,
}

/// A signature of a hash, in its only encoding. It says which key made it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Signature {
    /// Of ed25519, with the key that made it.
    Ed25519(Ed25519Signature),
    /// Of secp256k1, from which the key follows.
    Secp256k1(Secp256k1Signature),
}

/// A signature of ed25519 with its key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ed25519Signature {
    key: Ed25519Key,
    bytes: [u8; 64],
}

impl Ed25519Signature {
    /// Whose it says it is.
    pub fn key(&self) -> &Ed25519Key {
        &self.key
    }
    /// The signature as in RFC 8032.
    pub fn bytes(&self) -> &[u8; 64] {
        &self.bytes
    }
}

/// A signature of secp256k1: r, s, and which of two keys it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Secp256k1Signature([u8; 65]);

impl Secp256k1Signature {
    /// The numbers r and s, and the recovery id.
    pub fn bytes(&self) -> &[u8; 65] {
        &self.0
    }
}

impl Signature {
    /// A signature of ed25519, if these bytes may be one.
    pub fn ed25519(key: Ed25519Key, bytes: [u8; 64]) -> Result<Signature, SignatureError> {
        ed25519::check_signature(&bytes)?;
        Ok(Signature::Ed25519(Ed25519Signature { key, bytes }))
    }

    /// A signature of secp256k1, if these bytes may be one: r, s, recovery id.
    pub fn secp256k1(bytes: [u8; 65]) -> Result<Signature, SignatureError> {
        secp256k1::check_signature(&bytes)?;
        Ok(Signature::Secp256k1(Secp256k1Signature(bytes)))
    }

    /// The signature that these bytes encode.
    pub fn from_bytes(bytes: &[u8]) -> Result<Signature, SignatureError> {
        let (tag, rest) = bytes.split_first().ok_or(SignatureError::Length(0))?;
        let length = SignatureError::Length(bytes.len());
        match KeyKind::from_tag(*tag).ok_or(SignatureError::UnknownKind(*tag))? {
            KeyKind::Ed25519 => {
                let parts: &[u8; 96] = rest.try_into().map_err(|_| length)?;
                let (key, signature) = parts.split_at(32);
                let key = key.try_into().map_err(|_| length)?;
                let signature = signature.try_into().map_err(|_| length)?;
                Signature::ed25519(Ed25519Key::new(key)?, signature)
            }
            KeyKind::Secp256k1 => Signature::secp256k1(rest.try_into().map_err(|_| length)?),
        }
    }

    /// The encoding: the kind, then 96 or 65 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.kind() as u8];
        match self {
            Signature::Ed25519(signature) => {
                bytes.extend(signature.key.bytes());
                bytes.extend(signature.bytes);
            }
            Signature::Secp256k1(signature) => bytes.extend(signature.0),
        }
        bytes
    }

    /// The kind of the key that made it.
    pub fn kind(&self) -> KeyKind {
        match self {
            Signature::Ed25519(_) => KeyKind::Ed25519,
            Signature::Secp256k1(_) => KeyKind::Secp256k1,
        }
    }

    /// The key that signed the hash. For secp256k1 some key signed any hash: who asks knows which
    /// key or address to expect.
    pub fn recover(&self, hash: &Hash) -> Result<PublicKey, SignatureError> {
        match self {
            Signature::Ed25519(Ed25519Signature { key, bytes }) => {
                ed25519::verify(key.bytes(), bytes, hash)?;
                Ok(PublicKey::Ed25519(*key))
            }
            Signature::Secp256k1(signature) => {
                let key = secp256k1::recover_key(&signature.0, hash)?;
                Ok(PublicKey::Secp256k1(Secp256k1Key::new(key)?))
            }
        }
    }

    /// The address of the key that signed the hash: what [`Signature::recover`] gives, without
    /// the detour of a compressed key.
    pub fn signer(&self, hash: &Hash) -> Result<Address, SignatureError> {
        match self {
            Signature::Ed25519(Ed25519Signature { key, bytes }) => {
                ed25519::verify(key.bytes(), bytes, hash)?;
                Ok(address_of_ed25519(key))
            }
            Signature::Secp256k1(signature) => {
                secp256k1::recover(&signature.0, hash).map(|key| secp256k1::address(&key))
            }
        }
    }

    /// Whether this key signed the hash.
    pub fn verify(&self, key: &PublicKey, hash: &Hash) -> Result<(), SignatureError> {
        match self.recover(hash)? == *key {
            true => Ok(()),
            false => Err(SignatureError::Wrong),
        }
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), crate::to_hex(&self.to_bytes()[1..]))
    }
}

impl BorshSerialize for Signature {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(&self.to_bytes())
    }
}

impl BorshDeserialize for Signature {
    /// Refuses what [`Signature::from_bytes`] refuses.
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Signature> {
        let tag = u8::deserialize_reader(reader)?;
        let kind = KeyKind::from_tag(tag).ok_or(SignatureError::UnknownKind(tag));
        let signature = match kind.map_err(invalid)? {
            KeyKind::Ed25519 => {
                let key = Ed25519Key::new(<[u8; 32]>::deserialize_reader(reader)?);
                let bytes = <[u8; 64]>::deserialize_reader(reader)?;
                Signature::ed25519(key.map_err(invalid)?, bytes)
            }
            KeyKind::Secp256k1 => Signature::secp256k1(<[u8; 65]>::deserialize_reader(reader)?),
        };
        signature.map_err(invalid)
    }
}

/// Whether a key of ed25519 signed a message of any length; bytes that are no key or no signature
/// did not.
pub fn verify_ed25519(key: &[u8], signature: &[u8], message: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (key.try_into(), signature.try_into()) else { return false };
    ed25519::check_key(key).is_ok()
        && ed25519::check_signature(signature).is_ok()
        && ed25519::verify(key, signature, message).is_ok()
}

/// The address whose key of secp256k1 signed a hash; none for bytes that are no signature or no
/// hash.
pub fn recover_secp256k1(signature: &[u8], hash: &[u8]) -> Option<Address> {
    let signature = Signature::secp256k1(signature.try_into().ok()?).ok()?;
    signature.signer(&hash.try_into().ok()?).ok()
}
