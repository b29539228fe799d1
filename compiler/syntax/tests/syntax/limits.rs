//! The declared limits, at n and n + 1, and far beyond.

use crate::common::parse;
use fscc_base::codes;
use fscc_base::limits::{ERRORS_PER_FILE_MAX, NESTING_DEPTH_MAX, SOURCE_BYTES_MAX, TREE_DEPTH_MAX};

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("val x = {}1{}", open.repeat(levels), close.repeat(levels))
}

fn is_too_deep(source: &str) -> bool {
    let parsed = parse(source);
    match parsed.diagnostics.as_slice() {
        [] => false,
        [one] => {
            assert_eq!(one.code, codes::NESTING_LIMIT, "{}", one.message);
            true
        }
        many => panic!("{many:#?}"),
    }
}

#[test]
fn nesting() {
    for (open, close) in [("(", ")"), ("{", "}"), ("f(", ")"), ("f{", "}"), ("s\"${", "}\"")] {
        // An interpolated string opens two brackets: the quote and the brace.
        let levels = if open.starts_with('s') { NESTING_DEPTH_MAX / 2 } else { NESTING_DEPTH_MAX };
        assert!(!is_too_deep(&nested(open, close, levels)), "{open}");
        assert!(is_too_deep(&nested(open, close, levels + 1)), "{open}");
        assert!(is_too_deep(&nested(open, close, 10_000)), "{open}");
    }
}

#[test]
fn size() {
    let of_bytes = |bytes: usize| parse(&format!("val x = 1{}", "\n".repeat(bytes - 9)));
    assert!(of_bytes(SOURCE_BYTES_MAX).diagnostics.is_empty());
    let too_large = of_bytes(SOURCE_BYTES_MAX + 1).diagnostics;
    assert_eq!(too_large.len(), 1);
    assert_eq!(too_large[0].labels[0].text, "the limit is SOURCE_BYTES_MAX");
}

#[test]
fn indentation() {
    let blocks = |levels: usize| {
        let lines = (0..levels).map(|level| format!("{}if a then\n", " ".repeat(level + 1)));
        format!("def f =\n{}{}b", lines.collect::<String>(), " ".repeat(levels + 1))
    };
    assert!(!is_too_deep(&blocks(NESTING_DEPTH_MAX - 1)));
    assert!(is_too_deep(&blocks(NESTING_DEPTH_MAX)));
}

#[test]
fn chains() {
    // `val x = 1` and two tokens for each further operand.
    let operands = (TREE_DEPTH_MAX - 4) / 2;
    assert!(!is_too_deep(&format!("val x = 1{}", " + 1".repeat(operands))));
    assert!(is_too_deep(&format!("val x = 1{}", " + 1".repeat(operands + 1))));
}

#[test]
fn ten_thousand_of_anything() {
    const N: usize = 10_000;
    let sources = [
        format!("val x = 1{}", " + 1".repeat(N)),
        format!("val x = {}Nil", "1 :: ".repeat(N)),
        format!("val x = a{}", " max b".repeat(N)),
        format!("val x = {}c", "if a then b else ".repeat(N)),
        format!("val x = {}c", "if (a) b else ".repeat(N)),
        format!("val x = a{}", " match { case b => c }".repeat(N)),
        format!("val x = {}1{}", "a match { case b => ".repeat(N), "}".repeat(N)),
        format!("val x = {}1{}", "new A(".repeat(N), ")".repeat(N)),
        format!("val x = {}a", "! ".repeat(N)),
        format!("val f = {}b", "a => ".repeat(N)),
        format!("val f = {{{}b }}", "a =>\n".repeat(N)),
        format!("val f = a{}", ".b".repeat(N)),
        format!("val f = a{}", "(b)".repeat(N)),
        format!("val f = {}c", "try a catch case e => ".repeat(N)),
        format!("val f = {}c", "throw ".repeat(N)),
        format!("val f = {}c", "for a <- b do ".repeat(N)),
        format!("val f = {}c", "a = ".repeat(N)),
        format!("val x: {}A", "A => ".repeat(N)),
        format!("val x: {}A", "A & ".repeat(N)),
        format!("val x: {}A{}", "L[".repeat(N), "]".repeat(N)),
        format!("val x: {}A{}", "(A, ".repeat(N), ")".repeat(N)),
        format!("type F = {}A", "[X] =>> ".repeat(N)),
        format!("type F = A{}", "#B".repeat(N)),
        format!("val y = x match {{ case {}b{} => 1 }}", "A(".repeat(N), ")".repeat(N)),
        format!("val y = x match {{ case {}b => 1 }}", "a :: ".repeat(N)),
        format!("val y = x match {{ case {}2 => 1 }}", "1 | ".repeat(N)),
        format!("class A {}{}", "{ class A ".repeat(N), "}".repeat(N)),
        format!("{}object A", "package a\n".repeat(N)),
    ];
    for source in sources {
        assert!(is_limit_reported(&source), "{}", &source[..60]);
    }
}

fn is_limit_reported(source: &str) -> bool {
    parse(source).diagnostics.iter().any(|diagnostic| diagnostic.code == codes::NESTING_LIMIT)
}

#[test]
fn wide_is_not_deep() {
    let many = 5_000;
    let sources = [
        format!("val x = List({})", "1, ".repeat(many) + "1"),
        format!("object A {{\n{}}}", "  val f: A => B = c\n".repeat(many)),
        format!("def f(x: Int) = x match {{\n{}}}", "  case 1 => g(x => x)\n".repeat(many)),
        format!("def f = {{\n{}}}", "  g(x => x)\n".repeat(many)),
        "object A\n".repeat(many),
    ];
    for source in sources {
        assert!(!is_too_deep(&source), "{}", &source[..40]);
    }
}

#[test]
fn errors_per_file() {
    let source = "val = 1\n".repeat(ERRORS_PER_FILE_MAX * 3);
    assert_eq!(parse(&source).diagnostics.len(), ERRORS_PER_FILE_MAX);
}

#[test]
fn large_files_are_parsed_in_pieces() {
    let values = |count: usize| {
        let value = |number| format!("val v{number} = List({number}).map(_ + {number})\n");
        (0..count).map(value).collect::<String>()
    };
    // What an import allows, it allows in every piece behind it.
    let postfix = format!("import scala.language.postfixOps\n{}val last = 1 abs\n", values(2_000));
    assert!(parse(&postfix).diagnostics.is_empty());
    let refused = parse(&postfix.replace("postfixOps", "implicits")).diagnostics;
    assert_eq!(refused.len(), 1, "{refused:#?}");
    // Mistakes are told in their order, and everything else is there.
    let faulty = format!("val a = then\n{}val b = then\nval c = 1\n", values(2_000));
    let parsed = parse(&faulty);
    assert_eq!(parsed.diagnostics.len(), 2, "{:#?}", parsed.diagnostics);
    assert!(parsed.diagnostics[0].span() < parsed.diagnostics[1].span());
    assert_eq!(parsed.unit.stats.len(), 2_003);
}
