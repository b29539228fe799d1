//! The pool when more comes than it takes: bounded, and honest signers find room.

use fvm_keys::{Address, KeyKind, KeyPair, Signature};
use fvm_ledger::block::SignedTransaction;
use fvm_ledger::transaction::{Action, Refusal, Transaction};
use fvm_node::pool::{GAPPED_MAX, NONCES_AHEAD_MAX, POOL_MAX, Pool, PoolError, Room, Signer};
use std::convert::Infallible;

const RICH: u128 = 1 << 100;
const GAS: u64 = 1_000_000;

/// Any signature: the pool does not look at it.
fn signature() -> Signature {
    let key = KeyPair::from_secret(KeyKind::Ed25519, &[1; 32]).expect("a secret");
    key.sign(&[0; 32]).expect("a key signs")
}

fn name(number: u64) -> Address {
    Address::of_name(&number.to_string())
}

struct Setting {
    pool: Pool,
    signature: Signature,
}

impl Setting {
    fn new() -> Setting {
        Setting { pool: Pool::default(), signature: signature() }
    }

    fn make(&self, signer: u64, nonce: u64, tip: u128) -> SignedTransaction {
        let actions = vec![Action::Pay { to: name(0), value: 1 }];
        let (signer, fee_max) = (name(signer), 1_000 + tip);
        let (chain, valid_until) = (1, None);
        let transaction =
            Transaction { chain, signer, nonce, gas: GAS, fee_max, tip, valid_until, actions };
        SignedTransaction { transaction, signature: self.signature }
    }

    fn add(&mut self, signer: u64, nonce: u64, tip: u128) -> Result<(), PoolError> {
        let signed = self.make(signer, nonce, tip);
        self.pool.add(signed, Signer { nonce: 0, balance: RICH, base_fee: 1_000 }).map(|_| ())
    }

    fn chosen(&self, count: u64, base_fee: u128) -> Vec<(Address, u64)> {
        let chosen = self.pool.choose(Room::of_gas(count * GAS), base_fee).into_iter();
        chosen.map(|signed| (signed.transaction.signer, signed.transaction.nonce)).collect()
    }
}

#[test]
fn who_pays_more_comes_first_and_nonces_stay_in_order() {
    let mut setting = Setting::new();
    for (signer, nonce, tip) in [(1, 0, 5), (2, 0, 7), (2, 1, 1), (3, 1, 100), (4, 0, 5), (5, 0, 0)]
    {
        setting.add(signer, nonce, tip).expect("there is room");
    }
    let all = [(2, 0), (1, 0), (4, 0), (2, 1), (5, 0)].map(|(of, nonce)| (name(of), nonce));
    assert_eq!(setting.chosen(9, 1_000), all);
    assert_eq!(setting.chosen(2, 1_000), all[..2]);
    // Who does not offer the base fee waits until it falls.
    assert_eq!(setting.chosen(9, 1_006), all[..1]);
    assert!(setting.pool.is_ready());
    // What was missing comes, and the one behind it pays more than all.
    setting.add(3, 0, 0).expect("there is room");
    assert_eq!(setting.chosen(9, 1_000)[5..], [(name(3), 0), (name(3), 1)]);
}

#[test]
fn a_full_pool_has_room_for_who_offers_more() {
    let mut setting = Setting::new();
    let per_signer = 250;
    for number in 0..POOL_MAX as u64 {
        setting.add(1 + number / per_signer, number % per_signer, 10).expect("there is room");
    }
    assert_eq!(setting.pool.len(), POOL_MAX);
    assert_eq!(setting.add(1_000, 0, 10), Err(PoolError::Full));
    assert_eq!(setting.add(1_000, 0, 11), Ok(()));
    assert_eq!(setting.pool.len(), POOL_MAX, "somebody else has gone");
    assert_eq!(setting.chosen(1, 1_000), [(name(1_000), 0)]);
    // The last of the signer who came last, so that none of the others waits for it.
    let last = POOL_MAX as u64 / per_signer;
    assert_eq!(setting.pool.next_nonce(name(last), 0), per_signer - 1);
    // Nobody makes room for what cannot stand in a block.
    assert_eq!(setting.add(1_001, 1, 1_000), Err(PoolError::Full));
}

