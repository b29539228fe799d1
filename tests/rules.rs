//! The rules of the ledger, R1 to R18: each has a test that names it. Every block of every test is
//! run again from its differences, and coins are counted after it (`fscc_tests::chain`).

use fscc_tests::chain::{Chain, GAS, Package, RICHES, address, endings, sign};
use fvm_keys::Address;
use fvm_ledger::Ledger;
use fvm_ledger::account::{Key, SYSTEM};
use fvm_ledger::block::{MessageKind, Receipt};
use fvm_ledger::difference::Ending;
use fvm_ledger::genesis::Changes;
use fvm_ledger::parameters::{COIN, Parameters};
use fvm_ledger::transaction::{Action, Refusal};
use pretty_assertions::assert_eq;
use std::sync::LazyLock;

static PACKAGE: LazyLock<Package> =
    LazyLock::new(|| Package::compile("tests/ledger/world/Rules.scala"));

/// A ledger with a book and a relay that writes into it.
struct Setting {
    chain: Chain,
    book: Address,
    relay: Address,
}

impl Setting {
    fn new() -> Setting {
        Setting::with(Changes::default())
    }

    fn with(changes: Changes) -> Setting {
        let mut chain = Chain::new(changes);
        chain.upload(&PACKAGE);
        let book = chain.deploy(&PACKAGE, "rules.Book", &[]);
        let relay = chain.deploy(&PACKAGE, "rules.Relay", &book.0);
        Setting { chain, book, relay }
    }

    fn note(&self, digit: i64) -> Action {
        PACKAGE.call(self.book, ("rules.Book", "note"), &digit.to_be_bytes(), 0)
    }

    fn relay(&self, entry: &str, numbers: &[i64], value: u128) -> Action {
        let arguments: Vec<u8> = numbers.iter().flat_map(|n| n.to_be_bytes()).collect();
        PACKAGE.call(self.relay, ("rules.Relay", entry), &arguments, value)
    }

    fn digits(&self) -> i64 {
        self.chain.number(&PACKAGE, self.book, ("rules.Book", "digits"))
    }

    fn ends(&self) -> i64 {
        self.chain.number(&PACKAGE, self.relay, ("rules.Relay", "state"))
    }
}

#[test]
fn r01_messages_run_in_one_order_and_what_they_send_comes_after() {
    let mut setting = Setting::new();
    let fan = setting.relay("fan", &[1, 3], 0);
    let first = setting.chain.signed("alice", vec![fan]);
    let second = setting.chain.signed("bob", vec![setting.note(7), setting.note(8)]);
    let receipts = setting.chain.block(vec![first, second]);
    // The relay's messages were sent while bob's were delivered: they come behind them.
    assert_eq!(setting.digits(), 78_123);
    assert!(receipts.iter().all(|receipt| matches!(receipt.ending, Ending::Done(_))));
}

#[test]
fn r02_a_conversation_finishes_in_one_block_round_by_round() {
    let mut setting = Setting::new();
    let receipts = setting.chain.act("alice", setting.relay("ask", &[4], 0));
    let rounds: Vec<(u32, MessageKind)> = receipts.iter().map(|r| (r.round, r.kind)).collect();
    let ask = PACKAGE.method("rules.Relay", "ask");
    let note = PACKAGE.method("rules.Book", "note");
    let expected = vec![
        (0, MessageKind::Transaction),
        (1, MessageKind::Call(ask)),
        (2, MessageKind::Call(note)),
        (3, MessageKind::Reply),
    ];
    assert_eq!(rounds, expected);
    assert_eq!(setting.ends(), 4);
}

#[test]
fn r02a_a_transaction_is_a_message_to_its_signers_account() {
    let mut chain = Chain::default();
    let (bob, coins) = (address("bob"), 12 * COIN);
    let receipts = chain.act("alice", Action::Pay { to: bob, value: coins });
    assert_eq!(receipts[0].to, address("alice"));
    assert_eq!((receipts[1].from, receipts[1].to), (address("alice"), bob));
    assert_eq!(chain.balance(bob), RICHES + coins);
    // Two that spend the same coins cannot race: they wait for the same account.
    let all = RICHES / 2 + RICHES / 4;
    let pay = |chain: &mut Chain| chain.signed("carol", vec![Action::Pay { to: bob, value: all }]);
    let (first, second) = (pay(&mut chain), pay(&mut chain));
    let receipts = chain.block(vec![first, second]);
    let refused = Ending::Refused(Refusal::NotEnoughCoins);
    assert_eq!(receipts.iter().filter(|receipt| receipt.ending == refused).count(), 1);
    assert_eq!(chain.balance(bob), RICHES + coins + all);
}

