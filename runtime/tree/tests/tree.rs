//! Whatever happened to a tree, its root is that of its entries; proofs say what they hold, and
//! forged ones are refused.

mod support;

use fvm_tree::{Change, CompactTree, DEPTH_MAX, EMPTY, End, Hash, Malformed, Proof, StateTree};
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::keyed;

/// The entries of a tree.
type Map = BTreeMap<Hash, Vec<u8>>;

/// The bits of a path, as text.
fn bits(path: &Hash) -> String {
    path.iter().map(|byte| format!("{byte:08b}")).collect()
}

/// The root of a map.
fn root_of(map: &Map) -> Hash {
    let entries: Vec<(String, &Hash, &Vec<u8>)> =
        map.iter().map(|(path, value)| (bits(path), path, value)).collect();
    subtree(&entries, 0)
}

fn subtree(entries: &[(String, &Hash, &Vec<u8>)], depth: usize) -> Hash {
    match entries {
        [] => [0; 32],
        [(_, path, value)] => {
            let value = blake3::hash(value);
            keyed("fvm/tree/1: path and value", &[&path[..], value.as_bytes()])
        }
        _ => {
            let is_left = |entry: &&(String, &Hash, &Vec<u8>)| &entry.0[depth..=depth] == "0";
            let lefts = entries.iter().filter(is_left).count();
            let (left, right) = entries.split_at(lefts);
            let (left, right) = (subtree(left, depth + 1), subtree(right, depth + 1));
            keyed("fvm/tree/1: two subtrees", &[&left, &right])
        }
    }
}

/// Paths that often share many bits, and often are the same: all zeros or all ones, with up to
/// three bits turned.
fn path() -> impl Strategy<Value = Hash> {
    let turned = prop::collection::vec(prop_oneof![0usize..6, 250usize..256, 0usize..256], 0..=3);
    let near = (any::<bool>(), turned).prop_map(|(ones, turned)| {
        let mut path = [if ones { 0xff } else { 0 }; 32];
        for bit in turned {
            path[bit / 8] ^= 0x80 >> (bit % 8);
        }
        path
    });
    prop_oneof![4 => near, 1 => any::<Hash>()]
}

/// A value, or nothing.
fn value() -> impl Strategy<Value = Option<Vec<u8>>> {
    prop::option::weighted(0.6, prop::collection::vec(any::<u8>(), 0..5))
}

/// Changes of one batch.
fn batch() -> impl Strategy<Value = Vec<(Hash, Option<Vec<u8>>)>> {
    prop::collection::vec((path(), value()), 0..24)
}

/// Does a batch to a map.
fn apply(map: &mut Map, batch: &[(Hash, Option<Vec<u8>>)]) {
    for (path, value) in batch {
        match value {
            Some(value) => drop(map.insert(*path, value.clone())),
            None => drop(map.remove(path)),
        }
    }
}

/// Changes of one batch: paths, and values or nothing.
type Batch = Vec<(Hash, Option<Vec<u8>>)>;

fn changes(batch: &Batch) -> Vec<Change> {
    let change = |(path, value): &(Hash, Option<Vec<u8>>)| match value {
        Some(value) => Change::write(*path, value),
        None => Change::erase(*path),
    };
    batch.iter().map(change).collect()
}

fn build(map: &Map) -> CompactTree {
    CompactTree::build(map.iter().map(|(path, value)| Change::write(*path, value)))
}

fn check(tree: &CompactTree, map: &Map) {
    assert_eq!(tree.root(), root_of(map), "{map:?}");
    assert_eq!(tree.len(), map.len());
    assert_eq!(tree.is_empty(), map.is_empty());
}

/// What the map says of a path is what the tree proves, and nothing else is proved.
fn check_proof(tree: &CompactTree, map: &Map, path: &Hash) {
    let proof = tree.prove(path);
    let (root, value) = (tree.root(), map.get(path).map(Vec::as_slice));
    assert!(proof.verify(&root, path, value), "{proof:?}");
    assert!(!proof.verify(&root, path, Some(b"something else")));
    assert!(value.is_none() || !proof.verify(&root, path, None));
    let mut other = root;
    other[7] ^= 1;
    assert!(!proof.verify(&other, path, value));
    let bytes = proof.encode();
    assert_eq!(Proof::decode(&bytes), Ok(proof));
}

