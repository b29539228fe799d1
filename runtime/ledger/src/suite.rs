//! What a test suite sees of the world: the host functions numbered from 50 on. A suite runs in a
//! machine of its own; contracts that it calls run in theirs, so nothing is ever re-entered.

use crate::deliver::Answer;
use crate::exploration::Act;
use crate::world::{Record, World};
use fvm_isa::HostId;
use fvm_keys::Address;
use fvm_vm::{Host, HostError, Value};

/// A gas measurement that a suite reported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measurement {
    /// What was measured.
    pub label: String,
    /// Gas used by contract code.
    pub gas: u64,
    /// The suite's limit.
    pub limit: u64,
}

/// The host of one test.
#[derive(Debug)]
pub struct SuiteHost {
    /// The world of this test.
    pub world: World,
    /// What was printed.
    pub output: String,
    /// What was measured.
    pub measurements: Vec<Measurement>,
    problem: Vec<u8>,
    random: u64,
}

impl SuiteHost {
    /// A host over a fresh world; `seed` starts the pseudo-random numbers of property tests.
    pub fn new(world: World, seed: u64) -> SuiteHost {
        SuiteHost {
            world,
            output: String::new(),
            measurements: Vec::new(),
            problem: Vec::new(),
            random: seed,
        }
    }

    /// The problem of the last message that aborted; empty if none did.
    pub fn last_problem(&self) -> &[u8] {
        &self.problem
    }

    /// The result for the suite: bytes, or null with the problem kept for it to ask.
    fn answer(&mut self, answer: Answer) -> Value {
        match answer {
            Ok(bytes) => Value::Bytes(bytes.into()),
            Err(problem) => {
                self.problem = problem;
                Value::Null
            }
        }
    }

    /// SplitMix64: every seed gives a full-period sequence.
    fn next_random(&mut self) -> i64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as i64
    }
}

fn address(bytes: &[u8]) -> Result<Address, HostError> {
    Address::from_bytes(bytes).ok_or_else(|| HostError::Refused("not an address".into()))
}

fn record(records: &[Record], number: i32) -> Result<Value, HostError> {
    let record = usize::try_from(number).ok().and_then(|number| records.get(number));
    match record {
        Some(record) => Ok(Value::Bytes((&*record.bytes).into())),
        None => Err(HostError::Refused(format!("there is no record {number}"))),
    }
}

fn count(records: &[Record]) -> Value {
    Value::I32(i32::try_from(records.len()).unwrap_or(i32::MAX))
}

impl Host for SuiteHost {
    fn call(&mut self, function: HostId, args: Vec<Value>) -> Result<Value, HostError> {
        use Value::{Bytes, I32, I64, Text, U128};
        match function.0 {
            59..=64 => self.world.suite_acts(Act::OrderMatters),
            50..=53 | 55 | 57 | 58 | 65 => self.world.suite_acts(Act::Other),
            // Deliveries and explorations, and what has nothing to do with the world.
            _ => {}
        }
        Ok(match (function.0, args.as_slice()) {
            (1, [Text(text)]) => {
                self.output.push_str(text);
                Value::Unit
            }
            (50, [Text(name), U128(coins)]) => {
                let refused = || HostError::Refused("more coins than there can be".into());
                Bytes(self.world.fund(name, *coins).ok_or_else(refused)?.0[..].into())
            }
            (51, [Text(class), Bytes(arguments), U128(coins), Bytes(from)]) => {
                let deployed = self.world.deploy(address(from)?, class, arguments.to_vec(), *coins);
                self.answer(deployed.map(|address| address.0.to_vec()))
            }
            (52, [Bytes(from), Bytes(to), I32(method), Bytes(arguments), U128(coins)]) => {
                let (from, to) = (address(from)?, address(to)?);
                let called = self.world.call(from, to, *method as u32, arguments.to_vec(), *coins);
                self.answer(called)
            }
            (53, [Bytes(to), I32(method), Bytes(arguments)]) => {
                let answer = self.world.query(address(to)?, *method as u32, arguments);
                self.answer(answer)
            }
            (54, []) => Bytes(self.problem[..].into()),
            (55, [Bytes(of)]) => U128(self.world.state.accounts.balance(address(of)?)),
            (56, []) => I32(i32::from(self.world.deliver())),
            (57, [I64(seconds)]) => {
                self.world.advance(*seconds);
                Value::Unit
            }
            (58, []) => I64(self.world.state.now),
            (59, []) => {
                self.world.bounce_next();
                Value::Unit
            }
            (60, [I64(gas)]) => {
                self.world.starve_next(u64::try_from(*gas).unwrap_or(0));
                Value::Unit
            }
            (61, []) => count(&self.world.state.events),
            (62, [I32(number)]) => record(&self.world.state.events, *number)?,
            (63, []) => count(&self.world.state.stories),
            (64, [I32(number)]) => record(&self.world.state.stories, *number)?,
            (65, []) => I64(i64::try_from(self.world.gas_used).unwrap_or(i64::MAX)),
            (66, [I32(messages)]) => {
                self.world.explore_begin(usize::try_from(*messages).unwrap_or(0));
                Value::Unit
            }
            (67, []) => I32(i32::from(self.world.explore_next())),
            (68, [Text(label), I64(gas), I64(limit)]) => {
                self.measurements.push(Measurement {
                    label: label.clone(),
                    gas: u64::try_from(*gas).unwrap_or(0),
                    limit: u64::try_from(*limit).unwrap_or(0),
                });
                Value::Unit
            }
            (69, []) => I64(self.next_random()),
            (number, _) => {
                return Err(HostError::Fault(format!("no host function {number} in a suite")));
            }
        })
    }
}
