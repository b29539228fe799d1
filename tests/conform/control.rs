//! Control: jumps, ends of functions and of messages as trials like others, and calls as programs of
//! which the oracle knows the blocks that they enter.

use crate::charge::{Charge, schedule};
use crate::datum::{ALONE, BELOW, Datum, FIELD_TYPES, FIELDS};
use crate::edges;
use crate::harness::{Call, run_calls};
use crate::slots;
use crate::trial::{End, Trial};
use fscc_tests::random::Random;
use fvm_isa::{BlockId, Kind, Opcode, Operand, Switch, TRAPS, TrapCode, builtin};
use std::fmt::Write;

/// Trials of terminators.
pub fn trials(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let new = |operands, end| Trial::new(opcode, operands, end);
    match opcode {
        Opcode::Jump => vec![new(Vec::new(), End::Target(1))],
        Opcode::Br => {
            let all = edges::values(Kind::bool, random).into_iter();
            let target = |a: &Datum| if *a == Datum::I32(0) { 2 } else { 1 };
            all.map(|a| new(vec![a.clone()], End::Target(target(&a)))).collect()
        }
        Opcode::Switch => switches(random),
        Opcode::Ret => vec![new(Vec::new(), End::Done)],
        Opcode::RetValue => {
            let mut all = slots::references(random, 3);
            // What comes out as text has no lone surrogates.
            all.retain(|datum| *datum != Datum::Text(vec![0xd800]));
            for kind in [Kind::i32, Kind::i64, Kind::f64, Kind::u128, Kind::i128] {
                all.extend(edges::values(kind, random));
            }
            all.into_iter().map(|a| new(vec![a.clone()], End::Value(a))).collect()
        }
        Opcode::Throw => {
            let object = |class, count: usize| {
                let zeros = FIELD_TYPES[..count].iter().map(|ty| Datum::zero(*ty)).collect();
                Datum::Object(class, zeros)
            };
            vec![
                new(vec![Datum::Null], End::Trap(TrapCode::NULL_POINTER, None)),
                new(vec![object(FIELDS, 6)], End::Thrown("Fields".into())),
                new(vec![object(BELOW, 7)], End::Thrown("Below".into())),
                new(vec![object(ALONE, 0)], End::Thrown("Alone".into())),
                new(vec![Datum::text("Ж")], End::Thrown("String".into())),
                new(vec![Datum::Bytes(vec![])], End::Thrown("Bytes".into())),
                new(vec![Datum::Array(builtin::ARRAY_INT, vec![])], End::Thrown("ArrayInt".into())),
            ]
        }
        Opcode::Abort => {
            let mut all = vec![new(vec![Datum::Null], End::Trap(TrapCode::NULL_POINTER, None))];
            for bytes in [vec![], vec![0], vec![255; 40]] {
                all.push(new(vec![Datum::Bytes(bytes.clone())], End::Aborted(bytes)));
            }
            all
        }
        _ => {
            let mut all = Vec::new();
            for detail in slots::references(random, 2) {
                for trap in TRAPS.iter().filter(|trap| trap.code.is_catchable()) {
                    let text = slots::described(&detail);
                    let trial = new(vec![detail.clone()], End::Trap(trap.code, text));
                    all.push(trial.with(vec![Operand::Trap(trap.code)]));
                }
            }
            all
        }
    }
}

/// Trials of `switch`: no case, one, many close together, many far apart.
fn switches(random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    let far: Vec<i32> = vec![i32::MIN, i32::MIN + 1, -1_000_000, -1, 0, 7, 1 << 20, i32::MAX];
    let few = vec![-3, 5];
    for values in [vec![], vec![0], few, (0..40).collect(), (-7..300).step_by(3).collect(), far] {
        let cases: Vec<(i32, BlockId)> = values
            .iter()
            .enumerate()
            .map(|(at, value)| (*value, BlockId(1 + at as u16 % 3)))
            .collect();
        let switch = Switch { default: BlockId(3), cases: cases.clone() };
        let mut asked: Vec<i32> = values.iter().copied().take(60).collect();
        asked.extend(values.iter().take(10).map(|value| value.wrapping_add(1)));
        for datum in edges::values(Kind::i32, random) {
            if let Datum::I32(value) = datum {
                asked.push(value);
            }
        }
        for value in asked {
            let target = cases.iter().find(|case| case.0 == value).map_or(3, |case| case.1.0);
            let trial = Trial::new(Opcode::Switch, vec![Datum::I32(value)], End::Target(target));
            trials.push(trial.with(vec![Operand::Cases(Box::new(switch.clone()))]));
        }
    }
    trials
}

/// Types of parameters with the instruction that sets one, and the value that it sets.
fn parameter(at: usize) -> (&'static str, String, Datum) {
    let number = 40 + at as i128;
    match at % 6 {
        0 => ("i32", format!("const.i16 R, {number}"), Datum::I32(number as i32)),
        1 => ("i64", format!("const.i64 R, {}", -number), Datum::I64(-number as i64)),
        2 => ("any", "const.unit R".into(), Datum::Unit),
        3 => ("u128", format!("const.u128 R, {number}"), Datum::U128(number as u128)),
        4 => ("f64", format!("const.f64 R, {number}.5"), {
            Datum::F64((number as f64 + 0.5).to_bits())
        }),
        _ => ("i128", format!("const.i128 R, {}", -number), Datum::I128(-number)),
    }
}

