//! The world of a test suite: the ledger without blocks. One message is delivered at a time, in
//! the order of the queue or, while orders are explored, in any that R4 allows; every message has
//! enough gas, and gas costs nothing. What a message does is what it does on a ledger:
//! [`deliver`](mod@crate::deliver).

use crate::account::{DEAD_LETTERS_MAX, Hash};
use crate::calendar::{self, Calendar};
use crate::code::CodeStore;
use crate::deliver::{Answer, Delivered, Handler, deliver, query, refuse};
use crate::difference::{Component, Difference, Ending};
use crate::exploration::{Act, Exploration, Orders};
use crate::memory::Memory;
use crate::message::{Content, Envelope, Prepaid, Request};
use crate::parameters::{Facts, Parameters};
use crate::problem::SystemProblem;
use crate::reduce::Channel;
use crate::spending::{Spending, Spent};
use fvm_keys::Address;
use fvm_vm::{Limits, Schedule};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// Gas of one message unless a test says otherwise.
pub const MESSAGE_GAS: u64 = 50_000_000;

const READABLE: &str = "a state in memory can be read";

/// An encoded event or Story and the contract that wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The contract.
    pub contract: Address,
    /// The open record.
    pub bytes: Rc<[u8]>,
}

/// The handler of an answer failed; its coins stay credited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeadLetter {
    /// The contract.
    pub contract: Address,
    /// The encoded problem.
    pub problem: Vec<u8>,
}

/// What waits in the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Waiting {
    /// A message in flight.
    Message(Box<Envelope>),
    /// The test moves the clock by so many seconds, in its place among the messages.
    Advance(i64),
}

impl Waiting {
    /// What keeps its order: messages of one sender to one receiver, and moves of the clock.
    fn channel(&self) -> Channel {
        match self {
            Waiting::Message(envelope) => Some((envelope.from, envelope.to)),
            Waiting::Advance(_) => None,
        }
    }
}

/// What was delivered in a run of an exploration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Passed {
    /// A message.
    Message {
        /// As it was sent.
        envelope: Box<Envelope>,
        /// What handled it, if anything did.
        handler: Option<Handler>,
        /// What came of it.
        ending: Ending,
    },
    /// The clock was moved by so many seconds.
    Advance(i64),
}

/// Everything that a rollback or an exploration puts back.
#[derive(Clone, Default, Debug)]
pub struct State {
    /// Block time in seconds.
    pub now: i64,
    /// Balances and contracts.
    pub accounts: Memory,
    /// Messages in flight, in order.
    pub queue: VecDeque<Waiting>,
    /// Calls that wait for their time.
    pub calendar: Calendar,
    /// Events in order.
    pub events: Vec<Record>,
    /// Stories in order.
    pub stories: Vec<Record>,
    /// Failed handlers of answers.
    pub dead_letters: VecDeque<DeadLetter>,
    /// Coins that were ever made.
    pub supply: u128,
    /// What the present run of an exploration delivered so far.
    pub passed: Vec<Passed>,
    /// Messages that are to bounce.
    bounces: u32,
    /// Gas of the next message, if it is to run out.
    starvation: Option<u64>,
}

impl State {
    /// Coins at addresses and in flight: always equal to [`State::supply`] (R8).
    pub fn coins(&self) -> u128 {
        let held: u128 = self.accounts.accounts().map(|(_, account)| account.coins()).sum();
        let in_flight = |waiting: &Waiting| match waiting {
            Waiting::Message(envelope) => envelope.value + envelope.prepaid.coins(),
            Waiting::Advance(_) => 0,
        };
        held + self.queue.iter().map(in_flight).sum::<u128>()
    }
}

/// A world on one machine, in memory.
#[derive(Debug)]
pub struct World {
    /// Modules that can be deployed.
    pub code: Rc<CodeStore>,
    classes: BTreeMap<String, Hash>,
    facts: Facts,
    /// What happened so far.
    pub state: State,
    /// Gas used by contract code.
    pub gas_used: u64,
    /// Instructions executed by contract code.
    pub instructions: u64,
    spending: Spending,
    exploration: Option<(State, Exploration)>,
    explored: Explored,
    orders: Orders,
    names: BTreeMap<Address, String>,
}

