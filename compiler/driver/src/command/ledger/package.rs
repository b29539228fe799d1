//! The contracts of a source or of compiled modules: what is uploaded together.

use super::Failure;
use crate::args::Level;
use crate::command::Console;
use crate::compilation::Root;
use crate::library::Libraries;
use crate::status::Status;
use fvm_isa::ModuleKind;
use fvm_ledger::account::Hash;
use fvm_ledger::code::{code_hash, package_hash};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules on the wire and their ABIs, by the names of their classes.
#[derive(Default)]
pub(in crate::command) struct Package {
    /// Modules.
    pub(in crate::command) modules: BTreeMap<String, Vec<u8>>,
    /// ABIs.
    pub(in crate::command) interfaces: BTreeMap<String, Vec<u8>>,
    /// The libraries that they need, those below others first.
    pub(in crate::command) libraries: Vec<(Hash, Vec<u8>)>,
}

fn is_module(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "fvm")
}

/// Bytes of a module that is read: more than a transaction may have.
const MODULE_BYTES_MAX: u64 = 16 << 20;

/// Compiled modules.
fn read(paths: &[&PathBuf]) -> Result<Package, Failure> {
    let mut package = Package::default();
    let mut modules = Vec::new();
    let mut libraries = Libraries::default();
    for path in paths {
        let cannot = |error: &std::io::Error| Failure::file("read", path, error);
        let length = fs::metadata(path).map_err(|error| cannot(&error))?.len();
        let shown = path.display();
        if length > MODULE_BYTES_MAX {
            return Err(Failure::finding(format!("`{shown}` is too large for a module")));
        }
        let bytes = fs::read(path).map_err(|error| cannot(&error))?;
        let module = fvm_isa::wire::decode(&bytes);
        let module = module.map_err(|error| Failure::finding(format!("`{shown}`: {error}")))?;
        match module.kind {
            ModuleKind::Library => libraries.know(bytes),
            _ => modules.push((path, module, bytes)),
        }
    }
    for (path, module, bytes) in modules {
        let wrong = |problem| Failure::finding(format!("`{}`: {problem}", path.display()));
        let (name, abi) = (module.name.clone(), module.abi.clone());
        let (_, needed) = libraries.link(module).map_err(wrong)?;
        package.need(needed);
        package.interfaces.insert(name.clone(), abi);
        package.modules.insert(name, bytes);
    }
    Ok(package)
}

/// The contracts of sources.
fn compile(path: &PathBuf, console: &Console) -> Result<Package, Status> {
    let checked = console.check(std::slice::from_ref(path))?;
    match checked.status() {
        Status::Success => {}
        status => return Err(status),
    }
    let prepared = checked.prepared();
    let mut package = Package::default();
    for class in &checked.program.contracts {
        let built = checked.build(&prepared, Root::Contract(*class), Level::Full);
        let built = built.map_err(|found| console.late(&found, &checked.sources.map))?;
        let (name, abi) = (built.module().name.clone(), built.module().abi.clone());
        package.need(built.libraries);
        package.interfaces.insert(name.clone(), abi);
        package.modules.insert(name, built.bytes);
    }
    Ok(package)
}

impl Package {
    /// Adds libraries, each once.
    fn need(&mut self, libraries: Vec<(Hash, Vec<u8>)>) {
        for (hash, module) in libraries {
            if self.libraries.iter().all(|(known, _)| *known != hash) {
                self.libraries.push((hash, module));
            }
        }
    }

    /// What is in a source, a folder of sources, or compiled modules.
    pub(in crate::command) fn of(
        path: &PathBuf,
        more: &[PathBuf],
        console: &Console,
    ) -> Result<Package, Status> {
        if is_module(path) {
            let paths: Vec<&PathBuf> = std::iter::once(path).chain(more).collect();
            return read(&paths).map_err(|failure| failure.report());
        }
        match more.is_empty() {
            true => compile(path, console),
            false => Err(Failure::usage("`--with` is for compiled modules").report()),
        }
    }

    /// The class that is meant: by its full or its simple name, or the only one.
    pub(in crate::command) fn choose(&self, name: Option<&str>) -> Result<&str, Failure> {
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
    pub(in crate::command) fn code(&self, class: &str) -> Hash {
        let modules = self.modules.iter().map(|(name, bytes)| (name.clone(), &bytes[..]));
        code_hash(&package_hash(&modules.collect()), class)
    }
}
