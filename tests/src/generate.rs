//! Sources made by rule: ordinary code of any size, and nestings of any depth.

use std::fmt::Write as _;

/// How many modules a method of the program calls.
const MODULES_IN_PART: usize = 50;

/// Ordinary code of at least `bytes` bytes: case classes, enums, matches, loops, collections,
/// strings and a `main` that reaches them all. The same size always gives the same text, of about
/// 32 bytes and 8 tokens a line.
pub fn ordinary(bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 4096);
    let mut modules = 0;
    while out.len() < bytes {
        module(modules, &mut out);
        modules += 1;
    }
    let numbers: Vec<usize> = (0..modules).collect();
    let parts = numbers.chunks(MODULES_IN_PART);
    for (part, modules) in parts.clone().enumerate() {
        let _ = writeln!(out, "def part{part}: Long =\n  var total = 0L");
        for number in modules {
            let _ = writeln!(out, "  total += Module{number}.work({number})");
        }
        out.push_str("  total\n\n");
    }
    out.push_str("@main def generated(): Unit =\n  var total = 0L\n");
    for part in 0..parts.len() {
        let _ = writeln!(out, "  total += part{part}");
    }
    out.push_str("  println(total)\n");
    out
}

fn module(number: usize, out: &mut String) {
    let _ = write!(
        out,
        r#"/** Orders of department {number}. */
object Module{number}:
  case class Item{number}(name: String, price: Int, amount: Int):
    def total: Int = price * amount
    def cheaper(than: Item{number}): Boolean = total < than.total

  enum State{number}:
    case Open, Closed
    case Waiting(since: Int, reason: String)

  def label(state: State{number}): String = state match
    case State{number}.Open                   => "open"
    case State{number}.Closed                 => "closed"
    case State{number}.Waiting(since, reason) => s"waiting since $since for $reason"

  def fibonacci(n: Int): Long =
    var a = 0L
    var b = 1L
    var i = 0
    while i < n do
      val next = a + b
      a = b
      b = next
      i += 1
    a

  def items(count: Int): List[Item{number}] =
    (1 to count).map(i => Item{number}("item" + i, i * 7 % 13 + 1, i % 5)).toList

  def best(all: List[Item{number}]): Option[Item{number}] = all match
    case Nil           => None
    case first :: rest =>
      Some(rest.foldLeft(first)((seen, item) => if item.cheaper(seen) then seen else item))

  def work(seed: Int): Long =
    val all = items(seed % 10 + 5)
    val sum = all.map(_.total).filter(_ % 2 == 0).sum
    val name = best(all).map(_.name).getOrElse("none")
    val text = label(State{number}.Waiting(seed, name))
    sum + text.length + fibonacci(seed % 40)

"#
    );
}

/// A way to nest.
pub struct Nesting {
    /// What is nested.
    pub name: &'static str,
    before: &'static str,
    open: &'static str,
    middle: &'static str,
    close: &'static str,
    after: &'static str,
}

impl Nesting {
    /// The source with this depth.
    pub fn source(&self, depth: usize) -> String {
        let Nesting { before, open, middle, close, after, .. } = self;
        [*before, &open.repeat(depth), middle, &close.repeat(depth), after].concat()
    }
}

macro_rules! nestings {
    ($($name:literal: $before:literal $open:literal $middle:literal $close:literal $after:literal;)*) => {
        /// All ways to nest.
        pub const NESTINGS: &[Nesting] = &[$(Nesting {
            name: $name, before: $before, open: $open, middle: $middle, close: $close, after: $after,
        }),*];
    };
}

nestings! {
    "parentheses": "val x = " "(" "1" ")" "\n";
    "braces": "def f = " "{ " "1" " }" "\n";
    "applications": "val x = " "f(" "1" ")" "\n";
    "indexes": "val x = a" "(b" "" ")" "\n";
    "type arguments": "val x: " "List[" "Int" "]" " = ???\n";
    "tuple types": "val x: " "(Int, " "Int" ")" " = ???\n";
    "function types": "val x: " "Int => " "Int" "" " = ???\n";
    "lambdas": "val x = " "a => " "1" "" "\n";
    "patterns": "def f(x: Any) = x match { case " "Some(" "_" ")" " => 1 }\n";
    "cons patterns": "def f(x: Any) = x match { case " "a :: " "Nil" "" " => 1 }\n";
    "if chains": "def f(c: Boolean) = " "if c then 1 else " "2" "" "\n";
    "nested ifs": "def f(c: Boolean) = " "if c then " "1" " else 2" "\n";
    "matches": "def f(x: Int) = " "x match { case _ => " "1" " }" "\n";
    "left operators": "val x = 1" " + 1" "" "" "\n";
    "right operators": "val x = " "1 :: " "Nil" "" "\n";
    "unary operators": "val x = " "-" "y" "" "\n";
    "not": "val x = " "!" "true" "" "\n";
    "selections": "val x = a" ".b" "" "" "\n";
    "objects": "" "object A {\n" "" "}\n" "";
    "functions": "" "def f = {\n" "1\n" "}\n" "";
    "new": "val x = " "new A(" "1" ")" "\n";
    "interpolations": "val x = " "s\"${" "1" "}\"" "\n";
    "throws": "def f = " "throw " "e" "" "\n";
    "tries": "def f = " "try { " "1" " } finally { }" "\n";
    "fors": "def f = " "for (x <- xs) yield " "1" "" "\n";
    "whiles": "def f: Unit = " "while (c) " "()" "" "\n";
    "assignments": "def f = { " "x = " "1" "" " }\n";
    "ascriptions": "val x = 1" ": Int" "" "" "\n";
    "comments": "" "/* " "" " */" "\nval x = 1\n";
    "type operators": "val x: Int" " | Int" "" "" " = 1\n";
    "curried applications": "val x = f" "(1)" "" "" "\n";
    "infix types": "val x: " "Int & " "Int" "" " = 1\n";
}

/// Blocks nested by indentation.
pub fn indented(depth: usize) -> String {
    let mut out = String::from("def f =\n");
    for level in 1..=depth {
        let _ = writeln!(out, "{}if c then", " ".repeat(level));
    }
    let _ = writeln!(out, "{}1", " ".repeat(depth + 1));
    out
}
