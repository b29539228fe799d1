//! One message arrives at one account. The result is a [`Difference`]: the receiver changes, and
//! everything for others is in messages and credits. So messages to different accounts can be
//! delivered at the same time, and nobody could tell (`ledger.md` 3).
//!
//! Rules: R2a transactions, R7 atomic unit, R8 coins are conserved, R9 one answer per request, R10
//! a bounce brings back all coins, R11 coins of an answer stay, R12 gas is paid before, R13 and
//! what is left goes back.

use crate::account::{Account, Bytes, Contract, Hash, Key, SYSTEM, Unavailable};
use crate::calendar::Timer;
use crate::code::{Code, CodeStore};
use crate::difference::{Change, Component, Difference, Ending};
use crate::execute::{BODY_BYTES_MAX, Execution, Invocation, Pending, run};
use crate::message::{Content, Envelope, Outcomes, Prepaid, Request, SavedCall};
use crate::parameters::Facts;
use crate::problem::SystemProblem;
use crate::system::{self, Failure, Linking};
use crate::transaction::{Action, Refusal, Transaction};
use fvm_isa::{Export, ExportKind};
use fvm_keys::Address;
use std::sync::Arc;

/// The end of a message for its sender: the encoded result, or the encoded problem.
pub type Answer = Result<Vec<u8>, Vec<u8>>;

/// What came of a message.
#[derive(Debug)]
pub struct Delivered {
    /// What it changes.
    pub difference: Difference,
    /// Instructions executed, for those who count.
    pub instructions: u64,
    /// What handled it, if anything did.
    pub handler: Option<Handler>,
}

/// A method of a contract's code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Handler {
    /// The code.
    pub code: Hash,
    /// The method id; 0 of a constructor.
    pub method: u32,
}

/// Delivers a message to its receiver. The component is as it was; `apply` changes it.
pub fn deliver(
    codes: &CodeStore,
    facts: &Facts,
    component: &Component<'_>,
    envelope: &Envelope,
) -> Result<Delivered, Unavailable> {
    let mut delivery = Delivery::new(codes, facts, component, envelope);
    match &envelope.content {
        Content::Transaction(transaction) => delivery.transaction(transaction),
        Content::Request { request, is_asked } => delivery.request(request, *is_asked)?,
        Content::Reply { to, result } => {
            let saved = |outcomes: Outcomes| outcomes.delivered;
            delivery.answer(to, result, saved)?;
        }
        Content::Bounce { to, problem } => {
            let mut content = problem.clone();
            content.extend(envelope.value.to_be_bytes());
            delivery.answer(to, &content, |outcomes| outcomes.bounced)?;
        }
        Content::Timer { number } => delivery.timer(*number)?,
    }
    let Delivery { difference, instructions, handler, .. } = delivery;
    debug_assert!(difference.is_balanced(envelope, &component.account), "coins are conserved");
    Ok(Delivered { difference, instructions, handler })
}

/// Why a transaction may not stand in a block of these facts, for an account as it is.
pub fn refusal(facts: &Facts, account: &Account, transaction: &Transaction) -> Option<Refusal> {
    let parameters = &facts.parameters;
    let actions = transaction.actions.len();
    let bytes = transaction.bytes();
    let intrinsic = intrinsic_gas(facts, bytes);
    let cost = transaction.value().and_then(|value| value.checked_add(transaction.fees_max()?));
    let least = intrinsic.saturating_add(parameters.message_gas_min.saturating_mul(actions as u64));
    let checks = [
        (transaction.chain == facts.chain, Refusal::WrongChain),
        (account.contract.is_none(), Refusal::ContractSigner),
        (transaction.valid_until.is_none_or(|height| facts.height <= height), Refusal::Expired),
        (bytes <= u64::from(parameters.transaction_bytes_max), Refusal::TooLong),
        ((1..=parameters.actions_max as usize).contains(&actions), Refusal::ActionCount),
        (transaction.nonce >= account.nonce, Refusal::NonceUsed),
        (transaction.nonce <= account.nonce, Refusal::NonceAhead),
        (transaction.fee_max >= facts.base_fee, Refusal::FeeTooLow),
        (transaction.gas >= least, Refusal::GasTooLow),
        (transaction.gas <= parameters.message_gas_max(), Refusal::GasTooHigh),
        (cost.is_some_and(|cost| cost <= account.balance), Refusal::NotEnoughCoins),
    ];
    checks.into_iter().find(|(holds, _)| !holds).map(|(_, refusal)| refusal)
}

