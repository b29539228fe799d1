//! Decoded code takes memory in proportion to the module, whatever its functions look like.

use fvm_isa::{text, wire};
use fvm_threaded::Program;
use std::fmt::Write;

/// Bytes of decoded code for each byte of the module, with the copy that holds the prices.
const BYTES_EACH_MAX: usize = 24;

/// Decodes a program of one function, and gives the bytes of the module and those of the code.
fn sizes(body: &str) -> (usize, usize) {
    let source =
        format!("module program \"size\"\nfunction f0 (i32) -> i32 registers 4 []\n{body}");
    let bytes = wire::encode(&text::parse(&source).expect("assembly"));
    let module = fvm_vm::load(&bytes).expect("a good module");
    let report = Program::decode(&module).expect("code").report();
    (bytes.len(), report.code_bytes * 2 + report.table_bytes)
}

fn check(name: &str, body: &str) {
    let (wire, code) = sizes(body);
    assert!(code <= wire * BYTES_EACH_MAX, "{name}: {code} bytes of code for {wire}");
}

#[test]
fn jumps_through_branches_take_little() {
    let mut body = String::from("b0 (r0 i32):\n    jump b1\n");
    let count = 2_000;
    for block in 1..count {
        let _ = match block % 2 {
            0 => {
                writeln!(body, "b{block} (r0 i32):\n    jump b{}", ((block + 7) % (count - 1)) | 1)
            }
            _ => {
                writeln!(body, "b{block} (r0 i32):\n    i32.br_lt r0, r0, b{}, b{count}", block + 1)
            }
        };
    }
    let _ = writeln!(body, "b{count} (r0 i32):\n    ret.value r0");
    check("jumps", &body);
}

#[test]
fn calls_and_straight_code_take_little() {
    let mut body = String::from("b0 (r0 i32):\n");
    for _ in 0..5_000 {
        body.push_str("    call r0, f0\n");
    }
    body.push_str("    ret.value r0\n");
    check("calls", &body);
    let mut body = String::from("b0 (r0 i32):\n");
    for at in 0..20_000 {
        let _ = writeln!(body, "    i32.add_imm r{}, r{}, 3", (at + 1) % 2, at % 2);
    }
    body.push_str("    ret.value r0\n");
    check("straight code", &body);
}

#[test]
fn large_functions_take_as_much_for_each_instruction_as_small_ones() {
    let body = |count: usize| {
        let mut body = String::from("b0 (r0 i32):\n    const.i16 r1, 7\n    jump b1\n");
        for block in 1..=count / 8 {
            let _ = writeln!(body, "b{block} (r0 i32, r1 i32):");
            for step in 0..7 {
                let _ = writeln!(body, "    i32.mul r{}, r0, r1", step % 2);
            }
            let _ = writeln!(body, "    i32.br_lt_imm r0, 9, b{}, b1", block + 1);
        }
        let _ = writeln!(body, "b{} (r0 i32):\n    ret.value r0", count / 8 + 1);
        body
    };
    let ((small, small_code), (large, large_code)) = (sizes(&body(1_000)), sizes(&body(64_000)));
    assert!(large_code * small <= small_code * large * 11 / 10, "{large_code} bytes for {large}");
}
