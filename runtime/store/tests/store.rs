//! What a store does when nothing fails, and what it says when it cannot be opened.

mod support;

use fvm_store::{
    Batch, FORMAT, FileBackend, KEY_BYTES_MAX, Options, Reader, Store, StoreError, Table,
    VALUE_BYTES_MAX,
};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Bound;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use support::{Directory, Model, batch, contents, options};

fn open(directory: &Path) -> Store {
    Store::open(directory, &options()).expect("the directory takes a store")
}

fn one(key: &[u8], value: &[u8]) -> Batch {
    let mut batch = Batch::new();
    batch.put(Table::Accounts, key, value);
    batch
}

#[test]
fn what_is_committed_is_there_when_it_is_opened_again() {
    let directory = Directory::new("again");
    let mut model = Model::new();
    for round in 0..3 {
        let mut store = open(&directory.0);
        assert!(contents(&store).expect("it can be read") == model);
        for number in 1..=5 {
            store.commit(batch(round * 5 + number, &mut model)).expect("there is room");
            assert!(contents(&store).expect("it can be read") == model);
        }
        // Closed, dropped, and left by its process, as far as a test can.
        match round {
            0 => store.close().expect("there is room"),
            _ => drop(store),
        }
    }
    assert!(contents(&open(&directory.0)).expect("it can be read") == model);
}

#[test]
fn tables_are_apart_and_empty_values_are_values() {
    let directory = Directory::new("apart");
    let mut store = open(&directory.0);
    let mut batch = Batch::new();
    assert!(batch.is_empty());
    for table in Table::ALL {
        batch.put(*table, b"name".to_vec(), table.name());
        batch.put(*table, b"".to_vec(), b"".to_vec());
    }
    assert_eq!(batch.len(), 2 * Table::ALL.len());
    store.commit(batch).expect("there is room");
    let reader = store.reader().expect("it can be read");
    for table in Table::ALL {
        assert_eq!(get(&reader, *table, b"name"), Some(table.name().as_bytes().to_vec()));
        assert_eq!(get(&reader, *table, b""), Some(Vec::new()));
        assert_eq!(get(&reader, *table, b"nam"), None);
    }
}

fn get(reader: &Reader, table: Table, key: &[u8]) -> Option<Vec<u8>> {
    reader.get(table, key).expect("it can be read")
}

#[test]
fn of_several_changes_of_a_key_the_last_counts() {
    let directory = Directory::new("last");
    let mut store = open(&directory.0);
    let mut batch = one(b"a", b"1");
    batch.delete(Table::Accounts, b"a".to_vec());
    batch.put(Table::Accounts, b"b".to_vec(), b"1".to_vec());
    batch.put(Table::Accounts, b"a".to_vec(), b"2".to_vec());
    batch.delete(Table::Accounts, b"b".to_vec());
    batch.delete(Table::Accounts, b"never there".to_vec());
    store.commit(batch).expect("there is room");
    let reader = store.reader().expect("it can be read");
    assert_eq!(get(&reader, Table::Accounts, b"a"), Some(b"2".to_vec()));
    assert_eq!(get(&reader, Table::Accounts, b"b"), None);
}

#[test]
fn scans_go_in_the_order_of_keys_both_ways() {
    let directory = Directory::new("scans");
    let mut store = open(&directory.0);
    let mut batch = Batch::new();
    let keys: [&[u8]; 7] = [b"", b"a", b"a\0", b"a\xff", b"a\xff\xff", b"b", b"\xff\xff"];
    for key in keys.iter().rev() {
        batch.put(Table::Slots, *key, *key);
    }
    store.commit(batch).expect("there is room");
    let reader = store.reader().expect("it can be read");
    let of = |scan: Result<fvm_store::Scan, StoreError>| -> Vec<Vec<u8>> {
        scan.expect("it can be read").map(|entry| entry.expect("it can be read").0).collect()
    };
    assert_eq!(of(reader.scan(Table::Slots, b"")), keys);
    assert_eq!(of(reader.scan(Table::Slots, b"a")), keys[1..5]);
    assert_eq!(of(reader.scan(Table::Slots, b"a\xff")), keys[3..5]);
    assert_eq!(of(reader.scan(Table::Slots, b"\xff")), keys[6..]);
    assert_eq!(of(reader.scan(Table::Slots, b"c")), Vec::<Vec<u8>>::new());
    let last = reader.scan(Table::Slots, b"a").expect("it can be read").next_back();
    assert_eq!(last.expect("there are some").expect("it can be read").0, keys[4]);
    let between = |start, end| of(reader.range(Table::Slots, start, end));
    assert_eq!(between(Bound::Excluded(&b"a"[..]), Bound::Included(&b"b"[..])), keys[2..6]);
    assert_eq!(between(Bound::Unbounded, Bound::Excluded(&b"a"[..])), keys[..1]);
    assert_eq!(between(Bound::Included(&b"b"[..]), Bound::Unbounded), keys[5..]);
    // Backwards there is nothing.
    let nothing: &[Vec<u8>] = &[];
    assert_eq!(between(Bound::Included(&b"b"[..]), Bound::Included(&b"a"[..])), nothing);
    assert_eq!(between(Bound::Excluded(&b"a"[..]), Bound::Excluded(&b"a"[..])), nothing);
    assert_eq!(between(Bound::Excluded(&b"a"[..]), Bound::Included(&b"a"[..])), nothing);
}

