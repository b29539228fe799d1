//! `fscc abci` as an engine meets it: four processes agree on every block, also when they are
//! killed, and refuse what is no transaction, no proposal, or not next.

use fvm_keys::Address;
use fvm_ledger::account::{Account, Hash};
use fvm_ledger::block::{Header, MessageKind, Receipt, SignedTransaction, encode};
use fvm_ledger::code::{code_hash, package_hash};
use fvm_ledger::difference::Ending;
use fvm_ledger::ledger::account_path;
use fvm_ledger::transaction::{Action, Transaction};
use fvm_node::development::{self, CHAIN, RICHES};
use fvm_tree::Proof;
use pretty_assertions::assert_eq;
use prost::bytes::Bytes;
use replicas::{BLOCK_BYTES, Connection, Disagreement, Event, Network, Replica, begin, command};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use support::{Folder, Running};
use tendermint_proto::v0_38::abci::request::Value as Ask;
use tendermint_proto::v0_38::abci::response::Value as Answer;
use tendermint_proto::v0_38::abci::{RequestCommit, RequestQuery, ResponseQuery};

mod replicas;
mod support;

/// Contracts that ask each other, schedule and fail, compiled.
struct Package(BTreeMap<String, Vec<u8>>);

impl Package {
    fn compile(folder: &Path) -> Package {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
        command.arg("compile").arg(root.join("tests/ledger/world/Rules.scala"));
        let output = command.arg("--out-dir").arg(folder).output().expect("it starts");
        assert!(output.status.success());
        let module = |class: &str| {
            let bytes = fs::read(folder.join(format!("{class}.fvm"))).expect("it is compiled");
            (format!("rules.{class}"), bytes)
        };
        Package(["Book", "Relay"].into_iter().map(module).collect())
    }

    fn code(&self, class: &str) -> Hash {
        let modules = self.0.iter().map(|(name, bytes)| (name.clone(), &bytes[..]));
        code_hash(&package_hash(&modules.collect()), class)
    }

    fn call(&self, to: Address, (class, entry): (&str, &str), numbers: &[i64]) -> Action {
        let module = fvm_isa::wire::decode(&self.0[class]).expect("a module");
        let method = module.export(entry).expect("an entry").method_id;
        let arguments = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
        Action::Call { to, method, arguments, value: 0 }
    }
}

/// The accounts for development, and their nonces.
#[derive(Default)]
struct Signers(BTreeMap<u64, u64>);

impl Signers {
    fn sign(&mut self, account: u64, actions: Vec<Action>) -> SignedTransaction {
        let nonce = self.0.entry(account).or_default();
        *nonce += 1;
        signed(account, *nonce - 1, 10, actions)
    }
}

fn signed(account: u64, nonce: u64, tip: u128, actions: Vec<Action>) -> SignedTransaction {
    let gas = 1_000_000_000;
    let signer = development::address(account);
    let (fee_max, valid_until) = (1_000_000, None);
    let transaction =
        Transaction { chain: CHAIN, signer, nonce, gas, fee_max, tip, valid_until, actions };
    sign(account, transaction)
}

fn sign(account: u64, transaction: Transaction) -> SignedTransaction {
    let signature = development::key(account).sign(&transaction.hash()).expect("a key signs");
    SignedTransaction { transaction, signature }
}

fn pay(value: u128) -> Vec<Action> {
    vec![Action::Pay { to: stranger(), value }]
}

fn stranger() -> Address {
    Address::of_name("stranger")
}

fn wire(signed: &SignedTransaction) -> Bytes {
    encode(signed).into()
}

/// The address of the contract that a transaction deployed.
fn deployed(receipts: &[Receipt]) -> Address {
    let created = receipts.iter().find(|receipt| receipt.kind == MessageKind::Create);
    let created = created.expect("it is deployed");
    assert!(matches!(created.ending, Ending::Done(_)), "{created:?}");
    created.to
}

