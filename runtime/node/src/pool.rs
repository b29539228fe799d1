//! Transactions that wait for a block: of each signer in the order of nonces, of different signers
//! the one that pays most first, and among those that pay as much in the order in which they came.
//!
//! Bounded in number and bytes, whatever comes in. Nobody fills it for nothing: a signer has the
//! coins for everything of theirs that waits, few transactions may wait for others that are
//! missing, and when it is full, who offers more takes the place of who offers least.

use fvm_keys::Address;
use fvm_ledger::account::Hash;
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::transaction::{Refusal, Transaction};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Transactions in the pool.
pub const POOL_MAX: usize = 50_000;
/// Bytes of all of them.
pub const POOL_BYTES_MAX: u64 = 128 << 20;
/// How far ahead of its account a nonce may be.
pub const NONCES_AHEAD_MAX: u64 = 256;
/// Transactions of all signers that wait for earlier ones which are missing.
pub const GAPPED_MAX: usize = 4_096;

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
    #[error("the pool is full of transactions that offer as much: offer more, or try again later")]
    Full,
    /// The engine that orders transactions does not take it.
    #[error("{0}")]
    Engine(String),
}

/// What a block has for transactions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    /// Gas of all of them.
    pub gas: u64,
    /// Bytes of all of them, signed, and of what marks each in a list.
    pub bytes: u64,
}

/// Bytes that mark a transaction in a list: a tag, and a length below 256 MiB.
const MARK_BYTES: u64 = 5;

impl Room {
    /// A block of so much gas, however long it is.
    pub fn of_gas(gas: u64) -> Room {
        Room { gas, bytes: u64::MAX }
    }

    /// What is left beside a transaction, if it fits.
    pub fn beside(self, signed: &SignedTransaction) -> Option<Room> {
        let bytes = borsh::object_length(signed).ok()? as u64 + MARK_BYTES;
        let gas = self.gas.checked_sub(signed.transaction.gas)?;
        Some(Room { gas, bytes: self.bytes.checked_sub(bytes)? })
    }
}

/// What the ledger says of who signed a transaction, and what gas costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The nonce of the account.
    pub nonce: u64,
    /// Its coins.
    pub balance: u128,
    /// The base fee of the next block.
    pub base_fee: u128,
}

struct Waiting {
    signed: SignedTransaction,
    hash: Hash,
    bytes: u64,
    arrival: u64,
    /// What it offered for a unit of gas, beyond the base fee, when it came.
    offer: u128,
    /// The most that it can cost.
    cost: u128,
}

/// What waits of one signer, by nonce.
#[derive(Default)]
struct Line {
    waiting: BTreeMap<u64, Waiting>,
    /// The nonce of the account.
    nonce: u64,
    /// The most that all of it can cost.
    cost: u128,
}

impl Line {
    /// How many wait for others that are missing.
    fn gapped(&self) -> usize {
        let ready = (self.nonce..).zip(self.waiting.keys()).take_while(|(due, is)| due == *is);
        self.waiting.len() - ready.count()
    }
}

/// The pool.
#[derive(Default)]
pub struct Pool {
    by_signer: BTreeMap<Address, Line>,
    hashes: BTreeSet<Hash>,
    /// What everyone offers, the least first and of those the last to come.
    offers: BTreeSet<(u128, Reverse<u64>, Address)>,
    /// The last block in which each may stand, where it says so.
    ends: BTreeSet<(u64, Address, u64)>,
    bytes: u64,
    gapped: usize,
    arrivals: u64,
}

/// What a transaction pays the proposer for a unit of gas at this base fee.
fn offer(transaction: &Transaction, base_fee: u128) -> u128 {
    transaction.price(base_fee).tip
}

