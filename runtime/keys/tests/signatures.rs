//! Signatures as others use them: of both kinds, encoded, alone and in batches.

use borsh::BorshDeserialize;
use fvm_keys::batch::CHUNK;
use fvm_keys::{
    Check, Hash, KeyError, KeyKind, KeyPair, PublicKey, Signature, SignatureError, verify_batch,
    verify_shared,
};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

/// A key of this kind, of which there are many.
fn key(kind: KeyKind, number: u8) -> KeyPair {
    let mut secret = [7; 32];
    secret[0] = number;
    KeyPair::from_secret(kind, &secret).expect("a key")
}

fn check(kind: KeyKind, number: u8, hash: Hash) -> Check {
    Check { signature: key(kind, number).sign(&hash).expect("a signature"), hash }
}

#[test]
fn what_a_key_signs_is_its_own() {
    let hash = [9; 32];
    for kind in KeyKind::ALL {
        let pair = key(kind, 1);
        let signature = pair.sign(&hash).expect("a signature");
        assert_eq!(pair.sign(&hash), Ok(signature), "the same each time");
        assert_eq!(signature.kind(), kind);
        assert_eq!(signature.recover(&hash), Ok(pair.public()));
        assert_eq!(signature.signer(&hash).ok(), pair.public().address().ok());
        assert_eq!(signature.verify(&pair.public(), &hash), Ok(()));
        let other = key(kind, 2).public();
        assert_eq!(signature.verify(&other, &hash), Err(SignatureError::Wrong));
        assert!(signature.verify(&pair.public(), &[8; 32]).is_err());
    }
}

#[test]
fn the_same_secret_has_two_addresses() {
    let [one, other] = KeyKind::ALL.map(|kind| key(kind, 1).public().address());
    assert_ne!(one, other);
}

#[test]
fn a_pair_prints_without_its_secret() {
    for kind in KeyKind::ALL {
        let text = format!("{:?}", key(kind, 1));
        assert!(text.contains(kind.name()), "{text}");
        assert!(!text.contains("070707"), "{text}");
    }
}

#[test]
fn encodings_begin_with_the_kind() {
    for (kind, key_length, length) in [(KeyKind::Ed25519, 33, 97), (KeyKind::Secp256k1, 34, 66)] {
        let pair = key(kind, 1);
        let bytes = borsh::to_vec(&pair.public()).expect("bytes");
        assert_eq!((bytes[0], bytes.len()), (kind as u8, key_length));
        assert_eq!(PublicKey::try_from_slice(&bytes).ok(), Some(pair.public()));
        let signature = pair.sign(&[1; 32]).expect("a signature");
        let bytes = borsh::to_vec(&signature).expect("bytes");
        assert_eq!((bytes[0], bytes.len()), (kind as u8, length));
        assert_eq!(bytes, signature.to_bytes());
        assert_eq!(Signature::try_from_slice(&bytes).ok(), Some(signature));
        assert_eq!(Signature::from_bytes(&bytes), Ok(signature));
    }
}

