//! The ledger itself: what is committed, the block that runs on it, and how that is committed.
//! Running a block changes nothing ([`Ledger::run`]); committing it changes everything at once
//! ([`Ledger::commit`]).

use crate::account::{Account, Bytes, Hash, Key, SYSTEM, Unavailable, View};
use crate::backend::{Backend, Batch, Table};
use crate::block::{Block, Header, SignedTransaction, encode, with_encoded};
use crate::calendar::Calendar;
use crate::code::CodeStore;
use crate::deliver::{Answer, query, refusal};
use crate::difference::Component;
use crate::message::Envelope;
use crate::parameters::{Facts, Parameters};
use crate::produce::{Effects, Start, produce};
use crate::records;
use crate::round::{Source, Stop};
use crate::transaction::{Refusal, Transaction};
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use fvm_tree::{Change, CompactTree, MountainRange, Prepared, Proof, StateTree};
use fvm_vm::ScheduleError;
use std::collections::{BTreeMap, VecDeque};

/// Under which key of [`Table::Meta`] the ledger finds itself.
pub(crate) const HEAD: &[u8] = b"head";

/// What a ledger needs to go on after its last block.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub(crate) struct Head {
    pub(crate) header: Header,
    /// The parameters that held for this block.
    pub(crate) parameters: Parameters,
    /// Coins that there were at first.
    pub(crate) supply: u128,
    /// Calls that were ever scheduled.
    pub(crate) scheduled: u64,
    /// The place of the first message that waits.
    pub(crate) queue_first: u64,
}

/// What somebody proposes as the next block.
#[derive(Clone, Debug)]
pub struct Proposal<'a> {
    /// Time in seconds; one before the last block's counts as that.
    pub time: i64,
    /// Who gets the tips.
    pub proposer: Address,
    /// Transactions, whose signatures were checked.
    pub transactions: Vec<SignedTransaction>,
    /// Where differences come from.
    pub source: Source<'a>,
}

/// A block that ran, and has not happened yet.
pub struct Executed {
    /// The block.
    pub block: Block,
    /// What it changes.
    pub effects: Effects,
    accounts: Prepared,
    storages: Vec<(Address, StorageTree)>,
    head: Head,
    next: Facts,
}

/// The tree of an account's storage: worked out for a tree that is kept, or built anew.
enum StorageTree {
    Changed(Prepared),
    Built(Box<CompactTree>),
}

/// Trees of storages that are kept between blocks, in entries.
const TREES_ENTRIES_MAX: usize = 8 << 20;

/// A ledger over a backend.
pub struct Ledger<B> {
    pub(crate) backend: B,
    pub(crate) codes: CodeStore,
    pub(crate) head: Head,
    /// The facts of the next block, but for time and proposer.
    pub(crate) next: Facts,
    pub(crate) queue: VecDeque<Envelope>,
    pub(crate) calendar: Calendar,
    pub(crate) accounts: CompactTree,
    pub(crate) storages: BTreeMap<Address, CompactTree>,
    pub(crate) threads: Option<rayon::ThreadPool>,
}

/// The committed state.
pub(crate) struct Committed<'a, B>(pub(crate) &'a B);

fn storage_key(address: Address, key: &Key) -> Vec<u8> {
    [&address.0[..], &key.0].concat()
}

pub(crate) fn decoded<T: BorshDeserialize>(bytes: &[u8], what: &str) -> Result<T, Unavailable> {
    borsh::from_slice(bytes).map_err(|error| Unavailable(format!("{what}: {error}")))
}

impl<B: Backend> View for Committed<'_, B> {
    fn account(&self, address: Address) -> Result<Option<Account>, Unavailable> {
        let bytes = self.0.get(Table::Accounts, &address.0)?;
        bytes.map(|bytes| decoded(&bytes, "an account")).transpose()
    }
    fn stored(&self, address: Address, key: &Key) -> Result<Option<Bytes>, Unavailable> {
        let bytes = self.0.get(Table::Storage, &storage_key(address, key))?;
        Ok(bytes.map(Bytes::from))
    }
}