/// What came of a message.
struct Processed {
    ending: Ending,
    handler: Option<Handler>,
}

/// How much explorations have seen.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Explored {
    /// Orders of delivery that were tried.
    pub orders: u64,
    /// An exploration stopped at [`crate::explore::RUNS_MAX`] before it had seen every order.
    pub is_incomplete: bool,
}

/// What a suite deploys, and under which prices and limits it runs.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The modules.
    pub code: Rc<CodeStore>,
    /// The hashes of their code, by class.
    pub classes: BTreeMap<String, Hash>,
    /// Gas prices.
    pub schedule: Schedule,
    /// Memory and depth of one message.
    pub limits: Limits,
}

/// Messages of a suite's accounts carry gas that costs nothing.
fn free_gas(gas: u64, payer: Address) -> Prepaid {
    Prepaid { gas, answer: gas, price: Default::default(), payer }
}

impl World {
    /// An empty world at time 0.
    pub fn new(setting: Setting) -> World {
        let Setting { code, classes, schedule, limits } = setting;
        let facts = Facts {
            chain: 0,
            height: 0,
            now: 0,
            base_fee: 0,
            proposer: Address([0; 20]),
            parameters: Arc::new(Parameters::of_tests()),
            schedule: Arc::new(schedule),
            limits,
        };
        World {
            code,
            classes,
            facts,
            state: State { accounts: Memory::of_suite(), ..State::default() },
            gas_used: 0,
            instructions: 0,
            spending: Spending::default(),
            exploration: None,
            explored: Explored::default(),
            orders: Orders::default(),
            names: BTreeMap::new(),
        }
    }

    /// What explorations have seen so far.
    pub fn explored(&self) -> Explored {
        self.explored
    }

    /// What each method spent so far: the class, the method id and the sum. Messages that no method
    /// handled are not among them.
    pub fn spending(&self) -> Vec<(&str, u32, Spent)> {
        self.spending.by_class(&self.classes)
    }

    /// Chooses which orders explorations try from now on.
    pub fn explore_orders(&mut self, orders: Orders) {
        self.orders = orders;
    }

    /// The suite is about to look at the world, or to change it otherwise than by delivering.
    pub fn suite_acts(&mut self, act: Act) {
        if let Some((_, exploration)) = &mut self.exploration {
            exploration.suite_acts(act, !self.state.queue.is_empty());
        }
    }

    /// Makes an account with these coins, on top of what it has.
    pub fn fund(&mut self, name: &str, coins: u128) -> Option<Address> {
        let address = Address::of_name(name);
        self.state.supply = self.state.supply.checked_add(coins)?;
        self.state.accounts.at(address).balance += coins;
        self.names.insert(address, name.to_string());
        Some(address)
    }

    /// Deploys a contract at once.
    pub fn deploy(
        &mut self,
        from: Address,
        class: &str,
        arguments: Vec<u8>,
        value: u128,
    ) -> Result<Address, Vec<u8>> {
        let Some(code) = self.classes.get(class).copied() else {
            return Err(SystemProblem::NoContract.encode());
        };
        let account = self.state.accounts.at(from);
        account.created += 1;
        let address = Address::of_contract(from, account.created);
        self.name_contract(address, class);
        let request = Request::Create { code, arguments };
        self.immediate(from, address, request, value).map(|_| address)
    }

    /// Gives a contract the name of its class, and a number where that is taken.
    fn name_contract(&mut self, address: Address, class: &str) {
        if self.names.contains_key(&address) {
            return;
        }
        let class = class.rsplit('.').next().unwrap_or(class);
        let mut name = class.to_string();
        let mut number = 2;
        while self.names.values().any(|taken| *taken == name) {
            name = format!("{class} {number}");
            number += 1;
        }
        self.names.insert(address, name);
    }

    /// What the suite calls an account or contract; its address if it has no name.
    pub fn name(&self, address: Address) -> String {
        self.names.get(&address).cloned().unwrap_or_else(|| address.to_string())
    }

    /// The class of a contract's code.
    pub fn class(&self, code: &Hash) -> Option<&str> {
        let found = self.classes.iter().find(|(_, hash)| *hash == code);
        found.map(|(class, _)| class.as_str())
    }

