//! The processor's cores as a crew: work is shared out among threads where there is enough of it.

use fscc_base::Crew;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As many threads as the processor has cores, for as long as the work takes.
#[derive(Clone, Copy, Debug)]
pub struct Threads;

/// Fewer pieces are done sooner than threads are started.
const PIECES_MIN: usize = 16;

/// Pieces of work walk through no more than one statement or function.
const STACK_BYTES: usize = 64 << 20;

/// Trees of whole programs are walked recursively up to the declared nesting limits; this is room
/// for the deepest.
pub const DEEP_STACK_BYTES: usize = 512 << 20;

/// More threads than this wait for memory more than for one another.
const THREADS_MAX: usize = 8;

impl Threads {
    /// Does two things at the same time, the first on a thread of its own; what comes of both.
    pub fn beside<A: Send, B>(
        self,
        first: impl FnOnce() -> A + Send,
        second: impl FnOnce() -> B,
    ) -> (A, B) {
        let first = Mutex::new(Some(first));
        let start = || first.lock().ok().and_then(|mut first| first.take()).map(|first| first());
        thread::scope(|scope| {
            let worker = thread::Builder::new().stack_size(DEEP_STACK_BYTES);
            let worker = worker.spawn_scoped(scope, start);
            let other = second();
            let done = match worker {
                Ok(worker) => worker.join().unwrap_or_else(|panic| resume_unwind(panic)),
                // Where no thread can be started, one thing is done after the other.
                Err(_) => start(),
            };
            (done.expect("it is done once"), other)
        })
    }

    /// Whether there is more than one core.
    pub fn are_several(self) -> bool {
        thread::available_parallelism().is_ok_and(|cores| cores.get() > 1)
    }
}

impl Crew for Threads {
    fn share(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        let cores = match count < PIECES_MIN {
            true => 1,
            false => thread::available_parallelism().map_or(1, |cores| cores.get()),
        };
        let next = AtomicUsize::new(0);
        let take_part = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return;
                }
                work(number);
            }
        };
        thread::scope(|scope| {
            for _ in 1..cores.min(THREADS_MAX) {
                let worker = thread::Builder::new().stack_size(STACK_BYTES);
                // Where no thread can be started, the others do the work.
                let _ = worker.spawn_scoped(scope, take_part);
            }
            take_part();
        });
    }
}
