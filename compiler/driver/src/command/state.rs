//! `fscc state`: copies of the state of a node that does not run, and its chain run again.

use crate::args::{StateAction, StateArguments, StateOptions};
use crate::command::service::{self, Decider};
use crate::status::Status;
use fvm_ledger::genesis::Genesis;
use fvm_node::replay::{ReplayError, replay};
use fvm_node::snapshot::{self, Summary};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter};
use std::path::Path;

/// Does what is asked of a state.
pub(super) fn run(arguments: &StateArguments) -> Status {
    let done = match &arguments.action {
        StateAction::Export { file, state } => export(file, state),
        StateAction::Import { file, state } => import(file, state),
        StateAction::Replay { state, verify } => {
            let genesis = match genesis(state) {
                Ok(genesis) => genesis,
                Err(message) => return failed(&message),
            };
            match replay(&state.state, &genesis, *verify, fvm_node::prepare) {
                Ok(replayed) => {
                    println!(
                        "{} blocks with {} transactions and {} messages are what their headers \
                         say (verified: {verify})",
                        replayed.blocks, replayed.transactions, replayed.messages
                    );
                    Ok(())
                }
                Err(error @ (ReplayError::Store(_) | ReplayError::Unavailable(_))) => {
                    Err(error.to_string())
                }
                Err(error) => {
                    eprintln!("error: {error}");
                    return Status::Findings;
                }
            }
        }
    };
    match done {
        Ok(()) => Status::Success,
        Err(message) => failed(&message),
    }
}

fn failed(message: &str) -> Status {
    eprintln!("error: {message}");
    Status::Environment
}

/// How the ledger of a state began.
fn genesis(state: &StateOptions) -> Result<Genesis, String> {
    if let Some(path) = &state.genesis {
        return service::read(path);
    }
    for decider in [Decider::Node, Decider::Engine] {
        if let Some(genesis) = decider.genesis(&state.state)? {
            return Ok(genesis);
        }
    }
    let state = state.state.display();
    Err(format!("there is no ledger in `{state}`, or its genesis is elsewhere: use `--genesis`"))
}

fn export(file: &Path, state: &StateOptions) -> Result<(), String> {
    let genesis = genesis(state)?;
    let write = || -> Result<Summary, String> {
        let output = File::create_new(file);
        let output =
            output.map_err(|error| format!("cannot write `{}`: {error}", file.display()))?;
        let written = snapshot::export(&state.state, &genesis, BufWriter::new(&output));
        let summary = written.map_err(|error| error.to_string());
        // What is not whole is of no use to anybody.
        let synced = summary.and_then(|summary| {
            output.sync_all().map(|()| summary).map_err(|error| error.to_string())
        });
        synced.inspect_err(|_| drop(fs::remove_file(file)))
    };
    println!("exported {}", told(&write()?));
    Ok(())
}

fn import(file: &Path, state: &Path) -> Result<(), String> {
    let input = File::open(file);
    let input = input.map_err(|error| format!("cannot read `{}`: {error}", file.display()))?;
    let keep = |directory: &Path, genesis: &Genesis| {
        service::keep(Decider::Node, directory, genesis).map_err(io::Error::other)
    };
    let imported = snapshot::import(BufReader::new(input), state, keep);
    let (genesis, summary) =
        imported.map_err(|error| format!("cannot import `{}`: {error}", file.display()))?;
    println!("imported {} of chain {}", told(&summary), genesis.chain);
    Ok(())
}

fn told(summary: &Summary) -> String {
    let Summary { height, entries, bytes } = summary;
    format!("block {height}: {entries} entries, {bytes} bytes")
}
