//! `fscc bind`: clients that are made of contracts run under Node against a running node. They are
//! skipped, with a word, where there is no `node` of version 20 or later.

use fvm_keys::to_hex;
use fvm_node::development;
use pretty_assertions::assert_eq;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::{Folder, Running};

mod support;

/// Whether JavaScript can be run here; says so if not.
fn can_run() -> bool {
    let version = Command::new("node").arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).to_string());
    let major = version.ok().and_then(|text| {
        let text = text.trim().strip_prefix('v')?;
        text.split('.').next()?.parse::<u32>().ok()
    });
    let is_there = major.is_some_and(|major| major >= 20);
    if !is_there {
        eprintln!("skipped: there is no `node` of version 20 or later");
    }
    is_there
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a program prints that ends well.
fn output(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_string();
    assert!(output.status.success(), "{}\n{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

fn fscc(arguments: &[&str]) -> String {
    output(Command::new(env!("CARGO_BIN_EXE_fscc")).args(arguments))
}

/// A node, a deployed contract, its client, and a key.
struct Setting {
    node: Running,
    folder: Folder,
    url: String,
    address: String,
    key: String,
}

impl Setting {
    fn new(name: &str, source: &str, arguments: &[&str], client: &str) -> Setting {
        let folder = Folder::new(name);
        let node = Running::start(&folder.0.join("state"), &[]);
        let url = format!("http://{}", node.address);
        let source = root().join(source);
        let source = source.to_str().expect("text");
        let mut deploy = vec!["deploy", source];
        deploy.extend(arguments);
        deploy.extend(["--from", "development:1", "--yes", "--json", "--node", &url]);
        let made: Value = serde_json::from_str(&fscc(&deploy)).expect("JSON");
        let address = made["address"].as_str().expect("an address").to_string();
        let out = folder.0.join(client);
        fscc(&["bind", source, "--lang", "ts", "--out-dir", out.to_str().expect("text")]);
        let key = folder.0.join("key");
        let secret = to_hex(&*development::key(1).secret());
        fs::write(&key, format!("{secret}\n")).expect("a file");
        let key = key.to_str().expect("text").to_string();
        Setting { node, folder, url, address, key }
    }

    /// Runs a script beside the client.
    fn run(&self, script: &str, arguments: &[&str]) -> String {
        let from = root().join(script);
        let to = self.folder.0.join(from.file_name().expect("a file"));
        fs::copy(&from, &to).expect("a file");
        let mut command = Command::new("node");
        command.arg("--experimental-websocket").arg(&to).args(arguments);
        output(&mut command)
    }
}

#[test]
fn values_go_to_a_contract_and_back() {
    if !can_run() {
        return;
    }
    let setting = Setting::new("echo", "tests/ledger/world/Echo.scala", &[], "client");
    let text =
        setting.run("compiler/driver/tests/client/echo.mjs", &[&setting.url, &setting.address]);
    assert_eq!(text, "all values came back\n");
    setting.node.terminate();
}

#[test]
fn a_program_calls_follows_and_reads() {
    if !can_run() {
        return;
    }
    let owner = development::address(1).to_string();
    let source = "compiler/driver/tests/client/Till.scala";
    let setting = Setting::new("till", source, &[&owner, "1.fsc"], "client");
    let arguments = [&setting.url[..], &setting.address, &setting.key];
    let text = setting.run("compiler/driver/tests/client/till.mjs", &arguments);
    assert_eq!(text, "the till is closed\n");
    setting.node.terminate();
}

#[test]
fn the_example_moves_tokens() {
    if !can_run() {
        return;
    }
    let (owner, to) = (development::address(1).to_string(), development::address(2).to_string());
    let arguments = ["Coin", "CN", "2", "1000000", &owner];
    let setting = Setting::new("token", "examples/token/Token.scala", &arguments, "generated");
    let Setting { url, address, key, .. } = &setting;
    let mint = format!("{address}.mint");
    fscc(&["call", &mint, &owner, "500", "--from", "development:1", "--yes", "--node", url]);
    let example = "examples/token/client/transfer.mjs";
    let text = setting.run(example, &[url, address, key, &to, "200"]);
    for line in [
        "there are 500 units",
        &format!("the contract says: Transferred({owner},{to},200)"),
        &format!("{to} has 200"),
    ] {
        assert!(text.contains(line), "{text}\nlacks {line}");
    }
    let balance = format!("{address}.balanceOf");
    assert_eq!(fscc(&["query", &balance, &to, "--node", url]), "200\n");
    setting.node.terminate();
}

/// TypeScript comes from a registry, which tests do not ask: who has it names it.
#[test]
fn declarations_are_accepted_by_typescript() {
    let Some(checker) = std::env::var_os("FSCC_TSC") else {
        eprintln!("skipped: FSCC_TSC names no `tsc`");
        return;
    };
    let folder = Folder::new("typescript");
    let out = folder.0.join("client");
    let out = out.to_str().expect("text");
    for source in [
        "tests/ledger/world/Echo.scala",
        "compiler/driver/tests/client/Till.scala",
        "examples/token/Token.scala",
        "examples/escrow/Escrow.scala",
        "examples/multisig/MultiSig.scala",
    ] {
        fscc(&["bind", root().join(source).to_str().expect("text"), "--out-dir", out]);
    }
    let script = folder.0.join("use.mts");
    fs::copy(root().join("compiler/driver/tests/client/use.mts"), &script).expect("a file");
    let declarations = fs::read_dir(out).expect("a folder").filter_map(Result::ok);
    let declarations = declarations
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".d.mts"));
    output(
        Command::new(checker)
            .args(["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022"])
            .args(["--lib", "es2023,dom,dom.asynciterable"])
            .arg(script)
            .args(declarations),
    );
}

#[test]
fn clients_are_made_of_everything_that_has_an_abi() {
    let folder = Folder::new("bind");
    let out = |name: &str| folder.0.join(name).to_str().expect("text").to_string();
    let token = root().join("examples/token/Token.scala");
    let token = token.to_str().expect("text");
    fscc(&["compile", token, "--out-dir", &out("out")]);
    let mut clients = Vec::new();
    for from in [token, &out("out/Token.fvm"), &out("out/Token.abi.json")] {
        let folder = out(&format!("client{}", clients.len()));
        fscc(&["bind", from, "--out-dir", &folder]);
        let client = fs::read_to_string(Path::new(&folder).join("Token.mjs")).expect("a client");
        clients.push(client);
    }
    assert!(clients.iter().all(|client| *client == clients[0]));
    // Nothing in an ABI becomes code.
    let abi = fs::read_to_string(out("out/Token.abi.json")).expect("an ABI");
    let hostile = abi.replace("examples.Token", "a */ b\\nalert(1)//");
    assert!(hostile != abi);
    fs::write(out("hostile.abi.json"), hostile).expect("a file");
    fscc(&["bind", &out("hostile.abi.json"), "--out-dir", &out("hostile")]);
    let made = fs::read_dir(out("hostile")).expect("a folder");
    for file in made.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_file())
    {
        let text = fs::read_to_string(&file).expect("text");
        for line in text.lines().filter(|line| line.contains("alert(")) {
            let is_inert = line.starts_with("//") || line.starts_with("/**") || line.contains('"');
            assert!(is_inert, "{line}");
        }
        if can_run() && file.extension().is_some_and(|extension| extension == "mjs") {
            output(Command::new("node").arg("--check").arg(&file));
        }
    }
}
