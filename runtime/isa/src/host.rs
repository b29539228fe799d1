//! The table of host functions: what a module may ask of its surroundings. Numbers, signatures and
//! rows are those of the compiler's table; a number is never reused.

use crate::ids::HostId;
use crate::opcode::Kind;
use crate::row::Row;

/// A row of the table.
#[derive(Debug)]
pub struct HostInfo {
    /// Number on the wire.
    pub number: HostId,
    /// Name in text forms.
    pub name: &'static str,
    /// Kinds of the operands.
    pub operands: &'static [Kind],
    /// Kind of the result.
    pub result: Option<Kind>,
    /// Effects.
    pub row: Row,
    /// What it does.
    pub doc: &'static str,
}

impl HostInfo {
    /// The host function with this number.
    pub fn by_number(number: HostId) -> Option<&'static HostInfo> {
        HOSTS.binary_search_by_key(&number, |host| host.number).ok().map(|at| &HOSTS[at])
    }
    /// The host function with this name.
    pub fn lookup(name: &str) -> Option<&'static HostInfo> {
        HOSTS.iter().find(|host| host.name == name)
    }
}

macro_rules! result {
    (none) => {
        None
    };
    ($kind:ident) => {
        Some(Kind::$kind)
    };
}

macro_rules! hosts {
    ($($(#[doc = $doc:literal])* $number:literal $name:literal ($($operand:ident),*) -> $result:ident, $row:expr;)*) => {
        /// All host functions in ascending order of their numbers.
        pub const HOSTS: &[HostInfo] = &[$(HostInfo {
            number: HostId($number),
            name: $name,
            operands: &[$(Kind::$operand),*],
            result: result!($result),
            row: $row,
            doc: concat!($($doc),*).trim_ascii(),
        }),*];
    };
}

hosts! {
    /// Prints a text without a line end (standard output under `fscc run`).
    1 "host.print" (string) -> none, Row::PRINT;

    /// The sender's address, 20 bytes.
    10 "host.msg_sender" () -> bytes, Row::READ;
    /// The coins that came with the message.
    11 "host.msg_value" () -> u128, Row::READ;
    /// The contract's own address, 20 bytes.
    12 "host.self" () -> bytes, Row::READ;
    /// The contract's balance, the coins of this message included.
    13 "host.balance" () -> u128, Row::READ;
    /// Block time in seconds.
    14 "host.now" () -> i64, Row::READ;

    /// Appends an event: encoded open record.
    20 "host.emit" (bytes) -> none, Row::EMIT;
    /// Appends a Story for one agreement: encoded open record.
    21 "host.story" (bytes) -> none, Row::CONCLUDE;
    /// Ends the contract with this Story: encoded open record.
    22 "host.conclude" (bytes) -> none, Row::CONCLUDE;

    /// Pays: receiver, amount, saved call for delivery, saved call for a bounce.
    30 "host.pay" (bytes, u128, bytes, bytes) -> none, Row::SEND;
    /// Sends: receiver, method id, encoded arguments, amount, saved call for a bounce.
    31 "host.send" (bytes, i32, bytes, u128, bytes) -> none, Row::SEND;
    /// Asks: receiver, method id, encoded arguments, amount, saved calls for reply and bounce.
    32 "host.ask" (bytes, i32, bytes, u128, bytes, bytes) -> none, Row::SEND;
    /// Creates a contract: class name, encoded arguments, amount, saved call for a bounce; gives
    /// the new address.
    33 "host.spawn" (string, bytes, u128, bytes) -> bytes, Row::SEND;
    /// Calls itself at a time: seconds, saved call; gives the timer's number.
    34 "host.schedule" (i64, bytes) -> i64, Row::SCHEDULE;
    /// Cancels a timer.
    35 "host.cancel" (i64) -> none, Row::SCHEDULE;

    /// Suite: an account with this name and these coins; gives its address.
    50 "host.world_account" (string, u128) -> bytes, Row::WORLD;
    /// Suite: deploys a contract of this class with encoded arguments and coins, from an account;
    /// gives address, or null and an abort to fetch with `host.world_problem`.
    51 "host.world_deploy" (string, bytes, u128, bytes) -> bytes, Row::WORLD;
    /// Suite: one message from an account: sender, receiver, method id, arguments, coins; gives
    /// the encoded result, or null after an abort.
    52 "host.world_call" (bytes, bytes, i32, bytes, u128) -> bytes, Row::WORLD;
    /// Suite: a view: receiver, method id, arguments; gives the encoded result, or null.
    53 "host.world_query" (bytes, i32, bytes) -> bytes, Row::WORLD;
    /// Suite: the encoded problem of the last abort.
    54 "host.world_problem" () -> bytes, Row::WORLD;
    /// Suite: the balance of an account or contract.
    55 "host.world_balance" (bytes) -> u128, Row::WORLD;
    /// Suite: delivers one queued message; 0 when none was queued.
    56 "host.world_deliver" () -> bool, Row::WORLD;
    /// Suite: moves the clock by seconds, making scheduled messages due.
    57 "host.world_advance" (i64) -> none, Row::WORLD;
    /// Suite: the clock.
    58 "host.world_now" () -> i64, Row::WORLD;
    /// Suite: makes the next delivered payment or message bounce.
    59 "host.world_bounce_next" () -> none, Row::WORLD;
    /// Suite: gives the next message only this much gas.
    60 "host.world_starve_next" (i64) -> none, Row::WORLD;
    /// Suite: number of events so far.
    61 "host.world_event_count" () -> i32, Row::WORLD;
    /// Suite: the encoded event with this number.
    62 "host.world_event" (i32) -> bytes, Row::WORLD;
    /// Suite: number of Stories so far.
    63 "host.world_story_count" () -> i32, Row::WORLD;
    /// Suite: the encoded Story with this number.
    64 "host.world_story" (i32) -> bytes, Row::WORLD;
    /// Suite: gas used by contract code since the suite's test began.
    65 "host.world_gas_used" () -> i64, Row::WORLD;
    /// Suite: starts exploring orders with at most this many delivered messages; the world of
    /// this moment is the start of every run.
    66 "host.world_explore_begin" (i32) -> none, Row::WORLD;
    /// Suite: puts the world back to the start and picks the next order; 0 when all are done.
    67 "host.world_explore_next" () -> bool, Row::WORLD;
    /// Suite: reports a gas measurement: label, gas, limit.
    68 "host.world_measure" (string, i64, i64) -> none, Row::WORLD;
    /// Suite: a pseudo-random number for property tests, from the run's seed.
    69 "host.world_random" () -> i64, Row::WORLD;
}
