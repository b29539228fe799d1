//! How a ledger is opened: it begins with a genesis, or goes on after its last block. What is
//! stored is compared with what the last header says, so damage is noticed before anything runs.

use crate::account::{Account, Hash, Unavailable};
use crate::backend::{Backend, Batch, Table};
use crate::block::{Block, Header, encode};
use crate::calendar::Calendar;
use crate::code::CodeStore;
use crate::genesis::Genesis;
use crate::ledger::{
    HEAD, Head, Ledger, account_path, facts_after, list_root, queue_root, upcoming,
};
use fvm_keys::Address;
use fvm_tree::{Change, CompactTree, StateTree};
use fvm_vm::{ScheduleError, VerifiedModule};
use std::collections::{BTreeMap, VecDeque};
use std::error::Error;
use std::fmt;

/// Why a ledger cannot be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OpenError {
    /// What is stored cannot be read.
    Unavailable(Unavailable),
    /// What is stored is not what the last header says.
    Damaged(String),
    /// The ledger there began otherwise.
    OtherGenesis,
    /// The genesis is none.
    Genesis(String),
}

impl From<ScheduleError> for OpenError {
    fn from(error: ScheduleError) -> OpenError {
        OpenError::Damaged(error.to_string())
    }
}

impl From<Unavailable> for OpenError {
    fn from(unavailable: Unavailable) -> OpenError {
        OpenError::Unavailable(unavailable)
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Unavailable(unavailable) => unavailable.fmt(f),
            OpenError::Damaged(what) => write!(f, "the state is damaged: {what}"),
            OpenError::OtherGenesis => f.write_str("the ledger there began with another genesis"),
            OpenError::Genesis(what) => write!(f, "not a genesis: {what}"),
        }
    }
}

impl Error for OpenError {}

impl<B: Backend> Ledger<B> {
    /// Begins a ledger on an empty backend, or goes on with the one that began like this.
    pub fn open(
        backend: B,
        genesis: &Genesis,
        prepare: fn(&VerifiedModule),
    ) -> Result<Ledger<B>, OpenError> {
        match backend.get(Table::Meta, HEAD)? {
            None => Ledger::begin(backend, genesis, prepare),
            Some(bytes) => {
                let ledger = Ledger::restore(backend, &bytes, prepare)?;
                let first = ledger.block(0)?.ok_or_else(|| missing("the first block"))?;
                if first.header.parent != genesis.hash() {
                    return Err(OpenError::OtherGenesis);
                }
                Ok(ledger)
            }
        }
    }

    fn begin(
        mut backend: B,
        genesis: &Genesis,
        prepare: fn(&VerifiedModule),
    ) -> Result<Ledger<B>, OpenError> {
        let parameters = genesis.parameters();
        if let Some(problem) = genesis.problem() {
            return Err(OpenError::Genesis(problem));
        }
        let mut batch = Batch::default();
        let mut leaves = Vec::new();
        let mut supply = 0u128;
        for (address, balance) in genesis.balances() {
            supply += balance;
            let account = encode(&Account { balance, ..Account::default() });
            leaves.push(Change::write(account_path(address), &account));
            batch.put(Table::Accounts, address.0, account);
        }
        let accounts = CompactTree::build(leaves);
        let empty = list_root::<Hash>([]);
        let header = Header {
            chain: genesis.chain,
            height: 0,
            parent: genesis.hash(),
            time: genesis.time,
            proposer: Address::default(),
            parameters: parameters.version,
            base_fee: parameters.base_fee_min,
            gas_used: 0,
            state_root: accounts.root(),
            queue_root: queue_root(&VecDeque::new()),
            queue_len: 0,
            transactions_root: empty,
            receipts_root: empty,
            differences_root: empty,
            burned: 0,
        };
        let head = Head { header, parameters, supply, scheduled: 0, queue_first: 0 };
        let block = Block { header: head.header.clone(), transactions: Vec::new() };
        batch.put(Table::Blocks, 0u64.to_be_bytes(), encode(&block));
        batch.put(Table::Meta, HEAD, encode(&head));
        backend.commit(batch)?;
        let next = facts_after(&head, head.parameters.clone(), None)?;
        Ok(Ledger {
            backend,
            codes: CodeStore::new(prepare),
            head,
            next,
            queue: VecDeque::new(),
            calendar: Calendar::default(),
            accounts,
            storages: BTreeMap::new(),
            threads: None,
        })
    }

    /// Goes on after the last block. The tree of accounts is built anew and compared with the
    /// header, so a changed byte in any account is noticed here.
    fn restore(
        backend: B,
        head: &[u8],
        prepare: fn(&VerifiedModule),
    ) -> Result<Ledger<B>, OpenError> {
        let damaged = |what: &str| OpenError::Damaged(what.to_string());
        let head: Head = borsh::from_slice(head).map_err(|_| damaged("the head"))?;
        let mut leaves = Vec::new();
        backend.scan(Table::Accounts, &[], &[], &mut |address, account| {
            leaves.push(Change::write(*blake3::hash(address).as_bytes(), account));
            true
        })?;
        let accounts = CompactTree::build(leaves);
        if accounts.root() != head.header.state_root {
            return Err(damaged("the accounts are not those of the last block"));
        }
        let mut queue = VecDeque::new();
        let mut is_whole = true;
        backend.scan(Table::Queue, &[], &[], &mut |_, message| {
            match borsh::from_slice(message) {
                Ok(envelope) => queue.push_back(envelope),
                Err(_) => is_whole = false,
            }
            is_whole
        })?;
        if !is_whole || queue_root(&queue) != head.header.queue_root {
            return Err(damaged("the queue is not that of the last block"));
        }
        let mut calls = Vec::new();
        backend.scan(Table::Calendar, &[], &[], &mut |key, call| {
            match (calendar_time(key), borsh::from_slice(call)) {
                (Some((at, made)), Ok((contract, number))) => {
                    calls.push((at, made, contract, number));
                }
                _ => is_whole = false,
            }
            is_whole
        })?;
        if !is_whole {
            return Err(damaged("the calendar"));
        }
        let parameters = upcoming(&backend, &head)?;
        let next = facts_after(&head, parameters, None)?;
        Ok(Ledger {
            backend,
            codes: CodeStore::new(prepare),
            calendar: Calendar::restore(calls, head.scheduled),
            head,
            next,
            queue,
            accounts,
            storages: BTreeMap::new(),
            threads: None,
        })
    }
}

fn missing(what: &str) -> OpenError {
    OpenError::Damaged(format!("{what} is missing"))
}

fn calendar_time(key: &[u8]) -> Option<(i64, u64)> {
    let (time, made) = key.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time) ^ (1 << 63);
    Some((time as i64, u64::from_be_bytes(made.try_into().ok()?)))
}
