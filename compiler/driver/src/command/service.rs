//! What commands share that serve until a signal ends them: logs, clock, signals, sockets, and the
//! genesis that is kept with a state.

use crate::args::{Log, LogOptions};
use crate::status::Status;
use fvm_ledger::genesis::Genesis;
use std::fs::{self, File};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Who decides the blocks of a ledger. Its genesis is kept under another name for each, so that
/// nobody else goes on with it.
#[derive(Clone, Copy)]
pub(super) enum Decider {
    /// A node by itself.
    Node,
    /// A consensus engine.
    Engine,
}

impl Decider {
    /// The file of the genesis in the folder of a state.
    fn file(self, state: &Path) -> PathBuf {
        state.join(match self {
            Decider::Node => "genesis.json",
            Decider::Engine => "network.json",
        })
    }

    /// The genesis that is kept with a state, if it has begun.
    pub(super) fn kept(self, state: &Path) -> Result<Option<Genesis>, String> {
        let (other, told) = match self {
            Decider::Node => (Decider::Engine, "an engine decides its blocks, use `fscc abci`"),
            Decider::Engine => (Decider::Node, "its blocks are a node's own, use `fscc node`"),
        };
        if other.file(state).exists() {
            return Err(format!("`{}` holds a ledger: {told}", state.display()));
        }
        self.genesis(state)
    }

    /// The genesis that is kept with a state under this name.
    pub(super) fn genesis(self, state: &Path) -> Result<Option<Genesis>, String> {
        let kept = self.file(state);
        kept.exists().then(|| read(&kept)).transpose()
    }
}

/// Runs a service with its logs, and tells how it ended.
pub(super) fn run(log: &LogOptions, start: impl FnOnce() -> Result<(), String>) -> Status {
    let level = match log.level {
        Log::Error => tracing::Level::ERROR,
        Log::Warn => tracing::Level::WARN,
        Log::Info => tracing::Level::INFO,
        Log::Debug => tracing::Level::DEBUG,
    };
    let builder = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr);
    let builder = builder.with_target(false).with_ansi(false);
    if log.json {
        builder.json().init()
    } else {
        builder.init()
    }
    match start() {
        Ok(()) => Status::Success,
        Err(message) => {
            eprintln!("error: {message}");
            Status::Environment
        }
    }
}

/// Threads for a service.
pub(super) fn runtime() -> Result<Runtime, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| format!("no threads: {error}"))
}

/// A socket that listens, and its address.
pub(super) async fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let listener = TcpListener::bind(at).await;
    let listener = listener.map_err(|error| format!("cannot listen on {at}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok((listener, address))
}

/// The time of this machine, in seconds since 1970.
#[expect(clippy::disallowed_types, reason = "the driver is where there is a clock")]
pub(super) fn clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// Waits for the wish to stop.
pub(super) async fn signal() {
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

/// Reads a genesis.
pub(super) fn read(path: &Path) -> Result<Genesis, String> {
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    Genesis::parse(&text).map_err(|error| format!("`{}`: {error}", path.display()))
}

/// Keeps a genesis with the state that begins with it: as a whole or not at all.
pub(super) fn keep(decider: Decider, state: &Path, genesis: &Genesis) -> Result<(), String> {
    let (kept, new) = (decider.file(state), state.join("genesis.new"));
    let write = || {
        fs::create_dir_all(state)?;
        let mut file = File::create(&new)?;
        file.write_all(genesis.to_json().as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &kept)
    };
    write().map_err(|error| format!("cannot write `{}`: {error}", kept.display()))
}
