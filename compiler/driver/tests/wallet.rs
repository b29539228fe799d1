//! `fscc wallet` as its users meet it: the program itself, with files and passwords.

use pretty_assertions::assert_eq;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let name = format!("fscc-wallet-{test}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        Folder(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Runs `fscc wallet` with this folder's wallet and what comes on standard input.
    fn wallet(&self, arguments: &[&str], input: &str) -> Done {
        run(
            Command::new(PROGRAM).arg("wallet").args(arguments).env("XDG_DATA_HOME", &self.0),
            input,
        )
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_fscc");

/// How the program ended.
#[derive(Debug)]
struct Done {
    status: Option<i32>,
    out: String,
    error: String,
}

fn run(command: &mut Command, input: &str) -> Done {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // A program that wants no input may be gone already.
    let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Done { status: status.code(), out: text(stdout), error: text(stderr) }
}

impl Done {
    /// The output of what went well.
    fn ok(self) -> String {
        assert_eq!(self.status, Some(0), "{}", self.error);
        self.out
    }

    /// The message of what ended with this status.
    fn failed(self, status: i32) -> String {
        assert_eq!(self.status, Some(status), "{} {}", self.out, self.error);
        self.error
    }

    fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).expect("JSON")
    }
}

#[test]
fn a_key_is_made_signs_and_is_verified() {
    let folder = Folder::new("signs");
    let made = folder.wallet(&["new", "alice"], "secret\n").ok();
    assert!(made.starts_with("alice  ed25519  0x"), "{made}");
    let bob = folder.wallet(&["new", "bob", "--kind", "secp256k1", "--json"], "secret\n").json();
    assert_eq!(bob["kind"], "secp256k1");
    // What is public needs no password.
    let list = folder.wallet(&["list"], "").ok();
    assert_eq!(list.lines().next(), made.lines().next());
    assert_eq!(list.lines().count(), 2);
    let public = folder.wallet(&["export-public"], "").json();
    assert_eq!(public[1], bob);
    let address = folder.wallet(&["address", "bob"], "").ok();
    assert_eq!(bob["address"], address.trim());
    for name in ["alice", "bob"] {
        let address = folder.wallet(&["address", name], "").ok();
        let statement = folder.wallet(&["sign", name, "I own this address"], "secret\n").ok();
        let verified = folder.wallet(&["verify", &statement], "").ok();
        assert_eq!(verified, format!("{} signed:\nI own this address\n", address.trim()));
        // By a file, and from standard input.
        let file = folder.file("statement.json");
        fs::write(&file, &statement).expect("a file");
        assert_eq!(folder.wallet(&["verify", path(&file)], "").ok(), verified);
        let json = folder.wallet(&["verify", "-", "--json"], &statement).json();
        assert_eq!(json["address"], address.trim());
        assert_eq!(json["valid"], true);
    }
}

fn path(file: &Path) -> &str {
    file.to_str().expect("a path that is text")
}

#[test]
fn a_changed_statement_is_told() {
    let folder = Folder::new("changed");
    folder.wallet(&["new", "alice"], "secret").ok();
    let text = folder.file("text");
    fs::write(&text, "one\ntwo\n").expect("a file");
    let statement = folder.wallet(&["sign", "alice", "--file", path(&text)], "secret").ok();
    folder.wallet(&["verify", &statement], "").ok();
    let changed = statement.replace("two", "too");
    let message = folder.wallet(&["verify", &changed], "").failed(1);
    assert!(message.contains("was not signed by the owner of 0x"), "{message}");
    let answer = folder.wallet(&["verify", &changed, "--json"], "");
    assert!(answer.out.contains("\"valid\": false"), "{answer:?}");
    let message = folder.wallet(&["verify", "{}"], "").failed(1);
    assert!(message.contains("not a signed statement"), "{message}");
    folder.wallet(&["verify", path(&folder.file("absent"))], "").failed(3);
}

