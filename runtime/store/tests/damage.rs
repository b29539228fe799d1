//! Bits that turn, while a store is closed or while it is open: what is read is what was written,
//! or an error.
//!
//! `FVM_STORE_FLIPS` says how many bits are turned (400 without it).

mod support;

use fvm_store::simulation::{Disk, Random};
use fvm_store::{Options, Store, StoreError, Table};
use support::{Model, batch, batch_of, contents, count, models, options};

const BATCHES: u64 = 12;

/// A disk with a store: closed in order, or left as a crash leaves it.
fn image(is_closed: bool) -> Vec<u8> {
    let disk = Disk::new();
    let mut store = Store::on(disk.clone(), &options()).expect("an empty disk takes a store");
    for number in 1..=BATCHES {
        store.commit(batch_of(number)).expect("the disk works");
    }
    if is_closed {
        store.close().expect("the disk works");
    }
    disk.image()
}

/// What came of a bit that turned.
#[derive(Default, Debug)]
struct Counts {
    refused: u64,
    noticed: u64,
    harmless: u64,
}

impl Counts {
    fn all(&self) -> u64 {
        self.refused + self.noticed + self.harmless
    }
}

/// An error that says that the file is not what it was.
fn is_damage(error: &StoreError) -> bool {
    use StoreError::{Behind, Corrupt, Damaged, Disk, Newer, NotAStore, OtherChain};
    matches!(
        error,
        Corrupt { .. }
            | Damaged { .. }
            | Behind { .. }
            | NotAStore
            | Newer { .. }
            | OtherChain { .. }
            | Disk(_)
    )
}

fn flip_closed(image: &[u8], model: &Model, bits: &[u64], counts: &mut Counts) {
    let disk = Disk::of(image.to_vec());
    for bit in bits {
        disk.flip(*bit);
    }
    match Store::on(disk, &options()).map(|store| contents(&store)) {
        Ok(Ok(found)) => {
            assert!(found == *model, "bits {bits:?}: something else was served");
            counts.harmless += 1;
        }
        Ok(Err(error)) => {
            assert!(is_damage(&error), "bits {bits:?}: {error}");
            counts.noticed += 1;
        }
        Err(error) => {
            assert!(is_damage(&error), "bits {bits:?}: {error}");
            counts.refused += 1;
        }
    }
}

#[test]
fn a_bit_that_turns_while_the_store_is_closed() {
    let model = &models(BATCHES)[BATCHES as usize];
    let random = &mut Random::new(1);
    for is_closed in [true, false] {
        let image = image(is_closed);
        let mut counts = Counts::default();
        // The beginning, bit by bit: there is what says where everything is.
        for bit in (0..8 * 64).chain(8 * 510..8 * 530).chain(8 * 4096..8 * (4096 + 80)) {
            flip_closed(&image, model, &[bit], &mut counts);
        }
        for _ in 0..count("FVM_STORE_FLIPS", 400) {
            let bits = (0..1 + random.below(2)).map(|_| random.below(8 * image.len() as u64));
            flip_closed(&image, model, &bits.collect::<Vec<u64>>(), &mut counts);
        }
        println!("closed in order: {is_closed}, {counts:?}");
        assert!(counts.refused > counts.all() / 5 && counts.harmless > 0, "{counts:?}");
    }
}

/// Bits of the record of the last commit, with the one that says which record is the last.
#[test]
fn an_older_batch_is_not_served_as_the_newest() {
    let model = &models(BATCHES)[BATCHES as usize];
    for is_closed in [true, false] {
        let image = image(is_closed);
        let mut counts = Counts::default();
        for first in 8 * (4096 + 8)..8 * (4096 + 11) {
            for second in 8 * 4096 + 8 * 64..8 * 4096 + 8 * 72 {
                flip_closed(&image, model, &[first, second], &mut counts);
            }
        }
        assert!(counts.refused > 0, "{counts:?}");
    }
}

/// Asks for every key, also for those that are not there.
fn read_all(store: &Store, model: &Model) -> Result<(), StoreError> {
    let reader = store.reader()?;
    for table in Table::ALL {
        for number in 0..300 {
            let key = format!("key {number}").into_bytes();
            assert_eq!(reader.get(*table, &key)?.as_ref(), model.get(&(*table, key)));
        }
    }
    Ok(())
}

#[test]
fn a_bit_that_turns_while_the_store_is_open() {
    let model = &models(BATCHES)[BATCHES as usize];
    let image = image(true);
    let random = &mut Random::new(2);
    let mut counts = Counts::default();
    // No cache: everything comes from the disk.
    let options = Options { cache_bytes: 0, ..options() };
    for _ in 0..count("FVM_STORE_FLIPS", 400) {
        let disk = Disk::of(image.clone());
        let mut store = Store::on(disk.clone(), &options).expect("the image is whole");
        disk.flip(random.below(8 * image.len() as u64));
        let mut is_noticed = match read_all(&store, model) {
            Ok(()) => contents(&store).map(|found| assert!(found == *model)).is_err(),
            Err(error) => {
                let is_clear = is_damage(&error) || matches!(error, StoreError::Stopped);
                assert!(is_clear, "{error}");
                true
            }
        };
        // The next batch builds on nothing that is wrong.
        let mut next = model.clone();
        let done = store.commit(batch(BATCHES + 1, &mut next));
        drop(store);
        match Store::on(disk, &options).map(|store| contents(&store)) {
            Ok(Ok(found)) if done.is_ok() => assert!(found == next),
            Ok(Ok(found)) => assert!(found == *model || found == next),
            Ok(Err(_)) | Err(_) => is_noticed = true,
        }
        *(if is_noticed { &mut counts.noticed } else { &mut counts.harmless }) += 1;
    }
    println!("open: {counts:?}");
    assert!(counts.noticed > counts.all() / 5 && counts.harmless > 0, "{counts:?}");
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let model = &models(BATCHES)[BATCHES as usize];
    for is_closed in [true, false] {
        let image = image(is_closed);
        let random = &mut Random::new(3);
        let ends = (0..200).map(|_| random.below(image.len() as u64) as usize);
        for end in [1, 100, 4095, 4096, 4097, 8192].into_iter().chain(ends) {
            match Store::on(Disk::of(image[..end].to_vec()), &options()) {
                Ok(store) => assert!(contents(&store).is_ok_and(|found| found == *model), "{end}"),
                Err(error) => assert!(is_damage(&error), "{end}: {error}"),
            }
        }
    }
}

#[test]
fn bytes_from_anywhere_are_no_store() {
    let random = &mut Random::new(4);
    for length in [1, 100, 4096, 5000, 100_000] {
        let bytes: Vec<u8> = (0..length).map(|_| random.next_u64() as u8).collect();
        let error = Store::on(Disk::of(bytes), &options()).expect_err("no store");
        assert!(matches!(error, StoreError::NotAStore), "{error}");
    }
    // Nor behind a header that is right.
    let mut bytes = image(true);
    for byte in &mut bytes[4096..] {
        *byte = random.next_u64() as u8;
    }
    let error = Store::on(Disk::of(bytes), &options()).expect_err("no store");
    assert!(is_damage(&error), "{error}");
}
