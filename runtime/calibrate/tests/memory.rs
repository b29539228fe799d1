//! Memory for each byte of hostile modules: what a module, verified and ready, takes; its decoded
//! code with the copy that holds prices; and its machine code. Every family is verified.

#[path = "../src/family.rs"]
#[allow(dead_code, reason = "stages are for the command")]
mod family;

use fvm_vm::engine::Engine;
use fvm_vm::{Limits, Machine, Schedule};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes for a byte of the module.
const BYTES_EACH_MAX: usize = 24;

/// What a piece of work keeps, and the most that it had at a time.
fn measured<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let done = work();
    let most = ALLOCATOR.peak_usage() - before;
    (done, ALLOCATOR.current_usage() - before, most)
}

fn main() {
    assert!(family::names().count() >= 30);
    let schedule = Schedule::standard();
    let mut table = String::new();
    let mut too_much = Vec::new();
    for name in family::names() {
        for size in [1_500, 4_000, 30_000] {
            let bytes = family::bytes(name, size).expect("a family");
            let mut row = format!("{name} {size}:");
            let mut note = |what: &str, kept: usize| {
                row += &format!(" {what} {:.1}", kept as f64 / bytes.len() as f64);
                if kept > bytes.len() * BYTES_EACH_MAX {
                    too_much.push(format!("{name} {size} {what}"));
                }
            };
            let (module, _, most) = measured(|| {
                let module = fvm_vm::load(&bytes).expect("a good module");
                let _ = module.code();
                module
            });
            note("verified", most);
            let program = fvm_threaded::Program::decode(&module).expect("decoded code");
            let report = program.report();
            let mut machine = Machine::new(&module, &schedule, Limits::CONTRACT);
            let (_, prices, _) = measured(|| {
                // Without gas the call ends before it begins; its code has got its prices.
                let function = fvm_isa::FunctionId(1);
                let engine: &dyn Engine = &program;
                let args = [fvm_vm::Value::I32(1)];
                machine.call_in(engine, function, &args, 0, &mut fvm_vm::NoHost)
            });
            note("decoded", report.code_bytes + report.table_bytes + prices);
            if size <= fvm_jit::limits::FUNCTION_INSTRUCTIONS_MAX {
                let program = fvm_jit::Program::compile(&module).expect("machine code");
                note("machine code", program.report().code_bytes);
            }
            table += &row;
            table.push('\n');
        }
    }
    assert!(too_much.is_empty(), "{too_much:?} of\n{table}");
}