#[test]
fn passwords_come_from_a_file_or_standard_input() {
    let folder = Folder::new("passwords");
    let file = folder.file("password");
    fs::write(&file, "by file\r\nanother line\n").expect("a file");
    let with_file = |action: &[&str]| {
        let arguments = [action, &["--password-file", path(&file)]].concat();
        folder.wallet(&arguments, "")
    };
    with_file(&["new", "alice"]).ok();
    with_file(&["sign", "alice", "text"]).ok();
    folder.wallet(&["sign", "alice", "text"], "by file").ok();
    let message = folder.wallet(&["sign", "alice", "text"], "wrong").failed(1);
    assert!(message.contains("the password is wrong"), "{message}");
    // No key is added for whoever does not know the password.
    folder.wallet(&["new", "bob"], "wrong").failed(1);
    assert_eq!(folder.wallet(&["list"], "").ok().lines().count(), 1);
    let long = "x".repeat(2000);
    let message = folder.wallet(&["sign", "alice", "text"], &long).failed(2);
    assert!(message.contains("at most 1024"), "{message}");
}

#[test]
fn wrong_usage_and_bad_files_are_told_apart() {
    let folder = Folder::new("refused");
    let message = folder.wallet(&["list"], "").failed(3);
    assert!(message.contains("`fscc wallet new NAME` makes one"), "{message}");
    folder.wallet(&["new", "alice"], "\n").failed(2);
    folder.wallet(&["new", "a b"], "secret").failed(2);
    folder.wallet(&["new", "alice", "--kind", "rsa"], "secret").failed(2);
    assert!(!folder.file("fscc/wallet.json").exists());
    folder.wallet(&["new", "alice"], "secret").ok();
    folder.wallet(&["new", "alice"], "secret").failed(2);
    let message = folder.wallet(&["address", "bob"], "").failed(2);
    assert!(message.contains("no key named `bob`"), "{message}");
    folder.wallet(&["sign", "bob", "text"], "secret").failed(2);
    folder.wallet(&["sign", "alice"], "secret").failed(2);
    let longer = folder.file("longer");
    fs::write(&longer, "x".repeat((64 << 10) + 1)).expect("a file");
    folder.wallet(&["sign", "alice", "--file", path(&longer)], "secret").failed(2);

    let wallet = folder.file("fscc/wallet.json");
    let good = fs::read_to_string(&wallet).expect("a wallet");
    for (from, to, says) in [
        ("\"version\": 1", "\"version\": 7", "format version 7"),
        ("\"secrets\": \"0x", "\"secrets\": \"0x00", "damaged"),
        ("\"memory_kib\": 65536", "\"memory_kib\": 4000000000", "more memory or time"),
        ("fvm-wallet", "fvm", "not a wallet file"),
    ] {
        assert!(good.contains(from), "{from}");
        fs::write(&wallet, good.replace(from, to)).expect("a wallet");
        for arguments in [&["list"][..], &["sign", "alice", "text"], &["new", "carol"]] {
            let message = folder.wallet(arguments, "secret").failed(3);
            assert!(message.contains(says), "{message}");
        }
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_wallet() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    let mode = |name: &str| {
        let data = fs::metadata(folder.file(name)).expect("a file");
        data.permissions().mode() & 0o777
    };
    folder.wallet(&["new", "alice"], "secret").ok();
    assert_eq!(mode("fscc"), 0o700);
    assert_eq!(mode("fscc/wallet.json"), 0o600);
    let wallet = folder.file("fscc/wallet.json");
    fs::set_permissions(&wallet, fs::Permissions::from_mode(0o644)).expect("a mode");
    let list = folder.wallet(&["list"], "");
    assert!(list.error.contains("others can read"), "{list:?}");
    // Writing makes it private again, and leaves no draft behind.
    folder.wallet(&["new", "bob"], "secret").ok();
    assert_eq!(mode("fscc/wallet.json"), 0o600);
    assert_eq!(fs::read_dir(folder.file("fscc")).expect("a folder").count(), 2);
}

#[test]
fn keys_that_are_made_at_the_same_time_are_all_kept() {
    let folder = Folder::new("lock");
    folder.wallet(&["new", "first"], "secret").ok();
    std::thread::scope(|scope| {
        for number in 0..4 {
            let folder = &folder;
            scope.spawn(move || folder.wallet(&["new", &format!("key{number}")], "secret").ok());
        }
    });
    assert_eq!(folder.wallet(&["list"], "").ok().lines().count(), 5);
}

#[test]
fn keys_are_renamed_moved_and_deleted() {
    let folder = Folder::new("change");
    folder.wallet(&["new", "alice"], "secret").ok();
    let address = folder.wallet(&["address", "alice"], "").ok();
    // Renaming needs the password, and a name that is free.
    folder.wallet(&["rename", "alice", "carol"], "wrong").failed(1);
    folder.wallet(&["rename", "bob", "carol"], "secret").failed(2);
    folder.wallet(&["rename", "alice", "a b"], "secret").failed(2);
    folder.wallet(&["rename", "alice", "alice"], "secret").failed(2);
    folder.wallet(&["rename", "alice", "carol"], "secret").ok();
    assert_eq!(folder.wallet(&["address", "carol"], "").ok(), address);
    folder.wallet(&["address", "alice"], "").failed(2);
    // A secret leaves by a file alone, and comes back by one.
    let file = folder.file("secret-key");
    folder.wallet(&["export", "carol", "--file", path(&file)], "wrong").failed(1);
    assert!(!file.exists());
    folder.wallet(&["export", "carol", "--file", path(&file)], "secret").ok();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    folder.wallet(&["export", "carol", "--file", path(&file)], "secret").failed(3);
    let message = folder.wallet(&["delete", "carol"], "secret").failed(2);
    assert!(message.contains("--yes"), "{message}");
    folder.wallet(&["delete", "carol", "--yes"], "wrong").failed(1);
    folder.wallet(&["delete", "carol", "--yes"], "secret").ok();
    assert_eq!(folder.wallet(&["list"], "").ok(), "");
    folder.wallet(&["import", "dora", "--file", path(&file)], "secret").ok();
    assert_eq!(folder.wallet(&["address", "dora"], "").ok(), address);
    let statement = folder.wallet(&["sign", "dora", "again"], "secret").ok();
    folder.wallet(&["verify", &statement], "").ok();
    // What is no secret is refused, and never shown.
    for wrong in ["", "0x12", &"g".repeat(64), &"00".repeat(33)] {
        fs::write(&file, wrong).expect("a file");
        let message = folder.wallet(&["import", "x", "--file", path(&file)], "secret").failed(2);
        assert!(message.contains("64 hexadecimal digits"), "{message}");
    }
    fs::write(&file, "00".repeat(32)).expect("a file");
    let kind = ["import", "x", "--kind", "secp256k1", "--file", path(&file)];
    folder.wallet(&kind, "secret").failed(2);
    let message = folder.wallet(&["import", "x"], "secret").failed(2);
    assert!(message.contains("--file"), "{message}");
}

#[test]
fn the_password_is_changed() {
    let folder = Folder::new("password");
    folder.wallet(&["new", "alice"], "old").ok();
    let new = folder.file("new");
    fs::write(&new, "new\n").expect("a file");
    let change = ["change-password", "--new-password-file", path(&new)];
    folder.wallet(&change, "wrong").failed(1);
    folder.wallet(&["change-password"], "old").failed(2);
    folder.wallet(&change, "old").ok();
    folder.wallet(&["sign", "alice", "text"], "old").failed(1);
    folder.wallet(&["sign", "alice", "text"], "new").ok();
    fs::write(&new, "\n").expect("a file");
    folder.wallet(&change, "new").failed(2);
}
