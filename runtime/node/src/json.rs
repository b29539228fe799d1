//! What the node knows, as JSON: bytes and hashes as `0x` and hexadecimal digits, coins as decimal
//! text (they do not fit a number of JavaScript), the rest as numbers.

pub use fvm_keys::{from_hex as read_bytes, to_hex as bytes};

use fvm_keys::Address;
use fvm_ledger::account::{Account, Hash, Key};
use fvm_ledger::block::{Block, Header, MessageKind, Receipt, SignedTransaction, Story};
use fvm_ledger::difference::{Difference, Ending};
use fvm_ledger::message::{Content, Envelope};
use fvm_ledger::parameters::Parameters;
use fvm_ledger::problem::record_text;
use fvm_ledger::transaction::Action;
use serde_json::{Value, json};

fn coins(coins: u128) -> String {
    coins.to_string()
}

fn address(address: Address) -> String {
    address.to_string()
}

/// A header.
pub fn header(header: &Header) -> Value {
    json!({
        "chain": header.chain,
        "height": header.height,
        "hash": bytes(&header.hash()),
        "parent": bytes(&header.parent),
        "time": header.time,
        "proposer": address(header.proposer),
        "parameters": header.parameters,
        "baseFee": coins(header.base_fee),
        "gasUsed": header.gas_used,
        "stateRoot": bytes(&header.state_root),
        "queueRoot": bytes(&header.queue_root),
        "queueLength": header.queue_len,
        "transactionsRoot": bytes(&header.transactions_root),
        "receiptsRoot": bytes(&header.receipts_root),
        "differencesRoot": bytes(&header.differences_root),
        "burned": coins(header.burned),
        "encoded": bytes(&fvm_ledger::block::encode(header)),
    })
}

/// A block.
pub fn block(block: &Block) -> Value {
    let mut value = header(&block.header);
    value["transactions"] = block.transactions.iter().map(transaction).collect();
    value
}

/// A transaction.
pub fn transaction(signed: &SignedTransaction) -> Value {
    let transaction = &signed.transaction;
    json!({
        "hash": bytes(&transaction.hash()),
        "signer": address(transaction.signer),
        "nonce": transaction.nonce,
        "gas": transaction.gas,
        "feeMax": coins(transaction.fee_max),
        "tip": coins(transaction.tip),
        "validUntil": transaction.valid_until,
        "actions": transaction.actions.iter().map(action).collect::<Vec<_>>(),
        "signature": bytes(&signed.signature.to_bytes()),
    })
}

fn action(action: &Action) -> Value {
    match action {
        Action::Pay { to, value } => {
            json!({ "kind": "pay", "to": address(*to), "value": coins(*value) })
        }
        Action::Call { to, method, arguments, value } => json!({
            "kind": "call", "to": address(*to), "method": method,
            "arguments": bytes(arguments), "value": coins(*value),
        }),
        Action::Deploy { code, arguments, value } => json!({
            "kind": "deploy", "code": bytes(code),
            "arguments": bytes(arguments), "value": coins(*value),
        }),
        Action::Upload { package } => {
            let lengths: Vec<usize> = package.iter().map(Vec::len).collect();
            json!({ "kind": "upload", "moduleBytes": lengths })
        }
        Action::Govern { epoch, parameters } => {
            json!({ "kind": "govern", "epoch": epoch, "version": parameters.version })
        }
    }
}

/// An account.
pub fn account(at: Address, account: &Account) -> Value {
    let contract = account.contract.as_ref().map(|contract| {
        json!({
            "code": bytes(&contract.code),
            "isConcluded": contract.is_concluded,
            "stories": contract.stories,
            "deadLetters": contract.dead_letters,
        })
    });
    json!({
        "address": address(at),
        "balance": coins(account.balance),
        "nonce": account.nonce,
        "deposit": coins(account.deposit),
        "parked": coins(account.parked),
        "storageBytes": account.bytes,
        "version": account.version,
        "storageRoot": bytes(&account.storage_root),
        "contract": contract,
    })
}

/// The name and method of a kind of message.
fn kind(kind: MessageKind) -> (&'static str, Option<u32>) {
    match kind {
        MessageKind::Transaction => ("transaction", None),
        MessageKind::Payment => ("payment", None),
        MessageKind::Call(method) => ("call", Some(method)),
        MessageKind::Create => ("create", None),
        MessageKind::System => ("system", None),
        MessageKind::Reply => ("reply", None),
        MessageKind::Bounce => ("bounce", None),
        MessageKind::Timer => ("timer", None),
    }
}

/// An open record: its bytes, and its text for people.
pub fn record(record: &[u8]) -> Value {
    json!({ "text": record_text(record), "bytes": bytes(record) })
}

