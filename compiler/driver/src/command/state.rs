//! `fscc state`: copies of the state of a node that does not run, and its chain run again.

use super::failure::Failure;
use super::print;
use crate::args::{StateAction, StateArguments, StateOptions};
use crate::command::service::{self, Decider};
use crate::status::Status;
use fvm_ledger::genesis::Genesis;
use fvm_node::replay::{ReplayError, Verify, replay};
use fvm_node::snapshot::{self, Summary};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter};
use std::path::Path;

/// Does what is asked of a state, and tells what came of it.
pub(super) fn run(arguments: &StateArguments) -> Status {
    let done = match &arguments.action {
        StateAction::Export { file, state } => export(file, state),
        StateAction::Import { file, state } => import(file, state),
        StateAction::Replay { state, verify } => run_again(state, *verify),
    };
    match done {
        Ok(told) => {
            print(&told);
            Status::Success
        }
        Err(failure) => {
            eprintln!("error: {}", failure.message);
            failure.status
        }
    }
}

/// How the ledger of a state began.
fn genesis(state: &StateOptions) -> Result<Genesis, Failure> {
    if let Some(path) = &state.genesis {
        return service::read(path).map_err(Failure::environment);
    }
    for decider in [Decider::Node, Decider::Engine] {
        if let Some(genesis) = decider.genesis(&state.state).map_err(Failure::environment)? {
            return Ok(genesis);
        }
    }
    let state = state.state.display();
    Err(Failure::environment(format!(
        "there is no ledger in `{state}`, or its genesis is elsewhere: use `--genesis`"
    )))
}

fn export(file: &Path, state: &StateOptions) -> Result<String, Failure> {
    let genesis = genesis(state)?;
    let output = File::create_new(file).map_err(|error| Failure::file("write", file, &error))?;
    let written = snapshot::export(&state.state, &genesis, BufWriter::new(&output));
    let synced = written
        .map_err(Failure::environment)
        .and_then(|summary| output.sync_all().map(|()| summary).map_err(Failure::environment));
    // What is not whole is of no use to anybody.
    let summary = synced.inspect_err(|_| drop(fs::remove_file(file)))?;
    Ok(format!("exported {}\n", told(&summary)))
}

fn import(file: &Path, state: &Path) -> Result<String, Failure> {
    let input = File::open(file).map_err(|error| Failure::file("read", file, &error))?;
    let keep = |directory: &Path, genesis: &Genesis| {
        service::keep(Decider::Node, directory, genesis).map_err(io::Error::other)
    };
    let imported = snapshot::import(BufReader::new(input), state, keep);
    let (genesis, summary) = imported.map_err(|error| {
        Failure::environment(format!("cannot import `{}`: {error}", file.display()))
    })?;
    Ok(format!("imported {} of chain {}\n", told(&summary), genesis.chain))
}

fn told(summary: &Summary) -> String {
    let Summary { height, entries, bytes } = summary;
    format!("block {height}: {entries} entries, {bytes} bytes")
}

fn run_again(state: &StateOptions, verify: Verify) -> Result<String, Failure> {
    let replayed = replay(&state.state, &genesis(state)?, verify).map_err(|error| match error {
        ReplayError::Store(_) | ReplayError::Unavailable(_) => Failure::environment(error),
        _ => Failure::finding(error),
    })?;
    Ok(format!(
        "{} blocks with {} transactions and {} messages are what their headers say (verified: \
         {verify})\n",
        replayed.blocks, replayed.transactions, replayed.messages
    ))
}
