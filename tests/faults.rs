//! The whole ledger on a disk that fails (`fvm_store::simulation`), under random blocks
//! (`fscc_tests::traffic`): crashes between any two writes, losses of power that drop and tear what
//! was not synchronised, writes that arrive in part, bits that turn, calls that fail, a full disk.
//!
//! Whatever happens, a ledger opens at the last block that was committed or at the one that was
//! under way, with exactly the tables of that block, and the blocks behind it come out as they
//! would have; or it does not open. Nothing else is ever served.
//!
//! `FVM_LEDGER_IMAGES`, `FVM_LEDGER_FLIPS` and `FVM_LEDGER_FAULTS` say how many images, bits and
//! failing calls are tried (40, 100 and 20 without).

use fscc_tests::count;
use fscc_tests::traffic::{Next, Traffic, fingerprint, genesis};
use fvm_keys::Address;
use fvm_ledger::Ledger;
use fvm_ledger::account::{Hash, Unavailable};
use fvm_ledger::block::Header;
use fvm_ledger::ledger::{Executed, Proposal};
use fvm_ledger::round::Source;
use fvm_node::disk;
use fvm_store::simulation::{Disk, Event, Fault, Random, after, power_loss, torn_write};
use fvm_store::{Options, Store};
use std::sync::LazyLock;

const BLOCKS: u64 = 24;

/// A ledger on a disk.
type OnDisk = Ledger<disk::Disk>;

/// A disk on which a ledger lived, and what it was after each block.
struct History {
    events: Vec<Event>,
    image: Vec<u8>,
    calls: u64,
    /// The block behind each height.
    next: Vec<Next>,
    /// The last header at each height, and a hash of all tables.
    states: Vec<(Header, Hash)>,
}

/// Opens the ledger on a disk, or says why it does not open.
fn open(disk: &Disk) -> Result<OnDisk, String> {
    // A small cache: most comes from the disk.
    let options = Options { cache_bytes: 64 << 10, ..Options::new(genesis().chain) };
    let store = Store::on(disk.clone(), &options).map_err(|error| error.to_string())?;
    let tables = disk::Disk::of(store).map_err(|error| error.to_string())?;
    Ledger::open(tables, &genesis(), |_| {}).map_err(|error| error.to_string())
}

fn run(ledger: &OnDisk, next: &Next) -> Result<Executed, String> {
    let (time, transactions) = (next.time, next.transactions.clone());
    let (proposer, source) = (Address::of_name("proposer"), Source::Execute);
    let proposal = Proposal { time, proposer, transactions, source };
    ledger.run(proposal).map_err(|stop| stop.to_string())
}

impl History {
    fn new(seed: u64) -> History {
        let disk = Disk::new();
        disk.record();
        let mut ledger = open(&disk).expect("an empty disk takes a ledger");
        disk.mark(0);
        let mut traffic = Traffic::new(seed);
        let mut next = Vec::new();
        let mut states = vec![(ledger.header().clone(), fingerprint(ledger.backend()))];
        for height in 1..=BLOCKS {
            let block = traffic.next(&ledger);
            let executed = run(&ledger, &block).expect("it runs");
            traffic.learn(&executed.effects.receipts);
            ledger.commit(executed).expect("the disk works");
            disk.mark(height);
            next.push(block);
            states.push((ledger.header().clone(), fingerprint(ledger.backend())));
        }
        let (events, image, calls) = (disk.events(), disk.image(), disk.calls());
        History { events, image, calls, next, states }
    }

    /// The height of the last block that was committed before some point; none before the genesis.
    fn committed(&self, events: usize) -> Option<u64> {
        let mark = |event: &Event| match event {
            Event::Mark(number) => Some(*number),
            _ => None,
        };
        self.events[..events].iter().rev().find_map(mark)
    }

    /// What a ledger holds is one of the states, as a whole; gives its height.
    fn check_state(&self, ledger: &OnDisk, context: &str) -> u64 {
        let header = ledger.header();
        let (expected, tables) = &self.states[header.height as usize];
        assert_eq!(header, expected, "{context}");
        assert!(fingerprint(ledger.backend()) == *tables, "{context}: other tables");
        let coins = ledger.coins().unwrap_or_else(|error| panic!("{context}: {error}"));
        assert_eq!(coins, ledger.supply(), "{context}: R8, coins are conserved");
        header.height
    }

    /// A disk after a failure: the last committed block is there, or the next one, and the ledger
    /// goes on as it would have.
    fn check(&self, disk: &Disk, committed: Option<u64>, context: &str) {
        let mut ledger = match (open(disk), committed) {
            (Ok(ledger), _) => ledger,
            // A file that was just being made; `Store::open` makes it under another name.
            (Err(_), None) => return,
            (Err(error), Some(height)) => panic!("{context}: block {height} is lost: {error}"),
        };
        let height = self.check_state(&ledger, context);
        let least = committed.unwrap_or(0);
        assert!(height == least || height == least + 1, "{context}: {height} of {least}");
        let Some(next) = self.next.get(height as usize) else { return };
        let executed = run(&ledger, next).unwrap_or_else(|error| panic!("{context}: {error}"));
        ledger.commit(executed).unwrap_or_else(|error| panic!("{context}: {error}"));
        drop(ledger);
        let ledger = open(disk).unwrap_or_else(|error| panic!("{context}: {error}"));
        assert_eq!(self.check_state(&ledger, context), height + 1, "{context}");
    }
}

