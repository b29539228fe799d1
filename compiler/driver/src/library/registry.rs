//! A registry: a folder of libraries that were published. `code/HASH.fvm` is a module,
//! `versions/NAME/VERSION` holds the hash that a version is.
//!
//! **Guarantees:** a module that comes from it has the hash by which it was asked for; a version
//! never becomes another hash.

use super::manifest::{LibraryHead, Version};
use crate::input::InputError;
use fvm_isa::wire::code_hash;
use fvm_keys::{from_hex, to_hex};
use fvm_link::Hash;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Bytes of a module that is read.
const MODULE_BYTES_MAX: u64 = fvm_isa::limits::MODULE_BYTES_MAX as u64;

/// A folder of libraries.
#[derive(Debug)]
pub struct Registry {
    folder: PathBuf,
}

impl Registry {
    /// The registry in this folder, which need not be there yet.
    pub fn new(folder: &Path) -> Registry {
        Registry { folder: folder.to_owned() }
    }

    fn code(&self, hash: &Hash) -> PathBuf {
        self.folder.join("code").join(format!("{}.fvm", to_hex(hash)))
    }

    fn versions_folder(&self, name: &str) -> PathBuf {
        self.folder.join("versions").join(name)
    }

    /// The module with this hash.
    pub fn module(&self, hash: &Hash) -> Result<Vec<u8>, InputError> {
        let path = self.code(hash);
        let shown = path.display();
        let cannot = |error| InputError::environment(format!("cannot read `{shown}`: {error}"));
        if fs::metadata(&path).map_err(cannot)?.len() > MODULE_BYTES_MAX {
            return Err(InputError::content(format!("`{shown}` is too large for a module")));
        }
        let bytes = fs::read(&path).map_err(cannot)?;
        match code_hash(&bytes) == *hash {
            true => Ok(bytes),
            false => Err(InputError::content(format!("`{shown}` is not what its name says"))),
        }
    }

    /// All versions of a library.
    pub fn versions(&self, name: &str) -> Result<BTreeMap<Version, Hash>, InputError> {
        let folder = self.versions_folder(name);
        let shown = folder.display();
        let cannot = |error| InputError::environment(format!("cannot list `{shown}`: {error}"));
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(cannot(error)),
        };
        let mut versions = BTreeMap::new();
        for entry in entries {
            let entry = entry.map_err(cannot)?;
            let name = entry.file_name();
            // What is called otherwise is nothing of ours.
            let Some(version) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
            versions.insert(version, read_hash(&entry.path())?);
        }
        Ok(versions)
    }

    /// Keeps a module without a name.
    pub fn keep(&self, bytes: &[u8]) -> Result<(), InputError> {
        write(&self.code(&code_hash(bytes)), bytes)
    }

    /// Keeps a library and gives its hash. A version that is there already must be the same.
    pub fn publish(&self, head: &LibraryHead, bytes: &[u8]) -> Result<Hash, InputError> {
        let hash = code_hash(bytes);
        let LibraryHead { name, version } = head;
        match self.versions(name)?.get(version) {
            Some(known) if *known == hash => {}
            Some(known) => {
                return Err(InputError::content(format!(
                    "{name} {version} is published already, with the hash {}: what others rely on \
                     does not change, so give it another version",
                    to_hex(known)
                )));
            }
            None => {
                self.keep(bytes)?;
                let path = self.versions_folder(name).join(version.to_string());
                write(&path, format!("{}\n", to_hex(&hash)).as_bytes())?;
            }
        }
        Ok(hash)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), InputError> {
    let cannot =
        |error| InputError::environment(format!("cannot write `{}`: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    fs::write(path, bytes).map_err(cannot)
}

fn read_hash(path: &Path) -> Result<Hash, InputError> {
    let shown = path.display();
    let cannot = |error| InputError::environment(format!("cannot read `{shown}`: {error}"));
    let wrong = || InputError::content(format!("`{shown}` holds no hash"));
    // A hash and the end of its line.
    if fs::metadata(path).map_err(cannot)?.len() > 80 {
        return Err(wrong());
    }
    let text = fs::read_to_string(path).map_err(cannot)?;
    parse_hash(text.trim()).ok_or_else(wrong)
}

/// A hash from `0x…`.
pub(super) fn parse_hash(text: &str) -> Option<Hash> {
    from_hex(text)?.try_into().ok()
}
