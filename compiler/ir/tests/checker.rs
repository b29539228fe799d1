//! The checker refuses what means nothing, and the reader what is no text: one program per rule.

use fscc_ir::check::check;
use fscc_ir::text::parse;

/// Tables that the programs below may name.
const TABLES: &str = r#"
class c24 "A" extends c1 {
  var "x": i32
  val "y": any
  s0 = f1
}
abstract class c25 "B" extends c24 {
}
selector s0 "size" c24 (ref c24) -> i32
global g0 "count": i64
storage st0 scalar "total" "Long"
storage st1 map "table" "Map[Long, Long]"
"#;

const SIZE: &str = r#"
func f1 "A.size" (v0: ref c24) -> i32 {
bb0:
  v1: i32 = const.i32 1
  ret v1
}
"#;

fn errors_of(text: &str) -> Vec<String> {
    let module = parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    check(&module).iter().map(ToString::to_string).collect()
}

/// The mistakes of a function with parameters `v0: i32, v1: ref c24, v2: any` and this body.
fn body_errors(body: &str) -> Vec<String> {
    errors_of(&format!(
        "module program \"test\"{TABLES}func f0 \"f\" (v0: i32, v1: ref c24, v2: any) -> i32 {{\nbb0:\n{body}}}\n{SIZE}"
    ))
}

#[test]
fn a_valid_body_passes() {
    let body = r#"
  v3: i32 = field.get c24.0, v1
  v4: any = box c7, v3
  field.set c24.1, v1, v4
  v5: i32 = call.virtual s0, v1
  v6: ref c15 = const.bytes x""
  storage.set st0, v6
  storage.map_set st1, v6, v6
  v7: ref c16 = call.try f2, v2
  br v5, bb1(v3), bb2
bb1(v8: i32):
  ret v8
bb2:
  switch v3, -1: bb1(v3), 7: bb3, else: bb3
bb3:
  tailcall f1, v1
"#;
    let extra = "func f2 \"g\" (v0: any) -> any {\nbb0:\n  ret v0\n}\n";
    let text = format!(
        "module program \"test\"{TABLES}func f0 \"f\" (v0: i32, v1: ref c24, v2: any) -> i32 {{\nbb0:\n{body}}}\n{SIZE}{extra}"
    );
    assert_eq!(errors_of(&text), Vec::<String>::new());
}

#[test]
fn mistakes_of_functions() {
    let cases: &[(&str, &str)] = &[
        ("ret v9\n", "v9 is not a value"),
        ("v4: i32 = i32.add v0, v3\nret v0\n", "v3 is used but not defined"),
        ("v4: i32 = i32.neg v5\nv5: i32 = i32.neg v0\nret v4\n", "does not reach"),
        (
            "br v0, bb1, bb2\nbb1:\n  v3: i32 = i32.neg v0\n  jump bb2\nbb2:\n  ret v3\n",
            "v3 is used where its definition in bb1 does not reach",
        ),
        ("ret v0\nbb1:\n  ret v0\n", "bb1 cannot be reached"),
        ("jump bb0\n", "jumps to the entry"),
        ("jump bb7\n", "bb7 is not a block"),
        ("v3: i32 = i32.add v0, v1\nret v0\n", "v1 is ref c24, expected i32"),
        ("v3: i64 = i32.add v0, v0\nret v0\n", "the result is i64, expected i32"),
        ("i32.add v0, v0\nret v0\n", "the result is nothing, expected i32"),
        ("v3: i32 = i32.add v0\nret v0\n", "found 1 operands, expected 2"),
        ("v3: any = box c24, v0\nret v0\n", "no box of a scalar"),
        ("v3: any = box c8, v0\nret v0\n", "v0 is i32, expected i64"),
        ("v3: i32 = unbox c8, v2\nret v0\n", "the result is i32, expected i64"),
        ("v3: ref c24 = cast c99, v2\nret v0\n", "no class c99"),
        ("v3: ref c99 = cast c24, v2\nret v0\n", "type ref c99 names no class"),
        ("v3: ref c25 = new c25\nret v0\n", "c25 is abstract"),
        ("v3: i32 = field.get c24.7, v1\nret v0\n", "no such field"),
        ("v3: i32 = field.get c24.0, v2\nret v0\n", "v2 is any, expected ref c24"),
        ("field.set c24.0, v1, v1\nret v0\n", "v1 is ref c24, expected i32"),
        ("global.set g0, v0\nret v0\n", "v0 is i32, expected i64"),
        ("v3: i64 = global.get g3\nret v0\n", "no such global"),
        ("v3: i32 = array.get c24, v1, v0\nret v0\n", "c24 is no array"),
        ("v3: ref c15 = storage.get st1\nret v0\n", "other kind of storage field"),
        ("v3: i64 = storage.map_size st0\nret v0\n", "other kind of storage field"),
        ("v3: i32 = call f9, v0\nret v0\n", "no function f9"),
        ("v3: i32 = call f1, v0\nret v0\n", "v0 is i32, expected ref c24"),
        ("v3: i32 = call f1\nret v0\n", "found 0 arguments, expected 1"),
        ("v3: i32 = call.virtual s0, v2\nret v0\n", "v2 is any, expected ref c24"),
        ("v3: i32 = call.virtual s4, v1\nret v0\n", "no selector s4"),
        ("v3: ref c16 = call.try f1, v1\nret v0\n", "expected a reference or nothing"),
        ("call.host host.print, v2\nret v0\n", "v2 is any, expected string"),
        ("ret\n", "the function gives i32"),
        ("ret v1\n", "v1 is ref c24, expected i32"),
        ("throw v2\n", "v2 is any, expected object"),
        ("abort v2\n", "v2 is any, expected bytes"),
        ("br v0, bb1\nbb1:\n  ret v0\n", "found 1 targets, expected 2"),
        ("jump bb1\nbb1(v3: i32):\n  ret v3\n", "bb1 takes 1 arguments, found 0"),
        ("jump bb1(v1)\nbb1(v3: i32):\n  ret v3\n", "v1 is ref c24, expected i32"),
        ("switch v0, 2: bb1, 1: bb1, else: bb1\nbb1:\n  ret v0\n", "the cases do not ascend"),
        ("v3: any = const.null i32\nret v0\n", "i32 has no null"),
    ];
    for (body, expected) in cases {
        let errors = body_errors(body);
        assert!(
            errors.iter().any(|error| error.contains(expected)),
            "{body}gives {errors:?}, not {expected}"
        );
    }
}

