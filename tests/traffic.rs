//! Random blocks (`fscc_tests::traffic`) on 1, 2, 4 and 8 threads, by two engines, from their
//! differences and again from the genesis: the same headers, receipts, differences and tables.
//!
//! `FVM_TRAFFIC_SEEDS` and `FVM_TRAFFIC_BLOCKS` say how many seeds and blocks (2 and 40 without).

use fscc_tests::chain::endings;
use fscc_tests::count;
use fscc_tests::traffic::{Next, Traffic, fingerprint, genesis};
use fvm_keys::Address;
use fvm_ledger::Ledger;
use fvm_ledger::account::Hash;
use fvm_ledger::backend::InMemory;
use fvm_ledger::block::{MessageKind, Receipt, SignedTransaction};
use fvm_ledger::difference::Difference;
use fvm_ledger::ledger::{Executed, Proposal};
use fvm_ledger::records::Position;
use fvm_ledger::round::{EVERY_MILLION, Source};
use fvm_vm::VerifiedModule;
use std::collections::BTreeMap;

fn threaded(module: &VerifiedModule) {
    fvm_threaded::attach(module).expect("the threaded engine takes it");
}

fn open(threads: usize, prepare: fn(&VerifiedModule)) -> Ledger<InMemory> {
    let mut ledger = Ledger::open(InMemory::default(), &genesis(), prepare).expect("a genesis");
    ledger.use_threads(threads).expect("threads");
    ledger
}

fn run(ledger: &Ledger<InMemory>, next: &Next, source: Source<'_>) -> Executed {
    let (time, transactions) = (next.time, next.transactions.clone());
    let proposer = Address::of_name("proposer");
    ledger.run(Proposal { time, proposer, transactions, source }).expect("it runs")
}

fn same(one: &Executed, other: &Executed, context: &str) {
    assert_eq!(one.block.header, other.block.header, "{context}");
    assert!(one.effects.receipts == other.effects.receipts, "{context}: receipts");
    assert!(one.effects.differences == other.effects.differences, "{context}: differences");
    assert_eq!(one.effects.gas_used, other.effects.gas_used, "{context}");
}

/// What came up, to know that the blocks are of all kinds.
#[derive(Default, Debug)]
struct Seen {
    endings: BTreeMap<String, u64>,
    kinds: BTreeMap<String, u64>,
    rounds: u32,
    waiting: usize,
    messages: usize,
}

impl Seen {
    fn note(&mut self, receipts: &[Receipt], waiting: usize) {
        self.messages += receipts.len();
        for (receipt, ending) in receipts.iter().zip(endings(receipts)) {
            *self.endings.entry(ending).or_default() += 1;
            let kind = match receipt.kind {
                MessageKind::Call(_) => "Call".to_string(),
                kind => format!("{kind:?}"),
            };
            *self.kinds.entry(kind).or_default() += 1;
            self.rounds = self.rounds.max(receipt.round + 1);
        }
        self.waiting = self.waiting.max(waiting);
    }
}

/// What blocks were when they ran, to be found again in what is kept of them.
#[derive(Default)]
struct Kept {
    blocks: Vec<(Vec<Receipt>, Vec<Difference>)>,
    /// The last receipt of each message.
    messages: BTreeMap<Hash, Receipt>,
    addresses: BTreeMap<Address, Vec<Receipt>>,
    transactions: BTreeMap<Hash, SignedTransaction>,
}

impl Kept {
    fn note(&mut self, executed: &Executed) {
        let receipts = &executed.effects.receipts;
        self.blocks.push((receipts.clone(), executed.effects.differences.clone()));
        for receipt in receipts {
            self.messages.insert(receipt.message, receipt.clone());
            self.addresses.entry(receipt.from).or_default().push(receipt.clone());
            if receipt.to != receipt.from {
                self.addresses.entry(receipt.to).or_default().push(receipt.clone());
            }
        }
        for signed in &executed.block.transactions {
            self.transactions.insert(signed.transaction.hash(), signed.clone());
        }
    }

