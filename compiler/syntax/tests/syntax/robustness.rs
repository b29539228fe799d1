//! Any text gives a tree and diagnostics: no panic, balanced braces, spans inside the file.

use crate::common::{laid_out, parse, repository_sources};
use proptest::prelude::*;

/// Words that make a random text look like a program.
const WORDS: &[&str] = &[
    "case",
    "class",
    "def",
    "do",
    "else",
    "enum",
    "extends",
    "for",
    "given",
    "if",
    "import",
    "match",
    "new",
    "object",
    "package",
    "return",
    "then",
    "this",
    "throw",
    "try",
    "catch",
    "finally",
    "type",
    "val",
    "var",
    "while",
    "with",
    "yield",
    "inline",
    "using",
    "extension",
    "derives",
    "end",
    "as",
    "a",
    "b",
    "C",
    "x1",
    "_",
    "1",
    "2.5",
    "\"s\"",
    "'c'",
    "s\"a$b${",
    "}\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    ";",
    ":",
    "=",
    "=>",
    "?=>",
    "=>>",
    "<-",
    "<:",
    ">:",
    "#",
    "@",
    "|",
    "*",
    "+",
    "-",
    "::",
    "+=",
    "`q`",
    "\n",
    "\n  ",
    "\n    ",
    "\n\t",
    "  ",
    "//c\n",
    "/*",
    "*/",
    "\"",
    "\"\"\"",
    "'",
    "$",
    "é",
    "→",
    "\u{0}",
    "???",
    "macro",
    "forSome",
    "<a>",
];

const PROGRAM: &str = "package a.b\nimport c.{d as e, *}\n\n@main def run(xs: Int*): Unit =\n  \
    val ys = for x <- xs if x > 1; y = x * 2 yield y + 1\n  ys.foreach: y =>\n    \
    println(s\"y = $y, ${y + 1}\")\n  x match\n    case Some(a :: b) if a > b => a\n    \
    case _ =>\n      if a then b else c\nend run\n\nenum Color(val rgb: Int):\n  \
    case Red extends Color(0xFF0000)\n  case Mix(a: Int, b: Int)\n\nclass P[+T <: Ord[T]](val x: T) \
    extends Q[T](x) with R { self: S =>\n  def f(y: => T = z)(using o: Ord[T]): T = {\n    \
    try y catch { case e: E => throw e } finally close()\n  }\n}\ngiven [T: Ord] => Ord[List[T]]:\n  \
    def compare(x: T, y: T) = -1\n";

fn check(source: &str) {
    let parsed = parse(source);
    for diagnostic in &parsed.diagnostics {
        let span = diagnostic.span();
        assert!(span.lo <= span.hi && span.hi as usize <= source.len(), "{diagnostic:?}");
        assert!(source.is_char_boundary(span.lo as usize), "{diagnostic:?}");
        assert!(source.is_char_boundary(span.hi as usize), "{diagnostic:?}");
    }
    let _ = fscc_syntax::print(&parsed.unit);
    let mut depth = 0i64;
    for token in laid_out(source) {
        assert!(token.lo <= token.hi && token.hi as usize <= source.len());
        depth += i64::from(token.kind.is_opener()) - i64::from(token.kind.is_closer());
        assert!(depth >= 0);
    }
    assert_eq!(depth, 0);
}

proptest! {
    // `PROPTEST_CASES` sets how many.
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_ascii(text in "[ -~\n\t]{0,300}") {
        check(&text);
    }

    #[test]
    fn random_words(words in proptest::collection::vec(0..WORDS.len(), 0..120)) {
        let text: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
        check(&text.join(" "));
    }

    #[test]
    fn random_words_without_blanks(words in proptest::collection::vec(0..WORDS.len(), 0..120)) {
        check(&words.into_iter().map(|word| WORDS[word]).collect::<String>());
    }

    #[test]
    fn mutated_program(
        edits in proptest::collection::vec((0..PROGRAM.len(), 0..WORDS.len(), 0..12usize), 1..8)
    ) {
        let mut text = PROGRAM.to_owned();
        for (place, word, length) in edits {
            let lo = place.min(text.len());
            let hi = (lo + length).min(text.len());
            if text.is_char_boundary(lo) && text.is_char_boundary(hi) {
                text.replace_range(lo..hi, WORDS[word]);
            }
        }
        check(&text);
    }

    #[test]
    fn cut_program(lo in 0..PROGRAM.len(), hi in 0..PROGRAM.len()) {
        check(&PROGRAM[lo.min(hi)..lo.max(hi)]);
    }
}

#[test]
fn the_program_itself_is_fine() {
    let parsed = parse(PROGRAM);
    assert!(parsed.diagnostics.is_empty(), "{:#?}", parsed.diagnostics);
}

#[test]
fn odd_files() {
    for source in ["", "\n", "\u{feff}object A", "\u{feff}", "\r\n\r\n", "object A\r\nobject B\r\n"]
    {
        check(source);
        assert!(parse(source).diagnostics.is_empty(), "{source:?}");
    }
}

/// The sources of the repository with random edits: `FSCC_FUZZ_ROUNDS` edits of each (default 2).
#[test]
fn mutated_sources() {
    let rounds = std::env::var("FSCC_FUZZ_ROUNDS").ok().and_then(|text| text.parse().ok());
    let rounds: u64 = rounds.unwrap_or(2);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit.max(1) as u64) as usize
    };
    for path in repository_sources() {
        let Ok(original) = std::fs::read_to_string(&path) else { continue };
        for _ in 0..rounds {
            let mut text = original.clone();
            for _ in 0..1 + random(6) {
                let lo = random(text.len() + 1);
                let hi = (lo + random(20)).min(text.len());
                if text.is_char_boundary(lo) && text.is_char_boundary(hi) {
                    text.replace_range(lo..hi, WORDS[random(WORDS.len())]);
                }
            }
            check(&text);
        }
    }
}

/// Passes whose work per token could grow with the file: all must stay linear.
#[test]
fn time_grows_linearly() {
    let pieces = [
        "case ",
        "if ",
        "if (",
        "for ",
        "for (",
        "while (a) ",
        "def ",
        "val ",
        "type ",
        "given ",
        "class ",
        "new ",
        "import ",
        "extension (",
        "@a ",
        "inline ",
        "else ",
        "do ",
        "then ",
        "a => ",
        "(",
        "[",
        "{",
        "s\"${",
        "x.y: z =>\n",
        "enum A:\n case ",
        "\"\"\"",
        "'",
        "`",
        "/*",
        "a:\n",
        "=",
        "(a) => ",
        "match ",
        "try ",
        "catch ",
        "} ",
        ") ",
        "] ",
        "end\n",
        "val x = a match\n",
        "if (a) + ",
        "given a: ",
        "class A extends B ",
        "x forSome { ",
    ];
    for piece in pieces {
        let time = |count: usize| {
            let source = piece.repeat(count);
            let start = std::time::Instant::now();
            let _ = parse(&source);
            start.elapsed().as_secs_f64()
        };
        let (small, large) = (time(2_000), time(40_000));
        assert!(large < small * 20.0 * 8.0 + 0.5, "{piece:?}: {small} s, then {large} s");
    }
}
