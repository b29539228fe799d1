//! What the tools show of a program's cost: profiles account for all gas and every instruction
//! once, and text, flame graph, assembly and flow graphs say what they say.
//!
//! Snapshots are taken without optimisation, so that they show the tool and not the optimiser.

use fscc::args::Level;
use fscc::compilation::{Built, Checked, Root, Sources, check};
use fscc::engine::Engine;
use fscc::profiled::{self, Profiled};
use fscc::runner::{self, Run, Watch};
use fscc::suites::{self, Plan};
use fscc_lower::Prepared;
use fscc_tests::{files, on_large_stack, root};
use fvm_vm::{Profile, Schedule};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::ExitCode;

type Test = fn() -> Result<(), Failed>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tests: [(&str, Test); 6] = [
        ("profiles account for all gas of the corpus", profiles_account_for_all_gas_of_the_corpus),
        ("profiles account for gas that runs out", profiles_account_for_gas_that_runs_out),
        ("text of a profile", text_of_a_profile),
        ("no flame graph of nothing", no_flame_graph_of_nothing),
        ("profiles of contracts", profiles_of_contracts),
        ("code with prices and flow graphs", code_with_prices_and_flow_graphs),
    ];
    let trial = |(name, test): &(&str, Test)| {
        let test = *test;
        Trial::test(*name, move || on_large_stack(test))
    };
    libtest_mimic::run(&arguments, tests.iter().map(trial).collect()).exit_code()
}

fn checked(path: &str) -> Checked {
    let text = std::fs::read_to_string(root().join(path)).expect("the source is there");
    let checked = check(Sources::of_text(path, &text));
    assert!(checked.diagnostics.is_empty(), "{path} is not clean");
    checked
}

fn built(checked: &Checked, level: Level) -> Built {
    let prepared = Prepared::new(&checked.program);
    let main = checked.program.mains[0];
    checked.build(&prepared, Root::Program(main), level).expect("the program can be built")
}

fn run(built: &Built, gas: Option<u64>, watch: Watch<'_>) -> Run {
    runner::run(built, &Schedule::standard(), gas, &mut Vec::new(), watch)
}

fn profiled(built: &Built, gas: Option<u64>) -> (Run, Profile) {
    let mut profile = Profile::new(&built.verified, &Schedule::standard());
    let run = run(built, gas, Watch::Profile(&mut profile));
    (run, profile)
}

/// Everything is accounted for once, by place, by way and by function.
fn assert_complete(run: &Run, profile: &Profile) {
    assert_eq!(profile.sum().gas, run.gas_used);
    let by_place: u64 = profile.places().map(|(_, cost)| cost.gas).sum();
    let by_way: u64 = profile.stacks().map(|(_, cost)| cost.gas).sum();
    let by_function: u64 = profile.functions().iter().map(|function| function.own.gas).sum();
    assert_eq!(by_place + profile.unexecuted(), run.gas_used);
    assert_eq!(by_way, by_place);
    assert_eq!(by_function, by_place);
    assert!(profile.functions().iter().all(|function| function.total.gas >= function.own.gas));
    // The machine counts blocks that were entered, the profile what was executed.
    assert!(profile.sum().instructions <= run.instructions);
}

fn profiles_account_for_all_gas_of_the_corpus() -> Result<(), Failed> {
    let mut count = 0;
    for folder in ["tests/run/rules", "tests/run/closures", "tests/run/recursion", "tests/insight"]
    {
        for path in files(&root().join(folder), "scala") {
            let path = path.strip_prefix(root()).unwrap_or(&path).to_path_buf();
            let checked = checked(&path.to_string_lossy());
            let built = built(&checked, Level::Full);
            let expected = run(&built, None, Watch::Nobody);
            let (found, profile) = profiled(&built, None);
            assert_eq!(found, expected, "{}", path.display());
            assert_complete(&found, &profile);
            count += 1;
        }
    }
    assert!(count > 50, "{count} programs");
    Ok(())
}

