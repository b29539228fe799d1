//! The command lines of what is done on a ledger: deploy, call, query, send, story.

use super::wallet::WalletOptions;
use clap::{Args, ValueEnum};
use fvm_keys::Address;
use std::path::PathBuf;

/// The node that is asked.
#[derive(Args, Debug)]
pub struct NodeOptions {
    /// The node.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8545")]
    pub node: String,
    /// Print results as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Who signs, and on which terms.
#[derive(Args, Debug)]
pub struct SignerOptions {
    /// The node.
    #[command(flatten)]
    pub node: NodeOptions,
    /// The wallet.
    #[command(flatten)]
    pub wallet: WalletOptions,
    /// The key that signs: its name in the wallet, or `development:0` to `development:9` for the
    /// keys that everybody knows; the only key of the wallet if absent.
    #[arg(long, value_name = "KEY")]
    pub from: Option<String>,
    /// Gas of the transaction; as much as the simulation needs, and a quarter more, if absent.
    #[arg(long, value_name = "GAS")]
    pub gas: Option<u64>,
    /// The most that a unit of gas may cost, in the smallest unit of coins; twice the base fee of
    /// the next block if absent.
    #[arg(long, value_name = "PRICE")]
    pub fee_max: Option<u128>,
    /// What of it goes to the proposer of the block.
    #[arg(long, value_name = "PRICE", default_value_t = 1)]
    pub tip: u128,
    /// Refuse a node of another chain.
    #[arg(long, value_name = "NUMBER")]
    pub chain: Option<u64>,
    /// The nonce of the transaction; the next one if absent. One that was used already replaces a
    /// transaction that still waits.
    #[arg(long, value_name = "NUMBER")]
    pub nonce: Option<u64>,
    /// Send without asking.
    #[arg(long)]
    pub yes: bool,
    /// Simulate only.
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Send although it would fail now.
    #[arg(long)]
    pub force: bool,
    /// Wait so many seconds for the receipts.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u64,
}

/// Arguments of `deploy`.
#[derive(Args, Debug)]
pub struct DeployArguments {
    /// A source or a folder of sources, which are compiled, or a compiled module (`.fvm`).
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Arguments of the contract, as Scala or JSON writes them.
    #[arg(value_name = "ARGUMENT", allow_negative_numbers = true)]
    pub arguments: Vec<String>,
    /// The contract, where there are several.
    #[arg(long, value_name = "NAME")]
    pub contract: Option<String>,
    /// One more compiled module of the package, for contracts that create others.
    #[arg(long, value_name = "FILE")]
    pub with: Vec<PathBuf>,
    /// Coins for the contract, such as `10.fsc`.
    #[arg(long, value_name = "COINS", default_value = "0")]
    pub value: String,
    /// Who signs.
    #[command(flatten)]
    pub signer: SignerOptions,
}

/// Arguments of `call`.
#[derive(Args, Debug)]
pub struct CallArguments {
    /// The contract's address, a point, and the name of the entry; with types behind it,
    /// `0x….add(Int)`, where several have the name.
    #[arg(value_name = "ADDRESS.ENTRY")]
    pub target: Target,
    /// Arguments, as Scala or JSON writes them.
    #[arg(value_name = "ARGUMENT", allow_negative_numbers = true)]
    pub arguments: Vec<String>,
    /// Coins that go with it, such as `10.fsc`.
    #[arg(long, value_name = "COINS", default_value = "0")]
    pub value: String,
    /// Who signs.
    #[command(flatten)]
    pub signer: SignerOptions,
}

/// Arguments of `query`.
#[derive(Args, Debug)]
pub struct QueryArguments {
    /// The contract's address, a point, and the name of the view.
    #[arg(value_name = "ADDRESS.VIEW")]
    pub target: Target,
    /// Arguments, as Scala or JSON writes them.
    #[arg(value_name = "ARGUMENT", allow_negative_numbers = true)]
    pub arguments: Vec<String>,
    /// The node.
    #[command(flatten)]
    pub node: NodeOptions,
}

/// Arguments of `send`.
#[derive(Args, Debug)]
pub struct SendArguments {
    /// Who gets them: an address, or the name of a key of the wallet.
    #[arg(value_name = "TO")]
    pub to: String,
    /// How many, such as `10.fsc`; a number alone counts the smallest unit.
    #[arg(value_name = "COINS")]
    pub value: String,
    /// Who signs.
    #[command(flatten)]
    pub signer: SignerOptions,
}

/// Arguments of `story`.
#[derive(Args, Debug)]
pub struct StoryArguments {
    /// The contract.
    #[arg(value_name = "ADDRESS")]
    pub address: Address,
    /// From which number on.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub since: u64,
    /// The node.
    #[command(flatten)]
    pub node: NodeOptions,
}

/// Arguments of `bind`.
#[derive(Args, Debug)]
pub struct BindArguments {
    /// A source or a folder of sources, a compiled module (`.fvm`), an ABI (`.abi.json`), or the
    /// address of a contract.
    #[arg(value_name = "PATH|ADDRESS")]
    pub from: String,
    /// The contract, where there are several.
    #[arg(long, value_name = "NAME")]
    pub contract: Option<String>,
    /// The language of the client.
    #[arg(long, value_enum, default_value = "ts")]
    pub lang: Language,
    /// Where the client goes.
    #[arg(long, value_name = "DIR", default_value = "client")]
    pub out_dir: PathBuf,
    /// The node that is asked for an address.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8545")]
    pub node: String,
}

/// A language that clients are written in.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// TypeScript: JavaScript with declarations beside it.
    Ts,
}

/// A method of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The contract.
    pub contract: Address,
    /// The name of the method, perhaps with types.
    pub method: String,
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Target, String> {
        let (address, method) = text
            .split_once('.')
            .filter(|(_, method)| !method.is_empty())
            .ok_or("an address, a point and a name are expected, such as `0x….transfer`")?;
        let contract =
            address.parse().map_err(|error: fvm_keys::AddressError| error.to_string())?;
        Ok(Target { contract, method: method.to_string() })
    }
}
