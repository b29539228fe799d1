//! `fscc bind`: a client for a contract in another language.

use super::failure::Failure;
use super::ledger::package::Package;
use super::{Console, print};
use crate::args::{BindArguments, Language};
use crate::client::http::Node;
use crate::status::Status;
use fvm_abi::{Interface, typescript};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &BindArguments, console: &Console) -> Status {
    let written = abi(arguments, console).and_then(|abi| {
        let written = write(arguments, &abi);
        written.map_err(|failure| failure.report())
    });
    match written {
        Ok(text) => {
            print(&text);
            Status::Success
        }
        Err(status) => status,
    }
}

/// The ABI of the contract.
fn abi(arguments: &BindArguments, console: &Console) -> Result<Vec<u8>, Status> {
    let BindArguments { from, contract, node, .. } = arguments;
    let told = |failure: Failure| failure.report();
    if from.starts_with("0x") {
        let ask = || -> Result<Value, Failure> {
            let address: fvm_keys::Address =
                from.parse().map_err(|error| Failure::usage(format!("`{from}`: {error}")))?;
            Ok(Node::new(node)?.call("fvm_getInterface", json!([address.to_string()]))?)
        };
        return ask().map(|answer| answer.to_string().into_bytes()).map_err(told);
    }
    let path = PathBuf::from(from);
    if from.ends_with(".json") {
        return fs::read(&path).map_err(|error| told(Failure::file("read", &path, &error)));
    }
    let package = Package::of(&path, &[], console)?;
    let class = package.choose(contract.as_deref()).map_err(told)?;
    Ok(package.interfaces.get(class).cloned().unwrap_or_default())
}

/// Writes the files of the client; gives one line for each.
fn write(arguments: &BindArguments, abi: &[u8]) -> Result<String, Failure> {
    let BindArguments { from, out_dir, lang, .. } = arguments;
    let wrong = |error: &dyn std::fmt::Display| Failure::finding(format!("`{from}`: {error}"));
    let interface = Interface::parse(abi).map_err(|error| wrong(&error))?;
    let abi: Value = serde_json::from_slice(abi).map_err(|error| wrong(&error))?;
    let files = match lang {
        Language::Ts => typescript::client(&interface, &abi),
    };
    let mut text = String::new();
    for (name, content) in files {
        let path = out_dir.join(name);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| Failure::file("make", folder, &error))?;
        fs::write(&path, content).map_err(|error| Failure::file("write", &path, &error))?;
        let _ = writeln!(text, "{}", path.display());
    }
    Ok(text)
}
