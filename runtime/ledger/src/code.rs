//! Code of contracts, prepared to run. Code is named by the hash of the package that it was
//! uploaded with and of its class, so contracts of one package can create each other. A library is
//! named by the hash of its module; what imports it is linked whenever it is made ready, and stands
//! in the state as it was uploaded.

use crate::account::{Bytes, Hash, Key, SYSTEM, Unavailable, View};
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_isa::wire::DecodeError;
use fvm_isa::{Export, ExportKind, FunctionId};
use fvm_link::LinkError;
use fvm_vm::{Host, Machine, Outcome, Profile, Schedule, Value, VerifiedModule};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The name of the entry that takes payments without a call.
const RECEIVE: &str = "receive";

/// Modules that are kept ready; when there are more, all are made ready anew.
const PREPARED_MAX: usize = 2048;

/// Contracts of one package.
pub const PACKAGE_MODULES_MAX: usize = 64;

/// Code as it stands in the state.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct StoredCode {
    /// The module on the wire.
    pub module: Vec<u8>,
    /// The classes of its package, by name.
    pub package: BTreeMap<String, Hash>,
}

impl StoredCode {
    /// The ABI that the module says it has. Libraries are not looked at.
    pub fn abi(&self) -> Result<Vec<u8>, DecodeError> {
        Ok(fvm_isa::wire::decode(&self.module)?.abi)
    }
}

/// The code of a contract.
#[derive(Debug)]
pub struct Code {
    /// Its name in the ledger.
    pub hash: Hash,
    /// The module.
    pub module: VerifiedModule,
    /// The classes that it can create, by name.
    pub package: BTreeMap<String, Hash>,
}

impl Code {
    /// The exported method with this id, if it is of one of these kinds.
    pub fn method(&self, method_id: u32, kinds: &[ExportKind]) -> Option<&Export> {
        let is_it =
            |export: &&Export| export.method_id == method_id && kinds.contains(&export.kind);
        self.module.module().exports.iter().find(is_it)
    }

    /// The constructor.
    pub fn constructor(&self) -> Option<&Export> {
        self.module.module().exports.iter().find(|export| export.kind == ExportKind::Init)
    }

    /// The id of the entry that takes payments, if there is one.
    pub fn receiver(&self) -> Option<u32> {
        let mut exports = self.module.module().exports.iter();
        let is_it = |e: &&Export| e.kind == ExportKind::Payable && e.name == RECEIVE;
        exports.find(is_it).map(|export| export.method_id)
    }

    /// The class.
    pub fn class(&self) -> &str {
        &self.module.module().name
    }
}

/// The hash by which a package is known: of its modules, in the order of their names.
pub fn package_hash(modules: &BTreeMap<String, &[u8]>) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"fvm/package");
    for (name, bytes) in modules {
        hasher.update(&(name.len() as u64).to_be_bytes()).update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_be_bytes()).update(bytes);
    }
    *hasher.finalize().as_bytes()
}

/// The hash of the code of a class of a package.
pub fn code_hash(package: &Hash, class: &str) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"fvm/code").update(package).update(class.as_bytes());
    *hasher.finalize().as_bytes()
}

/// What the account that keeps code stores under a key.
pub(crate) type Stored<'a> = dyn Fn(&Key) -> Result<Option<Bytes>, Unavailable> + 'a;

fn damaged(what: impl fmt::Display) -> Unavailable {
    Unavailable(format!("code in the state: {what}"))
}

/// The code with this hash, if it was uploaded.
fn stored_code(stored: &Stored<'_>, hash: &Hash) -> Result<Option<StoredCode>, Unavailable> {
    let bytes = stored(&Key::code(hash))?;
    bytes.map(|bytes| borsh::from_slice(&bytes).map_err(damaged)).transpose()
}

/// The bytes of the library with this hash, if it was uploaded.
pub(crate) fn library(stored: &Stored<'_>, hash: &Hash) -> Result<Option<Vec<u8>>, Unavailable> {
    Ok(stored_code(stored, hash)?.map(|code| code.module))
}

