//! `fscc publish`: compiles a library and keeps it in a registry.

use super::{Console, print};
use crate::args::{Level, PublishArguments};
use crate::compilation::Root;
use crate::library::{Manifest, Registry, manifest_path};
use crate::status::Status;
use fvm_keys::to_hex;

pub(super) fn run(arguments: &PublishArguments, console: &Console) -> Status {
    let paths = std::slice::from_ref(&arguments.path);
    let path = manifest_path(paths);
    let manifest = match Manifest::read(&path) {
        Ok(manifest) => manifest,
        Err(error) => return console.input(&error),
    };
    let Some((manifest, head)) = manifest.and_then(|m| Some((m.clone(), m.library?))) else {
        eprintln!(
            "fscc: what is published has a name and a version: write `[library]` with `name` and \
             `version` into `{}`",
            path.display()
        );
        return Status::Usage;
    };
    let checked = match console.check(paths) {
        Ok(checked) => checked,
        Err(status) => return status,
    };
    match checked.status() {
        Status::Success => {}
        status => return status,
    }
    let built = match checked.build(&checked.prepared(), Root::Library, Level::Full) {
        Ok(built) => built,
        Err(found) => return console.late(&found, &checked.sources.map),
    };
    let registry = Registry::new(arguments.registry.as_deref().unwrap_or(&manifest.registry));
    // Whoever takes it from there needs what it imports as well.
    let kept = built.libraries.iter().try_for_each(|(_, module)| registry.keep(module));
    match kept.and_then(|()| registry.publish(&head, &built.bytes)) {
        Ok(hash) => {
            print(&format!("{} {} is {}\n", head.name, head.version, to_hex(&hash)));
            Status::Success
        }
        Err(error) => console.input(&error),
    }
}
