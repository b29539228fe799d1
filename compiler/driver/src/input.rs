//! Reading sources: files, folders whose `.scala` files form one unit, and the effects recorded
//! beside them.

use fscc_base::limits::SOURCE_BYTES_MAX;
use fscc_base::{FileId, SourceFile, SourceMap};
use std::fs;
use std::path::{Path, PathBuf};

/// Why the sources could not be read: one clear line, and the exit status that fits.
#[derive(Debug, PartialEq, Eq)]
pub struct InputError {
    /// The line.
    pub message: String,
    /// Whether the file's content is at fault (exit 1) and not the environment (exit 3).
    pub is_content: bool,
}

impl InputError {
    /// The environment is at fault.
    pub fn environment(message: String) -> InputError {
        InputError { message, is_content: false }
    }

    /// The content of a file is at fault.
    pub fn content(message: String) -> InputError {
        InputError { message, is_content: true }
    }
}

/// Reads `paths` into `map`, folders in the order of their file names, and returns their ids.
pub fn read_unit(paths: &[PathBuf], map: &mut SourceMap) -> Result<Vec<FileId>, InputError> {
    let mut ids = Vec::new();
    for path in paths {
        if path.is_dir() {
            let files = scala_files(path)?;
            if files.is_empty() {
                return Err(InputError::environment(format!(
                    "`{}` is a folder without .scala files",
                    path.display()
                )));
            }
            for file in files {
                ids.push(read_file(&file, map)?);
            }
        } else {
            ids.push(read_file(path, map)?);
        }
    }
    Ok(ids)
}

/// Where the recorded effects of a unit stand.
pub fn lock_path(paths: &[PathBuf]) -> PathBuf {
    beside(paths, "effects.lock")
}

/// Where a file of a unit stands: beside its first source.
pub fn beside(paths: &[PathBuf], file: &str) -> PathBuf {
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let folder = if first.is_dir() { first } else { first.parent().unwrap_or(first) };
    folder.join(file)
}

/// Reads the recorded effects of a unit into `map`, if there are any.
pub fn read_lock(paths: &[PathBuf], map: &mut SourceMap) -> Result<Option<FileId>, InputError> {
    let path = lock_path(paths);
    if path.is_file() { read_file(&path, map).map(Some) } else { Ok(None) }
}

/// The `.scala` files directly in this folder, by name.
pub fn scala_files(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let entries = fs::read_dir(folder).map_err(|error| {
        InputError::environment(format!("cannot list `{}`: {error}", folder.display()))
    })?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_file() && path.extension().is_some_and(|ext| ext == "scala"))
        .collect();
    files.sort();
    Ok(files)
}

/// All folders at or below `folder` that directly contain `.scala` files, by name.
pub fn unit_folders(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_path_buf()];
    while let Some(folder) = todo.pop() {
        if !scala_files(&folder)?.is_empty() {
            found.push(folder.clone());
        }
        let entries = fs::read_dir(&folder).map_err(|error| {
            InputError::environment(format!("cannot list `{}`: {error}", folder.display()))
        })?;
        todo.extend(
            entries
                .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                .filter(|path| path.is_dir() && !path.is_symlink()),
        );
    }
    found.sort();
    Ok(found)
}

fn read_file(path: &Path, map: &mut SourceMap) -> Result<FileId, InputError> {
    let shown = path.display();
    let bytes = fs::read(path)
        .map_err(|error| InputError::environment(format!("cannot read `{shown}`: {error}")))?;
    if bytes.len() > SOURCE_BYTES_MAX {
        return Err(InputError::content(format!(
            "`{shown}` has {} bytes; the limit SOURCE_BYTES_MAX is {SOURCE_BYTES_MAX}",
            bytes.len()
        )));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        InputError::content(format!(
            "`{shown}` is not UTF-8: the byte at offset {at} is not part of a character"
        ))
    })?;
    if text.trim().is_empty() {
        return Err(InputError::content(format!(
            "`{shown}` is empty: there is nothing to compile"
        )));
    }
    Ok(map.add(SourceFile::new(shown.to_string(), text)))
}
