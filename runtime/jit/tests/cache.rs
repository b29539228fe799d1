//! Kept machine code: the same program comes back, and nothing else does.

use fvm_isa::{FunctionId, text};
use fvm_jit::{CacheError, Program};
use fvm_vm::{Ending, Limits, Machine, NoHost, Schedule, Value, VerifiedModule, verify};

const KEY: [u8; 32] = [7; 32];

fn module(immediate: i32) -> VerifiedModule {
    let source = format!(
        "module program \"kept\"
function f0 (i32) -> i32 registers 2 []
b0 (r0 i32):
    i32.add_imm r0, r0, {immediate}
    call r0, f1
    ret.value r0
function f1 (i32) -> i32 registers 1 []
b0 (r0 i32):
    i32.mul_imm r0, r0, 3
    ret.value r0
"
    );
    verify(text::parse(&source).expect("assembly")).expect("a good module")
}

#[test]
fn saved_code_comes_back() {
    let module = module(1);
    let program = Program::compile(&module).expect("code");
    let bytes = program.save(&module, &KEY).expect("all of it is compiled");
    let loaded = Program::load(&module, &bytes, &KEY).expect("it is authentic");
    assert_eq!(loaded.report(), program.report());
    let mut machine = Machine::new(&module, &Schedule::standard(), Limits::CONTRACT);
    let args = [Value::I32(4)];
    let outcome = machine.call_in(&loaded, FunctionId(0), &args, 10_000, &mut NoHost);
    assert_eq!(outcome.ending, Ending::Returned(Value::I32(15)));
    assert_eq!(outcome.instructions, 0);
}

#[test]
fn changed_bytes_and_other_keys_are_not_authentic() {
    let module = module(1);
    let bytes = Program::compile(&module).expect("code").save(&module, &KEY).expect("bytes");
    let load = |bytes: &[u8], key: &[u8; 32]| Program::load(&module, bytes, key).err();
    assert_eq!(load(&bytes, &[8; 32]), Some(CacheError::NotAuthentic));
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert_eq!(load(&changed, &KEY), Some(CacheError::NotAuthentic));
        assert_eq!(load(&bytes[..at], &KEY), Some(CacheError::NotAuthentic));
    }
}

#[test]
fn code_of_another_module_is_told_apart() {
    let (one, other) = (module(1), module(2));
    let bytes = Program::compile(&one).expect("code").save(&one, &KEY).expect("bytes");
    assert_eq!(Program::load(&other, &bytes, &KEY).err(), Some(CacheError::Other));
}

#[test]
fn code_that_was_late_is_not_kept() {
    let module = module(1);
    let program = Program::compile_until(&module, &|| true).expect("stubs");
    assert_eq!(program.save(&module, &KEY), None);
}
