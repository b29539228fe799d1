//! Running a chain again: from its genesis on, in memory, every block as it is kept. Its messages are
//! not executed but applied from their differences; how many of them are executed besides is the
//! caller's choice. Each header, and with it every root, must come out as it is kept.

use crate::disk::Disk;
use crate::node::prepare;
use fvm_ledger::account::Unavailable;
use fvm_ledger::backend::InMemory;
use fvm_ledger::genesis::Genesis;
use fvm_ledger::ledger::{Ledger, Proposal};
use fvm_ledger::open::OpenError;
use fvm_ledger::round::{EVERY_MILLION, Source, Stop};
use fvm_store::{Options, StoreError};
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use thiserror::Error;

/// How much is executed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verify {
    /// Every message.
    All,
    /// So many of a million messages, chosen by what they are.
    Sample(u32),
    /// None: differences are applied, and roots compared.
    None,
}

impl Verify {
    fn of_million(self) -> u32 {
        match self {
            Verify::All => EVERY_MILLION,
            Verify::Sample(count) => count,
            Verify::None => 0,
        }
    }
}

impl FromStr for Verify {
    type Err = String;

    fn from_str(text: &str) -> Result<Verify, String> {
        let part = match text {
            "all" => return Ok(Verify::All),
            "none" => return Ok(Verify::None),
            _ => text.strip_prefix("sample:").and_then(|part| part.parse::<f64>().ok()),
        };
        match part.filter(|part| (0.0..=1.0).contains(part)) {
            Some(part) => Ok(Verify::Sample((part * f64::from(EVERY_MILLION)).round() as u32)),
            None => Err("`all`, `none`, or `sample:` and a number from 0 to 1".into()),
        }
    }
}

impl fmt::Display for Verify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verify::All => f.write_str("all"),
            Verify::Sample(count) => {
                write!(f, "sample:{}", f64::from(*count) / f64::from(EVERY_MILLION))
            }
            Verify::None => f.write_str("none"),
        }
    }
}

/// Why a chain could not be run again, or came out otherwise.
#[derive(Debug, Error)]
pub enum ReplayError {
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The ledger in it.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// Something in it cannot be read.
    #[error("{0}")]
    Unavailable(#[from] Unavailable),
    /// A block is missing.
    #[error("block {0} is missing")]
    Missing(u64),
    /// A signature in a block is wrong.
    #[error("block {0} holds a transaction whose signature is wrong")]
    Signature(u64),
    /// The block does not run.
    #[error("block {height}: {stop}")]
    Stopped {
        /// Which.
        height: u64,
        /// Why.
        stop: Stop,
    },
    /// The header comes out otherwise.
    #[error("block {0} comes out with another header")]
    Differs(u64),
}

/// What was run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Replayed {
    /// Blocks.
    pub blocks: u64,
    /// Transactions in them.
    pub transactions: u64,
    /// Messages in them.
    pub messages: u64,
}

/// Runs the chain in a directory again, which began with this genesis. Nobody else may have its
/// store open.
pub fn replay(
    directory: &Path,
    genesis: &Genesis,
    verify: Verify,
) -> Result<Replayed, ReplayError> {
    let store = Options { create: false, ..Options::new(genesis.chain) };
    let kept = Ledger::open(Disk::open(directory, &store)?, genesis, prepare)?;
    let mut again = Ledger::open(InMemory::default(), genesis, prepare)?;
    let mut replayed = Replayed::default();
    for height in 1..=kept.header().height {
        let block = kept.block(height)?.ok_or(ReplayError::Missing(height))?;
        if verify != Verify::None && block.transactions.iter().any(|t| t.verify().is_err()) {
            return Err(ReplayError::Signature(height));
        }
        let given = kept.differences(height)?;
        replayed.blocks += 1;
        replayed.transactions += block.transactions.len() as u64;
        replayed.messages += given.len() as u64;
        let proposal = Proposal {
            time: block.header.time,
            proposer: block.header.proposer,
            transactions: block.transactions,
            source: Source::Apply { given: &given, sampled: verify.of_million() },
        };
        let executed = again.run(proposal).map_err(|stop| ReplayError::Stopped { height, stop })?;
        if executed.block.header != block.header {
            return Err(ReplayError::Differs(height));
        }
        again.commit(executed)?;
    }
    Ok(replayed)
}
