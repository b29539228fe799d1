//! `fscc abci`: a ledger whose blocks a consensus engine decides, and its interfaces, until it is
//! told to stop.

use crate::args::AbciArguments;
use crate::client::engine::EngineRpc;
use crate::command::service::{self, Decider};
use crate::status::Status;
use fvm_consensus::application::{Application, Begun};
use fvm_ledger::genesis::Genesis;
use fvm_node::{Engine, Node, Options, server};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Runs a replica until a signal ends it.
pub(super) fn run(arguments: &AbciArguments) -> Status {
    service::run(&arguments.log, || start(arguments))
}

/// How the ledger of this replica is opened.
#[derive(Clone)]
struct Opening {
    state: PathBuf,
    threads: u16,
    engine: Option<EngineRpc>,
}

impl Opening {
    fn open(&self, genesis: &Genesis) -> Result<Node, String> {
        let options = Options {
            directory: self.state.clone(),
            genesis: genesis.clone(),
            durable: true,
            threads: usize::from(self.threads),
            // Who simulates pays nobody.
            proposer: genesis.accounts.keys().next().copied().unwrap_or_default(),
            clock: service::clock,
        };
        let mut node = Node::open(&options).map_err(|error| error.to_string())?;
        let engine: Box<dyn Engine> = match &self.engine {
            Some(engine) => Box::new(engine.clone()),
            None => Box::new(NoEngine),
        };
        node.follow(engine);
        Ok(node)
    }

    /// Opens the ledger that begins with this genesis, and keeps it.
    fn begin(&self, genesis: &Genesis) -> Result<Node, String> {
        let node = self.open(genesis)?;
        let height = node.ledger().header().height;
        if height > 0 {
            return Err(format!("the ledger here has {height} blocks that no engine decided"));
        }
        // A replica that is killed here is asked to begin again.
        service::keep(Decider::Engine, &self.state, genesis)?;
        Ok(node)
    }
}

/// Instead of an engine that nobody named.
struct NoEngine;

impl Engine for NoEngine {
    fn send(&self, _: &[u8]) -> Result<(), String> {
        Err("this replica takes no transactions: start it with `--engine URL`, or send the \
             transaction to the engine, as `broadcast_tx_sync`"
            .into())
    }
}

fn start(arguments: &AbciArguments) -> Result<(), String> {
    let engine = arguments.engine.as_deref().map(EngineRpc::new).transpose();
    let engine = engine.map_err(|error| error.to_string())?;
    let opening = Opening { state: arguments.state.clone(), threads: arguments.threads, engine };
    let before = match Decider::Engine.kept(&arguments.state)? {
        Some(genesis) => Some(Begun { node: Arc::new(opening.open(&genesis)?), genesis }),
        None => None,
    };
    let application = Application::new(before, Box::new(move |genesis| opening.begin(genesis)));
    service::runtime()?.block_on(live(arguments, Arc::new(application)))
}

/// Serves the engine and clients until a signal comes or one of both fails.
async fn live(arguments: &AbciArguments, application: Arc<Application>) -> Result<(), String> {
    let (rpc, rpc_address) = service::listen(arguments.rpc).await?;
    let (socket, socket_address) = service::listen(arguments.listen.0).await?;
    // Whoever starts a replica waits for these lines: from now on it answers.
    println!("listening on http://{rpc_address}");
    println!("waiting for the engine on tcp://{socket_address}");
    let (stop, stopped) = watch::channel(false);
    let mut engine =
        tokio::spawn(fvm_consensus::serve(socket, Arc::clone(&application), stopped.clone()));
    let mut clients = tokio::spawn(clients(rpc, application, stopped));
    let failed = tokio::select! {
        () = service::signal() => None,
        ended = &mut engine => Some(ended),
        ended = &mut clients => {
            stop.send_replace(true);
            ended.map_err(|error| error.to_string())??;
            None
        }
    };
    stop.send_replace(true);
    let served = match failed {
        Some(ended) => ended,
        None => engine.await,
    };
    if !clients.is_finished() {
        clients.await.map_err(|error| error.to_string())??;
    }
    tracing::info!("stopped");
    served.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

/// Serves clients as soon as there is a ledger; until then they wait for their connection.
async fn clients(
    listener: TcpListener,
    application: Arc<Application>,
    mut stopped: watch::Receiver<bool>,
) -> Result<(), String> {
    let mut begun = application.node();
    let node = tokio::select! {
        node = begun.wait_for(Option::is_some) => {
            node.ok().and_then(|node| node.clone())
        }
        _ = stopped.wait_for(|stop| *stop) => None,
    };
    let Some(node) = node else { return Ok(()) };
    server::serve(listener, node, stopped).await.map_err(|error| error.to_string())
}
