//! What the ledger does itself at the address [`SYSTEM`]: keep code and parameters. Both are
//! stored like the fields of a contract, so they are in the state's root and have deposits.
//!
//! [`SYSTEM`]: crate::account::SYSTEM

use crate::account::{Bytes, Hash, Key, Unavailable};
use crate::code::{PACKAGE_MODULES_MAX, Stored, StoredCode, code_hash, library, package_hash};
use crate::message::Request;
use crate::parameters::{Facts, Parameters};
use crate::problem::SystemProblem;
use fvm_isa::{ModuleKind, Row};
use fvm_keys::Address;
use fvm_link::{LinkError, Problem};
use fvm_vm::VerifiedModule;
use std::collections::BTreeMap;

/// What is stored from now on, and the encoded result.
pub type Served = (Vec<(Key, Option<Bytes>)>, Vec<u8>);

/// Libraries for the modules of an upload.
pub struct Linking<'a> {
    stored: &'a Stored<'a>,
    /// Bytes that may still be read: those that are paid for.
    bytes_left: u64,
    /// Bytes of the libraries that were linked so far, and of one that was not paid for.
    bytes: u64,
}

impl<'a> Linking<'a> {
    /// Libraries that stand in the state, as many bytes of them as are paid for.
    pub(crate) fn new(stored: &'a Stored<'a>, bytes_max: u64) -> Linking<'a> {
        Linking { stored, bytes_left: bytes_max, bytes: 0 }
    }

    /// Bytes of libraries that are to be paid for.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Links and verifies a module.
    fn load(&mut self, bytes: &[u8]) -> Result<VerifiedModule, Failure> {
        let module = fvm_isa::wire::decode(bytes).map_err(|error| failed(error.to_string()))?;
        let paid = usize::try_from(self.bytes_left).unwrap_or(usize::MAX);
        let most = paid.min(fvm_link::BYTES_MAX);
        let find = &mut |hash: &Hash| library(self.stored, hash);
        let gathered = fvm_link::gather(module, most, find).map_err(|error| match error {
            LinkError::Problem(Problem::Bytes(max)) if max == paid => {
                self.bytes = u64::MAX;
                Failure::Problem(SystemProblem::OutOfGas)
            }
            LinkError::Problem(problem) => failed(problem.to_string()).into(),
            LinkError::Unavailable(unavailable) => Failure::Unavailable(unavailable),
        })?;
        self.bytes_left = self.bytes_left.saturating_sub(gathered.bytes() as u64);
        self.bytes = self.bytes.saturating_add(gathered.bytes() as u64);
        Ok(gathered.link().map_err(|problem| failed(problem.to_string()))?)
    }
}

/// Why nothing is stored.
#[derive(Debug)]
pub enum Failure {
    /// The request is refused.
    Problem(SystemProblem),
    /// The state cannot be read.
    Unavailable(Unavailable),
}

impl From<SystemProblem> for Failure {
    fn from(problem: SystemProblem) -> Failure {
        Failure::Problem(problem)
    }
}

/// Epochs that parameters are known before they hold.
pub const NOTICE_EPOCHS: u64 = 2;

/// Does what a request asks.
pub fn serve(
    facts: &Facts,
    from: Address,
    request: &Request,
    linking: &mut Linking<'_>,
) -> Result<Served, Failure> {
    match request {
        Request::Upload { package } => upload(package, linking),
        Request::Govern { epoch, parameters } => Ok(govern(facts, from, *epoch, parameters)?),
        Request::Pay => Err(SystemProblem::NotPayable.into()),
        Request::Call { .. } | Request::Create { .. } => Err(SystemProblem::NoEntry.into()),
    }
}

fn failed(text: impl Into<String>) -> SystemProblem {
    SystemProblem::Failed(text.into())
}

/// Verifies the modules of a package; the result lists the hashes of their code, in order. A
/// library is a package of its own, whose hash is that of its module.
fn upload(package: &[Vec<u8>], linking: &mut Linking<'_>) -> Result<Served, Failure> {
    if package.is_empty() || package.len() > PACKAGE_MODULES_MAX {
        return Err(failed("limit PACKAGE_MODULES_MAX").into());
    }
    let mut names = Vec::with_capacity(package.len());
    let mut modules = BTreeMap::new();
    for bytes in package {
        let verified = linking.load(bytes)?;
        let module = verified.module();
        if module.kind == ModuleKind::Library && package.len() == 1 {
            // Nobody could be linked with one that has effects.
            if module.functions.iter().any(|function| function.row != Row::PURE) {
                return Err(failed(format!("the library `{}` has effects", module.name)).into());
            }
            return Ok(stored_library(bytes));
        }
        if module.kind != ModuleKind::Contract {
            return Err(failed(format!("`{}` is no contract", module.name)).into());
        }
        if module.storage.len() >= usize::from(u16::MAX) {
            return Err(failed(format!("`{}` has too many fields", module.name)).into());
        }
        if modules.insert(module.name.clone(), &bytes[..]).is_some() {
            return Err(failed(format!("two contracts are called `{}`", module.name)).into());
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

/// Keeps a library by its own hash, so that there is one of it whoever uploads it.
fn stored_library(bytes: &[u8]) -> Served {
    let hash: Hash = fvm_isa::wire::code_hash(bytes);
    let code = StoredCode { module: bytes.to_vec(), package: BTreeMap::new() };
    let stored = borsh::to_vec(&code).expect("memory takes all bytes");
    let result = borsh::to_vec(&vec![hash]).expect("memory takes all bytes");
    (vec![(Key::code(&hash), Some(Bytes::from(stored)))], result)
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