    /// Sends a message from an account and runs it at once. While orders are explored it is only
    /// queued, and the answer is empty.
    pub fn call(
        &mut self,
        from: Address,
        to: Address,
        method: u32,
        arguments: Vec<u8>,
        value: u128,
    ) -> Answer {
        let request = Request::Call { method, arguments };
        if self.exploration.is_none() {
            return self.immediate(from, to, request, value);
        }
        let envelope = self.message(from, to, request, value)?;
        self.state.queue.push_back(Waiting::Message(Box::new(envelope)));
        Ok(Vec::new())
    }

    /// Asks a view; changes nothing.
    pub fn query(&mut self, to: Address, method: u32, arguments: &[u8]) -> Answer {
        let facts = self.facts();
        let component = Component::load(&self.state.accounts, to).expect(READABLE);
        let asked = query(&self.code, &facts, &component, method, arguments, MESSAGE_GAS);
        let (answer, gas_used) = asked.expect(READABLE);
        self.gas_used += gas_used;
        if let Some(contract) = &component.account.contract {
            self.spending.add(Handler { code: contract.code, method }, gas_used);
        }
        answer
    }

    /// Delivers one message; false if none is queued.
    pub fn deliver(&mut self) -> bool {
        let at = match &mut self.exploration {
            None => 0,
            Some((_, exploration)) => {
                let queue = &self.state.queue;
                let heads = heads(queue);
                if heads.is_empty() {
                    return false;
                }
                let ready: Vec<Channel> = heads.iter().map(|at| queue[*at].channel()).collect();
                heads[exploration.choose(&ready, queue.iter().map(Waiting::channel))]
            }
        };
        let passed = match self.state.queue.remove(at) {
            Some(Waiting::Message(mut envelope)) => {
                let Processed { ending, handler } = self.process(&mut envelope);
                Passed::Message { envelope, handler, ending }
            }
            Some(Waiting::Advance(seconds)) => {
                self.pass(seconds);
                Passed::Advance(seconds)
            }
            None => return false,
        };
        if let Some((_, exploration)) = &mut self.exploration {
            exploration.delivered();
            self.state.passed.push(passed);
        }
        true
    }

    /// Moves the clock; calls that become due are queued in order of time and number. While
    /// orders are explored the move itself is queued.
    pub fn advance(&mut self, seconds: i64) {
        if self.exploration.is_some() {
            self.state.queue.push_back(Waiting::Advance(seconds));
        } else {
            self.pass(seconds);
        }
    }

    /// Makes the next message from a contract bounce.
    pub fn bounce_next(&mut self) {
        self.state.bounces += 1;
    }

    /// Gives the next message only this much gas.
    pub fn starve_next(&mut self, gas: u64) {
        self.state.starvation = Some(gas);
    }

    /// Starts exploring orders from the present state.
    pub fn explore_begin(&mut self, choices_max: usize) {
        // A failure that waits for its message hits the one that comes first.
        let is_injected = self.state.bounces > 0 || self.state.starvation.is_some();
        let orders = if is_injected { Orders::All } else { self.orders };
        self.exploration = Some((self.state.clone(), Exploration::new(choices_max, orders)));
    }

    /// Puts the start back and prepares the next order; false when all were seen, and then the
    /// exploration is over.
    pub fn explore_next(&mut self) -> bool {
        let Some((start, exploration)) = &mut self.exploration else { return false };
        self.state = start.clone();
        self.explored.orders -= exploration.runs();
        let goes_on = exploration.next_run();
        self.explored.orders += exploration.runs();
        if !goes_on {
            self.explored.is_incomplete |= exploration.is_incomplete();
            self.exploration = None;
        }
        goes_on
    }

    fn facts(&self) -> Facts {
        Facts { now: self.state.now, ..self.facts.clone() }
    }

    fn message_gas(&mut self) -> u64 {
        self.state.starvation.take().unwrap_or(MESSAGE_GAS)
    }

    /// A message of a plain account, whose coins have left it.
    fn message(
        &mut self,
        from: Address,
        to: Address,
        request: Request,
        value: u128,
    ) -> Result<Envelope, Vec<u8>> {
        let account = self.state.accounts.at(from);
        let left = account.balance.checked_sub(value);
        account.balance = left.ok_or_else(|| SystemProblem::NotEnoughCoins.encode())?;
        let id = Envelope::id_of(self.facts.chain, from, account.sent);
        account.sent += 1;
        Ok(Envelope {
            id,
            from,
            to,
            value,
            prepaid: free_gas(MESSAGE_GAS, from),
            trace: id,
            hop: 0,
            deadline: u64::MAX,
            content: Content::Request { request, is_asked: false },
        })
    }

