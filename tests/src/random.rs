//! Random well-typed programs inside the subset, to be compared with real Scala.
//!
//! `rows` reads the table of what expressions are made of (`tests/random/rows.txt`), `expression`
//! makes expressions of a wanted type from it, and `program` declares data types, classes and
//! methods of its own, which become further rows, and prints what happens when they are used;
//! `run` runs a batch of them.
//!
//! **Guarantees:** the same seed gives the same program; programs end, since loops and recursion
//! are counted; what they print depends on nothing but the language.

mod expression;
mod program;
mod rows;
mod run;

pub use program::{batch, program};
pub use run::{fingerprint, outputs, run_source};

/// A source of random numbers that is the same everywhere: SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The source with this seed; those of neighbouring seeds have nothing in common.
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x1234_5678_9ABC_DEF0)
    }

    /// The source that goes on from a [`Random::state`].
    pub fn at(state: u64) -> Self {
        Random(state)
    }

    /// Where the source stands.
    pub fn state(&self) -> u64 {
        self.0
    }

    /// 64 bits of chance.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.bits() % bound.max(1) as u64) as usize
    }

    /// Whether one of `n` equal chances happens.
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
