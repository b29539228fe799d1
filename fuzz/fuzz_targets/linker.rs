//! The linker of modules: see `fscc_tests::targets`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fscc_tests::targets::linker(input));
