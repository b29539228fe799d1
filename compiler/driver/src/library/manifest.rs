//! `fscc.toml`: what a unit says of itself as a library, and which libraries it uses.

use crate::input::InputError;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Bytes of a manifest or a lock.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// The folder of the registry, beside the manifest, where none is named.
const REGISTRY: &str = "registry";

/// A version: three numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Version(pub [u32; 3]);

/// Which versions will do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Requirement {
    least: Version,
    /// How many of its numbers a version must share.
    shared: usize,
}

/// What a unit says of itself as a library.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LibraryHead {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Version,
}

/// A manifest.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Where it stands; the lock stands beside it.
    pub path: PathBuf,
    /// The unit as a library.
    pub library: Option<LibraryHead>,
    /// Where libraries are looked for and published to.
    pub registry: PathBuf,
    /// Libraries by name.
    pub libraries: BTreeMap<String, Requirement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    library: Option<Head>,
    registry: Option<PathBuf>,
    #[serde(default)]
    libraries: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: String,
    version: String,
}

impl Manifest {
    /// Reads the manifest at a path, if there is one.
    pub fn read(path: &Path) -> Result<Option<Manifest>, InputError> {
        if !path.is_file() {
            return Ok(None);
        }
        let text: Text = read_toml(path)?;
        let wrong = |what: String| InputError::content(format!("`{}`: {what}", path.display()));
        let library = text.library.map(|head| {
            let version = head.version.parse().map_err(wrong)?;
            let name = checked_name(head.name).map_err(wrong)?;
            Ok::<_, InputError>(LibraryHead { name, version })
        });
        let mut libraries = BTreeMap::new();
        for (name, requirement) in text.libraries {
            let requirement = requirement.parse().map_err(wrong)?;
            libraries.insert(checked_name(name).map_err(wrong)?, requirement);
        }
        let beside = path.parent().unwrap_or(path);
        Ok(Some(Manifest {
            path: path.to_owned(),
            library: library.transpose()?,
            registry: beside.join(text.registry.unwrap_or_else(|| REGISTRY.into())),
            libraries,
        }))
    }
}

/// The content of a file in TOML.
pub(super) fn read_toml<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, InputError> {
    let shown = path.display();
    let cannot =
        |error: std::io::Error| InputError::environment(format!("cannot read `{shown}`: {error}"));
    if fs::metadata(path).map_err(cannot)?.len() > FILE_BYTES_MAX {
        return Err(InputError::content(format!("`{shown}` is too long (FILE_BYTES_MAX)")));
    }
    let text = fs::read_to_string(path).map_err(cannot)?;
    toml::from_str(&text).map_err(|error| InputError::content(format!("`{shown}`: {error}")))
}

/// A name of a library, which is also that of a folder: lower-case letters, digits and `-`.
fn checked_name(name: String) -> Result<String, String> {
    let is_plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let is_name = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.chars().all(is_plain)
        && name.len() <= 64;
    match is_name {
        true => Ok(name),
        false => Err(format!(
            "`{name}` is no name of a library: lower-case letters, digits and `-`, at most 64"
        )),
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Version, String> {
        match numbers(text) {
            Some((numbers, 3)) => Ok(Version(numbers)),
            _ => Err(format!("`{text}` is no version such as `1.2.0`")),
        }
    }
}

/// Up to three numbers with points between them, and how many there are.
fn numbers(text: &str) -> Option<([u32; 3], usize)> {
    let mut numbers = [0; 3];
    let mut count = 0;
    for part in text.split('.') {
        let is_plain = part == "0" || !part.starts_with(['0', '+']);
        *numbers.get_mut(count)? = part.parse().ok().filter(|_| is_plain)?;
        count += 1;
    }
    Some((numbers, count))
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

impl FromStr for Requirement {
    type Err = String;

    fn from_str(text: &str) -> Result<Requirement, String> {
        let wrong = || format!("`{text}` is no requirement such as `1.2`, `^1.2.0` or `=1.2.0`");
        if let Some(exact) = text.strip_prefix('=') {
            return Ok(Requirement { least: exact.parse().map_err(|_| wrong())?, shared: 3 });
        }
        let (least, count) = numbers(text.strip_prefix('^').unwrap_or(text)).ok_or_else(wrong)?;
        // The first number that is not zero says what is compatible.
        let shared = match least.iter().position(|number| *number > 0) {
            Some(at) => at + 1,
            None => count,
        };
        Ok(Requirement { least: Version(least), shared })
    }
}

impl Requirement {
    /// Whether a version will do.
    pub fn takes(&self, version: &Version) -> bool {
        version >= &self.least && version.0[..self.shared] == self.least.0[..self.shared]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(requirement: &str, version: &str) -> bool {
        let requirement: Requirement = requirement.parse().expect("a requirement");
        requirement.takes(&version.parse().expect("a version"))
    }

    #[test]
    fn a_version_does_if_nothing_before_the_first_number_changed() {
        assert!(takes("1.2", "1.2.0") && takes("^1.2", "1.9.3") && takes("1", "1.0.0"));
        assert!(!takes("1.2", "1.1.9") && !takes("1.2", "2.0.0"));
        assert!(takes("0.3.1", "0.3.2") && !takes("0.3.1", "0.4.0") && !takes("0.3.1", "0.3.0"));
        assert!(takes("0", "0.7.1") && takes("0.0.3", "0.0.3") && !takes("0.0.3", "0.0.4"));
        assert!(takes("=1.2.3", "1.2.3") && !takes("=1.2.3", "1.2.4"));
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in ["", "1", "1.2", "1.2.3.4", "1.2.x", "01.2.3", "1.2.-3", "1.2.+3", "1..3"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
        for text in ["", "=1.2", "~1.2", ">1", "1.2.3.4", "^", "*"] {
            assert!(text.parse::<Requirement>().is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_names_of_folders() {
        for name in ["rates", "a-1"] {
            assert!(checked_name(name.into()).is_ok(), "{name}");
        }
        for name in ["", "Rates", "../up", "a/b", "-a", "1a", "a.b", "ä"] {
            assert!(checked_name(name.into()).is_err(), "{name}");
        }
    }
}