/// Gas that a transaction of so many bytes needs itself.
pub fn intrinsic_gas(facts: &Facts, bytes: u64) -> u64 {
    let parameters = &facts.parameters;
    parameters.transaction_gas + bytes.saturating_mul(parameters.transaction_byte_gas)
}

/// A request that is not delivered at all comes back with this problem. The difference is nobody's:
/// it holds what goes to others.
pub fn refuse(facts: &Facts, envelope: &Envelope, problem: &SystemProblem) -> Difference {
    let mut difference = Difference::new(envelope, &Account::default());
    if let Content::Request { is_asked, .. } = envelope.content {
        respond(&mut difference, envelope, Err(problem.encode()), is_asked);
    }
    settle(facts, &mut difference, envelope.prepaid, envelope.prepaid.gas);
    difference
}

/// Tells the sender how its request ended; a plain account just gets its coins back.
fn respond(difference: &mut Difference, envelope: &Envelope, answer: Answer, is_asked: bool) {
    let Envelope { id, from, to, value, prepaid, .. } = *envelope;
    let (content, returned) = match answer {
        Ok(result) => {
            difference.ending = Ending::Done(result.clone());
            (Content::Reply { to: id, result }, 0)
        }
        Err(problem) => {
            difference.ending = Ending::Failed(problem.clone());
            (Content::Bounce { to: id, problem }, value)
        }
    };
    if !is_asked {
        difference.credit(from, returned);
        difference.credit(prepaid.payer, prepaid.price.of(prepaid.answer));
        return;
    }
    difference.emissions.push(Envelope {
        id: answer_id(&id),
        from: to,
        to: from,
        value: returned,
        prepaid: Prepaid { gas: prepaid.answer, answer: 0, ..prepaid },
        trace: envelope.trace,
        hop: envelope.hop.saturating_add(1),
        deadline: u64::MAX,
        content,
    });
}

/// Burns the base fee of used gas, gives the proposer its tip, and what is left back (R13).
fn settle(facts: &Facts, difference: &mut Difference, prepaid: Prepaid, left: u64) {
    let Prepaid { price, payer, .. } = prepaid;
    let used = difference.gas_used;
    difference.burned += price.base * u128::from(used);
    difference.credit(facts.proposer, price.tip * u128::from(used));
    difference.credit(payer, price.of(left));
}

/// Asks a view of a contract, which changes nothing. The gas that it took is given besides.
pub fn query(
    codes: &CodeStore,
    facts: &Facts,
    component: &Component<'_>,
    method: u32,
    arguments: &[u8],
    gas: u64,
) -> Result<(Answer, u64), Unavailable> {
    let problem = |problem: SystemProblem| Ok((Err(problem.encode()), 0));
    let Some(contract) = &component.account.contract else {
        return problem(SystemProblem::NoContract);
    };
    let code = codes.of_contract(component.view(), &contract.code)?;
    let Some(export) = code.method(method, &[ExportKind::View]) else {
        return problem(SystemProblem::NoEntry);
    };
    let invocation = Invocation {
        code: &code,
        sender: component.address,
        value: 0,
        balance: component.account.balance,
        function: export.function,
        method: export.method_id,
        arguments,
        gas,
        checks_invariants: false,
    };
    let execution = run(codes, facts, component, &invocation)?;
    Ok((execution.result.map(|(_, result)| result), execution.gas_used))
}

/// What a handler wants and its encoded result, or the encoded problem.
type Handled = Result<(Pending, Vec<u8>), Vec<u8>>;

/// A message on its way.
pub(crate) struct Delivery<'a> {
    codes: &'a CodeStore,
    pub(crate) facts: &'a Facts,
    pub(crate) component: &'a Component<'a>,
    pub(crate) envelope: &'a Envelope,
    pub(crate) difference: Difference,
    instructions: u64,
    handler: Option<Handler>,
    /// Gas that was paid for: what the envelope says, or for a scheduled call what is parked.
    pub(crate) prepaid: Prepaid,
    /// Coins that were parked for this message.
    unparked: u128,
    /// Gas of the message that is not used and not given on.
    pub(crate) gas_left: u64,
}

