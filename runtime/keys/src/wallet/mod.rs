//! Keys in a file: named, with one password for all. What is public is readable, what is secret
//! is encrypted.
//!
//! Guarantees: a file that is taken from its owner gives nothing away but names and addresses;
//! without the password nobody can change it such that it still opens; and no file, whatever
//! stands in it, makes the reader take more memory or time than the bounds here say. Names and
//! addresses that are read *without* the password are as trustworthy as the file's place is.

mod cost;
mod file;

use crate::address::Address;
use crate::key::{KeyError, KeyKind, KeyPair, PublicKey, SECRET_BYTES};
pub use cost::{Cost, SALT_BYTES};
pub use file::NONCE_BYTES;
use file::{Content, Sealed};
use zeroize::Zeroizing;

/// How many bytes a file may have.
pub const FILE_BYTES_MAX: usize = 1 << 20;

/// How many keys a file may have.
pub const KEYS_MAX: usize = 1024;

/// How many letters the name of a key may have.
pub const NAME_LETTERS_MAX: usize = 64;

/// Why a wallet cannot be read, opened or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalletError {
    /// No JSON of this format.
    #[error("this is not a wallet file")]
    NotAWallet,
    /// Larger than a wallet can be.
    #[error("the wallet file is larger than {FILE_BYTES_MAX} bytes")]
    TooLarge,
    /// Written by a later version.
    #[error("the wallet has format version {0}, and only 1 is known here: use a newer program")]
    NewerVersion(u64),
    /// A way of making keys from passwords, or of encrypting, that is not known.
    #[error("the wallet is encrypted in a way that is not known here: {0}")]
    UnknownAlgorithm(String),
    /// The password would have to be worked on longer, or with more memory, than is bearable.
    #[error(
        "the wallet asks for more memory or time than a wallet may, or for less than any needs"
    )]
    Cost,
    /// The parts of the file do not agree with one another.
    #[error("the wallet file is damaged: restore it from a copy")]
    Corrupt,
    /// The password is wrong, or somebody else has changed the file.
    #[error("the password is wrong")]
    WrongPassword,
    /// No key has this name.
    #[error("the wallet has no key named `{0}`")]
    UnknownKey(String),
    /// A key has this name already.
    #[error("the wallet has a key named `{0}` already")]
    KeyExists(String),
    /// No name for a key.
    #[error("a name has 1 to {NAME_LETTERS_MAX} letters of `a-z A-Z 0-9 . _ -`")]
    Name,
    /// No room for one more.
    #[error("a wallet has at most {KEYS_MAX} keys")]
    TooManyKeys,
    /// A secret that is none.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The memory that the password needs is not there.
    #[error("there is not enough memory to work on the password")]
    NoMemory,
}

/// What the file says of a key without the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How its owner calls it.
    pub name: String,
    /// The public half.
    pub public: PublicKey,
    /// The address of its account.
    pub address: Address,
}

/// A wallet whose secrets are still encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    content: Content,
    sealed: Sealed,
}

impl Wallet {
    /// Reads a file.
    pub fn from_json(json: &str) -> Result<Wallet, WalletError> {
        let (content, sealed) = file::read(json)?;
        Ok(Wallet { content, sealed })
    }

    /// The keys, in the order in which they were made.
    pub fn entries(&self) -> &[Entry] {
        &self.content.entries
    }

    /// The key with this name.
    pub fn entry(&self, name: &str) -> Result<&Entry, WalletError> {
        let mut entries = self.content.entries.iter();
        let entry = entries.find(|entry| entry.name == name);
        entry.ok_or_else(|| WalletError::UnknownKey(name.to_string()))
    }

    /// Decrypts the secrets.
    pub fn open(self, password: &[u8]) -> Result<OpenWallet, WalletError> {
        let sealing = self.content.cost.derive(password, &self.content.salt)?;
        let secrets = file::open(&sealing, &self.content, &self.sealed)?;
        // Whoever knows the password may write what they like; it is checked all the same.
        if secrets.len() != SECRET_BYTES * self.content.entries.len() {
            return Err(WalletError::Corrupt);
        }
        let mut keys = Vec::new();
        for (entry, secret) in self.content.entries.iter().zip(secrets.chunks_exact(SECRET_BYTES)) {
            let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
            bytes.copy_from_slice(secret);
            let key = KeyPair::from_secret(entry.public.kind(), &bytes)
                .map_err(|_| WalletError::Corrupt)?;
            if key.public() != entry.public {
                return Err(WalletError::Corrupt);
            }
            keys.push(key);
        }
        Ok(OpenWallet { content: self.content, sealing, keys })
    }
}