/// The path of an account in the tree of accounts.
pub fn account_path(address: Address) -> Hash {
    *blake3::hash(&address.0).as_bytes()
}

/// The path of something stored in the tree of its account.
pub fn storage_path(key: &Key) -> Hash {
    *blake3::hash(&key.0).as_bytes()
}

impl<B: Backend> Ledger<B> {
    /// From now on rounds run on so many threads.
    pub fn use_threads(&mut self, threads: usize) -> Result<(), rayon::ThreadPoolBuildError> {
        self.threads = match threads {
            0 | 1 => None,
            _ => Some(rayon::ThreadPoolBuilder::new().num_threads(threads).build()?),
        };
        Ok(())
    }

    /// The header of the last block.
    pub fn header(&self) -> &Header {
        &self.head.header
    }

    /// The parameters that hold for the next block.
    pub fn parameters(&self) -> &Parameters {
        &self.next.parameters
    }

    /// The base fee of the next block.
    pub fn base_fee(&self) -> u128 {
        self.next.base_fee
    }

    /// Messages that wait, in order.
    pub fn queue(&self) -> &VecDeque<Envelope> {
        &self.queue
    }

    /// Calls that wait for their time.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Where everything is kept.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// The account at this address.
    pub fn account(&self, address: Address) -> Result<Option<Account>, Unavailable> {
        Committed(&self.backend).account(address)
    }

    /// What an account stores under a key.
    pub fn stored(&self, address: Address, key: &Key) -> Result<Option<Bytes>, Unavailable> {
        Committed(&self.backend).stored(address, key)
    }

    /// A block.
    pub fn block(&self, height: u64) -> Result<Option<Block>, Unavailable> {
        let bytes = self.backend.get(Table::Blocks, &height.to_be_bytes())?;
        bytes.map(|bytes| decoded(&bytes, "a block")).transpose()
    }

    /// Why a transaction could not stand in the next block, as far as its signer's account says. It
    /// may come behind others of its signer that are not there yet.
    pub fn refusal(&self, transaction: &Transaction) -> Result<Option<Refusal>, Unavailable> {
        let account = self.account(transaction.signer)?.unwrap_or_default();
        let nonce = account.nonce.max(transaction.nonce);
        Ok(refusal(&self.next, &Account { nonce, ..account }, transaction))
    }

    /// Asks a view of a contract, with so much gas; gives the gas that it took besides.
    pub fn query(
        &self,
        to: Address,
        method: u32,
        arguments: &[u8],
        gas: u64,
    ) -> Result<(Answer, u64), Unavailable> {
        let view = Committed(&self.backend);
        let component = Component::load(&view, to)?;
        let facts = Facts { now: self.head.header.time, ..self.next.clone() };
        query(&self.codes, &facts, &component, method, arguments, gas)
    }

    /// All coins: at addresses, in flight, burned. Equal to those of the genesis (R8). Visits every
    /// account.
    pub fn coins(&self) -> Result<u128, Unavailable> {
        let mut held = 0u128;
        let mut wrong = None;
        self.backend.scan(Table::Accounts, &[], &[], &mut |_, bytes| {
            match decoded::<Account>(bytes, "an account") {
                Ok(account) => held += account.coins(),
                Err(error) => wrong = Some(error),
            }
            wrong.is_none()
        })?;
        if let Some(error) = wrong {
            return Err(error);
        }
        let in_flight: u128 = self.queue.iter().map(|e| e.value + e.prepaid.coins()).sum();
        Ok(held + in_flight + self.head.header.burned)
    }

    /// Coins that there were at first.
    pub fn supply(&self) -> u128 {
        self.head.supply
    }

