//! `fscc node` as a process that is killed at random moments, while clients send transactions and
//! listen to its stream all the time. What it told them is true after every restart, and all of it
//! comes out again when the blocks are run from the genesis on.
//!
//! `FVM_KILLS` says how often (5 without).

use fvm_keys::{Address, to_hex};
use fvm_ledger::Ledger;
use fvm_ledger::backend::InMemory;
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::genesis::{Changes, Genesis};
use fvm_ledger::ledger::Proposal;
use fvm_ledger::records::Position;
use fvm_ledger::round::Source;
use fvm_ledger::transaction::Action;
use fvm_node::{development, disk, json};
use fvm_store::simulation::Random;
use pretty_assertions::assert_eq;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread;
use std::time::Duration;
use support::{Folder, Running, call, count, file_of, hex, signed};

mod support;

/// Clients that send.
const CLIENTS: u64 = 3;

/// Blocks are small, so that messages of one transaction wait for the next ones.
fn genesis() -> Genesis {
    let changes = Changes { block_gas: Some(12_000_000), ..Changes::default() };
    Genesis { changes, ..development::genesis(&[]) }
}

fn target(client: u64) -> Address {
    Address::of_name(&format!("target {client}"))
}

/// A transaction that pays one unit so many times.
fn payments(client: u64, nonce: u64, actions: usize) -> SignedTransaction {
    let pay = Action::Pay { to: target(client), value: 1 };
    signed(client, nonce, (3_000_000, 1 << 40), vec![pay; actions])
}

/// What clients were told, over all lives of the node.
#[derive(Default)]
struct Told {
    /// In which block a transaction stands.
    blocks: BTreeMap<String, u64>,
    /// Receipts of the stream, by place.
    receipts: BTreeMap<(u64, u32), Value>,
    /// Transactions that were taken into the pool.
    taken: u64,
}

/// Sends, and asks in which block it stands, until the node is gone.
fn send(address: &str, client: u64, seed: u64) -> Told {
    let mut told = Told::default();
    let mut random = Random::new(seed);
    let signer = json!([development::address(client).to_string()]);
    while let Some(Ok(account)) = call(address, "fvm_getAccount", &signer) {
        let nonce = account["nextNonce"].as_u64().expect("a nonce");
        let mut hashes = Vec::new();
        for next in 0..1 + random.below(4) {
            let signed = payments(client, nonce + next, 1 + random.below(9) as usize);
            let bytes = json!([hex(&signed)]);
            let Some(answer) = call(address, "fvm_sendTransaction", &bytes) else { return told };
            hashes.push(answer.unwrap_or_else(|error| panic!("refused: {error}")));
        }
        told.taken += hashes.len() as u64;
        for hash in hashes {
            loop {
                match call(address, "fvm_getTransaction", &json!([hash])) {
                    None => return told,
                    Some(Err(_)) => thread::sleep(Duration::from_millis(2)),
                    Some(Ok(found)) => {
                        let height = found["height"].as_u64().expect("a height");
                        told.blocks.insert(hash.as_str().expect("text").to_string(), height);
                        break;
                    }
                }
            }
        }
    }
    told
}

/// Listens to the stream from behind the last receipt that was seen, until the node is gone.
fn listen(address: &str, from: (u64, u32)) -> Told {
    let mut told = Told::default();
    let Ok(mut stream) = TcpStream::connect(address) else { return told };
    let head = format!("GET /v1/stream?from={}:{} HTTP/1.1\r\nhost: node\r\n\r\n", from.0, from.1);
    if stream.write_all(head.as_bytes()).is_err() {
        return told;
    }
    let mut place = None;
    for line in BufReader::new(stream).lines() {
        let Ok(line) = line else { break };
        if let Some(id) = line.strip_prefix("id: ") {
            let (height, position) = id.split_once(':').expect("a place");
            place = Some((height.parse().expect("a number"), position.parse().expect("a number")));
        } else if let Some(data) = line.strip_prefix("data: ")
            && let (Some(place), Ok(receipt)) = (place.take(), serde_json::from_str(data))
        {
            told.receipts.insert(place, receipt);
        }
    }
    told
}

impl Told {
    fn merge(&mut self, more: Told) {
        self.blocks.extend(more.blocks);
        self.receipts.extend(more.receipts);
        self.taken += more.taken;
    }

    /// The place behind the last receipt.
    fn behind(&self) -> (u64, u32) {
        self.receipts.last_key_value().map_or((0, 0), |((height, at), _)| (*height, at + 1))
    }
}

