//! Effect rows.

use std::fmt;

/// Effects of contract code, a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Row(pub u8);

impl Row {
    /// No effect.
    pub const PURE: Row = Row(0);
    /// Looks at storage, balance, clock or message.
    pub const READ: Row = Row(1);
    /// Changes storage.
    pub const WRITE: Row = Row(2);
    /// Appends an event.
    pub const EMIT: Row = Row(4);
    /// Queues a message or payment.
    pub const SEND: Row = Row(8);
    /// Queues a message to itself for later.
    pub const SCHEDULE: Row = Row(16);
    /// Writes a Story.
    pub const CONCLUDE: Row = Row(32);
    /// Prints; allowed in every row, left out of deployable modules.
    pub const PRINT: Row = Row(64);
    /// Drives a test world; only suites.
    pub const WORLD: Row = Row(128);

    /// Both.
    pub const fn union(self, other: Row) -> Row {
        Row(self.0 | other.0)
    }
    /// What is in `self` and not in `other`.
    pub const fn without(self, other: Row) -> Row {
        Row(self.0 & !other.0)
    }
    /// Whether everything in `self` is in `other`.
    pub const fn is_within(self, other: Row) -> bool {
        self.0 & !other.0 == 0
    }
}

/// Effects and their words.
pub const ROW_WORDS: &[(Row, &str)] = &[
    (Row::READ, "read"),
    (Row::WRITE, "write"),
    (Row::EMIT, "emit"),
    (Row::SEND, "send"),
    (Row::SCHEDULE, "schedule"),
    (Row::CONCLUDE, "conclude"),
    (Row::PRINT, "print"),
    (Row::WORLD, "world"),
];

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        f.write_str("[")?;
        for (_, word) in ROW_WORDS.iter().filter(|(row, _)| row.is_within(*self)) {
            write!(f, "{separator}{word}")?;
            separator = ", ";
        }
        f.write_str("]")
    }
}
