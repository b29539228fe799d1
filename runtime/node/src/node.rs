//! The node: one ledger, its pool, and the blocks that it makes. Everything else asks this.

use crate::disk::Disk;
use crate::metrics::Metrics;
use crate::pool::{Pool, PoolError, Room, Signer};
use fvm_keys::Address;
use fvm_ledger::account::{Account, Hash, Unavailable};
use fvm_ledger::block::{Header, SignedTransaction, encode};
use fvm_ledger::genesis::Genesis;
use fvm_ledger::ledger::{Executed, Ledger, Proposal};
use fvm_ledger::open::OpenError;
use fvm_ledger::preview::Previewed;
use fvm_ledger::round::{Source, Stop};
use fvm_ledger::transaction::Transaction;
use fvm_store::{Options as StoreOptions, Store, StoreError};
use fvm_vm::VerifiedModule;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::watch;

/// How a node is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where its state lies.
    pub directory: PathBuf,
    /// How its ledger began.
    pub genesis: Genesis,
    /// Whether blocks wait for the disk.
    pub durable: bool,
    /// Threads that execute messages.
    pub threads: usize,
    /// Who gets the tips.
    pub proposer: Address,
    /// The time of this machine, in seconds since 1970.
    pub clock: fn() -> i64,
}

/// Why a node does not go on.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NodeError {
    /// The store.
    #[error("{0}")]
    Store(String),
    /// The ledger in it.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Reading it.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// Running a block.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// Threads.
    #[error("no threads: {0}")]
    Threads(String),
}

impl From<StoreError> for NodeError {
    fn from(error: StoreError) -> NodeError {
        NodeError::Store(error.to_string())
    }
}

/// The hash of a transaction that was taken, or why it was not.
pub type Admitted = Result<Hash, PoolError>;

/// What orders transactions for a node that does not make its blocks itself.
pub trait Engine: Send + Sync {
    /// Hands over the encoding of a signed transaction, or says why it was not taken.
    fn send(&self, bytes: &[u8]) -> Result<(), String>;
}

/// A node.
pub struct Node {
    ledger: RwLock<Ledger<Disk>>,
    pool: Mutex<Pool>,
    proposer: Address,
    clock: fn() -> i64,
    height: watch::Sender<u64>,
    work: watch::Sender<u64>,
    engine: Option<Box<dyn Engine>>,
    /// What it counts.
    pub metrics: Metrics,
}

/// Has contracts run by the threaded interpreter. What it refuses the reference engine runs.
pub(crate) fn prepare(module: &VerifiedModule) {
    if let Err(refusal) = fvm_threaded::attach(module) {
        tracing::warn!(module = module.module().name, %refusal, "the reference engine runs it");
    }
}

impl Node {
    /// Opens the state, or begins one.
    pub fn open(options: &Options) -> Result<Node, NodeError> {
        let store =
            StoreOptions { durable: options.durable, ..StoreOptions::new(options.genesis.chain) };
        Node::on(Store::open(&options.directory, &store)?, options)
    }

    /// The same in a store that is open, wherever it is.
    pub fn on(store: Store, options: &Options) -> Result<Node, NodeError> {
        let mut ledger = Ledger::open(Disk::of(store)?, &options.genesis, prepare)?;
        ledger
            .use_threads(options.threads)
            .map_err(|error| NodeError::Threads(error.to_string()))?;
        let height = ledger.header().height;
        tracing::info!(height, directory = %options.directory.display(), "ledger open");
        Ok(Node {
            ledger: RwLock::new(ledger),
            pool: Mutex::default(),
            proposer: options.proposer,
            clock: options.clock,
            height: watch::Sender::new(height),
            work: watch::Sender::new(0),
            engine: None,
            metrics: Metrics::default(),
        })
    }

    /// From now on an engine takes the transactions of clients and says which blocks there are.
    pub fn follow(&mut self, engine: Box<dyn Engine>) {
        self.engine = Some(engine);
    }

    /// The ledger, to read.
    pub fn ledger(&self) -> RwLockReadGuard<'_, Ledger<Disk>> {
        self.ledger.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn ledger_mut(&self) -> RwLockWriteGuard<'_, Ledger<Disk>> {
        self.ledger.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says when there is a new block: its number.
    pub fn heights(&self) -> watch::Receiver<u64> {
        self.height.subscribe()
    }

    /// Says when there is something to do.
    pub fn work(&self) -> watch::Receiver<u64> {
        self.work.subscribe()
    }

    /// How many transactions wait.
    pub fn pending(&self) -> usize {
        self.pool().len()
    }

    /// The account at this address.
    pub fn account(&self, address: Address) -> Result<Account, Unavailable> {
        Ok(self.ledger().account(address)?.unwrap_or_default())
    }

    /// The nonce that the next transaction of an account needs.
    pub fn next_nonce(&self, address: Address) -> Result<u64, Unavailable> {
        let nonce = self.account(address)?.nonce;
        Ok(self.pool().next_nonce(address, nonce))
    }

