//! Keys of both kinds: pairs that sign, and public keys with their addresses and encodings.

use crate::address::Address;
use crate::encoding::Hash;
use crate::signature::{Signature, SignatureError};
use crate::{ed25519, secp256k1};
use borsh::{BorshDeserialize, BorshSerialize};
use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;
use zeroize::Zeroizing;

/// How many bytes a secret key of either kind has.
pub const SECRET_BYTES: usize = 32;

/// The kinds of keys. Their numbers stand in encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyKind {
    /// Curve 25519: fast, and checked in batches.
    Ed25519 = 0,
    /// Ethereum's curve: the same key has the same address there.
    Secp256k1 = 1,
}

impl KeyKind {
    /// All kinds.
    pub const ALL: [KeyKind; 2] = [KeyKind::Ed25519, KeyKind::Secp256k1];

    /// The name that people write.
    pub fn name(self) -> &'static str {
        match self {
            KeyKind::Ed25519 => "ed25519",
            KeyKind::Secp256k1 => "secp256k1",
        }
    }

    /// The kind with this number in an encoding.
    pub(crate) fn from_tag(tag: u8) -> Option<KeyKind> {
        KeyKind::ALL.into_iter().find(|kind| *kind as u8 == tag)
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for KeyKind {
    type Err = KeyError;

    fn from_str(name: &str) -> Result<KeyKind, KeyError> {
        let mut kinds = KeyKind::ALL.into_iter();
        kinds.find(|kind| kind.name() == name).ok_or(KeyError::UnknownKind)
    }
}

/// Why bytes are no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A kind that is not known here.
    #[error("there are keys of the kinds ed25519 and secp256k1, and this is another one")]
    UnknownKind,
    /// Too few bytes or too many.
    #[error("a key of this kind has another length than {0} bytes")]
    Length(usize),
    /// A second encoding of a key that has another one.
    #[error("the key is not encoded as it must be")]
    NotCanonical,
    /// A point for which everything counts as signed.
    #[error("the key is a point of small order, for which anyone can sign")]
    SmallOrder,
    /// No point of the curve.
    #[error("the key is not a point of the curve")]
    NotOnCurve,
    /// A secret that is zero or not below the order of the group.
    #[error("the secret key is zero or too large for its curve")]
    OutOfRange,
}

/// A key that signs, with its public half. It is wiped when it is dropped, and cannot be printed
/// or copied.
pub struct KeyPair {
    signer: Signer,
    public: PublicKey,
}

enum Signer {
    Ed25519(ed25519::Signer),
    Secp256k1(secp256k1::Signer),
}

impl KeyPair {
    /// The pair of this secret, which should come from a good source of random bytes.
    pub fn from_secret(kind: KeyKind, secret: &[u8; SECRET_BYTES]) -> Result<KeyPair, KeyError> {
        let (signer, public) = match kind {
            KeyKind::Ed25519 => {
                let signer = ed25519::Signer::new(secret);
                let public = PublicKey::Ed25519(Ed25519Key::new(signer.public())?);
                (Signer::Ed25519(signer), public)
            }
            KeyKind::Secp256k1 => {
                let signer = secp256k1::Signer::new(secret)?;
                let public = PublicKey::Secp256k1(Secp256k1Key::new(signer.public())?);
                (Signer::Secp256k1(signer), public)
            }
        };
        Ok(KeyPair { signer, public })
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The kind of the key.
    pub fn kind(&self) -> KeyKind {
        self.public.kind()
    }

    /// The secret half, which is wiped again when it is dropped.
    pub fn secret(&self) -> Zeroizing<[u8; SECRET_BYTES]> {
        match &self.signer {
            Signer::Ed25519(signer) => Zeroizing::new(*signer.secret()),
            Signer::Secp256k1(signer) => signer.secret(),
        }
    }

    /// Signs a hash: always with the same bytes.
    pub fn sign(&self, hash: &Hash) -> Result<Signature, SignatureError> {
        match (&self.signer, self.public) {
            (Signer::Ed25519(signer), PublicKey::Ed25519(key)) => {
                Signature::ed25519(key, signer.sign(hash))
            }
            (Signer::Secp256k1(signer), _) => Signature::secp256k1(signer.sign(hash)?),
            (Signer::Ed25519(_), PublicKey::Secp256k1(_)) => {
                Err(SignatureError::Key(KeyError::UnknownKind))
            }
        }
    }
}

impl fmt::Debug for KeyPair {
    /// The public half alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("public", &self.public).finish_non_exhaustive()
    }
}

