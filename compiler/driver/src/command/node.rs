//! `fscc node`: a ledger on this machine, and its interfaces, until it is told to stop.

use crate::args::NodeArguments;
use crate::command::service::{self, Decider};
use crate::status::Status;
use fvm_ledger::genesis::Genesis;
use fvm_node::{Node, Options, Pace, development, produce, server};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Runs a node until a signal ends it.
pub(super) fn run(arguments: &NodeArguments) -> Status {
    service::run(&arguments.log, || start(arguments))
}

fn start(arguments: &NodeArguments) -> Result<(), String> {
    let genesis = genesis(arguments)?;
    let first = genesis.accounts.keys().next().copied().unwrap_or_default();
    let options = Options {
        directory: arguments.state.clone(),
        genesis,
        durable: !arguments.not_durable,
        threads: usize::from(arguments.threads),
        proposer: arguments.proposer.unwrap_or(first),
        clock: service::clock,
    };
    let node = Node::open(&options).map_err(|error| error.to_string())?;
    let pace = match arguments.block_time {
        Some(milliseconds) => Pace::Every(Duration::from_millis(milliseconds)),
        None => Pace::OnDemand,
    };
    service::runtime()?.block_on(live(arguments, Arc::new(node), pace))
}

/// Serves and makes blocks until a signal comes or one of both fails.
async fn live(arguments: &NodeArguments, node: Arc<Node>, pace: Pace) -> Result<(), String> {
    let (listener, address) = service::listen(arguments.listen).await?;
    // Whoever starts a node waits for this line: from now on it answers.
    println!("listening on http://{address}");
    let (stop, stopped) = watch::channel(false);
    let server = tokio::spawn(server::serve(listener, Arc::clone(&node), stopped.clone()));
    let mut blocks = tokio::spawn(produce::produce(node, pace, stopped));
    let failure = tokio::select! {
        () = service::signal() => None,
        made = &mut blocks => Some(ended(made)),
    };
    stop.send_replace(true);
    let served = server.await.map_err(|error| error.to_string())?;
    let made = match failure {
        Some(failure) => failure,
        None => ended(blocks.await),
    };
    tracing::info!("stopped");
    made.and(served.map_err(|error| error.to_string()))
}

/// How the maker of blocks ended.
fn ended(
    made: Result<Result<(), fvm_node::NodeError>, tokio::task::JoinError>,
) -> Result<(), String> {
    made.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

/// The genesis: the file that is named, the one with which this state began, or one for
/// development, which is then kept with the state.
fn genesis(arguments: &NodeArguments) -> Result<Genesis, String> {
    let kept = Decider::Node.kept(&arguments.state)?;
    if let Some(path) = &arguments.genesis {
        return service::read(path);
    }
    if let Some(genesis) = kept {
        if !arguments.fund.is_empty() {
            return Err("the ledger there has begun: `--fund` is for a new one".into());
        }
        return Ok(genesis);
    }
    let genesis = development::genesis(&arguments.fund);
    service::keep(Decider::Node, &arguments.state, &genesis)?;
    Ok(genesis)
}
