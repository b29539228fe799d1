//! Execution alone: messages a second on one core, without trees, disk and signatures.
//!
//! `cargo bench -p fvm-ledger --bench execution -- [ACCOUNTS] [BLOCKS] [TRANSFERS A BLOCK]` runs
//! blocks of payments between random accounts over a state in memory. A payment is two messages.

use cpu_time::ProcessTime;
use fvm_keys::Address;
use fvm_ledger::CodeStore;
use fvm_ledger::account::Account;
use fvm_ledger::calendar::Calendar;
use fvm_ledger::difference::Writes;
use fvm_ledger::memory::Memory;
use fvm_ledger::parameters::{Facts, Parameters};
use fvm_ledger::produce::{Start, produce};
use fvm_ledger::round::Source;
use fvm_ledger::transaction::{Action, Transaction};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

const CHAIN: u64 = 1;

/// SplitMix64: the same accounts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|text| text.parse().ok()).collect();
    let of = |at: usize, usual: u64| numbers.get(at).copied().unwrap_or(usual);
    let (accounts, blocks, transfers) = (of(0, 10_000), of(1, 20), of(2, 10_000));
    let addresses: Vec<Address> =
        (0..accounts).map(|number| Address::of_name(&number.to_string())).collect();
    let mut state = Memory::default();
    for address in &addresses {
        let account = Account { balance: 1 << 80, ..Account::default() };
        state.keep(*address, account, Writes::new());
    }
    let parameters = Parameters { block_gas: 1 << 50, ..Parameters::standard(addresses[0]) };
    let mut facts = Facts::new(CHAIN, parameters).expect("the standard ones");
    facts.proposer = addresses[0];
    let codes = CodeStore::new(|_| {});
    let (queue, calendar) = (VecDeque::new(), Calendar::default());
    let (mut clock, mut processor) = (Duration::ZERO, Duration::ZERO);
    let mut random = Random(1);
    let mut nonces = vec![0; addresses.len()];
    for height in 1..=blocks {
        facts.height = height;
        let transactions: Vec<Transaction> = (0..transfers)
            .map(|_| {
                let (from, to) = (random.below(accounts), random.below(accounts));
                let nonce = nonces[from as usize];
                nonces[from as usize] += 1;
                Transaction {
                    chain: CHAIN,
                    signer: addresses[from as usize],
                    nonce,
                    gas: 2_000_000,
                    fee_max: 1 << 30,
                    tip: 1,
                    valid_until: None,
                    actions: vec![Action::Pay { to: addresses[to as usize], value: 1 }],
                }
            })
            .collect();
        let transactions: Vec<&Transaction> = transactions.iter().collect();
        let start = Start {
            view: &state,
            codes: &codes,
            facts: &facts,
            queue: &queue,
            calendar: &calendar,
            transactions: &transactions,
            source: Source::Execute,
            threads: None,
        };
        let (began, worked) = (Instant::now(), ProcessTime::now());
        let effects = produce(&start).expect("it runs");
        processor += worked.elapsed();
        clock += began.elapsed();
        assert_eq!(effects.receipts.len() as u64, 2 * transfers);
        assert!(effects.added.is_empty(), "every message ran");
        for (address, account) in effects.accounts {
            state.keep(address, account, Writes::new());
        }
    }
    let count = (2 * blocks * transfers) as f64;
    println!("{accounts} accounts, {blocks} blocks of {transfers} transfers; messages a second:");
    println!("by the clock {:>12.0}", count / clock.as_secs_f64());
    println!("of processor {:>12.0}", count / processor.as_secs_f64());
}