fn ending(ending: &Ending) -> Value {
    match ending {
        Ending::Done(result) => json!({ "status": "done", "result": bytes(result) }),
        Ending::Failed(problem) => json!({ "status": "failed", "problem": record(problem) }),
        Ending::DeadLetter(problem) => {
            json!({ "status": "deadLetter", "problem": record(problem) })
        }
        Ending::Refused(refusal) => {
            json!({ "status": "refused", "reason": refusal.to_string() })
        }
        Ending::Cancelled => json!({ "status": "cancelled" }),
    }
}

/// A receipt.
pub fn receipt(receipt: &Receipt) -> Value {
    let (kind, method) = kind(receipt.kind);
    json!({
        "message": bytes(&receipt.message),
        "trace": bytes(&receipt.trace),
        "height": receipt.height,
        "round": receipt.round,
        "position": receipt.position,
        "from": address(receipt.from),
        "to": address(receipt.to),
        "kind": kind,
        "method": method,
        "value": coins(receipt.value),
        "ending": ending(&receipt.ending),
        "gasUsed": receipt.gas_used,
        "price": coins(receipt.price),
        "emissions": receipt.emissions.iter().map(|id| bytes(id)).collect::<Vec<_>>(),
        "events": receipt.events.iter().map(|event| record(event)).collect::<Vec<_>>(),
        "stories": receipt.stories,
        "difference": bytes(&receipt.difference),
        "parameters": receipt.parameters,
    })
}

/// What a message would change, for who is asked whether to send it.
pub fn changes(difference: &Difference) -> Value {
    let write = |(key, value): &(Key, Option<Vec<u8>>)| json!({ "key": bytes(&key.0), "value": value.as_ref().map(|value| bytes(value)) });
    let credit =
        |(to, value): &(Address, u128)| json!({ "to": address(*to), "value": coins(*value) });
    let timer = |(at, number): &(i64, u64)| json!({ "at": at, "number": number });
    json!({
        "gained": coins(difference.gained),
        "lost": coins(difference.lost),
        "burned": coins(difference.burned),
        "writes": difference.writes.iter().map(write).collect::<Vec<_>>(),
        "sends": difference.emissions.iter().map(envelope).collect::<Vec<_>>(),
        "schedules": difference.timers.iter().map(timer).collect::<Vec<_>>(),
        "cancels": difference.cancelled,
        "credits": difference.credits.iter().map(credit).collect::<Vec<_>>(),
        "stories": difference.stories.iter().map(|s| record(&s.record)).collect::<Vec<_>>(),
        "deposit": difference.change.as_ref().map(|change| coins(change.deposit)),
    })
}

/// A message that waits.
pub fn envelope(envelope: &Envelope) -> Value {
    let (kind, method) = kind(MessageKind::of(&envelope.content));
    let transaction = match &envelope.content {
        Content::Transaction(transaction) => Some(bytes(&transaction.hash())),
        _ => None,
    };
    json!({
        "message": bytes(&envelope.id),
        "trace": bytes(&envelope.trace),
        "from": address(envelope.from),
        "to": address(envelope.to),
        "kind": kind,
        "method": method,
        "transaction": transaction,
        "value": coins(envelope.value),
        "gas": envelope.prepaid.gas,
        "deadline": envelope.deadline,
    })
}

/// A Story.
pub fn story(story: &Story) -> Value {
    json!({
        "contract": address(story.contract),
        "code": bytes(&story.code),
        "number": story.number,
        "message": bytes(&story.message),
        "trace": bytes(&story.trace),
        "height": story.height,
        "time": story.time,
        "record": record(&story.record),
        "encoded": bytes(&fvm_ledger::block::encode(story)),
    })
}

/// Parameters, without the text of the gas schedule.
pub fn parameters(parameters: &Parameters) -> Value {
    json!({
        "version": parameters.version,
        "blockGas": parameters.block_gas,
        "messageGasMax": parameters.message_gas_max(),
        "messageGasMin": parameters.message_gas_min,
        "transactionGas": parameters.transaction_gas,
        "transactionByteGas": parameters.transaction_byte_gas,
        "uploadByteGas": parameters.upload_byte_gas,
        "byteDeposit": coins(parameters.byte_deposit),
        "baseFeeMin": coins(parameters.base_fee_min),
        "epochBlocks": parameters.epoch_blocks,
        "deadlineBlocks": parameters.deadline_blocks,
        "mailboxMax": parameters.mailbox_max,
        "governance": address(parameters.governance),
    })
}

/// A hash, read.
pub fn read_hash(text: &str) -> Option<Hash> {
    read_bytes(text)?.try_into().ok()
}
