//! `fscc check`: all findings of a unit; with `--effects` also what every method may do.

use super::{Console, print};
use crate::args::{CheckArguments, MessageFormat};
use crate::compilation::{Checked, Sources, check_once};
use crate::effects_json;
use crate::fixes;
use crate::input::lock_path;
use crate::status::Status;
use fscc_base::Applicability;
use fscc_sema::effects;
use std::fs;
use std::mem::ManuallyDrop;

pub(super) fn run(arguments: &CheckArguments, console: &Console) -> Status {
    let mut sources = match Sources::read(&arguments.paths) {
        Ok(sources) => sources,
        Err(error) => return console.input(&error),
    };
    if arguments.lock_effects {
        // It is about to be replaced.
        sources.lock = None;
    }
    let mut checked = match arguments.fix {
        true => match repair(sources, arguments.allow_likely) {
            Ok(checked) => ManuallyDrop::new(checked),
            Err(status) => return status,
        },
        false => check_once(sources),
    };
    console.judge(&mut checked);
    console.report(&checked.diagnostics, &checked.sources.map);
    let status = checked.status();
    if arguments.effects {
        let methods = effects::report(&checked.program, &checked.effects);
        let sources = &checked.sources.map;
        print(&match console.format {
            MessageFormat::Json => effects_json::render(&methods, sources),
            _ => effects::print(&methods, sources),
        });
    }
    if arguments.lock_effects && status == Status::Success {
        return write_lock(arguments, &checked);
    }
    status
}

/// Applies fixes until there are no more, writes what changed, and gives what is still found.
fn repair(sources: Sources, allow_likely: bool) -> Result<Checked, Status> {
    let most = if allow_likely { Applicability::Likely } else { Applicability::Safe };
    let repaired = fixes::repair(sources, most);
    let map = &repaired.checked.sources.map;
    for id in &repaired.changed {
        let file = map.file(*id);
        if let Err(error) = fs::write(&file.name, file.text.as_bytes()) {
            eprintln!("fscc: cannot write `{}`: {error}", file.name);
            return Err(Status::Environment);
        }
    }
    let (count, files) = (repaired.count, repaired.changed.len());
    let fixes = if count == 1 { "fix" } else { "fixes" };
    eprintln!("fscc: applied {count} {fixes} in {files} file{}", if files == 1 { "" } else { "s" });
    Ok(repaired.checked)
}

fn write_lock(arguments: &CheckArguments, checked: &Checked) -> Status {
    let path = lock_path(&arguments.paths);
    let methods = effects::report(&checked.program, &checked.effects);
    let text = effects::lock_text(&checked.program, &methods);
    match fs::write(&path, text) {
        Ok(()) => Status::Success,
        Err(error) => {
            eprintln!("fscc: cannot write `{}`: {error}", path.display());
            Status::Environment
        }
    }
}