/// Bytes that may be a key of ed25519: encoded as they must be and not of small order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ed25519Key([u8; 32]);

impl Ed25519Key {
    /// The key in these bytes. Whether they are a point of the curve shows when it is used.
    pub fn new(bytes: [u8; 32]) -> Result<Ed25519Key, KeyError> {
        ed25519::check_key(&bytes).map(|()| Ed25519Key(bytes))
    }
    /// The encoding of RFC 8032.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Bytes that may be a compressed key of secp256k1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Secp256k1Key([u8; 33]);

impl Secp256k1Key {
    /// The key in these bytes. Whether they are a point of the curve shows when it is used.
    pub fn new(bytes: [u8; 33]) -> Result<Secp256k1Key, KeyError> {
        secp256k1::check_key(&bytes).map(|()| Secp256k1Key(bytes))
    }
    /// The compressed encoding of SEC 1.
    pub fn bytes(&self) -> &[u8; 33] {
        &self.0
    }
}

/// The public half of a key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PublicKey {
    /// A key of ed25519.
    Ed25519(Ed25519Key),
    /// A key of secp256k1.
    Secp256k1(Secp256k1Key),
}

impl PublicKey {
    /// The key in these bytes, which must be a point of the curve.
    pub fn from_bytes(kind: KeyKind, bytes: &[u8]) -> Result<PublicKey, KeyError> {
        let key = match kind {
            KeyKind::Ed25519 => {
                let bytes = bytes.try_into().map_err(|_| KeyError::Length(bytes.len()))?;
                PublicKey::Ed25519(Ed25519Key::new(bytes)?)
            }
            KeyKind::Secp256k1 => {
                let bytes = bytes.try_into().map_err(|_| KeyError::Length(bytes.len()))?;
                PublicKey::Secp256k1(Secp256k1Key::new(bytes)?)
            }
        };
        key.check_point().map(|()| key)
    }

    /// The kind of the key.
    pub fn kind(&self) -> KeyKind {
        match self {
            PublicKey::Ed25519(_) => KeyKind::Ed25519,
            PublicKey::Secp256k1(_) => KeyKind::Secp256k1,
        }
    }

    /// The bytes by which the key is known elsewhere: 32, or 33 in compressed form.
    pub fn bytes(&self) -> &[u8] {
        match self {
            PublicKey::Ed25519(key) => key.bytes(),
            PublicKey::Secp256k1(key) => key.bytes(),
        }
    }

    /// The address of the key's account.
    pub fn address(&self) -> Result<Address, KeyError> {
        match self {
            PublicKey::Ed25519(key) => Ok(address_of_ed25519(key)),
            PublicKey::Secp256k1(key) => {
                secp256k1::point(key.bytes()).map(|point| secp256k1::address(&point))
            }
        }
    }

    /// Whether the bytes are a point of the curve.
    fn check_point(&self) -> Result<(), KeyError> {
        match self {
            PublicKey::Ed25519(key) => ed25519::check_point(key.bytes()),
            PublicKey::Secp256k1(key) => secp256k1::point(key.bytes()).map(drop),
        }
    }
}

/// The address of a key of ed25519.
pub(crate) fn address_of_ed25519(key: &Ed25519Key) -> Address {
    Address::of_hash(b"fvm/ed25519", key.bytes())
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), crate::to_hex(self.bytes()))
    }
}

impl BorshSerialize for PublicKey {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        (self.kind() as u8).serialize(writer)?;
        writer.write_all(self.bytes())
    }
}

impl BorshDeserialize for PublicKey {
    /// Refuses what [`Ed25519Key::new`] and [`Secp256k1Key::new`] refuse.
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<PublicKey> {
        let kind = KeyKind::from_tag(u8::deserialize_reader(reader)?);
        let key = match kind.ok_or(KeyError::UnknownKind).map_err(invalid)? {
            KeyKind::Ed25519 => {
                Ed25519Key::new(<[u8; 32]>::deserialize_reader(reader)?).map(PublicKey::Ed25519)
            }
            KeyKind::Secp256k1 => {
                Secp256k1Key::new(<[u8; 33]>::deserialize_reader(reader)?).map(PublicKey::Secp256k1)
            }
        };
        key.map_err(invalid)
    }
}

/// An error as the encoding's library reports it.
pub(crate) fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
