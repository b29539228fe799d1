//! `fscc node`: a ledger on this machine, and its interfaces, until it is told to stop.

use crate::args::{Log, NodeArguments};
use crate::status::Status;
use fvm_ledger::genesis::Genesis;
use fvm_node::{Node, Options, Pace, development, produce, server};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The file of the genesis in the folder of the state.
const GENESIS: &str = "genesis.json";

/// Runs a node until a signal ends it.
pub(super) fn run(arguments: &NodeArguments) -> Status {
    log(arguments);
    match start(arguments) {
        Ok(()) => Status::Success,
        Err(message) => {
            eprintln!("error: {message}");
            Status::Environment
        }
    }
}

fn log(arguments: &NodeArguments) {
    let level = match arguments.log {
        Log::Error => tracing::Level::ERROR,
        Log::Warn => tracing::Level::WARN,
        Log::Info => tracing::Level::INFO,
        Log::Debug => tracing::Level::DEBUG,
    };
    let builder = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr);
    let builder = builder.with_target(false).with_ansi(false);
    if arguments.log_json { builder.json().init() } else { builder.init() }
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
        clock,
    };
    let node = Node::open(&options).map_err(|error| error.to_string())?;
    let pace = match arguments.block_time {
        Some(milliseconds) => Pace::Every(Duration::from_millis(milliseconds)),
        None => Pace::OnDemand,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("no threads: {error}"))?;
    runtime.block_on(live(arguments, Arc::new(node), pace))
}

/// Serves and makes blocks until a signal comes or one of both fails.
async fn live(arguments: &NodeArguments, node: Arc<Node>, pace: Pace) -> Result<(), String> {
    let listener = TcpListener::bind(arguments.listen).await;
    let listener =
        listener.map_err(|error| format!("cannot listen on {}: {error}", arguments.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    // Whoever starts a node waits for this line: from now on it answers.
    println!("listening on http://{address}");
    let (stop, stopped) = watch::channel(false);
    let server = tokio::spawn(server::serve(listener, Arc::clone(&node), stopped.clone()));
    let mut blocks = tokio::spawn(produce::produce(node, pace, stopped));
    let failure = tokio::select! {
        () = signal() => None,
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

/// The time of this machine, in seconds since 1970.
#[expect(clippy::disallowed_types, reason = "the driver is where there is a clock")]
fn clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// How the maker of blocks ended.
fn ended(
    made: Result<Result<(), fvm_node::NodeError>, tokio::task::JoinError>,
) -> Result<(), String> {
    made.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

/// Waits for the wish to stop.
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}

/// The genesis: the file that is named, the one with which this state began, or one for
/// development, which is then kept with the state.
fn genesis(arguments: &NodeArguments) -> Result<Genesis, String> {
    let kept = arguments.state.join(GENESIS);
    if let Some(path) = &arguments.genesis {
        return read(path);
    }
    if kept.exists() {
        if !arguments.fund.is_empty() {
            return Err("the ledger there has begun: `--fund` is for a new one".into());
        }
        return read(&kept);
    }
    let genesis = development::genesis(&arguments.fund);
    let write = || {
        fs::create_dir_all(&arguments.state)?;
        fs::write(&kept, genesis.to_json())
    };
    write().map_err(|error| format!("cannot write `{}`: {error}", kept.display()))?;
    Ok(genesis)
}

fn read(path: &Path) -> Result<Genesis, String> {
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    Genesis::parse(&text).map_err(|error| format!("`{}`: {error}", path.display()))
}
