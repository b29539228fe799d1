//! Random blocks over contracts that send to each other, ask, reply, schedule, cancel, bounce,
//! create contracts, run out of gas and pay (`tests/ledger/world/Traffic.scala`), with some
//! transactions that may not stand in a block. Clocks jump, and now and then more comes than a
//! block takes.
//!
//! **Guarantees:** the same seed on the same ledger makes the same blocks.

use crate::chain::{Package, address, key};
use crate::random::Random;
use fvm_keys::{Address, KeyPair};
use fvm_ledger::Ledger;
use fvm_ledger::account::Hash;
use fvm_ledger::backend::{Backend, Table};
use fvm_ledger::block::{MessageKind, Receipt, SignedTransaction};
use fvm_ledger::difference::Ending;
use fvm_ledger::genesis::{Changes, Genesis};
use fvm_ledger::parameters::COIN;
use fvm_ledger::transaction::{Action, Transaction};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The contracts.
pub static PACKAGE: LazyLock<Package> =
    LazyLock::new(|| Package::compile("tests/ledger/world/Traffic.scala"));

/// The one that there are many of.
const STATION: &str = "traffic.Station";

/// Accounts that sign.
const SIGNERS: usize = 24;
/// Contracts at first, and the most that are spoken to.
const STATIONS: (usize, usize) = (12, 64);
/// Gas of a block: five of the larger transactions.
const BLOCK_GAS: u64 = 1_000_000_000;
/// The chain.
const CHAIN: u64 = 7;

