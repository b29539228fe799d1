//! The methods of the interface: a table of names, parameters and what they do.

use crate::json;
use crate::node::{Node, NodeError};
use crate::rpc::RpcError;
use borsh::BorshDeserialize;
use fvm_keys::Address;
use fvm_ledger::account::{Hash, Key, Unavailable};
use fvm_ledger::backend::{Backend, Table};
use fvm_ledger::block::{SignedTransaction, Story};
use fvm_ledger::code::StoredCode;
use fvm_ledger::ledger::account_path;
use fvm_ledger::message::Envelope;
use fvm_ledger::preview::Previewed;
use fvm_ledger::transaction::Transaction;
use fvm_tree::StateTree;
use serde_json::{Value, json};

type Answer = Result<Value, RpcError>;

/// A method.
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, for who reads.
    pub parameters: &'static str,
    /// What it gives.
    pub doc: &'static str,
    run: fn(&Node, &Parameters<'_>) -> Answer,
}

macro_rules! methods {
    ($($(#[doc = $doc:literal])* $name:literal ($parameters:literal) $run:path;)*) => {
        /// All methods.
        pub const METHODS: &[Method] = &[$(Method {
            name: $name,
            parameters: $parameters,
            doc: concat!($($doc),*).trim_ascii(),
            run: $run,
        }),*];
    };
}

methods! {
    /// The chain: its number, the last block, what a unit of gas costs.
    "fvm_chainInfo" ("") chain_info;
    /// The parameters that hold.
    "fvm_getParams" ("") params;
    /// The schedule of gas prices that holds, as the text of its file.
    "fvm_getSchedulePrices" ("") prices;
    /// Takes a signed transaction; gives its hash.
    "fvm_sendTransaction" ("bytes") send_transaction;
    /// What would happen if transactions, signed or not, were the next blocks, one each.
    "fvm_simulate" ("bytes…") simulate;
    /// A transaction and where it stands.
    "fvm_getTransaction" ("hash") transaction;
    /// All receipts of the messages that a transaction caused so far.
    "fvm_getTrace" ("hash") trace;
    /// The receipt of a message.
    "fvm_getReceipt" ("hash") receipt;
    /// A block with its transactions; the last one without a height.
    "fvm_getBlock" ("height?") block;
    /// The receipts of a block.
    "fvm_getReceipts" ("height") receipts;
    /// An account, and the nonce of its next transaction.
    "fvm_getAccount" ("address") account;
    /// A proof of an account against the root of the last block.
    "fvm_getProof" ("address") proof;
    /// What an account stores under a key, with a proof.
    "fvm_getStorage" ("address, key") storage;
    /// The code with this hash.
    "fvm_getCode" ("hash") code;
    /// The interface of a contract: its ABI.
    "fvm_getInterface" ("address") interface;
    /// Asks a view of a contract; changes nothing.
    "fvm_call" ("address, method, arguments") call_view;
    /// Messages that wait.
    "fvm_getQueue" ("") queue;
    /// Calls that wait for their time.
    "fvm_getSchedule" ("") calendar;
    /// Stories of a contract, from a number on.
    "fvm_getStories" ("address, from?") stories;
    /// Receipts that concern an address, from a block on.
    "fvm_getHistory" ("address, height?") history;
    /// The methods of this interface.
    "rpc_methods" ("") list;
}

/// Calls a method.
pub fn call(node: &Node, name: &str, parameters: &Value) -> Answer {
    let Some(method) = METHODS.iter().find(|method| method.name == name) else {
        return Err(RpcError::new(RpcError::NO_METHOD, format!("there is no method `{name}`")));
    };
    let Value::Array(values) = parameters else {
        return Err(RpcError::new(RpcError::PARAMETERS, "parameters are a list"));
    };
    (method.run)(node, &Parameters { method, values })
}

/// Entries of one answer.
const PAGE_MAX: usize = 1000;

/// The parameters of a call.
struct Parameters<'a> {
    method: &'a Method,
    values: &'a [Value],
}

impl Parameters<'_> {
    fn wrong(&self, at: usize, what: &str) -> RpcError {
        let Method { name, parameters, .. } = self.method;
        let text = format!("parameter {} of {name}({parameters}) is {what}", at + 1);
        RpcError::new(RpcError::PARAMETERS, text)
    }
    fn text(&self, at: usize, what: &str) -> Result<&str, RpcError> {
        self.values.get(at).and_then(Value::as_str).ok_or_else(|| self.wrong(at, what))
    }
    fn bytes(&self, at: usize) -> Result<Vec<u8>, RpcError> {
        let what = "bytes: `0x` and hexadecimal digits";
        json::read_bytes(self.text(at, what)?).ok_or_else(|| self.wrong(at, what))
    }
    fn hash(&self, at: usize) -> Result<Hash, RpcError> {
        let what = "a hash: `0x` and 64 hexadecimal digits";
        json::read_hash(self.text(at, what)?).ok_or_else(|| self.wrong(at, what))
    }
    fn address(&self, at: usize) -> Result<Address, RpcError> {
        let text = self.text(at, "an address: `0x` and 40 hexadecimal digits")?;
        text.parse().map_err(|error: fvm_keys::AddressError| self.wrong(at, &error.to_string()))
    }
    fn number(&self, at: usize) -> Result<u64, RpcError> {
        let number = self.values.get(at).and_then(Value::as_u64);
        number.ok_or_else(|| self.wrong(at, "a number"))
    }
    fn number_or(&self, at: usize, otherwise: u64) -> Result<u64, RpcError> {
        match self.values.get(at) {
            None | Some(Value::Null) => Ok(otherwise),
            Some(_) => self.number(at),
        }
    }
}

