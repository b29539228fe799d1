//! Transactions that wait for a block: of each signer in the order of nonces, of different signers
//! in the order in which they came. Bounded in number and bytes, whatever comes in.

use fvm_keys::Address;
use fvm_ledger::account::Hash;
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::transaction::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Transactions in the pool.
pub const POOL_MAX: usize = 50_000;
/// Bytes of all of them.
pub const POOL_BYTES_MAX: u64 = 128 << 20;
/// How far ahead of its account a nonce may be.
pub const NONCES_AHEAD_MAX: u64 = 256;

/// Why a transaction does not come into the pool.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoolError {
    /// The ledger would refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The signature is not one.
    #[error("the signature: {0}")]
    Signature(#[from] fvm_keys::SignatureError),
    /// It is there already.
    #[error("the transaction is known")]
    Known,
    /// Another one with this nonce is there, and pays as much.
    #[error("another transaction with this nonce waits; offer at least a tenth more to replace it")]
    Replacement,
    /// Its nonce is too far ahead.
    #[error("the nonce is more than {NONCES_AHEAD_MAX} ahead of the account")]
    TooFarAhead,
    /// There is no room.
    #[error("the pool is full: try again later")]
    Full,
}

struct Waiting {
    signed: SignedTransaction,
    hash: Hash,
    bytes: u64,
    arrival: u64,
}

/// The pool.
#[derive(Default)]
pub struct Pool {
    by_signer: BTreeMap<Address, BTreeMap<u64, Waiting>>,
    hashes: BTreeSet<Hash>,
    count: usize,
    bytes: u64,
    arrivals: u64,
}

impl Pool {
    /// How many transactions wait.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes a transaction whose signature was checked, and whose account has this nonce.
    pub fn add(&mut self, signed: SignedTransaction, nonce: u64) -> Result<Hash, PoolError> {
        let transaction = &signed.transaction;
        let (hash, bytes) = (transaction.hash(), transaction.bytes());
        if self.hashes.contains(&hash) {
            return Err(PoolError::Known);
        }
        if transaction.nonce < nonce {
            return Err(Refusal::NonceUsed.into());
        }
        if transaction.nonce - nonce > NONCES_AHEAD_MAX {
            return Err(PoolError::TooFarAhead);
        }
        let key = (transaction.signer, transaction.nonce);
        let before = self.by_signer.get(&key.0).and_then(|waiting| waiting.get(&key.1));
        match before {
            Some(before) => {
                let least = before.signed.transaction.fee_max.saturating_mul(11) / 10;
                if transaction.fee_max < least {
                    return Err(PoolError::Replacement);
                }
            }
            None if self.count >= POOL_MAX || self.bytes + bytes > POOL_BYTES_MAX => {
                return Err(PoolError::Full);
            }
            None => {}
        }
        self.remove(key.0, key.1);
        self.arrivals += 1;
        self.count += 1;
        self.bytes += bytes;
        self.hashes.insert(hash);
        let waiting = Waiting { signed, hash, bytes, arrival: self.arrivals };
        self.by_signer.entry(key.0).or_default().insert(key.1, waiting);
        Ok(hash)
    }

    fn remove(&mut self, signer: Address, nonce: u64) {
        let Some(waiting) = self.by_signer.get_mut(&signer) else { return };
        if let Some(gone) = waiting.remove(&nonce) {
            self.count -= 1;
            self.bytes -= gone.bytes;
            self.hashes.remove(&gone.hash);
        }
        if waiting.is_empty() {
            self.by_signer.remove(&signer);
        }
    }

    /// The nonce that the next transaction of an account needs, which has this nonce now.
    pub fn next_nonce(&self, signer: Address, nonce: u64) -> u64 {
        let Some(waiting) = self.by_signer.get(&signer) else { return nonce };
        let mut next = nonce;
        while waiting.contains_key(&next) {
            next += 1;
        }
        next
    }

    /// Whether a transaction may stand in the next block, not only after others that are missing.
    pub fn is_ready<E>(
        &self,
        mut nonce_of: impl FnMut(Address) -> Result<u64, E>,
    ) -> Result<bool, E> {
        for (signer, waiting) in &self.by_signer {
            if waiting.contains_key(&nonce_of(*signer)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The transactions that may stand in a block of so much gas, as `nonce_of` says what the
    /// accounts' nonces are; they stay in the pool.
    pub fn choose<E>(
        &self,
        gas: u64,
        mut nonce_of: impl FnMut(Address) -> Result<u64, E>,
    ) -> Result<Vec<SignedTransaction>, E> {
        let mut ready: BTreeMap<u64, (Address, u64)> = BTreeMap::new();
        for (signer, waiting) in &self.by_signer {
            let nonce = nonce_of(*signer)?;
            if let Some(first) = waiting.get(&nonce) {
                ready.insert(first.arrival, (*signer, nonce));
            }
        }
        let (mut left, mut chosen) = (gas, Vec::new());
        while let Some((_, (signer, nonce))) = ready.pop_first() {
            let waiting = &self.by_signer[&signer];
            let signed = &waiting[&nonce].signed;
            // A smaller one of somebody else may still fit.
            let Some(rest) = left.checked_sub(signed.transaction.gas) else { continue };
            left = rest;
            chosen.push(signed.clone());
            if let Some(next) = waiting.get(&(nonce + 1)) {
                ready.insert(next.arrival, (signer, nonce + 1));
            }
        }
        Ok(chosen)
    }

    /// Forgets transactions that stood in a block, and those that never can.
    pub fn settle(&mut self, stood: &[SignedTransaction]) {
        for signed in stood {
            let (signer, nonce) = (signed.transaction.signer, signed.transaction.nonce);
            let used: Vec<u64> = self
                .by_signer
                .get(&signer)
                .map(|waiting| waiting.range(..=nonce).map(|(nonce, _)| *nonce).collect())
                .unwrap_or_default();
            for nonce in used {
                self.remove(signer, nonce);
            }
        }
    }
}
