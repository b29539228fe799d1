//! What the ledger remembers: balances, contracts and their storage.

use crate::address::Address;
use std::collections::BTreeMap;
use std::rc::Rc;

/// An account: a balance, and for a contract its code and storage.
#[derive(Clone, Default, Debug)]
pub struct Account {
    /// Coins, in the smallest unit.
    pub balance: u128,
    /// Contracts created so far: makes the next address.
    pub created: u64,
    /// The contract at this address.
    pub contract: Option<Contract>,
}

/// A deployed contract. Storage is shared between copies of a world until one writes.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The class, as its module names it.
    pub class: String,
    /// Its storage.
    pub storage: Rc<Storage>,
    /// Its Story is written: only views answer.
    pub is_concluded: bool,
}

/// The storage of a contract: values of fields, entries of maps and sets.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Storage {
    values: BTreeMap<u32, Rc<[u8]>>,
    entries: BTreeMap<(u32, Vec<u8>), Rc<[u8]>>,
    sizes: BTreeMap<u32, u64>,
}

impl Storage {
    /// The value of a field.
    pub fn value(&self, field: u32) -> Option<&Rc<[u8]>> {
        self.values.get(&field)
    }
    /// Sets or removes the value of a field.
    pub fn set_value(&mut self, field: u32, value: Option<Rc<[u8]>>) {
        match value {
            Some(value) => self.values.insert(field, value),
            None => self.values.remove(&field),
        };
    }
    /// An entry of a map or set.
    pub fn entry(&self, field: u32, key: &[u8]) -> Option<&Rc<[u8]>> {
        self.entries.get(&(field, key.to_vec()))
    }
    /// Sets an entry of a map or set.
    pub fn set_entry(&mut self, field: u32, key: Vec<u8>, value: Rc<[u8]>) {
        if self.entries.insert((field, key), value).is_none() {
            *self.sizes.entry(field).or_default() += 1;
        }
    }
    /// Removes an entry of a map or set.
    pub fn remove_entry(&mut self, field: u32, key: &[u8]) {
        if self.entries.remove(&(field, key.to_vec())).is_some()
            && let Some(size) = self.sizes.get_mut(&field)
        {
            *size -= 1;
        }
    }
    /// The number of entries of a map or set.
    pub fn size(&self, field: u32) -> u64 {
        self.sizes.get(&field).copied().unwrap_or(0)
    }
    /// Bytes held: what a storage deposit is counted by.
    pub fn bytes(&self) -> usize {
        let values: usize = self.values.values().map(|value| 4 + value.len()).sum();
        let entries: usize =
            self.entries.iter().map(|((_, key), value)| 4 + key.len() + value.len()).sum();
        values + entries
    }
}

/// All accounts by address.
#[derive(Clone, Default, Debug)]
pub struct Accounts {
    accounts: BTreeMap<Address, Account>,
}

impl Accounts {
    /// The account at this address, if anything ever happened to it.
    pub fn get(&self, address: Address) -> Option<&Account> {
        self.accounts.get(&address)
    }
    /// The account at this address, made empty if it is new.
    pub fn at(&mut self, address: Address) -> &mut Account {
        self.accounts.entry(address).or_default()
    }
    /// The contract at this address.
    pub fn contract(&self, address: Address) -> Option<&Contract> {
        self.get(address)?.contract.as_ref()
    }
    /// Coins at this address.
    pub fn balance(&self, address: Address) -> u128 {
        self.get(address).map_or(0, |account| account.balance)
    }
    /// All accounts by address.
    pub fn iter(&self) -> impl Iterator<Item = (&Address, &Account)> {
        self.accounts.iter()
    }
}
