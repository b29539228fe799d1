//! Why modules cannot be linked.

use crate::{DEPTH_MAX, Hash, MODULES_MAX};
use fvm_isa::wire::DecodeError;
use fvm_vm::VerifyError;
use std::fmt;

/// Why a module is not linked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError<E> {
    /// Something is wrong with the modules.
    Problem(Problem),
    /// Nobody can tell which libraries there are.
    Unavailable(E),
}

/// What is wrong with modules that are linked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// The module itself cannot be read.
    Decode(DecodeError),
    /// There is no library with this hash.
    Missing(Hash),
    /// What was given for this hash has another one.
    OtherHash(Hash),
    /// A library cannot be read.
    Library(Hash, DecodeError),
    /// What has this hash is no library.
    NoLibrary(Hash),
    /// A function of a library does more than compute.
    Effects(Hash),
    /// The library exports no function of this name.
    NoFunction(Hash, String),
    /// The function takes or gives something else than the import says.
    Signature(Hash, String),
    /// The import takes or gives what cannot pass from module to module.
    Border(String),
    /// The imports of a module do not ascend.
    Order,
    /// More libraries upon each other than there may be.
    Depth,
    /// More modules than there may be.
    Count,
    /// More bytes than there may be.
    Bytes(usize),
    /// There is more of something than has numbers.
    Numbers(&'static str),
    /// What the modules are together breaks a rule.
    Verify(VerifyError),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Decode(error) => error.fmt(f),
            Problem::Missing(hash) => write!(f, "there is no library {}", hex(hash)),
            Problem::OtherHash(hash) => {
                write!(f, "what stands for the library {} has another hash", hex(hash))
            }
            Problem::Library(hash, error) => write!(f, "the library {}: {error}", hex(hash)),
            Problem::NoLibrary(hash) => write!(f, "{} is no library", hex(hash)),
            Problem::Effects(hash) => {
                write!(f, "the library {} has effects", hex(hash))
            }
            Problem::NoFunction(hash, name) => {
                write!(f, "the library {} exports no function {name:?}", hex(hash))
            }
            Problem::Signature(hash, name) => {
                write!(f, "{name:?} of the library {} has another signature", hex(hash))
            }
            Problem::Border(name) => {
                write!(f, "{name:?} takes or gives what cannot pass from module to module")
            }
            Problem::Order => f.write_str("the imports of a module must ascend"),
            Problem::Depth => {
                write!(f, "more than {DEPTH_MAX} libraries stand upon each other (DEPTH_MAX)")
            }
            Problem::Count => write!(f, "more than {MODULES_MAX} modules (MODULES_MAX)"),
            Problem::Bytes(max) => write!(f, "more than {max} bytes of modules (BYTES_MAX)"),
            Problem::Numbers(what) => write!(f, "the modules have too many {what} together"),
            Problem::Verify(error) => write!(f, "module rejected: {error}"),
        }
    }
}

impl std::error::Error for Problem {}

impl<E: fmt::Display> fmt::Display for LinkError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Problem(problem) => problem.fmt(f),
            LinkError::Unavailable(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for LinkError<E> {}

fn hex(hash: &Hash) -> String {
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("0x{digits}")
}
