//! Golden token streams: what layout makes of line ends and indentation.

use crate::common::{laid_out, spelling};
use pretty_assertions::assert_eq;

/// The laid-out tokens, spelled with explicit braces and semicolons, with one blank between.
fn explicit(source: &str) -> String {
    let tokens = laid_out(source);
    tokens.iter().map(|token| spelling(token, source)).collect::<Vec<_>>().join(" ")
}

/// Checks pairs of a source and its explicit form.
fn check(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(explicit(source), *expected, "{source}");
    }
}

#[test]
fn newlines() {
    check(&[
        ("a\nb", "a ; b"),
        ("a;b", "a ; b"),
        ("a;\n\n;b\n", "a ; b"),
        ("a +\nb", "a + b"),
        ("a\n+ b", "a + b"),
        ("a\n+b", "a ; + b"),
        ("a\n\n+ b", "a ; + b"),
        ("a\n+\nb", "a + b"),
        ("x =\n    a\n  + b", "x = { a + b }"),
        ("x =\n  a\n+ b", "x = { a } ; + b"),
        ("f\n\n  (1)", "f ; ( 1 )"),
        ("class A\n\n{ b }", "class A ; { b }"),
        ("a\n  :\n  b", "a { b }"),
        ("a\n`x` += b", "a ; `x` += b"),
        ("a\n`x` b", "a `x` b"),
        ("a\n  .b\n  .c", "a . b . c"),
        ("f(1)\n(2)", "f ( 1 ) ; ( 2 )"),
        ("f(1)\n  (2)", "f ( 1 ) ( 2 )"),
        ("f\n  { x }", "f { x }"),
        ("(a\nb)", "( a b )"),
        ("return\nx", "return ; x"),
        ("return\n  x", "return { x }"),
        ("a // c\nb", "a ; b"),
        ("a /* c\n */ b", "a ; b"),
        ("{ a\n }", "{ a }"),
        ("x match { case 1 => a\n case 2 => b }", "x match { case 1 => a case 2 => b }"),
        ("@a\n@b(1)\ndef f = 1", "@ a @ b ( 1 ) def f = 1"),
        ("private[this]\ndef f = 1", "private [ this ] def f = 1"),
        ("f(a,\n  b,\n)", "f ( a , b )"),
        ("???\nb", "??? ; b"),
        ("import a.*\nb", "import a . * ; b"),
        ("class A\n{\n}\nb", "class A { } ; b"),
    ]);
}

#[test]
fn regions() {
    check(&[
        ("def f =\n  a\n  b\nc", "def f = { a ; b } ; c"),
        ("def f =\na", "def f = a"),
        ("if a then\n  b\nelse\n  c\nd", "if a then { b } else { c } ; d"),
        ("if a then b\nelse if c then d\nelse e", "if a then b else if c then d else e"),
        ("if (a)\n  b\nelse\n  c", "if ( a ) then { b } else { c }"),
        ("if (a) + b then c", "if ( a ) + b then c"),
        ("while\n  a\n  b\ndo\n  c\nd", "while { a ; b } do { c } ; d"),
        ("while (a) b\nc", "while ( a ) do b ; c"),
        ("while (a) && b do c", "while ( a ) && b do c"),
        (
            "for\n  x <- a\n  if x > 1\n  y = x\nyield\n  y",
            "for { x <- a if x > 1 ; y = x } yield { y }",
        ),
        ("for (x <- a; y <- b) c", "for ( x <- a ; y <- b ) do c"),
        ("for { x <- a } yield x", "for { x <- a } yield x"),
        ("for (a, b) <- c do d", "for ( a , b ) <- c do d"),
        ("for x <- a\n    y <- b\nyield y", "for x <- a ; y <- b yield y"),
        (
            "a match\n  case 1 => b\n  case _ =>\n    c\n    d\ne",
            "a match { case 1 => b case _ => { c ; d } } ; e",
        ),
        ("a match\ncase 1 => b\ncase _ => c\nd", "a match { case 1 => b case _ => c } ; d"),
        (
            "try\n  a\ncatch\n  case e => b\nfinally\n  c",
            "try { a } catch { case e => b } finally { c }",
        ),
        ("try a\ncatch case e => b", "try a catch case e => b"),
        ("class A:\n  b\n\n  c\nd", "class A { b ; c } ; d"),
        ("object A extends B:\n  c", "object A extends B { c }"),
        ("class A:\n  self: B =>\n  c", "class A { self : B => c }"),
        ("given A with\n  b\nc", "given A with { b } ; c"),
        ("given A:\n  b\nc", "given A with { b } ; c"),
        ("extension (x: A)\n  def f = 1\nb", "extension ( x : A ) { def f = 1 } ; b"),
        (
            "enum A:\n  case B, C\n  case D(x: Int)\n  def f = 1",
            "enum A { case B , C ; case D ( x : Int ) ; def f = 1 }",
        ),
        ("new A:\n  b", "new A { b }"),
        ("a:\n  b\n  c\nd", "a { b ; c } ; d"),
        ("a(1):\n  b", "a ( 1 ) { b }"),
        ("a.b: x =>\n  c\n  d\ne", "a . b { x => c ; d } ; e"),
        ("a.b: (x, y) =>\n  c\n.d", "a . b { ( x , y ) => c } . d"),
        ("f(x =>\n  a\n  b)", "f ( x => { a ; b } )"),
        ("f(x =>\n  a, y)", "f ( x => { a } , y )"),
        ("f { x =>\n  a\n  b\n}", "f { x => { a ; b } }"),
        ("f {\n  a\n  b\n}", "f { a ; b }"),
        ("x =\n  a\ny", "x = { a } ; y"),
        ("type F =\n  A => B", "type F = A => B"),
        ("def f(g: A =>\n    B): C =>\n    D = e", "def f ( g : A => B ) : C => D = e"),
        ("val x: A =>\n  B = c", "val x : A => B = c"),
        ("def f =\n  a\nend f\nb", "def f = { a } ; end f ; b"),
        ("f(if a then b else c)", "f ( if a then b else c )"),
        ("do\n  a\nwhile b", "do { a } while b"),
    ]);
}
