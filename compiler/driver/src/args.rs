//! The command line: what can be asked of `fscc`, as data.

mod ledger;
mod node;
mod state;
mod wallet;

use crate::engine::{Engine, Name};
use crate::gas_snapshot::Tolerance;
use clap::builder::{EnumValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
pub use ledger::{
    BindArguments, CallArguments, DeployArguments, Language, NodeOptions, QueryArguments,
    SendArguments, SignerOptions, StoryArguments, Target,
};
pub use node::{AbciArguments, EngineSocket, Log, LogOptions, NodeArguments, TestnetArguments};
pub use state::{StateAction, StateArguments, StateOptions};
use std::path::PathBuf;
pub use wallet::{WalletAction, WalletArguments, WalletOptions};

/// fscc compiles a subset of Scala 3 to register bytecode for the FVM, and runs and tests it.
#[derive(Parser, Debug)]
#[command(
    name = "fscc",
    version,
    about = "Smart contracts in Scala 3: check, compile, run, test",
    after_help = "Examples:\n  \
        fscc check examples/escrow/Escrow.scala\n  \
        fscc compile examples/escrow/Escrow.scala --out-dir out\n  \
        fscc test examples/escrow\n  \
        fscc run Hello.scala\n  \
        fscc explain E0503\n\n\
        Exit status: 0 success, 1 findings, 2 wrong usage, 3 the environment failed,\n\
        4 correct Scala outside the subset, 101 internal error."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: ColorChoice,
    /// How diagnostics are printed.
    #[arg(long, global = true, value_enum, default_value = "human")]
    pub message_format: MessageFormat,
    /// Which findings count as errors.
    #[arg(long, global = true, value_enum, value_name = "WHAT")]
    pub deny: Option<Denied>,
}

/// Which findings count as errors.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Denied {
    /// All warnings.
    Warnings,
}

/// When to use colour.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColorChoice {
    /// If standard error is a terminal and `NO_COLOR` is not set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How diagnostics are printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageFormat {
    /// With source excerpts, for people.
    Human,
    /// One line each: `file:line:column: error[E0201]: message`.
    Short,
    /// One JSON object a line: `docs/diagnostics.schema.json`.
    Json,
    /// One SARIF 2.1.0 log.
    Sarif,
    /// Workflow commands that GitHub shows beside the lines of a change.
    Github,
}

