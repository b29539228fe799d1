//! Receipts with everything that the ABIs of contracts say of them: as JSON for programs, and as
//! lines for people.

use super::contract::Contracts;
use super::transaction::failure;
use fvm_abi::interface::{Method, StoredKind};
use fvm_abi::show::{coins, visible};
use fvm_abi::types::{Form, Type};
use fvm_abi::{Interface, wire};
use fvm_keys::{Address, from_hex, to_hex};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A value as text for people and as JSON for programs.
fn both(value: &fvm_abi::Value) -> Value {
    json!({ "text": value.to_string(), "value": value.to_json() })
}

/// A value of a type, or where it is none of it, its bytes.
fn decoded(interface: Option<&Interface>, ty: Option<&Type>, bytes: &[u8]) -> Value {
    let value = match (interface, ty) {
        (Some(interface), Some(ty)) => interface.decode(ty, bytes).ok(),
        _ => None,
    };
    match value {
        Some(value) => both(&value),
        None => json!({ "text": to_hex(bytes), "value": to_hex(bytes) }),
    }
}

fn bytes_of(value: &Value) -> Vec<u8> {
    value.as_str().and_then(from_hex).unwrap_or_default()
}

/// An open record, with its type and fields where they are known.
pub fn record(interface: Option<&Interface>, record: &Value) -> Value {
    let read = wire::record(&bytes_of(&record["bytes"])).ok();
    let known = match (interface, &read) {
        (Some(interface), Some(read)) => interface.known_record(read),
        _ => None,
    };
    match known {
        Some((ty, value)) => {
            let mut told = both(&value);
            told["type"] = ty.name().into();
            told
        }
        None => json!({ "text": visible(record["text"].as_str().unwrap_or("a record")) }),
    }
}

/// What a receipt says, with what the ABI of the receiver says of it.
pub fn receipt(contracts: &mut Contracts<'_>, receipt: &Value) -> Value {
    let mut told = receipt.clone();
    let address = |name: &str| receipt[name].as_str().and_then(|text| text.parse().ok());
    let interface = address("to").and_then(|to: Address| contracts.at(to));
    let interface = interface.as_deref();
    let method = interface.zip(receipt["method"].as_u64()).and_then(|(interface, number)| {
        u32::try_from(number).ok().and_then(|number| interface.method_by_id(number))
    });
    told["contract"] = interface.map(|interface| interface.contract.clone()).into();
    told["methodName"] = method.map(|method| method.name.clone()).into();
    let ending = &receipt["ending"];
    if ending["status"] == "done" {
        let result = bytes_of(&ending["result"]);
        let ty = method.map(|method: &Method| &method.result);
        told["result"] = match ty.is_some() || !result.is_empty() {
            true => decoded(interface, ty, &result),
            false => Value::Null,
        };
    }
    if ending.get("problem").is_some() {
        told["problem"] = record(interface, &ending["problem"]);
    }
    let records = |list: &Value| -> Vec<Value> {
        list.as_array().into_iter().flatten().map(|each| record(interface, each)).collect()
    };
    told["eventsTold"] = records(&receipt["events"]).into();
    let changes = &receipt["changes"];
    if changes.is_object() {
        told["storiesTold"] = records(&changes["stories"]).into();
        let writes = changes["writes"].as_array().into_iter().flatten();
        told["writesTold"] = writes.filter_map(|each| write(interface?, each)).collect();
        let sends: Vec<Value> = changes["sends"].as_array().cloned().unwrap_or_default();
        told["sendsTold"] = sends.iter().map(|each| send(contracts, each)).collect();
    }
    told
}

/// A write to a field of the contract; what the ledger itself keeps there is left out.
fn write(interface: &Interface, write: &Value) -> Option<Value> {
    let key = bytes_of(&write["key"]);
    let (number, rest) = key.split_first_chunk::<2>()?;
    let field = interface.storage.get(usize::from(u16::from_be_bytes(*number)))?;
    let parts = match (field.kind, interface.form(&field.ty)) {
        (StoredKind::Map, Some(Form::Map(key, value))) => Some((key, Some(value))),
        (StoredKind::Set, Some(Form::Set(element))) => Some((element, None)),
        _ => None,
    };
    let name = match (parts, rest.split_first()) {
        // The number of entries follows from the others.
        (Some(_), Some((3, []))) => return None,
        (Some((key, _)), Some((1, entry))) => {
            let key = decoded(Some(interface), Some(key), entry);
            format!("{}({})", field.name, key["text"].as_str().unwrap_or_default())
        }
        _ => field.name.clone(),
    };
    let ty = parts.map_or(Some(&field.ty), |(_, value)| value);
    let value = match write["value"].as_str() {
        None => json!({ "text": "removed" }),
        // An element of a set is there or not.
        Some(_) if ty.is_none() => json!({ "text": "added" }),
        Some(_) => decoded(Some(interface), ty, &bytes_of(&write["value"])),
    };
    Some(json!({ "field": name, "value": value }))
}

