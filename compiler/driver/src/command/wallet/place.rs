//! Where the wallet is: its file, which only its owner can read, and the lock of those who change
//! it.

use crate::args::WalletOptions;
use crate::command::failure::Failure;
use crate::private_file;
use fvm_keys::wallet::{FILE_BYTES_MAX, Wallet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The wallet's file, which need not exist yet.
pub(in crate::command) struct Place {
    path: PathBuf,
}

impl Place {
    /// The file that is named, or the one in the user's data folder.
    pub(in crate::command) fn of(arguments: &WalletOptions) -> Result<Place, Failure> {
        let path = match &arguments.wallet {
            Some(path) => path.clone(),
            None => data_folder()
                .map(|folder| folder.join("fscc").join("wallet.json"))
                .ok_or_else(|| Failure::usage("say where the wallet is: --wallet FILE"))?,
        };
        // A link stays one: what it leads to is replaced.
        let path = fs::canonicalize(&path).unwrap_or(path);
        Ok(Place { path })
    }

    /// The wallet, if the file exists.
    pub(in crate::command) fn read(&self) -> Result<Option<Wallet>, Failure> {
        let cannot = |error: &io::Error| Failure::file("read", &self.path, error);
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(cannot(&error)),
        };
        warn_of_readers(&file, &self.path);
        let mut json = String::new();
        // One byte more shows that it is too large.
        let most = FILE_BYTES_MAX as u64 + 1;
        file.take(most).read_to_string(&mut json).map_err(|error| cannot(&error))?;
        let wallet = Wallet::from_json(&json).map_err(|error| {
            let failure = Failure::from(error);
            let message = format!("`{}`: {}", self.path.display(), failure.message);
            Failure::environment(message)
        })?;
        Ok(Some(wallet))
    }

    /// The wallet, which must exist.
    pub(in crate::command) fn existing(&self) -> Result<Wallet, Failure> {
        self.read()?.ok_or_else(|| {
            let path = self.path.display();
            Failure::environment(format!(
                "there is no wallet at `{path}`: `fscc wallet new NAME` makes one"
            ))
        })
    }

    /// Replaces the file, or makes it.
    pub(in crate::command) fn write(&self, json: &str) -> Result<(), Failure> {
        let written = private_file::replace_durably(&self.path, json.as_bytes());
        written.map_err(|error| Failure::file("write", &self.path, &error))
    }

    /// Waits until nobody else changes the wallet, and keeps others out until the lock is dropped.
    /// Makes the folder if there is none.
    pub(in crate::command) fn lock(&self) -> Result<File, Failure> {
        let path = self.path.with_extension("lock");
        let cannot = |error: io::Error| Failure::file("lock", &path, &error);
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_folder(folder).map_err(|error| Failure::file("make", folder, &error))?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(cannot)?;
        file.lock().map_err(cannot)?;
        Ok(file)
    }
}

/// Makes a folder that only the user can enter, and those around it.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Where the system keeps what belongs to a user.
fn data_folder() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let folder = |name| variable(name).map(PathBuf::from);
    // Relative paths are to be ignored, says the specification of these folders.
    let named = folder("XDG_DATA_HOME").filter(|folder| folder.is_absolute());
    if cfg!(windows) {
        return folder("APPDATA");
    }
    let below =
        if cfg!(target_os = "macos") { "Library/Application Support" } else { ".local/share" };
    named.or_else(|| folder("HOME").map(|home| home.join(below)))
}

/// Tells the owner when others can read the file: it is encrypted, but by a password.
#[cfg(unix)]
fn warn_of_readers(file: &File, path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().map_or(0, |data| data.permissions().mode());
    if mode & 0o077 != 0 {
        eprintln!("fscc: note: others can read `{}`: `chmod 600` it", path.display());
    }
}

#[cfg(not(unix))]
fn warn_of_readers(_: &File, _: &Path) {}
