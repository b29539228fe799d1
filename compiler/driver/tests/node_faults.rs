//! `fscc node` where something is wrong with its disk or with its clients: a clear error or a clear
//! refusal, others are served, and nothing that it told anybody is lost.

use fvm_keys::Address;
use fvm_ledger::transaction::Action;
use fvm_node::development::{self};
use pretty_assertions::assert_eq;
use serde_json::json;
use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{Folder, Running, call, command, hex, signed};

mod support;

fn payment(nonce: u64) -> String {
    let pay = Action::Pay { to: Address::of_name("stranger"), value: 1 };
    hex(&signed(1, nonce, (40_000_000, 100_000), vec![pay; 64]))
}

/// How a node fails to start: what it tells, with exit status 3.
fn refusal(state: &Path) -> String {
    let output = command(state).output().expect("it starts");
    assert_eq!(output.status.code(), Some(3));
    String::from_utf8_lossy(&output.stderr).to_string()
}

/// The answer to the head of a request, as much as comes within a second or so.
fn answer(stream: &mut TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time");
    let mut bytes = [0; 4096];
    let count = stream.read(&mut bytes).unwrap_or(0);
    String::from_utf8_lossy(&bytes[..count]).to_string()
}

#[test]
fn silent_clients_are_let_go() {
    let folder = Folder::new("silent");
    let node = Running::start(&folder.0, &[]);
    // More than there are connections: nothing, one byte of a request, or a part of its head.
    let beginnings: [&[u8]; 3] = [b"", b"P", b"POST /rpc HTTP/1.1\r\nhost:"];
    let mut clients = Vec::new();
    for number in 0..1_100 {
        // Beyond what the system allows a process there is nothing to try.
        let Ok(mut client) = TcpStream::connect(&node.address) else { break };
        let _ = client.write_all(beginnings[number % 3]);
        clients.push(client);
    }
    let start = Instant::now();
    assert_eq!(node.height(), 0);
    assert!(start.elapsed() < Duration::from_secs(25), "{:?}", start.elapsed());
    drop(clients);
    node.terminate();
}

#[test]
fn streams_do_not_take_all_connections() {
    let folder = Folder::new("streams");
    let node = Running::start(&folder.0, &[]);
    let open = || {
        let mut client = TcpStream::connect(&node.address).expect("it listens");
        let head = b"GET /v1/stream HTTP/1.1\r\nhost: node\r\n\r\n";
        client.write_all(head).expect("it reads");
        let head = answer(&mut client);
        (client, head)
    };
    let mut streams: Vec<TcpStream> = Vec::new();
    for _ in 0..256 {
        let (stream, head) = open();
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        streams.push(stream);
    }
    let (_, head) = open();
    assert!(head.starts_with("HTTP/1.1 503"), "{head}");
    assert!(head.contains("limit STREAMS_MAX"), "{head}");
    assert_eq!(node.height(), 0);
    // Who goes makes room, though nothing has happened that could be told.
    drop(streams);
    let end = Instant::now() + Duration::from_secs(30);
    while !open().1.starts_with("HTTP/1.1 200") {
        assert!(Instant::now() < end, "the streams of those who have gone are still there");
        std::thread::sleep(Duration::from_millis(50));
    }
    node.terminate();
}

/// A short text as a frame of a WebSocket, as a client sends it.
fn frame(text: &str) -> Vec<u8> {
    assert!(text.len() < 126);
    let mask = [1, 2, 3, 4];
    let masked = text.bytes().zip(mask.into_iter().cycle()).map(|(byte, mask)| byte ^ mask);
    [0x81, 0x80 | text.len() as u8].into_iter().chain(mask).chain(masked).collect()
}

