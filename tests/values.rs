//! Values that people write for a contract's parameters, and what the contract makes of them: the
//! bytes that the client encodes are the ones that compiled encoders make.

use fscc_tests::chain::{Chain, Package};
use fvm_abi::{Interface, Value};
use fvm_keys::{Address, to_hex};
use pretty_assertions::assert_eq;
use std::sync::LazyLock;

static PACKAGE: LazyLock<Package> =
    LazyLock::new(|| Package::compile("tests/ledger/world/Echo.scala"));

const CLASS: &str = "echo.Echo";

struct Setting {
    chain: Chain,
    echo: Address,
    interface: Interface,
}

impl Setting {
    fn new() -> Setting {
        let mut chain = Chain::default();
        chain.upload(&PACKAGE);
        let echo = chain.deploy(&PACKAGE, CLASS, &[]);
        let module = fvm_isa::wire::decode(&PACKAGE.modules[CLASS]).expect("a module");
        let interface = Interface::parse(&module.abi).expect("an ABI");
        Setting { chain, echo, interface }
    }

    /// The bytes of arguments and of what a view makes of them.
    fn ask(&self, method: &str, texts: &[&str]) -> (Vec<u8>, Result<Vec<u8>, Vec<u8>>) {
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let method = self.interface.methods_named(method).next().expect("there is one");
        let values = self.interface.read_arguments(&method.signature, &method.params, &texts);
        let values = values.unwrap_or_else(|error| panic!("{error}"));
        let mut bytes = Vec::new();
        values.iter().for_each(|value| value.put(&mut bytes));
        let number = method.number().expect("it has one");
        let answer = self.chain.ledger.query(self.echo, number, &bytes, 1_000_000_000);
        (bytes, answer.expect("the state can be read").0)
    }

    /// What a view makes of arguments, decoded.
    fn result(&self, method: &str, texts: &[&str]) -> Value {
        let (_, answer) = self.ask(method, texts);
        let answer = answer.unwrap_or_else(|problem| panic!("{method}: {}", to_hex(&problem)));
        let method = self.interface.methods_named(method).next().expect("there is one");
        self.interface.decode(&method.result, &answer).expect("what a contract writes")
    }

    /// A text goes to the contract and back; what comes back is shown as Scala and as JSON, both
    /// of which can be given again.
    fn echo(&self, method: &str, text: &str) -> (String, String) {
        let (bytes, answer) = self.ask(method, &[text]);
        let name = format!("{method} {text}");
        assert_eq!(answer.map(|bytes| to_hex(&bytes)), Ok(to_hex(&bytes)), "{name}");
        let value = self.result(method, &[text]);
        assert_eq!(value.encode(), bytes, "{name}");
        let (shown, json) = (value.to_string(), value.to_json().to_string());
        for again in [&shown, &json] {
            assert_eq!(self.ask(method, &[again]).0, bytes, "{name} as {again}");
        }
        (shown, json)
    }
}