#[test]
fn four_replicas_agree_on_every_block_also_after_kills() {
    let mut network = Network::start("agree", 4);
    let package = Package::compile(&network.state(9));
    let mut signers = Signers::default();
    let block = |network: &mut Network, transactions: &[SignedTransaction], event: Event| {
        network.block(transactions, event).expect("all agree")
    };
    let upload = Action::Upload { package: package.0.values().cloned().collect() };
    let mut upload = signers.sign(0, vec![upload]).transaction;
    upload.gas = network.ledger.parameters().message_gas_max();
    block(&mut network, &[sign(0, upload)], Event::Nothing);
    let deploy = |class: &str, arguments: &[u8]| Action::Deploy {
        code: package.code(class),
        arguments: arguments.to_vec(),
        value: 0,
    };
    let made = signers.sign(0, vec![deploy("rules.Book", &[])]);
    let book = deployed(&block(&mut network, &[made], Event::Nothing));
    let made = signers.sign(0, vec![deploy("rules.Relay", &book.0)]);
    let relay = deployed(&block(&mut network, &[made], Event::Nothing));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    while network.decided.len() < 30 {
        let height = network.decided.len() as i64 + 1;
        let number = height % 10;
        let relay =
            |entry: &str, numbers: &[i64]| package.call(relay, ("rules.Relay", entry), numbers);
        let mut transactions = vec![
            signers.sign(1, pay(1)),
            signers.sign(1, pay(2)),
            signers.sign(2, vec![package.call(book, ("rules.Book", "note"), &[number])]),
            signers.sign(3, vec![relay("ask", &[number])]),
            signers.sign(4, vec![relay("later", &[2, number])]),
            signers.sign(5, vec![relay("fan", &[1, 3])]),
        ];
        if height % 3 == 0 {
            transactions.push(signers.sign(5, vec![relay("never", &[])]));
        }
        if height == 10 {
            transactions.push(signers.sign(6, pay(RICHES / 3 * 2)));
            // Of this one the gas runs out.
            transactions.push(signers.sign(7, vec![relay("spinThere", &[])]));
        }
        let event = match height {
            12 => Event::KilledBeforeCommit(2),
            20 => Event::KilledAfterCommit(1),
            _ => Event::Nothing,
        };
        let mut receipts = block(&mut network, &transactions, event);
        if height == 10 {
            // No mempool takes this one, for which there are no coins left; it is decided all the
            // same.
            let poor = wire(&signers.sign(6, pay(RICHES / 3 * 2)));
            let decided = network.decide(vec![poor], replicas::validator(0), Event::Nothing);
            receipts.extend(decided.expect("all agree"));
        }
        for receipt in receipts {
            let kind = match (receipt.kind, receipt.ending) {
                (MessageKind::Timer, _) => "timers",
                (MessageKind::Reply, _) => "replies",
                (MessageKind::Bounce, _) => "bounces",
                (_, Ending::Failed(_)) => "failures",
                (_, Ending::Refused(_)) => "refusals",
                _ => "others",
            };
            *kinds.entry(kind).or_default() += 1;
        }
        match height {
            // Three of four go on; the fourth is where it was before the block that it did not
            // make, and catches up.
            16 => network.restart(2, 11),
            // The one that made its block is behind it.
            24 => network.restart(1, 20),
            _ => {}
        }
    }
    network.agree();
    for kind in ["timers", "replies", "bounces", "failures", "refusals", "others"] {
        assert!(kinds.get(kind).is_some_and(|count| *count > 0), "{kind} of {kinds:?}");
    }
    // Nothing is lost when they stop, either.
    for number in 0..4 {
        network.replicas[number].take().expect("it runs").terminate();
        network.restart(number, 30);
    }
    network.agree();
}

