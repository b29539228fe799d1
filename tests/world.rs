//! What a suite cannot see of the ledger: the whole state before and after, dead letters, and the
//! same bytecode under other prices.

use fscc::args::Level;
use fscc::compilation::{Root, Sources, check};
use fscc::status::Status;
use fscc_lower::Prepared;
use fscc_tests::{on_large_stack, root};
use fvm_ledger::problem::record_text;
use fvm_ledger::world::MESSAGE_GAS;
use fvm_ledger::{Address, CodeStore, World};
use fvm_vm::{Limits, Schedule};
use pretty_assertions::assert_eq;
use std::fs;
use std::rc::Rc;

const CLASS: &str = "world.Meter";

/// The bytecode of the contract, on the wire.
fn bytecode(level: Level) -> Vec<u8> {
    let compile = move || {
        let path = root().join("tests/ledger/world/Meter.scala");
        let text = fs::read_to_string(path).expect("the contract is there");
        let checked = check(Sources::of_text("Meter.scala", &text));
        assert!(checked.status() == Status::Success, "{:?}", checked.diagnostics);
        let prepared = Prepared::new(&checked.program);
        let contract = Root::Contract(checked.program.contracts[0]);
        let built = checked.build(&prepared, contract, level).expect("it is not too large");
        Ok(built.bytes)
    };
    on_large_stack(compile).expect("it compiles")
}

/// A world with the contract, made by a rich account.
struct Setting {
    world: World,
    module: fvm_isa::Module,
    alice: Address,
    meter: Address,
}

impl Setting {
    fn new(bytecode: &[u8], schedule: Schedule) -> Setting {
        let module = fvm_isa::wire::decode(bytecode).expect("a module");
        let verified = fvm_vm::verify(module.clone()).expect("it keeps the rules");
        let (code, classes) = CodeStore::of_unit([verified]);
        let (code, limits) = (Rc::new(code), Limits::CONTRACT);
        let mut world = World::new(fvm_ledger::world::Setting { code, classes, schedule, limits });
        let alice = world.fund("alice", 100).expect("few coins");
        let start = 0i64.to_be_bytes().to_vec();
        let meter = world.deploy(alice, CLASS, start, 0).expect("deployed");
        Setting { world, module, alice, meter }
    }

    /// Calls an entry without parameters; on failure gives the text of the problem.
    fn call(&mut self, entry: &str, coins: u128) -> Result<(), String> {
        let id = self.id(entry);
        self.send(id, &[], coins)
    }

    fn id(&self, method: &str) -> u32 {
        self.module.export(method).expect("a method").method_id
    }

    fn send(&mut self, id: u32, arguments: &[u8], coins: u128) -> Result<(), String> {
        let answer = self.world.call(self.alice, self.meter, id, arguments.to_vec(), coins);
        answer.map(|_| ()).map_err(|problem| record_text(&problem).unwrap_or("?").to_string())
    }

    /// Everything that counts, as text.
    fn state(&self) -> String {
        format!("{:#?}", self.world.state)
    }

    fn deliver_all(&mut self) {
        while self.world.deliver() {
            assert_eq!(self.world.state.coins(), self.world.state.supply);
        }
    }
}

/// The standard schedule with every price doubled.
fn doubled_prices() -> Schedule {
    let path = root().join("runtime/schedules/v2.json");
    let text = fs::read_to_string(path).expect("the schedule is there");
    let mut out = String::new();
    let mut digits = String::new();
    for line in text.split_inclusive('\n') {
        let factor = if line.contains("\"version\"") { 1 } else { 2 };
        let mut in_text = false;
        for letter in line.chars() {
            in_text ^= letter == '"';
            if letter.is_ascii_digit() && !in_text {
                digits.push(letter);
                continue;
            }
            if !digits.is_empty() {
                let number: u32 = digits.parse().expect("a price");
                out.push_str(&(number * factor).to_string());
                digits.clear();
            }
            out.push(letter);
        }
    }
    Schedule::parse(&out).expect("still a schedule")
}

#[test]
fn out_of_gas_leaves_the_state_as_before() {
    for level in [Level::None, Level::Full] {
        let mut setting = Setting::new(&bytecode(level), Schedule::standard());
        setting.call("receive", 7).expect("coins arrive");
        setting.call("add", 0).expect("it counts");
        let (before, gas) = (setting.state(), setting.world.gas_used);
        assert_eq!(setting.call("loop", 0), Err("OutOfGas".to_string()));
        assert_eq!(before, setting.state());
        assert_eq!(setting.world.gas_used - gas, MESSAGE_GAS);
        setting.call("add", 0).expect("it still works");
    }
}

