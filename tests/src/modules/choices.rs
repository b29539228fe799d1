//! A list of bytes as a list of choices: whoever makes the bytes, chance or a fuzzer, makes the
//! module, and a shorter list makes a smaller one. When the bytes are used up, every choice is the
//! first.

/// Choices that are still to be made.
#[derive(Debug)]
pub struct Choices<'a> {
    bytes: &'a [u8],
}

impl<'a> Choices<'a> {
    /// From bytes.
    pub fn new(bytes: &'a [u8]) -> Choices<'a> {
        Choices { bytes }
    }

    /// Whether there is nothing left to choose.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The choices of a part: of so many parts that are left, the next one.
    pub fn part(&mut self, of: usize) -> Choices<'a> {
        let (part, rest) = self.bytes.split_at(self.bytes.len() / of.max(1));
        self.bytes = rest;
        Choices { bytes: part }
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                *first
            }
            None => 0,
        }
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let number = match end {
            0..=256 => self.byte().into(),
            _ => usize::from(self.byte()) << 8 | usize::from(self.byte()),
        };
        number % end.max(1)
    }

    /// Whether one of `n` equal chances happens; not when nothing is left.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    /// One of some.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        match from.len() {
            0 => None,
            count => from.get(self.below(count)).cloned(),
        }
    }

    /// A 64-bit pattern: an edge, or a few bytes.
    pub fn bits(&mut self) -> u64 {
        const EDGES: [u64; 12] = [
            0,
            1,
            u64::MAX,
            2,
            1 << 31,
            (1 << 31) - 1,
            1 << 63,
            (1 << 63) - 1,
            0xffff_ffff,
            1 << 32,
            0x7ff0_0000_0000_0000,
            0x3ff8_0000_0000_0000,
        ];
        match self.below(16) {
            at if at < EDGES.len() => EDGES[at],
            12 => u64::from(self.byte()),
            13 => u64::from(self.byte()) << self.below(64),
            14 => (0..8).fold(0, |bits, _| bits << 8 | u64::from(self.byte())),
            _ => u64::from(self.byte()).wrapping_neg(),
        }
    }
}
