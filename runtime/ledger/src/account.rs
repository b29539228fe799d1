//! Accounts, as they stand in the state, and the keys of what a contract stores.

use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use std::sync::Arc;

/// 32 bytes of BLAKE3.
pub type Hash = [u8; 32];

/// An account: coins, counters, and for a contract its code.
#[derive(Clone, Default, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Account {
    /// Coins, in the smallest unit.
    pub balance: u128,
    /// Transactions of its key so far.
    pub nonce: u64,
    /// Messages that it sent so far: makes their ids.
    pub sent: u64,
    /// Contracts that it created so far: makes their addresses.
    pub created: u64,
    /// Calls that it scheduled so far: their numbers.
    pub scheduled: u64,
    /// Messages that changed more than its balance: what a difference applies to.
    pub version: u64,
    /// Coins held for its storage.
    pub deposit: u128,
    /// Coins paid for the gas of its scheduled calls.
    pub parked: u128,
    /// Bytes of its storage.
    pub bytes: u64,
    /// The contract at this address.
    pub contract: Option<Contract>,
    /// The root of the tree of its storage, as of the last block.
    pub storage_root: Hash,
}

/// A deployed contract.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Contract {
    /// The hash of its code.
    pub code: Hash,
    /// Its Story is written: only views answer.
    pub is_concluded: bool,
    /// Stories that it wrote.
    pub stories: u64,
    /// Answers of which the handler failed.
    pub dead_letters: u64,
}

/// The key of something that an account stores. Fields of a contract are numbered from 0; what
/// the ledger keeps for it has numbers that no module can use.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize)]
pub struct Key(pub Vec<u8>);

/// The bytes of something stored.
pub type Bytes = Arc<[u8]>;

/// The field number of what the ledger keeps.
const LEDGER_FIELD: u16 = u16::MAX;

impl Key {
    /// A scalar field.
    pub fn value(field: u16) -> Key {
        Key(field.to_be_bytes().to_vec())
    }
    /// An entry of a map or set.
    pub fn entry(field: u16, key: &[u8]) -> Key {
        Key::tagged(field, 1, key)
    }
    /// The number of entries of a map or set.
    pub fn size(field: u16) -> Key {
        Key::tagged(field, 3, &[])
    }
    /// What the sender of a request saved for its answer.
    pub fn ask(message: &Hash) -> Key {
        Key::tagged(LEDGER_FIELD, 1, message)
    }
    /// A scheduled call.
    pub fn timer(number: u64) -> Key {
        Key::tagged(LEDGER_FIELD, 2, &number.to_be_bytes())
    }
    /// The dead letter with this number, of the last 256.
    pub fn dead_letter(number: u64) -> Key {
        Key::tagged(LEDGER_FIELD, 3, &[(number % DEAD_LETTERS_MAX) as u8])
    }
    /// The peaks of the mountain range of the contract's Stories.
    pub fn stories() -> Key {
        Key::tagged(LEDGER_FIELD, 4, &[])
    }
    /// The code with this hash, at [`SYSTEM`].
    pub fn code(hash: &Hash) -> Key {
        Key::tagged(LEDGER_FIELD, 5, hash)
    }
    /// The hash of the code that this is the key of.
    pub fn code_hash(&self) -> Option<Hash> {
        let rest = self.0.strip_prefix(&Key::tagged(LEDGER_FIELD, 5, &[]).0[..])?;
        rest.try_into().ok()
    }
    /// The parameters that begin with an epoch, at [`SYSTEM`].
    pub fn parameters(epoch: u64) -> Key {
        Key::tagged(LEDGER_FIELD, 6, &epoch.to_be_bytes())
    }
    fn tagged(field: u16, tag: u8, rest: &[u8]) -> Key {
        let mut key = Vec::with_capacity(3 + rest.len());
        key.extend(field.to_be_bytes());
        key.push(tag);
        key.extend_from_slice(rest);
        Key(key)
    }
}

/// Dead letters kept of one contract (R11).
pub const DEAD_LETTERS_MAX: u64 = 256;

/// The account that keeps code and parameters.
pub const SYSTEM: Address = Address([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);

/// The state cannot be read: a fault of the node, never the result of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unavailable(pub String);

impl std::fmt::Display for Unavailable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the state cannot be read: {}", self.0)
    }
}

impl std::error::Error for Unavailable {}

/// The state as it was at one moment.
pub trait View: Sync {
    /// The account at this address, if anything ever happened to it.
    fn account(&self, address: Address) -> Result<Option<Account>, Unavailable>;
    /// What this account stores under a key.
    fn stored(&self, address: Address, key: &Key) -> Result<Option<Bytes>, Unavailable>;
    /// Whether the code with this hash was uploaded.
    fn has_code(&self, hash: &Hash) -> Result<bool, Unavailable> {
        Ok(self.stored(SYSTEM, &Key::code(hash))?.is_some())
    }
}

impl Account {
    /// All coins at this address.
    pub fn coins(&self) -> u128 {
        self.balance + self.deposit + self.parked
    }
}
