//! The ledger: accounts ([`account`]), messages ([`message`]), and what one message does to one
//! account ([`deliver`](mod@deliver)), as a value ([`difference`]). Blocks ([`mod@ledger`],
//! [`mod@produce`]) deliver them in rounds ([`round`]); a suite's world ([`world`]) one by one, in
//! every order if it is asked to ([`exploration`], [`explore`]; [`reduce`] leaves out what commutes).
//!
//! A [`preview`] tells what transactions would do.
//!
//! Relies on the machine's promise that execution is a pure function of module, arguments and
//! what the host says. Guarantees: coins are conserved, a failed message changes nothing but
//! where its coins are, and equal histories give equal states.

pub mod account;
pub mod backend;
pub mod block;
pub mod calendar;
pub mod code;
mod commit;
pub mod deliver;
pub mod difference;
pub mod execute;
pub mod exploration;
pub mod explore;
pub mod genesis;
pub mod ledger;
pub mod memory;
pub mod message;
pub mod open;
pub mod parameters;
pub mod preview;
pub mod problem;
pub mod produce;
pub mod queue;
pub mod records;
pub mod reduce;
pub mod round;
pub mod spending;
pub mod suite;
pub mod system;
pub mod transaction;
pub mod world;

pub use code::CodeStore;
pub use fvm_keys::Address;
pub use ledger::Ledger;
pub use world::World;
