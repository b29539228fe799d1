//! A disk in memory that fails: at a chosen call, when it is full, by a bit that turns, or by a
//! loss of power at any moment.
//!
//! What a disk does not promise before it is synchronised decides which images a loss of power can
//! leave: every sector that was written since the last sync holds, by itself, what it held then or
//! something that was written to it since. So writes may be missing, torn, or have overtaken each
//! other, and a file may have grown without its bytes, or the bytes be lost with the growth.

use redb::StorageBackend;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Random numbers from a seed: the same in every run.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number (splitmix64).
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below another one; 0 if that is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// True as often as some of so many.
    pub fn chance(&mut self, some: u64, of: u64) -> bool {
        self.below(of) < some
    }
}

/// What was done to a disk, in order.
#[derive(Clone, PartialEq, Eq)]
pub enum Event {
    /// Bytes were written.
    Write {
        /// Where.
        offset: u64,
        /// Which.
        bytes: Vec<u8>,
    },
    /// The length was set.
    SetLength(u64),
    /// All that came before is on the disk.
    Sync,
    /// Whoever uses the disk has come to a point of their own.
    Mark(u64),
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Write { offset, bytes } => write!(f, "write {} at {offset}", bytes.len()),
            Event::SetLength(length) => write!(f, "set length {length}"),
            Event::Sync => f.write_str("sync"),
            Event::Mark(number) => write!(f, "mark {number}"),
        }
    }
}

/// When calls fail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The call with this number, from 0.
    At(u64),
    /// That call and all after it.
    From(u64),
}

/// A disk in memory. Clones are the same disk.
#[derive(Clone, Debug)]
pub struct Disk {
    state: Arc<Mutex<State>>,
}

struct State {
    bytes: Vec<u8>,
    /// What was done, if it is recorded.
    events: Option<Vec<Event>>,
    calls: u64,
    fault: Option<Fault>,
    capacity: u64,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes after {} calls", self.bytes.len(), self.calls)
    }
}

impl Default for Disk {
    fn default() -> Disk {
        Disk::new()
    }
}

impl Disk {
    /// An empty disk.
    pub fn new() -> Disk {
        Disk::of(Vec::new())
    }

    /// A disk that holds these bytes.
    pub fn of(bytes: Vec<u8>) -> Disk {
        let state = State { bytes, events: None, calls: 0, fault: None, capacity: u64::MAX };
        Disk { state: Arc::new(Mutex::new(state)) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it holds.
    pub fn image(&self) -> Vec<u8> {
        self.state().bytes.clone()
    }

    /// Turns a bit, counted from the start; beyond the end nothing happens.
    pub fn flip(&self, bit: u64) {
        if let Some(byte) = self.state().bytes.get_mut((bit / 8) as usize) {
            *byte ^= 1 << (bit % 8);
        }
    }

    /// Records from now on what is done.
    pub fn record(&self) {
        self.state().events = Some(Vec::new());
    }

    /// Puts a mark among what is recorded.
    pub fn mark(&self, number: u64) {
        if let Some(events) = &mut self.state().events {
            events.push(Event::Mark(number));
        }
    }

    /// What was done since [`record`](Disk::record).
    pub fn events(&self) -> Vec<Event> {
        self.state().events.clone().unwrap_or_default()
    }

    /// How often it was called.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// Has calls fail, or no longer.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.state().fault = fault;
    }

    /// Sets how many bytes fit. What is there already stays.
    pub fn set_capacity(&self, bytes: u64) {
        self.state().capacity = bytes;
    }
}

impl State {
    /// Counts a call; whether it fails.
    fn call(&mut self) -> bool {
        let number = self.calls;
        self.calls += 1;
        match self.fault {
            None => false,
            Some(Fault::At(call)) => number == call,
            Some(Fault::From(call)) => number >= call,
        }
    }

    fn record(&mut self, event: impl FnOnce() -> Event) {
        if let Some(events) = &mut self.events {
            events.push(event());
        }
    }

