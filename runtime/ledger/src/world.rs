//! The world: accounts, the queue of messages, the clock, and what happens when a message
//! arrives. One message runs at a time, changes only its receiver, and either commits everything
//! (state, coins, events, Stories, outgoing messages) or nothing.
//!
//! Rules are those of the ledger's specification: R1 one queue, R4 order per pair of sender and
//! receiver, R7 atomic unit, R8 coins are conserved, R9 one answer per request, R10 a bounce
//! brings back all coins, R11 coins of an answer stay credited even if its handler fails.

use crate::address::Address;
use crate::code::CodeStore;
use crate::execute::{Emission, Execution, Invocation, Pending, run};
use crate::explore::Explorer;
use crate::message::{Content, Envelope, Outcomes, Request, SavedCall};
use crate::problem::SystemProblem;
use crate::state::{Accounts, Contract};
use fvm_isa::ExportKind;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Gas of one message unless a test says otherwise.
pub const MESSAGE_GAS: u64 = 50_000_000;

/// Dead letters kept.
pub const DEAD_LETTERS_MAX: usize = 256;

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

/// Everything that a rollback or an exploration puts back.
#[derive(Clone, Default, Debug)]
pub struct State {
    /// Block time in seconds.
    pub now: i64,
    /// Balances and contracts.
    pub accounts: Accounts,
    /// Messages in flight, in order.
    pub queue: VecDeque<Envelope>,
    /// Calls that wait for their time, by time and number.
    pub timers: BTreeMap<(i64, u64), (Address, SavedCall)>,
    /// Events in order.
    pub events: Vec<Record>,
    /// Stories in order.
    pub stories: Vec<Record>,
    /// Failed handlers of answers.
    pub dead_letters: VecDeque<DeadLetter>,
    /// Coins that were ever made.
    pub supply: u128,
    sequence: u64,
}

impl State {
    /// Coins at addresses and in flight: always equal to [`State::supply`] (R8).
    pub fn coins(&self) -> u128 {
        let held: u128 = self.accounts.iter().map(|(_, account)| account.balance).sum();
        let in_flight: u128 = self.queue.iter().map(|envelope| envelope.value).sum();
        held + in_flight
    }

    /// The last number that was given to a message or timer.
    pub(crate) fn sequence(&self) -> u64 {
        self.sequence
    }

    fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }
}

/// A world on one machine, in memory.
#[derive(Debug)]
pub struct World {
    /// Modules that can be deployed, and the prices and limits under which they run.
    pub code: Rc<CodeStore>,
    /// What happened so far.
    pub state: State,
    /// Gas used by contract code.
    pub gas_used: u64,
    /// Instructions executed by contract code.
    pub instructions: u64,
    bounces: u32,
    starvation: Option<u64>,
    exploration: Option<(State, Explorer)>,
    explored: Explored,
}

/// How much explorations have seen.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Explored {
    /// Orders of delivery that were tried.
    pub orders: u64,
    /// An exploration stopped at [`crate::explore::RUNS_MAX`] before it had seen every order.
    pub is_incomplete: bool,
}

/// How a request ended: the encoded result, or the encoded problem.
pub type Answer = Result<Vec<u8>, Vec<u8>>;

impl World {
    /// An empty world at time 0.
    pub fn new(code: Rc<CodeStore>) -> World {
        World {
            code,
            state: State::default(),
            gas_used: 0,
            instructions: 0,
            bounces: 0,
            starvation: None,
            exploration: None,
            explored: Explored::default(),
        }
    }

    /// What explorations have seen so far.
    pub fn explored(&self) -> Explored {
        self.explored
    }

    /// Makes an account with these coins, on top of what it has.
    pub fn fund(&mut self, name: &str, coins: u128) -> Option<Address> {
        let address = Address::of_name(name);
        self.state.supply = self.state.supply.checked_add(coins)?;
        self.state.accounts.at(address).balance += coins;
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
        let address = self.new_address(from);
        let request = Request::Create { class: class.to_string(), arguments };
        self.immediate(from, address, request, value).map(|_| address)
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
        match self.state.withdraw(from, value) {
            Ok(()) => self.state.enqueue(from, to, value, plain(request)),
            Err(problem) => return Err(problem.encode()),
        }
        Ok(Vec::new())
    }