impl From<Unavailable> for RpcError {
    fn from(unavailable: Unavailable) -> RpcError {
        RpcError::new(RpcError::INTERNAL, unavailable.to_string())
    }
}

impl From<NodeError> for RpcError {
    fn from(error: NodeError) -> RpcError {
        RpcError::new(RpcError::INTERNAL, error.to_string())
    }
}

fn not_found(what: &str) -> RpcError {
    RpcError::new(RpcError::NOT_FOUND, format!("there is no such {what}"))
}

fn damaged(error: impl std::fmt::Display) -> RpcError {
    RpcError::new(RpcError::INTERNAL, format!("what is stored cannot be read: {error}"))
}

fn decoded<T: BorshDeserialize>(bytes: &[u8]) -> Result<T, RpcError> {
    borsh::from_slice(bytes).map_err(damaged)
}

/// Everything under a prefix of a table, from a key on, as much as one answer takes.
fn page<T: BorshDeserialize>(
    node: &Node,
    table: Table,
    prefix: &[u8],
    from: &[u8],
) -> Result<Vec<T>, RpcError> {
    let mut found = Vec::new();
    node.ledger().backend().scan(table, prefix, from, &mut |_, value| {
        found.push(value.to_vec());
        found.len() < PAGE_MAX
    })?;
    found.iter().map(|bytes| decoded(bytes)).collect()
}

// ── the chain ───────────────────────────────────────────────────────────────

fn chain_info(node: &Node, _: &Parameters<'_>) -> Answer {
    let ledger = node.ledger();
    Ok(json!({
        "chain": ledger.header().chain,
        "last": json::header(ledger.header()),
        "baseFee": ledger.base_fee().to_string(),
        "pending": node.pending(),
        "waiting": ledger.queue().len(),
        "supply": ledger.supply().to_string(),
    }))
}

fn params(node: &Node, _: &Parameters<'_>) -> Answer {
    Ok(json::parameters(node.ledger().parameters()))
}

fn prices(node: &Node, _: &Parameters<'_>) -> Answer {
    Ok(Value::String(node.ledger().parameters().schedule.clone()))
}

fn list(_: &Node, _: &Parameters<'_>) -> Answer {
    let method = |method: &Method| json!({ "name": method.name, "parameters": method.parameters, "doc": method.doc });
    Ok(METHODS.iter().map(method).collect())
}

fn block(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let ledger = node.ledger();
    let height = parameters.number_or(0, ledger.header().height)?;
    let block = ledger.block(height)?.ok_or_else(|| not_found("block"))?;
    Ok(json::block(&block))
}

fn receipts(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let receipts = node.ledger().receipts_of(parameters.number(0)?, PAGE_MAX)?;
    Ok(receipts.iter().map(json::receipt).collect())
}