#[test]
fn r03_reserved_gas_decides_what_a_block_takes_and_the_rest_waits_in_order() {
    let block_gas = Some(4 * GAS);
    let mut setting = Setting::with(Changes { block_gas, ..Changes::default() });
    let mut transactions = Vec::new();
    for digit in 1..=7 {
        let note = setting.note(digit);
        transactions.push(setting.chain.signed("alice", vec![note]));
    }
    let receipts = setting.chain.block(transactions);
    // Four fit at once; what they do not use lets others follow in later rounds.
    assert_eq!(receipts.iter().filter(|receipt| receipt.round == 0).count(), 4);
    setting.chain.settle();
    assert_eq!(setting.digits(), 1_234_567);
}

#[test]
fn r03_what_no_block_takes_does_not_stop_the_ledger() {
    let mut setting = Setting::new();
    // A proposer may put anything into a block.
    let mut greedy = setting.chain.transaction("alice", vec![setting.note(1)]);
    greedy.gas = u64::MAX / 16;
    let first = setting.chain.signed("bob", vec![setting.note(2)]);
    let last = setting.chain.signed("bob", vec![setting.note(3)]);
    let mut receipts = setting.chain.block(vec![first, sign("alice", greedy), last]);
    receipts.extend(setting.chain.block(Vec::new()));
    let refused = Ending::Refused(Refusal::GasTooHigh);
    assert_eq!(receipts.iter().filter(|receipt| receipt.ending == refused).count(), 1);
    assert_eq!(setting.digits(), 23);
}

#[test]
fn r03_and_r15_what_waits_outlasts_smaller_blocks() {
    let changes = Changes { epoch_blocks: Some(4), ..Changes::default() };
    let mut setting = Setting::with(changes);
    let parameters = setting.chain.ledger.parameters().clone();
    let epoch = setting.chain.ledger.header().height / 4 + 3;
    let small = Parameters { version: 2, block_gas: 4_000_000, ..parameters };
    let govern = Action::Govern { epoch, parameters: Box::new(small) };
    assert_eq!(endings(&setting.chain.act("alice", govern)), ["done", "done"]);
    // Two calls with far more gas than the share of scheduled calls in the small blocks.
    for digit in [6, 7] {
        setting.chain.act("alice", setting.relay("later", &[1000, digit], 0));
    }
    while setting.chain.ledger.header().height + 1 < epoch * 4 {
        setting.chain.block(Vec::new());
    }
    setting.chain.time += 2000;
    for _ in 0..6 {
        setting.chain.block(Vec::new());
    }
    assert_eq!(setting.chain.ledger.header().parameters, 2);
    assert_eq!(setting.digits(), 67);
    assert!(setting.chain.ledger.queue().is_empty());
}

#[test]
fn r03_a_block_ends_after_its_rounds() {
    let mut setting = Setting::new();
    let receipts = setting.chain.act("alice", setting.relay("again", &[], 0));
    let rounds = receipts.iter().map(|receipt| receipt.round).max();
    assert!(rounds <= Some(63));
    // The chain of messages has less gas at every step, and so an end.
    setting.chain.settle();
    assert!(setting.chain.ledger.queue().is_empty());
}

#[test]
fn r04_messages_of_one_sender_to_one_receiver_keep_their_order() {
    let mut setting = Setting::new();
    let fan = setting.relay("fan", &[1, 9], 0);
    setting.chain.act("alice", fan);
    assert_eq!(setting.digits(), 123_456_789);
}

#[test]
fn r05_ids_are_unique_and_hops_are_counted() {
    let mut setting = Setting::new();
    let receipts = setting.chain.act("alice", setting.relay("fan", &[1, 9], 0));
    let mut ids: Vec<_> = receipts.iter().map(|receipt| receipt.message).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), receipts.len());
    let trace = receipts[0].message;
    assert!(receipts.iter().all(|receipt| receipt.trace == trace));
}