    /// Asks a view; changes nothing.
    pub fn query(&mut self, to: Address, method: u32, arguments: &[u8]) -> Answer {
        let problem = |problem: SystemProblem| Err(problem.encode());
        let Some(contract) = self.state.accounts.contract(to) else {
            return problem(SystemProblem::NoContract);
        };
        let code = Rc::clone(&self.code);
        let Some(export) = code.method(&contract.class, method, &[ExportKind::View]) else {
            return problem(SystemProblem::NoEntry);
        };
        let invocation = Invocation {
            contract: to,
            sender: to,
            value: 0,
            function: export.function,
            arguments: arguments.to_vec(),
            gas: MESSAGE_GAS,
            checks_invariants: false,
        };
        self.execute(&invocation).map(|(_, result)| result)
    }

    /// Delivers one message; false if none is queued.
    pub fn deliver(&mut self) -> bool {
        let at = match &mut self.exploration {
            None => 0,
            Some((_, explorer)) => {
                let ready = heads(&self.state.queue);
                if ready.is_empty() {
                    return false;
                }
                ready[explorer.choose(ready.len())]
            }
        };
        match self.state.queue.remove(at) {
            Some(envelope) => {
                self.process(envelope);
                debug_assert_eq!(self.state.coins(), self.state.supply, "coins are conserved");
                true
            }
            None => false,
        }
    }

    /// Moves the clock; calls that become due are queued in order of time and number. While
    /// orders are explored the move itself is queued.
    pub fn advance(&mut self, seconds: i64) {
        if self.exploration.is_some() {
            let clock = Address([0; 20]);
            let content = plain(Request::Advance { seconds });
            self.state.enqueue(clock, clock, 0, content);
        } else {
            self.state.advance(seconds);
        }
    }

    /// Makes the next message from a contract bounce.
    pub fn bounce_next(&mut self) {
        self.bounces += 1;
    }

    /// Gives the next message only this much gas.
    pub fn starve_next(&mut self, gas: u64) {
        self.starvation = Some(gas);
    }

    /// Starts exploring orders from the present state.
    pub fn explore_begin(&mut self, choices_max: usize) {
        self.exploration = Some((self.state.clone(), Explorer::new(choices_max)));
    }

    /// Puts the start back and prepares the next order; false when all were seen, and then the
    /// exploration is over.
    pub fn explore_next(&mut self) -> bool {
        let Some((start, explorer)) = &mut self.exploration else { return false };
        self.state = start.clone();
        let goes_on = explorer.next_run();
        if goes_on {
            self.explored.orders += 1;
        } else {
            self.explored.is_incomplete |= explorer.is_incomplete();
            self.exploration = None;
        }
        goes_on
    }

    fn new_address(&mut self, creator: Address) -> Address {
        let account = self.state.accounts.at(creator);
        account.created += 1;
        Address::of_contract(creator, account.created)
    }

    /// A message of a plain account that does not wait in the queue.
    fn immediate(&mut self, from: Address, to: Address, request: Request, value: u128) -> Answer {
        self.state.withdraw(from, value).map_err(|problem| problem.encode())?;
        let answer = self.serve(from, to, value, request);
        if answer.is_err() {
            self.state.accounts.at(from).balance += value;
        }
        debug_assert_eq!(self.state.coins(), self.state.supply, "coins are conserved");
        answer
    }

    fn process(&mut self, envelope: Envelope) {
        let Envelope { from, to, value, content, .. } = envelope;
        match content {
            Content::Request { request, outcomes } => {
                let is_refused = outcomes.is_some() && self.bounces > 0;
                let answer = if is_refused {
                    self.bounces -= 1;
                    Err(SystemProblem::Injected.encode())
                } else {
                    self.serve(from, to, value, request)
                };
                self.respond(from, to, value, outcomes, answer);
            }
            Content::Reply { call, result } => {
                self.state.accounts.at(to).balance += value;
                self.run_saved(from, to, value, call, &result);
            }
            Content::Bounce { call, mut problem } => {
                // R11: the coins are credited whatever the handler does.
                self.state.accounts.at(to).balance += value;
                problem.extend(value.to_be_bytes());
                self.run_saved(from, to, value, call, &problem);
            }
        }
    }

