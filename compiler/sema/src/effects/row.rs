//! Effect rows: which of the six effects a computation may have.
//!
//! **Invariant:** a row is a plain set. That `Write` includes `Read` is a rule about *declared*
//! rows, applied by [`Row::closed`]; `println` has no atom, since it is free everywhere.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

/// One effect.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Effect {
    /// Looks at storage, balance, message or clock.
    Read,
    /// Changes storage.
    Write,
    /// Appends an event.
    Emit,
    /// Queues a message or a payment.
    Send,
    /// Queues a message to itself for later, or cancels one.
    Schedule,
    /// Writes a story.
    Conclude,
}

impl Effect {
    /// All effects, in the order in which rows print.
    pub const ALL: [Effect; 6] = [
        Effect::Read,
        Effect::Write,
        Effect::Emit,
        Effect::Send,
        Effect::Schedule,
        Effect::Conclude,
    ];

    /// The name of the effect's type in `fvm`.
    pub const fn name(self) -> &'static str {
        match self {
            Effect::Read => "Read",
            Effect::Write => "Write",
            Effect::Emit => "Emit",
            Effect::Send => "Send",
            Effect::Schedule => "Schedule",
            Effect::Conclude => "Conclude",
        }
    }

    /// The effect with this name.
    pub fn named(name: &str) -> Option<Effect> {
        Effect::ALL.into_iter().find(|effect| effect.name() == name)
    }

    /// What a computation with this effect does, as in "it sends".
    pub const fn verb(self) -> &'static str {
        match self {
            Effect::Read => "reads",
            Effect::Write => "writes",
            Effect::Emit => "emits",
            Effect::Send => "sends",
            Effect::Schedule => "schedules",
            Effect::Conclude => "concludes",
        }
    }

    /// What it does in a whole clause, as in "it sends a message or a payment".
    pub const fn phrase(self) -> &'static str {
        match self {
            Effect::Read => "reads the contract's state",
            Effect::Write => "changes storage",
            Effect::Emit => "emits an event",
            Effect::Send => "sends a message or a payment",
            Effect::Schedule => "schedules or cancels a message",
            Effect::Conclude => "writes a story",
        }
    }
}

/// A set of effects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Row(u8);

impl Row {
    /// No effect: `Pure`.
    pub const PURE: Row = Row(0);
    /// `Read` alone.
    pub const READ: Row = Row::of(Effect::Read);
    /// Every effect.
    pub const ALL: Row = Row(0b11_1111);

    /// The row with this effect only.
    pub const fn of(effect: Effect) -> Row {
        Row(1 << effect as u8)
    }
    /// Whether it has no effect.
    pub const fn is_pure(self) -> bool {
        self.0 == 0
    }
    /// Whether `effect` is in the row.
    pub const fn contains(self, effect: Effect) -> bool {
        self.0 & (1 << effect as u8) != 0
    }
    /// Whether every effect of `self` is in `other`.
    pub const fn is_within(self, other: Row) -> bool {
        self.0 & !other.0 == 0
    }
    /// The effects of `self` that are not in `other`.
    pub const fn minus(self, other: Row) -> Row {
        Row(self.0 & !other.0)
    }
    /// What a declared row allows: `Write` includes `Read`.
    pub const fn closed(self) -> Row {
        if self.contains(Effect::Write) { Row(self.0 | 1) } else { self }
    }
    /// The shortest way to declare this row: `Read` is left out beside `Write`.
    pub const fn shortened(self) -> Row {
        if self.contains(Effect::Write) { Row(self.0 & !1) } else { self }
    }
    /// The effects, in printing order.
    pub fn iter(self) -> impl Iterator<Item = Effect> {
        Effect::ALL.into_iter().filter(move |effect| self.contains(*effect))
    }
    /// The bits, lowest first in the order of [`Effect::ALL`].
    pub const fn bits(self) -> u8 {
        self.0
    }
}

impl BitOr for Row {
    type Output = Row;
    fn bitor(self, other: Row) -> Row {
        Row(self.0 | other.0)
    }
}

impl BitOrAssign for Row {
    fn bitor_assign(&mut self, other: Row) {
        self.0 |= other.0;
    }
}

impl FromIterator<Effect> for Row {
    fn from_iter<I: IntoIterator<Item = Effect>>(effects: I) -> Row {
        effects.into_iter().fold(Row::PURE, |row, effect| row | Row::of(effect))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_pure() {
            return f.write_str("Pure");
        }
        for (number, effect) in self.iter().enumerate() {
            if number > 0 {
                f.write_str(" & ")?;
            }
            f.write_str(effect.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn write_includes_read_only_when_declared() {
        let write = Row::of(Effect::Write);
        assert!(!Row::READ.is_within(write));
        assert!(Row::READ.is_within(write.closed()));
        assert_eq!((write | Row::READ).shortened(), write);
    }

    #[test]
    fn a_row_prints_as_it_is_declared() {
        let row: Row = [Effect::Send, Effect::Write].into_iter().collect();
        assert_eq!(row.to_string(), "Write & Send");
        assert_eq!(Row::PURE.to_string(), "Pure");
        assert_eq!(Row::ALL.iter().count(), 6);
    }
}
