//! The corpora, one test for each file:
//!
//! - `run/`: programs print what the real Scala prints, at every level of optimisation; those of
//!   `run/libraries` also when their parts are compiled apart and linked.
//! - `spec/`: every block of the language reference does what its fence says.
//! - `ui/`: sources report exactly the codes that their marks name, and the rendered text is the
//!   snapshot beside them.
//! - `effects/`: what every method does and by which way, as text and as JSON.
//! - limits: sources nested 10,000-fold in every way end in a clean error.
//! - `twins/`: every program written with braces and with indentation gives the same tree.
//! - `examples/`: contracts compile, their suites pass at every level with the same events,
//!   Stories; the ABI is the snapshot in `abi/`, the bytecode of the contract's own methods the
//!   one in `bytecode/`.
//! - `ledger/`: suites about what the ledger promises pass at every level.

use fscc::args::{Level, MessageFormat};
use fscc::compilation::{Built, Checked, Root, Sources, check};
use fscc::engine::{Engine, Keep};
use fscc::runner::Watch;
use fscc::status::Status;
use fscc::suites::Plan;
use fscc::{effects_json, render, runner, suites};
use fscc_base::Alone;
use fscc_base::{Diagnostic, FileId, SourceFile};
use fscc_ir::{Module, pass};
use fscc_lower::Prepared;
use fscc_sema::effects;
use fscc_tests::generate::{NESTINGS, indented};
use fscc_tests::linked::check_parts;
use fscc_tests::spec::{self, Block, Expectation};
use fscc_tests::{
    Mark, every_label_speaks, files, folders, marks, name_of, on_large_stack, root, snapshot,
};
use fvm_vm::Schedule;
use libtest_mimic::{Arguments, Failed, Trial};
use pretty_assertions::assert_eq;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What programs are optimised by.
#[derive(Clone, Copy, PartialEq)]
enum Passes {
    /// Those of a level, as everybody gets them.
    Of(Level),
    /// Those of -O2 for large modules, however small the program is.
    OfLarge,
}

const PASSES: [Passes; 3] = [Passes::Of(Level::None), Passes::Of(Level::Full), Passes::OfLarge];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for path in files(&root().join("tests/run"), "scala") {
        for passes in PASSES {
            trials.push(trial(&path, &format!(" {}", passes.name()), move |path| {
                run_program(path, passes)
            }));
        }
    }
    for path in files(&root().join("tests/run/libraries"), "scala") {
        for level in [Level::None, Level::Full] {
            let suffix = format!(" linked {}", Passes::Of(level).name());
            trials.push(trial(&path, &suffix, move |path| run_linked(path, level)));
        }
    }
    for folder in ["tests/spec", "tests/refused"] {
        for page in files(&root().join(folder), "md") {
            trials.extend(page_trials(&page));
        }
    }
    for path in files(&root().join("tests/ui"), "scala") {
        trials.push(trial(&path, "", report));
    }
    for path in files(&root().join("tests/effects"), "scala") {
        trials.push(trial(&path, "", effect_report));
    }
    for kind in ["braces", "indented"] {
        let folder = root().join("tests/twins").join(kind);
        for path in files(&folder, "scala") {
            let below = path.strip_prefix(&folder).expect("a twin lies in its folder");
            let original = match below.strip_prefix("examples") {
                Ok(_) => root().join(below),
                Err(_) => root().join("tests").join(below),
            };
            trials.push(trial(&path, "", move |path| twin(path, &original)));
        }
    }
    for nesting in NESTINGS {
        trials.push(nested(nesting.name, || nesting.source(DEPTH)));
    }
    trials.push(nested("indentation", || indented(DEPTH)));
    for path in files(&root().join("tests/ledger"), "scala") {
        if !path.components().any(|part| part.as_os_str() == "world") {
            trials.push(trial(&path, "", |path| suites_pass(&[path.to_path_buf()]).map(|_| ())));
        }
    }
    for folder in folders(&root().join("examples")) {
        trials.push(trial(&folder, "", example));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(
    path: &Path,
    suffix: &str,
    test: impl FnOnce(&Path) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let path = path.to_path_buf();
    Trial::test(format!("{}{suffix}", name_of(&path)), move || on_large_stack(move || test(&path)))
}

/// Deeper than any declared limit.
const DEPTH: usize = 10_000;

/// A source nested far too deep is refused, or accepted, but nothing panics or overflows.
fn nested(name: &str, source: impl FnOnce() -> String + Send + 'static) -> Trial {
    Trial::test(format!("limits/{name}"), move || {
        let source = source();
        on_large_stack(move || {
            let checked = check(Sources::of_text("nested.scala", &source));
            match checked.diagnostics.len() {
                0 => Ok(()),
                // One mistake, few messages.
                1..=20 => Ok(()),
                many => Err(format!("{many} diagnostics").into()),
            }
        })
    })
}

impl Passes {
    fn name(self) -> &'static str {
        match self {
            Passes::Of(Level::None) => "-O0",
            Passes::Of(Level::Some) => "-O1",
            Passes::Of(Level::Full) => "-O2",
            Passes::OfLarge => "-O2 large",
        }
    }

    fn run(self, checked: &Checked, module: &mut Module) {
        match self {
            Passes::Of(level) => checked.optimize(module, level),
            Passes::OfLarge => {
                let order = pass::order(pass::Level::O2, usize::MAX);
                pass::optimize_in_order(module, &order, &Alone, &mut |_, _| {});
            }
        }
    }
}