/// A command.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Report all errors: syntax, names, types, patterns, effects, contract shape.
    #[command(after_help = "Examples:\n  fscc check Escrow.scala --message-format short\n  \
                      fscc check examples/escrow --effects\n  \
                      fscc check examples/escrow --lock-effects")]
    Check(CheckArguments),
    /// Compile to bytecode: a module and an ABI for each contract.
    #[command(after_help = "Examples:\n  fscc compile Escrow.scala --out-dir out\n  \
                      fscc compile Escrow.scala --emit asm -O2")]
    Compile(CompileArguments),
    /// Compile a library and keep it in a registry, where other units find it by name and version.
    #[command(after_help = "Example:\n  fscc publish libraries/rates")]
    Publish(PublishArguments),
    /// Compile and run a program: an object with `main`, or `@main`.
    #[command(
        after_help = "Examples:\n  fscc run Hello.scala\n  fscc run Hello.scala --gas 1000000\n  \
                      fscc run Hello.scala --profile --flame-graph hello.svg"
    )]
    Run(RunArguments),
    /// Run the test suites among these files or folders.
    #[command(after_help = "Examples:\n  fscc test examples/escrow\n  fscc test examples -O0\n  \
                      fscc test examples/escrow --gas-snapshot\n  \
                      fscc test examples/escrow --gas-check=0.5\n  \
                      fscc test examples/escrow --coverage --coverage-out escrow.lcov")]
    Test(TestArguments),
    /// Print a compiled module as assembly, with source lines and gas. Work that depends on a size
    /// costs more than what stands beside its instruction.
    #[command(after_help = "Example:\n  fscc disasm out/Escrow.fvm")]
    Disasm(DisasmArguments),
    /// Explain a diagnostic code, or list all of them.
    #[command(after_help = "Examples:\n  fscc explain E0503\n  fscc explain --list")]
    Explain(ExplainArguments),
    /// Keep keys behind a password, sign texts with them, and verify what others signed.
    #[command(after_help = "Examples:\n  fscc wallet new alice\n  \
                      fscc wallet sign alice \"I own this address\" > statement.json\n  \
                      fscc wallet verify statement.json")]
    Wallet(WalletArguments),
    /// Make a contract on a ledger: compile, simulate, ask, send, and wait for the receipt.
    #[command(after_help = "Examples:\n  \
                      fscc deploy examples/token/Token.scala Coin CN 2 1000000 0x… --from alice\n  \
                      fscc deploy out/Escrow.fvm 0x… 0x… 0x… 10.fsc 1790000000 --dry-run")]
    Deploy(Box<DeployArguments>),
    /// Call an entry of a contract: simulate, ask, send, and wait for the receipts.
    #[command(after_help = "Examples:\n  fscc call 0x….transfer 0x… 250 --from alice\n  \
                      fscc call 0x….deposit --value 10.fsc --yes --json")]
    Call(Box<CallArguments>),
    /// Ask a view of a contract. Costs nothing and changes nothing.
    #[command(after_help = "Example:\n  fscc query 0x….balanceOf 0x…")]
    Query(QueryArguments),
    /// Send coins.
    #[command(after_help = "Example:\n  fscc send 0x… 0.25.fsc --from alice")]
    Send(Box<SendArguments>),
    /// Print the Stories of a contract: for people, or with proofs as JSON.
    #[command(after_help = "Example:\n  fscc story 0x… --json > audit.json")]
    Story(StoryArguments),
    /// Write a client for a contract in another language, from its ABI.
    #[command(after_help = "Examples:\n  \
                      fscc bind examples/token/Token.scala --lang ts --out-dir client\n  \
                      fscc bind 0x… --node http://localhost:8545")]
    Bind(BindArguments),
    /// Run a ledger on this machine, with interfaces for wallets and programs.
    #[command(after_help = "Examples:\n  fscc node --state ledger\n  \
                      fscc node --state ledger --block-time 1000 --fund 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    Node(NodeArguments),
    /// Run a ledger as one of several replicas: an application of ABCI 2.0, whose blocks a
    /// consensus engine such as CometBFT decides.
    #[command(after_help = "Examples:\n  fscc abci --state ledger --engine http://localhost:26657")]
    Abci(AbciArguments),
    /// Write the configurations of several validators on this machine, and start them.
    #[command(after_help = "Examples:\n  fscc testnet --out net\n  \
                      fscc testnet --out net --start\n\n\
                      The engine is CometBFT: `cometbft` on the PATH, or what FVM_COMETBFT names.")]
    Testnet(TestnetArguments),
    /// Copy the state of a node that does not run, or run its blocks again.
    #[command(after_help = "Examples:\n  fscc state export ledger.snapshot --state ledger\n  \
                      fscc state import ledger.snapshot --state copy\n  \
                      fscc state replay --state ledger --verify sample:0.05")]
    State(StateArguments),
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// Files, or folders whose `.scala` files form one unit.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Also print the effects of every method with the way by which each arrives; as JSON with
    /// `--message-format json`.
    #[arg(long)]
    pub effects: bool,
    /// Apply the safe fixes to the sources, and check again.
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: also apply fixes that are likely what is meant.
    #[arg(long, requires = "fix")]
    pub allow_likely: bool,
    /// Record the effects of every message in `effects.lock` beside the sources; from then on a
    /// version that does more is refused.
    #[arg(long)]
    pub lock_effects: bool,
}

/// Optimisation level.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// None.
    #[value(name = "0")]
    None,
    /// Cheap passes.
    #[value(name = "1")]
    Some,
    /// All passes.
    #[value(name = "2")]
    Full,
}

impl Level {
    /// Its number on the command line.
    pub fn number(self) -> u8 {
        match self {
            Level::None => 0,
            Level::Some => 1,
            Level::Full => 2,
        }
    }
}

/// A stage whose result can be printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Emit {
    /// Tokens after layout.
    Tokens,
    /// The syntax tree.
    Ast,
    /// The typed tree.
    Typed,
    /// The effect table.
    Effects,
    /// SSA as lowered.
    Ssa,
    /// SSA, optimised.
    Opt,
    /// Register allocation.
    Alloc,
    /// Assembly.
    Asm,
    /// Flow graphs of the optimised functions, in the language of Graphviz.
    Cfg,
}

/// Arguments of `compile`.
#[derive(Args, Debug)]
pub struct CompileArguments {
    /// Files, or folders whose `.scala` files form one unit.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print the result of a stage instead of writing modules.
    #[arg(long, value_enum)]
    pub emit: Option<Emit>,
    /// Optimisation level.
    #[arg(short = 'O', value_enum, default_value = "2")]
    pub level: Level,
    /// Where modules and ABIs go.
    #[arg(long, default_value = "out", value_name = "DIR")]
    pub out_dir: PathBuf,
    /// Compile the unit as a library of this name; a manifest `fscc.toml` beside it may say so too.
    #[arg(long, value_name = "NAME")]
    pub library: Option<String>,
}

/// Arguments of `publish`.
#[derive(Args, Debug)]
pub struct PublishArguments {
    /// A library: a source or a folder with a manifest `fscc.toml` that names it.
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The registry to which it goes; the one of the manifest if absent.
    #[arg(long, value_name = "DIR")]
    pub registry: Option<PathBuf>,
}