    /// A message of a plain account that does not wait in the queue.
    fn immediate(&mut self, from: Address, to: Address, request: Request, value: u128) -> Answer {
        let mut envelope = self.message(from, to, request, value)?;
        match self.process(&mut envelope).ending {
            Ending::Done(result) => Ok(result),
            Ending::Failed(problem) | Ending::DeadLetter(problem) => {
                // It never was in the queue: the account has sent nothing.
                self.state.accounts.at(from).sent -= 1;
                Err(problem)
            }
            Ending::Refused(_) | Ending::Cancelled => Ok(Vec::new()),
        }
    }

    /// Delivers a message and makes the changes.
    fn process(&mut self, envelope: &mut Envelope) -> Processed {
        let facts = self.facts();
        let is_asked = matches!(envelope.content, Content::Request { is_asked: true, .. });
        let is_refused = is_asked && self.state.bounces > 0;
        let code = Rc::clone(&self.code);
        if is_refused {
            self.state.bounces -= 1;
            let difference = refuse(&facts, envelope, &SystemProblem::Injected);
            return Processed { ending: self.state.merge(difference), handler: None };
        }
        envelope.prepaid.gas = self.message_gas();
        let mut component = Component::load(&self.state.accounts, envelope.to).expect(READABLE);
        let delivered = deliver(&code, &facts, &component, envelope).expect(READABLE);
        let Delivered { difference, instructions, handler } = delivered;
        component.apply(envelope, &difference).expect("the difference is of this account");
        let (address, account, writes) = component.into_parts();
        self.state.accounts.keep(address, account, writes);
        self.gas_used += difference.gas_used;
        self.instructions += instructions;
        if let Some(handler) = handler {
            self.spending.add(handler, difference.gas_used);
        }
        Processed { ending: self.state.merge(difference), handler }
    }

    /// Moves the clock and queues what becomes due.
    fn pass(&mut self, seconds: i64) {
        self.state.now = self.state.now.saturating_add(seconds.max(0));
        self.state.queue_due(self.facts.chain);
    }
}

impl State {
    /// What a difference holds for others than its receiver.
    fn merge(&mut self, difference: Difference) -> Ending {
        let contract = difference.receiver;
        for (address, coins) in difference.credits {
            self.accounts.at(address).balance += coins;
        }
        for envelope in difference.emissions {
            self.queue.push_back(Waiting::Message(Box::new(envelope)));
        }
        for number in difference.cancelled {
            self.calendar.cancel(contract, number);
        }
        for (at, number) in difference.timers {
            self.calendar.enter(at, contract, number);
        }
        self.queue_due(0);
        let record = |bytes: Vec<u8>| Record { contract, bytes: bytes.into() };
        self.events.extend(difference.events.into_iter().map(record));
        self.stories.extend(difference.stories.into_iter().map(|story| record(story.record)));
        if let Ending::DeadLetter(problem) = &difference.ending {
            if self.dead_letters.len() as u64 == DEAD_LETTERS_MAX {
                self.dead_letters.pop_front();
            }
            self.dead_letters.push_back(DeadLetter { contract, problem: problem.clone() });
        }
        debug_assert_eq!(self.coins(), self.supply, "coins are conserved");
        difference.ending
    }

    fn queue_due(&mut self, chain: u64) {
        while let Some((contract, number)) = self.calendar.next_due(self.now) {
            let envelope = calendar::due(chain, contract, number, free_gas(0, contract));
            self.queue.push_back(Waiting::Message(Box::new(envelope)));
        }
    }
}

/// The first message of every pair of sender and receiver: what may be delivered next (R4).
fn heads(queue: &VecDeque<Waiting>) -> Vec<usize> {
    let mut seen = Vec::new();
    let mut heads = Vec::new();
    for (at, waiting) in queue.iter().enumerate() {
        let channel = waiting.channel();
        if !seen.contains(&channel) {
            seen.push(channel);
            heads.push(at);
        }
    }
    heads
}