#[test]
fn a_replica_that_differs_is_noticed() {
    let mut network = Network::start("differs", 2);
    network.block(&[signed(1, 0, 10, pay(1))], Event::Nothing).expect("all agree");
    let result = network.block(&[signed(1, 1, 10, pay(1))], Event::OtherTime(1));
    assert_eq!(result, Err(Disagreement { height: 2, replica: 1 }));
}

#[test]
fn what_may_not_wait_is_refused_with_a_reason() {
    let mut network = Network::start("mempool", 1);
    network.block(&[signed(1, 0, 10, pay(1))], Event::Nothing).expect("all agree");
    let engine = network.engine(0);
    let mut refusal = |bytes: &[u8]| {
        let checked = engine.check_tx(bytes);
        (checked.code, checked.log)
    };
    let reason = |(code, log): (u32, String), expected: u32, part: &str| {
        assert!(code == expected && log.contains(part), "{code} {log}");
    };
    let good = signed(1, 1, 10, pay(1));
    reason(refusal(&[]), 1, "not a signed transaction");
    reason(refusal(&encode(&good)[1..]), 1, "not a signed transaction");
    reason(refusal(&[&encode(&good)[..], &[0]].concat()), 1, "not a signed transaction");
    let mut other = good.clone();
    other.transaction.actions = pay(2);
    reason(refusal(&encode(&other)), 2, "the signature");
    reason(refusal(&encode(&signed(1, 0, 10, pay(1)))), 3, "the nonce was used before");
    reason(refusal(&encode(&signed(1, 1, 10, pay(RICHES)))), 3, "does not have the coins");
    reason(refusal(&encode(&signed(1, 1, 10, Vec::new()))), 3, "does nothing");
    reason(refusal(&encode(&signed(1, 999, 10, pay(1)))), 4, "ahead");
    let changed = |change: fn(&mut Transaction)| {
        let mut transaction = good.transaction.clone();
        change(&mut transaction);
        encode(&sign(1, transaction))
    };
    reason(refusal(&changed(|t| t.chain = 1)), 3, "another ledger");
    reason(refusal(&changed(|t| t.valid_until = Some(1))), 3, "too late");
    reason(refusal(&changed(|t| t.fee_max = 1)), 3, "less than gas costs");
    reason(refusal(&changed(|t| t.gas = u64::MAX)), 3, "more gas");
    let long = vec![Action::Upload { package: vec![vec![0; 3 << 20]] }];
    reason(refusal(&encode(&signed(1, 1, 10, long))), 3, "longer");
    // One after the other, and the same again: the engine knows what it has.
    assert_eq!(refusal(&encode(&good)), (0, String::new()));
    assert_eq!(refusal(&encode(&good)), (0, String::new()));
    assert_eq!(refusal(&encode(&signed(1, 2, 10, pay(1)))), (0, String::new()));
    reason(refusal(&encode(&signed(1, 1, 10, pay(3)))), 4, "offer at least a tenth more");
}

