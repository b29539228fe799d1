//! What the methods of contracts spent in the world of a suite.

use crate::account::Hash;
use crate::deliver::Handler;
use std::collections::BTreeMap;

/// Calls of a method, and the gas of the messages that it handled.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Spent {
    /// How often it was called.
    pub calls: u64,
    /// Gas of all calls, with what receiving the messages costs.
    pub gas: u64,
}

/// What every method spent.
#[derive(Clone, Default, Debug)]
pub(crate) struct Spending(BTreeMap<Handler, Spent>);

impl Spending {
    /// Adds one call.
    pub fn add(&mut self, handler: Handler, gas: u64) {
        let spent = self.0.entry(handler).or_default();
        spent.calls += 1;
        spent.gas += gas;
    }

    /// Class, method id and sum, in the order of classes and ids.
    pub fn by_class<'a>(&self, classes: &'a BTreeMap<String, Hash>) -> Vec<(&'a str, u32, Spent)> {
        let of_class = |(name, code): (&'a String, &Hash)| {
            let first = Handler { code: *code, method: 0 };
            let last = Handler { code: *code, method: u32::MAX };
            let methods = self.0.range(first..=last);
            methods.map(|(handler, spent)| (name.as_str(), handler.method, *spent)).collect()
        };
        classes.iter().flat_map::<Vec<_>, _>(of_class).collect()
    }
}
