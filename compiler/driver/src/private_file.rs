//! Files that only the user can read, written all at once or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file: who reads it sees the old content or the new one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (_, draft) = draft(path, bytes)?;
    fs::rename(&draft, path)
}

/// The same, also when the machine loses power on the way.
pub fn replace_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (file, draft) = draft(path, bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    // The new name is in the folder, which is a file as well where it can be opened.
    match path.parent().map(folder_of_file).map(File::open) {
        Some(Ok(folder)) => folder.sync_all(),
        _ => Ok(()),
    }
}

/// The folder of a file that is named without one is here.
fn folder_of_file(parent: &Path) -> &Path {
    if parent.as_os_str().is_empty() { Path::new(".") } else { parent }
}

/// A file beside the one that it will replace.
fn draft(path: &Path, bytes: &[u8]) -> io::Result<(File, PathBuf)> {
    let draft = path.with_extension(format!("draft{}", std::process::id()));
    // What an earlier process of the same number may have left. The new file must be ours, with
    // our mode, so it is never one that is there already.
    let _ = fs::remove_file(&draft);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    let written = file.write_all(bytes);
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written.map(|()| (file, draft))
}