    /// Tells the sender how its request ended; a plain account just gets its coins back.
    fn respond(
        &mut self,
        sender: Address,
        receiver: Address,
        value: u128,
        outcomes: Option<Outcomes>,
        answer: Answer,
    ) {
        match (answer, outcomes) {
            (Ok(_), None) => {}
            (Err(_), None) => self.state.accounts.at(sender).balance += value,
            (Ok(result), Some(outcomes)) => {
                let content = Content::Reply { call: outcomes.delivered, result };
                self.state.enqueue(receiver, sender, 0, content);
            }
            (Err(problem), Some(outcomes)) => {
                let content = Content::Bounce { call: outcomes.bounced, problem };
                self.state.enqueue(receiver, sender, value, content);
            }
        }
    }

    /// Runs a request with coins that are in flight; on success they are with the receiver, on
    /// failure still in flight.
    fn serve(&mut self, from: Address, to: Address, value: u128, request: Request) -> Answer {
        let problem = |problem: SystemProblem| Err(problem.encode());
        let (method, arguments) = match request {
            Request::Advance { seconds } => {
                self.state.advance(seconds);
                return Ok(Vec::new());
            }
            Request::Timer(call) => {
                self.run_saved(from, to, value, Some(call), &[]);
                return Ok(Vec::new());
            }
            Request::Create { class, arguments } => {
                return self.create(from, to, value, &class, arguments);
            }
            Request::Pay => match self.state.accounts.contract(to) {
                None => {
                    self.state.accounts.at(to).balance += value;
                    return Ok(Vec::new());
                }
                Some(contract) => match self.code.receiver(&contract.class) {
                    None => return problem(SystemProblem::NotPayable),
                    Some(method) => (method, Vec::new()),
                },
            },
            Request::Call { method, arguments } => (method, arguments),
        };
        let Some(contract) = self.state.accounts.contract(to) else {
            return problem(SystemProblem::NoContract);
        };
        let code = Rc::clone(&self.code);
        let kinds = [ExportKind::Entry, ExportKind::Payable, ExportKind::View];
        let Some(export) = code.method(&contract.class, method, &kinds) else {
            return problem(SystemProblem::NoEntry);
        };
        if contract.is_concluded && export.kind != ExportKind::View {
            return problem(SystemProblem::Concluded);
        }
        if value > 0 && export.kind != ExportKind::Payable {
            return problem(SystemProblem::NotPayable);
        }
        let invocation = Invocation {
            contract: to,
            sender: from,
            value,
            function: export.function,
            arguments,
            gas: self.message_gas(),
            checks_invariants: export.kind != ExportKind::View,
        };
        self.transact(&invocation)
    }

    fn create(
        &mut self,
        from: Address,
        to: Address,
        value: u128,
        class: &str,
        arguments: Vec<u8>,
    ) -> Answer {
        let code = Rc::clone(&self.code);
        let Some(export) = code.constructor(class) else {
            return Err(SystemProblem::NoContract.encode());
        };
        self.state.accounts.at(to).contract = Some(Contract {
            class: class.to_string(),
            storage: Rc::default(),
            is_concluded: false,
        });
        let invocation = Invocation {
            contract: to,
            sender: from,
            value,
            function: export.function,
            arguments,
            gas: self.message_gas(),
            checks_invariants: true,
        };
        let answer = self.transact(&invocation);
        if answer.is_err() {
            self.state.accounts.at(to).contract = None;
        }
        answer
    }

    /// Runs a saved call of `contract`, whose coins are credited already. A failure becomes a
    /// dead letter.
    fn run_saved(
        &mut self,
        from: Address,
        contract: Address,
        value: u128,
        call: Option<SavedCall>,
        content: &[u8],
    ) {
        let Some(call) = call else { return };
        let code = Rc::clone(&self.code);
        let export = self.state.accounts.contract(contract).and_then(|contract| {
            let kinds =
                [ExportKind::Handler, ExportKind::Entry, ExportKind::Payable, ExportKind::View];
            code.method(&contract.class, call.method, &kinds)
        });
        let answer = match export {
            None => Err(SystemProblem::NoEntry.encode()),
            Some(export) => {
                let invocation = Invocation {
                    contract,
                    sender: from,
                    value,
                    function: export.function,
                    arguments: call.arguments(content),
                    gas: self.message_gas(),
                    checks_invariants: true,
                };
                // The coins were credited before, whatever happens now: see R11.
                self.execute(&invocation).map(|(pending, result)| {
                    self.state.commit(contract, 0, pending);
                    result
                })
            }
        };
        if let Err(problem) = answer {
            if self.state.dead_letters.len() == DEAD_LETTERS_MAX {
                self.state.dead_letters.pop_front();
            }
            self.state.dead_letters.push_back(DeadLetter { contract, problem });
        }
    }