#[test]
fn proposals_hold_what_the_next_block_may_hold() {
    let mut network = Network::start("proposals", 1);
    let engine = network.engine(0);
    let poor = wire(&signed(2, 0, 10, pay(1)));
    let rich = wire(&signed(3, 0, 500, pay(1)));
    let next = wire(&signed(3, 1, 900, pay(1)));
    let gap = wire(&signed(4, 1, 900, pay(1)));
    let mut forged = signed(5, 0, 10, pay(1));
    forged.transaction.tip = 11;
    let forged = wire(&forged);
    let noise = Bytes::from_static(b"noise");
    let wanted = vec![&noise, &poor, &next, &gap, &forged, &rich, &rich];
    let wanted: Vec<Bytes> = wanted.into_iter().cloned().collect();
    // By tips, of each signer in order; without what is nothing.
    let prepared = engine.prepare(wanted.clone(), BLOCK_BYTES);
    assert_eq!(prepared, [rich.clone(), next.clone(), poor.clone()]);
    assert!(engine.process(prepared));
    assert!(engine.process(Vec::new()));
    // As many as fit, counted as the engine counts them: with what is around each in a list.
    let two = (rich.len() + next.len()) as i64 + 10;
    assert_eq!(engine.prepare(wanted.clone(), two), [rich.clone(), next.clone()]);
    assert_eq!(engine.prepare(wanted.clone(), two - 1), std::slice::from_ref(&rich));
    assert!(engine.prepare(wanted.clone(), -1).is_empty());
    for wrong in [
        vec![noise.clone()],
        vec![rich.clone(), forged.clone()],
        vec![rich.clone(), rich.clone()],
        vec![next.clone(), rich.clone()],
        vec![gap.clone()],
        vec![Bytes::new()],
    ] {
        assert!(!engine.process(wrong));
    }
    // More gas than a block has.
    let heavy = |account: u64| {
        let mut transaction = signed(account, 0, 10, pay(1)).transaction;
        transaction.gas = 5_000_000_000;
        wire(&sign(account, transaction))
    };
    let heavy: Vec<Bytes> = (0..5).map(heavy).collect();
    assert_eq!(engine.prepare(heavy.clone(), BLOCK_BYTES), heavy[..4]);
    assert!(engine.process(heavy[..4].to_vec()) && !engine.process(heavy));
}

#[test]
fn a_block_that_is_decided_all_the_same_is_the_same_for_all() {
    let mut network = Network::start("decided", 2);
    let good = wire(&signed(1, 0, 10, pay(7)));
    let mut forged = signed(2, 0, 10, pay(7));
    forged.transaction.tip = 11;
    let txs = vec![Bytes::from_static(b"noise"), good.clone(), wire(&forged), good];
    let proposer = replicas::validator(0);
    network.decide(txs.clone(), proposer, Event::Nothing).expect("all agree");
    network.agree();
    let balance = network.ledger.account(stranger()).expect("readable").map(|a| a.balance);
    assert_eq!(balance, Some(7));
    // What is told of each: code, and the hash of what was taken.
    let mut decided = network.decided[0].clone();
    decided.height = 2;
    let finalized = network.engine(0).finalize(&decided, decided.time());
    let codes: Vec<u32> = finalized.tx_results.iter().map(|result| result.code).collect();
    assert_eq!(codes, [1, 3, 2, 3]);
    let taken = &finalized.tx_results[1];
    assert_eq!((taken.data.len(), taken.log.as_str()), (32, "the nonce was used before"));
}

#[test]
fn what_is_not_next_is_an_exception() {
    let mut network = Network::start("order", 1);
    let another = |network: &Network| {
        Connection::open(&network.replicas[0].as_ref().expect("it runs").socket)
    };
    let commit = || Ask::Commit(RequestCommit {});
    assert_eq!(another(&network).exception(commit()), "no block was run");
    let mut other = network.genesis.clone();
    other.chain = 8;
    let error = another(&network).exception(Ask::InitChain(begin(&other)));
    assert!(error.contains("another genesis"), "{error}");
    // An engine that stopped before its first block begins again.
    assert_eq!(another(&network).init_chain(&network.genesis).len(), 32);
    network.block(&[signed(1, 0, 10, pay(1))], Event::Nothing).expect("all agree");
    let error = another(&network).exception(Ask::InitChain(begin(&network.genesis.clone())));
    assert!(error.contains("begins anew"), "{error}");
    let mut decided = network.decided[0].clone();
    decided.height = 5;
    let mut later = Connection::open(&network.replicas[0].as_ref().expect("it runs").socket);
    let request = Ask::FinalizeBlock(decided.request(decided.time()));
    assert_eq!(later.exception(request), "the next block is 2, and the engine decided 5");
    // Bytes that are no request end their connection, and nothing else.
    for noise in [&[0xff; 12][..], &[0x03, 1, 2, 3], &[0xff, 0xff, 0xff, 0xff, 0x7f], &[0]] {
        let mut connection = another(&network);
        connection.send(noise);
        assert!(connection.answer().is_none_or(|a| matches!(a, Answer::Exception(_))));
    }
    network.agree();
}

