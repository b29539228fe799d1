//! Interned names.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An interned identifier. Comparing for equality is comparing two pointers; ordering is the
/// order of the text, so that no output depends on the order of interning.
#[derive(Clone, Copy)]
pub struct Name(&'static str);

static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

fn names() -> MutexGuard<'static, BTreeSet<&'static str>> {
    // The set is whole between two statements, so a panic elsewhere cannot have broken it.
    NAMES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Name {
    /// The name with this text.
    pub fn new(text: &str) -> Name {
        let mut names = names();
        if let Some(known) = names.get(text) {
            return Name(known);
        }
        let text: &'static str = Box::leak(text.into());
        names.insert(text);
        Name(text)
    }
    /// The text.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.as_ptr() as usize).hash(state);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(other.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        Name::new(text)
    }
}
