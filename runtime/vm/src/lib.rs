//! The FVM: verifier and reference engine.
//!
//! [`verify`] turns a module of hostile origin into a [`VerifiedModule`], the only thing that a
//! [`Machine`] runs. The engine is the checked one: safe Rust, a match loop over instructions;
//! gas, traps and results of every other engine must equal its own.
//!
//! Guarantees: on any bytes, any arguments and any host there is no panic, no unbounded loop (gas
//! ends them) and no unbounded memory ([`Limits`]); equal inputs give equal outcomes and equal
//! gas.

mod describe;
mod dispatch;
pub mod engine;
mod exec;
mod heap;
mod hierarchy;
mod host;
mod image;
mod machine;
mod outcome;
mod profile;
mod schedule;
mod store;
mod value;
mod verify;

pub use describe::{DESCRIBE_EXPORT, DESCRIBE_TRAP_EXPORT, LIBRARY_DESCRIBE_EXPORT};
pub use host::{Host, HostError, NoHost};
pub use machine::{GAS_MAX, Limits, Machine, Step};
pub use outcome::{Ending, Location, Outcome, Thrown, Trap};
pub use profile::{Cost, FunctionCost, PROFILE_CALLS_MAX, PROFILE_DEPTH_MAX, Profile};
pub use schedule::{Schedule, ScheduleError, Size, Sizes};
pub use value::{ShortBytes, Slot, Value};
pub use verify::{
    LoadError, Rule, Share, VerifiedModule, VerifyError, load, verify, verify_shared,
};
