//! Values that are not what was written, in a file whose pages are all right: what a fault of
//! memory, or of the code between, would leave.

mod support;

use fvm_store::simulation::Disk;
use fvm_store::{Batch, StorageBackend, Store, StoreError, Table};
use redb::{Database, ReadableDatabase, TableDefinition};
use std::io;
use support::options;

/// What the B-trees see of a disk: everything behind the header.
#[derive(Debug)]
struct Trees(Disk);

const HEADER: u64 = 4096;

impl StorageBackend for Trees {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.len()? - HEADER)
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset + HEADER, out)
    }
    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len + HEADER)
    }
    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }
    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write(offset + HEADER, data)
    }
}

fn table(name: &str) -> TableDefinition<'_, &'static [u8], &'static [u8]> {
    TableDefinition::new(name)
}

/// A disk with a store of three accounts, changed below the store.
fn changed(change: impl FnOnce(&redb::WriteTransaction, &[u8])) -> Result<Store, StoreError> {
    let disk = Disk::new();
    let mut store = Store::on(disk.clone(), &options()).expect("an empty disk takes a store");
    let mut batch = Batch::new();
    for key in [b"a", b"b", b"c"] {
        batch.put(Table::Accounts, &key[..], vec![7; 40]);
    }
    store.commit(batch).expect("the disk works");
    store.close().expect("the disk works");
    let database = Database::builder().create_with_backend(Trees(disk.clone())).expect("it opens");
    let read = database.begin_read().expect("it opens").open_table(table("accounts"));
    let sealed = read.expect("it is there").get(&b"b"[..]).expect("it is there");
    let sealed = sealed.expect("it is there").value().to_vec();
    let write = database.begin_write().expect("it opens");
    change(&write, &sealed);
    write.commit().expect("the disk works");
    database.close().expect("the disk works");
    Store::on(disk, &options())
}

fn put(write: &redb::WriteTransaction, name: &str, key: &[u8], sealed: &[u8]) {
    let mut open = write.open_table(table(name)).expect("it is there");
    open.insert(key, sealed).expect("the disk works");
}

#[track_caller]
fn check(store: Result<Store, StoreError>, in_table: Table, wrong: &[u8]) {
    let store = store.expect("its pages are right");
    let reader = store.reader().expect("its pages are right");
    let error = reader.get(in_table, wrong).expect_err("it is wrong");
    let is_named =
        matches!(&error, StoreError::Corrupt { table, key } if *table == in_table && key == wrong);
    assert!(is_named, "{error}");
    assert!(error.to_string().contains("is corrupt"), "{error}");
    // A scan stops there.
    let mut scan = reader.scan(in_table, wrong).expect("its pages are right");
    assert!(matches!(scan.next(), Some(Err(StoreError::Corrupt { .. }))));
    assert!(scan.next().is_none());
    let back = reader.scan(in_table, b"").expect("its pages are right").rev();
    assert!(back.into_iter().any(|entry| entry.is_err()));
    // The others are what they were.
    assert_eq!(reader.get(Table::Accounts, b"a").expect("it is right"), Some(vec![7; 40]));
}

#[test]
fn every_bit_of_a_value_and_its_checksum_counts() {
    for bit in 0..8 * 48 {
        let store = changed(|write, sealed| {
            let mut sealed = sealed.to_vec();
            sealed[bit / 8] ^= 1 << (bit % 8);
            put(write, "accounts", b"b", &sealed);
        });
        check(store, Table::Accounts, b"b");
    }
}

#[test]
fn a_value_that_is_cut_off_or_longer_is_corrupt() {
    for length in (0..48).chain(49..60) {
        let store = changed(|write, sealed| {
            let mut sealed = sealed.to_vec();
            sealed.resize(length, 0);
            put(write, "accounts", b"b", &sealed);
        });
        check(store, Table::Accounts, b"b");
    }
}

#[test]
fn a_value_of_another_key_or_table_is_corrupt() {
    let store = changed(|write, sealed| put(write, "accounts", b"c", sealed));
    check(store, Table::Accounts, b"c");
    let store = changed(|write, sealed| put(write, "accounts", b"bb", sealed));
    check(store, Table::Accounts, b"bb");
    let store = changed(|write, sealed| put(write, "slots", b"b", sealed));
    check(store, Table::Slots, b"b");
}

#[test]
fn a_table_that_is_gone_or_of_another_kind_is_damage() {
    let store = changed(|write, _| {
        write.delete_table(table("queue")).expect("it is there");
    });
    let error = store.expect_err("a table is missing");
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    let store = changed(|write, _| {
        write.delete_table(table("queue")).expect("it is there");
        let other: TableDefinition<'_, u64, u64> = TableDefinition::new("queue");
        write.open_table(other).expect("there is room");
    });
    let error = store.expect_err("a table is another");
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}
