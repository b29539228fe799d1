//! `fscc.lock`: which versions and hashes the libraries of a unit are. It is written when a library
//! is added or required in another version, and kept with the sources; what it holds is used as
//! long as it fits the manifest, so a new version in the registry changes nothing by itself.

use super::manifest::{Manifest, Version, read_toml};
use super::registry::{Registry, parse_hash};
use crate::input::InputError;
use fvm_keys::to_hex;
use fvm_link::Hash;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

/// A version and its hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Chosen {
    pub version: Version,
    pub hash: Hash,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    #[serde(default)]
    library: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    version: String,
    hash: String,
}

/// Chooses a version of each library of a manifest, and writes the lock if that is new.
pub(super) fn choose(
    manifest: &Manifest,
    registry: &Registry,
) -> Result<BTreeMap<String, Chosen>, InputError> {
    let path = manifest.path.with_extension("lock");
    let locked = match path.is_file() {
        true => read(manifest)?,
        false => BTreeMap::new(),
    };
    let mut chosen = BTreeMap::new();
    for (name, requirement) in &manifest.libraries {
        let versions = registry.versions(name)?;
        let kept = locked.get(name).filter(|kept| requirement.takes(&kept.version));
        let found = match kept {
            Some(kept) => *kept,
            None => {
                let mut fitting = versions.iter().rev();
                match fitting.find(|(version, _)| requirement.takes(version)) {
                    Some((version, hash)) => Chosen { version: *version, hash: *hash },
                    None => return Err(nothing_fits(manifest, name, &versions)),
                }
            }
        };
        // What the registry says must be what it said when the lock was written.
        if let Some(now) = versions.get(&found.version)
            && *now != found.hash
        {
            return Err(InputError::content(format!(
                "{name} {} is not what `{}` says: the lock has the hash {}, the registry {}. \
                 Somebody replaced a published version; if you trust the new one, delete the lock",
                found.version,
                path.display(),
                to_hex(&found.hash),
                to_hex(now)
            )));
        }
        chosen.insert(name.clone(), found);
    }
    if chosen != locked {
        let cannot = |error| format!("cannot write `{}`: {error}", path.display());
        fs::write(&path, text(&chosen)).map_err(|error| InputError::environment(cannot(error)))?;
    }
    Ok(chosen)
}

fn nothing_fits(manifest: &Manifest, name: &str, versions: &BTreeMap<Version, Hash>) -> InputError {
    let versions: Vec<String> = versions.keys().map(Version::to_string).collect();
    let there = match versions.is_empty() {
        true => "none is published".to_owned(),
        false => format!("there is {}", versions.join(", ")),
    };
    InputError::content(format!(
        "`{}` asks for a version of `{name}` that `{}` does not have: {there}",
        manifest.path.display(),
        manifest.registry.display()
    ))
}

fn read(manifest: &Manifest) -> Result<BTreeMap<String, Chosen>, InputError> {
    let path = manifest.path.with_extension("lock");
    let text: Text = read_toml(&path)?;
    let mut locked = BTreeMap::new();
    for Row { name, version, hash } in text.library {
        let wrong = |what: &str| {
            InputError::content(format!("`{}` is damaged: {name} has no {what}", path.display()))
        };
        let version = version.parse().map_err(|_| wrong("version"))?;
        let hash = parse_hash(&hash).ok_or_else(|| wrong("hash"))?;
        locked.insert(name, Chosen { version, hash });
    }
    Ok(locked)
}

fn text(chosen: &BTreeMap<String, Chosen>) -> String {
    let mut text =
        "# Which libraries the sources beside are linked with. Written by fscc; keep it \
                    with them.\n"
            .to_owned();
    for (name, Chosen { version, hash }) in chosen {
        let hash = to_hex(hash);
        let _ = write!(
            text,
            "\n[[library]]\nname = \"{name}\"\nversion = \"{version}\"\nhash = \"{hash}\"\n"
        );
    }
    text
}
