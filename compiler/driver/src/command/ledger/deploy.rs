//! `fscc deploy`: a contract from a source or from compiled modules. Its package, and each library
//! that it needs, is uploaded in a transaction of its own where the ledger does not have it yet.

use super::package::Package;
use super::submit::Session;
use super::{Failure, call, finish};
use crate::args::DeployArguments;
use crate::client::http::Node;
use crate::client::transaction::{created, has_code};
use crate::command::Console;
use crate::status::Status;
use fvm_abi::Interface;
use fvm_abi::read::amount;
use fvm_ledger::transaction::Action;
use serde_json::json;
use std::rc::Rc;

pub(in crate::command) fn run(arguments: &DeployArguments, console: &Console) -> Status {
    match Package::of(&arguments.path, &arguments.with, console) {
        Ok(package) => finish(deploy(arguments, package)),
        Err(status) => status,
    }
}

fn deploy(arguments: &DeployArguments, package: Package) -> Result<(String, Status), Failure> {
    let value = amount("--value", &arguments.value)?;
    let class = package.choose(arguments.contract.as_deref())?.to_string();
    let interface = package.interfaces.get(&class).map(Vec::as_slice).unwrap_or_default();
    let interface = Interface::parse(interface)
        .map_err(|error| Failure::finding(format!("the ABI of {class}: {error}")))?;
    let values = interface.read_arguments(
        &signature(&interface),
        &interface.constructor,
        &arguments.arguments,
    )?;
    let code = package.code(&class);
    let node = Node::new(&arguments.signer.node.node)?;
    let mut session = Session::new(&arguments.signer, &node)?;
    for (hash, module) in &package.libraries {
        if !has_code(&node, hash)? {
            session.add(vec![Action::Upload { package: vec![module.clone()] }])?;
        }
    }
    if !has_code(&node, &code)? {
        let modules = package.modules.values().cloned().collect();
        session.add(vec![Action::Upload { package: modules }])?;
    }
    session.add(vec![Action::Deploy { code, arguments: call::bytes(&values), value }])?;
    if let Some(Ok(address)) = created(session.foreseen()) {
        session.contracts.expect(address, Rc::new(interface));
    }
    let deployer = session.signer().to_string();
    session.run(|receipts| {
        let made = receipts.iter().find(|receipt| receipt["kind"] == "create");
        let is_made = made.is_some_and(|receipt| receipt["ending"]["status"] == "done");
        match created(receipts) {
            Some(Ok(address)) if is_made => (
                format!("{class} is at {address}\n"),
                json!({ "contract": class, "address": address.to_string(), "deployer": deployer }),
            ),
            _ => (String::new(), json!({ "contract": class, "address": null })),
        }
    })
}

/// What a constructor is called in messages to people.
fn signature(interface: &Interface) -> String {
    let types: Vec<&str> = interface.constructor.iter().map(|field| field.ty.name()).collect();
    format!("{}({})", interface.contract, types.join(","))
}
