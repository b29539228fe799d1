//! Wallet files: what goes in comes out, and what nobody should trust is refused.

use fvm_keys::wallet::{Cost, KEYS_MAX, OpenWallet, Wallet, WalletError};
use fvm_keys::{KeyError, KeyKind};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

/// Little, for tests.
const COST: Cost = Cost { memory_kib: 32, passes: 1, lanes: 4 };

const PASSWORD: &[u8] = b"correct horse";

/// A wallet with a key of each kind.
fn wallet() -> OpenWallet {
    let mut wallet = OpenWallet::new(PASSWORD, COST, [3; 16]).expect("a wallet");
    wallet.add("alice", KeyKind::Ed25519, &[0x5a; 32]).expect("a key");
    wallet.add("bob-2", KeyKind::Secp256k1, &[0x5b; 32]).expect("a key");
    wallet
}

fn file() -> String {
    wallet().to_json([9; 24]).expect("a file")
}

/// What reading and opening the file with a change gives.
fn changed(from: &str, to: &str) -> Option<WalletError> {
    let json = file();
    assert!(json.contains(from), "{from} in {json}");
    Wallet::from_json(&json.replacen(from, to, 1)).and_then(|wallet| wallet.open(PASSWORD)).err()
}

#[test]
fn keys_come_back_with_the_password() {
    let read = Wallet::from_json(&file()).expect("a wallet");
    assert_eq!(read.entries(), wallet().entries());
    let names: Vec<&str> = read.entries().iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["alice", "bob-2"]);
    assert_eq!(read.entry("bob-2").map(|entry| entry.public.kind()), Ok(KeyKind::Secp256k1));
    let mut opened = read.open(PASSWORD).expect("the password");
    for (name, secret) in [("alice", [0x5a; 32]), ("bob-2", [0x5b; 32])] {
        assert_eq!(*opened.key(name).expect(name).secret(), secret);
    }
    // More keys, and once more through the file.
    opened.add("carol", KeyKind::Ed25519, &[0x5c; 32]).expect("a key");
    let again = Wallet::from_json(&opened.to_json([8; 24]).expect("a file")).expect("a wallet");
    let again = again.open(PASSWORD).expect("the password");
    assert_eq!(*again.key("carol").expect("carol").secret(), [0x5c; 32]);
    assert_eq!(*again.key("alice").expect("alice").secret(), [0x5a; 32]);
}

#[test]
fn secrets_do_not_stand_in_the_file() {
    assert!(!file().contains("5a5a5a"), "{}", file());
    assert!(!file().contains("5b5b5b"), "{}", file());
}

#[test]
fn a_wrong_password_is_told_from_damage() {
    for password in [&b"correct hors"[..], b"", b"Correct horse"] {
        let answer = Wallet::from_json(&file()).and_then(|wallet| wallet.open(password));
        assert_eq!(answer.err(), Some(WalletError::WrongPassword));
    }
    assert_eq!(changed("\"secrets\": \"0x", "\"secrets\": \"0x00"), Some(WalletError::Corrupt));
    assert_eq!(changed("alice", "alicf"), Some(WalletError::Corrupt));
    assert_eq!(changed("\"passes\": 1", "\"passes\": 2"), Some(WalletError::Corrupt));
    assert_eq!(changed("\"checksum\": \"0x", "\"checksum\": \"0"), Some(WalletError::Corrupt));
    assert_eq!(changed("\"lanes\": 4", "\"lanes\": \"4\""), Some(WalletError::Corrupt));
}

#[test]
fn an_exchanged_address_is_seen_without_the_password() {
    let entries = wallet().entries().to_vec();
    let (one, other) = (entries[0].address.to_string(), entries[1].address.to_string());
    let swapped = file().replace(&one, &other);
    assert_eq!(Wallet::from_json(&swapped), Err(WalletError::Corrupt));
}

