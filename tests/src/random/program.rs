//! Whole programs: declarations that become rows of their own, and statements that use them.

use super::Random;
use super::expression::Maker;
use super::rows::{self, Row, Ty};
use std::fmt::Write as _;

const ROWS: &str = include_str!("../../random/rows.txt");

/// What every program begins with: a log of what has been evaluated, and statements that go on
/// after an exception.
const PRELUDE: &str = r#"  private val log = new StringBuilder
  def tr[T](n: Int, x: T): T = { log.append(n).append(' '); x }
  def attempt(body: => Any): Unit = {
    log.clear()
    try println(body) catch { case e: Exception => println(s"! $e") }
    if (log.nonEmpty) println(s"  $log")
  }
"#;

/// The program with this seed: an object `PSEED` with a method `run`.
pub fn program(seed: u64) -> String {
    let maker = Maker::new(Random::new(seed), rows::parse(ROWS));
    let mut writer = Writer { maker, out: format!("object P{seed} {{\n{PRELUDE}") };
    for _ in 0..2 + writer.maker.random.below(3) {
        writer.declaration();
    }
    writer.out.push_str("  def run(): Unit = {\n");
    for _ in 0..2 + writer.maker.random.below(3) {
        writer.statement();
    }
    writer.out.push_str("  }\n}\n");
    writer.out
}

/// One source with the programs of all these seeds, each under a line `== SEED`.
pub fn batch(seeds: impl Iterator<Item = u64>) -> String {
    // Real Scala warns of what nobody would write by hand.
    let mut out = String::from("// scalac warns: random programs\n");
    let mut main = String::from("@main def batch(): Unit = {\n");
    for seed in seeds {
        out.push_str(&program(seed));
        let _ = writeln!(main, "  println(\"== {seed}\")\n  P{seed}.run()");
    }
    out + &main + "}\n"
}

struct Writer {
    maker: Maker,
    out: String,
}

