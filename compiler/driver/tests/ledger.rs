//! `fscc deploy`, `call`, `query`, `send` and `story` as their users meet them, against a node.

use fvm_keys::{Address, from_hex};
use fvm_ledger::account::{Account, Key};
use fvm_ledger::ledger::{account_path, storage_path};
use fvm_node::development;
use fvm_tree::{MountainRange, Proof};
use pretty_assertions::assert_eq;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{Done, Folder, Running, run};

mod support;

/// The contract of these tests.
fn till() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/Till.scala")
}

/// A node, and a folder for it and for wallets.
struct Setting {
    node: Running,
    folder: Folder,
}

impl Setting {
    fn new(name: &str) -> Setting {
        let folder = Folder::new(name);
        Setting { node: Running::start(&folder.0.join("state"), &[]), folder }
    }

    fn fscc(&self, arguments: &[&str]) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
        command.args(arguments).args(["--node", &format!("http://{}", self.node.address)]);
        run(command.env("XDG_DATA_HOME", &self.folder.0))
    }

    /// The same for what signs: by a key for development, without being asked.
    fn signed(&self, key: u64, arguments: &[&str]) -> Done {
        let key = format!("development:{key}");
        self.fscc(&[arguments, &["--from", &key, "--yes"]].concat())
    }

    fn deploy(&self, limit: &str) -> String {
        let (path, owner) = (till(), development::address(1).to_string());
        let path = path.to_str().expect("text");
        let made = self.signed(1, &["deploy", path, &owner, limit, "--json"]).json();
        made["address"].as_str().expect("an address").to_string()
    }
}

#[test]
fn a_contract_is_deployed_called_asked_and_closed() {
    let setting = Setting::new("lives");
    let (path, owner) = (till(), development::address(1));
    let path = path.to_str().expect("text");
    let deploy = ["deploy", path, &owner.to_string(), "10.fsc"];
    let text = setting.signed(1, &deploy).ok();
    let address = text.strip_prefix("till.Till is at ").and_then(|text| text.lines().next());
    let address = address.expect("an address").to_string();
    // The code is there now: one transaction is enough.
    let again = setting.signed(1, &[&deploy[..], &["--json"]].concat()).json();
    assert_eq!(again["transactions"].as_array().map(Vec::len), Some(1));
    assert_ne!(again["address"], json!(address));

    let call = |method: &str| format!("{address}.{method}");
    let take = call("take");
    let arguments = ["call", &take, "first", "[Cash, Card(7)]", "--value", "2.5.fsc"];
    // What would happen is shown and does not happen.
    let plan = setting.fscc(&[&arguments[..], &["--from", "development:2", "--dry-run"]].concat());
    let plan = plan.ok();
    let payer = development::address(2);
    for line in [
        format!("development:2 ({payer}) on chain 1337, by simulation:"),
        format!("call of Till.take at {address} with 2.5.fsc: done, "),
        "    result 1".to_string(),
        format!(
            "event Taken(from = {payer}, amount = 2.5.fsc, tags = List(Cash, Card(number = 7)))"
        ),
        format!("writes taken({payer}) = 2.5.fsc"),
        format!("writes payers({payer}) = added"),
        "writes count = 1".to_string(),
        "It costs 2.5".to_string(),
    ] {
        assert!(plan.contains(&line), "{plan}\nlacks {line}");
    }
    let taken = call("takenFrom");
    let query = ["query", &taken, &payer.to_string()];
    assert_eq!(setting.fscc(&query).ok(), "0\n");
    let before = setting.node.balance(payer);
    let text = setting.signed(2, &arguments).ok();
    assert!(text.contains("call of Till.take") && text.contains("result 1"), "{text}");
    assert_eq!(setting.fscc(&query).ok(), "2.5.fsc\n");
    // What the simulation said is what it cost.
    let done = setting.signed(2, &[&arguments[..], &["--json"]].concat()).json();
    assert_eq!(done["receipts"][1]["result"]["value"], 2);
    assert_eq!(done["receipts"][1]["eventsTold"][0]["type"], "till.Till.Log");
    let spent = before - setting.node.balance(payer);
    assert!((5 * 10u128.pow(18)..5_001 * 10u128.pow(15)).contains(&spent), "{spent}");
    let last = setting.fscc(&["query", &call("lastEntry"), "--json"]).json();
    assert_eq!(last["result"]["tags"], json!(["Cash", { "Card": { "number": "7" } }]));
    let sum = |method: &str, arguments: &[&str]| {
        setting.fscc(&[&["query", &call(method)], arguments].concat())
    };
    assert_eq!(sum("add", &["1"]).ok(), "2\n");
    assert_eq!(sum("add", &["-1", "2"]).ok(), "1\n");
    assert_eq!(sum("add(Int,Int)", &["3", "4"]).ok(), "7\n");
    assert!(sum("add", &[]).failed(2).contains("add(Int), add(Int,Int)"));

    setting.signed(1, &["call", &call("close"), "done for today"]).ok();
    let story = setting.fscc(&["story", &address]).ok();
    for line in [
        "Story 0 of till.Till".to_string(),
        format!("Closed(by = {owner}, amount = 5.fsc, reason = \"done for today\")"),
        " UTC".to_string(),
    ] {
        assert!(story.contains(&line), "{story}\nlacks {line}");
    }
    let audit = setting.fscc(&["story", &address, "--json"]).json();
    assert_eq!(audit["stories"][0]["told"]["value"]["Closed"]["reason"], "done for today");
    check_audit(&audit, &address);
    setting.node.terminate();
}