    /// Takes a transaction of a client: into the pool, or on to the engine.
    pub fn submit(&self, signed: SignedTransaction) -> Result<Admitted, Unavailable> {
        let added = match &self.engine {
            None => self.admit(signed)?,
            Some(engine) => self.check(&signed)?.and_then(|()| {
                engine.send(&encode(&signed)).map_err(PoolError::Engine)?;
                Ok(signed.transaction.hash())
            }),
        };
        match &added {
            Ok(_) => {
                self.metrics.accepted.add(1);
                self.work.send_modify(|count| *count = count.wrapping_add(1));
            }
            Err(_) => self.metrics.refused.add(1),
        }
        Ok(added)
    }

    /// Takes a transaction into the pool.
    pub fn admit(&self, signed: SignedTransaction) -> Result<Admitted, Unavailable> {
        match self.check(&signed)? {
            Ok(()) => self.add(signed),
            Err(error) => Ok(Err(error)),
        }
    }

    /// The same for one whose signature was checked before.
    pub fn readmit(&self, signed: SignedTransaction) -> Result<Admitted, Unavailable> {
        match self.may_stand(&signed.transaction)? {
            Ok(()) => self.add(signed),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Empties the pool.
    pub fn forget(&self) {
        *self.pool() = Pool::default();
    }

    /// Whether a transaction may come into the pool, perhaps behind others that wait.
    fn check(&self, signed: &SignedTransaction) -> Result<Result<(), PoolError>, Unavailable> {
        let may_stand = self.may_stand(&signed.transaction)?;
        Ok(may_stand.and_then(|()| Ok(signed.verify()?)))
    }

    /// The same by the state alone.
    fn may_stand(&self, transaction: &Transaction) -> Result<Result<(), PoolError>, Unavailable> {
        let refusal = self.ledger().refusal(transaction)?;
        Ok(refusal.map_or(Ok(()), |refusal| Err(refusal.into())))
    }

    /// Puts a transaction into the pool. No block is committed in between, so that the pool knows
    /// nonces as they are.
    fn add(&self, signed: SignedTransaction) -> Result<Admitted, Unavailable> {
        let ledger = self.ledger();
        let account = ledger.account(signed.transaction.signer)?.unwrap_or_default();
        let Account { nonce, balance, .. } = account;
        Ok(self.pool().add(signed, Signer { nonce, balance, base_fee: ledger.base_fee() }))
    }

    /// What would happen if these transactions were the next blocks, one each.
    pub fn simulate(&self, transactions: &[Transaction]) -> Result<Vec<Previewed>, NodeError> {
        Ok(self.ledger().preview((self.clock)(), self.proposer, transactions)?)
    }

    fn proposal(&self, transactions: Vec<SignedTransaction>) -> Proposal<'static> {
        let (time, proposer) = ((self.clock)(), self.proposer);
        Proposal { time, proposer, transactions, source: Source::Execute }
    }

    /// Whether a block would do anything: transactions or messages wait, or a call is due.
    pub fn has_work(&self) -> bool {
        let ledger = self.ledger();
        // Time never goes back, even if the clock does: what the next block calls due is due.
        let now = (self.clock)().max(ledger.header().time);
        let is_due = ledger.calendar().iter().next().is_some_and(|(at, ..)| at <= now);
        is_due || !ledger.queue().is_empty() || self.pool().is_ready()
    }

    /// Makes the next block, of what waits. Only one thread does.
    pub fn produce(&self) -> Result<Header, NodeError> {
        let chosen = {
            let ledger = self.ledger();
            let room = Room::of_gas(transaction_gas(&ledger));
            self.pool().choose(room, ledger.base_fee())
        };
        self.commit(self.run(self.proposal(chosen))?)
    }

    /// Runs the next block. Nothing is changed.
    pub fn run(&self, proposal: Proposal<'_>) -> Result<Executed, NodeError> {
        Ok(self.ledger().run(proposal)?)
    }

    /// Makes a block that ran on the state as it is.
    pub fn commit(&self, executed: Executed) -> Result<Header, NodeError> {
        let header = executed.block.header.clone();
        let transactions = executed.block.transactions.clone();
        let messages = executed.effects.receipts.len();
        self.ledger_mut().commit(executed)?;
        self.settle(header.height, &transactions)?;
        self.metrics.blocks.add(1);
        self.metrics.transactions.add(transactions.len() as u64);
        self.metrics.messages.add(messages as u64);
        self.metrics.gas.add(header.gas_used);
        self.height.send_replace(header.height);
        let (height, transactions) = (header.height, transactions.len());
        tracing::info!(height, transactions, messages, gas = header.gas_used, "block");
        Ok(header)
    }

    /// Has the pool forget what stood in a block, and what cannot stand in a later one.
    fn settle(&self, height: u64, stood: &[SignedTransaction]) -> Result<(), Unavailable> {
        let ledger = self.ledger();
        let nonce = |signer| Ok(ledger.account(signer)?.unwrap_or_default().nonce);
        self.pool().settle(height, stood, nonce)
    }
}

/// Gas that a block leaves to new transactions: all of it, unless old messages pile up (R16).
pub fn transaction_gas(ledger: &Ledger<Disk>) -> u64 {
    let block = ledger.parameters().block_gas;
    let pending: u128 =
        ledger.queue().iter().map(|envelope| u128::from(envelope.prepaid.reserved())).sum();
    match pending / u128::from(block.max(1)) {
        0 | 1 => block,
        2..8 => block / 2,
        _ => block / 20,
    }
}
