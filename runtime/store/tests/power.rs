//! After a loss of power a store opens at the last batch that was committed or at the one that was
//! under way, never at a mixture.
//!
//! `FVM_STORE_IMAGES` says how many images are made (150 without it).

mod support;

use fvm_store::simulation::{Disk, Event, Random, power_loss};
use fvm_store::{Options, Store, StoreError};
use support::{Model, batch, batch_of, contents, count, models, number_in, options};

const BATCHES: u64 = 40;

/// A history on a disk from the first call on: what was done, with a mark for each batch when it
/// was committed. Some of it is done by a store that was closed and opened again.
fn history(options: &Options) -> Vec<Event> {
    let disk = Disk::new();
    disk.record();
    let mut store = Store::on(disk.clone(), options).expect("an empty disk takes a store");
    disk.mark(0);
    for number in 1..=BATCHES {
        store.commit(batch_of(number)).expect("the disk works");
        disk.mark(number);
        if number % 16 == 0 {
            store.close().expect("the disk works");
            store = Store::on(disk.clone(), options).expect("the disk works");
        }
    }
    disk.events()
}

/// The last batch that was committed before some point; none before the store was there.
fn committed(events: &[Event]) -> Option<u64> {
    let mark = |event: &Event| match event {
        Event::Mark(number) => Some(*number),
        _ => None,
    };
    events.iter().rev().find_map(mark)
}

fn check(image: &[u8], committed: Option<u64>, models: &[Model], context: &str) {
    let disk = Disk::of(image.to_vec());
    let mut store = match (Store::on(disk.clone(), &options()), committed) {
        (Ok(store), _) => store,
        // A file that was just being made may be none; `Store::open` makes it under another name.
        (Err(StoreError::NotAStore | StoreError::Damaged { .. }), None) => return,
        (Err(error), _) => panic!("{context}: batch {committed:?} was committed: {error}"),
    };
    let found = contents(&store).unwrap_or_else(|error| panic!("{context}: {error}"));
    let number = number_in(&found);
    let committed = committed.unwrap_or(0);
    assert!(
        number == committed || number == committed + 1,
        "{context}: batch {committed} was committed, {number} is there"
    );
    assert!(found == models[number as usize], "{context}: batch {number} is not what it was");
    // The store goes on from there.
    let mut model = found;
    store.commit(batch(number + 1, &mut model)).unwrap_or_else(|e| panic!("{context}: {e}"));
    store.close().unwrap_or_else(|error| panic!("{context}: {error}"));
    let store = Store::on(disk, &options()).unwrap_or_else(|error| panic!("{context}: {error}"));
    assert!(contents(&store).expect("the disk works") == model, "{context}: the next batch");
}

#[test]
fn every_image_is_one_batch_or_the_next() {
    let events = history(&options());
    let models = models(BATCHES + 1);
    let random = &mut Random::new(1);
    for image in 0..count("FVM_STORE_IMAGES", 150) {
        let at = random.below(events.len() as u64 + 1) as usize;
        let seed = random.next_u64();
        let bytes = power_loss(&[], &events[..at], seed);
        let context = format!("image {image}, {at} events, seed {seed}");
        check(&bytes, committed(&events[..at]), &models, &context);
    }
}

#[test]
fn a_loss_during_the_repair_after_a_loss_is_no_worse() {
    let events = history(&options());
    let models = models(BATCHES + 1);
    let random = &mut Random::new(2);
    for image in 0..count("FVM_STORE_IMAGES", 150) / 3 {
        let at = random.below(events.len() as u64 + 1) as usize;
        let first = power_loss(&[], &events[..at], random.next_u64());
        let Some(committed) = committed(&events[..at]) else { continue };
        let disk = Disk::of(first.clone());
        disk.record();
        drop(Store::on(disk.clone(), &options()).expect("the disk works"));
        let repair = disk.events();
        let end = random.below(repair.len() as u64 + 1) as usize;
        let second = power_loss(&first, &repair[..end], random.next_u64());
        check(&second, Some(committed), &models, &format!("image {image}, {at} events, {end}"));
    }
}

#[test]
fn batches_that_do_not_wait_are_lost_from_the_last_on() {
    let options = Options { durable: false, ..options() };
    let events = history(&options);
    let models = models(BATCHES);
    let random = &mut Random::new(3);
    for image in 0..count("FVM_STORE_IMAGES", 150) / 3 {
        let at = random.below(events.len() as u64 + 1) as usize;
        let disk = Disk::of(power_loss(&[], &events[..at], random.next_u64()));
        // It is closed, and waited for, behind the marks of 16 and 32.
        let closed =
            committed(&events[..at]).map_or(0, |number| number.saturating_sub(1) / 16 * 16);
        let store = match Store::on(disk, &options) {
            Ok(store) => store,
            Err(_) if committed(&events[..at]).is_none() => continue,
            Err(error) => panic!("image {image}, {at} events: {error}"),
        };
        let found = contents(&store).expect("the disk works");
        let number = number_in(&found);
        assert!(number >= closed, "image {image}: {number} is there, {closed} were on the disk");
        assert!(found == models[number as usize], "image {image}: not what it was");
    }
}

/// The images differ from each other, and are neither all nor nothing.
#[test]
fn images_are_of_all_kinds() {
    let events = history(&options());
    let random = &mut Random::new(4);
    let (mut before, mut after, mut between) = (0, 0, 0);
    for _ in 0..200 {
        let at = random.below(events.len() as u64 + 1) as usize;
        let synced = events[..at].iter().rposition(|event| *event == Event::Sync);
        let image = power_loss(&[], &events[..at], random.next_u64());
        let mut all = events[..at].to_vec();
        all.push(Event::Sync);
        if image == power_loss(&[], &all, 0) {
            after += 1;
        } else if image == power_loss(&[], &events[..synced.map_or(0, |at| at + 1)], 0) {
            before += 1;
        } else {
            between += 1;
        }
    }
    assert!(before > 20 && after > 20 && between > 60, "{before}, {after}, {between}");
}
