//! Limits of the compiler: what is beyond one of them is left to the reference engine, function by
//! function, so a module of any shape costs time and memory in proportion to its size.

/// Instructions of a function. The time that registers take to be allocated grows faster than the
/// function from here on, and what allocates them in one pass makes frames of megabytes.
pub const FUNCTION_INSTRUCTIONS_MAX: usize = 4_096;

/// Values that the branches of a function pass on, all together: so many for each instruction, and
/// these besides.
pub const PASSED_VALUES_EACH: usize = 16;

/// See above.
pub const PASSED_VALUES_MIN: usize = 16_384;

/// Values that blocks are given by their branches in compiled code, where ways do not agree, all
/// together, six for each allocation among them: the time that registers take to be allocated grows
/// with the square of them.
pub const ARGUMENTS_MAX: usize = 1_024;

/// Places where a function may leave because a check fails, a call does not return or gas is out.
/// What they hand over makes the allocation of registers longer for every value that is alive
/// somewhere between them: with 4,000 such places a function takes more than twice the time for each
/// byte that it takes with 1,000.
pub const EXITS_MAX: usize = 1_536;

/// Bytes of the native frame of a function.
pub const FRAME_BYTES_MAX: usize = 8 << 10;

/// Bytes of native stack beside the frames of compiled code: for the reference engine and hosts.
pub const HOST_STACK_BYTES: usize = 2 << 20;

/// Bytes of a native stack; limits of a machine that need more are left to the reference engine.
pub const STACK_BYTES_MAX: usize = 4 << 30;

/// The largest limits on depth and slots that the frame counter of compiled code can hold.
pub const FRAME_COUNT_MAX: usize = i32::MAX as usize;

/// Bytes of a native stack that is kept for the next call; larger ones are given back.
pub const STACK_KEPT_BYTES_MAX: usize = 16 << 20;
