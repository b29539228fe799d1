//! A transaction on its way: what it may cost and would do, its signature, and what becomes of it.

use super::http::Node;
use super::{ClientError, list, member, number, parsed, text};
use fvm_keys::{Address, KeyPair, to_hex};
use fvm_ledger::account::Hash;
use fvm_ledger::block::{SignedTransaction, encode};
use fvm_ledger::transaction::{Action, Transaction};
use fvm_node::rpc::RpcError;
use serde_json::{Value, json};
use std::time::Duration;

/// What holds for the next block, and for who signs.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The chain.
    pub chain: u64,
    /// The part of the price of gas that is burned.
    pub base_fee: u128,
    /// The most gas of a message.
    pub message_gas_max: u64,
    /// Who signs.
    pub signer: Address,
    /// Coins of the signer.
    pub balance: u128,
    /// The nonce of the signer's account.
    pub nonce: u64,
    /// The nonce behind what waits in the pool.
    pub nonce_next: u64,
}

/// What the signer wants of a transaction besides its actions.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wishes {
    /// Gas; as much as it takes if absent.
    pub gas: Option<u64>,
    /// The most that a unit may cost; twice the base fee if absent.
    pub fee_max: Option<u128>,
    /// What of it goes to the proposer.
    pub tip: u128,
}

/// A transaction, and what it would do.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The transaction.
    pub transaction: Transaction,
    /// Its receipts, as the node foresees them.
    pub receipts: Vec<Value>,
    /// Messages that would still wait behind the block.
    pub waiting: u64,
}

impl Terms {
    /// Asks the node.
    pub fn of(node: &Node, signer: Address) -> Result<Terms, ClientError> {
        let info = node.call("fvm_chainInfo", json!([]))?;
        let parameters = node.call("fvm_getParams", json!([]))?;
        let account = node.call("fvm_getAccount", json!([signer.to_string()]))?;
        Ok(Terms {
            chain: number(&info, "chain")?,
            base_fee: parsed(&info, "baseFee")?,
            message_gas_max: number(&parameters, "messageGasMax")?,
            signer,
            balance: parsed(&account, "balance")?,
            nonce: number(&account, "nonce")?,
            nonce_next: number(&account, "nextNonce")?,
        })
    }

    /// Drafts a transaction: chooses its gas so that it does what it would do with as much gas as
    /// there may be. Transactions before it, of the same signer, are taken as done.
    pub fn draft(
        &self,
        node: &Node,
        before: &[Transaction],
        actions: Vec<Action>,
        wishes: Wishes,
    ) -> Result<Draft, ClientError> {
        let refused = |text: String| ClientError::Refused(RpcError::REFUSED, text);
        let twice = self.base_fee.saturating_mul(2).saturating_add(wishes.tip);
        let fee_max = wishes.fee_max.unwrap_or(twice);
        let mut transaction = Transaction {
            chain: self.chain,
            signer: self.signer,
            // What waits in the pool is not simulated: the nonce is set when it is sent.
            nonce: self.nonce.saturating_add(before.len() as u64),
            gas: wishes.gas.unwrap_or(self.message_gas_max),
            fee_max,
            tip: wishes.tip,
            valid_until: None,
            actions,
        };
        let value = transaction.value().unwrap_or(u128::MAX);
        let spent = |transaction: &Transaction| {
            let fees = transaction.fees_max().unwrap_or(u128::MAX);
            transaction.value().unwrap_or(u128::MAX).saturating_add(fees)
        };
        let reserved = before.iter().map(spent).fold(0, u128::saturating_add);
        let Some(for_gas) = self.balance.checked_sub(value.saturating_add(reserved)) else {
            return Err(refused(format!(
                "{} has {}, and {} are to be sent",
                self.signer,
                fvm_abi::show::coins(self.balance),
                fvm_abi::show::coins(value.saturating_add(reserved)),
            )));
        };
        if wishes.gas.is_some() {
            return simulate(node, before, transaction);
        }
        let affordable = u64::try_from(for_gas / fee_max.max(1)).unwrap_or(u64::MAX);
        let gas_max = self.message_gas_max.min(affordable);
        transaction.gas = gas_max;
        let most = simulate(node, before, transaction)?;
        // What is refused uses no gas, and more or less of it would not help.
        if most.gas_used() == 0 {
            return Ok(most);
        }
        // Gas is shared out in parts, so that more may be needed than is used.
        let mut gas = most.gas_used().saturating_add(most.gas_used() / 4);
        while gas < gas_max {
            let transaction = Transaction { gas, ..most.transaction.clone() };
            let draft = simulate(node, before, transaction)?;
            if draft.outcome() == most.outcome() {
                return Ok(draft);
            }
            gas = gas.max(1).saturating_mul(2);
        }
        Ok(most)
    }
}

fn simulate(
    node: &Node,
    before: &[Transaction],
    transaction: Transaction,
) -> Result<Draft, ClientError> {
    let all: Vec<String> =
        before.iter().chain([&transaction]).map(|each| to_hex(&encode(each))).collect();
    let answer = node.call("fvm_simulate", json!(all))?;
    let trace = to_hex(&transaction.hash());
    let mut receipts = list(&answer, "receipts")?.to_vec();
    receipts.retain(|receipt| receipt["trace"].as_str() == Some(trace.as_str()));
    if receipts.is_empty() {
        let text = "the block has no room for it now; messages wait".to_string();
        return Err(ClientError::Refused(RpcError::REFUSED, text));
    }
    let waiting = number(&answer, "waiting")?;
    Ok(Draft { transaction, receipts, waiting })
}

