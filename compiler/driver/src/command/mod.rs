//! The commands, one file each, and what they share: reading, checking, reporting.

mod abci;
mod bind;
mod check;
mod compile;
mod disasm;
mod explain;
mod failure;
mod ledger;
mod node;
mod publish;
mod run;
mod service;
mod state;
mod test;
mod testnet;
mod wallet;

use crate::args::{Arguments, ColorChoice, Command, Denied, Insight, MessageFormat};
use crate::compilation::{Checked, Sources};
use crate::input::InputError;
use crate::profiled::{self, Profiled};
use crate::render;
use crate::status::Status;
use fscc_base::{Diagnostic, Severity, SourceMap};
use std::cell::RefCell;
use std::fs;
use std::io::{IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;

/// Runs the command of this command line.
pub fn run(arguments: &Arguments) -> Status {
    let console = Console::new(arguments);
    let status = match &arguments.command {
        Command::Check(arguments) => check::run(arguments, &console),
        Command::Compile(arguments) => compile::run(arguments, &console),
        Command::Publish(arguments) => publish::run(arguments, &console),
        Command::Run(arguments) => run::run(arguments, &console),
        Command::Test(arguments) => test::run(arguments, &console),
        Command::Disasm(arguments) => return disasm::run(arguments),
        Command::Explain(arguments) => return explain::run(arguments),
        Command::Wallet(arguments) => return wallet::run(arguments),
        Command::Node(arguments) => return node::run(arguments),
        Command::Abci(arguments) => return abci::run(arguments),
        Command::Testnet(arguments) => return testnet::run(arguments),
        Command::State(arguments) => return state::run(arguments),
        Command::Bind(arguments) => bind::run(arguments, &console),
        Command::Deploy(arguments) => ledger::deploy::run(arguments, &console),
        Command::Call(arguments) => return ledger::call::run(arguments),
        Command::Query(arguments) => return ledger::query::run(arguments),
        Command::Send(arguments) => return ledger::send::run(arguments),
        Command::Story(arguments) => return ledger::story::run(arguments),
    };
    console.finish();
    status
}

/// Where diagnostics go: standard error; standard output is the result and nothing else.
#[derive(Debug)]
struct Console {
    format: MessageFormat,
    color: bool,
    /// Whether warnings count as errors.
    is_strict: bool,
    /// What was reported so far, in the format that is one document at the end.
    results: RefCell<Vec<serde_json::Value>>,
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
        Console {
            format: arguments.message_format,
            color,
            is_strict: arguments.deny == Some(Denied::Warnings),
            results: RefCell::default(),
        }
    }

    /// Reads and checks a unit and reports what was found; none if nothing could be read.
    /// The process ends with the command: what was checked is not given back piece by piece.
    fn check(&self, paths: &[PathBuf]) -> Result<ManuallyDrop<Checked>, Status> {
        let sources = Sources::read(paths).map_err(|error| self.input(&error))?;
        let mut checked = crate::compilation::check(sources);
        self.judge(&mut checked);
        self.report(&checked.diagnostics, &checked.sources.map);
        Ok(ManuallyDrop::new(checked))
    }

    /// Makes errors of warnings if that is asked for.
    fn judge(&self, checked: &mut Checked) {
        if self.is_strict {
            for diagnostic in &mut checked.diagnostics {
                diagnostic.severity = Severity::Error;
            }
        }
    }

    fn report(&self, diagnostics: &[Diagnostic], sources: &SourceMap) {
        if self.format == MessageFormat::Sarif {
            self.results.borrow_mut().extend(render::sarif_results(diagnostics, sources));
            return;
        }
        eprint!("{}", render::render(diagnostics, sources, self.format, self.color));
        if let (MessageFormat::Human, Some(summary)) = (self.format, render::summary(diagnostics)) {
            eprintln!("{summary}");
        }
    }

    /// Prints the document of the whole run, in the format that is one.
    fn finish(&self) {
        if self.format == MessageFormat::Sarif {
            eprint!("{}", render::sarif(&self.results.borrow()));
        }
    }

    /// Reports one more diagnostic, found after checking.
    fn late(&self, diagnostic: &Diagnostic, sources: &SourceMap) -> Status {
        self.report(std::slice::from_ref(diagnostic), sources);
        Status::Findings
    }

    fn input(&self, error: &InputError) -> Status {
        eprintln!("fscc: {}", error.message);
        if error.is_content { Status::Findings } else { Status::Environment }
    }
}

/// Writes the flame graph that is asked for.
fn write_flame_graph(insight: &Insight, profiled: &[Profiled]) -> Status {
    let Some(path) = &insight.flame_graph else { return Status::Success };
    let written = profiled::flame_graph(profiled, "Gas").and_then(|svg| {
        fs::write(path, svg).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
    });
    match written {
        Ok(()) => Status::Success,
        Err(message) => {
            eprintln!("fscc: {message}");
            Status::Environment
        }
    }
}

/// A JSON document as it is printed.
fn document(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// Asks a question on the terminal; where nobody can be asked, the error says what to do instead.
/// An answer that cannot be read is empty.
fn answer(question: &str, instead: &str) -> Result<String, failure::Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(failure::Failure::usage(format!("nobody can be asked here: {instead}")));
    }
    eprint!("{question}");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    Ok(match std::io::stdin().read_line(&mut answer) {
        Ok(_) => answer.trim().to_owned(),
        Err(_) => String::new(),
    })
}

/// Prints a result; a closed standard output ends it quietly.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