#[test]
fn one_socket_has_one_subscription() {
    let folder = Folder::new("socket");
    let node = Running::start(&folder.0, &[]);
    let mut client = TcpStream::connect(&node.address).expect("it listens");
    let head = "GET /ws HTTP/1.1\r\nhost: node\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    client.write_all(head.as_bytes()).expect("it reads");
    assert!(answer(&mut client).starts_with("HTTP/1.1 101"));
    let subscribe = frame(r#"{"jsonrpc":"2.0","id":1,"method":"fvm_subscribe","params":["0:0"]}"#);
    client.write_all(&subscribe).expect("it reads");
    assert!(answer(&mut client).contains("\"result\":true"));
    client.write_all(&subscribe).expect("it reads");
    let refused = answer(&mut client);
    assert!(refused.contains("this socket has a subscription"), "{refused}");
    node.terminate();
}

#[test]
fn a_full_disk_ends_the_node_and_loses_nothing() {
    let folder = Folder::new("full");
    // Files may not grow beyond about two megabytes, which is an error like that of a full disk.
    let limited = "trap '' XFSZ; ulimit -f 4000; exec \"$0\" \"$@\"";
    let usual = command(&folder.0);
    let mut node = Command::new("sh");
    node.args(["-c", limited]).arg(usual.get_program()).args(usual.get_args());
    let mut process =
        node.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("there is `sh`");
    let mut line = Vec::new();
    let mut stdout = process.stdout.take().expect("it is piped");
    let mut byte = [0];
    while stdout.read(&mut byte).expect("it says where it listens") == 1 && byte != *b"\n" {
        line.push(byte[0]);
    }
    let line = String::from_utf8(line).expect("text");
    let address = line.strip_prefix("listening on http://").expect("an address");
    let mut acknowledged = Vec::new();
    for nonce in 0..2_000 {
        let sent = call(address, "fvm_sendTransaction", &json!([payment(nonce)]));
        let Some(Ok(hash)) = sent else { break };
        let found = loop {
            match call(address, "fvm_getTransaction", &json!([hash])) {
                Some(Err(_)) => std::thread::sleep(Duration::from_millis(2)),
                found => break found,
            }
        };
        let Some(Ok(_)) = found else { break };
        acknowledged.push(hash);
    }
    let output = process.wait_with_output().expect("it ends");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{error}");
    assert!(error.contains("the disk is full"), "{error}");
    assert!(!acknowledged.is_empty());
    let node = Running::start(&folder.0, &[]);
    for hash in &acknowledged {
        node.call("fvm_getTransaction", json!([hash])).expect("it was acknowledged");
    }
    node.terminate();
}

#[test]
fn a_store_that_cannot_be_trusted_is_refused_and_left_as_it_is() {
    let folder = Folder::new("corrupt");
    let node = Running::start(&folder.0, &[]);
    let hash = node.call("fvm_sendTransaction", json!([payment(0)])).expect("it is taken");
    node.wait(&hash);
    assert!(refusal(&folder.0).contains("another process"), "a second node");
    node.terminate();
    let path = folder.0.join("ledger.store");
    let whole = fs::read(&path).expect("the store");
    let write = |at: u64, bytes: &[u8]| {
        let mut file = OpenOptions::new().write(true).open(&path).expect("the store");
        file.seek(SeekFrom::Start(at)).and_then(|_| file.write_all(bytes)).expect("it is written");
    };
    let refused = |what: &str| {
        let before = fs::read(&path).expect("the store");
        let text = refusal(&folder.0);
        assert!(fs::read(&path).expect("the store") == before, "it was changed: {what}");
        assert!(text.starts_with("error: "), "{text}");
        text
    };
    // The format stands behind the sixteen bytes that say what it is.
    write(16, &99u32.to_le_bytes());
    let text = refused("a newer format");
    assert!(text.contains("99"), "{text}");
    fs::write(&path, &whole).expect("the store");
    write(0, b"something else");
    refused("no store");
    fs::write(&path, &whole).expect("the store");
    // Where an account stands.
    let account = development::address(1).0;
    let places = whole.windows(20).enumerate().filter(|(_, found)| *found == account);
    for (at, _) in places.take(40).collect::<Vec<_>>() {
        write(at as u64 + 22, &[whole[at + 22] ^ 4]);
    }
    refused("a coin too many");
    fs::write(&path, &whole[..whole.len() / 2]).expect("the store");
    refused("half a file");
    fs::write(&path, &whole).expect("the store");
    let node = Running::start(&folder.0, &[]);
    node.call("fvm_getTransaction", json!([hash])).expect("it is there");
    node.terminate();
}
