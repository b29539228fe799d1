//! `fscc node` as a process: it answers, keeps what it said, and refuses what it cannot use.

use fvm_keys::{Address, from_hex, to_hex};
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::ledger::account_path;
use fvm_ledger::transaction::Action;
use fvm_node::development::{self, RICHES};
use fvm_tree::{Hash, Proof};
use pretty_assertions::assert_eq;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use support::{Folder, Running, command, hex, signed};

mod support;

fn payment(from: u64, nonce: u64, to: Address, value: u128) -> SignedTransaction {
    signed(from, nonce, (2_000_000, 100_000), vec![Action::Pay { to, value }])
}

fn stranger() -> Address {
    Address::of_name("stranger")
}

#[test]
fn a_payment_is_made_and_kept() {
    let folder = Folder::new("payment");
    let node = Running::start(&folder.0, &[]);
    assert_eq!(node.balance(development::address(3)), RICHES);
    let signed = payment(1, 0, stranger(), 5);
    let simulated = node.call("fvm_simulate", json!([hex(&signed)])).expect("it would work");
    assert_eq!(simulated["receipts"].as_array().map(Vec::len), Some(2));
    assert_eq!(node.balance(stranger()), 0, "nothing has happened yet");
    let hash = node.call("fvm_sendTransaction", json!([hex(&signed)])).expect("it is taken");
    assert_eq!(hash, to_hex(&signed.transaction.hash()));
    let receipts = node.wait(&hash);
    assert_eq!(receipts.len(), 2);
    assert_eq!(receipts[1]["ending"]["status"], "done");
    assert_eq!(node.balance(stranger()), 5);
    // The proof of the account holds against the root of the last block.
    let proof = node.call("fvm_getProof", json!([stranger().to_string()])).expect("a proof");
    let bytes = |name: &str| from_hex(proof[name].as_str().unwrap_or_default()).expect("bytes");
    let root: Hash = bytes("stateRoot").try_into().expect("a hash");
    let verified = Proof::decode(&bytes("proof")).expect("a proof");
    assert!(verified.verify(&root, &account_path(stranger()), Some(&bytes("account"))));
    assert!(!verified.verify(&root, &account_path(stranger()), None));
    let found = node.call("fvm_getTransaction", json!([hash])).expect("it is there");
    assert_eq!(found["actions"][0]["kind"], "pay");
    let again = node.call("fvm_sendTransaction", json!([hex(&signed)])).expect_err("a replay");
    assert_eq!(again["message"], "the nonce was used before");
    let height = node.height();
    node.terminate();
    let node = Running::start(&folder.0, &[]);
    assert_eq!((node.height(), node.balance(stranger())), (height, 5));
    node.terminate();
}

#[test]
fn what_cannot_be_taken_is_refused_with_a_reason() {
    let folder = Folder::new("refused");
    let node = Running::start(&folder.0, &[]);
    let refusal = |signed: &SignedTransaction| {
        let answer = node.call("fvm_sendTransaction", json!([hex(signed)]));
        answer.expect_err("refused")["message"].as_str().unwrap_or_default().to_string()
    };
    let good = payment(1, 0, stranger(), 5);
    let mut other = good.clone();
    other.transaction.chain = 7;
    assert_eq!(refusal(&other), "the transaction is for another ledger");
    let mut other = good.clone();
    other.transaction.actions = vec![Action::Pay { to: stranger(), value: 6 }];
    assert!(refusal(&other).starts_with("the signature"), "{}", refusal(&other));
    let poor = payment(1, 0, stranger(), RICHES);
    assert_eq!(refusal(&poor), "the signer does not have the coins that it may cost");
    assert!(refusal(&payment(1, 1000, stranger(), 5)).contains("ahead"));
    let code = |body: &str| node.send(body)["error"]["code"].clone();
    assert_eq!(code("{"), -32700);
    assert_eq!(code("[]"), -32600);
    assert_eq!(code("{\"id\":1}"), -32600);
    assert_eq!(code(&"[".repeat(100_000)), -32700, "deep JSON");
    let call = |method: &str, params: Value| node.call(method, params).expect_err("refused");
    assert_eq!(call("fvm_nothing", json!([]))["code"], -32601);
    assert_eq!(call("fvm_getAccount", json!(["0x12"]))["code"], -32602);
    assert_eq!(call("fvm_getAccount", json!({}))["code"], -32602);
    assert_eq!(call("fvm_getBlock", json!([99]))["code"], -32001);
    assert_eq!(call("fvm_sendTransaction", json!(["0x00ff"]))["code"], -32602);
    let (status, _) = node.request("POST /rpc", &vec![b' '; 6 << 20]);
    assert_eq!(status, 413, "an oversized body");
    assert_eq!(node.request("GET /nothing", &[]).0, 404);
    assert_eq!(node.request("GET /health", &[]).0, 200);
    let (_, metrics) = node.request("GET /metrics", &[]);
    assert!(metrics.contains("fvm_refused_total"), "{metrics}");
    let batch = "[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"rpc_methods\"},\
                  {\"jsonrpc\":\"2.0\",\"method\":\"rpc_methods\"}]";
    assert_eq!(node.send(batch).as_array().map(Vec::len), Some(1), "a notification has no answer");
    node.terminate();
}

#[test]
fn the_page_about_nodes_lists_all_methods() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/node.md");
    let page = fs::read_to_string(root).expect("the page is there");
    for method in fvm_node::methods::METHODS {
        let parameters = match method.parameters {
            "" => String::new(),
            parameters => format!("`{parameters}`"),
        };
        let row = format!("| `{}` | {parameters} | {} |", method.name, method.doc);
        let row = row.replace("|  |", "| |");
        assert!(page.contains(&row), "docs/node.md lacks the row\n{row}");
    }
}

#[test]
fn a_state_that_cannot_be_used_is_left_alone() {
    let folder = Folder::new("unusable");
    let node = Running::start(&folder.0, &[]);
    let fails = |more: &[&str]| {
        let output = command(&folder.0).args(more).output().expect("it starts");
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8_lossy(&output.stderr).to_string()
    };
    let second = fails(&[]);
    assert!(second.starts_with("error: "), "{second}");
    node.terminate();
    let genesis = folder.0.join("other.json");
    let other = development::genesis(&[stranger()]);
    fs::write(&genesis, other.to_json()).expect("a file");
    let path = genesis.to_string_lossy().to_string();
    let message = fails(&["--genesis", &path]);
    assert!(message.contains("another genesis"), "{message}");
    fs::write(&genesis, "{").expect("a file");
    assert!(fails(&["--genesis", &path]).contains("other.json"));
    let node = Running::start(&folder.0, &[]);
    assert_eq!(node.height(), 0);
    node.terminate();
}
