//! Why a command ends early: the exit status, and what is told.

use crate::client::ClientError;
use crate::status::Status;
use fvm_keys::wallet::WalletError;
use std::io;
use std::path::Path;

/// Why a command ends early: the exit status, and what is told.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) status: Status,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn usage(message: impl ToString) -> Failure {
        Failure { status: Status::Usage, message: message.to_string() }
    }
    pub(super) fn finding(message: impl ToString) -> Failure {
        Failure { status: Status::Findings, message: message.to_string() }
    }
    pub(super) fn environment(message: impl ToString) -> Failure {
        Failure { status: Status::Environment, message: message.to_string() }
    }
    /// Tells it on standard error.
    pub(super) fn report(&self) -> Status {
        // Parts of it may come from a node, a contract or a file.
        eprintln!("fscc: {}", fvm_abi::show::visible(&self.message));
        self.status
    }
    /// A file cannot be read or written.
    pub(super) fn file(verb: &str, path: &Path, error: &io::Error) -> Failure {
        Failure::environment(format!("cannot {verb} `{}`: {error}", path.display()))
    }
}

impl From<WalletError> for Failure {
    fn from(error: WalletError) -> Failure {
        match error {
            WalletError::UnknownKey(_)
            | WalletError::KeyExists(_)
            | WalletError::Name
            | WalletError::TooManyKeys => Failure::usage(error),
            WalletError::WrongPassword => Failure::finding(error),
            WalletError::NotAWallet
            | WalletError::TooLarge
            | WalletError::NewerVersion(_)
            | WalletError::UnknownAlgorithm(_)
            | WalletError::Cost
            | WalletError::Corrupt
            | WalletError::Key(_)
            | WalletError::NoMemory => Failure::environment(error),
        }
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Failure {
        Failure { status: error.status(), message: error.to_string() }
    }
}