/// Methods, what is written, and how it is shown.
const VALUES: &[(&str, &str, &str, &str)] = &[
    ("unit", "()", "()", "null"),
    ("boolean", "true", "true", "true"),
    ("char", "'é'", "'é'", "\"é\""),
    ("int", "-2147483648", "-2147483648", "-2147483648"),
    ("long", "9_223_372_036_854_775_807L", "9223372036854775807", "\"9223372036854775807\""),
    ("text", "\"a \\\"b\\\" \\u00fc 😀\"", "\"a \\\"b\\\" ü 😀\"", "\"a \\\"b\\\" ü 😀\""),
    ("bytes", "0x00FF", "0x00ff", "\"0x00ff\""),
    ("amount", "0.25.fsc", "0.25.fsc", "\"250000000000000000\""),
    ("amount", "7", "7", "\"7\""),
    (
        "unsigned",
        "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211455",
        "\"340282366920938463463374607431768211455\"",
    ),
    (
        "signed",
        "-170141183460469231731687303715884105728",
        "-170141183460469231731687303715884105728",
        "\"-170141183460469231731687303715884105728\"",
    ),
    ("signed", "-1", "-1", "\"-1\""),
    ("signed", "255", "255", "\"255\""),
    (
        "wide",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "\"115792089237316195423570985008687907853269984665640564039457584007913129639935\"",
    ),
    ("wide", "0", "0", "\"0\""),
    (
        "unbounded",
        "-1000000000000000000000000000000",
        "-1000000000000000000000000000000",
        "\"-1000000000000000000000000000000\"",
    ),
    ("unbounded", "0", "0", "\"0\""),
    ("unbounded", "256", "256", "\"256\""),
    ("option", "None", "None", "null"),
    ("option", "Some(None)", "Some(None)", "{\"Some\":null}"),
    ("option", "3", "Some(Some(3))", "3"),
    ("either", "Left(\"no\")", "Left(\"no\")", "{\"Left\":\"no\"}"),
    ("either", "Right(-1)", "Right(-1)", "{\"Right\":\"-1\"}"),
    ("list", "List(3, 1, 2)", "List(3, 1, 2)", "[3,1,2]"),
    ("list", "Nil", "List()", "[]"),
    ("vector", "[\"b\", \"a\"]", "List(\"b\", \"a\")", "[\"b\",\"a\"]"),
    ("set", "Set(3, -1, 3, 2)", "Set(2, 3, -1)", "[\"2\",\"3\",\"-1\"]"),
    (
        "map",
        "Map(\"bb\" -> [1], \"a\" -> [], \"bb\" -> [2])",
        "Map(\"a\" -> List(), \"bb\" -> List(2))",
        "{\"a\":[],\"bb\":[2]}",
    ),
    (
        "keyed",
        "Map((1, true) -> Red, (0, false) -> Color.Blue)",
        "Map((0, false) -> Blue, (1, true) -> Red)",
        "[[[0,false],\"Blue\"],[[1,true],\"Red\"]]",
    ),
    ("tuple", "(1, \"two\", false)", "(1, \"two\", false)", "[1,\"two\",false]"),
    ("color", "Echo.Color.Green", "Green", "\"Green\""),
    ("shape", "Point", "Point", "\"Point\""),
    (
        "shape",
        "Box(1, color = Blue, height = 2)",
        "Box(width = 1, height = 2, color = Blue)",
        "{\"Box\":{\"color\":\"Blue\",\"height\":2,\"width\":1}}",
    ),
    (
        "tree",
        "Node(Leaf, 1, Node(Leaf, 2, Leaf))",
        "Node(left = Leaf, value = 1, right = Node(left = Leaf, value = 2, right = Leaf))",
        "{\"Node\":{\"left\":\"Leaf\",\"right\":{\"Node\":{\"left\":\"Leaf\",\"right\":\"Leaf\",\
         \"value\":2}},\"value\":1}}",
    ),
    (
        "generic",
        "Pair(1, Red)",
        "Pair(first = 1, second = Red)",
        "{\"first\":1,\"second\":\"Red\"}",
    ),
    ("span", "3.days", "Duration(seconds = 259200)", "{\"seconds\":\"259200\"}"),
    ("share", "5.percent", "Ratio(basisPoints = 500)", "{\"basisPoints\":500}"),
    ("mark", "Mark()", "Mark()", "{}"),
    ("user", "7", "7", "\"7\""),
    (
        "users",
        "Map(1 -> Pair(2, Some(3)))",
        "Map(1 -> Pair(first = 2, second = Some(3)))",
        "{\"1\":{\"first\":\"2\",\"second\":3}}",
    ),
    ("named", "(7, \"me\")", "(7, \"me\")", "[\"7\",\"me\"]"),
];

#[test]
fn bytes_are_those_of_the_contracts_own_encoder() {
    let setting = Setting::new();
    for (method, text, shown, json) in VALUES {
        let (found, found_json) = setting.echo(method, text);
        assert_eq!((&found[..], &found_json[..]), (*shown, *json), "{method} {text}");
    }
    let address = setting.echo.to_string();
    let hash = format!("0x{}", "0f".repeat(32));
    for (method, text) in [("address", &address), ("hash", &hash)] {
        let quoted = format!("\"{text}\"");
        assert_eq!(setting.echo(method, text), (text.clone(), quoted), "{method}");
    }
    setting.echo("ref", &address);
}

#[test]
fn a_contract_sees_what_was_written() {
    let setting = Setting::new();
    let from = setting.echo.to_string();
    let order = format!("Order(7, {from}, 1.5.fsc, [Circle(2), Point], Some(\"soon\"))");
    let json = format!(
        "{{\"id\": 7, \"from\": \"{from}\", \"price\": \"1500000000000000000\", \
         \"stages\": [{{\"Circle\": {{\"radius\": 2}}}}, \"Point\"], \"note\": \"soon\"}}"
    );
    setting.echo("order", &order);
    for text in [&order, &json] {
        let shown = setting.result("shown", &[text]).to_json();
        let shown = shown.as_str().expect("text").to_lowercase();
        let expected =
            format!("order(7,{from},1500000000000000000,list(circle(2), point),some(soon))");
        assert_eq!(shown, expected.to_lowercase());
    }
    let shown = setting.result("shapeShown", &["Box(1, 2, color = Green)"]);
    assert_eq!(shown, Value::Text("Box(1,2,Green)".into()));
    assert_eq!(setting.result("two", &["1", "as it is"]).to_string(), "(1, \"as it is\")");
}

