//! Libraries on the ledger: uploaded once under the hash of their module, linked by hash into the
//! contracts that import them, and refused where they do not fit.

use fscc::args::Level;
use fscc::compilation::{Root, Sources, check};
use fscc::engine::Engine;
use fscc::status::Status;
use fscc::suites::{self, Plan, TestReport};
use fscc_base::{Diagnostic, codes};
use fscc_tests::chain::{Chain, Package, address, endings, sign};
use fscc_tests::linked::{check_parts, parts};
use fscc_tests::{on_large_stack, root, schema};
use fvm_isa::wire::code_hash;
use fvm_ledger::account::{Key, SYSTEM};
use fvm_ledger::genesis::Changes;
use fvm_ledger::transaction::Action;
use fvm_vm::Schedule;
use pretty_assertions::assert_eq;
use std::fs;
use std::sync::LazyLock;

const CLASS: &str = "savings.Savings";

fn source() -> String {
    fs::read_to_string(root().join("tests/libraries/savings.scala")).expect("it is there")
}

/// The contract, and the libraries that it imports.
static BUILT: LazyLock<(Package, Vec<Vec<u8>>)> = LazyLock::new(|| {
    let compile = || {
        let (checked, libraries) = check_parts("savings.scala", &source(), Level::Full)?;
        let root = Root::Contract(checked.program.contracts[0]);
        let built = checked.build(&checked.prepared(), root, Level::Full);
        let built = built.map_err(|found| found.message)?;
        let needed: Vec<Vec<u8>> = built.libraries.into_iter().map(|(_, bytes)| bytes).collect();
        assert_eq!(needed, libraries);
        let modules = [(CLASS.to_owned(), built.bytes)].into();
        Ok((Package { modules }, libraries))
    };
    on_large_stack(compile).expect("it compiles")
});

/// Uploads modules as one package; gives how that ended.
fn upload(chain: &mut Chain, modules: Vec<Vec<u8>>) -> String {
    let mut transaction = chain.transaction("alice", vec![Action::Upload { package: modules }]);
    transaction.gas = chain.ledger.parameters().message_gas_max();
    let receipts = chain.block(vec![sign("alice", transaction)]);
    endings(&receipts).pop().expect("the upload")
}

fn amount(coins: &str) -> u128 {
    fvm_abi::read::amount("coins", coins).expect("coins")
}

#[test]
fn a_contract_calls_the_library_that_it_was_linked_with() {
    let (package, libraries) = &*BUILT;
    let mut chain = Chain::new(Changes::default());
    // The contract needs the library to be there.
    let refused = upload(&mut chain, package.modules.values().cloned().collect());
    let hash = code_hash(&libraries[0]);
    assert!(refused.contains("there is no library 0x"), "{refused}");
    assert_eq!(upload(&mut chain, libraries.clone()), "done");
    chain.upload(package);
    // What is stored is what was uploaded, under its own hash.
    let stored = chain.ledger.stored(SYSTEM, &Key::code(&hash)).expect("readable");
    let stored: fvm_ledger::code::StoredCode =
        borsh::from_slice(&stored.expect("it is there")).expect("code");
    assert_eq!(&stored.module, &libraries[0]);

    let savings = chain.deploy(package, CLASS, &10i32.to_be_bytes());
    let all = amount("100.fsc");
    let put = package.call(savings, (CLASS, "put"), &[], all);
    assert_eq!(endings(&chain.act("alice", put)), ["done", "done"]);
    let after = package.method(CLASS, "after");
    let (answer, _) =
        chain.ledger.query(savings, after, &2i32.to_be_bytes(), 1_000_000_000).expect("readable");
    assert_eq!(answer, Ok(amount("121.fsc").to_be_bytes().to_vec()));
    // A precondition of the library ends the message, and says so.
    let other = package.call(savings, (CLASS, "other"), &101i32.to_be_bytes(), 0);
    let failed = endings(&chain.act("alice", other)).pop().expect("a receipt");
    let text = "java.lang.IllegalArgumentException: requirement failed: no such percentage";
    assert!(failed.contains(text), "{failed}");
}

#[test]
fn a_library_is_kept_once_whoever_uploads_it() {
    let (_, libraries) = &*BUILT;
    let mut chain = Chain::new(Changes::default());
    let deposit = |chain: &Chain| {
        let account = chain.ledger.account(SYSTEM).expect("readable");
        account.map_or((0, 0), |account| (account.deposit, account.bytes))
    };
    assert_eq!(upload(&mut chain, libraries.clone()), "done");
    let first = deposit(&chain);
    assert!(first.0 > 0 && first.1 > 0);
    assert_eq!(upload(&mut chain, libraries.clone()), "done");
    assert_eq!(deposit(&chain), first);
}

