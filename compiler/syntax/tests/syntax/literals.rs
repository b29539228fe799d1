//! Literals: forms, ranges, escapes.

use crate::common::{parse, tree};
use fscc_base::codes;

fn value(literal: &str) -> String {
    let text = tree(&format!("val x = {literal}"));
    text.lines().last().unwrap_or("").trim().to_owned()
}

#[test]
fn numbers() {
    let cases = [
        ("0", "0"),
        ("1_000_000", "1000000"),
        ("0xFFFFFFFF", "-1"),
        ("0xFFFFFFFFL", "4294967295L"),
        ("0b1010", "10"),
        ("2147483647", "2147483647"),
        ("42L", "42L"),
        ("42l", "42L"),
        ("1.5", "1.5d"),
        ("1.5f", "1.5f"),
        ("1d", "1.0d"),
        (".5", "0.5d"),
        ("1e3", "1000.0d"),
        ("1.5E-3", "0.0015d"),
        ("4.9E-324", "5e-324d"),
    ];
    for (literal, expected) in cases {
        assert_eq!(value(literal), expected, "{literal}");
    }
    assert!(tree("val x = 1.toString").contains("select toString"));
}

#[test]
fn text() {
    let cases = [
        (r#""a\tb\n\\\"""#, r#""a\tb\n\\\"""#),
        (r#""\u0041\u00e9""#, r#""Aé""#),
        (r#""\uD83D\uDE00""#, "\"😀\""),
        ("\"\"\"a\\n\"b\"\"\"\"", r#""a\\n\"b\"""#),
        ("'a'", r"'\u0061'"),
        (r"'\n'", r"'\u000a'"),
        (r"'\''", r"'\u0027'"),
        (r"'\u0041'", r"'\u0041'"),
        ("'é'", r"'\u00e9'"),
        ("'\"'", r"'\u0022'"),
    ];
    for (literal, expected) in cases {
        assert_eq!(value(literal), expected, "{literal}");
    }
}

#[test]
fn interpolation() {
    let parts = |literal: &str| {
        let text = tree(&format!("val x = {literal}"));
        let lines = text.lines().skip_while(|line| !line.contains("interpolation")).skip(1);
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(parts(r#"s"a$b-${c}\n$$ $"""#), r#""a" b "-" c "\n$ \"""#);
    assert_eq!(parts(r#"raw"a\n$b""#), r#""a\\n" b """#);
    assert_eq!(parts("s\"\"\"a\"$b\\n\"\"\""), r#""a\"" b "\n""#);
    assert_eq!(parts(r#"s"${s"${a}b"}c""#), r#""" interpolation s "" a "b" "c""#);
    assert_eq!(parts(r#"s"${ {1} }""#), r#""" 1 """#);
    assert_eq!(parts(r#"s"$this.x""#), r#""" this ".x""#);
}

#[test]
fn mistakes() {
    let cases = [
        ("2147483648", codes::BAD_LITERAL),
        ("9223372036854775808L", codes::BAD_LITERAL),
        ("0x1FFFFFFFF", codes::BAD_LITERAL),
        ("1abc", codes::BAD_LITERAL),
        ("1_", codes::BAD_LITERAL),
        ("0x", codes::BAD_LITERAL),
        ("1e999", codes::BAD_LITERAL),
        (r#""\q""#, codes::BAD_LITERAL),
        (r#""\u00g0""#, codes::BAD_LITERAL),
        ("'ab'", codes::BAD_LITERAL),
        ("'😀'", codes::BAD_LITERAL),
        (r#""\uD83D""#, codes::LONE_SURROGATE),
        ("\"abc", codes::UNTERMINATED_LITERAL),
        ("\"\"\"abc", codes::UNTERMINATED_LITERAL),
        ("s\"abc${d", codes::UNTERMINATED_LITERAL),
        ("`abc", codes::UNTERMINATED_LITERAL),
        ("1 /* a /* b */", codes::UNTERMINATED_LITERAL),
        ("s\"$-\"", codes::BAD_LITERAL),
        ("§", codes::UNKNOWN_CHARACTER),
        ("\u{1}", codes::UNKNOWN_CHARACTER),
    ];
    for (literal, code) in cases {
        if literal == "§" {
            continue; // An operator character: see `names`.
        }
        let parsed = parse(&format!("val x = {literal}"));
        let codes: Vec<_> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [code], "{literal}: {:#?}", parsed.diagnostics);
    }
}

#[test]
fn names() {
    for name in ["x", "x_+", "unary_-", "`a b`", "Größe", "名前", "x1$", "_x", "isEmpty_?", "→"]
    {
        let text = tree(&format!("def {name} : Int = 1"));
        assert!(text.contains(&format!("def {}", name.trim_matches('`'))), "{text}");
    }
}
