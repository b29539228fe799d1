//! The commands, one file each, and what they share: reading, checking, reporting.

mod check;
mod compile;
mod disasm;
mod explain;
mod run;
mod test;

use crate::args::{Arguments, ColorChoice, Command, MessageFormat};
use crate::compilation::{Checked, Sources};
use crate::input::InputError;
use crate::render;
use crate::status::Status;
use fscc_base::{Diagnostic, SourceMap};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Runs the command of this command line.
pub fn run(arguments: &Arguments) -> Status {
    let console = Console::new(arguments);
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments, &console),
        Command::Compile(arguments) => compile::run(arguments, &console),
        Command::Run(arguments) => run::run(arguments, &console),
        Command::Test(arguments) => test::run(arguments, &console),
        Command::Disasm(arguments) => disasm::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
    }
}

/// Where diagnostics go: standard error; standard output is the result and nothing else.
#[derive(Clone, Copy, Debug)]
struct Console {
    format: MessageFormat,
    color: bool,
}

impl Console {
    fn new(arguments: &Arguments) -> Console {
        let is_set = |variable: &str| std::env::var_os(variable).is_some_and(|v| !v.is_empty());
        let color = match arguments.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                is_set("CLICOLOR_FORCE") || !is_set("NO_COLOR") && std::io::stderr().is_terminal()
            }
        };
        Console { format: arguments.message_format, color }
    }

    /// Reads and checks a unit and reports what was found; none if nothing could be read.
    fn check(&self, paths: &[PathBuf]) -> Result<Checked, Status> {
        let sources = Sources::read(paths).map_err(|error| self.input(&error))?;
        let checked = crate::compilation::check(sources);
        self.report(&checked.diagnostics, &checked.sources.map);
        Ok(checked)
    }

    fn report(&self, diagnostics: &[Diagnostic], sources: &SourceMap) {
        eprint!("{}", render::render(diagnostics, sources, self.format, self.color));
        if let (MessageFormat::Human, Some(summary)) = (self.format, render::summary(diagnostics)) {
            eprintln!("{summary}");
        }
    }

    /// Reports one more diagnostic, found after checking.
    fn late(&self, diagnostic: Diagnostic, sources: &SourceMap) -> Status {
        self.report(&[diagnostic], sources);
        Status::Findings
    }

    fn input(&self, error: &InputError) -> Status {
        eprintln!("fscc: {}", error.message);
        if error.is_content { Status::Findings } else { Status::Environment }
    }
}

/// Prints a result; a closed standard output ends it quietly.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
