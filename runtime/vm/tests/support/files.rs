// The assembly files of a folder. Part of what other pieces here are made of.

use std::path::{Path, PathBuf};

/// In the order of their names.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "fasm"));
    paths.sort();
    paths
}