fn read(path: &Path) -> Result<Checked, Failed> {
    let text = fs::read_to_string(path)?;
    let mut sources = Sources::of_text(&name_of(path), &text);
    if path.parent().is_some_and(|folder| folder.ends_with("ui/library")) {
        sources = sources.as_library("rates");
    }
    Ok(check(with_lock(sources, &path.with_extension("lock"))))
}

/// The sources with the effects that are recorded in this file, if it exists.
fn with_lock(sources: Sources, lock: &Path) -> Sources {
    match fs::read_to_string(lock) {
        Ok(text) => sources.with_lock(&name_of(lock), &text),
        Err(_) => sources,
    }
}

/// One test for each block of a page.
fn page_trials(page: &Path) -> Vec<Trial> {
    let text = fs::read_to_string(page).map_err(|error| error.to_string());
    match text.and_then(|text| spec::blocks(&text)) {
        Ok(blocks) => blocks
            .into_iter()
            .map(|block| {
                let suffix = format!(":{}", block.line);
                trial(page, &suffix, move |page| run_block(page, &block))
            })
            .collect(),
        Err(problem) => vec![trial(page, "", move |_| Err(problem.into()))],
    }
}

/// The block does what its fence says.
fn run_block(page: &Path, block: &Block) -> Result<(), Failed> {
    let name = name_of(page);
    let checked = || check(Sources::of_text(&name, &block.source));
    match block.expectation {
        Expectation::Run => {
            let checked = checked();
            for passes in PASSES {
                let (mut printed, failure) = run_checked(&checked, passes)?;
                if let Some(failure) = failure {
                    printed.push_str(&failure);
                    printed.push('\n');
                }
                assert_eq!(block.output, printed, "with {}", passes.name());
            }
            Ok(())
        }
        Expectation::Check => match checked() {
            checked if checked.diagnostics.is_empty() => Ok(()),
            checked => Err(rendered(&checked).into()),
        },
        Expectation::Suite => all_pass(checked()).map(|_| ()),
        Expectation::Error | Expectation::Refused => {
            let checked = checked();
            let expected = marks(&block.source);
            if expected.is_empty() {
                return Err("a block that is refused needs a mark".into());
            }
            assert_eq!(expected, reported(&checked), "{}", rendered(&checked));
            every_label_speaks(&checked)?;
            Ok(())
        }
    }
}

/// The program prints its `.expected` and fails as its `.expected-exit` says.
fn run_program(path: &Path, passes: Passes) -> Result<(), Failed> {
    prints_what_scala_prints(path, run_checked(&read(path)?, passes)?)
}

/// The parts of a file, compiled apart and linked, do the same as in one unit.
fn run_linked(path: &Path, level: Level) -> Result<(), Failed> {
    let (checked, _) = check_parts(&name_of(path), &fs::read_to_string(path)?, level)?;
    prints_what_scala_prints(path, run_checked(&checked, Passes::Of(level))?)
}

fn prints_what_scala_prints(
    path: &Path,
    (printed, failure): (String, Option<String>),
) -> Result<(), Failed> {
    let expected = fs::read_to_string(path.with_extension("expected"))?;
    assert_eq!(expected, printed, "{}", failure.clone().unwrap_or_default());
    let exit = fs::read_to_string(path.with_extension("expected-exit")).ok();
    let expected = exit.as_deref().and_then(|text| text.lines().nth(1));
    assert_eq!(expected, failure.as_deref());
    Ok(())
}

