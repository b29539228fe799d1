//! `fscc deploy`: a contract from a source or from compiled modules. Its package is uploaded in a
//! transaction of its own where the ledger does not have it yet.

use super::submit::Session;
use super::{Failure, call, finish};
use crate::args::{DeployArguments, Level};
use crate::client::http::Node;
use crate::client::transaction::{created, has_code};
use crate::command::Console;
use crate::compilation::Root;
use crate::status::Status;
use fscc_lower::Prepared;
use fvm_abi::Interface;
use fvm_abi::read::amount;
use fvm_ledger::account::Hash;
use fvm_ledger::code::{code_hash, package_hash};
use fvm_ledger::transaction::Action;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

pub(in crate::command) fn run(arguments: &DeployArguments, console: &Console) -> Status {
    let package = match is_module(&arguments.path) {
        true => read(arguments).map_err(|failure| failure.report()),
        false => compile(arguments, console),
    };
    match package {
        Ok(package) => finish(deploy(arguments, package)),
        Err(status) => status,
    }
}

/// Modules on the wire and their ABIs, by the names of their classes.
struct Package {
    modules: BTreeMap<String, Vec<u8>>,
    interfaces: BTreeMap<String, Vec<u8>>,
}

fn is_module(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "fvm")
}

/// Bytes of a module that is read: more than a transaction may have.
const MODULE_BYTES_MAX: u64 = 16 << 20;

/// Compiled modules.
fn read(arguments: &DeployArguments) -> Result<Package, Failure> {
    let mut package = Package { modules: BTreeMap::new(), interfaces: BTreeMap::new() };
    for path in std::iter::once(&arguments.path).chain(&arguments.with) {
        let cannot = |error: &std::io::Error| Failure::file("read", path, error);
        let length = fs::metadata(path).map_err(|error| cannot(&error))?.len();
        let shown = path.display();
        if length > MODULE_BYTES_MAX {
            return Err(Failure::finding(format!("`{shown}` is too large for a module")));
        }
        let bytes = fs::read(path).map_err(|error| cannot(&error))?;
        let module = fvm_vm::load(&bytes);
        let module = module.map_err(|error| Failure::finding(format!("`{shown}`: {error}")))?;
        let (name, abi) = (module.module().name.clone(), module.module().abi.clone());
        package.interfaces.insert(name.clone(), abi);
        package.modules.insert(name, bytes);
    }
    Ok(package)
}

/// The contracts of sources.
fn compile(arguments: &DeployArguments, console: &Console) -> Result<Package, Status> {
    if !arguments.with.is_empty() {
        return Err(Failure::usage("`--with` is for compiled modules").report());
    }
    let checked = console.check(std::slice::from_ref(&arguments.path))?;
    match checked.status() {
        Status::Success => {}
        status => return Err(status),
    }
    let prepared = Prepared::new(&checked.program);
    let mut package = Package { modules: BTreeMap::new(), interfaces: BTreeMap::new() };
    for class in &checked.program.contracts {
        let built = checked.build(&prepared, Root::Contract(*class), Level::Full);
        let built = built.map_err(|found| console.late(&found, &checked.sources.map))?;
        let (name, abi) = (built.module().name.clone(), built.module().abi.clone());
        package.interfaces.insert(name.clone(), abi);
        package.modules.insert(name, built.bytes);
    }
    Ok(package)
}

impl Package {
    /// The class that is meant: by its full or its simple name, or the only one.
    fn choose(&self, name: Option<&str>) -> Result<&str, Failure> {
        let classes: Vec<&str> = self.modules.keys().map(String::as_str).collect();
        let simple = |class: &str| class.rsplit('.').next().unwrap_or(class).to_string();
        let is_it = |class: &str| match name {
            Some(name) => class == name || simple(class) == name,
            None => true,
        };
        let found: Vec<&str> = classes.iter().copied().filter(|class| is_it(class)).collect();
        match (&found[..], &classes[..]) {
            ([one], _) => Ok(one),
            (_, []) => Err(Failure::usage("there is no contract to deploy")),
            ([], all) => {
                Err(Failure::usage(format!("there is no such contract, but {}", all.join(", "))))
            }
            (several, _) => Err(Failure::usage(format!(
                "say which contract: --contract one of {}",
                several.join(", ")
            ))),
        }
    }

    /// The hash of the code of a class.
    fn code(&self, class: &str) -> Hash {
        let modules = self.modules.iter().map(|(name, bytes)| (name.clone(), &bytes[..]));
        code_hash(&package_hash(&modules.collect()), class)
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
