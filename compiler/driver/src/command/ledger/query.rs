//! `fscc query`: what a view of a contract answers.

use super::{Failure, call, document, finish};
use crate::args::QueryArguments;
use crate::client::contract::{Contracts, find_method};
use crate::client::http::Node;
use crate::client::transaction::ask;
use crate::status::Status;
use fvm_abi::interface::Kind;
use fvm_abi::show::visible;
use serde_json::json;

pub(in crate::command) fn run(arguments: &QueryArguments) -> Status {
    finish(query(arguments))
}

fn query(arguments: &QueryArguments) -> Result<(String, Status), Failure> {
    let node = Node::new(&arguments.node.node)?;
    let target = &arguments.target;
    let interface = Contracts::new(&node).interface(target.contract)?;
    let method = find_method(&interface, &target.method, &[Kind::View], arguments.arguments.len())
        .map_err(Failure::usage)?;
    let encoded = call::encoded(&interface, method, &arguments.arguments)?;
    let (result, gas) = ask(&node, target.contract, call::number(method)?, &encoded)?;
    let value = interface.decode(&method.result, &result);
    let value = value.map_err(|error| Failure::environment(format!("the answer: {error}")))?;
    let text = match arguments.node.json {
        true => document(&json!({ "result": value.to_json(), "gasUsed": gas })),
        // The names in it are those of the contract's ABI.
        false => format!("{}\n", visible(&value.to_string())),
    };
    Ok((text, Status::Success))
}
