//! What the ledger's rules take from data: limits, prices and shares. They are versioned, stored
//! in the ledger and changed by governance (decision 40); no number of a rule is in its code.

use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use fvm_vm::{Limits, Schedule, ScheduleError};
use std::sync::Arc;

/// The numbers of one version. Gas prices of instructions are the text of a schedule's file.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Parameters {
    /// Counts the versions of this ledger.
    pub version: u32,
    /// The schedule's file.
    pub schedule: String,
    /// Gas of all messages of one block.
    pub block_gas: u64,
    /// Rounds of one block (R3).
    pub rounds_max: u32,
    /// Part of a block's gas, in percent, that scheduled calls may take (R15).
    pub due_percent: u8,
    /// Gas of a transaction, besides that of its bytes and of what it sends.
    pub transaction_gas: u64,
    /// Gas of each byte of a transaction.
    pub transaction_byte_gas: u64,
    /// Gas of receiving a message, besides that of its bytes and of the handler.
    pub message_gas: u64,
    /// Gas of each byte of a message's arguments.
    pub message_byte_gas: u64,
    /// The least gas that a message may carry (R12).
    pub message_gas_min: u64,
    /// Gas of each byte of uploaded code, for its verification.
    pub upload_byte_gas: u64,
    /// Gas of each Story and event.
    pub record_gas: u64,
    /// Coins held for each byte of storage.
    pub byte_deposit: u128,
    /// Bytes that count for an entry of storage besides its key and value.
    pub entry_bytes: u64,
    /// Gas of holding a scheduled call for an hour (R13).
    pub holding_hour_gas: u64,
    /// Blocks after which a request comes back that nobody could run (R9).
    pub deadline_blocks: u64,
    /// Messages that wait for one receiver (R16).
    pub mailbox_max: u32,
    /// Messages that one caused another, in a row (R5).
    pub hops_max: u16,
    /// Actions of one transaction.
    pub actions_max: u32,
    /// Bytes of one transaction.
    pub transaction_bytes_max: u32,
    /// The least base fee of a unit of gas.
    pub base_fee_min: u128,
    /// Blocks of an epoch: changes of parameters begin with one (R18 of gas as data).
    pub epoch_blocks: u64,
    /// The account that may change the parameters.
    pub governance: Address,
}

/// Coins have 18 decimals.
pub const COIN: u128 = 1_000_000_000_000_000_000;

impl Parameters {
    /// The parameters of a new ledger.
    pub fn standard(governance: Address) -> Parameters {
        Parameters {
            version: 1,
            schedule: Schedule::STANDARD.to_string(),
            block_gas: 20_000_000_000,
            rounds_max: 64,
            due_percent: 25,
            transaction_gas: 500_000,
            transaction_byte_gas: 100,
            message_gas: 20_000,
            message_byte_gas: 50,
            message_gas_min: 100_000,
            upload_byte_gas: 500,
            record_gas: 10_000,
            byte_deposit: 2_000_000,
            entry_bytes: 32,
            holding_hour_gas: 100,
            deadline_blocks: 1_000,
            mailbox_max: 16_384,
            hops_max: 1_024,
            actions_max: 64,
            transaction_bytes_max: 2 << 20,
            base_fee_min: 1_000,
            epoch_blocks: 1_000,
            governance,
        }
    }

    /// The parameters of a suite's world: nothing costs anything but the gas of code.
    pub fn of_tests() -> Parameters {
        Parameters {
            transaction_gas: 0,
            transaction_byte_gas: 0,
            message_gas: 0,
            message_byte_gas: 0,
            message_gas_min: 0,
            record_gas: 0,
            byte_deposit: 0,
            holding_hour_gas: 0,
            base_fee_min: 0,
            ..Parameters::standard(Address::of_name("governance"))
        }
    }

    /// The most gas that one message may reserve, that of its answer included: a quarter of a
    /// block, so that the head of the queue fits an empty block (R16).
    pub fn message_gas_max(&self) -> u64 {
        self.block_gas / 4
    }

    /// Why these numbers are no parameters, if they are not.
    pub fn problem(&self) -> Option<String> {
        if let Err(error) = Schedule::parse(&self.schedule) {
            return Some(error.to_string());
        }
        let wrong = |holds: bool, text: &str| (!holds).then(|| text.to_string());
        wrong(self.rounds_max > 1, "transactions need two rounds")
            .or(wrong(self.due_percent <= 100, "more than all of a block for scheduled calls"))
            .or(wrong(self.block_gas <= u64::MAX / 8, "more gas than a machine counts"))
            .or(wrong(self.message_gas_max() > self.message_gas_min, "no message fits a block"))
            .or(wrong(self.epoch_blocks > 0, "an epoch without blocks"))
            .or(wrong(self.hops_max > 0 && self.actions_max > 0, "nothing may be sent"))
            .or(wrong(self.base_fee_min < 1 << 64, "no account could pay for gas"))
    }
}

/// What every message of a block sees.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Tells ledgers apart.
    pub chain: u64,
    /// The block's number.
    pub height: u64,
    /// The block's time in seconds.
    pub now: i64,
    /// The part of the price of gas that is burned.
    pub base_fee: u128,
    /// Who gets the other part.
    pub proposer: Address,
    /// The numbers that hold.
    pub parameters: Arc<Parameters>,
    /// The schedule among them.
    pub schedule: Arc<Schedule>,
    /// Memory and depth of a handler.
    pub limits: Limits,
}

impl Facts {
    /// The facts of a block before its first, with these parameters.
    pub fn new(chain: u64, parameters: Parameters) -> Result<Facts, ScheduleError> {
        let schedule = Arc::new(Schedule::parse(&parameters.schedule)?);
        Ok(Facts {
            chain,
            height: 0,
            now: 0,
            base_fee: parameters.base_fee_min,
            proposer: Address([0; 20]),
            parameters: Arc::new(parameters),
            schedule,
            limits: Limits::CONTRACT,
        })
    }
}
