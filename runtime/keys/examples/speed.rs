//! How long signatures take, on this machine: making and checking them, alone and in batches.
//!
//! `cargo run --release -p fvm-keys --example speed`

use fvm_keys::batch::CHUNK;
use fvm_keys::{
    Check, KeyKind, KeyPair, recover_secp256k1, verify_batch, verify_ed25519, verify_shared,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Signatures of one kind: few, so that a sample falls between other work of the machine.
const COUNT: usize = 2 * CHUNK;

/// How often everything is measured; the best counts.
const SAMPLES: usize = 100;

fn main() {
    for kind in KeyKind::ALL {
        let key = KeyPair::from_secret(kind, &[7; 32]).expect("a key");
        let hash = |at: usize| *blake3::hash(&at.to_le_bytes()).as_bytes();
        best(kind, "sign", || {
            (0..COUNT).for_each(|at| assert!(key.sign(&hash(at)).is_ok()));
        });
        // Each by a key of its own, as transactions are.
        let check = |at: usize| {
            let key = KeyPair::from_secret(kind, &hash(at)).expect("a key");
            Check { signature: key.sign(&hash(at)).expect("a signature"), hash: hash(at) }
        };
        let checks: Vec<Check> = (0..COUNT).map(check).collect();
        best(kind, "check, one by one", || {
            checks.iter().for_each(|check| assert!(check.signature.signer(&check.hash).is_ok()));
        });
        best(kind, "check, in batches", || {
            assert!(verify_batch(&checks).iter().all(Result::is_ok));
        });
        best(kind, "check, in batches on two threads", || {
            assert!(verify_shared(&checks, two_threads).iter().all(Result::is_ok));
        });
        let mut spoiled = checks.clone();
        spoiled.iter_mut().step_by(CHUNK).for_each(|check| check.hash[0] ^= 1);
        best(kind, "check, in batches of which each has a wrong one", || {
            assert_eq!(verify_batch(&spoiled).len(), COUNT);
        });
    }
    let key = KeyPair::from_secret(KeyKind::Ed25519, &[7; 32]).expect("a key");
    let signature = key.sign(&[1; 32]).expect("a signature").to_bytes();
    best(KeyKind::Ed25519, "as the machine checks one", || {
        let check = |_| assert!(verify_ed25519(key.public().bytes(), &signature[33..], &[1; 32]));
        (0..COUNT).for_each(check);
    });
    let key = KeyPair::from_secret(KeyKind::Secp256k1, &[7; 32]).expect("a key");
    let signature = key.sign(&[1; 32]).expect("a signature").to_bytes();
    best(KeyKind::Secp256k1, "as the machine recovers one", || {
        (0..COUNT).for_each(|_| assert!(recover_secp256k1(&signature[1..], &[1; 32]).is_some()));
    });
}

fn two_threads(count: usize, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let take_part = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return;
            }
            work(number);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(take_part);
        take_part();
    });
}

/// Prints the best time for one signature.
fn best(kind: KeyKind, what: &str, mut work: impl FnMut()) {
    let mut sample = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let best = (0..SAMPLES).map(|_| sample()).min().unwrap_or(Duration::ZERO);
    let each = best.as_secs_f64() * 1e6 / COUNT as f64;
    println!("{:<10} {what:<48} {each:8.2} µs, {:8.0} a second", kind.name(), 1e6 / each);
}