#[test]
fn a_starved_message_leaves_the_state_as_before() {
    let mut setting = Setting::new(&bytecode(Level::Full), Schedule::standard());
    let before = setting.state();
    let mut gas = 1;
    // Wherever the gas ends, nothing has happened; one step later everything has.
    loop {
        setting.world.starve_next(gas);
        match setting.call("add", 0) {
            Ok(()) => break,
            Err(problem) => assert_eq!(problem, "OutOfGas"),
        }
        assert_eq!(before, setting.state());
        gas += gas / 8 + 1;
    }
    assert!(gas > 1000, "the loop has seen more than the start");
    assert_eq!(setting.world.state.events.len(), 1);
}

#[test]
fn a_failed_handler_of_a_bounce_is_a_dead_letter_and_loses_nothing() {
    let mut setting = Setting::new(&bytecode(Level::Full), Schedule::standard());
    setting.call("receive", 7).expect("coins arrive");
    setting.call("waste", 0).expect("it sends");
    assert_eq!(setting.world.state.accounts.balance(setting.meter), 0);
    setting.deliver_all();
    assert_eq!(setting.world.state.accounts.balance(setting.meter), 7);
    let letters = &setting.world.state.dead_letters;
    let texts: Vec<_> = letters.iter().map(|letter| record_text(&letter.problem)).collect();
    assert_eq!(texts, vec![Some("Broken")]);
    assert_eq!(letters[0].contract, setting.meter);
}

#[test]
fn bytecode_is_the_same_under_other_prices() {
    let bytecode = bytecode(Level::Full);
    let mut results = Vec::new();
    for schedule in [Schedule::standard(), doubled_prices()] {
        let mut setting = Setting::new(&bytecode, schedule);
        for _ in 0..3 {
            setting.call("add", 0).expect("it counts");
        }
        setting.call("receive", 5).expect("coins arrive");
        setting.deliver_all();
        results.push((setting.state(), setting.world.instructions, setting.world.gas_used));
    }
    assert_eq!(results[0].0, results[1].0);
    assert_eq!(results[0].1, results[1].1);
    assert_eq!(results[0].2 * 2, results[1].2);
}

#[test]
fn hostile_messages_change_nothing() {
    let mut setting = Setting::new(&bytecode(Level::Full), Schedule::standard());
    let (add, set, tick) = (setting.id("add"), setting.id("set"), setting.id("tick"));
    let good = [[0; 7].as_slice(), &[5, 0, 0, 0, 1, b'x']].concat();
    let before = setting.state();
    let refused = |problem: &str| Err(problem.to_string());
    assert_eq!(setting.send(add, &[0], 0), refused("BadArguments"), "a byte too many");
    for end in 0..good.len() {
        assert_eq!(setting.send(set, &good[..end], 0), refused("BadArguments"), "cut at {end}");
    }
    let long = [&good[..8], &[255, 255, 255, 255], &good[12..]].concat();
    assert_eq!(setting.send(set, &long, 0), refused("BadArguments"), "a length beyond the end");
    let no_text = [&good[..12], &[0xff]].concat();
    assert_eq!(setting.send(set, &no_text, 0), refused("BadArguments"), "not UTF-8");
    assert_eq!(setting.send(tick, &[], 0), refused("NoEntry"), "a handler is no entry");
    assert_eq!(setting.send(add ^ 1, &[], 0), refused("NoEntry"));
    assert_eq!(setting.send(add, &[], 1), refused("NotPayable"));
    assert_eq!(before, setting.state());
    assert_eq!(setting.send(set, &good, 0), Ok(()));
}

#[test]
fn the_same_messages_give_the_same_world() {
    let bytecode = bytecode(Level::Full);
    let run = || {
        let mut setting = Setting::new(&bytecode, Schedule::standard());
        setting.call("receive", 9).expect("coins arrive");
        setting.call("add", 0).expect("it counts");
        setting.call("waste", 0).expect("it sends");
        setting.deliver_all();
        (setting.state(), setting.world.gas_used)
    };
    assert_eq!(run(), run());
}