/// Arguments of `run`.
#[derive(Args, Debug)]
pub struct RunArguments {
    /// Files, or folders whose `.scala` files form one unit.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Optimisation level.
    #[arg(short = 'O', value_enum, default_value = "2")]
    pub level: Level,
    /// Stop after this much gas; unlimited if absent.
    #[arg(long, value_name = "GAS")]
    pub gas: Option<u64>,
    /// What runs the program; the threaded interpreter if absent, but with `--stats` the reference
    /// engine, which counts instructions.
    #[arg(long, value_parser = built_engine())]
    pub engine: Option<Engine>,
    /// Compile machine code anew, and do not keep it.
    #[arg(long)]
    pub no_cache: bool,
    /// Print every executed instruction to standard error. They are executed by the reference
    /// engine; what the chosen one makes of the program is told first.
    #[arg(long, conflicts_with_all = ["profile", "flame_graph"])]
    pub trace: bool,
    /// Print gas and executed instructions to standard error at the end.
    #[arg(long)]
    pub stats: bool,
    /// Whether it is profiled.
    #[command(flatten)]
    pub insight: Insight,
    /// The object or `@main` method to run, when there are several.
    #[arg(long, value_name = "NAME")]
    pub main: Option<String>,
    /// Arguments of the program, after `--`.
    #[arg(last = true, value_name = "ARGUMENT")]
    pub arguments: Vec<String>,
}

impl RunArguments {
    /// The engine that was asked for, or the fastest that tells what is asked.
    pub fn engine(&self) -> Engine {
        match self.engine {
            Some(engine) => engine,
            None if self.stats => Engine::Reference,
            None => Engine::Threaded,
        }
    }
}

/// Takes the name of any engine, and says so if that is not built in.
fn built_engine() -> impl TypedValueParser<Value = Engine> {
    EnumValueParser::<Name>::new().try_map(Name::engine)
}

/// Arguments of `test`.
#[derive(Args, Debug)]
pub struct TestArguments {
    /// Files or folders; the `.scala` files of each folder form one unit.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Optimisation level; 2 if absent, but with `--coverage` 0, at which every line keeps its code.
    #[arg(short = 'O', value_enum)]
    pub level: Option<Level>,
    /// What runs suites and contracts.
    #[arg(long, value_parser = built_engine(), default_value = "threaded")]
    pub engine: Engine,
    /// Run only tests whose name contains this text.
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Explore every order of delivery, also those that differ only in deliveries that commute.
    #[arg(long)]
    pub all_orders: bool,
    /// Print the events, Stories and gas of each test.
    #[arg(long)]
    pub report: bool,
    /// Write the gas of every test, and of every method in it, to `gas.snapshot` beside the sources.
    #[arg(long, conflicts_with_all = ["filter", "gas_check"])]
    pub gas_snapshot: bool,
    /// Compare with `gas.snapshot`, and fail where gas differs by more than so many percent.
    #[arg(long, value_name = "PERCENT", num_args = 0..=1, require_equals = true,
          default_missing_value = "0", value_parser = Tolerance::parse)]
    pub gas_check: Option<Tolerance>,
    /// Print how many lines of contracts were executed, and which were not.
    #[arg(long)]
    pub coverage: bool,
    /// Write how often each line of contracts was executed, in the form of LCOV.
    #[arg(long, value_name = "LCOV")]
    pub coverage_out: Option<PathBuf>,
    /// Whether contracts are profiled.
    #[command(flatten)]
    pub insight: Insight,
}

impl TestArguments {
    /// Whether it is noted which lines were executed.
    pub fn wants_coverage(&self) -> bool {
        self.coverage || self.coverage_out.is_some()
    }
    /// The level of optimisation that was asked for, or the one that fits what was.
    pub fn level(&self) -> Level {
        let fitting = if self.wants_coverage() { Level::None } else { Level::Full };
        self.level.unwrap_or(fitting)
    }
}

/// Profiles. What is profiled is executed by the reference engine; gas is the same on every
/// engine.
#[derive(Args, Debug)]
pub struct Insight {
    /// Print gas and instructions by function and by source line.
    #[arg(long)]
    pub profile: bool,
    /// Write the gas of all calls as a flame graph.
    #[arg(long, value_name = "SVG")]
    pub flame_graph: Option<PathBuf>,
}

impl Insight {
    /// Whether anything of it is asked for.
    pub fn is_wanted(&self) -> bool {
        self.profile || self.flame_graph.is_some()
    }
}

/// Arguments of `disasm`.
#[derive(Args, Debug)]
pub struct DisasmArguments {
    /// A compiled module.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// A code such as `E0503`, or its name, such as `view-with-effect`.
    #[arg(required_unless_present = "list", value_name = "CODE")]
    pub code: Option<String>,
    /// List all codes.
    #[arg(long)]
    pub list: bool,
}
