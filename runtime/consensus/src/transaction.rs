//! Transactions as the engine carries them: bytes, which may be anything.

use fvm_keys::{Check, SignatureError, verify_batch};
use fvm_ledger::block::{SignedTransaction, encode};
use std::fmt;

/// What stands in the codespace of results.
pub(crate) const CODESPACE: &str = "fvm";

/// The result of a transaction, as a number in the engine's results. They are part of what replicas
/// agree on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub(crate) enum Code {
    /// It was taken.
    Taken = 0,
    /// The bytes are no transaction.
    Malformed = 1,
    /// The signature is not that of the signer.
    Signature = 2,
    /// The ledger refuses it.
    Refused = 3,
    /// It may not wait here, where others wait.
    Waiting = 4,
}

/// Why bytes are no transaction of anybody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// They are not the encoding of a transaction.
    Malformed(String),
    /// It is not signed by its signer.
    Signature(SignatureError),
}

impl Fault {
    pub(crate) fn code(&self) -> Code {
        match self {
            Fault::Malformed(_) => Code::Malformed,
            Fault::Signature(_) => Code::Signature,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Malformed(what) => write!(f, "not a signed transaction: {what}"),
            Fault::Signature(error) => write!(f, "the signature: {error}"),
        }
    }
}

/// Reads a transaction. Only the one encoding that a transaction has is taken.
pub(crate) fn decode(bytes: &[u8]) -> Result<SignedTransaction, Fault> {
    let malformed = |what: &dyn fmt::Display| Fault::Malformed(what.to_string());
    let signed: SignedTransaction = borsh::from_slice(bytes).map_err(|error| malformed(&error))?;
    if encode(&signed) != bytes {
        return Err(malformed(&"it has another encoding"));
    }
    Ok(signed)
}

/// Reads the transactions of a block and checks their signatures, many at once.
pub(crate) fn read_all<T: AsRef<[u8]>>(all: &[T]) -> Vec<Result<SignedTransaction, Fault>> {
    let mut read: Vec<Result<SignedTransaction, Fault>> =
        all.iter().map(|bytes| decode(bytes.as_ref())).collect();
    let check = |signed: &SignedTransaction| Check {
        signature: signed.signature,
        hash: signed.transaction.hash(),
    };
    let checks: Vec<Check> = read.iter().flatten().map(check).collect();
    let mut signers = verify_batch(&checks).into_iter();
    for entry in &mut read {
        let Ok(signed) = entry else { continue };
        let fault = match signers.next() {
            Some(Ok(signer)) if signer == signed.transaction.signer => continue,
            Some(Err(error)) => error,
            Some(Ok(_)) | None => SignatureError::Wrong,
        };
        *entry = Err(Fault::Signature(fault));
    }
    read
}
