//! Prints a generated source: `generate ordinary BYTES`, or `generate nested NAME DEPTH`.

use fscc_tests::generate::{NESTINGS, indented, ordinary};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().expect("a number");
    match words.as_slice() {
        ["ordinary", bytes] => print!("{}", ordinary(number(bytes))),
        ["nested", "indentation", depth] => print!("{}", indented(number(depth))),
        ["nested", name, depth] => {
            let nesting = NESTINGS.iter().find(|nesting| nesting.name == *name);
            print!("{}", nesting.expect("a known nesting").source(number(depth)));
        }
        _ => {
            let names: Vec<&str> = NESTINGS.iter().map(|nesting| nesting.name).collect();
            eprintln!("generate ordinary BYTES | nested NAME DEPTH\n{}", names.join(", "));
        }
    }
}