/// A head with classes, and a selector that they answer: the first class by `f2`, the one below it
/// by `f3`, the other not at all.
const HEAD: &str = "module program \"calls\"
constant k0 \"why\"
class c24 \"Fields\" extends c1
  METHOD2
class c25 \"Below\" extends c24
  METHOD3
class c26 \"Alone\" extends c1
";

fn head(selector: Option<&str>) -> String {
    match selector {
        Some(signature) => {
            let head = HEAD.replace("METHOD2", "method s0 f2").replace("METHOD3", "method s0 f3");
            format!("{head}selector s0 \"s\" of c1 {signature}\n")
        }
        None => HEAD.replace("  METHOD2\n", "").replace("  METHOD3\n", ""),
    }
}

/// Calls that return: every number of parameters, every one of them as the result.
fn returning() -> Vec<Call> {
    let mut calls = Vec::new();
    for count in 0..8 {
        for chosen in 0..=count {
            for base in [count, count + 3, 200] {
                for opcode in ["call", "tailcall", "call.try"] {
                    calls.extend(returning_call(opcode, count, chosen, base));
                }
            }
        }
    }
    calls
}

fn returning_call(opcode: &str, count: usize, chosen: usize, base: usize) -> Option<Call> {
    let params: Vec<_> = (0..count).map(parameter).collect();
    let types: Vec<&str> = params.iter().map(|param| param.0).collect();
    let result = params.get(chosen);
    let is_reference = result.is_none_or(|result| result.0 == "any");
    if opcode == "call.try" && !is_reference {
        return None;
    }
    let arrow = result.map_or(String::new(), |result| format!(" -> {}", result.0));
    let shown = if opcode == "call.try" { " -> c16" } else { &arrow };
    let mut source = head(None);
    let _ = write!(source, "function f0 (){shown} registers 256 []\nb0 ():\n");
    for (at, param) in params.iter().enumerate() {
        let _ = writeln!(source, "    {}", param.1.replace('R', &format!("r{}", base + at)));
    }
    let _ = writeln!(source, "    {opcode} r{base}, f1");
    if opcode != "tailcall" {
        let end = if shown.is_empty() { "ret".into() } else { format!("ret.value r{base}") };
        let _ = writeln!(source, "    {end}");
    }
    let _ = writeln!(source, "function f1 ({}){arrow} registers 9 []", types.join(", "));
    let live: Vec<String> =
        types.iter().enumerate().map(|(at, ty)| format!("r{at} {ty}")).collect();
    let _ = writeln!(source, "b0 ({}):", live.join(", "));
    let end = result.map_or("ret".into(), |_| format!("ret.value r{chosen}"));
    let _ = writeln!(source, "    {end}");
    let value = result.map_or(Datum::Unit, |result| result.2.clone());
    let (end, charges) = match (opcode, result) {
        ("call.try", _) => (End::Value(caught(0, value, Datum::Null)), vec![Charge::Allocate(48)]),
        (_, None) => (End::Done, Vec::new()),
        _ => (End::Value(value), Vec::new()),
    };
    Some(Call { source, end, entered: vec![(0, 0), (1, 0)], charges })
}

/// What `call.try` gives.
fn caught(status: i32, value: Datum, detail: Datum) -> Datum {
    let status = Datum::boxed(builtin::INT, Datum::I32(status));
    Datum::Array(builtin::ARRAY_ANY, vec![status, value, detail])
}

/// Failures in a function with their price, what is caught of them, and how they end uncaught.
struct Failure {
    code: String,
    status: i32,
    value: Datum,
    detail: Datum,
    charges: Vec<Charge>,
    end: End,
    is_caught: bool,
}

fn failures() -> Vec<Failure> {
    let mut all = Vec::new();
    let mut add = |code: &str, trap: TrapCode, detail: Datum, charges: Vec<Charge>| {
        let text = slots::described(&detail);
        all.push(Failure {
            code: code.into(),
            status: trap.0.into(),
            value: detail.clone(),
            detail,
            charges,
            end: End::Trap(trap, text),
            is_caught: trap.is_catchable(),
        });
    };
    for trap in TRAPS.iter().filter(|trap| trap.code.is_catchable()) {
        let line = format!("const.string r0, k0\n    trap r0, {}", trap.name);
        add(&line, trap.code, Datum::text("why"), Vec::new());
        let line = format!("const.null r0\n    trap r0, {}", trap.name);
        add(&line, trap.code, Datum::Null, Vec::new());
    }
    let zero = "const.i16 r0, 0\n    i32.div r0, r0, r0\n    ret";
    add(zero, TrapCode::DIVISION_BY_ZERO, Datum::Null, Vec::new());
    let negative = "const.i16 r0, -7\n    array.new r0, r0, c21\n    ret";
    let charges = vec![Charge::Allocate(2)];
    add(negative, TrapCode::NEGATIVE_ARRAY_SIZE, Datum::text("-7"), charges);
    let large = "const.i32 r0, 2147483647\n    array.new r0, r0, c22\n    ret";
    let charges = vec![Charge::Refused(8 * i32::MAX as usize)];
    add(large, TrapCode::OUT_OF_MEMORY, Datum::Null, charges);
    all.push(Failure {
        code: "new r0, c26\n    throw r0".into(),
        status: 1,
        value: Datum::Object(ALONE, Vec::new()),
        detail: Datum::Null,
        charges: vec![Charge::Allocate(0)],
        end: End::Thrown("Alone".into()),
        is_caught: true,
    });
    all.push(Failure {
        code: "const.null r0\n    abort r0".into(),
        status: TrapCode::NULL_POINTER.0.into(),
        value: Datum::Null,
        detail: Datum::Null,
        charges: Vec::new(),
        end: End::Trap(TrapCode::NULL_POINTER, None),
        is_caught: true,
    });
    all
}