fn profiles_account_for_gas_that_runs_out() -> Result<(), Failed> {
    let checked = checked("tests/insight/calls.scala");
    let built = built(&checked, Level::Full);
    let whole = run(&built, None, Watch::Nobody).gas_used;
    for gas in (0..=whole).step_by(whole as usize / 300 + 1) {
        let (found, profile) = profiled(&built, Some(gas));
        assert_eq!(found.gas_used, gas);
        assert_complete(&found, &profile);
    }
    Ok(())
}

/// The profile of `calls.scala` as text, and its calls in the form for flame graphs.
fn text_of_a_profile() -> Result<(), Failed> {
    let checked = checked("tests/insight/calls.scala");
    let built = built(&checked, Level::None);
    let (_, profile) = profiled(&built, None);
    let modules = [Profiled { name: "Calls".to_string(), debug: built.debug, profile }];
    snapshot("calls.profile", &profiled::text(&modules, &checked.sources.map));
    snapshot("calls.folded", &profiled::folded(&modules).join("\n"));
    let svg = profiled::flame_graph(&modules, "Gas").expect("there are calls");
    assert_eq!(svg, profiled::flame_graph(&modules, "Gas").expect("there are calls"));
    assert!(svg.contains("<svg") && svg.contains("Calls$.fib"));
    Ok(())
}

/// Nothing that ran gives a clear message instead of a picture.
fn no_flame_graph_of_nothing() -> Result<(), Failed> {
    let problem = profiled::flame_graph(&[], "Gas").expect_err("there is nothing to show");
    assert!(problem.starts_with("no flame graph"), "{problem}");
    Ok(())
}

/// Contracts of a suite, message by message.
fn profiles_of_contracts() -> Result<(), Failed> {
    let sources = Sources::read(&files(&root().join("examples/escrow"), "scala"));
    let checked = check(sources.expect("the example is there"));
    let schedule = Schedule::standard();
    let plan = Plan::new(Level::Full, &schedule, Engine::Reference);
    let tested = suites::run(&checked, &Plan { is_profiled: true, ..plan });
    let tested = tested.unwrap_or_else(|error| panic!("{}", error.message));
    let [escrow] = &tested.profiles[..] else { panic!("one contract") };
    assert_eq!(escrow.name, "examples.Escrow");
    let by_message: u64 = tested.reports.iter().map(|report| report.gas_used).sum();
    assert_eq!(escrow.profile.sum().gas, by_message);
    let text = profiled::text(&tested.profiles, &checked.sources.map);
    assert!(text.contains("Escrow.scala:"), "{text}");
    Ok(())
}

/// Assembly with prices, and flow graphs.
fn code_with_prices_and_flow_graphs() -> Result<(), Failed> {
    let checked = checked("tests/workloads/fib.scala");
    let prepared = Prepared::new(&checked.program);
    let contract = Root::Contract(checked.program.contracts[0]);
    let built = checked.build(&prepared, contract, Level::None).expect("it can be built");
    let schedule = Schedule::standard();
    let price = |opcode| schedule.price(opcode);
    let debug = Some(&built.debug);
    let priced = fvm_isa::text::print_priced(built.module(), debug, &price);
    let read = fvm_isa::text::parse(&priced).expect("comments are no part of the text");
    assert_eq!(&read, built.module());
    let functions = priced.split("\nfunction ").skip(1);
    snapshot("fib.priced", named(functions, "; Fib.fib"));
    let dot = fscc_ir::text::dot(&checked.lower(&prepared, contract));
    assert!(dot.starts_with("digraph") && dot.ends_with("}\n"));
    let clusters = dot.split("  subgraph ").skip(1);
    snapshot("fib.dot", named(clusters, " Fib.fib\";"));
    Ok(())
}

/// The part whose head holds this name.
fn named<'t>(parts: impl Iterator<Item = &'t str>, name: &str) -> &'t str {
    let mut found = parts.filter(|part| part.lines().take(2).any(|line| line.ends_with(name)));
    found.next().expect("the function is there")
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("insight");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
