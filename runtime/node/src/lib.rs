//! A node: a ledger on the disk of one machine ([`disk`]), transactions that wait ([`pool`]), the
//! blocks that are made of them ([`node`], [`mod@produce`]), and the interfaces to all of it
//! ([`rpc`], [`methods`], [`server`]); and copies of it ([`snapshot`], [`replay`]).
//!
//! Relies on the ledger for everything that is decided, on the store for everything that is kept.
//! Guarantees: what a client was told is in a block is on disk; nothing that a client sends makes
//! it panic, wait for ever or take memory without bound.

pub mod development;
pub mod disk;
pub mod json;
pub mod methods;
pub mod metrics;
pub mod node;
mod patient;
pub mod pool;
pub mod produce;
pub mod replay;
pub mod rpc;
pub mod server;
pub mod snapshot;

pub use node::{Engine, Node, NodeError, Options};
pub use produce::Pace;