fn queue(node: &Node, _: &Parameters<'_>) -> Answer {
    Ok(node.ledger().queue().iter().take(PAGE_MAX).map(json::envelope).collect())
}

fn calendar(node: &Node, _: &Parameters<'_>) -> Answer {
    let ledger = node.ledger();
    let call = |(at, _, contract, number): (i64, u64, Address, u64)| json!({ "at": at, "contract": contract.to_string(), "number": number });
    Ok(ledger.calendar().iter().take(PAGE_MAX).map(call).collect())
}

// ── transactions and messages ───────────────────────────────────────────────

fn signed(parameters: &Parameters<'_>) -> Result<SignedTransaction, RpcError> {
    let bytes = parameters.bytes(0)?;
    borsh::from_slice(&bytes)
        .map_err(|error| parameters.wrong(0, &format!("not a signed transaction: {error}")))
}

fn send_transaction(node: &Node, parameters: &Parameters<'_>) -> Answer {
    match node.submit(signed(parameters)?)? {
        Ok(hash) => Ok(Value::String(json::bytes(&hash))),
        Err(error) => Err(RpcError::new(RpcError::REFUSED, error.to_string())),
    }
}

/// Transactions that are simulated together.
const SIMULATED_MAX: usize = 8;

/// A transaction that is to be simulated, with or without a signature. No bytes are both.
fn unsigned(parameters: &Parameters<'_>, at: usize) -> Result<Transaction, RpcError> {
    let bytes = parameters.bytes(at)?;
    let signed: Result<SignedTransaction, _> = borsh::from_slice(&bytes);
    if let Ok(signed) = signed {
        signed.verify().map_err(|error| RpcError::new(RpcError::REFUSED, error.to_string()))?;
        return Ok(signed.transaction);
    }
    borsh::from_slice(&bytes)
        .map_err(|error| parameters.wrong(at, &format!("not a transaction: {error}")))
}

fn simulate(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let count = parameters.values.len().max(1);
    if count > SIMULATED_MAX {
        return Err(parameters.wrong(SIMULATED_MAX, "one too many: limit SIMULATED_MAX"));
    }
    let transactions: Result<Vec<Transaction>, RpcError> =
        (0..count).map(|at| unsigned(parameters, at)).collect();
    let transactions = transactions?;
    let previewed = node.simulate(&transactions)?;
    let traces: Vec<Hash> = transactions.iter().map(Transaction::hash).collect();
    let mut receipts = Vec::new();
    for Previewed { effects, .. } in &previewed {
        // A message that comes back at once, from a full mailbox, has a receipt and no difference.
        for receipt in effects.receipts.iter().filter(|receipt| traces.contains(&receipt.trace)) {
            let mut value = json::receipt(receipt);
            let mut differences = effects.differences.iter();
            let difference = differences.find(|difference| difference.message == receipt.message);
            value["changes"] = difference.map_or(Value::Null, json::changes);
            receipts.push(value);
        }
    }
    let gas = receipts.iter().filter_map(|receipt| receipt["gasUsed"].as_u64()).sum::<u64>();
    let is_ours = |envelope: &&Envelope| traces.contains(&envelope.trace);
    let waiting = previewed
        .last()
        .map_or(0, |Previewed { effects, .. }| effects.added.iter().filter(is_ours).count());
    let first = previewed.first().map(|previewed| &previewed.facts);
    Ok(json!({
        "height": first.map(|facts| facts.height),
        "parameters": first.map(|facts| facts.parameters.version),
        "baseFee": first.map(|facts| facts.base_fee.to_string()),
        "receipts": receipts,
        "gasUsed": gas,
        "waiting": waiting,
    }))
}

fn transaction(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let found = node.ledger().transaction(&parameters.hash(0)?)?;
    let (height, signed) = found.ok_or_else(|| not_found("transaction"))?;
    let mut value = json::transaction(&signed);
    value["height"] = height.into();
    Ok(value)
}

fn receipt(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let found = node.ledger().receipt(&parameters.hash(0)?)?;
    Ok(json::receipt(&found.ok_or_else(|| not_found("message"))?))
}