    /// Runs the next block. Nothing is changed.
    pub fn run(&self, proposal: Proposal<'_>) -> Result<Executed, Stop> {
        let last = &self.head.header;
        let time = proposal.time.max(last.time);
        let facts = Facts { now: time, proposer: proposal.proposer, ..self.next.clone() };
        let view = Committed(&self.backend);
        let transactions: Vec<&Transaction> =
            proposal.transactions.iter().map(|signed| &signed.transaction).collect();
        let start = Start {
            view: &view,
            codes: &self.codes,
            facts: &facts,
            queue: &self.queue,
            calendar: &self.calendar,
            transactions: &transactions,
            source: proposal.source,
            threads: self.threads.as_ref(),
        };
        let mut effects = produce(&start)?;
        let (accounts, storages) = self.trees(&mut effects)?;
        let queue = self.queue.iter().skip(effects.taken).chain(&effects.added);
        let header = Header {
            chain: last.chain,
            height: facts.height,
            parent: last.hash(),
            time,
            proposer: proposal.proposer,
            parameters: facts.parameters.version,
            base_fee: facts.base_fee,
            gas_used: effects.gas_used,
            state_root: accounts.root(),
            queue_root: queue_root(queue),
            queue_len: (self.queue.len() - effects.taken + effects.added.len()) as u64,
            transactions_root: list_root(
                proposal.transactions.iter().map(|t| t.transaction.hash()),
            ),
            receipts_root: records_root(&effects.receipts),
            differences_root: list_root(effects.receipts.iter().map(|r| r.difference)),
            burned: last.burned + effects.burned,
        };
        let head = Head {
            header,
            parameters: (*facts.parameters).clone(),
            supply: self.head.supply,
            scheduled: self.head.scheduled + effects.entered.len() as u64,
            queue_first: self.head.queue_first + effects.taken as u64,
        };
        let parameters = self.parameters_after(&head, &effects)?;
        let next = facts_after(&head, parameters, Some(&self.next))
            .map_err(|error| Unavailable(format!("the parameters: {error}")))?;
        let block = Block { header: head.header.clone(), transactions: proposal.transactions };
        Ok(Executed { block, effects, accounts, storages, head, next })
    }

    /// Makes a block that ran on the state as it is: everything, or on an error nothing.
    pub fn commit(&mut self, executed: Executed) -> Result<(), Unavailable> {
        let Executed { block, effects, accounts, storages, head, next } = executed;
        if block.header.parent != self.head.header.hash() {
            return Err(Unavailable("the block is for another state".into()));
        }
        let batch = self.batch(&block, &effects, &head);
        self.backend.commit(batch)?;
        let stale = |_| Unavailable("the tree has changed since".into());
        self.accounts.commit(accounts).map_err(stale)?;
        for (address, tree) in storages {
            match tree {
                StorageTree::Built(tree) => {
                    self.storages.insert(address, *tree);
                }
                StorageTree::Changed(prepared) => {
                    if let Some(tree) = self.storages.get_mut(&address) {
                        tree.commit(prepared).map_err(stale)?;
                    }
                }
            }
        }
        self.forget_trees();
        self.calendar.change(&effects.removed, &effects.entered);
        self.queue.drain(..effects.taken);
        self.queue.extend(effects.added);
        self.head = head;
        self.next = next;
        Ok(())
    }

    fn batch(&self, block: &Block, effects: &Effects, head: &Head) -> Batch {
        let mut batch = Batch::default();
        let height = block.header.height.to_be_bytes();
        batch.put(Table::Meta, HEAD, encode(head));
        batch.put(Table::Blocks, height, encode(block));
        for (address, account) in &effects.accounts {
            batch.put(Table::Accounts, address.0, encode(account));
        }
        for ((address, key), value) in &effects.writes {
            let key = storage_key(*address, key);
            match value {
                Some(value) => batch.put(Table::Storage, key, &value[..]),
                None => batch.remove(Table::Storage, key),
            }
        }
        records::put(&mut batch, block, effects);
        for story in effects.differences.iter().flat_map(|difference| &difference.stories) {
            let number = story.number.to_be_bytes();
            batch.put(Table::Stories, [&story.contract.0[..], &number].concat(), encode(story));
        }
        self.batch_waiting(&mut batch, effects);
        batch
    }

