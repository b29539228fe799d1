//! Why machine code is not made.

use std::fmt;

/// Why a module or a function is left to the reference engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nobody has written the crossing from Rust for this processor.
    Processor,
    /// There is no memory for the code.
    NoMemory,
    /// It has more instructions than the limit.
    TooLarge,
    /// Its branches pass on more values than the limit.
    TooManyValues,
    /// It may leave in more places than the limit.
    TooManyExits,
    /// Its native frame is larger than the limit.
    FrameTooLarge,
    /// Time was up.
    Late,
    /// The code generator gave up.
    Generator,
    /// Its loops are repeated in more places than the limit.
    TooManyLoops,
}

impl Refusal {
    /// All of them.
    pub const ALL: &[Refusal] = &[
        Refusal::Processor,
        Refusal::NoMemory,
        Refusal::TooLarge,
        Refusal::TooManyValues,
        Refusal::TooManyExits,
        Refusal::FrameTooLarge,
        Refusal::Late,
        Refusal::Generator,
        Refusal::TooManyLoops,
    ];
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::Processor => "there is no machine code for this processor",
            Refusal::NoMemory => "there is no memory for the code",
            Refusal::TooLarge => "it has too many instructions",
            Refusal::TooManyValues => "its branches pass on too many values",
            Refusal::TooManyExits => "it may leave in too many places",
            Refusal::FrameTooLarge => "its native frame is too large",
            Refusal::Late => "time was up",
            Refusal::Generator => "the code generator gave up",
            Refusal::TooManyLoops => "its loops are repeated in too many places",
        })
    }
}
