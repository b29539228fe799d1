//! A block runs: its transactions, what waited, and what they cause, round by round (R1 to R3).
//! Nothing that was committed changes; [`Effects`] is everything that would.

use crate::account::{Account, Bytes, Hash, Key, SYSTEM, Unavailable, View};
use crate::block::{Place, Receipt};
use crate::calendar::{self, Calendar, Timer};
use crate::code::CodeStore;
use crate::deliver::refuse;
use crate::difference::Difference;
use crate::message::{Content, Envelope, Prepaid};
use crate::parameters::Facts;
use crate::problem::SystemProblem;
use crate::queue::Queue;
use crate::round::{Rounds, Source, Stop, Touched};
use crate::transaction::Transaction;
use fvm_keys::Address;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a block begins with.
#[derive(Clone, Copy)]
pub struct Start<'a> {
    /// The state.
    pub view: &'a dyn View,
    /// Code.
    pub codes: &'a CodeStore,
    /// The block.
    pub facts: &'a Facts,
    /// Messages that wait, in order.
    pub queue: &'a VecDeque<Envelope>,
    /// Calls that wait for their time.
    pub calendar: &'a Calendar,
    /// Transactions, whose signatures were checked.
    pub transactions: &'a [&'a Transaction],
    /// Where differences come from.
    pub source: Source<'a>,
    /// Threads.
    pub threads: Option<&'a rayon::ThreadPool>,
}

/// Everything that a block changes.
#[derive(Default)]
pub struct Effects {
    /// Accounts that are not as they were.
    pub accounts: BTreeMap<Address, Account>,
    /// What accounts store otherwise.
    pub writes: BTreeMap<(Address, Key), Option<Bytes>>,
    /// Messages that waited before, at the front, and wait no longer.
    pub taken: usize,
    /// Messages that wait behind the others.
    pub added: VecDeque<Envelope>,
    /// Scheduled calls that came or were cancelled: contract and number.
    pub removed: Vec<(Address, u64)>,
    /// Calls that were scheduled: time, contract, number.
    pub entered: Vec<(i64, Address, u64)>,
    /// Receipts, in order.
    pub receipts: Vec<Receipt>,
    /// Differences, in the order of the messages.
    pub differences: Vec<Difference>,
    /// Gas used.
    pub gas_used: u64,
    /// Coins that were burned.
    pub burned: u128,
}

/// The state in the middle of a block.
struct Overlay<'a> {
    base: &'a dyn View,
    effects: Effects,
    codes: BTreeSet<Hash>,
}

impl View for Overlay<'_> {
    fn account(&self, address: Address) -> Result<Option<Account>, Unavailable> {
        match self.effects.accounts.get(&address) {
            Some(account) => Ok(Some(account.clone())),
            None => self.base.account(address),
        }
    }
    fn stored(&self, address: Address, key: &Key) -> Result<Option<Bytes>, Unavailable> {
        if !self.effects.writes.is_empty()
            && let Some(written) = self.effects.writes.get(&(address, key.clone()))
        {
            return Ok(written.clone());
        }
        self.base.stored(address, key)
    }
    fn has_code(&self, hash: &Hash) -> Result<bool, Unavailable> {
        Ok(self.codes.contains(hash) || self.base.has_code(hash)?)
    }
}

impl Overlay<'_> {
    fn keep(&mut self, touched: Vec<Touched>) {
        for Touched { address, account, writes } in touched {
            self.effects.accounts.insert(address, account);
            for (key, value) in writes {
                if address == SYSTEM
                    && let Some(hash) = key.code_hash()
                {
                    self.codes.insert(hash);
                }
                self.effects.writes.insert((address, key), value);
            }
        }
    }

    fn credit(&mut self, to: Address, coins: u128) -> Result<(), Unavailable> {
        let account = match self.effects.accounts.entry(to) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.base.account(to)?.unwrap_or_default()),
        };
        account.balance += coins;
        Ok(())
    }
}

/// Runs a block.
pub fn produce(start: &Start<'_>) -> Result<Effects, Stop> {
    let parameters = &start.facts.parameters;
    let mut overlay =
        Overlay { base: start.view, effects: Effects::default(), codes: BTreeSet::new() };
    let mut queue = Queue::new(start.queue);
    due(start, &mut overlay, &mut queue)?;
    for transaction in start.transactions {
        queue.push(received(transaction));
    }
    let rounds = Rounds {
        codes: start.codes,
        facts: start.facts,
        source: start.source,
        threads: start.threads,
    };
    let mut budget = parameters.block_gas;
    for round in 0..parameters.rounds_max {
        let envelopes = queue.admit(budget, round == 0);
        if envelopes.is_empty() {
            break;
        }
        let first = overlay.effects.differences.len();
        overlay.effects.differences.reserve(envelopes.len());
        overlay.effects.receipts.reserve(envelopes.len());
        let (differences, touched) = rounds.run(&overlay, &envelopes, first)?;
        overlay.keep(touched);
        let used: u64 = differences.iter().map(|difference| difference.gas_used).sum();
        budget = budget.saturating_sub(used);
        let mut merge = Merge { start, overlay: &mut overlay, queue: &mut queue, round };
        for (envelope, difference) in envelopes.iter().zip(differences) {
            merge.take(envelope, difference)?;
        }
    }
    if let Source::Apply { given, .. } = start.source
        && given.len() != overlay.effects.differences.len()
    {
        return Err(Stop::DifferenceCount);
    }
    let mut effects = overlay.effects;
    (effects.taken, effects.added) = queue.into_parts();
    Ok(effects)
}

