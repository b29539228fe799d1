//! Errors: codes, wording, several in one run, and no false followers.

use crate::common::{parse, tree};
use fscc_base::Span;
use fscc_base::codes;
use fscc_base::codes::Code;
use pretty_assertions::assert_eq;

fn codes_of(source: &str) -> Vec<Code> {
    parse(source).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn refused_forms_say_what_to_write() {
    let cases = [
        ("def f() { a }", codes::PROCEDURE_SYNTAX, ": Unit ="),
        ("class A { def this(x: Int) { this() } }", codes::PROCEDURE_SYNTAX, "="),
        ("def f = do { a } while (b)", codes::DO_WHILE, "while {"),
        ("def f =\n  do\n    a\n  while b", codes::DO_WHILE, "while {"),
        ("val x = xs size", codes::POSTFIX_OPERATOR, ".size"),
        ("val x = (xs size)", codes::POSTFIX_OPERATOR, ".size"),
        ("val f = g { x: Int => x }", codes::SCALA2_LAMBDA, "(x: T)"),
        ("val x = <a>text</a>", codes::XML_LITERAL, "string"),
        ("val x = 'abc", codes::SYMBOL_LITERAL, "\"abc\""),
        ("val x: List[T] forSome { type T } = y", codes::EXISTENTIAL_TYPE, "wildcard"),
        ("val x = '{ 1 }", codes::MACRO, "inline"),
        ("val x = ${ f }", codes::MACRO, "inline"),
        ("def f: Int = macro g", codes::MACRO, "inline"),
        ("class A extends { val x = 1 } with B", codes::EARLY_INITIALISER, "parameter"),
        ("class A { var x = _ }", codes::UNINITIALISED, "Option"),
        ("def f[A <% B](x: A) = 1", codes::VIEW_BOUND, "using"),
        ("def f(x: A)[B](y: B) = 1", codes::INTERLEAVED_TYPE_CLAUSE, "after the name"),
        ("val x = f[A = Int](1)", codes::NAMED_TYPE_ARGUMENT, "order"),
    ];
    for (source, code, help) in cases {
        let parsed = parse(source);
        assert_eq!(codes_of(source), [code], "{source}: {:#?}", parsed.diagnostics);
        let helps = parsed.diagnostics[0].helps.join(" ");
        assert!(helps.contains(help), "{source}: {helps}");
    }
}

#[test]
fn messages_name_what_was_found_and_what_could_stand_there() {
    let cases = [
        ("val x =", "unexpected end of the file, expected an expression"),
        ("val x = \nval y = 1", "unexpected end of the line, expected an expression"),
        ("def f(x) = 1", "unexpected `)`, expected `:`"),
        ("def f(x: ) = 1", "unexpected `)`, expected a type"),
        ("val x = if a b", "unexpected end of the file, expected `then`"),
        ("val x = (1 2)", "unexpected number `2`, expected `)`"),
        ("val x = a match { }  2", "unexpected number `2`"),
        ("def = 1", "unexpected `=`, expected a name"),
        ("class", "unexpected end of the file, expected a name"),
        ("val x = while a b", "unexpected end of the file, expected `do`"),
        ("val x: = 1", "unexpected `=`, expected a type"),
        ("val x = a match { case => 1 }", "unexpected `=>`, expected a pattern"),
        ("val x = for a do b", "unexpected `do`, expected `<-`"),
        ("val x = else", "unexpected `else`, expected an expression"),
        ("import", "unexpected end of the file, expected a name"),
        ("val x = 1 +", "operator `+` has no right operand"),
        ("object A:\nval x = 1", "unexpected `:`"),
    ];
    for (source, expected) in cases {
        let parsed = parse(source);
        let messages: Vec<_> = parsed.diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert!(
            messages.first().is_some_and(|message| message.starts_with(expected)),
            "{source}: {messages:?}"
        );
    }
}

#[test]
fn several_errors_in_one_run() {
    let source = "\
object A:
  val = 1
  def f(x: Int): Int =
    val y = (x
    x + * 2
  def g: Int = 3
  def h(: Int) = 4
  enum E:
    case B(
    case C
  def i = x match
    case 1 =>
      a b c d 1
    case => 2
    case 3 => 4
  val z = 5
";
    let parsed = parse(source);
    let line = |span: Span| source[..span.lo as usize].matches('\n').count() as u32 + 1;
    // Where each mistake shows, and where it shows and why.
    let found: Vec<u32> = parsed.diagnostics.iter().map(|found| line(found.span())).collect();
    let labels = parsed.diagnostics.iter().flat_map(|found| &found.labels);
    let places: Vec<u32> = labels.map(|label| line(label.span)).collect();
    assert_eq!(found, [2, 6, 7, 11, 14]);
    for line in [2, 4, 7, 9] {
        assert!(places.contains(&line), "line {line} is not among {places:?}");
    }
}

#[test]
fn good_parts_survive() {
    let source = "\
object A:
  val = 1
  def g: Int = 3
  def h =
    val x = )
    val y = 2
    y
  val z = 5
";
    let parsed = parse(source);
    let text = fscc_syntax::print(&parsed.unit);
    for kept in ["def g", "def h", "bind y", "bind z"] {
        assert!(text.contains(kept), "{kept} is lost:\n{text}");
    }
    assert_eq!(parsed.diagnostics.len(), 2, "{:#?}", parsed.diagnostics);
}

#[test]
fn a_faulty_case_costs_only_that_case() {
    let source = "def f = x match\n  case 1 => a\n  case 2 3 => b\n  case 4 => c\n";
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics.len(), 1);
    let text = fscc_syntax::print(&parsed.unit);
    assert_eq!(text.matches("case\n").count(), 3, "{text}");
}

#[test]
fn what_no_grammar_says() {
    let cases = [
        "def f(x: Int*, y: Int) = 1",
        "val (a :: b), c = d",
        "trait A { def f }",
        "given a(b: B): C = d",
        "extension (x: A) { val y = 1 }",
        "val x = try a catch {}",
        "def f(val x: Int) = 1",
        "val x = (ys*)",
        "val x = 1 = 2",
    ];
    for source in cases {
        let source = format!("object O {{ {source} }}");
        assert_eq!(codes_of(&source), [codes::SYNTAX], "{source}");
    }
    assert_eq!(codes_of("object O { for { y = 1 } yield y }"), [codes::FOR_HEAD]);
}

#[test]
fn one_mistake_gives_one_message() {
    let mistakes = [
        "if x > 1\n      3\n    else\n      4",
        "while x > 1 y",
        "val y = (1 2)",
        "val y = x =>\n    )",
        "x match\n      Case 1 => 2\n      case 2 => 3",
        "val y = List(1, 2 3)",
        "y +\n    val z = 1",
        "for x in xs yield x",
        "val = 3",
        "import a.b.",
        "def g(x Int): Int =\n      x",
        "try\n      x\n    catch\n      e => y",
    ];
    for mistake in mistakes {
        let source = format!("object A:\n  def f =\n    {mistake}\n    1\n\n  def g = 2\n");
        let parsed = parse(&source);
        let messages: Vec<_> = parsed.diagnostics.iter().map(|d| &d.message).collect();
        assert!(messages.len() <= 1, "{mistake}: {messages:?}");
        assert!(fscc_syntax::print(&parsed.unit).contains("    def g"), "{mistake}");
    }
}

#[test]
fn brackets() {
    // What is said, and which opener is shown as the reason.
    let cases: [(&str, &[&str], &[&str]); 6] = [
        ("val x = (1", &["the file ends, and `)` is missing"], &["this `(` is never closed"]),
        ("val x = 1)", &["this `)` closes nothing"], &[]),
        (
            "class A {\n  def f = { 1\n}\nclass B {\n}",
            &["the file ends, and `}` is missing"],
            &["this `{` is never closed"],
        ),
        ("class A { def f = (1 }", &["found `}` before `)`"], &["this `(` is never closed"]),
        ("val x = f(a]", &["this `]` closes nothing"], &["this `(` is still open"]),
        ("val x = s\"${(1}\"", &["found `}` before `)`"], &["this `(` is never closed"]),
    ];
    for (source, expected, reasons) in cases {
        let parsed = parse(source);
        let mut messages: Vec<_> = parsed.diagnostics.iter().map(|d| d.message.as_str()).collect();
        messages.sort_unstable();
        assert_eq!(messages, expected, "{source}");
        let labels: Vec<_> = (parsed.diagnostics.iter())
            .flat_map(|d| d.labels.iter().skip(1))
            .map(|label| label.text.as_str())
            .collect();
        assert_eq!(labels, reasons, "{source}");
    }
    // The culprit is the brace whose partner stands too far left.
    let parsed = parse("class A {\n  def f = {\n    1\n}\nclass B {\n}\n");
    assert_eq!(parsed.diagnostics[0].labels[1].span.lo, 20, "{:#?}", parsed.diagnostics);
}

#[test]
fn indentation() {
    assert_eq!(codes_of("object O:\n  def f =\n      a\n    b"), [codes::INDENTATION]);
    assert_eq!(codes_of("def f =\n\ta\n        b"), [codes::INDENTATION]);
    assert!(codes_of("def f =\n\ta\n\tb").is_empty());
}

#[test]
fn end_markers() {
    for good in [
        "def f =\n  1\nend f",
        "class A:\n  def f = 1\nend A",
        "object A:\n  if a then\n    b\n  end if\nend A",
        "object A:\n  x match\n    case 1 => 2\n  end match\nend A",
        "val x =\n  1\nend x",
        "given a: B with\n  def c = 1\nend a",
        "extension (x: A)\n  def f = 1\nend extension",
        "class A:\n  def this(x: Int) =\n    this()\n  end this\nend A",
        "package a:\n  object B\nend a",
    ] {
        tree(good);
    }
    for bad in
        ["def f =\n  1\nend g", "class A:\n  def f = 1\nend B", "object A:\n  x = 1\n  end if"]
    {
        assert_eq!(codes_of(bad), [codes::END_MARKER], "{bad}");
    }
}

#[test]
fn top_level_expressions_are_refused() {
    assert_eq!(codes_of("println(1)"), [codes::TOP_LEVEL_EXPRESSION]);
}
