//! What the ledger does itself at the address [`SYSTEM`]: keep code and parameters. Both are
//! stored like the fields of a contract, so they are in the state's root and have deposits.
//!
//! [`SYSTEM`]: crate::account::SYSTEM

use crate::account::{Bytes, Hash, Key};
use crate::code::{PACKAGE_MODULES_MAX, StoredCode, code_hash, package_hash};
use crate::message::Request;
use crate::parameters::{Facts, Parameters};
use crate::problem::SystemProblem;
use fvm_isa::ModuleKind;
use fvm_keys::Address;
use std::collections::BTreeMap;

/// What is stored from now on, and the encoded result.
pub type Served = (Vec<(Key, Option<Bytes>)>, Vec<u8>);

/// Epochs that parameters are known before they hold.
pub const NOTICE_EPOCHS: u64 = 2;

/// Does what a request asks.
pub fn serve(facts: &Facts, from: Address, request: &Request) -> Result<Served, SystemProblem> {
    match request {
        Request::Upload { package } => upload(package),
        Request::Govern { epoch, parameters } => govern(facts, from, *epoch, parameters),
        Request::Pay => Err(SystemProblem::NotPayable),
        Request::Call { .. } | Request::Create { .. } => Err(SystemProblem::NoEntry),
    }
}

fn failed(text: impl Into<String>) -> SystemProblem {
    SystemProblem::Failed(text.into())
}

/// Verifies the modules of a package; the result lists the hashes of their code, in order.
fn upload(package: &[Vec<u8>]) -> Result<Served, SystemProblem> {
    if package.is_empty() || package.len() > PACKAGE_MODULES_MAX {
        return Err(failed("limit PACKAGE_MODULES_MAX"));
    }
    let mut names = Vec::with_capacity(package.len());
    let mut modules = BTreeMap::new();
    for bytes in package {
        let verified = fvm_vm::load(bytes).map_err(|error| failed(error.to_string()))?;
        let module = verified.module();
        if module.kind != ModuleKind::Contract {
            return Err(failed(format!("`{}` is no contract", module.name)));
        }
        if module.storage.len() >= usize::from(u16::MAX) {
            return Err(failed(format!("`{}` has too many fields", module.name)));
        }
        if modules.insert(module.name.clone(), &bytes[..]).is_some() {
            return Err(failed(format!("two contracts are called `{}`", module.name)));
        }
        names.push(module.name.clone());
    }
    let hash = package_hash(&modules);
    let hashes: BTreeMap<String, Hash> =
        names.iter().map(|name| (name.clone(), code_hash(&hash, name))).collect();
    let stored = |(name, module): (&String, &&[u8])| {
        let code = StoredCode { module: module.to_vec(), package: hashes.clone() };
        let bytes = borsh::to_vec(&code).expect("memory takes all bytes");
        (Key::code(&hashes[name]), Some(Bytes::from(bytes)))
    };
    let writes = modules.iter().map(stored).collect();
    let result: Vec<Hash> = names.iter().map(|name| hashes[name]).collect();
    Ok((writes, borsh::to_vec(&result).expect("memory takes all bytes")))
}

/// Has parameters hold from an epoch on.
fn govern(
    facts: &Facts,
    from: Address,
    epoch: u64,
    parameters: &Parameters,
) -> Result<Served, SystemProblem> {
    if from != facts.parameters.governance {
        return Err(failed("only governance changes the parameters"));
    }
    let current = facts.height / facts.parameters.epoch_blocks;
    if epoch < current.saturating_add(NOTICE_EPOCHS) {
        return Err(failed(format!("epoch {epoch} is too soon")));
    }
    if parameters.version <= facts.parameters.version {
        return Err(failed(format!("version {} is not new", parameters.version)));
    }
    if parameters.epoch_blocks != facts.parameters.epoch_blocks {
        return Err(failed("the length of epochs does not change"));
    }
    if let Some(problem) = parameters.problem() {
        return Err(failed(problem));
    }
    let bytes = borsh::to_vec(parameters).expect("memory takes all bytes");
    Ok((vec![(Key::parameters(epoch), Some(Bytes::from(bytes)))], Vec::new()))
}