#[test]
fn stores_and_readers_go_to_other_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Store>();
    is_shared::<Reader>();
}

/// Readers on two threads, while batches are committed: each sees one batch, whole, for as long as
/// it lives.
#[test]
fn readers_see_one_batch_while_others_are_committed() {
    let directory = Directory::new("readers");
    let mut store = open(&directory.0);
    let whole = |number: u64| {
        let mut batch = Batch::new();
        for key in 0..200u64 {
            let value = [number.to_le_bytes(), key.to_le_bytes()].concat();
            batch.put(Table::Accounts, key.to_be_bytes(), value);
        }
        batch
    };
    store.commit(whole(0)).expect("there is room");
    let number_of = |reader: &Reader| {
        let entries = reader.scan(Table::Accounts, b"").expect("it can be read");
        let mut numbers: Vec<u64> = entries
            .map(|entry| {
                let (key, value) = entry.expect("it can be read");
                assert_eq!(
                    value[8..],
                    u64::from_be_bytes(key[..].try_into().unwrap()).to_le_bytes()
                );
                u64::from_le_bytes(value[..8].try_into().unwrap())
            })
            .collect();
        assert_eq!(numbers.len(), 200);
        numbers.dedup();
        assert_eq!(numbers.len(), 1, "a mixture: {numbers:?}");
        numbers[0]
    };
    let is_over = AtomicBool::new(false);
    let first = store.reader().expect("it can be read");
    let kept = store.reader().expect("it can be read");
    std::thread::scope(|scope| {
        let (is_over, number_of, first) = (&is_over, &number_of, &first);
        for _ in 0..2 {
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    assert_eq!(number_of(first), 0);
                }
            });
        }
        for number in 1..=30 {
            store.commit(whole(number)).expect("there is room");
            assert_eq!(number_of(&store.reader().expect("it can be read")), number);
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(number_of(&kept), 0);
    drop(store);
}

#[test]
fn a_reader_that_outlives_its_store_says_so() {
    let directory = Directory::new("outlives");
    let mut store = open(&directory.0);
    store.commit(batch(1, &mut Model::new())).expect("there is room");
    let reader = store.reader().expect("it can be read");
    store.close().expect("there is room");
    let error = reader.scan(Table::Meta, b"").and_then(|scan| scan.collect::<Result<Vec<_>, _>>());
    assert!(matches!(error, Err(StoreError::Closed)), "{error:?}");
}

#[test]
fn keys_and_values_have_limits_and_the_store_goes_on() {
    let directory = Directory::new("limits");
    let mut store = open(&directory.0);
    let long = vec![1; KEY_BYTES_MAX + 1];
    store.commit(one(&long[1..], b"fits")).expect("there is room");
    let error = store.commit(one(&long, b"")).expect_err("too long");
    assert!(matches!(error, StoreError::KeyTooLong { table: Table::Accounts, bytes: 16_385 }));
    let mut batch = one(b"a", b"1");
    batch.put(Table::Code, b"b".to_vec(), vec![0; VALUE_BYTES_MAX + 1]);
    let error = store.commit(batch).expect_err("too long");
    assert!(matches!(error, StoreError::ValueTooLong { table: Table::Code, .. }));
    let reader = store.reader().expect("it can be read");
    assert_eq!(get(&reader, Table::Accounts, b"a"), None);
    assert_eq!(get(&reader, Table::Accounts, &long[1..]), Some(b"fits".to_vec()));
    store.commit(one(b"a", b"2")).expect("there is room");
}

