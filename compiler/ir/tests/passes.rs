//! Every file `tests/ir/<pass>/*.ssa` is a test: the module is read, the passes of its header run,
//! and the text afterwards is compared with the snapshot beside the file. The functions named in
//! the header are evaluated before and after each pass and after whole optimisation, and must show
//! the same.
//!
//! Header lines: `// passes: constants, dead` and any number of `// eval: name 1 2L` with
//! arguments of type i32 or i64.

use fscc_ir::check::check;
use fscc_ir::eval::{Limits, Outcome, eval, func_named};
use fscc_ir::fold::Const;
use fscc_ir::module::Module;
use fscc_ir::pass::{Level, lookup, optimize_in_order, order, run_pass};
use fscc_ir::text::{parse, print};
use std::path::{Path, PathBuf};

fn directive<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("// "));
    lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim).collect()
}

fn argument(text: &str) -> Const {
    match text.strip_suffix('L') {
        Some(digits) => Const::I64(digits.parse().expect("an argument is an integer")),
        None => Const::I32(text.parse().expect("an argument is an integer")),
    }
}

/// The outcomes of the calls of the header; functions that are gone are left out.
fn outcomes(module: &Module, calls: &[&str]) -> Vec<(String, Outcome)> {
    let mut outcomes = Vec::new();
    for call in calls {
        let mut words = call.split_whitespace();
        let Some(func) = words.next().and_then(|name| func_named(module, name)) else { continue };
        let args: Vec<Const> = words.map(argument).collect();
        outcomes.push(((*call).to_owned(), eval(module, func, &args, Limits::default())));
    }
    outcomes
}

fn assert_same(before: &[(String, Outcome)], module: &Module, calls: &[&str], when: &str) {
    for (call, outcome) in outcomes(module, calls) {
        let (_, expected) =
            before.iter().find(|(name, _)| *name == call).expect("the call ran before");
        assert_eq!(
            expected.observed(),
            outcome.observed(),
            "`{call}` after {when}\n{}",
            print(module)
        );
    }
}

fn run_file(path: &Path) {
    let text = std::fs::read_to_string(path).expect("the test file can be read");
    let mut module = parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let printed = print(&module);
    assert_eq!(print(&parse(&printed).expect("what was printed can be read")), printed);
    let errors = check(&module);
    assert!(errors.is_empty(), "{}: {}", path.display(), errors[0]);

    let calls = directive(&text, "eval");
    let before = outcomes(&module, &calls);
    assert_eq!(before.len(), calls.len(), "{}: an `eval` names no function", path.display());
    let original = module.clone();
    for name in directive(&text, "passes").iter().flat_map(|names| names.split(',')).map(str::trim)
    {
        run_pass(&mut module, lookup(name).expect("the header names passes"));
        let errors = check(&module);
        assert!(errors.is_empty(), "{}: {name}: {}\n{}", path.display(), errors[0], print(&module));
        assert_same(&before, &module, &calls, name);
    }
    for (level, size) in [(Level::O0, 0), (Level::O1, 0), (Level::O2, 0), (Level::O2, usize::MAX)] {
        let (mut optimised, order) = (original.clone(), order(level, size));
        optimize_in_order(&mut optimised, &order, &fscc_base::Alone, &mut |name, module| {
            assert_same(&before, module, &calls, name)
        });
    }
    let mut snapshot = print(&module);
    for (call, outcome) in &before {
        snapshot.push_str(&format!("\n// {call}: {outcome}"));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.parent().expect("a file is in a folder"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    settings.bind(|| insta::assert_snapshot!(stem, snapshot));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    paths
}

#[test]
fn ssa_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/ir");
    let mut count = 0;
    for folder in files(&root).iter().filter(|path| path.is_dir()) {
        for path in
            files(folder).iter().filter(|path| path.extension().is_some_and(|end| end == "ssa"))
        {
            run_file(path);
            count += 1;
        }
    }
    assert!(count > 0, "there are no tests in {}", root.display());
}
