//! How a ledger begins: who holds which coins, and which parameters hold. A JSON file, of which
//! the hash is the parent of the first block.

use crate::account::Hash;
use crate::block::tagged;
use crate::parameters::Parameters;
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A beginning.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Genesis {
    /// Tells ledgers apart.
    pub chain: u64,
    /// The time of the first block, in seconds.
    pub time: i64,
    /// Who may change the parameters.
    pub governance: Address,
    /// Coins, in the smallest unit.
    pub accounts: BTreeMap<Address, u128>,
    /// What is not as usual.
    pub changes: Changes,
    /// Who gets the tips of a proposer that has no account of this ledger: the key of a validator
    /// is one of the engine, and its address is nobody's here.
    pub tips: BTreeMap<Address, Address>,
}

/// Parameters that are not as usual.
#[derive(
    Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize, BorshSerialize, BorshDeserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// Gas of one block.
    pub block_gas: Option<u64>,
    /// The least base fee.
    pub base_fee_min: Option<u64>,
    /// Coins held for each byte of storage.
    pub byte_deposit: Option<u64>,
    /// Blocks of an epoch.
    pub epoch_blocks: Option<u64>,
    /// Blocks after which a request comes back.
    pub deadline_blocks: Option<u64>,
    /// Messages that wait for one receiver.
    pub mailbox_max: Option<u32>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    chain: u64,
    time: i64,
    governance: String,
    accounts: BTreeMap<String, String>,
    #[serde(default)]
    parameters: Changes,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    tips: BTreeMap<String, String>,
}

impl Genesis {
    /// Reads the file.
    pub fn parse(text: &str) -> Result<Genesis, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let address = |text: &str| {
            text.parse::<Address>().map_err(|error| format!("`{text}` is no address: {error}"))
        };
        let mut accounts = BTreeMap::new();
        for (owner, coins) in &file.accounts {
            let coins: u128 =
                coins.parse().map_err(|_| format!("`{coins}` is no number of coins"))?;
            if accounts.insert(address(owner)?, coins).is_some() {
                return Err(format!("{owner} is there twice"));
            }
        }
        let mut tips = BTreeMap::new();
        for (proposer, owner) in &file.tips {
            if tips.insert(address(proposer)?, address(owner)?).is_some() {
                return Err(format!("{proposer} is there twice"));
            }
        }
        let governance = address(&file.governance)?;
        let genesis = Genesis {
            chain: file.chain,
            time: file.time,
            governance,
            accounts,
            changes: file.parameters,
            tips,
        };
        genesis.problem().map_or(Ok(genesis), Err)
    }

    /// The file.
    pub fn to_json(&self) -> String {
        let coins = |(address, coins): (&Address, &u128)| (address.to_string(), coins.to_string());
        let file = File {
            chain: self.chain,
            time: self.time,
            governance: self.governance.to_string(),
            accounts: self.accounts.iter().map(coins).collect(),
            parameters: self.changes.clone(),
            tips: self.tips.iter().map(|(of, to)| (of.to_string(), to.to_string())).collect(),
        };
        serde_json::to_string_pretty(&file).expect("text and numbers are JSON") + "\n"
    }

    /// Names this beginning.
    pub fn hash(&self) -> Hash {
        tagged(b"fvm/genesis", self)
    }

    /// The parameters that hold at first.
    pub fn parameters(&self) -> Parameters {
        let usual = Parameters::standard(self.governance);
        let Changes { block_gas, base_fee_min, byte_deposit, .. } = self.changes;
        let Changes { epoch_blocks, deadline_blocks, mailbox_max, .. } = self.changes;
        Parameters {
            block_gas: block_gas.unwrap_or(usual.block_gas),
            base_fee_min: base_fee_min.map_or(usual.base_fee_min, u128::from),
            byte_deposit: byte_deposit.map_or(usual.byte_deposit, u128::from),
            epoch_blocks: epoch_blocks.unwrap_or(usual.epoch_blocks),
            deadline_blocks: deadline_blocks.unwrap_or(usual.deadline_blocks),
            mailbox_max: mailbox_max.unwrap_or(usual.mailbox_max),
            ..usual
        }
    }

    /// Who holds what.
    pub fn balances(&self) -> impl Iterator<Item = (Address, u128)> {
        self.accounts.iter().map(|(address, coins)| (*address, *coins))
    }

    /// Who gets the tips of this proposer.
    pub fn paid(&self, proposer: Address) -> Address {
        self.tips.get(&proposer).copied().unwrap_or(proposer)
    }

    /// Why this is no beginning, if it is none.
    pub fn problem(&self) -> Option<String> {
        let supply = self.accounts.values().try_fold(0u128, |sum, coins| sum.checked_add(*coins));
        if supply.is_none_or(|supply| supply > u128::MAX / 4) {
            return Some("more coins than can be counted".into());
        }
        self.parameters().problem()
    }
}