/// What an auditor checks: account, its Stories' peaks and each Story, down from the state's root.
fn check_audit(audit: &Value, address: &str) {
    let bytes = |value: &Value| from_hex(value.as_str().unwrap_or_default()).expect("bytes");
    let hash = |value: &Value| -> fvm_tree::Hash { bytes(value).try_into().expect("a hash") };
    let address: Address = address.parse().expect("an address");
    let account = bytes(&audit["account"]["account"]);
    let proof = Proof::decode(&bytes(&audit["account"]["proof"])).expect("a proof");
    let root = hash(&audit["account"]["stateRoot"]);
    assert!(proof.verify(&root, &account_path(address), Some(&account)));
    let account: Account = borsh::from_slice(&account).expect("an account");
    let peaks = bytes(&audit["peaks"]["value"]);
    let proof = Proof::decode(&bytes(&audit["peaks"]["proof"])).expect("a proof");
    let path = storage_path(&Key::stories());
    assert!(proof.verify(&account.storage_root, &path, Some(&peaks)));
    let mut range = MountainRange::new();
    for story in audit["stories"].as_array().expect("a list") {
        range.append(&bytes(&story["encoded"]));
    }
    assert_eq!(borsh::to_vec(&range.peaks().to_vec()).expect("bytes"), peaks);
    assert_eq!(account.contract.expect("a contract").stories, 1);
}

#[test]
fn what_would_fail_is_not_sent() {
    let setting = Setting::new("fails");
    let address = setting.deploy("1.fsc");
    let call = |method: &str| format!("{address}.{method}");
    let height = setting.node.height();
    let fails = |arguments: &[&str], says: &[&str]| {
        let text = setting.signed(2, arguments).failed(1);
        for word in says {
            assert!(text.contains(word), "{text}\nlacks {word}");
        }
    };
    let take = ["call", &call("take"), "note", "Nil", "--value", "2.fsc"];
    let problem = "because WrongAmount(sent = 2.fsc, limit = 1.fsc)";
    fails(&take, &[problem, "it would fail, so it is not sent"]);
    fails(&["call", &call("close"), "no"], &["because NotOwner"]);
    fails(&["call", &call("divide"), "0"], &["because Failed: DivisionByZero"]);
    fails(&["send", &address, "1"], &["NotPayable"]);
    fails(&["send", &address, "2000000.fsc"], &["has 1000000.fsc, and 2000000.fsc are to be sent"]);
    let path = till();
    let path = path.to_str().expect("text");
    let owner = development::address(1).to_string();
    fails(&["deploy", path, &owner, "0"], &["because NoLimit"]);
    fails(&[&take[..], &["--gas", "10"]].concat(), &["less gas than it needs"]);
    fails(&[&take[..], &["--fee-max", "1"]].concat(), &["offers less than gas costs now"]);
    assert_eq!(setting.node.height(), height, "nothing was sent");
    // Whoever insists pays for the failure.
    let text = setting.signed(2, &[&take[..], &["--force"]].concat()).failed(1);
    assert!(text.contains("WrongAmount"), "{text}");
    assert_eq!(setting.node.height(), height + 1);
    setting.node.terminate();
}