#[test]
fn who_finds_no_room_takes_none_from_others() {
    let mut setting = Setting::new();
    let signer = Signer { nonce: 0, balance: RICH, base_fee: 1_000 };
    let long = |setting: &Setting, signer: u64, tip: u128| {
        let mut signed = setting.make(signer, 0, tip);
        signed.transaction.actions = vec![Action::Upload { package: vec![vec![0; 2_000_000]] }];
        signed
    };
    setting.add(1, 0, 1).expect("there is room");
    let mut others = 2;
    while setting.pool.add(long(&setting, others, 100), signer).is_ok() {
        others += 1;
    }
    let before = setting.pool.len();
    assert!(before > 60);
    // The one that offers less is short: it would not be enough.
    assert_eq!(setting.pool.add(long(&setting, 1_000, 50), signer), Err(PoolError::Full));
    assert_eq!((setting.pool.len(), setting.pool.next_nonce(name(1), 0)), (before, 1));
    assert!(setting.pool.add(long(&setting, 1_000, 200), signer).is_ok());
    assert!(setting.pool.len() <= before);
}

#[test]
fn transactions_behind_missing_ones_do_not_fill_the_pool() {
    let mut setting = Setting::new();
    let missing = Err(PoolError::Refused(Refusal::NonceAhead));
    for number in 0..GAPPED_MAX as u64 {
        setting.add(1 + number / 250, 1 + number % 250, 10).expect("there is room");
    }
    assert_eq!(setting.add(1_000, 1, 1_000), missing);
    assert_eq!(setting.add(1_000, NONCES_AHEAD_MAX + 1, 1), Err(PoolError::TooFarAhead));
    assert_eq!(setting.add(1_000, 0, 1), Ok(()));
    assert_eq!(setting.add(1_000, 1, 1), Ok(()));
    assert!(setting.pool.is_ready());
    // When the first comes, those behind it are missing nothing.
    assert_eq!(setting.add(1, 0, 10), Ok(()));
    assert_eq!(setting.add(1_001, 1, 10), Ok(()));
}

#[test]
fn nobody_promises_the_same_coins_twice() {
    let mut setting = Setting::new();
    let cost = u128::from(GAS) * 1_010 + 1;
    let signer = Signer { nonce: 0, balance: 2 * cost, base_fee: 1_000 };
    for nonce in 0..2 {
        let signed = setting.make(1, nonce, 10);
        setting.pool.add(signed, signer).expect("there are coins");
    }
    let poor = Err(PoolError::Refused(Refusal::NotEnoughCoins));
    assert_eq!(setting.pool.add(setting.make(1, 2, 10), signer), poor);
    // One that takes the place of another has the coins of that one.
    let richer = Signer { balance: 2 * cost + 200 * u128::from(GAS), ..signer };
    assert_eq!(setting.pool.add(setting.make(1, 1, 50), richer), Err(PoolError::Replacement));
    assert!(setting.pool.add(setting.make(1, 1, 200), richer).is_ok());
    assert_eq!(setting.pool.len(), 2);
}

#[test]
fn what_stood_or_never_can_is_forgotten() {
    let mut setting = Setting::new();
    for nonce in 0..4 {
        setting.add(1, nonce, 10).expect("there is room");
    }
    let mut late = setting.make(2, 0, 10);
    late.transaction.valid_until = Some(7);
    let signer = Signer { nonce: 0, balance: RICH, base_fee: 1_000 };
    setting.pool.add(late, signer).expect("there is room");
    let stood = setting.pool.choose(Room::of_gas(2 * GAS), 1_000);
    setting.pool.settle(6, &stood, |_| Ok::<_, Infallible>(2)).expect("readable");
    assert_eq!(setting.pool.len(), 3);
    assert_eq!(setting.chosen(9, 1_000)[..1], [(name(1), 2)]);
    setting.pool.settle(7, &[], |_| Ok::<_, Infallible>(2)).expect("readable");
    assert_eq!(setting.chosen(9, 1_000), [(name(1), 2), (name(1), 3)]);
    // One that was refused in a block is gone, though its nonce is not used.
    let stood = setting.pool.choose(Room::of_gas(GAS), 1_000);
    setting.pool.settle(8, &stood, |_| Ok::<_, Infallible>(2)).expect("readable");
    assert!(!setting.pool.is_ready());
    assert_eq!(setting.pool.len(), 1);
}