#[test]
fn r06_the_sender_is_who_sent_it_and_nobody_else() {
    let mut chain = Chain::default();
    let mut forged = chain.transaction("alice", vec![Action::Pay { to: address("bob"), value: 1 }]);
    forged.signer = address("carol");
    assert!(sign("alice", forged).verify().is_err());
    let signed = chain.signed("bob", vec![Action::Pay { to: address("bob"), value: 1 }]);
    assert_eq!(signed.verify(), Ok(()));
}

#[test]
fn r07_an_aborted_handler_leaves_nothing() {
    let mut setting = Setting::new();
    let before = setting.chain.ledger.account(setting.relay).expect("readable");
    let (alice, proposer) = (address("alice"), setting.chain.proposer);
    let coins = |chain: &Chain| {
        chain.balance(alice) + chain.balance(proposer) + chain.ledger.header().burned
    };
    let held = coins(&setting.chain);
    let receipts = setting.chain.act("alice", setting.relay("abortAtTheEnd", &[], COIN));
    assert_eq!(endings(&receipts), ["done", "Sorry"]);
    assert!(receipts[1].events.is_empty() && receipts[1].emissions.is_empty());
    assert_eq!(setting.chain.ledger.account(setting.relay).expect("readable"), before);
    assert_eq!(setting.ends(), 0);
    assert_eq!(coins(&setting.chain), held, "all coins but those for gas came back");
    assert_eq!(setting.chain.ledger.calendar().iter().count(), 0);
}

#[test]
fn r08_value_is_somewhere_at_every_moment() {
    let mut setting = Setting::new();
    let stranger = Address::of_name("stranger");
    let pay = PACKAGE.call(setting.relay, ("rules.Relay", "payOut"), &stranger.0, 5 * COIN);
    setting.chain.act("alice", pay);
    assert_eq!(setting.chain.balance(stranger), 5 * COIN);
    assert_eq!(setting.ends(), 1, "the sender is told that it was delivered");
    // To an address without code: coins are credited, a call comes back.
    let call = PACKAGE.call(stranger, ("rules.Book", "refuse"), &[], COIN);
    let receipts = setting.chain.act("alice", call);
    assert_eq!(endings(&receipts), ["done", "NoContract"]);
    assert_eq!(setting.chain.balance(stranger), 5 * COIN);
    // An entry that takes none sends coins back.
    let note = PACKAGE.call(setting.book, ("rules.Book", "note"), &[0; 8], COIN);
    assert_eq!(endings(&setting.chain.act("alice", note)), ["done", "NotPayable"]);
    assert_eq!(setting.chain.balance(setting.book), 0);
}

#[test]
fn r09_every_request_has_one_answer() {
    let mut setting = Setting::new();
    for (entry, numbers, end) in
        [("ask", &[5][..], 5), ("spinThere", &[], 55), ("fan", &[1, 2], 55)]
    {
        let receipts = setting.chain.act("alice", setting.relay(entry, numbers, 0));
        let requests = |receipt: &&Receipt| receipt.from == setting.relay;
        let answers = |receipt: &&Receipt| {
            receipt.to == setting.relay
                && matches!(receipt.kind, MessageKind::Reply | MessageKind::Bounce)
        };
        let requests = receipts.iter().filter(requests).count();
        assert_eq!(receipts.iter().filter(answers).count(), requests, "{entry}");
        assert_eq!(setting.ends(), end, "{entry}");
    }
    // Nothing that was saved for an answer stays.
    let mut left = 0;
    let prefix = [&setting.relay.0[..], &[0xff, 0xff, 1]].concat();
    let backend = setting.chain.ledger.backend();
    let table = fvm_ledger::backend::Table::Storage;
    let count = &mut |_: &[u8], _: &[u8]| {
        left += 1;
        true
    };
    fvm_ledger::backend::Backend::scan(backend, table, &prefix, &[], count).expect("readable");
    assert_eq!(left, 0);
}

