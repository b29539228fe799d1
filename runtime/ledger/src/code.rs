//! The modules that can be deployed, by the name of their contract class, and the gas schedule
//! under which they run.

use fvm_isa::{Export, ExportKind, Module};
use fvm_vm::{Limits, Schedule, VerifiedModule};
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
}

impl CodeStore {
    /// A store of these modules.
    pub fn new(
        modules: impl IntoIterator<Item = VerifiedModule>,
        schedule: Schedule,
        limits: Limits,
    ) -> CodeStore {
        let named = |module: VerifiedModule| (module.module().name.clone(), module);
        CodeStore { modules: modules.into_iter().map(named).collect(), schedule, limits }
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
