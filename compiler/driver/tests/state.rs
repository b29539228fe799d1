//! `fscc state`: snapshots that are carried elsewhere and go on there, or are refused and leave
//! nothing behind; chains that are run again.

use fvm_keys::Address;
use fvm_ledger::transaction::Action;
use pretty_assertions::assert_eq;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Done, Folder, Running, hex, run, signed};

mod support;

/// A payment of the first account, signed.
fn payment(nonce: u64) -> String {
    let pay = Action::Pay { to: Address::of_name("stranger"), value: 7 };
    hex(&signed(0, nonce, (5_000_000, 100_000), vec![pay]))
}

/// A state with so many blocks, of a node that does not run any more.
fn state(folder: &Path, blocks: u64) -> u64 {
    let node = Running::start(folder, &[]);
    for nonce in 0..blocks {
        let hash = node.call("fvm_sendTransaction", json!([payment(nonce)])).expect("taken");
        node.wait(&hash);
    }
    let height = node.height();
    node.terminate();
    height
}

/// Exit status, standard output and standard error of `fscc state`.
fn fscc(arguments: &[&str], paths: &[&Path]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
    let Done { status, out, error } = run(command.arg("state").args(arguments).args(paths));
    (status.unwrap_or(-1), out, error)
}

fn import(snapshot: &Path, state: &Path) -> (i32, String, String) {
    let snapshot = snapshot.to_str().expect("a path of ours");
    fscc(&["import", snapshot, "--state"], &[state])
}

#[test]
fn a_snapshot_goes_on_elsewhere() {
    let folder = Folder::new("snapshot");
    let (first, second) = (folder.0.join("first"), folder.0.join("second"));
    let height = state(&first, 5);
    let snapshot = folder.0.join("snapshot");
    let file = snapshot.to_str().expect("a path of ours");
    let (status, told, error) = fscc(&["export", file, "--state"], &[&first]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(told.starts_with(&format!("exported block {height}: ")), "{told}");
    // Nothing is written over.
    let (status, _, error) = fscc(&["export", file, "--state"], &[&first]);
    assert!(status == 3 && error.contains("cannot write"), "{error}");

    let (status, told, error) = import(&snapshot, &second);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(told.starts_with(&format!("imported block {height}: ")), "{told}");
    let (status, _, error) = import(&snapshot, &second);
    assert!(status == 3 && error.contains("there is a state"), "{error}");
    // The same state gives the same snapshot.
    let again = folder.0.join("again");
    let file = again.to_str().expect("a path of ours");
    assert_eq!(fscc(&["export", file, "--state"], &[&second]).0, 0);
    assert_eq!(fs::read(&snapshot).expect("there"), fs::read(&again).expect("there"));

    let node = Running::start(&second, &[]);
    assert_eq!(node.balance(Address::of_name("stranger")), 35);
    assert_eq!(node.height(), height);
    // Nobody copies what a node is changing.
    let (status, _, error) = fscc(&["export", "never", "--state"], &[&second]);
    assert!(status == 3 && error.contains("in use"), "{error}");
    assert!(!Path::new("never").exists());
    let hash = node.call("fvm_sendTransaction", json!([payment(5)])).expect("taken");
    node.wait(&hash);
    assert_eq!(node.balance(Address::of_name("stranger")), 42);
    node.terminate();
}

#[test]
fn what_is_no_whole_snapshot_leaves_nothing() {
    let folder = Folder::new("damaged-snapshot");
    let (first, second) = (folder.0.join("first"), folder.0.join("second"));
    state(&first, 2);
    let snapshot = folder.0.join("snapshot");
    let file = snapshot.to_str().expect("a path of ours");
    assert_eq!(fscc(&["export", file, "--state"], &[&first]).0, 0);
    let whole = fs::read(&snapshot).expect("there");

    let changed = folder.0.join("changed");
    let refused = |bytes: &[u8]| {
        fs::write(&changed, bytes).expect("written");
        let (status, told, error) = import(&changed, &second);
        assert_eq!((status, told.as_str()), (3, ""), "{error}");
        let rest: Vec<_> = fs::read_dir(&folder.0).expect("a folder").flatten().collect();
        assert_eq!(rest.len(), 3, "{rest:?}");
        error
    };
    assert!(refused(b"").contains("no snapshot"));
    assert!(refused(b"PK\x03\x04 something else that is long enough").contains("no snapshot"));
    let mut newer = whole.clone();
    newer[16] = 9;
    assert!(refused(&newer).contains("use a newer version"));
    for length in [17, 40, whole.len() / 2, whole.len() - 1] {
        assert!(refused(&whole[..length]).contains("ends too early"), "{length}");
    }
    assert!(refused(&[&whole[..], b"x"].concat()).contains("more behind its end"));
    // A byte here and there: whatever it is, the hash at the end tells at last.
    for at in (20..whole.len()).step_by(whole.len() / 40) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        refused(&bytes);
    }
    assert_eq!(import(&snapshot, &second).0, 0);
}

#[test]
fn a_chain_is_run_again_in_every_way() {
    let folder = Folder::new("replay");
    let height = state(&folder.0, 4);
    for verify in ["all", "sample:0.5", "none"] {
        let (status, told, error) = fscc(&["replay", "--verify", verify, "--state"], &[&folder.0]);
        assert_eq!((status, error.as_str()), (0, ""));
        let expected = format!("{height} blocks with 4 transactions and ");
        assert!(told.starts_with(&expected) && told.contains(verify), "{told}");
    }
    let (status, _, error) = fscc(&["replay", "--verify", "some", "--state"], &[&folder.0]);
    assert!(status == 2 && error.contains("sample:"), "{error}");
    let nothing = folder.0.join("nothing");
    let (status, _, error) = fscc(&["replay", "--state"], &[&nothing]);
    assert!(status == 3 && error.contains("there is no ledger"), "{error}");
}