/// A message that is sent, with the names of receiver and method.
fn send(contracts: &mut Contracts<'_>, message: &Value) -> Value {
    let to = message["to"].as_str().and_then(|text| text.parse::<Address>().ok());
    let interface = to.and_then(|to| contracts.at(to));
    let number = message["method"].as_u64().and_then(|number| u32::try_from(number).ok());
    let method = interface.as_deref().zip(number);
    let method = method.and_then(|(interface, number)| interface.method_by_id(number));
    json!({
        "to": message["to"],
        "kind": message["kind"],
        "contract": interface.as_ref().map(|interface| interface.contract.clone()),
        "methodName": method.map(|method| method.name.clone()),
        "value": message["value"],
    })
}

// ── for people ──────────────────────────────────────────────────────────────

/// Coins that the node writes as text.
fn coins_of(value: &Value) -> Option<u128> {
    value.as_str()?.parse().ok()
}

/// What a told message is about: `call of Token.transfer at 0x…`.
fn subject(told: &Value) -> String {
    let to = told["to"].as_str().unwrap_or("?");
    let class = told["contract"].as_str().map(|name| name.rsplit('.').next().unwrap_or(name));
    let kind = told["kind"].as_str().unwrap_or("message");
    let mut text = match (kind, class, told["methodName"].as_str()) {
        ("transaction", ..) => format!("transaction of {to}"),
        ("payment", ..) => format!("payment to {to}"),
        ("create", Some(class), _) => format!("new {class} at {to}"),
        ("create", ..) => format!("new contract at {to}"),
        ("system", ..) => "code or parameters".to_string(),
        ("call", Some(class), Some(method)) => format!("call of {class}.{method} at {to}"),
        (_, Some(class), _) => format!("{kind} to {class} at {to}"),
        _ => format!("{kind} to {to}"),
    };
    if let Some(value) = coins_of(&told["value"]).filter(|value| *value > 0) {
        let _ = write!(text, " with {}", coins(value));
    }
    visible(&text)
}

/// A told receipt as lines.
pub fn lines(told: &Value) -> String {
    let status = match told["ending"]["status"].as_str() {
        Some("done") => "done",
        Some("cancelled") => "cancelled",
        _ => "failed",
    };
    let gas = told["gasUsed"].as_u64().unwrap_or(0);
    let mut text = format!("{}: {status}, {gas} gas\n", subject(told));
    let mut line = |what: &str, value: &str| {
        // Names and texts are somebody else's: an ABI may hold anything.
        let _ = writeln!(text, "  {what} {}", visible(value));
    };
    if let Some(failure) = failure(told) {
        let known = told["problem"]["value"].is_null();
        let problem = told["problem"]["text"].as_str().filter(|_| !known);
        line("because", problem.unwrap_or(&failure));
    }
    if let Some(result) = told["result"]["text"].as_str().filter(|text| *text != "()") {
        line("result", result);
    }
    let list = |name: &str| told[name].as_array().cloned().unwrap_or_default();
    for event in list("eventsTold") {
        line("event", event["text"].as_str().unwrap_or("?"));
    }
    for story in list("storiesTold") {
        line("story", story["text"].as_str().unwrap_or("?"));
    }
    for write in list("writesTold") {
        let value = write["value"]["text"].as_str().unwrap_or("?");
        line("writes", &format!("{} = {value}", write["field"].as_str().unwrap_or("?")));
    }
    // What a transaction sends are its actions, which have receipts of their own.
    if told["kind"] != "transaction" {
        for send in list("sendsTold") {
            line("sends", &subject(&send));
        }
    }
    for call in told["changes"]["schedules"].as_array().into_iter().flatten() {
        line("schedules", &format!("a call at {}", call["at"]));
    }
    text
}