    fn message_gas(&mut self) -> u64 {
        self.starvation.take().unwrap_or(MESSAGE_GAS)
    }

    /// Runs an invocation whose coins are in flight and commits what it did.
    fn transact(&mut self, invocation: &Invocation) -> Answer {
        // The handler sees its balance with the coins of the message.
        self.state.accounts.at(invocation.contract).balance += invocation.value;
        let executed = self.execute(invocation);
        self.state.accounts.at(invocation.contract).balance -= invocation.value;
        let (pending, result) = executed?;
        self.state.commit(invocation.contract, invocation.value, pending);
        Ok(result)
    }

    /// Runs an invocation on the present state; the changes it wants are not made yet.
    fn execute(&mut self, invocation: &Invocation) -> Result<(Pending, Vec<u8>), Vec<u8>> {
        let Execution { gas_used, instructions, result } = run(&self.code, &self.state, invocation);
        self.gas_used += gas_used;
        self.instructions += instructions;
        result
    }
}

fn plain(request: Request) -> Content {
    Content::Request { request, outcomes: None }
}

/// The first message of every pair of sender and receiver: what may be delivered next (R4).
fn heads(queue: &VecDeque<Envelope>) -> Vec<usize> {
    let mut seen: Vec<(Address, Address)> = Vec::new();
    let mut heads = Vec::new();
    for (at, envelope) in queue.iter().enumerate() {
        let pair = (envelope.from, envelope.to);
        if !seen.contains(&pair) {
            seen.push(pair);
            heads.push(at);
        }
    }
    heads
}

impl State {
    fn withdraw(&mut self, from: Address, value: u128) -> Result<(), SystemProblem> {
        let account = self.accounts.at(from);
        account.balance =
            account.balance.checked_sub(value).ok_or(SystemProblem::NotEnoughCoins)?;
        Ok(())
    }

    fn enqueue(&mut self, from: Address, to: Address, value: u128, content: Content) {
        let sequence = self.next_sequence();
        self.queue.push_back(Envelope { sequence, from, to, value, content });
    }

    fn advance(&mut self, seconds: i64) {
        self.now = self.now.saturating_add(seconds.max(0));
        while let Some(entry) = self.timers.first_entry()
            && entry.key().0 <= self.now
        {
            let (contract, call) = entry.remove();
            self.enqueue(contract, contract, 0, plain(Request::Timer(call)));
        }
    }

    /// Makes the changes of a handler: the coins of its message arrive, storage is written,
    /// records are appended, and its messages leave with their coins (R7).
    fn commit(&mut self, address: Address, value: u128, pending: Pending) {
        let account = self.accounts.at(address);
        account.balance += value;
        account.balance -= pending.spent;
        account.created = pending.created;
        if let Some(contract) = &mut account.contract {
            if !pending.writes.is_empty() {
                pending.writes.apply(Rc::make_mut(&mut contract.storage));
            }
            contract.is_concluded |= pending.concludes;
        }
        let record = |bytes: Vec<u8>| Record { contract: address, bytes: bytes.into() };
        self.events.extend(pending.events.into_iter().map(record));
        self.stories.extend(pending.stories.into_iter().map(record));
        for number in pending.cancelled {
            self.timers.retain(|(_, timer), (owner, _)| *timer != number || *owner != address);
        }
        self.sequence = pending.sequence;
        for Emission { to, value, request, outcomes } in pending.emissions {
            let content = Content::Request { request, outcomes: Some(outcomes) };
            self.enqueue(address, to, value, content);
        }
        for (at, number, call) in pending.timers {
            if at <= self.now {
                self.enqueue(address, address, 0, plain(Request::Timer(call)));
            } else {
                self.timers.insert((at, number), (address, call));
            }
        }
    }
}