/// A wallet with its secrets. They are wiped when it is dropped.
pub struct OpenWallet {
    content: Content,
    /// What encrypts the secrets: made from the password.
    sealing: Zeroizing<[u8; 32]>,
    /// One for each entry.
    keys: Vec<KeyPair>,
}

impl OpenWallet {
    /// An empty wallet with this password. The salt should be random.
    pub fn new(
        password: &[u8],
        cost: Cost,
        salt: [u8; SALT_BYTES],
    ) -> Result<OpenWallet, WalletError> {
        let sealing = cost.derive(password, &salt)?;
        Ok(OpenWallet {
            content: Content { cost, salt, entries: Vec::new() },
            sealing,
            keys: Vec::new(),
        })
    }

    /// The keys, in the order in which they were made.
    pub fn entries(&self) -> &[Entry] {
        &self.content.entries
    }

    /// Adds the key of a secret, which should be random.
    pub fn add(
        &mut self,
        name: &str,
        kind: KeyKind,
        secret: &[u8; SECRET_BYTES],
    ) -> Result<&Entry, WalletError> {
        check_name(name)?;
        if self.keys.len() == KEYS_MAX {
            return Err(WalletError::TooManyKeys);
        }
        if self.content.entries.iter().any(|entry| entry.name == name) {
            return Err(WalletError::KeyExists(name.to_string()));
        }
        let key = KeyPair::from_secret(kind, secret)?;
        let entry = Entry::new(name.to_string(), key.public())?;
        self.keys.push(key);
        self.content.entries.push(entry);
        let last = self.content.entries.last();
        last.ok_or_else(|| WalletError::UnknownKey(name.to_string()))
    }

    /// Gives a key another name.
    pub fn rename(&mut self, name: &str, new: &str) -> Result<&Entry, WalletError> {
        check_name(new)?;
        let at = self.position(name)?;
        if self.content.entries.iter().any(|entry| entry.name == new) {
            return Err(WalletError::KeyExists(new.to_string()));
        }
        let entry = &mut self.content.entries[at];
        entry.name = new.to_string();
        Ok(entry)
    }

    /// Takes a key out; its secret is wiped.
    pub fn remove(&mut self, name: &str) -> Result<Entry, WalletError> {
        let at = self.position(name)?;
        self.keys.remove(at);
        Ok(self.content.entries.remove(at))
    }

    /// The same keys behind another password. The salt should be random.
    pub fn with_password(
        self,
        password: &[u8],
        cost: Cost,
        salt: [u8; SALT_BYTES],
    ) -> Result<OpenWallet, WalletError> {
        let sealing = cost.derive(password, &salt)?;
        let content = Content { cost, salt, entries: self.content.entries };
        Ok(OpenWallet { content, sealing, keys: self.keys })
    }

    fn position(&self, name: &str) -> Result<usize, WalletError> {
        let place = self.content.entries.iter().position(|entry| entry.name == name);
        place.ok_or_else(|| WalletError::UnknownKey(name.to_string()))
    }

    /// The key with this name.
    pub fn key(&self, name: &str) -> Result<&KeyPair, WalletError> {
        Ok(&self.keys[self.position(name)?])
    }

    /// The file. The nonce must be another one each time, so it should be random.
    pub fn to_json(&self, nonce: [u8; NONCE_BYTES]) -> Result<String, WalletError> {
        let mut secrets = Zeroizing::new(Vec::with_capacity(file::sealed_bytes(self.keys.len())));
        for key in &self.keys {
            secrets.extend_from_slice(&*key.secret());
        }
        let sealed = file::seal(&self.sealing, &self.content, secrets, nonce)?;
        Ok(file::write(&self.content, &sealed))
    }
}

impl Entry {
    fn new(name: String, public: PublicKey) -> Result<Entry, KeyError> {
        Ok(Entry { name, public, address: public.address()? })
    }
}

/// Whether a key may have this name.
fn check_name(name: &str) -> Result<(), WalletError> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    match (1..=NAME_LETTERS_MAX).contains(&name.len()) && name.bytes().all(is_letter) {
        true => Ok(()),
        false => Err(WalletError::Name),
    }
}
