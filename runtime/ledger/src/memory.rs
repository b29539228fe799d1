//! A state in memory: of suites, and of tests of the ledger itself. Copies share what neither has
//! changed.

use crate::account::{Account, Bytes, Hash, Key, SYSTEM, Unavailable, View};
use crate::difference::Writes;
use fvm_keys::Address;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one account stores.
pub type Storage = BTreeMap<Key, Bytes>;

/// All accounts, and what they store.
#[derive(Clone, Default, Debug)]
pub struct Memory {
    accounts: BTreeMap<Address, Account>,
    storages: BTreeMap<Address, Arc<Storage>>,
    /// All code counts as uploaded: a suite has its own.
    has_all_code: bool,
}

impl Memory {
    /// The empty state of a suite, whose code needs no upload.
    pub fn of_suite() -> Memory {
        Memory { has_all_code: true, ..Memory::default() }
    }
    /// The account at this address, made empty if it is new.
    pub fn at(&mut self, address: Address) -> &mut Account {
        self.accounts.entry(address).or_default()
    }
    /// Coins at this address.
    pub fn balance(&self, address: Address) -> u128 {
        self.accounts.get(&address).map_or(0, |account| account.balance)
    }
    /// All accounts by address.
    pub fn accounts(&self) -> impl Iterator<Item = (&Address, &Account)> {
        self.accounts.iter()
    }
    /// What an account stores.
    pub fn storage(&self, address: Address) -> Option<&Storage> {
        self.storages.get(&address).map(|storage| &**storage)
    }
    /// Sets or removes something stored.
    pub fn store(&mut self, address: Address, key: Key, value: Option<Bytes>) {
        let storage = Arc::make_mut(self.storages.entry(address).or_default());
        match value {
            Some(value) => storage.insert(key, value),
            None => storage.remove(&key),
        };
    }
    /// Takes over what a component has become.
    pub fn keep(&mut self, address: Address, account: Account, writes: Writes) {
        self.accounts.insert(address, account);
        for (key, value) in writes {
            self.store(address, key, value);
        }
    }
}

impl View for Memory {
    fn account(&self, address: Address) -> Result<Option<Account>, Unavailable> {
        Ok(self.accounts.get(&address).cloned())
    }
    fn stored(&self, address: Address, key: &Key) -> Result<Option<Bytes>, Unavailable> {
        Ok(self.storages.get(&address).and_then(|storage| storage.get(key)).cloned())
    }
    fn has_code(&self, hash: &Hash) -> Result<bool, Unavailable> {
        let key = Key::code(hash);
        Ok(self.has_all_code || self.stored(SYSTEM, &key)?.is_some())
    }
}
