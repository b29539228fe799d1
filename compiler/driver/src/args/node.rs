//! The command line of `fscc node`.

use clap::{Args, ValueEnum};
use fvm_keys::Address;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

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
    /// How much to log, to standard error.
    #[arg(long, value_enum, default_value = "info")]
    pub log: Log,
    /// Log lines as JSON.
    #[arg(long)]
    pub log_json: bool,
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
