//! Exploring one order of delivery for all that differ only in deliveries that commute.
//!
//! The algorithm is source-DPOR with sleep sets (Abdulla, Aronis, Jonsson, Sagonas: Optimal dynamic
//! partial order reduction, 2014). Its processes are channels, in which messages keep their order;
//! two deliveries conflict if both touch the same thing. After a run every race is looked at: two
//! deliveries that conflict, of which the later one could have come first. Where that order is not
//! planned yet, it is. Relies on it that conflicts can be seen before a delivery: if they depended on
//! what it does, and so on the order, orders would be missed.

use fvm_keys::Address;
use std::collections::{BTreeMap, VecDeque};

/// Messages of one sender to one receiver; moves of the clock are a channel too.
pub type Channel = Option<(Address, Address)>;

/// Deliveries in one run that can be compared with each other.
pub const EVENTS_MAX: usize = 2_000;

/// Whether the order of two deliveries matters: they have one receiver, or move the clock.
fn conflict(one: Channel, other: Channel) -> bool {
    match (one, other) {
        (Some((_, to)), Some((_, other_to))) => to == other_to,
        (None, _) | (_, None) => true,
    }
}

/// A set of deliveries of the run.
#[derive(Clone, Default, Debug)]
struct Events(Vec<u64>);

impl Events {
    fn insert(&mut self, event: usize) {
        if self.0.len() <= event / 64 {
            self.0.resize(event / 64 + 1, 0);
        }
        self.0[event / 64] |= 1 << (event % 64);
    }
    fn contains(&self, event: usize) -> bool {
        self.0.get(event / 64).is_some_and(|word| word >> (event % 64) & 1 == 1)
    }
    fn extend(&mut self, other: &Events) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }
}

/// A delivery of the present run.
#[derive(Clone, Debug)]
struct Event {
    channel: Channel,
    /// What happened before it: its own cause, and what it conflicts with.
    before: Events,
}

/// A state of the present run in which something was delivered.
#[derive(Clone, Debug)]
struct Node {
    taken: Channel,
    /// What is to be taken here, what was taken among it.
    planned: Vec<Channel>,
    /// What need not be taken here: every order that begins with it was seen.
    asleep: Vec<Channel>,
}

/// A search for one order of each kind.
#[derive(Clone, Default, Debug)]
pub struct Reducer {
    nodes: Vec<Node>,
    /// Where this run leaves the one before.
    new_from: usize,
    events: Vec<Event>,
    /// The deliveries that caused what waits, by channel.
    causes: BTreeMap<Channel, VecDeque<Option<usize>>>,
    /// The first delivery after everything that waited was delivered and the suite acted.
    floor: usize,
    /// Every order that begins like this run was seen.
    is_redundant: bool,
}

impl Reducer {
    /// Prepares the next run, after one; false if there is none.
    pub fn next_run(&mut self) -> bool {
        self.events.clear();
        self.causes.clear();
        self.floor = 0;
        self.is_redundant = false;
        while let Some(mut node) = self.nodes.pop() {
            node.asleep.push(node.taken);
            let is_new = |channel: &&Channel| !node.asleep.contains(channel);
            if let Some(next) = node.planned.iter().find(is_new).copied() {
                self.new_from = self.nodes.len();
                self.nodes.push(Node { taken: next, ..node });
                return true;
            }
        }
        false
    }

    /// Whether something was delivered since the suite acted last.
    pub fn has_delivered(&self) -> bool {
        self.events.len() > self.floor
    }

    /// The suite acts; nothing waits, so everything that follows is after everything before.
    pub fn settle(&mut self) {
        self.floor = self.events.len();
    }

    /// Looks at the channels of what waits, in order: what is new was caused by the last delivery.
    pub fn see(&mut self, waiting: impl Iterator<Item = Channel>) {
        let cause = self.events.len().checked_sub(1);
        let mut counts: BTreeMap<Channel, usize> = BTreeMap::new();
        for channel in waiting {
            let count = counts.entry(channel).or_default();
            *count += 1;
            let causes = self.causes.entry(channel).or_default();
            if causes.len() < *count {
                causes.push_back(cause);
            }
        }
    }

    /// Chooses one of the channels with something to deliver; none if this run does not repeat
    /// what led here, or is too long.
    pub fn choose(&mut self, ready: &[Channel]) -> Option<usize> {
        let at = self.events.len();
        if let Some(node) = self.nodes.get(at) {
            return ready.iter().position(|channel| *channel == node.taken);
        }
        if at >= EVENTS_MAX {
            return None;
        }
        let asleep: Vec<Channel> = match self.nodes.last() {
            Some(last) => {
                let sleeps_on = |channel: &Channel| !conflict(*channel, last.taken);
                last.asleep.iter().copied().filter(sleeps_on).collect()
            }
            None => Vec::new(),
        };
        let awake = ready.iter().position(|channel| !asleep.contains(channel));
        self.is_redundant |= awake.is_none();
        let choice = awake.unwrap_or(0);
        let taken = *ready.get(choice)?;
        let planned = if self.is_redundant { Vec::new() } else { vec![taken] };
        self.nodes.push(Node { taken, planned, asleep });
        Some(choice)
    }

    /// What was chosen was delivered.
    pub fn delivered(&mut self) {
        let at = self.events.len();
        let Some(channel) = self.nodes.get(at).map(|node| node.taken) else { return };
        let own = self.history(channel);
        let mut before = own.clone();
        for earlier in self.floor..at {
            if conflict(self.events[earlier].channel, channel) {
                before.insert(earlier);
                before.extend(&self.events[earlier].before);
            }
        }
        self.events.push(Event { channel, before });
        if at >= self.new_from && !self.is_redundant {
            for earlier in (self.floor..at).filter(|earlier| !own.contains(*earlier)) {
                if self.is_race(earlier, at) {
                    self.plan_reversed(earlier, at);
                }
            }
        }
    }

    /// What happened before the message of a channel could be delivered.
    fn history(&mut self, channel: Channel) -> Events {
        let mut own = Events::default();
        let cause = self.causes.get_mut(&channel).and_then(VecDeque::pop_front).flatten();
        let previous = self.events.iter().rposition(|event| event.channel == channel);
        for event in [cause, previous].into_iter().flatten() {
            own.insert(event);
            own.extend(&self.events[event].before);
        }
        own
    }

    /// Whether two deliveries conflict with none between them that has to stay there.
    fn is_race(&self, earlier: usize, later: usize) -> bool {
        let Event { channel, before } = &self.events[later];
        let lies_between = |between: usize| {
            self.events[between].before.contains(earlier) && before.contains(between)
        };
        conflict(self.events[earlier].channel, *channel) && !(earlier + 1..later).any(lies_between)
    }

    /// Plans an order in which the later of two deliveries that race comes first.
    fn plan_reversed(&mut self, earlier: usize, later: usize) {
        // What happens without the earlier one; its first deliveries can be taken in its place.
        let is_free = |event: &usize| !self.events[*event].before.contains(earlier);
        let mut free: Vec<usize> = (earlier + 1..later).filter(is_free).collect();
        free.push(later);
        let is_first =
            |event: &&usize| !free.iter().any(|other| self.events[**event].before.contains(*other));
        let mut firsts = free.iter().filter(is_first).map(|event| self.events[*event].channel);
        let planned = &self.nodes[earlier].planned;
        let first = firsts.clone().next();
        if !firsts.any(|channel| planned.contains(&channel)) {
            self.nodes[earlier].planned.extend(first);
        }
    }
}

#[cfg(test)]
mod tests;
