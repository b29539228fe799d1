//! Exit status of `fscc`: scripts can tell the outcomes apart.

use fscc_base::Diagnostic;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// Nothing to complain about.
    Success,
    /// Errors in the source, a failed test, an uncaught exception.
    Findings,
    /// Wrong usage.
    Usage,
    /// A file or folder could not be read or written.
    Environment,
    /// All errors say: this is Scala, but outside the subset.
    OutsideSubset,
    /// A bug of the compiler.
    Internal,
}

impl Status {
    /// The number that the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Status::Success => 0,
            Status::Findings => 1,
            Status::Usage => 2,
            Status::Environment => 3,
            Status::OutsideSubset => 4,
            Status::Internal => 101,
        }
    }

    /// What the diagnostics of a compilation mean.
    pub fn of(diagnostics: &[Diagnostic]) -> Status {
        let mut errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).peekable();
        if errors.peek().is_none() {
            Status::Success
        } else if errors.all(|error| error.code.is_outside_subset()) {
            Status::OutsideSubset
        } else {
            Status::Findings
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status.code())
    }
}
