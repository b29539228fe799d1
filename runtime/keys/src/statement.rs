//! Signed statements: text that the owner of an address signed, to prove that the address is
//! theirs.
//!
//! What is signed is the hash of a tag and the text, so that no transaction can pass as a
//! statement and no statement as a transaction, whatever the text says. The text belongs to no
//! chain: a statement is about the owner of a key, who is the same everywhere. Whoever asks for
//! one should ask for a text of their own choice, or anybody could show an older one again.

use crate::address::Address;
use crate::encoding::Hash;
use crate::key::KeyPair;
use crate::signature::{Signature, SignatureError};
use crate::text::{from_hex, to_hex};
use serde::{Deserialize, Serialize};

/// What stands before the text in what is signed. No other tag begins with it: a later version
/// must not be called 10.
const TAG: &[u8] = b"fvm/statement/1";

/// What the file calls itself.
const FORMAT: &str = "fvm-statement";

/// The version that is written and read.
const VERSION: u64 = 1;

/// How many bytes of UTF-8 a statement may have.
pub const TEXT_BYTES_MAX: usize = 64 << 10;

/// How many bytes its form as JSON may have: each byte of text may be written with six.
const JSON_BYTES_MAX: usize = 6 * TEXT_BYTES_MAX + (4 << 10);

/// A text, who says to have signed it, and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What was signed, to the byte.
    pub text: String,
    /// Whose it says it is; [`Statement::verify`] tells whether it is so.
    pub address: Address,
    /// The signature of the text's hash.
    pub signature: Signature,
}

/// Why something is no statement, or not one of its address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// The text is too long to be signed.
    #[error("a statement has at most {TEXT_BYTES_MAX} bytes, this has {0}")]
    TooLong(usize),
    /// No JSON of this format.
    #[error("this is not a signed statement")]
    NotAStatement,
    /// Written by a later version.
    #[error("the statement has format version {0}, and only {VERSION} is known here")]
    NewerVersion(u64),
    /// The address cannot be read.
    #[error(transparent)]
    Address(#[from] crate::AddressError),
    /// The signature cannot be one.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The address is another one than that of the key, or the text was changed.
    #[error("the statement was not signed by the owner of {0}")]
    NotTheOwner(Address),
}

/// The form as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    format: String,
    version: u64,
    address: String,
    statement: String,
    signature: String,
}

/// What every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