#[test]
fn problems_are_read_by_the_abi() {
    let setting = Setting::new();
    let (_, answer) = setting.ask("fails", &["0"]);
    let problem = fvm_abi::wire::record(&answer.expect_err("it fails")).expect("a record");
    let (ty, value) = setting.interface.known_record(&problem).expect("it is known");
    assert_eq!(ty.name(), "echo.Echo.Fault");
    assert_eq!(value.to_string(), "TooSmall(x = 0, color = Green)");
    // A problem as an argument: its bytes, which the contract knows again.
    let bytes = to_hex(&Value::Record(problem).encode());
    setting.result("problem", &[&bytes]);
}

#[test]
fn what_is_no_value_is_told_where() {
    let setting = Setting::new();
    let error = |method: &str, texts: &[&str]| {
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let method = setting.interface.methods_named(method).next().expect("there is one");
        let read = setting.interface.read_arguments(&method.signature, &method.params, &texts);
        read.expect_err("it is none").to_string()
    };
    for (method, text, says) in [
        ("int", "2147483648", "expected Int: a number from -2147483648 to 2147483647"),
        ("int", "1.5", "given `1.5`"),
        ("int", "true", "argument 1 `x`: expected Int"),
        ("unsigned", "-1", "UInt128: a number from 0"),
        ("amount", "1.percent", "coins such as `0.25.fsc`"),
        ("amount", "0.0000000000000000001.fsc", "expected Amount"),
        ("amount", "340282366920938463464.fsc", "expected Amount"),
        ("boolean", "yes", "`true` or `false`"),
        ("char", "'ab'", "one letter"),
        ("text", "\"a", "end of the quotes"),
        ("bytes", "0x0", "pairs of digits, given `0x0`"),
        ("address", "0x12", "an address has 20 bytes, this has 1"),
        ("hash", "0x12", "Hash: `0x` and 64 digits"),
        ("option", "Some(1, 2)", "`Some` has one argument"),
        ("option", "\"a\"", "argument 1 `x`, Some, Some: expected Int"),
        ("either", "1", "`Left(…)` or `Right(…)`"),
        ("list", "[1, \"b\"]", "argument 1 `x`, element 2: expected Int"),
        ("list", "Set(1)x", "this follows it at `x`"),
        ("map", "Map(1)", "an entry `key -> value`, given `1`"),
        ("map", "{\"a\": 1}", "value of entry 1: expected List[Int]"),
        ("tuple", "(1, 2)", "expected Tuple3[Int,String,Boolean]"),
        ("color", "Yellow", "echo.Echo.Color: one of Red, Green, Blue, given `Yellow`"),
        ("color", "Shape.Red", "one of Red"),
        ("shape", "Circle", "`Circle(radius: Int)`"),
        ("shape", "Circle(size = 1)", "`Circle(radius: Int)`"),
        ("shape", "Box(width = 1, width = 1, color = Red)", "`Box(width: Int, height: Int"),
        ("shape", "{\"Box\": {\"width\": 1}}", "an object with one `height`"),
        ("generic", "{\"first\": 1, \"second\": \"Red\", \"x\": 1}", "no field `x`"),
        ("generic", "Other(1, Red)", "`Pair(first: Int, second: echo.Echo.Color)`"),
        ("span", "1.weeks", "`seconds`: expected Long"),
        ("order", "1", "echo.Echo.Order: `Order(id: Long"),
        ("problem", "0x00", "Problem: the bytes of a record"),
    ] {
        let message = error(method, &[text]);
        assert!(message.contains(says), "{method} {text}: {message}");
    }
    assert_eq!(error("two", &["1"]), "two(Int,String) takes 2 arguments, and 1 are given");
}

#[test]
fn bytes_that_no_contract_writes_are_no_values() {
    let setting = Setting::new();
    let decode = |method: &str, bytes: &[u8]| {
        let method = setting.interface.methods_named(method).next().expect("there is one");
        setting.interface.decode(&method.result, bytes)
    };
    for (method, bytes) in [
        ("int", &[0, 0, 0][..]),
        ("int", &[0; 5]),
        ("boolean", &[2]),
        ("option", &[3]),
        ("color", &[3]),
        ("text", &[0, 0, 0, 1, 0xff]),
        ("text", &[0xff, 0xff, 0xff, 0xff, 0]),
        ("list", &[0xff, 0xff, 0xff, 0xff]),
        ("unbounded", &[1, 0, 0, 0, 1, 0]),
        ("unbounded", &[2, 0, 0, 0, 0]),
        ("set", &[0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]),
    ] {
        assert!(decode(method, bytes).is_err(), "{method} {}", to_hex(bytes));
    }
    // As deep as a tree can be made with few bytes.
    assert!(decode("tree", &[1; 10_000]).is_err());
}
