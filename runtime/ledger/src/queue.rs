//! Messages that wait, in one order (R1): those that waited before the block, and behind them what
//! the block adds.

use crate::message::{Content, Envelope};
use fvm_keys::Address;
use std::collections::{BTreeMap, VecDeque};

/// The queue in the middle of a block.
pub struct Queue<'a> {
    before: &'a VecDeque<Envelope>,
    /// How many of `before` are gone.
    taken: usize,
    added: VecDeque<Envelope>,
    /// Messages by receiver; counted from when a mailbox could be full.
    pending: Option<BTreeMap<Address, usize>>,
}

impl<'a> Queue<'a> {
    /// A queue of these.
    pub fn new(before: &'a VecDeque<Envelope>) -> Queue<'a> {
        Queue { before, taken: 0, added: VecDeque::new(), pending: None }
    }

    /// How many messages wait.
    pub fn len(&self) -> usize {
        self.before.len() - self.taken + self.added.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a message at the end.
    pub fn push(&mut self, envelope: Envelope) {
        if let Some(pending) = &mut self.pending {
            *pending.entry(envelope.to).or_default() += 1;
        }
        self.added.push_back(envelope);
    }

    /// Whether so many messages wait for a receiver that a request for it comes back (R16).
    pub fn is_full(&mut self, envelope: &Envelope, mailbox_max: usize) -> bool {
        let is_request = matches!(envelope.content, Content::Request { .. });
        // Nobody's mailbox is full while all of them together hold less.
        if !is_request || (self.pending.is_none() && self.len() < mailbox_max) {
            return false;
        }
        let waiting = self.before.iter().skip(self.taken).chain(&self.added);
        let pending = self.pending.get_or_insert_with(|| {
            let mut pending = BTreeMap::new();
            for envelope in waiting {
                *pending.entry(envelope.to).or_default() += 1;
            }
            pending
        });
        pending.get(&envelope.to).is_some_and(|count| *count >= mailbox_max)
    }

    /// Takes the longest front whose reserved gas fits (R3). In the first round of a block the head
    /// is taken even if it does not fit any block, which can be when the parameters have changed
    /// since it was sent, or when a transaction asks for too much: otherwise nothing would ever
    /// run again.
    pub fn admit(&mut self, gas: u64, is_first_round: bool) -> Vec<Envelope> {
        let mut left = gas;
        let mut admitted = Vec::new();
        loop {
            let head = match self.before.get(self.taken) {
                Some(head) => Some(head),
                None => self.added.front(),
            };
            let Some(head) = head else { break };
            left = match left.checked_sub(head.prepaid.reserved()) {
                Some(rest) => rest,
                None if is_first_round && admitted.is_empty() => 0,
                None => break,
            };
            admitted.extend(self.pop());
        }
        admitted
    }

    fn pop(&mut self) -> Option<Envelope> {
        let head = match self.before.get(self.taken) {
            Some(head) => {
                self.taken += 1;
                head.clone()
            }
            None => self.added.pop_front()?,
        };
        if let Some(pending) = &mut self.pending
            && let Some(count) = pending.get_mut(&head.to)
        {
            *count -= 1;
        }
        Some(head)
    }

    /// How many messages of before are gone, and what comes behind the others.
    pub fn into_parts(self) -> (usize, VecDeque<Envelope>) {
        (self.taken, self.added)
    }
}