impl<'a> Delivery<'a> {
    fn new(
        codes: &'a CodeStore,
        facts: &'a Facts,
        component: &'a Component<'a>,
        envelope: &'a Envelope,
    ) -> Delivery<'a> {
        let difference = Difference::new(envelope, &component.account);
        let prepaid = envelope.prepaid;
        Delivery {
            codes,
            facts,
            component,
            envelope,
            difference,
            instructions: 0,
            handler: None,
            prepaid,
            unparked: 0,
            gas_left: prepaid.gas,
        }
    }

    /// The account before any change but that what was parked for this message is used.
    pub(crate) fn change(&self) -> Change {
        let mut change = Change::of(&self.component.account);
        change.parked -= self.unparked;
        change
    }

    /// Forgets everything but the gas that was used.
    fn undo(&mut self) {
        let used = self.difference.gas_used;
        self.difference = Difference::new(self.envelope, &self.component.account);
        self.difference.gas_used = used;
        self.gas_left = self.prepaid.gas.saturating_sub(used);
    }

    // ── transactions ────────────────────────────────────────────────────────

    fn transaction(&mut self, transaction: &Transaction) {
        let account = &self.component.account;
        if let Some(refusal) = refusal(self.facts, account, transaction) {
            self.difference.ending = Ending::Refused(refusal);
            return;
        }
        let price = transaction.price(self.facts.base_fee);
        let prepaid = Prepaid { gas: transaction.gas, answer: 0, price, payer: self.envelope.to };
        self.prepaid = prepaid;
        self.difference.lost = prepaid.coins() + transaction.value().unwrap_or(0);
        let mut change = Change::of(account);
        change.nonce += 1;
        let used = intrinsic_gas(self.facts, transaction.bytes());
        let mut left = transaction.gas - used;
        let share = left / transaction.actions.len() as u64;
        for action in &transaction.actions {
            left -= share;
            let (to, value, request) = self.requested(action, &mut change);
            let prepaid = Prepaid { gas: share, ..prepaid };
            let content = Content::Request { request, is_asked: false };
            let envelope = self.emission(to, value, prepaid, content, &mut change);
            self.difference.emissions.push(envelope);
        }
        self.difference.change = Some(change);
        self.difference.gas_used = used;
        self.gas_left = left;
        self.settle();
    }

    fn requested(&self, action: &Action, change: &mut Change) -> (Address, u128, Request) {
        match action.clone() {
            Action::Pay { to, value } => (to, value, Request::Pay),
            Action::Call { to, method, arguments, value } => {
                (to, value, Request::Call { method, arguments })
            }
            Action::Deploy { code, arguments, value } => {
                change.created += 1;
                let to = Address::of_contract(self.envelope.to, change.created);
                (to, value, Request::Create { code, arguments })
            }
            Action::Upload { package } => (SYSTEM, 0, Request::Upload { package }),
            Action::Govern { epoch, parameters } => {
                (SYSTEM, 0, Request::Govern { epoch, parameters })
            }
        }
    }

    // ── requests ────────────────────────────────────────────────────────────

    fn request(&mut self, request: &Request, is_asked: bool) -> Result<(), Unavailable> {
        let answer = self.serve(request)?;
        if answer.is_err() {
            self.undo();
        }
        respond(&mut self.difference, self.envelope, answer, is_asked);
        self.settle();
        Ok(())
    }

    /// Runs a request with coins that are in flight; on success they are with the receiver.
    fn serve(&mut self, request: &Request) -> Result<Answer, Unavailable> {
        let problem = |problem: SystemProblem| Ok(Err(problem.encode()));
        if self.facts.height > self.envelope.deadline {
            return problem(SystemProblem::TimedOut);
        }
        if !self.pays_for_itself(request.bytes()) {
            return problem(SystemProblem::OutOfGas);
        }
        if self.envelope.to == SYSTEM {
            return self.serve_by_system(request);
        }
        let contract = self.component.account.contract.clone();
        let (method, arguments): (u32, &[u8]) = match (request, &contract) {
            (Request::Pay, None) => {
                self.difference.gained = self.envelope.value;
                return Ok(Ok(Vec::new()));
            }
            (Request::Pay, Some(contract)) => match self.code(contract)?.receiver() {
                None => return problem(SystemProblem::NotPayable),
                Some(method) => (method, &[]),
            },
            (Request::Create { code, arguments }, None) => return self.create(code, arguments),
            (Request::Call { method, arguments }, _) => (*method, arguments),
            _ => return problem(SystemProblem::NoContract),
        };
        let Some(contract) = contract else { return problem(SystemProblem::NoContract) };
        let code = self.code(&contract)?;
        let kinds = [ExportKind::Entry, ExportKind::Payable, ExportKind::View];
        let Some(export) = code.method(method, &kinds) else {
            return problem(SystemProblem::NoEntry);
        };
        if contract.is_concluded && export.kind != ExportKind::View {
            return problem(SystemProblem::Concluded);
        }
        if self.envelope.value > 0 && export.kind != ExportKind::Payable {
            return problem(SystemProblem::NotPayable);
        }
        let checks_invariants = export.kind != ExportKind::View;
        let invocation =
            Invocation { checks_invariants, ..self.invocation(&code, export, arguments) };
        self.invoke(&invocation, contract)
    }

    fn create(&mut self, hash: &Hash, arguments: &[u8]) -> Result<Answer, Unavailable> {
        let missing = || Ok(Err(SystemProblem::NoContract.encode()));
        let Some(code) = self.codes.uploaded(self.component.view(), hash)? else {
            return missing();
        };
        let Some(export) = code.constructor() else { return missing() };
        let invocation = self.invocation(&code, export, arguments);
        let new = Contract { code: *hash, is_concluded: false, stories: 0, dead_letters: 0 };
        self.invoke(&invocation, new)
    }

    fn serve_by_system(&mut self, request: &Request) -> Result<Answer, Unavailable> {
        let byte_gas = self.facts.parameters.upload_byte_gas;
        let bytes = match request {
            Request::Upload { .. } => request.bytes(),
            _ => 0,
        };
        // Libraries are read and verified with what imports them, so their bytes cost as much.
        let paid = self.gas_left.checked_div(byte_gas).unwrap_or(u64::MAX);
        let stored = |key: &Key| self.component.stored(key);
        let mut linking = Linking::new(&stored, paid.saturating_sub(bytes));
        let served = system::serve(self.facts, self.envelope.from, request, &mut linking);
        let used = byte_gas.saturating_mul(bytes.saturating_add(linking.bytes()));
        let served = match served {
            Ok(served) => Ok(served),
            Err(Failure::Problem(problem)) => Err(problem),
            Err(Failure::Unavailable(unavailable)) => return Err(unavailable),
        };
        if !self.take(used) {
            return Ok(Err(SystemProblem::OutOfGas.encode()));
        }
        let (writes, result) = match served {
            Ok(_) if self.envelope.value > 0 => {
                return Ok(Err(SystemProblem::NotPayable.encode()));
            }
            Ok(served) => served,
            Err(problem) => return Ok(Err(problem.encode())),
        };
        let mut change = self.change();
        match self.store(writes, &mut change)? {
            Ok(()) => {}
            Err(problem) => return Ok(Err(problem.encode())),
        }
        self.difference.change = Some(change);
        Ok(Ok(result))
    }

    // ── answers and scheduled calls ─────────────────────────────────────────

    /// An answer: its coins are credited whatever the handler does.
    fn answer(
        &mut self,
        to: &Hash,
        content: &[u8],
        choose: impl FnOnce(Outcomes) -> Option<SavedCall>,
    ) -> Result<(), Unavailable> {
        let key = Key::ask(to);
        let ask = self.component.stored(&key)?;
        let outcomes = ask.as_deref().and_then(|bytes| borsh::from_slice(bytes).ok());
        let call = outcomes.and_then(choose);
        self.run_saved(key, call, content)
    }

    fn timer(&mut self, number: u64) -> Result<(), Unavailable> {
        let key = Key::timer(number);
        let stored = self.component.stored(&key)?;
        match stored.as_deref().and_then(|bytes| borsh::from_slice::<Timer>(bytes).ok()) {
            Some(timer) => {
                self.prepaid = Prepaid { gas: self.prepaid.gas, ..timer.prepaid };
                self.unparked = timer.prepaid.coins();
                self.run_saved(key, Some(timer.call), &[])
            }
            None => {
                self.difference.ending = Ending::Cancelled;
                Ok(())
            }
        }
    }

    /// Runs what a contract saved under `key`, which is used up by that. A failure becomes a dead
    /// letter.
    fn run_saved(
        &mut self,
        key: Key,
        call: Option<SavedCall>,
        content: &[u8],
    ) -> Result<(), Unavailable> {
        let contract = self.component.account.contract.clone();
        let answer = match (&call, &contract) {
            (Some(call), Some(contract)) => {
                let arguments = call.arguments(content);
                self.saved(call, &arguments, contract, &key)?
            }
            _ => {
                self.pays_for_itself(0);
                let mut change = self.change();
                let _ = self.store(vec![(key.clone(), None)], &mut change)?;
                self.difference.change = Some(change);
                Ok(Vec::new())
            }
        };
        match answer {
            Ok(result) => {
                self.difference.ending = Ending::Done(result);
                self.difference.gained += self.envelope.value;
            }
            Err(problem) => self.bury(key, problem)?,
        }
        self.settle();
        self.difference.credit(self.prepaid.payer, self.prepaid.price.of(self.prepaid.answer));
        Ok(())
    }

    fn saved(
        &mut self,
        call: &SavedCall,
        arguments: &[u8],
        contract: &Contract,
        key: &Key,
    ) -> Result<Answer, Unavailable> {
        if !self.pays_for_itself(arguments.len() as u64) {
            return Ok(Err(SystemProblem::OutOfGas.encode()));
        }
        let code = self.code(contract)?;
        let kinds = [ExportKind::Handler, ExportKind::Entry, ExportKind::Payable, ExportKind::View];
        let Some(export) = code.method(call.method, &kinds) else {
            return Ok(Err(SystemProblem::NoEntry.encode()));
        };
        let invocation = self.invocation(&code, export, arguments);
        let execution = self.execute(&invocation)?;
        let (mut pending, result) = match execution {
            Ok(done) => done,
            Err(problem) => return Ok(Err(problem)),
        };
        pending.writes.insert(key.clone(), None);
        // Coins of answers are credited by the caller, whatever happens here.
        let committed = self.commit(pending, contract.clone(), 0)?;
        Ok(committed.map(|()| result).map_err(|problem| problem.encode()))
    }

    /// The handler of an answer failed: its coins stay, and a hash of the problem is kept.
    fn bury(&mut self, key: Key, problem: Vec<u8>) -> Result<(), Unavailable> {
        self.undo();
        let mut change = self.change();
        let mut writes = vec![(key, None)];
        if let Some(contract) = &mut change.contract {
            let hash = blake3::hash(&problem);
            let letter = Bytes::from(&hash.as_bytes()[..]);
            writes.push((Key::dead_letter(contract.dead_letters), Some(letter)));
            contract.dead_letters += 1;
        }
        // What does not pay for its bytes is not kept: the receipt has it all the same.
        let _ = self.store(writes, &mut change)?;
        self.difference.change = Some(change);
        self.difference.gained = self.envelope.value;
        self.difference.ending = Ending::DeadLetter(problem);
        Ok(())
    }

    // ── handlers ────────────────────────────────────────────────────────────

    /// A call of an exported function with the coins of the message and all gas that is left.
    fn invocation<'c>(
        &self,
        code: &'c Code,
        export: &Export,
        arguments: &'c [u8],
    ) -> Invocation<'c> {
        Invocation {
            code,
            sender: self.envelope.from,
            value: self.envelope.value,
            balance: self.component.account.balance + self.envelope.value,
            function: export.function,
            method: export.method_id,
            arguments,
            gas: self.gas_left,
            checks_invariants: true,
        }
    }

    /// Runs a handler whose coins are in flight, and makes the changes that it wants.
    fn invoke(
        &mut self,
        invocation: &Invocation<'_>,
        contract: Contract,
    ) -> Result<Answer, Unavailable> {
        let (pending, result) = match self.execute(invocation)? {
            Ok(done) => done,
            Err(problem) => return Ok(Err(problem)),
        };
        if result.len() > BODY_BYTES_MAX {
            let problem = SystemProblem::Failed("limit BODY_BYTES_MAX".into());
            return Ok(Err(problem.encode()));
        }
        let committed = self.commit(pending, contract, invocation.value)?;
        Ok(committed.map(|()| result).map_err(|problem| problem.encode()))
    }

    fn execute(&mut self, invocation: &Invocation<'_>) -> Result<Handled, Unavailable> {
        self.handler = Some(Handler { code: invocation.code.hash, method: invocation.method });
        let execution = run(self.codes, self.facts, self.component, invocation)?;
        let Execution { gas_used, instructions, result } = execution;
        self.instructions += instructions;
        self.take(gas_used);
        Ok(result)
    }

    // ── gas and coins ───────────────────────────────────────────────────────

    /// Takes gas; if there is not enough, all of it.
    pub(crate) fn take(&mut self, gas: u64) -> bool {
        let taken = gas.min(self.gas_left);
        self.gas_left -= taken;
        self.difference.gas_used += taken;
        taken == gas
    }

    /// The price of receiving a message with so many bytes of arguments.
    fn pays_for_itself(&mut self, bytes: u64) -> bool {
        let parameters = &self.facts.parameters;
        self.take(parameters.message_gas + bytes.saturating_mul(parameters.message_byte_gas))
    }

    fn settle(&mut self) {
        settle(self.facts, &mut self.difference, self.prepaid, self.gas_left);
    }

    fn code(&self, contract: &Contract) -> Result<Arc<Code>, Unavailable> {
        self.codes.of_contract(self.component.view(), &contract.code)
    }
}

/// The id of the answer to a message, of which there is exactly one (R9).
pub fn answer_id(request: &Hash) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"fvm/answer").update(request);
    *hasher.finalize().as_bytes()
}