impl Draft {
    /// Gas of all that it causes.
    pub fn gas_used(&self) -> u64 {
        gas_used(&self.receipts)
    }

    /// How every message ends.
    fn outcome(&self) -> (Vec<(&Value, &Value, &Value)>, u64) {
        let ends = self.receipts.iter().map(|receipt| {
            let ending = &receipt["ending"];
            (&receipt["to"], &ending["status"], &ending["problem"])
        });
        (ends.collect(), self.waiting)
    }

    /// Why it would fail, if it would.
    pub fn failure(&self) -> Option<String> {
        self.receipts.iter().find_map(failure)
    }

    /// Coins that its signer would have less.
    pub fn cost(&self) -> u128 {
        let signer = self.transaction.signer.to_string();
        let coins = |value: &Value| value.as_str().and_then(|text| text.parse::<u128>().ok());
        let mut lost = 0u128;
        let mut gained = 0u128;
        for receipt in &self.receipts {
            let changes = &receipt["changes"];
            if receipt["to"].as_str() == Some(&signer) {
                lost = lost.saturating_add(coins(&changes["lost"]).unwrap_or(0));
                gained = gained.saturating_add(coins(&changes["gained"]).unwrap_or(0));
            }
            for credit in changes["credits"].as_array().into_iter().flatten() {
                if credit["to"].as_str() == Some(&signer) {
                    gained = gained.saturating_add(coins(&credit["value"]).unwrap_or(0));
                }
            }
        }
        lost.saturating_sub(gained)
    }

    /// Signs it and hands it to the node; gives its hash. Such a nonce has what is sent now.
    pub fn send(&self, node: &Node, key: &KeyPair, nonce: u64) -> Result<Hash, ClientError> {
        let transaction = Transaction { nonce, ..self.transaction.clone() };
        let hash = transaction.hash();
        let signature = key
            .sign(&hash)
            .map_err(|error| ClientError::Answer(format!("it cannot be signed: {error}")))?;
        let signed = SignedTransaction { transaction, signature };
        let answer = node.call("fvm_sendTransaction", json!([to_hex(&encode(&signed))]))?;
        if answer.as_str() != Some(to_hex(&hash).as_str()) {
            return Err(ClientError::Answer("the node names another transaction".into()));
        }
        Ok(hash)
    }
}

/// Gas of receipts.
pub fn gas_used(receipts: &[Value]) -> u64 {
    receipts.iter().filter_map(|receipt| receipt["gasUsed"].as_u64()).fold(0, u64::saturating_add)
}

/// Coins for the gas of receipts.
pub fn fees(receipts: &[Value]) -> u128 {
    let fee = |receipt: &Value| {
        let price = receipt["price"].as_str().and_then(|price| price.parse::<u128>().ok());
        let gas = receipt["gasUsed"].as_u64().map(u128::from);
        price.unwrap_or(0).saturating_mul(gas.unwrap_or(0))
    };
    receipts.iter().map(fee).fold(0, u128::saturating_add)
}

/// Why a message failed, if it did.
pub fn failure(receipt: &Value) -> Option<String> {
    let ending = &receipt["ending"];
    let shown = |text: &Value| fvm_abi::show::visible(text.as_str().unwrap_or("a problem"));
    match ending["status"].as_str() {
        Some("failed" | "deadLetter") => Some(shown(&ending["problem"]["text"])),
        Some("refused") => Some(shown(&ending["reason"])),
        _ => None,
    }
}

/// What became of a transaction so far.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Receipts of all that it caused.
    pub receipts: Vec<Value>,
    /// Messages that wait.
    pub pending: u64,
}

/// How long the first pause is, and the longest.
const PAUSES: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(500)];

/// Waits until a transaction and all that it causes is done, or so long. Nothing if it is in no
/// block then.
pub fn wait(node: &Node, hash: &Hash, longest: Duration) -> Result<Option<Trace>, ClientError> {
    let (mut pause, mut waited) = (PAUSES[0], Duration::ZERO);
    loop {
        let trace = match node.call("fvm_getTrace", json!([to_hex(hash)])) {
            Ok(answer) => {
                let receipts = list(&answer, "receipts")?.to_vec();
                Some(Trace { receipts, pending: number(&answer, "pending")? })
            }
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(error),
        };
        let is_done = trace.as_ref().is_some_and(|trace| trace.pending == 0);
        if is_done || waited >= longest {
            return Ok(trace);
        }
        std::thread::sleep(pause);
        waited += pause;
        pause = (pause * 2).min(PAUSES[1]);
    }
}

/// The address of the contract that a transaction made, if it did.
pub fn created(receipts: &[Value]) -> Option<Result<Address, ClientError>> {
    let receipt = receipts.iter().find(|receipt| receipt["kind"].as_str() == Some("create"))?;
    Some(parsed(receipt, "to"))
}

/// Whether code was uploaded.
pub fn has_code(node: &Node, hash: &Hash) -> Result<bool, ClientError> {
    match node.call("fvm_getCode", json!([to_hex(hash)])) {
        Ok(code) => member(&code, "module").map(|_| true),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}

/// The result of a view.
pub fn ask(
    node: &Node,
    contract: Address,
    method: u32,
    arguments: &[u8],
) -> Result<(Vec<u8>, u64), ClientError> {
    let parameters = json!([contract.to_string(), method, to_hex(arguments)]);
    let answer = node.call("fvm_call", parameters)?;
    let wrong = || ClientError::Answer("the node's `result` is no bytes".into());
    let result = fvm_keys::from_hex(text(&answer, "result")?).ok_or_else(wrong)?;
    Ok((result, number(&answer, "gasUsed")?))
}
