//! The workloads compute what the same algorithms in native code compute, with every engine, and for
//! the same gas.

use fscc::args::Level;
use fscc::engine::{Engine, Keep};
use fscc_tests::workload::{WORKLOADS, Workload, result};
use fvm_vm::Schedule;

/// The results of native code on the same inputs.
const EXPECTED: [u64; 8] = [
    196_418,
    9_847_333_178_381_232_109,
    78_498,
    351_083_181_679_919_152,
    9_338_517_331_803_494_700,
    10_050_319_658_709_467_921,
    14_186_372_857_951_750_801,
    3,
];

#[test]
fn workloads_compute_what_native_code_computes() {
    let schedule = Schedule::standard();
    for ((name, a, b), expected) in WORKLOADS.into_iter().zip(EXPECTED) {
        let mut workload =
            Workload::compile(name, Level::Full).unwrap_or_else(|text| panic!("{text}"));
        let reference = workload.call(&schedule, a, b);
        assert_eq!(result(&reference), Ok(expected), "{name}");
        for engine in Engine::OTHERS {
            let built = &mut workload.built;
            built.verified = fvm_vm::load(&built.bytes).expect("a good module");
            let summary = engine.attach(&built.verified, Keep::Fresh).summary;
            assert!(!summary.starts_with("engine reference"), "{name}: {summary}");
            let found = workload.call(&schedule, a, b);
            assert_eq!(found.ending, reference.ending, "{name}");
            assert_eq!(found.gas_used, reference.gas_used, "{name}");
            assert_eq!(found.memory_bytes, reference.memory_bytes, "{name}");
        }
    }
}