#[test]
fn without_waiting_everything_is_there_once_it_is_closed_or_synced() {
    let directory = Directory::new("fast");
    let fast = Options { durable: false, ..options() };
    let mut store = Store::open(&directory.0, &fast).expect("the directory takes a store");
    store.commit(one(b"a", b"1")).expect("there is room");
    store.close().expect("there is room");
    let mut store = Store::open(&directory.0, &fast).expect("it was closed");
    let reader = store.reader().expect("it can be read");
    assert_eq!(get(&reader, Table::Accounts, b"a"), Some(b"1".to_vec()));
    store.commit(one(b"a", b"2")).expect("there is room");
    store.sync().expect("there is room");
}

#[test]
fn no_store_is_made_unless_it_is_asked_for() {
    let directory = Directory::new("missing");
    let inner = directory.0.join("not").join("there");
    let options = Options { create: false, ..options() };
    for path in [&directory.0, &inner] {
        let error = Store::open(path, &options).expect_err("there is none");
        assert!(matches!(&error, StoreError::Missing { path: missing } if missing == path));
        assert!(error.to_string().starts_with("there is no store in"), "{error}");
    }
    open(&inner).close().expect("there is room");
    assert!(Store::open(&inner, &options).is_ok());
}

#[test]
fn a_path_that_is_no_directory_is_named() {
    let directory = Directory::new("file");
    let file = directory.0.join("file");
    fs::write(&file, b"text").expect("there is room");
    for create in [true, false] {
        let options = Options { create, ..options() };
        let error = Store::open(&file, &options).expect_err("no directory");
        let StoreError::Unreadable { path, .. } = &error else { panic!("{error}") };
        assert!(path.starts_with(&file), "{error}");
    }
    // A directory where the file should be.
    let store = directory.0.join("store");
    fs::create_dir_all(store.join("ledger.store")).expect("there is room");
    let error = Store::open(&store, &options()).expect_err("no file");
    assert!(matches!(error, StoreError::Unreadable { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_directory_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let directory = Directory::new("permission");
    open(&directory.0).close().expect("there is room");
    let file = directory.0.join("ledger.store");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("it is ours");
    // Whoever may do everything is not stopped by this.
    if File::open(&file).is_err() {
        let error = Store::open(&directory.0, &options()).expect_err("no permission");
        let is_named = matches!(&error, StoreError::Unreadable { path, .. } if *path == file);
        assert!(is_named, "{error}");
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("it is ours");
    assert!(Store::open(&directory.0, &options()).is_ok());
}

#[test]
fn a_store_is_opened_once() {
    let directory = Directory::new("once");
    let store = open(&directory.0);
    let error = Store::open(&directory.0, &options()).expect_err("it is in use");
    assert!(matches!(error, StoreError::InUse), "{error}");
    // By whatever name, and by whoever looks at the file alone.
    let file = OpenOptions::new().read(true).write(true).open(directory.0.join("ledger.store"));
    let backend = FileBackend::new(file.expect("it is ours")).expect("it is ours");
    let error = Store::on(backend, &options()).expect_err("it is in use");
    assert!(matches!(error, StoreError::InUse), "{error}");
    drop(store);
    assert!(Store::open(&directory.0, &options()).is_ok());
}

const CHILD: &str = "FVM_STORE_TEST_DIRECTORY";

/// Not a test of its own: what a second process does in the test below.
#[test]
fn in_another_process() {
    let Ok(directory) = std::env::var(CHILD) else { return };
    match Store::open(Path::new(&directory), &options()) {
        Err(StoreError::InUse) => println!("it is in use"),
        Err(error) => println!("{error}"),
        Ok(mut store) => {
            store.commit(one(b"a", b"from the other process")).expect("there is room");
            println!("it is open");
            // Ends without a word to anybody, as a process that is killed.
            std::process::exit(0);
        }
    }
}

#[test]
fn a_second_process_is_refused_until_the_first_is_gone() {
    let directory = Directory::new("process");
    let second = || {
        let program = std::env::current_exe().expect("this runs");
        let arguments = ["--exact", "in_another_process", "--nocapture"];
        let output = Command::new(program).args(arguments).env(CHILD, &directory.0).output();
        String::from_utf8(output.expect("it runs again").stdout).expect("text")
    };
    let store = open(&directory.0);
    let said = second();
    assert!(said.contains("it is in use"), "{said}");
    drop(store);
    let said = second();
    assert!(said.contains("it is open"), "{said}");
    let reader = open(&directory.0).reader().expect("it can be read");
    let found = get(&reader, Table::Accounts, b"a");
    assert_eq!(found, Some(b"from the other process".to_vec()));
}

#[test]
fn another_chain_and_other_formats_are_refused() {
    let directory = Directory::new("chain");
    let mut store = open(&directory.0);
    store.commit(one(b"a", b"1")).expect("there is room");
    drop(store);
    let error = Store::open(&directory.0, &Options::new(8)).expect_err("another chain");
    assert!(matches!(error, StoreError::OtherChain { found: 7, wanted: 8 }), "{error}");
    let path = directory.0.join("ledger.store");
    let mut file = OpenOptions::new().read(true).write(true).open(path).expect("it is ours");
    let mut before = [0; 36];
    file.read_exact(&mut before).expect("it is ours");
    file.seek(SeekFrom::Start(16))
        .and_then(|_| file.write_all(&(FORMAT + 1).to_le_bytes()))
        .unwrap();
    let error = Store::open(&directory.0, &options()).expect_err("a newer format");
    assert!(matches!(error, StoreError::Newer { found } if found == FORMAT + 1), "{error}");
    assert!(error.to_string().contains("use a newer version"), "{error}");
    // The header of format 1 for chain 7, as the first version of the program wrote it.
    let sum: u64 = 0x4b8a_fe64_60fb_8eab;
    let older = [&1u32.to_le_bytes()[..], &7u64.to_le_bytes(), &sum.to_le_bytes()].concat();
    file.seek(SeekFrom::Start(16)).and_then(|_| file.write_all(&older)).unwrap();
    let error = Store::open(&directory.0, &options()).expect_err("an older format");
    assert!(matches!(error, StoreError::Older { found: 1 }), "{error}");
    assert!(error.to_string().contains("use the version that made it"), "{error}");
    // None has touched anything.
    file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(&before)).unwrap();
    let reader = open(&directory.0).reader().expect("it can be read");
    assert_eq!(get(&reader, Table::Accounts, b"a"), Some(b"1".to_vec()));
}

#[test]
fn a_file_that_was_put_back_is_refused() {
    let directory = Directory::new("back");
    let path = directory.0.join("ledger.store");
    let mut store = open(&directory.0);
    store.commit(one(b"a", b"1")).expect("there is room");
    store.close().expect("there is room");
    let before = fs::read(&path).expect("it is ours");
    let mut store = open(&directory.0);
    store.commit(one(b"a", b"2")).expect("there is room");
    store.close().expect("there is room");
    // All but the header is as it was: what a disk that loses writes leaves.
    let mut header = vec![0; 4096];
    File::open(&path).and_then(|mut file| file.read_exact(&mut header)).expect("it is ours");
    fs::write(&path, [&header[..], &before[4096..]].concat()).expect("there is room");
    let error = Store::open(&directory.0, &options()).expect_err("it is older");
    assert!(matches!(error, StoreError::Behind { found: 1, committed: 2 }), "{error}");
}

#[test]
fn a_file_of_another_kind_is_refused_and_kept() {
    let directory = Directory::new("kind");
    let path = directory.0.join("ledger.store");
    for text in [&b"not a store"[..], &[b'x'; 10_000]] {
        fs::write(&path, text).expect("there is room");
        let error = Store::open(&directory.0, &options()).expect_err("no store");
        assert!(matches!(error, StoreError::NotAStore), "{error}");
        assert_eq!(fs::read(&path).expect("it is ours"), text);
    }
}

#[test]
fn what_a_crash_left_of_making_a_store_is_no_hindrance() {
    let directory = Directory::new("making");
    fs::write(directory.0.join("ledger.store.new"), b"half of one").expect("there is room");
    let mut store = open(&directory.0);
    store.commit(one(b"a", b"1")).expect("there is room");
    assert!(!directory.0.join("ledger.store.new").exists());
}
