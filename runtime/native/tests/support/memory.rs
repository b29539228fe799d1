// Included in the tests of each engine of machine code, with the engine as `engine`.

use fvm_isa::{FunctionId, text};
use crate::engine::Program;
use fvm_vm::{Limits, Machine, NoHost, Schedule, Value, verify};

const SOURCE: &str = "module program \"next\"
function f0 (i32) -> i32 registers 1 []
b0 (r0 i32):
    i32.add_imm r0, r0, 1
    ret.value r0
";

/// Pages of anonymous memory that can be executed, and bytes of all memory.
fn mapped() -> (usize, usize) {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("the process's own memory");
    let (mut executable, mut bytes) = (0, 0);
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let range = fields.next().and_then(|range| range.split_once('-')).expect("a range");
        let [from, to] = [range.0, range.1].map(|at| usize::from_str_radix(at, 16).expect("hex"));
        let is_executable = fields.next().is_some_and(|rights| rights.contains('x'));
        if is_executable && fields.nth(2) == Some("0") {
            executable += 1;
        }
        bytes += to - from;
    }
    (executable, bytes)
}

#[test]
fn memory_of_a_dropped_program_is_given_back() {
    let module = verify(text::parse(SOURCE).expect("assembly")).expect("a good module");
    let run = || {
        let program = Program::compile(&module).expect("code");
        let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
        machine.call_in(&program, FunctionId(0), &[Value::I32(1)], 1_000, &mut NoHost);
        let during = mapped().0;
        (program, during)
    };
    // What is allocated once for the process is there after the first.
    drop(run());
    let before = mapped();
    for _ in 0..200 {
        let (program, during) = run();
        assert_eq!(during, before.0 + 1, "one mapping of machine code");
        drop(program);
    }
    let after = mapped();
    assert_eq!(after.0, before.0);
    assert!(after.1 <= before.1 + (4 << 20), "{} bytes instead of {}", after.1, before.1);
}
