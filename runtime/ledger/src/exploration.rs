//! The exploration of a suite's world: which search is used, and when a reduced one is not enough.
//!
//! A reduced search ([`crate::reduce`]) is replaced by the one through all orders
//! ([`crate::explore`]) where the suite acts between deliveries or looks at events or Stories, whose
//! order is one of all deliveries; where a failure is injected, which hits whatever comes first;
//! where a run has more choices than the suite allows; and where it is too long.

use crate::explore::{Explorer, RUNS_MAX};
use crate::reduce::{Channel, Reducer};

/// Which orders of delivery are tried.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Orders {
    /// One of all that differ only in deliveries that commute.
    #[default]
    OfEachKind,
    /// Every one.
    All,
}

/// An exploration of orders of delivery, by one run after the other.
#[derive(Clone, Debug)]
pub struct Exploration {
    search: Search,
    choices_max: usize,
    /// Choices that this run met.
    choices: usize,
    runs: u64,
    is_incomplete: bool,
    /// Whether the search through all orders begins with the next run.
    is_given_up: bool,
}

#[derive(Clone, Debug)]
enum Search {
    All(Explorer),
    Reduced(Reducer),
}

impl Exploration {
    /// An exploration with at most `choices_max` choices a run; later ones take the first way.
    pub fn new(choices_max: usize, orders: Orders) -> Exploration {
        let search = match orders {
            Orders::All => Search::All(Explorer::new(choices_max)),
            Orders::OfEachKind => Search::Reduced(Reducer::default()),
        };
        Exploration {
            search,
            choices_max,
            choices: 0,
            runs: 0,
            is_incomplete: false,
            is_given_up: false,
        }
    }
    /// How many runs were started, without those of a search that turned out not to be enough.
    pub fn runs(&self) -> u64 {
        self.runs
    }
    /// Whether it stopped at [`RUNS_MAX`] with orders left.
    pub fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }

    /// Prepares the next run; false if there is none, or [`RUNS_MAX`] is reached.
    pub fn next_run(&mut self) -> bool {
        let is_first = self.runs == 0;
        self.choices = 0;
        if std::mem::take(&mut self.is_given_up) {
            self.search = Search::All(Explorer::new(self.choices_max));
            self.runs = 0;
        }
        let has_next = match &mut self.search {
            Search::Reduced(reducer) => is_first || reducer.next_run(),
            Search::All(explorer) => {
                let has_next = explorer.next_run();
                self.is_incomplete |= explorer.is_incomplete();
                has_next
            }
        };
        if has_next && self.runs == RUNS_MAX {
            self.is_incomplete = true;
            return false;
        }
        self.runs += u64::from(has_next);
        has_next
    }

    /// Chooses among the channels that have something to deliver (at least one); `waiting` are
    /// those of everything that waits.
    pub fn choose(&mut self, ready: &[Channel], waiting: impl Iterator<Item = Channel>) -> usize {
        self.choices += usize::from(ready.len() > 1);
        let chosen = match &mut self.search {
            Search::All(explorer) => return explorer.choose(ready.len()),
            Search::Reduced(reducer) => {
                reducer.see(waiting);
                reducer.choose(ready)
            }
        };
        match chosen {
            Some(chosen) if self.choices <= self.choices_max => chosen,
            _ => {
                self.is_given_up = true;
                chosen.unwrap_or(0)
            }
        }
    }

    /// What was chosen was delivered.
    pub fn delivered(&mut self) {
        if let Search::Reduced(reducer) = &mut self.search {
            reducer.delivered();
        }
    }

    /// The suite itself looks at the world or changes it, by itself or while something waits.
    pub fn suite_acts(&mut self, act: Act, is_something_waiting: bool) {
        if let Search::Reduced(reducer) = &mut self.search {
            // What it sees then depends on what was delivered so far.
            let is_between = reducer.has_delivered() && is_something_waiting;
            self.is_given_up |= is_between || act == Act::OrderMatters;
            reducer.settle();
        }
    }
}

/// What a suite does in a run, besides delivering.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// It reads the lists of events or Stories, or has the next message fail.
    OrderMatters,
    /// Something else.
    Other,
}