/// How many histories each test makes: `FVM_TREE_CASES`, 400 without it.
fn cases() -> u32 {
    std::env::var("FVM_TREE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn the_root_is_that_of_the_entries(history in prop::collection::vec(batch(), 0..8)) {
        let (mut tree, mut map) = (CompactTree::new(), Map::new());
        for batch in &history {
            apply(&mut map, batch);
            let before = tree.clone();
            prop_assert_eq!(tree.root_after(changes(batch)), root_of(&map));
            prop_assert_eq!(tree.root(), before.root());
            let root = tree.update(changes(batch));
            prop_assert_eq!(root, tree.root());
            check(&tree, &map);
            for (path, _) in batch {
                check_proof(&tree, &map, path);
            }
        }
        check(&build(&map), &map);
        for path in map.keys() {
            check_proof(&tree, &map, path);
        }
        // The history once more, one change at a time, and then everything taken away.
        let mut tree = CompactTree::new();
        for change in history.iter().flat_map(changes) {
            tree.update(vec![change]);
        }
        check(&tree, &map);
        tree.update(map.keys().map(|path| Change::erase(*path)).collect());
        check(&tree, &Map::new());
    }

    #[test]
    fn what_a_path_does_not_hold_is_proved(first in batch(), paths in prop::collection::vec(path(), 8)) {
        let mut map = Map::new();
        apply(&mut map, &first);
        let tree = build(&map);
        for path in &paths {
            check_proof(&tree, &map, path);
        }
    }

    #[test]
    fn batches_are_done_or_dropped(first in batch(), second in batch(), third in batch()) {
        let mut map = Map::new();
        apply(&mut map, &first);
        let mut tree = build(&map);
        let dropped = tree.prepare(changes(&second));
        let kept = tree.prepare(changes(&third));
        check(&tree, &map);
        apply(&mut map, &third);
        prop_assert_eq!(kept.root(), root_of(&map));
        prop_assert!(tree.commit(kept).is_ok());
        check(&tree, &map);
        // What was worked out for the tree as it was is refused, and does no harm.
        prop_assert!(tree.commit(dropped).is_err());
        check(&tree, &map);
        let places = tree.memory();
        for _ in 0..20 {
            tree.update(changes(&second));
            tree.update(changes(&third));
        }
        apply(&mut map, &second);
        apply(&mut map, &third);
        check(&tree, &map);
        // Places are used again.
        prop_assert!(tree.memory() <= 4 * places + 100_000);
    }

    #[test]
    fn a_changed_proof_is_refused(
        first in batch(), pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), flip in 1u8..
    ) {
        let mut map = Map::new();
        apply(&mut map, &first);
        let tree = build(&map);
        let paths: Vec<Hash> = first.iter().map(|(path, _)| *path).chain([[0x55; 32]]).collect();
        let path = paths[pick.index(paths.len())];
        let value = map.get(&path).map(Vec::as_slice);
        let mut bytes = tree.prove(&path).encode();
        for end in 0..bytes.len() {
            prop_assert!(Proof::decode(&bytes[..end]).is_err());
        }
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        if let Ok(forged) = Proof::decode(&bytes) {
            prop_assert_eq!(&forged.encode(), &bytes);
            prop_assert!(!forged.verify(&tree.root(), &path, value));
            prop_assert!(!forged.verify(&tree.root(), &path, Some(b"forged")));
            // Nor does it prove the opposite.
            prop_assert!(value.is_none() || !forged.verify(&tree.root(), &path, None));
        }
    }

    #[test]
    fn hostile_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), path in path()) {
        if let Ok(proof) = Proof::decode(&bytes) {
            prop_assert_eq!(proof.encode(), bytes);
            prop_assert!(!proof.verify(&[1; 32], &path, None));
        }
    }
}

#[test]
fn paths_that_differ_in_the_last_bit_are_256_deep() {
    let (low, mut high) = ([0xa5; 32], [0xa5; 32]);
    high[31] ^= 1;
    let map = Map::from([(low, b"low".to_vec()), (high, b"high".to_vec())]);
    let mut tree = build(&map);
    check(&tree, &map);
    let proof = tree.prove(&high);
    assert_eq!(proof.siblings().len(), DEPTH_MAX);
    assert!(proof.verify(&tree.root(), &high, Some(b"high")));
    // Empty siblings cost a bit each.
    assert_eq!(proof.encode().len(), 1 + 2 + 32 + 32);
    // Without the other, the entry is the tree.
    tree.update(vec![Change::erase(low)]);
    let proof = tree.prove(&high);
    assert_eq!((proof.siblings().len(), proof.end()), (0, End::Here));
    assert!(proof.verify(&tree.root(), &high, Some(b"high")));
    assert!(tree.prove(&low).verify(&tree.root(), &low, None));
}

