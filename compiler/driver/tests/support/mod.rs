//! What tests of running nodes share: folders that are gone afterwards, and nodes on free ports.

#![allow(dead_code, reason = "not every test needs all of it")]

use fvm_keys::Address;
use pretty_assertions::assert_eq;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
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

/// A node that runs.
pub struct Running {
    process: Child,
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
        command.args(more).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut process = command.spawn().expect("it starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it says where it listens");
        let address = line.trim().strip_prefix("listening on http://").expect("an address");
        Running { process, address: address.to_string() }
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

    pub fn terminate(mut self) {
        let id = self.process.id().to_string();
        let killed = Command::new("kill").args(["-TERM", &id]).status().expect("there is `kill`");
        assert!(killed.success());
        assert!(self.process.wait().expect("it ends").success());
    }

    pub fn kill(mut self) {
        self.process.kill().expect("it runs");
        let _ = self.process.wait();
    }
}

impl Drop for Running {
    /// A test that fails leaves no node behind.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
