//! A disk that fails at one call or from one call on, for every call of a history: an error that
//! says so, and nothing lost when the store is opened again.

mod support;

use fvm_store::simulation::{Disk, Fault};
use fvm_store::{Store, StoreError};
use support::{Model, batch, contents, models, number_in, options};

const BATCHES: u64 = 5;

/// The history, until something fails: how many batches were committed, and the failure.
fn run(disk: &Disk) -> (Option<u64>, Result<(), StoreError>) {
    let mut store = match Store::on(disk.clone(), &options()) {
        Ok(store) => store,
        Err(error) => return (None, Err(error)),
    };
    let mut model = Model::new();
    for number in 1..=BATCHES {
        if let Err(error) = store.commit(batch(number, &mut model)) {
            // It takes no further batch, and has nothing to read.
            assert!(matches!(store.commit(batch(number, &mut model)), Err(StoreError::Stopped)));
            assert!(matches!(store.reader(), Err(StoreError::Stopped)));
            assert!(store.close().is_err());
            return (Some(number - 1), Err(error));
        }
    }
    match contents(&store) {
        Ok(found) => assert!(found == model),
        Err(error) => return (Some(BATCHES), Err(error)),
    }
    (Some(BATCHES), store.close())
}

fn check_after(disk: &Disk, committed: Option<u64>, models: &[Model], context: &str) {
    let store = match (Store::on(disk.clone(), &options()), committed) {
        (Ok(store), _) => store,
        // A file that was just being made.
        (Err(StoreError::NotAStore | StoreError::Damaged { .. }), None) => return,
        (Err(error), _) => panic!("{context}: {committed:?} committed: {error}"),
    };
    let found = contents(&store).unwrap_or_else(|error| panic!("{context}: {error}"));
    let (number, committed) = (number_in(&found), committed.unwrap_or(0));
    assert!(number == committed || number == committed + 1, "{context}: {number}, {committed}");
    assert!(found == models[number as usize], "{context}");
}

#[test]
fn every_call_fails_once() {
    let models = models(BATCHES);
    let whole = Disk::new();
    assert!(matches!(run(&whole), (Some(BATCHES), Ok(()))));
    for call in 0..whole.calls() {
        for fault in [Fault::At(call), Fault::From(call)] {
            let disk = Disk::new();
            disk.set_fault(Some(fault));
            let (committed, result) = run(&disk);
            if let Err(error) = &result {
                let is_clear = matches!(error, StoreError::Disk(_) | StoreError::Stopped);
                assert!(is_clear, "{fault:?}: {error}");
            }
            disk.set_fault(None);
            check_after(&disk, committed, &models, &format!("{fault:?}"));
        }
    }
}

#[test]
fn every_call_of_opening_fails_once() {
    let models = models(BATCHES);
    let disk = Disk::new();
    let mut store = Store::on(disk.clone(), &options()).expect("the disk works");
    let mut model = Model::new();
    for number in 1..=BATCHES {
        store.commit(batch(number, &mut model)).expect("the disk works");
    }
    // As a crash leaves it: opening has something to repair.
    let crashed = disk.image();
    store.close().expect("the disk works");
    for image in [crashed, disk.image()] {
        for call in 0.. {
            let disk = Disk::of(image.clone());
            disk.set_fault(Some(Fault::From(call)));
            let opened = Store::on(disk.clone(), &options()).and_then(|store| contents(&store));
            let is_over = disk.calls() <= call;
            match opened {
                Ok(found) => assert!(found == models[BATCHES as usize], "call {call}"),
                Err(StoreError::Disk(_) | StoreError::Stopped) => {}
                Err(error) => panic!("call {call}: {error}"),
            }
            disk.set_fault(None);
            check_after(&disk, Some(BATCHES), &models, &format!("opening, call {call}"));
            if is_over {
                break;
            }
        }
    }
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let models = models(BATCHES);
    let whole = Disk::new();
    run(&whole).1.expect("the disk works");
    let length = whole.image().len() as u64;
    let mut full = 0;
    for capacity in (0..length).step_by(4096) {
        let disk = Disk::new();
        disk.set_capacity(capacity);
        let (committed, result) = run(&disk);
        match &result {
            Ok(()) => {}
            Err(StoreError::Full) => full += 1,
            // Once it was full, closing finds the store stopped.
            Err(error) => assert!(matches!(error, StoreError::Stopped), "{capacity}: {error}"),
        }
        disk.set_capacity(u64::MAX);
        check_after(&disk, committed, &models, &format!("{capacity} bytes"));
    }
    assert!(full > 10, "{full}");
}
