//! Calls that wait for their time, in the order in which they come: by time, and at the same time
//! in the order in which they were scheduled (R2, R15). The calls themselves are stored by their
//! contracts; this only finds them.

use crate::account::Hash;
use crate::message::{Content, Envelope, Prepaid, SavedCall};
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use std::collections::BTreeMap;

/// A call that waits for its time, as it stands in the state.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Timer {
    /// When, in seconds.
    pub at: i64,
    /// What.
    pub call: SavedCall,
    /// Gas that was paid for it; its coins are parked at the account.
    pub prepaid: Prepaid,
}

/// Scheduled calls by time.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Calendar {
    by_time: BTreeMap<(i64, u64), (Address, u64)>,
    by_call: BTreeMap<(Address, u64), (i64, u64)>,
    made: u64,
}

impl Calendar {
    /// Enters a call: its contract's number of it.
    pub fn enter(&mut self, at: i64, contract: Address, number: u64) {
        self.made += 1;
        self.by_time.insert((at, self.made), (contract, number));
        self.by_call.insert((contract, number), (at, self.made));
    }
    /// Takes a call away.
    pub fn cancel(&mut self, contract: Address, number: u64) {
        if let Some(time) = self.by_call.remove(&(contract, number)) {
            self.by_time.remove(&time);
        }
    }
    /// What a block changes: calls that came or were cancelled (contract and number), and calls that
    /// were scheduled (time, contract, number).
    pub fn change(&mut self, removed: &[(Address, u64)], entered: &[(i64, Address, u64)]) {
        for (contract, number) in removed {
            self.cancel(*contract, *number);
        }
        for (at, contract, number) in entered {
            self.enter(*at, *contract, *number);
        }
    }
    /// When a call comes, and its place among all.
    pub fn time_of(&self, contract: Address, number: u64) -> Option<(i64, u64)> {
        self.by_call.get(&(contract, number)).copied()
    }
    /// Takes the first call that is due.
    pub fn next_due(&mut self, now: i64) -> Option<(Address, u64)> {
        let entry = self.by_time.first_entry().filter(|entry| entry.key().0 <= now)?;
        let call = entry.remove();
        self.by_call.remove(&call);
        Some(call)
    }
    /// All calls: time, order, contract, number.
    pub fn iter(&self) -> impl Iterator<Item = (i64, u64, Address, u64)> {
        self.by_time.iter().map(|((at, made), (contract, number))| (*at, *made, *contract, *number))
    }
    /// A calendar of these calls, after `made` ones were entered.
    pub fn restore(calls: impl IntoIterator<Item = (i64, u64, Address, u64)>, made: u64) -> Self {
        let mut calendar = Calendar { made, ..Calendar::default() };
        for (at, order, contract, number) in calls {
            calendar.by_time.insert((at, order), (contract, number));
            calendar.by_call.insert((contract, number), (at, order));
        }
        calendar
    }
}

/// The message that brings a due call to its contract, with the gas that was paid for it; its
/// coins stay parked until it arrives.
pub fn due(chain: u64, contract: Address, number: u64, prepaid: Prepaid) -> Envelope {
    let id = timer_id(chain, contract, number);
    Envelope {
        id,
        from: contract,
        to: contract,
        value: 0,
        prepaid: Prepaid { price: Default::default(), ..prepaid },
        trace: id,
        hop: 0,
        deadline: u64::MAX,
        content: Content::Timer { number },
    }
}

fn timer_id(chain: u64, contract: Address, number: u64) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"fvm/timer").update(&chain.to_be_bytes()).update(&contract.0);
    hasher.update(&number.to_be_bytes());
    *hasher.finalize().as_bytes()
}
