//! `fscc call`: a message to an entry of a contract.

use super::submit::Session;
use super::{Failure, finish};
use crate::args::CallArguments;
use crate::client::contract::find_method;
use crate::client::http::Node;
use crate::status::Status;
use fvm_abi::interface::{Kind, Method};
use fvm_abi::read::amount;
use fvm_abi::{Interface, Value};
use fvm_ledger::transaction::Action;
use serde_json::json;

pub(in crate::command) fn run(arguments: &CallArguments) -> Status {
    finish(call(arguments))
}

fn call(arguments: &CallArguments) -> Result<(String, Status), Failure> {
    let value = amount("--value", &arguments.value)?;
    let node = Node::new(&arguments.signer.node.node)?;
    let mut session = Session::new(&arguments.signer, &node)?;
    let target = &arguments.target;
    let interface = session.contracts.interface(target.contract)?;
    let kinds = [Kind::Entry, Kind::Payable];
    let method = find_method(&interface, &target.method, &kinds, arguments.arguments.len())
        .map_err(Failure::usage)?;
    if value > 0 && method.kind != Kind::Payable {
        return Err(Failure::usage(format!("`{}` takes no coins", method.name)));
    }
    let encoded = encoded(&interface, method, &arguments.arguments)?;
    session.contracts.expect(target.contract, interface.clone());
    let method = number(method)?;
    let call = Action::Call { to: target.contract, method, arguments: encoded, value };
    session.add(vec![call])?;
    session.run(|_| (String::new(), json!({})))
}

/// Arguments of a method as bytes.
pub(super) fn encoded(
    interface: &Interface,
    method: &Method,
    texts: &[String],
) -> Result<Vec<u8>, Failure> {
    let values = interface.read_arguments(&method.signature, &method.params, texts)?;
    Ok(bytes(&values))
}

/// Values one after the other.
pub(super) fn bytes(values: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    values.iter().for_each(|value| value.put(&mut bytes));
    bytes
}

/// The number of a method in messages.
pub(super) fn number(method: &Method) -> Result<u32, Failure> {
    let none = || Failure::environment(format!("the ABI gives `{}` no number", method.name));
    method.number().ok_or_else(none)
}