#[test]
fn hostile_costs_are_refused_before_any_work() {
    let memory = |text: &str| changed("\"memory_kib\": 32", &format!("\"memory_kib\": {text}"));
    assert_eq!(memory("4294967295"), Some(WalletError::Cost));
    assert_eq!(memory("262145"), Some(WalletError::Cost));
    assert_eq!(memory("31"), Some(WalletError::Cost));
    assert_eq!(memory("99999999999"), Some(WalletError::Corrupt));
    assert_eq!(changed("\"passes\": 1", "\"passes\": 4000000000"), Some(WalletError::Cost));
    assert_eq!(changed("\"lanes\": 4", "\"lanes\": 0"), Some(WalletError::Cost));
}

#[test]
fn other_formats_and_versions_are_told_apart() {
    use WalletError::{Corrupt, NewerVersion, NotAWallet, TooLarge, UnknownAlgorithm};
    assert_eq!(Wallet::from_json(""), Err(NotAWallet));
    assert_eq!(Wallet::from_json("{}"), Err(NotAWallet));
    assert_eq!(Wallet::from_json(&"[".repeat(100_000)), Err(NotAWallet));
    assert_eq!(Wallet::from_json(&" ".repeat((1 << 20) + 1)), Err(TooLarge));
    assert_eq!(Wallet::from_json(&file()[..200]), Err(NotAWallet));
    assert_eq!(changed("fvm-wallet", "fvm-statement"), Some(NotAWallet));
    assert_eq!(changed("\"version\": 1", "\"version\": 2, \"new\": {}"), Some(NewerVersion(2)));
    assert_eq!(changed("\"version\": 1", "\"version\": 0"), Some(NotAWallet));
    assert_eq!(changed("\"version\": 1", "\"version\": 1, \"new\": {}"), Some(Corrupt));
    let unknown = |name: &str| Some(UnknownAlgorithm(name.to_string()));
    assert_eq!(changed("argon2id", "scrypt"), unknown("scrypt"));
    assert_eq!(changed("xchacha20-poly1305", "none"), unknown("none"));
}

#[test]
fn names_are_checked_and_unique() {
    let mut wallet = wallet();
    let mut add = |name: &str| wallet.add(name, KeyKind::Ed25519, &[1; 32]).err();
    assert_eq!(add("alice"), Some(WalletError::KeyExists("alice".to_string())));
    for name in ["", "a b", "ä", "a/b", "a\n", &"x".repeat(65)] {
        assert_eq!(add(name), Some(WalletError::Name), "{name:?}");
    }
    assert_eq!(add(&"x".repeat(64)), None);
    let unknown = WalletError::UnknownKey("dave".to_string());
    assert_eq!(wallet.key("dave").err(), Some(unknown.clone()));
    assert_eq!(Wallet::from_json(&file()).expect("a wallet").entry("dave").err(), Some(unknown));
    let bad = wallet.add("eve", KeyKind::Secp256k1, &[0; 32]).err();
    assert_eq!(bad, Some(WalletError::Key(KeyError::OutOfRange)));
}

#[test]
fn a_wallet_has_room_for_so_many_keys() {
    let mut wallet = OpenWallet::new(PASSWORD, COST, [3; 16]).expect("a wallet");
    let longest = |number: usize| format!("{number:0>64}");
    for number in 0..KEYS_MAX {
        wallet.add(&longest(number), KeyKind::Secp256k1, &[1; 32]).expect("room");
    }
    let more = wallet.add("more", KeyKind::Ed25519, &[1; 32]).err();
    assert_eq!(more, Some(WalletError::TooManyKeys));
    // Such a file can be read again.
    let read = Wallet::from_json(&wallet.to_json([1; 24]).expect("a file")).expect("a wallet");
    assert_eq!(read.open(PASSWORD).expect("the password").entries().len(), KEYS_MAX);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_change_of_a_file_goes_unseen(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let json = file();
        let mut bytes = json.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        let opened = Wallet::from_json(&text).and_then(|wallet| wallet.open(PASSWORD));
        if let Ok(opened) = opened {
            // Blanks, and the case of digits, mean nothing.
            prop_assert_eq!(opened.to_json([9; 24]).ok(), Some(json));
        }
    }

    #[test]
    fn no_text_disturbs_the_reader(text in "\\PC{0,300}") {
        let _ = Wallet::from_json(&text);
        let _ = Wallet::from_json(&format!("{{\"format\":\"fvm-wallet\",\"version\":1,{text}"));
    }
}