#[test]
fn lengths_and_kinds_are_checked() {
    for kind in KeyKind::ALL {
        let bytes = key(kind, 1).sign(&[1; 32]).expect("a signature").to_bytes();
        for length in 0..bytes.len() {
            let answer = Signature::from_bytes(&bytes[..length]);
            assert_eq!(answer, Err(SignatureError::Length(length)));
            assert!(Signature::try_from_slice(&bytes[..length]).is_err());
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(Signature::from_bytes(&longer), Err(SignatureError::Length(longer.len())));
        assert!(Signature::try_from_slice(&longer).is_err());
        let mut other = bytes;
        other[0] = 2;
        assert_eq!(Signature::from_bytes(&other), Err(SignatureError::UnknownKind(2)));
        assert_eq!(PublicKey::from_bytes(kind, &[2; 31]), Err(KeyError::Length(31)));
        assert_eq!("rsa".parse::<KeyKind>(), Err(KeyError::UnknownKind));
        assert_eq!(kind.name().parse(), Ok(kind));
    }
}

#[test]
fn a_key_of_small_order_signs_nothing() {
    // The neutral point as key and as half of a signature: ZIP-215 alone would take it.
    let mut bytes = [0; 97];
    (bytes[1], bytes[33]) = (1, 1);
    let small = SignatureError::Key(KeyError::SmallOrder);
    assert_eq!(Signature::from_bytes(&bytes), Err(small));
    assert!(Signature::try_from_slice(&bytes).is_err());
    assert!(PublicKey::try_from_slice(&bytes[..33]).is_err());
    let key = PublicKey::from_bytes(KeyKind::Ed25519, &bytes[1..33]);
    assert_eq!(key, Err(KeyError::SmallOrder));
}

#[test]
fn a_batch_names_the_wrong_ones() {
    // More than a chunk, of both kinds, with several by the same key.
    let kind = |at: usize| KeyKind::ALL[usize::from(at % 3 == 2)];
    let mut checks: Vec<Check> =
        (0..CHUNK + 9).map(|at| check(kind(at), (at % 11) as u8, [at as u8; 32])).collect();
    let right: Vec<_> = checks.iter().map(|check| check.signature.signer(&check.hash)).collect();
    assert!(right.iter().all(Result::is_ok));
    assert_eq!(verify_batch(&checks), right);

    let wrong = [4, 5, CHUNK + 3];
    for at in wrong {
        checks[at].hash[0] ^= 1;
    }
    let answers = verify_batch(&checks);
    for (at, (answer, right)) in answers.iter().zip(&right).enumerate() {
        assert_eq!(answer == right, !wrong.contains(&at), "{at}");
    }
    assert_eq!(answers[4], Err(SignatureError::Wrong));
}

#[test]
fn a_batch_can_be_shared_out_in_any_order() {
    let mut checks: Vec<Check> =
        (0..3 * CHUNK).map(|at| check(KeyKind::Ed25519, 1, [at as u8; 32])).collect();
    checks[7].hash = [0xff; 32];
    let backwards = |count: usize, work: &(dyn Fn(usize) + Sync)| (0..count).rev().for_each(work);
    assert_eq!(verify_shared(&checks, backwards), verify_batch(&checks));
    let threads = |count: usize, work: &(dyn Fn(usize) + Sync)| {
        std::thread::scope(|scope| {
            for number in 0..count {
                scope.spawn(move || work(number));
            }
        });
    };
    assert_eq!(verify_shared(&checks, threads), verify_batch(&checks));
    assert_eq!(verify_shared(&[], threads), []);
}

proptest! {
    #[test]
    fn a_batch_says_what_each_says_alone(
        changes in proptest::collection::vec((0..12_u8, 0..2_usize, 0..900_usize), 0..12)
    ) {
        // A change beyond the encoding changes nothing.
        let checks: Vec<Check> = changes.iter().filter_map(|(number, kind, bit)| {
            let mut check = check(KeyKind::ALL[*kind], *number, [*number; 32]);
            let mut bytes = check.signature.to_bytes();
            if let Some(byte) = bytes.get_mut(1 + bit / 8) {
                *byte ^= 1 << (bit % 8);
            }
            check.signature = Signature::from_bytes(&bytes).ok()?;
            Some(check)
        }).collect();
        let alone: Vec<_> = checks.iter().map(|c| c.signature.signer(&c.hash)).collect();
        prop_assert_eq!(verify_batch(&checks), alone);
    }

    #[test]
    fn bytes_that_are_taken_are_the_only_ones(bytes in proptest::collection::vec(any::<u8>(), 0..100), kind in 0..3_u8) {
        let bytes = [&[kind], &bytes[..]].concat();
        let read = Signature::from_bytes(&bytes);
        prop_assert_eq!(Signature::try_from_slice(&bytes).ok(), read.ok());
        if let Ok(signature) = read {
            prop_assert_eq!(&signature.to_bytes(), &bytes);
            let _ = signature.signer(&[0; 32]);
        }
        if let Ok(key) = PublicKey::try_from_slice(&bytes) {
            prop_assert_eq!(borsh::to_vec(&key).ok(), Some(bytes));
            let _ = key.address();
        }
    }
}
