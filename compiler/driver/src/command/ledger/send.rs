//! `fscc send`: coins for somebody.

use super::submit::Session;
use super::{Failure, finish, signer};
use crate::args::SendArguments;
use crate::client::http::Node;
use crate::status::Status;
use fvm_abi::read::amount;
use fvm_ledger::transaction::Action;
use serde_json::json;

pub(in crate::command) fn run(arguments: &SendArguments) -> Status {
    finish(send(arguments))
}

fn send(arguments: &SendArguments) -> Result<(String, Status), Failure> {
    let value = amount("COINS", &arguments.value)?;
    let to = signer::address(&arguments.signer.wallet, &arguments.to)?;
    let node = Node::new(&arguments.signer.node.node)?;
    let mut session = Session::new(&arguments.signer, &node)?;
    session.add(vec![Action::Pay { to, value }])?;
    session.run(|_| (String::new(), json!({})))
}