/// One life of a node: clients work, and it is killed. Gives what they were told.
fn life(node: Running, told: &Told, random: &mut Random) -> Told {
    let seed = random.next_u64();
    let wait = Duration::from_micros(20_000 + random.below(400_000));
    let (address, from) = (node.address.clone(), told.behind());
    let all = thread::scope(|scope| {
        let address = &address;
        let clients = (0..CLIENTS).map(|client| {
            scope.spawn(move || send(address, 1 + client, seed.wrapping_add(client)))
        });
        let mut workers: Vec<_> = clients.collect();
        workers.push(scope.spawn(move || listen(address, from)));
        thread::sleep(wait);
        node.kill();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("no client fails"))
            .collect::<Vec<_>>()
    });
    let mut more = Told::default();
    all.into_iter().for_each(|one| more.merge(one));
    more
}

/// What was told last is still true for those who ask.
fn check(node: &Running, told: &Told) {
    for (hash, height) in &told.blocks {
        let found = node.call("fvm_getTransaction", json!([hash])).expect("it was acknowledged");
        assert_eq!(found["height"].as_u64(), Some(*height), "{hash}");
    }
    let heights = told.receipts.keys().map(|(height, _)| *height);
    if let Some(height) = heights.max() {
        let receipts = node.call("fvm_getReceipts", json!([height])).expect("they were streamed");
        for ((_, at), receipt) in told.receipts.range((height, 0)..) {
            assert_eq!(receipts[*at as usize], *receipt, "receipt {at} of block {height}");
        }
    }
}

/// Everything that was ever told is in the blocks, and these follow from the genesis.
fn replay(state: &Path, told: &Told) {
    let store = fvm_store::Options { create: false, ..fvm_store::Options::new(genesis().chain) };
    let disk = disk::Disk::open(state, &store).expect("the store opens");
    let ledger = Ledger::open(disk, &genesis(), |_| {}).expect("the ledger opens");
    let mut again = Ledger::open(InMemory::default(), &genesis(), |_| {}).expect("a genesis");
    let mut paid: BTreeMap<Address, u128> = BTreeMap::new();
    let mut places: BTreeMap<String, u64> = BTreeMap::new();
    for height in 1..=ledger.header().height {
        let block = ledger.block(height).expect("readable").expect("no block is missing");
        for signed in &block.transactions {
            let hash = to_hex(&signed.transaction.hash());
            assert!(places.insert(hash, height).is_none(), "a transaction stands twice");
            let actions = signed.transaction.actions.len() as u128;
            *paid.entry(signed.transaction.signer).or_default() += actions;
        }
        let (time, proposer) = (block.header.time, block.header.proposer);
        let (transactions, source) = (block.transactions, Source::Execute);
        let executed = again.run(Proposal { time, proposer, transactions, source }).expect("runs");
        assert_eq!(executed.block.header, block.header, "block {height}");
        again.commit(executed).expect("it commits");
    }
    assert!(ledger.queue().is_empty(), "it went on until nothing waited");
    assert_eq!(again.coins().expect("readable"), ledger.supply(), "R8, coins are conserved");
    for (hash, height) in &told.blocks {
        assert_eq!(places.get(hash), Some(height), "{hash}");
    }
    for ((height, at), receipt) in &told.receipts {
        let position = Position { height: *height, at: *at };
        let kept = again.receipt_at(position).expect("readable").expect("it is there");
        assert_eq!(json::receipt(&kept), *receipt, "receipt {at} of block {height}");
    }
    for client in 1..=CLIENTS {
        let target = ledger.account(target(client)).expect("readable").unwrap_or_default();
        let signer = development::address(client);
        assert_eq!(target.balance, paid.get(&signer).copied().unwrap_or(0), "every payment once");
    }
}

#[test]
fn a_node_that_is_killed_keeps_what_it_told() {
    let folder = Folder::new("kills");
    let path = file_of(&genesis(), &folder);
    let start = || Running::start(&folder.0, &["--genesis", &path]);
    let mut random = Random::new(1);
    let mut told = Told::default();
    let kills = count("FVM_KILLS", 5);
    for _ in 0..kills {
        let more = life(start(), &told, &mut random);
        let node = start();
        check(&node, &more);
        told.merge(more);
        node.kill();
    }
    let node = start();
    while node.call("fvm_chainInfo", json!([])).expect("it answers")["waiting"] != 0 {
        thread::sleep(Duration::from_millis(10));
    }
    node.terminate();
    replay(&folder.0, &told);
    println!(
        "{kills} kills: {} transactions taken, {} acknowledged, {} receipts streamed",
        told.taken,
        told.blocks.len(),
        told.receipts.len()
    );
    assert!(told.blocks.len() as u64 > kills && told.receipts.len() as u64 > kills);
}