    fn batch_waiting(&self, batch: &mut Batch, effects: &Effects) {
        let first = self.head.queue_first;
        for at in 0..effects.taken as u64 {
            batch.remove(Table::Queue, (first + at).to_be_bytes());
        }
        for (at, envelope) in effects.added.iter().enumerate() {
            let place = first + (self.queue.len() + at) as u64;
            batch.put(Table::Queue, place.to_be_bytes(), encode(envelope));
        }
        for (contract, number) in &effects.removed {
            if let Some((at, made)) = self.calendar.time_of(*contract, *number) {
                batch.remove(Table::Calendar, calendar_key(at, made));
            }
        }
        for (made, (at, contract, number)) in (self.head.scheduled + 1..).zip(&effects.entered) {
            batch.put(Table::Calendar, calendar_key(*at, made), encode(&(contract, number)));
        }
    }

    /// Works out the trees after a block, and with them the roots of the accounts' storages.
    fn trees(
        &self,
        effects: &mut Effects,
    ) -> Result<(Prepared, Vec<(Address, StorageTree)>), Unavailable> {
        let mut changes: BTreeMap<Address, Vec<Change>> = BTreeMap::new();
        for ((address, key), value) in &effects.writes {
            let path = storage_path(key);
            let change = match value {
                Some(value) => Change::write(path, value),
                None => Change::erase(path),
            };
            changes.entry(*address).or_default().push(change);
        }
        let mut storages = Vec::with_capacity(changes.len());
        for (address, changes) in changes {
            let (tree, root) = match self.storages.get(&address) {
                Some(tree) => {
                    let prepared = tree.prepare(changes);
                    let root = prepared.root();
                    (StorageTree::Changed(prepared), root)
                }
                None => {
                    let mut tree = self.storage_tree(address)?;
                    let root = tree.update(changes);
                    (StorageTree::Built(Box::new(tree)), root)
                }
            };
            if let Some(account) = effects.accounts.get_mut(&address) {
                account.storage_root = root;
            }
            storages.push((address, tree));
        }
        let accounts = effects.accounts.iter();
        let accounts = accounts.map(|(address, account)| {
            with_encoded(account, |bytes| Change::write(account_path(*address), bytes))
        });
        Ok((self.accounts.prepare(accounts.collect()), storages))
    }

    /// The root of what an account stores, and a proof of what it stores under a key.
    pub fn prove_storage(&self, address: Address, key: &Key) -> Result<(Hash, Proof), Unavailable> {
        let path = storage_path(key);
        if let Some(tree) = self.storages.get(&address) {
            return Ok((tree.root(), tree.prove(&path)));
        }
        let tree = self.storage_tree(address)?;
        Ok((tree.root(), tree.prove(&path)))
    }

    /// Builds the tree of what an account stores, which must be what the account says.
    fn storage_tree(&self, address: Address) -> Result<CompactTree, Unavailable> {
        let mut leaves = Vec::new();
        self.backend.scan(Table::Storage, &address.0, &[], &mut |key, value| {
            let path = *blake3::hash(&key[address.0.len()..]).as_bytes();
            leaves.push(Change::write(path, value));
            true
        })?;
        let tree = CompactTree::build(leaves);
        let account = self.account(address)?.unwrap_or_default();
        if tree.root() != account.storage_root {
            return Err(Unavailable(format!("what {address} stores is not what its account says")));
        }
        Ok(tree)
    }

    /// The tree of accounts.
    pub fn accounts_tree(&self) -> &CompactTree {
        &self.accounts
    }

