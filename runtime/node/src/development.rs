//! A ledger for development: accounts whose keys everybody knows, and coins for them.

use fvm_keys::{Address, KeyKind, KeyPair};
use fvm_ledger::genesis::{Changes, Genesis};
use fvm_ledger::parameters::COIN;
use std::collections::BTreeMap;

/// The number of chains for development.
pub const CHAIN: u64 = 1337;
/// How many accounts there are.
pub const ACCOUNTS: u64 = 10;
/// Coins of each.
pub const RICHES: u128 = 1_000_000 * COIN;

/// The key of an account. Everybody knows it: it protects nothing.
pub fn key(number: u64) -> KeyPair {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"fvm/development").update(&number.to_be_bytes());
    let secret = *hasher.finalize().as_bytes();
    KeyPair::from_secret(KeyKind::Ed25519, &secret).expect("a hash is a secret of ed25519")
}

/// The address of an account.
pub fn address(number: u64) -> Address {
    key(number).public().address().expect("a key of ed25519 has an address")
}

/// The beginning of a ledger, with coins for the known accounts and for some others. The first
/// account governs.
pub fn genesis(others: &[Address]) -> Genesis {
    let known = (0..ACCOUNTS).map(address);
    Genesis {
        chain: CHAIN,
        time: 0,
        governance: address(0),
        accounts: known.chain(others.iter().copied()).map(|address| (address, RICHES)).collect(),
        changes: Changes::default(),
        tips: BTreeMap::new(),
    }
}
