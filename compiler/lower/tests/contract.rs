//! The module and the ABI of a small contract, and programs on the evaluator.

use fscc_base::{SourceFile, SourceMap};
use fscc_ir::eval::{Limits, eval};
use fscc_ir::module::ExportKind;
use fscc_ir::{Module, Row};
use fscc_lower::abi::contract_abi;
use fscc_lower::{Prepared, lower_contract, lower_program};
use fscc_sema::typed::Program;

const COUNTER: &str = "
package examples
import fvm.*

final class Counter(val owner: Address) extends Contract:
  import Counter.*
  private var count: Int = 0
  private var seen: Map[Address, Int] = Map.empty

  invariant(count >= 0)

  @entry
  def add(step: Step): Unit can Write & Emit =
    require(msg.sender == owner, Fault.Stranger(msg.sender))
    count = count + step.by
    seen = seen.updated(msg.sender, count)
    emit(Log.Added(step.by))

  @view
  def total: Int can Read = count

object Counter:
  final case class Step(by: Int)
  enum Log extends Event:
    case Added(by: Int)
  enum Fault extends Problem:
    case Stranger(who: Address)
";

fn check(text: &str) -> Program {
    let mut map = SourceMap::new();
    for (name, text) in fscc_stdlib::SOURCES {
        map.add(SourceFile::new(format!("<stdlib>/{name}"), *text));
    }
    let library = map.iter().count();
    map.add(SourceFile::new("test.scala", text));
    let mut units = Vec::new();
    for (number, (id, file)) in map.iter().enumerate() {
        let parsed = fscc_syntax::parse(id, file);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        units.push((parsed.unit, number < library));
    }
    let (program, found) = fscc_sema::check(&units);
    let errors: Vec<_> = found.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    program
}

fn assert_valid(module: &Module) {
    let errors = fscc_ir::check::check(module);
    assert!(errors.is_empty(), "{}", errors[0]);
}

#[test]
fn a_contract_exports_what_messages_reach() {
    let program = check(COUNTER);
    let prepared = Prepared::new(&program);
    let module = lower_contract(&prepared, program.contracts[0]);
    assert_valid(&module);
    let export = |name: &str| {
        module.exports.iter().find(|export| export.name == name).expect("it is exported")
    };
    let row = |rows: &[Row]| rows.iter().fold(Row::PURE, |all, row| all.union(*row));
    assert_eq!(export("<init>").kind, ExportKind::Init);
    assert_eq!(export("add").kind, ExportKind::Entry);
    assert_eq!(export("add").row, row(&[Row::READ, Row::WRITE, Row::EMIT]));
    assert_eq!(export("total").kind, ExportKind::View);
    assert_eq!(export("total").row, Row::READ);
    assert_eq!(export("$invariants").row, Row::READ);
    assert_ne!(export("add").method_id, export("total").method_id);
    let fields: Vec<&str> = module.storage.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["owner", "count", "seen"]);
}

#[test]
fn equal_programs_give_equal_modules_and_abis() {
    let make = || {
        let program = check(COUNTER);
        let prepared = Prepared::new(&program);
        let module = lower_contract(&prepared, program.contracts[0]);
        let abi = contract_abi(&prepared, program.contracts[0], &module);
        (fscc_ir::text::print(&module), abi)
    };
    assert_eq!(make(), make());
}

#[test]
fn the_abi_names_methods_records_and_types() {
    let program = check(COUNTER);
    let prepared = Prepared::new(&program);
    let module = lower_contract(&prepared, program.contracts[0]);
    let text = contract_abi(&prepared, program.contracts[0], &module);
    let abi: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(abi["contract"], "examples.Counter");
    assert_eq!(abi["methods"][0]["signature"], "add(examples.Counter.Step)");
    assert_eq!(abi["methods"][0]["effects"], serde_json::json!(["Read", "Write", "Emit"]));
    assert_eq!(abi["events"][0]["type"], "examples.Counter.Log");
    assert_eq!(abi["problems"][0]["type"], "examples.Counter.Fault");
    assert_eq!(abi["storage"][2]["kind"], "map");
    assert_eq!(abi["types"]["examples.Counter.Step"]["kind"], "product");
}

fn printed(text: &str) -> String {
    let program = check(text);
    let prepared = Prepared::new(&program);
    let module = lower_program(&prepared, program.mains[0]);
    assert_valid(&module);
    let outcome = eval(&module, module.exports[0].func, &[], Limits::default());
    assert!(outcome.result.is_ok(), "{:?}", outcome.result);
    outcome.printed
}

#[test]
fn a_return_leaves_through_nested_try_and_finally() {
    let text = r#"
def find(n: Int): String =
  try
    try
      if n == 1 then return "inner"
      if n == 2 then throw new IllegalStateException("x")
    finally print("f1 ")
    "end"
  catch
    case e: IllegalStateException => return "caught"
  finally print("f2 ")

@main def run(): Unit =
  println(find(1))
  println(find(2))
  println(find(3))
"#;
    assert_eq!(printed(text), "f1 f2 inner\nf1 f2 caught\nf1 f2 end\n");
}

#[test]
fn local_classes_keep_what_they_capture() {
    let text = r#"
@main def run(): Unit =
  var count = 0
  val step = 2
  class Counter(start: Int):
    class Tick { def apply(): Int = { count += step; start + count } }
    def tick: Tick = new Tick
  val tick = new Counter(10).tick
  println(tick())
  println(tick() + count)
"#;
    assert_eq!(printed(text), "12\n18\n");
}

#[test]
fn bridges_box_and_unbox_where_erased_signatures_differ() {
    let text = r#"
trait Box[A] { def get: A; def put(a: A): A }
class Ints extends Box[Int] { var x = 1; def get: Int = x; def put(a: Int): Int = { x = a; x } }
def twice[A](box: Box[A], a: A): String = s"${box.get} ${box.put(a)}"
@main def run(): Unit = println(twice(new Ints, 7))
"#;
    assert_eq!(printed(text), "1 7\n");
}