#[test]
fn the_state_is_asked_with_proofs_that_end_in_what_replicas_agree_on() {
    let mut network = Network::start("query", 1);
    network.block(&[signed(1, 0, 10, pay(5))], Event::Nothing).expect("all agree");
    let query = |network: &mut Network, path: &str, data: &[u8], height: i64| -> ResponseQuery {
        let (path, data) = (path.to_string(), Bytes::copy_from_slice(data));
        let request = RequestQuery { path, data, height, prove: true };
        match network.engine(0).ask(Ask::Query(request)) {
            Answer::Query(found) => found,
            answer => panic!("{answer:?}"),
        }
    };
    let found = query(&mut network, "/account", &stranger().0, 0);
    let account: Account = borsh::from_slice(&found.value).expect("an account");
    assert_eq!((account.balance, found.height, found.code), (5, 1, 0));
    let ops = found.proof_ops.expect("proofs").ops;
    let header: Header = borsh::from_slice(&ops[1].data).expect("a header");
    assert_eq!(header.app_hash().to_vec(), network.decided[0].app_hash);
    let proof = Proof::decode(&ops[0].data).expect("a proof");
    assert!(proof.verify(&header.state_root, &account_path(stranger()), Some(&found.value)));
    let missing = query(&mut network, "/account", &Address::of_name("nobody").0, 1);
    assert_eq!((missing.code, missing.value.len()), (0, 0));
    let stored = query(&mut network, "/storage", &[&stranger().0[..], &[0, 1]].concat(), 0);
    assert_eq!((stored.code, stored.value.len()), (0, 0));
    assert_eq!(stored.proof_ops.expect("proofs").ops.len(), 3);
    let hash = signed(1, 0, 10, pay(5)).transaction.hash();
    let receipt: Receipt =
        borsh::from_slice(&query(&mut network, "/receipt", &hash, 0).value).expect("a receipt");
    assert_eq!(receipt.message, hash);
    let code = |network: &mut Network, path: &str, data: &[u8], height: i64| {
        query(network, path, data, height).code
    };
    assert_eq!(code(&mut network, "/nothing", &[], 0), 1);
    assert_eq!(code(&mut network, "/account", &[1], 0), 2);
    assert_eq!(code(&mut network, "/account", &stranger().0, 9), 3);
    assert_eq!(code(&mut network, "/receipt", &[0; 32], 0), 4);
}