#[test]
fn a_tree_without_entries_proves_that_it_has_none() {
    let tree = CompactTree::new();
    assert_eq!(tree.root(), EMPTY);
    let proof = tree.prove(&[3; 32]);
    assert!(proof.verify(&EMPTY, &[3; 32], None));
    assert!(!proof.verify(&EMPTY, &[3; 32], Some(b"")));
    assert_eq!(proof.encode(), [0, 0, 0]);
}

#[test]
fn an_empty_value_is_a_value() {
    let mut tree = CompactTree::new();
    tree.update(vec![Change::write([1; 32], b"")]);
    assert_eq!(tree.len(), 1);
    assert!(tree.prove(&[1; 32]).verify(&tree.root(), &[1; 32], Some(b"")));
}

#[test]
fn of_two_changes_of_a_path_the_last_counts() {
    let (path, mut tree) = ([9; 32], CompactTree::new());
    let write = |value: &[u8]| Change::write(path, value);
    let once = tree.root_after(vec![write(b"b")]);
    assert_eq!(tree.update(vec![write(b"a"), Change::erase(path), write(b"b")]), once);
    assert_eq!(tree.update(vec![write(b"c"), Change::erase(path)]), EMPTY);
}

#[test]
fn a_proof_of_another_path_proves_nothing() {
    // The only leaf beside a path is a proof of absence; offered for a path that branches off
    // before it, or for its own, it is none.
    let (there, absent) = ([0; 32], [1; 32]);
    let other = [0x80; 32];
    let entries = [(there, "there"), (other, "other")];
    let tree = CompactTree::build(entries.map(|(path, text)| Change::write(path, text.as_bytes())));
    let proof = tree.prove(&absent);
    assert!(matches!(proof.end(), End::Other { path, .. } if path == there));
    assert!(proof.verify(&tree.root(), &absent, None));
    assert!(!proof.verify(&tree.root(), &there, None));
    assert!(!proof.verify(&tree.root(), &other, None));
    assert!(!proof.verify(&tree.root(), &[0xff; 32], None));
}

#[test]
fn bytes_that_are_no_proof_say_why() {
    let refused = |bytes: &[u8], why| assert_eq!(Proof::decode(bytes), Err(why));
    refused(&[], Malformed::Length);
    refused(&[0, 0], Malformed::Length);
    refused(&[0, 0, 0, 0], Malformed::Length);
    refused(&[3, 0, 0], Malformed::Kind);
    refused(&[0, 1, 1], Malformed::Depth);
    refused(&[0, 0xff, 0xff], Malformed::Depth);
    refused(&[0, 0, 1, 0x40], Malformed::Padding);
    refused(&[0, 0, 1, 0x80], Malformed::Length);
    refused(&[&[0, 0, 1, 0x80][..], &[0; 32]].concat(), Malformed::Empty);
    refused(&[2, 0, 0], Malformed::Length);
    assert_eq!(Proof::decode(&[1, 0, 0]).map(|proof| proof.end()), Ok(End::Here));
}

#[test]
fn a_small_stack_is_enough() {
    // Chains of 256 levels, made and taken away beside each other.
    let work = || {
        let paths = (0..=255u8).flat_map(|first| {
            let low = [first; 32];
            let mut high = low;
            high[31] ^= 1;
            [low, high]
        });
        let paths: Vec<Hash> = paths.collect();
        let mut tree = CompactTree::build(paths.iter().map(|path| Change::write(*path, b"here")));
        assert_eq!(tree.len(), 512);
        tree.update(paths.iter().skip(1).map(|path| Change::erase(*path)).collect());
        assert_eq!(tree.len(), 1);
        drop(tree.prove(&paths[1]));
    };
    let thread = std::thread::Builder::new().stack_size(128 << 10).spawn(work);
    thread.expect("a thread starts").join().expect("the work is done");
}

/// Roots that other programs can be compared with.
#[test]
fn known_roots() {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let tree = CompactTree::build((0u64..100).map(|number| {
        let path = *blake3::hash(&number.to_be_bytes()).as_bytes();
        Change::write(path, format!("value {number}").as_bytes())
    }));
    let one = CompactTree::build([Change::write([7; 32], b"seven")]);
    assert_eq!(
        hex(&one.root()),
        "87ff8af6ab88dfd768cf2efb067ddc29a82c0ff2e5068e9a75dd508c45746044"
    );
    assert_eq!(
        hex(&tree.root()),
        "ea837d2740a2dac6346d3e48658499b4b4e59c2669091bb16287ca6a0063798a"
    );
}
