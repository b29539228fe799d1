//! `fscc testnet` with a program in the place of the engine that makes what an engine makes. That
//! real ones agree is `.ci/network`'s to show.

use fvm_ledger::genesis::Genesis;
use fvm_node::development;
use pretty_assertions::assert_eq;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{Done, Folder, run};

mod support;

/// What stands in for the engine: `version`, `testnet --v COUNT --o DIR`, `show-node-id --home DIR`.
const ENGINE: &str = r#"#!/bin/sh
case "$1" in
  version) echo 0.38.25 ;;
  show-node-id) basename "$3" ;;
  testnet)
    for number in 0 1; do
      mkdir -p "$5/node$number/config"
      cp "$(dirname "$0")/config.toml" "$(dirname "$0")/genesis.json" "$5/node$number/config"
    done ;;
esac
"#;

const CONFIGURATION: &str = "proxy_app = \"\"\nabci = \"grpc\"\n[rpc]\nladdr = \"\"\n\
    max_body_bytes = 1\n[p2p]\nladdr = \"\"\npersistent_peers = \"\"\nallow_duplicate_ip = false\n\
    addr_book_strict = true\n[mempool]\nmax_tx_bytes = 1\n[consensus]\ncreate_empty_blocks = false\n";

const GENESIS: &str = "{\"chain_id\":\"x\",\"initial_height\":\"0\",\"validators\":[\
    {\"address\":\"DBDFF829668802DCDD9A853F5D8D8776B87C5CE0\"},\
    {\"address\":\"EA4B9BE28045B32018CFBBE2DCFD6C9E909B66A9\"}]}";

fn engine(folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder");
    let path = folder.join("engine");
    fs::write(&path, ENGINE).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a file");
    fs::write(folder.join("config.toml"), CONFIGURATION).expect("a file");
    fs::write(folder.join("genesis.json"), GENESIS).expect("a file");
    path
}

/// Status, standard output and standard error.
fn testnet(engine: &Path, out: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
    command.args(["testnet", "--validators", "2", "--log", "error", "--out"]).arg(out);
    let Done { status, out, error } = run(command.args(more).env("FVM_COMETBFT", engine));
    (status, out, error)
}

#[test]
fn a_network_is_written_once() {
    let folder = Folder::new("testnet");
    let (engine, out) = (engine(&folder.0), folder.0.join("net"));
    let (status, commands, error) = testnet(&engine, &out, &["--port", "3000"]);
    assert_eq!((status, error.as_str()), (Some(0), ""));
    let lines: Vec<&str> = commands.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[2].starts_with("fscc abci --state ") && lines[2].contains(":3012 --rpc "));
    assert!(lines[2].ends_with(":3011") && lines[2].contains(":8546 --engine http://"));
    assert!(lines[3].ends_with("node1"), "{commands}");
    let read = |name: &str| fs::read_to_string(out.join(name)).expect("it is written");
    let configuration = read("node1/config/config.toml");
    for line in ["abci = \"socket\"", "max_tx_bytes = 2200000", "create_empty_blocks = true"] {
        assert!(configuration.lines().any(|found| found == line), "{configuration}");
    }
    let peers = configuration.lines().find(|line| line.starts_with("persistent_peers"));
    let peers = peers.expect("peers");
    assert!(peers.contains("node0@") && peers.contains(":3010\""), "{peers}");
    // All begin with one genesis, in which tips go to accounts.
    let genesis = read("node0/config/genesis.json");
    assert_eq!(genesis, read("node1/config/genesis.json"));
    let genesis: Value = serde_json::from_str(&genesis).expect("JSON");
    let ledger = Genesis::parse(&genesis["app_state"].to_string()).expect("a genesis");
    assert_eq!(ledger.accounts, development::genesis(&[]).accounts);
    assert_eq!(ledger.tips.len(), 2);
    // What is there is used as it is, or not at all.
    assert_eq!(testnet(&engine, &out, &["--port", "3000"]).1, commands);
    let (status, _, error) = testnet(&engine, &out, &["--port", "4000"]);
    assert!(status == Some(3) && error.contains("other ports"), "{error}");
    let (status, _, error) = testnet(&engine, &out, &["--port", "3000", "--rpc-port", "65535"]);
    assert!(status == Some(3) && error.contains("ports"), "{error}");
}

#[test]
fn without_an_engine_it_says_where_there_is_one() {
    let folder = Folder::new("no-engine");
    let (status, _, error) = testnet(&folder.0.join("none"), &folder.0.join("net"), &[]);
    assert_eq!(status, Some(3));
    assert!(error.contains("go install") && error.contains("FVM_COMETBFT"), "{error}");
    assert!(!folder.0.exists(), "nothing is written");
}
