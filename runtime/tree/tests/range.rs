//! Mountain ranges: roots by definition, proofs of every record, forged proofs.

mod support;

use fvm_tree::{EMPTY, Hash, Malformed, MountainRange, Position, RangeProof};
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::keyed;

/// The root of a list, by its definition.
fn root_of(records: &[Vec<u8>]) -> Hash {
    let (mut rest, mut peaks) = (records, Vec::new());
    while !rest.is_empty() {
        let size = 1 << rest.len().ilog2();
        peaks.extend(mountain(&rest[..size]));
        rest = &rest[size..];
    }
    let count = (records.len() as u64).to_be_bytes();
    match records {
        [] => EMPTY,
        _ => keyed("fvm/range/1: count and peaks", &[&count, &peaks]),
    }
}

fn mountain(records: &[Vec<u8>]) -> Hash {
    if let [record] = records {
        return keyed("fvm/range/1: record", &[record]);
    }
    let (left, right) = records.split_at(records.len() / 2);
    keyed("fvm/range/1: two mountains", &[&mountain(left), &mountain(right)])
}

/// A range with these records, and the nodes it made.
fn range(records: &[Vec<u8>]) -> (MountainRange, BTreeMap<Position, Hash>) {
    let (mut range, mut nodes) = (MountainRange::new(), BTreeMap::new());
    for record in records {
        nodes.extend(range.append(record));
    }
    (range, nodes)
}

fn records(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| format!("record {number}").into_bytes()).collect()
}

#[test]
fn every_record_of_every_length_is_proved() {
    for count in 0..70 {
        let records = records(count);
        let (range, nodes) = range(&records);
        assert_eq!(range.count(), count as u64);
        assert_eq!(range.root(), root_of(&records));
        for (index, record) in records.iter().enumerate() {
            let proof = range.prove(index as u64, |at| nodes.get(&at).copied());
            let proof = proof.expect("all nodes are there");
            assert!(proof.verify(&range.root(), record));
            assert!(!proof.verify(&range.root(), b"another record"));
            assert_eq!((proof.index(), proof.count()), (index as u64, count as u64));
            assert_eq!(RangeProof::decode(&proof.encode()), Ok(proof));
        }
        assert_eq!(range.prove(count as u64, |at| nodes.get(&at).copied()), None);
    }
}

#[test]
fn peaks_suffice_for_appending() {
    let records = records(100);
    let mut kept = MountainRange::new();
    for (count, record) in records.iter().enumerate() {
        let parts = (kept.count(), kept.peaks().to_vec());
        kept = MountainRange::from_parts(parts.0, parts.1).expect("they belong together");
        kept.append(record);
        assert_eq!(kept.root(), root_of(&records[..=count]));
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    assert!(MountainRange::from_parts(0, vec![]).is_some());
    assert!(MountainRange::from_parts(0, vec![[1; 32]]).is_none());
    assert!(MountainRange::from_parts(3, vec![[1; 32]]).is_none());
    assert!(MountainRange::from_parts(3, vec![[1; 32]; 2]).is_some());
    assert!(MountainRange::from_parts(u64::MAX, vec![[1; 32]; 64]).is_none());
}

#[test]
fn a_missing_node_is_no_proof() {
    let (range, nodes) = range(&records(8));
    assert!(range.prove(3, |at| nodes.get(&at).copied()).is_some());
    assert_eq!(range.prove(3, |at| nodes.get(&at).copied().filter(|_| at.height != 1)), None);
}

#[test]
fn bytes_that_are_no_proof_say_why() {
    let head = |index: u64, count: u64| [index.to_be_bytes(), count.to_be_bytes()].concat();
    assert_eq!(RangeProof::decode(&[0; 15]), Err(Malformed::Length));
    assert_eq!(RangeProof::decode(&head(0, 0)), Err(Malformed::Index));
    assert_eq!(RangeProof::decode(&head(5, 5)), Err(Malformed::Index));
    assert_eq!(RangeProof::decode(&head(0, 2)), Err(Malformed::Length));
    assert_eq!(RangeProof::decode(&head(u64::MAX, u64::MAX)), Err(Malformed::Index));
    assert_eq!(RangeProof::decode(&head(0, u64::MAX)), Err(Malformed::Length));
    assert!(RangeProof::decode(&head(0, 1)).is_ok());
}

proptest! {
    #[test]
    fn a_changed_proof_is_refused(
        count in 1usize..200, pick in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(), flip in 1u8..
    ) {
        let records = records(count);
        let (range, nodes) = range(&records);
        let index = pick.index(count);
        let proof = range.prove(index as u64, |at| nodes.get(&at).copied());
        let mut bytes = proof.expect("all nodes are there").encode();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        if let Ok(forged) = RangeProof::decode(&bytes) {
            prop_assert_eq!(forged.encode(), bytes);
            prop_assert!(!forged.verify(&range.root(), &records[index]));
        }
    }

    #[test]
    fn hostile_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(proof) = RangeProof::decode(&bytes) {
            prop_assert_eq!(proof.encode(), bytes);
            prop_assert!(!proof.verify(&[1; 32], b"record"));
        }
    }
}