/// What the program prints, and the first line about an exception that leaves `main`. At -O2 all
/// engines do the same, for the same gas, in the same memory.
fn run_checked(checked: &Checked, passes: Passes) -> Result<(String, Option<String>), Failed> {
    if checked.status() != Status::Success {
        return Err(rendered(checked).into());
    }
    let main = choose_main(checked).ok_or("there is no `main`")?;
    let prepared = checked.prepared();
    let mut module = checked.lower(&prepared, main);
    checked.check_libraries(&module).map_err(|error| error.message)?;
    passes.run(checked, &mut module);
    let built = checked.generate(module, main, String::new());
    let mut built = built.map_err(|error| error.message)?;
    let run = |built: &Built| {
        let mut printed = Vec::new();
        let run = runner::run(built, &Schedule::standard(), None, &mut printed, Watch::Nobody);
        (printed, runner::Run { instructions: 0, moves: 0, ..run })
    };
    let reference = run(&built);
    let others = if passes == Passes::Of(Level::Full) { Engine::OTHERS } else { &[] };
    for engine in others {
        let loaded = checked.sources.libraries.load(&built.bytes);
        built.verified = loaded.map_err(|error| error.to_string())?;
        engine.attach(&built.verified, Keep::Fresh);
        assert_eq!(reference, run(&built), "the {engine:?} engine differs");
    }
    let (printed, run) = reference;
    let failure = run.failure.as_deref().and_then(|text| text.lines().next());
    Ok((String::from_utf8(printed)?, failure.map(str::to_string)))
}

fn choose_main(checked: &Checked) -> Option<Root> {
    let mains = &checked.program.mains;
    let roots: Vec<Root> = mains.iter().map(|method| Root::Program(*method)).collect();
    let test = roots.iter().copied().find(|root| checked.name(*root) == "Test");
    test.or(roots.first().copied())
}

fn rendered(checked: &Checked) -> String {
    render::render(&checked.diagnostics, &checked.sources.map, MessageFormat::Human, false)
}

/// The source reports what its marks name.
fn report(path: &Path) -> Result<(), Failed> {
    let checked = read(path)?;
    let expected = marks(&fs::read_to_string(path)?);
    assert_eq!(expected, reported(&checked), "{}", rendered(&checked));
    snapshot(path, "", rendered(&checked));
    Ok(())
}

/// Codes and lines of what was reported, as marks are written.
fn reported(checked: &Checked) -> Vec<Mark> {
    // What is reported in `effects.lock` has no marks, only the snapshot.
    let is_marked = |diagnostic: &&Diagnostic| Some(diagnostic.span().file) != checked.sources.lock;
    let mut found: Vec<Mark> = checked
        .diagnostics
        .iter()
        .filter(is_marked)
        .map(|diagnostic| {
            let place = checked.sources.map.place(diagnostic.span());
            let line = place.map_or(0, |(_, at)| at.line);
            Mark { line, code: diagnostic.code.as_str().to_string() }
        })
        .collect();
    found.sort();
    found
}

/// The two notations of a program are the same tree.
fn twin(path: &Path, original: &Path) -> Result<(), Failed> {
    let tree = |path: &Path| -> Result<String, Failed> {
        let file = SourceFile::new(name_of(path), fs::read_to_string(path)?);
        let parsed = fscc_syntax::parse(FileId::from_u32(0), &file);
        match parsed.diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
            Some(error) => Err(format!("{}: {}", file.name, error.message).into()),
            None => Ok(fscc_syntax::print(&parsed.unit)),
        }
    };
    assert_eq!(tree(original)?, tree(path)?);
    Ok(())
}

/// All contracts of the folder compile and all tests of its suites pass, everywhere the same.
fn example(folder: &Path) -> Result<(), Failed> {
    let checked = suites_pass(&files(folder, "scala"))?;
    effects_are_recorded(&checked)?;
    snapshot_contracts(&checked)
}

/// `effects.lock` of an example is what `fscc check --lock-effects` writes.
fn effects_are_recorded(checked: &Checked) -> Result<(), Failed> {
    let lock = checked.sources.lock.ok_or("there is no effects.lock")?;
    let methods = effects::report(&checked.program, &checked.effects);
    let written = effects::lock_text(&checked.program, &methods);
    assert_eq!(checked.sources.map.file(lock).text, written);
    Ok(())
}