impl Pool {
    /// How many transactions wait.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Takes a transaction that the ledger would not refuse by itself and whose signature was
    /// checked.
    pub fn add(&mut self, signed: SignedTransaction, of: Signer) -> Result<Hash, PoolError> {
        let transaction = &signed.transaction;
        let (signer, nonce) = (transaction.signer, transaction.nonce);
        let (hash, bytes) = (transaction.hash(), transaction.bytes());
        if self.hashes.contains(&hash) {
            return Err(PoolError::Known);
        }
        if nonce < of.nonce {
            return Err(Refusal::NonceUsed.into());
        }
        if nonce - of.nonce > NONCES_AHEAD_MAX {
            return Err(PoolError::TooFarAhead);
        }
        let line = self.by_signer.get(&signer);
        let before = line.and_then(|line| line.waiting.get(&nonce));
        let poor = PoolError::Refused(Refusal::NotEnoughCoins);
        let cost = transaction.value().and_then(|coins| coins.checked_add(transaction.fees_max()?));
        let cost = cost.ok_or_else(|| poor.clone())?;
        let others = line.map_or(0, |line| line.cost) - before.map_or(0, |before| before.cost);
        if others.checked_add(cost).is_none_or(|all| all > of.balance) {
            return Err(poor);
        }
        let (offered, is_missing) =
            (offer(transaction, of.base_fee), self.is_missing(signer, of, nonce));
        match before {
            Some(before) => {
                let least = before.signed.transaction.fee_max.saturating_mul(11) / 10;
                if transaction.fee_max < least {
                    return Err(PoolError::Replacement);
                }
            }
            None if is_missing && self.gapped >= GAPPED_MAX => {
                return Err(Refusal::NonceAhead.into());
            }
            None => {}
        }
        let freed = before.map_or(0, |before| before.bytes);
        self.make_room(signer, bytes.saturating_sub(freed), before.is_none(), offered, is_missing)?;
        self.remove(signer, nonce);
        self.arrivals += 1;
        self.bytes += bytes;
        self.hashes.insert(hash);
        self.offers.insert((offered, Reverse(self.arrivals), signer));
        if let Some(end) = transaction.valid_until {
            self.ends.insert((end, signer, nonce));
        }
        let waiting = Waiting { signed, hash, bytes, arrival: self.arrivals, offer: offered, cost };
        self.change(signer, |line| {
            line.nonce = of.nonce;
            line.cost += cost;
            line.waiting.insert(nonce, waiting);
        });
        Ok(hash)
    }

    /// Whether transactions before this nonce are missing.
    fn is_missing(&self, signer: Address, of: Signer, nonce: u64) -> bool {
        self.next_nonce(signer, of.nonce) < nonce
    }

    /// Makes room for a transaction that offers so much, by the last ones of signers who offer
    /// less, or makes none. Nobody makes room for one that could not stand in the next block.
    fn make_room(
        &mut self,
        signer: Address,
        bytes: u64,
        is_new: bool,
        offered: u128,
        is_missing: bool,
    ) -> Result<(), PoolError> {
        let (mut count, mut held) = (self.len() + usize::from(is_new), self.bytes + bytes);
        let mut gone: Vec<(Address, u64)> = Vec::new();
        let mut gone_of: BTreeMap<Address, usize> = BTreeMap::new();
        let mut offers = self.offers.iter();
        while count > POOL_MAX || held > POOL_BYTES_MAX {
            let (least, _, poorest) = offers.next().ok_or(PoolError::Full)?;
            if is_missing || *least >= offered || *poorest == signer {
                return Err(PoolError::Full);
            }
            let already = gone_of.entry(*poorest).or_default();
            let line = self.by_signer.get(poorest);
            let last = line.and_then(|line| line.waiting.iter().nth_back(*already));
            let (nonce, last) = last.ok_or(PoolError::Full)?;
            *already += 1;
            count -= 1;
            held -= last.bytes;
            gone.push((*poorest, *nonce));
        }
        for (signer, nonce) in gone {
            self.remove(signer, nonce);
        }
        Ok(())
    }

