//! `fscc testnet`: several validators on this machine. Their engine makes keys and configurations;
//! what a ledger needs besides is written into them ([`configuration`]); then they are started and
//! watched ([`supervise`]).

mod configuration;
mod supervise;

use crate::args::TestnetArguments;
use crate::command::service;
use crate::status::Status;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The variable that names the engine's program.
const ENGINE: &str = "FVM_COMETBFT";
/// The engine's version that this was tried with.
const ENGINE_VERSION: &str = "0.38.25";

/// Writes a network if there is none, and starts it if that is asked for.
pub(super) fn run(arguments: &TestnetArguments) -> Status {
    service::run(&arguments.log, || {
        let network = Network::new(arguments)?;
        if network.home(0).exists() {
            network.expect()?;
        } else {
            network.write(arguments.genesis.as_deref())?;
        }
        if arguments.start {
            return service::runtime()?.block_on(supervise::run(&network));
        }
        print!("{}", network.commands());
        Ok(())
    })
}

/// A network on this machine.
struct Network {
    folder: PathBuf,
    validators: u16,
    port: u16,
    rpc_port: u16,
    /// The engine's program.
    engine: PathBuf,
}

/// What a port of a validator is for.
#[derive(Clone, Copy)]
enum Port {
    Peers,
    Engine,
    Replica,
}

impl Network {
    fn new(arguments: &TestnetArguments) -> Result<Network, String> {
        let TestnetArguments { validators, port, rpc_port, .. } = *arguments;
        let last = u32::from(validators - 1);
        if u32::from(port) + 10 * last + 2 > 65_535 || u32::from(rpc_port) + last > 65_535 {
            return Err("there are not so many ports".into());
        }
        let named = std::env::var_os(ENGINE).filter(|name| !name.is_empty());
        let engine = named.map_or_else(|| PathBuf::from("cometbft"), PathBuf::from);
        let network = Network { folder: arguments.out.clone(), validators, port, rpc_port, engine };
        let version = network.ask_engine(&["version"]).map_err(|error| {
            format!(
                "{error}\nThe engine is CometBFT {ENGINE_VERSION}: with Go, `go install \
                 github.com/cometbft/cometbft/cmd/cometbft@v{ENGINE_VERSION}`; it is found on the \
                 PATH, or where {ENGINE} says"
            )
        })?;
        if version != ENGINE_VERSION {
            tracing::warn!(version, tried = ENGINE_VERSION, "another version of the engine");
        }
        Ok(network)
    }

    /// The folder of a validator.
    fn home(&self, number: u16) -> PathBuf {
        self.folder.join(format!("node{number}"))
    }

    /// The state of its replica.
    fn state(&self, number: u16) -> PathBuf {
        self.home(number).join("ledger")
    }

    /// Where something of a validator listens.
    fn address(&self, number: u16, port: Port) -> SocketAddr {
        let offset = match port {
            Port::Peers => 0,
            Port::Engine => 1,
            Port::Replica => 2,
        };
        local(self.port + 10 * number + offset)
    }

    fn rpc(&self, number: u16) -> SocketAddr {
        local(self.rpc_port + number)
    }

    /// The network that is there has this many validators, at these ports.
    fn expect(&self) -> Result<(), String> {
        let folder = self.folder.display();
        if !self.home(self.validators - 1).exists() || self.home(self.validators).exists() {
            return Err(format!("`{folder}` has not {} validators", self.validators));
        }
        for number in 0..self.validators {
            let configuration = configuration::read(&self.configuration(number))?;
            let address = format!("\"tcp://{}\"", self.address(number, Port::Replica));
            if !configuration.contains(&address) {
                return Err(format!("`{folder}` was written for other ports"));
            }
        }
        Ok(())
    }

    fn configuration(&self, number: u16) -> PathBuf {
        self.home(number).join("config/config.toml")
    }

    /// What the engine's program prints.
    fn ask_engine(&self, arguments: &[&str]) -> Result<String, String> {
        let name = self.engine.display();
        let output = Command::new(&self.engine).args(arguments).output();
        let output = output.map_err(|error| format!("cannot start `{name}`: {error}"))?;
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr);
            return Err(format!("`{name} {}` failed: {}", arguments.join(" "), told.trim()));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
    }

    /// The arguments of `fscc` that start a replica.
    fn replica_arguments(&self, number: u16) -> Vec<String> {
        let listen = format!("tcp://{}", self.address(number, Port::Replica));
        let engine = format!("http://{}", self.address(number, Port::Engine));
        let (state, rpc) = (path(&self.state(number)), self.rpc(number).to_string());
        ["abci", "--state", &state, "--listen", &listen, "--rpc", &rpc, "--engine", &engine]
            .map(String::from)
            .to_vec()
    }

    /// The arguments of the engine's program that start a validator.
    fn engine_arguments(&self, number: u16) -> Vec<String> {
        ["start", "--home", &path(&self.home(number))].map(String::from).to_vec()
    }

    /// The commands that start everything, for people.
    fn commands(&self) -> String {
        let mut text = String::new();
        for number in 0..self.validators {
            text += &format!("fscc {}\n", self.replica_arguments(number).join(" "));
            let engine = self.engine_arguments(number).join(" ");
            text += &format!("{} {engine}\n", self.engine.display());
        }
        text
    }
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

fn path(path: &Path) -> String {
    path.display().to_string()
}
