//! Engines by name: those that are built in run a program, others are told to be missing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program of the corpus.
fn program() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/run/programs/sudoku.scala")
}

fn run_with(engine: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
    command.args(["run", "--no-cache", "--stats", "--engine", engine]).arg(program());
    command.output().expect("the program starts")
}

#[test]
fn engines_that_are_built_in_print_the_same() {
    let expected = run_with("reference");
    assert!(expected.status.success());
    let others: &[&str] = &[
        "threaded",
        #[cfg(feature = "jit")]
        "jit",
        #[cfg(feature = "llvm")]
        "llvm",
    ];
    for engine in others {
        let found = run_with(engine);
        assert_eq!(found.stdout, expected.stdout);
        let told = String::from_utf8_lossy(&found.stderr).into_owned();
        assert!(told.starts_with(&format!("engine {engine}: ")), "{told}");
    }
}

#[test]
#[cfg(not(feature = "llvm"))]
fn an_engine_that_is_not_built_in_is_wrong_usage() {
    use fscc::engine::{Name, NotBuilt};
    assert_eq!(Name::Llvm.engine(), Err(NotBuilt(Name::Llvm)));
    let output = run_with("llvm");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let expected = "this build has no such engine; it comes with the feature `llvm`";
    assert!(told.contains(expected), "{told}");
}