    /// Changes what waits of a signer, and counts the gaps in it anew.
    fn change<T>(&mut self, signer: Address, change: impl FnOnce(&mut Line) -> T) -> T {
        let line = self.by_signer.entry(signer).or_default();
        self.gapped -= line.gapped();
        let result = change(line);
        self.gapped += line.gapped();
        if line.waiting.is_empty() {
            self.by_signer.remove(&signer);
        }
        result
    }

    fn remove(&mut self, signer: Address, nonce: u64) {
        let gone = self.change(signer, |line| {
            let gone = line.waiting.remove(&nonce)?;
            line.cost -= gone.cost;
            Some(gone)
        });
        let Some(gone) = gone else { return };
        self.bytes -= gone.bytes;
        self.hashes.remove(&gone.hash);
        self.offers.remove(&(gone.offer, Reverse(gone.arrival), signer));
        if let Some(end) = gone.signed.transaction.valid_until {
            self.ends.remove(&(end, signer, nonce));
        }
    }

    /// The nonce that the next transaction of an account needs, which has this nonce now.
    pub fn next_nonce(&self, signer: Address, nonce: u64) -> u64 {
        let Some(line) = self.by_signer.get(&signer) else { return nonce };
        let mut next = nonce;
        while line.waiting.contains_key(&next) {
            next += 1;
        }
        next
    }

    /// Whether a transaction waits for nothing but a block. It may offer less than gas costs now:
    /// blocks that are not full make gas cheaper.
    pub fn is_ready(&self) -> bool {
        self.by_signer.values().any(|line| line.waiting.contains_key(&line.nonce))
    }

    /// The transactions that may stand in a block with so much room and this base fee, those that
    /// pay most first; they stay in the pool.
    pub fn choose(&self, room: Room, base_fee: u128) -> Vec<SignedTransaction> {
        let mut ready: BTreeMap<(Reverse<u128>, u64), (Address, u64)> = BTreeMap::new();
        let enter = |ready: &mut BTreeMap<_, _>, signer: Address, nonce: u64| {
            let Some(waiting) = self.by_signer[&signer].waiting.get(&nonce) else { return };
            let transaction = &waiting.signed.transaction;
            if transaction.fee_max >= base_fee {
                let place = (Reverse(offer(transaction, base_fee)), waiting.arrival);
                ready.insert(place, (signer, nonce));
            }
        };
        for (signer, line) in &self.by_signer {
            enter(&mut ready, *signer, line.nonce);
        }
        let (mut left, mut chosen) = (room, Vec::new());
        while let Some((_, (signer, nonce))) = ready.pop_first() {
            let signed = &self.by_signer[&signer].waiting[&nonce].signed;
            // A smaller one of somebody else may still fit.
            let Some(rest) = left.beside(signed) else { continue };
            left = rest;
            chosen.push(signed.clone());
            enter(&mut ready, signer, nonce + 1);
        }
        chosen
    }

    /// Forgets transactions that stood in the block of this height, and those that never can stand
    /// in a later one. `nonce_of` says what nonces accounts have now.
    pub fn settle<E>(
        &mut self,
        height: u64,
        stood: &[SignedTransaction],
        mut nonce_of: impl FnMut(Address) -> Result<u64, E>,
    ) -> Result<(), E> {
        let stood = stood.iter().map(|signed| &signed.transaction);
        let mut last: BTreeMap<Address, u64> = BTreeMap::new();
        for transaction in stood {
            let nonce = last.entry(transaction.signer).or_default();
            *nonce = transaction.nonce.max(*nonce);
        }
        for (signer, last) in last {
            let Some(line) = self.by_signer.get(&signer) else { continue };
            let used: Vec<u64> = line.waiting.range(..=last).map(|(nonce, _)| *nonce).collect();
            for nonce in used {
                self.remove(signer, nonce);
            }
            if self.by_signer.contains_key(&signer) {
                let nonce = nonce_of(signer)?;
                self.change(signer, |line| line.nonce = nonce);
            }
        }
        while let Some((end, signer, nonce)) = self.ends.first().copied()
            && end <= height
        {
            self.remove(signer, nonce);
        }
        Ok(())
    }
}