/// The message by which a transaction reaches the account of its signer (R2a). Nothing is paid
/// yet: its account does that.
pub fn received(transaction: &Transaction) -> Envelope {
    let id = transaction.hash();
    let prepaid = Prepaid { gas: transaction.gas, payer: transaction.signer, ..Prepaid::default() };
    Envelope {
        id,
        from: transaction.signer,
        to: transaction.signer,
        value: 0,
        prepaid,
        trace: id,
        hop: 0,
        deadline: u64::MAX,
        content: Content::Transaction(Box::new(transaction.clone())),
    }
}

/// Queues the calls that are due, as far as their part of the block's gas goes; the rest comes a
/// block later, in order (R15). The first one comes even if it has more gas than that: parameters
/// may have changed since it was scheduled, and those behind it wait.
fn due(
    start: &Start<'_>,
    overlay: &mut Overlay<'_>,
    queue: &mut Queue<'_>,
) -> Result<(), Unavailable> {
    let parameters = &start.facts.parameters;
    let mut gas = parameters.block_gas / 100 * u64::from(parameters.due_percent);
    let mut is_first = true;
    for (at, _, contract, number) in start.calendar.iter() {
        if at > start.facts.now {
            break;
        }
        let stored = overlay.base.stored(contract, &Key::timer(number))?;
        let timer = stored.as_deref().and_then(|bytes| borsh::from_slice::<Timer>(bytes).ok());
        if let Some(timer) = timer {
            gas = match gas.checked_sub(timer.prepaid.gas) {
                Some(left) => left,
                None if is_first => 0,
                None => break,
            };
            is_first = false;
            queue.push(calendar::due(start.facts.chain, contract, number, timer.prepaid));
        }
        overlay.effects.removed.push((contract, number));
    }
    Ok(())
}

/// The end of a round: what differences hold for others than their receivers, in the order of the
/// messages.
struct Merge<'m, 'a> {
    start: &'m Start<'a>,
    overlay: &'m mut Overlay<'a>,
    queue: &'m mut Queue<'a>,
    round: u32,
}

impl Merge<'_, '_> {
    fn take(&mut self, envelope: &Envelope, difference: Difference) -> Result<(), Unavailable> {
        self.note(envelope, &difference)?;
        for emission in &difference.emissions {
            self.enqueue(emission.clone())?;
        }
        self.overlay.effects.differences.push(difference);
        Ok(())
    }

    /// The receipt of a message, and what its difference holds for others.
    fn note(&mut self, envelope: &Envelope, difference: &Difference) -> Result<(), Unavailable> {
        let facts = self.start.facts;
        let place = Place {
            height: facts.height,
            round: self.round,
            position: self.overlay.effects.receipts.len() as u32,
            parameters: facts.parameters.version,
        };
        self.overlay.effects.receipts.push(Receipt::new(envelope, difference, place));
        self.settle(difference)
    }

    /// Credits, burned coins, the calendar.
    fn settle(&mut self, difference: &Difference) -> Result<(), Unavailable> {
        for (to, coins) in &difference.credits {
            self.overlay.credit(*to, *coins)?;
        }
        let effects = &mut self.overlay.effects;
        effects.gas_used += difference.gas_used;
        effects.burned += difference.burned;
        let contract = difference.receiver;
        effects.removed.extend(difference.cancelled.iter().map(|number| (contract, *number)));
        effects.entered.extend(difference.timers.iter().map(|(at, n)| (*at, contract, *n)));
        Ok(())
    }

    /// Puts a message into the queue. A request for a full mailbox comes back at once; answers are
    /// never refused (R16).
    fn enqueue(&mut self, envelope: Envelope) -> Result<(), Unavailable> {
        let mailbox_max = self.start.facts.parameters.mailbox_max as usize;
        if !self.queue.is_full(&envelope, mailbox_max) {
            self.queue.push(envelope);
            return Ok(());
        }
        let problem = SystemProblem::Failed("limit MAILBOX_MAX".into());
        let difference = refuse(self.start.facts, &envelope, &problem);
        self.note(&envelope, &difference)?;
        for answer in difference.emissions {
            self.queue.push(answer);
        }
        Ok(())
    }
}
