//! Machine code that is kept between runs, in a folder of the user's.
//!
//! Files are authenticated with a secret that only the user can read; a file that is not authentic
//! is told, and made anew. Whatever goes wrong with the folder, programs run all the same.

use crate::private_file::replace;
use fvm_jit::{CacheError, Program, Refusal, identity};
use fvm_vm::VerifiedModule;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Bytes that a folder may hold; the files that were written first go first.
const CACHE_BYTES_MAX: u64 = 256 << 20;

/// The variable that names the folder.
const FOLDER_VARIABLE: &str = "FSCC_CACHE_DIR";

/// The file with the secret.
const SECRET: &str = "secret";

/// A folder with machine code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// A folder that need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Cache {
        Cache { folder: folder.into() }
    }

    /// The user's: `FSCC_CACHE_DIR`, or `fscc` where the system keeps such things.
    pub fn of_user() -> Option<Cache> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let named = variable(FOLDER_VARIABLE).map(PathBuf::from);
        let system = || variable("XDG_CACHE_HOME").map(|folder| Path::new(&folder).join("fscc"));
        let home = || variable("HOME").map(|folder| Path::new(&folder).join(".cache/fscc"));
        named.or_else(system).or_else(home).map(Cache::new)
    }

    /// The program of a module: kept, or compiled and kept from now on. Also what the user should
    /// know.
    pub fn program(&self, module: &VerifiedModule) -> Result<(Program, Vec<String>), Refusal> {
        let mut notes = Vec::new();
        let place = match (self.secret(), identity(module)) {
            (Ok(key), Ok(identity)) => Some((key, self.file(&identity))),
            (Err(error), _) => {
                notes.push(format!("machine code is not kept: {error}"));
                None
            }
            _ => None,
        };
        let Some((key, file)) = place else { return Ok((Program::compile(module)?, notes)) };
        if let Ok(bytes) = fs::read(&file) {
            match Program::load(module, &bytes, &key) {
                Ok(program) => return Ok((program, notes)),
                Err(error) => notes.push(unused(&file, error)),
            }
        }
        let program = Program::compile(module)?;
        if let Some(bytes) = program.save(module, &key)
            && let Err(error) = self.write(&file, &bytes)
        {
            notes.push(format!("machine code is not kept: {error}"));
        }
        Ok((program, notes))
    }

    fn file(&self, identity: &[u8; 32]) -> PathBuf {
        let name: String = identity.iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(name).with_extension("code")
    }

    /// The user's secret; made when it is first needed.
    fn secret(&self) -> io::Result<[u8; 32]> {
        let path = self.folder.join(SECRET);
        if let Ok(bytes) = fs::read(&path)
            && let Ok(secret) = <[u8; 32]>::try_from(bytes)
        {
            return Ok(secret);
        }
        fs::create_dir_all(&self.folder)?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        replace(&path, &secret)?;
        Ok(secret)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.make_room(bytes.len() as u64)?;
        replace(file, bytes)
    }

    /// Removes the oldest files until so many bytes fit.
    fn make_room(&self, bytes: u64) -> io::Result<()> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let data = entry.metadata()?;
            if entry.path().extension().is_some_and(|extension| extension == "code") {
                files.push((data.modified().ok(), data.len(), entry.path()));
            }
        }
        files.sort();
        let mut total = files.iter().map(|file| file.1).sum::<u64>().saturating_add(bytes);
        for (_, size, path) in files {
            if total <= CACHE_BYTES_MAX {
                break;
            }
            fs::remove_file(path)?;
            total -= size;
        }
        Ok(())
    }
}

fn unused(file: &Path, error: CacheError) -> String {
    format!("kept machine code is compiled anew: {error} ({})", file.display())
}
