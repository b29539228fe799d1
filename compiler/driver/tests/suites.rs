//! `fscc test` as a program: what it writes beside suites, compares and prints.

use pretty_assertions::assert_eq;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Done, Folder, run};

mod support;

const SUITE: &str = "\
import fvm.*
import fvm.testing.*

final class Counter extends Contract:
  private var total = 0L

  @entry
  def add(n: Int): Unit can Write =
    if n > 100 then
      total = 100L
    else
      total = total + n

  @entry
  def add(n: Long): Unit can Write = total = total + n

  @view
  def value: Long can Read = total

final class CounterSuite extends ContractSuite:
  test(\"counts\") {
    val alice = account(\"alice\", 1.fsc)
    val counter = deploy(Counter())
    counter.call(from = alice)(_.add(3))
    counter.call(from = alice)(_.add(4))
    assertEquals(counter.query(_.value), 7L)
  }
";

/// A folder with a suite.
fn unit(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::create_dir_all(&folder.0).expect("a new folder");
    fs::write(folder.0.join("Counter.scala"), SUITE).expect("a new file");
    folder
}

/// Exit status, standard output and standard error, with the folder's name left out.
fn test(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fscc"));
    let Done { status, out, error } = run(command.arg("test").arg(folder).args(arguments));
    let named = |text: String| text.replace(&folder.display().to_string(), "unit");
    (status, named(out), named(error))
}

/// Multiplies the gas of one line of the snapshot by two.
fn double_gas_of(path: &Path, method: &str) {
    let text = fs::read_to_string(path).expect("it was written");
    let changed = text.lines().map(|line| match line.rsplit_once('\t') {
        Some((rest, gas)) if rest.contains(method) => {
            format!("{rest}\t{}\n", gas.parse::<u64>().expect("a number") * 2)
        }
        _ => format!("{line}\n"),
    });
    let changed: String = changed.collect();
    assert!(changed != text, "there is no {method}");
    fs::write(path, changed).expect("the file is there");
}

#[test]
fn gas_is_written_once_and_compared_later() {
    let folder = unit("gas-snapshot");
    let (status, _, complaint) = test(&folder.0, &["--gas-check"]);
    assert_eq!(status, Some(1));
    assert!(complaint.contains("there is no `unit/gas.snapshot`"), "{complaint}");

    assert_eq!(test(&folder.0, &["--gas-snapshot"]).0, Some(0));
    let path = folder.0.join("gas.snapshot");
    let written = fs::read_to_string(&path).expect("it was written");
    let subjects: Vec<Vec<&str>> =
        written.lines().skip(2).map(|line| line.split('\t').take(4).collect()).collect();
    assert_eq!(
        subjects,
        [
            ["CounterSuite", "counts", "", "4"],
            ["CounterSuite", "counts", "Counter.<init>", "1"],
            ["CounterSuite", "counts", "Counter.add(Int)", "2"],
            ["CounterSuite", "counts", "Counter.value", "1"],
        ]
    );
    let gas = |line: &str| line.rsplit('\t').next().and_then(|gas| gas.parse::<u64>().ok());
    let gas: Vec<u64> = written.lines().filter_map(gas).collect();
    assert_eq!(gas[0], gas[1..].iter().sum::<u64>());

    let (status, said, _) = test(&folder.0, &["--gas-check", "--engine", "reference"]);
    assert_eq!(status, Some(0));
    assert!(said.contains("gas as in unit/gas.snapshot (4 lines)"), "{said}");

    double_gas_of(&path, "Counter.value");
    let (status, said, _) = test(&folder.0, &["--gas-check"]);
    assert_eq!(status, Some(1));
    assert!(said.contains("1 of 4 lines differ, 1 by more than 0.00 %"), "{said}");
    assert!(said.contains("-50.00  CounterSuite: counts: Counter.value"), "{said}");
    assert_eq!(test(&folder.0, &["--gas-check=50"]).0, Some(0));
    assert_eq!(test(&folder.0, &["--gas-check=49.99"]).0, Some(1));
    assert_eq!(test(&folder.0, &["--gas-check=half"]).0, Some(2));
}

#[test]
fn gas_of_failed_tests_is_neither_written_nor_compared() {
    let folder = unit("gas-failed");
    assert_eq!(test(&folder.0, &["--gas-snapshot"]).0, Some(0));
    let path = folder.0.join("gas.snapshot");
    let before = fs::read_to_string(&path).expect("it was written");
    fs::write(folder.0.join("Counter.scala"), SUITE.replace("7L", "8L")).expect("a file");
    let (status, said, complaint) = test(&folder.0, &["--gas-snapshot"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(complaint.contains("is not written: a test failed"), "{complaint}");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), before);
    let (status, said, _) = test(&folder.0, &["--gas-check"]);
    assert_eq!(status, Some(1));
    assert!(said.contains("gas as in unit/gas.snapshot (0 lines)"), "{said}");

    fs::write(&path, "damaged").expect("the file is there");
    let (_, _, complaint) = test(&folder.0, &["--gas-check"]);
    assert!(complaint.contains("`unit/gas.snapshot` is damaged: line 1"), "{complaint}");
}

#[test]
fn coverage_is_by_line() {
    let folder = unit("coverage");
    let path = folder.0.join("out.lcov");
    let file = path.display().to_string();
    let (status, said, _) = test(&folder.0, &["--coverage", "--coverage-out", &file]);
    assert_eq!(status, Some(0));
    let row = said.lines().find(|line| line.contains("Counter.scala")).expect("a line");
    let (_, missed) = row.split_once("Counter.scala, not ").expect("something is missing");
    assert_eq!(missed, "10, 15");
    let written = fs::read_to_string(&path).expect("it was written");
    assert!(written.starts_with("TN:\nSF:") && written.ends_with("end_of_record\n"), "{written}");
    // Two calls, one question, nobody; the suite's lines have no code in the contract.
    for line in ["DA:12,2", "DA:18,1", "DA:10,0"] {
        assert!(written.lines().any(|found| found == line), "no {line} in\n{written}");
    }
    assert!(!written.contains("DA:22"), "{written}");
}

const ORDERS: &str = "\
import fvm.*
import fvm.testing.*

final class Board(val other: Address) extends Contract:
  private var text = \"\"

  @entry
  def write(word: String): Unit can Write & Emit =
    text = text + word
    emit(Told.Wrote(word))

  /// Tells the other board what stands here.
  @entry
  def pass(word: String): Unit can Write & Send =
    text = text + word
    Ref[Board](other).send(_.write(text))(bounced = failed(_))

  @handler private def failed(bounce: Bounce): Unit can Write = text = text + \"!\"

  @view
  def all: String can Read = text

enum Told extends Event:
  case Wrote(word: String)

final class BoardSuite extends ContractSuite:
  test(\"ends\") {
    val (alice, bob) = (account(\"alice\", 1.fsc), account(\"bob\", 1.fsc))
    val left = deploy(Board(alice))
    val right = deploy(Board(left.address))
    everyInterleaving(maxMessages = 12) {
      left.call(from = alice)(_.write(\"a\"))
      left.call(from = bob)(_.write(\"b\"))
      right.call(from = alice)(_.pass(\"c\"))
      right.call(from = bob)(_.write(\"d\"))
    } {
      println(left.query(_.all) + \" \" + right.query(_.all)SEEN)
    }
  }
";

/// How many runs an exploration took, and what its checks saw.
fn explored(folder: &Path, arguments: &[&str]) -> (u64, Vec<String>) {
    let (status, said, complaint) = test(folder, &[&["--report"], arguments].concat());
    assert_eq!(status, Some(0), "{said}{complaint}");
    let runs = said.lines().find_map(|line| line.trim().strip_prefix("explored all orders of"));
    let runs = runs.and_then(|line| line.split(' ').nth(3)?.parse().ok()).expect("a number");
    let mut seen: Vec<String> =
        said.lines().filter(|line| line.contains(" | ")).map(str::to_string).collect();
    seen.sort();
    seen.dedup();
    (runs, seen)
}

#[test]
fn fewer_orders_show_the_same_ends() {
    let folder = unit("orders");
    // Who looks at the order of events sees all orders.
    for (look, is_reduced) in [("", true), (" + \" \" + events", false)] {
        fs::write(folder.0.join("Counter.scala"), ORDERS.replace("SEEN", look)).expect("a file");
        let (all, every_end) = explored(&folder.0, &["--all-orders"]);
        let (fewer, ends) = explored(&folder.0, &[]);
        assert_eq!(ends, every_end);
        let is_less = if is_reduced { fewer * 3 < all } else { fewer == all };
        assert!(is_less, "{fewer} instead of {all} with `{look}`");
        println!("{fewer} instead of {all} runs with `{look}`, {} ends", ends.len());
    }
}

#[test]
fn an_order_that_fails_is_told_as_messages() {
    let folder = unit("failing-order");
    let (before, check) = ORDERS.split_once("println(").expect("a check");
    let (_, after) = check.split_once("SEEN)").expect("a check");
    let failing = format!("{before}assert(right.query(_.all) != \"dc\"){after}");
    fs::write(folder.0.join("Counter.scala"), failing).expect("a file");
    let (status, said, _) = test(&folder.0, &[]);
    assert_eq!(status, Some(1), "{said}");
    let mut lines = said.lines().skip_while(|line| !line.contains("in this order of delivery:"));
    lines.next();
    let told: Vec<&str> = lines.map_while(|line| Some(line.trim().split_once(". ")?.1)).collect();
    let place = |message: &str| told.iter().position(|line| *line == message);
    let d = place("bob → Board 2.write(\"d\")").expect("the first one that matters");
    let c = place("alice → Board 2.pass(\"c\")").expect("the second one");
    let told_on = place("Board 2 → Board.write(\"dc\")").expect("what it sends");
    assert!(d < c && c < told_on, "{told:#?}");
    assert!(told.iter().any(|line| line.starts_with("Board → Board 2: reply")), "{told:#?}");
}