/// Code that was used before, ready to run. What is in it shows in no result.
#[derive(Debug)]
pub struct CodeStore {
    prepared: Mutex<BTreeMap<Hash, Arc<Code>>>,
    /// Chooses an engine for a module.
    prepare: fn(&VerifiedModule),
    /// What messages spent, by class, if that is noted.
    profiles: Option<Mutex<BTreeMap<String, Profile>>>,
}

impl CodeStore {
    /// An empty store; `prepare` is called once for each module.
    pub fn new(prepare: fn(&VerifiedModule)) -> CodeStore {
        CodeStore { prepared: Mutex::default(), prepare, profiles: None }
    }

    /// A store of the modules of one unit, which need no upload, and their hashes by class.
    pub fn of_unit(
        modules: impl IntoIterator<Item = VerifiedModule>,
    ) -> (CodeStore, BTreeMap<String, Hash>) {
        let store = CodeStore::new(|_| {});
        let modules: Vec<VerifiedModule> = modules.into_iter().collect();
        let named = |module: &VerifiedModule| {
            let name = module.module().name.clone();
            let hash = code_hash(&Hash::default(), &name);
            (name, hash)
        };
        let package: BTreeMap<String, Hash> = modules.iter().map(named).collect();
        for module in modules {
            let hash = package[&module.module().name];
            store.lock().insert(hash, Arc::new(Code { hash, module, package: package.clone() }));
        }
        (store, package)
    }

    /// From now on notes what messages spend.
    pub fn keep_profiles(&mut self) {
        self.profiles = Some(Mutex::default());
    }

    /// What messages spent so far, by class.
    pub fn profiles(&self) -> BTreeMap<String, Profile> {
        let Some(profiles) = &self.profiles else { return BTreeMap::new() };
        profiles.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The code with this hash, if it was uploaded.
    pub fn uploaded(&self, view: &dyn View, hash: &Hash) -> Result<Option<Arc<Code>>, Unavailable> {
        // What another state made ready says nothing of what there is in this one.
        if view.has_code(hash)? { self.of_contract(view, hash).map(Some) } else { Ok(None) }
    }

    /// The code of a contract, which was there when it was made, and stays.
    pub fn of_contract(&self, view: &dyn View, hash: &Hash) -> Result<Arc<Code>, Unavailable> {
        if let Some(code) = self.lock().get(hash) {
            return Ok(Arc::clone(code));
        }
        let in_view = |key: &Key| view.stored(SYSTEM, key);
        let stored = stored_code(&in_view, hash)?.ok_or_else(|| damaged("it is missing"))?;
        let find = &mut |hash: &Hash| library(&in_view, hash);
        let module = fvm_link::load(&stored.module, find).map_err(|error| match error {
            LinkError::Problem(problem) => damaged(problem),
            LinkError::Unavailable(unavailable) => unavailable,
        })?;
        (self.prepare)(&module);
        let code = Arc::new(Code { hash: *hash, module, package: stored.package });
        let mut prepared = self.lock();
        if prepared.len() >= PREPARED_MAX {
            prepared.clear();
        }
        Ok(Arc::clone(prepared.entry(*hash).or_insert(code)))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Hash, Arc<Code>>> {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls a function on a machine of its module, and notes what it spends if that is wanted.
    pub(crate) fn call(
        &self,
        machine: &mut Machine<'_>,
        code: &Code,
        call: Call<'_>,
        host: &mut dyn Host,
    ) -> Outcome {
        let Call { function, arguments, gas, schedule } = call;
        let Some(profiles) = &self.profiles else {
            return machine.call(function, arguments, gas, host);
        };
        let mut profiles = profiles.lock().unwrap_or_else(PoisonError::into_inner);
        let profile = profiles
            .entry(code.class().to_string())
            .or_insert_with(|| Profile::new(&code.module, schedule));
        machine.call_profiled(function, arguments, gas, host, profile)
    }
}

/// A call of a function of a module.
pub(crate) struct Call<'a> {
    pub function: FunctionId,
    pub arguments: &'a [Value],
    pub gas: u64,
    pub schedule: &'a Schedule,
}