/// The effects of every method, as text and as JSON.
fn effect_report(path: &Path) -> Result<(), Failed> {
    let checked = read(path)?;
    let methods = effects::report(&checked.program, &checked.effects);
    snapshot(path, "", effects::print(&methods, &checked.sources.map));
    snapshot(path, ".json", effects_json::render(&methods, &checked.sources.map));
    Ok(())
}

/// All tests of a unit pass, and show the same at all levels.
fn suites_pass(unit: &[PathBuf]) -> Result<Checked, Failed> {
    all_pass(check(named(unit)?))
}

/// The same for a unit that is checked already.
fn all_pass(checked: Checked) -> Result<Checked, Failed> {
    if checked.status() != Status::Success {
        return Err(rendered(&checked).into());
    }
    let mut before: Option<Vec<suites::TestReport>> = None;
    for level in [Level::None, Level::Full] {
        let schedule = Schedule::standard();
        let run = |engine| match suites::run(&checked, &Plan::new(level, &schedule, engine)) {
            Ok(tested) => Ok(tested.reports),
            Err(error) => Err(error.message),
        };
        let reports = run(Engine::Reference)?;
        for engine in if level == Level::Full { Engine::OTHERS } else { &[] } {
            let counted = |report| suites::TestReport { instructions: 0, ..report };
            let expected: Vec<_> = reports.iter().cloned().map(counted).collect();
            let found: Vec<_> = run(*engine)?.into_iter().map(counted).collect();
            assert_eq!(expected, found, "the {engine:?} engine differs");
        }
        for report in &reports {
            if let Some(failure) = &report.failure {
                let name = Passes::Of(level).name();
                return Err(format!("{} at {name}: {failure}", report.name).into());
            }
        }
        if reports.is_empty() {
            return Err("there is no test".into());
        }
        let shown: Vec<_> = reports.into_iter().map(without_costs).collect();
        if let Some(before) = &before {
            assert_eq!(before, &shown, "-O0 and -O2 differ");
        }
        before = Some(shown);
    }
    Ok(checked)
}

/// The sources of a unit, named as seen from the root of the repository.
fn named(unit: &[PathBuf]) -> Result<Sources, Failed> {
    let mut texts = Vec::new();
    for path in unit {
        texts.push((name_of(path), fs::read_to_string(path)?));
    }
    let lock = unit.first().map(|path| path.with_file_name("effects.lock")).unwrap_or_default();
    Ok(with_lock(Sources::of_texts(&texts), &lock))
}

/// A report without what optimisation is allowed to change.
fn without_costs(report: suites::TestReport) -> suites::TestReport {
    let (measurements, methods) = (Vec::new(), Vec::new());
    suites::TestReport { gas_used: 0, instructions: 0, measurements, methods, ..report }
}

/// Every contract against two snapshots: what others see of it, and what its methods became.
fn snapshot_contracts(checked: &Checked) -> Result<(), Failed> {
    let prepared = Prepared::new(&checked.program);
    for class in &checked.program.contracts {
        let built = checked
            .build(&prepared, Root::Contract(*class), Level::Full)
            .map_err(|error| error.message)?;
        let module = built.module();
        let name = module.name.rsplit('.').next().unwrap_or(&module.name);
        let text = String::from_utf8(module.abi.clone())?;
        snapshot(&root().join("tests/abi").join(name), "", text);
        let code = own_code(&fvm_isa::text::print(module, Some(&built.debug)), module);
        snapshot(&root().join("tests/bytecode").join(name), "", code);
    }
    Ok(())
}

/// The assembly of the contract's own methods and of the wrappers around its entries, without the
/// library and the codecs. Lines of the library's files are left out: an edit of the library that
/// changes no code changes no snapshot.
fn own_code(assembly: &str, module: &fvm_isa::Module) -> String {
    let prefix = format!("{}.", module.name);
    let mut is_own = false;
    let mut own = String::new();
    for line in assembly.lines() {
        if line.starts_with("function ") {
            let name = line.split_once(" ; ").map_or("", |(_, name)| name);
            is_own = name.starts_with(&prefix);
        }
        if is_own {
            own.push_str(match line.rsplit_once(" ; <stdlib>/") {
                Some(_) => line.rsplit_once(':').map_or(line, |(file, _)| file),
                None => line,
            });
            own.push('\n');
        }
    }
    own
}
