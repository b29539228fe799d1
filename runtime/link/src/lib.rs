//! Linking: a module and the libraries that it imports by hash become one module without imports,
//! which is verified as any module and runs on every engine as it is.
//!
//! Relies on: hashes. A library is what has its hash, so whoever gives the bytes need not be
//! trusted, and no library can be below itself.
//! Guarantees: total on hostile modules; the result follows from the modules alone; a number that
//! names nothing in the module in which it stands names nothing in the result either.

mod error;
mod gather;
mod merge;

pub use error::{LinkError, Problem};
pub use gather::{Gathered, gather};

use fvm_isa::Module;
use fvm_vm::VerifiedModule;

/// The hash of a library: what names it everywhere.
pub type Hash = [u8; 32];

/// Gives the bytes of the library with a hash, if there is one; `E` is why it cannot tell.
pub type Find<'a, E> = dyn FnMut(&Hash) -> Result<Option<Vec<u8>>, E> + 'a;

/// Libraries that are linked upon each other, one above the other.
pub const DEPTH_MAX: usize = 16;

/// Modules that become one, the first one included.
pub const MODULES_MAX: usize = 64;

/// Bytes of all modules that become one.
pub const BYTES_MAX: usize = 2 << 20;

/// Links and verifies a module.
pub fn link<E>(module: Module, find: &mut Find<'_, E>) -> Result<VerifiedModule, LinkError<E>> {
    gather(module, BYTES_MAX, find)?.link().map_err(LinkError::Problem)
}

/// Decodes, links and verifies.
pub fn load<E>(bytes: &[u8], find: &mut Find<'_, E>) -> Result<VerifiedModule, LinkError<E>> {
    let module = fvm_isa::wire::decode(bytes);
    link(module.map_err(|error| LinkError::Problem(Problem::Decode(error)))?, find)
}
