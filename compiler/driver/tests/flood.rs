//! A node under ten times as much as it takes: its memory stays bounded, who pays a fair tip is
//! served, and all others are told why not.
//!
//! `FVM_FLOOD_SECONDS` says for how long (8 without).

use fvm_keys::{Address, KeyKind, KeyPair};
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::genesis::{Changes, Genesis};
use fvm_ledger::parameters::COIN;
use fvm_ledger::transaction::{Action, Transaction};
use fvm_node::development::CHAIN;
use fvm_store::simulation::Random;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};
use support::{Folder, Running, call, count, file_of, hex, request};

mod support;

/// Accounts that flood; each may have 257 transactions in the pool.
const FLOODERS: u64 = 240;
/// The time between two blocks, and how many payments fit into one.
const BLOCK_TIME: u64 = 200;
const PAYMENTS: u64 = 20;
/// Gas of a payment: what it uses is less, but what it reserves counts.
const GAS: u64 = 700_000;
/// Transactions of one batch of requests, and how often each of two threads sends one: 2 x 50 x 10
/// in a second are ten times the 100 for which there is room.
const BATCH: u64 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// The most memory that the node may take: 128 MiB of transactions, with what finds them, blocks,
/// buffers, and the file as far as it is held in memory.
const MEMORY_MAX: u64 = 900 << 20;
/// How long an honest client may wait for a block.
const LATENCY_MAX: Duration = Duration::from_secs(5);

fn key(number: u64) -> KeyPair {
    let mut random = Random::new(number);
    let secret = std::array::from_fn(|_| random.next_u64() as u8);
    KeyPair::from_secret(KeyKind::Ed25519, &secret).expect("a secret")
}

fn address(number: u64) -> Address {
    key(number).public().address().expect("a key has one")
}

fn genesis() -> Genesis {
    let changes = Changes { block_gas: Some(PAYMENTS * GAS), ..Changes::default() };
    Genesis {
        chain: CHAIN,
        time: 0,
        governance: address(0),
        accounts: (0..=FLOODERS).map(|number| (address(number), 1_000 * COIN)).collect(),
        tips: BTreeMap::new(),
        changes,
    }
}

fn payment(key: &KeyPair, nonce: u64, tip: u128, fee_max: u128) -> SignedTransaction {
    let transaction = Transaction {
        chain: CHAIN,
        signer: key.public().address().expect("a key has one"),
        nonce,
        gas: GAS,
        fee_max,
        tip,
        valid_until: None,
        actions: vec![Action::Pay { to: Address::of_name("target"), value: 1 }],
    };
    let signature = key.sign(&transaction.hash()).expect("a key signs");
    SignedTransaction { transaction, signature }
}

/// What the clients of a flood were told, by the text.
#[derive(Default, Debug)]
struct Answers {
    sent: u64,
    taken: u64,
    refused: BTreeMap<String, u64>,
}

/// Sends batch after batch of what offers almost nothing.
fn flood(node: &str, part: u64, end: Instant) -> Answers {
    let mut answers = Answers::default();
    let numbers: Vec<u64> = (1..=FLOODERS).filter(|number| number % 2 == part).collect();
    let keys: Vec<KeyPair> = numbers.iter().map(|number| key(*number)).collect();
    let mut nonces = vec![0u64; keys.len()];
    let mut at = 0;
    while Instant::now() < end {
        let start = Instant::now();
        let mut batch = Vec::new();
        for _ in 0..BATCH {
            at = (at + 1) % keys.len();
            let signed = payment(&keys[at], nonces[at], 1, 1 << 40);
            nonces[at] += 1;
            batch.push(json!({
                "jsonrpc": "2.0", "id": at, "method": "fvm_sendTransaction", "params": [hex(&signed)],
            }));
        }
        answers.sent += BATCH;
        let body = Value::Array(batch).to_string();
        let Some((status, text)) = request(node, "POST /rpc", body.as_bytes()) else { continue };
        if status != 200 {
            *answers.refused.entry(format!("status {status}")).or_default() += BATCH;
            continue;
        }
        let found: Vec<Value> = serde_json::from_str(&text).expect("one answer for each");
        for answer in &found {
            match answer["error"]["message"].as_str() {
                None => answers.taken += 1,
                Some(text) => {
                    *answers.refused.entry(text.to_string()).or_default() += 1;
                    // It has to go on from where the pool is.
                    let at = answer["id"].as_u64().expect("an id") as usize;
                    let signer = keys[at].public().address().expect("a key has one");
                    let account = call(node, "fvm_getAccount", &json!([signer.to_string()]));
                    if let Some(Ok(account)) = account {
                        nonces[at] = account["nextNonce"].as_u64().expect("a nonce");
                    }
                }
            }
        }
        thread::sleep(PAUSE.saturating_sub(start.elapsed()));
    }
    answers
}

