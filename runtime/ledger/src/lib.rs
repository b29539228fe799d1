//! The world in which contracts live: accounts ([`state`]), messages ([`message`]) and their
//! order and delivery ([`world`]), one handler at a time ([`execute`]), and for tests the
//! exploration of orders ([`explore`]).
//!
//! Relies on the machine's promise that execution is a pure function of module, arguments and
//! what the host says. Guarantees: coins are conserved, a failed message changes nothing but
//! where its coins are, and equal histories give equal worlds.

pub mod code;
pub mod execute;
pub mod explore;
pub mod message;
pub mod problem;
pub mod state;
pub mod suite;
pub mod world;

pub use code::CodeStore;
pub use fvm_keys::address::{self, Address};
pub use world::World;
