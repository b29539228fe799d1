//! The end of a handler: what it wants is made a difference. Storage is written and paid for,
//! Stories are appended, messages leave with their coins and a share of the gas.

use crate::account::{Bytes, Contract, Key, Unavailable};
use crate::block::{Story, encode};
use crate::calendar::Timer;
use crate::deliver::Delivery;
use crate::difference::Change;
use crate::execute::{Emission, Pending};
use crate::message::{Content, Envelope, Prepaid};
use crate::problem::SystemProblem;
use borsh::BorshSerialize;
use fvm_keys::Address;
use fvm_tree::MountainRange;
use std::collections::BTreeSet;

impl Delivery<'_> {
    /// Makes the changes of a handler: the coins of its message arrive, storage is written,
    /// records are appended, and its messages leave with their coins and a share of the gas (R7).
    pub(crate) fn commit(
        &mut self,
        pending: Pending,
        mut contract: Contract,
        value: u128,
    ) -> Result<Result<(), SystemProblem>, Unavailable> {
        let parameters = &self.facts.parameters;
        let records = (pending.events.len() + pending.stories.len()) as u64;
        let held = |at: &i64| at.saturating_sub(self.facts.now).max(0) as u64;
        let hours: u64 = pending.timers.iter().map(|(at, ..)| held(at).div_ceil(3600)).sum();
        let extra = records
            .saturating_mul(parameters.record_gas)
            .saturating_add(hours.saturating_mul(parameters.holding_hour_gas));
        if !self.take(extra) {
            return Ok(Err(SystemProblem::OutOfGas));
        }
        let emits = !pending.emissions.is_empty() || !pending.timers.is_empty();
        if emits && self.envelope.hop.saturating_add(1) >= parameters.hops_max {
            return Ok(Err(SystemProblem::Failed("limit HOPS_MAX".into())));
        }
        contract.is_concluded |= pending.concludes;
        let mut change = self.change();
        change.created = pending.created;
        change.scheduled = pending.scheduled;
        let mut writes: Vec<(Key, Option<Bytes>)> = pending.writes.into_iter().collect();
        writes.extend(self.tell(pending.stories, &mut contract)?);
        change.contract = Some(contract);
        self.cancel(&pending.cancelled, &mut change, &mut writes)?;
        // What is saved counts as storage, which is paid for before gas is shared out.
        for (at, emission) in (change.sent..).zip(&pending.emissions) {
            let id = Envelope::id_of(self.facts.chain, self.envelope.to, at);
            writes.push((Key::ask(&id), Some(encoded(&emission.outcomes))));
        }
        let mut timers: Vec<(u64, Timer)> = Vec::with_capacity(pending.timers.len());
        for (at, number, call) in pending.timers {
            let timer = Timer { at, call, prepaid: Prepaid { answer: 0, ..self.prepaid } };
            writes.push((Key::timer(number), Some(encoded(&timer))));
            timers.push((number, timer));
        }
        if let Err(problem) = self.store(writes, &mut change)? {
            return Ok(Err(problem));
        }
        let share = match self.share(pending.emissions.len(), timers.len()) {
            Ok(share) => share,
            Err(problem) => return Ok(Err(problem)),
        };
        for (number, mut timer) in timers {
            timer.prepaid.gas = share;
            change.parked += timer.prepaid.coins();
            self.gas_left -= share;
            self.difference.timers.push((timer.at, number));
            // As many bytes as before, with the gas that there turned out to be.
            self.difference.rewrite(&Key::timer(number), encode(&timer));
        }
        let prepaid = Prepaid { gas: share, answer: share, ..self.prepaid };
        for Emission { to, value, request, .. } in pending.emissions {
            let content = Content::Request { request, is_asked: true };
            let envelope = self.emission(to, value, prepaid, content, &mut change);
            self.gas_left -= 2 * share;
            self.difference.emissions.push(envelope);
        }
        self.difference.gained += value;
        self.difference.lost += pending.spent;
        self.difference.events = pending.events;
        self.difference.change = Some(change);
        Ok(Ok(()))
    }

    /// Appends Stories to those of the contract: the state keeps the peaks of a mountain range, the
    /// Stories themselves are kept beside it.
    pub(crate) fn tell(
        &mut self,
        records: Vec<Vec<u8>>,
        contract: &mut Contract,
    ) -> Result<Option<(Key, Option<Bytes>)>, Unavailable> {
        if records.is_empty() {
            return Ok(None);
        }
        let stored = self.component.stored(&Key::stories())?;
        let peaks = stored.as_deref().and_then(|bytes| borsh::from_slice(bytes).ok());
        let range = MountainRange::from_parts(contract.stories, peaks.unwrap_or_default());
        let damaged = || Unavailable("the peaks of a contract's Stories".into());
        let mut range = range.ok_or_else(damaged)?;
        for record in records {
            let story = Story {
                contract: self.component.address,
                code: contract.code,
                number: contract.stories,
                message: self.envelope.id,
                trace: self.envelope.trace,
                height: self.facts.height,
                time: self.facts.now,
                record,
            };
            range.append(&encode(&story));
            contract.stories += 1;
            self.difference.stories.push(story);
        }
        Ok(Some((Key::stories(), Some(encoded(&range.peaks().to_vec())))))
    }

    /// Takes scheduled calls away; what was paid for them goes back.
    pub(crate) fn cancel(
        &mut self,
        numbers: &BTreeSet<u64>,
        change: &mut Change,
        writes: &mut Vec<(Key, Option<Bytes>)>,
    ) -> Result<(), Unavailable> {
        for number in numbers {
            let key = Key::timer(*number);
            let stored = self.component.stored(&key)?;
            let timer = stored.as_deref().and_then(|bytes| borsh::from_slice::<Timer>(bytes).ok());
            let Some(timer) = timer else { continue };
            change.parked -= timer.prepaid.coins();
            self.difference.credit(timer.prepaid.payer, timer.prepaid.coins());
            self.difference.cancelled.push(*number);
            writes.push((key, None));
        }
        Ok(())
    }

    /// The gas of each message, each answer and each scheduled call: equal parts of what is left.
    pub(crate) fn share(&self, emissions: usize, timers: usize) -> Result<u64, SystemProblem> {
        let parts = 2 * emissions as u64 + timers as u64;
        if parts == 0 {
            return Ok(0);
        }
        let parameters = &self.facts.parameters;
        let share = (self.gas_left / parts).min(parameters.message_gas_max() / 2);
        if share < parameters.message_gas_min {
            return Err(SystemProblem::OutOfGas);
        }
        Ok(share)
    }

    /// Writes storage, and takes or gives back what is held for its bytes.
    pub(crate) fn store(
        &mut self,
        writes: Vec<(Key, Option<Bytes>)>,
        change: &mut Change,
    ) -> Result<Result<(), SystemProblem>, Unavailable> {
        let parameters = &self.facts.parameters;
        let entry =
            |key: &Key, value: &Bytes| (key.0.len() + value.len()) as u64 + parameters.entry_bytes;
        let (mut grown, mut shrunk) = (0u64, 0u64);
        for (key, value) in writes {
            let before = self.component.stored(&key)?;
            if before == value {
                continue;
            }
            grown += value.as_ref().map_or(0, |value| entry(&key, value));
            shrunk += before.as_ref().map_or(0, |value| entry(&key, value));
            self.difference.writes.push((key, value.map(|value| value.to_vec())));
        }
        self.difference.writes.sort();
        let before = change.bytes;
        change.bytes = (before + grown).saturating_sub(shrunk);
        let payer = self.prepaid.payer;
        if change.bytes < before {
            let kept = proportion(change.deposit, change.bytes, before);
            self.difference.credit(payer, change.deposit - kept);
            change.deposit = kept;
            return Ok(Ok(()));
        }
        let coins = parameters.byte_deposit * u128::from(change.bytes - before);
        let unit = self.prepaid.price.of(1);
        // Where gas costs nothing there is nothing to hold.
        if coins == 0 || unit == 0 {
            return Ok(Ok(()));
        }
        let gas = coins.div_ceil(unit);
        if gas > u128::from(self.gas_left) {
            return Ok(Err(SystemProblem::OutOfGas));
        }
        self.gas_left -= gas as u64;
        change.deposit += coins;
        self.difference.credit(payer, gas * unit - coins);
        Ok(Ok(()))
    }

    pub(crate) fn emission(
        &self,
        to: Address,
        value: u128,
        prepaid: Prepaid,
        content: Content,
        change: &mut Change,
    ) -> Envelope {
        let id = Envelope::id_of(self.facts.chain, self.envelope.to, change.sent);
        change.sent += 1;
        Envelope {
            id,
            from: self.envelope.to,
            to,
            value,
            prepaid,
            trace: self.envelope.trace,
            hop: self.envelope.hop.saturating_add(1),
            deadline: self.facts.height.saturating_add(self.facts.parameters.deadline_blocks),
            content,
        }
    }
}

fn encoded(value: &impl BorshSerialize) -> Bytes {
    encode(value).into()
}

/// `coins * part / whole`, rounded down, without an intermediate result that is too large.
fn proportion(coins: u128, part: u64, whole: u64) -> u128 {
    if whole == 0 {
        return 0;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    // (q·w + r)·p / w = q·p + r·p / w, and r < w < 2^64.
    (coins / whole) * part + (coins % whole) * part / whole
}
