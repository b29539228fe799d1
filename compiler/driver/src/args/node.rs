//! The command lines of `fscc node`, `fscc abci` and `fscc testnet`.

use clap::{Args, ValueEnum};
use fvm_keys::Address;
use std::fmt;
use std::net::{AddrParseError, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

/// Where a node listens unless it is told otherwise: this machine only.
pub const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8545);

/// Arguments of `node`.
#[derive(Args, Debug)]
pub struct NodeArguments {
    /// The folder of the state; made if there is none.
    #[arg(long, value_name = "DIR")]
    pub state: PathBuf,
    /// How the ledger begins. Without it an empty folder gets a genesis for development, with the
    /// accounts of `--fund` and ten whose keys everybody knows.
    #[arg(long, value_name = "FILE")]
    pub genesis: Option<PathBuf>,
    /// An account that has a million coins in the genesis for development.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "genesis")]
    pub fund: Vec<Address>,
    /// Where to listen.
    #[arg(long, value_name = "HOST:PORT", default_value_t = LISTEN)]
    pub listen: SocketAddr,
    /// Make a block every so many milliseconds; without it, when there is something to do.
    #[arg(long, value_name = "MILLISECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub block_time: Option<u64>,
    /// Threads that execute messages.
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub threads: u16,
    /// Who gets the tips of transactions; the first account of the genesis if absent.
    #[arg(long, value_name = "ADDRESS")]
    pub proposer: Option<Address>,
    /// Do not wait for the disk: a crash loses the last blocks.
    #[arg(long)]
    pub not_durable: bool,
    /// What is logged.
    #[command(flatten)]
    pub log: LogOptions,
}

/// Where the engine finds a replica unless it is told otherwise: where it looks by itself.
const ABCI_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 26658);

/// Arguments of `abci`.
#[derive(Args, Debug)]
pub struct AbciArguments {
    /// The folder of the state; made when the ledger begins.
    #[arg(long, value_name = "DIR")]
    pub state: PathBuf,
    /// Where the engine connects to: its `proxy_app`. For nobody else.
    #[arg(
        long,
        value_name = "tcp://HOST:PORT",
        default_value_t = EngineSocket(ABCI_LISTEN)
    )]
    pub listen: EngineSocket,
    /// Where wallets and programs ask, as they ask a node.
    #[arg(long, value_name = "HOST:PORT", default_value_t = LISTEN)]
    pub rpc: SocketAddr,
    /// The engine's own RPC, to which transactions of clients are handed on. Without it none are
    /// taken here.
    #[arg(long, value_name = "URL")]
    pub engine: Option<String>,
    /// Threads that execute messages.
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub threads: u16,
    /// What is logged.
    #[command(flatten)]
    pub log: LogOptions,
}

/// Arguments of `testnet`.
#[derive(Args, Debug)]
pub struct TestnetArguments {
    /// The folder of the network: a folder for each validator. What is there is not written again.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// How many validators there are.
    #[arg(long, value_name = "COUNT", default_value_t = 4,
          value_parser = clap::value_parser!(u16).range(1..=64))]
    pub validators: u16,
    /// How the ledger begins; without it with the accounts for development, as `fscc node` does.
    #[arg(long, value_name = "FILE")]
    pub genesis: Option<PathBuf>,
    /// The first port of engines. Of validator i this plus 10 i is for its peers, the next one is
    /// its engine's RPC, and the next its replica's.
    #[arg(long, value_name = "PORT", default_value_t = 26656)]
    pub port: u16,
    /// The first port of the replicas' interfaces for clients.
    #[arg(long, value_name = "PORT", default_value_t = 8545)]
    pub rpc_port: u16,
    /// Start all validators, start again what ends, and stop all with this process.
    #[arg(long)]
    pub start: bool,
    /// What is logged.
    #[command(flatten)]
    pub log: LogOptions,
}

/// A socket, as engines write it: `tcp://HOST:PORT`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EngineSocket(pub SocketAddr);

impl FromStr for EngineSocket {
    type Err = AddrParseError;
    fn from_str(text: &str) -> Result<EngineSocket, AddrParseError> {
        text.strip_prefix("tcp://").unwrap_or(text).parse().map(EngineSocket)
    }
}

impl fmt::Display for EngineSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tcp://{}", self.0)
    }
}

/// What is logged.
#[derive(Args, Debug)]
pub struct LogOptions {
    /// How much to log, to standard error.
    #[arg(long = "log", value_enum, default_value = "info")]
    pub level: Log,
    /// Log lines as JSON.
    #[arg(long = "log-json")]
    pub json: bool,
}

/// How much is logged.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Log {
    /// Nothing but failures.
    Error,
    /// What deserves a look.
    Warn,
    /// Each block.
    Info,
    /// Everything.
    Debug,
}
