//! What is done on a ledger: `fscc deploy`, `call`, `query`, `send`, `story`. What changes
//! something is simulated first, shown, and sent when its owner agrees ([`submit`]).

pub(super) mod call;
pub(super) mod deploy;
pub(super) mod package;
pub(super) mod query;
pub(super) mod send;
mod signer;
pub(super) mod story;
mod submit;

use super::failure::Failure;
use super::{answer, document, print};
use crate::status::Status;
use fvm_abi::ReadError;

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Failure {
        Failure::usage(error)
    }
}

/// Prints what a command came to.
fn finish(done: Result<(String, Status), Failure>) -> Status {
    match done {
        Ok((text, status)) => {
            print(&text);
            status
        }
        Err(failure) => failure.report(),
    }
}