#[test]
fn wrong_usage_is_told_before_anything_is_sent() {
    let setting = Setting::new("usage");
    let address = setting.deploy("1.fsc");
    let nowhere = Address::of_name("nowhere").to_string();
    let call = |method: &str| format!("{address}.{method}");
    let path = till();
    let path = path.to_str().expect("text");
    for (arguments, status, says) in [
        (
            &["call", &call("take"), "a"][..],
            2,
            "take(String,List[till.Till.Tag]) takes 2 arguments",
        ),
        (&["call", &call("take"), "a", "[Cheque]"], 2, "argument 2 `tags`, element 1: expected"),
        (&["call", &call("close"), "a", "--value", "1"], 2, "`close` takes no coins"),
        (&["call", &call("paid")], 2, "only the contract itself calls it"),
        (&["call", &call("lastEntry")], 2, "`fscc query` asks it"),
        (&["call", &call("nothing")], 2, "till.Till has no `nothing`; it has take("),
        (&["call", &call("take"), "a", "Nil", "--value", "x"], 2, "--value: expected Amount"),
        (&["call", "0x12.take"], 2, "an address has 20 bytes"),
        (&["call", &address], 2, "an address, a point and a name"),
        (&["call", &format!("{nowhere}.take"), "a", "Nil"], 1, "there is no contract at"),
        (&["send", "alice", "1"], 3, "there is no wallet"),
        (&["send", &nowhere, "1", "--chain", "7"], 3, "is of chain 1337, and not of chain 7"),
        (&["send", &nowhere, "1", "--nonce", "9"], 2, "leaves a gap"),
        (&["deploy", path, "0x12", "1"], 2, "argument 1 `owner`: expected Address"),
        (&["deploy", path, "--contract", "Other"], 2, "there is no such contract, but till.Till"),
        (&["deploy", "absent.fvm"], 3, "cannot read `absent.fvm`"),
    ] {
        let text = setting.signed(2, arguments).failed(status);
        assert!(text.contains(says), "{arguments:?}: {text}");
    }
    let text = setting.fscc(&["query", &call("take")]).failed(2);
    assert!(text.contains("`fscc call` calls it"), "{text}");
    let text = setting.fscc(&["story", &nowhere]).failed(1);
    assert!(text.contains("there is no contract at"), "{text}");
    // Nobody is asked where there is no terminal, and nothing is sent.
    let text = setting.fscc(&["send", &nowhere, "1", "--from", "development:3"]).failed(2);
    assert!(text.contains("`--yes` sends without asking"), "{text}");
    let text = setting.fscc(&["send", &nowhere, "1", "--from", "development:10"]).failed(2);
    assert!(text.contains("development:0 to development:9"), "{text}");
    setting.node.terminate();
}

#[test]
fn a_node_that_does_not_answer_is_told() {
    let folder = Folder::new("silent");
    let ask = |url: &str| {
        let to = Address::of_name("nobody").to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
        command.args(["send", &to, "1", "--yes", "--from", "development:1", "--node", url]);
        let output = command.env("XDG_DATA_HOME", &folder.0).output().expect("it starts");
        let error = String::from_utf8(output.stderr).expect("text");
        (output.status.code(), error)
    };
    let (status, error) = ask("http://[::1]:1");
    assert!(status == Some(3) && error.contains("no node answers at http://[::1]:1"), "{error}");
    let (status, error) = ask("https://[::1]");
    assert!(status == Some(2) && error.contains("for https put a proxy"), "{error}");
}

#[test]
fn modules_and_wallets_are_used() {
    let setting = Setting::new("modules");
    let out = setting.folder.0.join("out");
    let compile = Command::new(env!("CARGO_BIN_EXE_fscc"))
        .args(["compile", "--out-dir"])
        .args([&out, &till()])
        .output()
        .expect("it starts");
    assert!(compile.status.success(), "{compile:?}");
    let module = out.join("Till.fvm").to_str().expect("text").to_string();
    let password = setting.folder.0.join("password");
    fs::write(&password, "secret\n").expect("a file");
    let password = password.to_str().expect("text").to_string();
    let wallet = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
        command.arg("wallet").args(arguments).args(["--password-file", &password]);
        let output = command.env("XDG_DATA_HOME", &setting.folder.0).output().expect("it starts");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text").trim().to_string()
    };
    wallet(&["new", "alice"]);
    let alice = wallet(&["address", "alice"]);
    // A key of the wallet as a receiver; the only key signs.
    setting.signed(1, &["send", "alice", "5.fsc"]).ok();
    let secret = ["--password-file", &password, "--yes"];
    let made = setting.fscc(&[&["deploy", &module, &alice, "1.fsc"], &secret[..]].concat()).ok();
    assert!(made.contains("new Till at 0x"), "{made}");
    wallet(&["new", "bob", "--kind", "secp256k1"]);
    let text = setting.fscc(&[&["send", "bob", "1.fsc"], &secret[..]].concat()).failed(2);
    assert!(text.contains("--from one of alice, bob"), "{text}");
    setting.fscc(&[&["send", "bob", "1.fsc", "--from", "alice"], &secret[..]].concat()).ok();
    setting.fscc(&[&["send", "alice", "0.25.fsc", "--from", "bob"], &secret[..]].concat()).ok();
    setting.node.terminate();
}