#[test]
fn r09_a_request_that_waits_too_long_comes_back() {
    let changes =
        Changes { block_gas: Some(4 * GAS), deadline_blocks: Some(2), ..Changes::default() };
    let mut setting = Setting::with(changes);
    // Each of these reserves a whole block's share, so that some wait for longer than they may.
    let mut transactions = Vec::new();
    for _ in 0..40 {
        let spin = PACKAGE.call(setting.book, ("rules.Book", "spin"), &[], 0);
        transactions.push(setting.chain.signed("alice", vec![spin]));
    }
    let mut receipts = setting.chain.block(transactions);
    receipts.extend(setting.chain.settle());
    let ends = endings(&receipts);
    assert!(ends.iter().any(|end| end == "OutOfGas"), "some ran");
    assert!(ends.iter().any(|end| end == "TimedOut"), "some came back");
}

#[test]
fn r10_a_bounce_brings_back_all_coins() {
    let mut setting = Setting::new();
    let receipts = setting.chain.act("alice", setting.relay("bounce", &[], 3 * COIN));
    assert_eq!(endings(&receipts), ["done", "done", "Refused", "done"]);
    assert_eq!(setting.chain.balance(setting.relay), 3 * COIN);
    let back = setting.chain.view(&PACKAGE, setting.relay, ("rules.Relay", "returned"));
    assert_eq!(u128::from_be_bytes(back.try_into().expect("16 bytes")), 3 * COIN);
    assert_eq!(setting.ends(), 3);
    // A transaction's request that comes back gives its coins to the signer.
    let before = setting.chain.balance(address("bob"));
    let refuse = PACKAGE.call(setting.book, ("rules.Book", "refuse"), &[], COIN);
    let receipts = setting.chain.act("bob", refuse);
    assert_eq!(endings(&receipts), ["done", "Refused"]);
    let fees: u128 = receipts.iter().map(|r| u128::from(r.gas_used)).sum::<u128>() * 1_010;
    assert_eq!(setting.chain.balance(address("bob")), before - fees);
}

#[test]
fn r11_coins_of_a_bounce_stay_when_its_handler_fails() {
    let mut setting = Setting::new();
    let receipts = setting.chain.act("alice", setting.relay("fragile", &[], 2 * COIN));
    assert_eq!(endings(&receipts), ["done", "done", "Refused", "dead letter: Sorry"]);
    assert_eq!(setting.chain.balance(setting.relay), 2 * COIN);
    assert_eq!(setting.ends(), 0, "the handler's own changes are undone");
    let account = setting.chain.ledger.account(setting.relay).expect("readable");
    assert_eq!(account.and_then(|a| a.contract).map(|c| c.dead_letters), Some(1));
    let letter = setting.chain.ledger.stored(setting.relay, &Key::dead_letter(0));
    let Ending::DeadLetter(problem) = &receipts[3].ending else { panic!("a dead letter") };
    let hash = blake3::hash(problem);
    assert_eq!(letter.expect("readable").as_deref(), Some(&hash.as_bytes()[..]));
}

#[test]
fn r12_the_answer_can_run_whatever_the_receiver_does() {
    let mut setting = Setting::new();
    let receipts = setting.chain.act("alice", setting.relay("spinThere", &[], 0));
    assert_eq!(endings(&receipts), ["done", "done", "OutOfGas", "done"]);
    assert_eq!(setting.ends(), 5);
    // Too little for what is sent: nothing is sent.
    let ask = setting.relay("ask", &[1], 0);
    let mut transaction = setting.chain.transaction("alice", vec![ask]);
    transaction.gas = 800_000;
    let receipts = setting.chain.block(vec![sign("alice", transaction)]);
    assert_eq!(endings(&receipts), ["done", "OutOfGas"]);
}

#[test]
fn r13_gas_that_is_not_used_goes_back_to_who_paid() {
    let mut setting = Setting::new();
    let before = setting.chain.balance(address("dave"));
    let receipts = setting.chain.act("dave", setting.relay("ask", &[1], 0));
    let price = 1_010;
    let used: u128 = receipts.iter().map(|receipt| u128::from(receipt.gas_used)).sum();
    let spent = before - setting.chain.balance(address("dave"));
    let account = setting.chain.ledger.account(setting.relay).expect("readable").expect("there");
    let book = setting.chain.ledger.account(setting.book).expect("readable").expect("there");
    let deposits = account.deposit + book.deposit;
    assert!(spent >= used * price && spent - used * price <= deposits, "{spent} {used}");
    assert!(used < u128::from(GAS) / 100);
}