#[test]
fn a_library_is_no_contract_and_no_part_of_a_package() {
    let (package, libraries) = &*BUILT;
    let mut chain = Chain::new(Changes::default());
    assert_eq!(upload(&mut chain, libraries.clone()), "done");
    let code = code_hash(&libraries[0]);
    let deploy = Action::Deploy { code, arguments: Vec::new(), value: 0 };
    let receipts = chain.act("alice", deploy);
    assert!(endings(&receipts)[1].contains("NoContract"), "{:?}", endings(&receipts));
    assert!(chain.ledger.account(address("nobody")).expect("readable").is_none());
    let both = package.modules.values().chain(libraries).cloned().collect();
    let refused = upload(&mut chain, both);
    assert!(refused.contains("is no contract"), "{refused}");
}

#[test]
fn a_library_with_effects_is_not_kept() {
    let mut library = fvm_isa::wire::decode(&BUILT.1[0]).expect("a module");
    library.functions[0].row = fvm_isa::Row::READ;
    let mut chain = Chain::new(Changes::default());
    let refused = upload(&mut chain, vec![fvm_isa::wire::encode(&library)]);
    assert!(refused.contains("the library `rates` has effects"), "{refused}");
}

#[test]
fn linked_bytes_are_paid_for() {
    let (package, libraries) = &*BUILT;
    let mut chain = Chain::new(Changes::default());
    assert_eq!(upload(&mut chain, libraries.clone()), "done");
    let contract: Vec<Vec<u8>> = package.modules.values().cloned().collect();
    let byte_gas = chain.ledger.parameters().upload_byte_gas;
    let mut transaction =
        chain.transaction("alice", vec![Action::Upload { package: contract.clone() }]);
    // Enough for the contract and half of the library.
    let bytes = contract[0].len() + libraries[0].len() / 2;
    transaction.gas = 3_000_000 + byte_gas * bytes as u64;
    let receipts = chain.block(vec![sign("alice", transaction)]);
    let ended = endings(&receipts).pop().expect("a receipt");
    assert!(ended.contains("OutOfGas"), "{ended}");
}

/// What optimisation and linking are allowed to change.
fn without_costs(report: TestReport) -> TestReport {
    TestReport {
        gas_used: 0,
        instructions: 0,
        measurements: Vec::new(),
        stack: Vec::new(),
        methods: Vec::new(),
        ..report
    }
}

#[test]
fn a_suite_passes_linked_as_in_one_unit() {
    let tests = || {
        let text = source();
        let whole = check(Sources::of_text("whole", &text));
        assert_eq!(parts(&text).len(), 2);
        let mut all = Vec::new();
        for level in [Level::None, Level::Full] {
            let (linked, _) = check_parts("savings.scala", &text, level)?;
            for checked in [&whole, &linked] {
                for engine in [Engine::Reference, Engine::Threaded] {
                    let schedule = Schedule::standard();
                    let plan = Plan::new(level, &schedule, engine);
                    let tested = suites::run(checked, &plan).map_err(|found| found.message)?;
                    all.push(tested.reports.into_iter().map(without_costs).collect::<Vec<_>>());
                }
            }
        }
        for reports in &all {
            assert_eq!(reports, &all[0]);
            assert_eq!(reports.len(), 3);
            assert!(reports.iter().all(|report| report.failure.is_none()), "{reports:?}");
        }
        Ok(())
    };
    on_large_stack(tests).expect("they pass");
}

#[test]
fn the_interface_is_of_its_schema() {
    let library = fvm_isa::wire::decode(&BUILT.1[0]).expect("a module");
    let schema = fs::read(root().join("docs/library.schema.json")).expect("it is there");
    let schema = serde_json::from_slice(&schema).expect("a document");
    let abi: serde_json::Value = serde_json::from_slice(&library.abi).expect("a document");
    assert_eq!(schema::mistakes(&schema, &abi), [""; 0]);
    let function = &abi["functions"][0];
    assert_eq!(function["export"], "rates.Interest.after(Amount,Int,Int)");
    assert_eq!(function["objects"], serde_json::json!(["Interest"]));
}

/// What a unit of several parts reports when its last part is built.
fn late(text: &str) -> Result<(), Box<Diagnostic>> {
    let text = text.to_owned();
    let building = on_large_stack(move || {
        let (checked, _) = check_parts("late.scala", &text, Level::Full)?;
        assert!(checked.status() == Status::Success, "{:?}", checked.diagnostics);
        let mut results = checked
            .roots()
            .into_iter()
            .map(|root| checked.build(&checked.prepared(), root, Level::Full).map(|_| ()));
        Ok(results.find(Result::is_err).unwrap_or(Ok(())))
    });
    building.unwrap_or_else(|failed| panic!("{failed:?}"))
}