/// Calls that fail, some frames deep, caught or not.
fn failing() -> Vec<Call> {
    let mut calls = Vec::new();
    for failure in failures() {
        for frames in 0..4usize {
            for between in ["call", "tailcall"] {
                for catches in [false, true] {
                    calls.push(failing_call(&failure, frames, between, catches));
                }
            }
        }
    }
    calls
}

fn failing_call(failure: &Failure, frames: usize, between: &str, catches: bool) -> Call {
    let mut source = head(None);
    let (opcode, end) = if catches { ("call.try", "ret.value r3") } else { ("call", "ret") };
    let shown = if catches { " -> c16" } else { "" };
    let _ = write!(
        source,
        "function f0 (){shown} registers 9 []\nb0 ():\n    {opcode} r3, f1\n    {end}\n"
    );
    for at in 1..=frames {
        let rest = if between == "call" { "    ret\n" } else { "" };
        let _ = write!(
            source,
            "function f{at} () registers 9 []\nb0 ():\n    {between} r5, f{}\n{rest}",
            at + 1
        );
    }
    let last = frames + 1;
    let _ = write!(source, "function f{last} () registers 9 []\nb0 ():\n    {}\n", failure.code);
    let mut charges = failure.charges.clone();
    let end = match catches && failure.is_caught {
        false => failure.end.clone(),
        true => {
            let active = if between == "call" { frames } else { 0 };
            charges.extend([Charge::Unwind(active + 1), Charge::Allocate(48)]);
            let value = failure.value.clone();
            End::Value(caught(failure.status, value, failure.detail.clone()))
        }
    };
    Call { source, end, entered: (0..=last).map(|at| (at as u16, 0)).collect(), charges }
}

/// Virtual calls: every class of receiver, with further parameters.
fn virtual_calls() -> Vec<Call> {
    let mut calls = Vec::new();
    for count in 0..4 {
        let params: Vec<_> = (0..count).map(parameter).collect();
        let types: String = params.iter().map(|param| format!(", {}", param.0)).collect();
        let signature = format!("(c1{types}) -> i32");
        for (receiver, class) in [
            ("const.null r3", None),
            ("new r3, c24", Some(2)),
            ("new r3, c25", Some(3)),
            ("new r3, c26", Some(0)),
            ("const.string r3, k0", Some(0)),
            ("const.i16 r3, 1\n    array.new r3, r3, c18", Some(0)),
        ] {
            let mut source = head(Some(&signature));
            let _ =
                write!(source, "function f0 () -> i32 registers 9 []\nb0 ():\n    {receiver}\n");
            for (at, param) in params.iter().enumerate() {
                let _ = writeln!(source, "    {}", param.1.replace('R', &format!("r{}", at + 4)));
            }
            source.push_str("    call.virtual r3, s0\n    ret.value r3\n");
            source.push_str("function f1 () registers 0 []\nb0 ():\n    ret\n");
            for number in 2..4 {
                let _ = write!(
                    source,
                    "function f{number} (c1{types}) -> i32 registers 9 []\nb0 ():\n    \
                     const.i16 r0, {number}\n    ret.value r0\n"
                );
            }
            let mut entered = vec![(0, 0)];
            let end = match class {
                None => End::Trap(TrapCode::NULL_POINTER, None),
                Some(0) => End::Trap(TrapCode::NO_METHOD, None),
                Some(number) => {
                    entered.push((number, 0));
                    End::Value(Datum::I32(number.into()))
                }
            };
            let charges = match receiver {
                receiver if receiver.starts_with("new") => vec![Charge::Allocate(0)],
                receiver if receiver.contains("array") => vec![Charge::Allocate(1)],
                _ => Vec::new(),
            };
            calls.push(Call { source, end, entered, charges });
        }
    }
    calls
}

/// Runs all programs, and says how many there were.
pub fn calls() -> usize {
    let schedule = schedule();
    let all = [returning(), failing(), virtual_calls()].concat();
    for call in &all {
        run_calls(&schedule, call);
    }
    all.len()
}
