//! The workloads compute what the same algorithms in native code compute, with either engine, and
//! for the same gas.

use fscc::args::Level;
use fscc::engine::{Engine, Keep};
use fscc_tests::workload::{NAMES, Workload, result};
use fvm_vm::Schedule;

/// Inputs and results; the results are those of native code on the same inputs.
const EXPECTED: [(&str, u64, u64, u64); 8] = [
    ("fib", 27, 0, 196_418),
    ("mix", 10_000_000, 1_000_003, 9_847_333_178_381_232_109),
    ("sieve", 1_000_000, 0, 78_498),
    ("sha256", 65_536, 0, 351_083_181_679_919_152),
    ("sort", 100_000, 42, 9_338_517_331_803_494_700),
    ("matmul", 64, 10, 10_050_319_658_709_467_921),
    ("ledger", 100_000, 1_000, 14_186_372_857_951_750_801),
    ("empty", 1, 2, 3),
];

#[test]
fn workloads_compute_what_native_code_computes() {
    let schedule = Schedule::standard();
    assert_eq!(EXPECTED.map(|row| row.0), NAMES);
    for (name, a, b, expected) in EXPECTED {
        let workload = Workload::compile(name, Level::Full).unwrap_or_else(|text| panic!("{text}"));
        let reference = workload.call(&schedule, a, b);
        assert_eq!(result(&reference), Ok(expected), "{name}");
        let summary = Engine::Jit.attach(&workload.built.verified, Keep::Fresh).summary;
        assert!(summary.starts_with("engine jit"), "{name}: {summary}");
        let compiled = workload.call(&schedule, a, b);
        assert_eq!(compiled.ending, reference.ending, "{name}");
        assert_eq!(compiled.gas_used, reference.gas_used, "{name}");
        assert_eq!(compiled.memory_bytes, reference.memory_bytes, "{name}");
    }
}
