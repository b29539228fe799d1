//! Who one is: addresses ([`Address`]), keys of two kinds ([`KeyPair`], [`PublicKey`]) and what
//! they sign ([`Signature`]), many signatures at once ([`batch`]), statements that people sign
//! ([`Statement`]), and the file in which keys are kept ([`wallet`]).
//!
//! Relies on nothing of ours, and on no randomness, clock or file: whoever needs a new key, salt
//! or nonce brings the bytes. Guarantees: the same key signs the same hash with the same bytes;
//! every value has one encoding, and whatever else is refused with a type that says why; what is
//! checked in a batch means what it means alone; secrets are wiped when they are dropped.

pub mod address;
pub mod batch;
mod ed25519;
mod encoding;
pub mod key;
mod secp256k1;
pub mod signature;
pub mod statement;
mod text;
#[cfg(feature = "wallet")]
pub mod wallet;

pub use address::{Address, AddressError};
pub use batch::{Check, verify_batch, verify_shared};
pub use encoding::Hash;
pub use key::{KeyError, KeyKind, KeyPair, PublicKey, SECRET_BYTES};
pub use signature::{Signature, SignatureError, recover_secp256k1, verify_ed25519};
pub use statement::{Statement, StatementError};
pub use text::{from_hex, to_hex};
