//! One round: messages that were admitted together, delivered to their receivers. Messages to
//! different accounts run on as many threads as there are; messages to one account run in their
//! order. Which threads ran what shows in no result, because a message changes its receiver only
//! (`ledger.md` 3).

use crate::account::{Account, Unavailable, View};
use crate::code::CodeStore;
use crate::deliver::deliver;
use crate::difference::{Component, Conflict, Difference, Writes};
use crate::message::Envelope;
use crate::parameters::Facts;
use fvm_keys::Address;
use rayon::prelude::*;
use std::fmt;

/// Where differences come from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// Messages are executed.
    Execute,
    /// Differences of somebody else are applied, and some messages executed to see whether they
    /// come to the same.
    Apply {
        /// The differences of the block, in order.
        given: &'a [Difference],
        /// How many of a million messages are executed.
        sampled: u32,
    },
}

/// Everyone is sampled.
pub const EVERY_MILLION: u32 = 1_000_000;

/// Why a block came to nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The node cannot read its state.
    Unavailable(Unavailable),
    /// A given difference does not apply.
    Conflict {
        /// The message's place in the block.
        position: usize,
        /// Why.
        conflict: Conflict,
    },
    /// A given difference is not what the message does.
    WrongDifference {
        /// The message's place in the block.
        position: usize,
    },
    /// There are fewer or more differences than messages.
    DifferenceCount,
}

impl From<Unavailable> for Stop {
    fn from(unavailable: Unavailable) -> Stop {
        Stop::Unavailable(unavailable)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Unavailable(unavailable) => unavailable.fmt(f),
            Stop::Conflict { position, conflict } => {
                write!(f, "difference {position} does not apply: {conflict}")
            }
            Stop::WrongDifference { position } => {
                write!(f, "difference {position} is not what the message does")
            }
            Stop::DifferenceCount => f.write_str("not one difference for each message"),
        }
    }
}

impl std::error::Error for Stop {}

/// An account after a round.
pub struct Touched {
    /// Where.
    pub address: Address,
    /// What it is now.
    pub account: Account,
    /// What it stores otherwise.
    pub writes: Writes,
}

/// What all rounds of a block have in common.
#[derive(Clone, Copy)]
pub struct Rounds<'a> {
    /// Code.
    pub codes: &'a CodeStore,
    /// The block.
    pub facts: &'a Facts,
    /// Where differences come from.
    pub source: Source<'a>,
    /// Threads; without them the caller's does everything.
    pub threads: Option<&'a rayon::ThreadPool>,
}

/// Messages below which threads cost more than they bring.
const SHARED_FROM: usize = 16;

impl Rounds<'_> {
    /// Delivers messages, the first of which has this place in the block. Differences come in the
    /// order of the messages.
    pub fn run(
        &self,
        view: &dyn View,
        envelopes: &[Envelope],
        first: usize,
    ) -> Result<(Vec<Difference>, Vec<Touched>), Stop> {
        let mut order: Vec<usize> = (0..envelopes.len()).collect();
        order.sort_by_key(|at| (envelopes[*at].to, *at));
        let mut groups: Vec<&[usize]> =
            order.chunk_by(|a, b| envelopes[*a].to == envelopes[*b].to).collect();
        let mut differences: Vec<Option<Difference>> = Vec::new();
        differences.resize_with(envelopes.len(), || None);
        let mut touched = Vec::with_capacity(groups.len());
        match self.threads {
            Some(threads) if envelopes.len() >= SHARED_FROM => {
                // The longest first: no thread begins one while the others have finished.
                let gas = |group: &&[usize]| -> u128 {
                    group.iter().map(|at| u128::from(envelopes[*at].prepaid.reserved())).sum()
                };
                groups.sort_by_cached_key(|group| std::cmp::Reverse(gas(group)));
                let run = |group: &&[usize]| {
                    let mut made = Vec::with_capacity(group.len());
                    let keep = &mut |at, difference| made.push((at, difference));
                    let account = self.run_group(view, envelopes, group, first, keep)?;
                    Ok((made, account))
                };
                let parts: Vec<Part> =
                    threads.install(|| groups.par_iter().map(run).collect::<Result<_, Stop>>())?;
                for (made, account) in parts {
                    for (at, difference) in made {
                        differences[at] = Some(difference);
                    }
                    touched.push(account);
                }
            }
            _ => {
                let keep = &mut |at: usize, difference| differences[at] = Some(difference);
                for group in groups {
                    touched.push(self.run_group(view, envelopes, group, first, keep)?);
                }
            }
        }
        touched.sort_by_key(|account: &Touched| account.address);
        let differences: Option<Vec<Difference>> = differences.into_iter().collect();
        Ok((differences.ok_or(Stop::DifferenceCount)?, touched))
    }

    /// Delivers the messages of one account, in order, and hands on each one's place in the round
    /// and its difference.
    fn run_group(
        &self,
        view: &dyn View,
        envelopes: &[Envelope],
        group: &[usize],
        first: usize,
        keep: &mut impl FnMut(usize, Difference),
    ) -> Result<Touched, Stop> {
        let mut component = Component::load(view, envelopes[group[0]].to)?;
        for at in group {
            let (envelope, position) = (&envelopes[*at], first + at);
            let difference = self.difference(&component, envelope, position)?;
            component
                .apply(envelope, &difference)
                .map_err(|conflict| Stop::Conflict { position, conflict })?;
            keep(*at, difference);
        }
        let (address, account, writes) = component.into_parts();
        Ok(Touched { address, account, writes })
    }

    fn difference(
        &self,
        component: &Component<'_>,
        envelope: &Envelope,
        position: usize,
    ) -> Result<Difference, Stop> {
        let execute = || deliver(self.codes, self.facts, component, envelope);
        let Source::Apply { given, sampled } = self.source else {
            return Ok(execute()?.difference);
        };
        let difference = given.get(position).ok_or(Stop::DifferenceCount)?;
        if is_sampled(envelope, sampled) && execute()?.difference != *difference {
            return Err(Stop::WrongDifference { position });
        }
        Ok(difference.clone())
    }
}

/// Differences of one account by their place in the round, and the account after them.
type Part = (Vec<(usize, Difference)>, Touched);

/// Chooses messages by their ids, which nobody can foresee when the block is made.
fn is_sampled(envelope: &Envelope, sampled: u32) -> bool {
    let mut number = [0; 8];
    number.copy_from_slice(&envelope.id[..8]);
    u64::from_be_bytes(number) % u64::from(EVERY_MILLION) < u64::from(sampled)
}
