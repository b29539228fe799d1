//! The file: JSON in which the secrets are one encrypted text, bound to everything else.
//!
//! A checksum that anybody can compute tells damage from a wrong password; the encryption's own
//! tag, over all that is not encrypted as well, tells both from a file that somebody changed.

use super::{Cost, Entry, FILE_BYTES_MAX, KEYS_MAX, SALT_BYTES, WalletError, check_name};
use crate::address::Address;
use crate::key::{KeyKind, PublicKey, SECRET_BYTES};
use crate::text::{from_hex, to_hex};
use borsh::BorshSerialize;
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// What the file calls itself.
const FORMAT: &str = "fvm-wallet";

/// The version that is written and read.
const VERSION: u64 = 1;

/// How keys are made from passwords.
const DERIVATION: &str = "argon2id";

/// How secrets are encrypted.
const CIPHER: &str = "xchacha20-poly1305";

/// How many bytes a nonce of the cipher has.
pub const NONCE_BYTES: usize = 24;

/// How many bytes the cipher adds.
const TAG_BYTES: usize = 16;

/// What is readable without the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub cost: Cost,
    pub salt: [u8; SALT_BYTES],
    pub entries: Vec<Entry>,
}

/// What is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub nonce: [u8; NONCE_BYTES],
    pub secrets: Vec<u8>,
}

/// The form as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    format: String,
    version: u64,
    keys: Vec<KeyForm>,
    derivation: DerivationForm,
    cipher: String,
    nonce: String,
    secrets: String,
    checksum: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyForm {
    name: String,
    address: String,
    kind: String,
    public_key: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DerivationForm {
    algorithm: String,
    cost: Cost,
    salt: String,
}

/// What every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

/// How many bytes the secrets of so many keys are when they are encrypted.
pub(super) fn sealed_bytes(keys: usize) -> usize {
    SECRET_BYTES * keys + TAG_BYTES
}

/// The file's text.
pub(super) fn write(content: &Content, sealed: &Sealed) -> String {
    let key = |entry: &Entry| KeyForm {
        name: entry.name.clone(),
        address: entry.address.to_string(),
        kind: entry.public.kind().to_string(),
        public_key: to_hex(entry.public.bytes()),
    };
    let form = Form {
        format: FORMAT.to_string(),
        version: VERSION,
        keys: content.entries.iter().map(key).collect(),
        derivation: DerivationForm {
            algorithm: DERIVATION.to_string(),
            cost: content.cost,
            salt: to_hex(&content.salt),
        },
        cipher: CIPHER.to_string(),
        nonce: to_hex(&sealed.nonce),
        secrets: to_hex(&sealed.secrets),
        checksum: to_hex(&checksum(content, sealed)),
    };
    serde_json::to_string_pretty(&form).unwrap_or_default() + "\n"
}

/// What the file's text says.
pub(super) fn read(json: &str) -> Result<(Content, Sealed), WalletError> {
    if json.len() > FILE_BYTES_MAX {
        return Err(WalletError::TooLarge);
    }
    let head: Head = serde_json::from_str(json).map_err(|_| WalletError::NotAWallet)?;
    if head.format != FORMAT || head.version == 0 {
        return Err(WalletError::NotAWallet);
    }
    if head.version > VERSION {
        return Err(WalletError::NewerVersion(head.version));
    }
    let form: Form = serde_json::from_str(json).map_err(|_| WalletError::Corrupt)?;
    for (name, known) in [(&form.derivation.algorithm, DERIVATION), (&form.cipher, CIPHER)] {
        if name != known {
            return Err(WalletError::UnknownAlgorithm(name.clone()));
        }
    }
    form.derivation.cost.check()?;
    if form.keys.len() > KEYS_MAX {
        return Err(WalletError::TooManyKeys);
    }
    let content = Content {
        cost: form.derivation.cost,
        salt: bytes(&form.derivation.salt)?,
        entries: form.keys.iter().map(entry).collect::<Result<_, _>>()?,
    };
    let secrets = from_hex(&form.secrets).ok_or(WalletError::Corrupt)?;
    let sealed = Sealed { nonce: bytes(&form.nonce)?, secrets };
    let is_whole = bytes(&form.checksum)? == checksum(&content, &sealed);
    match is_whole && sealed.secrets.len() == sealed_bytes(content.entries.len()) {
        true => Ok((content, sealed)),
        false => Err(WalletError::Corrupt),
    }
}

/// So many bytes of a text.
fn bytes<const N: usize>(text: &str) -> Result<[u8; N], WalletError> {
    let bytes = from_hex(text).ok_or(WalletError::Corrupt)?;
    bytes.try_into().map_err(|_| WalletError::Corrupt)
}

/// A key of the list, whose address must be its own.
fn entry(form: &KeyForm) -> Result<Entry, WalletError> {
    check_name(&form.name)?;
    let kind: KeyKind = form.kind.parse()?;
    let public = from_hex(&form.public_key).ok_or(WalletError::Corrupt)?;
    let public = PublicKey::from_bytes(kind, &public).map_err(|_| WalletError::Corrupt)?;
    let entry = Entry::new(form.name.clone(), public)?;
    match form.address.parse::<Address>() {
        Ok(address) if address == entry.address => Ok(entry),
        _ => Err(WalletError::Corrupt),
    }
}

impl Content {
    /// What is not encrypted but must not be changed either. Addresses follow from keys.
    fn bound(&self) -> Vec<u8> {
        let names: Vec<(&str, PublicKey)> =
            self.entries.iter().map(|entry| (entry.name.as_str(), entry.public)).collect();
        let mut bytes = b"fvm/wallet/1".to_vec();
        // Writing to memory cannot fail.
        let _ = (self.cost, self.salt, names).serialize(&mut bytes);
        bytes
    }
}

/// What shows damage.
fn checksum(content: &Content, sealed: &Sealed) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&content.bound()).update(&sealed.nonce).update(&sealed.secrets);
    *hasher.finalize().as_bytes()
}