#[test]
fn mistakes_of_tables() {
    let cases: &[(&str, &str)] = &[
        (
            "class c24 \"A\" extends c25 {\n}\nclass c25 \"B\" {\n}\n",
            "stands before its superclass",
        ),
        ("class c24 \"A\" with c77 {\n}\n", "a parent that does not exist"),
        ("class c24 \"A\" {\n  val \"x\": ref c30\n}\n", "a field of an unknown class"),
        ("selector s0 \"a\" c24 () -> i32\n", "no receiver or no owner"),
        ("class c24 \"A\" {\n  s0 = f0\n}\n", "names an unknown selector"),
        (
            "selector s0 \"a\" c1 (any)\nclass c24 \"A\" {\n  s0 = f0\n}\n",
            "names an unknown function",
        ),
        ("global g0 \"a\": ref c88\n", "an unknown type"),
        ("export main \"a\" 0x0 f3\n", "names an unknown function"),
    ];
    for (tables, expected) in cases {
        let errors = errors_of(&format!("module program \"test\"\n{tables}"));
        assert!(
            errors.iter().any(|error| error.contains(expected)),
            "{tables}gives {errors:?}, not {expected}"
        );
    }
    let func = "func f0 \"f\" (v0: ref c24, v1: i64) -> i32 {\nbb0:\n  v2: i32 = const.i32 0\n  ret v2\n}\n";
    let signatures: &[(&str, &str)] = &[
        ("(ref c24) -> i32", "takes 2 parameters, expected 1"),
        ("(ref c24, i32) -> i32", "parameter 1 of type i64, expected i32"),
        ("(ref c24, i64) -> i64", "another result type"),
        ("(any, i64) -> i32", ""),
    ];
    for (signature, expected) in signatures {
        let class = "class c24 \"A\" extends c1 {\n  s0 = f0\n}\n";
        let text =
            format!("module program \"test\"\n{class}selector s0 \"a\" c24 {signature}\n{func}");
        let errors = errors_of(&text);
        match expected.is_empty() {
            true => assert!(errors.is_empty(), "{signature}: {errors:?}"),
            false => assert!(errors[0].contains(expected), "{signature}: {errors:?}"),
        }
    }
}

#[test]
fn mistakes_of_texts() {
    let cases: &[(&str, &str)] = &[
        ("", "1:1: found the end, expected `module`"),
        ("module nonsense", "1:8: found `nonsense`, expected the kind of the module"),
        (
            "module program \"a\"\nfunc f1 \"f\" () {",
            "2:6: found `f1`, expected `f0`, because declarations stand in order",
        ),
        (
            "module program \"a\"\nfunc f0 \"f\" () {\nbb0:\n  v900: i32 = const.i32 1\n}",
            "4:3: found `v900`, expected a value",
        ),
        (
            "module program \"a\"\nfunc f0 \"f\" () {\nbb0:\n  nonsense\n}",
            "4:3: found `nonsense`, expected an operation",
        ),
        (
            "module program \"a\"\nfunc f0 \"f\" () {\nbb0:\n  v0: i32 = const.i32 4000000000\n}",
            "expected an i32",
        ),
        (
            "module program \"a\"\nfunc f0 \"f\" (v0: i32, v0: i32) {",
            "expected a value that is not defined yet",
        ),
        ("module program \"a", "expected `\"`"),
        ("module program \"a\\q\"", "strange escape"),
        ("module program \"a\" %", "found `%`"),
    ];
    for (text, expected) in cases {
        let error = parse(text).map(|_| ()).expect_err("the text is wrong").to_string();
        assert!(error.contains(expected), "{text}\ngives {error}, not {expected}");
    }
}