    fn check(&self, ledger: &Ledger<InMemory>, context: &str) {
        let all: Vec<&Receipt> = self.blocks.iter().flat_map(|(receipts, _)| receipts).collect();
        for ((receipts, differences), height) in self.blocks.iter().zip(1..) {
            let found = ledger.receipts_of(height, usize::MAX).expect("readable");
            assert!(found == *receipts, "{context}, block {height}: receipts");
            let found = ledger.differences(height).expect("readable");
            assert!(found == *differences, "{context}, block {height}: differences");
        }
        // From the middle of a page on, and over the ends of blocks.
        for (at, receipt) in all.iter().enumerate().step_by(7) {
            let from = Position { height: receipt.height, at: receipt.position };
            assert!(ledger.receipt_at(from).expect("readable").as_ref() == Some(*receipt));
            let found = ledger.receipts(from, 100).expect("readable");
            let expected = all[at..].iter().take(100).copied();
            assert!(found.iter().eq(expected), "{context}: from {from:?} on");
        }
        for (message, receipt) in &self.messages {
            let found = ledger.receipt(message).expect("readable");
            assert!(found.as_ref() == Some(receipt), "{context}: a message");
        }
        for (hash, signed) in &self.transactions {
            let (height, found) = ledger.transaction(hash).expect("readable").expect("it is kept");
            assert!(found == *signed, "{context}: a transaction");
            let block = ledger.block(height).expect("readable").expect("it is kept");
            assert!(block.transactions.contains(signed), "{context}: another block's");
        }
        for (address, receipts) in &self.addresses {
            let found = ledger.history(*address, 0, usize::MAX).expect("readable");
            assert!(found == *receipts, "{context}: what concerns {address}");
            let from = receipts[receipts.len() / 2].height;
            let found = ledger.history(*address, from, 5).expect("readable");
            let expected = receipts.iter().filter(|receipt| receipt.height >= from).take(5);
            assert!(found.iter().eq(expected), "{context}: what concerns {address} later");
        }
        assert_eq!(ledger.receipt(&[7; 32]).expect("readable"), None);
        assert!(ledger.transaction(&[7; 32]).expect("readable").is_none());
    }
}

fn every_way(seed: u64, blocks: u64, seen: &mut Seen) {
    let mut traffic = Traffic::new(seed);
    let mut first = open(1, |_| {});
    let mut kept = Kept::default();
    let mut shared: Vec<_> = [2, 4, 8].map(|threads| (threads, open(threads, threaded))).into();
    let mut applied: Vec<_> =
        [0, EVERY_MILLION / 3, EVERY_MILLION].map(|sampled| (sampled, open(2, threaded))).into();
    for height in 1..=blocks {
        let next = traffic.next(&first);
        let executed = run(&first, &next, Source::Execute);
        for (threads, ledger) in &mut shared {
            let again = run(ledger, &next, Source::Execute);
            same(&executed, &again, &format!("seed {seed}, block {height}, {threads} threads"));
            ledger.commit(again).expect("it commits");
        }
        for (sampled, ledger) in &mut applied {
            let given = &executed.effects.differences;
            let again = run(ledger, &next, Source::Apply { given, sampled: *sampled });
            same(&executed, &again, &format!("seed {seed}, block {height}, {sampled} sampled"));
            ledger.commit(again).expect("it commits");
        }
        traffic.learn(&executed.effects.receipts);
        seen.note(&executed.effects.receipts, first.queue().len());
        kept.note(&executed);
        first.commit(executed).expect("it commits");
        let coins = first.coins().expect("readable");
        assert_eq!(coins, first.supply(), "seed {seed}, block {height}: R8, coins are conserved");
    }
    kept.check(&first, &format!("seed {seed}"));
    let expected = fingerprint(first.backend());
    let ways = shared.iter().map(|(_, ledger)| ledger);
    for ledger in ways.chain(applied.iter().map(|(_, ledger)| ledger)) {
        assert!(fingerprint(ledger.backend()) == expected, "seed {seed}: other tables");
    }
    // Again from the genesis, from what was kept; and opened again it is the same ledger.
    let mut replay = open(1, threaded);
    for height in 1..=blocks {
        let block = first.block(height).expect("readable").expect("it is kept");
        let (time, transactions) = (block.header.time, block.transactions);
        let executed = run(&replay, &Next { time, transactions }, Source::Execute);
        assert_eq!(executed.block.header, block.header, "seed {seed}, block {height}: replay");
        replay.commit(executed).expect("it commits");
    }
    assert!(fingerprint(replay.backend()) == expected, "seed {seed}: other tables");
    let opened = Ledger::open(replay.backend().clone(), &genesis(), threaded).expect("it opens");
    assert_eq!(opened.header(), first.header());
    assert_eq!((opened.queue(), opened.calendar()), (first.queue(), first.calendar()));
}

#[test]
fn threads_engines_and_replays_come_to_the_same() {
    let mut seen = Seen::default();
    let blocks = count("FVM_TRAFFIC_BLOCKS", 40);
    for seed in 1..=count("FVM_TRAFFIC_SEEDS", 2) {
        every_way(seed, blocks, &mut seen);
    }
    println!("{seen:#?}");
    for ending in [
        "done",
        "Refused",
        "OutOfGas",
        "TimedOut",
        "NoContract",
        "NoEntry",
        "NotPayable",
        "BadArguments",
        "dead letter: Sorry",
        "Failed: limit MAILBOX_MAX",
    ] {
        assert!(seen.endings.contains_key(ending), "no message ended with {ending}");
    }
    for kind in ["Payment", "Create", "Reply", "Bounce", "Timer", "System"] {
        assert!(seen.kinds.contains_key(kind), "no message was a {kind}");
    }
    assert!(seen.endings.keys().filter(|ending| ending.starts_with("refused")).count() > 2);
    assert!(seen.waiting > 0, "no block was full");
}