/// Calls a method of a replica's interface for clients.
fn call(replica: &Replica, method: &str, params: Value) -> Value {
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let body = request.to_string();
    let mut stream = TcpStream::connect(&replica.rpc).expect("it listens");
    let head = format!(
        "POST /rpc HTTP/1.1\r\nhost: replica\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

#[test]
fn clients_read_from_a_replica_and_send_through_its_engine() {
    let mut network = Network::start("clients", 1);
    network.block(&[signed(1, 0, 10, pay(5))], Event::Nothing).expect("all agree");
    let hex = |signed: &SignedTransaction| fvm_keys::to_hex(&encode(signed));
    let next = signed(1, 1, 10, pay(5));
    let replica = network.replicas[0].take().expect("it runs");
    let info = call(&replica, "fvm_chainInfo", json!([]));
    assert_eq!(info["result"]["last"]["height"], 1);
    let refused = call(&replica, "fvm_sendTransaction", json!([hex(&next)]));
    let reason = refused["error"]["message"].as_str().expect("a reason");
    assert!(reason.contains("--engine") && reason.contains("broadcast_tx_sync"), "{reason}");
    // Another process cannot have the state as well.
    let second = command(&network.state(0)).output().expect("it starts");
    assert_eq!(second.status.code(), Some(3));
    replica.terminate();
    // With an engine: the transaction goes there, and the engine asks the replica.
    let rpc = TcpListener::bind("[::1]:0").expect("a port");
    let url = format!("http://{}", rpc.local_addr().expect("an address"));
    let replica = Replica::start(&network.state(0), &["--engine", &url]);
    let socket = replica.socket.clone();
    let engine = std::thread::spawn(move || serve_engine(&rpc, &socket, 2));
    let sent = call(&replica, "fvm_sendTransaction", json!([hex(&next)]));
    assert_eq!(sent["result"], fvm_keys::to_hex(&next.transaction.hash()), "{sent}");
    let account = json!([development::address(1).to_string()]);
    let account = call(&replica, "fvm_getAccount", account);
    assert_eq!(account["result"]["nextNonce"], 2);
    let sent = call(&replica, "fvm_sendTransaction", json!([hex(&signed(1, 1, 10, pay(6)))]));
    let reason = sent["error"]["message"].as_str().expect("a reason");
    assert!(reason.contains("offer at least a tenth more"), "{reason}");
    engine.join().expect("it has answered");
    // Nobody is there any more.
    let sent = call(&replica, "fvm_sendTransaction", json!([hex(&signed(2, 0, 10, pay(6)))]));
    assert!(sent["error"]["message"].as_str().expect("a reason").starts_with("the engine: "));
    replica.terminate();
}

/// Answers requests to the RPC of an engine: what its replica says of a transaction.
fn serve_engine(rpc: &TcpListener, socket: &str, requests: usize) {
    use base64::Engine as _;
    for _ in 0..requests {
        let (mut stream, _) = rpc.accept().expect("a client");
        let (mut text, mut chunk) = (String::new(), [0; 4096]);
        let request: Value = loop {
            let count = stream.read(&mut chunk).expect("a request");
            text.push_str(&String::from_utf8_lossy(&chunk[..count]));
            let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
            match serde_json::from_str(body) {
                Ok(request) => break request,
                Err(_) => assert!(count > 0, "{text}"),
            }
        };
        assert_eq!(request["method"], "broadcast_tx_sync");
        let tx = request["params"]["tx"].as_str().expect("a transaction");
        let tx = base64::engine::general_purpose::STANDARD.decode(tx).expect("base64");
        let checked = Connection::open(socket).check_tx(&tx);
        let result = json!({ "code": checked.code, "log": checked.log });
        let body = json!({ "jsonrpc": "2.0", "id": 1, "result": result }).to_string();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all((head + &body).as_bytes()).expect("it reads");
    }
}

#[test]
fn a_genesis_that_is_none_begins_nothing() {
    let folder = Folder::new("no-genesis");
    let replica = Replica::start(&folder.0, &[]);
    let mut request = begin(&development::genesis(&[]));
    request.app_state_bytes = Bytes::from_static(b"{}");
    let error = Connection::open(&replica.socket).exception(Ask::InitChain(request));
    assert!(error.contains("the application state of the genesis"), "{error}");
    let mut request = begin(&development::genesis(&[]));
    request.initial_height = 5;
    let error = Connection::open(&replica.socket).exception(Ask::InitChain(request));
    assert!(error.contains("the first block is 1"), "{error}");
    assert!(!folder.0.exists(), "nothing is written");
    // Nor does one begin where a node makes blocks of its own, or the other way round.
    let other = Folder::new("own-blocks");
    Running::start(&other.0, &[]).terminate();
    let refused = command(&other.0).output().expect("it starts");
    let error = String::from_utf8_lossy(&refused.stderr).to_string();
    assert!(refused.status.code() == Some(3) && error.contains("use `fscc node`"), "{error}");
    let mut engine = Connection::open(&replica.socket);
    assert_eq!(engine.init_chain(&development::genesis(&[])).len(), 32);
    replica.terminate();
    let refused = support::command(&folder.0).output().expect("it starts");
    let error = String::from_utf8_lossy(&refused.stderr).to_string();
    assert!(refused.status.code() == Some(3) && error.contains("use `fscc abci`"), "{error}");
}
