//! A ledger for tests: accounts with keys, contracts compiled from a source, and blocks that are
//! checked in every way that a block can be checked before they are committed.

use fscc::args::Level;
use fscc::compilation::{Root, Sources, check};
use fscc::status::Status;
use fscc_lower::Prepared;
use fvm_keys::{Address, KeyKind, KeyPair};
use fvm_ledger::account::Hash;
use fvm_ledger::backend::InMemory;
use fvm_ledger::block::{Receipt, SignedTransaction};
use fvm_ledger::code::{code_hash, package_hash};
use fvm_ledger::genesis::{Changes, Genesis};
use fvm_ledger::ledger::{Executed, Ledger, Proposal};
use fvm_ledger::parameters::COIN;
use fvm_ledger::problem::record_text;
use fvm_ledger::round::{EVERY_MILLION, Source};
use fvm_ledger::transaction::{Action, Transaction};
use std::collections::BTreeMap;
use std::fs;

/// The contracts of a source, compiled, by name.
#[derive(Clone, Debug)]
pub struct Package {
    /// Modules on the wire.
    pub modules: BTreeMap<String, Vec<u8>>,
}

impl Package {
    /// Compiles a source of this repository.
    pub fn compile(path: &str) -> Package {
        let text = fs::read_to_string(crate::root().join(path)).expect("the source is there");
        let name = path.to_string();
        let compile = move || {
            let checked = check(Sources::of_text(&name, &text));
            assert!(checked.status() == Status::Success, "{:?}", checked.diagnostics);
            let prepared = Prepared::new(&checked.program);
            let mut modules = BTreeMap::new();
            for class in &checked.program.contracts {
                let built = checked.build(&prepared, Root::Contract(*class), Level::Full);
                let built = built.expect("it is not too large");
                modules.insert(built.module().name.clone(), built.bytes);
            }
            Ok(Package { modules })
        };
        crate::on_large_stack(compile).expect("it compiles")
    }

    /// What uploads it.
    pub fn upload(&self) -> Action {
        Action::Upload { package: self.modules.values().cloned().collect() }
    }

    /// The hash of the code of a class.
    pub fn code(&self, class: &str) -> Hash {
        let modules = self.modules.iter().map(|(name, bytes)| (name.clone(), &bytes[..]));
        code_hash(&package_hash(&modules.collect()), class)
    }

    /// The number of a method of a class.
    pub fn method(&self, class: &str, method: &str) -> u32 {
        let module = fvm_isa::wire::decode(&self.modules[class]).expect("a module");
        module.export(method).expect("a method").method_id
    }

    /// A call of an entry.
    pub fn call(&self, to: Address, name: (&str, &str), arguments: &[u8], value: u128) -> Action {
        let method = self.method(name.0, name.1);
        Action::Call { to, method, arguments: arguments.to_vec(), value }
    }
}

/// A ledger in memory.
pub struct Chain {
    /// The ledger.
    pub ledger: Ledger<InMemory>,
    /// How it began.
    pub genesis: Genesis,
    /// Who gets the tips.
    pub proposer: Address,
    /// The time of the next block.
    pub time: i64,
    nonces: BTreeMap<Address, u64>,
}

/// Names of accounts that have coins at first.
pub const NAMES: &[&str] = &["alice", "bob", "carol", "dave"];

/// Coins of each of them.
pub const RICHES: u128 = 1_000_000 * COIN;

/// Gas of a transaction unless a test says otherwise.
pub const GAS: u64 = 1_000_000_000;

/// The key of an account.
pub fn key(name: &str) -> KeyPair {
    let secret = *blake3::hash(name.as_bytes()).as_bytes();
    KeyPair::from_secret(KeyKind::Ed25519, &secret).expect("a hash is a secret")
}

/// The address of an account.
pub fn address(name: &str) -> Address {
    key(name).public().address().expect("a key has an address")
}

/// A beginning in which all [`NAMES`] are rich.
pub fn genesis(changes: Changes) -> Genesis {
    Genesis {
        chain: 7,
        time: 1_000_000,
        governance: address("alice"),
        accounts: NAMES.iter().map(|name| (address(name), RICHES)).collect(),
        changes,
        tips: BTreeMap::new(),
    }
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new(Changes::default())
    }
}

impl Chain {
    /// A new ledger.
    pub fn new(changes: Changes) -> Chain {
        let genesis = genesis(changes);
        let ledger = Ledger::open(InMemory::default(), &genesis, |_| {}).expect("a genesis");
        let proposer = Address::of_name("proposer");
        Chain { ledger, time: genesis.time, genesis, proposer, nonces: BTreeMap::new() }
    }

    /// The coins of an account.
    pub fn balance(&self, of: Address) -> u128 {
        self.ledger.account(of).expect("readable").map_or(0, |account| account.balance)
    }

