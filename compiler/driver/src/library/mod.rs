//! Libraries that a unit is linked with, and units that are libraries.
//!
//! A manifest `fscc.toml` beside the sources (`manifest`) names libraries with versions, a registry
//! (`registry`) says which hashes these are, and a lock (`lock`) holds what was chosen, so that the
//! same sources give the same code tomorrow. What the compiler sees of a library is its interface
//! (`interface`), made from the ABI in its module.

mod interface;
mod lock;
mod manifest;
mod registry;

pub use manifest::{LibraryHead, Manifest};
pub use registry::Registry;

use crate::input::{InputError, beside};
use fscc_base::{FileId, SourceFile, SourceMap};
use fscc_lower::External;
use fvm_link::{Hash, LinkError, Problem};
use fvm_vm::VerifiedModule;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;

/// A linked module, and the libraries that it needs, those below others first.
pub type Linked = (VerifiedModule, Vec<(Hash, Vec<u8>)>);

/// The libraries of a unit.
#[derive(Clone, Default, Debug)]
pub struct Libraries {
    /// Functions that the unit may call, in the order of their interfaces.
    pub externals: Vec<External>,
    /// Files that declare them, beside the sources.
    pub interfaces: Vec<FileId>,
    /// Modules by hash: those that are named, and all below them.
    modules: BTreeMap<Hash, Vec<u8>>,
}

impl Libraries {
    /// Those that the manifest beside these sources names; writes the lock if it changes.
    pub fn read(manifest: &Manifest, map: &mut SourceMap) -> Result<Libraries, InputError> {
        let mut libraries = Libraries::default();
        if manifest.libraries.is_empty() {
            return Ok(libraries);
        }
        let registry = Registry::new(&manifest.registry);
        for (name, chosen) in lock::choose(manifest, &registry)? {
            let bytes = registry.module(&chosen.hash)?;
            libraries.add(&format!("<library {name} {}>", chosen.version), &bytes, map)?;
            libraries.keep(chosen.hash, bytes, &registry)?;
        }
        Ok(libraries)
    }

    /// Adds what a library declares: its interface as a file.
    pub fn add(&mut self, name: &str, bytes: &[u8], map: &mut SourceMap) -> Result<(), InputError> {
        let hash = fvm_isa::wire::code_hash(bytes);
        let wrong = |text: String| InputError::content(format!("{name}: {text}"));
        let module = fvm_isa::wire::decode(bytes).map_err(|error| wrong(error.to_string()))?;
        let interface = interface::of(&module, hash, self.externals.len());
        let interface = interface.map_err(wrong)?;
        self.externals.extend(interface.externals);
        for text in interface.sources {
            self.interfaces.push(map.add(SourceFile::new(name, text)));
        }
        self.modules.insert(hash, bytes.to_vec());
        Ok(())
    }

    /// Keeps a module that others may import.
    pub fn know(&mut self, bytes: Vec<u8>) {
        self.modules.insert(fvm_isa::wire::code_hash(&bytes), bytes);
    }

    /// Keeps a module and all that it imports.
    fn keep(&mut self, hash: Hash, bytes: Vec<u8>, registry: &Registry) -> Result<(), InputError> {
        let mut pending = vec![(hash, bytes)];
        while let Some((hash, bytes)) = pending.pop() {
            // The linker says what is wrong with a module that cannot be read, or with too many.
            let imports = fvm_isa::wire::decode(&bytes).map(|module| module.imports);
            self.modules.insert(hash, bytes);
            for import in imports.unwrap_or_default() {
                if self.modules.len() < fvm_link::MODULES_MAX
                    && !self.modules.contains_key(&import.library)
                {
                    pending.push((import.library, registry.module(&import.library)?));
                }
            }
        }
        Ok(())
    }

    /// Decodes, links and verifies a module.
    pub fn load(&self, bytes: &[u8]) -> Result<VerifiedModule, Problem> {
        fvm_link::load(bytes, &mut |hash| self.find(hash)).map_err(problem)
    }

    fn find(&self, hash: &Hash) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.modules.get(hash).cloned())
    }

    /// Links and verifies a module.
    pub fn link(&self, module: fvm_isa::Module) -> Result<Linked, Problem> {
        let most = fvm_link::BYTES_MAX;
        let gathered =
            fvm_link::gather(module, most, &mut |hash| self.find(hash)).map_err(problem)?;
        let needed = gathered.bottom_up().into_iter();
        let needed = needed.filter_map(|hash| Some((hash, self.modules.get(&hash)?.clone())));
        let needed = needed.collect();
        Ok((gathered.link()?, needed))
    }
}

fn problem(error: LinkError<Infallible>) -> Problem {
    match error {
        LinkError::Problem(problem) => problem,
        LinkError::Unavailable(never) => match never {},
    }
}

/// Where the manifest of a unit stands.
pub fn manifest_path(paths: &[PathBuf]) -> PathBuf {
    beside(paths, "fscc.toml")
}