/// Pays with a fair tip, one after the other, and waits for each; gives how long each took.
fn honest(node: &str, end: Instant) -> Vec<Duration> {
    let (key, mut times) = (key(0), Vec::new());
    for nonce in 0.. {
        if Instant::now() >= end {
            break;
        }
        let start = Instant::now();
        let signed = payment(&key, nonce, 1_000, 1 << 44);
        let hash = loop {
            match call(node, "fvm_sendTransaction", &json!([hex(&signed)])) {
                Some(Ok(hash)) => break hash,
                Some(Err(error)) => panic!("a fair offer is refused: {error}"),
                None => thread::sleep(Duration::from_millis(10)),
            }
            assert!(start.elapsed() < LATENCY_MAX, "nobody answers");
        };
        while !matches!(call(node, "fvm_getTransaction", &json!([hash])), Some(Ok(_))) {
            assert!(start.elapsed() < LATENCY_MAX, "payment {nonce} is in no block");
            thread::sleep(Duration::from_millis(10));
        }
        times.push(start.elapsed());
    }
    times
}

/// Bytes of memory that a process holds; none where the system does not say.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[test]
fn a_flood_leaves_room_for_who_pays() {
    let folder = Folder::new("flood");
    let path = file_of(&genesis(), &folder);
    let time = BLOCK_TIME.to_string();
    let node = Running::start(&folder.0, &["--genesis", &path, "--block-time", &time]);
    let seconds = count("FVM_FLOOD_SECONDS", 8);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (process, address) = (node.id(), node.address.as_str());
    let (flooded, mut times, most) = thread::scope(|scope| {
        let flooders: Vec<_> =
            (0..2).map(|part| scope.spawn(move || flood(address, part, end))).collect();
        let honest = scope.spawn(move || honest(address, end));
        let mut most = memory(process);
        while Instant::now() < end {
            most = most.max(memory(process));
            thread::sleep(Duration::from_millis(100));
        }
        let flooded: Vec<Answers> =
            flooders.into_iter().map(|flooder| flooder.join().expect("no client fails")).collect();
        (flooded, honest.join().expect("it is served"), most)
    });
    let height = node.height();
    let (_, metrics) = node.request("GET /metrics", &[]);
    let served = metrics.lines().find_map(|line| line.strip_prefix("fvm_transactions_total "));
    let served: u64 = served.and_then(|count| count.parse().ok()).expect("it is counted");
    node.terminate();
    times.sort();
    let sent: u64 = flooded.iter().map(|answers| answers.sent).sum();
    let taken: u64 = flooded.iter().map(|answers| answers.taken).sum();
    println!("{seconds} s: {sent} sent, {taken} taken into the pool, {served} in {height} blocks");
    println!("{:?} MiB at most", most.map(|bytes| bytes >> 20));
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{} honest payments: median {median:?}, worst {worst:?}", times.len());
    let known = [
        "the pool is full",
        "the nonce is more than",
        "it offers less than gas costs now",
        "another transaction with this nonce waits",
        "the transaction is known",
        "the nonce was used before",
        "earlier transactions of the signer are missing",
    ];
    for (text, number) in flooded.iter().flat_map(|answers| &answers.refused) {
        println!("{number} were told: {text}");
        assert!(known.iter().any(|known| text.starts_with(known)), "an unclear refusal: {text}");
    }
    assert!(most.is_none_or(|bytes| bytes < MEMORY_MAX), "{most:?}");
    assert!(sent > 5 * served, "that was no flood: {sent} for {served}");
}