    /// A transaction of an account, with its next nonce.
    pub fn transaction(&mut self, name: &str, actions: Vec<Action>) -> Transaction {
        let signer = address(name);
        let nonce = self.nonces.entry(signer).or_default();
        *nonce += 1;
        Transaction {
            chain: self.genesis.chain,
            signer,
            nonce: *nonce - 1,
            gas: GAS,
            fee_max: 1_000_000,
            tip: 10,
            valid_until: None,
            actions,
        }
    }

    /// The same, signed.
    pub fn signed(&mut self, name: &str, actions: Vec<Action>) -> SignedTransaction {
        let transaction = self.transaction(name, actions);
        sign(name, transaction)
    }

    /// A block of one transaction.
    pub fn act(&mut self, name: &str, action: Action) -> Vec<Receipt> {
        let signed = self.signed(name, vec![action]);
        self.block(vec![signed])
    }

    /// The next block, checked and committed. Gives its receipts.
    pub fn block(&mut self, transactions: Vec<SignedTransaction>) -> Vec<Receipt> {
        let executed = self.run(transactions, Source::Execute);
        let receipts = executed.effects.receipts.clone();
        self.check(&executed);
        self.ledger.commit(executed).expect("it commits");
        let coins = self.ledger.coins().expect("readable");
        assert_eq!(coins, self.ledger.supply(), "R8: coins are conserved");
        self.time += 1;
        receipts
    }

    fn run(&self, transactions: Vec<SignedTransaction>, source: Source<'_>) -> Executed {
        let (time, proposer) = (self.time, self.proposer);
        let proposal = Proposal { time, proposer, transactions, source };
        self.ledger.run(proposal).expect("it runs")
    }

    /// A block from its differences, with and without executing them, is the same block.
    fn check(&self, executed: &Executed) {
        let given = &executed.effects.differences;
        for sampled in [0, EVERY_MILLION / 2, EVERY_MILLION] {
            let source = Source::Apply { given, sampled };
            let applied = self.run(executed.block.transactions.clone(), source);
            assert_eq!(applied.block.header, executed.block.header, "sampled {sampled}");
        }
    }

    /// Blocks without transactions until nothing waits. Gives their receipts.
    pub fn settle(&mut self) -> Vec<Receipt> {
        let mut receipts = Vec::new();
        while !self.ledger.queue().is_empty() {
            receipts.extend(self.block(Vec::new()));
        }
        receipts
    }

    /// Uploads a package.
    pub fn upload(&mut self, package: &Package) {
        let mut transaction = self.transaction("alice", vec![package.upload()]);
        transaction.gas = self.ledger.parameters().message_gas_max();
        let receipts = self.block(vec![sign("alice", transaction)]);
        assert_eq!(endings(&receipts), ["done", "done"]);
    }

    /// Deploys a contract of an uploaded package.
    pub fn deploy(&mut self, package: &Package, class: &str, arguments: &[u8]) -> Address {
        let code = package.code(class);
        let arguments = arguments.to_vec();
        let receipts = self.act("alice", Action::Deploy { code, arguments, value: 0 });
        assert_eq!(endings(&receipts), ["done", "done"], "{class}");
        receipts[1].to
    }

    /// What a view without arguments answers.
    pub fn view(&self, package: &Package, of: Address, name: (&str, &str)) -> Vec<u8> {
        let method = package.method(name.0, name.1);
        let (answer, _) = self.ledger.query(of, method, &[], GAS).expect("readable");
        answer.unwrap_or_else(|problem| panic!("{name:?}: {:?}", record_text(&problem)))
    }

    /// What a view that gives a number answers.
    pub fn number(&self, package: &Package, of: Address, name: (&str, &str)) -> i64 {
        let bytes = self.view(package, of, name);
        i64::from_be_bytes(bytes.try_into().expect("eight bytes"))
    }
}

/// Signs a transaction.
pub fn sign(name: &str, transaction: Transaction) -> SignedTransaction {
    let signature = key(name).sign(&transaction.hash()).expect("a key signs");
    SignedTransaction { transaction, signature }
}

/// How messages ended, in a word or with the text of the problem.
pub fn endings(receipts: &[Receipt]) -> Vec<String> {
    use fvm_ledger::difference::Ending;
    let text = |problem: &[u8]| record_text(problem).unwrap_or("?").to_string();
    let ending = |receipt: &Receipt| match &receipt.ending {
        Ending::Done(_) => "done".to_string(),
        Ending::Failed(problem) => text(problem),
        Ending::DeadLetter(problem) => format!("dead letter: {}", text(problem)),
        Ending::Refused(refusal) => format!("refused: {refusal}"),
        Ending::Cancelled => "cancelled".to_string(),
    };
    receipts.iter().map(ending).collect()
}
