//! The command lines of `fscc state`.

use clap::{Args, Subcommand};
use fvm_node::replay::Verify;
use std::path::PathBuf;

/// Arguments of `state`.
#[derive(Args, Debug)]
pub struct StateArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: StateAction,
}

/// What is done with a state.
#[derive(Subcommand, Debug)]
pub enum StateAction {
    /// Write everything that a state holds into a file.
    Export {
        /// The snapshot; there must be none of this name.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The state.
        #[command(flatten)]
        state: StateOptions,
    },
    /// Make a state of a snapshot, and compare it with the roots in its last block.
    Import {
        /// The snapshot.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The folder where the state goes; there must be none.
        #[arg(long, value_name = "DIR")]
        state: PathBuf,
    },
    /// Run all blocks again from the genesis on, in memory, and compare every header.
    Replay {
        /// The state.
        #[command(flatten)]
        state: StateOptions,
        /// What is executed: `all` messages, `sample:0.05` of them, or `none`, so that blocks are
        /// only applied from their differences.
        #[arg(long, value_name = "WHAT", default_value_t = Verify::All)]
        verify: Verify,
    },
}

/// Whose state.
#[derive(Args, Debug)]
pub struct StateOptions {
    /// The folder of the state.
    #[arg(long, value_name = "DIR")]
    pub state: PathBuf,
    /// How the ledger in it began; the genesis that is kept there if absent.
    #[arg(long, value_name = "FILE")]
    pub genesis: Option<PathBuf>,
}
