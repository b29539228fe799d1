//! The processor's cores as a crew: work is shared out among threads where there is enough of it.

use fscc_base::Crew;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As many threads as the processor has cores, for as long as the work takes.
#[derive(Clone, Copy, Debug)]
pub struct Threads;

/// Fewer pieces are done sooner than threads are started.
const PIECES_MIN: usize = 16;

/// Trees are walked recursively up to the declared nesting limits.
const STACK_BYTES: usize = 64 << 20;

/// More threads than this wait for memory more than for one another.
const THREADS_MAX: usize = 8;

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