/// Numbers of methods, looked up once.
struct Methods(BTreeMap<&'static str, u32>);

const METHODS: &[&str] = &[
    "tally", "pass", "fan", "ask", "give", "refuse", "bounce", "fragile", "spin", "later", "never",
    "grow", "write", "tear", "tell", "close", "state",
];

/// What is to come.
pub struct Traffic {
    random: Random,
    keys: Vec<(Address, KeyPair)>,
    stations: Vec<Address>,
    methods: Methods,
    time: i64,
}

/// A block to come: its time, as a clock says it that may jump, and its transactions.
#[derive(Clone, Debug)]
pub struct Next {
    /// The time.
    pub time: i64,
    /// The transactions.
    pub transactions: Vec<SignedTransaction>,
}

fn name(number: usize) -> String {
    format!("signer {number}")
}

/// The beginning: mailboxes and deadlines are small enough to be met.
pub fn genesis() -> Genesis {
    let changes = Changes {
        block_gas: Some(BLOCK_GAS),
        mailbox_max: Some(8),
        deadline_blocks: Some(0),
        ..Changes::default()
    };
    Genesis {
        chain: CHAIN,
        time: 1_000_000,
        governance: address(&name(0)),
        accounts: (0..SIGNERS).map(|number| (address(&name(number)), 1_000_000 * COIN)).collect(),
        tips: BTreeMap::new(),
        changes,
    }
}

impl Traffic {
    /// The blocks of a seed.
    pub fn new(seed: u64) -> Traffic {
        let number = |name: &&'static str| (*name, PACKAGE.method(STATION, name));
        let keys = (0..SIGNERS).map(|number| (address(&name(number)), key(&name(number))));
        Traffic {
            random: Random::new(seed),
            keys: keys.collect(),
            stations: Vec::new(),
            methods: Methods(METHODS.iter().map(number).collect()),
            time: genesis().time,
        }
    }

    /// The next block. The first two bring the contracts.
    pub fn next<B: Backend>(&mut self, ledger: &Ledger<B>) -> Next {
        let height = ledger.header().height + 1;
        self.time += match self.random.below(24) {
            0 => -500,
            1 => 5_000,
            2..8 => 0,
            _ => 1 + self.random.below(5) as i64,
        };
        let mut nonces = BTreeMap::new();
        let nonce = |signer: Address| {
            let account = ledger.account(signer).expect("readable");
            account.map_or(0, |account| account.nonce)
        };
        let count = match (height, self.random.below(16)) {
            (1, _) => 1,
            (2, _) => STATIONS.0,
            (_, 0) => 0,
            (_, 1) => 60 + self.random.below(120),
            _ => 4 + self.random.below(20),
        };
        let mut transactions = Vec::with_capacity(count);
        for _ in 0..count {
            let signer = self.random.below(self.keys.len());
            let next = nonces.entry(signer).or_insert_with(|| nonce(self.keys[signer].0));
            let mut transaction = Transaction {
                chain: CHAIN,
                signer: self.keys[signer].0,
                nonce: *next,
                gas: ledger.parameters().message_gas_max(),
                fee_max: 1 << 40,
                tip: self.random.below(100) as u128,
                valid_until: None,
                actions: Vec::new(),
            };
            match height {
                1 => transaction.actions.push(PACKAGE.upload()),
                2 => transaction.actions.push(self.deploy()),
                _ => self.fill(&mut transaction, height),
            }
            *next += u64::from(transaction.nonce == *next);
            let signature = self.keys[signer].1.sign(&transaction.hash()).expect("a key signs");
            transactions.push(SignedTransaction { transaction, signature });
        }
        Next { time: self.time, transactions }
    }

    /// Learns from what became of a block which contracts there are.
    pub fn learn(&mut self, receipts: &[Receipt]) {
        for receipt in receipts {
            let is_made =
                receipt.kind == MessageKind::Create && matches!(receipt.ending, Ending::Done(_));
            if is_made && self.stations.len() < STATIONS.1 {
                self.stations.push(receipt.to);
            }
        }
    }

    /// What a transaction does, and sometimes why it may not.
    fn fill(&mut self, transaction: &mut Transaction, height: u64) {
        transaction.gas = [1_500_000, 8_000_000, 60_000_000, 200_000_000][self.random.below(4)];
        for _ in 0..1 + self.random.below(3) {
            let action = self.action();
            transaction.actions.push(action);
        }
        match self.random.below(150) {
            0 => transaction.nonce += 1,
            1 => transaction.chain += 1,
            2 => transaction.fee_max = 1,
            3 => transaction.gas = 1_000,
            4 => transaction.valid_until = Some(height - 1),
            5 => transaction.actions.push(Action::Pay { to: self.anyone(), value: u128::MAX / 2 }),
            6 => transaction.actions.clear(),
            7 => transaction.gas = u64::MAX / 16,
            _ => {}
        }
    }

    fn deploy(&self) -> Action {
        Action::Deploy { code: PACKAGE.code(STATION), arguments: Vec::new(), value: 0 }
    }

    fn station(&mut self) -> Address {
        self.stations[self.random.below(self.stations.len())]
    }

    /// Mostly a contract.
    fn anyone(&mut self) -> Address {
        match self.random.below(12) {
            0 => self.keys[self.random.below(self.keys.len())].0,
            1 => Address::of_name(&format!("stranger {}", self.random.below(20))),
            _ => self.station(),
        }
    }

    fn number(&mut self, end: usize) -> Vec<u8> {
        (self.random.below(end) as i64).to_be_bytes().to_vec()
    }

    fn action(&mut self) -> Action {
        let coins = COIN * self.random.below(3) as u128;
        let (to, one, two) = (self.station(), self.anyone().0, self.anyone().0);
        let (name, arguments, value) = match self.random.below(40) {
            0..3 => return Action::Pay { to: self.anyone(), value: coins },
            3 => return self.deploy(),
            4 => {
                let action = Action::Deploy { code: [7; 32], arguments: Vec::new(), value: coins };
                return action;
            }
            5 => {
                let arguments = vec![0; self.random.below(40)];
                return Action::Call { to: self.anyone(), method: 7, arguments, value: coins };
            }
            6 => ("tally", vec![0; self.random.below(9)], coins),
            7 => ("state", Vec::new(), coins),
            8 => ("refuse", Vec::new(), coins),
            9 => ("spin", Vec::new(), 0),
            10 if self.random.below(4) == 0 => ("close", Vec::new(), 0),
            11..15 => ("pass", [&one[..], &two, &self.number(12)].concat(), coins),
            15..19 => ("fan", [one, two].concat(), 0),
            19..23 => ("ask", one.to_vec(), 0),
            23..26 => ("give", one.to_vec(), 0),
            26..28 => ("bounce", one.to_vec(), coins),
            28 => ("fragile", one.to_vec(), coins),
            29..32 => ("later", [&self.number(5)[..], &self.number(900), &one].concat(), 0),
            32 => ("never", self.number(5), 0),
            33 => ("grow", Vec::new(), 0),
            34..36 => {
                let text = vec![b'x'; self.random.below(400)];
                let length = (text.len() as u32).to_be_bytes();
                ("write", [&self.number(6)[..], &length, &text].concat(), 0)
            }
            36 => ("tear", self.number(6), 0),
            37 => ("tell", Vec::new(), 0),
            _ => ("tally", self.number(9), 0),
        };
        Action::Call { to, method: self.methods.0[name], arguments, value }
    }
}

/// A hash of everything that a backend keeps.
pub fn fingerprint(backend: &impl Backend) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for table in Table::ALL {
        let visit = &mut |key: &[u8], value: &[u8]| {
            for part in [key, value] {
                hasher.update(&(part.len() as u64).to_be_bytes()).update(part);
            }
            true
        };
        backend.scan(*table, &[], &[], visit).expect("readable");
    }
    *hasher.finalize().as_bytes()
}