    fn room(&self, length: u64) -> io::Result<()> {
        let is_grown = length > self.bytes.len() as u64;
        if is_grown && length > self.capacity {
            return Err(io::Error::new(ErrorKind::StorageFull, "the simulated disk is full"));
        }
        Ok(())
    }
}

fn failed() -> io::Error {
    io::Error::other("the simulated disk failed")
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        let mut state = self.state();
        if state.call() { Err(failed()) } else { Ok(state.bytes.len() as u64) }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let mut state = self.state();
        if state.call() {
            return Err(failed());
        }
        let found = state.bytes.get(offset as usize..).and_then(|rest| rest.get(..out.len()));
        let too_short = || io::Error::new(ErrorKind::UnexpectedEof, "beyond the end");
        out.copy_from_slice(found.ok_or_else(too_short)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.state();
        if state.call() {
            return Err(failed());
        }
        state.room(len)?;
        state.bytes.resize(len as usize, 0);
        state.record(|| Event::SetLength(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.state();
        if state.call() {
            return Err(failed());
        }
        state.record(|| Event::Sync);
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        // What fails has come half of the way.
        let fails = state.call();
        let data = if fails { &data[..data.len() / 2] } else { data };
        state.room(offset + data.len() as u64)?;
        put(&mut state.bytes, offset, data);
        state.record(|| Event::Write { offset, bytes: data.to_vec() });
        if fails { Err(failed()) } else { Ok(()) }
    }
}

fn put(bytes: &mut Vec<u8>, offset: u64, data: &[u8]) {
    let (start, end) = (offset as usize, offset as usize + data.len());
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[start..end].copy_from_slice(data);
}

/// A disk that held `before` and lost power when these things had been done to it: one of the
/// images that this can leave, chosen by a seed.
pub fn power_loss(before: &[u8], events: &[Event], seed: u64) -> Vec<u8> {
    let random = &mut Random::new(seed);
    let synced = events.iter().rposition(|event| *event == Event::Sync).map_or(0, |at| at + 1);
    let mut image = after(before, &events[..synced]);
    // How much of the rest arrives: nothing, little, half, much, or all.
    let arrive = [0, 2, 8, 14, 16][random.below(5) as usize];
    let sector = if random.chance(1, 2) { 512 } else { 4096 };
    // Whether sectors can be torn, too.
    let tears = random.chance(1, 2);
    for event in &events[synced..] {
        match event {
            Event::Write { offset, bytes } => {
                for (offset, bytes) in sectors(*offset, bytes, sector) {
                    if !random.chance(arrive, 16) {
                        continue;
                    }
                    let is_torn = tears && random.chance(1, 8);
                    let kept = if is_torn { random.below(bytes.len() as u64) } else { u64::MAX };
                    let bytes = &bytes[..bytes.len().min(kept as usize)];
                    // Beyond the end there is room only if the growth arrived, or arrives now.
                    if offset + bytes.len() as u64 <= image.len() as u64 || random.chance(1, 2) {
                        put(&mut image, offset, bytes);
                    }
                }
            }
            Event::SetLength(length) if random.chance(arrive, 16) => {
                image.resize(*length as usize, 0);
            }
            Event::SetLength(_) | Event::Sync | Event::Mark(_) => {}
        }
    }
    image
}

/// A disk that held `before` and lost power in the middle of the last of these events, a write: all
/// of the others are there, and of that one some bytes, wherever they begin and end. Nothing if it
/// is no write.
pub fn torn_write(before: &[u8], events: &[Event], seed: u64) -> Option<Vec<u8>> {
    let (last, others) = events.split_last()?;
    let Event::Write { offset, bytes } = last else { return None };
    let mut image = after(before, others);
    let random = &mut Random::new(seed);
    let mut start = random.below(bytes.len() as u64 + 1) as usize;
    let mut end = start + random.below((bytes.len() - start) as u64 + 1) as usize;
    // Mostly it begins where the write begins.
    match random.below(4) {
        0 => {}
        1 => end = bytes.len(),
        _ => start = 0,
    }
    put(&mut image, offset + start as u64, &bytes[start..end]);
    Some(image)
}

/// A disk that held `before` when all of these things have been done to it.
pub fn after(before: &[u8], events: &[Event]) -> Vec<u8> {
    let mut image = before.to_vec();
    for event in events {
        match event {
            Event::Write { offset, bytes } => put(&mut image, *offset, bytes),
            Event::SetLength(length) => image.resize(*length as usize, 0),
            Event::Sync | Event::Mark(_) => {}
        }
    }
    image
}

/// Bytes by the sectors that they lie in.
fn sectors(offset: u64, bytes: &[u8], sector: u64) -> impl Iterator<Item = (u64, &[u8])> {
    let (mut at, mut rest) = (offset, bytes);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = (sector - at % sector).min(rest.len() as u64);
        let (piece, behind) = rest.split_at(length as usize);
        let found = (at, piece);
        (at, rest) = (at + length, behind);
        Some(found)
    })
}
