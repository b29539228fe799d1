//! Transfers through the whole ledger: decoding, signatures, execution, trees, durable commits.
//!
//! `cargo bench -p fvm-node --bench transfers -- [ACCOUNTS] [BLOCKS] [TRANSFERS A BLOCK]` prints
//! transactions a second of each part, of all of them with and without signatures, and bytes on
//! disk. Transfers go from one random account to another. What the processor did is counted beside
//! the clock: on a machine that does other work as well, that is what changes can be compared by.

use cpu_time::ProcessTime;
use fvm_keys::{Address, Check, KeyKind, KeyPair, verify_batch};
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::genesis::{Changes, Genesis};
use fvm_ledger::ledger::{Ledger, Proposal};
use fvm_ledger::round::Source;
use fvm_ledger::transaction::{Action, Transaction};
use fvm_node::disk::Disk;
use fvm_store::Options;
use fvm_store::simulation::Random;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const COINS: u128 = 1 << 80;

/// Keys of the accounts that send; there need not be one for each account.
const SENDERS: u64 = 10_000;

fn key(number: u64) -> KeyPair {
    let secret = *blake3::hash(&number.to_be_bytes()).as_bytes();
    KeyPair::from_secret(KeyKind::Ed25519, &secret).expect("a hash is a secret")
}

/// How long a part took: by the clock, and of the processor's time.
#[derive(Clone, Copy, Default)]
struct Spent {
    clock: Duration,
    processor: Duration,
}

impl Spent {
    /// Does something, and adds what it took.
    fn on<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (clock, processor) = (Instant::now(), ProcessTime::now());
        let result = work();
        self.processor += processor.elapsed();
        self.clock += clock.elapsed();
        result
    }

    fn and(self, other: Spent) -> Spent {
        Spent { clock: self.clock + other.clock, processor: self.processor + other.processor }
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|text| text.parse().ok()).collect();
    let of = |at: usize, usual: u64| numbers.get(at).copied().unwrap_or(usual);
    let (accounts, blocks, transfers) = (of(0, 10_000), of(1, 20), of(2, 10_000));
    let senders = SENDERS.min(accounts).min(transfers);
    let keys: Vec<KeyPair> = (0..senders).map(key).collect();
    let mut addresses: Vec<Address> =
        keys.iter().map(|key| key.public().address().expect("a key has one")).collect();
    addresses.extend((senders..accounts).map(|number| Address::of_name(&number.to_string())));
    let changes = Changes { block_gas: Some(1 << 50), ..Changes::default() };
    let genesis = Genesis {
        chain: 1,
        time: 0,
        governance: addresses[0],
        accounts: addresses.iter().map(|address| (*address, COINS)).collect(),
        changes,
        tips: BTreeMap::new(),
    };
    let directory = std::env::temp_dir().join(format!("fvm-transfers-{}", std::process::id()));
    let disk = Disk::open(&directory, &Options::new(1)).expect("a new store");
    let mut ledger = Ledger::open(disk, &genesis, |_| {}).expect("a genesis");
    let mut random = Random::new(1);
    let mut nonces = vec![0u64; senders as usize];
    let (mut decode, mut verify, mut run, mut commit) = [Spent::default(); 4].into();
    for block in 0..blocks {
        let wire: Vec<Vec<u8>> = (0..transfers)
            .map(|_| {
                let from = random.below(senders) as usize;
                let transaction = Transaction {
                    chain: 1,
                    signer: addresses[from],
                    nonce: nonces[from],
                    gas: 2_000_000,
                    fee_max: 1 << 30,
                    tip: 1,
                    valid_until: None,
                    actions: vec![Action::Pay {
                        to: addresses[random.below(accounts) as usize],
                        value: 1,
                    }],
                };
                nonces[from] += 1;
                let signature = keys[from].sign(&transaction.hash()).expect("a key signs");
                borsh::to_vec(&SignedTransaction { transaction, signature }).expect("bytes")
            })
            .collect();
        let decoded: Vec<SignedTransaction> = decode.on(|| {
            wire.iter().map(|bytes| borsh::from_slice(bytes).expect("a transaction")).collect()
        });
        let signers = verify.on(|| {
            let checks: Vec<Check> = decoded
                .iter()
                .map(|t| Check { signature: t.signature, hash: t.transaction.hash() })
                .collect();
            verify_batch(&checks)
        });
        assert!(signers.iter().zip(&decoded).all(|(s, t)| *s == Ok(t.transaction.signer)));
        let proposal = Proposal {
            time: block as i64,
            proposer: addresses[0],
            transactions: decoded,
            source: Source::Execute,
        };
        let executed = run.on(|| ledger.run(proposal).expect("it runs"));
        assert_eq!(executed.effects.receipts.len() as u64, 2 * transfers);
        commit.on(|| ledger.commit(executed).expect("it commits"));
    }
    assert_eq!(ledger.coins().expect("readable"), ledger.supply());
    let count = (blocks * transfers) as f64;
    let rate = |time: Duration| count / time.as_secs_f64();
    println!("{accounts} accounts, {blocks} blocks of {transfers} transfers; a second:");
    println!("{:20} {:>12} {:>12}", "", "by the clock", "of processor");
    let state = decode.and(run).and(commit);
    let parts = [
        ("decode", decode),
        ("signatures", verify),
        ("run", run),
        ("commit", commit),
        ("without signatures", state),
        ("with signatures", state.and(verify)),
    ];
    for (name, Spent { clock, processor }) in parts {
        println!("{name:20} {:>12.0} {:>12.0}", rate(clock), rate(processor));
    }
    println!("{:20} {:>12} bytes", "on disk", ledger.backend().bytes().expect("readable"));
    drop(ledger);
    let _ = std::fs::remove_dir_all(&directory);
}
