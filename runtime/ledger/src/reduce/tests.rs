//! Reduced searches find every end that a search through all orders finds, in generated scenarios
//! in which receivers depend on the order of what they get, and answer with messages that depend on
//! all of it; some messages depend on a common state, as moves of the clock do.

use super::*;
use crate::explore::Explorer;
use pretty_assertions::assert_eq;
use std::collections::BTreeSet;

fn mixed(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |sum, part| {
        let z = (sum ^ part).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(23);
        (z ^ (z >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb)
    })
}

#[derive(Clone, Debug)]
struct Message {
    from: u8,
    to: u8,
    content: u64,
    hops: u8,
    is_global: bool,
}

/// What differs between scenarios.
#[derive(Clone, Copy, Debug)]
struct Rules {
    seed: u64,
    accounts: u8,
    /// One of so many first messages has an effect on what all others do.
    global: u64,
}

#[derive(Clone, Debug)]
struct Scenario {
    rules: Rules,
    accounts: Vec<u64>,
    common: u64,
    queue: Vec<Message>,
}

impl Scenario {
    fn new(rules: Rules) -> Scenario {
        let message = |number: u64| {
            let random = mixed(&[rules.seed, number]);
            let to = (random >> 8) as u8 % rules.accounts;
            Message {
                from: 100 + (random % 3) as u8,
                to,
                content: random,
                hops: 1,
                is_global: random.is_multiple_of(rules.global),
            }
        };
        let count = 2 + mixed(&[rules.seed]) % 3;
        let queue = (0..count).map(message).collect();
        let accounts = vec![0; rules.accounts.into()];
        Scenario { rules, accounts, common: 0, queue }
    }

    fn channel(message: &Message) -> Channel {
        let address = |number: u8| Address([number; 20]);
        (!message.is_global).then(|| (address(message.from), address(message.to)))
    }

    fn heads(&self) -> Vec<usize> {
        let is_first = |at: &usize| {
            let channel = Scenario::channel(&self.queue[*at]);
            !self.queue[..*at].iter().any(|other| Scenario::channel(other) == channel)
        };
        (0..self.queue.len()).filter(is_first).collect()
    }

    fn deliver(&mut self, at: usize) {
        let Message { to, content, hops, is_global, .. } = self.queue.remove(at);
        let account = &mut self.accounts[usize::from(to)];
        let random = mixed(&[*account, content, self.common]);
        *account = random;
        if is_global {
            self.common = random;
        }
        for number in 0..if hops > 0 { (random >> 20) % 3 } else { 0 } {
            let content = mixed(&[random, number]);
            let receiver = (content >> 5) as u8 % self.rules.accounts;
            self.queue.push(Message {
                from: to,
                to: receiver,
                content,
                hops: hops - 1,
                is_global: false,
            });
        }
    }

    fn end(self) -> (Vec<u64>, u64) {
        (self.accounts, self.common)
    }
}

type Ends = BTreeSet<(Vec<u64>, u64)>;

fn all(start: &Scenario) -> Option<(u64, Ends)> {
    let (mut explorer, mut ends) = (Explorer::new(usize::MAX), Ends::new());
    while explorer.next_run() {
        let mut scenario = start.clone();
        while !scenario.queue.is_empty() {
            let heads = scenario.heads();
            scenario.deliver(heads[explorer.choose(heads.len())]);
        }
        ends.insert(scenario.end());
    }
    (!explorer.is_incomplete()).then(|| (explorer.runs(), ends))
}

fn reduced(start: &Scenario) -> (u64, Ends) {
    let (mut reducer, mut ends, mut runs) = (Reducer::default(), Ends::new(), 0);
    loop {
        let mut scenario = start.clone();
        while !scenario.queue.is_empty() {
            let heads = scenario.heads();
            reducer.see(scenario.queue.iter().map(Scenario::channel));
            let channel = |at: &usize| Scenario::channel(&scenario.queue[*at]);
            let ready: Vec<Channel> = heads.iter().map(channel).collect();
            let chosen = reducer.choose(&ready).expect("runs repeat what led to a choice");
            scenario.deliver(heads[chosen]);
            reducer.delivered();
        }
        ends.insert(scenario.end());
        runs += 1;
        if !reducer.next_run() {
            return (runs, ends);
        }
    }
}

#[test]
fn every_end_of_generated_scenarios_is_found() {
    let (mut all_runs, mut reduced_runs, mut several_ends) = (0, 0, 0);
    for seed in 0..1_500 {
        let accounts = 2 + (seed % 4) as u8;
        let global = [5, 1_000][seed as usize % 2];
        let start = Scenario::new(Rules { seed, accounts, global });
        let Some((runs, ends)) = all(&start) else { continue };
        let (fewer, found) = reduced(&start);
        assert_eq!(found, ends, "{start:?}");
        assert!(fewer <= runs, "{fewer} instead of {runs}: {start:?}");
        all_runs += runs;
        reduced_runs += fewer;
        several_ends += u32::from(ends.len() > 1);
    }
    assert!(several_ends > 500, "the order matters in {several_ends} scenarios");
    assert!(reduced_runs * 30 < all_runs, "{reduced_runs} runs instead of {all_runs}");
}

#[test]
fn messages_to_different_accounts_are_delivered_in_one_order() {
    let rules = Rules { seed: 1, accounts: 6, global: u64::MAX };
    let mut start = Scenario::new(rules);
    let message = |to: u8| Message { from: 100, to, content: to.into(), hops: 0, is_global: false };
    start.queue = (0..6).map(message).collect();
    let (runs, ends) = reduced(&start);
    assert_eq!((runs, ends.len()), (1, 1));
    assert_eq!(all(&start).map(|(runs, _)| runs), Some(720));
}

#[test]
fn messages_to_one_account_are_delivered_in_every_order() {
    let rules = Rules { seed: 1, accounts: 1, global: u64::MAX };
    let mut start = Scenario::new(rules);
    let message =
        |from: u8| Message { from, to: 0, content: from.into(), hops: 0, is_global: false };
    start.queue = (0..5).map(message).collect();
    let (runs, ends) = reduced(&start);
    assert_eq!((runs, ends.len()), (120, 120));
}
