//! The calling convention of handlers, with which all that they are is defined.

/// Hands the calling convention, and the rest, to a macro: the one with six arguments in registers
/// where there are two.
#[cfg(target_arch = "x86_64")]
macro_rules! with_convention {
    ($consumer:ident $($rest:tt)*) => { $consumer! { "sysv64" $($rest)* } };
}
/// Hands the calling convention, and the rest, to a macro.
#[cfg(not(target_arch = "x86_64"))]
macro_rules! with_convention {
    ($consumer:ident $($rest:tt)*) => { $consumer! { "C" $($rest)* } };
}

/// Defines handlers from what they do with the state.
macro_rules! handlers {
    ($($rest:tt)*) => { with_convention! { handlers_of $($rest)* } };
}

/// Defines handlers of a calling convention.
macro_rules! handlers_of {
    ($abi:literal $($(#[$meta:meta])* $name:ident $(<$($mode:ident),*>)? = |$state:ident| $body:expr;)*) => {$(
        $(#[$meta])*
        ///
        /// # Safety
        ///
        /// Is called by the driver or by another handler for an instruction that the
        /// decoder gave this handler, with the state that belongs to it.
        pub(crate) unsafe extern $abi fn $name$(<$(const $mode: bool),*>)?(
            ip: *const crate::word::Word,
            regs: *mut u8,
            gas: u64,
            cx: *mut crate::context::Context,
            arena: *mut u8,
            accumulator: u64,
        ) {
            let $state = crate::state::State { ip, regs, gas, cx, arena, accumulator };
            // SAFETY: the contract of the handler is that of the functions of the state.
            unsafe { $body }
        }
    )*};
}