impl Writer {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "  {text}");
    }

    fn row(&mut self, text: &str) {
        self.maker.rows.push(Row::parse(text));
    }

    fn number(&mut self) -> String {
        self.maker.name("")
    }

    fn declaration(&mut self) {
        match self.maker.random.below(13) {
            0 => self.enumeration(),
            1 | 2 => self.case_class(),
            3 => self.tree(),
            4 => self.generic_class(),
            5 | 6 => self.traits(),
            7 | 8 => self.method(),
            9 => self.recursive_method(),
            10 => self.method_forms(),
            11 => self.type_class(),
            _ => self.state(),
        }
    }

    fn statement(&mut self) {
        let ty = self.maker.data_type(2);
        let first = self.maker.expression(&ty, 5);
        if self.maker.random.one_in(2) {
            let name = self.maker.name("v");
            self.maker.scope.push((name.clone(), ty.clone()));
            let other = self.maker.data_type(1);
            let second = self.maker.expression(&other, 4);
            self.maker.scope.pop();
            self.line(&format!(
                "  attempt {{ val {name}: {ty} = {first}; println({name}); {second} }}"
            ));
        } else {
            self.line(&format!("  attempt({first})"));
        }
    }

    fn types(&mut self, most: usize) -> Vec<Ty> {
        let count = self.maker.random.below(most + 1);
        (0..count).map(|_| self.maker.data_type(1)).collect()
    }

    /// `enum` with cases of both kinds.
    fn enumeration(&mut self) {
        let n = self.number();
        let count = 2 + self.maker.random.below(3);
        let mut cases = Vec::new();
        for case in 0..count {
            cases.push((format!("C{case}"), if case == 0 { Vec::new() } else { self.types(2) }));
        }
        self.line(&format!("enum E{n} {{"));
        let mut arms = String::new();
        for (name, fields) in &cases {
            if fields.is_empty() {
                self.line(&format!("  case {name}"));
                self.row(&format!("2 E{n} :: E{n}.{name}"));
                let _ = write!(arms, "case E{n}.{name} => {{B}}; ");
                continue;
            }
            self.line(&format!("  case {name}({})", parameters(fields)));
            self.row(&format!("2 E{n} :: E{n}.{name}({})", holes(fields)));
            let (binders, scope) = binders(fields);
            let _ = write!(arms, "case E{n}.{name}({binders}) => {{B|{scope}}}; ");
        }
        self.line("}");
        self.row(&format!("2 B :: ({{E{n}}} match {{ {arms}}})"));
        self.row(&format!("1 Int :: {{E{n}}}.ordinal"));
        if cases.iter().all(|(_, fields)| fields.is_empty()) {
            self.row(&format!("1 List[E{n}] :: E{n}.values.toList"));
            self.row(&format!("1 E{n} :: E{n}.fromOrdinal({{Int}} & 1)"));
            self.row(&format!("1 E{n} :: E{n}.valueOf(\"C1\")"));
        }
        self.maker.types.push(Ty::named(&format!("E{n}")));
    }

    fn case_class(&mut self) {
        let n = self.number();
        let mut fields = vec![self.maker.data_type(1)];
        fields.append(&mut self.types(2));
        self.line(&format!("case class D{n}({}) {{", parameters(&fields)));
        self.row(&format!("3 D{n} :: D{n}({})", holes(&fields)));
        for (at, ty) in fields.iter().enumerate() {
            self.maker.scope.push((format!("p{at}"), ty.clone()));
        }
        let result = self.maker.data_type(1);
        let body = self.maker.expression(&result, 3);
        self.maker.scope.clear();
        self.line(&format!("  def made: {result} = {body}"));
        self.line("}");
        self.row(&format!("1 {result} :: {{D{n}}}.made"));
        for (at, ty) in fields.iter().enumerate() {
            self.row(&format!("1 {ty} :: {{D{n}}}.p{at}"));
            self.row(&format!("1 D{n} :: {{D{n}}}.copy(p{at} = {{{ty}}})"));
        }
        let named: Vec<String> =
            fields.iter().enumerate().rev().map(|(at, ty)| format!("p{at} = {{{ty}}}")).collect();
        self.row(&format!("1 D{n} :: D{n}({})", named.join(", ")));
        let (binders, scope) = binders(&fields);
        self.row(&format!("1 B :: ({{D{n}}} match {{ case D{n}({binders}) => {{B|{scope}}} }})"));
        self.maker.types.push(Ty::named(&format!("D{n}")));
    }

    /// A recursive sealed family with a fold.
    fn tree(&mut self) {
        let n = self.number();
        let ty = self.maker.data_type(1);
        self.line(&format!("sealed trait Tree{n} {{"));
        self.line(&format!(
            "  def size: Int = this match {{ case Leaf{n}(_) => 1; case Node{n}(l, r) => l.size + r.size }}"
        ));
        self.line("}");
        self.line(&format!("case class Leaf{n}(v: {ty}) extends Tree{n}"));
        self.line(&format!("case class Node{n}(l: Tree{n}, r: Tree{n}) extends Tree{n}"));
        self.line(&format!(
            "def fold{n}[B](t: Tree{n})(f: ({ty}) => B)(g: (B, B) => B): B = t match {{ \
             case Leaf{n}(v) => f(v); case Node{n}(l, r) => g(fold{n}(l)(f)(g), fold{n}(r)(f)(g)) }}"
        ));
        self.row(&format!("2 Tree{n} :: (Leaf{n}({{{ty}}}): Tree{n})"));
        self.row(&format!("3 Tree{n} :: (Node{n}({{Tree{n}}}, {{Tree{n}}}): Tree{n})"));
        self.row(&format!("2 Int :: {{Tree{n}}}.size"));
        self.row(&format!(
            "1 B :: fold{n}[<B>]({{Tree{n}}})($x => {{B|$x:{ty}}})(($y, $z) => {{B|$y:B,$z:B}})"
        ));
        self.row(&format!(
            "1 B :: ({{Tree{n}}} match {{ case Leaf{n}($x) => {{B|$x:{ty}}}; \
             case Node{n}(Leaf{n}($y), $z) => {{B|$y:{ty},$z:Tree{n}}}; \
             case Node{n}($u, _) => {{B|$u:Tree{n}}} }})"
        ));
        self.maker.types.push(Ty::named(&format!("Tree{n}")));
    }

    fn generic_class(&mut self) {
        let n = self.number();
        self.line(&format!("case class Box{n}[A](get: A) {{"));
        self.line(&format!("  def map[B](f: A => B): Box{n}[B] = Box{n}(f(get))"));
        self.line(&format!("  def flatMap[B](f: A => Box{n}[B]): Box{n}[B] = f(get)"));
        self.line(&format!(
            "  def zip[B](that: Box{n}[B]): Box{n}[(A, B)] = Box{n}((get, that.get))"
        ));
        self.line("}");
        self.row(&format!("2 Box{n}[A] :: Box{n}({{A}})"));
        self.row(&format!("1 Box{n}[B] :: ({{Box{n}[A]}}: <Box{n}[A]>).map($x => {{B|$x:A}})"));
        self.row(&format!(
            "1 Box{n}[B] :: (for ($x <- ({{Box{n}[A]}}: <Box{n}[A]>); $y <- {{Box{n}[C]|$x:A}}) yield {{B|$x:A,$y:C}})"
        ));
        self.row(&format!("1 A :: ({{Box{n}[A]}}: <Box{n}[A]>).get"));
        self.row(&format!("1 B :: ({{Box{n}[A]}}: <Box{n}[A]>).zip({{Box{n}[B]}}).get._2"));
        self.row(&format!("1 String :: ({{Box{n}[A]}}: <Box{n}[A]>).toString"));
        let inner = self.maker.data_type(1);
        self.maker.types.push(Ty::Named(format!("Box{n}"), vec![inner]));
    }

    /// Traits that override each other, and a class that mixes them.
    fn traits(&mut self) {
        let n = self.number();
        let body = self.body(&[("x", "Int")], "Int", 3);
        self.line(&format!("trait T{n} {{"));
        let base = self.maker.random.below(9);
        self.line(&format!("  val base: Int = {base}"));
        self.line(&format!("  def name: String = \"T{n}\""));
        self.line(&format!("  def calc(x: Int): Int = {body} + base"));
        self.line("}");
        let count = 1 + self.maker.random.below(3);
        for mixin in 0..count {
            let (before, after) =
                (self.body(&[("x", "Int")], "Int", 2), self.body(&[("x", "Int")], "Int", 2));
            self.line(&format!("trait M{n}x{mixin} extends T{n} {{"));
            self.line(&format!("  override def name: String = \"M{mixin}\" + super.name"));
            self.line(&format!(
                "  override def calc(x: Int): Int = super.calc({before}) ^ {after}"
            ));
            self.line("}");
        }
        let mut mixins: Vec<usize> = (0..count).collect();
        for at in (1..mixins.len()).rev() {
            let other = self.maker.random.below(at + 1);
            mixins.swap(at, other);
        }
        let with: String = mixins.iter().map(|mixin| format!(" with M{n}x{mixin}")).collect();
        let own = self.body(&[("x", "Int"), ("k", "Int")], "Int", 3);
        self.line(&format!("class K{n}(k: Int) extends T{n}{with} {{"));
        self.line(&format!("  override def calc(x: Int): Int = super.calc({own})"));
        self.line(&format!("  override def toString: String = s\"K{n}($k)\""));
        self.line("}");
        self.row(&format!("1 Int :: K{n}({{Int}}).calc({{Int}})"));
        self.row(&format!("1 String :: (new K{n}({{Int}}): T{n}).name"));
        self.row(&format!("1 String :: new K{n}({{Int}}).toString"));
        self.row(&format!(
            "1 Int :: (new M{n}x0 {{ override def calc($x: Int): Int = {{Int|$x:Int}} }}).calc({{Int}})"
        ));
    }

    /// An expression in which only these names may be used.
    fn body(&mut self, params: &[(&str, &str)], result: &str, depth: usize) -> String {
        let before = std::mem::take(&mut self.maker.scope);
        self.maker.scope =
            params.iter().map(|(name, ty)| (name.to_string(), Ty::parse(ty))).collect();
        let body = self.maker.expression(&Ty::parse(result), depth);
        self.maker.scope = before;
        body
    }

    /// A method with parameters of many kinds.
    fn method(&mut self) {
        let n = self.number();
        let (first, second, result) =
            (self.maker.data_type(1), self.maker.data_type(1), self.maker.data_type(1));
        let (a, b) = (first.to_string(), second.to_string());
        let body = self.body(&[("a", &a), ("b", &b)], &result.to_string(), 4);
        let by_name = if self.maker.random.one_in(3) { "=> " } else { "" };
        if self.maker.random.one_in(2) {
            let default = self.body(&[], &b, 2);
            self.line(&format!("def f{n}(a: {by_name}{a}, b: {b} = {default}): {result} = {body}"));
            self.row(&format!("2 {result} :: f{n}({{{a}}})"));
        } else {
            self.line(&format!("def f{n}(a: {by_name}{a}, b: {b}): {result} = {body}"));
        }
        self.row(&format!("2 {result} :: f{n}({{{a}}}, {{{b}}})"));
        self.row(&format!("1 {result} :: f{n}(b = {{{b}}}, a = {{{a}}})"));
    }

    fn recursive_method(&mut self) {
        let n = self.number();
        let ty = *self.maker.random.pick(&["Int", "Long", "Boolean", "Char"]);
        let body = self.body(&[("n", "Int"), ("acc", ty)], ty, 3);
        self.line(&format!(
            "def rec{n}(n: Int, acc: {ty}): {ty} = if (n <= 0) acc else rec{n}(n - 1, {body})"
        ));
        self.row(&format!("2 {ty} :: rec{n}([small], {{{ty}}})"));
    }

    /// Varargs, several lists, type parameters, overloads, extensions.
    fn method_forms(&mut self) {
        let n = self.number();
        let ty = self.maker.data_type(1).to_string();
        match self.maker.random.below(5) {
            0 => {
                let body = self.body(&[("xs", "Seq[Int]"), ("a", &ty)], "Int", 3);
                self.line(&format!("def va{n}(a: {ty}, xs: Int*): Int = xs.sum + {body}"));
                self.row(&format!("1 Int :: va{n}({{{ty}}}, {{Int}}, {{Int}})"));
                self.row(&format!("1 Int :: va{n}({{{ty}}}, {{List[Int]}}*)"));
                self.row(&format!("1 Int :: va{n}({{{ty}}})"));
            }
            1 => {
                self.line(&format!(
                    "def cu{n}[B](a: {ty})(f: ({ty}) => B)(z: => B): List[B] = List(f(a), z)"
                ));
                self.row(&format!("1 List[B] :: cu{n}[<B>]({{{ty}}})($x => {{B|$x:{ty}}})({{B}})"));
            }
            2 => {
                self.line(&format!("def ge{n}[A](x: A, y: => A, c: Boolean): List[A] = if (c) List(x) else List(y, x, y)"));
                self.row(&format!("1 List[A] :: ge{n}[<A>]({{A}}, {{A}}, {{Boolean}})"));
                self.row(&format!("1 Int :: ge{n}({{A}}, {{A}}, {{Boolean}}).length"));
            }
            3 => {
                self.line(&format!("def ov{n}(x: Int): String = \"i\" + x"));
                self.line(&format!("def ov{n}(x: Long): String = \"l\" + x"));
                self.line(&format!("def ov{n}(x: String): String = \"s\" + x"));
                self.line(&format!("def ov{n}(x: Any): String = \"a\" + x"));
                self.line(&format!("def ov{n}(x: Int, y: {ty}): String = \"2\" + x + y"));
                for call in ["{Int}", "{Long}", "{String}", "{Char}", "{A}", "{Int}, {TY}"] {
                    let call = call.replace("TY", &ty);
                    self.row(&format!("1 String :: ov{n}({call})"));
                }
            }
            _ => {
                let body = self.body(&[("x", &ty), ("k", "Int")], "Int", 3);
                self.line(&format!("extension (x: {ty}) {{"));
                self.line(&format!("  def ext{n}(k: Int): Int = {body}"));
                self.line(&format!("  def +++(y: {ty}): List[{ty}] = List(x, y)"));
                self.line("}");
                self.row(&format!("2 Int :: {{{ty}}}.ext{n}({{Int}})"));
            }
        }
    }

    fn type_class(&mut self) {
        let n = self.number();
        self.line(&format!("trait Show{n}[A] {{ def show(a: A): String }}"));
        self.line(&format!("given Show{n}[Int] with {{ def show(a: Int): String = \"i\" + a }}"));
        self.line(&format!(
            "given Show{n}[String] with {{ def show(a: String): String = \"'\" + a }}"
        ));
        self.line(&format!(
            "given [A](using s: Show{n}[A]): Show{n}[List[A]] with {{ \
             def show(a: List[A]): String = a.map(s.show).mkString(\"[\", \";\", \"]\") }}"
        ));
        self.line(&format!(
            "given [A, B](using a: Show{n}[A], b: Show{n}[B]): Show{n}[(A, B)] with {{ \
             def show(p: (A, B)): String = a.show(p._1) + \"&\" + b.show(p._2) }}"
        ));
        self.line(&format!("def show{n}[A: Show{n}](a: A): String = summon[Show{n}[A]].show(a)"));
        for ty in ["Int", "List[Int]", "(Int, String)", "List[(String, Int)]", "List[List[String]]"]
        {
            self.row(&format!("1 String :: show{n}({{{ty}}})"));
        }
    }

    /// Variables of the program, and an object that counts.
    fn state(&mut self) {
        let n = self.number();
        let ty = *self.maker.random.pick(&["Int", "Long", "String", "List[Int]"]);
        let start = self.body(&[], ty, 0);
        self.line(&format!("var g{n}: {ty} = {start}"));
        self.row(&format!("1 {ty} :: g{n}"));
        if ty == "Int" || ty == "Long" {
            self.row(&format!("2 {ty} :: ({{ g{n} += {{{ty}}}; g{n} }})"));
            self.row(&format!("1 A :: ({{ g{n} = {{{ty}}}; {{A}} }})"));
        }
        self.line(&format!("class Counter{n}(start: Int) {{"));
        self.line("  private var n = start");
        self.line("  def next(): Int = { n += 1; n }");
        self.line("  def twice(f: Int => Int): Int = f(next()) * 3 + f(next())");
        self.line("}");
        self.row(&format!(
            "1 Int :: ({{ val $c = new Counter{n}({{Int}}); $c.next() + $c.twice($x => {{Int|$x:Int}}) }})"
        ));
    }
}

/// `p0: A, p1: B`.
fn parameters(types: &[Ty]) -> String {
    let params: Vec<String> =
        types.iter().enumerate().map(|(at, ty)| format!("p{at}: {ty}")).collect();
    params.join(", ")
}

/// `{A}, {B}`.
fn holes(types: &[Ty]) -> String {
    types.iter().map(|ty| format!("{{{ty}}}")).collect::<Vec<_>>().join(", ")
}

/// Names for patterns, and the same with their types.
fn binders(types: &[Ty]) -> (String, String) {
    let names = ["$x", "$y", "$z"];
    let list = types.iter().zip(names).map(|(_, name)| name).collect::<Vec<_>>().join(", ");
    let scope: Vec<String> =
        types.iter().zip(names).map(|(ty, name)| format!("{name}:{ty}")).collect();
    (list, scope.join(","))
}
