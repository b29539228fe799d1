//! The `fscc` command: reads the command line, runs the command on a thread with a large stack,
//! and turns a panic below into a report of our bug.

use clap::Parser;
use fscc::args::Arguments;
use fscc::command;
use fscc::stage;
use fscc::status::Status;
use fscc::threads::DEEP_STACK_BYTES;
use mimalloc::MiMalloc;
use std::ffi::{c_int, c_long};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::thread;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[allow(unsafe_code, reason = "decision 36: one option of the allocator is set")]
// SAFETY: the allocator is linked in, and declares the function so; it stores one number, which
// any thread may do at any time.
unsafe extern "C" {
    safe fn mi_option_set(option: c_int, value: c_long);
}

/// The number of mimalloc's option `purge_delay`: after how many milliseconds memory that nobody
/// uses is given back to the system, or [`NEVER`].
const PURGE_DELAY: c_int = 15;
const NEVER: c_long = -1;

fn main() -> ExitCode {
    mi_option_set(PURGE_DELAY, NEVER);
    let arguments = Arguments::parse();
    std::panic::set_hook(Box::new(|info| {
        eprintln!("fscc: internal error I0001 in stage {}: {info}", stage::current());
        eprintln!("This is a bug of the compiler, not of your program. Please report it.");
    }));
    let worker = thread::Builder::new().name("fscc".into()).stack_size(DEEP_STACK_BYTES);
    let run = move || {
        catch_unwind(AssertUnwindSafe(|| command::run(&arguments))).unwrap_or(Status::Internal)
    };
    match worker.spawn(run).map(thread::JoinHandle::join) {
        Ok(Ok(status)) => status.into(),
        Ok(Err(_)) => Status::Internal.into(),
        Err(error) => {
            eprintln!("fscc: cannot start a thread: {error}");
            Status::Environment.into()
        }
    }
}
