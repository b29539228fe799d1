//! Machine code in a folder: made once, told apart when somebody changed it.
#![cfg(feature = "jit")]

use fscc::machine_code::Cache;
use fvm_isa::{FunctionId, text};
use fvm_jit::Program;
use fvm_vm::{Ending, Limits, Machine, NoHost, Schedule, Value, VerifiedModule, verify};
use pretty_assertions::assert_eq;
use std::fs;
use std::path::{Path, PathBuf};

const MODULE: &str = "module program \"kept\"
function f0 (i32) -> i32 registers 1 []
b0 (r0 i32):
    i32.mul_imm r0, r0, 3
    ret.value r0
";

fn runs(module: &VerifiedModule, program: &Program) {
    let mut machine = Machine::new(module, &Schedule::standard(), Limits::CONTRACT);
    let outcome = machine.call_in(program, FunctionId(0), &[Value::I32(5)], 10_000, &mut NoHost);
    assert_eq!(outcome.ending, Ending::Returned(Value::I32(15)));
}

fn code_file(folder: &Path) -> PathBuf {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "code")).collect();
    assert_eq!(files.len(), 1, "one module, one file");
    files.remove(0)
}

#[test]
fn code_is_kept_and_a_changed_file_is_told() {
    let folder = std::env::temp_dir().join(format!("fscc-machine-code-{}", std::process::id()));
    let cache = Cache::new(&folder);
    let module = verify(text::parse(MODULE).unwrap()).unwrap();

    let (program, notes) = cache.program(&module).unwrap();
    assert_eq!(notes, Vec::<String>::new());
    runs(&module, &program);
    let file = code_file(&folder);
    let written = fs::read(&file).unwrap();

    let (program, notes) = cache.program(&module).unwrap();
    assert_eq!(notes, Vec::<String>::new());
    runs(&module, &program);

    let mut changed = written.clone();
    let last = changed.len() - 40;
    changed[last] ^= 1;
    fs::write(&file, changed).unwrap();
    let (program, notes) = cache.program(&module).unwrap();
    assert!(notes[0].contains("not authentic"), "{notes:?}");
    runs(&module, &program);
    // The file is good again.
    assert_eq!(fs::read(code_file(&folder)).unwrap(), written);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn without_a_folder_programs_run_all_the_same() {
    let cache = Cache::new("/dev/null/nowhere");
    let module = verify(text::parse(MODULE).unwrap()).unwrap();
    let (program, notes) = cache.program(&module).unwrap();
    assert!(notes[0].starts_with("machine code is not kept"), "{notes:?}");
    runs(&module, &program);
}
