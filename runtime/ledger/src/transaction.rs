//! Transactions: what the holder of a key asks the ledger to do, and what becomes of it. A
//! transaction is a message to the account of its signer (R2a): that account pays for all gas
//! and sends the requests, which run a round later.

use crate::account::Hash;
use crate::block::tagged;
use crate::message::{MethodId, Price};
use crate::parameters::Parameters;
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use std::fmt;

/// What a signer wants done.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Transaction {
    /// The ledger that it is for.
    pub chain: u64,
    /// Who signed it.
    pub signer: Address,
    /// Transactions of the signer before it.
    pub nonce: u64,
    /// Gas of everything that it causes.
    pub gas: u64,
    /// The most that a unit of gas may cost.
    pub fee_max: u128,
    /// What the proposer gets for a unit of gas, if `fee_max` allows it.
    pub tip: u128,
    /// The last block in which it may stand.
    pub valid_until: Option<u64>,
    /// What to do, in this order. Actions do not wait for each other, and one may fail alone.
    pub actions: Vec<Action>,
}

/// One thing to do.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Action {
    /// Send coins.
    Pay {
        /// To whom.
        to: Address,
        /// How many.
        value: u128,
    },
    /// Call an entry.
    Call {
        /// The contract.
        to: Address,
        /// The entry.
        method: MethodId,
        /// Encoded arguments.
        arguments: Vec<u8>,
        /// Coins that go with it.
        value: u128,
    },
    /// Make a contract; its address follows from the signer's count of contracts.
    Deploy {
        /// The hash of its code.
        code: Hash,
        /// Encoded arguments.
        arguments: Vec<u8>,
        /// Coins that go with it.
        value: u128,
    },
    /// Keep the code of the contracts of a package.
    Upload {
        /// The modules on the wire.
        package: Vec<Vec<u8>>,
    },
    /// Change the parameters of the ledger from an epoch on.
    Govern {
        /// The first epoch.
        epoch: u64,
        /// The parameters.
        parameters: Box<Parameters>,
    },
}

impl Action {
    /// Coins that go with it.
    pub fn value(&self) -> u128 {
        match self {
            Action::Pay { value, .. }
            | Action::Call { value, .. }
            | Action::Deploy { value, .. } => *value,
            Action::Upload { .. } | Action::Govern { .. } => 0,
        }
    }
}

/// Why a transaction may not stand in a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Refusal {
    /// It is for another ledger.
    WrongChain,
    /// Its nonce was used.
    NonceUsed,
    /// Transactions of the signer before it are missing.
    NonceAhead,
    /// It may not stand in this block any more.
    Expired,
    /// The signer does not have the coins that it may cost.
    NotEnoughCoins,
    /// It offers less than gas costs now.
    FeeTooLow,
    /// It does nothing, or more than one transaction may.
    ActionCount,
    /// It has less gas than it needs itself.
    GasTooLow,
    /// It has more gas than a message may have.
    GasTooHigh,
    /// It is longer than a transaction may be.
    TooLong,
    /// There is a contract at the address of the signer.
    ContractSigner,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::WrongChain => "the transaction is for another ledger",
            Refusal::NonceUsed => "the nonce was used before",
            Refusal::NonceAhead => "earlier transactions of the signer are missing",
            Refusal::Expired => "the transaction is too late",
            Refusal::NotEnoughCoins => "the signer does not have the coins that it may cost",
            Refusal::FeeTooLow => "it offers less than gas costs now",
            Refusal::ActionCount => "it does nothing, or too much",
            Refusal::GasTooLow => "it has less gas than it needs itself",
            Refusal::GasTooHigh => "it has more gas than a message may have",
            Refusal::TooLong => "it is longer than a transaction may be",
            Refusal::ContractSigner => "there is a contract at the address of the signer",
        })
    }
}

impl std::error::Error for Refusal {}

impl Transaction {
    /// What its signature signs, and its name in the ledger.
    pub fn hash(&self) -> Hash {
        tagged(b"fvm/tx/1", self)
    }

    /// Coins of all actions; none if they are more than there can be.
    pub fn value(&self) -> Option<u128> {
        self.actions.iter().try_fold(0u128, |sum, action| sum.checked_add(action.value()))
    }

    /// The length of its canonical form.
    pub fn bytes(&self) -> u64 {
        borsh::object_length(self).expect("lengths are counted") as u64
    }

    /// What all of its gas may cost; none if that is more than there can be.
    pub fn fees_max(&self) -> Option<u128> {
        self.fee_max.checked_mul(u128::from(self.gas))
    }

    /// The price of a unit of gas at this base fee, which `fee_max` allows.
    pub fn price(&self, base: u128) -> Price {
        Price { base, tip: self.tip.min(self.fee_max.saturating_sub(base)) }
    }
}
