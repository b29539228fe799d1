//! The handlers: one function for each form of an instruction.
//!
//! Relies on the verifier as [`crate::state`] says, and on the decoder, which writes the operands
//! that a handler reads. Guarantees: a handler that cannot do its work has changed nothing when it
//! leaves the instruction to the reference engine; what it does itself is what `fvm-arith` says.

/// Defines handlers from what they do with the state.
#[cfg(target_arch = "x86_64")]
macro_rules! handlers {
    ($($(#[$meta:meta])* $name:ident = |$state:ident| $body:expr;)*) => {$(
        $(#[$meta])*
        ///
        /// # Safety
        ///
        /// Is called by the driver or by another handler for an instruction that the
        /// decoder gave this handler, with the state that belongs to it.
        pub(crate) unsafe extern "sysv64" fn $name(
            ip: *const crate::word::Word,
            regs: *mut u8,
            gas: u64,
            cx: *mut crate::context::Context,
            arena: *mut u8,
            frames: *mut crate::word::Return,
        ) {
            let $state = crate::state::State { ip, regs, gas, cx, arena, frames };
            // SAFETY: the contract of the handler is that of the functions of the state.
            unsafe { $body }
        }
    )*};
}
/// Defines handlers from what they do with the state.
#[cfg(not(target_arch = "x86_64"))]
macro_rules! handlers {
    ($($(#[$meta:meta])* $name:ident = |$state:ident| $body:expr;)*) => {$(
        $(#[$meta])*
        ///
        /// # Safety
        ///
        /// Is called by the driver or by another handler for an instruction that the
        /// decoder gave this handler, with the state that belongs to it.
        pub(crate) unsafe extern "C" fn $name(
            ip: *const crate::word::Word,
            regs: *mut u8,
            gas: u64,
            cx: *mut crate::context::Context,
            arena: *mut u8,
            frames: *mut crate::word::Return,
        ) {
            let $state = crate::state::State { ip, regs, gas, cx, arena, frames };
            // SAFETY: the contract of the handler is that of the functions of the state.
            unsafe { $body }
        }
    )*};
}
pub(crate) use handlers;

pub(crate) mod control;
pub(crate) mod float;
pub(crate) mod integer;
pub(crate) mod object;
pub(crate) mod sequence;
pub(crate) mod wide;
