//! What tests of commands and running nodes share: folders that are gone afterwards, what a command
//! came to, nodes on free ports, transactions of accounts for development.

#![allow(dead_code, reason = "not every test needs all of it")]

use borsh::to_vec;
use fvm_keys::{Address, to_hex};
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::genesis::Genesis;
use fvm_ledger::transaction::{Action, Transaction};
use fvm_node::development;
use pretty_assertions::assert_eq;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A folder that is gone after the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("fscc-node-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a command came to.
#[derive(Debug)]
pub struct Done {
    pub status: Option<i32>,
    pub out: String,
    pub error: String,
}

/// Runs a command that nobody answers.
pub fn run(command: &mut Command) -> Done {
    let output = command.stdin(Stdio::null()).output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Done { status: output.status.code(), out: text(output.stdout), error: text(output.stderr) }
}

impl Done {
    pub fn ok(self) -> String {
        assert_eq!(self.status, Some(0), "{}\n{}", self.out, self.error);
        self.out
    }

    pub fn json(self) -> Value {
        let text = self.ok();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// What was told by one that ended with this status.
    pub fn failed(self, status: i32) -> String {
        assert_eq!(self.status, Some(status), "{}\n{}", self.out, self.error);
        format!("{}{}", self.out, self.error)
    }

    /// The same without what it printed as its result.
    pub fn refused(self, status: i32) -> String {
        assert_eq!(self.status, Some(status), "{}\n{}", self.out, self.error);
        self.error
    }
}

/// A transaction of an account for development.
pub fn signed(
    client: u64,
    nonce: u64,
    (gas, fee_max): (u64, u128),
    actions: Vec<Action>,
) -> SignedTransaction {
    let transaction = Transaction {
        chain: development::CHAIN,
        signer: development::address(client),
        nonce,
        gas,
        fee_max,
        tip: 1,
        valid_until: None,
        actions,
    };
    let signature = development::key(client).sign(&transaction.hash()).expect("a key signs");
    SignedTransaction { transaction, signature }
}

/// A transaction as a node takes it.
pub fn hex(signed: &SignedTransaction) -> String {
    to_hex(&to_vec(signed).expect("bytes"))
}

/// A genesis as a file in a folder, which is made.
pub fn file_of(genesis: &Genesis, folder: &Folder) -> String {
    fs::create_dir_all(&folder.0).expect("there is room");
    let file = folder.0.join("start.json");
    fs::write(&file, genesis.to_json()).expect("a file");
    file.to_str().expect("text").to_owned()
}

/// A process that does not outlive its test.
pub struct Process(Child);

impl Process {
    /// Starts a command; gives what it prints, too.
    pub fn start(command: &mut Command) -> (Process, Lines<BufReader<ChildStdout>>) {
        let command = command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        (Process(child), lines)
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Asks it to end, which it does well.
    pub fn terminate(mut self) {
        let id = self.id().to_string();
        let killed = Command::new("kill").args(["-TERM", &id]).status().expect("there is `kill`");
        assert!(killed.success());
        assert!(self.0.wait().expect("it ends").success());
    }

    pub fn kill(mut self) {
        self.0.kill().expect("it runs");
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    /// A test that fails leaves no process behind.
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The address that a process says behind these words.
pub fn address(lines: &mut Lines<BufReader<ChildStdout>>, before: &str) -> String {
    let line = lines.next().and_then(Result::ok).expect("it says where it listens");
    line.strip_prefix(before).expect("an address").to_string()
}

/// A node that runs.
pub struct Running {
    process: Process,
    /// Where it listens.
    pub address: String,
}

/// The command that starts a node.
pub fn command(state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
    command.args(["node", "--listen", "[::1]:0", "--log", "error", "--state"]).arg(state);
    command
}

/// The status and body that a request gets; nothing if there is no answer, as from a node that was
/// killed.
pub fn request(address: &str, head: &str, body: &[u8]) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let length = body.len();
    let head = format!(
        "{head} HTTP/1.1\r\nhost: node\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    // It may answer before it has read everything.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok())?;
    Some((status, body.to_string()))
}

/// What a call of JSON-RPC gives, if it is answered.
pub fn call(address: &str, method: &str, params: &Value) -> Option<Result<Value, Value>> {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let (_, text) = request(address, "POST /rpc", body.to_string().as_bytes())?;
    let answer: Value = serde_json::from_str(&text).ok()?;
    match answer.get("result") {
        Some(result) => Some(Ok(result.clone())),
        None => Some(Err(answer.get("error")?.clone())),
    }
}

/// A number from the environment, for long runs, or the usual one.
pub fn count(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

impl Running {
    pub fn start(state: &Path, more: &[&str]) -> Running {
        let mut command = command(state);
        let (process, mut lines) = Process::start(command.args(more));
        Running { process, address: address(&mut lines, "listening on http://") }
    }

    /// The status and body that a request gets.
    pub fn request(&self, head: &str, body: &[u8]) -> (u16, String) {
        request(&self.address, head, body).expect("it answers")
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn send(&self, body: &str) -> Value {
        let (status, body) = self.request("POST /rpc", body.as_bytes());
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
    }

    pub fn call(&self, method: &str, params: Value) -> Result<Value, Value> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let answer = self.send(&request.to_string());
        match answer.get("result") {
            Some(result) => Ok(result.clone()),
            None => Err(answer["error"].clone()),
        }
    }

    pub fn height(&self) -> u64 {
        let info = self.call("fvm_chainInfo", json!([])).expect("it answers");
        info["last"]["height"].as_u64().expect("a height")
    }

    pub fn balance(&self, of: Address) -> u128 {
        let account = self.call("fvm_getAccount", json!([of.to_string()])).expect("it answers");
        account["balance"].as_str().and_then(|coins| coins.parse().ok()).expect("coins")
    }

    /// Waits until a transaction is in a block; gives the receipts of all that it caused.
    pub fn wait(&self, hash: &Value) -> Vec<Value> {
        let end = Instant::now() + Duration::from_secs(60);
        while Instant::now() < end {
            if let Ok(trace) = self.call("fvm_getTrace", json!([hash]))
                && trace["isComplete"] == true
            {
                return trace["receipts"].as_array().cloned().unwrap_or_default();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{hash} is in no block");
    }

    pub fn terminate(self) {
        self.process.terminate();
    }

    pub fn kill(self) {
        self.process.kill();
    }
}