#[test]
fn r14_a_handler_is_never_entered_twice() {
    let mut setting = Setting::new();
    // The relay asks itself: the request waits until the handler has ended.
    let receipts = setting.chain.act("alice", setting.relay("again", &[], 0));
    let to_relay: Vec<u32> =
        receipts.iter().filter(|r| r.to == setting.relay).map(|r| r.position).collect();
    assert!(to_relay.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(to_relay.len() > 2);
}

#[test]
fn r15_a_scheduled_call_comes_at_its_time_unless_it_is_cancelled() {
    let mut setting = Setting::new();
    setting.chain.act("alice", setting.relay("later", &[100, 6], 0));
    setting.chain.block(Vec::new());
    assert_eq!(setting.digits(), 0);
    let account = setting.chain.ledger.account(setting.relay).expect("readable").expect("there");
    assert!(account.parked > 0, "its gas is paid for");
    setting.chain.time += 200;
    let receipts = setting.chain.block(Vec::new());
    assert_eq!(receipts[0].kind, MessageKind::Timer);
    assert_eq!(setting.digits(), 6);
    setting.chain.act("alice", setting.relay("later", &[100, 7], 0));
    setting.chain.act("alice", setting.relay("never", &[], 0));
    setting.chain.time += 200;
    assert_eq!(setting.chain.block(Vec::new()), vec![]);
    let account = setting.chain.ledger.account(setting.relay).expect("readable").expect("there");
    assert_eq!((account.parked, setting.digits()), (0, 6));
}

#[test]
fn r15_due_calls_take_a_part_of_the_block_and_slip_in_order() {
    let changes = Changes { block_gas: Some(4 * GAS), ..Changes::default() };
    let mut setting = Setting::with(changes);
    for digit in 1..=5 {
        setting.chain.act("alice", setting.relay("later", &[1000, digit], 0));
    }
    setting.chain.time += 2000;
    let due = |receipts: &[Receipt]| {
        receipts.iter().filter(|receipt| receipt.kind == MessageKind::Timer).count()
    };
    // A quarter of the block is the gas of one of them.
    let first = setting.chain.block(Vec::new());
    assert!(due(&first) < 5, "not all at once");
    for _ in 0..5 {
        setting.chain.block(Vec::new());
    }
    assert_eq!(setting.digits(), 12_345);
}

#[test]
fn r16_a_full_mailbox_sends_requests_back_and_never_answers() {
    let changes = Changes { mailbox_max: Some(5), block_gas: Some(4 * GAS), ..Changes::default() };
    let mut setting = Setting::with(changes);
    let receipts = setting.chain.act("alice", setting.relay("fan", &[1, 9], 0));
    let full =
        receipts.iter().filter(|receipt| endings(&[(*receipt).clone()])[0].contains("MAILBOX_MAX"));
    assert_eq!(full.count(), 4);
    setting.chain.settle();
    assert_eq!(setting.digits(), 12_345);
    assert_eq!(setting.ends(), 2_222, "the others came back");
}

#[test]
fn r17_a_view_is_asked_and_changes_nothing() {
    let mut setting = Setting::new();
    setting.chain.act("alice", setting.note(3));
    let root = setting.chain.ledger.header().state_root;
    assert_eq!(setting.digits(), 3);
    assert_eq!(setting.chain.ledger.header().state_root, root);
    let method = PACKAGE.method("rules.Book", "note");
    let (answer, _) = setting.chain.ledger.query(setting.book, method, &[0; 8], GAS).expect("ok");
    assert!(answer.is_err(), "an entry is no view");
}

#[test]
fn r18_parts_of_a_conversation_commit_alone() {
    let mut setting = Setting::new();
    // The first of two actions fails, and the second happens all the same.
    let refuse = PACKAGE.call(setting.book, ("rules.Book", "refuse"), &[], 0);
    let signed = setting.chain.signed("alice", vec![refuse, setting.note(2)]);
    let receipts = setting.chain.block(vec![signed]);
    assert_eq!(endings(&receipts), ["done", "Refused", "done"]);
    assert_eq!(setting.digits(), 2);
}

#[test]
fn contracts_of_a_package_create_each_other() {
    let mut setting = Setting::new();
    let receipts = setting.chain.act("alice", setting.relay("spawnBook", &[], 0));
    let made: Vec<_> = receipts.iter().filter(|r| r.kind == MessageKind::Create).collect();
    assert_eq!(made.len(), 1);
    assert_eq!(setting.chain.number(&PACKAGE, made[0].to, ("rules.Book", "digits")), 1);
    assert_ne!(made[0].to, SYSTEM);
}

#[test]
fn storage_is_paid_for_and_given_back() {
    let mut setting = Setting::new();
    let write = |setting: &Setting, text: &str| {
        let mut arguments = 1i64.to_be_bytes().to_vec();
        arguments.extend((text.len() as u32).to_be_bytes());
        arguments.extend(text.as_bytes());
        PACKAGE.call(setting.book, ("rules.Book", "write"), &arguments, 0)
    };
    let account = |setting: &Setting| {
        setting.chain.ledger.account(setting.book).expect("readable").expect("there")
    };
    let before = account(&setting);
    let short = write(&setting, "x");
    setting.chain.act("alice", short);
    let one = account(&setting);
    let long = write(&setting, &"x".repeat(1001));
    setting.chain.act("bob", long);
    let many = account(&setting);
    assert_eq!(many.bytes - one.bytes, 1000);
    let byte = setting.chain.ledger.parameters().byte_deposit;
    assert_eq!(many.deposit - one.deposit, 1000 * byte);
    let tear = PACKAGE.call(setting.book, ("rules.Book", "tear"), &1i64.to_be_bytes(), 0);
    setting.chain.act("carol", tear);
    let after = account(&setting);
    assert_eq!((after.bytes, after.deposit), (before.bytes, before.deposit));
}

#[test]
fn a_closed_contract_answers_views_only_and_its_story_is_kept() {
    let mut setting = Setting::new();
    let tell = PACKAGE.call(setting.book, ("rules.Book", "tell"), &5i64.to_be_bytes(), 0);
    setting.chain.act("alice", tell);
    let close = PACKAGE.call(setting.book, ("rules.Book", "close"), &[], 0);
    let receipts = setting.chain.act("alice", close.clone());
    assert_eq!(receipts[1].stories, 1);
    assert_eq!(endings(&setting.chain.act("alice", close)), ["done", "Concluded"]);
    assert_eq!(setting.digits(), 0);
    let account = setting.chain.ledger.account(setting.book).expect("readable").expect("there");
    assert_eq!(account.contract.map(|contract| contract.stories), Some(2));
}

#[test]
fn new_parameters_begin_with_their_epoch_and_a_restart_changes_nothing() {
    let mut setting = Setting::with(Changes { epoch_blocks: Some(4), ..Changes::default() });
    let before = setting.chain.ledger.parameters().clone();
    let epoch = setting.chain.ledger.header().height / 4 + 3;
    let parameters = Parameters { version: 2, block_gas: 600_000, ..before.clone() };
    let govern = Action::Govern { epoch, parameters: Box::new(parameters.clone()) };
    let receipts = setting.chain.act("bob", govern.clone());
    assert!(endings(&receipts)[1].contains("only governance"), "{:?}", endings(&receipts));
    assert_eq!(endings(&setting.chain.act("alice", govern)), ["done", "done"]);
    while setting.chain.ledger.header().height < epoch * 4 {
        let next = setting.chain.ledger.header().height + 1;
        let held = setting.chain.ledger.parameters();
        assert_eq!(*held, if next < epoch * 4 { before.clone() } else { parameters.clone() });
        // Gas that is little under the old parameters and too much under the new ones.
        let note = setting.note(1);
        let signed = setting.chain.signed("alice", vec![note]);
        let transactions = if next < epoch * 4 { vec![signed] } else { Vec::new() };
        setting.chain.block(transactions);
        let backend = setting.chain.ledger.backend().clone();
        let again = Ledger::open(backend, &setting.chain.genesis, |_| {}).expect("it opens");
        assert_eq!(again.parameters(), setting.chain.ledger.parameters());
        assert_eq!(again.base_fee(), setting.chain.ledger.base_fee(), "behind block {next}");
    }
    assert_eq!(setting.chain.ledger.header().parameters, 2);
}