const CHECKS: &str = "//> library checks\npackage checks:\n  object Bounds:\n    \
                      def within(n: Int): Int =\n      require(n < 9)\n      n\n";

#[test]
fn no_try_stands_around_a_library() {
    let body = |body: &str| format!("{CHECKS}//> program\nimport checks.Bounds\n{body}");
    let refused = [
        "@main def run(): Unit =\n  try println(Bounds.within(1))\n  catch case e: Exception => ()",
        "def far(n: Int): Int = Bounds.within(n)\n@main def run(): Unit =\n  \
         val f = (n: Int) => far(n)\n  println(try f(1) finally println(2))",
        "import scala.util.Try\n@main def run(): Unit = println(Try(Bounds.within(10)))",
    ];
    for text in refused {
        let found = late(&body(text)).expect_err(text);
        assert_eq!(found.code, codes::LIBRARY_IN_TRY, "{}", found.message);
        assert!(found.message.contains("`checks.Bounds.within` of a library"), "{}", found.message);
    }
    let fine = "@main def run(): Unit =\n  println(Bounds.within(1))\n  \
                println(try 1 / 0 catch case e: ArithmeticException => 7)";
    assert!(late(&body(fine)).is_ok());
}

#[test]
fn a_library_prints_nothing() {
    let library = "package rates\nobject Interest:\n  private def tell(n: Int): Unit = println(n)\n  \
                   def yearly(amount: Int): Int =\n    tell(amount)\n    amount / 20\n";
    let told = on_large_stack(move || {
        let sources = Sources::of_text("rates.scala", library).as_library("rates");
        let checked = check(sources);
        Ok(checked.build(&checked.prepared(), Root::Library, Level::Full).map(|_| ()))
    });
    let found = told.expect("it is checked").expect_err("it prints");
    assert_eq!(found.code, codes::LIBRARY_WITH_EFFECT);
    assert_eq!(found.message, "`yearly` of a library prints");
}

#[test]
fn a_library_that_is_not_what_its_interface_says_is_not_linked() {
    // The interface comes from the ABI, which says what the functions do not hold.
    let (_, libraries) = &*BUILT;
    let mut library = fvm_isa::wire::decode(&libraries[0]).expect("a module");
    let abi = String::from_utf8(library.abi.clone()).expect("text");
    library.abi = abi.replace("\"type\": \"Int\"", "\"type\": \"Long\"").into_bytes();
    assert_ne!(library.abi, abi.into_bytes());
    let bytes = fvm_isa::wire::encode(&library);
    let told = on_large_stack(move || {
        let text = "import fvm.*\n@main def run(): Unit =\n  \
                    println(rates.Interest.after(1.fsc, 2L, 3L))\n";
        let sources = Sources::of_text("late.scala", text).with_library("<library>", &bytes);
        let checked = check(sources.map_err(|error| error.message)?);
        assert!(checked.status() == Status::Success, "{:?}", checked.diagnostics);
        let root = checked.roots()[0];
        Ok(checked.build(&checked.prepared(), root, Level::Full).map(|_| ()))
    });
    let found = told.expect("it is checked").expect_err("it is not linked");
    assert_eq!(found.code, codes::NOT_LINKED);
    assert!(found.message.contains("has another signature"), "{}", found.message);
}

#[test]
fn hostile_interfaces_are_refused() {
    let (_, libraries) = &*BUILT;
    let library = fvm_isa::wire::decode(&libraries[0]).expect("a module");
    let abi = String::from_utf8(library.abi.clone()).expect("text");
    for (from, to) in [
        ("\"package\": \"rates\"", "\"package\": \"scala.collection\""),
        ("\"package\": \"rates\"", "\"package\": \"fvm\""),
        ("\"name\": \"after\"", "\"name\": \"after` = 1; def `x\""),
        ("\"name\": \"amount\"", "\"name\": \"\""),
        ("\"result\": \"Amount\"", "\"result\": \"List[Int]\""),
        ("\"abi\": 1", "\"abi\": 2"),
        ("\"abi\": 1", "\"abi\": 1, \"more\": 1"),
        ("{", "["),
    ] {
        let changed = abi.replacen(from, to, 1);
        assert_ne!(changed, abi, "{from}");
        let module = fvm_isa::Module { abi: changed.into_bytes(), ..library.clone() };
        let sources = Sources::of_text("main.scala", "@main def run(): Unit = ()");
        let found = sources.with_library("<library>", &fvm_isa::wire::encode(&module));
        assert!(found.is_err(), "{to}");
    }
}
