//! What transactions would do, without their signatures and without a block: what a wallet shows
//! before it asks its owner. Each runs as a block of its own behind the last one, under the prices
//! and parameters that hold then. Roots are not worked out, and nothing is changed.

use crate::account::{Account, Bytes, Key, Unavailable, View};
use crate::backend::Backend;
use crate::block::Header;
use crate::ledger::{Committed, Head, Ledger, facts_after};
use crate::parameters::Facts;
use crate::produce::{Effects, Start, produce};
use crate::round::{Source, Stop};
use crate::transaction::Transaction;
use fvm_keys::Address;
use std::collections::BTreeMap;

/// What a transaction would do.
pub struct Previewed {
    /// The block that it would stand in.
    pub facts: Facts,
    /// What that block changes: messages that waited before are delivered in it as well.
    pub effects: Effects,
}

/// The committed state with what previewed blocks changed.
struct Changed<'a, B> {
    base: Committed<'a, B>,
    accounts: BTreeMap<Address, Account>,
    writes: BTreeMap<(Address, Key), Option<Bytes>>,
}

impl<B: Backend> View for Changed<'_, B> {
    fn account(&self, address: Address) -> Result<Option<Account>, Unavailable> {
        match self.accounts.get(&address) {
            Some(account) => Ok(Some(account.clone())),
            None => self.base.account(address),
        }
    }
    fn stored(&self, address: Address, key: &Key) -> Result<Option<Bytes>, Unavailable> {
        match self.writes.get(&(address, key.clone())) {
            Some(written) => Ok(written.clone()),
            None => self.base.stored(address, key),
        }
    }
}

impl<B: Backend> Ledger<B> {
    /// What these transactions would do, one after the other. Time is in seconds.
    pub fn preview(
        &self,
        time: i64,
        proposer: Address,
        transactions: &[Transaction],
    ) -> Result<Vec<Previewed>, Stop> {
        let base = Committed(&self.backend);
        let mut view = Changed { base, accounts: BTreeMap::new(), writes: BTreeMap::new() };
        let (mut queue, mut calendar) = (self.queue.clone(), self.calendar.clone());
        let now = time.max(self.head.header.time);
        let mut facts = Facts { now, proposer, ..self.next.clone() };
        let mut previewed = Vec::with_capacity(transactions.len());
        for transaction in transactions {
            let effects = produce(&Start {
                view: &view,
                codes: &self.codes,
                facts: &facts,
                queue: &queue,
                calendar: &calendar,
                transactions: &[transaction],
                source: Source::Execute,
                threads: self.threads.as_ref(),
            })?;
            let next = self.facts_behind(&facts, &effects)?;
            queue.drain(..effects.taken);
            queue.extend(effects.added.iter().cloned());
            calendar.change(&effects.removed, &effects.entered);
            view.accounts
                .extend(effects.accounts.iter().map(|(at, account)| (*at, account.clone())));
            view.writes
                .extend(effects.writes.iter().map(|(at, value)| (at.clone(), value.clone())));
            let facts = std::mem::replace(&mut facts, Facts { now, proposer, ..next });
            previewed.push(Previewed { facts, effects });
        }
        Ok(previewed)
    }

    /// The facts of the block behind one with these facts and effects.
    fn facts_behind(&self, facts: &Facts, effects: &Effects) -> Result<Facts, Unavailable> {
        let header = Header {
            height: facts.height,
            time: facts.now,
            base_fee: facts.base_fee,
            gas_used: effects.gas_used,
            ..self.head.header.clone()
        };
        let head = Head { header, parameters: (*facts.parameters).clone(), ..self.head.clone() };
        let parameters = self.parameters_after(&head, effects)?;
        facts_after(&head, parameters, Some(facts))
            .map_err(|error| Unavailable(format!("the parameters: {error}")))
    }
}