    /// Drops trees, the first addresses first, until the others are not too large together. What
    /// is dropped is built again when it is needed.
    fn forget_trees(&mut self) {
        let mut entries: usize = self.storages.values().map(StateTree::len).sum();
        while entries > TREES_ENTRIES_MAX
            && self.storages.len() > 1
            && let Some((_, tree)) = self.storages.pop_first()
        {
            entries -= tree.len();
        }
    }

    /// The parameters that hold behind a block with these effects.
    pub(crate) fn parameters_after(
        &self,
        head: &Head,
        effects: &Effects,
    ) -> Result<Parameters, Unavailable> {
        let Some(key) = parameters_key(head) else { return Ok(head.parameters.clone()) };
        let written = effects.writes.get(&(SYSTEM, key));
        match written {
            Some(Some(bytes)) => decoded(bytes, "parameters"),
            _ => upcoming(&self.backend, head),
        }
    }
}

/// The key of the parameters that begin with the next block, if an epoch does.
fn parameters_key(head: &Head) -> Option<Key> {
    let (next, blocks) = (head.header.height + 1, head.parameters.epoch_blocks);
    next.is_multiple_of(blocks).then(|| Key::parameters(next / blocks))
}

/// The parameters that hold for the next block.
pub(crate) fn upcoming(backend: &impl Backend, head: &Head) -> Result<Parameters, Unavailable> {
    let Some(key) = parameters_key(head) else { return Ok(head.parameters.clone()) };
    match Committed(backend).stored(SYSTEM, &key)? {
        Some(bytes) => decoded(&bytes, "parameters"),
        None => Ok(head.parameters.clone()),
    }
}

/// The facts of the next block, but for time and proposer. The base fee goes up when more than
/// half of the block's gas was used and down when less, by at most an eighth (EIP-1559).
pub(crate) fn facts_after(
    head: &Head,
    parameters: Parameters,
    before: Option<&Facts>,
) -> Result<Facts, ScheduleError> {
    let header = &head.header;
    let target = u128::from(head.parameters.block_gas / 2).max(1);
    let used = u128::from(header.gas_used);
    let step = |distance: u128| {
        let eighth = header.base_fee / 8;
        (eighth / target).saturating_mul(distance) + eighth % target * distance / target
    };
    let base_fee = if used > target {
        header.base_fee + step(used - target).max(1)
    } else {
        header.base_fee - step(target - used).min(header.base_fee)
    };
    // Beyond this no account could pay for anything, and prices times gas would not fit.
    let base_fee = base_fee.clamp(parameters.base_fee_min, 1 << 64);
    let facts = match before {
        // Parameters rarely change, and the schedule is a long text.
        Some(before) if *before.parameters == parameters => before.clone(),
        _ => Facts::new(header.chain, parameters)?,
    };
    Ok(Facts { height: header.height + 1, now: header.time, base_fee, ..facts })
}

/// The root of a list.
pub(crate) fn list_root<T: AsRef<[u8]>>(items: impl IntoIterator<Item = T>) -> Hash {
    let mut range = MountainRange::new();
    for item in items {
        range.append(item.as_ref());
    }
    range.root()
}

/// The root of the list of these values' canonical forms.
fn records_root(records: &[impl BorshSerialize]) -> Hash {
    let mut range = MountainRange::new();
    for record in records {
        with_encoded(record, |bytes| range.append(bytes));
    }
    range.root()
}

/// The hash of the messages that wait.
pub(crate) fn queue_root<'a>(queue: impl IntoIterator<Item = &'a Envelope>) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"fvm/queue");
    for envelope in queue {
        with_encoded(envelope, |bytes| {
            hasher.update(bytes);
        });
    }
    *hasher.finalize().as_bytes()
}

/// Keys in the order of times: the sign is turned, so that times before 1970 come first.
fn calendar_key(at: i64, made: u64) -> Vec<u8> {
    let time = (at as u64) ^ (1 << 63);
    [time.to_be_bytes(), made.to_be_bytes()].concat()
}
