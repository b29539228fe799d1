//! A whole node without its network: a pool that random blocks (`fscc_tests::traffic`) flood now
//! and then, a clock that jumps forth and back, and a disk that loses power at random moments.
//! After every loss it goes on from the last block that it told of, or from the one that was under
//! way; at the end all blocks come out again from the genesis.
//!
//! `FVM_STORMS` says how many seeds are tried (3 without).

use fscc_tests::count;
use fscc_tests::traffic::{Traffic, genesis};
use fvm_keys::Address;
use fvm_ledger::Ledger;
use fvm_ledger::backend::InMemory;
use fvm_ledger::block::{Block, Receipt};
use fvm_ledger::ledger::Proposal;
use fvm_ledger::round::Source;
use fvm_node::{Node, Options};
use fvm_store::simulation::{Disk, Event, Random, power_loss};
use fvm_store::{Options as StoreOptions, Store};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};

/// Losses of power of one seed, and how often clients send between two of them.
const LIVES: u64 = 5;
const STEPS: u64 = 8;
/// Blocks that are made until clients send again.
const BLOCKS_MAX: u64 = 6;

/// What the node's clock says.
static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> i64 {
    CLOCK.load(Ordering::Relaxed)
}

fn options() -> Options {
    Options {
        directory: PathBuf::new(),
        genesis: genesis(),
        durable: true,
        threads: 2,
        proposer: Address::of_name("proposer"),
        clock,
    }
}

fn open(disk: &Disk, context: &str) -> Node {
    let store = StoreOptions { cache_bytes: 64 << 10, ..StoreOptions::new(genesis().chain) };
    let store = Store::on(disk.clone(), &store);
    let store = store.unwrap_or_else(|error| panic!("{context}: {error}"));
    Node::on(store, &options()).unwrap_or_else(|error| panic!("{context}: {error}"))
}

fn receipts(node: &Node, height: u64) -> Vec<Receipt> {
    node.ledger().receipts_of(height, usize::MAX).expect("readable")
}

/// What came of a seed.
#[derive(Default, Debug)]
struct Seen {
    taken: u64,
    refused: u64,
    blocks: u64,
    lost: u64,
}

/// A node lives on a disk: clients send, blocks are made and told of.
fn live(node: &Node, traffic: &mut Traffic, disk: &Disk, told: &mut Vec<Block>, seen: &mut Seen) {
    for _ in 0..STEPS {
        let next = traffic.next(&*node.ledger());
        CLOCK.store(next.time, Ordering::Relaxed);
        for signed in next.transactions {
            match node.submit(signed).expect("readable") {
                Ok(_) => seen.taken += 1,
                Err(_) => seen.refused += 1,
            }
        }
        for _ in 0..BLOCKS_MAX {
            if !node.has_work() {
                break;
            }
            let header = node.produce().expect("the disk works");
            disk.mark(header.height);
            traffic.learn(&receipts(node, header.height));
            let block = node.ledger().block(header.height).expect("readable").expect("it is there");
            assert_eq!(block.header, header);
            assert!(told.last().is_none_or(|last| last.header.time <= header.time), "time");
            told.push(block);
            seen.blocks += 1;
        }
        // What is due by the time of the ledger does not wait for a clock that went back.
        let ledger = node.ledger();
        let now = ledger.header().time;
        let is_due = ledger.calendar().iter().next().is_some_and(|(at, ..)| at <= now);
        drop(ledger);
        assert!(!is_due || node.has_work(), "a call is due and nobody makes a block");
    }
}

fn storm(seed: u64) -> Seen {
    let (mut seen, mut told, mut random) = (Seen::default(), Vec::new(), Random::new(seed));
    let mut traffic = Traffic::new(seed);
    let mut disk = Disk::new();
    drop(open(&disk, "the beginning"));
    for life in 0..LIVES {
        let before = disk.image();
        disk.record();
        let height = told.len() as u64;
        disk.mark(height);
        let node = open(&disk, "a new life");
        live(&node, &mut traffic, &disk, &mut told, &mut seen);
        // What the node does when it ends in order does not happen.
        let events = disk.events();
        drop(node);
        let at = random.below(events.len() as u64 + 1) as usize;
        let loss = random.next_u64();
        let context = format!("seed {seed}, life {life}, {at} events, loss {loss}");
        let mark = |event: &Event| match event {
            Event::Mark(number) => Some(*number),
            _ => None,
        };
        let committed = events[..at].iter().rev().find_map(mark).unwrap_or(height);
        disk = Disk::of(power_loss(&before, &events[..at], loss));
        let node = open(&disk, &context);
        let ledger = node.ledger();
        let found = ledger.header().height;
        assert!(found == committed || found == committed + 1, "{context}: {found}, {committed}");
        seen.lost += told.len() as u64 - found;
        told.truncate(found as usize);
        let last = told.last().map(|block: &Block| &block.header);
        assert!(last.is_none_or(|last| last == ledger.header()), "{context}: another block");
        assert_eq!(ledger.coins().expect("readable"), ledger.supply(), "{context}: R8");
    }
    let mut again = Ledger::open(InMemory::default(), &genesis(), |_| {}).expect("a genesis");
    for Block { header, transactions } in told {
        let (time, proposer, source) = (header.time, header.proposer, Source::Execute);
        let executed = again.run(Proposal { time, proposer, transactions, source }).expect("runs");
        assert_eq!(executed.block.header, header, "seed {seed}: from the genesis");
        again.commit(executed).expect("it commits");
    }
    seen
}

#[test]
fn a_node_outlasts_storms() {
    for seed in 1..=count("FVM_STORMS", 3) {
        let seen = storm(seed);
        println!("seed {seed}: {seen:?}");
        assert!(seen.blocks > LIVES && seen.taken > seen.refused, "{seen:?}");
    }
}