/// Encrypts the secrets, in place.
pub(super) fn seal(
    sealing: &[u8; 32],
    content: &Content,
    mut secrets: Zeroizing<Vec<u8>>,
    nonce: [u8; NONCE_BYTES],
) -> Result<Sealed, WalletError> {
    let cipher = XChaCha20Poly1305::new(sealing.into());
    let sealed = cipher.encrypt_in_place(&nonce.into(), &content.bound(), &mut *secrets);
    // It fails only for more than the cipher can number.
    sealed.map_err(|_| WalletError::TooManyKeys)?;
    Ok(Sealed { nonce, secrets: std::mem::take(&mut *secrets) })
}

/// Decrypts the secrets.
pub(super) fn open(
    sealing: &[u8; 32],
    content: &Content,
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, WalletError> {
    let cipher = XChaCha20Poly1305::new(sealing.into());
    let mut secrets = Zeroizing::new(sealed.secrets.clone());
    let opened = cipher.decrypt_in_place(&sealed.nonce.into(), &content.bound(), &mut *secrets);
    opened.map(|()| secrets).map_err(|_| WalletError::WrongPassword)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wallet::{OpenWallet, Wallet};

    #[test]
    fn a_file_that_somebody_rewrote_does_not_open() {
        let cost = Cost { memory_kib: 32, passes: 1, lanes: 4 };
        let mut wallet = OpenWallet::new(b"password", cost, [3; SALT_BYTES]).expect("a wallet");
        wallet.add("alice", KeyKind::Ed25519, &[1; 32]).expect("a key");
        wallet.add("bob", KeyKind::Ed25519, &[2; 32]).expect("a key");
        let (content, sealed) = read(&wallet.to_json([9; 24]).expect("a file")).expect("a wallet");
        // Each with a checksum that fits.
        let rewritten = |change: &dyn Fn(&mut Content)| {
            let mut changed = content.clone();
            change(&mut changed);
            let wallet = Wallet::from_json(&write(&changed, &sealed)).expect("a wallet");
            wallet.open(b"password").err()
        };
        let wrong = Some(WalletError::WrongPassword);
        assert_eq!(rewritten(&|_| ()), None);
        assert_eq!(rewritten(&|content| content.entries.swap(0, 1)), wrong);
        assert_eq!(rewritten(&|content| content.entries[0].name.push('x')), wrong);
        assert_eq!(rewritten(&|content| content.entries[1] = content.entries[0].clone()), wrong);
        assert_eq!(rewritten(&|content| content.cost.passes = 2), wrong);
        assert_eq!(rewritten(&|content| content.salt[0] ^= 1), wrong);
    }
}
