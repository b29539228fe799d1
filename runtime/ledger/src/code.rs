//! The modules that can be deployed, by the name of their contract class, and the gas schedule
//! under which they run.

use fvm_isa::{Export, ExportKind, FunctionId, Module};
use fvm_vm::{Host, Limits, Machine, Outcome, Profile, Schedule, Value, VerifiedModule};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The name of the entry that takes payments without a call.
const RECEIVE: &str = "receive";

/// Deployable modules.
#[derive(Debug)]
pub struct CodeStore {
    modules: BTreeMap<String, VerifiedModule>,
    /// Gas prices.
    pub schedule: Schedule,
    /// Memory and depth of one message.
    pub limits: Limits,
    /// What messages spent, by class, if that is noted.
    profiles: Option<RefCell<BTreeMap<String, Profile>>>,
}

impl CodeStore {
    /// A store of these modules.
    pub fn new(
        modules: impl IntoIterator<Item = VerifiedModule>,
        schedule: Schedule,
        limits: Limits,
    ) -> CodeStore {
        let named = |module: VerifiedModule| (module.module().name.clone(), module);
        let modules = modules.into_iter().map(named).collect();
        CodeStore { modules, schedule, limits, profiles: None }
    }

    /// From now on notes what messages spend.
    pub fn keep_profiles(&mut self) {
        self.profiles = Some(RefCell::default());
    }

    /// What messages spent so far, by class.
    pub fn profiles(&self) -> BTreeMap<String, Profile> {
        self.profiles.as_ref().map_or_else(BTreeMap::new, |profiles| profiles.borrow().clone())
    }

    /// Calls a function of a class on a machine of its module, and notes what it spends if that is
    /// wanted.
    pub(crate) fn call(
        &self,
        machine: &mut Machine<'_>,
        class: &str,
        function: FunctionId,
        args: &[Value],
        gas: u64,
        host: &mut dyn Host,
    ) -> Outcome {
        let (Some(profiles), Some(module)) = (&self.profiles, self.module(class)) else {
            return machine.call(function, args, gas, host);
        };
        let mut profiles = profiles.borrow_mut();
        let profile = profiles
            .entry(class.to_string())
            .or_insert_with(|| Profile::new(module, &self.schedule));
        machine.call_profiled(function, args, gas, host, profile)
    }

    /// The module of a class.
    pub fn module(&self, class: &str) -> Option<&VerifiedModule> {
        self.modules.get(class)
    }

    /// The classes that can be deployed.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.modules.keys().map(String::as_str)
    }

    /// The exported method of a class with this id, if it is of one of these kinds.
    pub fn method(&self, class: &str, method_id: u32, kinds: &[ExportKind]) -> Option<&Export> {
        let is_it =
            |export: &&Export| export.method_id == method_id && kinds.contains(&export.kind);
        exports(self.module(class)?.module()).find(is_it)
    }

    /// The constructor of a class.
    pub fn constructor(&self, class: &str) -> Option<&Export> {
        exports(self.module(class)?.module()).find(|export| export.kind == ExportKind::Init)
    }

    /// The id of the entry that takes payments, if the class has one.
    pub fn receiver(&self, class: &str) -> Option<u32> {
        let mut exports = exports(self.module(class)?.module());
        let is_it = |e: &&Export| e.kind == ExportKind::Payable && e.name == RECEIVE;
        exports.find(is_it).map(|export| export.method_id)
    }
}

fn exports(module: &Module) -> impl Iterator<Item = &Export> {
    module.exports.iter()
}
