//! Precedence and associativity: every pair of operators, and the traps.

use crate::common::{parse, tree};
use fscc_base::codes;

/// One operator of each level, from loose to tight, and one that associates to the right where
/// the level has one.
const LEVELS: &[&[&str]] = &[
    &["+=", "::="],
    &["max", "min"],
    &["|", "||", "|:"],
    &["^", "^:"],
    &["&", "&&", "&:"],
    &["==", "!="],
    &["<", ">=", "<:<"],
    &["::", ":::"],
    &["+", "-", "+:"],
    &["*", "/", "%", "*:"],
    &["~>", "??", "\\"],
];

/// Whether `a op1 b op2 c` groups to the left; `None` if the pair is refused.
fn groups_left(one: (usize, &str), two: (usize, &str)) -> Option<bool> {
    if one.0 != two.0 {
        return Some(one.0 > two.0);
    }
    let right = |op: &str| op.ends_with(':');
    (right(one.1) == right(two.1)).then(|| !right(one.1))
}

#[test]
fn every_pair() {
    let operators: Vec<(usize, &str)> = LEVELS
        .iter()
        .enumerate()
        .flat_map(|(level, operators)| operators.iter().map(move |operator| (level, *operator)))
        .collect();
    for one in &operators {
        for two in &operators {
            let source = format!("val x = a {} b {} c", one.1, two.1);
            let Some(left) = groups_left(*one, *two) else {
                let parsed = parse(&source);
                let codes: Vec<_> = parsed.diagnostics.iter().map(|d| d.code).collect();
                assert_eq!(codes, [codes::MIXED_ASSOCIATIVITY], "{source}");
                continue;
            };
            let (outer, inner) = if left { (two.1, one.1) } else { (one.1, two.1) };
            let text = tree(&source);
            let infixes: Vec<&str> = text.lines().filter(|line| line.contains("infix ")).collect();
            let outer = format!("infix {outer}");
            let inner = format!("infix {inner}");
            assert!(infixes[0].ends_with(&outer), "{source}\n{text}");
            assert!(infixes[1].ends_with(&inner), "{source}\n{text}");
        }
    }
}

#[test]
fn a_long_chain() {
    // 6 = ((1 + (2 * 3)) - 4 << 1) & 7, as Scala groups it.
    let flat = tree("val x = 1 + 2 * 3 - 4 << 1 & 7");
    let grouped = tree("val x = ((((1 + (2 * 3)) - 4) << 1) & 7)");
    assert_eq!(flat, grouped);
    assert_eq!(tree("val x = 5 | 2 ^ 3 & 6"), tree("val x = 5 | (2 ^ (3 & 6))"));
    assert_eq!(tree("val x = 1 < 2 == true"), tree("val x = (1 < 2) == true"));
}

#[test]
fn types_and_patterns() {
    assert_eq!(tree("type T = A | B & C"), tree("type T = A | (B & C)"));
    assert_eq!(tree("type T = A can Read & Write"), tree("type T = A can (Read & Write)"));
    assert_eq!(tree("type T = A *: B *: C"), tree("type T = A *: (B *: C)"));
    let flat = tree("val y = x match { case a :: b :: c => 1 }");
    assert_eq!(flat, tree("val y = x match { case a :: (b :: c) => 1 }"));
}

#[test]
fn a_minus_before_a_number() {
    assert_eq!(tree("val x = -2.abs"), tree("val x = (-2).abs"));
    assert!(tree("val x = -x.abs").contains("prefix -"));
    assert!(tree("val x = -(2)").contains("prefix -"));
    assert!(tree("val x = a -1").contains("infix -"));
    assert!(tree("val x = -2147483648").contains("-2147483648"));
    assert!(tree("val x = -9223372036854775808L").contains("-9223372036854775808L"));
}

#[test]
fn placeholders() {
    let pairs = [
        ("f(_ + 1)", "f(_$1 => _$1 + 1)"),
        ("f(g(_))", "f(_$1 => g(_$1))"),
        ("f(_, 1)", "_$1 => f(_$1, 1)"),
        ("f(_ + _)", "f((_$1, _$2) => _$1 + _$2)"),
        ("f(_.a.b)", "f(_$1 => _$1.a.b)"),
        ("f(g(_) + 1)", "f((_$1 => g(_$1)) + 1)"),
        ("f((_: Int) + 1)", "f((_$1: Int) => _$1 + 1)"),
        ("f(x = _)", "f((_$1 => x = _$1))"),
        ("f(x = _ + 1)", "f(x = _$1 => _$1 + 1)"),
        ("f(if _ then 1 else 2)", "f(_$1 => if _$1 then 1 else 2)"),
        ("f { _ + 1 }", "f(_$1 => _$1 + 1)"),
        ("f(_ match { case 1 => 2 })", "f(_$1 => _$1 match { case 1 => 2 })"),
        ("f(_.x = 1)", "f(_$1 => _$1.x = 1)"),
        ("f(s\"a${_}\")", "f(_$1 => s\"a${_$1}\")"),
    ];
    for (short, long) in pairs {
        // `f(g(_) + 1)`: a bare `_` belongs to the call of `g`, which is the whole expression.
        if short == "f(g(_) + 1)" {
            assert_eq!(tree(&format!("val y = {short}")), tree("val y = f(_$1 => g(_$1) + 1)"));
            continue;
        }
        assert_eq!(tree(&format!("val y = {short}")), tree(&format!("val y = {long}")), "{short}");
    }
}