fn trace(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let hash = parameters.hash(0)?;
    let mut todo = vec![hash];
    let (mut found, mut pending) = (Vec::new(), 0);
    while let Some(message) = todo.pop() {
        match node.ledger().receipt(&message)? {
            Some(receipt) if found.len() < PAGE_MAX => {
                todo.extend(receipt.emissions.iter().rev());
                found.push(receipt);
            }
            Some(_) => break,
            None => pending += 1,
        }
    }
    if found.is_empty() {
        return Err(not_found("transaction"));
    }
    found.sort_by_key(|receipt| (receipt.height, receipt.position));
    Ok(json!({
        "receipts": found.iter().map(json::receipt).collect::<Vec<_>>(),
        "pending": pending,
        "isComplete": pending == 0,
    }))
}

// ── accounts ────────────────────────────────────────────────────────────────

fn account(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let address = parameters.address(0)?;
    let mut value = json::account(address, &node.account(address)?);
    value["nextNonce"] = node.next_nonce(address)?.into();
    Ok(value)
}

fn proof(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let address = parameters.address(0)?;
    let ledger = node.ledger();
    let account = ledger.account(address)?;
    let proof = ledger.accounts_tree().prove(&account_path(address));
    Ok(json!({
        "height": ledger.header().height,
        "stateRoot": json::bytes(&ledger.header().state_root),
        "account": account.map(|account| json::bytes(&fvm_ledger::block::encode(&account))),
        "proof": json::bytes(&proof.encode()),
    }))
}

fn storage(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let (address, key) = (parameters.address(0)?, Key(parameters.bytes(1)?));
    let ledger = node.ledger();
    let value = ledger.stored(address, &key)?;
    let (root, proof) = ledger.prove_storage(address, &key)?;
    Ok(json!({
        "value": value.map(|value| json::bytes(&value)),
        "storageRoot": json::bytes(&root),
        "proof": json::bytes(&proof.encode()),
    }))
}

fn stored_code(node: &Node, hash: &Hash) -> Result<StoredCode, RpcError> {
    let stored = node.ledger().stored(fvm_ledger::account::SYSTEM, &Key::code(hash))?;
    decoded(&stored.ok_or_else(|| not_found("code"))?)
}

fn code(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let code = stored_code(node, &parameters.hash(0)?)?;
    let package = code.package.iter();
    let package: serde_json::Map<String, Value> =
        package.map(|(name, hash)| (name.clone(), json::bytes(hash).into())).collect();
    Ok(json!({ "module": json::bytes(&code.module), "package": package }))
}

fn interface(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let account = node.account(parameters.address(0)?)?;
    let contract = account.contract.ok_or_else(|| not_found("contract"))?;
    let code = stored_code(node, &contract.code)?;
    serde_json::from_slice(&code.abi().map_err(damaged)?).map_err(damaged)
}

fn call_view(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let (address, method) = (parameters.address(0)?, parameters.number(1)?);
    let method = u32::try_from(method).map_err(|_| parameters.wrong(1, "a method's number"))?;
    let arguments = parameters.bytes(2)?;
    let ledger = node.ledger();
    let gas = ledger.parameters().message_gas_max();
    let (answer, gas_used) = ledger.query(address, method, &arguments, gas)?;
    match answer {
        Ok(result) => Ok(json!({ "result": json::bytes(&result), "gasUsed": gas_used })),
        Err(problem) => {
            let record = json::record(&problem);
            let text = record["text"].as_str().unwrap_or("a problem").to_string();
            Err(RpcError { code: RpcError::REFUSED, message: text, data: Some(record) })
        }
    }
}

fn stories(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let address = parameters.address(0)?;
    let from = parameters.number_or(1, 0)?.to_be_bytes();
    let from = [&address.0[..], &from].concat();
    let stories: Vec<Story> = page(node, Table::Stories, &address.0, &from)?;
    Ok(stories.iter().map(json::story).collect())
}

fn history(node: &Node, parameters: &Parameters<'_>) -> Answer {
    let address = parameters.address(0)?;
    let from = parameters.number_or(1, 0)?;
    let receipts = node.ledger().history(address, from, PAGE_MAX)?;
    Ok(receipts.iter().map(json::receipt).collect())
}