static HISTORY: LazyLock<History> = LazyLock::new(|| History::new(1));

fn images() -> u64 {
    count("FVM_LEDGER_IMAGES", 40)
}

#[test]
fn a_crash_between_any_two_writes_loses_no_block() {
    let history = &*HISTORY;
    let random = &mut Random::new(1);
    for image in 0..images() {
        let at = random.below(history.events.len() as u64 + 1) as usize;
        let disk = Disk::of(after(&[], &history.events[..at]));
        history.check(&disk, history.committed(at), &format!("image {image}, {at} events"));
    }
}

#[test]
fn a_loss_of_power_loses_no_block() {
    let history = &*HISTORY;
    let random = &mut Random::new(2);
    for image in 0..images() {
        let at = random.below(history.events.len() as u64 + 1) as usize;
        let seed = random.next_u64();
        let disk = Disk::of(power_loss(&[], &history.events[..at], seed));
        let context = format!("image {image}, {at} events, seed {seed}");
        history.check(&disk, history.committed(at), &context);
    }
}

#[test]
fn a_write_that_arrives_in_part_loses_no_block() {
    let history = &*HISTORY;
    let random = &mut Random::new(3);
    let mut image = 0;
    while image < images() {
        let at = random.below(history.events.len() as u64 + 1) as usize;
        let seed = random.next_u64();
        let Some(bytes) = torn_write(&[], &history.events[..at], seed) else { continue };
        image += 1;
        let context = format!("image {image}, {at} events, seed {seed}");
        history.check(&Disk::of(bytes), history.committed(at), &context);
    }
}

#[test]
fn a_bit_that_turns_is_noticed_or_harmless() {
    let history = &*HISTORY;
    let random = &mut Random::new(4);
    let (mut refused, mut stopped, mut harmless) = (0, 0, 0);
    // The last block is left out, so that there is one to run.
    let last = history.events.iter().position(|event| *event == Event::Mark(BLOCKS - 1));
    let image = after(&[], &history.events[..last.expect("a mark")]);
    for number in 0..count("FVM_LEDGER_FLIPS", 100) {
        let bit = random.below(8 * image.len() as u64);
        let context = format!("flip {number}, bit {bit}");
        let disk = Disk::of(image.clone());
        let while_open = number % 2 == 1;
        if !while_open {
            disk.flip(bit);
        }
        let mut ledger = match open(&disk) {
            Ok(ledger) => ledger,
            Err(_) => {
                refused += 1;
                continue;
            }
        };
        if while_open {
            disk.flip(bit);
        } else {
            assert_eq!(history.check_state(&ledger, &context), BLOCKS - 1, "{context}");
        }
        // The next block is right, or there is none.
        match run(&ledger, &history.next[BLOCKS as usize - 1]) {
            Err(_) => stopped += 1,
            Ok(executed) => {
                let (header, tables) = &history.states[BLOCKS as usize];
                assert_eq!(executed.block.header, *header, "{context}");
                match ledger.commit(executed) {
                    Err(_) => stopped += 1,
                    Ok(()) if while_open => harmless += 1,
                    Ok(()) => {
                        assert!(fingerprint(ledger.backend()) == *tables, "{context}");
                        harmless += 1;
                    }
                }
            }
        }
        drop(ledger);
        if let Ok(ledger) = open(&disk) {
            history.check_state(&ledger, &context);
        }
    }
    println!("{refused} refused, {stopped} stopped, {harmless} harmless");
    assert!(refused > 0 && harmless > 0, "{refused} refused, {harmless} harmless");
}

/// Lives from the genesis on until a call fails: the block that was committed last.
fn live(history: &History, disk: &Disk) -> Option<u64> {
    let mut ledger = open(disk).ok()?;
    for (height, next) in (0..).zip(&history.next) {
        let Ok(executed) = run(&ledger, next) else { return Some(height) };
        if ledger.commit(executed).is_err() {
            // It knows what it knew, and takes no further block.
            assert_eq!(ledger.header().height, height);
            let again: Result<(), Unavailable> = match run(&ledger, next) {
                Ok(executed) => ledger.commit(executed),
                Err(_) => return Some(height),
            };
            assert!(again.is_err(), "a block on top of one that failed");
            return Some(height);
        }
    }
    Some(BLOCKS)
}

#[test]
fn calls_that_fail_lose_no_block() {
    let history = &*HISTORY;
    let random = &mut Random::new(5);
    for number in 0..count("FVM_LEDGER_FAULTS", 20) {
        let call = random.below(history.calls);
        let fault = if number % 2 == 0 { Fault::At(call) } else { Fault::From(call) };
        let disk = Disk::new();
        disk.set_fault(Some(fault));
        let committed = live(history, &disk);
        disk.set_fault(None);
        history.check(&disk, committed, &format!("{fault:?}"));
    }
}

#[test]
fn a_full_disk_loses_no_block() {
    let history = &*HISTORY;
    let random = &mut Random::new(6);
    let mut full = 0;
    for number in 0..count("FVM_LEDGER_FAULTS", 20) {
        let disk = Disk::new();
        disk.set_capacity(random.below(history.image.len() as u64));
        let committed = live(history, &disk);
        full += u64::from(committed != Some(BLOCKS));
        disk.set_capacity(u64::MAX);
        history.check(&disk, committed, &format!("disk {number}"));
    }
    assert!(full > 0, "no disk was full");
}
