//! `fscc compile`: a module, its debug information and its ABI for every contract, program and
//! suite of a unit; or the text of one stage.

use super::{Console, print};
use crate::args::{CompileArguments, Emit};
use crate::compilation::{Built, Checked, Root, Sources, check, check_ahead};
use crate::status::Status;
use crate::threads::Threads;
use fscc_base::Diagnostic;
use fscc_ir::Module;
use fscc_lower::Prepared;
use fscc_sema::effects;
use std::fmt::Write as _;
use std::fs;
use std::mem::ManuallyDrop;
use std::path::Path;

pub(super) fn run(arguments: &CompileArguments, console: &Console) -> Status {
    if let Some(Emit::Tokens | Emit::Ast) = arguments.emit {
        return emit_syntax(arguments, console);
    }
    let sources = match Sources::read(&arguments.paths) {
        Ok(sources) => sources,
        Err(error) => return console.input(&error),
    };
    let sources = match &arguments.library {
        Some(name) => sources.as_library(name),
        None => sources,
    };
    let (checked, lowered) = match arguments.emit {
        None => check_ahead(sources),
        Some(_) => (check(sources), None),
    };
    // The process ends with the command: what was checked is not given back piece by piece.
    let mut checked = ManuallyDrop::new(checked);
    console.judge(&mut checked);
    console.report(&checked.diagnostics, &checked.sources.map);
    match arguments.emit {
        Some(Emit::Typed) => {
            print(&fscc_sema::print::print(&checked.program));
            return checked.status();
        }
        Some(Emit::Effects) => {
            let methods = effects::report(&checked.program, &checked.effects);
            print(&effects::print(&methods, &checked.sources.map));
            return checked.status();
        }
        _ => {}
    }
    match checked.status() {
        Status::Success => {}
        status => return status,
    }
    let roots = checked.roots();
    if let (Some(module), [root]) = (lowered, &roots[..]) {
        return write_lowered(module, &checked, *root, arguments, console);
    }
    let prepared = checked.prepared();
    if roots.is_empty() {
        eprintln!(
            "fscc: there is no contract, suite or `main` to compile; the sources are checked"
        );
    }
    for root in roots {
        let status = match arguments.emit {
            Some(stage) => emit_module(stage, &checked, &prepared, root, arguments, console),
            None => write_module(&checked, &prepared, root, arguments, console),
        };
        if status != Status::Success {
            return status;
        }
    }
    Status::Success
}

fn emit_syntax(arguments: &CompileArguments, console: &Console) -> Status {
    let sources = match Sources::read(&arguments.paths) {
        Ok(sources) => sources,
        Err(error) => return console.input(&error),
    };
    let mut found = Vec::new();
    for id in &sources.user {
        let file = sources.map.file(*id);
        let mut parsed = fscc_syntax::parse(*id, file);
        found.append(&mut parsed.diagnostics);
        match arguments.emit {
            Some(Emit::Tokens) => print(&fscc_syntax::tokens(*id, file)),
            _ => print(&fscc_syntax::print(&parsed.unit)),
        }
    }
    console.report(&found, &sources.map);
    Status::of(&found)
}

fn emit_module(
    stage: Emit,
    checked: &Checked,
    prepared: &Prepared<'_>,
    root: Root,
    arguments: &CompileArguments,
    console: &Console,
) -> Status {
    let mut module = checked.lower(prepared, root);
    if stage == Emit::Ssa {
        print(&fscc_ir::text::print(&module));
        return Status::Success;
    }
    checked.optimize(&mut module, arguments.level);
    if stage == Emit::Opt {
        print(&fscc_ir::text::print(&module));
        return Status::Success;
    }
    if stage == Emit::Cfg {
        print(&fscc_ir::text::dot(&module));
        return Status::Success;
    }
    if stage == Emit::Alloc {
        fscc_codegen::prepare(&mut module, &Threads);
        return match checked.allocation(&module, root) {
            Ok(text) => {
                print(&text);
                Status::Success
            }
            Err(diagnostic) => console.late(&diagnostic, &checked.sources.map),
        };
    }
    match checked.build(prepared, root, arguments.level) {
        Ok(built) => {
            print(&fvm_isa::text::print(built.module(), Some(&built.debug)));
            Status::Success
        }
        Err(diagnostic) => console.late(&diagnostic, &checked.sources.map),
    }
}

fn write_module(
    checked: &Checked,
    prepared: &Prepared<'_>,
    root: Root,
    arguments: &CompileArguments,
    console: &Console,
) -> Status {
    write(checked.build(prepared, root, arguments.level), checked, root, arguments, console)
}

/// Writes the module of a plain program that has been lowered.
fn write_lowered(
    mut module: Module,
    checked: &Checked,
    root: Root,
    arguments: &CompileArguments,
    console: &Console,
) -> Status {
    let built = checked.check_libraries(&module).and_then(|()| {
        checked.optimize(&mut module, arguments.level);
        checked.generate(module, root, String::new())
    });
    write(built, checked, root, arguments, console)
}

fn write(
    built: Result<Built, Box<Diagnostic>>,
    checked: &Checked,
    root: Root,
    arguments: &CompileArguments,
    console: &Console,
) -> Status {
    let built = match built {
        Ok(built) => built,
        Err(diagnostic) => return console.late(&diagnostic, &checked.sources.map),
    };
    match write_files(built, &checked.name(root), &arguments.out_dir) {
        Ok(text) => {
            print(&text);
            crate::stage::enter("end", "");
            Status::Success
        }
        Err(message) => {
            eprintln!("fscc: {message}");
            Status::Environment
        }
    }
}

/// Writes `NAME.fvm`, `NAME.debug`, and `NAME.abi.json` if there is an ABI; gives one line for
/// each file.
fn write_files(built: Built, name: &str, folder: &Path) -> Result<String, String> {
    let cannot =
        |path: &Path, error: std::io::Error| format!("cannot write `{}`: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| cannot(folder, error))?;
    let stem = name.rsplit('.').next().unwrap_or(name);
    // The process ends with the command: what was built is not given back piece by piece.
    let built = ManuallyDrop::new(built);
    let (abi, debug) = (&built.module().abi, built.debug.encode());
    let mut files = vec![(format!("{stem}.fvm"), &built.bytes), (format!("{stem}.debug"), &debug)];
    if !abi.is_empty() {
        files.push((format!("{stem}.abi.json"), abi));
    }
    let mut text = String::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| cannot(&path, error))?;
        let _ = writeln!(text, "{} ({} bytes)", path.display(), bytes.len());
    }
    Ok(text)
}
