//! Trees: notations that mean the same, and shapes that the checker relies on.

use crate::common::tree;
use pretty_assertions::assert_eq;

#[test]
fn notations_that_mean_the_same() {
    let pairs = [
        ("val x = if (a) b else c", "val x = if a then b else c"),
        ("val x = while (a) b", "val x = while a do b"),
        ("val x = for (a <- b; c <- d) yield e", "val x = for { a <- b; c <- d } yield e"),
        ("val x = for (a <- b) c", "val x = for a <- b do c"),
        ("val x = { 1 }", "val x = 1"),
        ("val x = ((1))", "val x = 1"),
        ("val x = f { 1 }", "val x = f(1)"),
        ("val x = f:\n  1", "val x = f(1)"),
        ("val x = f(a, b,\n)", "val x = f(a, b)"),
        ("val x = f(ys: _*)", "val x = f(ys*)"),
        ("val x = a match { case List(b: _*) => 1 }", "val x = a match { case List(b*) => 1 }"),
        ("val x = a match { case List(b @ _*) => 1 }", "val x = a match { case List(b*) => 1 }"),
        ("type T = A with B", "type T = A & B"),
        ("import a._", "import a.*"),
        ("import a.{b => c}", "import a.b as c"),
        ("import a.{b}", "import a.b"),
        ("class A extends B with C", "class A extends B, C"),
        ("val x: List[_] = y", "val x: List[?] = y"),
        ("given A with { }", "given A with {}"),
        ("given x: [T] => B[T] => C[T] = d", "given x[T](using using$1: B[T]): C[T] = d"),
        ("given [T] => (b: B[T]) => C[T] = d", "given [T](using b: B[T]): C[T] = d"),
        ("extension (x: A) def f = 1", "extension (x: A) { def f = 1 }"),
        ("def f(using A) = 1", "def f(using using$1: A) = 1"),
        ("enum E { case A, B }", "enum E { case A; case B }"),
        ("val x = try a catch { case e => b }", "val x = try a catch case e => b"),
        ("package a { object B }", "package a\nobject B"),
        ("package a.b\nobject C", "package a.b { object C }"),
        ("val x = a.b((c, d) => e)", "val x = a.b { (c, d) => e }"),
        ("val x = (a: Int) => a", "val x = { (a: Int) => a }"),
        ("def f = { x => a; b }", "def f = x => { a; b }"),
        ("val x = new A { }", "val x = new A {}"),
        ("val x = new A[B].c(d)", "val x = (new A[B]).c(d)"),
        ("val x = new A(b).c", "val x = (new A(b)).c"),
        ("val x = 1; ;; val y = 2;", "val x = 1\nval y = 2"),
        ("def f(): Unit =\n  a\nend f", "def f(): Unit = a"),
        ("val x = if a then\n  b\n  c\nelse d", "val x = if a then { b; c } else d"),
    ];
    for (one, two) in pairs {
        assert_eq!(tree(one), tree(two), "{one} against {two}");
    }
}

#[test]
fn shapes() {
    let shapes = [
        // A dangling `else` belongs to the nearest `if`.
        ("val x = if a then if b then c else d", "val x = if a then { if b then c else d }"),
        (
            "val x =\n  if a then\n    if b then c\n  else d",
            "val x = if a then { if b then c } else d",
        ),
        // Arrows group to the right, application to the left.
        ("type T = A => B => C", "type T = A => (B => C)"),
        ("val f = a => b => c", "val f = a => (b => c)"),
        ("val x = f(a)(b).c", "val x = ((f(a))(b)).c"),
        // The rest of a block belongs to a lambda at its end.
        ("val f = g { a => b; c }", "val f = g(a => { b; c })"),
        // An ascription takes the whole chain.
        ("val x = (a + b: Int)", "val x = ((a + b): Int)"),
        // `match` takes the whole chain as well.
        ("val x = a + b match { case c => d }", "val x = (a + b) match { case c => d }"),
        // An assignment takes a whole expression.
        ("def f = { x = if a then b else c }", "def f = { x = (if a then b else c) }"),
        // A leading operator goes on with the expression.
        ("val x =\n  a\n  + b\n  * c", "val x = a + (b * c)"),
        ("val x = a\n  .b(c)\n  .d", "val x = a.b(c).d"),
        ("val x = xs.map: y =>\n    y\n  .size", "val x = xs.map(y => y).size"),
        // A case body goes up to the next case.
        (
            "def f = a match\n  case 1 => b; c\n  case _ => d",
            "def f = a match { case 1 => { b; c } case _ => d }",
        ),
    ];
    for (one, two) in shapes {
        assert_eq!(tree(one), tree(two), "{one} against {two}");
    }
}

#[test]
fn patterns() {
    let text = tree("val y = x match { case a => 1; case A => 2; case `a` => 3; case b.C => 4 }");
    assert!(text.contains("bind a") && text.contains("equal\n") && text.contains("`a`"));
    // The name of a definition binds, whatever its case; inside a pattern it does not.
    assert!(tree("val A = 1").contains("bind A"));
    assert!(!tree("val (A, b) = c").contains("bind A"));
    assert!(tree("val y = x match { case A: Int => 1 }").contains("bind A"));
}

#[test]
fn a_whole_definition() {
    let text = tree(
        "@a(1) private[b] final case class C[+T <: D](val x: T, y: => Int = 2)(using E) extends F(x), G derives H:\n  self: I =>\n  def f[A: B](x: A*): Unit\n",
    );
    let expected = "\
unit
  private[b] final case class C
    @
      type a
      arguments
        1
    type param +T
      <:
        type D
    parameters
      val param x
        type T
      param y by name
        type Int
        default
          2
    parameters using
      param using$1
        type E
    extends
      type F
      with arguments
        arguments
          x
      type G
    derives
      type H
    self self
      type
        type I
    body
      def f
        type param A
          context bound
            type B
        parameters
          param x vararg
            type A
        result
          type Unit
";
    assert_eq!(text, expected);
}
