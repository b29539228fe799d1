//! The table of host functions: what a module may ask of its surroundings, with the effect row
//! that each adds. Library code names them in `@intrinsic("host.…")`.

use crate::ops::Kind;

/// Effects of contract code, a set of bits. `WRITE` does not imply `READ` here; the surface
/// language says that declaring `Write` allows reading.
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
    /// Whether everything in `self` is in `other`.
    pub const fn is_within(self, other: Row) -> bool {
        self.0 & !other.0 == 0
    }
}

/// Effects and the words of the text form.
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

/// The host function with this number.
pub fn by_number(number: u16) -> Option<&'static HostInfo> {
    HOSTS.binary_search_by_key(&number, |host| host.number).ok().map(|at| &HOSTS[at])
}

/// The effects of the host function with this number; all of them if there is none.
pub fn row(number: u16) -> Row {
    by_number(number).map_or(Row(u8::MAX), |host| host.row)
}

/// A row of the table.
#[derive(Debug)]
pub struct HostInfo {
    /// Number on the wire; never reused.
    pub number: u16,
    /// Name in `@intrinsic` and in the text forms.
    pub name: &'static str,
    /// Kinds of the operands.
    pub operands: &'static [Kind],
    /// Kind of the result.
    pub result: Kind,
    /// Effects.
    pub row: Row,
    /// What it does.
    pub doc: &'static str,
}

macro_rules! hosts {
    ($($(#[doc = $doc:literal])* $number:literal $name:literal ($($operand:ident),*) -> $result:ident, $row:expr;)*) => {
        /// All host functions in ascending order of their numbers.
        pub const HOSTS: &[HostInfo] = &[$(HostInfo {
            number: $number,
            name: $name,
            operands: &[$(Kind::$operand),*],
            result: Kind::$result,
            row: $row,
            doc: concat!($($doc),*),
        }),*];
    };
}

/// The host function with this name.
pub fn lookup(name: &str) -> Option<&'static HostInfo> {
    HOSTS.iter().find(|host| host.name == name)
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