impl Statement {
    /// What is signed for this text.
    pub fn hash(text: &str) -> Result<Hash, StatementError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(StatementError::TooLong(text.len()));
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(TAG).update(text.as_bytes());
        Ok(*hasher.finalize().as_bytes())
    }

    /// Signs a text.
    pub fn sign(key: &KeyPair, text: &str) -> Result<Statement, StatementError> {
        let signature = key.sign(&Statement::hash(text)?)?;
        let address = key.public().address().map_err(SignatureError::Key)?;
        Ok(Statement { text: text.to_string(), address, signature })
    }

    /// Whose the statement is, if it is whose it says.
    pub fn verify(&self) -> Result<Address, StatementError> {
        match self.signature.signer(&Statement::hash(&self.text)?) {
            Ok(signer) if signer == self.address => Ok(signer),
            Ok(_) | Err(SignatureError::Wrong | SignatureError::NoKey) => {
                Err(StatementError::NotTheOwner(self.address))
            }
            Err(error) => Err(StatementError::Signature(error)),
        }
    }

    /// The form that people paste.
    pub fn to_json(&self) -> String {
        let form = Form {
            format: FORMAT.to_string(),
            version: VERSION,
            address: self.address.to_string(),
            statement: self.text.clone(),
            signature: to_hex(&self.signature.to_bytes()),
        };
        serde_json::to_string_pretty(&form).unwrap_or_default()
    }

    /// Reads what [`Statement::to_json`] writes. Nothing is verified yet.
    pub fn from_json(json: &str) -> Result<Statement, StatementError> {
        if json.len() > JSON_BYTES_MAX {
            return Err(StatementError::TooLong(json.len()));
        }
        let head: Head = serde_json::from_str(json).map_err(|_| StatementError::NotAStatement)?;
        if head.format != FORMAT || head.version == 0 {
            return Err(StatementError::NotAStatement);
        }
        if head.version > VERSION {
            return Err(StatementError::NewerVersion(head.version));
        }
        let form: Form = serde_json::from_str(json).map_err(|_| StatementError::NotAStatement)?;
        if form.statement.len() > TEXT_BYTES_MAX {
            return Err(StatementError::TooLong(form.statement.len()));
        }
        let signature = from_hex(&form.signature).ok_or(StatementError::NotAStatement)?;
        Ok(Statement {
            text: form.statement,
            address: form.address.parse()?,
            signature: Signature::from_bytes(&signature)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::KeyKind;
    use pretty_assertions::assert_eq;

    const TEXT: &str = "I own this address. Line 2: \"ünï\" \u{1F600}\n";

    fn statement(kind: KeyKind) -> Statement {
        let key = KeyPair::from_secret(kind, &[5; 32]).expect("a key");
        Statement::sign(&key, TEXT).expect("a statement")
    }

    #[test]
    fn what_is_signed_does_not_change() {
        // Other programs make the same.
        let hash = Statement::hash("I own this address").expect("short enough");
        assert_eq!(
            to_hex(&hash),
            to_hex(blake3::hash(b"fvm/statement/1I own this address").as_bytes())
        );
    }

    #[test]
    fn a_statement_goes_through_its_text() {
        for kind in KeyKind::ALL {
            let statement = statement(kind);
            assert_eq!(statement.verify(), Ok(statement.address));
            let read = Statement::from_json(&statement.to_json()).expect("a statement");
            assert_eq!(read, statement);
            assert_eq!(read.verify(), Ok(statement.address));
        }
    }

    #[test]
    fn another_text_or_address_is_seen() {
        for kind in KeyKind::ALL {
            let mut changed = statement(kind);
            changed.text.push(' ');
            assert_eq!(changed.verify(), Err(StatementError::NotTheOwner(changed.address)));
            let mut changed = statement(kind);
            changed.address = Address::of_name("somebody else");
            assert_eq!(changed.verify(), Err(StatementError::NotTheOwner(changed.address)));
        }
    }

    #[test]
    fn long_texts_are_refused() {
        let key = KeyPair::from_secret(KeyKind::Ed25519, &[5; 32]).expect("a key");
        // The longest there is, written in the longest way.
        let longest = "\u{1}".repeat(TEXT_BYTES_MAX);
        let statement = Statement::sign(&key, &longest).expect("a statement");
        assert_eq!(Statement::from_json(&statement.to_json()), Ok(statement));
        let longer = "x".repeat(TEXT_BYTES_MAX + 1);
        let too_long = StatementError::TooLong(TEXT_BYTES_MAX + 1);
        assert_eq!(Statement::sign(&key, &longer), Err(too_long));
    }

    #[test]
    fn other_files_are_no_statements() {
        use StatementError::{NewerVersion, NotAStatement};
        let json = statement(KeyKind::Ed25519).to_json();
        let read = |from: &str, to: &str| {
            assert!(json.contains(from), "{from}");
            Statement::from_json(&json.replace(from, to)).err()
        };
        assert_eq!(Statement::from_json(""), Err(NotAStatement));
        assert_eq!(Statement::from_json("[]"), Err(NotAStatement));
        assert_eq!(Statement::from_json(&"[".repeat(9999)), Err(NotAStatement));
        assert_eq!(Statement::from_json(&json[..json.len() - 2]), Err(NotAStatement));
        assert_eq!(read("fvm-statement", "fvm-wallet"), Some(NotAStatement));
        assert_eq!(read("\"version\": 1", "\"version\": 0"), Some(NotAStatement));
        assert_eq!(read("\"version\": 1", "\"version\": -1"), Some(NotAStatement));
        assert_eq!(read("\"version\": 1", "\"version\": 2, \"more\": 1"), Some(NewerVersion(2)));
        assert_eq!(read("\"version\": 1", "\"version\": 1, \"more\": 1"), Some(NotAStatement));
        assert_eq!(read("\"0x00", "\"00"), Some(NotAStatement));
        let unknown = SignatureError::UnknownKind(7);
        assert_eq!(read("\"0x00", "\"0x07"), Some(StatementError::Signature(unknown)));
        let address = statement(KeyKind::Ed25519).address.to_string();
        let wrong = address.to_lowercase().replace("0x", "0xA");
        let length = StatementError::Address(crate::AddressError::Form);
        assert_eq!(read(&address, &wrong), Some(length));
    }
}
