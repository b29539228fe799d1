//! The ledger as a replica: an ABCI 2.0 application. A consensus engine (CometBFT) decides which
//! transactions stand in which block at which time, and asks the application what becomes of them
//! ([`application`]); the application says which transactions may wait ([`mempool`]), proposes and
//! judges blocks ([`proposal`]), runs them in memory and makes them when they are decided
//! ([`block`]), and answers questions with proofs ([`query`]). [`server`] speaks the protocol over a
//! socket.
//!
//! Relies on the ledger for everything that is decided, and on the node for what is kept and for
//! the interfaces. Guarantees: what is answered to the engine depends on the committed state and
//! on the request alone, never on a clock, on threads or on what this replica saw besides; nothing
//! is written before `Commit`, and then one batch; a request that cannot be answered is
//! answered with an exception, and a replica that cannot read its state stops.

pub mod application;
pub mod block;
mod failure;
pub mod mempool;
pub mod proposal;
pub mod query;
pub mod server;
mod transaction;

pub use application::{Application, Begun};
pub use failure::Failure;
pub use server::serve;
