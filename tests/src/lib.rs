//! What the corpora share: walking folders, and reading the marks that a source holds.

pub mod chain;
pub mod compare;
pub mod engines;
pub mod generate;
pub mod host;
pub mod linked;
pub mod loops;
pub mod modules;
pub mod random;
pub mod schema;
pub mod spec;
pub mod targets;
pub mod traffic;
pub mod workload;

use fscc::compilation::Checked;
use libtest_mimic::Failed;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

/// The root of the repository.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("`tests` lies in the repository").to_path_buf()
}

/// All files below `folder` with this extension, by path.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_path_buf()];
    while let Some(folder) = todo.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The direct sub-folders of `folder`, by name.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

/// How often something is done: a number from the environment, for long runs, or the usual one.
pub fn count(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The path below the root, with slashes: how tests are named.
pub fn name_of(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A mark in a source: this line must report this code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mark {
    /// Line, from 1.
    pub line: u32,
    /// Code.
    pub code: String,
}

/// The marks of a source: `//~ E0201 E0301` means its own line, `//~^ E0201` the line above.
pub fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (number, line) in (1u32..).zip(text.lines()) {
        let Some((_, mark)) = line.split_once("//~") else { continue };
        let codes = mark.trim_start_matches('^');
        let up = (mark.len() - codes.len()) as u32;
        let is_code =
            |word: &&str| word.len() == 5 && word[1..].bytes().all(|byte| byte.is_ascii_digit());
        for code in codes.split([' ', ',']).filter(is_code) {
            marks.push(Mark { line: number - up, code: code.to_string() });
        }
    }
    marks.sort();
    marks
}

/// Every place that a diagnostic shows has a text: what is wrong there, or why it matters.
pub fn every_label_speaks(checked: &Checked) -> Result<(), Failed> {
    for found in &checked.diagnostics {
        if found.labels.iter().any(|label| label.text.is_empty()) {
            return Err(format!("{}: a label of `{}` is empty", found.code, found.message).into());
        }
    }
    Ok(())
}

/// Trees are walked recursively, up to the declared limits: see the driver.
const STACK_BYTES: usize = 256 << 20;

/// Does something where there is room for the deepest tree; a panic becomes its failure.
pub fn on_large_stack<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failed> + Send + 'static,
) -> Result<T, Failed> {
    let worker = thread::Builder::new().stack_size(STACK_BYTES);
    match worker.spawn(work)?.join() {
        Ok(result) => result,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
            Err(text.unwrap_or_else(|| "panicked".to_string()).into())
        }
    }
}

/// Compares with `NAME.snap` beside the input.
pub fn snapshot(input: &Path, suffix: &str, text: String) {
    let stem = input.file_stem().unwrap_or_default().to_string_lossy();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(input.parent().expect("an input lies in a folder"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("{stem}{suffix}"), text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_name_their_own_line_or_one_above() {
        let text = "a //~ E0201\nb\n//~^ E0301 W0501\n//~^^^ E0101";
        let found: Vec<(u32, String)> =
            marks(text).into_iter().map(|mark| (mark.line, mark.code)).collect();
        let expected = [(1, "E0101"), (1, "E0201"), (2, "E0301"), (2, "W0501")];
        assert_eq!(found, expected.map(|(line, code)| (line, code.to_string())));
    }
}
